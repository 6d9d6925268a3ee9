//! `io.TextIOWrapper`: text over a binary stream.
//!
//! Over a buffered file of this module encoded text goes straight into the buffers of that file; everything else goes
//! through the methods of the stream below.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::{IS_SCRIPT, Type};
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::Slot;
use gscript_vm::object::str::Str;
use gscript_vm::protocol::bytes_of;
use gscript_vm::text::codec::{self, Codec, Errors, Refused};
use gscript_vm::text::utf8;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

use super::base::{closed_error, is_closed, size_arg, unsupported};
use super::buffered::{Buffered, Stream, open_stream};
use super::newline::{Endings, Newline, Seen};
use super::stream::Buffers;

/// Encoded text is passed on when there is more than this; so much is read at a time.
const CHUNK: usize = 8192;

/// How text and bytes are turned into each other.
#[derive(Clone, Copy)]
pub struct Coding {
    pub codec: Codec,
    pub errors: Errors,
    pub newline: Newline,
}

/// Text that was read ahead.
#[derive(Default)]
struct Input {
    /// Decoded text, line ends translated; what stands before `at` has been taken.
    text: Vec<u8>,
    at: usize,
    /// The bytes that `text` was made of, and those not decoded yet behind them.
    chunk: Vec<u8>,
    /// How many bytes of `chunk` have been decoded.
    decoded: usize,
    /// `text` differs from these bytes: characters are to be counted.
    is_changed: bool,
    /// The byte order or the mark has been seen.
    codec: Option<Codec>,
    is_at_end: bool,
}

/// The body of a text file.
pub struct TextIo {
    buffer: Slot,
    /// `None` after `detach` and before `__init__`.
    coding: Cell<Option<Coding>>,
    /// As given: `encoding` and `errors`.
    encoding: Slot,
    errors: Slot,
    /// The buffers below, when they are this module's own.
    buffers: RefCell<Option<Rc<Buffers>>>,
    /// Encoded text waiting, when they are not.
    pending: RefCell<Vec<u8>>,
    input: RefCell<Input>,
    seen: Cell<Seen>,
    is_line_buffered: Cell<bool>,
    writes_through: Cell<bool>,
    /// The encoder has begun: no mark any more.
    has_started: Cell<bool>,
    /// `tell` is off while lines are iterated over.
    is_iterating: Cell<bool>,
    /// `mode`, if `open` made it; or what was set.
    mode: Slot,
}

impl Default for TextIo {
    fn default() -> TextIo {
        let slot = || Slot::new(None);
        TextIo {
            buffer: slot(),
            coding: Cell::new(None),
            encoding: slot(),
            errors: slot(),
            buffers: RefCell::default(),
            pending: RefCell::default(),
            input: RefCell::default(),
            seen: Cell::default(),
            is_line_buffered: Cell::new(false),
            writes_through: Cell::new(false),
            has_started: Cell::new(false),
            is_iterating: Cell::new(false),
            mode: slot(),
        }
    }
}

impl Native for TextIo {
    fn trace(&self, m: &mut Marker<'_>) {
        for s in [&self.buffer, &self.encoding, &self.errors, &self.mode] {
            s.trace(m);
        }
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.next_line(cx, this))
    }
}

/// What `TextIOWrapper` is told.
pub struct TextOptions<'a> {
    pub encoding: Option<Value>,
    pub errors: Option<Value>,
    pub newline: Option<&'a str>,
    pub is_line_buffered: bool,
    pub writes_through: bool,
}

