//! The methods of `list` (Python library reference, "Mutable Sequence Types"). Storage is in `object/list.rs`, sorting in
//! `sort.rs`.
//!
//! Comparing items may run script code, which may change the list: searches index it anew after each comparison.

use gscript_macros::class;

use crate::convert::SliceIndex;
use crate::object::class::IS_SCRIPT;
use crate::object::dunder::Dunder;
use crate::object::int::{IntRef, int_ref};
use crate::object::list::List;
use crate::operator::{BinaryOp, Compare};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// A comparison as a method of a built-in class answers it: NotImplemented for other kinds. May run script code.
    pub(crate) fn compare_or_not_implemented(&mut self, op: Compare, x: Value, y: Value) -> Result<Value> {
        Ok(match self.native_compare(op, x, y)? {
            Some(t) => Value::bool(t),
            None => Value::NOT_IMPLEMENTED,
        })
    }

    /// `operator.length_hint(v)`; `None` when nothing is known. May run script code.
    pub fn length_hint(&mut self, v: Value) -> Result<Option<i64>> {
        let class = self.class_of(v);
        if self.special(class, Dunder::Len).is_some_and(|m| !m.is_none()) || self.native_len(v).is_some() {
            match self.len(v) {
                Ok(n) => return Ok(Some(n as i64)),
                Err(r) if self.pending_is(self.types.type_error) => {
                    self.take_pending(r);
                }
                Err(r) => return Err(r),
            }
        }
        let hint = match self.call_special(v, Dunder::LengthHint, &[]) {
            Ok(None) => return Ok(None),
            Ok(Some(h)) => h,
            Err(r) if self.pending_is(self.types.type_error) => {
                self.take_pending(r);
                return Ok(None);
            }
            Err(r) => return Err(r),
        };
        if hint == Value::NOT_IMPLEMENTED {
            return Ok(None);
        }
        match int_ref(hint) {
            Some(IntRef::Small(n)) if n >= 0 => Ok(Some(n)),
            Some(IntRef::Small(_)) => Err(self.value_error("__length_hint__() should return >= 0")),
            Some(IntRef::Big(_)) => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
            None => {
                let text = format!("__length_hint__ must be an integer, not {}", self.type_name(hint));
                Err(self.type_error(text))
            }
        }
    }

    /// Asks an object for its length in advance, as CPython does before it fills a list: that shows when the answer, or an
    /// error, comes from script code. May run script code.
    pub(crate) fn ask_length_hint(&mut self, v: Value) -> Result<()> {
        let class = self.class_of(v);
        if class.has_flag(IS_SCRIPT) || class == self.types.reversed || class == self.types.iterator {
            return self.length_hint(v).map(drop);
        }
        Ok(())
    }

    /// The first index in `[start, end)` of an item that is or equals `x`. May run script code.
    fn list_find(&mut self, list: Gc<List>, x: Value, start: usize, end: usize) -> Result<Option<usize>> {
        let mut i = start;
        while i < end.min(list.len()) {
            let v = self.list_get(list, i);
            if v == x || self.eq(v, x)? {
                return Ok(Some(i));
            }
            i += 1;
        }
        Ok(None)
    }
}

/// A bound given by a script as an index: negative ones count from the end.
pub(crate) fn clamp_bound(bound: Option<SliceIndex>, default: isize, len: usize) -> usize {
    let b = bound.map_or(default, |b| b.0);
    (if b < 0 { b.saturating_add(len as isize).max(0) } else { b }) as usize
}

/// Built-in mutable sequence.
///
/// If no argument is given, the constructor creates a new empty list.
/// The argument must be an iterable if specified.
#[class("list")]
pub mod list {
    use super::*;
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::object::str::Str;

    #[new("*args, **kwargs", text = "iterable=(), /")]
    fn new(cx: &mut Cx, class: Gc<Type>, _args: &[Value], _kwargs: Kwargs<'_>) -> Gc<List> {
        cx.list_of(class)
    }

