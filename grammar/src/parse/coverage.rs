//! Every rule of the grammar is reached by the golden programs.
//!
//! Silent rules leave no trace in pest's pairs: here the grammar is interpreted, with all rules made loud.
//! `cargo test --release -p gscript-grammar coverage -- --nocapture` shows how often each rule matched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{layout, token};

/// Rules that no program which parses as a file can match, and why.
const NOT_IN_FILES: &[(&str, &str)] = &[
    ("eval_input", "what `eval` takes; tried below"),
    ("damaged", "stands for a statement that an error was reported for"),
    ("DAMAGED", "as `damaged`"),
    ("BAD_CHARACTER", "only in a text with an error"),
    ("ARGUMENT_END", "only what must not follow"),
    ("probe_disjunction", "to find the words for an error"),
    ("probe_expression", "likewise"),
    ("probe_arithmetic", "likewise"),
    ("probe_items", "likewise"),
];

fn programs(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder of golden programs") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            programs(&path, paths);
        } else if path.extension().is_some_and(|e| e == "gs" || e == "py") {
            paths.push(path);
        }
    }
}

#[test]
fn golden_programs_reach_every_rule() {
    let grammar = include_str!("../gscript.pest").replace("= _{", "= {");
    let (_, rules) = pest_meta::parse_and_optimize(&grammar).expect("the grammar is one");
    let mut counts: BTreeMap<String, u64> = rules.iter().map(|rule| (rule.name.clone(), 0)).collect();
    let vm = pest_vm::Vm::new(rules);
    let mut paths = Vec::new();
    programs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden"), &mut paths);
    assert!(paths.len() > 400, "{} programs", paths.len());
    for path in paths {
        let text = fs::read_to_string(&path).expect("a program is UTF-8");
        let layout = layout::scan(&text);
        // Most tokens are matched as members of a class, not by their rules.
        for kind in layout.kinds.bytes() {
            let (name, _, _) = token::ALL.iter().find(|t| t.1 == kind).expect("a kind of the list");
            *counts.entry(name.to_string()).or_default() += 1;
        }
        for (index, &start) in layout.chunks.iter().enumerate() {
            let end = layout.chunks.get(index + 1).map_or(layout.kinds.len(), |&next| next as usize);
            // What is no statement is text of a program that shows a syntax error.
            if let Ok(pairs) = vm.parse("statements", &layout.kinds[start as usize..end]) {
                for pair in pairs.flatten() {
                    *counts.entry(pair.as_rule().to_string()).or_default() += 1;
                }
            }
        }
    }
    let layout = layout::scan("1 + 2");
    assert!(vm.parse("eval_input", &layout.kinds).is_ok());
    println!("{:24} times matched", "rule");
    counts.iter().for_each(|(name, count)| println!("{name:24} {count:8}"));
    let missing: Vec<&String> =
        counts.iter().filter(|(name, count)| **count == 0 && !NOT_IN_FILES.iter().any(|(n, _)| n == name)).map(|(name, _)| name).collect();
    assert!(missing.is_empty(), "no golden program reaches {missing:?}");
}
