//! Bound methods, `staticmethod` and `classmethod`.

use gscript_macros::class;

use crate::object::function::MethodWrapper;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Create a bound instance method object.
#[class("method")]
pub mod method {
    use crate::builtins::function::{compare_methods, reduce_as_attribute};
    use crate::object::class::Type;
    use crate::object::function::BoundMethod;
    use crate::operator::Compare;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("function, instance, /")]
    fn new(cx: &mut Cx, _class: Gc<Type>, function: Value, instance: Value) -> Result<Value> {
        if !cx.is_callable(function) {
            return Err(cx.type_error("first argument must be callable"));
        }
        if instance.is_none() {
            return Err(cx.type_error("instance must not be None"));
        }
        Ok(cx.bound_method_of_any(function, instance).value())
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<BoundMethod>) -> Result<Value> {
        let mut name = None;
        for key in ["__qualname__", "__name__"] {
            if name.is_none() {
                name = cx.try_attr_text(this.function, key)?.and_then(|n| n.as_str_object());
            }
        }
        let mut out = b"<bound method ".to_vec();
        match name {
            Some(n) => out.extend_from_slice(n.bytes()),
            None => out.push(b'?'),
        }
        out.extend_from_slice(b" of ");
        cx.push_repr(&mut out, this.this)?;
        out.push(b'>');
        Ok(cx.str_from_bytes(&out).value())
    }

    /// Return self==value.
    #[method("value, /")]
    fn __eq__(cx: &mut Cx, this: Gc<BoundMethod>, value: Value) -> Result<Value> {
        compare_methods(cx, Compare::Eq, this.value(), value)
    }

    /// Return self!=value.
    #[method("value, /")]
    fn __ne__(cx: &mut Cx, this: Gc<BoundMethod>, value: Value) -> Result<Value> {
        compare_methods(cx, Compare::Ne, this.value(), value)
    }

    /// Return hash(self).
    #[method]
    fn __hash__(cx: &mut Cx, this: Gc<BoundMethod>) -> Result<i64> {
        Ok(cx.native_hash(this.value())?.unwrap_or_default())
    }

    /// Return an attribute of instance, which is of type owner.
    #[method("instance, owner=None, /")]
    fn __get__(this: Gc<BoundMethod>, _instance: Value, _owner: Value) -> Gc<BoundMethod> {
        this
    }

    #[method]
    fn __reduce__(cx: &mut Cx, this: Gc<BoundMethod>) -> Result<Value> {
        let name = cx.get_attr_text(this.function, "__name__")?;
        reduce_as_attribute(cx, this.this, name)
    }

    /// the function (or other callable) implementing a method
    #[getter]
    fn __func__(this: Gc<BoundMethod>) -> Value {
        this.function
    }

    #[setter(__func__)]
    fn set_func(cx: &mut Cx, this: Gc<BoundMethod>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__func__"))
    }

    /// the instance to which a method is bound
    #[getter]
    fn __self__(this: Gc<BoundMethod>) -> Value {
        this.this
    }

    #[setter(__self__)]
    fn set_self(cx: &mut Cx, this: Gc<BoundMethod>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__self__"))
    }

    #[getter]
    fn __doc__(cx: &mut Cx, this: Gc<BoundMethod>) -> Result<Value> {
        Ok(cx.try_attr_text(this.function, "__doc__")?.unwrap_or(Value::NONE))
    }
}

/// staticmethod(function) -> method
///
/// Convert a function to be a static method.
///
/// A static method does not receive an implicit first argument.
/// To declare a static method, use this idiom:
///
///      class C:
///          @staticmethod
///          def f(arg1, arg2, argN):
///              ...
///
/// It can be called either on the class (e.g. C.f()) or on an instance
/// (e.g. C().f()). Both the class and the instance are ignored, and
/// neither is passed implicitly as the first argument to the method.
#[class("staticmethod")]
pub mod static_method {
    use crate::object::class::Type;
    use crate::object::function::MethodWrapper;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("function, /", style = "unpack")]
    fn new(cx: &mut Cx, class: Gc<Type>, function: Value) -> Value {
        cx.method_wrapper_of(class, function, false).value()
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::wrapper_repr(cx, this, b"<staticmethod(")
    }

    /// Return an attribute of instance, which is of type owner.
    #[method("instance, owner=None, /")]
    fn __get__(this: Gc<MethodWrapper>, _instance: Value, _owner: Value) -> Option<Value> {
        this.function.get()
    }

    #[getter]
    fn __func__(this: Gc<MethodWrapper>) -> Option<Value> {
        this.function.get()
    }

    #[getter]
    fn __wrapped__(this: Gc<MethodWrapper>) -> Option<Value> {
        this.function.get()
    }

    #[getter]
    fn __isabstractmethod__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<bool> {
        super::is_abstract(cx, this.function.get())
    }

    #[getter]
    fn __name__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__name__")
    }

    #[getter]
    fn __qualname__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__qualname__")
    }

    #[getter]
    fn __module__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__module__")
    }

    #[getter]
    fn __doc__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__doc__")
    }

    #[getter]
    fn __annotations__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__annotations__")
    }
}

