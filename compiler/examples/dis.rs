//! The listing of a file's code: `dis [--namespace] FILE` (`-` reads standard input).

use std::io::Read;

use gscript_compiler::{Kind, NameMode, Options, compile_module, disasm::disassemble, verify::verify};

fn main() {
    let mut names = NameMode::Globals;
    for arg in std::env::args().skip(1) {
        if arg == "--namespace" {
            names = NameMode::Namespace;
            continue;
        }
        let mut source = String::new();
        if arg == "-" {
            std::io::stdin().read_to_string(&mut source).expect("standard input is text");
        } else {
            source = std::fs::read_to_string(&arg).expect("the file can be read");
        }
        let options = Options { filename: arg.as_str().into(), kind: Kind::Module, names, source: &source, optimize: 0 };
        let module = match gscript_grammar::parse_module(&source) {
            Ok(module) => module,
            Err(errors) => {
                println!("{:?}", errors[0]);
                continue;
            }
        };
        match compile_module(&module, &options) {
            Ok(code) => {
                print!("{}", disassemble(&code));
                if let Err(problem) = verify(&code) {
                    println!("VERIFY: {problem}");
                }
            }
            Err(error) => println!("{error:?}"),
        }
    }
}
