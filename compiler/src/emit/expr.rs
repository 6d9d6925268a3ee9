//! Expressions: values, operators, displays, attributes, items, `yield`.

use super::*;
use crate::fold::{self, fold};

/// Most elements a display evaluates before it makes the container.
const BATCH: usize = 32;

/// The number as an immediate operand.
pub(super) fn small(c: &Const) -> Option<i16> {
    match c {
        Const::Int(n) => i16::try_from(*n).ok(),
        _ => None,
    }
}

impl<'a> Compiler<'a> {
    // ---- where values go ----

    /// Evaluates into a new temporary.
    pub(super) fn push(&mut self, e: &'a Expr) -> Res<Reg> {
        let r = self.u.regs.top;
        self.expr_to(e, r)?;
        self.u.regs.set_top(r as u32 + 1);
        Ok(r)
    }

    /// Evaluates; the value is in the register returned: a local itself, a held constant or a new temporary.
    pub(super) fn operand(&mut self, e: &'a Expr) -> Res<Reg> {
        match &e.kind {
            ExprKind::Name(name) if *name != self.names.known.debug => Ok(self.load_name_operand(*name, e.span)),
            ExprKind::NamedExpr { target, value } => {
                if let Some(r) = self.plain_local(target.name) {
                    self.walrus_to_local(target, value, r)?;
                    return Ok(r);
                }
                self.push(e)
            }
            _ => match fold(e) {
                Some(c) => Ok(self.const_operand(&c)),
                None => self.push(e),
            },
        }
    }

    /// As [`operand`](Self::operand), when `later` is evaluated before the value is used.
    pub(super) fn operand_before(&mut self, e: &'a Expr, later: &[&Expr]) -> Res<Reg> {
        let r = self.operand(e)?;
        if self.is_local(r) && self.scope().has_walrus && later.iter().any(|l| walk::has_walrus(l)) {
            let t = self.u.regs.alloc();
            self.u.mov(t, r);
            return Ok(t);
        }
        Ok(r)
    }

    pub(super) fn const_operand(&mut self, c: &Const) -> Reg {
        if let Some(r) = self.u.held_const(c) {
            return r;
        }
        let t = self.u.regs.alloc();
        self.u.load_const(c, t);
        t
    }

    /// Evaluates for the effects only.
    pub(super) fn discard(&mut self, e: &'a Expr) -> Res {
        let mark = self.u.regs.top;
        self.operand_or_nothing(e)?;
        self.release(mark);
        Ok(())
    }

    fn operand_or_nothing(&mut self, e: &'a Expr) -> Res {
        if !matches!(e.kind, ExprKind::Constant(_)) {
            self.operand(e)?;
        }
        Ok(())
    }

    // ---- the expressions ----

    /// Evaluates into `dst` (see the file `mod.rs` for what `dst` may be).
    pub(super) fn expr_to(&mut self, e: &'a Expr, dst: Reg) -> Res {
        let saved = std::mem::replace(&mut self.u.span, e.span);
        let mark = self.u.regs.top;
        let result = self.expr_inner(e, dst);
        self.u.regs.top = mark;
        self.u.span = saved;
        result
    }

    fn expr_inner(&mut self, e: &'a Expr, dst: Reg) -> Res {
        match &e.kind {
            ExprKind::Constant(c) => {
                self.u.load_const(&fold::from_ast(c), dst);
                Ok(())
            }
            ExprKind::Name(name) => {
                self.load_name_to(*name, dst, e.span);
                Ok(())
            }
            ExprKind::BoolOp { op, values } => self.bool_op(*op, values, dst),
            ExprKind::NamedExpr { target, value } => self.walrus(target, value, dst),
            ExprKind::BinOp { left, op, right } => self.bin_op(e, left, *op, right, dst),
            ExprKind::UnaryOp { op, operand } => self.unary_op(e, *op, operand, dst),
            ExprKind::Lambda(lambda) => self.lambda(e, lambda, dst),
            ExprKind::IfExp { test, body, orelse } => self.if_exp(test, body, orelse, dst),
            ExprKind::Dict { keys, values } => self.dict(keys, values, dst),
            ExprKind::Set(items) => self.set(items, dst),
            ExprKind::List(items) => self.list(items, dst),
            ExprKind::Tuple(items) => self.tuple(e, items, dst),
            ExprKind::ListComp { .. } | ExprKind::SetComp { .. } | ExprKind::DictComp { .. } | ExprKind::GeneratorExp { .. } => self.comprehension(e, dst),
            ExprKind::Await(value) => self.await_expr(e, value, dst),
            ExprKind::Yield(value) => self.yield_expr(e, value.as_deref(), dst),
            ExprKind::YieldFrom(value) => self.yield_from(e, value, dst),
            ExprKind::Compare { left, rest } => self.compare(left, rest, dst),
            ExprKind::Call(call) => self.call(e, call, dst),
            ExprKind::JoinedStr(parts) => self.joined_str(parts, dst),
            ExprKind::Attribute { value, attr } => self.attribute(e, value, attr, dst),
            ExprKind::Subscript { value, index } => self.subscript(e, value, index, dst),
            ExprKind::Starred(_) => fail(e.span, "can't use starred expression here"),
            ExprKind::Slice { lower, upper, step } => self.slice(lower.as_deref(), upper.as_deref(), step.as_deref(), dst),
        }
    }

