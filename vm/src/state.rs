//! What the module `sys` shows and changes of the machine.

use crate::machine::Hooks;
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::simple::Module;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// What upper layers supply, to be filled in by them.
    pub fn hooks_mut(&mut self) -> &mut Hooks {
        &mut self.hooks
    }

    /// `sys.modules`.
    pub fn modules_dict(&mut self) -> Gc<Dict> {
        match self.modules {
            Some(d) => d,
            None => {
                let d = self.dict_new();
                self.modules = Some(d);
                d
            }
        }
    }

    /// The namespace of built-ins.
    pub fn builtins_dict(&mut self) -> Gc<Dict> {
        match self.builtins {
            Some(d) => d,
            None => {
                let d = self.dict_new();
                self.builtins = Some(d);
                d
            }
        }
    }

    /// `sys.getrecursionlimit()`.
    pub fn recursion_limit(&self) -> i64 {
        self.recursion_limit
    }

    /// `sys.setrecursionlimit(limit)`: false when more frames are running than that.
    pub fn set_recursion_limit(&mut self, limit: i64) -> bool {
        let depth = self.recursion_limit - self.depth_left;
        if depth >= limit {
            return false;
        }
        self.depth_left = limit - depth;
        self.recursion_limit = limit;
        true
    }

    /// Frames in use.
    pub fn recursion_depth(&self) -> i64 {
        self.recursion_limit - self.depth_left
    }

    /// `sys.get_int_max_str_digits()`; 0: no limit.
    pub fn int_digit_limit(&self) -> usize {
        self.int_digit_limit
    }

    /// `sys.set_int_max_str_digits(limit)`.
    pub fn set_int_digit_limit(&mut self, limit: usize) {
        self.int_digit_limit = limit;
    }

    /// How code is compiled from now on: 1 leaves assertions out, 2 docstrings too. `__debug__` is False then.
    pub fn set_optimization(&mut self, level: u8) {
        self.optimize = level;
        let builtins = self.builtins_dict();
        self.dict_set_text(builtins, "__debug__", crate::value::Value::bool(level == 0));
    }

    /// The exception being handled.
    pub fn handled_exception(&self) -> Option<Value> {
        self.handled.filter(|e| !e.is_none())
    }

    /// Looks whether a signal or another thread asked for attention; for loops and waits in Rust code.
    pub fn check_poll(&mut self) -> Result<()> {
        if self.poll_now() != 0 { self.run_poll() } else { Ok(()) }
    }

    /// What signal handlers and other threads use after they have set a bit of the poll word: it ends the hub's wait.
    pub fn waker(&self) -> std::sync::Arc<crate::green::poller::WakeCell> {
        self.hub.waker.clone()
    }

    /// A module that is loaded, by name.
    pub fn loaded_module(&mut self, name: &str) -> Option<Value> {
        let key = self.intern(name);
        self.modules.and_then(|d| self.dict_get_str(d, key))
    }

    /// `sys.NAME` as it is now; `None` when `sys` is not loaded or has no such attribute.
    pub fn sys_value(&mut self, name: &str) -> Option<Value> {
        let name = self.intern(name);
        self.sys_attribute(name)
    }

    /// As [`Cx::sys_value`], of an interned name.
    pub(crate) fn sys_attribute(&mut self, name: Gc<Str>) -> Option<Value> {
        let sys = self.modules.and_then(|d| self.dict_get_str(d, self.common.sys))?;
        let dict = sys.as_gc::<Module>()?.dict.get()?;
        self.dict_get_str(dict, name)
    }

    /// What tracebacks call the code of a function: the name it was compiled with.
    pub fn frame_name(&self, f: Gc<Function>) -> String {
        f.code.get().name.lossy().into_owned()
    }
}
