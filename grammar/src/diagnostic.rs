//! What is wrong with a source text, where, and what to write instead.

use crate::ast::Span;

/// Which exception class CPython raises for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    Syntax,
    Indentation,
    Tab,
    /// Nested too deeply: `RecursionError` / `MemoryError` in CPython.
    Recursion,
    /// A `ValueError`, as for null bytes.
    Value,
    /// The caller's `poll` asked to stop: no error of the text. The message is empty.
    Interrupted,
}

/// One error of a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub kind: ErrorKind,
    /// CPython's message text, exactly.
    pub message: String,
    pub span: Span,
    /// What to write instead, in plain words, for the rendered form only.
    pub hint: Option<String>,
    /// A second place that explains the first: `the bracket opened here`.
    pub related: Option<(Span, String)>,
    /// More input could make the text valid: a REPL goes on reading.
    pub is_incomplete: bool,
}

impl Diagnostic {
    /// An error of this kind without hint or second place.
    pub fn new(kind: ErrorKind, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { kind, message: message.into(), span, hint: None, related: None, is_incomplete: false }
    }

    /// A `SyntaxError`.
    pub fn syntax(span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(ErrorKind::Syntax, span, message)
    }
}
