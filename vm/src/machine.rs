//! `Machine`: a Vm as its owner holds it, how it is made, and how it is entered.
#![allow(unsafe_code)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::authority::Authority;
use crate::green::ready::Order;
use crate::green::stack::GuardMode;
use crate::heap::{Heap, Stress};
use crate::interp::dispatch::Next;
use crate::interp::frame::OwnFrames;
use crate::limits::Limits;
use crate::names::Names;
use crate::object::class::{LOOKUP_ENTRIES, LookupEntry};
use crate::object::dict::Dict;
use crate::object::shape::Shapes;
use crate::object::str::{HashKey, Str};
use crate::types::Types;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result, Vm, poll};

/// How a machine behaves; the switches of the command line's environment variables.
#[derive(Clone, Debug)]
pub struct Config {
    /// `GSCRIPT_DISPATCH=threaded|loop`.
    pub is_threaded: bool,
    /// `GSCRIPT_GC=stress[:N]`.
    pub stress: Option<u32>,
    /// `PYTHONHASHSEED`: the seed of string hashes; 0 switches randomisation off.
    pub hash_seed: Option<u64>,
    /// `GSCRIPT_GUARD=auto|off|mprotect`.
    pub guard: GuardMode,
    /// `GSCRIPT_ORDER=fifo|SEED`.
    pub order: Order,
    /// `GSCRIPT_CLOCK=virtual`.
    pub is_virtual: bool,
    /// What scripts may use.
    pub limits: Limits,
    /// What scripts may reach: nothing, unless it is granted.
    pub authority: Authority,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            is_threaded: true,
            stress: None,
            hash_seed: None,
            guard: GuardMode::Auto,
            order: Order::Fifo,
            is_virtual: false,
            limits: Limits::default(),
            authority: Authority::NONE,
        }
    }
}

/// Native stack that must be free when script code calls into Rust code.
pub(crate) const STACK_RESERVE: usize = 96 * 1024;

/// A virtual machine and its owner. Stays on the thread that made it.
pub struct Machine {
    vm: Box<std::cell::UnsafeCell<Vm>>,
}

