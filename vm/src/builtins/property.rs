//! `property`, and the descriptors of fields: `getset_descriptor` and `member_descriptor`.

use gscript_macros::class;

use crate::object::class::{IS_SCRIPT, Type};
use crate::object::function::Property;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Property attribute.
///
///   fget
///     function to be used for getting an attribute value
///   fset
///     function to be used for setting an attribute value
///   fdel
///     function to be used for del'ing an attribute
///   doc
///     docstring
///
/// Typical use is to define a managed attribute x:
///
/// class C(object):
///     def getx(self): return self._x
///     def setx(self, value): self._x = value
///     def delx(self): del self._x
///     x = property(getx, setx, delx, "I'm the 'x' property.")
///
/// Decorators make defining new properties or modifying existing ones easy:
///
/// class C(object):
///     @property
///     def x(self):
///         "I am the 'x' property."
///         return self._x
///     @x.setter
///     def x(self, value):
///         self._x = value
///     @x.deleter
///     def x(self):
///         del self._x
#[class("property")]
pub mod property {
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::object::function::Property;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("*args, **kwargs", text = "fget=None, fset=None, fdel=None, doc=None")]
    fn new(cx: &mut Cx, class: Gc<Type>, _args: &[Value], _kwargs: Kwargs<'_>) -> Value {
        cx.property_of(class).value()
    }

    /// Initialize self.  See help(type(self)) for accurate signature.
    #[method("fget=None, fset=None, fdel=None, doc=None")]
    fn __init__(cx: &mut Cx, this: Gc<Property>, fget: Value, fset: Value, fdel: Value, doc: Value) -> Result<()> {
        super::fill(cx, this, fget, fset, fdel, doc)
    }

    /// Descriptor to obtain a copy of the property with a different getter.
    #[method("fget, /")]
    fn getter(cx: &mut Cx, this: Gc<Property>, fget: Value) -> Result<Value> {
        super::copy(cx, this, Some(fget), None, None)
    }

    /// Descriptor to obtain a copy of the property with a different setter.
    #[method("fset, /")]
    fn setter(cx: &mut Cx, this: Gc<Property>, fset: Value) -> Result<Value> {
        super::copy(cx, this, None, Some(fset), None)
    }

    /// Descriptor to obtain a copy of the property with a different deleter.
    #[method("fdel, /")]
    fn deleter(cx: &mut Cx, this: Gc<Property>, fdel: Value) -> Result<Value> {
        super::copy(cx, this, None, None, Some(fdel))
    }

    /// Method to set name of a property.
    #[method("owner, name, /", style = "python")]
    fn __set_name__(this: Gc<Property>, _owner: Value, name: Value) {
        this.name.set(this, Some(name));
    }

    /// Return an attribute of instance, which is of type owner.
    #[method("instance, owner=None, /")]
    fn __get__(cx: &mut Cx, this: Gc<Property>, instance: Value, _owner: Value) -> Result<Value> {
        if instance.is_none() {
            return Ok(this.value());
        }
        cx.property_get(this, instance)
    }

    /// Set an attribute of instance to value.
    #[method("instance, value, /")]
    fn __set__(cx: &mut Cx, this: Gc<Property>, instance: Value, value: Value) -> Result<()> {
        cx.property_set(this, instance, Some(value))
    }

    /// Delete an attribute of instance.
    #[method("instance, /")]
    fn __delete__(cx: &mut Cx, this: Gc<Property>, instance: Value) -> Result<()> {
        cx.property_set(this, instance, None)
    }

    #[getter]
    fn fget(this: Gc<Property>) -> Option<Value> {
        this.get.get()
    }

    #[setter(fget)]
    fn set_fget(cx: &mut Cx, this: Gc<Property>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "fget"))
    }

    #[getter]
    fn fset(this: Gc<Property>) -> Option<Value> {
        this.set.get()
    }

    #[setter(fset)]
    fn set_fset(cx: &mut Cx, this: Gc<Property>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "fset"))
    }

    #[getter]
    fn fdel(this: Gc<Property>) -> Option<Value> {
        this.delete.get()
    }

    #[setter(fdel)]
    fn set_fdel(cx: &mut Cx, this: Gc<Property>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "fdel"))
    }

    #[getter]
    fn __doc__(this: Gc<Property>) -> Option<Value> {
        this.doc.get()
    }

    #[setter(__doc__)]
    fn set_doc(_cx: &mut Cx, this: Gc<Property>, value: Option<Value>) -> Result<()> {
        this.doc.set(this, value);
        Ok(())
    }

    #[getter]
    fn __isabstractmethod__(cx: &mut Cx, this: Gc<Property>) -> Result<bool> {
        for f in [this.get.get(), this.set.get(), this.delete.get()] {
            if crate::builtins::method::is_abstract(cx, f)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Attributes of built-in classes that are computed.
#[class("getset_descriptor")]
pub mod getset_descriptor {
    use crate::object::function::Member;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    /// Return repr(self).
    #[method]
    fn __repr__(this: Gc<Member>) -> String {
        let what = if this.def.is_some() { "attribute" } else { "member" };
        format!("<{what} '{}' of '{}' objects>", this.name.lossy(), this.class.name_text())
    }

    /// Return an attribute of instance, which is of type owner.
    #[method("instance, owner=None, /")]
    fn __get__(cx: &mut Cx, this: Gc<Member>, instance: Value, owner: Value) -> Result<Value> {
        if !instance.is_none() || owner == cx.types.none.value() {
            return cx.member_get(this, instance);
        }
        if owner.is_none() {
            return Err(cx.type_error("__get__(None, None) is invalid"));
        }
        Ok(this.value())
    }

    /// Set an attribute of instance to value.
    #[method("instance, value, /")]
    fn __set__(cx: &mut Cx, this: Gc<Member>, instance: Value, value: Value) -> Result<()> {
        cx.member_set(this, instance, Some(value))
    }

    /// Delete an attribute of instance.
    #[method("instance, /")]
    fn __delete__(cx: &mut Cx, this: Gc<Member>, instance: Value) -> Result<()> {
        cx.member_set(this, instance, None)
    }

    #[method]
    fn __reduce__(cx: &mut Cx, this: Gc<Member>) -> Result<Value> {
        crate::builtins::function::reduce_as_attribute(cx, this.class.value(), this.name.value())
    }

    #[getter]
    fn __name__(this: Gc<Member>) -> Value {
        this.name.value()
    }

    #[getter]
    fn __qualname__(this: Gc<Member>) -> String {
        format!("{}.{}", this.class.qualname_text(), this.name.lossy())
    }

    #[getter]
    fn __objclass__(this: Gc<Member>) -> Value {
        this.class.value()
    }

    #[getter]
    fn __doc__(cx: &mut Cx, this: Gc<Member>) -> Value {
        match this.def {
            Some(d) if !d.doc.is_empty() => cx.str(d.doc).value(),
            _ => Value::NONE,
        }
    }
}

/// What `property(…)` sets. The docs are the getter's where none are given. May run script code.
fn fill(cx: &mut Cx, p: Gc<Property>, get: Value, set: Value, delete: Value, doc: Value) -> Result<()> {
    let given = |v: Value| if v.is_none() { None } else { Some(v) };
    p.get.set(p, given(get));
    p.set.set(p, given(set));
    p.delete.set(p, given(delete));
    p.doc.set(p, given(doc));
    if doc.is_none() && !get.is_none() {
        if let Some(d) = cx.try_attr_text(get, "__doc__")?.filter(|d| !d.is_none()) {
            let class = cx.class_of(p.value());
            if class == cx.types.property {
                p.doc.set(p, Some(d));
            } else {
                // In subclasses `__doc__` of the class hides the field.
                let name = cx.common.doc;
                cx.set_attr(p.value(), name, d)?;
            }
        }
    }
    Ok(())
}

/// A copy with other functions. May run script code (subclasses).
fn copy(cx: &mut Cx, p: Gc<Property>, get: Option<Value>, set: Option<Value>, delete: Option<Value>) -> Result<Value> {
    let pick = |new: Option<Value>, old: Option<Value>| new.filter(|v| !v.is_none()).or(old).unwrap_or(Value::NONE);
    let (get, set, delete) = (pick(get, p.get.get()), pick(set, p.set.get()), pick(delete, p.delete.get()));
    // Docs that came from the getter come from the new getter.
    let own = p.doc.get().unwrap_or(Value::NONE);
    let from_getter = match p.get.get() {
        Some(g) => cx.try_attr_text(g, "__doc__")? == Some(own),
        None => false,
    };
    let doc = if from_getter { Value::NONE } else { own };
    let class: Gc<Type> = cx.class_of(p.value());
    let new = if class.has_flag(IS_SCRIPT) {
        cx.call(class.value(), &[get, set, delete, doc])?
    } else {
        let new = cx.property_of(class);
        fill(cx, new, get, set, delete, doc)?;
        new.value()
    };
    if let Some(n) = new.as_gc::<Property>() {
        n.name.set(n, p.name.get());
    }
    Ok(new)
}
