//! Running one program as a user would, in an empty folder, with a bounded time.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::normalise::normalise;
use super::program::Program;

/// What a program did.
pub struct Outcome {
    pub out: String,
    /// Normalised.
    pub err: String,
    /// Nothing: it took too long and was killed.
    pub status: Option<ExitStatus>,
}

impl Outcome {
    /// What is wrong with how it ended.
    pub fn status_problem(&self, wanted: i32) -> Option<String> {
        match self.status {
            None => Some("took too long".to_string()),
            Some(status) if status.code() == Some(wanted) => None,
            Some(status) => Some(match status.signal() {
                Some(signal) => format!("killed by signal {signal}, exit status {wanted} expected"),
                None => format!("exit status {}, expected {wanted}", status.code().unwrap_or(-1)),
            }),
        }
    }
}

/// An empty folder that goes away.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let name = format!("golden-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("a folder for the program");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a program by a command line, with variables of the environment beside the usual ones.
pub fn run(command: &[OsString], program: &Program, env: &[(String, String)], limit: Duration) -> Outcome {
    let folder = Folder::new();
    let stdin = File::open(program.path.with_extension("in")).map_or_else(|_| Stdio::null(), Stdio::from);
    let mut start = Command::new(&command[0]);
    start.args(&command[1..]).arg(&program.path).current_dir(&folder.0).stdin(stdin);
    start.stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["PYTHON", "GEVENT_", "GSCRIPT_"].iter().any(|prefix| text.starts_with(prefix)) {
            start.env_remove(&name);
        }
    }
    start.envs([("PYTHONHASHSEED", "0"), ("PYTHONDONTWRITEBYTECODE", "1"), ("PYTHONIOENCODING", "utf-8")]);
    start.envs([("LC_ALL", "C.UTF-8"), ("TZ", "UTC")]);
    start.envs(env.iter().map(|(name, value)| (name, value)));
    let child = start.spawn().unwrap_or_else(|e| panic!("{}: {e}", command[0].to_string_lossy()));
    let (out, err, status) = collect(child, limit);
    Outcome { out, err: normalise(&err, &program.path), status }
}

/// Reads both streams to their ends and waits; kills the process and what it started when that takes too long.
fn collect(mut child: Child, limit: Duration) -> (String, String, Option<ExitStatus>) {
    let end = Instant::now() + limit;
    let out = reader(child.stdout.take().expect("piped"));
    let err = reader(child.stderr.take().expect("piped"));
    let left = || end.saturating_duration_since(Instant::now());
    let is_late = |texts: (Option<Vec<u8>>, Option<Vec<u8>>)| texts.0.is_none() || texts.1.is_none();
    let mut texts = (out.recv_timeout(left()).ok(), err.recv_timeout(left()).ok());
    let was_late = is_late(texts.clone());
    if was_late {
        let group = rustix::process::Pid::from_child(&child);
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        let grace = Duration::from_secs(2);
        texts.0 = texts.0.or_else(|| out.recv_timeout(grace).ok());
        texts.1 = texts.1.or_else(|| err.recv_timeout(grace).ok());
    }
    // Both streams are closed: the process ends now, unless it closed them itself.
    let status = loop {
        match child.try_wait().expect("a child of ours") {
            Some(status) => break Some(status),
            None if left().is_zero() && !was_late => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            None => thread::sleep(Duration::from_millis(1)),
        }
    };
    let text = |bytes: Option<Vec<u8>>| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    (text(texts.0), text(texts.1), status.filter(|_| !was_late))
}

fn reader(mut stream: impl Read + Send + 'static) -> mpsc::Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let _ = send.send(bytes);
    });
    receive
}
