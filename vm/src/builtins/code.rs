//! `code`: compiled code as an object.

use gscript_macros::class;

use crate::object::code::CodeObject;
use crate::object::list::List;
use crate::value::{Gc, Value};
use crate::vm::Cx;

/// Code objects are made by `compile`, and each function has one.
#[class("code")]
pub mod code {
    use gscript_compiler::code::CodeKind;

    use crate::object::code::CodeObject;
    use crate::object::str::Str;
    use crate::object::tuple::Tuple;
    use crate::value::{Gc, Value};
    use crate::vm::Cx;

    /// Return repr(self).
    #[method]
    fn __repr__(this: Gc<CodeObject>) -> String {
        let source = &this.source;
        format!("<code object {} at {:#x}, file \"{}\", line {}>", this.name.lossy(), this.address(), this.filename.lossy(), source.first_line)
    }

    #[getter]
    fn co_name(this: Gc<CodeObject>) -> Gc<Str> {
        this.name
    }

    #[getter]
    fn co_qualname(this: Gc<CodeObject>) -> Gc<Str> {
        this.qualname
    }

    #[getter]
    fn co_filename(this: Gc<CodeObject>) -> Gc<Str> {
        this.filename
    }

    #[getter]
    fn co_firstlineno(this: Gc<CodeObject>) -> i64 {
        this.source.first_line as i64
    }

    #[getter]
    fn co_argcount(this: Gc<CodeObject>) -> i64 {
        this.source.arg_count as i64
    }

    #[getter]
    fn co_posonlyargcount(this: Gc<CodeObject>) -> i64 {
        this.source.posonly_count as i64
    }

    #[getter]
    fn co_kwonlyargcount(this: Gc<CodeObject>) -> i64 {
        this.source.kwonly_count as i64
    }

    #[getter]
    fn co_nlocals(cx: &mut Cx, this: Gc<CodeObject>) -> i64 {
        super::variables(cx, this).len() as i64
    }

    #[getter]
    fn co_stacksize(this: Gc<CodeObject>) -> i64 {
        this.source.register_count as i64
    }

    #[getter]
    fn co_flags(this: Gc<CodeObject>) -> i64 {
        let source = &this.source;
        let is_function = this.is_function_like();
        let bit = |is_set: bool, bit: i64| if is_set { bit } else { 0 };
        // OPTIMIZED, NEWLOCALS, VARARGS, VARKEYWORDS, NESTED, GENERATOR, COROUTINE, ASYNC_GENERATOR.
        bit(is_function, 1)
            | bit(is_function, 2)
            | bit(source.has_varargs, 4)
            | bit(source.has_varkw, 8)
            | bit(source.is_nested && source.kind != CodeKind::Class, 0x10)
            | bit(source.is_generator && !source.is_async, 0x20)
            | bit(source.is_async && !source.is_generator, 0x80)
            | bit(source.is_async && source.is_generator, 0x200)
    }

    #[getter]
    fn co_consts(cx: &mut Cx, this: Gc<CodeObject>) -> Gc<Tuple> {
        super::constants(cx, this)
    }

    #[getter]
    fn co_names(cx: &mut Cx, this: Gc<CodeObject>) -> Gc<Tuple> {
        super::other_names(cx, this)
    }

    #[getter]
    fn co_varnames(cx: &mut Cx, this: Gc<CodeObject>) -> Gc<Tuple> {
        let names = super::variables(cx, this);
        cx.list_to_tuple(names)
    }

    #[getter]
    fn co_cellvars(cx: &mut Cx, this: Gc<CodeObject>) -> Gc<Tuple> {
        let names = cx.list_new();
        for l in this.source.locals.iter().filter(|l| l.is_cell) {
            cx.list_push(names, this.names()[l.name as usize].value());
        }
        cx.list_to_tuple(names)
    }

    #[getter]
    fn co_freevars(cx: &mut Cx, this: Gc<CodeObject>) -> Gc<Tuple> {
        let names = cx.list_new();
        for (n, _) in &this.source.free_vars {
            let n = cx.intern(n).value();
            cx.list_push(names, n);
        }
        cx.list_to_tuple(names)
    }

    /// The instructions, as they are here.
    #[getter]
    fn co_code(cx: &mut Cx, this: Gc<CodeObject>) -> Value {
        let bytes: Vec<u8> = this.source.instrs.iter().flat_map(|w| w.to_le_bytes()).collect();
        cx.bytes(&bytes).value()
    }

    #[getter]
    fn co_lnotab(cx: &mut Cx, _this: Gc<CodeObject>) -> Value {
        cx.bytes(b"").value()
    }

    #[method]
    fn co_lines(cx: &mut Cx, this: Gc<CodeObject>) -> crate::vm::Result<Value> {
        let list = super::lines(cx, this);
        cx.iter(list.value())
    }
}

/// Parameters, then the other local variables, as CPython orders them: captured ones that are no parameters are left out.
fn variables(cx: &mut Cx, code: Gc<CodeObject>) -> Gc<List> {
    let list = cx.list_new();
    let source = &code.source;
    if !code.is_function_like() {
        return list;
    }
    for &p in &source.param_names {
        cx.list_push(list, code.names()[p as usize].value());
    }
    for l in &source.locals {
        if !l.is_cell && !source.param_names.contains(&l.name) {
            cx.list_push(list, code.names()[l.name as usize].value());
        }
    }
    list
}

/// Names of globals and attributes.
fn other_names(cx: &mut Cx, code: Gc<CodeObject>) -> Gc<crate::object::tuple::Tuple> {
    let list = cx.list_new();
    let source = &code.source;
    for (i, n) in code.names().iter().enumerate() {
        let is_local = source.locals.iter().any(|l| l.name as usize == i) || source.param_names.contains(&(i as u32));
        let is_free = source.free_vars.iter().any(|(f, _)| f.as_bytes() == n.bytes());
        if !is_local && !is_free {
            cx.list_push(list, n.value());
        }
    }
    cx.list_to_tuple(list)
}

/// The docstring (None without one) of functions, constants, and the codes inside.
fn constants(cx: &mut Cx, code: Gc<CodeObject>) -> Gc<crate::object::tuple::Tuple> {
    let list = cx.list_new();
    if code.is_function_like() {
        cx.list_push(list, code.docstring.unwrap_or(Value::NONE));
    }
    for &c in code.consts() {
        cx.list_push(list, c);
    }
    for c in code.children() {
        cx.list_push(list, c.value());
    }
    cx.list_to_tuple(list)
}

/// `(start, end, line)` of each run of instructions.
fn lines(cx: &mut Cx, code: Gc<CodeObject>) -> Gc<List> {
    let list = cx.list_new();
    let positions = &code.source.positions;
    let end = code.source.instrs.len() as u32;
    let mut i = 0;
    while i < positions.len() {
        let mut next = i + 1;
        while next < positions.len() && positions[next].line == positions[i].line {
            next += 1;
        }
        let stop = positions.get(next).map_or(end, |p| p.pc);
        let run = cx.tuple(&[Value::int32(positions[i].pc as i32 * 8), Value::int32(stop as i32 * 8), Value::int32(positions[i].line as i32)]);
        cx.list_push(list, run.value());
        i = next;
    }
    list
}
