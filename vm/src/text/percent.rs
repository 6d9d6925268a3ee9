//! `template % values` for text and bytes: reading the template, and laying out what the caller
//! has converted.
//!
//! The template is read piece by piece, because CPython reads and converts in turns: an error
//! late in the template comes after the errors of the values before it. So a [`Broken`] field
//! also says what CPython would have asked for before it noticed (key, `*` values).

use std::ops::Range;

use super::float_repr::{FloatFormat, Form, push_format};
use super::int_text::{self, IntRef, Radix};
use super::search::Flavour;
use super::{TextError, reserve, utf8};

/// The flags of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    /// A blank.
    pub space: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
}

/// A width or a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Not given.
    None,
    /// `*`: the next value. `TypeError: * wants int` if it is none.
    Star,
    /// A number.
    Value(usize),
}

/// `%(key)-8.3d`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Where the key stands, if there is one: then the values must be a mapping
    /// (`TypeError: format requires a mapping`), and this field's value is `values[key]`.
    /// That value is the only one there is until the next key: a star takes it as well, and what
    /// is asked for after it fails (`TypeError: not enough arguments for format string`).
    pub key: Option<Range<usize>>,
    /// The flags.
    pub flags: Flags,
    /// The least number of characters.
    pub width: Amount,
    /// Digits of a number, most characters of a text.
    pub precision: Amount,
    /// The conversion: a code point of text, a byte of bytes. Any may stand here; what is no
    /// conversion (also the `%` of `%5%`) takes its value and is then [`unsupported`].
    pub conversion: u32,
    /// The index of the conversion in the template, for [`unsupported`].
    pub index: usize,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Goes out as it is: a stretch of the template.
    Literal(Range<usize>),
    /// `%%`
    Percent,
    /// A value goes here.
    Field(Field),
}

/// A field that ends too early or has too large a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The error to raise.
    pub error: TextError,
    /// What was read before: a key (empty if it was not complete) is looked up, and `*` values
    /// are taken, before the error is raised.
    pub field: Field,
    /// The key itself is incomplete: only that the values are a mapping is checked.
    pub is_key_incomplete: bool,
}

/// The pieces of a template, in order; ends after an error.
#[derive(Clone, Debug)]
pub struct Pieces<'t> {
    template: &'t [u8],
    at: usize,
    flavour: Flavour,
}

/// Reads `template`.
pub fn pieces(template: &[u8], flavour: Flavour) -> Pieces<'_> {
    Pieces { template, at: 0, flavour }
}

impl Iterator for Pieces<'_> {
    type Item = Result<Piece, Box<Broken>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.template.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        match memchr::memchr(b'%', rest) {
            Some(0) => {}
            found => {
                self.at += found.unwrap_or(rest.len());
                return Some(Ok(Piece::Literal(start..self.at)));
            }
        }
        self.at += 1;
        if self.peek() == Some(b'%') {
            self.at += 1;
            return Some(Ok(Piece::Percent));
        }
        let mut field = Field { key: None, flags: Flags::default(), width: Amount::None, precision: Amount::None, conversion: 0, index: 0 };
        let result = self.field(&mut field);
        Some(match result {
            Ok(()) => Ok(Piece::Field(field)),
            Err((message, is_key_incomplete)) => {
                self.at = self.template.len();
                Err(Box::new(Broken { error: TextError::value(message), field, is_key_incomplete }))
            }
        })
    }
}

impl Pieces<'_> {
    fn peek(&self) -> Option<u8> {
        self.template.get(self.at).copied()
    }

    fn field(&mut self, field: &mut Field) -> Result<(), (&'static str, bool)> {
        if self.peek() == Some(b'(') {
            self.at += 1;
            field.key = Some(0..0);
            field.key = Some(self.key().ok_or(("incomplete format key", true))?);
        }
        while let Some(byte) = self.peek() {
            match byte {
                b'-' => field.flags.left = true,
                b'+' => field.flags.plus = true,
                b' ' => field.flags.space = true,
                b'#' => field.flags.alternate = true,
                b'0' => field.flags.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        field.width = self.amount(isize::MAX as usize).ok_or(("width too big", false))?;
        if self.peek() == Some(b'.') {
            self.at += 1;
            let too_big = if self.flavour == Flavour::Text { "precision too big" } else { "prec too big" };
            field.precision = match self.amount(i32::MAX as usize).ok_or((too_big, false))? {
                Amount::None => Amount::Value(0),
                amount => amount,
            };
        }
        if matches!(self.peek(), Some(b'h' | b'l' | b'L')) {
            self.at += 1;
        }
        let (conversion, next) = match self.flavour {
            Flavour::Text => utf8::decode_at(self.template, self.at).ok_or(("incomplete format", false))?,
            Flavour::Bytes => (u32::from(self.peek().ok_or(("incomplete format", false))?), self.at + 1),
        };
        field.conversion = conversion;
        field.index = self.at;
        self.at = next;
        Ok(())
    }

    /// The key behind an opening parenthesis, up to the one that closes it.
    fn key(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let mut depth = 1;
        loop {
            match self.peek()? {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(start..self.at - 1);
            }
        }
    }

    /// A number or a star; `None` if the number is above `max`.
    fn amount(&mut self, max: usize) -> Option<Amount> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            return Some(Amount::Star);
        }
        let mut amount = Amount::None;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            let value = if let Amount::Value(value) = amount { value } else { 0 };
            let value = value.checked_mul(10)?.checked_add(usize::from(byte - b'0'))?;
            if value > max {
                return None;
            }
            amount = Amount::Value(value);
            self.at += 1;
        }
        Some(amount)
    }
}

