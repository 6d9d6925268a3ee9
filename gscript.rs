//! What a host sees of gscript.
#![deny(unsafe_code)]

pub use gscript_vm::machine::{Config, Machine};
pub use gscript_vm::value::{Gc, Value};
pub use gscript_vm::vm::{Cx, Raised, Result};

/// Makes the standard library importable in a machine.
pub use gscript_stdlib::install as install_library;
