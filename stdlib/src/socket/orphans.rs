//! Sockets that were closed while files made from them were open, perhaps files that nobody refers to any more.
//!
//! In CPython a forgotten file is freed at once, which ends the connection: `return s.makefile('rb').read()`. Without
//! reference counts nobody tells. So when the loop has nothing to do, the collector looks whether the files are
//! reachable, a young file's fate being cheap to find out. What is still referred to then is looked at a few times more.

use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use gscript_vm::green::hub::Action;
use gscript_vm::value::Value;
use gscript_vm::vm::Cx;

use super::core::{Core, State};

/// A collection may take this part of the time.
const SHARE: u32 = 20;
/// How often one is looked for, after ever longer times.
const TRIES: u8 = 5;

/// Those that may be forgotten, and when to look.
#[derive(Default)]
pub struct Orphans {
    list: Vec<(Weak<Core>, u8)>,
    is_scheduled: bool,
    /// When a collection may be run next.
    not_before: Option<Instant>,
}

impl Orphans {
    /// A socket was closed whose files keep the connection open.
    pub fn add(cx: &mut Cx, core: &Rc<Core>) {
        let orphans = &mut cx.extension::<State>().orphans;
        orphans.list.push((Rc::downgrade(core), 0));
        if !orphans.is_scheduled {
            orphans.is_scheduled = true;
            cx.when_idle(look);
        }
    }
}

fn is_waiting(o: &(Weak<Core>, u8)) -> bool {
    o.0.upgrade().is_some_and(|c| c.is_orphan())
}

/// In the hub, when nothing else is to be done.
fn look(cx: &mut Cx) {
    let now = Instant::now();
    let orphans = &mut cx.extension::<State>().orphans;
    orphans.list.retain(is_waiting);
    if orphans.list.is_empty() {
        orphans.is_scheduled = false;
        return;
    }
    if let Some(wait) = orphans.not_before.and_then(|t| t.checked_duration_since(now)).filter(|w| !w.is_zero()) {
        later(cx, wait);
        return;
    }
    cx.collect(false);
    let is_done = |cx: &mut Cx| {
        let list = &mut cx.extension::<State>().orphans.list;
        list.retain(is_waiting);
        list.is_empty()
    };
    if !is_done(cx) {
        cx.collect(true);
        is_done(cx);
    }
    let orphans = &mut cx.extension::<State>().orphans;
    orphans.not_before = Some(Instant::now() + now.elapsed() * SHARE);
    for o in &mut orphans.list {
        o.1 += 1;
    }
    orphans.list.retain(|o| o.1 < TRIES);
    match orphans.list.iter().map(|o| o.1).min() {
        Some(tries) => later(cx, Duration::from_millis(10) * 5u32.pow(tries as u32)),
        None => orphans.is_scheduled = false,
    }
}

fn later(cx: &mut Cx, wait: Duration) {
    cx.add_timer(wait.as_secs_f64(), Action::Call(|cx, _| cx.when_idle(look), Value::NONE));
}
