//! What `int()`, `float()` and `complex()` do with their text before they look at numbers.

use std::borrow::Cow;

use super::{ctype, utf8};

/// Makes ASCII of `text`: decimal digits of all scripts become `0`-`9`, white space beyond
/// ASCII becomes a blank, and anything else a `?`, where the text ends (no number has one).
///
/// ASCII text stays as it is; so `\x1c`, white space for `str.strip()`, is none here.
pub fn to_ascii(text: &[u8]) -> Cow<'_, [u8]> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    for cp in utf8::code_points(text) {
        // 127 itself fails here as well as later, whatever number is asked for.
        if cp < 127 {
            out.push(cp as u8);
        } else if ctype::is_space(cp) {
            out.push(b' ');
        } else if let Some(digit) = ctype::decimal_value(cp) {
            out.push(b'0' + digit);
        } else {
            out.push(b'?');
            break;
        }
    }
    Cow::Owned(out)
}

/// `text` without ASCII white space at both ends.
pub fn trim(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|&byte| !ctype::is_ascii_space(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|&byte| !ctype::is_ascii_space(byte)).map_or(start, |at| at + 1);
    &text[start..end]
}

/// Takes out underscores that stand between two digits; `None` if one stands elsewhere.
pub fn without_underscores(text: &[u8]) -> Option<Cow<'_, [u8]>> {
    if memchr::memchr(b'_', text).is_none() {
        return Some(Cow::Borrowed(text));
    }
    let mut out = Vec::with_capacity(text.len());
    let mut previous = 0u8;
    for &byte in text {
        if byte == b'_' {
            if !previous.is_ascii_digit() {
                return None;
            }
        } else {
            if previous == b'_' && !byte.is_ascii_digit() {
                return None;
            }
            out.push(byte);
        }
        previous = byte;
    }
    (previous != b'_').then_some(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalises() {
        assert_eq!(&*to_ascii("\u{a0}٣x".as_bytes()), b" 3x");
        assert_eq!(&*to_ascii("1é2".as_bytes()), b"1?");
        assert_eq!(trim(b" \t1 2\n"), b"1 2");
        assert_eq!(trim(b"  "), b"");
        assert_eq!(without_underscores(b"1_0.0_1").as_deref(), Some(&b"10.01"[..]));
        assert_eq!(without_underscores(b"1__0"), None);
        assert_eq!(without_underscores(b"1_"), None);
    }
}
