//! Finding, counting, splitting, stripping and replacing, for text and for bytes.
//!
//! Everything works on byte slices and gives byte offsets and ranges; because text is
//! self-synchronising, only what concerns single characters (empty needles, white space, lines,
//! sets to strip) needs to know the [`Flavour`].

use std::ops::Range;

use memchr::memmem;

use super::{TextError, ctype, reserve, utf8};

/// Whether a slice is text (code points) or bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// The content of a `str`.
    Text,
    /// The content of a `bytes` or `bytearray`.
    Bytes,
}

impl Flavour {
    /// `len()`
    pub fn len(self, content: &[u8]) -> usize {
        match self {
            Flavour::Text => utf8::count(content),
            Flavour::Bytes => content.len(),
        }
    }

    /// How long the character at `offset` is.
    fn char_len(self, content: &[u8], offset: usize) -> usize {
        match self {
            Flavour::Text => utf8::width(content[offset]).min(content.len() - offset),
            Flavour::Bytes => 1,
        }
    }
}

/// The offset of the first `needle`.
#[inline]
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [byte] => memchr::memchr(*byte, haystack),
        _ if needle.len() > haystack.len() => None,
        _ => memmem::find(haystack, needle),
    }
}

/// The offset of the last `needle`.
#[inline]
pub fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(haystack.len()),
        [byte] => memchr::memrchr(*byte, haystack),
        _ if needle.len() > haystack.len() => None,
        _ => memmem::rfind(haystack, needle),
    }
}

/// Searches for one needle again and again.
struct Matcher<'n> {
    needle: &'n [u8],
    /// `None` for a single byte.
    finder: Option<memmem::Finder<'n>>,
}

impl<'n> Matcher<'n> {
    fn new(needle: &'n [u8]) -> Matcher<'n> {
        Matcher { needle, finder: (needle.len() > 1).then(|| memmem::Finder::new(needle)) }
    }

    /// The offset of the first match at or after `from`. The needle is not empty.
    #[inline]
    fn find(&self, haystack: &[u8], from: usize) -> Option<usize> {
        let rest = &haystack[from..];
        let found = match &self.finder {
            None => memchr::memchr(self.needle[0], rest),
            Some(finder) => finder.find(rest),
        };
        found.map(|at| at + from)
    }
}

/// How many times `needle` occurs without overlap; an empty one once around each character.
pub fn count(haystack: &[u8], needle: &[u8], flavour: Flavour) -> usize {
    match needle {
        [] => flavour.len(haystack) + 1,
        [byte] => memchr::memchr_iter(*byte, haystack).count(),
        _ => memmem::find_iter(haystack, needle).count(),
    }
}

/// Appends `haystack` with the first `max` occurrences of `old` replaced; gives their number.
/// When it is 0 the result is equal to `haystack`.
pub fn replace(out: &mut Vec<u8>, haystack: &[u8], old: &[u8], new: &[u8], max: usize, flavour: Flavour) -> Result<usize, TextError> {
    if old.is_empty() {
        return insert_between(out, haystack, new, max, flavour);
    }
    if let (&[old], &[new], true) = (old, new, max >= haystack.len()) {
        reserve(out, haystack.len())?;
        out.extend(haystack.iter().map(|&byte| if byte == old { new } else { byte }));
        return Ok(memchr::memchr_iter(old, haystack).count());
    }
    let growth = new.len().saturating_sub(old.len());
    let times = if growth > 0 { count(haystack, old, flavour).min(max) } else { 0 };
    let extra = times.checked_mul(growth).and_then(|extra| extra.checked_add(haystack.len()));
    reserve(out, extra.ok_or_else(TextError::memory)?)?;
    let matcher = Matcher::new(old);
    let (mut from, mut replaced) = (0, 0);
    while replaced < max
        && let Some(at) = matcher.find(haystack, from)
    {
        out.extend_from_slice(&haystack[from..at]);
        out.extend_from_slice(new);
        from = at + old.len();
        replaced += 1;
    }
    out.extend_from_slice(&haystack[from..]);
    Ok(replaced)
}

/// `new` before each character and at the end, `max` times.
fn insert_between(out: &mut Vec<u8>, haystack: &[u8], new: &[u8], max: usize, flavour: Flavour) -> Result<usize, TextError> {
    let times = (flavour.len(haystack) + 1).min(max);
    let extra = times.checked_mul(new.len()).and_then(|extra| extra.checked_add(haystack.len()));
    reserve(out, extra.ok_or_else(TextError::memory)?)?;
    let mut at = 0;
    for _ in 0..times {
        out.extend_from_slice(new);
        if at < haystack.len() {
            let len = flavour.char_len(haystack, at);
            out.extend_from_slice(&haystack[at..at + len]);
            at += len;
        }
    }
    out.extend_from_slice(&haystack[at..]);
    Ok(times)
}

/// The parts between separators, from the left.
pub struct Split<'h, 'n> {
    haystack: &'h [u8],
    matcher: Matcher<'n>,
    at: Option<usize>,
    left: usize,
}

/// `split(separator, max)`: at most `max` splits. The separator is not empty (that is a
/// `ValueError: empty separator` of the caller).
pub fn split<'h, 'n>(haystack: &'h [u8], separator: &'n [u8], max: usize) -> Split<'h, 'n> {
    debug_assert!(!separator.is_empty());
    Split { haystack, matcher: Matcher::new(separator), at: Some(0), left: max }
}

impl Iterator for Split<'_, '_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at?;
        let found = if self.left > 0 { self.matcher.find(self.haystack, start) } else { None };
        match found {
            Some(end) => {
                self.left -= 1;
                self.at = Some(end + self.matcher.needle.len());
                Some(start..end)
            }
            None => {
                self.at = None;
                Some(start..self.haystack.len())
            }
        }
    }
}

