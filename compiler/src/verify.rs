//! Checks that a `Code` keeps the rules of the opcode table, whatever made it: what the VM relies on without
//! looking. Used in debug builds, with the feature `checks`, and on codes read from files.

use std::fmt;

use crate::code::{Capture, Code, CodeKind, Const};
use crate::disasm::jump_target;
use crate::opcode::{FRAME_WORDS, Instr, NO_REG, Opcode, Operand};

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: String,
    pub pc: usize,
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} at {}: {}", self.code, self.pc, self.text)
    }
}

/// Checks a code and all inner ones.
pub fn verify(code: &Code) -> Result<(), Problem> {
    verify_table(code)?;
    crate::dataflow::check(code)
}

/// The rules of single instructions.
fn verify_table(code: &Code) -> Result<(), Problem> {
    let mut v = Verifier { code, starts: vec![false; code.instrs.len() + 1], pc: 0 };
    v.find_starts()?;
    v.layout()?;
    v.instructions()?;
    v.exceptions()?;
    v.flow()?;
    for child in &code.children {
        v.captures(child)?;
        verify_table(child)?;
    }
    Ok(())
}

struct Verifier<'a> {
    code: &'a Code,
    /// Whether an instruction begins at a word.
    starts: Vec<bool>,
    pc: usize,
}