/// The error of a conversion that is none, raised after its value was taken.
pub fn unsupported(template: &[u8], field: &Field, flavour: Flavour) -> TextError {
    let code = field.conversion;
    let mut message = b"unsupported format character '".to_vec();
    match flavour {
        Flavour::Text if !(31..=126).contains(&code) => message.push(b'?'),
        _ => utf8::push(&mut message, code),
    }
    let index = flavour.len(&template[..field.index]);
    message.extend_from_slice(format!("' (0x{code:x}) at index {index}").as_bytes());
    TextError::value(message)
}

/// A field's flags, width and precision with the values of its stars.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    flags: Flags,
    width: usize,
    precision: Option<usize>,
}

impl Layout {
    /// `width` and `precision` are the values of stars, where the field has them. A negative
    /// width means left; a negative precision is 0.
    pub fn new(field: &Field, width: Option<i64>, precision: Option<i64>) -> Layout {
        let mut flags = field.flags;
        let width = match field.width {
            Amount::None => 0,
            Amount::Value(width) => width,
            Amount::Star => {
                let width = width.unwrap_or(0);
                flags.left |= width < 0;
                width.unsigned_abs() as usize
            }
        };
        let precision = match field.precision {
            Amount::None => None,
            Amount::Value(precision) => Some(precision),
            Amount::Star => Some(usize::try_from(precision.unwrap_or(0)).unwrap_or(0)),
        };
        Layout { flags, width, precision }
    }
}

/// Appends what `%s`, `%r`, `%a`, `%b` made: cut to the precision, filled with blanks.
pub fn push_text(out: &mut Vec<u8>, layout: &Layout, content: &[u8], flavour: Flavour) -> Result<(), TextError> {
    let shown = match (layout.precision, flavour) {
        (Some(precision), Flavour::Text) if precision < content.len() => &content[..utf8::offset_of(content, precision)],
        (Some(precision), Flavour::Bytes) => &content[..precision.min(content.len())],
        _ => content,
    };
    push_filled(out, layout, shown, flavour)
}

/// Appends the character `%c` made; the precision does not count.
pub fn push_char(out: &mut Vec<u8>, layout: &Layout, char: &[u8], flavour: Flavour) -> Result<(), TextError> {
    push_filled(out, layout, char, flavour)
}

fn push_filled(out: &mut Vec<u8>, layout: &Layout, shown: &[u8], flavour: Flavour) -> Result<(), TextError> {
    let margin = if layout.width == 0 { 0 } else { layout.width.saturating_sub(flavour.len(shown)) };
    reserve(out, margin.checked_add(shown.len()).ok_or_else(TextError::memory)?)?;
    let before = if layout.flags.left { 0 } else { margin };
    out.resize(out.len() + before, b' ');
    out.extend_from_slice(shown);
    out.resize(out.len() + margin - before, b' ');
    Ok(())
}

/// Appends `%d %i %u %o %x %X` of `n`. `digit_limit` is that of integer-to-string conversion.
pub fn push_int(out: &mut Vec<u8>, layout: &Layout, conversion: char, n: IntRef<'_>, digit_limit: usize) -> Result<(), TextError> {
    let precision = layout.precision.unwrap_or(0);
    if precision > i32::MAX as usize - 3 {
        return Err(TextError::overflow("precision too large"));
    }
    let radix = match conversion {
        'o' => Some(Radix::Octal),
        'x' | 'X' => Some(Radix::Hex),
        _ => None,
    };
    let mut digits = Vec::with_capacity(24);
    let mut prefix: &[u8] = b"";
    match radix {
        Some(radix) => {
            int_text::push_magnitude(&mut digits, n, radix);
            if layout.flags.alternate {
                prefix = radix.prefix();
            }
        }
        None => {
            if let IntRef::Big(big) = n
                && int_text::exceeds_digit_limit(big, digit_limit)
            {
                return Err(TextError::value(int_text::too_many_digits_to_write(digit_limit)));
            }
            int_text::push_decimal(&mut digits, n);
            if n.is_negative() {
                digits.remove(0);
            }
        }
    }
    if conversion == 'X' {
        digits.make_ascii_uppercase();
        prefix = if prefix.is_empty() { prefix } else { b"0X" };
    }
    push_number(out, layout, n.is_negative(), prefix, precision, &digits)
}