/// `rsplit(separator, max)`: the parts in order from the left.
pub fn rsplit(haystack: &[u8], separator: &[u8], max: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut end = haystack.len();
    let finder = (separator.len() > 1).then(|| memmem::FinderRev::new(separator));
    while parts.len() < max {
        let rest = &haystack[..end];
        let found = match &finder {
            None => memchr::memrchr(separator[0], rest),
            Some(finder) => finder.rfind(rest),
        };
        let Some(at) = found else { break };
        parts.push(at + separator.len()..end);
        end = at;
    }
    parts.push(0..end);
    parts.reverse();
    parts
}

/// By byte: 0 begins no white space, 1 is white space of text and bytes, 2 of text alone, 3 may begin some of text.
static SPACE_CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i {
            0x20 | 0x09..=0x0D => 1,
            0x1C..=0x1F => 2,
            0xC2 | 0xE1..=0xE3 => 3,
            _ => 0,
        };
        i += 1;
    }
    table
};

/// The length of the white space character at `at`, 0 if there is another.
#[inline(always)]
fn space_len(content: &[u8], at: usize, flavour: Flavour) -> usize {
    match SPACE_CLASS[usize::from(content[at])] {
        0 => 0,
        1 => 1,
        class => wide_space_len(content, at, flavour, class),
    }
}

#[cold]
fn wide_space_len(content: &[u8], at: usize, flavour: Flavour, class: u8) -> usize {
    match (flavour, class) {
        (Flavour::Bytes, _) => 0,
        (Flavour::Text, 2) => 1,
        (Flavour::Text, _) => match utf8::decode_at(content, at) {
            Some((cp, next)) if ctype::is_space(cp) => next - at,
            _ => 0,
        },
    }
}

