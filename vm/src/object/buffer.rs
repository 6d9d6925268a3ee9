//! Memory owned by one object: raw bytes, or value words.
//!
//! ```text
//!   header 8 | capacity in bytes 8 | payload …
//! ```
//! Owners keep the address of the payload. A value buffer is traced by its owner precisely; when only a native stack
//! still refers to it, it is scanned conservatively.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::header::{Header, Kind, LARGE};
use crate::heap::mark::{Marker, Trace};
use crate::heap::{Heap, MAX_SMALL};
use crate::value::{Gc, HeapObject};
use crate::vm::Cx;

#[repr(C)]
pub struct Buffer {
    header: Header,
    capacity: Cell<usize>,
}

/// Bytes in front of the payload.
pub const PAYLOAD: usize = size_of::<Buffer>();

// SAFETY: repr(C), header first. Value buffers share the layout and are told apart by kind.
unsafe impl HeapObject for Buffer {
    const KIND: Kind = Kind::Buffer;
}

impl Trace for Buffer {
    fn trace(&self, m: &mut Marker<'_>) {
        if self.header.kind() == Kind::ValueBuffer {
            let start = self as *const Buffer as usize + PAYLOAD;
            // SAFETY: the payload of a live buffer; it was zeroed when it was made.
            unsafe { m.scan(start, start + self.capacity.get()) };
        }
    }
}

impl Buffer {
    pub fn capacity(&self) -> usize {
        self.capacity.get()
    }
}

/// The buffer whose payload begins at `payload`.
///
/// # Safety
/// `payload` came from [`alloc`] or [`realloc`].
#[inline(always)]
pub unsafe fn of_payload(payload: usize) -> Gc<Buffer> {
    // SAFETY: the payload stands behind the buffer's header.
    unsafe { Gc::from_ptr((payload - PAYLOAD) as *mut Buffer) }
}

/// A zeroed payload of at least `bytes` bytes. Kind is `Buffer` or `ValueBuffer`. `None`: out of memory.
pub fn alloc(cx: &mut Cx, kind: Kind, bytes: usize) -> Option<usize> {
    let size = bytes.checked_add(PAYLOAD)?;
    let (p, flags, capacity) = if size <= MAX_SMALL { (cx.alloc_small(size, false), 0, bytes) } else { (cx.alloc_large(size)?, LARGE, bytes) };
    let header = Header::new(kind, 0);
    header.set_flag(flags);
    // SAFETY: fresh memory of `size` bytes.
    unsafe { (p as *mut Buffer).write(Buffer { header, capacity: Cell::new(capacity) }) };
    Some(p + PAYLOAD)
}

/// A payload of `bytes` bytes with the content of the old one, as far as it fits; the rest is zero. The old one must not
/// be used any more: its owner was the only one who knew it.
pub fn realloc(cx: &mut Cx, payload: usize, bytes: usize) -> Option<usize> {
    // SAFETY: the owner's payload.
    let old = unsafe { of_payload(payload) };
    let old_bytes = old.capacity.get();
    if old.header.has_flag(LARGE) && bytes + PAYLOAD > MAX_SMALL {
        cx.collect_if_needed();
        if bytes > old_bytes && !cx.admits(bytes) {
            return None;
        }
        let p = cx.heap.realloc_large(old.address(), old_bytes + PAYLOAD, bytes + PAYLOAD)?;
        // SAFETY: the buffer's new place; what lies behind the old content is ours.
        unsafe {
            (*(p as *const Buffer)).capacity.set(bytes);
            if bytes > old_bytes {
                std::ptr::write_bytes((p + PAYLOAD + old_bytes) as *mut u8, 0, bytes - old_bytes);
            }
        }
        return Some(p + PAYLOAD);
    }
    let new = alloc(cx, old.header.kind(), bytes)?;
    // SAFETY: two different buffers of at least that many bytes.
    unsafe { std::ptr::copy_nonoverlapping(payload as *const u8, new as *mut u8, old_bytes.min(bytes)) };
    free(&cx.heap, payload);
    Some(new)
}

/// Whether marking reached the buffer of a payload.
pub fn is_marked(heap: &Heap, payload: usize) -> bool {
    // SAFETY: the owner's payload.
    let b = unsafe { of_payload(payload) };
    heap.is_marked(b.header())
}

/// Gives a large buffer's memory back at once. Small ones are left to the collector.
pub fn free(heap: &Heap, payload: usize) {
    // SAFETY: the owner's payload.
    let b = unsafe { of_payload(payload) };
    if b.header.has_flag(LARGE) {
        heap.free_large(b.address());
    }
}
