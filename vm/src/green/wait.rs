//! Waiting for several objects: `wait`, `iwait`, `joinall`.
//!
//! A [`Collector`] stands in the links of each object and gathers those that become ready, in that order. Whatever has
//! `rawlink` and `unlink` can be waited for.

use std::cell::Cell;

use gscript_macros::class;

use super::event::{AsyncResult, Event};
use super::greenlet::Greenlet;
use super::hub::{Action, Token};
use super::links::{Deque, Keep, Notified, body, raw_link};
use super::lock::Semaphore;
use super::timer::TimerHandle;
use crate::heap::mark::Marker;
use crate::object::list::List;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Gathers what became ready.
#[derive(Default)]
pub struct Collector {
    ready: Deque,
    /// Who waits for it, and for how many.
    waiter: Cell<Option<Token>>,
    wanted: Cell<usize>,
    /// The time is up.
    is_late: Cell<bool>,
    timer: Cell<Option<TimerHandle>>,
}

impl Native for Collector {
    fn trace(&self, m: &mut Marker<'_>) {
        self.ready.trace(m);
    }
}

impl Notified for Collector {
    fn notify(&self, cx: &mut Cx, this: Gc<NativeObject>, source: Value) {
        self.ready.push(cx, this, source);
        if self.ready.len() >= self.wanted.get() {
            self.wake(cx);
        }
    }
}

impl Collector {
    fn wake(&self, cx: &mut Cx) {
        if let Some(token) = self.waiter.take() {
            cx.wake_now(token, Value::TRUE);
        }
    }

    /// Parks until `wanted` objects are ready, or the time is up.
    fn wait(&self, cx: &mut Cx, wanted: usize) -> Result<()> {
        if self.ready.len() >= wanted || self.is_late.get() {
            return Ok(());
        }
        let token = cx.begin_wait("several objects")?;
        self.wanted.set(wanted);
        self.waiter.set(Some(token));
        let r = cx.park();
        self.waiter.set(None);
        r.map(drop)
    }

    /// Stops the timer.
    fn stop(&self, cx: &mut Cx) {
        if let Some(h) = self.timer.take() {
            cx.cancel_timer(h);
        }
    }
}

/// In the hub: the time is up.
fn time_is_up(cx: &mut Cx, v: Value) {
    if let Some(c) = native::<Collector>(v) {
        c.timer.set(None);
        c.is_late.set(true);
        c.wake(cx);
    }
}

/// Registers `link` at an object that can be waited for. AttributeError if it cannot.
pub(crate) fn link_to(cx: &mut Cx, object: Value, link: Value) -> Result<()> {
    if let Some(o) = object.as_gc::<NativeObject>() {
        if native::<Greenlet>(object).is_some_and(|g| !g.is_raw()) {
            super::greenlet::raw_link(cx, o, link);
            return Ok(());
        }
        if native::<Event>(object).is_some() {
            return raw_link::<Event>(cx, o, link);
        }
        if native::<AsyncResult>(object).is_some() {
            return raw_link::<AsyncResult>(cx, o, link);
        }
        if native::<Semaphore>(object).is_some() {
            return raw_link::<Semaphore>(cx, o, link);
        }
    }
    cx.call_method(object, "rawlink", &[link]).map(drop)
}

/// Takes a link back.
pub(crate) fn unlink_from(cx: &mut Cx, object: Value, link: Value) -> Result<()> {
    if let Some(o) = object.as_gc::<NativeObject>() {
        if let Some(g) = native::<Greenlet>(object).filter(|g| !g.is_raw()) {
            super::greenlet::remove_link(cx, g, o, link);
            return Ok(());
        }
        let list = match (native::<Event>(object), native::<AsyncResult>(object), native::<Semaphore>(object)) {
            (Some(e), ..) => Some(super::links::Linkable::links(e)),
            (_, Some(a), _) => Some(super::links::Linkable::links(a)),
            (.., Some(s)) => Some(super::links::Linkable::links(s)),
            _ => None,
        };
        if let Some(links) = list {
            links.list.remove(link);
            return Ok(());
        }
    }
    match cx.try_attr_text(object, "unlink")? {
        Some(f) => cx.call(f, &[link]).map(drop),
        None => Ok(()),
    }
}

fn collector(cx: &mut Cx) -> Gc<NativeObject> {
    let class = cx.native_class(&collector_class::NATIVE);
    NativeObject::alloc(cx, class, Box::new(Collector::default()))
}

/// The iterator that `iwait` gives.
pub struct WaitIterator {
    collector: Slot,
    /// What is waited for; empty once all is over.
    objects: Slot,
    left: Cell<usize>,
    has_begun: Cell<bool>,
    timeout: Cell<Option<f64>>,
}

impl Native for WaitIterator {
    fn trace(&self, m: &mut Marker<'_>) {
        self.collector.trace(m);
        self.objects.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        let _keep = Keep(this);
        Some(self.step(cx, this))
    }
}

