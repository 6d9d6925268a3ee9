//! Floats to text: `repr`, the `%e %f %g` family, `float.hex`, and rounding, which is by text.
//!
//! Shortest digits come from `zmij`; digits of a given precision from the standard library,
//! whose results are exact and ties go to even, as in CPython. Only the layout is ours.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use num_bigint::BigInt;
use smallvec::SmallVec;

use super::{Bytes, TextError, reserve};

/// Appends `repr(x)`.
pub fn push_repr(out: &mut Vec<u8>, x: f64) {
    if !x.is_finite() {
        return push_non_finite(out, x, false);
    }
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(x).as_bytes();
    // The crate's layout is Python's but for short exponents (1e-7) and 0.00001 to 0.000099.
    if x != 0.0 && x.abs() < 1e-4 {
        let mut digits = Digits::shortest(x.abs());
        if x.is_sign_negative() {
            out.push(b'-');
        }
        let decpt = digits.point;
        digits.point = 1;
        digits.push(out, digits.len(), false);
        push_exponent(out, decpt - 1, false);
    } else {
        out.extend_from_slice(text);
    }
}

fn push_non_finite(out: &mut Vec<u8>, x: f64, upper: bool) {
    let text = match (x.is_nan(), x.is_sign_negative(), upper) {
        (true, _, false) => "nan",
        (true, _, true) => "NAN",
        (_, false, false) => "inf",
        (_, false, true) => "INF",
        (_, true, false) => "-inf",
        (_, true, true) => "-INF",
    };
    out.extend_from_slice(text.as_bytes());
}

fn push_exponent(out: &mut Vec<u8>, exponent: i32, upper: bool) {
    out.push(if upper { b'E' } else { b'e' });
    out.push(if exponent < 0 { b'-' } else { b'+' });
    if exponent.abs() < 10 {
        out.push(b'0');
    }
    out.extend_from_slice(itoa::Buffer::new().format(exponent.unsigned_abs()).as_bytes());
}

/// Where digits come from and how they are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `%e`: one digit, a point, `precision` digits, an exponent.
    Exponent,
    /// `%f`: `precision` digits after the point.
    Fixed,
    /// `%g`: `precision` significant digits, exponent only where it is shorter.
    General,
    /// `repr`: as many digits as it takes; the precision is not used.
    Shortest,
}

/// How to write a float; what C calls a conversion with its flags.
#[derive(Clone, Copy, Debug)]
pub struct FloatFormat {
    /// Digits and layout.
    pub form: Form,
    /// Number of digits.
    pub precision: usize,
    /// `E`, `INF`, `NAN`.
    pub upper: bool,
    /// `#`: keep the point and the trailing zeros of `%g`.
    pub alternate: bool,
    /// Add `.0` to what would look like an integer.
    pub add_dot_0: bool,
    /// Write a zero without its minus, after rounding.
    pub no_negative_zero: bool,
}

/// Digits after which a double's expansion has only zeros (1074 after the point, 767 in all).
const EXACT: usize = 1100;

/// Appends `x` as `format` says. `precision` must be checked by the caller against what fits an
/// `i32`; memory is checked here.
pub fn push_format(out: &mut Vec<u8>, x: f64, format: &FloatFormat) -> Result<(), TextError> {
    if !x.is_finite() {
        push_non_finite(out, x, format.upper);
        return Ok(());
    }
    let start = out.len();
    if x.is_sign_negative() {
        out.push(b'-');
    }
    let magnitude = x.abs();
    if !push_from_shortest(out, magnitude, format) {
        push_exact(out, magnitude, format)?;
    }
    if format.no_negative_zero && x.is_sign_negative() && is_zero_text(&out[start..]) {
        out.remove(start);
    }
    Ok(())
}

