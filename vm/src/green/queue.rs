//! `gevent.queue`: queues that greenlets wait at.
//!
//! An item lies in the queue until a getter really runs: [`unlock`], in the hub, wakes one getter at a time and lets it
//! take its item before it looks at the next. So nothing is lost when a kill or a timeout comes first.
//!
//! The items of a FIFO queue are kept in Rust until a script looks at the attribute `queue` or overrides `_put` and the
//! like; from then on they live in a `collections.deque`. Lifo and priority queues keep theirs in a list.

use std::cell::Cell;

use gscript_macros::class;

use super::hub::Token;
use super::links::{Deque, Keep, body, limit, link_of, token_of};
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::list::List;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

/// In which order items leave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Fifo,
    Lifo,
    Smallest,
}

/// Hooks that a script class overrides.
const HOOK_PUT: u8 = 1;
const HOOK_GET: u8 = 2;
const HOOK_PEEK: u8 = 4;
const HOOK_SIZE: u8 = 8;
const HOOK_INIT: u8 = 16;
const HOOK_CREATE: u8 = 32;
const HOOKS: [(&str, u8); 6] =
    [("_put", HOOK_PUT), ("_get", HOOK_GET), ("_peek", HOOK_PEEK), ("_qsize", HOOK_SIZE), ("_init", HOOK_INIT), ("_create_queue", HOOK_CREATE)];

/// All queues but `Channel`.
pub struct Queue {
    order: Order,
    counts_tasks: bool,
    /// Negative: no limit.
    max_size: Cell<i64>,
    /// Items of a FIFO queue that no script has looked into.
    items: Deque,
    /// Else what holds the items: a `collections.deque`, a list, or whatever a subclass uses.
    store: Slot,
    hooks: Cell<u8>,
    /// Tokens of those who wait for an item.
    getters: Deque,
    /// Tokens of those who wait for room, and their items beside them.
    putters: Deque,
    put_items: Deque,
    unlock_is_due: Cell<bool>,
    is_shut_down: Cell<bool>,
    unfinished: Cell<i64>,
    /// Set while nothing is unfinished; made when it is first needed.
    all_done: Slot,
}

impl Native for Queue {
    fn trace(&self, m: &mut Marker<'_>) {
        self.items.trace(m);
        self.store.trace(m);
        self.put_items.trace(m);
        self.all_done.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        let stop = cx.types.stop_iteration.value();
        Some(get(cx, this, true, None).map(|v| Some(v).filter(|&v| v != stop)))
    }
}

impl Cx {
    /// The exception classes `queue.Empty`, `queue.Full` and `gevent.queue.ShutDown`.
    #[cold]
    fn queue_error(&mut self, name: &'static str) -> Raised {
        let class = self.green_class(name);
        self.raise_with(class, &[])
    }

    pub fn simple_queue_class(&mut self) -> Gc<Type> {
        self.native_class(&simple_queue_class::NATIVE)
    }

    pub fn queue_class(&mut self) -> Gc<Type> {
        let base = self.simple_queue_class();
        self.native_subclass(&queue_class::NATIVE, base)
    }

    pub fn priority_queue_class(&mut self) -> Gc<Type> {
        let base = self.queue_class();
        self.native_subclass(&priority_queue_class::NATIVE, base)
    }

    pub fn lifo_queue_class(&mut self) -> Gc<Type> {
        let base = self.queue_class();
        self.native_subclass(&lifo_queue_class::NATIVE, base)
    }

    /// A new unbounded queue of the class `Queue`.
    pub fn queue(&mut self) -> Gc<NativeObject> {
        let class = self.queue_class();
        alloc(self, class, Order::Fifo, true)
    }

    pub fn queue_put(&mut self, queue: Gc<NativeObject>, item: Value) -> Result<()> {
        put(self, queue, item, true, None)
    }

    pub fn queue_get(&mut self, queue: Gc<NativeObject>) -> Result<Value> {
        get(self, queue, true, None)
    }
}

