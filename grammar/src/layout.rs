//! The layout pass: source text to one character per token kind, with a table of spans beside it.
//!
//! It decides what needs context and what a context-free grammar has no word for: indentation, joined lines,
//! brackets, where strings and f-string fields end, soft keywords. `gscript.pest` then describes the whole
//! language over the characters of [`crate::token`]; a pest position *is* a token index.
//! Lines, columns and errors are those of CPython's tokenizer (Python reference, "Lexical analysis").
//! It never gives up: after an error it goes on at a line where a statement seems to begin, so that more
//! than one error of a file can be reported.

mod fstring;
mod name;
mod number;
mod string;

use crate::ast::Span;
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::source;
use crate::token::{self, Kind};

/// CPython's limit on open brackets.
const MAX_BRACKETS: usize = 200;
/// CPython's limit on indentation levels, the outermost included.
const MAX_INDENTS: usize = 100;
/// After so many errors the rest of the text is not looked at.
const MAX_ERRORS: usize = 20;

/// Tokens of a text.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// One ASCII character a token; also what the grammar is run on.
    pub kinds: String,
    /// Where each token stands.
    pub spans: Vec<Span>,
    /// The token each top-level statement begins with. A statement ends where the next one begins.
    pub chunks: Vec<u32>,
    /// Errors of the tokens themselves, in order.
    pub errors: Vec<LayoutError>,
    /// Errors inside string tokens: they count when the grammar gets there. Sorted by token.
    pub content_errors: Vec<(u32, Diagnostic)>,
    /// f-strings that only Python 3.12 can read, with what 3.11 says of them: the better message if
    /// the grammar fails in there.
    pub modern: Vec<ModernFString>,
}

/// An f-string in the style of Python 3.12 (its own quotes, backslashes or comments in a field).
#[derive(Debug)]
pub(crate) struct ModernFString {
    pub first: u32,
    pub last: u32,
    pub classic_error: Diagnostic,
}

/// An error of the token sequence.
#[derive(Debug)]
pub(crate) struct LayoutError {
    pub diagnostic: Diagnostic,
    /// Tokens before this one were fine.
    pub token: u32,
    /// CPython's tokenizer raises it by itself: it then replaces grammar errors of earlier lines too.
    pub is_raised: bool,
    /// The brackets open at that point: where, and which.
    pub open: Vec<(u32, u8)>,
}

/// An error on its way up to the place that records it.
struct Failure {
    diagnostic: Diagnostic,
    is_raised: bool,
}

type Scan<T> = Result<T, Failure>;

struct Indent {
    /// Columns with tabs to multiples of 8, and with tabs as one column: both must agree on the order.
    column: u32,
    plain_column: u32,
    /// The block of a `match`: a line in it that begins with `case` is a case.
    is_match: bool,
}

struct Bracket {
    byte: u8,
    position: u32,
    /// The `{` of an f-string field.
    is_field: bool,
}

/// Reads `text` to its end.
pub(crate) fn scan(text: &str) -> Layout {
    let mut scanner = Scanner::new(text);
    scanner.run();
    Layout {
        kinds: String::from_utf8(scanner.kinds).expect("token kinds are ASCII"),
        spans: scanner.spans,
        chunks: scanner.chunks,
        errors: scanner.errors,
        content_errors: scanner.content_errors,
        modern: scanner.modern,
    }
}

