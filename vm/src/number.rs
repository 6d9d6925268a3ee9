//! Arithmetic and comparison of built-in numbers: int, bool, float, complex.

use std::borrow::Cow;
use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

use crate::long_work as long;
use crate::object::dunder::Dunder;
use crate::object::float::Complex;
use crate::object::int::{IntRef, int_ref};
use crate::operator::{BinaryOp, Compare};
use crate::value::Value;
use crate::vm::{Cx, Result};

/// A built-in number.
pub enum Number<'a> {
    Int(IntRef<'a>),
    Float(f64),
    Complex(f64, f64),
}

/// The number of an int, bool, float or complex (or of a subclass's instance).
pub fn number<'a>(v: Value) -> Option<Number<'a>> {
    if let Some(i) = int_ref(v) {
        return Some(Number::Int(i));
    }
    if let Some(x) = v.as_float() {
        return Some(Number::Float(x));
    }
    v.as_gc::<Complex>().map(|c| Number::Complex(c.re, c.im))
}

/// The number in its general form, borrowed where it is on the heap.
fn big<'a>(i: &IntRef<'a>) -> Cow<'a, BigInt> {
    match i {
        IntRef::Small(i) => Cow::Owned(BigInt::from(*i)),
        IntRef::Big(b) => Cow::Borrowed(b),
    }
}

/// An int as a float, rounded to nearest even; `None` when it is too large.
pub fn int_to_float(i: &IntRef<'_>) -> Option<f64> {
    match i {
        IntRef::Small(i) => Some(*i as f64),
        IntRef::Big(b) => b.to_f64().filter(|x| x.is_finite()),
    }
}

/// Exact comparison of an int with a float.
pub fn compare_int_float(i: &IntRef<'_>, x: f64) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    if let IntRef::Small(i) = i {
        if i.unsigned_abs() <= 1 << 53 {
            return (*i as f64).partial_cmp(&x);
        }
    }
    let floor = x.floor();
    let b = float_to_bigint(floor);
    Some(match big(i).as_ref().cmp(&b) {
        Ordering::Equal if x > floor => Ordering::Less,
        o => o,
    })
}

/// The integer part of a finite float.
pub fn float_to_bigint(x: f64) -> BigInt {
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as i64;
    if exponent < 1023 {
        return BigInt::zero();
    }
    let mantissa = BigInt::from(bits & ((1 << 52) - 1) | 1 << 52);
    let shift = exponent - 1075;
    let m = if shift >= 0 { mantissa << shift as u64 } else { mantissa >> (-shift) as u64 };
    if x < 0.0 { -m } else { m }
}

/// Python's `//` and `%` of floats, divisor not zero.
pub fn float_divmod(x: f64, y: f64) -> (f64, f64) {
    let mut m = x % y;
    let mut d = (x - m) / y;
    if m != 0.0 {
        if (y < 0.0) != (m < 0.0) {
            m += y;
            d -= 1.0;
        }
    } else {
        m = 0.0f64.copysign(y);
    }
    let floor = if d != 0.0 {
        let f = d.floor();
        if d - f > 0.5 { f + 1.0 } else { f }
    } else {
        0.0f64.copysign(x / y)
    };
    (floor, m)
}

