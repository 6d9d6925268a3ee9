//! The methods of `range`, of any size (Python library reference, "Ranges").
//!
//! Numbers that fit a small int go fast ways; everything else is done with big ones.

use gscript_macros::class;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use crate::builtins::iterators::LongRangeIterator;
use crate::object::int::int_ref;
use crate::object::simple::Range;
use crate::operator::Compare;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

fn big(v: Value) -> BigInt {
    int_ref(v).map(|i| i.to_bigint()).unwrap_or_default()
}

/// The numbers of a range.
struct Numbers {
    start: BigInt,
    step: BigInt,
    len: BigInt,
}

impl Numbers {
    fn of(r: Gc<Range>) -> Numbers {
        let (start, stop, step) = (big(r.start), big(r.stop), big(r.step));
        let (lo, hi, width) = if step.sign() == Sign::Minus { (&stop, &start, -&step) } else { (&start, &stop, step.clone()) };
        let len = if lo >= hi { BigInt::zero() } else { (hi - lo - 1u32).div_floor(&width) + 1u32 };
        Numbers { start, step, len }
    }

    /// Where `i` stands in the range.
    fn position(&self, i: &BigInt) -> Option<BigInt> {
        let (q, r) = (i - &self.start).div_mod_floor(&self.step);
        (r.is_zero() && q.sign() != Sign::Minus && q < self.len).then_some(q)
    }
}

impl Cx {
    /// An iterator over a range, forwards or backwards. No script code runs.
    pub(crate) fn range_iterator_of(&mut self, r: Gc<Range>, is_reversed: bool) -> Value {
        if let (Some((start, _, step)), Some(n)) = (r.small(), r.small_len()) {
            if !is_reversed {
                return self.range_iter(start, step, n).value();
            }
            // The numbers of a small range are small, so is the one before its first when the step is.
            if let Some(before) = start.checked_sub(step).and_then(Value::small_int) {
                std::hint::black_box(before);
                return self.range_iter(start + (n - 1) * step, -step, n).value();
            }
        }
        let n = Numbers::of(r);
        let (first, step) = if is_reversed { (&n.start + (&n.len - 1u32) * &n.step, -n.step) } else { (n.start, n.step) };
        let (first, step, left) = (self.bigint(first), self.bigint(step), self.bigint(n.len));
        LongRangeIterator::alloc(self, first, step, left)
    }

    /// `r[start:stop:step]`. May run script code (`__index__`).
    pub(crate) fn range_slice(&mut self, r: Gc<Range>, start: Value, stop: Value, step: Value) -> Result<Value> {
        let n = Numbers::of(r);
        let [a, b, c] = self.slice_indices(start, stop, step, &n.len)?;
        let new_start = self.bigint(&n.start + a * &n.step);
        let new_stop = self.bigint(&n.start + b * &n.step);
        let new_step = self.bigint(n.step * c);
        Ok(self.range(new_start, new_stop, new_step).value())
    }

    /// Whether ranges compare the number itself, as they do ints and bools; others are compared one by one.
    fn is_plain_int(&self, v: Value) -> bool {
        v.is_bool() || v.is_int() || self.is_exact(v, self.types.int)
    }

    /// The position of the first number that equals `v`, one by one. May run script code.
    fn range_search(&mut self, r: Gc<Range>, v: Value) -> Result<Option<i64>> {
        let it = self.range_iterator_of(r, false);
        let mut at = 0;
        while let Some(x) = self.next(it)? {
            if self.eq(x, v)? {
                return Ok(Some(at));
            }
            at += 1;
        }
        Ok(None)
    }
}

/// range(stop) -> range object
/// range(start, stop[, step]) -> range object
///
/// Return an object that produces a sequence of integers from start (inclusive)
/// to stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.
/// start defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.
/// These are exactly the valid indices for a list of 4 elements.
/// When step is given, it specifies the increment (or decrement).
#[class("range")]
pub mod range {
    use super::*;
    use crate::convert::Index;
    use crate::object::class::Type;
    use crate::object::str::Str;

    #[new("start, stop=<none>, step=<none>, /")]
    fn new(cx: &mut Cx, _class: Gc<Type>, start: Index, stop: Option<Value>, step: Option<Value>) -> Result<Gc<Range>> {
        let Some(stop) = stop else {
            return Ok(cx.range(Value::int32(0), start.0, Value::int32(1)));
        };
        let stop = cx.index(stop)?;
        let step = match step {
            Some(s) => cx.index(s)?,
            None => Value::int32(1),
        };
        if step == Value::int32(0) {
            return Err(cx.value_error("range() arg 3 must not be zero"));
        }
        Ok(cx.range(start.0, stop, step))
    }

    #[getter]
    fn start(this: Gc<Range>) -> Value {
        this.start
    }

