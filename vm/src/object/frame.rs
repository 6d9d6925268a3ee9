//! Frame objects: what `sys._getframe()` and tracebacks give. They are made when asked for and describe the frame as it
//! was then; the local variables are read while the frame still runs.
#![allow(unsafe_code)]

use crate::heap::mark::Marker;
use crate::interp::frame::FrameInfo;
use crate::object::dict::Dict;
use crate::object::function::{Cell, Function};
use crate::object::native::{Native, NativeObject};
use crate::object::slot::Slot;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};
use gscript_compiler::code::CodeKind;

/// The body of a frame object.
pub struct Frame {
    pub function: Gc<Function>,
    /// Word index of the instruction.
    pub pc: u32,
    /// Address of the window, to find the frame again.
    window: usize,
    pub back: Slot,
    locals: Slot,
}

impl Native for Frame {
    fn trace(&self, m: &mut Marker<'_>) {
        m.object(self.function);
        self.back.trace(m);
        self.locals.trace(m);
    }
}

impl Frame {
    /// The source line.
    pub fn line(&self) -> u32 {
        let code = self.function.code.get();
        code.source.position(self.pc).map_or(code.source.first_line, |p| p.line)
    }
}

/// The object of the frame `depth` calls out from the running one, with those of its callers.
pub fn frame_object(cx: &mut Cx, depth: usize) -> Option<Value> {
    // The functions are kept by the frames, which run as long as this does.
    let frames: Vec<FrameInfo> = cx.frames().skip(depth).collect();
    let mut back = None;
    for f in frames.iter().rev() {
        back = Some(make(cx, f.function, f.pc, f.regs as usize, back));
    }
    back
}

/// The object of a frame that an exception passed.
pub fn past_frame(cx: &mut Cx, function: Gc<Function>, pc: u32) -> Value {
    make(cx, function, pc, 0, None)
}

fn make(cx: &mut Cx, function: Gc<Function>, pc: u32, window: usize, back: Option<Value>) -> Value {
    let class = cx.types.frame;
    NativeObject::alloc(cx, class, Box::new(Frame { function, pc, window, back: Slot::new(back), locals: Slot::new(None) })).value()
}

/// `f_locals`.
pub fn frame_locals(cx: &mut Cx, this: Gc<NativeObject>, frame: &Frame) -> Result<Value> {
    let code = frame.function.code.get();
    let running = cx.frames().find(|f| f.regs as usize == frame.window && f.function == frame.function);
    if code.source.uses_namespace {
        return Ok(running.and_then(|f| f.register(0)).unwrap_or(frame.function.globals.value()));
    }
    if matches!(code.source.kind, CodeKind::Module | CodeKind::Expression | CodeKind::Interactive) {
        return Ok(frame.function.globals.value());
    }
    let dict = match frame.locals.get().and_then(|d| d.as_gc::<Dict>()) {
        Some(d) => d,
        None => {
            let d = cx.dict_new();
            frame.locals.set(this, Some(d.value()));
            d
        }
    };
    let Some(f) = running else { return Ok(dict.value()) };
    for l in &code.source.locals {
        let name = code.name_at(l.name as u16);
        let v = f.register(l.register);
        let v = if l.is_cell { v.and_then(|v| v.as_gc::<Cell>()).and_then(|c| c.content.get()) } else { v };
        match v {
            Some(v) => cx.dict_set_str(dict, name, v),
            None => {
                cx.dict_remove_str(dict, name);
            }
        }
    }
    for (i, c) in frame.function.cells().iter().enumerate() {
        let Some((name, _)) = code.source.free_vars.get(i) else { break };
        let name = cx.intern(&name.clone());
        if let Some(v) = c.content.get() {
            cx.dict_set_str(dict, name, v);
        }
    }
    Ok(dict.value())
}

impl Cx {
    /// The frame object of a generator that has not ended: where it waits.
    pub(crate) fn frame_of_generator(&mut self, g: Gc<crate::object::generator::Generator>) -> Value {
        let pc = g.function.code.get().pc_index(g.pc.get()).saturating_sub(1);
        past_frame(self, g.function, pc)
    }
}
