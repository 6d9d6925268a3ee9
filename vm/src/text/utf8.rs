//! Code points of generalised UTF-8.
//!
//! Text is UTF-8 that may hold surrogates as three bytes each (`ED A0..BF xx`). All functions
//! trust that: they never panic on other bytes, but then say nothing useful. Like UTF-8 itself
//! the form is self-synchronising, so a search for a whole text never matches in the middle of
//! a code point, and byte order is code point order.
//!
//! Indices of code points and offsets of bytes are both `usize`; names tell them apart:
//! *index* counts code points, *offset* counts bytes.

/// The largest code point.
pub const MAX: u32 = 0x10_FFFF;

/// True for U+D800..U+DFFF.
#[inline]
pub const fn is_surrogate(cp: u32) -> bool {
    cp & 0xFFFF_F800 == 0xD800
}

/// True for a byte that continues a code point.
#[inline]
pub const fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// How many bytes the code point that starts with `first` takes.
#[inline]
pub const fn width(first: u8) -> usize {
    match first {
        0..=0xBF => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// How many bytes `cp` takes.
#[inline]
pub const fn encoded_len(cp: u32) -> usize {
    match cp {
        0..=0x7F => 1,
        0x80..=0x7FF => 2,
        0x800..=0xFFFF => 3,
        _ => 4,
    }
}

/// Appends `cp`, which may be a surrogate.
#[inline]
pub fn push(out: &mut Vec<u8>, cp: u32) {
    if cp < 0x80 {
        out.push(cp as u8);
    } else {
        let (bytes, len) = encode(cp);
        out.extend_from_slice(&bytes[..len]);
    }
}

/// The bytes of `cp`, and how many of the four are used.
#[inline]
pub const fn encode(cp: u32) -> ([u8; 4], usize) {
    const fn tail(bits: u32) -> u8 {
        0x80 | (bits & 0x3F) as u8
    }
    match cp {
        0..=0x7F => ([cp as u8, 0, 0, 0], 1),
        0x80..=0x7FF => ([0xC0 | (cp >> 6) as u8, tail(cp), 0, 0], 2),
        0x800..=0xFFFF => ([0xE0 | (cp >> 12) as u8, tail(cp >> 6), tail(cp), 0], 3),
        _ => ([0xF0 | ((cp >> 18) & 7) as u8, tail(cp >> 12), tail(cp >> 6), tail(cp)], 4),
    }
}

/// The code point at `offset` and the offset after it; `None` at the end.
#[inline]
pub fn decode_at(text: &[u8], offset: usize) -> Option<(u32, usize)> {
    let first = *text.get(offset)?;
    if first < 0x80 {
        return Some((u32::from(first), offset + 1));
    }
    let tail = |n: usize| u32::from(text.get(offset + n).copied().unwrap_or(0) & 0x3F);
    let (cp, len) = match first {
        0..=0xDF => (u32::from(first & 0x1F) << 6 | tail(1), 2),
        0xE0..=0xEF => (u32::from(first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3),
        _ => (u32::from(first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4),
    };
    Some((cp, (offset + len).min(text.len())))
}

/// The code point that ends at `offset` and the offset it starts at; `None` at the start.
#[inline]
pub fn decode_before(text: &[u8], offset: usize) -> Option<(u32, usize)> {
    let mut start = offset.checked_sub(1)?;
    while start > 0 && is_continuation(text[start]) {
        start -= 1;
    }
    decode_at(text, start).map(|(cp, _)| (cp, start))
}

/// The code points of a text, from both ends.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a [u8],
    front: usize,
    back: usize,
}

impl CodePoints<'_> {
    /// The offset of what [`Iterator::next`] gives next.
    #[inline]
    pub fn offset(&self) -> usize {
        self.front
    }

    /// The offset after what `next_back` gives next.
    #[inline]
    pub fn back_offset(&self) -> usize {
        self.back
    }
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.front >= self.back {
            return None;
        }
        let (cp, next) = decode_at(self.text, self.front)?;
        self.front = next;
        Some(cp)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let bytes = self.back - self.front.min(self.back);
        (bytes.div_ceil(4), Some(bytes))
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u32> {
        if self.front >= self.back {
            return None;
        }
        let (cp, start) = decode_before(self.text, self.back)?;
        self.back = start;
        Some(cp)
    }
}

/// Iterates over the code points of `text`.
#[inline]
pub fn code_points(text: &[u8]) -> CodePoints<'_> {
    CodePoints { text, front: 0, back: text.len() }
}

/// How many code points `text` has. The loop is plain so that it becomes vector code.
#[inline]
pub fn count(text: &[u8]) -> usize {
    // 255 bytes at a time: the sum of one lane then fits a byte.
    text.chunks(255).map(|chunk| chunk.iter().map(|&byte| u8::from(!is_continuation(byte))).sum::<u8>() as usize).sum()
}

/// The offset of code point `index`; the length of the text when it has no more than `index`.
pub fn offset_of(text: &[u8], index: usize) -> usize {
    offset_after(text, 0, index)
}

/// The offset `index` code points after the one at `start` (the end of the text at most).
pub fn offset_after(text: &[u8], start: usize, index: usize) -> usize {
    const BLOCK: usize = 128;
    let (mut offset, mut left) = (start.min(text.len()), index);
    // A block has at most BLOCK code points: skip blocks that certainly end before the goal.
    while left > BLOCK && text.len() - offset > BLOCK {
        left -= count(&text[offset..offset + BLOCK]);
        offset += BLOCK;
    }
    // The block may have ended inside a code point whose first byte is counted already.
    while offset < text.len() && is_continuation(text[offset]) {
        offset += 1;
    }
    while left > 0 && offset < text.len() {
        offset = (offset + width(text[offset])).min(text.len());
        left -= 1;
    }
    offset
}

/// The index of the code point at `offset`.
#[inline]
pub fn index_of(text: &[u8], offset: usize) -> usize {
    count(&text[..offset.min(text.len())])
}

/// What is known about a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags {
    /// Only U+0000..U+007F: offsets are indices.
    pub is_ascii: bool,
    /// No surrogates: the text is a Rust `str`.
    pub is_valid_utf8: bool,
}

