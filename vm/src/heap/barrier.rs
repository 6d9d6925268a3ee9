//! The write barrier: one flag test where a reference is stored, and this slow half.
#![allow(unsafe_code)]

use super::block::BlockHeader;
use super::header::{Header, LARGE, OLD};
use super::large::LargePrefix;
use crate::value::Gc;

/// Puts an old object into the remembered set of its heap: the next collection looks at its references again.
#[cold]
#[inline(never)]
pub fn log(object: Gc<Header>) {
    object.clear_flag(OLD);
    let heap = if object.has_flag(LARGE) {
        LargePrefix::of(object.address()).heap
    } else {
        // SAFETY: an object that is not large lies in a block.
        unsafe { BlockHeader::of(object.address()) }.heap
    };
    // SAFETY: a heap outlives its objects; `remember` takes a shared reference.
    unsafe { &*heap }.remember(object);
}