    /// Keeps the value of a folded expression; whether there was one.
    fn folded(&mut self, e: &Expr, dst: Reg) -> bool {
        let Some(c) = fold(e) else { return false };
        self.u.load_const(&c, dst);
        true
    }

    fn bool_op(&mut self, op: BoolOp, values: &'a [Expr], dst: Reg) -> Res {
        let target = self.accumulator(dst);
        let end = self.u.label();
        let (last, first) = values.split_last().expect("and, or have operands");
        for value in first {
            self.deciding_value(op, value, target, end)?;
        }
        self.expr_to(last, target)?;
        self.u.bind(end);
        self.u.mov(dst, target);
        Ok(())
    }

    /// An operand of `and` or `or` that is not the last: goes to `end` with its value when that decides.
    fn deciding_value(&mut self, op: BoolOp, value: &'a Expr, target: Reg, end: Label) -> Res {
        // A constant decides now; the rest is compiled for its errors only.
        if let Some(c) = fold(value) {
            if fold::truth(&c) == (op == BoolOp::Or) {
                self.u.load_const(&c, target);
                self.u.go(end);
            }
            return Ok(());
        }
        // In `a and b or c` the value of `a` is never the result: only its truth counts.
        if let ExprKind::BoolOp { op: inner, values } = &value.kind
            && *inner != op
        {
            let next = self.u.label();
            let (last, first) = values.split_last().expect("and, or have operands");
            for v in first {
                self.jump_if(v, next, op == BoolOp::And)?;
            }
            self.deciding_value(op, last, target, end)?;
            self.u.bind(next);
            return Ok(());
        }
        let saved = self.u.span;
        self.expr_to(value, target)?;
        self.u.span = saved;
        let jump = match op {
            BoolOp::And => Opcode::JumpIfFalse,
            BoolOp::Or => Opcode::JumpIfTrue,
        };
        self.u.jump(jump, target, 0, end);
        Ok(())
    }

    fn if_exp(&mut self, test: &'a Expr, body: &'a Expr, orelse: &'a Expr, dst: Reg) -> Res {
        let (other, end) = (self.u.label(), self.u.label());
        self.jump_unless(test, other)?;
        self.expr_to(body, dst)?;
        self.u.go(end);
        self.u.bind(other);
        self.expr_to(orelse, dst)?;
        self.u.bind(end);
        Ok(())
    }

    fn walrus(&mut self, target: &'a Ident, value: &'a Expr, dst: Reg) -> Res {
        if let Some(r) = self.plain_local(target.name) {
            self.walrus_to_local(target, value, r)?;
            self.u.mov(dst, r);
            return Ok(());
        }
        let t = self.accumulator(dst);
        self.expr_to(value, t)?;
        self.store_name(target.name, t, target.span)?;
        self.u.mov(dst, t);
        Ok(())
    }

    fn walrus_to_local(&mut self, target: &'a Ident, value: &'a Expr, r: Reg) -> Res {
        if target.name == self.names.known.debug {
            return fail(target.span, "cannot assign to __debug__");
        }
        self.expr_to(value, r)?;
        self.u.bound.insert(r);
        Ok(())
    }

