//! Simple statements, and lists of statements (Python reference, chapter 7).

use super::builder::Builder;
use super::expr::binary_operator;
use super::grammar::Rule;
use super::node::Cursor;
use super::target::{Purpose, describe};
use crate::ast::{Alias, DottedName, Expr, ExprKind, Ident, Span, Stmt, StmtKind};
use crate::token;

impl Builder<'_> {
    /// All statements left at the cursor.
    pub fn statements(&mut self, cursor: &mut Cursor, body: &mut Vec<Stmt>) {
        while !cursor.is_done() {
            let index = self.take(cursor);
            if self.node(index).rule == Rule::EOI {
                break;
            }
            if let Some(statement) = self.statement(index) {
                body.push(statement);
            }
        }
    }

    /// `None` for a statement that was already reported as wrong.
    fn statement(&mut self, index: usize) -> Option<Stmt> {
        let node = self.node(index);
        if !self.enter(node.start) {
            return None;
        }
        self.peak = self.depth;
        let kind = match node.rule {
            Rule::assignment => self.assignment(index),
            Rule::return_stmt => {
                let mut cursor = self.children(index);
                let value = self.take_if(&mut cursor, Rule::exprs).map(|exprs| Box::new(self.exprs(exprs)));
                StmtKind::Return(value)
            }
            Rule::pass_stmt => StmtKind::Pass,
            Rule::break_stmt => StmtKind::Break,
            Rule::continue_stmt => StmtKind::Continue,
            Rule::raise_stmt => {
                let mut cursor = self.children(index);
                let exc = (!cursor.is_done()).then(|| self.boxed(&mut cursor));
                let cause = (!cursor.is_done()).then(|| self.boxed(&mut cursor));
                StmtKind::Raise { exc, cause }
            }
            Rule::assert_stmt => {
                let mut cursor = self.children(index);
                let test = self.boxed(&mut cursor);
                let msg = (!cursor.is_done()).then(|| self.boxed(&mut cursor));
                StmtKind::Assert { test, msg }
            }
            Rule::del_stmt => self.delete(index),
            Rule::global_stmt => StmtKind::Global(self.name_list(index)),
            Rule::nonlocal_stmt => StmtKind::Nonlocal(self.name_list(index)),
            Rule::import_stmt => self.import(index),
            Rule::from_stmt => self.import_from(index),
            Rule::damaged => {
                let mut cursor = self.children(index);
                self.statements(&mut cursor, &mut Vec::new());
                self.leave();
                return None;
            }
            _ => self.compound(index),
        };
        self.leave();
        let span = match &kind {
            // Without the decorators.
            StmtKind::FunctionDef(function) => function.span,
            StmtKind::ClassDef(class) => class.span,
            _ => self.statement_span(index),
        };
        Some(Stmt { span, kind })
    }

    /// A compound statement's node also holds the line ends of its blocks: they do not count.
    pub fn statement_span(&self, index: usize) -> Span {
        let node = self.node(index);
        let mut end = node.end;
        while end > node.start + 1 && matches!(self.kind(end - 1), token::END_OF_LINE | token::DEDENT) {
            end -= 1;
        }
        self.span(node.start, end)
    }

    /// `value` of the grammar: expressions or `yield`.
    fn value(&mut self, cursor: &mut Cursor) -> Expr {
        let index = self.take(cursor);
        match self.node(index).rule {
            Rule::yield_expr => self.yield_expression(index),
            _ => self.exprs(index),
        }
    }

    /// Expression statements and assignments.
    fn assignment(&mut self, index: usize) -> StmtKind {
        let mut cursor = self.children(index);
        let first = self.node(cursor.at);
        let target = self.value(&mut cursor);
        match self.peek(&cursor) {
            None => StmtKind::Expr(Box::new(target)),
            Some(Rule::augmented) => {
                let index = self.take(&mut cursor);
                self.augmented(target, first.start, index)
            }
            Some(Rule::annotated) => {
                let index = self.take(&mut cursor);
                self.annotated(target, first.start, first.end, index)
            }
            Some(_) => {
                let mut targets = vec![target];
                let mut firsts = vec![(first.start, first.end)];
                while !cursor.is_done() {
                    let node = self.node(cursor.at);
                    firsts.push((node.start, node.end));
                    targets.push(self.value(&mut cursor));
                }
                let value = Box::new(targets.pop().expect("there are two"));
                let is_chained = targets.len() > 1;
                for (target, (start, equal)) in targets.iter().zip(firsts) {
                    let errors = self.errors.len();
                    self.check_assignment(target, start, equal, is_chained);
                    if self.errors.len() > errors {
                        break;
                    }
                }
                StmtKind::Assign { targets, value }
            }
        }
    }

    fn augmented(&mut self, target: Expr, first: u32, index: usize) -> StmtKind {
        let op = binary_operator(self.kind(self.node(index).start));
        let mut cursor = self.children(index);
        let value = Box::new(self.value(&mut cursor));
        let is_target = matches!(target.kind, ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. });
        if !is_target && self.kind(first) == token::YIELD {
            let at = self.node(index).start;
            self.error_at(at, at + 1, "invalid syntax");
        } else if !is_target {
            let message = format!("'{}' is an illegal expression for augmented assignment", describe(&target));
            self.error(first, target.span, message);
        }
        StmtKind::AugAssign { target: Box::new(target), op, value }
    }

    fn annotated(&mut self, target: Expr, first: u32, end: u32, index: usize) -> StmtKind {
        let mut cursor = self.children(index);
        let annotation = self.boxed(&mut cursor);
        let value = (!cursor.is_done()).then(|| Box::new(self.value(&mut cursor)));
        match target.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {}
            ExprKind::List(_) | ExprKind::Tuple(_) => {
                let message = format!("only single target (not {}) can be annotated", describe(&target));
                self.error(first, target.span, message);
            }
            ExprKind::Starred(_) | ExprKind::Yield(_) | ExprKind::YieldFrom(_) if self.kind(first) != token::LPAR => {
                self.error_at(end, end + 1, "invalid syntax");
            }
            _ => self.error(first, target.span, "illegal target for annotation"),
        }
        let simple = matches!(target.kind, ExprKind::Name(_)) && end == first + 1;
        StmtKind::AnnAssign { target: Box::new(target), annotation, value, simple }
    }

    fn delete(&mut self, index: usize) -> StmtKind {
        let mut cursor = self.children(index);
        let exprs = self.take(&mut cursor);
        let mut inner = self.children(exprs);
        let mut targets = Vec::with_capacity(1);
        let first = self.node(exprs).start;
        while !inner.is_done() {
            let target = self.item(&mut inner).expr;
            self.check_target(&target, first, Purpose::Delete);
            targets.push(target);
        }
        StmtKind::Delete(targets)
    }

    fn name_list(&mut self, index: usize) -> Vec<Ident> {
        let node = self.node(index);
        (node.start + 1..node.end).step_by(2).map(|token| self.ident(token)).collect()
    }

    /// The name `a.b.c` of the tokens from `first` to before `end`.
    pub fn dotted_name(&mut self, first: u32, end: u32) -> DottedName {
        let span = self.span(first, end);
        if end == first + 1 {
            return DottedName { name: self.name(first), span };
        }
        let mut text = String::new();
        for token in (first..end).step_by(2) {
            let name = self.name(token);
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(self.names.text(name));
        }
        DottedName { name: self.names.intern(&text), span }
    }

    /// The name behind `as` at the end of a node's tokens, and where the part before it ends.
    pub fn as_name(&mut self, first: u32, end: u32) -> (Option<Ident>, u32) {
        if end > first + 2 && self.kind(end - 2) == token::AS { (Some(self.ident(end - 1)), end - 2) } else { (None, end) }
    }

    fn import(&mut self, index: usize) -> StmtKind {
        let mut cursor = self.children(index);
        let mut names = Vec::with_capacity(1);
        while !cursor.is_done() {
            let index = self.take(&mut cursor);
            let node = self.node(index);
            let (asname, end) = self.as_name(node.start, node.end);
            let name = self.dotted_name(node.start, end).name;
            names.push(Alias { name, asname, span: self.node_span(index) });
        }
        StmtKind::Import(names)
    }

    fn import_from(&mut self, index: usize) -> StmtKind {
        let mut cursor = self.children(index);
        let mut level = 0;
        let mut at = self.node(index).start + 1;
        loop {
            match self.kind(at) {
                token::DOT => level += 1,
                token::ELLIPSIS => level += 3,
                _ => break,
            }
            at += 1;
        }
        let module = self.take_if(&mut cursor, Rule::from_module).map(|index| {
            let node = self.node(index);
            self.dotted_name(node.start, node.end)
        });
        let mut names = Vec::with_capacity(1);
        while !cursor.is_done() {
            let index = self.take(&mut cursor);
            let node = self.node(index);
            let span = self.node_span(index);
            if node.rule == Rule::import_star {
                let name = self.names.intern("*");
                names.push(Alias { name, asname: None, span });
                continue;
            }
            let (asname, _) = self.as_name(node.start, node.end);
            let name = self.name(node.start);
            names.push(Alias { name, asname, span });
        }
        StmtKind::ImportFrom { module, names, level }
    }
}
