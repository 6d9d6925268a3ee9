//! `list[int]` and `int | None`: objects that annotations use (PEP 585, PEP 604).

use gscript_macros::class;

use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::function::{BuiltinDef, Keywords};
use crate::object::list::List;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// `origin[args]`.
pub struct GenericAlias {
    pub origin: Slot,
    /// A tuple.
    pub args: Slot,
    /// `*origin[args]`, as the iterator of an alias gives it.
    is_unpacked: bool,
}

impl Native for GenericAlias {
    fn trace(&self, m: &mut Marker<'_>) {
        self.origin.trace(m);
        self.args.trace(m);
    }
}

/// `a | b`.
pub struct Union {
    /// A tuple.
    pub args: Slot,
}

impl Native for Union {
    fn trace(&self, m: &mut Marker<'_>) {
        self.args.trace(m);
    }
}

impl Cx {
    /// `origin[key]`.
    pub fn generic_alias(&mut self, origin: Value, key: Value) -> Value {
        let args = match key.as_gc::<Tuple>() {
            Some(t) => t,
            None => self.tuple(&[key]),
        };
        self.alias_of(origin, args.value(), false)
    }

    fn alias_of(&mut self, origin: Value, args: Value, is_unpacked: bool) -> Value {
        let class = self.types.generic_alias;
        let alias = GenericAlias { origin: Slot::new(Some(origin)), args: Slot::new(Some(args)), is_unpacked };
        NativeObject::alloc(self, class, Box::new(alias)).value()
    }

    /// `x | y` of classes, None and such unions; `None`: they are something else.
    pub(crate) fn union_of_types(&mut self, x: Value, y: Value) -> Result<Option<Value>> {
        let is_part = |v: Value| v.is_none() || v.as_gc::<Type>().is_some() || native::<GenericAlias>(v).is_some() || native::<Union>(v).is_some();
        if !is_part(x) || !is_part(y) || (x.is_none() && y.is_none()) {
            return Ok(None);
        }
        let parts = self.list_new();
        for v in [x, y] {
            let members = match native::<Union>(v).and_then(|u| u.args.get()).and_then(|a| a.as_gc::<Tuple>()) {
                Some(t) => t,
                None => self.tuple(&[if v.is_none() { self.types.none.value() } else { v }]),
            };
            // Those of the first differ from each other already.
            let is_first = parts.is_empty();
            for &m in members.items() {
                if is_first || !self.native_contains(parts.value(), m)?.unwrap_or(false) {
                    self.list_push(parts, m);
                }
            }
        }
        if parts.len() == 1 {
            return Ok(Some(self.list_get(parts, 0)));
        }
        let args: Gc<Tuple> = self.list_to_tuple(parts);
        let class = self.types.union_type;
        Ok(Some(NativeObject::alloc(self, class, Box::new(Union { args: Slot::new(Some(args.value())) })).value()))
    }
}

impl GenericAlias {
    fn origin(&self) -> Value {
        self.origin.get().unwrap_or(Value::NONE)
    }
}

/// Names that an alias answers itself; all others are its origin's.
const OWN_NAMES: &[&[u8]] = &[
    b"__class__",
    b"__origin__",
    b"__args__",
    b"__unpacked__",
    b"__parameters__",
    b"__mro_entries__",
    b"__reduce_ex__",
    b"__reduce__",
    b"__copy__",
    b"__deepcopy__",
];

impl Cx {
    /// The object whose attribute `name` is meant by `alias.name`; `None`: the alias itself.
    pub(crate) fn alias_attribute_owner(&self, alias: Value, name: &[u8]) -> Option<Value> {
        if OWN_NAMES.contains(&name) {
            return None;
        }
        native::<GenericAlias>(alias).map(|a| a.origin())
    }

    /// The items of a tuple of arguments.
    fn alias_args(&mut self, args: &Slot) -> Gc<Tuple> {
        match args.get().and_then(|a| a.as_gc::<Tuple>()) {
            Some(t) => t,
            None => self.tuple(&[]),
        }
    }

