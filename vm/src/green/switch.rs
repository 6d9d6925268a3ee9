//! Coroutines: a function on a stack of its own that can stop in the middle and go on later.
//! The only file that names corosensei.
//!
//! ```text
//!  slot top ──▶┌──────────────────┐
//!              │ Control          │ the coroutine's own record; handles point here
//!  base ──────▶├──────────────────┤ ┐
//!              │ corosensei's     │ │ initial function; the resumer's stack pointer
//!              ├──────────────────┤ │
//!              │ run_entry, entry │ │
//!              │ ...              │ │ all that lives while the coroutine is suspended:
//!              │ park_here        │ │ `live_range()`
//!  saved_sp ──▶├──────────────────┤ │
//!              │ pushed by switch │ ┘ SWITCH_PUSHES bytes: frame pointer, rbx, return address
//!              ├──────────────────┤
//!              │ stale bytes      │
//!  limit ─────▶├──────────────────┤
//!              │ guard            │
//!              └──────────────────┘
//! ```
//!
//! The switch itself declares every other register clobbered, so the compiler has spilled what is
//! live into frames above: a collector that scans `live_range()` sees every word a suspended
//! coroutine can use. For the two stacks that are not suspended: the one that resumed the running
//! coroutine is live from [`Coroutine::resumer_sp`] upwards, the running one from where
//! [`spill_registers_and_call`] says.
//!
//! A coroutine ends by returning. A panic inside is caught at its entry and handed over as text.
//! Nothing is ever unwound from outside: a suspended coroutine whose last handle goes away keeps
//! its stack for good, unless [`Coroutine::force_reset`] takes it.
// Stack switching cannot be expressed in safe Rust.
#![allow(unsafe_code)]
// Invariants of this file:
// (1) `Control` is written by `Coroutine::new` at the top of the stack it owns and stays valid as
//     long as `handles > 0`: only the last handle (or `force_reset`) takes the stack out of it.
// (2) Everything happens on one thread: no handle is `Send`.
// (3) `coro` is used only by `resume` and `force_reset`, never while it is running; all the other
//     fields are cells or never written again, and are reached through shared references to the
//     fields, never to the whole `Control`.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::mem::{self, ManuallyDrop};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::ptr::{self, NonNull};

use corosensei::CoroutineResult;

use super::stack::StackSlot;

/// Bytes below the recorded stack pointer that the switch has pushed. Measured by a test; without
/// full optimisation corosensei's function gets a frame of its own, hence the margin.
pub const SWITCH_PUSHES: usize = if cfg!(debug_assertions) {
    256
} else if cfg!(target_arch = "x86_64") {
    24
} else {
    32
};

/// What a coroutine runs: its own parker, the argument given to [`Coroutine::new`], and the word of
/// the first `resume`. What it returns arrives in [`Resumed::Finished`].
pub type Entry = fn(Parker, usize, usize) -> usize;

type Inner = corosensei::Coroutine<usize, usize, usize, Bounds>;
type Yielder = corosensei::Yielder<usize, usize>;

/// A handle to a coroutine. Clones are handles to the same one.
///
/// The stack returns to its pool with the last handle, if the coroutine has finished or never
/// started. An unfinished one keeps its stack for good.
pub struct Coroutine {
    control: NonNull<Control>,
}

/// What a coroutine stops itself with. May be copied anywhere, also into memory that outlives the
/// coroutine: [`park`](Parker::park) refuses unless it is called on the coroutine's own stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parker {
    control: NonNull<Control>,
    /// Distance from the lowest usable address to `control`.
    span: usize,
}

/// Why [`Coroutine::resume`] came back.
#[derive(Debug, PartialEq, Eq)]
pub enum Resumed {
    /// The coroutine parked with this word.
    Yielded(usize),
    /// Its entry returned, or panicked with this text.
    Finished(Result<usize, Box<str>>),
}

