//! `gevent` and its submodules: the names under which the machine's concurrency library is imported.

use gscript_vm::green::functions::functions::FUNCTIONS;
use gscript_vm::object::simple::Module;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// Submodule (without `gevent.`) and the classes and functions in it.
const MODULES: &[(&str, &[&str])] = &[
    ("event", &["Event", "AsyncResult"]),
    (
        "queue",
        &[
            "Queue",
            "JoinableQueue",
            "SimpleQueue",
            "PriorityQueue",
            "LifoQueue",
            "Channel",
            "Empty",
            "Full",
            "ShutDown",
        ],
    ),
    ("pool", &["Group", "Pool", "PoolFull"]),
    ("timeout", &["Timeout", "with_timeout"]),
    ("greenlet", &["Greenlet", "joinall", "killall"]),
    (
        "hub",
        &[
            "GreenletExit",
            "LoopExit",
            "BlockingSwitchOutError",
            "ConcurrentObjectUseError",
            "InvalidSwitchError",
            "Hub",
            "Waiter",
            "get_hub",
            "getcurrent",
            "sleep",
            "kill",
            "spawn_raw",
            "iwait",
            "wait",
            "idle",
            "signal_handler",
        ],
    ),
    (
        "lock",
        &["Semaphore", "BoundedSemaphore", "DummySemaphore", "RLock"],
    ),
    ("local", &["local"]),
    (
        "exceptions",
        &[
            "LoopExit",
            "BlockingSwitchOutError",
            "InvalidSwitchError",
            "ConcurrentObjectUseError",
            "InvalidThreadUseError",
            "HubDestroyed",
        ],
    ),
];

/// Classes of the package itself; its functions are all there are.
const PACKAGE: &[&str] = &["Greenlet", "GreenletExit", "Timeout"];

fn new_module(cx: &mut Cx, name: &str, package: &str) -> Gc<Module> {
    let key = cx.intern(name);
    let module = cx.module(key, None);
    let p = cx.str(package).value();
    cx.dict_set_text(module.dict.expect(), "__package__", p);
    cx.add_module(key, module.value());
    module
}

/// Puts a class or a function of the library into a module.
fn put(cx: &mut Cx, module: Gc<Module>, name: &str) {
    let dict = module.dict.expect();
    if let Some(c) = cx.concurrency_class(name) {
        cx.dict_set_text(dict, name, c.value());
    } else if let Some(f) = FUNCTIONS.iter().find(|f| f.name == name) {
        let f = cx.builtin(f, None).value();
        cx.dict_set_text(dict, name, f);
    }
}

/// The module `name` if it is one of these.
pub fn load(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    if name == "gevent" {
        return package(cx).map(Some);
    }
    let Some(sub) = name.strip_prefix("gevent.") else {
        return Ok(None);
    };
    if sub == "socket" {
        let module = cx.import_absolute("socket")?;
        let key = cx.intern(name);
        cx.add_module(key, module);
        return Ok(Some(module));
    }
    let Some((_, names)) = MODULES.iter().find(|m| m.0 == sub) else {
        return Ok(None);
    };
    let module = new_module(cx, name, "gevent");
    let all = cx.list_new();
    for n in *names {
        put(cx, module, n);
        let n = cx.str(n).value();
        cx.list_push(all, n);
    }
    cx.dict_set_text(module.dict.expect(), "__all__", all.value());
    Ok(Some(module.value()))
}

fn package(cx: &mut Cx) -> Result<Value> {
    let module = new_module(cx, "gevent", "gevent");
    let dict = module.dict.expect();
    let path = cx.list_new().value();
    cx.dict_set_text(dict, "__path__", path);
    for name in PACKAGE {
        put(cx, module, name);
    }
    for f in FUNCTIONS {
        put(cx, module, f.name);
    }
    let version = cx.str("26.9.0").value();
    cx.dict_set_text(dict, "__version__", version);
    let parts = [26, 9, 0].map(Value::int32);
    let info = cx.tuple(&parts).value();
    cx.dict_set_text(dict, "version_info", info);
    for (sub, _) in MODULES {
        let m = cx.import_absolute(&format!("gevent.{sub}"))?;
        cx.dict_set_text(dict, sub, m);
    }
    Ok(module.value())
}
