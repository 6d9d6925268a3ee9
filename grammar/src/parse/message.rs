//! From the token where the grammar failed to the words CPython has for it.
//!
//! CPython parses a wrong text a second time with rules that describe common mistakes. Here the same
//! mistakes are recognised from the blamed token, what could have stood there, and the tokens around it.
//! The order of the checks is that in which CPython's second parse would meet the rules.

use super::builder::Builder;
use super::failure::{self, Kinds};
use super::grammar::{Grammar, Rule};
use super::node::{self, Cursor};
use super::target::describe;
use crate::ast::{Names, Span};
use crate::diagnostic::{Diagnostic, ErrorKind};
use crate::layout::Layout;
use crate::token::{self, Kind};
use pest::Parser;

/// What the rules look at.
pub(super) struct Trouble<'a> {
    pub text: &'a str,
    pub layout: &'a Layout,
    /// The statement's first token.
    pub start: u32,
    /// Tokens from here on can't be trusted: the text ends, or the layout pass failed.
    pub cut: u32,
    /// The blamed token.
    pub token: u32,
    pub expected: Kinds,
}

/// The words for an error, and the last token CPython would have read to find them.
pub(super) struct Finding {
    pub diagnostic: Diagnostic,
    pub reach: u32,
    /// No later error of the layout pass replaces it.
    pub is_final: bool,
    /// Blank this logical line (the one with this token) to go on behind the error.
    pub damaged: u32,
}

