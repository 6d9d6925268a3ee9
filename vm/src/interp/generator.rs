//! Generators: resuming them from instructions and from Rust.
#![allow(unsafe_code)]

use gscript_compiler::opcode::Instr;

use super::dispatch::Next;
use super::frame::{Action, EXTRA, META, RETURN_PC, action_of};
use crate::object::exception::Exception;
use crate::object::function::Function;
use crate::object::generator::{Generator, GeneratorState};
use crate::object::native::{Native, native};
use crate::object::slot::Slot;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// What a resumed generator did.
pub enum Resumed {
    Yielded(Value),
    Returned(Value),
}

/// An iterator that is at its end, with the value to return: what stands for a sub-iterator that ended in `throw`.
pub struct DoneIterator {
    pub value: Slot,
}

impl Native for DoneIterator {
    fn trace(&self, m: &mut crate::heap::mark::Marker<'_>) {
        self.value.trace(m);
    }
}

impl Cx {
    /// Pushes the frame of a generator that can be resumed. `sent` is the value of its `yield`.
    pub(crate) fn resume_frame(&mut self, g: Gc<Generator>, sent: Value, next: *const u64, dst: u16, action: Action) -> Result<Next> {
        match g.state.get() {
            GeneratorState::Running => return Err(self.value_error("generator already executing")),
            GeneratorState::Created if !sent.is_none() => {
                return Err(self.type_error("can't send non-None value to a just-started generator"));
            }
            _ => {}
        }
        let new = self.push_frame(g.function, next, dst, action, g.value().word())?;
        // SAFETY: the new window has as many registers as the generator; a suspended one stands behind a Yield.
        unsafe {
            g.restore(new);
            if g.state.get() == GeneratorState::Suspended {
                let ins = Instr(*g.pc.get().sub(1));
                *new.add(ins.a() as usize) = sent.word();
            }
        }
        g.state.set(GeneratorState::Running);
        let own = g.handled.get();
        g.handled.set(g, self.handled);
        if own.is_some() {
            self.handled = own;
        }
        Ok(Next { pc: g.pc.get(), regs: new })
    }

    /// Lets the generator in the running frame `regs` wait at `pc`; the exception state is the resumer's again.
    pub(crate) fn suspend_generator(&mut self, g: Gc<Generator>, regs: *mut u64, pc: *const u64) {
        // SAFETY: the window of the generator's frame.
        unsafe { g.save(regs) };
        g.pc.set(pc);
        g.state.set(GeneratorState::Suspended);
        let outer = g.handled.get();
        let own = if self.handled == outer { None } else { self.handled };
        g.handled.set(g, own);
        self.handled = outer;
    }

    /// Resumes a generator from Rust. Script code runs.
    pub fn generator_send(&mut self, g: Gc<Generator>, sent: Value) -> Result<Resumed> {
        if g.state.get() == GeneratorState::Finished {
            return Ok(Resumed::Returned(Value::NONE));
        }
        self.check_stack()?;
        let (regs, pc) = (self.regs, self.pc);
        let next = self.resume_frame(g, sent, self.behind_call(), 0, Action::GeneratorExit)?;
        let r = self.run(next);
        self.regs = regs;
        self.pc = pc;
        let v = r?;
        Ok(if g.state.get() == GeneratorState::Finished { Resumed::Returned(v) } else { Resumed::Yielded(v) })
    }

    /// Raises an exception in a generator, where it waits. Script code runs.
    pub fn generator_throw(&mut self, g: Gc<Generator>, exception: Value) -> Result<Resumed> {
        match g.state.get() {
            GeneratorState::Running => return Err(self.value_error("generator already executing")),
            GeneratorState::Finished => return Err(self.raise_value(exception)),
            GeneratorState::Created => {
                g.finish();
                let r = self.raise_value(exception);
                self.add_traceback_of_start(g);
                self.no_stop_iteration();
                return Err(r);
            }
            GeneratorState::Suspended => {}
        }
        if let Some(resumed) = self.throw_to_sub_iterator(g, exception)? {
            return Ok(resumed);
        }
        self.generator_throw_here(g, exception)
    }

    fn add_traceback_of_start(&mut self, g: Gc<Generator>) {
        if let Some(e) = self.pending_value().and_then(|e| e.as_gc::<Exception>()) {
            let next = e.traceback.get().filter(|t| !t.is_none());
            let t = self.traceback_entry(next, g.function, 0);
            e.traceback.set(e, Some(t.value()));
        }
    }

