//! Bytes to text.
//!
//! Each codec is a loop that copies what is good and asks the handler about the rest. With
//! `is_final` false, an incomplete end is left for the next call: [`Progress`] says how much was
//! taken (that is what stream readers need).

use super::errors::{Errors, Refused};
use super::{ByteOrder, Charmap, Codec, DecodeFault, Names};
use crate::text::{TextError, utf8};

/// What is asked when bytes cannot be decoded.
pub trait DecodeHandler {
    /// What ends the decoding.
    type Error;

    /// Appends what stands for the bad bytes to `out` and gives the position in `bytes` (from
    /// its start, not beyond its end) where to go on.
    fn handle(&mut self, fault: &DecodeFault, bytes: &[u8], out: &mut Vec<u8>) -> Result<usize, Self::Error>;
}

impl DecodeHandler for Errors {
    type Error = Refused<DecodeFault>;

    fn handle(&mut self, fault: &DecodeFault, bytes: &[u8], out: &mut Vec<u8>) -> Result<usize, Self::Error> {
        self.decode(fault, bytes, out)
    }
}

/// How far a decoder came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes taken; all of them if the call was final.
    pub consumed: usize,
    /// The order that a mark or the codec set, for the next call of `utf-16` and `utf-32`.
    pub order: Option<ByteOrder>,
    /// Where an escape of `unicode-escape` starts that means nothing (a `DeprecationWarning`).
    pub bad_escape: Option<usize>,
}

/// Decodes all of `bytes` with a built-in handler, appending to `out`.
pub fn decode(codec: Codec, bytes: &[u8], errors: Errors, out: &mut Vec<u8>) -> Result<Progress, Refused<DecodeFault>> {
    decode_with(codec, bytes, true, Names::NONE, &mut { errors }, out)
}

/// Decodes `bytes`, appending to `out`.
pub fn decode_with<H: DecodeHandler>(
    codec: Codec,
    bytes: &[u8],
    is_final: bool,
    names: Names,
    handler: &mut H,
    out: &mut Vec<u8>,
) -> Result<Progress, H::Error> {
    let mut run = Run { bytes, base: 0, at: 0, is_final, encoding: codec.name(), handler, out };
    let mut progress = Progress { consumed: 0, order: None, bad_escape: None };
    match codec {
        Codec::Utf8 => run.utf8()?,
        Codec::Utf8Sig => {
            run.encoding = "utf-8";
            const MARK: &[u8] = b"\xEF\xBB\xBF";
            if bytes.starts_with(MARK) {
                run.bytes = &bytes[3..];
                run.base = 3;
                run.utf8()?;
                progress.consumed = 3 + run.at;
                return Ok(progress);
            }
            if is_final || !MARK.starts_with(bytes) {
                run.utf8()?;
            }
        }
        Codec::Ascii => run.ascii()?,
        Codec::Latin1 => {
            utf8::push_latin1(run.out, bytes);
            run.at = bytes.len();
        }
        Codec::Utf16(order) => progress.order = run.utf16(order)?,
        Codec::Utf32(order) => progress.order = run.utf32(order)?,
        Codec::UnicodeEscape => {
            run.encoding = "unicodeescape";
            progress.bad_escape = run.unicode_escape(names)?;
        }
        Codec::RawUnicodeEscape => {
            run.encoding = "rawunicodeescape";
            run.raw_unicode_escape()?;
        }
        Codec::Charmap(map) => {
            run.encoding = "charmap";
            run.charmap(map)?;
        }
    }
    progress.consumed = run.at;
    Ok(progress)
}

struct Run<'a, H> {
    bytes: &'a [u8],
    base: usize,
    at: usize,
    is_final: bool,
    encoding: &'static str,
    handler: &'a mut H,
    out: &'a mut Vec<u8>,
}

