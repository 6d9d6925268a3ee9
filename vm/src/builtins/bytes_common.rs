//! What `bytes` and `bytearray` have in common: arguments, searches, parts, and the macro that writes both classes'
//! methods from one text.

use std::ops::Range;

use crate::builtins::text_args::bounds;
use crate::convert::SliceIndex;
use crate::heap::header::Kind;
use crate::object::bytes::{ByteArray, Bytes};
use crate::object::dunder::Dunder;
use crate::object::int::int_ref;
use crate::object::list::List;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::operator::Compare;
use crate::protocol::bytes_of;
use crate::text::TextError;
use crate::text::layout::{self, Justify};
use crate::text::search::{self, Flavour, Side};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// What is searched for: one byte given as a number, or the bytes of an object.
pub(crate) enum Needle<'a> {
    One([u8; 1]),
    Many(&'a [u8]),
}

impl Needle<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Needle::One(b) => b,
            Needle::Many(b) => b,
        }
    }
}

/// The optional bounds of a search.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub start: Option<SliceIndex>,
    pub end: Option<SliceIndex>,
}

impl Bounds {
    fn range(self, data: &[u8]) -> Option<Range<usize>> {
        bounds(self.start, self.end, data.len()).map(|(from, to)| from..to)
    }
}

impl Cx {
    fn needle<'a>(&mut self, v: Value) -> Result<Needle<'a>> {
        if let Some(b) = bytes_of(v) {
            return Ok(Needle::Many(b));
        }
        let class = self.class_of(v);
        if int_ref(v).is_none() && self.special(class, Dunder::Index).is_none() {
            let text = format!("argument should be integer or bytes-like object, not '{}'", class.name_text());
            return Err(self.type_error(text));
        }
        Ok(Needle::One([self.byte_value(v)?]))
    }

    pub(crate) fn bytes_find(&mut self, this: Value, sub: Value, bounds: Bounds, from_right: bool) -> Result<Option<usize>> {
        let needle = self.needle(sub)?;
        let data = bytes_of(this).unwrap_or_default();
        let Some(range) = bounds.range(data) else {
            return Ok(None);
        };
        let part = &data[range.clone()];
        let found = if from_right { search::rfind(part, needle.bytes()) } else { search::find(part, needle.bytes()) };
        Ok(found.map(|at| at + range.start))
    }

    pub(crate) fn bytes_index(&mut self, this: Value, sub: Value, bounds: Bounds, from_right: bool) -> Result<usize> {
        match self.bytes_find(this, sub, bounds, from_right)? {
            Some(i) => Ok(i),
            None => Err(self.value_error("subsection not found")),
        }
    }

    pub(crate) fn bytes_count(&mut self, this: Value, sub: Value, bounds: Bounds) -> Result<usize> {
        let needle = self.needle(sub)?;
        let data = bytes_of(this).unwrap_or_default();
        Ok(bounds.range(data).map_or(0, |r| search::count(&data[r], needle.bytes(), Flavour::Bytes)))
    }

