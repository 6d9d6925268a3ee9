//! `from __future__ import …`: which are in force, and the errors of those that are misplaced or unknown.

use gscript_grammar::ast::*;

use crate::error::{Res, fail};
use crate::names::NameTable;

/// The future statements of a module.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Future {
    pub annotations: bool,
    /// Offset where the line after the last valid future statement begins: later ones are misplaced.
    pub end: u32,
}

const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

/// Looks at the statements a module begins with.
pub(crate) fn scan(body: &[Stmt], names: &NameTable, source: &str) -> Res<Future> {
    let mut future = Future::default();
    let mut is_over = false;
    let mut line_end = 0;
    for (n, s) in body.iter().enumerate() {
        if is_over && s.span.start > line_end {
            break;
        }
        line_end = end_of_line(source, s.span.start);
        match &s.kind {
            StmtKind::ImportFrom { module: Some(m), names: list, .. } if m.name == names.known.future => {
                if is_over {
                    // CPython's column is one less here.
                    let start = s.span.start.saturating_sub(1);
                    return late(Span { start, end: s.span.start });
                }
                for alias in list {
                    let span = Span { end: s.span.start + 1, ..s.span };
                    check_feature(&mut future, names.text(alias.name), span)?;
                }
                future.end = line_end;
            }
            // Only the docstring, not further strings.
            StmtKind::Expr(e) if n == 0 && matches!(e.kind, ExprKind::Constant(Constant::Str(_))) => {}
            _ => is_over = true,
        }
    }
    Ok(future)
}

/// The error of a future statement after other code.
pub(crate) fn late<T>(span: Span) -> Res<T> {
    fail(span, "from __future__ imports must occur at the beginning of the file")
}

fn end_of_line(source: &str, at: u32) -> u32 {
    let rest = source.as_bytes().get(at as usize..).unwrap_or_default();
    let length = rest.iter().position(|&b| b == b'\n' || b == b'\r').unwrap_or(rest.len());
    at + length as u32
}

fn check_feature(future: &mut Future, feature: &str, span: Span) -> Res {
    if feature == "annotations" {
        future.annotations = true;
    }
    if FEATURES.contains(&feature) {
        return Ok(());
    }
    if feature == "braces" {
        return fail(span, "not a chance");
    }
    fail(span, format!("future feature {feature} is not defined"))
}
