//! Token text to syntax tree. This file and the folder beside it are the only code that knows pest.
//!
//! A file is parsed one top-level statement at a time: that bounds the memory of pest's queue, confines
//! errors, and gives a place to ask whether to stop. `builder.rs` and its neighbours make the tree.

mod atom;
mod builder;
mod compound;
mod expr;
mod failure;
mod grammar;
mod hint;
mod message;
mod mistake;
mod node;
mod params;
mod pattern;
mod recover;
mod stmt;
mod strings;
mod target;
mod trouble;

use crate::ast::{Expr, ExprKind, Expression, Module, Names, Span, Stmt, StmtKind};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::layout::{self, Layout};
use crate::token;
use builder::{Builder, recursion_error};
use grammar::{Grammar, Rule};
use node::{Cursor, Node};
use pest::Parser;
use recover::{Damage, Report};

/// Free native stack that a parse may need: pest and the builder recurse with the nesting of brackets and
/// of expressions, up to 200 and [`crate::ast::MAX_DEPTH`] levels.
const STACK_NEEDED: usize = 6 << 20;
const STACK_SIZE: usize = 16 << 20;
/// How often a statement is parsed again to find more errors in it.
const MAX_REPAIRS: usize = 20;
/// After so many errors the rest of a file is not looked at.
const MAX_REPORTS: usize = 100;

/// Runs `parse` where there is enough native stack.
pub(crate) fn with_stack<T>(parse: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STACK_NEEDED, STACK_SIZE, parse)
}

/// Parses a whole text; `poll` is asked between top-level statements whether to stop.
pub(crate) fn module(text: &str, poll: &mut dyn FnMut() -> bool) -> Result<Module, Vec<Diagnostic>> {
    check_size(text)?;
    let layout = layout::scan(text);
    let mut parsing = Parsing::new(text, &layout);
    let mut body = Vec::new();
    for (index, &start) in layout.chunks.iter().enumerate() {
        if poll() {
            return Err(vec![Diagnostic::new(ErrorKind::Interrupted, Span::default(), "")]);
        }
        let end = layout.chunks.get(index + 1).map_or(layout.kinds.len(), |&next| next as usize);
        parsing.statement(start, end as u32, &mut body);
        if parsing.reports.len() >= MAX_REPORTS {
            break;
        }
    }
    let Parsing { names, reports, is_broken, .. } = parsing;
    if reports.is_empty() && layout.errors.is_empty() {
        return Ok(Module { body, names });
    }
    Err(recover::in_order(text, layout, reports, is_broken))
}

/// Parses what was typed at a prompt: one statement, or one line of simple ones.
pub(crate) fn interactive(text: &str) -> Result<Module, Vec<Diagnostic>> {
    let module = module(text, &mut || false)?;
    let layout = layout::scan(text);
    let is_compound = module.body.first().is_some_and(|first| is_compound(&first.kind));
    if let Some(&second) = layout.chunks.get(1) {
        let span = layout.spans[second as usize];
        let message = if is_compound { "invalid syntax" } else { "multiple statements found while compiling a single statement" };
        return Err(vec![Diagnostic::syntax(span, message)]);
    }
    // A compound statement could go on with the next line, until an empty one.
    if is_compound && !text.ends_with(['\n', '\r']) {
        let mut diagnostic = Diagnostic::syntax(trouble::end_of_text(text), "incomplete input");
        diagnostic.is_incomplete = true;
        return Err(vec![diagnostic]);
    }
    Ok(module)
}

fn is_compound(kind: &StmtKind) -> bool {
    matches!(
        kind,
        StmtKind::If { .. }
            | StmtKind::While { .. }
            | StmtKind::For(_)
            | StmtKind::With(_)
            | StmtKind::Try(_)
            | StmtKind::Match { .. }
            | StmtKind::FunctionDef(_)
            | StmtKind::ClassDef(_)
    )
}

/// Parses one expression.
pub(crate) fn expression(text: &str) -> Result<Expression, Vec<Diagnostic>> {
    check_size(text)?;
    let layout = layout::scan(text);
    let mut parsing = Parsing::new(text, &layout);
    let body = parsing.expression();
    let Parsing { names, reports, is_broken, .. } = parsing;
    match body {
        Some(body) if reports.is_empty() && layout.errors.is_empty() => Ok(Expression { body, names }),
        _ => Err(recover::in_order(text, layout, reports, is_broken)),
    }
}

