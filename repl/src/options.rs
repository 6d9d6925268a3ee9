//! The command line and the switches of the environment.

use std::ffi::OsString;
use std::time::Duration;

use gscript_stdlib::sys::Flags;
use gscript_vm::authority::Authority;
use gscript_vm::green::ready::{Order, Random};
use gscript_vm::green::stack::GuardMode;
use gscript_vm::limits::Limits;
use gscript_vm::machine::Config;

/// What is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    File(String),
    /// `-c TEXT`
    Text(String),
    /// `-m MODULE`
    Module(String),
    /// `-`, or nothing while standard input is no terminal.
    Stdin,
    /// Nothing: the prompt.
    Prompt,
}

/// The command line, understood.
#[derive(Clone, Debug)]
pub struct Options {
    pub program: Program,
    /// What follows the program.
    pub args: Vec<String>,
    /// `--check`: parse and compile only.
    pub only_checks: bool,
    /// `--dis`: show the bytecode.
    pub shows_code: bool,
    /// `-u`
    pub is_unbuffered: bool,
    /// `--max-heap` and the like.
    pub limits: Limits,
    /// `-W`
    pub warn_options: Vec<String>,
    /// `-X`
    pub x_options: Vec<(String, Option<String>)>,
    pub flags: Flags,
}

/// What to do.
#[derive(Clone, Debug)]
pub enum Command {
    Run(Options),
    Version,
    Help,
}

pub const HELP: &str = "\
usage: gscript [option] ... [-c text | -m module | file | -] [arg] ...

  -c text        run the text; the options end here
  -m module      run a module as a program; the options end here
  -i             show the prompt after the program has ended
  -u             do not buffer standard output and errors
  -O, -OO        leave out assertions; docstrings too
  -q             no banner before the prompt
  -E             ignore PYTHON* variables
  -I             as -E, and without the working folder in sys.path
  -P             without the working folder in sys.path
  -W arg, -X opt seen in sys.warnoptions and sys._xoptions
  -B -b -d -s -S -v -x  accepted
  --check FILE...  parse and compile only: all errors, and what is not supported
  --dis FILE     show the bytecode
  --no-jit       interpret only
  --max-heap SIZE, --max-greenlets N, --deadline SECONDS, --fuel N
                 end the program with an error that it cannot catch when it uses more
  -V, --version  show the version
  -h, --help     show this

Without a program, the prompt is shown if standard input is a terminal; else the program is read from it.

environment: GSCRIPT_JIT, GSCRIPT_DISPATCH, GSCRIPT_GC, GSCRIPT_GUARD, GSCRIPT_ORDER, GSCRIPT_CLOCK, NO_COLOR,
             PYTHONHASHSEED, PYTHONPATH, PYTHONUNBUFFERED, PYTHONOPTIMIZE, PYTHONINSPECT, PYTHONSTARTUP
";

fn limit_value(parser: &mut lexopt::Parser, option: &str) -> Result<String, String> {
    parser.value().map(text).map_err(|_| format!("--{option} needs a value"))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("a whole number expected, not {text}"))
}

