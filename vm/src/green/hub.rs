//! The hub: who runs, who waits, and the loop that turns readiness, time and results into wake-ups.
//!
//! The loop runs on the thread's own stack; each greenlet, the main one too, is a coroutine whose only way to stop is
//! [`Cx::park`]. A wait is announced by [`Cx::begin_wait`], which gives a [`Token`]; whoever ends the wait calls
//! [`Cx::wake`] with it. A token whose wait has ended is stale and ignored, so that readiness, a timer and a kill in the
//! same turn cannot wake twice.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::mem::{ManuallyDrop, MaybeUninit};
use std::time::Duration;

use super::clock::{Clock, Idle, Pending};
use super::offload::Offload;
use super::poller::{Outcome, Poller, Wake, WakeCell};
use super::ready::{Order, ReadyRing};
use super::stack::{GuardMode, StackPool};
use super::switch::{Coroutine, Parker, Resumed, prefetch};
use super::timer::{TimerHandle, TimerHeap};
use super::upkeep::Upkeep;
use crate::heap::mark::Marker;
use crate::interp::frame::FrameStack;
use crate::object::native::{Native, NativeObject};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result, Vm};

/// Names one wait of one greenlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token(pub u64);

impl Token {
    fn new(index: u32, wait: u32) -> Token {
        Token((index as u64) << 32 | wait as u64)
    }

    fn index(self) -> usize {
        (self.0 >> 32) as usize
    }

    fn wait(self) -> u32 {
        self.0 as u32
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Made, not started.
    New,
    /// Its first run is in the ready ring or on a timer.
    Starting,
    /// In the ready ring, after a wait.
    Ready,
    Running,
    Parked,
    Dead,
}

/// What belongs to a greenlet, or to the hub, while another one runs. Lies on its own stack, which is scanned.
pub(crate) struct Saved {
    regs: *mut u64,
    pc: *const u64,
    chunk_end: *mut u64,
    depth_left: i64,
    frames: *mut FrameStack,
    /// The exception it handled.
    handled: Option<Value>,
    /// What the hub's own registers replaced, if this is the hub.
    outer: *const Saved,
}

impl Saved {
    /// What the Vm holds for the one who runs.
    ///
    /// # Safety
    /// `vm` is the running Vm, and nothing refers into it.
    #[inline(always)]
    unsafe fn take(vm: *mut Vm) -> Saved {
        // SAFETY: as promised.
        unsafe {
            Saved {
                regs: (*vm).regs,
                pc: (*vm).pc,
                chunk_end: (*vm).chunk_end,
                depth_left: (*vm).depth_left,
                frames: (*vm).frames,
                handled: (*vm).handled,
                outer: std::ptr::null(),
            }
        }
    }

    /// Puts it back.
    ///
    /// # Safety
    /// As [`Saved::take`], which made it; the same one runs again.
    #[inline(always)]
    unsafe fn put(&self, vm: *mut Vm) {
        // SAFETY: as promised.
        unsafe {
            (*vm).regs = self.regs;
            (*vm).pc = self.pc;
            (*vm).chunk_end = self.chunk_end;
            (*vm).depth_left = self.depth_left;
            (*vm).frames = self.frames;
            (*vm).handled = self.handled;
        }
    }
}

/// Marks the frames of a context that does not run, and of those that it interrupted.
pub(crate) fn trace_saved(mut saved: *const Saved, m: &mut Marker<'_>) {
    // SAFETY: null, or what somebody who does not run has on its stack.
    while let Some(s) = unsafe { saved.as_ref() } {
        // SAFETY: its frames lie on its stack too, or in the Vm.
        unsafe { (*s.frames).trace(m, s.regs, s.pc) };
        m.option(s.handled);
        saved = s.outer;
    }
}

/// The part of a greenlet that the hub needs. The script-visible part is in `greenlet.rs`.
///
/// References in it need no barrier: the collector looks at the tasks of greenlets that were touched since it ran last.
#[repr(C)]
pub struct Task {
    pub state: Cell<State>,
    /// Runs Rust code instead of a script function: the main greenlet.
    pub is_main: bool,
    /// It ran, or one of its references changed, since the last collection.
    is_touched: Cell<bool>,
    /// Place in the hub's table while it is alive; `u32::MAX` before.
    index: Cell<u32>,
    /// The number of its wait, 0 between waits.
    wait: Cell<u32>,
    /// While it is parked.
    saved: Cell<*const Saved>,
    /// Dropped by the hub when it ends.
    coroutine: RefCell<Option<ManuallyDrop<Coroutine>>>,
    /// What `park` returns.
    wake_value: Cell<Option<Value>>,
    /// What `park` raises.
    thrown: Cell<Option<Value>>,
    /// What it waits for, for LoopExit and dumps.
    pub waits_for: Cell<&'static str>,
    /// The timer of its start or of its sleep.
    pub timer: Cell<Option<TimerHandle>>,
}

impl Task {
    pub fn new(is_main: bool) -> Task {
        Task {
            state: Cell::new(State::New),
            is_main,
            is_touched: Cell::new(false),
            index: Cell::new(u32::MAX),
            wait: Cell::new(0),
            saved: Cell::new(std::ptr::null()),
            coroutine: RefCell::new(None),
            wake_value: Cell::new(None),
            thrown: Cell::new(None),
            waits_for: Cell::new(""),
            timer: Cell::new(None),
        }
    }

    pub fn trace(&self, m: &mut Marker<'_>) {
        m.option(self.wake_value.get());
        m.option(self.thrown.get());
        trace_saved(self.saved.get(), m);
        // SAFETY: null, or on its stack while it is parked.
        let saved = unsafe { self.saved.get().as_ref() };
        if let Some((range, s)) = self.coroutine.borrow().as_ref().and_then(|c| c.live_range()).zip(saved) {
            // SAFETY: the live part of a suspended coroutine's stack, where its frames are.
            unsafe { (*s.frames).scan_native(m, range.start & !7, range.end, s.regs, s.pc) };
        }
    }

