//! The class `str`: its constructor, operators and methods. The algorithms are in `text`; here arguments are read and
//! string objects made. Offsets are of bytes, indices of code points; in ASCII strings they are the same.

use gscript_macros::class;

use crate::builtins::text_args::bounds;
use crate::convert::SliceIndex;
use crate::heap::header::Kind;
use crate::object::list::List;
use crate::object::str::{Str, count_chars};
use crate::object::tuple::Tuple;
use crate::operator::{BinaryOp, Compare};
use crate::text::search;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// What follows a receiver in the `find` family.
#[derive(Clone, Copy)]
struct Bounds {
    start: Option<SliceIndex>,
    end: Option<SliceIndex>,
}

impl Bounds {
    /// As byte offsets of `s`.
    fn offsets(self, s: &Str) -> Option<(usize, usize)> {
        if self.start.is_none() && self.end.is_none() {
            return Some((0, s.byte_len()));
        }
        let (from, to) = bounds(self.start, self.end, s.char_len())?;
        Some((s.offset_of(from), s.offset_of(to)))
    }
}

impl Cx {
    /// A `str` argument of a method that parses a tuple: `must be str, not int`.
    fn str_argument(&mut self, v: Value) -> Result<Gc<Str>> {
        match v.as_gc::<Str>() {
            Some(s) => Ok(s),
            None => {
                let text = format!("must be str, not {}", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }

    /// The index of `sub` in `s`.
    fn str_find(&mut self, s: Gc<Str>, sub: Value, bounds: Bounds, from_right: bool) -> Result<Option<usize>> {
        let sub = self.str_argument(sub)?;
        let Some((from, to)) = bounds.offsets(&s) else {
            return Ok(None);
        };
        let part = &s.bytes()[from..to];
        let found = if from_right { search::rfind(part, sub.bytes()) } else { search::find(part, sub.bytes()) };
        Ok(found.map(|at| s.index_of(from + at)))
    }

    fn str_index(&mut self, s: Gc<Str>, sub: Value, bounds: Bounds, from_right: bool) -> Result<usize> {
        match self.str_find(s, sub, bounds, from_right)? {
            Some(i) => Ok(i),
            None => Err(self.value_error("substring not found")),
        }
    }

    /// `startswith` and `endswith`.
    fn str_has_affix(&mut self, s: Gc<Str>, affix: Value, bounds: Bounds, at_end: bool) -> Result<bool> {
        let name = if at_end { "endswith" } else { "startswith" };
        let part = bounds.offsets(&s).map(|(from, to)| &s.bytes()[from..to]);
        let fits = |affix: &[u8]| part.is_some_and(|p| if at_end { p.ends_with(affix) } else { p.starts_with(affix) });
        if let Some(a) = affix.as_gc::<Str>() {
            return Ok(fits(a.bytes()));
        }
        let Some(all) = affix.as_gc::<Tuple>() else {
            let text = format!("{name} first arg must be str or a tuple of str, not {}", self.type_name(affix));
            return Err(self.type_error(text));
        };
        for &a in all.items() {
            let Some(a) = a.as_gc::<Str>() else {
                let text = format!("tuple for {name} must only contain str, not {}", self.type_name(a));
                return Err(self.type_error(text));
            };
            if fits(a.bytes()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The bytes `[from, to)` of `s` as a string.
    #[inline]
    pub(crate) fn str_part(&mut self, s: Gc<Str>, from: usize, to: usize) -> Gc<Str> {
        let chars = if s.is_ascii() { to - from } else { count_chars(&s.bytes()[from..to]) };
        self.slice_str(s, from, to, chars)
    }

    /// A list of parts of `s`.
    fn str_parts(&mut self, s: Gc<Str>, parts: impl Iterator<Item = std::ops::Range<usize>>) -> Gc<List> {
        let list = self.list_new();
        for p in parts {
            let v = if p.is_empty() { self.common.empty } else { self.str_part(s, p.start, p.end) };
            self.list_push(list, v.value());
        }
        std::hint::black_box(s);
        list
    }

    /// Head, separator, tail; the separator was found at `at`, or the text stands alone at one end.
    fn str_partition(&mut self, s: Gc<Str>, separator: Value, from_right: bool) -> Result<Value> {
        let separator = self.str_argument(separator)?;
        if separator.byte_len() == 0 {
            return Err(self.value_error("empty separator"));
        }
        let found = if from_right { search::rfind(s.bytes(), separator.bytes()) } else { search::find(s.bytes(), separator.bytes()) };
        let empty = self.common.empty.value();
        let Some(at) = found else {
            let whole = self.plain_str(s).value();
            return Ok(if from_right { self.tuple(&[empty, empty, whole]) } else { self.tuple(&[whole, empty, empty]) }.value());
        };
        let head = self.str_part(s, 0, at).value();
        let tail = self.str_part(s, at + separator.byte_len(), s.byte_len()).value();
        Ok(self.tuple(&[head, separator.value(), tail]).value())
    }

    /// `separator.join(iterable)`. The items of lists and tuples are looked at once.
    pub fn str_join(&mut self, separator: Gc<Str>, iterable: Value) -> Result<Gc<Str>> {
        if let Some(l) = iterable.as_gc::<List>().filter(|_| self.is_exact(iterable, self.types.list)) {
            return self.join_items(separator, l.len(), |i| l.get_fast(i));
        }
        let items = match iterable.as_gc::<Tuple>().filter(|_| self.is_exact(iterable, self.types.tuple)) {
            Some(t) => t,
            None => {
                if !self.is_iterable(iterable) {
                    return Err(self.type_error("can only join an iterable"));
                }
                self.tuple_from_iterable(iterable)?
            }
        };
        self.join_items(separator, items.len(), |i| items.items().get(i).copied())
    }

    fn join_items(&mut self, separator: Gc<Str>, count: usize, item: impl Fn(usize) -> Option<Value>) -> Result<Gc<Str>> {
        if count == 0 {
            return Ok(self.common.empty);
        }
        if count == 1 {
            if let Some(v) = item(0).filter(|v| self.is_exact(*v, self.types.str)) {
                return Ok(v.as_gc::<Str>().unwrap_or(separator));
            }
        }
        let gap = separator.bytes();
        let mut out = self.take_scratch();
        let (mut chars, mut is_ascii, mut is_valid) = (0, true, true);
        for i in 0..count {
            let Some(s) = item(i).and_then(|v| v.as_gc::<Str>()) else {
                self.keep_scratch(out);
                // Lists of floats do not hand out all their items: that is what this one is.
                let given = item(i).map_or("float".to_string(), |v| self.type_name(v));
                return Err(self.type_error(format!("sequence item {i}: expected str instance, {given} found")));
            };
            if i > 0 {
                match gap {
                    [] => {}
                    [b] => out.push(*b),
                    _ => out.extend_from_slice(gap),
                }
            }
            out.extend_from_slice(s.bytes());
            chars += s.char_len();
            is_ascii &= s.is_ascii();
            is_valid &= s.is_valid();
        }
        if count > 1 {
            chars += (count - 1) * separator.char_len();
            is_ascii &= separator.is_ascii();
            is_valid &= separator.is_valid();
        }
        let s = self.str_known(&out, chars, is_ascii, is_valid);
        self.keep_scratch(out);
        Ok(s)
    }

    /// One code point of a fill argument.
    fn fill_character(&mut self, fill: Option<Value>) -> Result<Gc<Str>> {
        let Some(v) = fill else {
            return Ok(self.char_str(b' '));
        };
        match v.as_gc::<Str>() {
            Some(s) if s.char_len() == 1 => Ok(s),
            Some(_) => Err(self.type_error("The fill character must be exactly one character long")),
            None => {
                let text = format!("The fill character must be a unicode character, not {}", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }

    /// `x op y` of strings, NotImplemented with anything else.
    fn str_compare(&mut self, op: Compare, x: Gc<Str>, y: Value) -> Result<Value> {
        if y.kind() != Some(Kind::Str) {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        Ok(self.native_compare(op, x.value(), y)?.map_or(Value::NOT_IMPLEMENTED, Value::bool))
    }

    /// The method form of `sequence * n`.
    pub(crate) fn multiply_sequence(&mut self, sequence: Value, n: Value) -> Result<Value> {
        let n = self.index(n)?;
        Ok(self.sequence_binary(BinaryOp::Mul, sequence, n)?.unwrap_or(Value::NOT_IMPLEMENTED))
    }
}

/// str(object='') -> str
/// str(bytes_or_buffer[, encoding[, errors]]) -> str
///
/// Create a new string object from the given object. If encoding or
/// errors is specified, then the object must expose a data buffer
/// that will be decoded using the given encoding and error handler.
/// Otherwise, returns the result of object.__str__() (if defined)
/// or repr(object).
/// encoding defaults to sys.getdefaultencoding().
/// errors defaults to 'strict'.
#[class("str")]
pub mod class {
    use super::Bounds;
    use crate::builtins::text_args::limit;
    use crate::convert::{Kwargs, SliceIndex};
    use crate::object::class::Type;
    use crate::object::list::List;
    use crate::object::str::Str;
    use crate::operator::Compare;
    use crate::text::layout::{self, Justify};
    use crate::text::search::{self, Flavour, Side};
    use crate::text::{case, spec};
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("object=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>", text = "object='', encoding='utf-8', errors='strict'")]
    fn new(cx: &mut Cx, class: Gc<Type>, object: Option<Value>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Gc<Str>> {
        let s = match object {
            None => cx.common.empty,
            Some(v) if encoding.is_none() && errors.is_none() => cx.str_value(v)?,
            Some(v) => cx.decode_object(v, encoding, errors)?,
        };
        if class == cx.types.str {
            return Ok(s);
        }
        Ok(cx.str_of(class, s.bytes()))
    }

    // ---- special methods ----

    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<Str>) -> Gc<Str> {
        cx.build_str(|out| crate::text::escape::push_repr(out, this.bytes()))
    }

    #[method]
    fn __str__(cx: &mut Cx, this: Gc<Str>) -> Gc<Str> {
        cx.plain_str(this)
    }

    #[method]
    fn __hash__(cx: &mut Cx, this: Gc<Str>) -> i64 {
        cx.hash_str(this) as i64
    }

    #[method]
    fn __len__(this: Gc<Str>) -> usize {
        this.char_len()
    }

    #[method]
    fn __iter__(cx: &mut Cx, this: Gc<Str>) -> Value {
        cx.str_iter(this)
    }

    #[method("key, /")]
    fn __getitem__(cx: &mut Cx, this: Gc<Str>, key: Value) -> Result<Option<Value>> {
        cx.native_get_item(this.value(), key)
    }

    #[method("key, /")]
    fn __contains__(cx: &mut Cx, this: Gc<Str>, key: Value) -> Result<Option<bool>> {
        cx.native_contains(this.value(), key)
    }

    #[method("value, /")]
    fn __add__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Gc<Str>> {
        match value.as_gc::<Str>() {
            Some(other) => Ok(cx.concat(this, other)),
            None => {
                let text = cx.concat_error(this.value(), value).unwrap_or_default();
                Err(cx.type_error(text))
            }
        }
    }

    #[method("value, /")]
    fn __mul__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.multiply_sequence(this.value(), value)
    }

    #[method("value, /")]
    fn __rmul__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.multiply_sequence(this.value(), value)
    }

    #[method("value, /")]
    fn __mod__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.percent_format(this.value(), value)
    }

    #[method("value, /")]
    fn __rmod__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        if value.as_gc::<Str>().is_none() {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        cx.percent_format(value, this.value())
    }

    #[method("value, /")]
    fn __eq__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.str_compare(Compare::Eq, this, value)
    }

    #[method("value, /")]
    fn __ne__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.str_compare(Compare::Ne, this, value)
    }

    #[method("value, /")]
    fn __lt__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.str_compare(Compare::Lt, this, value)
    }

    #[method("value, /")]
    fn __le__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.str_compare(Compare::Le, this, value)
    }

    #[method("value, /")]
    fn __gt__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.str_compare(Compare::Gt, this, value)
    }

    #[method("value, /")]
    fn __ge__(cx: &mut Cx, this: Gc<Str>, value: Value) -> Result<Value> {
        cx.str_compare(Compare::Ge, this, value)
    }

    /// Return a formatted version of the string as described by format_spec.
    #[method("format_spec, /")]
    fn __format__(cx: &mut Cx, this: Gc<Str>, format_spec: Gc<Str>) -> Result<Gc<Str>> {
        if format_spec.byte_len() == 0 {
            return cx.str_value(this.value());
        }
        let name = cx.type_name_cow(this.value());
        cx.try_build_str(|out| {
            let spec = spec::Spec::for_str(format_spec.bytes(), &name)?;
            spec::format_str(out, &spec, this.bytes(), &name)
        })
    }

    /// Return the size of the string in memory, in bytes.
    #[method]
    fn __sizeof__(this: Gc<Str>) -> usize {
        let wide = match this.bytes().iter().max() {
            _ if this.is_ascii() => return 49 + this.byte_len(),
            Some(0xC4..=0xEF) => 2,
            Some(0xF0..) => 4,
            _ => 1,
        };
        73 + (this.char_len() + 1) * wide
    }

    #[method]
    fn __getnewargs__(cx: &mut Cx, this: Gc<Str>) -> Value {
        let s = cx.plain_str(this).value();
        cx.tuple(&[s]).value()
    }

    // ---- searching ----

    /// Return the lowest index in S where substring sub is found, or -1.
    #[method("sub, start=None, end=None, /", style = "tuple")]
    fn find(cx: &mut Cx, this: Gc<Str>, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<i64> {
        Ok(cx.str_find(this, sub, Bounds { start, end }, false)?.map_or(-1, |i| i as i64))
    }

    /// Return the highest index in S where substring sub is found, or -1.
    #[method("sub, start=None, end=None, /", style = "tuple")]
    fn rfind(cx: &mut Cx, this: Gc<Str>, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<i64> {
        Ok(cx.str_find(this, sub, Bounds { start, end }, true)?.map_or(-1, |i| i as i64))
    }

    /// Return the lowest index in S where substring sub is found; ValueError if there is none.
    #[method("sub, start=None, end=None, /", style = "tuple")]
    fn index(cx: &mut Cx, this: Gc<Str>, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<usize> {
        cx.str_index(this, sub, Bounds { start, end }, false)
    }

    /// Return the highest index in S where substring sub is found; ValueError if there is none.
    #[method("sub, start=None, end=None, /", style = "tuple")]
    fn rindex(cx: &mut Cx, this: Gc<Str>, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<usize> {
        cx.str_index(this, sub, Bounds { start, end }, true)
    }

    /// Return the number of non-overlapping occurrences of substring sub in S[start:end].
    #[method("sub, start=None, end=None, /", style = "tuple")]
    fn count(cx: &mut Cx, this: Gc<Str>, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<usize> {
        let sub = cx.str_argument(sub)?;
        Ok(match (Bounds { start, end }).offsets(&this) {
            Some((from, to)) => search::count(&this.bytes()[from..to], sub.bytes(), Flavour::Text),
            None => 0,
        })
    }

    /// Return True if S starts with the specified prefix (a string or a tuple of strings), False otherwise.
    #[method("prefix, start=None, end=None, /", style = "tuple")]
    fn startswith(cx: &mut Cx, this: Gc<Str>, prefix: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<bool> {
        cx.str_has_affix(this, prefix, Bounds { start, end }, false)
    }

    /// Return True if S ends with the specified suffix (a string or a tuple of strings), False otherwise.
    #[method("suffix, start=None, end=None, /", style = "tuple")]
    fn endswith(cx: &mut Cx, this: Gc<Str>, suffix: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<bool> {
        cx.str_has_affix(this, suffix, Bounds { start, end }, true)
    }

    /// Return a copy with all occurrences of substring old replaced by new.
    #[method("old, new, count=-1, /")]
    fn replace(cx: &mut Cx, this: Gc<Str>, old: Gc<Str>, new: Gc<Str>, count: isize) -> Result<Gc<Str>> {
        let s = this.bytes();
        if count == 0 || old.byte_len() > s.len() || old.byte_len() > 0 && search::find(s, old.bytes()).is_none() {
            return Ok(cx.plain_str(this));
        }
        cx.try_build_str(|out| search::replace(out, s, old.bytes(), new.bytes(), limit(count), Flavour::Text).map(drop))
    }

    /// Return a str with the given prefix string removed if present.
    #[method("prefix, /")]
    fn removeprefix(cx: &mut Cx, this: Gc<Str>, prefix: Gc<Str>) -> Gc<Str> {
        let cut = if this.bytes().starts_with(prefix.bytes()) { prefix.byte_len() } else { 0 };
        cx.str_part(this, cut, this.byte_len())
    }

    /// Return a str with the given suffix string removed if present.
    #[method("suffix, /")]
    fn removesuffix(cx: &mut Cx, this: Gc<Str>, suffix: Gc<Str>) -> Gc<Str> {
        let cut = if this.bytes().ends_with(suffix.bytes()) { suffix.byte_len() } else { 0 };
        cx.str_part(this, 0, this.byte_len() - cut)
    }

    // ---- taking apart and joining ----

    /// Return a list of the substrings in the string, using sep as the separator string.
    #[method("sep=None, maxsplit=-1")]
    fn split(cx: &mut Cx, this: Gc<Str>, sep: Value, maxsplit: isize) -> Result<Gc<List>> {
        let (s, max) = (this.bytes(), limit(maxsplit));
        match cx.separator(sep)? {
            None => Ok(cx.str_parts(this, search::split_whitespace(s, max, Flavour::Text))),
            Some(sep) => Ok(cx.str_parts(this, search::split(s, sep.bytes(), max))),
        }
    }

    /// Return a list of the substrings in the string, using sep as the separator string.
    #[method("sep=None, maxsplit=-1")]
    fn rsplit(cx: &mut Cx, this: Gc<Str>, sep: Value, maxsplit: isize) -> Result<Gc<List>> {
        let (s, max) = (this.bytes(), limit(maxsplit));
        let parts = match cx.separator(sep)? {
            None => search::rsplit_whitespace(s, max, Flavour::Text),
            Some(sep) => search::rsplit(s, sep.bytes(), max),
        };
        Ok(cx.str_parts(this, parts.into_iter()))
    }

    /// Return a list of the lines in the string, breaking at line boundaries.
    #[method("keepends=0", text = "keepends=False")]
    fn splitlines(cx: &mut Cx, this: Gc<Str>, keepends: i32) -> Gc<List> {
        cx.str_parts(this, search::split_lines(this.bytes(), keepends != 0, Flavour::Text))
    }

    /// Partition the string into three parts using the given separator.
    #[method("sep, /")]
    fn partition(cx: &mut Cx, this: Gc<Str>, sep: Value) -> Result<Value> {
        cx.str_partition(this, sep, false)
    }

    /// Partition the string into three parts using the given separator.
    #[method("sep, /")]
    fn rpartition(cx: &mut Cx, this: Gc<Str>, sep: Value) -> Result<Value> {
        cx.str_partition(this, sep, true)
    }

    /// Concatenate any number of strings.
    #[method("iterable, /")]
    fn join(cx: &mut Cx, this: Gc<Str>, iterable: Value) -> Result<Gc<Str>> {
        cx.str_join(this, iterable)
    }

    impl Cx {
        /// The separator of `split`: None means white space.
        fn separator(&mut self, sep: Value) -> Result<Option<Gc<Str>>> {
            if sep.is_none() {
                return Ok(None);
            }
            match sep.as_gc::<Str>() {
                Some(s) if s.byte_len() == 0 => Err(self.value_error("empty separator")),
                Some(s) => Ok(Some(s)),
                None => {
                    let text = format!("must be str or None, not {}", self.type_name(sep));
                    Err(self.type_error(text))
                }
            }
        }

        fn str_strip(&mut self, s: Gc<Str>, chars: Value, side: Side, name: &str) -> Result<Gc<Str>> {
            let r = if chars.is_none() {
                search::strip(s.bytes(), side, Flavour::Text)
            } else if let Some(set) = chars.as_gc::<Str>() {
                search::strip_set(s.bytes(), set.bytes(), side, Flavour::Text)
            } else {
                let text = format!("{name} arg must be None or str");
                return Err(self.type_error(text));
            };
            Ok(if r.is_empty() { self.common.empty } else { self.str_part(s, r.start, r.end) })
        }

        fn str_justify(&mut self, s: Gc<Str>, width: isize, fill: Option<Value>, justify: Justify) -> Result<Gc<Str>> {
            let fill = self.fill_character(fill)?;
            if width <= s.char_len() as isize {
                return Ok(self.plain_str(s));
            }
            self.try_build_str(|out| layout::justify(out, s.bytes(), width as usize, fill.bytes(), justify, Flavour::Text))
        }
    }

    /// Return a copy of the string with leading and trailing whitespace removed.
    #[method("chars=None, /")]
    fn strip(cx: &mut Cx, this: Gc<Str>, chars: Value) -> Result<Gc<Str>> {
        cx.str_strip(this, chars, Side::Both, "strip")
    }

    /// Return a copy of the string with leading whitespace removed.
    #[method("chars=None, /")]
    fn lstrip(cx: &mut Cx, this: Gc<Str>, chars: Value) -> Result<Gc<Str>> {
        cx.str_strip(this, chars, Side::Left, "lstrip")
    }

    /// Return a copy of the string with trailing whitespace removed.
    #[method("chars=None, /")]
    fn rstrip(cx: &mut Cx, this: Gc<Str>, chars: Value) -> Result<Gc<Str>> {
        cx.str_strip(this, chars, Side::Right, "rstrip")
    }

    // ---- filling ----

    /// Return a left-justified string of length width.
    #[method("width, fillchar=<unrepresentable>, /", text = "width, fillchar=' ', /")]
    fn ljust(cx: &mut Cx, this: Gc<Str>, width: isize, fillchar: Option<Value>) -> Result<Gc<Str>> {
        cx.str_justify(this, width, fillchar, Justify::Left)
    }

    /// Return a right-justified string of length width.
    #[method("width, fillchar=<unrepresentable>, /", text = "width, fillchar=' ', /")]
    fn rjust(cx: &mut Cx, this: Gc<Str>, width: isize, fillchar: Option<Value>) -> Result<Gc<Str>> {
        cx.str_justify(this, width, fillchar, Justify::Right)
    }

    /// Return a centered string of length width.
    #[method("width, fillchar=<unrepresentable>, /", text = "width, fillchar=' ', /")]
    fn center(cx: &mut Cx, this: Gc<Str>, width: isize, fillchar: Option<Value>) -> Result<Gc<Str>> {
        cx.str_justify(this, width, fillchar, Justify::Center)
    }

    /// Pad a numeric string with zeros on the left, to fill a field of the given width.
    #[method("width, /")]
    fn zfill(cx: &mut Cx, this: Gc<Str>, width: isize) -> Result<Gc<Str>> {
        if width <= this.char_len() as isize {
            return Ok(cx.plain_str(this));
        }
        cx.try_build_str(|out| layout::zfill(out, this.bytes(), width as usize, Flavour::Text))
    }

    /// Return a copy where all tab characters are expanded using spaces.
    #[method("tabsize=8")]
    fn expandtabs(cx: &mut Cx, this: Gc<Str>, tabsize: i32) -> Result<Gc<Str>> {
        if memchr::memchr(b'\t', this.bytes()).is_none() {
            return Ok(cx.plain_str(this));
        }
        cx.try_build_str(|out| layout::expand_tabs(out, this.bytes(), tabsize as i64, Flavour::Text))
    }

    // ---- case ----

    /// Return a copy of the string converted to uppercase.
    #[method]
    fn upper(cx: &mut Cx, this: Gc<Str>) -> Gc<Str> {
        cx.build_str(|out| case::push_upper(out, this.bytes()))
    }

    /// Return a copy of the string converted to lowercase.
    #[method]
    fn lower(cx: &mut Cx, this: Gc<Str>) -> Gc<Str> {
        cx.build_str(|out| case::push_lower(out, this.bytes()))
    }

    /// Return a version of the string suitable for caseless comparisons.
    #[method]
    fn casefold(cx: &mut Cx, this: Gc<Str>) -> Gc<Str> {
        cx.build_str(|out| case::push_casefold(out, this.bytes()))
    }

    /// Convert uppercase characters to lowercase and lowercase characters to uppercase.
    #[method]
    fn swapcase(cx: &mut Cx, this: Gc<Str>) -> Gc<Str> {
        cx.build_str(|out| case::push_swapcase(out, this.bytes()))
    }

    /// Return a capitalized version of the string.
    #[method]
    fn capitalize(cx: &mut Cx, this: Gc<Str>) -> Gc<Str> {
        cx.build_str(|out| case::push_capitalize(out, this.bytes()))
    }

    /// Return a version of the string where each word is titlecased.
    #[method]
    fn title(cx: &mut Cx, this: Gc<Str>) -> Gc<Str> {
        cx.build_str(|out| case::push_title(out, this.bytes()))
    }

    /// Return True if the string is a lowercase string, False otherwise.
    #[method]
    fn islower(this: Gc<Str>) -> bool {
        case::is_lower(this.bytes())
    }

    /// Return True if the string is an uppercase string, False otherwise.
    #[method]
    fn isupper(this: Gc<Str>) -> bool {
        case::is_upper(this.bytes())
    }

    /// Return True if the string is a title-cased string, False otherwise.
    #[method]
    fn istitle(this: Gc<Str>) -> bool {
        case::is_title(this.bytes())
    }

    /// Return True if all characters in the string are ASCII, False otherwise.
    #[method]
    fn isascii(this: Gc<Str>) -> bool {
        this.is_ascii()
    }

    /// Return True if the string is an alphabetic string, False otherwise.
    #[method]
    fn isalpha(this: Gc<Str>) -> bool {
        case::is_alpha(this.bytes())
    }

    /// Return True if the string is an alpha-numeric string, False otherwise.
    #[method]
    fn isalnum(this: Gc<Str>) -> bool {
        case::is_alnum(this.bytes())
    }

    /// Return True if the string is a digit string, False otherwise.
    #[method]
    fn isdigit(this: Gc<Str>) -> bool {
        case::is_digit(this.bytes())
    }

    /// Return True if the string is a decimal string, False otherwise.
    #[method]
    fn isdecimal(this: Gc<Str>) -> bool {
        case::is_decimal(this.bytes())
    }

    /// Return True if the string is a numeric string, False otherwise.
    #[method]
    fn isnumeric(this: Gc<Str>) -> bool {
        case::is_numeric(this.bytes())
    }

    /// Return True if the string is a whitespace string, False otherwise.
    #[method]
    fn isspace(this: Gc<Str>) -> bool {
        case::is_space(this.bytes())
    }

    /// Return True if the string is printable, False otherwise.
    #[method]
    fn isprintable(this: Gc<Str>) -> bool {
        case::is_printable(this.bytes())
    }

    /// Return True if the string is a valid Python identifier, False otherwise.
    #[method]
    fn isidentifier(this: Gc<Str>) -> bool {
        case::is_identifier(this.bytes())
    }

    // ---- codecs, tables, templates ----

    /// Encode the string using the codec registered for encoding.
    #[method("encoding=<unrepresentable>, errors=<unrepresentable>", text = "encoding='utf-8', errors='strict'")]
    fn encode(cx: &mut Cx, this: Gc<Str>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Value> {
        cx.encode_str(this, encoding, errors).map(|b| b.value())
    }

    /// Replace each character in the string using the given translation table.
    #[method("table, /")]
    fn translate(cx: &mut Cx, this: Gc<Str>, table: Value) -> Result<Gc<Str>> {
        cx.str_translate(this, table)
    }

    /// Return a translation table usable for str.translate().
    #[static_method("x, y=<unrepresentable>, z=<unrepresentable>, /")]
    fn maketrans(cx: &mut Cx, x: Value, y: Option<Gc<Str>>, z: Option<Gc<Str>>) -> Result<Value> {
        cx.str_maketrans(x, y, z)
    }

    /// S.format(*args, **kwargs) -> str
    ///
    /// Return a formatted version of S, using substitutions from args and kwargs.
    /// The substitutions are identified by braces ('{' and '}').
    #[method("*args, **kwargs")]
    fn format(cx: &mut Cx, this: Gc<Str>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Gc<Str>> {
        cx.format_template(this, args, kwargs)
    }

    /// S.format_map(mapping) -> str
    ///
    /// Return a formatted version of S, using substitutions from mapping.
    /// The substitutions are identified by braces ('{' and '}').
    #[method("mapping, /")]
    fn format_map(cx: &mut Cx, this: Gc<Str>, mapping: Value) -> Result<Gc<Str>> {
        cx.format_template_map(this, mapping)
    }
}
