//! Rust types to values and back: what the parameters and results of Rust functions may be.
//!
//! [`FromArg`] makes a Rust value of an argument, [`IntoValue`] a script value of a result. `convert/arguments.rs` binds
//! the arguments of a call to parameters, `convert/module.rs` makes modules and classes out of what the attributes
//! `#[module]` and `#[class]` collect. The wrappers that those attributes write use nothing but [`rt`].

mod arguments;
pub(crate) mod module;

use std::borrow::Cow;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use crate::object::int::{IntRef, int_ref};
use crate::object::native::Native;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::{Cx, Raised, Result};

pub use arguments::{Kwargs, KwargsIter, Param, Role, Signature, Style};
pub use module::{ModuleDef, NativeClass};

/// Everything that generated code refers to.
pub mod rt {
    pub use super::arguments::{bind, bound, cannot_delete, missing_receiver, rest, split_receiver, wrong_owner, wrong_receiver};
    pub use super::{ArgInfo, FromArg, IntoReturn, IntoValue, Kwargs, ModuleDef, NativeClass, Param, Role, Signature, Style};
    pub use crate::heap::header::Kind;
    pub use crate::object::class as flags;
    pub use crate::object::function::{BuiltinDef, BuiltinKind, Keywords, MemberDef};
    pub use crate::types::ClassDef;
    pub use crate::value::Value;
    pub use crate::vm::{Cx, Result};
}

/// Which parameter an argument is for, for messages. Two words, so that it travels in registers.
#[derive(Clone, Copy)]
pub struct ArgInfo {
    signature: Option<&'static Signature>,
    /// Number of the parameter, and [`TAKES_NONE`].
    index: usize,
}

/// None is accepted too.
const TAKES_NONE: usize = 1 << 63;

impl ArgInfo {
    /// Parameter `index` of a function.
    #[inline(always)]
    pub const fn new(signature: &'static Signature, index: usize) -> ArgInfo {
        ArgInfo { signature: Some(signature), index }
    }

    /// A value that is no argument, such as one assigned to an attribute.
    #[inline(always)]
    pub const fn unnamed() -> ArgInfo {
        ArgInfo { signature: None, index: 0 }
    }

    fn or_none(self) -> ArgInfo {
        ArgInfo { index: self.index | TAKES_NONE, ..self }
    }

    fn takes_none(self) -> bool {
        let param = self.signature.and_then(|s| s.params.get(self.index & !TAKES_NONE));
        self.index & TAKES_NONE != 0 || param.is_some_and(|p| p.takes_none)
    }

    /// TypeError: `f() argument 1 must be str, not int`.
    #[cold]
    #[inline(never)]
    pub fn wrong_type(self, cx: &mut Cx, expected: &str, v: Value) -> Raised {
        let given = if v.is_none() { "None".to_string() } else { cx.type_name(v) };
        let none = if self.takes_none() { " or None" } else { "" };
        let message = match self.signature {
            None => format!("must be {expected}{none}, not {given}"),
            Some(s) => format!("{} must be {expected}{none}, not {given}", s.argument(self.index & !TAKES_NONE)),
        };
        cx.type_error(message)
    }
}

/// A Rust type that a parameter may have.
pub trait FromArg: Sized {
    /// The argument as this type, or TypeError, OverflowError, ValueError. May run script code (`__index__` …).
    fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<Self>;
}

/// A result type of Rust functions.
pub trait IntoValue {
    fn into_value(self, cx: &mut Cx) -> Value;
}

/// A result, or a [`Result`] of one.
pub trait IntoReturn {
    fn into_return(self, cx: &mut Cx) -> Result<Value>;
}

impl<T: IntoValue> IntoReturn for T {
    #[inline(always)]
    fn into_return(self, cx: &mut Cx) -> Result<Value> {
        Ok(self.into_value(cx))
    }
}

impl<T: IntoValue> IntoReturn for Result<T> {
    #[inline(always)]
    fn into_return(self, cx: &mut Cx) -> Result<Value> {
        match self {
            Ok(v) => Ok(v.into_value(cx)),
            Err(e) => Err(e),
        }
    }
}

impl FromArg for Value {
    #[inline(always)]
    fn from_arg(_: &mut Cx, v: Value, _: ArgInfo) -> Result<Value> {
        Ok(v)
    }
}

impl<T: FromArg> FromArg for Option<T> {
    #[inline(always)]
    fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<Option<T>> {
        if v.is_none() { Ok(None) } else { T::from_arg(cx, v, info.or_none()).map(Some) }
    }
}

