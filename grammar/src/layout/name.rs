//! Words: identifiers, keywords, string prefixes (Python reference, "Identifiers and keywords").
//! Keywords are recognised before names are normalised, so a bold `if` is an ordinary name.

use super::{Scan, Scanner};
use crate::token;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

impl Scanner<'_> {
    #[inline]
    pub(super) fn word(&mut self) -> Scan<()> {
        let start = self.pos;
        let rest = &self.src[start..self.limit];
        let mut length = 0;
        while length < rest.len() && (rest[length].is_ascii_alphanumeric() || rest[length] == b'_') {
            length += 1;
        }
        match self.at(start + length) {
            128.. => return self.unicode_word(start),
            b'\'' | b'"' if length <= 2 && is_prefix(&rest[..length]) => return self.string(start),
            _ => {}
        }
        let end = start + length;
        self.pos = end;
        let mut kind = token::word(&rest[..length]);
        match kind {
            token::NAME if rest[..length] == *b"case" => {
                let in_match = self.indents.last().is_some_and(|indent| indent.is_match);
                if in_match && self.kinds.len() == self.line_start {
                    kind = token::CASE;
                }
            }
            // `is not` and `not in` are one token each. In a valid program the order `is not` wins.
            token::NOT if self.kinds.last() == Some(&token::IS) => {
                self.widen_last(token::IS_NOT, end);
                return Ok(());
            }
            token::IN if self.kinds.last() == Some(&token::NOT) => {
                self.widen_last(token::NOT_IN, end);
                return Ok(());
            }
            _ => {}
        }
        self.push(kind, start, end);
        Ok(())
    }

    fn widen_last(&mut self, kind: token::Kind, end: usize) {
        let last = self.kinds.len() - 1;
        self.kinds[last] = kind;
        self.spans[last].end = end as u32;
    }

    /// A word with characters beyond ASCII.
    fn unicode_word(&mut self, start: usize) -> Scan<()> {
        let rest = &self.src[start..self.limit];
        let length = rest.iter().take_while(|&&byte| byte >= 128 || byte == b'_' || byte.is_ascii_alphanumeric()).count();
        let word = self.text.get(start..start + length).unwrap_or("");
        for (index, character) in word.char_indices() {
            let is_valid = match index {
                0 => character == '_' || unicode_ident::is_xid_start(character),
                _ => is_continue(character),
            };
            if !is_valid {
                let code = character as u32;
                let message = if is_printable(character) {
                    format!("invalid character '{character}' (U+{code:04X})")
                } else {
                    format!("invalid non-printable character U+{code:04X}")
                };
                let at = start + index;
                // The characters before it are a token of their own for the recovery.
                self.pos = at + character.len_utf8();
                return Err(self.raised(at, at + character.len_utf8(), &message));
            }
        }
        self.pos = start + length;
        self.push(token::NAME, start, start + length);
        Ok(())
    }
}

/// The letters before a quote that make a string literal.
fn is_prefix(word: &[u8]) -> bool {
    let lower = |byte: &u8| byte.to_ascii_lowercase();
    match word {
        [one] => matches!(lower(one), b'r' | b'u' | b'b' | b'f'),
        [one, two] => matches!((lower(one), lower(two)), (b'b', b'r') | (b'r', b'b') | (b'f', b'r') | (b'r', b'f')),
        _ => false,
    }
}

/// The character can go on an identifier. Unicode has added four marks since the version of Python 3.11
/// (and letters, which we take).
fn is_continue(character: char) -> bool {
    unicode_ident::is_xid_continue(character) && !matches!(character, '\u{200C}' | '\u{200D}' | '\u{30FB}' | '\u{FF65}')
}

fn is_printable(character: char) -> bool {
    !matches!(
        character.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::Surrogate
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::SpaceSeparator
    )
}
