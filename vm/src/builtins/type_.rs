//! `type`: classes as objects, and calling `type` to make them.

use gscript_macros::class;

use crate::object::class::{IS_SCRIPT, Type};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

/// type(object) -> the object's type
/// type(name, bases, dict, **kwds) -> a new type
#[class("type")]
pub mod type_ {
    use crate::convert::Kwargs;
    use crate::object::class::{IS_ABSTRACT, IS_FINAL, IS_SCRIPT, Type};
    use crate::object::dict::Dict;
    use crate::object::dunder::Dunder;
    use crate::object::str::Str;
    use crate::object::tuple::Tuple;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("*args, **kwargs", text = "object_or_name, bases, dict")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        if class == cx.types.type_ && args.len() != 3 {
            return Err(cx.type_error("type() takes 1 or 3 arguments"));
        }
        let &[name, bases, space] = args else {
            let n = args.len();
            return Err(cx.type_error(format!("type.__new__() takes exactly 3 arguments ({n} given)")));
        };
        let wrong = |cx: &mut Cx, n: usize, expected: &str, v: Value| {
            let text = format!("type.__new__() argument {n} must be {expected}, not {}", cx.type_name(v));
            cx.type_error(text)
        };
        let Some(name) = name.as_gc::<Str>() else {
            return Err(wrong(cx, 1, "str", name));
        };
        let Some(bases) = bases.as_gc::<Tuple>() else {
            return Err(wrong(cx, 2, "tuple", bases));
        };
        let Some(space) = space.as_gc::<Dict>() else {
            return Err(wrong(cx, 3, "dict", space));
        };
        let keywords = cx.dict_new();
        for (k, v) in kwargs {
            cx.dict_set_str(keywords, k, v);
        }
        super::check_bases(cx, bases)?;
        let winner = cx.calculate_metaclass(class, bases)?;
        if winner != class {
            let ours = {
                let t = cx.types.type_;
                cx.special(t, Dunder::New)
            };
            let theirs = cx.special(winner, Dunder::New);
            if let Some(f) = theirs.filter(|_| theirs != ours) {
                let f = cx.class_descriptor_get(f, winner)?;
                let positional = cx.tuple(&[winner.value(), name.value(), bases.value(), space.value()]);
                return cx.call_with_dict(f, positional, Some(keywords));
            }
        }
        cx.type_new(winner, name, bases, space, Some(keywords))
    }

    /// Initialize self.  See help(type(self)) for accurate signature.
    #[method("*args, **kwargs", text = "/, *args, **kwargs")]
    fn __init__(cx: &mut Cx, _this: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        if !kwargs.is_empty() && args.len() == 1 {
            return Err(cx.type_error("type.__init__() takes no keyword arguments"));
        }
        if args.len() != 1 && args.len() != 3 {
            return Err(cx.type_error("type.__init__() takes 1 or 3 arguments"));
        }
        Ok(())
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<Type>) -> String {
        format!("<class '{}'>", cx.class_display_name(this))
    }

    /// Return getattr(self, name).
    #[method("name, /")]
    fn __getattribute__(cx: &mut Cx, this: Gc<Type>, name: Value) -> Result<Value> {
        let name = cx.attribute_name(name)?;
        match cx.find_attr_plain(this.value(), name)? {
            Some(v) => Ok(v),
            None => Err(cx.attribute_missing(this.value(), name)),
        }
    }

    /// Implement setattr(self, name, value).
    #[method("name, value, /")]
    fn __setattr__(cx: &mut Cx, this: Gc<Type>, name: Value, value: Value) -> Result<()> {
        let name = cx.attribute_name(name)?;
        cx.set_type_attr(this, name, Some(value))
    }

    /// Implement delattr(self, name).
    #[method("name, /")]
    fn __delattr__(cx: &mut Cx, this: Gc<Type>, name: Value) -> Result<()> {
        let name = cx.attribute_name(name)?;
        cx.set_type_attr(this, name, None)
    }

    /// Specialized __dir__ implementation for types.
    #[method]
    fn __dir__(cx: &mut Cx, this: Gc<Type>) -> Value {
        let names = cx.dict_new();
        cx.merge_class_names(names, this);
        let list = cx.list_new();
        let mut at = 0;
        while let Some((k, _)) = names.next(&mut at) {
            cx.list_push(list, k);
        }
        list.value()
    }

    /// Return memory consumption of the type object.
    #[method]
    fn __sizeof__(_this: Gc<Type>) -> i64 {
        1064
    }

    /// Return a type's method resolution order.
    #[method]
    fn mro(cx: &mut Cx, this: Gc<Type>) -> Result<Value> {
        let order = cx.linearize(this)?;
        Ok(cx.list_from(order.items()).value())
    }

    /// Return a list of immediate subclasses.
    #[method]
    fn __subclasses__(cx: &mut Cx, this: Gc<Type>) -> Value {
        let list = cx.list_new();
        // Classes are kept by the list from here on; until then by what else refers to them, or they are collected and
        // taken out of the list of subclasses.
        let mut i = 0;
        while let Some(c) = this.subclasses().get(i).copied() {
            cx.list_push(list, c.value());
            i += 1;
        }
        list.value()
    }

    /// Check if an object is an instance.
    #[method("instance, /")]
    fn __instancecheck__(cx: &mut Cx, this: Gc<Type>, instance: Value) -> Result<bool> {
        if cx.is_instance(instance, this) {
            return Ok(true);
        }
        cx.instance_by_class_attribute(instance, this)
    }

    /// Check if a class is a subclass.
    #[method("subclass, /")]
    fn __subclasscheck__(cx: &mut Cx, this: Gc<Type>, subclass: Value) -> Result<bool> {
        match subclass.as_gc::<Type>() {
            Some(c) => Ok(c.is_subclass(this)),
            None => cx.is_subclass_by_bases(subclass, this.value()),
        }
    }

    /// __prepare__() -> dict
    /// used to create the namespace for the class statement
    #[class_method("*args, **kwargs")]
    fn __prepare__(cx: &mut Cx, _class: Value, _args: &[Value], _kwargs: Kwargs<'_>) -> Value {
        cx.dict_new().value()
    }

    /// Return self|value.
    #[method("value, /")]
    fn __or__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        Ok(cx.union_of_types(this, value)?.unwrap_or(Value::NOT_IMPLEMENTED))
    }

    /// Return value|self.
    #[method("value, /")]
    fn __ror__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        Ok(cx.union_of_types(value, this)?.unwrap_or(Value::NOT_IMPLEMENTED))
    }

    #[getter]
    fn __name__(this: Gc<Type>) -> Option<Value> {
        this.name.get().map(|n| n.value())
    }

    #[setter(__name__)]
    fn set_name(cx: &mut Cx, this: Gc<Type>, value: Option<Value>) -> Result<()> {
        let name = super::name_to_set(cx, this, "__name__", value)?;
        if name.bytes().contains(&0) {
            return Err(cx.value_error("type name must not contain null characters"));
        }
        let name = cx.intern_str(name);
        this.name.set(this, Some(name));
        Ok(())
    }

    #[getter]
    fn __qualname__(this: Gc<Type>) -> Option<Value> {
        this.qualname.get().map(|n| n.value())
    }

    #[setter(__qualname__)]
    fn set_qualname(cx: &mut Cx, this: Gc<Type>, value: Option<Value>) -> Result<()> {
        let name = super::name_to_set(cx, this, "__qualname__", value)?;
        this.qualname.set(this, Some(name));
        Ok(())
    }

    #[getter]
    fn __module__(cx: &mut Cx, this: Gc<Type>) -> Result<Value> {
        let key = cx.common.module;
        match cx.dict_get_str(this.dict.expect(), key) {
            Some(v) if this.has_flag(IS_SCRIPT) || v.as_str_object().is_some() => Ok(v),
            _ => Ok(cx.str("builtins").value()),
        }
    }

    #[setter(__module__)]
    fn set_module(cx: &mut Cx, this: Gc<Type>, value: Option<Value>) -> Result<()> {
        super::set_in_dict(cx, this, "__module__", value)
    }

    #[getter]
    fn __doc__(cx: &mut Cx, this: Gc<Type>) -> Result<Value> {
        if let Some(def) = this.def.get().filter(|d| !d.doc.is_empty()) {
            return Ok(cx.str(def.doc).value());
        }
        let key = cx.common.doc;
        match cx.dict_get_str(this.dict.expect(), key) {
            Some(v) => cx.class_descriptor_get(v, this),
            None => Ok(Value::NONE),
        }
    }

    #[setter(__doc__)]
    fn set_doc(cx: &mut Cx, this: Gc<Type>, value: Option<Value>) -> Result<()> {
        super::set_in_dict(cx, this, "__doc__", value)
    }

    #[getter]
    fn __base__(this: Gc<Type>) -> Option<Value> {
        this.base.get().map(|b| b.value())
    }

    #[setter(__base__)]
    fn set_base(cx: &mut Cx, this: Gc<Type>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__base__"))
    }

    #[getter]
    fn __bases__(this: Gc<Type>) -> Gc<Tuple> {
        this.bases.expect()
    }

    #[setter(__bases__)]
    fn set_bases(cx: &mut Cx, this: Gc<Type>, value: Option<Value>) -> Result<()> {
        super::set_bases(cx, this, value)
    }

    #[getter]
    fn __mro__(this: Gc<Type>) -> Gc<Tuple> {
        this.mro.expect()
    }

    #[setter(__mro__)]
    fn set_mro(cx: &mut Cx, this: Gc<Type>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__mro__"))
    }

    #[getter]
    fn __dict__(cx: &mut Cx, this: Gc<Type>) -> Value {
        cx.mapping_proxy(this.dict.expect().value())
    }

    #[getter]
    fn __abstractmethods__(cx: &mut Cx, this: Gc<Type>) -> Result<Value> {
        let key = cx.common.abstractmethods;
        let found = if this == cx.types.type_ { None } else { cx.dict_get_str(this.dict.expect(), key) };
        match found {
            Some(v) => Ok(v),
            None => Err(cx.attribute_error(this.value(), "__abstractmethods__", "__abstractmethods__")),
        }
    }

    #[setter(__abstractmethods__)]
    fn set_abstractmethods(cx: &mut Cx, this: Gc<Type>, value: Option<Value>) -> Result<()> {
        let is_abstract = match value {
            Some(v) => cx.truth(v)?,
            None => false,
        };
        super::set_in_dict(cx, this, "__abstractmethods__", value)?;
        if is_abstract {
            this.set_flag(IS_ABSTRACT)
        } else {
            this.clear_flag(IS_ABSTRACT)
        }
        Ok(())
    }

    #[getter]
    fn __annotations__(cx: &mut Cx, this: Gc<Type>) -> Result<Value> {
        let key = cx.common.annotations;
        if !this.has_flag(IS_SCRIPT) {
            return Err(cx.no_attribute(this.value(), "__annotations__"));
        }
        let dict = this.dict.expect();
        if let Some(v) = cx.dict_get_str(dict, key) {
            return cx.class_descriptor_get(v, this);
        }
        let new = cx.dict_new();
        cx.dict_set_str(dict, key, new.value());
        cx.class_changed(this, Some(key));
        Ok(new.value())
    }

    #[setter(__annotations__)]
    fn set_annotations(cx: &mut Cx, this: Gc<Type>, value: Option<Value>) -> Result<()> {
        super::set_in_dict(cx, this, "__annotations__", value)
    }

    #[getter]
    fn __text_signature__(cx: &mut Cx, this: Gc<Type>) -> Value {
        match this.def.get() {
            Some(def) if def.new.is_some() && !def.signature.contains('<') => cx.str(&format!("({})", def.signature)).value(),
            _ => Value::NONE,
        }
    }

    #[getter]
    fn __flags__(this: Gc<Type>) -> i64 {
        // The bits of CPython's that programs look at: HEAPTYPE, BASETYPE, READY, IS_ABSTRACT.
        let script = if this.has_flag(IS_SCRIPT) { 1 << 9 } else { 1 << 8 };
        let base = if this.has_flag(IS_FINAL) { 0 } else { 1 << 10 };
        let is_abstract = if this.has_flag(IS_ABSTRACT) { 1 << 20 } else { 0 };
        script | base | 1 << 12 | is_abstract
    }

    #[setter(__flags__)]
    fn set_flags(cx: &mut Cx, this: Gc<Type>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__flags__"))
    }

    #[getter]
    fn __basicsize__(this: Gc<Type>) -> i64 {
        16 + this.inline_slots.get() as i64 * 8
    }

    #[setter(__basicsize__)]
    fn set_basicsize(cx: &mut Cx, this: Gc<Type>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__basicsize__"))
    }

    #[getter]
    fn __itemsize__(_this: Gc<Type>) -> i64 {
        0
    }

    #[setter(__itemsize__)]
    fn set_itemsize(cx: &mut Cx, this: Gc<Type>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__itemsize__"))
    }

    #[getter]
    fn __dictoffset__(this: Gc<Type>) -> i64 {
        if this.has_flag(crate::object::class::HAS_DICT) { 16 } else { 0 }
    }

    #[setter(__dictoffset__)]
    fn set_dictoffset(cx: &mut Cx, this: Gc<Type>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__dictoffset__"))
    }

    #[getter]
    fn __weakrefoffset__(this: Gc<Type>) -> i64 {
        if this.has_flag(IS_SCRIPT) { 24 } else { 0 }
    }

    #[setter(__weakrefoffset__)]
    fn set_weakrefoffset(cx: &mut Cx, this: Gc<Type>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__weakrefoffset__"))
    }
}

