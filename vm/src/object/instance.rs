//! Instances of script classes, and the attribute word that instances of all classes with a `__dict__` have.
//!
//! ```text
//!   Instance:  header 8 | attribute word 8 | inline slots …
//!   others:    header 8 | body …           | attribute word 8
//! ```
//! The attribute word is 0, the payload of a buffer with the slots that are not inline, or, under a dictionary
//! shape, a reference to a dict.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::header::{HAS_ATTRIBUTES, Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::buffer;
use crate::object::class::{HAS_DICT, Type};
use crate::object::dict::Dict;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

#[repr(C)]
pub struct Instance {
    header: Header,
    attributes: Cell<u64>,
}

/// Inline slots that an instance has at most.
pub const MAX_INLINE: usize = 32;

/// Offset of the first inline slot.
pub const SLOTS: usize = size_of::<Instance>();

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Instance {
    const KIND: Kind = Kind::Instance;
}

impl Trace for Instance {
    fn trace(&self, m: &mut Marker<'_>) {
        // SAFETY: `self` is the body of a heap object.
        let object = unsafe { Gc::from_ptr(self as *const Instance as *mut Header) };
        trace_attributes(object, m);
        let shape = m.shapes.get(self.header.shape());
        let n = shape.slots.len().min(shape.inline_slots as usize);
        for i in 0..n {
            if !shape.is_double(i) {
                // SAFETY: an inline slot of the shape.
                m.option(Value::from_word(unsafe { *((object.address() + SLOTS + i * 8) as *const u64) }));
            }
        }
    }
}

/// Marks what the attribute word of an object refers to, and its class.
pub fn trace_attributes(object: Gc<Header>, m: &mut Marker<'_>) {
    let shape = m.shapes.get(object.shape());
    m.object(shape.class);
    if !object.has_flag(HAS_ATTRIBUTES) {
        return;
    }
    let word = attribute_word(object).get();
    if word == 0 {
        return;
    }
    if shape.is_dictionary {
        m.option(Value::from_word(word));
        return;
    }
    // SAFETY: the payload of a buffer owned by the object.
    m.mark_only(unsafe { buffer::of_payload(word as usize) });
    for i in shape.inline_slots as usize..shape.slots.len() {
        if !shape.is_double(i) {
            // SAFETY: the buffer has a word for each slot beyond the inline ones.
            m.option(Value::from_word(unsafe { *((word as usize + (i - shape.inline_slots as usize) * 8) as *const u64) }));
        }
    }
}

/// Offset of the attribute word of an object with the flag HAS_ATTRIBUTES.
#[inline]
pub fn attribute_offset(object: Gc<Header>) -> usize {
    match object.kind() {
        Kind::Instance => 8,
        // SAFETY: the kind tells the layout.
        Kind::Tuple => unsafe { object.cast::<Tuple>() }.attribute_offset(),
        kind => crate::object::body_size(kind),
    }
}

#[inline]
fn attribute_word<'a>(object: Gc<Header>) -> &'a Cell<u64> {
    debug_assert!(object.has_flag(HAS_ATTRIBUTES));
    // SAFETY: the object has the word at this offset; it lives as long as the object, which the caller keeps.
    unsafe { &*((object.address() + attribute_offset(object)) as *const Cell<u64>) }
}

/// The word of a slot of an object that has the shape with that slot.
#[inline]
fn slot_word<'a>(object: Gc<Header>, inline_slots: usize, slot: usize) -> &'a Cell<u64> {
    let address = if slot < inline_slots { object.address() + SLOTS + slot * 8 } else { attribute_word(object).get() as usize + (slot - inline_slots) * 8 };
    // SAFETY: the shape says that the object has this slot.
    unsafe { &*(address as *const Cell<u64>) }
}

