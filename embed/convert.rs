//! Rust types to values of the machine and back.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

use gscript_vm::object::dict::Dict;
use gscript_vm::object::int::{IntRef, int_ref};
use gscript_vm::object::tuple::Tuple;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised};

use crate::embed::Handle;

type Inner<T> = std::result::Result<T, Raised>;

/// Why a value is not of a Rust type.
#[doc(hidden)]
#[derive(Debug)]
pub enum Mismatch {
    /// It is of another type.
    Type { expected: String, given: String },
    /// It is a number beyond the type's range.
    Range { expected: &'static str },
    /// Looking at it raised an exception.
    Raised(Raised),
}

impl Mismatch {
    /// Where `who` is such as `f() argument 1`.
    pub(crate) fn text(&self, who: &str) -> String {
        match self {
            Mismatch::Type { expected, given } => format!("{who} must be {expected}, not {given}"),
            Mismatch::Range { expected } => format!("{who} is out of range for {expected}"),
            Mismatch::Raised(_) => format!("{who} cannot be looked at"),
        }
    }
}

impl From<Raised> for Mismatch {
    fn from(r: Raised) -> Mismatch {
        Mismatch::Raised(r)
    }
}

fn wrong(cx: &mut Cx, expected: &str, v: Value) -> Mismatch {
    let given = if v.is_none() { "None".to_string() } else { cx.type_name(v) };
    Mismatch::Type { expected: expected.to_string(), given }
}

/// A Rust type that a value of the machine can become: numbers, `bool`, `char`, `String`, [`Bytes`], `Option` (None), `()` (None),
/// `Vec` and arrays (any iterable but text), tuples (of that length), maps (dict), sets, and [`Handle`] (anything).
///
/// Numbers are not rounded and text is not parsed: an `int` becomes an `f64`, a `float` never an `i64`.
pub trait FromValue: Sized {
    #[doc(hidden)]
    fn from_value(cx: &mut Cx, v: Value) -> Result<Self, Mismatch>;
}

/// A Rust type that can become a value of the machine: those of [`FromValue`], and borrowed text and slices.
pub trait IntoValue {
    #[doc(hidden)]
    fn into_value(self, cx: &mut Cx) -> Inner<Value>;
}

/// The arguments of a call: a tuple, `()` for none.
pub trait IntoArgs {
    #[doc(hidden)]
    fn into_args(self, cx: &mut Cx) -> Inner<Gc<Tuple>>;
}

/// `bytes`.
///
/// ```
/// use gscript::Bytes;
/// let mut vm = gscript::Vm::new();
/// vm.set("data", Bytes(vec![1, 2, 255]))?;
/// assert_eq!(vm.eval::<Bytes>("data[::-1]")?.0, [255, 2, 1]);
/// # Ok::<(), gscript::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bytes(pub Vec<u8>);

impl FromValue for () {
    fn from_value(cx: &mut Cx, v: Value) -> Result<(), Mismatch> {
        if v.is_none() { Ok(()) } else { Err(wrong(cx, "None", v)) }
    }
}

impl FromValue for bool {
    fn from_value(cx: &mut Cx, v: Value) -> Result<bool, Mismatch> {
        v.as_bool().ok_or_else(|| wrong(cx, "bool", v))
    }
}

fn int_of<T: TryFrom<i64>>(cx: &mut Cx, v: Value, expected: &'static str, big: impl FnOnce(&num_bigint::BigInt) -> Option<T>) -> Result<T, Mismatch> {
    let v = v.as_bool().map_or(v, |b| Value::int32(b as i32));
    let found = match int_ref(v) {
        Some(IntRef::Small(i)) => T::try_from(i).ok(),
        Some(IntRef::Big(b)) => big(b),
        None => return Err(wrong(cx, "int", v)),
    };
    found.ok_or(Mismatch::Range { expected })
}

macro_rules! ints {
    ($($t:ident)*) => {$(
        impl FromValue for $t {
            fn from_value(cx: &mut Cx, v: Value) -> Result<$t, Mismatch> {
                int_of(cx, v, stringify!($t), |b| $t::try_from(b).ok())
            }
        }

        impl IntoValue for $t {
            fn into_value(self, cx: &mut Cx) -> Inner<Value> {
                Ok(match i64::try_from(self) {
                    Ok(i) => cx.int(i),
                    Err(_) => cx.bigint(num_bigint::BigInt::from(self)),
                })
            }
        }
    )*};
}

ints! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize i128 u128 }

