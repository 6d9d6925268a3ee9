//! What a program uses that is not part of the language ("Out" in its description): listed by `--check`.

use gscript_grammar::Diagnostic;
use gscript_grammar::ast::{Comprehension, Expr, ExprKind, FStringPart, FunctionDef, Module, Names, Parameters, Span, Stmt, StmtKind};

use crate::check::Finding;

/// Modules that stand for things of CPython's own.
const MODULES: &[(&str, &str)] = &[
    ("ctypes", "write a host function in Rust, or use a module of the standard library"),
    ("_ctypes", "write a host function in Rust, or use a module of the standard library"),
    ("cffi", "write a host function in Rust, or use a module of the standard library"),
    ("dis", "`gscript --dis FILE` shows the bytecode, which is another one"),
];

/// Attributes that stand for things of CPython's own.
const ATTRIBUTES: &[(&str, &str, &str)] = &[
    ("getrefcount", "objects have no reference counts", "use `weakref` to learn when an object is gone"),
    ("co_code", "there is no bytecode of CPython's", "`gscript --dis FILE` shows the bytecode, which is another one"),
];

struct Walker<'a> {
    names: &'a Names,
    text: &'a str,
    found: Vec<Finding>,
}

/// The places in a module at which something is not supported, in order.
pub fn list(module: &Module, text: &str) -> Vec<Finding> {
    let mut walker = Walker { names: &module.names, text, found: Vec::new() };
    walker.block(&module.body);
    walker.found.sort_by_key(|f| f.diagnostic.span.start);
    walker.found
}