    /// The register of the sub-iterator at which a suspended generator waits in `yield from`.
    fn sub_iterator(&self, g: Gc<Generator>) -> Option<(u16, Value)> {
        if g.state.get() != GeneratorState::Suspended {
            return None;
        }
        // SAFETY: a suspended generator stands behind a Yield.
        let ins = Instr(unsafe { *g.pc.get().sub(1) });
        let reg = ins.c().checked_sub(1)?;
        Some((reg, g.register(reg)?))
    }

    /// What `gi_yieldfrom` shows.
    pub fn generator_yields_from(&self, g: Gc<Generator>) -> Option<Value> {
        self.sub_iterator(g).map(|(_, v)| v)
    }

    /// PEP 380: `throw` and `close` go to the sub-iterator first. `None`: raise in the generator itself.
    fn throw_to_sub_iterator(&mut self, g: Gc<Generator>, exception: Value) -> Result<Option<Resumed>> {
        let Some((reg, sub)) = self.sub_iterator(g) else {
            return Ok(None);
        };
        let is_exit = self.is_instance(exception, self.types.generator_exit);
        g.state.set(GeneratorState::Running);
        let outcome = if is_exit { self.close_iterator(sub).map(|()| None) } else { self.throw_to(sub, exception) };
        g.state.set(GeneratorState::Suspended);
        match outcome {
            Ok(None) => Ok(None),
            Ok(Some(Resumed::Yielded(v))) => Ok(Some(Resumed::Yielded(v))),
            Ok(Some(Resumed::Returned(v))) => {
                let class = self.types.done_iterator;
                let done = crate::object::native::NativeObject::alloc(self, class, Box::new(DoneIterator { value: Slot::new(Some(v)) }));
                g.set_register(reg, done.value());
                self.generator_send(g, Value::NONE).map(Some)
            }
            Err(r) => {
                let e = self.take_pending(r);
                self.generator_throw_here(g, e).map(Some)
            }
        }
    }

    /// `sub.throw(exception)`; `None`: it has no such method.
    fn throw_to(&mut self, sub: Value, exception: Value) -> Result<Option<Resumed>> {
        if let Some(g) = sub.as_gc::<Generator>() {
            return self.generator_throw(g, exception).map(Some);
        }
        let name = self.common.throw;
        let Some(f) = self.try_attr(sub, name)? else {
            return Ok(None);
        };
        match self.call(f, &[exception]) {
            Ok(v) => Ok(Some(Resumed::Yielded(v))),
            Err(r) if self.pending_is(self.types.stop_iteration) => {
                let e = self.take_pending(r);
                Ok(Some(Resumed::Returned(self.stop_value(e))))
            }
            Err(r) => Err(r),
        }
    }

    fn close_iterator(&mut self, sub: Value) -> Result<()> {
        if let Some(g) = sub.as_gc::<Generator>() {
            return self.generator_close(g);
        }
        let name = self.common.close;
        match self.try_attr(sub, name)? {
            Some(f) => self.call(f, &[]).map(drop),
            None => Ok(()),
        }
    }

    /// The `value` of a StopIteration.
    pub fn stop_value(&mut self, e: Value) -> Value {
        let name = self.common.value;
        e.as_object().and_then(|o| self.own_attribute(o, name)).unwrap_or(Value::NONE)
    }

    fn generator_throw_here(&mut self, g: Gc<Generator>, exception: Value) -> Result<Resumed> {
        self.check_stack()?;
        let (regs, pc) = (self.regs, self.pc);
        let next = self.resume_frame(g, Value::NONE, self.behind_call(), 0, Action::GeneratorExit)?;
        self.regs = next.regs;
        // SAFETY: the Yield at which it waited.
        self.pc = unsafe { next.pc.sub(1) };
        let r = self.raise_value(exception);
        let next = self.unwind(r);
        let r = self.run(next);
        self.regs = regs;
        self.pc = pc;
        let v = r?;
        Ok(if g.state.get() == GeneratorState::Finished { Resumed::Returned(v) } else { Resumed::Yielded(v) })
    }

    /// `generator.close()`.
    pub fn generator_close(&mut self, g: Gc<Generator>) -> Result<()> {
        match g.state.get() {
            GeneratorState::Created => {
                g.finish();
                return Ok(());
            }
            GeneratorState::Finished => return Ok(()),
            GeneratorState::Running => return Err(self.value_error("generator already executing")),
            GeneratorState::Suspended => {}
        }
        let class = self.types.generator_exit;
        let args = self.tuple(&[]);
        let e = self.exception_of(class, args);
        match self.generator_throw(g, e.value()) {
            Ok(Resumed::Yielded(_)) => Err(self.runtime_error("generator ignored GeneratorExit")),
            Ok(Resumed::Returned(_)) => Ok(()),
            Err(r) if self.pending_is(self.types.generator_exit) || self.pending_is(self.types.stop_iteration) => {
                self.take_pending(r);
                Ok(())
            }
            Err(r) => Err(r),
        }
    }

