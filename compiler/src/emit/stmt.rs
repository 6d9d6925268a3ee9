//! Statements: the dispatcher, and the simple ones.

use super::*;
use crate::fold::fold;

impl<'a> Compiler<'a> {
    pub(super) fn stmts(&mut self, body: &'a [Stmt]) -> Res {
        body.iter().try_for_each(|s| self.stmt(s))
    }

    fn stmt(&mut self, s: &'a Stmt) -> Res {
        self.u.span = s.span;
        let mark = self.u.regs.top;
        self.stmt_inner(s)?;
        self.release(mark);
        Ok(())
    }

    fn stmt_inner(&mut self, s: &'a Stmt) -> Res {
        match &s.kind {
            StmtKind::Expr(e) => self.expr_stmt(e),
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::AugAssign { target, op, value } => self.aug_assign(target, *op, value, s.span),
            StmtKind::AnnAssign { target, annotation, value, simple } => self.ann_assign(target, annotation, value.as_deref(), *simple),
            StmtKind::Return(value) => self.return_stmt(value.as_deref(), s.span),
            StmtKind::Delete(targets) => targets.iter().try_for_each(|t| self.delete(t)),
            StmtKind::Pass | StmtKind::Global(_) | StmtKind::Nonlocal(_) => Ok(()),
            StmtKind::Break => self.break_stmt(s.span),
            StmtKind::Continue => self.continue_stmt(s.span),
            StmtKind::Raise { exc, cause } => self.raise_stmt(exc.as_deref(), cause.as_deref()),
            StmtKind::Assert { test, msg } => self.assert_stmt(test, msg.as_deref()),
            StmtKind::Import(aliases) => self.import(aliases, s.span),
            StmtKind::ImportFrom { module, names, level } => self.import_from(*module, names, *level, s.span),
            StmtKind::If { test, body, orelse } => self.if_stmt(test, body, orelse),
            StmtKind::While { test, body, orelse } => self.while_stmt(test, body, orelse, s.span),
            StmtKind::For(f) => self.for_stmt(f, s.span),
            StmtKind::With(w) => self.with_stmt(w, s.span),
            StmtKind::Try(t) => self.try_stmt(t, s.span),
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::FunctionDef(f) => self.function_def(f),
            StmtKind::ClassDef(c) => self.class_def(c),
        }
    }

    fn expr_stmt(&mut self, e: &'a Expr) -> Res {
        if self.options.kind == crate::Kind::Interactive && self.depth == 0 {
            let r = self.operand(e)?;
            self.u.emit(Opcode::PrintExpr, r, 0, 0);
            return Ok(());
        }
        self.discard(e)
    }

