//! Raising: how Rust code makes exceptions, and the messages that occur in many places.

pub mod group;
pub mod raise;
mod suggest;
pub mod syntax;
pub mod traceback;
