//! The error handlers every Python has: `strict`, `ignore`, `replace`, …

use super::encode::Replacement;
use super::{DecodeFault, EncodeFault, Names};
use crate::text::{TextError, utf8};

/// A built-in error handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// Raises.
    Strict,
    /// Leaves out.
    Ignore,
    /// U+FFFD, or `?` when encoding.
    Replace,
    /// `\xff`, `\u20ac`.
    BackslashReplace,
    /// `&#8364;`, encoding only.
    XmlCharRefReplace,
    /// `\N{EURO SIGN}`, encoding only.
    NameReplace,
    /// Bytes from 128 are U+DC80 to U+DCFF.
    SurrogateEscape,
    /// Surrogates are encoded like other code points (`utf-8`, `-16`, `-32`).
    SurrogatePass,
}

/// Why a built-in handler did not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused<F> {
    /// Raise the error it was asked about.
    Fault(F),
    /// `TypeError`: the handler is for the other direction. See [`Errors::decoding_type_error`].
    Direction,
}

impl Errors {
    /// Finds a handler by its name; others have to be looked up among the registered ones
    /// (`LookupError: unknown error handler name '{name}'`).
    pub fn from_name(name: &[u8]) -> Option<Errors> {
        Some(match name {
            b"strict" => Errors::Strict,
            b"ignore" => Errors::Ignore,
            b"replace" => Errors::Replace,
            b"backslashreplace" => Errors::BackslashReplace,
            b"xmlcharrefreplace" => Errors::XmlCharRefReplace,
            b"namereplace" => Errors::NameReplace,
            b"surrogateescape" => Errors::SurrogateEscape,
            b"surrogatepass" => Errors::SurrogatePass,
            _ => return None,
        })
    }

    /// The error of [`Refused::Direction`]. For codecs that `bytes.decode` finds through the registry
    /// CPython words it `decoding with '{name}' codec failed (TypeError: …)`.
    pub fn decoding_type_error() -> TextError {
        TextError::type_error("don't know how to handle UnicodeDecodeError in error callback")
    }

    /// Handles a fault in `bytes` (the error's object): appends text to `out` and gives the
    /// position, from the fault's base, where to go on.
    pub fn decode(self, fault: &DecodeFault, bytes: &[u8], out: &mut Vec<u8>) -> Result<usize, Refused<DecodeFault>> {
        let bad = &bytes[fault.start..fault.end];
        match self {
            Errors::Strict => return Err(Refused::Fault(*fault)),
            Errors::Ignore => {}
            Errors::Replace => utf8::push(out, 0xFFFD),
            Errors::BackslashReplace => bad.iter().for_each(|&byte| push_hex(out, b"\\x", u32::from(byte), 2)),
            Errors::XmlCharRefReplace | Errors::NameReplace => return Err(Refused::Direction),
            Errors::SurrogateEscape => {
                let escaped = bad.iter().take(4).take_while(|&&byte| byte >= 128).count();
                if escaped == 0 {
                    return Err(Refused::Fault(*fault));
                }
                bad[..escaped].iter().for_each(|&byte| utf8::push(out, 0xDC00 + u32::from(byte)));
                return Ok(fault.start + escaped);
            }
            Errors::SurrogatePass => {
                let rest = &bytes[fault.start..];
                let (cp, len) = encoded_surrogate(fault.encoding, rest).ok_or(Refused::Fault(*fault))?;
                utf8::push(out, cp);
                return Ok(fault.start + len);
            }
        }
        Ok(fault.end)
    }

