//! Functions as objects: those of script code, those in Rust, and the descriptors under which methods in Rust stand in
//! the dicts of their classes.

use gscript_macros::class;

use crate::object::dict::Dict;
use crate::object::function::{BoundMethod, Builtin, BuiltinDef, BuiltinKind, Function};
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

/// Create a function object.
///
///   code
///     a code object
///   globals
///     the globals dictionary
///   name
///     a string that overrides the name from the code object
///   argdefs
///     a tuple that specifies the default argument values
///   closure
///     a tuple that supplies the bindings for free variables
#[class("function")]
pub mod function {
    use crate::object::class::Type;
    use crate::object::code::CodeObject;
    use crate::object::dict::Dict;
    use crate::object::function::{Cell, Function};
    use crate::object::tuple::Tuple;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("code, globals, name=None, argdefs=None, closure=None")]
    fn new(cx: &mut Cx, _class: Gc<Type>, code: Value, globals: Value, name: Value, argdefs: Value, closure: Value) -> Result<Value> {
        let wrong = |cx: &mut Cx, what: &str, expected: &str, v: Value| {
            let text = format!("function() argument '{what}' must be {expected}, not {}", cx.type_name(v));
            cx.type_error(text)
        };
        let Some(code) = code.as_gc::<CodeObject>() else {
            return Err(wrong(cx, "code", "code", code));
        };
        let Some(globals) = globals.as_gc::<Dict>() else {
            return Err(wrong(cx, "globals", "dict", globals));
        };
        if !name.is_none() && name.as_str_object().is_none() {
            return Err(cx.type_error("arg 3 (name) must be None or string"));
        }
        let defaults = argdefs.as_gc::<Tuple>();
        if !argdefs.is_none() && defaults.is_none() {
            return Err(cx.type_error("arg 4 (defaults) must be None or tuple"));
        }
        let free = code.source.free_vars.len();
        let cells = closure.as_gc::<Tuple>();
        if cells.is_none() && (free > 0 || !closure.is_none()) {
            return Err(cx.type_error(if free > 0 { "arg 5 (closure) must be tuple" } else { "arg 5 (closure) must be None or tuple" }));
        }
        let given = cells.map_or(0, |c| c.len());
        if given != free {
            return Err(cx.value_error(format!("{} requires closure of length {free}, not {given}", code.name.lossy())));
        }
        for &c in cells.iter().flat_map(|c| c.items()) {
            if c.as_gc::<Cell>().is_none() {
                let text = format!("arg 5 (closure) expected cell, found {}", cx.type_name(c));
                return Err(cx.type_error(text));
            }
        }
        // The items were checked: the cell is only for the type's sake.
        let spare = cx.cell(None);
        let f = cx.function(code, globals, free, |i| cells.and_then(|c| c.items()[i].as_gc::<Cell>()).unwrap_or(spare));
        f.defaults.set(f, defaults);
        if !name.is_none() {
            super::set_extra(cx, f, "__name__", Some(name));
        }
        Ok(f.value())
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<Function>) -> String {
        format!("<function {} at {:#x}>", cx.function_qualname(this), this.address())
    }

    /// Return an attribute of instance, which is of type owner.
    #[method("instance, owner=None, /")]
    fn __get__(cx: &mut Cx, this: Gc<Function>, instance: Value, owner: Value) -> Result<Value> {
        super::bind(cx, this.value(), instance, owner)
    }

    #[getter]
    fn __name__(cx: &mut Cx, this: Gc<Function>) -> Value {
        super::extra(cx, this, "__name__").unwrap_or(this.code.get().name.value())
    }

    #[setter(__name__)]
    fn set_name(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        super::set_text(cx, this, "__name__", value)
    }

    #[getter]
    fn __qualname__(cx: &mut Cx, this: Gc<Function>) -> Value {
        super::extra(cx, this, "__qualname__").unwrap_or(this.code.get().qualname.value())
    }

    #[setter(__qualname__)]
    fn set_qualname(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        super::set_text(cx, this, "__qualname__", value)
    }

    #[getter]
    fn __module__(cx: &mut Cx, this: Gc<Function>) -> Value {
        if let Some(v) = super::extra(cx, this, "__module__") {
            return v;
        }
        let key = cx.common.name;
        cx.dict_get_str(this.globals, key).unwrap_or(Value::NONE)
    }

    #[setter(__module__)]
    fn set_module(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        super::set_extra(cx, this, "__module__", Some(value.unwrap_or(Value::NONE)));
        Ok(())
    }

    #[getter]
    fn __doc__(cx: &mut Cx, this: Gc<Function>) -> Value {
        super::extra(cx, this, "__doc__").or(this.code.get().docstring).unwrap_or(Value::NONE)
    }

    #[setter(__doc__)]
    fn set_doc(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        super::set_extra(cx, this, "__doc__", Some(value.unwrap_or(Value::NONE)));
        Ok(())
    }

    #[getter]
    fn __dict__(cx: &mut Cx, this: Gc<Function>) -> Gc<Dict> {
        cx.function_dict(this)
    }

    #[setter(__dict__)]
    fn set_dict(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        match value {
            Some(v) if v.as_gc::<Dict>().is_some() => {
                super::set_extra(cx, this, "__dict__", value);
                Ok(())
            }
            Some(v) => {
                let text = format!("__dict__ must be set to a dictionary, not a '{}'", cx.type_name(v));
                Err(cx.type_error(text))
            }
            None => Err(cx.type_error("cannot delete __dict__")),
        }
    }

    #[getter]
    fn __defaults__(this: Gc<Function>) -> Option<Value> {
        this.defaults.get().map(|t| t.value())
    }

    #[setter(__defaults__)]
    fn set_defaults(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        let value = value.filter(|v| !v.is_none());
        let defaults = value.and_then(|v| v.as_gc::<Tuple>());
        if value.is_some() && defaults.is_none() {
            return Err(cx.type_error("__defaults__ must be set to a tuple object"));
        }
        this.defaults.set(this, defaults);
        Ok(())
    }

    #[getter]
    fn __kwdefaults__(this: Gc<Function>) -> Option<Value> {
        this.kw_defaults.get().map(|t| t.value())
    }

    #[setter(__kwdefaults__)]
    fn set_kwdefaults(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        let value = value.filter(|v| !v.is_none());
        let defaults = value.and_then(|v| v.as_gc::<Dict>());
        if value.is_some() && defaults.is_none() {
            return Err(cx.type_error("__kwdefaults__ must be set to a dict object"));
        }
        this.kw_defaults.set(this, defaults);
        Ok(())
    }

    #[getter]
    fn __annotations__(cx: &mut Cx, this: Gc<Function>) -> Value {
        let now = super::extra(cx, this, "__annotations__");
        if let Some(d) = now.filter(|v| v.as_gc::<Dict>().is_some()) {
            return d;
        }
        let d = cx.dict_new();
        // The compiler hands annotations over as a tuple of names and values in turn.
        if let Some(t) = now.and_then(|v| v.as_gc::<Tuple>()) {
            for pair in t.items().chunks_exact(2) {
                if let Some(name) = pair[0].as_str_object() {
                    cx.dict_set_str(d, name, pair[1]);
                }
            }
        }
        super::set_extra(cx, this, "__annotations__", Some(d.value()));
        d.value()
    }

    #[setter(__annotations__)]
    fn set_annotations(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        let value = value.filter(|v| !v.is_none());
        if value.is_some_and(|v| v.as_gc::<Dict>().is_none()) {
            return Err(cx.type_error("__annotations__ must be set to a dict object"));
        }
        super::set_extra(cx, this, "__annotations__", value);
        Ok(())
    }

    #[getter]
    fn __code__(this: Gc<Function>) -> Gc<CodeObject> {
        this.code.get()
    }

    #[setter(__code__)]
    fn set_code(cx: &mut Cx, this: Gc<Function>, value: Option<Value>) -> Result<()> {
        let Some(code) = value.and_then(|v| v.as_gc::<CodeObject>()) else {
            return Err(cx.type_error("__code__ must be set to a code object"));
        };
        let (have, wanted) = (this.cells().len(), code.source.free_vars.len());
        if have != wanted {
            let name = super::function_name(cx, this);
            return Err(cx.value_error(format!("{name}() requires a code object with {have} free vars, not {wanted}")));
        }
        // The name stays that of the function.
        let names = [("__name__", this.code.get().name.value()), ("__qualname__", this.code.get().qualname.value())];
        for (key, v) in names {
            if super::extra(cx, this, key).is_none() {
                super::set_extra(cx, this, key, Some(v));
            }
        }
        this.code.set(code);
        this.barrier();
        Ok(())
    }

    #[getter]
    fn __globals__(this: Gc<Function>) -> Gc<Dict> {
        this.globals
    }

    #[setter(__globals__)]
    fn set_globals(cx: &mut Cx, this: Gc<Function>, _value: Option<Value>) -> Result<()> {
        Err(super::readonly(cx, this.value(), "__globals__"))
    }

    #[getter]
    fn __closure__(cx: &mut Cx, this: Gc<Function>) -> Value {
        if this.cells().is_empty() {
            return Value::NONE;
        }
        let n = this.cells().len();
        cx.tuple_with(n, |i| this.cells()[i].value()).value()
    }

    #[setter(__closure__)]
    fn set_closure(cx: &mut Cx, this: Gc<Function>, _value: Option<Value>) -> Result<()> {
        Err(super::readonly(cx, this.value(), "__closure__"))
    }

    #[getter]
    fn __builtins__(cx: &mut Cx, this: Gc<Function>) -> Gc<Dict> {
        cx.builtins_of(this.globals)
    }

    #[setter(__builtins__)]
    fn set_builtins(cx: &mut Cx, this: Gc<Function>, _value: Option<Value>) -> Result<()> {
        Err(super::readonly(cx, this.value(), "__builtins__"))
    }
}

