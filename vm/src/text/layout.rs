//! Filling fields and tabs, and bytes as hexadecimal digits: `center`, `zfill`, `expandtabs`,
//! `bytes.hex`, `bytes.translate`.

use super::search::Flavour;
use super::{TextError, reserve, utf8};

/// Where the text stands in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Justify {
    /// `ljust`
    Left,
    /// `rjust`
    Right,
    /// `center`
    Center,
}

fn push_times(out: &mut Vec<u8>, fill: &[u8], times: usize) -> Result<(), TextError> {
    reserve(out, fill.len().checked_mul(times).ok_or_else(TextError::memory)?)?;
    match fill {
        [byte] => out.resize(out.len() + times, *byte),
        _ => (0..times).for_each(|_| out.extend_from_slice(fill)),
    }
    Ok(())
}

/// Appends `content` in a field of `width` characters, filled with the character `fill`.
pub fn justify(out: &mut Vec<u8>, content: &[u8], width: usize, fill: &[u8], justify: Justify, flavour: Flavour) -> Result<(), TextError> {
    let margin = width.saturating_sub(flavour.len(content));
    let left = match justify {
        Justify::Left => 0,
        Justify::Right => margin,
        // CPython puts the odd one to the left in fields of odd width.
        Justify::Center => margin / 2 + (margin & width & 1),
    };
    push_times(out, fill, left)?;
    out.extend_from_slice(content);
    push_times(out, fill, margin - left)
}

/// Appends `content.zfill(width)`.
pub fn zfill(out: &mut Vec<u8>, content: &[u8], width: usize, flavour: Flavour) -> Result<(), TextError> {
    let margin = width.saturating_sub(flavour.len(content));
    let sign = usize::from(margin > 0 && matches!(content.first(), Some(b'+' | b'-')));
    out.extend_from_slice(&content[..sign]);
    push_times(out, b"0", margin)?;
    out.extend_from_slice(&content[sign..]);
    Ok(())
}

/// Appends `content.expandtabs(size)`.
pub fn expand_tabs(out: &mut Vec<u8>, content: &[u8], size: i64, flavour: Flavour) -> Result<(), TextError> {
    let size = usize::try_from(size).unwrap_or(0);
    let mut column = 0;
    for &byte in content {
        match byte {
            b'\t' if size == 0 => {}
            b'\t' => {
                let blanks = size - column % size;
                column += blanks;
                push_times(out, b" ", blanks)?;
            }
            _ => {
                if flavour == Flavour::Bytes || !utf8::is_continuation(byte) {
                    column += 1;
                }
                if matches!(byte, b'\n' | b'\r') {
                    column = 0;
                }
                out.push(byte);
            }
        }
    }
    Ok(())
}

/// Appends `bytes` without those in `delete`, the rest mapped by `table`.
pub fn translate(out: &mut Vec<u8>, bytes: &[u8], table: Option<&[u8; 256]>, delete: &[u8]) {
    let mut is_deleted = [false; 256];
    delete.iter().for_each(|&byte| is_deleted[usize::from(byte)] = true);
    let map = |byte: u8| table.map_or(byte, |table| table[usize::from(byte)]);
    out.extend(bytes.iter().filter(|&&byte| !is_deleted[usize::from(byte)]).map(|&byte| map(byte)));
}

/// Appends `bytes.hex()`, or `bytes.hex(separator, group)`: groups of bytes counted from the
/// right, from the left if `group` is negative; 0 means no groups.
pub fn push_hex(out: &mut Vec<u8>, bytes: &[u8], separator: Option<u8>, group: i64) {
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let ends_group = |done: usize| match separator {
        None => None,
        Some(_) if size == 0 || done == bytes.len() => None,
        Some(separator) if group < 0 => done.is_multiple_of(size).then_some(separator),
        Some(separator) => (bytes.len() - done).is_multiple_of(size).then_some(separator),
    };
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.reserve(bytes.len() * 2);
    for (at, &byte) in bytes.iter().enumerate() {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
        out.extend(ends_group(at + 1));
    }
}

/// `bytes.fromhex(text)`: pairs of digits with ASCII white space between them.
pub fn push_from_hex(out: &mut Vec<u8>, text: &[u8]) -> Result<(), TextError> {
    let digit = |at: usize| text.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut at = 0;
    while at < text.len() {
        if super::ctype::is_ascii_space(text[at]) {
            at += 1;
            continue;
        }
        match (digit(at), digit(at + 1)) {
            (Some(high), Some(low)) => out.push((high << 4 | low) as u8),
            (high, _) => {
                let bad = if high.is_some() { at + 1 } else { at };
                // Text that is not ASCII is refused at its first such character.
                let bad = text.iter().position(|byte| !byte.is_ascii()).unwrap_or(bad);
                let message = format!("non-hexadecimal number found in fromhex() arg at position {bad}");
                return Err(TextError::value(message));
            }
        }
        at += 2;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(f: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        f(&mut out);
        String::from_utf8(out).expect("valid")
    }

    #[test]
    fn fills() {
        let center = |content: &str, width| text(|out| justify(out, content.as_bytes(), width, b"*", Justify::Center, Flavour::Text).expect("memory"));
        assert_eq!(center("é", 4), "*é**");
        assert_eq!(center("ab", 5), "**ab*");
        assert_eq!(text(|out| zfill(out, b"-1", 4, Flavour::Text).expect("memory")), "-001");
        assert_eq!(text(|out| expand_tabs(out, "é\tb\n\tc".as_bytes(), 4, Flavour::Text).expect("memory")), "é   b\n    c");
    }

    #[test]
    fn hexadecimal() {
        assert_eq!(text(|out| push_hex(out, &[1, 2, 3], Some(b':'), 2)), "01:0203");
        assert_eq!(text(|out| push_hex(out, &[1, 2, 3], Some(b':'), -2)), "0102:03");
        let mut out = Vec::new();
        assert_eq!(push_from_hex(&mut out, b" 0a FF"), Ok(()));
        assert_eq!(out, [10, 255]);
        assert!(push_from_hex(&mut out, b"0 a").is_err());
    }
}
