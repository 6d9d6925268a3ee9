//! Integers to text and back: `str(n)`, `bin`, `oct`, `hex`, `int(text, base)`.
//!
//! Integers come in two sizes, as in the machine: those that fit an `i64` and `BigInt`s. The
//! limit on digits is a parameter (CPython's default is 4300, 0 means none).

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::numeral;

/// CPython's default for `sys.get_int_max_str_digits()`.
pub const DEFAULT_MAX_DIGITS: usize = 4300;

/// Numbers of this many digits or fewer are never refused.
const DIGITS_THRESHOLD: usize = 640;

/// An integer to write.
#[derive(Clone, Copy, Debug)]
pub enum IntRef<'a> {
    /// A small one.
    Small(i64),
    /// Any.
    Big(&'a BigInt),
}

impl IntRef<'_> {
    /// The number in its general form.
    pub fn to_bigint(&self) -> BigInt {
        match self {
            IntRef::Small(i) => BigInt::from(*i),
            IntRef::Big(b) => (*b).clone(),
        }
    }

    /// True below zero.
    pub fn is_negative(self) -> bool {
        match self {
            IntRef::Small(n) => n < 0,
            IntRef::Big(n) => n.sign() == Sign::Minus,
        }
    }

    /// The nearest float, ties to even; `None` where CPython says "int too large to convert to
    /// float".
    pub fn to_f64(self) -> Option<f64> {
        match self {
            IntRef::Small(n) => Some(n as f64),
            IntRef::Big(n) => n.to_f64().filter(|x| x.is_finite()),
        }
    }
}

/// An integer that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Int {
    /// It fits.
    Small(i64),
    /// It does not fit an `i64`.
    Big(BigInt),
}

/// Why a text is no integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// `invalid literal for int() with base {base}: {text!r}`, where base is what was asked for.
    Invalid,
    /// More digits than the limit: see [`too_many_digits_to_read`].
    TooManyDigits(usize),
    /// `int() base must be >= 2 and <= 36, or 0`.
    BadBase,
}

/// The message of [`ParseError::TooManyDigits`].
pub fn too_many_digits_to_read(limit: usize, digits: usize) -> String {
    format!(
        "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; \
         use sys.set_int_max_str_digits() to increase the limit"
    )
}

/// The message where [`exceeds_digit_limit`] holds.
pub fn too_many_digits_to_write(limit: usize) -> String {
    format!(
        "Exceeds the limit ({limit} digits) for integer string conversion; \
         use sys.set_int_max_str_digits() to increase the limit"
    )
}

/// True if `n` has more than `limit` decimal digits; `limit` 0 is none. Ask before writing.
pub fn exceeds_digit_limit(n: &BigInt, limit: usize) -> bool {
    if limit == 0 {
        return false;
    }
    let limit = limit.max(DIGITS_THRESHOLD);
    // 10**limit has between limit * 3.3219 and that plus one bits.
    let bits = n.bits() as f64;
    let edge = limit as f64 * std::f64::consts::LOG2_10;
    if bits < edge - 2.0 {
        false
    } else if bits > edge + 2.0 {
        true
    } else {
        n.magnitude() >= &num_bigint::BigUint::from(10u8).pow(limit as u32)
    }
}

/// Appends `n` in decimal.
#[inline]
pub fn push_i64(out: &mut Vec<u8>, n: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes());
}

/// Appends `n` in decimal. The digit limit is the caller's to check.
pub fn push_decimal(out: &mut Vec<u8>, n: IntRef<'_>) {
    match n {
        IntRef::Small(n) => push_i64(out, n),
        IntRef::Big(n) => out.extend_from_slice(n.to_str_radix(10).as_bytes()),
    }
}

/// A base that is a power of two, for `bin`, `oct`, `hex`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Radix {
    /// Base 2, `0b`.
    Binary,
    /// Base 8, `0o`.
    Octal,
    /// Base 16, `0x`.
    Hex,
}

impl Radix {
    const fn bits(self) -> u32 {
        match self {
            Radix::Binary => 1,
            Radix::Octal => 3,
            Radix::Hex => 4,
        }
    }

    /// `0b`, `0o` or `0x`.
    pub const fn prefix(self) -> &'static [u8; 2] {
        match self {
            Radix::Binary => b"0b",
            Radix::Octal => b"0o",
            Radix::Hex => b"0x",
        }
    }
}

/// Appends the digits of the absolute value of `n`.
pub fn push_magnitude(out: &mut Vec<u8>, n: IntRef<'_>, radix: Radix) {
    match n {
        IntRef::Small(n) => {
            let (mut rest, bits) = (n.unsigned_abs(), radix.bits());
            let mut digits = [0u8; 64];
            let mut start = digits.len();
            loop {
                start -= 1;
                digits[start] = b"0123456789abcdef"[(rest & ((1 << bits) - 1)) as usize];
                rest >>= bits;
                if rest == 0 {
                    break;
                }
            }
            out.extend_from_slice(&digits[start..]);
        }
        IntRef::Big(n) => out.extend_from_slice(n.magnitude().to_str_radix(1 << radix.bits()).as_bytes()),
    }
}

/// Appends what `bin(n)`, `oct(n)` and `hex(n)` give: `-0xff`.
pub fn push_prefixed(out: &mut Vec<u8>, n: IntRef<'_>, radix: Radix) {
    if n.is_negative() {
        out.push(b'-');
    }
    out.extend_from_slice(radix.prefix());
    push_magnitude(out, n, radix);
}

