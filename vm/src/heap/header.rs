//! The first eight bytes of every heap object.
//!
//! ```text
//!   63      48 47   40 39  32 31           0
//!  +----------+-------+------+--------------+
//!  |   aux    | flags | kind |    shape     |
//!  +----------+-------+------+--------------+
//! ```
//!
//! *shape* names the class and the layout of attributes (`object/shape.rs`), so comparing it guards both. *kind* says
//! which Rust struct lies here: an instance of a subclass of `list` has kind `List` and a shape of its own.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::value::Gc;

/// Number of a shape in the Vm's table.
pub type ShapeId = u32;

/// Which layout an object has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A cell that holds no object.
    Free = 0,
    /// Raw bytes owned by one object.
    Buffer,
    /// Value words owned by one object.
    ValueBuffer,
    /// An instance of a class written in script code (or of `object`).
    Instance,
    BigInt,
    Float,
    Complex,
    Str,
    Bytes,
    ByteArray,
    List,
    Tuple,
    Dict,
    Set,
    Range,
    Slice,
    Type,
    Function,
    Builtin,
    BoundMethod,
    Module,
    Generator,
    Cell,
    Code,
    Exception,
    Traceback,
    Property,
    /// `staticmethod` and `classmethod`.
    MethodWrapper,
    /// A slot of `__slots__`, or a field of a built-in type.
    Member,
    Super,
    DictView,
    RangeIter,
    ListIter,
    TupleIter,
    DictIter,
    /// Any other built-in object: a Rust value behind the [`crate::object::native::Native`] trait.
    Native,
    Greenlet,
}

/// Old: survived a collection, and is not in the remembered set. Storing a reference into it must log it.
pub const OLD: u8 = 1;
/// Lies outside the blocks, in a mapping of its own.
pub const LARGE: u8 = 2;
/// Has an attribute word behind (or in) its body, see `object/instance.rs`.
pub const HAS_ATTRIBUTES: u8 = 4;
/// Type flag bits free for kinds.
pub const KIND_FLAG_A: u8 = 8;
pub const KIND_FLAG_B: u8 = 16;
pub const KIND_FLAG_C: u8 = 32;

#[repr(C, align(8))]
pub struct Header {
    shape: Cell<ShapeId>,
    kind: Cell<Kind>,
    flags: Cell<u8>,
    /// For the kind's own use.
    pub aux: Cell<u16>,
}

impl Header {
    #[inline(always)]
    pub fn new(kind: Kind, shape: ShapeId) -> Header {
        Header { shape: Cell::new(shape), kind: Cell::new(kind), flags: Cell::new(0), aux: Cell::new(0) }
    }

    #[inline(always)]
    pub fn shape(&self) -> ShapeId {
        self.shape.get()
    }

    /// Only `object/shape.rs` changes it, together with the slots.
    #[inline(always)]
    pub fn set_shape(&self, shape: ShapeId) {
        self.shape.set(shape)
    }

    #[inline(always)]
    pub fn kind(&self) -> Kind {
        self.kind.get()
    }

    pub(super) fn set_free(&self) {
        self.kind.set(Kind::Free)
    }

    #[inline(always)]
    pub fn flags(&self) -> u8 {
        self.flags.get()
    }

    #[inline(always)]
    pub fn has_flag(&self, flag: u8) -> bool {
        self.flags.get() & flag != 0
    }

    #[inline(always)]
    pub fn set_flag(&self, flag: u8) {
        self.flags.set(self.flags.get() | flag)
    }

    #[inline(always)]
    pub fn clear_flag(&self, flag: u8) {
        self.flags.set(self.flags.get() & !flag)
    }
}

impl<T> Gc<T> {
    /// To be called after a reference was stored into this object: an old object is logged for the next collection.
    #[inline(always)]
    pub fn barrier(self) {
        let h = self.header();
        if h.has_flag(OLD) {
            super::barrier::log(h);
        }
    }
}

const _: () = assert!(size_of::<Header>() == 8);