    /// Ends the wait in progress: its token is stale from now on.
    #[inline(always)]
    fn end_wait(&self) {
        self.wait.set(0);
    }

    /// Ends the wait with this value.
    #[inline(always)]
    fn give(&self, hub: &Hub, value: Value) {
        self.end_wait();
        hub.touch(self);
        self.wake_value.set(Some(value));
    }

    /// Has it raise this exception when it runs next.
    #[inline(always)]
    fn throw(&self, hub: &Hub, exception: Value) {
        hub.touch(self);
        self.thrown.set(Some(exception));
    }

    /// Whether this token still names its wait.
    #[inline(always)]
    fn is_waiting(&self, token: Token) -> bool {
        self.wait.get() == token.wait() && self.thrown.get().is_none()
    }

    /// The line at which it is parked, as messages show it.
    pub fn place(&self) -> String {
        // SAFETY: null, or on its stack while it is parked.
        let Some(s) = (unsafe { self.saved.get().as_ref() }) else {
            return String::new();
        };
        let frame = crate::interp::frame::walk(s.regs, s.pc).next();
        frame.map_or(String::new(), |f| format!(", at {}:{} in {}", f.function.code.get().filename.lossy(), f.line(), f.function.code.get().name.lossy()))
    }

    /// Whether an exception waits to be raised in it.
    pub fn is_thrown(&self) -> bool {
        self.thrown.get().is_some()
    }

    #[inline(always)]
    pub fn is_dead(&self) -> bool {
        self.state.get() == State::Dead
    }
}

/// A greenlet as the hub's table has it.
#[derive(Clone, Copy)]
struct Entry {
    object: Gc<NativeObject>,
    /// Of the object: good as long as the entry keeps it.
    task: &'static Task,
}

/// A body with a task: what can be scheduled.
pub trait HasTask: Native {
    fn task(&self) -> &Task;
    /// What it does when it runs first. Its result is its own business.
    fn run(&self, cx: &mut Cx, this: Gc<NativeObject>);
}

/// What a timer or callback does when it is due.
#[derive(Clone, Copy)]
pub enum Action {
    /// Start a greenlet (`spawn_later`).
    Start(Gc<NativeObject>),
    /// Call a Rust function in the hub with an object.
    Call(fn(&mut Cx, Value), Value),
    /// Raise the exception in a greenlet where it waits, then end the wait of the one that asked for it.
    Throw(Gc<NativeObject>, Value, Option<Token>),
    /// End a wait by the exception.
    End(Token, Value),
}

/// Fewer greenlets than this are all in the caches.
const MANY: usize = 32;

/// Payload flag of timers: an index into the actions.
const ACTION: u64 = 1 << 63;

/// What runs on the next turn.
enum Ready {
    Greenlet(u32),
    Action(u32),
}

pub struct Hub {
    pub(super) pool: StackPool,
    /// Greenlets that are alive and were started, by index.
    tasks: Vec<Option<Entry>>,
    free: Vec<u32>,
    /// Places of those that were touched since the last collection.
    touched: RefCell<Vec<u32>>,
    current: Option<Entry>,
    ready: ReadyRing,
    pub timers: TimerHeap,
    actions: Vec<Option<Action>>,
    free_actions: Vec<u32>,
    poller: Option<Poller>,
    /// Ends the poller's wait from signal handlers and other threads.
    pub(crate) waker: std::sync::Arc<WakeCell>,
    wakes: Vec<Wake>,
    pub clock: Clock,
    offload: Option<Offload>,
    offload_waits: Vec<(u64, Token)>,
    results: Vec<(Token, Box<dyn std::any::Any + Send>)>,
    /// Seconds of ready greenlets before timers and descriptors are served.
    pub switch_interval: f64,
    /// The main greenlet's body while it waits to run.
    main_body: Option<*mut dyn FnMut(&mut Cx)>,
    /// The main greenlet of the entry in progress.
    main: Option<Entry>,
    was_quiet: bool,
    /// Who waits until nothing is ready, and who until nothing is left to do.
    idlers: std::collections::VecDeque<Token>,
    joiners: Vec<Token>,
    /// Something waits, was started or asked for the hub: until then links are told at once.
    pub(crate) is_used: bool,
    /// Waits so far.
    waits: u32,
    pub(super) upkeep: Upkeep,
    /// Timers that keep nobody waiting: of `sleep(ref=False)`, of a join of the hub.
    unref_timers: usize,
    /// How a greenlet object is looked at, set by `greenlet.rs`.
    task_of: fn(&NativeObject) -> Option<&dyn HasTask>,
    /// A panic in a greenlet: the text.
    panicked: Option<String>,
    deep_stack: usize,
    /// What is to be done once, when nothing is ready to run.
    idle_calls: Vec<fn(&mut Cx)>,
}

fn ready_word(r: Ready) -> u64 {
    match r {
        Ready::Greenlet(i) => i as u64,
        Ready::Action(i) => ACTION | i as u64,
    }
}

impl Hub {
    pub fn new(guard: GuardMode, order: Order, is_virtual: bool, task_of: fn(&NativeObject) -> Option<&dyn HasTask>) -> Hub {
        Hub {
            pool: StackPool::new(guard),
            tasks: Vec::new(),
            free: Vec::new(),
            touched: RefCell::new(Vec::new()),
            current: None,
            ready: ReadyRing::new(order),
            timers: TimerHeap::new(),
            actions: Vec::new(),
            free_actions: Vec::new(),
            poller: None,
            waker: Default::default(),
            wakes: Vec::new(),
            clock: if is_virtual { Clock::virtual_clock() } else { Clock::real() },
            offload: None,
            offload_waits: Vec::new(),
            results: Vec::new(),
            switch_interval: 0.005,
            main_body: None,
            main: None,
            was_quiet: false,
            idlers: std::collections::VecDeque::new(),
            joiners: Vec::new(),
            is_used: false,
            waits: 0,
            upkeep: Upkeep::default(),
            unref_timers: 0,
            task_of,
            panicked: None,
            deep_stack: 16 << 20,
            idle_calls: Vec::new(),
        }
    }

