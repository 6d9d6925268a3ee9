//! `Greenlet` as scripts see it, and the hub's exceptions.
//!
//! Behaviour: `spec/greenlet.md`, `spec/hub.md` (the rows' ids stand at what they decide).

use std::cell::Cell;

use gscript_macros::class;

use super::hub::{HasTask, State, Task};
use super::links::{Keep, link_of, tell};
use crate::convert::Kwargs;
use crate::heap::header::Kind;
use crate::heap::mark::Marker;
use crate::object::class::{HAS_ATTRIBUTE_WORD, HAS_DICT, IS_EXCEPTION, Type};
use crate::object::dict::Dict;
use crate::object::exception::Exception;
use crate::object::function::Function;
use crate::object::list::List;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// A greenlet. What the hub touches at each switch comes first.
#[repr(C)]
pub struct Greenlet {
    pub task: Task,
    /// What it runs; `None` for a subclass with `_run`.
    function: Slot,
    args: Slot,
    kwargs: Slot,
    value: Slot,
    /// The exception it failed with.
    exception: Slot,
    /// One link (see `links.rs`), or a list of them in the order of registration.
    links: Slot,
    /// The callback that tells the links stands in the ring.
    links_due: Cell<bool>,
    name: Slot,
    ident: Cell<Option<u32>>,
    /// The text behind the colon of its repr, once fixed.
    shown: Slot,
    is_raw: bool,
    /// The function that spawned it, and the word of its code where that was.
    spawned_in: Slot,
    spawned_at: Cell<u32>,
    spawner: Slot,
    tree_locals: Slot,
}

impl Native for Greenlet {
    fn trace(&self, m: &mut Marker<'_>) {
        for s in [
            &self.function,
            &self.args,
            &self.kwargs,
            &self.value,
            &self.exception,
            &self.links,
            &self.name,
            &self.shown,
            &self.spawned_in,
            &self.spawner,
            &self.tree_locals,
        ] {
            s.trace(m);
        }
        self.task.trace(m);
    }
}

impl HasTask for Greenlet {
    fn task(&self) -> &Task {
        &self.task
    }

    fn run(&self, cx: &mut Cx, this: Gc<NativeObject>) {
        let result = run_function(cx, self, this);
        finish(cx, self, this, result);
    }
}

impl Greenlet {
    #[inline(always)]
    fn empty(is_main: bool) -> Greenlet {
        Greenlet {
            task: Task::new(is_main),
            function: Slot::new(None),
            args: Slot::new(None),
            kwargs: Slot::new(None),
            value: Slot::new(None),
            exception: Slot::new(None),
            links: Slot::new(None),
            links_due: Cell::new(false),
            name: Slot::new(None),
            ident: Cell::new(None),
            shown: Slot::new(None),
            is_raw: false,
            spawned_in: Slot::new(None),
            spawned_at: Cell::new(0),
            spawner: Slot::new(None),
            tree_locals: Slot::new(None),
        }
    }

    /// The line at which it was spawned, as messages show it.
    fn spawn_place(&self) -> String {
        let Some(function) = self.spawned_in.get().and_then(|f| f.as_gc::<Function>()) else {
            return String::new();
        };
        let code = function.code.get();
        let line = code.source.position(self.spawned_at.get()).map_or(code.source.first_line, |p| p.line);
        format!(", spawned at {}:{line} in {}", code.filename.lossy(), code.name.lossy())
    }

    /// The exception it failed with.
    pub fn failure(&self) -> Option<Value> {
        self.exception.get()
    }

    /// What it returned.
    pub fn result(&self) -> Value {
        self.value.get().unwrap_or(Value::NONE)
    }

    /// Without join and links: the main greenlet and those of `spawn_raw`.
    pub fn is_raw(&self) -> bool {
        self.is_raw
    }
}

/// How the hub looks at objects.
pub fn task_of(object: &NativeObject) -> Option<&dyn HasTask> {
    object.downcast::<Greenlet>().map(|g| g as &dyn HasTask)
}

fn greenlet<'a>(g: Gc<NativeObject>) -> &'a Greenlet {
    native::<Greenlet>(g.value()).expect("an object of the class Greenlet")
}

/// What a greenlet spawned by `spawner` has as `tree_locals`: the same dict, or the root of the tree (GRN-63).
fn tree_of(spawner: Gc<NativeObject>) -> Option<Value> {
    let g = native::<Greenlet>(spawner.value()).filter(|g| !g.task.is_main)?;
    g.tree_locals.get().or(Some(spawner.value()))
}

