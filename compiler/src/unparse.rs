//! Expressions back to text, for annotations under `from __future__ import annotations`; constants as `repr` shows
//! them. Layout and parentheses are those of CPython's own compiler, which differ in places from `ast.unparse`.

use std::fmt::Write;

use gscript_grammar::ast::*;

use crate::code::Const;
use crate::names::NameTable;

// How tightly things bind; a construct in a place that asks for more gets parentheses.
const TUPLE: u8 = 0;
const TEST: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const NOT: u8 = 4;
const CMP: u8 = 5;
const EXPR: u8 = 6;
const XOR: u8 = 7;
const BIT_AND: u8 = 8;
const SHIFT: u8 = 9;
const ARITH: u8 = 10;
const TERM: u8 = 11;
const FACTOR: u8 = 12;
const POWER: u8 = 13;
const AWAIT: u8 = 14;
const ATOM: u8 = 15;

/// The text of an expression, in the encoding of string constants.
pub(crate) fn expression(e: &Expr, names: &NameTable) -> Vec<u8> {
    let mut w = Writer { out: Vec::new(), names };
    w.expr(e, TEST);
    w.out
}

struct Writer<'n, 'a> {
    out: Vec<u8>,
    names: &'n NameTable<'a>,
}

impl Writer<'_, '_> {
    fn text(&mut self, s: &str) {
        self.out.extend_from_slice(s.as_bytes());
    }

    fn name(&mut self, n: Name) {
        let text = self.names.text(n).clone();
        self.text(&text);
    }

    fn grouped(&mut self, parentheses: bool, inner: impl FnOnce(&mut Self)) {
        if parentheses {
            self.text("(");
        }
        inner(self);
        if parentheses {
            self.text(")");
        }
    }

    fn list(&mut self, items: &[Expr], level: u8) {
        for (n, item) in items.iter().enumerate() {
            if n > 0 {
                self.text(", ");
            }
            self.expr(item, level);
        }
    }