/// What a coroutine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not resumed yet. Its argument word lives in the control block: no stack scan finds it.
    Fresh,
    /// Running, or waiting for a coroutine that it resumed.
    Running,
    /// Parked.
    Suspended,
    /// Its entry is done.
    Finished,
}

/// In the first cache line, next to the frames: what each switch touches.
#[repr(C, align(64))]
struct Control {
    coro: ManuallyDrop<Inner>,
    /// Stack pointer in `park_here`, valid while suspended.
    saved_sp: Cell<usize>,
    /// Set by `run_entry`; points to corosensei's word below `base`.
    yielder: Cell<*const Yielder>,
    status: Cell<Status>,
    limit: usize,
    handles: Cell<usize>,
    entry: Entry,
    arg: usize,
    stack: ManuallyDrop<StackSlot>,
    panic: Cell<Option<Box<str>>>,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(mem::offset_of!(Control, status) < 64);

/// A field of a live control block, as a place: no reference to the whole block is made.
macro_rules! field {
    ($control:expr, $name:ident) => {
        (*$control.as_ptr()).$name
    };
}

impl Coroutine {
    /// A coroutine that will run `entry(parker, arg, word of the first resume)` on `stack`.
    pub fn new(stack: StackSlot, entry: Entry, arg: usize) -> Coroutine {
        let limit = stack.limit();
        let base = (stack.top() - size_of::<Control>()) & !(align_of::<Control>() - 1);
        let control = NonNull::new(base as *mut Control).expect("stacks do not lie at address 0");
        let bounds = Bounds { base, limit };
        let coro = Inner::with_stack(bounds, move |yielder, first| run_entry(control, yielder, first));
        let record = Control {
            coro: ManuallyDrop::new(coro),
            saved_sp: Cell::new(0),
            yielder: Cell::new(ptr::null()),
            status: Cell::new(Status::Fresh),
            limit,
            handles: Cell::new(1),
            entry,
            arg,
            stack: ManuallyDrop::new(stack),
            panic: Cell::new(None),
        };
        // SAFETY: `base .. base + size` lies in the usable part of a stack that nobody else has,
        // aligned; the coroutine itself uses only what is below `base`.
        unsafe { control.write(record) };
        Coroutine { control }
    }

    /// Runs the coroutine until it parks or ends; `word` is what its `park` returns.
    ///
    /// # Panics
    /// If it is running or has finished.
    #[inline]
    pub fn resume(&self, word: usize) -> Resumed {
        let control = self.control;
        let status = self.status();
        assert!(matches!(status, Status::Fresh | Status::Suspended), "resumed a coroutine that is {status:?}");
        // SAFETY: invariant (1), `self` being a handle; (3): it is not running, so nobody else
        // uses `coro`, and until it stops the status keeps others out.
        let result = unsafe {
            field!(control, status).set(Status::Running);
            (*control.as_ptr()).coro.resume(word)
        };
        match result {
            CoroutineResult::Yield(word) => Resumed::Yielded(word),
            CoroutineResult::Return(word) => {
                // SAFETY: invariant (1).
                unsafe {
                    field!(control, status).set(Status::Finished);
                    Resumed::Finished(match field!(control, panic).take() {
                        None => Ok(word),
                        Some(text) => Err(text),
                    })
                }
            }
        }
    }

    /// What it is doing.
    #[inline]
    pub fn status(&self) -> Status {
        // SAFETY: invariant (1), `self` being a handle.
        unsafe { field!(self.control, status).get() }
    }

    /// What the coroutine can stop itself with.
    #[inline]
    pub fn parker(&self) -> Parker {
        Parker { control: self.control, span: self.base() - self.limit() }
    }

    /// One past the highest address of its frames.
    #[inline]
    pub fn base(&self) -> usize {
        self.control.as_ptr() as usize
    }

    /// The lowest address its frames may use.
    #[inline]
    pub fn limit(&self) -> usize {
        // SAFETY: invariant (1), `self` being a handle.
        unsafe { field!(self.control, limit) }
    }

