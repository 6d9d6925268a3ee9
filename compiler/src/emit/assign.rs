//! Assignment in all forms, and `del`.

use super::expr::{in_place_op, is_starred, small};
use super::*;
use crate::fold::fold;

/// Longest `a, b, … = x, y, …` that goes from registers to targets without a tuple.
const MAX_PARALLEL: usize = 16;

impl<'a> Compiler<'a> {
    pub(super) fn assign(&mut self, targets: &'a [Expr], value: &'a Expr) -> Res {
        if let [target] = targets {
            return self.assign_value(target, value);
        }
        let mut r = self.operand(value)?;
        if self.is_local(r) {
            // The first target may be that very variable.
            let t = self.u.regs.alloc();
            self.u.mov(t, r);
            r = t;
        }
        targets.iter().try_for_each(|t| self.store_target(t, r))
    }

    /// `target = value`.
    pub(super) fn assign_value(&mut self, target: &'a Expr, value: &'a Expr) -> Res {
        match &target.kind {
            ExprKind::Name(name) => {
                if *name != self.names.known.debug
                    && let Some(r) = self.plain_local(*name)
                {
                    self.expr_to(value, r)?;
                    self.u.bound.insert(r);
                    return Ok(());
                }
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                if let ExprKind::Tuple(values) | ExprKind::List(values) = &value.kind
                    && self.can_be_parallel(targets, values)
                {
                    return self.assign_parallel(targets, values);
                }
            }
            ExprKind::Attribute { value: object, .. } => {
                let r = self.operand_before(value, &[object])?;
                return self.store_target(target, r);
            }
            ExprKind::Subscript { value: object, index } => {
                let r = self.operand_before(value, &[object, index])?;
                return self.store_target(target, r);
            }
            _ => {}
        }
        let r = self.operand(value)?;
        self.store_target(target, r)
    }

    fn can_be_parallel(&self, targets: &[Expr], values: &[Expr]) -> bool {
        targets.len() == values.len()
            && !targets.is_empty()
            && targets.len() <= MAX_PARALLEL
            && !targets.iter().any(is_starred)
            && !values.iter().any(is_starred)
    }

    /// All values first, then all targets. A value that is a variable stays in its register when no target before
    /// its own is that variable.
    fn assign_parallel(&mut self, targets: &'a [Expr], values: &'a [Expr]) -> Res {
        let mut sources = Vec::with_capacity(values.len());
        let mut assigned: Vec<Reg> = Vec::new();
        for (n, value) in values.iter().enumerate() {
            let later: Vec<&Expr> = values[n + 1..].iter().chain(targets).collect();
            let mut r = self.operand_before(value, &later)?;
            if assigned.contains(&r) {
                let t = self.u.regs.alloc();
                self.u.mov(t, r);
                r = t;
            }
            sources.push(r);
            let mut names = Vec::new();
            walk::target_names(&targets[n], &mut |name| names.push(name));
            for name in names {
                assigned.extend(self.plain_local(name));
            }
        }
        targets.iter().zip(sources).try_for_each(|(t, r)| self.store_target(t, r))
    }

    /// Assigns the value in `src` to a target.
    pub(super) fn store_target(&mut self, target: &'a Expr, src: Reg) -> Res {
        let saved = std::mem::replace(&mut self.u.span, target.span);
        let mark = self.u.regs.top;
        let result = self.store_inner(target, src);
        self.release(mark);
        self.u.span = saved;
        result
    }