impl TextIo {
    /// Puts it over `buffer`.
    pub fn start(&self, cx: &mut Cx, this: Gc<NativeObject>, buffer: Value, o: &TextOptions<'_>) -> Result<()> {
        let Some(newline) = Newline::parse(o.newline) else {
            return Err(cx.value_error(format!("illegal newline value: {}", o.newline.unwrap_or_default())));
        };
        let encoding = match o.encoding {
            Some(e) => e,
            None => cx.str("UTF-8").value(),
        };
        let name = encoding.as_str_object().filter(|s| s.bytes() != b"locale");
        let codec = cx.codec_of(name)?;
        let errors = match o.errors {
            Some(e) => e,
            None => cx.str("strict").value(),
        };
        let handler = match errors.as_str_object().and_then(|e| Errors::from_name(e.bytes())) {
            Some(h) => h,
            None => {
                let shown = cx.str_value(errors)?;
                return Err(cx.lookup_error(format!("unknown error handler name '{}'", shown.lossy())));
            }
        };
        let buffers = match native::<Buffered>(buffer) {
            Some(b) if !cx.class_of(buffer).has_flag(IS_SCRIPT) => b.native_buffers(),
            _ => None,
        };
        self.coding.set(Some(Coding { codec, errors: handler, newline }));
        self.buffer.set(this, Some(buffer));
        self.encoding.set(this, Some(encoding));
        self.errors.set(this, Some(errors));
        *self.buffers.borrow_mut() = buffers;
        *self.input.borrow_mut() = Input::default();
        self.is_line_buffered.set(o.is_line_buffered);
        self.writes_through.set(o.writes_through);
        // Appending writes no mark in the middle of a file.
        if let Some(b) = &*self.buffers.borrow() {
            if let Some(f) = &b.file {
                let at = crate::platform::fd::seek(f.fd(), 0, libc::SEEK_CUR).unwrap_or(0);
                self.has_started.set(at != 0);
            }
        }
        Ok(())
    }

    pub fn set_mode(&self, this: Gc<NativeObject>, mode: Value) {
        self.mode.set(this, Some(mode));
    }

    fn coding(&self, cx: &mut Cx) -> Result<Coding> {
        match self.coding.get() {
            Some(c) => Ok(c),
            None if self.buffer.get().is_some() => Err(cx.value_error("underlying buffer has been detached")),
            None => Err(cx.value_error("I/O operation on uninitialized object")),
        }
    }

    /// The stream below, open.
    fn open_buffer(&self, cx: &mut Cx) -> Result<Value> {
        self.coding(cx)?;
        let Some(buffer) = self.buffer.get() else {
            return Err(closed_error(cx));
        };
        let closed = match &*self.buffers.borrow() {
            Some(b) => b.file.as_ref().is_none_or(|f| f.is_closed()),
            None => {
                return if is_closed(cx, buffer)? { Err(closed_error(cx)) } else { Ok(buffer) };
            }
        };
        if closed { Err(closed_error(cx)) } else { Ok(buffer) }
    }

    /// The buffered stream below, when it is this module's own.
    fn stream(&self, cx: &mut Cx) -> Result<Option<Stream>> {
        if self.buffers.borrow().is_none() {
            return Ok(None);
        }
        match self.buffer.get() {
            Some(b) => open_stream(cx, b, "read of").map(Some),
            None => Ok(None),
        }
    }

    /// Whether the stream below can be read or written.
    fn check(&self, cx: &mut Cx, buffer: Value, writing: bool) -> Result<()> {
        let ok = match native::<Buffered>(buffer).filter(|_| self.buffers.borrow().is_some()) {
            Some(b) if writing => b.writes.get(),
            Some(b) => b.reads.get(),
            None => {
                let v = cx.call_method(buffer, if writing { "writable" } else { "readable" }, &[])?;
                cx.truth(v)?
            }
        };
        if ok { Ok(()) } else { Err(unsupported(cx, if writing { "not writable" } else { "not readable" })) }
    }

    /// Writes text.
    pub fn write(&self, cx: &mut Cx, text: &[u8]) -> Result<()> {
        let buffer = self.open_buffer(cx)?;
        let coding = self.coding(cx)?;
        if !native::<Buffered>(buffer).is_some_and(|b| b.writes.get() && self.buffers.borrow().is_some()) {
            self.check(cx, buffer, true)?;
        }
        let has_end = (self.is_line_buffered.get() || coding.newline.writes != Endings::Lf) && memchr::memchr2(b'\n', b'\r', text).is_some();
        let translated;
        let text = if has_end && coding.newline.writes != Endings::Lf {
            translated = coding.newline.translate(text);
            &translated[..]
        } else {
            text
        };
        let is_plain = matches!(coding.codec, Codec::Utf8) && utf8::find_surrogate(text, 0).is_none();
        {
            let buffers = self.buffers.borrow();
            let mut pending = match &*buffers {
                Some(b) => b.text.borrow_mut(),
                None => self.pending.borrow_mut(),
            };
            if is_plain {
                pending.extend_from_slice(text);
            } else {
                let at = pending.len();
                if let Err(e) = self.encode(coding, text, &mut pending) {
                    pending.truncate(at);
                    drop(pending);
                    drop(buffers);
                    return Err(self.encode_failed(cx, e, text));
                }
            }
        }
        self.has_started.set(true);
        if !self.input.borrow().text.is_empty() || !self.input.borrow().chunk.is_empty() {
            // What was read ahead is not valid any more.
            *self.input.borrow_mut() = Input::default();
        }
        let waiting = match &*self.buffers.borrow() {
            Some(b) => b.text.borrow().len(),
            None => self.pending.borrow().len(),
        };
        if self.is_line_buffered.get() && has_end {
            return self.flush(cx);
        }
        if waiting > CHUNK || self.writes_through.get() {
            self.pass_on(cx)?;
        }
        Ok(())
    }