    /// Where its stack pointer stood when it parked, if it is suspended. The live bytes begin
    /// [`SWITCH_PUSHES`] lower.
    #[inline]
    pub fn saved_sp(&self) -> Option<usize> {
        // SAFETY: invariant (1), `self` being a handle.
        (self.status() == Status::Suspended).then(|| unsafe { field!(self.control, saved_sp).get() })
    }

    /// Every byte of its stack that a suspended coroutine can still use.
    #[inline]
    pub fn live_range(&self) -> Option<Range<usize>> {
        let lowest = self.saved_sp()? - SWITCH_PUSHES;
        Some(lowest.max(self.limit())..self.base())
    }

    /// While the coroutine runs: the stack pointer of whoever resumed it. All that is live on that
    /// stack is at or above.
    #[inline]
    pub fn resumer_sp(&self) -> Option<usize> {
        if self.status() != Status::Running {
            return None;
        }
        // SAFETY: invariant (1). corosensei's `Yielder` is documented as, and is transparent over,
        // the word in which each resume leaves its stack pointer after pushing all it pushes.
        unsafe {
            let yielder = field!(self.control, yielder).get().cast::<Cell<usize>>();
            yielder.as_ref().map(Cell::get)
        }
    }

    /// Ends a suspended coroutine without running the rest of it and takes its stack.
    ///
    /// # Panics
    /// If it is running.
    ///
    /// # Safety
    /// No destructor of the frames on the stack runs. Nothing may point to anything in them any
    /// more, and no other handle may be used from now on.
    pub unsafe fn force_reset(self) -> StackSlot {
        assert!(self.status() != Status::Running, "reset of a running coroutine");
        let coroutine = ManuallyDrop::new(self);
        // SAFETY: it is not running and the caller gives up all handles: the control block is ours.
        unsafe {
            (*coroutine.control.as_ptr()).coro.force_reset();
            field!(coroutine.control, handles).set(0);
            field!(coroutine.control, status).set(Status::Finished);
            take_stack(coroutine.control)
        }
    }
}

impl Clone for Coroutine {
    #[inline]
    fn clone(&self) -> Coroutine {
        // SAFETY: invariant (1), `self` being a handle.
        let handles = unsafe { &field!(self.control, handles) };
        handles.set(handles.get() + 1);
        Coroutine { control: self.control }
    }
}

impl Drop for Coroutine {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: invariant (1), `self` being a handle.
        let handles = unsafe { &field!(self.control, handles) };
        handles.set(handles.get() - 1);
        if handles.get() == 0 && matches!(self.status(), Status::Fresh | Status::Finished) {
            // SAFETY: that was the last handle, and there is no frame on the stack: a fresh
            // coroutine has only corosensei's copy of a closure that needs no drop.
            drop(unsafe { take_stack(self.control) });
        }
    }
}

impl fmt::Debug for Coroutine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Coroutine({:#x}, {:?})", self.base(), self.status())
    }
}

impl Parker {
    /// Stops the coroutine: its `resume` returns `Yielded(word)`, and the word of the next `resume`
    /// is the result. All else may have changed meanwhile.
    ///
    /// # Panics
    /// If called anywhere but on the coroutine's own stack.
    #[inline(always)]
    pub fn park(self, word: usize) -> usize {
        assert!(self.is_current(), "a coroutine can be parked only by itself");
        debug_assert!(!std::thread::panicking(), "parked in a destructor during a panic");
        // SAFETY: we run on the stack right below the control block, so the coroutine that the
        // block describes is alive and running.
        unsafe { park_here(self.control, word) }
    }

    /// Whether the caller runs on this coroutine's stack. Looks at addresses only.
    #[inline]
    pub fn is_current(self) -> bool {
        let depth = (self.control.as_ptr() as usize).wrapping_sub(current_sp());
        depth <= self.span
    }

    /// One past the highest address of the coroutine's frames.
    #[inline]
    pub fn base(self) -> usize {
        self.control.as_ptr() as usize
    }

    /// The lowest address the coroutine's frames may use.
    #[inline]
    pub fn limit(self) -> usize {
        self.base() - self.span
    }
}

