//! The methods of `dict` (Python library reference, "Mapping Types").
//!
//! The table is in `object/dict.rs`. Hashing and comparing keys may run script code, which may change the dict.

use gscript_macros::class;

use crate::convert::Kwargs;
use crate::object::class::Type;
use crate::object::dict::Dict;
use crate::object::set::Set;
use crate::object::simple::{DictPart, DictView};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::operator::Compare;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// `d.update(iterable, **kwargs)`. May run script code.
    fn dict_update_call(&mut self, d: Gc<Dict>, from: Option<Value>, kwargs: Kwargs<'_>) -> Result<()> {
        if let Some(v) = from {
            self.dict_update_any(d, v)?;
        }
        for (name, v) in kwargs {
            self.dict_set(d, name.value(), v)?;
        }
        Ok(())
    }

    /// `class.fromkeys(iterable, value)`. May run script code.
    fn dict_from_keys(&mut self, class: Gc<Type>, iterable: Value, value: Value) -> Result<Value> {
        let new = self.call(class.value(), &[])?;
        let exact = new.as_gc::<Dict>().filter(|_| self.is_exact(new, self.types.dict));
        if let Some(d) = exact.filter(|d| d.is_empty()) {
            if let Some(from) = iterable.as_gc::<Dict>().filter(|_| self.is_exact(iterable, self.types.dict)) {
                self.dict_reserve(d, from.len());
                let mut at = 0;
                while let Some((hash, k, _)) = from.next_hashed(&mut at) {
                    self.dict_set_hashed(d, k, hash, value)?;
                }
                return Ok(new);
            }
            if let Some(from) = iterable.as_gc::<Set>() {
                self.dict_reserve(d, from.len());
                let mut at = 0;
                while let Some((hash, k)) = from.next_hashed(&mut at) {
                    self.dict_set_hashed(d, k, hash, value)?;
                }
                return Ok(new);
            }
        }
        let it = self.iter(iterable)?;
        while let Some(k) = self.next(it)? {
            match exact {
                Some(d) => self.dict_set(d, k, value)?,
                None => self.set_item(new, k, value)?,
            }
        }
        Ok(new)
    }

    /// All keys, values or items of a dict as a list. No script code runs.
    pub fn dict_part_list(&mut self, d: Gc<Dict>, part: DictPart) -> Gc<crate::object::list::List> {
        let out = self.list_with_capacity(d.len());
        let mut at = 0;
        while let Some((k, v)) = d.next(&mut at) {
            let x = match part {
                DictPart::Keys => k,
                DictPart::Values => v,
                DictPart::Items => self.tuple(&[k, v]).value(),
            };
            self.list_push(out, x);
        }
        out
    }
}

