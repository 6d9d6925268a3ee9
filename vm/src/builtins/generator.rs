//! Generators as objects, and the cells of captured variables.

use gscript_macros::class;

use crate::object::exception::{Exception, Traceback};
use crate::object::generator::Generator;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

#[class("generator")]
pub mod generator {
    use crate::interp::generator::Resumed;
    use crate::object::code::CodeObject;
    use crate::object::generator::{Generator, GeneratorState};
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<Generator>) -> String {
        let name = match this.qualname.get().and_then(|q| q.as_str_object()) {
            Some(q) => q.lossy().into_owned(),
            None => cx.function_qualname(this.function),
        };
        format!("<generator object {name} at {:#x}>", this.address())
    }

    /// Implement iter(self).
    #[method]
    fn __iter__(this: Gc<Generator>) -> Gc<Generator> {
        this
    }

    /// Implement next(self).
    #[method]
    fn __next__(cx: &mut Cx, this: Gc<Generator>) -> Result<Value> {
        super::send(cx, this, Value::NONE)
    }

    /// send(arg) -> send 'arg' into generator,
    /// return next yielded value or raise StopIteration.
    #[method("arg, /")]
    fn send(cx: &mut Cx, this: Gc<Generator>, arg: Value) -> Result<Value> {
        super::send(cx, this, arg)
    }

    /// throw(value)
    /// throw(type[,value[,tb]])
    ///
    /// Raise exception in generator, return next yielded value or raise
    /// StopIteration.
    /// the (type, val, tb) signature is deprecated,
    /// and may be removed in a future version of Python.
    #[method("typ, val=<unrepresentable>, tb=<unrepresentable>, /", style = "unpack")]
    fn throw(cx: &mut Cx, this: Gc<Generator>, typ: Value, val: Option<Value>, tb: Option<Value>) -> Result<Value> {
        let e = super::exception_to_throw(cx, typ, val, tb)?;
        match cx.generator_throw(this, e)? {
            Resumed::Yielded(v) => Ok(v),
            Resumed::Returned(v) => Err(cx.stop_iteration(v)),
        }
    }

    /// close() -> raise GeneratorExit inside generator.
    #[method]
    fn close(cx: &mut Cx, this: Gc<Generator>) -> Result<()> {
        cx.generator_close(this)
    }

    #[getter]
    fn __name__(cx: &mut Cx, this: Gc<Generator>) -> Value {
        match this.name.get() {
            Some(n) => n,
            None => {
                let name = crate::builtins::function::function_name(cx, this.function);
                cx.str(&name).value()
            }
        }
    }

    #[setter(__name__)]
    fn set_name(cx: &mut Cx, this: Gc<Generator>, value: Option<Value>) -> Result<()> {
        if value.and_then(|v| v.as_str_object()).is_none() {
            return Err(cx.type_error("__name__ must be set to a string object"));
        }
        this.name.set(this, value);
        Ok(())
    }

    #[getter]
    fn __qualname__(cx: &mut Cx, this: Gc<Generator>) -> Value {
        match this.qualname.get() {
            Some(n) => n,
            None => {
                let name = cx.function_qualname(this.function);
                cx.str(&name).value()
            }
        }
    }

    #[setter(__qualname__)]
    fn set_qualname(cx: &mut Cx, this: Gc<Generator>, value: Option<Value>) -> Result<()> {
        if value.and_then(|v| v.as_str_object()).is_none() {
            return Err(cx.type_error("__qualname__ must be set to a string object"));
        }
        this.qualname.set(this, value);
        Ok(())
    }

    #[getter]
    fn gi_running(this: Gc<Generator>) -> bool {
        this.state.get() == GeneratorState::Running
    }

    #[getter]
    fn gi_suspended(this: Gc<Generator>) -> bool {
        this.state.get() == GeneratorState::Suspended
    }

    #[getter]
    fn gi_frame(cx: &mut Cx, this: Gc<Generator>) -> Value {
        match this.state.get() {
            GeneratorState::Finished => Value::NONE,
            _ => cx.frame_of_generator(this),
        }
    }

    #[getter]
    fn gi_code(this: Gc<Generator>) -> Gc<CodeObject> {
        this.function.code.get()
    }

    #[setter(gi_code)]
    fn set_code(cx: &mut Cx, this: Gc<Generator>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "gi_code"))
    }

    /// object being iterated by yield from, or None
    #[getter]
    fn gi_yieldfrom(cx: &mut Cx, this: Gc<Generator>) -> Option<Value> {
        cx.generator_yields_from(this)
    }
}

fn send(cx: &mut Cx, g: Gc<Generator>, v: Value) -> Result<Value> {
    use crate::interp::generator::Resumed;
    match cx.generator_send(g, v)? {
        Resumed::Yielded(v) => Ok(v),
        Resumed::Returned(v) => Err(cx.stop_iteration(v)),
    }
}

/// The exception of `throw(type, value, traceback)`. May run script code (its constructor).
pub(crate) fn exception_to_throw(cx: &mut Cx, class: Value, value: Option<Value>, traceback: Option<Value>) -> Result<Value> {
    let value = value.filter(|v| !v.is_none());
    let traceback = traceback.filter(|v| !v.is_none());
    if traceback.is_some_and(|t| t.as_gc::<Traceback>().is_none()) {
        return Err(cx.type_error("throw() third argument must be a traceback object"));
    }
    let e = if let Some(t) = class.as_gc::<crate::object::class::Type>().filter(|t| t.is_subclass(cx.types.base_exception)) {
        match value {
            Some(v) if cx.is_instance(v, t) => v,
            Some(v) => match v.as_gc::<crate::object::tuple::Tuple>() {
                Some(args) => cx.call(class, args.items())?,
                None => cx.call(class, &[v])?,
            },
            None => cx.call(class, &[])?,
        }
    } else if class.as_gc::<Exception>().is_some() {
        if value.is_some() {
            return Err(cx.type_error("instance exception may not have a separate value"));
        }
        class
    } else {
        let text = format!("exceptions must be classes or instances deriving from BaseException, not {}", cx.type_name(class));
        return Err(cx.type_error(text));
    };
    if let (Some(e), Some(_)) = (e.as_gc::<Exception>(), traceback) {
        e.traceback.set(e, traceback);
    }
    Ok(e)
}