    fn bin_op(&mut self, e: &'a Expr, left: &'a Expr, op: BinOp, right: &'a Expr, dst: Reg) -> Res {
        if self.folded(e, dst) {
            return Ok(());
        }
        if op == BinOp::Mod && self.percent_format(left, right, dst)? {
            return Ok(());
        }
        let l = self.operand_before(left, &[right])?;
        if let (Some(opcode), Some(n)) = (immediate_op(op), fold(right).as_ref().and_then(small)) {
            self.u.emit(opcode, dst, l, n as u16);
            return Ok(());
        }
        let r = self.operand(right)?;
        self.u.emit(binary_op(op), dst, l, r);
        Ok(())
    }

    fn unary_op(&mut self, e: &'a Expr, op: UnaryOp, operand: &'a Expr, dst: Reg) -> Res {
        if self.folded(e, dst) {
            return Ok(());
        }
        if op == UnaryOp::Not
            && let ExprKind::Compare { left, rest } = &operand.kind
            && let [(cmp, right)] = rest.as_slice()
            && let Some(inverse) = inverse_identity(*cmp)
        {
            return self.compare_one(operand.span, left, inverse, right, dst);
        }
        let r = self.operand(operand)?;
        let opcode = match op {
            UnaryOp::Invert => Opcode::Invert,
            UnaryOp::Not => Opcode::Not,
            UnaryOp::Pos => Opcode::Pos,
            UnaryOp::Neg => Opcode::Neg,
        };
        self.u.emit(opcode, dst, r, 0);
        Ok(())
    }

    // ---- comparison ----

    fn compare(&mut self, left: &'a Expr, rest: &'a [(CmpOp, Expr)], dst: Reg) -> Res {
        if let [(op, right)] = rest {
            return self.compare_one(self.u.span, left, *op, right, dst);
        }
        let target = self.accumulator(dst);
        let end = self.u.label();
        let later: Vec<&Expr> = rest.iter().map(|(_, r)| r).collect();
        let mut l = self.operand_before(left, &later)?;
        for (n, (op, right)) in rest.iter().enumerate() {
            let is_last = n + 1 == rest.len();
            let r = self.comparison_right(*op, right, &later[n + 1..])?;
            self.u.emit(compare_op(*op), target, l, r);
            if !is_last {
                self.u.jump(Opcode::JumpIfFalse, target, 0, end);
            }
            l = r;
        }
        self.u.bind(end);
        self.u.mov(dst, target);
        Ok(())
    }

    fn compare_one(&mut self, span: Span, left: &'a Expr, op: CmpOp, right: &'a Expr, dst: Reg) -> Res {
        let l = self.operand_before(left, &[right])?;
        let r = self.comparison_right(op, right, &[])?;
        self.u.span = span;
        self.u.emit(compare_op(op), dst, l, r);
        Ok(())
    }

    /// The right side; a constant list or set display after `in` is a constant tuple or frozenset.
    pub(super) fn comparison_right(&mut self, op: CmpOp, right: &'a Expr, later: &[&Expr]) -> Res<Reg> {
        if matches!(op, CmpOp::In | CmpOp::NotIn)
            && let Some(c) = constant_container(right)
        {
            return Ok(self.const_operand(&c));
        }
        self.operand_before(right, later)
    }

    // ---- displays ----

    /// Evaluates all into consecutive temporaries; the first.
    pub(super) fn push_all(&mut self, items: &'a [Expr]) -> Res<Reg> {
        let first = self.u.regs.top;
        for item in items {
            self.push(item)?;
        }
        Ok(first)
    }

    fn tuple(&mut self, e: &'a Expr, items: &'a [Expr], dst: Reg) -> Res {
        if self.folded(e, dst) {
            return Ok(());
        }
        if items.len() <= BATCH && !items.iter().any(is_starred) {
            let base = self.push_all(items)?;
            self.u.emit(Opcode::BuildTuple, dst, base, items.len() as u16);
            return Ok(());
        }
        let t = self.accumulator(dst);
        self.list_in(items, t)?;
        self.u.emit(Opcode::ListToTuple, dst, t, 0);
        Ok(())
    }

