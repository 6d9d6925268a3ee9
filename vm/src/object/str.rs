//! Text: UTF-8, generalised so that a surrogate may be encoded (as three bytes).
//!
//! ```text
//!   header 8 | hash 8 | data pointer 8 | bytes 4 | code points 4 | (data …)
//! ```
//! The data lie behind the object, or in a buffer: slices of long strings share it, and `s += t` appends in place where
//! `s` ends at the end of what its buffer holds (see `append`). Flags: ASCII (indexing is direct), VALID (no surrogates: a
//! Rust `&str`), INTERNED.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::hash::Hasher;

use hashbrown::HashTable;

use crate::heap::header::{Header, KIND_FLAG_A, KIND_FLAG_B, KIND_FLAG_C, Kind, LARGE};
use crate::heap::mark::{Marker, Trace};
use crate::heap::{Heap, MAX_SMALL};
use crate::object::buffer;
use crate::object::class::Type;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

const ASCII: u8 = KIND_FLAG_A;
const VALID: u8 = KIND_FLAG_B;
const INTERNED: u8 = KIND_FLAG_C;

#[repr(C)]
pub struct Str {
    header: Header,
    /// 0: not computed yet.
    hash: Cell<u64>,
    data: Cell<*const u8>,
    len: u32,
    chars: u32,
}

const BODY: usize = size_of::<Str>();

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Str {
    const KIND: Kind = Kind::Str;
}

impl Trace for Str {
    fn trace(&self, m: &mut Marker<'_>) {
        if !self.is_inline() {
            m.conservative(self.data.get() as usize);
        }
    }
}

impl Str {
    #[inline(always)]
    fn is_inline(&self) -> bool {
        self.data.get() as usize == self as *const Str as usize + BODY
    }

    /// Length in bytes.
    #[inline(always)]
    pub fn byte_len(&self) -> usize {
        self.len as usize
    }

    /// Length in code points: Python's `len`.
    #[inline(always)]
    pub fn char_len(&self) -> usize {
        self.chars as usize
    }

    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.header.has_flag(ASCII)
    }

    #[inline(always)]
    pub fn is_valid(&self) -> bool {
        self.header.has_flag(VALID)
    }

    #[inline(always)]
    pub fn is_interned(&self) -> bool {
        self.header.has_flag(INTERNED)
    }

    /// The generalised UTF-8.
    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: data and length describe initialised bytes that live as long as the object and never change.
        unsafe { std::slice::from_raw_parts(self.data.get(), self.len as usize) }
    }

    /// The text, unless it holds surrogates.
    #[inline(always)]
    pub fn as_str(&self) -> Option<&str> {
        // SAFETY: the flag says that the bytes are UTF-8.
        if self.is_valid() { Some(unsafe { std::str::from_utf8_unchecked(self.bytes()) }) } else { None }
    }

    /// The text with surrogates replaced: for messages.
    pub fn lossy(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes())
    }

    /// The byte offset of code point `n` (up to the length).
    pub fn offset_of(&self, n: usize) -> usize {
        if self.is_ascii() {
            return n;
        }
        if n == self.char_len() {
            return self.byte_len();
        }
        let bytes = self.bytes();
        // From the nearer end.
        if n * 2 <= self.char_len() {
            let mut at = 0;
            for _ in 0..n {
                at += width(bytes[at]);
            }
            at
        } else {
            let mut at = bytes.len();
            for _ in n..self.char_len() {
                at -= 1;
                while bytes[at] & 0xC0 == 0x80 {
                    at -= 1;
                }
            }
            at
        }
    }

    /// The number of code points before byte offset `at`.
    pub fn index_of(&self, at: usize) -> usize {
        if self.is_ascii() { at } else { count_chars(&self.bytes()[..at]) }
    }
}

/// Bytes of the code point that begins with `first`.
#[inline(always)]
pub fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Code points of generalised UTF-8.
pub fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count()
}

/// What a text is, found in one pass.
struct Facts {
    chars: usize,
    flags: u8,
}

fn facts(bytes: &[u8]) -> Facts {
    if bytes.is_ascii() {
        return Facts { chars: bytes.len(), flags: ASCII | VALID };
    }
    Facts { chars: count_chars(bytes), flags: if std::str::from_utf8(bytes).is_ok() { VALID } else { 0 } }
}

