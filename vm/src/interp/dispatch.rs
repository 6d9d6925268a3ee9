//! The machine: how one instruction follows another.
//!
//! Each opcode has a handler, an `extern "C-unwind"` function that gets the machine's registers as arguments and ends with a
//! call of the next handler, which the compiler makes a jump (*threaded* mode: LLVM's sibling-call optimisation at opt-level
//! 1 and above, checked by a test that runs 10^8 instructions on a small stack). The same handlers compiled with
//! `THREADED = false` return to a loop instead (*loop* mode): for targets and tools where that is not so.
//!
//! A handler holds the fast case. All else is a *slow* function over `&mut Cx` (`slow.rs`), called from a handler of the same
//! signature that does nothing but call it and go on where it says ([`Next`]): so handlers need no stack frame.
#![allow(unsafe_code)]

use super::frame;
use super::handlers;
use crate::value::Value;
use crate::vm::{Cx, Raised, Result, Vm};

/// Where the machine goes on.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Next {
    pub pc: *const u64,
    pub regs: *mut u64,
}

/// The code of an opcode.
pub type Handler = unsafe extern "C-unwind" fn(pc: *const u64, regs: *mut u64, vm: *mut Vm, table: *const HandlerEntry, ins: u64) -> u64;

/// One entry of a table of handlers. A struct, since a function type cannot name itself.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct HandlerEntry(pub Handler);

/// What a handler returns in loop mode to say that the machine goes on. The word for "deopt" is no value.
pub const CONTINUE: u64 = 4;

/// An instruction that leaves the machine: its number is behind all others. `R`-independent; the result is in `Vm::exit`.
pub const EXIT: u16 = super::handlers::EXIT_NUMBER;

/// A word with the EXIT instruction, to which unwinding goes.
pub static EXIT_INSTR: u64 = EXIT as u64;

/// Goes to the instruction at `$pc` with window `$regs`.
#[macro_export]
macro_rules! go {
    ($threaded:ident, $pc:expr, $regs:expr, $vm:ident, $table:ident) => {{
        let pc: *const u64 = $pc;
        let regs: *mut u64 = $regs;
        if $threaded {
            let ins = *pc;
            let handler = (*$table.add(ins as u16 as usize)).0;
            return handler(pc, regs, $vm, $table, ins);
        } else {
            (*$vm).loop_next = $crate::interp::dispatch::Next { pc, regs };
            return $crate::interp::dispatch::CONTINUE;
        }
    }};
}

/// What a slow function sees of its frame.
#[derive(Clone, Copy)]
pub struct At {
    pub pc: *const u64,
    pub regs: *mut u64,
    pub ins: u64,
}

impl At {
    #[inline(always)]
    pub fn a(self) -> u16 {
        (self.ins >> 16) as u16
    }

    #[inline(always)]
    pub fn b(self) -> u16 {
        (self.ins >> 32) as u16
    }

    #[inline(always)]
    pub fn c(self) -> u16 {
        (self.ins >> 48) as u16
    }

    #[inline(always)]
    pub fn c_signed(self) -> i64 {
        (self.ins >> 48) as u16 as i16 as i64
    }

    #[inline(always)]
    pub fn bc(self) -> i32 {
        (self.ins >> 32) as u32 as i32
    }

    /// R[n], which is bound.
    #[inline(always)]
    pub fn get(self, n: u16) -> Value {
        // SAFETY: the verifier bounds register numbers by the window; temporaries are written before they are read.
        unsafe {
            debug_assert!(*self.regs.add(n as usize) != 0, "register {n} is unbound");
            Value::from_word_unchecked(*self.regs.add(n as usize))
        }
    }

    /// R[n], or nothing when it is unbound.
    #[inline(always)]
    pub fn try_get(self, n: u16) -> Option<Value> {
        // SAFETY: as in `get`.
        Value::from_word(unsafe { *self.regs.add(n as usize) })
    }

