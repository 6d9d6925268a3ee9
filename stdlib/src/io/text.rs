//! `io.TextIOWrapper`: text over a binary stream.

use std::cell::Cell;
use std::rc::Rc;

use gscript_macros::class;
use gscript_vm::object::native::Native;
use gscript_vm::text::utf8;
use gscript_vm::vm::{Cx, Result};

use super::stream::Buffers;

/// Encoded text is passed on when there is more than this.
const CHUNK: usize = 8192;

/// The body of a text file.
pub struct TextIo {
    buffers: Rc<Buffers>,
    is_line_buffered: Cell<bool>,
    is_unbuffered: Cell<bool>,
    escapes: bool,
}

impl Native for TextIo {}

impl TextIo {
    pub fn over(buffers: Rc<Buffers>, is_line_buffered: bool, is_unbuffered: bool, escapes: bool) -> TextIo {
        TextIo { buffers, is_line_buffered: Cell::new(is_line_buffered), is_unbuffered: Cell::new(is_unbuffered), escapes }
    }

    /// Writes text.
    pub fn write(&self, cx: &mut Cx, text: &[u8]) -> Result<()> {
        if utf8::find_surrogate(text, 0).is_some() && self.escapes {
            let shown = utf8::to_string_lossy(text);
            self.buffers.text.borrow_mut().extend_from_slice(shown.as_bytes());
        } else {
            self.buffers.text.borrow_mut().extend_from_slice(text);
        }
        let flush = self.is_unbuffered.get() || (self.is_line_buffered.get() && memchr::memchr(b'\n', text).is_some());
        if flush {
            return self.flush(cx);
        }
        if self.buffers.text.borrow().len() > CHUNK {
            self.buffers.pass_text();
            if self.buffers.output.borrow().len() > self.buffers.size {
                if let Err(e) = self.buffers.flush_output() {
                    return Err(cx.io_error(&e, None));
                }
            }
        }
        Ok(())
    }

    /// Forgets what waits to be written.
    pub fn discard(&self) {
        self.buffers.text.borrow_mut().clear();
        self.buffers.output.borrow_mut().clear();
    }

    pub fn flush(&self, cx: &mut Cx) -> Result<()> {
        self.buffers.flush_all().map_err(|e| cx.io_error(&e, None))
    }
}

/// Character and line based layer over a binary stream.
#[class("_io.TextIOWrapper")]
pub mod class {
    use super::TextIo;
    use gscript_vm::object::str::Str;
    use gscript_vm::value::Gc;
    use gscript_vm::vm::{Cx, Result};

    #[method("text, /")]
    fn write(cx: &mut Cx, this: &TextIo, text: Gc<Str>) -> Result<usize> {
        this.write(cx, text.bytes())?;
        Ok(text.char_len())
    }

    #[method("")]
    fn flush(cx: &mut Cx, this: &TextIo) -> Result<()> {
        this.flush(cx)
    }
}