    /// How an argument shows: classes by their name. May run script code.
    fn push_alias_item(&mut self, out: &mut Vec<u8>, v: Value) -> Result<()> {
        self.check_stack()?;
        if v == Value::ELLIPSIS {
            out.extend_from_slice(b"...");
            return Ok(());
        }
        if native::<GenericAlias>(v).is_some() {
            return self.push_repr(out, v);
        }
        if let Some(items) = v.as_gc::<List>() {
            out.push(b'[');
            let mut i = 0;
            while i < items.len() {
                if i > 0 {
                    out.extend_from_slice(b", ");
                }
                let x = self.list_get(items, i);
                self.push_alias_item(out, x)?;
                i += 1;
            }
            out.push(b']');
            return Ok(());
        }
        let (q, m) = (self.common.qualname, self.common.module);
        let has_origin = self.try_attr_text(v, "__origin__")?.is_some() && self.try_attr_text(v, "__args__")?.is_some();
        if !has_origin {
            let qualname = self.try_attr(v, q)?.and_then(|q| q.as_str_object());
            let module = self.try_attr(v, m)?.and_then(|m| m.as_str_object());
            if let (Some(qualname), Some(module)) = (qualname, module) {
                if module.bytes() != b"builtins" {
                    out.extend_from_slice(module.bytes());
                    out.push(b'.');
                }
                out.extend_from_slice(qualname.bytes());
                return Ok(());
            }
        }
        self.push_repr(out, v)
    }

    /// The type variables among arguments, each once. May run script code.
    fn type_parameters(&mut self, args: Gc<Tuple>) -> Result<Gc<Tuple>> {
        let found = self.list_new();
        for &a in args.items() {
            if a.as_gc::<Type>().is_some() {
                continue;
            }
            if self.try_attr_text(a, "__typing_subst__")?.is_some() {
                self.push_once(found, a)?;
                continue;
            }
            if let Some(inner) = self.try_attr_text(a, "__parameters__")?.and_then(|p| p.as_gc::<Tuple>()) {
                for &p in inner.items() {
                    self.push_once(found, p)?;
                }
            }
        }
        Ok(self.list_to_tuple(found))
    }

    fn push_once(&mut self, list: Gc<List>, v: Value) -> Result<()> {
        if !self.native_contains(list.value(), v)?.unwrap_or(false) {
            self.list_push(list, v);
        }
        Ok(())
    }

    /// The arguments with type variables replaced. `whole` is what is subscripted. May run script code.
    fn substitute(&mut self, whole: Value, args: Gc<Tuple>, key: Value) -> Result<Gc<Tuple>> {
        let params = self.type_parameters(args)?;
        let given = match key.as_gc::<Tuple>() {
            Some(t) => t,
            None => self.tuple(&[key]),
        };
        if params.is_empty() {
            let text = format!("{} is not a generic class", self.repr(whole)?.lossy());
            return Err(self.type_error(text));
        }
        if given.len() != params.len() {
            let how = if given.len() > params.len() { "many" } else { "few" };
            let text = format!("Too {how} arguments for {}; actual {}, expected {}", self.repr(whole)?.lossy(), given.len(), params.len());
            return Err(self.type_error(text));
        }
        let value_of = |v: Value| params.items().iter().position(|p| *p == v).map(|i| given.items()[i]);
        let out = self.list_new();
        for &a in args.items() {
            let is_class = a.as_gc::<Type>().is_some();
            let subst = if is_class { None } else { self.try_attr_text(a, "__typing_subst__")? };
            if let Some(f) = subst {
                let new = self.call(f, &[value_of(a).unwrap_or(a)])?;
                self.list_push(out, new);
                continue;
            }
            let inner = if is_class { None } else { self.try_attr_text(a, "__parameters__")?.and_then(|p| p.as_gc::<Tuple>()) };
            match inner.filter(|p| !p.is_empty()) {
                Some(inner) => {
                    let sub = self.tuple_with(inner.len(), |i| value_of(inner.items()[i]).unwrap_or(inner.items()[i]));
                    let new = self.get_item(a, sub.value())?;
                    self.list_push(out, new);
                }
                None => self.list_push(out, a),
            }
        }
        Ok(self.list_to_tuple(out))
    }
}

/// `alias(…)`: an instance of the origin, which learns what it was made by if it can.
static CALL: BuiltinDef = crate::builtins::raw::method("__call__", "Call self as a function.", call_alias);

