//! Comprehensions and generator expressions: functions called with the outermost iterator.

use super::*;
use crate::scope::NodeKey;

/// What a comprehension makes.
#[derive(Clone, Copy)]
enum Element<'a> {
    List(&'a Expr),
    Set(&'a Expr),
    Dict(&'a Expr, &'a Expr),
    Yield(&'a Expr),
}

impl<'a> Compiler<'a> {
    pub(super) fn comprehension(&mut self, e: &'a Expr, dst: Reg) -> Res {
        let (name, element, generators) = match &e.kind {
            ExprKind::ListComp { elt, generators } => ("<listcomp>", Element::List(elt), generators),
            ExprKind::SetComp { elt, generators } => ("<setcomp>", Element::Set(elt), generators),
            ExprKind::DictComp { key, value, generators } => ("<dictcomp>", Element::Dict(key, value), generators),
            ExprKind::GeneratorExp { elt, generators } => ("<genexpr>", Element::Yield(elt), generators),
            _ => unreachable!("only comprehensions come here"),
        };
        let scope = self.child_of(NodeKey::expr(e));
        let is_generator = matches!(element, Element::Yield(_));
        let is_async = self.scopes.get(scope).is_coroutine;
        if is_async && !is_generator && !self.u.code.is_async && self.scope().comprehension.is_none() {
            return fail(e.span, "asynchronous comprehension outside of an asynchronous function");
        }
        let child = match self.u.children.get(&scope) {
            Some(&n) => n,
            None => {
                self.enter_unit(scope, name.into(), CodeKind::Comprehension, e.span);
                self.u.code.is_async = is_async;
                self.u.code.arg_count = 1;
                self.comprehension_body(e, element, generators)?;
                self.leave_unit(e.span)?
            }
        };
        let base = self.u.regs.alloc();
        self.u.emit(Opcode::MakeFunction, base, child, 0);
        self.begin_window(base, 0);
        let slot = self.u.regs.top;
        let outermost = &generators[0];
        let it = self.for_iterable(&outermost.iter)?;
        self.u.regs.set_top(slot as u32 + 2);
        self.u.emit(Opcode::GetIter, slot, it, 0);
        self.u.emit(Opcode::Call, base, 1, dst);
        Ok(())
    }

    fn comprehension_body(&mut self, e: &'a Expr, element: Element<'a>, generators: &'a [Comprehension]) -> Res {
        self.u.span = e.span;
        let result = self.u.regs.alloc();
        match element {
            Element::List(_) => self.u.emit(Opcode::BuildList, result, result, 0),
            Element::Set(_) => self.u.emit(Opcode::BuildSet, result, result, 0),
            Element::Dict(..) => self.u.emit(Opcode::BuildDict, result, result, 0),
            Element::Yield(_) => {}
        }
        self.comprehension_loop(generators, 0, element, result)?;
        self.u.span = e.span;
        if matches!(element, Element::Yield(_)) {
            self.u.emit_last(Opcode::ReturnNone, 0, 0);
        } else {
            self.u.emit_last(Opcode::Return, result, 0);
        }
        Ok(())
    }

    fn comprehension_loop(&mut self, generators: &'a [Comprehension], depth: usize, element: Element<'a>, result: Reg) -> Res {
        let Some(generator) = generators.get(depth) else {
            return self.comprehension_element(element, result);
        };
        let mark = self.u.regs.top;
        // A loop over one value is an assignment, as CPython has it: `for x in [value]`.
        if depth > 0
            && let Some(single) = single_item(&generator.iter)
            && !generator.is_async
        {
            self.assign_value(&generator.target, single)?;
            let skip = self.u.label();
            for test in &generator.ifs {
                self.jump_unless(test, skip)?;
            }
            self.comprehension_loop(generators, depth + 1, element, result)?;
            self.u.bind(skip);
            self.release(mark);
            return Ok(());
        }
        let it = if depth == 0 {
            // `.0` is the first parameter; captured ones cannot be it.
            0
        } else {
            let r = self.for_iterable(&generator.iter)?;
            let it = if self.u.regs.is_temporary(r) { r } else { self.u.regs.alloc() };
            self.u.emit(Opcode::GetIter, it, r, 0);
            it
        };
        self.u.loop_depth += 1;
        let end = self.u.label();
        let head = self.u.bind_head();
        self.for_target(it, &generator.target, end)?;
        let next = self.u.label();
        for test in &generator.ifs {
            self.jump_unless(test, next)?;
        }
        self.comprehension_loop(generators, depth + 1, element, result)?;
        self.u.bind(next);
        self.u.go_back(head);
        self.u.bind(end);
        self.u.loop_depth -= 1;
        self.release(mark);
        Ok(())
    }

    fn comprehension_element(&mut self, element: Element<'a>, result: Reg) -> Res {
        let mark = self.u.regs.top;
        match element {
            Element::List(e) => {
                let r = self.operand(e)?;
                self.u.emit(Opcode::ListAppend, result, r, 0);
            }
            Element::Set(e) => {
                let r = self.operand(e)?;
                self.u.emit(Opcode::SetAdd, result, r, 0);
            }
            Element::Dict(key, value) => {
                let k = self.operand_before(key, &[value])?;
                let v = self.operand(value)?;
                self.u.emit(Opcode::DictSet, result, k, v);
            }
            Element::Yield(e) => {
                let r = self.operand(e)?;
                let t = self.u.regs.alloc();
                self.u.emit(Opcode::Yield, t, r, 0);
            }
        }
        self.release(mark);
        Ok(())
    }
}

/// The item of a display of one item.
fn single_item(e: &Expr) -> Option<&Expr> {
    match &e.kind {
        ExprKind::List(items) | ExprKind::Tuple(items) => match items.as_slice() {
            [one] if !matches!(one.kind, ExprKind::Starred(_)) => Some(one),
            _ => None,
        },
        _ => None,
    }
}