/// classmethod(function) -> method
///
/// Convert a function to be a class method.
///
/// A class method receives the class as implicit first argument,
/// just like an instance method receives the instance.
/// To declare a class method, use this idiom:
///
///   class C:
///       @classmethod
///       def f(cls, arg1, arg2, argN):
///           ...
///
/// It can be called either on the class (e.g. C.f()) or on an instance
/// (e.g. C().f()).  The instance is ignored except for its class.
/// If a class method is called for a derived class, the derived class
/// object is passed as the implied first argument.
#[class("classmethod")]
pub mod class_method {
    use crate::object::class::Type;
    use crate::object::function::MethodWrapper;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("function, /", style = "unpack")]
    fn new(cx: &mut Cx, class: Gc<Type>, function: Value) -> Value {
        cx.method_wrapper_of(class, function, true).value()
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::wrapper_repr(cx, this, b"<classmethod(")
    }

    /// Return an attribute of instance, which is of type owner.
    #[method("instance, owner=None, /")]
    fn __get__(cx: &mut Cx, this: Gc<MethodWrapper>, instance: Value, owner: Value) -> Result<Value> {
        let owner = if owner.is_none() { cx.class_of(instance).value() } else { owner };
        match owner.as_gc::<Type>() {
            Some(class) => cx.class_method_get(this, class),
            None => Ok(cx.bound_method_of_any(this.function.get().unwrap_or(Value::NONE), owner).value()),
        }
    }

    #[getter]
    fn __func__(this: Gc<MethodWrapper>) -> Option<Value> {
        this.function.get()
    }

    #[getter]
    fn __wrapped__(this: Gc<MethodWrapper>) -> Option<Value> {
        this.function.get()
    }

    #[getter]
    fn __isabstractmethod__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<bool> {
        super::is_abstract(cx, this.function.get())
    }

    #[getter]
    fn __name__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__name__")
    }

    #[getter]
    fn __qualname__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__qualname__")
    }

    #[getter]
    fn __module__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__module__")
    }

    #[getter]
    fn __doc__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__doc__")
    }

    #[getter]
    fn __annotations__(cx: &mut Cx, this: Gc<MethodWrapper>) -> Result<Value> {
        super::of_function(cx, this, "__annotations__")
    }
}

fn wrapper_repr(cx: &mut Cx, w: Gc<MethodWrapper>, start: &[u8]) -> Result<Value> {
    cx.check_stack()?;
    let mut out = start.to_vec();
    cx.push_repr(&mut out, w.function.get().unwrap_or(Value::NONE))?;
    out.extend_from_slice(b")>");
    Ok(cx.str_from_bytes(&out).value())
}

/// An attribute that the wrapper has from its function, as if copied.
fn of_function(cx: &mut Cx, w: Gc<MethodWrapper>, name: &str) -> Result<Value> {
    match cx.try_attr_text(w.function.get().unwrap_or(Value::NONE), name)? {
        Some(v) => Ok(v),
        None => Err(cx.no_attribute(w.value(), name)),
    }
}

/// Whether a function is marked as abstract. May run script code.
pub(crate) fn is_abstract(cx: &mut Cx, f: Option<Value>) -> Result<bool> {
    let Some(f) = f else { return Ok(false) };
    match cx.try_attr_text(f, "__isabstractmethod__")? {
        Some(v) => cx.truth(v),
        None => Ok(false),
    }
}
