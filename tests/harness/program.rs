//! The golden programs: where they are and what their heads say.
//!
//! A program is `NAME.gs`. Beside it: `NAME.out` (its standard output), `NAME.err` (its standard error, if it writes
//! any) and `NAME.in` (its standard input, if it reads any; otherwise that is empty). Comment lines at the head of
//! the program steer the run:
//!
//! ```text
//! # exit: 3         the exit status, if it is not 0
//! # order: any      the output does not depend on the order in which ready greenlets run
//! # rows: GRN-01    the rows of the concurrency specification that the program checks
//! # needs: ipv6     what the machine must have, else the program is skipped (ipv6, root, notroot)
//! ```

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

pub struct Program {
    pub path: PathBuf,
    /// The path below tests/golden.
    pub name: String,
    pub status: i32,
    pub is_any_order: bool,
    needs: Vec<String>,
}

/// The folder of all golden programs.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// All programs, sorted by name.
pub fn find() -> Vec<Program> {
    let mut paths = Vec::new();
    walk(&root(), &mut paths);
    paths.sort();
    paths.into_iter().map(Program::new).collect()
}

/// Modules which other programs import stand in folders named "modules".
fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            if !path.ends_with("modules") {
                walk(&path, paths);
            }
        } else if path.extension().is_some_and(|e| e == "gs") {
            paths.push(path);
        }
    }
}

impl Program {
    fn new(path: PathBuf) -> Program {
        let name = path.strip_prefix(root()).expect("found below it").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut program = Program { path, name, status: 0, is_any_order: false, needs: Vec::new() };
        for line in text.lines().take_while(|line| line.starts_with('#')) {
            let Some((key, value)) = line[1..].split_once(':') else { continue };
            let value = value.trim();
            match key.trim() {
                "exit" => program.status = value.parse().unwrap_or_else(|_| panic!("{}: exit: {value}", program.name)),
                "order" => program.is_any_order = value == "any",
                "needs" => program.needs = value.split_whitespace().map(str::to_string).collect(),
                _ => {}
            }
        }
        program
    }

    /// The text of NAME.out or NAME.err; nothing where there is no such file.
    pub fn expected(&self, kind: &str) -> Option<String> {
        fs::read(self.path.with_extension(kind)).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What the machine lacks for this program.
    pub fn missing(&self) -> Option<&str> {
        self.needs.iter().map(String::as_str).find(|need| match *need {
            "ipv6" => TcpListener::bind("[::1]:0").is_err(),
            "root" => !rustix::process::geteuid().is_root(),
            "notroot" => rustix::process::geteuid().is_root(),
            other => panic!("{}: needs: {other} is not known", self.name),
        })
    }
}
