//! Floats that do not fit a word (infinities, NaN, extremes), and instances of subclasses of `float`; complex numbers.

use std::cell::Cell;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::value::{HeapObject, Value};
use crate::vm::Cx;

#[repr(C)]
pub struct Float {
    header: Header,
    pub value: Cell<f64>,
}

#[expect(unsafe_code, reason = "layout promise")]
// SAFETY: repr(C), header first.
unsafe impl HeapObject for Float {
    const KIND: Kind = Kind::Float;
}

impl Trace for Float {
    fn trace(&self, _: &mut Marker<'_>) {}
}

#[repr(C)]
pub struct Complex {
    header: Header,
    pub re: f64,
    pub im: f64,
}

#[expect(unsafe_code, reason = "layout promise")]
// SAFETY: repr(C), header first.
unsafe impl HeapObject for Complex {
    const KIND: Kind = Kind::Complex;
}

impl Trace for Complex {
    fn trace(&self, _: &mut Marker<'_>) {}
}

impl Cx {
    /// A float value.
    #[inline(always)]
    pub fn float(&mut self, x: f64) -> Value {
        match Value::immediate_float(x) {
            Some(v) => v,
            None => self.heap_float(x),
        }
    }

    #[cold]
    #[inline(never)]
    fn heap_float(&mut self, x: f64) -> Value {
        let class = self.types.float;
        self.alloc_of(class, |header| Float { header, value: Cell::new(x) }).value()
    }

    /// An instance of `class`, a subclass of `float`.
    pub fn float_of(&mut self, class: crate::value::Gc<crate::object::class::Type>, x: f64) -> Value {
        if class == self.types.float { self.float(x) } else { self.alloc_of(class, |header| Float { header, value: Cell::new(x) }).value() }
    }

    /// A complex number of `class` (`complex` or a subclass).
    pub fn complex_of(&mut self, class: crate::value::Gc<crate::object::class::Type>, re: f64, im: f64) -> Value {
        self.alloc_of(class, |header| Complex { header, re, im }).value()
    }

    pub fn complex(&mut self, re: f64, im: f64) -> Value {
        let class = self.types.complex;
        self.complex_of(class, re, im)
    }
}