fn alloc(cx: &mut Cx, class: Gc<Type>, order: Order, counts_tasks: bool) -> Gc<NativeObject> {
    let q = Queue {
        order,
        counts_tasks,
        max_size: Cell::new(-1),
        items: Deque::default(),
        store: Slot::new(None),
        hooks: Cell::new(0),
        getters: Deque::default(),
        putters: Deque::default(),
        put_items: Deque::default(),
        unlock_is_due: Cell::new(false),
        is_shut_down: Cell::new(false),
        unfinished: Cell::new(0),
        all_done: Slot::new(None),
    };
    NativeObject::alloc(cx, class, Box::new(q))
}

// ---- The items ----

fn size(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) -> Result<usize> {
    if q.hooks.get() & HOOK_SIZE != 0 {
        let n = cx.call_method(this.value(), "_qsize", &[])?;
        return Ok(n.as_int().unwrap_or(0).max(0) as usize);
    }
    native_size(cx, q)
}

fn native_size(cx: &mut Cx, q: &Queue) -> Result<usize> {
    match q.store.get() {
        None => Ok(q.items.len()),
        Some(s) => match s.as_gc::<List>() {
            Some(l) if cx.is_exact(s, cx.types.list) => Ok(l.len()),
            _ => cx.len(s),
        },
    }
}

fn put_item(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue, item: Value) -> Result<()> {
    if q.hooks.get() & HOOK_PUT != 0 {
        return cx.call_method(this.value(), "_put", &[item]).map(drop);
    }
    native_put(cx, this, q, item)
}

fn native_put(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue, item: Value) -> Result<()> {
    match q.store.get() {
        None => q.items.push(cx, this, item),
        Some(s) => match (s.as_gc::<List>(), q.order) {
            (Some(l), Order::Smallest) => heap_push(cx, l, item)?,
            (Some(l), _) => cx.list_push(l, item),
            (None, _) => cx.call_method(s, "append", &[item]).map(drop)?,
        },
    }
    if q.counts_tasks {
        q.unfinished.set(q.unfinished.get() + 1);
        if let Some(e) = q.all_done.get().and_then(|e| e.as_gc::<NativeObject>()) {
            cx.event_clear(e);
        }
    }
    Ok(())
}

fn take_item(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) -> Result<Value> {
    if q.hooks.get() & HOOK_GET != 0 {
        return cx.call_method(this.value(), "_get", &[]);
    }
    native_take(cx, q)
}

fn native_take(cx: &mut Cx, q: &Queue) -> Result<Value> {
    let item = match q.store.get() {
        None => q.items.pop(),
        Some(s) => match (s.as_gc::<List>(), q.order) {
            (Some(l), Order::Smallest) => heap_pop(cx, l)?,
            (Some(l), order) => match l.len() {
                0 => None,
                n => Some(cx.list_remove(l, if order == Order::Lifo { n - 1 } else { 0 })),
            },
            (None, order) => {
                return cx.call_method(s, if order == Order::Fifo { "popleft" } else { "pop" }, &[]);
            }
        },
    };
    match item {
        Some(v) => Ok(v),
        None => Err(cx.index_error("pop from an empty deque")),
    }
}

fn peek_item(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) -> Result<Value> {
    if q.hooks.get() & HOOK_PEEK != 0 {
        return cx.call_method(this.value(), "_peek", &[]);
    }
    native_peek(cx, q)
}

fn native_peek(cx: &mut Cx, q: &Queue) -> Result<Value> {
    match q.store.get() {
        None => match q.items.get(0) {
            Some(v) => Ok(v),
            None => Err(cx.index_error("deque index out of range")),
        },
        Some(s) => cx.get_item(s, Value::int32(if q.order == Order::Lifo { -1 } else { 0 })),
    }
}

/// The object that holds the items, for scripts: from now on the items live there.
fn store_of(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) -> Result<Value> {
    if let Some(s) = q.store.get() {
        return Ok(s);
    }
    let all = list_of(cx, q);
    let store = deque(cx, all.value())?;
    // Nothing waits in between: the items are still the same.
    q.items.clear();
    q.store.set(this, Some(store));
    Ok(store)
}

