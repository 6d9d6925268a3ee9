//! `gevent.hub`: the hub and its loop as scripts see them. The real ones are in `hub.rs`.

use std::cell::Cell;

use gscript_macros::class;

use super::greenlet::Green;
use super::hub::Action;
use super::links::{Keep, body, limit};
use super::timer::TimerHandle;
use crate::authority::Authority;
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::exception::Exception;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Stands for the hub.
pub struct HubObject;

impl Native for HubObject {}

/// Stands for the loop.
pub struct LoopObject;

impl Native for LoopObject {}

impl Cx {
    /// The class `gevent.hub.Hub`.
    pub fn hub_class(&mut self) -> Gc<Type> {
        let class = self.native_class(&hub_class::NATIVE);
        let dict = class.dict.expect();
        let name = self.intern("NOT_ERROR");
        if self.dict_get_str(dict, name).is_none() {
            let t = self.types;
            let exit = self.green_class("GreenletExit").value();
            let not_error = self.tuple(&[exit, t.system_exit.value()]).value();
            self.dict_set_str(dict, name, not_error);
            let system = self.tuple(&[t.keyboard_interrupt.value(), t.system_exit.value(), t.system_error.value()]).value();
            self.dict_set_text(dict, "SYSTEM_ERROR", system);
        }
        class
    }

    /// The hub object of this Vm.
    pub fn hub_object(&mut self) -> Gc<NativeObject> {
        if let Some(h) = self.extension::<Green>().hub {
            return h;
        }
        self.hub.is_used = true;
        let class = self.hub_class();
        let h = NativeObject::alloc(self, class, Box::new(HubObject));
        self.extension::<Green>().hub = Some(h);
        h
    }

    pub(crate) fn loop_object(&mut self) -> Gc<NativeObject> {
        if let Some(l) = self.extension::<Green>().event_loop {
            return l;
        }
        let class = self.native_class(&loop_class::NATIVE);
        let l = NativeObject::alloc(self, class, Box::new(LoopObject));
        self.extension::<Green>().event_loop = Some(l);
        l
    }

    /// An attribute that a script set on the hub object.
    fn hub_attribute(&mut self, name: &str) -> Option<Value> {
        let hub = self.extension::<Green>().hub?;
        let name = self.intern(name);
        self.own_attribute(hub.header(), name)
    }

    /// Calls the `handle_error` that a script put on the hub; without one it is [`Cx::handle_error`].
    pub(crate) fn call_error_handler(&mut self, context: Value, e: Value) -> Result<()> {
        let Some(f) = self.hub_attribute("handle_error") else {
            self.handle_error(context, e);
            return Ok(());
        };
        let (class, traceback) = exception_parts(self, e);
        self.call(f, &[context, class, e, traceback]).map(drop)
    }

    /// Writes the report of an exception that nobody caught (GRN-11): to the stream a script chose, else to the standard one.
    pub(crate) fn report_greenlet_error(&mut self, context: Value, e: Value) {
        let stream = self.hub_attribute("exception_stream");
        if stream.is_some_and(Value::is_none) {
            return;
        }
        if let Some(report) = self.hooks.report_error {
            report(self, context, e);
        }
    }

    /// The stream that a script chose for reports, instead of standard error.
    pub fn exception_stream(&mut self) -> Option<Value> {
        self.hub_attribute("exception_stream")
    }
}

/// Class and traceback of an exception.
fn exception_parts(cx: &mut Cx, e: Value) -> (Value, Value) {
    let traceback = e.as_gc::<Exception>().and_then(|x| x.traceback.get()).unwrap_or(Value::NONE);
    (cx.class_of(e).value(), traceback)
}

/// The greenlet that runs the event loop.
#[class("gevent.hub.Hub", flags = HAS_DICT | HAS_ATTRIBUTE_WORD)]
pub mod hub_class {
    use super::*;

    #[getter(name = "loop")]
    fn event_loop(cx: &mut Cx, _this: &HubObject) -> Result<Value> {
        Ok(cx.loop_object().value())
    }

    #[getter]
    fn dead(_this: &HubObject) -> bool {
        false
    }

    #[getter]
    fn name(cx: &mut Cx, _this: &HubObject) -> Result<Value> {
        Ok(cx.str("").value())
    }

