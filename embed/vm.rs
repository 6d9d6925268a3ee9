//! The machine as its host owns it.

use std::time::Duration;

use gscript_vm::limits::{InterruptHandle, Limits};
use gscript_vm::machine::Machine;

use crate::embed::{Config, Context, Error, FromValue, HostFunction, IntoArgs, IntoValue};

/// A machine with its heap, its modules and its greenlets. Many of them live in one process and share nothing.
///
/// ```
/// let mut vm = gscript::Vm::new();
/// vm.register("greet", |name: &str| format!("hello {name}"));
/// let text: String = vm.eval("greet('world').upper()")?;
/// assert_eq!(text, "HELLO WORLD");
/// # Ok::<(), gscript::Error>(())
/// ```
///
/// A machine stays on the thread that made it, since the stacks of its greenlets refer to that thread:
///
/// ```compile_fail
/// let vm = gscript::Vm::new();
/// std::thread::spawn(move || drop(vm));
/// ```
///
/// **Greenlets.** Each entry runs as the main greenlet. Others that it spawned run whenever it waits, and stay as they are
/// when it ends; they go on when a later entry waits, or in [`Vm::run_until_idle`].
///
/// **Errors.** After an exception or a limit the machine can be used as before. After a limit, parked greenlets are still parked
/// and globals have what they had; nothing of the script ran since the limit was noticed, not even `finally`.
///
/// **Stack.** A host function called by a script has at least 96 KiB of native stack.
pub struct Vm {
    machine: Machine,
    is_broken: bool,
}

impl std::fmt::Debug for Vm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vm(..)")
    }
}

impl Default for Vm {
    fn default() -> Vm {
        Vm::new()
    }
}

impl Vm {
    /// A machine without any authority: its scripts compute, and print to the standard output of the process.
    ///
    /// # Panics
    /// When the system has no address space left for a heap; [`Config::build`] says it instead.
    #[must_use]
    pub fn new() -> Vm {
        match Config::new().build() {
            Ok(vm) => vm,
            Err(e) => panic!("no memory for a machine: {e}"),
        }
    }

    /// What a machine can be made with.
    #[must_use]
    pub fn builder() -> Config {
        Config::new()
    }

    pub(crate) fn with_config(config: Config) -> Result<Vm, Error> {
        let machine = Machine::new(&config.machine).map_err(|e| Error::io(&e))?;
        let mut vm = Vm { machine, is_broken: false };
        let Config { stdout, stderr, argv, path, .. } = config;
        let limits = vm.limits();
        vm.set_limits(Limits::default());
        vm.enter(|context| {
            let cx = &mut *context.cx;
            gscript_stdlib::install(cx);
            let r = gscript_stdlib::io::host::set_host_streams(cx, stdout.writer(std::io::stdout()), stderr.writer(std::io::stderr()))
                .and_then(|()| gscript_stdlib::sys::set_arguments(cx, &argv, &path));
            r.map_err(|raised| Error::from_raised(cx, raised))
        })?;
        vm.set_limits(limits);
        Ok(vm)
    }

