//! What literals mean: numbers, and strings with their escapes (Python reference, 2.4).
//! The layout pass has already found where they end and that numbers are well-formed.

use crate::ast::Constant;
use num_bigint::BigInt;
use std::borrow::Cow;

/// CPython's limit on the digits of a decimal integer.
const MAX_DIGITS: usize = 4300;

type Decoded<T> = Result<T, String>;

/// The value of a number as written.
pub(crate) fn number(text: &str) -> Decoded<Constant> {
    let text: Cow<'_, str> = if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
    let bytes = text.as_bytes();
    let radix = match bytes {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 10,
    };
    if radix != 10 {
        return Ok(integer(&text[2..], radix));
    }
    if let [digits @ .., b'j' | b'J'] = bytes {
        return Ok(Constant::Complex(float(&text[..digits.len()])));
    }
    if bytes.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        return Ok(Constant::Float(float(&text)));
    }
    if text.len() > MAX_DIGITS {
        return Err(format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} digits; \
             use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
             literals to avoid decimal conversion limits.",
            text.len()
        ));
    }
    Ok(integer(&text, 10))
}

fn integer(digits: &str, radix: u32) -> Constant {
    match i64::from_str_radix(digits, radix) {
        Ok(value) => Constant::Int(value),
        Err(_) => {
            let value = BigInt::parse_bytes(digits.as_bytes(), radix);
            Constant::BigInt(Box::new(value.expect("the layout pass checked the digits")))
        }
    }
}

fn float(text: &str) -> f64 {
    text.parse().expect("Rust reads every float that the layout pass lets through")
}

/// The letters before the quotes, and where the text is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefix {
    pub is_raw: bool,
    pub is_bytes: bool,
    /// Offset of the text behind the opening quotes; the closing ones are as long as the opening ones.
    pub body: usize,
    pub quotes: usize,
}

impl Prefix {
    pub fn of(literal: &str) -> Prefix {
        let bytes = literal.as_bytes();
        let mut prefix = Prefix { is_raw: false, is_bytes: false, body: 0, quotes: 1 };
        let mut at = 0;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            prefix.is_raw |= bytes[at].eq_ignore_ascii_case(&b'r');
            prefix.is_bytes |= bytes[at].eq_ignore_ascii_case(&b'b');
            at += 1;
        }
        if bytes.len() >= at + 3 && bytes[at] == bytes[at + 1] && bytes[at] == bytes[at + 2] {
            prefix.quotes = 3;
        }
        prefix.body = at + prefix.quotes;
        prefix
    }
}

/// The value of a string or bytes literal, quotes and prefix included.
pub(crate) fn string(literal: &str, prefix: Prefix) -> Decoded<Constant> {
    let body = &literal[prefix.body..literal.len() - prefix.quotes];
    if prefix.is_bytes {
        if !body.is_ascii() {
            return Err("bytes can only contain ASCII literal characters".into());
        }
        let body = normal_lines(body);
        let value = if prefix.is_raw { body.as_bytes().to_vec() } else { bytes_escapes(body.as_bytes())? };
        return Ok(Constant::Bytes(value.into()));
    }
    let body = normal_lines(body);
    let value = if prefix.is_raw { body.as_bytes().to_vec() } else { text_escapes(&body)? };
    Ok(Constant::Str(value.into()))
}

/// The literal text of an f-string, up to a brace.
pub(crate) fn fstring_text(text: &str, is_raw: bool) -> Decoded<Vec<u8>> {
    let text = normal_lines(text);
    if is_raw { Ok(text.as_bytes().to_vec()) } else { text_escapes(&text) }
}

/// CR and CRLF mean LF in a program, inside strings too.
pub(crate) fn normal_lines(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Appends a code point, surrogates included, as (generalised) UTF-8.
fn push_code_point(out: &mut Vec<u8>, code: u32) {
    match char::from_u32(code) {
        Some(character) => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        None => {
            out.extend_from_slice(&[0xE0 | (code >> 12) as u8, 0x80 | (code >> 6 & 0x3F) as u8, 0x80 | (code & 0x3F) as u8]);
        }
    }
}

/// The byte that a one-letter escape stands for.
fn simple_escape(letter: u8) -> Option<u8> {
    Some(match letter {
        b'\\' | b'\'' | b'"' => letter,
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        _ => return None,
    })
}

/// Up to three octal digits at `at`: the value and how many.
fn octal(bytes: &[u8], at: usize) -> (u32, usize) {
    let digits = bytes[at..].iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let value = bytes[at..at + digits].iter().fold(0, |value, byte| value * 8 + u32::from(byte - b'0'));
    (value, digits)
}

fn text_escapes(text: &str) -> Decoded<Vec<u8>> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(length) = memchr::memchr(b'\\', &bytes[at..]) {
        out.extend_from_slice(&bytes[at..at + length]);
        let start = at + length;
        let Some(&letter) = bytes.get(start + 1) else {
            // At the end of an f-string's literal text: `f"\{x}"`.
            out.push(b'\\');
            return Ok(out);
        };
        at = start + 2;
        match letter {
            b'\n' => {}
            b'0'..=b'7' => {
                let (value, digits) = octal(bytes, start + 1);
                push_code_point(&mut out, value);
                at = start + 1 + digits;
            }
            b'x' => at = hexadecimal(text, start, 2, "truncated \\xXX escape", &mut out)?,
            b'u' => at = hexadecimal(text, start, 4, "truncated \\uXXXX escape", &mut out)?,
            b'U' => at = hexadecimal(text, start, 8, "truncated \\UXXXXXXXX escape", &mut out)?,
            b'N' => at = named(text, start, &mut out)?,
            _ => match simple_escape(letter) {
                Some(byte) => out.push(byte),
                None => {
                    // An unknown escape stays as it is; the letter may be the first byte of a character.
                    out.push(b'\\');
                    at = start + 1;
                }
            },
        }
    }
    out.extend_from_slice(&bytes[at..]);
    Ok(out)
}

