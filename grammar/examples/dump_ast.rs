//! Writes syntax trees as text, for comparison with CPython's (`tests/frontend`).
//!
//! `dump_ast FILE…` prints the tree of each file, or its errors. `dump_ast -` reads file names from standard
//! input, one a line, and answers each with a line `NAME LENGTH`, then LENGTH bytes of text.
//! `--time` parses all files, says how long that took and prints no trees.
//!
//! A tree is `(Kind@line:column-line:column part …)`, with columns in bytes from 0 as in Python's `ast`.
//! Below an f-string there are no positions: CPython 3.11's are not exact there.

use gscript_grammar::ast::*;
use gscript_grammar::source::Source;
use gscript_grammar::{Diagnostic, decode_source, parse_module};
use std::fmt::Write as _;
use std::io::{BufRead, Read, Write as _};

struct Dumper<'a> {
    source: &'a Source,
    names: &'a Names,
    out: String,
    in_fstring: u32,
}

impl Dumper<'_> {
    fn open(&mut self, kind: &str, span: Span) {
        self.out.push('(');
        self.out.push_str(kind);
        if self.in_fstring == 0 {
            let (start, end) = (self.place(span.start), self.place(span.end));
            let _ = write!(self.out, "@{}:{}-{}:{}", start.0, start.1, end.0, end.1);
        }
    }

    fn place(&self, offset: u32) -> (u32, u32) {
        let line = self.source.line(offset);
        (line, offset - self.source.line_start(line).unwrap_or(0))
    }

    fn close(&mut self) {
        self.out.push(')');
    }

    fn word(&mut self, word: &str) {
        self.out.push(' ');
        self.out.push_str(word);
    }

    fn name(&mut self, name: Name) {
        let names = self.names;
        self.word(names.text(name));
    }

    fn ident(&mut self, ident: &Option<Ident>) {
        match ident {
            Some(ident) => self.name(ident.name),
            None => self.word("-"),
        }
    }

    fn body(&mut self, body: &[Stmt]) {
        self.out.push_str(" [");
        for statement in body {
            self.statement(statement);
        }
        self.out.push(']');
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        self.out.push_str(" [");
        for expr in exprs {
            self.expr(expr);
        }
        self.out.push(']');
    }

    fn optional(&mut self, expr: Option<&Expr>) {
        match expr {
            Some(expr) => self.expr(expr),
            None => self.word("-"),
        }
    }

    fn keywords(&mut self, keywords: &[Keyword]) {
        self.out.push_str(" [");
        for keyword in keywords {
            self.open("keyword", keyword.span);
            self.ident(&keyword.name);
            self.expr(&keyword.value);
            self.close();
        }
        self.out.push(']');
    }

    fn parameters(&mut self, params: &Parameters) {
        self.out.push_str("(arguments");
        for list in [&params.posonly, &params.args] {
            self.param_list(list);
        }
        self.param_list(&params.vararg);
        self.param_list(&params.kwonly);
        self.out.push_str(" [");
        for param in &params.kwonly {
            self.optional(param.default.as_deref());
        }
        self.out.push(']');
        self.param_list(&params.kwarg);
        self.exprs(params.posonly.iter().chain(&params.args).filter_map(|param| param.default.as_deref()));
        self.close();
    }

    fn param_list<'p>(&mut self, params: impl IntoIterator<Item = &'p Param>) {
        self.out.push_str(" [");
        for param in params {
            self.out.push_str("(arg");
            self.name(param.name.name);
            self.optional(param.annotation.as_deref());
            self.close();
        }
        self.out.push(']');
    }

    fn aliases(&mut self, names: &[Alias]) {
        for alias in names {
            self.open("alias", alias.span);
            self.name(alias.name);
            self.ident(&alias.asname);
            self.close();
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        let kind = match &statement.kind {
            StmtKind::Expr(_) => "Expr",
            StmtKind::Assign { .. } => "Assign",
            StmtKind::AugAssign { .. } => "AugAssign",
            StmtKind::AnnAssign { .. } => "AnnAssign",
            StmtKind::Return(_) => "Return",
            StmtKind::Delete(_) => "Delete",
            StmtKind::Pass => "Pass",
            StmtKind::Break => "Break",
            StmtKind::Continue => "Continue",
            StmtKind::Raise { .. } => "Raise",
            StmtKind::Assert { .. } => "Assert",
            StmtKind::Global(_) => "Global",
            StmtKind::Nonlocal(_) => "Nonlocal",
            StmtKind::Import(_) => "Import",
            StmtKind::ImportFrom { .. } => "ImportFrom",
            StmtKind::If { .. } => "If",
            StmtKind::While { .. } => "While",
            StmtKind::For(node) => {
                if node.is_async {
                    "AsyncFor"
                } else {
                    "For"
                }
            }
            StmtKind::With(node) => {
                if node.is_async {
                    "AsyncWith"
                } else {
                    "With"
                }
            }
            StmtKind::Try(node) => {
                if node.star {
                    "TryStar"
                } else {
                    "Try"
                }
            }
            StmtKind::Match { .. } => "Match",
            StmtKind::FunctionDef(node) => {
                if node.is_async {
                    "AsyncFunctionDef"
                } else {
                    "FunctionDef"
                }
            }
            StmtKind::ClassDef(_) => "ClassDef",
        };
        self.open(kind, statement.span);
        match &statement.kind {
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => {}
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Assign { targets, value } => {
                self.exprs(targets);
                self.expr(value);
            }
            StmtKind::AugAssign { target, op, value } => {
                self.expr(target);
                self.word(&format!("{op:?}"));
                self.expr(value);
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.expr(target);
                self.expr(annotation);
                self.optional(value.as_deref());
                self.word(if *simple { "1" } else { "0" });
            }
            StmtKind::Return(value) => self.optional(value.as_deref()),
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Raise { exc, cause } => {
                self.optional(exc.as_deref());
                self.optional(cause.as_deref());
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test);
                self.optional(msg.as_deref());
            }
            StmtKind::Global(names) | StmtKind::Nonlocal(names) => {
                for ident in names {
                    self.name(ident.name);
                }
            }
            StmtKind::Import(names) => self.aliases(names),
            StmtKind::ImportFrom { module, names, level } => {
                match module {
                    Some(module) => self.name(module.name),
                    None => self.word("-"),
                }
                self.aliases(names);
                self.word(&level.to_string());
            }
            StmtKind::If { test, body, orelse } | StmtKind::While { test, body, orelse } => {
                self.expr(test);
                self.body(body);
                self.body(orelse);
            }
            StmtKind::For(node) => {
                self.expr(&node.target);
                self.expr(&node.iter);
                self.body(&node.body);
                self.body(&node.orelse);
            }
            StmtKind::With(node) => {
                for item in &node.items {
                    self.out.push_str("(withitem");
                    self.expr(&item.context);
                    self.optional(item.target.as_ref());
                    self.close();
                }
                self.body(&node.body);
            }
            StmtKind::Try(node) => {
                self.body(&node.body);
                for handler in &node.handlers {
                    self.open("ExceptHandler", handler.span);
                    self.optional(handler.typ.as_ref());
                    self.ident(&handler.name);
                    self.body(&handler.body);
                    self.close();
                }
                self.body(&node.orelse);
                self.body(&node.finally);
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject);
                for case in cases {
                    self.out.push_str("(match_case");
                    self.pattern(&case.pattern);
                    self.optional(case.guard.as_ref());
                    self.body(&case.body);
                    self.close();
                }
            }
            StmtKind::FunctionDef(node) => {
                self.name(node.name.name);
                self.parameters(&node.params);
                self.body(&node.body);
                self.exprs(&node.decorators);
                self.optional(node.returns.as_ref());
            }
            StmtKind::ClassDef(node) => {
                self.name(node.name.name);
                self.exprs(&node.bases);
                self.keywords(&node.keywords);
                self.body(&node.body);
                self.exprs(&node.decorators);
            }
        }
        self.close();
    }

    fn patterns(&mut self, patterns: &[Pattern]) {
        self.out.push_str(" [");
        for pattern in patterns {
            self.pattern(pattern);
        }
        self.out.push(']');
    }

    fn pattern(&mut self, pattern: &Pattern) {
        let kind = match &pattern.kind {
            PatternKind::Value(_) => "MatchValue",
            PatternKind::Singleton(_) => "MatchSingleton",
            PatternKind::Sequence(_) => "MatchSequence",
            PatternKind::Mapping { .. } => "MatchMapping",
            PatternKind::Class { .. } => "MatchClass",
            PatternKind::Star(_) => "MatchStar",
            PatternKind::As { .. } => "MatchAs",
            PatternKind::Or(_) => "MatchOr",
        };
        self.open(kind, pattern.span);
        match &pattern.kind {
            PatternKind::Value(value) => self.expr(value),
            PatternKind::Singleton(value) => self.constant(value),
            PatternKind::Sequence(patterns) | PatternKind::Or(patterns) => self.patterns(patterns),
            PatternKind::Mapping { keys, patterns, rest } => {
                self.exprs(keys);
                self.patterns(patterns);
                self.ident(rest);
            }
            PatternKind::Class { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.expr(cls);
                self.patterns(patterns);
                for attr in kwd_attrs {
                    self.name(attr.name);
                }
                self.patterns(kwd_patterns);
            }
            PatternKind::Star(name) => self.ident(name),
            PatternKind::As { pattern, name } => {
                match pattern {
                    Some(pattern) => self.pattern(pattern),
                    None => self.word("-"),
                }
                self.ident(name);
            }
        }
        self.close();
    }

    fn hex(&mut self, prefix: char, bytes: &[u8]) {
        self.out.push(' ');
        self.out.push(prefix);
        for byte in bytes {
            let _ = write!(self.out, "{byte:02x}");
        }
    }

    fn constant(&mut self, constant: &Constant) {
        match constant {
            Constant::None => self.word("None"),
            Constant::True => self.word("True"),
            Constant::False => self.word("False"),
            Constant::Ellipsis => self.word("Ellipsis"),
            Constant::Int(value) => self.word(&format!("i{value:x}")),
            Constant::BigInt(value) => self.word(&format!("i{}", value.to_str_radix(16))),
            Constant::Float(value) => self.hex('f', &value.to_bits().to_be_bytes()),
            Constant::Complex(value) => self.hex('c', &value.to_bits().to_be_bytes()),
            Constant::Str(text) => self.hex('s', text),
            Constant::Bytes(bytes) => self.hex('b', bytes),
        }
    }

    fn generators(&mut self, generators: &[Comprehension]) {
        for generator in generators {
            self.out.push_str("(comprehension");
            self.expr(&generator.target);
            self.expr(&generator.iter);
            self.exprs(&generator.ifs);
            self.word(if generator.is_async { "1" } else { "0" });
            self.close();
        }
    }

    fn fstring(&mut self, parts: &[FStringPart]) {
        for part in parts {
            match part {
                FStringPart::Literal(text) => self.hex('s', text),
                FStringPart::Field(field) => {
                    self.out.push_str("(FormattedValue");
                    self.expr(&field.value);
                    self.word(&field.conversion.map_or("-".to_string(), |letter| letter.to_string()));
                    self.out.push_str(" [");
                    self.fstring(&field.spec);
                    self.out.push_str("])");
                }
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        let kind = match &expr.kind {
            ExprKind::Constant(_) => "Constant",
            ExprKind::Name(_) => "Name",
            ExprKind::BoolOp { .. } => "BoolOp",
            ExprKind::NamedExpr { .. } => "NamedExpr",
            ExprKind::BinOp { .. } => "BinOp",
            ExprKind::UnaryOp { .. } => "UnaryOp",
            ExprKind::Lambda(_) => "Lambda",
            ExprKind::IfExp { .. } => "IfExp",
            ExprKind::Dict { .. } => "Dict",
            ExprKind::Set(_) => "Set",
            ExprKind::List(_) => "List",
            ExprKind::Tuple(_) => "Tuple",
            ExprKind::ListComp { .. } => "ListComp",
            ExprKind::SetComp { .. } => "SetComp",
            ExprKind::DictComp { .. } => "DictComp",
            ExprKind::GeneratorExp { .. } => "GeneratorExp",
            ExprKind::Await(_) => "Await",
            ExprKind::Yield(_) => "Yield",
            ExprKind::YieldFrom(_) => "YieldFrom",
            ExprKind::Compare { .. } => "Compare",
            ExprKind::Call(_) => "Call",
            ExprKind::JoinedStr(_) => "JoinedStr",
            ExprKind::Attribute { .. } => "Attribute",
            ExprKind::Subscript { .. } => "Subscript",
            ExprKind::Starred(_) => "Starred",
            ExprKind::Slice { .. } => "Slice",
        };
        self.open(kind, expr.span);
        match &expr.kind {
            ExprKind::Constant(constant) => self.constant(constant),
            ExprKind::Name(name) => self.name(*name),
            ExprKind::BoolOp { op, values } => {
                self.word(&format!("{op:?}"));
                self.exprs(values);
            }
            ExprKind::NamedExpr { target, value } => {
                self.name(target.name);
                self.expr(value);
            }
            ExprKind::BinOp { left, op, right } => {
                self.expr(left);
                self.word(&format!("{op:?}"));
                self.expr(right);
            }
            ExprKind::UnaryOp { op, operand } => {
                self.word(&format!("{op:?}"));
                self.expr(operand);
            }
            ExprKind::Lambda(lambda) => {
                self.parameters(&lambda.params);
                self.expr(&lambda.body);
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test);
                self.expr(body);
                self.expr(orelse);
            }
            ExprKind::Dict { keys, values } => {
                for (key, value) in keys.iter().zip(values) {
                    self.optional(key.as_ref());
                    self.expr(value);
                }
            }
            ExprKind::Set(items) | ExprKind::List(items) | ExprKind::Tuple(items) => self.exprs(items),
            ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } | ExprKind::GeneratorExp { elt, generators } => {
                self.expr(elt);
                self.generators(generators);
            }
            ExprKind::DictComp { key, value, generators } => {
                self.expr(key);
                self.expr(value);
                self.generators(generators);
            }
            ExprKind::Await(value) | ExprKind::YieldFrom(value) | ExprKind::Starred(value) => self.expr(value),
            ExprKind::Yield(value) => self.optional(value.as_deref()),
            ExprKind::Compare { left, rest } => {
                self.expr(left);
                for (op, value) in rest {
                    self.word(&format!("{op:?}"));
                    self.expr(value);
                }
            }
            ExprKind::Call(call) => {
                self.expr(&call.func);
                self.exprs(&call.args);
                self.keywords(&call.keywords);
            }
            ExprKind::JoinedStr(parts) => {
                self.in_fstring += 1;
                self.fstring(parts);
                self.in_fstring -= 1;
            }
            ExprKind::Attribute { value, attr } => {
                self.expr(value);
                self.name(attr.name);
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value);
                self.expr(index);
            }
            ExprKind::Slice { lower, upper, step } => {
                self.optional(lower.as_deref());
                self.optional(upper.as_deref());
                self.optional(step.as_deref());
            }
        }
        self.close();
    }
}