/// A list of the items that are kept here.
fn list_of(cx: &mut Cx, q: &Queue) -> Gc<List> {
    let all = cx.list_new();
    let mut i = 0;
    while let Some(v) = q.items.get(i) {
        cx.list_push(all, v);
        i += 1;
    }
    all
}

/// `collections.deque(items)`.
fn deque(cx: &mut Cx, items: Value) -> Result<Value> {
    let module = cx.import_absolute("collections")?;
    let class = cx.get_attr_text(module, "deque")?;
    cx.call(class, &[items])
}

/// Moves the item at `i` towards the root to its place. Comparing may run script code; RuntimeError if that changes the
/// length. The order of comparisons is that of `heapq`.
fn sift_down(cx: &mut Cx, l: Gc<List>, start: usize, mut i: usize) -> Result<()> {
    let n = l.len();
    while i > start {
        let parent = (i - 1) / 2;
        let (item, above) = (cx.list_get(l, i), cx.list_get(l, parent));
        let is_less = cx.less(item, above)?;
        check_length(cx, l, n)?;
        if !is_less {
            break;
        }
        let (item, above) = (cx.list_get(l, i), cx.list_get(l, parent));
        cx.list_set(l, parent, item);
        cx.list_set(l, i, above);
        i = parent;
    }
    Ok(())
}

/// Moves the item at `start` down to a leaf, the smaller child up each time, and from there to its place.
fn sift_up(cx: &mut Cx, l: Gc<List>, start: usize) -> Result<()> {
    let n = l.len();
    let mut i = start;
    while i < n / 2 {
        let mut child = 2 * i + 1;
        if child + 1 < n {
            let (left, right) = (cx.list_get(l, child), cx.list_get(l, child + 1));
            let is_less = cx.less(left, right)?;
            check_length(cx, l, n)?;
            child += !is_less as usize;
        }
        let (a, b) = (cx.list_get(l, i), cx.list_get(l, child));
        cx.list_set(l, i, b);
        cx.list_set(l, child, a);
        i = child;
    }
    sift_down(cx, l, start, i)
}

fn check_length(cx: &mut Cx, l: Gc<List>, n: usize) -> Result<()> {
    if l.len() == n { Ok(()) } else { Err(cx.runtime_error("list changed size during iteration")) }
}

fn heap_push(cx: &mut Cx, l: Gc<List>, item: Value) -> Result<()> {
    cx.list_push(l, item);
    sift_down(cx, l, 0, l.len() - 1)
}

fn heap_pop(cx: &mut Cx, l: Gc<List>) -> Result<Option<Value>> {
    let n = l.len();
    if n == 0 {
        return Ok(None);
    }
    let last = cx.list_remove(l, n - 1);
    if n == 1 {
        return Ok(Some(last));
    }
    let first = cx.list_get(l, 0);
    cx.list_set(l, 0, last);
    sift_up(cx, l, 0)?;
    Ok(Some(first))
}

fn heapify(cx: &mut Cx, l: Gc<List>) -> Result<()> {
    for i in (0..l.len() / 2).rev() {
        sift_up(cx, l, i)?;
    }
    Ok(())
}

// ---- Putting and getting ----

/// What `timeout=` says in a call that may wait: None or a number, not negative.
fn check_timeout(cx: &mut Cx, block: bool, timeout: Option<Value>) -> Result<Option<f64>> {
    let s = limit(cx, if block { timeout } else { None })?;
    if s.is_some_and(|s| s < 0.0) {
        return Err(cx.value_error("'timeout' must be a non-negative number"));
    }
    Ok(s)
}

fn has_room(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) -> Result<bool> {
    let max = q.max_size.get();
    Ok(max < 0 || (size(cx, this, q)? as i64) < max)
}

