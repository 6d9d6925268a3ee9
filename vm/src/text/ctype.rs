//! Questions about one code point, answered as CPython 3.11 answers them (Unicode 14).
//!
//! The texts' own methods (`upper`, `isalpha`, …) are in [`super::case`].

use super::tables::data::{self, EXTENDED_MAPPINGS, FIRST, NUMERIC_VALUES, RECORDS, SECOND, SHIFT};
use super::tables::{Extended, Record};

#[inline]
fn record(cp: u32) -> &'static Record {
    let block = FIRST.get((cp >> SHIFT) as usize).copied().unwrap_or(FIRST[FIRST.len() - 1]);
    let low = cp & ((1 << SHIFT) - 1);
    &RECORDS[SECOND[(usize::from(block) << SHIFT) | low as usize] as usize]
}

macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident: $flag:ident;)*) => {
        $($(#[$doc])*
        #[inline]
        pub fn $name(cp: u32) -> bool {
            record(cp).flags & data::$flag != 0
        })*
    };
}

predicates! {
    /// A letter.
    is_alpha: ALPHA;
    /// A decimal digit: what `int()` reads.
    is_decimal: DECIMAL;
    /// A digit, superscripts and the like included.
    is_digit: DIGIT;
    /// Has a numeric value.
    is_numeric: NUMERIC;
    /// White space: what `str.split()` and `str.strip()` take away.
    is_space: SPACE;
    /// A small letter.
    is_lower: LOWER;
    /// A capital.
    is_upper: UPPER;
    /// A title-case letter such as U+01C5.
    is_title: TITLE;
    /// Shown as itself by `repr()`.
    is_printable: PRINTABLE;
    /// May start an identifier (`_` apart).
    is_id_start: ID_START;
    /// May stand in an identifier after its start.
    is_id_continue: ID_CONTINUE;
    /// Skipped when the neighbours of a sigma are looked at.
    is_case_ignorable: CASE_IGNORABLE;
    /// Has case, for the rule of the final sigma.
    is_cased: CASED;
    /// Ends a line for `str.splitlines()`.
    is_line_break: LINE_BREAK;
}

/// A letter, or something with a decimal, digit or numeric value.
#[inline]
pub fn is_alnum(cp: u32) -> bool {
    record(cp).flags & (data::ALPHA | data::DECIMAL | data::DIGIT | data::NUMERIC) != 0
}

/// The value as a decimal digit.
#[inline]
pub fn decimal_value(cp: u32) -> Option<u8> {
    if cp < 0x80 {
        return (cp as u8).is_ascii_digit().then(|| cp as u8 - b'0');
    }
    Some(record(cp).decimal).filter(|&value| value != u8::MAX)
}

/// The value as a digit, superscripts included.
pub fn digit_value(cp: u32) -> Option<u8> {
    Some(record(cp).digit).filter(|&value| value != u8::MAX)
}

/// The numeric value (a half for U+00BD).
pub fn numeric_value(cp: u32) -> Option<f64> {
    NUMERIC_VALUES.binary_search_by_key(&cp, |it| it.0).ok().map(|at| NUMERIC_VALUES[at].1)
}

fn extended(cp: u32) -> Option<&'static Extended> {
    EXTENDED_MAPPINGS.binary_search_by_key(&cp, |it| it.0).ok().map(|at| &EXTENDED_MAPPINGS[at].1)
}

/// One mapping of a code point: usually one code point, at most three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapped {
    /// One code point, possibly the same.
    One(u32),
    /// Several.
    Many(&'static [u32]),
}

impl Mapped {
    /// Calls `each` with each code point.
    #[inline]
    pub fn for_each(self, mut each: impl FnMut(u32)) {
        match self {
            Mapped::One(cp) => each(cp),
            Mapped::Many(cps) => cps.iter().for_each(|&cp| each(cp)),
        }
    }
}

macro_rules! mappings {
    ($($(#[$doc:meta])* $name:ident: $field:ident;)*) => {
        $($(#[$doc])*
        #[inline]
        pub fn $name(cp: u32) -> Mapped {
            let record = record(cp);
            if record.flags & data::EXTENDED != 0 && let Some(extended) = extended(cp) {
                return Mapped::Many(extended.$field);
            }
            Mapped::One(cp.wrapping_add_signed(record.$field))
        })*
    };
}

mappings! {
    /// The upper-case form.
    to_upper: upper;
    /// The lower-case form, without the rule for the final sigma.
    to_lower: lower;
    /// The title-case form.
    to_title: title;
    /// The form for comparing without case.
    to_folded: fold;
}

/// White space of `bytes` methods and of number text: space, `\t \n \v \f \r`.
#[inline]
pub const fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0D)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_characters() {
        assert!(is_space(0x1C) && is_space(0xA0) && !is_space(0x200B));
        assert!(is_title(0x1C5) && !is_upper(0x1C5));
        assert_eq!(decimal_value(0x0663), Some(3));
        assert_eq!((decimal_value(0xB2), digit_value(0xB2)), (None, Some(2)));
        assert_eq!(numeric_value(0xBD), Some(0.5));
        assert_eq!(to_upper(0xDF), Mapped::Many(&[0x53, 0x53]));
        assert_eq!(to_lower(0x41), Mapped::One(0x61));
        assert!(!is_printable(0xD800) && !is_alpha(0x10_FFFF));
    }
}
