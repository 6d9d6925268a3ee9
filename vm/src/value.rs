//! `Value`: one word that is a small int, a float, a constant, or a reference to a heap object.
//!
//! ```text
//!   low 3 bits
//!   000       reference: the address of an object (16-byte aligned, so bit 3 is 0 too)
//!   x01       int of 62 bits: the word is `int << 2 | 1`
//!   010 011 111   float: the word is `rotate_left(bits, 4) - 1`, see below
//!   100       constants: 12 None, 20 False, 28 True, 36 Ellipsis, 44 NotImplemented; 4 is kept for "deopt"
//!   110       spare
//! ```
//!
//! The word 0 is no value: "unbound" in registers and slots, "an exception is pending" as a result. `Value` is
//! therefore a `NonZeroU64`, and `Option<Value>` and `Result<Value, Raised>` are one word as well.
//!
//! **Floats.** Rotating left by 4 brings sign and the top three exponent bits to the bottom. Of the eight
//! patterns of those exponent bits the ones around the exponent of 1.0, and the lowest, are taken as immediate: +-0.0,
//! 2^-255 <= |x| < 2^257 and |x| < 2^-767. All others (infinities, NaN, extremes) are heap objects of the kind
//! Float; a float is on the heap exactly when it is not encodable.
//!
//! Nobody outside this file knows the bits, except the handlers' int and float fast paths, which use the
//! helpers at the end.
#![allow(unsafe_code)]

use std::marker::PhantomData;
use std::num::NonZeroU64;
use std::ops::Deref;
use std::ptr::NonNull;

use crate::heap::header::{Header, Kind};

/// A script value. Copying it never needs a reference count; the collector finds it on native stacks and in
/// heap objects, and nowhere else: never keep one in memory that the collector does not trace.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Value(NonZeroU64);

const fn constant(word: u64) -> Value {
    match NonZeroU64::new(word) {
        Some(w) => Value(w),
        None => panic!("zero is no value"),
    }
}

impl Value {
    pub const NONE: Value = constant(12);
    pub const FALSE: Value = constant(20);
    pub const TRUE: Value = constant(28);
    pub const ELLIPSIS: Value = constant(36);
    pub const NOT_IMPLEMENTED: Value = constant(44);

    /// Smallest and largest immediate int.
    pub const MIN_INT: i64 = -(1 << 61);
    pub const MAX_INT: i64 = (1 << 61) - 1;

    /// The word as a value; `None` for 0.
    #[inline(always)]
    pub fn from_word(word: u64) -> Option<Value> {
        NonZeroU64::new(word).map(Value)
    }

    /// # Safety
    /// `word` is not 0 and was made by [`Value::word`].
    #[inline(always)]
    pub unsafe fn from_word_unchecked(word: u64) -> Value {
        // SAFETY: the caller promises that it is not 0.
        Value(unsafe { NonZeroU64::new_unchecked(word) })
    }

    #[inline(always)]
    pub fn word(self) -> u64 {
        self.0.get()
    }

    #[inline(always)]
    pub fn bool(b: bool) -> Value {
        if b { Value::TRUE } else { Value::FALSE }
    }

    /// An int of up to 62 bits; `None` when it needs the heap.
    #[inline(always)]
    pub fn small_int(i: i64) -> Option<Value> {
        if (Value::MIN_INT..=Value::MAX_INT).contains(&i) { Some(Value::int_unchecked(i)) } else { None }
    }

    /// An int known to fit 62 bits (checked in debug builds).
    #[inline(always)]
    pub fn int_unchecked(i: i64) -> Value {
        debug_assert!((Value::MIN_INT..=Value::MAX_INT).contains(&i));
        // SAFETY: bit 0 is set.
        unsafe { Value::from_word_unchecked((i as u64) << 2 | 1) }
    }

    /// An int from any 32-bit number.
    #[inline(always)]
    pub fn int32(i: i32) -> Value {
        Value::int_unchecked(i as i64)
    }

