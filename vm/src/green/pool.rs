//! `gevent.pool`: groups of greenlets, pools of limited size, and what maps a function over them.

use std::cell::Cell;

use gscript_macros::class;

use super::greenlet::{Greenlet, kwargs_dict};
use super::imap;
use super::links::{Keep, Notified, body, limit};
use super::wait::{link_to, unlink_from, wait_list};
use crate::convert::Kwargs;
use crate::heap::mark::Marker;
use crate::object::class::{IS_SCRIPT, Type};
use crate::object::dict::Dict;
use crate::object::native::{Native, NativeObject, native};
use crate::object::set::Set;
use crate::object::slot::{Ref, Slot};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// A group of greenlets, or a pool.
pub struct Group {
    greenlets: Ref<Set>,
    /// Those that `kill` has been asked to end.
    dying: Ref<Set>,
    /// An event: set while there are no members.
    empty: Slot,
    /// Free places of a pool with a limit.
    places: Slot,
    /// `size` of a pool.
    size: Slot,
    is_pool: Cell<bool>,
}

impl Native for Group {
    fn trace(&self, m: &mut Marker<'_>) {
        self.greenlets.trace(m);
        self.dying.trace(m);
        self.empty.trace(m);
        self.places.trace(m);
        self.size.trace(m);
    }
}

/// A group stands itself in the links of its members.
impl Notified for Group {
    fn notify(&self, cx: &mut Cx, this: Gc<NativeObject>, source: Value) {
        if let Err(r) = discard(cx, this, self, source) {
            let e = cx.take_pending(r);
            cx.handle_greenlet_error(this.value(), e);
        }
    }
}

impl Cx {
    /// The class `gevent.pool.Group`.
    pub fn group_class(&mut self) -> Gc<Type> {
        let class = self.native_class(&group_class::NATIVE);
        let name = self.common.greenlet_class;
        let dict = class.dict.expect();
        if self.dict_get_str(dict, name).is_none() {
            let greenlet = self.greenlet_class().value();
            self.dict_set_str(dict, name, greenlet);
        }
        class
    }

    pub fn pool_class(&mut self) -> Gc<Type> {
        let base = self.group_class();
        self.native_subclass(&pool_class::NATIVE, base)
    }
}

/// Members are found by identity unless a subclass says otherwise.
fn hash(cx: &mut Cx, v: Value) -> Result<i64> {
    if native::<Greenlet>(v).is_some() && !cx.class_of(v).has_flag(IS_SCRIPT) { Ok(cx.identity_hash(v)) } else { cx.hash(v) }
}

fn empty_event(g: &Group) -> Option<Gc<NativeObject>> {
    g.empty.get()?.as_gc()
}

fn places(g: &Group) -> Option<Gc<NativeObject>> {
    g.places.get()?.as_gc()
}

/// What stands in the links of members: the group itself, or the `_discard` of a subclass.
fn member_link(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
    let class = cx.class_of(this.value());
    if class.has_flag(IS_SCRIPT) {
        let name = cx.intern("_discard");
        if cx.lookup(class, name).is_some_and(|f| f.as_gc::<crate::object::function::Builtin>().is_none()) {
            return cx.get_attr(this.value(), name);
        }
    }
    Ok(this.value())
}

fn insert(cx: &mut Cx, this: Gc<NativeObject>, g: &Group, member: Value) -> Result<()> {
    let can_link = native::<Greenlet>(member).is_some_and(|m| !m.is_raw()) || cx.try_attr_text(member, "rawlink")?.is_some();
    if can_link {
        let link = member_link(cx, this)?;
        link_to(cx, member, link)?;
    }
    let h = hash(cx, member)?;
    cx.set_add_hashed(g.greenlets.expect(), member, h)?;
    if let Some(e) = empty_event(g) {
        cx.event_clear(e);
    }
    Ok(())
}

