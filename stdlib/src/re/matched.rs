//! The class `re.Match`.

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::{Ref, Slot};
use gscript_vm::object::str::Str;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::engine::Slots;
use super::pattern::pattern;
use super::subject::Hay;
use super::template::{self, Piece};

/// The body of a match.
pub struct Match {
    pattern: Ref<NativeObject>,
    string: Slot,
    /// Start and end of each group in bytes of the string; `None`: it took no part.
    spans: Box<[Option<(usize, usize)>]>,
    pos: usize,
    endpos: usize,
}

impl Native for Match {
    fn trace(&self, m: &mut Marker<'_>) {
        self.pattern.trace(m);
        self.string.trace(m);
    }

    fn external_bytes(&self) -> usize {
        self.spans.len() * 24
    }
}

/// A match object of what `slots` says. `pos` and `endpos` as the script counts.
pub fn make(cx: &mut Cx, of: Gc<NativeObject>, hay: &Hay, slots: &Slots, bounds: (usize, usize)) -> Value {
    let spans = slots.chunks_exact(2).map(|s| Some((s[0]?.get(), s[1]?.get()))).collect();
    let body = Match { pattern: Ref::new(Some(of)), string: Slot::new(Some(hay.value)), spans, pos: bounds.0, endpos: bounds.1 };
    let class = cx.native_class(&matched::NATIVE);
    NativeObject::alloc(cx, class, Box::new(body)).value()
}

impl Match {
    fn hay(&self) -> Hay {
        Hay::again(self.string.get().unwrap_or(Value::NONE))
    }

    fn group(&self, cx: &mut Cx, i: usize, absent: Value) -> Value {
        match self.spans[i] {
            Some((from, to)) => self.hay().part(cx, from, to),
            None => absent,
        }
    }

    /// The number of the group that `key` names.
    fn number(&self, cx: &mut Cx, key: Value) -> Result<usize> {
        let mut found = None;
        if let Some(name) = key.as_gc::<Str>() {
            let p = pattern(cx, self.pattern.expect().value())?;
            let text = name.lossy();
            found = p.program.tree.names.iter().find(|n| n.0 == text).map(|n| n.1);
        } else if key.is_int() || cx.try_attr_text(key, "__index__")?.is_some() {
            found = cx.index(key)?.as_int().and_then(|i| usize::try_from(i).ok()).filter(|&i| i < self.spans.len());
        }
        found.ok_or_else(|| cx.index_error("no such group"))
    }

    /// Start and end as the script counts, -1 for groups that took no part.
    fn bounds(&self, i: usize) -> (i64, i64) {
        match self.spans[i] {
            None => (-1, -1),
            Some((from, to)) => {
                let hay = self.hay();
                let start = hay.index_of(from);
                let length = if to == from { 0 } else { hay.index_of(to) - start };
                (start as i64, (start + length) as i64)
            }
        }
    }

    /// The group that was closed last.
    fn last(&self, cx: &mut Cx) -> Result<Option<usize>> {
        let p = pattern(cx, self.pattern.expect().value())?;
        let matched = (1..self.spans.len()).filter_map(|i| Some((self.spans[i]?.1, p.closing_rank[i], i)));
        Ok(matched.max().map(|m| m.2))
    }
}

/// The text that a template gives, as bytes.
pub fn fill(out: &mut Vec<u8>, pieces: &[Piece], hay: &Hay, span: impl Fn(usize) -> Option<(usize, usize)>) {
    for p in pieces {
        match p {
            Piece::Text(t) => out.extend_from_slice(t),
            Piece::Group(g) => {
                if let Some((from, to)) = span(*g) {
                    out.extend_from_slice(&hay.bytes()[from..to]);
                }
            }
        }
    }
}

fn body<'a>(cx: &mut Cx, v: Value) -> Result<&'a Match> {
    match native::<Match>(v) {
        Some(m) => Ok(m),
        None => Err(cx.type_error("descriptor requires a 're.Match' object")),
    }
}

/// The result of re.match() and re.search().
/// Match objects always have a boolean value of True.
#[class("re.Match", flags = IS_FINAL | NO_NEW)]
pub mod matched {
    use super::*;

    /// group([group1, ...]) -> str or tuple.
    /// Return subgroup(s) of the match by indices or names.
    #[method("*args")]
    fn group(cx: &mut Cx, this: Value, args: &[Value]) -> Result<Value> {
        let m = body(cx, this)?;
        match args {
            [] => Ok(m.group(cx, 0, Value::NONE)),
            &[key] => {
                let i = m.number(cx, key)?;
                Ok(m.group(cx, i, Value::NONE))
            }
            _ => {
                let list = cx.list_with_capacity(args.len());
                for &key in args {
                    let i = m.number(cx, key)?;
                    let v = m.group(cx, i, Value::NONE);
                    cx.list_push(list, v);
                }
                Ok(cx.list_to_tuple(list).value())
            }
        }
    }

    /// Return self[key].
    #[method("key, /", name = "__getitem__")]
    fn get_item(cx: &mut Cx, this: Value, key: Value) -> Result<Value> {
        let m = body(cx, this)?;
        let i = m.number(cx, key)?;
        Ok(m.group(cx, i, Value::NONE))
    }

