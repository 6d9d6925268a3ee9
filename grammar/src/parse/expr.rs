//! Expressions: conditional and lambda, operator chains by precedence climbing, prefixes, primaries
//! (Python reference, chapter 6).

use super::builder::Builder;
use super::grammar::Rule;
use super::node::Cursor;
use crate::ast::{BinOp, BoolOp, CmpOp, Expr, ExprKind, Lambda, MAX_DEPTH, UnaryOp};
use crate::token::{self, Kind};

/// An expression with its tokens, parentheses included: `(a) + b` begins at the parenthesis, `a` does not.
pub(super) struct Part {
    pub expr: Expr,
    pub first: u32,
    pub end: u32,
}

// Binding strengths, weakest first.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARISON: u8 = 4;
const UNARY: u8 = 11;
const POWER: u8 = 12;

/// How strongly an operator binds; 0 for what is none.
fn strength(kind: Kind) -> u8 {
    match kind {
        token::OR => OR,
        token::AND => AND,
        token::LESS..=token::IS_NOT => COMPARISON,
        token::VBAR => 5,
        token::CARET => 6,
        token::AMPERSAND => 7,
        token::LEFT_SHIFT | token::RIGHT_SHIFT => 8,
        token::PLUS | token::MINUS => 9,
        token::DOUBLE_STAR => POWER,
        token::STAR..=token::AT => 10,
        _ => 0,
    }
}

pub(super) fn binary_operator(kind: Kind) -> BinOp {
    match kind {
        token::PLUS | token::PLUS_EQUAL => BinOp::Add,
        token::MINUS | token::MINUS_EQUAL => BinOp::Sub,
        token::STAR | token::STAR_EQUAL => BinOp::Mult,
        token::SLASH | token::SLASH_EQUAL => BinOp::Div,
        token::DOUBLE_SLASH | token::DOUBLE_SLASH_EQUAL => BinOp::FloorDiv,
        token::PERCENT | token::PERCENT_EQUAL => BinOp::Mod,
        token::AT | token::AT_EQUAL => BinOp::MatMult,
        token::DOUBLE_STAR | token::DOUBLE_STAR_EQUAL => BinOp::Pow,
        token::VBAR | token::VBAR_EQUAL => BinOp::BitOr,
        token::CARET | token::CARET_EQUAL => BinOp::BitXor,
        token::AMPERSAND | token::AMPERSAND_EQUAL => BinOp::BitAnd,
        token::LEFT_SHIFT | token::LEFT_SHIFT_EQUAL => BinOp::LShift,
        _ => BinOp::RShift,
    }
}

fn comparison_operator(kind: Kind) -> CmpOp {
    match kind {
        token::LESS => CmpOp::Lt,
        token::GREATER => CmpOp::Gt,
        token::EQUAL_EQUAL => CmpOp::Eq,
        token::GREATER_EQUAL => CmpOp::GtE,
        token::LESS_EQUAL => CmpOp::LtE,
        token::NOT_EQUAL => CmpOp::NotEq,
        token::IN => CmpOp::In,
        token::NOT_IN => CmpOp::NotIn,
        token::IS => CmpOp::Is,
        _ => CmpOp::IsNot,
    }
}