/// The dict that a greenlet shares with all that are spawned below it.
fn tree_locals(cx: &mut Cx, this: Gc<NativeObject>) -> Value {
    let g = greenlet(this);
    match g.tree_locals.get() {
        None => {
            let d = cx.dict_new().value();
            g.tree_locals.set(this, Some(d));
            d
        }
        Some(v) => match v.as_gc::<NativeObject>() {
            Some(root) => tree_locals(cx, root),
            None => v,
        },
    }
}

fn run_function(cx: &mut Cx, g: &Greenlet, this: Gc<NativeObject>) -> Result<Value> {
    let args = g.args.get().and_then(|a| a.as_gc::<Tuple>());
    let kwargs = g.kwargs.get().and_then(|k| k.as_gc::<Dict>());
    let args = match args {
        Some(a) => a,
        None => cx.tuple(&[]),
    };
    match g.function.get() {
        Some(f) => cx.call_with_dict(f, args, kwargs),
        None => {
            let run = cx.get_attr_text(this.value(), "_run")?;
            cx.call_with_dict(run, args, kwargs)
        }
    }
}

/// The end of a greenlet: its result is kept or reported, its links are told.
fn finish(cx: &mut Cx, g: &Greenlet, this: Gc<NativeObject>, result: Result<Value>) {
    match result {
        Ok(v) => g.value.set(this, Some(v)),
        Err(r) => {
            let e = cx.take_pending(r);
            fail(cx, g, this, e);
        }
    }
    ended(cx, g, this);
}

/// Notes how a greenlet ended by an exception, and reports it (GRN-11, 23, HUB-17).
fn fail(cx: &mut Cx, g: &Greenlet, this: Gc<NativeObject>, e: Value) {
    let exit = cx.green_class("GreenletExit");
    if cx.is_instance(e, exit) {
        g.value.set(this, Some(e));
        return;
    }
    g.exception.set(this, Some(e));
    cx.handle_greenlet_error(this.value(), e);
}

/// Lets go of the function and its arguments, and tells links and joiners (GRN-30, 38, 43).
fn ended(cx: &mut Cx, g: &Greenlet, this: Gc<NativeObject>) {
    if let Some(used) = g.ident.get().and_then(|i| cx.extension::<Green>().idents.get_mut(i as usize)) {
        *used = false;
    }
    g.task.state.set(State::Dead);
    g.function.set(this, None);
    g.args.set(this, None);
    g.kwargs.set(this, None);
    // A chain of spawns does not keep its whole past alive.
    g.spawner.set(this, None);
    notify(cx, g, this);
}

/// Has the links told on the next turn, if the greenlet has ended and there are any.
fn notify(cx: &mut Cx, g: &Greenlet, this: Gc<NativeObject>) {
    if g.task.is_dead() && g.links.get().is_some() && !g.links_due.replace(true) {
        cx.run_soon(tell_links, this.value());
    }
}

/// In the hub: tells the links of a greenlet that has ended, also those that come meanwhile.
fn tell_links(cx: &mut Cx, v: Value) {
    let (Some(g), Some(this)) = (native::<Greenlet>(v), v.as_gc::<NativeObject>()) else { return };
    let _keep = Keep(this);
    while let Some(link) = pop_link(cx, g, this) {
        tell(cx, link, v);
        if cx.is_over() {
            return;
        }
    }
    g.links_due.set(false);
}

fn pop_link(cx: &mut Cx, g: &Greenlet, this: Gc<NativeObject>) -> Option<Value> {
    let first = g.links.get()?;
    let Some(list) = first.as_gc::<List>() else {
        g.links.set(this, None);
        return Some(first);
    };
    match list.len() {
        0 => {
            g.links.set(this, None);
            None
        }
        _ => Some(cx.list_remove(list, 0)),
    }
}

/// Registers a link; the next turn tells it if the greenlet has ended already (GRN-32).
pub(crate) fn raw_link(cx: &mut Cx, this: Gc<NativeObject>, link: Value) {
    let g = greenlet(this);
    match g.links.get() {
        // A script object may be a list too: it is put into one.
        None if link.as_gc::<List>().is_none() => g.links.set(this, Some(link)),
        None => {
            let list = cx.list_from(&[link]).value();
            g.links.set(this, Some(list));
        }
        Some(first) => match first.as_gc::<List>() {
            Some(list) => cx.list_push(list, link),
            None => {
                let list = cx.list_from(&[first, link]).value();
                g.links.set(this, Some(list));
            }
        },
    }
    notify(cx, g, this);
}