impl<H: DecodeHandler> Run<'_, H> {
    /// Asks the handler about the bytes from `start` to `end` and goes where it says.
    fn fault(&mut self, start: usize, end: usize, reason: &'static str) -> Result<(), H::Error> {
        let fault = DecodeFault { encoding: self.encoding, base: self.base, start, end, reason };
        self.at = self.handler.handle(&fault, self.bytes, self.out)?.min(self.bytes.len());
        Ok(())
    }

    fn utf8(&mut self) -> Result<(), H::Error> {
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            let error = match std::str::from_utf8(rest) {
                Ok(_) => {
                    self.out.extend_from_slice(rest);
                    self.at = self.bytes.len();
                    return Ok(());
                }
                Err(error) => error,
            };
            let good = error.valid_up_to();
            self.out.extend_from_slice(&rest[..good]);
            let start = self.at + good;
            self.at = start;
            // The standard library takes the same maximal parts as CPython.
            match error.error_len() {
                None if !self.is_final => return Ok(()),
                None => self.fault(start, self.bytes.len(), "unexpected end of data")?,
                Some(_) if matches!(rest[good], 0x80..=0xC1 | 0xF5..=0xFF) => {
                    self.fault(start, start + 1, "invalid start byte")?;
                }
                // The start of a surrogate: `surrogatepass` must see its third byte.
                Some(_) if !self.is_final && matches!(rest[good..], [0xED, 0xA0..=0xBF]) => {
                    return Ok(());
                }
                Some(len) => self.fault(start, start + len, "invalid continuation byte")?,
            }
        }
        Ok(())
    }

    fn ascii(&mut self) -> Result<(), H::Error> {
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            let good = if rest.is_ascii() { rest.len() } else { rest.iter().take_while(|byte| byte.is_ascii()).count() };
            self.out.extend_from_slice(&rest[..good]);
            self.at += good;
            if self.at < self.bytes.len() {
                self.fault(self.at, self.at + 1, "ordinal not in range(128)")?;
            }
        }
        Ok(())
    }

    fn charmap(&mut self, map: &Charmap) -> Result<(), H::Error> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match map.table[usize::from(byte)] {
                0xFFFE => self.fault(self.at, self.at + 1, "character maps to <undefined>")?,
                cp => {
                    utf8::push(self.out, u32::from(cp));
                    self.at += 1;
                }
            }
        }
        Ok(())
    }

    fn utf16(&mut self, order: Option<ByteOrder>) -> Result<Option<ByteOrder>, H::Error> {
        let found = order.or(match self.bytes {
            [0xFF, 0xFE, ..] => Some(ByteOrder::Little),
            [0xFE, 0xFF, ..] => Some(ByteOrder::Big),
            _ => None,
        });
        if order.is_none() && found.is_some() {
            self.at = 2;
        }
        let big = found == Some(ByteOrder::Big);
        self.encoding = if big { "utf-16-be" } else { "utf-16-le" };
        let bytes = self.bytes;
        let unit = |at: usize| {
            let pair = [*bytes.get(at)?, *bytes.get(at + 1)?];
            Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
        };
        while self.at < bytes.len() {
            let at = self.at;
            match unit(at) {
                None if !self.is_final => break,
                None => self.fault(at, bytes.len(), "truncated data")?,
                Some(high @ 0xD800..=0xDBFF) => match unit(at + 2) {
                    None if !self.is_final => break,
                    None => self.fault(at, bytes.len(), "unexpected end of data")?,
                    Some(low @ 0xDC00..=0xDFFF) => {
                        let cp = 0x10000 + ((u32::from(high) & 0x3FF) << 10 | u32::from(low) & 0x3FF);
                        utf8::push(self.out, cp);
                        self.at += 4;
                    }
                    Some(_) => self.fault(at, at + 2, "illegal UTF-16 surrogate")?,
                },
                Some(0xDC00..=0xDFFF) => self.fault(at, at + 2, "illegal encoding")?,
                Some(cp) => {
                    utf8::push(self.out, u32::from(cp));
                    self.at += 2;
                }
            }
        }
        Ok(found)
    }

    fn utf32(&mut self, order: Option<ByteOrder>) -> Result<Option<ByteOrder>, H::Error> {
        let found = order.or(match self.bytes {
            [0xFF, 0xFE, 0, 0, ..] => Some(ByteOrder::Little),
            [0, 0, 0xFE, 0xFF, ..] => Some(ByteOrder::Big),
            _ => None,
        });
        if order.is_none() && found.is_some() {
            self.at = 4;
        }
        let big = found == Some(ByteOrder::Big);
        self.encoding = if big { "utf-32-be" } else { "utf-32-le" };
        while self.at < self.bytes.len() {
            let at = self.at;
            match self.bytes[at..].first_chunk::<4>() {
                None if !self.is_final => break,
                None => self.fault(at, self.bytes.len(), "truncated data")?,
                Some(&unit) => {
                    let cp = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
                    if utf8::is_surrogate(cp) {
                        self.fault(at, at + 4, "code point in surrogate code point range(0xd800, 0xe000)")?;
                    } else if cp > utf8::MAX {
                        self.fault(at, at + 4, "code point not in range(0x110000)")?;
                    } else {
                        utf8::push(self.out, cp);
                        self.at += 4;
                    }
                }
            }
        }
        Ok(found)
    }

    /// Copies Latin-1 up to the next backslash.
    fn copy_to_backslash(&mut self) -> bool {
        let rest = &self.bytes[self.at..];
        let plain = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
        utf8::push_latin1(self.out, &rest[..plain]);
        self.at += plain;
        self.at < self.bytes.len()
    }

    fn unicode_escape(&mut self, names: Names) -> Result<Option<usize>, H::Error> {
        let mut bad_escape = None;
        while self.copy_to_backslash() {
            let start = self.at;
            let reason = match self.escape(start, names, &mut bad_escape) {
                Ok(()) => continue,
                Err(reason) => reason,
            };
            let incomplete = self.at == self.bytes.len() && !self.ends_in_error(start);
            if incomplete && !self.is_final {
                self.at = start;
                break;
            }
            self.fault(start, self.at, reason)?;
        }
        Ok(bad_escape)
    }

    /// True if the escape from `start` to the end of the bytes is wrong and not merely short.
    fn ends_in_error(&self, start: usize) -> bool {
        let escape = &self.bytes[start..];
        match escape.get(1) {
            // A name or a number that is complete but unknown.
            Some(b'N') => escape.last() == Some(&b'}'),
            Some(b'x') => escape.len() >= 4,
            Some(b'u') => escape.len() >= 6,
            Some(b'U') => escape.len() >= 10,
            _ => false,
        }
    }

    /// Decodes the escape at `start` and moves behind it. On error `at` is where the fault ends.
    fn escape(&mut self, start: usize, names: Names, bad: &mut Option<usize>) -> Result<(), &'static str> {
        self.at = start + 1;
        let Some(&kind) = self.bytes.get(self.at) else {
            return Err("\\ at end of string");
        };
        self.at += 1;
        if let Some(simple) = simple_escape(kind) {
            self.out.extend(simple);
            return Ok(());
        }
        match kind {
            b'0'..=b'7' => {
                let (value, len) = octal(&self.bytes[self.at - 1..]);
                self.at += len - 1;
                utf8::push(self.out, value);
            }
            b'x' => self.hex_escape(2, "truncated \\xXX escape", "illegal Unicode character")?,
            b'u' => self.hex_escape(4, "truncated \\uXXXX escape", "illegal Unicode character")?,
            b'U' => self.hex_escape(8, "truncated \\UXXXXXXXX escape", "illegal Unicode character")?,
            b'N' => self.named_escape(names)?,
            _ => {
                bad.get_or_insert(start);
                self.out.push(b'\\');
                utf8::push(self.out, u32::from(kind));
            }
        }
        Ok(())
    }

    fn hex_escape(&mut self, digits: usize, short: &'static str, large: &'static str) -> Result<(), &'static str> {
        let mut value = 0;
        for _ in 0..digits {
            let digit = self.bytes.get(self.at).and_then(|&byte| char::from(byte).to_digit(16)).ok_or(short)?;
            value = value << 4 | digit;
            self.at += 1;
        }
        if value > utf8::MAX {
            return Err(large);
        }
        utf8::push(self.out, value);
        Ok(())
    }

    fn named_escape(&mut self, names: Names) -> Result<(), &'static str> {
        const MALFORMED: &str = "malformed \\N character escape";
        if self.bytes.get(self.at) != Some(&b'{') {
            return Err(MALFORMED);
        }
        self.at += 1;
        let Some(len) = memchr::memchr(b'}', &self.bytes[self.at..]) else {
            self.at = self.bytes.len();
            return Err(MALFORMED);
        };
        let name = &self.bytes[self.at..self.at + len];
        self.at += len;
        if name.is_empty() {
            return Err(MALFORMED);
        }
        self.at += 1;
        let cp = (names.lookup)(name).ok_or("unknown Unicode character name")?;
        utf8::push(self.out, cp);
        Ok(())
    }

    fn raw_unicode_escape(&mut self) -> Result<(), H::Error> {
        while self.copy_to_backslash() {
            let start = self.at;
            let Some(&kind) = self.bytes.get(start + 1) else {
                if self.is_final {
                    self.out.push(b'\\');
                    self.at += 1;
                }
                break;
            };
            self.at += 2;
            let result = match kind {
                b'u' => self.hex_escape(4, "truncated \\uXXXX escape", "\\Uxxxxxxxx out of range"),
                b'U' => self.hex_escape(8, "truncated \\UXXXXXXXX escape", "\\Uxxxxxxxx out of range"),
                _ => {
                    self.out.push(b'\\');
                    utf8::push(self.out, u32::from(kind));
                    continue;
                }
            };
            if let Err(reason) = result {
                if self.at == self.bytes.len() && !self.is_final && !self.ends_in_error(start) {
                    self.at = start;
                    break;
                }
                self.fault(start, self.at, reason)?;
            }
        }
        Ok(())
    }
}