/// The length of the white space character that ends at `end`, 0 if there is another.
#[inline(always)]
fn space_len_before(content: &[u8], end: usize, flavour: Flavour) -> usize {
    match (content[end - 1], flavour) {
        (0x80..=0xBF, Flavour::Text) => match utf8::decode_before(content, end) {
            Some((cp, start)) if ctype::is_space(cp) => end - start,
            _ => 0,
        },
        _ => space_len(content, end - 1, flavour),
    }
}

fn skip_space(content: &[u8], mut at: usize, flavour: Flavour) -> usize {
    while at < content.len() {
        match space_len(content, at, flavour) {
            0 => break,
            len => at += len,
        }
    }
    at
}

fn skip_space_back(content: &[u8], mut end: usize, flavour: Flavour) -> usize {
    while end > 0 {
        match space_len_before(content, end, flavour) {
            0 => break,
            len => end -= len,
        }
    }
    end
}

/// The words between white space, from the left.
#[derive(Clone, Debug)]
pub struct SplitWhitespace<'h> {
    haystack: &'h [u8],
    flavour: Flavour,
    at: usize,
    left: usize,
}

/// `split(None, max)`
pub fn split_whitespace(haystack: &[u8], max: usize, flavour: Flavour) -> SplitWhitespace<'_> {
    SplitWhitespace { haystack, flavour, at: 0, left: max }
}

impl Iterator for SplitWhitespace<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let start = skip_space(self.haystack, self.at, self.flavour);
        if start == self.haystack.len() {
            return None;
        }
        if self.left == 0 {
            // The rest keeps the white space behind it.
            self.at = self.haystack.len();
            return Some(start..self.at);
        }
        self.left -= 1;
        let mut end = start;
        while end < self.haystack.len() && space_len(self.haystack, end, self.flavour) == 0 {
            end += 1;
        }
        self.at = end;
        Some(start..end)
    }
}

/// `rsplit(None, max)`: the words in order from the left.
pub fn rsplit_whitespace(haystack: &[u8], max: usize, flavour: Flavour) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut end = skip_space_back(haystack, haystack.len(), flavour);
    while end > 0 {
        if parts.len() == max {
            // The rest keeps the white space before it.
            parts.push(0..end);
            break;
        }
        let mut start = end;
        while start > 0 && space_len_before(haystack, start, flavour) == 0 {
            start -= 1;
            while flavour == Flavour::Text && start > 0 && utf8::is_continuation(haystack[start]) {
                start -= 1;
            }
        }
        parts.push(start..end);
        end = skip_space_back(haystack, start, flavour);
    }
    parts.reverse();
    parts
}

/// The lines of a text.
#[derive(Clone, Debug)]
pub struct SplitLines<'h> {
    haystack: &'h [u8],
    flavour: Flavour,
    keep_ends: bool,
    at: usize,
}

/// `splitlines(keepends)`
pub fn split_lines(haystack: &[u8], keep_ends: bool, flavour: Flavour) -> SplitLines<'_> {
    SplitLines { haystack, flavour, keep_ends, at: 0 }
}

/// The length of the line end at `at`, 0 if there is none.
#[inline]
fn line_end_len(content: &[u8], at: usize, flavour: Flavour) -> usize {
    match (content[at], flavour) {
        (b'\r', _) => 1 + usize::from(content.get(at + 1) == Some(&b'\n')),
        (b'\n', _) => 1,
        (0x0B | 0x0C | 0x1C..=0x1E, Flavour::Text) => 1,
        (0xC2, Flavour::Text) => 2 * usize::from(content.get(at + 1) == Some(&0x85)),
        (0xE2, Flavour::Text) => 3 * usize::from(matches!(content.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9]))),
        _ => 0,
    }
}

impl Iterator for SplitLines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.haystack.len() {
            return None;
        }
        let (end, len) = (start..self.haystack.len())
            .map(|at| (at, line_end_len(self.haystack, at, self.flavour)))
            .find(|&(_, len)| len > 0)
            .unwrap_or((self.haystack.len(), 0));
        self.at = end + len;
        Some(start..if self.keep_ends { self.at } else { end })
    }
}

