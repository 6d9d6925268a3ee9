//! The built-in functions of numbers: `abs`, `divmod`, `hash`, `pow`, `round`, `sum`.

use crate::object::bytes::{ByteArray, Bytes};
use crate::object::class::IS_SCRIPT;
use crate::object::dunder::Dunder;
use crate::object::int::int_ref;
use crate::object::str::Str;
use crate::operator::BinaryOp;
use crate::value::Value;
use crate::vm::{Cx, Result};

impl Cx {
    /// `pow(base, exponent, modulus)`. May run script code.
    pub fn power(&mut self, base: Value, exponent: Value, modulus: Value) -> Result<Value> {
        if modulus.is_none() {
            return self.binary(BinaryOp::Pow, base, exponent);
        }
        // Only the classes of the machine look at other operands than the first.
        for v in [base, exponent, modulus] {
            let class = self.class_of(v);
            let is_first = v == base;
            let Some(m) = self.special(class, Dunder::Pow) else {
                continue;
            };
            if m.as_gc::<crate::object::function::Builtin>().is_none() && !is_first {
                continue;
            }
            let r = if is_first {
                self.call_method_value(m, base, &[exponent, modulus])?
            } else if v.as_float().is_some() {
                return Err(self.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
            } else if v.as_gc::<crate::object::float::Complex>().is_some() {
                return Err(self.value_error("complex modulo"));
            } else {
                Value::NOT_IMPLEMENTED
            };
            if r != Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
        }
        let [a, b, c] = [base, exponent, modulus].map(|v| self.type_name(v));
        Err(self.type_error(format!("unsupported operand type(s) for ** or pow(): '{a}', '{b}', '{c}'")))
    }

    /// `sum` in general: `+` from left to right.
    fn sum_from(&mut self, it: Value, mut total: Value) -> Result<Value> {
        while let Some(v) = self.next(it)? {
            total = self.binary(BinaryOp::Add, total, v)?;
        }
        Ok(total)
    }
}

#[gscript_macros::functions]
pub mod functions {
    use super::*;

    /// Return the absolute value of the argument.
    #[function]
    fn abs(cx: &mut Cx, x: Value) -> Result<Value> {
        let class = cx.class_of(x);
        if !class.has_flag(IS_SCRIPT) && (x.as_float().is_some() || int_ref(x).is_some()) {
            if let Some(v) = cx.native_unary(Dunder::Abs, x) {
                return Ok(v);
            }
        }
        match cx.call_special(x, Dunder::Abs, &[])? {
            Some(v) => Ok(v),
            None => {
                let text = format!("bad operand type for abs(): '{}'", cx.type_name(x));
                Err(cx.type_error(text))
            }
        }
    }

    /// Return the tuple (x//y, x%y).  Invariant: div*y + mod == x.
    #[function]
    fn divmod(cx: &mut Cx, x: Value, y: Value) -> Result<Value> {
        cx.binary(BinaryOp::DivMod, x, y)
    }

    /// Return the hash value for the given object.
    ///
    /// Two objects that compare equal must also have the same hash value, but the
    /// reverse is not necessarily true.
    #[function]
    fn hash(cx: &mut Cx, obj: Value) -> Result<i64> {
        cx.hash(obj)
    }

    /// Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.
    ///
    /// Some types, such as ints, are able to use a more efficient algorithm when
    /// invoked using the three argument form.
    #[function("base, exp, mod=None")]
    fn pow(cx: &mut Cx, base: Value, exp: Value, modulus: Value) -> Result<Value> {
        cx.power(base, exp, modulus)
    }

    /// Round a number to a given precision in decimal digits.
    ///
    /// The return value is an integer if ndigits is omitted or None.  Otherwise
    /// the return value has the same type as the number.  ndigits may be negative.
    #[function("number, ndigits=None")]
    fn round(cx: &mut Cx, number: Value, ndigits: Value) -> Result<Value> {
        if let Some(x) = number.as_float().filter(|_| cx.is_exact_float(number)) {
            return if ndigits.is_none() { cx.round_float_to_int(x) } else { cx.round_float(x, ndigits) };
        }
        let none = ndigits.is_none();
        let args = [ndigits];
        match cx.call_special(number, Dunder::Round, if none { &[] } else { &args })? {
            Some(v) => Ok(v),
            None => {
                let text = format!("type {} doesn't define __round__ method", cx.type_name(number));
                Err(cx.type_error(text))
            }
        }
    }

    /// Return the sum of a 'start' value (default: 0) plus an iterable of numbers
    ///
    /// When the iterable is empty, return the start value.
    /// This function is intended specifically for use with numeric values and may
    /// reject non-numeric types.
    #[function("iterable, /, start=0")]
    fn sum(cx: &mut Cx, iterable: Value, start: Option<Value>) -> Result<Value> {
        let it = cx.iter(iterable)?;
        if let Some(v) = start {
            if v.as_gc::<Str>().is_some() {
                return Err(cx.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
            }
            if v.as_gc::<Bytes>().is_some() {
                return Err(cx.type_error("sum() can't sum bytes [use b''.join(seq) instead]"));
            }
            if v.as_gc::<ByteArray>().is_some() {
                return Err(cx.type_error("sum() can't sum bytearray [use b''.join(seq) instead]"));
            }
        }
        let start = start.unwrap_or(Value::int32(0));
        let Some(mut total) = start.as_int() else {
            return match start.as_float().filter(|_| cx.is_exact_float(start)) {
                Some(x) => sum_floats(cx, it, x),
                None => cx.sum_from(it, start),
            };
        };
        while let Some(v) = cx.next(it)? {
            match v.as_int().and_then(|i| total.checked_add(i)) {
                Some(t) => total = t,
                None => {
                    let left = cx.int(total);
                    let next = cx.binary(BinaryOp::Add, left, v)?;
                    return match next.as_float().filter(|_| cx.is_exact_float(next)) {
                        Some(x) => sum_floats(cx, it, x),
                        None => cx.sum_from(it, next),
                    };
                }
            }
        }
        Ok(cx.int(total))
    }

    /// Goes on with a float for as long as floats and small ints come.
    fn sum_floats(cx: &mut Cx, it: Value, mut total: f64) -> Result<Value> {
        while let Some(v) = cx.next(it)? {
            if cx.is_exact_float(v) {
                total += v.as_float().unwrap_or(0.0);
            } else if let Some(i) = v.as_int() {
                total += i as f64;
            } else {
                let left = cx.float(total);
                let next = cx.binary(BinaryOp::Add, left, v)?;
                return cx.sum_from(it, next);
            }
        }
        Ok(cx.float(total))
    }
}
