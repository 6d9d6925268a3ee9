//! Every opcode is in the code of the golden programs, and all their code is valid.
//! `cargo test --release -p gscript-compiler coverage -- --nocapture` shows how often each was emitted.

use std::fs;
use std::path::{Path, PathBuf};

use crate::code::Code;
use crate::opcode::{ALL, Instr, Opcode};
use crate::{Kind, NameMode, Options, compile_module, verify};

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

/// Opcodes that no file has, and why.
const NOT_IN_FILES: &[(Opcode, &str)] = &[(Opcode::PrintExpr, "of interactive statements"), (Opcode::Nop, "never emitted: overwrites what is not needed")];

fn count(code: &Code, counts: &mut [u64]) {
    let mut pc = 0;
    while pc < code.instrs.len() {
        let op = Instr(code.instrs[pc]).op().expect("the code was verified");
        counts[op as usize] += 1;
        pc += op.info().len();
    }
    code.children.iter().for_each(|child| count(child, counts));
}

#[test]
fn golden_programs_reach_every_opcode() {
    let mut paths = Vec::new();
    programs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden"), &mut paths);
    let mut counts = vec![0; ALL.len()];
    for path in paths {
        let text = fs::read_to_string(&path).expect("a program is UTF-8");
        let Ok(module) = gscript_grammar::parse_module(&text) else { continue };
        for names in [NameMode::Globals, NameMode::Namespace] {
            let options = Options { filename: path.to_string_lossy().into(), kind: Kind::Module, names, source: &text, optimize: 0 };
            let Ok(code) = compile_module(&module, &options) else { continue };
            verify::verify(&code).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
            if names == NameMode::Globals {
                count(&code, &mut counts);
            }
        }
    }
    println!("{:20} times emitted", "opcode");
    ALL.iter().zip(&counts).for_each(|(op, n)| println!("{:20} {n:8}", op.info().name));
    let missing: Vec<&Opcode> = ALL.iter().zip(&counts).filter(|(op, n)| **n == 0 && !NOT_IN_FILES.iter().any(|(o, _)| o == *op)).map(|(op, _)| op).collect();
    assert!(missing.is_empty(), "no golden program has {missing:?}");
}
