//! Numbers of registers while a unit is compiled, and their final ones.
//!
//! ```text
//!  while compiling:  0 .. locals      locals: parameters, captured locals, other locals
//!                    locals .. top    temporaries, a stack
//!                    0xFF00 ..        constants kept in registers for loops
//!  in the end:       parameters | cells | locals unbound on entry | other locals | constants | temporaries
//! ```

use crate::bits::Bits;
use crate::opcode::NO_REG;

pub(crate) type Reg = u16;

/// Most registers of one unit.
pub(crate) const MAX_REGISTERS: u32 = 60_000;
/// Most constants kept in registers.
pub(crate) const MAX_HELD_CONSTS: usize = 24;
const HELD_BASE: u16 = 0xFF00;

/// The temporaries as a stack above the locals.
#[derive(Debug)]
pub(crate) struct Registers {
    pub locals: u16,
    pub top: u16,
    high: u16,
    pub held: u16,
    pub overflow: bool,
}

impl Registers {
    pub fn new(locals: usize) -> Registers {
        let overflow = locals as u32 + 1000 > MAX_REGISTERS;
        let locals = if overflow { 0 } else { locals as u16 };
        Registers { locals, top: locals, high: locals, held: 0, overflow }
    }

    /// A new temporary.
    pub fn alloc(&mut self) -> Reg {
        self.alloc_many(1)
    }

    /// `n` consecutive new temporaries; the first.
    pub fn alloc_many(&mut self, n: u16) -> Reg {
        let first = self.top;
        self.set_top(first as u32 + n as u32);
        first
    }

    pub fn set_top(&mut self, top: u32) {
        // The unit is refused in the end; until then numbers only have to stay in range.
        if top + 64 > MAX_REGISTERS {
            self.overflow = true;
            self.top = self.locals;
            return;
        }
        self.top = top as u16;
        self.high = self.high.max(self.top);
    }

    /// The register of a new held constant, if there is room.
    pub fn hold(&mut self) -> Option<Reg> {
        if self.held as usize >= MAX_HELD_CONSTS {
            return None;
        }
        self.held += 1;
        Some(HELD_BASE + self.held - 1)
    }

    pub fn is_local(&self, r: Reg) -> bool {
        r < self.locals
    }

    pub fn is_temporary(&self, r: Reg) -> bool {
        r >= self.locals && r < HELD_BASE
    }
}

/// Final numbers.
#[derive(Debug)]
pub(crate) struct Layout {
    local: Vec<u16>,
    locals: u16,
    held: u16,
    pub register_count: u32,
    pub unbound_on_entry: (u16, u16),
}

impl Layout {
    /// `fixed` locals (parameters) stay first, `cells` follow; `unbound` says which others must be cleared.
    /// `groups` are runs of locals that must stay consecutive.
    pub fn new(regs: &Registers, fixed: u16, cells: u16, unbound: &Bits, groups: &[(u16, u16)]) -> Layout {
        let mut unbound = unbound.clone();
        // Groups may overlap, so what one adds may concern another.
        let mut changed = true;
        while std::mem::take(&mut changed) {
            for &(start, len) in groups {
                let inside = (start..start + len).filter(|&r| unbound.contains(r)).count();
                if inside != 0 && inside != len as usize {
                    (start..start + len).for_each(|r| unbound.insert(r));
                    changed = true;
                }
            }
        }
        let mut local: Vec<u16> = (0..regs.locals).collect();
        let mut next = fixed + cells;
        for clear in [true, false] {
            for r in fixed + cells..regs.locals {
                if unbound.contains(r) == clear {
                    local[r as usize] = next;
                    next += 1;
                }
            }
        }
        let cleared = (fixed + cells..regs.locals).filter(|&r| unbound.contains(r)).count() as u16;
        Layout {
            local,
            locals: regs.locals,
            held: regs.held,
            register_count: regs.high as u32 + regs.held as u32 + 1,
            unbound_on_entry: (fixed, fixed + cells + cleared),
        }
    }

    /// The final number of a register.
    pub fn map(&self, r: Reg) -> Reg {
        if r < self.locals {
            self.local[r as usize]
        } else if r == NO_REG {
            r
        } else if r >= HELD_BASE {
            self.locals + (r - HELD_BASE)
        } else {
            r + self.held
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unbound_locals_stand_together() {
        let mut regs = Registers::new(6);
        let t = regs.alloc();
        let held = regs.hold().unwrap();
        let mut unbound = Bits::default();
        unbound.insert(5);
        let layout = Layout::new(&regs, 1, 1, &unbound, &[]);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|r| layout.map(r)), [0, 1, 3, 4, 5, 2]);
        assert_eq!(layout.unbound_on_entry, (1, 3));
        assert_eq!((layout.map(held), layout.map(t)), (6, 7));
    }
}
