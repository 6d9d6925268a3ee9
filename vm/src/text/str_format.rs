//! Templates of `str.format`: `'{0.a[b]!r:>{width}} {{'`.
//!
//! The parser yields a literal and, behind it, a field; fields of the specification inside a
//! field are found by parsing the specification as a template again (twice at most, then
//! `ValueError: Max string recursion exceeded`). Looking values up is the caller's.

use std::ops::Range;

use super::spec::shown_code;
use super::{TextError, ctype, utf8};

/// A replacement field; the ranges are of the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `0.a[b]`; see [`split_name`].
    pub name: Range<usize>,
    /// The character behind `!`: `r`, `s`, `a`, or an error, see [`unknown_conversion`].
    pub conversion: Option<u32>,
    /// What follows `:`, empty if nothing does.
    pub spec: Range<usize>,
    /// The specification has fields of its own.
    pub is_nested: bool,
}

/// A stretch of literal text and the field behind it, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Goes out as it is; doubled braces are single already.
    pub literal: Range<usize>,
    /// The field.
    pub field: Option<Field>,
}

/// The segments of a template; ends after an error.
#[derive(Clone, Debug)]
pub struct Segments<'t> {
    template: &'t [u8],
    at: usize,
    end: usize,
}

/// Reads the part of a template that `range` is: all of it, or a specification.
pub fn segments(template: &[u8], range: Range<usize>) -> Segments<'_> {
    Segments { template, at: range.start, end: range.end }
}

impl Iterator for Segments<'_> {
    type Item = Result<Segment, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let segment = self.segment();
        if segment.is_err() {
            self.at = self.end;
        }
        Some(segment.map_err(TextError::value))
    }
}

impl Segments<'_> {
    fn next_byte(&mut self) -> Option<u8> {
        let byte = *self.template[..self.end].get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn segment(&mut self) -> Result<Segment, &'static str> {
        let start = self.at;
        let rest = &self.template[start..self.end];
        let Some(len) = memchr::memchr2(b'{', b'}', rest) else {
            self.at = self.end;
            return Ok(Segment { literal: start..self.end, field: None });
        };
        let brace = rest[len];
        let after = rest.get(len + 1);
        self.at = start + len + 1;
        if after == Some(&brace) {
            // The literal takes one of the two braces.
            self.at += 1;
            return Ok(Segment { literal: start..start + len + 1, field: None });
        }
        if brace == b'}' {
            return Err("Single '}' encountered in format string");
        }
        if after.is_none() {
            return Err("Single '{' encountered in format string");
        }
        let field = self.field()?;
        Ok(Segment { literal: start..start + len, field: Some(field) })
    }

    /// The field behind an opening brace.
    fn field(&mut self) -> Result<Field, &'static str> {
        let start = self.at;
        let stop = loop {
            match self.next_byte() {
                Some(b'{') => return Err("unexpected '{' in field name"),
                Some(b'[') => {
                    // Anything may stand in brackets.
                    let rest = &self.template[self.at..self.end];
                    self.at += memchr::memchr(b']', rest).unwrap_or(rest.len());
                }
                Some(byte @ (b'}' | b':' | b'!')) => break byte,
                Some(_) => {}
                None => return Err("expected '}' before end of string"),
            }
        };
        let mut field = Field { name: start..self.at - 1, conversion: None, spec: self.at..self.at, is_nested: false };
        if stop == b'}' {
            return Ok(field);
        }
        if stop == b'!' {
            let (conversion, next) = utf8::decode_at(&self.template[..self.end], self.at).ok_or("end of string while looking for conversion specifier")?;
            // NUL is CPython's mark for no conversion.
            field.conversion = Some(conversion).filter(|&it| it != 0);
            self.at = next;
            match self.next_byte() {
                Some(b'}') => return Ok(field),
                Some(b':') => {}
                Some(_) => return Err("expected ':' after conversion specifier"),
                None => return Err("unmatched '{' in format spec"),
            }
        }
        let start = self.at;
        let mut depth = 1;
        while let Some(byte) = self.next_byte() {
            match byte {
                b'{' => {
                    field.is_nested = true;
                    depth += 1;
                }
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        field.spec = start..self.at - 1;
                        return Ok(field);
                    }
                }
                _ => {}
            }
        }
        Err("unmatched '{' in format spec")
    }
}

/// The error of a conversion that is not `r`, `s` or `a`.
pub fn unknown_conversion(conversion: u32) -> TextError {
    TextError::value(format!("Unknown conversion specifier {}", shown_code(conversion, 127)))
}

/// How a field name starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// Nothing: the next positional argument.
    Auto,
    /// A positional argument.
    Index(usize),
    /// A keyword argument; the range is of the template.
    Key(Range<usize>),
}

/// A step from one value to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accessor {
    /// `.name`
    Attribute(Range<usize>),
    /// `[3]`
    Index(usize),
    /// `[name]`
    Key(Range<usize>),
}

