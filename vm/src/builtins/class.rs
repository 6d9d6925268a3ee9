//! Classes: `__build_class__`, `type(name, bases, dict)`, subscripted classes and unions.

use crate::heap::header::{HAS_ATTRIBUTES, Kind};
use crate::object::class::{self, HAS_ATTRIBUTE_WORD, HAS_DICT, HAS_WEAKREF, IS_ABSTRACT, IS_FINAL, IS_SCRIPT, Type};
use crate::object::dict::Dict;
use crate::object::dunder::Dunder;
use crate::object::function::{Builtin, Cell, Function, Keywords, MemberDef, MethodWrapper};
use crate::object::list::List;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// `cls[key]`: `__class_getitem__`.
    pub(crate) fn class_get_item(&mut self, t: Gc<Type>, key: Value) -> Result<Value> {
        if t == self.types.type_ {
            return Ok(self.generic_alias(t.value(), key));
        }
        let name = self.dunder_names[Dunder::ClassGetItem as usize];
        match self.try_attr(t.value(), name)? {
            Some(f) => self.call(f, &[key]),
            None => {
                let builtin = [self.types.list, self.types.tuple, self.types.dict, self.types.set, self.types.frozenset, self.types.enumerate];
                if builtin.iter().any(|b| t.is_subclass(*b)) {
                    return Ok(self.generic_alias(t.value(), key));
                }
                let text = format!("type '{}' is not subscriptable", t.name_text());
                Err(self.type_error(text))
            }
        }
    }

    /// `__build_class__(body, name, *bases, metaclass=None, **keywords)`.
    pub fn build_class(&mut self, args: &[Value], keywords: Keywords) -> Result<Value> {
        let keyword_count = keywords.map_or(0, |k| k.len());
        let positional = &args[..args.len() - keyword_count];
        let (Some(body), Some(name)) = (positional.first().and_then(|b| b.as_gc::<Function>()), positional.get(1)) else {
            return Err(self.type_error("__build_class__: not enough arguments"));
        };
        let Some(name) = name.as_str_object() else {
            return Err(self.type_error("__build_class__: name is not a string"));
        };
        let original = self.tuple(&positional[2..]);
        let bases = self.resolve_bases(original)?;
        // The keyword arguments but `metaclass`.
        let kwargs = self.dict_new();
        let mut meta: Option<Value> = None;
        if let Some(names) = keywords {
            for (i, n) in names.items().iter().enumerate() {
                let v = args[positional.len() + i];
                let Some(n) = n.as_str_object() else { continue };
                if n.bytes() == b"metaclass" { meta = Some(v) } else { self.dict_set_str(kwargs, n, v) }
            }
        }
        let mut meta = match meta {
            Some(m) => m,
            None => match bases.items().first() {
                Some(&b) => self.class_of(b).value(),
                None => self.types.type_.value(),
            },
        };
        if let Some(m) = meta.as_gc::<Type>() {
            meta = self.calculate_metaclass(m, bases)?.value();
        }
        let bases_and_name = [name.value(), bases.value()];
        let prepare = self.dunder_names[Dunder::Prepare as usize];
        let space = if meta == self.types.type_.value() {
            self.dict_new().value()
        } else {
            match self.try_attr(meta, prepare)? {
                Some(p) => {
                    let positional = self.tuple(&bases_and_name);
                    let space = self.call_with_dict(p, positional, Some(kwargs))?;
                    if space.as_gc::<Dict>().is_none() && !self.has_item_access(space) {
                        let text = match meta.as_gc::<Type>() {
                            Some(m) => format!("{}.__prepare__() must return a mapping, not {}", m.name_text(), self.type_name(space)),
                            None => format!("<metaclass>.__prepare__() must return a mapping, not {}", self.type_name(space)),
                        };
                        return Err(self.type_error(text));
                    }
                    space
                }
                None => self.dict_new().value(),
            }
        };
        let cell = self.run_with_namespace(body, space)?;
        // `type.__new__` fills the cell, if the metaclass hands the namespace on to it.
        if cell.as_gc::<Cell>().is_some() {
            let key = self.common.classcell.value();
            self.set_item(space, key, cell)?;
        }
        if original != bases {
            let key = self.common.orig_bases.value();
            self.set_item(space, key, original.value())?;
        }
        if space.as_gc::<Dict>().is_some() {
            self.class_attribute_hint = body.code.get().source.self_attribute_count;
        }
        let positional = self.tuple(&[name.value(), bases.value(), space]);
        let class = self.call_with_dict(meta, positional, Some(kwargs));
        self.class_attribute_hint = 0;
        let class = class?;
        if let (Some(c), Some(t)) = (cell.as_gc::<Cell>(), class.as_gc::<Type>()) {
            match c.content.get() {
                None => {
                    let text = format!(
                        "__class__ not set defining '{}' as {}. Was __classcell__ propagated to type.__new__?",
                        name.lossy(),
                        self.repr(t.value())?.lossy()
                    );
                    return Err(self.runtime_error(text));
                }
                Some(v) if v != class => {
                    let text = format!("__class__ set to {} defining '{}' as {}", self.repr(v)?.lossy(), name.lossy(), self.repr(class)?.lossy());
                    return Err(self.type_error(text));
                }
                Some(_) => {}
            }
        }
        Ok(class)
    }

    fn has_item_access(&mut self, v: Value) -> bool {
        let class = self.class_of(v);
        self.special(class, Dunder::GetItem).is_some()
    }

    /// PEP 560: bases that are no classes give their replacements.
    fn resolve_bases(&mut self, bases: Gc<Tuple>) -> Result<Gc<Tuple>> {
        if bases.items().iter().all(|b| b.as_gc::<Type>().is_some()) {
            return Ok(bases);
        }
        let out = self.list_new();
        for &b in bases.items() {
            if b.as_gc::<Type>().is_some() {
                self.list_push(out, b);
                continue;
            }
            match self.try_attr_text(b, "__mro_entries__")? {
                Some(f) => {
                    let r = self.call(f, &[bases.value()])?;
                    let Some(t) = r.as_gc::<Tuple>() else {
                        return Err(self.type_error("__mro_entries__ must return a tuple"));
                    };
                    for &x in t.items() {
                        self.list_push(out, x);
                    }
                }
                None => self.list_push(out, b),
            }
        }
        Ok(self.list_to_tuple(out))
    }

    /// The metaclass that is a subclass of those of all bases.
    pub(crate) fn calculate_metaclass(&mut self, meta: Gc<Type>, bases: Gc<Tuple>) -> Result<Gc<Type>> {
        let mut winner = meta;
        for &b in bases.items() {
            let m = self.class_of(b);
            if winner.is_subclass(m) {
                continue;
            }
            if m.is_subclass(winner) {
                winner = m;
                continue;
            }
            return Err(
                self.type_error("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
            );
        }
        Ok(winner)
    }

    /// `type.__new__(meta, name, bases, namespace, **keywords)`.
    pub fn type_new(&mut self, meta: Gc<Type>, name: Gc<Str>, bases: Gc<Tuple>, space: Gc<Dict>, kwargs: Option<Gc<Dict>>) -> Result<Value> {
        let hint = std::mem::take(&mut self.class_attribute_hint);
        if name.bytes().contains(&0) {
            return Err(self.value_error("type name must not contain null characters"));
        }
        let bases = if bases.is_empty() {
            let object = self.types.object.value();
            self.tuple(&[object])
        } else {
            bases
        };
        let meta = self.calculate_metaclass(meta, bases)?;
        let base = self.best_base(bases)?;
        let dict = self.dict_copy(space);
        let slots_key = self.common.slots;
        let slots = self.dict_get_str(dict, slots_key);
        let mut flags = IS_SCRIPT
            | base.flags.get()
                & (class::IS_EXCEPTION
                    | class::IS_SEQUENCE
                    | class::IS_MAPPING
                    | class::IS_METACLASS
                    | class::MATCH_SELF
                    | HAS_ATTRIBUTE_WORD
                    | HAS_DICT
                    | HAS_WEAKREF);
        for &b in bases.items() {
            if let Some(b) = b.as_gc::<Type>() {
                flags |= b.flags.get() & (HAS_DICT | class::IS_SEQUENCE | class::IS_MAPPING | class::SWAPS_ATTRIBUTES);
            }
        }
        let slot_names = match slots {
            Some(s) => Some(self.slot_names(name, s, base)?),
            None => {
                flags |= HAS_DICT;
                None
            }
        };
        if slot_names.is_some_and(|l| self.list_has_text(l, "__dict__")) {
            flags |= HAS_DICT;
        }
        // CPython leaves weak references out where instances vary in size.
        let varies = matches!(base.kind.get(), Kind::BigInt | Kind::Tuple | Kind::Bytes);
        if !varies && slot_names.is_none_or(|l| self.list_has_text(l, "__weakref__")) {
            flags |= HAS_WEAKREF;
        }
        let adds_dict = flags & HAS_DICT != 0 && !has_dict(base) && base.kind.get() != Kind::Type && base.kind.get() != Kind::Module;
        let adds_weakref = flags & HAS_WEAKREF != 0 && !base.has_flag(HAS_WEAKREF);
        if let Some(l) = slot_names {
            self.check_slots(l, dict, adds_dict, adds_weakref)?;
        }
        if base.kind.get() != Kind::Instance
            && (flags & HAS_DICT != 0 || slot_names.is_some_and(|l| !l.is_empty()))
            && base.kind.get() != Kind::Type
            && base.kind.get() != Kind::Module
        {
            flags |= HAS_ATTRIBUTE_WORD;
        }
        if base.kind.get() == Kind::Module {
            flags |= HAS_DICT;
        }
        let interned = self.intern_str(name);
        let t = self.alloc_type(meta, interned, base.kind.get(), flags);
        t.base.set(t, Some(base));
        t.bases.set(t, Some(bases));
        t.dict.set(t, Some(dict));
        t.native_new.set(base.native_new.get());
        let inline = if base.kind.get() == Kind::Instance {
            (base.inline_slots.get() as usize + hint as usize + slot_names.map_or(0, |l| l.len())).min(crate::object::instance::MAX_INLINE) as u16
        } else {
            0
        };
        let inline = if base.kind.get() == Kind::Instance && flags & HAS_DICT != 0 && inline == 0 { 2 } else { inline };
        t.inline_slots.set(inline);
        let shape = self.shapes.add_root(t, base.kind.get(), inline);
        t.instance_shape.set(shape);
        let q = self.common.qualname;
        if let Some(v) = self.dict_remove_str(dict, q) {
            match v.as_str_object() {
                Some(s) => t.qualname.set(t, Some(s)),
                None => {
                    let text = format!("type __qualname__ must be a str, not {}", self.type_name(v));
                    return Err(self.type_error(text));
                }
            }
        }
        // Functions of these names are static or class methods without decorator.
        for (d, is_class) in [(Dunder::New, false), (Dunder::InitSubclass, true), (Dunder::ClassGetItem, true)] {
            let n = self.dunder_names[d as usize];
            if let Some(f) = self.dict_get_str(dict, n).filter(|f| f.as_gc::<Function>().is_some()) {
                let w = self.method_wrapper(f, is_class).value();
                self.dict_set_str(dict, n, w);
            }
        }
        // __eq__ without __hash__ makes instances unhashable.
        let (eq, hash) = (self.dunder_names[Dunder::Eq as usize], self.dunder_names[Dunder::Hash as usize]);
        if self.dict_get_str(dict, eq).is_some() && self.dict_get_str(dict, hash).is_none() {
            self.dict_set_str(dict, hash, Value::NONE);
        }
        let m = self.common.module;
        if self.dict_get_str(dict, m).is_none() {
            let n = self.common.name;
            if let Some(f) = self.frames().next() {
                if let Some(v) = self.dict_get_str(f.function.globals, n) {
                    self.dict_set_str(dict, m, v);
                }
            }
        }
        for (is_added, def) in [(adds_dict, &INSTANCE_DICT), (adds_weakref, &INSTANCE_WEAKREF)] {
            if is_added {
                let n = self.intern(def.name);
                let member = self.member(t, n, Some(def)).value();
                self.dict_set_str(dict, n, member);
            }
        }
        let d = self.common.doc;
        if self.dict_get_str(dict, d).is_none() {
            self.dict_set_str(dict, d, Value::NONE);
        }
        if let Some(l) = slot_names {
            for i in 0..l.len() {
                let Some(n) = self.list_get(l, i).as_str_object() else {
                    continue;
                };
                if n.bytes() == b"__dict__" || n.bytes() == b"__weakref__" {
                    continue;
                }
                let n = self.intern_str(n);
                let member = self.member(t, n, None).value();
                self.dict_set_str(dict, n, member);
            }
            let names = self.list_to_tuple(l).value();
            t.slot_names.set(t, Some(names));
        }
        let cell_key = self.common.classcell;
        let cell = self.dict_remove_str(dict, cell_key);
        // The order: by the metaclass's mro() where it overrides it.
        self.set_mro(t)?;
        for &b in bases.items() {
            if let Some(b) = b.as_gc::<Type>() {
                b.add_subclass(t);
            }
        }
        if let Some(c) = cell.and_then(|c| c.as_gc::<Cell>()) {
            c.content.set(c, Some(t.value()));
        }
        if self.lookup_in_bases(t, "__abstractmethods__").is_some() {
            let key = self.common.abstractmethods;
            let own = self.dict_get_str(dict, key);
            if own.is_some_and(|v| self.native_len(v) != Some(0)) {
                t.set_flag(IS_ABSTRACT);
            }
        }
        self.call_set_names(t)?;
        self.call_init_subclass(t, kwargs)?;
        Ok(t.value())
    }

    fn lookup_in_bases(&mut self, t: Gc<Type>, name: &str) -> Option<Value> {
        let name = self.intern(name);
        self.lookup(t, name)
    }

    fn list_has_text(&mut self, l: Gc<List>, text: &str) -> bool {
        (0..l.len()).any(|i| self.list_get(l, i).as_str_object().is_some_and(|s| s.bytes() == text.as_bytes()))
    }

    /// The names of `__slots__`, mangled.
    fn slot_names(&mut self, class: Gc<Str>, slots: Value, base: Gc<Type>) -> Result<Gc<List>> {
        let names = if slots.as_str_object().is_some() { self.tuple(&[slots]) } else { self.tuple_from_iterable(slots)? };
        let out = self.list_new();
        if matches!(base.kind.get(), Kind::BigInt | Kind::Bytes | Kind::Tuple | Kind::Type) && !names.is_empty() && !base.has_flag(class::IS_SCRIPT) {
            let real = names.items().iter().any(|n| n.as_str_object().is_none_or(|s| s.bytes() != b"__dict__"));
            if real {
                let text = format!("nonempty __slots__ not supported for subtype of '{}'", base.name_text());
                return Err(self.type_error(text));
            }
        }
        for &n in names.items() {
            let Some(s) = n.as_str_object() else {
                let text = format!("__slots__ items must be strings, not '{}'", self.type_name(n));
                return Err(self.type_error(text));
            };
            let text = s.lossy().into_owned();
            let mut chars = text.chars();
            let is_name = chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.all(|c| c == '_' || c.is_alphanumeric());
            if !is_name {
                return Err(self.type_error("__slots__ must be identifiers"));
            }
            let mangled = if text.starts_with("__") && !text.ends_with("__") {
                let class = class.lossy().into_owned();
                let class = class.trim_start_matches('_');
                if class.is_empty() { text } else { format!("_{class}{text}") }
            } else {
                text
            };
            let v = self.intern(&mangled).value();
            self.list_push(out, v);
        }
        Ok(out)
    }

    /// Errors of `__slots__` besides the names themselves.
    fn check_slots(&mut self, slots: Gc<List>, dict: Gc<Dict>, adds_dict: bool, adds_weakref: bool) -> Result<()> {
        let (mut dicts, mut weakrefs) = (adds_dict as usize, adds_weakref as usize);
        for i in 0..slots.len() {
            let Some(n) = self.list_get(slots, i).as_str_object() else {
                continue;
            };
            match n.bytes() {
                b"__dict__" if dicts == 0 => {
                    return Err(self.type_error("__dict__ slot disallowed: we already got one"));
                }
                b"__dict__" => dicts -= 1,
                b"__weakref__" if weakrefs == 0 => return Err(self.type_error("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0")),
                b"__weakref__" => weakrefs -= 1,
                b"__qualname__" | b"__classcell__" => {}
                _ if self.dict_get_str(dict, n).is_some() => {
                    let text = format!("{} in __slots__ conflicts with class variable", self.repr(n.value())?.lossy());
                    return Err(self.value_error(text));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The base whose layout the instances get: CPython's `best_base`.
    pub(crate) fn best_base(&mut self, bases: Gc<Tuple>) -> Result<Gc<Type>> {
        let mut best: Option<(Gc<Type>, Gc<Type>)> = None;
        for &b in bases.items() {
            let Some(b) = b.as_gc::<Type>() else {
                return Err(self.type_error("bases must be types"));
            };
            if b.has_flag(IS_FINAL) {
                let text = format!("type '{}' is not an acceptable base type", self.class_display_name(b));
                return Err(self.type_error(text));
            }
            let solid = solid_base(b);
            match best {
                None => best = Some((b, solid)),
                Some((_, winner)) if winner.is_subclass(solid) => {}
                Some((_, winner)) if solid.is_subclass(winner) => best = Some((b, solid)),
                Some(_) => {
                    return Err(self.type_error("multiple bases have instance lay-out conflict"));
                }
            }
        }
        Ok(best.map_or(self.types.object, |b| b.0))
    }

    /// Works out and sets the method resolution order.
    pub fn set_mro(&mut self, t: Gc<Type>) -> Result<()> {
        let meta = self.class_of(t.value());
        let name = self.intern("mro");
        let custom = self.lookup(meta, name).filter(|f| f.as_gc::<Builtin>().is_none());
        let order = match custom {
            Some(f) => {
                let bare = self.linearize(t)?;
                t.mro.set(t, Some(bare));
                let r = self.call_method_value(f, t.value(), &[])?;
                self.tuple_from_iterable(r)?
            }
            None => self.linearize(t)?,
        };
        t.mro.set(t, Some(order));
        Ok(())
    }

    /// C3 (Python 2.3's method resolution order).
    pub fn linearize(&mut self, t: Gc<Type>) -> Result<Gc<Tuple>> {
        let bases = t.bases.expect();
        let mut lists: Vec<Vec<Value>> = Vec::new();
        for &b in bases.items() {
            let Some(b) = b.as_gc::<Type>() else { continue };
            lists.push(b.mro_items().to_vec());
        }
        lists.push(bases.items().to_vec());
        for (i, b) in bases.items().iter().enumerate() {
            if bases.items()[..i].contains(b) {
                let text = format!("duplicate base class {}", b.as_gc::<Type>().map(|b| b.name_text()).unwrap_or_default());
                return Err(self.type_error(text));
            }
        }
        // The lists hold classes that the bases keep alive.
        let mut out = vec![t.value()];
        loop {
            lists.retain(|l| !l.is_empty());
            if lists.is_empty() {
                break;
            }
            let head = lists.iter().map(|l| l[0]).find(|h| !lists.iter().any(|l| l[1..].contains(h)));
            let Some(head) = head else {
                let mut names: Vec<String> = Vec::new();
                for l in &lists {
                    let n = l[0].as_gc::<Type>().map(|b| b.name_text()).unwrap_or_default();
                    if !names.contains(&n) {
                        names.push(n);
                    }
                }
                return Err(self.type_error(format!("Cannot create a consistent method resolution\norder (MRO) for bases {}", names.join(", "))));
            };
            out.push(head);
            for l in &mut lists {
                if l[0] == head {
                    l.remove(0);
                }
            }
        }
        Ok(self.tuple(&out))
    }

    fn call_set_names(&mut self, t: Gc<Type>) -> Result<()> {
        let dict = self.dict_copy(t.dict.expect());
        let mut at = 0;
        while let Some((k, v)) = dict.next(&mut at) {
            if let Some(p) = v.as_gc::<crate::object::function::Property>() {
                if p.name.get().is_none() {
                    p.name.set(p, Some(k));
                }
                continue;
            }
            if v.as_gc::<Function>().is_some() || !v.is_object() || v.as_gc::<MethodWrapper>().is_some() {
                continue;
            }
            let class = self.class_of(v);
            if let Some(m) = self.special(class, Dunder::SetName) {
                if let Err(r) = self.call_method_value(m, v, &[t.value(), k]) {
                    let e = self.take_pending(r);
                    if !self.is_instance(e, self.types.exception) {
                        return Err(self.reraise(e));
                    }
                    let text = format!("Error calling __set_name__ on '{}' instance {} in '{}'", class.name_text(), self.repr(k)?.lossy(), t.name_text());
                    let r = self.runtime_error(text);
                    let new = self.take_pending(r);
                    if let Some(x) = new.as_gc::<crate::object::exception::Exception>() {
                        x.cause.set(x, Some(e));
                        x.context.set(x, Some(e));
                        x.suppress_context.set(true);
                    }
                    return Err(self.reraise(new));
                }
            }
        }
        Ok(())
    }

    fn call_init_subclass(&mut self, t: Gc<Type>, kwargs: Option<Gc<Dict>>) -> Result<()> {
        let name = self.dunder_names[Dunder::InitSubclass as usize];
        let Some(attr) = self.lookup_after(t, t, name) else {
            return Ok(());
        };
        let f = self.class_descriptor_get(attr, t)?;
        if kwargs.is_none_or(|k| k.is_empty()) && f.as_gc::<crate::object::function::BoundMethod>().is_some_and(|m| m.function.as_gc::<Builtin>().is_some()) {
            return Ok(());
        }
        let none = self.tuple(&[]);
        self.call_with_dict(f, none, kwargs)?;
        Ok(())
    }
}

/// The attributes `__dict__` and `__weakref__` of classes whose instances have them.
static INSTANCE_DICT: MemberDef =
    MemberDef { name: "__dict__", doc: "dictionary for instance variables (if defined)", get: instance_dict, set: Some(set_instance_dict) };
static INSTANCE_WEAKREF: MemberDef =
    MemberDef { name: "__weakref__", doc: "list of weak references to the object (if defined)", get: instance_weakref, set: None };

fn instance_dict(cx: &mut Cx, this: Value) -> Result<Value> {
    match this.as_object().filter(|o| o.has_flag(HAS_ATTRIBUTES)) {
        Some(o) => Ok(cx.attribute_dict(o).value()),
        None => Err(cx.no_attribute(this, "__dict__")),
    }
}

fn set_instance_dict(cx: &mut Cx, this: Value, v: Option<Value>) -> Result<()> {
    let Some(o) = this.as_object().filter(|o| o.has_flag(HAS_ATTRIBUTES)) else {
        return Err(cx.no_attribute(this, "__dict__"));
    };
    match v {
        Some(v) => match v.as_gc::<Dict>() {
            Some(d) => {
                cx.replace_attribute_dict(o, d);
                Ok(())
            }
            None => {
                let text = format!("__dict__ must be set to a dictionary, not a '{}'", cx.type_name(v));
                Err(cx.type_error(text))
            }
        },
        // As if it were made anew at the next use.
        None => {
            let empty = cx.dict_new();
            cx.replace_attribute_dict(o, empty);
            Ok(())
        }
    }
}

/// Weak references are found from their side only.
fn instance_weakref(_: &mut Cx, _: Value) -> Result<Value> {
    Ok(Value::NONE)
}

/// Whether instances of a class have a `__dict__` already.
fn has_dict(t: Gc<Type>) -> bool {
    t.has_flag(HAS_DICT)
}

/// The class that settled the layout of the instances of `t`: one with `__slots__`, or a built-in one.
fn solid_base(t: Gc<Type>) -> Gc<Type> {
    let mut t = t;
    loop {
        let Some(base) = t.base.get() else { return t };
        let is_solid = if t.has_flag(IS_SCRIPT) {
            let own = t.slot_names.get().and_then(|s| s.as_gc::<Tuple>());
            own.is_some_and(|s| s.items().iter().any(|n| n.as_str_object().is_some_and(|n| n.bytes() != b"__dict__" && n.bytes() != b"__weakref__")))
        } else {
            base.kind.get() != t.kind.get() || t.kind.get() == Kind::Native
        };
        if is_solid {
            return t;
        }
        t = base;
    }
}
