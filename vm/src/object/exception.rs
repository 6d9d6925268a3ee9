//! Exception objects and tracebacks.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::class::Type;
use crate::object::function::Function;
use crate::object::slot::{Ref, Slot};
use crate::object::tuple::Tuple;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

/// An instance of `BaseException` or a subclass. Fields of particular classes (`errno`, `value`, `code` …) are
/// attributes like any other.
#[repr(C)]
pub struct Exception {
    header: Header,
    pub args: Ref<Tuple>,
    pub traceback: Slot,
    pub cause: Slot,
    pub context: Slot,
    pub suppress_context: Cell<bool>,
    /// What a class written in Rust keeps with its instances.
    pub extra: Slot,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Exception {
    const KIND: Kind = Kind::Exception;
}

impl Trace for Exception {
    fn trace(&self, m: &mut Marker<'_>) {
        self.args.trace(m);
        self.traceback.trace(m);
        self.cause.trace(m);
        self.context.trace(m);
        self.extra.trace(m);
    }
}

/// One entry of a traceback: where a frame was when the exception passed.
#[repr(C)]
pub struct Traceback {
    header: Header,
    /// Towards the place where the exception was raised.
    pub next: Slot,
    pub function: Gc<Function>,
    /// Word index of the instruction in the function's code.
    pub pc: u32,
    /// The frame object, once somebody asked for it.
    pub frame: Slot,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Traceback {
    const KIND: Kind = Kind::Traceback;
}

impl Trace for Traceback {
    fn trace(&self, m: &mut Marker<'_>) {
        self.next.trace(m);
        m.object(self.function);
        self.frame.trace(m);
    }
}

impl Traceback {
    /// The source line.
    pub fn line(&self) -> u32 {
        let code = self.function.code.get();
        code.source.position(self.pc).map_or(code.source.first_line, |p| p.line)
    }
}

impl Cx {
    /// An exception object of `class` with these arguments; `__init__` is not called.
    pub fn exception_of(&mut self, class: Gc<Type>, args: Gc<Tuple>) -> Gc<Exception> {
        self.alloc_of(class, |header| Exception {
            header,
            args: Ref::new(Some(args)),
            traceback: Slot::new(None),
            cause: Slot::new(None),
            context: Slot::new(None),
            suppress_context: Cell::new(false),
            extra: Slot::new(None),
        })
    }

    pub fn traceback_entry(&mut self, next: Option<Value>, function: Gc<Function>, pc: u32) -> Gc<Traceback> {
        let class = self.types.traceback;
        self.alloc_of(class, |header| Traceback { header, next: Slot::new(next), function, pc, frame: Slot::new(None) })
    }
}