    #[method("iterable=(), /", name = "__init__")]
    fn init(cx: &mut Cx, this: Gc<List>, iterable: Option<Value>) -> Result<()> {
        this.truncate(0);
        match iterable {
            Some(v) => cx.list_extend_from(this, v),
            None => Ok(()),
        }
    }

    /// Append object to the end of the list.
    #[method("object, /")]
    fn append(cx: &mut Cx, this: Gc<List>, object: Value) {
        cx.list_push(this, object);
    }

    /// Extend list by appending elements from the iterable.
    #[method("iterable, /")]
    fn extend(cx: &mut Cx, this: Gc<List>, iterable: Value) -> Result<()> {
        cx.list_extend_from(this, iterable)
    }

    /// Insert object before index.
    #[method("index, object, /")]
    fn insert(cx: &mut Cx, this: Gc<List>, index: isize, object: Value) {
        let n = this.len();
        let at = if index < 0 { index.saturating_add(n as isize).max(0) } else { index } as usize;
        cx.list_insert(this, at.min(n), object);
    }

    /// Remove and return item at index (default last).
    ///
    /// Raises IndexError if list is empty or index is out of range.
    #[method("index=-1, /")]
    fn pop(cx: &mut Cx, this: Gc<List>, index: isize) -> Result<Value> {
        let n = this.len();
        if n == 0 {
            return Err(cx.index_error("pop from empty list"));
        }
        let at = if index < 0 { index + n as isize } else { index };
        if at < 0 || at as usize >= n {
            return Err(cx.index_error("pop index out of range"));
        }
        Ok(cx.list_remove(this, at as usize))
    }

