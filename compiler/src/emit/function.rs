//! `def` and `lambda`: defaults, annotations, decorators, the body.

use super::*;
use crate::fold::fold;
use crate::opcode::FRAME_WORDS;
use crate::scope::NodeKey;

impl<'a> Compiler<'a> {
    pub(super) fn function_def(&mut self, f: &'a FunctionDef) -> Res {
        self.check_params(&f.params, f.span)?;
        if let (Some(r), []) = (self.plain_local(f.name.name), f.decorators.as_slice())
            && f.name.name != self.names.known.debug
        {
            self.function_object(f, r)?;
            self.u.bound.insert(r);
            return Ok(());
        }
        let r = self.with_decorators(&f.decorators, f.span, |this, dst| this.function_object(f, dst))?;
        self.store_name(f.name.name, r, f.span)?;
        self.release(r);
        Ok(())
    }

    /// The function of a `def`, without its decorators, in `dst`.
    fn function_object(&mut self, f: &'a FunctionDef, dst: Reg) -> Res {
        let name = self.names.text(f.name.name).clone();
        let scope = self.child_of(NodeKey::function(f));
        self.make_function(&f.params, Some(f), dst, |this| {
            if let Some(&n) = this.u.children.get(&scope) {
                return Ok(n);
            }
            let first = f.decorators.first().map_or(f.span, |d| d.span);
            let span = Span { start: first.start, ..f.span };
            this.enter_unit(scope, name, CodeKind::Function, span);
            this.u.code.is_async = f.is_async;
            this.set_params(&f.params);
            this.depth += 1;
            if let Some((doc, _)) = this.docstring(&f.body) {
                this.u.code.docstring = Some(doc.into());
                this.u.code.has_docstring = true;
            }
            this.stmts(&f.body)?;
            this.u.emit(Opcode::ReturnNone, 0, 0, 0);
            this.depth -= 1;
            this.leave_unit(f.span)
        })
    }

    pub(super) fn lambda(&mut self, e: &'a Expr, lambda: &'a Lambda, dst: Reg) -> Res {
        let scope = self.child_of(NodeKey::expr(e));
        self.check_params(&lambda.params, e.span)?;
        let target = self.accumulator(dst);
        self.make_function(&lambda.params, None, target, |this| {
            if let Some(&n) = this.u.children.get(&scope) {
                return Ok(n);
            }
            this.enter_unit(scope, "<lambda>".into(), CodeKind::Lambda, e.span);
            this.set_params(&lambda.params);
            let value = this.operand(&lambda.body)?;
            this.u.span = lambda.body.span;
            this.u.emit_last(Opcode::Return, value, 0);
            this.leave_unit(e.span)
        })?;
        self.u.mov(dst, target);
        Ok(())
    }

    fn check_params(&mut self, p: &Parameters, span: Span) -> Res {
        let all = p.posonly.iter().chain(&p.args).chain(&p.kwonly).chain(&p.vararg).chain(&p.kwarg);
        for param in all {
            if param.name.name == self.names.known.debug {
                return fail(span, "cannot assign to __debug__");
            }
        }
        Ok(())
    }

    /// Notes the parameters in the code at hand.
    fn set_params(&mut self, p: &Parameters) {
        let code = &mut self.u.code;
        code.posonly_count = p.posonly.len() as u16;
        code.arg_count = (p.posonly.len() + p.args.len()) as u16;
        code.kwonly_count = p.kwonly.len() as u16;
        code.has_varargs = p.vararg.is_some();
        code.has_varkw = p.kwarg.is_some();
    }

    /// The function object in the temporary `dst`: defaults and annotations are evaluated here, in CPython's order;
    /// `body` compiles the code and gives its number.
    fn make_function(&mut self, p: &'a Parameters, def: Option<&'a FunctionDef>, dst: Reg, body: impl FnOnce(&mut Self) -> Res<u16>) -> Res {
        if dst == self.u.regs.top {
            self.u.regs.alloc();
        }
        let mark = self.u.regs.top;
        let span = self.u.span;
        let defaults = self.defaults(p)?;
        let kw_defaults = self.kw_defaults(p)?;
        let annotations = match def {
            Some(f) => self.annotations(f)?,
            None => None,
        };
        let child = body(self)?;
        self.u.span = span;
        self.u.emit(Opcode::MakeFunction, dst, child, 0);
        for (n, part) in [defaults, kw_defaults, annotations].into_iter().enumerate() {
            if let Some(r) = part {
                self.u.emit(Opcode::SetFunction, dst, r, n as u16);
            }
        }
        self.release(mark);
        Ok(())
    }

