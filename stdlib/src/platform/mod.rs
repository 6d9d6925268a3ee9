//! The only place that calls the operating system directly.
#![allow(unsafe_code)]

pub mod libm;
pub mod socket;
