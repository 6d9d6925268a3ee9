//! One `Code` under construction: instructions with labels, constants, names, registers, handlers.
//!
//! Instructions that cannot be reached are not recorded, so the text after `return` or in `if 0:` costs nothing
//! (it is still compiled, for its errors).

use std::rc::Rc;

use gscript_grammar::ast::{Name, Span};

use crate::bits::Bits;
use crate::code::{Code, CodeKind, Const};
use crate::name_map::NameMap;
use crate::names::NameTable;
use crate::opcode::Opcode;
use crate::registers::{Reg, Registers};
use crate::scope::{Map, ScopeId};

/// A jump target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label(pub u32);

/// An instruction before its final form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ins {
    pub op: Opcode,
    pub a: u16,
    pub b: u16,
    pub c: u16,
    /// The wide operand, or the number of the label of a jump.
    pub wide: i32,
    /// The data word.
    pub data: u32,
    pub span: Span,
}

/// Where a label stands (an instruction number) and what is known there.
#[derive(Debug, Default)]
pub(crate) struct LabelInfo {
    pub position: Option<u32>,
    is_used: bool,
    /// Locals bound at all jumps to it so far.
    bound: Bits,
}

/// Instructions `[start, end)` are covered by the handler at `target`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    pub start: u32,
    pub end: u32,
    pub target: Label,
    pub register: Reg,
}

/// A region that is still open: its finished pieces and the start of the running one.
#[derive(Debug)]
pub(crate) struct OpenRegion {
    pieces: Vec<(u32, u32)>,
    start: Option<u32>,
    pub target: Label,
    pub register: Reg,
    /// Locals bound where it began.
    bound: Bits,
}

/// Where a name of the unit is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Local(Reg),
    Cell(Reg),
    Free(u16),
    /// A free variable of a class body, looked up in the namespace first.
    ClassFree(u16),
    Global,
    /// In the namespace R[0].
    Namespace,
}

pub(crate) struct Unit {
    pub scope: ScopeId,
    pub kind: CodeKind,
    pub name: Rc<str>,
    pub qualname: Rc<str>,
    pub code: Code,

    pub ins: Vec<Ins>,
    /// What stands before them in the end: `MakeGenerator`, `MakeCell`s, held constants.
    pub prologue: Vec<Ins>,
    pub labels: Vec<LabelInfo>,
    pub regions: Vec<Region>,
    pub reachable: bool,
    /// The last instruction number that a label or a region has noted.
    noted: u32,
    /// Place of the instructions being emitted.
    pub span: Span,

    pub regs: Registers,
    /// Parameters, or 1 for the namespace; captured locals follow them.
    pub fixed: u16,
    pub cells: u16,
    pub access: NameMap<Access>,
    pub bound: Bits,
    /// Locals that some `del` or `except … as` may unbind.
    pub deletable: Bits,
    pub unbound_on_entry: Bits,
    pub groups: Vec<(u16, u16)>,
    pub loop_depth: u32,

    const_numbers: Map<ConstKey, u32>,
    held: Map<ConstKey, Reg>,
    name_numbers: NameMap<u16>,
    pub too_many_names: bool,
    pub blocks: Vec<crate::emit::Block>,
    pub children: Map<ScopeId, u16>,
}

/// Empties a map; a large one is dropped, since clearing takes time by its size.
fn clear<K, V>(map: &mut Map<K, V>) {
    if map.capacity() > 200 {
        *map = Map::default();
    } else {
        map.clear();
    }
}

/// Constants that are the same constant: same type, same value, floats by their bits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ConstKey {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    BigInt(Box<num_bigint::BigInt>),
    Float(u64),
    Complex(u64, u64),
    Str(Rc<[u8]>),
    Bytes(Rc<[u8]>),
    Tuple(Vec<ConstKey>),
    FrozenSet(Vec<ConstKey>),
}

impl ConstKey {
    pub fn of(c: &Const) -> ConstKey {
        let all = |items: &[Const]| items.iter().map(ConstKey::of).collect();
        match c {
            Const::None => ConstKey::None,
            Const::True => ConstKey::True,
            Const::False => ConstKey::False,
            Const::Ellipsis => ConstKey::Ellipsis,
            Const::Int(n) => ConstKey::Int(*n),
            Const::BigInt(n) => ConstKey::BigInt(n.clone()),
            Const::Float(x) => ConstKey::Float(x.to_bits()),
            Const::Complex(x, y) => ConstKey::Complex(x.to_bits(), y.to_bits()),
            Const::Str(s) => ConstKey::Str(s.clone()),
            Const::Bytes(s) => ConstKey::Bytes(s.clone()),
            Const::Tuple(items) => ConstKey::Tuple(all(items)),
            Const::FrozenSet(items) => ConstKey::FrozenSet(all(items)),
        }
    }
}

