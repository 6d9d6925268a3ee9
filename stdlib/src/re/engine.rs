//! Programs of the two engines, made when a subject first needs them, and searching with them.
//!
//! Making a program recurses through the crates' parsers and compilers, deeper than the stack of a greenlet allows, hence
//! on a stack of its own. Searching does not recurse.

use std::cell::OnceCell;

use fancy_regex::{BytesMode, RegexBuilder, RegexInput};
use regex_automata::meta;
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::emit::{self, Tail, Variant};
use super::parse::{self, Fault, Tree};

/// Stack for making a program; mapped when used, so its size costs nothing.
const STACK: usize = 64 << 20;
/// Memory that a program may take.
const SIZE_LIMIT: usize = 128 << 20;
/// Steps back before a search is given up.
const BACKTRACK_LIMIT: usize = 50_000_000;

/// Where a match may lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Search,
    Match,
    Full,
}

enum Engine {
    Linear(meta::Regex),
    Backtracking(fancy_regex::Regex),
}

/// What is searched.
pub struct Subject<'a> {
    pub bytes: &'a [u8],
    /// The same as text, for text that is not ASCII and for backtracking.
    pub text: Option<&'a str>,
    /// ASCII text, or bytes.
    pub is_narrow: bool,
}

pub type Slots = Vec<Option<NonMaxUsize>>;

/// A pattern that can be searched.
pub struct Program {
    pub tree: Tree,
    pub is_text: bool,
    engines: [OnceCell<Engine>; Variant::COUNT],
    prefers_empty: bool,
    has_end: bool,
    has_not_boundary: bool,
}

impl Program {
    /// Parses; the engines come later.
    pub fn new(source: &[u32], is_text: bool, flags: u32) -> Result<Program, Fault> {
        let make = || {
            let tree = parse::parse(source, is_text, flags)?;
            let (has_end, has_not_boundary) = emit::depends_on_tail(&tree.node);
            let prefers_empty = emit::prefers_empty(&tree.node);
            Ok(Program { tree, is_text, engines: [const { OnceCell::new() }; Variant::COUNT], prefers_empty, has_end, has_not_boundary })
        };
        // Only parentheses nest.
        if source.iter().filter(|&&c| c == '(' as u32).count() > 8 { stacker::grow(STACK, make) } else { make() }
    }

    fn engine(&self, variant: Variant) -> Result<&Engine, String> {
        let cell = &self.engines[variant.index()];
        if let Some(e) = cell.get() {
            return Ok(e);
        }
        let engine = stacker::grow(STACK, || self.build(variant))?;
        Ok(cell.get_or_init(|| engine))
    }

    fn build(&self, variant: Variant) -> Result<Engine, String> {
        let emitted = emit::emit(&self.tree, self.is_text, variant);
        if emitted.needs_backtracking {
            let mode = if self.is_text { BytesMode::Unicode } else { BytesMode::Ascii };
            let built = RegexBuilder::new(&emitted.text).bytes_mode(mode).backtrack_limit(BACKTRACK_LIMIT).delegate_size_limit(SIZE_LIMIT).build();
            return built.map(Engine::Backtracking).map_err(|e| format!("pattern not supported: {e}"));
        }
        let is_wide = !variant.is_narrow;
        let syntax = syntax::Config::new().unicode(is_wide).utf8(is_wide).nest_limit(4096);
        let config = meta::Config::new().utf8_empty(is_wide).nfa_size_limit(Some(SIZE_LIMIT));
        let built = meta::Builder::new().syntax(syntax).configure(config).build(&emitted.text);
        built.map(Engine::Linear).map_err(|e| format!("pattern not supported: {e}"))
    }

    /// Searches `[from, to)` of the subject as if it ended at `to`. `slots` gets starts and ends, in bytes, of as many
    /// groups as it has room for. `must_advance`: the match may not be empty at `from`.
    pub fn find(&self, s: &Subject<'_>, from: usize, to: usize, kind: Kind, must_advance: bool, slots: &mut Slots) -> Result<bool, String> {
        let tail = match s.bytes[..to].last() {
            None if self.has_not_boundary => Tail::Empty,
            Some(b'\n') if self.has_end => Tail::LineFeed,
            _ => Tail::Plain,
        };
        let special = must_advance && self.prefers_empty;
        let variant = Variant { is_narrow: s.is_narrow, tail, is_full: kind == Kind::Full, must_advance: special };
        let engine = self.engine(variant)?;
        let is_anchored = kind != Kind::Search;
        let found = run(engine, s, from, to, is_anchored, slots)?;
        if !found || special || !must_advance || slots[1].map(|e| e.get()) != Some(from) {
            return Ok(found);
        }
        // Empty where it may not be: from the next character on.
        if is_anchored || from >= to {
            return Ok(false);
        }
        let next = from + if s.is_narrow { 1 } else { gscript_vm::object::str::width(s.bytes[from]) };
        run(engine, s, next, to, false, slots)
    }
}

fn run(engine: &Engine, s: &Subject<'_>, from: usize, to: usize, is_anchored: bool, slots: &mut Slots) -> Result<bool, String> {
    slots.fill(None);
    match engine {
        Engine::Linear(re) => {
            let anchored = if is_anchored { Anchored::Yes } else { Anchored::No };
            let input = Input::new(&s.bytes[..to]).range(from..to).anchored(anchored);
            Ok(re.search_slots(&input, slots).is_some())
        }
        Engine::Backtracking(re) => match s.text {
            Some(text) => {
                let found = re.captures_input(RegexInput::new(&text[..to]).from_pos(from).anchored(is_anchored));
                let Some(c) = found.map_err(failure)? else { return Ok(false) };
                fill(slots, |i| c.get(i).map(|m| (m.start(), m.end())));
                Ok(true)
            }
            None => {
                let found = re.captures_input(RegexInput::new(&s.bytes[..to]).from_pos(from).anchored(is_anchored));
                let Some(c) = found.map_err(failure)? else { return Ok(false) };
                fill(slots, |i| c.get(i).map(|m| (m.start(), m.end())));
                Ok(true)
            }
        },
    }
}

fn fill(slots: &mut Slots, span: impl Fn(usize) -> Option<(usize, usize)>) {
    for i in 0..slots.len() / 2 {
        if let Some((start, end)) = span(i) {
            slots[2 * i] = NonMaxUsize::new(start);
            slots[2 * i + 1] = NonMaxUsize::new(end);
        }
    }
}

fn failure(e: fancy_regex::Error) -> String {
    match e {
        fancy_regex::Error::RuntimeError(_) => "backtracking limit exceeded".into(),
        e => format!("search failed: {e}"),
    }
}
