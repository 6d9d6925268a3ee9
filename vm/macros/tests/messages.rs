//! Wrong calls of functions that have the signatures of Python's built-ins, compared with CPython's messages.
//!
//! `messages.txt` holds lines `call -> message`, where the messages are what CPython 3.11 says. Arguments are small ints,
//! what is called is looked up in the tables below by the text before the bracket.

extern crate self as gscript_vm;

#[path = "../../src/convert/arguments.rs"]
mod arguments;
mod machine;
pub use machine::{convert, object, value, vm};

use convert::{BuiltinDef, ClassDef};
use object::Tuple;
use object::class::Type;
use object::str::Str;
use value::{Gc, Value};
use vm::Cx;

/// Methods whose `this` is a string here, whatever the class.
macro_rules! classes {
    ($($class:literal $module:ident { $($(#[$a:meta])* fn $f:ident($($p:ident: $t:ty),*);)* })*) => {
        $(
            #[gscript_macros::class($class)]
            mod $module {
                #![allow(unused_variables)]
                #[allow(unused_imports)]
                use crate::convert::Kwargs;
                #[allow(unused_imports)]
                use crate::object::{class::Type, str::Str};
                use crate::value::{Gc, Value};
                $($(#[$a])* fn $f($($p: $t),*) {})*
            }
        )*
        const CLASSES: &[(&str, &ClassDef)] = &[$(($class, &$module::CLASS)),*];
    };
}

classes! {
    "list" list {
        #[new("iterable=(), /")]
        fn new(class: Gc<Type>, iterable: Option<Value>);
        #[method("object, /")]
        fn append(this: Gc<Str>, object: Value);
        #[method("")]
        fn clear(this: Gc<Str>);
        #[method("index, object, /")]
        fn insert(this: Gc<Str>, index: i64, object: Value);
        #[method("index=-1, /")]
        fn pop(this: Gc<Str>, index: i64);
        #[method("*, key=None, reverse=False")]
        fn sort(this: Gc<Str>, key: Option<Value>, reverse: Option<Value>);
        #[method(name = "__len__", "")]
        fn len(this: Gc<Str>);
        #[method(name = "__getitem__", "index, /")]
        fn getitem(this: Gc<Str>, index: Value);
        #[method(name = "__setitem__", "key, value, /")]
        fn setitem(this: Gc<Str>, key: Value, value: Value);
        #[method(name = "__imul__", "value, /")]
        fn imul(this: Gc<Str>, value: Value);
        #[method(name = "__eq__", "value, /")]
        fn eq(this: Gc<Str>, value: Value);
        #[method(name = "__reversed__", "")]
        fn reversed(this: Gc<Str>);
        #[method(name = "__init__", "iterable=(), /")]
        fn init(this: Gc<Str>, iterable: Option<Value>);
    }
    "int" int {
        #[new("x=0, /, base=10")]
        fn new(class: Gc<Type>, x: Option<Value>, base: Option<Value>);
        #[method(name = "__add__", "value, /")]
        fn add(this: Gc<Str>, value: Value);
        #[method(name = "__mul__", "value, /")]
        fn mul(this: Gc<Str>, value: Value);
        #[method(name = "__pow__", "value, mod=None, /")]
        fn pow(this: Gc<Str>, value: Value, modulus: Option<Value>);
        #[method("length=1, byteorder='big', *, signed=False")]
        fn to_bytes(this: Gc<Str>, length: i64, byteorder: String, signed: bool);
        #[class_method("bytes, byteorder='big', *, signed=False")]
        fn from_bytes(class: Gc<Type>, bytes: Value, byteorder: String, signed: bool);
    }
    "str" string {
        #[method("sep=None, maxsplit=-1")]
        fn split(this: Gc<Str>, sep: Option<Value>, maxsplit: i64);
        #[method("sub, start=None, end=None, /", style = "tuple")]
        fn find(this: Gc<Str>, sub: Value, start: Option<Value>, end: Option<Value>);
        #[method("old, new, count=-1, /")]
        fn replace(this: Gc<Str>, old: String, new: String, count: i64);
        #[method("encoding='utf-8', errors='strict'")]
        fn encode(this: Gc<Str>, encoding: String, errors: String);
        #[method("prefix, /")]
        fn removeprefix(this: Gc<Str>, prefix: String);
        #[method("tabsize=8")]
        fn expandtabs(this: Gc<Str>, tabsize: i64);
        #[static_method("x, y=<unrepresentable>, z=<unrepresentable>, /")]
        fn maketrans(x: Value, y: Option<Value>, z: Option<Value>);
    }
    "dict" dict {
        #[new("iterable=(), /, **kwargs")]
        fn new(class: Gc<Type>, iterable: Option<Value>, kwargs: Kwargs<'_>);
        #[class_method("iterable, value=None, /")]
        fn fromkeys(class: Gc<Type>, iterable: Value, value: Option<Value>);
        #[method("key, default=None, /")]
        fn get(this: Gc<Str>, key: Value, default: Option<Value>);
        #[method(name = "__contains__", "key, /")]
        fn contains(this: Gc<Str>, key: Value);
    }
    "range" range {
        #[new("start, stop=<unrepresentable>, step=<unrepresentable>, /")]
        fn new(class: Gc<Type>, start: Value, stop: Option<Value>, step: Option<Value>);
    }
    "collections.deque" deque {
        #[method("object, /")]
        fn append(this: Gc<Str>, object: Value);
        #[method("index, value, /", style = "tuple")]
        fn insert(this: Gc<Str>, index: i64, value: Value);
    }
    "C" script {
        #[new("a", style = "python")]
        fn new(class: Gc<Type>, a: Value);
        #[method("", style = "python")]
        fn m(this: Gc<Str>);
        #[method("a, b=1", style = "python")]
        fn n(this: Gc<Str>, a: Value, b: Value);
        #[class_method("", style = "python")]
        fn c(class: Gc<Type>);
        #[static_method("", style = "python")]
        fn s();
    }
}

#[gscript_macros::functions]
mod builtins {
    #![allow(unused_variables)]
    use crate::convert::Kwargs;
    use crate::value::Value;

    #[function("obj, /")]
    fn len(obj: Value) {}
    #[function("number, ndigits=None")]
    fn round(number: Value, ndigits: Option<Value>) {}
    #[function("iterable, /, start=0")]
    fn sum(iterable: Value, start: Value) {}
    #[function("base, exp, mod=None")]
    fn pow(base: Value, exp: Value, modulus: Option<Value>) {}
    #[function("")]
    fn globals() {}
    #[function("object, name, default=<unrepresentable>, /")]
    fn getattr(object: Value, name: Value, default: Option<Value>) {}
    #[function("object, name, value, /")]
    fn setattr(object: Value, name: Value, value: Value) {}
    #[function("*args, sep=' ', end='\\n', file=None, flush=False")]
    fn print(args: &[Value], sep: Option<Value>, end: Option<Value>, file: Option<Value>, flush: Option<Value>) {}
    #[function("iterable, /, *, key=None, reverse=False", style = "unpack")]
    fn sorted(iterable: Value, key: Option<Value>, reverse: Option<Value>) {}
    #[function("arg, /, *args, key=None, default=<unrepresentable>", style = "unpack")]
    fn max(arg: Value, args: &[Value], key: Option<Value>, default: Option<Value>) {}
    #[function("file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None")]
    fn open(
        file: Value,
        mode: Value,
        buffering: Value,
        encoding: Option<Value>,
        errors: Option<Value>,
        newline: Option<Value>,
        closefd: Value,
        opener: Option<Value>,
    ) {
    }
    #[function("", style = "python")]
    fn f0() {}
    #[function("a", style = "python")]
    fn f1(a: Value) {}
    #[function("a, b", style = "python")]
    fn f2(a: Value, b: Value) {}
    #[function("a, b, c", style = "python")]
    fn f3(a: Value, b: Value, c: Value) {}
    #[function("a, b=1", style = "python")]
    fn g(a: Value, b: Value) {}
    #[function("a, *, k", style = "python")]
    fn h(a: Value, k: Value) {}
    #[function("a, *, k, l", style = "python")]
    fn h2(a: Value, k: Value, l: Value) {}
    #[function("a, *, k=1", style = "python")]
    fn h3(a: Value, k: Value) {}
    #[function("a, b, /, c", style = "python")]
    fn p(a: Value, b: Value, c: Value) {}
    #[function("a, /, **kw", style = "python")]
    fn pk(a: Value, kw: Kwargs<'_>) {}
    #[function("a, *b, k", style = "python")]
    fn v(a: Value, b: &[Value], k: Value) {}
}

#[gscript_macros::module("math")]
mod math {
    #![allow(unused_variables)]
    use crate::value::Value;

    #[function("x, /")]
    fn sqrt(x: Value) {}
    #[function("x, y, /")]
    fn pow(x: Value, y: Value) {}
    #[function("*integers")]
    fn gcd(integers: &[Value]) {}
    #[function("a, b, *, rel_tol=1e-09, abs_tol=0.0")]
    fn isclose(a: Value, b: Value, rel_tol: f64, abs_tol: f64) {}
    #[function("iterable, /, *, start=1")]
    fn prod(iterable: Value, start: Value) {}
    #[function("n, k=None, /")]
    fn perm(n: Value, k: Option<Value>) {}
}

/// What is called, and what comes in front of the arguments.
fn find(callee: &str) -> (convert::NativeFn, Option<Value>) {
    let instances = [("[]", "list"), ("(1)", "int"), ("\"\"", "str"), ("{}", "dict"), ("deque([])", "deque"), ("C(1)", "C")];
    let of = |list: &[&'static BuiltinDef], name: &str| list.iter().find(|d| d.name == name).copied();
    let Some((front, name)) = callee.rsplit_once('.') else {
        if let Some(d) = of(builtins::FUNCTIONS, callee) {
            return (d.call, None);
        }
        let class = CLASSES.iter().find(|(n, _)| n.rsplit('.').next() == Some(callee)).expect(callee);
        return (class.1.new.expect(callee), Some(Value::Class(Gc::new(Type("class")))));
    };
    if front == "math" {
        return (of(math::MODULE.functions, name).expect(callee).call, None);
    }
    let instance = instances.iter().find(|(text, _)| *text == front);
    let class_name = instance.map_or(front, |i| i.1);
    let class = CLASSES.iter().find(|(n, _)| n.rsplit('.').next() == Some(class_name)).expect(callee).1;
    if name == "__new__" {
        return (class.new.expect(callee), None);
    }
    let d = of(class.methods, name).expect(callee);
    let receiver = match d.kind {
        convert::BuiltinKind::ClassMethod => Some(Value::Class(Gc::new(Type("class")))),
        convert::BuiltinKind::Static => None,
        _ => instance.map(|_| Str("this".into()).value()),
    };
    (d.call, receiver)
}

fn argument(text: &str) -> Value {
    match text.parse() {
        Ok(i) => Value::Int(i),
        Err(_) if text == "None" => Value::None,
        Err(_) => Str(text.trim_matches('\'').into()).value(),
    }
}

#[test]
fn messages() {
    let mut failures = Vec::new();
    for line in include_str!("messages.txt").lines() {
        let (call, expected) = line.split_once(" -> ").expect(line);
        let open = call.rfind('(').expect(line);
        let (callee, inner) = (&call[..open], &call[open + 1..call.len() - 1]);
        let (function, receiver) = find(callee);
        let mut args: Vec<Value> = receiver.into_iter().collect();
        let mut names = Vec::new();
        for part in inner.split(',').filter(|p| !p.is_empty()) {
            match part.split_once('=') {
                Some((name, v)) => {
                    names.push(Str(name.into()).value());
                    args.push(argument(v));
                }
                None => args.push(argument(part)),
            }
        }
        let keywords = if names.is_empty() { None } else { Some(Gc::new(Tuple(names))) };
        let mut cx = Cx::new();
        let got = match function(&mut cx, &args, keywords) {
            Ok(_) => "ok".to_string(),
            Err(_) => cx.message,
        };
        if got != expected {
            failures.push(format!("{call}\n  expected: {expected}\n  got:      {got}"));
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}
