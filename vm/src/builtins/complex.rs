//! `complex`: construction, methods and special methods.

use crate::object::class::Type;
use crate::object::dunder::Dunder;
use crate::object::float::Complex;
use crate::object::int::int_ref;
use crate::object::str::Str;
use crate::operator::{BinaryOp, Compare};
use crate::text::{complex_text, spec};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// Real and imaginary part of a number, by `__complex__`, `__float__` or `__index__`; `None`: it is none of these.
    /// May run script code.
    pub fn to_complex(&mut self, v: Value) -> Result<Option<(f64, f64)>> {
        if let Some(c) = v.as_gc::<Complex>().filter(|_| !self.has_script_method(v, Dunder::Complex)) {
            return Ok(Some((c.re, c.im)));
        }
        if let Some(r) = self.call_special(v, Dunder::Complex, &[])? {
            return match r.as_gc::<Complex>() {
                Some(c) => Ok(Some((c.re, c.im))),
                None => {
                    let text = format!("__complex__ returned non-complex (type {})", self.type_name(r));
                    Err(self.type_error(text))
                }
            };
        }
        let class = self.class_of(v);
        if v.as_float().is_none() && int_ref(v).is_none() && self.special(class, Dunder::Float).is_none() && self.special(class, Dunder::Index).is_none() {
            return Ok(None);
        }
        Ok(Some((self.to_float(v)?, 0.0)))
    }

    fn complex_from_text(&mut self, s: Gc<Str>) -> Result<(f64, f64)> {
        match complex_text::parse(s.bytes()) {
            Ok(z) => Ok(z),
            Err(complex_text::ParseError::Malformed) => Err(self.text_error(complex_text::ParseError::malformed())),
            Err(complex_text::ParseError::Underscore) => {
                let mut message = b"could not convert string to complex: ".to_vec();
                super::float::push_quoted(&mut message, s.bytes(), true, None);
                Err(self.value_error_bytes(&message))
            }
        }
    }
}

/// `x op y` in the name of class `complex`: the other one may be an int or a float.
fn binary(cx: &mut Cx, op: BinaryOp, x: Value, y: Value) -> Result<Value> {
    Ok(if crate::number::number(x).is_some() && crate::number::number(y).is_some() { cx.native_binary(op, x, y)? } else { None }
        .unwrap_or(Value::NOT_IMPLEMENTED))
}

fn compare(cx: &mut Cx, op: Compare, x: Value, y: Value) -> Value {
    cx.number_compare(op, x, y).map_or(Value::NOT_IMPLEMENTED, Value::bool)
}

fn power(cx: &mut Cx, base: Value, exponent: Value, modulus: Value) -> Result<Value> {
    if !modulus.is_none() {
        return Err(cx.value_error("complex modulo"));
    }
    binary(cx, BinaryOp::Pow, base, exponent)
}

/// Create a complex number from a real part and an optional imaginary part.
///
/// This is equivalent to (real + imag*1j) where imag defaults to 0.
#[gscript_macros::class("complex", check = complex)]
pub mod complex {
    use super::*;

    #[new("real=0, imag=0")]
    fn new(cx: &mut Cx, class: Gc<Type>, real: Option<Value>, imag: Option<Value>) -> Result<Value> {
        if let (Some(v), None) = (real, imag) {
            if class == cx.types.complex && cx.is_exact(v, class) {
                return Ok(v);
            }
        }
        if let Some(s) = real.and_then(|v| v.as_gc::<Str>()) {
            if imag.is_some() {
                return Err(cx.type_error("complex() can't take second arg if first is a string"));
            }
            let (re, im) = cx.complex_from_text(s)?;
            return Ok(cx.complex_of(class, re, im));
        }
        if imag.is_some_and(|v| v.as_gc::<Str>().is_some()) {
            return Err(cx.type_error("complex() second arg can't be a string"));
        }
        let (mut re, mut im) = (0.0, 0.0);
        if let Some(v) = real {
            let has_method = cx.is_complex_like(v);
            if !has_method {
                let text = format!("complex() first argument must be a string or a number, not '{}'", cx.type_name(v));
                return Err(cx.type_error(text));
            }
        }
        if let Some(v) = imag {
            let class = cx.class_of(v);
            let is_number = crate::number::number(v).is_some() || [Dunder::Float, Dunder::Index].iter().any(|d| cx.special(class, *d).is_some());
            if !is_number {
                let text = format!("complex() second argument must be a number, not '{}'", cx.type_name(v));
                return Err(cx.type_error(text));
            }
        }
        if let Some(z) = real {
            (re, im) = cx.to_complex(z)?.unwrap_or_default();
        }
        if let Some(z) = imag {
            let (p, q) = match z.as_gc::<Complex>() {
                Some(c) => (c.re, Some(c.im)),
                None => (cx.to_float(z)?, None),
            };
            // A real second argument must not touch the first (infinities, signs of zeros).
            if let Some(q) = q {
                re -= q;
            }
            im = if real.is_some_and(|v| v.as_gc::<Complex>().is_some() || im != 0.0) { im + p } else { p };
        }
        Ok(cx.complex_of(class, re, im))
    }

