//! `int`: construction, methods and the special methods that its operators have in the table of the class.

use num_bigint::{BigInt, Sign};
use num_traits::{Pow, Signed, Zero};

use crate::builtins::float::push_quoted;
use crate::object::bytes::{ByteArray, Bytes};
use crate::object::class::Type;
use crate::object::dunder::Dunder;
use crate::object::int::{IntRef, int_ref};
use crate::object::str::Str;
use crate::operator::{BinaryOp, Compare};
use crate::protocol::bytes_of;
use crate::text::{int_text, spec};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

/// Texts with more digits are read aside, where that can be interrupted.
const LONG_TEXT: usize = 50_000;

impl Cx {
    /// `int(v)`: by `__int__`, `__index__`, `__trunc__`, or from text. An exact `int`. May run script code.
    pub fn to_int(&mut self, v: Value) -> Result<Value> {
        if int_ref(v).is_some() && !self.has_script_method(v, Dunder::Int) {
            return self.index(v);
        }
        if let Some(x) = v.as_float().filter(|_| self.is_exact_float(v)) {
            return self.int_from_float(x);
        }
        if let Some(r) = self.call_special(v, Dunder::Int, &[])? {
            if int_ref(r).is_none() {
                let text = format!("__int__ returned non-int (type {})", self.type_name(r));
                return Err(self.type_error(text));
            }
            return self.index(r);
        }
        let class = self.class_of(v);
        if self.special(class, Dunder::Index).is_some() {
            return self.index(v);
        }
        if let Some(r) = self.call_special(v, Dunder::Trunc, &[])? {
            let class = self.class_of(r);
            if int_ref(r).is_some() || self.special(class, Dunder::Index).is_some() {
                return self.index(r);
            }
            let text = format!("__trunc__ returned non-Integral (type {})", self.type_name(r));
            return Err(self.type_error(text));
        }
        if let Some(s) = v.as_gc::<Str>() {
            return self.int_from_text(s.bytes(), true, 10);
        }
        if v.as_gc::<Bytes>().is_some() || v.as_gc::<ByteArray>().is_some() {
            return self.int_from_text(bytes_of(v).unwrap_or_default(), false, 10);
        }
        if self.is_exact(v, self.types.memoryview) {
            let content = self.bytes_of_iterable(v, "bytes")?;
            return self.int_from_text(&content, false, 10);
        }
        let text = format!("int() argument must be a string, a bytes-like object or a real number, not '{}'", self.type_name(v));
        Err(self.type_error(text))
    }

    /// Whether the class of `v` is a script class with its own definition of a method.
    pub(crate) fn has_script_method(&mut self, v: Value, d: Dunder) -> bool {
        let class = self.class_of(v);
        class.has_flag(crate::object::class::IS_SCRIPT) && self.special(class, d).is_some_and(|m| m.as_gc::<crate::object::function::Builtin>().is_none())
    }

    /// The integer part of a float, or the errors for NaN and infinities.
    pub fn int_from_float(&mut self, x: f64) -> Result<Value> {
        if x.abs() < 9e18 {
            return Ok(self.int(x as i64));
        }
        if x.is_nan() {
            return Err(self.value_error("cannot convert float NaN to integer"));
        }
        if x.is_infinite() {
            return Err(self.overflow_error("cannot convert float infinity to integer"));
        }
        Ok(self.bigint(crate::number::float_to_bigint(x)))
    }

    /// `int(text, base)`, of str or bytes.
    pub fn int_from_text(&mut self, text: &[u8], is_text: bool, base: u32) -> Result<Value> {
        let limit = self.int_digit_limit;
        let parse = move |text: &[u8]| if is_text { int_text::parse(text, base, limit) } else { int_text::parse_ascii(text, base, limit) };
        let is_long = text.len() > LONG_TEXT && (limit == 0 || base.is_power_of_two());
        let parsed = if is_long {
            let copy = text.to_vec();
            self.long_work(move || parse(&copy))?
        } else {
            parse(text)
        };
        match parsed {
            Ok(int_text::Int::Small(i)) => Ok(self.int(i)),
            Ok(int_text::Int::Big(b)) => Ok(self.bigint(b)),
            Err(int_text::ParseError::TooManyDigits(n)) => Err(self.value_error(int_text::too_many_digits_to_read(limit, n))),
            Err(int_text::ParseError::BadBase) => Err(self.value_error(BAD_BASE)),
            Err(int_text::ParseError::Invalid) => {
                let mut message = format!("invalid literal for int() with base {base}: ").into_bytes();
                push_quoted(&mut message, text, is_text, Some(200));
                Err(self.value_error_bytes(&message))
            }
        }
    }

