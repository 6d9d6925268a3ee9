//! `try … except*`.
//!
//! Each clause takes its part out of the group; what clauses raise, and what no clause took, is collected in a
//! list and raised in the end.

use super::*;

impl<'a> Compiler<'a> {
    pub(super) fn try_star(&mut self, t: &'a Try, span: Span) -> Res {
        let original = self.u.regs.alloc();
        let (handler, end) = (self.u.label(), self.u.label());
        let region = self.u.open_region(handler, original);
        self.push_block(BlockKind::Try, Some(region), span)?;
        self.stmts(&t.body)?;
        self.pop_block();
        self.stmts(&t.orelse)?;
        self.u.go(end);
        self.u.bind(handler);
        let (previous, clean, raised) = self.begin_handling(original, span)?;
        let list = self.u.regs.alloc();
        let rest = self.u.regs.alloc();
        self.u.emit(Opcode::BuildList, list, list, 0);
        self.u.mov(rest, original);
        for h in &t.handlers {
            let mark = self.u.regs.top;
            self.star_clause(h, list, rest)?;
            self.release(mark);
        }
        let (no_rest, nothing) = (self.u.label(), self.u.label());
        self.u.jump(Opcode::JumpIfNone, rest, 0, no_rest);
        self.u.emit(Opcode::ListAppend, list, rest, 0);
        self.u.bind(no_rest);
        self.u.emit(Opcode::PrepareReraiseStar, list, original, list);
        self.u.jump(Opcode::JumpIfNone, list, 0, nothing);
        self.u.emit_last(Opcode::Reraise, list, 0);
        self.end_handling(previous, clean, raised);
        self.u.bind(nothing);
        self.u.emit(Opcode::PopHandled, previous, 0, 0);
        self.u.bind(end);
        Ok(())
    }

    fn star_clause(&mut self, h: &'a ExceptHandler, list: Reg, rest: Reg) -> Res {
        let pair = self.u.regs.alloc_many(2);
        let previous = self.u.regs.alloc();
        let raised = self.u.regs.alloc();
        let (next, clean) = (self.u.label(), self.u.label());
        self.u.span = h.span;
        let Some(typ) = &h.typ else {
            return fail(h.span, "expected one or more exception types");
        };
        let class = self.operand(typ)?;
        self.u.emit(Opcode::MatchExcStar, pair, rest, class);
        self.u.mov(rest, pair + 1);
        self.u.jump(Opcode::JumpIfNone, pair, 0, next);
        self.u.emit(Opcode::PushHandled, previous, pair, 0);
        if let Some(name) = h.name {
            self.store_name(name.name, pair, h.span)?;
        }
        let region = self.u.open_region(clean, raised);
        self.push_block(BlockKind::Star, Some(region), h.span)?;
        self.stmts(&h.body)?;
        self.pop_block();
        if let Some(name) = h.name {
            self.clear_name(name.name, h.span)?;
        }
        self.u.emit(Opcode::PopHandled, previous, 0, 0);
        self.u.go(next);
        self.u.bind(clean);
        if let Some(name) = h.name {
            self.clear_name(name.name, h.span)?;
        }
        self.u.emit(Opcode::PopHandled, previous, 0, 0);
        self.u.emit(Opcode::ListAppend, list, raised, 0);
        self.u.bind(next);
        Ok(())
    }
}
