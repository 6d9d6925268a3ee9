//! Runs the golden programs and compares what they print with what CPython printed.
//!
//! ```text
//! cargo test --release --test golden -- [OPTIONS] [FILTER]
//!   FILTER            part of the names of the tests: "types/", "list_sort", "[stress]"
//!   --modes A,B       of default, loop, stress, order; default: all
//!   --known FILE      names of programs that are known to fail: they are run and count as ignored;
//!                     default: tests/expected_failures.txt, where there is one
//!   --gscript "CMD"   another command to run the programs by
//!   --seeds N         orders for programs headed "# order: any"; default 20
//!   --bless           write the expected outputs with CPython 3.11 and gevent instead
//!   --bless-check     tell which expected outputs CPython would change
//! ```
//! and the options of libtest. Compared are standard output, standard error and the exit status. A program that fails
//! is run once more while nothing else runs: on a busy machine a clock may decide. Those that then pass are named.

mod harness;

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

use harness::program::{Program, find};
use harness::{bless, diff::diff, run::run};
use libtest_mimic::{Arguments, Completion, Failed, Trial};

const LIMIT: Duration = Duration::from_secs(30);

struct Options {
    modes: Vec<String>,
    known: HashSet<String>,
    command: Vec<OsString>,
    seeds: u32,
    is_bless: bool,
    is_check: bool,
}

/// What all tests share.
struct Session {
    options: Options,
    /// Held for reading by each run, for writing by a run that wants to be alone.
    alone: RwLock<()>,
    /// Programs that passed at the second attempt only.
    unsteady: Mutex<Vec<String>>,
    /// Programs known to fail that passed.
    mended: Mutex<Vec<String>>,
}

fn main() -> ExitCode {
    let (options, rest) = options();
    let arguments = Arguments::from_iter(rest);
    let is_bless = options.is_bless;
    let session = Arc::new(Session { options, alone: RwLock::default(), unsteady: Mutex::default(), mended: Mutex::default() });
    let trials = if is_bless { bless_trials(&session) } else { trials(&session) };
    let conclusion = libtest_mimic::run(&arguments, trials);
    for (what, list) in [("passed at the second attempt only", &session.unsteady), ("known to fail, but passed", &session.mended)] {
        let mut counts = BTreeMap::new();
        list.lock().unwrap_or_else(|e| e.into_inner()).iter().for_each(|name| *counts.entry(name.clone()).or_insert(0) += 1);
        counts.iter().for_each(|(name, count)| println!("{what}: {name} ({count} times)"));
    }
    conclusion.exit_code()
}

/// Our own options, and the rest for libtest.
fn options() -> (Options, Vec<OsString>) {
    let mut options = Options {
        modes: ["default", "loop", "stress", "order"].map(str::to_string).into(),
        known: known(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected_failures.txt")).unwrap_or_default(),
        command: vec![env!("CARGO_BIN_EXE_gscript").into()],
        seeds: 20,
        is_bless: false,
        is_check: false,
    };
    let mut rest = Vec::new();
    let mut args = std::env::args_os();
    while let Some(arg) = args.next() {
        let mut value = || args.next().and_then(|v| v.into_string().ok()).unwrap_or_else(|| panic!("{arg:?} wants a value"));
        match arg.to_str() {
            Some("--modes") => options.modes = value().split(',').map(str::to_string).collect(),
            Some("--known") => {
                let file = value();
                options.known = known(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
            }
            Some("--gscript") => options.command = value().split_whitespace().map(OsString::from).collect(),
            Some("--seeds") => options.seeds = value().parse().expect("--seeds wants a number"),
            Some("--bless") => options.is_bless = true,
            Some("--bless-check") => (options.is_bless, options.is_check) = (true, true),
            _ => rest.push(arg),
        }
    }
    (options, rest)
}

fn known(file: &str) -> std::io::Result<HashSet<String>> {
    Ok(fs::read_to_string(file)?.split_whitespace().map(str::to_string).collect())
}

/// One test for each program and mode.
fn trials(session: &Arc<Session>) -> Vec<Trial> {
    let has_mode = |name: &str| session.options.modes.iter().any(|m| m == name);
    let modes = [("default", "", None), ("loop", " [loop]", Some(("GSCRIPT_DISPATCH", "loop"))), ("stress", " [stress]", Some(("GSCRIPT_GC", "stress")))];
    let programs: Vec<Arc<Program>> = find().into_iter().map(Arc::new).collect();
    let mut trials = Vec::new();
    for (_, suffix, env) in modes.into_iter().filter(|mode| has_mode(mode.0)) {
        trials.extend(programs.iter().map(|program| trial(session, program, suffix, env.map(|(n, v)| (n, v.to_string())))));
    }
    for program in programs.iter().filter(|p| p.is_any_order && has_mode("order")) {
        trials.extend((1..=session.options.seeds).map(|seed| trial(session, program, &format!(" [order {seed}]"), Some(("GSCRIPT_ORDER", seed.to_string())))));
    }
    trials
}

fn trial(session: &Arc<Session>, program: &Arc<Program>, suffix: &str, env: Option<(&str, String)>) -> Trial {
    let name = format!("{}{suffix}", program.name);
    let env: Vec<(String, String)> = env.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    let (session, program, test) = (session.clone(), program.clone(), name.clone());
    Trial::ignorable_test(name, move || {
        if let Some(need) = program.missing() {
            return Ok(Completion::ignored_with(format!("needs {need}")));
        }
        let is_known = session.options.known.contains(&program.name);
        let mut problem = {
            let _together = session.alone.read().unwrap_or_else(|e| e.into_inner());
            check(&session.options.command, &program, &env)
        };
        if problem.is_some() && !is_known {
            let _alone = session.alone.write().unwrap_or_else(|e| e.into_inner());
            problem = check(&session.options.command, &program, &env);
            if problem.is_none() {
                note(&session.unsteady, &test);
            }
        }
        match problem {
            None if is_known => note(&session.mended, &program.name),
            None => {}
            Some(_) if is_known => return Ok(Completion::ignored_with("known to fail")),
            Some(text) => return Err(Failed::from(text)),
        }
        Ok(Completion::Completed)
    })
}

fn note(list: &Mutex<Vec<String>>, name: &str) {
    list.lock().unwrap_or_else(|e| e.into_inner()).push(name.to_string());
}

/// Runs a program once; what is wrong.
fn check(command: &[OsString], program: &Program, env: &[(String, String)]) -> Option<String> {
    let Some(out) = program.expected("out") else {
        return Some("it has no .out file: bless it".to_string());
    };
    let outcome = run(command, program, env, LIMIT);
    let problems = [
        outcome.status_problem(program.status),
        diff("output", &out, &outcome.out),
        diff("errors", &program.expected("err").unwrap_or_default(), &outcome.err),
    ];
    let text: Vec<String> = problems.into_iter().flatten().collect();
    (!text.is_empty()).then(|| text.join("\n"))
}

/// One "test" for each program, that writes its expected output.
fn bless_trials(session: &Arc<Session>) -> Vec<Trial> {
    let oracle = match bless::oracle() {
        Ok(command) => Arc::new(command),
        Err(problem) => panic!("{problem}"),
    };
    let is_check = session.options.is_check;
    let programs = find().into_iter();
    programs
        .map(|program| {
            let oracle = oracle.clone();
            Trial::ignorable_test(program.name.clone(), move || {
                if let Some(need) = program.missing() {
                    return Ok(Completion::ignored_with(format!("needs {need}")));
                }
                bless::bless(&program, &oracle, is_check).map_err(Failed::from)?;
                Ok(Completion::Completed)
            })
        })
        .collect()
}
