//! Iterators over built-in containers that need no speed of their own: behind [`Native`].

use std::cell::Cell;

use crate::heap::mark::Marker;
use crate::object::dunder::Dunder;
use crate::object::native::{Native, NativeObject};
use crate::object::slot::Slot;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// `iter(x)` of an object with `__getitem__` only.
pub struct SequenceIterator {
    sequence: Slot,
    at: Cell<i64>,
}

impl Native for SequenceIterator {
    fn trace(&self, m: &mut Marker<'_>) {
        self.sequence.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx, this))
    }
}

impl SequenceIterator {
    /// Items to come as far as the sequence's `__len__` tells. May run script code.
    pub(crate) fn length_hint(&self, cx: &mut Cx) -> Result<Value> {
        let Some(s) = self.sequence.get() else {
            return Ok(Value::int32(0));
        };
        let class = cx.class_of(s);
        if cx.native_len(s).is_none() && cx.special(class, Dunder::Len).is_none() {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        let n = cx.len(s)? as i64 - self.at.get();
        Ok(cx.int(n.max(0)))
    }

    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(s) = self.sequence.get() else {
            return Ok(None);
        };
        let i = cx.int(self.at.get());
        match cx.get_item(s, i) {
            Ok(v) => {
                self.at.set(self.at.get() + 1);
                Ok(Some(v))
            }
            Err(r) if cx.pending_is(cx.types.index_error) || cx.pending_is(cx.types.stop_iteration) => {
                cx.take_pending(r);
                self.sequence.set(this, None);
                Ok(None)
            }
            Err(r) => Err(r),
        }
    }
}

impl Cx {
    /// An iterator over an object with `__getitem__`.
    pub(crate) fn sequence_iterator(&mut self, v: Value) -> Value {
        let class = self.types.iterator;
        NativeObject::alloc(self, class, Box::new(SequenceIterator { sequence: Slot::new(Some(v)), at: Cell::new(0) })).value()
    }
}
