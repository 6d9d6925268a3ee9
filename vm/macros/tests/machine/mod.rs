//! As much of the machine as generated wrappers touch: values that are never collected, and a `Cx` that keeps the last
//! message. The rules of argument binding are the machine's own file.
#![allow(dead_code)]

pub mod value {
    use std::ops::Deref;

    use crate::object::{class::Type, str::Str};

    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Value {
        None,
        Bool(bool),
        Int(i64),
        Float(f64),
        Str(Gc<Str>),
        Class(Gc<Type>),
    }

    impl Value {
        pub const NONE: Value = Value::None;

        pub fn bool(b: bool) -> Value {
            Value::Bool(b)
        }

        pub fn is_none(self) -> bool {
            self == Value::None
        }

        pub fn as_str_object(self) -> Option<Gc<Str>> {
            if let Value::Str(s) = self { Some(s) } else { None }
        }

        pub fn as_gc<T: Heap>(self) -> Option<Gc<T>> {
            T::of(self)
        }
    }

    pub struct Gc<T: 'static>(pub &'static T);

    impl<T> Gc<T> {
        pub fn new(t: T) -> Gc<T> {
            Gc(Box::leak(Box::new(t)))
        }

        pub fn as_ptr(self) -> *const T {
            self.0
        }
    }

    impl<T> Clone for Gc<T> {
        fn clone(&self) -> Self {
            *self
        }
    }
    impl<T> Copy for Gc<T> {}

    impl<T> PartialEq for Gc<T> {
        fn eq(&self, other: &Self) -> bool {
            std::ptr::eq(self.0, other.0)
        }
    }

    impl<T> std::fmt::Debug for Gc<T> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("object")
        }
    }

    impl<T> Deref for Gc<T> {
        type Target = T;
        fn deref(&self) -> &T {
            self.0
        }
    }

    pub trait Heap: Sized {
        fn of(v: Value) -> Option<Gc<Self>>;
    }
}

pub mod object {
    pub mod str {
        use crate::value::{Gc, Heap, Value};

        pub struct Str(pub String);

        impl Str {
            pub fn bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }

            pub fn value(self) -> Value {
                Value::Str(Gc::new(self))
            }
        }

        impl Heap for Str {
            fn of(v: Value) -> Option<Gc<Str>> {
                v.as_str_object()
            }
        }
    }

    pub mod class {
        use crate::value::{Gc, Heap, Value};

        pub const IS_FINAL: u32 = 4;
        pub const HAS_DICT: u32 = 2;

        pub struct Type(pub &'static str);

        impl Type {
            pub fn name_text(&self) -> String {
                self.0.to_string()
            }
        }

        impl Heap for Type {
            fn of(v: Value) -> Option<Gc<Type>> {
                if let Value::Class(c) = v { Some(c) } else { None }
            }
        }
    }

    pub struct Tuple(pub Vec<crate::value::Value>);

    impl Tuple {
        pub fn len(&self) -> usize {
            self.0.len()
        }

        pub fn items(&self) -> &[crate::value::Value] {
            &self.0
        }
    }
}

pub mod vm {
    use crate::object::str::Str;
    use crate::value::Value;

    #[derive(Debug)]
    pub struct Raised;
    pub type Result<T> = std::result::Result<T, Raised>;

    pub struct Types {
        pub int: &'static str,
        pub object: &'static str,
    }

    pub struct Cx {
        pub message: String,
        pub types: Types,
    }

    impl Cx {
        pub fn new() -> Cx {
            Cx { message: String::new(), types: Types { int: "int", object: "object" } }
        }

        pub fn type_error(&mut self, message: impl AsRef<str>) -> Raised {
            self.message = message.as_ref().to_string();
            Raised
        }

        pub fn type_name(&self, v: Value) -> String {
            match v {
                Value::None => "NoneType",
                Value::Bool(_) => "bool",
                Value::Int(_) => "int",
                Value::Float(_) => "float",
                Value::Str(_) => "str",
                Value::Class(_) => "type",
            }
            .to_string()
        }

        pub fn is_instance(&self, v: Value, class: &str) -> bool {
            self.type_name(v) == class
        }

        pub fn int(&mut self, i: i64) -> Value {
            Value::Int(i)
        }

        pub fn float(&mut self, x: f64) -> Value {
            Value::Float(x)
        }

        pub fn str(&mut self, s: &str) -> Str {
            Str(s.to_string())
        }
    }
}

pub mod convert {
    pub use crate::arguments::{Kwargs, Param, Role, Signature, Style};

    use crate::value::{Gc, Heap, Value};
    use crate::vm::{Cx, Result};

