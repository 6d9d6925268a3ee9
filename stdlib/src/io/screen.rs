//! What is written to a terminal while a prompt stands on it: an editor of lines may take it over, to show it above the line
//! that is being typed.

use std::cell::{Cell, RefCell};
use std::io::Result;

use crate::platform::fd;

/// Gets the descriptor and the bytes; false: they are to be written as usual.
pub type Taker = Box<dyn FnMut(i32, &[u8]) -> bool>;

thread_local! {
    static IS_TAKEN: Cell<bool> = const { Cell::new(false) };
    static TAKER: RefCell<Option<Taker>> = const { RefCell::new(None) };
}

/// Has `taker` get what is written to descriptors 1 and 2 by the machine of this thread, until it is taken back by `None`.
pub fn take_over(taker: Option<Taker>) {
    IS_TAKEN.set(taker.is_some());
    TAKER.set(taker);
}

/// `fd::write`, past the editor if there is one.
pub fn write(n: i32, data: &[u8]) -> Result<usize> {
    if IS_TAKEN.get() && (n == 1 || n == 2) {
        let is_shown = TAKER.with_borrow_mut(|t| t.as_mut().is_some_and(|t| t(n, data)));
        if is_shown {
            return Ok(data.len());
        }
    }
    fd::write(n, data)
}
