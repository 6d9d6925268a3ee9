//! The command line.
#![forbid(unsafe_code)]

use gscript::Machine;
use gscript_repl::check;
use gscript_repl::options::{self, Command, Program};
use gscript_repl::run::{self, Ending};
use gscript_vm::machine::Config;

fn main() {
    let command = match options::parse(std::env::args_os().skip(1)) {
        Ok(c) => c,
        Err(text) => usage_error(&text),
    };
    let mut options = match command {
        Command::Version => {
            println!("gscript {} (Python 3.11)", env!("CARGO_PKG_VERSION"));
            return;
        }
        Command::Help => {
            print!("{}", options::HELP);
            return;
        }
        Command::Run(o) => o,
    };
    options.add_environment();
    if options.only_checks || options.shows_code {
        let Program::File(file) = &options.program else { usage_error("--check and --dis need a file") };
        let files = std::iter::once(file).chain(if options.only_checks { &options.args[..] } else { &[] });
        let status = files.map(|f| if options.only_checks { check::check(f) } else { check::disassemble(f) }).max();
        std::process::exit(status.unwrap_or(0));
    }
    let config = match options::config() {
        Ok(c) => Config { limits: options.limits, ..c },
        Err(text) => {
            eprintln!("gscript: {text}");
            std::process::exit(1);
        }
    };
    gscript_stdlib::raise_file_limit();
    let mut machine = match Machine::new(&config) {
        Ok(m) => m,
        Err(e) => {
            eprintln!("gscript: {e}");
            std::process::exit(1);
        }
    };
    match run::run_script(&mut machine, &options) {
        // The machine is left as it is: the system takes back its memory faster.
        Ending::Status(n) => std::process::exit(n),
        Ending::Interrupt => {
            gscript_stdlib::die_of_interrupt();
            std::process::exit(130);
        }
    }
}

fn usage_error(text: &str) -> ! {
    eprintln!("gscript: {text}\nTry `gscript --help' for more information.");
    std::process::exit(2);
}
