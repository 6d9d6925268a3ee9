//! What may stand left of `=`, behind `for`, `del`, `as` … and what CPython calls the things that may not
//! (Python reference, 7.2, 7.5, 8.3, 8.5).

use super::builder::Builder;
use super::expr::Part;
use super::grammar::Rule;
use crate::ast::{Constant, Expr, ExprKind};
use crate::token;

/// What a target is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Assign,
    For,
    Delete,
}

/// CPython's name for the kind of an expression.
pub(super) fn describe(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::Attribute { .. } => "attribute",
        ExprKind::Subscript { .. } => "subscript",
        ExprKind::Starred(_) => "starred",
        ExprKind::Name(_) => "name",
        ExprKind::List(_) => "list",
        ExprKind::Tuple(_) => "tuple",
        ExprKind::Lambda(_) => "lambda",
        ExprKind::Call(_) => "function call",
        ExprKind::BoolOp { .. } | ExprKind::BinOp { .. } | ExprKind::UnaryOp { .. } => "expression",
        ExprKind::GeneratorExp { .. } => "generator expression",
        ExprKind::Yield(_) | ExprKind::YieldFrom(_) => "yield expression",
        ExprKind::Await(_) => "await expression",
        ExprKind::ListComp { .. } => "list comprehension",
        ExprKind::SetComp { .. } => "set comprehension",
        ExprKind::DictComp { .. } => "dict comprehension",
        ExprKind::Dict { .. } => "dict literal",
        ExprKind::Set(_) => "set display",
        ExprKind::JoinedStr(_) => "f-string expression",
        ExprKind::Compare { .. } => "comparison",
        ExprKind::IfExp { .. } => "conditional expression",
        ExprKind::NamedExpr { .. } => "named expression",
        ExprKind::Slice { .. } => "slice",
        ExprKind::Constant(constant) => match constant {
            Constant::None => "None",
            Constant::True => "True",
            Constant::False => "False",
            Constant::Ellipsis => "ellipsis",
            _ => "literal",
        },
    }
}

/// The first part of `expr` that can't be a target.
pub(super) fn invalid_target(expr: &Expr, purpose: Purpose) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => None,
        ExprKind::List(items) | ExprKind::Tuple(items) => {
            items.iter().find_map(|item| invalid_target(item, purpose))
        }
        ExprKind::Starred(value) if purpose != Purpose::Delete => invalid_target(value, purpose),
        _ => Some(expr),
    }
}

impl Builder<'_> {
    /// The targets of a `for`, as one name or tuple, checked.
    pub fn targets(&mut self, index: usize, purpose: Purpose) -> Expr {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let first = self.target(&mut cursor);
        let target = if first.end == node.end {
            first.expr
        } else {
            let mut items = vec![first.expr];
            while !cursor.is_done() {
                items.push(self.target(&mut cursor).expr);
            }
            Expr { span: self.span(node.start, node.end), kind: ExprKind::Tuple(items) }
        };
        self.check_target(&target, node.start, purpose);
        target
    }

    /// One target, not yet checked.
    pub fn target(&mut self, cursor: &mut super::node::Cursor) -> Part {
        if let Some(index) = self.take_if(cursor, Rule::star) {
            return self.star(index);
        }
        self.arithmetic(cursor)
    }

    pub fn check_target(&mut self, target: &Expr, token: u32, purpose: Purpose) {
        let Some(wrong) = invalid_target(target, purpose) else {
            self.check_groups(target, token);
            return;
        };
        let verb = if purpose == Purpose::Delete { "delete" } else { "assign to" };
        let message = format!("cannot {verb} {}", describe(wrong));
        self.error(token, wrong.span, message);
    }

    /// `**a = 1`, `* *a = 1`: a star directly below a star.
    fn check_groups(&mut self, target: &Expr, token: u32) {
        match &target.kind {
            ExprKind::Starred(value) => {
                if let ExprKind::Starred(_) = value.kind {
                    self.error(token, value.span, "invalid syntax");
                }
            }
            ExprKind::List(items) | ExprKind::Tuple(items) => {
                for item in items {
                    self.check_groups(item, token);
                }
            }
            _ => {}
        }
    }

    /// The target of a plain assignment. `is_chained`: there is more than one `=`.
    pub fn check_assignment(&mut self, target: &Expr, first: u32, equal: u32, is_chained: bool) {
        let Some(wrong) = invalid_target(target, Purpose::Assign) else {
            self.check_groups(target, first);
            return;
        };
        let name = describe(wrong);
        if matches!(wrong.kind, ExprKind::Yield(_) | ExprKind::YieldFrom(_)) && self.kind(first) == token::YIELD {
            self.error(first, wrong.span, "assignment to yield expression not possible");
            return;
        }
        let message = if !is_chained && self.is_comparable(wrong, target, first, equal) {
            format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?")
        } else {
            format!("cannot assign to {name}")
        };
        self.error(first, wrong.span, message);
    }

    /// `wrong = value` could be meant as a comparison: CPython then says so. That is when the target is one
    /// expression that binds tighter than a comparison, not beginning with a display, and so is the value's
    /// beginning.
    fn is_comparable(&self, wrong: &Expr, target: &Expr, first: u32, equal: u32) -> bool {
        let is_whole = std::ptr::eq(wrong, target);
        let is_tight = match &wrong.kind {
            ExprKind::Compare { .. }
            | ExprKind::BoolOp { .. }
            | ExprKind::IfExp { .. }
            | ExprKind::Lambda(_)
            | ExprKind::NamedExpr { .. } => self.kind(first) == token::LPAR,
            ExprKind::UnaryOp { op: crate::ast::UnaryOp::Not, .. } => self.kind(first) == token::LPAR,
            ExprKind::Constant(Constant::None | Constant::True | Constant::False)
            | ExprKind::GeneratorExp { .. }
            | ExprKind::Starred(_) => false,
            _ => true,
        };
        let starts_with_display = matches!(self.kind(first), token::NONE | token::TRUE | token::FALSE | token::STAR);
        let value = self.kind(equal + 1);
        is_whole && is_tight && !starts_with_display && !matches!(value, token::NOT | token::LAMBDA | token::YIELD | token::STAR)
    }
}
