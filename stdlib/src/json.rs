//! `_json`: writer and reader under `json` (`gs/json.gs`). Own code, because errors, their positions and every corner
//! (what a key may be, NaN, digits of ints, hooks) are to be CPython's.

use gscript_macros::module;
use gscript_vm::object::dict::Dict;
use gscript_vm::object::int::int_ref;
use gscript_vm::object::list::List;
use gscript_vm::object::str::Str;
use gscript_vm::object::tuple::Tuple;
use gscript_vm::text::{float_repr, utf8};
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

/// How a value is written.
struct Writer {
    out: Vec<u8>,
    skip_keys: bool,
    ensure_ascii: bool,
    allow_nan: bool,
    check_circular: bool,
    sort_keys: bool,
    /// One level of indentation.
    indent: Option<Vec<u8>>,
    item_separator: Vec<u8>,
    key_separator: Vec<u8>,
    /// The containers being written. Their values are on the native stack.
    open: Vec<u64>,
    /// Calls of `push` that are under way.
    depth: usize,
    /// Containers that are open: what is indented by.
    level: usize,
}

fn push_quoted(out: &mut Vec<u8>, text: &[u8], ensure_ascii: bool) {
    out.push(b'"');
    let mut plain = 0;
    let mut at = 0;
    while at < text.len() {
        let b = text[at];
        let is_plain = b >= 0x20 && b != b'"' && b != b'\\' && (b < 0x7F || !ensure_ascii);
        if is_plain {
            at += 1;
            continue;
        }
        out.extend_from_slice(&text[plain..at]);
        match b {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x0C => out.extend_from_slice(b"\\f"),
            0x08 => out.extend_from_slice(b"\\b"),
            _ if b < 0x20 => push_escape(out, b as u32),
            _ => {
                let (c, next) = utf8::decode_at(text, at).unwrap_or((0xFFFD, at + 1));
                match c.checked_sub(0x10000) {
                    Some(high) => {
                        push_escape(out, 0xD800 + (high >> 10));
                        push_escape(out, 0xDC00 + (high & 0x3FF));
                    }
                    None => push_escape(out, c),
                }
                at = next - 1;
            }
        }
        at += 1;
        plain = at;
    }
    out.extend_from_slice(&text[plain..]);
    out.push(b'"');
}

fn push_escape(out: &mut Vec<u8>, unit: u32) {
    out.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        out.push(b"0123456789abcdef"[(unit >> shift & 15) as usize]);
    }
}

impl Writer {
    fn push_float(&mut self, cx: &mut Cx, x: f64) -> Result<()> {
        if x.is_finite() {
            float_repr::push_repr(&mut self.out, x);
            return Ok(());
        }
        if !self.allow_nan {
            let mut text = String::from("Out of range float values are not JSON compliant");
            if self.indent.is_some() {
                let mut shown = Vec::new();
                float_repr::push_repr(&mut shown, x);
                text = format!("{text}: {}", String::from_utf8_lossy(&shown));
            }
            return Err(cx.value_error(text));
        }
        self.out.extend_from_slice(if x.is_nan() {
            b"NaN"
        } else if x > 0.0 {
            b"Infinity"
        } else {
            b"-Infinity"
        });
        Ok(())
    }