    /// Enters the machine: `f` runs as its main greenlet and can do several things in one go.
    ///
    /// ```
    /// # let mut vm = gscript::Vm::new();
    /// let sum: i64 = vm.enter(|cx| {
    ///     cx.set("n", 20)?;
    ///     let f = cx.eval::<gscript::Handle>("lambda k: n + k")?;
    ///     cx.call_handle(&f, (22,))
    /// })?;
    /// assert_eq!(sum, 42);
    /// # Ok::<(), gscript::Error>(())
    /// ```
    ///
    /// # Errors
    /// What `f` returns; a limit, even where `f` did not pass it on; [`ErrorKind::Internal`](crate::ErrorKind::Internal).
    pub fn enter<R>(&mut self, f: impl FnOnce(&mut Context<'_>) -> Result<R, Error>) -> Result<R, Error> {
        if self.is_broken {
            return Err(Error::internal("the machine had a defect before and cannot be used any more"));
        }
        let ran = self.machine.run(|cx| {
            let r = f(&mut Context { cx });
            match cx.check_limits() {
                Err(raised) if r.as_ref().err().is_none_or(|e| !e.is_limit()) => Err(Error::from_raised(cx, raised)),
                Err(raised) => {
                    cx.take_pending(raised);
                    r
                }
                Ok(()) => r,
            }
        });
        match ran {
            Ok(r) => r,
            Err(text) => {
                self.is_broken = true;
                Err(Error::internal(&text))
            }
        }
    }

    /// The value of an expression.
    ///
    /// ```
    /// # use std::collections::BTreeMap;
    /// # let mut vm = gscript::Vm::new();
    /// let squares: BTreeMap<i64, f64> = vm.eval("{n: n ** 0.5 for n in (1, 4)}")?;
    /// assert_eq!(squares, BTreeMap::from([(1, 1.0), (4, 2.0)]));
    /// # Ok::<(), gscript::Error>(())
    /// ```
    ///
    /// # Errors
    /// See [`Context::eval`].
    pub fn eval<T: FromValue>(&mut self, expression: &str) -> Result<T, Error> {
        self.enter(|cx| cx.eval(expression))
    }

    /// Runs statements.
    ///
    /// # Errors
    /// See [`Context::exec`].
    pub fn exec(&mut self, source: &str) -> Result<(), Error> {
        self.enter(|cx| cx.exec(source))
    }

    /// Runs statements of a program with a name, which tracebacks show with its lines.
    ///
    /// # Errors
    /// See [`Context::exec`].
    pub fn exec_named(&mut self, name: &str, source: &str) -> Result<(), Error> {
        self.enter(|cx| cx.exec_named(name, source))
    }

    /// Calls a global function.
    ///
    /// # Errors
    /// See [`Context::call`].
    pub fn call<T: FromValue>(&mut self, name: &str, args: impl IntoArgs) -> Result<T, Error> {
        self.enter(|cx| cx.call(name, args))
    }

    /// A global variable, or a built-in.
    ///
    /// # Errors
    /// See [`Context::get`].
    pub fn get<T: FromValue>(&mut self, name: &str) -> Result<T, Error> {
        self.enter(|cx| cx.get(name))
    }

    /// Sets a global variable.
    ///
    /// # Errors
    /// See [`Context::set`].
    pub fn set(&mut self, name: &str, value: impl IntoValue) -> Result<(), Error> {
        self.enter(|cx| cx.set(name, value))
    }

    /// Makes a closure a function of scripts; see [`HostFunction`] for what it may take and return. `module.name` puts it
    /// into a module, which is made if there is none.
    ///
    /// ```
    /// # let mut vm = gscript::Vm::new();
    /// vm.register("app.parse", |text: &str| text.trim().parse::<i64>());
    /// vm.exec("import app\nn = app.parse(' 42 ')")?;
    /// assert_eq!(vm.get::<i64>("n")?, 42);
    /// assert_eq!(vm.eval::<i64>("app.parse('x')").unwrap_err().to_string().lines().last(), Some("RuntimeError: invalid digit found in string"));
    /// # Ok::<(), gscript::Error>(())
    /// ```
    pub fn register<M, F: HostFunction<M>>(&mut self, name: &str, function: F) {
        // There is nothing in it that can fail, but in a machine with a defect, which says so at the next entry.
        let _ = self.enter(|cx| {
            cx.register(name, function);
            Ok(())
        });
    }

    /// Lets greenlets run until each of them waits or has ended.
    ///
    /// ```
    /// # let mut vm = gscript::Vm::new();
    /// vm.exec("log = []\nfor n in range(3): spawn(log.append, n)")?;
    /// assert_eq!(vm.eval::<Vec<i64>>("log")?, []);
    /// vm.run_until_idle()?;
    /// assert_eq!(vm.eval::<Vec<i64>>("log")?, [0, 1, 2]);
    /// # Ok::<(), gscript::Error>(())
    /// ```
    ///
    /// # Errors
    /// See [`Context::run_until_idle`].
    pub fn run_until_idle(&mut self) -> Result<(), Error> {
        self.enter(|cx| cx.run_until_idle())
    }

    /// Lets greenlets run until nothing is left to do, or the time is up; true: nothing is left.
    ///
    /// # Errors
    /// See [`Context::run_until_idle`].
    pub fn run_until_done(&mut self, timeout: Option<Duration>) -> Result<bool, Error> {
        self.enter(|cx| cx.run_until_done(timeout))
    }

    /// Ends what this machine runs, from any thread.
    ///
    /// ```
    /// let mut vm = gscript::Vm::new();
    /// let handle = vm.interrupt_handle()?;
    /// std::thread::spawn(move || handle.interrupt());
    /// let error = vm.exec("while True:\n    try:\n        while True: pass\n    except BaseException: pass").unwrap_err();
    /// assert_eq!(error.kind(), gscript::ErrorKind::Limit(gscript::Limit::Interrupted));
    /// # Ok::<(), gscript::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the system has no descriptors left.
    pub fn interrupt_handle(&mut self) -> Result<InterruptHandle, Error> {
        self.enter(|context| {
            let r = context.cx.interrupt_handle();
            r.map_err(|raised| Error::from_raised(context.cx, raised))
        })
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&mut self) -> Limits {
        self.machine.enter(|cx| cx.limits())
    }

    /// Sets all limits, from the next entry on.
    pub fn set_limits(&mut self, limits: Limits) {
        self.machine.enter(|cx| cx.set_limits(limits));
    }

    /// Gives scripts that many steps from now on; `None`: as many as they like.
    ///
    /// ```
    /// let mut vm = gscript::Config::new().fuel(1000).build()?;
    /// assert!(vm.exec("while True: pass").unwrap_err().is_limit());
    /// assert_eq!(vm.fuel_left(), Some(0));
    /// vm.set_fuel(Some(1000));
    /// vm.exec("for i in range(100): pass")?;
    /// assert!(vm.fuel_left() > Some(800));
    /// # Ok::<(), gscript::Error>(())
    /// ```
    pub fn set_fuel(&mut self, steps: Option<u64>) {
        let limits = Limits { fuel: steps, ..self.limits() };
        self.set_limits(limits);
    }

    /// Steps left, where they are counted.
    #[must_use]
    pub fn fuel_left(&mut self) -> Option<u64> {
        self.machine.enter(|cx| cx.fuel_left())
    }

    /// Bytes that scripts use, garbage included.
    #[must_use]
    pub fn heap_bytes(&mut self) -> usize {
        self.machine.enter(|cx| cx.heap.bytes_in_use())
    }
}

/// How long greenlets may take to end when their machine goes.
const LAST_MOMENT: Duration = Duration::from_millis(100);

impl Drop for Vm {
    /// Open greenlets get GreenletExit and a tenth of a second to end; what is still there then is dropped as it is. Files are
    /// written out.
    fn drop(&mut self) {
        if self.is_broken || std::thread::panicking() {
            return;
        }
        let limits = Limits { deadline: Some(LAST_MOMENT), ..Limits::default() };
        self.set_limits(limits);
        // Nobody is left who could be told.
        let _ = self.enter(|context| {
            let cx = &mut *context.cx;
            let open = cx.list_new();
            for g in cx.open_greenlets() {
                cx.list_push(open, g.value());
            }
            if !open.is_empty() {
                if let Some(kill) = cx.concurrency_function("killall") {
                    if let Err(r) = cx.call(kill, &[open.value()]) {
                        return Err(Error::from_raised(cx, r));
                    }
                }
            }
            Ok(())
        });
        if !self.is_broken {
            self.machine.enter(gscript_stdlib::io::flush_everything);
        }
    }
}