/// Functions of modules in Rust, and methods in Rust bound to their instance.
#[class("builtin_function_or_method")]
pub mod builtin_function {
    use crate::object::function::BoundMethod;
    use crate::operator::Compare;
    use crate::value::Value;
    use crate::vm::{Cx, Result};

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Value) -> Result<String> {
        super::builtin_repr(cx, this)
    }

    /// Return self==value.
    #[method("value, /")]
    fn __eq__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        super::compare_methods(cx, Compare::Eq, this, value)
    }

    /// Return self!=value.
    #[method("value, /")]
    fn __ne__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        super::compare_methods(cx, Compare::Ne, this, value)
    }

    /// Return hash(self).
    #[method]
    fn __hash__(cx: &mut Cx, this: Value) -> Result<i64> {
        Ok(cx.native_hash(this)?.unwrap_or_default())
    }

    #[method]
    fn __reduce__(cx: &mut Cx, this: Value) -> Result<Value> {
        let (def, bound) = super::definition(cx, this)?;
        let name = cx.str(def.name).value();
        match bound {
            Some(object) => super::reduce_as_attribute(cx, object, name),
            None => Ok(name),
        }
    }

    #[getter]
    fn __name__(cx: &mut Cx, this: Value) -> Result<&'static str> {
        Ok(super::definition(cx, this)?.0.name)
    }

    #[getter]
    fn __qualname__(cx: &mut Cx, this: Value) -> Result<String> {
        super::builtin_qualname(cx, this)
    }

    #[getter]
    fn __module__(cx: &mut Cx, this: Value) -> Result<Value> {
        let (_, bound) = super::definition(cx, this)?;
        if bound.is_some() || this.as_gc::<BoundMethod>().is_some() {
            return Ok(Value::NONE);
        }
        Ok(super::module_name(cx, this))
    }

    #[getter]
    fn __doc__(cx: &mut Cx, this: Value) -> Result<Value> {
        let doc = super::definition(cx, this)?.0.doc;
        Ok(super::doc_value(cx, doc))
    }

    #[getter]
    fn __text_signature__(cx: &mut Cx, this: Value) -> Result<Value> {
        let (def, _) = super::definition(cx, this)?;
        Ok(super::text_signature(cx, def))
    }

    #[getter]
    fn __self__(cx: &mut Cx, this: Value) -> Result<Value> {
        let (_, bound) = super::definition(cx, this)?;
        match bound {
            Some(v) => Ok(v),
            None => {
                // The module of a function.
                let name = super::module_name(cx, this);
                let modules = cx.modules;
                let found = match (name.as_str_object(), modules) {
                    (Some(n), Some(m)) => cx.dict_get_str(m, n),
                    _ => None,
                };
                Ok(found.unwrap_or(Value::NONE))
            }
        }
    }
}

