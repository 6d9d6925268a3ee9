//! `repr(z)` and `complex(text)`.

use super::float_repr::{FloatFormat, Form, push_format};
use super::{TextError, float_parse, numeral};

/// Appends `repr(z)`: `(1+2j)`, or `2j` if the real part is a positive zero.
pub fn push_repr(out: &mut Vec<u8>, re: f64, im: f64) {
    let format = FloatFormat { form: Form::Shortest, precision: 0, upper: false, alternate: false, add_dot_0: false, no_negative_zero: false };
    let push = |out: &mut Vec<u8>, x: f64| {
        push_format(out, x, &format).expect("shortest digits need no room to reserve");
    };
    if re == 0.0 && re.is_sign_positive() {
        push(out, im);
        out.push(b'j');
        return;
    }
    out.push(b'(');
    push(out, re);
    if im.is_sign_positive() || im.is_nan() {
        out.push(b'+');
    }
    push(out, im);
    out.extend_from_slice(b"j)");
}

/// Why a text is no complex number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// See [`ParseError::malformed`].
    Malformed,
    /// An underscore that is not between digits: `could not convert string to complex: {text!r}`.
    Underscore,
}

impl ParseError {
    /// The error of [`ParseError::Malformed`].
    pub fn malformed() -> TextError {
        TextError::value("complex() arg is a malformed string")
    }
}

/// `complex(text)`: real and imaginary part.
pub fn parse(text: &[u8]) -> Result<(f64, f64), ParseError> {
    let ascii = numeral::to_ascii(text);
    if let Some(nul) = memchr::memchr(0, &ascii) {
        // CPython looks for underscores up to the first NUL only.
        let has_underscore = memchr::memchr(b'_', &ascii[..nul]).is_some();
        return Err(if has_underscore { ParseError::Underscore } else { ParseError::Malformed });
    }
    let plain = numeral::without_underscores(&ascii).ok_or(ParseError::Underscore)?;
    let mut body = numeral::trim(&plain);
    if let [b'(', inner @ ..] = body {
        let [inner @ .., b')'] = inner else {
            return Err(ParseError::Malformed);
        };
        body = numeral::trim(inner);
    }
    parse_body(body).ok_or(ParseError::Malformed)
}

/// A number, `<float><sign><float>j`, and the forms with nothing before the `j`.
fn parse_body(text: &[u8]) -> Option<(f64, f64)> {
    let (first, rest) = match float_parse::parse_prefix(text) {
        Some((value, len)) => (Some(value), &text[len..]),
        None => (None, text),
    };
    match (first, rest) {
        (Some(re), []) => Some((re, 0.0)),
        (Some(im), [b'j' | b'J']) => Some((0.0, im)),
        (Some(re), [b'+' | b'-', ..]) => Some((re, imaginary(rest)?)),
        (None, [_, ..]) => Some((0.0, imaginary(rest)?)),
        _ => None,
    }
}

/// `<float>j`, `<sign>j` or `j`.
fn imaginary(text: &[u8]) -> Option<f64> {
    let (value, rest) = match float_parse::parse_prefix(text) {
        Some((value, len)) => (value, &text[len..]),
        None => match text {
            [b'-', rest @ ..] => (-1.0, rest),
            [b'+', rest @ ..] => (1.0, rest),
            _ => (1.0, text),
        },
    };
    matches!(rest, [b'j' | b'J']).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repr(re: f64, im: f64) -> String {
        let mut out = Vec::new();
        push_repr(&mut out, re, im);
        String::from_utf8(out).expect("ascii")
    }

    #[test]
    fn writes() {
        assert_eq!(repr(1.0, -2.5), "(1-2.5j)");
        assert_eq!(repr(0.0, 1e16), "1e+16j");
        assert_eq!(repr(-0.0, 0.0), "(-0+0j)");
        assert_eq!(repr(f64::NAN, f64::NEG_INFINITY), "(nan-infj)");
    }

    #[test]
    fn reads() {
        assert_eq!(parse(b" ( 1_0-2.5j ) "), Ok((10.0, -2.5)));
        assert_eq!(parse(b"-j"), Ok((0.0, -1.0)));
        assert_eq!(parse(b"1e5+J"), Ok((1e5, 1.0)));
        assert_eq!(parse(b"1_"), Err(ParseError::Underscore));
        for bad in ["", "1+", "1+2", "(1", "1 + 2j", "1jj", "++j"] {
            assert_eq!(parse(bad.as_bytes()), Err(ParseError::Malformed), "{bad}");
        }
    }
}
