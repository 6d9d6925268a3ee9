//! Conditions: tests compiled to jumps, without a truth value in between.

use super::expr::small;
use super::*;
use crate::fold::{self, fold};

impl<'a> Compiler<'a> {
    /// Goes on when the test is true, else to `label`.
    pub(super) fn jump_unless(&mut self, test: &'a Expr, label: Label) -> Res {
        self.jump_if(test, label, false)
    }

    /// Jumps to `label` when the truth of `test` is `sense`.
    ///
    /// CPython blames what stands around the test for errors of `__bool__`; a comparison takes the blame itself, and
    /// keeps it for what follows (the `raise` of an `assert`): the current span is not restored.
    pub(super) fn jump_if(&mut self, test: &'a Expr, label: Label, sense: bool) -> Res {
        let mark = self.u.regs.top;
        let result = self.jump_inner(test, label, sense);
        self.release(mark);
        result
    }

    fn jump_inner(&mut self, test: &'a Expr, label: Label, sense: bool) -> Res {
        match &test.kind {
            ExprKind::UnaryOp { op: UnaryOp::Not, operand } => self.jump_if(operand, label, !sense),
            ExprKind::BoolOp { op, values } => self.jump_bool(*op, values, label, sense),
            ExprKind::IfExp { test, body, orelse } => {
                let (other, end) = (self.u.label(), self.u.label());
                self.jump_unless(test, other)?;
                self.jump_if(body, label, sense)?;
                self.u.go(end);
                self.u.bind(other);
                self.jump_if(orelse, label, sense)?;
                self.u.bind(end);
                Ok(())
            }
            ExprKind::Compare { left, rest } => {
                self.u.span = test.span;
                self.jump_compare(left, rest, label, sense)
            }
            ExprKind::Name(name) if *name == self.names.known.debug => {
                self.jump_const(true, label, sense);
                Ok(())
            }
            _ => {
                if let Some(c) = fold(test) {
                    self.jump_const(fold::truth(&c), label, sense);
                    return Ok(());
                }
                let r = self.operand(test)?;
                self.u.jump(if sense { Opcode::JumpIfTrue } else { Opcode::JumpIfFalse }, r, 0, label);
                Ok(())
            }
        }
    }

    fn jump_const(&mut self, truth: bool, label: Label, sense: bool) {
        if truth == sense {
            self.u.go(label);
        }
    }

    fn jump_bool(&mut self, op: BoolOp, values: &'a [Expr], label: Label, sense: bool) -> Res {
        // `or` is decided by the first true value, `and` by the first false one.
        let deciding = op == BoolOp::Or;
        if sense == deciding {
            return values.iter().try_for_each(|v| self.jump_if(v, label, sense));
        }
        let skip = self.u.label();
        let (last, first) = values.split_last().expect("and, or have operands");
        for value in first {
            self.jump_if(value, skip, deciding)?;
        }
        self.jump_if(last, label, sense)?;
        self.u.bind(skip);
        Ok(())
    }

    fn jump_compare(&mut self, left: &'a Expr, rest: &'a [(CmpOp, Expr)], label: Label, sense: bool) -> Res {
        let later: Vec<&Expr> = rest.iter().map(|(_, r)| r).collect();
        let mut l = self.operand_before(left, &later)?;
        let skip = self.u.label();
        for (n, (op, right)) in rest.iter().enumerate() {
            let is_last = n + 1 == rest.len();
            let (target, when) = if is_last || !sense { (label, sense) } else { (skip, false) };
            if is_last && self.jump_immediate(l, *op, right, target, when) {
                break;
            }
            let r = self.comparison_right(*op, right, &later[n + 1..])?;
            self.u.jump(jump_op(*op, when), l, r, target);
            l = r;
        }
        self.u.bind(skip);
        Ok(())
    }

    /// Comparison with None or a small number.
    fn jump_immediate(&mut self, l: Reg, op: CmpOp, right: &'a Expr, label: Label, when: bool) -> bool {
        let Some(c) = fold(right) else { return false };
        if c == Const::None && matches!(op, CmpOp::Is | CmpOp::IsNot) {
            let jump = if (op == CmpOp::Is) == when { Opcode::JumpIfNone } else { Opcode::JumpIfNotNone };
            self.u.jump(jump, l, 0, label);
            return true;
        }
        match (small(&c), immediate_jump(op, when)) {
            (Some(n), Some(jump)) => {
                self.u.jump(jump, l, n as u16, label);
                true
            }
            _ => false,
        }
    }
}

/// The jump taken when the comparison is `when`.
fn jump_op(op: CmpOp, when: bool) -> Opcode {
    use Opcode::*;
    let (yes, no) = match op {
        CmpOp::Eq => (JumpIfEq, JumpIfNotEq),
        CmpOp::NotEq => (JumpIfNe, JumpIfNotNe),
        CmpOp::Lt => (JumpIfLt, JumpIfNotLt),
        CmpOp::LtE => (JumpIfLe, JumpIfNotLe),
        CmpOp::Gt => (JumpIfGt, JumpIfNotGt),
        CmpOp::GtE => (JumpIfGe, JumpIfNotGe),
        CmpOp::Is => (JumpIfIs, JumpIfIsNot),
        CmpOp::IsNot => (JumpIfIsNot, JumpIfIs),
        CmpOp::In => (JumpIfIn, JumpIfNotIn),
        CmpOp::NotIn => (JumpIfNotIn, JumpIfIn),
    };
    if when { yes } else { no }
}

fn immediate_jump(op: CmpOp, when: bool) -> Option<Opcode> {
    use Opcode::*;
    let (yes, no) = match op {
        CmpOp::Eq => (JumpIfEqImm, JumpIfNotEqImm),
        CmpOp::NotEq => (JumpIfNeImm, JumpIfNotNeImm),
        CmpOp::Lt => (JumpIfLtImm, JumpIfNotLtImm),
        CmpOp::LtE => (JumpIfLeImm, JumpIfNotLeImm),
        CmpOp::Gt => (JumpIfGtImm, JumpIfNotGtImm),
        CmpOp::GtE => (JumpIfGeImm, JumpIfNotGeImm),
        _ => return None,
    };
    Some(if when { yes } else { no })
}