    /// Remove first occurrence of value.
    ///
    /// Raises ValueError if the value is not present.
    #[method("value, /")]
    fn remove(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<()> {
        match cx.list_find(this, value, 0, usize::MAX)? {
            Some(i) => {
                // The comparison may have shortened the list.
                if i < this.len() {
                    cx.list_remove(this, i);
                }
                Ok(())
            }
            None => Err(cx.value_error("list.remove(x): x not in list")),
        }
    }

    /// Remove all items from list.
    #[method("")]
    fn clear(this: Gc<List>) {
        this.truncate(0);
    }

    /// Return a shallow copy of the list.
    #[method("")]
    fn copy(cx: &mut Cx, this: Gc<List>) -> Gc<List> {
        cx.list_slice(this, 0, this.len())
    }

    /// Return number of occurrences of value.
    #[method("value, /")]
    fn count(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<i64> {
        let mut n = 0;
        let mut i = 0;
        while i < this.len() {
            let v = cx.list_get(this, i);
            if v == value || cx.eq(v, value)? {
                n += 1;
            }
            i += 1;
        }
        Ok(n)
    }

    /// Return first index of value.
    ///
    /// Raises ValueError if the value is not present.
    #[method("value, start=0, stop=sys.maxsize, /")]
    fn index(cx: &mut Cx, this: Gc<List>, value: Value, start: Option<SliceIndex>, stop: Option<SliceIndex>) -> Result<i64> {
        let n = this.len();
        let (start, stop) = (clamp_bound(start, 0, n), clamp_bound(stop, isize::MAX, n));
        match cx.list_find(this, value, start, stop)? {
            Some(i) => Ok(i as i64),
            None => {
                let text = format!("{} is not in list", cx.repr(value)?.lossy());
                Err(cx.value_error(text))
            }
        }
    }

    /// Reverse *IN PLACE*.
    #[method("")]
    fn reverse(this: Gc<List>) {
        this.reverse();
    }

    /// Sort the list in ascending order and return None.
    ///
    /// The sort is in-place (i.e. the list itself is modified) and stable (i.e. the
    /// order of two equal elements is maintained).
    ///
    /// If a key function is given, apply it once to each list item and sort them,
    /// ascending or descending, according to their function values.
    ///
    /// The reverse flag can be set to sort in descending order.
    #[method("*, key=None, reverse=False")]
    fn sort(cx: &mut Cx, this: Gc<List>, key: Option<Value>, reverse: Option<i32>) -> Result<()> {
        cx.list_sort(this, key, reverse.unwrap_or(0) != 0)
    }

    #[method(name = "__len__", "")]
    fn len_(this: Gc<List>) -> usize {
        this.len()
    }

    #[method(name = "__getitem__", "index, /")]
    fn get_item(cx: &mut Cx, this: Gc<List>, index: Value) -> Result<Value> {
        Ok(cx.native_get_item(this.value(), index)?.unwrap_or(Value::NONE))
    }

    #[method(name = "__setitem__", "key, value, /")]
    fn set_item(cx: &mut Cx, this: Gc<List>, key: Value, value: Value) -> Result<()> {
        cx.native_set_item(this.value(), key, Some(value)).map(drop)
    }

    #[method(name = "__delitem__", "key, /")]
    fn del_item(cx: &mut Cx, this: Gc<List>, key: Value) -> Result<()> {
        cx.native_set_item(this.value(), key, None).map(drop)
    }

    #[method(name = "__contains__", "key, /")]
    fn contains(cx: &mut Cx, this: Gc<List>, key: Value) -> Result<bool> {
        Ok(cx.list_find(this, key, 0, usize::MAX)?.is_some())
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<List>) -> Value {
        cx.list_iter(this).value()
    }

    #[method(name = "__reversed__", "")]
    fn reversed(cx: &mut Cx, this: Gc<List>) -> Value {
        cx.list_reverse_iterator(this)
    }

    #[method(name = "__add__", "value, /")]
    fn add(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.concat_checked(this.value(), value)
    }

    #[method(name = "__iadd__", "value, /")]
    fn iadd(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.list_extend_from(this, value)?;
        Ok(this.value())
    }

    #[method(name = "__mul__", "value, /")]
    fn mul(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.repeat_checked(this.value(), value)
    }

    #[method(name = "__rmul__", "value, /")]
    fn rmul(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.repeat_checked(this.value(), value)
    }

    #[method(name = "__imul__", "value, /")]
    fn imul(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        let value = cx.index(value)?;
        cx.native_in_place(BinaryOp::Mul, this.value(), value)?;
        Ok(this.value())
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Eq, this.value(), value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ne, this.value(), value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Lt, this.value(), value)
    }

    #[method(name = "__le__", "value, /")]
    fn le(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Le, this.value(), value)
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Gt, this.value(), value)
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(cx: &mut Cx, this: Gc<List>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ge, this.value(), value)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<List>) -> Result<Gc<Str>> {
        cx.native_repr(this.value())
    }

    #[method(name = "__sizeof__", "")]
    fn sizeof(this: Gc<List>) -> usize {
        40 + this.len() * 8
    }

    /// See PEP 585
    #[class_method(name = "__class_getitem__", "item, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, item: Value) -> Value {
        cx.generic_alias(class.value(), item)
    }
}

impl Cx {
    /// `x + y` of two sequences of one kind; TypeError for other operands, as the slot of the class says it.
    pub(crate) fn concat_checked(&mut self, x: Value, y: Value) -> Result<Value> {
        match self.sequence_binary(BinaryOp::Add, x, y)? {
            Some(v) => Ok(v),
            None => {
                let text = self.concat_error(x, y).unwrap_or_default();
                Err(self.type_error(text))
            }
        }
    }

    /// `x * n` of a sequence; `n` must be an index. May run script code.
    pub(crate) fn repeat_checked(&mut self, x: Value, n: Value) -> Result<Value> {
        let n = self.index(n)?;
        Ok(self.sequence_binary(BinaryOp::Mul, x, n)?.unwrap_or(Value::NOT_IMPLEMENTED))
    }

    /// `repr` of a built-in value as its own class writes it, also for instances of subclasses. May run script code.
    pub(crate) fn native_repr(&mut self, v: Value) -> Result<Gc<crate::object::str::Str>> {
        let mut out = Vec::new();
        if !self.push_native_repr(&mut out, v)? {
            self.push_default_repr(&mut out, v);
        }
        Ok(self.str_from_bytes(&out))
    }
}
