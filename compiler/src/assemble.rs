//! A finished [`Unit`] to its `Code`: final registers, jump distances, exception table, positions.

use std::rc::Rc;
use std::sync::LazyLock;

use gscript_grammar::ast::Span;

use crate::code::{Code, ExceptionEntry, Position};
use crate::error::{Res, fail};
use crate::lines::LineTable;
use crate::opcode::{Instr, Opcode, Operand};
use crate::registers::Layout;
use crate::unit::{Ins, Label, Unit};

/// Makes the code. `span` is blamed when the unit is too large.
pub(crate) fn assemble(unit: &mut Unit, lines: &LineTable, span: Span) -> Res<Rc<Code>> {
    if unit.regs.overflow {
        return fail(span, format!("too many variables or too large an expression in '{}'", unit.name));
    }
    if unit.too_many_names || unit.code.children.len() > 0xFFFF {
        return fail(span, format!("too many names in '{}'", unit.name));
    }
    let layout = Layout::new(&unit.regs, unit.fixed, unit.cells, &unit.unbound_on_entry, &unit.groups);
    thread_jumps(unit);
    let mut words = Words::new(unit);
    words.settle(unit);
    let mut code = std::mem::replace(&mut unit.code, empty_code());
    code.register_count = layout.register_count;
    code.unbound_on_entry = layout.unbound_on_entry;
    for local in &mut code.locals {
        local.register = layout.map(local.register);
    }
    code.class_cell = code.class_cell.map(|r| layout.map(r));
    code.instrs = words.encode(unit, &layout);
    code.exceptions = words.exceptions(unit, &layout);
    code.positions = positions(unit, &words, lines);
    Ok(Rc::new(code))
}

/// A `Code` without content.
pub(crate) fn empty_code() -> Code {
    Code {
        name: "".into(),
        qualname: "".into(),
        filename: "".into(),
        kind: crate::code::CodeKind::Module,
        first_line: 1,
        posonly_count: 0,
        arg_count: 0,
        kwonly_count: 0,
        has_varargs: false,
        has_varkw: false,
        is_generator: false,
        is_async: false,
        uses_namespace: false,
        is_nested: false,
        param_names: Vec::new(),
        register_count: 0,
        unbound_on_entry: (0, 0),
        instrs: Vec::new(),
        consts: Vec::new(),
        names: Vec::new(),
        children: Vec::new(),
        free_vars: Vec::new(),
        class_free: None,
        class_cell: None,
        locals: Vec::new(),
        exceptions: Vec::new(),
        positions: Vec::new(),
        docstring: None,
        self_attribute_count: 0,
        has_docstring: false,
    }
}

/// What the table says of an opcode, in the form the assembler asks for it.
#[derive(Clone, Copy)]
struct Shape {
    form: Form,
    /// Which of the three fields are registers.
    registers: [bool; 3],
    words: u8,
    data: u8,
    cache: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    /// A constant or a number in `bc`.
    Wide,
    Jump32,
    Jump16,
    /// A jump whose distance is the data word.
    JumpData,
}

impl Shape {
    fn of(op: Opcode) -> Shape {
        let info = op.info();
        let is_register = |o| matches!(o, Operand::Dst | Operand::Src | Operand::SrcOpt | Operand::Mut | Operand::Base);
        let form = match info.operands {
            _ if op == Opcode::Send => Form::JumpData,
            [_, Operand::Jump32, _] => Form::Jump32,
            [_, _, Operand::Jump16] => Form::Jump16,
            [_, Operand::Const32 | Operand::Imm32, _] => Form::Wide,
            _ => Form::Plain,
        };
        Shape { form, registers: info.operands.map(is_register), words: info.len() as u8, data: info.data, cache: info.cache }
    }

    fn is_jump(self) -> bool {
        !matches!(self.form, Form::Plain | Form::Wide)
    }
}

fn shapes() -> &'static [Shape] {
    static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| crate::opcode::ALL.iter().map(|&op| Shape::of(op)).collect());
    &SHAPES
}