    fn expr(&mut self, e: &Expr, level: u8) {
        match &e.kind {
            ExprKind::Constant(c) => {
                let bytes = constant(c);
                self.out.extend_from_slice(&bytes);
            }
            ExprKind::Name(n) => self.name(*n),
            ExprKind::BoolOp { op, values } => {
                let (text, pr) = match op {
                    BoolOp::And => (" and ", AND),
                    BoolOp::Or => (" or ", OR),
                };
                self.grouped(level > pr, |w| {
                    for (n, v) in values.iter().enumerate() {
                        if n > 0 {
                            w.text(text);
                        }
                        w.expr(v, pr + 1);
                    }
                });
            }
            ExprKind::NamedExpr { target, value } => self.grouped(level > TUPLE, |w| {
                w.name(target.name);
                w.text(" := ");
                w.expr(value, ATOM);
            }),
            ExprKind::BinOp { left, op, right } => {
                let (text, pr, right_first) = binary(*op);
                self.grouped(level > pr, |w| {
                    w.expr(left, pr + right_first as u8);
                    w.text(text);
                    w.expr(right, pr + !right_first as u8);
                });
            }
            ExprKind::UnaryOp { op, operand } => {
                let (text, pr) = match op {
                    UnaryOp::Invert => ("~", FACTOR),
                    UnaryOp::Not => ("not ", NOT),
                    UnaryOp::Pos => ("+", FACTOR),
                    UnaryOp::Neg => ("-", FACTOR),
                };
                self.grouped(level > pr, |w| {
                    w.text(text);
                    w.expr(operand, pr);
                });
            }
            ExprKind::Lambda(l) => self.grouped(level > TEST, |w| w.lambda(l)),
            ExprKind::IfExp { test, body, orelse } => self.grouped(level > TEST, |w| {
                w.expr(body, TEST + 1);
                w.text(" if ");
                w.expr(test, TEST + 1);
                w.text(" else ");
                w.expr(orelse, TEST);
            }),
            ExprKind::Dict { keys, values } => self.dict(keys, values),
            ExprKind::Set(items) => {
                self.text("{");
                self.list(items, TEST);
                self.text("}");
            }
            ExprKind::List(items) => {
                self.text("[");
                self.list(items, TEST);
                self.text("]");
            }
            ExprKind::Tuple(items) => self.tuple(items, level),
            ExprKind::ListComp { elt, generators } => self.comprehension("[", elt, None, generators, "]"),
            ExprKind::SetComp { elt, generators } => self.comprehension("{", elt, None, generators, "}"),
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension("(", elt, None, generators, ")");
            }
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension("{", key, Some(value), generators, "}");
            }
            ExprKind::Await(v) => self.grouped(level > AWAIT, |w| {
                w.text("await ");
                w.expr(v, ATOM);
            }),
            ExprKind::Yield(None) => self.text("(yield)"),
            ExprKind::Yield(Some(v)) => {
                self.text("(yield ");
                self.expr(v, TEST);
                self.text(")");
            }
            ExprKind::YieldFrom(v) => {
                self.text("(yield from ");
                self.expr(v, TEST);
                self.text(")");
            }
            ExprKind::Compare { left, rest } => self.grouped(level > CMP, |w| {
                w.expr(left, CMP + 1);
                for (op, right) in rest {
                    w.text(comparison(*op));
                    w.expr(right, CMP + 1);
                }
            }),
            ExprKind::Call(c) => self.call(c),
            ExprKind::JoinedStr(parts) => {
                let mut inner = Writer { out: Vec::new(), names: self.names };
                inner.fstring(parts);
                self.text("f");
                let bytes = str_repr(&inner.out);
                self.out.extend_from_slice(&bytes);
            }
            ExprKind::Attribute { value, attr } => {
                self.expr(value, ATOM);
                let is_int = matches!(value.kind, ExprKind::Constant(Constant::Int(_) | Constant::BigInt(_)));
                self.text(if is_int { " ." } else { "." });
                self.name(attr.name);
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value, ATOM);
                self.text("[");
                self.expr(index, TUPLE);
                self.text("]");
            }
            ExprKind::Starred(v) => {
                self.text("*");
                self.expr(v, EXPR);
            }
            ExprKind::Slice { lower, upper, step } => {
                if let Some(e) = lower {
                    self.expr(e, TEST);
                }
                self.text(":");
                if let Some(e) = upper {
                    self.expr(e, TEST);
                }
                if let Some(e) = step {
                    self.text(":");
                    self.expr(e, TEST);
                }
            }
        }
    }

    fn tuple(&mut self, items: &[Expr], level: u8) {
        if items.is_empty() {
            return self.text("()");
        }
        self.grouped(level > TUPLE, |w| {
            w.list(items, TEST);
            if items.len() == 1 {
                w.text(",");
            }
        });
    }

    fn dict(&mut self, keys: &[Option<Expr>], values: &[Expr]) {
        self.text("{");
        for (n, (key, value)) in keys.iter().zip(values).enumerate() {
            if n > 0 {
                self.text(", ");
            }
            match key {
                Some(key) => {
                    self.expr(key, TEST);
                    self.text(": ");
                    self.expr(value, TEST);
                }
                None => {
                    self.text("**");
                    self.expr(value, EXPR);
                }
            }
        }
        self.text("}");
    }

    fn comprehension(&mut self, open: &str, elt: &Expr, value: Option<&Expr>, generators: &[Comprehension], close: &str) {
        self.text(open);
        self.expr(elt, TEST);
        if let Some(value) = value {
            self.text(": ");
            self.expr(value, TEST);
        }
        for g in generators {
            self.text(if g.is_async { " async for " } else { " for " });
            self.expr(&g.target, TUPLE);
            self.text(" in ");
            self.expr(&g.iter, TEST + 1);
            for test in &g.ifs {
                self.text(" if ");
                self.expr(test, TEST + 1);
            }
        }
        self.text(close);
    }

    fn call(&mut self, c: &Call) {
        self.expr(&c.func, ATOM);
        if c.keywords.is_empty()
            && let [only] = c.args.as_slice()
            && matches!(only.kind, ExprKind::GeneratorExp { .. })
        {
            return self.expr(only, TEST);
        }
        self.text("(");
        self.list(&c.args, TEST);
        for (n, keyword) in c.keywords.iter().enumerate() {
            if n > 0 || !c.args.is_empty() {
                self.text(", ");
            }
            match keyword.name {
                Some(name) => {
                    self.name(name.name);
                    self.text("=");
                }
                None => self.text("**"),
            }
            self.expr(&keyword.value, TEST);
        }
        self.text(")");
    }

    fn lambda(&mut self, l: &Lambda) {
        let p = &l.params;
        let positional = p.posonly.len() + p.args.len();
        self.text(if positional > 0 { "lambda " } else { "lambda" });
        self.params(p);
        self.text(": ");
        self.expr(&l.body, TEST);
    }

    fn params(&mut self, p: &Parameters) {
        let mut first = true;
        let mut comma = |w: &mut Self| {
            if !std::mem::take(&mut first) {
                w.text(", ");
            }
        };
        for (n, param) in p.posonly.iter().chain(&p.args).enumerate() {
            comma(self);
            self.param(param);
            if n + 1 == p.posonly.len() {
                self.text(", /");
            }
        }
        if p.vararg.is_some() || !p.kwonly.is_empty() {
            comma(self);
            self.text("*");
            if let Some(v) = &p.vararg {
                self.param(v);
            }
        }
        for param in &p.kwonly {
            comma(self);
            self.param(param);
        }
        if let Some(v) = &p.kwarg {
            comma(self);
            self.text("**");
            self.param(v);
        }
    }

    fn param(&mut self, p: &Param) {
        self.name(p.name.name);
        if let Some(default) = &p.default {
            self.text("=");
            self.expr(default, TEST);
        }
    }

    /// The inside of an f-string, before quoting.
    fn fstring(&mut self, parts: &[FStringPart]) {
        for part in parts {
            match part {
                FStringPart::Literal(text) => {
                    for &b in text.iter() {
                        self.out.push(b);
                        if b == b'{' || b == b'}' {
                            self.out.push(b);
                        }
                    }
                }
                FStringPart::Field(f) => {
                    let mut inner = Writer { out: Vec::new(), names: self.names };
                    inner.expr(&f.value, TEST + 1);
                    self.text(if inner.out.first() == Some(&b'{') { "{ " } else { "{" });
                    self.out.extend_from_slice(&inner.out);
                    if let Some(c) = f.conversion {
                        self.text("!");
                        self.out.push(c as u8);
                    }
                    if !f.spec.is_empty() {
                        self.text(":");
                        self.fstring(&f.spec);
                    }
                    self.text("}");
                }
            }
        }
    }
}