/// Adds a member; a pool waits for a place first.
fn add(cx: &mut Cx, this: Gc<NativeObject>, member: Value, blocking: bool, timeout: Option<f64>) -> Result<()> {
    let g = body::<Group>(cx, this)?;
    let _keep = Keep(this);
    if let Some(p) = places(g) {
        if !cx.semaphore_acquire(p, blocking, timeout)? {
            let class = cx.green_class("PoolFull");
            return Err(cx.raise_with(class, &[]));
        }
        if let Err(r) = insert(cx, this, g, member) {
            let e = cx.take_pending(r);
            cx.semaphore_release(p)?;
            return Err(cx.reraise(e));
        }
        return Ok(());
    }
    insert(cx, this, g, member)
}

/// A member leaves.
fn discard(cx: &mut Cx, this: Gc<NativeObject>, g: &Group, member: Value) -> Result<()> {
    let h = hash(cx, member)?;
    let members = g.greenlets.expect();
    cx.set_remove_hashed(members, member, h)?;
    if !g.dying.expect().is_empty() {
        cx.set_remove_hashed(g.dying.expect(), member, h)?;
    }
    if members.is_empty() {
        if let Some(e) = empty_event(g) {
            cx.event_set(e);
        }
    }
    if let Some(p) = places(g) {
        cx.semaphore_release(p)?;
    }
    std::hint::black_box(this);
    Ok(())
}

/// `spawn(f, *args, **kwargs)`: in a subclass through its `greenlet_class` and `start`.
pub(crate) fn spawn(cx: &mut Cx, this: Value, args: &[Value], kwargs: Option<Gc<Dict>>) -> Result<Value> {
    let group = this.as_gc::<NativeObject>().filter(|_| native::<Group>(this).is_some());
    let name = cx.common.greenlet_class;
    if let Some(g) = group.filter(|_| !cx.class_of(this).has_flag(IS_SCRIPT)) {
        let is_plain = cx.own_attribute(g.header(), name).is_none();
        if let (true, [f, rest @ ..]) = (is_plain, args) {
            let class = cx.greenlet_class();
            let rest = cx.tuple(rest);
            let member = cx.new_greenlet(class, Some(*f), rest, kwargs, false)?;
            add(cx, g, member.value(), true, None)?;
            cx.start_greenlet(member);
            return Ok(member.value());
        }
    }
    if group.is_none() {
        // Some other kind of pool.
        let spawn = cx.get_attr_text(this, "spawn")?;
        let args = cx.tuple(args);
        return cx.call_with_dict(spawn, args, kwargs);
    }
    let class = cx.get_attr(this, name)?;
    let args = cx.tuple(args);
    let member = cx.call_with_dict(class, args, kwargs)?;
    cx.call_method(this, "start", &[member])?;
    Ok(member)
}

/// The values of a list of greenlets, in order; the first error.
fn results(cx: &mut Cx, greenlets: Gc<crate::object::list::List>) -> Result<Value> {
    let values = cx.list_new();
    for i in 0..greenlets.len() {
        let v = cx.list_get(greenlets, i);
        let value = match (native::<Greenlet>(v), v.as_gc::<NativeObject>()) {
            (Some(g), Some(object)) if !cx.class_of(v).has_flag(IS_SCRIPT) => {
                let _keep = Keep(object);
                cx.join_greenlet(object, None)?;
                match g.failure() {
                    Some(e) => return Err(cx.reraise(e)),
                    None => g.result(),
                }
            }
            _ => cx.call_method(v, "get", &[])?,
        };
        cx.list_push(values, value);
    }
    Ok(values.value())
}

/// What the greenlet of a `map` runs: spawns all, then waits for each.
#[gscript_macros::functions]
pub mod tasks {
    use super::*;

    #[function("group, function, iterable, /")]
    fn _map(cx: &mut Cx, group: Value, function: Value, iterable: Value) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let all = cx.list_new();
        while let Some(item) = cx.next(it)? {
            let g = spawn(cx, group, &[function, item], None)?;
            cx.list_push(all, g);
        }
        results(cx, all)
    }

    pub(crate) static MAP: &crate::object::function::BuiltinDef = FUNCTIONS[0];
}