/// A jump to an unconditional forward jump goes to that one's target at once.
fn thread_jumps(unit: &mut Unit) {
    let shapes = shapes();
    for n in 0..unit.ins.len() {
        let ins = unit.ins[n];
        if !shapes[ins.op as usize].is_jump() || ins.op == Opcode::Loop {
            continue;
        }
        let mut label = ins.wide;
        // Each step goes forwards, so this ends; the bound keeps long chains cheap.
        for _ in 0..16 {
            let Some(at) = unit.labels[label as usize].position else {
                break;
            };
            match unit.ins.get(at as usize) {
                Some(next) if next.op == Opcode::Jump => label = next.wide,
                _ => break,
            }
        }
        unit.ins[n].wide = label;
    }
}

/// Word offsets of all instructions, prologue included, and which jumps need the long form.
struct Words {
    /// By instruction number (prologue first); one more than instructions: the end.
    offsets: Vec<u32>,
    is_long: Vec<bool>,
    prologue: usize,
    shapes: &'static [Shape],
}

impl Words {
    fn new(unit: &Unit) -> Words {
        let count = unit.prologue.len() + unit.ins.len();
        Words { offsets: vec![0; count + 1], is_long: Vec::new(), prologue: unit.prologue.len(), shapes: shapes() }
    }

