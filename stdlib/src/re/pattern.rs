//! The class `re.Pattern`, and what its methods and the functions of the module share.

use std::cell::Cell;

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::{Ref, Slot};
use gscript_vm::object::str::Str;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::engine::{Kind, Program, Slots};
use super::matched;
use super::parse::{self, Node};
use super::subject::Hay;
use super::template::{self, Piece};

/// The body of a pattern.
pub struct Pattern {
    pub program: Program,
    /// str, or a bytes-like object.
    pub source: Slot,
    /// Of each group: its place in the order in which groups are closed.
    pub closing_rank: Vec<usize>,
}

impl Native for Pattern {
    fn trace(&self, m: &mut Marker<'_>) {
        self.source.trace(m);
    }

    fn external_bytes(&self) -> usize {
        2048
    }
}

impl Pattern {
    pub fn new(program: Program, source: Value) -> Pattern {
        let mut closing_rank = vec![0; program.tree.groups + 1];
        let mut next = 1;
        rank(&program.tree.node, &mut closing_rank, &mut next);
        Pattern { program, source: Slot::new(Some(source)), closing_rank }
    }

    fn slots(&self, is_whole_only: bool) -> Slots {
        vec![None; if is_whole_only { 2 } else { 2 * (self.program.tree.groups + 1) }]
    }
}

fn rank(node: &Node, ranks: &mut [usize], next: &mut usize) {
    match node {
        Node::Group(number, body) => {
            rank(body, ranks, next);
            if let Some(i) = number {
                ranks[*i] = *next;
                *next += 1;
            }
        }
        Node::Atomic(b) | Node::Repeat { body: b, .. } | Node::Look { body: b, .. } => rank(b, ranks, next),
        Node::Condition(_, yes, no) => {
            rank(yes, ranks, next);
            if let Some(no) = no {
                rank(no, ranks, next);
            }
        }
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter().for_each(|n| rank(n, ranks, next)),
        _ => {}
    }
}

/// The pattern that a value is.
pub fn pattern<'a>(cx: &mut Cx, v: Value) -> Result<&'a Pattern> {
    match native::<Pattern>(v) {
        Some(p) => Ok(p),
        None => Err(cx.type_error("descriptor requires a 're.Pattern' object")),
    }
}

fn object(v: Value) -> Gc<NativeObject> {
    v.as_gc().expect("a pattern is a native object")
}

/// What is searched and which part of it, as offsets and as the script counts.
struct Scope {
    hay: Hay,
    span: (usize, usize),
    bounds: (usize, usize),
}

fn scope(cx: &mut Cx, p: &Pattern, string: Value, pos: i64, endpos: i64) -> Result<Scope> {
    let hay = Hay::new(cx, &p.program, string)?;
    let n = hay.len();
    let clamp = |i: i64| i.clamp(0, n as i64) as usize;
    let bounds = (clamp(pos), clamp(endpos));
    let span = (hay.offset_of(bounds.0), hay.offset_of(bounds.1));
    Ok(Scope { hay, span, bounds })
}

/// A match object, or None.
pub fn find_one(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64, kind: Kind) -> Result<Value> {
    let p = pattern(cx, this)?;
    let s = scope(cx, p, string, pos, endpos)?;
    let mut slots = p.slots(false);
    if !s.hay.find(cx, &p.program, s.span, kind, false, &mut slots)? {
        return Ok(Value::NONE);
    }
    Ok(matched::make(cx, object(this), &s.hay, &slots, s.bounds))
}

fn span_of(slots: &Slots, i: usize) -> Option<(usize, usize)> {
    Some((slots[2 * i]?.get(), slots[2 * i + 1]?.get()))
}

