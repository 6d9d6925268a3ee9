//! f-strings: literal text, fields, conversions, format specs (Python reference, "Formatted string literals").
//!
//! Python 3.11 first finds the end of the literal as for any string, then looks for the fields in it; what
//! it accepts and what it says otherwise is reproduced by [`Classic`], which only marks where the parts are.
//! Python 3.12 reads the fields with the tokenizer, so they may hold the literal's own quotes, backslashes,
//! comments and lines. What 3.11 refuses is tried that way ([`Scanner::modern_fstring`]), and only if this
//! fails too is 3.11's error reported.

use super::string::Extent;
use super::{Bracket, Failure, MAX_BRACKETS, ModernFString, Scan, Scanner};
use crate::ast::Span;
use crate::diagnostic::Diagnostic;
use crate::token;

/// Deepest nesting of f-strings in fields of f-strings, as in Python 3.12.
const MAX_NESTING: u32 = 150;

/// A part of an f-string, as positions in the text.
enum Piece {
    Literal(usize, usize),
    Field(Field),
}

struct Field {
    open: usize,
    /// Behind the expression: `=`, `!`, `:` or `}` follows.
    end: usize,
    /// The `=` of `{x=}`, with the blanks behind it.
    equal: Option<(usize, usize)>,
    conversion: Option<(usize, usize)>,
    spec: Option<(usize, Vec<Piece>)>,
    close: usize,
}

