//! What must hold of the files of the repository.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, without what builds leave.
fn files(folder: &Path, list: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("target") && !path.ends_with(".git") && !path.ends_with("corpus") && !path.ends_with("artifacts") {
                files(&path, list);
            }
        } else {
            list.push(path);
        }
    }
}

fn all(extension: &str) -> Vec<PathBuf> {
    let mut list = Vec::new();
    files(root(), &mut list);
    list.retain(|path| path.extension().is_some_and(|e| e == extension));
    list
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let silent: Vec<_> = all("rs").into_iter().filter(|path| !fs::read_to_string(path).is_ok_and(|text| text.starts_with("//"))).collect();
    assert!(silent.is_empty(), "without an opening comment: {silent:?}");
}

#[test]
fn golden_programs_and_their_outputs_belong_together() {
    let golden = root().join("tests/golden");
    let mut list = Vec::new();
    files(&golden, &mut list);
    let is_module = |path: &Path| path.components().any(|c| c.as_os_str() == "modules");
    let mut wrong = Vec::new();
    for path in list.iter().filter(|path| !is_module(path)) {
        let missing = match path.extension().and_then(|e| e.to_str()) {
            Some("gs") => "out",
            Some("out" | "err" | "in") => "gs",
            _ => continue,
        };
        if !path.with_extension(missing).exists() {
            wrong.push(format!("{} has no .{missing}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn known_failures_exist_and_are_named_once() {
    let Ok(text) = fs::read_to_string(root().join("tests/expected_failures.txt")) else { return };
    let mut seen = HashSet::new();
    for name in text.split_whitespace() {
        assert!(seen.insert(name), "{name} is named twice");
        assert!(root().join("tests/golden").join(name).exists(), "{name}: no such program");
    }
}

#[test]
fn the_corpus_is_as_large_as_promised() {
    let count = |folder: &str| {
        let mut list = Vec::new();
        files(&root().join("tests/golden").join(folder), &mut list);
        list.retain(|path| path.extension().is_some_and(|e| e == "gs"));
        let lines: usize = list.iter().map(|path| fs::read_to_string(path).map_or(0, |text| text.lines().count())).sum();
        let any_order = list.iter().filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains("# order: any\n"))).count();
        (list.len(), lines, any_order)
    };
    let (programs, lines, any_order) = count(".");
    println!("{programs} programs, {lines} lines, {any_order} of any order; {} in reentrant", count("reentrant").0);
    assert!(programs >= 400 && lines >= 8000 && any_order >= 40 && count("reentrant").0 >= 80);
}
