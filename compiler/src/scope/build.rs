//! The first pass over the tree: blocks, and what happens to each name in them.
//!
//! The order of the visits is CPython's, since it decides which of several errors is reported.

use gscript_grammar::ast::*;

use super::{ComprehensionKind, Map, NodeKey, Place, Scope, ScopeId, ScopeKind, ScopeTable, Symbol, flag};
use crate::error::{Res, fail};
use crate::name_map::NameMap;
use crate::names::NameTable;

/// The blocks of a module.
pub(crate) fn build_module(module: &Module, names: &mut NameTable, future_annotations: bool) -> Res<ScopeTable> {
    let mut builder = Builder::new(names, future_annotations);
    builder.stmts(&module.body)?;
    builder.finish()
}

/// The blocks of an expression.
pub(crate) fn build_expression(body: &Expr, names: &mut NameTable) -> Res<ScopeTable> {
    let mut builder = Builder::new(names, false);
    builder.expr(body)?;
    builder.finish()
}

/// Built-ins that look at the variables of the frame which calls them.
const FRAME_WATCHERS: [&str; 6] = ["locals", "vars", "dir", "eval", "exec", "_getframe"];

struct Builder<'n, 'a> {
    names: &'n mut NameTable<'a>,
    table: ScopeTable,
    current: ScopeId,
    private: Option<Name>,
    future_annotations: bool,
    frame_watchers: [Name; 6],
}

impl<'n, 'a> Builder<'n, 'a> {
    fn new(names: &'n mut NameTable<'a>, future_annotations: bool) -> Self {
        let frame_watchers = FRAME_WATCHERS.map(|n| names.intern(n));
        let mut builder = Builder {
            names,
            table: ScopeTable { scopes: Vec::new(), nodes: Map::default() },
            current: ScopeId(0),
            private: None,
            future_annotations,
            frame_watchers,
        };
        builder.push_scope(ScopeKind::Module, None);
        builder
    }

    fn finish(self) -> Res<ScopeTable> {
        let mut table = self.table;
        table.resolve(self.names)?;
        Ok(table)
    }

    // ---- blocks ----

    fn scope(&mut self) -> &mut Scope {
        &mut self.table.scopes[self.current.0 as usize]
    }

    fn push_scope(&mut self, kind: ScopeKind, comprehension: Option<ComprehensionKind>) {
        let id = ScopeId(self.table.scopes.len() as u32);
        let parent = (id.0 != 0).then_some(self.current);
        let (is_nested, comp_iter_expr) = match parent {
            Some(p) => {
                let p = self.table.get(p);
                (p.is_nested || p.kind == ScopeKind::Function, p.comp_iter_expr)
            }
            None => (false, 0),
        };
        self.table.scopes.push(Scope {
            kind,
            comprehension,
            parent,
            private: self.private,
            symbols: Vec::new(),
            map: NameMap::default(),
            is_generator: false,
            is_coroutine: false,
            is_nested,
            has_walrus: false,
            looks_at_frame: false,
            needs_class_cell: false,
            self_attributes: Vec::new(),
            self_name: None,
            free_vars: Vec::new(),
            directives: Vec::new(),
            comp_iter_expr,
            in_comp_target: false,
        });
        self.current = id;
    }

    fn enter(&mut self, kind: ScopeKind, comprehension: Option<ComprehensionKind>, key: NodeKey) {
        self.push_scope(kind, comprehension);
        self.table.nodes.insert(key, self.current);
    }

    fn leave(&mut self) {
        self.current = self.scope().parent.expect("only inner blocks are left");
    }

    // ---- names ----

    fn mangle(&mut self, name: Name) -> Name {
        self.names.mangle(self.private, name)
    }

    fn add(&mut self, name: Name, flags: u16, span: Span) -> Res {
        let mangled = self.mangle(name);
        self.add_to(self.current, mangled, flags, span)
    }

