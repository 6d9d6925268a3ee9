//! Which standard streams the process was started without. The Rust runtime opens `/dev/null` in their place before `main`,
//! so that no file gets their numbers; CPython's `sys.stdout` is None then. Looked at before the runtime does so.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicU8, Ordering};

/// Bit `n`: descriptor `n` was closed.
static CLOSED: AtomicU8 = AtomicU8::new(0);

extern "C" fn look() {
    for n in 0..3 {
        if gscript_stdlib::platform::fd::is_inheritable(n).is_err() {
            CLOSED.fetch_or(1 << n, Ordering::Relaxed);
        }
    }
}

// SAFETY: the section holds addresses of functions that the loader calls before `main`; this one makes three system calls
// and needs nothing of the runtime.
#[used]
#[unsafe(link_section = ".init_array")]
static LOOK: extern "C" fn() = look;

/// Standard input, output and errors: whether they were closed.
pub fn at_start() -> [bool; 3] {
    let bits = CLOSED.load(Ordering::Relaxed);
    [0, 1, 2].map(|n| bits & 1 << n != 0)
}
