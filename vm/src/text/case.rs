//! Case mappings and predicates of whole texts, and those of `bytes`.
//!
//! Mappings append to a buffer. ASCII is mapped by bytes; the full rules (several code points
//! for one, the final sigma) only run where there is something else.

use super::ctype::{self, Mapped};
use super::utf8::{self, decode_at};

const CAPITAL_SIGMA: u32 = 0x3A3;
const SMALL_SIGMA: u32 = 0x3C3;
const FINAL_SIGMA: u32 = 0x3C2;

fn push_mapped(out: &mut Vec<u8>, mapped: Mapped) {
    mapped.for_each(|cp| utf8::push(out, cp));
}

/// Appends `text` mapped code point by code point; ASCII through `ascii`.
fn push_each(out: &mut Vec<u8>, text: &[u8], ascii: impl Fn(u8) -> u8, other: impl Fn(usize, u32) -> Mapped) {
    out.reserve(text.len());
    if text.is_ascii() {
        out.extend(text.iter().map(|&byte| ascii(byte)));
        return;
    }
    let mut at = 0;
    while let Some((cp, next)) = decode_at(text, at) {
        if cp < 0x80 {
            out.push(ascii(cp as u8));
        } else {
            push_mapped(out, other(at, cp));
        }
        at = next;
    }
}

/// The lower-case form of the code point at `offset`.
fn lower_at(text: &[u8], offset: usize, cp: u32) -> Mapped {
    if cp != CAPITAL_SIGMA {
        return ctype::to_lower(cp);
    }
    // Final if a cased letter stands before it and none after it, over ignorable ones.
    let is_final = is_next_cased(utf8::code_points(&text[..offset]).rev()) && !is_next_cased(utf8::code_points(&text[offset + 2..]));
    Mapped::One(if is_final { FINAL_SIGMA } else { SMALL_SIGMA })
}

/// True if the first code point that is not ignorable has case.
fn is_next_cased(mut neighbours: impl Iterator<Item = u32>) -> bool {
    neighbours.find(|&cp| !ctype::is_case_ignorable(cp)).is_some_and(ctype::is_cased)
}

/// Appends `text.upper()`.
pub fn push_upper(out: &mut Vec<u8>, text: &[u8]) {
    push_each(out, text, |byte| byte.to_ascii_uppercase(), |_, cp| ctype::to_upper(cp));
}

/// Appends `text.lower()`.
pub fn push_lower(out: &mut Vec<u8>, text: &[u8]) {
    push_each(out, text, |byte| byte.to_ascii_lowercase(), |at, cp| lower_at(text, at, cp));
}

/// Appends `text.casefold()`.
pub fn push_casefold(out: &mut Vec<u8>, text: &[u8]) {
    push_each(out, text, |byte| byte.to_ascii_lowercase(), |_, cp| ctype::to_folded(cp));
}

/// Appends `text.swapcase()`.
pub fn push_swapcase(out: &mut Vec<u8>, text: &[u8]) {
    push_each(out, text, swap_ascii, |at, cp| {
        if ctype::is_upper(cp) {
            lower_at(text, at, cp)
        } else if ctype::is_lower(cp) {
            ctype::to_upper(cp)
        } else {
            Mapped::One(cp)
        }
    });
}

/// Appends `text.capitalize()`.
pub fn push_capitalize(out: &mut Vec<u8>, text: &[u8]) {
    let Some((first, next)) = decode_at(text, 0) else {
        return;
    };
    push_mapped(out, ctype::to_title(first));
    push_each(out, &text[next..], |byte| byte.to_ascii_lowercase(), |at, cp| lower_at(text, next + at, cp));
}

/// Appends `text.title()`.
pub fn push_title(out: &mut Vec<u8>, text: &[u8]) {
    if text.is_ascii() {
        return push_ascii_title(out, text);
    }
    let (mut at, mut after_cased) = (0, false);
    while let Some((cp, next)) = decode_at(text, at) {
        push_mapped(out, if after_cased { lower_at(text, at, cp) } else { ctype::to_title(cp) });
        after_cased = ctype::is_cased(cp);
        at = next;
    }
}

fn swap_ascii(byte: u8) -> u8 {
    if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { byte }
}

