//! Strings: adjacent literals are one, f-strings among them (Python reference, 2.4.1 - 2.4.3).

use super::builder::Builder;
use super::grammar::Rule;
use super::node::Cursor;
use crate::ast::{Constant, Expr, ExprKind, FStringField, FStringPart};
use crate::literal::{self, Prefix};
use crate::token;

impl Builder<'_> {
    /// The literals of a `strings` node, joined.
    pub fn strings(&mut self, index: usize) -> ExprKind {
        let node = self.node(index);
        let mut cursor = self.children(index);
        if cursor.is_done() && node.end == node.start + 1 {
            return ExprKind::Constant(self.string(node.start).0);
        }
        let mut parts = Parts::default();
        let mut bytes = Vec::new();
        let (mut saw_bytes, mut saw_text, mut saw_format) = (false, false, false);
        let mut token = node.start;
        while token < node.end {
            if let Some(index) = (!cursor.is_done() && self.node(cursor.at).start == token).then_some(cursor.at) {
                saw_format = true;
                token = self.node(index).end;
                self.take(&mut cursor);
                let is_raw = Prefix::of(self.token_text(self.node(index).start)).is_raw;
                let mut inner = self.children(index);
                self.fstring_parts(&mut inner, is_raw, &mut parts);
                continue;
            }
            match self.string(token).0 {
                Constant::Bytes(value) => {
                    saw_bytes = true;
                    bytes.extend_from_slice(&value);
                }
                Constant::Str(value) => {
                    saw_text = true;
                    parts.push_text(&value);
                }
                _ => {}
            }
            token += 1;
        }
        if saw_bytes && (saw_text || saw_format) {
            self.error_at(node.start, node.end, "cannot mix bytes and nonbytes literals");
        }
        if saw_bytes {
            return ExprKind::Constant(Constant::Bytes(bytes.into()));
        }
        if saw_format {
            return ExprKind::JoinedStr(parts.finish());
        }
        ExprKind::Constant(Constant::Str(parts.text.into()))
    }

    /// The value of a plain literal, and its prefix.
    fn string(&mut self, token: u32) -> (Constant, Prefix) {
        let text = self.token_text(token);
        let prefix = Prefix::of(text);
        if let Ok(at) = self.content_errors.binary_search_by_key(&token, |(token, _)| *token) {
            let diagnostic = self.content_errors[at].1.clone();
            self.errors.push(super::builder::Found { token, diagnostic });
            return (Constant::Str(Box::default()), prefix);
        }
        let value = literal::string(text, prefix).unwrap_or_else(|message| {
            self.error_at(token, token + 1, message);
            Constant::Str(Box::default())
        });
        (value, prefix)
    }

    /// The parts of an f-string or of a format spec.
    fn fstring_parts(&mut self, cursor: &mut Cursor, is_raw: bool, parts: &mut Parts) {
        while !cursor.is_done() {
            let index = self.take(cursor);
            let node = self.node(index);
            if node.rule == Rule::fstring_text {
                match literal::fstring_text(self.token_text(node.start), is_raw) {
                    Ok(text) => parts.push_text(&text),
                    Err(message) => self.error_at(node.start, node.end, message),
                }
                continue;
            }
            self.field(index, is_raw, parts);
        }
    }

    fn field(&mut self, index: usize, is_raw: bool, parts: &mut Parts) {
        let node = self.node(index);
        let cursor = self.children(index);
        // The body: everything but a format spec at the end.
        let mut siblings = cursor;
        let mut spec_index = None;
        while !siblings.is_done() {
            let child = self.take(&mut siblings);
            spec_index = (self.node(child).rule == Rule::format_spec).then_some(child);
        }
        let mut body = Cursor { at: cursor.at, end: spec_index.unwrap_or(cursor.end) };
        let body_end = self.body_end(node.start, spec_index.map_or(node.end - 1, |spec| self.node(spec).start));
        let span = self.span(node.start, node.end);
        let value = if self.enter(node.start) {
            self.fields += 1;
            let value = match self.group_body(&mut body) {
                Ok(kind) => Expr { span: self.span(node.start + 1, body_end), kind },
                Err(expr) => expr,
            };
            self.fields -= 1;
            self.leave();
            value
        } else {
            self.placeholder(span)
        };
        let is_debug = self.kind(body_end) == token::FIELD_EQUAL;
        if is_debug {
            let from = self.spans[node.start as usize].end as usize;
            let to = self.spans[body_end as usize].end as usize;
            let text = literal::normal_lines(&self.text[from..to]);
            parts.push_text(text.as_bytes());
        }
        let conversion_at = body_end + u32::from(is_debug);
        let mut conversion = None;
        if self.kind(conversion_at) == token::CONVERSION {
            conversion = self.token_text(conversion_at).chars().last();
        }
        let mut spec = Parts::default();
        if let Some(index) = spec_index {
            let mut inner = self.children(index);
            self.fstring_parts(&mut inner, is_raw, &mut spec);
        } else if is_debug && conversion.is_none() {
            conversion = Some('r');
        }
        let spec = spec.finish();
        parts.push_field(FStringField { span, value, conversion, spec, is_debug });
    }

    /// The token behind a field's expression; `end` is the spec or the closing brace.
    fn body_end(&self, start: u32, end: u32) -> u32 {
        let mut at = end;
        while at > start && matches!(self.kind(at - 1), token::FIELD_EQUAL | token::CONVERSION) {
            at -= 1;
        }
        at
    }
}

/// The parts of an f-string, literal text joined.
#[derive(Default)]
struct Parts {
    list: Vec<FStringPart>,
    /// Literal text behind the last field.
    text: Vec<u8>,
}

impl Parts {
    fn push_text(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
    }

    fn push_field(&mut self, field: FStringField) {
        self.close_text();
        self.list.push(FStringPart::Field(Box::new(field)));
    }

    fn close_text(&mut self) {
        if !self.text.is_empty() {
            self.list.push(FStringPart::Literal(std::mem::take(&mut self.text).into()));
        }
    }

    fn finish(mut self) -> Vec<FStringPart> {
        self.close_text();
        self.list
    }
}
