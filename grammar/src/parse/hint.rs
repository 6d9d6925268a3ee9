//! What to write instead, in plain words: shown below an error, beyond CPython's own words.

use crate::diagnostic::Diagnostic;

/// Beginnings of messages, and what helps.
const HINTS: &[(&str, &str)] = &[
    ("expected ':'", "the line that heads a block ends in a colon"),
    ("invalid syntax. Perhaps you forgot a comma?", "items in brackets are separated by commas"),
    ("invalid syntax. Maybe you meant '=='", "`==` compares, `:=` assigns inside an expression"),
    ("cannot assign to", "only names, attributes, items and lists of them can be assigned to"),
    ("cannot delete", "only names, attributes, items and lists of them can be deleted"),
    ("unexpected indent", "this line is further right than the one before, but that one opens no block"),
    ("unindent does not match", "a line that ends a block stands exactly below the line that opened it"),
    ("expected 'else'", "a conditional expression needs both branches: `a if condition else b`"),
    ("expected 'except' or 'finally'", "a `try` block is followed by `except` or `finally`"),
    ("multiple exception types", "write `except (A, B):`"),
    ("positional argument follows", "positional arguments come before `name=value` and `**mapping`"),
    ("non-default argument follows", "parameters without a default come first, or behind a `*`"),
    ("Generator expression must be", "put parentheses around it when there are other arguments"),
    ("unterminated string literal", "close the string on the same line, or use three quotes"),
    ("leading zeros in decimal", "write 0o17 for an octal number, or drop the zeros"),
    ("unexpected EOF while parsing", "the text ends behind a backslash"),
    ("too many nested parentheses", "name the inner parts"),
    ("maximum recursion depth", "name the inner parts, or use a loop"),
];

/// Adds a hint where there is none yet.
pub(super) fn add(diagnostic: &mut Diagnostic) {
    if diagnostic.hint.is_some() {
        return;
    }
    let message = diagnostic.message.trim_start_matches("f-string: ");
    let found = HINTS.iter().find(|(start, _)| message.starts_with(start));
    diagnostic.hint = found.map(|(_, hint)| hint.to_string());
}