/// Appends `bytes.title()`.
pub fn push_ascii_title(out: &mut Vec<u8>, bytes: &[u8]) {
    let mut after_letter = false;
    out.extend(bytes.iter().map(|&byte| {
        let mapped = if after_letter { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
        after_letter = byte.is_ascii_alphabetic();
        mapped
    }));
}

/// Appends `bytes.swapcase()`.
pub fn push_ascii_swapcase(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(bytes.iter().map(|&byte| swap_ascii(byte)));
}

/// Appends `bytes.capitalize()`.
pub fn push_ascii_capitalize(out: &mut Vec<u8>, bytes: &[u8]) {
    let start = out.len();
    out.extend(bytes.iter().map(u8::to_ascii_lowercase));
    if let Some(first) = out.get_mut(start) {
        first.make_ascii_uppercase();
    }
}

fn all(text: &[u8], ascii: impl Fn(u8) -> bool, other: impl Fn(u32) -> bool) -> bool {
    !text.is_empty() && utf8::code_points(text).all(|cp| if cp < 0x80 { ascii(cp as u8) } else { other(cp) })
}

/// `text.isalpha()`
pub fn is_alpha(text: &[u8]) -> bool {
    all(text, |byte| byte.is_ascii_alphabetic(), ctype::is_alpha)
}

/// `text.isdigit()`
pub fn is_digit(text: &[u8]) -> bool {
    all(text, |byte| byte.is_ascii_digit(), ctype::is_digit)
}

/// `text.isdecimal()`
pub fn is_decimal(text: &[u8]) -> bool {
    all(text, |byte| byte.is_ascii_digit(), ctype::is_decimal)
}

/// `text.isnumeric()`
pub fn is_numeric(text: &[u8]) -> bool {
    all(text, |byte| byte.is_ascii_digit(), ctype::is_numeric)
}

/// `text.isalnum()`
pub fn is_alnum(text: &[u8]) -> bool {
    all(text, |byte| byte.is_ascii_alphanumeric(), ctype::is_alnum)
}

/// `text.isspace()`
pub fn is_space(text: &[u8]) -> bool {
    all(text, |byte| ctype::is_space(u32::from(byte)), ctype::is_space)
}

/// `text.isprintable()`, true for no text.
pub fn is_printable(text: &[u8]) -> bool {
    text.is_empty() || all(text, |byte| matches!(byte, b' '..=b'~'), ctype::is_printable)
}

/// `text.isidentifier()`
pub fn is_identifier(text: &[u8]) -> bool {
    let Some((first, next)) = decode_at(text, 0) else {
        return false;
    };
    (first == u32::from('_') || ctype::is_id_start(first)) && utf8::code_points(&text[next..]).all(ctype::is_id_continue)
}

/// What case a code point has, if any.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Upper,
    Title,
}

fn case_of(cp: u32) -> Option<Case> {
    if ctype::is_lower(cp) {
        Some(Case::Lower)
    } else if ctype::is_upper(cp) {
        Some(Case::Upper)
    } else if ctype::is_title(cp) {
        Some(Case::Title)
    } else {
        None
    }
}

fn ascii_case_of(byte: u8) -> Option<Case> {
    match byte {
        b'a'..=b'z' => Some(Case::Lower),
        b'A'..=b'Z' => Some(Case::Upper),
        _ => None,
    }
}

fn all_cased(mut cases: impl Iterator<Item = Option<Case>>, wanted: Case) -> bool {
    let mut found = false;
    cases.all(|case| {
        found |= case == Some(wanted);
        case.is_none() || case == Some(wanted)
    }) && found
}

fn is_titled(mut cases: impl Iterator<Item = Option<Case>>) -> bool {
    let (mut found, mut after_cased) = (false, false);
    cases.all(|case| {
        let fits = match case {
            None => true,
            Some(Case::Lower) => after_cased,
            Some(Case::Upper | Case::Title) => !after_cased,
        };
        after_cased = case.is_some();
        found |= after_cased;
        fits
    }) && found
}

/// `text.islower()`
pub fn is_lower(text: &[u8]) -> bool {
    if text.is_ascii() {
        return is_ascii_lower(text);
    }
    all_cased(utf8::code_points(text).map(case_of), Case::Lower)
}

/// `text.isupper()`
pub fn is_upper(text: &[u8]) -> bool {
    if text.is_ascii() {
        return is_ascii_upper(text);
    }
    all_cased(utf8::code_points(text).map(case_of), Case::Upper)
}

/// `text.istitle()`
pub fn is_title(text: &[u8]) -> bool {
    if text.is_ascii() {
        return is_ascii_title(text);
    }
    is_titled(utf8::code_points(text).map(case_of))
}

/// `bytes.islower()`
pub fn is_ascii_lower(bytes: &[u8]) -> bool {
    all_cased(bytes.iter().map(|&byte| ascii_case_of(byte)), Case::Lower)
}

/// `bytes.isupper()`
pub fn is_ascii_upper(bytes: &[u8]) -> bool {
    all_cased(bytes.iter().map(|&byte| ascii_case_of(byte)), Case::Upper)
}

/// `bytes.istitle()`
pub fn is_ascii_title(bytes: &[u8]) -> bool {
    is_titled(bytes.iter().map(|&byte| ascii_case_of(byte)))
}

/// `bytes.isalpha()`
pub fn is_ascii_alpha(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphabetic)
}

/// `bytes.isdigit()`
pub fn is_ascii_digit(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

/// `bytes.isalnum()`
pub fn is_ascii_alnum(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphanumeric)
}

/// `bytes.isspace()`
pub fn is_ascii_space(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|&byte| ctype::is_ascii_space(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(f: fn(&mut Vec<u8>, &[u8]), text: &str) -> String {
        let mut out = Vec::new();
        f(&mut out, text.as_bytes());
        String::from_utf8(out).expect("valid")
    }

    #[test]
    fn maps() {
        assert_eq!(map(push_upper, "straße ŉ"), "STRASSE ʼN");
        assert_eq!(map(push_lower, "ΟΔΟΣ ΣΑ ΑΣ."), "οδος σα ας.");
        assert_eq!(map(push_title, "they're ǆ ﬁx"), "They'Re ǅ Fix");
        assert_eq!(map(push_capitalize, "ǆΑΣ"), "ǅας");
        assert_eq!(map(push_swapcase, "aÉß"), "AéSS");
        assert_eq!(map(push_casefold, "ẞſ"), "sss");
    }

    #[test]
    fn asks() {
        assert!(is_title("A Bc".as_bytes()) && !is_title(b"AB") && !is_title(b""));
        assert!(is_upper(b"A1") && !is_upper(b"1") && is_lower("ß".as_bytes()));
        assert!(is_identifier("é_1".as_bytes()) && !is_identifier(b"1a") && !is_identifier(b""));
        assert!(is_printable(b"") && is_digit("²".as_bytes()) && !is_decimal("²".as_bytes()));
    }
}
