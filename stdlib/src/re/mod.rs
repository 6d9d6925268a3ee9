//! `_re`: patterns and matches. `gs/re.gs` makes the module `re` of it, with the flags and the exception.
//!
//! A pattern is parsed by `parse.rs`, which reports what is wrong with it; `emit.rs` writes the tree down for the crates
//! regex (linear time) and fancy-regex (what needs backtracking); `engine.rs` has the programs; `subject.rs` what they
//! search; `pattern.rs` and `matched.rs` the two classes; `template.rs` the replacements of `sub`.

mod emit;
mod engine;
mod matched;
pub mod module;
mod parse;
mod pattern;
mod subject;
mod template;