/// Lays out the shortest digits, rounded where the precision asks for fewer. False (and nothing
/// written) if that could differ from rounding the number itself.
fn push_from_shortest(out: &mut Vec<u8>, magnitude: f64, format: &FloatFormat) -> bool {
    if format.precision > EXACT && format.form != Form::Shortest {
        return false;
    }
    let precision = format.precision as i64;
    let mut digits = Digits::shortest(magnitude);
    match format.form {
        Form::Shortest => push_general(out, digits, 16, None, format),
        Form::Fixed => {
            if !digits.round(i64::from(digits.point) + precision) {
                return false;
            }
            let end = (i64::from(digits.point) + precision) as usize;
            digits.push(out, end, format.alternate);
        }
        Form::Exponent => {
            if !digits.round(precision + 1) {
                return false;
            }
            push_with_exponent(out, digits, format.precision + 1, format);
        }
        Form::General => {
            let precision = format.precision.max(1);
            if !digits.round(precision as i64) {
                return false;
            }
            push_general(out, digits, precision, format.alternate.then_some(precision), format);
        }
    }
    true
}

/// Lays out digits of the exact value.
fn push_exact(out: &mut Vec<u8>, magnitude: f64, format: &FloatFormat) -> Result<(), TextError> {
    let exact = format.precision.min(EXACT);
    let zeros = format.precision - exact;
    if zeros > 0 && (format.form != Form::General || format.alternate) {
        reserve(out, zeros)?;
    }
    match format.form {
        Form::Fixed => {
            let _ = write!(Bytes(out), "{magnitude:.exact$}");
            pad_zeros(out, zeros);
            if format.precision == 0 && format.alternate {
                out.push(b'.');
            }
        }
        Form::Exponent => {
            push_with_exponent(out, Digits::rounded(magnitude, exact + 1), format.precision + 1, format);
        }
        Form::General | Form::Shortest => {
            let precision = format.precision.max(1);
            let digits = Digits::rounded(magnitude, precision.min(EXACT));
            push_general(out, digits, precision, format.alternate.then_some(precision), format);
        }
    }
    Ok(())
}

/// `1.50e+10` with `end` digits.
fn push_with_exponent(out: &mut Vec<u8>, mut digits: Digits, end: usize, format: &FloatFormat) {
    let point = digits.point;
    digits.point = 1;
    digits.push(out, end, format.alternate);
    push_exponent(out, point - 1, format.upper);
}

fn pad_zeros(out: &mut Vec<u8>, zeros: usize) {
    out.resize(out.len() + zeros, b'0');
}

/// True if no digit before the exponent is other than zero.
fn is_zero_text(text: &[u8]) -> bool {
    !text.iter().take_while(|byte| !byte.eq_ignore_ascii_case(&b'e')).any(|byte| (b'1'..=b'9').contains(byte))
}

/// `digits` with an exponent if the point would stand far from them: before the fourth zero, or
/// behind digit `highest`; `padded` is how many digits there must be (`#`).
fn push_general(out: &mut Vec<u8>, digits: Digits, highest: usize, padded: Option<usize>, format: &FloatFormat) {
    let point = digits.point;
    // What would look like an integer needs room for its `.0` in the `%g` form.
    let highest = highest - usize::from(format.add_dot_0 && format.form == Form::General);
    let mut end = padded.unwrap_or(digits.len());
    if point <= -4 || (point > 0 && point as usize > highest) {
        return push_with_exponent(out, digits, end, format);
    }
    if format.add_dot_0 {
        end = end.max((point + 1).max(0) as usize);
    }
    digits.push(out, end, format.alternate);
}

/// The place of the `e` in `1.5e-7`, and the number after it.
fn split_exponent(text: &[u8]) -> (usize, i32) {
    let Some(mark) = memchr::memrchr(b'e', text) else {
        return (text.len(), 0);
    };
    let (negative, digits) = match text.get(mark + 1) {
        Some(b'-') => (true, &text[mark + 2..]),
        Some(b'+') => (false, &text[mark + 2..]),
        _ => (false, &text[mark + 1..]),
    };
    let value = digits.iter().fold(0, |value, digit| value * 10 + i32::from(digit - b'0'));
    (mark, if negative { -value } else { value })
}

/// Decimal digits without zeros at the end, and where the point stands: after `point` of them.
/// Zero is one digit `0` and a point after it.
struct Digits {
    text: SmallVec<[u8; 32]>,
    point: i32,
    /// What they are the digits of.
    magnitude: f64,
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

impl Digits {
    fn len(&self) -> usize {
        self.text.len()
    }