/// `int(text, base)` for a `str`.
pub fn parse(text: &[u8], base: u32, limit: usize) -> Result<Int, ParseError> {
    parse_ascii(&numeral::to_ascii(text), base, limit)
}

/// `int(content, base)` for `bytes`, and for text known to be ASCII.
pub fn parse_ascii(text: &[u8], base: u32, limit: usize) -> Result<Int, ParseError> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(ParseError::BadBase);
    }
    if base == 10
        && let Some(n) = parse_short(text)
    {
        return Ok(Int::Small(n));
    }
    let body = numeral::trim(text);
    let (negative, body) = match body {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, body),
    };
    let named = match body {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    // Base 0 without a prefix is ten, and then only zero may start with a zero.
    let only_zero = base == 0 && named == 0 && body.first() == Some(&b'0');
    let radix = match (base, named) {
        (0, 0) => 10,
        (0, named) => named,
        (base, _) => base,
    };
    let mut digits = body;
    if named == radix {
        digits = &digits[2..];
        // One underscore may follow a prefix.
        digits = digits.strip_prefix(b"_").unwrap_or(digits);
    }
    let (value, len) = read_digits(digits, radix, limit)?;
    if len != digits.len() || (only_zero && value != Int::Small(0)) {
        return Err(ParseError::Invalid);
    }
    Ok(if negative { negate(value) } else { value })
}

/// Plain decimal texts of at most 18 digits, by far the most.
fn parse_short(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut n = 0i64;
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        n = n * 10 + i64::from(digit);
    }
    Some(if negative { -n } else { n })
}

/// The value of `byte` as a digit of bases up to 36.
fn digit_value(byte: u8, radix: u32) -> Option<u8> {
    char::from(byte).to_digit(radix).map(|digit| digit as u8)
}

/// Reads digits with single underscores between them: the value, and how much of `text` it took.
fn read_digits(text: &[u8], radix: u32, limit: usize) -> Result<(Int, usize), ParseError> {
    let mut digits = Vec::with_capacity(text.len());
    let mut len = 0;
    let mut previous = b'_';
    for &byte in text {
        match digit_value(byte, radix) {
            Some(digit) => digits.push(digit),
            None if byte != b'_' => break,
            None if previous == b'_' => return Err(ParseError::Invalid),
            None => {}
        }
        previous = byte;
        len += 1;
    }
    if previous == b'_' {
        return Err(ParseError::Invalid);
    }
    let count = digits.len();
    if !radix.is_power_of_two() && limit > 0 && count > DIGITS_THRESHOLD && count > limit {
        return Err(ParseError::TooManyDigits(count));
    }
    Ok((to_int(&digits, radix), len))
}

fn to_int(digits: &[u8], radix: u32) -> Int {
    let mut small = 0i64;
    let fits = digits.iter().try_for_each(|&digit| {
        small = small.checked_mul(i64::from(radix))?.checked_add(i64::from(digit))?;
        Some(())
    });
    if fits.is_some() {
        return Int::Small(small);
    }
    Int::Big(BigInt::from_radix_be(Sign::Plus, digits, radix).expect("digits are below the radix"))
}

fn negate(value: Int) -> Int {
    match value {
        Int::Small(n) => Int::Small(-n),
        Int::Big(n) => {
            let n = -n;
            // i64::MIN has no positive counterpart.
            n.to_i64().map_or(Int::Big(n), Int::Small)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, base: u32) -> Result<Int, ParseError> {
        parse(text.as_bytes(), base, DEFAULT_MAX_DIGITS)
    }

    #[test]
    fn reads() {
        assert_eq!(read(" -12_3\n", 10), Ok(Int::Small(-123)));
        assert_eq!(read("0x_ff", 0), Ok(Int::Small(255)));
        assert_eq!(read("0b", 16), Ok(Int::Small(11)));
        assert_eq!(read("٣٤", 10), Ok(Int::Small(34)));
        assert_eq!(read("00", 0), Ok(Int::Small(0)));
        assert_eq!(read("-9223372036854775808", 10), Ok(Int::Small(i64::MIN)));
        assert_eq!(read("9223372036854775808", 10), Ok(Int::Big(BigInt::from(1u64 << 63))));
        for bad in ["", "_1", "1_", "1__0", "0x", "1 2", "é", "-"] {
            assert_eq!(read(bad, 10), Err(ParseError::Invalid), "{bad}");
        }
        assert_eq!(read("010", 0), Err(ParseError::Invalid));
        assert_eq!(read("1", 1), Err(ParseError::BadBase));
        assert_eq!(read(&"1".repeat(5000), 10), Err(ParseError::TooManyDigits(5000)));
    }

    #[test]
    fn writes() {
        let mut out = Vec::new();
        push_prefixed(&mut out, IntRef::Small(i64::MIN), Radix::Hex);
        push_prefixed(&mut out, IntRef::Big(&(BigInt::from(1) << 70)), Radix::Octal);
        assert_eq!(out, b"-0x80000000000000000o200000000000000000000000");
    }

    #[test]
    fn limits() {
        let edge = BigInt::from(10).pow(4300);
        assert!(exceeds_digit_limit(&edge, 4300));
        assert!(!exceeds_digit_limit(&(edge - 1), 4300));
        assert!(!exceeds_digit_limit(&BigInt::from(10).pow(5000), 0));
    }
}