    /// Numbers, constants and texts; false: something else.
    fn push_scalar(&mut self, cx: &mut Cx, v: Value) -> Result<bool> {
        if let Some(s) = v.as_gc::<Str>() {
            push_quoted(&mut self.out, s.bytes(), self.ensure_ascii);
        } else if v.is_none() {
            self.out.extend_from_slice(b"null");
        } else if let Some(b) = v.as_bool() {
            self.out.extend_from_slice(if b { b"true" } else { b"false" });
        } else if let Some(i) = int_ref(v) {
            cx.push_int(&mut self.out, i)?;
        } else if let Some(x) = v.as_float() {
            self.push_float(cx, x)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn push(&mut self, cx: &mut Cx, v: Value, default: Value) -> Result<()> {
        if self.push_scalar(cx, v)? {
            return Ok(());
        }
        if self.depth as i64 >= cx.recursion_limit() {
            return Err(cx.recursion_error(" while encoding a JSON object"));
        }
        cx.check_stack()?;
        cx.check_poll()?;
        if self.check_circular {
            if self.open.contains(&v.word()) {
                return Err(cx.value_error("Circular reference detected"));
            }
            self.open.push(v.word());
        }
        self.depth += 1;
        if (v.as_gc::<List>().is_some() || v.as_gc::<Tuple>().is_some()) && !cx.iterates_natively(v) {
            // A subclass that iterates in its own way.
            let l = cx.list_from_iterable(v)?;
            self.push_items(cx, default, |cx, i| if i < l.len() { Some(cx.list_get(l, i)) } else { None })?;
        } else if let Some(l) = v.as_gc::<List>() {
            self.push_items(cx, default, |cx, i| if i < l.len() { Some(cx.list_get(l, i)) } else { None })?;
        } else if let Some(t) = v.as_gc::<Tuple>() {
            self.push_items(cx, default, |_, i| t.items().get(i).copied())?;
        } else if v.as_gc::<Dict>().is_some() {
            self.push_dict(cx, v, default)?;
        } else if default.is_none() {
            let text = format!("Object of type {} is not JSON serializable", cx.type_name(v));
            return Err(cx.type_error(text));
        } else {
            let other = cx.call(default, &[v])?;
            self.push(cx, other, default)?;
        }
        self.depth -= 1;
        if self.check_circular {
            self.open.pop();
        }
        Ok(())
    }

    fn new_line(&mut self, depth: usize) {
        if let Some(indent) = &self.indent {
            self.out.push(b'\n');
            for _ in 0..depth {
                self.out.extend_from_slice(indent);
            }
        }
    }

    /// `item(i)` is asked anew for each, as script code may change the container meanwhile.
    fn push_items(&mut self, cx: &mut Cx, default: Value, mut item: impl FnMut(&mut Cx, usize) -> Option<Value>) -> Result<()> {
        let level = self.level;
        let mut i = 0;
        self.out.push(b'[');
        self.level += 1;
        while let Some(v) = item(cx, i) {
            if i > 0 {
                self.out.extend_from_slice(&self.item_separator);
            }
            self.new_line(level + 1);
            self.push(cx, v, default)?;
            i += 1;
        }
        self.level = level;
        if i > 0 {
            self.new_line(level);
        }
        self.out.push(b']');
        Ok(())
    }

    fn push_dict(&mut self, cx: &mut Cx, dict: Value, default: Value) -> Result<()> {
        let items = cx.call_method(dict, "items", &[])?;
        let items = cx.list_from_iterable(items)?;
        if self.sort_keys {
            cx.call_method(items.value(), "sort", &[])?;
        }
        let level = self.level;
        self.out.push(b'{');
        self.level += 1;
        let mut is_first = true;
        let mut i = 0;
        while i < items.len() {
            let pair = cx.list_get(items, i);
            i += 1;
            let Some(pair) = pair.as_gc::<Tuple>().filter(|p| p.len() == 2) else {
                return Err(cx.value_error("items must return 2-tuples"));
            };
            let (key, v) = (pair.items()[0], pair.items()[1]);
            let is_text = key.as_gc::<Str>().is_some();
            if !is_text && !key.is_none() && int_ref(key).is_none() && key.as_float().is_none() {
                if self.skip_keys {
                    continue;
                }
                let text = format!("keys must be str, int, float, bool or None, not {}", cx.type_name(key));
                return Err(cx.type_error(text));
            }
            if !is_first {
                self.out.extend_from_slice(&self.item_separator);
            }
            is_first = false;
            self.new_line(level + 1);
            if !is_text {
                self.out.push(b'"');
            }
            self.push_scalar(cx, key)?;
            if !is_text {
                self.out.push(b'"');
            }
            self.out.extend_from_slice(&self.key_separator);
            self.push(cx, v, default)?;
        }
        self.level = level;
        if !is_first {
            self.new_line(level);
        }
        self.out.push(b'}');
        Ok(())
    }
}

/// What the reader was told, all values None or callables. Lives on the native stack.
#[derive(Clone, Copy)]
struct Hooks {
    strict: bool,
    object: Value,
    pairs: Value,
    float: Value,
    int: Value,
    constant: Value,
    error: Value,
}

/// A text being read.
struct Reader<'a> {
    text: &'a [u8],
    source: Gc<Str>,
    hooks: Hooks,
    depth: usize,
}

impl Reader<'_> {
    /// JSONDecodeError at a byte offset.
    #[cold]
    fn fail(&self, cx: &mut Cx, message: &str, at: usize) -> Raised {
        let position = self.source.index_of(at.min(self.text.len())) + at.saturating_sub(self.text.len());
        let message = cx.str(message).value();
        let position = cx.int(position as i64);
        match cx.call(self.hooks.error, &[message, self.source.value(), position]) {
            Ok(e) => cx.raise_value(e),
            Err(r) => r,
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while matches!(self.text.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            at += 1;
        }
        at
    }

    /// The value that begins at `at`, and where it ends.
    fn value(&mut self, cx: &mut Cx, at: usize) -> Result<(Value, usize)> {
        let rest = self.text.get(at..).unwrap_or_default();
        match rest.first() {
            Some(b'"') => {
                let mut out = Vec::new();
                let end = self.string(cx, at + 1, &mut out)?;
                Ok((cx.str_from_bytes(&out).value(), end))
            }
            Some(b'{') => {
                self.enter(cx, " while decoding a JSON object from a unicode string")?;
                let r = self.object(cx, at + 1);
                self.depth -= 1;
                r
            }
            Some(b'[') => {
                self.enter(cx, " while decoding a JSON array from a unicode string")?;
                let r = self.array(cx, at + 1);
                self.depth -= 1;
                r
            }
            Some(b'n') if rest.starts_with(b"null") => Ok((Value::NONE, at + 4)),
            Some(b't') if rest.starts_with(b"true") => Ok((Value::TRUE, at + 4)),
            Some(b'f') if rest.starts_with(b"false") => Ok((Value::FALSE, at + 5)),
            Some(b'N') if rest.starts_with(b"NaN") => self.constant(cx, "NaN", f64::NAN, at),
            Some(b'I') if rest.starts_with(b"Infinity") => self.constant(cx, "Infinity", f64::INFINITY, at),
            Some(b'-') if rest.starts_with(b"-Infinity") => self.constant(cx, "-Infinity", f64::NEG_INFINITY, at),
            _ => self.number(cx, at),
        }
    }

    fn enter(&mut self, cx: &mut Cx, what: &str) -> Result<()> {
        self.depth += 1;
        if self.depth as i64 >= cx.recursion_limit() {
            return Err(cx.recursion_error(what));
        }
        cx.check_stack()
    }

    fn constant(&mut self, cx: &mut Cx, name: &str, x: f64, at: usize) -> Result<(Value, usize)> {
        let v = if self.hooks.constant.is_none() {
            cx.float(x)
        } else {
            let name = cx.str(name).value();
            cx.call(self.hooks.constant, &[name])?
        };
        Ok((v, at + name.len()))
    }

    fn digits(&self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        at
    }

    fn number(&mut self, cx: &mut Cx, start: usize) -> Result<(Value, usize)> {
        let mut at = start + (self.byte(start) == b'-') as usize;
        at = match self.byte(at) {
            b'0' => at + 1,
            b'1'..=b'9' => self.digits(at),
            _ => return Err(self.fail(cx, "Expecting value", start)),
        };
        let mut is_float = false;
        if self.byte(at) == b'.' && self.byte(at + 1).is_ascii_digit() {
            is_float = true;
            at = self.digits(at + 1);
        }
        if matches!(self.byte(at), b'e' | b'E') {
            let digits = at + 1 + matches!(self.byte(at + 1), b'+' | b'-') as usize;
            let end = self.digits(digits);
            if end > digits {
                is_float = true;
                at = end;
            }
        }
        let text = &self.text[start..at];
        let hook = if is_float { self.hooks.float } else { self.hooks.int };
        let v = if !hook.is_none() {
            let text = cx.str_from_ascii(text).value();
            cx.call(hook, &[text])?
        } else if is_float {
            let x = gscript_vm::text::float_parse::parse_ascii(text).unwrap_or(f64::NAN);
            cx.float(x)
        } else {
            cx.int_from_text(text, true, 10)?
        };
        Ok((v, at))
    }

    /// Appends the text whose opening quote stands before `start`; the result is where it ends.
    fn string(&mut self, cx: &mut Cx, start: usize, out: &mut Vec<u8>) -> Result<usize> {
        let mut at = start;
        loop {
            let from = at;
            let stop = loop {
                match self.text.get(at) {
                    Some(b @ (b'"' | b'\\')) => break *b,
                    Some(0..=0x1F) if self.hooks.strict => {
                        return Err(self.fail(cx, "Invalid control character at", at));
                    }
                    Some(_) => at += 1,
                    None => {
                        return Err(self.fail(cx, "Unterminated string starting at", start - 1));
                    }
                }
            };
            out.extend_from_slice(&self.text[from..at]);
            at += 1;
            if stop == b'"' {
                return Ok(at);
            }
            let c = match self.text.get(at) {
                None => return Err(self.fail(cx, "Unterminated string starting at", start - 1)),
                Some(b'u') => {
                    let (c, end) = self.unicode_escape(cx, at + 1)?;
                    at = end;
                    // Halves of a surrogate pair that stand apart are joined by nobody: they stay as they are.
                    utf8::push(out, c);
                    continue;
                }
                Some(b @ (b'"' | b'\\' | b'/')) => *b,
                Some(b'b') => 8,
                Some(b'f') => 12,
                Some(b'n') => b'\n',
                Some(b'r') => b'\r',
                Some(b't') => b'\t',
                Some(_) => return Err(self.fail(cx, "Invalid \\escape", at - 1)),
            };
            out.push(c);
            at += 1;
        }
    }

    /// The code point of `\uXXXX` (and of a second one that completes it), from its first digit.
    fn unicode_escape(&mut self, cx: &mut Cx, at: usize) -> Result<(u32, usize)> {
        let unit = |at: usize| -> Option<u32> {
            let digits = self.text.get(at..at + 4)?;
            digits.iter().try_fold(0, |c, d| Some(c << 4 | (*d as char).to_digit(16)?))
        };
        // A quote must follow at least.
        let Some(c) = unit(at).filter(|_| at + 4 < self.text.len()) else {
            return Err(self.fail(cx, "Invalid \\uXXXX escape", at - 1));
        };
        let end = at + 4;
        if (0xD800..0xDC00).contains(&c) && end + 6 < self.text.len() && self.text[end..].starts_with(b"\\u") {
            return match unit(end + 2) {
                Some(low @ 0xDC00..=0xDFFF) => Ok((0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), end + 6)),
                Some(_) => Ok((c, end)),
                None => Err(self.fail(cx, "Invalid \\uXXXX escape", end + 1)),
            };
        }
        Ok((c, end))
    }