impl Scanner<'_> {
    pub(super) fn fstring(&mut self, start: usize, body: usize, quote: u8, quotes: usize, is_raw: bool, extent: Option<Extent>) -> Scan<()> {
        if self.fstring_depth >= MAX_NESTING {
            return Err(self.raised(start, body, "too many nested f-strings"));
        }
        self.fstring_depth += 1;
        let result = self.fstring_parts(start, body, quote, quotes, is_raw, extent);
        self.fstring_depth -= 1;
        result
    }

    fn fstring_parts(&mut self, start: usize, body: usize, quote: u8, quotes: usize, is_raw: bool, extent: Option<Extent>) -> Scan<()> {
        let first = self.kinds.len();
        let classic_error = match extent {
            Some(extent) => {
                let mut classic = Classic { src: self.src, end: extent.body_end, is_raw, whole: extent, error: None };
                let mut at = extent.body;
                match classic.pieces(&mut at, 0) {
                    Ok(pieces) => match self.classic_tokens(&extent, &pieces) {
                        Ok(()) => return Ok(()),
                        // An error of a token in a field, such as a bad number.
                        Err(failure) => {
                            self.truncate(first);
                            return self.broken_fstring(extent, failure.diagnostic);
                        }
                    },
                    Err(()) => classic.error.take().map(|diagnostic| Failure { diagnostic, is_raised: true }),
                }
            }
            None => Some(self.unterminated(start, body - quotes, quote, quotes)),
        }
        .expect("the scan that failed says why");
        let brackets = self.brackets.len();
        let counts = (self.content_errors.len(), self.modern.len());
        self.pos = body;
        self.modern_depth += 1;
        let result = self.modern_fstring(start, body, quote, quotes, is_raw);
        self.modern_depth -= 1;
        match result {
            Ok(()) => {
                let last = self.kinds.len() as u32;
                let classic_error = classic_error.diagnostic;
                self.modern.push(ModernFString { first: first as u32, last, classic_error });
                Ok(())
            }
            Err(failure) => {
                self.truncate(first);
                self.brackets.truncate(brackets);
                self.content_errors.truncate(counts.0);
                self.modern.truncate(counts.1);
                // One attempt for the whole nest, or the time would double with each level.
                if self.modern_depth > 0 {
                    return Err(failure);
                }
                let is_unfinished = failure.diagnostic.is_incomplete;
                match extent {
                    Some(extent) => self.broken_fstring(extent, classic_error.diagnostic),
                    None => {
                        let mut failure = self.unterminated(start, body - quotes, quote, quotes);
                        failure.diagnostic.is_incomplete |= is_unfinished && quotes == 3;
                        Err(failure)
                    }
                }
            }
        }
    }

    fn truncate(&mut self, length: usize) {
        self.kinds.truncate(length);
        self.spans.truncate(length);
    }

    /// Stands in for an f-string whose text is wrong: the error counts when the grammar gets there.
    fn broken_fstring(&mut self, extent: Extent, diagnostic: Diagnostic) -> Scan<()> {
        self.content_errors.push((self.kinds.len() as u32, diagnostic));
        self.push(token::STRING, extent.start, extent.end);
        self.pos = extent.end;
        Ok(())
    }

    fn classic_tokens(&mut self, extent: &Extent, pieces: &[Piece]) -> Scan<()> {
        self.push(token::FSTRING_START, extent.start, extent.body);
        self.piece_tokens(pieces)?;
        self.push(token::FSTRING_END, extent.body_end, extent.end);
        self.pos = extent.end;
        Ok(())
    }

    fn piece_tokens(&mut self, pieces: &[Piece]) -> Scan<()> {
        for piece in pieces {
            match piece {
                Piece::Literal(start, end) => self.push(token::FSTRING_MIDDLE, *start, *end),
                Piece::Field(field) => self.field_tokens(field)?,
            }
        }
        Ok(())
    }

    fn field_tokens(&mut self, field: &Field) -> Scan<()> {
        self.push(token::FIELD_START, field.open, field.open + 1);
        self.pos = field.open + 1;
        let limit = std::mem::replace(&mut self.limit, field.end);
        let brackets = self.brackets.len();
        self.brackets.push(Bracket { byte: b'{', position: field.open as u32, is_field: true });
        let mut result = Ok(());
        while result.is_ok() && self.pos < field.end {
            result = self.token();
        }
        if result.is_ok() && self.brackets.len() > brackets + 1 {
            result = Err(self.at_end(field.end));
        }
        self.brackets.truncate(brackets);
        self.limit = limit;
        result?;
        if let Some((start, end)) = field.equal {
            self.push(token::FIELD_EQUAL, start, end);
        }
        if let Some((start, end)) = field.conversion {
            self.push(token::CONVERSION, start, end);
        }
        if let Some((colon, pieces)) = &field.spec {
            self.push(token::SPEC_START, *colon, colon + 1);
            self.piece_tokens(pieces)?;
        }
        self.push(token::FIELD_END, field.close, field.close + 1);
        Ok(())
    }

    /// Reads an f-string as Python 3.12 does; `self.pos` is at `body`.
    fn modern_fstring(&mut self, start: usize, body: usize, quote: u8, quotes: usize, is_raw: bool) -> Scan<()> {
        self.push(token::FSTRING_START, start, body);
        self.modern_parts(quote, quotes, is_raw, false)?;
        let end = self.pos + quotes;
        self.push(token::FSTRING_END, self.pos, end);
        self.pos = end;
        Ok(())
    }

    fn is_closing(&self, at: usize, quote: u8, quotes: usize) -> bool {
        (0..quotes).all(|offset| self.at(at + offset) == quote)
    }

    /// Literal text and fields, up to the closing quotes or, in a format spec, the `}`.
    fn modern_parts(&mut self, quote: u8, quotes: usize, is_raw: bool, in_spec: bool) -> Scan<()> {
        let mut literal = self.pos;
        loop {
            let at = self.pos;
            let byte = self.at(at);
            let ends = self.is_closing(at, quote, quotes) || (in_spec && byte == b'}');
            let is_brace = byte == b'{' || byte == b'}';
            if ends || is_brace {
                let is_doubled = !ends && !in_spec && self.at(at + 1) == byte;
                let end = at + usize::from(is_doubled);
                if end > literal {
                    self.push(token::FSTRING_MIDDLE, literal, end);
                }
                if ends {
                    return Ok(());
                }
                if is_doubled {
                    self.pos = at + 2;
                } else if byte == b'{' {
                    self.modern_field(quote, quotes, is_raw)?;
                } else {
                    return Err(self.raised(at, at + 1, "f-string: single '}' is not allowed"));
                }
                literal = self.pos;
                continue;
            }
            if at >= self.limit || (quotes == 1 && self.newline_at(at) > 0) {
                let mut failure = self.raised(at, at, "unterminated f-string");
                failure.diagnostic.is_incomplete = at >= self.limit;
                return Err(failure);
            }
            self.pos += match byte {
                b'\\' if is_raw => 1 + usize::from(self.at(at + 1) == quote || self.at(at + 1) == b'\\'),
                b'\\' if self.at(at + 1) == b'N' && self.at(at + 2) == b'{' => {
                    let name = &self.src[at..self.limit];
                    memchr::memchr(b'}', name).map_or(3, |close| close + 1)
                }
                b'\\' if matches!(self.at(at + 1), b'{' | b'}') => 1,
                b'\\' => 1 + self.newline_at(at + 1).max(1),
                _ => 1,
            };
        }
    }

    fn modern_field(&mut self, quote: u8, quotes: usize, is_raw: bool) -> Scan<()> {
        let open = self.pos;
        if self.brackets.len() >= MAX_BRACKETS {
            return Err(self.raised(open, open + 1, "too many nested parentheses"));
        }
        self.push(token::FIELD_START, open, open + 1);
        self.pos += 1;
        let depth = self.brackets.len();
        self.brackets.push(Bracket { byte: b'{', position: open as u32, is_field: true });
        while !self.ends_field(depth) {
            if self.pos >= self.limit {
                return Err(self.at_end(open));
            }
            self.token()?;
        }
        if self.at(self.pos) == b'=' {
            let start = self.pos;
            self.pos += 1;
            while self.at(self.pos).is_ascii_whitespace() {
                self.pos += 1;
            }
            self.push(token::FIELD_EQUAL, start, self.pos);
        }
        if self.at(self.pos) == b'!' {
            let start = self.pos;
            self.pos += 1;
            if !matches!(self.at(self.pos), b's' | b'r' | b'a') {
                return Err(self.raised(start, self.pos, "f-string: invalid conversion character"));
            }
            self.pos += 1;
            self.push(token::CONVERSION, start, self.pos);
            while self.at(self.pos).is_ascii_whitespace() {
                self.pos += 1;
            }
        }
        if self.at(self.pos) == b':' {
            self.push(token::SPEC_START, self.pos, self.pos + 1);
            self.pos += 1;
            self.modern_parts(quote, quotes, is_raw, true)?;
        }
        if self.at(self.pos) != b'}' {
            return Err(self.raised(open, self.pos, "f-string: expecting '}'"));
        }
        self.brackets.pop();
        self.push(token::FIELD_END, self.pos, self.pos + 1);
        self.pos += 1;
        Ok(())
    }

    /// The expression of the field at bracket depth `depth` ends here.
    fn ends_field(&self, depth: usize) -> bool {
        if self.brackets.len() != depth + 1 {
            return false;
        }
        match self.at(self.pos) {
            b'}' | b':' => true,
            b'=' | b'!' => self.at(self.pos + 1) != b'=',
            _ => false,
        }
    }
}

