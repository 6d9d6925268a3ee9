//! Greenlets: script tasks with stacks of their own, and what lets them wait.
//!
//! The files here are the substrate. They know neither values nor the machine: everything is
//! generic over plain words and ids, so that each piece can be tested by itself.
//!
//! - `stack`: memory for stacks; `switch`: coroutines on such stacks (the only file that names corosensei)
//! - `ready`: who runs next; `timer`: who wakes when; `clock`: what time it is
//! - `poller`: descriptors (the only file that names mio); `offload`: threads for what blocks

pub mod clock;
pub mod functions;
pub mod greenlet;
pub mod hub;
pub mod offload;
pub mod poller;
pub mod ready;
pub mod stack;
pub mod switch;
pub mod timer;
