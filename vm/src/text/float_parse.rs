//! Text to floats: `float(text)`, `float.fromhex`, and the scanner under `complex(text)`.

use super::{TextError, numeral};

/// `float(text)` for a `str` (text) or the content of a `bytes`; `None` is the `ValueError`.
///
/// For `bytes` pass `is_text = false`: digits beyond ASCII don't count there.
pub fn parse(text: &[u8], is_text: bool) -> Option<f64> {
    let ascii = if is_text { numeral::to_ascii(text) } else { text.into() };
    let plain = numeral::without_underscores(numeral::trim(&ascii))?;
    parse_ascii(&plain)
}

/// A number and nothing else: no white space, no underscores.
pub fn parse_ascii(text: &[u8]) -> Option<f64> {
    // The standard parser takes what Python takes, "infinity" and "nan" included, and rounds
    // correctly.
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Reads a float from the start of `text`: its value and how many bytes it took; `None` if
/// there is none. `1e` gives 1 and leaves the `e`.
pub fn parse_prefix(text: &[u8]) -> Option<(f64, usize)> {
    let len = number_len(text).or_else(|| special_len(text))?;
    Some((parse_ascii(&text[..len])?, len))
}

fn digits_len(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn sign_len(text: &[u8]) -> usize {
    usize::from(matches!(text.first(), Some(b'+' | b'-')))
}

fn number_len(text: &[u8]) -> Option<usize> {
    let mut len = sign_len(text);
    let whole = digits_len(&text[len..]);
    len += whole;
    let mut fraction = 0;
    if text.get(len) == Some(&b'.') {
        fraction = digits_len(&text[len + 1..]);
        len += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(text.get(len), Some(b'e' | b'E')) {
        let sign = sign_len(&text[len + 1..]);
        let exponent = digits_len(&text[len + 1 + sign..]);
        if exponent > 0 {
            len += 1 + sign + exponent;
        }
    }
    Some(len)
}

/// The length of `inf`, `infinity` or `nan` with its sign.
fn special_len(text: &[u8]) -> Option<usize> {
    let sign = sign_len(text);
    let word = &text[sign..];
    let is = |name: &[u8]| word.len() >= name.len() && word[..name.len()].eq_ignore_ascii_case(name);
    let len = [&b"infinity"[..], b"inf", b"nan"].into_iter().find(|name| is(name))?.len();
    Some(sign + len)
}

/// `float.fromhex(text)`.
pub fn from_hex(text: &[u8]) -> Result<f64, TextError> {
    let text = numeral::trim(text);
    let invalid = || TextError::value("invalid hexadecimal floating-point string");
    let overflow = || TextError::overflow("hexadecimal value too large to represent as a float");
    if let Some(len) = special_len(text) {
        return if len == text.len() { parse_ascii(text).ok_or_else(invalid) } else { Err(invalid()) };
    }
    let mut at = sign_len(text);
    let negative = text.first() == Some(&b'-');
    if text.get(at) == Some(&b'0') && matches!(text.get(at + 1), Some(b'x' | b'X')) {
        at += 2;
    }

    // The coefficient: up to 64 significant bits, and whether any beyond them was set.
    let mut coefficient = Coefficient::default();
    at += coefficient.take(&text[at..]);
    let mut fraction_digits = 0;
    if text.get(at) == Some(&b'.') {
        fraction_digits = coefficient.take(&text[at + 1..]);
        at += 1 + fraction_digits;
    }
    if coefficient.digits == 0 {
        return Err(invalid());
    }
    let mut exponent = 0i64;
    if matches!(text.get(at), Some(b'p' | b'P')) {
        let sign = sign_len(&text[at + 1..]);
        let minus = text.get(at + 1) == Some(&b'-');
        at += 1 + sign;
        let len = digits_len(&text[at..]);
        if len == 0 {
            return Err(invalid());
        }
        let saturating = |value: i64, digit: &u8| value.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
        exponent = text[at..at + len].iter().fold(0, saturating);
        if minus {
            exponent = -exponent;
        }
        at += len;
    }
    // CPython finds an overflow before it finds text after the number.
    let magnitude = match coefficient.scale(exponent, fraction_digits) {
        Some(value) => value,
        None => return Err(overflow()),
    };
    if at != text.len() {
        return Err(invalid());
    }
    Ok(if negative { -magnitude } else { magnitude })
}

#[derive(Default)]
struct Coefficient {
    digits: usize,
    bits: u64,
    /// Hexadecimal digits that did not fit `bits`.
    beyond: i64,
    sticky: bool,
}

impl Coefficient {
    /// Takes hexadecimal digits from the start of `text`; gives how many.
    fn take(&mut self, text: &[u8]) -> usize {
        let mut len = 0;
        while let Some(digit) = text.get(len).and_then(|&byte| char::from(byte).to_digit(16)) {
            if self.bits >> 60 == 0 {
                self.bits = self.bits << 4 | u64::from(digit);
            } else {
                self.beyond += 1;
                self.sticky |= digit != 0;
            }
            len += 1;
        }
        self.digits += len;
        len
    }

    /// `self * 2**exponent / 16**fraction_digits`, rounded to even; `None` if too large.
    fn scale(&self, exponent: i64, fraction_digits: usize) -> Option<f64> {
        if self.bits == 0 || exponent < i64::MIN / 2 {
            return Some(0.0);
        }
        if exponent > i64::MAX / 2 {
            return None;
        }
        let low = exponent - 4 * fraction_digits as i64 + 4 * self.beyond;
        let top = low + 64 - i64::from(self.bits.leading_zeros());
        if top < -1074 {
            return Some(0.0);
        }
        if top > 1024 {
            return None;
        }
        // The exponent of the lowest bit that is kept.
        let unit = top.max(-1021) - 53;
        let mut mantissa = self.bits;
        let mut scale = low;
        if unit > low {
            let shift = (unit - low) as u32;
            // `top >= -1074` keeps the shift at 64 or less.
            let (kept, lost) = if shift >= 64 { (0, self.bits) } else { (self.bits >> shift, self.bits << (64 - shift)) };
            let half = 1 << 63;
            let up = lost > half || (lost == half && (self.sticky || kept & 1 == 1));
            mantissa = kept + u64::from(up);
            scale = unit;
        }
        // Exact: at most 53 bits, none below `unit`, and a power of two.
        let value = mantissa as f64 * pow2(scale);
        value.is_finite().then_some(value)
    }
}

/// 2 to the power `exponent`, from -1074 to 1023.
fn pow2(exponent: i64) -> f64 {
    if exponent < -1022 { f64::from_bits(1 << (exponent + 1074)) } else { f64::from_bits(((exponent + 1023) as u64) << 52) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses() {
        assert_eq!(parse(b" 1_0.5e1 ", true), Some(105.0));
        assert_eq!(parse("٣.٥".as_bytes(), true), Some(3.5));
        assert_eq!(parse("٣".as_bytes(), false), None);
        assert_eq!(parse(b"-Infinity", true), Some(f64::NEG_INFINITY));
        for bad in ["", ".", "1_", "_1", "1e", "in", "0x1", "1 2", "+-1"] {
            assert_eq!(parse(bad.as_bytes(), true), None, "{bad}");
        }
        assert_eq!(parse_prefix(b"1e+j"), Some((1.0, 1)));
        assert_eq!(parse_prefix(b"-infj"), Some((f64::NEG_INFINITY, 4)));
    }

    #[test]
    fn hexadecimal() {
        assert_eq!(from_hex(b"0x1.8p1"), Ok(3.0));
        assert_eq!(from_hex(b"-0x.1p-1070"), Ok(-5e-324));
        assert_eq!(from_hex(b"0x1p-1074"), Ok(5e-324));
        assert_eq!(from_hex(b"0x1.fffffffffffff8p1023").map_err(|it| it.kind), Err(super::super::ErrorKind::Overflow));
        assert_eq!(from_hex(b"0x0.0000000000000000000000000000000001p1024"), Ok(2f64.powi(1024 - 136)));
        assert!(from_hex(b"0x1.5p").is_err());
    }
}
