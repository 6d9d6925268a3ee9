//! `bytes`, with the data behind the body or in a shared buffer, and `bytearray`.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::MAX_SMALL;
use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::buffer;
use crate::object::class::Type;
use crate::value::{Gc, HeapObject};
use crate::vm::Cx;

#[repr(C)]
pub struct Bytes {
    header: Header,
    pub hash: Cell<u64>,
    data: Cell<*const u8>,
    len: usize,
}

const BODY: usize = size_of::<Bytes>();

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Bytes {
    const KIND: Kind = Kind::Bytes;
}

impl Trace for Bytes {
    fn trace(&self, m: &mut Marker<'_>) {
        if self.data.get() as usize != self as *const Bytes as usize + BODY {
            m.conservative(self.data.get() as usize);
        }
    }
}

impl Bytes {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: data and length describe bytes that live as long as the object and never change.
        unsafe { std::slice::from_raw_parts(self.data.get(), self.len) }
    }
}

#[repr(C)]
pub struct ByteArray {
    header: Header,
    len: Cell<usize>,
    capacity: Cell<usize>,
    data: Cell<usize>,
    /// Not 0: memoryviews looked at it, and may do so still.
    pub exports: Cell<u32>,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for ByteArray {
    const KIND: Kind = Kind::ByteArray;
}

impl Trace for ByteArray {
    fn trace(&self, m: &mut Marker<'_>) {
        if self.data.get() != 0 {
            // SAFETY: the payload of our buffer.
            m.mark_only(unsafe { buffer::of_payload(self.data.get()) });
        }
    }
}

impl ByteArray {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.get()
    }

    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// The bytes now. The slice must not be used after script code ran or the array changed its size.
    pub fn bytes(&self) -> &[u8] {
        if self.len.get() == 0 {
            return &[];
        }
        // SAFETY: `len` initialised bytes of our buffer.
        unsafe { std::slice::from_raw_parts(self.data.get() as *const u8, self.len.get()) }
    }

    /// The bytes as cells, to change them in place. The same rule as for [`ByteArray::bytes`].
    pub fn cells(&self) -> &[Cell<u8>] {
        if self.len.get() == 0 {
            return &[];
        }
        // SAFETY: as in `bytes`.
        unsafe { std::slice::from_raw_parts(self.data.get() as *const Cell<u8>, self.len.get()) }
    }
}

impl Cx {
    /// A new `bytes`.
    pub fn bytes(&mut self, data: &[u8]) -> Gc<Bytes> {
        let class = self.types.bytes;
        self.bytes_of(class, data)
    }

    /// A new instance of `class`, `bytes` or a subclass.
    pub fn bytes_of(&mut self, class: Gc<Type>, data: &[u8]) -> Gc<Bytes> {
        if class != self.types.bytes || data.len() + BODY > MAX_SMALL {
            let Some(payload) = buffer::alloc(self, Kind::Buffer, data.len()) else {
                self.fatal_limit("out of memory");
                return self.bytes_of(class, b"");
            };
            // SAFETY: a fresh payload of at least that many bytes.
            unsafe { std::ptr::copy_nonoverlapping(data.as_ptr(), payload as *mut u8, data.len()) };
            return self.bytes_view(class, payload as *const u8, data.len());
        }
        let shape = class.instance_shape.get();
        let p = self.alloc_small(BODY + data.len(), false);
        // SAFETY: fresh memory of that size; the data lie behind the body.
        unsafe {
            let at = (p + BODY) as *mut u8;
            std::ptr::copy_nonoverlapping(data.as_ptr(), at, data.len());
            (p as *mut Bytes).write(Bytes { header: Header::new(Kind::Bytes, shape), hash: Cell::new(0), data: Cell::new(at), len: data.len() });
            Gc::from_ptr(p as *mut Bytes)
        }
    }

    /// `len` zero bytes; `None`: there is not so much memory.
    pub fn bytes_zeroed(&mut self, len: usize) -> Option<Gc<Bytes>> {
        if len + BODY <= MAX_SMALL {
            return Some(self.bytes(&[0; MAX_SMALL][..len]));
        }
        let payload = buffer::alloc(self, Kind::Buffer, len)?;
        let class = self.types.bytes;
        Some(self.bytes_view(class, payload as *const u8, len))
    }

    fn bytes_view(&mut self, class: Gc<Type>, data: *const u8, len: usize) -> Gc<Bytes> {
        self.alloc_of(class, |header| Bytes { header, hash: Cell::new(0), data: Cell::new(data), len })
    }