impl Walker<'_> {
    fn add(&mut self, span: Span, message: impl Into<String>, hint: &str) {
        let mut diagnostic = Diagnostic::syntax(span, message);
        diagnostic.hint = Some(hint.to_string());
        self.found.push(Finding { diagnostic, is_warning: true });
    }

    fn module(&mut self, name: &str, span: Span) {
        let top = name.split('.').next().unwrap_or(name);
        if let Some((_, hint)) = MODULES.iter().find(|m| m.0 == top) {
            self.add(span, format!("the module {top} cannot be used"), hint);
        }
    }

    fn block(&mut self, body: &[Stmt]) {
        for s in body {
            self.statement(s);
        }
    }

    fn statement(&mut self, s: &Stmt) {
        match &s.kind {
            StmtKind::Expr(e) => self.expr(e),
            StmtKind::Assign { targets, value } => {
                self.all(targets);
                self.expr(value);
            }
            StmtKind::AugAssign { target, value, .. } => self.both(target, value),
            StmtKind::AnnAssign { target, annotation, value, .. } => {
                self.both(target, annotation);
                self.option(value.as_deref());
            }
            StmtKind::Return(value) => self.option(value.as_deref()),
            StmtKind::Delete(targets) => self.all(targets),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue | StmtKind::Global(_) | StmtKind::Nonlocal(_) => {}
            StmtKind::Raise { exc, cause } => {
                self.option(exc.as_deref());
                self.option(cause.as_deref());
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test);
                self.option(msg.as_deref());
            }
            StmtKind::Import(aliases) => {
                for a in aliases {
                    self.module(self.names.text(a.name), a.span);
                }
            }
            StmtKind::ImportFrom { module: Some(module), level: 0, .. } => self.module(self.names.text(module.name), module.span),
            StmtKind::ImportFrom { .. } => {}
            StmtKind::If { test, body, orelse } | StmtKind::While { test, body, orelse } => {
                self.expr(test);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::For(f) => {
                self.both(&f.target, &f.iter);
                self.block(&f.body);
                self.block(&f.orelse);
            }
            StmtKind::With(w) => {
                for item in &w.items {
                    self.expr(&item.context);
                    self.option(item.target.as_ref());
                }
                self.block(&w.body);
            }
            StmtKind::Try(t) => {
                self.block(&t.body);
                for h in &t.handlers {
                    self.option(h.typ.as_ref());
                    self.block(&h.body);
                }
                self.block(&t.orelse);
                self.block(&t.finally);
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject);
                for c in cases {
                    self.option(c.guard.as_ref());
                    self.block(&c.body);
                }
            }
            StmtKind::FunctionDef(f) => self.function(f),
            StmtKind::ClassDef(c) => {
                self.all(&c.decorators);
                self.all(&c.bases);
                for k in &c.keywords {
                    self.expr(&k.value);
                }
                for s in &c.body {
                    if let StmtKind::FunctionDef(f) = &s.kind
                        && self.names.text(f.name.name) == "__del__"
                    {
                        self.add(f.name.span, "__del__ is never called", "close resources by `with` or `close()`; `weakref.finalize` works");
                    }
                }
                self.block(&c.body);
            }
        }
    }

    fn function(&mut self, f: &FunctionDef) {
        if f.is_async {
            let start = f.span.start as usize;
            let length = self.text.get(start..).map_or(0, |t| t.find("def").map_or(0, |n| n + 3)) as u32;
            let span = Span { start: f.span.start, end: f.span.start + length.max(1) };
            self.add(span, "an asynchronous function cannot be called", "functions block cooperatively here: use `def`, and call it directly or `spawn` it");
        }
        self.all(&f.decorators);
        self.parameters(&f.params);
        self.option(f.returns.as_ref());
        self.block(&f.body);
    }

    fn parameters(&mut self, p: &Parameters) {
        let all = p.posonly.iter().chain(&p.args).chain(&p.vararg).chain(&p.kwonly).chain(&p.kwarg);
        for p in all {
            self.option(p.annotation.as_deref());
            self.option(p.default.as_deref());
        }
    }

    fn all(&mut self, list: &[Expr]) {
        for e in list {
            self.expr(e);
        }
    }

    fn both(&mut self, a: &Expr, b: &Expr) {
        self.expr(a);
        self.expr(b);
    }

    fn option(&mut self, e: Option<&Expr>) {
        if let Some(e) = e {
            self.expr(e);
        }
    }

    fn comprehensions(&mut self, generators: &[Comprehension]) {
        for g in generators {
            self.both(&g.target, &g.iter);
            self.all(&g.ifs);
        }
    }

    fn parts(&mut self, parts: &[FStringPart]) {
        for part in parts {
            if let FStringPart::Field(field) = part {
                self.expr(&field.value);
                self.parts(&field.spec);
            }
        }
    }

    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Constant(_) | ExprKind::Name(_) => {}
            ExprKind::BoolOp { values, .. } | ExprKind::Set(values) | ExprKind::List(values) | ExprKind::Tuple(values) => self.all(values),
            ExprKind::NamedExpr { value, .. } | ExprKind::Starred(value) | ExprKind::Await(value) | ExprKind::YieldFrom(value) => self.expr(value),
            ExprKind::BinOp { left, right, .. } => self.both(left, right),
            ExprKind::UnaryOp { operand, .. } => self.expr(operand),
            ExprKind::Lambda(l) => {
                self.parameters(&l.params);
                self.expr(&l.body);
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.both(test, body);
                self.expr(orelse);
            }
            ExprKind::Dict { keys, values } => {
                for k in keys.iter().flatten() {
                    self.expr(k);
                }
                self.all(values);
            }
            ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } | ExprKind::GeneratorExp { elt, generators } => {
                self.expr(elt);
                self.comprehensions(generators);
            }
            ExprKind::DictComp { key, value, generators } => {
                self.both(key, value);
                self.comprehensions(generators);
            }
            ExprKind::Yield(value) => self.option(value.as_deref()),
            ExprKind::Compare { left, rest } => {
                self.expr(left);
                for (_, e) in rest {
                    self.expr(e);
                }
            }
            ExprKind::Call(c) => {
                self.expr(&c.func);
                self.all(&c.args);
                for k in &c.keywords {
                    self.expr(&k.value);
                }
            }
            ExprKind::JoinedStr(parts) => self.parts(parts),
            ExprKind::Attribute { value, attr } => {
                self.expr(value);
                let name = self.names.text(attr.name);
                if let Some((_, message, hint)) = ATTRIBUTES.iter().find(|a| a.0 == name) {
                    self.add(attr.span, *message, hint);
                }
            }
            ExprKind::Subscript { value, index } => self.both(value, index),
            ExprKind::Slice { lower, upper, step } => {
                self.option(lower.as_deref());
                self.option(upper.as_deref());
                self.option(step.as_deref());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_is_found() {
        let text =
            "import ctypes.util, os\nclass A:\n    def __del__(self): pass\nasync  def f():\n    return [sys.getrefcount(x) for x in y]\ndef __del__(): pass\n";
        let module = gscript_grammar::parse_module(text).expect("valid");
        let found: Vec<String> = list(&module, text).into_iter().map(|f| f.diagnostic.message).collect();
        let expected =
            ["the module ctypes cannot be used", "__del__ is never called", "an asynchronous function cannot be called", "objects have no reference counts"];
        assert_eq!(found, expected);
    }
}