/// The key of string hashing, from the system's random source or `PYTHONHASHSEED`.
#[derive(Clone, Copy, Default)]
pub struct HashKey(pub u64, pub u64);

/// CPython's choice too: SipHash-1-3 of the bytes, and 0 for no bytes; for others never 0.
pub fn hash_bytes(key: HashKey, bytes: &[u8]) -> u64 {
    if bytes.is_empty() {
        return 0;
    }
    let mut h = siphasher::sip::SipHasher13::new_with_keys(key.0, key.1);
    h.write(bytes);
    // Python's hashes are 61..64 bit signed; -1 is reserved there. 62 bits keep the value a small int.
    let x = (h.finish() as i64 >> 2) as u64;
    if x == 0 || x == u64::MAX { 2 } else { x }
}

/// Copies bytes that are mostly few, without a call then.
///
/// # Safety
/// `to` has room for them and is other memory.
#[inline(always)]
unsafe fn copy_short(bytes: &[u8], to: *mut u8) {
    let (from, n) = (bytes.as_ptr(), bytes.len());
    // SAFETY: the pairs of words cover the `n` bytes, and nothing else.
    unsafe {
        match n {
            8..=16 => {
                let (a, b) = ((from as *const u64).read_unaligned(), (from.add(n - 8) as *const u64).read_unaligned());
                (to as *mut u64).write_unaligned(a);
                (to.add(n - 8) as *mut u64).write_unaligned(b);
            }
            4..8 => {
                let (a, b) = ((from as *const u32).read_unaligned(), (from.add(n - 4) as *const u32).read_unaligned());
                (to as *mut u32).write_unaligned(a);
                (to.add(n - 4) as *mut u32).write_unaligned(b);
            }
            2..4 => {
                let (a, b) = ((from as *const u16).read_unaligned(), (from.add(n - 2) as *const u16).read_unaligned());
                (to as *mut u16).write_unaligned(a);
                (to.add(n - 2) as *mut u16).write_unaligned(b);
            }
            _ => std::ptr::copy_nonoverlapping(from, to, n),
        }
    }
}

