//! Compound statements (Python reference, chapter 8); `match` is in `pattern.rs`.

use super::builder::Builder;
use super::grammar::Rule;
use super::node::Cursor;
use super::target::Purpose;
use crate::ast::{ClassDef, ExceptHandler, For, FunctionDef, Span, Stmt, StmtKind, Try, With, WithItem};
use crate::token;

impl Builder<'_> {
    pub fn compound(&mut self, index: usize) -> StmtKind {
        let mut cursor = self.children(index);
        match self.node(index).rule {
            Rule::if_stmt => self.if_statement(&mut cursor),
            Rule::while_stmt => {
                let test = Box::new(self.named(&mut cursor));
                let body = self.block(&mut cursor);
                let orelse = self.else_clause(&mut cursor);
                StmtKind::While { test, body, orelse }
            }
            Rule::for_stmt => self.for_statement(index, false),
            Rule::with_stmt => self.with_statement(index, false),
            Rule::try_stmt => self.try_statement(&mut cursor),
            Rule::match_stmt => self.match_statement(index),
            Rule::function => self.function(index, Vec::new(), None),
            Rule::class => self.class(index, Vec::new()),
            Rule::async_stmt => {
                let keyword = self.node(index).start;
                let inner = self.take(&mut cursor);
                match self.node(inner).rule {
                    Rule::function => self.function(inner, Vec::new(), Some(keyword)),
                    Rule::for_stmt => self.for_statement(inner, true),
                    _ => self.with_statement(inner, true),
                }
            }
            _ => self.decorated(&mut cursor),
        }
    }

    /// The statements of the `block` node at the cursor.
    pub fn block(&mut self, cursor: &mut Cursor) -> Vec<Stmt> {
        let index = self.take(cursor);
        let mut inner = self.children(index);
        let mut body = Vec::new();
        self.statements(&mut inner, &mut body);
        body
    }

    fn else_clause(&mut self, cursor: &mut Cursor) -> Vec<Stmt> {
        match self.take_if(cursor, Rule::else_clause) {
            Some(index) => {
                let mut inner = self.children(index);
                self.block(&mut inner)
            }
            None => Vec::new(),
        }
    }

    /// `elif` is an `if` in the `else` of the one before: built forwards, folded from the end.
    fn if_statement(&mut self, cursor: &mut Cursor) -> StmtKind {
        let test = Box::new(self.named(cursor));
        let body = self.block(cursor);
        let depth = self.depth;
        let mut clauses: Vec<(Span, _, Vec<Stmt>)> = Vec::new();
        let mut last = cursor.at - 1;
        while let Some(index) = self.take_if(cursor, Rule::elif_clause) {
            if !self.enter(self.node(index).start) {
                self.depth = depth;
                return StmtKind::Pass;
            }
            last = index;
            let mut inner = self.children(index);
            let test = Box::new(self.named(&mut inner));
            clauses.push((self.node_span(index), test, self.block(&mut inner)));
        }
        // Each of them ends where the whole statement ends.
        let end = self.statement_span(if cursor.is_done() { last } else { cursor.at }).end;
        let mut orelse = self.else_clause(cursor);
        self.depth = depth;
        while let Some((span, test, body)) = clauses.pop() {
            let kind = StmtKind::If { test, body, orelse };
            orelse = vec![Stmt { span: Span { start: span.start, end }, kind }];
        }
        StmtKind::If { test, body, orelse }
    }

    fn for_statement(&mut self, index: usize, is_async: bool) -> StmtKind {
        let mut cursor = self.children(index);
        let targets = self.take(&mut cursor);
        let target = self.targets(targets, Purpose::For);
        let exprs = self.take(&mut cursor);
        let iter = self.exprs(exprs);
        let body = self.block(&mut cursor);
        let orelse = self.else_clause(&mut cursor);
        StmtKind::For(Box::new(For { target, iter, body, orelse, is_async }))
    }

    fn with_statement(&mut self, index: usize, is_async: bool) -> StmtKind {
        let mut cursor = self.children(index);
        let mut items = Vec::with_capacity(1);
        while let Some(index) = self.take_if(&mut cursor, Rule::with_item) {
            let mut inner = self.children(index);
            let context = self.expression(&mut inner);
            let target = (!inner.is_done()).then(|| {
                let target = self.target(&mut inner);
                self.check_target(&target.expr, target.first, Purpose::Assign);
                target.expr
            });
            items.push(WithItem { context, target });
        }
        let body = self.block(&mut cursor);
        StmtKind::With(Box::new(With { items, body, is_async }))
    }

    fn try_statement(&mut self, cursor: &mut Cursor) -> StmtKind {
        let body = self.block(cursor);
        let mut handlers = Vec::new();
        let mut star = None;
        while let Some(index) = self.take_if(cursor, Rule::except_clause) {
            let node = self.node(index);
            let is_star = self.kind(node.start + 1) == token::STAR;
            if *star.get_or_insert(is_star) != is_star {
                let end = node.start + 1 + u32::from(is_star);
                let message = "cannot have both 'except' and 'except*' on the same 'try'";
                self.error_at(node.start, end, message);
            }
            handlers.push(self.except_clause(index));
        }
        let orelse = self.else_clause(cursor);
        let finally = match self.take_if(cursor, Rule::finally_clause) {
            Some(index) => {
                let mut inner = self.children(index);
                self.block(&mut inner)
            }
            None => Vec::new(),
        };
        let star = star == Some(true);
        StmtKind::Try(Box::new(Try { body, handlers, orelse, finally, star }))
    }

    fn except_clause(&mut self, index: usize) -> ExceptHandler {
        let span = self.statement_span(index);
        let mut cursor = self.children(index);
        let typ = (self.peek(&cursor) != Some(Rule::block)).then(|| self.expression(&mut cursor));
        // The block begins behind the colon.
        let colon = self.node(cursor.at).start - 1;
        let (name, _) = if typ.is_some() { self.as_name(self.node(index).start, colon) } else { (None, 0) };
        let body = self.block(&mut cursor);
        ExceptHandler { span, typ, name, body }
    }

    fn decorated(&mut self, cursor: &mut Cursor) -> StmtKind {
        let mut decorators = Vec::new();
        loop {
            match self.peek(cursor) {
                Some(Rule::function) => {
                    let index = self.take(cursor);
                    return self.function(index, decorators, None);
                }
                Some(Rule::async_function) => {
                    let index = self.take(cursor);
                    let keyword = self.node(index).start;
                    let mut inner = self.children(index);
                    let function = self.take(&mut inner);
                    return self.function(function, decorators, Some(keyword));
                }
                Some(Rule::class) => {
                    let index = self.take(cursor);
                    return self.class(index, decorators);
                }
                // Only when the tree is too deep.
                None => return StmtKind::Pass,
                _ => decorators.push(self.named(cursor)),
            }
        }
    }

    /// `async_keyword`: the token of `async` before the `def`.
    fn function(&mut self, index: usize, decorators: Vec<crate::ast::Expr>, async_keyword: Option<u32>) -> StmtKind {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let name = self.ident(node.start + 1);
        let params = self.parameters(&mut cursor, Rule::parameter);
        let returns = self.take_if(&mut cursor, Rule::result).map(|index| {
            let mut inner = self.children(index);
            self.expression(&mut inner)
        });
        let body = self.block(&mut cursor);
        let mut span = self.statement_span(index);
        if let Some(token) = async_keyword {
            span.start = self.spans[token as usize].start;
        }
        let is_async = async_keyword.is_some();
        StmtKind::FunctionDef(Box::new(FunctionDef { name, params, body, decorators, returns, is_async, span }))
    }

    fn class(&mut self, index: usize, decorators: Vec<crate::ast::Expr>) -> StmtKind {
        let node = self.node(index);
        let mut cursor = self.children(index);
        let name = self.ident(node.start + 1);
        let (mut bases, mut keywords) = (Vec::new(), Vec::new());
        if let Some(index) = self.take_if(&mut cursor, Rule::class_args) {
            let mut inner = self.children(index);
            (bases, keywords) = self.arguments(&mut inner, self.node(index).end, false);
        }
        let body = self.block(&mut cursor);
        let span = self.statement_span(index);
        StmtKind::ClassDef(Box::new(ClassDef { name, bases, keywords, body, decorators, span }))
    }
}