/// dict() -> new empty dictionary
/// dict(mapping) -> new dictionary initialized from a mapping object's
///     (key, value) pairs
/// dict(iterable) -> new dictionary initialized as if via:
///     d = {}
///     for k, v in iterable:
///         d[k] = v
/// dict(**kwargs) -> new dictionary initialized with the name=value pairs
///     in the keyword argument list.  For example:  dict(one=1, two=2)
#[class("dict")]
pub mod dict {
    use super::*;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, _args: &[Value], _kwargs: Kwargs<'_>) -> Gc<Dict> {
        cx.dict_of(class)
    }

    #[method("iterable=<none>, /, **kwargs", name = "__init__", style = "unpack")]
    fn init(cx: &mut Cx, this: Gc<Dict>, iterable: Option<Value>, kwargs: Kwargs<'_>) -> Result<()> {
        cx.dict_update_call(this, iterable, kwargs)
    }

    /// D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.
    /// If E is present and has a .keys() method, then does:  for k in E: D[k] = E[k]
    /// If E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v
    /// In either case, this is followed by: for k in F:  D[k] = F[k]
    #[method("iterable=<none>, /, **kwargs", style = "unpack")]
    fn update(cx: &mut Cx, this: Gc<Dict>, iterable: Option<Value>, kwargs: Kwargs<'_>) -> Result<()> {
        cx.dict_update_call(this, iterable, kwargs)
    }

    /// Create a new dictionary with keys from iterable and values set to value.
    #[class_method("iterable, value=None, /")]
    fn fromkeys(cx: &mut Cx, class: Gc<Type>, iterable: Value, value: Option<Value>) -> Result<Value> {
        cx.dict_from_keys(class, iterable, value.unwrap_or(Value::NONE))
    }

    /// Return the value for key if key is in the dictionary, else default.
    #[method("key, default=None, /")]
    fn get(cx: &mut Cx, this: Gc<Dict>, key: Value, default: Option<Value>) -> Result<Value> {
        Ok(cx.dict_get(this, key)?.or(default).unwrap_or(Value::NONE))
    }

    /// Insert key with a value of default if key is not in the dictionary.
    ///
    /// Return the value for key if key is in the dictionary, else default.
    #[method("key, default=None, /")]
    fn setdefault(cx: &mut Cx, this: Gc<Dict>, key: Value, default: Option<Value>) -> Result<Value> {
        let hash = cx.hash(key)?;
        if let Some(i) = cx.dict_find(this, key, hash)? {
            return Ok(this.entry_value(i));
        }
        let v = default.unwrap_or(Value::NONE);
        cx.dict_add(this, hash, key, v);
        Ok(v)
    }

    /// D.pop(k[,d]) -> v, remove specified key and return the corresponding value.
    ///
    /// If the key is not found, return the default if given; otherwise,
    /// raise a KeyError.
    #[method("key, default=<unrepresentable>, /")]
    fn pop(cx: &mut Cx, this: Gc<Dict>, key: Value, default: Option<Value>) -> Result<Value> {
        // An empty dict does not even hash the key.
        let found = if this.is_empty() { None } else { cx.dict_remove(this, key)? };
        match found.or(default) {
            Some(v) => Ok(v),
            None => Err(cx.key_error(key)),
        }
    }

    /// Remove and return a (key, value) pair as a 2-tuple.
    ///
    /// Pairs are returned in LIFO (last-in, first-out) order.
    /// Raises KeyError if the dict is empty.
    #[method("")]
    fn popitem(cx: &mut Cx, this: Gc<Dict>) -> Result<Gc<Tuple>> {
        match this.pop_last() {
            Some((k, v)) => Ok(cx.tuple(&[k, v])),
            None => {
                let text = cx.str("popitem(): dictionary is empty").value();
                Err(cx.key_error(text))
            }
        }
    }

    /// D.clear() -> None.  Remove all items from D.
    #[method("")]
    fn clear(this: Gc<Dict>) {
        this.clear();
    }

    /// D.copy() -> a shallow copy of D
    #[method("")]
    fn copy(cx: &mut Cx, this: Gc<Dict>) -> Gc<Dict> {
        cx.dict_copy(this)
    }

    /// D.keys() -> a set-like object providing a view on D's keys
    #[method("")]
    fn keys(cx: &mut Cx, this: Gc<Dict>) -> Gc<DictView> {
        cx.dict_view(this, DictPart::Keys)
    }

    /// D.values() -> an object providing a view on D's values
    #[method("")]
    fn values(cx: &mut Cx, this: Gc<Dict>) -> Gc<DictView> {
        cx.dict_view(this, DictPart::Values)
    }

    /// D.items() -> a set-like object providing a view on D's items
    #[method("")]
    fn items(cx: &mut Cx, this: Gc<Dict>) -> Gc<DictView> {
        cx.dict_view(this, DictPart::Items)
    }

    #[method(name = "__len__", "")]
    fn len_(this: Gc<Dict>) -> usize {
        this.len()
    }

    /// x.__getitem__(y) <==> x[y]
    #[method(name = "__getitem__", "key, /")]
    fn get_item(cx: &mut Cx, this: Gc<Dict>, key: Value) -> Result<Value> {
        Ok(cx.native_get_item(this.value(), key)?.unwrap_or(Value::NONE))
    }

    #[method(name = "__setitem__", "key, value, /")]
    fn set_item(cx: &mut Cx, this: Gc<Dict>, key: Value, value: Value) -> Result<()> {
        cx.dict_set(this, key, value)
    }

    #[method(name = "__delitem__", "key, /")]
    fn del_item(cx: &mut Cx, this: Gc<Dict>, key: Value) -> Result<()> {
        cx.native_set_item(this.value(), key, None).map(drop)
    }

    /// True if the dictionary has the specified key, else False.
    #[method(name = "__contains__", "key, /")]
    fn contains(cx: &mut Cx, this: Gc<Dict>, key: Value) -> Result<bool> {
        let hash = cx.hash(key)?;
        Ok(cx.dict_find(this, key, hash)?.is_some())
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<Dict>) -> Value {
        cx.dict_iter(this, DictPart::Keys, false).value()
    }

    /// Return a reverse iterator over the dict keys.
    #[method(name = "__reversed__", "")]
    fn reversed(cx: &mut Cx, this: Gc<Dict>) -> Value {
        cx.dict_iter(this, DictPart::Keys, true).value()
    }

    #[method(name = "__or__", "value, /")]
    fn or(cx: &mut Cx, this: Gc<Dict>, value: Value) -> Result<Value> {
        merged(cx, this.value(), value)
    }

    #[method(name = "__ror__", "value, /")]
    fn ror(cx: &mut Cx, this: Gc<Dict>, value: Value) -> Result<Value> {
        merged(cx, value, this.value())
    }

    /// `x | y` of two dicts: a plain dict.
    fn merged(cx: &mut Cx, x: Value, y: Value) -> Result<Value> {
        let (Some(a), Some(_)) = (x.as_gc::<Dict>(), y.as_gc::<Dict>()) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let new = cx.dict_copy(a);
        cx.dict_update_any(new, y)?;
        Ok(new.value())
    }

    #[method(name = "__ior__", "value, /")]
    fn ior(cx: &mut Cx, this: Gc<Dict>, value: Value) -> Result<Value> {
        cx.dict_update_any(this, value)?;
        Ok(this.value())
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<Dict>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Eq, this.value(), value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<Dict>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ne, this.value(), value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(_this: Gc<Dict>, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method(name = "__le__", "value, /")]
    fn le(_this: Gc<Dict>, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(_this: Gc<Dict>, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(_this: Gc<Dict>, _value: Value) -> Value {
        Value::NOT_IMPLEMENTED
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Dict>) -> Result<Gc<Str>> {
        cx.native_repr(this.value())
    }

    #[method(name = "__sizeof__", "")]
    fn sizeof(this: Gc<Dict>) -> usize {
        48 + this.len() * 32
    }

    /// See PEP 585
    #[class_method(name = "__class_getitem__", "item, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, item: Value) -> Value {
        cx.generic_alias(class.value(), item)
    }
}
