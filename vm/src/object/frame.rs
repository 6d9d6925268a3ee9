//! Frame objects: made when somebody asks (`sys._getframe`, `gi_frame`, tracebacks), not kept by calls.
//!
//! A frame object knows its function, where it was, and the register window that it had. As long as that window is in use
//! by the same function, line and variables are those of now; afterwards those last seen.

use std::cell::Cell;

use crate::heap::mark::Marker;
use crate::interp::frame::FrameInfo;
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
    pub pc: Cell<u32>,
    /// Address of the register window; 0: of a frame that is gone.
    pub window: usize,
    /// The generator whose frame it is.
    pub generator: Ref<Generator>,
    pub locals: Slot,
    pub back: Slot,
    pub trace: Slot,
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
    pub fn function(&self) -> Gc<Function> {
        self.function.expect()
    }

    /// The frame as it runs now, if it does.
    pub fn live(&self, cx: &Cx) -> Option<FrameInfo> {
        if self.window == 0 {
            return None;
        }
        let f = cx.frames().find(|f| f.regs as usize == self.window && f.function == self.function())?;
        self.pc.set(f.pc);
        Some(f)
    }

    /// The source line, of now where it runs.
    pub fn line(&self, cx: &Cx) -> i64 {
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
    pub(crate) fn generator_locals(&mut self, g: Gc<Generator>) -> Value {
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

/// The frame object of a running frame: `sys._getframe(depth)`; `None` where the stack is not that deep.
pub fn frame_object(cx: &mut Cx, depth: usize) -> Option<Value> {
    let f = cx.frames().nth(depth)?;
    let generator = f.generator();
    Some(cx.new_frame(f.function, f.pc, f.regs as usize, generator).value())
}

/// The innermost frame of a greenlet that is parked, from what the hub keeps of it; as it is now.
pub(crate) fn parked_frame(cx: &mut Cx, regs: *mut u64, pc: *const u64) -> Option<Value> {
    let f = crate::interp::frame::walk(regs, pc).next()?;
    Some(cx.new_frame(f.function, f.pc, 0, None).value())
}

/// The object of a frame that an exception passed.
pub fn past_frame(cx: &mut Cx, function: Gc<Function>, pc: u32) -> Value {
    cx.new_frame(function, pc, 0, None).value()
}