fn binary(op: BinOp) -> (&'static str, u8, bool) {
    match op {
        BinOp::Add => (" + ", ARITH, false),
        BinOp::Sub => (" - ", ARITH, false),
        BinOp::Mult => (" * ", TERM, false),
        BinOp::MatMult => (" @ ", TERM, false),
        BinOp::Div => (" / ", TERM, false),
        BinOp::Mod => (" % ", TERM, false),
        BinOp::FloorDiv => (" // ", TERM, false),
        BinOp::Pow => (" ** ", POWER, true),
        BinOp::LShift => (" << ", SHIFT, false),
        BinOp::RShift => (" >> ", SHIFT, false),
        BinOp::BitOr => (" | ", EXPR, false),
        BinOp::BitXor => (" ^ ", XOR, false),
        BinOp::BitAnd => (" & ", BIT_AND, false),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

fn constant(c: &Constant) -> Vec<u8> {
    match c {
        Constant::None => b"None".to_vec(),
        Constant::True => b"True".to_vec(),
        Constant::False => b"False".to_vec(),
        Constant::Ellipsis => b"...".to_vec(),
        Constant::Int(n) => n.to_string().into_bytes(),
        Constant::BigInt(n) => n.to_string().into_bytes(),
        Constant::Float(x) => float_repr(*x).replace("inf", "1e309").into_bytes(),
        Constant::Complex(x) => format!("{}j", imaginary(*x).replace("inf", "1e309")).into_bytes(),
        Constant::Str(s) => str_repr(s),
        Constant::Bytes(s) => bytes_repr(s),
    }
}

/// A constant as `repr` shows it, for messages and listings.
pub(crate) fn const_repr(c: &Const) -> String {
    let list = |items: &[Const]| items.iter().map(const_repr).collect::<Vec<_>>().join(", ");
    match c {
        Const::None => "None".into(),
        Const::True => "True".into(),
        Const::False => "False".into(),
        Const::Ellipsis => "Ellipsis".into(),
        Const::Int(n) => n.to_string(),
        Const::BigInt(n) => n.to_string(),
        Const::Float(x) => float_repr(*x),
        Const::Complex(x, y) if *x == 0.0 && x.is_sign_positive() => format!("{}j", imaginary(*y)),
        Const::Complex(x, y) => {
            let sign = if y.is_sign_negative() { "" } else { "+" };
            format!("({}{sign}{}j)", imaginary(*x), imaginary(*y))
        }
        Const::Str(s) => String::from_utf8_lossy(&str_repr(s)).into_owned(),
        Const::Bytes(s) => String::from_utf8_lossy(&bytes_repr(s)).into_owned(),
        Const::Tuple(items) if items.len() == 1 => format!("({},)", const_repr(&items[0])),
        Const::Tuple(items) => format!("({})", list(items)),
        Const::FrozenSet(items) => format!("frozenset({{{}}})", list(items)),
    }
}

/// A part of a complex number: whole numbers without `.0`.
fn imaginary(x: f64) -> String {
    let text = float_repr(x);
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

fn float_repr(x: f64) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let scientific = format!("{x:e}");
    let (digits, exponent) = scientific.split_once('e').expect("the form asked for");
    let exponent: i32 = exponent.parse().expect("digits");
    if x == 0.0 || (-4..16).contains(&exponent) {
        let plain = format!("{x}");
        return if plain.contains('.') { plain } else { plain + ".0" };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

fn quote_for(has_single: bool, has_double: bool) -> u8 {
    if has_single && !has_double { b'"' } else { b'\'' }
}

fn bytes_repr(s: &[u8]) -> Vec<u8> {
    let quote = quote_for(s.contains(&b'\''), s.contains(&b'"'));
    let mut out = vec![b'b', quote];
    for &b in s {
        match b {
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            b'\\' => out.extend(b"\\\\"),
            _ if b == quote => out.extend([b'\\', b]),
            0x20..=0x7e => out.push(b),
            _ => out.extend(format!("\\x{b:02x}").bytes()),
        }
    }
    out.push(quote);
    out
}

fn str_repr(s: &[u8]) -> Vec<u8> {
    let quote = quote_for(s.contains(&b'\''), s.contains(&b'"'));
    let mut out = vec![quote];
    let mut rest = s;
    while !rest.is_empty() {
        // Surrogates are three bytes that are no UTF-8.
        if let [0xED, b @ 0xA0..=0xFF, c, after @ ..] = rest {
            let code = 0xD000 | (*b as u32 & 0x3F) << 6 | (*c as u32 & 0x3F);
            out.extend(format!("\\u{code:04x}").bytes());
            rest = after;
            continue;
        }
        let surrogate = (1..rest.len()).find(|&n| rest[n] == 0xED && rest.get(n + 1) >= Some(&0xA0));
        let (text, after) = rest.split_at(surrogate.unwrap_or(rest.len()));
        for c in String::from_utf8_lossy(text).chars() {
            match c {
                '\n' => out.extend(b"\\n"),
                '\r' => out.extend(b"\\r"),
                '\t' => out.extend(b"\\t"),
                '\\' => out.extend(b"\\\\"),
                _ if c == quote as char => out.extend([b'\\', quote]),
                ' '..='~' => out.push(c as u8),
                _ => push_char(&mut out, c),
            }
        }
        rest = after;
    }
    out.push(quote);
    out
}

fn push_char(out: &mut Vec<u8>, c: char) {
    let mut text = String::from("a");
    text.push(c);
    if c as u32 >= 0xA1 && c != '\u{AD}' && text.escape_debug().count() == 2 {
        let mut buffer = [0; 4];
        out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        return;
    }
    let mut escape = String::new();
    let code = c as u32;
    let _ = match code {
        0..=0xFF => write!(escape, "\\x{code:02x}"),
        0x100..=0xFFFF => write!(escape, "\\u{code:04x}"),
        _ => write!(escape, "\\U{code:08x}"),
    };
    out.extend(escape.bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_as_repr() {
        for (x, text) in [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-0.0, "-0.0"),
            (123456789012345.0, "123456789012345.0"),
        ] {
            assert_eq!(float_repr(x), text);
        }
    }

    #[test]
    fn strings_as_repr() {
        let repr = |s: &str| String::from_utf8(str_repr(s.as_bytes())).unwrap();
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("a'\"b"), "'a\\'\"b'");
        assert_eq!(repr("\u{e9}\u{7f}\u{200b}"), "'\u{e9}\\x7f\\u200b'");
        assert_eq!(str_repr(&[0xED, 0xA0, 0x80]), b"'\\ud800'");
        assert_eq!(bytes_repr(b"\x00a\n"), b"b'\\x00a\\n'");
    }
}
