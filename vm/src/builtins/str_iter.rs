//! Iterators over `str`, `bytes` and `bytearray`.

use std::cell::Cell;

use gscript_macros::class;

use crate::heap::mark::Marker;
use crate::object::bytes::{ByteArray, Bytes};
use crate::object::native::{Native, NativeObject};
use crate::object::slot::Slot;
use crate::object::str::{Str, width};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Steps through the code points of a string.
pub struct StrIter {
    text: Slot,
    /// Byte offset of the next one.
    at: Cell<usize>,
    /// How many were given out.
    index: Cell<usize>,
}

impl Native for StrIter {
    fn trace(&self, m: &mut Marker<'_>) {
        self.text.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(Ok(self.step(cx, this)))
    }
}

impl StrIter {
    fn text(&self) -> Option<Gc<Str>> {
        self.text.get()?.as_gc::<Str>()
    }

    #[inline]
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Value> {
        let s = self.text()?;
        let at = self.at.get();
        let Some(&first) = s.bytes().get(at) else {
            self.text.set(this, None);
            return None;
        };
        let len = width(first);
        self.at.set(at + len);
        self.index.set(self.index.get() + 1);
        let c = if len == 1 { cx.char_str(first) } else { cx.str_from_bytes(&s.bytes()[at..at + len]) };
        Some(c.value())
    }
}

/// Steps through the numbers in a `bytes` or `bytearray`.
pub struct BytesIter {
    bytes: Slot,
    at: Cell<usize>,
}

impl Native for BytesIter {
    fn trace(&self, m: &mut Marker<'_>) {
        self.bytes.trace(m);
    }

    fn next(&self, _: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(Ok(self.step(this)))
    }
}

impl BytesIter {
    fn len(&self) -> usize {
        let Some(v) = self.bytes.get() else { return 0 };
        v.as_gc::<Bytes>().map_or_else(|| v.as_gc::<ByteArray>().map_or(0, |b| b.len()), |b| b.len())
    }

    fn step(&self, this: Gc<NativeObject>) -> Option<Value> {
        let v = self.bytes.get()?;
        let at = self.at.get();
        let byte = match v.as_gc::<Bytes>() {
            Some(b) => b.bytes().get(at).copied(),
            None => v.as_gc::<ByteArray>().and_then(|b| b.bytes().get(at).copied()),
        };
        match byte {
            Some(b) => {
                self.at.set(at + 1);
                Some(Value::int32(b as i32))
            }
            None => {
                self.bytes.set(this, None);
                None
            }
        }
    }
}

impl Cx {
    /// `iter(s)`.
    pub fn str_iter(&mut self, s: Gc<Str>) -> Value {
        let class = if s.is_ascii() { self.types.str_ascii_iterator } else { self.types.str_iterator };
        NativeObject::alloc(self, class, Box::new(StrIter { text: Slot::new(Some(s.value())), at: Cell::new(0), index: Cell::new(0) })).value()
    }

    /// `iter(b)` of a `bytes` or `bytearray`.
    pub fn bytes_iter(&mut self, v: Value) -> Value {
        let class = if v.as_gc::<Bytes>().is_some() { self.types.bytes_iterator } else { self.types.bytearray_iterator };
        NativeObject::alloc(self, class, Box::new(BytesIter { bytes: Slot::new(Some(v)), at: Cell::new(0) })).value()
    }

    /// What `__reduce__` of an iterator gives: `(iter, (sequence,), position)`, or `(iter, (empty,))` at its end.
    fn reduce_iterator(&mut self, sequence: Option<Value>, empty: Value, at: usize) -> Result<Value> {
        let iter = self.builtin_named("iter")?;
        let args = self.tuple(&[sequence.unwrap_or(empty)]).value();
        if sequence.is_none() {
            return Ok(self.tuple(&[iter, args]).value());
        }
        let at = self.int(at as i64);
        Ok(self.tuple(&[iter, args, at]).value())
    }

    /// A built-in function or class by its name.
    pub(crate) fn builtin_named(&mut self, name: &str) -> Result<Value> {
        let key = self.intern(name);
        match self.builtins.and_then(|d| self.dict_get_str(d, key)) {
            Some(v) => Ok(v),
            None => Err(self.attribute_error(Value::NONE, name, name)),
        }
    }
}

#[class("str_iterator")]
pub mod str_iterator {
    use super::StrIter;
    use crate::object::native::NativeObject;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[method]
    fn __iter__(this: Gc<NativeObject>) -> Gc<NativeObject> {
        this
    }

    #[method]
    fn __next__(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        match this.downcast::<StrIter>().and_then(|it| it.step(cx, this)) {
            Some(v) => Ok(v),
            None => Err(cx.stop_iteration(Value::NONE)),
        }
    }

    /// Private method returning an estimate of len(list(it)).
    #[method]
    fn __length_hint__(this: &StrIter) -> usize {
        this.text().map_or(0, |s| s.char_len() - this.index.get())
    }

    /// Return state information for pickling.
    #[method]
    fn __reduce__(cx: &mut Cx, this: &StrIter) -> Result<Value> {
        let empty = cx.common.empty.value();
        cx.reduce_iterator(this.text.get(), empty, this.index.get())
    }

    /// Set state information for unpickling.
    #[method("state, /")]
    fn __setstate__(this: &StrIter, state: isize) {
        if let Some(s) = this.text() {
            let index = (state.max(0) as usize).min(s.char_len());
            this.index.set(index);
            this.at.set(s.offset_of(index));
        }
    }
}

#[class("bytes_iterator")]
pub mod bytes_iterator {
    use super::BytesIter;
    use crate::object::native::NativeObject;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[method]
    fn __iter__(this: Gc<NativeObject>) -> Gc<NativeObject> {
        this
    }

    #[method]
    fn __next__(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        match this.downcast::<BytesIter>().and_then(|it| it.step(this)) {
            Some(v) => Ok(v),
            None => Err(cx.stop_iteration(Value::NONE)),
        }
    }

    /// Private method returning an estimate of len(list(it)).
    #[method]
    fn __length_hint__(this: &BytesIter) -> usize {
        this.len().saturating_sub(this.at.get())
    }

    /// Return state information for pickling.
    #[method]
    fn __reduce__(cx: &mut Cx, this: &BytesIter) -> Result<Value> {
        let empty = cx.tuple(&[]).value();
        cx.reduce_iterator(this.bytes.get(), empty, this.at.get())
    }

    /// Set state information for unpickling.
    #[method("state, /")]
    fn __setstate__(this: &BytesIter, state: isize) {
        this.at.set((state.max(0) as usize).min(this.len()));
    }
}
