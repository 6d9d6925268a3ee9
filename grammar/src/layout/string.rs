//! String literals: where they end (Python reference, "String and Bytes literals"). What they mean is read
//! later, by `literal.rs`; f-strings go on to `fstring.rs`.

use super::{Scan, Scanner};
use crate::token;

/// Where the parts of a literal are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub start: usize,
    /// Behind the opening quotes, and before the closing ones.
    pub body: usize,
    pub body_end: usize,
    pub end: usize,
}

impl Scanner<'_> {
    /// Reads a literal that begins at `start`, with its prefix.
    pub(super) fn string(&mut self, start: usize) -> Scan<()> {
        let mut open = start;
        let (mut is_raw, mut is_format) = (false, false);
        while self.src[open].is_ascii_alphabetic() {
            is_raw |= self.src[open].eq_ignore_ascii_case(&b'r');
            is_format |= self.src[open].eq_ignore_ascii_case(&b'f');
            open += 1;
        }
        let quote = self.src[open];
        let quotes = if self.at(open + 1) == quote && self.at(open + 2) == quote { 3 } else { 1 };
        let body = open + quotes;
        let extent = self.body_end(body, quote, quotes).map(|body_end| {
            let end = body_end + quotes;
            Extent { start, body, body_end, end }
        });
        if is_format {
            return self.fstring(start, body, quote, quotes, is_raw, extent);
        }
        let Some(extent) = extent else {
            return Err(self.unterminated(start, open, quote, quotes));
        };
        self.pos = extent.end;
        self.push(token::STRING, start, extent.end);
        Ok(())
    }

    /// The position of the closing quotes.
    fn body_end(&self, body: usize, quote: u8, quotes: usize) -> Option<usize> {
        let mut index = body;
        if quotes == 1 {
            loop {
                match self.at(index) {
                    byte if byte == quote => return Some(index),
                    b'\\' => index += 1 + self.newline_at(index + 1).max(1),
                    0 | b'\n' | b'\r' => return None,
                    _ => index += 1,
                }
            }
        }
        loop {
            let rest = self.src.get(index..self.limit)?;
            index += memchr::memchr2(quote, b'\\', rest)?;
            if self.src[index] == b'\\' {
                index += 2;
            } else if self.at(index + 1) == quote && self.at(index + 2) == quote {
                return Some(index);
            } else {
                index += 1;
            }
        }
    }

    pub(super) fn unterminated(&mut self, start: usize, open: usize, quote: u8, quotes: usize) -> super::Failure {
        if quotes == 3 {
            self.pos = self.limit;
            let line = self.line_number(self.limit.saturating_sub(1));
            let message = format!("unterminated triple-quoted string literal (detected at line {line})");
            let mut failure = self.raised(start, open + 3, &message);
            failure.diagnostic.is_incomplete = true;
            return failure;
        }
        let mut index = open + 1;
        while self.newline_at(index) == 0 && index < self.limit && self.src[index] != quote {
            index += if self.src[index] == b'\\' { 1 + self.newline_at(index + 1).max(1) } else { 1 };
        }
        let index = index.min(self.limit);
        let line = self.line_number(index);
        self.pos = index;
        let message = format!("unterminated string literal (detected at line {line})");
        self.raised(start, open + 1, &message)
    }
}