/// Takes this very link back.
pub(crate) fn remove_link(cx: &mut Cx, g: &Greenlet, this: Gc<NativeObject>, link: Value) {
    match g.links.get() {
        Some(l) if l == link => g.links.set(this, None),
        Some(l) => {
            if let Some(list) = l.as_gc::<List>() {
                if let Some(i) = (0..list.len()).find(|&i| list.get_fast(i) == Some(link)) {
                    cx.list_remove(list, i);
                }
            }
        }
        None => {}
    }
}

/// The name that `repr` shows behind the colon (GRN-12): fixed when it is first asked for, while there is a function.
fn fix_shown(cx: &mut Cx, g: &Greenlet, this: Gc<NativeObject>) {
    if g.shown.get().is_some() || g.task.is_dead() {
        return;
    }
    let text = match shown(cx, g) {
        Ok(t) => t,
        Err(r) => {
            cx.take_pending(r);
            "_run".to_string()
        }
    };
    let s = cx.str(&text).value();
    g.shown.set(this, Some(s));
}

fn shown(cx: &mut Cx, g: &Greenlet) -> Result<String> {
    let Some(f) = g.function.get() else {
        return Ok("_run".to_string());
    };
    let name = if f.as_gc::<crate::object::function::BoundMethod>().is_some() {
        cx.repr(f)?.lossy().into_owned()
    } else {
        match cx.try_attr_text(f, "__name__")?.and_then(|n| n.as_str_object()) {
            Some(n) => n.lossy().into_owned(),
            None => cx.repr(f)?.lossy().into_owned(),
        }
    };
    let mut parts = Vec::new();
    let cut = |s: String| s.chars().take(50).collect::<String>();
    if let Some(args) = g.args.get().and_then(|a| a.as_gc::<Tuple>()) {
        for &a in args.items() {
            let s = cx.repr(a)?.lossy().into_owned();
            parts.push(cut(s));
        }
    }
    if let Some(k) = g.kwargs.get().and_then(|k| k.as_gc::<Dict>()) {
        let mut at = 0;
        while let Some((name, v)) = k.next(&mut at) {
            let n = cx.str_value(name)?.lossy().into_owned();
            let s = cx.repr(v)?.lossy().into_owned();
            parts.push(format!("{n}={}", cut(s)));
        }
    }
    if parts.is_empty() { Ok(name) } else { Ok(format!("{name}({})", parts.join(", "))) }
}

/// State of the concurrency library in a Vm.
#[derive(Default)]
pub struct Green {
    classes: Vec<(&'static str, Gc<Type>)>,
    /// Idents in use, to give the smallest free one.
    idents: Vec<bool>,
    /// The hub as scripts see it, and its loop; made when they are first asked for.
    pub(crate) hub: Option<Gc<NativeObject>>,
    pub(crate) event_loop: Option<Gc<NativeObject>>,
}

impl crate::extension::Extension for Green {
    fn trace(&self, m: &mut Marker<'_>) {
        for (_, c) in &self.classes {
            m.object(*c);
        }
        for o in [self.hub, self.event_loop].into_iter().flatten() {
            m.object(o);
        }
    }
}

impl Cx {
    /// A class of the concurrency library by its name: `GreenletExit`, `LoopExit`, `Timeout` …
    pub fn green_class(&mut self, name: &'static str) -> Gc<Type> {
        if let Some(&(_, c)) = self.extension::<Green>().classes.iter().find(|c| c.0 == name) {
            return c;
        }
        let t = self.types;
        let (module, base): (&str, Gc<Type>) = match name {
            "GreenletExit" => ("greenlet", t.base_exception),
            "LoopExit" => ("gevent.exceptions", t.exception),
            "BlockingSwitchOutError" | "InvalidSwitchError" | "ConcurrentObjectUseError" => ("gevent.exceptions", t.assertion_error),
            "InvalidThreadUseError" => ("gevent.exceptions", t.runtime_error),
            "HubDestroyed" => ("gevent.exceptions", self.green_class("GreenletExit")),
            "Empty" => ("_queue", t.exception),
            "Full" => ("queue", t.exception),
            "ShutDown" => ("gevent.queue", t.exception),
            "PoolFull" => ("gevent.pool", self.green_class("Full")),
            _ => ("gevent.exceptions", t.exception),
        };
        let c = self.new_builtin_class(module, name, Kind::Exception, base, IS_EXCEPTION | HAS_DICT | HAS_ATTRIBUTE_WORD, None);
        self.extension::<Green>().classes.push((name, c));
        c
    }

    /// The class `gevent.Greenlet`.
    pub fn greenlet_class(&mut self) -> Gc<Type> {
        self.native_class(&greenlet_class::NATIVE)
    }