impl FromValue for f64 {
    fn from_value(cx: &mut Cx, v: Value) -> Result<f64, Mismatch> {
        if v.as_float().is_none() && int_ref(v).is_none() && v.as_bool().is_none() {
            return Err(wrong(cx, "float", v));
        }
        Ok(cx.to_float(v)?)
    }
}

impl FromValue for f32 {
    fn from_value(cx: &mut Cx, v: Value) -> Result<f32, Mismatch> {
        f64::from_value(cx, v).map(|x| x as f32)
    }
}

impl FromValue for String {
    fn from_value(cx: &mut Cx, v: Value) -> Result<String, Mismatch> {
        match v.as_str_object() {
            Some(s) => s.as_str().map(str::to_owned).ok_or_else(|| wrong(cx, "str without surrogates", v)),
            None => Err(wrong(cx, "str", v)),
        }
    }
}

impl FromValue for char {
    fn from_value(cx: &mut Cx, v: Value) -> Result<char, Mismatch> {
        let text = v.as_str_object().and_then(|s| s.as_str().map(str::to_owned));
        let mut chars = text.iter().flat_map(|s| s.chars());
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(c),
            _ => Err(wrong(cx, "a string of length 1", v)),
        }
    }
}

impl FromValue for Bytes {
    fn from_value(cx: &mut Cx, v: Value) -> Result<Bytes, Mismatch> {
        match bytes_of(v) {
            Some(b) => Ok(Bytes(b.to_vec())),
            None => Err(wrong(cx, "bytes", v)),
        }
    }
}

impl FromValue for Handle {
    fn from_value(cx: &mut Cx, v: Value) -> Result<Handle, Mismatch> {
        Ok(Handle::new(cx, v))
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(cx: &mut Cx, v: Value) -> Result<Option<T>, Mismatch> {
        if v.is_none() { Ok(None) } else { T::from_value(cx, v).map(Some) }
    }
}

/// The items of an iterable that is no text and no dict.
fn items_of(cx: &mut Cx, v: Value, expected: &str) -> Result<Gc<Tuple>, Mismatch> {
    if v.as_str_object().is_some() || v.as_gc::<Dict>().is_some() || !cx.is_iterable(v) {
        return Err(wrong(cx, expected, v));
    }
    Ok(cx.tuple_from_iterable(v)?)
}

fn collect<T: FromValue, C: FromIterator<T>>(cx: &mut Cx, v: Value, expected: &str) -> Result<C, Mismatch> {
    let items = items_of(cx, v, expected)?;
    (0..items.len()).map(|i| T::from_value(cx, items.items()[i])).collect()
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(cx: &mut Cx, v: Value) -> Result<Vec<T>, Mismatch> {
        collect(cx, v, "list")
    }
}

impl<T: FromValue, const N: usize> FromValue for [T; N] {
    fn from_value(cx: &mut Cx, v: Value) -> Result<[T; N], Mismatch> {
        let expected = format!("a list of {N} items");
        let all: Vec<T> = collect(cx, v, &expected)?;
        all.try_into().map_err(|_| wrong(cx, &expected, v))
    }
}

impl<T: FromValue + Eq + Hash, S: BuildHasher + Default> FromValue for HashSet<T, S> {
    fn from_value(cx: &mut Cx, v: Value) -> Result<HashSet<T, S>, Mismatch> {
        collect(cx, v, "set")
    }
}

impl<T: FromValue + Ord> FromValue for BTreeSet<T> {
    fn from_value(cx: &mut Cx, v: Value) -> Result<BTreeSet<T>, Mismatch> {
        collect(cx, v, "set")
    }
}

/// The entries of a dict, as they are now.
fn entries<K: FromValue, V: FromValue, C: FromIterator<(K, V)>>(cx: &mut Cx, v: Value) -> Result<C, Mismatch> {
    let Some(d) = v.as_gc::<Dict>() else { return Err(wrong(cx, "dict", v)) };
    let mut at = 0;
    std::iter::from_fn(|| d.next(&mut at)).map(|(k, v)| Ok((K::from_value(cx, k)?, V::from_value(cx, v)?))).collect()
}

impl<K: FromValue + Eq + Hash, V: FromValue, S: BuildHasher + Default> FromValue for HashMap<K, V, S> {
    fn from_value(cx: &mut Cx, v: Value) -> Result<HashMap<K, V, S>, Mismatch> {
        entries(cx, v)
    }
}

impl<K: FromValue + Ord, V: FromValue> FromValue for BTreeMap<K, V> {
    fn from_value(cx: &mut Cx, v: Value) -> Result<BTreeMap<K, V>, Mismatch> {
        entries(cx, v)
    }
}

impl IntoValue for () {
    fn into_value(self, _: &mut Cx) -> Inner<Value> {
        Ok(Value::NONE)
    }
}

impl IntoValue for bool {
    fn into_value(self, _: &mut Cx) -> Inner<Value> {
        Ok(Value::bool(self))
    }
}

impl IntoValue for f64 {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        Ok(cx.float(self))
    }
}

