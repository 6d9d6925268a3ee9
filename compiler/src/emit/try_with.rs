//! `try` and `with`, and what leaving them early takes.
//!
//! As in CPython a `finally` body is compiled once for the normal end, once for exceptions, and once for every
//! `return`, `break` and `continue` that passes through.
//!
//! An exception in a clause of `except` must not find the clauses of its own `try` again, nor must clean-up code
//! be covered by the handler it belongs to: a block's region is suspended while code outside of it is emitted
//! in its middle.

use super::*;

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(&mut self, t: &'a Try, span: Span) -> Res {
        if t.finally.is_empty() { self.try_except(t, span) } else { self.try_finally(t, span) }
    }

    fn try_except(&mut self, t: &'a Try, span: Span) -> Res {
        if t.star { self.try_star(t, span) } else { self.try_plain(t, span) }
    }

    // ---- finally ----

    fn try_finally(&mut self, t: &'a Try, span: Span) -> Res {
        let exc = self.u.regs.alloc();
        let (handler, end) = (self.u.label(), self.u.label());
        let body = self.finally_bodies.len();
        self.finally_bodies.push(&t.finally);
        let region = self.u.open_region(handler, exc);
        self.push_block(BlockKind::Finally(body), Some(region), span)?;
        if t.handlers.is_empty() {
            self.stmts(&t.body)?;
        } else {
            self.try_except(t, span)?;
        }
        self.pop_block();
        self.stmts(&t.finally)?;
        self.u.go(end);
        self.u.bind(handler);
        let (previous, clean, raised) = self.begin_handling(exc, span)?;
        self.stmts(&t.finally)?;
        self.u.emit_last(Opcode::Reraise, exc, 0);
        self.end_handling(previous, clean, raised);
        self.u.bind(end);
        Ok(())
    }

    /// The exception in `exc` is being handled from here on; what escapes goes through a clean-up handler.
    pub(super) fn begin_handling(&mut self, exc: Reg, span: Span) -> Res<(Reg, Label, Reg)> {
        let previous = self.u.regs.alloc();
        let raised = self.u.regs.alloc();
        let clean = self.u.label();
        self.u.emit(Opcode::PushHandled, previous, exc, 0);
        let region = self.u.open_region(clean, raised);
        self.push_block(BlockKind::Handling { previous }, Some(region), span)?;
        Ok((previous, clean, raised))
    }

    pub(super) fn end_handling(&mut self, previous: Reg, clean: Label, raised: Reg) {
        self.pop_block();
        self.u.bind(clean);
        self.u.emit(Opcode::PopHandled, previous, 0, 0);
        self.u.emit_last(Opcode::Reraise, raised, 0);
    }

    /// The exception of the innermost block has been dealt with: on to `end`.
    pub(super) fn handled(&mut self, previous: Reg, end: Label) {
        let mut block = self.u.blocks.pop().expect("inside a handling block");
        if let Some(region) = &mut block.region {
            self.u.suspend_region(region);
        }
        self.u.emit(Opcode::PopHandled, previous, 0, 0);
        self.u.go(end);
        if let Some(region) = &mut block.region {
            self.u.resume_region(region);
        }
        self.u.blocks.push(block);
    }

    // ---- except ----

    fn try_plain(&mut self, t: &'a Try, span: Span) -> Res {
        let exc = self.u.regs.alloc();
        let (handler, end) = (self.u.label(), self.u.label());
        let region = self.u.open_region(handler, exc);
        self.push_block(BlockKind::Try, Some(region), span)?;
        self.stmts(&t.body)?;
        self.pop_block();
        self.stmts(&t.orelse)?;
        self.u.go(end);
        self.u.bind(handler);
        let (previous, clean, raised) = self.begin_handling(exc, span)?;
        for (n, h) in t.handlers.iter().enumerate() {
            if h.typ.is_none() && n + 1 < t.handlers.len() {
                return fail(h.span, "default 'except:' must be last");
            }
            let mark = self.u.regs.top;
            self.except_clause(h, exc, previous, end)?;
            self.release(mark);
        }
        self.u.emit_last(Opcode::Reraise, exc, 0);
        self.end_handling(previous, clean, raised);
        self.u.bind(end);
        Ok(())
    }

    fn except_clause(&mut self, h: &'a ExceptHandler, exc: Reg, previous: Reg, end: Label) -> Res {
        let next = self.u.label();
        self.u.span = h.span;
        if let Some(typ) = &h.typ {
            let class = self.operand(typ)?;
            let t = self.u.regs.alloc();
            self.u.emit(Opcode::MatchExc, t, exc, class);
            self.u.jump(Opcode::JumpIfFalse, t, 0, next);
        }
        match h.name {
            None => self.stmts(&h.body)?,
            Some(name) => {
                let raised = self.u.regs.alloc();
                let clean = self.u.label();
                self.store_name(name.name, exc, h.span)?;
                let region = self.u.open_region(clean, raised);
                self.push_block(BlockKind::HandlerName(name.name), Some(region), h.span)?;
                self.stmts(&h.body)?;
                self.pop_block();
                self.clear_name(name.name, h.span)?;
                self.handled(previous, end);
                self.u.bind(clean);
                self.clear_name(name.name, h.span)?;
                self.u.emit_last(Opcode::Reraise, raised, 0);
            }
        }
        self.handled(previous, end);
        self.u.bind(next);
        Ok(())
    }

    // ---- with ----

    pub(super) fn with_stmt(&mut self, w: &'a With, span: Span) -> Res {
        if w.is_async && !self.u.code.is_async {
            return fail(span, "'async with' outside async function");
        }
        self.with_item(w, 0, span)
    }

    fn with_item(&mut self, w: &'a With, at: usize, span: Span) -> Res {
        let Some(item) = w.items.get(at) else {
            return self.stmts(&w.body);
        };
        let base = self.u.regs.alloc_many(3);
        let exc = self.u.regs.alloc();
        let mark = self.u.regs.top;
        let (handler, end) = (self.u.label(), self.u.label());
        let manager = self.operand(&item.context)?;
        self.u.emit(Opcode::WithEnter, base, manager, 0);
        self.release(mark);
        let region = self.u.open_region(handler, exc);
        self.push_block(BlockKind::With { base, span }, Some(region), span)?;
        if let Some(target) = &item.target {
            self.store_target(target, base + 2)?;
        }
        self.with_item(w, at + 1, span)?;
        self.pop_block();
        self.u.span = span;
        self.u.emit(Opcode::WithExit, base, 0, 0);
        self.u.go(end);
        self.u.bind(handler);
        let (previous, clean, raised) = self.begin_handling(exc, span)?;
        let (swallowed, answer) = (self.u.label(), self.u.regs.alloc());
        self.u.emit(Opcode::WithExitExc, base, exc, answer);
        self.u.jump(Opcode::JumpIfTrue, answer, 0, swallowed);
        self.u.emit_last(Opcode::Reraise, exc, 0);
        self.end_handling(previous, clean, raised);
        self.u.bind(swallowed);
        self.u.emit(Opcode::PopHandled, previous, 0, 0);
        self.u.bind(end);
        Ok(())
    }

    // ---- leaving early ----

    /// Leaves all blocks from number `stop` on, innermost first: emits what each has to do. The blocks come back
    /// with [`rewind`](Self::rewind), once the jump has been emitted.
    pub(super) fn unwind(&mut self, stop: usize) -> Res<Vec<Block>> {
        let mut left = Vec::new();
        while self.u.blocks.len() > stop {
            let mut block = self.u.blocks.pop().expect("counted");
            if let Some(region) = &mut block.region {
                self.u.suspend_region(region);
            }
            match block.kind {
                BlockKind::Loop { .. } | BlockKind::Try | BlockKind::Star => {}
                BlockKind::Finally(n) => {
                    let body = self.finally_bodies[n];
                    self.stmts(body)?;
                }
                BlockKind::Handling { previous } => self.u.emit(Opcode::PopHandled, previous, 0, 0),
                BlockKind::HandlerName(name) => {
                    let span = self.u.span;
                    self.clear_name(name, span)?;
                }
                BlockKind::With { base, span } => {
                    self.u.span = span;
                    self.u.emit(Opcode::WithExit, base, 0, 0);
                }
            }
            left.push(block);
        }
        Ok(left)
    }

    pub(super) fn rewind(&mut self, left: Vec<Block>) {
        for mut block in left.into_iter().rev() {
            if let Some(region) = &mut block.region {
                self.u.resume_region(region);
            }
            self.u.blocks.push(block);
        }
    }
}