/// `findall`
pub fn find_all(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64) -> Result<Value> {
    let p = pattern(cx, this)?;
    let s = scope(cx, p, string, pos, endpos)?;
    let groups = p.program.tree.groups;
    let mut slots = p.slots(groups == 0);
    let list = cx.list_new();
    let (mut from, mut must_advance) = (s.span.0, false);
    while s.hay.find(cx, &p.program, (from, s.span.1), Kind::Search, must_advance, &mut slots)? {
        let (start, end) = span_of(&slots, 0).unwrap_or((from, from));
        let part = |cx: &mut Cx, i: usize| match span_of(&slots, i) {
            Some((a, b)) => s.hay.part(cx, a, b),
            None => s.hay.made(cx, b""),
        };
        let item = match groups {
            0 => part(cx, 0),
            1 => part(cx, 1),
            _ => {
                let items = cx.list_with_capacity(groups);
                for i in 1..=groups {
                    let v = part(cx, i);
                    cx.list_push(items, v);
                }
                cx.list_to_tuple(items).value()
            }
        };
        cx.list_push(list, item);
        must_advance = start == end;
        from = end;
        cx.check_poll()?;
    }
    Ok(list.value())
}

/// `split`
pub fn split(cx: &mut Cx, this: Value, string: Value, maxsplit: i64) -> Result<Value> {
    let p = pattern(cx, this)?;
    let s = scope(cx, p, string, 0, i64::MAX)?;
    let groups = p.program.tree.groups;
    let mut slots = p.slots(groups == 0);
    let list = cx.list_new();
    let (mut from, mut must_advance, mut count) = (0, false, 0);
    while (maxsplit == 0 || count < maxsplit) && s.hay.find(cx, &p.program, (from, s.span.1), Kind::Search, must_advance, &mut slots)? {
        let (start, end) = span_of(&slots, 0).unwrap_or((from, from));
        let part = s.hay.part(cx, from, start);
        cx.list_push(list, part);
        for i in 1..=groups {
            let v = match span_of(&slots, i) {
                Some((a, b)) => s.hay.part(cx, a, b),
                None => Value::NONE,
            };
            cx.list_push(list, v);
        }
        count += 1;
        must_advance = start == end;
        from = end;
        cx.check_poll()?;
    }
    let rest = s.hay.part(cx, from, s.span.1);
    cx.list_push(list, rest);
    Ok(list.value())
}

fn can_call(cx: &mut Cx, v: Value) -> bool {
    use gscript_vm::heap::header::Kind;
    if matches!(v.kind(), Some(Kind::Function | Kind::Builtin | Kind::BoundMethod | Kind::Type)) {
        return true;
    }
    let class = cx.class_of(v);
    let name = cx.intern("__call__");
    cx.lookup(class, name).is_some()
}

/// What `sub` puts in place of matches.
enum Replacement {
    Pieces(Vec<Piece>),
    Call,
}

/// `subn`: the new text and the number of replacements. May run script code.
pub fn substitute(cx: &mut Cx, this: Value, repl: Value, string: Value, count: i64) -> Result<(Value, i64)> {
    let p = pattern(cx, this)?;
    let callable = can_call(cx, repl);
    let replacement = if callable { Replacement::Call } else { Replacement::Pieces(template::parse(cx, object(this), repl)?) };
    let s = scope(cx, p, string, 0, i64::MAX)?;
    let mut slots = p.slots(false);
    let mut out: Vec<u8> = Vec::new();
    let (mut from, mut must_advance, mut done, mut items) = (0, false, 0i64, 0usize);
    // What the last match added: the next one adds about as much.
    let mut last_size = 0;
    let is_text = p.program.is_text;
    while (count == 0 || done < count) && s.hay.find(cx, &p.program, (from, s.span.1), Kind::Search, must_advance, &mut slots)? {
        let (start, end) = span_of(&slots, 0).unwrap_or((from, from));
        cx.check_growth(&out, end - from + last_size)?;
        let size = out.len();
        if from < start {
            out.extend_from_slice(&s.hay.bytes()[from..start]);
            items += 1;
        }
        match &replacement {
            Replacement::Pieces(pieces) => {
                if repl.as_gc::<Str>().is_some() != is_text {
                    return Err(wrong_item(cx, repl, items, is_text));
                }
                matched::fill(&mut out, pieces, &s.hay, |g| span_of(&slots, g));
                items += 1;
            }
            Replacement::Call => {
                let m = matched::make(cx, object(this), &s.hay, &slots, s.bounds);
                let v = cx.call(repl, &[m])?;
                if !v.is_none() {
                    match (v.as_gc::<Str>(), bytes_of(v)) {
                        (Some(t), _) if is_text => out.extend_from_slice(t.bytes()),
                        (None, Some(b)) if !is_text => out.extend_from_slice(b),
                        _ => return Err(wrong_item(cx, v, items, is_text)),
                    }
                    items += 1;
                }
            }
        }
        done += 1;
        last_size = out.len() - size;
        must_advance = start == end;
        from = end;
        cx.check_poll()?;
    }
    if done == 0 {
        return Ok((s.hay.part(cx, 0, s.span.1), 0));
    }
    out.extend_from_slice(s.hay.bytes().get(from..s.span.1).unwrap_or(&[]));
    Ok((s.hay.made(cx, &out), done))
}