    pub(crate) fn bytes_has_affix(&mut self, this: Value, affix: Value, bounds: Bounds, at_end: bool) -> Result<bool> {
        let data = bytes_of(this).unwrap_or_default();
        let part = bounds.range(data).map(|r| &data[r]);
        let fits = |affix: &[u8]| part.is_some_and(|p| if at_end { p.ends_with(affix) } else { p.starts_with(affix) });
        if let Some(all) = affix.as_gc::<Tuple>() {
            for &a in all.items() {
                if fits(self.bytes_argument(a)?) {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        match bytes_of(affix) {
            Some(a) => Ok(fits(a)),
            None => {
                let name = if at_end { "endswith" } else { "startswith" };
                let text = format!("{name} first arg must be bytes or a tuple of bytes, not {}", self.type_name(affix));
                Err(self.type_error(text))
            }
        }
    }

    /// Bytes `[from, to)` of a `bytes` or `bytearray`, in the same class.
    pub(crate) fn bytes_part(&mut self, this: Value, from: usize, to: usize) -> Value {
        match this.as_gc::<Bytes>() {
            Some(b) => self.bytes_slice(b, from, to).value(),
            None => {
                let v = self.bytes_like(this, &bytes_of(this).unwrap_or_default()[from..to]);
                std::hint::black_box(this);
                v
            }
        }
    }

    pub(crate) fn bytes_parts(&mut self, this: Value, parts: impl Iterator<Item = Range<usize>>) -> Gc<List> {
        let list = self.list_new();
        for p in parts {
            let v = self.bytes_part(this, p.start, p.end);
            self.list_push(list, v);
        }
        std::hint::black_box(this);
        list
    }

    /// An object of the class of `this` with the bytes that `fill` makes of its bytes. No script code runs in `fill`.
    pub(crate) fn bytes_built(&mut self, this: Value, fill: impl FnOnce(&mut Vec<u8>, &[u8])) -> Value {
        let mut out = self.take_scratch();
        fill(&mut out, bytes_of(this).unwrap_or_default());
        let v = self.bytes_like(this, &out);
        self.keep_scratch(out);
        v
    }

    pub(crate) fn try_bytes_built(&mut self, this: Value, fill: impl FnOnce(&mut Vec<u8>, &[u8]) -> std::result::Result<(), TextError>) -> Result<Value> {
        let mut out = self.take_scratch();
        let r = match fill(&mut out, bytes_of(this).unwrap_or_default()) {
            Ok(()) => Ok(self.bytes_like(this, &out)),
            Err(e) => Err(self.text_error(e)),
        };
        self.keep_scratch(out);
        r
    }

    pub(crate) fn bytes_strip(&mut self, this: Value, set: Value, side: Side) -> Result<Value> {
        let data = bytes_of(this).unwrap_or_default();
        let r =
            if set.is_none() { search::strip(data, side, Flavour::Bytes) } else { search::strip_set(data, self.bytes_argument(set)?, side, Flavour::Bytes) };
        Ok(self.bytes_part(this, r.start, r.end))
    }

    pub(crate) fn bytes_split(&mut self, this: Value, separator: Value, max: usize, from_right: bool) -> Result<Gc<List>> {
        let data = bytes_of(this).unwrap_or_default();
        if separator.is_none() {
            return Ok(if from_right {
                self.bytes_parts(this, search::rsplit_whitespace(data, max, Flavour::Bytes).into_iter())
            } else {
                self.bytes_parts(this, search::split_whitespace(data, max, Flavour::Bytes))
            });
        }
        let separator = self.bytes_argument(separator)?;
        if separator.is_empty() {
            return Err(self.value_error("empty separator"));
        }
        Ok(if from_right {
            self.bytes_parts(this, search::rsplit(data, separator, max).into_iter())
        } else {
            self.bytes_parts(this, search::split(data, separator, max))
        })
    }

    pub(crate) fn bytes_partition(&mut self, this: Value, separator: Value, from_right: bool) -> Result<Value> {
        let gap = self.bytes_argument(separator)?;
        if gap.is_empty() {
            return Err(self.value_error("empty separator"));
        }
        let data = bytes_of(this).unwrap_or_default();
        let found = if from_right { search::rfind(data, gap) } else { search::find(data, gap) };
        let n = data.len();
        let cuts = match (found, from_right) {
            (Some(at), _) => [0..at, at..at + gap.len(), at + gap.len()..n],
            (None, false) => [0..n, n..n, n..n],
            (None, true) => [0..0, 0..0, 0..n],
        };
        let [a, b, c] = cuts.map(|r| self.bytes_part(this, r.start, r.end));
        // CPython gives back the separator itself.
        let b = if found.is_some() && this.kind() == Some(Kind::Bytes) { separator } else { b };
        Ok(self.tuple(&[a, b, c]).value())
    }

    pub(crate) fn bytes_join(&mut self, this: Value, iterable: Value) -> Result<Value> {
        if !self.is_iterable(iterable) {
            return Err(self.type_error("can only join an iterable"));
        }
        let items = self.tuple_from_iterable(iterable)?;
        let mut out = self.take_scratch();
        let gap = bytes_of(this).unwrap_or_default();
        for (i, &v) in items.items().iter().enumerate() {
            let Some(b) = bytes_of(v) else {
                self.keep_scratch(out);
                let text = format!("sequence item {i}: expected a bytes-like object, {} found", self.type_name(v));
                return Err(self.type_error(text));
            };
            if i > 0 {
                out.extend_from_slice(gap);
            }
            out.extend_from_slice(b);
        }
        let v = self.bytes_like(this, &out);
        self.keep_scratch(out);
        std::hint::black_box(items);
        Ok(v)
    }

    pub(crate) fn bytes_justify(&mut self, this: Value, width: isize, fill: Option<Value>, justify: Justify, name: &str) -> Result<Value> {
        let fill = match fill {
            None => b' ',
            Some(v) => match (bytes_of(v), v.kind()) {
                (Some(&[b]), Some(Kind::Bytes | Kind::ByteArray)) => b,
                _ => {
                    let text = format!("{name}() argument 2 must be a byte string of length 1, not {}", self.type_name(v));
                    return Err(self.type_error(text));
                }
            },
        };
        let n = self.native_len(this).unwrap_or(0);
        if width <= n as isize {
            return Ok(self.bytes_part(this, 0, n));
        }
        self.try_bytes_built(this, |out, data| layout::justify(out, data, width as usize, &[fill], justify, Flavour::Bytes))
    }

    pub(crate) fn bytes_translate(&mut self, this: Value, table: Value, delete: Option<Value>) -> Result<Value> {
        let mut map = [0u8; 256];
        let mut mapped = None;
        if !table.is_none() {
            let t = self.bytes_argument(table)?;
            if t.len() != 256 {
                return Err(self.value_error("translation table must be 256 characters long"));
            }
            map.copy_from_slice(t);
            mapped = Some(&map);
        }
        let delete = match delete {
            Some(d) => self.bytes_argument(d)?,
            None => &[],
        };
        Ok(self.bytes_built(this, |out, data| layout::translate(out, data, mapped, delete)))
    }

    /// `bytes.maketrans(frm, to)`.
    pub(crate) fn bytes_maketrans(&mut self, from: Value, to: Value) -> Result<Gc<Bytes>> {
        let (a, b) = (self.bytes_argument(from)?, self.bytes_argument(to)?);
        if a.len() != b.len() {
            return Err(self.value_error("maketrans arguments must have same length"));
        }
        let mut table: [u8; 256] = std::array::from_fn(|i| i as u8);
        for (&x, &y) in a.iter().zip(b) {
            table[x as usize] = y;
        }
        Ok(self.bytes(&table))
    }

    /// `b.hex(sep, bytes_per_sep)` of bytes that an object lends.
    pub(crate) fn bytes_hex(&mut self, data: &[u8], separator: Option<Value>, group: i32) -> Result<Gc<Str>> {
        let separator = match separator {
            None => None,
            Some(v) => {
                // As CPython: the length is asked first, of anything.
                if self.len(v)? != 1 {
                    return Err(self.value_error("sep must be length 1."));
                }
                let bytes = match (v.as_gc::<Str>(), bytes_of(v)) {
                    (Some(s), _) => s.bytes().to_vec(),
                    (None, Some(b)) if v.kind() == Some(Kind::Bytes) => b.to_vec(),
                    _ => return Err(self.type_error("sep must be str or bytes.")),
                };
                match bytes[..] {
                    [b] if b < 128 => Some(b),
                    _ => return Err(self.value_error("sep must be ASCII.")),
                }
            }
        };
        Ok(self.build_str(|out| layout::push_hex(out, data, separator, group as i64)))
    }

    pub(crate) fn bytes_from_hex(&mut self, text: Gc<Str>) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(text.byte_len() / 2);
        match layout::push_from_hex(&mut out, text.bytes()) {
            Ok(()) => Ok(out),
            Err(e) => Err(self.text_error(e)),
        }
    }

    /// `x op y` of byte strings, NotImplemented with anything else.
    pub(crate) fn bytes_compare(&mut self, op: Compare, x: Value, y: Value) -> Result<Value> {
        Ok(match (bytes_of(x), bytes_of(y)) {
            (Some(a), Some(b)) if y.kind() != Some(Kind::Native) || x.kind() == Some(Kind::ByteArray) => Value::bool(op.holds(a.cmp(b))),
            _ => Value::NOT_IMPLEMENTED,
        })
    }

    /// The bytes that `bytes(v)` and `bytearray(v)` take from `v`, neither str nor count: bytes-like objects and
    /// iterables of ints. Runs script code.
    pub(crate) fn bytes_of_iterable(&mut self, v: Value, class: &str) -> Result<Vec<u8>> {
        if let Some(b) = bytes_of(v) {
            return Ok(b.to_vec());
        }
        if let Some(b) = self.strided_bytes(v)? {
            return Ok(b);
        }
        if !self.is_iterable(v) {
            let text = format!("cannot convert '{}' object to {class}", self.type_name(v));
            return Err(self.type_error(text));
        }
        let it = self.iter(v)?;
        let mut out = Vec::new();
        while let Some(x) = self.next(it)? {
            let i = self.index(x)?;
            match i.as_int() {
                Some(b @ 0..=255) => out.push(b as u8),
                _ => {
                    let what = if class == "bytes" { "bytes" } else { "byte" };
                    return Err(self.value_error(format!("{what} must be in range(0, 256)")));
                }
            }
        }
        Ok(out)
    }

    /// As [`Cx::bytes_of_iterable`] for `bytes`.
    pub fn bytes_from_any(&mut self, v: Value) -> Result<Vec<u8>> {
        self.bytes_of_iterable(v, "bytes")
    }

    /// A count of zero bytes, if `v` is a number.
    pub(crate) fn byte_count(&mut self, v: Value) -> Result<Option<usize>> {
        let class = self.class_of(v);
        if int_ref(v).is_none() && (bytes_of(v).is_some() || self.special(class, Dunder::Index).is_none()) {
            return Ok(None);
        }
        let i = match self.index(v) {
            Ok(i) => i,
            Err(r) if self.pending_is(self.types.type_error) => {
                self.take_pending(r);
                return Ok(None);
            }
            Err(r) => return Err(r),
        };
        match crate::object::int::machine_int(i) {
            Some(n) if n < 0 => Err(self.value_error("negative count")),
            // No machine has as much memory as that.
            Some(n) if n < 1 << 46 => Ok(Some(n as usize)),
            Some(_) => Err(self.memory_error("")),
            None => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
        }
    }

    /// The source of `bytes(source, encoding, errors)` when text is involved; `None`: neither text nor encoding.
    pub(crate) fn bytes_of_text(&mut self, source: Option<Value>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Option<Gc<Bytes>>> {
        let text = source.and_then(|v| v.as_gc::<Str>());
        match (text, encoding, errors) {
            (Some(s), Some(_), _) => self.encode_str(s, encoding, errors).map(Some),
            (Some(_), None, _) => Err(self.type_error("string argument without an encoding")),
            (None, Some(_), _) => Err(self.type_error("encoding without a string argument")),
            (None, None, Some(_)) => Err(self.type_error("errors without a string argument")),
            (None, None, None) => Ok(None),
        }
    }
}

impl Cx {
    /// Removes a run of bytes or adds some: `bytearray` only, with nobody looking at it.
    pub(crate) fn bytearray_replace(&mut self, b: Gc<ByteArray>, range: Range<usize>, data: &[u8]) -> Result<()> {
        if data.len() != range.len() {
            self.check_resizable(b)?;
        }
        self.bytearray_splice(b, range.start, range.end, data);
        Ok(())
    }
}

/// The class `bytes` or `bytearray`: the methods that both have, and its own.
macro_rules! bytes_class {
    ($(#[$doc:meta])* $name:literal $object:ident { $($own:tt)* }) => {
        $(#[$doc])*
        #[gscript_macros::class($name)]
        pub mod class {
            use crate::builtins::bytes_common::Bounds;
            use crate::builtins::text_args::limit;
            use crate::convert::SliceIndex;
            #[allow(unused_imports, reason = "one of the two classes does not name both")]
            use crate::object::bytes::{ByteArray, Bytes};
            use crate::object::class::Type;
            use crate::object::list::List;
            use crate::object::str::Str;
            use crate::operator::Compare;
            use crate::protocol::bytes_of;
            use crate::text::case;
            use crate::text::layout::{self, Justify};
            use crate::text::search::{self, Flavour, Side};
            use crate::value::{Gc, Value};
            use crate::vm::{Cx, Result};

            type This = Gc<$object>;

            // ---- special methods ----

            #[method]
            fn __repr__(cx: &mut Cx, this: This) -> Result<Gc<Str>> {
                cx.repr_of_bytes(this.value())
            }

            #[method]
            fn __str__(cx: &mut Cx, this: This) -> Result<Gc<Str>> {
                cx.repr_of_bytes(this.value())
            }

            #[method]
            fn __len__(this: This) -> usize {
                this.len()
            }

            #[method]
            fn __iter__(cx: &mut Cx, this: This) -> Value {
                cx.bytes_iter(this.value())
            }

            #[method("key, /")]
            fn __getitem__(cx: &mut Cx, this: This, key: Value) -> Result<Option<Value>> {
                cx.native_get_item(this.value(), key)
            }

            #[method("key, /")]
            fn __contains__(cx: &mut Cx, this: This, key: Value) -> Result<Option<bool>> {
                cx.native_contains(this.value(), key)
            }

            #[method("value, /")]
            fn __add__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                match bytes_of(value) {
                    Some(b) => {
                        let all = [this.bytes(), b].concat();
                        Ok(cx.bytes_like(this.value(), &all))
                    }
                    None => {
                        let text = cx.concat_error(this.value(), value).unwrap_or_default();
                        Err(cx.type_error(text))
                    }
                }
            }

            #[method("value, /")]
            fn __mul__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.multiply_sequence(this.value(), value)
            }

            #[method("value, /")]
            fn __rmul__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.multiply_sequence(this.value(), value)
            }

            #[method("value, /")]
            fn __mod__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.percent_format(this.value(), value)
            }

            #[method("value, /")]
            fn __rmod__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                if value.as_gc::<$object>().is_none() {
                    return Ok(Value::NOT_IMPLEMENTED);
                }
                cx.percent_format(value, this.value())
            }

            #[method("value, /")]
            fn __eq__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.bytes_compare(Compare::Eq, this.value(), value)
            }

            #[method("value, /")]
            fn __ne__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.bytes_compare(Compare::Ne, this.value(), value)
            }