/// Takes a field name apart; `name` is its range in the template. The accessors come one by
/// one, because CPython follows each before it reads the next.
pub fn split_name(template: &[u8], name: Range<usize>) -> Result<(Head, Accessors<'_>), TextError> {
    let text = &template[name.clone()];
    let len = memchr::memchr2(b'.', b'[', text).unwrap_or(text.len());
    let first = name.start..name.start + len;
    let head = match index(&template[first.clone()])? {
        Some(index) => Head::Index(index),
        None if first.is_empty() => Head::Auto,
        None => Head::Key(first),
    };
    Ok((head, Accessors { template, at: name.start + len, end: name.end }))
}

/// The number that all of `text` is. Digits of all scripts count.
fn index(text: &[u8]) -> Result<Option<usize>, TextError> {
    let mut value = None;
    for cp in utf8::code_points(text) {
        let Some(digit) = ctype::decimal_value(cp) else {
            return Ok(None);
        };
        let next = value.unwrap_or(0i64).checked_mul(10).and_then(|value| value.checked_add(i64::from(digit)));
        value = Some(next.ok_or_else(|| TextError::value("Too many decimal digits in format string"))?);
    }
    Ok(value.map(|value| value as usize))
}

/// The accessors of a field name; stop at an error.
#[derive(Clone, Debug)]
pub struct Accessors<'t> {
    template: &'t [u8],
    at: usize,
    end: usize,
}

impl Iterator for Accessors<'_> {
    type Item = Result<Accessor, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        Some(self.accessor())
    }
}

impl Accessors<'_> {
    fn accessor(&mut self) -> Result<Accessor, TextError> {
        let kind = self.template[self.at];
        let start = self.at + 1;
        let rest = &self.template[start..self.end];
        let name = match kind {
            b'.' => {
                let len = memchr::memchr2(b'.', b'[', rest).unwrap_or(rest.len());
                self.at = start + len;
                start..start + len
            }
            b'[' => {
                let len = memchr::memchr(b']', rest).ok_or_else(|| TextError::value("Missing ']' in format string"))?;
                self.at = start + len + 1;
                start..start + len
            }
            _ => {
                return Err(TextError::value("Only '.' or '[' may follow ']' in format field specifier"));
            }
        };
        if kind == b'['
            && let Some(index) = index(&self.template[name.clone()])?
        {
            return Ok(Accessor::Index(index));
        }
        if name.is_empty() {
            return Err(TextError::value("Empty attribute in format string"));
        }
        Ok(if kind == b'.' { Accessor::Attribute(name) } else { Accessor::Key(name) })
    }
}

/// Numbers the fields of one call of `format`, those inside specifications too.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbering {
    next: usize,
    is_automatic: Option<bool>,
}

impl Numbering {
    /// The positional argument that `head` means, `None` for a keyword argument.
    pub fn position(&mut self, head: &Head) -> Result<Option<usize>, TextError> {
        let is_automatic = match head {
            Head::Auto => true,
            Head::Index(_) => false,
            Head::Key(_) => return Ok(None),
        };
        match (*self.is_automatic.get_or_insert(is_automatic), head) {
            (true, Head::Index(_)) => Err(TextError::value("cannot switch from automatic field numbering to manual field specification")),
            (false, Head::Auto) => Err(TextError::value("cannot switch from manual field specification to automatic field numbering")),
            (_, Head::Index(index)) => Ok(Some(*index)),
            _ => {
                self.next += 1;
                Ok(Some(self.next - 1))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(template: &str) -> Result<Vec<Segment>, TextError> {
        segments(template.as_bytes(), 0..template.len()).collect()
    }

    #[test]
    fn reads_segments() {
        let all = read("a{{{0.b[c]!r:>{w}}}}").expect("valid");
        assert_eq!(all[0], Segment { literal: 0..2, field: None });
        let field = all[1].field.clone().expect("a field");
        assert_eq!((field.name.clone(), field.conversion, field.is_nested), (4..10, Some(0x72), true));
        assert_eq!(&"a{{{0.b[c]!r:>{w}}}}"[field.spec], ">{w}");
        for (template, message) in [
            ("}", "Single '}' encountered in format string"),
            ("{", "Single '{' encountered in format string"),
            ("{a", "expected '}' before end of string"),
            ("{a{", "unexpected '{' in field name"),
            ("{!", "end of string while looking for conversion specifier"),
            ("{!rx}", "expected ':' after conversion specifier"),
            ("{:{}", "unmatched '{' in format spec"),
        ] {
            assert_eq!(read(template), Err(TextError::value(message)), "{template}");
        }
    }

    #[test]
    fn reads_names() {
        let template = b"0.b[c][12]";
        let (head, accessors) = split_name(template, 0..template.len()).expect("valid");
        assert_eq!(head, Head::Index(0));
        let accessors: Result<Vec<_>, _> = accessors.collect();
        let expected = vec![Accessor::Attribute(2..3), Accessor::Key(4..5), Accessor::Index(12)];
        assert_eq!(accessors, Ok(expected));
        let mut numbering = Numbering::default();
        assert_eq!(numbering.position(&Head::Auto), Ok(Some(0)));
        assert_eq!(numbering.position(&Head::Key(0..1)), Ok(None));
        assert!(numbering.position(&Head::Index(0)).is_err());
    }
}
