//! `import` and `from … import`.

use super::*;

impl<'a> Compiler<'a> {
    pub(super) fn import(&mut self, aliases: &'a [Alias], span: Span) -> Res {
        for alias in aliases {
            let mark = self.u.regs.top;
            let module = self.import_module(alias.name, Const::None, 0);
            let text = self.names.text(alias.name).clone();
            match alias.asname {
                Some(asname) => {
                    // `import a.b.c as m` takes b and c from what was imported, as attributes.
                    for part in text.split('.').skip(1) {
                        let name = self.names.intern(part);
                        let n = self.name_index(name);
                        self.u.emit(Opcode::ImportFrom, module, module, n);
                    }
                    self.store_name(asname.name, module, span)?;
                }
                None => {
                    let first = text.split('.').next().unwrap_or(&text);
                    let name = self.names.intern(first);
                    self.store_name(name, module, span)?;
                }
            }
            self.release(mark);
        }
        Ok(())
    }

    pub(super) fn import_from(&mut self, module: Option<DottedName>, aliases: &'a [Alias], level: u32, span: Span) -> Res {
        if module.is_some_and(|m| m.name == self.names.known.future) && level == 0 && span.start > self.future.end {
            return crate::future::late(span);
        }
        let mark = self.u.regs.top;
        let list = aliases.iter().map(|a| self.name_const(a.name)).collect();
        let name = module.map_or_else(|| self.names.intern(""), |m| m.name);
        let from = self.import_module(name, Const::Tuple(list), level);
        for alias in aliases {
            if alias.name == self.names.known.star {
                self.u.emit(Opcode::ImportStar, from, 0, 0);
                break;
            }
            let n = self.mangled_index(alias.name);
            let target = alias.asname.map_or(alias.name, |a| a.name);
            let dst = match self.plain_local(target) {
                Some(r) if target != self.names.known.debug => r,
                _ => self.u.regs.alloc(),
            };
            self.u.emit(Opcode::ImportFrom, dst, from, n);
            self.store_name(target, dst, span)?;
        }
        self.release(mark);
        Ok(())
    }

    fn import_module(&mut self, name: Name, from_list: Const, level: u32) -> Reg {
        let base = self.u.regs.alloc_many(2);
        self.u.load_const(&from_list, base);
        self.u.load_const(&Const::Int(level as i64), base + 1);
        let n = self.mangled_index(name);
        self.u.emit(Opcode::ImportName, base, n, base);
        base
    }
}
