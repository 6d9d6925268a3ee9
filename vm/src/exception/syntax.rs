//! Where CPython says a syntax error is. The parser's spans cover what is wrong, for people to look at; CPython's `offset`
//! and `end_offset` follow from how its tokenizer and parser happen to stand. Programs see the latter, and its tracebacks
//! draw their carets from them.

use gscript_grammar::{Diagnostic, ErrorKind};

/// `lineno`, `offset`, `end_lineno`, `end_offset` of a SyntaxError.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: i64,
    pub column: i64,
    pub end_line: i64,
    pub end_column: i64,
}

/// Messages of the pass that looks at names: CPython's exceptions have no place in their `args` then.
const FROM_NAMES: &[&str] = &[
    "duplicate argument ",
    "nonlocal declaration not allowed",
    "no binding for nonlocal ",
    "annotated name ",
    "import * only allowed at module level",
    "future feature ",
    "not a chance",
];

/// As above, for names: `name 'x' is assigned to before global declaration`.
const ABOUT_NAMES: &[&str] = &[
    "before global declaration",
    "prior to global declaration",
    "before nonlocal declaration",
    "prior to nonlocal declaration",
    "is parameter and",
    "is nonlocal and global",
];

/// Messages of the tokenizer about one place.
const AT_ONE_PLACE: &[&str] = &["unterminated ", "invalid character ", "invalid non-printable character ", "unmatched ", "closing parenthesis "];

/// Messages about strings, which come when the token behind the string has been read.
const BEHIND_STRING: &[&str] =
    &["(unicode error) ", "(value error) ", "cannot mix bytes and nonbytes", "f-string: expecting", "f-string: empty", "f-string: invalid conversion"];

/// Whether `args` of the exception hold the message alone.
pub fn has_bare_message(d: &Diagnostic) -> bool {
    let m = d.message.as_str();
    FROM_NAMES.iter().any(|start| m.starts_with(start)) || m.starts_with("name '") && ABOUT_NAMES.iter().any(|part| m.contains(part))
}

fn position(text: &str, at: u32) -> (i64, i64, usize) {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let line = text[..at].bytes().filter(|&b| b == b'\n').count() as i64 + 1;
    (line, text[start..at].chars().count() as i64 + 1, start)
}

/// The token behind a place on its line: columns of its begin and end.
fn next_token(line: &str, column: i64) -> (i64, i64) {
    let chars: Vec<char> = line.chars().collect();
    let mut at = (column - 1).max(0) as usize;
    while at < chars.len() && matches!(chars[at], ' ' | '\t') {
        at += 1;
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let end = match chars.get(at) {
        None | Some('#') => return (at as i64 + 1, at as i64 + 1),
        Some(&c) if is_word(c) => at + chars[at..].iter().take_while(|&&c| is_word(c)).count(),
        Some(_) => at + 1,
    };
    (at as i64 + 1, end as i64 + 1)
}

/// The place of a diagnostic of `text` as CPython gives it, and where its line begins.
pub fn place(d: &Diagnostic, text: &str) -> (Place, usize) {
    let (line, column, start) = position(text, d.span.start);
    let (end_line, end_column, _) = position(text, d.span.end);
    let mut p = Place { line, column, end_line, end_column };
    let one = |p: &mut Place, column: i64, end: i64| {
        (p.column, p.end_line, p.end_column) = (column, p.line, end);
    };
    let source = text[start..].split('\n').next().unwrap_or_default();
    let length = source.trim_end_matches('\r').chars().count() as i64;
    let m = d.message.as_str();
    let starts = |list: &[&str]| list.iter().any(|s| m.starts_with(s));
    let is_at_end = d.span.start as usize >= text.trim_end_matches(['\n', '\r']).len();
    match d.kind {
        ErrorKind::Tab => one(&mut p, 1, 0),
        ErrorKind::Indentation if m == "unexpected indent" => one(&mut p, column - 1, -1),
        ErrorKind::Indentation if m.starts_with("unindent") => one(&mut p, length + 1, -1),
        ErrorKind::Indentation if is_at_end => one(&mut p, column, -1),
        _ if m.starts_with("invalid ") && m.ends_with(" literal") => one(&mut p, column, column),
        _ if starts(AT_ONE_PLACE) => one(&mut p, column, column),
        _ if m.ends_with("was never closed") || m.starts_with("':' expected after") || m.starts_with("unexpected character after line") => {
            one(&mut p, column, 0)
        }
        _ if m.starts_with("unexpected EOF while") => one(&mut p, length + 1, -1),
        _ if starts(BEHIND_STRING) => {
            let line_of_end = text[..(d.span.end as usize).min(text.len())].rfind('\n').map_or(0, |n| n + 1);
            let (at, end) = next_token(text[line_of_end..].split('\n').next().unwrap_or_default(), end_column);
            p = Place { line: end_line, column: at, end_line, end_column: end };
            return (p, line_of_end);
        }
        _ if is_at_end && m.starts_with("expected 'except'") => one(&mut p, column, -1),
        // The end of a line is no text.
        _ if text[start..].chars().nth(column as usize - 1) == Some('\n') && end_line > line => one(&mut p, column, column),
        _ => {}
    }
    (p, start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_cpythons() {
        for (text, expected) in [
            ("x=1\n  y = 3\n", (2, 2, 2, -1)),
            ("if x:\n", (1, 6, 1, -1)),
            ("if x:\npass\n", (2, 1, 2, 5)),
            ("if x:\n  a\n b\n", (3, 3, 3, -1)),
            ("if x:\n\ta\n        b\n", (3, 1, 3, 0)),
            ("0777\n", (1, 1, 1, 2)),
            ("1_a\n", (1, 2, 1, 2)),
            ("x = 5a\n", (1, 5, 1, 5)),
            ("0xg\n", (1, 2, 1, 2)),
            ("0b12\n", (1, 4, 1, 4)),
            ("1e\n", (1, 1, 1, 1)),
            ("1.5abc\n", (1, 3, 1, 3)),
            ("\"abc\n", (1, 1, 1, 1)),
            ("x = 1)\n", (1, 6, 1, 6)),
            ("x = (1,\n", (1, 5, 1, 0)),
            ("\\ x\n", (1, 2, 1, 0)),
            ("x = \\\n", (1, 6, 1, -1)),
            ("\"\\x1\"\n", (1, 6, 1, 6)),
            ("x = \"a\" + \"\\N{foo}\" + b\n", (1, 21, 1, 22)),
            ("\"a\" b\"c\"\n", (1, 9, 1, 9)),
            ("if x\n  y\n", (1, 5, 1, 5)),
            ("try: pass\n", (1, 10, 1, -1)),
            ("f(x for x in y, 1)\n", (1, 3, 1, 15)),
        ] {
            let errors = gscript_grammar::parse_module(text).expect_err("an error");
            let (p, _) = place(&errors[0], text);
            assert_eq!((p.line, p.column, p.end_line, p.end_column), expected, "{text:?}: {:?}", errors[0]);
        }
    }
}
