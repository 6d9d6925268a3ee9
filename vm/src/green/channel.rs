//! `gevent.queue.Channel`: a queue without room, where putter and getter meet.

use std::cell::Cell;

use gscript_macros::class;

use super::hub::Token;
use super::links::{Deque, Keep, body, limit, link_of, token_of};
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::native::{Native, NativeObject, native};
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Those who wait on both sides.
#[derive(Default)]
pub struct Channel {
    /// Tokens.
    getters: Deque,
    /// Tokens, and the items beside them.
    putters: Deque,
    items: Deque,
    unlock_is_due: Cell<bool>,
}

impl Native for Channel {
    fn trace(&self, m: &mut Marker<'_>) {
        self.items.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        let stop = cx.types.stop_iteration.value();
        Some(get(cx, this, true, None).map(|v| Some(v).filter(|&v| v != stop)))
    }
}

impl Channel {
    /// The next putter that still waits, with its item.
    fn pop_putter(&self, cx: &Cx) -> Option<(Token, Value)> {
        loop {
            let (link, item) = self.putters.pop().zip(self.items.pop())?;
            if let Some(t) = token_of(link).filter(|&t| cx.is_waiting(t)) {
                return Some((t, item));
            }
        }
    }

    /// The next getter that still waits.
    fn pop_getter(&self, cx: &Cx) -> Option<Token> {
        loop {
            if let Some(t) = token_of(self.getters.pop()?).filter(|&t| cx.is_waiting(t)) {
                return Some(t);
            }
        }
    }
}

/// What the getter's `park` returns: the item in a tuple, which nothing else that ends the wait gives.
fn parcel(cx: &mut Cx, item: Value) -> Value {
    cx.tuple(&[item]).value()
}

fn put(cx: &mut Cx, this: Gc<NativeObject>, item: Value, block: bool, timeout: Option<Value>) -> Result<()> {
    let c = body::<Channel>(cx, this)?;
    let _keep = Keep(this);
    if cx.current_greenlet().is_none() {
        if let Some(getter) = c.pop_getter(cx) {
            let v = parcel(cx, item);
            cx.wake_now(getter, v);
            return Ok(());
        }
        let class = cx.green_class("Full");
        return Err(cx.raise_with(class, &[]));
    }
    let s = if block { limit(cx, timeout)? } else { Some(0.0) };
    let token = cx.begin_wait("a getter at a channel")?;
    c.putters.push(cx, this, link_of(token));
    c.items.push(cx, this, item);
    if !c.getters.is_empty() {
        unlock_soon(cx, this, c);
    }
    let r = park(cx, token, s);
    if r == Ok(this.value()) {
        return Ok(());
    }
    let mut i = 0;
    while let Some(p) = c.putters.get(i) {
        if p == link_of(token) {
            c.putters.remove_at(i);
            c.items.remove_at(i);
            break;
        }
        i += 1;
    }
    r?;
    let class = cx.green_class("Full");
    Err(cx.raise_with(class, &[]))
}

fn get(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
    let c = body::<Channel>(cx, this)?;
    let _keep = Keep(this);
    if cx.current_greenlet().is_none() {
        if let Some((putter, item)) = c.pop_putter(cx) {
            cx.wake(putter, this.value());
            return Ok(item);
        }
        let class = cx.green_class("Empty");
        return Err(cx.raise_with(class, &[]));
    }
    let s = if block { limit(cx, timeout)? } else { Some(0.0) };
    let token = cx.begin_wait("a putter at a channel")?;
    c.getters.push(cx, this, link_of(token));
    if !c.putters.is_empty() {
        unlock_soon(cx, this, c);
    }
    let r = park(cx, token, s);
    if let Ok(v) = r {
        if let Some(item) = v.as_gc::<crate::object::tuple::Tuple>().and_then(|t| t.items().first().copied()) {
            return Ok(item);
        }
    }
    c.getters.remove(link_of(token));
    r?;
    let class = cx.green_class("Empty");
    Err(cx.raise_with(class, &[]))
}