impl IntoValue for f32 {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        Ok(cx.float(f64::from(self)))
    }
}

impl IntoValue for &str {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        Ok(cx.str(self).value())
    }
}

impl IntoValue for String {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        self.as_str().into_value(cx)
    }
}

impl IntoValue for &String {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        self.as_str().into_value(cx)
    }
}

impl IntoValue for Cow<'_, str> {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        (&*self).into_value(cx)
    }
}

impl IntoValue for char {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        (&*self.encode_utf8(&mut [0; 4])).into_value(cx)
    }
}

impl IntoValue for Bytes {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        Ok(cx.bytes(&self.0).value())
    }
}

impl IntoValue for Handle {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        self.get(cx)
    }
}

impl IntoValue for &Handle {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        self.get(cx)
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        self.map_or(Ok(Value::NONE), |v| v.into_value(cx))
    }
}

fn list<T: IntoValue>(cx: &mut Cx, items: impl IntoIterator<Item = T>) -> Inner<Value> {
    let list = cx.list_new();
    for item in items {
        let v = item.into_value(cx)?;
        cx.list_push(list, v);
    }
    Ok(list.value())
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        list(cx, self)
    }
}

impl<T: IntoValue + Clone> IntoValue for &[T] {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        list(cx, self.iter().cloned())
    }
}

impl<T: IntoValue, const N: usize> IntoValue for [T; N] {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        list(cx, self)
    }
}

fn set<T: IntoValue>(cx: &mut Cx, items: impl IntoIterator<Item = T>) -> Inner<Value> {
    let set = cx.set_new();
    for item in items {
        let v = item.into_value(cx)?;
        cx.set_add(set, v)?;
    }
    Ok(set.value())
}

impl<T: IntoValue, S> IntoValue for HashSet<T, S> {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        set(cx, self)
    }
}

impl<T: IntoValue> IntoValue for BTreeSet<T> {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        set(cx, self)
    }
}

fn dict<K: IntoValue, V: IntoValue>(cx: &mut Cx, entries: impl IntoIterator<Item = (K, V)>) -> Inner<Value> {
    let d = cx.dict_new();
    for (k, v) in entries {
        let k = k.into_value(cx)?;
        let v = v.into_value(cx)?;
        cx.dict_set(d, k, v)?;
    }
    Ok(d.value())
}

impl<K: IntoValue, V: IntoValue, S> IntoValue for HashMap<K, V, S> {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        dict(cx, self)
    }
}

impl<K: IntoValue, V: IntoValue> IntoValue for BTreeMap<K, V> {
    fn into_value(self, cx: &mut Cx) -> Inner<Value> {
        dict(cx, self)
    }
}

impl IntoArgs for () {
    fn into_args(self, cx: &mut Cx) -> Inner<Gc<Tuple>> {
        Ok(cx.tuple(&[]))
    }
}

macro_rules! tuples {
    ($($n:literal: $($t:ident $i:tt),*;)*) => {$(
        impl<$($t: FromValue),*> FromValue for ($($t,)*) {
            fn from_value(cx: &mut Cx, v: Value) -> Result<Self, Mismatch> {
                let expected = concat!("a tuple of ", $n, " items");
                let items = items_of(cx, v, expected)?;
                if items.len() != $n {
                    return Err(wrong(cx, expected, v));
                }
                Ok(($($t::from_value(cx, items.items()[$i])?,)*))
            }
        }

        impl<$($t: IntoValue),*> IntoValue for ($($t,)*) {
            fn into_value(self, cx: &mut Cx) -> Inner<Value> {
                self.into_args(cx).map(|t| t.value())
            }
        }

        impl<$($t: IntoValue),*> IntoArgs for ($($t,)*) {
            fn into_args(self, cx: &mut Cx) -> Inner<Gc<Tuple>> {
                // The values made so far wait on the native stack, where the collector sees them.
                let items = [$(self.$i.into_value(cx)?),*];
                Ok(cx.tuple(&items))
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}