    /// ValueError with a message that may hold surrogates.
    #[cold]
    pub(crate) fn value_error_bytes(&mut self, message: &[u8]) -> Raised {
        let class = self.types.value_error;
        let text = self.str_from_bytes(message).value();
        self.raise_with(class, &[text])
    }

    /// `round(i, ndigits)` of an int: ties to even.
    pub(crate) fn round_int(&mut self, i: Value, ndigits: Value) -> Result<Value> {
        let n = self.index(ndigits)?;
        let i = self.index(i)?;
        let places = match int_ref(n) {
            Some(IntRef::Small(n)) if n < 0 => n.unsigned_abs(),
            Some(IntRef::Big(n)) if n.is_negative() => u64::MAX,
            _ => return Ok(i),
        };
        let Some(number) = int_ref(i) else {
            return Ok(i);
        };
        let number = number.to_bigint();
        // A unit of ten times the number or more rounds it to zero.
        if places as f64 > number.bits() as f64 * std::f64::consts::LOG10_2 + 2.0 {
            return Ok(Value::int32(0));
        }
        let unit: BigInt = Pow::pow(BigInt::from(10), places);
        let (q, r) = num_integer::Integer::div_mod_floor(&number, &unit);
        let twice: BigInt = &r * 2;
        let is_odd = num_integer::Integer::is_odd(&q);
        let up = twice > unit || (twice == unit && is_odd);
        let r = if up { (q + 1) * unit } else { q * unit };
        Ok(self.bigint(r))
    }
}

const BAD_BASE: &str = "int() base must be >= 2 and <= 36, or 0";

/// `x op y` in the name of class `int`: NotImplemented when one is no int.
fn binary(cx: &mut Cx, op: BinaryOp, x: Value, y: Value) -> Result<Value> {
    if int_ref(x).is_none() || int_ref(y).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(cx.native_binary(op, x, y)?.unwrap_or(Value::NOT_IMPLEMENTED))
}

fn compare(cx: &mut Cx, op: Compare, x: Value, y: Value) -> Value {
    if int_ref(y).is_none() {
        return Value::NOT_IMPLEMENTED;
    }
    cx.number_compare(op, x, y).map_or(Value::NOT_IMPLEMENTED, Value::bool)
}