impl Machine {
    /// A machine with the built-in classes and functions and no module.
    pub fn new(config: &Config) -> std::io::Result<Machine> {
        let heap = Heap::new()?;
        let types = Types::alloc(&heap);
        // Strings need classes and classes need strings: this one stands for all until there are others.
        let placeholder: Gc<Str> = crate::object::str::bare(&heap);
        let hub_frames = OwnFrames::new(512);
        // SAFETY: nobody else knows them yet.
        let (regs, chunk_end) = unsafe { ((*hub_frames.get()).bottom(), (*hub_frames.get()).end()) };
        let hash_key = match config.hash_seed {
            Some(seed) => HashKey(seed, seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
            None => {
                let mut key = [0u8; 16];
                // Without a random source hashes are still right, only guessable.
                let _ = getrandom::fill(&mut key);
                let half = |i: usize| key[i..i + 8].iter().fold(0, |x, &b| x << 8 | b as u64);
                HashKey(half(0), half(8))
            }
        };
        let vm = Vm {
            regs,
            pc: std::ptr::null(),
            chunk_end,
            depth_left: 1000,
            poll: Arc::new(AtomicU32::new(0)),
            loop_next: Next { pc: std::ptr::null(), regs },
            exit: 0,
            is_threaded: config.is_threaded && !cfg!(miri),
            pending: None,
            handled: None,
            skip_traceback: false,
            is_ending: false,
            stack_limit: 0,
            heap,
            shapes: Shapes::default(),
            types,
            chars: [placeholder; 128],
            dunder_names: Vec::new(),
            empty_tuple: None,
            object_new: Value::NONE,
            object_init: Value::NONE,
            object_compare: [None; 6],
            hash_key,
            interned: Default::default(),
            str_builder: Default::default(),
            next_version: 0,
            lookup_cache: Box::new([LookupEntry::default(); LOOKUP_ENTRIES]),
            caches: Default::default(),
            recursion_limit: 1000,
            optimize: 0,
            int_digit_limit: 4300,
            repr_active: Vec::new(),
            stack_base: 0,
            frames: hub_frames.get(),
            hub_frames,
            hub_saved: std::ptr::null(),
            thread_base: 0,
            hub: crate::green::hub::Hub::new(config.guard, config.order.clone(), config.is_virtual, crate::green::greenlet::task_of),
            scratch: Vec::new(),
            class_attribute_hint: 0,
            builtins: None,
            modules: None,
            handles: Default::default(),
            nascent: None,
            budget: crate::limits::Budget::new(config.limits),
            has_interrupt_handle: false,
            authority: config.authority,
            extensions: Default::default(),
            native_classes: Default::default(),
            common: Names::placeholder(placeholder),
            hooks: Default::default(),
        };
        let mut machine = Machine { vm: Box::new(std::cell::UnsafeCell::new(vm)) };
        let stress = config.stress;
        machine.enter(|cx| {
            cx.finish_types();
            for b in 0..128u8 {
                let s = crate::object::str::ascii_char(cx, b);
                cx.chars[b as usize] = s;
            }
            cx.dunder_names = crate::object::dunder::DUNDERS.iter().map(|n| cx.intern(n)).collect();
            cx.common = Names::new(cx);
            let class = cx.types.tuple;
            let empty = cx.tuple_of(class, 0, |_| Value::NONE);
            cx.empty_tuple = Some(empty);
            let builtins = cx.dict_new();
            cx.builtins = Some(builtins);
            let modules = cx.dict_new();
            cx.modules = Some(modules);
            crate::builtins::install(cx);
            cx.heap.set_stress(stress.map(|every| Stress { every }));
        });
        Ok(machine)
    }

    /// Runs `f` with a reference to the Vm. The native stack below is what its script code may use.
    pub fn enter<R>(&mut self, f: impl FnOnce(&mut Cx) -> R) -> R {
        let vm = self.vm.get();
        let here = 0u8;
        let top = &here as *const u8 as usize;
        // SAFETY: the Vm lives in a box that this Machine owns; `&mut self` says that nobody else is inside.
        unsafe {
            let (base, limit) = ((*vm).stack_base, (*vm).stack_limit);
            (*vm).stack_base = top + 256;
            let thread_base = std::mem::replace(&mut (*vm).thread_base, top + 256);
            let free = free_stack(top);
            (*vm).stack_limit = top.saturating_sub(free) + STACK_RESERVE;
            let mut cx = Cx::new(vm);
            let r = outlined(f, &mut cx);
            (*vm).stack_base = base;
            (*vm).thread_base = thread_base;
            (*vm).stack_limit = limit;
            r
        }
    }
}

impl Machine {
    /// Runs `f` as the main greenlet: it may wait, and other greenlets run meanwhile. The error is the text of a panic in
    /// script-running code, a defect of the machine; it must not be used any more then.
    pub fn run<R>(&mut self, f: impl FnOnce(&mut Cx) -> R) -> std::result::Result<R, String> {
        let mut f = Some(f);
        let mut result = None;
        self.enter(|cx| {
            cx.run_main(&mut |cx| {
                if let Some(f) = f.take() {
                    result = Some(f(cx));
                }
            })
        })?;
        result.ok_or_else(|| "the main greenlet did not run".to_string())
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.enter(|cx| cx.reset_greenlets());
    }
}

thread_local! {
    /// The stack on which a function of the host runs that a script called: its lowest usable address and its base.
    static HOST_STACK: std::cell::Cell<(usize, usize)> = const { std::cell::Cell::new((0, 0)) };
}

impl Cx {
    /// Runs code of the host. It may enter other machines: they are told where the stack ends. `f` does not unwind.
    pub fn run_host<R>(&mut self, f: impl FnOnce(&mut Cx) -> R) -> R {
        let outer = HOST_STACK.replace((self.stack_limit.saturating_sub(STACK_RESERVE), self.stack_base));
        let r = f(self);
        HOST_STACK.set(outer);
        r
    }
}

/// Bytes of native stack below `top`, which is an address on the running one.
fn free_stack(top: usize) -> usize {
    let (limit, base) = HOST_STACK.get();
    if (limit..base).contains(&top) {
        return top - limit;
    }
    // More than this is no thread's stack: we are on the stack of a greenlet whose host function was left for another's.
    stacker::remaining_stack().filter(|free| *free <= 1 << 32).unwrap_or(STACK_RESERVE + (16 << 10))
}

/// A frame of its own, so that everything `f` keeps lies below the recorded stack base.
#[inline(never)]
fn outlined<R>(f: impl FnOnce(&mut Cx) -> R, cx: &mut Cx) -> R {
    f(cx)
}

/// What upper layers supply.
#[derive(Clone, Copy, Default)]
pub struct Hooks {
    /// Runs at polls when SIGNAL is set.
    pub signal: Option<fn(&mut Cx) -> Result<()>>,
    /// Finds a built-in module that is not loaded: makes it and enters it into `sys.modules`. `None`: there is none.
    pub find_builtin: Option<fn(&mut Cx, &str) -> Result<Option<Value>>>,
    /// Reports an exception that left a greenlet: context, exception.
    pub report_error: Option<fn(&mut Cx, Value, Value)>,
    /// What `input` does, with the prompt.
    pub input: Option<fn(&mut Cx, Option<Value>) -> Result<Value>>,
    /// Writes text to a stream object, if it is one of the library's own; else false.
    pub write_stream: Option<fn(&mut Cx, Value, &[u8]) -> Result<bool>>,
    /// Closes a file object that is stored nowhere; the second value is what was called to open it.
    pub close_unstored: Option<fn(&mut Cx, Value, Value) -> Result<()>>,
    /// Writes text to standard output, where there is no `sys.stdout`.
    pub write_stdout: Option<fn(&mut Cx, &[u8]) -> Result<()>>,
}

impl Vm {
    /// The poll word.
    #[inline(always)]
    pub(crate) fn poll_now(&self) -> u32 {
        self.poll.load(Ordering::Relaxed)
    }