    #[inline(always)]
    pub fn set(self, n: u16, v: Value) {
        // SAFETY: as in `get`.
        unsafe { *self.regs.add(n as usize) = v.word() }
    }

    #[inline(always)]
    pub fn unset(self, n: u16) {
        // SAFETY: as in `get`.
        unsafe { *self.regs.add(n as usize) = 0 }
    }

    /// R[first] …, `count` of them. Good until the frame goes on.
    #[inline(always)]
    pub fn window<'a>(self, first: u16, count: u16) -> &'a [Value] {
        // SAFETY: windows do not move, and the registers named hold values while the instruction runs.
        unsafe { std::slice::from_raw_parts(self.regs.add(first as usize) as *const Value, count as usize) }
    }

    /// The n-th word behind the instruction.
    #[inline(always)]
    pub fn word(self, n: usize) -> u64 {
        // SAFETY: callers name words that their opcode has.
        unsafe { *self.pc.add(1 + n) }
    }

    /// Writes the n-th word behind the instruction: an inline cache.
    #[inline(always)]
    pub fn set_word(self, n: usize, word: u64) {
        // SAFETY: as in `word`; the words are cells of the code object.
        unsafe { *(self.pc as *mut u64).add(1 + n) = word }
    }

    /// Replaces the opcode of the instruction.
    pub fn set_op(self, number: u16) {
        // SAFETY: the word of the instruction.
        unsafe { *(self.pc as *mut u64) = (self.ins & !0xFFFF) | number as u64 }
    }

    /// The address `n` words behind the start of the instruction.
    #[inline(always)]
    pub fn ahead(self, n: i64) -> *const u64 {
        // SAFETY: jump targets lie in the code.
        unsafe { self.pc.offset(n as isize) }
    }

    /// The function of the frame.
    #[inline(always)]
    pub fn function(self) -> crate::value::Gc<crate::object::function::Function> {
        // SAFETY: instructions run in frames only.
        unsafe { frame::function(self.regs) }.expect("an instruction runs in a frame of a function")
    }

    /// Going on behind this instruction, which has `len` words.
    #[inline(always)]
    pub fn after(self, len: usize) -> Next {
        Next { pc: self.ahead(len as i64), regs: self.regs }
    }
}

/// Runs a slow function: its frame is known to the Vm meanwhile; an exception goes to its handler.
///
/// # Safety
/// `vm` is the running machine, the rest its registers.
#[inline(always)]
pub unsafe fn run_slow(vm: *mut Vm, pc: *const u64, regs: *mut u64, ins: u64, f: impl FnOnce(&mut Cx, At) -> Result<Next>) -> Next {
    // SAFETY: `vm` is the running machine; no reference into it is alive here.
    unsafe {
        (*vm).pc = pc;
        (*vm).regs = regs;
        let mut cx = Cx::new(vm);
        match f(&mut cx, At { pc, regs, ins }) {
            Ok(next) => next,
            Err(r) => cx.unwind(r),
        }
    }
}

impl Cx {
    /// Runs from `next` until the frame with the action Exit is left. The result, or the exception that left it.
    pub(crate) fn run(&mut self, next: Next) -> Result<Value> {
        let vm = self.vm_ptr();
        // SAFETY: `next` is an instruction and its window; the tables have a handler for every opcode.
        let word = unsafe {
            if (*vm).is_threaded {
                let table = handlers::THREADED.as_ptr();
                let ins = *next.pc;
                ((*table.add(ins as u16 as usize)).0)(next.pc, next.regs, vm, table, ins)
            } else {
                let table = handlers::LOOP.as_ptr();
                (*vm).loop_next = next;
                loop {
                    let n = (*vm).loop_next;
                    let ins = *n.pc;
                    let r = ((*table.add(ins as u16 as usize)).0)(n.pc, n.regs, vm, table, ins);
                    if r != CONTINUE {
                        break r;
                    }
                }
            }
        };
        match Value::from_word(word) {
            Some(v) => Ok(v),
            None => Err(Raised::pending()),
        }
    }
}
