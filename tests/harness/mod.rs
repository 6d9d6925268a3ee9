//! What the test programs of this folder share: the golden programs, running one, and telling what differs.

pub mod bless;
pub mod diff;
pub mod normalise;
pub mod program;
pub mod run;
