//! Going on behind an error: the damaged line is blanked and the statement parsed again, so that a file's
//! errors are found together. Also which of them comes first: the one CPython would report.

use super::builder::Found;
use super::failure::{self, Failure};
use super::grammar::Rule;
use super::trouble::{Finding, Trouble};
use super::{Builder, hint, recursion_error};
use crate::ast::Span;
use crate::diagnostic::Diagnostic;
use crate::layout::{Layout, LayoutError};
use crate::literal::{self, Prefix};
use crate::source;
use crate::token;

/// An error of the grammar or of the tree.
pub(super) struct Report {
    pub token: u32,
    /// The last token CPython would have read to find it.
    pub reach: u32,
    pub is_final: bool,
    pub diagnostic: Diagnostic,
}

impl From<Found> for Report {
    fn from(found: Found) -> Report {
        Report { token: found.token, reach: found.token, is_final: false, diagnostic: found.diagnostic }
    }
}

/// The tokens of a statement that may be damaged.
pub(super) struct Damage<'a> {
    pub text: &'a str,
    pub layout: &'a Layout,
    pub rule: Rule,
    pub start: u32,
    pub end: u32,
    /// The first token that is not to be trusted.
    pub cut: u32,
    /// The kinds from `start` on, blanked where errors were found.
    pub kinds: String,
    /// There was an error before `cut`, but CPython would have run into the one there to explain it.
    pub is_broken: bool,
}

impl Damage<'_> {
    /// Reports why `self.kinds` can't be parsed and blanks the place. False when there is no going on.
    pub fn repair(&mut self, reports: &mut Vec<Report>) -> bool {
        let (token, expected) = match failure::explain(self.rule, &self.kinds) {
            Failure::TooDeep => {
                let span = self.layout.spans.get(self.start as usize).copied().unwrap_or_default();
                let diagnostic = recursion_error(span);
                reports.push(Report { token: self.start, reach: self.start, is_final: true, diagnostic });
                return false;
            }
            Failure::At { token, expected } => (self.start + token, expected),
        };
        // The grammar is content with all tokens that the layout pass found: its error counts.
        if self.is_cut_short(token) {
            let strings = self.content_error(self.start, self.cut);
            reports.extend(strings.map(Report::from));
            return false;
        }
        let Damage { text, layout, start, cut, .. } = *self;
        let trouble = Trouble { text, layout, start, cut, token, expected };
        let line = trouble.line_start(token);
        let kind = self.kind(token);
        // Clauses of a statement whose head was blanked.
        let is_orphan = token == line && (token::ELIF..=token::CASE).contains(&kind) && !reports.is_empty();
        let mut damaged = token;
        if self.kinds.as_bytes().get((token - self.start) as usize) == Some(&token::DAMAGED) {
            // The line before wants something that was blanked, as a decorator does.
            damaged = line.saturating_sub(1);
            while damaged > self.start && matches!(self.kind(damaged), token::INDENT | token::DEDENT) {
                damaged -= 1;
            }
            if line <= self.start {
                return false;
            }
        } else if !is_orphan {
            if let Some(found) = self.content_error(line, token) {
                reports.push(found.into());
            } else {
                let Some(finding) = trouble.explain() else {
                    self.is_broken = true;
                    return false;
                };
                let Finding { diagnostic, reach, is_final, .. } = finding;
                damaged = finding.damaged;
                reports.push(Report { token, reach, is_final, diagnostic });
            }
        }
        damaged < self.end && self.blank(trouble.line_start(damaged), damaged)
    }

    /// The grammar got to where the layout pass failed.
    fn is_cut_short(&self, token: u32) -> bool {
        token >= self.cut && self.layout.errors.iter().any(|error| error.token == self.cut)
    }

    fn kind(&self, token: u32) -> token::Kind {
        self.layout.kinds.as_bytes().get(token as usize).copied().unwrap_or(0)
    }

    /// Makes the logical line that begins at `first` and holds `token` a line of DAMAGED tokens.
    fn blank(&mut self, first: u32, token: u32) -> bool {
        let mut kinds = std::mem::take(&mut self.kinds).into_bytes();
        let mut has_changed = false;
        let mut at = (first - self.start) as usize;
        while at < kinds.len() && (kinds[at] != token::END_OF_LINE || at < (token - self.start) as usize) {
            if !matches!(kinds[at], token::END_OF_LINE | token::INDENT | token::DEDENT) {
                has_changed |= kinds[at] != token::DAMAGED;
                kinds[at] = token::DAMAGED;
            }
            at += 1;
        }
        self.kinds = String::from_utf8(kinds).expect("token kinds are ASCII");
        has_changed
    }

    /// An error inside a string from token `line` to before `token`: CPython reads strings as it meets them.
    fn content_error(&self, line: u32, token: u32) -> Option<Found> {
        // Whether the f-strings around a token are raw.
        let mut raw = Vec::new();
        for at in line..token {
            let span = *self.layout.spans.get(at as usize)?;
            let text = &self.text[span.start as usize..span.end as usize];
            let is_wrong = match self.kind(at) {
                token::STRING => self.string_error(at, text),
                token::FSTRING_START => {
                    raw.push(text.contains(['r', 'R']));
                    None
                }
                token::FSTRING_END => {
                    raw.pop();
                    None
                }
                token::FSTRING_MIDDLE => {
                    let is_raw = raw.last().copied().unwrap_or(false);
                    let message = literal::fstring_text(text, is_raw).err();
                    message.map(|message| Diagnostic::syntax(span, message))
                }
                _ => None,
            };
            if let Some(diagnostic) = is_wrong {
                return Some(Found { token: at, diagnostic });
            }
        }
        None
    }

    fn string_error(&self, token: u32, text: &str) -> Option<Diagnostic> {
        let errors = &self.layout.content_errors;
        if let Ok(index) = errors.binary_search_by_key(&token, |(token, _)| *token) {
            return Some(errors[index].1.clone());
        }
        let message = literal::string(text, Prefix::of(text)).err()?;
        let span = self.layout.spans.get(token as usize)?;
        Some(Diagnostic::syntax(*span, message))
    }
}

