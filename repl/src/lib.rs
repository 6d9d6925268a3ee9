//! What the command line does besides the language: its options, running programs, the prompt.
#![deny(unsafe_code)]

pub mod options;
pub mod run;