    fn array(&mut self, cx: &mut Cx, start: usize) -> Result<(Value, usize)> {
        let list = cx.list_new();
        let mut at = self.skip_space(start);
        if self.text.get(at) == Some(&b']') {
            return Ok((list.value(), at + 1));
        }
        loop {
            let (v, end) = self.value(cx, at)?;
            cx.list_push(list, v);
            at = self.skip_space(end);
            match self.text.get(at) {
                Some(b']') => return Ok((list.value(), at + 1)),
                Some(b',') => at = self.skip_space(at + 1),
                _ => return Err(self.fail(cx, "Expecting ',' delimiter", at)),
            }
        }
    }

    fn object(&mut self, cx: &mut Cx, start: usize) -> Result<(Value, usize)> {
        let dict = cx.dict_new();
        let pairs = if self.hooks.pairs.is_none() { None } else { Some(cx.list_new()) };
        let mut key_text = Vec::new();
        let mut at = self.skip_space(start);
        let end = if self.text.get(at) == Some(&b'}') {
            at + 1
        } else {
            loop {
                if self.text.get(at) != Some(&b'"') {
                    return Err(self.fail(cx, "Expecting property name enclosed in double quotes", at));
                }
                key_text.clear();
                at = self.string(cx, at + 1, &mut key_text)?;
                let key = if key_text.len() <= 64 { cx.intern_bytes(&key_text) } else { cx.str_from_bytes(&key_text) };
                at = self.skip_space(at);
                if self.text.get(at) != Some(&b':') {
                    return Err(self.fail(cx, "Expecting ':' delimiter", at));
                }
                at = self.skip_space(at + 1);
                let (v, end) = self.value(cx, at)?;
                match pairs {
                    Some(list) => {
                        let pair = cx.tuple(&[key.value(), v]).value();
                        cx.list_push(list, pair);
                    }
                    None => cx.dict_set(dict, key.value(), v)?,
                }
                at = self.skip_space(end);
                match self.text.get(at) {
                    Some(b'}') => break at + 1,
                    Some(b',') => at = self.skip_space(at + 1),
                    _ => return Err(self.fail(cx, "Expecting ',' delimiter", at)),
                }
            }
        };
        let v = match pairs {
            Some(list) => cx.call(self.hooks.pairs, &[list.value()])?,
            None if self.hooks.object.is_none() => dict.value(),
            None => cx.call(self.hooks.object, &[dict.value()])?,
        };
        Ok((v, end))
    }
}

