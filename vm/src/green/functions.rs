//! The functions of the top-level package `gevent`, which are built-ins too.

use gscript_macros::functions;

use super::greenlet::Greenlet;
use crate::object::list::List;
use crate::object::native::{NativeObject, native};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// A greenlet argument.
fn as_greenlet(v: Value) -> Option<Gc<NativeObject>> {
    native::<Greenlet>(v)?;
    v.as_gc::<NativeObject>()
}

#[functions]
pub mod functions {
    use super::*;
    use crate::convert::Kwargs;
    use crate::object::dict::Dict;

    fn seconds(cx: &mut Cx, v: Option<Value>) -> Result<Option<f64>> {
        match v {
            Some(v) if !v.is_none() => cx.to_float(v).map(Some),
            _ => Ok(None),
        }
    }

    fn dict_of(cx: &mut Cx, kwargs: Kwargs<'_>) -> Option<Gc<Dict>> {
        let mut d: Option<Gc<Dict>> = None;
        for (k, v) in kwargs {
            let dict = match d {
                Some(d) => d,
                None => cx.dict_new(),
            };
            d = Some(dict);
            cx.dict_set_str(dict, k, v);
        }
        d
    }

    /// Creates a greenlet that calls the function and schedules it to run.
    #[function("function, /, *args, **kwargs", style = "python")]
    fn spawn(cx: &mut Cx, function: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let d = dict_of(cx, kwargs);
        Ok(cx.spawn(function, args, d)?.value())
    }

    /// As spawn, to run after some seconds.
    #[function("seconds, function, /, *args, **kwargs", style = "python")]
    fn spawn_later(cx: &mut Cx, seconds: Value, function: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let s = cx.to_float(seconds)?;
        let d = dict_of(cx, kwargs);
        let class = cx.greenlet_class();
        let args = cx.tuple(args);
        let g = cx.new_greenlet(class, Some(function), args, d, false)?;
        cx.start_greenlet_later(g, s);
        Ok(g.value())
    }

    /// Puts the current greenlet to sleep for at least `seconds`.
    #[function("seconds=0, ref=True", style = "python")]
    fn sleep(cx: &mut Cx, seconds: Option<Value>, ref_: Option<Value>) -> Result<()> {
        let _ = ref_;
        let s = match seconds {
            None => 0.0,
            Some(v) => match v.as_int() {
                Some(i) => i as f64,
                None => cx.to_float(v)?,
            },
        };
        if s.is_nan() {
            return Err(cx.value_error("cannot sleep for NaN seconds"));
        }
        cx.sleep_seconds(s)
    }

    /// The greenlet that runs.
    #[function("")]
    fn getcurrent(cx: &mut Cx) -> Result<Value> {
        Ok(cx.current_greenlet().map_or(Value::NONE, |g| g.value()))
    }

    /// Waits until the greenlets have ended; the list of those that did.
    #[function("greenlets, timeout=None, raise_error=False, count=None", style = "python")]
    fn joinall(cx: &mut Cx, greenlets: Value, timeout: Option<Value>, raise_error: bool, count: Option<Value>) -> Result<Value> {
        let items = cx.tuple_from_iterable(greenlets)?;
        let limit = seconds(cx, timeout)?;
        let count = match count.filter(|c| !c.is_none()) {
            Some(c) => c.as_int().unwrap_or(0).max(0) as usize,
            None => usize::MAX,
        };
        let done: Gc<List> = cx.list_new();
        cx.join_several(items, done, count.min(items.len()), limit, raise_error)?;
        if raise_error {
            for i in 0..done.len() {
                let v = cx.list_get(done, i);
                if let Some(e) = native::<Greenlet>(v).and_then(|g| g.failure()) {
                    return Err(cx.reraise(e));
                }
            }
        }
        Ok(done.value())
    }

    /// Raises an exception in a greenlet, on a later turn.
    #[function("greenlet, exception=None", style = "python")]
    fn kill(cx: &mut Cx, greenlet: Value, exception: Option<Value>) -> Result<()> {
        let e = cx.kill_exception(exception)?;
        if let Some(g) = as_greenlet(greenlet) {
            cx.kill_greenlet(g, e);
        }
        Ok(())
    }

    /// Raises an exception in all of the greenlets and waits for their end.
    #[function("greenlets, exception=None, block=True, timeout=None", style = "python")]
    fn killall(cx: &mut Cx, greenlets: Value, exception: Option<Value>, block: bool, timeout: Option<Value>) -> Result<()> {
        let items = cx.tuple_from_iterable(greenlets)?;
        let limit = seconds(cx, timeout)?;
        for &v in items.items() {
            if let Some(g) = as_greenlet(v) {
                let e = cx.kill_exception(exception)?;
                cx.kill_greenlet(g, e);
            }
        }
        if !block {
            return Ok(());
        }
        let end = limit.map(|s| cx.hub.clock.now_ns().saturating_add((s.max(0.0) * 1e9).min(1e19) as u64));
        for &v in items.items() {
            let Some(g) = as_greenlet(v) else { continue };
            let left = end.map(|e| e.saturating_sub(cx.hub.clock.now_ns()) as f64 / 1e9);
            if !cx.join_greenlet(g, left)? {
                return Err(cx.timeout_expired(timeout));
            }
        }
        Ok(())
    }
}
