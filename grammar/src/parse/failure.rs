//! Where and why the grammar failed, as pest tells it.
//!
//! pest's ordinary error knows the rules that failed, not the tokens. Its error detail does, but costs a
//! second, slower parse, and its switch is process-wide: it is on only while a lock is held. A parse that
//! runs at the same time on another thread may become slower, nothing else.

use super::grammar::{Grammar, Rule};
use crate::token::Kind;
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use std::sync::Mutex;

static DETAIL: Mutex<()> = Mutex::new(());

/// A set of token kinds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kinds(u128);

impl Kinds {
    pub fn has(self, kind: Kind) -> bool {
        kind < 128 && self.0 >> kind & 1 == 1
    }

    fn add(&mut self, kind: u32) {
        if kind < 128 {
            self.0 |= 1 << kind;
        }
    }
}

#[derive(Debug)]
pub(super) enum Failure {
    /// The text is nested too deeply for the native stack.
    TooDeep,
    /// The first token that nothing could be made of (counted in the parsed text), and what could have
    /// stood there.
    At { token: u32, expected: Kinds },
}

/// Parses `kinds` again, by a rule that has just failed on it, and says why it fails.
pub(super) fn explain(rule: Rule, kinds: &str) -> Failure {
    let guard = DETAIL.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    pest::set_error_detail(true);
    let result = Grammar::parse(rule, kinds);
    pest::set_error_detail(false);
    drop(guard);
    let Err(error) = result else {
        return Failure::At { token: kinds.len() as u32, expected: Kinds::default() };
    };
    if let ErrorVariant::CustomError { .. } = error.variant {
        return Failure::TooDeep;
    }
    let mut token = match error.location {
        InputLocation::Pos(position) | InputLocation::Span((position, _)) => position,
    };
    let mut expected = Kinds::default();
    if let Some(attempts) = error.parse_attempts()
        && attempts.max_position >= token
    {
        token = attempts.max_position;
        for kind in attempts.expected_tokens() {
            // A kind, or a range of kinds written `a..b`.
            let text: Vec<char> = kind.to_string().chars().collect();
            match text[..] {
                [kind] => expected.add(kind as u32),
                [first, '.', '.', last] => (first as u32..=last as u32).for_each(|kind| expected.add(kind)),
                _ => {}
            }
        }
    }
    Failure::At { token: token as u32, expected }
}

/// Where `rule` stops when it is tried at the beginning of `kinds`; `Err` says how far it got.
pub(super) fn probe(rule: Rule, kinds: &str) -> Result<u32, u32> {
    match Grammar::parse(rule, kinds) {
        Ok(pairs) => Ok(pairs.last().map_or(0, |pair| pair.as_span().end() as u32)),
        Err(error) => match error.location {
            InputLocation::Pos(position) | InputLocation::Span((position, _)) => Err(position as u32),
        },
    }
}
