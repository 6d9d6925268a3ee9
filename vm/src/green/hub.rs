//! The hub: who runs, who waits, and the loop that turns readiness, time and results into wake-ups.
//!
//! The loop runs on the thread's own stack; each greenlet, the main one too, is a coroutine whose only way to stop is
//! [`Cx::park`]. A wait is announced by [`Cx::begin_wait`], which gives a [`Token`]; whoever ends the wait calls
//! [`Cx::wake`] with it. A token whose wait has ended is stale and ignored, so that readiness, a timer and a kill in the
//! same turn cannot wake twice.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::time::Duration;

use super::clock::{Clock, Idle, Pending};
use super::offload::Offload;
use super::poller::{Outcome, Poller, Wake};
use super::ready::{Order, ReadyRing};
use super::stack::{GuardMode, StackPool};
use super::switch::{Coroutine, Parker, Resumed};
use super::timer::{TimerHandle, TimerHeap};
use crate::heap::mark::Marker;
use crate::interp::frame::FrameStack;
use crate::object::native::{Native, NativeObject};
use crate::object::slot::Slot;
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

/// What belongs to a greenlet while another one runs.
struct Saved {
    regs: *mut u64,
    pc: *const u64,
    chunk_end: *mut u64,
    depth_left: i64,
    frames: FrameStack,
    repr_active: Vec<u64>,
}

/// The part of a greenlet that the hub needs. The script-visible part is in `greenlet.rs`.
pub struct Task {
    pub state: Cell<State>,
    /// Place in the hub's table while it is alive; `u32::MAX` before.
    index: Cell<u32>,
    wait: Cell<u32>,
    coroutine: RefCell<Option<Coroutine>>,
    saved: RefCell<Option<Saved>>,
    /// The exception it handled when it parked.
    handled: Slot,
    /// What `park` returns.
    wake_value: Slot,
    /// What `park` raises.
    thrown: Slot,
    /// Ran since the last collection: its stack may hold young objects.
    ran: Cell<bool>,
    /// The timer of its start or of its sleep.
    pub timer: Cell<Option<TimerHandle>>,
    /// What it waits for, for LoopExit and dumps.
    pub waits_for: Cell<&'static str>,
    /// Runs Rust code instead of a script function: the main greenlet.
    pub is_main: bool,
}

impl Task {
    pub fn new(is_main: bool) -> Task {
        Task {
            state: Cell::new(State::New),
            index: Cell::new(u32::MAX),
            wait: Cell::new(0),
            coroutine: RefCell::new(None),
            saved: RefCell::new(None),
            handled: Slot::new(None),
            wake_value: Slot::new(None),
            thrown: Slot::new(None),
            ran: Cell::new(false),
            timer: Cell::new(None),
            waits_for: Cell::new(""),
            is_main,
        }
    }

    pub fn trace(&self, m: &mut Marker<'_>) {
        self.handled.trace(m);
        self.wake_value.trace(m);
        self.thrown.trace(m);
        if let Some(s) = self.saved.borrow().as_ref() {
            s.frames.trace(m, s.regs);
        }
        if let Some(range) = self.coroutine.borrow().as_ref().and_then(|c| c.live_range()) {
            // SAFETY: the live part of a suspended coroutine's stack.
            unsafe { m.scan(range.start & !7, range.end) };
        }
    }

    /// The line at which it is parked, as messages show it.
    pub fn place(&self) -> String {
        let saved = self.saved.borrow();
        let Some(s) = saved.as_ref() else {
            return String::new();
        };
        let frame = crate::interp::frame::walk(s.regs, s.pc).next();
        frame.map_or(String::new(), |f| format!(", at {}:{} in {}", f.function.code.get().filename.lossy(), f.line(), f.function.code.get().name.lossy()))
    }

    /// Whether an exception waits to be raised in it.
    pub fn is_thrown(&self) -> bool {
        self.thrown.get().is_some()
    }

