//! The built-in types: one a file. This file ties kinds to their Rust structs for the collector.
#![allow(unsafe_code)]

pub mod attr;
pub mod buffer;
pub mod bytes;
pub mod class;
pub mod code;
pub mod dict;
pub mod dunder;
pub mod exception;
pub mod float;
pub mod frame;
pub mod function;
pub mod generator;
pub mod instance;
pub mod int;
pub mod iter;
pub mod list;
pub mod native;
pub mod set;
pub mod shape;
pub mod simple;
pub mod slot;
pub mod str;
pub mod tuple;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::value::Gc;

macro_rules! kinds {
    ($($kind:ident => $t:ty;)*) => {
        /// Marks what an object refers to.
        pub(crate) fn trace(object: Gc<Header>, m: &mut Marker<'_>) {
            match object.kind() {
                Kind::Free => {}
                // SAFETY: the kind tells the layout.
                $(Kind::$kind => unsafe { object.cast::<$t>() }.trace(m),)*
            }
            if !matches!(object.kind(), Kind::Instance | Kind::Buffer | Kind::ValueBuffer | Kind::Free) {
                instance::trace_attributes(object, m);
            }
        }

        /// Runs the destructor of a dead object.
        ///
        /// # Safety
        /// Nothing refers to the object any more.
        pub(crate) unsafe fn drop_in_place(object: Gc<Header>) {
            match object.kind() {
                Kind::Free => {}
                $(Kind::$kind => {
                    if std::mem::needs_drop::<$t>() {
                        // SAFETY: the kind tells the layout, and the caller gives the object up.
                        unsafe { std::ptr::drop_in_place(object.as_ptr() as *mut $t) }
                    }
                })*
            }
        }

        /// Bytes of the fixed part of an object of a kind.
        #[inline]
        pub(crate) fn body_size(kind: Kind) -> usize {
            match kind {
                Kind::Free => 0,
                $(Kind::$kind => size_of::<$t>(),)*
            }
        }
    };
}

kinds! {
    Buffer => buffer::Buffer;
    ValueBuffer => buffer::Buffer;
    Instance => instance::Instance;
    BigInt => int::Int;
    Float => float::Float;
    Complex => float::Complex;
    Str => str::Str;
    Bytes => bytes::Bytes;
    ByteArray => bytes::ByteArray;
    List => list::List;
    Tuple => tuple::Tuple;
    Dict => dict::Dict;
    Set => set::Set;
    Range => simple::Range;
    Slice => simple::Slice;
    Type => class::Type;
    Function => function::Function;
    Builtin => function::Builtin;
    BoundMethod => function::BoundMethod;
    Module => simple::Module;
    Generator => generator::Generator;
    Cell => function::Cell;
    Code => code::CodeObject;
    Exception => exception::Exception;
    Traceback => exception::Traceback;
    Property => function::Property;
    MethodWrapper => function::MethodWrapper;
    Member => function::Member;
    Super => simple::Super;
    DictView => simple::DictView;
    RangeIter => simple::RangeIter;
    ListIter => simple::ListIter;
    TupleIter => simple::TupleIter;
    DictIter => simple::DictIter;
    Native => native::NativeObject;
    Greenlet => native::NativeObject;
}