    pub(crate) fn trace(&self, m: &mut Marker<'_>, is_major: bool) {
        // A greenlet that was marked before is looked at again only if it was touched since.
        let mut touched = self.touched.take();
        if is_major {
            touched.clear();
            touched.extend(0..self.tasks.len() as u32);
        }
        for (n, &i) in touched.iter().enumerate() {
            self.look_ahead_in(|ahead| touched.get(n + 1 + ahead).and_then(|&i| self.entry(i as usize)));
            let Some(e) = self.entry(i as usize) else { continue };
            m.object(e.object);
            if e.task.is_touched.replace(false) || is_major {
                e.task.trace(m);
            }
        }
        touched.clear();
        self.touched.replace(touched);
        // One that runs changes again before it parks.
        for e in [self.current, self.main].into_iter().flatten() {
            m.object(e.object);
            if e.task.state.get() == State::Running {
                self.touch(e.task);
                e.task.trace(m);
            }
        }
        for a in self.actions.iter().flatten() {
            match a {
                Action::Start(g) => m.object(*g),
                Action::Call(_, v) | Action::End(_, v) => m.value(*v),
                Action::Throw(g, e, _) => {
                    m.object(*g);
                    m.value(*e);
                }
            }
        }
    }

    /// Where the stack that resumed the running greenlet is live, if one runs.
    pub(crate) fn resumer_sp(&self) -> Option<usize> {
        let c = self.current?.task.coroutine.borrow();
        c.as_ref().and_then(|c| c.resumer_sp())
    }

    fn remove(&mut self, index: u32) {
        self.tasks[index as usize] = None;
        self.free.push(index);
    }

    /// The entry that a token or a word of the ring names.
    #[inline(always)]
    fn entry(&self, index: usize) -> Option<Entry> {
        self.tasks.get(index).copied().flatten()
    }

    /// Notes that the collector has to look at a task of the table.
    #[inline(always)]
    fn touch(&self, t: &Task) {
        if !t.is_touched.replace(true) {
            self.touched.borrow_mut().push(t.index.get());
        }
    }

    /// Has the memory loaded that the greenlets next in the ring will touch.
    #[inline(always)]
    fn look_ahead(&self) {
        if self.ready.len() >= MANY {
            self.look_ahead_in(|n| self.ready.ahead(n).and_then(|word| self.entry(word as usize)));
        }
    }

    /// As [`Hub::look_ahead`] for a queue of waits.
    #[inline]
    pub(super) fn look_ahead_at(&self, token: impl Fn(usize) -> Option<Token>) {
        self.look_ahead_in(|n| token(n).and_then(|t| self.entry(t.index())));
    }

    /// Has the memory loaded that greenlets will touch whose turn comes soon, `entry(0)` next. Of many, each has long left
    /// the caches when its turn comes, and one switch would wait for a dozen lines, one after the other.
    #[inline(always)]
    fn look_ahead_in(&self, entry: impl Fn(usize) -> Option<Entry>) {
        if let Some(e) = entry(9) {
            let at = std::ptr::from_ref(e.task) as usize;
            for line in 0..4 {
                prefetch(at + line * 64);
            }
        }
        // What was asked for some turns ago is there by now. One line first: each stack has a page of its own, and finding
        // that takes longest.
        if let Some(e) = entry(6) {
            prefetch(e.task.saved.get() as usize);
        }
        if let Some(e) = entry(3) {
            let at = e.task.saved.get() as usize;
            for line in 0..5 {
                prefetch(at.wrapping_add(line * 64).wrapping_sub(64));
            }
            // SAFETY: null, or on its stack while it is parked.
            match unsafe { e.task.saved.get().as_ref() } {
                Some(s) => {
                    prefetch(s.regs as usize);
                    prefetch((s.regs as usize).wrapping_sub(64));
                }
                None if e.task.state.get() == State::Starting => self.pool.prefetch_ahead(3),
                None => {}
            }
            if let Some(c) = e.task.coroutine.borrow().as_ref() {
                prefetch(c.base());
            }
        }
    }

    /// Gives back the memory of tables that a burst needed.
    pub(super) fn shrink(&mut self) {
        fn shrink<T>(table: &mut Vec<Option<T>>, free: &mut Vec<u32>) {
            while let Some(None) = table.last() {
                table.pop();
            }
            free.retain(|&i| (i as usize) < table.len());
            table.shrink_to(2 * table.len());
            free.shrink_to(2 * free.len());
        }
        shrink(&mut self.tasks, &mut self.free);
        shrink(&mut self.actions, &mut self.free_actions);
        self.timers.shrink();
        self.ready.shrink();
    }

    /// The main greenlet of the entry in progress.
    pub fn main(&self) -> Option<Gc<NativeObject>> {
        self.main.map(|e| e.object)
    }

    pub fn greenlets(&self) -> Vec<Gc<NativeObject>> {
        self.tasks.iter().flatten().map(|e| e.object).collect()
    }
}

/// The task of a greenlet object. The reference is good as long as the object is.
fn task<'a>(hub: &Hub, g: Gc<NativeObject>) -> Option<&'a Task> {
    // SAFETY: the object does not move and its body is never replaced.
    let object: &'a NativeObject = unsafe { &*g.as_ptr() };
    (hub.task_of)(object).map(|t| t.task())
}

fn body<'a>(hub: &Hub, g: Gc<NativeObject>) -> Option<&'a dyn HasTask> {
    // SAFETY: as in `task`.
    let object: &'a NativeObject = unsafe { &*g.as_ptr() };
    (hub.task_of)(object)
}

impl Cx {
    /// The greenlet that runs; `None` in the hub.
    #[inline(always)]
    pub fn current_greenlet(&self) -> Option<Gc<NativeObject>> {
        self.hub.current.map(|e| e.object)
    }

