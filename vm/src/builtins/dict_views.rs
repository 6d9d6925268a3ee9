//! The views of a dict: `keys()`, `values()`, `items()` (Python library reference, "Dictionary view objects").
//!
//! Their operators take any iterable on the other side; results are sets, filled in CPython's order.

use gscript_macros::class;

use crate::object::dict::Dict;
use crate::object::set::Set;
use crate::object::simple::{DictPart, DictView};
use crate::object::str::Str;
use crate::operator::{BinaryOp, Compare};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    fn view_set_like(&self, v: Value) -> Option<Gc<DictView>> {
        v.as_gc::<DictView>().filter(|v| v.part != DictPart::Values)
    }

    /// The set that an operand of a view operator stands for. May run script code.
    fn view_operand_set(&mut self, v: Value) -> Result<Gc<Set>> {
        let s = self.set_new();
        // Keys of a plain dict are taken over with their hashes.
        match v.as_gc::<DictView>().filter(|v| v.part == DictPart::Keys) {
            Some(view) if self.is_exact(view.dict.value(), self.types.dict) => self.set_update_from(s, view.dict.value())?,
            _ => self.set_update_from(s, v)?,
        }
        Ok(s)
    }

    /// `x op y` where one of them is a view of keys or items, the other anything iterable. As CPython, the sets come
    /// about in an order that shows in the result. May run script code.
    pub(crate) fn view_operator(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Gc<Set>> {
        match op {
            BinaryOp::And => self.view_intersection(x, y),
            BinaryOp::Or => {
                let s = self.view_operand_set(x)?;
                self.set_update_from(s, y)?;
                Ok(s)
            }
            BinaryOp::Sub => {
                let s = self.view_operand_set(x)?;
                self.set_difference_update(s, y)?;
                Ok(s)
            }
            _ => {
                if let (Some(a), Some(b)) = (self.view_set_like(x), self.view_set_like(y)) {
                    if a.part == DictPart::Items && b.part == DictPart::Items {
                        return self.items_symmetric_difference(a.dict, b.dict);
                    }
                }
                let s = self.view_operand_set(x)?;
                self.set_symmetric_difference_update(s, y)?;
                Ok(s)
            }
        }
    }

    fn view_intersection(&mut self, x: Value, y: Value) -> Result<Gc<Set>> {
        let (mut view, mut other) = (x, y);
        if self.view_set_like(view).is_none() {
            std::mem::swap(&mut view, &mut other);
        }
        let n = self.native_len(view).unwrap_or(0);
        if let Some(s) = other.as_gc::<Set>() {
            let class = self.class_of(other);
            if class == self.types.set && n <= s.len() {
                return self.set_intersection(s, view);
            }
        }
        if let Some(v) = self.view_set_like(other) {
            if v.dict.len() > n {
                std::mem::swap(&mut view, &mut other);
            }
        }
        let result = self.set_new();
        let it = self.iter(other)?;
        while let Some(k) = self.next(it)? {
            if self.native_contains(view, k)?.unwrap_or(false) {
                self.set_add(result, k)?;
            }
        }
        Ok(result)
    }

    fn items_symmetric_difference(&mut self, a: Gc<Dict>, b: Gc<Dict>) -> Result<Gc<Set>> {
        let rest = self.dict_copy(a);
        let result = self.set_new();
        let mut at = 0;
        while let Some((hash, k, v)) = b.next_hashed(&mut at) {
            if let Some(i) = self.dict_find(rest, k, hash)? {
                let w = rest.entry_value(i);
                if self.eq(w, v)? {
                    self.dict_remove(rest, k)?;
                    continue;
                }
            }
            let pair = self.tuple(&[k, v]).value();
            self.set_add(result, pair)?;
        }
        let items = self.dict_part_list(rest, DictPart::Items).value();
        self.set_update_from(result, items)?;
        Ok(result)
    }

    /// Comparison of a view of keys or items with a set or another such view; NotImplemented for others.
    fn view_compare(&mut self, op: Compare, view: Gc<DictView>, other: Value) -> Result<Value> {
        if other.as_gc::<Set>().is_none() && self.view_set_like(other).is_none() {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        let n = view.dict.len();
        let m = self.len(other)?;
        let this = view.value();
        let holds = match op {
            Compare::Eq => n == m && self.all_contained(this, other)?,
            Compare::Ne => !(n == m && self.all_contained(this, other)?),
            Compare::Lt => n < m && self.all_contained(this, other)?,
            Compare::Le => n <= m && self.all_contained(this, other)?,
            Compare::Gt => n > m && self.all_contained(other, this)?,
            Compare::Ge => n >= m && self.all_contained(other, this)?,
        };
        Ok(Value::bool(holds))
    }

    fn all_contained(&mut self, x: Value, y: Value) -> Result<bool> {
        let it = self.iter(x)?;
        while let Some(v) = self.next(it)? {
            if !self.contains(y, v)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn view_is_disjoint(&mut self, view: Gc<DictView>, other: Value) -> Result<bool> {
        if other == view.value() {
            return Ok(view.dict.is_empty());
        }
        let (mut this, mut other) = (view.value(), other);
        if other.as_gc::<Set>().is_some() || self.view_set_like(other).is_some() {
            if self.len(other)? > view.dict.len() {
                std::mem::swap(&mut this, &mut other);
            }
        }
        let it = self.iter(other)?;
        while let Some(v) = self.next(it)? {
            if self.contains(this, v)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn view_repr(&mut self, view: Gc<DictView>) -> Result<Gc<Str>> {
        self.check_stack()?;
        if self.repr_active.contains(&view.value().word()) {
            return Ok(self.str("..."));
        }
        self.repr_active.push(view.value().word());
        let items = self.dict_part_list(view.dict, view.part);
        let inner = self.repr(items.value());
        self.repr_active.pop();
        let inner = inner?;
        let mut out = self.type_name(view.value()).into_bytes();
        out.push(b'(');
        out.extend_from_slice(inner.bytes());
        out.push(b')');
        Ok(self.str_from_bytes(&out))
    }
}

#[class("dict_keys", check = dict_keys)]
pub mod dict_keys {
    use super::*;

    #[method(name = "__len__", "")]
    fn len_(this: Gc<DictView>) -> usize {
        this.dict.len()
    }

    #[method(name = "__contains__", "key, /")]
    fn contains(cx: &mut Cx, this: Gc<DictView>, key: Value) -> Result<bool> {
        Ok(cx.native_contains(this.value(), key)?.unwrap_or(false))
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.dict_iter(this.dict, DictPart::Keys, false).value()
    }

    /// Return a reverse iterator over the dict keys.
    #[method(name = "__reversed__", "")]
    fn reversed(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.dict_iter(this.dict, DictPart::Keys, true).value()
    }

    /// Return True if the view and the given iterable have a null intersection.
    #[method("other, /")]
    fn isdisjoint(cx: &mut Cx, this: Gc<DictView>, other: Value) -> Result<bool> {
        cx.view_is_disjoint(this, other)
    }

    /// dictionary that this view refers to
    #[getter]
    fn mapping(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.mapping_proxy(this.dict.value())
    }

    #[method(name = "__and__", "value, /")]
    fn and(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::And, this.value(), value)
    }

    #[method(name = "__rand__", "value, /")]
    fn rand(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::And, value, this.value())
    }

    #[method(name = "__or__", "value, /")]
    fn or(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Or, this.value(), value)
    }

    #[method(name = "__ror__", "value, /")]
    fn ror(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Or, value, this.value())
    }

    #[method(name = "__sub__", "value, /")]
    fn sub(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Sub, this.value(), value)
    }

    #[method(name = "__rsub__", "value, /")]
    fn rsub(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Sub, value, this.value())
    }

    #[method(name = "__xor__", "value, /")]
    fn xor(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Xor, this.value(), value)
    }

    #[method(name = "__rxor__", "value, /")]
    fn rxor(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Xor, value, this.value())
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Eq, this, value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Ne, this, value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Lt, this, value)
    }

    #[method(name = "__le__", "value, /")]
    fn le(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Le, this, value)
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Gt, this, value)
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Ge, this, value)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<DictView>) -> Result<Gc<Str>> {
        cx.view_repr(this)
    }
}

