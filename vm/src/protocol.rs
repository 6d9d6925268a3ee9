//! What the machine asks of any value: equality, hash, truth, length, items, iteration, text (Python reference 3.3).
//!
//! Built-in kinds are answered here; classes with methods of their own are asked through them. Everything may run script
//! code unless it says otherwise.

use crate::heap::header::Kind;
use crate::object::bytes::{ByteArray, Bytes};
use crate::object::class::{IS_SCRIPT, Type};
use crate::object::dict::Dict;
use crate::object::dunder::Dunder;
use crate::object::function::{BoundMethod, Builtin};
use crate::object::generator::Generator;
use crate::object::int::{IntRef, int_ref, machine_int};
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::simple::{DictIter, DictPart, DictView, ListIter, Range, RangeIter, Slice, TupleIter};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::operator::{BinaryOp, Compare};
use crate::text;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};
use num_traits::ToPrimitive;

/// A slice's bounds for a sequence of known length.
#[derive(Clone, Copy, Debug)]
pub struct SliceBounds {
    pub start: usize,
    /// Items that the slice has.
    pub count: usize,
    pub step: isize,
    /// Where it ends, exclusive, in the direction of the step; only for assignments to `step == 1`.
    pub stop: usize,
}

/// Start, stop and step of a slice as machine numbers, before the length is known.
#[derive(Clone, Copy, Debug)]
pub struct SliceNumbers {
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
}

impl SliceNumbers {
    /// For a sequence of length `n`, as CPython's `PySlice_AdjustIndices`.
    pub fn bounds(self, n: usize) -> SliceBounds {
        let n = n as i64;
        let step = self.step;
        let clamp = |i: i64| -> i64 {
            if i < 0 {
                let i = i.saturating_add(n);
                if i < 0 { if step < 0 { -1 } else { 0 } } else { i }
            } else if i >= n {
                if step < 0 { n - 1 } else { n }
            } else {
                i
            }
        };
        let start = self.start.map_or(if step < 0 { n - 1 } else { 0 }, clamp);
        let stop = self.stop.map_or(if step < 0 { -1 } else { n }, clamp);
        let count = if step > 0 {
            if start < stop { (stop - start - 1) / step + 1 } else { 0 }
        } else if stop < start {
            (start - stop - 1) / -step + 1
        } else {
            0
        };
        SliceBounds { start: start.max(0) as usize, count: count as usize, step: step as isize, stop: stop.max(start).max(0) as usize }
    }
}

impl Cx {
    fn is_script(&self, v: Value) -> bool {
        self.class_of(v).has_flag(IS_SCRIPT)
    }

    // ---- truth, length, hash ----

    /// `bool(v)`.
    pub fn truth(&mut self, v: Value) -> Result<bool> {
        if v == Value::TRUE {
            return Ok(true);
        }
        if v == Value::FALSE || v.is_none() {
            return Ok(false);
        }
        if let Some(i) = v.as_int() {
            return Ok(i != 0);
        }
        if v.is_immediate_float() {
            return Ok(v.immediate_float_value() != 0.0);
        }
        let Some(o) = v.as_object() else {
            return Ok(true);
        };
        let class = self.class_of(v);
        if !class.has_flag(IS_SCRIPT) {
            match o.kind() {
                Kind::Str => return Ok(v.as_gc::<Str>().is_some_and(|s| s.byte_len() != 0)),
                Kind::List => return Ok(v.as_gc::<List>().is_some_and(|l| l.len() != 0)),
                Kind::Tuple => return Ok(v.as_gc::<Tuple>().is_some_and(|t| t.len() != 0)),
                Kind::Dict => return Ok(v.as_gc::<Dict>().is_some_and(|d| d.len() != 0)),
                Kind::Set => return Ok(v.as_gc::<Set>().is_some_and(|s| s.len() != 0)),
                Kind::Bytes => return Ok(v.as_gc::<Bytes>().is_some_and(|b| b.len() != 0)),
                Kind::BigInt | Kind::Float if o.kind() == Kind::Float => {
                    return Ok(v.as_float() != Some(0.0));
                }
                Kind::BigInt | Kind::Function | Kind::Builtin | Kind::BoundMethod | Kind::Module | Kind::Generator | Kind::Exception => return Ok(true),
                _ => {}
            }
        }
        if let Some(m) = self.special(class, Dunder::Bool) {
            let r = self.call_method_value(m, v, &[])?;
            return match r.as_bool() {
                Some(b) => Ok(b),
                None => {
                    let text = format!("__bool__ should return bool, returned {}", self.type_name(r));
                    Err(self.type_error(text))
                }
            };
        }
        if self.special(class, Dunder::Len).is_some() {
            return Ok(self.len(v)? != 0);
        }
        Ok(true)
    }

