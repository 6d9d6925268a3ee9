//! The library: modules in Rust and in gscript, and how a machine finds them.
#![deny(unsafe_code)]

pub mod authority;
pub mod colour;
pub mod errno;
mod gamma;
mod gevent;
pub mod heapq;
pub mod io;
pub mod itertools;
pub mod json;
pub mod math;
pub mod platform;
pub mod posix;
pub mod random;
pub mod re;
mod record;
pub mod scripts;
pub mod select;
pub mod signal;
pub mod socket;
pub mod strptime;
pub mod sys;
pub mod time;

use gscript_vm::convert::ModuleDef;
use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Result};

pub use platform::process::{die_of_interrupt, raise_file_limit};

/// THE list of modules written in Rust, one line each; those written in gscript are in `scripts.rs`.
static MODULES: &[&ModuleDef] = &[
    &errno::module::MODULE,
    &heapq::module::MODULE,
    &io::module::MODULE,
    &itertools::module::MODULE,
    &json::json::MODULE,
    &math::math::MODULE,
    &posix::module::MODULE,
    &random::random::MODULE,
    &re::module::module::MODULE,
    &select::module::MODULE,
    &signal::module::MODULE,
    &socket::module::MODULE,
    &sys::module::MODULE,
    &time::module::MODULE,
];

/// Makes the library importable in a machine.
pub fn install(cx: &mut Cx) {
    let hooks = cx.hooks_mut();
    hooks.find_builtin = Some(find_builtin);
    hooks.write_stream = Some(io::write_stream);
    hooks.report_error = Some(sys::report_error);
    hooks.input = Some(io::input);
    hooks.close_unstored = Some(io::close_unstored);
    // Built-in functions that live in modules.
    let builtins = cx.builtins_dict();
    if let Some(f) = io::module::MODULE.functions.iter().find(|f| f.name == "open") {
        let module = cx.intern("io").value();
        let f = cx.builtin(f, Some(module)).value();
        cx.dict_set_text(builtins, "open", f);
    }
    sys::install_exit(cx, builtins);
}

/// Makes a built-in module and enters it into `sys.modules`; `None`: there is none of this name.
pub fn find_builtin(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    let Some(def) = MODULES.iter().find(|m| m.name == name) else {
        return match gevent::find(cx, name)? {
            Some(m) => Ok(Some(m)),
            None => scripts::load(cx, name),
        };
    };
    let module = cx.native_module(def)?;
    authority::restrict(cx, def, module.dict.expect());
    let module = module.value();
    let key = cx.intern(name);
    cx.add_module(key, module);
    Ok(Some(module))
}

/// Names of the built-in modules, sorted.
pub(crate) fn module_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = MODULES.iter().map(|m| m.name).chain(["builtins"]).collect();
    names.sort_unstable();
    names
}