struct Scanner<'a> {
    text: &'a str,
    src: &'a [u8],
    pos: usize,
    /// Reading stops here: the end of the text, or of an f-string field.
    limit: usize,
    kinds: Vec<Kind>,
    spans: Vec<Span>,
    chunks: Vec<u32>,
    indents: Vec<Indent>,
    brackets: Vec<Bracket>,
    /// The first token of the current logical line.
    line_start: usize,
    /// The previous logical line was a `match` header / a decorator at the outermost level.
    after_match: bool,
    after_decorator: bool,
    fstring_depth: u32,
    /// How many f-strings around this place are being read as Python 3.12 does.
    modern_depth: u32,
    errors: Vec<LayoutError>,
    content_errors: Vec<(u32, Diagnostic)>,
    modern: Vec<ModernFString>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Scanner<'a> {
        let src = text.as_bytes();
        Scanner {
            text,
            src,
            pos: 0,
            limit: src.len(),
            kinds: Vec::with_capacity(src.len() / 4 + 16),
            spans: Vec::with_capacity(src.len() / 4 + 16),
            chunks: vec![0],
            indents: vec![Indent { column: 0, plain_column: 0, is_match: false }],
            brackets: Vec::new(),
            line_start: 0,
            after_match: false,
            after_decorator: false,
            fstring_depth: 0,
            modern_depth: 0,
            errors: Vec::new(),
            content_errors: Vec::new(),
            modern: Vec::new(),
        }
    }

    fn run(&mut self) {
        while self.pos < self.limit {
            let result = self.start_line().and_then(|is_statement| if is_statement { self.line() } else { Ok(()) });
            if let Err(failure) = result {
                self.fail(failure);
            }
        }
        let end = self.limit;
        if self.kinds.len() > self.line_start {
            self.end_line(end, end);
        }
        while self.indents.len() > 1 {
            self.indents.pop();
            self.push(token::DEDENT, end, end);
        }
    }

    /// The byte at `index`, 0 behind the end (a text has no null bytes).
    #[inline]
    fn at(&self, index: usize) -> u8 {
        if index < self.limit { self.src[index] } else { 0 }
    }

    #[inline]
    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        self.kinds.push(kind);
        self.spans.push(Span { start: start as u32, end: end as u32 });
    }

    fn line_number(&self, position: usize) -> usize {
        source::count_lines(&self.src[..position.min(self.src.len())]) + 1
    }

    /// The length of the line end at `index`: 0, 1, or 2 for CRLF.
    #[inline]
    fn newline_at(&self, index: usize) -> usize {
        match self.at(index) {
            b'\n' => 1,
            b'\r' => 1 + usize::from(self.at(index + 1) == b'\n'),
            _ => 0,
        }
    }

    /// Skips to the end of a comment.
    fn skip_comment(&mut self) {
        let rest = &self.src[self.pos..self.limit];
        self.pos += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    }

    /// Behind a backslash that continues a line; `self.pos` is at the backslash.
    fn continue_line(&mut self) -> Scan<()> {
        let newline = self.newline_at(self.pos + 1);
        if newline == 0 && self.pos + 1 < self.limit {
            let at = self.pos + 1;
            return Err(self.quiet(at, char_end(self.src, at), "unexpected character after line continuation character"));
        }
        if self.pos + 1 + newline >= self.limit {
            return Err(self.at_end(self.pos));
        }
        self.pos += 1 + newline;
        Ok(())
    }

    /// Reads the indentation of a line; false when the line is blank or only a comment.
    fn start_line(&mut self) -> Scan<bool> {
        let (mut column, mut plain_column) = (0u32, 0u32);
        // A backslash in the indentation: the columns before the first one count.
        let mut continued: Option<u32> = None;
        loop {
            match self.at(self.pos) {
                b' ' => {
                    column += 1;
                    plain_column += 1;
                }
                b'\t' => {
                    column = (column / 8 + 1) * 8;
                    plain_column += 1;
                }
                0x0C => {
                    column = 0;
                    plain_column = 0;
                }
                b'\\' => {
                    if continued.unwrap_or(0) == 0 {
                        continued = Some(column);
                    }
                    self.continue_line()?;
                    continue;
                }
                b'#' => {
                    self.skip_comment();
                    self.pos += self.newline_at(self.pos);
                    return Ok(false);
                }
                b'\n' | b'\r' => {
                    self.pos += self.newline_at(self.pos);
                    return Ok(false);
                }
                _ => break,
            }
            self.pos += 1;
        }
        if self.pos >= self.limit {
            return Ok(false);
        }
        if let Some(columns) = continued.filter(|&columns| columns > 0) {
            column = columns;
            plain_column = columns;
        }
        self.indent(column, plain_column)?;
        self.line_start = self.kinds.len();
        Ok(true)
    }

    /// Emits INDENT and DEDENT for a line that begins at these columns.
    fn indent(&mut self, column: u32, plain_column: u32) -> Scan<()> {
        let is_match = std::mem::take(&mut self.after_match);
        let at = self.pos;
        let top = self.indents.last().expect("the outermost level stays");
        if column == top.column {
            if plain_column != top.plain_column {
                return Err(self.tabs(at));
            }
            return Ok(());
        }
        if column > top.column {
            if self.indents.len() >= MAX_INDENTS {
                return Err(self.indentation(at, "too many levels of indentation"));
            }
            if plain_column <= top.plain_column {
                return Err(self.tabs(at));
            }
            self.indents.push(Indent { column, plain_column, is_match });
            self.push(token::INDENT, at, at);
            return Ok(());
        }
        let kept = self.indents.iter().rposition(|indent| indent.column <= column).unwrap_or(0);
        // CPython finds a wrong indentation before it hands out the tokens for it.
        if self.indents[kept].column != column {
            return Err(self.indentation(at, "unindent does not match any outer indentation level"));
        }
        if self.indents[kept].plain_column != plain_column {
            return Err(self.tabs(at));
        }
        while self.indents.len() > kept + 1 {
            self.indents.pop();
            self.push(token::DEDENT, at, at);
        }
        Ok(())
    }

    /// Reads the tokens of a logical line, its end included.
    fn line(&mut self) -> Scan<()> {
        loop {
            let start = self.pos;
            let newline = self.newline_at(start);
            if newline > 0 && self.brackets.is_empty() {
                self.pos += newline;
                self.end_line(start, start + newline);
                return Ok(());
            }
            if start >= self.limit {
                if !self.brackets.is_empty() {
                    return Err(self.at_end(start));
                }
                return Ok(());
            }
            self.token()?;
        }
    }

    /// Reads one token, or skips one blank, line end in brackets or comment.
    #[inline]
    fn token(&mut self) -> Scan<()> {
        let start = self.pos;
        let byte = self.src[start];
        match byte {
            b' ' | b'\t' | 0x0C | b'\n' | b'\r' => self.pos += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => return self.word(),
            b'0'..=b'9' => return self.number(),
            b'\'' | b'"' => return self.string(start),
            b'#' => self.skip_comment(),
            b'\\' => return self.continue_line(),
            b'(' | b'[' | b'{' => {
                if self.brackets.len() >= MAX_BRACKETS {
                    return Err(self.raised(start, start + 1, "too many nested parentheses"));
                }
                let kind = match byte {
                    b'(' => token::LPAR,
                    b'[' => token::LBRACKET,
                    _ => token::LBRACE,
                };
                self.brackets.push(Bracket { byte, position: start as u32, is_field: false });
                self.operator(kind, 1);
            }
            b')' | b']' | b'}' => return self.close(byte),
            b'.' if self.at(start + 1).is_ascii_digit() => return self.number(),
            128.. => return self.word(),
            0..=31 | 127 => {
                let message = format!("invalid non-printable character U+{byte:04X}");
                return Err(self.raised(start, start + 1, &message));
            }
            _ => self.punctuation(byte),
        }
        Ok(())
    }

    #[inline]
    fn operator(&mut self, kind: Kind, length: usize) {
        let start = self.pos;
        self.pos += length;
        self.push(kind, start, start + length);
    }

    /// Operators and delimiters, the longest first.
    fn punctuation(&mut self, byte: u8) {
        let second = self.at(self.pos + 1);
        let third = self.at(self.pos + 2);
        // An operator that may be followed by `=`.
        let with_equal = |plain: Kind, equal: Kind| {
            if second == b'=' { (equal, 2) } else { (plain, 1) }
        };
        // An operator that may be doubled, and then followed by `=`.
        let doubled = |plain: (Kind, usize), double: Kind, double_equal: Kind| {
            if second != byte {
                plain
            } else if third == b'=' {
                (double_equal, 3)
            } else {
                (double, 2)
            }
        };
        let (kind, length) = match byte {
            b',' => (token::COMMA, 1),
            b'.' if second == b'.' && third == b'.' => (token::ELLIPSIS, 3),
            b'.' => (token::DOT, 1),
            b':' => with_equal(token::COLON, token::COLON_EQUAL),
            b'=' => with_equal(token::EQUAL, token::EQUAL_EQUAL),
            b'-' if second == b'>' => (token::ARROW, 2),
            b'-' => with_equal(token::MINUS, token::MINUS_EQUAL),
            b'+' => with_equal(token::PLUS, token::PLUS_EQUAL),
            b'*' => doubled(with_equal(token::STAR, token::STAR_EQUAL), token::DOUBLE_STAR, token::DOUBLE_STAR_EQUAL),
            b'/' => doubled(with_equal(token::SLASH, token::SLASH_EQUAL), token::DOUBLE_SLASH, token::DOUBLE_SLASH_EQUAL),
            b'<' => doubled(with_equal(token::LESS, token::LESS_EQUAL), token::LEFT_SHIFT, token::LEFT_SHIFT_EQUAL),
            b'>' => doubled(with_equal(token::GREATER, token::GREATER_EQUAL), token::RIGHT_SHIFT, token::RIGHT_SHIFT_EQUAL),
            b'!' if second == b'=' => (token::NOT_EQUAL, 2),
            b'%' => with_equal(token::PERCENT, token::PERCENT_EQUAL),
            b'&' => with_equal(token::AMPERSAND, token::AMPERSAND_EQUAL),
            b'|' => with_equal(token::VBAR, token::VBAR_EQUAL),
            b'^' => with_equal(token::CARET, token::CARET_EQUAL),
            b'@' if self.kinds.len() == self.line_start && second != b'=' => (token::DECORATOR, 1),
            b'@' => with_equal(token::AT, token::AT_EQUAL),
            b'~' => (token::TILDE, 1),
            b';' => (token::SEMICOLON, 1),
            // `$`, `?`, `!` and the backquote.
            _ => (token::BAD_CHARACTER, 1),
        };
        self.operator(kind, length);
    }

    fn close(&mut self, byte: u8) -> Scan<()> {
        let start = self.pos;
        // The `}` of an f-string's field is not ours to take: `fstring` looks for it before it asks for a token.
        let opening = match self.brackets.last() {
            Some(bracket) if !bracket.is_field => self.brackets.pop().expect("there is one"),
            _ => {
                let message = format!("unmatched '{}'", byte as char);
                return Err(self.raised(start, start + 1, &message));
            }
        };
        let (kind, expected) = match byte {
            b')' => (token::RPAR, b'('),
            b']' => (token::RBRACKET, b'['),
            _ => (token::RBRACE, b'{'),
        };
        if opening.byte != expected {
            let (closing, open) = (byte as char, opening.byte as char);
            let mut message = format!("closing parenthesis '{closing}' does not match opening parenthesis '{open}'");
            let line = self.line_number(opening.position as usize);
            if line != self.line_number(start) {
                message += &format!(" on line {line}");
            }
            let mut failure = self.raised(start, start + 1, &message);
            let at = Span { start: opening.position, end: opening.position + 1 };
            failure.diagnostic.related = Some((at, "the bracket that is open".into()));
            return Err(failure);
        }
        self.operator(kind, 1);
        Ok(())
    }

    /// Ends a logical line: decides whether its first word is a soft keyword, and where top-level
    /// statements begin.
    fn end_line(&mut self, start: usize, end: usize) {
        self.push(token::END_OF_LINE, start, end);
        let first = self.line_start;
        let last = self.kinds.len() - 2;
        let mut kind = self.kinds[first];
        if kind == token::NAME && self.kinds[last] == token::COLON && last > first {
            let span = self.spans[first];
            let text = &self.src[span.start as usize..span.end as usize];
            if text == b"match" && self.kinds[first + 1] != token::COLON {
                kind = token::MATCH;
                self.kinds[first] = kind;
                self.after_match = true;
            }
        }
        if self.indents.len() == 1 {
            let continues = self.after_decorator || (token::ELIF..=token::FINALLY).contains(&kind);
            if !continues && self.chunks.last() != Some(&(first as u32)) && first > 0 {
                self.chunks.push(first as u32);
            }
            self.after_decorator = kind == token::DECORATOR;
        }
        self.line_start = self.kinds.len();
    }

    /// An error that CPython's tokenizer raises by itself.
    #[cold]
    fn raised(&self, start: usize, end: usize, message: &str) -> Failure {
        let span = Span { start: start as u32, end: end.min(self.src.len()) as u32 };
        Failure { diagnostic: Diagnostic::syntax(span, message), is_raised: true }
    }

    /// An error that counts only when the grammar gets there.
    #[cold]
    fn quiet(&self, start: usize, end: usize, message: &str) -> Failure {
        Failure { is_raised: false, ..self.raised(start, end, message) }
    }

    #[cold]
    fn indentation(&self, at: usize, message: &str) -> Failure {
        let mut failure = self.quiet(at, at, message);
        failure.diagnostic.kind = ErrorKind::Indentation;
        failure
    }

    #[cold]
    fn tabs(&self, at: usize) -> Failure {
        let mut failure = self.quiet(at, at, "inconsistent use of tabs and spaces in indentation");
        failure.diagnostic.kind = ErrorKind::Tab;
        failure.diagnostic.hint = Some("indent all lines of a block the same way, best with spaces".into());
        failure
    }

    /// The text ends where it must not: in brackets, or behind a backslash.
    #[cold]
    fn at_end(&self, at: usize) -> Failure {
        let mut failure = match self.brackets.iter().rev().find(|bracket| !bracket.is_field) {
            Some(bracket) => {
                let position = bracket.position as usize;
                let message = format!("'{}' was never closed", bracket.byte as char);
                self.quiet(position, position + 1, &message)
            }
            None => self.quiet(at, at + 1, "unexpected EOF while parsing"),
        };
        // Behind a backslash only as long as its line is the last one typed.
        let ends_line = self.src.ends_with(b"\n") || self.src.ends_with(b"\r");
        failure.diagnostic.is_incomplete = !self.brackets.is_empty() || !ends_line;
        failure
    }

    /// Records an error and goes to where a statement seems to begin again.
    #[cold]
    fn fail(&mut self, failure: Failure) {
        let token = self.kinds.len() as u32;
        let open: Vec<(u32, u8)> = self.brackets.drain(..).map(|bracket| (bracket.position, bracket.byte)).collect();
        self.resynchronise(open.first().map(|&(position, _)| position as usize));
        if self.kinds.len() > self.line_start {
            let at = self.pos;
            self.end_line(at, at);
        }
        self.after_match = false;
        let Failure { diagnostic, is_raised } = failure;
        self.errors.push(LayoutError { diagnostic, token, is_raised, open });
        if self.errors.len() >= MAX_ERRORS {
            self.pos = self.limit;
        }
    }

    /// Skips to the next line; when brackets were open, to one behind the first of them that begins with
    /// a keyword.
    fn resynchronise(&mut self, open: Option<usize>) {
        let indent = self.indents.last().map_or(0, |indent| indent.column) as usize;
        if let Some(opening) = open {
            if self.pos >= self.limit {
                self.pos = opening;
            }
            self.pos = self.keyword_line(indent).unwrap_or(self.limit);
            return;
        }
        self.skip_comment();
        self.pos += self.newline_at(self.pos);
    }

    /// The next line that begins at `indent` or further left with a statement keyword.
    fn keyword_line(&self, indent: usize) -> Option<usize> {
        let mut at = self.pos;
        loop {
            at += memchr::memchr2(b'\n', b'\r', &self.src[at.min(self.limit)..self.limit])?;
            at += self.newline_at(at);
            let line = &self.src[at..self.limit];
            let blanks = line.iter().take_while(|byte| **byte == b' ').count();
            let length = line[blanks..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
            let kind = token::word(&line[blanks..blanks + length]);
            let starts_statement = (token::IF..=token::ASYNC).contains(&kind) || (token::RETURN..=token::NONLOCAL).contains(&kind);
            // These also stand at the start of lines inside brackets.
            let is_common_inside = matches!(kind, token::IF | token::FOR | token::ASYNC | token::FROM);
            if starts_statement && blanks <= indent && !(is_common_inside && blanks > 0) {
                return Some(at);
            }
        }
    }
}

/// Where the character that begins at `at` ends.
fn char_end(src: &[u8], at: usize) -> usize {
    at + 1 + src[at + 1..].iter().take_while(|&&byte| byte & 0xC0 == 0x80).count()
}

#[cfg(test)]
mod tests;