/// Bytes: `4096`, `64K`, `256M`, `2G`.
fn size(text: &str) -> Result<usize, String> {
    let (digits, shift) = match text.bytes().last().map(|b| b.to_ascii_uppercase()) {
        Some(b'K') => (&text[..text.len() - 1], 10),
        Some(b'M') => (&text[..text.len() - 1], 20),
        Some(b'G') => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let n: usize = digits.parse().map_err(|_| format!("--max-heap: bytes expected, such as 64M, not {text}"))?;
    n.checked_mul(1 << shift).ok_or(format!("--max-heap: {text} is too much"))
}

fn text(s: OsString) -> String {
    s.to_string_lossy().into_owned()
}

/// Understands the arguments behind the program's name.
///
/// # Errors
/// What is wrong, for the user.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    use lexopt::prelude::*;
    let mut parser = lexopt::Parser::from_args(args);
    let mut o = Options {
        program: Program::Prompt,
        args: Vec::new(),
        only_checks: false,
        shows_code: false,
        is_unbuffered: false,
        limits: Limits::default(),
        warn_options: Vec::new(),
        x_options: Vec::new(),
        flags: Flags::default(),
    };
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Short('c') => {
                o.program = Program::Text(text(parser.value().map_err(|_| "Argument expected for the -c option".to_string())?));
                break;
            }
            Short('m') => {
                o.program = Program::Module(text(parser.value().map_err(|_| "Argument expected for the -m option".to_string())?));
                break;
            }
            Short('i') => o.flags.is_interactive = true,
            Short('u') => o.is_unbuffered = true,
            Short('O') => o.flags.optimize = (o.flags.optimize + 1).min(2),
            Short('q') => o.flags.is_quiet = true,
            Short('E') => o.flags.ignores_environment = true,
            Short('I') => o.flags.is_isolated = true,
            Short('P') => o.flags.has_safe_path = true,
            Short('s') => o.flags.no_user_site = true,
            Short('S') => o.flags.no_site = true,
            Short('v') => o.flags.verbose = o.flags.verbose.saturating_add(1),
            Short('b') => o.flags.bytes_warning = o.flags.bytes_warning.saturating_add(1),
            // Options of Python that change nothing here.
            Short('B' | 'd' | 'x') => {}
            Short('W') => o.warn_options.push(text(parser.value().map_err(|_| "Argument expected for the -W option".to_string())?)),
            Short('X') => {
                let option = text(parser.value().map_err(|_| "Argument expected for the -X option".to_string())?);
                o.x_options.push(match option.split_once('=') {
                    Some((name, value)) => (name.to_string(), Some(value.to_string())),
                    None => (option, None),
                });
            }
            Short('V') | Long("version") => return Ok(Command::Version),
            Short('h' | '?') | Long("help") => return Ok(Command::Help),
            Long("check") => o.only_checks = true,
            Long("dis") => o.shows_code = true,
            Long("no-jit") => {}
            Long("max-heap") => o.limits.heap_bytes = Some(size(&limit_value(&mut parser, "max-heap")?)?),
            Long("max-greenlets") => o.limits.greenlets = Some(number(&limit_value(&mut parser, "max-greenlets")?)?),
            Long("fuel") => o.limits.fuel = Some(number(&limit_value(&mut parser, "fuel")?)?),
            Long("deadline") => {
                let text = limit_value(&mut parser, "deadline")?;
                let seconds = text.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok());
                o.limits.deadline = Some(seconds.ok_or(format!("--deadline: seconds expected, not {text}"))?);
            }
            Value(v) => {
                o.program = if v == "-" { Program::Stdin } else { Program::File(text(v)) };
                break;
            }
            other => return Err(other.unexpected().to_string()),
        }
    }
    o.args = match parser.raw_args() {
        Ok(rest) => rest.map(text).collect(),
        Err(e) => return Err(e.to_string()),
    };
    Ok(Command::Run(o))
}

impl Options {
    /// A variable of Python's, unless they are to be ignored; not an empty one.
    pub fn variable(&self, name: &str) -> Option<String> {
        let ignores = self.flags.ignores_environment || self.flags.is_isolated;
        if ignores { None } else { std::env::var(name).ok().filter(|v| !v.is_empty()) }
    }

    /// Adds what the environment asks for.
    pub fn add_environment(&mut self) {
        self.is_unbuffered |= self.variable("PYTHONUNBUFFERED").is_some();
        if let Some(level) = self.variable("PYTHONOPTIMIZE") {
            let level = level.parse::<u8>().unwrap_or(1).clamp(1, 2);
            self.flags.optimize = self.flags.optimize.max(level);
        }
        self.flags.has_safe_path |= self.variable("PYTHONSAFEPATH").is_some();
        let from_environment: Vec<String> = self.variable("PYTHONWARNINGS").iter().flat_map(|w| w.split(',')).map(str::to_string).collect();
        self.warn_options.splice(0..0, from_environment);
    }
}