/// Looks `text` over.
pub fn flags(text: &[u8]) -> Flags {
    let is_ascii = text.is_ascii();
    Flags { is_ascii, is_valid_utf8: is_ascii || find_surrogate(text, 0).is_none() }
}

/// The offset of the first surrogate at or after `from`.
pub fn find_surrogate(text: &[u8], from: usize) -> Option<usize> {
    // ED starts U+D000..U+DFFF; the second byte tells the halves apart.
    memchr::memchr_iter(0xED, &text[from..]).map(|at| at + from).find(|&at| text.get(at + 1).is_some_and(|&second| second >= 0xA0))
}

/// The text as a `str`, if it has no surrogates.
#[inline]
pub fn as_str(text: &[u8]) -> Option<&str> {
    std::str::from_utf8(text).ok()
}

/// The text with each surrogate replaced by U+FFFD, for messages to people.
pub fn to_string_lossy(text: &[u8]) -> String {
    code_points(text).map(|cp| char::from_u32(cp).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Appends Latin-1 bytes as text.
pub fn push_latin1(out: &mut Vec<u8>, latin1: &[u8]) {
    if latin1.is_ascii() {
        out.extend_from_slice(latin1);
        return;
    }
    out.reserve(latin1.len() + latin1.len() / 4);
    for &byte in latin1 {
        push(out, u32::from(byte));
    }
}

/// Appends UTF-16 units as text: pairs are joined, lone surrogates kept.
pub fn push_utf16(out: &mut Vec<u8>, units: &[u16]) {
    for unit in char::decode_utf16(units.iter().copied()) {
        push(out, unit.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from));
    }
}

/// Appends code points as text; `None` (and a shorter `out`) if one is beyond U+10FFFF.
pub fn push_utf32(out: &mut Vec<u8>, units: &[u32]) -> Option<()> {
    for &cp in units {
        if cp > MAX {
            return None;
        }
        push(out, cp);
    }
    Some(())
}

/// Appends the code points of `text` in reverse order.
pub fn push_reversed(out: &mut Vec<u8>, text: &[u8]) {
    out.reserve(text.len());
    for cp in code_points(text).rev() {
        push(out, cp);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_every_code_point() {
        for cp in 0..=MAX {
            let mut text = Vec::new();
            push(&mut text, cp);
            assert_eq!(text.len(), encoded_len(cp));
            assert_eq!(width(text[0]), text.len());
            assert_eq!(decode_at(&text, 0), Some((cp, text.len())));
            assert_eq!(decode_before(&text, text.len()), Some((cp, 0)));
            assert_eq!(flags(&text).is_valid_utf8, char::from_u32(cp).is_some());
        }
    }

    #[test]
    fn indexes_long_mixed_text() {
        let cps: Vec<u32> = (0..3000).map(|i| [0x41, 0xE9, 0x20AC, 0x1F600, 0xD800][i * i % 5]).collect();
        let mut text = Vec::new();
        push_utf32(&mut text, &cps).expect("all in range");
        assert_eq!(count(&text), cps.len());
        for index in (0..cps.len()).step_by(7) {
            let offset = offset_of(&text, index);
            assert_eq!(decode_at(&text, offset).map(|it| it.0), Some(cps[index]));
            assert_eq!(index_of(&text, offset), index);
        }
        assert_eq!(offset_of(&text, 5000), text.len());
        assert!(code_points(&text).rev().eq(cps.iter().rev().copied()));
    }

    #[test]
    fn takes_other_forms() {
        let mut out = Vec::new();
        push_latin1(&mut out, b"a\xe9");
        push_utf16(&mut out, &[0xD83D, 0xDE00, 0xDC00]);
        assert_eq!(out, b"a\xc3\xa9\xf0\x9f\x98\x80\xed\xb0\x80");
        assert_eq!(push_utf32(&mut out, &[0x11_0000]), None);
    }
}