/// Methods in Rust as they stand in the dicts of their classes.
#[class("method_descriptor")]
pub mod method_descriptor {
    use crate::object::function::Builtin;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<Builtin>) -> String {
        let what = if cx.class_of(this.value()) == cx.types.method_descriptor { "method" } else { "slot wrapper" };
        format!("<{what} '{}' of '{}' objects>", this.def.name, super::owner_name(this))
    }

    /// Return an attribute of instance, which is of type owner.
    #[method("instance, owner=None, /")]
    fn __get__(cx: &mut Cx, this: Gc<Builtin>, instance: Value, owner: Value) -> Result<Value> {
        if !instance.is_none() {
            super::check_owner(cx, this, instance)?;
        }
        super::bind(cx, this.value(), instance, owner)
    }

    #[method]
    fn __reduce__(cx: &mut Cx, this: Gc<Builtin>) -> Result<Value> {
        let name = cx.str(this.def.name).value();
        super::reduce_as_attribute(cx, this.owner.get().unwrap_or(Value::NONE), name)
    }

    #[getter]
    fn __name__(this: Gc<Builtin>) -> &'static str {
        this.def.name
    }

    #[getter]
    fn __qualname__(this: Gc<Builtin>) -> String {
        format!("{}.{}", super::owner_name(this), this.def.name)
    }

    #[getter]
    fn __objclass__(this: Gc<Builtin>) -> Option<Value> {
        this.owner.get()
    }

    #[getter]
    fn __doc__(cx: &mut Cx, this: Gc<Builtin>) -> Value {
        super::doc_value(cx, this.def.doc)
    }

    #[getter]
    fn __text_signature__(cx: &mut Cx, this: Gc<Builtin>) -> Value {
        super::text_signature(cx, this.def)
    }
}

