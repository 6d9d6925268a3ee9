//! `class`: the body as code of its own, and the call of `__build_class__`.

use super::call::needs_containers;
use super::*;
use crate::scope::NodeKey;

impl<'a> Compiler<'a> {
    pub(super) fn class_def(&mut self, c: &'a ClassDef) -> Res {
        let r = self.with_decorators(&c.decorators, c.span, |this, dst| this.build_class(c, dst))?;
        self.store_name(c.name.name, r, c.span)?;
        self.release(r);
        Ok(())
    }

    fn build_class(&mut self, c: &'a ClassDef, dst: Reg) -> Res {
        let base = self.u.regs.top;
        debug_assert_eq!(base, dst);
        let child = self.class_body(c)?;
        self.u.span = c.span;
        self.u.emit(Opcode::LoadBuildClass, base, 0, 0);
        self.begin_window(base, 0);
        let name = self.name_const(c.name.name);
        if !needs_containers(&c.bases, &c.keywords) {
            let slots = self.u.regs.alloc_many(2);
            self.u.emit(Opcode::MakeFunction, slots, child, 0);
            self.u.load_const(&name, slots + 1);
            self.check_keywords(&c.keywords)?;
            return self.class_window(base, c, dst);
        }
        self.check_keywords(&c.keywords)?;
        self.class_containers(base, c, child, &name, dst)
    }

    fn class_window(&mut self, base: Reg, c: &'a ClassDef, dst: Reg) -> Res {
        for b in &c.bases {
            self.push(b)?;
        }
        for keyword in &c.keywords {
            self.push(&keyword.value)?;
        }
        let top = self.u.regs.top;
        self.u.regs.set_top(top as u32 + 1);
        let count = (2 + c.bases.len() + c.keywords.len()) as u16;
        if c.keywords.is_empty() {
            self.u.emit(Opcode::Call, base, count, dst);
        } else {
            let mut list = Vec::with_capacity(c.keywords.len());
            for keyword in &c.keywords {
                let name = self.mangle(keyword.name.expect("no ** here").name);
                list.push(self.name_const(name));
            }
            let names = self.u.const_index(Const::Tuple(list));
            self.u.emit_data(Opcode::CallKw, base, count, dst, names);
        }
        Ok(())
    }

    fn class_containers(&mut self, base: Reg, c: &'a ClassDef, child: u16, name: &Const, dst: Reg) -> Res {
        let list = self.u.regs.alloc();
        let mark = self.u.regs.alloc_many(2);
        self.u.emit(Opcode::MakeFunction, mark, child, 0);
        self.u.load_const(name, mark + 1);
        self.u.emit(Opcode::BuildList, list, mark, 2);
        self.release(mark);
        self.append_all(list, &c.bases)?;
        if !c.keywords.is_empty() {
            let dict = self.u.regs.alloc();
            self.keyword_dict(base, &c.keywords, dict)?;
        }
        let top = self.u.regs.top;
        self.u.regs.set_top(top as u32 + 1);
        self.u.emit(Opcode::CallEx, base, !c.keywords.is_empty() as u16, dst);
        Ok(())
    }

    /// Compiles the body; its number among the children.
    fn class_body(&mut self, c: &'a ClassDef) -> Res<u16> {
        let scope = self.child_of(NodeKey::class(c));
        if let Some(&n) = self.u.children.get(&scope) {
            return Ok(n);
        }
        let first = c.decorators.first().map_or(c.span, |d| d.span);
        let text = self.names.text(c.name.name).clone();
        self.enter_unit(scope, text, CodeKind::Class, Span { start: first.start, ..c.span });
        self.depth += 1;
        let line = self.lines.line_start(first.start);
        self.class_prologue(&c.body, Span { start: line, end: line })?;
        self.stmts(&c.body)?;
        match self.u.code.class_cell {
            Some(cell) => self.u.emit(Opcode::Return, cell, 0, 0),
            None => self.u.emit(Opcode::ReturnNone, 0, 0, 0),
        }
        self.depth -= 1;
        self.leave_unit(c.span)
    }

    fn class_prologue(&mut self, body: &'a [Stmt], span: Span) -> Res {
        let t = self.u.regs.alloc();
        let name = self.names.intern("__name__");
        self.load_name_to(name, t, span);
        let module = self.names.intern("__module__");
        self.store_name(module, t, span)?;
        let qualname = Const::Str(self.u.qualname.as_bytes().into());
        self.u.load_const(&qualname, t);
        let name = self.names.intern("__qualname__");
        self.store_name(name, t, span)?;
        if stmt::has_annotations(body) {
            self.u.emit(Opcode::LoadAnnotations, t, 0, 0);
        }
        if let Some((doc, span)) = self.docstring(body) {
            self.u.load_const(&Const::Str(doc.into()), t);
            let name = self.names.intern("__doc__");
            self.store_name(name, t, span)?;
            self.u.code.docstring = Some(doc.into());
            self.u.code.has_docstring = true;
        }
        self.release(t);
        Ok(())
    }
}