    fn encode(&self, coding: Coding, text: &[u8], out: &mut Vec<u8>) -> std::result::Result<(), Refused<codec::EncodeFault>> {
        let codec = if self.has_started.get() { without_mark(coding.codec) } else { coding.codec };
        codec::encode(codec, text, coding.errors, gscript_vm::builtins::CHARACTER_NAMES, out)
    }

    #[cold]
    fn encode_failed(&self, cx: &mut Cx, e: Refused<codec::EncodeFault>, text: &[u8]) -> Raised {
        match e {
            Refused::Fault(f) => {
                let s = cx.str_from_bytes(text);
                cx.encode_error(&f, s)
            }
            Refused::Direction => cx.type_error("don't know how to handle UnicodeEncodeError in error callback"),
        }
    }

    /// Passes encoded text on to the stream below.
    fn pass_on(&self, cx: &mut Cx) -> Result<()> {
        let buffers = self.buffers.borrow().clone();
        if let Some(b) = buffers {
            if b.text.borrow().is_empty() {
                return Ok(());
            }
            if let (Some(stream), true) = (self.stream(cx)?, !b.input.borrow().rest().is_empty()) {
                // A file that is read, too.
                let text = std::mem::take(&mut *b.text.borrow_mut());
                return stream.write(cx, &text);
            }
            if b.file.as_ref().is_some_and(|f| f.may_wait()) {
                b.pass_text();
                let is_due = b.output.borrow().len() >= b.size || self.writes_through.get();
                return match self.stream(cx)? {
                    Some(stream) if is_due => stream.flush(cx),
                    _ => Ok(()),
                };
            }
            let full = b.output.borrow().len() + b.text.borrow().len() > b.size;
            if full && !b.output.borrow().is_empty() {
                b.flush_checked(cx)?.map_err(|e| cx.io_error(&e, None))?;
            }
            let passed = b.text.borrow().len();
            b.pass_text();
            if b.output.borrow().len() >= b.size || self.writes_through.get() {
                let done = b.flush_checked(cx);
                if !matches!(done, Ok(Ok(()))) && (passed > b.size || self.writes_through.get()) {
                    // CPython writes this past its buffer, so nobody will try it again.
                    b.output.borrow_mut().clear();
                }
                done?.map_err(|e| cx.io_error(&e, None))?;
            }
            return Ok(());
        }
        let text = std::mem::take(&mut *self.pending.borrow_mut());
        if text.is_empty() {
            return Ok(());
        }
        let Some(buffer) = self.buffer.get() else {
            return Ok(());
        };
        let b = cx.bytes(&text).value();
        cx.call_method(buffer, "write", &[b])?;
        Ok(())
    }

    /// Forgets what waits to be written.
    pub fn discard(&self) {
        if let Some(b) = &*self.buffers.borrow() {
            b.text.borrow_mut().clear();
            b.output.borrow_mut().clear();
        }
    }

    pub fn flush(&self, cx: &mut Cx) -> Result<()> {
        let buffer = self.open_buffer(cx)?;
        self.is_iterating.set(false);
        self.pass_on(cx)?;
        match self.stream(cx)? {
            Some(s) => s.flush(cx),
            None => cx.call_method(buffer, "flush", &[]).map(|_| ()),
        }
    }

    /// Reads and decodes more. False at the end.
    fn read_more(&self, cx: &mut Cx, want: usize) -> Result<bool> {
        let buffer = self.open_buffer(cx)?;
        let mut bytes = Vec::new();
        match self.stream(cx)? {
            Some(s) => {
                s.read1(cx, want.max(CHUNK), &mut bytes)?;
            }
            None => {
                let n = cx.int(CHUNK as i64);
                let has_read1 = cx.try_attr_text(buffer, "read1")?;
                let data = match has_read1 {
                    Some(f) => cx.call(f, &[n])?,
                    None => cx.call_method(buffer, "read", &[n])?,
                };
                match bytes_of(data) {
                    Some(b) => bytes.extend_from_slice(b),
                    None => {
                        let what = if has_read1.is_some() { "read1" } else { "read" };
                        let text = format!("underlying {what}() should have returned a bytes-like object, not '{}'", cx.type_name(data));
                        return Err(cx.type_error(text));
                    }
                }
            }
        }
        let is_end = bytes.is_empty();
        self.decode(cx, bytes, is_end)?;
        Ok(!is_end)
    }