fn put(cx: &mut Cx, this: Gc<NativeObject>, item: Value, block: bool, timeout: Option<Value>) -> Result<()> {
    let q = body::<Queue>(cx, this)?;
    let _keep = Keep(this);
    if q.is_shut_down.get() {
        return Err(cx.queue_error("ShutDown"));
    }
    if has_room(cx, this, q)? {
        check_timeout(cx, block, timeout)?;
        put_item(cx, this, q, item)?;
        if !q.getters.is_empty() {
            unlock_soon(cx, this, q);
        }
        return Ok(());
    }
    if cx.current_greenlet().is_none() {
        // In the hub nobody waits: those who want an item may take theirs first.
        while !has_room(cx, this, q)? && size(cx, this, q)? > 0 {
            let Some(getter) = q.getters.pop() else { break };
            tell(cx, getter, this);
        }
        if has_room(cx, this, q)? {
            return put_item(cx, this, q, item);
        }
        return Err(cx.queue_error("Full"));
    }
    if !block {
        return Err(cx.queue_error("Full"));
    }
    let s = limit(cx, timeout)?;
    let token = cx.begin_wait("room in a queue")?;
    q.putters.push(cx, this, link_of(token));
    q.put_items.push(cx, this, item);
    if !q.getters.is_empty() {
        unlock_soon(cx, this, q);
    }
    if park(cx, this, token, s, |q| remove_putter(q, token))? { Ok(()) } else { Err(cx.queue_error("Full")) }
}

fn remove_putter(q: &Queue, token: Token) {
    let mut i = 0;
    while let Some(p) = q.putters.get(i) {
        if p == link_of(token) {
            q.putters.remove_at(i);
            q.put_items.remove_at(i);
            return;
        }
        i += 1;
    }
}

/// Parks until the unlocking wakes the token; false: the time was up. `forget` takes the token out of its list then.
fn park(cx: &mut Cx, this: Gc<NativeObject>, token: Token, seconds: Option<f64>, forget: impl FnOnce(&Queue)) -> Result<bool> {
    let timer = seconds.and_then(|s| cx.wake_after(token, s));
    let r = cx.park();
    if let Some(h) = timer {
        cx.cancel_timer(h);
    }
    if r == Ok(this.value()) {
        return Ok(true);
    }
    if let Some(q) = native::<Queue>(this.value()) {
        forget(q);
    }
    std::hint::black_box(this);
    r.map(|_| false)
}

fn get(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
    let q = body::<Queue>(cx, this)?;
    let _keep = Keep(this);
    if size(cx, this, q)? > 0 {
        if !q.putters.is_empty() {
            unlock_soon(cx, this, q);
        }
        return take_item(cx, this, q);
    }
    wait_for_item(cx, this, q, block, timeout)?;
    take_item(cx, this, q)
}

fn peek(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
    let q = body::<Queue>(cx, this)?;
    let _keep = Keep(this);
    if size(cx, this, q)? == 0 {
        wait_for_item(cx, this, q, block, timeout)?;
    }
    peek_item(cx, this, q)
}

fn wait_for_item(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue, block: bool, timeout: Option<Value>) -> Result<()> {
    if q.is_shut_down.get() {
        return Err(cx.queue_error("ShutDown"));
    }
    let s = check_timeout(cx, block, timeout)?;
    if cx.current_greenlet().is_none() {
        while let Some((token, item)) = q.putters.pop().zip(q.put_items.pop()) {
            put_for(cx, this, q, token, item);
            if size(cx, this, q)? > 0 {
                return Ok(());
            }
        }
        return Err(cx.queue_error("Empty"));
    }
    if !block {
        return Err(cx.queue_error("Empty"));
    }
    let token = cx.begin_wait("an item of a queue")?;
    q.getters.push(cx, this, link_of(token));
    if !q.putters.is_empty() {
        unlock_soon(cx, this, q);
    }
    if park(cx, this, token, s, |q| {
        q.getters.remove(link_of(token));
    })? {
        Ok(())
    } else {
        Err(cx.queue_error("Empty"))
    }
}