/// Bounds of a stack as corosensei wants them. Does not own it: `Control` does.
struct Bounds {
    base: usize,
    limit: usize,
}

// SAFETY: `base` and `limit` delimit mapped memory of far more than the minimum size, aligned to 64,
// and the lowest part is a guard or, where the kernel gives none, kept free by stack-limit checks.
unsafe impl corosensei::stack::Stack for Bounds {
    #[inline]
    fn base(&self) -> NonZeroUsize {
        NonZeroUsize::new(self.base).expect("stacks do not lie at address 0")
    }

    #[inline]
    fn limit(&self) -> NonZeroUsize {
        NonZeroUsize::new(self.limit).expect("stacks do not lie at address 0")
    }
}

/// The first frame of every coroutine.
fn run_entry(control: NonNull<Control>, yielder: &Yielder, first: usize) -> usize {
    // SAFETY: the coroutine runs, so `resume` holds a handle: invariant (1).
    let (entry, arg, span) = unsafe {
        field!(control, yielder).set(yielder);
        let span = control.as_ptr() as usize - field!(control, limit);
        (field!(control, entry), field!(control, arg), span)
    };
    let parker = Parker { control, span };
    match panic::catch_unwind(AssertUnwindSafe(|| entry(parker, arg, first))) {
        Ok(word) => word,
        Err(payload) => {
            // SAFETY: as above.
            unsafe { field!(control, panic).set(Some(panic_text(payload))) };
            0
        }
    }
}

/// The message of a panic. A payload of another type is forgotten: its destructor might panic, too.
pub(super) fn panic_text(payload: Box<dyn Any + Send>) -> Box<str> {
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        return Box::from(*text);
    }
    match payload.downcast::<String>() {
        Ok(text) => text.into_boxed_str(),
        Err(other) => {
            mem::forget(other);
            Box::from("a panic without a message")
        }
    }
}

/// A part of its caller, whose frame switches: a function that returns after a switch is one more return that the
/// processor predicts wrongly. The stack pointer is read in that frame, so it is the one the switch begins with.
///
/// # Safety
/// The caller runs on the stack of the coroutine that `control` describes.
#[inline(always)]
unsafe fn park_here(control: NonNull<Control>, word: usize) -> usize {
    // SAFETY: the coroutine runs, so its resumer holds a handle: invariant (1). `yielder` was set
    // by `run_entry`, which is below us on this stack.
    unsafe {
        field!(control, saved_sp).set(current_sp());
        field!(control, status).set(Status::Suspended);
        let yielder = field!(control, yielder).get();
        (*yielder).suspend(word)
    }
}

/// # Safety
/// The control block is valid, no frame is left on its stack, and no handle is used afterwards.
unsafe fn take_stack(control: NonNull<Control>) -> StackSlot {
    // SAFETY: by the caller's promise nobody reads the block again; the stack is moved out before
    // it can be given to somebody else.
    unsafe {
        drop(field!(control, panic).take());
        ManuallyDrop::take(&mut (*control.as_ptr()).stack)
    }
}

/// Begins to load the cache line at an address, which need not be one of ours.
#[inline(always)]
pub fn prefetch(address: usize) {
    // SAFETY: a hint; no address is wrong.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        std::arch::x86_64::_mm_prefetch(address as *const i8, std::arch::x86_64::_MM_HINT_T0);
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

/// The stack pointer of the caller, for stack-limit checks.
#[inline(always)]
pub fn current_sp() -> usize {
    let sp: usize;
    // SAFETY: reads a register.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        std::arch::asm!("mov {}, rsp", out(reg) sp, options(nomem, nostack, preserves_flags));
    }
    // SAFETY: reads a register.
    #[cfg(target_arch = "aarch64")]
    unsafe {
        std::arch::asm!("mov {}, sp", out(reg) sp, options(nomem, nostack, preserves_flags));
    }
    sp
}

#[cfg(target_arch = "x86_64")]
type SavedRegisters = [usize; 6];
#[cfg(target_arch = "aarch64")]
type SavedRegisters = [usize; 12];

