//! `gevent.event`: `Event`, a flag to wait for, and `AsyncResult`, a value or an error to wait for.

use std::cell::Cell;

use gscript_macros::class;

use super::links::{Keep, Linkable, Links, body, check_links, limit, raw_link, unlink, wait_for, wait_for_turn};
use crate::heap::mark::Marker;
use crate::object::native::{Native, NativeObject};
use crate::object::slot::Slot;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// A flag that greenlets wait for.
#[derive(Default)]
pub struct Event {
    is_set: Cell<bool>,
    links: Links,
}

impl Native for Event {
    fn trace(&self, m: &mut Marker<'_>) {
        self.links.list.trace(m);
    }
}

impl Linkable for Event {
    fn links(&self) -> &Links {
        &self.links
    }

    fn is_ready(&self) -> bool {
        self.is_set.get()
    }

    const ONLY_WHILE_READY: bool = false;
}

impl Cx {
    /// A new event.
    pub fn event(&mut self, is_set: bool) -> Gc<NativeObject> {
        let class = self.native_class(&event_class::NATIVE);
        NativeObject::alloc(self, class, Box::new(Event { is_set: Cell::new(is_set), links: Links::default() }))
    }

    /// Sets an event: all who wait go on.
    pub fn event_set(&mut self, event: Gc<NativeObject>) {
        if let Some(e) = crate::object::native::native::<Event>(event.value()) {
            e.is_set.set(true);
            check_links::<Event>(self, event.value());
        }
    }

    pub fn event_clear(&mut self, event: Gc<NativeObject>) {
        if let Some(e) = crate::object::native::native::<Event>(event.value()) {
            e.is_set.set(false);
        }
    }

    /// Waits until the event is set; false: the time was up (EVT-02).
    pub fn event_wait(&mut self, event: Gc<NativeObject>, timeout: Option<f64>) -> Result<bool> {
        if body::<Event>(self, event)?.is_set.get() {
            wait_for_turn::<Event>(self, event, "an event")?;
            return Ok(true);
        }
        wait_for::<Event>(self, event, "an event", timeout)
    }
}

/// A synchronization primitive that allows one greenlet to wake up one or more others.
#[class("gevent._gevent_cevent.Event", flags = HAS_WEAKREF)]
pub mod event_class {
    use super::*;
    use crate::convert::Kwargs;
    use crate::object::class::Type;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(Event::default())).value())
    }

    #[method(name = "__init__", "")]
    fn init(_cx: &mut Cx, _this: &Event) -> Result<()> {
        Ok(())
    }

    /// Whether the internal flag is true.
    #[method("")]
    fn is_set(this: &Event) -> bool {
        this.is_set.get()
    }

    /// Whether the internal flag is true.
    #[method(name = "isSet", "")]
    fn is_set_old(this: &Event) -> bool {
        this.is_set.get()
    }

    /// Whether the internal flag is true.
    #[method("")]
    fn ready(this: &Event) -> bool {
        this.is_set.get()
    }

    /// Sets the internal flag to true: all greenlets waiting for it are awakened.
    #[method("")]
    fn set(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        body::<Event>(cx, this)?.is_set.set(true);
        check_links::<Event>(cx, this.value());
        Ok(())
    }

    /// Resets the internal flag to false.
    #[method("")]
    fn clear(this: &Event) {
        this.is_set.set(false);
    }

    /// Blocks until the flag is true, or the time is up.
    #[method("timeout=None")]
    fn wait(cx: &mut Cx, this: Gc<NativeObject>, timeout: Option<Value>) -> Result<bool> {
        let s = limit(cx, timeout)?;
        cx.event_wait(this, s)
    }

    /// Has callback(self) called in the hub when the event is set.
    #[method("callback, /")]
    fn rawlink(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
        raw_link::<Event>(cx, this, callback)
    }

    /// Removes the callback set by rawlink().
    #[method("callback, /")]
    fn unlink(cx: &mut Cx, this: &Event, callback: Value) -> Result<()> {
        super::unlink(cx, &this.links.list, callback)
    }

    /// The number of links.
    #[method("")]
    fn linkcount(this: &Event) -> usize {
        this.links.list.len()
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let e = body::<Event>(cx, this)?;
        let _keep = Keep(this);
        let class = cx.type_name(this.value());
        let state = if e.is_set.get() { "set" } else { "clear" };
        let text = format!("<gevent._gevent_cevent.{class} at {:#x} {state} _links[{}]>", this.address(), e.links.list.len());
        Ok(cx.str(&text))
    }
}

