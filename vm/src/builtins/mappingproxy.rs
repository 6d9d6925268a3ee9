//! `mappingproxy`: a mapping that cannot be changed through it, such as a class's `__dict__`.

use gscript_macros::class;

use crate::heap::mark::Marker;
use crate::object::native::{Native, NativeObject};
use crate::object::slot::Slot;
use crate::value::Value;
use crate::vm::Cx;

/// A view of a mapping.
pub struct MappingProxy {
    pub mapping: Slot,
}

impl Native for MappingProxy {
    fn trace(&self, m: &mut Marker<'_>) {
        self.mapping.trace(m);
    }
}

impl MappingProxy {
    fn mapping(&self) -> Value {
        self.mapping.get().unwrap_or(Value::NONE)
    }
}

impl Cx {
    /// A read-only view of a mapping.
    pub fn mapping_proxy(&mut self, mapping: Value) -> Value {
        let class = self.types.mappingproxy;
        NativeObject::alloc(self, class, Box::new(MappingProxy { mapping: Slot::new(Some(mapping)) })).value()
    }
}

/// Read-only proxy of a mapping.
#[class("mappingproxy")]
pub mod mappingproxy {
    use super::MappingProxy;
    use crate::object::class::Type;
    use crate::object::dunder::Dunder;
    use crate::object::native::native;
    use crate::operator::{BinaryOp, Compare};
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("mapping")]
    fn new(cx: &mut Cx, _class: Gc<Type>, mapping: Value) -> Result<Value> {
        let class = cx.class_of(mapping);
        let is_mapping = cx.special(class, Dunder::GetItem).is_some()
            && mapping.as_gc::<crate::object::list::List>().is_none()
            && mapping.as_gc::<crate::object::tuple::Tuple>().is_none();
        if !is_mapping {
            let text = format!("mappingproxy() argument must be a mapping, not {}", class.name_text());
            return Err(cx.type_error(text));
        }
        Ok(cx.mapping_proxy(mapping))
    }

    /// Return self[key].
    #[method("key, /")]
    fn __getitem__(cx: &mut Cx, this: &MappingProxy, key: Value) -> Result<Value> {
        cx.get_item(this.mapping(), key)
    }

    /// Return key in self.
    #[method("key, /")]
    fn __contains__(cx: &mut Cx, this: &MappingProxy, key: Value) -> Result<bool> {
        cx.contains(this.mapping(), key)
    }

    /// Return len(self).
    #[method]
    fn __len__(cx: &mut Cx, this: &MappingProxy) -> Result<usize> {
        cx.len(this.mapping())
    }

    /// Implement iter(self).
    #[method]
    fn __iter__(cx: &mut Cx, this: &MappingProxy) -> Result<Value> {
        cx.iter(this.mapping())
    }

    /// D.__reversed__() -> reverse iterator
    #[method]
    fn __reversed__(cx: &mut Cx, this: &MappingProxy) -> Result<Value> {
        cx.call_method(this.mapping(), "__reversed__", &[])
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: &MappingProxy) -> Result<Value> {
        let s = cx.repr(this.mapping())?;
        let mut out = b"mappingproxy(".to_vec();
        out.extend_from_slice(s.bytes());
        out.push(b')');
        Ok(cx.str_from_bytes(&out).value())
    }

    /// Return str(self).
    #[method]
    fn __str__(cx: &mut Cx, this: &MappingProxy) -> Result<Value> {
        Ok(cx.str_value(this.mapping())?.value())
    }

    /// Return hash(self).
    #[method]
    fn __hash__(cx: &mut Cx, this: &MappingProxy) -> Result<i64> {
        cx.hash(this.mapping())
    }

    /// Return self==value.
    #[method("value, /")]
    fn __eq__(cx: &mut Cx, this: &MappingProxy, value: Value) -> Result<Value> {
        cx.compare(Compare::Eq, this.mapping(), value)
    }

    /// Return self!=value.
    #[method("value, /")]
    fn __ne__(cx: &mut Cx, this: &MappingProxy, value: Value) -> Result<Value> {
        cx.compare(Compare::Ne, this.mapping(), value)
    }

    fn inner(v: Value) -> Value {
        native::<MappingProxy>(v).map_or(v, |p| p.mapping())
    }

    /// Return self|value.
    #[method("value, /")]
    fn __or__(cx: &mut Cx, this: &MappingProxy, value: Value) -> Result<Value> {
        cx.binary(BinaryOp::Or, this.mapping(), inner(value))
    }

    /// Return value|self.
    #[method("value, /")]
    fn __ror__(cx: &mut Cx, this: &MappingProxy, value: Value) -> Result<Value> {
        cx.binary(BinaryOp::Or, inner(value), this.mapping())
    }

    /// Return self|=value.
    #[method("value, /")]
    fn __ior__(cx: &mut Cx, _this: &MappingProxy, _value: Value) -> Result<Value> {
        Err(cx.type_error("'|=' is not supported by mappingproxy; use '|' instead"))
    }

    /// Return the value for key if key is in the mapping, else default.
    #[method("key, default=None, /")]
    fn get(cx: &mut Cx, this: &MappingProxy, key: Value, default: Value) -> Result<Value> {
        cx.call_method(this.mapping(), "get", &[key, default])
    }

    /// D.keys() -> a set-like object providing a view on D's keys
    #[method]
    fn keys(cx: &mut Cx, this: &MappingProxy) -> Result<Value> {
        cx.call_method(this.mapping(), "keys", &[])
    }

    /// D.values() -> an object providing a view on D's values
    #[method]
    fn values(cx: &mut Cx, this: &MappingProxy) -> Result<Value> {
        cx.call_method(this.mapping(), "values", &[])
    }

    /// D.items() -> a set-like object providing a view on D's items
    #[method]
    fn items(cx: &mut Cx, this: &MappingProxy) -> Result<Value> {
        cx.call_method(this.mapping(), "items", &[])
    }

    /// D.copy() -> a shallow copy of D
    #[method]
    fn copy(cx: &mut Cx, this: &MappingProxy) -> Result<Value> {
        cx.call_method(this.mapping(), "copy", &[])
    }

    /// See PEP 585
    #[class_method("object, /")]
    fn __class_getitem__(cx: &mut Cx, class: Value, object: Value) -> Value {
        cx.generic_alias(class, object)
    }
}