    /// The layout version of the namespace of built-ins.
    #[inline(always)]
    pub(crate) fn builtins_version(&self) -> u64 {
        match self.builtins {
            Some(d) => d.version(),
            None => 0,
        }
    }

    /// The word that other threads and signal handlers set bits of, to be seen at the next poll.
    pub fn poll_word(&self) -> Arc<AtomicU32> {
        self.poll.clone()
    }
}

impl Cx {
    /// Looks at why a poll was asked for. May run script code (signal handlers).
    #[cold]
    pub(crate) fn run_poll(&mut self) -> Result<()> {
        let bits = self.poll_now();
        if bits & poll::BUDGET != 0 {
            self.check_budget(bits)?;
        }
        if bits & (poll::SIGNAL | poll::INTERRUPT) != 0 {
            self.poll.fetch_and(!(poll::SIGNAL | poll::INTERRUPT), Ordering::Relaxed);
            if let Some(hook) = self.hooks.signal {
                hook(self)?;
            }
        }
        Ok(())
    }

    /// The built-ins that code with these globals sees: `__builtins__`, else the Vm's.
    pub(crate) fn builtins_of(&mut self, globals: Gc<Dict>) -> Gc<Dict> {
        let key = self.common.builtins;
        let own = self.dict_get_str(globals, key);
        let dict = match own {
            Some(v) => v.as_gc::<Dict>().or_else(|| v.as_gc::<crate::object::simple::Module>().and_then(|m| m.dict.get())),
            None => None,
        };
        match dict.or(self.builtins) {
            Some(d) => d,
            None => self.dict_new(),
        }
    }

    /// KeyboardInterrupt, raised here.
    pub fn keyboard_interrupt(&mut self) -> Raised {
        let class = self.types.keyboard_interrupt;
        self.raise_with(class, &[])
    }

    /// What an expression statement at the prompt does: `sys.displayhook`.
    pub(crate) fn display_hook(&mut self, v: Value) -> Result<()> {
        let name = self.intern("sys");
        if let Some(sys) = self.modules.and_then(|m| self.dict_get_str(m, name)) {
            if let Some(hook) = self.try_attr_text(sys, "displayhook")? {
                self.call(hook, &[v])?;
                return Ok(());
            }
        }
        if v.is_none() {
            return Ok(());
        }
        if let Some(b) = self.builtins {
            self.dict_set_text(b, "_", v);
        }
        let s = self.repr(v)?;
        let mut line = s.bytes().to_vec();
        line.push(b'\n');
        self.write_stdout(&line)
    }

    /// Writes to standard output, as the layers above have it.
    pub fn write_stdout(&mut self, bytes: &[u8]) -> Result<()> {
        match self.hooks.write_stdout {
            Some(w) => w(self, bytes),
            None => Ok(()),
        }
    }
}

impl Cx {
    /// Sets where `print` writes.
    pub fn set_write_stdout(&mut self, write: fn(&mut Cx, &[u8]) -> Result<()>) {
        self.hooks.write_stdout = Some(write);
    }
}
