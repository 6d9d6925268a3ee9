//! Exceptions on their way: from the instruction that failed to a handler, frame by frame.
#![allow(unsafe_code)]

use super::dispatch::Next;
use super::frame::{self, Action, EXTRA, META, RETURN_PC, action_of};
use crate::object::exception::Exception;
use crate::object::function::Function;
use crate::object::generator::Generator;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised};

impl Cx {
    /// Where the machine goes on after an exception in the instruction `vm.pc` of the frame `vm.regs`.
    #[cold]
    #[inline(never)]
    pub(crate) fn unwind(&mut self, _r: Raised) -> Next {
        loop {
            let regs = self.regs;
            // SAFETY: `regs` is a frame in use: an instruction of it raised.
            let Some(function) = (unsafe { frame::function(regs) }) else {
                return self.exit(0, regs);
            };
            let code = function.code.get();
            let pc = code.pc_index(self.pc);
            if !std::mem::take(&mut self.skip_traceback) {
                self.add_traceback(function, pc);
            }
            if !self.is_ending {
                if let Some(e) = code.source.exceptions.iter().find(|e| e.start <= pc && pc < e.end) {
                    let exception = self.pending.take().expect("an exception is on its way");
                    // SAFETY: the handler's register and its first instruction, by the verifier.
                    unsafe {
                        *regs.add(e.register as usize) = exception.word();
                        return Next { pc: code.entry.add(e.target as usize), regs };
                    }
                }
            }
            // SAFETY: the record of the frame.
            let (meta, back, extra) = unsafe { (*regs.offset(META), *regs.offset(RETURN_PC) as *const u64, *regs.offset(EXTRA)) };
            let action = action_of(meta);
            // SAFETY: the innermost frame.
            let up = unsafe { self.pop_frame(regs) };
            self.regs = up;
            // SAFETY: the word before the return address belongs to the calling instruction.
            self.pc = if back.is_null() { back } else { unsafe { back.sub(1) } };
            match action {
                Action::Exit => return self.exit(0, up),
                Action::GeneratorFor | Action::GeneratorSend | Action::GeneratorExit => {
                    // SAFETY: the record of a generator's frame holds the generator.
                    let g: Gc<Generator> = unsafe { Gc::from_ptr(extra as *mut Generator) };
                    self.generator_failed(g);
                    if action == Action::GeneratorExit {
                        return self.exit(0, up);
                    }
                }
                Action::Next => {
                    if self.pending_is(self.types.stop_iteration) {
                        self.pending = None;
                        // SAFETY: the calling instruction is a ForIter of one word; its target lies in the code.
                        unsafe {
                            let ins = *self.pc;
                            return Next { pc: back.offset((ins as i64 >> 48) as isize), regs: up };
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn generator_failed(&mut self, g: Gc<Generator>) {
        let outer = g.handled.get();
        self.handled = outer;
        g.finish();
        self.no_stop_iteration();
    }

    /// PEP 479: a StopIteration that leaves a generator becomes a RuntimeError.
    pub(crate) fn no_stop_iteration(&mut self) {
        if self.pending_is(self.types.stop_iteration) {
            if let Some(stop) = self.pending.take() {
                let class = self.types.runtime_error;
                let text = self.str("generator raised StopIteration").value();
                let args = self.tuple(&[text]);
                let e = self.exception_of(class, args);
                e.cause.set(e, Some(stop));
                e.context.set(e, Some(stop));
                e.suppress_context.set(true);
                self.pending = Some(e.value());
            }
        }
    }

    /// Puts the frame in front of the traceback of the pending exception.
    fn add_traceback(&mut self, function: Gc<Function>, pc: u32) {
        if let Some(e) = self.pending.and_then(|e| e.as_gc::<Exception>()) {
            let next = e.traceback.get().filter(|t| !t.is_none());
            let t = self.traceback_entry(next, function, pc);
            e.traceback.set(e, Some(t.value()));
        }
    }

    /// Lets an exception of a frame that is not running (a generator that is resumed by `throw`) begin there.
    pub(crate) fn pending_value(&self) -> Option<Value> {
        self.pending
    }
}