    /// `name` is mangled already.
    fn add_to(&mut self, id: ScopeId, name: Name, flags: u16, span: Span) -> Res {
        let scope = &mut self.table.scopes[id.0 as usize];
        let in_comp_target = scope.in_comp_target;
        let symbol: &mut Symbol = scope.symbol_mut(name);
        if flags & flag::PARAM != 0 && symbol.flags & flag::PARAM != 0 {
            let text = format!("duplicate argument '{}' in function definition", self.names.text(name));
            return fail(span, text);
        }
        symbol.flags |= flags;
        if in_comp_target {
            if symbol.flags & (flag::GLOBAL | flag::NONLOCAL) != 0 {
                let text = format!("comprehension inner loop cannot rebind assignment expression target '{}'", self.names.text(name));
                return fail(span, text);
            }
            symbol.flags |= flag::COMP_ITER;
        }
        debug_assert!(symbol.place == Place::Unknown);
        Ok(())
    }

    fn load(&mut self, name: Name, span: Span) -> Res {
        let mangled = self.mangle(name);
        self.add_to(self.current, mangled, flag::USE, span)?;
        if self.frame_watchers.contains(&name) {
            self.scope().looks_at_frame = true;
        }
        if name == self.names.known.super_ && self.scope().kind == ScopeKind::Function {
            let class = self.names.known.class_cell;
            self.add_to(self.current, class, flag::USE, span)?;
        }
        Ok(())
    }

    // ---- statements ----

    fn stmts(&mut self, body: &[Stmt]) -> Res {
        body.iter().try_for_each(|s| self.stmt(s))
    }

