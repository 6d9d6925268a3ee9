//! Uncaught exceptions as text, as CPython 3.11's interpreter prints them: frames, source lines with carets, chains,
//! notes, groups, syntax errors.

use std::collections::HashMap;
use std::rc::Rc;

use gscript_grammar::ast::{ExprKind, StmtKind};

use crate::authority::Authority;
use crate::extension::Extension;
use crate::object::class::Type;
use crate::object::exception::{Exception, Traceback};
use crate::object::tuple::Tuple;
use crate::text::utf8;
use crate::value::{Gc, Value};
use crate::vm::Cx;

/// Equal frames shown before "[Previous line repeated …]".
const REPEAT_CUTOFF: usize = 3;
/// Frames shown unless `sys.tracebacklimit` says otherwise.
const FRAME_LIMIT: i64 = 1000;
/// Groups are shown to this depth, and so many members of each.
const GROUP_DEPTH: usize = 10;
const GROUP_WIDTH: usize = 15;

const CAUSE: &str = "The above exception was the direct cause of the following exception:\n";
const CONTEXT: &str = "During handling of the above exception, another exception occurred:\n";

/// Lines of source files, read when a traceback first shows one.
#[derive(Default)]
struct Sources {
    files: HashMap<String, Option<Rc<str>>>,
}

impl Extension for Sources {}

/// The text of line `line`, without its end.
fn line_of(text: &str, line: u32) -> Option<&str> {
    let mut rest = text;
    for _ in 1..line {
        let at = rest.find(['\n', '\r'])?;
        let skip = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[at + skip..];
    }
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    (end > 0 || end < rest.len()).then(|| &rest[..end])
}

impl Cx {
    /// Makes `text` the source that tracebacks show for code with this file name.
    pub fn set_source(&mut self, filename: &str, text: &str) {
        self.extension::<Sources>().files.insert(filename.to_string(), Some(Rc::from(text)));
    }

    /// A line of a source file, if it can be read.
    pub fn source_line(&mut self, filename: &str, line: u32) -> Option<String> {
        let known = self.try_extension::<Sources>().and_then(|s| s.files.get(filename)).cloned();
        let text = match known {
            Some(text) => text,
            None => {
                let is_name = filename.starts_with('<') && filename.ends_with('>');
                let bytes = if is_name || !self.may(Authority::FILES) { None } else { std::fs::read(filename).ok() };
                let text: Option<Rc<str>> = bytes.map(|b| match gscript_grammar::decode_source(&b) {
                    Ok(t) => Rc::from(&*t),
                    Err(_) => Rc::from(&*String::from_utf8_lossy(&b)),
                });
                self.extension::<Sources>().files.insert(filename.to_string(), text.clone());
                text
            }
        };
        line_of(&text?, line).map(str::to_string)
    }

    /// The exception and those it is chained to, as an interpreter shows an uncaught one. Generalised UTF-8. Runs
    /// `__str__` of exceptions; what they raise is swallowed.
    pub fn format_exception(&mut self, e: Value) -> Vec<u8> {
        let mut p = Printer { out: Vec::new(), depth: 0, needs_close: false, seen: Vec::new() };
        p.exception(self, e);
        p.out
    }

    /// The frames of a traceback object, as lines; empty when there is none.
    pub fn format_traceback(&mut self, traceback: Value) -> Vec<u8> {
        let mut p = Printer { out: Vec::new(), depth: 0, needs_close: false, seen: Vec::new() };
        p.frames(self, traceback);
        p.out
    }

    /// Runs `f`; an exception in it is dropped and gives `None`.
    fn quietly<T>(&mut self, f: impl FnOnce(&mut Cx) -> crate::vm::Result<T>) -> Option<T> {
        match f(self) {
            Ok(v) => Some(v),
            Err(r) => {
                self.take_pending(r);
                None
            }
        }
    }
}

struct Printer {
    out: Vec<u8>,
    /// Depth of groups; 0 outside.
    depth: usize,
    needs_close: bool,
    seen: Vec<u64>,
}

impl Printer {
    fn text(&mut self, s: &str) {
        self.out.extend_from_slice(s.as_bytes());
    }

    fn indent(&mut self) {
        self.out.resize(self.out.len() + 2 * self.depth, b' ');
    }

    fn margin(&mut self) {
        self.indent();
        if self.depth > 0 {
            self.text("| ");
        }
    }

    fn line(&mut self, s: &str) {
        self.margin();
        self.text(s);
    }

