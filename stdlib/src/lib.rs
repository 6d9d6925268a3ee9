//! The library: modules in Rust and in gscript, and how a machine finds them.
#![deny(unsafe_code)]

mod gamma;
pub mod io;
pub mod math;
pub mod platform;
pub mod random;
pub mod re;
mod record;
pub mod scripts;
pub mod socket;
pub mod sys;

use gscript_vm::convert::ModuleDef;
use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Result};

pub use platform::process::{die_of_interrupt, raise_file_limit};

/// THE list of modules written in Rust, one line each; those written in gscript are in `scripts.rs`.
static MODULES: &[&ModuleDef] = &[
    &io::module::MODULE,
    &math::math::MODULE,
    &random::random::MODULE,
    &re::module::module::MODULE,
    &socket::socket::MODULE,
    &sys::module::MODULE,
];

/// Makes the library importable in a machine.
pub fn install(cx: &mut Cx) {
    let hooks = cx.hooks_mut();
    hooks.find_builtin = Some(find_builtin);
    hooks.write_stream = Some(io::write_stream);
    hooks.report_error = Some(sys::report_error);
}

/// Makes a built-in module and enters it into `sys.modules`; `None`: there is none of this name.
pub fn find_builtin(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    let Some(def) = MODULES.iter().find(|m| m.name == name) else { return scripts::load(cx, name) };
    let module = cx.native_module(def)?.value();
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
