//! The standard library: the modules written in Rust, and how a machine finds them.

#![deny(unsafe_code)]

pub mod io;
mod platform;
mod record;
mod scripts;
pub mod socket;
pub mod sys;

use gscript_vm::convert::ModuleDef;
use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Result};

/// THE list of modules, one line each.
static MODULES: &[&ModuleDef] = &[
    &io::module::MODULE,
    &socket::socket::MODULE,
    &sys::module::MODULE,
];

/// Makes the library importable in a machine.
pub fn install(cx: &mut Cx) {
    let hooks = cx.hooks_mut();
    hooks.find_builtin = Some(find_builtin);
    hooks.write_stream = Some(io::write_stream);
}

/// A module of the library by name, made and entered into `sys.modules`. `None`: there is none.
pub fn find_builtin(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    let key = cx.intern(name);
    if name == "builtins" {
        return Ok(Some(builtins_module(cx)));
    }
    let Some(def) = MODULES.iter().find(|m| m.name == name) else { return scripts::load(cx, name) };
    let module = cx.native_module(def)?.value();
    cx.add_module(key, module);
    Ok(Some(module))
}

/// The module whose dict is the namespace of built-ins.
fn builtins_module(cx: &mut Cx) -> Value {
    let name = cx.intern("builtins");
    let dict = cx.builtins_dict();
    let class = cx.types.module;
    let module = cx.module_of(class, dict).value();
    cx.add_module(name, module);
    cx.dict_set_text(dict, "__name__", name.value());
    let doc = cx.str("Built-in functions, types, exceptions, and other objects.").value();
    cx.dict_set_text(dict, "__doc__", doc);
    let empty = cx.str("").value();
    cx.dict_set_text(dict, "__package__", empty);
    module
}

/// Names of the built-in modules, sorted.
pub(crate) fn module_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = MODULES.iter().map(|m| m.name).chain(["builtins"]).collect();
    names.sort_unstable();
    names
}

pub use platform::process::{die_of_interrupt, raise_file_limit};