    /// The result `v` of the frame `regs`, which ends: stored or used as the frame's action says.
    pub(crate) fn return_value(&mut self, regs: *mut u64, v: Value) -> Result<Next> {
        // SAFETY: the record of the frame.
        let (meta, back, extra) = unsafe { (*regs.offset(META), *regs.offset(RETURN_PC) as *const u64, *regs.offset(EXTRA)) };
        // SAFETY: the innermost frame.
        let up = unsafe { self.pop_frame(regs) };
        self.regs = up;
        // SAFETY: the word before the return address belongs to the calling instruction.
        self.pc = if back.is_null() { back } else { unsafe { back.sub(1) } };
        let go_on = Next { pc: back, regs: up };
        let store = |v: Value| {
            // SAFETY: the calling instruction's destination.
            unsafe { *up.add(meta as u16 as usize) = v.word() };
            go_on
        };
        match action_of(meta) {
            Action::Store | Action::Next | Action::GetAttribute => Ok(store(v)),
            Action::Exit => Ok(self.exit(v.word(), up)),
            Action::Init => {
                if !v.is_none() {
                    return Err(self.init_returned(v));
                }
                // SAFETY: the record holds the new object.
                Ok(store(unsafe { Value::from_word_unchecked(extra) }))
            }
            Action::Discard => Ok(go_on),
            Action::Binary => {
                if v == Value::NOT_IMPLEMENTED {
                    let v = self.binary_after_left(back, up)?;
                    return Ok(store(v));
                }
                Ok(store(v))
            }
            Action::CompareJump => self.compare_jump_result(back, up, v),
            Action::Truth => {
                let t = self.truth(v)?;
                Ok(store(Value::bool(t != (extra != 0))))
            }
            action @ (Action::GeneratorFor | Action::GeneratorSend | Action::GeneratorExit) => {
                // SAFETY: the record of a generator's frame holds the generator.
                let g: Gc<Generator> = unsafe { Gc::from_ptr(extra as *mut Generator) };
                self.handled = g.handled.get();
                g.finish();
                match action {
                    // SAFETY: the calling instruction is a ForIter of one word; its target lies in the code.
                    Action::GeneratorFor => Ok(Next { pc: unsafe { back.offset((*back.sub(1) as i64 >> 48) as isize) }, regs: up }),
                    Action::GeneratorSend => {
                        store(v);
                        // SAFETY: the calling instruction is a Send, whose last word is the distance.
                        Ok(Next { pc: unsafe { back.offset(*back.sub(1) as i64 as isize) }, regs: up })
                    }
                    _ => Ok(self.exit(v.word(), up)),
                }
            }
        }
    }

    /// `yield v` in the generator's frame `regs`; it goes on at `pc`.
    pub(crate) fn yield_value(&mut self, regs: *mut u64, pc: *const u64, v: Value) -> Next {
        // SAFETY: the record of a generator's frame.
        let (meta, back, extra) = unsafe { (*regs.offset(META), *regs.offset(RETURN_PC) as *const u64, *regs.offset(EXTRA)) };
        // SAFETY: it holds the generator.
        let g: Gc<Generator> = unsafe { Gc::from_ptr(extra as *mut Generator) };
        self.suspend_generator(g, regs, pc);
        // SAFETY: the innermost frame.
        let up = unsafe { self.pop_frame(regs) };
        self.regs = up;
        if action_of(meta) == Action::GeneratorExit {
            return self.exit(v.word(), up);
        }
        // SAFETY: the calling instruction's destination.
        unsafe { *up.add(meta as u16 as usize) = v.word() };
        Next { pc: back, regs: up }
    }

    /// One step of `yield from` with an iterator that is no generator.
    pub(crate) fn send_to(&mut self, it: Value, sent: Value) -> Result<Resumed> {
        if let Some(d) = native::<DoneIterator>(it) {
            return Ok(Resumed::Returned(d.value.get().unwrap_or(Value::NONE)));
        }
        let r = if sent.is_none() {
            match self.next_raw(it) {
                Ok(Some(v)) => return Ok(Resumed::Yielded(v)),
                Ok(None) => return Ok(Resumed::Returned(Value::NONE)),
                Err(r) => Err(r),
            }
        } else {
            let name = self.common.send;
            let f = self.get_attr(it, name)?;
            self.call(f, &[sent])
        };
        match r {
            Ok(v) => Ok(Resumed::Yielded(v)),
            Err(r) if self.pending_is(self.types.stop_iteration) => {
                let e = self.take_pending(r);
                Ok(Resumed::Returned(self.stop_value(e)))
            }
            Err(r) => Err(r),
        }
    }
}

const _: usize = size_of::<Function>();
