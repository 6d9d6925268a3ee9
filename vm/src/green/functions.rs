//! The functions of the top-level package `gevent`, which are built-ins too.

use gscript_macros::functions;

use super::greenlet::{Greenlet, kwargs_dict};
use super::links::{link_of, token_of};
use super::wait::{iterator, wait_list};
use crate::heap::conservative::wipe_dead_frames;
use crate::object::list::List;
use crate::object::native::{NativeObject, native};
use crate::object::tuple::Tuple;
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

    fn seconds(cx: &mut Cx, v: Option<Value>) -> Result<Option<f64>> {
        match v {
            Some(v) if !v.is_none() => cx.to_float(v).map(Some),
            _ => Ok(None),
        }
    }

    /// Creates a greenlet that calls the function and schedules it to run.
    #[function("function, /, *args, **kwargs", style = "python")]
    fn spawn(cx: &mut Cx, function: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let d = kwargs_dict(cx, kwargs);
        Ok(cx.spawn(function, args, d)?.value())
    }

    /// As spawn, to run after some seconds.
    #[function("seconds, function, /, *args, **kwargs", style = "python")]
    fn spawn_later(cx: &mut Cx, seconds: Value, function: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let s = cx.to_float(seconds)?;
        let d = kwargs_dict(cx, kwargs);
        let class = cx.greenlet_class();
        let args = cx.tuple(args);
        let g = cx.new_greenlet(class, Some(function), args, d, false)?;
        cx.start_greenlet_later(g, s);
        Ok(g.value())
    }

    /// Puts the current greenlet to sleep for at least `seconds`.
    #[function("seconds=0, ref=True", style = "python")]
    fn sleep(cx: &mut Cx, seconds: Option<Value>, ref_: Option<Value>) -> Result<()> {
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
        if ref_.is_some_and(|r| r == Value::FALSE) {
            return cx.sleep_unref(s);
        }
        cx.sleep_seconds(s)
    }

    /// The greenlet that runs.
    #[function("")]
    fn getcurrent(cx: &mut Cx) -> Result<Value> {
        Ok(match cx.current_greenlet() {
            Some(g) => g.value(),
            None => cx.hub_object().value(),
        })
    }

    /// The hub.
    #[function("*args, **kwargs")]
    fn get_hub(cx: &mut Cx, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(cx.hub_object().value())
    }

    fn count_of(cx: &mut Cx, count: Option<Value>) -> Result<Option<usize>> {
        match count.filter(|c| !c.is_none()) {
            None => Ok(None),
            Some(c) => match c.as_int() {
                Some(n) => Ok(Some(n.max(0) as usize)),
                None => {
                    let text = format!("'<' not supported between instances of '{}' and 'int'", cx.type_name(c));
                    Err(cx.type_error(text))
                }
            },
        }
    }

    /// Waits until the greenlets have ended; the list of those that did.
    #[function("greenlets, timeout=None, raise_error=False, count=None", style = "cython")]
    fn joinall(cx: &mut Cx, greenlets: Value, timeout: Option<Value>, raise_error: bool, count: Option<Value>) -> Result<Value> {
        let r = join_all(cx, greenlets, timeout, raise_error, count);
        wipe_dead_frames();
        r
    }

    #[inline(never)]
    fn join_all(cx: &mut Cx, greenlets: Value, timeout: Option<Value>, raise_error: bool, count: Option<Value>) -> Result<Value> {
        let limit = seconds(cx, timeout)?;
        let count = count_of(cx, count)?;
        Ok(wait_list(cx, greenlets, limit, count, raise_error)?.value())
    }

    /// Waits until objects are ready; the list of those that are. Without objects: until nothing is left to do.
    #[function("objects=None, timeout=None, count=None", style = "cython")]
    fn wait(cx: &mut Cx, objects: Option<Value>, timeout: Option<Value>, count: Option<Value>) -> Result<Value> {
        let limit = seconds(cx, timeout)?;
        let count = count_of(cx, count)?;
        match objects.filter(|o| !o.is_none()) {
            Some(o) => Ok(wait_list(cx, o, limit, count, false)?.value()),
            None => cx.join_hub(limit).map(Value::bool),
        }
    }

    /// An iterator over the objects as they become ready.
    #[function("objects, timeout=None, count=None", style = "cython")]
    fn iwait(cx: &mut Cx, objects: Value, timeout: Option<Value>, count: Option<Value>) -> Result<Value> {
        let limit = seconds(cx, timeout)?;
        let count = count_of(cx, count)?;
        if objects.is_none() {
            let done = Value::bool(cx.join_hub(limit)?);
            return Ok(cx.list_from(&[done]).value());
        }
        Ok(iterator(cx, objects, limit, count)?.value())
    }

    /// Raises an exception in a greenlet, on a later turn.
    #[function("greenlet, exception=None", style = "python")]
    fn kill(cx: &mut Cx, greenlet: Value, exception: Option<Value>) -> Result<()> {
        let Some(g) = as_greenlet(greenlet) else {
            return Err(cx.no_attribute(greenlet, "dead"));
        };
        let e = cx.kill_exception(exception)?;
        cx.kill_greenlet(g, e);
        Ok(())
    }

    /// Raises an exception in all of the greenlets and waits for their end.
    #[function("greenlets, exception=None, block=True, timeout=None", style = "cython")]
    fn killall(cx: &mut Cx, greenlets: Value, exception: Option<Value>, block: bool, timeout: Option<Value>) -> Result<()> {
        let r = kill_all(cx, greenlets, exception, block, timeout);
        wipe_dead_frames();
        r
    }

    #[inline(never)]
    fn kill_all(cx: &mut Cx, greenlets: Value, exception: Option<Value>, block: bool, timeout: Option<Value>) -> Result<()> {
        let items = cx.tuple_from_iterable(greenlets)?;
        let limit = seconds(cx, timeout)?;
        let targets = cx.list_new();
        for &v in items.items() {
            let Some(g) = as_greenlet(v) else {
                return Err(cx.no_attribute(v, "loop"));
            };
            let e = cx.kill_exception(exception)?;
            if !cx.task_of(g).is_some_and(|t| t.is_dead()) && !cx.kill_before_start(g, e) {
                cx.list_push(targets, v);
            }
        }
        if targets.is_empty() {
            return Ok(());
        }
        let token = if block { Some(cx.begin_wait("the end of greenlets that are killed")?) } else { None };
        let job = [targets.value(), exception.unwrap_or(Value::NONE), token.map_or(Value::NONE, link_of)];
        let job = cx.tuple(&job).value();
        cx.run_soon(throw_into_all, job);
        let Some(token) = token else { return Ok(()) };
        let started = cx.hub.clock.now_ns();
        let timer = limit.and_then(|s| cx.wake_after(token, s));
        let r = cx.park();
        if let Some(h) = timer {
            cx.cancel_timer(h);
        }
        let alive = r?;
        if alive.as_gc::<List>().is_none() {
            return Err(cx.timeout_expired(timeout));
        }
        let n = cx.len(alive)?;
        let left = limit.map(|s| s - (cx.hub.clock.now_ns() - started) as f64 / 1e9);
        if wait_list(cx, alive, left, None, false)?.len() < n {
            return Err(cx.timeout_expired(timeout));
        }
        Ok(())
    }

    /// Creates a greenlet without join, get and links that calls the function, and schedules it to run.
    #[function("function, /, *args, **kwargs", style = "python")]
    fn spawn_raw(cx: &mut Cx, function: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        if !cx.is_callable(function) {
            return Err(cx.type_error("function must be callable"));
        }
        let d = kwargs_dict(cx, kwargs);
        let class = cx.raw_greenlet_class();
        let args = cx.tuple(args);
        let g = cx.new_greenlet(class, Some(function), args, d, true)?;
        cx.start_greenlet(g);
        Ok(g.value())
    }

    /// Calls the function with a limit of time.
    #[function("seconds, function, /, *args, **kwds", style = "python")]
    fn with_timeout(cx: &mut Cx, seconds: Value, function: Value, args: &[Value], kwds: Kwargs<'_>) -> Result<Value> {
        let d = kwargs_dict(cx, kwds);
        let name = cx.intern("timeout_value");
        let in_place = d.and_then(|d| cx.dict_remove_str(d, name));
        let class = cx.timeout_class().value();
        let timeout = cx.call_method(class, "start_new", &[seconds])?;
        let args = cx.tuple(args);
        let r = cx.call_with_dict(function, args, d);
        let r = match (r, in_place) {
            (Err(r), Some(v)) => {
                let e = cx.take_pending(r);
                if e == timeout { Ok(v) } else { Err(cx.reraise(e)) }
            }
            (r, _) => r,
        };
        let pending = r.err().map(|r| cx.take_pending(r));
        cx.call_method(timeout, "close", &[])?;
        match pending {
            Some(e) => Err(cx.reraise(e)),
            None => r,
        }
    }

    /// Lets all others run until nothing is ready.
    #[function("priority=0", style = "python")]
    fn idle(cx: &mut Cx, priority: Option<Value>) -> Result<()> {
        let _ = priority;
        cx.wait_idle()
    }

    /// Seconds for which ready greenlets run before timers and descriptors are looked at.
    #[function("")]
    fn getswitchinterval(cx: &mut Cx) -> Result<f64> {
        Ok(cx.hub.switch_interval)
    }

    #[function("interval", style = "python")]
    fn setswitchinterval(cx: &mut Cx, interval: Value) -> Result<()> {
        let s = cx.to_float(interval)?;
        if s.is_nan() || s <= 0.0 {
            return Err(cx.value_error("switch interval must be strictly positive"));
        }
        cx.hub.switch_interval = s;
        Ok(())
    }
}

/// In the hub: what a killall asked for. It is told which greenlets are still alive.
fn throw_into_all(cx: &mut Cx, job: Value) {
    let Some(job) = job.as_gc::<Tuple>() else {
        return;
    };
    let (Some(targets), exception, waiter) = (job.items()[0].as_gc::<List>(), job.items()[1], job.items()[2]) else {
        return;
    };
    let alive = cx.list_new();
    let mut i = 0;
    while i < targets.len() {
        let v = cx.list_get(targets, i);
        i += 1;
        let Some(g) = as_greenlet(v) else { continue };
        let Some(task) = cx.task_of(g).filter(|t| !t.is_dead()) else {
            continue;
        };
        match cx.kill_exception(Some(exception).filter(|e| !e.is_none())) {
            Ok(e) => cx.throw_and_run(g, e),
            Err(r) => {
                let e = cx.take_pending(r);
                cx.handle_greenlet_error(v, e);
            }
        }
        if cx.is_over() {
            return;
        }
        if !task.is_dead() {
            cx.list_push(alive, v);
        }
    }
    if let Some(token) = token_of(waiter) {
        cx.wake_now(token, alive.value());
    }
}
