//! `print`: text to a stream, without objects in between where the stream is one of the library's own.

use gscript_macros::functions;

use crate::value::Value;
use crate::vm::{Cx, Result};

/// Where `print` writes: gathers text for streams of the library, calls `write` of others.
struct Target {
    stream: Value,
    is_native: bool,
    text: Vec<u8>,
}

impl Target {
    fn new(cx: &mut Cx, stream: Value) -> Result<Target> {
        // An empty text tells whether the stream is the library's.
        let is_native = cx.write_stream(stream, b"")?;
        let mut text = std::mem::take(&mut cx.scratch);
        text.clear();
        Ok(Target { stream, is_native, text })
    }

    fn flush(&mut self, cx: &mut Cx) -> Result<()> {
        if self.text.is_empty() {
            return Ok(());
        }
        let r = cx.write_stream(self.stream, &self.text).map(|_| ());
        self.text.clear();
        r
    }

    fn put(&mut self, cx: &mut Cx, v: Value) -> Result<()> {
        if !self.is_native {
            let s = cx.str_value(v)?;
            let write = cx.common.write;
            let write = cx.get_attr(self.stream, write)?;
            cx.call(write, &[s.value()])?;
            return Ok(());
        }
        if let Some(s) = v.as_str_object().filter(|_| cx.is_exact(v, cx.types.str)) {
            self.text.extend_from_slice(s.bytes());
            return Ok(());
        }
        if let Some(i) = v.as_int() {
            let mut digits = itoa::Buffer::new();
            self.text.extend_from_slice(digits.format(i).as_bytes());
            return Ok(());
        }
        // Its `__str__` may print, too.
        self.flush(cx)?;
        let s = cx.str_value(v)?;
        self.text.extend_from_slice(s.bytes());
        Ok(())
    }

    fn finish(mut self, cx: &mut Cx) -> Result<()> {
        let r = self.flush(cx);
        if self.text.capacity() < 1 << 16 {
            cx.scratch = self.text;
        }
        r
    }
}

impl Cx {
    /// Writes text to a stream if it is one of the library's own; else false.
    pub fn write_stream(&mut self, stream: Value, text: &[u8]) -> Result<bool> {
        match self.hooks.write_stream {
            Some(write) => write(self, stream, text),
            None => Ok(false),
        }
    }

    /// `file=None` means `sys.stdout` as it is now. `None`: print nothing.
    fn print_stream(&mut self, file: Option<Value>) -> Result<Option<Value>> {
        if let Some(f) = file {
            return Ok(Some(f));
        }
        let name = self.common.stdout;
        match self.sys_attribute(name) {
            Some(v) => Ok(Some(v).filter(|v| !v.is_none())),
            None => Err(self.runtime_error("lost sys.stdout")),
        }
    }

    fn print_text(&mut self, v: Option<Value>, name: &str) -> Result<Option<Value>> {
        match v {
            None => Ok(None),
            Some(v) if v.as_str_object().is_some() => Ok(Some(v)),
            Some(v) => {
                let text = format!("{name} must be None or a string, not {}", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }

    /// `print(*args, sep=sep, end=end, file=file, flush=flush)`.
    pub fn print(&mut self, args: &[Value], sep: Option<Value>, end: Option<Value>, file: Option<Value>, flush: bool) -> Result<()> {
        if self.hooks.write_stream.is_none() && file.is_none() {
            return self.print_plain(args, sep, end);
        }
        let Some(stream) = self.print_stream(file)? else {
            return Ok(());
        };
        let sep = self.print_text(sep, "sep")?;
        let end = self.print_text(end, "end")?;
        let space = self.char_str(b' ').value();
        let newline = self.char_str(b'\n').value();
        let mut target = Target::new(self, stream)?;
        let mut r = Ok(());
        for (i, &v) in args.iter().enumerate() {
            if i > 0 {
                r = target.put(self, sep.unwrap_or(space));
            }
            if r.is_ok() {
                r = target.put(self, v);
            }
            if r.is_err() {
                break;
            }
        }
        if r.is_ok() {
            r = target.put(self, end.unwrap_or(newline));
        }
        match r {
            Ok(()) => target.finish(self)?,
            Err(raised) => {
                // What came before the failure has been printed.
                let e = self.take_pending(raised);
                target.finish(self)?;
                return Err(self.reraise(e));
            }
        }
        if flush {
            let name = self.common.flush;
            let f = self.get_attr(stream, name)?;
            self.call(f, &[])?;
        }
        Ok(())
    }

    /// In a machine without the library: to where the host says.
    fn print_plain(&mut self, args: &[Value], sep: Option<Value>, end: Option<Value>) -> Result<()> {
        let sep = self.print_text(sep, "sep")?;
        let end = self.print_text(end, "end")?;
        let mut out = Vec::new();
        for (i, &v) in args.iter().enumerate() {
            if i > 0 {
                match sep.and_then(|s| s.as_str_object()) {
                    Some(s) => out.extend_from_slice(s.bytes()),
                    None => out.push(b' '),
                }
            }
            let s = self.str_value(v)?;
            out.extend_from_slice(s.bytes());
        }
        match end.and_then(|s| s.as_str_object()) {
            Some(s) => out.extend_from_slice(s.bytes()),
            None => out.push(b'\n'),
        }
        self.write_stdout(&out)
    }
}

#[functions]
pub mod functions {
    use crate::value::Value;
    use crate::vm::{Cx, Result};

    /// Prints the values to a stream, or to sys.stdout by default.
    ///
    /// sep
    ///   string inserted between values, default a space.
    /// end
    ///   string appended after the last value, default a newline.
    /// file
    ///   a file-like object (stream); defaults to the current sys.stdout.
    /// flush
    ///   whether to forcibly flush the stream.
    #[function("*args, sep=' ', end='\\n', file=None, flush=False")]
    fn print(cx: &mut Cx, args: &[Value], sep: Option<Value>, end: Option<Value>, file: Option<Value>, flush: Option<Value>) -> Result<()> {
        let flush = match flush {
            Some(f) => cx.truth(f)?,
            None => false,
        };
        cx.print(args, sep.filter(|v| !v.is_none()), end.filter(|v| !v.is_none()), file, flush)
    }
}