    fn list(&mut self, items: &'a [Expr], dst: Reg) -> Res {
        let is_plain = !items.iter().any(is_starred);
        if is_plain && items.len() > 2 && items.iter().all(|i| fold(i).is_some()) {
            let values = items.iter().filter_map(fold).collect();
            let t = self.accumulator(dst);
            self.u.emit(Opcode::BuildList, t, t, 0);
            let c = self.const_operand(&Const::Tuple(values));
            self.u.emit(Opcode::ListExtend, t, c, NONE);
            self.u.mov(dst, t);
            return Ok(());
        }
        if is_plain && items.len() <= BATCH {
            let base = self.push_all(items)?;
            self.u.emit(Opcode::BuildList, dst, base, items.len() as u16);
            return Ok(());
        }
        let t = self.accumulator(dst);
        self.list_in(items, t)?;
        self.u.mov(dst, t);
        Ok(())
    }

    /// A list of the items, some of which may be starred, in the temporary `t`.
    pub(super) fn list_in(&mut self, items: &'a [Expr], t: Reg) -> Res {
        let leading = items.iter().take(BATCH).take_while(|i| !is_starred(i)).count();
        let mark = self.u.regs.top;
        let base = self.push_all(&items[..leading])?;
        self.u.emit(Opcode::BuildList, t, base, leading as u16);
        self.release(mark);
        self.append_all(t, &items[leading..])
    }

    /// Appends the items, some of which may be starred, to the list in `t`.
    pub(super) fn append_all(&mut self, t: Reg, items: &'a [Expr]) -> Res {
        let mark = self.u.regs.top;
        for item in items {
            if let ExprKind::Starred(value) = &item.kind {
                let r = self.operand(value)?;
                self.u.emit(Opcode::ListExtend, t, r, NONE);
            } else {
                let r = self.operand(item)?;
                self.u.emit(Opcode::ListAppend, t, r, 0);
            }
            self.release(mark);
        }
        Ok(())
    }

    fn set(&mut self, items: &'a [Expr], dst: Reg) -> Res {
        // As CPython does it: that shows in the order of the elements.
        let constants = || items.iter().map(fold).collect::<Option<_>>();
        if items.len() > 2
            && let Some(constants) = constants()
        {
            let t = self.accumulator(dst);
            let mark = self.u.regs.top;
            let base = self.push_all(&items[..0])?;
            self.u.emit(Opcode::BuildSet, t, base, 0);
            let frozen = self.const_operand(&Const::FrozenSet(constants));
            self.u.emit(Opcode::SetUpdate, t, frozen, 0);
            self.release(mark);
            self.u.mov(dst, t);
            return Ok(());
        }
        let leading = items.iter().take(BATCH).take_while(|i| !is_starred(i)).count();
        if leading == items.len() {
            let base = self.push_all(items)?;
            self.u.emit(Opcode::BuildSet, dst, base, items.len() as u16);
            return Ok(());
        }
        let t = self.accumulator(dst);
        let mark = self.u.regs.top;
        let base = self.push_all(&items[..leading])?;
        self.u.emit(Opcode::BuildSet, t, base, leading as u16);
        self.release(mark);
        for item in &items[leading..] {
            if let ExprKind::Starred(value) = &item.kind {
                let r = self.operand(value)?;
                self.u.emit(Opcode::SetUpdate, t, r, 0);
            } else {
                let r = self.operand(item)?;
                self.u.emit(Opcode::SetAdd, t, r, 0);
            }
            self.release(mark);
        }
        self.u.mov(dst, t);
        Ok(())
    }

    fn dict(&mut self, keys: &'a [Option<Expr>], values: &'a [Expr], dst: Reg) -> Res {
        let leading = keys.iter().take(BATCH / 2).take_while(|k| k.is_some()).count();
        let is_whole = leading == keys.len();
        let t = if is_whole { dst } else { self.accumulator(dst) };
        let mark = self.u.regs.top;
        for (key, value) in keys.iter().zip(values).take(leading) {
            self.push(key.as_ref().expect("counted"))?;
            self.push(value)?;
        }
        self.u.emit(Opcode::BuildDict, t, mark, leading as u16);
        self.release(mark);
        for (key, value) in keys.iter().zip(values).skip(leading) {
            match key {
                Some(key) => {
                    let k = self.operand_before(key, &[value])?;
                    let v = self.operand(value)?;
                    self.u.emit(Opcode::DictSet, t, k, v);
                }
                None => {
                    let m = self.operand(value)?;
                    self.u.emit(Opcode::DictUpdate, t, m, 0);
                }
            }
            self.release(mark);
        }
        self.u.mov(dst, t);
        Ok(())
    }