    /// `len(v)`.
    pub fn len(&mut self, v: Value) -> Result<usize> {
        if !self.is_script(v) {
            if let Some(n) = self.native_len(v) {
                return Ok(n);
            }
        }
        match self.call_special(v, Dunder::Len, &[])? {
            Some(n) => {
                let n = self.index(n)?;
                let n = int_ref(n).map(|n| n.to_bigint());
                if n.as_ref().is_some_and(|n| n.sign() == num_bigint::Sign::Minus) {
                    return Err(self.value_error("__len__() should return >= 0"));
                }
                match n.and_then(|n| n.to_i64()) {
                    Some(n) if n >= 0 => Ok(n as usize),
                    Some(_) => Err(self.value_error("__len__() should return >= 0")),
                    None => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
                }
            }
            None => {
                let text = format!("object of type '{}' has no len()", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }

    /// The length of a built-in container, whatever its class. No script code runs.
    pub fn native_len(&self, v: Value) -> Option<usize> {
        Some(match v.kind()? {
            Kind::Str => v.as_gc::<Str>()?.char_len(),
            Kind::Bytes => v.as_gc::<Bytes>()?.len(),
            Kind::ByteArray => v.as_gc::<ByteArray>()?.len(),
            Kind::List => v.as_gc::<List>()?.len(),
            Kind::Tuple => v.as_gc::<Tuple>()?.len(),
            Kind::Dict => v.as_gc::<Dict>()?.len(),
            Kind::Set => v.as_gc::<Set>()?.len(),
            Kind::DictView => v.as_gc::<DictView>()?.dict.len(),
            Kind::Range => v.as_gc::<Range>()?.small_len()? as usize,
            _ => return None,
        })
    }

    /// `hash(v)`; TypeError for unhashable values.
    #[inline]
    pub fn hash(&mut self, v: Value) -> Result<i64> {
        if let Some(i) = v.as_int() {
            const M: i64 = (1 << 61) - 1;
            if i.abs() < M && i != -1 {
                return Ok(i);
            }
        }
        if let Some(s) = v.as_gc::<Str>() {
            if s.header().shape() == self.types.str.instance_shape.get() {
                return Ok(self.hash_str(s) as i64);
            }
        }
        self.hash_slow(v)
    }

    fn hash_slow(&mut self, v: Value) -> Result<i64> {
        let class = self.class_of(v);
        if !class.has_flag(IS_SCRIPT) {
            if let Some(h) = self.native_hash(v)? {
                return Ok(h);
            }
        }
        match self.special(class, Dunder::Hash) {
            Some(m) if !m.is_none() => {
                if m.as_gc::<Builtin>().is_some_and(|b| b.owner.get() == Some(self.types.object.value())) {
                    return Ok(self.identity_hash(v));
                }
                let h = self.call_method_value(m, v, &[])?;
                match int_ref(h) {
                    Some(IntRef::Small(h)) => Ok(if h == -1 { -2 } else { h }),
                    Some(IntRef::Big(_)) => Ok(self.hash_number(h).unwrap_or(0)),
                    None => Err(self.type_error("__hash__ method should return an integer")),
                }
            }
            _ => {
                let text = format!("unhashable type: '{}'", class.name_text());
                Err(self.type_error(text))
            }
        }
    }

    /// The hash by identity.
    pub fn identity_hash(&self, v: Value) -> i64 {
        (v.word() as i64).rotate_right(4) >> 4
    }

    /// The hash of a built-in value; `None`: not decided here (by method, or unhashable).
    pub fn native_hash(&mut self, v: Value) -> Result<Option<i64>> {
        if let Some(h) = self.hash_number(v) {
            return Ok(Some(h));
        }
        let Some(o) = v.as_object() else {
            return Ok(Some(self.identity_hash(v)));
        };
        Ok(Some(match o.kind() {
            Kind::Str => match v.as_gc::<Str>() {
                Some(s) => self.hash_str(s) as i64,
                None => 0,
            },
            Kind::Bytes => match v.as_gc::<Bytes>() {
                Some(b) => {
                    if b.hash.get() == 0 {
                        b.hash.set(crate::object::str::hash_bytes(self.hash_key, b.bytes()));
                    }
                    b.hash.get() as i64
                }
                None => 0,
            },
            Kind::Tuple => match v.as_gc::<Tuple>() {
                Some(t) => self.hash_tuple(t)?,
                None => 0,
            },
            Kind::Set => match v.as_gc::<Set>() {
                Some(s) if s.is_frozen => self.hash_frozenset(s),
                _ => return Ok(None),
            },
            Kind::List | Kind::Dict | Kind::ByteArray | Kind::Slice => return Ok(None),
            Kind::BoundMethod => match v.as_gc::<BoundMethod>() {
                Some(m) => self.identity_hash(m.this) ^ self.identity_hash(m.function),
                None => 0,
            },
            Kind::Range | Kind::Native | Kind::Instance | Kind::DictView => return Ok(None),
            _ => self.identity_hash(v),
        }))
    }

    /// CPython's tuple hash (xxHash's lanes). Deep nesting is bounded by the native stack.
    fn hash_tuple(&mut self, t: Gc<Tuple>) -> Result<i64> {
        const P1: u64 = 11400714785074694791;
        const P2: u64 = 14029467366897019727;
        const P5: u64 = 2870177450012600261;
        self.check_stack()?;
        let mut acc = P5;
        for &v in t.items() {
            let lane = self.hash(v)? as u64;
            acc = acc.wrapping_add(lane.wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1);
        }
        acc = acc.wrapping_add(t.len() as u64 ^ (P5 ^ 3527539));
        Ok(if acc == u64::MAX { 1546275796 } else { acc as i64 })
    }

    /// CPython's frozenset hash. The elements' hashes are in the table.
    pub fn hash_frozenset(&mut self, s: Gc<Set>) -> i64 {
        if let Some(h) = s.hash.get() {
            return h;
        }
        let mut h: u64 = 0;
        let mut at = 0;
        while let Some((x, _)) = s.next_hashed(&mut at) {
            let x = x as u64;
            h ^= (x ^ 89869747 ^ (x << 16)).wrapping_mul(3644798167);
        }
        h ^= (s.len() as u64 + 1).wrapping_mul(1927868237);
        h ^= (h >> 11) ^ (h >> 25);
        h = h.wrapping_mul(69069).wrapping_add(907133923);
        let h = if h == u64::MAX { 590923713 } else { h as i64 };
        s.hash.set(Some(h));
        h
    }

    // ---- numbers ----

    /// `v` as an int, by `__index__`.
    pub fn index(&mut self, v: Value) -> Result<Value> {
        if v.is_int() {
            return Ok(v);
        }
        if let Some(i) = int_ref(v) {
            return Ok(match i {
                IntRef::Small(i) => self.int(i),
                IntRef::Big(b) if self.is_exact(v, self.types.int) => {
                    let _ = b;
                    v
                }
                IntRef::Big(b) => self.bigint(b.clone()),
            });
        }
        match self.call_special(v, Dunder::Index, &[])? {
            Some(r) if int_ref(r).is_some() => self.index(r),
            Some(r) => {
                let text = format!("__index__ returned non-int (type {})", self.type_name(r));
                Err(self.type_error(text))
            }
            None => {
                let text = format!("'{}' object cannot be interpreted as an integer", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }

    /// `v` as a float, by `__float__` or `__index__`, for functions of real numbers.
    pub fn to_float(&mut self, v: Value) -> Result<f64> {
        if let Some(x) = v.as_float() {
            return Ok(x);
        }
        if let Some(i) = int_ref(v) {
            return match crate::number::int_to_float(&i) {
                Some(x) => Ok(x),
                None => Err(self.overflow_error("int too large to convert to float")),
            };
        }
        if let Some(r) = self.call_special(v, Dunder::Float, &[])? {
            return match r.as_float() {
                Some(x) => Ok(x),
                None => {
                    let text = format!("{}.__float__ returned non-float (type {})", self.type_name(v), self.type_name(r));
                    Err(self.type_error(text))
                }
            };
        }
        let class = self.class_of(v);
        if self.special(class, Dunder::Index).is_some() {
            let i = self.index(v)?;
            return self.to_float(i);
        }
        let text = format!("must be real number, not {}", self.type_name(v));
        Err(self.type_error(text))
    }

    // ---- items ----

    /// The index `i` (already an int) of a sequence of length `n`; `None` when it is out of range.
    pub fn sequence_index(&mut self, i: Value, n: usize) -> Result<Option<usize>> {
        let i = self.index(i)?;
        let Some(i) = machine_int(i) else {
            return Err(self.index_error("cannot fit 'int' into an index-sized integer"));
        };
        let i = if i < 0 { i + n as i64 } else { i };
        Ok(if (0..n as i64).contains(&i) { Some(i as usize) } else { None })
    }

    fn slice_number(&mut self, v: Value) -> Result<Option<i64>> {
        if v.is_none() {
            return Ok(None);
        }
        let i = match v.as_int() {
            Some(i) => return Ok(Some(i)),
            None => {
                let class = self.class_of(v);
                if int_ref(v).is_none() && self.special(class, Dunder::Index).is_none() {
                    return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
                }
                self.index(v)?
            }
        };
        Ok(Some(match int_ref(i) {
            Some(IntRef::Small(i)) => i,
            Some(IntRef::Big(b)) => {
                if b.sign() == num_bigint::Sign::Minus {
                    i64::MIN
                } else {
                    i64::MAX
                }
            }
            None => 0,
        }))
    }

    /// The bounds of a slice of a sequence of length `n`, which must not change meanwhile. May run script code.
    pub fn slice_bounds(&mut self, start: Value, stop: Value, step: Value, n: usize) -> Result<SliceBounds> {
        Ok(self.slice_numbers(start, stop, step)?.bounds(n))
    }

    /// The numbers of a slice, as CPython's `PySlice_Unpack`. May run script code: the length is asked afterwards.
    pub fn slice_numbers(&mut self, start: Value, stop: Value, step: Value) -> Result<SliceNumbers> {
        let step = self.slice_number(step)?.unwrap_or(1);
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let step = step.max(-i64::MAX);
        Ok(SliceNumbers { start: self.slice_number(start)?, stop: self.slice_number(stop)?, step })
    }

    /// `obj[key]`.
    pub fn get_item(&mut self, obj: Value, key: Value) -> Result<Value> {
        let class = self.class_of(obj);
        if !class.has_flag(IS_SCRIPT) {
            if let Some(v) = self.native_get_item(obj, key)? {
                return Ok(v);
            }
        }
        if let Some(m) = self.special(class, Dunder::GetItem) {
            return self.call_method_value(m, obj, &[key]);
        }
        if let Some(t) = obj.as_gc::<Type>() {
            return self.class_get_item(t, key);
        }
        let text = format!("'{}' object is not subscriptable", class.name_text());
        Err(self.type_error(text))
    }

    /// The item of a built-in container, whatever its class; `None`: not a built-in container.
    pub fn native_get_item(&mut self, obj: Value, key: Value) -> Result<Option<Value>> {
        let Some(kind) = obj.kind() else {
            return Ok(None);
        };
        if kind == Kind::Dict {
            let Some(d) = obj.as_gc::<Dict>() else {
                return Ok(None);
            };
            return match self.dict_get(d, key)? {
                Some(v) => Ok(Some(v)),
                None => self.dict_missing(obj, key).map(Some),
            };
        }
        if !matches!(kind, Kind::List | Kind::Tuple | Kind::Str | Kind::Bytes | Kind::ByteArray | Kind::Range) {
            return Ok(None);
        }
        if let Some(s) = key.as_gc::<Slice>() {
            return self.native_slice(obj, s.start, s.stop, s.step).map(Some);
        }
        let class = self.class_of(key);
        if int_ref(key).is_none() && self.special(class, Dunder::Index).is_none() {
            let name = match kind {
                Kind::List => "list",
                Kind::Tuple => "tuple",
                Kind::Str => "string",
                Kind::Bytes => "byte",
                Kind::ByteArray => "bytearray",
                _ => "range",
            };
            let text = match kind {
                Kind::Str => format!("string indices must be integers, not '{}'", class.name_text()),
                _ => format!("{name} indices must be integers or slices, not {}", class.name_text()),
            };
            return Err(self.type_error(text));
        }
        if let Some(r) = obj.as_gc::<Range>() {
            return self.range_item(r, key).map(Some);
        }
        // The length after `__index__`, which may change it.
        let key = self.index(key)?;
        let n = self.native_len(obj).unwrap_or(0);
        let Some(i) = self.sequence_index(key, n)? else {
            let text = match kind {
                Kind::List => "list index out of range",
                Kind::Tuple => "tuple index out of range",
                Kind::Str => "string index out of range",
                Kind::Bytes => "index out of range",
                _ => "bytearray index out of range",
            };
            return Err(self.index_error(text));
        };
        Ok(Some(match kind {
            Kind::List => match obj.as_gc::<List>() {
                Some(l) if i < l.len() => self.list_get(l, i),
                _ => return Err(self.index_error("list index out of range")),
            },
            Kind::Tuple => obj.as_gc::<Tuple>().map_or(Value::NONE, |t| t.items()[i]),
            Kind::Str => match obj.as_gc::<Str>() {
                Some(s) => {
                    let at = s.offset_of(i);
                    let w = crate::object::str::width(s.bytes()[at]);
                    if w == 1 { self.char_str(s.bytes()[at]).value() } else { self.str_from_bytes(&s.bytes()[at..at + w]).value() }
                }
                None => Value::NONE,
            },
            Kind::Bytes => Value::int32(obj.as_gc::<Bytes>().map_or(0, |b| b.bytes()[i]) as i32),
            _ => Value::int32(obj.as_gc::<ByteArray>().and_then(|b| b.bytes().get(i).copied()).unwrap_or(0) as i32),
        }))
    }

    /// `d[key]` of an absent key: `__missing__` of a subclass, else KeyError.
    #[cold]
    fn dict_missing(&mut self, d: Value, key: Value) -> Result<Value> {
        if !self.is_exact(d, self.types.dict) {
            if let Some(v) = self.call_special(d, Dunder::Missing, &[key])? {
                return Ok(v);
            }
        }
        Err(self.key_error(key))
    }

    fn range_item(&mut self, r: Gc<Range>, key: Value) -> Result<Value> {
        let n = self.range_length(r)?;
        let i = self.index(key)?;
        let negative = self.compare_truth(Compare::Lt, i, Value::int32(0))?;
        let i = if negative { self.binary(BinaryOp::Add, i, n)? } else { i };
        if self.compare_truth(Compare::Lt, i, Value::int32(0))? || self.compare_truth(Compare::Ge, i, n)? {
            return Err(self.index_error("range object index out of range"));
        }
        let offset = self.binary(BinaryOp::Mul, i, r.step)?;
        self.binary(BinaryOp::Add, r.start, offset)
    }

    /// The number of items of a range, as an int of any size.
    pub fn range_length(&mut self, r: Gc<Range>) -> Result<Value> {
        if let Some(n) = r.small_len() {
            return Ok(self.int(n));
        }
        let (lo, hi, step) = if self.compare_truth(Compare::Gt, r.step, Value::int32(0))? {
            (r.start, r.stop, r.step)
        } else {
            let s = self.negative(r.step)?;
            (r.stop, r.start, s)
        };
        if self.compare_truth(Compare::Ge, lo, hi)? {
            return Ok(Value::int32(0));
        }
        let d = self.binary(BinaryOp::Sub, hi, lo)?;
        let d = self.binary(BinaryOp::Sub, d, Value::int32(1))?;
        let q = self.binary(BinaryOp::FloorDiv, d, step)?;
        self.binary(BinaryOp::Add, q, Value::int32(1))
    }

    /// `obj[start:stop]`, without making a slice object for built-in sequences.
    pub fn get_slice(&mut self, obj: Value, start: Value, stop: Value) -> Result<Value> {
        if !self.is_script(obj) && matches!(obj.kind(), Some(Kind::List | Kind::Tuple | Kind::Str | Kind::Bytes | Kind::ByteArray)) {
            return self.native_slice(obj, start, stop, Value::NONE);
        }
        let s = self.slice(start, stop, Value::NONE);
        self.get_item(obj, s.value())
    }

    /// A slice of a built-in sequence, in its built-in class.
    fn native_slice(&mut self, obj: Value, start: Value, stop: Value, step: Value) -> Result<Value> {
        if let Some(r) = obj.as_gc::<Range>() {
            return self.range_slice(r, start, stop, step);
        }
        let numbers = self.slice_numbers(start, stop, step)?;
        let b = numbers.bounds(self.native_len(obj).unwrap_or(0));
        let nth = |k: usize| (b.start as isize + k as isize * b.step) as usize;
        Ok(match obj.kind() {
            Some(Kind::List) => {
                let Some(l) = obj.as_gc::<List>() else {
                    return Ok(Value::NONE);
                };
                if b.step == 1 {
                    return Ok(self.list_slice(l, b.start, b.start + b.count).value());
                }
                let new = self.list_with_capacity(b.count);
                for k in 0..b.count {
                    if nth(k) >= l.len() {
                        break;
                    }
                    let v = self.list_get(l, nth(k));
                    self.list_push(new, v);
                }
                new.value()
            }
            Some(Kind::Tuple) => {
                let Some(t) = obj.as_gc::<Tuple>() else {
                    return Ok(Value::NONE);
                };
                if b.step == 1 && b.count == t.len() && self.is_exact(obj, self.types.tuple) {
                    return Ok(obj);
                }
                self.tuple_with(b.count, |k| t.items()[nth(k)]).value()
            }
            Some(Kind::Str) => {
                let Some(s) = obj.as_gc::<Str>() else {
                    return Ok(Value::NONE);
                };
                if b.step == 1 {
                    return Ok(self.substring(s, b.start, b.start + b.count).value());
                }
                let mut out = Vec::with_capacity(b.count);
                if s.is_ascii() {
                    out.extend((0..b.count).map(|k| s.bytes()[nth(k)]));
                    return Ok(self.str_from_ascii(&out).value());
                }
                let offsets: Vec<u32> = char_offsets(s.bytes());
                for k in 0..b.count {
                    let at = offsets[nth(k)] as usize;
                    out.extend_from_slice(&s.bytes()[at..at + crate::object::str::width(s.bytes()[at])]);
                }
                self.str_from_bytes(&out).value()
            }
            Some(Kind::Bytes) => {
                let Some(x) = obj.as_gc::<Bytes>() else {
                    return Ok(Value::NONE);
                };
                if b.step == 1 {
                    return Ok(self.bytes_slice(x, b.start, b.start + b.count).value());
                }
                let out: Vec<u8> = (0..b.count).map(|k| x.bytes()[nth(k)]).collect();
                self.bytes(&out).value()
            }
            _ => {
                let Some(x) = obj.as_gc::<ByteArray>() else {
                    return Ok(Value::NONE);
                };
                let out: Vec<u8> = (0..b.count).filter_map(|k| x.bytes().get(nth(k)).copied()).collect();
                self.bytearray(&out).value()
            }
        })
    }

    /// `obj[key] = v`.
    pub fn set_item(&mut self, obj: Value, key: Value, v: Value) -> Result<()> {
        let class = self.class_of(obj);
        if !class.has_flag(IS_SCRIPT) && self.native_set_item(obj, key, Some(v))? {
            return Ok(());
        }
        match self.special(class, Dunder::SetItem) {
            Some(m) => self.call_method_value(m, obj, &[key, v]).map(drop),
            None => Err(self.cannot_set_item(obj, key, false)),
        }
    }

    /// `del obj[key]`.
    pub fn del_item(&mut self, obj: Value, key: Value) -> Result<()> {
        let class = self.class_of(obj);
        if !class.has_flag(IS_SCRIPT) && self.native_set_item(obj, key, None)? {
            return Ok(());
        }
        match self.special(class, Dunder::DelItem) {
            Some(m) => self.call_method_value(m, obj, &[key]).map(drop),
            None => Err(self.cannot_set_item(obj, key, true)),
        }
    }

    /// The error of `obj[key] = v` and `del obj[key]`, where the class has no such method. It depends on whether CPython's
    /// class has the other one, and slots of a sequence: then an index is converted first. May run script code.
    #[cold]
    fn cannot_set_item(&mut self, obj: Value, key: Value, is_deletion: bool) -> Raised {
        let class = self.class_of(obj);
        let (other, missing) = if is_deletion { (Dunder::SetItem, "__delitem__") } else { (Dunder::DelItem, "__setitem__") };
        if self.special(class, other).is_some() {
            return self.plain_attribute_error(missing);
        }
        let key_class = self.class_of(key);
        let is_index = int_ref(key).is_some() || self.special(key_class, Dunder::Index).is_some();
        let is_sequence = self.has_sequence_slots(obj) && is_index;
        if is_sequence {
            if let Err(r) = self.sequence_index(key, 0) {
                return r;
            }
        }
        let text = match (is_deletion, is_sequence) {
            (true, true) => format!("'{}' object doesn't support item deletion", class.name_text()),
            (true, false) => format!("'{}' object does not support item deletion", class.name_text()),
            (false, _) => format!("'{}' object does not support item assignment", class.name_text()),
        };
        self.type_error(text)
    }

    /// Whether CPython's class of `v` has slots of a sequence, whatever it can do with them: all classes of scripts do.
    pub(crate) fn has_sequence_slots(&self, v: Value) -> bool {
        self.class_of(v).has_flag(IS_SCRIPT) || self.native_len(v).is_some()
    }

    /// Sets or (no value) deletes an item of a built-in list, dict or bytearray, whatever its class. False: it is none.
    pub fn native_set_item(&mut self, obj: Value, key: Value, v: Option<Value>) -> Result<bool> {
        if let Some(d) = obj.as_gc::<Dict>() {
            match v {
                Some(v) => self.dict_set(d, key, v)?,
                None => {
                    if self.dict_remove(d, key)?.is_none() {
                        return Err(self.key_error(key));
                    }
                }
            }
            return Ok(true);
        }
        let is_list = match obj.kind() {
            Some(Kind::List) => true,
            Some(Kind::ByteArray) => false,
            _ => return Ok(false),
        };
        if let Some(s) = key.as_gc::<Slice>() {
            if is_list {
                self.list_set_slice(obj, s, v)?;
            } else {
                self.bytearray_set_slice(obj, s, v)?;
            }
            return Ok(true);
        }
        let class = self.class_of(key);
        if int_ref(key).is_none() && self.special(class, Dunder::Index).is_none() {
            let text = format!("{} indices must be integers or slices, not {}", if is_list { "list" } else { "bytearray" }, class.name_text());
            return Err(self.type_error(text));
        }
        let key = self.index(key)?;
        let byte = match v {
            Some(v) if !is_list => Some(self.byte_value(v)?),
            _ => None,
        };
        // The length after script code, which may change it.
        let n = self.native_len(obj).unwrap_or(0);
        let i = self.sequence_index(key, n)?;
        if let Some(l) = obj.as_gc::<List>() {
            match (i.filter(|&i| i < l.len()), v) {
                (Some(i), Some(v)) => self.list_set(l, i, v),
                (Some(i), None) => drop(self.list_remove(l, i)),
                (None, Some(_)) => {
                    return Err(self.index_error("list assignment index out of range"));
                }
                (None, None) => return Err(self.index_error("list assignment index out of range")),
            }
            return Ok(true);
        }
        if let Some(b) = obj.as_gc::<ByteArray>() {
            let Some(i) = i else {
                return Err(self.index_error("bytearray index out of range"));
            };
            match byte {
                Some(x) => match b.cells().get(i) {
                    Some(c) => c.set(x),
                    None => return Err(self.index_error("bytearray index out of range")),
                },
                None => {
                    self.check_resizable(b)?;
                    self.bytearray_splice(b, i, i + 1, &[]);
                }
            }
        }
        Ok(true)
    }

    /// An int in range(0, 256).
    pub fn byte_value(&mut self, v: Value) -> Result<u8> {
        let i = self.index(v)?;
        match i.as_int() {
            Some(i @ 0..=255) => Ok(i as u8),
            _ => Err(self.value_error("byte must be in range(0, 256)")),
        }
    }

    /// Fails while memoryviews look at a bytearray.
    pub fn check_resizable(&mut self, b: Gc<ByteArray>) -> Result<()> {
        self.check_not_viewed(b.value(), &b.exports)
    }

    fn list_set_slice(&mut self, obj: Value, s: Gc<Slice>, v: Option<Value>) -> Result<()> {
        let Some(l) = obj.as_gc::<List>() else {
            return Ok(());
        };
        // The numbers first, then the new items, then the length: both may change the list.
        let numbers = self.slice_numbers(s.start, s.stop, s.step)?;
        let items = match v {
            None => None,
            Some(v) if v == obj => Some(self.list_to_tuple(l)),
            Some(v) => {
                let is_plain_step = numbers.step == 1;
                // An iterator is asked for its length, not what it comes from.
                let from = if self.is_exact(v, self.types.list) || self.is_exact(v, self.types.tuple) { Ok(v) } else { self.iter(v) };
                match from.and_then(|it| self.tuple_from_iterable(it)) {
                    Ok(t) => Some(t),
                    Err(r) if is_plain_step && self.pending_is(self.types.type_error) && !self.is_iterable(v) => {
                        self.take_pending(r);
                        return Err(self.type_error("can only assign an iterable"));
                    }
                    Err(r) if self.pending_is(self.types.type_error) && !self.is_iterable(v) => {
                        self.take_pending(r);
                        return Err(self.type_error("must assign iterable to extended slice"));
                    }
                    Err(r) => return Err(r),
                }
            }
        };
        let b = numbers.bounds(l.len());
        if b.step == 1 {
            let stop = b.start + b.count;
            self.list_splice(l, b.start, stop, items.as_ref().map_or(&[], |t| t.items()));
            return Ok(());
        }
        let nth = |k: usize| (b.start as isize + k as isize * b.step) as usize;
        match items {
            Some(t) => {
                if t.len() != b.count {
                    let text = format!("attempt to assign sequence of size {} to extended slice of size {}", t.len(), b.count);
                    return Err(self.value_error(text));
                }
                for (k, &v) in t.items().iter().enumerate() {
                    self.list_set(l, nth(k), v);
                }
            }
            None => {
                let mut places: Vec<usize> = (0..b.count).map(nth).collect();
                places.sort_unstable();
                let keep = self.list_with_capacity(l.len() - b.count);
                let mut p = places.iter().peekable();
                for i in 0..l.len() {
                    if p.peek() == Some(&&i) {
                        p.next();
                    } else {
                        let v = self.list_get(l, i);
                        self.list_push(keep, v);
                    }
                }
                self.list_swap(l, keep);
            }
        }
        Ok(())
    }

    fn bytearray_set_slice(&mut self, obj: Value, s: Gc<Slice>, v: Option<Value>) -> Result<()> {
        let Some(x) = obj.as_gc::<ByteArray>() else {
            return Ok(());
        };
        let data: Option<Vec<u8>> = match v {
            None => None,
            Some(v) if v.as_gc::<Str>().is_some() || bytes_of(v).is_none() && !self.is_iterable(v) => {
                return Err(self.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
            }
            Some(v) => Some(self.bytes_of_iterable(v, "bytearray")?),
        };
        let b = self.slice_bounds(s.start, s.stop, s.step, x.len())?;
        let data = data.unwrap_or_default();
        if b.step == 1 {
            if data.len() != b.count {
                self.check_resizable(x)?;
            }
            self.bytearray_splice(x, b.start, b.start + b.count, &data);
            return Ok(());
        }
        let nth = |k: usize| (b.start as isize + k as isize * b.step) as usize;
        if v.is_none() {
            self.check_resizable(x)?;
            let drop: std::collections::HashSet<usize> = (0..b.count).map(nth).collect();
            let keep: Vec<u8> = x.bytes().iter().enumerate().filter(|(i, _)| !drop.contains(i)).map(|(_, &c)| c).collect();
            let n = x.len();
            self.bytearray_splice(x, 0, n, &keep);
            return Ok(());
        }
        if data.len() != b.count {
            let text = format!("attempt to assign bytes of size {} to extended slice of size {}", data.len(), b.count);
            return Err(self.value_error(text));
        }
        for (k, &c) in data.iter().enumerate() {
            x.cells()[nth(k)].set(c);
        }
        Ok(())
    }

    /// `x in container`.
    pub fn contains(&mut self, container: Value, x: Value) -> Result<bool> {
        let class = self.class_of(container);
        if !class.has_flag(IS_SCRIPT) {
            if let Some(t) = self.native_contains(container, x)? {
                return Ok(t);
            }
        }
        match self.special(class, Dunder::Contains) {
            Some(m) if !m.is_none() => {
                let r = self.call_method_value(m, container, &[x])?;
                return self.truth(r);
            }
            Some(_) => {
                let text = format!("'{}' object is not a container", class.name_text());
                return Err(self.type_error(text));
            }
            None => {}
        }
        if !self.is_iterable(container) {
            let text = format!("argument of type '{}' is not iterable", class.name_text());
            return Err(self.type_error(text));
        }
        let it = self.iter(container)?;
        while let Some(v) = self.next(it)? {
            if self.eq(v, x)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Membership in a built-in container, whatever its class; `None`: not decided here.
    pub fn native_contains(&mut self, container: Value, x: Value) -> Result<Option<bool>> {
        let Some(kind) = container.kind() else {
            return Ok(None);
        };
        Ok(Some(match kind {
            Kind::List => {
                let Some(l) = container.as_gc::<List>() else {
                    return Ok(None);
                };
                let mut i = 0;
                while i < l.len() {
                    let v = self.list_get(l, i);
                    if self.eq(v, x)? {
                        return Ok(Some(true));
                    }
                    i += 1;
                }
                false
            }
            Kind::Tuple => {
                let Some(t) = container.as_gc::<Tuple>() else {
                    return Ok(None);
                };
                for &v in t.items() {
                    if self.eq(v, x)? {
                        return Ok(Some(true));
                    }
                }
                false
            }
            Kind::Dict => {
                let Some(d) = container.as_gc::<Dict>() else {
                    return Ok(None);
                };
                let hash = self.hash(x)?;
                self.dict_find(d, x, hash)?.is_some()
            }
            Kind::Set => {
                let Some(s) = container.as_gc::<Set>() else {
                    return Ok(None);
                };
                self.set_has(s, x)?
            }
            Kind::Str => {
                let Some(s) = container.as_gc::<Str>() else {
                    return Ok(None);
                };
                let Some(x) = x.as_gc::<Str>() else {
                    let text = format!("'in <string>' requires string as left operand, not {}", self.type_name(x));
                    return Err(self.type_error(text));
                };
                if x.byte_len() == 1 { memchr::memchr(x.bytes()[0], s.bytes()).is_some() } else { memchr::memmem::find(s.bytes(), x.bytes()).is_some() }
            }
            Kind::Bytes | Kind::ByteArray => {
                let Some(b) = bytes_of(container) else {
                    return Ok(None);
                };
                if let Some(x) = bytes_of(x) {
                    return Ok(Some(memchr::memmem::find(b, x).is_some()));
                }
                let class = self.class_of(x);
                if int_ref(x).is_none() && self.special(class, Dunder::Index).is_none() {
                    let text = format!("a bytes-like object is required, not '{}'", class.name_text());
                    return Err(self.type_error(text));
                }
                let x = self.byte_value(x)?;
                bytes_of(container).is_some_and(|b| b.contains(&x))
            }
            Kind::Range => {
                let Some(r) = container.as_gc::<Range>() else {
                    return Ok(None);
                };
                let Some((start, stop, step)) = r.small() else {
                    return Ok(None);
                };
                let Some(IntRef::Small(i)) = int_ref(x) else {
                    return Ok(None);
                };
                let inside = if step > 0 { start <= i && i < stop } else { stop < i && i <= start };
                inside && (i - start) % step == 0
            }
            Kind::DictView => {
                let Some(view) = container.as_gc::<DictView>() else {
                    return Ok(None);
                };
                match view.part {
                    DictPart::Keys => return self.native_contains(view.dict.value(), x),
                    DictPart::Values => {
                        let mut at = 0;
                        while let Some((_, v)) = view.dict.next(&mut at) {
                            if self.eq(v, x)? {
                                return Ok(Some(true));
                            }
                        }
                        false
                    }
                    DictPart::Items => {
                        let Some(t) = x.as_gc::<Tuple>().filter(|t| t.len() == 2) else {
                            return Ok(Some(false));
                        };
                        match self.dict_get(view.dict, t.items()[0])? {
                            Some(v) => self.eq(v, t.items()[1])?,
                            None => false,
                        }
                    }
                }
            }
            _ => return Ok(None),
        }))
    }

    // ---- iteration ----

    /// Whether `iter(v)` can be asked. No script code runs.
    pub fn is_iterable(&mut self, v: Value) -> bool {
        let class = self.class_of(v);
        if !class.has_flag(IS_SCRIPT) && matches!(v.kind(), Some(Kind::List | Kind::Tuple | Kind::Dict | Kind::Set | Kind::Str | Kind::Range | Kind::Generator))
        {
            return true;
        }
        match self.special(class, Dunder::Iter) {
            Some(m) => !m.is_none(),
            None => self.special(class, Dunder::GetItem).is_some(),
        }
    }

    /// `iter(v)`.
    pub fn iter(&mut self, v: Value) -> Result<Value> {
        let class = self.class_of(v);
        if !class.has_flag(IS_SCRIPT) {
            match v.kind() {
                Some(Kind::List) => {
                    if let Some(l) = v.as_gc::<List>() {
                        return Ok(self.list_iter(l).value());
                    }
                }
                Some(Kind::Tuple) => {
                    if let Some(t) = v.as_gc::<Tuple>() {
                        return Ok(self.tuple_iter(t).value());
                    }
                }
                Some(Kind::Range) => {
                    if let Some(r) = v.as_gc::<Range>() {
                        if let (Some((start, _, step)), Some(n)) = (r.small(), r.small_len()) {
                            return Ok(self.range_iter(start, step, n).value());
                        }
                    }
                }
                Some(Kind::Dict) => {
                    if let Some(d) = v.as_gc::<Dict>() {
                        return Ok(self.dict_iter(d, DictPart::Keys, false).value());
                    }
                }
                Some(Kind::DictView) => {
                    if let Some(d) = v.as_gc::<DictView>() {
                        return Ok(self.dict_iter(d.dict, d.part, false).value());
                    }
                }
                Some(Kind::Generator | Kind::ListIter | Kind::TupleIter | Kind::RangeIter | Kind::DictIter) => return Ok(v),
                _ => {}
            }
        }
        match self.special(class, Dunder::Iter) {
            Some(m) if !m.is_none() => {
                let it = self.call_method_value(m, v, &[])?;
                let class = self.class_of(it);
                if self.special(class, Dunder::Next).is_none() {
                    let text = format!("iter() returned non-iterator of type '{}'", class.name_text());
                    return Err(self.type_error(text));
                }
                Ok(it)
            }
            None if self.special(class, Dunder::GetItem).is_some() => Ok(self.sequence_iterator(v)),
            _ => {
                let text = format!("'{}' object is not iterable", class.name_text());
                Err(self.type_error(text))
            }
        }
    }

    /// The next item of an iterator, `None` at its end.
    #[inline]
    pub fn next(&mut self, it: Value) -> Result<Option<Value>> {
        // What is looped over most, without more ado.
        if let Some(x) = it.as_gc::<ListIter>() {
            if let Some(v) = x.list.get().and_then(|l| l.get_fast(x.at.get())) {
                x.at.set(x.at.get() + 1);
                self.check_poll()?;
                return Ok(Some(v));
            }
        }
        match self.next_raw(it) {
            Err(r) if self.pending_is(self.types.stop_iteration) => {
                self.take_pending(r);
                Ok(None)
            }
            other => other,
        }
    }

    /// As [`Cx::next`], but the end of an iterator in script code comes as the StopIteration that it raised.
    pub fn next_raw(&mut self, it: Value) -> Result<Option<Value>> {
        // Here, since built-ins like `sum` and `list` loop over what may never end.
        self.check_poll()?;
        match it.kind() {
            Some(Kind::ListIter) => {
                if let Some(x) = it.as_gc::<ListIter>() {
                    let Some(l) = x.list.get() else {
                        return Ok(None);
                    };
                    let at = x.at.get();
                    if at < l.len() {
                        x.at.set(at + 1);
                        return Ok(Some(self.list_get(l, at)));
                    }
                    x.list.set(x, None);
                    return Ok(None);
                }
            }
            Some(Kind::TupleIter) => {
                if let Some(x) = it.as_gc::<TupleIter>() {
                    let Some(t) = x.tuple.get() else {
                        return Ok(None);
                    };
                    let at = x.at.get();
                    if let Some(&v) = t.items().get(at) {
                        x.at.set(at + 1);
                        return Ok(Some(v));
                    }
                    x.tuple.set(x, None);
                    return Ok(None);
                }
            }
            Some(Kind::RangeIter) => {
                if let Some(x) = it.as_gc::<RangeIter>() {
                    let left = x.left.get();
                    if left == 0 {
                        return Ok(None);
                    }
                    let i = x.next.get();
                    x.left.set(left - 1);
                    x.next.set(i.wrapping_add(x.step));
                    return Ok(Some(self.int(i)));
                }
            }
            Some(Kind::DictIter) => {
                if let Some(x) = it.as_gc::<DictIter>() {
                    return self.dict_iter_next(x);
                }
            }
            Some(Kind::Generator) => {
                if let Some(g) = it.as_gc::<Generator>() {
                    use crate::interp::generator::Resumed;
                    return match self.generator_send(g, Value::NONE)? {
                        Resumed::Yielded(v) => Ok(Some(v)),
                        Resumed::Returned(v) if v.is_none() => Ok(None),
                        Resumed::Returned(v) => Err(self.stop_iteration(v)),
                    };
                }
            }
            Some(Kind::Native) => {
                if let Some(r) = self.native_next(it) {
                    return r;
                }
            }
            _ => {}
        }
        let class = self.class_of(it);
        match self.special(class, Dunder::Next) {
            Some(m) => self.call_method_value(m, it, &[]).map(Some),
            None => {
                let text = format!("'{}' object is not an iterator", class.name_text());
                Err(self.type_error(text))
            }
        }
    }

    fn dict_iter_next(&mut self, x: Gc<DictIter>) -> Result<Option<Value>> {
        let Some(d) = x.dict.get() else {
            return Ok(None);
        };
        if d.len() != x.len.get() {
            x.len.set(usize::MAX);
            return Err(self.runtime_error("dictionary changed size during iteration"));
        }
        let mut at = x.at.get();
        let entry = if x.is_reversed { d.previous(&mut at) } else { d.next(&mut at) };
        x.at.set(at);
        let Some((k, v)) = entry else {
            x.dict.set(x, None);
            return Ok(None);
        };
        if x.left.get() == 0 && !x.is_reversed {
            x.dict.set(x, None);
            return Err(self.runtime_error("dictionary keys changed during iteration"));
        }
        x.left.set(x.left.get().saturating_sub(1));
        Ok(Some(match x.part {
            DictPart::Keys => k,
            DictPart::Values => v,
            DictPart::Items => self.tuple(&[k, v]).value(),
        }))
    }

    /// All items of an iterable as a list.
    pub fn list_from_iterable(&mut self, v: Value) -> Result<Gc<List>> {
        let l = self.list_new();
        self.list_extend_from(l, v)?;
        Ok(l)
    }

    /// All items of an iterable as a tuple; a tuple itself.
    pub fn tuple_from_iterable(&mut self, v: Value) -> Result<Gc<Tuple>> {
        if let Some(t) = v.as_gc::<Tuple>().filter(|_| self.is_exact(v, self.types.tuple)) {
            return Ok(t);
        }
        if let Some(l) = v.as_gc::<List>().filter(|_| self.is_exact(v, self.types.list)) {
            if l.is_floats() {
                let copy = self.list_slice(l, 0, l.len());
                return Ok(self.list_to_tuple(copy));
            }
            return Ok(self.list_to_tuple(l));
        }
        let l = self.list_from_iterable(v)?;
        Ok(self.list_to_tuple(l))
    }

    /// `l.extend(v)`.
    pub fn list_extend_from(&mut self, l: Gc<List>, v: Value) -> Result<()> {
        if let Some(t) = v.as_gc::<Tuple>().filter(|_| self.is_exact(v, self.types.tuple)) {
            self.list_extend(l, t.items());
            return Ok(());
        }
        if let Some(other) = v.as_gc::<List>().filter(|_| self.is_exact(v, self.types.list)) {
            let n = other.len();
            self.list_reserve(l, n);
            for i in 0..n {
                if i >= other.len() {
                    break;
                }
                let x = self.list_get(other, i);
                self.list_push(l, x);
            }
            return Ok(());
        }
        let it = self.iter(v)?;
        self.ask_length_hint(v)?;
        while let Some(x) = self.next(it)? {
            self.list_push(l, x);
        }
        Ok(())
    }

    /// `s.update(v)`.
    pub fn set_update_from(&mut self, s: Gc<Set>, v: Value) -> Result<()> {
        if let Some(other) = v.as_gc::<Set>() {
            return self.set_merge(s, other);
        }
        if let Some(d) = v.as_gc::<Dict>().filter(|_| self.is_exact(v, self.types.dict)) {
            self.set_reserve(s, d.len());
            let mut at = 0;
            while let Some((h, k, _)) = d.next_hashed(&mut at) {
                self.set_add_hashed(s, k, h)?;
            }
            return Ok(());
        }
        if let Some(list) = v.as_gc::<List>().filter(|_| self.is_exact(v, self.types.list)) {
            let mut i = 0;
            while i < list.len() {
                let x = self.list_get(list, i);
                self.set_add(s, x)?;
                i += 1;
            }
            return Ok(());
        }
        let it = self.iter(v)?;
        while let Some(x) = self.next(it)? {
            self.set_add(s, x)?;
        }
        Ok(())
    }

    /// Whether a container has the `__iter__` of its built-in class, so that its items may be taken directly.
    pub fn iterates_natively(&mut self, v: Value) -> bool {
        let class = self.class_of(v);
        !class.has_flag(IS_SCRIPT) || self.special(class, Dunder::Iter).is_some_and(|m| m.as_gc::<Builtin>().is_some())
    }

    /// `d.update(v)` for a mapping with `keys()`.
    pub fn dict_update_from(&mut self, d: Gc<Dict>, v: Value) -> Result<()> {
        if let Some(from) = v.as_gc::<Dict>() {
            if self.iterates_natively(v) {
                return self.dict_update(d, from);
            }
        }
        let name = self.common.keys;
        let keys = self.get_attr(v, name)?;
        let keys = self.call(keys, &[])?;
        // All keys first, as CPython.
        let keys = self.iter(keys)?;
        let keys = self.list_from_iterable(keys)?.value();
        let it = self.iter(keys)?;
        while let Some(k) = self.next(it)? {
            let x = self.get_item(v, k)?;
            self.dict_set(d, k, x)?;
        }
        Ok(())
    }

    // ---- comparison and arithmetic of built-in containers ----

    /// Comparison of two built-in values; `None`: by methods, or not at all.
    pub fn native_compare(&mut self, op: Compare, x: Value, y: Value) -> Result<Option<bool>> {
        if let Some(t) = self.number_compare(op, x, y) {
            return Ok(Some(t));
        }
        let (Some(a), Some(b)) = (x.kind(), y.kind()) else {
            return Ok(None);
        };
        match (a, b) {
            (Kind::Str, Kind::Str) => {
                let (Some(p), Some(q)) = (x.as_gc::<Str>(), y.as_gc::<Str>()) else {
                    return Ok(None);
                };
                // UTF-8 order is code point order, for surrogates too.
                Ok(Some(match op {
                    Compare::Eq => self.str_eq(p, q),
                    Compare::Ne => !self.str_eq(p, q),
                    _ => op.holds(p.bytes().cmp(q.bytes())),
                }))
            }
            (Kind::Bytes | Kind::ByteArray, Kind::Bytes | Kind::ByteArray) => match (bytes_of(x), bytes_of(y)) {
                (Some(p), Some(q)) => Ok(Some(op.holds(p.cmp(q)))),
                _ => Ok(None),
            },
            (Kind::List, Kind::List) | (Kind::Tuple, Kind::Tuple) => self.compare_sequences(op, x, y).map(Some),
            (Kind::Dict, Kind::Dict) if matches!(op, Compare::Eq | Compare::Ne) => {
                let (Some(p), Some(q)) = (x.as_gc::<Dict>(), y.as_gc::<Dict>()) else {
                    return Ok(None);
                };
                let equal = self.dict_equal(p, q)?;
                Ok(Some(equal == (op == Compare::Eq)))
            }
            (Kind::Set, Kind::Set) => {
                let (Some(p), Some(q)) = (x.as_gc::<Set>(), y.as_gc::<Set>()) else {
                    return Ok(None);
                };
                self.set_compare(op, p, q).map(Some)
            }
            (Kind::Range, Kind::Range) if matches!(op, Compare::Eq | Compare::Ne) => {
                let (Some(p), Some(q)) = (x.as_gc::<Range>(), y.as_gc::<Range>()) else {
                    return Ok(None);
                };
                let (n, m) = (self.range_length(p)?, self.range_length(q)?);
                let mut equal = self.eq(n, m)?;
                if equal && n != Value::int32(0) {
                    equal = self.eq(p.start, q.start)? && (n == Value::int32(1) || self.eq(p.step, q.step)?);
                }
                Ok(Some(equal == (op == Compare::Eq)))
            }
            (Kind::Slice, Kind::Slice) => {
                let (Some(p), Some(q)) = (x.as_gc::<Slice>(), y.as_gc::<Slice>()) else {
                    return Ok(None);
                };
                let p = self.tuple(&[p.start, p.stop, p.step]).value();
                let q = self.tuple(&[q.start, q.stop, q.step]).value();
                self.compare_sequences(op, p, q).map(Some)
            }
            (Kind::BoundMethod, Kind::BoundMethod) if matches!(op, Compare::Eq | Compare::Ne) => {
                let (Some(p), Some(q)) = (x.as_gc::<BoundMethod>(), y.as_gc::<BoundMethod>()) else {
                    return Ok(None);
                };
                Ok(Some((p.this == q.this && p.function == q.function) == (op == Compare::Eq)))
            }
            _ => Ok(None),
        }
    }

    fn sequence_item(&mut self, v: Value, i: usize) -> Option<Value> {
        if let Some(l) = v.as_gc::<List>() {
            return if i < l.len() { Some(self.list_get(l, i)) } else { None };
        }
        v.as_gc::<Tuple>().and_then(|t| t.items().get(i).copied())
    }

    /// Lists or tuples, item by item; lengths are read again after each comparison.
    fn compare_sequences(&mut self, op: Compare, x: Value, y: Value) -> Result<bool> {
        self.check_stack()?;
        let lens = |cx: &Cx| (cx.native_len(x).unwrap_or(0), cx.native_len(y).unwrap_or(0));
        let (n, m) = lens(self);
        if n != m && matches!(op, Compare::Eq | Compare::Ne) {
            return Ok(op == Compare::Ne);
        }
        let mut i = 0;
        while let (Some(a), Some(b)) = (self.sequence_item(x, i), self.sequence_item(y, i)) {
            if a != b && !self.eq(a, b)? {
                break;
            }
            i += 1;
        }
        // The comparison may have changed the lists: what stands there now decides.
        match (self.sequence_item(x, i), self.sequence_item(y, i)) {
            (Some(a), Some(b)) => match op {
                Compare::Eq => Ok(false),
                Compare::Ne => Ok(true),
                _ => self.compare_truth(op, a, b),
            },
            _ => {
                let (n, m) = lens(self);
                Ok(op.holds(n.cmp(&m)))
            }
        }
    }

    fn dict_equal(&mut self, a: Gc<Dict>, b: Gc<Dict>) -> Result<bool> {
        self.check_stack()?;
        if a.len() != b.len() {
            return Ok(false);
        }
        let mut at = 0;
        while let Some((hash, k, v)) = a.next_hashed(&mut at) {
            match self.dict_find(b, k, hash)? {
                Some(i) => {
                    let w = b.entry_value(i);
                    if !self.eq(v, w)? {
                        return Ok(false);
                    }
                }
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Whether all elements of `a` are in `b`.
    pub fn set_is_subset(&mut self, a: Gc<Set>, b: Gc<Set>) -> Result<bool> {
        if a.len() > b.len() {
            return Ok(false);
        }
        let mut at = 0;
        while let Some((h, v)) = a.next_hashed(&mut at) {
            if !self.set_contains_hashed(b, v, h)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn set_compare(&mut self, op: Compare, a: Gc<Set>, b: Gc<Set>) -> Result<bool> {
        match op {
            Compare::Eq => Ok(a.len() == b.len() && self.set_is_subset(a, b)?),
            Compare::Ne => Ok(a.len() != b.len() || !self.set_is_subset(a, b)?),
            Compare::Le => self.set_is_subset(a, b),
            Compare::Ge => self.set_is_subset(b, a),
            Compare::Lt => Ok(a.len() < b.len() && self.set_is_subset(a, b)?),
            Compare::Gt => Ok(b.len() < a.len() && self.set_is_subset(b, a)?),
        }
    }

    /// Operators of built-in values that are not both numbers.
    pub fn native_binary_other(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Option<Value>> {
        match op {
            BinaryOp::Add | BinaryOp::Mul => self.sequence_binary(op, x, y),
            BinaryOp::Mod if matches!(x.kind(), Some(Kind::Str | Kind::Bytes | Kind::ByteArray)) => self.percent_format(x, y).map(Some),
            BinaryOp::Or | BinaryOp::And | BinaryOp::Xor | BinaryOp::Sub => self.set_operator(op, x, y),
            _ => Ok(None),
        }
    }

    /// Concatenation and repetition of built-in sequences, whatever their class.
    pub fn sequence_binary(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Option<Value>> {
        if op == BinaryOp::Add {
            return Ok(match (x.kind(), y.kind()) {
                (Some(Kind::Str), Some(Kind::Str)) => match (x.as_gc::<Str>(), y.as_gc::<Str>()) {
                    (Some(a), Some(b)) => Some(self.concat(a, b).value()),
                    _ => None,
                },
                (Some(Kind::List), Some(Kind::List)) => match (x.as_gc::<List>(), y.as_gc::<List>()) {
                    (Some(a), Some(b)) => Some(self.list_concat(a, b).value()),
                    _ => None,
                },
                (Some(Kind::Tuple), Some(Kind::Tuple)) => match (x.as_gc::<Tuple>(), y.as_gc::<Tuple>()) {
                    (Some(a), Some(b)) => {
                        let n = a.len();
                        Some(self.tuple_with(n + b.len(), |i| if i < n { a.items()[i] } else { b.items()[i - n] }).value())
                    }
                    _ => None,
                },
                (Some(Kind::Bytes | Kind::ByteArray), Some(Kind::Bytes | Kind::ByteArray | Kind::Native)) => match (bytes_of(x), bytes_of(y)) {
                    (Some(a), Some(b)) => {
                        let all = [a, b].concat();
                        Some(if x.kind() == Some(Kind::Bytes) { self.bytes(&all).value() } else { self.bytearray(&all).value() })
                    }
                    _ => None,
                },
                _ => None,
            });
        }
        let (sequence, count) = if self.is_sequence_kind(x) {
            (x, y)
        } else if self.is_sequence_kind(y) {
            (y, x)
        } else {
            return Ok(None);
        };
        let class = self.class_of(count);
        if int_ref(count).is_none() && self.special(class, Dunder::Index).is_none() {
            return Ok(None);
        }
        let n = self.index(count)?;
        let Some(n) = machine_int(n) else {
            return Err(self.overflow_error("cannot fit 'int' into an index-sized integer"));
        };
        self.repeat(sequence, n.max(0) as usize).map(Some)
    }

    fn repeat(&mut self, v: Value, n: usize) -> Result<Value> {
        let len = match v.as_gc::<Str>() {
            Some(s) => s.byte_len(),
            None => self.native_len(v).unwrap_or(0),
        };
        let Some(total) = len.checked_mul(n).filter(|t| *t < 1 << 40) else {
            let size = v.as_gc::<Str>().map_or(len, |s| s.char_len()) as i128 * n as i128;
            return Err(match v.kind() {
                Some(Kind::Str) if size > i64::MAX as i128 => self.overflow_error("repeated string is too long"),
                Some(Kind::Bytes) if size > i64::MAX as i128 => self.overflow_error("repeated bytes are too long"),
                _ => self.memory_error(""),
            });
        };
        Ok(match v.kind() {
            Some(Kind::Str) => {
                let Some(s) = v.as_gc::<Str>() else {
                    return Ok(v);
                };
                if n == 1 && self.is_exact(v, self.types.str) {
                    return Ok(v);
                }
                if total > u32::MAX as usize {
                    return Err(self.memory_error(""));
                }
                let out = s.bytes().repeat(n);
                self.str_from_bytes(&out).value()
            }
            Some(Kind::Bytes) => {
                let out = bytes_of(v).unwrap_or(&[]).repeat(n);
                self.bytes(&out).value()
            }
            Some(Kind::ByteArray) => {
                let out = bytes_of(v).unwrap_or(&[]).repeat(n);
                self.bytearray(&out).value()
            }
            Some(Kind::Tuple) => {
                let Some(t) = v.as_gc::<Tuple>() else {
                    return Ok(v);
                };
                if n == 1 && self.is_exact(v, self.types.tuple) {
                    return Ok(v);
                }
                self.tuple_with(total, |i| t.items()[i % len]).value()
            }
            _ => {
                let Some(l) = v.as_gc::<List>() else {
                    return Ok(v);
                };
                let new = self.list_with_capacity(total);
                for _ in 0..n {
                    for i in 0..len {
                        let x = self.list_get(l, i);
                        self.list_push(new, x);
                    }
                }
                new.value()
            }
        })
    }

    pub fn is_sequence_kind(&self, v: Value) -> bool {
        matches!(v.kind(), Some(Kind::Str | Kind::Bytes | Kind::ByteArray | Kind::List | Kind::Tuple))
    }

    /// The message for a `+` of a built-in sequence with something else.
    pub fn concat_error(&self, x: Value, y: Value) -> Option<String> {
        let other = self.type_name(y);
        Some(match x.kind()? {
            Kind::Str => format!("can only concatenate str (not \"{other}\") to str"),
            Kind::List => format!("can only concatenate list (not \"{other}\") to list"),
            Kind::Tuple => format!("can only concatenate tuple (not \"{other}\") to tuple"),
            Kind::Bytes => format!("can't concat {other} to bytes"),
            Kind::ByteArray => format!("can't concat {other} to bytearray"),
            _ => return None,
        })
    }

    fn set_operator(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Option<Value>> {
        if let (BinaryOp::Or, Some(a), Some(b)) = (op, x.as_gc::<Dict>(), y.as_gc::<Dict>()) {
            let new = self.dict_copy(a);
            self.dict_update(new, b)?;
            return Ok(Some(new.value()));
        }
        if op == BinaryOp::Or {
            if let Some(u) = self.union_of_types(x, y)? {
                return Ok(Some(u));
            }
        }
        if let (Some(a), Some(b)) = (x.as_gc::<Set>(), y.as_gc::<Set>()) {
            return self.set_combine(op, a, b).map(|s| Some(s.value()));
        }
        let is_view = |v: Value| v.as_gc::<DictView>().is_some_and(|v| v.part != DictPart::Values);
        // A view takes any iterable on the other side; numbers on the left have had their say.
        if is_view(x) || is_view(y) {
            return self.view_operator(op, x, y).map(|s| Some(s.value()));
        }
        Ok(None)
    }

    /// `a op b` for the set operators, as a new set of the built-in class of `a`. May run script code.
    pub fn set_combine(&mut self, op: BinaryOp, a: Gc<Set>, b: Gc<Set>) -> Result<Gc<Set>> {
        match op {
            BinaryOp::Or => self.set_union(a, &[b.value()]),
            BinaryOp::And => self.set_intersection(a, b.value()),
            BinaryOp::Sub => self.set_difference(a, b.value()),
            _ => self.set_symmetric_difference(a, b.value()),
        }
    }

    /// `x op= y` of built-in mutable containers; `None`: as the plain operator.
    pub fn native_in_place(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Option<Value>> {
        match (op, x.kind()) {
            (BinaryOp::Add, Some(Kind::List)) => {
                if let Some(l) = x.as_gc::<List>() {
                    self.list_extend_from(l, y)?;
                    return Ok(Some(x));
                }
            }
            (BinaryOp::Mul, Some(Kind::List)) => {
                if let Some(l) = x.as_gc::<List>() {
                    let class = self.class_of(y);
                    if int_ref(y).is_none() && self.special(class, Dunder::Index).is_none() {
                        return Ok(None);
                    }
                    let Some(r) = self.sequence_binary(op, x, y)? else {
                        return Ok(None);
                    };
                    if let Some(r) = r.as_gc::<List>() {
                        self.list_swap(l, r);
                    }
                    return Ok(Some(x));
                }
            }
            (BinaryOp::Add, Some(Kind::ByteArray)) => {
                if let (Some(b), Some(data)) = (x.as_gc::<ByteArray>(), bytes_of(y)) {
                    self.check_resizable(b)?;
                    let data = data.to_vec();
                    self.bytearray_extend(b, &data);
                    return Ok(Some(x));
                }
            }
            (BinaryOp::Or, Some(Kind::Dict)) => {
                if let Some(d) = x.as_gc::<Dict>() {
                    self.dict_update_any(d, y)?;
                    return Ok(Some(x));
                }
            }
            (BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor, Some(Kind::Set)) => {
                if let (Some(a), Some(b)) = (x.as_gc::<Set>(), y.as_gc::<Set>()) {
                    if !a.is_frozen {
                        self.set_in_place(op, a, b)?;
                        return Ok(Some(x));
                    }
                }
            }
            _ => {}
        }
        Ok(None)
    }

    /// `a op= b` of sets.
    pub fn set_in_place(&mut self, op: BinaryOp, a: Gc<Set>, b: Gc<Set>) -> Result<()> {
        match op {
            BinaryOp::Or => self.set_merge(a, b),
            BinaryOp::And => {
                let new = self.set_intersection(a, b.value())?;
                a.swap_contents(new);
                Ok(())
            }
            BinaryOp::Sub => self.set_difference_update(a, b.value()),
            _ => self.set_symmetric_difference_update(a, b.value()),
        }
    }

    // ---- text ----

    /// `repr(v)`.
    pub fn repr(&mut self, v: Value) -> Result<Gc<Str>> {
        let mut out = Vec::new();
        self.push_repr(&mut out, v)?;
        Ok(self.str_from_bytes(&out))
    }

    /// Appends `repr(v)` as generalised UTF-8.
    pub fn push_repr(&mut self, out: &mut Vec<u8>, v: Value) -> Result<()> {
        if !self.is_script(v) && !self.is_derived_container(v) && self.push_native_repr(out, v)? {
            return Ok(());
        }
        match self.call_special(v, Dunder::Repr, &[])? {
            Some(s) => match s.as_gc::<Str>() {
                Some(s) => {
                    out.extend_from_slice(s.bytes());
                    Ok(())
                }
                None => {
                    let text = format!("__repr__ returned non-string (type {})", self.type_name(s));
                    Err(self.type_error(text))
                }
            },
            None => {
                self.push_default_repr(out, v);
                Ok(())
            }
        }
    }

    /// Whether `v` is a container of a built-in class derived from the container's own, such as `time.struct_time`, which
    /// has a `__repr__` of its own.
    fn is_derived_container(&self, v: Value) -> bool {
        let class = self.class_of(v);
        match v.kind() {
            Some(Kind::Tuple) => class != self.types.tuple,
            Some(Kind::List) => class != self.types.list,
            Some(Kind::Dict) => class != self.types.dict,
            _ => false,
        }
    }

    /// Numbers, constants, strings and containers; false: by the method of the class.
    pub fn push_native_repr(&mut self, out: &mut Vec<u8>, v: Value) -> Result<bool> {
        if let Some(i) = v.as_int() {
            text::int_text::push_i64(out, i);
            return Ok(true);
        }
        if let Some(x) = v.as_float() {
            text::float_repr::push_repr(out, x);
            return Ok(true);
        }
        let Some(o) = v.as_object() else {
            out.extend_from_slice(match v {
                Value::NONE => b"None",
                Value::TRUE => b"True",
                Value::FALSE => b"False",
                Value::ELLIPSIS => b"Ellipsis",
                _ => b"NotImplemented",
            });
            return Ok(true);
        };
        match o.kind() {
            Kind::BigInt => {
                if let Some(i) = int_ref(v) {
                    self.push_int(out, i)?;
                }
            }
            Kind::Str => {
                if let Some(s) = v.as_gc::<Str>() {
                    text::escape::push_repr(out, s.bytes());
                }
            }
            Kind::Bytes => {
                if let Some(b) = v.as_gc::<Bytes>() {
                    text::escape::push_bytes_repr(out, b.bytes());
                }
            }
            Kind::List | Kind::Tuple | Kind::Dict | Kind::Set => self.push_container_repr(out, v)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Decimal digits of an int, within the limit of digits.
    pub fn push_int(&mut self, out: &mut Vec<u8>, i: IntRef<'_>) -> Result<()> {
        if let IntRef::Big(b) = &i {
            let limit = self.int_digit_limit;
            if limit > 0 && text::int_text::exceeds_digit_limit(b, limit) {
                return Err(self.value_error(text::int_text::too_many_digits_to_write(limit)));
            }
            if crate::long_work::is_long_number(b) {
                let b = (*b).clone();
                let mut digits = self.long_work(move || {
                    let mut digits = Vec::new();
                    text::int_text::push_decimal(&mut digits, IntRef::Big(&b));
                    digits
                })?;
                out.append(&mut digits);
                return Ok(());
            }
        }
        text::int_text::push_decimal(out, i);
        Ok(())
    }

    /// `repr` of list, tuple, dict, set: a container met again inside itself shows as dots.
    fn push_container_repr(&mut self, out: &mut Vec<u8>, v: Value) -> Result<()> {
        self.check_stack()?;
        if self.repr_active.contains(&v.word()) {
            out.extend_from_slice(match v.kind() {
                Some(Kind::List) => b"[...]" as &[u8],
                Some(Kind::Tuple) => b"(...)",
                Some(Kind::Dict) => b"{...}",
                _ => b"set(...)",
            });
            return Ok(());
        }
        if self.repr_active.len() as i64 >= self.recursion_limit {
            return Err(self.recursion_error(" while getting the repr of an object"));
        }
        self.repr_active.push(v.word());
        let r = self.push_container_items(out, v);
        self.repr_active.pop();
        r
    }

    fn push_container_items(&mut self, out: &mut Vec<u8>, v: Value) -> Result<()> {
        if let Some(l) = v.as_gc::<List>() {
            out.push(b'[');
            let mut i = 0;
            while i < l.len() {
                if i > 0 {
                    out.extend_from_slice(b", ");
                }
                let x = self.list_get(l, i);
                self.push_repr(out, x)?;
                i += 1;
            }
            out.push(b']');
        } else if let Some(t) = v.as_gc::<Tuple>() {
            out.push(b'(');
            for (i, &x) in t.items().iter().enumerate() {
                if i > 0 {
                    out.extend_from_slice(b", ");
                }
                self.push_repr(out, x)?;
            }
            if t.len() == 1 {
                out.push(b',');
            }
            out.push(b')');
        } else if let Some(d) = v.as_gc::<Dict>() {
            out.push(b'{');
            let mut at = 0;
            let mut first = true;
            while let Some((k, x)) = d.next(&mut at) {
                if !first {
                    out.extend_from_slice(b", ");
                }
                first = false;
                self.push_repr(out, k)?;
                out.extend_from_slice(b": ");
                self.push_repr(out, x)?;
            }
            out.push(b'}');
        } else if let Some(s) = v.as_gc::<Set>() {
            let class = self.class_of(v);
            if s.is_empty() {
                out.extend_from_slice(class.name_text().as_bytes());
                out.extend_from_slice(b"()");
                return Ok(());
            }
            let wrap = class != self.types.set;
            if wrap {
                out.extend_from_slice(class.name_text().as_bytes());
                out.push(b'(');
            }
            out.push(b'{');
            let items = self.list_new();
            let mut at = 0;
            while let Some(x) = s.next(&mut at) {
                self.list_push(items, x);
            }
            for i in 0..items.len() {
                if i > 0 {
                    out.extend_from_slice(b", ");
                }
                let x = self.list_get(items, i);
                self.push_repr(out, x)?;
            }
            out.push(b'}');
            if wrap {
                out.push(b')');
            }
        }
        Ok(())
    }

    /// `<module.Class object at 0x…>`.
    pub fn push_default_repr(&mut self, out: &mut Vec<u8>, v: Value) {
        let class = self.class_of(v);
        let name = self.class_display_name(class);
        out.extend_from_slice(format!("<{} object at {:#x}>", name, v.word()).as_bytes());
    }

    /// `module.qualname`, without the module for built-ins.
    pub fn class_display_name(&mut self, class: Gc<Type>) -> String {
        let key = self.common.module;
        let qualname = class.qualname.get().map(|q| q.lossy().into_owned()).unwrap_or_default();
        match self.dict_get_str(class.dict.expect(), key).and_then(|m| m.as_str_object()) {
            Some(m) if m.bytes() != b"builtins" => format!("{}.{}", m.lossy(), qualname),
            _ => qualname,
        }
    }

    /// `str(v)`.
    pub fn str_value(&mut self, v: Value) -> Result<Gc<Str>> {
        if let Some(s) = v.as_gc::<Str>() {
            if self.is_exact(v, self.types.str) {
                return Ok(s);
            }
        }
        if let Some(i) = v.as_int() {
            let mut buf = itoa::Buffer::new();
            let digits = buf.format(i).as_bytes();
            return Ok(self.str_from_ascii(digits));
        }
        let class = self.class_of(v);
        if let Some(m) = self.special(class, Dunder::Str) {
            if !m.as_gc::<Builtin>().is_some_and(|b| b.owner.get() == Some(self.types.object.value())) {
                let s = self.call_method_value(m, v, &[])?;
                return match s.as_gc::<Str>() {
                    Some(s) => Ok(s),
                    None => {
                        let text = format!("__str__ returned non-string (type {})", self.type_name(s));
                        Err(self.type_error(text))
                    }
                };
            }
        }
        if class.has_flag(IS_SCRIPT) {
            // `object.__str__` passes on what `__repr__` gives, unchecked.
            if let Some(s) = self.call_special(v, Dunder::Repr, &[])? {
                return match s.as_gc::<Str>() {
                    Some(s) => Ok(s),
                    None => {
                        let text = format!("__str__ returned non-string (type {})", self.type_name(s));
                        Err(self.type_error(text))
                    }
                };
            }
        }
        self.repr(v)
    }

    /// `ascii(v)`.
    pub fn ascii(&mut self, v: Value) -> Result<Gc<Str>> {
        let s = self.repr(v)?;
        if s.is_ascii() {
            return Ok(s);
        }
        let mut out = Vec::new();
        text::escape::push_ascii_only(&mut out, s.bytes());
        Ok(self.str_from_bytes(&out))
    }

    /// `format(v, spec)`.
    pub fn format(&mut self, v: Value, spec: Gc<Str>) -> Result<Value> {
        let class = self.class_of(v);
        if spec.byte_len() == 0 && !class.has_flag(IS_SCRIPT) {
            let plain = v.is_int() || v.as_float().is_some() || v.is_bool() || v.is_none();
            if plain || self.is_exact(v, self.types.str) {
                return Ok(self.str_value(v)?.value());
            }
        }
        let Some(m) = self.special(class, Dunder::Format) else {
            return Err(self.type_error(format!("unsupported format string passed to {}.__format__", class.name_text())));
        };
        let s = self.call_method_value(m, v, &[spec.value()])?;
        if s.as_gc::<Str>().is_none() {
            let text = format!("__format__ must return a str, not {}", self.type_name(s));
            return Err(self.type_error(text));
        }
        Ok(s)
    }

    /// The strings joined.
    pub fn join_strings(&mut self, parts: &[Value]) -> Gc<Str> {
        let mut out = std::mem::take(&mut self.scratch);
        out.clear();
        let mut ascii = true;
        for p in parts {
            if let Some(s) = p.as_gc::<Str>() {
                ascii &= s.is_ascii();
                out.extend_from_slice(s.bytes());
            }
        }
        let s = if ascii { self.str_from_ascii(&out) } else { self.str_from_bytes(&out) };
        if out.capacity() <= 1 << 20 {
            self.scratch = out;
        }
        s
    }

    /// An error of the text library as the exception it stands for.
    #[cold]
    pub fn text_error(&mut self, e: text::TextError) -> crate::vm::Raised {
        let message = String::from_utf8_lossy(&e.message).into_owned();
        match e.kind {
            text::ErrorKind::Value => self.value_error(message),
            text::ErrorKind::Overflow => self.overflow_error(message),
            text::ErrorKind::Type => self.type_error(message),
            _ => self.memory_error(message),
        }
    }

    /// `isinstance(v, class_or_tuple)`, with `__instancecheck__`.
    pub fn is_instance_of(&mut self, v: Value, against: Value) -> Result<bool> {
        if let Some(t) = against.as_gc::<Type>() {
            if self.class_of(v) == t {
                return Ok(true);
            }
            let meta = self.class_of(against);
            if meta == self.types.type_ {
                if self.is_instance(v, t) {
                    return Ok(true);
                }
                return self.instance_by_class_attribute(v, t);
            }
        }
        if let Some(items) = against.as_gc::<Tuple>() {
            self.check_stack()?;
            for &t in items.items() {
                if self.is_instance_of(v, t)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let meta = self.class_of(against);
        if let Some(m) = self.special(meta, Dunder::InstanceCheck) {
            let r = self.call_method_value(m, against, &[v])?;
            return self.truth(r);
        }
        match against.as_gc::<Type>() {
            Some(t) => Ok(self.is_instance(v, t)),
            None => Err(self.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")),
        }
    }

    /// Objects may lie about their class by `__class__`.
    pub fn instance_by_class_attribute(&mut self, v: Value, t: Gc<Type>) -> Result<bool> {
        if !self.is_script(v) {
            return Ok(false);
        }
        let name = self.common.class;
        let class = self.class_of(v);
        // Only where somebody overrides it.
        let own = self.lookup(class, name);
        if own.is_none_or(|a| a.as_gc::<crate::object::function::Member>().is_some()) {
            return Ok(false);
        }
        match self.try_attr(v, name)?.and_then(|c| c.as_gc::<Type>()) {
            Some(c) => Ok(c != class && c.is_subclass(t)),
            None => Ok(false),
        }
    }

    /// `issubclass(c, class_or_tuple)`, with `__subclasscheck__`.
    pub fn is_subclass_of(&mut self, c: Value, against: Value) -> Result<bool> {
        if let Some(items) = against.as_gc::<Tuple>() {
            self.check_stack()?;
            for &t in items.items() {
                if self.is_subclass_of(c, t)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let meta = self.class_of(against);
        if meta != self.types.type_ {
            if let Some(m) = self.special(meta, Dunder::SubclassCheck) {
                let r = self.call_method_value(m, against, &[c])?;
                return self.truth(r);
            }
        }
        match (c.as_gc::<Type>(), against.as_gc::<Type>()) {
            (Some(c), Some(t)) => Ok(c.is_subclass(t)),
            (None, _) => Err(self.type_error("issubclass() arg 1 must be a class")),
            (_, None) => Err(self.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union")),
        }
    }
}

/// The bytes of a bytes-like object: bytes, bytearray, contiguous memoryviews and what else lends its memory. Good until
/// script code runs or the object changes.
pub fn bytes_of<'a>(v: Value) -> Option<&'a [u8]> {
    #[expect(unsafe_code, reason = "lends bytes out of a heap object")]
    // SAFETY: objects do not move; the caller's value keeps this one alive and the contract ends before a change.
    unsafe {
        match v.kind()? {
            Kind::Bytes => v.as_gc::<Bytes>().map(|b| &*(b.bytes() as *const [u8])),
            Kind::ByteArray => v.as_gc::<ByteArray>().map(|b| &*(b.bytes() as *const [u8])),
            Kind::Native => crate::object::native::lent_bytes(v),
            _ => None,
        }
    }
}

fn char_offsets(bytes: &[u8]) -> Vec<u32> {
    bytes.iter().enumerate().filter(|(_, b)| **b & 0xC0 != 0x80).map(|(i, _)| i as u32).collect()
}
