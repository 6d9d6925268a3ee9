//! Python 3.11's text rules as pure functions.
//!
//! Nothing here knows a `Value`, a heap or a file: functions take slices and write into a
//! `Vec<u8>`. The `str`, `bytes`, `int`, `float` and `complex` types of the machine are thin
//! shells over this module.
//!
//! **Text** is *generalised UTF-8*: UTF-8 in which the surrogates U+D800..U+DFFF may also
//! appear, each as three bytes. A `&[u8]` parameter that is text says so; a pair of
//! surrogates stays a pair (Python's `'\ud83d\ude00'` has length 2). Where text is known to be
//! ASCII or valid UTF-8, `&str` is asked for.
//!
//! Widths, precisions and repeat counts come from scripts and are not limited here: what cannot
//! be allocated is a [`ErrorKind::Memory`], and so is what is larger than the heap limit of the
//! running machine ([`set_room`]).
//!
//! Everything is compared with CPython by `tests/text/differential.py`.
//!
//! | file | what |
//! |---|---|
//! | [`utf8`] | code points of text: iterate, count, index, encode |
//! | [`codec`] | `bytes.decode`, `str.encode`: codecs, error handlers, names of codecs |
//! | [`escape`] | `repr`, `ascii`, the escape codecs |
//! | [`case`], [`ctype`], [`tables`] | case mappings, predicates, character data of Unicode 14 |
//! | [`search`], [`layout`] | find, split, strip, replace; centre, fill, tabs |
//! | [`numeral`], [`int_text`], [`float_repr`], [`float_parse`], [`complex_text`] | numbers to text and back |
//! | [`spec`] | `format(value, spec)` |
//! | [`percent`], [`str_format`] | `'%d' % x` and `'{}'.format(x)` |

pub mod case;
pub mod codec;
pub mod complex_text;
pub mod ctype;
pub mod escape;
pub mod float_parse;
pub mod float_repr;
pub mod int_text;
pub mod layout;
pub mod numeral;
pub mod percent;
pub mod search;
pub mod spec;
pub mod str_format;
pub mod tables;
pub mod utf8;

use std::fmt::Write;

/// Which built-in exception a [`TextError`] becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `ValueError`
    Value,
    /// `TypeError`
    Type,
    /// `OverflowError`
    Overflow,
    /// `MemoryError`: the result could not be allocated; the message is empty.
    Memory,
}

/// An exception to raise: its type and its message, worded as CPython words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// The exception's type.
    pub kind: ErrorKind,
    /// The message: text (it may quote a script's string, surrogates included).
    pub message: Vec<u8>,
}

impl TextError {
    /// A `ValueError`.
    #[cold]
    pub fn value(message: impl Into<Vec<u8>>) -> TextError {
        TextError { kind: ErrorKind::Value, message: message.into() }
    }

    /// An `OverflowError`.
    #[cold]
    pub fn overflow(message: impl Into<Vec<u8>>) -> TextError {
        TextError { kind: ErrorKind::Overflow, message: message.into() }
    }

    /// A `TypeError`.
    #[cold]
    pub fn type_error(message: impl Into<Vec<u8>>) -> TextError {
        TextError { kind: ErrorKind::Type, message: message.into() }
    }

    /// A `MemoryError`.
    #[cold]
    pub fn memory() -> TextError {
        TextError { kind: ErrorKind::Memory, message: Vec::new() }
    }
}

/// Reserves `extra` bytes or reports that there is not enough memory: widths and precisions
/// come from scripts.
pub(crate) fn reserve(out: &mut Vec<u8>, extra: usize) -> Result<(), TextError> {
    if extra > ROOM.get() {
        return Err(TextError::memory());
    }
    out.try_reserve(extra).map_err(|_| TextError::memory())
}

thread_local! {
    /// What the machine that runs on this thread may use in all.
    static ROOM: std::cell::Cell<usize> = const { std::cell::Cell::new(usize::MAX) };
}

/// Sets the size above which no request for memory is made here: the machine's heap limit.
pub(crate) fn set_room(bytes: usize) {
    ROOM.set(bytes);
}

/// `write!` into bytes; writing to memory cannot fail.
pub(crate) struct Bytes<'a>(pub &'a mut Vec<u8>);

impl Write for Bytes<'_> {
    fn write_str(&mut self, s: &str) -> std::fmt::Result {
        self.0.extend_from_slice(s.as_bytes());
        Ok(())
    }
}