    fn stmt(&mut self, s: &Stmt) -> Res {
        match &s.kind {
            StmtKind::Expr(e) => self.expr(e),
            StmtKind::Assign { targets, value } => {
                targets.iter().try_for_each(|t| self.target(t))?;
                self.expr(value)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.target(target)?;
                self.expr(value)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => self.ann_assign(s.span, target, annotation, value.as_deref(), *simple),
            StmtKind::Return(value) => self.opt(value.as_deref()),
            StmtKind::Delete(targets) => targets.iter().try_for_each(|t| self.delete(t)),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
            StmtKind::Raise { exc, cause } => {
                self.opt(exc.as_deref())?;
                self.opt(cause.as_deref())
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.opt(msg.as_deref())
            }
            StmtKind::Global(idents) => idents.iter().try_for_each(|i| self.declare(s.span, i.name, true)),
            StmtKind::Nonlocal(idents) => idents.iter().try_for_each(|i| self.declare(s.span, i.name, false)),
            StmtKind::Import(aliases) => aliases.iter().try_for_each(|a| self.alias(a)),
            StmtKind::ImportFrom { names, .. } => names.iter().try_for_each(|a| self.alias(a)),
            StmtKind::If { test, body, orelse } | StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.stmts(body)?;
                self.stmts(orelse)
            }
            StmtKind::For(f) => {
                self.target(&f.target)?;
                self.expr(&f.iter)?;
                self.stmts(&f.body)?;
                self.stmts(&f.orelse)
            }
            StmtKind::With(w) => {
                for item in &w.items {
                    self.expr(&item.context)?;
                    if let Some(t) = &item.target {
                        self.target(t)?;
                    }
                }
                self.stmts(&w.body)
            }
            StmtKind::Try(t) => self.try_stmt(t),
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&case.pattern)?;
                    self.opt(case.guard.as_ref())?;
                    self.stmts(&case.body)?;
                }
                Ok(())
            }
            StmtKind::FunctionDef(f) => self.function(f),
            StmtKind::ClassDef(c) => self.class(c),
        }
    }

    fn ann_assign(&mut self, span: Span, target: &Expr, annotation: &Expr, value: Option<&Expr>, simple: bool) -> Res {
        if let ExprKind::Name(name) = target.kind {
            let mangled = self.mangle(name);
            let flags = self.scope().flags(mangled);
            let declared = flags & (flag::GLOBAL | flag::NONLOCAL) != 0;
            if simple && declared && self.scope().kind != ScopeKind::Module {
                let word = if flags & flag::GLOBAL != 0 { "global" } else { "nonlocal" };
                let text = format!("annotated name '{}' can't be {word}", self.names.text(name));
                return fail(span, text);
            }
            if simple {
                self.add(name, flag::ANNOT | flag::LOCAL, target.span)?;
            } else if value.is_some() {
                self.add(name, flag::LOCAL, target.span)?;
            }
        } else {
            self.target(target)?;
        }
        self.annotation(annotation)?;
        self.opt(value)
    }

    fn declare(&mut self, span: Span, name: Name, is_global: bool) -> Res {
        let mangled = self.mangle(name);
        let flags = self.scope().flags(mangled);
        let word = if is_global { "global" } else { "nonlocal" };
        if flags & (flag::PARAM | flag::LOCAL | flag::USE | flag::ANNOT) != 0 {
            let text = self.names.text(name);
            let message = if flags & flag::PARAM != 0 {
                format!("name '{text}' is parameter and {word}")
            } else if flags & flag::USE != 0 {
                format!("name '{text}' is used prior to {word} declaration")
            } else if flags & flag::ANNOT != 0 {
                format!("annotated name '{text}' can't be {word}")
            } else {
                format!("name '{text}' is assigned to before {word} declaration")
            };
            return fail(span, message);
        }
        let flags = if is_global { flag::GLOBAL } else { flag::NONLOCAL };
        self.add(name, flags, span)?;
        self.scope().directives.push((mangled, span));
        Ok(())
    }

    fn alias(&mut self, alias: &Alias) -> Res {
        if let Some(asname) = alias.asname {
            return self.add(asname.name, flag::IMPORT, alias.span);
        }
        if alias.name == self.names.known.star {
            if self.scope().kind != ScopeKind::Module {
                return fail(alias.span, "import * only allowed at module level");
            }
            return Ok(());
        }
        let text = self.names.text(alias.name).clone();
        let name = match text.split_once('.') {
            Some((first, _)) => self.names.intern(first),
            None => alias.name,
        };
        self.add(name, flag::IMPORT, alias.span)
    }

    fn try_stmt(&mut self, t: &Try) -> Res {
        self.stmts(&t.body)?;
        self.stmts(&t.orelse)?;
        for handler in &t.handlers {
            self.opt(handler.typ.as_ref())?;
            if let Some(name) = handler.name {
                self.add(name.name, flag::LOCAL | flag::DELETED, handler.span)?;
            }
            self.stmts(&handler.body)?;
        }
        self.stmts(&t.finally)
    }

    fn function(&mut self, f: &FunctionDef) -> Res {
        self.add(f.name.name, flag::LOCAL, f.span)?;
        self.defaults(&f.params)?;
        self.annotations_of(&f.params, f.returns.as_ref())?;
        f.decorators.iter().try_for_each(|d| self.expr(d))?;
        let in_class = self.scope().kind == ScopeKind::Class;
        self.enter(ScopeKind::Function, None, NodeKey::function(f));
        self.scope().is_coroutine = f.is_async;
        if in_class {
            let first = f.params.posonly.first().or(f.params.args.first());
            self.scope().self_name = first.map(|p| p.name.name);
        }
        self.params(&f.params)?;
        self.stmts(&f.body)?;
        self.leave();
        Ok(())
    }

    fn class(&mut self, c: &ClassDef) -> Res {
        self.add(c.name.name, flag::LOCAL, c.span)?;
        c.bases.iter().try_for_each(|b| self.expr(b))?;
        c.keywords.iter().try_for_each(|k| self.expr(&k.value))?;
        c.decorators.iter().try_for_each(|d| self.expr(d))?;
        let outer = self.private;
        self.private = Some(c.name.name);
        self.enter(ScopeKind::Class, None, NodeKey::class(c));
        self.stmts(&c.body)?;
        self.leave();
        self.private = outer;
        Ok(())
    }

    fn defaults(&mut self, p: &Parameters) -> Res {
        for param in p.posonly.iter().chain(&p.args).chain(&p.kwonly) {
            self.opt(param.default.as_deref())?;
        }
        Ok(())
    }

    fn annotations_of(&mut self, p: &Parameters, returns: Option<&Expr>) -> Res {
        let all = p.posonly.iter().chain(&p.args).chain(&p.vararg).chain(&p.kwarg).chain(&p.kwonly);
        for param in all {
            if let Some(a) = &param.annotation {
                self.annotation(a)?;
            }
        }
        returns.map_or(Ok(()), |r| self.annotation(r))
    }

    fn annotation(&mut self, e: &Expr) -> Res {
        if !self.future_annotations {
            return self.expr(e);
        }
        self.push_scope(ScopeKind::Annotation, None);
        self.expr(e)?;
        self.leave();
        Ok(())
    }

    fn params(&mut self, p: &Parameters) -> Res {
        for param in p.posonly.iter().chain(&p.args).chain(&p.kwonly).chain(&p.vararg).chain(&p.kwarg) {
            self.add(param.name.name, flag::PARAM, param.name.span)?;
        }
        Ok(())
    }

    // ---- targets ----

    /// Something that is assigned to.
    fn target(&mut self, e: &Expr) -> Res {
        match &e.kind {
            ExprKind::Name(name) => self.add(*name, flag::LOCAL, e.span),
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().try_for_each(|i| self.target(i)),
            ExprKind::Starred(inner) => self.target(inner),
            ExprKind::Attribute { value, attr } => {
                self.note_self_attribute(value, attr.name);
                self.expr(value)
            }
            _ => self.expr(e),
        }
    }

    fn delete(&mut self, e: &Expr) -> Res {
        match &e.kind {
            ExprKind::Name(name) => self.add(*name, flag::LOCAL | flag::DELETED, e.span),
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().try_for_each(|i| self.delete(i)),
            _ => self.expr(e),
        }
    }

    fn note_self_attribute(&mut self, value: &Expr, attr: Name) {
        let scope = self.scope();
        let (Some(first), ExprKind::Name(name)) = (scope.self_name, &value.kind) else {
            return;
        };
        if *name != first {
            return;
        }
        let class = scope.parent.expect("a method has a class around it");
        let list = &mut self.table.scopes[class.0 as usize].self_attributes;
        // Long lists stop counting: the number only sizes instances.
        if list.len() < 256 && !list.contains(&attr) {
            list.push(attr);
        }
    }

    // ---- expressions ----

    fn opt(&mut self, e: Option<&Expr>) -> Res {
        e.map_or(Ok(()), |e| self.expr(e))
    }

    fn exprs(&mut self, list: &[Expr]) -> Res {
        list.iter().try_for_each(|e| self.expr(e))
    }

    fn expr(&mut self, e: &Expr) -> Res {
        match &e.kind {
            ExprKind::Constant(_) => Ok(()),
            ExprKind::Name(name) => self.load(*name, e.span),
            ExprKind::BoolOp { values, .. } => self.exprs(values),
            ExprKind::NamedExpr { target, value } => self.named_expr(e, target, value),
            ExprKind::BinOp { left, right, .. } => {
                self.expr(left)?;
                self.expr(right)
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand),
            ExprKind::Lambda(lambda) => {
                self.defaults(&lambda.params)?;
                self.enter(ScopeKind::Function, None, NodeKey::expr(e));
                self.params(&lambda.params)?;
                self.expr(&lambda.body)?;
                self.leave();
                Ok(())
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)
            }
            ExprKind::Dict { keys, values } => {
                keys.iter().flatten().try_for_each(|k| self.expr(k))?;
                self.exprs(values)
            }
            ExprKind::Set(items) | ExprKind::List(items) | ExprKind::Tuple(items) => self.exprs(items),
            ExprKind::ListComp { elt, generators } => self.comprehension(e, ComprehensionKind::List, elt, None, generators),
            ExprKind::SetComp { elt, generators } => self.comprehension(e, ComprehensionKind::Set, elt, None, generators),
            ExprKind::DictComp { key, value, generators } => self.comprehension(e, ComprehensionKind::Dict, key, Some(value), generators),
            ExprKind::GeneratorExp { elt, generators } => self.comprehension(e, ComprehensionKind::Generator, elt, None, generators),
            ExprKind::Await(value) => {
                self.refuse_in_annotation("await expression", e.span)?;
                self.expr(value)?;
                self.scope().is_coroutine = true;
                Ok(())
            }
            ExprKind::Yield(value) => {
                self.refuse_in_annotation("yield expression", e.span)?;
                self.opt(value.as_deref())?;
                self.note_yield(e.span)
            }
            ExprKind::YieldFrom(value) => {
                self.refuse_in_annotation("yield expression", e.span)?;
                self.expr(value)?;
                self.note_yield(e.span)
            }
            ExprKind::Compare { left, rest } => {
                self.expr(left)?;
                rest.iter().try_for_each(|(_, r)| self.expr(r))
            }
            ExprKind::Call(call) => {
                self.expr(&call.func)?;
                self.exprs(&call.args)?;
                call.keywords.iter().try_for_each(|k| self.expr(&k.value))
            }
            ExprKind::JoinedStr(parts) => self.fstring(parts),
            ExprKind::Attribute { value, attr } => {
                // `sys._getframe` in any spelling makes the frame visible.
                if self.frame_watchers[5] == attr.name {
                    self.scope().looks_at_frame = true;
                }
                self.expr(value)
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value)?;
                self.expr(index)
            }
            ExprKind::Starred(value) => self.expr(value),
            ExprKind::Slice { lower, upper, step } => {
                self.opt(lower.as_deref())?;
                self.opt(upper.as_deref())?;
                self.opt(step.as_deref())
            }
        }
    }

    fn fstring(&mut self, parts: &[FStringPart]) -> Res {
        for part in parts {
            if let FStringPart::Field(field) = part {
                self.expr(&field.value)?;
                self.fstring(&field.spec)?;
            }
        }
        Ok(())
    }

    fn refuse_in_annotation(&mut self, what: &str, span: Span) -> Res {
        if self.scope().kind == ScopeKind::Annotation {
            return fail(span, format!("'{what}' can not be used within an annotation"));
        }
        Ok(())
    }

    fn note_yield(&mut self, span: Span) -> Res {
        self.scope().is_generator = true;
        let message = match self.scope().comprehension {
            None => return Ok(()),
            Some(ComprehensionKind::List) => "'yield' inside list comprehension",
            Some(ComprehensionKind::Set) => "'yield' inside set comprehension",
            Some(ComprehensionKind::Dict) => "'yield' inside dict comprehension",
            Some(ComprehensionKind::Generator) => "'yield' inside generator expression",
        };
        fail(span, message)
    }

    fn named_expr(&mut self, e: &Expr, target: &Ident, value: &Expr) -> Res {
        self.refuse_in_annotation("named expression", e.span)?;
        if self.scope().comp_iter_expr > 0 {
            return fail(e.span, "assignment expression cannot be used in a comprehension iterable expression");
        }
        if self.scope().comprehension.is_some() {
            self.extend_walrus_scope(target)?;
        } else {
            self.scope().has_walrus = true;
        }
        self.expr(value)?;
        self.add(target.name, flag::LOCAL, target.span)
    }

    /// A walrus in a comprehension binds in the nearest block that is none.
    fn extend_walrus_scope(&mut self, target: &Ident) -> Res {
        let name = self.mangle(target.name);
        let span = target.span;
        let mut at = Some(self.current);
        while let Some(id) = at {
            let scope = self.table.get(id);
            let flags = scope.flags(name);
            at = scope.parent;
            if scope.comprehension.is_some() {
                if flags & flag::COMP_ITER != 0 && flags & flag::LOCAL != 0 {
                    let text = format!("assignment expression cannot rebind comprehension iteration variable '{}'", self.names.text(target.name));
                    return fail(span, text);
                }
                continue;
            }
            match scope.kind {
                ScopeKind::Function => {
                    let here = if flags & flag::GLOBAL != 0 { flag::GLOBAL } else { flag::NONLOCAL };
                    self.add(target.name, here, span)?;
                    self.scope().directives.push((name, span));
                    return self.add_to(id, name, flag::LOCAL, span);
                }
                ScopeKind::Module => {
                    self.add(target.name, flag::GLOBAL, span)?;
                    self.scope().directives.push((name, span));
                    return self.add_to(id, name, flag::GLOBAL, span);
                }
                ScopeKind::Class => {
                    return fail(span, "assignment expression within a comprehension cannot be used in a class body");
                }
                ScopeKind::Annotation => {}
            }
        }
        Ok(())
    }

    fn comprehension(&mut self, e: &Expr, kind: ComprehensionKind, elt: &Expr, value: Option<&Expr>, generators: &[Comprehension]) -> Res {
        let outermost = &generators[0];
        self.scope().comp_iter_expr += 1;
        self.expr(&outermost.iter)?;
        self.scope().comp_iter_expr -= 1;
        self.enter(ScopeKind::Function, Some(kind), NodeKey::expr(e));
        if outermost.is_async {
            self.scope().is_coroutine = true;
        }
        let dot_zero = self.names.known.dot_zero;
        self.add(dot_zero, flag::PARAM, e.span)?;
        self.comp_target(&outermost.target)?;
        self.exprs(&outermost.ifs)?;
        for g in &generators[1..] {
            self.comp_target(&g.target)?;
            self.scope().comp_iter_expr += 1;
            self.expr(&g.iter)?;
            self.scope().comp_iter_expr -= 1;
            self.exprs(&g.ifs)?;
            if g.is_async {
                self.scope().is_coroutine = true;
            }
        }
        self.opt(value)?;
        self.expr(elt)?;
        let is_generator = kind == ComprehensionKind::Generator;
        self.scope().is_generator = is_generator;
        let is_async = self.scope().is_coroutine && !is_generator;
        self.leave();
        if is_async {
            self.scope().is_coroutine = true;
        }
        Ok(())
    }

    fn comp_target(&mut self, target: &Expr) -> Res {
        self.scope().in_comp_target = true;
        self.target(target)?;
        self.scope().in_comp_target = false;
        Ok(())
    }

    // ---- patterns ----

    fn pattern(&mut self, p: &Pattern) -> Res {
        let bind = |this: &mut Self, name: &Option<Ident>| match name {
            Some(n) => this.add(n.name, flag::LOCAL, p.span),
            None => Ok(()),
        };
        match &p.kind {
            PatternKind::Value(e) => self.expr(e),
            PatternKind::Singleton(_) => Ok(()),
            PatternKind::Sequence(list) | PatternKind::Or(list) => list.iter().try_for_each(|p| self.pattern(p)),
            PatternKind::Mapping { keys, patterns, rest } => {
                self.exprs(keys)?;
                patterns.iter().try_for_each(|p| self.pattern(p))?;
                bind(self, rest)
            }
            PatternKind::Class { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls)?;
                patterns.iter().chain(kwd_patterns).try_for_each(|p| self.pattern(p))
            }
            PatternKind::Star(name) => bind(self, name),
            PatternKind::As { pattern, name } => {
                if let Some(inner) = pattern {
                    self.pattern(inner)?;
                }
                bind(self, name)
            }
        }
    }
}
