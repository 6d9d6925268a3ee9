//! What all parts of the tree builder share: access to nodes and tokens, names, errors, the depth limit.
//!
//! The builder never stops at an error: it records it, puts something harmless in the tree and goes on, so
//! that all errors of a statement are found. A tree with errors is thrown away.

use super::grammar::Rule;
use super::node::{Cursor, Node};
use crate::ast::{Constant, Expr, ExprKind, Ident, MAX_DEPTH, Name, Names, Span};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::layout::Layout;
use crate::token::Kind;
use unicode_normalization::{UnicodeNormalization, is_nfkc_quick};

/// An error, and the token it was noticed at: errors are reported in that order.
#[derive(Debug)]
pub(super) struct Found {
    pub token: u32,
    pub diagnostic: Diagnostic,
}

pub(super) struct Builder<'a> {
    pub text: &'a str,
    pub kinds: &'a [u8],
    pub spans: &'a [Span],
    pub content_errors: &'a [(u32, Diagnostic)],
    pub nodes: &'a [Node],
    pub names: &'a mut Names,
    pub errors: Vec<Found>,
    /// How deep in the tree the node is that is being built.
    pub depth: usize,
    /// The depth of the deepest leaf built so far in the expression at hand. It grows when a finished
    /// expression becomes the left part of a larger one, which `depth` could not foresee.
    pub peak: usize,
    /// How many f-string fields we are inside of: CPython marks the errors in there.
    pub fields: u32,
}

impl<'a> Builder<'a> {
    pub fn new(text: &'a str, layout: &'a Layout, nodes: &'a [Node], names: &'a mut Names) -> Builder<'a> {
        Builder {
            text,
            kinds: layout.kinds.as_bytes(),
            spans: &layout.spans,
            content_errors: &layout.content_errors,
            nodes,
            names,
            errors: Vec::new(),
            depth: 0,
            peak: 0,
            fields: 0,
        }
    }

    // ---- Nodes and tokens ----

    // Where the tree is too deep, the rest of a cursor is left unread, and whoever expected more of it gets
    // the last node, which ends the statement and has no children.

    #[inline]
    pub fn node(&self, index: usize) -> Node {
        self.nodes[index.min(self.nodes.len() - 1)]
    }

    #[inline]
    pub fn children(&self, index: usize) -> Cursor {
        Cursor { at: index + 1, end: self.node(index).next as usize }
    }

    /// The rule of the node at the cursor, if one is left.
    #[inline]
    pub fn peek(&self, cursor: &Cursor) -> Option<Rule> {
        if cursor.is_done() { None } else { Some(self.nodes[cursor.at].rule) }
    }

    /// Takes the node at the cursor.
    #[inline]
    pub fn take(&self, cursor: &mut Cursor) -> usize {
        if cursor.is_done() {
            return self.nodes.len() - 1;
        }
        let index = cursor.at;
        cursor.at = self.nodes[index].next as usize;
        index
    }

    /// Takes the node at the cursor if it has this rule.
    #[inline]
    pub fn take_if(&self, cursor: &mut Cursor, rule: Rule) -> Option<usize> {
        (self.peek(cursor) == Some(rule)).then(|| self.take(cursor))
    }

    #[inline]
    pub fn kind(&self, token: u32) -> Kind {
        self.kinds.get(token as usize).copied().unwrap_or(0)
    }

    /// The span from token `first` to the one before `end`.
    #[inline]
    pub fn span(&self, first: u32, end: u32) -> Span {
        let last = end.max(first + 1) as usize - 1;
        match (self.spans.get(first as usize), self.spans.get(last)) {
            (Some(first), Some(last)) => Span { start: first.start, end: last.end },
            _ => Span::default(),
        }
    }

    #[inline]
    pub fn node_span(&self, index: usize) -> Span {
        let node = self.node(index);
        self.span(node.start, node.end)
    }

    pub fn token_text(&self, token: u32) -> &'a str {
        match self.spans.get(token as usize) {
            Some(span) => &self.text[span.start as usize..span.end as usize],
            None => "",
        }
    }

    // ---- Names ----

    #[inline]
    pub fn name(&mut self, token: u32) -> Name {
        let text = self.token_text(token);
        intern(self.names, text)
    }

    #[inline]
    pub fn ident(&mut self, token: u32) -> Ident {
        Ident { name: self.name(token), span: self.span(token, token + 1) }
    }

    // ---- Errors ----

    #[cold]
    pub fn error(&mut self, token: u32, span: Span, message: impl Into<String>) {
        let mut message: String = message.into();
        if self.fields > 0 {
            message.insert_str(0, "f-string: ");
        }
        self.errors.push(Found { token, diagnostic: Diagnostic::syntax(span, message) });
    }

    /// An error at the tokens from `first` to before `end`.
    #[cold]
    pub fn error_at(&mut self, first: u32, end: u32, message: impl Into<String>) {
        let span = self.span(first, end);
        self.error(first, span, message);
    }

    #[cold]
    pub fn too_deep(&mut self, token: u32) {
        if self.errors.iter().any(|found| found.diagnostic.kind == ErrorKind::Recursion) {
            return;
        }
        let span = self.spans.get(token as usize).copied().unwrap_or_default();
        self.errors.push(Found { token, diagnostic: recursion_error(span) });
    }

    /// What stands in the tree where an error was.
    pub fn placeholder(&self, span: Span) -> Expr {
        Expr { span, kind: ExprKind::Constant(Constant::None) }
    }

    // ---- Depth ----

    /// Goes one level down for `build`; false and nothing done when that is too deep.
    #[inline]
    pub fn enter(&mut self, token: u32) -> bool {
        if self.depth >= MAX_DEPTH {
            self.too_deep(token);
            return false;
        }
        self.depth += 1;
        true
    }

    #[inline]
    pub fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// CPython's answer to text that is nested too deeply.
pub(super) fn recursion_error(span: Span) -> Diagnostic {
    Diagnostic::new(ErrorKind::Recursion, span, "maximum recursion depth exceeded during compilation")
}

/// The name for an identifier as written, NFKC-normalised.
pub(super) fn intern(names: &mut Names, text: &str) -> Name {
    if text.is_ascii() || is_nfkc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes {
        return names.intern(text);
    }
    names.intern(&text.nfkc().collect::<String>())
}