/// `pow(base, exponent, modulus)` in the name of class `int`.
pub(super) fn power(cx: &mut Cx, base: Value, exponent: Value, modulus: Value) -> Result<Value> {
    let (Some(a), Some(b)) = (int_ref(base), int_ref(exponent)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if modulus.is_none() {
        return binary(cx, BinaryOp::Pow, base, exponent);
    }
    match int_ref(modulus) {
        Some(m) => cx.int_pow_mod(a, b, m),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// Whether a byte order is little-endian.
fn is_little(cx: &mut Cx, byteorder: Option<Gc<Str>>) -> Result<bool> {
    match byteorder.as_ref().map(|s| s.bytes()) {
        None | Some(b"big") => Ok(false),
        Some(b"little") => Ok(true),
        _ => Err(cx.value_error("byteorder must be either 'little' or 'big'")),
    }
}

/// int([x]) -> integer
/// int(x, base=10) -> integer
///
/// Convert a number or string to an integer, or return 0 if no arguments are given.
#[gscript_macros::class("int", check = int)]
pub mod int {
    use super::*;

    #[new("x=0, /, base=10")]
    fn new(cx: &mut Cx, class: Gc<Type>, x: Option<Value>, base: Option<Value>) -> Result<Value> {
        let v = match (x, base) {
            (None, None) => Value::int32(0),
            (None, Some(_)) => return Err(cx.type_error("int() missing string argument")),
            (Some(x), None) => cx.to_int(x)?,
            (Some(x), Some(base)) => {
                let base = cx.index(base)?;
                let base = match base.as_int() {
                    Some(0) => 0,
                    Some(b @ 2..=36) => b as u32,
                    _ => return Err(cx.value_error(BAD_BASE)),
                };
                match x.as_gc::<Str>() {
                    Some(s) => cx.int_from_text(s.bytes(), true, base)?,
                    None if x.as_gc::<Bytes>().is_some() || x.as_gc::<ByteArray>().is_some() => {
                        cx.int_from_text(bytes_of(x).unwrap_or_default(), false, base)?
                    }
                    None => {
                        return Err(cx.type_error("int() can't convert non-string with explicit base"));
                    }
                }
            }
        };
        if class == cx.types.int {
            return Ok(v);
        }
        let number = int_ref(v).map(|i| i.to_bigint()).unwrap_or_default();
        Ok(cx.int_of(class, number))
    }

    /// The number of bits of the absolute value.
    /// >>> (37).bit_length()
    /// 6
    #[method]
    fn bit_length(this: Value) -> u64 {
        match int_ref(this) {
            Some(IntRef::Small(i)) => (64 - i.unsigned_abs().leading_zeros()) as u64,
            Some(IntRef::Big(b)) => b.bits(),
            None => 0,
        }
    }

    /// The number of ones in the binary representation of the absolute value.
    /// >>> (13).bit_count()
    /// 3
    #[method]
    fn bit_count(this: Value) -> u64 {
        match int_ref(this) {
            Some(IntRef::Small(i)) => i.unsigned_abs().count_ones() as u64,
            Some(IntRef::Big(b)) => b.magnitude().count_ones(),
            None => 0,
        }
    }

    /// The number as an array of bytes.
    /// >>> (1024).to_bytes(2)
    /// b'\x04\x00'
    #[method("length=1, byteorder='big', *, signed=False")]
    fn to_bytes(cx: &mut Cx, this: Value, length: Option<isize>, byteorder: Option<Gc<Str>>, signed: bool) -> Result<Value> {
        let little = is_little(cx, byteorder)?;
        let Ok(length) = usize::try_from(length.unwrap_or(1)) else {
            return Err(cx.value_error("length argument must be non-negative"));
        };
        let Some(i) = int_ref(this) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        if i.is_negative() && !signed {
            return Err(cx.overflow_error("can't convert negative int to unsigned"));
        }
        let number = i.to_bigint();
        let mut bytes = if signed { number.to_signed_bytes_le() } else { number.magnitude().to_bytes_le() };
        if number.is_zero() {
            bytes.clear();
        }
        if bytes.len() > length {
            return Err(cx.overflow_error("int too big to convert"));
        }
        if bytes.try_reserve(length - bytes.len()).is_err() {
            return Err(cx.memory_error(""));
        }
        bytes.resize(length, if i.is_negative() { 0xFF } else { 0 });
        if !little {
            bytes.reverse();
        }
        Ok(cx.bytes(&bytes).value())
    }

    /// The number that an array of bytes represents.
    /// >>> int.from_bytes(b'\x04\x00')
    /// 1024
    #[class_method("bytes, byteorder='big', *, signed=False")]
    fn from_bytes(cx: &mut Cx, class: Gc<Type>, bytes: Value, byteorder: Option<Gc<Str>>, signed: bool) -> Result<Value> {
        let little = is_little(cx, byteorder)?;
        let mut content = match bytes_of(bytes) {
            Some(b) => b.to_vec(),
            None if bytes.is_int() || bytes.as_gc::<Str>().is_some() || bytes.as_float().is_some() => {
                let text = format!("cannot convert '{}' object to bytes", cx.type_name(bytes));
                return Err(cx.type_error(text));
            }
            None => match cx.call_special(bytes, Dunder::Bytes, &[])? {
                Some(b) => bytes_of(b).unwrap_or_default().to_vec(),
                None => cx.bytes_of_iterable(bytes, "bytes")?,
            },
        };
        if !little {
            content.reverse();
        }
        let number = if signed { BigInt::from_signed_bytes_le(&content) } else { BigInt::from_bytes_le(Sign::Plus, &content) };
        let v = cx.bigint(number);
        if class == cx.types.int { Ok(v) } else { cx.call(class.value(), &[v]) }
    }

    /// A pair of ints whose ratio is the number.
    #[method]
    fn as_integer_ratio(cx: &mut Cx, this: Value) -> Result<Value> {
        let i = cx.index(this)?;
        Ok(cx.tuple(&[i, Value::int32(1)]).value())
    }

    /// The number itself.
    #[method]
    fn conjugate(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.index(this)
    }

    /// The real part of a complex number.
    #[getter]
    fn real(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.index(this)
    }

    /// The imaginary part of a complex number.
    #[getter]
    fn imag(_this: Value) -> i64 {
        0
    }

    /// The numerator of a rational number in lowest terms.
    #[getter]
    fn numerator(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.index(this)
    }

    /// The denominator of a rational number in lowest terms.
    #[getter]
    fn denominator(_this: Value) -> i64 {
        1
    }

    #[method("ndigits=<absent>, /")]
    fn __round__(cx: &mut Cx, this: Value, ndigits: Option<Value>) -> Result<Value> {
        match ndigits {
            Some(n) => cx.round_int(this, n),
            None => cx.index(this),
        }
    }

    #[method("format_spec, /")]
    fn __format__(cx: &mut Cx, this: Value, format_spec: Gc<Str>) -> Result<Value> {
        if format_spec.byte_len() == 0 {
            return Ok(cx.str_value(this)?.value());
        }
        let name = cx.type_name_cow(this);
        let Some(i) = int_ref(this) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let mut out = cx.take_scratch();
        let limit = cx.int_digit_limit;
        let r = match spec::Spec::for_number(format_spec.bytes(), &name).and_then(|s| spec::format_int(&mut out, &s, i, &name, limit)) {
            Ok(()) => Ok(cx.str_from_bytes(&out).value()),
            Err(e) => Err(cx.text_error(e)),
        };
        cx.keep_scratch(out);
        r
    }

    #[method]
    fn __getnewargs__(cx: &mut Cx, this: Value) -> Result<Value> {
        let i = cx.index(this)?;
        Ok(cx.tuple(&[i]).value())
    }

    #[method]
    fn __sizeof__(this: Value) -> u64 {
        // CPython's digits have 30 bits and 4 bytes.
        24 + 4 * bit_length(this).div_ceil(30)
    }

    #[method]
    fn __repr__(cx: &mut Cx, this: Value) -> Result<Value> {
        let Some(i) = int_ref(this) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let mut out = Vec::new();
        cx.push_int(&mut out, i)?;
        Ok(cx.str_from_ascii(&out).value())
    }

    #[method]
    fn __hash__(cx: &mut Cx, this: Value) -> i64 {
        cx.hash_number(this).unwrap_or(0)
    }

    #[method]
    fn __bool__(this: Value) -> bool {
        !matches!(int_ref(this), Some(IntRef::Small(0)))
    }

    #[method]
    fn __int__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.index(this)
    }

    #[method]
    fn __index__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.index(this)
    }

    #[method]
    fn __trunc__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.index(this)
    }

    #[method]
    fn __floor__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.index(this)
    }

    #[method]
    fn __ceil__(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.index(this)
    }

    #[method]
    fn __float__(cx: &mut Cx, this: Value) -> Result<f64> {
        cx.to_float(this)
    }

    #[method]
    fn __neg__(cx: &mut Cx, this: Value) -> Option<Value> {
        cx.native_unary(Dunder::Neg, this)
    }

    #[method]
    fn __pos__(cx: &mut Cx, this: Value) -> Option<Value> {
        cx.native_unary(Dunder::Pos, this)
    }

    #[method]
    fn __abs__(cx: &mut Cx, this: Value) -> Option<Value> {
        cx.native_unary(Dunder::Abs, this)
    }

    #[method]
    fn __invert__(cx: &mut Cx, this: Value) -> Option<Value> {
        cx.native_unary(Dunder::Invert, this)
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
    fn __lshift__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::LShift, this, value)
    }

    #[method]
    fn __rlshift__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::LShift, value, this)
    }

    #[method]
    fn __rshift__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::RShift, this, value)
    }

    #[method]
    fn __rrshift__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::RShift, value, this)
    }

    #[method]
    fn __and__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::And, this, value)
    }

    #[method]
    fn __rand__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::And, value, this)
    }

    #[method]
    fn __or__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Or, this, value)
    }

    #[method]
    fn __ror__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Or, value, this)
    }

    #[method]
    fn __xor__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Xor, this, value)
    }

    #[method]
    fn __rxor__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Xor, value, this)
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