    pub fn task_of(&self, g: Gc<NativeObject>) -> Option<&'static Task> {
        task(&self.hub, g)
    }

    /// Enters a greenlet into the table.
    fn register(&mut self, e: Entry) -> u32 {
        if e.task.index.get() != u32::MAX {
            return e.task.index.get();
        }
        let hub = &mut self.hub;
        let i = match hub.free.pop() {
            Some(i) => {
                hub.tasks[i as usize] = Some(e);
                i
            }
            None => {
                hub.tasks.push(Some(e));
                (hub.tasks.len() - 1) as u32
            }
        };
        e.task.index.set(i);
        self.hub.touch(e.task);
        i
    }

    /// A new greenlet, which is about to be started; `None` if that was done before.
    fn starting(&mut self, object: Gc<NativeObject>) -> Option<(Entry, u32)> {
        let task = task(&self.hub, object).filter(|t| t.state.get() == State::New)?;
        task.state.set(State::Starting);
        let e = Entry { object, task };
        let i = self.register(e);
        Some((e, i))
    }

    /// In the hub: lets a new greenlet run at once.
    pub(crate) fn start_greenlet_now(&mut self, g: Gc<NativeObject>) {
        if self.hub.current.is_some() {
            return self.start_greenlet(g);
        }
        if let Some((e, _)) = self.starting(g) {
            self.resume(e);
        }
    }

    /// Lets a new greenlet run on the next turn.
    pub fn start_greenlet(&mut self, g: Gc<NativeObject>) {
        if let Some((_, i)) = self.starting(g) {
            self.hub.ready.push(ready_word(Ready::Greenlet(i)));
        }
    }

    /// Lets a new greenlet run after `seconds`.
    pub fn start_greenlet_later(&mut self, g: Gc<NativeObject>, seconds: f64) {
        if let Some((e, _)) = self.starting(g) {
            let h = self.add_timer(seconds, Action::Start(g));
            e.task.timer.set(Some(h));
        }
    }

    /// Announces a wait of the running greenlet. BlockingSwitchOutError in the hub.
    #[inline]
    pub fn begin_wait(&mut self, what: &'static str) -> Result<Token> {
        let Some(Entry { task: t, .. }) = self.hub.current else {
            return Err(self.blocking_in_hub());
        };
        t.waits_for.set(what);
        t.wake_value.set(None);
        let hub = &mut self.hub;
        hub.is_used = true;
        // Numbered through all greenlets, since places in the table are used again.
        hub.waits = hub.waits.wrapping_add(1).max(1);
        t.wait.set(hub.waits);
        Ok(Token::new(t.index.get(), hub.waits))
    }

    /// Ends the wait that a token names; `value` is what its `park` returns. False: the wait is over already.
    pub fn wake(&mut self, token: Token, value: Value) -> bool {
        let Some(Entry { task: t, .. }) = self.hub.entry(token.index()).filter(|e| e.task.is_waiting(token)) else {
            return false;
        };
        match t.state.get() {
            State::Parked => {
                t.give(&self.hub, value);
                t.state.set(State::Ready);
                self.hub.ready.push(ready_word(Ready::Greenlet(t.index.get())));
                true
            }
            // Woken between `begin_wait` and `park`: noted for it.
            State::Running => {
                t.give(&self.hub, value);
                true
            }
            _ => false,
        }
    }

    /// In the hub: as [`Cx::wake`], but the greenlet runs at once, before this returns. Elsewhere it is `wake`.
    pub fn wake_now(&mut self, token: Token, value: Value) -> bool {
        if self.hub.current.is_some() {
            return self.wake(token, value);
        }
        match self.hub.entry(token.index()).filter(|e| e.task.is_waiting(token) && e.task.state.get() == State::Parked) {
            Some(e) => {
                e.task.give(&self.hub, value);
                e.task.state.set(State::Ready);
                self.resume(e);
                true
            }
            None => false,
        }
    }

    /// In the hub: ends a wait by an exception; the greenlet runs at once.
    pub fn throw_now(&mut self, token: Token, exception: Value) -> bool {
        match self.hub.entry(token.index()).filter(|e| e.task.is_waiting(token)) {
            Some(e) => {
                self.throw_and_run(e.object, exception);
                true
            }
            None => false,
        }
    }

    /// Raises an exception in a greenlet that waits, and lets it run at once. One that is about to run anyway raises it then.
    pub(crate) fn throw_and_run(&mut self, g: Gc<NativeObject>, exception: Value) {
        match task(&self.hub, g) {
            Some(task) if task.state.get() == State::Parked => {
                task.end_wait();
                task.throw(&self.hub, exception);
                task.state.set(State::Ready);
                self.resume(Entry { object: g, task });
            }
            Some(_) => {
                self.throw_into(g, exception);
            }
            None => {}
        }
    }

    /// Raises an exception in a started greenlet on the next turn, where it waits then. Afterwards `then` is woken.
    pub fn throw_soon(&mut self, g: Gc<NativeObject>, exception: Value, then: Option<Token>) {
        let i = self.add_action(Action::Throw(g, exception, then));
        self.hub.ready.push(ready_word(Ready::Action(i)));
    }

    /// As [`Cx::throw_soon`], before all others that are ready.
    pub fn throw_first(&mut self, g: Gc<NativeObject>, exception: Value) {
        let i = self.add_action(Action::Throw(g, exception, None));
        self.hub.ready.push_front(ready_word(Ready::Action(i)));
    }

    /// As [`Cx::throw_soon`] for the wait that a token names; nothing happens if that has ended by then.
    pub fn throw_token_soon(&mut self, token: Token, exception: Value) {
        let i = self.add_action(Action::End(token, exception));
        self.hub.ready.push(ready_word(Ready::Action(i)));
    }

    /// Whether the main greenlet has ended: what runs in the hub stops then.
    pub fn is_over(&self) -> bool {
        self.hub.panicked.is_some() || self.is_main_dead()
    }

