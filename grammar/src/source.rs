//! Source texts: from bytes to text, and from byte offsets to lines and columns.

use crate::ast::Span;
use crate::diagnostic::{Diagnostic, ErrorKind};
use std::borrow::Cow;

/// The number of line ends (LF, CR or CRLF) in `text`.
pub(crate) fn count_lines(text: &[u8]) -> usize {
    memchr::memchr2_iter(b'\n', b'\r', text).filter(|&at| !(text[at] == b'\n' && at > 0 && text[at - 1] == b'\r')).count()
}

/// The offset each line begins at.
pub(crate) fn line_starts(text: &[u8]) -> Vec<u32> {
    let mut lines = vec![0];
    for at in memchr::memchr2_iter(b'\n', b'\r', text) {
        if text[at] == b'\r' && text.get(at + 1) == Some(&b'\n') {
            continue;
        }
        lines.push(at as u32 + 1);
    }
    lines
}

/// A source text with an index of its lines.
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    /// The offset each line begins at.
    lines: Vec<u32>,
}

/// A place as people and tracebacks count: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl Source {
    /// Indexes the lines of `text`.
    ///
    /// ```
    /// # use gscript_grammar::source::Source;
    /// let source = Source::new("a = 1\nß = a +\n".to_string());
    /// let place = source.place(12);
    /// assert_eq!((place.line, place.column), (2, 6));
    /// assert_eq!(source.line_text(2), "ß = a +");
    /// ```
    pub fn new(text: String) -> Source {
        let lines = line_starts(text.as_bytes());
        Source { text, lines }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> u32 {
        self.lines.len() as u32
    }

    /// The line (from 1) that the byte at `offset` belongs to; offsets behind the end count as the end.
    pub fn line(&self, offset: u32) -> u32 {
        self.lines.partition_point(|&start| start <= offset) as u32
    }

    /// Line and column of a byte offset, both from 1; the column counts characters.
    pub fn place(&self, offset: u32) -> Place {
        let offset = offset.min(self.text.len() as u32);
        let line = self.line(offset);
        let start = self.lines[line as usize - 1] as usize;
        let mut end = offset as usize;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        Place { line, column: self.text[start..end].chars().count() as u32 + 1 }
    }

    /// The text of a line (from 1) without its line end; empty when there is no such line.
    pub fn line_text(&self, line: u32) -> &str {
        let Some(&start) = line.checked_sub(1).and_then(|index| self.lines.get(index as usize)) else {
            return "";
        };
        let end = self.lines.get(line as usize).map_or(self.text.len(), |&end| end as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }

    /// The byte offset a line (from 1) begins at.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.lines.get(line.checked_sub(1)? as usize).copied()
    }

    /// The part of the text that a span covers, clamped to it.
    pub fn slice(&self, span: Span) -> &str {
        let end = (span.end as usize).min(self.text.len());
        self.text.get(span.start as usize..end).unwrap_or("")
    }
}

/// The text of a source file: UTF-8, with or without a byte order mark and a coding line.
///
/// # Errors
/// Null bytes, bytes that are not UTF-8, and coding lines for another encoding.
pub fn decode_source(bytes: &[u8]) -> Result<Cow<'_, str>, Diagnostic> {
    let has_mark = bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    let bytes = if has_mark { &bytes[3..] } else { bytes };
    if let Some(at) = memchr::memchr(0, bytes) {
        let span = Span { start: at as u32, end: at as u32 + 1 };
        return Err(Diagnostic::syntax(span, "source code cannot contain null bytes"));
    }
    if let Some((name, span)) = coding_line(bytes) {
        let normal = name.to_ascii_lowercase().replace('_', "-");
        let is_utf8 = normal == "utf8" || normal == "utf-8" || normal.starts_with("utf-8-");
        // Behind a byte order mark CPython knows this spelling alone.
        if has_mark && !normal.starts_with("utf-8") {
            return Err(Diagnostic::syntax(span, format!("encoding problem: {name} with BOM")));
        }
        // ASCII is a part of UTF-8, and what such a file may hold is checked below all the same.
        if !is_utf8 && !matches!(normal.as_str(), "ascii" | "us-ascii" | "u8") {
            let mut diagnostic = Diagnostic::syntax(span, format!("unknown encoding: {name}"));
            diagnostic.hint = Some("gscript reads UTF-8 only: convert the file and drop this line".into());
            return Err(diagnostic);
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => {
            let at = error.valid_up_to();
            let line = count_lines(&bytes[..at]) + 1;
            let message = format!(
                "Non-UTF-8 code starting with '\\x{:02x}' on line {line}, but no encoding declared; \
                 see https://peps.python.org/pep-0263/ for details",
                bytes[at]
            );
            let span = Span { start: at as u32, end: at as u32 + 1 };
            let mut diagnostic = Diagnostic::new(ErrorKind::Syntax, span, message);
            diagnostic.hint = Some("gscript reads UTF-8 only: convert the file".into());
            Err(diagnostic)
        }
    }
}

/// The encoding that a comment in the first two lines names; the second counts only if the first holds
/// nothing but blanks or a comment.
fn coding_line(bytes: &[u8]) -> Option<(&str, Span)> {
    let mut start = 0;
    for _ in 0..2 {
        let rest = &bytes[start..];
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = &rest[..length];
        let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | 0x0C)).count();
        match line.get(blanks) {
            None => {}
            Some(b'#') => {
                if let Some((from, to)) = coding_name(line) {
                    let name = std::str::from_utf8(&line[from..to]).ok()?;
                    return Some((name, Span { start: (start + from) as u32, end: (start + to) as u32 }));
                }
            }
            Some(_) => return None,
        }
        start += length;
        start += match bytes[start..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => return None,
        };
    }
    None
}

/// Where the name stands in `coding: name` or `coding=name`.
fn coding_name(line: &[u8]) -> Option<(usize, usize)> {
    let word = b"coding";
    for at in 0..line.len().saturating_sub(word.len()) {
        if &line[at..at + word.len()] != word || !matches!(line[at + word.len()], b':' | b'=') {
            continue;
        }
        let mut from = at + word.len() + 1;
        while matches!(line.get(from), Some(b' ' | b'\t')) {
            from += 1;
        }
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let length = line[from..].iter().take_while(is_name).count();
        if length > 0 {
            return Some((from, from + length));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let source = Source::new("a\r\nbß\rc\n".to_string());
        assert_eq!(source.line_count(), 4);
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        assert_eq!(source.place(3), Place { line: 2, column: 1 });
        assert_eq!(source.place(6), Place { line: 2, column: 3 });
        assert_eq!(source.place(7), Place { line: 3, column: 1 });
        assert_eq!(source.place(99), Place { line: 4, column: 1 });
        assert_eq!(source.line_text(2), "bß");
        assert_eq!(source.line_text(9), "");
    }

    #[test]
    fn encodings() {
        assert_eq!(decode_source(b"\xEF\xBB\xBFx").unwrap(), "x");
        assert_eq!(decode_source(b"#!/x\n# -*- coding: UTF-8 -*-\n").unwrap().len(), 29);
        assert!(decode_source(b"x\n# coding: latin-1\n").is_ok());
        let error = decode_source(b"\n# vim: set fileencoding=latin-1 :\n").unwrap_err();
        assert_eq!(error.message, "unknown encoding: latin-1");
        let error = decode_source(b"x = 1\ny = '\xE9'\n").unwrap_err();
        assert!(error.message.starts_with("Non-UTF-8 code starting with '\\xe9' on line 2"));
        assert_eq!(decode_source(b"a\0b").unwrap_err().span.start, 1);
    }
}