impl FromArg for bool {
    #[inline(always)]
    fn from_arg(cx: &mut Cx, v: Value, _: ArgInfo) -> Result<bool> {
        match v.as_bool() {
            Some(b) => Ok(b),
            None => cx.truth(v),
        }
    }
}

impl FromArg for f64 {
    #[inline(always)]
    fn from_arg(cx: &mut Cx, v: Value, _: ArgInfo) -> Result<f64> {
        if v.is_immediate_float() { Ok(v.immediate_float_value()) } else { cx.to_float(v) }
    }
}

/// An int argument that is no small int: its number, and whether it is negative, after `__index__`.
fn int_of(cx: &mut Cx, v: Value) -> Result<Wide> {
    let v = cx.index(v)?;
    Ok(match int_ref(v) {
        Some(IntRef::Small(i)) => Wide::Fits(i),
        Some(IntRef::Big(b)) => match b.to_u64() {
            Some(u) => Wide::Unsigned(u),
            None => Wide::Big { is_negative: b.is_negative() },
        },
        None => Wide::Fits(0),
    })
}

/// An int by what machine word it needs.
enum Wide {
    Fits(i64),
    /// 2^63 and above.
    Unsigned(u64),
    Big {
        is_negative: bool,
    },
}

#[cold]
#[inline(never)]
fn too_large(cx: &mut Cx, c_type: &str) -> Raised {
    cx.overflow_error(format!("Python int too large to convert to C {c_type}"))
}

/// Signed words: CPython names the C type that does not hold the number.
macro_rules! signed {
    ($($t:ident $c_type:literal)*) => {$(
        impl FromArg for $t {
            #[inline(always)]
            fn from_arg(cx: &mut Cx, v: Value, _: ArgInfo) -> Result<$t> {
                #[cold]
                #[inline(never)]
                fn slow(cx: &mut Cx, v: Value) -> Result<$t> {
                    match int_of(cx, v)? {
                        Wide::Fits(i) => $t::try_from(i).map_err(|_| too_large(cx, $c_type)),
                        _ => Err(too_large(cx, $c_type)),
                    }
                }
                match v.as_int().map(<$t>::try_from) {
                    Some(Ok(i)) => Ok(i),
                    _ => slow(cx, v),
                }
            }
        }
    )*};
}

signed! { i32 "int" i64 "long" isize "ssize_t" }

/// Unsigned words: negative numbers are a ValueError.
macro_rules! unsigned {
    ($($t:ident $c_type:literal)*) => {$(
        impl FromArg for $t {
            #[inline(always)]
            fn from_arg(cx: &mut Cx, v: Value, _: ArgInfo) -> Result<$t> {
                #[cold]
                #[inline(never)]
                fn slow(cx: &mut Cx, v: Value) -> Result<$t> {
                    match int_of(cx, v)? {
                        Wide::Fits(i) if i >= 0 => $t::try_from(i).map_err(|_| too_large(cx, $c_type)),
                        Wide::Unsigned(u) => $t::try_from(u).map_err(|_| too_large(cx, $c_type)),
                        Wide::Big { is_negative: false } => Err(too_large(cx, $c_type)),
                        _ => Err(cx.value_error("value must be positive")),
                    }
                }
                match v.as_int().map(<$t>::try_from) {
                    Some(Ok(i)) => Ok(i),
                    _ => slow(cx, v),
                }
            }
        }
    )*};
}

unsigned! { u16 "unsigned short" u32 "unsigned int" u64 "unsigned long" usize "size_t" }

/// Words shorter than `int`, which CPython checks against their bounds.
macro_rules! short {
    ($($t:ident $what:literal)*) => {$(
        impl FromArg for $t {
            fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<$t> {
                let i = i64::from_arg(cx, v, info)?;
                $t::try_from(i).map_err(|_| {
                    let bound = if i < 0 { "less than minimum" } else { "greater than maximum" };
                    cx.overflow_error(format!("{} is {bound}", $what))
                })
            }
        }
    )*};
}

short! { u8 "unsigned byte integer" i16 "signed short integer" }

impl FromArg for BigInt {
    fn from_arg(cx: &mut Cx, v: Value, _: ArgInfo) -> Result<BigInt> {
        let v = cx.index(v)?;
        Ok(match int_ref(v) {
            Some(IntRef::Small(i)) => BigInt::from(i),
            Some(IntRef::Big(b)) => b.clone(),
            None => BigInt::default(),
        })
    }
}