fn map(cx: &mut Cx, this: Value, function: Value, iterable: Value) -> Result<Value> {
    let f = cx.builtin(tasks::MAP, None).value();
    let g = cx.spawn(f, &[this, function, iterable], None)?;
    value_of(cx, g)
}

/// Waits for a greenlet; its value or its error.
fn value_of(cx: &mut Cx, g: Gc<NativeObject>) -> Result<Value> {
    cx.join_greenlet(g, None)?;
    let body = body::<Greenlet>(cx, g)?;
    let _keep = Keep(g);
    match body.failure() {
        Some(e) => Err(cx.reraise(e)),
        None => Ok(body.result()),
    }
}

fn args_of(cx: &mut Cx, args: Option<Value>, kwds: Option<Value>) -> Result<(Gc<Tuple>, Option<Gc<Dict>>)> {
    let args = match args.filter(|a| !a.is_none()) {
        Some(a) => cx.tuple_from_iterable(a)?,
        None => cx.tuple(&[]),
    };
    let kwds = match kwds.filter(|k| !k.is_none()) {
        Some(k) => {
            let d = cx.dict_new();
            cx.dict_update_from(d, k)?;
            Some(d)
        }
        None => None,
    };
    Ok((args, kwds))
}

/// The members as a tuple.
fn members(cx: &mut Cx, g: &Group) -> Gc<Tuple> {
    let set = g.greenlets.expect();
    let list = cx.list_new();
    let mut at = 0;
    while let Some(v) = set.next(&mut at) {
        cx.list_push(list, v);
    }
    cx.list_to_tuple(list)
}

fn kill_member(cx: &mut Cx, member: Value, exception: Option<Value>) -> Result<()> {
    match member.as_gc::<NativeObject>().filter(|_| native::<Greenlet>(member).is_some()) {
        Some(g) => {
            let e = cx.kill_exception(exception)?;
            cx.kill_greenlet(g, e);
        }
        None => {
            let e = match exception {
                Some(e) => e,
                None => cx.green_class("GreenletExit").value(),
            };
            cx.call_method(member, "kill", &[e, Value::FALSE])?;
        }
    }
    Ok(())
}

/// Ends all members, also those that join meanwhile (POL-04).
fn kill(cx: &mut Cx, this: Gc<NativeObject>, exception: Option<Value>, block: bool, timeout: Option<f64>) -> Result<()> {
    let g = body::<Group>(cx, this)?;
    let _keep = Keep(this);
    let end = timeout.map(|s| cx.hub.clock.now_ns().saturating_add((s.max(0.0) * 1e9).min(1e19) as u64));
    while !g.greenlets.expect().is_empty() {
        let all = members(cx, g);
        for &m in all.items() {
            let h = hash(cx, m)?;
            if cx.set_contains_hashed(g.dying.expect(), m, h)? {
                continue;
            }
            kill_member(cx, m, exception)?;
            cx.set_add_hashed(g.dying.expect(), m, h)?;
        }
        if !block {
            break;
        }
        let left = end.map(|e| e.saturating_sub(cx.hub.clock.now_ns()) as f64 / 1e9);
        let now = members(cx, g);
        let ended = wait_list(cx, now.value(), left, None, false)?;
        if ended.len() < now.len() {
            break;
        }
    }
    Ok(())
}

fn is_member(cx: &mut Cx, g: &Group, v: Value) -> Result<bool> {
    let h = hash(cx, v)?;
    cx.set_contains_hashed(g.greenlets.expect(), v, h)
}

fn is_full(cx: &mut Cx, this: Gc<NativeObject>) -> Result<bool> {
    if cx.class_of(this.value()).has_flag(IS_SCRIPT) {
        let v = cx.call_method(this.value(), "full", &[])?;
        return cx.truth(v);
    }
    Ok(free_count(body::<Group>(cx, this)?) <= 0)
}

/// Free places; 1 when there is no limit.
fn free_count(g: &Group) -> i64 {
    match g.size.get().and_then(|s| s.as_int()) {
        Some(n) => (n - g.greenlets.expect().len() as i64).max(0),
        None => 1,
    }
}

