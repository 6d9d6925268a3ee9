//! Tree to instructions, by topic.
//!
//! **Values.** Three ways to evaluate an expression: [`expr_to`](Compiler::expr_to) a given register,
//! [`push`](Compiler::push) onto the temporaries, or as an [`operand`](Compiler::operand), which leaves locals and
//! held constants where they are. The rule of `expr_to`: the destination is a local, a temporary of its own that
//! nothing reads meanwhile, or the next free temporary (then the caller counts it in afterwards). A local is
//! written by the last instruction only, so that `x = x and f(x)` and handlers see the old value until then.
//!
//! **Order.** An operand that is a local is read when its instruction runs. Where a later operand could assign it
//! first (a walrus), it is copied: [`operand_before`](Compiler::operand_before).

mod assign;
mod call;
mod class;
mod comprehension;
mod condition;
mod expr;
mod fstring;
mod function;
mod import;
mod loops;
mod name;
mod pattern;
mod stmt;
#[cfg(test)]
mod tests;
mod try_star;
mod try_with;
mod walk;

use std::rc::Rc;

use gscript_grammar::ast::*;

use crate::assemble::{assemble, empty_code};
use crate::code::{Code, CodeKind, Const};
use crate::error::{Res, fail};
use crate::future::Future;
use crate::lines::LineTable;
use crate::names::NameTable;
use crate::opcode::{NO_REG, Opcode};
use crate::registers::{Reg, Registers};
use crate::scope::{Place, Scope, ScopeId, ScopeTable, flag};
use crate::unit::{Access, Label, OpenRegion, Unit};
use crate::{NameMode, Options};

/// Most blocks (loops, handlers, `with`) inside each other in one function, as in CPython.
const MAX_BLOCKS: usize = 20;

/// A construct that `break`, `continue` and `return` have to leave in order.
pub(crate) struct Block {
    pub kind: BlockKind,
    /// Its protected region, while open.
    pub region: Option<OpenRegion>,
}

#[derive(Clone, Copy)]
pub(crate) enum BlockKind {
    Loop {
        head: Label,
        exit: Label,
    },
    /// The body of `try … except`, or the search for a clause.
    Try,
    /// The body of `try … finally`; the number finds the statements in `Compiler::finally_bodies`.
    Finally(usize),
    /// An exception is being handled; what was before is in the register.
    Handling {
        previous: Reg,
    },
    /// The name of `except … as name`, deleted at the end.
    HandlerName(Name),
    /// Inside `except*`, which may not be left.
    Star,
    With {
        base: Reg,
        span: Span,
    },
}

pub(crate) struct Compiler<'a> {
    pub names: NameTable<'a>,
    scopes: ScopeTable,
    lines: LineTable,
    options: &'a Options<'a>,
    future: Future,
    u: Unit,
    /// The units around `u`, outermost first.
    outer: Vec<Unit>,
    /// Finished units, for their memory.
    spare: Vec<Unit>,
    finally_bodies: Vec<&'a [Stmt]>,
    /// How deep in classes and functions: only depth 0 prints expressions at the prompt.
    depth: u32,
}

/// Compiles a module.
pub(crate) fn module<'a>(module: &'a Module, options: &'a Options<'a>) -> Res<Rc<Code>> {
    let mut names = NameTable::new(&module.names);
    let future = crate::future::scan(&module.body, &names, options.source)?;
    let scopes = crate::scope::build_module(module, &mut names, future.annotations)?;
    let mut c = Compiler::new(names, scopes, future, options);
    c.module_body(&module.body)?;
    c.finish(Span { start: 0, end: 0 })
}

/// Compiles an expression for `eval`.
pub(crate) fn expression<'a>(e: &'a Expression, options: &'a Options<'a>) -> Res<Rc<Code>> {
    let mut names = NameTable::new(&e.names);
    let scopes = crate::scope::build_expression(&e.body, &mut names)?;
    let mut c = Compiler::new(names, scopes, Future::default(), options);
    c.u.span = e.body.span;
    let value = c.operand(&e.body)?;
    c.u.emit_last(Opcode::Return, value, 0);
    c.finish(e.body.span)
}