    /// The immediate float, or `None` when it needs the heap.
    #[inline(always)]
    pub fn immediate_float(x: f64) -> Option<Value> {
        let w = float_word(x);
        // The word 0 would be x with rotated bits 1: no tag matches it, as its low bits are 000.
        if is_float_word(w) { Value::from_word(w) } else { None }
    }

    #[inline(always)]
    pub fn is_int(self) -> bool {
        self.word() & 3 == 1
    }

    #[inline(always)]
    pub fn as_int(self) -> Option<i64> {
        if self.is_int() { Some(self.word() as i64 >> 2) } else { None }
    }

    /// The number of a word known to be an int.
    #[inline(always)]
    pub fn int_value(self) -> i64 {
        debug_assert!(self.is_int());
        self.word() as i64 >> 2
    }

    #[inline(always)]
    pub fn is_immediate_float(self) -> bool {
        is_float_word(self.word())
    }

    /// The number of a word known to be an immediate float.
    #[inline(always)]
    pub fn immediate_float_value(self) -> f64 {
        debug_assert!(self.is_immediate_float());
        word_float(self.word())
    }

    /// The float, immediate or on the heap; not of subclasses' instances with other shape (they are Float kind too
    /// and are included).
    #[inline(always)]
    pub fn as_float(self) -> Option<f64> {
        if self.is_immediate_float() {
            return Some(word_float(self.word()));
        }
        self.as_gc::<crate::object::float::Float>().map(|f| f.value.get())
    }

    #[inline(always)]
    pub fn is_bool(self) -> bool {
        self.word() | 8 == 28
    }

    #[inline(always)]
    pub fn as_bool(self) -> Option<bool> {
        if self.is_bool() { Some(self == Value::TRUE) } else { None }
    }

    #[inline(always)]
    pub fn is_none(self) -> bool {
        self == Value::NONE
    }

    #[inline(always)]
    pub fn is_object(self) -> bool {
        self.word() & 7 == 0
    }

    /// The object behind a reference, whatever its kind.
    #[inline(always)]
    pub fn as_object(self) -> Option<Gc<Header>> {
        if self.is_object() {
            // SAFETY: references are addresses of live objects, which begin with a header.
            Some(Gc(unsafe { NonNull::new_unchecked(self.word() as *mut Header) }, PhantomData))
        } else {
            None
        }
    }

    /// The kind of the object behind a reference.
    #[inline(always)]
    pub fn kind(self) -> Option<Kind> {
        self.as_object().map(|o| o.kind())
    }

    /// The object as a `T`, if it is a reference to one (or to an instance of a subclass).
    #[inline(always)]
    pub fn as_gc<T: HeapObject>(self) -> Option<Gc<T>> {
        match self.as_object() {
            // SAFETY: the kind says that the object has the layout of T.
            Some(o) if o.kind() == T::KIND => Some(unsafe { o.cast() }),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(i) = self.as_int() {
            return write!(f, "{i}");
        }
        if self.is_immediate_float() {
            return write!(f, "{:?}", self.immediate_float_value());
        }
        match *self {
            Value::NONE => f.write_str("None"),
            Value::TRUE => f.write_str("True"),
            Value::FALSE => f.write_str("False"),
            Value::ELLIPSIS => f.write_str("Ellipsis"),
            Value::NOT_IMPLEMENTED => f.write_str("NotImplemented"),
            _ => write!(f, "<{:?} at {:#x}>", self.kind(), self.word()),
        }
    }
}

/// A layout of heap objects.
///
/// # Safety
/// The type is `repr(C)`, its first field is a [`Header`], and every object of kind `KIND` has this layout.
pub unsafe trait HeapObject: 'static {
    const KIND: Kind;
}

/// A reference to a heap object. Plain and copyable: the collector finds it on the native stack and does not move
/// objects. Fields that change are `Cell`s. It must not be kept in memory that the collector does not trace.
#[repr(transparent)]
pub struct Gc<T>(NonNull<T>, PhantomData<*const T>);