    #[setter]
    fn set_start(cx: &mut Cx, this: Gc<Range>, _value: Value) -> Result<()> {
        Err(cx.attribute_error(this.value(), "start", "readonly attribute"))
    }

    #[getter]
    fn stop(this: Gc<Range>) -> Value {
        this.stop
    }

    #[setter]
    fn set_stop(cx: &mut Cx, this: Gc<Range>, _value: Value) -> Result<()> {
        Err(cx.attribute_error(this.value(), "stop", "readonly attribute"))
    }

    #[getter]
    fn step(this: Gc<Range>) -> Value {
        this.step
    }

    #[setter]
    fn set_step(cx: &mut Cx, this: Gc<Range>, _value: Value) -> Result<()> {
        Err(cx.attribute_error(this.value(), "step", "readonly attribute"))
    }

    #[method(name = "__len__", "")]
    fn len_(cx: &mut Cx, this: Gc<Range>) -> Result<Value> {
        let n = Numbers::of(this).len;
        if n.to_i64().is_none() {
            return Err(cx.overflow_error("Python int too large to convert to C ssize_t"));
        }
        Ok(cx.bigint(n))
    }

    #[method(name = "__bool__", "")]
    fn bool_(this: Gc<Range>) -> bool {
        !Numbers::of(this).len.is_zero()
    }

    #[method(name = "__getitem__", "key, /")]
    fn get_item(cx: &mut Cx, this: Gc<Range>, key: Value) -> Result<Value> {
        Ok(cx.native_get_item(this.value(), key)?.unwrap_or(Value::NONE))
    }

    #[method(name = "__contains__", "key, /")]
    fn contains(cx: &mut Cx, this: Gc<Range>, key: Value) -> Result<bool> {
        if cx.is_plain_int(key) {
            return Ok(Numbers::of(this).position(&big(key)).is_some());
        }
        Ok(cx.range_search(this, key)?.is_some())
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<Range>) -> Value {
        cx.range_iterator_of(this, false)
    }

    /// Return a reverse iterator.
    #[method(name = "__reversed__", "")]
    fn reversed(cx: &mut Cx, this: Gc<Range>) -> Value {
        cx.range_iterator_of(this, true)
    }

    /// rangeobject.count(value) -> integer -- return number of occurrences of value
    #[method("value, /")]
    fn count(cx: &mut Cx, this: Gc<Range>, value: Value) -> Result<i64> {
        if cx.is_plain_int(value) {
            return Ok(Numbers::of(this).position(&big(value)).is_some() as i64);
        }
        let it = cx.range_iterator_of(this, false);
        let mut n = 0;
        while let Some(x) = cx.next(it)? {
            n += cx.eq(x, value)? as i64;
        }
        Ok(n)
    }

    /// rangeobject.index(value) -> integer -- return index of value.
    /// Raise ValueError if the value is not present.
    #[method("value, /")]
    fn index(cx: &mut Cx, this: Gc<Range>, value: Value) -> Result<Value> {
        if cx.is_plain_int(value) {
            return match Numbers::of(this).position(&big(value)) {
                Some(i) => Ok(cx.bigint(i)),
                None => {
                    let text = format!("{} is not in range", cx.repr(value)?.lossy());
                    Err(cx.value_error(text))
                }
            };
        }
        match cx.range_search(this, value)? {
            Some(i) => Ok(cx.int(i)),
            None => Err(cx.value_error("sequence.index(x): x not in sequence")),
        }
    }

    #[method(name = "__hash__", "")]
    fn hash(cx: &mut Cx, this: Gc<Range>) -> Result<i64> {
        let n = Numbers::of(this).len;
        let start = if n.is_zero() { Value::NONE } else { this.start };
        let step = if n.is_zero() || n.is_one() { Value::NONE } else { this.step };
        let n = cx.bigint(n);
        let key = cx.tuple(&[n, start, step]).value();
        cx.hash(key)
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<Range>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Eq, this.value(), value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<Range>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ne, this.value(), value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(_this: Gc<Range>, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method(name = "__le__", "value, /")]
    fn le(_this: Gc<Range>, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(_this: Gc<Range>, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(_this: Gc<Range>, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Range>) -> Result<Gc<Str>> {
        let mut out = b"range(".to_vec();
        cx.push_repr(&mut out, this.start)?;
        out.extend_from_slice(b", ");
        cx.push_repr(&mut out, this.stop)?;
        if this.step != Value::int32(1) {
            out.extend_from_slice(b", ");
            cx.push_repr(&mut out, this.step)?;
        }
        out.push(b')');
        Ok(cx.str_from_bytes(&out))
    }

    #[method(name = "__reduce__", "")]
    fn reduce(cx: &mut Cx, this: Gc<Range>) -> Value {
        let args = cx.tuple(&[this.start, this.stop, this.step]).value();
        let class = cx.types.range.value();
        cx.tuple(&[class, args]).value()
    }
}
