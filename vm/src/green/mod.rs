//! Greenlets: script tasks with stacks of their own, and what lets them wait.
//!
//! The substrate knows neither values nor the machine: it is generic over plain words and ids, so that each piece can
//! be tested by itself.
//!
//! - `stack`: memory for stacks; `switch`: coroutines on such stacks (the only file that names corosensei)
//! - `ready`: who runs next; `timer`: who wakes when; `clock`: what time it is
//! - `poller`: descriptors (the only file that names mio); `offload`: threads for what blocks
//!
//! On it stand the hub and what scripts see:
//!
//! - `hub`: the loop; `greenlet`, `timeout`: their objects for scripts; `hub_object`: the hub as scripts see it
//! - `upkeep`: memory given back when all is quiet
//! - `links`: how those who wait are told; `wait`: waiting for several objects; `waiter`
//! - `event`, `queue`, `channel`, `lock`, `pool` (with `imap`), `local`: the classes of the library; `names`: all of them

pub mod channel;
pub mod clock;
pub mod event;
pub mod functions;
pub mod greenlet;
pub mod hub;
pub mod hub_object;
pub mod imap;
pub mod links;
pub mod local;
pub mod lock;
pub mod names;
pub mod offload;
pub mod poller;
pub mod pool;
pub mod queue;
pub mod ready;
pub mod stack;
pub mod switch;
pub mod timeout;
pub mod timer;
mod upkeep;
pub mod wait;
pub mod waiter;