fn check_size(text: &str) -> Result<(), Vec<Diagnostic>> {
    if u32::try_from(text.len()).is_err() {
        return Err(vec![Diagnostic::syntax(Span::default(), "source code is too large")]);
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let span = Span { start: at as u32, end: at as u32 + 1 };
        return Err(vec![Diagnostic::syntax(span, "source code string cannot contain null bytes")]);
    }
    Ok(())
}

/// The state of the parse of one text.
struct Parsing<'a> {
    text: &'a str,
    layout: &'a Layout,
    /// The token at which the layout pass first failed, or the number of tokens.
    cut: u32,
    names: Names,
    nodes: Vec<Node>,
    reports: Vec<Report>,
    /// See [`Damage::is_broken`].
    is_broken: bool,
}

impl<'a> Parsing<'a> {
    fn new(text: &'a str, layout: &'a Layout) -> Parsing<'a> {
        let cut = layout.errors.first().map_or(layout.kinds.len() as u32, |error| error.token);
        Parsing { text, layout, cut, names: Names::new(), nodes: Vec::new(), reports: Vec::new(), is_broken: false }
    }

    /// Parses the top-level statement of the tokens from `start` to before `end`.
    fn statement(&mut self, start: u32, end: u32, body: &mut Vec<Stmt>) {
        // Only the tokens before an error of the layout pass; the rest of that statement is not looked at.
        let end = if start <= self.cut && self.cut < end { self.cut } else { end };
        let kinds = &self.layout.kinds[start as usize..end as usize];
        if let Ok(pairs) = Grammar::parse(Rule::statements, kinds) {
            node::collect(pairs, start, &mut self.nodes);
            self.build(body);
            return;
        }
        self.damaged(Rule::statements, start, end, body);
    }

    #[cold]
    fn damaged(&mut self, rule: Rule, start: u32, end: u32, body: &mut Vec<Stmt>) {
        let kinds = self.layout.kinds[start as usize..end as usize].to_string();
        let cut = if start <= self.cut { self.cut } else { self.layout.kinds.len() as u32 };
        let mut damage = Damage { text: self.text, layout: self.layout, rule, start, end, cut, kinds, is_broken: false };
        let mut reports = Vec::new();
        for _ in 0..MAX_REPAIRS {
            if !damage.repair(&mut reports) {
                break;
            }
            if let Ok(pairs) = Grammar::parse(rule, &damage.kinds) {
                node::collect(pairs, start, &mut self.nodes);
                self.build(body);
                break;
            }
        }
        self.is_broken |= damage.is_broken;
        self.reports.append(&mut reports);
    }

    /// Makes the tree of `self.nodes`.
    fn build(&mut self, body: &mut Vec<Stmt>) {
        let mut builder = Builder::new(self.text, self.layout, &self.nodes, &mut self.names);
        let mut cursor = Cursor { at: 0, end: self.nodes.len() };
        builder.statements(&mut cursor, body);
        recover::take_errors(&mut builder, &mut self.reports);
    }

    fn expression(&mut self) -> Option<Expr> {
        let end = self.cut.min(self.layout.kinds.len() as u32);
        let kinds = &self.layout.kinds[..end as usize];
        let Ok(pairs) = Grammar::parse(Rule::eval_input, kinds) else {
            let cut = self.cut;
            let kinds = kinds.to_string();
            let (text, layout) = (self.text, self.layout);
            let mut damage = Damage { text, layout, rule: Rule::eval_input, start: 0, end, cut, kinds, is_broken: false };
            damage.repair(&mut self.reports);
            self.is_broken |= damage.is_broken;
            return None;
        };
        node::collect(pairs, 0, &mut self.nodes);
        let mut builder = Builder::new(self.text, self.layout, &self.nodes, &mut self.names);
        let body = builder.eval_input();
        recover::take_errors(&mut builder, &mut self.reports);
        Some(body)
    }
}

impl Builder<'_> {
    /// The expressions of an `eval` text: a tuple when there is a comma.
    fn eval_input(&mut self) -> Expr {
        let end = self.nodes.len() - 1;
        let mut cursor = Cursor { at: 0, end };
        let first = self.expression_part(&mut cursor);
        if self.kind(first.end) != token::COMMA {
            return first.expr;
        }
        let mut items = vec![first.expr];
        let mut last = first.end + 1;
        while !cursor.is_done() {
            let part = self.expression_part(&mut cursor);
            last = part.end + u32::from(self.kind(part.end) == token::COMMA);
            items.push(part.expr);
        }
        Expr { span: self.span(first.first, last), kind: ExprKind::Tuple(items) }
    }
}

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod tests;
