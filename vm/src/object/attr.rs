//! Attributes: look-up through instance, class and descriptors (Python reference 3.3.2, descriptor HOWTO).
//!
//! `get_attr` and its kin are what `obj.name` means; the interpreter's caches shorten the common ways through them.

use crate::heap::header::HAS_ATTRIBUTES;
use crate::object::class::{HAS_DICT, IS_SCRIPT, SWAPS_ATTRIBUTES, Type};
use crate::object::dict::Dict;
use crate::object::dunder::Dunder;
use crate::object::function::{BoundMethod, Builtin, BuiltinKind, Function, Member, MethodWrapper, Property};
use crate::object::simple::{Module, Super};
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// `obj.name`; `name` is interned. AttributeError. May run script code.
    pub fn get_attr(&mut self, obj: Value, name: Gc<Str>) -> Result<Value> {
        match self.find_attr(obj, name)? {
            Some(v) => Ok(v),
            None => Err(self.attribute_missing(obj, name)),
        }
    }

    /// As [`Cx::get_attr`] for a name given as text.
    pub fn get_attr_text(&mut self, obj: Value, name: &str) -> Result<Value> {
        let name = self.intern(name);
        self.get_attr(obj, name)
    }

    /// `obj.name`, or `None` where `hasattr` is false: an AttributeError raised on the way counts as missing.
    /// May run script code.
    pub fn try_attr(&mut self, obj: Value, name: Gc<Str>) -> Result<Option<Value>> {
        match self.find_attr(obj, name) {
            Ok(v) => Ok(v),
            Err(r) if self.pending_is(self.types.attribute_error) => {
                self.take_pending(r);
                Ok(None)
            }
            Err(r) => Err(r),
        }
    }

    pub fn try_attr_text(&mut self, obj: Value, name: &str) -> Result<Option<Value>> {
        let name = self.intern(name);
        self.try_attr(obj, name)
    }

    /// AttributeError for `obj.name`.
    #[cold]
    pub(crate) fn attribute_missing(&mut self, obj: Value, name: Gc<Str>) -> crate::vm::Raised {
        if let Some(m) = obj.as_gc::<Module>() {
            let key = self.common.name;
            let text = match self.dict_get_str(m.dict.expect(), key).and_then(|n| n.as_str_object()) {
                Some(n) if self.is_loading(&n.lossy()) => {
                    format!("partially initialized module '{}' has no attribute '{}' (most likely due to a circular import)", n.lossy(), name.lossy())
                }
                Some(n) => format!("module '{}' has no attribute '{}'", n.lossy(), name.lossy()),
                None => format!("module has no attribute '{}'", name.lossy()),
            };
            return self.attribute_error(obj, &name.lossy(), &text);
        }
        // These ask another object in the end.
        if let Some(m) = obj.as_gc::<BoundMethod>().filter(|m| m.function.as_gc::<Builtin>().is_none()) {
            return self.attribute_missing(m.function, name);
        }
        if let Some(origin) = self.alias_attribute_owner(obj, name.bytes()) {
            return self.attribute_missing(origin, name);
        }
        if obj.as_gc::<Super>().is_some() {
            let text = format!("'super' object has no attribute '{}'", name.lossy());
            return self.attribute_error(obj, &name.lossy(), &text);
        }
        self.no_attribute(obj, &name.lossy())
    }

    /// Look-up with `__getattribute__` and `__getattr__`; `None`: nothing found, nothing raised.
    fn find_attr(&mut self, obj: Value, name: Gc<Str>) -> Result<Option<Value>> {
        let class = self.class_of(obj);
        if class.has_flag(IS_SCRIPT) {
            if let Some(hook) = self.special(class, Dunder::GetAttribute) {
                if hook.as_gc::<Builtin>().is_none() {
                    let found = self.call_method_value(hook, obj, &[name.value()]);
                    return match found {
                        Ok(v) => Ok(Some(v)),
                        Err(r) if self.pending_is(self.types.attribute_error) => match self.special(class, Dunder::GetAttr) {
                            Some(hook) => {
                                self.take_pending(r);
                                self.call_method_value(hook, obj, &[name.value()]).map(Some)
                            }
                            None => Err(r),
                        },
                        Err(r) => Err(r),
                    };
                }
            }
            if let Some(hook) = self.special(class, Dunder::GetAttr) {
                let found = match self.find_attr_plain(obj, name) {
                    Err(r) if self.pending_is(self.types.attribute_error) => {
                        self.take_pending(r);
                        None
                    }
                    other => other?,
                };
                return match found {
                    Some(v) => Ok(Some(v)),
                    None => self.call_method_value(hook, obj, &[name.value()]).map(Some),
                };
            }
        }
        let found = self.find_attr_plain(obj, name)?;
        if found.is_none() {
            if let Some(m) = obj.as_gc::<Module>() {
                // PEP 562.
                let hook = self.dunder_names[Dunder::GetAttr as usize];
                if let Some(hook) = self.dict_get_str(m.dict.expect(), hook) {
                    return self.call(hook, &[name.value()]).map(Some);
                }
            }
        }
        Ok(found)
    }

    /// `object.__getattribute__(obj, name)`: without the hooks of the class. May run script code (descriptors).
    pub fn find_attr_plain(&mut self, obj: Value, name: Gc<Str>) -> Result<Option<Value>> {
        if let Some(t) = obj.as_gc::<Type>() {
            return self.find_type_attr(t, name);
        }
        if let Some(s) = obj.as_gc::<Super>() {
            return self.find_super_attr(s, name);
        }
        let class = self.class_of(obj);
        if class == self.types.generic_alias {
            if let Some(origin) = self.alias_attribute_owner(obj, name.bytes()) {
                return self.find_attr(origin, name);
            }
        }
        if class.has_flag(SWAPS_ATTRIBUTES) {
            self.swap_attributes(obj)?;
        }
        let in_class = self.lookup(class, name);
        if let Some(attr) = in_class {
            // One without `__get__` only sees to assignments.
            if self.is_data_descriptor(attr) && self.has_get(attr) {
                return self.descriptor_get(attr, obj, class).map(Some);
            }
        }
        if let Some(o) = obj.as_object() {
            if let Some(m) = obj.as_gc::<Module>() {
                let dict = m.dict.expect();
                if let Some(v) = self.dict_get_str(dict, name) {
                    return Ok(Some(v));
                }
                if name == self.common.dict {
                    return Ok(Some(dict.value()));
                }
            } else if let Some(f) = obj.as_gc::<Function>() {
                if let Some(v) = self.function_attribute(f, name) {
                    return Ok(Some(v));
                }
            } else if o.has_flag(HAS_ATTRIBUTES) {
                if let Some(v) = self.own_attribute(o, name) {
                    return Ok(Some(v));
                }
                if name == self.common.dict && class.has_flag(HAS_DICT) {
                    return Ok(Some(self.attribute_dict(o).value()));
                }
            }
        }
        match in_class {
            Some(attr) => self.descriptor_get(attr, obj, class).map(Some),
            None => {
                // A bound method shows its function's attributes.
                if let Some(m) = obj.as_gc::<BoundMethod>() {
                    return self.find_attr_plain(m.function, name);
                }
                Ok(None)
            }
        }
    }

    fn function_attribute(&mut self, f: Gc<Function>, name: Gc<Str>) -> Option<Value> {
        let key = self.common.dict;
        let extra = f.extra.get()?;
        let d = self.dict_get_str(extra, key)?.as_gc::<Dict>()?;
        self.dict_get_str(d, name)
    }

    /// An attribute of a class: metaclass data descriptors, the class's own order, the metaclass.
    fn find_type_attr(&mut self, t: Gc<Type>, name: Gc<Str>) -> Result<Option<Value>> {
        let meta = self.class_of(t.value());
        let in_meta = self.lookup(meta, name);
        if let Some(attr) = in_meta {
            if self.is_data_descriptor(attr) {
                return self.descriptor_get(attr, t.value(), meta).map(Some);
            }
        }
        if let Some(attr) = self.lookup(t, name) {
            return self.class_descriptor_get(attr, t).map(Some);
        }
        match in_meta {
            Some(attr) => self.descriptor_get(attr, t.value(), meta).map(Some),
            None => Ok(None),
        }
    }

    /// What `cls.attr` gives for an attribute found in the class: `attr.__get__(None, cls)`.
    pub fn class_descriptor_get(&mut self, attr: Value, class: Gc<Type>) -> Result<Value> {
        if self.has_own_get(attr) {
            return self.call_get(attr, Value::NONE, class);
        }
        if let Some(w) = attr.as_gc::<MethodWrapper>() {
            return self.class_method_get(w, class);
        }
        if attr.as_gc::<Function>().is_some()
            || attr.as_gc::<Builtin>().is_some()
            || attr.as_gc::<Property>().is_some()
            || attr.as_gc::<Member>().is_some()
            || !attr.is_object()
        {
            return Ok(attr);
        }
        let kind = self.class_of(attr);
        match self.special(kind, Dunder::Get) {
            Some(get) => self.call_method_value(get, attr, &[Value::NONE, class.value()]),
            None => Ok(attr),
        }
    }

    fn has_get(&mut self, attr: Value) -> bool {
        use crate::heap::header::Kind;
        if !matches!(attr.kind(), Some(Kind::Instance | Kind::Native)) {
            return true;
        }
        let class = self.class_of(attr);
        self.special(class, Dunder::Get).is_some()
    }

    /// Whether a descriptor of a built-in kind is of a script class that has its own `__get__`.
    fn has_own_get(&mut self, attr: Value) -> bool {
        use crate::heap::header::Kind;
        if !matches!(attr.kind(), Some(Kind::MethodWrapper | Kind::Property)) {
            return false;
        }
        let class = self.class_of(attr);
        class.has_flag(IS_SCRIPT) && self.special(class, Dunder::Get).is_some_and(|g| g.as_gc::<Builtin>().is_none())
    }

    fn call_get(&mut self, attr: Value, obj: Value, class: Gc<Type>) -> Result<Value> {
        let kind = self.class_of(attr);
        match self.special(kind, Dunder::Get) {
            Some(get) => self.call_method_value(get, attr, &[obj, class.value()]),
            None => Ok(attr),
        }
    }

    /// The function of a static method, that of a class method bound to `class`.
    pub(crate) fn class_method_get(&mut self, w: Gc<MethodWrapper>, class: Gc<Type>) -> Result<Value> {
        let f = w.function.get().unwrap_or(Value::NONE);
        if w.is_class { self.bind_class_method(f, class) } else { Ok(f) }
    }

    /// `p.__get__(obj)`. Runs script code.
    pub(crate) fn property_get(&mut self, p: Gc<Property>, obj: Value) -> Result<Value> {
        match p.get.get() {
            Some(f) if !f.is_none() => self.call(f, &[obj]),
            _ => Err(self.property_error(p, obj, "getter")),
        }
    }

    /// `p.__set__(obj, v)`, or `p.__delete__(obj)`. Runs script code.
    pub(crate) fn property_set(&mut self, p: Gc<Property>, obj: Value, v: Option<Value>) -> Result<()> {
        let (f, what) = match v {
            Some(_) => (p.set.get(), "setter"),
            None => (p.delete.get(), "deleter"),
        };
        match (f, v) {
            (Some(f), Some(v)) if !f.is_none() => self.call(f, &[obj, v]).map(drop),
            (Some(f), None) if !f.is_none() => self.call(f, &[obj]).map(drop),
            _ => Err(self.property_error(p, obj, what)),
        }
    }

    fn bind_class_method(&mut self, f: Value, class: Gc<Type>) -> Result<Value> {
        if f.as_gc::<Function>().is_some() || f.as_gc::<Builtin>().is_some() {
            return Ok(self.bound_method(f, class.value()).value());
        }
        let kind = self.class_of(f);
        match self.special(kind, Dunder::Get) {
            Some(_) => {
                let meta = self.class_of(class.value());
                self.descriptor_get(f, class.value(), meta)
            }
            None => Ok(self.bound_method(f, class.value()).value()),
        }
    }

    fn find_super_attr(&mut self, s: Gc<Super>, name: Gc<Str>) -> Result<Option<Value>> {
        if name != self.common.class {
            if let (Some(start), Some(this)) = (s.start.get(), s.this.get()) {
                if let Some(attr) = self.lookup_after(start, s.class.expect(), name) {
                    // A class as object: bound as an attribute of the class.
                    if this == start.value() {
                        return self.class_descriptor_get(attr, start).map(Some);
                    }
                    return self.descriptor_get(attr, this, start).map(Some);
                }
            }
        }
        let class = self.class_of(s.value());
        match self.lookup(class, name) {
            Some(attr) => self.descriptor_get(attr, s.value(), class).map(Some),
            None => Ok(None),
        }
    }

    /// Whether a class attribute takes precedence over the instance's own: it has `__set__` or `__delete__`.
    pub fn is_data_descriptor(&mut self, attr: Value) -> bool {
        if attr.as_gc::<Property>().is_some() || attr.as_gc::<Member>().is_some() {
            return true;
        }
        let Some(o) = attr.as_object() else {
            return false;
        };
        use crate::heap::header::Kind;
        if !matches!(o.kind(), Kind::Instance | Kind::Native) {
            return false;
        }
        let class = self.class_of(attr);
        self.special(class, Dunder::Set).is_some() || self.special(class, Dunder::Delete).is_some()
    }

    /// `attr.__get__(obj, class)` for an attribute found in the class of `obj`. May run script code.
    pub fn descriptor_get(&mut self, attr: Value, obj: Value, class: Gc<Type>) -> Result<Value> {
        if attr.as_gc::<Function>().is_some() {
            return Ok(self.bound_method(attr, obj).value());
        }
        if let Some(b) = attr.as_gc::<Builtin>() {
            if b.def.kind == BuiltinKind::Method {
                return Ok(self.bound_method(attr, obj).value());
            }
            return Ok(attr);
        }
        if self.has_own_get(attr) {
            return self.call_get(attr, obj, class);
        }
        if let Some(p) = attr.as_gc::<Property>() {
            return self.property_get(p, obj);
        }
        if let Some(m) = attr.as_gc::<Member>() {
            return self.member_get(m, obj);
        }
        if let Some(w) = attr.as_gc::<MethodWrapper>() {
            return self.class_method_get(w, class);
        }
        if !attr.is_object() || attr.as_gc::<Type>().is_some() {
            return Ok(attr);
        }
        let kind = self.class_of(attr);
        match self.special(kind, Dunder::Get) {
            Some(get) => self.call_method_value(get, attr, &[obj, class.value()]),
            None => Ok(attr),
        }
    }

    #[cold]
    fn property_error(&mut self, p: Gc<Property>, obj: Value, what: &str) -> crate::vm::Raised {
        let name = p.name.get().and_then(|n| n.as_str_object());
        let class = self.class_of(obj);
        let qualname = class.qualname.get().map(|q| q.lossy().into_owned()).unwrap_or_default();
        let text = match name {
            Some(n) => format!("property '{}' of '{}' object has no {}", n.lossy(), qualname, what),
            None => format!("property of '{qualname}' object has no {what}"),
        };
        let n = name.map(|n| n.lossy().into_owned()).unwrap_or_default();
        self.attribute_error(obj, &n, &text)
    }

    /// `m.__get__(obj)`.
    pub(crate) fn member_get(&mut self, m: Gc<Member>, obj: Value) -> Result<Value> {
        self.check_member_owner(m, obj)?;
        match m.def {
            Some(def) => (def.get)(self, obj),
            None => {
                let o = obj.as_object();
                match o.and_then(|o| self.own_attribute(o, m.name)) {
                    Some(v) => Ok(v),
                    None => {
                        let name = m.name.lossy().into_owned();
                        Err(self.no_attribute(obj, &name))
                    }
                }
            }
        }
    }

    fn check_member_owner(&mut self, m: Gc<Member>, obj: Value) -> Result<()> {
        if self.is_instance(obj, m.class) {
            return Ok(());
        }
        let text = format!("descriptor '{}' for '{}' objects doesn't apply to a '{}' object", m.name.lossy(), m.class.name_text(), self.type_name(obj));
        Err(self.type_error(text))
    }

    /// `obj.name = v`; `name` is interned. May run script code.
    pub fn set_attr(&mut self, obj: Value, name: Gc<Str>, v: Value) -> Result<()> {
        let class = self.class_of(obj);
        if class.has_flag(IS_SCRIPT) {
            if let Some(hook) = self.special(class, Dunder::SetAttr) {
                if hook.as_gc::<Builtin>().is_none_or(|b| b.def.name != "__setattr__") {
                    self.call_method_value(hook, obj, &[name.value(), v])?;
                    return Ok(());
                }
            }
        }
        self.set_attr_plain(obj, name, Some(v))
    }

    /// `del obj.name`. May run script code.
    pub fn del_attr(&mut self, obj: Value, name: Gc<Str>) -> Result<()> {
        let class = self.class_of(obj);
        if class.has_flag(IS_SCRIPT) {
            if let Some(hook) = self.special(class, Dunder::DelAttr) {
                if hook.as_gc::<Builtin>().is_none_or(|b| b.def.name != "__delattr__") {
                    self.call_method_value(hook, obj, &[name.value()])?;
                    return Ok(());
                }
            }
        }
        if class.has_flag(SWAPS_ATTRIBUTES) {
            self.swap_attributes(obj)?;
            let is_there = self.lookup(class, name).is_some() || obj.as_object().is_some_and(|o| self.own_attribute(o, name).is_some());
            if !is_there {
                return Err(self.attribute_error(obj, &name.lossy(), &name.lossy()));
            }
        }
        self.set_attr_plain(obj, name, None)
    }

    /// `object.__setattr__` and `__delattr__` (no value): without the hooks of the class. May run script code.
    pub fn set_attr_plain(&mut self, obj: Value, name: Gc<Str>, v: Option<Value>) -> Result<()> {
        if let Some(t) = obj.as_gc::<Type>() {
            return self.set_type_attr(t, name, v);
        }
        let class = self.class_of(obj);
        if class.has_flag(SWAPS_ATTRIBUTES) {
            self.swap_attributes(obj)?;
        }
        let in_class = self.lookup(class, name);
        if let Some(attr) = in_class {
            if self.is_data_descriptor(attr) {
                return self.descriptor_set(attr, obj, v);
            }
        }
        if let Some(m) = obj.as_gc::<Module>() {
            let dict = m.dict.expect();
            match v {
                Some(v) => self.dict_set_str(dict, name, v),
                None => {
                    if self.dict_remove_str(dict, name).is_none() {
                        return Err(self.attribute_missing(obj, name));
                    }
                }
            }
            return Ok(());
        }
        if let Some(f) = obj.as_gc::<Function>() {
            let d = self.function_dict(f);
            match v {
                Some(v) => self.dict_set_str(d, name, v),
                None => {
                    if self.dict_remove_str(d, name).is_none() {
                        return Err(self.no_attribute(obj, &name.lossy()));
                    }
                }
            }
            return Ok(());
        }
        if let Some(o) = obj.as_object() {
            if o.has_flag(HAS_ATTRIBUTES) && class.has_flag(HAS_DICT) {
                if name == self.common.dict {
                    return match v.and_then(|v| v.as_gc::<Dict>()) {
                        Some(d) => {
                            self.replace_attribute_dict(o, d);
                            Ok(())
                        }
                        None => {
                            let text = match v {
                                Some(v) => format!("__dict__ must be set to a dictionary, not a '{}'", self.type_name(v)),
                                None => "cannot delete __dict__".to_string(),
                            };
                            Err(self.type_error(text))
                        }
                    };
                }
                match v {
                    Some(v) => {
                        self.set_own_attribute(o, name, v);
                    }
                    None => {
                        if !self.delete_own_attribute(o, name) {
                            let text = format!("'{}' object has no attribute '{}'", class.name_text(), name.lossy());
                            return Err(self.plain_attribute_error(&text));
                        }
                    }
                }
                return Ok(());
            }
        }
        let text = if in_class.is_some() {
            format!("'{}' object attribute '{}' is read-only", class.name_text(), name.lossy())
        } else {
            return Err(self.no_attribute(obj, &name.lossy()));
        };
        Err(self.attribute_error(obj, &name.lossy(), &text))
    }

    /// The dict for attributes set on a function.
    pub fn function_dict(&mut self, f: Gc<Function>) -> Gc<Dict> {
        let extra = match f.extra.get() {
            Some(d) => d,
            None => {
                let d = self.dict_new();
                f.extra.set(f, Some(d));
                d
            }
        };
        let key = self.common.dict;
        if let Some(d) = self.dict_get_str(extra, key).and_then(|d| d.as_gc::<Dict>()) {
            return d;
        }
        let d = self.dict_new();
        self.dict_set_str(extra, key, d.value());
        d
    }

    /// `m.__set__(obj, v)`, or `m.__delete__(obj)`.
    pub(crate) fn member_set(&mut self, m: Gc<Member>, obj: Value, v: Option<Value>) -> Result<()> {
        self.check_member_owner(m, obj)?;
        match m.def {
            Some(def) => match def.set {
                Some(set) => set(self, obj, v),
                None => {
                    let text = if is_field(m) {
                        "readonly attribute".to_string()
                    } else {
                        format!("attribute '{}' of '{}' objects is not writable", m.name.lossy(), m.class.name_text())
                    };
                    Err(self.attribute_error(obj, &m.name.lossy(), &text))
                }
            },
            None => {
                let Some(o) = obj.as_object() else {
                    return Err(self.no_attribute(obj, &m.name.lossy()));
                };
                match v {
                    Some(v) => {
                        self.set_own_attribute(o, m.name, v);
                        Ok(())
                    }
                    None if self.delete_own_attribute(o, m.name) => Ok(()),
                    None => Err(self.attribute_error(obj, &m.name.lossy(), &m.name.lossy())),
                }
            }
        }
    }

    /// `attr.__set__(obj, v)` or `attr.__delete__(obj)`. May run script code.
    fn descriptor_set(&mut self, attr: Value, obj: Value, v: Option<Value>) -> Result<()> {
        let kind = self.class_of(attr);
        let is_own = kind.has_flag(IS_SCRIPT) && {
            let hook = if v.is_some() { Dunder::Set } else { Dunder::Delete };
            self.special(kind, hook).is_some_and(|f| f.as_gc::<Builtin>().is_none())
        };
        if let Some(p) = attr.as_gc::<Property>().filter(|_| !is_own) {
            return self.property_set(p, obj, v);
        }
        if let Some(m) = attr.as_gc::<Member>() {
            return self.member_set(m, obj, v);
        }
        match v {
            Some(v) => match self.special(kind, Dunder::Set) {
                Some(f) => self.call_method_value(f, attr, &[obj, v]).map(drop),
                None => Err(self.attribute_error(obj, "__set__", "__set__")),
            },
            None => match self.special(kind, Dunder::Delete) {
                Some(f) => self.call_method_value(f, attr, &[obj]).map(drop),
                None => Err(self.attribute_error(obj, "__delete__", "__delete__")),
            },
        }
    }

    /// `cls.name = v`, `del cls.name`. May run script code (metaclass descriptors).
    pub fn set_type_attr(&mut self, t: Gc<Type>, name: Gc<Str>, v: Option<Value>) -> Result<()> {
        if !t.has_flag(IS_SCRIPT) {
            let text = format!("cannot set '{}' attribute of immutable type '{}'", name.lossy(), t.name_text());
            return Err(self.type_error(text));
        }
        let meta = self.class_of(t.value());
        if let Some(attr) = self.lookup(meta, name) {
            if self.is_data_descriptor(attr) {
                return self.descriptor_set(attr, t.value(), v);
            }
        }
        let dict = t.dict.expect();
        match v {
            Some(v) => self.dict_set_str(dict, name, v),
            None => {
                if self.dict_remove_str(dict, name).is_none() {
                    return Err(self.no_attribute(t.value(), &name.lossy()));
                }
            }
        }
        self.class_changed(t, Some(name));
        Ok(())
    }
}

/// Whether a field is one that CPython reads straight out of the struct: assigning to it has its own message.
fn is_field(m: Gc<Member>) -> bool {
    let name = m.name.lossy();
    match &*m.class.name_text() {
        "complex" => matches!(&*name, "real" | "imag"),
        "range" | "slice" => matches!(&*name, "start" | "stop" | "step"),
        "super" => matches!(&*name, "__thisclass__" | "__self__" | "__self_class__"),
        "code" => name.starts_with("co_") && !matches!(&*name, "co_lnotab" | "co_varnames" | "co_cellvars" | "co_freevars" | "co_code"),
        "frame" => matches!(&*name, "f_trace_lines"),
        "method_descriptor" | "wrapper_descriptor" | "getset_descriptor" | "member_descriptor" => {
            matches!(&*name, "__name__" | "__objclass__")
        }
        "staticmethod" | "classmethod" => matches!(&*name, "__func__" | "__wrapped__"),
        _ => false,
    }
}
