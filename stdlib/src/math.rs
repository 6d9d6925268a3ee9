//! `math`: functions of real numbers and of ints. Results are those of the C library, errors those of CPython.

use std::f64::consts::{E, PI, TAU};

use gscript_macros::module;
use gscript_vm::convert::Index;
use gscript_vm::long_work::{is_long_gcd, is_long_number};
use gscript_vm::number::frexp as split_float;
use gscript_vm::object::dunder::Dunder;
use gscript_vm::object::int::{IntRef, int_ref};
use gscript_vm::object::simple::Module;
use gscript_vm::operator::BinaryOp;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::gamma::{self as gammas, Fault};
use crate::platform::libm;

fn domain(cx: &mut Cx) -> Raised {
    cx.value_error("math domain error")
}

fn range(cx: &mut Cx) -> Raised {
    cx.overflow_error("math range error")
}

/// The result of a function that has one for every number of its domain: NaN out of NaN only, and infinities only where
/// it overflows (`can_overflow`) or has poles.
fn checked(cx: &mut Cx, x: f64, r: f64, can_overflow: bool) -> Result<f64> {
    if r.is_nan() && !x.is_nan() {
        return Err(domain(cx));
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow { range(cx) } else { domain(cx) });
    }
    Ok(r)
}

fn checked_gamma(cx: &mut Cx, r: std::result::Result<f64, Fault>) -> Result<f64> {
    match r {
        Ok(r) => Ok(r),
        Err(Fault::Domain) => Err(domain(cx)),
        Err(Fault::Range) => Err(range(cx)),
    }
}

/// A logarithm, of ints of any size too.
fn logarithm(cx: &mut Cx, v: Value, f: fn(f64) -> f64) -> Result<f64> {
    if let Some(i) = int_ref(v) {
        if i.is_negative() || matches!(i, IntRef::Small(0)) {
            return Err(domain(cx));
        }
        if let Some(x) = i.to_f64() {
            return Ok(f(x));
        }
        let IntRef::Big(b) = i else {
            return Err(domain(cx));
        };
        // The mantissa of 64 bits and the rest of the bits, of which the lowest kept one stands for all below.
        let shift = b.bits() - 64;
        let top: BigInt = b >> shift;
        let sticky = b.trailing_zeros().is_some_and(|z| z < shift) as u64;
        let mantissa = (top.to_u64().unwrap_or(u64::MAX) | sticky) as f64 / 18446744073709551616.0;
        return Ok(f(mantissa) + f(2.0) * b.bits() as f64);
    }
    let x = cx.to_float(v)?;
    if x.is_nan() || x == f64::INFINITY {
        return Ok(x);
    }
    if x <= 0.0 {
        return Err(domain(cx));
    }
    Ok(f(x))
}

/// `__ceil__` and the like of an object that is no float.
fn by_method(cx: &mut Cx, v: Value, d: Dunder) -> Result<Option<Value>> {
    if cx.is_exact_float(v) { Ok(None) } else { cx.call_special(v, d, &[]) }
}

/// The Euclidean length of a vector without undue overflow, with the error below one unit in the last place.
fn vector_length(v: &mut [f64]) -> f64 {
    let mut max = 0.0f64;
    let mut has_nan = false;
    for x in v.iter_mut() {
        *x = x.abs();
        has_nan |= x.is_nan();
        if *x > max {
            max = *x;
        }
    }
    if max.is_infinite() {
        return max;
    }
    if has_nan {
        return f64::NAN;
    }
    if max == 0.0 || v.len() <= 1 {
        return max;
    }
    let exponent = split_float(max).1;
    let mut sum = Split { sum: 1.0, lost: [0.0; 3] };
    if exponent < -1023 {
        // A power of two to scale with would overflow.
        for x in v.iter() {
            let x = x / max;
            sum.add(x * x, 0);
        }
        return max * (sum.sum - 1.0 + sum.lost[0]).sqrt();
    }
    let scale = libm::ldexp(1.0, -exponent);
    for x in v.iter() {
        let (high, low) = halves(x * scale);
        sum.add(high * high, 0);
        sum.add(2.0 * high * low, 1);
        sum.lost[2] += low * low;
    }
    let h = (sum.sum - 1.0 + (sum.lost[0] + sum.lost[1] + sum.lost[2])).sqrt();
    // One step of Newton with the exact square of h.
    let (high, low) = halves(h);
    sum.add(-high * high, 0);
    sum.add(-2.0 * high * low, 1);
    sum.add(-low * low, 2);
    let x = sum.sum - 1.0 + (sum.lost[0] + sum.lost[1] + sum.lost[2]);
    (h + x / (2.0 * h)) / scale
}

