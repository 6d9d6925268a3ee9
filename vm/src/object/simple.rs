//! Small types whose whole content is a few fields: range, slice, module, super, iterators over built-in containers.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::class::Type;
use crate::object::dict::Dict;
use crate::object::list::List;
use crate::object::slot::{Ref, Slot};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

macro_rules! heap_object {
    ($t:ident, $kind:ident) => {
        // SAFETY: repr(C), header first.
        unsafe impl HeapObject for $t {
            const KIND: Kind = Kind::$kind;
        }
    };
}

/// `range(start, stop, step)`; the three are ints of any size.
#[repr(C)]
pub struct Range {
    header: Header,
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}
heap_object!(Range, Range);

impl Trace for Range {
    fn trace(&self, m: &mut Marker<'_>) {
        m.value(self.start);
        m.value(self.stop);
        m.value(self.step);
    }
}

impl Range {
    /// Start, stop and step when they are small.
    pub fn small(&self) -> Option<(i64, i64, i64)> {
        Some((self.start.as_int()?, self.stop.as_int()?, self.step.as_int()?))
    }

    /// The number of items of a small range.
    pub fn small_len(&self) -> Option<i64> {
        let (start, stop, step) = self.small()?;
        Some(range_len(start, stop, step))
    }
}

/// Items of `range(start, stop, step)` for 62-bit numbers, step not 0.
pub fn range_len(start: i64, stop: i64, step: i64) -> i64 {
    if step > 0 {
        if start >= stop { 0 } else { (stop - start - 1) / step + 1 }
    } else if start <= stop {
        0
    } else {
        (start - stop - 1) / -step + 1
    }
}

/// Iterator over a small range: the interpreter's fast loop.
#[repr(C)]
pub struct RangeIter {
    header: Header,
    pub next: Cell<i64>,
    pub step: i64,
    /// Items left.
    pub left: Cell<i64>,
}
heap_object!(RangeIter, RangeIter);