fn call_alias(cx: &mut Cx, args: &[Value], keywords: Keywords) -> Result<Value> {
    let Some((&this, rest)) = args.split_first() else {
        return Err(cx.type_error("descriptor '__call__' of 'types.GenericAlias' object needs an argument"));
    };
    let Some(alias) = native::<GenericAlias>(this) else {
        let text = format!("descriptor '__call__' requires a 'types.GenericAlias' object but received a '{}'", cx.type_name(this));
        return Err(cx.type_error(text));
    };
    let object = cx.call_keywords(alias.origin(), rest, keywords)?;
    let name = cx.intern("__orig_class__");
    match cx.set_attr(object, name, this) {
        Err(r) if cx.pending_is(cx.types.attribute_error) || cx.pending_is(cx.types.type_error) => {
            cx.take_pending(r);
        }
        other => other?,
    }
    Ok(object)
}

/// Represent a PEP 585 generic type
///
/// E.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).
#[class("types.GenericAlias")]
pub mod generic_alias {
    use super::GenericAlias;
    use crate::object::class::Type;
    use crate::object::native::native;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("origin, args, /", style = "unpack")]
    fn new(cx: &mut Cx, _class: Gc<Type>, origin: Value, args: Value) -> Value {
        cx.generic_alias(origin, args)
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: &GenericAlias) -> Result<Value> {
        let mut out = Vec::new();
        if this.is_unpacked {
            out.push(b'*');
        }
        cx.push_alias_item(&mut out, this.origin())?;
        out.push(b'[');
        let args = cx.alias_args(&this.args);
        for (i, &a) in args.items().iter().enumerate() {
            if i > 0 {
                out.extend_from_slice(b", ");
            }
            cx.push_alias_item(&mut out, a)?;
        }
        if args.is_empty() {
            out.extend_from_slice(b"()");
        }
        out.push(b']');
        Ok(cx.str_from_bytes(&out).value())
    }

    /// Return self==value.
    #[method("value, /")]
    fn __eq__(cx: &mut Cx, this: &GenericAlias, value: Value) -> Result<Value> {
        let Some(other) = native::<GenericAlias>(value) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let (a, b) = (cx.alias_args(&this.args), cx.alias_args(&other.args));
        Ok(Value::bool(this.is_unpacked == other.is_unpacked && cx.eq(this.origin(), other.origin())? && cx.eq(a.value(), b.value())?))
    }

    /// Return hash(self).
    #[method]
    fn __hash__(cx: &mut Cx, this: &GenericAlias) -> Result<i64> {
        let args = cx.alias_args(&this.args);
        Ok(cx.hash(this.origin())? ^ cx.hash(args.value())?)
    }

    /// Return self[key].
    #[method("key, /")]
    fn __getitem__(cx: &mut Cx, this: Value, key: Value) -> Result<Value> {
        let Some(alias) = native::<GenericAlias>(this) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let args = cx.alias_args(&alias.args);
        let new = cx.substitute(this, args, key)?;
        Ok(cx.alias_of(alias.origin(), new.value(), alias.is_unpacked))
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

    #[method("bases, /")]
    fn __mro_entries__(cx: &mut Cx, this: &GenericAlias, _bases: Value) -> Value {
        cx.tuple(&[this.origin()]).value()
    }

    #[method("instance, /")]
    fn __instancecheck__(cx: &mut Cx, _this: &GenericAlias, _instance: Value) -> Result<Value> {
        Err(cx.type_error("isinstance() argument 2 cannot be a parameterized generic"))
    }

    #[method("subclass, /")]
    fn __subclasscheck__(cx: &mut Cx, _this: &GenericAlias, _subclass: Value) -> Result<Value> {
        Err(cx.type_error("issubclass() argument 2 cannot be a parameterized generic"))
    }

    #[method]
    fn __reduce__(cx: &mut Cx, this: &GenericAlias) -> Value {
        let args = cx.alias_args(&this.args).value();
        let inner = cx.tuple(&[this.origin(), args]).value();
        let class = cx.types.generic_alias.value();
        cx.tuple(&[class, inner]).value()
    }

    #[getter]
    fn __origin__(this: &GenericAlias) -> Value {
        this.origin()
    }

    #[getter]
    fn __args__(this: &GenericAlias) -> Option<Value> {
        this.args.get()
    }

    /// Type variables in the GenericAlias.
    #[getter]
    fn __parameters__(cx: &mut Cx, this: &GenericAlias) -> Result<Value> {
        let args = cx.alias_args(&this.args);
        Ok(cx.type_parameters(args)?.value())
    }

    #[getter]
    fn __unpacked__(this: &GenericAlias) -> bool {
        this.is_unpacked
    }

    /// Implement iter(self): what `*alias` stands for.
    #[method]
    fn __iter__(cx: &mut Cx, this: &GenericAlias) -> Result<Value> {
        let args = cx.alias_args(&this.args).value();
        let unpacked = cx.alias_of(this.origin(), args, true);
        let items = cx.tuple(&[unpacked]).value();
        cx.iter(items)
    }
}

