//! The classes of iterators over built-in containers, and of `iter(f, x)`. Those over other iterators: `adapters.rs`.
//!
//! Those over lists, tuples, dicts and small ranges have layouts of their own (`object/simple.rs`), the others are
//! [`Native`]s. In a method table `__next__` speaks to the body itself, so that subclasses in script code reach it.

use std::cell::Cell;

use gscript_macros::class;

use crate::heap::header::Kind;
use crate::heap::mark::Marker;
use crate::object::dunder::Dunder;
use crate::object::list::List;
use crate::object::native::{Native, NativeObject};
use crate::object::set::Set;
use crate::object::simple::{DictIter, ListIter, RangeIter, TupleIter};
use crate::object::slot::{Ref, Slot};
use crate::operator::BinaryOp;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// Whether `v` can be called. No script code runs.
    pub(crate) fn can_call(&mut self, v: Value) -> bool {
        if matches!(v.kind(), Some(Kind::Function | Kind::Builtin | Kind::BoundMethod | Kind::Type)) {
            return true;
        }
        let class = self.class_of(v);
        self.special(class, Dunder::Call).is_some()
    }

    /// What `it.__next__()` gives for a built-in iterator. May run script code.
    pub fn next_or_stop(&mut self, it: Value) -> Result<Value> {
        let next = match self.native_step(it) {
            Some(r) => r?,
            None => self.next_raw(it)?,
        };
        match next {
            Some(v) => Ok(v),
            None => Err(self.stop_iteration(Value::NONE)),
        }
    }

    pub(crate) fn list_reverse_iterator(&mut self, list: Gc<List>) -> Value {
        let class = self.types.list_reverseiterator;
        let body = ListReverseIterator { list: Ref::new(Some(list)), left: Cell::new(list.len()) };
        NativeObject::alloc(self, class, Box::new(body)).value()
    }

    pub(crate) fn set_iterator(&mut self, set: Gc<Set>) -> Value {
        let class = self.types.set_iterator;
        let body = SetIterator { set: Ref::new(Some(set)), at: Cell::new(0), len: Cell::new(set.len()), left: Cell::new(set.len()) };
        NativeObject::alloc(self, class, Box::new(body)).value()
    }
}

/// Iterator over a list from its end.
struct ListReverseIterator {
    list: Ref<List>,
    /// Items below the next one, and it.
    left: Cell<usize>,
}

impl Native for ListReverseIterator {
    fn trace(&self, m: &mut Marker<'_>) {
        self.list.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        let Some(list) = self.list.get() else {
            return Some(Ok(None));
        };
        let left = self.left.get();
        if left == 0 || left > list.len() {
            self.list.set(this, None);
            return Some(Ok(None));
        }
        self.left.set(left - 1);
        Some(Ok(Some(cx.list_get(list, left - 1))))
    }
}

/// Iterator over a set in the order of its table.
struct SetIterator {
    set: Ref<Set>,
    at: Cell<usize>,
    /// Length of the set at the start: a change is an error.
    len: Cell<usize>,
    left: Cell<usize>,
}

impl Native for SetIterator {
    fn trace(&self, m: &mut Marker<'_>) {
        self.set.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        let Some(set) = self.set.get() else {
            return Some(Ok(None));
        };
        if set.len() != self.len.get() {
            // For ever, even if the length is right again.
            self.len.set(usize::MAX);
            return Some(Err(cx.runtime_error("Set changed size during iteration")));
        }
        let mut at = self.at.get();
        let v = set.next(&mut at);
        self.at.set(at);
        match v {
            Some(_) => self.left.set(self.left.get().saturating_sub(1)),
            None => self.set.set(this, None),
        }
        Some(Ok(v))
    }
}

/// Iterator over a range whose numbers are no small ints.
pub(crate) struct LongRangeIterator {
    next: Slot,
    left: Slot,
    step: Slot,
}

impl LongRangeIterator {
    pub(crate) fn alloc(cx: &mut Cx, first: Value, step: Value, left: Value) -> Value {
        let class = cx.types.longrange_iterator;
        let body = LongRangeIterator { next: Slot::new(Some(first)), left: Slot::new(Some(left)), step: Slot::new(Some(step)) };
        NativeObject::alloc(cx, class, Box::new(body)).value()
    }

    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(next), Some(left), Some(step)) = (self.next.get(), self.left.get(), self.step.get()) else {
            return Ok(None);
        };
        if left == Value::int32(0) {
            return Ok(None);
        }
        let left = cx.binary(BinaryOp::Sub, left, Value::int32(1))?;
        self.left.set(this, Some(left));
        let after = cx.binary(BinaryOp::Add, next, step)?;
        self.next.set(this, Some(after));
        Ok(Some(next))
    }
}

