//! Objects whose body is a Rust value: files, sockets, regular expressions, iterators of built-ins.
//!
//! The class of a native object is made from the module or class table that defines it; the Rust value is reached by
//! [`NativeObject::downcast`].
#![allow(unsafe_code)]

use std::any::{Any, TypeId};
use std::cell::Cell;

use crate::heap::header::{HAS_ATTRIBUTES, Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::value::{Gc, HeapObject, Value};
use crate::vm::{Cx, Result};

/// What the body of a native object is. Values in it are fields of type `Slot`, `Ref` or in GC objects, never in
/// plain Rust collections unless `trace` visits them and every store calls `barrier` on the object.
pub trait Native: Any {
    /// Visits every reference.
    fn trace(&self, _marker: &mut Marker<'_>) {}

    /// For iterators: the next item, `None` at the end. The outer `None` says that this is no iterator (or one whose
    /// `__next__` is in its class). May run script code.
    fn next(&self, _cx: &mut Cx, _this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        None
    }

    /// For bytes-like objects: their memory, contiguous.
    fn lent_bytes(&self) -> Option<&[u8]> {
        None
    }

    /// For objects that `memoryview` takes: what their memory is.
    fn memory(&self) -> Option<Memory<'_>> {
        None
    }

    /// Bytes owned outside the heap.
    fn external_bytes(&self) -> usize {
        0
    }
}

/// The memory of an object that lends it to views.
pub struct Memory<'a> {
    /// All of it, as bytes that may be written; `None`: read-only, see [`Native::lent_bytes`].
    pub cells: Option<&'a [Cell<u8>]>,
    /// The format of the items as the module `struct` writes it, such as `B`.
    pub format: char,
    pub item_size: usize,
    /// Counts views: while it is not 0 the memory must not move.
    pub exports: &'a Cell<u32>,
}

/// What the machine knows of the type of a body.
struct Table {
    type_id: TypeId,
    body: unsafe fn(*const u8) -> *const dyn Native,
    /// The destructor, where there is one.
    drop: Option<unsafe fn(*mut u8)>,
}

/// A native object: `header 8 | table 8 | attribute word 8 | body …`. The attribute word is there even where the class
/// has none, so that the body lies at the same place in all.
#[repr(C)]
pub struct NativeObject {
    header: Header,
    table: &'static Table,
}

/// Offset of the body.
const BODY: usize = size_of::<NativeObject>() + 8;

// SAFETY: repr(C), header first.
unsafe impl HeapObject for NativeObject {
    const KIND: Kind = Kind::Native;
}

impl Trace for NativeObject {
    fn trace(&self, m: &mut Marker<'_>) {
        self.body().trace(m);
    }
}

impl Drop for NativeObject {
    fn drop(&mut self) {
        if let Some(f) = self.table.drop {
            // SAFETY: the body of the object that dies; the table is that of its type.
            unsafe { f((self as *mut NativeObject as *mut u8).add(BODY)) }
        }
    }
}

/// The table of a type of bodies.
trait HasTable {
    const TABLE: &'static Table;
}

impl<T: Native> HasTable for T {
    const TABLE: &'static Table =
        &Table { type_id: TypeId::of::<T>(), body: as_native::<T>, drop: if std::mem::needs_drop::<T>() { Some(drop_body::<T>) } else { None } };
}

/// # Safety
/// `p` points to a `T`.
unsafe fn as_native<T: Native>(p: *const u8) -> *const dyn Native {
    p as *const T
}

/// # Safety
/// `p` points to a `T` that nobody uses any more.
unsafe fn drop_body<T>(p: *mut u8) {
    // SAFETY: as promised.
    unsafe { std::ptr::drop_in_place(p as *mut T) }
}

impl NativeObject {
    #[inline(always)]
    fn place(&self) -> *const u8 {
        // SAFETY: native objects are made by `alloc` only, with the body behind.
        unsafe { (self as *const NativeObject as *const u8).add(BODY) }
    }

    fn body(&self) -> &dyn Native {
        // SAFETY: the table is that of the type of the body, which lives as long as the object.
        unsafe { &*(self.table.body)(self.place()) }
    }

    /// The body as `T`.
    #[inline]
    pub fn downcast<T: Native>(&self) -> Option<&T> {
        // SAFETY: the table tells the type of the body, which lives as long as the object.
        (self.table.type_id == TypeId::of::<T>()).then(|| unsafe { &*(self.place() as *const T) })
    }