    fn shortest(magnitude: f64) -> Digits {
        let mut digits = Digits { text: SmallVec::new(), point: 0, magnitude };
        let _ = digits.write_str(zmij::Buffer::new().format_finite(magnitude));
        digits.normalise();
        digits
    }

    /// Rounds the shortest digits of a number to `wanted` (which may be less than one), if that
    /// must give what rounding the number gives; else false.
    ///
    /// Fewer digits: were a rounding boundary between the number and its shortest digits, it
    /// would be shorter than they, or as short and nearer; so only digits that are a boundary
    /// themselves leave the question open. More digits: up to 15 the digits are the nearest of that
    /// length, because a normal float's neighbours are nearer to it than those of the decimal.
    fn round(&mut self, wanted: i64) -> bool {
        let len = self.len() as i64;
        if wanted >= len {
            return self.magnitude.is_normal() && wanted <= 15 || *self.text == *b"0";
        }
        let kept = wanted.max(0) as usize;
        let is_up = if wanted < 0 {
            false
        } else if self.text[kept..] == *b"5" {
            match self.beside_its_digits() {
                None => return false,
                Some(Ordering::Less) => false,
                Some(Ordering::Equal) => kept > 0 && self.text[kept - 1] % 2 == 1,
                Some(Ordering::Greater) => true,
            }
        } else {
            self.text[kept] >= b'5'
        };
        self.text.truncate(kept);
        if is_up {
            while self.text.last() == Some(&b'9') {
                self.text.pop();
            }
            match self.text.last_mut() {
                Some(last) => *last += 1,
                None => {
                    self.text.push(b'1');
                    self.point += 1;
                }
            }
        } else {
            while self.text.last() == Some(&b'0') {
                self.text.pop();
            }
        }
        if self.text.is_empty() {
            self.text.push(b'0');
            self.point = 1;
        }
        true
    }

    /// On which side of its shortest digits the number is, if that is easy to say.
    fn beside_its_digits(&self) -> Option<Ordering> {
        let places = self.len() as i32 - self.point;
        if self.len() > 15 || !(0..=22).contains(&places) || !self.magnitude.is_normal() {
            return None;
        }
        // product + error is the scaled number exactly, and product - whole is exact because
        // the two are so near. If it is not zero it outweighs the error.
        let power = POWERS_OF_TEN[places as usize];
        let product = self.magnitude * power;
        let error = self.magnitude.mul_add(power, -product);
        let distance = product - self.whole();
        if distance != 0.0 { distance.partial_cmp(&0.0) } else { error.partial_cmp(&0.0) }
    }

    /// The digits as an integer, exact up to 15 of them.
    fn whole(&self) -> f64 {
        self.text.iter().fold(0u64, |value, digit| value * 10 + u64::from(digit - b'0')) as f64
    }

    /// The number the digits are, if one operation on exact numbers gives it.
    fn to_f64(&self) -> Option<f64> {
        let scale = self.point - self.len() as i32;
        if self.len() > 15 || scale.abs() > 22 {
            return None;
        }
        let power = POWERS_OF_TEN[scale.unsigned_abs() as usize];
        Some(if scale < 0 { self.whole() / power } else { self.whole() * power })
    }

    /// `precision` significant digits, at least one.
    fn rounded(magnitude: f64, precision: usize) -> Digits {
        let mut digits = Digits { text: SmallVec::new(), point: 0, magnitude };
        let _ = write!(digits, "{magnitude:.0$e}", precision - 1);
        digits.normalise();
        digits
    }

    /// From `12.50e3` and the like to digits and point.
    fn normalise(&mut self) {
        let (mark, exponent) = split_exponent(&self.text);
        self.text.truncate(mark);
        let dot = memchr::memchr(b'.', &self.text);
        self.point = exponent + dot.unwrap_or(self.text.len()) as i32;
        if let Some(dot) = dot {
            self.text.remove(dot);
        }
        let leading = self.text.iter().take_while(|&&digit| digit == b'0').count();
        self.text.drain(..leading);
        self.point -= leading as i32;
        while self.text.last() == Some(&b'0') {
            self.text.pop();
        }
        if self.text.is_empty() {
            self.text.push(b'0');
            self.point = 1;
        }
    }