    /// Decodes `bytes` behind what is there.
    fn decode(&self, cx: &mut Cx, bytes: Vec<u8>, is_final: bool) -> Result<()> {
        let coding = self.coding(cx)?;
        let mut input = self.input.borrow_mut();
        let input = &mut *input;
        // What has been taken goes.
        if input.at > 0 || input.text.is_empty() {
            let bytes = if input.at == input.text.len() {
                input.decoded
            } else if input.is_changed {
                let taken = utf8::count(&input.text[..input.at]);
                bytes_of_characters(&input.chunk[..input.decoded], input.codec.unwrap_or(coding.codec), coding, taken)
            } else {
                input.at
            };
            input.text.drain(..input.at);
            input.at = 0;
            input.chunk.drain(..bytes);
            input.decoded -= bytes;
            input.is_changed &= !input.text.is_empty();
        }
        input.chunk.extend_from_slice(&bytes);
        let codec = input.codec.unwrap_or(coding.codec);
        let from = input.decoded;
        let mut raw = Vec::new();
        let mut done = None;
        if matches!(codec, Codec::Utf8 | Codec::Ascii | Codec::Latin1) && input.chunk[from..].is_ascii() {
            raw.extend_from_slice(&input.chunk[from..]);
            done = Some(input.chunk.len() - from);
        }
        let consumed = match done {
            Some(n) => n,
            None => {
                let r = codec::decode_with(codec, &input.chunk[from..], is_final, gscript_vm::builtins::CHARACTER_NAMES, &mut { coding.errors }, &mut raw);
                match r {
                    Ok(p) => {
                        if p.consumed > 0 {
                            input.codec = Some(match codec {
                                Codec::Utf8Sig => Codec::Utf8,
                                Codec::Utf16(None) => Codec::Utf16(p.order),
                                Codec::Utf32(None) => Codec::Utf32(p.order),
                                c => c,
                            });
                        }
                        p.consumed
                    }
                    Err(e) => {
                        let data = input.chunk[from..].to_vec();
                        // As after an error in CPython's decoder: what was read is gone.
                        input.chunk.truncate(from);
                        return Err(match e {
                            Refused::Fault(f) => cx.decode_error(&f, &data),
                            Refused::Direction => cx.text_error(Errors::decoding_type_error()),
                        });
                    }
                }
            }
        };
        input.decoded += consumed;
        input.is_at_end = is_final && bytes.is_empty();
        let mut seen = self.seen.get();
        let before = input.text.len();
        let held = coding.newline.decoded(&raw, is_final, &mut seen, &mut input.text);
        input.is_changed |= input.text[before..] != input.chunk[from..from + consumed - held as usize * unit(codec)];
        self.seen.set(seen);
        if held {
            // A lone `\r` at the end waits for what follows: it is decoded again then.
            input.decoded -= unit(input.codec.unwrap_or(codec));
        }
        Ok(())
    }

    /// The end of the first line in `text` from byte `from`.
    fn line_end(newline: Newline, text: &[u8], from: usize) -> Option<usize> {
        newline.line_end(text, from)
    }

