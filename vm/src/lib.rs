//! The machine: greenlets.
#![deny(unsafe_code)]

pub mod green;