    /// The class of greenlets without join and links.
    pub fn raw_greenlet_class(&mut self) -> Gc<Type> {
        self.native_class(&raw_class::NATIVE)
    }

    /// A greenlet that will call `f(*args, **kwargs)`; not started. TypeError when `f` is not callable.
    pub fn new_greenlet(&mut self, class: Gc<Type>, f: Option<Value>, args: Gc<Tuple>, kwargs: Option<Gc<Dict>>, is_raw: bool) -> Result<Gc<NativeObject>> {
        if let Some(f) = f {
            self.check_callable(f)?;
        }
        let spawner = self.current_greenlet();
        let tree_locals = spawner.and_then(tree_of);
        let place = self.frames().next();
        Ok(NativeObject::with(self, class, || Greenlet {
            function: Slot::new(f),
            args: Slot::new(Some(args.value())),
            kwargs: Slot::new(kwargs.map(|k| k.value())),
            is_raw,
            spawner: Slot::new(spawner.map(|g| g.value())),
            tree_locals: Slot::new(tree_locals),
            spawned_in: Slot::new(place.as_ref().map(|p| p.function.value())),
            spawned_at: Cell::new(place.map_or(0, |p| p.pc)),
            ..Greenlet::empty(false)
        }))
    }

    fn check_callable(&mut self, f: Value) -> Result<()> {
        if self.is_callable(f) {
            return Ok(());
        }
        let text = format!("The run argument or self._run must be callable, not {}", self.repr(f)?.lossy());
        Err(self.type_error(text))
    }

    /// `gevent.spawn(f, *args, **kwargs)`.
    pub fn spawn(&mut self, f: Value, args: &[Value], kwargs: Option<Gc<Dict>>) -> Result<Gc<NativeObject>> {
        let class = self.greenlet_class();
        let args = self.tuple(args);
        let g = self.new_greenlet(class, Some(f), args, kwargs, false)?;
        self.start_greenlet(g);
        Ok(g)
    }

    /// The main greenlet of a new entry.
    pub(crate) fn new_main_greenlet(&mut self) -> Gc<NativeObject> {
        let class = self.native_class(&raw_class::NATIVE);
        NativeObject::with(self, class, || Greenlet { is_raw: true, ..Greenlet::empty(true) })
    }

    /// A greenlet whose stack could not be had fails with the system's error.
    pub(crate) fn greenlet_not_started(&mut self, g: Gc<NativeObject>, e: &std::io::Error) {
        let r = self.io_error(e, None);
        let exception = self.take_pending(r);
        let body = greenlet(g);
        self.forget_greenlet(g, false);
        fail(self, body, g, exception);
        ended(self, body, g);
    }

    /// What the hub does with an exception that nobody caught: `handle_error` of the hub object if a script replaced it,
    /// else [`Cx::handle_error`].
    pub fn handle_greenlet_error(&mut self, context: Value, e: Value) {
        if let Err(r) = self.call_error_handler(context, e) {
            // The handler failed itself: both are reported.
            let second = self.take_pending(r);
            self.handle_error(context, e);
            self.handle_error(Value::NONE, second);
        }
    }

    /// An exception that nobody caught is reported, or, for the special ones, raised in the main greenlet (HUB-17).
    pub fn handle_error(&mut self, context: Value, e: Value) {
        let t = self.types;
        let exit = self.green_class("GreenletExit");
        let is_system = self.is_instance(e, t.keyboard_interrupt) || self.is_instance(e, t.system_exit) || self.is_instance(e, t.system_error);
        let is_silent = self.is_instance(e, exit) || self.is_instance(e, t.system_exit);
        if !is_silent {
            self.report_greenlet_error(context, e);
        }
        if is_system {
            if let Some(main) = self.hub.main() {
                self.throw_first(main, e);
            }
        }
    }

    /// Waits until a greenlet has ended; true when it has (GRN-14).
    pub fn join_greenlet(&mut self, g: Gc<NativeObject>, timeout: Option<f64>) -> Result<bool> {
        let body = greenlet(g);
        if body.task.is_dead() {
            return Ok(true);
        }
        let _keep = Keep(g);
        let token = self.begin_wait("join of a greenlet")?;
        let link = link_of(token);
        raw_link(self, g, link);
        let timer = timeout.and_then(|s| self.wake_after(token, s));
        let r = self.park();
        if let Some(h) = timer {
            self.cancel_timer(h);
        }
        if r == Ok(g.value()) {
            return Ok(true);
        }
        remove_link(self, body, g, link);
        r.map(|_| false)
    }

