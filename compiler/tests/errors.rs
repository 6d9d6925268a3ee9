//! Errors of the compile stage, against CPython's answers in `errors.txt` (`tests/frontend/bless_errors.py`).

use gscript_compiler::{Kind, NameMode, Options, compile_module};

/// Line and column from 1, in characters.
fn place(text: &str, offset: u32) -> String {
    let before = &text[..(offset as usize).min(text.len())];
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    format!("{}:{}", before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

fn answer(source: &str) -> String {
    let show = |e: &gscript_grammar::Diagnostic| format!("{} @ {}-{}", e.message, place(source, e.span.start), place(source, e.span.end));
    let module = match gscript_grammar::parse_module(source) {
        Ok(module) => module,
        Err(errors) => return show(&errors[0]),
    };
    let options = Options { filename: "case".into(), kind: Kind::Module, names: NameMode::Globals, source, optimize: 0 };
    match compile_module(&module, &options) {
        Ok(_) => "ok".into(),
        Err(e) => show(&e),
    }
}

#[test]
fn errors_are_cpythons() {
    let mut source = String::new();
    let mut wrong = Vec::new();
    for line in include_str!("errors.txt").lines() {
        let Some(expected) = line.strip_prefix("#> ") else {
            source.push_str(line);
            source.push('\n');
            continue;
        };
        let program = format!("{}\n", source.trim_matches('\n'));
        let found = answer(&program);
        let same = match expected.strip_suffix('?') {
            Some(start) => found.starts_with(start),
            None => found == expected,
        };
        if !same {
            wrong.push(format!("{program}expected {expected}\nfound    {found}\n"));
        }
        source.clear();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
