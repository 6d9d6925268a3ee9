//! A `Code` as text, for `--dis` and tests.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::code::{Capture, Code};
use crate::opcode::{Instr, NO_REG, Opcode, Operand};
use crate::unparse::const_repr;

/// The listing of a code and of all inner ones.
pub fn disassemble(code: &Code) -> String {
    let mut out = String::new();
    listing(code, &mut out);
    out
}

fn listing(code: &Code, out: &mut String) {
    header(code, out);
    let labels = labels(code);
    let label = |pc: u32| labels.binary_search(&pc).map_or("?".into(), |n| format!("L{n}"));
    let mut pc = 0;
    let mut line = 0;
    while pc < code.instrs.len() {
        let at = pc as u32;
        let instr = Instr(code.instrs[pc]);
        let Some(op) = instr.op() else {
            let _ = writeln!(out, "{pc:5}  ??? {:#x}", instr.0);
            pc += 1;
            continue;
        };
        if labels.binary_search(&at).is_ok() {
            let _ = writeln!(out, "{}:", label(at));
        }
        let now = code.position(at).map_or(0, |p| p.line);
        let shown = if now != line { now.to_string() } else { String::new() };
        line = now;
        let data = code.instrs.get(pc + 1).copied().unwrap_or(0);
        let text = operands(code, op, instr, data, at, &label);
        let _ = writeln!(out, "{shown:>5} {pc:5}  {:<16} {text}", op.info().name);
        pc += op.info().len();
    }
    for e in &code.exceptions {
        let _ = writeln!(out, "      {}..{} -> {} r{}", e.start, e.end, label(e.target), e.register);
    }
    for child in &code.children {
        out.push('\n');
        listing(child, out);
    }
}

fn header(code: &Code, out: &mut String) {
    let _ = write!(out, "{} {:?} line {}", code.qualname, code.kind, code.first_line);
    let _ = write!(out, ", {} registers", code.register_count);
    if code.parameter_count() > 0 {
        let list: Vec<&str> = code.param_names.iter().map(|&n| &*code.names[n as usize]).collect();
        let _ = write!(out, ", parameters {}", list.join(" "));
    }
    for (word, is) in [("generator", code.is_generator), ("async", code.is_async)] {
        if is {
            let _ = write!(out, ", {word}");
        }
    }
    let (start, end) = code.unbound_on_entry;
    if start < end {
        let _ = write!(out, ", unbound r{start}..r{end}");
    }
    out.push('\n');
    if !code.locals.is_empty() {
        let list: Vec<String> = code
            .locals
            .iter()
            .map(|l| {
                let cell = if l.is_cell { "*" } else { "" };
                format!("{}{cell}=r{}", code.names[l.name as usize], l.register)
            })
            .collect();
        let _ = writeln!(out, "      locals {}", list.join(" "));
    }
    if !code.free_vars.is_empty() {
        let list: Vec<String> = code
            .free_vars
            .iter()
            .map(|(name, capture)| match capture {
                Capture::Register(r) => format!("{name}=outer r{r}"),
                Capture::Free(f) => format!("{name}=outer free {f}"),
            })
            .collect();
        let _ = writeln!(out, "      free {}", list.join(" "));
    }
}

/// All jump and handler targets in order.
fn labels(code: &Code) -> Vec<u32> {
    let mut set: BTreeSet<u32> = code.exceptions.iter().map(|e| e.target).collect();
    let mut pc = 0;
    while pc < code.instrs.len() {
        let instr = Instr(code.instrs[pc]);
        let Some(op) = instr.op() else { break };
        let data = code.instrs.get(pc + 1).copied().unwrap_or(0);
        set.extend(jump_target(op, instr, data, pc as u32));
        pc += op.info().len();
    }
    set.into_iter().collect()
}

/// Where the instruction at `pc` may jump.
pub(crate) fn jump_target(op: Opcode, instr: Instr, data: u64, pc: u32) -> Option<u32> {
    let info = op.info();
    let distance = if op == Opcode::Send {
        data as i64 as i32
    } else if info.operands[1] == Operand::Jump32 {
        instr.bc()
    } else if info.operands[2] == Operand::Jump16 {
        instr.c() as i16 as i32
    } else {
        return None;
    };
    (pc + info.len() as u32).checked_add_signed(distance)
}

fn operands(code: &Code, op: Opcode, instr: Instr, data: u64, pc: u32, label: &dyn Fn(u32) -> String) -> String {
    let info = op.info();
    let fields = [instr.a(), instr.b(), instr.c()];
    let target = || jump_target(op, instr, data, pc).map_or("?".into(), label);
    let constant = |n: i64| usize::try_from(n).ok().and_then(|n| code.consts.get(n)).map_or("?".into(), const_repr);
    let mut list = Vec::new();
    for (value, kind) in fields.into_iter().zip(info.operands) {
        list.push(match kind {
            Operand::No => continue,
            Operand::Dst | Operand::Src | Operand::Mut | Operand::Base => format!("r{value}"),
            Operand::SrcOpt if value == NO_REG => "-".into(),
            Operand::SrcOpt => format!("r{value}"),
            Operand::Imm => format!("#{}", value as i16),
            Operand::Count => value.to_string(),
            Operand::Name => code.names.get(value as usize).map_or("?".into(), |n| n.to_string()),
            Operand::Child => code.children.get(value as usize).map_or("?".into(), |c| format!("<{}>", c.qualname)),
            Operand::Free => code.free_vars.get(value as usize).map_or("?".into(), |f| format!("free {}", f.0)),
            Operand::Jump16 | Operand::Jump32 => target(),
            Operand::Const32 => constant(instr.bc() as i64),
            Operand::Imm32 => format!("#{}", instr.bc()),
        });
    }
    if info.data > 0 {
        list.push(match op {
            Opcode::Send => target(),
            Opcode::CallKw | Opcode::CallMethodKw => constant(data as i64),
            _ => data.to_string(),
        });
    }
    list.join(", ")
}