    /// Ends a greenlet that has not run yet: it never will (GRN-20). False: it runs or has ended.
    pub fn kill_before_start(&mut self, g: Gc<NativeObject>, exception: Value) -> bool {
        let body = greenlet(g);
        if !matches!(body.task.state.get(), State::New | State::Starting) {
            return false;
        }
        let is_in_ring = body.task.state.get() == State::Starting && body.task.timer.get().is_none();
        self.forget_greenlet(g, is_in_ring);
        fail(self, body, g, exception);
        ended(self, body, g);
        true
    }

    /// Raises `exception` in a greenlet on the next turn; one that never ran is dead at once (GRN-20, 27).
    pub fn kill_greenlet(&mut self, g: Gc<NativeObject>, exception: Value) {
        if !greenlet(g).task.is_dead() && !self.kill_before_start(g, exception) {
            self.throw_soon(g, exception, None);
        }
    }

    /// Raises `exception` in a greenlet and waits until it has ended; false: the time was up (GRN-22, 26).
    pub fn kill_and_join(&mut self, g: Gc<NativeObject>, exception: Value, timeout: Option<f64>) -> Result<bool> {
        if greenlet(g).task.is_dead() || self.kill_before_start(g, exception) {
            return Ok(true);
        }
        let token = self.begin_wait("the end of a greenlet that is killed")?;
        self.throw_soon(g, exception, Some(token));
        self.park()?;
        self.join_greenlet(g, timeout)
    }

    /// An instance of what `kill(exception=…)` was given.
    pub(crate) fn kill_exception(&mut self, v: Option<Value>) -> Result<Value> {
        let v = match v {
            Some(v) => match v.as_gc::<Tuple>().filter(|t| t.len() == 3) {
                Some(t) if !t.items()[1].is_none() => t.items()[1],
                Some(t) => t.items()[0],
                None => v,
            },
            None => self.green_class("GreenletExit").value(),
        };
        let text = format!("exceptions must be classes, or instances, not {}", self.type_name(v));
        self.exception_value(v, &text)
    }

    /// Every parked greenlet: what it waits for and where, for LoopExit and dumps.
    pub(crate) fn loop_exit_text(&mut self) -> String {
        let mut text = "This operation would block forever\n\tHub: <Hub>\n\tHandles:\n[]".to_string();
        for g in self.hub.greenlets() {
            let body = greenlet(g);
            if body.task.state.get() == State::Parked {
                let name = match self.repr(g.value()) {
                    Ok(s) => s.lossy().into_owned(),
                    Err(r) => {
                        self.take_pending(r);
                        String::new()
                    }
                };
                text.push_str(&format!(
                    "\n\t{} waits for {}{}{}",
                    if body.task.is_main { "the main greenlet".to_string() } else { name },
                    body.task.waits_for.get(),
                    body.task.place(),
                    body.spawn_place()
                ));
            }
        }
        text
    }
}

fn seconds_argument(cx: &mut Cx, v: Option<Value>) -> Result<Option<f64>> {
    match v {
        None => Ok(None),
        Some(v) if v.is_none() => Ok(None),
        Some(v) => cx.to_float(v).map(Some),
    }
}

#[class("greenlet.greenlet", flags = HAS_DICT | HAS_ATTRIBUTE_WORD | HAS_WEAKREF)]
pub mod raw_class {
    use super::*;

    #[getter]
    fn dead(_cx: &mut Cx, this: &Greenlet) -> Result<bool> {
        Ok(this.task.is_dead())
    }

    /// The greenlet that created this one.
    #[method("")]
    fn spawning_greenlet(this: &Greenlet) -> Value {
        this.spawner.get().unwrap_or(Value::NONE)
    }

    #[getter]
    fn spawn_tree_locals(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        Ok(tree_locals(cx, this))
    }
}

#[class("gevent._gevent_cgreenlet.Greenlet", flags = HAS_DICT | HAS_ATTRIBUTE_WORD | HAS_WEAKREF)]
pub mod greenlet_class {
    use super::*;

    /// A light-weight cooperatively-scheduled execution unit.
    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        let none = cx.tuple(&[]);
        Ok(cx.new_greenlet(class, None, none, None, false)?.value())
    }