    /// Writes them without exponent, zeros added up to digit `end` and up to the point; a point
    /// at the end only if `keep_point`.
    fn push(&self, out: &mut Vec<u8>, end: usize, keep_point: bool) {
        let len = self.len();
        let whole = self.point.max(0) as usize;
        if self.point <= 0 {
            // Reached with digits to write, so there is something behind the point.
            out.extend_from_slice(b"0.");
            pad_zeros(out, self.point.unsigned_abs() as usize);
            out.extend_from_slice(&self.text);
        } else {
            out.extend_from_slice(&self.text[..whole.min(len)]);
            pad_zeros(out, whole.saturating_sub(len));
            if end > whole || keep_point {
                out.push(b'.');
            }
            out.extend_from_slice(&self.text[whole.min(len)..]);
        }
        pad_zeros(out, end.saturating_sub(len.max(whole)));
    }
}

/// Appends `x.hex()`.
pub fn push_hex(out: &mut Vec<u8>, x: f64) {
    if !x.is_finite() {
        return push_non_finite(out, x, false);
    }
    let bits = x.to_bits();
    let (exponent, mantissa) = ((bits >> 52 & 0x7FF) as i32, bits & ((1 << 52) - 1));
    if x.is_sign_negative() {
        out.push(b'-');
    }
    let _ = match (exponent, mantissa) {
        (0, 0) => Bytes(out).write_str("0x0.0p+0"),
        (0, _) => write!(Bytes(out), "0x0.{mantissa:013x}p-1022"),
        _ => write!(Bytes(out), "0x1.{mantissa:013x}p{:+}", exponent - 1023),
    };
}

/// The powers of ten that are floats.
const POWERS_OF_TEN: [f64; 23] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

/// `round(x, ndigits)`; `None` where CPython raises `OverflowError`
/// ("rounded value too large to represent").
pub fn round(x: f64, ndigits: i64) -> Option<f64> {
    if !x.is_finite() || ndigits > 323 {
        return Some(x);
    }
    if ndigits < -308 {
        return Some(0.0 * x);
    }
    if ndigits >= 0 {
        let mut digits = Digits::shortest(x.abs());
        let wanted = i64::from(digits.point) + ndigits;
        if digits.magnitude.is_normal() && wanted >= 17 {
            // So many digits always read back as the same number.
            return Some(x);
        }
        if digits.round(wanted)
            && let Some(magnitude) = digits.to_f64()
        {
            return Some(magnitude.copysign(x));
        }
    }
    let mut text = Vec::with_capacity(32);
    let parse = |text: &[u8]| std::str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok());
    if ndigits >= 0 {
        let _ = write!(Bytes(&mut text), "{x:.0$}", ndigits as usize);
    } else {
        round_whole(&mut text, x, ndigits.unsigned_abs() as usize);
    }
    parse(&text).filter(|rounded| rounded.is_finite())
}

/// Writes `x` rounded to a multiple of 10 to the power `places`, ties to even.
fn round_whole(text: &mut Vec<u8>, x: f64, places: usize) {
    let whole = x.trunc();
    let _ = write!(Bytes(text), "{:.0}", whole.abs());
    let kept = text.len().saturating_sub(places);
    // With fewer digits than places the first dropped one is a zero.
    let dropped: SmallVec<[u8; 32]> = if text.len() < places { SmallVec::new() } else { SmallVec::from_slice(&text[kept..]) };
    let rest = x != whole || dropped.iter().skip(1).any(|&digit| digit != b'0');
    let up = match dropped.first() {
        Some(b'6'..=b'9') => true,
        Some(b'5') => rest || (kept > 0 && text[kept - 1] % 2 == 1),
        _ => false,
    };
    text.truncate(kept);
    if up {
        carry(text);
    }
    let _ = write!(Bytes(text), "e{places}");
    if kept == 0 && !up {
        text.insert(0, b'0');
    }
    if x.is_sign_negative() {
        text.insert(0, b'-');
    }
}