/// Wakes one who waits.
fn tell(cx: &mut Cx, link: Value, this: Gc<NativeObject>) -> bool {
    token_of(link).is_some_and(|t| cx.wake_now(t, this.value()))
}

/// Puts the item of one who waits for room, and wakes it, if it still waits.
fn put_for(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue, link: Value, item: Value) {
    let Some(token) = token_of(link).filter(|&t| cx.is_waiting(t)) else {
        return;
    };
    match put_item(cx, this, q, item) {
        Ok(()) => {
            cx.wake_now(token, this.value());
        }
        Err(r) => {
            let e = cx.take_pending(r);
            cx.throw_now(token, e);
        }
    }
}

fn unlock_soon(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) {
    if !q.unlock_is_due.replace(true) {
        cx.run_soon(unlock, this.value());
    }
}

/// In the hub: lets putters put while there is room and getters get while there are items, in turns.
fn unlock(cx: &mut Cx, v: Value) {
    let (Some(q), Some(this)) = (native::<Queue>(v), v.as_gc::<NativeObject>()) else { return };
    let _keep = Keep(this);
    q.unlock_is_due.set(false);
    if let Err(r) = unlock_all(cx, this, q) {
        let e = cx.take_pending(r);
        cx.handle_greenlet_error(v, e);
    }
}

fn unlock_all(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) -> Result<()> {
    loop {
        let mut again = false;
        if !q.putters.is_empty() && has_room(cx, this, q)? {
            again = true;
            if let Some((token, item)) = q.putters.pop().zip(q.put_items.pop()) {
                put_for(cx, this, q, token, item);
            }
        }
        if !cx.is_over() && !q.getters.is_empty() && size(cx, this, q)? > 0 {
            again = true;
            if let Some(getter) = q.getters.pop() {
                tell(cx, getter, this);
            }
        }
        if !again || cx.is_over() {
            return Ok(());
        }
    }
}

fn task_done(cx: &mut Cx, q: &Queue) -> Result<()> {
    let n = q.unfinished.get();
    if n <= 0 {
        return Err(cx.value_error("task_done() called too many times"));
    }
    q.unfinished.set(n - 1);
    if n == 1 {
        if let Some(e) = q.all_done.get().and_then(|e| e.as_gc::<NativeObject>()) {
            cx.event_set(e);
        }
    }
    Ok(())
}

/// The event that is set while nothing is unfinished.
fn all_done(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) -> Gc<NativeObject> {
    if let Some(e) = q.all_done.get().and_then(|e| e.as_gc::<NativeObject>()) {
        return e;
    }
    let e = cx.event(q.unfinished.get() == 0);
    q.all_done.set(this, Some(e.value()));
    e
}

fn set_max_size(cx: &mut Cx, q: &Queue, v: Option<Value>) -> Result<()> {
    let n = match v.filter(|v| !v.is_none()) {
        None => -1,
        Some(v) => match v.as_int() {
            Some(i) if i > 0 => i,
            Some(_) => -1,
            None if v.is_bool() => {
                if v == Value::TRUE {
                    1
                } else {
                    -1
                }
            }
            None if crate::object::int::int_ref(v).is_some() => Value::MAX_INT,
            None if v.as_float().is_some() => return Err(cx.type_error("an integer is required")),
            None => {
                let text = format!("'<=' not supported between instances of '{}' and 'int'", cx.type_name(v));
                return Err(cx.type_error(text));
            }
        },
    };
    q.max_size.set(n);
    Ok(())
}

