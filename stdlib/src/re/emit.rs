//! Trees as patterns in the syntax that the crates regex and fancy-regex share.
//!
//! Nothing is left to their defaults: classes, anchors and the folding of ASCII case are written out. What the subject
//! is like is part of the question (`Variant`), which keeps most patterns in the linear engine: `$` is `\z` unless the
//! subject ends in a line feed, and `\w` on an ASCII subject needs no tables of Unicode.

use std::fmt::Write;

use super::parse::{self, At, Category, Greed, Item, Node, Tree};

/// How a subject ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tail {
    Plain,
    LineFeed,
    Empty,
}

/// What a program is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Variant {
    /// The subject is ASCII text, or bytes.
    pub is_narrow: bool,
    pub tail: Tail,
    /// The match ends at the end of the subject.
    pub is_full: bool,
    /// The match is not empty at the place where the search starts.
    pub must_advance: bool,
}

impl Variant {
    pub const COUNT: usize = 24;

    pub fn index(self) -> usize {
        self.is_narrow as usize + 2 * self.is_full as usize + 4 * self.must_advance as usize + 8 * self.tail as usize
    }
}

/// A pattern for the crates; `needs_backtracking`: for fancy-regex.
pub struct Emitted {
    pub text: String,
    pub needs_backtracking: bool,
}

/// The text of `tree` for a variant.
pub fn emit(tree: &Tree, is_text: bool, variant: Variant) -> Emitted {
    let is_hard = variant.must_advance || needs_backtracking(&tree.node, variant.tail);
    let mut e = Emitter { out: String::new(), is_text, variant, is_hard };
    if variant.is_full || variant.must_advance {
        e.out.push_str("(?:");
    }
    e.node(&tree.node);
    if variant.is_full || variant.must_advance {
        e.out.push(')');
    }
    if variant.must_advance {
        e.out.push_str("(?!\\G)");
    }
    if variant.is_full {
        e.out.push_str("\\z");
    }
    Emitted { text: e.out, needs_backtracking: is_hard }
}

fn any(node: &Node, test: &impl Fn(&Node) -> bool) -> bool {
    if test(node) {
        return true;
    }
    match node {
        Node::Group(_, b) | Node::Atomic(b) | Node::Repeat { body: b, .. } | Node::Look { body: b, .. } => any(b, test),
        Node::Condition(_, a, b) => any(a, test) || b.as_ref().is_some_and(|b| any(b, test)),
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter().any(|n| any(n, test)),
        _ => false,
    }
}

fn needs_backtracking(node: &Node, tail: Tail) -> bool {
    any(node, &|n| match n {
        Node::Look { .. } | Node::Atomic(_) | Node::Condition(..) | Node::Reference(..) | Node::Repeat { greed: Greed::Possessive, .. } => true,
        Node::At(At::End, _) => tail == Tail::LineFeed,
        // The engines differ from Python in what a group inside a repetition that matched nothing remembers.
        _ => false,
    })
}

/// Whether an empty match may be preferred where a longer one is possible.
pub fn prefers_empty(node: &Node) -> bool {
    any(node, &|n| match n {
        Node::Repeat { greed, .. } => *greed == Greed::Lazy,
        Node::Choice(parts) => parts[..parts.len() - 1].iter().any(parse::is_nullable),
        Node::Condition(..) | Node::Reference(..) => true,
        _ => false,
    })
}

/// Whether the end of the subject matters.
pub fn depends_on_tail(node: &Node) -> (bool, bool) {
    (any(node, &|n| matches!(n, Node::At(At::End, _))), any(node, &|n| matches!(n, Node::At(At::NotBoundary, _))))
}

fn has_capture(node: &Node) -> bool {
    any(node, &|n| matches!(n, Node::Group(Some(_), _)))
}

struct Emitter {
    out: String,
    is_text: bool,
    variant: Variant,
    is_hard: bool,
}

/// What never matches, in ASCII subjects too.
const NEVER: &str = "[^\\x00-\\x{10FFFF}]";
const NEVER_NARROW: &str = "[^\\x00-\\xFF]";

impl Emitter {
    /// Whether case and classes are those of ASCII.
    fn is_ascii(&self, flags: u32) -> bool {
        !self.is_text || flags & parse::ASCII != 0
    }

    fn never(&mut self) {
        let text = match (self.variant.is_narrow, self.is_hard && self.is_text) {
            (true, false) => NEVER_NARROW,
            _ => NEVER,
        };
        self.out.push_str(text);
    }

