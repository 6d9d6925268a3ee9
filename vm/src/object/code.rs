//! The run-time form of [`gscript_compiler::code::Code`]: constants as values, names interned, instructions that the
//! interpreter may rewrite.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::rc::Rc;

use gscript_compiler::code::{Code, CodeKind, Const};
use gscript_compiler::opcode::{Instr, Opcode};

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::list::List;
use crate::object::str::Str;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

#[repr(C)]
pub struct CodeObject {
    header: Header,
    /// The first instruction.
    pub entry: *const u64,
    pub register_count: u32,
    pub arg_count: u16,
    /// Only positional parameters: a call with exactly `arg_count` of them needs no further work.
    pub is_simple: bool,
    pub is_generator: bool,
    pub unbound_start: u16,
    pub unbound_end: u16,
    instrs: Box<[Cell<u64>]>,
    pub source: Rc<Code>,
    consts: Box<[Value]>,
    names: Box<[Gc<Str>]>,
    children: Box<[Gc<CodeObject>]>,
    pub name: Gc<Str>,
    pub qualname: Gc<Str>,
    pub filename: Gc<Str>,
    pub docstring: Option<Value>,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for CodeObject {
    const KIND: Kind = Kind::Code;
}

impl Trace for CodeObject {
    fn trace(&self, m: &mut Marker<'_>) {
        for &v in &self.consts {
            m.value(v);
        }
        for &n in &self.names {
            m.object(n);
        }
        for &c in &self.children {
            m.object(c);
        }
        m.object(self.name);
        m.object(self.qualname);
        m.object(self.filename);
        m.option(self.docstring);
    }
}

impl CodeObject {
    #[inline(always)]
    pub fn name_at(&self, i: u16) -> Gc<Str> {
        self.names[i as usize]
    }

    pub fn names(&self) -> &[Gc<Str>] {
        &self.names
    }

    #[inline(always)]
    pub fn const_at(&self, i: usize) -> Value {
        self.consts[i]
    }

    pub fn consts(&self) -> &[Value] {
        &self.consts
    }

    pub fn child(&self, i: u16) -> Gc<CodeObject> {
        self.children[i as usize]
    }

    pub fn children(&self) -> &[Gc<CodeObject>] {
        &self.children
    }

    pub fn instrs(&self) -> &[Cell<u64>] {
        &self.instrs
    }

    /// The word index of an instruction address.
    pub fn pc_index(&self, pc: *const u64) -> u32 {
        ((pc as usize - self.entry as usize) / 8) as u32
    }

    pub fn is_function_like(&self) -> bool {
        matches!(self.source.kind, CodeKind::Function | CodeKind::Lambda | CodeKind::Comprehension)
    }

    /// Empties all inline caches.
    pub fn clear_caches(&self) {
        let mut at = 0;
        while at < self.instrs.len() {
            let Some(op) = crate::interp::quick::base_op(Instr(self.instrs[at].get()).op_number()) else {
                return;
            };
            let info = op.info();
            let i = Instr(self.instrs[at].get());
            self.instrs[at].set(Instr::new(op, i.a(), i.b(), i.c()).0);
            if op != Opcode::LoadConst {
                for c in 0..info.cache as usize {
                    self.instrs[at + 1 + info.data as usize + c].set(0);
                }
            }
            at += info.len();
        }
    }
}

impl Cx {
    /// The run-time form of `code` and of everything in it.
    pub fn code_object(&mut self, code: &Rc<Code>) -> Gc<CodeObject> {
        // What is made on the way is kept reachable in a list until the object exists.
        let keep = self.list_new();
        // No list of raw floats, which would not keep heap floats.
        self.list_push(keep, Value::NONE);
        let mut children = Vec::with_capacity(code.children.len());
        for c in &code.children {
            let c = self.code_object(c);
            self.list_push(keep, c.value());
            children.push(c);
        }
        let mut consts = Vec::with_capacity(code.consts.len());
        for c in &code.consts {
            let v = self.const_value(c, keep);
            self.list_push(keep, v);
            consts.push(v);
        }
        let mut names = Vec::with_capacity(code.names.len());
        for n in &code.names {
            let n = self.intern(n);
            self.list_push(keep, n.value());
            names.push(n);
        }
        let text = |cx: &mut Cx, s: &str| {
            let s = cx.intern(s);
            cx.list_push(keep, s.value());
            s
        };
        let name = text(self, &code.name);
        let qualname = text(self, &code.qualname);
        let filename = text(self, &code.filename);
        let docstring = code.docstring.as_ref().map(|d| {
            let d = self.str_from_bytes(d).value();
            self.list_push(keep, d);
            d
        });
        let instrs: Box<[Cell<u64>]> = code.instrs.iter().map(|&w| Cell::new(w)).collect();
        let mut at = 0;
        while at < instrs.len() {
            let i = Instr(instrs[at].get());
            let op = i.op().expect("the emitter writes opcodes of the table");
            if op == Opcode::LoadConst {
                instrs[at + 1].set(consts[i.bc() as usize].word());
            }
            at += op.info().len();
        }
        let class = self.types.code;
        let source = code.clone();
        let object = self.alloc_of(class, |header| CodeObject {
            header,
            entry: instrs.as_ptr() as *const u64,
            register_count: source.register_count,
            arg_count: source.arg_count,
            is_simple: source.kwonly_count == 0 && !source.has_varargs && !source.has_varkw,
            is_generator: source.is_generator,
            unbound_start: source.unbound_on_entry.0,
            unbound_end: source.unbound_on_entry.1,
            instrs,
            source,
            consts: consts.into_boxed_slice(),
            names: names.into_boxed_slice(),
            children: children.into_boxed_slice(),
            name,
            qualname,
            filename,
            docstring,
        });
        std::hint::black_box(keep);
        self.register_code(object);
        object
    }

    fn const_value(&mut self, c: &Const, keep: Gc<List>) -> Value {
        match c {
            Const::None => Value::NONE,
            Const::True => Value::TRUE,
            Const::False => Value::FALSE,
            Const::Ellipsis => Value::ELLIPSIS,
            Const::Int(i) => self.int(*i),
            Const::BigInt(b) => self.bigint((**b).clone()),
            Const::Float(x) => self.float(*x),
            Const::Complex(re, im) => self.complex(*re, *im),
            Const::Str(s) => {
                // As CPython: constants that look like names are interned.
                if s.len() <= 32 && s.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_') {
                    self.intern_bytes(s).value()
                } else {
                    self.str_from_bytes(s).value()
                }
            }
            Const::Bytes(b) => self.bytes(b).value(),
            Const::Tuple(items) => {
                let list = self.list_new();
                self.list_push(keep, list.value());
                for i in items {
                    let v = self.const_value(i, keep);
                    self.list_push(list, v);
                }
                self.list_to_tuple(list).value()
            }
            Const::FrozenSet(items) => {
                let list = self.list_new();
                self.list_push(keep, list.value());
                for i in items {
                    let v = self.const_value(i, keep);
                    self.list_push(list, v);
                }
                self.frozenset_from_constants(list)
            }
        }
    }
}