/// The machine's configuration from the environment.
///
/// # Errors
/// What is wrong, for the user.
pub fn config() -> Result<Config, String> {
    let var = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let mut config = Config { authority: Authority::ALL, ..Config::default() };
    match var("GSCRIPT_DISPATCH").as_deref() {
        None | Some("threaded") => {}
        Some("loop") => config.is_threaded = false,
        Some(other) => {
            return Err(format!("GSCRIPT_DISPATCH: threaded or loop expected, not {other}"));
        }
    }
    if let Some(v) = var("GSCRIPT_GC") {
        config.stress = match v.split_once(':').map_or((v.as_str(), None), |(a, b)| (a, Some(b))) {
            ("stress", None) => Some(97),
            ("stress", Some(n)) => Some(n.parse().ok().filter(|&n| n > 0).ok_or(format!("GSCRIPT_GC: a number expected, not {n}"))?),
            _ => return Err(format!("GSCRIPT_GC: stress or stress:N expected, not {v}")),
        };
    }
    config.guard = match var("GSCRIPT_GUARD").as_deref() {
        None | Some("auto") => GuardMode::Auto,
        Some("off") => GuardMode::Off,
        Some("mprotect") => GuardMode::Mprotect,
        Some(other) => {
            return Err(format!("GSCRIPT_GUARD: auto, off or mprotect expected, not {other}"));
        }
    };
    config.order = match var("GSCRIPT_ORDER").as_deref() {
        None | Some("fifo") => Order::Fifo,
        Some(n) => Order::Seeded(Random::new(n.parse().map_err(|_| format!("GSCRIPT_ORDER: fifo or a number expected, not {n}"))?)),
    };
    config.is_virtual = match var("GSCRIPT_CLOCK").as_deref() {
        None | Some("real") => false,
        Some("virtual") => true,
        Some(other) => {
            return Err(format!("GSCRIPT_CLOCK: real or virtual expected, not {other}"));
        }
    };
    config.hash_seed = match var("PYTHONHASHSEED").as_deref() {
        None | Some("random") => None,
        Some(n) => match n.parse::<u32>() {
            Ok(n) => Some(n as u64),
            Err(_) => {
                return Err("PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]".to_string());
            }
        },
    };
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(args: &[&str]) -> Options {
        match parse(args.iter().map(OsString::from)) {
            Ok(Command::Run(o)) => o,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn options_end_at_the_program() {
        let o = run(&["-i", "a.gs", "-x", "--check", "--"]);
        assert_eq!((o.program, o.flags.is_interactive, o.only_checks), (Program::File("a.gs".into()), true, false));
        assert_eq!(o.args, ["-x", "--check", "--"]);
        let o = run(&["-c", "print(1)", "-i"]);
        assert_eq!((o.program, o.flags.is_interactive), (Program::Text("print(1)".into()), false));
        assert_eq!(o.args, ["-i"]);
        assert_eq!(run(&["-"]).program, Program::Stdin);
        assert_eq!(run(&[]).program, Program::Prompt);
        assert!(parse(["--what"].map(OsString::from)).is_err());
        let o = run(&["--max-heap", "64M", "--fuel=10", "--deadline=1.5", "--max-greenlets=3", "x.gs"]);
        assert_eq!((o.limits.heap_bytes, o.limits.fuel, o.limits.greenlets), (Some(64 << 20), Some(10), Some(3)));
        assert_eq!(o.limits.deadline, Some(Duration::from_millis(1500)));
        assert!(parse(["--max-heap=64X"].map(OsString::from)).is_err() && parse(["--deadline=-1"].map(OsString::from)).is_err());
        assert!(parse(["-c"].map(OsString::from)).is_err());
    }
}