impl<'a> Compiler<'a> {
    fn new(names: NameTable<'a>, scopes: ScopeTable, future: Future, options: &'a Options<'a>) -> Self {
        let in_namespace = options.names == NameMode::Namespace;
        let code = Code {
            name: "<module>".into(),
            qualname: "<module>".into(),
            filename: options.filename.clone(),
            kind: options.kind.code_kind(),
            uses_namespace: in_namespace,
            ..empty_code()
        };
        let regs = Registers::new(in_namespace as usize);
        let mut u = Unit::new(ScopeId(0), code, regs);
        u.fixed = in_namespace as u16;
        Compiler {
            names,
            scopes,
            lines: LineTable::new(options.source),
            options,
            future,
            u,
            outer: Vec::new(),
            spare: Vec::new(),
            finally_bodies: Vec::new(),
            depth: 0,
        }
    }

    /// The docstring of a body and its place, unless there are to be none.
    fn docstring(&self, body: &'a [Stmt]) -> Option<(&'a [u8], Span)> {
        if self.options.optimize > 1 { None } else { docstring(body) }
    }

    fn module_body(&mut self, body: &'a [Stmt]) -> Res {
        if stmt::has_annotations(body) {
            let t = self.u.regs.alloc();
            self.u.emit(Opcode::LoadAnnotations, t, 0, 0);
            self.release(t);
        }
        if self.options.kind == crate::Kind::Module
            && let Some((doc, span)) = self.docstring(body)
        {
            self.u.span = span;
            let t = self.u.regs.alloc();
            self.u.load_const(&Const::Str(doc.into()), t);
            let name = self.names.intern("__doc__");
            self.store_name(name, t, span)?;
            self.release(t);
            self.u.code.docstring = Some(doc.into());
            self.u.code.has_docstring = true;
        }
        self.stmts(body)?;
        self.u.emit(Opcode::ReturnNone, 0, 0, 0);
        Ok(())
    }

    fn finish(mut self, span: Span) -> Res<Rc<Code>> {
        debug_assert!(self.outer.is_empty());
        assemble(&mut self.u, &self.lines, span)
    }

    // ---- units ----

    fn scope(&self) -> &Scope {
        self.scopes.get(self.u.scope)
    }

    /// Begins the code of an inner block.
    fn enter_unit(&mut self, scope: ScopeId, name: Rc<str>, kind: CodeKind, span: Span) {
        let qualname = self.qualname(scope, &name);
        let info = self.scopes.get(scope);
        let is_namespace = kind == CodeKind::Class;
        let code = Code {
            name,
            qualname,
            filename: self.options.filename.clone(),
            kind,
            first_line: self.lines.place(span.start).0,
            is_generator: info.is_generator,
            uses_namespace: is_namespace,
            is_nested: info.is_nested && !is_namespace,
            ..empty_code()
        };
        let locals = if is_namespace {
            1 + info.needs_class_cell as usize
        } else {
            info.symbols.iter().filter(|s| matches!(s.place, Place::Local | Place::Cell)).count()
        };
        let regs = Registers::new(locals);
        let unit = match self.spare.pop() {
            Some(mut unit) => {
                unit.restart(scope, code, regs);
                unit
            }
            None => Unit::new(scope, code, regs),
        };
        self.outer.push(std::mem::replace(&mut self.u, unit));
        self.u.span = span;
        self.place_free_vars();
        if is_namespace {
            self.place_class_cell();
        } else {
            self.place_locals();
        }
    }