/// Maintains a group of greenlets that are still running.
#[class("gevent.pool.Group", flags = HAS_DICT | HAS_ATTRIBUTE_WORD | HAS_WEAKREF)]
pub mod group_class {
    use super::*;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        let (greenlets, dying) = (cx.set_new(), cx.set_new());
        let empty = cx.event(true).value();
        let pool = cx.pool_class();
        let body = Group {
            greenlets: Ref::new(Some(greenlets)),
            dying: Ref::new(Some(dying)),
            empty: Slot::new(Some(empty)),
            places: Slot::new(None),
            size: Slot::new(None),
            is_pool: Cell::new(class.is_subclass(pool)),
        };
        Ok(NativeObject::alloc(cx, class, Box::new(body)).value())
    }

    #[method(name = "__init__", "*args")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, args: &[Value]) -> Result<()> {
        let g = body::<Group>(cx, this)?;
        let _keep = Keep(this);
        match args {
            [] => Ok(()),
            [all] => {
                let all = cx.tuple_from_iterable(*all)?;
                for &m in all.items() {
                    let link = member_link(cx, this)?;
                    link_to(cx, m, link)?;
                    let h = hash(cx, m)?;
                    cx.set_add_hashed(g.greenlets.expect(), m, h)?;
                    if let Some(e) = empty_event(g) {
                        cx.event_clear(e);
                    }
                }
                Ok(())
            }
            _ => {
                let all = cx.tuple(args).value();
                let text = cx.repr(all)?.lossy().into_owned();
                Err(cx.assertion_error(text))
            }
        }
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let set = body::<Group>(cx, this)?.greenlets.expect().value();
        let text = format!("<{} at {:#x} {}>", cx.type_name(this.value()), this.address(), cx.repr(set)?.lossy());
        Ok(cx.str(&text))
    }

    #[method(name = "__len__", "")]
    fn len(this: &Group) -> usize {
        this.greenlets.expect().len()
    }

    #[method(name = "__contains__", "item, /")]
    fn contains(cx: &mut Cx, this: &Group, item: Value) -> Result<bool> {
        is_member(cx, this, item)
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: &Group) -> Result<Value> {
        cx.iter(this.greenlets.expect().value())
    }

    #[getter]
    fn greenlets(this: &Group) -> Value {
        this.greenlets.expect().value()
    }

    #[getter]
    fn dying(this: &Group) -> Value {
        this.dying.expect().value()
    }

    #[getter]
    fn _empty_event(this: &Group) -> Value {
        this.empty.get().unwrap_or(Value::NONE)
    }

    /// Begins tracking the greenlet.
    #[method("greenlet")]
    fn add(cx: &mut Cx, this: Gc<NativeObject>, greenlet: Value) -> Result<()> {
        super::add(cx, this, greenlet, true, None)
    }

    #[method("greenlet, /")]
    fn _discard(cx: &mut Cx, this: Gc<NativeObject>, greenlet: Value) -> Result<()> {
        let g = body::<Group>(cx, this)?;
        let _keep = Keep(this);
        super::discard(cx, this, g, greenlet)
    }

    /// Stops tracking the greenlet.
    #[method("greenlet")]
    fn discard(cx: &mut Cx, this: Gc<NativeObject>, greenlet: Value) -> Result<()> {
        let link = member_link(cx, this)?;
        if link == this.value() {
            let g = body::<Group>(cx, this)?;
            let _keep = Keep(this);
            super::discard(cx, this, g, greenlet)?;
        } else {
            cx.call(link, &[greenlet])?;
        }
        unlink_from(cx, greenlet, link)
    }

    /// Adds the unstarted greenlet and starts it.
    #[method("greenlet")]
    fn start(cx: &mut Cx, this: Gc<NativeObject>, greenlet: Value) -> Result<()> {
        cx.call_method(this.value(), "add", &[greenlet])?;
        cx.call_method(greenlet, "start", &[]).map(drop)
    }

    /// Begins a new greenlet with the given arguments and adds it.
    #[method("*args, **kwargs")]
    fn spawn(cx: &mut Cx, this: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let d = kwargs_dict(cx, kwargs);
        super::spawn(cx, this, args, d)
    }

    /// Waits for the group to become empty.
    #[method("timeout=None, raise_error=False")]
    fn join(cx: &mut Cx, this: Gc<NativeObject>, timeout: Option<Value>, raise_error: bool) -> Result<bool> {
        let g = body::<Group>(cx, this)?;
        let _keep = Keep(this);
        let s = limit(cx, timeout)?;
        let all = if raise_error { members(cx, g) } else { cx.tuple(&[]) };
        let is_empty = match empty_event(g) {
            Some(e) => cx.event_wait(e, s)?,
            None => true,
        };
        for &m in all.items() {
            let failure = match native::<Greenlet>(m) {
                Some(g) => g.failure(),
                None => Some(cx.get_attr_text(m, "exception")?).filter(|e| !e.is_none()),
            };
            if let Some(e) = failure {
                return Err(cx.reraise(e));
            }
        }
        Ok(is_empty)
    }

    /// Kills all greenlets being tracked.
    #[method("exception=None, block=True, timeout=None")]
    fn kill(cx: &mut Cx, this: Gc<NativeObject>, exception: Option<Value>, block: bool, timeout: Option<Value>) -> Result<()> {
        let s = limit(cx, timeout)?;
        super::kill(cx, this, exception, block, s)
    }

    /// Kills one greenlet of the group.
    #[method("greenlet, exception=None, block=True, timeout=None")]
    fn killone(cx: &mut Cx, this: Gc<NativeObject>, greenlet: Value, exception: Option<Value>, block: bool, timeout: Option<Value>) -> Result<()> {
        let g = body::<Group>(cx, this)?;
        let _keep = Keep(this);
        let s = limit(cx, timeout)?;
        let h = hash(cx, greenlet)?;
        if cx.set_contains_hashed(g.dying.expect(), greenlet, h)? || !is_member(cx, g, greenlet)? {
            return Ok(());
        }
        kill_member(cx, greenlet, exception)?;
        cx.set_add_hashed(g.dying.expect(), greenlet, h)?;
        if let Some(target) = greenlet.as_gc::<NativeObject>().filter(|_| block && native::<Greenlet>(greenlet).is_some()) {
            cx.join_greenlet(target, s)?;
        }
        Ok(())
    }

    /// Never: a group has no limit.
    #[method("")]
    fn full(_this: &Group) -> bool {
        false
    }

    #[method("timeout=None")]
    fn wait_available(_cx: &mut Cx, _this: &Group, timeout: Option<Value>) -> Result<()> {
        let _ = timeout;
        Ok(())
    }

    /// Calls func(*args, **kwds) in the group and returns its result.
    #[method("func, args=None, kwds=None")]
    fn apply(cx: &mut Cx, this: Gc<NativeObject>, func: Value, args: Option<Value>, kwds: Option<Value>) -> Result<Value> {
        let (args, kwds) = args_of(cx, args, kwds)?;
        let g = body::<Group>(cx, this)?;
        let _keep = Keep(this);
        let me = cx.current_greenlet().map_or(Value::NONE, |g| g.value());
        if is_member(cx, g, me)? {
            return cx.call_with_dict(func, args, kwds);
        }
        let all = cx.tuple_with(args.len() + 1, |i| if i == 0 { func } else { args.items()[i - 1] });
        let task = super::spawn(cx, this.value(), all.items(), kwds)?;
        std::hint::black_box(all);
        match task.as_gc::<NativeObject>().filter(|_| native::<Greenlet>(task).is_some()) {
            Some(g) => value_of(cx, g),
            None => cx.call_method(task, "get", &[]),
        }
    }

    /// apply(), with the result given to the callback too.
    #[method("func, args=None, kwds=None, callback=None")]
    fn apply_cb(cx: &mut Cx, this: Value, func: Value, args: Option<Value>, kwds: Option<Value>, callback: Option<Value>) -> Result<Value> {
        let (a, k) = (args.unwrap_or(Value::NONE), kwds.unwrap_or(Value::NONE));
        let result = cx.call_method(this, "apply", &[func, a, k])?;
        if let Some(f) = callback.filter(|f| !f.is_none()) {
            cx.spawn(f, &[result], None)?;
        }
        Ok(result)
    }

    /// As apply(), but returns a greenlet at once, also when the pool is full.
    #[method("func, args=None, kwds=None, callback=None")]
    fn apply_async(cx: &mut Cx, this: Gc<NativeObject>, func: Value, args: Option<Value>, kwds: Option<Value>, callback: Option<Value>) -> Result<Value> {
        let pool = body::<Group>(cx, this)?.is_pool.get();
        if pool && is_full(cx, this)? {
            let f = cx.get_attr_text(this.value(), "apply_cb")?;
            let [a, k, c] = [args, kwds, callback].map(|v| v.unwrap_or(Value::NONE));
            return Ok(cx.spawn(f, &[func, a, k, c], None)?.value());
        }
        let (args, kwds) = args_of(cx, args, kwds)?;
        let all = cx.tuple_with(args.len() + 1, |i| if i == 0 { func } else { args.items()[i - 1] });
        let task = super::spawn(cx, this.value(), all.items(), kwds)?;
        std::hint::black_box(all);
        if let Some(f) = callback.filter(|f| !f.is_none()) {
            let class = cx.native_class(&pass_value_class::NATIVE);
            let link = NativeObject::alloc(cx, class, Box::new(PassValue { callback: Slot::new(Some(f)) })).value();
            cx.call_method(task, "link", &[link])?;
        }
        Ok(task)
    }

    /// The list of func(item) for each item, worked off by the group.
    #[method("func, iterable")]
    fn map(cx: &mut Cx, this: Value, func: Value, iterable: Value) -> Result<Value> {
        super::map(cx, this, func, iterable)
    }

    #[method("func, iterable, callback=None")]
    fn map_cb(cx: &mut Cx, this: Value, func: Value, iterable: Value, callback: Option<Value>) -> Result<Value> {
        let result = cx.call_method(this, "map", &[func, iterable])?;
        if let Some(f) = callback.filter(|f| !f.is_none()) {
            cx.call(f, &[result])?;
        }
        Ok(result)
    }

    /// As map(), but returns a greenlet at once.
    #[method("func, iterable, callback=None")]
    fn map_async(cx: &mut Cx, this: Value, func: Value, iterable: Value, callback: Option<Value>) -> Result<Value> {
        let f = cx.get_attr_text(this, "map_cb")?;
        Ok(cx.spawn(f, &[func, iterable, callback.unwrap_or(Value::NONE)], None)?.value())
    }

    /// An iterator over the results in the order of the input.
    #[method("func, *iterables, **kwargs")]
    fn imap(cx: &mut Cx, this: Value, func: Value, iterables: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        imap::start(cx, this, func, iterables, kwargs, true)
    }

    /// An iterator over the results in the order in which they are there.
    #[method("func, *iterables, **kwargs")]
    fn imap_unordered(cx: &mut Cx, this: Value, func: Value, iterables: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        imap::start(cx, this, func, iterables, kwargs, false)
    }
}

