//! Fields of heap objects that hold values. Storing goes through the owner, so that the barrier is never forgotten.

use std::cell::Cell;

use crate::heap::mark::Marker;
use crate::value::{Gc, HeapObject, Value};

/// A field that holds a value or nothing.
#[repr(transparent)]
pub struct Slot(Cell<Option<Value>>);

impl Slot {
    /// For objects under construction.
    #[inline(always)]
    pub fn new(value: Option<Value>) -> Slot {
        Slot(Cell::new(value))
    }

    #[inline(always)]
    pub fn get(&self) -> Option<Value> {
        self.0.get()
    }

    /// Stores into a field of `owner`.
    #[inline(always)]
    pub fn set<T>(&self, owner: Gc<T>, value: Option<Value>) {
        self.0.set(value);
        if value.is_some_and(Value::is_object) {
            owner.barrier();
        }
    }

    #[inline(always)]
    pub fn trace(&self, m: &mut Marker<'_>) {
        if let Some(o) = self.0.get().and_then(Value::as_object) {
            m.outlined(o);
        }
    }
}

/// A field that holds a reference of known type, or nothing.
#[repr(transparent)]
pub struct Ref<T>(Cell<Option<Gc<T>>>);

impl<T: HeapObject> Ref<T> {
    #[inline(always)]
    pub fn new(value: Option<Gc<T>>) -> Ref<T> {
        Ref(Cell::new(value))
    }

    #[inline(always)]
    pub fn get(&self) -> Option<Gc<T>> {
        self.0.get()
    }

    /// The reference; it is there.
    #[inline(always)]
    pub fn expect(&self) -> Gc<T> {
        self.0.get().expect("set when the object was made")
    }

    #[inline(always)]
    pub fn set<O>(&self, owner: Gc<O>, value: Option<Gc<T>>) {
        self.0.set(value);
        if value.is_some() {
            owner.barrier();
        }
    }

    pub fn trace(&self, m: &mut Marker<'_>) {
        if let Some(g) = self.0.get() {
            m.object(g);
        }
    }
}
