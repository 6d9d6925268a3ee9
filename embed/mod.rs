//! The embedding layer: a machine with the library as a Rust host holds it.
//!
//! | file | what |
//! |---|---|
//! | `vm.rs` | [`Vm`]: made, entered, dropped |
//! | `config.rs` | [`Config`]: authority, limits, standard streams |
//! | `context.rs` | [`Context`]: what can be done inside an entry, also by host functions |
//! | `function.rs` | closures as functions of scripts |
//! | `convert.rs` | Rust types to script values and back |
//! | `handle.rs` | [`Handle`]: a value that the host keeps |
//! | `error.rs` | [`Error`] for the host, [`Exception`] for the script |
//!
//! Nothing here is unsafe, and no `Value` leaves: a host sees plain data and handles.

mod config;
mod context;
mod convert;
mod error;
mod function;
mod handle;
mod vm;

pub use config::{Config, Stdio};
pub use context::Context;
pub use convert::{Bytes, FromValue, IntoArgs, IntoValue};
pub use error::{Error, ErrorKind, Exception};
pub use function::{HostFunction, IntoReturn, Param, Rest};
pub use handle::Handle;
pub use vm::Vm;