impl Trouble<'_> {
    fn kind(&self, token: u32) -> Kind {
        self.layout
            .kinds
            .as_bytes()
            .get(token as usize)
            .copied()
            .unwrap_or(token::END_OF_LINE)
    }

    fn kind_before(&self, token: u32) -> Kind {
        if token > self.start {
            self.kind(token - 1)
        } else {
            token::END_OF_LINE
        }
    }

    fn word(&self, token: u32) -> &str {
        match self.layout.spans.get(token as usize) {
            Some(span) => &self.text[span.start as usize..span.end as usize],
            None => "",
        }
    }

    /// From token `first` to before token `end`.
    fn span(&self, first: u32, end: u32) -> Span {
        let spans = &self.layout.spans;
        match (
            spans.get(first as usize),
            spans.get(end.max(first + 1) as usize - 1),
        ) {
            (Some(first), Some(last)) => Span {
                start: first.start,
                end: last.end.max(first.start),
            },
            _ => end_of_text(self.text),
        }
    }

    fn line_number(&self, token: u32) -> usize {
        let start = self.span(token, token + 1).start as usize;
        crate::source::count_lines(&self.text.as_bytes()[..start]) + 1
    }

    // ---- The neighbourhood ----

    /// The first token of the logical line that `token` is in.
    pub fn line_start(&self, token: u32) -> u32 {
        let mut at = token;
        while at > self.start
            && !matches!(
                self.kind(at - 1),
                token::END_OF_LINE | token::INDENT | token::DEDENT
            )
        {
            at -= 1;
        }
        at
    }

    /// The innermost open bracket (or f-string field) around `token`.
    fn opening(&self, token: u32) -> Option<u32> {
        let mut closed = 0;
        for at in (self.line_start(token)..token).rev() {
            match self.kind(at) {
                token::RPAR
                | token::RBRACKET
                | token::RBRACE
                | token::FIELD_END
                | token::FSTRING_END => closed += 1,
                token::LPAR
                | token::LBRACKET
                | token::LBRACE
                | token::FIELD_START
                | token::FSTRING_START => {
                    if closed == 0 {
                        return Some(at);
                    }
                    closed -= 1;
                }
                _ => {}
            }
        }
        None
    }

    /// The tokens from `first` to before `end` that are in no bracket of their own, last first.
    fn flat(&self, first: u32, end: u32) -> Vec<u32> {
        let mut tokens = Vec::new();
        let mut closed = 0;
        for at in (first..end).rev() {
            match self.kind(at) {
                token::RPAR
                | token::RBRACKET
                | token::RBRACE
                | token::FIELD_END
                | token::FSTRING_END => {
                    if closed == 0 {
                        tokens.push(at);
                    }
                    closed += 1;
                }
                token::LPAR
                | token::LBRACKET
                | token::LBRACE
                | token::FIELD_START
                | token::FSTRING_START => {
                    closed = (closed - 1).max(0);
                    if closed == 0 {
                        tokens.push(at);
                    }
                }
                _ if closed == 0 => tokens.push(at),
                _ => {}
            }
        }
        tokens
    }

    /// Where `rule` ends when it begins at `token`.
    fn probe(&self, rule: Rule, token: u32) -> Option<u32> {
        self.probe_far(rule, token).ok()
    }

    /// As `probe`; `Err` says how far it got.
    fn probe_far(&self, rule: Rule, token: u32) -> Result<u32, u32> {
        let kinds = self
            .layout
            .kinds
            .get(token as usize..self.cut as usize)
            .unwrap_or("");
        failure::probe(rule, kinds)
            .map(|end| token + end)
            .map_err(|far| token + far)
    }

    /// What CPython calls the expression that begins at `token`.
    fn describe(&self, rule: Rule, token: u32) -> Option<(&'static str, Span)> {
        let kinds = self.layout.kinds.get(token as usize..self.cut as usize)?;
        let pairs = Grammar::parse(rule, kinds).ok()?;
        let mut nodes = Vec::new();
        node::collect(pairs, token, &mut nodes);
        let mut names = Names::new();
        let mut builder = Builder::new(self.text, self.layout, &nodes, &mut names);
        let expr = builder.expression(&mut Cursor {
            at: 1,
            end: nodes.len(),
        });
        Some((describe(&expr), expr.span))
    }

    /// An expression (not just a part of an operator chain) can begin at `token`, judged by the one before.
    fn begins_expression(&self, token: u32, first: u32) -> bool {
        if token == first {
            return true;
        }
        match self.kind(token - 1) {
            token::COMMA | token::COLON | token::EQUAL | token::COLON_EQUAL | token::SEMICOLON => {
                true
            }
            // Behind a star an expression begins in arguments only; elsewhere CPython meets the operand
            // again as an expression of its own, but behind two stars it does not.
            token::STAR | token::DOUBLE_STAR => {
                let is_first = token - 1 == first
                    || matches!(
                        self.kind(token - 2),
                        token::COMMA | token::EQUAL | token::RETURN
                    );
                let in_braces = first > self.start && self.kind(first - 1) == token::LBRACE;
                is_first && !(in_braces && self.kind(token - 1) == token::DOUBLE_STAR)
            }
            token::PLUS_EQUAL..=token::RIGHT_SHIFT_EQUAL | token::ARROW => true,
            token::RETURN
            | token::ASSERT
            | token::RAISE
            | token::DEL
            | token::YIELD
            | token::FROM => true,
            token::WITH
            | token::WHILE
            | token::ELIF
            | token::MATCH
            | token::DECORATOR
            | token::EXCEPT => true,
            // The `if` of a statement or of a case; that of a comprehension takes no full expression.
            token::IF => token - 1 == first || self.kind(first) == token::CASE,
            // The `in` of a statement: behind it CPython has no second thoughts about the targets.
            token::IN => self.kind(first) == token::FOR,
            token::FOR => true,
            _ => false,
        }
    }

    /// The brackets that end before token `first` are those of a function's parameters, or of an import.
    fn is_parameters(&self, first: u32) -> bool {
        first >= self.start + 2
            && self.kind(first - 1) == token::LPAR
            && (self.kind_before(first - 2) == token::DEF || self.kind(first - 2) == token::IMPORT)
    }

    /// Where the expression begins whose first part, an operator chain, ends right before `end`.
    fn chain_start(&self, end: u32) -> Option<u32> {
        let first = self.region_start(end);
        let is_parameters = self.is_parameters(first);
        let mut found = None;
        for at in self.flat(first, end) {
            let is_candidate = self.begins_expression(at, first)
                && !(is_parameters && matches!(self.kind(at - 1), token::LPAR | token::COMMA));
            if is_candidate && self.probe(Rule::probe_disjunction, at) == Some(end) {
                // Not across the `in` of a comprehension.
                let crosses = self.kind_before(at) == token::FOR
                    && self
                        .flat(at, end)
                        .iter()
                        .any(|&at| self.kind(at) == token::IN);
                if !crosses {
                    found = Some(at);
                }
            }
        }
        found
    }

    /// The first token behind the innermost open bracket, or of the line.
    fn region_start(&self, token: u32) -> u32 {
        self.opening(token)
            .map_or_else(|| self.line_start(token), |open| open + 1)
    }

    // ---- The rules ----

    /// `None` when reading further, as CPython would, meets the place where the layout pass failed.
    pub fn explain(&self) -> Option<Finding> {
        let at = self.token;
        if self.kind(at) == token::INDENT && (at as usize) < self.layout.kinds.len() {
            let mut diagnostic = Diagnostic::syntax(self.span(at, at + 1), "unexpected indent");
            diagnostic.kind = ErrorKind::Indentation;
            return Some(Finding {
                diagnostic,
                reach: at,
                is_final: true,
                damaged: at.saturating_sub(1),
            });
        }
        if let Some(modern) = self
            .layout
            .modern
            .iter()
            .find(|modern| modern.first < at && at < modern.last)
        {
            let diagnostic = modern.classic_error.clone();
            return Some(Finding {
                diagnostic,
                reach: at,
                is_final: false,
                damaged: at,
            });
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
        let damaged = if self.is_missing_block() {
            at.saturating_sub(2)
        } else {
            at
        };
        Some(Finding {
            diagnostic,
            reach,
            is_final: false,
            damaged,
        })
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
        let rest = self
            .layout
            .kinds
            .as_bytes()
            .get(self.token as usize..)
            .unwrap_or_default();
        rest.iter().all(|&kind| kind == token::DEDENT)
    }

    /// The place of the blamed token; at the end of the text, the end of its last line.
    fn end_span(&self) -> Span {
        if self.is_at_end() {
            end_of_text(self.text)
        } else {
            self.span(self.token, self.token + 1)
        }
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
        self.expected.has(token::INDENT)
            && at >= self.start + 2
            && self.kind(at - 1) == token::END_OF_LINE
            && self.kind(at - 2) == token::COLON
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
            token::EXCEPT if self.kind(header + 1) == token::STAR => {
                "'except*' statement".to_string()
            }
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
        let keyword = if self.kind(line) == token::ASYNC {
            line + 1
        } else {
            line
        };
        let is_flat = self.opening(at).is_none();
        match self.kind(keyword) {
            token::TRY | token::ELSE | token::FINALLY
                if at == keyword + 1 && expects(token::COLON) =>
            {
                return Some(Diagnostic::syntax(here, "expected ':'"));
            }
            token::DEF if at == keyword + 2 && expects(token::LPAR) => {
                return Some(Diagnostic::syntax(here, "expected '('"));
            }
            token::DEF
                if is_flat
                    && at > keyword + 3
                    && !self
                        .flat(line, at)
                        .iter()
                        .any(|&at| self.kind(at) == token::COLON) =>
            {
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
        let is_header = matches!(
            self.kind(keyword),
            token::IF
                | token::ELIF
                | token::WHILE
                | token::FOR
                | token::WITH
                | token::CLASS
                | token::CASE
                | token::EXCEPT
        );
        if is_header && is_flat && self.kind(at) == token::END_OF_LINE && expects(token::COLON) {
            return Some(Diagnostic::syntax(here, "expected ':'"));
        }
        None
    }

    fn except(&self, keyword: u32) -> Option<Diagnostic> {
        let at = self.token;
        let is_star = self.kind(keyword + 1) == token::STAR;
        if is_star
            && at == keyword + 2
            && matches!(self.kind(at), token::COLON | token::END_OF_LINE)
        {
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
        if is_import && self.kind(at) == token::END_OF_LINE && self.kind_before(at) == token::COMMA
        {
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
        let is_def = open.is_some_and(|open| {
            self.kind(open) == token::LPAR
                && open >= self.start + 2
                && self.kind(open - 2) == token::DEF
        });
        let first = self.region_start(at);
        // The last `lambda` whose colon has not come yet.
        let lambda = self
            .flat(first, at)
            .into_iter()
            .take_while(|&at| self.kind(at) != token::COLON)
            .find(|&at| self.kind(at) == token::LAMBDA);
        if !is_def && lambda.is_none() {
            return None;
        }
        let first = lambda.map_or(first, |lambda| lambda + 1);
        if self.kind(at) == token::STAR && self.kind_before(at) == token::SLASH {
            return Some(Diagnostic::syntax(
                self.span(at, at + 1),
                "expected comma between / and *",
            ));
        }
        if matches!(self.kind(at), token::RPAR | token::COMMA)
            && self.kind_before(at) == token::EQUAL
        {
            return Some(Diagnostic::syntax(
                self.span(at - 1, at),
                "expected default value expression",
            ));
        }
        if self.kind(at) == token::EQUAL {
            let segment = self
                .flat(first, at)
                .into_iter()
                .take_while(|&at| self.kind(at) != token::COMMA)
                .last()?;
            let message = match self.kind(segment) {
                token::STAR => "var-positional argument cannot have default value",
                token::DOUBLE_STAR => "var-keyword argument cannot have default value",
                _ => return None,
            };
            return Some(Diagnostic::syntax(self.span(at, at + 1), message));
        }
        if self.kind(at) == token::LPAR
            && matches!(
                self.kind_before(at),
                token::LPAR | token::COMMA | token::LAMBDA
            )
        {
            let has_default = self
                .flat(first, at)
                .iter()
                .any(|&at| matches!(self.kind(at), token::EQUAL | token::STAR | token::SLASH));
            let mut end = at + 1;
            while self.kind(end) == token::NAME
                && matches!(self.kind(end + 1), token::COMMA | token::RPAR)
            {
                end += if self.kind(end + 1) == token::COMMA {
                    2
                } else {
                    1
                };
            }
            if !has_default && end > at + 1 && self.kind(end) == token::RPAR {
                let what = if lambda.is_some() {
                    "Lambda expression"
                } else {
                    "Function"
                };
                let message = format!("{what} parameters cannot be parenthesized");
                return Some(Diagnostic::syntax(self.span(at, end + 1), message));
            }
        }
        None
    }

    /// Inside brackets: unparenthesised comprehension targets, and dictionaries.
    fn display(&self, reach: &mut u32) -> Option<Diagnostic> {
        let at = self.token;
        let open = self.opening(at)?;
        let flat = self.flat(open + 1, at);
        let is_display = !self.ends_operand(open);
        let is_group = self.kind(open) == token::LPAR && is_display
            || self.kind(open) == token::FIELD_START;
        if self.kind(at) == token::DOUBLE_STAR && at == open + 1 && is_group {
            let end = self.probe(Rule::probe_expression, at + 1)?;
            let closes = matches!(
                self.kind(end),
                token::RPAR | token::FIELD_EQUAL..=token::FIELD_END
            );
            let message = "cannot use double starred expression here";
            return closes.then(|| Diagnostic::syntax(self.span(at, end), message));
        }
        let is_for = matches!(self.kind(at), token::FOR | token::ASYNC);
        if is_for
            && self.probe(Rule::star_argument, open + 1) == Some(at)
            && self.probe(Rule::comprehension, at).is_some()
        {
            let message = "iterable unpacking cannot be used in comprehension";
            return Some(Diagnostic::syntax(self.span(open + 1, at), message));
        }
        let comma = flat
            .iter()
            .copied()
            .find(|&at| self.kind(at) == token::COMMA);
        let is_list =
            self.kind(open) == token::LBRACKET && is_display || self.kind(open) == token::LBRACE;
        if is_list && comma.is_some() && matches!(self.kind(at), token::FOR | token::ASYNC) {
            let has_clauses = flat
                .iter()
                .any(|&at| matches!(self.kind(at), token::FOR | token::COLON));
            if !has_clauses && self.probe(Rule::comprehension, at).is_some() {
                let message = "did you forget parentheses around the comprehension target?";
                return Some(Diagnostic::syntax(self.span(open + 1, at), message));
            }
        }
        if self.kind(open) != token::LBRACE {
            return None;
        }
        let segment = comma.map_or(open + 1, |comma| comma + 1);
        let first_has_colon = flat.iter().any(|&at| self.kind(at) == token::COLON)
            || self.kind(open + 1) == token::DOUBLE_STAR;
        let colon = flat
            .iter()
            .copied()
            .find(|&at| self.kind(at) == token::COLON)
            .filter(|&colon| colon >= segment);
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
            None if comma.is_some()
                && first_has_colon
                && self.kind(segment) != token::DOUBLE_STAR =>
            {
                let end = self.probe(Rule::probe_expression, segment)?;
                if self.kind(end) == token::COLON {
                    return None;
                }
                *reach = end.max(*reach);
                Some(Diagnostic::syntax(
                    self.span(end - 1, end),
                    "':' expected after dictionary key",
                ))
            }
            _ => None,
        }
    }

    /// The token before `token` ends an operand: a bracket there is a call or a subscript.
    fn ends_operand(&self, token: u32) -> bool {
        matches!(
            self.kind_before(token),
            token::NAME
                ..=token::STRING
                    | token::RPAR
                    | token::RBRACKET
                    | token::RBRACE
                    | token::FSTRING_END
        )
    }

    /// `a if b` without `else`.
    fn conditional(&self, reach: &mut u32) -> Option<Diagnostic> {
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
    fn old_statement(&self, reach: &mut u32) -> Option<Diagnostic> {
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

    fn missing_comma(&self, reach: &mut u32) -> Option<Diagnostic> {
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
        if is_subscript {
            self.missing_comma_at(open, reach)
        } else {
            None
        }
    }

    fn missing_comma_at(&self, at: u32, reach: &mut u32) -> Option<Diagnostic> {
        let starts_operand = token::starts_operand(self.kind(at)) || self.kind(at) == token::LAMBDA;
        if !starts_operand {
            return None;
        }
        let start = self.chain_start(at)?;
        let is_soft =
            self.kind(start) == token::NAME && matches!(self.word(start), "_" | "match" | "case");
        let is_prefix = self.kind(start) == token::NAME
            && matches!(self.kind(start + 1), token::STRING | token::FSTRING_START);
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
        let open = self
            .opening(at)
            .filter(|&open| self.kind(open) != token::FSTRING_START)?;
        if matches!(self.word(start), "print" | "exec") && start + 1 == at {
            return None;
        }
        let message = "invalid syntax. Perhaps you forgot a comma?";
        let mut diagnostic = Diagnostic::syntax(self.span(start, end), message);
        diagnostic.related = Some((self.span(open, open + 1), "inside this bracket".into()));
        Some(diagnostic)
    }

    /// `=` where `==` or `:=` may have been meant.
    fn single_equal(&self, reach: &mut u32) -> Option<Diagnostic> {
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
                let comma = self
                    .flat(open + 1, at)
                    .into_iter()
                    .find(|&at| self.kind(at) == token::COMMA);
                if is_call || self.kind(open) == token::FSTRING_START {
                    return None;
                }
                comma.map_or(open + 1, |comma| comma + 1)
            }
            None => {
                let is_condition = matches!(
                    self.kind(line),
                    token::IF | token::ELIF | token::WHILE | token::DECORATOR | token::MATCH
                );
                let guard = self
                    .flat(line, at)
                    .into_iter()
                    .find(|&at| self.kind(at) == token::IF);
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
    fn second_target(&self, line: u32) -> Option<u32> {
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
    fn walrus(&self) -> Option<Diagnostic> {
        let at = self.token;
        let line = self.line_start(at);
        if self.kind(at) != token::COLON_EQUAL
            || self.probe(Rule::probe_expression, line) != Some(at)
        {
            return None;
        }
        self.probe(Rule::probe_expression, at + 1)?;
        let (name, span) = self.describe(Rule::probe_expression, line)?;
        if name == "name" && line + 1 == at {
            return None;
        }
        Some(Diagnostic::syntax(
            span,
            format!("cannot use assignment expressions with {name}"),
        ))
    }

    /// `case x as 1:`
    fn pattern(&self) -> Option<Diagnostic> {
        let at = self.token;
        let is_case = self.kind(self.line_start(at)) == token::CASE;
        if !is_case || self.kind_before(at) != token::AS || self.kind(at) == token::NAME {
            return None;
        }
        let end = self.probe(Rule::probe_expression, at)?;
        Some(Diagnostic::syntax(
            self.span(at, end),
            "invalid pattern target",
        ))
    }
}

/// The end of the last line of a text, its line end not counted.
pub(super) fn end_of_text(text: &str) -> Span {
    let length = text
        .strip_suffix("\r\n")
        .or_else(|| text.strip_suffix(['\n', '\r']))
        .unwrap_or(text)
        .len();
    Span {
        start: length as u32,
        end: length as u32,
    }
}
