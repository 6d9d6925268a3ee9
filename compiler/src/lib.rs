//! Syntax tree to bytecode.
#![forbid(unsafe_code)]

pub mod code;
pub mod opcode;
