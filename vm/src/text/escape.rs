//! `repr()` of text and bytes, `ascii()`, and the encoders of escapes.

use super::{ctype, utf8};

use super::codec::push_backslash;

/// Python's choice: single quotes unless the text has some and no double ones.
fn quote_for(text: &[u8]) -> u8 {
    if memchr::memchr(b'\'', text).is_some() && memchr::memchr(b'"', text).is_none() { b'"' } else { b'\'' }
}

/// True for a byte that stands for itself between any quotes.
#[inline]
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'\\' && byte != b'\'' && byte != b'"'
}

/// Appends the escape of an ASCII character that needs one within `quote`, or the character.
fn push_ascii_char(out: &mut Vec<u8>, byte: u8, quote: u8) {
    match byte {
        b'\t' => out.extend_from_slice(b"\\t"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\\' => out.extend_from_slice(b"\\\\"),
        _ if byte == quote => out.extend_from_slice(&[b'\\', byte]),
        b' '..=b'~' => out.push(byte),
        _ => push_backslash(out, u32::from(byte)),
    }
}

/// Appends `repr(text)`.
pub fn push_repr(out: &mut Vec<u8>, text: &[u8]) {
    push_quoted(out, text, |out, cp| if ctype::is_printable(cp) { utf8::push(out, cp) } else { push_backslash(out, cp) });
}

/// Appends `ascii(text)`.
pub fn push_ascii(out: &mut Vec<u8>, text: &[u8]) {
    push_quoted(out, text, push_backslash);
}

fn push_quoted(out: &mut Vec<u8>, text: &[u8], beyond_ascii: impl Fn(&mut Vec<u8>, u32)) {
    let quote = quote_for(text);
    out.reserve(text.len() + 2);
    out.push(quote);
    let mut at = 0;
    while at < text.len() {
        let plain = text[at..].iter().position(|&byte| !is_plain(byte)).unwrap_or(text.len() - at);
        out.extend_from_slice(&text[at..at + plain]);
        at += plain;
        match utf8::decode_at(text, at) {
            None => break,
            Some((cp, next)) => {
                if cp < 0x80 {
                    push_ascii_char(out, cp as u8, quote);
                } else {
                    beyond_ascii(out, cp);
                }
                at = next;
            }
        }
    }
    out.push(quote);
}

/// Appends what `ascii(x)` makes of `repr(x)`: all beyond ASCII escaped, nothing else.
pub fn push_ascii_only(out: &mut Vec<u8>, repr: &[u8]) {
    if repr.is_ascii() {
        out.extend_from_slice(repr);
        return;
    }
    utf8::code_points(repr).for_each(|cp| if cp < 0x80 { out.push(cp as u8) } else { push_backslash(out, cp) });
}

/// Appends `repr` of bytes with the leading `b`; `bytearray` and others put their name around.
pub fn push_bytes_repr(out: &mut Vec<u8>, bytes: &[u8]) {
    let quote = quote_for(bytes);
    out.reserve(bytes.len() + 3);
    out.extend_from_slice(&[b'b', quote]);
    bytes.iter().for_each(|&byte| push_ascii_char(out, byte, quote));
    out.push(quote);
}

/// Appends `text` as the codec `unicode-escape` encodes it: like `ascii` without quotes.
pub fn push_unicode_escape(out: &mut Vec<u8>, text: &[u8]) {
    out.reserve(text.len());
    utf8::code_points(text).for_each(|cp| {
        // No quote is escaped: NUL never equals what is asked about before it.
        if (1..0x80).contains(&cp) { push_ascii_char(out, cp as u8, 0) } else { push_backslash(out, cp) }
    });
}

/// Appends `codecs.escape_encode(bytes)`: the inside of a bytes literal in single quotes.
pub fn push_escape_encoded(out: &mut Vec<u8>, bytes: &[u8]) {
    bytes.iter().for_each(|&byte| push_ascii_char(out, byte, b'\''));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repr(text: &[u8]) -> String {
        let mut out = Vec::new();
        push_repr(&mut out, text);
        String::from_utf8(out).expect("printable")
    }

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(repr(b"it's"), "\"it's\"");
        assert_eq!(repr(b"'\""), "'\\'\"'");
        assert_eq!(repr("é\u{a0}\u{1f600}\u{e000}".as_bytes()), "'é\\xa0😀\\ue000'");
        assert_eq!(repr(b"\xed\xa0\x80\x7f\0"), "'\\ud800\\x7f\\x00'");
        let mut out = Vec::new();
        push_bytes_repr(&mut out, b"\"'\xff\n");
        assert_eq!(out, b"b'\"\\'\\xff\\n'");
    }
}
