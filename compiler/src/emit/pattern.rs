//! `match`: patterns as tests with jumps.
//!
//! The subject and all parts that are looked at stay in temporaries until the case is decided; names are bound
//! only after the whole pattern has matched, in order, before the guard runs.

use super::expr::small;
use super::*;
use crate::fold::fold;
use crate::unit::ConstKey;

/// A name to bind and the register with its value.
type Capture = (Name, Reg);

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Res {
        let subject = self.push(subject)?;
        let end = self.u.label();
        for (n, case) in cases.iter().enumerate() {
            let mark = self.u.regs.top;
            let next = self.u.label();
            let is_last = n + 1 == cases.len();
            let may_be_irrefutable = case.guard.is_some() || is_last;
            let mut captures = Vec::new();
            self.u.span = case.pattern.span;
            self.pattern(&case.pattern, subject, next, &mut captures, may_be_irrefutable)?;
            for (name, r) in captures {
                let span = self.u.span;
                self.store_name(name, r, span)?;
            }
            if let Some(guard) = &case.guard {
                self.jump_unless(guard, next)?;
            }
            self.release(mark);
            self.stmts(&case.body)?;
            if !is_last {
                self.u.go(end);
            }
            self.u.bind(next);
        }
        self.u.bind(end);
        Ok(())
    }

    /// Goes on when `subject` matches, else to `fail`. `may_be_irrefutable`: nothing after it is made unreachable.
    fn pattern(&mut self, p: &'a Pattern, subject: Reg, fail_to: Label, captures: &mut Vec<Capture>, may_be_irrefutable: bool) -> Res {
        // The innermost pattern keeps the blame for what follows, as in CPython.
        self.u.span = p.span;
        match &p.kind {
            PatternKind::Value(e) => self.value_pattern(p, e, subject, fail_to)?,
            PatternKind::Singleton(c) => {
                if *c == Constant::None {
                    self.u.jump(Opcode::JumpIfNotNone, subject, 0, fail_to);
                } else {
                    let r = self.const_operand(&crate::fold::from_ast(c));
                    self.u.jump(Opcode::JumpIfIsNot, subject, r, fail_to);
                }
            }
            PatternKind::Sequence(items) => self.sequence_pattern(p, items, subject, fail_to, captures)?,
            PatternKind::Mapping { keys, patterns, rest } => {
                self.mapping_pattern(p, keys, patterns, rest.as_ref(), subject, fail_to, captures)?;
            }
            PatternKind::Class { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.class_pattern(p, cls, patterns, kwd_attrs, kwd_patterns, subject, fail_to, captures)?;
            }
            PatternKind::Star(name) => {
                if let Some(name) = name {
                    self.capture(name, subject, captures)?;
                }
            }
            PatternKind::As { pattern: None, name } => {
                if !may_be_irrefutable {
                    return self.irrefutable_error(p, name.as_ref());
                }
                if let Some(name) = name {
                    self.capture(name, subject, captures)?;
                }
            }
            PatternKind::As { pattern: Some(inner), name } => {
                self.pattern(inner, subject, fail_to, captures, may_be_irrefutable)?;
                if let Some(name) = name {
                    self.capture(name, subject, captures)?;
                }
            }
            PatternKind::Or(list) => self.or_pattern(list, subject, fail_to, captures, may_be_irrefutable)?,
        }
        Ok(())
    }

    fn irrefutable_error(&self, p: &Pattern, name: Option<&Ident>) -> Res {
        let message = match name {
            Some(n) => {
                format!("name capture '{}' makes remaining patterns unreachable", self.names.text(n.name))
            }
            None => "wildcard makes remaining patterns unreachable".to_string(),
        };
        fail(p.span, message)
    }

    fn capture(&mut self, name: &Ident, r: Reg, captures: &mut Vec<Capture>) -> Res {
        let span = self.u.span;
        if name.name == self.names.known.debug {
            return fail(span, "cannot assign to __debug__");
        }
        if captures.iter().any(|c| c.0 == name.name) {
            let text = self.names.text(name.name);
            return fail(span, format!("multiple assignments to name '{text}' in pattern"));
        }
        captures.push((name.name, r));
        Ok(())
    }

    fn value_pattern(&mut self, p: &Pattern, e: &'a Expr, subject: Reg, fail_to: Label) -> Res {
        let value = fold(e);
        if value.is_none() && !matches!(e.kind, ExprKind::Attribute { .. }) {
            return fail(p.span, "patterns may only match literals and attribute lookups");
        }
        let n = value.as_ref().and_then(small);
        match (n, value) {
            (Some(n), _) => self.u.jump(Opcode::JumpIfNotEqImm, subject, n as u16, fail_to),
            (None, Some(c)) => {
                let r = self.const_operand(&c);
                self.u.jump(Opcode::JumpIfNotEq, subject, r, fail_to);
            }
            (None, None) => {
                let r = self.operand(e)?;
                self.u.jump(Opcode::JumpIfNotEq, subject, r, fail_to);
            }
        }
        Ok(())
    }

    /// Jumps to `fail_to` unless the comparison of the length in `len` with `n` holds.
    fn check_length(&mut self, len: Reg, n: usize, exact: bool, fail_to: Label) {
        let immediate = if exact { Opcode::JumpIfNotEqImm } else { Opcode::JumpIfNotGeImm };
        if n <= i16::MAX as usize {
            self.u.jump(immediate, len, n as u16, fail_to);
        } else {
            let r = self.const_operand(&Const::Int(n as i64));
            let jump = if exact { Opcode::JumpIfNotEq } else { Opcode::JumpIfNotGe };
            self.u.jump(jump, len, r, fail_to);
        }
    }

    fn sequence_pattern(&mut self, p: &Pattern, items: &'a [Pattern], subject: Reg, fail_to: Label, captures: &mut Vec<Capture>) -> Res {
        let mut star = None;
        for (n, item) in items.iter().enumerate() {
            if matches!(item.kind, PatternKind::Star(_)) {
                if star.is_some() {
                    return fail(p.span, "multiple starred names in sequence pattern");
                }
                star = Some(n);
            }
        }
        if items.len() >= 50_000 || star.is_some_and(|n| n >= 256) {
            return fail(p.span, "too many expressions in star-unpacking sequence pattern");
        }
        let t = self.u.regs.alloc();
        self.u.emit(Opcode::MatchSequence, t, subject, 0);
        self.u.jump(Opcode::JumpIfFalse, t, 0, fail_to);
        let fixed = items.len() - star.is_some() as usize;
        if star.is_none() || fixed > 0 {
            self.u.emit(Opcode::GetLen, t, subject, 0);
            self.check_length(t, fixed, star.is_none(), fail_to);
        }
        if items.iter().all(is_wildcard) {
            return Ok(());
        }
        match star {
            Some(n) if is_wildcard(&items[n]) => self.picked_items(items, n, subject, t, fail_to, captures),
            _ => self.unpacked_items(items, star, subject, fail_to, captures),
        }
    }

    /// `[a, *_, b]`: only the items that are looked at, by their index.
    fn picked_items(&mut self, items: &'a [Pattern], star: usize, subject: Reg, len: Reg, fail_to: Label, captures: &mut Vec<Capture>) -> Res {
        for (n, item) in items.iter().enumerate() {
            if n == star || is_wildcard(item) {
                continue;
            }
            let value = self.u.regs.alloc();
            if n < star {
                // At most 255 items stand before a star.
                self.u.emit(Opcode::GetItemImm, value, subject, n as u16);
            } else {
                let from_end = items.len() - n;
                self.u.emit(Opcode::GetLen, len, subject, 0);
                let index = self.u.regs.alloc();
                if from_end <= i16::MAX as usize {
                    self.u.emit(Opcode::SubImm, index, len, from_end as u16);
                } else {
                    let r = self.const_operand(&Const::Int(from_end as i64));
                    self.u.emit(Opcode::Sub, index, len, r);
                }
                self.u.emit(Opcode::GetItem, value, subject, index);
            }
            self.pattern(item, value, fail_to, captures, true)?;
        }
        Ok(())
    }

    fn unpacked_items(&mut self, items: &'a [Pattern], star: Option<usize>, subject: Reg, fail_to: Label, captures: &mut Vec<Capture>) -> Res {
        let base = self.u.regs.alloc_many(items.len() as u16);
        match star {
            None => self.u.emit(Opcode::Unpack, base, subject, items.len() as u16),
            Some(n) => {
                let after = (items.len() - n - 1) as u32;
                self.u.emit_data(Opcode::UnpackEx, base, subject, n as u16, after);
            }
        }
        for (n, item) in items.iter().enumerate() {
            self.pattern(item, base + n as u16, fail_to, captures, true)?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one pattern")]
    fn mapping_pattern(
        &mut self,
        p: &Pattern,
        keys: &'a [Expr],
        patterns: &'a [Pattern],
        rest: Option<&'a Ident>,
        subject: Reg,
        fail_to: Label,
        captures: &mut Vec<Capture>,
    ) -> Res {
        let t = self.u.regs.alloc();
        self.u.emit(Opcode::MatchMapping, t, subject, 0);
        self.u.jump(Opcode::JumpIfFalse, t, 0, fail_to);
        if keys.is_empty() && rest.is_none() {
            return Ok(());
        }
        if !keys.is_empty() {
            self.u.emit(Opcode::GetLen, t, subject, 0);
            self.check_length(t, keys.len(), false, fail_to);
        }
        let key_tuple = self.mapping_keys(p, keys)?;
        let values = self.u.regs.alloc();
        self.u.emit(Opcode::MatchKeys, values, subject, key_tuple);
        self.u.jump(Opcode::JumpIfNone, values, 0, fail_to);
        if !keys.is_empty() {
            let base = self.u.regs.alloc_many(keys.len() as u16);
            self.u.emit(Opcode::Unpack, base, values, keys.len() as u16);
            for (n, pattern) in patterns.iter().enumerate() {
                self.pattern(pattern, base + n as u16, fail_to, captures, true)?;
            }
        }
        if let Some(name) = rest {
            let dict = self.u.regs.alloc();
            self.u.emit(Opcode::MatchRest, dict, subject, key_tuple);
            self.capture(name, dict, captures)?;
        }
        Ok(())
    }

    /// The keys of a mapping pattern as a tuple in a temporary.
    fn mapping_keys(&mut self, p: &Pattern, keys: &'a [Expr]) -> Res<Reg> {
        let tuple = self.u.regs.alloc();
        if keys.len() >= 50_000 {
            return fail(p.span, "too many sub-patterns in mapping pattern");
        }
        let mut seen: Vec<(ConstKey, usize)> = Vec::new();
        let mut constants = Vec::new();
        for key in keys {
            let value = fold(key);
            match &value {
                Some(c) => {
                    let k = equal_key(c);
                    if seen.iter().any(|(s, _)| *s == k) {
                        let text = crate::unparse::const_repr(c);
                        return fail(p.span, format!("mapping pattern checks duplicate key ({text})"));
                    }
                    seen.push((k, 0));
                }
                None if matches!(key.kind, ExprKind::Attribute { .. }) => {}
                None => {
                    return fail(p.span, "mapping pattern keys may only match literals and attribute lookups");
                }
            }
            constants.push(value);
        }
        if let Some(values) = constants.into_iter().collect::<Option<Vec<Const>>>() {
            self.u.load_const(&Const::Tuple(values), tuple);
            return Ok(tuple);
        }
        let base = self.push_all(keys)?;
        self.u.emit(Opcode::BuildTuple, tuple, base, keys.len() as u16);
        Ok(tuple)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one pattern")]
    fn class_pattern(
        &mut self,
        p: &Pattern,
        cls: &'a Expr,
        patterns: &'a [Pattern],
        kwd_attrs: &'a [Ident],
        kwd_patterns: &'a [Pattern],
        subject: Reg,
        fail_to: Label,
        captures: &mut Vec<Capture>,
    ) -> Res {
        for (n, attr) in kwd_attrs.iter().enumerate() {
            if attr.name == self.names.known.debug {
                return fail(kwd_patterns[n].span, "cannot assign to __debug__");
            }
            if kwd_attrs[..n].iter().any(|o| o.name == attr.name) {
                let text = self.names.text(attr.name);
                return fail(kwd_patterns[n].span, format!("attribute name repeated in class pattern: {text}"));
            }
        }
        let count = patterns.len() + kwd_patterns.len();
        if count >= 50_000 {
            return fail(p.span, "too many sub-patterns in class pattern");
        }
        let base = self.u.regs.alloc_many(2);
        self.expr_to(cls, base)?;
        let names = kwd_attrs.iter().map(|a| self.name_const(a.name)).collect();
        self.u.load_const(&Const::Tuple(names), base + 1);
        let values = self.u.regs.alloc();
        self.u.emit_data(Opcode::MatchClass, values, subject, base, patterns.len() as u32);
        self.u.jump(Opcode::JumpIfNone, values, 0, fail_to);
        if count == 0 {
            return Ok(());
        }
        let first = self.u.regs.alloc_many(count as u16);
        self.u.emit(Opcode::Unpack, first, values, count as u16);
        for (n, pattern) in patterns.iter().chain(kwd_patterns).enumerate() {
            if !is_wildcard(pattern) {
                self.pattern(pattern, first + n as u16, fail_to, captures, true)?;
            }
        }
        Ok(())
    }

    fn or_pattern(&mut self, list: &'a [Pattern], subject: Reg, fail_to: Label, captures: &mut Vec<Capture>, may_be_irrefutable: bool) -> Res {
        let matched = self.u.label();
        let before = captures.len();
        // One register for each name, in the order of the first alternative; all alternatives fill them.
        let mut slots: Vec<Capture> = Vec::new();
        for (n, alternative) in list.iter().enumerate() {
            let is_last = n + 1 == list.len();
            let next = if is_last { fail_to } else { self.u.label() };
            let mut own: Vec<Capture> = captures[..before].to_vec();
            self.pattern(alternative, subject, next, &mut own, may_be_irrefutable && is_last)?;
            let own = own.split_off(before);
            if n == 0 {
                for &(name, _) in &own {
                    let r = self.u.regs.alloc();
                    slots.push((name, r));
                }
            } else if own.len() != slots.len() || own.iter().any(|c| !slots.iter().any(|s| s.0 == c.0)) {
                return fail(self.u.span, "alternative patterns bind different names");
            }
            for &(name, r) in &own {
                let slot = slots.iter().find(|s| s.0 == name).expect("compared above");
                self.u.mov(slot.1, r);
            }
            self.u.go(matched);
            if !is_last {
                self.u.bind(next);
            }
        }
        self.u.bind(matched);
        captures.extend(slots);
        Ok(())
    }
}

fn is_wildcard(p: &Pattern) -> bool {
    matches!(p.kind, PatternKind::As { pattern: None, name: None } | PatternKind::Star(None))
}

/// A key under which equal constants of different type fall together, as they do in a set.
fn equal_key(c: &Const) -> ConstKey {
    match c {
        Const::True => ConstKey::Int(1),
        Const::False => ConstKey::Int(0),
        Const::Float(x) if x.fract() == 0.0 && x.abs() < 9e15 => ConstKey::Int(*x as i64),
        Const::Complex(x, y) if *y == 0.0 => equal_key(&Const::Float(*x)),
        _ => ConstKey::of(c),
    }
}