impl WaitIterator {
    fn collector<'a>(&self) -> Option<(&'a Collector, Gc<NativeObject>)> {
        let v = self.collector.get()?;
        native::<Collector>(v).zip(v.as_gc::<NativeObject>())
    }

    /// Registers at all objects, at the first use.
    fn begin(&self, cx: &mut Cx) -> Result<()> {
        if self.has_begun.replace(true) {
            return Ok(());
        }
        let Some((c, link)) = self.collector() else {
            return Ok(());
        };
        let objects = self.objects.get().and_then(|o| o.as_gc::<Tuple>());
        if let Some(all) = objects {
            for &o in all.items() {
                link_to(cx, o, link.value())?;
            }
        }
        if let Some(s) = self.timeout.get() {
            let h = cx.add_timer(s, Action::Call(time_is_up, link.value()));
            c.timer.set(Some(h));
        }
        Ok(())
    }

    /// Lets go of all objects. An error of an `unlink` written in a script is reported.
    fn end(&self, cx: &mut Cx, this: Gc<NativeObject>) {
        self.left.set(0);
        let objects = self.objects.get().and_then(|o| o.as_gc::<Tuple>());
        self.objects.set(this, None);
        let Some((c, link)) = self.collector() else {
            return;
        };
        c.stop(cx);
        let Some(all) = objects.filter(|_| self.has_begun.get()) else {
            return;
        };
        for &o in all.items() {
            if let Err(r) = unlink_from(cx, o, link.value()) {
                let e = cx.take_pending(r);
                cx.handle_greenlet_error(o, e);
            }
        }
    }

    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let begun = self.begin(cx);
        if begun.is_err() || self.left.get() == 0 {
            let pending = begun.err().map(|r| cx.take_pending(r));
            self.end(cx, this);
            return match pending {
                Some(e) => Err(cx.reraise(e)),
                None => Ok(None),
            };
        }
        self.left.set(self.left.get() - 1);
        let Some((c, _)) = self.collector() else {
            return Ok(None);
        };
        if let Err(r) = c.wait(cx, 1) {
            let e = cx.take_pending(r);
            self.end(cx, this);
            return Err(cx.reraise(e));
        }
        match c.ready.pop() {
            Some(v) => Ok(Some(v)),
            None => {
                self.end(cx, this);
                Ok(None)
            }
        }
    }
}

/// An iterator over the objects as they become ready.
pub(crate) fn iterator(cx: &mut Cx, objects: Value, timeout: Option<f64>, count: Option<usize>) -> Result<Gc<NativeObject>> {
    let n = cx.len(objects)?;
    let all = cx.tuple_from_iterable(objects)?;
    let collector = collector(cx);
    let class = cx.native_class(&iterator_class::NATIVE);
    let body = WaitIterator {
        collector: Slot::new(Some(collector.value())),
        objects: Slot::new(Some(all.value())),
        left: Cell::new(count.map_or(n, |c| c.min(n))),
        has_begun: Cell::new(false),
        timeout: Cell::new(timeout),
    };
    Ok(NativeObject::alloc(cx, class, Box::new(body)))
}

/// Waits for `count` of the objects (or all); those that became ready, in that order. With `raise_error` the exception of
/// the first one that failed is raised as soon as it is seen (GRN-52).
pub(crate) fn wait_list(cx: &mut Cx, objects: Value, timeout: Option<f64>, count: Option<usize>, raise_error: bool) -> Result<Gc<List>> {
    let done = cx.list_new();
    let it = iterator(cx, objects, timeout, count)?;
    let w = body::<WaitIterator>(cx, it)?;
    let _keep = Keep(it);
    if !raise_error && w.left.get() > 0 {
        // Nothing is looked at before all are there: one wait is enough.
        let begun = w.begin(cx);
        if let (Ok(()), Some((c, _))) = (begun, w.collector()) {
            if let Err(r) = c.wait(cx, w.left.get()) {
                let e = cx.take_pending(r);
                w.end(cx, it);
                return Err(cx.reraise(e));
            }
            while let Some(v) = c.ready.pop().filter(|_| w.left.get() > 0) {
                w.left.set(w.left.get() - 1);
                cx.list_push(done, v);
            }
            w.end(cx, it);
            return Ok(done);
        }
        w.has_begun.set(true);
        let pending = begun.err().map(|r| cx.take_pending(r));
        w.end(cx, it);
        return match pending {
            Some(e) => Err(cx.reraise(e)),
            None => Ok(done),
        };
    }
    while let Some(v) = w.step(cx, it)? {
        if let Some(e) = failure(cx, v)? {
            w.end(cx, it);
            return Err(cx.reraise(e));
        }
        cx.list_push(done, v);
    }
    Ok(done)
}

/// The exception with which an object ended.
fn failure(cx: &mut Cx, v: Value) -> Result<Option<Value>> {
    if let Some(g) = native::<Greenlet>(v) {
        return Ok(g.failure());
    }
    let e = cx.try_attr_text(v, "exception")?;
    Ok(e.filter(|e| e.as_gc::<crate::object::exception::Exception>().is_some()))
}

#[class("gevent._collector")]
pub mod collector_class {
    use super::*;

    /// Notes an object that is ready.
    #[method(name = "__call__", "source, /")]
    fn call(cx: &mut Cx, this: Gc<NativeObject>, source: Value) -> Result<()> {
        let c = body::<Collector>(cx, this)?;
        let _keep = Keep(this);
        c.notify(cx, this, source);
        Ok(())
    }
}

#[class("gevent._hub_primitives._WaitIterator")]
pub mod iterator_class {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let w = body::<WaitIterator>(cx, this)?;
        let _keep = Keep(this);
        match w.step(cx, this)? {
            Some(v) => Ok(v),
            None => Err(cx.stop_iteration(Value::NONE)),
        }
    }

    #[method(name = "__enter__", "")]
    fn enter(this: Value) -> Value {
        this
    }

    #[method(name = "__exit__", "typ, value, tb, /")]
    fn exit(cx: &mut Cx, this: Gc<NativeObject>, typ: Value, value: Value, tb: Value) -> Result<()> {
        let _ = (typ, value, tb);
        let w = body::<WaitIterator>(cx, this)?;
        let _keep = Keep(this);
        w.end(cx, this);
        Ok(())
    }
}
