//! The library: modules in Rust and in gscript. `find_builtin` holds the list.
#![deny(unsafe_code)]

pub mod gamma;
pub mod math;
pub mod platform;
pub mod random;
pub mod scripts;
pub mod socket;

use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Result};

/// Makes a built-in module and enters it into `sys.modules`; `None`: there is none of this name.
pub fn find_builtin(cx: &mut Cx, name: &str) -> Result<Option<Value>> {
    let def = match name {
        "math" => &math::math::MODULE,
        "_random" => &random::random::MODULE,
        "socket" => &socket::socket::MODULE,
        _ => return scripts::load(cx, name),
    };
    let module = cx.native_module(def)?;
    let key = cx.intern(name);
    cx.add_module(key, module.value());
    Ok(Some(module.value()))
}