/// A number as the sum of two of half as many bits (Veltkamp).
fn halves(x: f64) -> (f64, f64) {
    let t = x * 134217729.0;
    let high = t - (t - x);
    (high, x - high)
}

/// A sum with what rounding lost, in three parts.
struct Split {
    sum: f64,
    lost: [f64; 3],
}

impl Split {
    fn add(&mut self, x: f64, part: usize) {
        let old = self.sum;
        self.sum += x;
        self.lost[part] += (old - self.sum) + x;
    }
}

/// An int argument that must not be negative.
fn count(cx: &mut Cx, v: Value, name: &str) -> Result<BigInt> {
    let v = cx.index(v)?;
    let i = int_ref(v).map(|i| i.to_bigint()).unwrap_or_default();
    if i.is_negative() {
        return Err(cx.value_error(format!("{name} must be a non-negative integer")));
    }
    Ok(i)
}

/// n (n-1) … (n-k+1), by halves so that the factors stay of equal size.
fn falling(n: &BigInt, k: u64) -> BigInt {
    if k == 0 {
        return BigInt::one();
    }
    if k == 1 {
        return n.clone();
    }
    let half = k / 2;
    falling(n, half) * falling(&(n - half), k - half)
}

/// From so many factors on a product is computed where it can be interrupted.
const LONG_COUNT: u64 = 20_000;

fn falling_of(cx: &mut Cx, n: BigInt, k: u64) -> Result<BigInt> {
    if cx.is_stoppable() {
        return cx.big_falling(&n, k);
    }
    if k < LONG_COUNT { Ok(falling(&n, k)) } else { cx.long_work(move || falling(&n, k)) }
}

/// The coordinates of a point.
fn floats(cx: &mut Cx, items: &[Value]) -> Result<Vec<f64>> {
    let mut out = Vec::with_capacity(items.len());
    for &v in items {
        out.push(cx.to_float(v)?);
    }
    Ok(out)
}

