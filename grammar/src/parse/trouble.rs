//! The neighbourhood of an error: what the rules of `message.rs` and `mistake.rs` ask about the tokens
//! around the one the grammar stopped at.

use super::builder::Builder;
use super::failure::{self, Kinds};
use super::grammar::{Grammar, Rule};
use super::node::{self, Cursor};
use super::target::describe;
use crate::ast::{Names, Span};
use crate::diagnostic::Diagnostic;
use crate::layout::Layout;
use crate::token::{self, Kind};
use pest::Parser;

/// What the rules look at.
pub(super) struct Trouble<'a> {
    pub text: &'a str,
    pub layout: &'a Layout,
    /// The statement's first token.
    pub start: u32,
    /// Tokens from here on can't be trusted: the text ends, or the layout pass failed.
    pub cut: u32,
    /// The blamed token.
    pub token: u32,
    pub expected: Kinds,
}

/// The words for an error, and the last token CPython would have read to find them.
pub(super) struct Finding {
    pub diagnostic: Diagnostic,
    pub reach: u32,
    /// No later error of the layout pass replaces it.
    pub is_final: bool,
    /// Blank this logical line (the one with this token) to go on behind the error.
    pub damaged: u32,
}

impl Trouble<'_> {
    pub(super) fn kind(&self, token: u32) -> Kind {
        self.layout.kinds.as_bytes().get(token as usize).copied().unwrap_or(token::END_OF_LINE)
    }

    pub(super) fn kind_before(&self, token: u32) -> Kind {
        if token > self.start { self.kind(token - 1) } else { token::END_OF_LINE }
    }

    pub(super) fn word(&self, token: u32) -> &str {
        match self.layout.spans.get(token as usize) {
            Some(span) => &self.text[span.start as usize..span.end as usize],
            None => "",
        }
    }

    /// From token `first` to before token `end`.
    pub(super) fn span(&self, first: u32, end: u32) -> Span {
        let spans = &self.layout.spans;
        match (spans.get(first as usize), spans.get(end.max(first + 1) as usize - 1)) {
            (Some(first), Some(last)) => Span { start: first.start, end: last.end.max(first.start) },
            _ => end_of_text(self.text),
        }
    }

    pub(super) fn line_number(&self, token: u32) -> usize {
        let start = self.span(token, token + 1).start as usize;
        crate::source::count_lines(&self.text.as_bytes()[..start]) + 1
    }

    // ---- The neighbourhood ----

    /// The first token of the logical line that `token` is in.
    pub fn line_start(&self, token: u32) -> u32 {
        let mut at = token;
        while at > self.start && !matches!(self.kind(at - 1), token::END_OF_LINE | token::INDENT | token::DEDENT) {
            at -= 1;
        }
        at
    }

    /// The innermost open bracket (or f-string field) around `token`.
    pub(super) fn opening(&self, token: u32) -> Option<u32> {
        let mut closed = 0;
        for at in (self.line_start(token)..token).rev() {
            match self.kind(at) {
                token::RPAR | token::RBRACKET | token::RBRACE | token::FIELD_END | token::FSTRING_END => closed += 1,
                token::LPAR | token::LBRACKET | token::LBRACE | token::FIELD_START | token::FSTRING_START => {
                    if closed == 0 {
                        return Some(at);
                    }
                    closed -= 1;
                }
                _ => {}
            }
        }
        None
    }

    /// The tokens from `first` to before `end` that are in no bracket of their own, last first.
    pub(super) fn flat(&self, first: u32, end: u32) -> Vec<u32> {
        let mut tokens = Vec::new();
        let mut closed = 0;
        for at in (first..end).rev() {
            match self.kind(at) {
                token::RPAR | token::RBRACKET | token::RBRACE | token::FIELD_END | token::FSTRING_END => {
                    if closed == 0 {
                        tokens.push(at);
                    }
                    closed += 1;
                }
                token::LPAR | token::LBRACKET | token::LBRACE | token::FIELD_START | token::FSTRING_START => {
                    closed = (closed - 1).max(0);
                    if closed == 0 {
                        tokens.push(at);
                    }
                }
                _ if closed == 0 => tokens.push(at),
                _ => {}
            }
        }
        tokens
    }

    /// Where `rule` ends when it begins at `token`.
    pub(super) fn probe(&self, rule: Rule, token: u32) -> Option<u32> {
        self.probe_far(rule, token).ok()
    }

    /// As `probe`; `Err` says how far it got.
    pub(super) fn probe_far(&self, rule: Rule, token: u32) -> Result<u32, u32> {
        let kinds = self.layout.kinds.get(token as usize..self.cut as usize).unwrap_or("");
        failure::probe(rule, kinds).map(|end| token + end).map_err(|far| token + far)
    }

    /// What CPython calls the expression that begins at `token`.
    pub(super) fn describe(&self, rule: Rule, token: u32) -> Option<(&'static str, Span)> {
        let kinds = self.layout.kinds.get(token as usize..self.cut as usize)?;
        let pairs = Grammar::parse(rule, kinds).ok()?;
        let mut nodes = Vec::new();
        node::collect(pairs, token, &mut nodes);
        let mut names = Names::new();
        let mut builder = Builder::new(self.text, self.layout, &nodes, &mut names);
        let expr = builder.expression(&mut Cursor { at: 1, end: nodes.len() });
        Some((describe(&expr), expr.span))
    }

    /// An expression (not just a part of an operator chain) can begin at `token`, judged by the one before.
    pub(super) fn begins_expression(&self, token: u32, first: u32) -> bool {
        if token == first {
            return true;
        }
        match self.kind(token - 1) {
            token::COMMA | token::COLON | token::EQUAL | token::COLON_EQUAL | token::SEMICOLON => true,
            // Behind a star an expression begins in arguments only; elsewhere CPython meets the operand
            // again as an expression of its own, but behind two stars it does not.
            token::STAR | token::DOUBLE_STAR => {
                let is_first = token - 1 == first || matches!(self.kind(token - 2), token::COMMA | token::EQUAL | token::RETURN);
                let in_braces = first > self.start && self.kind(first - 1) == token::LBRACE;
                is_first && !(in_braces && self.kind(token - 1) == token::DOUBLE_STAR)
            }
            token::PLUS_EQUAL..=token::RIGHT_SHIFT_EQUAL | token::ARROW => true,
            token::RETURN | token::ASSERT | token::RAISE | token::DEL | token::YIELD | token::FROM => true,
            token::WITH | token::WHILE | token::ELIF | token::MATCH | token::DECORATOR | token::EXCEPT => true,
            // The `if` of a statement or of a case; that of a comprehension takes no full expression.
            token::IF => token - 1 == first || self.kind(first) == token::CASE,
            // The `in` of a statement: behind it CPython has no second thoughts about the targets.
            token::IN => self.kind(first) == token::FOR,
            token::FOR => true,
            _ => false,
        }
    }

    /// The brackets that end before token `first` are those of a function's parameters, or of an import.
    pub(super) fn is_parameters(&self, first: u32) -> bool {
        first >= self.start + 2 && self.kind(first - 1) == token::LPAR && (self.kind_before(first - 2) == token::DEF || self.kind(first - 2) == token::IMPORT)
    }

    /// Where the expression begins whose first part, an operator chain, ends right before `end`.
    pub(super) fn chain_start(&self, end: u32) -> Option<u32> {
        let first = self.region_start(end);
        let is_parameters = self.is_parameters(first);
        let mut found = None;
        for at in self.flat(first, end) {
            let is_candidate = self.begins_expression(at, first) && !(is_parameters && matches!(self.kind(at - 1), token::LPAR | token::COMMA));
            if is_candidate && self.probe(Rule::probe_disjunction, at) == Some(end) {
                // Not across the `in` of a comprehension.
                let crosses = self.kind_before(at) == token::FOR && self.flat(at, end).iter().any(|&at| self.kind(at) == token::IN);
                if !crosses {
                    found = Some(at);
                }
            }
        }
        found
    }

    /// The first token behind the innermost open bracket, or of the line.
    pub(super) fn region_start(&self, token: u32) -> u32 {
        self.opening(token).map_or_else(|| self.line_start(token), |open| open + 1)
    }
}

/// The end of the last line of a text, its line end not counted.
pub(super) fn end_of_text(text: &str) -> Span {
    let length = text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r'])).unwrap_or(text).len();
    Span { start: length as u32, end: length as u32 }
}