/// AttributeError of a field that is never written.
#[cold]
pub(crate) fn readonly(cx: &mut Cx, obj: Value, name: &str) -> Raised {
    cx.attribute_error(obj, name, "readonly attribute")
}

/// What was set on a function under one of its special names.
fn extra(cx: &mut Cx, f: Gc<Function>, name: &str) -> Option<Value> {
    let extra = f.extra.get()?;
    let name = cx.intern(name);
    cx.dict_get_str(extra, name)
}

fn set_extra(cx: &mut Cx, f: Gc<Function>, name: &str, v: Option<Value>) {
    let extra: Gc<Dict> = match f.extra.get() {
        Some(d) => d,
        None => {
            let d = cx.dict_new();
            f.extra.set(f, Some(d));
            d
        }
    };
    let name = cx.intern(name);
    match v {
        Some(v) => cx.dict_set_str(extra, name, v),
        None => {
            cx.dict_remove_str(extra, name);
        }
    }
}

/// `__name__` of a function.
pub(crate) fn function_name(cx: &mut Cx, f: Gc<Function>) -> String {
    match extra(cx, f, "__name__").and_then(|n| n.as_str_object()) {
        Some(n) => n.lossy().into_owned(),
        None => f.code.get().name.lossy().into_owned(),
    }
}

