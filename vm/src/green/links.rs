//! What waits for an event, a lock or the end of a greenlet, and how it is told.
//!
//! A link is a value: an int is the token of a greenlet that waits, a native [`Notified`] object is told in Rust, any
//! other one is called in the hub with the source. Links are told in the order in which they came, from one callback of
//! the hub, each waiting greenlet running at once until it waits again: the order of gevent.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use super::hub::Token;
use crate::heap::mark::Marker;
use crate::object::native::{Native, NativeObject, native};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// A queue of values in a native object, which traces it.
#[derive(Default)]
pub struct Deque {
    items: RefCell<VecDeque<Value>>,
}

impl Deque {
    pub fn trace(&self, m: &mut Marker<'_>) {
        for v in self.items.borrow().iter() {
            m.value(*v);
        }
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.items.borrow().is_empty()
    }

    /// Appends a value to a queue in `owner`.
    #[inline]
    pub fn push(&self, cx: &mut Cx, owner: Gc<NativeObject>, v: Value) {
        let mut items = self.items.borrow_mut();
        if items.len() == items.capacity() {
            cx.heap.count_bytes(items.len() * 8);
        }
        items.push_back(v);
        if v.is_object() {
            owner.barrier();
        }
    }

    pub fn push_front(&self, owner: Gc<NativeObject>, v: Value) {
        self.items.borrow_mut().push_front(v);
        owner.barrier();
    }

    #[inline]
    pub fn pop(&self) -> Option<Value> {
        self.items.borrow_mut().pop_front()
    }

    pub fn get(&self, i: usize) -> Option<Value> {
        self.items.borrow().get(i).copied()
    }

    pub fn last(&self) -> Option<Value> {
        self.items.borrow().back().copied()
    }

    /// Removes the first item that is this very value.
    pub fn remove(&self, v: Value) -> bool {
        let mut items = self.items.borrow_mut();
        match items.iter().position(|&x| x == v) {
            Some(i) => items.remove(i).is_some(),
            None => false,
        }
    }

    pub fn remove_at(&self, i: usize) -> Option<Value> {
        self.items.borrow_mut().remove(i)
    }

    pub fn clear(&self) {
        self.items.borrow_mut().clear();
    }
}

/// The token of a wait as a link, and back.
#[inline]
pub fn link_of(token: Token) -> Value {
    Value::int_unchecked(token.0 as i64)
}

#[inline]
pub fn token_of(link: Value) -> Option<Token> {
    link.as_int().map(|i| Token(i as u64))
}

/// Links of one object.
#[derive(Default)]
pub struct Links {
    pub list: Deque,
    /// Those who wait although it is ready, because the callback is due: told at its end.
    arrived: Deque,
    /// The callback that tells them stands in the ring, or runs.
    is_due: Cell<bool>,
}

/// An object whose links are told when it is ready.
pub trait Linkable: Native {
    fn links(&self) -> &Links;
    fn is_ready(&self) -> bool;
    /// Links are told only as long as it stays ready (locks), or all that waited (events).
    const ONLY_WHILE_READY: bool;
}

/// A link that is told in Rust.
pub trait Notified {
    fn notify(&self, cx: &mut Cx, this: Gc<NativeObject>, source: Value);
}

/// Tells one link. In the hub. What a callable raises is reported.
pub(crate) fn tell(cx: &mut Cx, link: Value, source: Value) {
    if let Some(token) = token_of(link) {
        cx.wake_now(token, source);
        return;
    }
    if let Some(object) = link.as_gc::<NativeObject>() {
        let _keep = Keep(object);
        if let Some(w) = native::<super::wait::Collector>(link) {
            return w.notify(cx, object, source);
        }
        if let Some(g) = native::<super::pool::Group>(link) {
            return g.notify(cx, object, source);
        }
        if let Some(t) = native::<super::imap::TaskLink>(link) {
            return t.notify(cx, object, source);
        }
    }
    if let Err(r) = cx.call(link, &[source]) {
        let e = cx.take_pending(r);
        let context = cx.tuple(&[link, source]).value();
        cx.handle_greenlet_error(context, e);
    }
}

/// Keeps an object alive to the end of a scope that works on its body: the collector sees references to objects, not to
/// bodies.
pub(crate) struct Keep(pub Gc<NativeObject>);

impl Drop for Keep {
    #[inline(always)]
    fn drop(&mut self) {
        std::hint::black_box(self.0);
    }
}

/// The body of the object. Stand a [`Keep`] beside it where script code runs meanwhile.
pub(crate) fn body<'a, T: Native>(cx: &mut Cx, this: Gc<NativeObject>) -> Result<&'a T> {
    match native::<T>(this.value()) {
        Some(b) => Ok(b),
        None => {
            let name = std::any::type_name::<T>().rsplit("::").next().unwrap_or_default();
            let text = format!("descriptor requires a '{name}' object but received a '{}'", cx.type_name(this.value()));
            Err(cx.type_error(text))
        }
    }
}