impl Trace for RangeIter {
    fn trace(&self, _: &mut Marker<'_>) {}
}

#[repr(C)]
pub struct Slice {
    header: Header,
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}
heap_object!(Slice, Slice);

impl Trace for Slice {
    fn trace(&self, m: &mut Marker<'_>) {
        m.value(self.start);
        m.value(self.stop);
        m.value(self.step);
    }
}

#[repr(C)]
pub struct Module {
    header: Header,
    pub dict: Ref<Dict>,
}
heap_object!(Module, Module);

impl Trace for Module {
    fn trace(&self, m: &mut Marker<'_>) {
        self.dict.trace(m);
    }
}

/// `super(class, object)`: attribute look-up behind `class` in the order of `start`, bound to `this`.
#[repr(C)]
pub struct Super {
    header: Header,
    pub class: Ref<Type>,
    pub this: Slot,
    pub start: Ref<Type>,
}
heap_object!(Super, Super);

impl Trace for Super {
    fn trace(&self, m: &mut Marker<'_>) {
        self.class.trace(m);
        self.this.trace(m);
        self.start.trace(m);
    }
}

/// Iterator over a list; `None` when it is exhausted.
#[repr(C)]
pub struct ListIter {
    header: Header,
    pub list: Ref<List>,
    pub at: Cell<usize>,
}
heap_object!(ListIter, ListIter);

impl Trace for ListIter {
    fn trace(&self, m: &mut Marker<'_>) {
        self.list.trace(m);
    }
}

/// Iterator over a tuple.
#[repr(C)]
pub struct TupleIter {
    header: Header,
    pub tuple: Ref<Tuple>,
    pub at: Cell<usize>,
}
heap_object!(TupleIter, TupleIter);

impl Trace for TupleIter {
    fn trace(&self, m: &mut Marker<'_>) {
        self.tuple.trace(m);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictPart {
    Keys,
    Values,
    Items,
}

/// `dict.keys()`, `.values()`, `.items()`.
#[repr(C)]
pub struct DictView {
    header: Header,
    pub dict: Gc<Dict>,
    pub part: DictPart,
}
heap_object!(DictView, DictView);

impl Trace for DictView {
    fn trace(&self, m: &mut Marker<'_>) {
        m.object(self.dict);
    }
}

/// Iterator over a dict or a view of it; `None` when it is exhausted.
#[repr(C)]
pub struct DictIter {
    header: Header,
    pub dict: Ref<Dict>,
    pub part: DictPart,
    pub is_reversed: bool,
    pub at: Cell<usize>,
    /// Length of the dict at the start: a change is an error.
    pub len: Cell<usize>,
    /// Entries to come.
    pub left: Cell<usize>,
}
heap_object!(DictIter, DictIter);

impl Trace for DictIter {
    fn trace(&self, m: &mut Marker<'_>) {
        self.dict.trace(m);
    }
}

impl Cx {
    pub fn range(&mut self, start: Value, stop: Value, step: Value) -> Gc<Range> {
        let class = self.types.range;
        self.alloc_of(class, |header| Range { header, start, stop, step })
    }

    pub fn range_iter(&mut self, start: i64, step: i64, left: i64) -> Gc<RangeIter> {
        let class = self.types.range_iterator;
        self.alloc_of(class, |header| RangeIter { header, next: Cell::new(start), step, left: Cell::new(left) })
    }

    pub fn slice(&mut self, start: Value, stop: Value, step: Value) -> Gc<Slice> {
        let class = self.types.slice;
        self.alloc_of(class, |header| Slice { header, start, stop, step })
    }

    /// A module object with this dict.
    pub fn module_of(&mut self, class: Gc<Type>, dict: Gc<Dict>) -> Gc<Module> {
        self.alloc_of(class, |header| Module { header, dict: Ref::new(Some(dict)) })
    }

    /// A module with `__name__`, `__doc__` and the like, not entered into `sys.modules`.
    pub fn module(&mut self, name: Gc<Str>, doc: Option<&str>) -> Gc<Module> {
        let class = self.types.module;
        let dict = self.dict_new();
        let m = self.module_of(class, dict);
        self.dict_set_text(dict, "__name__", name.value());
        let doc = match doc {
            Some(d) => self.str(d).value(),
            None => Value::NONE,
        };
        self.dict_set_text(dict, "__doc__", doc);
        self.dict_set_text(dict, "__package__", Value::NONE);
        self.dict_set_text(dict, "__loader__", Value::NONE);
        self.dict_set_text(dict, "__spec__", Value::NONE);
        m
    }

    pub fn super_object(&mut self, class: Gc<Type>, this: Option<Value>, start: Option<Gc<Type>>) -> Gc<Super> {
        let t = self.types.super_;
        self.super_of(t, class, this, start)
    }

    /// As [`Cx::super_object`], of `super` or a subclass of it.
    pub fn super_of(&mut self, t: Gc<Type>, class: Gc<Type>, this: Option<Value>, start: Option<Gc<Type>>) -> Gc<Super> {
        self.alloc_of(t, |header| Super { header, class: Ref::new(Some(class)), this: Slot::new(this), start: Ref::new(start) })
    }

    pub fn list_iter(&mut self, list: Gc<List>) -> Gc<ListIter> {
        let class = self.types.list_iterator;
        self.alloc_of(class, |header| ListIter { header, list: Ref::new(Some(list)), at: Cell::new(0) })
    }

    pub fn tuple_iter(&mut self, tuple: Gc<Tuple>) -> Gc<TupleIter> {
        let class = self.types.tuple_iterator;
        self.alloc_of(class, |header| TupleIter { header, tuple: Ref::new(Some(tuple)), at: Cell::new(0) })
    }

    pub fn dict_view(&mut self, dict: Gc<Dict>, part: DictPart) -> Gc<DictView> {
        let class = match part {
            DictPart::Keys => self.types.dict_keys,
            DictPart::Values => self.types.dict_values,
            DictPart::Items => self.types.dict_items,
        };
        self.alloc_of(class, |header| DictView { header, dict, part })
    }

    pub fn dict_iter(&mut self, dict: Gc<Dict>, part: DictPart, is_reversed: bool) -> Gc<DictIter> {
        let t = &self.types;
        let class = match (part, is_reversed) {
            (DictPart::Keys, false) => t.dict_keyiterator,
            (DictPart::Values, false) => t.dict_valueiterator,
            (DictPart::Items, false) => t.dict_itemiterator,
            (DictPart::Keys, true) => t.dict_reversekeyiterator,
            (DictPart::Values, true) => t.dict_reversevalueiterator,
            (DictPart::Items, true) => t.dict_reverseitemiterator,
        };
        let at = if is_reversed { dict.end() } else { 0 };
        self.alloc_of(class, |header| DictIter {
            header,
            dict: Ref::new(Some(dict)),
            part,
            is_reversed,
            at: Cell::new(at),
            len: Cell::new(dict.len()),
            left: Cell::new(dict.len()),
        })
    }
}