/// Writes the registers that callees preserve to the stack and calls `visit` with a stack pointer
/// at or above which every live word of the caller's stack is in memory.
#[inline(never)]
pub fn spill_registers_and_call<R>(visit: impl FnOnce(usize) -> R) -> R {
    let mut registers: SavedRegisters = Default::default();
    // SAFETY: stores registers into an array of the right size.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        std::arch::asm!(
            "mov [{0}], rbx",
            "mov [{0} + 8], rbp",
            "mov [{0} + 16], r12",
            "mov [{0} + 24], r13",
            "mov [{0} + 32], r14",
            "mov [{0} + 40], r15",
            in(reg) registers.as_mut_ptr(),
            options(nostack, preserves_flags),
        );
    }
    // SAFETY: stores registers into an array of the right size.
    #[cfg(target_arch = "aarch64")]
    unsafe {
        std::arch::asm!(
            "stp x19, x20, [{0}]",
            "stp x21, x22, [{0}, #16]",
            "stp x23, x24, [{0}, #32]",
            "stp x25, x26, [{0}, #48]",
            "stp x27, x28, [{0}, #64]",
            "stp x29, x30, [{0}, #80]",
            in(reg) registers.as_mut_ptr(),
            options(nostack, preserves_flags),
        );
    }
    // The array may lie anywhere in this frame: the lower of the two covers both.
    let lowest = current_sp().min(registers.as_ptr() as usize);
    let result = visit(lowest);
    // Keeps the array in memory until here.
    std::hint::black_box(&registers);
    result
}

#[cfg(test)]
mod tests {
    use super::super::stack::{GuardMode, StackPool};
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn pool() -> StackPool {
        StackPool::new(GuardMode::Auto)
    }

    fn spawn(pool: &StackPool, entry: Entry, arg: usize) -> Coroutine {
        Coroutine::new(pool.acquire().unwrap(), entry, arg)
    }

    fn echo(parker: Parker, arg: usize, first: usize) -> usize {
        let mut word = arg + first;
        while word != 0 {
            word = parker.park(word * 2);
        }
        7
    }

    #[test]
    fn words_go_in_and_out() {
        let pool = pool();
        let coroutine = spawn(&pool, echo, 10);
        assert_eq!(coroutine.status(), Status::Fresh);
        assert_eq!(coroutine.live_range(), None);
        assert_eq!(coroutine.resume(5), Resumed::Yielded(30));
        assert_eq!(coroutine.status(), Status::Suspended);
        let saved_sp = coroutine.saved_sp().unwrap();
        assert!(coroutine.limit() < saved_sp && saved_sp < coroutine.base());
        assert_eq!(coroutine.resume(6), Resumed::Yielded(12));
        assert_eq!(coroutine.resume(0), Resumed::Finished(Ok(7)));
        assert_eq!(coroutine.status(), Status::Finished);
        assert_eq!(coroutine.saved_sp(), None);
        assert_eq!((pool.usage().live, pool.usage().free), (1, 0));
        drop(coroutine);
        assert_eq!((pool.usage().live, pool.usage().free), (0, 1));
    }

    struct Machine {
        field: usize,
    }

    /// One word, as what switches gets in the machine: it is read anew through the pointer.
    struct Context(*mut Machine);

    #[inline(never)]
    fn reads_twice(context: &mut Context, parker: Parker) -> (usize, usize) {
        // SAFETY: the machine outlives the coroutine, and no reference to it is held meanwhile.
        let before = unsafe { (*context.0).field };
        parker.park(0);
        // SAFETY: as above.
        let after = unsafe { (*context.0).field };
        (before, after)
    }