impl Cx {
    /// A new instance of a class whose instances have kind Instance, without attributes.
    #[inline]
    pub fn instance(&mut self, class: Gc<Type>) -> Gc<Instance> {
        let size = SLOTS + class.inline_slots.get() as usize * 8;
        let p = self.alloc_small(size, false);
        let header = Header::new(Kind::Instance, class.instance_shape.get());
        header.set_flag(HAS_ATTRIBUTES);
        // SAFETY: fresh zeroed memory of that size.
        unsafe {
            (p as *mut Instance).write(Instance { header, attributes: Cell::new(0) });
            Gc::from_ptr(p as *mut Instance)
        }
    }

    /// The attribute that the object itself has under an interned name; the class is not asked.
    pub fn own_attribute(&mut self, object: Gc<Header>, name: Gc<Str>) -> Option<Value> {
        if !object.has_flag(HAS_ATTRIBUTES) {
            return None;
        }
        let shape = self.shapes.get(object.shape());
        if shape.is_dictionary {
            if let Some(slot) = shape.find(name) {
                return Value::from_word(slot_word(object, shape.inline_slots as usize, slot).get());
            }
            let d = Value::from_word(attribute_word(object).get())?.as_gc::<Dict>()?;
            return self.dict_get_str(d, name);
        }
        let slot = shape.find(name)?;
        let word = slot_word(object, shape.inline_slots as usize, slot).get();
        if shape.is_double(slot) {
            return Some(self.float(f64::from_bits(word)));
        }
        Value::from_word(word)
    }

    /// Sets an attribute of the object itself. False: the object has no place for attributes.
    pub fn set_own_attribute(&mut self, object: Gc<Header>, name: Gc<Str>, v: Value) -> bool {
        if !object.has_flag(HAS_ATTRIBUTES) {
            return false;
        }
        let shape = self.shapes.get(object.shape());
        if shape.is_dictionary {
            if let Some(slot) = shape.find(name) {
                slot_word(object, shape.inline_slots as usize, slot).set(v.word());
                object.barrier();
                return true;
            }
            let d = Value::from_word(attribute_word(object).get()).and_then(|d| d.as_gc::<Dict>());
            let d = match d {
                Some(d) => d,
                None => self.attribute_dict(object),
            };
            self.dict_set_str(d, name, v);
            return true;
        }
        if let Some(slot) = shape.find(name) {
            let inline = shape.inline_slots as usize;
            if shape.is_double(slot) {
                if let Some(x) = v.as_float().filter(|_| self.is_exact_float(v)) {
                    slot_word(object, inline, slot).set(x.to_bits());
                    return true;
                }
                let wide = self.shapes.widen(object.shape(), slot);
                object.set_shape(wide);
                // The other double slots stay as they are: the sibling differs in this one only.
            }
            slot_word(object, inline, slot).set(v.word());
            object.barrier();
            return true;
        }
        let is_float = self.is_exact_float(v);
        let Some(child) = self.shapes.child(object.shape(), name, is_float) else {
            let d = self.attribute_dict(object);
            self.dict_set_str(d, name, v);
            return true;
        };
        let (inline, slot) = (shape.inline_slots as usize, shape.slots.len());
        if slot >= inline {
            let n = slot - inline;
            let word = attribute_word(object);
            let have = if word.get() == 0 {
                0
            } else {
                // SAFETY: the payload of the object's buffer.
                unsafe { buffer::of_payload(word.get() as usize) }.capacity() / 8
            };
            if n >= have {
                let new = match word.get() {
                    0 => buffer::alloc(self, Kind::ValueBuffer, 32),
                    old => buffer::realloc(self, old as usize, have * 16),
                };
                let Some(new) = new else {
                    self.fatal_limit("out of memory");
                    return true;
                };
                word.set(new as u64);
            }
        }
        let is_double = self.shapes.get(child).is_double(slot);
        let word = match v.as_float() {
            Some(x) if is_double => x.to_bits(),
            _ => v.word(),
        };
        slot_word(object, inline, slot).set(word);
        object.set_shape(child);
        object.barrier();
        true
    }