    // ---- attributes and items ----

    /// For a text over several lines CPython blames the line of the attribute's name.
    pub(super) fn attribute_span(&self, e: &Expr, attr: &Ident) -> Span {
        if self.is_multiline(e.span) { attr.span } else { e.span }
    }

    pub(super) fn is_multiline(&self, span: Span) -> bool {
        let text = self.options.source.as_bytes().get(span.start as usize..span.end as usize);
        text.is_some_and(|t| t.iter().any(|&b| b == b'\n' || b == b'\r'))
    }

    fn attribute(&mut self, e: &'a Expr, value: &'a Expr, attr: &'a Ident, dst: Reg) -> Res {
        let obj = self.operand(value)?;
        self.u.span = self.attribute_span(e, attr);
        let name = self.mangled_index(attr.name);
        self.u.emit(Opcode::GetAttr, dst, obj, name);
        Ok(())
    }

    fn subscript(&mut self, e: &'a Expr, value: &'a Expr, index: &'a Expr, dst: Reg) -> Res {
        if self.folded(e, dst) {
            return Ok(());
        }
        let obj = self.operand_before(value, &[index])?;
        if let ExprKind::Slice { lower, upper, step: None } = &index.kind {
            let base = self.slice_bounds(lower.as_deref(), upper.as_deref())?;
            self.u.emit(Opcode::GetSlice, dst, obj, base);
            return Ok(());
        }
        if let Some(n) = fold(index).as_ref().and_then(small) {
            self.u.emit(Opcode::GetItemImm, dst, obj, n as u16);
            return Ok(());
        }
        let key = self.operand(index)?;
        self.u.emit(Opcode::GetItem, dst, obj, key);
        Ok(())
    }

    fn slice_bounds(&mut self, lower: Option<&'a Expr>, upper: Option<&'a Expr>) -> Res<Reg> {
        let base = self.push_or_none(lower)?;
        self.push_or_none(upper)?;
        Ok(base)
    }

    fn push_or_none(&mut self, e: Option<&'a Expr>) -> Res<Reg> {
        match e {
            Some(e) => self.push(e),
            None => {
                let t = self.u.regs.alloc();
                self.u.emit(Opcode::LoadNone, t, 0, 0);
                Ok(t)
            }
        }
    }

    fn slice(&mut self, lower: Option<&'a Expr>, upper: Option<&'a Expr>, step: Option<&'a Expr>, dst: Reg) -> Res {
        let base = self.slice_bounds(lower, upper)?;
        self.push_or_none(step)?;
        self.u.emit(Opcode::BuildSlice, dst, base, 0);
        Ok(())
    }

    // ---- generators ----

    fn check_in_function(&mut self, span: Span, what: &str) -> Res {
        if self.scope().kind != crate::scope::ScopeKind::Function {
            return fail(span, format!("'{what}' outside function"));
        }
        Ok(())
    }

    fn yield_expr(&mut self, e: &'a Expr, value: Option<&'a Expr>, dst: Reg) -> Res {
        self.check_in_function(e.span, "yield")?;
        let v = match value {
            Some(v) => self.operand(v)?,
            None => self.const_operand(&Const::None),
        };
        self.u.emit(Opcode::Yield, dst, v, 0);
        Ok(())
    }

    fn yield_from(&mut self, e: &'a Expr, value: &'a Expr, dst: Reg) -> Res {
        self.check_in_function(e.span, "yield")?;
        if self.u.code.is_async {
            return fail(e.span, "'yield from' inside async function");
        }
        let v = self.operand(value)?;
        self.delegate(Opcode::GetYieldFromIter, v, dst);
        Ok(())
    }

    fn await_expr(&mut self, e: &'a Expr, value: &'a Expr, dst: Reg) -> Res {
        self.check_in_function(e.span, "await")?;
        if !self.u.code.is_async && self.scope().comprehension.is_none() {
            return fail(e.span, "'await' outside async function");
        }
        let v = self.operand(value)?;
        self.delegate(Opcode::GetYieldFromIter, v, dst);
        Ok(())
    }

