//! The machine: values, heap, objects, interpreter, greenlets.
//!
//! Start at `vm.rs` for the state, `interp/` for what runs code, `object/` for the types, `heap/` for memory.
#![deny(unsafe_code)]

extern crate self as gscript_vm;

pub mod authority;
pub mod builtins;
pub mod convert;
pub mod exception;
pub mod extension;
pub mod green;
pub mod handle;
pub mod heap;
pub mod import;
pub mod interp;
pub mod limits;
pub mod long_work;
pub mod machine;
pub mod names;
pub mod number;
pub mod object;
pub mod operator;
pub mod protocol;
pub mod state;
pub mod text;
pub mod types;
pub mod value;
pub mod vm;
