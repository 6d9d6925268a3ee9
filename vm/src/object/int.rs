//! Ints beyond 62 bits. A number is on the heap exactly when it does not fit a word (except instances of subclasses).

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::class::Type;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

#[repr(C)]
pub struct Int {
    header: Header,
    pub value: BigInt,
}

#[expect(unsafe_code, reason = "layout promise")]
// SAFETY: repr(C), header first.
unsafe impl HeapObject for Int {
    const KIND: Kind = Kind::BigInt;
}

impl Trace for Int {
    fn trace(&self, _: &mut Marker<'_>) {}
}

pub use crate::text::int_text::IntRef;

impl Cx {
    /// An int from any 64-bit number.
    #[inline(always)]
    pub fn int(&mut self, i: i64) -> Value {
        match Value::small_int(i) {
            Some(v) => v,
            None => self.heap_int(BigInt::from(i)),
        }
    }

    pub fn uint(&mut self, i: u64) -> Value {
        match i64::try_from(i) {
            Ok(i) => self.int(i),
            Err(_) => self.heap_int(BigInt::from(i)),
        }
    }

    /// An int of any size, in its only form.
    pub fn bigint(&mut self, i: BigInt) -> Value {
        match i.to_i64().and_then(Value::small_int) {
            Some(v) => v,
            None => self.heap_int(i),
        }
    }

    #[cold]
    #[inline(never)]
    fn heap_int(&mut self, i: BigInt) -> Value {
        self.heap.count_bytes(i.bits() as usize / 8);
        let class = self.types.int;
        self.alloc_of(class, |header| Int { header, value: i }).value()
    }

    /// An instance of `class`, a subclass of `int`.
    pub fn int_of(&mut self, class: Gc<Type>, i: BigInt) -> Value {
        if class == self.types.int {
            return self.bigint(i);
        }
        self.alloc_of(class, |header| Int { header, value: i }).value()
    }
}

/// An int that fits 64 bits.
pub fn machine_int(v: Value) -> Option<i64> {
    match int_ref(v)? {
        IntRef::Small(n) => Some(n),
        IntRef::Big(_) => None,
    }
}

/// The number of an `int`, a `bool` or an instance of their subclasses. No `__index__`.
pub fn int_ref<'a>(v: Value) -> Option<IntRef<'a>> {
    if let Some(i) = v.as_int() {
        return Some(IntRef::Small(i));
    }
    if let Some(b) = v.as_bool() {
        return Some(IntRef::Small(b as i64));
    }
    let object = v.as_gc::<Int>()?;
    #[expect(unsafe_code, reason = "lends the number out of a heap object")]
    // SAFETY: the object does not move, its number never changes, and the value on the caller's stack keeps it alive.
    let number: &'a BigInt = unsafe { &(*object.as_ptr()).value };
    Some(match number.to_i64() {
        Some(i) => IntRef::Small(i),
        None => IntRef::Big(number),
    })
}