    fn defaults(&mut self, p: &'a Parameters) -> Res<Option<Reg>> {
        let all: Vec<&'a Expr> = p.posonly.iter().chain(&p.args).filter_map(|p| p.default.as_deref()).collect();
        if all.is_empty() {
            return Ok(None);
        }
        let t = self.u.regs.alloc();
        if let Some(values) = all.iter().map(|e| fold(e)).collect() {
            self.u.load_const(&Const::Tuple(values), t);
            return Ok(Some(t));
        }
        for e in &all {
            self.push(e)?;
        }
        self.u.emit(Opcode::BuildTuple, t, t + 1, all.len() as u16);
        self.release(t + 1);
        Ok(Some(t))
    }

    fn kw_defaults(&mut self, p: &'a Parameters) -> Res<Option<Reg>> {
        let entries = p.kwonly.iter().filter_map(|param| Some((param.name.name, param.default.as_deref()?)));
        let entries: Vec<(Name, &'a Expr)> = entries.collect();
        self.dict_of(&entries, false)
    }

    fn annotations(&mut self, f: &'a FunctionDef) -> Res<Option<Reg>> {
        let p = &f.params;
        // CPython's order.
        let all = p.args.iter().chain(&p.posonly).chain(&p.vararg).chain(&p.kwonly).chain(&p.kwarg);
        let mut entries: Vec<(Name, &'a Expr)> = all.filter_map(|param| Some((param.name.name, param.annotation.as_deref()?))).collect();
        if let Some(returns) = &f.returns {
            entries.push((self.names.intern("return"), returns));
        }
        self.dict_of(&entries, true)
    }

    /// A dict from names to values, in a temporary.
    fn dict_of(&mut self, entries: &[(Name, &'a Expr)], are_annotations: bool) -> Res<Option<Reg>> {
        const BATCH: usize = 16;
        if entries.is_empty() {
            return Ok(None);
        }
        let dict = self.u.regs.alloc();
        let mark = self.u.regs.top;
        for (n, &(name, value)) in entries.iter().enumerate() {
            let key = self.mangle(name);
            let key = self.name_const(key);
            let k = self.u.regs.alloc();
            self.u.load_const(&key, k);
            let v = self.u.regs.alloc();
            if are_annotations {
                self.annotation_to(value, v)?;
            } else {
                self.expr_to(value, v)?;
            }
            self.u.regs.top = v + 1;
            if n >= BATCH {
                self.u.emit(Opcode::DictSet, dict, k, v);
                self.release(mark);
            } else if n + 1 == BATCH.min(entries.len()) {
                self.u.emit(Opcode::BuildDict, dict, mark, n as u16 + 1);
                self.release(mark);
            }
        }
        Ok(Some(dict))
    }

    /// The value of an annotation, or its text under `from __future__ import annotations`, into a temporary.
    pub(super) fn annotation_to(&mut self, e: &'a Expr, dst: Reg) -> Res {
        if self.future.annotations {
            let text = crate::unparse::expression(e, &self.names);
            self.u.load_const(&Const::Str(text.into()), dst);
            return Ok(());
        }
        if let ExprKind::Starred(value) = &e.kind {
            let r = self.operand(value)?;
            self.u.emit(Opcode::Unpack, dst, r, 1);
            return Ok(());
        }
        self.expr_to(e, dst)
    }

    /// Evaluates decorators, makes the thing by `make` into a temporary, applies them; the temporary.
    pub(super) fn with_decorators(&mut self, decorators: &'a [Expr], span: Span, make: impl FnOnce(&mut Self, Reg) -> Res) -> Res<Reg> {
        let first = self.u.regs.top;
        for decorator in decorators {
            let base = self.push(decorator)?;
            self.begin_window(base, 0);
        }
        let mut slot = self.u.regs.top;
        self.u.span = span;
        make(self, slot)?;
        self.u.regs.set_top(slot as u32 + 2);
        for decorator in decorators.iter().rev() {
            let base = slot - FRAME_WORDS;
            // The decorated thing goes where the next decorator wants its argument.
            self.u.span = decorator.span;
            self.u.emit(Opcode::Call, base, 1, base);
            slot = base;
        }
        self.u.span = span;
        debug_assert_eq!(slot, first);
        self.u.regs.set_top(slot as u32 + 1);
        Ok(slot)
    }
}
