//! `bytes.decode` and `str.encode`: the codecs that turn bytes into text and back.
//!
//! A codec reports what it cannot do as a [`DecodeFault`] or [`EncodeFault`] to a handler, which
//! says what to put there and where to go on. The handlers every Python has are [`Errors`]; the
//! machine can pass its own, to call what `codecs.register_error` registered. Codecs that are
//! not text to bytes (`rot13`, `base64`) and multi-byte ones (`shift_jis`) are not here.

mod charmaps;
mod decode;
mod encode;
mod errors;

pub use decode::{DecodeHandler, Progress, decode, decode_with, escape_decode};
pub use encode::{EncodeHandler, Replacement, encode, encode_with};
pub use errors::push_backslash;
pub use errors::{Errors, Refused};

use super::utf8;

/// Which byte of a unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// The low one.
    Little,
    /// The high one.
    Big,
}

/// A single-byte codec: the code point of each byte, U+FFFE for none.
#[derive(Debug)]
pub struct Charmap {
    /// The codec's own name.
    pub name: &'static str,
    /// Code points by byte.
    pub table: [u16; 256],
}

/// A codec. `Utf16(None)` and `Utf32(None)` write a byte order mark and look for one.
#[derive(Clone, Copy, Debug)]
pub enum Codec {
    /// `utf-8`
    Utf8,
    /// `utf-8-sig`: with a mark at the start
    Utf8Sig,
    /// `ascii`
    Ascii,
    /// `iso8859-1`
    Latin1,
    /// `utf-16`, `utf-16-le`, `utf-16-be`
    Utf16(Option<ByteOrder>),
    /// `utf-32`, `utf-32-le`, `utf-32-be`
    Utf32(Option<ByteOrder>),
    /// `unicode-escape`
    UnicodeEscape,
    /// `raw-unicode-escape`
    RawUnicodeEscape,
    /// `cp1252` and other tables
    Charmap(&'static Charmap),
}

impl Codec {
    /// Finds a codec by any of its names; `None` is `LookupError: unknown encoding: {name}`, or
    /// a codec that is not here.
    pub fn from_name(name: &[u8]) -> Option<Codec> {
        match name {
            b"utf-8" | b"utf8" | b"UTF-8" | b"UTF8" => return Some(Codec::Utf8),
            b"ascii" | b"us-ascii" | b"ASCII" => return Some(Codec::Ascii),
            b"latin-1" | b"latin1" | b"iso-8859-1" => return Some(Codec::Latin1),
            _ => {}
        }
        let name = normalise(name);
        let find = |name: &str| {
            let at = charmaps::NAMES.binary_search_by_key(&name, |it| it.0).ok()?;
            Some((charmaps::NAMES[at].1, charmaps::NAMES[at].2))
        };
        match find(&name) {
            Some((_, codec)) => Some(codec),
            // A dot may stand for an underscore in an alias, not in the name of a module.
            None => find(&name.replace('.', "_")).filter(|&(is_alias, _)| is_alias).map(|it| it.1),
        }
    }

    /// The name `codecs.lookup(...).name` gives.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Utf8 => "utf-8",
            Codec::Utf8Sig => "utf-8-sig",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "iso8859-1",
            Codec::Utf16(None) => "utf-16",
            Codec::Utf16(Some(ByteOrder::Little)) => "utf-16-le",
            Codec::Utf16(Some(ByteOrder::Big)) => "utf-16-be",
            Codec::Utf32(None) => "utf-32",
            Codec::Utf32(Some(ByteOrder::Little)) => "utf-32-le",
            Codec::Utf32(Some(ByteOrder::Big)) => "utf-32-be",
            Codec::UnicodeEscape => "unicode-escape",
            Codec::RawUnicodeEscape => "raw-unicode-escape",
            Codec::Charmap(map) => map.name,
        }
    }
}

/// The name in lower case, every run of other characters than letters, digits and dots an
/// underscore, none at the ends.
fn normalise(name: &[u8]) -> String {
    let mut out = String::with_capacity(name.len());
    let mut separated = false;
    for cp in utf8::code_points(name) {
        if super::ctype::is_alnum(cp) || cp == u32::from('.') {
            if separated && !out.is_empty() {
                out.push('_');
            }
            if let Some(c) = char::from_u32(cp).filter(char::is_ascii) {
                out.push(c.to_ascii_lowercase());
            }
            separated = false;
        } else {
            separated = true;
        }
    }
    out
}

/// What could not be decoded: the arguments of a `UnicodeDecodeError` but the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeFault {
    /// The codec, as messages name it.
    pub encoding: &'static str,
    /// Where the error's bytes start in the input: 3 after a mark that `utf-8-sig` removed.
    pub base: usize,
    /// The first bad byte, from `base`.
    pub start: usize,
    /// After the last bad byte, from `base`.
    pub end: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// What could not be encoded: the arguments of a `UnicodeEncodeError` but the text. Positions
/// are indices of code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeFault {
    /// The codec, as messages name it.
    pub encoding: &'static str,
    /// The first bad code point.
    pub start: usize,
    /// After the last.
    pub end: usize,
    /// What is wrong.
    pub reason: &'static str,
}

impl DecodeFault {
    /// `str(error)`; `bytes` is the error's object.
    pub fn message(&self, bytes: &[u8]) -> String {
        let DecodeFault { encoding, start, end, reason, .. } = *self;
        match bytes.get(start) {
            Some(byte) if end == start + 1 => {
                format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")
            }
            _ => {
                let last = end as i64 - 1;
                format!("'{encoding}' codec can't decode bytes in position {start}-{last}: {reason}")
            }
        }
    }
}

impl EncodeFault {
    /// `str(error)`; `text` is the error's object.
    pub fn message(&self, text: &[u8]) -> String {
        let EncodeFault { encoding, start, end, reason } = *self;
        match utf8::decode_at(text, utf8::offset_of(text, start)) {
            Some((cp, _)) if end == start + 1 => {
                let shown = match cp {
                    0..=0xFF => format!("\\x{cp:02x}"),
                    0x100..=0xFFFF => format!("\\u{cp:04x}"),
                    _ => format!("\\U{cp:08x}"),
                };
                format!("'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}")
            }
            _ => {
                let last = end as i64 - 1;
                format!("'{encoding}' codec can't encode characters in position {start}-{last}: {reason}")
            }
        }
    }
}

/// The Unicode names of characters, for `\N{...}` and `namereplace`. They are a large table, so
/// whoever has it passes it in.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The code point of a name (any case, aliases too).
    pub lookup: fn(&[u8]) -> Option<u32>,
    /// Appends the name of a code point, if it has one.
    pub name: fn(u32, &mut Vec<u8>) -> bool,
}

impl Names {
    /// Knows no names: `\N{...}` fails, `namereplace` writes `\u` escapes.
    pub const NONE: Names = Names { lookup: |_| None, name: |_, _| false };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_names() {
        for (name, codec) in [
            ("UTF 8", "utf-8"),
            ("-utf--8\n", "utf-8"),
            ("L1", "iso8859-1"),
            ("ISO-8859-15", "iso8859-15"),
            ("windows-1252", "cp1252"),
            ("utf_16le", "utf-16-le"),
        ] {
            assert_eq!(Codec::from_name(name.as_bytes()).map(Codec::name), Some(codec));
        }
        assert!(Codec::from_name(b"utf.8").is_none());
        assert!(Codec::from_name("é".as_bytes()).is_none());
        assert!(charmaps::NAMES.is_sorted_by_key(|it| it.0));
    }
}
