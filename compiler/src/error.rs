//! Errors of the compile stage: one message, one place.

use gscript_grammar::ast::Span;
use gscript_grammar::diagnostic::{Diagnostic, ErrorKind};

/// A result whose error is boxed, since errors are rare and diagnostics large.
pub(crate) type Res<T = ()> = Result<T, Box<Diagnostic>>;

/// A `SyntaxError` with this message at `span`.
pub(crate) fn syntax_error(span: Span, message: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic { kind: ErrorKind::Syntax, message: message.into(), span, hint: None, related: None, is_incomplete: false })
}

/// Shorthand for `Err(syntax_error(..))`.
pub(crate) fn fail<T>(span: Span, message: impl Into<String>) -> Res<T> {
    Err(syntax_error(span, message))
}
