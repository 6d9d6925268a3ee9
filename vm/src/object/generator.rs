//! Generators: a frame's registers kept on the heap between resumptions.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::buffer;
use crate::object::function::Function;
use crate::object::slot::Slot;
use crate::object::str::Str;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneratorState {
    /// Not started.
    Created,
    Suspended,
    Running,
    Finished,
}

#[repr(C)]
pub struct Generator {
    header: Header,
    pub function: Gc<Function>,
    pub state: Cell<GeneratorState>,
    /// Where to go on; when suspended, behind the `Yield`.
    pub pc: Cell<*const u64>,
    /// Payload of a buffer with the registers; 0 when finished. Copied to the frame stack while it runs.
    registers: Cell<usize>,
    count: u32,
    /// The exception it was handling when it was suspended.
    pub handled: Slot,
    pub name: Slot,
    pub qualname: Slot,
    pub name_default: Gc<Str>,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Generator {
    const KIND: Kind = Kind::Generator;
}

impl Trace for Generator {
    fn trace(&self, m: &mut Marker<'_>) {
        m.object(self.function);
        self.handled.trace(m);
        self.name.trace(m);
        self.qualname.trace(m);
        m.object(self.name_default);
        if self.registers.get() != 0 {
            // SAFETY: the payload of our buffer.
            let b = unsafe { buffer::of_payload(self.registers.get()) };
            m.mark_only(b);
            // Registers beyond the live ones hold whatever was there: not to be trusted as references.
            // SAFETY: `count` words.
            unsafe { m.scan(self.registers.get(), self.registers.get() + self.count as usize * 8) };
        }
    }
}

impl Gc<Generator> {
    /// Copies the registers from a window.
    ///
    /// # Safety
    /// `window` has as many words as the code has registers.
    #[inline]
    pub unsafe fn save(self, window: *const u64) {
        // SAFETY: both have `count` words.
        unsafe { std::ptr::copy_nonoverlapping(window, self.registers.get() as *mut u64, self.count as usize) };
        self.barrier();
    }

    /// Copies the registers to a window.
    ///
    /// # Safety
    /// `window` has as many words as the code has registers.
    #[inline]
    pub unsafe fn restore(self, window: *mut u64) {
        // SAFETY: both have `count` words.
        unsafe { std::ptr::copy_nonoverlapping(self.registers.get() as *const u64, window, self.count as usize) };
    }

    /// One saved register.
    pub fn register(self, i: u16) -> Option<Value> {
        if self.registers.get() == 0 || i as u32 >= self.count {
            return None;
        }
        // SAFETY: below `count`.
        Value::from_word(unsafe { *(self.registers.get() as *const u64).add(i as usize) })
    }

    /// Replaces one saved register.
    pub fn set_register(self, i: u16, v: Value) {
        if self.registers.get() != 0 && (i as u32) < self.count {
            // SAFETY: below `count`.
            unsafe { *(self.registers.get() as *mut u64).add(i as usize) = v.word() };
            self.barrier();
        }
    }

    /// Ends it: its registers are let go.
    pub fn finish(self) {
        self.state.set(GeneratorState::Finished);
        self.registers.set(0);
        self.handled.set(self, None);
    }
}

impl Cx {
    /// A generator of `function` that will begin at `pc` with the registers of `window`.
    ///
    /// # Safety
    /// `window` is the frame's window, `pc` an instruction of the function's code.
    pub unsafe fn generator(&mut self, function: Gc<Function>, pc: *const u64, window: *const u64) -> Gc<Generator> {
        let count = function.code.get().register_count;
        let class = self.types.generator;
        let registers = buffer::alloc(self, Kind::ValueBuffer, count as usize * 8).unwrap_or(0);
        let name = function.code.get().name;
        let g = self.alloc_of(class, |header| Generator {
            header,
            function,
            state: Cell::new(GeneratorState::Created),
            pc: Cell::new(pc),
            registers: Cell::new(registers),
            count,
            handled: Slot::new(None),
            name: Slot::new(None),
            qualname: Slot::new(None),
            name_default: name,
        });
        // SAFETY: the caller's window.
        unsafe { g.save(window) };
        g
    }
}