/// Finds the parts as Python 3.11 does, character by character.
struct Classic<'a> {
    src: &'a [u8],
    end: usize,
    is_raw: bool,
    whole: Extent,
    error: Option<Diagnostic>,
}

impl Classic<'_> {
    #[cold]
    fn fail<T>(&mut self, at: usize, message: &str) -> Result<T, ()> {
        let span = Span { start: self.whole.start as u32, end: self.whole.end as u32 };
        let mut diagnostic = Diagnostic::syntax(span, message);
        if at < self.end {
            let place = Span { start: at as u32, end: super::char_end(self.src, at) as u32 };
            diagnostic.related = Some((place, "noticed here".into()));
        }
        self.error = Some(diagnostic);
        Err(())
    }

    /// Literal text and fields; in a format spec (`level` above 0) up to its `}`.
    fn pieces(&mut self, at: &mut usize, level: u32) -> Result<Vec<Piece>, ()> {
        let mut pieces = Vec::new();
        loop {
            let start = *at;
            let (end, next) = self.literal(start, level)?;
            if end > start {
                pieces.push(Piece::Literal(start, end));
            }
            *at = next;
            if next > end {
                // A doubled brace: the literal goes on behind it.
                continue;
            }
            if *at >= self.end || self.src[*at] == b'}' {
                return Ok(pieces);
            }
            pieces.push(Piece::Field(self.field(at, level)?));
        }
    }

    /// The end of the literal text at `start`, and where to go on: behind the second of two braces, or
    /// at a brace.
    fn literal(&mut self, start: usize, level: u32) -> Result<(usize, usize), ()> {
        let mut at = start;
        while at < self.end {
            let mut byte = self.src[at];
            at += 1;
            if !self.is_raw && byte == b'\\' && at < self.end {
                byte = self.src[at];
                at += 1;
                if byte == b'N' {
                    if at < self.end && self.src[at] == b'{' {
                        let rest = &self.src[at..self.end];
                        at += memchr::memchr(b'}', rest).map_or(rest.len(), |close| close + 1);
                    }
                    continue;
                }
            }
            if byte == b'{' || byte == b'}' {
                if level == 0 {
                    if at < self.end && self.src[at] == byte {
                        return Ok((at, at + 1));
                    }
                    if byte == b'}' {
                        return self.fail(at - 1, "f-string: single '}' is not allowed");
                    }
                }
                return Ok((at - 1, at - 1));
            }
        }
        Ok((at, at))
    }

    fn field(&mut self, at: &mut usize, level: u32) -> Result<Field, ()> {
        if level >= 2 {
            return self.fail(*at, "f-string: expressions nested too deeply");
        }
        let open = *at;
        let end = self.expression_end(open + 1)?;
        *at = end;
        if end >= self.end {
            return self.fail(open, "f-string: expecting '}'");
        }
        if self.src[open + 1..end].iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | 0x0C | b'\r')) {
            let message = match self.src[end] {
                b'}' => "f-string: empty expression not allowed".to_string(),
                byte => format!("f-string: expression required before '{}'", byte as char),
            };
            return self.fail(open, &message);
        }
        let mut field = Field { open, end, equal: None, conversion: None, spec: None, close: end };
        if self.src[*at] == b'=' {
            *at += 1;
            while *at < self.end && (self.src[*at].is_ascii_whitespace() || self.src[*at] == 0x0B) {
                *at += 1;
            }
            field.equal = Some((end, *at));
        }
        if *at < self.end && self.src[*at] == b'!' {
            let start = *at;
            *at += 1;
            if *at >= self.end {
                return self.fail(open, "f-string: expecting '}'");
            }
            if !matches!(self.src[*at], b's' | b'r' | b'a') {
                let message = "f-string: invalid conversion character: expected 's', 'r', or 'a'";
                return self.fail(*at, message);
            }
            *at += 1;
            field.conversion = Some((start, *at));
        }
        if *at < self.end && self.src[*at] == b':' {
            let colon = *at;
            *at += 1;
            if *at >= self.end {
                return self.fail(open, "f-string: expecting '}'");
            }
            field.spec = Some((colon, self.pieces(at, level + 1)?));
        }
        if *at >= self.end || self.src[*at] != b'}' {
            return self.fail(open, "f-string: expecting '}'");
        }
        field.close = *at;
        *at += 1;
        Ok(field)
    }

    /// Where the expression that begins at `start` ends: at a `}`, `:`, `!` or `=` outside brackets and
    /// strings, or at the end of the literal.
    fn expression_end(&mut self, start: usize) -> Result<usize, ()> {
        let mut stack: Vec<u8> = Vec::new();
        // The quote we are inside of, and whether it is tripled.
        let mut inside: Option<(u8, bool)> = None;
        let mut at = start;
        while at < self.end {
            let byte = self.src[at];
            let tripled = |at: usize| at + 2 < self.end && self.src[at + 1] == byte && self.src[at + 2] == byte;
            if byte == b'\\' {
                return self.fail(at, "f-string expression part cannot include a backslash");
            }
            if let Some((quote, is_triple)) = inside {
                if byte == quote && (!is_triple || tripled(at)) {
                    at += if is_triple { 2 } else { 0 };
                    inside = None;
                }
                at += 1;
                continue;
            }
            match byte {
                b'\'' | b'"' => {
                    let is_triple = tripled(at);
                    at += if is_triple { 2 } else { 0 };
                    inside = Some((byte, is_triple));
                }
                b'[' | b'{' | b'(' => {
                    if stack.len() >= MAX_BRACKETS {
                        return self.fail(at, "f-string: too many nested parenthesis");
                    }
                    stack.push(byte);
                }
                b'#' => return self.fail(at, "f-string expression part cannot include '#'"),
                b'!' | b':' | b'}' | b'=' | b'<' | b'>' if stack.is_empty() => {
                    let is_pair = at + 1 < self.end && self.src[at + 1] == b'=' && matches!(byte, b'!' | b'=' | b'<' | b'>');
                    if is_pair {
                        at += 1;
                    } else if !matches!(byte, b'<' | b'>') {
                        return Ok(at);
                    }
                }
                b']' | b'}' | b')' => {
                    let Some(opening) = stack.pop() else {
                        return self.fail(at, &format!("f-string: unmatched '{}'", byte as char));
                    };
                    if !matches!((opening, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                        let message = format!("f-string: closing parenthesis '{}' does not match opening parenthesis '{}'", byte as char, opening as char);
                        return self.fail(at, &message);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if inside.is_some() {
            return self.fail(start, "f-string: unterminated string");
        }
        if let Some(&opening) = stack.last() {
            return self.fail(start, &format!("f-string: unmatched '{}'", opening as char));
        }
        Ok(at)
    }
}
