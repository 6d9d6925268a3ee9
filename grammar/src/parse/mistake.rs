//! Common mistakes in expressions, and CPython's words for them: forgotten commas, `=` for `==`, `if` without
//! `else`, slips in dictionaries and comprehensions, `print` as a statement.

use super::grammar::Rule;
use super::trouble::Trouble;
use crate::diagnostic::Diagnostic;
use crate::token;

impl Trouble<'_> {
    /// Inside brackets: unparenthesised comprehension targets, and dictionaries.
    pub(super) fn display(&self, reach: &mut u32) -> Option<Diagnostic> {
        let at = self.token;
        let open = self.opening(at)?;
        let flat = self.flat(open + 1, at);
        let is_display = !self.ends_operand(open);
        let is_group = self.kind(open) == token::LPAR && is_display || self.kind(open) == token::FIELD_START;
        if self.kind(at) == token::DOUBLE_STAR && at == open + 1 && is_group {
            let end = self.probe(Rule::probe_expression, at + 1)?;
            let closes = matches!(self.kind(end), token::RPAR | token::FIELD_EQUAL..=token::FIELD_END);
            let message = "cannot use double starred expression here";
            return closes.then(|| Diagnostic::syntax(self.span(at, end), message));
        }
        let is_for = matches!(self.kind(at), token::FOR | token::ASYNC);
        if is_for && self.probe(Rule::star_argument, open + 1) == Some(at) && self.probe(Rule::comprehension, at).is_some() {
            let message = "iterable unpacking cannot be used in comprehension";
            return Some(Diagnostic::syntax(self.span(open + 1, at), message));
        }
        let comma = flat.iter().copied().find(|&at| self.kind(at) == token::COMMA);
        let is_list = self.kind(open) == token::LBRACKET && is_display || self.kind(open) == token::LBRACE;
        if is_list && comma.is_some() && matches!(self.kind(at), token::FOR | token::ASYNC) {
            let has_clauses = flat.iter().any(|&at| matches!(self.kind(at), token::FOR | token::COLON));
            if !has_clauses && self.probe(Rule::comprehension, at).is_some() {
                let message = "did you forget parentheses around the comprehension target?";
                return Some(Diagnostic::syntax(self.span(open + 1, at), message));
            }
        }
        if self.kind(open) != token::LBRACE {
            return None;
        }
        let segment = comma.map_or(open + 1, |comma| comma + 1);
        let first_has_colon = flat.iter().any(|&at| self.kind(at) == token::COLON) || self.kind(open + 1) == token::DOUBLE_STAR;
        let colon = flat.iter().copied().find(|&at| self.kind(at) == token::COLON).filter(|&colon| colon >= segment);
        match colon {
            Some(colon) if colon + 1 == at => match self.kind(at) {
                token::RBRACE | token::COMMA => {
                    let message = "expression expected after dictionary key and ':'";
                    Some(Diagnostic::syntax(self.span(colon, colon + 1), message))
                }
                token::STAR => {
                    let end = self.probe(Rule::probe_arithmetic, at + 1)?;
                    let message = "cannot use a starred expression in a dictionary value";
                    Some(Diagnostic::syntax(self.span(at, end), message))
                }
                _ => None,
            },
            None if comma.is_some() && first_has_colon && self.kind(segment) != token::DOUBLE_STAR => {
                let end = self.probe(Rule::probe_expression, segment)?;
                if self.kind(end) == token::COLON {
                    return None;
                }
                *reach = end.max(*reach);
                Some(Diagnostic::syntax(self.span(end - 1, end), "':' expected after dictionary key"))
            }
            _ => None,
        }
    }

    /// The token before `token` ends an operand: a bracket there is a call or a subscript.
    pub(super) fn ends_operand(&self, token: u32) -> bool {
        matches!(self.kind_before(token), token::NAME..=token::STRING | token::RPAR | token::RBRACKET | token::RBRACE | token::FSTRING_END)
    }

    /// `a if b` without `else`.
    pub(super) fn conditional(&self, reach: &mut u32) -> Option<Diagnostic> {
        let first = self.region_start(self.token);
        for at in self.flat(first, self.token) {
            match self.kind(at) {
                token::IF if at > first => {
                    let start = self.chain_start(at)?;
                    if self.kind_before(start) == token::FOR && start > first {
                        return None;
                    }
                    let end = self.probe(Rule::probe_disjunction, at + 1)?;
                    if matches!(self.kind(end), token::ELSE | token::COLON) {
                        return None;
                    }
                    *reach = end.max(*reach);
                    let message = "expected 'else' after 'if' expression";
                    return Some(Diagnostic::syntax(self.span(start, end), message));
                }
                token::COMMA | token::ELSE | token::COLON | token::EQUAL | token::FOR => {
                    return None;
                }
                _ => {}
            }
        }
        None
    }

    /// `print x`, `exec x`
    pub(super) fn old_statement(&self, reach: &mut u32) -> Option<Diagnostic> {
        let at = self.token;
        let name = at.checked_sub(1).filter(|&name| name >= self.start)?;
        let word = self.word(name);
        let is_old = (word == "print" || word == "exec") && self.kind(name) == token::NAME;
        if !is_old || !self.begins_expression(name, self.region_start(at)) {
            return None;
        }
        let end = self.probe(Rule::probe_items, at)?;
        *reach = end.max(*reach);
        let message = format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?");
        let mut diagnostic = Diagnostic::syntax(self.span(name, end), message);
        diagnostic.hint = Some(format!("{word} is a function: {word}(...)"));
        Some(diagnostic)
    }

    pub(super) fn missing_comma(&self, reach: &mut u32) -> Option<Diagnostic> {
        let at = self.token;
        let is_pattern = self.kind(self.line_start(at)) == token::CASE;
        if is_pattern {
            return None;
        }
        if let Some(diagnostic) = self.missing_comma_at(at, reach) {
            return Some(diagnostic);
        }
        // What can't be a subscript may be a list: `a []`, `a [x for x in y]`.
        let open = self.opening(at)?;
        let is_subscript = self.kind(open) == token::LBRACKET && self.ends_operand(open);
        if is_subscript { self.missing_comma_at(open, reach) } else { None }
    }

    pub(super) fn missing_comma_at(&self, at: u32, reach: &mut u32) -> Option<Diagnostic> {
        let starts_operand = token::starts_operand(self.kind(at)) || self.kind(at) == token::LAMBDA;
        if !starts_operand {
            return None;
        }
        let start = self.chain_start(at)?;
        let is_soft = self.kind(start) == token::NAME && matches!(self.word(start), "_" | "match" | "case");
        let is_prefix = self.kind(start) == token::NAME && matches!(self.kind(start + 1), token::STRING | token::FSTRING_START);
        if is_soft || is_prefix {
            return None;
        }
        let end = match self.probe_far(Rule::probe_expression, at) {
            Ok(end) => end,
            Err(far) => {
                *reach = far.max(*reach);
                return None;
            }
        };
        *reach = end.max(*reach);
        let open = self.opening(at).filter(|&open| self.kind(open) != token::FSTRING_START)?;
        if matches!(self.word(start), "print" | "exec") && start + 1 == at {
            return None;
        }
        let message = "invalid syntax. Perhaps you forgot a comma?";
        let mut diagnostic = Diagnostic::syntax(self.span(start, end), message);
        diagnostic.related = Some((self.span(open, open + 1), "inside this bracket".into()));
        Some(diagnostic)
    }

    /// `=` where `==` or `:=` may have been meant.
    pub(super) fn single_equal(&self, reach: &mut u32) -> Option<Diagnostic> {
        let mut at = self.token;
        let line = self.line_start(at);
        if let Some(equal) = self.second_target(line) {
            at = equal;
        } else if self.kind(at) != token::EQUAL {
            return None;
        }
        let start = match self.opening(at) {
            None if at != self.token => self.token,
            Some(open) => {
                let is_call = self.kind(open) == token::LPAR && self.ends_operand(open);
                let comma = self.flat(open + 1, at).into_iter().find(|&at| self.kind(at) == token::COMMA);
                if is_call || self.kind(open) == token::FSTRING_START {
                    return None;
                }
                comma.map_or(open + 1, |comma| comma + 1)
            }
            None => {
                let is_condition = matches!(self.kind(line), token::IF | token::ELIF | token::WHILE | token::DECORATOR | token::MATCH);
                let guard = self.flat(line, at).into_iter().find(|&at| self.kind(at) == token::IF);
                match guard {
                    Some(guard) if self.kind(line) == token::CASE => guard + 1,
                    _ if is_condition => line + 1,
                    _ => return None,
                }
            }
        };
        if self.probe(Rule::probe_arithmetic, start) != Some(at) {
            return None;
        }
        let end = self.probe(Rule::probe_arithmetic, at + 1)?;
        *reach = end.max(*reach);
        if matches!(self.kind(end), token::EQUAL | token::COLON_EQUAL) {
            return None;
        }
        let (name, span) = self.describe(Rule::probe_expression, start)?;
        if name == "name" && start + 1 == at {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Some(Diagnostic::syntax(self.span(start, end), message));
        }
        // CPython looks at the beginning only: a list, a tuple or a generator expression.
        let is_display = match self.kind(start) {
            token::LBRACKET | token::NONE | token::TRUE | token::FALSE => true,
            token::LPAR => matches!(name, "tuple" | "generator expression"),
            _ => false,
        };
        if is_display {
            return None;
        }
        let message = format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?");
        Some(Diagnostic::syntax(span, message))
    }

    /// In `a, b c = 1` CPython looks at `c = 1` on its own. Returns the `=`.
    pub(super) fn second_target(&self, line: u32) -> Option<u32> {
        let at = self.token;
        if !token::starts_operand(self.kind(at)) || self.opening(at).is_some() {
            return None;
        }
        let flat = self.flat(line, at);
        let is_tuple = flat.iter().any(|&at| self.kind(at) == token::COMMA)
            && !flat.iter().any(|&at| self.kind(at) == token::EQUAL)
            && token::starts_operand(self.kind(line));
        let end = if is_tuple {
            self.probe(Rule::probe_arithmetic, at)?
        } else {
            return None;
        };
        (self.kind(end) == token::EQUAL).then_some(end)
    }

    /// `a.b := 1` as a statement.
    pub(super) fn walrus(&self) -> Option<Diagnostic> {
        let at = self.token;
        let line = self.line_start(at);
        if self.kind(at) != token::COLON_EQUAL || self.probe(Rule::probe_expression, line) != Some(at) {
            return None;
        }
        self.probe(Rule::probe_expression, at + 1)?;
        let (name, span) = self.describe(Rule::probe_expression, line)?;
        if name == "name" && line + 1 == at {
            return None;
        }
        Some(Diagnostic::syntax(span, format!("cannot use assignment expressions with {name}")))
    }
}