impl Cx {
    fn alloc_str(&mut self, class: Gc<Type>, bytes: &[u8], f: Facts) -> Gc<Str> {
        if bytes.len() > u32::MAX as usize {
            self.fatal_limit("strings of more than 4 GiB are not supported");
            return self.alloc_str(class, b"", Facts { chars: 0, flags: ASCII | VALID });
        }
        let external = class != self.types.str || bytes.len() + BODY > MAX_SMALL;
        if external {
            let Some(payload) = buffer::alloc(self, Kind::Buffer, bytes.len()) else {
                self.fatal_limit("out of memory");
                return self.alloc_str(class, b"", Facts { chars: 0, flags: ASCII | VALID });
            };
            // SAFETY: a fresh payload of at least that many bytes.
            unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), payload as *mut u8, bytes.len()) };
            return self.str_view(class, payload as *const u8, bytes.len(), f.chars, f.flags);
        }
        let shape = class.instance_shape.get();
        let p = self.alloc_small(BODY + bytes.len(), false);
        let header = Header::new(Kind::Str, shape);
        header.set_flag(f.flags);
        // SAFETY: fresh memory of that size; the data lie behind the body.
        unsafe {
            let data = (p + BODY) as *mut u8;
            copy_short(bytes, data);
            (p as *mut Str).write(Str { header, hash: Cell::new(0), data: Cell::new(data), len: bytes.len() as u32, chars: f.chars as u32 });
            Gc::from_ptr(p as *mut Str)
        }
    }

    /// A string object on data that lie elsewhere in the heap.
    fn str_view(&mut self, class: Gc<Type>, data: *const u8, len: usize, chars: usize, flags: u8) -> Gc<Str> {
        self.alloc_of(class, |header| {
            header.set_flag(flags);
            Str { header, hash: Cell::new(0), data: Cell::new(data), len: len as u32, chars: chars as u32 }
        })
    }

    /// A new `str`.
    pub fn str(&mut self, text: &str) -> Gc<Str> {
        let class = self.types.str;
        if let [b] = text.as_bytes() {
            return self.char_str(*b);
        }
        self.alloc_str(class, text.as_bytes(), facts(text.as_bytes()))
    }

    /// A new `str` from generalised UTF-8.
    pub fn str_from_bytes(&mut self, bytes: &[u8]) -> Gc<Str> {
        if let &[b] = bytes {
            if b < 0x80 {
                return self.char_str(b);
            }
        }
        let class = self.types.str;
        self.alloc_str(class, bytes, facts(bytes))
    }

    /// A new `str` from text known to be ASCII.
    pub fn str_from_ascii(&mut self, bytes: &[u8]) -> Gc<Str> {
        debug_assert!(bytes.is_ascii());
        if let &[b] = bytes {
            return self.char_str(b);
        }
        let class = self.types.str;
        self.alloc_str(class, bytes, Facts { chars: bytes.len(), flags: ASCII | VALID })
    }

    /// A new `str` from text about which everything is known already.
    pub fn str_known(&mut self, bytes: &[u8], chars: usize, is_ascii: bool, is_valid: bool) -> Gc<Str> {
        debug_assert!(count_chars(bytes) == chars && is_ascii == bytes.is_ascii());
        if let &[b] = bytes {
            return self.char_str(b);
        }
        let class = self.types.str;
        let flags = if is_ascii {
            ASCII | VALID
        } else if is_valid {
            VALID
        } else {
            0
        };
        self.alloc_str(class, bytes, Facts { chars, flags })
    }

    /// The string itself if its class is `str`, else an equal one of that class.
    pub fn plain_str(&mut self, s: Gc<Str>) -> Gc<Str> {
        self.slice_str(s, 0, s.byte_len(), s.char_len())
    }

    /// An instance of `class`, a subclass of `str`.
    pub fn str_of(&mut self, class: Gc<Type>, bytes: &[u8]) -> Gc<Str> {
        self.alloc_str(class, bytes, facts(bytes))
    }

    /// The shared string of one ASCII character.
    #[inline(always)]
    pub fn char_str(&mut self, b: u8) -> Gc<Str> {
        self.chars[b as usize & 127]
    }

    /// The string of one code point (surrogates allowed).
    pub fn code_point_str(&mut self, c: u32) -> Gc<Str> {
        let mut buf = [0u8; 4];
        let n = encode_code_point(c, &mut buf);
        self.str_from_bytes(&buf[..n])
    }

    /// Code points `[start, end)` of `s`.
    pub fn substring(&mut self, s: Gc<Str>, start: usize, end: usize) -> Gc<Str> {
        let from = s.offset_of(start);
        let to = if s.is_ascii() { end } else { from + { s.offset_of(end) - from } };
        self.slice_str(s, from, to, end - start)
    }

    /// The bytes `[from, to)` of `s` (on code point borders), which hold `chars` code points. Long slices share the data.
    pub fn slice_str(&mut self, s: Gc<Str>, from: usize, to: usize, chars: usize) -> Gc<Str> {
        let class = self.types.str;
        if from == 0 && to == s.byte_len() && s.header.shape() == class.instance_shape.get() {
            return s;
        }
        let bytes = &s.bytes()[from..to];
        if bytes.len() == 1 {
            return self.char_str(bytes[0]);
        }
        let flags = if s.is_ascii() || bytes.len() == chars {
            ASCII | VALID
        } else if s.is_valid() {
            VALID
        } else {
            facts(bytes).flags
        };
        if bytes.len() > 256 {
            let data = bytes.as_ptr();
            let view = self.str_view(class, data, to - from, chars, flags);
            std::hint::black_box(s);
            return view;
        }
        self.alloc_str(class, bytes, Facts { chars, flags })
    }

    /// `a + b`. Repeated appending to the last result is linear: the data lie in a buffer with room behind them.
    pub fn concat(&mut self, a: Gc<Str>, b: Gc<Str>) -> Gc<Str> {
        let class = self.types.str;
        let exact = class.instance_shape.get();
        if b.byte_len() == 0 && a.header.shape() == exact {
            return a;
        }
        if a.byte_len() == 0 && b.header.shape() == exact {
            return b;
        }
        let len = a.byte_len() + b.byte_len();
        if len > u32::MAX as usize {
            self.fatal_limit("strings of more than 4 GiB are not supported");
            return a;
        }
        let chars = a.char_len() + b.char_len();
        // ASCII only when both are; two lone surrogates do not join in generalised UTF-8 as we have it.
        let flags = a.header.flags() & b.header.flags() & (ASCII | VALID);
        if len <= 64 {
            let p = self.alloc_small(BODY + len, false);
            let header = Header::new(Kind::Str, exact);
            header.set_flag(flags);
            // SAFETY: fresh memory of that size.
            unsafe {
                let data = (p + BODY) as *mut u8;
                std::ptr::copy_nonoverlapping(a.bytes().as_ptr(), data, a.byte_len());
                std::ptr::copy_nonoverlapping(b.bytes().as_ptr(), data.add(a.byte_len()), b.byte_len());
                (p as *mut Str).write(Str { header, hash: Cell::new(0), data: Cell::new(data), len: len as u32, chars: chars as u32 });
                return Gc::from_ptr(p as *mut Str);
            }
        }
        self.append(a, b, len, chars, flags)
    }

    /// Concatenation by a builder: a buffer whose first word counts the bytes in use. When `a` ends where those end, `b`
    /// is copied behind it; strings made earlier see only their own part.
    fn append(&mut self, a: Gc<Str>, b: Gc<Str>, len: usize, chars: usize, flags: u8) -> Gc<Str> {
        let class = self.types.str;
        let builder = self.str_builder;
        if builder.payload != 0 && builder.end == a.data.get() as usize + a.byte_len() && a.header.shape() == class.instance_shape.get() {
            if builder.end + b.byte_len() <= builder.limit {
                // SAFETY: the buffer has room behind `end`, and nobody else sees those bytes yet.
                unsafe { std::ptr::copy_nonoverlapping(b.bytes().as_ptr(), builder.end as *mut u8, b.byte_len()) };
                self.str_builder.end = builder.end + b.byte_len();
                return self.str_view(class, a.data.get(), len, chars, flags);
            }
        }
        let was_builder = builder.payload != 0 && builder.payload == a.data.get() as usize;
        let capacity = if was_builder { len * 2 } else { len + len / 4 + 32 };
        let Some(payload) = buffer::alloc(self, Kind::Buffer, capacity) else {
            self.fatal_limit("out of memory");
            return a;
        };
        // SAFETY: a fresh buffer of at least `len` bytes.
        unsafe {
            std::ptr::copy_nonoverlapping(a.bytes().as_ptr(), payload as *mut u8, a.byte_len());
            std::ptr::copy_nonoverlapping(b.bytes().as_ptr(), (payload + a.byte_len()) as *mut u8, b.byte_len());
        }
        self.str_builder = Builder { payload, end: payload + len, limit: payload + capacity };
        self.str_view(class, payload as *const u8, len, chars, flags)
    }

    /// The hash of a string (62 bits, signed).
    #[inline(always)]
    pub fn hash_str(&self, s: Gc<Str>) -> u64 {
        let h = s.hash.get();
        if h != 0 { h } else { self.compute_hash(s) }
    }

    #[inline(never)]
    fn compute_hash(&self, s: Gc<Str>) -> u64 {
        let h = hash_bytes(self.hash_key, s.bytes());
        s.hash.set(h);
        h
    }

    /// The one string with this text, for names: interned strings are equal exactly when they are identical.
    pub fn intern(&mut self, text: &str) -> Gc<Str> {
        self.intern_bytes(text.as_bytes())
    }

    pub fn intern_bytes(&mut self, bytes: &[u8]) -> Gc<Str> {
        let hash = hash_bytes(self.hash_key, bytes);
        if let Some(s) = self.interned.find(hash, bytes) {
            return s;
        }
        let s = self.str_from_bytes(bytes);
        s.hash.set(hash);
        s.header.set_flag(INTERNED);
        self.interned.table.insert_unique(hash, s, |s| s.hash.get());
        s
    }

    /// The interned string equal to `s`; `s` itself when it becomes it.
    pub fn intern_str(&mut self, s: Gc<Str>) -> Gc<Str> {
        if s.is_interned() {
            return s;
        }
        let hash = self.hash_str(s);
        if let Some(found) = self.interned.find(hash, s.bytes()) {
            return found;
        }
        if s.header.shape() != self.types.str.instance_shape.get() || !s.is_inline() {
            return self.intern_bytes(s.bytes());
        }
        s.header.set_flag(INTERNED);
        self.interned.table.insert_unique(hash, s, |s| s.hash.get());
        s
    }

    /// Equality of strings.
    #[inline]
    pub fn str_eq(&self, a: Gc<Str>, b: Gc<Str>) -> bool {
        a == b || !(a.is_interned() && b.is_interned()) && a.len == b.len && a.bytes() == b.bytes()
    }
}