fn set_text(cx: &mut Cx, f: Gc<Function>, name: &str, value: Option<Value>) -> Result<()> {
    if value.and_then(|v| v.as_gc::<Str>()).is_none() {
        return Err(cx.type_error(format!("{name} must be set to a string object")));
    }
    set_extra(cx, f, name, value);
    Ok(())
}

/// `f.__get__(instance, owner)`.
fn bind(cx: &mut Cx, f: Value, instance: Value, owner: Value) -> Result<Value> {
    if !instance.is_none() || owner == cx.types.none.value() {
        return Ok(cx.bound_method(f, instance).value());
    }
    if owner.is_none() {
        return Err(cx.type_error("__get__(None, None) is invalid"));
    }
    Ok(f)
}

/// The table entry of a function in Rust, and the object it is bound to.
fn definition(cx: &mut Cx, this: Value) -> Result<(&'static BuiltinDef, Option<Value>)> {
    if let Some(b) = this.as_gc::<Builtin>() {
        let is_of_class = b.owner.get().is_some_and(|o| o.as_gc::<crate::object::class::Type>().is_some());
        return Ok((b.def, b.owner.get().filter(|_| is_of_class && b.def.kind != BuiltinKind::Method)));
    }
    if let Some(m) = this.as_gc::<BoundMethod>() {
        if let Some(b) = m.function.as_gc::<Builtin>() {
            return Ok((b.def, Some(m.this)));
        }
    }
    let text = format!("descriptor requires a 'builtin_function_or_method' object but received a '{}'", cx.type_name(this));
    Err(cx.type_error(text))
}

/// The name of the module of a function in Rust.
fn module_name(cx: &mut Cx, this: Value) -> Value {
    let owner = this.as_gc::<Builtin>().and_then(|b| b.owner.get());
    match owner {
        Some(o) if o.as_str_object().is_some() => o,
        _ => cx.str("builtins").value(),
    }
}

fn builtin_repr(cx: &mut Cx, this: Value) -> Result<String> {
    let (def, bound) = definition(cx, this)?;
    let Some(object) = bound else {
        return Ok(format!("<built-in function {}>", def.name));
    };
    let of = cx.type_name(object);
    Ok(if cx.class_of(this) == cx.types.method_wrapper {
        format!("<method-wrapper '{}' of {of} object at {:#x}>", def.name, object.word())
    } else {
        format!("<built-in method {} of {of} object at {:#x}>", def.name, object.word())
    })
}

fn builtin_qualname(cx: &mut Cx, this: Value) -> Result<String> {
    let (def, bound) = definition(cx, this)?;
    Ok(match bound {
        None => def.name.to_string(),
        Some(object) => {
            let class = match object.as_gc::<crate::object::class::Type>() {
                Some(t) if def.kind != BuiltinKind::Method => t,
                _ => cx.class_of(object),
            };
            format!("{}.{}", class.qualname_text(), def.name)
        }
    })
}

fn owner_name(b: Gc<Builtin>) -> String {
    b.owner.get().and_then(|o| o.as_gc::<crate::object::class::Type>()).map(|t| t.name_text()).unwrap_or_default()
}

fn check_owner(cx: &mut Cx, b: Gc<Builtin>, instance: Value) -> Result<()> {
    let Some(owner) = b.owner.get().and_then(|o| o.as_gc::<crate::object::class::Type>()) else {
        return Ok(());
    };
    if cx.is_instance(instance, owner) {
        return Ok(());
    }
    let text = format!("descriptor '{}' for '{}' objects doesn't apply to a '{}' object", b.def.name, owner.name_text(), cx.type_name(instance));
    Err(cx.type_error(text))
}

/// `==` and `!=` of bound methods.
pub(crate) fn compare_methods(cx: &mut Cx, op: crate::operator::Compare, x: Value, y: Value) -> Result<Value> {
    Ok(match cx.native_compare(op, x, y)? {
        Some(t) => Value::bool(t),
        None => Value::NOT_IMPLEMENTED,
    })
}

