//! The second half of the verifier: follows every path through a code and checks that each register is read only
//! where it certainly holds a value, and only tested where it certainly holds a value or "unbound". What a call
//! destroys, what is garbage on entry, what a handler may find: all of it counts.

use std::collections::BTreeMap;

use crate::code::{Capture, Code};
use crate::disasm::jump_target;
use crate::opcode::{FRAME_WORDS, Instr, NO_REG, Opcode, Operand};
use crate::verify::Problem;

/// What is known of the registers at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    /// Holds a value.
    bound: Vec<u64>,
    /// Holds a value or "unbound".
    defined: Vec<u64>,
}

fn set(bits: &mut [u64], r: u32) {
    bits[r as usize / 64] |= 1 << (r % 64);
}

fn clear(bits: &mut [u64], r: u32) {
    bits[r as usize / 64] &= !(1 << (r % 64));
}

fn has(bits: &[u64], r: u32) -> bool {
    bits.get(r as usize / 64).is_some_and(|w| w >> (r % 64) & 1 != 0)
}

impl State {
    fn write(&mut self, r: u32) {
        set(&mut self.bound, r);
        set(&mut self.defined, r);
    }

    fn unbind(&mut self, r: u32) {
        clear(&mut self.bound, r);
        set(&mut self.defined, r);
    }

    fn destroy_from(&mut self, r: u32, count: u32) {
        for r in r..count {
            clear(&mut self.bound, r);
            clear(&mut self.defined, r);
        }
    }

    /// Keeps what holds in both; whether that is less than before.
    fn meet(&mut self, other: &State) -> bool {
        let before = self.clone();
        for (a, b) in self.bound.iter_mut().zip(&other.bound) {
            *a &= b;
        }
        for (a, b) in self.defined.iter_mut().zip(&other.defined) {
            *a &= b;
        }
        *self != before
    }
}

/// Checks a code (verified by the table already) and all inner ones.
pub(crate) fn check(code: &Code) -> Result<(), Problem> {
    let mut flow = Flow { code, targets: BTreeMap::new(), changed: true, pc: 0 };
    while std::mem::take(&mut flow.changed) {
        flow.pass()?;
    }
    code.children.iter().try_for_each(|c| check(c))
}

struct Flow<'a> {
    code: &'a Code,
    /// States at the targets of jumps and handlers.
    targets: BTreeMap<u32, State>,
    changed: bool,
    pc: u32,
}