#[class("dict_items", check = dict_items)]
pub mod dict_items {
    use super::*;

    #[method(name = "__len__", "")]
    fn len_(this: Gc<DictView>) -> usize {
        this.dict.len()
    }

    #[method(name = "__contains__", "key, /")]
    fn contains(cx: &mut Cx, this: Gc<DictView>, key: Value) -> Result<bool> {
        Ok(cx.native_contains(this.value(), key)?.unwrap_or(false))
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.dict_iter(this.dict, DictPart::Items, false).value()
    }

    /// Return a reverse iterator over the dict items.
    #[method(name = "__reversed__", "")]
    fn reversed(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.dict_iter(this.dict, DictPart::Items, true).value()
    }

    /// Return True if the view and the given iterable have a null intersection.
    #[method("other, /")]
    fn isdisjoint(cx: &mut Cx, this: Gc<DictView>, other: Value) -> Result<bool> {
        cx.view_is_disjoint(this, other)
    }

    /// dictionary that this view refers to
    #[getter]
    fn mapping(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.mapping_proxy(this.dict.value())
    }

    #[method(name = "__and__", "value, /")]
    fn and(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::And, this.value(), value)
    }

    #[method(name = "__rand__", "value, /")]
    fn rand(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::And, value, this.value())
    }

    #[method(name = "__or__", "value, /")]
    fn or(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Or, this.value(), value)
    }

    #[method(name = "__ror__", "value, /")]
    fn ror(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Or, value, this.value())
    }

    #[method(name = "__sub__", "value, /")]
    fn sub(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Sub, this.value(), value)
    }

    #[method(name = "__rsub__", "value, /")]
    fn rsub(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Sub, value, this.value())
    }

    #[method(name = "__xor__", "value, /")]
    fn xor(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Xor, this.value(), value)
    }

    #[method(name = "__rxor__", "value, /")]
    fn rxor(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Gc<Set>> {
        cx.view_operator(BinaryOp::Xor, value, this.value())
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Eq, this, value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Ne, this, value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Lt, this, value)
    }

    #[method(name = "__le__", "value, /")]
    fn le(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Le, this, value)
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Gt, this, value)
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(cx: &mut Cx, this: Gc<DictView>, value: Value) -> Result<Value> {
        cx.view_compare(Compare::Ge, this, value)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<DictView>) -> Result<Gc<Str>> {
        cx.view_repr(this)
    }
}

#[class("dict_values", check = dict_values)]
pub mod dict_values {
    use super::*;

    #[method(name = "__len__", "")]
    fn len_(this: Gc<DictView>) -> usize {
        this.dict.len()
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.dict_iter(this.dict, DictPart::Values, false).value()
    }

    /// Return a reverse iterator over the dict values.
    #[method(name = "__reversed__", "")]
    fn reversed(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.dict_iter(this.dict, DictPart::Values, true).value()
    }

    /// dictionary that this view refers to
    #[getter]
    fn mapping(cx: &mut Cx, this: Gc<DictView>) -> Value {
        cx.mapping_proxy(this.dict.value())
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<DictView>) -> Result<Gc<Str>> {
        cx.view_repr(this)
    }
}