/// An empty string without shape: only while the first classes are made.
pub(crate) fn bare(heap: &Heap) -> Gc<Str> {
    let p = match heap.alloc_small(BODY, false) {
        Some(p) => p,
        None => heap.alloc_small_slow(BODY, false),
    };
    let header = Header::new(Kind::Str, 0);
    header.set_flag(ASCII | VALID);
    // SAFETY: fresh memory of that size.
    unsafe {
        (p as *mut Str).write(Str { header, hash: Cell::new(0), data: Cell::new((p + BODY) as *const u8), len: 0, chars: 0 });
        Gc::from_ptr(p as *mut Str)
    }
}

/// The interned string of one ASCII character, made anew: for the table of such strings.
pub(crate) fn ascii_char(cx: &mut Cx, b: u8) -> Gc<Str> {
    let class = cx.types.str;
    let s = cx.alloc_str(class, &[b], Facts { chars: 1, flags: ASCII | VALID });
    let hash = cx.hash_str(s);
    s.header.set_flag(INTERNED);
    cx.interned.table.insert_unique(hash, s, |s| s.hash.get());
    s
}

/// Where `s += t` may go on; see [`Cx::concat`]. Not a root: the strings made by it keep the buffer alive, and a
/// collection resets it.
#[derive(Clone, Copy, Default)]
pub struct Builder {
    pub(crate) payload: usize,
    end: usize,
    limit: usize,
}