            #[method("value, /")]
            fn __lt__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.bytes_compare(Compare::Lt, this.value(), value)
            }

            #[method("value, /")]
            fn __le__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.bytes_compare(Compare::Le, this.value(), value)
            }

            #[method("value, /")]
            fn __gt__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.bytes_compare(Compare::Gt, this.value(), value)
            }

            #[method("value, /")]
            fn __ge__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
                cx.bytes_compare(Compare::Ge, this.value(), value)
            }

            // ---- searching ----

            /// Return the lowest index where subsection sub is found within [start:end], or -1.
            #[method("sub, start=None, end=None, /", style = "tuple")]
            fn find(cx: &mut Cx, this: This, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<i64> {
                Ok(cx.bytes_find(this.value(), sub, Bounds { start, end }, false)?.map_or(-1, |i| i as i64))
            }

            /// Return the highest index where subsection sub is found within [start:end], or -1.
            #[method("sub, start=None, end=None, /", style = "tuple")]
            fn rfind(cx: &mut Cx, this: This, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<i64> {
                Ok(cx.bytes_find(this.value(), sub, Bounds { start, end }, true)?.map_or(-1, |i| i as i64))
            }

            /// Return the lowest index where subsection sub is found; ValueError if there is none.
            #[method("sub, start=None, end=None, /", style = "tuple")]
            fn index(cx: &mut Cx, this: This, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<usize> {
                cx.bytes_index(this.value(), sub, Bounds { start, end }, false)
            }

            /// Return the highest index where subsection sub is found; ValueError if there is none.
            #[method("sub, start=None, end=None, /", style = "tuple")]
            fn rindex(cx: &mut Cx, this: This, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<usize> {
                cx.bytes_index(this.value(), sub, Bounds { start, end }, true)
            }

            /// Return the number of non-overlapping occurrences of subsection sub in [start:end].
            #[method("sub, start=None, end=None, /", style = "tuple")]
            fn count(cx: &mut Cx, this: This, sub: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<usize> {
                cx.bytes_count(this.value(), sub, Bounds { start, end })
            }

            /// Return True if the bytes start with the specified prefix (or one of a tuple), False otherwise.
            #[method("prefix, start=None, end=None, /", style = "tuple")]
            fn startswith(cx: &mut Cx, this: This, prefix: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<bool> {
                cx.bytes_has_affix(this.value(), prefix, Bounds { start, end }, false)
            }

            /// Return True if the bytes end with the specified suffix (or one of a tuple), False otherwise.
            #[method("suffix, start=None, end=None, /", style = "tuple")]
            fn endswith(cx: &mut Cx, this: This, suffix: Value, start: Option<SliceIndex>, end: Option<SliceIndex>) -> Result<bool> {
                cx.bytes_has_affix(this.value(), suffix, Bounds { start, end }, true)
            }

            /// Return a copy with all occurrences of substring old replaced by new.
            #[method("old, new, count=-1, /")]
            fn replace(cx: &mut Cx, this: This, old: Value, new: Value, count: isize) -> Result<Value> {
                let (old, new) = (cx.bytes_argument(old)?, cx.bytes_argument(new)?);
                let data = this.bytes();
                if count == 0 || old.len() > data.len() || !old.is_empty() && search::find(data, old).is_none() {
                    return Ok(cx.bytes_part(this.value(), 0, this.len()));
                }
                cx.try_bytes_built(this.value(), |out, data| search::replace(out, data, old, new, limit(count), Flavour::Bytes).map(drop))
            }

            /// Return a copy with the given prefix removed if present.
            #[method("prefix, /")]
            fn removeprefix(cx: &mut Cx, this: This, prefix: Value) -> Result<Value> {
                let prefix = cx.bytes_argument(prefix)?;
                let cut = if this.bytes().starts_with(prefix) { prefix.len() } else { 0 };
                Ok(cx.bytes_part(this.value(), cut, this.len()))
            }

            /// Return a copy with the given suffix removed if present.
            #[method("suffix, /")]
            fn removesuffix(cx: &mut Cx, this: This, suffix: Value) -> Result<Value> {
                let suffix = cx.bytes_argument(suffix)?;
                let cut = if this.bytes().ends_with(suffix) { suffix.len() } else { 0 };
                Ok(cx.bytes_part(this.value(), 0, this.len() - cut))
            }

            // ---- taking apart and joining ----

            /// Return a list of the sections, using sep as the delimiter.
            #[method("sep=None, maxsplit=-1")]
            fn split(cx: &mut Cx, this: This, sep: Value, maxsplit: isize) -> Result<Gc<List>> {
                cx.bytes_split(this.value(), sep, limit(maxsplit), false)
            }

            /// Return a list of the sections, using sep as the delimiter, starting at the end.
            #[method("sep=None, maxsplit=-1")]
            fn rsplit(cx: &mut Cx, this: This, sep: Value, maxsplit: isize) -> Result<Gc<List>> {
                cx.bytes_split(this.value(), sep, limit(maxsplit), true)
            }

            /// Return a list of the lines, breaking at line boundaries.
            #[method("keepends=0", text = "keepends=False")]
            fn splitlines(cx: &mut Cx, this: This, keepends: i32) -> Gc<List> {
                let lines = search::split_lines(this.bytes(), keepends != 0, Flavour::Bytes);
                cx.bytes_parts(this.value(), lines)
            }

            /// Partition into three parts using the given separator.
            #[method("sep, /")]
            fn partition(cx: &mut Cx, this: This, sep: Value) -> Result<Value> {
                cx.bytes_partition(this.value(), sep, false)
            }

            /// Partition into three parts using the given separator, searching from the end.
            #[method("sep, /")]
            fn rpartition(cx: &mut Cx, this: This, sep: Value) -> Result<Value> {
                cx.bytes_partition(this.value(), sep, true)
            }

            /// Concatenate any number of bytes-like objects.
            #[method("iterable_of_bytes, /")]
            fn join(cx: &mut Cx, this: This, iterable_of_bytes: Value) -> Result<Value> {
                cx.bytes_join(this.value(), iterable_of_bytes)
            }

            /// Strip leading and trailing bytes contained in the argument, or ASCII whitespace.
            #[method("bytes=None, /")]
            fn strip(cx: &mut Cx, this: This, bytes: Value) -> Result<Value> {
                cx.bytes_strip(this.value(), bytes, Side::Both)
            }

            /// Strip leading bytes contained in the argument, or ASCII whitespace.
            #[method("bytes=None, /")]
            fn lstrip(cx: &mut Cx, this: This, bytes: Value) -> Result<Value> {
                cx.bytes_strip(this.value(), bytes, Side::Left)
            }

            /// Strip trailing bytes contained in the argument, or ASCII whitespace.
            #[method("bytes=None, /")]
            fn rstrip(cx: &mut Cx, this: This, bytes: Value) -> Result<Value> {
                cx.bytes_strip(this.value(), bytes, Side::Right)
            }

            // ---- filling ----

            /// Return a left-justified copy of length width.
            #[method("width, fillchar=<unrepresentable>, /", text = "width, fillchar=b' ', /")]
            fn ljust(cx: &mut Cx, this: This, width: isize, fillchar: Option<Value>) -> Result<Value> {
                cx.bytes_justify(this.value(), width, fillchar, Justify::Left, "ljust")
            }

            /// Return a right-justified copy of length width.
            #[method("width, fillchar=<unrepresentable>, /", text = "width, fillchar=b' ', /")]
            fn rjust(cx: &mut Cx, this: This, width: isize, fillchar: Option<Value>) -> Result<Value> {
                cx.bytes_justify(this.value(), width, fillchar, Justify::Right, "rjust")
            }

            /// Return a centered copy of length width.
            #[method("width, fillchar=<unrepresentable>, /", text = "width, fillchar=b' ', /")]
            fn center(cx: &mut Cx, this: This, width: isize, fillchar: Option<Value>) -> Result<Value> {
                cx.bytes_justify(this.value(), width, fillchar, Justify::Center, "center")
            }

            /// Pad a numeric string with zeros on the left, to fill a field of the given width.
            #[method("width, /")]
            fn zfill(cx: &mut Cx, this: This, width: isize) -> Result<Value> {
                if width <= this.len() as isize {
                    return Ok(cx.bytes_part(this.value(), 0, this.len()));
                }
                cx.try_bytes_built(this.value(), |out, data| layout::zfill(out, data, width as usize, Flavour::Bytes))
            }

            /// Return a copy where all tab characters are expanded using spaces.
            #[method("tabsize=8")]
            fn expandtabs(cx: &mut Cx, this: This, tabsize: i32) -> Result<Value> {
                cx.try_bytes_built(this.value(), |out, data| layout::expand_tabs(out, data, tabsize as i64, Flavour::Bytes))
            }

            // ---- case ----

            /// Return a copy with all ASCII characters converted to uppercase.
            #[method]
            fn upper(cx: &mut Cx, this: This) -> Value {
                cx.bytes_built(this.value(), |out, data| out.extend(data.iter().map(u8::to_ascii_uppercase)))
            }

            /// Return a copy with all ASCII characters converted to lowercase.
            #[method]
            fn lower(cx: &mut Cx, this: This) -> Value {
                cx.bytes_built(this.value(), |out, data| out.extend(data.iter().map(u8::to_ascii_lowercase)))
            }

            /// Return a copy with uppercase ASCII characters converted to lowercase and vice versa.
            #[method]
            fn swapcase(cx: &mut Cx, this: This) -> Value {
                cx.bytes_built(this.value(), case::push_ascii_swapcase)
            }

            /// Return a copy with only its first character capitalized (ASCII) and the rest lower-cased.
            #[method]
            fn capitalize(cx: &mut Cx, this: This) -> Value {
                cx.bytes_built(this.value(), case::push_ascii_capitalize)
            }

            /// Return a titlecased version, i.e. ASCII words start with uppercase characters.
            #[method]
            fn title(cx: &mut Cx, this: This) -> Value {
                cx.bytes_built(this.value(), case::push_ascii_title)
            }

            /// Return True if there are only lowercase cased ASCII characters and at least one, False otherwise.
            #[method]
            fn islower(this: This) -> bool {
                case::is_ascii_lower(this.bytes())
            }

            /// Return True if there are only uppercase cased ASCII characters and at least one, False otherwise.
            #[method]
            fn isupper(this: This) -> bool {
                case::is_ascii_upper(this.bytes())
            }

            /// Return True if the bytes are titlecased and there is at least one character, False otherwise.
            #[method]
            fn istitle(this: This) -> bool {
                case::is_ascii_title(this.bytes())
            }

            /// Return True if all bytes are ASCII, False otherwise.
            #[method]
            fn isascii(this: This) -> bool {
                this.bytes().is_ascii()
            }

            /// Return True if all bytes are ASCII letters and there is at least one, False otherwise.
            #[method]
            fn isalpha(this: This) -> bool {
                case::is_ascii_alpha(this.bytes())
            }

            /// Return True if all bytes are ASCII letters or digits and there is at least one, False otherwise.
            #[method]
            fn isalnum(this: This) -> bool {
                case::is_ascii_alnum(this.bytes())
            }

            /// Return True if all bytes are ASCII digits and there is at least one, False otherwise.
            #[method]
            fn isdigit(this: This) -> bool {
                case::is_ascii_digit(this.bytes())
            }

            /// Return True if all bytes are ASCII whitespace and there is at least one, False otherwise.
            #[method]
            fn isspace(this: This) -> bool {
                case::is_ascii_space(this.bytes())
            }

            // ---- codecs and tables ----

            /// Decode the bytes using the codec registered for encoding.
            #[method("encoding=<unrepresentable>, errors=<unrepresentable>", text = "encoding='utf-8', errors='strict'")]
            fn decode(cx: &mut Cx, this: This, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Gc<Str>> {
                cx.decode_bytes(this.value(), encoding, errors)
            }

            /// Create a string of hexadecimal numbers from the bytes.
            #[method("sep=<unrepresentable>, bytes_per_sep=1")]
            fn hex(cx: &mut Cx, this: This, sep: Option<Value>, bytes_per_sep: i32) -> Result<Gc<Str>> {
                cx.bytes_hex(this.bytes(), sep, bytes_per_sep)
            }

            /// Return a copy with each character mapped by the given translation table.
            #[method("table, /, delete=<unrepresentable>", text = "table, /, delete=b''")]
            fn translate(cx: &mut Cx, this: This, table: Value, delete: Option<Value>) -> Result<Value> {
                cx.bytes_translate(this.value(), table, delete)
            }

            /// Return a translation table usable for the bytes or bytearray translate method.
            #[static_method("frm, to, /")]
            fn maketrans(cx: &mut Cx, frm: Value, to: Value) -> Result<Gc<Bytes>> {
                cx.bytes_maketrans(frm, to)
            }

            $($own)*
        }
    };
}

pub(crate) use bytes_class;