/// This module provides access to the mathematical functions
/// defined by the C standard.
#[module("math")]
pub mod math {
    use super::*;

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        for (name, x) in [("pi", PI), ("e", E), ("tau", TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)] {
            let v = cx.float(x);
            cx.dict_set_text(dict, name, v);
        }
        Ok(())
    }

    /// Return the arc cosine (measured in radians) of x.
    ///
    /// The result is between 0 and pi.
    #[function]
    fn acos(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.acos(), false)
    }

    /// Return the inverse hyperbolic cosine of x.
    #[function]
    fn acosh(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, libm::acosh(x), false)
    }

    /// Return the arc sine (measured in radians) of x.
    ///
    /// The result is between -pi/2 and pi/2.
    #[function]
    fn asin(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.asin(), false)
    }

    /// Return the inverse hyperbolic sine of x.
    #[function]
    fn asinh(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, libm::asinh(x), false)
    }

    /// Return the arc tangent (measured in radians) of x.
    ///
    /// The result is between -pi/2 and pi/2.
    #[function]
    fn atan(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.atan(), false)
    }

    /// Return the inverse hyperbolic tangent of x.
    #[function]
    fn atanh(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, libm::atanh(x), false)
    }

    /// Return the cube root of x.
    #[function]
    fn cbrt(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, libm::cbrt(x), false)
    }

    /// Return the cosine of x (measured in radians).
    #[function]
    fn cos(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.cos(), false)
    }

    /// Return the hyperbolic cosine of x.
    #[function]
    fn cosh(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.cosh(), true)
    }

    /// Return e raised to the power of x.
    #[function]
    fn exp(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.exp(), true)
    }

    /// Return 2 raised to the power of x.
    #[function]
    fn exp2(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, libm::exp2(x), true)
    }

    /// Return exp(x)-1.
    ///
    /// This function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x.
    #[function]
    fn expm1(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.exp_m1(), true)
    }

    /// Return the absolute value of the float x.
    #[function]
    fn fabs(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.abs(), false)
    }

    /// Return the natural logarithm of 1+x (base e).
    ///
    /// The result is computed in a way which is accurate for x near zero.
    #[function]
    fn log1p(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.ln_1p(), false)
    }

    /// Return the sine of x (measured in radians).
    #[function]
    fn sin(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.sin(), false)
    }

    /// Return the hyperbolic sine of x.
    #[function]
    fn sinh(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.sinh(), true)
    }

    /// Return the square root of x.
    #[function]
    fn sqrt(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.sqrt(), false)
    }

    /// Return the tangent of x (measured in radians).
    #[function]
    fn tan(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.tan(), false)
    }

    /// Return the hyperbolic tangent of x.
    #[function]
    fn tanh(cx: &mut Cx, x: f64) -> Result<f64> {
        checked(cx, x, x.tanh(), false)
    }

    /// Error function at x.
    #[function]
    fn erf(x: f64) -> f64 {
        libm::erf(x)
    }

    /// Complementary error function at x.
    #[function]
    fn erfc(x: f64) -> f64 {
        libm::erfc(x)
    }

    /// Convert angle x from radians to degrees.
    #[function]
    fn degrees(x: f64) -> f64 {
        x * (180.0 / PI)
    }

    /// Convert angle x from degrees to radians.
    #[function]
    fn radians(x: f64) -> f64 {
        x * (PI / 180.0)
    }

    /// Return True if x is neither an infinity nor a NaN, and False otherwise.
    #[function]
    fn isfinite(x: f64) -> bool {
        x.is_finite()
    }

    /// Return True if x is a positive or negative infinity, and False otherwise.
    #[function]
    fn isinf(x: f64) -> bool {
        x.is_infinite()
    }

    /// Return True if x is a NaN (not a number), and False otherwise.
    #[function]
    fn isnan(x: f64) -> bool {
        x.is_nan()
    }

    /// Return a float with the magnitude (absolute value) of x but the sign of y.
    ///
    /// On platforms that support signed zeros, copysign(1.0, -0.0)
    /// returns -1.0.
    #[function]
    fn copysign(x: f64, y: f64) -> f64 {
        x.copysign(y)
    }

    /// Return the arc tangent (measured in radians) of y/x.
    ///
    /// Unlike atan(y/x), the signs of both x and y are considered.
    #[function]
    fn atan2(y: f64, x: f64) -> f64 {
        y.atan2(x)
    }

    /// Return the next floating-point value after x towards y.
    #[function]
    fn nextafter(x: f64, y: f64) -> f64 {
        libm::nextafter(x, y)
    }

    /// Gamma function at x.
    #[function]
    fn gamma(cx: &mut Cx, x: f64) -> Result<f64> {
        checked_gamma(cx, gammas::gamma(x))
    }

    /// Natural logarithm of absolute value of Gamma function at x.
    #[function]
    fn lgamma(cx: &mut Cx, x: f64) -> Result<f64> {
        checked_gamma(cx, gammas::lgamma(x))
    }

    /// Return the ceiling of x as an Integral.
    ///
    /// This is the smallest integer >= x.
    #[function]
    fn ceil(cx: &mut Cx, x: Value) -> Result<Value> {
        match by_method(cx, x, Dunder::Ceil)? {
            Some(v) => Ok(v),
            None => {
                let x = cx.to_float(x)?;
                cx.int_from_float(x.ceil())
            }
        }
    }

    /// Return the floor of x as an Integral.
    ///
    /// This is the largest integer <= x.
    #[function]
    fn floor(cx: &mut Cx, x: Value) -> Result<Value> {
        match by_method(cx, x, Dunder::Floor)? {
            Some(v) => Ok(v),
            None => {
                let x = cx.to_float(x)?;
                cx.int_from_float(x.floor())
            }
        }
    }

    /// Truncates the Real x to the nearest Integral toward 0.
    ///
    /// Uses the __trunc__ magic method.
    #[function]
    fn trunc(cx: &mut Cx, x: Value) -> Result<Value> {
        if let Some(f) = x.as_float().filter(|_| cx.is_exact_float(x)) {
            return cx.int_from_float(f);
        }
        match cx.call_special(x, Dunder::Trunc, &[])? {
            Some(v) => Ok(v),
            None => {
                let text = format!("type {} doesn't define __trunc__ method", cx.type_name(x));
                Err(cx.type_error(text))
            }
        }
    }

    /// log(x, [base=math.e])
    /// Return the logarithm of x to the given base.
    ///
    /// If the base not specified, returns the natural logarithm (base e) of x.
    #[function("*args", text = "x, [base=math.e]")]
    fn log(cx: &mut Cx, args: &[Value]) -> Result<f64> {
        let (x, base) = match args {
            [x] => (*x, None),
            [x, base] => (*x, Some(*base)),
            _ => return Err(cx.type_error("math.log requires 1 to 2 arguments")),
        };
        let a = logarithm(cx, x, f64::ln)?;
        let Some(base) = base else { return Ok(a) };
        let b = logarithm(cx, base, f64::ln)?;
        if b == 0.0 {
            return Err(cx.zero_division_error("float division by zero"));
        }
        Ok(a / b)
    }

    /// Return the base 2 logarithm of x.
    #[function]
    fn log2(cx: &mut Cx, x: Value) -> Result<f64> {
        logarithm(cx, x, |x| libm::log2(x))
    }

    /// Return the base 10 logarithm of x.
    #[function]
    fn log10(cx: &mut Cx, x: Value) -> Result<f64> {
        logarithm(cx, x, f64::log10)
    }

    /// Return x**y (x to the power of y).
    #[function]
    fn pow(cx: &mut Cx, x: f64, y: f64) -> Result<f64> {
        let r = x.powf(y);
        if x.is_finite() && y.is_finite() {
            if r.is_nan() || (r.is_infinite() && x == 0.0) {
                return Err(domain(cx));
            }
            if r.is_infinite() {
                return Err(range(cx));
            }
        }
        Ok(r)
    }

    /// Return fmod(x, y), according to platform C.
    ///
    /// x % y may differ.
    #[function]
    fn fmod(cx: &mut Cx, x: f64, y: f64) -> Result<f64> {
        let r = x % y;
        if r.is_nan() && !x.is_nan() && !y.is_nan() {
            return Err(domain(cx));
        }
        Ok(r)
    }

    /// Difference between x and the closest integer multiple of y.
    ///
    /// Return x - n*y where n*y is the closest integer multiple of y.
    /// In the case where x is exactly halfway between two multiples of
    /// y, the nearest even value of n is used. The result is always exact.
    #[function]
    fn remainder(cx: &mut Cx, x: f64, y: f64) -> Result<f64> {
        let r = libm::remainder(x, y);
        if r.is_nan() && !x.is_nan() && !y.is_nan() {
            return Err(domain(cx));
        }
        Ok(r)
    }

    /// Return the mantissa and exponent of x, as pair (m, e).
    ///
    /// m is a float and e is an int, such that x = m * 2.**e.
    /// If x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.
    #[function]
    fn frexp(x: f64) -> (f64, i32) {
        split_float(x)
    }

    /// Return x * (2**i).
    ///
    /// This is essentially the inverse of frexp().
    #[function]
    fn ldexp(cx: &mut Cx, x: f64, i: Value) -> Result<f64> {
        let exponent = match int_ref(i) {
            Some(IntRef::Small(i)) => i.clamp(-100_000, 100_000) as i32,
            Some(IntRef::Big(b)) => {
                if b.is_negative() {
                    -100_000
                } else {
                    100_000
                }
            }
            None => return Err(cx.type_error("Expected an int as second argument to ldexp.")),
        };
        let r = libm::ldexp(x, exponent);
        if r.is_infinite() && x.is_finite() {
            return Err(range(cx));
        }
        Ok(r)
    }

    /// Return the fractional and integer parts of x.
    ///
    /// Both results carry the sign of x and are floats.
    #[function]
    fn modf(x: f64) -> (f64, f64) {
        if x.is_infinite() {
            return (0f64.copysign(x), x);
        }
        let whole = x.trunc();
        ((x - whole).copysign(x), whole)
    }

    /// Return the value of the least significant bit of the float x.
    #[function]
    fn ulp(x: f64) -> f64 {
        let x = x.abs();
        if !x.is_finite() {
            return x;
        }
        let next = libm::nextafter(x, f64::INFINITY);
        if next.is_infinite() { x - libm::nextafter(x, f64::NEG_INFINITY) } else { next - x }
    }

    /// Determine whether two floating point numbers are close in value.
    ///
    ///   rel_tol
    ///     maximum difference for being considered "close", relative to the
    ///     magnitude of the input values
    ///   abs_tol
    ///     maximum difference for being considered "close", regardless of the
    ///     magnitude of the input values
    ///
    /// Return True if a is close in value to b, and False otherwise.
    ///
    /// For the values to be considered close, the difference between them
    /// must be smaller than at least one of the tolerances.
    ///
    /// -inf, inf and NaN behave similarly to the IEEE 754 Standard.  That
    /// is, NaN is not close to anything, even itself.  inf and -inf are
    /// only close to themselves.
    #[function("a, b, *, rel_tol=1e-09, abs_tol=0.0")]
    fn isclose(cx: &mut Cx, a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> Result<bool> {
        if rel_tol < 0.0 || abs_tol < 0.0 {
            return Err(cx.value_error("tolerances must be non-negative"));
        }
        if a == b {
            return Ok(true);
        }
        if a.is_infinite() || b.is_infinite() {
            return Ok(false);
        }
        let difference = (b - a).abs();
        Ok(difference <= (rel_tol * b).abs() || difference <= (rel_tol * a).abs() || difference <= abs_tol)
    }

    /// hypot(*coordinates) -> value
    ///
    /// Multidimensional Euclidean distance from the origin to a point.
    ///
    /// Roughly equivalent to:
    ///     sqrt(sum(x**2 for x in coordinates))
    ///
    /// For a two dimensional point (x, y), gives the hypotenuse
    /// using the Pythagorean theorem:  sqrt(x*x + y*y).
    ///
    /// For example, the hypotenuse of a 3/4/5 right triangle is:
    ///
    ///     >>> hypot(3.0, 4.0)
    ///     5.0
    #[function("*coordinates")]
    fn hypot(cx: &mut Cx, coordinates: &[Value]) -> Result<f64> {
        let mut v = floats(cx, coordinates)?;
        Ok(vector_length(&mut v))
    }

    /// Return the Euclidean distance between two points p and q.
    ///
    /// The points should be specified as sequences (or iterables) of
    /// coordinates.  Both inputs must have the same dimension.
    ///
    /// Roughly equivalent to:
    ///     sqrt(sum((px - qx) ** 2.0 for px, qx in zip(p, q)))
    #[function]
    fn dist(cx: &mut Cx, p: Value, q: Value) -> Result<f64> {
        let p = cx.tuple_from_iterable(p)?;
        let q = cx.tuple_from_iterable(q)?;
        if p.len() != q.len() {
            return Err(cx.value_error("both points must have the same number of dimensions"));
        }
        let mut v = floats(cx, p.items())?;
        let w = floats(cx, q.items())?;
        for (x, y) in v.iter_mut().zip(w) {
            *x = (*x - y).abs();
        }
        Ok(vector_length(&mut v))
    }

    /// Return an accurate floating point sum of values in the iterable seq.
    ///
    /// Assumes IEEE-754 floating point arithmetic.
    #[function]
    fn fsum(cx: &mut Cx, seq: Value) -> Result<f64> {
        let it = cx.iter(seq)?;
        // Numbers that do not overlap, smallest first, whose sum is exact (Shewchuk).
        let mut partials: Vec<f64> = Vec::new();
        let (mut specials, mut infinities) = (0.0f64, 0.0f64);
        while let Some(v) = cx.next(it)? {
            let given = cx.to_float(v)?;
            let mut x = given;
            let mut kept = 0;
            for i in 0..partials.len() {
                let mut y = partials[i];
                if x.abs() < y.abs() {
                    std::mem::swap(&mut x, &mut y);
                }
                let high = x + y;
                let low = y - (high - x);
                if low != 0.0 {
                    partials[kept] = low;
                    kept += 1;
                }
                x = high;
            }
            partials.truncate(kept);
            if x != 0.0 {
                if x.is_finite() {
                    partials.push(x);
                    continue;
                }
                if given.is_finite() {
                    return Err(cx.overflow_error("intermediate overflow in fsum"));
                }
                if given.is_infinite() {
                    infinities += given;
                }
                specials += given;
                partials.clear();
            }
        }
        if specials != 0.0 {
            if infinities.is_nan() {
                return Err(cx.value_error("-inf + inf in fsum"));
            }
            return Ok(specials);
        }
        let Some(mut high) = partials.pop() else {
            return Ok(0.0);
        };
        let mut low = 0.0;
        while let Some(y) = partials.pop() {
            let x = high;
            high = x + y;
            low = y - (high - x);
            if low != 0.0 {
                break;
            }
        }
        // A tie is broken by the next part.
        if let Some(next) = partials.last() {
            if (low < 0.0 && *next < 0.0) || (low > 0.0 && *next > 0.0) {
                let y = low * 2.0;
                let x = high + y;
                if y == x - high {
                    high = x;
                }
            }
        }
        Ok(high)
    }

    /// Calculate the product of all the elements in the input iterable.
    ///
    /// The default start value for the product is 1.
    ///
    /// When the iterable is empty, return the start value.  This function is
    /// intended specifically for use with numeric values and may reject
    /// non-numeric types.
    #[function("iterable, /, *, start=1")]
    fn prod(cx: &mut Cx, iterable: Value, start: Option<Value>) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let mut product = start.unwrap_or(Value::int32(1));
        while let Some(v) = cx.next(it)? {
            product = cx.binary(BinaryOp::Mul, product, v)?;
        }
        Ok(product)
    }

    /// Find n!.
    ///
    /// Raise a ValueError if x is negative or non-integral.
    #[function]
    fn factorial(cx: &mut Cx, n: Index) -> Result<BigInt> {
        let n = match int_ref(n.0) {
            Some(i) if i.is_negative() => {
                return Err(cx.value_error("factorial() not defined for negative values"));
            }
            Some(IntRef::Small(i)) => i as u64,
            _ => {
                return Err(cx.overflow_error(format!("factorial() argument should not exceed {}", i64::MAX)));
            }
        };
        if n > 1 << 27 {
            return Err(cx.memory_error(""));
        }
        if n < 2 {
            return Ok(BigInt::one());
        }
        falling_of(cx, BigInt::from(n), n - 1)
    }

    /// Number of ways to choose k items from n items without repetition and without order.
    ///
    /// Evaluates to n! / (k! * (n - k)!) when k <= n and evaluates
    /// to zero when k > n.
    ///
    /// Also called the binomial coefficient because it is equivalent
    /// to the coefficient of k-th term in polynomial expansion of the
    /// expression (1 + x)**n.
    ///
    /// Raises TypeError if either of the arguments are not integers.
    /// Raises ValueError if either of the arguments are negative.
    #[function]
    fn comb(cx: &mut Cx, n: Value, k: Value) -> Result<BigInt> {
        let n = count(cx, n, "n")?;
        let k = count(cx, k, "k")?;
        if k > n {
            return Ok(BigInt::zero());
        }
        let k = k.clone().min(&n - k);
        let Some(k) = k.to_u64().filter(|k| *k < 1 << 27) else {
            return Err(cx.overflow_error(format!("min(n - k, k) must not exceed {}", i64::MAX)));
        };
        if cx.is_stoppable() {
            let (above, below) = (cx.big_falling(&n, k)?, cx.big_falling(&BigInt::from(k), k)?);
            return Ok(cx.big_div_mod(&above, &below)?.0);
        }
        if k < LONG_COUNT {
            return Ok(falling(&n, k) / falling(&BigInt::from(k), k));
        }
        cx.long_work(move || falling(&n, k) / falling(&BigInt::from(k), k))
    }

    /// Number of ways to choose k items from n items without repetition and with order.
    ///
    /// Evaluates to n! / (n - k)! when k <= n and evaluates
    /// to zero when k > n.
    ///
    /// If k is not specified or is None, then k defaults to n
    /// and the function returns n!.
    ///
    /// Raises TypeError if either of the arguments are not integers.
    /// Raises ValueError if either of the arguments are negative.
    #[function("n, k=None, /")]
    fn perm(cx: &mut Cx, n: Value, k: Option<Value>) -> Result<BigInt> {
        let Some(k) = k else {
            let n = cx.index(n)?;
            return factorial(cx, Index(n));
        };
        let n = count(cx, n, "n")?;
        let k = count(cx, k, "k")?;
        if k > n {
            return Ok(BigInt::zero());
        }
        let Some(k) = k.to_u64().filter(|k| *k < 1 << 27) else {
            return Err(cx.overflow_error(format!("k must not exceed {}", i64::MAX)));
        };
        falling_of(cx, n, k)
    }

    /// Return the integer part of the square root of the input.
    #[function]
    fn isqrt(cx: &mut Cx, n: BigInt) -> Result<BigInt> {
        if n.is_negative() {
            return Err(cx.value_error("isqrt() argument must be nonnegative"));
        }
        if is_long_number(&n) { cx.long_work(move || n.sqrt()) } else { Ok(n.sqrt()) }
    }

    /// Greatest Common Divisor.
    #[function("*integers")]
    fn gcd(cx: &mut Cx, integers: &[Value]) -> Result<BigInt> {
        let mut g = BigInt::zero();
        for &v in integers {
            let v = cx.index(v)?;
            let i = int_ref(v).map(|i| i.to_bigint()).unwrap_or_default();
            g = if is_long_gcd(&g, &i) { cx.long_work(move || g.gcd(&i))? } else { g.gcd(&i) };
        }
        Ok(g)
    }

    /// Least Common Multiple.
    #[function("*integers")]
    fn lcm(cx: &mut Cx, integers: &[Value]) -> Result<BigInt> {
        let mut l = BigInt::one();
        for &v in integers {
            let v = cx.index(v)?;
            let i = int_ref(v).map(|i| i.to_bigint()).unwrap_or_default();
            l = match l {
                l if l.is_zero() => l,
                l if is_long_gcd(&l, &i) => cx.long_work(move || l.lcm(&i))?,
                l => l.lcm(&i),
            };
        }
        Ok(l.abs())
    }
}
