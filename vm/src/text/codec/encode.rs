//! Text to bytes.

use super::errors::{Errors, Refused, push_backslash};
use super::{ByteOrder, Charmap, Codec, EncodeFault, Names};
use crate::text::{escape, utf8};

/// What a handler puts in place of what cannot be encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// Text, which the codec must be able to encode.
    Text(Vec<u8>),
    /// Bytes, which go out as they are.
    Bytes(Vec<u8>),
}

/// What is asked when text cannot be encoded.
pub trait EncodeHandler {
    /// What ends the encoding.
    type Error;

    /// What to write for the bad code points of `text`, and the index where to go on.
    fn handle(&mut self, fault: &EncodeFault, text: &[u8]) -> Result<(Replacement, usize), Self::Error>;

    /// The error to end with when a replacement cannot be encoded either.
    fn refuse(&mut self, fault: &EncodeFault, text: &[u8]) -> Self::Error;

    /// True if surrogates that stand for bytes are to be written as those bytes, without
    /// asking. Where only the first ones of a run do, the fault starts after them.
    fn escapes_surrogates(&self) -> bool {
        false
    }
}

/// A built-in handler with what it may need.
struct BuiltIn {
    errors: Errors,
    names: Names,
}

impl EncodeHandler for BuiltIn {
    type Error = Refused<EncodeFault>;

    fn handle(&mut self, fault: &EncodeFault, text: &[u8]) -> Result<(Replacement, usize), Self::Error> {
        self.errors.encode(fault, text, self.names)
    }

    fn refuse(&mut self, fault: &EncodeFault, _: &[u8]) -> Self::Error {
        Refused::Fault(*fault)
    }

    fn escapes_surrogates(&self) -> bool {
        self.errors == Errors::SurrogateEscape
    }
}

/// Encodes `text` with a built-in handler, appending to `out`.
pub fn encode(codec: Codec, text: &[u8], errors: Errors, names: Names, out: &mut Vec<u8>) -> Result<(), Refused<EncodeFault>> {
    encode_with(codec, text, &mut BuiltIn { errors, names }, out)
}

/// Encodes `text`, appending to `out`.
pub fn encode_with<H: EncodeHandler>(codec: Codec, text: &[u8], handler: &mut H, out: &mut Vec<u8>) -> Result<(), H::Error> {
    let encoding = match codec {
        Codec::Utf8Sig => "utf-8",
        Codec::Latin1 => "latin-1",
        Codec::Charmap(_) => "charmap",
        other => other.name(),
    };
    let mut run = Run { text, offset: 0, index: 0, encoding, handler, out };
    match codec {
        Codec::Utf8 => run.utf8(),
        Codec::Utf8Sig => {
            run.out.extend_from_slice(b"\xEF\xBB\xBF");
            run.utf8()
        }
        Codec::Ascii | Codec::Latin1 if text.is_ascii() => {
            run.out.extend_from_slice(text);
            Ok(())
        }
        Codec::Ascii => run.single_bytes("ordinal not in range(128)", |cp| (cp < 128).then_some(cp as u8)),
        Codec::Latin1 => run.single_bytes("ordinal not in range(256)", |cp| (cp < 256).then_some(cp as u8)),
        Codec::Charmap(map) => run.single_bytes("character maps to <undefined>", |cp| charmap_byte(map, cp)),
        Codec::Utf16(order) => run.wide(order, 2),
        Codec::Utf32(order) => run.wide(order, 4),
        Codec::UnicodeEscape => {
            escape::push_unicode_escape(run.out, text);
            Ok(())
        }
        Codec::RawUnicodeEscape => {
            utf8::code_points(text).for_each(|cp| match cp {
                0..=0xFF => run.out.push(cp as u8),
                _ => push_backslash(run.out, cp),
            });
            Ok(())
        }
    }
}

fn charmap_byte(map: &Charmap, cp: u32) -> Option<u8> {
    let cp = u16::try_from(cp).ok().filter(|&cp| cp != 0xFFFE)?;
    if cp < 128 && map.table[usize::from(cp)] == cp {
        return Some(cp as u8);
    }
    map.table.iter().rposition(|&it| it == cp).map(|byte| byte as u8)
}

struct Run<'a, H> {
    text: &'a [u8],
    /// Where the run is, in bytes and in code points.
    offset: usize,
    index: usize,
    encoding: &'static str,
    handler: &'a mut H,
    out: &'a mut Vec<u8>,
}

