//! `gevent.Timeout`: an exception that raises itself when its time is up.
//!
//! Behaviour: `spec/timeout.md` (the rows' ids stand at what they decide). Nearly all are started and stopped again
//! without effect, so that is what costs little: the exception and its [`Limit`] are all that is made.

use std::cell::Cell;

use gscript_macros::class;

use super::hub::Action;
use super::timer::TimerHandle;
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::exception::Exception;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

/// What `__init__` was given, and the timer. It stands in the exception's field for such things.
pub struct Limit {
    handle: Cell<Option<TimerHandle>>,
    is_closed: Cell<bool>,
    /// The greenlet that called `start`.
    owner: Slot,
    /// As they were given; `None` when never.
    seconds: Slot,
    exception: Slot,
    /// `seconds` when the timer was made: what counts.
    span: Cell<Option<f64>>,
}

impl Native for Limit {
    fn trace(&self, m: &mut Marker<'_>) {
        self.owner.trace(m);
        self.seconds.trace(m);
        self.exception.trace(m);
    }
}

impl Limit {
    fn exception(&self) -> Value {
        self.exception.get().unwrap_or(Value::NONE)
    }

    fn seconds(&self) -> Value {
        self.seconds.get().unwrap_or(Value::NONE)
    }

    fn is_pending(&self) -> bool {
        self.handle.get().is_some()
    }
}

impl Cx {
    /// The class `gevent.Timeout`.
    pub fn timeout_class(&mut self) -> Gc<Type> {
        self.native_class(&timeout::NATIVE)
    }

    /// Raises `gevent.Timeout` for a call's own limit, with the seconds as they were given.
    #[cold]
    pub fn timeout_expired(&mut self, seconds: Option<Value>) -> Raised {
        let class = self.timeout_class();
        match self.call(class.value(), &[seconds.unwrap_or(Value::NONE)]) {
            Ok(e) => self.raise_value(e),
            Err(r) => r,
        }
    }
}

/// The limit of a Timeout, which keeps it alive, and it as an object.
#[inline]
fn find<'a>(this: Gc<Exception>) -> Option<(&'a Limit, Gc<NativeObject>)> {
    let v = this.extra.get()?;
    native::<Limit>(v).zip(v.as_gc())
}

#[inline]
fn limit<'a>(cx: &mut Cx, this: Gc<Exception>) -> Result<(&'a Limit, Gc<NativeObject>)> {
    match find(this) {
        Some(found) => Ok(found),
        None => Err(cx.runtime_error("Timeout.__init__() was not called")),
    }
}

/// In the hub: the time of a Timeout is up.
fn fired(cx: &mut Cx, v: Value) {
    let Some(e) = v.as_gc::<Exception>() else {
        return;
    };
    let Some((state, _)) = find(e) else {
        return;
    };
    state.handle.set(None);
    if let Some(owner) = state.owner.get().and_then(|o| o.as_gc::<NativeObject>()) {
        let what = thrown_value(cx, e, state.exception());
        cx.throw_into(owner, what);
    }
}

/// What a Timeout raises: itself, or the exception it was given (TMO-02, 03, 13).
fn thrown_value(cx: &mut Cx, this: Gc<Exception>, given: Value) -> Value {
    if given.is_none() || given.is_bool() || given.as_str_object().is_some() {
        return this.value();
    }
    match cx.exception_value(given, "") {
        Ok(e) => e,
        Err(r) => {
            cx.take_pending(r);
            this.value()
        }
    }
}

#[class("gevent.timeout.Timeout", base = base_exception, kind = Exception)]
pub mod timeout {
    use super::*;

    #[method(name = "__init__", "seconds=None, exception=None, ref=True, priority=-1")]
    fn init(cx: &mut Cx, this: Gc<Exception>, seconds: Option<Value>, exception: Option<Value>, ref_: bool, priority: i64) -> Result<()> {
        let _ = (ref_, priority);
        let none = cx.tuple(&[]);
        this.args.set(this, Some(none));
        let span = match seconds.filter(|s| !s.is_none()) {
            // What is false counts as 0, whatever it is.
            Some(v) if v.as_int().is_none() && !cx.truth(v)? => Some(0.0),
            Some(v) => Some(cx.to_float(v)?),
            None => None,
        };
        let class = cx.native_class(&limit_class::NATIVE);
        let body = Limit {
            handle: Cell::new(None),
            is_closed: Cell::new(false),
            owner: Slot::new(None),
            seconds: Slot::new(seconds),
            exception: Slot::new(exception),
            span: Cell::new(span),
        };
        let state = NativeObject::new(cx, class, body);
        this.extra.set(this, Some(state.value()));
        Ok(())
    }

    /// Starts the timer.
    #[method("")]
    fn start(cx: &mut Cx, this: Gc<Exception>) -> Result<()> {
        let (state, object) = limit(cx, this)?;
        if state.is_pending() {
            let text = format!("{} is already started; to restart it, cancel it first", cx.repr(this.value())?.lossy());
            return Err(cx.assertion_error(text));
        }
        if state.is_closed.get() {
            return Err(cx.assertion_error("non-expiring timer cannot be started"));
        }
        if let Some(s) = state.span.get() {
            let owner = cx.current_greenlet().map(|g| g.value());
            state.owner.set(object, owner);
            let h = cx.add_timer(s, Action::Call(fired, this.value()));
            state.handle.set(Some(h));
        }
        Ok(())
    }

    /// Stops the timer if it is pending.
    #[method("")]
    fn cancel(cx: &mut Cx, this: Gc<Exception>) -> Result<()> {
        let (state, _) = limit(cx, this)?;
        stop(cx, this, state);
        Ok(())
    }

