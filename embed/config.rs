//! How a machine is made: what its scripts may reach, what they may use, where they print.

use std::fmt;
use std::io::Write;
use std::time::Duration;

use gscript_vm::authority::Authority;
use gscript_vm::limits::Limits;

use crate::embed::{Error, Vm};

/// Where a standard stream of scripts goes.
pub enum Stdio {
    /// To the stream of this process.
    Inherit,
    /// Nowhere.
    Null,
    /// To a writer. It is called while the script runs and must not use the machine.
    Writer(Box<dyn Write>),
}

impl Stdio {
    pub(crate) fn writer(self, inherited: impl Write + 'static) -> Box<dyn Write> {
        match self {
            Stdio::Inherit => Box::new(inherited),
            Stdio::Null => Box::new(std::io::sink()),
            Stdio::Writer(w) => w,
        }
    }
}

impl fmt::Debug for Stdio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stdio::Inherit => "Inherit",
            Stdio::Null => "Null",
            Stdio::Writer(_) => "Writer(..)",
        })
    }
}

/// What a [`Vm`] is made with. Begins with no authority and no limits; `print` goes to the streams of the process.
///
/// ```
/// use gscript::Config;
/// use std::time::Duration;
///
/// let mut vm = Config::new().allow_clock().deadline(Duration::from_millis(50)).heap_limit(64 << 20).build()?;
/// let error = vm.exec("while True: pass").unwrap_err();
/// assert_eq!(error.message(), "deadline of 0.05 s exceeded");
/// assert_eq!(vm.eval::<i64>("6 * 7")?, 42);
/// # Ok::<(), gscript::Error>(())
/// ```
#[derive(Debug)]
pub struct Config {
    pub(crate) machine: gscript_vm::machine::Config,
    pub(crate) stdout: Stdio,
    pub(crate) stderr: Stdio,
    pub(crate) argv: Vec<String>,
    pub(crate) path: Vec<String>,
}

impl Default for Config {
    fn default() -> Config {
        Config { machine: gscript_vm::machine::Config::default(), stdout: Stdio::Inherit, stderr: Stdio::Inherit, argv: vec![String::new()], path: Vec::new() }
    }
}

impl Config {
    /// No authority, no limits.
    #[must_use]
    pub fn new() -> Config {
        Config::default()
    }

    /// Grants what is in the set, beside what was granted already.
    #[must_use]
    pub fn allow(mut self, authority: Authority) -> Config {
        self.machine.authority = self.machine.authority | authority;
        self
    }

    /// Grants everything: for scripts that are trusted as the host is.
    #[must_use]
    pub fn allow_all(self) -> Config {
        self.allow(Authority::ALL)
    }

    /// Files by name and by descriptor, imports of script files.
    #[must_use]
    pub fn allow_files(self) -> Config {
        self.allow(Authority::FILES)
    }

    /// Sockets and name look-ups.
    #[must_use]
    pub fn allow_network(self) -> Config {
        self.allow(Authority::NETWORK)
    }

    /// Other processes, signals, the identity of this process.
    #[must_use]
    pub fn allow_processes(self) -> Config {
        self.allow(Authority::PROCESSES)
    }

    /// Environment variables.
    #[must_use]
    pub fn allow_environment(self) -> Config {
        self.allow(Authority::ENVIRONMENT)
    }

    /// What time it is, and sleeping. (Time limits of waits, as in `event.wait(1)`, are free.)
    #[must_use]
    pub fn allow_clock(self) -> Config {
        self.allow(Authority::CLOCK)
    }

    /// Sets all limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Config {
        self.machine.limits = limits;
        self
    }

    /// Bytes that scripts may use. Counted where memory is taken from the system: a script may be a little over it. The
    /// machine itself needs about two megabytes.
    #[must_use]
    pub fn heap_limit(mut self, bytes: usize) -> Config {
        self.machine.limits.heap_bytes = Some(bytes);
        self
    }

    /// Greenlets that may be open at a time, beside the main one.
    #[must_use]
    pub fn greenlet_limit(mut self, count: usize) -> Config {
        self.machine.limits.greenlets = Some(count);
        self
    }

    /// How long each entry (`exec`, `eval`, `call` …) may take.
    #[must_use]
    pub fn deadline(mut self, time: Duration) -> Config {
        self.machine.limits.deadline = Some(time);
        self
    }

    /// Steps that scripts may take in all: each turn of a loop and each call takes one. See [`Vm::set_fuel`].
    #[must_use]
    pub fn fuel(mut self, steps: u64) -> Config {
        self.machine.limits.fuel = Some(steps);
        self
    }

    /// Where `print` goes.
    ///
    /// ```
    /// use std::{cell::RefCell, io::Write, rc::Rc};
    ///
    /// #[derive(Clone, Default)]
    /// struct Captured(Rc<RefCell<Vec<u8>>>);
    /// impl Write for Captured {
    ///     fn write(&mut self, data: &[u8]) -> std::io::Result<usize> { self.0.borrow_mut().write(data) }
    ///     fn flush(&mut self) -> std::io::Result<()> { Ok(()) }
    /// }
    ///
    /// let out = Captured::default();
    /// gscript::Config::new().stdout(out.clone()).build()?.exec("print('hello', 42)")?;
    /// assert_eq!(*out.0.borrow(), b"hello 42\n");
    /// # Ok::<(), gscript::Error>(())
    /// ```
    #[must_use]
    pub fn stdout(mut self, writer: impl Write + 'static) -> Config {
        self.stdout = Stdio::Writer(Box::new(writer));
        self
    }

    /// Where `sys.stderr` goes, and reports on greenlets that failed.
    #[must_use]
    pub fn stderr(mut self, writer: impl Write + 'static) -> Config {
        self.stderr = Stdio::Writer(Box::new(writer));
        self
    }

    /// Both standard streams.
    #[must_use]
    pub fn stdio(mut self, stdout: Stdio, stderr: Stdio) -> Config {
        (self.stdout, self.stderr) = (stdout, stderr);
        self
    }

    /// `sys.argv`.
    #[must_use]
    pub fn argv<S: Into<String>>(mut self, args: impl IntoIterator<Item = S>) -> Config {
        self.argv = args.into_iter().map(Into::into).collect();
        self
    }

    /// Folders in which `import` looks for script files (`sys.path`); needs [`Config::allow_files`].
    #[must_use]
    pub fn path<S: Into<String>>(mut self, folders: impl IntoIterator<Item = S>) -> Config {
        self.path = folders.into_iter().map(Into::into).collect();
        self
    }

    /// Hashes of strings are the same in each run; `None`: they are not, as usual.
    #[must_use]
    pub fn hash_seed(mut self, seed: Option<u64>) -> Config {
        self.machine.hash_seed = seed;
        self
    }

    /// Sleeps take no time: the clock jumps when everything waits. For tests.
    #[must_use]
    pub fn virtual_clock(mut self) -> Config {
        self.machine.is_virtual = true;
        self
    }

    /// Makes the machine.
    ///
    /// # Errors
    /// Of kind Io when the system has no address space left.
    pub fn build(self) -> Result<Vm, Error> {
        Vm::with_config(self)
    }
}