/// Writer and reader of JSON.
#[module("_json")]
pub mod json {
    use super::*;

    /// The text of a value.
    #[function("value, skipkeys, ensure_ascii, check_circular, allow_nan, indent, item_separator, key_separator, default, sort_keys, /")]
    #[expect(clippy::too_many_arguments, reason = "the options of the format")]
    fn encode(
        cx: &mut Cx,
        value: Value,
        skip_keys: bool,
        ensure_ascii: bool,
        check_circular: bool,
        allow_nan: bool,
        indent: Value,
        item_separator: Gc<Str>,
        key_separator: Gc<Str>,
        default: Value,
        sort_keys: bool,
    ) -> Result<Value> {
        let indent = indent.as_gc::<Str>().map(|s| s.bytes().to_vec());
        let mut w = Writer {
            out: Vec::new(),
            skip_keys,
            ensure_ascii,
            allow_nan,
            check_circular,
            sort_keys,
            indent,
            item_separator: item_separator.bytes().to_vec(),
            key_separator: key_separator.bytes().to_vec(),
            open: Vec::new(),
            depth: 0,
            level: 0,
        };
        w.push(cx, value, default)?;
        Ok(cx.str_from_bytes(&w.out).value())
    }

    /// A text as JSON writes it.
    #[function]
    fn quote(cx: &mut Cx, text: Gc<Str>, ensure_ascii: bool) -> Value {
        let mut out = Vec::new();
        push_quoted(&mut out, text.bytes(), ensure_ascii);
        cx.str_from_bytes(&out).value()
    }