    fn char(&mut self, c: u32) {
        if let Some(c) = char::from_u32(c).filter(char::is_ascii_alphanumeric) {
            self.out.push(c);
        } else if c < 0x100 {
            let _ = write!(self.out, "\\x{c:02X}");
        } else {
            let _ = write!(self.out, "\\x{{{c:X}}}");
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Literal(c, flags) if flags & parse::IGNORECASE == 0 || !folds(*c) => {
                if *c > 0x7F && self.variant.is_narrow && self.is_text {
                    self.never()
                } else {
                    self.char(*c)
                }
            }
            Node::Literal(c, flags) => self.set(false, &[Item::Range(*c, *c)], *flags),
            Node::Any(flags) => self.out.push_str(if flags & parse::DOTALL != 0 { "(?s:.)" } else { "[^\\n]" }),
            Node::Set(is_negative, items, flags) => self.set(*is_negative, items, *flags),
            Node::At(at, flags) => self.at(*at, *flags),
            Node::Group(number, body) => self.wrap(if number.is_some() { "(" } else { "(?:" }, body),
            Node::Atomic(body) => self.wrap("(?>", body),
            Node::Look { is_ahead, is_negative, body } => {
                let open = match (is_ahead, is_negative) {
                    (true, false) => "(?=",
                    (true, true) => "(?!",
                    (false, false) => "(?<=",
                    (false, true) => "(?<!",
                };
                self.wrap(open, body);
            }
            Node::Condition(group, yes, no) => {
                let _ = write!(self.out, "(?({group})");
                self.wrap("(?:", yes);
                self.out.push('|');
                match no {
                    Some(no) => self.wrap("(?:", no),
                    None => self.out.push_str("(?:)"),
                }
                self.out.push(')');
            }
            Node::Reference(group, flags) => {
                let fold = if flags & parse::IGNORECASE != 0 { "i" } else { "" };
                let _ = write!(self.out, "(?{fold}:\\{group})");
            }
            Node::Repeat { min, max, greed, body } => self.repeat(*min, *max, *greed, body),
            Node::Sequence(parts) => parts.iter().for_each(|n| self.node(n)),
            Node::Choice(parts) => {
                for (i, n) in parts.iter().enumerate() {
                    if i > 0 {
                        self.out.push('|');
                    }
                    self.node(n);
                }
            }
        }
    }

    fn wrap(&mut self, open: &str, body: &Node) {
        self.out.push_str(open);
        self.node(body);
        self.out.push(')');
    }

    fn repeat(&mut self, min: u64, max: Option<u64>, greed: Greed, body: &Node) {
        if max == Some(0) {
            // The groups in it are counted, but never matched.
            if has_capture(body) {
                self.out.push_str("(?:");
                self.never();
                self.wrap("(?:", body);
                self.out.push_str("|)");
            }
            return;
        }
        if parse::is_widthless(body) && !any(body, &|n| matches!(n, Node::Reference(..))) {
            // The engines refuse to repeat what has no width; once is as good.
            match (min, has_capture(body)) {
                (0, false) => {}
                (0, true) if greed == Greed::Lazy => {
                    self.out.push_str("(?:|");
                    self.node(body);
                    self.out.push(')');
                }
                (0, true) => {
                    self.out.push_str("(?:");
                    self.node(body);
                    self.out.push_str("|)");
                }
                _ => self.wrap("(?:", body),
            }
            return;
        }
        if greed == Greed::Possessive {
            self.out.push_str("(?>");
        }
        match body {
            Node::Group(Some(_), _) | Node::Set(..) | Node::Any(_) => self.node(body),
            Node::Group(None, inner) => self.wrap("(?:", inner),
            _ => self.wrap("(?:", body),
        }
        let _ = match (min, max) {
            (0, None) => write!(self.out, "*"),
            (1, None) => write!(self.out, "+"),
            (0, Some(1)) => write!(self.out, "?"),
            (n, None) => write!(self.out, "{{{n},}}"),
            (n, Some(m)) if n == m => write!(self.out, "{{{n}}}"),
            (n, Some(m)) => write!(self.out, "{{{n},{m}}}"),
        };
        match greed {
            Greed::Greedy => {}
            Greed::Lazy => self.out.push('?'),
            Greed::Possessive => self.out.push(')'),
        }
    }