impl Builder<'_> {
    /// `expression` of the grammar at the cursor.
    pub fn expression(&mut self, cursor: &mut Cursor) -> Expr {
        self.expression_part(cursor).expr
    }

    pub fn boxed(&mut self, cursor: &mut Cursor) -> Box<Expr> {
        Box::new(self.expression(cursor))
    }

    pub fn expression_part(&mut self, cursor: &mut Cursor) -> Part {
        let first = self.node(cursor.at).start;
        if cursor.is_done() || !self.enter(first) {
            return self.give_up(cursor, first);
        }
        let part = match self.peek(cursor) {
            Some(Rule::lambda) => {
                let index = self.take(cursor);
                self.lambda(index)
            }
            _ => self.conditional(cursor),
        };
        self.leave();
        part
    }

    /// Leaves the rest of the cursor unread: the tree is too deep.
    fn give_up(&mut self, cursor: &mut Cursor, first: u32) -> Part {
        cursor.at = cursor.end;
        let expr = self.placeholder(self.span(first, first + 1));
        Part { expr, first, end: first + 1 }
    }

    fn conditional(&mut self, cursor: &mut Cursor) -> Part {
        let saved = std::mem::replace(&mut self.peak, self.depth);
        let mut part = self.climb(cursor, OR);
        if self.kind(part.end) == token::IF && !cursor.is_done() {
            let built = self.wrap(part.first, |builder| {
                let test = Box::new(builder.climb_apart(cursor).expr);
                // `expression_part` goes down a level by itself.
                builder.depth -= 1;
                let orelse = builder.expression_part(cursor);
                builder.depth += 1;
                (test, orelse)
            });
            if let Some((test, orelse)) = built {
                let end = orelse.end;
                let kind = ExprKind::IfExp { test, body: Box::new(part.expr), orelse: Box::new(orelse.expr) };
                part = self.part(kind, part.first, end);
            } else {
                cursor.at = cursor.end;
            }
        }
        self.peak = self.peak.max(saved);
        part
    }

    fn lambda(&mut self, index: usize) -> Part {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let params = self.parameters(&mut cursor, Rule::lambda_parameter);
        let body = self.expression(&mut cursor);
        self.part(ExprKind::Lambda(Box::new(Lambda { params, body })), node.start, node.end)
    }

    /// `disjunction` of the grammar.
    pub fn disjunction(&mut self, cursor: &mut Cursor) -> Expr {
        let first = self.node(cursor.at).start;
        if cursor.is_done() || !self.enter(first) {
            return self.give_up(cursor, first).expr;
        }
        let part = self.climb_apart(cursor);
        self.leave();
        part.expr
    }

    /// `arithmetic` of the grammar.
    pub fn arithmetic(&mut self, cursor: &mut Cursor) -> Part {
        let first = self.node(cursor.at).start;
        if cursor.is_done() || !self.enter(first) {
            return self.give_up(cursor, first);
        }
        let part = self.climb_apart(cursor);
        self.leave();
        part
    }

    /// An operator chain whose depth is not that of the expression around it.
    fn climb_apart(&mut self, cursor: &mut Cursor) -> Part {
        let saved = std::mem::replace(&mut self.peak, self.depth);
        let part = self.climb(cursor, OR);
        self.peak = self.peak.max(saved);
        part
    }

    pub fn part(&mut self, kind: ExprKind, first: u32, end: u32) -> Part {
        Part { expr: Expr { span: self.span(first, end), kind }, first, end }
    }

    /// Everything built since `peak` was reset sinks one level, below a node whose other parts `build` makes.
    /// `None` when that is too deep.
    fn wrap<T>(&mut self, token: u32, build: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let left = self.peak + 1;
        self.depth += 1;
        self.peak = self.depth;
        let is_fine = left <= MAX_DEPTH && self.depth <= MAX_DEPTH;
        if !is_fine {
            self.too_deep(token);
        }
        let built = is_fine.then(|| build(self));
        self.depth -= 1;
        self.peak = self.peak.max(left);
        built
    }

    /// Operators that bind at least as strongly as `weakest`.
    fn climb(&mut self, cursor: &mut Cursor, weakest: u8) -> Part {
        let mut left = match self.peek(cursor) {
            Some(Rule::not_op) => {
                if weakest > NOT {
                    let token = self.node(cursor.at).start;
                    self.error_at(token, token + 1, "invalid syntax");
                }
                self.unary(cursor, NOT)
            }
            Some(Rule::prefix) => self.unary(cursor, UNARY),
            _ => self.primary(cursor),
        };
        // The token behind an operand is an operator if another operand is left.
        while !cursor.is_done() {
            let kind = self.kind(left.end);
            let strength = strength(kind);
            if strength < weakest || strength == 0 {
                break;
            }
            let first = left.first;
            let rest = self.wrap(first, |builder| match strength {
                OR | AND => builder.same_operator(cursor, kind, strength),
                COMPARISON => builder.comparisons(cursor, kind),
                _ => {
                    let saved = std::mem::replace(&mut builder.peak, builder.depth);
                    let right = builder.climb(cursor, if strength == POWER { UNARY } else { strength + 1 });
                    builder.peak = builder.peak.max(saved);
                    (vec![(kind, right.expr)], right.end)
                }
            });
            let Some((mut rest, end)) = rest else {
                cursor.at = cursor.end;
                return left;
            };
            let kind = match strength {
                OR | AND => {
                    let op = if strength == OR { BoolOp::Or } else { BoolOp::And };
                    let mut values = Vec::with_capacity(rest.len() + 1);
                    values.push(left.expr);
                    values.extend(rest.into_iter().map(|(_, value)| value));
                    ExprKind::BoolOp { op, values }
                }
                COMPARISON => {
                    let rest = rest.into_iter().map(|(kind, value)| (comparison_operator(kind), value)).collect();
                    ExprKind::Compare { left: Box::new(left.expr), rest }
                }
                _ => {
                    let (_, right) = rest.pop().expect("one operand");
                    let op = binary_operator(kind);
                    ExprKind::BinOp { left: Box::new(left.expr), op, right: Box::new(right) }
                }
            };
            left = self.part(kind, first, end);
        }
        left
    }

    /// The operands of a run of the same `and` or `or`.
    fn same_operator(&mut self, cursor: &mut Cursor, kind: Kind, strength: u8) -> (Vec<(Kind, Expr)>, u32) {
        let mut rest = Vec::with_capacity(1);
        loop {
            let saved = std::mem::replace(&mut self.peak, self.depth);
            let right = self.climb(cursor, strength + 1);
            self.peak = self.peak.max(saved);
            rest.push((kind, right.expr));
            if cursor.is_done() || self.kind(right.end) != kind {
                return (rest, right.end);
            }
        }
    }

    /// The rest of a comparison chain whose first operator is `kind`.
    fn comparisons(&mut self, cursor: &mut Cursor, mut kind: Kind) -> (Vec<(Kind, Expr)>, u32) {
        let mut rest = Vec::with_capacity(1);
        loop {
            let saved = std::mem::replace(&mut self.peak, self.depth);
            let right = self.climb(cursor, COMPARISON + 1);
            self.peak = self.peak.max(saved);
            rest.push((kind, right.expr));
            kind = self.kind(right.end);
            if cursor.is_done() || strength(kind) != COMPARISON {
                return (rest, right.end);
            }
        }
    }

    fn unary(&mut self, cursor: &mut Cursor, strength: u8) -> Part {
        let first = self.node(cursor.at).start;
        if cursor.is_done() || !self.enter(first) {
            return self.give_up(cursor, first);
        }
        let op = match self.kind(first) {
            token::NOT => UnaryOp::Not,
            token::PLUS => UnaryOp::Pos,
            token::MINUS => UnaryOp::Neg,
            _ => UnaryOp::Invert,
        };
        cursor.at += 1;
        let operand = self.climb(cursor, strength);
        self.leave();
        let end = operand.end;
        self.part(ExprKind::UnaryOp { op, operand: Box::new(operand.expr) }, first, end)
    }

    /// An atom with `await` before it and attributes, calls and subscripts behind it.
    fn primary(&mut self, cursor: &mut Cursor) -> Part {
        if cursor.is_done() {
            let first = self.node(cursor.at).start;
            return self.give_up(cursor, first);
        }
        let awaits = self.take_if(cursor, Rule::await_op);
        let index = self.take(cursor);
        let node = self.node(index);
        self.peak = self.peak.max(self.depth);
        let kind = self.atom(index);
        let mut part = match kind {
            Ok(kind) => self.part(kind, node.start, node.end),
            // In parentheses: the span is that of the inner expression.
            Err(expr) => Part { expr, first: node.start, end: node.end },
        };
        while let Some(Rule::attribute | Rule::call | Rule::subscript) = self.peek(cursor) {
            let index = self.take(cursor);
            let node = self.node(index);
            let trailer = self.wrap(node.start, |builder| builder.trailer(index));
            let Some(trailer) = trailer else {
                cursor.at = cursor.end;
                return part;
            };
            let kind = trailer.around(part.expr);
            part = self.part(kind, part.first, node.end);
        }
        if let Some(index) = awaits {
            let first = self.node(index).start;
            if self.wrap(first, |_| ()).is_some() {
                part = self.part(ExprKind::Await(Box::new(part.expr)), first, part.end);
            }
        }
        part
    }
}