    /// Whether the wait of a token still goes on.
    pub fn is_waiting(&self, token: Token) -> bool {
        self.hub.entry(token.index()).is_some_and(|e| e.task.is_waiting(token))
    }

    /// Parks the running greenlet until its wait (from [`Cx::begin_wait`]) is ended by [`Cx::wake`], whose value it returns,
    /// or an exception is thrown into it, which it raises. Other greenlets run meanwhile: everything read before is stale.
    #[inline]
    pub fn park(&mut self) -> Result<Value> {
        self.park_as(State::Parked)
    }

    // Every return between the switch and the script's next instruction is one that the processor predicts wrongly: this is
    // a part of its callers.
    #[inline(always)]
    fn park_as(&mut self, state: State) -> Result<Value> {
        let Some(Entry { task: t, .. }) = self.hub.current else {
            return Err(self.blocking_in_hub());
        };
        if t.thrown.get().is_some() {
            t.end_wait();
            return self.woken(t);
        }
        if t.wake_value.get().is_some() {
            // Woken before it could park.
            return self.woken(t);
        }
        let parker: Parker = match t.coroutine.borrow().as_ref() {
            Some(c) => c.parker(),
            None => return Err(self.runtime_error("this greenlet has no stack of its own")),
        };
        let vm: *mut Vm = self.vm_ptr();
        // SAFETY: plain data moves out and in, with no borrow alive across the switch.
        unsafe {
            let saved = Saved::take(vm);
            // Almost always empty.
            let repr_active = if (*vm).repr_active.is_empty() { Vec::new() } else { std::mem::take(&mut (*vm).repr_active) };
            t.saved.set(&raw const saved);
            t.state.set(state);
            parker.park(0);
            t.saved.set(std::ptr::null());
            saved.put(vm);
            if !repr_active.is_empty() {
                (*vm).repr_active = repr_active;
            }
            (*vm).stack_limit = parker.limit() + crate::machine::STACK_RESERVE;
            (*vm).stack_base = parker.base();
        }
        self.woken(t)
    }

    /// With what the wait of a task was ended.
    #[inline(always)]
    fn woken(&mut self, t: &Task) -> Result<Value> {
        if let Some(e) = t.thrown.take() {
            return Err(self.raise_value(e));
        }
        Ok(t.wake_value.take().unwrap_or(Value::NONE))
    }

    /// Raises `exception` in a greenlet where it waits, or when it next waits. One that has not run yet never will:
    /// false, and the caller ends it.
    pub fn throw_into(&mut self, g: Gc<NativeObject>, exception: Value) -> bool {
        let Some(t) = task(&self.hub, g) else {
            return true;
        };
        match t.state.get() {
            State::New | State::Starting => return false,
            State::Dead => {}
            State::Running | State::Ready => t.throw(&self.hub, exception),
            State::Parked => {
                t.end_wait();
                t.throw(&self.hub, exception);
                t.state.set(State::Ready);
                self.hub.ready.push(ready_word(Ready::Greenlet(t.index.get())));
            }
        }
        true
    }

    /// Takes back an exception that was thrown and not delivered yet, if it is this one.
    pub fn unthrow(&mut self, g: Gc<NativeObject>, exception: Value) -> bool {
        let Some(t) = task(&self.hub, g) else {
            return false;
        };
        let is_it = t.thrown.get() == Some(exception);
        if is_it {
            t.thrown.set(None);
        }
        is_it
    }

    /// Ends a greenlet that has not run: it leaves the table, at once or when its entry in the ring is found, and its timer
    /// is stopped.
    pub fn forget_greenlet(&mut self, g: Gc<NativeObject>, is_in_ring: bool) {
        let Some(t) = task(&self.hub, g) else { return };
        if let Some(h) = t.timer.take() {
            self.cancel_timer(h);
        }
        t.state.set(State::Dead);
        if t.index.get() != u32::MAX && !is_in_ring {
            self.hub.remove(t.index.get());
        }
    }

    /// Waits for `seconds`, or until somebody wakes the token. `sleep(0)` gives all others a turn.
    #[inline]
    pub fn sleep_seconds(&mut self, seconds: f64) -> Result<()> {
        let token = self.begin_wait("sleep")?;
        if seconds <= 0.0 {
            return self.yield_now(token);
        }
        let h = self.wake_after(token, seconds);
        let r = self.park();
        if let Some(h) = h {
            self.hub.timers.cancel(h);
        }
        r.map(drop)
    }

    /// Waits until nothing is ready to run.
    pub fn wait_idle(&mut self) -> Result<()> {
        let token = self.begin_wait("an idle moment")?;
        self.hub.idlers.push_back(token);
        let r = self.park();
        self.hub.idlers.retain(|&t| t != token);
        r.map(drop)
    }

    /// Waits until nothing is left to do; false: the time was up (GRN-54, HUB-43).
    pub fn join_hub(&mut self, seconds: Option<f64>) -> Result<bool> {
        if self.current_greenlet().is_none() || self.current_greenlet() != self.hub.main() {
            return Err(self.assertion_error("only possible from the MAIN greenlet"));
        }
        let token = self.begin_wait("the end of all others")?;
        self.hub.joiners.push(token);
        let r = self.park_unref(token, seconds);
        self.hub.joiners.retain(|&t| t != token);
        r.map(|v| v == Value::TRUE)
    }

    /// Parks with a timer that does not count as something left to do.
    fn park_unref(&mut self, token: Token, seconds: Option<f64>) -> Result<Value> {
        let timer = seconds.and_then(|s| self.wake_after(token, s));
        self.hub.unref_timers += timer.is_some() as usize;
        let r = self.park();
        if let Some(h) = timer {
            self.hub.unref_timers -= 1;
            self.cancel_timer(h);
        }
        r
    }

    /// As [`Cx::sleep_seconds`], but nobody waits for its end (HUB-08).
    pub fn sleep_unref(&mut self, seconds: f64) -> Result<()> {
        if seconds <= 0.0 {
            return self.sleep_seconds(seconds);
        }
        let token = self.begin_wait("sleep")?;
        self.park_unref(token, Some(seconds)).map(drop)
    }