    /// The loop of `yield from` over `src`.
    fn delegate(&mut self, get_iter: Opcode, src: Reg, dst: Reg) {
        let mark = self.u.regs.top;
        if dst == mark {
            self.u.regs.alloc();
        }
        let it = self.u.regs.alloc();
        let sent = self.u.regs.alloc();
        let got = self.u.regs.alloc();
        self.u.emit(get_iter, it, src, 0);
        self.u.emit(Opcode::LoadNone, sent, 0, 0);
        let done = self.u.label();
        let head = self.u.bind_head();
        self.u.jump_with(Opcode::Send, got, it, sent, done);
        self.u.emit(Opcode::Yield, sent, got, it + 1);
        self.u.go_back(head);
        self.u.bind(done);
        self.u.mov(dst, got);
        self.u.regs.top = mark;
    }
}

pub(super) fn is_starred(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Starred(_))
}

/// A list or set display of constants, as a tuple or frozenset.
pub(super) fn constant_container(e: &Expr) -> Option<Const> {
    match &e.kind {
        ExprKind::List(items) => items.iter().map(fold).collect::<Option<_>>().map(Const::Tuple),
        ExprKind::Set(items) => items.iter().map(fold).collect::<Option<_>>().map(Const::FrozenSet),
        _ => None,
    }
}

fn inverse_identity(op: CmpOp) -> Option<CmpOp> {
    match op {
        CmpOp::Is => Some(CmpOp::IsNot),
        CmpOp::IsNot => Some(CmpOp::Is),
        CmpOp::In => Some(CmpOp::NotIn),
        CmpOp::NotIn => Some(CmpOp::In),
        _ => None,
    }
}

pub(super) fn compare_op(op: CmpOp) -> Opcode {
    match op {
        CmpOp::Eq => Opcode::Eq,
        CmpOp::NotEq => Opcode::Ne,
        CmpOp::Lt => Opcode::Lt,
        CmpOp::LtE => Opcode::Le,
        CmpOp::Gt => Opcode::Gt,
        CmpOp::GtE => Opcode::Ge,
        CmpOp::Is => Opcode::Is,
        CmpOp::IsNot => Opcode::IsNot,
        CmpOp::In => Opcode::In,
        CmpOp::NotIn => Opcode::NotIn,
    }
}

pub(super) fn binary_op(op: BinOp) -> Opcode {
    match op {
        BinOp::Add => Opcode::Add,
        BinOp::Sub => Opcode::Sub,
        BinOp::Mult => Opcode::Mul,
        BinOp::MatMult => Opcode::MatMul,
        BinOp::Div => Opcode::Div,
        BinOp::Mod => Opcode::Mod,
        BinOp::Pow => Opcode::Pow,
        BinOp::LShift => Opcode::LShift,
        BinOp::RShift => Opcode::RShift,
        BinOp::BitOr => Opcode::BitOr,
        BinOp::BitXor => Opcode::BitXor,
        BinOp::BitAnd => Opcode::BitAnd,
        BinOp::FloorDiv => Opcode::FloorDiv,
    }
}

pub(super) fn in_place_op(op: BinOp) -> Opcode {
    match op {
        BinOp::Add => Opcode::IAdd,
        BinOp::Sub => Opcode::ISub,
        BinOp::Mult => Opcode::IMul,
        BinOp::MatMult => Opcode::IMatMul,
        BinOp::Div => Opcode::IDiv,
        BinOp::Mod => Opcode::IMod,
        BinOp::Pow => Opcode::IPow,
        BinOp::LShift => Opcode::ILShift,
        BinOp::RShift => Opcode::IRShift,
        BinOp::BitOr => Opcode::IBitOr,
        BinOp::BitXor => Opcode::IBitXor,
        BinOp::BitAnd => Opcode::IBitAnd,
        BinOp::FloorDiv => Opcode::IFloorDiv,
    }
}

fn immediate_op(op: BinOp) -> Option<Opcode> {
    Some(match op {
        BinOp::Add => Opcode::AddImm,
        BinOp::Sub => Opcode::SubImm,
        BinOp::Mult => Opcode::MulImm,
        BinOp::FloorDiv => Opcode::FloorDivImm,
        BinOp::Mod => Opcode::ModImm,
        BinOp::BitAnd => Opcode::BitAndImm,
        BinOp::LShift => Opcode::LShiftImm,
        BinOp::RShift => Opcode::RShiftImm,
        _ => return None,
    })
}