/// A value or an error that greenlets wait for.
#[derive(Default)]
pub struct AsyncResult {
    value: EmptySlot,
    exception: EmptySlot,
    exc_info: EmptySlot,
    links: Links,
}

/// A slot that begins empty.
pub(crate) struct EmptySlot(pub Slot);

impl Default for EmptySlot {
    fn default() -> EmptySlot {
        EmptySlot(Slot::new(None))
    }
}

impl Native for AsyncResult {
    fn trace(&self, m: &mut Marker<'_>) {
        self.value.0.trace(m);
        self.exception.0.trace(m);
        self.exc_info.0.trace(m);
        self.links.list.trace(m);
    }
}

impl Linkable for AsyncResult {
    fn links(&self) -> &Links {
        &self.links
    }

    fn is_ready(&self) -> bool {
        self.value.0.get().is_some() || self.exception.0.get().is_some()
    }

    const ONLY_WHILE_READY: bool = false;
}

/// A one-time event that stores a value or an exception.
#[class("gevent._gevent_cevent.AsyncResult", flags = HAS_WEAKREF)]
pub mod async_result_class {
    use super::*;
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::object::exception::Exception;
    use crate::object::tuple::Tuple;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(AsyncResult::default())).value())
    }

    #[method(name = "__init__", "")]
    fn init(_cx: &mut Cx, _this: &AsyncResult) -> Result<()> {
        Ok(())
    }

    /// Whether it holds a value or an exception.
    #[method("")]
    fn ready(this: &AsyncResult) -> bool {
        this.is_ready()
    }

    /// Whether it holds a value or an exception.
    #[method("")]
    fn done(this: &AsyncResult) -> bool {
        this.is_ready()
    }

    /// Whether it holds a value.
    #[method("")]
    fn successful(this: &AsyncResult) -> bool {
        this.value.0.get().is_some()
    }

    #[getter]
    fn value(this: &AsyncResult) -> Value {
        this.value.0.get().unwrap_or(Value::NONE)
    }

    #[getter]
    fn exception(this: &AsyncResult) -> Value {
        this.exception.0.get().unwrap_or(Value::NONE)
    }

    /// The three-tuple of the exception, or ().
    #[getter]
    fn exc_info(cx: &mut Cx, this: &AsyncResult) -> Result<Value> {
        if let Some(i) = this.exc_info.0.get() {
            return Ok(i);
        }
        match this.exception.0.get() {
            Some(e) => {
                let class = cx.class_of(e).value();
                let traceback = e.as_gc::<Exception>().and_then(|x| x.traceback.get()).unwrap_or(Value::NONE);
                Ok(cx.tuple(&[class, e, traceback]).value())
            }
            None => Ok(cx.tuple(&[]).value()),
        }
    }

    /// Stores the value and wakes up all waiters.
    #[method("value=None")]
    fn set(cx: &mut Cx, this: Gc<NativeObject>, value: Option<Value>) -> Result<()> {
        store(cx, this, value.unwrap_or(Value::NONE))
    }

    /// Stores the value and wakes up all waiters.
    #[method("value=None")]
    fn set_result(cx: &mut Cx, this: Gc<NativeObject>, value: Option<Value>) -> Result<()> {
        store(cx, this, value.unwrap_or(Value::NONE))
    }

    fn store(cx: &mut Cx, this: Gc<NativeObject>, value: Value) -> Result<()> {
        body::<AsyncResult>(cx, this)?.value.0.set(this, Some(value));
        check_links::<AsyncResult>(cx, this.value());
        Ok(())
    }

    /// Stores the exception and wakes up all waiters.
    #[method("exception, exc_info=None")]
    fn set_exception(cx: &mut Cx, this: Gc<NativeObject>, exception: Value, exc_info: Option<Value>) -> Result<()> {
        let r = body::<AsyncResult>(cx, this)?;
        let _keep = Keep(this);
        let info = exc_info.and_then(|i| i.as_gc::<Tuple>()).filter(|t| t.len() == 3);
        let e = info.map_or(exception, |t| t.items()[1]);
        if e.as_gc::<Exception>().is_none() {
            let text = format!("an exception instance is required, not {}", cx.type_name(e));
            return Err(cx.type_error(text));
        }
        r.exception.0.set(this, Some(e));
        r.exc_info.0.set(this, info.map(|i| i.value()));
        check_links::<AsyncResult>(cx, this.value());
        Ok(())
    }

    /// What it holds: the value, or the exception raised; `None` as long as there is neither.
    fn outcome(cx: &mut Cx, r: &AsyncResult) -> Option<Result<Value>> {
        match (r.value.0.get(), r.exception.0.get()) {
            (Some(v), _) => Some(Ok(v)),
            (None, Some(e)) => Some(Err(cx.reraise(e))),
            (None, None) => None,
        }
    }

    fn get_value(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
        let r = body::<AsyncResult>(cx, this)?;
        let _keep = Keep(this);
        if let Some(o) = outcome(cx, r) {
            return o;
        }
        if !block {
            return Err(cx.timeout_expired(None));
        }
        let s = limit(cx, timeout)?;
        wait_for::<AsyncResult>(cx, this, "an AsyncResult", s)?;
        match outcome(cx, r) {
            Some(o) => o,
            None => Err(cx.timeout_expired(timeout)),
        }
    }

    /// The stored value, or the stored exception raised; waits for it.
    #[method("block=True, timeout=None")]
    fn get(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
        get_value(cx, this, block, timeout)
    }

    /// As get(block=False).
    #[method("")]
    fn get_nowait(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        get_value(cx, this, false, None)
    }

    /// As get(timeout=timeout).
    #[method("timeout=None")]
    fn result(cx: &mut Cx, this: Gc<NativeObject>, timeout: Option<Value>) -> Result<Value> {
        get_value(cx, this, true, timeout)
    }

    /// Blocks until there is a result, or the time is up. The value, or None.
    #[method("timeout=None")]
    fn wait(cx: &mut Cx, this: Gc<NativeObject>, timeout: Option<Value>) -> Result<Value> {
        let r = body::<AsyncResult>(cx, this)?;
        let _keep = Keep(this);
        if r.is_ready() {
            let v = r.value.0.get().unwrap_or(Value::NONE);
            wait_for_turn::<AsyncResult>(cx, this, "an AsyncResult")?;
            return Ok(v);
        }
        let s = limit(cx, timeout)?;
        wait_for::<AsyncResult>(cx, this, "an AsyncResult", s)?;
        Ok(r.value.0.get().unwrap_or(Value::NONE))
    }

    /// Always False: it cannot be cancelled.
    #[method("")]
    fn cancel(_this: &AsyncResult) -> bool {
        false
    }

    /// Always False.
    #[method("")]
    fn cancelled(_this: &AsyncResult) -> bool {
        false
    }

    /// Takes over the result of a greenlet.
    #[method(name = "__call__", "source, /")]
    fn call(cx: &mut Cx, this: Gc<NativeObject>, source: Value) -> Result<()> {
        let ok = cx.call_method(source, "successful", &[])?;
        if cx.truth(ok)? {
            let v = cx.get_attr_text(source, "value")?;
            return store(cx, this, v);
        }
        let e = cx.get_attr_text(source, "exception")?;
        let info = cx.try_attr_text(source, "exc_info")?;
        set_exception(cx, this, e, info)
    }

    /// Has callback(self) called in the hub when there is a result.
    #[method("callback, /")]
    fn rawlink(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
        raw_link::<AsyncResult>(cx, this, callback)
    }

    /// Removes the callback set by rawlink().
    #[method("callback, /")]
    fn unlink(cx: &mut Cx, this: &AsyncResult, callback: Value) -> Result<()> {
        super::unlink(cx, &this.links.list, callback)
    }

    /// The number of links.
    #[method("")]
    fn linkcount(this: &AsyncResult) -> usize {
        this.links.list.len()
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let r = body::<AsyncResult>(cx, this)?;
        let _keep = Keep(this);
        let mut text = format!("<{} ", cx.type_name(this.value()));
        let (value, exception) = (r.value.0.get().unwrap_or(Value::NONE), r.exception.0.get());
        if !value.is_none() || exception.is_some() {
            text.push_str(&format!("value={} ", cx.repr(value)?.lossy()));
        }
        match exception {
            Some(e) => text.push_str(&format!("exception={} ", cx.repr(e)?.lossy())),
            None => text.push_str("unset "),
        }
        text.push_str(&format!(" _links[{}]>", r.links.list.len()));
        Ok(cx.str(&text))
    }
}
