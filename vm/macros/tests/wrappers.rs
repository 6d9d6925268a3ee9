//! What the attributes make of a module: arguments arrive as declared, and the tables list what was marked.

extern crate self as gscript_vm;

#[path = "../../src/convert/arguments.rs"]
mod arguments;
mod machine;
pub use machine::{convert, object, value, vm};

use convert::{BuiltinKind, Kind, NativeFn};
use object::Tuple;
use object::class::Type;
use object::str::Str;
use value::{Gc, Value};
use vm::Cx;

/// Points.
///
/// With two sides.
#[gscript_macros::class("geometry.Point", base = int, kind = Exception, flags = IS_FINAL | HAS_DICT)]
mod point {
    use crate::convert::Kwargs;
    use crate::object::{class::Type, str::Str};
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("x=0, /, y=1.5")]
    fn new(cx: &mut Cx, class: Gc<Type>, x: Option<i64>, y: f64) -> Result<String> {
        let _ = cx;
        Ok(format!("{} {x:?} {y}", class.name_text()))
    }

    /// Shows what came.
    #[method("a, /, b=None, *rest, c, d='text', e=-3, f=True, **more")]
    fn all_(this: Gc<Str>, a: Value, b: Option<i64>, rest: &[Value], c: i64, d: String, e: i64, f: bool, more: Kwargs<'_>) -> String {
        let _ = this;
        let more: Vec<String> = more.into_iter().map(|(k, v)| format!("{}={v:?}", k.0.0)).collect();
        format!("{a:?} {b:?} {rest:?} {c} {d} {e} {f} [{}]", more.join(" "))
    }

    #[method(name = "__len__", "")]
    fn len(this: Gc<Str>) -> Value {
        Value::Int(this.0.0.len() as i64)
    }

    #[method("default=<unrepresentable>, other=None, /")]
    fn absent(_this: Gc<Str>, default: Option<Value>, other: Option<Value>) -> String {
        format!("{default:?} {other:?}")
    }

    #[method]
    fn derived(_this: Gc<Str>, first: i64, second: Option<i64>) -> String {
        format!("{first} {second:?}")
    }

    #[method("value=7, text='t', /")]
    fn values(_this: Gc<Str>, value: Value, text: Value) -> String {
        format!("{value:?} {}", text.as_str_object().map_or("?", |s| &s.0.0))
    }

    #[class_method("x, /")]
    fn make(class: Gc<Type>, x: Value) -> String {
        format!("{} {x:?}", class.name_text())
    }

    #[static_method("*args")]
    fn args(args: &[Value]) -> Value {
        Value::Int(args.len() as i64)
    }

    /// One side.
    #[getter]
    fn value(this: Gc<Str>) -> Value {
        Value::Int(this.0.0.len() as i64)
    }

    #[setter]
    fn set_value(cx: &mut Cx, _this: Gc<Str>, value: Option<i64>) -> Result<()> {
        cx.message = format!("{value:?}");
        Ok(())
    }

    #[getter(name = "class")]
    fn class_(_this: Gc<Str>) -> Result<Value> {
        Ok(Value::None)
    }

    #[setter(class)]
    fn change(cx: &mut Cx, _this: Gc<Str>, value: i64) -> Result<()> {
        cx.message = format!("{value}");
        Ok(())
    }
}

#[gscript_macros::class("number", check = int)]
mod number {
    use crate::value::Value;

    #[method("")]
    fn conjugate(this: Value) -> Value {
        this
    }

    #[getter]
    fn real(this: Value) -> Value {
        this
    }
}

/// Numbers.
#[gscript_macros::module("mathematics")]
mod mathematics {
    use crate::value::Value;
    use crate::vm::{Cx, Result};

    /// Twice `x`.
    /// >>> twice(2)
    /// 4
    #[function(text = "x, /")]
    fn twice(x: i64) -> Value {
        Value::Int(2 * x)
    }

    #[init]
    fn init(cx: &mut Cx, _module: Value) -> Result<()> {
        cx.message = "init".into();
        Ok(())
    }

    #[gscript_macros::class("mathematics.Empty")]
    pub mod empty {}
}

fn text(s: &str) -> Value {
    Str(s.into()).value()
}

fn method(name: &str) -> NativeFn {
    point::CLASS.methods.iter().find(|m| m.name == name).expect(name).call
}

/// The text that a function returns, or its error.
fn call(f: NativeFn, args: &[Value], keywords: &[&str]) -> String {
    let names = (!keywords.is_empty()).then(|| Gc::new(Tuple(keywords.iter().map(|k| text(k)).collect())));
    let mut cx = Cx::new();
    match f(&mut cx, args, names) {
        Ok(Value::Str(s)) => s.0.0.clone(),
        Ok(v) => format!("{v:?}"),
        Err(_) => cx.message,
    }
}

