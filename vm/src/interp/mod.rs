//! The interpreter. Start at `dispatch.rs` for the machine, `handlers.rs` for what instructions do fast, `slow.rs` for
//! what they do else, `call.rs` for calls, `unwind.rs` for exceptions.

pub mod cache;
pub mod call;
pub mod dispatch;
pub mod frame;
pub mod generator;
pub mod handlers;
pub mod quick;
pub mod slow;
pub mod unwind;
