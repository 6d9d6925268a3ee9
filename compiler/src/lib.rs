//! Syntax tree to bytecode. Start at [`compile_module`].
//!
//! `scope` finds out where every name lives, `emit` walks the tree and makes instructions, `assemble` gives
//! them their final form, a [`Code`]. [`verify`] checks a code against the table of [`opcode`]s.
#![forbid(unsafe_code)]

mod assemble;
mod bits;
pub mod code;
#[cfg(test)]
mod coverage;
mod dataflow;
pub mod disasm;
mod emit;
mod error;
mod fold;
mod future;
mod lines;
mod name_map;
mod names;
pub mod opcode;
mod registers;
mod scope;
mod unit;
mod unparse;
pub mod verify;

use std::rc::Rc;

use gscript_grammar::ast;
use gscript_grammar::diagnostic::Diagnostic;

use code::{Code, CodeKind};

/// What is compiled, and how.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// For tracebacks.
    pub filename: Rc<str>,
    pub kind: Kind,
    pub names: NameMode,
    /// The text the tree was made from: spans become lines and columns of it.
    pub source: &'a str,
    /// 1: without assertions, 2: without docstrings too (`-O`, `-OO`).
    pub optimize: u8,
}

/// What a text is compiled as: the third argument of `compile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `exec`: a file.
    Module,
    /// `eval`: one expression, whose value is returned.
    Expression,
    /// `single`: an interactive statement; expression statements show their value.
    Interactive,
}

impl Kind {
    fn code_kind(self) -> CodeKind {
        match self {
            Kind::Module => CodeKind::Module,
            Kind::Expression => CodeKind::Expression,
            Kind::Interactive => CodeKind::Interactive,
        }
    }
}

/// Where the names of the outermost block live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMode {
    /// In the globals: modules.
    Globals,
    /// In the mapping that R\[0\] holds on entry: `exec`, `eval`, the prompt.
    Namespace,
}

/// Compiles a module or an interactive statement.
pub fn compile_module(module: &ast::Module, options: &Options) -> Result<Rc<Code>, Diagnostic> {
    check(with_stack(|| emit::module(module, options)))
}

/// Compiles an expression.
pub fn compile_expression(e: &ast::Expression, options: &Options) -> Result<Rc<Code>, Diagnostic> {
    check(with_stack(|| emit::expression(e, options)))
}

/// Trees are up to [`ast::MAX_DEPTH`] deep, and the passes over them recurse.
fn with_stack<T>(compile: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STACK_NEEDED, STACK_SIZE, compile)
}

/// What the deepest tree takes, with room to spare, and the stack made when there is less.
const STACK_NEEDED: usize = 6 << 20;
const STACK_SIZE: usize = 16 << 20;

/// Debug builds and the feature `checks` verify what was made.
fn check(result: error::Res<Rc<Code>>) -> Result<Rc<Code>, Diagnostic> {
    let code = result.map_err(|e| *e)?;
    #[cfg(any(debug_assertions, feature = "checks"))]
    if let Err(problem) = verify::verify(&code) {
        panic!("the compiler made invalid code: {problem}\n{}", disasm::disassemble(&code));
    }
    Ok(code)
}