    /// A line, or at most `limit` characters of it; empty at the end.
    pub fn read_line(&self, cx: &mut Cx, limit: Option<usize>) -> Result<Value> {
        let buffer = self.open_buffer(cx)?;
        let coding = self.coding(cx)?;
        if self.buffers.borrow().is_none() || !native::<Buffered>(buffer).is_some_and(|b| b.reads.get()) {
            self.check(cx, buffer, false)?;
        }
        self.pass_on_before_reading(cx)?;
        let mut scanned = 0;
        loop {
            {
                let input = self.input.borrow();
                let rest = &input.text[input.at..];
                let end = Self::line_end(coding.newline, rest, scanned);
                let cut = match limit {
                    Some(n) => {
                        let at = utf8::offset_after(rest, 0, n);
                        if end.is_none_or(|e| at < e) && (at < rest.len() || utf8::count(rest) >= n) { Some(at) } else { end }
                    }
                    None => end,
                };
                if let Some(n) = cut {
                    let (from, to) = (input.at, input.at + n);
                    let s = cx.str_from_bytes(&input.text[from..to]).value();
                    drop(input);
                    self.input.borrow_mut().at = to;
                    return Ok(s);
                }
                // A line end of two characters may be cut in two.
                scanned = rest.len().saturating_sub(1);
            }
            let before = self.input.borrow().at;
            let is_more = self.read_more(cx, 0)?;
            if self.input.borrow().at != before {
                scanned = 0;
            }
            if !is_more {
                let mut input = self.input.borrow_mut();
                let rest = input.text[input.at..].to_vec();
                if Self::line_end(coding.newline, &rest, 0).is_some() {
                    continue;
                }
                input.at = input.text.len();
                drop(input);
                return Ok(cx.str_from_bytes(&rest).value());
            }
        }
    }

    /// Text that was written goes first.
    fn pass_on_before_reading(&self, cx: &mut Cx) -> Result<()> {
        let waits = match &*self.buffers.borrow() {
            Some(b) => b.has_output(),
            None => !self.pending.borrow().is_empty(),
        };
        if waits { self.flush(cx) } else { Ok(()) }
    }

    /// `read(limit)`.
    pub fn read(&self, cx: &mut Cx, limit: Option<usize>) -> Result<Value> {
        let buffer = self.open_buffer(cx)?;
        self.check(cx, buffer, false)?;
        self.pass_on_before_reading(cx)?;
        let Some(n) = limit else {
            let mut bytes = Vec::new();
            match self.stream(cx)? {
                Some(s) => {
                    s.read(cx, None, &mut bytes)?;
                }
                None => {
                    let all = cx.call_method(buffer, "read", &[])?;
                    match bytes_of(all) {
                        Some(b) => bytes.extend_from_slice(b),
                        None if all.is_none() => {}
                        None => return Err(cx.type_error("read() should return bytes")),
                    }
                }
            }
            self.decode(cx, bytes, true)?;
            let mut input = self.input.borrow_mut();
            let text = std::mem::take(&mut *input);
            input.codec = text.codec;
            drop(input);
            return Ok(cx.str_from_bytes(&text.text[text.at..]).value());
        };
        loop {
            {
                let mut input = self.input.borrow_mut();
                let rest = &input.text[input.at..];
                if rest.len() >= n && utf8::count(rest) >= n || n == 0 {
                    let to = input.at + utf8::offset_after(rest, 0, n);
                    let part = input.text[input.at..to].to_vec();
                    input.at = to;
                    drop(input);
                    return Ok(cx.str_from_bytes(&part).value());
                }
            }
            if !self.read_more(cx, n)? {
                let mut input = self.input.borrow_mut();
                let rest = input.text[input.at..].to_vec();
                let cut = utf8::offset_after(&rest, 0, n).min(rest.len());
                input.at += cut;
                drop(input);
                return Ok(cx.str_from_bytes(&rest[..cut]).value());
            }
        }
    }

    fn next_line(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        self.is_iterating.set(true);
        let line = if cx.class_of(this.value()).has_flag(IS_SCRIPT) { cx.call_method(this.value(), "readline", &[])? } else { self.read_line(cx, None)? };
        if cx.len(line)? == 0 {
            self.is_iterating.set(false);
            return Ok(None);
        }
        Ok(Some(line))
    }

    /// The position, as a number that `seek` takes: the byte where the next character begins.
    fn tell(&self, cx: &mut Cx) -> Result<i64> {
        let buffer = self.open_buffer(cx)?;
        self.check_seekable(cx, buffer)?;
        if self.is_iterating.get() {
            let class = cx.types.os_error;
            return Err(cx.raise(class, "telling position disabled by next() call"));
        }
        self.flush(cx)?;
        let below = match self.stream(cx)? {
            Some(s) => s.tell(cx)?,
            None => {
                let v = cx.call_method(buffer, "tell", &[])?;
                cx.index(v)?.as_int().unwrap_or(0)
            }
        };
        let coding = self.coding(cx)?;
        let input = self.input.borrow();
        let start = below - input.chunk.len() as i64;
        if input.at == input.text.len() {
            return Ok(start + input.decoded as i64);
        }
        let taken = utf8::count(&input.text[..input.at]);
        if !input.is_changed {
            return Ok(start + input.at as i64);
        }
        let codec = input.codec.unwrap_or(coding.codec);
        Ok(start + bytes_of_characters(&input.chunk[..input.decoded], codec, coding, taken) as i64)
    }