/// An int of any size, or what has `__index__`, as an int value.
#[derive(Clone, Copy, Debug)]
pub struct Index(pub Value);

impl FromArg for Index {
    #[inline(always)]
    fn from_arg(cx: &mut Cx, v: Value, _: ArgInfo) -> Result<Index> {
        if v.is_int() { Ok(Index(v)) } else { cx.index(v).map(Index) }
    }
}

/// A bound of a search, as `start` of `list.index`: numbers beyond the range of `isize` become its ends. For
/// `str.find` and the like, where None stands for absent, make it an `Option`.
#[derive(Clone, Copy, Debug)]
pub struct SliceIndex(pub isize);

impl FromArg for SliceIndex {
    #[inline(always)]
    fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<SliceIndex> {
        match v.as_int() {
            Some(i) => Ok(SliceIndex(i as isize)),
            None => slice_index(cx, v, info),
        }
    }
}

#[cold]
#[inline(never)]
fn slice_index(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<SliceIndex> {
    let class = cx.class_of(v);
    let name = cx.intern("__index__");
    if int_ref(v).is_none() && cx.lookup(class, name).is_none() {
        let none = if info.takes_none() { " or None" } else { "" };
        return Err(cx.type_error(format!("slice indices must be integers{none} or have an __index__ method")));
    }
    Ok(SliceIndex(match int_of(cx, v)? {
        Wide::Fits(i) => i as isize,
        Wide::Big { is_negative: true } => isize::MIN,
        _ => isize::MAX,
    }))
}

/// Text of one's own. Surrogates are a UnicodeEncodeError in CPython where text leaves for C; so they are here.
impl FromArg for String {
    fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<String> {
        let s = Gc::<crate::object::str::Str>::from_arg(cx, v, info)?;
        match s.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(surrogate_error(cx, s)),
        }
    }
}

/// `'utf-8' codec can't encode character '\udc80' in position 0: surrogates not allowed`
#[cold]
#[inline(never)]
fn surrogate_error(cx: &mut Cx, s: Gc<crate::object::str::Str>) -> Raised {
    let bytes = s.bytes();
    // Surrogates, and nothing else, begin with the byte ED and one above 9F.
    let is_surrogate = |at: usize| bytes[at] == 0xED && bytes.get(at + 1).is_some_and(|&b| b > 0x9F);
    let start = (0..bytes.len()).find(|&at| is_surrogate(at)).unwrap_or(0);
    let mut end = start;
    while end < bytes.len() && is_surrogate(end) {
        end += 3;
    }
    let (from, to) = (s.index_of(start), s.index_of(end));
    let (encoding, reason) = (cx.str("utf-8").value(), cx.str("surrogates not allowed").value());
    let class = cx.types.unicode_encode_error;
    let args = [encoding, s.value(), Value::int_unchecked(from as i64), Value::int_unchecked(to as i64), reason];
    cx.raise_with(class, &args)
}

/// A heap type that a parameter may have, with its name in messages.
pub trait ArgType: HeapObject {
    const EXPECTED: &'static str;
}

macro_rules! arg_types {
    ($($t:ty, $name:literal;)*) => {
        $(impl ArgType for $t {
            const EXPECTED: &'static str = $name;
        })*
    };
}

arg_types! {
    crate::object::str::Str, "str";
    crate::object::bytes::Bytes, "bytes";
    crate::object::bytes::ByteArray, "bytearray";
    crate::object::list::List, "list";
    crate::object::tuple::Tuple, "tuple";
    crate::object::dict::Dict, "dict";
    crate::object::set::Set, "set";
    crate::object::simple::Range, "range";
    crate::object::simple::Slice, "slice";
    crate::object::simple::Module, "module";
    crate::object::simple::Super, "super";
    crate::object::simple::RangeIter, "range_iterator";
    crate::object::simple::ListIter, "list_iterator";
    crate::object::simple::TupleIter, "tuple_iterator";
    crate::object::simple::DictIter, "dict_keyiterator";
    crate::object::simple::DictView, "dict_keys";
    crate::object::class::Type, "type";
    crate::object::float::Complex, "complex";
    crate::object::code::CodeObject, "code";
    crate::object::exception::Exception, "exception";
    crate::object::exception::Traceback, "traceback";
    crate::object::function::Function, "function";
    crate::object::function::Builtin, "builtin_function_or_method";
    crate::object::function::BoundMethod, "method";
    crate::object::function::Cell, "cell";
    crate::object::function::Property, "property";
    crate::object::function::MethodWrapper, "staticmethod";
    crate::object::function::Member, "member_descriptor";
    crate::object::generator::Generator, "generator";
    crate::object::instance::Instance, "object";
    crate::object::native::NativeObject, "object";
}