    #[method(name = "__init__", "*args, **kwargs")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        let g = greenlet(this);
        let (f, rest) = match args {
            [] => (None, args),
            [f, rest @ ..] => (Some(*f), rest),
        };
        if let Some(f) = f.filter(|f| !f.is_none()) {
            cx.check_callable(f)?;
            g.function.set(this, Some(f));
        }
        let rest = cx.tuple(rest);
        g.args.set(this, Some(rest.value()));
        let d = kwargs_dict(cx, kwargs);
        g.kwargs.set(this, d.map(|d| d.value()));
        Ok(())
    }

    /// Creates a greenlet and schedules it to run.
    #[class_method("*args, **kwargs")]
    fn spawn(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let g = make(cx, class, args, kwargs)?;
        cx.start_greenlet(g);
        Ok(g.value())
    }

    /// Creates a greenlet and schedules it to run after some seconds.
    #[class_method("seconds, *args, **kwargs")]
    fn spawn_later(cx: &mut Cx, class: Gc<Type>, seconds: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let s = cx.to_float(seconds)?;
        if args.is_empty() && class == cx.greenlet_class() {
            return Err(cx.type_error("The run argument or self._run must be callable"));
        }
        let g = make(cx, class, args, kwargs)?;
        cx.start_greenlet_later(g, s);
        Ok(g.value())
    }

    fn make(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Gc<NativeObject>> {
        let d = kwargs_dict(cx, kwargs);
        if class == cx.greenlet_class() {
            let (f, rest) = match args {
                [] => (None, args),
                [f, rest @ ..] => (Some(*f), rest),
            };
            let rest = cx.tuple(rest);
            return cx.new_greenlet(class, f.filter(|f| !f.is_none()), rest, d, false);
        }
        let args = cx.tuple(args);
        let v = cx.call_with_dict(class.value(), args, d)?;
        match v.as_gc::<NativeObject>().filter(|_| native::<Greenlet>(v).is_some()) {
            Some(g) => Ok(g),
            None => Err(cx.type_error("a subclass of Greenlet made something else")),
        }
    }

    /// The default body: nothing.
    #[method(name = "_run", "*args, **kwargs")]
    fn run(_cx: &mut Cx, _this: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        let _ = (args, kwargs);
        Ok(())
    }

    /// Schedules the greenlet to run in this loop iteration.
    #[method("")]
    fn start(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        cx.start_greenlet(this);
        Ok(())
    }

    /// Schedules the greenlet to run after some seconds.
    #[method("seconds, /")]
    fn start_later(cx: &mut Cx, this: Gc<NativeObject>, seconds: Value) -> Result<()> {
        let s = cx.to_float(seconds)?;
        cx.start_greenlet_later(this, s);
        Ok(())
    }

    /// Waits until the greenlet finishes or the timeout expires.
    #[method("timeout=None")]
    fn join(cx: &mut Cx, this: Gc<NativeObject>, timeout: Option<Value>) -> Result<()> {
        let t = seconds_argument(cx, timeout)?;
        cx.join_greenlet(this, t).map(drop)
    }

    /// The result, or the exception, of the greenlet.
    #[method("block=True, timeout=None")]
    fn get(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
        let g = greenlet(this);
        if !g.task.is_dead() {
            let t = if block { seconds_argument(cx, timeout)? } else { Some(0.0) };
            let done = block && cx.join_greenlet(this, t)?;
            if !done {
                let shown = if block { timeout } else { None };
                return Err(cx.timeout_expired(shown));
            }
        }
        match g.exception.get() {
            Some(e) => Err(cx.reraise(e)),
            None => Ok(g.value.get().unwrap_or(Value::NONE)),
        }
    }

    /// Raises an exception in the greenlet and waits for its end.
    #[method("exception=None, block=True, timeout=None")]
    fn kill(cx: &mut Cx, this: Gc<NativeObject>, exception: Option<Value>, block: bool, timeout: Option<Value>) -> Result<()> {
        if greenlet(this).task.is_dead() {
            return Ok(());
        }
        let e = cx.kill_exception(exception)?;
        let t = seconds_argument(cx, timeout)?;
        if block {
            return cx.kill_and_join(this, e, t).map(drop);
        }
        cx.kill_greenlet(this, e);
        Ok(())
    }

    #[method("")]
    fn ready(_cx: &mut Cx, this: &Greenlet) -> Result<bool> {
        Ok(this.task.is_dead())
    }

    #[method("")]
    fn successful(_cx: &mut Cx, this: &Greenlet) -> Result<bool> {
        Ok(this.task.is_dead() && this.exception.get().is_none())
    }

    #[method(name = "__bool__", "")]
    fn bool_(_cx: &mut Cx, this: &Greenlet) -> Result<bool> {
        Ok(!matches!(this.task.state.get(), State::New | State::Dead))
    }

    #[getter]
    fn started(_cx: &mut Cx, this: &Greenlet) -> Result<bool> {
        Ok(!matches!(this.task.state.get(), State::New | State::Dead))
    }

    #[getter]
    fn dead(_cx: &mut Cx, this: &Greenlet) -> Result<bool> {
        Ok(this.task.is_dead())
    }

    /// The greenlet that created this one; None when it is gone.
    #[method("")]
    fn spawning_greenlet(this: &Greenlet) -> Value {
        this.spawner.get().unwrap_or(Value::NONE)
    }

    /// A dict shared with all that are spawned below.
    #[getter]
    fn spawn_tree_locals(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        Ok(tree_locals(cx, this))
    }

    #[getter]
    fn value(_cx: &mut Cx, this: &Greenlet) -> Result<Value> {
        Ok(this.value.get().unwrap_or(Value::NONE))
    }

    #[getter]
    fn exception(_cx: &mut Cx, this: &Greenlet) -> Result<Value> {
        Ok(this.exception.get().unwrap_or(Value::NONE))
    }

    #[getter]
    fn exc_info(cx: &mut Cx, this: &Greenlet) -> Result<Value> {
        match this.exception.get() {
            Some(e) => {
                let class = cx.class_of(e).value();
                let tb = e.as_gc::<Exception>().and_then(|x| x.traceback.get()).unwrap_or(Value::NONE);
                Ok(cx.tuple(&[class, e, tb]).value())
            }
            None => Ok(cx.tuple(&[]).value()),
        }
    }

    #[getter]
    fn args(cx: &mut Cx, this: &Greenlet) -> Result<Value> {
        match this.args.get() {
            Some(a) => Ok(a),
            None => Ok(cx.tuple(&[]).value()),
        }
    }

    #[getter]
    fn kwargs(cx: &mut Cx, this: &Greenlet) -> Result<Value> {
        match this.kwargs.get() {
            Some(k) => Ok(k),
            None => Ok(cx.dict_new().value()),
        }
    }

    #[getter]
    fn loop_(cx: &mut Cx, _this: &Greenlet) -> Result<Value> {
        Ok(cx.loop_object().value())
    }

    #[getter]
    fn minimal_ident(cx: &mut Cx, this: &Greenlet) -> Result<i64> {
        Ok(ident(cx, this) as i64)
    }

    fn ident(cx: &mut Cx, g: &Greenlet) -> u32 {
        if let Some(i) = g.ident.get() {
            return i;
        }
        let idents = &mut cx.extension::<Green>().idents;
        let i = match idents.iter().position(|used| !used) {
            Some(i) => i,
            None => {
                idents.push(false);
                idents.len() - 1
            }
        };
        idents[i] = true;
        g.ident.set(Some(i as u32));
        i as u32
    }

    #[getter]
    fn name(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let g = greenlet(this);
        if let Some(n) = g.name.get() {
            return Ok(n);
        }
        let text = format!("Greenlet-{}", ident(cx, g));
        let n = cx.str(&text).value();
        g.name.set(this, Some(n));
        Ok(n)
    }

    #[setter(name)]
    fn set_name(cx: &mut Cx, this: Gc<NativeObject>, v: Option<Value>) -> Result<()> {
        match v {
            Some(v) => {
                greenlet(this).name.set(this, Some(v));
                Ok(())
            }
            None => Err(cx.type_error("name may not be deleted")),
        }
    }

    /// Calls `callback(self)` in the hub when the greenlet has ended.
    #[method("callback, /")]
    fn rawlink(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
        if !cx.is_callable(callback) {
            let text = format!("Expected callable: {}", cx.repr(callback)?.lossy());
            return Err(cx.type_error(text));
        }
        raw_link(cx, this, callback);
        Ok(())
    }

    /// Removes a link.
    #[method("callback, /")]
    fn unlink(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
        let g = greenlet(this);
        let mut i = 0;
        while let Some(v) = link_at(cx, g, i) {
            let same = v == callback || native::<Link>(v).is_some_and(|k| k.callback.get() == Some(callback)) || v.as_int().is_none() && cx.eq(v, callback)?;
            if same {
                remove_link(cx, g, this, v);
                return Ok(());
            }
            i += 1;
        }
        Ok(())
    }

    fn link_at(cx: &mut Cx, g: &Greenlet, i: usize) -> Option<Value> {
        let first = g.links.get()?;
        match first.as_gc::<List>() {
            Some(l) if i < l.len() => Some(cx.list_get(l, i)),
            Some(_) => None,
            None => Some(first).filter(|_| i == 0),
        }
    }

    #[method("")]
    fn unlink_all(_cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        greenlet(this).links.set(this, None);
        Ok(())
    }

    #[method("")]
    fn has_links(_cx: &mut Cx, this: &Greenlet) -> Result<i64> {
        Ok(this.links.get().map_or(0, |l| l.as_gc::<List>().map_or(1, |l| l.len())) as i64)
    }

    /// Calls `callback(self)` in a greenlet of its own when this one has ended.
    #[method("callback, /")]
    fn link(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
        add_link(cx, this, callback, LinkWhen::Always)
    }

    #[method("callback, /")]
    fn link_value(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
        add_link(cx, this, callback, LinkWhen::Success)
    }

    #[method("callback, /")]
    fn link_exception(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
        add_link(cx, this, callback, LinkWhen::Failure)
    }

    fn add_link(cx: &mut Cx, this: Gc<NativeObject>, callback: Value, when: LinkWhen) -> Result<()> {
        if !cx.is_callable(callback) {
            let text = format!("Expected callable: {}", cx.repr(callback)?.lossy());
            return Err(cx.type_error(text));
        }
        let class = cx.native_class(&link_class::NATIVE);
        let link = NativeObject::alloc(cx, class, Box::new(Link { callback: Slot::new(Some(callback)), when })).value();
        rawlink(cx, this, link)
    }

    #[method(name = "__enter__", "")]
    fn enter(_cx: &mut Cx, this: Value) -> Result<Value> {
        Ok(this)
    }

    /// Joins the greenlet; kills it when the block failed (GRN-18, 19).
    #[method(name = "__exit__", "type, value, traceback, /")]
    fn exit(cx: &mut Cx, this: Gc<NativeObject>, type_: Value, value: Value, traceback: Value) -> Result<()> {
        let _ = (type_, traceback);
        if value.is_none() {
            let joined = cx.join_greenlet(this, None);
            if !greenlet(this).task.is_dead() {
                let pending = joined.err().map(|r| cx.take_pending(r));
                let e = cx.kill_exception(None)?;
                cx.kill_and_join(this, e, None)?;
                return match pending {
                    Some(e) => Err(cx.reraise(e)),
                    None => Ok(()),
                };
            }
            return joined.map(drop);
        }
        cx.kill_and_join(this, value, None).map(drop)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let g = greenlet(this);
        fix_shown(cx, g, this);
        let class = cx.type_name(this.value());
        let mut text = format!("<{class} ");
        if let Some(n) = g.name.get() {
            text.push_str(&format!("\"{}\" ", cx.str_value(n)?.lossy()));
        }
        let shown = match g.shown.get().and_then(|s| s.as_str_object()) {
            Some(s) => s.lossy().into_owned(),
            None => "_run".to_string(),
        };
        text.push_str(&format!("at {:#x}: {shown}>", this.address()));
        Ok(cx.str(&text))
    }

    #[method(name = "__hash__", "")]
    fn hash(cx: &mut Cx, this: Value) -> Result<i64> {
        Ok(cx.identity_hash(this))
    }
}