fn init(cx: &mut Cx, this: Gc<NativeObject>, maxsize: Option<Value>, items: Option<Value>) -> Result<bool> {
    let q = body::<Queue>(cx, this)?;
    let _keep = Keep(this);
    set_max_size(cx, q, maxsize)?;
    let class = cx.class_of(this.value());
    let mut hooks = 0;
    if class.has_flag(crate::object::class::IS_SCRIPT) {
        for (name, bit) in HOOKS {
            let name = cx.intern(name);
            let is_own = cx.lookup(class, name).is_some_and(|f| f.as_gc::<crate::object::function::Builtin>().is_none());
            hooks |= if is_own { bit } else { 0 };
        }
    }
    q.hooks.set(hooks);
    let has_items = match items {
        Some(i) => cx.truth(i)?,
        None => false,
    };
    if hooks & HOOK_INIT != 0 {
        let max = match q.max_size.get() {
            n if n < 0 => Value::NONE,
            n => Value::int_unchecked(n),
        };
        match items.filter(|_| has_items) {
            Some(i) => cx.call_method(this.value(), "_init", &[max, i])?,
            None => cx.call_method(this.value(), "_init", &[max])?,
        };
    } else {
        init_store(cx, this, q, items.filter(|_| has_items))?;
    }
    Ok(has_items)
}

/// What `_init` does.
fn init_store(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue, items: Option<Value>) -> Result<()> {
    if q.hooks.get() & HOOK_CREATE != 0 {
        let store = match items {
            Some(i) => cx.call_method(this.value(), "_create_queue", &[i])?,
            None => cx.call_method(this.value(), "_create_queue", &[])?,
        };
        q.store.set(this, Some(store));
        return Ok(());
    }
    if q.order == Order::Fifo {
        if let Some(i) = items {
            let all = cx.tuple_from_iterable(i)?;
            for &v in all.items() {
                q.items.push(cx, this, v);
            }
        }
        return Ok(());
    }
    let store = create_list(cx, q, items)?;
    q.store.set(this, Some(store));
    Ok(())
}

fn create_list(cx: &mut Cx, q: &Queue, items: Option<Value>) -> Result<Value> {
    let l = match items {
        Some(i) => cx.list_from_iterable(i)?,
        None => cx.list_new(),
    };
    if q.order == Order::Smallest {
        heapify(cx, l)?;
    }
    Ok(l.value())
}

fn describe(cx: &mut Cx, this: Gc<NativeObject>, q: &Queue) -> Result<String> {
    let mut text = String::new();
    if q.max_size.get() > 0 {
        text.push_str(&format!(" maxsize={}", q.max_size.get()));
    }
    if native_size(cx, q)? > 0 {
        match q.store.get() {
            Some(store) => text.push_str(&format!(" queue={}", cx.repr(store)?.lossy())),
            None => {
                let items = list_of(cx, q).value();
                text.push_str(&format!(" queue=deque({})", cx.repr(items)?.lossy()));
            }
        }
    }
    if !q.getters.is_empty() {
        text.push_str(&format!(" getters[{}]", q.getters.len()));
    }
    if !q.putters.is_empty() {
        text.push_str(&format!(" putters[{}]", q.putters.len()));
    }
    if q.unfinished.get() != 0 {
        let e = all_done(cx, this, q).value();
        text.push_str(&format!(" tasks={} _cond={}", q.unfinished.get(), cx.str_value(e)?.lossy()));
    }
    Ok(text)
}

