//! Source text to syntax tree.
//!
//! ```text
//! text -> layout (one character a token) -> pest (gscript.pest) -> nodes -> ast
//! ```
//!
//! The language is Python 3.11's (with f-strings as in 3.12), and so are the messages of its errors.
//!
//! ```
//! let module = gscript_grammar::parse_module("x = 1\nprint(x)\n").unwrap();
//! assert_eq!(module.body.len(), 2);
//! let errors = gscript_grammar::parse_module("x = (1\n").unwrap_err();
//! assert_eq!(errors[0].message, "'(' was never closed");
//! ```
#![forbid(unsafe_code)]

pub mod ast;
pub mod diagnostic;
mod layout;
mod literal;
mod parse;
pub mod source;
mod token;

pub use diagnostic::{Diagnostic, ErrorKind};
pub use source::decode_source;

/// Parses a file, or a text for `exec`.
///
/// # Errors
/// All errors that were found, the one CPython reports first.
pub fn parse_module(text: &str) -> Result<ast::Module, Vec<Diagnostic>> {
    parse_module_with_poll(text, &mut || false)
}

/// [`parse_module`], asking `poll` between top-level statements whether to stop.
///
/// # Errors
/// As [`parse_module`]; a single diagnostic of kind [`ErrorKind::Interrupted`] when `poll` said true.
pub fn parse_module_with_poll(text: &str, poll: &mut dyn FnMut() -> bool) -> Result<ast::Module, Vec<Diagnostic>> {
    parse::with_stack(|| parse::module(text, poll))
}

/// Parses one expression, as `eval` takes it. Blanks before it are an unexpected indent: `eval` strips them.
///
/// # Errors
/// As [`parse_module`].
pub fn parse_expression(text: &str) -> Result<ast::Expression, Vec<Diagnostic>> {
    parse::with_stack(|| parse::expression(text))
}

/// Parses one interactive statement: a line of simple statements, or one compound statement.
///
/// The text is what was typed so far, lines joined by `\n` without one behind the last, as `codeop` takes
/// it: a compound statement is complete when an empty last line was typed, so when the text ends in `\n`.
///
/// ```
/// use gscript_grammar::parse_interactive;
/// assert!(parse_interactive("x = 1").is_ok());
/// assert!(parse_interactive("if x:").unwrap_err()[0].is_incomplete);
/// assert!(parse_interactive("if x:\n    y").unwrap_err()[0].is_incomplete);
/// assert!(parse_interactive("if x:\n    y\n").is_ok());
/// assert!(!parse_interactive("x = = 1").unwrap_err()[0].is_incomplete);
/// ```
///
/// # Errors
/// As [`parse_module`]; when [`Diagnostic::is_incomplete`] is set, more lines could make the text valid.
pub fn parse_interactive(text: &str) -> Result<ast::Module, Vec<Diagnostic>> {
    parse::with_stack(|| parse::interactive(text))
}
