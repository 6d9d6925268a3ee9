//! What the methods of `str`, `bytes` and `bytearray` share: bounds of searches, results made in a scratch buffer.

use crate::convert::SliceIndex;
use crate::object::str::Str;
use crate::text::TextError;
use crate::value::Gc;
use crate::vm::{Cx, Result};

/// The indices that two optional bounds of a search mean in a sequence of length `n`; `None`: there is nothing between
/// them, not even an empty stretch.
pub(crate) fn bounds(start: Option<SliceIndex>, end: Option<SliceIndex>, n: usize) -> Option<(usize, usize)> {
    let resolve = |i: isize| {
        if i < 0 { i.saturating_add_unsigned(n).max(0) as usize } else { i as usize }
    };
    let start = start.map_or(0, |i| resolve(i.0));
    let end = end.map_or(n, |i| resolve(i.0)).min(n);
    if start > end { None } else { Some((start, end)) }
}

/// A count of splits or replacements: negative means all.
pub(crate) fn limit(count: isize) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

impl Cx {
    /// A `str` of the text that `fill` writes. No script code runs in `fill`.
    pub(crate) fn build_str(&mut self, fill: impl FnOnce(&mut Vec<u8>)) -> Gc<Str> {
        let mut out = self.take_scratch();
        fill(&mut out);
        let s = self.str_from_bytes(&out);
        self.keep_scratch(out);
        s
    }

    /// As [`Cx::build_str`], for what may fail.
    pub(crate) fn try_build_str(&mut self, fill: impl FnOnce(&mut Vec<u8>) -> std::result::Result<(), TextError>) -> Result<Gc<Str>> {
        let mut out = self.take_scratch();
        let r = match fill(&mut out) {
            Ok(()) => Ok(self.str_from_bytes(&out)),
            Err(e) => Err(self.text_error(e)),
        };
        self.keep_scratch(out);
        r
    }

    /// An empty buffer, to be given back by [`Cx::keep_scratch`].
    pub(crate) fn take_scratch(&mut self) -> Vec<u8> {
        let mut out = std::mem::take(&mut self.scratch);
        out.clear();
        out
    }

    pub(crate) fn keep_scratch(&mut self, out: Vec<u8>) {
        if out.capacity() <= 1 << 20 && out.capacity() > self.scratch.capacity() {
            self.scratch = out;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_as_cpython() {
        let at = |i| Some(SliceIndex(i));
        assert_eq!(bounds(None, None, 3), Some((0, 3)));
        assert_eq!(bounds(at(-2), at(10), 3), Some((1, 3)));
        assert_eq!(bounds(at(4), None, 3), None);
        assert_eq!(bounds(at(isize::MIN), at(isize::MAX), 3), Some((0, 3)));
        assert_eq!(bounds(at(2), at(1), 3), None);
        assert_eq!(limit(-1), usize::MAX);
    }
}