impl Verifier<'_> {
    fn fail<T>(&self, text: impl Into<String>) -> Result<T, Problem> {
        Err(Problem { code: self.code.qualname.to_string(), pc: self.pc, text: text.into() })
    }

    fn ensure(&self, holds: bool, text: &str) -> Result<(), Problem> {
        if holds { Ok(()) } else { self.fail(text) }
    }

    fn find_starts(&mut self) -> Result<(), Problem> {
        while self.pc < self.code.instrs.len() {
            self.starts[self.pc] = true;
            let Some(op) = Instr(self.code.instrs[self.pc]).op() else {
                return self.fail("unknown opcode");
            };
            self.pc += op.info().len();
        }
        self.ensure(self.pc == self.code.instrs.len(), "the last instruction is cut off")?;
        self.ensure(self.pc > 0, "no instructions")
    }

    fn layout(&mut self) -> Result<(), Problem> {
        self.pc = 0;
        let c = self.code;
        self.ensure(c.register_count < 0xFF00, "too many registers")?;
        let params = c.parameter_count() as u32;
        self.ensure(params + c.uses_namespace as u32 <= c.register_count, "parameters without registers")?;
        self.ensure(c.param_names.len() as u32 == params, "names of parameters")?;
        self.ensure(c.posonly_count <= c.arg_count, "positional-only parameters")?;
        let (start, end) = c.unbound_on_entry;
        self.ensure(start <= end && (end as u32) < c.register_count.max(1) + 1, "unbound range")?;
        self.ensure(c.param_names.iter().all(|&n| (n as usize) < c.names.len()), "parameter names")?;
        for local in &c.locals {
            self.ensure((local.name as usize) < c.names.len(), "name of a local")?;
            self.ensure((local.register as u32) < c.register_count, "register of a local")?;
            let r = local.register;
            let is_param = (r as u32) < params;
            self.ensure(!local.is_cell || is_param || (start <= r && r < end), "a captured local must be unbound on entry")?;
        }
        if let Some(r) = c.class_cell {
            self.ensure(c.kind == CodeKind::Class && start <= r && r < end, "class cell")?;
        }
        self.ensure(c.class_free.is_none_or(|f| (f as usize) < c.free_vars.len()), "class free variable")?;
        self.ensure(c.positions.is_sorted_by(|a, b| a.pc < b.pc), "positions are sorted")?;
        if c.is_generator && !c.is_async {
            let first = Instr(c.instrs[0]).op();
            self.ensure(first == Some(Opcode::MakeGenerator), "a generator begins with MakeGenerator")?;
        }
        Ok(())
    }

    fn instructions(&mut self) -> Result<(), Problem> {
        for pc in 0..self.code.instrs.len() {
            if self.starts[pc] {
                self.pc = pc;
                self.instruction()?;
            }
        }
        Ok(())
    }

    fn instruction(&self) -> Result<(), Problem> {
        let instr = Instr(self.code.instrs[self.pc]);
        let op = instr.op().expect("checked before");
        let info = op.info();
        let fields = [instr.a(), instr.b(), instr.c()];
        let is_wide = matches!(info.operands[1], Operand::Jump32 | Operand::Const32 | Operand::Imm32);
        for (n, (value, kind)) in fields.into_iter().zip(info.operands).enumerate() {
            if is_wide && n == 2 {
                break;
            }
            self.field(op, instr, value, kind)?;
        }
        let extra = &self.code.instrs[self.pc + 1..self.pc + info.len()];
        let (data, cache) = extra.split_at(info.data as usize);
        self.ensure(cache.iter().all(|&w| w == 0), "cache words are zero")?;
        self.target(op, instr, data.first().copied().unwrap_or(0))?;
        self.special(op, instr, data.first().copied().unwrap_or(0))
    }

    fn register(&self, r: u32) -> Result<(), Problem> {
        if r < self.code.register_count {
            return Ok(());
        }
        self.fail(format!("register {r} of {}", self.code.register_count))
    }

    fn field(&self, op: Opcode, instr: Instr, value: u16, kind: Operand) -> Result<(), Problem> {
        let c = self.code;
        let n = value as usize;
        match kind {
            Operand::No => self.ensure(value == 0, "unused operand is zero"),
            Operand::Dst | Operand::Src | Operand::Mut => self.register(value as u32),
            Operand::SrcOpt if value == NO_REG => Ok(()),
            Operand::SrcOpt => self.register(value as u32),
            // A run of no registers may begin anywhere.
            Operand::Base => self.ensure(value as u32 <= c.register_count, "base register"),
            Operand::Imm | Operand::Count | Operand::Imm32 | Operand::Jump16 | Operand::Jump32 => Ok(()),
            Operand::Name => self.ensure(n < c.names.len(), "name index"),
            Operand::Child => self.ensure(n < c.children.len(), "child index"),
            Operand::Free => self.ensure(n < c.free_vars.len(), "free variable index"),
            Operand::Const32 => {
                let index = instr.bc();
                self.ensure(index >= 0 && (index as usize) < c.consts.len(), "constant index")?;
                debug_assert_eq!(op.info().operands[1], Operand::Const32);
                Ok(())
            }
        }
    }

    fn target(&self, op: Opcode, instr: Instr, data: u64) -> Result<(), Problem> {
        let is_jump = op == Opcode::Send || op.info().operands.iter().any(|o| matches!(o, Operand::Jump16 | Operand::Jump32));
        if !is_jump {
            return Ok(());
        }
        let Some(target) = jump_target(op, instr, data, self.pc as u32) else {
            return self.fail("jump out of the code");
        };
        let target = target as usize;
        self.ensure(target < self.code.instrs.len() && self.starts[target], "jump into an instruction")?;
        let is_back = target <= self.pc;
        self.ensure(is_back == (op == Opcode::Loop), "only Loop jumps backwards")
    }

    /// The runs of registers that the rows describe in words.
    fn special(&self, op: Opcode, instr: Instr, data: u64) -> Result<(), Problem> {
        let (a, b, c) = (instr.a() as u32, instr.b() as u32, instr.c() as u32);
        let frame = FRAME_WORDS as u32;
        let run = |first: u32, count: u32| match count {
            0 => Ok(()),
            n => self.register(first + n - 1),
        };
        match op {
            Opcode::Call => self.register(a + frame + b),
            Opcode::CallKw => {
                self.register(a + frame + b)?;
                self.keyword_names(data, b)
            }
            Opcode::CallMethod => self.register(a + frame + 1 + b),
            Opcode::CallMethodKw => {
                self.register(a + frame + 1 + b)?;
                self.keyword_names(data, b)
            }
            Opcode::CallEx => {
                self.ensure(b <= 1, "CallEx takes 0 or 1")?;
                self.register(a + frame + 1 + b)
            }
            Opcode::LoadMethod => self.register(a + frame),
            Opcode::GetSlice => run(c, 2),
            Opcode::BuildSlice => run(b, 3),
            Opcode::Unpack => run(a, c),
            Opcode::UnpackEx => run(a, c + 1 + data as u32),
            Opcode::BuildList | Opcode::BuildTuple | Opcode::BuildSet | Opcode::JoinStr => run(b, c),
            Opcode::BuildDict => run(b, 2 * c),
            Opcode::MatchExcStar => run(a, 2),
            Opcode::WithEnter => run(a, 3),
            Opcode::WithExit => run(a, 2),
            Opcode::WithExitExc => run(a, 2),
            Opcode::ImportName => run(c, 2),
            Opcode::MatchClass => run(c, 2),
            Opcode::SetFunction => self.ensure(c <= 2, "SetFunction takes 0, 1 or 2"),
            Opcode::Convert => self.ensure((1..=3).contains(&c), "Convert takes 1, 2 or 3"),
            Opcode::Yield if c > 0 => self.register(c - 1),
            Opcode::LoadName | Opcode::StoreName | Opcode::DelName | Opcode::LoadClassFree => {
                self.ensure(self.code.uses_namespace, "a name operation without namespace")
            }
            Opcode::MakeGenerator => self.ensure(self.pc == 0 && self.code.is_generator, "MakeGenerator begins a generator"),
            Opcode::Yield | Opcode::Send => self.ensure(self.code.is_generator, "Yield in a generator only"),
            _ => Ok(()),
        }
    }

    fn keyword_names(&self, data: u64, count: u32) -> Result<(), Problem> {
        match self.code.consts.get(data as usize) {
            Some(Const::Tuple(names)) => {
                let all = names.iter().all(|n| matches!(n, Const::Str(_)));
                self.ensure(all && names.len() as u32 <= count, "keyword names")
            }
            _ => self.fail("keyword names are a tuple"),
        }
    }

    fn exceptions(&mut self) -> Result<(), Problem> {
        let at = |pc: u32| self.starts.get(pc as usize).copied().unwrap_or(false);
        let end = self.code.instrs.len() as u32;
        for e in &self.code.exceptions {
            self.ensure(e.start < e.end && at(e.start) && (e.end == end || at(e.end)), "exception range")?;
            self.ensure(at(e.target), "exception handler")?;
            self.ensure(e.target < e.start || e.target >= e.end, "a handler covers itself")?;
            self.register(e.register as u32)?;
        }
        Ok(())
    }

    /// Nothing runs off the end, on any path.
    fn flow(&mut self) -> Result<(), Problem> {
        let last = self.starts.iter().rposition(|&s| s).expect("there is an instruction");
        self.pc = last;
        let op = Instr(self.code.instrs[last]).op().expect("checked before");
        let ends = matches!(op, Opcode::Return | Opcode::ReturnNone | Opcode::Raise | Opcode::Reraise | Opcode::Jump | Opcode::Loop);
        self.ensure(ends, "control runs off the end")
    }

    fn captures(&mut self, child: &Code) -> Result<(), Problem> {
        self.pc = 0;
        for (name, capture) in &child.free_vars {
            let holds = match *capture {
                Capture::Free(f) => self.code.free_vars.get(f as usize).is_some_and(|v| v.0 == *name),
                Capture::Register(r) if self.code.class_cell == Some(r) => &**name == "__class__",
                Capture::Register(r) => self.code.locals.iter().any(|l| l.register == r && l.is_cell && self.code.names[l.name as usize] == *name),
            };
            if !holds {
                return self.fail(format!("capture of '{name}' by {}", child.qualname));
            }
        }
        Ok(())
    }
}
