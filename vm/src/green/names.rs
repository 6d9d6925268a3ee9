//! The names of the concurrency library: which class stands behind each, and which are built-ins.

use crate::extension::Extension;
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::dict::Dict;
use crate::value::{Gc, Value};
use crate::vm::Cx;

/// Classes that are built-ins too.
const BUILTINS: &[&str] = &[
    "Greenlet",
    "GreenletExit",
    "Timeout",
    "Event",
    "AsyncResult",
    "Queue",
    "LifoQueue",
    "PriorityQueue",
    "JoinableQueue",
    "Pool",
    "Group",
    "Semaphore",
    "RLock",
];

/// Functions that are built-ins too; the others are found in the package only.
const FUNCTIONS: &[&str] = &["spawn", "spawn_later", "sleep", "joinall", "killall", "wait", "iwait", "getcurrent", "with_timeout"];

/// The functions of the library, made once.
#[derive(Default)]
struct Functions {
    made: Vec<(&'static str, Value)>,
}

impl Extension for Functions {
    fn trace(&self, m: &mut Marker<'_>) {
        for (_, f) in &self.made {
            m.value(*f);
        }
    }
}

/// All functions.
const ALL_FUNCTIONS: &[&str] = &[
    "spawn",
    "spawn_later",
    "sleep",
    "joinall",
    "killall",
    "wait",
    "iwait",
    "getcurrent",
    "with_timeout",
    "kill",
    "spawn_raw",
    "get_hub",
    "idle",
    "getswitchinterval",
    "setswitchinterval",
];

impl Cx {
    /// A function of the library by name: the same object each time. `spawn` and `spawn_later` are methods of Greenlet.
    pub fn concurrency_function(&mut self, name: &str) -> Option<Value> {
        if let Some(f) = self.extension::<Functions>().made.iter().find(|f| f.0 == name) {
            return Some(f.1);
        }
        let f = match name {
            "spawn" | "spawn_later" => {
                let class = self.greenlet_class().value();
                match self.get_attr_text(class, name) {
                    Ok(f) => f,
                    Err(r) => {
                        self.take_pending(r);
                        return None;
                    }
                }
            }
            _ => {
                let def = super::functions::functions::FUNCTIONS.iter().find(|f| f.name == name)?;
                self.builtin(def, None).value()
            }
        };
        let name = ALL_FUNCTIONS.iter().find(|n| **n == name)?;
        self.extension::<Functions>().made.push((name, f));
        Some(f)
    }

    /// A class of the concurrency library by name.
    pub fn concurrency_class(&mut self, name: &str) -> Option<Gc<Type>> {
        Some(match name {
            "Greenlet" => self.greenlet_class(),
            "greenlet" => self.raw_greenlet_class(),
            "Timeout" => self.timeout_class(),
            "Event" => self.native_class(&super::event::event_class::NATIVE),
            "AsyncResult" => self.native_class(&super::event::async_result_class::NATIVE),
            "SimpleQueue" => self.simple_queue_class(),
            "Queue" | "JoinableQueue" => self.queue_class(),
            "PriorityQueue" => self.priority_queue_class(),
            "LifoQueue" => self.lifo_queue_class(),
            "Channel" => self.native_class(&super::channel::channel_class::NATIVE),
            "Group" => self.group_class(),
            "Pool" => self.pool_class(),
            "Semaphore" => self.native_class(&super::lock::semaphore_class::NATIVE),
            "BoundedSemaphore" => self.bounded_semaphore_class(),
            "DummySemaphore" => self.native_class(&super::lock::dummy_class::NATIVE),
            "RLock" => self.native_class(&super::lock::rlock_class::NATIVE),
            "local" => self.native_class(&super::local::local_class::NATIVE),
            "Waiter" => self.native_class(&super::waiter::waiter_class::NATIVE),
            "Hub" => self.hub_class(),
            "GreenletExit" => self.green_class("GreenletExit"),
            "LoopExit" => self.green_class("LoopExit"),
            "BlockingSwitchOutError" => self.green_class("BlockingSwitchOutError"),
            "InvalidSwitchError" => self.green_class("InvalidSwitchError"),
            "ConcurrentObjectUseError" => self.green_class("ConcurrentObjectUseError"),
            "InvalidThreadUseError" => self.green_class("InvalidThreadUseError"),
            "HubDestroyed" => self.green_class("HubDestroyed"),
            "Empty" => self.green_class("Empty"),
            "Full" => self.green_class("Full"),
            "ShutDown" => self.green_class("ShutDown"),
            "PoolFull" => self.green_class("PoolFull"),
            _ => return None,
        })
    }
}

/// Enters what is a built-in without import (LANGUAGE: concurrency).
pub(crate) fn install(cx: &mut Cx, builtins: Gc<Dict>) {
    for &name in BUILTINS {
        if let Some(c) = cx.concurrency_class(name) {
            cx.dict_set_text(builtins, name, c.value());
        }
    }
    for &name in FUNCTIONS {
        if let Some(f) = cx.concurrency_function(name) {
            cx.dict_set_text(builtins, name, f);
        }
    }
}