    /// An exception with what it is chained to.
    fn exception(&mut self, cx: &mut Cx, v: Value) {
        if cx.check_stack().map_err(|r| cx.take_pending(r)).is_err() {
            return;
        }
        let Some(e) = v.as_gc::<Exception>() else {
            return;
        };
        self.seen.push(v.word());
        let cause = e.cause.get().filter(|c| !c.is_none());
        let context = e.context.get().filter(|c| !c.is_none() && !e.suppress_context.get());
        let chained = cause.map(|c| (c, CAUSE)).or(context.map(|c| (c, CONTEXT)));
        if let Some((c, text)) = chained {
            if !self.seen.contains(&c.word()) {
                let needs_close = std::mem::replace(&mut self.needs_close, false);
                self.exception(cx, c);
                self.needs_close = needs_close;
                self.line("\n");
                self.line(text);
                self.line("\n");
            }
        }
        if cx.is_instance(v, cx.types.base_exception_group) { self.group(cx, e) } else { self.one(cx, e) }
    }

    fn group(&mut self, cx: &mut Cx, e: Gc<Exception>) {
        if self.depth > GROUP_DEPTH {
            self.line(&format!("... (max_group_depth is {GROUP_DEPTH})\n"));
            return;
        }
        if self.depth == 0 {
            self.depth = 1;
        }
        self.one(cx, e);
        let members = cx.quietly(|cx| cx.try_attr_text(e.value(), "exceptions")).flatten().and_then(|v| v.as_gc::<Tuple>());
        let count = members.map_or(0, |m| m.len());
        let shown = if count <= GROUP_WIDTH { count } else { GROUP_WIDTH + 1 };
        self.needs_close = false;
        for i in 0..shown {
            let is_last = i + 1 == shown;
            if is_last {
                // The closing line may be written by a group inside.
                self.needs_close = true;
            }
            let is_cut = i >= GROUP_WIDTH;
            self.indent();
            let corner = if i == 0 { "+-" } else { "  " };
            let number = if is_cut { "...".to_string() } else { (i + 1).to_string() };
            self.text(&format!("{corner}+---------------- {number} ----------------\n"));
            self.depth += 1;
            match members {
                Some(m) if !is_cut => self.exception(cx, m.items()[i]),
                _ => {
                    let more = count - GROUP_WIDTH;
                    self.line(&format!("and {more} more exception{}\n", if more > 1 { "s" } else { "" }));
                }
            }
            if is_last && self.needs_close {
                self.indent();
                self.text("+------------------------------------\n");
                self.needs_close = false;
            }
            self.depth -= 1;
        }
        if self.depth == 1 {
            self.depth = 0;
        }
    }

    fn one(&mut self, cx: &mut Cx, e: Gc<Exception>) {
        let class = cx.class_of(e.value());
        if let Some(tb) = e.traceback.get().filter(|t| !t.is_none()) {
            let is_group = class.is_subclass(cx.types.base_exception_group);
            let at = self.out.len();
            self.indent();
            let margin = match (self.depth, is_group) {
                (0, _) => "",
                (1, true) => "+ ",
                _ => "| ",
            };
            self.text(margin);
            self.text(if is_group { "Exception Group Traceback (most recent call last):\n" } else { "Traceback (most recent call last):\n" });
            if !self.frames(cx, tb) {
                self.out.truncate(at);
            }
        }
        let notes_name = cx.common.notes;
        let notes = cx.quietly(|cx| cx.try_attr(e.value(), notes_name)).flatten();
        let mut shown = Some(e.value());
        if cx.quietly(|cx| cx.try_attr_text(e.value(), "print_file_and_line")).flatten().is_some() {
            shown = self.syntax_place(cx, e).unwrap_or(shown);
        }
        self.message(cx, class, shown);
        if let Some(s) = super::suggest::suggestion(cx, e) {
            self.text(". Did you mean: '");
            self.out.extend_from_slice(s.bytes());
            self.text("'?");
        }
        self.text("\n");
        if let Some(n) = notes {
            self.notes(cx, n);
        }
    }