/// A group with at most `size` members.
#[class("gevent.pool.Pool", flags = HAS_DICT | HAS_ATTRIBUTE_WORD | HAS_WEAKREF)]
pub mod pool_class {
    use super::*;

    #[method(name = "__init__", "size=None, greenlet_class=None", style = "python")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, size: Option<Value>, greenlet_class: Option<Value>) -> Result<()> {
        let g = body::<Group>(cx, this)?;
        let _keep = Keep(this);
        if let Some(s) = size.filter(|s| !s.is_none()) {
            let n = match s.as_int() {
                Some(n) => n,
                None if s.is_bool() => (s == Value::TRUE) as i64,
                None => {
                    if s.as_str_object().is_some() {
                        return Err(cx.type_error("'<' not supported between instances of 'str' and 'int'"));
                    }
                    let text = format!("'{}' object cannot be interpreted as an integer", cx.type_name(s));
                    return Err(cx.type_error(text));
                }
            };
            if n < 0 {
                return Err(cx.value_error(format!("size must not be negative: {n}")));
            }
            let places = cx.semaphore(n).value();
            g.places.set(this, Some(places));
            g.size.set(this, Some(Value::int_unchecked(n)));
        }
        if let Some(c) = greenlet_class.filter(|c| !c.is_none()) {
            let name = cx.common.greenlet_class;
            cx.set_attr(this.value(), name, c)?;
        }
        Ok(())
    }

    #[getter]
    fn size(this: &Group) -> Value {
        this.size.get().unwrap_or(Value::NONE)
    }

    #[setter(size)]
    fn set_size(cx: &mut Cx, this: Gc<NativeObject>, v: Option<Value>) -> Result<()> {
        body::<Group>(cx, this)?.size.set(this, v.filter(|v| !v.is_none()));
        Ok(())
    }

    #[getter]
    fn _semaphore(cx: &mut Cx, this: &Group) -> Result<Value> {
        match this.places.get() {
            Some(p) => Ok(p),
            None => {
                let class = cx.native_class(&super::super::lock::dummy_class::NATIVE);
                cx.call(class.value(), &[])
            }
        }
    }

    /// Waits until a place is free; the number of free places, 0 when the time was up.
    #[method("timeout=None")]
    fn wait_available(cx: &mut Cx, this: &Group, timeout: Option<Value>) -> Result<i64> {
        let s = limit(cx, timeout)?;
        match places(this) {
            Some(p) => cx.semaphore_wait(p, s),
            None => Ok(1),
        }
    }

    /// Whether no place is free.
    #[method("")]
    fn full(cx: &mut Cx, this: Gc<NativeObject>) -> Result<bool> {
        let g = body::<Group>(cx, this)?;
        let _keep = Keep(this);
        Ok(super::free_count(g) <= 0)
    }

    /// The number of free places.
    #[method("")]
    fn free_count(this: &Group) -> i64 {
        super::free_count(this)
    }

    /// Adds the greenlet, waiting for a free place.
    #[method("greenlet, blocking=True, timeout=None")]
    fn add(cx: &mut Cx, this: Gc<NativeObject>, greenlet: Value, blocking: bool, timeout: Option<Value>) -> Result<()> {
        let s = limit(cx, timeout)?;
        super::add(cx, this, greenlet, blocking, s)
    }

    /// Adds the unstarted greenlet, waiting for a free place, and starts it.
    #[method("greenlet, *args, **kwargs")]
    fn start(cx: &mut Cx, this: Value, greenlet: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        let d = kwargs_dict(cx, kwargs);
        let add = cx.get_attr_text(this, "add")?;
        let all = cx.tuple_with(args.len() + 1, |i| if i == 0 { greenlet } else { args[i - 1] });
        cx.call_with_dict(add, all, d)?;
        cx.call_method(greenlet, "start", &[]).map(drop)
    }
}

/// The link that gives a greenlet's value to a callback.
pub struct PassValue {
    callback: Slot,
}

impl Native for PassValue {
    fn trace(&self, m: &mut Marker<'_>) {
        self.callback.trace(m);
    }
}

#[class("gevent.pool.pass_value")]
pub mod pass_value_class {
    use super::*;

    #[method(name = "__call__", "source, /")]
    fn call(cx: &mut Cx, this: &PassValue, source: Value) -> Result<()> {
        let Some(f) = this.callback.get() else {
            return Ok(());
        };
        let ok = cx.call_method(source, "successful", &[])?;
        if cx.truth(ok)? {
            let v = cx.get_attr_text(source, "value")?;
            cx.call(f, &[v])?;
        }
        Ok(())
    }
}