/// The tree or the errors of a file as text.
fn dump(bytes: &[u8]) -> String {
    let text = match decode_source(bytes) {
        Ok(text) => text,
        Err(error) => return errors(&Source::new(String::new()), &[error]),
    };
    let source = Source::new(text.into_owned());
    match parse_module(source.text()) {
        Ok(module) => {
            let mut dumper = Dumper { source: &source, names: &module.names, out: String::new(), in_fstring: 0 };
            for statement in &module.body {
                dumper.statement(statement);
                dumper.out.push('\n');
            }
            dumper.out
        }
        Err(found) => errors(&source, &found),
    }
}

/// One line an error: `!Kind line column message`.
fn errors(source: &Source, errors: &[Diagnostic]) -> String {
    let mut out = String::new();
    for error in errors {
        let place = source.place(error.span.start);
        let incomplete = if error.is_incomplete { "+" } else { "" };
        let _ = writeln!(out, "!{:?}{incomplete} {} {} {}", error.kind, place.line, place.column, error.message);
    }
    out
}

fn main() -> std::io::Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut output = std::io::stdout().lock();
    if args.first().is_some_and(|arg| arg == "--time") {
        args.remove(0);
        let mut names = String::new();
        if args.is_empty() {
            std::io::stdin().read_to_string(&mut names)?;
            args = names.lines().map(str::to_string).collect();
        }
        let texts: Vec<Vec<u8>> = args.iter().filter_map(|path| std::fs::read(path).ok()).collect();
        let mut size = 0;
        let mut best = f64::MAX;
        for _ in 0..3 {
            size = 0;
            let start = std::time::Instant::now();
            for bytes in &texts {
                if let Ok(text) = decode_source(bytes) {
                    size += text.len();
                    let _ = std::hint::black_box(parse_module(&text));
                }
            }
            best = best.min(start.elapsed().as_secs_f64());
        }
        let megabytes = size as f64 / 1e6;
        return writeln!(output, "{megabytes:.2} MB in {best:.3} s: {:.4} s a MB", best / megabytes);
    }
    if args == ["-"] {
        for name in std::io::stdin().lock().lines() {
            let name = name?;
            let text = dump(&std::fs::read(&name)?);
            write!(output, "{name} {}\n{text}", text.len())?;
            output.flush()?;
        }
        return Ok(());
    }
    for path in &args {
        output.write_all(dump(&std::fs::read(path)?).as_bytes())?;
    }
    Ok(())
}
