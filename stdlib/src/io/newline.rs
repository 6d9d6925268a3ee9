//! Line ends of text streams: what is translated when reading and writing, and where lines end.

use gscript_vm::value::Value;
use gscript_vm::vm::Cx;

/// A line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endings {
    Lf,
    Cr,
    CrLf,
}

/// What the argument `newline` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newline {
    /// Reading: any line end is one, not only `ends`.
    pub is_universal: bool,
    /// Reading: line ends become `\n`.
    pub translates: bool,
    /// Reading, unless universal: where lines end.
    pub ends: Endings,
    /// Writing: what `\n` becomes.
    pub writes: Endings,
}

impl Newline {
    /// `None`: not one of the allowed texts.
    pub fn parse(text: Option<&str>) -> Option<Newline> {
        let plain = |e: Endings| Newline { is_universal: false, translates: false, ends: e, writes: e };
        Some(match text {
            None => Newline { is_universal: true, translates: true, ends: Endings::Lf, writes: Endings::Lf },
            Some("") => Newline { is_universal: true, translates: false, ends: Endings::Lf, writes: Endings::Lf },
            Some("\n") => plain(Endings::Lf),
            Some("\r") => plain(Endings::Cr),
            Some("\r\n") => plain(Endings::CrLf),
            Some(_) => return None,
        })
    }

    /// Text to be written, with its line ends.
    pub fn translate(self, text: &[u8]) -> Vec<u8> {
        let end: &[u8] = match self.writes {
            Endings::Lf => b"\n",
            Endings::Cr => b"\r",
            Endings::CrLf => b"\r\n",
        };
        let mut out = Vec::with_capacity(text.len() + 16);
        for &b in text {
            if b == b'\n' { out.extend_from_slice(end) } else { out.push(b) }
        }
        out
    }

    /// Appends decoded text; true when a `\r` at its end is held back, as a `\n` may follow.
    pub fn decoded(self, text: &[u8], is_final: bool, seen: &mut Seen, out: &mut Vec<u8>) -> bool {
        if !self.is_universal {
            out.extend_from_slice(text);
            return false;
        }
        let held = !is_final && text.last() == Some(&b'\r');
        let text = &text[..text.len() - held as usize];
        if memchr::memchr(b'\r', text).is_none() {
            if memchr::memchr(b'\n', text).is_some() {
                seen.lf = true;
            }
            out.extend_from_slice(text);
            return held;
        }
        let mut at = 0;
        while at < text.len() {
            let next = memchr::memchr2(b'\r', b'\n', &text[at..]).map_or(text.len(), |n| at + n);
            out.extend_from_slice(&text[at..next]);
            let Some(&b) = text.get(next) else { break };
            let is_pair = b == b'\r' && text.get(next + 1) == Some(&b'\n');
            match (b, is_pair) {
                (_, true) => seen.crlf = true,
                (b'\r', _) => seen.cr = true,
                _ => seen.lf = true,
            }
            at = next + 1 + is_pair as usize;
            if self.translates { out.push(b'\n') } else { out.extend_from_slice(&text[next..at]) }
        }
        held
    }

    /// One past the first line end in `text` at or behind byte `from`.
    pub fn line_end(self, text: &[u8], from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        if self.is_universal && !self.translates {
            let n = from + memchr::memchr2(b'\r', b'\n', rest)?;
            return Some(if text[n] == b'\r' && text.get(n + 1) == Some(&b'\n') { n + 2 } else { n + 1 });
        }
        match self.ends {
            Endings::Lf => memchr::memchr(b'\n', rest).map(|n| from + n + 1),
            Endings::Cr => memchr::memchr(b'\r', rest).map(|n| from + n + 1),
            Endings::CrLf => memchr::memmem::find(rest, b"\r\n").map(|n| from + n + 2),
        }
    }
}

/// The line ends that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub lf: bool,
    pub cr: bool,
    pub crlf: bool,
}

impl Seen {
    /// `newlines`: None, one of them, or a tuple.
    pub fn value(self, cx: &mut Cx) -> Value {
        let list = cx.list_new();
        for (is_set, text) in [(self.cr, "\r"), (self.lf, "\n"), (self.crlf, "\r\n")] {
            if is_set {
                let s = cx.str(text).value();
                cx.list_push(list, s);
            }
        }
        match list.len() {
            0 => Value::NONE,
            1 => cx.list_get(list, 0),
            _ => cx.list_to_tuple(list).value(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_translated_across_pieces() {
        let n = Newline::parse(None).expect("allowed");
        let (mut seen, mut out) = (Seen::default(), Vec::new());
        assert!(n.decoded(b"a\r\nb\r", false, &mut seen, &mut out));
        assert!(!n.decoded(b"\rc\n", true, &mut seen, &mut out));
        assert_eq!(out, b"a\nb\nc\n");
        assert_eq!(seen, Seen { lf: true, cr: true, crlf: true });
        let raw = Newline::parse(Some("")).expect("allowed");
        assert_eq!(raw.line_end(b"ab\r\nc", 0), Some(4));
        assert_eq!(Newline::parse(Some("\r\n")).expect("allowed").translate(b"x\ny"), b"x\r\ny");
        assert!(Newline::parse(Some("x")).is_none());
    }
}
