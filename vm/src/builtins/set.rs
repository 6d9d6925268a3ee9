//! Set algebra, and the methods of `set` and `frozenset` (Python library reference, "Set Types").
//!
//! The table is in `object/set.rs`. The algorithms here walk over the same operand as CPython's, so that results come out
//! in the same order. Hashing and comparing may run script code, which may change the sets.

use gscript_macros::class;

use crate::object::class::Type;
use crate::object::dict::Dict;
use crate::object::set::Set;
use crate::operator::{BinaryOp, Compare};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// A set or frozenset with the elements of an iterable. May run script code.
    pub fn set_from(&mut self, class: Gc<Type>, is_frozen: bool, v: Option<Value>) -> Result<Gc<Set>> {
        let s = self.set_of(class, is_frozen);
        if let Some(v) = v {
            self.set_update_from(s, v)?;
        }
        Ok(s)
    }

    fn exact_dict(&self, v: Value) -> Option<Gc<Dict>> {
        v.as_gc::<Dict>().filter(|_| self.is_exact(v, self.types.dict))
    }

    /// An empty set of the built-in class of `s`.
    fn set_like(&mut self, s: Gc<Set>) -> Gc<Set> {
        let class = if s.is_frozen { self.types.frozenset } else { self.types.set };
        self.set_of(class, s.is_frozen)
    }

    /// A copy in the built-in class. May run script code only in theory: the elements differ already.
    pub fn set_copy(&mut self, s: Gc<Set>) -> Result<Gc<Set>> {
        let new = self.set_like(s);
        self.set_merge(new, s)?;
        Ok(new)
    }

    /// `s | other`, with any iterable. May run script code.
    pub fn set_union(&mut self, s: Gc<Set>, others: &[Value]) -> Result<Gc<Set>> {
        let new = self.set_copy(s)?;
        for &v in others {
            if v != s.value() {
                self.set_update_from(new, v)?;
            }
        }
        Ok(new)
    }

    /// `s & other`, with any iterable. May run script code.
    pub fn set_intersection(&mut self, s: Gc<Set>, other: Value) -> Result<Gc<Set>> {
        if other == s.value() {
            return self.set_copy(s);
        }
        let new = self.set_like(s);
        if let Some(o) = other.as_gc::<Set>() {
            let (big, small) = if o.len() > s.len() { (o, s) } else { (s, o) };
            let mut at = 0;
            while let Some((hash, v)) = small.next_hashed(&mut at) {
                if self.set_contains_hashed(big, v, hash)? {
                    self.set_add_hashed(new, v, hash)?;
                }
            }
            return Ok(new);
        }
        let it = self.iter(other)?;
        while let Some(v) = self.next(it)? {
            let hash = self.hash(v)?;
            if self.set_contains_hashed(s, v, hash)? {
                self.set_add_hashed(new, v, hash)?;
            }
        }
        Ok(new)
    }

    /// `s - other`, with any iterable. May run script code.
    pub fn set_difference(&mut self, s: Gc<Set>, other: Value) -> Result<Gc<Set>> {
        let dict = self.exact_dict(other);
        let other_len = match (other.as_gc::<Set>(), dict) {
            (Some(o), _) => Some(o.len()),
            (_, Some(d)) => Some(d.len()),
            _ => None,
        };
        if other_len.is_none_or(|n| s.len() >> 2 > n) {
            let new = self.set_copy(s)?;
            self.set_difference_update(new, other)?;
            return Ok(new);
        }
        let new = self.set_like(s);
        let mut at = 0;
        while let Some((hash, v)) = s.next_hashed(&mut at) {
            let is_there = match (other.as_gc::<Set>(), dict) {
                (Some(o), _) => self.set_contains_hashed(o, v, hash)?,
                (_, Some(d)) => self.dict_find(d, v, hash)?.is_some(),
                _ => false,
            };
            if !is_there {
                self.set_add_hashed(new, v, hash)?;
            }
        }
        Ok(new)
    }

    /// `s -= other`, with any iterable. May run script code.
    pub fn set_difference_update(&mut self, s: Gc<Set>, other: Value) -> Result<()> {
        if other == s.value() {
            s.clear();
            return Ok(());
        }
        if let Some(o) = other.as_gc::<Set>() {
            // A much larger operand is cut down first.
            let o = if o.len() >> 3 > s.len() { self.set_intersection(s, other)? } else { o };
            let mut at = 0;
            while let Some((hash, v)) = o.next_hashed(&mut at) {
                self.set_remove_hashed(s, v, hash)?;
            }
        } else {
            let it = self.iter(other)?;
            while let Some(v) = self.next(it)? {
                self.set_remove(s, v)?;
            }
        }
        self.set_shrink(s);
        Ok(())
    }

    /// `s ^= other`, with any iterable. May run script code.
    pub fn set_symmetric_difference_update(&mut self, s: Gc<Set>, other: Value) -> Result<()> {
        if other == s.value() {
            s.clear();
            return Ok(());
        }
        if let Some(d) = self.exact_dict(other) {
            let mut at = 0;
            while let Some((hash, k, _)) = d.next_hashed(&mut at) {
                if !self.set_remove_hashed(s, k, hash)? {
                    self.set_add_hashed(s, k, hash)?;
                }
            }
            return Ok(());
        }
        let o = match other.as_gc::<Set>() {
            Some(o) => o,
            None => {
                let o = self.set_like(s);
                self.set_update_from(o, other)?;
                o
            }
        };
        let mut at = 0;
        while let Some((hash, v)) = o.next_hashed(&mut at) {
            if !self.set_remove_hashed(s, v, hash)? {
                self.set_add_hashed(s, v, hash)?;
            }
        }
        Ok(())
    }

    /// `s ^ other`, with any iterable. May run script code.
    pub fn set_symmetric_difference(&mut self, s: Gc<Set>, other: Value) -> Result<Gc<Set>> {
        let new = self.set_like(s);
        self.set_update_from(new, other)?;
        self.set_symmetric_difference_update(new, s.value())?;
        Ok(new)
    }

    fn set_is_disjoint(&mut self, s: Gc<Set>, other: Value) -> Result<bool> {
        if other == s.value() {
            return Ok(s.is_empty());
        }
        if let Some(o) = other.as_gc::<Set>() {
            let (big, small) = if o.len() > s.len() { (o, s) } else { (s, o) };
            let mut at = 0;
            while let Some((hash, v)) = small.next_hashed(&mut at) {
                if self.set_contains_hashed(big, v, hash)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let it = self.iter(other)?;
        while let Some(v) = self.next(it)? {
            if self.set_contains(s, v)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn set_is_subset_of(&mut self, s: Gc<Set>, other: Value) -> Result<bool> {
        if let Some(o) = other.as_gc::<Set>() {
            return self.set_is_subset(s, o);
        }
        let class = self.types.set;
        let o = self.set_from(class, false, Some(other))?;
        self.set_is_subset(s, o)
    }

    fn set_is_superset_of(&mut self, s: Gc<Set>, other: Value) -> Result<bool> {
        if let Some(o) = other.as_gc::<Set>() {
            return self.set_is_subset(o, s);
        }
        let it = self.iter(other)?;
        while let Some(v) = self.next(it)? {
            if !self.set_contains(s, v)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `x op y` as the methods `__or__` and so on answer it: both must be sets.
    fn set_operator_method(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Value> {
        let (Some(a), Some(b)) = (x.as_gc::<Set>(), y.as_gc::<Set>()) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        Ok(self.set_combine(op, a, b)?.value())
    }

    /// What is looked up for an element `v`: a set counts as the frozenset it would be.
    fn set_key(&mut self, v: Value) -> Result<(Value, i64)> {
        match self.hash(v) {
            Ok(hash) => Ok((v, hash)),
            Err(r) => {
                if let Some(s) = v.as_gc::<Set>().filter(|s| !s.is_frozen && self.pending_is(self.types.type_error)) {
                    self.take_pending(r);
                    let class = self.types.frozenset;
                    let frozen = self.set_from(class, true, Some(s.value()))?;
                    let hash = self.hash_frozenset(frozen);
                    return Ok((frozen.value(), hash));
                }
                Err(r)
            }
        }
    }

    /// `v in s`. May run script code.
    pub(crate) fn set_has(&mut self, s: Gc<Set>, v: Value) -> Result<bool> {
        let (key, hash) = self.set_key(v)?;
        self.set_contains_hashed(s, key, hash)
    }

    fn set_discard(&mut self, s: Gc<Set>, v: Value) -> Result<bool> {
        let (key, hash) = self.set_key(v)?;
        self.set_remove_hashed(s, key, hash)
    }
}

/// set() -> new empty set object
/// set(iterable) -> new set object
///
/// Build an unordered collection of unique elements.
#[class("set", check = set)]
pub mod set {
    use super::*;
    use crate::convert::Kwargs;
    use crate::object::str::Str;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, _args: &[Value], _kwargs: Kwargs<'_>) -> Gc<Set> {
        cx.set_of(class, false)
    }

    #[method("iterable=<none>, /", name = "__init__")]
    fn init(cx: &mut Cx, this: Gc<Set>, iterable: Option<Value>) -> Result<()> {
        this.clear();
        match iterable {
            Some(v) => cx.set_update_from(this, v),
            None => Ok(()),
        }
    }

    /// Add an element to a set.
    ///
    /// This has no effect if the element is already present.
    #[method("object, /")]
    fn add(cx: &mut Cx, this: Gc<Set>, object: Value) -> Result<()> {
        cx.set_add(this, object).map(drop)
    }

    /// Remove an element from a set; it must be a member.
    ///
    /// If the element is not a member, raise a KeyError.
    #[method("object, /")]
    fn remove(cx: &mut Cx, this: Gc<Set>, object: Value) -> Result<()> {
        if cx.set_discard(this, object)? { Ok(()) } else { Err(cx.key_error(object)) }
    }

    /// Remove an element from a set if it is a member.
    ///
    /// Unlike set.remove(), the discard() method does not raise
    /// an exception when an element is missing from the set.
    #[method("object, /")]
    fn discard(cx: &mut Cx, this: Gc<Set>, object: Value) -> Result<()> {
        cx.set_discard(this, object).map(drop)
    }

    /// Remove and return an arbitrary set element.
    /// Raises KeyError if the set is empty.
    #[method("")]
    fn pop(cx: &mut Cx, this: Gc<Set>) -> Result<Value> {
        match this.pop_any() {
            Some(v) => Ok(v),
            None => {
                let text = cx.str("pop from an empty set").value();
                Err(cx.key_error(text))
            }
        }
    }

    /// Remove all elements from this set.
    #[method("")]
    fn clear(this: Gc<Set>) {
        this.clear();
    }

    /// Return a shallow copy of a set.
    #[method("")]
    fn copy(cx: &mut Cx, this: Gc<Set>) -> Result<Gc<Set>> {
        cx.set_copy(this)
    }

    /// Update a set with the union of itself and others.
    #[method("*others")]
    fn update(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<()> {
        for &v in others {
            cx.set_update_from(this, v)?;
        }
        Ok(())
    }

    /// Update a set with the intersection of itself and another.
    #[method("*others")]
    fn intersection_update(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<()> {
        let new = intersection(cx, this, others)?;
        this.swap_contents(new);
        Ok(())
    }

    /// Remove all elements of another set from this set.
    #[method("*others")]
    fn difference_update(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<()> {
        for &v in others {
            cx.set_difference_update(this, v)?;
        }
        Ok(())
    }

    /// Update a set with the symmetric difference of itself and another.
    #[method("other, /")]
    fn symmetric_difference_update(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<()> {
        cx.set_symmetric_difference_update(this, other)
    }

    #[method(name = "__iand__", "value, /")]
    fn iand(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        in_place(cx, BinaryOp::And, this, value)
    }

    #[method(name = "__ior__", "value, /")]
    fn ior(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        in_place(cx, BinaryOp::Or, this, value)
    }

    #[method(name = "__isub__", "value, /")]
    fn isub(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        in_place(cx, BinaryOp::Sub, this, value)
    }

    #[method(name = "__ixor__", "value, /")]
    fn ixor(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        in_place(cx, BinaryOp::Xor, this, value)
    }

    fn in_place(cx: &mut Cx, op: BinaryOp, this: Gc<Set>, value: Value) -> Result<Value> {
        let Some(other) = value.as_gc::<Set>() else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        cx.set_in_place(op, this, other)?;
        Ok(this.value())
    }

    /// Return the union of sets as a new set.
    ///
    /// (i.e. all elements that are in either set.)
    #[method("*others")]
    fn union(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<Gc<Set>> {
        cx.set_union(this, others)
    }

    /// Return the intersection of two sets as a new set.
    ///
    /// (i.e. all elements that are in both sets.)
    #[method("*others")]
    fn intersection(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<Gc<Set>> {
        let Some((first, rest)) = others.split_first() else {
            return cx.set_copy(this);
        };
        let mut result = cx.set_intersection(this, *first)?;
        for &v in rest {
            result = cx.set_intersection(result, v)?;
        }
        Ok(result)
    }

    /// Return the difference of two or more sets as a new set.
    ///
    /// (i.e. all elements that are in this set but not the others.)
    #[method("*others")]
    fn difference(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<Gc<Set>> {
        let Some((first, rest)) = others.split_first() else {
            return cx.set_copy(this);
        };
        let result = cx.set_difference(this, *first)?;
        for &v in rest {
            cx.set_difference_update(result, v)?;
        }
        Ok(result)
    }

    /// Return the symmetric difference of two sets as a new set.
    ///
    /// (i.e. all elements that are in exactly one of the sets.)
    #[method("other, /")]
    fn symmetric_difference(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<Gc<Set>> {
        cx.set_symmetric_difference(this, other)
    }

    /// Return True if two sets have a null intersection.
    #[method("other, /")]
    fn isdisjoint(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<bool> {
        cx.set_is_disjoint(this, other)
    }

    /// Report whether another set contains this set.
    #[method("other, /")]
    fn issubset(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<bool> {
        cx.set_is_subset_of(this, other)
    }

    /// Report whether this set contains another set.
    #[method("other, /")]
    fn issuperset(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<bool> {
        cx.set_is_superset_of(this, other)
    }

    #[method(name = "__len__", "")]
    fn len_(this: Gc<Set>) -> usize {
        this.len()
    }

    /// x.__contains__(y) <==> y in x.
    #[method(name = "__contains__", "key, /")]
    fn contains(cx: &mut Cx, this: Gc<Set>, key: Value) -> Result<bool> {
        cx.set_has(this, key)
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<Set>) -> Value {
        cx.set_iterator(this)
    }

    #[method(name = "__and__", "value, /")]
    fn and(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::And, this.value(), value)
    }

    #[method(name = "__rand__", "value, /")]
    fn rand(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::And, value, this.value())
    }

    #[method(name = "__or__", "value, /")]
    fn or(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Or, this.value(), value)
    }

    #[method(name = "__ror__", "value, /")]
    fn ror(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Or, value, this.value())
    }

    #[method(name = "__sub__", "value, /")]
    fn sub(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Sub, this.value(), value)
    }

    #[method(name = "__rsub__", "value, /")]
    fn rsub(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Sub, value, this.value())
    }

    #[method(name = "__xor__", "value, /")]
    fn xor(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Xor, this.value(), value)
    }

    #[method(name = "__rxor__", "value, /")]
    fn rxor(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Xor, value, this.value())
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Eq, this.value(), value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ne, this.value(), value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Lt, this.value(), value)
    }

    #[method(name = "__le__", "value, /")]
    fn le(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Le, this.value(), value)
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Gt, this.value(), value)
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ge, this.value(), value)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Set>) -> Result<Gc<Str>> {
        cx.native_repr(this.value())
    }

    /// Return state information for pickling.
    #[method(name = "__reduce__", "")]
    fn reduce(cx: &mut Cx, this: Gc<Set>) -> Result<Value> {
        let items = cx.list_from_iterable(this.value())?.value();
        let args = cx.tuple(&[items]).value();
        let name = cx.intern("__dict__");
        let state = cx.try_attr(this.value(), name)?.unwrap_or(Value::NONE);
        let class = cx.class_of(this.value()).value();
        Ok(cx.tuple(&[class, args, state]).value())
    }

    /// S.__sizeof__() -> size of S in memory, in bytes
    #[method(name = "__sizeof__", "")]
    fn sizeof(this: Gc<Set>) -> usize {
        200 + this.len() * 32
    }

    /// See PEP 585
    #[class_method(name = "__class_getitem__", "item, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, item: Value) -> Value {
        cx.generic_alias(class.value(), item)
    }
}

/// frozenset() -> empty frozenset object
/// frozenset(iterable) -> frozenset object
///
/// Build an immutable unordered collection of unique elements.
#[class("frozenset", check = frozenset)]
pub mod frozenset {
    use super::*;
    use crate::convert::Kwargs;
    use crate::object::dunder::Dunder;
    use crate::object::str::Str;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let is_exact = class == cx.types.frozenset;
        if !kwargs.is_empty() && (is_exact || cx.special(class, Dunder::Init) == Some(cx.object_init)) {
            return Err(cx.type_error("frozenset() takes no keyword arguments"));
        }
        if args.len() > 1 {
            return Err(cx.type_error(format!("frozenset expected at most 1 argument, got {}", args.len())));
        }
        if let Some(&v) = args.first() {
            if is_exact && cx.class_of(v) == class {
                return Ok(v);
            }
        }
        Ok(cx.set_from(class, true, args.first().copied())?.value())
    }

    /// Return a shallow copy of a set.
    #[method("")]
    fn copy(cx: &mut Cx, this: Gc<Set>) -> Result<Gc<Set>> {
        if cx.class_of(this.value()) == cx.types.frozenset { Ok(this) } else { cx.set_copy(this) }
    }

    #[method(name = "__hash__", "")]
    fn hash(cx: &mut Cx, this: Gc<Set>) -> i64 {
        cx.hash_frozenset(this)
    }

    /// Return the union of sets as a new set.
    ///
    /// (i.e. all elements that are in either set.)
    #[method("*others")]
    fn union(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<Gc<Set>> {
        cx.set_union(this, others)
    }

    /// Return the intersection of two sets as a new set.
    ///
    /// (i.e. all elements that are in both sets.)
    #[method("*others")]
    fn intersection(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<Gc<Set>> {
        let Some((first, rest)) = others.split_first() else {
            return cx.set_copy(this);
        };
        let mut result = cx.set_intersection(this, *first)?;
        for &v in rest {
            result = cx.set_intersection(result, v)?;
        }
        Ok(result)
    }

    /// Return the difference of two or more sets as a new set.
    ///
    /// (i.e. all elements that are in this set but not the others.)
    #[method("*others")]
    fn difference(cx: &mut Cx, this: Gc<Set>, others: &[Value]) -> Result<Gc<Set>> {
        let Some((first, rest)) = others.split_first() else {
            return cx.set_copy(this);
        };
        let result = cx.set_difference(this, *first)?;
        for &v in rest {
            cx.set_difference_update(result, v)?;
        }
        Ok(result)
    }

    /// Return the symmetric difference of two sets as a new set.
    ///
    /// (i.e. all elements that are in exactly one of the sets.)
    #[method("other, /")]
    fn symmetric_difference(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<Gc<Set>> {
        cx.set_symmetric_difference(this, other)
    }

    /// Return True if two sets have a null intersection.
    #[method("other, /")]
    fn isdisjoint(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<bool> {
        cx.set_is_disjoint(this, other)
    }

    /// Report whether another set contains this set.
    #[method("other, /")]
    fn issubset(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<bool> {
        cx.set_is_subset_of(this, other)
    }

    /// Report whether this set contains another set.
    #[method("other, /")]
    fn issuperset(cx: &mut Cx, this: Gc<Set>, other: Value) -> Result<bool> {
        cx.set_is_superset_of(this, other)
    }

    #[method(name = "__len__", "")]
    fn len_(this: Gc<Set>) -> usize {
        this.len()
    }

    /// x.__contains__(y) <==> y in x.
    #[method(name = "__contains__", "key, /")]
    fn contains(cx: &mut Cx, this: Gc<Set>, key: Value) -> Result<bool> {
        cx.set_has(this, key)
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<Set>) -> Value {
        cx.set_iterator(this)
    }

    #[method(name = "__and__", "value, /")]
    fn and(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::And, this.value(), value)
    }

    #[method(name = "__rand__", "value, /")]
    fn rand(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::And, value, this.value())
    }

    #[method(name = "__or__", "value, /")]
    fn or(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Or, this.value(), value)
    }

    #[method(name = "__ror__", "value, /")]
    fn ror(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Or, value, this.value())
    }

    #[method(name = "__sub__", "value, /")]
    fn sub(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Sub, this.value(), value)
    }

    #[method(name = "__rsub__", "value, /")]
    fn rsub(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Sub, value, this.value())
    }

    #[method(name = "__xor__", "value, /")]
    fn xor(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Xor, this.value(), value)
    }

    #[method(name = "__rxor__", "value, /")]
    fn rxor(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.set_operator_method(BinaryOp::Xor, value, this.value())
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Eq, this.value(), value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ne, this.value(), value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Lt, this.value(), value)
    }

    #[method(name = "__le__", "value, /")]
    fn le(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Le, this.value(), value)
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Gt, this.value(), value)
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(cx: &mut Cx, this: Gc<Set>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ge, this.value(), value)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Set>) -> Result<Gc<Str>> {
        cx.native_repr(this.value())
    }

    /// Return state information for pickling.
    #[method(name = "__reduce__", "")]
    fn reduce(cx: &mut Cx, this: Gc<Set>) -> Result<Value> {
        let items = cx.list_from_iterable(this.value())?.value();
        let args = cx.tuple(&[items]).value();
        let name = cx.intern("__dict__");
        let state = cx.try_attr(this.value(), name)?.unwrap_or(Value::NONE);
        let class = cx.class_of(this.value()).value();
        Ok(cx.tuple(&[class, args, state]).value())
    }

    /// S.__sizeof__() -> size of S in memory, in bytes
    #[method(name = "__sizeof__", "")]
    fn sizeof(this: Gc<Set>) -> usize {
        200 + this.len() * 32
    }

    /// See PEP 585
    #[class_method(name = "__class_getitem__", "item, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, item: Value) -> Value {
        cx.generic_alias(class.value(), item)
    }
}