    /// A new object of `class` (or its subclass) around `body`, which moves into the object.
    #[inline]
    pub fn alloc<T: Native>(cx: &mut Cx, class: Gc<crate::object::class::Type>, body: Box<T>) -> Gc<NativeObject> {
        NativeObject::new(cx, class, *body)
    }

    /// A new object of `class` (or its subclass) around `body`.
    #[inline]
    pub fn new<T: Native>(cx: &mut Cx, class: Gc<crate::object::class::Type>, body: T) -> Gc<NativeObject> {
        cx.heap.count_bytes(body.external_bytes());
        let (size, has_drops) = (BODY + size_of::<T>(), std::mem::needs_drop::<T>());
        let p = match cx.heap.alloc_small(size, has_drops) {
            Some(p) => p,
            None => {
                // What the body refers to may be referred to by nothing else until the object is there.
                cx.nascent = Some(std::ptr::from_ref(&body as &dyn Native));
                let p = cx.alloc_small(size, has_drops);
                cx.nascent = None;
                p
            }
        };
        // SAFETY: fresh memory of that size.
        unsafe { NativeObject::write(p, class, body) }
    }

    /// As [`NativeObject::new`] for a body without bytes outside, made when its place is there. What it is made of lies on
    /// the native stack or is referred to from elsewhere.
    #[inline]
    pub fn with<T: Native>(cx: &mut Cx, class: Gc<crate::object::class::Type>, make: impl FnOnce() -> T) -> Gc<NativeObject> {
        let p = cx.alloc_small(BODY + size_of::<T>(), std::mem::needs_drop::<T>());
        // SAFETY: fresh memory of that size.
        unsafe { NativeObject::write(p, class, make()) }
    }

    /// # Safety
    /// `p` is fresh zeroed memory for an object with such a body, aligned to 16.
    #[inline(always)]
    unsafe fn write<T: Native>(p: usize, class: Gc<crate::object::class::Type>, body: T) -> Gc<NativeObject> {
        const { assert!(size_of::<T>() + BODY <= crate::heap::MAX_SMALL && align_of::<T>() <= 8) };
        let header = Header::new(Kind::Native, class.instance_shape.get());
        if class.has_attribute_word() {
            header.set_flag(HAS_ATTRIBUTES);
        }
        // SAFETY: as promised; the body is aligned to 8.
        unsafe {
            ((p + BODY) as *mut T).write(body);
            (p as *mut NativeObject).write(NativeObject { header, table: T::TABLE });
            Gc::from_ptr(p as *mut NativeObject)
        }
    }
}

impl Cx {
    /// As [`Cx::native_next`] for instances of subclasses too: what the class's own `__next__` does.
    pub(crate) fn native_step(&mut self, it: Value) -> Option<Result<Option<Value>>> {
        let object = it.as_gc::<NativeObject>()?;
        object.body().next(self, object)
    }

    /// The next item of a native iterator; see [`Native::next`].
    pub(crate) fn native_next(&mut self, it: Value) -> Option<Result<Option<Value>>> {
        let object = it.as_gc::<NativeObject>()?;
        if self.class_of(it).has_flag(crate::object::class::IS_SCRIPT) {
            return None;
        }
        object.body().next(self, object)
    }
}

/// The body of a native object as a `T`, if `v` is one. The reference is good as long as the object is reachable.
#[inline]
pub fn native<'a, T: Native>(v: Value) -> Option<&'a T> {
    let object = v.as_gc::<NativeObject>()?;
    // SAFETY: the object does not move and its body is never replaced; the value on the caller's stack keeps it alive.
    let object: &'a NativeObject = unsafe { &*object.as_ptr() };
    object.downcast::<T>()
}

/// The memory of a native object that is bytes-like. Good until script code runs or the object changes.
pub(crate) fn lent_bytes<'a>(v: Value) -> Option<&'a [u8]> {
    let object = v.as_gc::<NativeObject>()?;
    // SAFETY: as in `native`; the caller ends the loan before the object can change.
    let object: &'a NativeObject = unsafe { &*object.as_ptr() };
    object.body().lent_bytes()
}

/// What the memory of a native object is, for `memoryview`.
pub(crate) fn memory_of<'a>(v: Value) -> Option<Memory<'a>> {
    let object = v.as_gc::<NativeObject>()?;
    // SAFETY: as in `native`.
    let object: &'a NativeObject = unsafe { &*object.as_ptr() };
    object.body().memory()
}