/// `\x`, `\u`, `\U` at `start`; the position behind it.
fn hexadecimal(text: &str, start: usize, digits: usize, truncated: &str, out: &mut Vec<u8>) -> Decoded<usize> {
    let bytes = text.as_bytes();
    let rest = &bytes[start + 2..];
    let found = rest.iter().take(digits).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let end = start + 2 + found;
    if found < digits {
        return Err(unicode_error(text, start, end, truncated));
    }
    let code = u32::from_str_radix(&text[start + 2..end], 16).expect("hexadecimal digits");
    if code > 0x10_FFFF {
        return Err(unicode_error(text, start, end, "illegal Unicode character"));
    }
    push_code_point(out, code);
    Ok(end)
}

/// `\N{name}` at `start`; the position behind it.
fn named(text: &str, start: usize, out: &mut Vec<u8>) -> Decoded<usize> {
    let bytes = text.as_bytes();
    let malformed = "malformed \\N character escape";
    if bytes.get(start + 2) != Some(&b'{') {
        return Err(unicode_error(text, start, start + 2, malformed));
    }
    let Some(length) = memchr::memchr(b'}', &bytes[start + 3..]) else {
        return Err(unicode_error(text, start, text.len(), malformed));
    };
    let end = start + 3 + length;
    if length == 0 {
        return Err(unicode_error(text, start, end, malformed));
    }
    match character_named(&text[start + 3..end]) {
        Some(character) => push_code_point(out, character as u32),
        None => {
            let reason = "unknown Unicode character name";
            return Err(unicode_error(text, start, end + 1, reason));
        }
    }
    Ok(end + 1)
}

/// The character with this name or alias. The table forgives missing or other blanks and hyphens; Python
/// forgives only the case of letters, and not even that in the names made by rule.
fn character_named(name: &str) -> Option<char> {
    let character = unicode_names2::character(name)?;
    let proper = unicode_names2::name(character).map(|name| name.to_string()).unwrap_or_default();
    let is_made_by_rule = proper.starts_with("CJK UNIFIED IDEOGRAPH-") || proper.starts_with("HANGUL SYLLABLE ");
    if proper.eq_ignore_ascii_case(name) {
        return (!is_made_by_rule || proper == name).then_some(character);
    }
    let squeeze = |name: &str| name.replace([' ', '-', '_'], "").to_ascii_uppercase();
    let is_alias = squeeze(&proper) != squeeze(name);
    let is_tidy = name.trim() == name && !name.contains("  ") && !name.contains('_');
    (is_alias && is_tidy).then_some(character)
}

/// CPython's words for a bad escape from `start` to before `end`. It counts positions in a text where each
/// character beyond ASCII has become a `\U` escape of ten characters.
fn unicode_error(text: &str, start: usize, end: usize, reason: &str) -> String {
    let width = |part: &str| part.chars().map(|character| if character.is_ascii() { 1 } else { 10 }).sum::<usize>();
    let first = width(&text[..start]);
    let last = first + width(text.get(start..end).unwrap_or("")) - 1;
    let place = if first == last { format!("byte 0x5c in position {first}") } else { format!("bytes in position {first}-{last}") };
    format!("(unicode error) 'unicodeescape' codec can't decode {place}: {reason}")
}

