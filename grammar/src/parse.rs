//! Token text to syntax tree. This file and the folder beside it are the only code that knows pest.
//!
//! A file is parsed one top-level statement at a time: that bounds the memory of pest's queue, confines
//! errors, and gives a place to ask whether to stop. `builder.rs` and its neighbours make the tree.

mod atom;
mod builder;
mod compound;
mod expr;
mod grammar;
mod node;
mod params;
mod pattern;
mod stmt;
mod strings;
mod target;

use crate::ast::{Expression, Module, Names, Span, Stmt};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::layout::{self, Layout};
use builder::{Builder, Found, recursion_error};
use grammar::{Grammar, Rule};
use node::{Cursor, Node};
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

/// Free native stack that a parse may need: pest and the builder recurse with the nesting of brackets and
/// of expressions, up to 200 and [`crate::ast::MAX_DEPTH`] levels.
const STACK_NEEDED: usize = 6 << 20;
const STACK_SIZE: usize = 16 << 20;

/// Runs `parse` where there is enough native stack.
pub(crate) fn with_stack<T>(parse: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STACK_NEEDED, STACK_SIZE, parse)
}

/// Parses a whole text; `poll` is asked between top-level statements whether to stop.
pub(crate) fn module(text: &str, poll: &mut dyn FnMut() -> bool) -> Result<Module, Vec<Diagnostic>> {
    check_size(text)?;
    let layout = layout::scan(text);
    let mut names = Names::new();
    let mut body = Vec::new();
    let mut nodes = Vec::new();
    let mut found = Vec::new();
    for (index, &start) in layout.chunks.iter().enumerate() {
        if poll() {
            return Err(vec![Diagnostic::new(ErrorKind::Interrupted, Span::default(), "")]);
        }
        let end = layout.chunks.get(index + 1).map_or(layout.kinds.len(), |&next| next as usize) as u32;
        let chunk = Chunk { text, layout: &layout, start, end };
        chunk.parse(&mut names, &mut nodes, &mut body, &mut found);
    }
    if found.is_empty() && layout.errors.is_empty() {
        return Ok(Module { body, names });
    }
    let mut errors: Vec<Diagnostic> = layout.errors.into_iter().map(|error| error.diagnostic).collect();
    errors.extend(found.into_iter().map(|found| found.diagnostic));
    Err(errors)
}

/// Parses what was typed at a prompt: one statement, or one line of simple ones.
pub(crate) fn interactive(text: &str) -> Result<Module, Vec<Diagnostic>> {
    let module = module(text, &mut || false)?;
    let layout = layout::scan(text);
    if let Some(&second) = layout.chunks.get(1) {
        let span = layout.spans[second as usize];
        let message = "multiple statements found while compiling a single statement";
        return Err(vec![Diagnostic::syntax(span, message)]);
    }
    Ok(module)
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

/// A top-level statement: the tokens from `start` to before `end`.
struct Chunk<'a> {
    text: &'a str,
    layout: &'a Layout,
    start: u32,
    end: u32,
}

impl Chunk<'_> {
    fn parse(&self, names: &mut Names, nodes: &mut Vec<Node>, body: &mut Vec<Stmt>, found: &mut Vec<Found>) {
        let kinds = &self.layout.kinds[self.start as usize..self.end as usize];
        match Grammar::parse(Rule::statements, kinds) {
            Ok(pairs) => node::collect(pairs, self.start, nodes),
            Err(error) => {
                found.push(self.failure(&error));
                return;
            }
        }
        let mut builder = Builder::new(self.text, self.layout, nodes, names);
        let mut cursor = Cursor { at: 0, end: nodes.len() };
        builder.statements(&mut cursor, body);
        found.append(&mut builder.errors);
    }

    fn failure(&self, error: &pest::error::Error<Rule>) -> Found {
        let position = match error.location {
            InputLocation::Pos(position) | InputLocation::Span((position, _)) => position as u32,
        };
        let token = (self.start + position).min(self.end);
        let span = self.layout.spans.get(token as usize).copied().unwrap_or_default();
        let diagnostic = match error.variant {
            ErrorVariant::CustomError { .. } => recursion_error(span),
            ErrorVariant::ParsingError { .. } => Diagnostic::syntax(span, "invalid syntax"),
        };
        Found { token, diagnostic }
    }
}

/// Parses one expression.
pub(crate) fn expression(text: &str) -> Result<Expression, Vec<Diagnostic>> {
    check_size(text)?;
    let layout = layout::scan(text);
    let mut names = Names::new();
    let mut nodes = Vec::new();
    let chunk = Chunk { text, layout: &layout, start: 0, end: layout.kinds.len() as u32 };
    if !layout.errors.is_empty() {
        return Err(layout.errors.into_iter().map(|error| error.diagnostic).collect());
    }
    match Grammar::parse(Rule::eval_input, &layout.kinds) {
        Ok(pairs) => node::collect(pairs, 0, &mut nodes),
        Err(error) => return Err(vec![chunk.failure(&error).diagnostic]),
    }
    let mut builder = Builder::new(text, &layout, &nodes, &mut names);
    let body = builder.eval_input();
    let errors = std::mem::take(&mut builder.errors);
    if errors.is_empty() {
        return Ok(Expression { body, names });
    }
    Err(errors.into_iter().map(|found| found.diagnostic).collect())
}

impl Builder<'_> {
    /// The expressions of an `eval` text: a tuple when there is a comma.
    fn eval_input(&mut self) -> crate::ast::Expr {
        let end = self.nodes.len() - 1;
        let mut cursor = Cursor { at: 0, end };
        let first = self.expression_part(&mut cursor);
        if self.kind(first.end) != crate::token::COMMA {
            return first.expr;
        }
        let mut items = vec![first.expr];
        let mut last = first.end + 1;
        while !cursor.is_done() {
            let part = self.expression_part(&mut cursor);
            last = part.end + u32::from(self.kind(part.end) == crate::token::COMMA);
            items.push(part.expr);
        }
        crate::ast::Expr { span: self.span(first.first, last), kind: crate::ast::ExprKind::Tuple(items) }
    }
}

#[cfg(test)]
mod tests;
