//! The package `gevent`: under which name each module of it offers what `vm/src/green` has.
//!
//! The modules of the library wait cooperatively by themselves. So `gevent.socket` and the like are those modules, and
//! `gevent.monkey` has nothing to patch. What is written in gscript (`gevent.monkey`, `gevent.server` …) is in `gs/`.

use gscript_vm::object::dict::Dict;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// A module of the package: its name, the classes and functions in it, and which of them `from module import *` takes.
struct Part {
    name: &'static str,
    doc: &'static str,
    names: &'static [&'static str],
    all: &'static [&'static str],
}

/// THE list of modules, but for those written in gscript.
static PARTS: &[Part] = &[
    Part {
        name: "gevent",
        doc: "gevent is a coroutine-based networking library.",
        names: &[
            "Greenlet",
            "GreenletExit",
            "Timeout",
            "get_hub",
            "getcurrent",
            "getswitchinterval",
            "idle",
            "iwait",
            "joinall",
            "kill",
            "killall",
            "setswitchinterval",
            "sleep",
            "spawn",
            "spawn_later",
            "spawn_raw",
            "wait",
            "with_timeout",
        ],
        all: &[
            "Greenlet",
            "GreenletExit",
            "Timeout",
            "config",
            "fork",
            "get_hub",
            "getcurrent",
            "getswitchinterval",
            "idle",
            "iwait",
            "joinall",
            "kill",
            "killall",
            "reinit",
            "setswitchinterval",
            "signal_handler",
            "sleep",
            "spawn",
            "spawn_later",
            "spawn_raw",
            "wait",
            "with_timeout",
        ],
    },
    Part {
        name: "gevent.event",
        doc: "Basic synchronization primitives: Event and AsyncResult.",
        names: &["Event", "AsyncResult"],
        all: &["Event", "AsyncResult"],
    },
    Part {
        name: "gevent.queue",
        doc: "Synchronized queues.",
        names: &["Queue", "PriorityQueue", "LifoQueue", "SimpleQueue", "JoinableQueue", "Channel", "ShutDown", "Empty", "Full"],
        all: &["Queue", "PriorityQueue", "LifoQueue", "SimpleQueue", "JoinableQueue", "Channel", "ShutDown", "Empty", "Full"],
    },
    Part {
        name: "gevent.pool",
        doc: "Managing greenlets in a group.",
        names: &["Group", "Pool", "PoolFull", "Greenlet", "GreenletExit", "joinall", "getcurrent", "Event", "Semaphore", "DummySemaphore", "Timeout"],
        all: &["Group", "Pool", "PoolFull"],
    },
    Part {
        name: "gevent.lock",
        doc: "Locking primitives.",
        names: &["Semaphore", "BoundedSemaphore", "DummySemaphore", "RLock", "getcurrent"],
        all: &["Semaphore", "BoundedSemaphore", "DummySemaphore", "RLock"],
    },
    Part { name: "gevent.local", doc: "Greenlet-local objects.", names: &["local"], all: &["local"] },
    Part { name: "gevent.timeout", doc: "Timeouts.", names: &["Timeout", "with_timeout"], all: &["Timeout", "with_timeout"] },
    Part {
        name: "gevent.greenlet",
        doc: "Greenlets and what waits for them.",
        names: &["Greenlet", "GreenletExit", "joinall", "killall", "Timeout", "getcurrent", "iwait", "wait"],
        all: &["Greenlet", "joinall", "killall"],
    },
    Part {
        name: "gevent.hub",
        doc: "Event-loop hub.",
        names: &[
            "Hub",
            "Waiter",
            "GreenletExit",
            "LoopExit",
            "BlockingSwitchOutError",
            "InvalidSwitchError",
            "ConcurrentObjectUseError",
            "HubDestroyed",
            "InvalidThreadUseError",
            "get_hub",
            "getcurrent",
            "getswitchinterval",
            "setswitchinterval",
            "idle",
            "iwait",
            "kill",
            "sleep",
            "spawn_raw",
            "wait",
        ],
        all: &["getcurrent", "GreenletExit", "spawn_raw", "sleep", "kill", "signal", "reinit", "get_hub", "Hub", "Waiter"],
    },
    Part {
        name: "gevent.exceptions",
        doc: "Exceptions.",
        names: &[
            "LoopExit",
            "BlockingSwitchOutError",
            "InvalidSwitchError",
            "ConcurrentObjectUseError",
            "InvalidThreadUseError",
            "HubDestroyed",
            "GreenletExit",
        ],
        all: &["LoopExit"],
    },
    Part {
        name: "greenlet",
        doc: "Light-weight concurrent tasks.",
        names: &["greenlet", "getcurrent", "GreenletExit"],
        all: &["greenlet", "getcurrent", "GreenletExit"],
    },
    Part { name: "_queue", doc: "Exceptions of the module queue.", names: &["Empty"], all: &["Empty"] },
];