    #[getter]
    fn main_hub(_this: &HubObject) -> bool {
        true
    }

    #[getter]
    fn minimal_ident(_this: &HubObject) -> i64 {
        0
    }

    /// The greenlet in which the program began.
    #[getter]
    fn parent(cx: &mut Cx, _this: &HubObject) -> Result<Value> {
        Ok(cx.hub.main().map_or(Value::NONE, |m| m.value()))
    }

    /// Waits until nothing is left to do; False when the time was up.
    #[method("timeout=None")]
    fn join(cx: &mut Cx, _this: &HubObject, timeout: Option<Value>) -> Result<bool> {
        let s = limit(cx, timeout)?;
        cx.join_hub(s)
    }

    /// The loop goes on with the next blocking call.
    #[method("destroy_loop=None")]
    fn destroy(_cx: &mut Cx, _this: &HubObject, destroy_loop: Option<Value>) -> Result<()> {
        let _ = destroy_loop;
        Ok(())
    }

    /// Reports an error, or raises it in the main greenlet.
    #[method("context, type, value, tb")]
    fn handle_error(cx: &mut Cx, _this: &HubObject, context: Value, type_: Value, value: Value, tb: Value) -> Result<()> {
        let _ = tb;
        let e = if value.as_gc::<Exception>().is_some() { value } else { cx.exception_value(type_, "exceptions must derive from BaseException")? };
        cx.handle_error(context, e);
        Ok(())
    }

    /// Raises a system error in the main greenlet.
    #[method("type, value, tb=None")]
    fn handle_system_error(cx: &mut Cx, _this: &HubObject, type_: Value, value: Value, tb: Option<Value>) -> Result<()> {
        let _ = tb;
        let e = if value.as_gc::<Exception>().is_some() { value } else { cx.exception_value(type_, "exceptions must derive from BaseException")? };
        if let Some(main) = cx.hub.main() {
            cx.throw_first(main, e);
        }
        Ok(())
    }

    /// Writes the report of an error.
    #[method("context, t, v, tb")]
    fn print_exception(cx: &mut Cx, _this: &HubObject, context: Value, t: Value, v: Value, tb: Value) -> Result<()> {
        let _ = (t, tb);
        if v.as_gc::<Exception>().is_some() {
            cx.report_greenlet_error(context, v);
        }
        Ok(())
    }

    /// Parks the caller until the watcher fires.
    #[method("watcher, /")]
    fn wait(cx: &mut Cx, _this: &HubObject, watcher: Value) -> Result<()> {
        let class = cx.native_class(&super::super::waiter::waiter_class::NATIVE);
        let waiter = cx.call(class.value(), &[])?;
        let switch = cx.get_attr_text(waiter, "switch")?;
        cx.call_method(watcher, "start", &[switch, waiter])?;
        let r = cx.call_method(waiter, "get", &[]);
        let pending = r.err().map(|r| cx.take_pending(r));
        cx.call_method(watcher, "stop", &[])?;
        match pending {
            Some(e) => Err(cx.reraise(e)),
            None => Ok(()),
        }
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let text = format!("<{} '' at {:#x} epoll>", cx.type_name(this.value()), this.address());
        Ok(cx.str(&text))
    }
}

/// A callback that is due, or a timer.
pub struct Watcher {
    /// A timer's delay and its repetition.
    after: Cell<f64>,
    repeat: f64,
    is_timer: bool,
    callback: Slot,
    args: Slot,
    handle: Cell<Option<TimerHandle>>,
    /// Counts starts: a firing of an earlier one is ignored.
    is_pending: Cell<bool>,
    is_closed: Cell<bool>,
}

impl Native for Watcher {
    fn trace(&self, m: &mut Marker<'_>) {
        self.callback.trace(m);
        self.args.trace(m);
    }
}

fn watcher(cx: &mut Cx, after: f64, repeat: f64, is_timer: bool) -> Gc<NativeObject> {
    let class = cx.native_class(if is_timer { &timer_watcher_class::NATIVE } else { &callback_class::NATIVE });
    let w = Watcher {
        after: Cell::new(after),
        repeat,
        is_timer,
        callback: Slot::new(None),
        args: Slot::new(None),
        handle: Cell::new(None),
        is_pending: Cell::new(false),
        is_closed: Cell::new(false),
    };
    NativeObject::alloc(cx, class, Box::new(w))
}