    #[inline]
    fn stop(cx: &mut Cx, this: Gc<Exception>, state: &Limit) {
        match state.handle.take() {
            Some(h) => cx.cancel_timer(h),
            None => {
                // It may have fired without having been raised yet.
                if let Some(owner) = state.owner.get().and_then(|o| o.as_gc::<NativeObject>()) {
                    cx.unthrow(owner, this.value());
                }
            }
        }
    }

    /// Stops the timer for good.
    #[method("")]
    fn close(cx: &mut Cx, this: Gc<Exception>) -> Result<()> {
        let (state, _) = limit(cx, this)?;
        stop(cx, this, state);
        state.is_closed.set(true);
        Ok(())
    }

    #[getter]
    fn pending(cx: &mut Cx, this: Gc<Exception>) -> Result<bool> {
        Ok(limit(cx, this)?.0.is_pending())
    }

    #[getter]
    fn seconds(cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        Ok(limit(cx, this)?.0.seconds())
    }

    #[setter(seconds)]
    fn set_seconds(cx: &mut Cx, this: Gc<Exception>, v: Option<Value>) -> Result<()> {
        let (state, object) = limit(cx, this)?;
        state.seconds.set(object, v);
        Ok(())
    }

    #[getter]
    fn exception(cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        Ok(limit(cx, this)?.0.exception())
    }

    #[setter(exception)]
    fn set_exception(cx: &mut Cx, this: Gc<Exception>, v: Option<Value>) -> Result<()> {
        let (state, object) = limit(cx, this)?;
        state.exception.set(object, v);
        Ok(())
    }

    /// Creates a started timeout, or starts one that is given.
    #[class_method("timeout=None, exception=None, ref=True")]
    fn start_new(cx: &mut Cx, class: Gc<Type>, timeout: Option<Value>, exception: Option<Value>, ref_: bool) -> Result<Value> {
        let _ = ref_;
        let this_class = cx.timeout_class();
        let given = timeout.and_then(|t| t.as_gc::<Exception>()).filter(|t| cx.is_instance(t.value(), this_class));
        let t = match given {
            Some(t) => t.value(),
            None => cx.call(class.value(), &[timeout.unwrap_or(Value::NONE), exception.unwrap_or(Value::NONE)])?,
        };
        if let Some(e) = t.as_gc::<Exception>() {
            if !limit(cx, e)?.0.is_pending() {
                start(cx, e)?;
            }
        }
        Ok(t)
    }

    #[method(name = "__enter__", "")]
    fn enter(cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        if !limit(cx, this)?.0.is_pending() {
            start(cx, this)?;
        }
        Ok(this.value())
    }

    /// Stops the timer; a silent timeout swallows itself.
    #[method(name = "__exit__", "type, value, traceback, /")]
    fn exit(cx: &mut Cx, this: Gc<Exception>, type_: Value, value: Value, traceback: Value) -> Result<bool> {
        let _ = (type_, traceback);
        let (state, _) = limit(cx, this)?;
        stop(cx, this, state);
        state.is_closed.set(true);
        Ok(value == this.value() && state.exception() == Value::FALSE)
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let (state, _) = limit(cx, this)?;
        let seconds = state.seconds();
        if seconds.is_none() {
            return Ok(cx.common.empty);
        }
        let is_one = cx.eq(seconds, Value::int32(1))?;
        let mut text = format!("{} second{}", cx.str_value(seconds)?.lossy(), if is_one { "" } else { "s" });
        let e = state.exception();
        if e == Value::FALSE {
            text.push_str(" (silent)");
        } else if e.as_gc::<Type>().is_some() {
            text.push_str(&format!(": {}", cx.repr(e)?.lossy()));
        } else if !e.is_none() {
            text.push_str(&format!(": {}", cx.str_value(e)?.lossy()));
        }
        Ok(cx.str(&text))
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let (state, _) = limit(cx, this)?;
        let class = cx.type_name(this.value());
        let (seconds, e) = (state.seconds(), state.exception());
        let mut text = format!("<{class} at {:#x}", this.address());
        text.push_str(&format!(" seconds={}", cx.str_value(seconds)?.lossy()));
        if !e.is_none() {
            text.push_str(&format!(" exception={}", cx.repr(e)?.lossy()));
        }
        if state.is_pending() {
            text.push_str(" pending");
        }
        text.push('>');
        Ok(cx.str(&text))
    }

    /// `Timeout(0) < 1`, `Timeout(1) < Timeout(3)`.
    #[method(name = "__lt__", "other, /")]
    fn lt(cx: &mut Cx, this: Gc<Exception>, other: Value) -> Result<Value> {
        let mine = limit(cx, this)?.0.span.get().unwrap_or(f64::INFINITY);
        let class = cx.timeout_class();
        let theirs = match other.as_gc::<Exception>().filter(|o| cx.is_instance(o.value(), class)) {
            Some(o) => limit(cx, o)?.0.span.get().unwrap_or(f64::INFINITY),
            None if other.is_none() => f64::INFINITY,
            None => match crate::number::number(other) {
                Some(_) => cx.to_float(other)?,
                None => return Ok(Value::NOT_IMPLEMENTED),
            },
        };
        Ok(Value::bool(mine < theirs))
    }
}

#[class("gevent._limit")]
pub mod limit_class {
    use super::*;

    #[getter]
    fn pending(_cx: &mut Cx, this: &Limit) -> Result<bool> {
        Ok(this.is_pending())
    }
}