/// Modules that are cooperative by themselves, and what they are called in the package.
const SAME: &[(&str, &str)] = &[
    ("gevent.socket", "socket"),
    ("gevent.ssl", "ssl"),
    ("gevent.select", "select"),
    ("gevent.selectors", "selectors"),
    ("gevent.subprocess", "subprocess"),
    ("gevent.time", "time"),
    ("gevent.threading", "threading"),
    ("gevent.contextvars", "contextvars"),
    ("gevent.builtins", "builtins"),
];

/// What `gevent` and `gevent.hub` take from modules written in gscript: attribute, module, name there.
const FROM_SCRIPTS: &[(&str, &str)] =
    &[("config", "gevent._config"), ("fork", "gevent._system"), ("reinit", "gevent._system"), ("signal_handler", "gevent._system")];

/// Makes a module of the package; `None`: there is none of this name here.
pub fn find(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    if let Some(&(_, same)) = SAME.iter().find(|s| s.0 == name) {
        let module = cx.import_absolute(same)?;
        let key = cx.intern(name);
        cx.add_module(key, module);
        return Ok(Some(module));
    }
    let Some(part) = PARTS.iter().find(|p| p.name == name) else { return Ok(None) };
    let key = cx.intern(name);
    let module = cx.module(key, Some(part.doc));
    let dict = module.dict.expect();
    fill(cx, dict, part)?;
    cx.add_module(key, module.value());
    let is_package = name == "gevent";
    let package = cx.str(if is_package { name } else { name.rsplit_once('.').map_or("", |p| p.0) }).value();
    cx.dict_set_text(dict, "__package__", package);
    if is_package {
        fill_package(cx, dict)?;
    } else if name == "gevent.hub" {
        let f = from_script(cx, "gevent._system", "signal_handler")?;
        cx.dict_set_text(dict, "signal", f);
        let f = from_script(cx, "gevent._system", "reinit")?;
        cx.dict_set_text(dict, "reinit", f);
    }
    Ok(Some(module.value()))
}

/// Enters the classes and functions of a module.
fn fill(cx: &mut Cx, dict: Gc<Dict>, part: &Part) -> Result<()> {
    for &name in part.names {
        let class = cx.concurrency_class(name).map(|c| c.value());
        if let Some(v) = class.or_else(|| cx.concurrency_function(name)) {
            cx.dict_set_text(dict, name, v);
        }
    }
    let all = cx.list_new();
    for &name in part.all {
        let s = cx.str(name).value();
        cx.list_push(all, s);
    }
    cx.dict_set_text(dict, "__all__", all.value());
    Ok(())
}

fn fill_package(cx: &mut Cx, dict: Gc<Dict>) -> Result<()> {
    let path = cx.list_new().value();
    cx.dict_set_text(dict, "__path__", path);
    let version = cx.str(VERSION).value();
    cx.dict_set_text(dict, "__version__", version);
    for &(name, module) in FROM_SCRIPTS {
        let v = from_script(cx, module, name)?;
        cx.dict_set_text(dict, name, v);
    }
    let v = from_script(cx, "gevent._system", "version_info")?;
    cx.dict_set_text(dict, "version_info", v);
    // What importing the package brings along.
    for name in ["exceptions", "timeout", "greenlet", "hub"] {
        let module = cx.import_absolute(&format!("gevent.{name}"))?;
        cx.dict_set_text(dict, name, module);
    }
    Ok(())
}

/// The release whose behaviour the package has.
const VERSION: &str = "26.9.0";

fn from_script(cx: &mut Cx, module: &str, name: &str) -> Result<Value> {
    let module = cx.import_absolute(module)?;
    cx.get_attr_text(module, name)
}
