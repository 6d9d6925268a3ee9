//! Runs a file with nothing but the built-ins: for work on the machine itself.

use std::io::Write;

use gscript_vm::machine::{Config, Machine};

fn main() {
    let file = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(&file).expect("readable");
    let config = Config {
        is_threaded: std::env::var("GSCRIPT_DISPATCH").as_deref() != Ok("loop"),
        stress: std::env::var("GSCRIPT_GC").ok().map(|s| s.split_once(':').and_then(|p| p.1.parse().ok()).unwrap_or(97)),
        authority: gscript_vm::authority::Authority::ALL,
        ..Config::default()
    };
    let mut machine = Machine::new(&config).expect("a machine");
    let ok = machine.run(|cx| {
        cx.set_write_stdout(|_, bytes| {
            std::io::stdout().write_all(bytes).expect("stdout");
            Ok(())
        });
        let r = cx.compile_text(&text, &file, gscript_compiler::Kind::Module, gscript_compiler::NameMode::Globals).and_then(|code| {
            let globals = cx.dict_new();
            let name = cx.intern("__main__").value();
            cx.dict_set_text(globals, "__name__", name);
            cx.run_code(code, globals, None)
        });
        match r {
            Ok(_) => true,
            Err(r) => {
                let e = cx.take_pending(r);
                let name = cx.type_name(e);
                let text = match cx.str_value(e) {
                    Ok(s) => s.lossy().into_owned(),
                    Err(_) => String::new(),
                };
                eprintln!("{name}: {text}");
                false
            }
        }
    });
    std::process::exit(if ok == Ok(true) { 0 } else { 1 });
}
