//! Frame objects: made when somebody asks (`sys._getframe`, `gi_frame`, tracebacks), not kept by calls.
//!
//! A frame object knows its function, where it was, and the register window that it had. As long as that window is in use
//! by the same function, line and variables are those of now; afterwards those last seen.

use std::cell::Cell;

use gscript_macros::class;

use crate::heap::mark::Marker;
use crate::interp::frame::FrameInfo;
use crate::object::exception::Traceback;
use crate::object::function::{Cell as Captured, Function};
use crate::object::generator::Generator;
use crate::object::native::{Native, NativeObject};
use crate::object::slot::{Ref, Slot};
use crate::value::{Gc, Value};
use crate::vm::Cx;

/// What a frame object knows.
pub struct Frame {
    function: Ref<Function>,
    /// Word index of the instruction last seen.
    pc: Cell<u32>,
    /// Address of the register window; 0: of a frame that is gone.
    window: usize,
    /// The generator whose frame it is.
    generator: Ref<Generator>,
    locals: Slot,
    back: Slot,
    trace: Slot,
}

impl Native for Frame {
    fn trace(&self, m: &mut Marker<'_>) {
        self.function.trace(m);
        self.generator.trace(m);
        self.locals.trace(m);
        self.back.trace(m);
        self.trace.trace(m);
    }
}

impl Frame {
    fn function(&self) -> Gc<Function> {
        self.function.expect()
    }

    /// The frame as it runs now, if it does.
    fn live(&self, cx: &Cx) -> Option<FrameInfo> {
        if self.window == 0 {
            return None;
        }
        let f = cx.frames().find(|f| f.regs as usize == self.window && f.function == self.function())?;
        self.pc.set(f.pc);
        Some(f)
    }

    fn line(&self, cx: &Cx) -> i64 {
        self.live(cx);
        let code = self.function().code.get();
        code.source.position(self.pc.get()).map_or(code.source.first_line, |p| p.line) as i64
    }
}

impl Cx {
    fn new_frame(&mut self, function: Gc<Function>, pc: u32, window: usize, generator: Option<Gc<Generator>>) -> Gc<NativeObject> {
        let class = self.types.frame;
        let body = Frame {
            function: Ref::new(Some(function)),
            pc: Cell::new(pc),
            window,
            generator: Ref::new(generator),
            locals: Slot::new(None),
            back: Slot::new(None),
            trace: Slot::new(None),
        };
        NativeObject::alloc(self, class, Box::new(body))
    }

    /// The frame object of a running frame: `sys._getframe(depth)`; `None` where the stack is not that deep.
    pub fn frame_object(&mut self, depth: usize) -> Option<Value> {
        let f = self.frames().nth(depth)?;
        Some(self.new_frame(f.function, f.pc, f.regs as usize, None).value())
    }

    /// The frame object that a traceback entry shows.
    pub fn frame_of_traceback(&mut self, t: Gc<Traceback>) -> Value {
        if let Some(f) = t.frame.get() {
            return f;
        }
        let f = self.new_frame(t.function, t.pc, 0, None).value();
        t.frame.set(t, Some(f));
        f
    }

    /// The frame object of a generator that has not ended.
    pub(crate) fn frame_of_generator(&mut self, g: Gc<Generator>) -> Value {
        let code = g.function.code.get();
        let pc = code.pc_index(g.pc.get());
        let running = self.frames().find(|f| f.function == g.function && f.generator() == Some(g));
        match running {
            Some(f) => self.new_frame(f.function, f.pc, f.regs as usize, Some(g)).value(),
            None => self.new_frame(g.function, pc.saturating_sub(1), 0, Some(g)).value(),
        }
    }

    /// The variables of a suspended generator.
    fn generator_locals(&mut self, g: Gc<Generator>) -> Value {
        let dict = self.dict_new();
        let code = g.function.code.get();
        for l in &code.source.locals {
            let v = match g.register(l.register) {
                Some(v) if l.is_cell => v.as_gc::<Captured>().and_then(|c| c.content.get()),
                v => v,
            };
            if let Some(v) = v {
                self.dict_set_str(dict, code.names()[l.name as usize], v);
            }
        }
        self.add_free_variables(dict, g.function);
        dict.value()
    }
}

/// One activation of a function.
#[class("frame", check = frame)]
pub mod frame {
    use super::Frame;
    use crate::object::code::CodeObject;
    use crate::object::dict::Dict;
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
        let back = depth.and_then(|d| cx.frame_object(d + 1)).unwrap_or(Value::NONE);
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