/// All errors of a text, the one that CPython reports first.
/// `is_broken`: more text can't help, whatever the diagnostics say.
pub(super) fn in_order(text: &str, layout: Layout, mut reports: Vec<Report>, is_broken: bool) -> Vec<Diagnostic> {
    reports.sort_by_key(|report| report.token);
    let starts = source::line_starts(text.as_bytes());
    let line = |span: Span| starts.partition_point(|&start| start <= span.start);
    let first = layout.errors.first().and_then(|error| first_layout_error(&layout, error, reports.first(), &line));
    let mut rest: Vec<Diagnostic> = layout.errors.into_iter().map(|error| error.diagnostic).collect();
    let mut found: Vec<Diagnostic> = reports.into_iter().map(|report| report.diagnostic).collect();
    let mut errors = match first {
        Some(diagnostic) => vec![diagnostic],
        None if !found.is_empty() => vec![found.remove(0)],
        None => Vec::new(),
    };
    rest.append(&mut found);
    rest.sort_by_key(|diagnostic| diagnostic.span.start);
    // One error a line: more would only follow from the first.
    let mut seen: Vec<usize> = errors.iter().map(|error| line(error.span)).collect();
    for diagnostic in rest {
        let line = line(diagnostic.span);
        if seen.first() != Some(&line) && seen.last() != Some(&line) {
            seen.push(line);
            errors.push(diagnostic);
        }
    }
    errors.iter_mut().for_each(hint::add);
    if is_broken || errors.iter().any(|error| !error.is_incomplete) {
        errors.iter_mut().for_each(|error| error.is_incomplete = false);
    }
    errors
}

/// The layout pass's error, if CPython reports it rather than `report`.
fn first_layout_error(layout: &Layout, error: &LayoutError, report: Option<&Report>, line: &dyn Fn(Span) -> usize) -> Option<Diagnostic> {
    let Some(report) = report.filter(|report| report.token < error.token) else {
        return Some(error.diagnostic.clone());
    };
    if report.is_final {
        return None;
    }
    if error.is_raised {
        return Some(error.diagnostic.clone());
    }
    // CPython reads on to the end; a bracket opened on an earlier line than where it stood is then to blame.
    let &(position, byte) = error.open.last()?;
    let opening = Span { start: position, end: position + 1 };
    let last = report.reach.min(layout.spans.len().saturating_sub(1) as u32);
    let reached = layout.spans.get(last as usize).copied().unwrap_or_default();
    if line(reached) <= line(opening) {
        return None;
    }
    let message = format!("'{}' was never closed", byte as char);
    Some(Diagnostic::syntax(opening, message))
}

/// The builder's errors as reports.
pub(super) fn take_errors(builder: &mut Builder<'_>, reports: &mut Vec<Report>) {
    reports.extend(builder.errors.drain(..).map(Report::from));
}
