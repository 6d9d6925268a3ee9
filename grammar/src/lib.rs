//! Source text to syntax tree. Start at [`parse`].
#![forbid(unsafe_code)]

pub mod ast;
pub mod diagnostic;