impl<H: EncodeHandler> Run<'_, H> {
    /// Asks about the code points from the run's place to index `end`, and goes on where the
    /// handler says. `write` encodes a replacement text, or says that it cannot.
    fn fault(&mut self, end: usize, reason: &'static str, mut write: impl FnMut(&[u8], &mut Vec<u8>) -> bool, unit: usize) -> Result<(), H::Error> {
        let fault = EncodeFault { encoding: self.encoding, start: self.index, end, reason };
        let (replacement, next) = self.handler.handle(&fault, self.text)?;
        let is_written = match &replacement {
            Replacement::Text(text) => write(text, self.out),
            Replacement::Bytes(bytes) => {
                self.out.extend_from_slice(bytes);
                bytes.len() % unit == 0
            }
        };
        if !is_written {
            return Err(self.handler.refuse(&fault, self.text));
        }
        if next >= self.index {
            self.offset = utf8::offset_after(self.text, self.offset, next - self.index);
        } else {
            self.offset = utf8::offset_of(self.text, next);
        }
        self.index = next;
        Ok(())
    }

    /// Writes the bytes that leading surrogates of a run stand for, if the handler does so.
    /// True if the whole run was such.
    fn escape_surrogates(&mut self, end: usize) -> bool {
        if self.handler.escapes_surrogates() {
            while let Some((cp @ 0xDC80..=0xDCFF, next)) = utf8::decode_at(self.text, self.offset)
                && self.index < end
            {
                self.out.push(cp as u8);
                (self.offset, self.index) = (next, self.index + 1);
            }
        }
        self.index == end
    }

    fn utf8(&mut self) -> Result<(), H::Error> {
        while let Some(start) = utf8::find_surrogate(self.text, self.offset) {
            let good = &self.text[self.offset..start];
            self.out.extend_from_slice(good);
            self.index += utf8::count(good);
            self.offset = start;
            let run = utf8::code_points(&self.text[start..]).take_while(|&cp| utf8::is_surrogate(cp)).count();
            let end = self.index + run;
            if self.escape_surrogates(end) {
                continue;
            }
            let write = |text: &[u8], out: &mut Vec<u8>| {
                out.extend_from_slice(text);
                text.is_ascii()
            };
            self.fault(end, "surrogates not allowed", write, 1)?;
        }
        self.out.extend_from_slice(&self.text[self.offset..]);
        Ok(())
    }

    fn single_bytes(&mut self, reason: &'static str, byte_of: impl Fn(u32) -> Option<u8>) -> Result<(), H::Error> {
        self.out.reserve(self.text.len());
        while let Some((cp, next)) = utf8::decode_at(self.text, self.offset) {
            if let Some(byte) = byte_of(cp) {
                self.out.push(byte);
                (self.offset, self.index) = (next, self.index + 1);
                continue;
            }
            let run = utf8::code_points(&self.text[self.offset..]).take_while(|&cp| byte_of(cp).is_none()).count();
            let end = self.index + run;
            if self.encoding != "charmap" && self.escape_surrogates(end) {
                continue;
            }
            let write = |text: &[u8], out: &mut Vec<u8>| utf8::code_points(text).all(|cp| byte_of(cp).map(|byte| out.push(byte)).is_some());
            self.fault(end, reason, write, 1)?;
        }
        Ok(())
    }

    /// Units of two or four bytes.
    fn wide(&mut self, order: Option<ByteOrder>, unit: usize) -> Result<(), H::Error> {
        let big = order == Some(ByteOrder::Big);
        let push = move |out: &mut Vec<u8>, value: u32| match (unit, big) {
            (2, false) => out.extend_from_slice(&(value as u16).to_le_bytes()),
            (2, true) => out.extend_from_slice(&(value as u16).to_be_bytes()),
            (_, false) => out.extend_from_slice(&value.to_le_bytes()),
            (_, true) => out.extend_from_slice(&value.to_be_bytes()),
        };
        self.out.reserve(self.text.len() * unit);
        if order.is_none() {
            push(self.out, 0xFEFF);
        }
        while let Some((cp, next)) = utf8::decode_at(self.text, self.offset) {
            if utf8::is_surrogate(cp) {
                let write = |text: &[u8], out: &mut Vec<u8>| {
                    text.iter().for_each(|&byte| push(out, u32::from(byte)));
                    text.is_ascii()
                };
                self.fault(self.index + 1, "surrogates not allowed", write, unit)?;
                continue;
            }
            if cp > 0xFFFF && unit == 2 {
                push(self.out, 0xD7C0 + (cp >> 10));
                push(self.out, 0xDC00 + (cp & 0x3FF));
            } else {
                push(self.out, cp);
            }
            (self.offset, self.index) = (next, self.index + 1);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a fixed replacement and goes on at a given distance from the fault's start.
    struct Fixed(Replacement, usize);

    impl EncodeHandler for Fixed {
        type Error = EncodeFault;

        fn handle(&mut self, fault: &EncodeFault, _: &[u8]) -> Result<(Replacement, usize), EncodeFault> {
            Ok((self.0.clone(), fault.start + self.1))
        }

        fn refuse(&mut self, fault: &EncodeFault, _: &[u8]) -> EncodeFault {
            *fault
        }
    }

    fn run(codec: Codec, text: &str, replacement: Replacement, step: usize) -> Result<Vec<u8>, EncodeFault> {
        let mut out = Vec::new();
        encode_with(codec, text.as_bytes(), &mut Fixed(replacement, step), &mut out).map(|()| out)
    }

    #[test]
    fn asks_the_handler() {
        let text = |text: &str| Replacement::Text(text.into());
        assert_eq!(run(Codec::Ascii, "a\u{20ac}éb", text("?"), 1), Ok(b"a??b".to_vec()));
        assert_eq!(run(Codec::Ascii, "a\u{20ac}éb", text("?"), 3), Ok(b"a?".to_vec()));
        assert_eq!(run(Codec::Latin1, "\u{20ac}b", Replacement::Bytes(vec![0xFF]), 1), Ok(b"\xffb".to_vec()));
        let refused = run(Codec::Ascii, "a\u{20ac}", text("é"), 1).expect_err("é is not ASCII either");
        assert_eq!((refused.start, refused.end), (1, 2));
    }

    #[test]
    fn escapes_bytes() {
        let mut out = Vec::new();
        let text = b"a\xed\xb2\x80\xed\xa0\x80";
        let refused = encode(Codec::Utf8, text, Errors::SurrogateEscape, Names::NONE, &mut out);
        // The first surrogate is written, the second is the fault.
        let Err(Refused::Fault(fault)) = refused else { panic!("{refused:?}") };
        assert_eq!((fault.start, fault.end, &out[..]), (2, 3, &b"a\x80"[..]));
    }
}
