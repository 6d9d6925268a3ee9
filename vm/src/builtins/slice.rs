//! The methods of `slice`, and the bounds of a slice as ints of any size.

use gscript_macros::class;
use num_bigint::{BigInt, Sign};
use num_traits::Zero;

use crate::object::dunder::Dunder;
use crate::object::int::int_ref;
use crate::object::simple::Slice;
use crate::operator::Compare;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// A bound or step of a slice; `None` for None. May run script code.
    fn slice_int(&mut self, v: Value) -> Result<Option<BigInt>> {
        if v.is_none() {
            return Ok(None);
        }
        let class = self.class_of(v);
        if int_ref(v).is_none() && self.special(class, Dunder::Index).is_none() {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        let i = self.index(v)?;
        Ok(int_ref(i).map(|i| i.to_bigint()))
    }

    /// Start, stop and step of a slice of something of this length, as `slice.indices` says it. May run script code.
    pub(crate) fn slice_indices(&mut self, start: Value, stop: Value, step: Value, length: &BigInt) -> Result<[BigInt; 3]> {
        let step = self.slice_int(step)?.unwrap_or_else(|| BigInt::from(1));
        if step.is_zero() {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let is_negative = step.sign() == Sign::Minus;
        let (lower, upper) = if is_negative { (BigInt::from(-1), length - 1) } else { (BigInt::zero(), length.clone()) };
        let clamp = |i: BigInt| {
            if i.sign() == Sign::Minus { (i + length).max(lower.clone()) } else { i.min(upper.clone()) }
        };
        let start = match self.slice_int(start)? {
            Some(i) => clamp(i),
            None => {
                if is_negative {
                    upper.clone()
                } else {
                    lower.clone()
                }
            }
        };
        let stop = match self.slice_int(stop)? {
            Some(i) => clamp(i),
            None => {
                if is_negative {
                    lower.clone()
                } else {
                    upper.clone()
                }
            }
        };
        Ok([start, stop, step])
    }
}

/// slice(stop)
/// slice(start, stop[, step])
///
/// Create a slice object.  This is used for extended slicing (e.g. a[0:10:2]).
#[class("slice")]
pub mod slice {
    use super::*;
    use crate::object::class::Type;
    use crate::object::str::Str;

    #[new("start, stop=<none>, step=<none>, /")]
    fn new(cx: &mut Cx, _class: Gc<Type>, start: Value, stop: Option<Value>, step: Option<Value>) -> Gc<Slice> {
        match stop {
            None => cx.slice(Value::NONE, start, Value::NONE),
            Some(stop) => cx.slice(start, stop, step.unwrap_or(Value::NONE)),
        }
    }

    #[getter]
    fn start(this: Gc<Slice>) -> Value {
        this.start
    }

    #[setter]
    fn set_start(cx: &mut Cx, this: Gc<Slice>, _value: Value) -> Result<()> {
        Err(cx.attribute_error(this.value(), "start", "readonly attribute"))
    }

    #[getter]
    fn stop(this: Gc<Slice>) -> Value {
        this.stop
    }

    #[setter]
    fn set_stop(cx: &mut Cx, this: Gc<Slice>, _value: Value) -> Result<()> {
        Err(cx.attribute_error(this.value(), "stop", "readonly attribute"))
    }

    #[getter]
    fn step(this: Gc<Slice>) -> Value {
        this.step
    }

    #[setter]
    fn set_step(cx: &mut Cx, this: Gc<Slice>, _value: Value) -> Result<()> {
        Err(cx.attribute_error(this.value(), "step", "readonly attribute"))
    }

    /// S.indices(len) -> (start, stop, stride)
    ///
    /// Assuming a sequence of length len, calculate the start and stop
    /// indices, and the stride length of the extended slice described by
    /// S. Out of bounds indices are clipped in a manner consistent with the
    /// handling of normal slices.
    #[method("length, /")]
    fn indices(cx: &mut Cx, this: Gc<Slice>, length: BigInt) -> Result<Value> {
        if length.sign() == Sign::Minus {
            return Err(cx.value_error("length should not be negative"));
        }
        let [a, b, c] = cx.slice_indices(this.start, this.stop, this.step, &length)?;
        let (a, b, c) = (cx.bigint(a), cx.bigint(b), cx.bigint(c));
        Ok(cx.tuple(&[a, b, c]).value())
    }

    fn compare(cx: &mut Cx, op: Compare, this: Gc<Slice>, value: Value) -> Result<Value> {
        if this.value() == value {
            return Ok(Value::bool(matches!(op, Compare::Eq | Compare::Le | Compare::Ge)));
        }
        cx.compare_or_not_implemented(op, this.value(), value)
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<Slice>, value: Value) -> Result<Value> {
        compare(cx, Compare::Eq, this, value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<Slice>, value: Value) -> Result<Value> {
        compare(cx, Compare::Ne, this, value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(cx: &mut Cx, this: Gc<Slice>, value: Value) -> Result<Value> {
        compare(cx, Compare::Lt, this, value)
    }

    #[method(name = "__le__", "value, /")]
    fn le(cx: &mut Cx, this: Gc<Slice>, value: Value) -> Result<Value> {
        compare(cx, Compare::Le, this, value)
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(cx: &mut Cx, this: Gc<Slice>, value: Value) -> Result<Value> {
        compare(cx, Compare::Gt, this, value)
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(cx: &mut Cx, this: Gc<Slice>, value: Value) -> Result<Value> {
        compare(cx, Compare::Ge, this, value)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Slice>) -> Result<Gc<Str>> {
        cx.check_stack()?;
        let mut out = b"slice(".to_vec();
        for (i, v) in [this.start, this.stop, this.step].into_iter().enumerate() {
            if i > 0 {
                out.extend_from_slice(b", ");
            }
            cx.push_repr(&mut out, v)?;
        }
        out.push(b')');
        Ok(cx.str_from_bytes(&out))
    }

    /// Return state information for pickling.
    #[method(name = "__reduce__", "")]
    fn reduce(cx: &mut Cx, this: Gc<Slice>) -> Value {
        let args = cx.tuple(&[this.start, this.stop, this.step]).value();
        let class = cx.types.slice.value();
        cx.tuple(&[class, args]).value()
    }
}