    fn check_seekable(&self, cx: &mut Cx, buffer: Value) -> Result<()> {
        let v = cx.call_method(buffer, "seekable", &[])?;
        if cx.truth(v)? { Ok(()) } else { Err(unsupported(cx, "underlying stream is not seekable")) }
    }

    fn seek(&self, cx: &mut Cx, cookie: Value, whence: i32) -> Result<Value> {
        let buffer = self.open_buffer(cx)?;
        self.check_seekable(cx, buffer)?;
        let Some(offset) = cx.index(cookie)?.as_int() else {
            return Err(cx.overflow_error("Python int too large to convert to C long"));
        };
        let offset = match whence {
            0 if offset < 0 => {
                return Err(cx.value_error(format!("negative seek position {offset}")));
            }
            0 => offset,
            1 if offset != 0 => return Err(unsupported(cx, "can't do nonzero cur-relative seeks")),
            1 => {
                self.is_iterating.set(false);
                self.tell(cx)?
            }
            2 if offset != 0 => return Err(unsupported(cx, "can't do nonzero end-relative seeks")),
            2 => 0,
            n => return Err(cx.value_error(format!("invalid whence ({n}, should be 0, 1 or 2)"))),
        };
        self.flush(cx)?;
        let below = if whence == 2 { 2 } else { 0 };
        let at = match self.stream(cx)? {
            Some(s) => s.seek(cx, offset, below)?,
            None => {
                let (o, w) = (cx.int(offset), Value::int32(below));
                let v = cx.call_method(buffer, "seek", &[o, w])?;
                cx.index(v)?.as_int().unwrap_or(0)
            }
        };
        *self.input.borrow_mut() = Input::default();
        self.is_iterating.set(false);
        self.has_started.set(at != 0);
        Ok(cx.int(at))
    }
}

/// Bytes of the smallest unit of an encoding: of a `\r`.
fn unit(codec: Codec) -> usize {
    match codec {
        Codec::Utf16(_) => 2,
        Codec::Utf32(_) => 4,
        _ => 1,
    }
}

/// The codec behind the first write: it writes no mark.
fn without_mark(codec: Codec) -> Codec {
    let native = if cfg!(target_endian = "little") { codec::ByteOrder::Little } else { codec::ByteOrder::Big };
    match codec {
        Codec::Utf8Sig => Codec::Utf8,
        Codec::Utf16(None) => Codec::Utf16(Some(native)),
        Codec::Utf32(None) => Codec::Utf32(Some(native)),
        c => c,
    }
}

/// How many bytes of `chunk` the first `count` characters of the text come from.
fn bytes_of_characters(chunk: &[u8], codec: Codec, coding: Coding, count: usize) -> usize {
    let unit = unit(codec);
    let mut at = 0;
    for _ in 0..count {
        let Some(&first) = chunk.get(at) else { break };
        let width = match codec {
            Codec::Utf8 | Codec::Utf8Sig => match first {
                0xF0.. => 4,
                0xE0.. => 3,
                0xC0.. => 2,
                _ => 1,
            },
            Codec::Utf16(order) => {
                let high = chunk.get(at + if order == Some(codec::ByteOrder::Big) { 0 } else { 1 }).copied().unwrap_or(0);
                if high & 0xFC == 0xD8 { 4 } else { 2 }
            }
            _ => unit,
        };
        let is_return = |at: usize, b: u8| chunk.get(at..at + unit).is_some_and(|u| u.contains(&b) && u.iter().filter(|&&x| x != 0).count() == 1);
        let is_pair = coding.newline.translates && is_return(at, b'\r') && is_return(at + unit, b'\n');
        at += if is_pair { 2 * unit } else { width };
    }
    at.min(chunk.len())
}

