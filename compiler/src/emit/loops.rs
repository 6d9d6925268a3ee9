//! `while` and `for`, `break` and `continue`.

use super::*;

impl<'a> Compiler<'a> {
    pub(super) fn while_stmt(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt], span: Span) -> Res {
        let (end, otherwise) = (self.u.label(), self.u.label());
        self.u.loop_depth += 1;
        let head = self.u.bind_head();
        self.push_block(BlockKind::Loop { head, exit: end }, None, span)?;
        self.jump_unless(test, otherwise)?;
        self.stmts(body)?;
        self.u.span = last_span(body, span);
        self.u.go_back(head);
        self.u.loop_depth -= 1;
        self.pop_block();
        self.u.bind(otherwise);
        self.stmts(orelse)?;
        self.u.bind(end);
        Ok(())
    }

    pub(super) fn for_stmt(&mut self, f: &'a For, span: Span) -> Res {
        if f.is_async && !self.u.code.is_async {
            return fail(span, "'async for' outside async function");
        }
        let mark = self.u.regs.top;
        let r = self.for_iterable(&f.iter)?;
        // The iterator has a register of its own: the iterable may be a variable.
        let it = if self.u.regs.is_temporary(r) { r } else { self.u.regs.alloc() };
        self.u.emit(Opcode::GetIter, it, r, 0);
        let (end, otherwise) = (self.u.label(), self.u.label());
        self.u.loop_depth += 1;
        let head = self.u.bind_head();
        self.push_block(BlockKind::Loop { head, exit: end }, None, span)?;
        self.for_target(it, &f.target, otherwise)?;
        self.stmts(&f.body)?;
        self.u.span = last_span(&f.body, span);
        self.u.go_back(head);
        self.u.loop_depth -= 1;
        self.pop_block();
        self.u.bind(otherwise);
        self.release(mark);
        self.stmts(&f.orelse)?;
        self.u.bind(end);
        Ok(())
    }

    /// What is iterated over; a constant list display is a constant tuple.
    pub(super) fn for_iterable(&mut self, iter: &'a Expr) -> Res<Reg> {
        match expr::constant_container(iter) {
            Some(c) => Ok(self.const_operand(&c)),
            None => self.operand(iter),
        }
    }

    /// The next item of `it` into the target; jumps to `end` when there is none.
    pub(super) fn for_target(&mut self, it: Reg, target: &'a Expr, end: Label) -> Res {
        if let ExprKind::Name(name) = target.kind
            && name != self.names.known.debug
            && let Some(r) = self.plain_local(name)
        {
            self.u.jump(Opcode::ForIter, r, it, end);
            self.u.bound.insert(r);
            return Ok(());
        }
        let t = self.u.regs.alloc();
        self.u.jump(Opcode::ForIter, t, it, end);
        self.store_target(target, t)?;
        self.release(t);
        Ok(())
    }

    pub(super) fn break_stmt(&mut self, span: Span) -> Res {
        let Some((at, _, exit)) = self.innermost_loop(span)? else {
            return fail(span, "'break' outside loop");
        };
        let left = self.unwind(at + 1)?;
        self.u.span = span;
        self.u.go(exit);
        self.rewind(left);
        Ok(())
    }

    pub(super) fn continue_stmt(&mut self, span: Span) -> Res {
        let Some((at, head, _)) = self.innermost_loop(span)? else {
            return fail(span, "'continue' not properly in loop");
        };
        let left = self.unwind(at + 1)?;
        self.u.span = span;
        self.u.go_back(head);
        self.rewind(left);
        Ok(())
    }

    fn innermost_loop(&self, span: Span) -> Res<Option<(usize, Label, Label)>> {
        for (at, block) in self.u.blocks.iter().enumerate().rev() {
            match block.kind {
                BlockKind::Loop { head, exit } => return Ok(Some((at, head, exit))),
                BlockKind::Star => return leaves_star(span),
                _ => {}
            }
        }
        Ok(None)
    }
}

/// The error of leaving an `except*` block.
pub(super) fn leaves_star<T>(span: Span) -> Res<T> {
    fail(span, "'break', 'continue' and 'return' cannot appear in an except* block")
}

/// Place of the jump back: the last statement of the body.
fn last_span(body: &[Stmt], span: Span) -> Span {
    body.last().map_or(span, |s| s.span)
}
