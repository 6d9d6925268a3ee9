//! `gevent.hub.Waiter`: the one-shot meeting point of a greenlet and what wakes it, for scripts.

use std::cell::Cell;

use gscript_macros::class;

use super::hub::Token;
use super::links::{Keep, body};
use crate::heap::mark::Marker;
use crate::object::native::{Native, NativeObject};
use crate::object::slot::Slot;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// What a waiter holds.
pub struct Waiter {
    value: Slot,
    /// What `throw` was given, as a tuple.
    thrown: Slot,
    is_ready: Cell<bool>,
    /// Who waits.
    token: Cell<Option<Token>>,
    greenlet: Slot,
}

impl Native for Waiter {
    fn trace(&self, m: &mut Marker<'_>) {
        self.value.trace(m);
        self.thrown.trace(m);
        self.greenlet.trace(m);
    }
}

impl Waiter {
    /// The token of the greenlet that waits, for who may wake it: the hub only.
    fn waiting(&self, cx: &mut Cx) -> Result<Option<Token>> {
        let Some(token) = self.token.get() else {
            return Ok(None);
        };
        if cx.current_greenlet().is_some() {
            return Err(cx.assertion_error("Can only use Waiter.switch method from the Hub greenlet"));
        }
        Ok(Some(token))
    }
}

fn switch_to(cx: &mut Cx, this: Gc<NativeObject>, value: Value) -> Result<()> {
    let w = body::<Waiter>(cx, this)?;
    let _keep = Keep(this);
    match w.waiting(cx)? {
        // In a tuple, so that it differs from what else ends the wait.
        Some(token) => {
            let parcel = cx.tuple(&[value]).value();
            cx.wake_now(token, parcel);
        }
        None => {
            w.value.set(this, Some(value));
            w.thrown.set(this, None);
            w.is_ready.set(true);
        }
    }
    Ok(())
}

/// The exception that `throw(*args)` means.
fn exception_of(cx: &mut Cx, args: &[Value]) -> Result<Value> {
    let v = match args {
        [] => cx.green_class("GreenletExit").value(),
        [_, v, ..] if !v.is_none() && v.as_gc::<crate::object::exception::Exception>().is_some() => *v,
        [class, v, ..] if !v.is_none() => cx.call(*class, &[*v])?,
        [v, ..] => *v,
    };
    cx.kill_exception(Some(v))
}

/// A low level communication utility for greenlets.
#[class("gevent._gevent_c_waiter.Waiter")]
pub mod waiter_class {
    use super::*;
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::object::exception::Exception;
    use crate::object::tuple::Tuple;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        let body = Waiter { value: Slot::new(None), thrown: Slot::new(None), is_ready: Cell::new(false), token: Cell::new(None), greenlet: Slot::new(None) };
        Ok(NativeObject::alloc(cx, class, Box::new(body)).value())
    }

    #[method(name = "__init__", "hub=None")]
    fn init(_cx: &mut Cx, _this: &Waiter, hub: Option<Value>) -> Result<()> {
        let _ = hub;
        Ok(())
    }

    /// Forgets what it holds.
    #[method("")]
    fn clear(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        let w = body::<Waiter>(cx, this)?;
        let _keep = Keep(this);
        w.value.set(this, None);
        w.thrown.set(this, None);
        w.is_ready.set(false);
        Ok(())
    }

    #[method("")]
    fn ready(this: &Waiter) -> bool {
        this.is_ready.get()
    }

    #[method("")]
    fn successful(this: &Waiter) -> bool {
        this.is_ready.get() && this.thrown.get().is_none()
    }

    #[getter]
    fn value(this: &Waiter) -> Value {
        this.value.get().unwrap_or(Value::NONE)
    }

    #[getter]
    fn exc_info(this: &Waiter) -> Value {
        this.thrown.get().unwrap_or(Value::NONE)
    }

    #[getter]
    fn greenlet(this: &Waiter) -> Value {
        this.greenlet.get().unwrap_or(Value::NONE)
    }

    #[getter]
    fn hub(cx: &mut Cx, _this: &Waiter) -> Result<Value> {
        Ok(cx.hub_object().value())
    }

    /// Wakes the greenlet that waits with the value, or stores it.
    #[method("value, /")]
    fn switch(cx: &mut Cx, this: Gc<NativeObject>, value: Value) -> Result<()> {
        switch_to(cx, this, value)
    }

    /// As switch(args).
    #[method("*args")]
    fn switch_args(cx: &mut Cx, this: Gc<NativeObject>, args: &[Value]) -> Result<()> {
        let args = cx.tuple(args).value();
        switch_to(cx, this, args)
    }

    /// Raises the exception in the greenlet that waits, or stores it.
    #[method("*throw_args")]
    fn throw(cx: &mut Cx, this: Gc<NativeObject>, throw_args: &[Value]) -> Result<()> {
        let w = body::<Waiter>(cx, this)?;
        let _keep = Keep(this);
        match w.waiting(cx)? {
            Some(token) => {
                let e = exception_of(cx, throw_args)?;
                cx.throw_now(token, e);
            }
            None => {
                let args = cx.tuple(throw_args).value();
                w.thrown.set(this, Some(args));
                w.is_ready.set(true);
            }
        }
        Ok(())
    }

    /// What switch() or throw() gave; waits for it.
    #[method("")]
    fn get(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let w = body::<Waiter>(cx, this)?;
        let _keep = Keep(this);
        if w.is_ready.get() {
            return match w.thrown.get().and_then(|t| t.as_gc::<Tuple>()) {
                Some(args) => {
                    let e = exception_of(cx, args.items())?;
                    Err(cx.raise_value(e))
                }
                None => Ok(w.value.get().unwrap_or(Value::NONE)),
            };
        }
        if w.token.get().is_some() {
            let other = w.greenlet.get().unwrap_or(Value::NONE);
            let text = format!("This Waiter is already used by {}", cx.repr(other)?.lossy());
            let class = cx.green_class("ConcurrentObjectUseError");
            return Err(cx.raise(class, &text));
        }
        let token = cx.begin_wait("a Waiter")?;
        w.token.set(Some(token));
        let me = cx.current_greenlet().map(|g| g.value());
        w.greenlet.set(this, me);
        let r = cx.park();
        w.token.set(None);
        w.greenlet.set(this, None);
        let parcel = r?;
        Ok(parcel.as_gc::<Tuple>().and_then(|t| t.items().first().copied()).unwrap_or(Value::NONE))
    }

    /// Takes over the result of a greenlet.
    #[method(name = "__call__", "source, /")]
    fn call(cx: &mut Cx, this: Gc<NativeObject>, source: Value) -> Result<()> {
        let e = cx.get_attr_text(source, "exception")?;
        if e.as_gc::<Exception>().is_none() {
            let v = cx.get_attr_text(source, "value")?;
            return switch_to(cx, this, v);
        }
        throw(cx, this, &[e])
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let w = body::<Waiter>(cx, this)?;
        let _keep = Keep(this);
        let greenlet = w.greenlet.get().unwrap_or(Value::NONE);
        let mut text = format!("<{} greenlet={}", cx.type_name(this.value()), cx.str_value(greenlet)?.lossy());
        match (w.is_ready.get(), w.thrown.get()) {
            (false, _) => {}
            (true, None) => {
                let v = w.value.get().unwrap_or(Value::NONE);
                text.push_str(&format!(" value={}", cx.repr(v)?.lossy()));
            }
            (true, Some(t)) => text.push_str(&format!(" exc_info={}", cx.repr(t)?.lossy())),
        }
        text.push('>');
        Ok(cx.str(&text))
    }
}