    /// CPython's rules: nested in what encloses it, unless it is declared global there.
    fn qualname(&mut self, scope: ScopeId, name: &Rc<str>) -> Rc<str> {
        if self.outer.is_empty() {
            return name.clone();
        }
        let kind = self.u.kind;
        if matches!(self.scopes.get(scope).kind, crate::scope::ScopeKind::Function | crate::scope::ScopeKind::Class) && !name.starts_with('<') {
            let plain = self.names.intern(name);
            let mangled = self.mangle(plain);
            if self.scope().symbol(mangled).is_some_and(|s| s.place == Place::GlobalExplicit) {
                return name.clone();
            }
        }
        if matches!(kind, CodeKind::Class | CodeKind::Comprehension) {
            format!("{}.{name}", self.u.qualname).into()
        } else {
            format!("{}.<locals>.{name}", self.u.qualname).into()
        }
    }

    fn place_free_vars(&mut self) {
        let scope = self.scopes.get(self.u.scope);
        let parent = self.outer.last().expect("an inner unit has an outer one");
        for (n, &name) in scope.free_vars.iter().enumerate() {
            let capture = match parent.access.get(name) {
                Some(Access::Cell(r)) => crate::code::Capture::Register(r),
                Some(Access::Free(f) | Access::ClassFree(f)) => crate::code::Capture::Free(f),
                _ => self.class_capture(parent, name),
            };
            self.u.code.free_vars.push((self.names.text(name).clone(), capture));
            if name == self.names.known.class_cell {
                self.u.code.class_free = Some(n as u16);
            }
        }
        for symbol in &scope.symbols {
            if symbol.place == Place::Free {
                let is_class = scope.kind == crate::scope::ScopeKind::Class;
                let access = if is_class { Access::ClassFree(symbol.free_index) } else { Access::Free(symbol.free_index) };
                self.u.access.insert(symbol.name, access);
            }
        }
    }

    /// A variable that the class around only hands on.
    fn class_capture(&self, parent: &Unit, name: Name) -> crate::code::Capture {
        if name == self.names.known.class_cell
            && let Some(r) = parent.code.class_cell
        {
            return crate::code::Capture::Register(r);
        }
        let symbol = self.scopes.get(parent.scope).symbol(name).expect("blocks in between know the variable");
        crate::code::Capture::Free(symbol.free_index)
    }

    fn place_class_cell(&mut self) {
        self.u.fixed = 1;
        let scope = self.scopes.get(self.u.scope);
        self.u.code.self_attribute_count = scope.self_attributes.len() as u16;
        if scope.needs_class_cell {
            self.u.cells = 1;
            self.u.code.class_cell = Some(1);
            let make = crate::unit::Ins { op: Opcode::MakeCell, a: 1, b: 0, c: 0, wide: 0, data: 0, span: self.u.span };
            self.u.prologue.push(make);
        }
    }

    /// Registers of a function's variables: parameters, captured ones, others. Cells are made in the prologue.
    fn place_locals(&mut self) {
        let id = self.u.scope;
        if self.u.code.is_generator {
            self.add_prologue(Opcode::MakeGenerator, 0);
        }
        let scope = self.scopes.get(id);
        let is_param = |flags: u16| flags & flag::PARAM != 0;
        let rank = |place: Place, flags: u16| match place {
            Place::Local | Place::Cell if is_param(flags) => Some(0),
            Place::Cell => Some(1),
            Place::Local => Some(2),
            _ => None,
        };
        let mut next: Reg = 0;
        let mut cells = Vec::new();
        let mut locals = Vec::new();
        for wanted in 0..3 {
            for symbol in &scope.symbols {
                if rank(symbol.place, symbol.flags) != Some(wanted) {
                    continue;
                }
                let r = next;
                next = next.saturating_add(1);
                let is_cell = symbol.place == Place::Cell;
                locals.push((symbol.name, r, is_cell));
                if is_cell {
                    cells.push(r);
                } else if wanted == 0 {
                    self.u.bound.insert(r);
                } else if scope.looks_at_frame {
                    self.u.unbound_on_entry.insert(r);
                }
                if symbol.flags & flag::DELETED != 0 && !is_cell {
                    self.u.deletable.insert(r);
                }
            }
            match wanted {
                0 => self.u.fixed = next,
                1 => self.u.cells = next - self.u.fixed,
                _ => {}
            }
        }
        for (name, register, is_cell) in locals {
            let access = if is_cell { Access::Cell(register) } else { Access::Local(register) };
            self.u.access.insert(name, access);
            let index = self.u.name_index(name, &self.names) as u32;
            if register < self.u.fixed {
                self.u.code.param_names.push(index);
            }
            self.u.code.locals.push(crate::code::Local { name: index, register, is_cell });
        }
        for r in cells {
            self.add_prologue(Opcode::MakeCell, r);
        }
    }

