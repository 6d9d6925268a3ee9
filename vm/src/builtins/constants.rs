//! The classes of `None`, `Ellipsis` and `NotImplemented`.

use gscript_macros::class;

/// The type of the None singleton.
#[class("NoneType", check = none)]
pub mod none {
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("*args, **kwargs", text = "")]
    fn new(cx: &mut Cx, _class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        super::only(cx, "NoneType", args.is_empty() && kwargs.is_empty(), Value::NONE)
    }

    /// Return repr(self).
    #[method]
    fn __repr__(_this: Value) -> &'static str {
        "None"
    }

    /// True if self else False
    #[method]
    fn __bool__(_this: Value) -> bool {
        false
    }
}

/// The type of the Ellipsis singleton.
#[class("ellipsis", check = ellipsis)]
pub mod ellipsis {
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("*args, **kwargs", text = "")]
    fn new(cx: &mut Cx, _class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        super::only(cx, "EllipsisType", args.is_empty() && kwargs.is_empty(), Value::ELLIPSIS)
    }

    /// Return repr(self).
    #[method]
    fn __repr__(_this: Value) -> &'static str {
        "Ellipsis"
    }

    #[method]
    fn __reduce__(_this: Value) -> &'static str {
        "Ellipsis"
    }
}

/// The type of the NotImplemented singleton.
#[class("NotImplementedType", check = not_implemented)]
pub mod not_implemented {
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("*args, **kwargs", text = "")]
    fn new(cx: &mut Cx, _class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        super::only(cx, "NotImplementedType", args.is_empty() && kwargs.is_empty(), Value::NOT_IMPLEMENTED)
    }

    /// Return repr(self).
    #[method]
    fn __repr__(_this: Value) -> &'static str {
        "NotImplemented"
    }

    #[method]
    fn __reduce__(_this: Value) -> &'static str {
        "NotImplemented"
    }
}

/// The one instance of a class that is called without arguments.
fn only(cx: &mut crate::vm::Cx, name: &str, is_plain: bool, v: crate::value::Value) -> crate::vm::Result<crate::value::Value> {
    if is_plain { Ok(v) } else { Err(cx.type_error(format!("{name} takes no arguments"))) }
}
