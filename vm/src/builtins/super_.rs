//! `super`: attributes of the classes behind one in the method resolution order.

use gscript_macros::class;

use crate::object::class::Type;
use crate::object::function::Cell;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// super() -> same as super(__class__, <first argument>)
/// super(type) -> unbound super object
/// super(type, obj) -> bound super object; requires isinstance(obj, type)
/// super(type, type2) -> bound super object; requires issubclass(type2, type)
/// Typical use to call a cooperative superclass method:
/// class C(B):
///     def meth(self, arg):
///         super().meth(arg)
/// This works for class methods too:
/// class C(B):
///     @classmethod
///     def cmeth(cls, arg):
///         super().cmeth(arg)
#[class("super")]
pub mod super_ {
    use crate::object::class::Type;
    use crate::object::simple::Super;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("type=<unrepresentable>, obj=<unrepresentable>, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, of: Option<Value>, this: Option<Value>) -> Result<Value> {
        let (of, this) = match of {
            Some(of) => match of.as_gc::<Type>() {
                Some(t) => (t, this.filter(|v| !v.is_none())),
                None => {
                    let text = format!("super() argument 1 must be a type, not {}", cx.type_name(of));
                    return Err(cx.type_error(text));
                }
            },
            None => {
                let (t, v) = super::of_calling_frame(cx)?;
                (t, Some(v))
            }
        };
        let start = match this {
            Some(v) => Some(super::start_class(cx, of, v)?),
            None => None,
        };
        Ok(cx.super_of(class, of, this, start).value())
    }

    /// Return repr(self).
    #[method]
    fn __repr__(this: Gc<Super>) -> String {
        let of = this.class.get().map_or("NULL".to_string(), |c| c.name_text());
        match this.start.get() {
            Some(c) => format!("<super: <class '{of}'>, <{} object>>", c.name_text()),
            None => format!("<super: <class '{of}'>, NULL>"),
        }
    }

    /// Return getattr(self, name).
    #[method("name, /")]
    fn __getattribute__(cx: &mut Cx, this: Gc<Super>, name: Value) -> Result<Value> {
        let name = cx.attribute_name(name)?;
        match cx.find_attr_plain(this.value(), name)? {
            Some(v) => Ok(v),
            None => Err(cx.attribute_missing(this.value(), name)),
        }
    }

    /// Return an attribute of instance, which is of type owner.
    #[method("instance, owner=None, /")]
    fn __get__(cx: &mut Cx, this: Gc<Super>, instance: Value, _owner: Value) -> Result<Value> {
        let Some(of) = this.class.get() else {
            return Ok(this.value());
        };
        if instance.is_none() || this.this.get().is_some() {
            return Ok(this.value());
        }
        let class = cx.class_of(this.value());
        if class != cx.types.super_ {
            return cx.call(class.value(), &[of.value(), instance]);
        }
        let start = super::start_class(cx, of, instance)?;
        Ok(cx.super_of(class, of, Some(instance), Some(start)).value())
    }

    /// the class invoking super()
    #[getter]
    fn __thisclass__(this: Gc<Super>) -> Option<Value> {
        this.class.get().map(|c| c.value())
    }

    /// the instance invoking super(); may be None
    #[getter]
    fn __self__(this: Gc<Super>) -> Option<Value> {
        this.this.get()
    }

    /// the type of the instance invoking super(); may be None
    #[getter]
    fn __self_class__(this: Gc<Super>) -> Option<Value> {
        this.start.get().map(|c| c.value())
    }
}

/// What `super()` without arguments means: the cell `__class__` and the first argument of the calling function.
fn of_calling_frame(cx: &mut Cx) -> Result<(Gc<Type>, Value)> {
    let Some(frame) = cx.frames().next() else {
        return Err(cx.runtime_error("super(): no current frame"));
    };
    let code = frame.function.code.get();
    let source = &code.source;
    if source.arg_count == 0 {
        return Err(cx.runtime_error("super(): no arguments"));
    }
    let name = source.param_names[0];
    // A parameter that an inner function captures has been moved to a cell, in a register of its own or the same.
    let cell = source.locals.iter().find(|l| l.name == name && l.is_cell);
    let this = match cell {
        Some(l) => match frame.register(l.register) {
            Some(v) => match v.as_gc::<Cell>() {
                Some(c) => c.content.get(),
                None => Some(v),
            },
            None => None,
        },
        None => {
            let register = source.locals.iter().find(|l| l.name == name).map_or(0, |l| l.register);
            frame.register(register)
        }
    };
    let Some(this) = this else {
        return Err(cx.runtime_error("super(): arg[0] deleted"));
    };
    let cell = source.class_free.and_then(|i| frame.function.cells().get(i as usize).copied());
    let Some(cell) = cell else {
        return Err(cx.runtime_error("super(): __class__ cell not found"));
    };
    let Some(class) = cell.content.get() else {
        return Err(cx.runtime_error("super(): empty __class__ cell"));
    };
    match class.as_gc::<Type>() {
        Some(t) => Ok((t, this)),
        None => {
            let text = format!("super(): __class__ is not a type ({})", cx.type_name(class));
            Err(cx.runtime_error(text))
        }
    }
}

/// The class in whose order `super(of, this)` searches. May run script code (`__class__`).
fn start_class(cx: &mut Cx, of: Gc<Type>, this: Value) -> Result<Gc<Type>> {
    if let Some(t) = this.as_gc::<Type>().filter(|t| t.is_subclass(of)) {
        return Ok(t);
    }
    let class = cx.class_of(this);
    if class.is_subclass(of) {
        return Ok(class);
    }
    let key = cx.common.class;
    if let Some(c) = cx.try_attr(this, key)?.and_then(|c| c.as_gc::<Type>()) {
        if c != class && c.is_subclass(of) {
            return Ok(c);
        }
    }
    Err(cx.type_error("super(type, obj): obj must be an instance or subtype of type"))
}