/// Appends `%e %E %f %F %g %G` of `x`.
pub fn push_float(out: &mut Vec<u8>, layout: &Layout, conversion: char, x: f64) -> Result<(), TextError> {
    let format = FloatFormat {
        form: match conversion.to_ascii_lowercase() {
            'e' => Form::Exponent,
            'f' => Form::Fixed,
            _ => Form::General,
        },
        precision: layout.precision.unwrap_or(6),
        upper: conversion.is_ascii_uppercase(),
        alternate: layout.flags.alternate,
        add_dot_0: false,
        no_negative_zero: false,
    };
    let mut text = Vec::with_capacity(32);
    push_format(&mut text, x, &format)?;
    let negative = text.first() == Some(&b'-');
    push_number(out, layout, negative, b"", 0, &text[usize::from(negative)..])
}

/// Sign, prefix, zeros up to `least` digits, digits; filled with zeros after sign and prefix, or
/// with blanks around all.
fn push_number(out: &mut Vec<u8>, layout: &Layout, negative: bool, prefix: &[u8], least: usize, digits: &[u8]) -> Result<(), TextError> {
    let Layout { flags, width, .. } = *layout;
    let sign = match (negative, flags.plus, flags.space) {
        (true, ..) => Some(b'-'),
        (_, true, _) => Some(b'+'),
        (_, _, true) => Some(b' '),
        _ => None,
    };
    let mut zeros = least.saturating_sub(digits.len());
    let len = usize::from(sign.is_some()) + prefix.len() + zeros + digits.len();
    let mut blanks = width.saturating_sub(len);
    reserve(out, len.checked_add(blanks).ok_or_else(TextError::memory)?)?;
    if flags.zero && !flags.left {
        zeros += blanks;
        blanks = 0;
    }
    let before = if flags.left { 0 } else { blanks };
    out.resize(out.len() + before, b' ');
    out.extend(sign);
    out.extend_from_slice(prefix);
    out.resize(out.len() + zeros, b'0');
    out.extend_from_slice(digits);
    out.resize(out.len() + blanks - before, b' ');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(template: &str) -> Vec<Result<Piece, Box<Broken>>> {
        pieces(template.as_bytes(), Flavour::Text).collect()
    }

    fn field(template: &str) -> Field {
        match read(template).remove(0) {
            Ok(Piece::Field(field)) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn reads_templates() {
        assert_eq!(read("a%%b")[1], Ok(Piece::Percent));
        let it = field("%(a(b))-+08.*ld");
        assert_eq!(it.key, Some(2..6));
        assert!(it.flags.left && it.flags.plus && it.flags.zero);
        assert_eq!((it.width, it.precision, it.conversion), (Amount::Value(8), Amount::Star, 0x64));
        for (template, message) in [
            ("%", "incomplete format"),
            ("%(a", "incomplete format key"),
            ("%*.", "incomplete format"),
            ("%99999999999999999999d", "width too big"),
            ("%.2147483648d", "precision too big"),
        ] {
            let Err(broken) = &read(template)[0] else { panic!("{template}") };
            assert_eq!(broken.error, TextError::value(message));
        }
        let it = field("%é");
        let message = "unsupported format character '?' (0xe9) at index 1";
        assert_eq!(unsupported("%é".as_bytes(), &it, Flavour::Text), TextError::value(message));
    }

    #[test]
    fn lays_out() {
        let int = |template: &str, n| {
            let field = field(template);
            let mut out = Vec::new();
            let conversion = char::from_u32(field.conversion).expect("a char");
            push_int(&mut out, &Layout::new(&field, None, None), conversion, IntRef::Small(n), 0).expect("memory");
            String::from_utf8(out).expect("ascii")
        };
        assert_eq!(int("%#010x", -255), "-0x00000ff");
        assert_eq!(int("%-+6.3d", 7), "+007  ");
        assert_eq!(int("%#X", 255), "0XFF");
        assert_eq!(int("%-05d", 7), "7    ");
    }
}