/// Character and line based layer over a BufferedIOBase object, buffer.
#[class("_io.TextIOWrapper")]
pub mod class {
    use super::*;
    use gscript_vm::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(TextIo::default())).value())
    }

    #[method(name = "__init__", "buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False")]
    fn init(
        cx: &mut Cx,
        this: Gc<NativeObject>,
        buffer: Value,
        encoding: Option<Gc<Str>>,
        errors: Option<Gc<Str>>,
        newline: Option<String>,
        line_buffering: Option<bool>,
        write_through: Option<bool>,
    ) -> Result<()> {
        let Some(t) = native::<TextIo>(this.value()) else {
            return Ok(());
        };
        let options = TextOptions {
            encoding: encoding.map(|e| e.value()),
            errors: errors.map(|e| e.value()),
            newline: newline.as_deref(),
            is_line_buffered: line_buffering.unwrap_or(false),
            writes_through: write_through.unwrap_or(false),
        };
        t.start(cx, this, buffer, &options)
    }

    #[method("text, /")]
    fn write(cx: &mut Cx, this: &TextIo, text: Gc<Str>) -> Result<usize> {
        this.write(cx, text.bytes())?;
        Ok(text.char_len())
    }

    #[method("")]
    fn flush(cx: &mut Cx, this: &TextIo) -> Result<()> {
        this.flush(cx)
    }

    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: &TextIo, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        this.read(cx, n)
    }

    #[method("size=-1, /")]
    fn readline(cx: &mut Cx, this: &TextIo, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        this.read_line(cx, n)
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let line = match native::<TextIo>(this.value()) {
            Some(t) => t.next_line(cx, this)?,
            None => None,
        };
        match line {
            Some(v) => Ok(v),
            None => Err(cx.stop_iteration(Value::NONE)),
        }
    }

    #[method("cookie, whence=0, /")]
    fn seek(cx: &mut Cx, this: &TextIo, cookie: Value, whence: Option<i32>) -> Result<Value> {
        this.seek(cx, cookie, whence.unwrap_or(0))
    }

    #[method("")]
    fn tell(cx: &mut Cx, this: &TextIo) -> Result<i64> {
        this.tell(cx)
    }

    #[method("pos=None, /")]
    fn truncate(cx: &mut Cx, this: &TextIo, pos: Option<Value>) -> Result<Value> {
        this.flush(cx)?;
        let buffer = this.open_buffer(cx)?;
        let pos = match pos {
            Some(p) => p,
            None => {
                let at = this.tell(cx)?;
                cx.int(at)
            }
        };
        cx.call_method(buffer, "truncate", &[pos])
    }

    #[method("")]
    fn close(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        let Some(t) = native::<TextIo>(this.value()) else {
            return Ok(());
        };
        t.coding(cx)?;
        let Some(buffer) = t.buffer.get() else {
            return Ok(());
        };
        if is_closed(cx, buffer)? {
            return Ok(());
        }
        let flushed = if cx.class_of(this.value()).has_flag(IS_SCRIPT) { cx.call_method(this.value(), "flush", &[]).map(|_| ()) } else { t.flush(cx) };
        match flushed {
            Ok(()) => cx.call_method(buffer, "close", &[]).map(|_| ()),
            Err(r) => {
                let e = cx.take_pending(r);
                t.discard();
                cx.call_method(buffer, "close", &[])?;
                Err(cx.reraise(e))
            }
        }
    }

    #[method("")]
    fn detach(cx: &mut Cx, this: &TextIo) -> Result<Value> {
        this.flush(cx)?;
        this.coding.set(None);
        *this.buffers.borrow_mut() = None;
        Ok(this.buffer.get().unwrap_or(Value::NONE))
    }

    /// Reconfigure the text stream with new parameters.
    #[method("*, encoding=None, errors=None, newline='x', line_buffering=None, write_through=None")]
    fn reconfigure(
        cx: &mut Cx,
        this: Gc<NativeObject>,
        encoding: Option<Gc<Str>>,
        errors: Option<Gc<Str>>,
        newline: Option<Value>,
        line_buffering: Option<bool>,
        write_through: Option<bool>,
    ) -> Result<()> {
        let Some(t) = native::<TextIo>(this.value()) else {
            return Ok(());
        };
        let mut coding = t.coding(cx)?;
        let has_read = !t.input.borrow().chunk.is_empty() || t.input.borrow().codec.is_some();
        if has_read && (encoding.is_some() || errors.is_some() || newline.is_some()) {
            return Err(unsupported(cx, "It is not possible to set the encoding or newline of stream after the first read"));
        }
        t.flush(cx)?;
        if let Some(e) = encoding {
            coding.codec = cx.codec_of(Some(e))?;
            t.encoding.set(this, Some(e.value()));
            if errors.is_none() {
                coding.errors = Errors::Strict;
                let strict = cx.str("strict").value();
                t.errors.set(this, Some(strict));
            }
        }
        if let Some(e) = errors {
            match Errors::from_name(e.bytes()) {
                Some(h) => coding.errors = h,
                None => {
                    return Err(cx.lookup_error(format!("unknown error handler name '{}'", e.lossy())));
                }
            }
            t.errors.set(this, Some(e.value()));
        }
        if let Some(n) = newline {
            let text = n.as_str_object().map(|s| s.lossy().into_owned());
            match Newline::parse(text.as_deref()) {
                Some(n) => coding.newline = n,
                None => {
                    return Err(cx.value_error(format!("illegal newline value: {}", text.unwrap_or_default())));
                }
            }
        }
        t.coding.set(Some(coding));
        if let Some(b) = line_buffering {
            t.is_line_buffered.set(b);
        }
        if let Some(b) = write_through {
            t.writes_through.set(b);
        }
        Ok(())
    }

    #[getter]
    fn buffer(cx: &mut Cx, this: &TextIo) -> Result<Value> {
        this.coding(cx)?;
        Ok(this.buffer.get().unwrap_or(Value::NONE))
    }

    #[getter]
    fn encoding(this: &TextIo) -> Option<Value> {
        this.encoding.get()
    }

    #[getter]
    fn errors(this: &TextIo) -> Option<Value> {
        this.errors.get()
    }

    #[getter]
    fn newlines(cx: &mut Cx, this: &TextIo) -> Result<Value> {
        Ok(this.seen.get().value(cx))
    }

    #[getter]
    fn line_buffering(this: &TextIo) -> bool {
        this.is_line_buffered.get()
    }

    #[getter]
    fn write_through(this: &TextIo) -> bool {
        this.writes_through.get()
    }

    #[getter(name = "_CHUNK_SIZE")]
    fn chunk_size(this: &TextIo) -> usize {
        let _ = this;
        CHUNK
    }

    #[getter]
    fn closed(cx: &mut Cx, this: &TextIo) -> Result<bool> {
        this.coding(cx)?;
        match this.buffer.get() {
            Some(b) => is_closed(cx, b),
            None => Ok(true),
        }
    }

    #[getter]
    fn name(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        match native::<TextIo>(this.value()).and_then(|t| t.buffer.get()) {
            Some(b) => cx.get_attr_text(b, "name"),
            None => Err(cx.no_attribute(this.value(), "name")),
        }
    }

    #[getter]
    fn mode(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        match native::<TextIo>(this.value()).and_then(|t| t.mode.get()) {
            Some(m) => Ok(m),
            None => Err(cx.no_attribute(this.value(), "mode")),
        }
    }

    #[setter(mode)]
    fn set_mode_(cx: &mut Cx, this: Gc<NativeObject>, v: Option<Value>) -> Result<()> {
        let _ = cx;
        if let Some(t) = native::<TextIo>(this.value()) {
            t.mode.set(this, v);
        }
        Ok(())
    }

    #[method("")]
    fn fileno(cx: &mut Cx, this: &TextIo) -> Result<Value> {
        ask(cx, this, "fileno")
    }

    #[method("")]
    fn isatty(cx: &mut Cx, this: &TextIo) -> Result<Value> {
        ask(cx, this, "isatty")
    }

    #[method("")]
    fn readable(cx: &mut Cx, this: &TextIo) -> Result<Value> {
        ask(cx, this, "readable")
    }

    #[method("")]
    fn writable(cx: &mut Cx, this: &TextIo) -> Result<Value> {
        ask(cx, this, "writable")
    }

    #[method("")]
    fn seekable(cx: &mut Cx, this: &TextIo) -> Result<Value> {
        ask(cx, this, "seekable")
    }

    fn ask(cx: &mut Cx, this: &TextIo, what: &str) -> Result<Value> {
        this.coding(cx)?;
        match this.buffer.get() {
            Some(b) => cx.call_method(b, what, &[]),
            None => Err(closed_error(cx)),
        }
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let Some(t) = native::<TextIo>(this.value()) else {
            return Ok(Value::NONE);
        };
        t.coding(cx)?;
        let mut out = b"<_io.TextIOWrapper".to_vec();
        for (label, v) in [("name", cx.try_attr_text(this.value(), "name")?), ("mode", t.mode.get()), ("encoding", t.encoding.get())] {
            if let Some(v) = v {
                out.extend_from_slice(format!(" {label}=").as_bytes());
                cx.push_repr(&mut out, v)?;
            }
        }
        out.push(b'>');
        Ok(cx.str_from_bytes(&out).value())
    }
}