    fn if_stmt(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Res {
        let (other, end) = (self.u.label(), self.u.label());
        self.jump_unless(test, other)?;
        self.stmts(body)?;
        if !orelse.is_empty() {
            self.u.go(end);
        }
        self.u.bind(other);
        self.stmts(orelse)?;
        self.u.bind(end);
        Ok(())
    }

    fn raise_stmt(&mut self, exc: Option<&'a Expr>, cause: Option<&'a Expr>) -> Res {
        let a = match (exc, cause) {
            (Some(e), Some(c)) => self.operand_before(e, &[c])?,
            (Some(e), None) => self.operand(e)?,
            _ => NONE,
        };
        let b = match cause {
            Some(e) => self.operand(e)?,
            None => NONE,
        };
        self.u.emit_last(Opcode::Raise, a, b);
        Ok(())
    }

    fn assert_stmt(&mut self, test: &'a Expr, msg: Option<&'a Expr>) -> Res {
        if self.options.optimize > 0 {
            return Ok(());
        }
        let end = self.u.label();
        self.jump_if(test, end, true)?;
        let base = self.u.regs.alloc();
        self.u.emit(Opcode::LoadAssertionError, base, 0, 0);
        if let Some(msg) = msg {
            self.begin_window(base, 0);
            self.push(msg)?;
            let top = self.u.regs.top;
            self.u.regs.set_top(top as u32 + 1);
            self.u.emit(Opcode::Call, base, 1, base);
        }
        self.u.emit_last(Opcode::Raise, base, NONE);
        self.u.bind(end);
        Ok(())
    }

    fn return_stmt(&mut self, value: Option<&'a Expr>, span: Span) -> Res {
        if self.scope().kind != crate::scope::ScopeKind::Function {
            return fail(span, "'return' outside function");
        }
        if value.is_some() && self.u.code.is_async && self.scope().is_generator {
            return fail(span, "'return' with value in async generator");
        }
        if self.u.blocks.iter().any(|b| matches!(b.kind, BlockKind::Star)) {
            return loops::leaves_star(value.map_or(span, |v| v.span));
        }
        let value = match value {
            Some(e) if fold(e) != Some(Const::None) => Some(self.return_value(e)?),
            _ => None,
        };
        let left = self.unwind(0)?;
        self.u.span = span;
        match value {
            Some(r) => self.u.emit_last(Opcode::Return, r, 0),
            None => self.u.emit_last(Opcode::ReturnNone, 0, 0),
        }
        self.rewind(left);
        Ok(())
    }

    /// The value returned; in a temporary when code runs before the function is left.
    fn return_value(&mut self, e: &'a Expr) -> Res<Reg> {
        let runs_code = |b: &Block| matches!(b.kind, BlockKind::Finally(_) | BlockKind::With { .. } | BlockKind::HandlerName(_));
        let r = self.operand(e)?;
        if self.is_local(r) && self.u.blocks.iter().any(runs_code) {
            let t = self.u.regs.alloc();
            self.u.mov(t, r);
            return Ok(t);
        }
        Ok(r)
    }

    fn ann_assign(&mut self, target: &'a Expr, annotation: &'a Expr, value: Option<&'a Expr>, simple: bool) -> Res {
        if let Some(value) = value {
            self.assign_value(target, value)?;
        }
        let in_function = self.scope().kind == crate::scope::ScopeKind::Function;
        match &target.kind {
            ExprKind::Name(name) => {
                if *name == self.names.known.debug {
                    return fail(self.u.span, "cannot assign to __debug__");
                }
                if simple && !in_function {
                    let v = self.u.regs.alloc();
                    self.annotation_to(annotation, v)?;
                    // Made at the begin of the body; who deleted it meanwhile gets a NameError.
                    let dict = self.u.regs.alloc();
                    let annotations = self.names.intern("__annotations__");
                    let span = self.u.span;
                    self.load_name_to(annotations, dict, span);
                    let mangled = self.mangle(*name);
                    let c = self.name_const(mangled);
                    let key = self.const_operand(&c);
                    self.u.emit(Opcode::SetItem, dict, key, v);
                    return Ok(());
                }
            }
            ExprKind::Attribute { value: object, attr } => {
                if attr.name == self.names.known.debug {
                    return fail(self.u.span, "cannot assign to __debug__");
                }
                if value.is_none() {
                    self.discard(object)?;
                }
            }
            ExprKind::Subscript { value: object, index } if value.is_none() => {
                self.discard(object)?;
                self.discard(index)?;
            }
            _ => {}
        }
        // Evaluated for its effects, unless it belongs to a local variable or is kept as text.
        if !simple && !in_function && !self.future.annotations {
            self.discard(annotation)?;
        }
        Ok(())
    }
}

/// Whether the body annotates a variable, not counting functions and classes in it.
pub(super) fn has_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|s| match &s.kind {
        StmtKind::AnnAssign { .. } => true,
        StmtKind::For(f) => has_annotations(&f.body) || has_annotations(&f.orelse),
        StmtKind::While { body, orelse, .. } | StmtKind::If { body, orelse, .. } => has_annotations(body) || has_annotations(orelse),
        StmtKind::With(w) => has_annotations(&w.body),
        StmtKind::Match { cases, .. } => cases.iter().any(|c| has_annotations(&c.body)),
        StmtKind::Try(t) => {
            has_annotations(&t.body) || has_annotations(&t.orelse) || has_annotations(&t.finally) || t.handlers.iter().any(|h| has_annotations(&h.body))
        }
        _ => false,
    })
}