    /// Goes to the end of the ready ring.
    #[inline(always)]
    fn yield_now(&mut self, token: Token) -> Result<()> {
        if self.hub.current.is_some_and(|e| e.task.thrown.get().is_none()) {
            self.hub.ready.push(ready_word(Ready::Greenlet(token.index() as u32)));
        }
        // It stands in the ring already: whoever throws into it must not enter it a second time.
        self.park_as(State::Ready).map(drop)
    }

    /// A timer that ends a wait; `None`: never (an infinite time).
    pub fn wake_after(&mut self, token: Token, seconds: f64) -> Option<TimerHandle> {
        if seconds.is_infinite() || seconds > 1e10 {
            return None;
        }
        let deadline = self.hub.clock.after_seconds(seconds.max(0.0));
        Some(self.hub.timers.insert(deadline, token.0))
    }

    /// A timer that does something in the hub.
    pub fn add_timer(&mut self, seconds: f64, action: Action) -> TimerHandle {
        let i = self.add_action(action);
        let seconds = if seconds.is_finite() { seconds.clamp(0.0, 1e10) } else { 1e10 };
        let deadline = self.hub.clock.after_seconds(seconds);
        self.hub.timers.insert(deadline, ACTION | i as u64)
    }

    pub fn cancel_timer(&mut self, h: TimerHandle) {
        if let Some(payload) = self.hub.timers.cancel(h) {
            if payload & ACTION != 0 {
                self.free_action(payload as u32);
            }
        }
    }

    fn add_action(&mut self, action: Action) -> u32 {
        match self.hub.free_actions.pop() {
            Some(i) => {
                self.hub.actions[i as usize] = Some(action);
                i
            }
            None => {
                self.hub.actions.push(Some(action));
                (self.hub.actions.len() - 1) as u32
            }
        }
    }

    fn free_action(&mut self, i: u32) -> Option<Action> {
        let a = self.hub.actions[i as usize].take();
        self.hub.free_actions.push(i);
        a
    }

    /// Runs a Rust function in the hub on the next turn.
    pub fn run_soon(&mut self, f: fn(&mut Cx, Value), v: Value) {
        let i = self.add_action(Action::Call(f, v));
        self.hub.ready.push(ready_word(Ready::Action(i)));
    }

    /// Runs a Rust function in the hub as soon as nothing is ready to run, before the hub waits. It must not wait.
    pub fn when_idle(&mut self, f: fn(&mut Cx)) {
        self.hub.idle_calls.push(f);
    }

    /// The poller, made at first use.
    pub fn poller(&mut self) -> Result<&mut Poller> {
        if self.hub.poller.is_none() {
            match Poller::new() {
                Ok(p) => {
                    self.hub.waker.set(p.wake_handle());
                    self.hub.poller = Some(p);
                }
                Err(e) => return Err(self.io_error(&e, None)),
            }
        }
        Ok(self.hub.poller.as_mut().expect("made above"))
    }

    /// The vector that poller calls fill with wake-ups, to be given back to [`Cx::deliver`].
    pub fn take_wakes(&mut self) -> Vec<Wake> {
        std::mem::take(&mut self.hub.wakes)
    }

    /// Wakes those whom a call of the poller named: with True when ready, with False when the descriptor was closed.
    pub fn deliver(&mut self, mut wakes: Vec<Wake>) {
        for w in wakes.drain(..) {
            self.wake(Token(w.waiter), Value::bool(w.outcome == Outcome::Ready));
        }
        self.hub.wakes = wakes;
    }