/// In the hub: tells the links of an object that became ready.
fn notify_links<T: Linkable>(cx: &mut Cx, source: Value) {
    let (Some(object), Some(owner)) = (native::<T>(source), source.as_gc::<NativeObject>()) else { return };
    let _keep = Keep(owner);
    let links = object.links();
    if tell_all(cx, object, &links.list, source) && tell_all(cx, object, &links.arrived, source) {
        while let Some(link) = links.arrived.pop() {
            links.list.push(cx, owner, link);
        }
        links.is_due.set(false);
        check_links::<T>(cx, source);
    }
}

/// Tells those who wait now; who comes meanwhile is told on the next turn. False: the program has ended.
fn tell_all<T: Linkable>(cx: &mut Cx, object: &T, list: &Deque, source: Value) -> bool {
    let last = list.last();
    while !(T::ONLY_WHILE_READY && !object.is_ready()) {
        let Some(link) = list.pop() else { break };
        cx.hub.look_ahead_at(|n| list.get(n).and_then(token_of));
        tell(cx, link, source);
        if cx.is_over() {
            return false;
        }
        if Some(link) == last {
            break;
        }
    }
    true
}

/// Has the links told on the next turn if the object is ready.
#[inline]
pub(crate) fn check_links<T: Linkable>(cx: &mut Cx, source: Value) {
    let Some(object) = native::<T>(source) else {
        return;
    };
    let links = object.links();
    if !links.is_due.get() && !links.list.is_empty() && object.is_ready() {
        links.is_due.set(true);
        if cx.hub.is_used {
            cx.run_soon(notify_links::<T>, source);
        } else {
            // Without a hub they are called at once, as by gevent.
            notify_links::<T>(cx, source);
        }
    }
}

/// Parks the running greenlet until the links of `this` are told; false: the time was up.
pub(crate) fn wait_for<T: Linkable>(cx: &mut Cx, this: Gc<NativeObject>, what: &'static str, timeout: Option<f64>) -> Result<bool> {
    let object = body::<T>(cx, this)?;
    let _keep = Keep(this);
    let token = cx.begin_wait(what)?;
    let link = link_of(token);
    object.links().list.push(cx, this, link);
    check_links::<T>(cx, this.value());
    let timer = timeout.and_then(|s| cx.wake_after(token, s));
    let r = cx.park();
    if let Some(h) = timer {
        cx.cancel_timer(h);
    }
    if r == Ok(this.value()) {
        return Ok(true);
    }
    object.links().list.remove(link);
    r.map(|_| false)
}

/// A wait for an object that is ready already: those who waited before are told first (EVT-08).
pub(crate) fn wait_for_turn<T: Linkable>(cx: &mut Cx, this: Gc<NativeObject>, what: &'static str) -> Result<()> {
    let links = body::<T>(cx, this)?.links();
    let _keep = Keep(this);
    if !links.is_due.get() || cx.current_greenlet().is_none() {
        return Ok(());
    }
    let token = cx.begin_wait(what)?;
    let link = link_of(token);
    links.arrived.push(cx, this, link);
    let r = cx.park();
    if r.is_err() && !links.arrived.remove(link) {
        links.list.remove(link);
    }
    r.map(drop)
}

/// `rawlink(callback)`.
pub(crate) fn raw_link<T: Linkable>(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
    if native::<super::wait::Collector>(callback).is_none() && !cx.is_callable(callback) {
        let text = format!("Expected callable: {}", cx.repr(callback)?.lossy());
        return Err(cx.type_error(text));
    }
    body::<T>(cx, this)?.links().list.push(cx, this, callback);
    check_links::<T>(cx, this.value());
    Ok(())
}

/// `unlink(callback)`; silent when there is no such link. May run script code (`__eq__`).
pub(crate) fn unlink(cx: &mut Cx, list: &Deque, callback: Value) -> Result<()> {
    if list.remove(callback) {
        return Ok(());
    }
    let mut i = 0;
    while let Some(link) = list.get(i) {
        if token_of(link).is_none() && cx.eq(link, callback)? {
            if list.get(i) == Some(link) {
                list.remove_at(i);
            }
            return Ok(());
        }
        i += 1;
    }
    Ok(())
}

/// A limit as `timeout=` gives it: a number, or None for no limit.
pub(crate) fn limit(cx: &mut Cx, v: Option<Value>) -> Result<Option<f64>> {
    match v {
        None => Ok(None),
        Some(v) if v.is_none() => Ok(None),
        Some(v) => cx.to_float(v).map(Some),
    }
}
