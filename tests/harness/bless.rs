//! Writing the expected outputs: what CPython 3.11 with gevent prints.
//!
//! A program runs with several hash seeds, and one headed `# order: any` some more times under a loop that shuffles
//! the ready greenlets. One whose output differs between them is refused, and one that ends with another status than
//! its head declares.

use std::ffi::OsString;
use std::fs;
use std::process::Command;
use std::time::Duration;

use super::diff::diff;
use super::program::Program;
use super::run::{Outcome, run};

const SHUFFLES: u32 = 5;
const LIMIT: Duration = Duration::from_secs(30);

/// The command of CPython 3.11 with gevent: GSCRIPT_ORACLE, or the environment that tests/setup_peers.sh makes.
pub fn oracle() -> Result<Vec<OsString>, String> {
    let named = std::env::var_os("GSCRIPT_ORACLE");
    let python = named.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/target/oracle/bin/python").into());
    let about = "import sys, gevent; print(*sys.version_info[:2], gevent.__version__)";
    let told = Command::new(&python).args(["-c", about]).output().map(|o| String::from_utf8_lossy(&o.stdout).into_owned());
    match told {
        Ok(text) if text.starts_with("3 11 ") => Ok(vec![python]),
        _ => Err(format!("{} is not CPython 3.11 with gevent: run tests/setup_peers.sh", python.to_string_lossy())),
    }
}

/// Runs a program by the oracle and writes what it printed; nothing is written when `is_check`. Whether it differs.
pub fn bless(program: &Program, oracle: &[OsString], is_check: bool) -> Result<bool, String> {
    let first = agreed(program, oracle)?;
    let mut has_changed = false;
    for (kind, text, is_wanted) in [("out", &first.out, true), ("err", &first.err, !first.err.is_empty())] {
        let path = program.path.with_extension(kind);
        let old = program.expected(kind);
        if old.as_ref() == is_wanted.then_some(text) {
            continue;
        }
        has_changed = true;
        if is_check {
            return Err(diff(kind, &old.unwrap_or_default(), text).unwrap_or_else(|| format!(".{kind} would change")));
        }
        let done = if is_wanted { fs::write(&path, text) } else { fs::remove_file(&path) };
        done.map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(has_changed)
}

/// What the program prints, whatever the seed.
fn agreed(program: &Program, oracle: &[OsString]) -> Result<Outcome, String> {
    let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
    let mut runs: Vec<Vec<(String, String)>> = ["0", "4711", "9"].map(|seed| vec![pair("PYTHONHASHSEED", seed)]).into();
    if program.is_any_order {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
        runs.extend(
            (1..=SHUFFLES).map(|seed| vec![pair("GEVENT_LOOP", "shuffle_loop.Loop"), pair("SHUFFLE_SEED", &seed.to_string()), pair("PYTHONPATH", folder)]),
        );
    }
    let mut first: Option<Outcome> = None;
    for env in runs {
        let what = format!("{} {}", env[0].0, env.get(1).unwrap_or(&env[0]).1);
        let outcome = run(oracle, program, &env, LIMIT);
        if let Some(problem) = outcome.status_problem(program.status) {
            return Err(format!("{problem} ({what})\n{}", outcome.err));
        }
        if outcome.err.contains(": SyntaxWarning: ") {
            return Err(format!("the compiler warns: write it otherwise\n{}", outcome.err));
        }
        let Some(first) = &first else {
            first = Some(outcome);
            continue;
        };
        if let Some(text) = diff("output", &first.out, &outcome.out).or_else(|| diff("errors", &first.err, &outcome.err)) {
            return Err(format!("differs with {what}\n{text}"));
        }
    }
    Ok(first.expect("there are several runs"))
}
