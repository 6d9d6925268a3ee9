//! `list[int]` and `int | None`: objects that annotations use (PEP 585, PEP 604).

use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// `origin[args]`.
pub struct GenericAlias {
    pub origin: Slot,
    /// A tuple.
    pub args: Slot,
}

impl Native for GenericAlias {
    fn trace(&self, m: &mut Marker<'_>) {
        self.origin.trace(m);
        self.args.trace(m);
    }
}

/// `a | b`.
pub struct Union {
    /// A tuple.
    pub args: Slot,
}

impl Native for Union {
    fn trace(&self, m: &mut Marker<'_>) {
        self.args.trace(m);
    }
}

impl Cx {
    /// `origin[key]`.
    pub fn generic_alias(&mut self, origin: Value, key: Value) -> Value {
        let args = match key.as_gc::<Tuple>() {
            Some(t) => t,
            None => self.tuple(&[key]),
        };
        let class = self.types.generic_alias;
        NativeObject::alloc(self, class, Box::new(GenericAlias { origin: Slot::new(Some(origin)), args: Slot::new(Some(args.value())) })).value()
    }

    /// `x | y` of classes, None and such unions; `None`: they are something else.
    pub(crate) fn union_of_types(&mut self, x: Value, y: Value) -> Result<Option<Value>> {
        let is_part = |v: Value| v.is_none() || v.as_gc::<Type>().is_some() || native::<GenericAlias>(v).is_some() || native::<Union>(v).is_some();
        if !is_part(x) || !is_part(y) || (x.is_none() && y.is_none()) {
            return Ok(None);
        }
        let parts = self.list_new();
        for v in [x, y] {
            let members = match native::<Union>(v).and_then(|u| u.args.get()).and_then(|a| a.as_gc::<Tuple>()) {
                Some(t) => t,
                None => self.tuple(&[if v.is_none() { self.types.none.value() } else { v }]),
            };
            for &m in members.items() {
                if !self.native_contains(parts.value(), m)?.unwrap_or(false) {
                    self.list_push(parts, m);
                }
            }
        }
        if parts.len() == 1 {
            return Ok(Some(self.list_get(parts, 0)));
        }
        let args: Gc<Tuple> = self.list_to_tuple(parts);
        let class = self.types.union_type;
        Ok(Some(NativeObject::alloc(self, class, Box::new(Union { args: Slot::new(Some(args.value())) })).value()))
    }
}
