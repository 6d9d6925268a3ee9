//! Iterators that share one source: the groups of `groupby`, and `tee`.

use std::cell::Cell;

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::Slot;
use gscript_vm::operator::Compare;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// The body of `GroupBy`.
pub struct GroupBy {
    iterator: Slot,
    key: Slot,
    target_key: Slot,
    current_key: Slot,
    current: Slot,
    group: Slot,
}

impl Native for GroupBy {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterator.trace(m);
        self.key.trace(m);
        self.target_key.trace(m);
        self.current_key.trace(m);
        self.current.trace(m);
        self.group.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl GroupBy {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        self.group.set(this, None);
        loop {
            let is_new = match (self.current_key.get(), self.target_key.get()) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(k), Some(t)) => k != t && !cx.compare_truth(Compare::Eq, t, k)?,
            };
            if is_new {
                break;
            }
            cx.check_poll()?;
            if !self.read(cx, this)? {
                return Ok(None);
            }
        }
        let Some(key) = self.current_key.get() else { return Ok(None) };
        self.target_key.set(this, Some(key));
        let class = cx.native_class(&grouper::NATIVE);
        let body = Grouper { parent: Slot::new(Some(this.value())), key: Slot::new(Some(key)) };
        let group = NativeObject::new(cx, class, body).value();
        self.group.set(this, Some(group));
        Ok(Some(cx.tuple(&[key, group]).value()))
    }
}

impl GroupBy {
    /// Takes the next item of the iterator; whether there was one.
    fn read(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<bool> {
        let Some(it) = self.iterator.get() else { return Ok(false) };
        let Some(v) = cx.next(it)? else { return Ok(false) };
        let key = match self.key.get() {
            None => v,
            Some(f) => cx.call(f, &[v])?,
        };
        self.current.set(this, Some(v));
        self.current_key.set(this, Some(key));
        Ok(true)
    }
}

/// make an iterator that returns consecutive keys and groups from the iterable
///
///   iterable
///     Elements to divide into groups according to the key function.
///   key
///     A function for computing the group category for each element.
///     If the key function is not specified or is None, the element itself
///     is used for grouping.
#[class("itertools.groupby")]
pub mod groupby {
    use super::*;

    #[new("iterable, key=None")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Value, key: Option<Value>) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let body = GroupBy {
            iterator: Slot::new(Some(it)),
            key: Slot::new(key.filter(|k| !k.is_none())),
            target_key: Slot::new(None),
            current_key: Slot::new(None),
            current: Slot::new(None),
            group: Slot::new(None),
        };
        Ok(NativeObject::new(cx, class, body).value())
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }
}

/// The body of `Grouper`.
pub struct Grouper {
    parent: Slot,
    key: Slot,
}

impl Native for Grouper {
    fn trace(&self, m: &mut Marker<'_>) {
        self.parent.trace(m);
        self.key.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Grouper {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(parent), Some(key)) = (self.parent.get(), self.key.get()) else { return Ok(None) };
        let (Some(g), Some(owner)) = (native::<GroupBy>(parent), parent.as_gc::<NativeObject>()) else { return Ok(None) };
        if g.group.get() != Some(this.value()) {
            return Ok(None);
        }
        if g.current.get().is_none() && !g.read(cx, owner)? {
            return Ok(None);
        }
        let Some(k) = g.current_key.get() else { return Ok(None) };
        if k != key && !cx.compare_truth(Compare::Eq, key, k)? {
            return Ok(None);
        }
        let v = g.current.get();
        g.current.set(owner, None);
        Ok(v)
    }
}

/// The items of one group.
#[class("itertools._grouper", flags = NO_NEW)]
pub mod grouper {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }
}

/// An item that some of the iterators of a `tee` may have yet to give, and the way to the next.
pub struct Node {
    iterator: Slot,
    value: Slot,
    next: Slot,
    is_running: Cell<bool>,
}

impl Native for Node {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterator.trace(m);
        self.value.trace(m);
        self.next.trace(m);
    }
}

fn new_node(cx: &mut Cx, iterator: Value) -> Value {
    let class = cx.native_class(&node::NATIVE);
    let body = Node { iterator: Slot::new(Some(iterator)), value: Slot::new(None), next: Slot::new(None), is_running: Cell::new(false) };
    NativeObject::new(cx, class, body).value()
}

/// Data container common to multiple tee objects.
#[class("itertools._tee_dataobject", flags = NO_NEW)]
pub mod node {}

/// The body of `Tee`.
pub struct Tee {
    node: Slot,
}

impl Native for Tee {
    fn trace(&self, m: &mut Marker<'_>) {
        self.node.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Tee {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(at) = self.node.get() else { return Ok(None) };
        let (Some(n), Some(owner)) = (native::<Node>(at), at.as_gc::<NativeObject>()) else { return Ok(None) };
        let v = match n.value.get() {
            Some(v) => v,
            None => {
                if n.is_running.replace(true) {
                    return Err(cx.runtime_error("cannot re-enter the tee iterator"));
                }
                let it = n.iterator.get().unwrap_or(Value::NONE);
                let found = cx.next(it);
                n.is_running.set(false);
                let Some(v) = found? else { return Ok(None) };
                let next = new_node(cx, it);
                n.value.set(owner, Some(v));
                n.next.set(owner, Some(next));
                v
            }
        };
        self.node.set(this, n.next.get());
        Ok(Some(v))
    }
}

/// A tee object over an iterable; a copy of one that is a tee object already.
fn new_tee(cx: &mut Cx, class: Gc<Type>, iterable: Value) -> Result<Value> {
    let it = cx.iter(iterable)?;
    let at = match native::<Tee>(it) {
        Some(t) => t.node.get().unwrap_or(Value::NONE),
        None => new_node(cx, it),
    };
    Ok(NativeObject::new(cx, class, Tee { node: Slot::new(Some(at)) }).value())
}

/// What the function `tee` gives.
pub fn tee_of(cx: &mut Cx, iterable: Value, n: i64) -> Result<Value> {
    if n < 0 {
        return Err(cx.value_error("n must be >= 0"));
    }
    let class = cx.native_class(&tee::NATIVE);
    let made = cx.list_new();
    if n > 0 {
        let it = cx.iter(iterable)?;
        let first = if native::<Tee>(it).is_some() { it } else { new_tee(cx, class, it)? };
        cx.list_push(made, first);
        for _ in 1..n {
            let copy = new_tee(cx, class, first)?;
            cx.list_push(made, copy);
        }
    }
    Ok(cx.list_to_tuple(made).value())
}

/// Iterator wrapped to make it copyable.
#[class("itertools._tee")]
pub mod tee {
    use super::*;

    #[new("iterable, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Value) -> Result<Value> {
        new_tee(cx, class, iterable)
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Returns an independent iterator.
    #[method(name = "__copy__", "")]
    fn copy(cx: &mut Cx, this: Value) -> Result<Value> {
        let class = cx.class_of(this);
        new_tee(cx, class, this)
    }
}
