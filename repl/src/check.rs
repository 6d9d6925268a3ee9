//! `--check` and `--dis`, and how errors of a source text are shown. The only file that names codespan-reporting.

use std::io::Write;

use codespan_reporting::diagnostic::{Diagnostic as Report, Label, Severity};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use codespan_reporting::term::{self, Chars, Config};
use gscript_compiler::{Kind, NameMode};
use gscript_grammar::ast::Span;
use gscript_grammar::{Diagnostic, ErrorKind};

use crate::unsupported;

/// One entry of a list of errors.
pub struct Finding {
    pub diagnostic: Diagnostic,
    /// The text runs, but not as its author may think.
    pub is_warning: bool,
}

fn options<'a>(filename: &str, source: &'a str) -> gscript_compiler::Options<'a> {
    gscript_compiler::Options { filename: filename.into(), kind: Kind::Module, names: NameMode::Globals, source, optimize: 0 }
}

fn as_errors(found: Vec<Diagnostic>) -> Vec<Finding> {
    found.into_iter().map(|diagnostic| Finding { diagnostic, is_warning: false }).collect()
}

/// All errors of the text of a module.
pub fn errors(text: &str, filename: &str) -> Vec<Finding> {
    as_errors(match gscript_grammar::parse_module(text) {
        Ok(module) => gscript_compiler::compile_module(&module, &options(filename, text)).err().into_iter().collect(),
        Err(errors) => errors,
    })
}

fn class_of(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Syntax | ErrorKind::Interrupted => "SyntaxError",
        ErrorKind::Indentation => "IndentationError",
        ErrorKind::Tab => "TabError",
        ErrorKind::Recursion => "RecursionError",
        ErrorKind::Value => "ValueError",
    }
}

/// A place in the text that can be shown: inside it, on characters, and not behind the end of its line.
fn range(text: &str, span: Span) -> std::ops::Range<usize> {
    let on_character = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = on_character(span.start);
    let end = on_character(span.end).max(start);
    // An end of line is shown as the place behind it.
    let visible = text[start..end].trim_end_matches(['\n', '\r']).len();
    start..start + visible
}

fn report(text: &str, finding: &Finding) -> Report<()> {
    let d = &finding.diagnostic;
    let severity = if finding.is_warning { Severity::Warning } else { Severity::Error };
    let code = if finding.is_warning { "unsupported" } else { class_of(d.kind) };
    let place = Label::primary((), range(text, d.span));
    let opens = d.message.ends_with("was never closed");
    let mut labels = vec![if opens { place.with_message("opened here") } else { place }];
    if let Some((span, what)) = &d.related {
        labels.push(Label::secondary((), range(text, *span)).with_message(what));
    }
    let notes = d.hint.iter().map(|h| format!("help: {h}")).collect();
    Report::new(severity).with_code(code).with_message(&d.message).with_labels(labels).with_notes(notes)
}

/// The findings as text for a descriptor: with colours, if that is a terminal and `NO_COLOR` is not set.
pub fn render(filename: &str, text: &str, findings: &[Finding], fd: i32) -> String {
    let is_wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && std::env::var_os("TERM").is_none_or(|v| v != "dumb");
    let has_colours = is_wanted && gscript_stdlib::platform::fd::is_terminal(fd);
    let file = SimpleFile::new(filename, text);
    let config = Config { chars: Chars::box_drawing(), ..Config::default() };
    let mut out = Vec::new();
    let mut in_order: Vec<&Finding> = findings.iter().collect();
    in_order.sort_by_key(|f| f.diagnostic.span.start);
    for finding in in_order {
        let report = report(text, finding);
        let shown = if has_colours {
            term::emit_to_write_style(&mut Ansi::new(&mut out), &config, &file, &report)
        } else {
            term::emit_to_write_style(&mut NoColor::new(&mut out), &config, &file, &report)
        };
        if shown.is_err() {
            // The place cannot be shown: the words at least.
            out.extend_from_slice(format!("{filename}: {}\n", finding.diagnostic.message).as_bytes());
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The text of a file; otherwise the exit status, when it has been said why there is none.
fn read(file: &str) -> Result<String, i32> {
    let bytes = std::fs::read(file).map_err(|e| {
        eprintln!("gscript: can't open file '{file}': {e}");
        2
    })?;
    match gscript_grammar::decode_source(&bytes) {
        Ok(text) => Ok(text.into_owned()),
        Err(d) => {
            let hint = d.hint.map_or(String::new(), |h| format!(" ({h})"));
            eprintln!("{file}: {}: {}{hint}", class_of(d.kind), d.message);
            Err(1)
        }
    }
}

/// `--check FILE`: lists all errors of a file, and what it uses that is not supported; the exit status.
pub fn check(file: &str) -> i32 {
    let text = match read(file) {
        Ok(text) => text,
        Err(status) => return status,
    };
    let found = match gscript_grammar::parse_module(&text) {
        Ok(module) => match gscript_compiler::compile_module(&module, &options(file, &text)) {
            Ok(_) => unsupported::list(&module, &text),
            Err(d) => as_errors(vec![d]),
        },
        Err(errors) => as_errors(errors),
    };
    let _ = std::io::stderr().write_all(render(file, &text, &found, 2).as_bytes());
    found.iter().any(|f| !f.is_warning) as i32
}

/// `--dis FILE`: the bytecode of a file; the exit status.
pub fn disassemble(file: &str) -> i32 {
    let text = match read(file) {
        Ok(text) => text,
        Err(status) => return status,
    };
    let compiled = match gscript_grammar::parse_module(&text) {
        Ok(module) => gscript_compiler::compile_module(&module, &options(file, &text)).map_err(|d| vec![d]),
        Err(errors) => Err(errors),
    };
    match compiled {
        Ok(code) => {
            let shown = gscript_compiler::disasm::disassemble(&code);
            // A closed pipe is no error: the reader has seen enough.
            let _ = std::io::stdout().write_all(shown.as_bytes());
            0
        }
        Err(errors) => {
            let _ = std::io::stderr().write_all(render(file, &text, &as_errors(errors), 2).as_bytes());
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        render("t.gs", text, &errors(text, "t.gs"), -1)
    }

    #[test]
    fn errors_are_shown_with_their_place() {
        let text = shown("x = (1,\ny = 2\n");
        assert!(text.starts_with("error[SyntaxError]: '(' was never closed\n"), "{text}");
        assert!(text.contains("t.gs:1:5"), "{text}");
        let text = shown("if x = 1:\n    pass\n");
        assert!(text.contains("==") && text.contains("t.gs:1:4"), "{text}");
        // Empty, at the end, wide and tabbed places do not confuse it.
        for text in ["(", "", "\tx = '", "x = '\u{6f22}\u{5b57}", "\u{1F600}", "def f(:\n", "if x\n", "a\\", "\r\n(\r\n"] {
            shown(text);
        }
    }
}
