//! What the command line does besides the language: its options, running programs, the prompt.
#![deny(unsafe_code)]

pub mod check;
pub mod closed;
pub mod complete;
pub mod options;
pub mod plain;
pub mod repl;
pub mod run;
pub mod terminal;
pub mod uncaught;
pub mod unsupported;
