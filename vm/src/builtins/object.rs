//! `object`: what every class inherits (Python reference 3.3), and `__new__` as it stands in the dicts of built-in classes.

use gscript_macros::class;

use crate::builtins::raw;
use crate::heap::header::HAS_ATTRIBUTES;
use crate::object::class::{HAS_ATTRIBUTE_WORD, HAS_DICT, IS_SCRIPT, Type};
use crate::object::function::{BuiltinDef, BuiltinKind};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::types::ClassDef;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

/// The base class of the class hierarchy.
///
/// When called, it accepts no arguments and returns a new featureless
/// instance that has no instance attributes and cannot be given any.
#[class("object")]
pub mod object {
    use crate::convert::Kwargs;
    use crate::object::class::{IS_ABSTRACT, Type};
    use crate::object::dunder::Dunder;
    use crate::object::str::Str;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        if !args.is_empty() || !kwargs.is_empty() {
            if cx.special(class, Dunder::New) != Some(cx.object_new) {
                return Err(cx.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
            }
            if cx.special(class, Dunder::Init) == Some(cx.object_init) {
                return Err(cx.type_error(format!("{}() takes no arguments", class.name_text())));
            }
        }
        if class.has_flag(IS_ABSTRACT) {
            return Err(super::abstract_error(cx, class)?);
        }
        if class.kind.get() != crate::heap::header::Kind::Instance {
            let name = class.name_text();
            return Err(cx.type_error(format!("object.__new__({name}) is not safe, use {name}.__new__()")));
        }
        Ok(cx.instance(class).value())
    }

    /// Initialize self.  See help(type(self)) for accurate signature.
    #[method("*args, **kwargs", text = "/, *args, **kwargs")]
    fn __init__(cx: &mut Cx, this: Value, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        if args.is_empty() && kwargs.is_empty() {
            return Ok(());
        }
        let class = cx.class_of(this);
        if cx.special(class, Dunder::Init) != Some(cx.object_init) {
            return Err(cx.type_error("object.__init__() takes exactly one argument (the instance to initialize)"));
        }
        if cx.special(class, Dunder::New) == Some(cx.object_new) {
            return Err(cx.type_error(format!("{}.__init__() takes exactly one argument (the instance to initialize)", class.name_text())));
        }
        Ok(())
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Value) -> Value {
        let mut out = Vec::new();
        cx.push_default_repr(&mut out, this);
        cx.str_from_bytes(&out).value()
    }

    /// Return str(self).
    #[method]
    fn __str__(cx: &mut Cx, this: Value) -> Result<Gc<Str>> {
        cx.repr(this)
    }

    /// Default object formatter.
    #[method("format_spec, /")]
    fn __format__(cx: &mut Cx, this: Value, format_spec: Gc<Str>) -> Result<Gc<Str>> {
        if format_spec.byte_len() != 0 {
            let text = format!("unsupported format string passed to {}.__format__", cx.type_name(this));
            return Err(cx.type_error(text));
        }
        cx.str_value(this)
    }

    /// Return hash(self).
    #[method]
    fn __hash__(cx: &mut Cx, this: Value) -> i64 {
        cx.identity_hash(this)
    }

    /// Return self==value.
    #[method("value, /")]
    fn __eq__(this: Value, value: Value) -> Value {
        if this == value { Value::TRUE } else { Value::NOT_IMPLEMENTED }
    }

