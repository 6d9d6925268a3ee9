//! The class `frame`; the object is in `object/frame.rs`.

use gscript_macros::class;

/// One activation of a function.
#[class("frame", check = frame)]
pub mod frame {
    use crate::object::code::CodeObject;
    use crate::object::dict::Dict;
    use crate::object::frame::{Frame, frame_object};
    use crate::object::generator::GeneratorState;
    use crate::object::native::{NativeObject, native};
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    fn body<'a>(this: Gc<NativeObject>) -> &'a Frame {
        native::<Frame>(this.value()).expect("objects of the class have this body")
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<NativeObject>) -> String {
        let f = body(this);
        let code = f.function().code.get();
        let line = f.line(cx);
        format!("<frame at {:#x}, file '{}', line {line}, code {}>", this.address(), code.filename.lossy(), code.name.lossy())
    }

    /// F.clear(): clear most references held by the frame
    #[method]
    fn clear(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        let f = body(this);
        if f.live(cx).is_some() {
            return Err(cx.runtime_error("cannot clear an executing frame"));
        }
        f.locals.set(this, None);
        Ok(())
    }

    #[getter]
    fn f_code(this: Gc<NativeObject>) -> Gc<CodeObject> {
        body(this).function().code.get()
    }

    #[getter]
    fn f_lineno(cx: &mut Cx, this: Gc<NativeObject>) -> i64 {
        body(this).line(cx)
    }

    #[getter]
    fn f_lasti(cx: &mut Cx, this: Gc<NativeObject>) -> i64 {
        let f = body(this);
        f.live(cx);
        f.pc.get() as i64 * 2
    }

    #[getter]
    fn f_globals(this: Gc<NativeObject>) -> Gc<Dict> {
        body(this).function().globals
    }

    #[getter]
    fn f_builtins(cx: &mut Cx, this: Gc<NativeObject>) -> Gc<Dict> {
        cx.builtins_of(body(this).function().globals)
    }

    #[getter]
    fn f_locals(cx: &mut Cx, this: Gc<NativeObject>) -> Value {
        let f = body(this);
        let now = match (f.live(cx), f.generator.get()) {
            (Some(info), _) => Some(cx.frame_locals(info)),
            (None, Some(g)) if g.state.get() != GeneratorState::Running => Some(cx.generator_locals(g)),
            _ => None,
        };
        if let Some(v) = now {
            f.locals.set(this, Some(v));
            return v;
        }
        if let Some(v) = f.locals.get() {
            return v;
        }
        // Of a module the globals are still there.
        let v = if f.function().code.get().is_function_like() { cx.dict_new().value() } else { f.function().globals.value() };
        f.locals.set(this, Some(v));
        v
    }

    #[getter]
    fn f_back(cx: &mut Cx, this: Gc<NativeObject>) -> Value {
        let f = body(this);
        if let Some(v) = f.back.get() {
            return v;
        }
        if f.live(cx).is_none() {
            return Value::NONE;
        }
        let depth = cx.frames().position(|i| i.regs as usize == f.window);
        let back = depth.and_then(|d| frame_object(cx, d + 1)).unwrap_or(Value::NONE);
        f.back.set(this, Some(back));
        back
    }

    #[getter]
    fn f_trace(this: Gc<NativeObject>) -> Option<Value> {
        body(this).trace.get()
    }

    #[setter(f_trace)]
    fn set_trace(_cx: &mut Cx, this: Gc<NativeObject>, value: Option<Value>) -> Result<()> {
        body(this).trace.set(this, value);
        Ok(())
    }

    #[getter]
    fn f_trace_lines(_this: Value) -> bool {
        true
    }

    #[getter]
    fn f_trace_opcodes(_this: Value) -> bool {
        false
    }
}
