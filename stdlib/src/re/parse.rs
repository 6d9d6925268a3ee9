//! Patterns as Python writes them, to a tree. The order of the checks and every message are those of CPython's parser,
//! so that a bad pattern is reported with the same text and position.

use std::collections::HashMap;

pub const IGNORECASE: u32 = 2;
pub const LOCALE: u32 = 4;
pub const MULTILINE: u32 = 8;
pub const DOTALL: u32 = 16;
pub const UNICODE: u32 = 32;
pub const VERBOSE: u32 = 64;
pub const DEBUG: u32 = 128;
pub const ASCII: u32 = 256;
const TYPE_FLAGS: u32 = ASCII | LOCALE | UNICODE;

/// Nesting that is refused, as CPython's recursion limit does somewhere near.
const MAX_NESTING: usize = 450;

/// Why a pattern is bad.
pub enum Fault {
    /// A `re.error` at this position (code points).
    Pattern(String, usize),
    /// A ValueError.
    Value(&'static str),
    /// An OverflowError.
    Overflow(&'static str),
    /// A RecursionError.
    Nesting,
}

type Parsed<T> = Result<T, Fault>;

/// A class such as `\d`; negated by `bool`.
#[derive(Clone, Copy, Debug)]
pub enum Category {
    Digit,
    Space,
    Word,
}

/// What a bracketed set lists.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    Range(u32, u32),
    Category(Category, bool),
}

/// A place without width.
#[derive(Clone, Copy, Debug)]
pub enum At {
    Start,
    LineStart,
    /// `$`: at the end, or before a line feed there.
    End,
    LineEnd,
    /// `\Z`
    TextEnd,
    Boundary,
    NotBoundary,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// A pattern. `u32` beside leaves are the flags in force.
#[derive(Debug)]
pub enum Node {
    Literal(u32, u32),
    Any(u32),
    Set(bool, Vec<Item>, u32),
    At(At, u32),
    /// A group; `None`: not captured.
    Group(Option<usize>, Box<Node>),
    Look {
        is_ahead: bool,
        is_negative: bool,
        body: Box<Node>,
    },
    Atomic(Box<Node>),
    Condition(usize, Box<Node>, Option<Box<Node>>),
    Reference(usize, u32),
    Repeat {
        min: u64,
        max: Option<u64>,
        greed: Greed,
        body: Box<Node>,
    },
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
}

/// A parsed pattern.
pub struct Tree {
    pub node: Node,
    pub flags: u32,
    /// Groups, without the whole match.
    pub groups: usize,
    /// Names of groups in order of their numbers.
    pub names: Vec<(String, usize)>,
}

/// Parses `source`, the code points of a text or the bytes of a bytes pattern.
pub fn parse(source: &[u32], is_text: bool, flags: u32) -> Parsed<Tree> {
    let mut p = Parser {
        source,
        at: 0,
        is_text,
        flags,
        widths: vec![None],
        names: Vec::new(),
        by_name: HashMap::new(),
        references: Vec::new(),
        lookbehind_groups: None,
    };
    let node = p.choice(flags & VERBOSE != 0, flags, 0)?;
    p.flags = p.fixed_flags()?;
    if p.peek()?.is_some() {
        return Err(p.error("unbalanced parenthesis", 0));
    }
    for &(group, at) in &p.references {
        if group >= p.widths.len() {
            return Err(Fault::Pattern(format!("invalid group reference {group}"), at));
        }
    }
    let mut node = node;
    check_lookbehind(&mut node, &p.widths)?;
    Ok(Tree { node, flags: p.flags, groups: p.widths.len() - 1, names: p.names })
}

/// Least and greatest width in characters.
type Width = (u64, u64);
const UNBOUNDED: u64 = u32::MAX as u64;

fn width(node: &Node, groups: &[Option<Width>]) -> Width {
    match node {
        Node::Literal(..) | Node::Any(_) | Node::Set(..) => (1, 1),
        Node::At(..) | Node::Look { .. } => (0, 0),
        Node::Group(_, body) | Node::Atomic(body) => width(body, groups),
        Node::Condition(_, yes, no) => {
            let (a, b) = width(yes, groups);
            let (c, d) = no.as_ref().map_or((0, 0), |n| width(n, groups));
            (a.min(c), b.max(d))
        }
        Node::Reference(group, _) => groups.get(*group).copied().flatten().unwrap_or((0, UNBOUNDED)),
        Node::Repeat { min, max, body, .. } => {
            let (lo, hi) = width(body, groups);
            let most = max.unwrap_or(UNBOUNDED);
            (lo.saturating_mul(*min).min(UNBOUNDED), hi.saturating_mul(most).min(UNBOUNDED))
        }
        Node::Sequence(parts) => parts.iter().fold((0, 0), |(lo, hi), n| {
            let (a, b) = width(n, groups);
            ((lo + a).min(UNBOUNDED), (hi + b).min(UNBOUNDED))
        }),
        Node::Choice(parts) => parts.iter().map(|n| width(n, groups)).reduce(|(a, b), (c, d)| (a.min(c), b.max(d))).unwrap_or((0, 0)),
    }
}

/// Whether a node can match only what has no width.
pub fn is_widthless(node: &Node) -> bool {
    width(node, &[]).1 == 0
}

/// Whether a node may match nothing.
pub fn is_nullable(node: &Node) -> bool {
    width(node, &[]).0 == 0
}

/// CPython says this without a position.
fn check_lookbehind(node: &mut Node, groups: &[Option<Width>]) -> Parsed<()> {
    match node {
        Node::Look { is_ahead, body, .. } => {
            check_lookbehind(body, groups)?;
            let (lo, hi) = width(body, groups);
            if !*is_ahead && lo != hi { Err(Fault::Pattern("look-behind requires fixed-width pattern".into(), usize::MAX)) } else { Ok(()) }
        }
        Node::Group(_, body) | Node::Atomic(body) | Node::Repeat { body, .. } => check_lookbehind(body, groups),
        Node::Condition(_, yes, no) => {
            check_lookbehind(yes, groups)?;
            no.as_mut().map_or(Ok(()), |n| check_lookbehind(n, groups))
        }
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter_mut().try_for_each(|n| check_lookbehind(n, groups)),
        _ => Ok(()),
    }
}

/// One token: a character, or a backslash and a character.
#[derive(Clone, Copy, PartialEq)]
struct Token {
    c: char,
    is_escape: bool,
}

struct Parser<'a> {
    source: &'a [u32],
    at: usize,
    is_text: bool,
    flags: u32,
    /// Of each group; `None`: still open.
    widths: Vec<Option<Width>>,
    names: Vec<(String, usize)>,
    by_name: HashMap<String, usize>,
    /// Groups that conditions refer to, and where.
    references: Vec<(usize, usize)>,
    /// Groups opened before the outermost look-behind.
    lookbehind_groups: Option<usize>,
}

/// Surrogates as characters of a private plane, which nothing else uses.
pub fn to_char(c: u32) -> char {
    char::from_u32(c).unwrap_or_else(|| char::from_u32(0x0010_0000 + (c & 0xFFFF)).unwrap_or('\u{FFFD}'))
}

fn flag_of(c: char) -> Option<u32> {
    Some(match c {
        'i' => IGNORECASE,
        'L' => LOCALE,
        'm' => MULTILINE,
        's' => DOTALL,
        'x' => VERBOSE,
        'a' => ASCII,
        't' => 1,
        'u' => UNICODE,
        _ => return None,
    })
}

/// The text as `repr` shows it.
fn quoted(name: &str) -> String {
    let mut out = Vec::new();
    gscript_vm::text::escape::push_repr(&mut out, name.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

impl Parser<'_> {
    #[cold]
    fn error(&self, message: impl Into<String>, offset: usize) -> Fault {
        Fault::Pattern(message.into(), self.at.saturating_sub(offset))
    }

    fn char_at(&self, i: usize) -> Option<char> {
        self.source.get(i).map(|&c| to_char(c))
    }

    fn peek(&self) -> Parsed<Option<Token>> {
        match self.char_at(self.at) {
            None => Ok(None),
            Some('\\') => match self.char_at(self.at + 1) {
                Some(c) => Ok(Some(Token { c, is_escape: true })),
                None => Err(Fault::Pattern("bad escape (end of pattern)".into(), self.source.len() - 1)),
            },
            Some(c) => Ok(Some(Token { c, is_escape: false })),
        }
    }

    fn get(&mut self) -> Parsed<Option<Token>> {
        let t = self.peek()?;
        self.at += t.map_or(0, |t| 1 + t.is_escape as usize);
        Ok(t)
    }

    fn is_next(&self, c: char) -> Parsed<bool> {
        Ok(self.peek()? == Some(Token { c, is_escape: false }))
    }

    fn take(&mut self, c: char) -> Parsed<bool> {
        let found = self.is_next(c)?;
        self.at += found as usize;
        Ok(found)
    }

    /// Up to `most` characters that `accepts` takes.
    fn take_while(&mut self, most: usize, accepts: impl Fn(char) -> bool) -> String {
        let mut out = String::new();
        while out.len() < most {
            match self.char_at(self.at) {
                Some(c) if accepts(c) => out.push(c),
                _ => break,
            }
            self.at += 1;
        }
        out
    }

    fn take_until(&mut self, end: char, what: &str) -> Parsed<String> {
        let start = self.at;
        loop {
            let Some(t) = self.get()? else {
                let n = self.at - start;
                return Err(if n == 0 { self.error(format!("missing {what}"), 0) } else { self.error(format!("missing {end}, unterminated name"), n) });
            };
            if t == (Token { c: end, is_escape: false }) {
                break;
            }
        }
        let text: String = self.source[start..self.at - 1].iter().map(|&c| to_char(c)).collect();
        if text.is_empty() { Err(self.error(format!("missing {what}"), 1)) } else { Ok(text) }
    }

    fn check_name(&self, name: &str, offset: usize) -> Parsed<()> {
        if gscript_vm::text::case::is_identifier(name.as_bytes()) {
            return Ok(());
        }
        Err(self.error(format!("bad character in group name {}", quoted(name)), name.chars().count() + offset))
    }

    fn fixed_flags(&self) -> Parsed<u32> {
        let mut flags = self.flags;
        if self.is_text {
            if flags & LOCALE != 0 {
                return Err(Fault::Value("cannot use LOCALE flag with a str pattern"));
            }
            if flags & ASCII == 0 {
                flags |= UNICODE;
            } else if flags & UNICODE != 0 {
                return Err(Fault::Value("ASCII and UNICODE flags are incompatible"));
            }
        } else {
            if flags & UNICODE != 0 {
                return Err(Fault::Value("cannot use UNICODE flag with a bytes pattern"));
            }
            if flags & LOCALE != 0 && flags & ASCII != 0 {
                return Err(Fault::Value("ASCII and LOCALE flags are incompatible"));
            }
        }
        Ok(flags)
    }

    fn choice(&mut self, is_verbose: bool, flags: u32, depth: usize) -> Parsed<Node> {
        if depth > MAX_NESTING {
            return Err(Fault::Nesting);
        }
        let mut flags = flags;
        let mut branches = Vec::new();
        let mut verbose = is_verbose;
        loop {
            let is_first = depth == 0 && branches.is_empty();
            let (node, global) = self.sequence(verbose, flags, depth, is_first)?;
            branches.push(node);
            if is_first {
                // Flags at the start hold in all branches.
                flags |= global;
                verbose |= global & VERBOSE != 0;
            }
            if !self.take('|')? {
                break;
            }
        }
        Ok(if branches.len() == 1 { branches.swap_remove(0) } else { Node::Choice(branches) })
    }

    /// A branch, and the flags that it set for the whole pattern.
    fn sequence(&mut self, verbose: bool, flags: u32, depth: usize, is_first: bool) -> Parsed<(Node, u32)> {
        let (mut verbose, mut flags, mut global) = (verbose, flags, 0);
        let mut parts: Vec<Node> = Vec::new();
        while let Some(t) = self.peek()? {
            if !t.is_escape && matches!(t.c, '|' | ')') {
                break;
            }
            self.get()?;
            if t.is_escape {
                let node = self.escape(t.c, flags)?;
                parts.push(node);
                continue;
            }
            if verbose && matches!(t.c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c') {
                continue;
            }
            if verbose && t.c == '#' {
                while let Some(t) = self.get()? {
                    if !t.is_escape && t.c == '\n' {
                        break;
                    }
                }
                continue;
            }
            match t.c {
                '[' => {
                    let node = self.set(flags)?;
                    parts.push(node);
                }
                '*' | '+' | '?' | '{' => self.repeat(t.c, &mut parts, flags)?,
                '.' => parts.push(Node::Any(flags)),
                '^' => parts.push(Node::At(if flags & MULTILINE != 0 { At::LineStart } else { At::Start }, flags)),
                '$' => parts.push(Node::At(if flags & MULTILINE != 0 { At::LineEnd } else { At::End }, flags)),
                '(' => match self.group(verbose, flags, depth, is_first && parts.is_empty())? {
                    Group::Nothing => {}
                    Group::Flags(f) => {
                        flags |= f;
                        global |= f;
                        verbose |= f & VERBOSE != 0;
                    }
                    Group::Node(node) => parts.push(node),
                },
                c => parts.push(Node::Literal(self.raw(c), flags)),
            }
        }
        Ok((Node::Sequence(parts), global))
    }

    /// The code point as it is in the source; only surrogates differ.
    fn raw(&self, c: char) -> u32 {
        c as u32
    }

    fn repeat(&mut self, c: char, parts: &mut Vec<Node>, flags: u32) -> Parsed<()> {
        let here = self.at;
        let (min, max) = match c {
            '?' => (0, Some(1)),
            '*' => (0, None),
            '+' => (1, None),
            _ => {
                if self.is_next('}')? {
                    parts.push(Node::Literal('{' as u32, flags));
                    return Ok(());
                }
                let low = self.take_while(usize::MAX, |c| c.is_ascii_digit());
                let high = if self.take(',')? { self.take_while(usize::MAX, |c| c.is_ascii_digit()) } else { low.clone() };
                if !self.take('}')? {
                    parts.push(Node::Literal('{' as u32, flags));
                    self.at = here;
                    return Ok(());
                }
                let number = |digits: &str| match digits.parse::<u64>() {
                    Ok(n) if n < UNBOUNDED => Ok(n),
                    _ => Err(Fault::Overflow("the repetition number is too large")),
                };
                let min = if low.is_empty() { 0 } else { number(&low)? };
                let max = if high.is_empty() { None } else { Some(number(&high)?) };
                if max.is_some_and(|m| m < min) {
                    return Err(self.error("min repeat greater than max repeat", self.at - here));
                }
                (min, max)
            }
        };
        match parts.last() {
            None | Some(Node::At(..)) => return Err(self.error("nothing to repeat", self.at - here + 1)),
            Some(Node::Repeat { .. }) => return Err(self.error("multiple repeat", self.at - here + 1)),
            _ => {}
        }
        let greed = if self.take('?')? {
            Greed::Lazy
        } else if self.take('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        let body = Box::new(parts.pop().expect("looked at above"));
        parts.push(Node::Repeat { min, max, greed, body });
        Ok(())
    }

    fn set(&mut self, flags: u32) -> Parsed<Node> {
        let here = self.at - 1;
        let is_negative = self.take('^')?;
        let mut items = Vec::new();
        loop {
            let start = self.at;
            let Some(t) = self.get()? else { return Err(self.error("unterminated character set", self.at - here)) };
            if t == (Token { c: ']', is_escape: false }) && !items.is_empty() {
                break;
            }
            let low = if t.is_escape { self.set_escape(t.c)? } else { Item::Range(self.raw(t.c), self.raw(t.c)) };
            if !self.take('-')? {
                items.push(low);
                continue;
            }
            let Some(t) = self.get()? else { return Err(self.error("unterminated character set", self.at - here)) };
            if t == (Token { c: ']', is_escape: false }) {
                items.extend([low, Item::Range('-' as u32, '-' as u32)]);
                break;
            }
            let high = if t.is_escape { self.set_escape(t.c)? } else { Item::Range(self.raw(t.c), self.raw(t.c)) };
            match (low, high) {
                (Item::Range(a, _), Item::Range(b, _)) if a <= b => items.push(Item::Range(a, b)),
                _ => {
                    let text: String = self.source[start..self.at].iter().map(|&c| to_char(c)).collect();
                    return Err(self.error(format!("bad character range {text}"), self.at - start));
                }
            }
        }
        Ok(Node::Set(is_negative, items, flags))
    }

    /// Escapes of characters that hold inside and outside of sets. The backslash and `c` are read.
    fn character_escape(&mut self, c: char) -> Parsed<Option<u32>> {
        let start = self.at - 2;
        let digits = match c {
            'a' => return Ok(Some(7)),
            'f' => return Ok(Some(12)),
            'n' => return Ok(Some(10)),
            'r' => return Ok(Some(13)),
            't' => return Ok(Some(9)),
            'v' => return Ok(Some(11)),
            '\\' => return Ok(Some(92)),
            'x' => 2,
            'u' if self.is_text => 4,
            'U' if self.is_text => 8,
            'N' if self.is_text => {
                if !self.take('{')? {
                    return Err(self.error("missing {", 0));
                }
                let name = self.take_until('}', "character name")?;
                return Err(self.error(format!("undefined character name {}", quoted(&name)), name.chars().count() + 4));
            }
            _ => return Ok(None),
        };
        let hex = self.take_while(digits, |c| c.is_ascii_hexdigit());
        let length = self.at - start;
        if hex.len() != digits {
            return Err(self.error(format!("incomplete escape \\{c}{hex}"), length));
        }
        match u32::from_str_radix(&hex, 16) {
            Ok(n) if n < 0x11_0000 => Ok(Some(to_char(n) as u32)),
            _ => Err(self.error(format!("bad escape \\{c}{hex}"), length)),
        }
    }

    fn octal(&self, digits: &str) -> Parsed<u32> {
        match u32::from_str_radix(digits, 8) {
            Ok(n) if n <= 0o377 => Ok(n),
            _ => Err(self.error(format!("octal escape value \\{digits} outside of range 0-0o377"), digits.len() + 1)),
        }
    }

    fn set_escape(&mut self, c: char) -> Parsed<Item> {
        let literal = |n| Ok(Item::Range(n, n));
        if c == 'b' {
            return literal(8);
        }
        if let Some(item) = category(c) {
            return Ok(item);
        }
        if let Some(n) = self.character_escape(c)? {
            return literal(n);
        }
        if c.is_digit(8) {
            let more = self.take_while(2, |c| c.is_digit(8));
            return literal(self.octal(&format!("{c}{more}"))?);
        }
        if c.is_ascii_alphanumeric() {
            return Err(self.error(format!("bad escape \\{c}"), 2));
        }
        literal(self.raw(c))
    }

    fn escape(&mut self, c: char, flags: u32) -> Parsed<Node> {
        match c {
            'A' => return Ok(Node::At(At::Start, flags)),
            'Z' => return Ok(Node::At(At::TextEnd, flags)),
            'b' => return Ok(Node::At(At::Boundary, flags)),
            'B' => return Ok(Node::At(At::NotBoundary, flags)),
            _ => {}
        }
        if let Some(item) = category(c) {
            return Ok(Node::Set(false, vec![item], flags));
        }
        if let Some(n) = self.character_escape(c)? {
            return Ok(Node::Literal(n, flags));
        }
        if c == '0' {
            let more = self.take_while(2, |c| c.is_digit(8));
            return Ok(Node::Literal(self.octal(&format!("0{more}"))?, flags));
        }
        if c.is_ascii_digit() {
            let mut digits = c.to_string();
            digits.push_str(&self.take_while(1, |c| c.is_ascii_digit()));
            if digits.len() == 2 && digits.chars().all(|c| c.is_digit(8)) {
                let third = self.take_while(1, |c| c.is_digit(8));
                if !third.is_empty() {
                    digits.push_str(&third);
                    return Ok(Node::Literal(self.octal(&digits)?, flags));
                }
            }
            let group: usize = digits.parse().unwrap_or(usize::MAX);
            if group >= self.widths.len() {
                return Err(self.error(format!("invalid group reference {group}"), digits.len()));
            }
            self.check_open(group, digits.len() + 1)?;
            self.check_in_lookbehind(group)?;
            return Ok(Node::Reference(group, flags));
        }
        if c.is_ascii_alphabetic() {
            return Err(self.error(format!("bad escape \\{c}"), 2));
        }
        Ok(Node::Literal(self.raw(c), flags))
    }

    fn check_open(&self, group: usize, offset: usize) -> Parsed<()> {
        if self.widths[group].is_none() { Err(self.error("cannot refer to an open group", offset)) } else { Ok(()) }
    }

    fn check_in_lookbehind(&self, group: usize) -> Parsed<()> {
        let Some(outside) = self.lookbehind_groups else { return Ok(()) };
        if self.widths.get(group).is_none_or(|w| w.is_none()) {
            return Err(self.error("cannot refer to an open group", 0));
        }
        if group >= outside {
            return Err(self.error("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }

    /// What follows `(`.
    fn group(&mut self, verbose: bool, flags: u32, depth: usize, is_first: bool) -> Parsed<Group> {
        let start = self.at - 1;
        let (mut is_captured, mut is_atomic, mut name) = (true, false, None);
        let (mut added, mut removed) = (0, 0);
        if self.take('?')? {
            let t = self.get()?.ok_or_else(|| self.error("unexpected end of pattern", 0))?;
            match if t.is_escape { '\\' } else { t.c } {
                'P' => {
                    if self.take('<')? {
                        let n = self.take_until('>', "group name")?;
                        self.check_name(&n, 1)?;
                        name = Some(n);
                    } else if self.take('=')? {
                        let n = self.take_until(')', "group name")?;
                        self.check_name(&n, 1)?;
                        let length = n.chars().count() + 1;
                        let Some(&group) = self.by_name.get(&n) else { return Err(self.error(format!("unknown group name {}", quoted(&n)), length)) };
                        self.check_open(group, length)?;
                        self.check_in_lookbehind(group)?;
                        return Ok(Group::Node(Node::Reference(group, flags)));
                    } else {
                        let t = self.get()?.ok_or_else(|| self.error("unexpected end of pattern", 0))?;
                        let text = shown(t);
                        return Err(self.error(format!("unknown extension ?P{text}"), text.chars().count() + 2));
                    }
                }
                ':' => is_captured = false,
                '#' => loop {
                    match self.get()? {
                        None => return Err(self.error("missing ), unterminated comment", self.at - start)),
                        Some(Token { c: ')', is_escape: false }) => return Ok(Group::Nothing),
                        _ => {}
                    }
                },
                c @ ('=' | '!' | '<') => return self.look(c, verbose, flags, depth, start),
                '(' => return self.condition(verbose, flags, depth, start),
                '>' => (is_captured, is_atomic) = (false, true),
                c if c == '-' || flag_of(c).is_some() => {
                    match self.inline_flags(c)? {
                        None => {
                            if !is_first {
                                return Err(self.error("global flags not at the start of the expression", self.at - start));
                            }
                            return Ok(Group::Flags(self.flags & !flags | self.flags & VERBOSE));
                        }
                        Some((a, r)) => (added, removed) = (a, r),
                    }
                    is_captured = false;
                }
                _ => {
                    let text = shown(t);
                    return Err(self.error(format!("unknown extension ?{text}"), text.chars().count() + 1));
                }
            }
        }
        let mut number = None;
        if is_captured {
            let group = self.widths.len();
            if let Some(n) = name {
                if let Some(old) = self.by_name.get(&n) {
                    let text = format!("redefinition of group name {} as group {group}; was group {old}", quoted(&n));
                    return Err(self.error(text, n.chars().count() + 1));
                }
                self.names.push((n.clone(), group));
                self.by_name.insert(n, group);
            }
            self.widths.push(None);
            number = Some(group);
        }
        let base = if added & TYPE_FLAGS != 0 { flags & !TYPE_FLAGS } else { flags };
        let inner = (base | added) & !removed;
        let verbose = (verbose || added & VERBOSE != 0) && removed & VERBOSE == 0;
        let body = self.choice(verbose, inner, depth + 1)?;
        if !self.take(')')? {
            return Err(self.error("missing ), unterminated subpattern", self.at - start));
        }
        if let Some(g) = number {
            let w = width(&body, &self.widths);
            self.widths[g] = Some(w);
        }
        Ok(Group::Node(if is_atomic { Node::Atomic(Box::new(body)) } else { Node::Group(number, Box::new(body)) }))
    }

    fn look(&mut self, c: char, verbose: bool, flags: u32, depth: usize, start: usize) -> Parsed<Group> {
        let (mut kind, is_ahead) = (c, c != '<');
        let outer = self.lookbehind_groups;
        if !is_ahead {
            let t = self.get()?.ok_or_else(|| self.error("unexpected end of pattern", 0))?;
            if t.is_escape || !matches!(t.c, '=' | '!') {
                let text = shown(t);
                return Err(self.error(format!("unknown extension ?<{text}"), text.chars().count() + 2));
            }
            kind = t.c;
            if outer.is_none() {
                self.lookbehind_groups = Some(self.widths.len());
            }
        }
        let body = self.choice(verbose, flags, depth + 1)?;
        if !is_ahead && outer.is_none() {
            self.lookbehind_groups = None;
        }
        if !self.take(')')? {
            return Err(self.error("missing ), unterminated subpattern", self.at - start));
        }
        Ok(Group::Node(Node::Look { is_ahead, is_negative: kind == '!', body: Box::new(body) }))
    }

    fn condition(&mut self, verbose: bool, flags: u32, depth: usize, start: usize) -> Parsed<Group> {
        let name = self.take_until(')', "group name")?;
        let length = name.chars().count() + 1;
        let group = if gscript_vm::text::case::is_identifier(name.as_bytes()) {
            match self.by_name.get(&name) {
                Some(&g) => g,
                None => return Err(self.error(format!("unknown group name {}", quoted(&name)), length)),
            }
        } else {
            let digits = name.trim();
            let number = if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<u64>().ok() } else { None };
            match number {
                None => return Err(self.error(format!("bad character in group name {}", quoted(&name)), length)),
                Some(0) => return Err(self.error("bad group number", length)),
                Some(n) if n >= 1 << 30 => return Err(self.error(format!("invalid group reference {n}"), length)),
                Some(n) => {
                    self.references.push((n as usize, self.at - length));
                    n as usize
                }
            }
        };
        self.check_in_lookbehind(group)?;
        if depth > MAX_NESTING {
            return Err(Fault::Nesting);
        }
        let (yes, _) = self.sequence(verbose, flags, depth + 1, false)?;
        let mut no = None;
        if self.take('|')? {
            no = Some(Box::new(self.sequence(verbose, flags, depth + 1, false)?.0));
            if self.is_next('|')? {
                return Err(self.error("conditional backref with more than two branches", 0));
            }
        }
        if !self.take(')')? {
            return Err(self.error("missing ), unterminated subpattern", self.at - start));
        }
        Ok(Group::Node(Node::Condition(group, Box::new(yes), no)))
    }

    /// Flags after `(?`, of which the first is read. `None`: they hold for the whole pattern.
    fn inline_flags(&mut self, first: char) -> Parsed<Option<(u32, u32)>> {
        let mut c = first;
        let (mut added, mut removed) = (0, 0);
        let next = |p: &mut Self, missing: &str| -> Parsed<char> {
            let t = p.get()?.ok_or_else(|| p.error(missing, 0))?;
            Ok(if t.is_escape { '\\' } else { t.c })
        };
        let wrong = |p: &Self, c: char, missing: &str| p.error(if c.is_alphabetic() { "unknown flag" } else { missing }, 1 + (c == '\\') as usize);
        if c != '-' {
            loop {
                let flag = flag_of(c).unwrap_or(0);
                if self.is_text && c == 'L' {
                    return Err(self.error("bad inline flags: cannot use 'L' flag with a str pattern", 0));
                }
                if !self.is_text && c == 'u' {
                    return Err(self.error("bad inline flags: cannot use 'u' flag with a bytes pattern", 0));
                }
                added |= flag;
                if flag & TYPE_FLAGS != 0 && added & TYPE_FLAGS != flag {
                    return Err(self.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible", 0));
                }
                c = next(self, "missing -, : or )")?;
                if matches!(c, ')' | '-' | ':') {
                    break;
                }
                if flag_of(c).is_none() {
                    return Err(wrong(self, c, "missing -, : or )"));
                }
            }
        }
        if c == ')' {
            self.flags |= added;
            return Ok(None);
        }
        if added & 1 != 0 {
            return Err(self.error("bad inline flags: cannot turn on global flag", 1));
        }
        if c == '-' {
            c = next(self, "missing flag")?;
            if flag_of(c).is_none() {
                return Err(wrong(self, c, "missing flag"));
            }
            loop {
                let flag = flag_of(c).unwrap_or(0);
                if flag & TYPE_FLAGS != 0 {
                    return Err(self.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", 0));
                }
                removed |= flag;
                c = next(self, "missing :")?;
                if c == ':' {
                    break;
                }
                if flag_of(c).is_none() {
                    return Err(wrong(self, c, "missing :"));
                }
            }
        }
        if removed & 1 != 0 {
            return Err(self.error("bad inline flags: cannot turn off global flag", 1));
        }
        if added & removed != 0 {
            return Err(self.error("bad inline flags: flag turned on and off", 1));
        }
        Ok(Some((added, removed)))
    }
}

/// What a parenthesis gave.
enum Group {
    Nothing,
    Flags(u32),
    Node(Node),
}

fn shown(t: Token) -> String {
    if t.is_escape { format!("\\{}", t.c) } else { t.c.to_string() }
}

fn category(c: char) -> Option<Item> {
    Some(match c {
        'd' => Item::Category(Category::Digit, false),
        'D' => Item::Category(Category::Digit, true),
        's' => Item::Category(Category::Space, false),
        'S' => Item::Category(Category::Space, true),
        'w' => Item::Category(Category::Word, false),
        'W' => Item::Category(Category::Word, true),
        _ => return None,
    })
}
