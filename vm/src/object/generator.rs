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

/// Registers that are kept in the generator's own cell.
const MAX_INLINE: u32 = 64;

/// Copies words, mostly a few: in line, where a call of `memcpy` costs more than the copying.
///
/// # Safety
/// As `copy_nonoverlapping`.
#[inline(always)]
unsafe fn copy_words(from: *const u64, to: *mut u64, count: usize) {
    let mut i = 0;
    // SAFETY: below `count`.
    unsafe {
        while i + 4 <= count {
            *(to.add(i) as *mut [u64; 4]) = *(from.add(i) as *const [u64; 4]);
            i += 4;
            // Keeps the compiler from making a call of `memcpy` of the loop.
            std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::SeqCst);
        }
        while i < count {
            *to.add(i) = *from.add(i);
            i += 1;
            std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::SeqCst);
        }
    }
}

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
    /// Where the registers are kept while it does not run: the words behind this struct, or the payload of a buffer when
    /// they are many; 0 when finished.
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
            if self.registers.get() != self as *const Generator as usize + size_of::<Generator>() {
                // SAFETY: the payload of our buffer.
                m.mark_only(unsafe { buffer::of_payload(self.registers.get()) });
            }
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
        unsafe { copy_words(window, self.registers.get() as *mut u64, self.count as usize) };
        self.barrier();
    }

    /// Copies the registers to a window.
    ///
    /// # Safety
    /// `window` has as many words as the code has registers.
    #[inline]
    pub unsafe fn restore(self, window: *mut u64) {
        // SAFETY: both have `count` words.
        unsafe { copy_words(self.registers.get() as *const u64, window, self.count as usize) };
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
        let bytes = count as usize * 8;
        let buffer = if count > MAX_INLINE { buffer::alloc(self, Kind::ValueBuffer, bytes).unwrap_or(0) } else { 0 };
        let p = self.alloc_small(size_of::<Generator>() + if buffer == 0 { bytes } else { 0 }, false);
        let generator = Generator {
            header: Header::new(Kind::Generator, self.types.generator.instance_shape.get()),
            function,
            state: Cell::new(GeneratorState::Created),
            pc: Cell::new(pc),
            registers: Cell::new(if buffer == 0 { p + size_of::<Generator>() } else { buffer }),
            count,
            handled: Slot::new(None),
            name: Slot::new(None),
            qualname: Slot::new(None),
            name_default: function.code.get().name,
        };
        // SAFETY: fresh memory of that size; the caller's window has `count` words.
        unsafe {
            (p as *mut Generator).write(generator);
            let g: Gc<Generator> = Gc::from_ptr(p as *mut Generator);
            g.save(window);
            g
        }
    }
}