#[test]
fn every_kind_of_parameter() {
    let (f, this, n) = (method("all"), text("this"), Value::Int);
    assert_eq!(call(f, &[this, n(1), n(5)], &["c"]), "Int(1) None [] 5 text -3 true []");
    assert_eq!(call(f, &[this, n(1), n(2), n(3), n(4), n(5), n(6)], &["c", "z"]), "Int(1) Some(2) [Int(3), Int(4)] 5 text -3 true [z=Int(6)]");
    let args = [this, n(1), n(9), Value::Bool(false), n(8), text("x"), n(4), n(5)];
    assert_eq!(call(f, &args, &["a", "f", "e", "d", "b", "c"]), "Int(1) Some(4) [] 5 x 8 false [a=Int(9)]");
    assert_eq!(call(f, &[this, n(1), n(2), n(3), n(4)], &["b", "c"]), "argument for all() given by name ('b') and position (2)");
    assert_eq!(call(f, &[this, n(1)], &[]), "all() missing required argument 'c' (pos 3)");
    assert_eq!(call(f, &[this, n(1), Value::None, n(3)], &["c"]), "Int(1) None [] 3 text -3 true []");
    assert_eq!(call(f, &[this, n(1), text("no"), n(3)], &["c"]), "all() argument 'b' must be int, not str");
}

#[test]
fn absent_and_none() {
    let (f, this) = (method("absent"), text("this"));
    assert_eq!(call(f, &[this], &[]), "None None");
    assert_eq!(call(f, &[this, Value::None, Value::None], &[]), "Some(None) None");
    let f = method("values");
    assert_eq!(call(f, &[this], &[]), "Int(7) t");
    assert_eq!(call(f, &[this, Value::None, text("u")], &[]), "None u");
    let f = method("derived");
    assert_eq!(call(f, &[this, Value::Int(1)], &[]), "1 None");
    assert_eq!(call(f, &[this, Value::Int(1), Value::Int(2)], &[]), "1 Some(2)");
    assert_eq!(call(f, &[this], &[]), "derived expected at least 1 argument, got 0");
    assert_eq!(call(f, &[this, text("a")], &[]), "derived() argument 1 must be int, not str");
}

#[test]
fn class_table() {
    let class = Value::Class(Gc::new(Type("Sub")));
    let new = point::CLASS.new.expect("marked");
    assert_eq!(call(new, &[class], &[]), "Sub None 1.5");
    assert_eq!(call(new, &[class, Value::Int(3), Value::Float(2.5)], &["y"]), "Sub Some(3) 2.5");
    assert_eq!(call(method("make"), &[class, Value::Int(3)], &[]), "Sub Int(3)");
    assert_eq!(call(method("args"), &[class, class], &[]), "Int(2)");
    assert_eq!(point::CLASS.doc, "Points.\n\nWith two sides.");
    assert_eq!(point::CLASS.signature, "x=0, /, y=1.5");
    let kinds: Vec<_> = point::CLASS.methods.iter().map(|m| (m.name, &m.kind)).collect();
    assert_eq!(kinds[0], ("all", &BuiltinKind::Method));
    assert_eq!(kinds[1], ("__len__", &BuiltinKind::Method));
    assert_eq!(kinds[5], ("make", &BuiltinKind::ClassMethod));
    assert_eq!(kinds[6], ("args", &BuiltinKind::Static));
    assert_eq!(point::CLASS.methods[0].doc, "Shows what came.");
    assert_eq!(point::CLASS.methods[3].signature, "first, second=<unrepresentable>, /");
    let n = &point::NATIVE;
    assert_eq!((n.module, n.name, &n.kind, n.flags), ("geometry", "Point", &Kind::Exception, 6));
    assert_eq!((n.base)(&Cx::new().types), "int");
}

#[test]
fn members() {
    let mut cx = Cx::new();
    let [value, class] = point::CLASS.members else { panic!("two getters") };
    assert_eq!((value.name, value.doc, class.name), ("value", "One side.", "class"));
    assert!(matches!((value.get)(&mut cx, text("abc")), Ok(Value::Int(3))));
    assert!((value.get)(&mut cx, Value::Int(1)).is_err());
    assert_eq!(cx.message, "descriptor 'value' for 'geometry.Point' objects doesn't apply to a 'int' object");
    let set = value.set.expect("marked");
    set(&mut cx, text(""), Some(Value::Int(4))).expect("sets");
    assert_eq!(cx.message, "Some(4)");
    set(&mut cx, text(""), None).expect("deletes");
    assert_eq!(cx.message, "None");
    let set = class.set.expect("marked");
    assert!(set(&mut cx, text(""), None).is_err());
}

#[test]
fn checked_receivers() {
    let f = number::CLASS.methods[0].call;
    assert_eq!(call(f, &[Value::Int(1)], &[]), "Int(1)");
    assert_eq!(call(f, &[text("a")], &[]), "descriptor 'conjugate' for 'number' objects doesn't apply to a 'str' object");
    assert!((number::CLASS.members[0].get)(&mut Cx::new(), text("a")).is_err());
}

#[test]
fn module_table() {
    let m = &mathematics::MODULE;
    assert_eq!((m.name, m.doc, m.functions.len()), ("mathematics", "Numbers.", 1));
    let twice = m.functions[0];
    assert_eq!((twice.name, twice.signature, twice.doc), ("twice", "x, /", "Twice `x`.\n>>> twice(2)\n4"));
    assert_eq!(call(twice.call, &[Value::Int(4)], &[]), "Int(8)");
    assert_eq!(m.classes[0].name, "Empty");
    assert!(m.classes[0].def.new.is_none());
    let mut cx = Cx::new();
    m.init.expect("marked")(&mut cx, Value::None).expect("runs");
    assert_eq!(cx.message, "init");
}