    pub fn is_dead(&self) -> bool {
        self.state.get() == State::Dead
    }
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

/// Payload flag of timers: an index into the actions.
const ACTION: u64 = 1 << 63;

/// What runs on the next turn.
enum Ready {
    Greenlet(u32),
    Action(u32),
}

pub struct Hub {
    pool: StackPool,
    /// Greenlets that are alive and were started, by index.
    tasks: Vec<Option<Gc<NativeObject>>>,
    free: Vec<u32>,
    current: Option<Gc<NativeObject>>,
    ready: ReadyRing,
    pub timers: TimerHeap,
    actions: Vec<Option<Action>>,
    free_actions: Vec<u32>,
    poller: Option<Poller>,
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
    pub main: Option<Gc<NativeObject>>,
    was_quiet: bool,
    /// Who waits until nothing is ready, and who until nothing is left to do.
    idlers: std::collections::VecDeque<Token>,
    joiners: Vec<Token>,
    /// Something waits, was started or asked for the hub: until then links are told at once.
    pub(crate) is_used: bool,
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
            current: None,
            ready: ReadyRing::new(order),
            timers: TimerHeap::new(),
            actions: Vec::new(),
            free_actions: Vec::new(),
            poller: None,
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
            unref_timers: 0,
            task_of,
            panicked: None,
            deep_stack: 16 << 20,
            idle_calls: Vec::new(),
        }
    }

    pub(crate) fn trace(&self, m: &mut Marker<'_>, is_major: bool) {
        for t in self.tasks.iter().flatten() {
            m.object(*t);
            if let Some(task) = (self.task_of)(t).map(|t| t.task()) {
                // An old greenlet whose stack changed since it was marked is looked at again.
                // One that runs changes it again before it parks.
                let is_running = task.state.get() == State::Running;
                if task.ran.replace(is_running) || is_major || is_running {
                    task.trace(m);
                }
            }
        }
        for t in [self.current, self.main].into_iter().flatten() {
            m.object(t);
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
        let g = self.current?;
        let t = task(self, g)?;
        let c = t.coroutine.borrow();
        c.as_ref().and_then(|c| c.resumer_sp())
    }

    fn remove(&mut self, index: u32) {
        self.tasks[index as usize] = None;
        self.free.push(index);
    }

    pub fn greenlets(&self) -> Vec<Gc<NativeObject>> {
        self.tasks.iter().flatten().copied().collect()
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
    pub fn current_greenlet(&self) -> Option<Gc<NativeObject>> {
        self.hub.current
    }

    pub fn task_of(&self, g: Gc<NativeObject>) -> Option<&'static Task> {
        task(&self.hub, g)
    }

    /// Enters a greenlet into the table.
    fn register(&mut self, g: Gc<NativeObject>, t: &Task) -> u32 {
        if t.index.get() != u32::MAX {
            return t.index.get();
        }
        let hub = &mut self.hub;
        let i = match hub.free.pop() {
            Some(i) => {
                hub.tasks[i as usize] = Some(g);
                i
            }
            None => {
                hub.tasks.push(Some(g));
                (hub.tasks.len() - 1) as u32
            }
        };
        t.index.set(i);
        i
    }

    /// In the hub: lets a new greenlet run at once.
    pub(crate) fn start_greenlet_now(&mut self, g: Gc<NativeObject>) {
        let Some(t) = task(&self.hub, g).filter(|t| t.state.get() == State::New) else { return };
        if self.hub.current.is_some() {
            return self.start_greenlet(g);
        }
        t.state.set(State::Starting);
        self.register(g, t);
        self.resume(g);
    }

    /// Lets a new greenlet run on the next turn.
    pub fn start_greenlet(&mut self, g: Gc<NativeObject>) {
        let Some(t) = task(&self.hub, g) else { return };
        if t.state.get() != State::New {
            return;
        }
        t.state.set(State::Starting);
        let i = self.register(g, t);
        self.hub.ready.push(ready_word(Ready::Greenlet(i)));
    }

    /// Lets a new greenlet run after `seconds`.
    pub fn start_greenlet_later(&mut self, g: Gc<NativeObject>, seconds: f64) {
        let Some(t) = task(&self.hub, g) else { return };
        if t.state.get() != State::New {
            return;
        }
        t.state.set(State::Starting);
        self.register(g, t);
        let h = self.add_timer(seconds, Action::Start(g));
        t.timer.set(Some(h));
    }

    /// Announces a wait of the running greenlet. BlockingSwitchOutError in the hub.
    pub fn begin_wait(&mut self, what: &'static str) -> Result<Token> {
        let Some(g) = self.hub.current else {
            return Err(self.blocking_in_hub());
        };
        let Some(t) = task(&self.hub, g) else {
            return Err(self.blocking_in_hub());
        };
        t.wait.set(t.wait.get().wrapping_add(1));
        t.waits_for.set(what);
        self.hub.is_used = true;
        t.wake_value.set(g, None);
        Ok(Token::new(t.index.get(), t.wait.get()))
    }

    /// Ends the wait that a token names; `value` is what its `park` returns. False: the wait is over already.
    pub fn wake(&mut self, token: Token, value: Value) -> bool {
        let Some(&Some(g)) = self.hub.tasks.get(token.index()) else {
            return false;
        };
        let Some(t) = task(&self.hub, g) else {
            return false;
        };
        if t.wait.get() != token.wait() || t.thrown.get().is_some() {
            return false;
        }
        match t.state.get() {
            State::Parked => {
                t.wait.set(t.wait.get().wrapping_add(1));
                t.wake_value.set(g, Some(value));
                t.state.set(State::Ready);
                self.hub.ready.push(ready_word(Ready::Greenlet(t.index.get())));
                true
            }
            // Woken between `begin_wait` and `park`: noted for it.
            State::Running => {
                t.wait.set(t.wait.get().wrapping_add(1));
                t.wake_value.set(g, Some(value));
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
        let Some(&Some(g)) = self.hub.tasks.get(token.index()) else {
            return false;
        };
        let Some(t) = task(&self.hub, g) else {
            return false;
        };
        if t.wait.get() != token.wait() || t.thrown.get().is_some() || t.state.get() != State::Parked {
            return false;
        }
        t.wait.set(t.wait.get().wrapping_add(1));
        t.wake_value.set(g, Some(value));
        t.state.set(State::Ready);
        self.resume(g);
        true
    }

    /// In the hub: ends a wait by an exception; the greenlet runs at once.
    pub fn throw_now(&mut self, token: Token, exception: Value) -> bool {
        if !self.is_waiting(token) {
            return false;
        }
        match self.hub.tasks.get(token.index()) {
            Some(&Some(g)) => self.throw_and_run(g, exception),
            _ => return false,
        }
        true
    }

    /// Raises an exception in a greenlet that waits, and lets it run at once. One that is about to run anyway raises it then.
    pub(crate) fn throw_and_run(&mut self, g: Gc<NativeObject>, exception: Value) {
        let Some(t) = task(&self.hub, g) else { return };
        match t.state.get() {
            State::Parked => {
                t.wait.set(t.wait.get().wrapping_add(1));
                t.thrown.set(g, Some(exception));
                t.state.set(State::Ready);
                self.resume(g);
            }
            _ => {
                self.throw_into(g, exception);
            }
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
        match self.hub.tasks.get(token.index()) {
            Some(&Some(g)) => task(&self.hub, g).is_some_and(|t| t.wait.get() == token.wait() && t.thrown.get().is_none()),
            _ => false,
        }
    }

    /// Parks the running greenlet until its wait (from [`Cx::begin_wait`]) is ended by [`Cx::wake`], whose value it returns,
    /// or an exception is thrown into it, which it raises. Other greenlets run meanwhile: everything read before is stale.
    pub fn park(&mut self) -> Result<Value> {
        self.park_as(State::Parked)
    }

    #[inline(never)]
    fn park_as(&mut self, state: State) -> Result<Value> {
        let Some(g) = self.hub.current else {
            return Err(self.blocking_in_hub());
        };
        let Some(t) = task(&self.hub, g) else {
            return Err(self.blocking_in_hub());
        };
        if let Some(e) = t.thrown.get() {
            t.thrown.set(g, None);
            t.wait.set(t.wait.get().wrapping_add(1));
            return Err(self.raise_value(e));
        }
        if let Some(v) = t.wake_value.get() {
            // Woken before it could park.
            t.wake_value.set(g, None);
            return Ok(v);
        }
        let parker: Parker = match t.coroutine.borrow().as_ref() {
            Some(c) => c.parker(),
            None => return Err(self.runtime_error("this greenlet has no stack of its own")),
        };
        let vm: *mut Vm = self.vm_ptr();
        // SAFETY: the fields are moved out and in as plain data, with no borrow alive across the switch.
        unsafe {
            let saved = Saved {
                regs: (*vm).regs,
                pc: (*vm).pc,
                chunk_end: (*vm).chunk_end,
                depth_left: (*vm).depth_left,
                frames: std::mem::replace(&mut (*vm).frames, FrameStack::none()),
                repr_active: std::mem::take(&mut (*vm).repr_active),
            };
            *t.saved.borrow_mut() = Some(saved);
            t.handled.set(g, (*vm).handled);
            t.state.set(state);
            parker.park(0);
            let saved = t.saved.borrow_mut().take().expect("stored before the switch");
            (*vm).regs = saved.regs;
            (*vm).pc = saved.pc;
            (*vm).chunk_end = saved.chunk_end;
            (*vm).depth_left = saved.depth_left;
            (*vm).frames = saved.frames;
            (*vm).repr_active = saved.repr_active;
            (*vm).handled = t.handled.get();
            (*vm).stack_limit = parker.limit() + crate::machine::STACK_RESERVE;
            (*vm).stack_base = parker.base();
        }
        if let Some(e) = t.thrown.get() {
            t.thrown.set(g, None);
            return Err(self.raise_value(e));
        }
        let v = t.wake_value.get().unwrap_or(Value::NONE);
        t.wake_value.set(g, None);
        Ok(v)
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
            State::Running => t.thrown.set(g, Some(exception)),
            State::Ready => t.thrown.set(g, Some(exception)),
            State::Parked => {
                t.wait.set(t.wait.get().wrapping_add(1));
                t.thrown.set(g, Some(exception));
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
        if t.thrown.get() == Some(exception) {
            t.thrown.set(g, None);
            return true;
        }
        false
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
        if self.hub.current.is_none() || self.hub.current != self.hub.main {
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
    fn yield_now(&mut self, token: Token) -> Result<()> {
        let index = token.index() as u32;
        let Some(g) = self.hub.current else {
            return Err(self.blocking_in_hub());
        };
        let Some(t) = task(&self.hub, g) else {
            return Err(self.blocking_in_hub());
        };
        if t.thrown.get().is_none() {
            self.hub.ready.push(ready_word(Ready::Greenlet(index)));
        }
        // It stands in the ring already: whoever throws into it must not enter it a second time.
        self.park_as(State::Ready).map(drop)
    }

    /// A timer that ends a wait; `None`: never (an infinite time).
    pub fn wake_after(&mut self, token: Token, seconds: f64) -> Option<TimerHandle> {
        if seconds.is_infinite() || seconds > 1e10 {
            return None;
        }
        let deadline = self.hub.clock.after(Duration::from_secs_f64(seconds.max(0.0)));
        Some(self.hub.timers.insert(deadline, token.0))
    }

    /// A timer that does something in the hub.
    pub fn add_timer(&mut self, seconds: f64, action: Action) -> TimerHandle {
        let i = self.add_action(action);
        let seconds = if seconds.is_finite() { seconds.clamp(0.0, 1e10) } else { 1e10 };
        let deadline = self.hub.clock.after(Duration::from_secs_f64(seconds));
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

    /// In the hub: a full collection that takes what parked greenlets do not need any more as dead.
    pub fn collect_while_idle(&mut self, is_major: bool) {
        for g in self.hub.greenlets() {
            let Some(t) = task(&self.hub, g).filter(|t| t.state.get() == State::Parked) else { continue };
            if let Some(s) = t.saved.borrow().as_ref() {
                // SAFETY: the window and the instruction at which it parked.
                unsafe { crate::interp::frame::clear_dead(s.regs, s.pc) };
            }
        }
        self.collect(is_major);
    }

    /// Runs a Rust function in the hub as soon as nothing is ready to run, before the hub waits. It must not wait.
    pub fn when_idle(&mut self, f: fn(&mut Cx)) {
        self.hub.idle_calls.push(f);
    }

    /// The poller, made at first use.
    pub fn poller(&mut self) -> Result<&mut Poller> {
        if self.hub.poller.is_none() {
            match Poller::new() {
                Ok(p) => self.hub.poller = Some(p),
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
        let outer = self.hub.main.replace(main);
        self.start_greenlet(main);
        // The main greenlet goes first.
        if let Some(t) = task(&self.hub, main) {
            let word = t.index.get() as u64;
            self.hub.ready.retain(|w| w != word);
            self.hub.ready.push_front(word);
        }
        while !task(&self.hub, main).is_none_or(Task::is_dead) {
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
        self.poll();
    }

    fn is_main_dead(&self) -> bool {
        self.hub.main.is_some_and(|m| task(&self.hub, m).is_none_or(Task::is_dead))
    }

    fn run_ready(&mut self, word: u64) {
        if word & ACTION != 0 {
            if let Some(a) = self.free_action(word as u32) {
                self.do_action(a);
            }
            return;
        }
        let Some(&Some(g)) = self.hub.tasks.get(word as usize) else {
            return;
        };
        self.resume(g);
    }

    fn do_action(&mut self, a: Action) {
        match a {
            Action::Start(g) => {
                if let Some(t) = task(&self.hub, g) {
                    t.timer.set(None);
                    if t.state.get() == State::Starting {
                        self.resume(g);
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

    fn resume(&mut self, g: Gc<NativeObject>) {
        let Some(t) = task(&self.hub, g) else { return };
        match t.state.get() {
            State::Dead => {
                // Killed before its first run.
                self.hub.remove(t.index.get());
                return;
            }
            State::Starting => {
                let stack = if t.is_main { self.hub.pool.acquire_large(self.hub.deep_stack) } else { self.hub.pool.acquire() };
                let stack = match stack {
                    Ok(s) => s,
                    Err(e) => {
                        self.greenlet_not_started(g, &e);
                        return;
                    }
                };
                let c = Coroutine::new(stack, enter, self.vm_ptr() as usize);
                *t.coroutine.borrow_mut() = Some(c);
            }
            State::Ready => {}
            State::New | State::Running | State::Parked => return,
        }
        t.state.set(State::Running);
        t.ran.set(true);
        self.hub.current = Some(g);
        let vm = self.vm_ptr();
        // SAFETY: plain fields, saved for the hub's own use; no borrow is alive across the switch.
        let (regs, pc, chunk_end, depth, base, limit) =
            unsafe { ((*vm).regs, (*vm).pc, (*vm).chunk_end, (*vm).depth_left, (*vm).stack_base, (*vm).stack_limit) };
        // SAFETY: as above.
        let frames = unsafe { std::mem::replace(&mut (*vm).frames, FrameStack::none()) };
        self.hub_frames.push((frames, regs));
        let resumed = match t.coroutine.borrow().as_ref() {
            Some(c) => {
                let c: *const Coroutine = c;
                // SAFETY: the coroutine stays in its cell until it has finished, below.
                unsafe { (*c).resume(0) }
            }
            None => return,
        };
        // SAFETY: as above.
        unsafe {
            if let Some((frames, _)) = (*vm).hub_frames.pop() {
                (*vm).frames = frames;
            }
            (*vm).regs = regs;
            (*vm).pc = pc;
            (*vm).chunk_end = chunk_end;
            (*vm).depth_left = depth;
            (*vm).stack_base = base;
            (*vm).stack_limit = limit;
            (*vm).handled = None;
        }
        self.hub.current = None;
        match resumed {
            Resumed::Yielded(_) => {}
            Resumed::Finished(r) => {
                t.state.set(State::Dead);
                *t.coroutine.borrow_mut() = None;
                self.hub.remove(t.index.get());
                if let Err(text) = r {
                    self.hub.panicked = Some(text.into());
                }
            }
        }
    }

    fn fire_timers(&mut self) {
        if self.hub.timers.is_empty() {
            return;
        }
        let now = self.hub.clock.refresh();
        let mark = self.hub.timers.mark();
        while let Some(e) = self.hub.timers.pop_expired_before(now, mark) {
            if e.payload & ACTION != 0 {
                if let Some(a) = self.free_action(e.payload as u32) {
                    self.do_action(a);
                    if self.hub.panicked.is_some() || self.is_main_dead() {
                        return;
                    }
                }
            } else {
                self.wake(Token(e.payload), Value::FALSE);
            }
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
        self.poll_descriptors(timeout);
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
            if let Some(main) = self.hub.main {
                self.throw_into(main, e);
            }
        }
    }

    fn has_outside_wakers(&self) -> bool {
        self.hub.main.is_some_and(|m| task(&self.hub, m).is_some_and(|t| t.state.get() != State::Parked))
    }

    /// Nothing can ever wake anybody: LoopExit in the main greenlet.
    fn nothing_can_happen(&mut self) {
        let Some(main) = self.hub.main else { return };
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
    let mut words = [0u64; FIRST_WORDS];
    // SAFETY: the Vm outlives its greenlets; `words` lives until the greenlet ends, and its frames with it.
    unsafe {
        let mut frames = FrameStack::borrowed(words.as_mut_ptr(), words.len());
        (*vm).regs = frames.bottom();
        (*vm).pc = std::ptr::null();
        (*vm).chunk_end = frames.end();
        (*vm).frames = frames;
        (*vm).depth_left = (*vm).recursion_limit;
        (*vm).handled = None;
        (*vm).repr_active = Vec::new();
        (*vm).stack_limit = parker.limit() + crate::machine::STACK_RESERVE;
        (*vm).stack_base = parker.base();
        let mut cx = Cx::new(vm);
        let Some(g) = cx.hub.current else { return 0 };
        let is_main = task(&cx.hub, g).is_some_and(|t| t.is_main);
        if is_main {
            if let Some(f) = cx.hub.main_body.take() {
                (*f)(&mut cx);
            }
        } else if let Some(b) = body(&cx.hub, g) {
            b.run(&mut cx, g);
        }
        (*vm).frames = FrameStack::none();
    }
    std::hint::black_box(&mut words);
    0
}

/// Words of the first chunk of frames of a greenlet.
const FIRST_WORDS: usize = 96;