    /// `ModuleName.Class: text`; `shown` is the exception, or the message of a SyntaxError.
    fn message(&mut self, cx: &mut Cx, class: Gc<Type>, shown: Option<Value>) {
        self.margin();
        let (module, qualname) = (cx.common.module, cx.common.qualname);
        match cx.quietly(|cx| cx.try_attr(class.value(), module)).flatten().and_then(|m| m.as_str_object()) {
            Some(m) if matches!(m.bytes(), b"builtins" | b"__main__") => {}
            Some(m) => {
                self.out.extend_from_slice(m.bytes());
                self.text(".");
            }
            None => self.text("<unknown>."),
        }
        match cx.quietly(|cx| cx.try_attr(class.value(), qualname)).flatten().and_then(|m| m.as_str_object()) {
            Some(q) => self.out.extend_from_slice(q.bytes()),
            None => self.text(&class.name_text()),
        }
        let Some(v) = shown.filter(|v| !v.is_none()) else {
            return;
        };
        match cx.quietly(|cx| cx.str_value(v)) {
            Some(s) if s.bytes().is_empty() => {}
            Some(s) => {
                self.text(": ");
                self.out.extend_from_slice(s.bytes());
            }
            None => self.text(": <exception str() failed>"),
        }
    }

    fn notes(&mut self, cx: &mut Cx, notes: Value) {
        let is_text = notes.as_str_object().is_some() || cx.is_instance(notes, cx.types.bytes);
        let list = if is_text || !cx.is_sequence_kind(notes) { None } else { cx.quietly(|cx| cx.tuple_from_iterable(notes)) };
        let Some(list) = list else {
            self.margin();
            match cx.quietly(|cx| cx.repr(notes)) {
                Some(s) => self.out.extend_from_slice(s.bytes()),
                None => self.text("<__notes__ repr() failed>"),
            }
            self.text("\n");
            return;
        };
        for &note in list.items() {
            match cx.quietly(|cx| cx.str_value(note)) {
                Some(s) => {
                    let mut rest = s.bytes();
                    while !rest.is_empty() {
                        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
                        self.margin();
                        self.out.extend_from_slice(&rest[..end]);
                        rest = &rest[end..];
                    }
                }
                None => {
                    self.margin();
                    self.text("<note str() failed>");
                }
            }
            self.text("\n");
        }
    }

    /// The frames; false when none is to be shown.
    fn frames(&mut self, cx: &mut Cx, traceback: Value) -> bool {
        let mut limit = FRAME_LIMIT;
        if let Some(n) = cx.sys_value("tracebacklimit").and_then(|v| v.as_int()) {
            if n <= 0 {
                return false;
            }
            limit = n;
        }
        let next = |t: Gc<Traceback>| t.next.get().and_then(|v| v.as_gc::<Traceback>());
        let mut depth = 0;
        let mut at = traceback.as_gc::<Traceback>();
        while let Some(t) = at {
            depth += 1;
            at = next(t);
        }
        let mut at = traceback.as_gc::<Traceback>();
        while let Some(t) = at.filter(|_| depth > limit) {
            depth -= 1;
            at = next(t);
        }
        let mut last: Option<(u64, u32, u64)> = None;
        let mut count = 0;
        while let Some(t) = at {
            let code = t.function.code.get();
            let line = t.line();
            let key = (code.filename.value().word(), line, code.name.value().word());
            if last != Some(key) {
                self.repeated(count);
                last = Some(key);
                count = 0;
            }
            count += 1;
            if count <= REPEAT_CUTOFF {
                self.frame(cx, t, line);
            }
            at = next(t);
        }
        self.repeated(count);
        true
    }

    fn repeated(&mut self, count: usize) {
        if count > REPEAT_CUTOFF {
            let n = count - REPEAT_CUTOFF;
            self.text(&format!("  [Previous line repeated {n} more time{}]\n", if n > 1 { "s" } else { "" }));
        }
    }

    fn frame(&mut self, cx: &mut Cx, t: Gc<Traceback>, line: u32) {
        let code = t.function.code.get();
        let filename = code.filename.lossy().into_owned();
        let name = cx.frame_name(t.function);
        self.line(&format!("  File \"{filename}\", line {line}, in {name}\n"));
        let Some(source) = cx.source_line(&filename, line) else {
            return;
        };
        let shown = source.trim_start_matches([' ', '\t', '\x0c']);
        self.margin();
        self.text("    ");
        self.text(shown);
        self.text("\n");
        let Some(p) = code.source.position(t.pc) else {
            return;
        };
        if p.line != line || (p.end_line == p.line && p.end_column <= p.column) {
            return;
        }
        let skipped = source.chars().count() - shown.chars().count();
        let characters = |bytes: u32| {
            let mut end = (bytes as usize).min(source.len());
            while !source.is_char_boundary(end) {
                end -= 1;
            }
            source[..end].chars().count()
        };
        let start = characters(p.column);
        let mut end = characters(p.end_column);
        let mut anchors = None;
        if p.end_line == p.line {
            anchors = find_anchors(&source, start, end);
        } else {
            end = source.trim_end_matches([' ', '\t', '\x0c']).chars().count();
        }
        let length = source.chars().count() - skipped;
        if (end.saturating_sub(start) == length && anchors.is_none()) || start < skipped {
            return;
        }
        self.margin();
        self.text("    ");
        for column in skipped..end {
            let c = match anchors {
                _ if column < start => ' ',
                Some((left, right)) if left <= column && column < right => '^',
                Some(_) => '~',
                None => '^',
            };
            self.out.push(c as u8);
        }
        self.text("\n");
    }

