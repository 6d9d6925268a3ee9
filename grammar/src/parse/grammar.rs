//! The parser that pest makes of `gscript.pest`, alone in its file: each edit of this module generates the
//! parser again.

#[derive(pest_derive::Parser)]
#[grammar = "gscript.pest"]
pub(super) struct Grammar;
