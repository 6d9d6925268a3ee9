//! Tuples: items behind the body.
#![allow(unsafe_code)]

use crate::heap::MAX_SMALL;
use crate::heap::header::{HAS_ATTRIBUTES, Header, Kind, LARGE};
use crate::heap::mark::{Marker, Trace};
use crate::object::class::Type;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

#[repr(C)]
pub struct Tuple {
    header: Header,
    len: usize,
}

const BODY: usize = size_of::<Tuple>();

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Tuple {
    const KIND: Kind = Kind::Tuple;
}

impl Trace for Tuple {
    fn trace(&self, m: &mut Marker<'_>) {
        for &v in self.items() {
            m.value(v);
        }
    }
}

impl Tuple {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline(always)]
    pub fn items(&self) -> &[Value] {
        // SAFETY: `len` values lie behind the body, written when the tuple was made, never changed.
        unsafe { std::slice::from_raw_parts((self as *const Tuple).add(1) as *const Value, self.len) }
    }

    /// Offset of the attribute word of an instance of a subclass.
    pub fn attribute_offset(&self) -> usize {
        BODY + self.len * 8
    }
}

impl Cx {
    /// A tuple of `len` items given by `item`, which must neither allocate nor run script code.
    pub fn tuple_with(&mut self, len: usize, item: impl FnMut(usize) -> Value) -> Gc<Tuple> {
        let class = self.types.tuple;
        if len == 0 {
            if let Some(t) = self.empty_tuple {
                return t;
            }
        }
        self.tuple_of(class, len, item)
    }

    /// As [`Cx::tuple_with`] for `class`, `tuple` or a subclass.
    pub fn tuple_of(&mut self, class: Gc<Type>, len: usize, mut item: impl FnMut(usize) -> Value) -> Gc<Tuple> {
        let attributes = class.has_attribute_word();
        let size = BODY + len * 8 + attributes as usize * 8;
        let header = Header::new(Kind::Tuple, class.instance_shape.get());
        if attributes {
            header.set_flag(HAS_ATTRIBUTES);
        }
        let p = if size <= MAX_SMALL {
            self.alloc_small(size, false)
        } else {
            match self.alloc_large(size) {
                Some(p) => {
                    header.set_flag(LARGE);
                    p
                }
                None => {
                    self.fatal_limit("out of memory");
                    return self.tuple_of(class, 0, item);
                }
            }
        };
        // SAFETY: fresh memory of that size; no allocation happens before all items are written.
        unsafe {
            (p as *mut Tuple).write(Tuple { header, len });
            let items = (p as *mut Tuple).add(1) as *mut Value;
            for i in 0..len {
                items.add(i).write(item(i));
            }
            Gc::from_ptr(p as *mut Tuple)
        }
    }

    /// A tuple of these items.
    pub fn tuple(&mut self, items: &[Value]) -> Gc<Tuple> {
        self.tuple_with(items.len(), |i| items[i])
    }
}