    /// Runs `job` on the thread pool and parks until it is done. Its result; an exception thrown meanwhile leaves the job
    /// running and its result is dropped.
    pub fn offload<T: Send + 'static>(&mut self, what: &'static str, job: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let token = self.begin_wait(what)?;
        self.poller()?;
        if self.hub.offload.is_none() {
            let handle = self.poller()?.wake_handle();
            self.hub.offload = Some(Offload::new(super::offload::DEFAULT_THREADS, handle));
        }
        let submitted = match self.hub.offload.as_mut() {
            Some(o) => o.submit(Box::new(move || Box::new(job()))),
            None => return Err(self.runtime_error("no thread pool")),
        };
        let id = match submitted {
            Ok(id) => id,
            Err(e) => return Err(self.io_error(&e, None)),
        };
        self.hub.offload_waits.push((id, token));
        let r = self.park();
        self.hub.offload_waits.retain(|w| w.0 != id);
        r?;
        let at = self.hub.results.iter().position(|r| r.0 == token);
        match at.map(|i| self.hub.results.swap_remove(i).1.downcast::<T>()) {
            Some(Ok(v)) => Ok(*v),
            _ => Err(self.runtime_error("a job of the thread pool failed")),
        }
    }

    #[cold]
    fn blocking_in_hub(&mut self) -> crate::vm::Raised {
        let class = self.green_class("BlockingSwitchOutError");
        self.raise(class, "Impossible to call blocking function in the event loop callback")
    }

    /// Runs `f` as the main greenlet until it ends; other greenlets run whenever it waits.
    pub(crate) fn run_main(&mut self, f: &mut dyn FnMut(&mut Cx)) -> std::result::Result<(), String> {
        let main = self.new_main_greenlet();
        // SAFETY: only extends the lifetime: the pointer is taken out of the hub before this function returns.
        let f: *mut dyn FnMut(&mut Cx) = unsafe { std::mem::transmute::<&mut dyn FnMut(&mut Cx), &'static mut dyn FnMut(&mut Cx)>(f) };
        self.hub.main_body = Some(f);
        let Some((entry, i)) = self.starting(main) else { return Ok(()) };
        let outer = self.hub.main.replace(entry);
        // The main greenlet goes first.
        self.hub.ready.push_front(ready_word(Ready::Greenlet(i)));
        while !entry.task.is_dead() {
            self.turn();
            if let Some(text) = self.hub.panicked.take() {
                self.hub.main = outer;
                return Err(text);
            }
        }
        self.hub.main = outer;
        Ok(())
    }

    /// One turn of the loop: ready greenlets, timers, descriptors.
    fn turn(&mut self) {
        let started = self.hub.clock.refresh();
        let limit = started + (self.hub.switch_interval * 1e9) as u64;
        let mut count = 0u32;
        // Ready greenlets, those that become ready meanwhile too, for about the switch interval.
        while let Some(word) = self.hub.ready.pop() {
            self.hub.look_ahead();
            self.run_ready(word);
            if self.hub.panicked.is_some() || self.is_main_dead() {
                return;
            }
            count += 1;
            if count & 31 == 0 && (self.hub.clock.is_virtual() || self.hub.clock.now_ns() > limit) {
                break;
            }
        }
        self.fire_timers();
        self.take_results();
        self.hub.age(started);
        self.poll();
    }

    fn is_main_dead(&self) -> bool {
        self.hub.main.is_some_and(|m| m.task.is_dead())
    }

    #[inline(always)]
    fn run_ready(&mut self, word: u64) {
        if word & ACTION != 0 {
            self.run_action(word as u32);
        } else if let Some(e) = self.hub.entry(word as usize) {
            self.resume(e);
        }
    }

    // Not a part of the loop, whose frame would keep what the last action referred to.
    #[inline(never)]
    fn run_action(&mut self, i: u32) {
        if let Some(a) = self.free_action(i) {
            self.do_action(a);
        }
    }

    fn do_action(&mut self, a: Action) {
        match a {
            Action::Start(g) => {
                if let Some(task) = task(&self.hub, g) {
                    task.timer.set(None);
                    if task.state.get() == State::Starting {
                        self.resume(Entry { object: g, task });
                    }
                }
            }
            Action::Call(f, v) => f(self, v),
            Action::End(token, e) => {
                self.throw_now(token, e);
            }
            Action::Throw(g, e, then) => {
                self.throw_and_run(g, e);
                if let Some(token) = then.filter(|_| !self.is_over()) {
                    self.wake_now(token, Value::TRUE);
                }
            }
        }
    }

    /// Runs a greenlet until it parks or ends.
    fn resume(&mut self, e: Entry) {
        let t = e.task;
        match t.state.get() {
            State::Ready => {}
            State::Starting => {
                if !self.give_stack(e) {
                    return;
                }
            }
            State::Dead => {
                // Killed before its first run.
                self.hub.remove(t.index.get());
                return;
            }
            State::New | State::Running | State::Parked => return,
        }
        let coroutine: *const Coroutine = match t.coroutine.borrow().as_ref() {
            Some(c) => &**c,
            None => return,
        };
        t.state.set(State::Running);
        self.hub.touch(t);
        self.hub.current = Some(e);
        let vm = self.vm_ptr();
        // SAFETY: plain fields, saved for the hub's own use; no borrow is alive across the switch. The coroutine stays in
        // its cell until it has finished, below.
        let resumed = unsafe {
            let saved = Saved { outer: (*vm).hub_saved, ..Saved::take(vm) };
            let (base, limit) = ((*vm).stack_base, (*vm).stack_limit);
            let repr_active = if (*vm).repr_active.is_empty() { Vec::new() } else { std::mem::take(&mut (*vm).repr_active) };
            (*vm).hub_saved = &raw const saved;
            let resumed = (*coroutine).resume(0);
            saved.put(vm);
            (*vm).hub_saved = saved.outer;
            (*vm).stack_base = base;
            (*vm).stack_limit = limit;
            (*vm).handled = None;
            if !repr_active.is_empty() {
                (*vm).repr_active = repr_active;
            }
            resumed
        };
        self.hub.current = None;
        if let Resumed::Finished(r) = resumed {
            self.finished(t, r);
        }
    }

    /// Gives a greenlet that runs for the first time a stack; false: there is none, and it has failed.
    fn give_stack(&mut self, e: Entry) -> bool {
        let stack = if e.task.is_main { self.hub.pool.acquire_large(self.hub.deep_stack) } else { self.hub.pool.acquire() };
        match stack {
            Ok(s) => {
                *e.task.coroutine.borrow_mut() = Some(ManuallyDrop::new(Coroutine::new(s, enter, self.vm_ptr() as usize)));
                true
            }
            Err(error) => {
                self.greenlet_not_started(e.object, &error);
                false
            }
        }
    }

    fn finished(&mut self, t: &Task, result: std::result::Result<usize, Box<str>>) {
        t.state.set(State::Dead);
        drop(t.coroutine.borrow_mut().take().map(ManuallyDrop::into_inner));
        self.hub.remove(t.index.get());
        if let Err(text) = result {
            self.hub.panicked = Some(text.into());
        }
    }

    fn fire_timers(&mut self) {
        if self.hub.timers.is_empty() {
            return;
        }
        let now = self.hub.clock.refresh();
        let mark = self.hub.timers.mark();
        // Waits that end come in batches: their tasks are loaded while others are looked for.
        let mut due = [Token(0); 32];
        let mut count = 0;
        while let Some(e) = self.hub.timers.pop_expired_before(now, mark) {
            if e.payload & ACTION == 0 {
                let token = Token(e.payload);
                if let Some(e) = self.hub.entry(token.index()) {
                    prefetch(std::ptr::from_ref(e.task) as usize);
                }
                due[count] = token;
                count += 1;
                if count == due.len() {
                    self.time_is_up(&due);
                    count = 0;
                }
                continue;
            }
            self.time_is_up(&due[..count]);
            count = 0;
            self.run_action(e.payload as u32);
            if self.is_over() {
                return;
            }
        }
        self.time_is_up(&due[..count]);
    }

    /// Ends waits whose timers have fired. No script code runs.
    fn time_is_up(&mut self, due: &[Token]) {
        for &token in due {
            self.wake(token, Value::FALSE);
        }
    }

    fn take_results(&mut self) {
        while let Some(c) = self.hub.offload.as_mut().and_then(|o| o.next_result()) {
            if let Some(&(_, token)) = self.hub.offload_waits.iter().find(|w| w.0 == c.id) {
                if let Ok(v) = c.result {
                    self.hub.results.push((token, v));
                }
                self.wake(token, Value::TRUE);
            }
        }
    }

    /// Waits for descriptors and other threads, as long as nothing else is due.
    fn poll(&mut self) {
        // Whoever sets the poll word wakes the poller afterwards: what is missed here ends the wait below.
        if self.poll_now() != 0 {
            self.signal_while_waiting();
        }
        if !self.hub.idle_calls.is_empty() && self.hub.ready.is_empty() {
            for f in std::mem::take(&mut self.hub.idle_calls) {
                f(self);
            }
        }
        let is_ready = !self.hub.ready.is_empty();
        let outstanding = self.hub.offload.as_ref().map_or(0, |o| o.outstanding());
        let descriptors = self.hub.poller.as_ref().map_or(0, |p| p.waiting());
        let deadline = self.hub.timers.next_deadline();
        let is_unref = self.hub.timers.len() <= self.hub.unref_timers;
        if !is_ready && !self.hub.idlers.is_empty() {
            return self.wake_idlers(descriptors > 0 || outstanding > 0);
        }
        if !is_ready && (deadline.is_none() || is_unref) && outstanding == 0 && descriptors == 0 && !self.has_outside_wakers() {
            self.nothing_can_happen();
            return;
        }
        let timeout = if is_ready {
            if self.hub.poller.is_none() || descriptors == 0 && outstanding == 0 {
                return;
            }
            Some(Duration::ZERO)
        } else {
            let pending = Pending { jobs: outstanding, descriptors, was_quiet: self.hub.was_quiet };
            match self.hub.clock.when_idle(deadline, pending) {
                Idle::Poll(t) => t,
                Idle::Jump(to) => {
                    self.hub.clock.advance_to(to);
                    return;
                }
            }
        };
        if self.poller().is_err() {
            self.pending = None;
            std::thread::sleep(timeout.unwrap_or(Duration::from_millis(1)).min(Duration::from_millis(10)));
            return;
        }
        if is_ready || self.hub.clock.is_virtual() {
            return self.poll_descriptors(timeout);
        }
        match self.before_waiting(timeout) {
            None => {}
            Some(shorter) => {
                self.poll_descriptors(shorter);
                let is_quiet = shorter != timeout && self.hub.was_quiet;
                self.hub.upkeep.waited(is_quiet);
            }
        }
    }

    fn poll_descriptors(&mut self, timeout: Option<Duration>) {
        let mut wakes = std::mem::take(&mut self.hub.wakes);
        let r = match self.hub.poller.as_mut() {
            Some(p) => p.poll(timeout, &mut wakes),
            None => return,
        };
        self.hub.was_quiet = wakes.is_empty();
        self.deliver(wakes);
        if r.is_err() {
            // An interrupted poll: signals are looked at below.
        }
        self.take_results();
        if self.poll_now() != 0 {
            self.signal_while_waiting();
        }
    }

    /// Wakes those who wait for an idle moment, unless a descriptor or a job is ready.
    fn wake_idlers(&mut self, looks: bool) {
        if looks {
            self.poll_descriptors(Some(Duration::ZERO));
        }
        if self.hub.ready.is_empty() {
            while let Some(token) = self.hub.idlers.pop_front() {
                self.wake(token, Value::TRUE);
            }
        }
    }

    /// Signal handlers and Ctrl-C while no greenlet runs: an exception goes to the main greenlet.
    fn signal_while_waiting(&mut self) {
        if let Err(r) = self.run_poll() {
            let e = self.take_pending(r);
            if let Some(main) = self.hub.main() {
                self.throw_into(main, e);
            }
        }
    }

    fn has_outside_wakers(&self) -> bool {
        self.hub.main.is_some_and(|m| m.task.state.get() != State::Parked)
    }

    /// Nothing can ever wake anybody: LoopExit in the main greenlet.
    fn nothing_can_happen(&mut self) {
        let Some(main) = self.hub.main() else { return };
        if !self.hub.joiners.is_empty() {
            for token in std::mem::take(&mut self.hub.joiners) {
                self.wake(token, Value::TRUE);
            }
            return;
        }
        let text = self.loop_exit_text();
        let class = self.green_class("LoopExit");
        let r = self.raise(class, &text);
        let e = self.take_pending(r);
        self.throw_into(main, e);
    }
}

