//! Lines of standard input without an editor: pipes, files, and terminals that can do nothing.

use gscript_vm::vm::{Cx, Result};

use crate::repl::{Line, Lines, show};

/// Reads standard input.
#[derive(Default)]
pub struct Plain {
    /// What was read beyond the last line.
    buffer: Vec<u8>,
    is_at_end: bool,
}

impl Lines for Plain {
    fn read(&mut self, cx: &mut Cx, prompt: &str) -> Result<Line> {
        show(cx, prompt);
        loop {
            if let Some(end) = self.buffer.iter().position(|&b| b == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                let line = line[..end].strip_suffix(b"\r").unwrap_or(&line[..end]);
                return Ok(Line::Text(String::from_utf8_lossy(line).into_owned()));
            }
            if self.is_at_end {
                let rest = std::mem::take(&mut self.buffer);
                return Ok(if rest.is_empty() { Line::End } else { Line::Text(String::from_utf8_lossy(&rest).into_owned()) });
            }
            let mut chunk = [0; 4096];
            let count = match gscript_stdlib::io::wait::read(cx, 0, &mut chunk) {
                Ok(n) => n.unwrap_or(0),
                Err(r) => {
                    // What was typed before Ctrl-C is not part of the next statement.
                    self.buffer.clear();
                    return Err(r);
                }
            };
            self.is_at_end = count == 0;
            self.buffer.extend_from_slice(&chunk[..count]);
        }
    }
}