    /// Handles a fault in `text`: what to write in place of the bad code points, and the index
    /// where to go on.
    pub fn encode(self, fault: &EncodeFault, text: &[u8], names: Names) -> Result<(Replacement, usize), Refused<EncodeFault>> {
        let start = utf8::offset_of(text, fault.start);
        let end = utf8::offset_after(text, start, fault.end - fault.start);
        let bad = utf8::code_points(&text[start..end]);
        let mut out = Vec::new();
        match self {
            Errors::Strict => return Err(Refused::Fault(*fault)),
            Errors::Ignore => {}
            Errors::Replace => out.resize(fault.end - fault.start, b'?'),
            Errors::BackslashReplace => bad.for_each(|cp| push_backslash(&mut out, cp)),
            Errors::XmlCharRefReplace => bad.for_each(|cp| out.extend_from_slice(format!("&#{cp};").as_bytes())),
            Errors::NameReplace => bad.for_each(|cp| {
                let before = out.len();
                out.extend_from_slice(b"\\N{");
                if (names.name)(cp, &mut out) {
                    out.push(b'}');
                } else {
                    out.truncate(before);
                    push_backslash(&mut out, cp);
                }
            }),
            Errors::SurrogateEscape => {
                for cp in bad {
                    if !(0xDC80..=0xDCFF).contains(&cp) {
                        return Err(Refused::Fault(*fault));
                    }
                    out.push(cp as u8);
                }
                return Ok((Replacement::Bytes(out), fault.end));
            }
            Errors::SurrogatePass => {
                for cp in bad {
                    if !utf8::is_surrogate(cp) || !push_surrogate(&mut out, fault.encoding, cp) {
                        return Err(Refused::Fault(*fault));
                    }
                }
                return Ok((Replacement::Bytes(out), fault.end));
            }
        }
        Ok((Replacement::Text(out), fault.end))
    }
}

/// The surrogate at the start of `bytes` in one of the Unicode encodings, and its length.
fn encoded_surrogate(encoding: &str, bytes: &[u8]) -> Option<(u32, usize)> {
    let unit = |at: usize| bytes.get(at).map(|&byte| u32::from(byte));
    let (cp, len) = match encoding {
        "utf-8" => {
            let (a, b, c) = (unit(0)?, unit(1)?, unit(2)?);
            if a & 0xF0 != 0xE0 || b & 0xC0 != 0x80 || c & 0xC0 != 0x80 {
                return None;
            }
            ((a & 0xF) << 12 | (b & 0x3F) << 6 | c & 0x3F, 3)
        }
        "utf-16-le" | "utf-16" => (unit(0)? | unit(1)? << 8, 2),
        "utf-16-be" => (unit(0)? << 8 | unit(1)?, 2),
        "utf-32-le" | "utf-32" => (unit(0)? | unit(1)? << 8 | unit(2)? << 16 | unit(3)? << 24, 4),
        "utf-32-be" => (unit(0)? << 24 | unit(1)? << 16 | unit(2)? << 8 | unit(3)?, 4),
        _ => return None,
    };
    utf8::is_surrogate(cp).then_some((cp, len))
}

fn push_surrogate(out: &mut Vec<u8>, encoding: &str, cp: u32) -> bool {
    match encoding {
        "utf-8" => utf8::push(out, cp),
        "utf-16-le" | "utf-16" => out.extend_from_slice(&(cp as u16).to_le_bytes()),
        "utf-16-be" => out.extend_from_slice(&(cp as u16).to_be_bytes()),
        "utf-32-le" | "utf-32" => out.extend_from_slice(&cp.to_le_bytes()),
        "utf-32-be" => out.extend_from_slice(&cp.to_be_bytes()),
        _ => return false,
    }
    true
}

/// Appends `mark` and `digits` hexadecimal digits of `value`.
pub(crate) fn push_hex(out: &mut Vec<u8>, mark: &[u8], value: u32, digits: u32) {
    out.extend_from_slice(mark);
    for digit in (0..digits).rev() {
        out.push(b"0123456789abcdef"[(value >> (4 * digit) & 0xF) as usize]);
    }
}

/// Appends `\xff`, `\u20ac` or `\U0001f600`.
pub fn push_backslash(out: &mut Vec<u8>, cp: u32) {
    match cp {
        0..=0xFF => push_hex(out, b"\\x", cp, 2),
        0x100..=0xFFFF => push_hex(out, b"\\u", cp, 4),
        _ => push_hex(out, b"\\U", cp, 8),
    }
}