    /// Deletes an attribute of the object itself; false when there is none. The object becomes a dictionary, unless it
    /// was its last attribute.
    pub fn delete_own_attribute(&mut self, object: Gc<Header>, name: Gc<Str>) -> bool {
        if self.own_attribute(object, name).is_none() {
            return false;
        }
        let class = self.shapes.get(object.shape()).class;
        if !class.has_flag(HAS_DICT) {
            // Only __slots__: the slot becomes empty.
            let shape = self.shapes.get(object.shape());
            if let Some(slot) = shape.find(name) {
                let wide = if shape.is_double(slot) { self.shapes.widen(object.shape(), slot) } else { object.shape() };
                let inline = self.shapes.get(wide).inline_slots as usize;
                slot_word(object, inline, slot).set(0);
                object.set_shape(wide);
                return true;
            }
        }
        let d = self.attribute_dict(object);
        let shape = self.shapes.get(object.shape());
        if let Some(slot) = shape.find(name) {
            slot_word(object, shape.inline_slots as usize, slot).set(0);
            return true;
        }
        self.dict_remove_str(d, name).is_some()
    }

    /// The object's `__dict__` as a dict: from now on the object is a dictionary.
    pub fn attribute_dict(&mut self, object: Gc<Header>) -> Gc<Dict> {
        let shape = self.shapes.get(object.shape());
        let word = attribute_word(object);
        if shape.is_dictionary {
            if let Some(d) = Value::from_word(word.get()).and_then(|d| d.as_gc::<Dict>()) {
                return d;
            }
        }
        let d = self.dict_with_capacity(shape.slots.len());
        let dictionary = self.shapes.get(self.shapes.dictionary(object.shape()));
        // Values of `__slots__` move to the places that they have under the dictionary shape; until all are read they wait
        // on the native stack.
        let mut keep = [None::<Value>; MAX_INLINE];
        for s in &shape.slots {
            let Some(v) = self.own_attribute(object, s.name) else {
                continue;
            };
            match dictionary.find(s.name) {
                Some(slot) => keep[slot] = Some(v),
                None => self.dict_set_str(d, s.name, v),
            }
        }
        let word = d.value().word();
        attribute_word(object).set(word);
        for slot in 0..dictionary.slots.len() {
            slot_word(object, dictionary.inline_slots as usize, slot).set(keep[slot].map_or(0, Value::word));
        }
        object.set_shape(dictionary.id);
        object.barrier();
        d
    }

    /// `object.__dict__ = d`.
    pub fn replace_attribute_dict(&mut self, object: Gc<Header>, d: Gc<Dict>) {
        // First the values of `__slots__` find their places.
        self.attribute_dict(object);
        attribute_word(object).set(d.value().word());
        object.barrier();
    }

    /// Where an inline cache finds a slot: the offset in the object of an inline slot, or of the attribute word with the
    /// offset in the buffer; and whether it is a double.
    pub fn slot_place(&self, object: Gc<Header>, name: Gc<Str>) -> Option<SlotPlace> {
        let shape = self.shapes.get(object.shape());
        if shape.is_dictionary || !object.has_flag(HAS_ATTRIBUTES) {
            return None;
        }
        let slot = shape.find(name)?;
        let inline = shape.inline_slots as usize;
        Some(if slot < inline {
            SlotPlace { is_inline: true, is_double: shape.is_double(slot), offset: SLOTS + slot * 8, attribute_offset: 0 }
        } else {
            SlotPlace { is_inline: false, is_double: shape.is_double(slot), offset: (slot - inline) * 8, attribute_offset: attribute_offset(object) }
        })
    }
}

#[derive(Clone, Copy)]
pub struct SlotPlace {
    pub is_inline: bool,
    pub is_double: bool,
    pub offset: usize,
    pub attribute_offset: usize,
}
