//! The prompt: reads a statement, evaluates it, shows what came of it. No terminal in here: lines come from a [`Lines`].
//!
//! It follows CPython's interactive loop: a statement ends with its line, a compound one with an empty line; tracebacks name
//! `<stdin>` and count lines from the statement's first; `sys.ps1`, `sys.ps2`, `sys.displayhook`, `sys.excepthook` count.

use gscript_compiler::{Kind, NameMode};
use gscript_vm::object::dict::Dict;
use gscript_vm::object::simple::Module;
use gscript_vm::value::Gc;
use gscript_vm::vm::{Cx, Result};

use crate::options::{Options, Program};
use crate::run::Ending;
use crate::uncaught::report_at_prompt;

/// What an attempt to read a line brought.
pub enum Line {
    /// Without its end.
    Text(String),
    /// The end of the input.
    End,
    /// Ctrl-C: what was typed so far is dropped.
    Interrupted,
}

/// Where lines come from. Other greenlets run while it waits.
pub trait Lines {
    /// Shows the prompt and reads a line.
    ///
    /// # Errors
    /// What signal handlers raise meanwhile, KeyboardInterrupt above all.
    fn read(&mut self, cx: &mut Cx, prompt: &str) -> Result<Line>;

    /// Shows that the input has ended; the terminal's cursor goes to a line of its own.
    fn end(&mut self, cx: &mut Cx) {
        show(cx, "\n");
    }
}

/// A statement, or why there is none.
enum Input {
    Statement(String),
    Nothing,
    End,
}

/// Writes to standard error; what fails there is nobody's business.
pub fn show(cx: &mut Cx, text: &str) {
    if let Err(r) = gscript_stdlib::io::write_stderr(cx, text.as_bytes()) {
        cx.take_pending(r);
    }
}

/// Reads and evaluates until the input ends or the program does.
pub fn run(cx: &mut Cx, lines: &mut dyn Lines, globals: Gc<Dict>) -> Ending {
    set_prompts(cx);
    loop {
        match read_statement(cx, lines) {
            Ok(Input::Statement(text)) => {
                if let Some(ending) = evaluate(cx, &text, globals) {
                    return ending;
                }
            }
            Ok(Input::Nothing) => {}
            Ok(Input::End) => {
                lines.end(cx);
                return Ending::Status(0);
            }
            Err(r) => {
                let e = cx.take_pending(r);
                if cx.is_instance(e, cx.types.keyboard_interrupt) {
                    show(cx, "\nKeyboardInterrupt\n");
                    continue;
                }
                let r = cx.reraise(e);
                if let Some(ending) = report_at_prompt(cx, r) {
                    return ending;
                }
            }
        }
    }
}

/// Gives `sys.ps1` and `sys.ps2` their values, unless the program did.
fn set_prompts(cx: &mut Cx) {
    let Some(sys) = cx.loaded_module("sys").and_then(|m| m.as_gc::<Module>()).and_then(|m| m.dict.get()) else { return };
    for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
        if cx.sys_value(name).is_none() {
            let v = cx.str(text).value();
            cx.dict_set_text(sys, name, v);
        }
    }
}

/// `str(sys.ps1)`; what fails gives no prompt.
fn prompt(cx: &mut Cx, name: &str) -> String {
    let Some(v) = cx.sys_value(name) else { return String::new() };
    match cx.str_value(v) {
        Ok(s) => s.lossy().into_owned(),
        Err(r) => {
            cx.take_pending(r);
            String::new()
        }
    }
}

fn read_statement(cx: &mut Cx, lines: &mut dyn Lines) -> Result<Input> {
    let mut text = String::new();
    loop {
        let is_first = text.is_empty();
        let prompt = prompt(cx, if is_first { "ps1" } else { "ps2" });
        match lines.read(cx, &prompt)? {
            Line::Text(line) if is_first && is_blank(&line) => return Ok(Input::Nothing),
            Line::Text(line) => {
                if !is_first {
                    text.push('\n');
                }
                text.push_str(&line);
            }
            Line::Interrupted => {
                show(cx, "KeyboardInterrupt\n");
                return Ok(Input::Nothing);
            }
            Line::End if is_first => return Ok(Input::End),
            // What was begun counts as complete.
            Line::End => return Ok(Input::Statement(text + "\n")),
        }
        if !is_incomplete(&text) {
            return Ok(Input::Statement(text));
        }
    }
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '\x0c']);
    line.is_empty() || line.starts_with('#')
}

/// Whether more lines could make a statement of the text.
pub fn is_incomplete(text: &str) -> bool {
    match gscript_grammar::parse_interactive(text) {
        Ok(_) => false,
        Err(errors) => errors.first().is_some_and(|d| d.is_incomplete),
    }
}

/// Runs a statement; an ending, if it asked for the end of the program.
fn evaluate(cx: &mut Cx, text: &str, globals: Gc<Dict>) -> Option<Ending> {
    let result = cx.compile_text(text, "<stdin>", Kind::Interactive, NameMode::Globals).and_then(|code| cx.run_code(code, globals, None));
    let ending = match result {
        Ok(_) => None,
        Err(r) => report_at_prompt(cx, r),
    };
    if let Err(r) = gscript_stdlib::io::flush_standard_streams(cx) {
        cx.take_pending(r);
    }
    ending
}

/// What `gscript` shows before the first prompt.
pub fn banner() -> String {
    format!("gscript {} (Python 3.11) on linux\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n", env!("CARGO_PKG_VERSION"))
}

/// Whether the prompt comes after (or instead of) the program.
pub fn is_wanted(options: &Options) -> bool {
    let is_terminal = gscript_stdlib::platform::fd::is_terminal(0);
    let is_asked = options.variable("PYTHONINSPECT").is_some();
    match options.program {
        Program::Prompt | Program::Stdin if is_terminal => true,
        _ => options.flags.is_interactive || is_asked && is_terminal,
    }
}

/// Adds the names that only people need: `help`, `copyright`, `credits`, `license`.
pub fn install_helpers(cx: &mut Cx) {
    let done = cx.import_absolute("_sitebuiltins").and_then(|m| cx.call_method(m, "_install", &[]));
    if let Err(r) = done {
        report_at_prompt(cx, r);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_where_cpython_ends_them() {
        for text in ["if 1:", "def f():\n  return (", "x = (1,", "'''a", "x = \\", "@d", "if 1:\n    x", "for i in x: pass", "class A: pass"] {
            assert!(is_incomplete(text), "{text:?}");
        }
        for text in ["x = 1", "if 1:\n    x\n", "x = = 1", "]", "for i in x: pass\n", "f(1)", "x = 1; y = 2", "if 1:\n    pass\nx = 1"] {
            assert!(!is_incomplete(text), "{text:?}");
        }
        assert!(is_blank("  # what") && is_blank("") && !is_blank(" x"));
    }
}