/// Represent a PEP 604 union type
///
/// E.g. for int | str
#[class("types.UnionType")]
pub mod union_type {
    use super::{GenericAlias, Union};
    use crate::object::native::native;
    use crate::value::Value;
    use crate::vm::{Cx, Result};

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: &Union) -> Result<Value> {
        let mut out = Vec::new();
        let args = cx.alias_args(&this.args);
        for (i, &a) in args.items().iter().enumerate() {
            if i > 0 {
                out.extend_from_slice(b" | ");
            }
            if a == cx.types.none.value() {
                out.extend_from_slice(b"None");
            } else {
                cx.push_alias_item(&mut out, a)?;
            }
        }
        Ok(cx.str_from_bytes(&out).value())
    }

    /// Return self==value.
    #[method("value, /")]
    fn __eq__(cx: &mut Cx, this: &Union, value: Value) -> Result<Value> {
        let Some(other) = native::<Union>(value) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let (a, b) = (cx.alias_args(&this.args), cx.alias_args(&other.args));
        if a.len() != b.len() {
            return Ok(Value::FALSE);
        }
        for &x in a.items() {
            if !cx.native_contains(b.value(), x)?.unwrap_or(false) {
                return Ok(Value::FALSE);
            }
        }
        Ok(Value::TRUE)
    }

    /// Return hash(self).
    #[method]
    fn __hash__(cx: &mut Cx, this: &Union) -> Result<i64> {
        let args = cx.alias_args(&this.args);
        // The order of the members does not count.
        let mut h = 0x9e37;
        for &a in args.items() {
            h ^= cx.hash(a)?;
        }
        Ok(h)
    }

    /// Return self[key].
    #[method("key, /")]
    fn __getitem__(cx: &mut Cx, this: Value, key: Value) -> Result<Value> {
        let Some(union) = native::<Union>(this) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let args = cx.alias_args(&union.args);
        let new = cx.substitute(this, args, key)?;
        let mut all = new.items().first().copied().unwrap_or(Value::NONE);
        for &x in new.items().iter().skip(1) {
            all = cx.binary(crate::operator::BinaryOp::Or, all, x)?;
        }
        Ok(all)
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

    fn refuse_generics(cx: &mut Cx, this: &Union, function: &str) -> Result<()> {
        let args = cx.alias_args(&this.args);
        if args.items().iter().any(|a| native::<GenericAlias>(*a).is_some()) {
            return Err(cx.type_error(format!("{function}() argument 2 cannot be a parameterized generic")));
        }
        Ok(())
    }

    #[method("instance, /")]
    fn __instancecheck__(cx: &mut Cx, this: &Union, instance: Value) -> Result<bool> {
        refuse_generics(cx, this, "isinstance")?;
        let args = cx.alias_args(&this.args);
        cx.is_instance_of(instance, args.value())
    }

    #[method("subclass, /")]
    fn __subclasscheck__(cx: &mut Cx, this: &Union, subclass: Value) -> Result<bool> {
        refuse_generics(cx, this, "issubclass")?;
        let args = cx.alias_args(&this.args);
        cx.is_subclass_of(subclass, args.value())
    }

    #[getter]
    fn __args__(this: &Union) -> Option<Value> {
        this.args.get()
    }

    /// Type variables in the types.UnionType.
    #[getter]
    fn __parameters__(cx: &mut Cx, this: &Union) -> Result<Value> {
        let args = cx.alias_args(&this.args);
        Ok(cx.type_parameters(args)?.value())
    }
}

/// Gives the two classes their methods.
pub(crate) fn install(cx: &mut Cx) {
    cx.attach(cx.types.generic_alias, &generic_alias::CLASS);
    cx.attach_method(cx.types.generic_alias, &CALL);
    cx.attach(cx.types.union_type, &union_type::CLASS);
}
