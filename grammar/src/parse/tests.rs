//! Tests of the tree building.

use crate::token;

/// The token rules of `gscript.pest` carry the numbers of `token.rs`.
#[test]
fn grammar_and_token_list_agree() {
    let grammar = include_str!("../gscript.pest");
    for (name, kind, _) in token::ALL {
        let rule = format!("{name:18} = _{{ \"\\u{{{kind:02x}}}\" }}");
        assert!(
            grammar.lines().any(|line| line == rule),
            "missing in gscript.pest: {rule}"
        );
    }
}
