//! Compiles files for comparison with CPython (`tests/frontend/compile_all.py`).
//!
//! Reads file names from standard input, one a line; answers each with one line of JSON: `{"error": …}` or the
//! codes with what CPython's code objects have too. Every code is verified. `--time` says how long parsing and
//! compiling took, and prints no codes; `--namespace` compiles as `exec` does.

use std::fmt::Write as _;
use std::io::BufRead;
use std::rc::Rc;
use std::time::Instant;

use gscript_compiler::code::Code;
use gscript_compiler::opcode::Instr;
use gscript_compiler::verify::verify;
use gscript_compiler::{Kind, NameMode, Options, compile_module};
use gscript_grammar::diagnostic::Diagnostic;
use gscript_grammar::{decode_source, parse_module};

fn main() {
    let timing = std::env::args().any(|a| a == "--time");
    let in_namespace = std::env::args().any(|a| a == "--namespace");
    let names = if in_namespace { NameMode::Namespace } else { NameMode::Globals };
    let files: Vec<String> = std::io::stdin().lock().lines().map_while(Result::ok).collect();
    let (mut parsing, mut compiling, mut bytes) = (0.0, 0.0, 0);
    for file in files {
        let data = std::fs::read(&file).expect("the file can be read");
        let text = match decode_source(&data) {
            Ok(text) => text,
            Err(error) => {
                println!("{}", error_line("parse", &error, ""));
                continue;
            }
        };
        let start = Instant::now();
        let module = parse_module(&text);
        parsing += start.elapsed().as_secs_f64();
        let module = match module {
            Ok(module) => module,
            Err(errors) => {
                if !timing {
                    println!("{}", error_line("parse", &errors[0], &text));
                }
                continue;
            }
        };
        bytes += text.len();
        let options = Options { filename: file.as_str().into(), kind: Kind::Module, names, source: &text, optimize: 0 };
        let start = Instant::now();
        let result = compile_module(&module, &options);
        compiling += start.elapsed().as_secs_f64();
        if timing {
            continue;
        }
        match result {
            Ok(code) => {
                if let Err(problem) = verify(&code) {
                    println!("{{\"invalid\": {}}}", quoted(&problem.to_string()));
                    continue;
                }
                let mut out = String::from("{\"codes\": [");
                describe(&code, &mut out);
                out.push_str("]}");
                println!("{out}");
            }
            Err(error) => println!("{}", error_line("compile", &error, &text)),
        }
    }
    if timing {
        println!("{bytes} bytes, parsing {parsing:.3} s, compiling {compiling:.3} s");
    }
}

fn quoted(s: &str) -> String {
    let mut out = String::from("\"");
    for c in s.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 32 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Line from 1, column in characters from 1, as `SyntaxError` has them.
fn place(text: &str, offset: u32) -> (usize, usize) {
    let before = &text[..(offset as usize).min(text.len())];
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

fn error_line(stage: &str, error: &Diagnostic, text: &str) -> String {
    let (line, column) = place(text, error.span.start);
    let (end_line, end_column) = place(text, error.span.end);
    format!(
        "{{\"error\": {}, \"stage\": \"{stage}\", \"kind\": \"{:?}\", \"place\": [{line}, {column}, {end_line}, {end_column}]}}",
        quoted(&error.message),
        error.kind
    )
}

fn names(list: impl Iterator<Item = Rc<str>>) -> String {
    list.map(|n| quoted(&n)).collect::<Vec<_>>().join(", ")
}

fn describe(code: &Code, out: &mut String) {
    let name = |n: u32| code.names[n as usize].clone();
    let _ = write!(
        out,
        "{{\"qualname\": {}, \"line\": {}, \"args\": [{}, {}, {}, {}, {}], \"generator\": {}, \"async\": {}, \
         \"nested\": {}, \"registers\": {}, \"words\": {}",
        quoted(&code.qualname),
        code.first_line,
        code.posonly_count,
        code.arg_count,
        code.kwonly_count,
        code.has_varargs,
        code.has_varkw,
        code.is_generator,
        code.is_async,
        code.is_nested,
        code.register_count,
        code.instrs.len(),
    );
    let _ = write!(out, ", \"locals\": [{}]", names(code.locals.iter().map(|l| name(l.name))));
    let _ = write!(out, ", \"cells\": [{}]", names(code.locals.iter().filter(|l| l.is_cell).map(|l| name(l.name))));
    let _ = write!(out, ", \"free\": [{}]", names(code.free_vars.iter().map(|f| f.0.clone())));
    let mut ops = Vec::new();
    let mut pc = 0;
    while pc < code.instrs.len() {
        let op = Instr(code.instrs[pc]).op().expect("verified");
        if let Some(p) = code.position(pc as u32) {
            ops.push(format!("[\"{op:?}\", {}, {}, {}, {}]", p.line, p.end_line, p.column, p.end_column));
        }
        pc += op.info().len();
    }
    let _ = write!(out, ", \"ops\": [{}]}}", ops.join(", "));
    for child in &code.children {
        out.push_str(", ");
        describe(child, out);
    }
}