/// The coroutine of a greenlet begins here.
fn enter(parker: Parker, vm: usize, _first: usize) -> usize {
    let vm = vm as *mut Vm;
    // The first frames lie here, on the greenlet's own stack: a small greenlet needs no other memory.
    let mut words = [const { MaybeUninit::<u64>::uninit() }; FIRST_WORDS];
    // SAFETY: the Vm outlives its greenlets; `words` and `frames` live until the greenlet ends, and then the hub puts its
    // own frames back.
    unsafe {
        let mut frames = FrameStack::borrowed(words.as_mut_ptr().cast(), words.len());
        (*vm).regs = frames.bottom();
        (*vm).pc = std::ptr::null();
        (*vm).chunk_end = frames.end();
        (*vm).frames = &raw mut frames;
        (*vm).depth_left = (*vm).recursion_limit;
        (*vm).handled = None;
        (*vm).stack_limit = parker.limit() + crate::machine::STACK_RESERVE;
        (*vm).stack_base = parker.base();
        let mut cx = Cx::new(vm);
        let Some(e) = cx.hub.current else { return 0 };
        if e.task.is_main {
            if let Some(f) = cx.hub.main_body.take() {
                (*f)(&mut cx);
            }
        } else if let Some(b) = body(&cx.hub, e.object) {
            b.run(&mut cx, e.object);
        }
    }
    std::hint::black_box(&mut words);
    0
}

/// Words of the first chunk of frames of a greenlet.
const FIRST_WORDS: usize = 96;