fn park(cx: &mut Cx, token: Token, seconds: Option<f64>) -> Result<Value> {
    let timer = seconds.and_then(|s| cx.wake_after(token, s));
    let r = cx.park();
    if let Some(h) = timer {
        cx.cancel_timer(h);
    }
    r
}

fn unlock_soon(cx: &mut Cx, this: Gc<NativeObject>, c: &Channel) {
    if !c.unlock_is_due.replace(true) {
        cx.run_soon(unlock, this.value());
    }
}

/// In the hub: hands items over as long as there is somebody on both sides.
fn unlock(cx: &mut Cx, v: Value) {
    let (Some(c), Some(this)) = (native::<Channel>(v), v.as_gc::<NativeObject>()) else { return };
    let _keep = Keep(this);
    c.unlock_is_due.set(false);
    while !c.putters.is_empty() && !c.getters.is_empty() && !cx.is_over() {
        let Some(getter) = c.pop_getter(cx) else {
            return;
        };
        let Some((putter, item)) = c.pop_putter(cx) else {
            // Nobody puts: the getter goes on waiting, first in line.
            c.getters.push_front(this, link_of(getter));
            return;
        };
        let parcel = parcel(cx, item);
        cx.wake_now(getter, parcel);
        if !cx.is_over() {
            cx.wake_now(putter, v);
        }
    }
}

fn describe(c: &Channel) -> String {
    let mut text = String::new();
    if !c.getters.is_empty() {
        text.push_str(&format!(" getters[{}]", c.getters.len()));
    }
    if !c.putters.is_empty() {
        text.push_str(&format!(" putters[{}]", c.putters.len()));
    }
    text
}

/// A queue whose put waits until the item is taken.
#[class("gevent._gevent_cqueue.Channel", flags = HAS_WEAKREF)]
pub mod channel_class {
    use super::*;
    use crate::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(Channel::default())).value())
    }

    #[method(name = "__init__", "maxsize=1", style = "cython")]
    fn init(cx: &mut Cx, _this: &Channel, maxsize: Option<Value>) -> Result<()> {
        if let Some(m) = maxsize {
            if !cx.eq(m, Value::int32(1))? {
                return Err(cx.value_error("Channels have a maxsize of 1"));
            }
        }
        Ok(())
    }

    #[class_method(name = "__class_getitem__", "key, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, key: Value) -> Result<Value> {
        Ok(cx.generic_alias(class.value(), key))
    }

    /// Putters minus getters.
    #[getter]
    fn balance(this: &Channel) -> i64 {
        this.putters.len() as i64 - this.getters.len() as i64
    }

    #[method("")]
    fn qsize(_this: &Channel) -> i64 {
        0
    }

    #[method("")]
    fn empty(_this: &Channel) -> bool {
        true
    }

    #[method("")]
    fn full(_this: &Channel) -> bool {
        true
    }

    /// Waits until somebody takes the item.
    #[method("item, block=True, timeout=None")]
    fn put(cx: &mut Cx, this: Gc<NativeObject>, item: Value, block: bool, timeout: Option<Value>) -> Result<()> {
        super::put(cx, this, item, block, timeout)
    }

    #[method("item")]
    fn put_nowait(cx: &mut Cx, this: Gc<NativeObject>, item: Value) -> Result<()> {
        super::put(cx, this, item, false, None)
    }

    /// Waits for an item.
    #[method("block=True, timeout=None")]
    fn get(cx: &mut Cx, this: Gc<NativeObject>, block: bool, timeout: Option<Value>) -> Result<Value> {
        super::get(cx, this, block, timeout)
    }

    #[method("")]
    fn get_nowait(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        super::get(cx, this, false, None)
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
        let c = body::<Channel>(cx, this)?;
        let _keep = Keep(this);
        let text = format!("<{} at {:#x} {}>", cx.type_name(this.value()), this.address(), describe(c));
        Ok(cx.str(&text))
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let c = body::<Channel>(cx, this)?;
        let _keep = Keep(this);
        let text = format!("<{} {}>", cx.type_name(this.value()), describe(c));
        Ok(cx.str(&text))
    }
}
