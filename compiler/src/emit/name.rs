//! Names: reading, assigning, deleting them, wherever they live.

use super::*;

impl<'a> Compiler<'a> {
    /// The name as it is meant in this block.
    pub(super) fn mangle(&mut self, name: Name) -> Name {
        let class = self.scope().private;
        self.names.mangle(class, name)
    }

    pub(super) fn name_index(&mut self, name: Name) -> u16 {
        self.u.name_index(name, &self.names)
    }

    /// Index of an attribute name or the like, mangled.
    pub(super) fn mangled_index(&mut self, name: Name) -> u16 {
        let name = self.mangle(name);
        self.name_index(name)
    }

    /// Where a (mangled) name is found from here.
    pub(super) fn access(&self, name: Name) -> Access {
        if let Some(a) = self.u.access.get(name) {
            return a;
        }
        let is_explicit = || self.scope().symbol(name).is_some_and(|s| s.place == Place::GlobalExplicit);
        if self.u.code.uses_namespace && !is_explicit() { Access::Namespace } else { Access::Global }
    }

    /// The register of a name that is a plain local variable here.
    pub(super) fn plain_local(&mut self, name: Name) -> Option<Reg> {
        let name = self.mangle(name);
        match self.access(name) {
            Access::Local(r) => Some(r),
            _ => None,
        }
    }

    /// Raises when the local in `r` may be unbound here.
    pub(super) fn check_bound(&mut self, r: Reg, name: Name) {
        if self.u.reachable && !self.u.bound.contains(r) {
            let index = self.name_index(name);
            self.u.emit(Opcode::CheckBound, r, index, 0);
            if r >= self.u.fixed {
                self.u.unbound_on_entry.insert(r);
            }
            self.u.bound.insert(r);
        }
    }

    /// Reads a name: the local's register, or `dst()` filled.
    pub(super) fn load_name_operand(&mut self, name: Name, span: Span) -> Reg {
        let mangled = self.mangle(name);
        if let Access::Local(r) = self.access(mangled) {
            let saved = std::mem::replace(&mut self.u.span, span);
            self.check_bound(r, mangled);
            self.u.span = saved;
            return r;
        }
        let t = self.u.regs.alloc();
        self.load_name_to(name, t, span);
        t
    }

    pub(super) fn load_name_to(&mut self, name: Name, dst: Reg, span: Span) {
        let saved = std::mem::replace(&mut self.u.span, span);
        if name == self.names.known.debug {
            let is_on = self.options.optimize == 0;
            self.u.emit(if is_on { Opcode::LoadTrue } else { Opcode::LoadFalse }, dst, 0, 0);
            self.u.span = saved;
            return;
        }
        let name = self.mangle(name);
        match self.access(name) {
            Access::Local(r) => {
                self.check_bound(r, name);
                self.u.mov(dst, r);
            }
            Access::Cell(r) => {
                let n = self.name_index(name);
                self.u.emit(Opcode::CellGet, dst, r, n);
            }
            Access::Free(f) => {
                let n = self.name_index(name);
                self.u.emit(Opcode::FreeGet, dst, f, n);
            }
            Access::ClassFree(f) => {
                let n = self.name_index(name);
                self.u.emit(Opcode::LoadClassFree, dst, f, n);
            }
            Access::Global => {
                let n = self.name_index(name);
                self.u.emit(Opcode::LoadGlobal, dst, n, 0);
            }
            Access::Namespace => {
                let n = self.name_index(name);
                self.u.emit(Opcode::LoadName, dst, n, 0);
            }
        }
        self.u.span = saved;
    }

    /// Assigns the value in `src` to a name.
    pub(super) fn store_name(&mut self, name: Name, src: Reg, span: Span) -> Res {
        if name == self.names.known.debug {
            return fail(span, "cannot assign to __debug__");
        }
        let saved = std::mem::replace(&mut self.u.span, span);
        let name = self.mangle(name);
        match self.access(name) {
            Access::Local(r) => {
                self.u.mov(r, src);
                self.u.bound.insert(r);
            }
            Access::Cell(r) => self.u.emit(Opcode::CellSet, r, src, 0),
            Access::Free(f) | Access::ClassFree(f) => self.u.emit(Opcode::FreeSet, f, src, 0),
            Access::Global => {
                let n = self.name_index(name);
                self.u.emit(Opcode::StoreGlobal, src, n, 0);
            }
            Access::Namespace => {
                let n = self.name_index(name);
                self.u.emit(Opcode::StoreName, src, n, 0);
            }
        }
        self.u.span = saved;
        Ok(())
    }

    pub(super) fn delete_name(&mut self, name: Name, span: Span) -> Res {
        if name == self.names.known.debug {
            return fail(span, "cannot delete __debug__");
        }
        let saved = std::mem::replace(&mut self.u.span, span);
        let name = self.mangle(name);
        match self.access(name) {
            Access::Local(r) => {
                self.check_bound(r, name);
                self.u.emit(Opcode::Unbind, r, 0, 0);
                self.u.bound.remove(r);
            }
            access => {
                let n = self.name_index(name);
                match access {
                    Access::Cell(r) => self.u.emit(Opcode::CellDel, r, n, 0),
                    Access::Free(f) | Access::ClassFree(f) => self.u.emit(Opcode::FreeDel, f, n, 0),
                    Access::Global => self.u.emit(Opcode::DelGlobal, 0, n, 0),
                    _ => self.u.emit(Opcode::DelName, 0, n, 0),
                }
            }
        }
        self.u.span = saved;
        Ok(())
    }

    /// `name = None; del name`: the end of `except … as name`.
    pub(super) fn clear_name(&mut self, name: Name, span: Span) -> Res {
        let mangled = self.mangle(name);
        if let Access::Local(r) = self.access(mangled) {
            self.u.emit(Opcode::Unbind, r, 0, 0);
            self.u.bound.remove(r);
            if r >= self.u.fixed {
                self.u.unbound_on_entry.insert(r);
            }
            return Ok(());
        }
        let t = self.u.regs.alloc();
        self.u.emit(Opcode::LoadNone, t, 0, 0);
        self.store_name(name, t, span)?;
        self.delete_name(name, span)?;
        self.release(t);
        Ok(())
    }
}