/// TypeError where a base of `type(name, bases, dict)` only stands for classes.
fn check_bases(cx: &mut Cx, bases: Gc<Tuple>) -> Result<()> {
    for &b in bases.items() {
        if b.as_gc::<Type>().is_none() && cx.try_attr_text(b, "__mro_entries__")?.is_some() {
            return Err(cx.type_error("type() doesn't support MRO entry resolution; use types.new_class()"));
        }
    }
    Ok(())
}

#[cold]
fn immutable(cx: &mut Cx, t: Gc<Type>, name: &str) -> Raised {
    cx.type_error(format!("cannot set '{name}' attribute of immutable type '{}'", t.name_text()))
}

/// The string that `__name__` or `__qualname__` is set to.
fn name_to_set(cx: &mut Cx, t: Gc<Type>, attribute: &str, value: Option<Value>) -> Result<Gc<Str>> {
    if !t.has_flag(IS_SCRIPT) {
        return Err(immutable(cx, t, attribute));
    }
    let Some(value) = value else {
        let text = format!("cannot delete '{attribute}' attribute of immutable type '{}'", t.name_text());
        return Err(cx.type_error(text));
    };
    match value.as_gc::<Str>() {
        Some(s) => Ok(s),
        None => {
            let text = format!("can only assign string to {}.{attribute}, not '{}'", t.name_text(), cx.type_name(value));
            Err(cx.type_error(text))
        }
    }
}