/// A queue without join and shutdown.
#[class("gevent._gevent_cqueue.SimpleQueue", flags = HAS_WEAKREF)]
pub mod simple_queue_class {
    use super::*;
    use crate::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        let (priority, lifo, queue) = (cx.priority_queue_class(), cx.lifo_queue_class(), cx.queue_class());
        let order = match class {
            c if c.is_subclass(priority) => Order::Smallest,
            c if c.is_subclass(lifo) => Order::Lifo,
            _ => Order::Fifo,
        };
        Ok(alloc(cx, class, order, class.is_subclass(queue)).value())
    }

    #[method(name = "__init__", "maxsize=None, items=()", style = "cython")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, maxsize: Option<Value>, items: Option<Value>) -> Result<()> {
        super::init(cx, this, maxsize, items).map(drop)
    }

    #[class_method(name = "__class_getitem__", "key, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, key: Value) -> Result<Value> {
        Ok(cx.generic_alias(class.value(), key))
    }

    #[method("maxsize, items=()")]
    fn _init(cx: &mut Cx, this: Gc<NativeObject>, maxsize: Value, items: Option<Value>) -> Result<()> {
        let _ = maxsize;
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        init_store(cx, this, q, items)?;
        // A subclass that has hooks of its own works on what it sees.
        store_of(cx, this, q).map(drop)
    }

    #[method("items=()")]
    fn _create_queue(cx: &mut Cx, this: &Queue, items: Option<Value>) -> Result<Value> {
        if this.order == Order::Fifo {
            let items = match items {
                Some(i) => i,
                None => cx.tuple(&[]).value(),
            };
            return deque(cx, items);
        }
        create_list(cx, this, items)
    }

    #[method("")]
    fn _qsize(cx: &mut Cx, this: &Queue) -> Result<usize> {
        native_size(cx, this)
    }

    #[method("item, /")]
    fn _put(cx: &mut Cx, this: Gc<NativeObject>, item: Value) -> Result<()> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        native_put(cx, this, q, item)
    }

    #[method("")]
    fn _get(cx: &mut Cx, this: &Queue) -> Result<Value> {
        native_take(cx, this)
    }

    #[method("")]
    fn _peek(cx: &mut Cx, this: &Queue) -> Result<Value> {
        native_peek(cx, this)
    }

    /// What holds the items.
    #[getter]
    fn queue(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        store_of(cx, this, q)
    }

    #[setter(queue)]
    fn set_queue(cx: &mut Cx, this: Gc<NativeObject>, v: Option<Value>) -> Result<()> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        q.items.clear();
        q.store.set(this, v);
        Ok(())
    }

    #[getter]
    fn maxsize(this: &Queue) -> Option<i64> {
        Some(this.max_size.get()).filter(|&n| n > 0)
    }

    #[setter(maxsize)]
    fn set_maxsize(cx: &mut Cx, this: &Queue, v: Option<Value>) -> Result<()> {
        set_max_size(cx, this, v)
    }

    #[getter]
    fn is_shutdown(this: &Queue) -> bool {
        this.is_shut_down.get()
    }

    /// A queue with the same limit and items.
    #[method("")]
    fn copy(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        let class = cx.class_of(this.value()).value();
        let store = match q.store.get() {
            Some(s) => s,
            None => list_of(cx, q).value(),
        };
        let max = maxsize(q).map_or(Value::NONE, Value::int_unchecked);
        if q.counts_tasks {
            return cx.call(class, &[max, store, Value::int_unchecked(q.unfinished.get())]);
        }
        cx.call(class, &[max, store])
    }

    /// The number of items.
    #[method("")]
    fn qsize(cx: &mut Cx, this: Gc<NativeObject>) -> Result<usize> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        size(cx, this, q)
    }

    #[method(name = "__len__", "")]
    fn len(cx: &mut Cx, this: Gc<NativeObject>) -> Result<usize> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        size(cx, this, q)
    }

    #[method(name = "__bool__", "")]
    fn bool_(_this: &Queue) -> bool {
        true
    }

    /// Whether there are no items.
    #[method("")]
    fn empty(cx: &mut Cx, this: Gc<NativeObject>) -> Result<bool> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        Ok(size(cx, this, q)? == 0)
    }

    /// Whether there are maxsize items.
    #[method("")]
    fn full(cx: &mut Cx, this: Gc<NativeObject>) -> Result<bool> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        Ok(!has_room(cx, this, q)?)
    }

    /// Puts an item into the queue, waiting for room.
    #[method("item, block=True, timeout=None")]
    fn put(cx: &mut Cx, this: Gc<NativeObject>, item: Value, block: bool, timeout: Option<Value>) -> Result<()> {
        super::put(cx, this, item, block, timeout)
    }

    /// Puts an item into the queue without waiting.
    #[method("item")]
    fn put_nowait(cx: &mut Cx, this: Gc<NativeObject>, item: Value) -> Result<()> {
        super::put(cx, this, item, false, None)
    }

    /// Removes and returns an item, waiting for one.
    #[method("block=True, timeout=None")]
    fn get(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
        super::get(cx, this, block, timeout)
    }

    /// Removes and returns an item without waiting.
    #[method("")]
    fn get_nowait(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        super::get(cx, this, false, None)
    }

    /// The next item, without removing it.
    #[method("block=True, timeout=None")]
    fn peek(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
        super::peek(cx, this, block, timeout)
    }

    /// The next item, without removing it and without waiting.
    #[method("")]
    fn peek_nowait(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        super::peek(cx, this, false, None)
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let v = super::get(cx, this, true, None)?;
        if v == cx.types.stop_iteration.value() { Err(cx.stop_iteration(Value::NONE)) } else { Ok(v) }
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        let text = format!("<{} at {:#x}{}>", cx.type_name(this.value()), this.address(), describe(cx, this, q)?);
        Ok(cx.str(&text))
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        let text = format!("<{}{}>", cx.type_name(this.value()), describe(cx, this, q)?);
        Ok(cx.str(&text))
    }
}