    fn add_prologue(&mut self, op: Opcode, a: Reg) {
        let ins = crate::unit::Ins { op, a, b: 0, c: 0, wide: 0, data: 0, span: self.u.span };
        self.u.prologue.push(ins);
    }

    /// Ends the inner block; its number among the children of the outer one.
    fn leave_unit(&mut self, span: Span) -> Res<u16> {
        let outer = self.outer.pop().expect("an inner unit has an outer one");
        let mut unit = std::mem::replace(&mut self.u, outer);
        if unit.code.is_async {
            refuse_async(&mut unit);
        }
        let scope = unit.scope;
        let code = assemble(&mut unit, &self.lines, span)?;
        self.spare.push(unit);
        let n = self.u.code.children.len() as u16;
        self.u.code.children.push(code);
        self.u.children.insert(scope, n);
        Ok(n)
    }

    // ---- registers ----

    /// Gives back the temporary `first` and all above it.
    fn release(&mut self, first: Reg) {
        self.u.regs.top = first;
    }

    /// Where a value that is built in several steps may grow: `dst`, unless that is a local.
    fn accumulator(&mut self, dst: Reg) -> Reg {
        if !self.u.regs.is_temporary(dst) {
            return self.u.regs.alloc();
        }
        if dst == self.u.regs.top {
            self.u.regs.alloc();
        }
        dst
    }

    fn is_local(&self, r: Reg) -> bool {
        self.u.regs.is_local(r)
    }

    // ---- blocks ----

    fn push_block(&mut self, kind: BlockKind, region: Option<OpenRegion>, span: Span) -> Res {
        if self.u.blocks.len() >= MAX_BLOCKS {
            return fail(span, "too many statically nested blocks");
        }
        self.u.blocks.push(Block { kind, region });
        Ok(())
    }

    /// Ends the innermost block and its region.
    fn pop_block(&mut self) {
        let block = self.u.blocks.pop().expect("blocks are balanced");
        if let Some(region) = block.region {
            self.u.close_region(region);
        }
    }

    fn child_of(&self, key: crate::scope::NodeKey) -> ScopeId {
        *self.scopes.nodes.get(&key).expect("the first pass saw every block")
    }
}

/// The body of an `async def` is checked, not run.
fn refuse_async(unit: &mut Unit) {
    unit.prologue.clear();
    unit.ins.clear();
    unit.regions.clear();
    unit.groups.clear();
    unit.labels.clear();
    unit.code.children.clear();
    unit.reachable = true;
    unit.emit(Opcode::RefuseAsync, 0, 0, 0);
    unit.emit(Opcode::ReturnNone, 0, 0, 0);
}

/// The docstring of a body and its place.
fn docstring(body: &[Stmt]) -> Option<(&[u8], Span)> {
    let first = body.first()?;
    match &first.kind {
        StmtKind::Expr(e) => match &e.kind {
            ExprKind::Constant(Constant::Str(s)) => Some((s, e.span)),
            _ => None,
        },
        _ => None,
    }
}

/// `Raise` without one of its operands.
const NONE: Reg = NO_REG;