impl Unit {
    pub fn new(scope: ScopeId, code: Code, regs: Registers) -> Unit {
        Unit {
            scope,
            kind: code.kind,
            name: code.name.clone(),
            qualname: code.qualname.clone(),
            code,
            ins: Vec::new(),
            prologue: Vec::new(),
            labels: Vec::new(),
            regions: Vec::new(),
            reachable: true,
            noted: 0,
            span: Span::default(),
            regs,
            fixed: 0,
            cells: 0,
            access: NameMap::default(),
            bound: Bits::default(),
            deletable: Bits::default(),
            unbound_on_entry: Bits::default(),
            groups: Vec::new(),
            loop_depth: 0,
            const_numbers: Map::default(),
            held: Map::default(),
            name_numbers: NameMap::default(),
            too_many_names: false,
            blocks: Vec::new(),
            children: Map::default(),
        }
    }

    /// Begins another code with the memory of a finished one.
    pub fn restart(&mut self, scope: ScopeId, code: Code, regs: Registers) {
        self.scope = scope;
        self.kind = code.kind;
        self.name = code.name.clone();
        self.qualname = code.qualname.clone();
        self.code = code;
        self.ins.clear();
        self.prologue.clear();
        self.labels.clear();
        self.regions.clear();
        self.reachable = true;
        self.noted = 0;
        self.span = Span::default();
        self.regs = regs;
        (self.fixed, self.cells) = (0, 0);
        self.access.clear();
        self.bound = Bits::default();
        self.deletable = Bits::default();
        self.unbound_on_entry = Bits::default();
        self.groups.clear();
        self.loop_depth = 0;
        clear(&mut self.const_numbers);
        clear(&mut self.held);
        self.name_numbers.clear();
        self.too_many_names = false;
        self.blocks.clear();
        clear(&mut self.children);
    }

    // ---- instructions ----

    pub fn push(&mut self, op: Opcode, a: u16, b: u16, c: u16, wide: i32, data: u32) {
        if self.reachable {
            self.ins.push(Ins { op, a, b, c, wide, data, span: self.span });
        }
    }

    pub fn emit(&mut self, op: Opcode, a: u16, b: u16, c: u16) {
        self.push(op, a, b, c, 0, 0);
    }

    pub fn emit_data(&mut self, op: Opcode, a: u16, b: u16, c: u16, data: u32) {
        self.push(op, a, b, c, 0, data);
    }

    /// An instruction after which control never goes on: `Return`, `Raise`, …
    pub fn emit_last(&mut self, op: Opcode, a: u16, b: u16) {
        self.emit(op, a, b, 0);
        self.reachable = false;
    }

    pub fn mov(&mut self, dst: Reg, src: Reg) {
        if dst != src {
            self.emit(Opcode::Move, dst, src, 0);
        }
    }

    // ---- labels ----

    pub fn label(&mut self) -> Label {
        self.labels.push(LabelInfo::default());
        Label(self.labels.len() as u32 - 1)
    }

    /// A jump forwards.
    pub fn jump(&mut self, op: Opcode, a: u16, b: u16, label: Label) {
        self.jump_with(op, a, b, 0, label);
    }

    /// A jump forwards with all operands (`Send`).
    pub fn jump_with(&mut self, op: Opcode, a: u16, b: u16, c: u16, label: Label) {
        if !self.reachable {
            return;
        }
        self.push(op, a, b, c, label.0 as i32, 0);
        let info = &mut self.labels[label.0 as usize];
        debug_assert!(info.position.is_none(), "only Loop jumps backwards");
        if info.is_used {
            info.bound.intersect(&self.bound);
        } else {
            info.is_used = true;
            info.bound.assign(&self.bound);
        }
        if op == Opcode::Jump {
            self.reachable = false;
        }
    }

    pub fn go(&mut self, label: Label) {
        self.jump(Opcode::Jump, 0, 0, label);
    }

    /// The jump back to the head of a loop.
    pub fn go_back(&mut self, head: Label) {
        self.push(Opcode::Loop, 0, 0, 0, head.0 as i32, 0);
        self.reachable = false;
    }

