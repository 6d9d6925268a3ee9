//! gscript for Rust hosts: scripts that mean what Python 3 means, with greenlets built in.
//!
//! ```
//! let mut vm = gscript::Vm::new();
//! vm.register("greet", |name: &str| format!("hello {name}"));
//! let text: String = vm.eval("greet('world').upper()")?;
//! assert_eq!(text, "HELLO WORLD");
//! # Ok::<(), gscript::Error>(())
//! ```
//!
//! Begin with [`Vm`]; [`Config`] says what scripts may reach and use, [`HostFunction`] what closures they can call,
//! [`FromValue`] which types cross. A machine made by [`Vm::new`] reaches nothing: no files, no network, no processes, no
//! environment, no clock. Each of them is granted by a method of [`Config`]; without it, what needs it raises PermissionError:
//!
//! ```
//! let error = gscript::Vm::new().exec("open('/etc/passwd')").unwrap_err();
//! assert_eq!(error.class(), "PermissionError");
//! assert_eq!(error.message(), "this machine has no authority over: files");
//! ```
#![deny(unsafe_code)]
#![warn(missing_docs)]

mod embed;

pub use embed::{
    Bytes, Config, Context, Error, ErrorKind, Exception, FromValue, Handle, HostFunction, IntoArgs, IntoReturn, IntoValue, Param, Rest, Stdio, Vm,
};
pub use gscript_vm::authority::Authority;
pub use gscript_vm::limits::{InterruptHandle, Limit, Limits};

// What the command line is made with; no part of the interface for hosts.
#[doc(hidden)]
pub use gscript_stdlib::install as install_library;
#[doc(hidden)]
pub use gscript_vm::machine::Machine;
