//! f-strings.

use super::*;

impl<'a> Compiler<'a> {
    pub(super) fn joined_str(&mut self, parts: &'a [FStringPart], dst: Reg) -> Res {
        match parts {
            [] => self.u.load_const(&Const::Str((*b"").into()), dst),
            [part] => self.fstring_part(part, dst)?,
            _ => self.join(parts, dst)?,
        }
        Ok(())
    }

    /// The parts in batches, so that a very long text does not need as many registers.
    fn join(&mut self, parts: &'a [FStringPart], dst: Reg) -> Res {
        const BATCH: usize = 64;
        let base = self.u.regs.top;
        for part in parts {
            let t = self.u.regs.top;
            self.fstring_part(part, t)?;
            self.u.regs.set_top(t as u32 + 1);
            let count = self.u.regs.top - base;
            if count as usize == BATCH {
                self.u.emit(Opcode::JoinStr, base, base, count);
                self.u.regs.set_top(base as u32 + 1);
            }
        }
        let count = self.u.regs.top - base;
        self.u.emit(Opcode::JoinStr, dst, base, count);
        Ok(())
    }

    /// One part into the temporary or local `dst`.
    fn fstring_part(&mut self, part: &'a FStringPart, dst: Reg) -> Res {
        let mark = self.u.regs.top;
        match part {
            FStringPart::Literal(text) => self.u.load_const(&Const::Str(text.as_ref().into()), dst),
            FStringPart::Field(field) => self.fstring_field(field, dst)?,
        }
        self.release(mark);
        Ok(())
    }

    fn fstring_field(&mut self, field: &'a FStringField, dst: Reg) -> Res {
        let whole = self.u.span;
        let mut value = self.operand(&field.value)?;
        let saved = std::mem::replace(&mut self.u.span, whole);
        let conversion = match field.conversion {
            Some('s') => 1,
            Some('r') => 2,
            Some('a') => 3,
            _ => 0,
        };
        if conversion != 0 {
            let t = if self.is_local(value) { self.u.regs.alloc() } else { value };
            let t = if self.u.regs.is_temporary(t) { t } else { self.u.regs.alloc() };
            self.u.emit(Opcode::Convert, t, value, conversion);
            value = t;
        }
        if field.spec.is_empty() {
            self.u.emit(Opcode::FormatValue, dst, value, 0);
        } else {
            let spec = self.fstring_spec(&field.spec)?;
            self.u.emit(Opcode::FormatSpec, dst, value, spec);
        }
        self.u.span = saved;
        Ok(())
    }

    fn fstring_spec(&mut self, spec: &'a [FStringPart]) -> Res<Reg> {
        if let [FStringPart::Literal(text)] = spec {
            return Ok(self.const_operand(&Const::Str(text.as_ref().into())));
        }
        let t = self.u.regs.top;
        self.joined_str(spec, t)?;
        self.u.regs.set_top(t as u32 + 1);
        Ok(t)
    }
}
