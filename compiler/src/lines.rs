//! Byte offsets to lines and columns.

/// The line starts of a source text. Lines end with `\n`, `\r\n` or `\r`, as CPython reads files.
pub(crate) struct LineTable {
    starts: Vec<u32>,
}

impl LineTable {
    pub fn new(source: &str) -> LineTable {
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(0);
        for n in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[n] == b'\n' || bytes.get(n + 1) != Some(&b'\n') {
                starts.push(n as u32 + 1);
            }
        }
        LineTable { starts }
    }

    /// Line from 1 and column in bytes from 0.
    pub fn place(&self, offset: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|&s| s <= offset);
        (line as u32, offset - self.starts[line - 1])
    }

    /// Where the line of `offset` begins.
    pub fn line_start(&self, offset: u32) -> u32 {
        offset - self.place(offset).1
    }

    /// As [`place`](Self::place), faster when `offset` is near the line `hint`.
    pub fn place_near(&self, offset: u32, hint: u32) -> (u32, u32) {
        let at = |line: u32| self.starts.get(line as usize).copied().unwrap_or(u32::MAX);
        for line in hint..hint + 3 {
            if line > 0 && at(line - 1) <= offset && offset < at(line) {
                return (line, offset - at(line - 1));
            }
        }
        self.place(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts() {
        let t = LineTable::new("a\nbc\r\nd\re");
        assert_eq!([0, 2, 3, 6, 8].map(|o| t.place(o)), [(1, 0), (2, 0), (2, 1), (3, 0), (4, 0)]);
        assert_eq!(t.place_near(6, 2), t.place(6));
        assert_eq!(t.place_near(0, 4), t.place(0));
    }
}