/// `(getattr, (object, name))`: how pickles find a method again.
pub(crate) fn reduce_as_attribute(cx: &mut Cx, object: Value, name: Value) -> Result<Value> {
    let key = cx.intern("getattr");
    let getattr = cx.builtins.and_then(|b| cx.dict_get_str(b, key)).unwrap_or(Value::NONE);
    let args = cx.tuple(&[object, name]).value();
    Ok(cx.tuple(&[getattr, args]).value())
}

fn doc_value(cx: &mut Cx, doc: &str) -> Value {
    if doc.is_empty() { Value::NONE } else { cx.str(doc).value() }
}

/// `($self, x, /, y=1)`; None where parameters have no value that could be shown.
fn text_signature(cx: &mut Cx, def: &BuiltinDef) -> Value {
    if def.signature.contains('<') || def.signature.contains('[') {
        return Value::NONE;
    }
    let first = match def.kind {
        BuiltinKind::Function => "$module",
        BuiltinKind::Method => "$self",
        BuiltinKind::ClassMethod => "$type",
        BuiltinKind::Static => "",
    };
    let has_slash = def.signature.split(',').any(|p| p.trim() == "/");
    let mut parts = Vec::new();
    if !first.is_empty() {
        parts.push(first);
        if !has_slash {
            parts.push("/");
        }
    }
    if !def.signature.is_empty() {
        parts.push(def.signature);
    }
    cx.str(&format!("({})", parts.join(", "))).value()
}

/// Names of special methods that CPython makes from slots of the type, in order: `wrapper_descriptor`s.
const SLOTS: &[&str] = &[
    "__abs__",
    "__add__",
    "__aiter__",
    "__and__",
    "__anext__",
    "__await__",
    "__bool__",
    "__call__",
    "__contains__",
    "__delattr__",
    "__delete__",
    "__delitem__",
    "__divmod__",
    "__eq__",
    "__float__",
    "__floordiv__",
    "__ge__",
    "__get__",
    "__getattribute__",
    "__getitem__",
    "__gt__",
    "__hash__",
    "__iadd__",
    "__iand__",
    "__ifloordiv__",
    "__ilshift__",
    "__imatmul__",
    "__imod__",
    "__imul__",
    "__index__",
    "__init__",
    "__int__",
    "__invert__",
    "__ior__",
    "__ipow__",
    "__irshift__",
    "__isub__",
    "__iter__",
    "__itruediv__",
    "__ixor__",
    "__le__",
    "__len__",
    "__lshift__",
    "__lt__",
    "__matmul__",
    "__mod__",
    "__mul__",
    "__ne__",
    "__neg__",
    "__next__",
    "__or__",
    "__pos__",
    "__pow__",
    "__radd__",
    "__rand__",
    "__rdivmod__",
    "__repr__",
    "__rfloordiv__",
    "__rlshift__",
    "__rmatmul__",
    "__rmod__",
    "__rmul__",
    "__ror__",
    "__rpow__",
    "__rrshift__",
    "__rshift__",
    "__rsub__",
    "__rtruediv__",
    "__rxor__",
    "__set__",
    "__setattr__",
    "__setitem__",
    "__str__",
    "__sub__",
    "__truediv__",
    "__xor__",
];

/// Whether CPython makes the method `name` of the class `owner` from a slot.
pub(crate) fn is_slot(owner: &str, name: &str) -> bool {
    name.starts_with("__")
        && SLOTS.binary_search(&name).is_ok()
        && !matches!((owner, name), ("list" | "dict", "__getitem__") | ("dict" | "set" | "frozenset", "__contains__"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn slot_names_are_sorted() {
        assert!(super::SLOTS.is_sorted());
        assert!(super::is_slot("int", "__add__"));
        assert!(!super::is_slot("list", "__getitem__"));
        assert!(!super::is_slot("list", "append"));
    }
}