    #[test]
    fn a_field_changed_while_parked_is_read_anew() {
        let mut machine = Machine { field: 1 };
        let machine = &raw mut machine;
        let entry: Entry = |parker, machine, _| {
            let mut context = Context(machine as *mut Machine);
            let (before, after) = reads_twice(&mut context, parker);
            before * 10 + after
        };
        let coroutine = spawn(&pool(), entry, machine as usize);
        assert_eq!(coroutine.resume(0), Resumed::Yielded(0));
        // SAFETY: the machine is alive; the coroutine holds no reference.
        unsafe { (*machine).field = 2 };
        assert_eq!(coroutine.resume(0), Resumed::Finished(Ok(12)));
    }

    #[test]
    fn panics_become_text() {
        let pool = pool();
        let entries: [(Entry, &str); 3] = [
            (|_, _, _| panic!("plain"), "plain"),
            (
                |parker, arg, _| {
                    parker.park(0);
                    panic!("number {arg}")
                },
                "number 3",
            ),
            (|_, _, _| panic::panic_any(5u8), "a panic without a message"),
        ];
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        for (entry, text) in entries {
            let coroutine = spawn(&pool, entry, 3);
            let mut end = coroutine.resume(0);
            if end == Resumed::Yielded(0) {
                end = coroutine.resume(0);
            }
            assert_eq!(end, Resumed::Finished(Err(Box::from(text))));
        }
        panic::set_hook(hook);
        assert_eq!(pool.usage().live, 0);
    }

    #[test]
    fn wrong_use_is_refused() {
        let pool = pool();
        let coroutine = spawn(&pool, echo, 1);
        let parker = coroutine.parker();
        assert!(!parker.is_current());
        assert!(panic::catch_unwind(AssertUnwindSafe(|| parker.park(1))).is_err());
        coroutine.resume(0);
        assert!(panic::catch_unwind(AssertUnwindSafe(|| parker.park(1))).is_err());
        coroutine.resume(0);
        let again = panic::catch_unwind(AssertUnwindSafe(|| coroutine.resume(1)));
        assert!(again.is_err());
        // From another coroutine's stack, with a parker of one that is gone.
        drop(coroutine);
        let stale = Box::new(parker);
        let keep = pool.acquire().unwrap();
        let entry: Entry = |_, stale, _| {
            // SAFETY: the test passes a pointer to a parker that outlives the call.
            unsafe { *(stale as *const Parker) }.park(1)
        };
        let other = spawn(&pool, entry, &raw const *stale as usize);
        assert!(matches!(other.resume(0), Resumed::Finished(Err(_))));
        drop(keep);
    }

    #[test]
    fn nested_coroutines() {
        let inner_entry: Entry = |parker, _, first| parker.park(first + 1);
        let outer_entry: Entry = |parker, inner, first| {
            // SAFETY: the test's coroutine outlives this one.
            let inner = unsafe { &*(inner as *const Coroutine) };
            let Resumed::Yielded(word) = inner.resume(first) else {
                return 0;
            };
            let word = parker.park(word);
            match inner.resume(word) {
                Resumed::Finished(Ok(word)) => word,
                _ => 0,
            }
        };
        let pool = pool();
        let inner = spawn(&pool, inner_entry, 0);
        let outer = spawn(&pool, outer_entry, &raw const inner as usize);
        assert_eq!(outer.resume(4), Resumed::Yielded(5));
        assert_eq!(outer.resume(9), Resumed::Finished(Ok(9)));
    }

    #[test]
    fn unfinished_coroutines_keep_their_stack_unless_reset() {
        let pool = pool();
        let fresh = spawn(&pool, echo, 1);
        drop(fresh);
        assert_eq!(pool.usage().live, 0);
        let suspended = spawn(&pool, echo, 1);
        suspended.resume(0);
        let other = suspended.clone();
        drop(suspended);
        assert_eq!(other.resume(4), Resumed::Yielded(8));
        drop(other);
        assert_eq!(pool.usage().live, 1);
        let suspended = spawn(&pool, echo, 1);
        suspended.resume(0);
        // SAFETY: `echo` has nothing on its stack that anybody points to; this is the only handle.
        drop(unsafe { suspended.force_reset() });
        assert_eq!(pool.usage().live, 1);
    }

