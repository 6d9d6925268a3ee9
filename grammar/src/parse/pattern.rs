//! `match` statements and their patterns (Python reference, 8.6).

use super::builder::Builder;
use super::grammar::Rule;
use super::node::Cursor;
use crate::ast::{BinOp, Constant, Expr, ExprKind, Ident, MatchCase, Pattern, PatternKind, StmtKind, UnaryOp};
use crate::token;

impl Builder<'_> {
    pub fn match_statement(&mut self, index: usize) -> StmtKind {
        let mut cursor = self.children(index);
        let subject_index = self.take(&mut cursor);
        let subject = self.exprs(subject_index);
        if let ExprKind::Starred(_) = subject.kind {
            let node = self.node(subject_index);
            self.error_at(node.start, node.start + 1, "invalid syntax");
        }
        let mut cases = Vec::new();
        while let Some(index) = self.take_if(&mut cursor, Rule::case_block) {
            let mut inner = self.children(index);
            let list = self.take(&mut inner);
            let pattern = self.pattern_list(list);
            let guard = self.take_if(&mut inner, Rule::guard).map(|index| {
                let mut inner = self.children(index);
                self.named(&mut inner)
            });
            let body = self.block(&mut inner);
            cases.push(MatchCase { pattern, guard, body });
        }
        StmtKind::Match { subject: Box::new(subject), cases }
    }

    /// One pattern, or a sequence without brackets.
    fn pattern_list(&mut self, index: usize) -> Pattern {
        let node = self.node(index);
        let has_comma = self.kind(node.end - 1) == token::COMMA;
        let mut cursor = self.children(index);
        let mut patterns = self.pattern_items(&mut cursor);
        if patterns.len() == 1 && !has_comma {
            let pattern = patterns.pop().expect("one pattern");
            self.check_lone_star(&pattern, node.start);
            return pattern;
        }
        Pattern { span: self.node_span(index), kind: PatternKind::Sequence(patterns) }
    }

    fn check_lone_star(&mut self, pattern: &Pattern, token: u32) {
        if let PatternKind::Star(_) = pattern.kind {
            self.error_at(token, token + 1, "invalid syntax");
        }
    }

    fn pattern_items(&mut self, cursor: &mut Cursor) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        while !cursor.is_done() {
            let index = self.take(cursor);
            let node = self.node(index);
            if node.rule == Rule::star_pattern {
                let name = self.capture(node.start + 1);
                patterns.push(Pattern { span: self.node_span(index), kind: PatternKind::Star(name) });
            } else {
                patterns.push(self.pattern(index));
            }
        }
        patterns
    }

    /// The name at `token`; `None` for the wildcard.
    fn capture(&mut self, token: u32) -> Option<Ident> {
        (self.token_text(token) != "_").then(|| self.ident(token))
    }

    /// Alternatives, and `as`.
    fn pattern(&mut self, index: usize) -> Pattern {
        let node = self.node(index);
        if !self.enter(node.start) {
            return Pattern { span: self.node_span(index), kind: PatternKind::Sequence(Vec::new()) };
        }
        let mut cursor = self.children(index);
        let mut alternatives = vec![self.closed_pattern(&mut cursor)];
        while !cursor.is_done() {
            alternatives.push(self.closed_pattern(&mut cursor));
        }
        let (name, end) = self.as_name(node.start, node.end);
        if name.is_some() && self.token_text(node.end - 1) == "_" {
            self.error_at(node.end - 1, node.end, "cannot use '_' as a target");
        }
        let mut pattern = if alternatives.len() == 1 {
            alternatives.pop().expect("one alternative")
        } else {
            Pattern { span: self.span(node.start, end), kind: PatternKind::Or(alternatives) }
        };
        if name.is_some() {
            let kind = PatternKind::As { pattern: Some(Box::new(pattern)), name };
            pattern = Pattern { span: self.node_span(index), kind };
        }
        self.leave();
        pattern
    }

    fn closed_pattern(&mut self, cursor: &mut Cursor) -> Pattern {
        let index = self.take(cursor);
        let node = self.node(index);
        let kind = match node.rule {
            Rule::name_pattern => self.name_pattern(index),
            Rule::constant_pattern => PatternKind::Singleton(self.constant(node.start)),
            Rule::number_pattern | Rule::string_pattern => PatternKind::Value(Box::new(self.pattern_value(index))),
            Rule::mapping_pattern => self.mapping_pattern(index),
            Rule::sequence_pattern => {
                let mut inner = self.children(index);
                PatternKind::Sequence(self.pattern_items(&mut inner))
            }
            _ => {
                let mut inner = self.children(index);
                let has_comma = self.kind(node.end - 2) == token::COMMA;
                let mut patterns = self.pattern_items(&mut inner);
                if patterns.len() == 1 && !has_comma {
                    let pattern = patterns.pop().expect("one pattern");
                    self.check_lone_star(&pattern, node.start + 1);
                    return pattern;
                }
                PatternKind::Sequence(patterns)
            }
        };
        Pattern { span: self.node_span(index), kind }
    }

    /// A literal or a dotted name as the expression it is compared with.
    fn pattern_value(&mut self, index: usize) -> Expr {
        let node = self.node(index);
        let span = self.node_span(index);
        match node.rule {
            Rule::string_pattern => {
                let mut inner = self.children(index);
                let strings = self.take(&mut inner);
                let kind = self.strings(strings);
                Expr { span, kind }
            }
            Rule::constant_pattern => Expr { span, kind: ExprKind::Constant(self.constant(node.start)) },
            Rule::key_name => self.dotted_value(node.start, node.end),
            _ => self.signed_number(node.start, node.end),
        }
    }

    /// `1`, `-1`, `1 + 2j`, `-1 - 2j`
    fn signed_number(&mut self, first: u32, end: u32) -> Expr {
        let is_negative = self.kind(first) == token::MINUS;
        let digits = first + u32::from(is_negative);
        let value = self.number(digits);
        let is_real = !matches!(value, Constant::Complex(_));
        let mut left = Expr { span: self.span(digits, digits + 1), kind: ExprKind::Constant(value) };
        if is_negative {
            let kind = ExprKind::UnaryOp { op: UnaryOp::Neg, operand: Box::new(left) };
            left = Expr { span: self.span(first, digits + 1), kind };
        }
        if end == digits + 1 {
            return left;
        }
        if !is_real {
            self.error_at(digits, digits + 1, "real number required in complex literal");
        }
        let op = if self.kind(digits + 1) == token::PLUS { BinOp::Add } else { BinOp::Sub };
        let imaginary = self.number(digits + 2);
        if !matches!(imaginary, Constant::Complex(_)) {
            self.error_at(digits + 2, digits + 3, "imaginary number required in complex literal");
        }
        let right = Expr { span: self.span(digits + 2, digits + 3), kind: ExprKind::Constant(imaginary) };
        let kind = ExprKind::BinOp { left: Box::new(left), op, right: Box::new(right) };
        Expr { span: self.span(first, end), kind }
    }

    /// `a.b.c` as attributes of a name.
    fn dotted_value(&mut self, first: u32, end: u32) -> Expr {
        let mut expr = Expr { span: self.span(first, first + 1), kind: ExprKind::Name(self.name(first)) };
        for token in (first + 2..end).step_by(2) {
            if token as usize - first as usize > 2 * crate::ast::MAX_DEPTH {
                self.too_deep(token);
                break;
            }
            let attr = self.ident(token);
            let kind = ExprKind::Attribute { value: Box::new(expr), attr };
            expr = Expr { span: self.span(first, token + 1), kind };
        }
        expr
    }

    fn name_pattern(&mut self, index: usize) -> PatternKind {
        let node = self.node(index);
        let mut cursor = self.children(index);
        if let Some(arguments) = self.take_if(&mut cursor, Rule::class_pattern) {
            return self.class_pattern(node.start, arguments);
        }
        if node.end == node.start + 1 {
            return PatternKind::As { pattern: None, name: self.capture(node.start) };
        }
        PatternKind::Value(Box::new(self.dotted_value(node.start, node.end)))
    }

    fn class_pattern(&mut self, first: u32, index: usize) -> PatternKind {
        let cls = Box::new(self.dotted_value(first, self.node(index).start));
        let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (Vec::new(), Vec::new(), Vec::new());
        let mut cursor = self.children(index);
        while !cursor.is_done() {
            let index = self.take(&mut cursor);
            let node = self.node(index);
            let mut inner = self.children(index);
            let child = self.take(&mut inner);
            let is_keyword = self.node(child).start > node.start;
            if is_keyword {
                kwd_attrs.push(self.ident(node.start));
                kwd_patterns.push(self.pattern(child));
            } else {
                if !kwd_attrs.is_empty() {
                    self.error_at(node.start, node.end, "positional patterns follow keyword patterns");
                }
                patterns.push(self.pattern(child));
            }
        }
        PatternKind::Class { cls, patterns, kwd_attrs, kwd_patterns }
    }

    fn mapping_pattern(&mut self, index: usize) -> PatternKind {
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
        let mut cursor = self.children(index);
        while !cursor.is_done() {
            let index = self.take(&mut cursor);
            let node = self.node(index);
            if rest.is_some() {
                self.error_at(node.start, node.start + 1, "invalid syntax");
                break;
            }
            if self.kind(node.start) == token::DOUBLE_STAR {
                rest = self.capture(node.start + 1);
                if rest.is_none() {
                    self.error_at(node.start + 1, node.end, "invalid syntax");
                }
                continue;
            }
            let mut inner = self.children(index);
            let key = self.take(&mut inner);
            if self.node(key).rule == Rule::key_name && self.node(key).end == self.node(key).start + 1 {
                let end = self.node(key).end;
                self.error_at(end, end + 1, "invalid syntax");
            }
            keys.push(self.pattern_value(key));
            let child = self.take(&mut inner);
            patterns.push(self.pattern(child));
        }
        PatternKind::Mapping { keys, patterns, rest }
    }
}