    /// The complex number with the imaginary part negated.
    #[method]
    fn conjugate(cx: &mut Cx, this: Gc<Complex>) -> Value {
        cx.complex(this.re, -this.im)
    }

    /// The real part of a complex number.
    #[getter]
    fn real(this: Gc<Complex>) -> f64 {
        this.re
    }

    /// The imaginary part of a complex number.
    #[getter]
    fn imag(this: Gc<Complex>) -> f64 {
        this.im
    }

    #[method]
    fn __complex__(cx: &mut Cx, this: Gc<Complex>) -> Value {
        if cx.is_exact(this.value(), cx.types.complex) { this.value() } else { cx.complex(this.re, this.im) }
    }

    #[method]
    fn __bool__(this: Gc<Complex>) -> bool {
        this.re != 0.0 || this.im != 0.0
    }

    #[method]
    fn __hash__(cx: &mut Cx, this: Value) -> i64 {
        cx.hash_number(this).unwrap_or(0)
    }

    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<Complex>) -> Value {
        let mut out = Vec::new();
        complex_text::push_repr(&mut out, this.re, this.im);
        cx.str_from_ascii(&out).value()
    }

    #[method("format_spec, /")]
    fn __format__(cx: &mut Cx, this: Gc<Complex>, format_spec: Gc<Str>) -> Result<Value> {
        if format_spec.byte_len() == 0 {
            return Ok(cx.str_value(this.value())?.value());
        }
        let name = cx.type_name(this.value());
        let mut out = Vec::new();
        match spec::Spec::for_number(format_spec.bytes(), &name).and_then(|s| spec::format_complex(&mut out, &s, this.re, this.im, &name)) {
            Ok(()) => Ok(cx.str_from_bytes(&out).value()),
            Err(e) => Err(cx.text_error(e)),
        }
    }

    #[method]
    fn __getnewargs__(this: Gc<Complex>) -> (f64, f64) {
        (this.re, this.im)
    }

    #[method]
    fn __neg__(cx: &mut Cx, this: Gc<Complex>) -> Value {
        cx.complex(-this.re, -this.im)
    }

    #[method]
    fn __pos__(cx: &mut Cx, this: Gc<Complex>) -> Value {
        cx.complex(this.re, this.im)
    }

    #[method]
    fn __abs__(cx: &mut Cx, this: Gc<Complex>) -> Result<f64> {
        let length = this.re.hypot(this.im);
        if length.is_infinite() && this.re.is_finite() && this.im.is_finite() {
            return Err(cx.overflow_error("absolute value too large"));
        }
        Ok(length)
    }

    #[method]
    fn __lt__(cx: &mut Cx, this: Value, value: Value) -> Value {
        compare(cx, Compare::Lt, this, value)
    }

    #[method]
    fn __le__(cx: &mut Cx, this: Value, value: Value) -> Value {
        compare(cx, Compare::Le, this, value)
    }

    #[method]
    fn __eq__(cx: &mut Cx, this: Value, value: Value) -> Value {
        compare(cx, Compare::Eq, this, value)
    }

    #[method]
    fn __ne__(cx: &mut Cx, this: Value, value: Value) -> Value {
        compare(cx, Compare::Ne, this, value)
    }

    #[method]
    fn __gt__(cx: &mut Cx, this: Value, value: Value) -> Value {
        compare(cx, Compare::Gt, this, value)
    }

    #[method]
    fn __ge__(cx: &mut Cx, this: Value, value: Value) -> Value {
        compare(cx, Compare::Ge, this, value)
    }

    #[method]
    fn __add__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Add, this, value)
    }

    #[method]
    fn __radd__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Add, value, this)
    }

    #[method]
    fn __sub__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Sub, this, value)
    }

    #[method]
    fn __rsub__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Sub, value, this)
    }

    #[method]
    fn __mul__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Mul, this, value)
    }

    #[method]
    fn __rmul__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Mul, value, this)
    }

    #[method]
    fn __truediv__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::TrueDiv, this, value)
    }

    #[method]
    fn __rtruediv__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::TrueDiv, value, this)
    }

    #[method("value, mod=None, /")]
    fn __pow__(cx: &mut Cx, this: Value, value: Value, modulus: Value) -> Result<Value> {
        power(cx, this, value, modulus)
    }

    #[method("value, mod=None, /")]
    fn __rpow__(cx: &mut Cx, this: Value, value: Value, modulus: Value) -> Result<Value> {
        power(cx, value, this, modulus)
    }
}

impl Cx {
    /// Whether `complex(v)` accepts the object as a number.
    fn is_complex_like(&mut self, v: Value) -> bool {
        let class = self.class_of(v);
        crate::number::number(v).is_some() || [Dunder::Complex, Dunder::Float, Dunder::Index].iter().any(|d| self.special(class, *d).is_some())
    }
}