    fn store_inner(&mut self, target: &'a Expr, src: Reg) -> Res {
        match &target.kind {
            ExprKind::Name(name) => self.store_name(*name, src, target.span),
            ExprKind::Attribute { value, attr } => {
                if attr.name == self.names.known.debug {
                    return fail(target.span, "cannot assign to __debug__");
                }
                let obj = self.operand(value)?;
                let name = self.mangled_index(attr.name);
                self.u.span = self.attribute_span(target, attr);
                self.u.emit(Opcode::SetAttr, obj, name, src);
                Ok(())
            }
            ExprKind::Subscript { value, index } => {
                let obj = self.operand_before(value, &[index])?;
                let key = self.operand(index)?;
                self.u.emit(Opcode::SetItem, obj, key, src);
                Ok(())
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => self.unpack(target, items, src),
            ExprKind::Starred(_) => fail(target.span, "starred assignment target must be in a list or tuple"),
            _ => fail(target.span, "cannot assign to expression"),
        }
    }

    fn unpack(&mut self, target: &'a Expr, items: &'a [Expr], src: Reg) -> Res {
        let mut star = None;
        for (n, item) in items.iter().enumerate() {
            if is_starred(item) {
                if star.is_some() {
                    return fail(target.span, "multiple starred expressions in assignment");
                }
                star = Some(n);
            }
        }
        if let Some(n) = star
            && (n >= 256 || items.len() - n > 1 << 23)
        {
            return fail(target.span, "too many expressions in star-unpacking assignment");
        }
        if items.len() >= 50_000 {
            return fail(target.span, "too many targets in an assignment");
        }
        if star.is_none()
            && let Some(first) = self.consecutive_locals(items)
            && !(first..first + items.len() as u16).contains(&src)
        {
            self.u.emit(Opcode::Unpack, first, src, items.len() as u16);
            for r in first..first + items.len() as u16 {
                self.u.bound.insert(r);
            }
            return Ok(());
        }
        let base = self.u.regs.alloc_many(items.len() as u16);
        match star {
            None => self.u.emit(Opcode::Unpack, base, src, items.len() as u16),
            Some(n) => {
                let after = (items.len() - n - 1) as u32;
                self.u.emit_data(Opcode::UnpackEx, base, src, n as u16, after);
            }
        }
        for (n, item) in items.iter().enumerate() {
            let inner = match &item.kind {
                ExprKind::Starred(inner) => inner,
                _ => item,
            };
            self.store_target(inner, base + n as u16)?;
        }
        Ok(())
    }

    /// The first of the targets' registers, when they are locals in consecutive registers that may stay so.
    fn consecutive_locals(&mut self, items: &[Expr]) -> Option<Reg> {
        let free = self.u.fixed + self.u.cells;
        let mut first = None;
        for (n, item) in items.iter().enumerate() {
            let ExprKind::Name(name) = item.kind else {
                return None;
            };
            if name == self.names.known.debug {
                return None;
            }
            let r = self.plain_local(name)?;
            if r != *first.get_or_insert(r) + n as u16 || r < free {
                return None;
            }
        }
        let first = first?;
        let group = (first, items.len() as u16);
        if !self.u.groups.contains(&group) {
            self.u.groups.push(group);
        }
        Some(first)
    }

    // ---- augmented ----

    pub(super) fn aug_assign(&mut self, target: &'a Expr, op: BinOp, value: &'a Expr, span: Span) -> Res {
        match &target.kind {
            ExprKind::Name(name) => {
                if *name == self.names.known.debug {
                    return fail(target.span, "cannot assign to __debug__");
                }
                let old = self.operand_before(target, &[value])?;
                match self.plain_local(*name) {
                    Some(r) => {
                        self.in_place(r, old, op, value, span)?;
                        self.u.bound.insert(r);
                        Ok(())
                    }
                    None => {
                        self.in_place(old, old, op, value, span)?;
                        self.store_name(*name, old, target.span)
                    }
                }
            }
            ExprKind::Attribute { value: object, attr } => {
                let obj = self.operand_before(object, &[value])?;
                let old = self.u.regs.alloc();
                let name = self.mangled_index(attr.name);
                let place = self.attribute_span(target, attr);
                self.u.span = place;
                self.u.emit(Opcode::GetAttr, old, obj, name);
                self.in_place(old, old, op, value, span)?;
                self.u.span = place;
                self.u.emit(Opcode::SetAttr, obj, name, old);
                Ok(())
            }
            ExprKind::Subscript { value: object, index } => {
                let obj = self.operand_before(object, &[index, value])?;
                let key = self.operand_before(index, &[value])?;
                let old = self.u.regs.alloc();
                self.u.span = target.span;
                self.u.emit(Opcode::GetItem, old, obj, key);
                self.in_place(old, old, op, value, span)?;
                self.u.span = target.span;
                self.u.emit(Opcode::SetItem, obj, key, old);
                Ok(())
            }
            _ => fail(target.span, "illegal expression for augmented assignment"),
        }
    }

    fn in_place(&mut self, dst: Reg, old: Reg, op: BinOp, value: &'a Expr, span: Span) -> Res {
        let mark = self.u.regs.top;
        let immediate = fold(value).as_ref().and_then(small);
        match (op, immediate) {
            (BinOp::Add, Some(n)) => {
                self.u.span = span;
                self.u.emit(Opcode::IAddImm, dst, old, n as u16);
            }
            (BinOp::Sub, Some(n)) => {
                self.u.span = span;
                self.u.emit(Opcode::ISubImm, dst, old, n as u16);
            }
            _ => {
                let r = self.operand(value)?;
                self.u.span = span;
                self.u.emit(in_place_op(op), dst, old, r);
            }
        }
        self.release(mark);
        Ok(())
    }

    // ---- del ----

    pub(super) fn delete(&mut self, target: &'a Expr) -> Res {
        let saved = std::mem::replace(&mut self.u.span, target.span);
        let mark = self.u.regs.top;
        match &target.kind {
            ExprKind::Name(name) => self.delete_name(*name, target.span)?,
            ExprKind::Attribute { value, attr } => {
                let obj = self.operand(value)?;
                let name = self.mangled_index(attr.name);
                self.u.span = self.attribute_span(target, attr);
                self.u.emit(Opcode::DelAttr, obj, name, 0);
            }
            ExprKind::Subscript { value, index } => {
                let obj = self.operand_before(value, &[index])?;
                let key = self.operand(index)?;
                self.u.emit(Opcode::DelItem, obj, key, 0);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().try_for_each(|i| self.delete(i))?;
            }
            _ => return fail(target.span, "cannot delete expression"),
        }
        self.release(mark);
        self.u.span = saved;
        Ok(())
    }
}
