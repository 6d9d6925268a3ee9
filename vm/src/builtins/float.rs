//! `float`: construction, methods and special methods.

use num_bigint::BigInt;

use crate::object::bytes::{ByteArray, Bytes};
use crate::object::class::Type;
use crate::object::dunder::Dunder;
use crate::object::float::Complex;
use crate::object::int::{IntRef, int_ref};
use crate::object::str::Str;
use crate::operator::{BinaryOp, Compare};
use crate::protocol::bytes_of;
use crate::text::{escape, float_parse, float_repr, spec, utf8};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Appends `repr` of a text or of bytes, cut after so many characters.
pub(super) fn push_quoted(out: &mut Vec<u8>, content: &[u8], is_text: bool, limit: Option<usize>) {
    let mut quoted = Vec::new();
    if is_text {
        escape::push_repr(&mut quoted, content);
    } else {
        escape::push_bytes_repr(&mut quoted, content);
    }
    let end = limit.map_or(quoted.len(), |n| utf8::offset_of(&quoted, n.min(utf8::count(&quoted))));
    out.extend_from_slice(&quoted[..end]);
}

impl Cx {
    /// `float(v)`: of a number or a text. May run script code.
    pub fn parse_float(&mut self, v: Value) -> Result<f64> {
        if let Some(x) = v.as_float().filter(|_| self.is_exact_float(v)) {
            return Ok(x);
        }
        let content = match v.as_gc::<Str>() {
            Some(s) => Some((s.bytes().to_vec(), true)),
            None if v.as_gc::<Bytes>().is_some() || v.as_gc::<ByteArray>().is_some() => Some((bytes_of(v).unwrap_or_default().to_vec(), false)),
            None if self.is_exact(v, self.types.memoryview) => Some((self.bytes_of_iterable(v, "bytes")?, false)),
            None => None,
        };
        let class = self.class_of(v);
        let has_method = [Dunder::Float, Dunder::Index].iter().any(|d| self.special(class, *d).is_some());
        match content {
            Some((text, is_text)) if !has_method => match float_parse::parse(&text, is_text) {
                Some(x) => Ok(x),
                None => {
                    let mut message = b"could not convert string to float: ".to_vec();
                    // The text of a bytearray is shown as the object it came from.
                    let shown = self.repr(v)?;
                    message.extend_from_slice(shown.bytes());
                    Err(self.value_error_bytes(&message))
                }
            },
            _ if has_method || int_ref(v).is_some() || v.as_float().is_some() => {
                if self.has_script_method(v, Dunder::Float) {
                    if let Some(r) = self.call_special(v, Dunder::Float, &[])? {
                        return match r.as_float() {
                            Some(x) => Ok(x),
                            None => {
                                let text = format!("{}.__float__ returned non-float (type {})", self.type_name(v), self.type_name(r));
                                Err(self.type_error(text))
                            }
                        };
                    }
                }
                self.to_float(v)
            }
            _ => {
                let text = format!("float() argument must be a string or a real number, not '{}'", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }

    /// `round(x)`: the nearest int, ties to even.
    pub(crate) fn round_float_to_int(&mut self, x: f64) -> Result<Value> {
        self.int_from_float(x.round_ties_even())
    }

    /// `round(x, ndigits)`.
    pub(crate) fn round_float(&mut self, x: f64, ndigits: Value) -> Result<Value> {
        let n = self.index(ndigits)?;
        let n = match int_ref(n) {
            Some(IntRef::Small(n)) => n,
            Some(IntRef::Big(b)) if b.sign() == num_bigint::Sign::Minus => i64::MIN,
            _ => i64::MAX,
        };
        match float_repr::round(x, n) {
            Some(x) => Ok(self.float(x)),
            None => Err(self.overflow_error("rounded value too large to represent")),
        }
    }
}

/// `x op y` in the name of class `float`: the other one may be an int.
fn binary(cx: &mut Cx, op: BinaryOp, x: Value, y: Value) -> Result<Value> {
    let is_real = |v: Value| v.as_float().is_some() || int_ref(v).is_some();
    if !is_real(x) || !is_real(y) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(cx.native_binary(op, x, y)?.unwrap_or(Value::NOT_IMPLEMENTED))
}

fn compare(cx: &mut Cx, op: Compare, x: Value, y: Value) -> Value {
    if y.as_gc::<Complex>().is_some() {
        return Value::NOT_IMPLEMENTED;
    }
    cx.number_compare(op, x, y).map_or(Value::NOT_IMPLEMENTED, Value::bool)
}

fn power(cx: &mut Cx, base: Value, exponent: Value, modulus: Value) -> Result<Value> {
    if !modulus.is_none() {
        return Err(cx.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    binary(cx, BinaryOp::Pow, base, exponent)
}

fn number(this: Value) -> f64 {
    this.as_float().unwrap_or(f64::NAN)
}

/// Convert a string or number to a floating point number, if possible.
#[gscript_macros::class("float", check = float)]
pub mod float {
    use super::*;

    #[new("x=0, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, x: Option<Value>) -> Result<Value> {
        let number = match x {
            Some(v) if class == cx.types.float && cx.is_exact_float(v) => return Ok(v),
            Some(v) => cx.parse_float(v)?,
            None => 0.0,
        };
        Ok(cx.float_of(class, number))
    }

    /// A float from a hexadecimal text.
    /// >>> float.fromhex('0x1.ffffp10')
    /// 2047.984375
    #[class_method("string, /")]
    fn fromhex(cx: &mut Cx, class: Gc<Type>, string: Value) -> Result<Value> {
        let Some(s) = string.as_gc::<Str>() else {
            return Err(cx.type_error("bad argument type for built-in operation"));
        };
        match float_parse::from_hex(s.bytes()) {
            Ok(x) if class == cx.types.float => Ok(cx.float(x)),
            Ok(x) => {
                let x = cx.float(x);
                cx.call(class.value(), &[x])
            }
            Err(e) => Err(cx.text_error(e)),
        }
    }

    /// The number in hexadecimal.
    /// >>> (-0.1).hex()
    /// '-0x1.999999999999ap-4'
    #[method]
    fn hex(cx: &mut Cx, this: Value) -> Value {
        let mut out = Vec::new();
        float_repr::push_hex(&mut out, number(this));
        cx.str_from_ascii(&out).value()
    }

    /// Whether the number is an integer.
    #[method]
    fn is_integer(this: Value) -> bool {
        let x = number(this);
        x.is_finite() && x.floor() == x
    }

    /// A pair of ints whose ratio is exactly the number.
    /// >>> (0.25).as_integer_ratio()
    /// (1, 4)
    #[method]
    fn as_integer_ratio(cx: &mut Cx, this: Value) -> Result<(BigInt, BigInt)> {
        let x = number(this);
        match float_repr::as_integer_ratio(x) {
            Some(r) => Ok(r),
            None if x.is_nan() => Err(cx.value_error("cannot convert NaN to integer ratio")),
            None => Err(cx.overflow_error("cannot convert Infinity to integer ratio")),
        }
    }

    /// The number itself.
    #[method]
    fn conjugate(this: Value) -> f64 {
        number(this)
    }

    /// The real part of a complex number.
    #[getter]
    fn real(this: Value) -> f64 {
        number(this)
    }

    /// The imaginary part of a complex number.
    #[getter]
    fn imag(_this: Value) -> f64 {
        0.0
    }

    /// How floats are stored.
    #[class_method("typestr, /")]
    fn __getformat__(cx: &mut Cx, _class: Gc<Type>, typestr: Gc<Str>) -> Result<String> {
        match typestr.bytes() {
            b"double" | b"float" => Ok(if cfg!(target_endian = "little") { "IEEE, little-endian" } else { "IEEE, big-endian" }.to_string()),
            _ => Err(cx.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
        }
    }

    #[method("ndigits=None, /")]
    fn __round__(cx: &mut Cx, this: Value, ndigits: Value) -> Result<Value> {
        if ndigits.is_none() { cx.round_float_to_int(number(this)) } else { cx.round_float(number(this), ndigits) }
    }

    #[method]
    fn __trunc__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.int_from_float(number(this))
    }

    #[method]
    fn __int__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.int_from_float(number(this))
    }

    #[method]
    fn __floor__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.int_from_float(number(this).floor())
    }

    #[method]
    fn __ceil__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.int_from_float(number(this).ceil())
    }

    #[method]
    fn __float__(this: Value) -> f64 {
        number(this)
    }

    #[method]
    fn __bool__(this: Value) -> bool {
        number(this) != 0.0
    }

    #[method]
    fn __hash__(this: Value) -> i64 {
        crate::number::hash_float(number(this), this)
    }

    #[method]
    fn __repr__(cx: &mut Cx, this: Value) -> Value {
        let mut out = Vec::new();
        float_repr::push_repr(&mut out, number(this));
        cx.str_from_ascii(&out).value()
    }

    #[method("format_spec, /")]
    fn __format__(cx: &mut Cx, this: Value, format_spec: Gc<Str>) -> Result<Value> {
        if format_spec.byte_len() == 0 {
            return Ok(cx.str_value(this)?.value());
        }
        let name = cx.type_name_cow(this);
        let mut out = cx.take_scratch();
        let r = match spec::Spec::for_number(format_spec.bytes(), &name).and_then(|s| spec::format_float(&mut out, &s, number(this), &name)) {
            Ok(()) => Ok(cx.str_from_bytes(&out).value()),
            Err(e) => Err(cx.text_error(e)),
        };
        cx.keep_scratch(out);
        r
    }

    #[method]
    fn __getnewargs__(cx: &mut Cx, this: Value) -> Value {
        let x = cx.float(number(this));
        cx.tuple(&[x]).value()
    }

    #[method]
    fn __neg__(this: Value) -> f64 {
        -number(this)
    }

    #[method]
    fn __pos__(this: Value) -> f64 {
        number(this)
    }

    #[method]
    fn __abs__(this: Value) -> f64 {
        number(this).abs()
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
    fn __mod__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Mod, this, value)
    }

    #[method]
    fn __rmod__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Mod, value, this)
    }

    #[method]
    fn __divmod__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::DivMod, this, value)
    }

    #[method]
    fn __rdivmod__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::DivMod, value, this)
    }

    #[method]
    fn __floordiv__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::FloorDiv, this, value)
    }

    #[method]
    fn __rfloordiv__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::FloorDiv, value, this)
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