impl<T: ArgType> FromArg for Gc<T> {
    #[inline(always)]
    fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<Gc<T>> {
        match v.as_gc::<T>() {
            Some(g) => Ok(g),
            None => Err(info.wrong_type(cx, T::EXPECTED, v)),
        }
    }
}

/// The body of a native object. The argument on the caller's stack keeps it alive.
impl<T: Native> FromArg for &T {
    #[inline]
    fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<Self> {
        match crate::object::native::native::<T>(v) {
            Some(t) => Ok(t),
            None => {
                let name = std::any::type_name::<T>();
                Err(info.wrong_type(cx, name.rsplit("::").next().unwrap_or(name), v))
            }
        }
    }
}

impl IntoValue for Value {
    #[inline(always)]
    fn into_value(self, _: &mut Cx) -> Value {
        self
    }
}

impl<T> IntoValue for Gc<T> {
    #[inline(always)]
    fn into_value(self, _: &mut Cx) -> Value {
        self.value()
    }
}

impl IntoValue for () {
    #[inline(always)]
    fn into_value(self, _: &mut Cx) -> Value {
        Value::NONE
    }
}

impl IntoValue for bool {
    #[inline(always)]
    fn into_value(self, _: &mut Cx) -> Value {
        Value::bool(self)
    }
}

impl IntoValue for f64 {
    #[inline(always)]
    fn into_value(self, cx: &mut Cx) -> Value {
        cx.float(self)
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    #[inline(always)]
    fn into_value(self, cx: &mut Cx) -> Value {
        match self {
            Some(v) => v.into_value(cx),
            None => Value::NONE,
        }
    }
}

macro_rules! into_int {
    ($($t:ident)*) => {$(
        impl IntoValue for $t {
            #[inline(always)]
            fn into_value(self, cx: &mut Cx) -> Value {
                cx.int(self as i64)
            }
        }
    )*};
}

into_int! { i8 i16 i32 i64 isize u8 u16 u32 }

macro_rules! into_uint {
    ($($t:ident)*) => {$(
        impl IntoValue for $t {
            #[inline(always)]
            fn into_value(self, cx: &mut Cx) -> Value {
                cx.uint(self as u64)
            }
        }
    )*};
}

into_uint! { u64 usize }

impl IntoValue for BigInt {
    fn into_value(self, cx: &mut Cx) -> Value {
        cx.bigint(self)
    }
}

impl IntoValue for &str {
    fn into_value(self, cx: &mut Cx) -> Value {
        cx.str(self).value()
    }
}

impl IntoValue for String {
    fn into_value(self, cx: &mut Cx) -> Value {
        cx.str(&self).value()
    }
}

impl IntoValue for Cow<'_, str> {
    fn into_value(self, cx: &mut Cx) -> Value {
        cx.str(&self).value()
    }
}

impl IntoValue for char {
    fn into_value(self, cx: &mut Cx) -> Value {
        cx.str(self.encode_utf8(&mut [0; 4])).value()
    }
}

/// A result that is `bytes`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnedBytes(pub Vec<u8>);

impl IntoValue for OwnedBytes {
    fn into_value(self, cx: &mut Cx) -> Value {
        cx.bytes(&self.0).value()
    }
}

/// `bytes`.
impl IntoValue for &[u8] {
    fn into_value(self, cx: &mut Cx) -> Value {
        cx.bytes(self).value()
    }
}

/// Tuples. The values made so far wait on the native stack.
macro_rules! into_tuple {
    ($($t:ident $i:tt),*) => {
        impl<$($t: IntoValue),*> IntoValue for ($($t,)*) {
            fn into_value(self, cx: &mut Cx) -> Value {
                let items = [$(self.$i.into_value(cx)),*];
                cx.tuple(&items).value()
            }
        }
    };
}

into_tuple!(A 0);
into_tuple!(A 0, B 1);
into_tuple!(A 0, B 1, C 2);
into_tuple!(A 0, B 1, C 2, D 3);
into_tuple!(A 0, B 1, C 2, D 3, E 4);

const _: () = assert!(size_of::<ArgInfo>() == 16);

#[cfg(test)]
mod tests;