    fn at(&mut self, at: At, flags: u32) {
        let is_ascii = self.is_ascii(flags);
        let is_linear_narrow = self.variant.is_narrow && !self.is_hard;
        match at {
            At::Start => self.out.push_str("\\A"),
            At::LineStart => self.out.push_str("(?m:^)"),
            At::LineEnd => self.out.push_str("(?m:$)"),
            At::TextEnd => self.out.push_str("\\z"),
            At::End => self.out.push_str(if self.variant.tail == Tail::LineFeed { "(?=\\n?\\z)" } else { "\\z" }),
            At::NotBoundary if self.variant.tail == Tail::Empty => self.never(),
            At::Boundary if self.variant.is_narrow || !is_ascii => self.out.push_str("\\b"),
            At::NotBoundary if self.variant.is_narrow || !is_ascii => self.out.push_str("\\B"),
            At::Boundary if is_linear_narrow || !self.is_hard => self.out.push_str("(?-u:\\b)"),
            At::NotBoundary if is_linear_narrow || !self.is_hard => self.out.push_str("(?-u:\\B)"),
            At::Boundary => self.out.push_str("(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))"),
            At::NotBoundary => self.out.push_str("(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))"),
        }
    }

    fn set(&mut self, is_negative: bool, items: &[Item], flags: u32) {
        let is_ascii = self.is_ascii(flags);
        let is_folded = flags & parse::IGNORECASE != 0;
        let is_narrow_text = self.variant.is_narrow && self.is_text;
        let uses_tables = is_folded && !is_ascii && !self.variant.is_narrow;
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        let mut classes = String::new();
        for item in items {
            match *item {
                Item::Range(lo, hi) => {
                    ranges.push((lo, hi));
                    if is_folded {
                        fold_ascii(lo, hi, &mut ranges);
                        if !is_ascii {
                            fold_special(lo, hi, &mut ranges);
                        }
                    }
                }
                Item::Category(c, negated) => classes.push_str(class(c, negated, is_ascii, self.variant.is_narrow)),
            }
        }
        if is_narrow_text {
            ranges.retain(|r| r.0 < 0x80);
            ranges.iter_mut().for_each(|r| r.1 = r.1.min(0x7F));
        }
        if ranges.is_empty() && classes.is_empty() {
            if is_negative {
                self.out.push_str("(?s:.)")
            } else {
                self.never()
            }
            return;
        }
        if uses_tables {
            self.out.push_str("(?i:");
        }
        self.out.push_str(if is_negative { "[^" } else { "[" });
        for (lo, hi) in ranges {
            self.char(lo);
            if hi != lo {
                self.out.push('-');
                self.char(hi);
            }
        }
        self.out.push_str(&classes);
        self.out.push(']');
        if uses_tables {
            self.out.push(')');
        }
    }
}

/// Whether case may matter for a character.
fn folds(c: u32) -> bool {
    c > 0x7F || char::from_u32(c).is_some_and(|c| c.is_ascii_alphabetic())
}

/// The letters of the other case of those in `[lo, hi]`.
fn fold_ascii(lo: u32, hi: u32, ranges: &mut Vec<(u32, u32)>) {
    for (first, last, other) in [(65, 90, 97), (97, 122, 65)] {
        let (from, to) = (lo.max(first), hi.min(last));
        if from <= to {
            ranges.push((from - first + other, to - first + other));
        }
    }
}

/// Letters beyond ASCII whose lower case, as Python compares it, is an ASCII letter, and back.
fn fold_special(lo: u32, hi: u32, ranges: &mut Vec<(u32, u32)>) {
    let has = |c: u32| (lo..=hi).contains(&c);
    for group in [&[0x4B, 0x6B, 0x212A][..], &[0x53, 0x73, 0x17F], &[0x49, 0x69, 0x130, 0x131]] {
        if group.iter().any(|&c| has(c)) {
            ranges.extend(group.iter().map(|&c| (c, c)));
        }
    }
}

/// A class, to stand inside brackets.
fn class(c: Category, negated: bool, is_ascii: bool, is_narrow: bool) -> &'static str {
    match (c, negated) {
        (Category::Digit, false) if is_ascii || is_narrow => "0-9",
        (Category::Digit, true) if is_ascii || is_narrow => "[^0-9]",
        (Category::Digit, false) => "\\p{Nd}",
        (Category::Digit, true) => "\\P{Nd}",
        (Category::Space, false) if is_ascii => "\\x09-\\x0D\\x20",
        (Category::Space, true) if is_ascii => "[^\\x09-\\x0D\\x20]",
        (Category::Space, false) if is_narrow => "\\x09-\\x0D\\x1C-\\x20",
        (Category::Space, true) if is_narrow => "[^\\x09-\\x0D\\x1C-\\x20]",
        (Category::Space, false) => "\\s\\x1C-\\x1F",
        (Category::Space, true) => "[^\\s\\x1C-\\x1F]",
        (Category::Word, false) if is_ascii || is_narrow => "0-9A-Za-z_",
        (Category::Word, true) if is_ascii || is_narrow => "[^0-9A-Za-z_]",
        (Category::Word, false) => "\\p{L}\\p{N}_",
        (Category::Word, true) => "[^\\p{L}\\p{N}_]",
    }
}