#[cold]
fn wrong_item(cx: &mut Cx, v: Value, i: usize, is_text: bool) -> gscript_vm::vm::Raised {
    let name = cx.type_name(v);
    cx.type_error(if is_text {
        format!("sequence item {i}: expected str instance, {name} found")
    } else {
        format!("sequence item {i}: expected a bytes-like object, {name} found")
    })
}

/// What `finditer` and `scanner` give.
struct Scanner {
    pattern: Ref<NativeObject>,
    string: Slot,
    bounds: (usize, usize),
    from: Cell<usize>,
    end: usize,
    must_advance: Cell<bool>,
    is_over: Cell<bool>,
}

impl Scanner {
    fn step(&self, cx: &mut Cx, kind: Kind) -> Result<Option<Value>> {
        let of = self.pattern.expect();
        let p = pattern(cx, of.value())?;
        if self.is_over.get() {
            return Ok(None);
        }
        let hay = Hay::again(self.string.get().unwrap_or(Value::NONE));
        let mut slots = p.slots(false);
        if !hay.find(cx, &p.program, (self.from.get(), self.end), kind, self.must_advance.get(), &mut slots)? {
            self.is_over.set(true);
            return Ok(None);
        }
        let (start, end) = span_of(&slots, 0).unwrap_or((self.end, self.end));
        self.must_advance.set(start == end);
        self.from.set(end);
        Ok(Some(matched::make(cx, of, &hay, &slots, self.bounds)))
    }
}

impl Native for Scanner {
    fn trace(&self, m: &mut Marker<'_>) {
        self.pattern.trace(m);
        self.string.trace(m);
    }

    fn next(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx, Kind::Search))
    }
}

/// The iterator of `finditer`; as `_sre.SRE_Scanner`, what `scanner` gives.
pub fn scanner(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64, is_iterator: bool) -> Result<Value> {
    let p = pattern(cx, this)?;
    let s = scope(cx, p, string, pos, endpos)?;
    let body = Scanner {
        pattern: Ref::new(Some(object(this))),
        string: Slot::new(Some(string)),
        bounds: s.bounds,
        from: Cell::new(s.span.0),
        end: s.span.1,
        must_advance: Cell::new(false),
        is_over: Cell::new(false),
    };
    let class: Gc<Type> = if is_iterator { cx.native_class(&iterator::NATIVE) } else { cx.native_class(&scanner_class::NATIVE) };
    Ok(NativeObject::alloc(cx, class, Box::new(body)).value())
}

/// The iterator of `finditer`.
#[class("callable_iterator", flags = IS_FINAL | NO_NEW)]
pub mod iterator {
    use super::*;

    #[method("", name = "__iter__")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method("", name = "__next__")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        let step = match native::<Scanner>(this) {
            Some(s) => s.step(cx, Kind::Search)?,
            None => None,
        };
        step.ok_or_else(|| cx.stop_iteration(Value::NONE))
    }
}