/// Sets (or deletes) an attribute that `type` reads from the class's own dict.
fn set_in_dict(cx: &mut Cx, t: Gc<Type>, name: &str, value: Option<Value>) -> Result<()> {
    if !t.has_flag(IS_SCRIPT) {
        return Err(immutable(cx, t, name));
    }
    let key = cx.intern(name);
    let dict = t.dict.expect();
    match value {
        Some(v) => cx.dict_set_str(dict, key, v),
        None if matches!(name, "__module__" | "__doc__") => {
            let text = format!("cannot delete '{name}' attribute of immutable type '{}'", t.name_text());
            return Err(cx.type_error(text));
        }
        None => {
            if cx.dict_remove_str(dict, key).is_none() {
                return Err(cx.attribute_error(t.value(), name, name));
            }
        }
    }
    cx.class_changed(t, Some(key));
    Ok(())
}

/// `cls.__bases__ = (…)`. May run script code (`mro` of metaclasses).
fn set_bases(cx: &mut Cx, t: Gc<Type>, value: Option<Value>) -> Result<()> {
    if !t.has_flag(IS_SCRIPT) {
        return Err(immutable(cx, t, "__bases__"));
    }
    let Some(value) = value else {
        let text = format!("cannot delete '__bases__' attribute of immutable type '{}'", t.name_text());
        return Err(cx.type_error(text));
    };
    let Some(new) = value.as_gc::<Tuple>() else {
        let text = format!("can only assign tuple to {}.__bases__, not {}", t.name_text(), cx.type_name(value));
        return Err(cx.type_error(text));
    };
    if new.is_empty() {
        let text = format!("can only assign non-empty tuple to {}.__bases__, not ()", t.name_text());
        return Err(cx.type_error(text));
    }
    for &b in new.items() {
        let Some(b) = b.as_gc::<Type>() else {
            let text = format!("{}.__bases__ must be tuple of classes, not '{}'", t.name_text(), cx.type_name(b));
            return Err(cx.type_error(text));
        };
        if b.is_subclass(t) {
            return Err(cx.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    let best = cx.best_base(new)?;
    let (old_bases, old_base) = (t.bases.expect(), t.base.get());
    let is_same_layout = old_base.is_some_and(|o| {
        use super::object::native_base;
        const LAYOUT: u32 = crate::object::class::HAS_DICT | crate::object::class::HAS_ATTRIBUTE_WORD;
        o.kind.get() == best.kind.get()
            && native_base(o) == native_base(best)
            && (o.flags.get() & LAYOUT == best.flags.get() & LAYOUT || t.has_flag(crate::object::class::HAS_DICT))
    });
    if !is_same_layout {
        let old = old_base.map(|o| o.name_text()).unwrap_or_default();
        let text = format!("__bases__ assignment: '{}' object layout differs from '{old}'", best.name_text());
        return Err(cx.type_error(text));
    }
    t.bases.set(t, Some(new));
    t.base.set(t, Some(best));
    if let Err(r) = set_orders_below(cx, t) {
        let e = cx.take_pending(r);
        t.bases.set(t, Some(old_bases));
        t.base.set(t, old_base);
        if let Err(r) = set_orders_below(cx, t) {
            cx.take_pending(r);
        }
        return Err(cx.reraise(e));
    }
    for &b in old_bases.items() {
        if let Some(b) = b.as_gc::<Type>() {
            b.remove_subclass(t);
        }
    }
    for &b in new.items() {
        if let Some(b) = b.as_gc::<Type>() {
            b.add_subclass(t);
        }
    }
    t.native_new.set(best.native_new.get());
    cx.class_changed(t, None);
    Ok(())
}

/// The method resolution orders of a class and of all below it, worked out anew.
fn set_orders_below(cx: &mut Cx, t: Gc<Type>) -> Result<()> {
    cx.check_stack()?;
    cx.set_mro(t)?;
    let mut i = 0;
    while let Some(sub) = t.subclasses().get(i).copied() {
        set_orders_below(cx, sub)?;
        i += 1;
    }
    Ok(())
}