    /// Return self!=value.
    #[method("value, /")]
    fn __ne__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        let r = cx.call_special(this, Dunder::Eq, &[value])?.unwrap_or(Value::NOT_IMPLEMENTED);
        if r == Value::NOT_IMPLEMENTED {
            return Ok(r);
        }
        Ok(Value::bool(!cx.truth(r)?))
    }

    /// Return self<value.
    #[method("value, /")]
    fn __lt__(_this: Value, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    /// Return self<=value.
    #[method("value, /")]
    fn __le__(_this: Value, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    /// Return self>value.
    #[method("value, /")]
    fn __gt__(_this: Value, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    /// Return self>=value.
    #[method("value, /")]
    fn __ge__(_this: Value, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    /// Return getattr(self, name).
    #[method("name, /")]
    fn __getattribute__(cx: &mut Cx, this: Value, name: Value) -> Result<Value> {
        let name = cx.attribute_name(name)?;
        match cx.find_attr_plain(this, name)? {
            Some(v) => Ok(v),
            None => Err(cx.attribute_missing(this, name)),
        }
    }

    /// Implement setattr(self, name, value).
    #[method("name, value, /")]
    fn __setattr__(cx: &mut Cx, this: Value, name: Value, value: Value) -> Result<()> {
        let name = cx.attribute_name(name)?;
        if this.as_gc::<Type>().is_some() {
            let text = format!("can't apply this __setattr__ to {} object", cx.type_name(this));
            return Err(cx.type_error(text));
        }
        cx.set_attr_plain(this, name, Some(value))
    }

    /// Implement delattr(self, name).
    #[method("name, /")]
    fn __delattr__(cx: &mut Cx, this: Value, name: Value) -> Result<()> {
        let name = cx.attribute_name(name)?;
        if this.as_gc::<Type>().is_some() {
            let text = format!("can't apply this __delattr__ to {} object", cx.type_name(this));
            return Err(cx.type_error(text));
        }
        cx.set_attr_plain(this, name, None)
    }

    /// Default dir() implementation.
    #[method]
    fn __dir__(cx: &mut Cx, this: Value) -> Result<Value> {
        super::object_dir(cx, this)
    }

    /// Helper for pickle.
    #[method]
    fn __getstate__(cx: &mut Cx, this: Value) -> Result<Value> {
        super::default_state(cx, this)
    }

    /// Helper for pickle.
    #[method]
    fn __reduce__(cx: &mut Cx, this: Value) -> Result<Value> {
        super::reduce(cx, this, 0)
    }

    /// Helper for pickle.
    #[method("protocol, /")]
    fn __reduce_ex__(cx: &mut Cx, this: Value, protocol: i64) -> Result<Value> {
        let class = cx.class_of(this);
        let name = cx.intern("__reduce__");
        let own = cx.lookup(class, name);
        let object = cx.types.object;
        if own != cx.lookup(object, name) {
            let f = cx.get_attr(this, name)?;
            return cx.call(f, &[]);
        }
        super::reduce(cx, this, protocol)
    }

    /// Size of object in memory, in bytes.
    #[method]
    fn __sizeof__(cx: &mut Cx, this: Value) -> i64 {
        match this.as_object() {
            Some(o) => 16 + cx.shapes.get(o.shape()).slots.len() as i64 * 8,
            None => 16,
        }
    }

    /// This method is called when a class is subclassed.
    ///
    /// The default implementation does nothing. It may be
    /// overridden to extend subclasses.
    #[class_method("*args, **kwargs")]
    fn __init_subclass__(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        if !kwargs.is_empty() {
            let name = class.qualname_text();
            return Err(cx.type_error(format!("{name}.__init_subclass__() takes no keyword arguments")));
        }
        if !args.is_empty() {
            let name = class.qualname_text();
            return Err(cx.type_error(format!("{name}.__init_subclass__() takes no arguments ({} given)", args.len())));
        }
        Ok(())
    }

    /// Abstract classes can override this to customize issubclass().
    ///
    /// This is invoked early on by abc.ABCMeta.__subclasscheck__().
    /// It should return True, False or NotImplemented.  If it returns
    /// NotImplemented, the normal algorithm is used.  Otherwise, it
    /// overrides the normal algorithm (and the outcome is cached).
    #[class_method("*args, **kwargs")]
    fn __subclasshook__(_class: Value, _args: &[Value], _kwargs: Kwargs<'_>) -> Value {
        Value::NOT_IMPLEMENTED
    }

    /// the object's class
    #[getter]
    fn __class__(cx: &mut Cx, this: Value) -> Gc<Type> {
        cx.class_of(this)
    }

    #[setter(__class__)]
    fn set_class(cx: &mut Cx, this: Value, value: Option<Value>) -> Result<()> {
        super::set_class(cx, this, value)
    }
}

/// `Can't instantiate abstract class A with abstract methods f, g`. May run script code.
#[cold]
fn abstract_error(cx: &mut Cx, class: Gc<Type>) -> Result<Raised> {
    let key = cx.common.abstractmethods;
    let names = match cx.lookup(class, key) {
        Some(v) => cx.tuple_from_iterable(v)?,
        None => cx.tuple(&[]),
    };
    let mut sorted: Vec<String> = names.items().iter().filter_map(|n| n.as_str_object()).map(|s| s.lossy().into_owned()).collect();
    sorted.sort();
    let plural = if sorted.len() == 1 { "" } else { "s" };
    let text = format!("Can't instantiate abstract class {} with abstract method{plural} {}", class.name_text(), sorted.join(", "));
    Ok(cx.type_error(text))
}

impl Cx {
    /// The argument of `getattr` and its kin, interned. TypeError.
    pub(crate) fn attribute_name(&mut self, v: Value) -> Result<Gc<Str>> {
        match v.as_str_object() {
            Some(s) => Ok(self.intern_str(s)),
            None => {
                let text = format!("attribute name must be string, not '{}'", self.type_name(v));
                Err(self.type_error(text))
            }
        }
    }

    /// Enters the names of a class and of its bases into a dict, for `dir`.
    pub(crate) fn merge_class_names(&mut self, names: Gc<crate::object::dict::Dict>, class: Gc<Type>) {
        for &c in class.mro_items() {
            let Some(dict) = c.as_gc::<Type>().and_then(|c| c.dict.get()) else {
                continue;
            };
            let mut at = 0;
            while let Some((k, _)) = dict.next(&mut at) {
                if let Some(k) = k.as_str_object() {
                    self.dict_set_str(names, k, Value::NONE);
                }
            }
        }
    }
}

/// `object.__dir__`: the names of the object's own attributes and of its class's. May run script code.
fn object_dir(cx: &mut Cx, this: Value) -> Result<Value> {
    let names = cx.dict_new();
    let key = cx.common.dict;
    if let Some(d) = cx.try_attr(this, key)? {
        if d.as_gc::<crate::object::dict::Dict>().is_some() {
            let keys = cx.tuple_from_iterable(d)?;
            for &k in keys.items() {
                cx.dict_set(names, k, Value::NONE)?;
            }
        }
    }
    let key = cx.common.class;
    if let Some(class) = cx.try_attr(this, key)?.and_then(|c| c.as_gc::<Type>()) {
        cx.merge_class_names(names, class);
    }
    let list = cx.list_new();
    let mut at = 0;
    while let Some((k, _)) = names.next(&mut at) {
        cx.list_push(list, k);
    }
    Ok(list.value())
}

/// The names of `__slots__` in a class and its bases, base classes first.
fn all_slot_names(cx: &mut Cx, class: Gc<Type>) -> Gc<crate::object::list::List> {
    let out = cx.list_new();
    for &c in class.mro_items().iter().rev() {
        let Some(slots) = c.as_gc::<Type>().and_then(|c| c.slot_names.get()).and_then(|s| s.as_gc::<Tuple>()) else {
            continue;
        };
        for &n in slots.items() {
            cx.list_push(out, n);
        }
    }
    out
}

/// `object.__getstate__`: the instance's dict (None when it is empty), with `__slots__` a pair. May run script code.
fn default_state(cx: &mut Cx, this: Value) -> Result<Value> {
    let key = cx.common.dict;
    let mut state = Value::NONE;
    if let Some(d) = cx.try_attr(this, key)?.and_then(|d| d.as_gc::<crate::object::dict::Dict>()) {
        if !d.is_empty() {
            state = cx.dict_copy(d).value();
        }
    }
    let class = cx.class_of(this);
    let names = all_slot_names(cx, class);
    let slots = cx.dict_new();
    for i in 0..names.len() {
        let Some(n) = cx.list_get(names, i).as_str_object() else {
            continue;
        };
        if n.bytes() == b"__dict__" || n.bytes() == b"__weakref__" {
            continue;
        }
        let n = cx.intern_str(n);
        if let Some(v) = cx.try_attr(this, n)? {
            cx.dict_set_str(slots, n, v);
        }
    }
    if !slots.is_empty() {
        state = cx.tuple(&[state, slots.value()]).value();
    }
    Ok(state)
}

static NEWOBJ: BuiltinDef = BuiltinDef { name: "__newobj__", signature: "cls, *args", doc: "", call: newobj, kind: BuiltinKind::Function };

/// `cls.__new__(cls, *args)`: how copies and pickles are made.
fn newobj(cx: &mut Cx, args: &[Value], _: crate::object::function::Keywords) -> Result<Value> {
    let Some(&class) = args.first() else {
        return Err(cx.type_error("__newobj__() missing 1 required positional argument: 'cls'"));
    };
    let f = cx.get_attr_text(class, "__new__")?;
    cx.call(f, args)
}

/// A function of the module `copyreg`; without that module our own of the same meaning.
fn copyreg_function(cx: &mut Cx, name: &str, own: &'static BuiltinDef) -> Result<Value> {
    match cx.import_absolute("copyreg") {
        Ok(m) => {
            if let Some(f) = cx.try_attr_text(m, name)? {
                return Ok(f);
            }
        }
        Err(r) if cx.pending_is(cx.types.import_error) => {
            cx.take_pending(r);
        }
        Err(r) => return Err(r),
    }
    Ok(cx.builtin(own, None).value())
}

/// `object.__reduce_ex__`, as `copyreg.__newobj__` has it for protocols from 2 on; lower ones are given the same, since
/// what they are for (pickles of old versions) can be read by the same means. May run script code.
fn reduce(cx: &mut Cx, this: Value, _protocol: i64) -> Result<Value> {
    let class = cx.class_of(this);
    let kind = this.kind();
    let has_own_args = cx.try_attr_text(this, "__getnewargs__")?;
    let args = match has_own_args {
        Some(f) => {
            let r = cx.call(f, &[])?;
            match r.as_gc::<Tuple>() {
                Some(t) => t,
                None => {
                    let text = format!("__getnewargs__ should return a tuple, not '{}'", cx.type_name(r));
                    return Err(cx.type_error(text));
                }
            }
        }
        None => cx.tuple(&[]),
    };
    use crate::heap::header::Kind;
    let can_copy = matches!(kind, Some(Kind::Instance | Kind::List | Kind::Dict | Kind::Set)) || class.has_flag(IS_SCRIPT) || has_own_args.is_some();
    if !can_copy || !this.is_object() {
        let text = format!("cannot pickle '{}' object", cx.type_name(this));
        return Err(cx.type_error(text));
    }
    let f = copyreg_function(cx, "__newobj__", &NEWOBJ)?;
    let with_class = cx.tuple_with(args.len() + 1, |i| if i == 0 { class.value() } else { args.items()[i - 1] });
    let getstate = cx.get_attr_text(this, "__getstate__")?;
    let state = cx.call(getstate, &[])?;
    let list_items = match kind {
        Some(Kind::List) => cx.iter(this)?,
        _ => Value::NONE,
    };
    let dict_items = match kind {
        Some(Kind::Dict) => {
            let items = cx.call_method(this, "items", &[])?;
            cx.iter(items)?
        }
        _ => Value::NONE,
    };
    Ok(cx.tuple(&[f, with_class.value(), state, list_items, dict_items]).value())
}

/// The built-in class whose layout the instances of `class` have.
pub(crate) fn native_base(class: Gc<Type>) -> Gc<Type> {
    let mut t = class;
    while t.has_flag(IS_SCRIPT) {
        match t.base.get() {
            Some(b) => t = b,
            None => break,
        }
    }
    t
}

/// `obj.__class__ = C`: between classes of script code with the same layout. May run script code.
fn set_class(cx: &mut Cx, this: Value, value: Option<Value>) -> Result<()> {
    let Some(value) = value else {
        return Err(cx.type_error("can't delete __class__ attribute"));
    };
    let Some(new) = value.as_gc::<Type>() else {
        let text = format!("__class__ must be set to a class, not '{}' object", cx.type_name(value));
        return Err(cx.type_error(text));
    };
    let old = cx.class_of(this);
    let module = cx.types.module;
    let is_allowed = (old.is_subclass(module) && new.is_subclass(module)) || (old.has_flag(IS_SCRIPT) && new.has_flag(IS_SCRIPT));
    let Some(object) = this.as_object().filter(|_| is_allowed) else {
        return Err(cx.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    };
    const LAYOUT: u32 = HAS_DICT | HAS_ATTRIBUTE_WORD;
    let mut is_same = native_base(old) == native_base(new) && old.kind.get() == new.kind.get() && old.flags.get() & LAYOUT == new.flags.get() & LAYOUT;
    if is_same {
        let (a, b) = (all_slot_names(cx, old), all_slot_names(cx, new));
        is_same = a.len() == b.len() && (0..a.len()).all(|i| cx.list_get(a, i) == cx.list_get(b, i));
    }
    if !is_same {
        let text = format!("__class__ assignment: '{}' object layout differs from '{}'", new.name_text(), old.name_text());
        return Err(cx.type_error(text));
    }
    if old == new {
        return Ok(());
    }
    if let Some(t) = this.as_gc::<Type>() {
        // The metaclass of a class: classes have no attribute word.
        t.header().set_shape(new.instance_shape.get());
        cx.class_changed(t, None);
        return Ok(());
    }
    if object.has_flag(HAS_ATTRIBUTES) {
        // The slots of the old class's shapes mean nothing in the new class's: the object becomes a dictionary.
        cx.attribute_dict(object);
        let shape = cx.shapes.dictionary(new.instance_shape.get());
        object.set_shape(shape);
    } else {
        object.set_shape(new.instance_shape.get());
    }
    Ok(())
}

/// `__new__` of every built-in class; the object's closure calls the constructor.
pub(crate) static NEW: BuiltinDef = BuiltinDef {
    name: "__new__",
    signature: "*args, **kwargs",
    doc: "Create and return a new object.  See help(type) for accurate signature.",
    call: raw::uncallable,
    kind: BuiltinKind::Function,
};

impl Cx {
    /// Puts `__new__` into the dict of a built-in class that has a constructor, and hands the constructor on to the
    /// subclasses of the same layout that have none.
    pub(crate) fn attach_new(&mut self, t: Gc<Type>, def: &'static ClassDef) {
        let Some(native) = def.new else { return };
        // The function's slot keeps the class.
        let f = self.host_function(
            &NEW,
            Box::new(move |cx, args, keywords| {
                let positional = args.len() - keywords.map_or(0, |k| k.len());
                let class = match args.first() {
                    Some(c) if positional > 0 => *c,
                    _ => {
                        return Err(cx.type_error(format!("{}.__new__(): not enough arguments", t.name_text())));
                    }
                };
                let Some(c) = class.as_gc::<Type>() else {
                    let text = format!("{}.__new__(X): X is not a type object ({})", t.name_text(), cx.type_name(class));
                    return Err(cx.type_error(text));
                };
                let (own, name) = (t.name_text(), c.name_text());
                if !c.is_subclass(t) {
                    return Err(cx.type_error(format!("{own}.__new__({name}): {name} is not a subtype of {own}")));
                }
                let base = native_base(c);
                let is_safe = base.native_new.get().is_some_and(|n| std::ptr::fn_addr_eq(n, native));
                if !is_safe {
                    return Err(cx.type_error(format!("{own}.__new__({name}) is not safe, use {}.__new__()", base.name_text())));
                }
                native(cx, args, keywords)
            }),
        );
        f.owner.set(f, Some(t.value()));
        self.dict_set_text(t.dict.expect(), "__new__", f.value());
        inherit_new(t);
    }
}

fn inherit_new(t: Gc<Type>) {
    for sub in t.subclasses() {
        if sub.native_new.get().is_none() && sub.kind.get() == t.kind.get() {
            sub.native_new.set(t.native_new.get());
            inherit_new(sub);
        }
    }
}

/// Notes the methods of `object` that the machine compares with. All of `object`'s table is attached.
pub(crate) fn install(cx: &mut Cx) {
    let dict = cx.types.object.dict.expect();
    let get = |cx: &mut Cx, name: &str| {
        let name = cx.intern(name);
        cx.dict_get_str(dict, name)
    };
    cx.object_new = get(cx, "__new__").unwrap_or(Value::NONE);
    cx.object_init = get(cx, "__init__").unwrap_or(Value::NONE);
    for (i, name) in ["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"].iter().enumerate() {
        cx.object_compare[i] = get(cx, name);
    }
}
