//! The only place that calls the operating system directly.
#![allow(unsafe_code)]

pub mod socket;
