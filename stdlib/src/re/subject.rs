//! What is searched: text or bytes of the script. All offsets here are bytes of the object's own data.

use gscript_vm::object::str::{Str, count_chars, width};
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::engine::{Kind, Program, Slots, Subject};
use super::module::pattern_error;
use super::parse::to_char;

/// A text or bytes-like object, ready to be searched.
pub struct Hay {
    pub value: Value,
    text: Option<Gc<Str>>,
    /// Text with surrogates, which the engines do not take: with other characters in their place.
    stand_in: Option<String>,
}

/// The code points of generalised UTF-8.
pub fn code_points(bytes: &[u8]) -> Vec<u32> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let n = width(bytes[at]);
        let first = bytes[at] as u32;
        let lead = match n {
            1 => first,
            2 => first & 0x1F,
            3 => first & 0x0F,
            _ => first & 0x07,
        };
        out.push(bytes[at + 1..at + n].iter().fold(lead, |c, &b| c << 6 | b as u32 & 0x3F));
        at += n;
    }
    out
}

impl Hay {
    /// Checks that `value` is of the kind that the pattern takes.
    pub fn new(cx: &mut Cx, program: &Program, value: Value) -> Result<Hay> {
        let text = value.as_gc::<Str>();
        match text {
            Some(_) if !program.is_text => return Err(cx.type_error("cannot use a bytes pattern on a string-like object")),
            None if bytes_of(value).is_none() => {
                let name = cx.type_name(value);
                return Err(cx.type_error(format!("expected string or bytes-like object, got '{name}'")));
            }
            None if program.is_text => return Err(cx.type_error("cannot use a string pattern on a bytes-like object")),
            _ => {}
        }
        let stand_in = text.filter(|s| !s.is_valid()).map(|s| code_points(s.bytes()).into_iter().map(to_char).collect());
        Ok(Hay { value, text, stand_in })
    }

    /// The value again as [`Hay::new`] took it.
    pub fn again(value: Value) -> Hay {
        let text = value.as_gc::<Str>();
        let stand_in = text.filter(|s| !s.is_valid()).map(|s| code_points(s.bytes()).into_iter().map(to_char).collect());
        Hay { value, text, stand_in }
    }

    pub fn bytes(&self) -> &[u8] {
        match &self.text {
            Some(s) => s.bytes(),
            None => bytes_of(self.value).unwrap_or(&[]),
        }
    }

    /// Length as `len` says it.
    pub fn len(&self) -> usize {
        self.text.map_or_else(|| self.bytes().len(), |s| s.char_len())
    }

    /// The offset of the item `index`, which is not above the length.
    pub fn offset_of(&self, index: usize) -> usize {
        self.text.map_or(index, |s| s.offset_of(index))
    }

    pub fn index_of(&self, offset: usize) -> usize {
        self.text.map_or(offset, |s| s.index_of(offset))
    }

    /// As [`Program::find`], with `re.error` when the search is given up.
    pub fn find(&self, cx: &mut Cx, program: &Program, span: (usize, usize), kind: Kind, must_advance: bool, slots: &mut Slots) -> Result<bool> {
        let (from, to) = (span.0, span.1.min(self.bytes().len()));
        if from > to {
            return Ok(false);
        }
        let found = match (&self.stand_in, &self.text) {
            (Some(other), Some(s)) => {
                let there = |offset: usize| other.char_indices().nth(s.index_of(offset)).map_or(other.len(), |(at, _)| at);
                let subject = Subject { bytes: other.as_bytes(), text: Some(other), is_narrow: false };
                let found = program.find(&subject, there(from), there(to), kind, must_advance, slots);
                for slot in slots.iter_mut().flatten() {
                    let back = s.offset_of(count_chars(&other.as_bytes()[..slot.get()]));
                    *slot = regex_automata::util::primitives::NonMaxUsize::new(back).unwrap_or(*slot);
                }
                found
            }
            (_, Some(s)) => program.find(&Subject { bytes: s.bytes(), text: s.as_str(), is_narrow: s.is_ascii() }, from, to, kind, must_advance, slots),
            _ => program.find(&Subject { bytes: self.bytes(), text: None, is_narrow: true }, from, to, kind, must_advance, slots),
        };
        found.map_err(|message| pattern_error(cx, &message, Value::NONE, None))
    }

    /// The part `[from, to)` as a new object: `str`, or `bytes` whatever bytes-like object is searched.
    pub fn part(&self, cx: &mut Cx, from: usize, to: usize) -> Value {
        if let Some(s) = self.text {
            let chars = if s.is_ascii() { to - from } else { count_chars(&s.bytes()[from..to]) };
            return cx.slice_str(s, from, to, chars).value();
        }
        if let Some(b) = self.value.as_gc::<gscript_vm::object::bytes::Bytes>() {
            return cx.bytes_slice(b, from, to).value();
        }
        // A bytearray may have been shortened since.
        let bytes = bytes_of(self.value).unwrap_or(&[]);
        let to = to.min(bytes.len());
        cx.bytes(&bytes[from.min(to)..to]).value()
    }

    /// Text or bytes of the kind that parts have.
    pub fn made(&self, cx: &mut Cx, bytes: &[u8]) -> Value {
        if self.text.is_some() { cx.str_from_bytes(bytes).value() } else { cx.bytes(bytes).value() }
    }
}