/// In the hub: a watcher fires.
fn fire(cx: &mut Cx, v: Value) {
    let (Some(w), Some(this)) = (native::<Watcher>(v), v.as_gc::<NativeObject>()) else { return };
    let _keep = Keep(this);
    w.handle.set(None);
    if !w.is_pending.replace(false) {
        return;
    }
    let Some(f) = w.callback.get() else { return };
    let args = w.args.get().and_then(|a| a.as_gc::<Tuple>());
    if w.is_timer && w.repeat > 0.0 {
        start_timer(cx, this, w, w.repeat);
    } else {
        w.callback.set(this, None);
    }
    let items = match args {
        Some(a) => a,
        None => cx.tuple(&[]),
    };
    if let Err(r) = cx.call_with_dict(f, items, None) {
        let e = cx.take_pending(r);
        cx.handle_greenlet_error(v, e);
    }
}

fn start_timer(cx: &mut Cx, this: Gc<NativeObject>, w: &Watcher, after: f64) {
    stop_timer(cx, w);
    let h = cx.add_timer(after, Action::Call(fire, this.value()));
    w.handle.set(Some(h));
    w.is_pending.set(true);
}

fn stop_timer(cx: &mut Cx, w: &Watcher) {
    w.is_pending.set(false);
    if let Some(h) = w.handle.take() {
        cx.cancel_timer(h);
    }
}

/// The event loop.
#[class("gevent.core.loop", flags = HAS_DICT | HAS_ATTRIBUTE_WORD)]
pub mod loop_class {
    use super::*;
    use crate::convert::Kwargs;

    /// Calls the function in the hub on the next turn.
    #[method("func, *args")]
    fn run_callback(cx: &mut Cx, _this: &LoopObject, func: Value, args: &[Value]) -> Result<Value> {
        if !cx.is_callable(func) {
            let text = format!("Expected callable, not {}", cx.repr(func)?.lossy());
            return Err(cx.type_error(text));
        }
        let args = cx.tuple(args).value();
        let w = watcher(cx, 0.0, 0.0, false);
        let body = body::<Watcher>(cx, w)?;
        let _keep = Keep(w);
        body.callback.set(w, Some(func));
        body.args.set(w, Some(args));
        body.is_pending.set(true);
        cx.run_soon(fire, w.value());
        Ok(w.value())
    }

    /// As run_callback: one thread runs one Vm.
    #[method("func, *args")]
    fn run_callback_threadsafe(cx: &mut Cx, this: &LoopObject, func: Value, args: &[Value]) -> Result<Value> {
        run_callback(cx, this, func, args)
    }

    /// A timer that fires after so many seconds, once or again and again.
    #[method("after, repeat=0.0, ref=True, priority=None")]
    fn timer(cx: &mut Cx, _this: &LoopObject, after: f64, repeat: Option<f64>, ref_: Option<Value>, priority: Option<Value>) -> Result<Value> {
        let _ = (ref_, priority);
        let repeat = repeat.unwrap_or(0.0);
        if repeat < 0.0 {
            return Err(cx.value_error(format!("repeat must be positive or zero: {repeat:?}")));
        }
        Ok(watcher(cx, after, repeat, true).value())
    }

    /// The time of the loop, in seconds.
    #[method("")]
    fn now(cx: &mut Cx, _this: &LoopObject) -> Result<f64> {
        cx.require(Authority::CLOCK)?;
        Ok(cx.hub.clock.now_ns() as f64 / 1e9)
    }

    #[method("")]
    fn update_now(cx: &mut Cx, _this: &LoopObject) -> Result<()> {
        cx.hub.clock.refresh();
        Ok(())
    }

    #[method("")]
    fn update(cx: &mut Cx, _this: &LoopObject) -> Result<()> {
        cx.hub.clock.refresh();
        Ok(())
    }

    #[getter]
    fn default(_this: &LoopObject) -> bool {
        true
    }

    #[getter]
    fn backend(cx: &mut Cx, _this: &LoopObject) -> Result<Value> {
        Ok(cx.str("epoll").value())
    }