/// What a backslash and `kind` mean; the inner `None` is a joined line.
fn simple_escape(kind: u8) -> Option<Option<u8>> {
    Some(Some(match kind {
        b'\n' => return Some(None),
        b'\\' | b'\'' | b'"' => kind,
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        _ => return None,
    }))
}

/// Up to three octal digits at the start of `bytes`: their value and number.
fn octal(bytes: &[u8]) -> (u32, usize) {
    let digits = bytes.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte));
    digits.fold((0, 0), |(value, len), digit| (value << 3 | u32::from(digit - b'0'), len + 1))
}

/// `codecs.escape_decode`: the escapes of bytes literals. Handlers other than `strict`,
/// `ignore` and `replace` are an error, as in CPython. Gives the place of the first escape that
/// means nothing.
pub fn escape_decode(bytes: &[u8], errors: &[u8], out: &mut Vec<u8>) -> Result<Option<usize>, TextError> {
    let mut bad_escape = None;
    let mut at = 0;
    while at < bytes.len() {
        let plain = memchr::memchr(b'\\', &bytes[at..]).unwrap_or(bytes.len() - at);
        out.extend_from_slice(&bytes[at..at + plain]);
        let start = at + plain;
        if start >= bytes.len() {
            break;
        }
        let Some(&kind) = bytes.get(start + 1) else {
            return Err(TextError::value("Trailing \\ in string"));
        };
        at = start + 2;
        if let Some(simple) = simple_escape(kind) {
            out.extend(simple);
            continue;
        }
        match kind {
            b'0'..=b'7' => {
                let (value, len) = octal(&bytes[start + 1..]);
                at += len - 1;
                out.push(value as u8);
            }
            b'x' => {
                let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
                if let (Some(high), Some(low)) = (digit(at), digit(at + 1)) {
                    out.push((high << 4 | low) as u8);
                    at += 2;
                    continue;
                }
                match errors {
                    b"" | b"strict" => {
                        return Err(TextError::value(format!("invalid \\x escape at position {start}")));
                    }
                    b"replace" => out.push(b'?'),
                    b"ignore" => {}
                    other => {
                        let head = b"decoding error; unknown error handling code: ";
                        return Err(TextError::value([head, other].concat()));
                    }
                }
                at += usize::from(digit(at).is_some());
            }
            _ => {
                bad_escape.get_or_insert(start);
                // The backslash stays; what follows it is looked at again.
                out.push(b'\\');
                at = start + 1;
            }
        }
    }
    Ok(bad_escape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_the_handler() {
        /// Writes the number of the fault and goes on a byte after its start.
        struct Counting(u8);
        impl DecodeHandler for Counting {
            type Error = ();
            fn handle(&mut self, fault: &DecodeFault, _: &[u8], out: &mut Vec<u8>) -> Result<usize, ()> {
                self.0 += 1;
                out.push(b'0' + self.0);
                Ok(fault.start + 1)
            }
        }
        let mut out = Vec::new();
        let progress = decode_with(Codec::Utf8, b"a\xe2\x82b", true, Names::NONE, &mut Counting(0), &mut out);
        assert_eq!(progress.map(|it| it.consumed), Ok(4));
        assert_eq!(out, b"a12b");
    }

    #[test]
    fn leaves_incomplete_ends() {
        let run = |codec, bytes: &[u8]| {
            let mut out = Vec::new();
            let progress = decode_with(codec, bytes, false, Names::NONE, &mut { Errors::Strict }, &mut out);
            (progress.map(|it| (it.consumed, it.order)), out)
        };
        assert_eq!(run(Codec::Utf8, b"a\xe2\x82"), (Ok((1, None)), b"a".to_vec()));
        assert_eq!(run(Codec::Utf8Sig, b"\xef\xbb"), (Ok((0, None)), vec![]));
        assert_eq!(run(Codec::Utf16(None), b"\xfe\xff\0a\0"), (Ok((4, Some(ByteOrder::Big))), b"a".to_vec()));
        assert_eq!(run(Codec::UnicodeEscape, b"a\\u20a"), (Ok((1, None)), b"a".to_vec()));
    }

    #[test]
    fn tells_of_bad_escapes() {
        let mut out = Vec::new();
        let progress = decode(Codec::UnicodeEscape, b"ab\\d\\n\\q", Errors::Strict, &mut out);
        assert_eq!(progress.map(|it| it.bad_escape), Ok(Some(2)));
        assert_eq!(escape_decode(b"\\x4\\q", b"replace", &mut out), Ok(Some(3)));
    }
}
