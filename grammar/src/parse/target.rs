//! What may stand left of `=`, behind `for`, `del`, `as` … and what CPython calls the things that may not
//! (Python reference, 7.2, 7.5, 8.3, 8.5).

use super::builder::Builder;
use super::expr::Part;
use super::grammar::Rule;
use crate::ast::{Constant, Expr, ExprKind, UnaryOp};
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
        ExprKind::List(items) | ExprKind::Tuple(items) => items.iter().find_map(|item| invalid_target(item, purpose)),
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

    /// The target of a plain assignment: the tokens from `first` to before `equal`.
    /// `is_chained`: there is more than one `=`.
    pub fn check_assignment(&mut self, target: &Expr, first: u32, equal: u32, is_chained: bool) {
        let Some(mut wrong) = invalid_target(target, Purpose::Assign) else {
            self.check_groups(target, first);
            return;
        };
        if matches!(wrong.kind, ExprKind::Yield(_) | ExprKind::YieldFrom(_)) && self.kind(first) == token::YIELD {
            self.error(first, wrong.span, "assignment to yield expression not possible");
            return;
        }
        let mut message = format!("cannot assign to {}", describe(wrong));
        if !is_chained && let Some(last) = self.last_before(target, first, equal) {
            // CPython then looks at what stands right before the `=`, be it a valid target or not.
            wrong = last;
            message = if let ExprKind::Name(_) = last.kind
                && last.span == self.spans[equal as usize - 1]
            {
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?".into()
            } else {
                format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", describe(last))
            };
        }
        self.error(first, wrong.span, message);
    }

    /// What stands right before a single `=` if a comparison could have been meant: an expression that binds
    /// tighter than a comparison and does not begin with a display, and such a beginning behind the `=`.
    fn last_before<'e>(&self, target: &'e Expr, first: u32, equal: u32) -> Option<&'e Expr> {
        if matches!(self.kind(equal + 1), token::NOT | token::LAMBDA | token::YIELD | token::STAR) {
            return None;
        }
        let (last, token) = match &target.kind {
            ExprKind::Tuple(items) if target.span.start != items.first()?.span.start => (target, first),
            ExprKind::Tuple(items) => {
                if self.kind(equal - 1) == token::COMMA {
                    return None;
                }
                let last = items.last()?;
                // Where it begins, parentheses included.
                let start = self.spans.partition_point(|span| span.start < last.span.start) as u32;
                let has_parentheses = start > 0 && self.kind(start - 1) == token::LPAR;
                (last, if has_parentheses { start - 1 } else { start })
            }
            _ => (target, first),
        };
        let in_parentheses = self.kind(token) == token::LPAR;
        let is_tight = match &last.kind {
            ExprKind::Compare { .. }
            | ExprKind::BoolOp { .. }
            | ExprKind::IfExp { .. }
            | ExprKind::Lambda(_)
            | ExprKind::NamedExpr { .. }
            | ExprKind::UnaryOp { op: UnaryOp::Not, .. } => in_parentheses,
            ExprKind::Starred(_) => false,
            _ => true,
        };
        let starts_with_display = match leftmost(last).kind {
            ExprKind::List(_) | ExprKind::Tuple(_) | ExprKind::GeneratorExp { .. } => true,
            _ => matches!(self.kind(token), token::NONE | token::TRUE | token::FALSE),
        };
        (is_tight && !starts_with_display).then_some(last)
    }
}

/// The expression that `expr` begins with.
fn leftmost(expr: &Expr) -> &Expr {
    let mut expr = expr;
    loop {
        expr = match &expr.kind {
            ExprKind::Attribute { value, .. } | ExprKind::Subscript { value, .. } => value,
            ExprKind::Call(call) => &call.func,
            ExprKind::BinOp { left, .. } => left,
            _ => return expr,
        };
    }
}