impl Cx {
    /// `x op y` of two built-in values; `None`: NotImplemented. No script code runs but for sequences' items.
    pub fn native_binary(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Option<Value>> {
        let (Some(a), Some(b)) = (number(x), number(y)) else {
            return self.native_binary_other(op, x, y);
        };
        match (a, b) {
            (Number::Int(a), Number::Int(b)) => {
                if let (Some(p), Some(q)) = (x.as_bool(), y.as_bool()) {
                    match op {
                        BinaryOp::And => return Ok(Some(Value::bool(p & q))),
                        BinaryOp::Or => return Ok(Some(Value::bool(p | q))),
                        BinaryOp::Xor => return Ok(Some(Value::bool(p ^ q))),
                        _ => {}
                    }
                }
                self.int_binary(op, a, b)
            }
            // Refused before an int is found too large for a float.
            _ if matches!(op, BinaryOp::MatMul | BinaryOp::LShift | BinaryOp::RShift | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor) => Ok(None),
            (Number::Complex(..), _) | (_, Number::Complex(..)) => match op {
                BinaryOp::FloorDiv | BinaryOp::Mod | BinaryOp::DivMod => Ok(None),
                _ => self.complex_binary(op, x, y),
            },
            (a, b) => {
                let (Some(p), Some(q)) = (self.number_as_float(&a)?, self.number_as_float(&b)?) else {
                    return Ok(None);
                };
                self.float_binary(op, p, q)
            }
        }
    }

    fn number_as_float(&mut self, n: &Number<'_>) -> Result<Option<f64>> {
        match n {
            Number::Float(x) => Ok(Some(*x)),
            Number::Int(i) => match int_to_float(i) {
                Some(x) => Ok(Some(x)),
                None => Err(self.overflow_error("int too large to convert to float")),
            },
            Number::Complex(..) => Ok(None),
        }
    }

    fn int_binary(&mut self, op: BinaryOp, a: IntRef<'_>, b: IntRef<'_>) -> Result<Option<Value>> {
        if let (IntRef::Small(x), IntRef::Small(y)) = (&a, &b) {
            let (x, y) = (*x, *y);
            let r = match op {
                BinaryOp::Add => x.checked_add(y),
                BinaryOp::Sub => x.checked_sub(y),
                BinaryOp::Mul => x.checked_mul(y),
                BinaryOp::FloorDiv if y > 0 || y < -1 => Some(Integer::div_floor(&x, &y)),
                BinaryOp::Mod if y > 0 || y < -1 => Some(Integer::mod_floor(&x, &y)),
                BinaryOp::And => Some(x & y),
                BinaryOp::Or => Some(x | y),
                BinaryOp::Xor => Some(x ^ y),
                BinaryOp::RShift if y >= 0 => Some(x >> y.min(63)),
                BinaryOp::LShift if (0..62).contains(&y) && (x << y) >> y == x => Some(x << y),
                BinaryOp::Pow if y >= 0 && y < 64 => x.checked_pow(y as u32),
                _ => None,
            };
            if let Some(r) = r {
                return Ok(Some(self.int(r)));
            }
        }
        let is_zero = |i: &IntRef<'_>| matches!(i, IntRef::Small(0));
        match op {
            BinaryOp::Add => {
                let r = match (&a, &b) {
                    (IntRef::Big(x), IntRef::Big(y)) => *x + *y,
                    (IntRef::Big(x), IntRef::Small(y)) | (IntRef::Small(y), IntRef::Big(x)) => *x + *y,
                    (IntRef::Small(x), IntRef::Small(y)) => BigInt::from(*x) + *y,
                };
                Ok(Some(self.bigint(r)))
            }
            BinaryOp::Sub => {
                let r = match (&a, &b) {
                    (IntRef::Big(x), IntRef::Big(y)) => *x - *y,
                    (IntRef::Big(x), IntRef::Small(y)) => *x - *y,
                    (IntRef::Small(x), IntRef::Big(y)) => *x - *y,
                    (IntRef::Small(x), IntRef::Small(y)) => BigInt::from(*x) - *y,
                };
                Ok(Some(self.bigint(r)))
            }
            BinaryOp::Mul => {
                let r = match (&a, &b) {
                    (IntRef::Big(x), IntRef::Big(y)) if self.is_stoppable() => self.big_mul(x, y)?,
                    (IntRef::Big(x), IntRef::Big(y)) if long::is_long_product(x, y) => {
                        let (x, y) = ((*x).clone(), (*y).clone());
                        self.long_work(move || x * y)?
                    }
                    (IntRef::Big(x), IntRef::Big(y)) => *x * *y,
                    (IntRef::Big(x), IntRef::Small(y)) | (IntRef::Small(y), IntRef::Big(x)) => *x * *y,
                    (IntRef::Small(x), IntRef::Small(y)) => BigInt::from(*x) * *y,
                };
                Ok(Some(self.bigint(r)))
            }
            BinaryOp::FloorDiv | BinaryOp::Mod | BinaryOp::DivMod => {
                if is_zero(&b) {
                    let text = if op == BinaryOp::Mod { "integer modulo by zero" } else { "integer division or modulo by zero" };
                    return Err(self.zero_division_error(text));
                }
                if let (IntRef::Big(x), IntRef::Big(y)) = (&a, &b)
                    && long::is_long_division(x, y)
                {
                    let (x, y) = ((*x).clone(), (*y).clone());
                    let (q, r) = self.long_work(move || x.div_mod_floor(&y))?;
                    return Ok(Some(match op {
                        BinaryOp::FloorDiv => self.bigint(q),
                        BinaryOp::Mod => self.bigint(r),
                        _ => {
                            let (q, r) = (self.bigint(q), self.bigint(r));
                            self.tuple(&[q, r]).value()
                        }
                    }));
                }
                match op {
                    BinaryOp::FloorDiv => {
                        let r = match (&a, &b) {
                            (IntRef::Big(x), IntRef::Small(y)) => div_floor_small(x, *y),
                            (IntRef::Big(x), IntRef::Big(y)) => match short_quotient(x, y) {
                                Some(q) => return Ok(Some(self.int(q))),
                                None if self.is_stoppable() => self.big_div_mod(x, y)?.0,
                                None => x.div_floor(y),
                            },
                            _ => big(&a).div_floor(&big(&b)),
                        };
                        Ok(Some(self.bigint(r)))
                    }
                    BinaryOp::Mod => match (&a, &b) {
                        (IntRef::Big(x), IntRef::Small(y)) => {
                            let r = mod_floor_small(x, *y);
                            Ok(Some(self.int(r)))
                        }
                        (IntRef::Big(x), IntRef::Big(y)) => {
                            let r = match short_quotient(x, y) {
                                Some(q) => *x - *y * q,
                                None if self.is_stoppable() => self.big_div_mod(x, y)?.1,
                                None => x.mod_floor(y),
                            };
                            Ok(Some(self.bigint(r)))
                        }
                        _ => {
                            let r = big(&a).mod_floor(&big(&b));
                            Ok(Some(self.bigint(r)))
                        }
                    },
                    _ => {
                        let (q, r) = match (&a, &b) {
                            (IntRef::Big(x), IntRef::Big(y)) => match short_quotient(x, y) {
                                Some(q) => (BigInt::from(q), *x - *y * q),
                                None => self.big_div_mod(x, y)?,
                            },
                            _ => big(&a).div_mod_floor(&big(&b)),
                        };
                        let q = self.bigint(q);
                        let r = self.bigint(r);
                        Ok(Some(self.tuple(&[q, r]).value()))
                    }
                }
            }
            BinaryOp::TrueDiv => {
                if is_zero(&b) {
                    return Err(self.zero_division_error("division by zero"));
                }
                match divide_exactly(&a, &b) {
                    Some(x) => Ok(Some(self.float(x))),
                    None => Err(self.overflow_error("integer division result too large for a float")),
                }
            }
            BinaryOp::Pow => self.int_pow(a, b).map(Some),
            BinaryOp::LShift | BinaryOp::RShift => {
                let negative = match &b {
                    IntRef::Small(n) => *n < 0,
                    IntRef::Big(n) => n.is_negative(),
                };
                if negative {
                    return Err(self.value_error("negative shift count"));
                }
                let IntRef::Small(n) = b else {
                    if op == BinaryOp::RShift {
                        let minus = matches!(&a, IntRef::Big(x) if x.is_negative()) || matches!(&a, IntRef::Small(x) if *x < 0);
                        return Ok(Some(Value::int32(if minus { -1 } else { 0 })));
                    }
                    if is_zero(&a) {
                        return Ok(Some(Value::int32(0)));
                    }
                    return Err(self.overflow_error("too many digits in integer"));
                };
                if op == BinaryOp::RShift {
                    let r = match a {
                        IntRef::Small(x) => BigInt::from(x >> n.min(63)),
                        IntRef::Big(x) => x >> n as u64,
                    };
                    return Ok(Some(self.bigint(r)));
                }
                if is_zero(&a) {
                    return Ok(Some(Value::int32(0)));
                }
                self.check_size(n as u64)?;
                self.check_room((n / 8) as usize)?;
                let r = match a {
                    IntRef::Small(x) => BigInt::from(x) << n as u64,
                    IntRef::Big(x) => x << n as u64,
                };
                Ok(Some(self.bigint(r)))
            }
            BinaryOp::And => Ok(Some(self.bigint_bits(&a, &b, |x, y| x & y))),
            BinaryOp::Or => Ok(Some(self.bigint_bits(&a, &b, |x, y| x | y))),
            BinaryOp::Xor => Ok(Some(self.bigint_bits(&a, &b, |x, y| x ^ y))),
            BinaryOp::MatMul => Ok(None),
        }
    }

    fn bigint_bits(&mut self, a: &IntRef<'_>, b: &IntRef<'_>, f: impl FnOnce(&BigInt, &BigInt) -> BigInt) -> Value {
        let r = f(&big(a), &big(b));
        self.bigint(r)
    }

    /// Refuses numbers of more bits than memory can be expected to hold.
    fn check_size(&mut self, bits: u64) -> Result<()> {
        if bits > 1 << 33 {
            return Err(self.memory_error(""));
        }
        Ok(())
    }

    fn int_pow(&mut self, a: IntRef<'_>, b: IntRef<'_>) -> Result<Value> {
        if b.is_negative() {
            let (Some(x), Some(y)) = (int_to_float(&a), int_to_float(&b)) else {
                return Err(self.overflow_error("int too large to convert to float"));
            };
            return self.float_pow(x, y);
        }
        match (&a, &b) {
            (_, IntRef::Small(0)) | (IntRef::Small(1), _) => Ok(Value::int32(1)),
            (IntRef::Small(0), _) => Ok(Value::int32(0)),
            (IntRef::Small(-1), _) => Ok(Value::int32(if is_even(&b) { 1 } else { -1 })),
            (_, IntRef::Big(_)) => Err(self.memory_error("")),
            (base, IntRef::Small(n)) => {
                let base = big(base);
                // A power of two by shifting; the bits of others bound the size.
                let n = *n as u64;
                let bits = (base.bits() - 1).saturating_mul(n);
                self.check_size(bits)?;
                self.check_room((bits / 8) as usize)?;
                let twos = base.trailing_zeros().unwrap_or(0);
                let r = if self.is_stoppable() && twos > 0 {
                    let odd: BigInt = base.as_ref() >> twos;
                    self.big_pow(&odd, n)? << (twos * n)
                } else if self.is_stoppable() {
                    self.big_pow(base.as_ref(), n)?
                } else if long::is_long_power(bits) {
                    let base = base.into_owned();
                    self.long_work(move || power(&base, n))?
                } else {
                    power(&base, n)
                };
                Ok(self.bigint(r))
            }
        }
    }

    /// `pow(base, exponent, modulus)` of ints.
    pub fn int_pow_mod(&mut self, a: IntRef<'_>, b: IntRef<'_>, m: IntRef<'_>) -> Result<Value> {
        let (base, exponent, modulus) = (big(&a), big(&b), big(&m));
        if modulus.is_zero() {
            return Err(self.value_error("pow() 3rd argument cannot be 0"));
        }
        let positive = modulus.abs();
        let is_long = long::is_long_mod_power(&exponent, &positive);
        let r = if is_long && !exponent.is_negative() && !self.is_stoppable() {
            let (base, exponent) = (base.mod_floor(&positive), exponent.clone().into_owned());
            self.long_work(move || base.modpow(&exponent, &positive))?
        } else if exponent.is_negative() {
            match base.modinv(&positive) {
                Some(inverse) => self.big_pow_mod(&inverse, &-exponent.as_ref(), &positive)?,
                // Everything is invertible modulo 1.
                None if positive.is_one() => BigInt::zero(),
                None => {
                    return Err(self.value_error("base is not invertible for the given modulus"));
                }
            }
        } else {
            self.big_pow_mod(&base.mod_floor(&positive), &exponent, &positive)?
        };
        let r = if modulus.is_negative() && !r.is_zero() { r + modulus.as_ref() } else { r };
        Ok(self.bigint(r))
    }

    fn float_binary(&mut self, op: BinaryOp, x: f64, y: f64) -> Result<Option<Value>> {
        let r = match op {
            BinaryOp::Add => x + y,
            BinaryOp::Sub => x - y,
            BinaryOp::Mul => x * y,
            BinaryOp::TrueDiv => {
                if y == 0.0 {
                    return Err(self.zero_division_error("float division by zero"));
                }
                x / y
            }
            BinaryOp::FloorDiv | BinaryOp::Mod | BinaryOp::DivMod => {
                if y == 0.0 {
                    let text = match op {
                        BinaryOp::Mod => "float modulo",
                        BinaryOp::FloorDiv => "float floor division by zero",
                        _ => "float divmod()",
                    };
                    return Err(self.zero_division_error(text));
                }
                let (q, m) = float_divmod(x, y);
                match op {
                    BinaryOp::FloorDiv => q,
                    BinaryOp::Mod => m,
                    _ => {
                        let q = self.float(q);
                        let m = self.float(m);
                        return Ok(Some(self.tuple(&[q, m]).value()));
                    }
                }
            }
            BinaryOp::Pow => return self.float_pow(x, y).map(Some),
            _ => return Ok(None),
        };
        Ok(Some(self.float(r)))
    }

    fn float_pow(&mut self, x: f64, y: f64) -> Result<Value> {
        if x == 0.0 && y < 0.0 && y.is_finite() {
            return Err(self.zero_division_error("0.0 cannot be raised to a negative power"));
        }
        if x < 0.0 && x.is_finite() && y.is_finite() && y != y.floor() {
            let (x, y) = (self.complex(x, 0.0), self.complex(y, 0.0));
            return Ok(self.complex_binary(BinaryOp::Pow, x, y)?.unwrap_or(Value::NOT_IMPLEMENTED));
        }
        let r = x.powf(y);
        if r.is_infinite() && x.is_finite() && y.is_finite() {
            let class = self.types.overflow_error;
            let text = self.str("Numerical result out of range").value();
            return Err(self.raise_with(class, &[Value::int32(34), text]));
        }
        Ok(self.float(r))
    }

    fn complex_binary(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Option<Value>> {
        let (Some(a), Some(b)) = (self.as_complex(x)?, self.as_complex(y)?) else {
            return Ok(None);
        };
        let (re, im) = match op {
            BinaryOp::Add => (a.0 + b.0, a.1 + b.1),
            BinaryOp::Sub => (a.0 - b.0, a.1 - b.1),
            BinaryOp::Mul => (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0),
            BinaryOp::TrueDiv => match complex_div(a, b) {
                Some(r) => r,
                None => return Err(self.zero_division_error("complex division by zero")),
            },
            BinaryOp::Pow => {
                let Some(r) = complex_pow(a, b) else {
                    return Err(self.zero_division_error("0.0 to a negative or complex power"));
                };
                if r.0.is_infinite() || r.1.is_infinite() {
                    return Err(self.overflow_error("complex exponentiation"));
                }
                r
            }
            _ => return Ok(None),
        };
        Ok(Some(self.complex(re, im)))
    }

    fn as_complex(&mut self, v: Value) -> Result<Option<(f64, f64)>> {
        match number(v) {
            Some(Number::Complex(re, im)) => Ok(Some((re, im))),
            Some(n) => Ok(self.number_as_float(&n)?.map(|x| (x, 0.0))),
            None => Ok(None),
        }
    }

    /// Negation, identity, inversion of built-in numbers.
    pub fn native_unary(&mut self, d: Dunder, x: Value) -> Option<Value> {
        match (number(x)?, d) {
            (Number::Int(IntRef::Small(i)), Dunder::Neg) => Some(match i.checked_neg() {
                Some(i) => self.int(i),
                None => self.bigint(-BigInt::from(i)),
            }),
            (Number::Int(IntRef::Small(i)), Dunder::Pos) => Some(self.int(i)),
            (Number::Int(IntRef::Small(i)), Dunder::Invert) => Some(self.int(!i)),
            (Number::Int(IntRef::Small(i)), Dunder::Abs) => Some(self.uint(i.unsigned_abs())),
            (Number::Int(IntRef::Big(b)), _) => {
                let r = match d {
                    Dunder::Neg => -b,
                    Dunder::Invert => !b.clone(),
                    Dunder::Abs => b.abs(),
                    _ => b.clone(),
                };
                Some(self.bigint(r))
            }
            (Number::Float(f), Dunder::Neg) => Some(self.float(-f)),
            (Number::Float(f), Dunder::Pos) => Some(self.float(f)),
            (Number::Float(f), Dunder::Abs) => Some(self.float(f.abs())),
            (Number::Complex(re, im), Dunder::Neg) => Some(self.complex(-re, -im)),
            (Number::Complex(re, im), Dunder::Pos) => Some(self.complex(re, im)),
            (Number::Complex(re, im), Dunder::Abs) => Some(self.float(re.hypot(im))),
            _ => None,
        }
    }

    /// Comparison of two built-in numbers; `None`: not two numbers, or complex ones in order.
    pub fn number_compare(&mut self, op: Compare, x: Value, y: Value) -> Option<bool> {
        let order = match (number(x)?, number(y)?) {
            (Number::Int(IntRef::Small(a)), Number::Int(IntRef::Small(b))) => Some(a.cmp(&b)),
            (Number::Int(IntRef::Big(a)), Number::Int(IntRef::Big(b))) => Some(a.cmp(b)),
            // A big one does not fit 64 bits: its sign decides.
            (Number::Int(IntRef::Big(a)), Number::Int(_)) => Some(if a.is_negative() { Ordering::Less } else { Ordering::Greater }),
            (Number::Int(_), Number::Int(IntRef::Big(b))) => Some(if b.is_negative() { Ordering::Greater } else { Ordering::Less }),
            (Number::Float(a), Number::Float(b)) => a.partial_cmp(&b),
            (Number::Int(a), Number::Float(b)) => compare_int_float(&a, b),
            (Number::Float(a), Number::Int(b)) => compare_int_float(&b, a).map(Ordering::reverse),
            (Number::Complex(re, im), other) | (other, Number::Complex(re, im)) => {
                if !matches!(op, Compare::Eq | Compare::Ne) {
                    return None;
                }
                let equal = match other {
                    Number::Complex(r, i) => re == r && im == i,
                    Number::Float(x) => im == 0.0 && re == x,
                    Number::Int(i) => im == 0.0 && compare_int_float(&i, re) == Some(Ordering::Equal),
                };
                return Some(equal == (op == Compare::Eq));
            }
        };
        Some(match order {
            Some(o) => op.holds(o),
            None => op == Compare::Ne,
        })
    }

    /// Python's hash of a number (3.2 and later: modulo 2^61 - 1).
    pub fn hash_number(&self, v: Value) -> Option<i64> {
        const M: i64 = (1 << 61) - 1;
        let h = match number(v)? {
            Number::Int(IntRef::Small(i)) => {
                let h = (i.unsigned_abs() % M as u64) as i64;
                if i < 0 { -h } else { h }
            }
            Number::Int(IntRef::Big(b)) => {
                let h = b.iter_u64_digits().rev().fold(0, |h, digit| {
                    let wide = (h as u128) << 64 | digit as u128;
                    (wide % M as u128) as u64
                }) as i64;
                if b.is_negative() { -h } else { h }
            }
            Number::Float(x) => return Some(hash_float(x, v)),
            Number::Complex(re, im) => {
                let h = (hash_float(re, v) as u64).wrapping_add(1_000_003u64.wrapping_mul(hash_float(im, v) as u64)) as i64;
                return Some(if h == -1 { -2 } else { h });
            }
        };
        Some(if h == -1 { -2 } else { h })
    }
}

/// CPython's `_Py_HashDouble`.
pub fn hash_float(x: f64, object: Value) -> i64 {
    const BITS: u32 = 61;
    const M: u64 = (1 << 61) - 1;
    if x.is_infinite() {
        return if x > 0.0 { 314159 } else { -314159 };
    }
    if x.is_nan() {
        return (object.word() >> 4) as i64;
    }
    let (mut m, mut e) = frexp(x.abs());
    let mut h: u64 = 0;
    while m != 0.0 {
        h = ((h << 28) & M) | h >> (BITS - 28);
        m *= 268435456.0;
        e -= 28;
        let y = m as u64;
        m -= y as f64;
        h += y;
        if h >= M {
            h -= M;
        }
    }
    let e = e.rem_euclid(BITS as i32) as u32;
    h = ((h << e) & M) | h >> (BITS - e) % 64;
    let h = if x < 0.0 { -(h as i64) } else { h as i64 };
    if h == -1 { -2 } else { h }
}

/// Mantissa in [0.5, 1) and exponent of a finite float.
pub fn frexp(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let bits = x.to_bits();
    let e = (bits >> 52 & 0x7FF) as i32;
    if e == 0 {
        let (m, e) = frexp(x * f64::powi(2.0, 64));
        return (m, e - 64);
    }
    (f64::from_bits(bits & !(0x7FF << 52) | 1022 << 52), e - 1022)
}

/// The quotient rounded down of numbers whose sizes differ by less than a word: from their leading bits alone, unless
/// those leave two candidates. `None`: to be divided in the general way.
fn short_quotient(x: &BigInt, y: &BigInt) -> Option<i64> {
    let (n, m) = (x.bits(), y.bits());
    if m < 128 || n > m + 60 {
        return None;
    }
    let is_negative = x.is_negative() != y.is_negative();
    if n < m {
        return Some(if is_negative { -1 } else { 0 });
    }
    // With both numbers cut after the 64 leading bits of the divisor the quotient lies between these two.
    let (top, divisor) = (leading(x, m - 64), leading(y, m - 64));
    let high = (top / divisor) as i64;
    let low = (top / (divisor + 1)) as i64;
    // A negative quotient depends on whether the division is exact.
    if low == high && !is_negative {
        return Some(high);
    }
    let magnitude = y.magnitude() * high as u64;
    let (q, is_exact) = match magnitude.cmp(x.magnitude()) {
        Ordering::Equal => (high, true),
        Ordering::Less => (high, false),
        Ordering::Greater => (high - 1, &(magnitude - y.magnitude()) == x.magnitude()),
    };
    Some(if !is_negative {
        q
    } else if is_exact {
        -q
    } else {
        -q - 1
    })
}

/// The bits of the absolute value from `shift` up: at most 125.
fn leading(x: &BigInt, shift: u64) -> u128 {
    let digits = x.iter_u64_digits();
    let (skip, bit) = ((shift / 64) as usize, shift % 64);
    let mut words = [0u64; 3];
    let count = digits.len() - skip;
    for (i, d) in digits.rev().take(count).enumerate() {
        words[count - 1 - i] = d;
    }
    let low = (words[0] as u128 | (words[1] as u128) << 64) >> bit;
    if bit == 0 { low } else { low | (words[2] as u128) << (128 - bit) }
}

fn div_floor_small(x: &BigInt, y: i64) -> BigInt {
    let q = x / y;
    // The lowest digits tell whether the division was exact: the remainder is below 2^64.
    let low = |b: &BigInt| b.iter_u64_digits().next().unwrap_or(0);
    let is_exact = low(x) == low(&q).wrapping_mul(y.unsigned_abs());
    if !is_exact && (x.is_negative() != (y < 0)) { q - 1 } else { q }
}

fn mod_floor_small(x: &BigInt, y: i64) -> i64 {
    let r = rem_small(x, y);
    if r == 0 {
        return 0;
    }
    let r = if x.is_negative() != (y < 0) { y.unsigned_abs() - r } else { r };
    // Below |y|, so it fits.
    if y < 0 { (r as i64).wrapping_neg() } else { r as i64 }
}

/// The remainder of the absolute values.
fn rem_small(x: &BigInt, y: i64) -> u64 {
    let y = y.unsigned_abs();
    if y.is_power_of_two() {
        return x.iter_u64_digits().next().unwrap_or(0) & (y - 1);
    }
    let r = match u32::try_from(y) {
        Ok(y) => x.magnitude() % y,
        Err(_) => x.magnitude().clone() % y,
    };
    r.to_u64().unwrap_or(0)
}

/// `base ** n`; factors of two are shifts.
fn power(base: &BigInt, n: u64) -> BigInt {
    let twos = base.trailing_zeros().unwrap_or(0);
    if twos == 0 {
        return Pow::pow(base, n);
    }
    let odd: BigInt = base >> twos;
    let r = if odd.is_one() { odd } else { Pow::pow(odd, n) };
    r << (twos * n)
}

fn is_even(i: &IntRef<'_>) -> bool {
    match i {
        IntRef::Small(i) => i & 1 == 0,
        IntRef::Big(b) => b.is_even(),
    }
}

/// `a / b` correctly rounded; `None` when it overflows.
fn divide_exactly(a: &IntRef<'_>, b: &IntRef<'_>) -> Option<f64> {
    if let (IntRef::Small(x), IntRef::Small(y)) = (a, b) {
        const EXACT: u64 = 1 << 53;
        if x.unsigned_abs() <= EXACT && y.unsigned_abs() <= EXACT {
            return Some(*x as f64 / *y as f64);
        }
    }
    let (x, y) = (big(a), big(b));
    let negative = x.is_negative() != y.is_negative();
    let (x, y) = (x.abs(), y.abs());
    if x.is_zero() {
        return Some(if negative { -0.0 } else { 0.0 });
    }
    // A quotient of 55 to 56 bits with a sticky bit rounds as the exact one does; fewer bits for subnormals.
    let mut shift = x.bits() as i64 - y.bits() as i64 - 55;
    shift = shift.max(-1074 - 2);
    let (x, y) = if shift > 0 { (x, y << shift as u64) } else { (x << (-shift) as u64, y) };
    let (q, r) = x.div_rem(&y);
    let mut q = q.to_u128()?;
    // Round to nearest even at the last bit that a float keeps.
    let bits = 128 - q.leading_zeros() as i64;
    let keep = (bits + shift + 1074).min(53).max(0);
    let drop = bits - keep;
    if drop > 0 {
        let half = 1u128 << (drop - 1);
        let low = q & ((1u128 << drop) - 1);
        q >>= drop;
        if low > half || low == half && (!r.is_zero() || q & 1 == 1) {
            q += 1;
        }
        shift += drop;
    }
    let f = ldexp(q as f64, shift);
    if f.is_infinite() { None } else { Some(if negative { -f } else { f }) }
}

/// `x * 2^e` in steps that do not round twice for exactly representable results.
pub fn ldexp(x: f64, e: i64) -> f64 {
    let mut x = x;
    let mut e = e;
    while e > 1000 {
        x *= f64::powi(2.0, 1000);
        e -= 1000;
        if x.is_infinite() {
            return x;
        }
    }
    while e < -1000 {
        x *= f64::powi(2.0, -1000);
        e += 1000;
        if x == 0.0 {
            return x;
        }
    }
    x * f64::powi(2.0, e as i32)
}

/// CPython's `_Py_c_quot`.
pub fn complex_div(a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    if b.0.abs() >= b.1.abs() {
        if b.0 == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let d = b.0 + b.1 * ratio;
        Some(((a.0 + a.1 * ratio) / d, (a.1 - a.0 * ratio) / d))
    } else if b.1.abs() >= b.0.abs() {
        let ratio = b.0 / b.1;
        let d = b.0 * ratio + b.1;
        Some(((a.0 * ratio + a.1) / d, (a.1 * ratio - a.0) / d))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

/// CPython's complex power: small integer exponents by multiplication. `None`: zero to a negative or complex power.
pub fn complex_pow(a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        let n = b.0 as i64;
        let mul = |x: (f64, f64), y: (f64, f64)| (x.0 * y.0 - x.1 * y.1, x.0 * y.1 + x.1 * y.0);
        let (mut r, mut p, mut mask) = ((1.0, 0.0), a, 1u64);
        let m = n.unsigned_abs();
        while m >= mask {
            if m & mask != 0 {
                r = mul(r, p);
            }
            mask <<= 1;
            p = mul(p, p);
        }
        return if n > 0 { Some(r) } else { complex_div((1.0, 0.0), r) };
    }
    if b == (0.0, 0.0) {
        return Some((1.0, 0.0));
    }
    if a == (0.0, 0.0) {
        return if b.1 != 0.0 || b.0 < 0.0 { None } else { Some((0.0, 0.0)) };
    }
    let vabs = a.0.hypot(a.1);
    let mut len = vabs.powf(b.0);
    let at = a.1.atan2(a.0);
    let mut phase = at * b.0;
    if b.1 != 0.0 {
        len /= (at * b.1).exp();
        phase += b.1 * vabs.ln();
    }
    // An infinite angle has no sine: an error of the domain, which CPython words as that of zero.
    if phase.is_infinite() {
        return None;
    }
    Some((len * phase.cos(), len * phase.sin()))
}