    /// The value that begins at an index (`whole`: the only one in the text), and where it ends.
    #[function("text, idx, whole, strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant, error, /")]
    #[expect(clippy::too_many_arguments, reason = "the options of the reader")]
    fn decode(
        cx: &mut Cx,
        text: Gc<Str>,
        idx: usize,
        whole: bool,
        strict: bool,
        object: Value,
        pairs: Value,
        float: Value,
        int: Value,
        constant: Value,
        error: Value,
    ) -> Result<Value> {
        let hooks = Hooks { strict, object, pairs, float, int, constant, error };
        let content = text.bytes().to_vec();
        let mut r = Reader { text: &content, source: text, hooks, depth: 0 };
        let start = if idx > text.char_len() { content.len() + (idx - text.char_len()) } else { text.offset_of(idx) };
        let start = if whole { r.skip_space(start) } else { start };
        let (v, end) = r.value(cx, start)?;
        if whole {
            let end = r.skip_space(end);
            if end != content.len() {
                return Err(r.fail(cx, "Extra data", end));
            }
            return Ok(v);
        }
        let end = cx.int(text.index_of(end) as i64);
        Ok(cx.tuple(&[v, end]).value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        let quoted = |text: &str, ascii| {
            let mut out = Vec::new();
            push_quoted(&mut out, text.as_bytes(), ascii);
            String::from_utf8(out).expect("text")
        };
        assert_eq!(quoted("a\"\\\n\u{1}é😀", true), "\"a\\\"\\\\\\n\\u0001\\u00e9\\ud83d\\ude00\"");
        assert_eq!(quoted("é\u{7f}", false), "\"é\u{7f}\"");
    }
}