/// Adds one to a number of digits.
fn carry(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit != b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// `x` as a fraction in lowest terms with a positive denominator; `None` if not finite.
pub fn as_integer_ratio(x: f64) -> Option<(BigInt, BigInt)> {
    if !x.is_finite() {
        return None;
    }
    let bits = x.to_bits();
    let raw = (bits >> 52 & 0x7FF) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mut mantissa, mut exponent) = if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw - 1075) };
    if mantissa == 0 {
        return Some((BigInt::ZERO, BigInt::from(1)));
    }
    if exponent < 0 {
        let shift = mantissa.trailing_zeros().min(exponent.unsigned_abs());
        mantissa >>= shift;
        exponent += shift as i32;
    }
    let signed = if x.is_sign_negative() { -(mantissa as i64) } else { mantissa as i64 };
    let one = BigInt::from(1);
    Some(if exponent >= 0 { (BigInt::from(signed) << exponent, one) } else { (BigInt::from(signed), one << exponent.unsigned_abs()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repr(x: f64) -> String {
        let mut out = Vec::new();
        push_repr(&mut out, x);
        String::from_utf8(out).expect("ascii")
    }

    fn general(x: f64, precision: usize, alternate: bool, add_dot_0: bool) -> String {
        let mut out = Vec::new();
        let format = FloatFormat { form: Form::General, precision, upper: false, alternate, add_dot_0, no_negative_zero: false };
        push_format(&mut out, x, &format).expect("memory");
        String::from_utf8(out).expect("ascii")
    }

    #[test]
    fn repr_is_pythons() {
        for (x, text) in [
            (1e-5, "1e-05"),
            (1.5e-5, "1.5e-05"),
            (-2e-7, "-2e-07"),
            (1e16, "1e+16"),
            (0.0001, "0.0001"),
            (-0.0, "-0.0"),
            (5e-324, "5e-324"),
            (1e15, "1000000000000000.0"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(repr(x), text);
        }
        assert_eq!(repr(-f64::NAN), "nan");
    }

    #[test]
    fn general_form() {
        assert_eq!(general(100000.0, 6, false, false), "100000");
        assert_eq!(general(1e6, 6, false, false), "1e+06");
        assert_eq!(general(0.0, 6, true, false), "0.00000");
        assert_eq!(general(3.0, 1, false, true), "3e+00");
        assert_eq!(general(3.0, 3, false, true), "3.0");
        assert_eq!(general(1e-4, 0, false, false), "0.0001");
    }

    /// Digits cut from the shortest ones must be those of the exact value.
    #[test]
    fn short_cut_is_exact() {
        let mut state = 0x9E37_79B9_7F4A_7C15u64;
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        for round in 0..200_000 {
            let bits = random();
            let x = match round % 4 {
                0 => f64::from_bits(bits >> 1),
                1 => (bits % 1_000_000) as f64 / 64.0,
                2 => (bits % 10_000_000) as f64 / 1000.0,
                _ => f64::from_bits((bits >> 12) | (1023 - 30 + bits % 60) << 52),
            };
            if !x.is_finite() {
                continue;
            }
            let form = [Form::Fixed, Form::Exponent, Form::General][(random() % 3) as usize];
            let format = FloatFormat {
                form,
                precision: (random() % 20) as usize,
                upper: false,
                alternate: random() % 2 == 0,
                add_dot_0: form == Form::General && random() % 2 == 0,
                no_negative_zero: false,
            };
            let (mut short, mut exact) = (Vec::new(), Vec::new());
            if push_from_shortest(&mut short, x, &format) {
                push_exact(&mut exact, x, &format).expect("memory");
                assert_eq!(String::from_utf8(short), String::from_utf8(exact), "{x:?} {format:?}");
            } else {
                assert!(short.is_empty());
            }
        }
    }

    #[test]
    fn rounds() {
        assert_eq!(round(2.675, 2), Some(2.67));
        assert_eq!(round(25.0, -1), Some(20.0));
        assert_eq!(round(-5.1, -1), Some(-10.0));
        assert_eq!(round(99.9, -2), Some(100.0));
        assert_eq!(round(-4.0, -1).map(f64::to_bits), Some((-0.0f64).to_bits()));
        assert_eq!(round(f64::MAX, -308), None);
    }

    #[test]
    fn fractions() {
        assert_eq!(as_integer_ratio(0.75), Some((BigInt::from(3), BigInt::from(4))));
        assert_eq!(as_integer_ratio(-8.0), Some((BigInt::from(-8), BigInt::from(1))));
    }
}
