//! Raising: how Rust code makes exceptions, and the messages that occur in many places.

pub mod raise;
pub mod group;
mod suggest;
pub mod traceback;
