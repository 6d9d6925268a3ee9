//! f-strings, and `%` formatting that can be done as one.

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

    /// `"…%s…" % (a, b)` with `%s`, `%r`, `%a` and `%%` only, and as many values: as an f-string, as CPython does.
    pub(super) fn percent_format(&mut self, left: &Expr, right: &'a Expr, dst: Reg) -> Res<bool> {
        let (ExprKind::Constant(Constant::Str(text)), ExprKind::Tuple(values)) = (&left.kind, &right.kind) else {
            return Ok(false);
        };
        let Some(pieces) = percent_pieces(text) else {
            return Ok(false);
        };
        let fields = pieces.iter().filter(|p| matches!(p, Piece::Field(_))).count();
        if fields != values.len() || pieces.len() > 64 || values.iter().any(super::expr::is_starred) {
            return Ok(false);
        }
        let base = self.u.regs.top;
        let mut values = values.iter();
        for piece in &pieces {
            let t = match piece {
                Piece::Text(text) => {
                    let t = self.u.regs.alloc();
                    self.u.load_const(&Const::Str(text.as_slice().into()), t);
                    t
                }
                Piece::Field(conversion) => {
                    let value = values.next().expect("counted");
                    let t = self.u.regs.top;
                    let r = self.operand(value)?;
                    let saved = std::mem::replace(&mut self.u.span, value.span);
                    self.u.emit(Opcode::Convert, t, r, *conversion);
                    self.u.emit(Opcode::FormatValue, t, t, 0);
                    self.u.span = saved;
                    t
                }
            };
            self.u.regs.set_top(t as u32 + 1);
        }
        self.u.emit(Opcode::JoinStr, dst, base, pieces.len() as u16);
        Ok(true)
    }
}

/// A part of a `%` format.
enum Piece {
    Text(Vec<u8>),
    /// A value; how it becomes text, as in `Convert`.
    Field(u16),
}

/// The parts of a simple `%` format.
fn percent_pieces(text: &[u8]) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut literal = Vec::new();
    let mut bytes = text.iter();
    while let Some(&b) = bytes.next() {
        if b != b'%' {
            literal.push(b);
            continue;
        }
        let conversion = match bytes.next()? {
            b'%' => {
                literal.push(b'%');
                continue;
            }
            b's' => 1,
            b'r' => 2,
            b'a' => 3,
            _ => return None,
        };
        if !literal.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut literal)));
        }
        pieces.push(Piece::Field(conversion));
    }
    if !literal.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Text(literal));
    }
    Some(pieces)
}