    #[method("*args, **kwargs")]
    fn handle_error(cx: &mut Cx, _this: &LoopObject, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = kwargs;
        let hub = cx.hub_object().value();
        cx.call_method(hub, "handle_error", args)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let text = format!("<gevent.core.loop at {:#x} epoll default>", this.address());
        Ok(cx.str(&text))
    }
}

/// A function that the hub calls on the next turn.
#[class("gevent.core.callback")]
pub mod callback_class {
    use super::*;

    #[getter]
    fn pending(this: &Watcher) -> bool {
        this.is_pending.get()
    }

    #[method("")]
    fn stop(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        let w = body::<Watcher>(cx, this)?;
        let _keep = Keep(this);
        w.is_pending.set(false);
        w.callback.set(this, None);
        w.args.set(this, None);
        Ok(())
    }

    #[method("")]
    fn close(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        stop(cx, this)
    }

    #[method(name = "__bool__", "")]
    fn bool_(this: &Watcher) -> bool {
        this.is_pending.get()
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let w = body::<Watcher>(cx, this)?;
        let _keep = Keep(this);
        let mut text = format!("<{} at {:#x}", cx.type_name(this.value()), this.address());
        if w.is_pending.get() {
            text.push_str(" pending");
        }
        if let Some(f) = w.callback.get() {
            text.push_str(&format!(" callback={}", cx.repr(f)?.lossy()));
        }
        if let Some(a) = w.args.get() {
            text.push_str(&format!(" args={}", cx.repr(a)?.lossy()));
        }
        if !w.is_pending.get() && w.callback.get().is_none() && w.args.get().is_none() {
            text.push_str(" stopped");
        }
        text.push('>');
        Ok(cx.str(&text))
    }
}

/// A timer.
#[class("gevent.core.timer")]
pub mod timer_watcher_class {
    use super::*;
    use crate::convert::Kwargs;

    /// Calls the function when the time is up.
    #[method("callback, *args, **kwargs")]
    fn start(cx: &mut Cx, this: Gc<NativeObject>, callback: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        let _ = kwargs;
        let w = body::<Watcher>(cx, this)?;
        let _keep = Keep(this);
        if w.is_closed.get() {
            return Err(cx.value_error("this watcher is closed"));
        }
        if !cx.is_callable(callback) {
            let text = format!("Expected callable, not {}", cx.repr(callback)?.lossy());
            return Err(cx.type_error(text));
        }
        let args = cx.tuple(args).value();
        w.callback.set(this, Some(callback));
        w.args.set(this, Some(args));
        if !w.is_pending.get() {
            start_timer(cx, this, w, w.after.get());
        }
        Ok(())
    }

    /// Starts the timer with its repetition as delay.
    #[method("callback, *args, **kwargs")]
    fn again(cx: &mut Cx, this: Gc<NativeObject>, callback: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        start(cx, this, callback, args, kwargs)?;
        let w = body::<Watcher>(cx, this)?;
        let _keep = Keep(this);
        if w.repeat > 0.0 {
            start_timer(cx, this, w, w.repeat);
        } else {
            stop_timer(cx, w);
        }
        Ok(())
    }

    #[method("")]
    fn stop(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        let w = body::<Watcher>(cx, this)?;
        let _keep = Keep(this);
        stop_timer(cx, w);
        w.callback.set(this, None);
        w.args.set(this, None);
        Ok(())
    }

    #[method("")]
    fn close(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        stop(cx, this)?;
        body::<Watcher>(cx, this)?.is_closed.set(true);
        Ok(())
    }

    #[getter]
    fn active(this: &Watcher) -> bool {
        this.is_pending.get()
    }

    #[getter]
    fn pending(_this: &Watcher) -> bool {
        false
    }

    #[getter]
    fn callback(this: &Watcher) -> Value {
        this.callback.get().unwrap_or(Value::NONE)
    }

    #[getter]
    fn args(this: &Watcher) -> Value {
        this.args.get().unwrap_or(Value::NONE)
    }

    #[method(name = "__enter__", "")]
    fn enter(this: Value) -> Value {
        this
    }

    #[method(name = "__exit__", "t, v, tb, /")]
    fn exit(cx: &mut Cx, this: Gc<NativeObject>, t: Value, v: Value, tb: Value) -> Result<()> {
        let _ = (t, v, tb);
        close(cx, this)
    }
}