/// Searches one string step by step.
#[class("_sre.SRE_Scanner", flags = IS_FINAL | NO_NEW)]
pub mod scanner_class {
    use super::*;

    #[method("")]
    fn search(cx: &mut Cx, this: &Scanner) -> Result<Option<Value>> {
        this.step(cx, Kind::Search)
    }

    #[method("", name = "match")]
    fn match_(cx: &mut Cx, this: &Scanner) -> Result<Option<Value>> {
        this.step(cx, Kind::Match)
    }

    #[getter]
    fn pattern(this: &Scanner) -> Value {
        this.pattern.expect().value()
    }
}

const FLAG_NAMES: [(u32, &str); 9] = [
    (1, "re.TEMPLATE"),
    (parse::IGNORECASE, "re.IGNORECASE"),
    (parse::LOCALE, "re.LOCALE"),
    (parse::MULTILINE, "re.MULTILINE"),
    (parse::DOTALL, "re.DOTALL"),
    (parse::UNICODE, "re.UNICODE"),
    (parse::VERBOSE, "re.VERBOSE"),
    (parse::DEBUG, "re.DEBUG"),
    (parse::ASCII, "re.ASCII"),
];

/// Compiled regular expression object.
#[class("re.Pattern", flags = IS_FINAL | NO_NEW)]
pub mod compiled {
    use super::*;

    /// Matches zero or more characters at the beginning of the string.
    #[method("string, pos=0, endpos=9223372036854775807", name = "match", text = "string, pos=0, endpos=sys.maxsize")]
    fn match_(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64) -> Result<Value> {
        find_one(cx, this, string, pos, endpos, Kind::Match)
    }

    /// Matches against all of the string.
    #[method("string, pos=0, endpos=9223372036854775807", text = "string, pos=0, endpos=sys.maxsize")]
    fn fullmatch(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64) -> Result<Value> {
        find_one(cx, this, string, pos, endpos, Kind::Full)
    }

    /// Scan through string looking for a match, and return a corresponding match object instance.
    ///
    /// Return None if no position in the string matches.
    #[method("string, pos=0, endpos=9223372036854775807", text = "string, pos=0, endpos=sys.maxsize")]
    fn search(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64) -> Result<Value> {
        find_one(cx, this, string, pos, endpos, Kind::Search)
    }

    /// Return a list of all non-overlapping matches of pattern in string.
    #[method("string, pos=0, endpos=9223372036854775807", text = "string, pos=0, endpos=sys.maxsize")]
    fn findall(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64) -> Result<Value> {
        find_all(cx, this, string, pos, endpos)
    }

    /// Return an iterator over all non-overlapping matches for the RE pattern in string.
    ///
    /// For each match, the iterator returns a match object.
    #[method("string, pos=0, endpos=9223372036854775807", text = "string, pos=0, endpos=sys.maxsize")]
    fn finditer(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64) -> Result<Value> {
        super::scanner(cx, this, string, pos, endpos, true)
    }

    #[method("string, pos=0, endpos=9223372036854775807", text = "string, pos=0, endpos=sys.maxsize")]
    fn scanner(cx: &mut Cx, this: Value, string: Value, pos: i64, endpos: i64) -> Result<Value> {
        super::scanner(cx, this, string, pos, endpos, false)
    }

    /// Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.
    #[method("repl, string, count=0")]
    fn sub(cx: &mut Cx, this: Value, repl: Value, string: Value, count: i64) -> Result<Value> {
        Ok(substitute(cx, this, repl, string, count)?.0)
    }

    /// Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.
    #[method("repl, string, count=0")]
    fn subn(cx: &mut Cx, this: Value, repl: Value, string: Value, count: i64) -> Result<Value> {
        let (text, n) = substitute(cx, this, repl, string, count)?;
        Ok(cx.tuple(&[text, Value::int_unchecked(n)]).value())
    }

