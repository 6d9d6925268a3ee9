//! Numbers: where a literal ends, and what is wrong with it (Python reference, "Numeric literals").
//! The value is read later, by `literal.rs`.

use super::{Scan, Scanner};
use crate::token;

impl Scanner<'_> {
    pub(super) fn number(&mut self) -> Scan<()> {
        let start = self.pos;
        let end = match (self.at(start), self.at(start + 1)) {
            (b'0', b'x' | b'X') => self.radix(start + 2, 16, "hexadecimal")?,
            (b'0', b'o' | b'O') => self.radix(start + 2, 8, "octal")?,
            (b'0', b'b' | b'B') => self.radix(start + 2, 2, "binary")?,
            (b'0', _) => self.leading_zero(start)?,
            (b'.', _) => self.fraction(start + 1)?,
            _ => {
                let end = self.digits(start)?;
                self.after_digits(end)?
            }
        };
        self.pos = end;
        self.push(token::NUMBER, start, end);
        Ok(())
    }

    /// `0x…`, `0o…`, `0b…`; `index` is behind the letter.
    fn radix(&mut self, mut index: usize, radix: u32, name: &str) -> Scan<usize> {
        let is_digit = |byte: u8| (byte as char).is_digit(radix);
        loop {
            if self.at(index) == b'_' {
                index += 1;
            }
            if !is_digit(self.at(index)) {
                return Err(self.bad_digit(index, name));
            }
            while is_digit(self.at(index)) {
                index += 1;
            }
            if self.at(index) != b'_' {
                break;
            }
        }
        if self.at(index).is_ascii_digit() {
            return Err(self.bad_digit(index, name));
        }
        self.end_of_number(index, name)
    }

    fn bad_digit(&self, index: usize, name: &str) -> super::Failure {
        let byte = self.at(index);
        if byte.is_ascii_digit() {
            return self.raised(index, index + 1, &format!("invalid digit '{}' in {name} literal", byte as char));
        }
        self.ends_badly(index, name)
    }

    /// CPython points at the last character that belongs to the number; `end` is behind it.
    fn ends_badly(&self, end: usize, name: &str) -> super::Failure {
        self.raised(end - 1, end, &format!("invalid {name} literal"))
    }

    /// Zeros may lead only zeros, or a number with fraction, exponent or `j`.
    fn leading_zero(&mut self, start: usize) -> Scan<usize> {
        let mut index = start;
        loop {
            if self.at(index) == b'_' {
                index += 1;
                if !self.at(index).is_ascii_digit() {
                    return Err(self.ends_badly(index, "decimal"));
                }
            }
            if self.at(index) != b'0' {
                break;
            }
            index += 1;
        }
        let zeros_end = index;
        let has_more_digits = self.at(index).is_ascii_digit();
        if has_more_digits {
            index = self.digits(index)?;
        }
        if has_more_digits && !matches!(self.at(index), b'.' | b'e' | b'E' | b'j' | b'J') {
            let message = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
            return Err(self.raised(start, zeros_end, message));
        }
        self.after_digits(index)
    }

    /// Digits with single underscores between them; `index` is at the first.
    fn digits(&mut self, mut index: usize) -> Scan<usize> {
        loop {
            while self.at(index).is_ascii_digit() {
                index += 1;
            }
            if self.at(index) != b'_' {
                return Ok(index);
            }
            index += 1;
            if !self.at(index).is_ascii_digit() {
                return Err(self.ends_badly(index, "decimal"));
            }
        }
    }

    fn after_digits(&mut self, index: usize) -> Scan<usize> {
        match self.at(index) {
            b'.' => self.fraction(index + 1),
            _ => self.exponent(index),
        }
    }

    fn fraction(&mut self, mut index: usize) -> Scan<usize> {
        if self.at(index).is_ascii_digit() {
            index = self.digits(index)?;
        }
        self.exponent(index)
    }

    fn exponent(&mut self, mut index: usize) -> Scan<usize> {
        if matches!(self.at(index), b'e' | b'E') {
            let signed = matches!(self.at(index + 1), b'+' | b'-');
            let digits = index + 1 + usize::from(signed);
            if self.at(digits).is_ascii_digit() {
                index = self.digits(digits)?;
            } else if signed {
                return Err(self.ends_badly(digits, "decimal"));
            } else {
                return self.end_of_number(index, "decimal");
            }
        }
        match self.at(index) {
            b'j' | b'J' => self.end_of_number(index + 1, "imaginary"),
            _ => self.end_of_number(index, "decimal"),
        }
    }

    /// No name may touch a number, but the keywords that can follow one may.
    fn end_of_number(&self, index: usize, name: &str) -> Scan<usize> {
        let byte = self.at(index);
        if !(byte == b'_' || byte.is_ascii_alphanumeric()) {
            return Ok(index);
        }
        let rest = &self.src[index..self.limit];
        let keywords: [&[u8]; 8] = [b"and", b"else", b"for", b"if", b"in", b"is", b"or", b"not"];
        let is_word = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric() || byte >= 0x80;
        if keywords.iter().any(|keyword| rest.starts_with(keyword) && !rest.get(keyword.len()).is_some_and(|&byte| is_word(byte))) {
            return Ok(index);
        }
        Err(self.ends_badly(index, name))
    }
}
