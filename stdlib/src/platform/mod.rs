//! The only place of the library that calls the operating system directly. Functions here are safe for any argument:
//! a wrong descriptor or path is an error, never undefined behaviour.
#![allow(unsafe_code)]

pub mod fd;
pub mod file;
pub mod libm;
pub mod names;
pub mod poll;
pub mod process;
pub mod signal;
pub mod socket;
pub mod time;