impl<T> Clone for Gc<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Gc<T> {}

impl<T> PartialEq for Gc<T> {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Gc<T> {}

impl<T> std::hash::Hash for Gc<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state)
    }
}

impl<T> std::fmt::Debug for Gc<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} at {:?}>", std::any::type_name::<T>(), self.0)
    }
}

impl<T> Deref for Gc<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: a Gc is made from live objects only and the collector keeps what a stack or a traced field holds.
        unsafe { self.0.as_ref() }
    }
}

impl<T> Gc<T> {
    /// # Safety
    /// `p` is the address of a live heap object with the layout `T`.
    #[inline(always)]
    pub unsafe fn from_ptr(p: *mut T) -> Gc<T> {
        // SAFETY: live objects are not at address 0.
        Gc(unsafe { NonNull::new_unchecked(p) }, PhantomData)
    }

    #[inline(always)]
    pub fn as_ptr(self) -> *mut T {
        self.0.as_ptr()
    }

    #[inline(always)]
    pub fn address(self) -> usize {
        self.0.as_ptr() as usize
    }

    /// # Safety
    /// The object has the layout `U`.
    #[inline(always)]
    pub unsafe fn cast<U>(self) -> Gc<U> {
        Gc(self.0.cast(), PhantomData)
    }

    /// The reference as a value.
    #[inline(always)]
    pub fn value(self) -> Value {
        // SAFETY: an address is not 0.
        unsafe { Value::from_word_unchecked(self.0.as_ptr() as u64) }
    }

    /// The header of the object.
    #[inline(always)]
    pub fn header(self) -> Gc<Header> {
        Gc(self.0.cast(), PhantomData)
    }
}

impl<T> From<Gc<T>> for Value {
    #[inline(always)]
    fn from(g: Gc<T>) -> Value {
        g.value()
    }
}

/// The word of a float; only meaningful when [`is_float_word`] says so.
#[inline(always)]
pub fn float_word(x: f64) -> u64 {
    x.to_bits().rotate_left(4).wrapping_sub(1)
}

#[inline(always)]
pub fn is_float_word(w: u64) -> bool {
    (0x8Cu32 >> (w & 7)) & 1 == 1
}

/// The float of a word for which [`is_float_word`] holds.
#[inline(always)]
pub fn word_float(w: u64) -> f64 {
    f64::from_bits(w.wrapping_add(1).rotate_right(4))
}

const _: () = assert!(size_of::<Value>() == 8);
const _: () = assert!(size_of::<Option<Value>>() == 8);
const _: () = assert!(size_of::<Result<Value, crate::vm::Raised>>() == 8);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_encode_or_not() {
        for x in [0.0, -0.0, 1.0, -1.0, 1.5, 1e10, 1e-10, 3.7e76, f64::powi(2.0, -255), f64::powi(2.0, 256), 5e-324, 1e-231 / 1e5] {
            let v = Value::immediate_float(x).unwrap_or_else(|| panic!("{x} is immediate"));
            assert_eq!(v.immediate_float_value().to_bits(), x.to_bits());
            assert!(!v.is_int() && !v.is_object() && !v.is_bool());
        }
        for x in [f64::INFINITY, f64::NAN, 1e300, f64::powi(2.0, 257), f64::powi(2.0, -256), 1e-100] {
            assert_eq!(Value::immediate_float(x), None, "{x}");
        }
    }

    #[test]
    fn ints_come_back() {
        for i in [0, 1, -1, Value::MAX_INT, Value::MIN_INT] {
            let v = Value::small_int(i).unwrap();
            assert_eq!(v.as_int(), Some(i));
            assert!(!v.is_object() && !v.is_immediate_float());
        }
        assert_eq!(Value::small_int(Value::MAX_INT + 1), None);
    }
}
