//! The class `frame`.

use gscript_macros::class;

#[class("frame")]
pub mod frame {
    use crate::object::frame::{Frame, frame_locals};
    use crate::object::native::NativeObject;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[getter]
    fn f_code(this: &Frame) -> Value {
        this.function.code.get().value()
    }

    #[getter]
    fn f_globals(this: &Frame) -> Value {
        this.function.globals.value()
    }

    #[getter]
    fn f_builtins(cx: &mut Cx, this: &Frame) -> Result<Value> {
        Ok(cx.builtins_of(this.function.globals).value())
    }

    #[getter]
    fn f_locals(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        match crate::object::native::native::<Frame>(this.value()) {
            Some(f) => frame_locals(cx, this, f),
            None => Ok(Value::NONE),
        }
    }

    #[getter]
    fn f_lineno(this: &Frame) -> u32 {
        this.line()
    }

    #[getter]
    fn f_lasti(this: &Frame) -> u32 {
        this.pc * 2
    }

    #[getter]
    fn f_back(this: &Frame) -> Option<Value> {
        this.back.get()
    }

    #[getter]
    fn f_trace(this: &Frame) {
        let _ = this;
    }

    #[method(name = "__repr__", "")]
    fn repr(this: &Frame) -> String {
        let code = this.function.code.get();
        let at = std::ptr::from_ref(this) as usize;
        format!("<frame at {at:#x}, file '{}', line {}, code {}>", code.filename.lossy(), this.line(), code.name.lossy())
    }

    /// Forgets the local variables.
    #[method("")]
    fn clear(this: &Frame) {
        let _ = this;
    }
}