    /// `File …, line …` and the line of a SyntaxError; its message, `None` when it has no place.
    fn syntax_place(&mut self, cx: &mut Cx, e: Gc<Exception>) -> Option<Option<Value>> {
        let mut get = |name: &str| cx.quietly(|cx| cx.try_attr_text(e.value(), name)).flatten();
        let message = get("msg")?;
        let filename = get("filename").filter(|f| !f.is_none());
        let line = get("lineno")?.as_int()?;
        let offset = get("offset").and_then(|v| v.as_int()).unwrap_or(-1);
        let end_line = get("end_lineno").and_then(|v| v.as_int()).unwrap_or(line);
        let end_offset = get("end_offset").and_then(|v| v.as_int()).unwrap_or(-1);
        let text = get("text").and_then(|v| v.as_str_object());
        let shown = match filename {
            Some(f) => cx.quietly(|cx| cx.str_value(f)).map_or(String::new(), |s| s.lossy().into_owned()),
            None => "<string>".to_string(),
        };
        self.line(&format!("  File \"{shown}\", line {line}\n"));
        if let Some(text) = text {
            let text = text.lossy().into_owned();
            let end_offset = if end_line > line { text.len() as i64 } else { end_offset };
            self.error_text(&text, offset, end_offset);
        }
        Some(Some(message))
    }

    fn error_text(&mut self, text: &str, offset: i64, end_offset: i64) {
        let repeat = if end_offset > 0 && end_offset > offset { end_offset - offset } else { 1 };
        let stripped = text.trim_start_matches([' ', '\t', '\x0c']);
        let mut offset = offset - 1 - (text.len() - stripped.len()) as i64;
        let mut text = stripped;
        let len = text.len() as i64 - text.ends_with('\n') as i64;
        offset = offset.min(len);
        while let Some(nl) = text.find('\n').map(|n| n as i64) {
            if nl >= offset {
                break;
            }
            text = &text[nl as usize + 1..];
            offset -= nl + 1;
        }
        self.text("    ");
        self.text(text);
        if !text.ends_with('\n') {
            self.text("\n");
        }
        if offset < 0 {
            return;
        }
        self.text("    ");
        self.out.resize(self.out.len() + offset as usize, b' ');
        self.out.resize(self.out.len() + repeat as usize, b'^');
        self.text("\n");
    }
}

/// Where the operator of a binary operation, or the brackets of a subscript, stand on the line: characters
/// `[left, right)`. `start` and `end` bound the expression.
fn find_anchors(line: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let segment: String = line.chars().skip(start).take(end.saturating_sub(start)).collect();
    let module = gscript_grammar::parse_module(&segment).ok()?;
    let [statement] = module.body.as_slice() else {
        return None;
    };
    let StmtKind::Expr(expression) = &statement.kind else {
        return None;
    };
    let bytes = segment.as_bytes();
    let is_blank = |i: u32| matches!(bytes.get(i as usize), Some(b' ' | b'\t' | b'\x0c') | None);
    let (left, right) = match &expression.kind {
        ExprKind::BinOp { left, right, .. } => {
            let i = (left.span.end..right.span.start).find(|&i| !is_blank(i))?;
            let is_double = i + 1 < right.span.start && !is_blank(i + 1);
            (i, i + 1 + is_double as u32)
        }
        ExprKind::Subscript { value, index } => (value.span.end, index.span.end + 1),
        _ => return None,
    };
    let characters = |at: u32| utf8::count(&bytes[..(at as usize).min(bytes.len())]);
    Some((start + characters(left), start + characters(right)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found() {
        let text = "a\n\nb\r\nc";
        assert_eq!([1, 2, 3, 4, 5].map(|n| line_of(text, n)), [Some("a"), Some(""), Some("b"), Some("c"), None]);
    }

    #[test]
    fn operators_and_brackets_are_anchors() {
        assert_eq!(find_anchors("x = a // b", 4, 10), Some((6, 8)));
        assert_eq!(find_anchors("d['k'][0]", 0, 9), Some((6, 9)));
        assert_eq!(find_anchors("f(x)", 0, 4), None);
    }
}