    /// Return a tuple containing all the subgroups of the match, from 1.
    #[method("default=None")]
    fn groups(cx: &mut Cx, this: Value, default: Value) -> Result<Value> {
        let m = body(cx, this)?;
        let list = cx.list_with_capacity(m.spans.len());
        for i in 1..m.spans.len() {
            let v = m.group(cx, i, default);
            cx.list_push(list, v);
        }
        Ok(cx.list_to_tuple(list).value())
    }

    /// Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.
    #[method("default=None")]
    fn groupdict(cx: &mut Cx, this: Value, default: Value) -> Result<Value> {
        let m = body(cx, this)?;
        let p = pattern(cx, m.pattern.expect().value())?;
        let dict = cx.dict_new();
        for (name, i) in &p.program.tree.names {
            let v = m.group(cx, *i, default);
            cx.dict_set_text(dict, name, v);
        }
        Ok(dict.value())
    }

    /// Return index of the start of the substring matched by group.
    #[method("group=0, /")]
    fn start(cx: &mut Cx, this: Value, group: Option<Value>) -> Result<i64> {
        let m = body(cx, this)?;
        let i = m.number(cx, group.unwrap_or(Value::int32(0)))?;
        Ok(m.bounds(i).0)
    }

    /// Return index of the end of the substring matched by group.
    #[method("group=0, /")]
    fn end(cx: &mut Cx, this: Value, group: Option<Value>) -> Result<i64> {
        let m = body(cx, this)?;
        let i = m.number(cx, group.unwrap_or(Value::int32(0)))?;
        Ok(m.bounds(i).1)
    }

    /// For match object m, return the 2-tuple (m.start(group), m.end(group)).
    #[method("group=0, /")]
    fn span(cx: &mut Cx, this: Value, group: Option<Value>) -> Result<Value> {
        let m = body(cx, this)?;
        let i = m.number(cx, group.unwrap_or(Value::int32(0)))?;
        Ok(pair(cx, m.bounds(i)))
    }

    /// Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.
    #[method("template")]
    fn expand(cx: &mut Cx, this: Value, template: Value) -> Result<Value> {
        let m = body(cx, this)?;
        let pieces = template::parse(cx, m.pattern.expect(), template)?;
        let hay = m.hay();
        let mut out = Vec::new();
        fill(&mut out, &pieces, &hay, |g| m.spans[g]);
        Ok(hay.made(cx, &out))
    }

    #[getter]
    fn pos(cx: &mut Cx, this: Value) -> Result<i64> {
        Ok(body(cx, this)?.pos as i64)
    }

    #[getter]
    fn endpos(cx: &mut Cx, this: Value) -> Result<i64> {
        Ok(body(cx, this)?.endpos as i64)
    }

    #[getter]
    fn string(cx: &mut Cx, this: Value) -> Result<Value> {
        Ok(body(cx, this)?.string.get().unwrap_or(Value::NONE))
    }

    #[getter]
    fn re(cx: &mut Cx, this: Value) -> Result<Value> {
        Ok(body(cx, this)?.pattern.expect().value())
    }

    #[getter]
    fn lastindex(cx: &mut Cx, this: Value) -> Result<Value> {
        Ok(body(cx, this)?.last(cx)?.map_or(Value::NONE, |i| Value::int32(i as i32)))
    }

    #[getter]
    fn lastgroup(cx: &mut Cx, this: Value) -> Result<Value> {
        let m = body(cx, this)?;
        let last = m.last(cx)?;
        let p = pattern(cx, m.pattern.expect().value())?;
        match p.program.tree.names.iter().find(|n| Some(n.1) == last) {
            Some((name, _)) => Ok(cx.str(name).value()),
            None => Ok(Value::NONE),
        }
    }

    #[getter]
    fn regs(cx: &mut Cx, this: Value) -> Result<Value> {
        let m = body(cx, this)?;
        let list = cx.list_with_capacity(m.spans.len());
        for i in 0..m.spans.len() {
            let v = pair(cx, m.bounds(i));
            cx.list_push(list, v);
        }
        Ok(cx.list_to_tuple(list).value())
    }

    #[method("", name = "__copy__")]
    fn copy(this: Value) -> Value {
        this
    }

    #[method("memo, /", name = "__deepcopy__")]
    fn deepcopy(this: Value, _memo: Value) -> Value {
        this
    }

    /// Return repr(self).
    #[method("", name = "__repr__")]
    fn repr(cx: &mut Cx, this: Value) -> Result<Value> {
        let m = body(cx, this)?;
        let (start, end) = m.bounds(0);
        let mut out = format!("<re.Match object; span=({start}, {end}), match=").into_bytes();
        let group = m.group(cx, 0, Value::NONE);
        let shown = cx.repr(group)?;
        let n = shown.offset_of(shown.char_len().min(50));
        out.extend_from_slice(&shown.bytes()[..n]);
        out.push(b'>');
        Ok(cx.str_from_bytes(&out).value())
    }
}

fn pair(cx: &mut Cx, bounds: (i64, i64)) -> Value {
    cx.tuple(&[Value::int_unchecked(bounds.0), Value::int_unchecked(bounds.1)]).value()
}