    /// How far below the recorded stack pointer the switch really wrote.
    #[test]
    fn the_scan_range_covers_what_the_switch_pushed() {
        const CANARY: usize = 0x5ca1_ab1e_5ca1_ab1e;
        let pool = pool();
        let coroutine = spawn(&pool, echo, 1);
        coroutine.resume(0);
        let saved_sp = coroutine.saved_sp().unwrap();
        let below = (saved_sp - 4096)..(saved_sp - SWITCH_PUSHES);
        // SAFETY: the coroutine is suspended and the bytes lie below its live range.
        unsafe {
            for address in below.clone().step_by(8) {
                (address as *mut usize).write_volatile(CANARY);
            }
        }
        // It parks again in the same frame; only words it really pushes change ...
        coroutine.resume(1);
        assert_eq!(coroutine.saved_sp(), Some(saved_sp));
        // SAFETY: as above.
        let canaries_left = below.clone().step_by(8).all(|address| unsafe { (address as *const usize).read_volatile() } == CANARY);
        assert!(canaries_left);
        // ... and in an optimised build, the lowest of them is the return address, in the function that parked.
        if !cfg!(debug_assertions) {
            let lowest = saved_sp - SWITCH_PUSHES;
            // SAFETY: the return address pushed by the switch.
            let return_address = unsafe { (lowest as *const usize).read_volatile() };
            let code = echo as *const () as usize;
            assert!((code..code + 4096).contains(&return_address));
        }
    }

    #[test]
    fn words_in_registers_are_found_by_the_scans() {
        /// Whether `needle` is among the words of `range`.
        #[inline(never)]
        fn scan(range: Range<usize>, needle: usize) -> bool {
            // SAFETY: the tests pass ranges of live stack memory.
            range.step_by(8).any(|address| unsafe { (address as *const usize).read_volatile() } == needle)
        }

        #[inline(never)]
        fn make(seed: usize) -> usize {
            std::hint::black_box(seed) ^ 0x0bad_cafe_0bad_cafe
        }

        // Looked for as the complement, so that the search itself leaves no copy.
        let entry: Entry = |parker, seed, base| {
            let local = make(seed);
            let found = spill_registers_and_call(|sp| scan(sp..base, make(seed)));
            let other = parker.park(usize::from(found));
            std::hint::black_box(local).wrapping_add(other)
        };
        let coroutine = spawn(&pool(), entry, 77);
        let base = coroutine.base();
        assert_eq!(coroutine.resume(base), Resumed::Yielded(1));
        let range = coroutine.live_range().unwrap();
        assert!(scan(range, make(77)));
        let end = make(77).wrapping_add(1);
        assert_eq!(coroutine.resume(1), Resumed::Finished(Ok(end)));
    }

    #[test]
    fn the_resumer_is_live_above_its_recorded_sp() {
        let entry: Entry = |parker, coroutine, _| {
            // SAFETY: the test's coroutine, which outlives this call.
            let coroutine = unsafe { &*(coroutine as *const Coroutine) };
            parker.park(coroutine.resumer_sp().unwrap());
            coroutine.resumer_sp().unwrap()
        };
        let coroutine = spawn(&pool(), |_, _, _| 0, 0);
        drop(coroutine);
        let pool = pool();
        let mut slot: Option<Coroutine> = None;
        let place = &raw mut slot;
        let address = place as usize;
        // SAFETY: the option is written before the coroutine runs and not moved afterwards.
        let coroutine = unsafe {
            *place = Some(spawn(&pool, entry, address));
            (*place).as_ref().unwrap()
        };
        assert_eq!(coroutine.resumer_sp(), None);
        let here = current_sp();
        for _ in 0..2 {
            let sp = match coroutine.resume(0) {
                Resumed::Yielded(sp) | Resumed::Finished(Ok(sp)) => sp,
                Resumed::Finished(Err(text)) => panic!("{text}"),
            };
            assert!(sp < here && here - sp < 1024, "{}", here - sp);
        }
    }

