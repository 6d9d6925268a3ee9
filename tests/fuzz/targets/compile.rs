//! What parses is compiled, and the code verified (the compiler's feature `checks`): no panic, no invalid code.
#![no_main]

mod mutate;

use gscript_compiler::{Kind, NameMode, Options, compile_expression, compile_module, disasm};
use gscript_grammar::{decode_source, parse_expression, parse_interactive, parse_module};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate::mutate(data, size, max_size, seed) });

fuzz_target!(|data: &[u8]| {
    let Ok(text) = decode_source(data) else { return };
    let options = |kind, names| Options { filename: "fuzz".into(), kind, names, source: &text };
    let mut codes = Vec::new();
    if let Ok(module) = parse_module(&text) {
        codes.push(compile_module(&module, &options(Kind::Module, NameMode::Globals)));
        codes.push(compile_module(&module, &options(Kind::Module, NameMode::Namespace)));
    }
    if let Ok(module) = parse_interactive(&text) {
        codes.push(compile_module(&module, &options(Kind::Interactive, NameMode::Namespace)));
    }
    if let Ok(expression) = parse_expression(&text) {
        codes.push(compile_expression(&expression, &options(Kind::Expression, NameMode::Namespace)));
    }
    for code in codes.into_iter().flatten() {
        disasm::disassemble(&code);
    }
});