    fn instructions<'u>(&self, unit: &'u Unit) -> impl Iterator<Item = (usize, &'u Ins)> + use<'u> {
        unit.prologue.iter().chain(&unit.ins).enumerate()
    }

    /// Computes offsets until no short jump is too short.
    fn settle(&mut self, unit: &Unit) {
        loop {
            let mut at = 0u32;
            for (n, ins) in self.instructions(unit) {
                self.offsets[n] = at;
                at += self.shapes[ins.op as usize].words as u32;
                if self.long(n) {
                    at += long_extra(ins.op);
                }
            }
            let last = self.offsets.len() - 1;
            self.offsets[last] = at;
            if at < 0x8000 {
                return;
            }
            let mut changed = false;
            for (n, ins) in self.instructions(unit) {
                if self.shapes[ins.op as usize].form == Form::Jump16 && !self.long(n) {
                    let distance = self.target(unit, Label(ins.wide as u32)) as i64 - self.offsets[n + 1] as i64;
                    if i16::try_from(distance).is_err() {
                        self.is_long.resize(self.offsets.len(), false);
                        self.is_long[n] = true;
                        changed = true;
                    }
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn long(&self, n: usize) -> bool {
        self.is_long.get(n).copied().unwrap_or(false)
    }

    fn offset(&self, position: u32) -> u32 {
        self.offsets[self.prologue + position as usize]
    }

    fn target(&self, unit: &Unit, label: Label) -> u32 {
        let position = unit.labels[label.0 as usize].position;
        self.offset(position.expect("a label that is jumped to is bound"))
    }

    fn encode(&self, unit: &Unit, layout: &Layout) -> Vec<u64> {
        let mut out = Vec::with_capacity(self.offsets[self.offsets.len() - 1] as usize);
        for (n, ins) in self.instructions(unit) {
            let shape = self.shapes[ins.op as usize];
            let field = |which: usize, value: u16| match shape.registers[which] {
                true => layout.map(value),
                false => value,
            };
            let (a, b, c) = (field(0, ins.a), field(1, ins.b), field(2, ins.c));
            let next = out.len() as i64 + shape.words as i64;
            let distance = match shape.is_jump() {
                true => self.target(unit, Label(ins.wide as u32)) as i64 - next,
                false => 0,
            };
            match shape.form {
                Form::Plain if ins.op == Opcode::Yield && c != 0 => {
                    out.push(Instr::new(ins.op, a, b, layout.map(c - 1) + 1).0);
                }
                Form::Plain | Form::JumpData => out.push(Instr::new(ins.op, a, b, c).0),
                Form::Wide => out.push(Instr::wide(ins.op, a, ins.wide).0),
                Form::Jump32 => out.push(Instr::wide(ins.op, a, distance as i32).0),
                Form::Jump16 if self.long(n) => encode_long(&mut out, ins.op, a, b, distance),
                Form::Jump16 => out.push(Instr::new(ins.op, a, b, distance as i16 as u16).0),
            }
            if shape.data == 1 {
                let is_jump = shape.form == Form::JumpData;
                out.push(if is_jump { distance as u64 } else { ins.data as u64 });
            }
            out.resize(out.len() + shape.cache as usize, 0);
            debug_assert_eq!(out.len(), self.offsets[n + 1] as usize);
        }
        out
    }

    fn exceptions(&self, unit: &Unit, layout: &Layout) -> Vec<ExceptionEntry> {
        let entries = unit.regions.iter().map(|r| ExceptionEntry {
            start: self.offset(r.start),
            end: self.offset(r.end),
            target: self.target(unit, r.target),
            register: layout.map(r.register),
        });
        entries.collect()
    }
}

/// Words that the long form of a short jump takes besides the instruction.
fn long_extra(op: Opcode) -> u32 {
    if inverse(op).is_some() { 1 } else { 2 }
}

/// `distance` is from the word after the short form.
fn encode_long(out: &mut Vec<u64>, op: Opcode, a: u16, b: u16, distance: i64) {
    match inverse(op) {
        Some(inverse) => {
            out.push(Instr::new(inverse, a, b, 1).0);
            out.push(Instr::wide(Opcode::Jump, 0, distance as i32 - 1).0);
        }
        None => {
            // Taken: to the second Jump; not taken: over it.
            out.push(Instr::new(op, a, b, 1).0);
            out.push(Instr::wide(Opcode::Jump, 0, 1).0);
            out.push(Instr::wide(Opcode::Jump, 0, distance as i32 - 2).0);
        }
    }
}

/// The short jump that is taken exactly when `op` is not.
pub(crate) fn inverse(op: Opcode) -> Option<Opcode> {
    use Opcode::*;
    Some(match op {
        JumpIfIs => JumpIfIsNot,
        JumpIfIsNot => JumpIfIs,
        JumpIfEq => JumpIfNotEq,
        JumpIfNe => JumpIfNotNe,
        JumpIfLt => JumpIfNotLt,
        JumpIfLe => JumpIfNotLe,
        JumpIfGt => JumpIfNotGt,
        JumpIfGe => JumpIfNotGe,
        JumpIfNotEq => JumpIfEq,
        JumpIfNotNe => JumpIfNe,
        JumpIfNotLt => JumpIfLt,
        JumpIfNotLe => JumpIfLe,
        JumpIfNotGt => JumpIfGt,
        JumpIfNotGe => JumpIfGe,
        JumpIfEqImm => JumpIfNotEqImm,
        JumpIfNeImm => JumpIfNotNeImm,
        JumpIfLtImm => JumpIfNotLtImm,
        JumpIfLeImm => JumpIfNotLeImm,
        JumpIfGtImm => JumpIfNotGtImm,
        JumpIfGeImm => JumpIfNotGeImm,
        JumpIfNotEqImm => JumpIfEqImm,
        JumpIfNotNeImm => JumpIfNeImm,
        JumpIfNotLtImm => JumpIfLtImm,
        JumpIfNotLeImm => JumpIfLeImm,
        JumpIfNotGtImm => JumpIfGtImm,
        JumpIfNotGeImm => JumpIfGeImm,
        JumpIfIn => JumpIfNotIn,
        JumpIfNotIn => JumpIfIn,
        _ => return None,
    })
}

/// The place of each instruction that may raise; an entry where it changes.
fn positions(unit: &Unit, words: &Words, lines: &LineTable) -> Vec<Position> {
    let mut out: Vec<Position> = Vec::with_capacity(unit.ins.len() / 2 + 1);
    let mut last: Option<Span> = None;
    let mut line = 1;
    for (n, ins) in words.instructions(unit) {
        if last == Some(ins.span) || (!can_raise(ins.op) && last.is_some()) {
            continue;
        }
        last = Some(ins.span);
        let (start_line, column) = lines.place_near(ins.span.start, line);
        line = start_line;
        let (end_line, end_column) = lines.place_near(ins.span.end.max(ins.span.start), line);
        // What stands before the first instruction that can raise takes that one's place.
        let pc = if out.is_empty() { 0 } else { words.offsets[n] };
        out.push(Position { pc, line: start_line, end_line, column, end_column });
    }
    out
}

/// Whether an exception may carry this instruction's place.
fn can_raise(op: Opcode) -> bool {
    use Opcode::*;
    !matches!(
        op,
        Nop | Move
            | LoadConst
            | LoadInt
            | LoadNone
            | LoadTrue
            | LoadFalse
            | Unbind
            | MakeCell
            | CellSet
            | FreeSet
            | Jump
            | JumpIfNone
            | JumpIfNotNone
            | JumpIfIs
            | JumpIfIsNot
            | Is
            | IsNot
            | PushHandled
            | PopHandled
            | LoadBuildClass
            | LoadAssertionError
    )
}