impl Flow<'_> {
    fn entry(&self) -> State {
        let words = self.code.register_count as usize / 64 + 1;
        let mut state = State { bound: vec![0; words], defined: vec![0; words] };
        let params = self.code.parameter_count() as u32 + self.code.uses_namespace as u32;
        (0..params).for_each(|r| state.write(r));
        let (start, end) = self.code.unbound_on_entry;
        (start as u32..end as u32).for_each(|r| state.unbind(r));
        state
    }

    fn pass(&mut self) -> Result<(), Problem> {
        let mut state = Some(self.entry());
        let mut pc = 0u32;
        while (pc as usize) < self.code.instrs.len() {
            self.pc = pc;
            let instr = Instr(self.code.instrs[pc as usize]);
            let op = instr.op().expect("verified by the table");
            if let Some(known) = self.targets.get(&pc) {
                match &mut state {
                    Some(s) => {
                        s.meet(known);
                    }
                    None => state = Some(known.clone()),
                }
            }
            if let Some(s) = &mut state {
                let ends = self.step(op, instr, s)?;
                if ends {
                    state = None;
                }
            }
            pc += op.info().len() as u32;
        }
        Ok(())
    }

    fn reach(&mut self, target: u32, state: &State) {
        match self.targets.get_mut(&target) {
            Some(known) => self.changed |= known.meet(state),
            None => {
                self.targets.insert(target, state.clone());
                self.changed = true;
            }
        }
    }

    fn read(&self, state: &State, r: u32) -> Result<(), Problem> {
        if has(&state.bound, r) {
            return Ok(());
        }
        self.fail(format!("register {r} may hold no value"))
    }

    fn fail(&self, text: String) -> Result<(), Problem> {
        Err(Problem { code: self.code.qualname.to_string(), pc: self.pc as usize, text })
    }

    /// One instruction; whether control does not go on after it.
    fn step(&mut self, op: Opcode, instr: Instr, state: &mut State) -> Result<bool, Problem> {
        let data = self.code.instrs.get(self.pc as usize + 1).copied().unwrap_or(0);
        self.reads(op, instr, state)?;
        self.handlers(op, instr, state);
        // ForIter leaves its target alone when it jumps; the others write before they do.
        let target = jump_target(op, instr, data, self.pc);
        if let (Some(t), true) = (target, op != Opcode::Send) {
            self.reach(t, state);
        }
        self.writes(op, instr, data, state);
        if let (Some(t), true) = (target, op == Opcode::Send) {
            self.reach(t, state);
        }
        Ok(matches!(op, Opcode::Jump | Opcode::Loop | Opcode::Return | Opcode::ReturnNone | Opcode::Raise | Opcode::Reraise))
    }

    fn reads(&self, op: Opcode, instr: Instr, state: &State) -> Result<(), Problem> {
        let (a, b, c) = (instr.a() as u32, instr.b() as u32, instr.c() as u32);
        let frame = FRAME_WORDS as u32;
        match op {
            Opcode::CheckBound | Opcode::MakeCell => {
                if !has(&state.defined, a) {
                    return self.fail(format!("register {a} may hold garbage"));
                }
                return Ok(());
            }
            Opcode::MakeFunction => {
                for (_, capture) in &self.code.children[b as usize].free_vars {
                    if let Capture::Register(r) = capture {
                        self.read(state, *r as u32)?;
                    }
                }
            }
            _ => {}
        }
        let is_wide = matches!(op.info().operands[1], Operand::Jump32 | Operand::Const32 | Operand::Imm32);
        for (n, (value, kind)) in [a, b, c].into_iter().zip(op.info().operands).enumerate() {
            if is_wide && n == 2 {
                break;
            }
            match kind {
                Operand::Src | Operand::Mut => self.read(state, value)?,
                Operand::SrcOpt if value != NO_REG as u32 => self.read(state, value)?,
                _ => {}
            }
        }
        let (first, count) = match op {
            Opcode::Call | Opcode::CallKw => (a + frame, b),
            Opcode::CallMethod | Opcode::CallMethodKw | Opcode::CallEx => (a + frame, b + 1),
            Opcode::GetSlice | Opcode::ImportName | Opcode::MatchClass => (c, 2),
            Opcode::BuildSlice => (b, 3),
            Opcode::BuildList | Opcode::BuildTuple | Opcode::BuildSet | Opcode::JoinStr => (b, c),
            Opcode::BuildDict => (b, 2 * c),
            Opcode::WithExit | Opcode::WithExitExc => (a, 2),
            Opcode::Yield if c > 0 => (c - 1, 1),
            _ => (0, 0),
        };
        if is_call(op) {
            self.read(state, a)?;
        }
        (first..first + count).try_for_each(|r| self.read(state, r))
    }

    /// The state in which the handler that covers this instruction begins.
    fn handlers(&mut self, op: Opcode, instr: Instr, state: &State) {
        let entries = &self.code.exceptions;
        let Some(entry) = entries.iter().find(|e| (e.start..e.end).contains(&self.pc)) else {
            return;
        };
        let (target, register) = (entry.target, entry.register);
        let mut state = state.clone();
        if is_call(op) {
            state.destroy_from(instr.a() as u32, self.code.register_count);
        }
        state.write(register as u32);
        self.reach(target, &state);
    }

    fn writes(&self, op: Opcode, instr: Instr, data: u64, state: &mut State) {
        let (a, c) = (instr.a() as u32, instr.c() as u32);
        if is_call(op) {
            state.destroy_from(a, self.code.register_count);
        }
        for (value, kind) in [instr.a(), instr.b(), instr.c()].into_iter().zip(op.info().operands) {
            if matches!(kind, Operand::Dst | Operand::Mut) {
                state.write(value as u32);
            }
        }
        let run = match op {
            Opcode::CheckBound => a..a + 1,
            Opcode::Unbind => {
                state.unbind(a);
                return;
            }
            Opcode::LoadMethod => {
                state.write(a + FRAME_WORDS as u32);
                a..a + 1
            }
            Opcode::Unpack => a..a + c,
            Opcode::UnpackEx => a..a + c + 1 + data as u32,
            Opcode::MatchExcStar => a..a + 2,
            Opcode::WithEnter => a..a + 3,
            _ => return,
        };
        run.for_each(|r| state.write(r));
    }
}

fn is_call(op: Opcode) -> bool {
    matches!(op, Opcode::Call | Opcode::CallMethod | Opcode::CallKw | Opcode::CallMethodKw | Opcode::CallEx)
}