    #[test]
    fn a_hundred_thousand_parked() {
        park_many(100_000);
    }

    #[test]
    #[ignore = "needs 5 GiB"]
    fn a_million_parked() {
        park_many(1_000_000);
    }

    fn park_many(count: usize) {
        let pool = pool();
        let coroutines: Vec<_> = (1..=count).map(|n| spawn(&pool, echo, n)).collect();
        for (index, coroutine) in coroutines.iter().enumerate() {
            assert_eq!(coroutine.resume(0), Resumed::Yielded(2 * (index + 1)));
        }
        for (index, coroutine) in coroutines.iter().enumerate().rev() {
            assert_eq!(coroutine.resume(index + 1), Resumed::Yielded(2 * index + 2));
        }
        for coroutine in &coroutines {
            assert_eq!(coroutine.resume(0), Resumed::Finished(Ok(7)));
        }
        drop(coroutines);
        assert_eq!(pool.usage().live, 0);
    }

    /// Recurses until the stack pointer is below `limit`.
    #[inline(never)]
    fn recurse(limit: usize, depth: usize) -> usize {
        let mut frame = [depth; 16];
        std::hint::black_box(&mut frame);
        if current_sp() < limit {
            return depth;
        }
        recurse(limit, depth + 1) + std::hint::black_box(frame)[3] - depth
    }

    #[test]
    fn the_limit_check_comes_before_the_guard() {
        let pool = pool();
        let entry: Entry = |parker, margin, _| recurse(parker.limit() + margin, 0);
        for stack in [pool.acquire(), pool.acquire_large(8 << 20)] {
            let stack = stack.unwrap();
            let usable = stack.bounds().usable().len();
            let coroutine = Coroutine::new(stack, entry, 4096);
            let Resumed::Finished(Ok(depth)) = coroutine.resume(0) else {
                panic!("did not finish");
            };
            assert!((usable / 1024..usable / 128).contains(&depth), "{depth}");
        }
    }

    /// Bounds of the guard that the child's fault handler expects the fault in.
    static GUARD: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];

    extern "C" fn on_fault(_: libc::c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
        // SAFETY: the kernel passes valid information; `_exit` may be called in a handler.
        unsafe {
            let address = (*info).si_addr() as usize;
            let [low, high] = [&GUARD[0], &GUARD[1]].map(|bound| bound.load(Ordering::Relaxed));
            libc::_exit(if (low..high).contains(&address) { 42 } else { 43 });
        }
    }

    #[test]
    fn the_guard_faults() {
        let pool = pool();
        // There is another stack below: without a guard it would be overwritten first.
        let slots = [pool.acquire().unwrap(), pool.acquire().unwrap()];
        let [below, slot] = slots;
        assert!(below.top() < slot.limit());
        let bounds = slot.bounds();
        GUARD[0].store(bounds.bottom, Ordering::Relaxed);
        GUARD[1].store(bounds.limit, Ordering::Relaxed);
        let coroutine = Coroutine::new(slot, |_, _, _| recurse(0, 0), 0);
        let mut signal_stack = vec![0u8; 64 << 10];
        // SAFETY: the child makes plain system calls and runs the coroutine until the fault.
        let status = unsafe {
            let child = libc::fork();
            if child == 0 {
                let mut stack: libc::stack_t = mem::zeroed();
                stack.ss_sp = signal_stack.as_mut_ptr().cast();
                stack.ss_size = signal_stack.len();
                libc::sigaltstack(&stack, ptr::null_mut());
                let mut action: libc::sigaction = mem::zeroed();
                action.sa_sigaction = on_fault as *const () as usize;
                action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
                libc::sigaction(libc::SIGSEGV, &action, ptr::null_mut());
                coroutine.resume(0);
                libc::_exit(0);
            }
            let mut status = 0;
            assert_eq!(libc::waitpid(child, &mut status, 0), child);
            status
        };
        assert!(libc::WIFEXITED(status), "{status}");
        assert_eq!(libc::WEXITSTATUS(status), 42);
    }
}