/// The interned strings. They are not kept alive by the table.
#[derive(Default)]
pub struct Interned {
    table: HashTable<Gc<Str>>,
}

impl Interned {
    fn find(&self, hash: u64, bytes: &[u8]) -> Option<Gc<Str>> {
        self.table.find(hash, |s| s.bytes() == bytes).copied()
    }

    /// Forgets the strings that a collection did not reach.
    pub fn sweep(&mut self, heap: &Heap) {
        self.table.retain(|s| heap.is_marked(s.header()));
    }
}

/// Writes the generalised UTF-8 of a code point; the number of bytes.
pub fn encode_code_point(c: u32, out: &mut [u8; 4]) -> usize {
    match c {
        0..0x80 => {
            out[0] = c as u8;
            1
        }
        0x80..0x800 => {
            *out = [0xC0 | (c >> 6) as u8, 0x80 | (c & 63) as u8, 0, 0];
            2
        }
        0x800..0x10000 => {
            *out = [0xE0 | (c >> 12) as u8, 0x80 | (c >> 6 & 63) as u8, 0x80 | (c & 63) as u8, 0];
            3
        }
        _ => {
            *out = [0xF0 | (c >> 18) as u8, 0x80 | (c >> 12 & 63) as u8, 0x80 | (c >> 6 & 63) as u8, 0x80 | (c & 63) as u8];
            4
        }
    }
}

/// The code point at byte offset `at`, and its width.
pub fn decode_code_point(bytes: &[u8], at: usize) -> (u32, usize) {
    let b = bytes[at] as u32;
    let cont = |i: usize| (bytes[at + i] & 63) as u32;
    match width(bytes[at]) {
        1 => (b, 1),
        2 => ((b & 31) << 6 | cont(1), 2),
        3 => ((b & 15) << 12 | cont(1) << 6 | cont(2), 3),
        _ => ((b & 7) << 18 | cont(1) << 12 | cont(2) << 6 | cont(3), 4),
    }
}

impl Value {
    /// The string, if it is one (or an instance of a subclass).
    #[inline(always)]
    pub fn as_str_object(self) -> Option<Gc<Str>> {
        self.as_gc::<Str>()
    }
}

const _: () = assert!(BODY == 32);
const _: u8 = LARGE;