    pub struct ArgInfo(Option<(&'static Signature, usize)>);

    impl ArgInfo {
        pub fn new(s: &'static Signature, i: usize) -> ArgInfo {
            ArgInfo(Some((s, i)))
        }

        pub fn unnamed() -> ArgInfo {
            ArgInfo(None)
        }

        fn wrong<T>(self, cx: &mut Cx, expected: &str, v: Value) -> Result<T> {
            let name = self.0.map(|(s, i)| s.argument(i)).unwrap_or_default();
            let message = format!("{name} must be {expected}, not {}", cx.type_name(v));
            Err(cx.type_error(message))
        }
    }

    pub trait FromArg: Sized {
        fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<Self>;
    }

    impl FromArg for Value {
        fn from_arg(_: &mut Cx, v: Value, _: ArgInfo) -> Result<Value> {
            Ok(v)
        }
    }

    impl<T: FromArg> FromArg for Option<T> {
        fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<Option<T>> {
            if v.is_none() { Ok(None) } else { T::from_arg(cx, v, info).map(Some) }
        }
    }

    impl FromArg for i64 {
        fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<i64> {
            if let Value::Int(i) = v { Ok(i) } else { info.wrong(cx, "int", v) }
        }
    }

    impl FromArg for f64 {
        fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<f64> {
            if let Value::Float(x) = v { Ok(x) } else { info.wrong(cx, "float", v) }
        }
    }

    impl FromArg for bool {
        fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<bool> {
            if let Value::Bool(x) = v { Ok(x) } else { info.wrong(cx, "bool", v) }
        }
    }

    impl FromArg for String {
        fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<String> {
            match v.as_str_object() {
                Some(s) => Ok(s.0.0.clone()),
                None => info.wrong(cx, "str", v),
            }
        }
    }

    impl<T: Heap> FromArg for Gc<T> {
        fn from_arg(cx: &mut Cx, v: Value, info: ArgInfo) -> Result<Gc<T>> {
            match v.as_gc::<T>() {
                Some(g) => Ok(g),
                None => info.wrong(cx, "object", v),
            }
        }
    }

    pub trait IntoReturn {
        fn into_return(self, cx: &mut Cx) -> Result<Value>;
    }

    impl IntoReturn for () {
        fn into_return(self, _: &mut Cx) -> Result<Value> {
            Ok(Value::None)
        }
    }

    impl IntoReturn for Value {
        fn into_return(self, _: &mut Cx) -> Result<Value> {
            Ok(self)
        }
    }

    impl IntoReturn for String {
        fn into_return(self, cx: &mut Cx) -> Result<Value> {
            Ok(cx.str(&self).value())
        }
    }

    impl<T: IntoReturn> IntoReturn for Result<T> {
        fn into_return(self, cx: &mut Cx) -> Result<Value> {
            self.and_then(|v| v.into_return(cx))
        }
    }

    pub struct BuiltinDef {
        pub name: &'static str,
        pub signature: &'static str,
        pub doc: &'static str,
        pub call: NativeFn,
        pub kind: BuiltinKind,
    }

    pub type NativeFn = fn(&mut Cx, &[Value], rt::Keywords) -> Result<Value>;

    #[derive(Debug, PartialEq)]
    pub enum BuiltinKind {
        Function,
        Method,
        Static,
        ClassMethod,
    }

    pub struct MemberDef {
        pub name: &'static str,
        pub doc: &'static str,
        pub get: fn(&mut Cx, Value) -> Result<Value>,
        pub set: Option<fn(&mut Cx, Value, Option<Value>) -> Result<()>>,
    }

    pub struct ClassDef {
        pub doc: &'static str,
        pub new: Option<NativeFn>,
        pub signature: &'static str,
        pub methods: &'static [&'static BuiltinDef],
        pub members: &'static [&'static MemberDef],
    }

    #[derive(Debug, PartialEq)]
    pub enum Kind {
        Native,
        Exception,
    }

    pub struct NativeClass {
        pub module: &'static str,
        pub name: &'static str,
        pub kind: Kind,
        pub base: fn(&crate::vm::Types) -> &'static str,
        pub flags: u32,
        pub def: &'static ClassDef,
    }

    pub struct ModuleDef {
        pub name: &'static str,
        pub doc: &'static str,
        pub functions: &'static [&'static BuiltinDef],
        pub classes: &'static [&'static NativeClass],
        pub init: Option<fn(&mut Cx, Value) -> Result<()>>,
    }

    pub mod rt {
        pub use super::{
            ArgInfo, BuiltinDef, BuiltinKind, ClassDef, FromArg, IntoReturn, Kind, Kwargs, MemberDef, ModuleDef, NativeClass, Param, Role, Signature, Style,
        };
        pub use crate::arguments::{bind, bound, cannot_delete, missing_receiver, rest, split_receiver, wrong_owner, wrong_receiver};
        pub use crate::object::class as flags;
        pub use crate::value::Value;
        pub use crate::vm::{Cx, Result};
        pub type Keywords = Option<crate::value::Gc<crate::object::Tuple>>;
    }
}