    /// Split string by the occurrences of pattern.
    #[method("string, maxsplit=0")]
    fn split(cx: &mut Cx, this: Value, string: Value, maxsplit: i64) -> Result<Value> {
        super::split(cx, this, string, maxsplit)
    }

    /// The pattern string from which the RE object was compiled.
    #[getter(name = "pattern")]
    fn source(cx: &mut Cx, this: Value) -> Result<Value> {
        Ok(super::pattern(cx, this)?.source.get().unwrap_or(Value::NONE))
    }

    /// The regex matching flags.
    #[getter]
    fn flags(cx: &mut Cx, this: Value) -> Result<i64> {
        Ok(super::pattern(cx, this)?.program.tree.flags as i64)
    }

    /// The number of capturing groups in the pattern.
    #[getter]
    fn groups(cx: &mut Cx, this: Value) -> Result<i64> {
        Ok(super::pattern(cx, this)?.program.tree.groups as i64)
    }

    /// A dictionary mapping group names to group numbers.
    #[getter]
    fn groupindex(cx: &mut Cx, this: Value) -> Result<Value> {
        let p = super::pattern(cx, this)?;
        let dict = cx.dict_new();
        for (name, i) in &p.program.tree.names {
            cx.dict_set_text(dict, name, Value::int32(*i as i32));
        }
        Ok(cx.mapping_proxy(dict.value()))
    }

    #[method("", name = "__copy__")]
    fn copy(this: Value) -> Value {
        this
    }

    #[method("memo, /", name = "__deepcopy__")]
    fn deepcopy(this: Value, _memo: Value) -> Value {
        this
    }

    /// Return hash(self).
    #[method("", name = "__hash__")]
    fn hash(cx: &mut Cx, this: Value) -> Result<i64> {
        let p = super::pattern(cx, this)?;
        let h = cx.hash(p.source.get().unwrap_or(Value::NONE))?;
        Ok((h ^ p.program.tree.flags as i64) >> 3)
    }

    /// Return self==value.
    #[method("value, /", name = "__eq__")]
    fn eq(cx: &mut Cx, this: Value, other: Value) -> Result<Value> {
        let p = super::pattern(cx, this)?;
        let Some(q) = native::<Pattern>(other) else { return Ok(Value::NOT_IMPLEMENTED) };
        if p.program.tree.flags != q.program.tree.flags || p.program.is_text != q.program.is_text {
            return Ok(Value::bool(false));
        }
        let (a, b) = (p.source.get().unwrap_or(Value::NONE), q.source.get().unwrap_or(Value::NONE));
        Ok(Value::bool(cx.eq(a, b)?))
    }

    /// Return repr(self).
    #[method("", name = "__repr__")]
    fn repr(cx: &mut Cx, this: Value) -> Result<Value> {
        let p = super::pattern(cx, this)?;
        let shown = cx.repr(p.source.get().unwrap_or(Value::NONE))?;
        let mut out = b"re.compile(".to_vec();
        let n = shown.offset_of(shown.char_len().min(200));
        out.extend_from_slice(&shown.bytes()[..n]);
        let mut flags = p.program.tree.flags;
        if p.program.is_text && flags & (parse::LOCALE | parse::ASCII) == 0 {
            flags &= !parse::UNICODE;
        }
        for (i, (_, name)) in FLAG_NAMES.iter().filter(|f| flags & f.0 != 0).enumerate() {
            out.extend_from_slice(if i == 0 { b", " } else { b"|" });
            out.extend_from_slice(name.as_bytes());
        }
        let rest = FLAG_NAMES.iter().fold(flags, |f, n| f & !n.0);
        if rest != 0 {
            out.extend_from_slice(if flags == rest { b", " } else { b"|" });
            out.extend_from_slice(format!("{rest:#x}").as_bytes());
        }
        out.push(b')');
        Ok(cx.str_from_bytes(&out).value())
    }

    /// See PEP 585
    #[class_method("item, /", name = "__class_getitem__")]
    fn class_get_item(class: Gc<Type>, _item: Value) -> Value {
        class.value()
    }
}