    /// Part of `b`; long parts share the data.
    pub fn bytes_slice(&mut self, b: Gc<Bytes>, from: usize, to: usize) -> Gc<Bytes> {
        let class = self.types.bytes;
        if from == 0 && to == b.len() && b.header().shape() == class.instance_shape.get() {
            return b;
        }
        let part = &b.bytes()[from..to];
        if part.len() > 512 {
            let (p, n) = (part.as_ptr(), part.len());
            let view = self.bytes_view(class, p, n);
            std::hint::black_box(b);
            return view;
        }
        self.bytes_of(class, part)
    }

    /// A `bytes` of `len` bytes that `fill` writes; it returns how many it wrote, which becomes the length. No script
    /// code may run in `fill`.
    pub fn bytes_with<E>(&mut self, len: usize, fill: impl FnOnce(&mut [u8]) -> std::result::Result<usize, E>) -> std::result::Result<Gc<Bytes>, E> {
        let class = self.types.bytes;
        if len <= 4096 {
            let mut buf = [0u8; 4096];
            let n = fill(&mut buf[..len])?;
            return Ok(self.bytes_of(class, &buf[..n]));
        }
        let mut buf = std::mem::take(&mut self.scratch);
        buf.resize(len.max(buf.len()), 0);
        let r = fill(&mut buf[..len]);
        let r = r.map(|n| self.bytes_of(class, &buf[..n]));
        if buf.capacity() <= 1 << 20 {
            self.scratch = buf;
        }
        r
    }

    /// A new `bytearray` of `class`.
    pub fn bytearray_of(&mut self, class: Gc<Type>, data: &[u8]) -> Gc<ByteArray> {
        let b = self.alloc_of(class, |header| ByteArray { header, len: Cell::new(0), capacity: Cell::new(0), data: Cell::new(0), exports: Cell::new(0) });
        self.bytearray_extend(b, data);
        b
    }

    pub fn bytearray(&mut self, data: &[u8]) -> Gc<ByteArray> {
        let class = self.types.bytearray;
        self.bytearray_of(class, data)
    }

    /// Sets the length; new bytes are 0.
    pub fn bytearray_resize(&mut self, b: Gc<ByteArray>, len: usize) {
        if !self.bytearray_try_resize(b, len) {
            self.fatal_limit("out of memory");
        }
    }

    /// As [`Cx::bytearray_resize`]; false: there is not so much memory, and nothing was done.
    pub fn bytearray_try_resize(&mut self, b: Gc<ByteArray>, len: usize) -> bool {
        let old = b.len();
        if len > b.capacity.get() {
            let is_new = b.data.get() == 0;
            let capacity = if is_new { len } else { len.max(b.capacity.get() + b.capacity.get() / 2).max(16) };
            let data = match b.data.get() {
                0 => buffer::alloc(self, Kind::Buffer, capacity),
                old => buffer::realloc(self, old, capacity),
            };
            let Some(data) = data else { return false };
            b.data.set(data);
            b.capacity.set(capacity);
            b.barrier();
            if is_new {
                // Fresh memory is zero.
                b.len.set(len);
                return true;
            }
        }
        if len > old {
            // SAFETY: inside the capacity.
            unsafe { std::ptr::write_bytes((b.data.get() + old) as *mut u8, 0, len - old) };
        }
        b.len.set(len);
        true
    }

    /// Appends bytes, which must not be the array's own.
    pub fn bytearray_extend(&mut self, b: Gc<ByteArray>, data: &[u8]) {
        let n = b.len();
        self.bytearray_splice(b, n, n, data);
    }

    /// Replaces bytes `[start, end)` by `data`, which must not be the array's own.
    pub fn bytearray_splice(&mut self, b: Gc<ByteArray>, start: usize, end: usize, data: &[u8]) {
        let old = b.len();
        let new = old - (end - start) + data.len();
        if new > old && !self.bytearray_try_resize(b, new) {
            self.fatal_limit("out of memory");
            return;
        }
        if b.data.get() == 0 {
            return;
        }
        let base = b.data.get() as *mut u8;
        // SAFETY: `start <= end <= old`, and the larger of both lengths is inside the capacity; `data` is other memory.
        unsafe {
            std::ptr::copy(base.add(end), base.add(start + data.len()), old - end);
            std::ptr::copy_nonoverlapping(data.as_ptr(), base.add(start), data.len());
        }
        b.len.set(new);
    }
}