    pub fn bind(&mut self, label: Label) {
        // A jump to the next instruction, unless some other place was noted after it.
        while self.noted < self.ins.len() as u32 && self.ins.last().is_some_and(|i| i.op == Opcode::Jump && i.wide == label.0 as i32) {
            self.ins.pop();
        }
        self.noted = self.ins.len() as u32;
        let info = &mut self.labels[label.0 as usize];
        info.position = Some(self.ins.len() as u32);
        if info.is_used {
            if self.reachable {
                self.bound.intersect(&info.bound);
            } else {
                self.bound.assign(&info.bound);
                self.reachable = true;
            }
        }
    }

    /// A label here to which `Loop` jumps come. What the loop may unbind is not certain here.
    pub fn bind_head(&mut self) -> Label {
        let label = self.label();
        self.noted = self.ins.len() as u32;
        self.labels[label.0 as usize].position = Some(self.noted);
        self.bound.subtract(&self.deletable);
        label
    }

    // ---- handlers ----

    pub fn open_region(&mut self, target: Label, register: Reg) -> OpenRegion {
        self.noted = self.ins.len() as u32;
        OpenRegion { pieces: Vec::new(), start: Some(self.ins.len() as u32), target, register, bound: self.bound.clone() }
    }

    /// The code that follows is not covered, until [`resume_region`](Self::resume_region).
    pub fn suspend_region(&mut self, region: &mut OpenRegion) {
        if let Some(start) = region.start.take() {
            let end = self.ins.len() as u32;
            self.noted = end;
            if end > start {
                region.pieces.push((start, end));
            }
        }
    }

    pub fn resume_region(&mut self, region: &mut OpenRegion) {
        self.noted = self.ins.len() as u32;
        region.start = Some(self.noted);
    }

    /// Ends a region. Its handler, to be bound with [`bind_handler`](Self::bind_handler), can be reached when the
    /// region is not empty.
    pub fn close_region(&mut self, mut region: OpenRegion) {
        self.suspend_region(&mut region);
        if region.pieces.is_empty() {
            return;
        }
        for &(start, end) in &region.pieces {
            self.regions.push(Region { start, end, target: region.target, register: region.register });
        }
        let info = &mut self.labels[region.target.0 as usize];
        region.bound.subtract(&self.deletable);
        if info.is_used {
            info.bound.intersect(&region.bound);
        } else {
            info.is_used = true;
            info.bound = region.bound;
        }
    }

    // ---- constants and names ----

    pub fn const_index(&mut self, c: Const) -> u32 {
        let key = ConstKey::of(&c);
        let next = self.code.consts.len() as u32;
        let index = *self.const_numbers.entry(key).or_insert(next);
        if index == next {
            self.code.consts.push(c);
        }
        index
    }

    /// The register that holds the constant for the whole unit: made when the code at hand stands in a loop.
    pub fn held_const(&mut self, c: &Const) -> Option<Reg> {
        if self.loop_depth == 0 && self.held.is_empty() {
            return None;
        }
        let key = ConstKey::of(c);
        if let Some(&r) = self.held.get(&key) {
            return Some(r);
        }
        if self.loop_depth == 0 || !self.reachable {
            return None;
        }
        let r = self.regs.hold()?;
        self.held.insert(key, r);
        let load = self.load_instruction(c, r);
        self.prologue.push(load);
        Some(r)
    }

    fn load_instruction(&mut self, c: &Const, dst: Reg) -> Ins {
        let (op, wide) = match c {
            Const::None => (Opcode::LoadNone, 0),
            Const::True => (Opcode::LoadTrue, 0),
            Const::False => (Opcode::LoadFalse, 0),
            Const::Int(n) if i32::try_from(*n).is_ok() => (Opcode::LoadInt, *n as i32),
            _ => (Opcode::LoadConst, self.const_index(c.clone()) as i32),
        };
        Ins { op, a: dst, b: 0, c: 0, wide, data: 0, span: self.span }
    }

    pub fn load_const(&mut self, c: &Const, dst: Reg) {
        if self.reachable {
            let load = self.load_instruction(c, dst);
            self.ins.push(load);
        }
    }

    pub fn name_index(&mut self, name: Name, names: &NameTable) -> u16 {
        if let Some(n) = self.name_numbers.get(name) {
            return n;
        }
        let n = self.code.names.len();
        if n >= 0xFFFF {
            self.too_many_names = true;
            return 0;
        }
        self.code.names.push(names.text(name).clone());
        self.name_numbers.insert(name, n as u16);
        n as u16
    }
}