fn bytes_escapes(bytes: &[u8]) -> Decoded<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(length) = memchr::memchr(b'\\', &bytes[at..]) {
        out.extend_from_slice(&bytes[at..at + length]);
        let start = at + length;
        let Some(&letter) = bytes.get(start + 1) else {
            out.push(b'\\');
            return Ok(out);
        };
        at = start + 2;
        match letter {
            b'\n' => {}
            b'0'..=b'7' => {
                let (value, digits) = octal(bytes, start + 1);
                out.push(value as u8);
                at = start + 1 + digits;
            }
            b'x' => {
                let digits = bytes.get(start + 2..start + 4).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit));
                let Some(digits) = digits else {
                    return Err(format!("(value error) invalid \\x escape at position {start}"));
                };
                let digits = std::str::from_utf8(digits).expect("ASCII");
                out.push(u8::from_str_radix(digits, 16).expect("hexadecimal digits"));
                at = start + 4;
            }
            _ => match simple_escape(letter) {
                Some(byte) => out.push(byte),
                None => out.extend_from_slice(&[b'\\', letter]),
            },
        }
    }
    out.extend_from_slice(&bytes[at..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(literal: &str) -> Vec<u8> {
        match string(literal, Prefix::of(literal)) {
            Ok(Constant::Str(value) | Constant::Bytes(value)) => value.into_vec(),
            other => panic!("{literal}: {other:?}"),
        }
    }

    fn error(literal: &str) -> String {
        string(literal, Prefix::of(literal)).unwrap_err()
    }

    #[test]
    fn numbers() {
        for (literal, value) in [
            ("0", Constant::Int(0)),
            ("0_0", Constant::Int(0)),
            ("1_000", Constant::Int(1000)),
            ("0x_fF", Constant::Int(255)),
            ("0o17", Constant::Int(15)),
            ("0B101", Constant::Int(5)),
            ("9223372036854775807", Constant::Int(i64::MAX)),
            ("1.", Constant::Float(1.0)),
            (".5_0", Constant::Float(0.5)),
            ("1e1_0", Constant::Float(1e10)),
            ("09.5", Constant::Float(9.5)),
            ("1e400", Constant::Float(f64::INFINITY)),
            ("09j", Constant::Complex(9.0)),
            ("1e-3J", Constant::Complex(0.001)),
        ] {
            assert_eq!(number(literal).unwrap(), value, "{literal}");
        }
        assert!(matches!(number("9223372036854775808").unwrap(), Constant::BigInt(_)));
        assert!(number(&"1".repeat(4300)).is_ok());
        assert!(number(&"1".repeat(4301)).unwrap_err().contains("value has 4301 digits"));
        assert!(number(&format!("0x{}", "f".repeat(10_000))).is_ok());
    }

    #[test]
    fn escapes() {
        assert_eq!(
            text(
                r"'a\n\x41\101\u00e9\
b\q'"
            ),
            "a\nAAéb\\q".as_bytes()
        );
        assert_eq!(text(r#"r"\"""#), b"\\\"");
        assert_eq!(text(r"'\400'"), "Ā".as_bytes());
        assert_eq!(text(r"b'\400\xff\u0041'"), b"\0\xff\\u0041");
        assert_eq!(text(r"'\N{GREEK SMALL LETTER ALPHA}\N{latin small letter a}'"), "αa".as_bytes());
        assert_eq!(text(r"'\ud800'"), b"\xED\xA0\x80");
        assert_eq!(text(r"'\ud83d\ude00'").len(), 6);
        assert_eq!(text("'''a\r\nb\rc'''"), b"a\nb\nc");
        assert_eq!(text(r"'\é'"), "\\é".as_bytes());
        assert_eq!(text("''"), b"");
    }

    #[test]
    fn character_names() {
        for (name, character) in [
            ("DIGIT ONE", Some('1')),
            ("digit one", Some('1')),
            ("LF", Some('\n')),
            ("NBSP", Some('\u{A0}')),
            ("LATIN CAPITAL LETTER GHA", Some('\u{1A2}')),
            ("HANGUL SYLLABLE GAG", Some('각')),
            ("CJK UNIFIED IDEOGRAPH-4E00", Some('一')),
            ("CJK UNIFIED IDEOGRAPH-4e00", None),
            ("DIGIT  ONE", None),
            ("DIGIT-ONE", None),
            ("DIGITONE", None),
            (" DIGIT ONE", None),
            ("KEYCAP DIGIT ONE", None),
        ] {
            assert_eq!(character_named(name), character, "{name}");
        }
    }

    #[test]
    fn wrong_escapes() {
        let codec = "(unicode error) 'unicodeescape' codec can't decode";
        assert_eq!(error(r"'\x4'"), format!("{codec} bytes in position 0-2: truncated \\xXX escape"));
        assert_eq!(error(r"'é\u12'"), format!("{codec} bytes in position 10-13: truncated \\uXXXX escape"));
        assert_eq!(error(r"'\U00110000'"), format!("{codec} bytes in position 0-9: illegal Unicode character"));
        assert_eq!(error(r"'\N{foo}'"), format!("{codec} bytes in position 0-6: unknown Unicode character name"));
        assert_eq!(error(r"'\N'"), format!("{codec} bytes in position 0-1: malformed \\N character escape"));
        assert_eq!(error(r"b'ab\x4'"), "(value error) invalid \\x escape at position 2");
        assert_eq!(error("b'é'"), "bytes can only contain ASCII literal characters");
    }
}