/// A queue whose users can wait until all items were worked off.
#[class("gevent._gevent_cqueue.Queue")]
pub mod queue_class {
    use super::*;

    #[method(name = "__init__", "maxsize=None, items=(), unfinished_tasks=None", style = "cython")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, maxsize: Option<Value>, items: Option<Value>, unfinished_tasks: Option<Value>) -> Result<()> {
        let has_items = super::init(cx, this, maxsize, items)?;
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        let n = match (unfinished_tasks.and_then(|u| u.as_int()).filter(|&n| n != 0), items) {
            (Some(n), _) => n,
            (None, Some(items)) if has_items => cx.len(items)? as i64,
            _ => 0,
        };
        q.unfinished.set(n);
        Ok(())
    }

    #[getter]
    fn unfinished_tasks(this: &Queue) -> i64 {
        this.unfinished.get()
    }

    #[setter(unfinished_tasks)]
    fn set_unfinished_tasks(cx: &mut Cx, this: &Queue, v: Option<Value>) -> Result<()> {
        match v.and_then(|v| v.as_int()) {
            Some(n) => this.unfinished.set(n),
            None => return Err(cx.type_error("an integer is required")),
        }
        Ok(())
    }

    /// Says that a task taken from the queue is done.
    #[method("")]
    fn task_done(cx: &mut Cx, this: &Queue) -> Result<()> {
        super::task_done(cx, this)
    }

    /// Waits until every task is done; False when the time was up.
    #[method("timeout=None")]
    fn join(cx: &mut Cx, this: Gc<NativeObject>, timeout: Option<Value>) -> Result<bool> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        let s = limit(cx, timeout)?;
        if q.unfinished.get() == 0 {
            return Ok(true);
        }
        let e = all_done(cx, this, q);
        cx.event_wait(e, s)
    }

    /// Lets no more items in; who waits gets ShutDown.
    #[method("immediate=False")]
    fn shutdown(cx: &mut Cx, this: Gc<NativeObject>, immediate: bool) -> Result<()> {
        let q = body::<Queue>(cx, this)?;
        let _keep = Keep(this);
        q.is_shut_down.set(true);
        while immediate && size(cx, this, q)? > 0 {
            super::get(cx, this, true, None)?;
            if q.unfinished.get() > 0 {
                super::task_done(cx, q)?;
            }
        }
        q.put_items.clear();
        while let Some(link) = q.getters.pop().or_else(|| q.putters.pop()) {
            let r = cx.queue_error("ShutDown");
            let e = cx.take_pending(r);
            if let Some(token) = token_of(link) {
                cx.throw_token_soon(token, e);
            }
        }
        Ok(())
    }
}

/// A queue that gives the smallest item first.
#[class("gevent._gevent_cqueue.PriorityQueue")]
pub mod priority_queue_class {}

/// A queue that gives the newest item first.
#[class("gevent._gevent_cqueue.LifoQueue")]
pub mod lifo_queue_class {}