impl Native for LongRangeIterator {
    fn trace(&self, m: &mut Marker<'_>) {
        self.next.trace(m);
        self.left.trace(m);
        self.step.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx, this))
    }
}

/// `iter(callable, sentinel)`.
pub(crate) struct CallableIterator {
    callable: Slot,
    sentinel: Slot,
}

impl CallableIterator {
    pub(crate) fn alloc(cx: &mut Cx, callable: Value, sentinel: Value) -> Value {
        let class = cx.types.callable_iterator;
        NativeObject::alloc(cx, class, Box::new(CallableIterator { callable: Slot::new(Some(callable)), sentinel: Slot::new(Some(sentinel)) })).value()
    }

    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(f), Some(sentinel)) = (self.callable.get(), self.sentinel.get()) else {
            return Ok(None);
        };
        let v = match cx.call(f, &[]) {
            Ok(v) => v,
            Err(r) if cx.pending_is(cx.types.stop_iteration) => {
                cx.take_pending(r);
                self.finish(this);
                return Ok(None);
            }
            Err(r) => return Err(r),
        };
        if cx.eq(sentinel, v)? {
            self.finish(this);
            return Ok(None);
        }
        Ok(Some(v))
    }

    fn finish(&self, this: Gc<NativeObject>) {
        self.callable.set(this, None);
        self.sentinel.set(this, None);
    }
}

impl Native for CallableIterator {
    fn trace(&self, m: &mut Marker<'_>) {
        self.callable.trace(m);
        self.sentinel.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx, this))
    }
}

#[class("list_iterator", check = list_iterator)]
pub mod list_iterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<ListIter>) -> usize {
        this.list.get().map_or(0, |l| l.len().saturating_sub(this.at.get()))
    }
}

#[class("tuple_iterator", check = tuple_iterator)]
pub mod tuple_iterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<TupleIter>) -> usize {
        this.tuple.get().map_or(0, |t| t.len().saturating_sub(this.at.get()))
    }
}

#[class("range_iterator", check = range_iterator)]
pub mod range_iterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<RangeIter>) -> i64 {
        this.left.get()
    }
}

#[class("longrange_iterator", check = longrange_iterator)]
pub mod longrange_iterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: &LongRangeIterator) -> Value {
        this.left.get().unwrap_or(Value::int32(0))
    }
}

#[class("list_reverseiterator", check = list_reverseiterator)]
pub mod list_reverseiterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: &ListReverseIterator) -> usize {
        this.list.get().map_or(0, |l| if this.left.get() > l.len() { 0 } else { this.left.get() })
    }
}

#[class("set_iterator", check = set_iterator)]
pub mod set_iterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: &SetIterator) -> usize {
        this.set.get().map_or(0, |s| if s.len() == this.len.get() { this.left.get() } else { 0 })
    }
}

#[class("dict_keyiterator", check = dict_keyiterator)]
pub mod dict_keyiterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<DictIter>) -> usize {
        this.dict.get().map_or(0, |d| if d.len() == this.len.get() { this.left.get() } else { 0 })
    }
}

#[class("dict_valueiterator", check = dict_valueiterator)]
pub mod dict_valueiterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<DictIter>) -> usize {
        this.dict.get().map_or(0, |d| if d.len() == this.len.get() { this.left.get() } else { 0 })
    }
}

#[class("dict_itemiterator", check = dict_itemiterator)]
pub mod dict_itemiterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<DictIter>) -> usize {
        this.dict.get().map_or(0, |d| if d.len() == this.len.get() { this.left.get() } else { 0 })
    }
}

#[class("dict_reversekeyiterator", check = dict_reversekeyiterator)]
pub mod dict_reversekeyiterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<DictIter>) -> usize {
        this.dict.get().map_or(0, |d| if d.len() == this.len.get() { this.left.get() } else { 0 })
    }
}

#[class("dict_reversevalueiterator", check = dict_reversevalueiterator)]
pub mod dict_reversevalueiterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<DictIter>) -> usize {
        this.dict.get().map_or(0, |d| if d.len() == this.len.get() { this.left.get() } else { 0 })
    }
}

#[class("dict_reverseitemiterator", check = dict_reverseitemiterator)]
pub mod dict_reverseitemiterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(this: Gc<DictIter>) -> usize {
        this.dict.get().map_or(0, |d| if d.len() == this.len.get() { this.left.get() } else { 0 })
    }
}

#[class("callable_iterator", check = callable_iterator)]
pub mod callable_iterator {
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

#[class("iterator", check = iterator)]
pub mod iterator {
    use super::*;

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(cx: &mut Cx, this: &crate::object::iter::SequenceIterator) -> Result<Value> {
        this.length_hint(cx)
    }
}