/// Keyword arguments as a dict, if there are any.
#[inline]
pub(super) fn kwargs_dict(cx: &mut Cx, kwargs: Kwargs<'_>) -> Option<Gc<Dict>> {
    if kwargs.is_empty() { None } else { Some(dict_of(cx, kwargs)) }
}

fn dict_of(cx: &mut Cx, kwargs: Kwargs<'_>) -> Gc<Dict> {
    let d = cx.dict_new();
    for (k, v) in kwargs {
        cx.dict_set_str(d, k, v);
    }
    d
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LinkWhen {
    Always,
    Success,
    Failure,
}

/// What `link` registers: calls in a new greenlet, depending on how the source ended.
pub struct Link {
    callback: Slot,
    when: LinkWhen,
}

impl Native for Link {
    fn trace(&self, m: &mut Marker<'_>) {
        self.callback.trace(m);
    }
}

#[class("gevent.greenlet.SpawnedLink")]
pub mod link_class {
    use super::*;

    #[method(name = "__call__", "source, /")]
    fn call(cx: &mut Cx, this: &Link, source: Value) -> Result<()> {
        let failed = native::<Greenlet>(source).is_some_and(|g| g.exception.get().is_some());
        let wanted = match this.when {
            LinkWhen::Always => true,
            LinkWhen::Success => !failed,
            LinkWhen::Failure => failed,
        };
        if let Some(f) = this.callback.get().filter(|_| wanted) {
            let class = cx.raw_greenlet_class();
            let args = cx.tuple(&[source]);
            let g = cx.new_greenlet(class, Some(f), args, None, true)?;
            cx.start_greenlet_now(g);
        }
        Ok(())
    }
}