/// At which end to strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `lstrip`
    Left,
    /// `rstrip`
    Right,
    /// `strip`
    Both,
}

/// What remains of `content` without white space at its ends.
pub fn strip(content: &[u8], side: Side, flavour: Flavour) -> Range<usize> {
    let start = if side == Side::Right { 0 } else { skip_space(content, 0, flavour) };
    let end = if side == Side::Left || start == content.len() { content.len() } else { skip_space_back(content, content.len(), flavour) };
    start..end
}

/// What remains of `content` without the characters of `set` at its ends.
pub fn strip_set(content: &[u8], set: &[u8], side: Side, flavour: Flavour) -> Range<usize> {
    let low = set.iter().filter(|byte| byte.is_ascii()).fold(0u128, |mask, byte| mask | 1 << byte);
    let has = |char: &[u8]| match char {
        [byte] if byte.is_ascii() => low >> byte & 1 == 1,
        _ => find(set, char).is_some(),
    };
    let (mut start, mut end) = (0, content.len());
    if side != Side::Right {
        while start < end {
            let len = flavour.char_len(content, start);
            if !has(&content[start..start + len]) {
                break;
            }
            start += len;
        }
    }
    if side != Side::Left {
        while end > start {
            let mut before = end - 1;
            while flavour == Flavour::Text && before > start && utf8::is_continuation(content[before]) {
                before -= 1;
            }
            if !has(&content[before..end]) {
                break;
            }
            end = before;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<String> {
        ranges.into_iter().map(|range| text[range].to_string()).collect()
    }

    #[test]
    fn splits() {
        let text = "a,b,,c";
        assert_eq!(parts(text, split(text.as_bytes(), b",", 2)), ["a", "b", ",c"]);
        assert_eq!(parts(text, rsplit(text.as_bytes(), b",", 1)), ["a,b,", "c"]);
        let text = "\u{2003}a \u{a0}b\x1cc ";
        assert_eq!(parts(text, split_whitespace(text.as_bytes(), usize::MAX, Flavour::Text)), ["a", "b", "c"]);
        assert_eq!(parts(text, split_whitespace(text.as_bytes(), 1, Flavour::Text)), ["a", "b\x1cc "]);
        assert_eq!(parts(text, rsplit_whitespace(text.as_bytes(), 1, Flavour::Text)), ["\u{2003}a \u{a0}b", "c"]);
        let text = "a\r\n\u{2028}b\x0b";
        assert_eq!(parts(text, split_lines(text.as_bytes(), false, Flavour::Text)), ["a", "", "b"]);
        assert_eq!(parts(text, split_lines(text.as_bytes(), true, Flavour::Bytes)), ["a\r\n", "\u{2028}b\x0b"]);
    }

    #[test]
    fn replaces() {
        let run = |old: &str, new: &str, max| {
            let mut out = Vec::new();
            let times = replace(&mut out, "aéa".as_bytes(), old.as_bytes(), new.as_bytes(), max, Flavour::Text);
            (String::from_utf8(out).expect("valid"), times.expect("memory"))
        };
        assert_eq!(run("a", "bb", usize::MAX), ("bbébb".to_string(), 2));
        assert_eq!(run("", "-", usize::MAX), ("-a-é-a-".to_string(), 4));
        assert_eq!(run("", "-", 2), ("-a-éa".to_string(), 2));
        assert_eq!(run("é", "", 0), ("aéa".to_string(), 0));
    }

    #[test]
    fn strips() {
        let text = "éxé éé".as_bytes();
        assert_eq!(&text[strip_set(text, "é".as_bytes(), Side::Both, Flavour::Text)], "xé ".as_bytes());
        assert_eq!(strip(b" \x1c ", Side::Both, Flavour::Bytes), 1..2);
        assert_eq!(strip(b" \x1c ", Side::Both, Flavour::Text), 3..3);
    }
}
