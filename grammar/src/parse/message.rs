//! From the token where the grammar failed to the words CPython has for it.
//!
//! CPython parses a wrong text a second time with rules that describe common mistakes. Here the same
//! mistakes are recognised from the blamed token, what could have stood there, and the tokens around it.
//! The order of the checks is that in which CPython's second parse would meet the rules.

use super::grammar::Rule;
use super::trouble::{Finding, Trouble, end_of_text};
use crate::ast::Span;
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::token;

impl Trouble<'_> {
    /// `None` when reading further, as CPython would, meets the place where the layout pass failed.
    pub fn explain(&self) -> Option<Finding> {
        let at = self.token;
        if self.kind(at) == token::INDENT && (at as usize) < self.layout.kinds.len() {
            let mut diagnostic = Diagnostic::syntax(self.span(at, at + 1), "unexpected indent");
            diagnostic.kind = ErrorKind::Indentation;
            return Some(Finding { diagnostic, reach: at, is_final: true, damaged: at.saturating_sub(1) });
        }
        if let Some(modern) = self.layout.modern.iter().find(|modern| modern.first < at && at < modern.last) {
            let diagnostic = modern.classic_error.clone();
            return Some(Finding { diagnostic, reach: at, is_final: false, damaged: at });
        }
        let mut reach = at;
        let found = self
            .missing_block()
            .or_else(|| self.header())
            .or_else(|| self.imports())
            .or_else(|| self.loop_target())
            .or_else(|| self.parameters())
            .or_else(|| self.display(&mut reach))
            .or_else(|| self.conditional(&mut reach))
            .or_else(|| self.old_statement(&mut reach))
            .or_else(|| self.missing_comma(&mut reach))
            .or_else(|| self.single_equal(&mut reach))
            .or_else(|| self.walrus())
            .or_else(|| self.pattern());
        if reach > at && reach >= self.cut {
            return None;
        }
        let mut diagnostic = found.unwrap_or_else(|| self.generic());
        if self.is_in_field() && !diagnostic.message.starts_with("f-string: ") {
            diagnostic.message.insert_str(0, "f-string: ");
        }
        diagnostic.is_incomplete = self.is_at_end();
        let damaged = if self.is_missing_block() { at.saturating_sub(2) } else { at };
        Some(Finding { diagnostic, reach, is_final: false, damaged })
    }

    fn generic(&self) -> Diagnostic {
        let at = self.token;
        let span = self.span(at, at + 1);
        if self.kind(at) == token::DEDENT && (at as usize) < self.layout.kinds.len() {
            let mut diagnostic = Diagnostic::syntax(self.end_span(), "unexpected unindent");
            diagnostic.kind = ErrorKind::Indentation;
            return diagnostic;
        }
        let mut diagnostic = Diagnostic::syntax(span, "invalid syntax");
        if self.is_at_end() {
            diagnostic.span = self.end_span();
        }
        diagnostic.hint = self.hint();
        diagnostic
    }

    /// What is worth saying beyond CPython's words.
    fn hint(&self) -> Option<String> {
        let kind = self.kind(self.token);
        if token::is_keyword(kind) {
            return Some(format!("`{}` is a keyword", token::spelling(kind)));
        }
        None
    }

    fn is_at_end(&self) -> bool {
        let rest = self.layout.kinds.as_bytes().get(self.token as usize..).unwrap_or_default();
        rest.iter().all(|&kind| kind == token::DEDENT)
    }

    /// The place of the blamed token; at the end of the text, the end of its last line.
    fn end_span(&self) -> Span {
        if self.is_at_end() { end_of_text(self.text) } else { self.span(self.token, self.token + 1) }
    }

    fn is_in_field(&self) -> bool {
        let mut at = self.token;
        while let Some(open) = self.opening(at) {
            if self.kind(open) == token::FIELD_START {
                return true;
            }
            at = open;
        }
        false
    }

    fn is_missing_block(&self) -> bool {
        let at = self.token;
        self.expected.has(token::INDENT) && at >= self.start + 2 && self.kind(at - 1) == token::END_OF_LINE && self.kind(at - 2) == token::COLON
    }

    fn missing_block(&self) -> Option<Diagnostic> {
        if !self.is_missing_block() {
            return None;
        }
        let mut header = self.line_start(self.token - 2);
        if self.kind(header) == token::ASYNC {
            header += 1;
        }
        let what = match self.kind(header) {
            token::DEF => "function definition".to_string(),
            token::CLASS => "class definition".to_string(),
            token::EXCEPT if self.kind(header + 1) == token::STAR => "'except*' statement".to_string(),
            kind => format!("'{}' statement", token::spelling(kind)),
        };
        let line = self.line_number(header);
        let message = format!("expected an indented block after {what} on line {line}");
        let mut diagnostic = Diagnostic::new(ErrorKind::Indentation, self.end_span(), message);
        let place = self.span(header, header + 1);
        diagnostic.related = Some((place, "this needs a block".into()));
        diagnostic.hint = Some("indent the lines that belong to it, or write `pass`".into());
        Some(diagnostic)
    }

    /// `expected ':'`, `expected '('`, and what is wrong in `try` and `except`.
    fn header(&self) -> Option<Diagnostic> {
        let at = self.token;
        let here = self.span(at, at + 1);
        let expects = |kind| self.expected.has(kind);
        if expects(token::EXCEPT) && expects(token::FINALLY) && !expects(token::ELSE) {
            let message = "expected 'except' or 'finally' block";
            return Some(Diagnostic::syntax(self.end_span(), message));
        }
        let line = self.line_start(at);
        let keyword = if self.kind(line) == token::ASYNC { line + 1 } else { line };
        let is_flat = self.opening(at).is_none();
        match self.kind(keyword) {
            token::TRY | token::ELSE | token::FINALLY if at == keyword + 1 && expects(token::COLON) => {
                return Some(Diagnostic::syntax(here, "expected ':'"));
            }
            token::DEF if at == keyword + 2 && expects(token::LPAR) => {
                return Some(Diagnostic::syntax(here, "expected '('"));
            }
            token::DEF if is_flat && at > keyword + 3 && !self.flat(line, at).iter().any(|&at| self.kind(at) == token::COLON) => {
                return Some(Diagnostic::syntax(here, "expected ':'"));
            }
            token::EXCEPT if is_flat => {
                if let Some(diagnostic) = self.except(keyword) {
                    return Some(diagnostic);
                }
            }
            token::NAME if self.word(keyword) == "match" && at == keyword + 1 => {
                let end = self.probe(Rule::probe_items, at)?;
                if self.kind(end) == token::END_OF_LINE {
                    return Some(Diagnostic::syntax(self.span(end, end + 1), "expected ':'"));
                }
            }
            _ => {}
        }
        let is_header =
            matches!(self.kind(keyword), token::IF | token::ELIF | token::WHILE | token::FOR | token::WITH | token::CLASS | token::CASE | token::EXCEPT);
        if is_header && is_flat && self.kind(at) == token::END_OF_LINE && expects(token::COLON) {
            return Some(Diagnostic::syntax(here, "expected ':'"));
        }
        None
    }

    fn except(&self, keyword: u32) -> Option<Diagnostic> {
        let at = self.token;
        let is_star = self.kind(keyword + 1) == token::STAR;
        if is_star && at == keyword + 2 && matches!(self.kind(at), token::COLON | token::END_OF_LINE) {
            let message = "expected one or more exception types";
            return Some(Diagnostic::syntax(self.span(at, at + 1), message));
        }
        if self.kind(at) != token::COMMA {
            return None;
        }
        let mut end = self.probe(Rule::probe_items, at + 1)?;
        if self.kind(end) == token::AS && self.kind(end + 1) == token::NAME {
            end += 2;
        }
        if self.kind(end) != token::COLON {
            return None;
        }
        let first = keyword + 1 + u32::from(is_star);
        let message = "multiple exception types must be parenthesized";
        Some(Diagnostic::syntax(self.span(first, end), message))
    }

    fn imports(&self) -> Option<Diagnostic> {
        let at = self.token;
        let is_import = self.kind(self.line_start(at)) == token::FROM;
        if is_import && self.kind(at) == token::END_OF_LINE && self.kind_before(at) == token::COMMA {
            let message = "trailing comma not allowed without surrounding parentheses";
            return Some(Diagnostic::syntax(self.span(at - 1, at), message));
        }
        None
    }

    /// `for not a in b`: what follows `for` is an expression, but never a target.
    fn loop_target(&self) -> Option<Diagnostic> {
        let at = self.token;
        let is_wrong = matches!(self.kind(at), token::NOT | token::LAMBDA);
        if !is_wrong || self.kind_before(at) != token::FOR {
            return None;
        }
        let (name, span) = self.describe(Rule::probe_expression, at)?;
        Some(Diagnostic::syntax(span, format!("cannot assign to {name}")))
    }

    /// Inside the parameters of a function or a lambda.
    fn parameters(&self) -> Option<Diagnostic> {
        let at = self.token;
        let open = self.opening(at);
        let is_def = open.is_some_and(|open| self.kind(open) == token::LPAR && open >= self.start + 2 && self.kind(open - 2) == token::DEF);
        let first = self.region_start(at);
        // The last `lambda` whose colon has not come yet.
        let lambda = self.flat(first, at).into_iter().take_while(|&at| self.kind(at) != token::COLON).find(|&at| self.kind(at) == token::LAMBDA);
        if !is_def && lambda.is_none() {
            return None;
        }
        let first = lambda.map_or(first, |lambda| lambda + 1);
        if self.kind(at) == token::STAR && self.kind_before(at) == token::SLASH {
            return Some(Diagnostic::syntax(self.span(at, at + 1), "expected comma between / and *"));
        }
        if matches!(self.kind(at), token::RPAR | token::COMMA) && self.kind_before(at) == token::EQUAL {
            return Some(Diagnostic::syntax(self.span(at - 1, at), "expected default value expression"));
        }
        if self.kind(at) == token::EQUAL {
            let segment = self.flat(first, at).into_iter().take_while(|&at| self.kind(at) != token::COMMA).last()?;
            let message = match self.kind(segment) {
                token::STAR => "var-positional argument cannot have default value",
                token::DOUBLE_STAR => "var-keyword argument cannot have default value",
                _ => return None,
            };
            return Some(Diagnostic::syntax(self.span(at, at + 1), message));
        }
        if self.kind(at) == token::LPAR && matches!(self.kind_before(at), token::LPAR | token::COMMA | token::LAMBDA) {
            let has_default = self.flat(first, at).iter().any(|&at| matches!(self.kind(at), token::EQUAL | token::STAR | token::SLASH));
            let mut end = at + 1;
            while self.kind(end) == token::NAME && matches!(self.kind(end + 1), token::COMMA | token::RPAR) {
                end += if self.kind(end + 1) == token::COMMA { 2 } else { 1 };
            }
            if !has_default && end > at + 1 && self.kind(end) == token::RPAR {
                let what = if lambda.is_some() { "Lambda expression" } else { "Function" };
                let message = format!("{what} parameters cannot be parenthesized");
                return Some(Diagnostic::syntax(self.span(at, end + 1), message));
            }
        }
        None
    }

    /// `case x as 1:`
    fn pattern(&self) -> Option<Diagnostic> {
        let at = self.token;
        let is_case = self.kind(self.line_start(at)) == token::CASE;
        if !is_case || self.kind_before(at) != token::AS || self.kind(at) == token::NAME {
            return None;
        }
        let end = self.probe(Rule::probe_expression, at)?;
        Some(Diagnostic::syntax(self.span(at, end), "invalid pattern target"))
    }
}
