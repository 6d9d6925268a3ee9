//! Binding the arguments of a call to the parameters of a Rust function, with CPython's words when they do not fit.
//!
//! CPython words the same mistake in a dozen ways, which depend on how the C function was declared: without parameters,
//! with one, positional only, with keywords, a slot of a type, or written in Python. Which way a function takes follows
//! from its signature; a [`Style`] says so where it does not. The rules are here and nowhere else. They are tested in
//! `vm/macros/tests/messages.rs`, without a Vm, and by the golden file `builtins/argument_errors.gs`.

use crate::convert::rt::{Keywords, Result};
use crate::object::class::Type;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised};

/// A named parameter.
pub struct Param {
    pub name: &'static str,
    pub is_required: bool,
    /// None is accepted in place of the expected type.
    pub takes_none: bool,
}

/// What kind of callable a signature belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Function,
    Method,
    Static,
    ClassMethod,
    New,
    /// The method `__init__`, which speaks in the name of its class.
    Init,
}

/// How argument errors are worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As CPython's generated C code: `f() takes exactly one argument (2 given)`, `f expected 2 arguments, got 1`,
    /// `f() missing required argument 'x' (pos 1)`.
    Clinic,
    /// The count of positional arguments first, as `f expected 1 argument, got 2`, also where there are keywords
    /// (`sorted`, `max`).
    Unpack,
    /// `f() takes at least 1 argument (0 given)`: C functions that parse a tuple (`str.find`).
    Tuple,
    /// Special methods made from slots: `expected 1 argument, got 0`.
    Slot,
    /// Functions that are Python in CPython: `f() missing 1 required positional argument: 'x'`.
    Python,
    /// Functions that Cython compiles: `f() takes exactly 1 positional argument (0 given)`.
    Cython,
}

/// The parameters of a Rust function, without the receiver.
pub struct Signature {
    pub name: &'static str,
    /// The class or module; empty for built-in functions.
    pub owner: &'static str,
    /// The class with its module, where it has one: `collections.deque`.
    pub class: &'static str,
    pub role: Role,
    pub style: Style,
    /// Positional ones, then those given by keyword only.
    pub params: &'static [Param],
    pub positional_only: usize,
    pub positional: usize,
    /// The first so many positional ones have no default.
    pub required: usize,
    pub has_varargs: bool,
    pub has_kwargs: bool,
}

impl Signature {
    /// The name as most messages have it: of the function, or of the class that is called.
    fn called(&self) -> &'static str {
        match self.role {
            Role::New | Role::Init => self.owner,
            _ => self.name,
        }
    }

    /// With class or module, where CPython prints them.
    fn qualified(&self) -> String {
        match self.role {
            Role::New | Role::Init => self.owner.to_string(),
            _ if self.owner.is_empty() => self.name.to_string(),
            _ => format!("{}.{}", self.owner, self.name),
        }
    }

    /// `__qualname__` of a function written in Python.
    fn qualname(&self) -> String {
        match self.role {
            Role::Function => self.name.to_string(),
            Role::New => format!("{}.__init__", self.owner),
            _ => format!("{}.{}", self.owner, self.name),
        }
    }

    fn has_receiver(&self) -> bool {
        !matches!(self.role, Role::Function | Role::Static)
    }

    fn takes_keywords(&self) -> bool {
        self.has_kwargs || self.params.len() > self.positional_only
    }

    /// How messages name a parameter: `f() argument 2`, `f() argument 'x'`, or `f() argument` of the only one.
    pub(super) fn argument(&self, index: usize) -> String {
        let name = self.called();
        match self.params.get(index) {
            Some(p) if index >= self.positional_only && self.style != Style::Tuple => {
                format!("{name}() argument '{}'", p.name)
            }
            _ if self.params.len() == 1 && self.required == 1 && !self.has_varargs => {
                format!("{name}() argument")
            }
            _ => format!("{name}() argument {}", index + 1),
        }
    }

    /// The parameter that a keyword names.
    fn find(&self, keyword: &[u8]) -> Option<usize> {
        let named = &self.params[self.positional_only..];
        named.iter().position(|p| p.name.as_bytes() == keyword).map(|i| i + self.positional_only)
    }
}

/// Names of keyword arguments, so that the rules can be tested without a Vm.
trait Names {
    fn count(&self) -> usize;
    /// `None`: not a string.
    fn name(&self, i: usize) -> Option<&[u8]>;

    fn text(&self, i: usize) -> String {
        String::from_utf8_lossy(self.name(i).unwrap_or_default()).into_owned()
    }
}

impl Names for Keywords {
    fn count(&self) -> usize {
        self.as_ref().map_or(0, |k| k.len())
    }

    fn name(&self, i: usize) -> Option<&[u8]> {
        let name = self.as_ref()?.items()[i].as_str_object()?;
        // Strings do not move, and the tuple of the call keeps them.
        Some(name_bytes(name))
    }
}

#[expect(unsafe_code, reason = "lends the text out of a heap object")]
fn name_bytes<'a>(name: Gc<Str>) -> &'a [u8] {
    // SAFETY: the text lives as long as the string, which the tuple of keyword names keeps during the call.
    unsafe { (*name.as_ptr()).bytes() }
}

type Checked = std::result::Result<(), String>;

/// Puts each argument into the slot of its parameter. The slow path of all wrappers: `slots` is an array on the
/// native stack, one place for each parameter, empty.
#[inline(never)]
pub fn bind(cx: &mut Cx, s: &'static Signature, args: &[Value], keywords: Keywords, slots: &mut [Option<Value>]) -> Result<()> {
    place(s, args, &keywords, slots).map_err(|message| cx.type_error(message))
}

fn place<N: Names>(s: &Signature, args: &[Value], names: &N, slots: &mut [Option<Value>]) -> Checked {
    for i in 0..names.count() {
        if names.name(i).is_none() {
            return Err("keywords must be strings".into());
        }
    }
    let (positional, by_name) = args.split_at(args.len() - names.count());
    match s.style {
        Style::Python => place_python(s, positional, by_name, names, slots),
        Style::Cython => place_cython(s, positional, by_name, names, slots),
        _ if s.takes_keywords() => place_keywords(s, positional, by_name, names, slots),
        _ => place_positional(s, positional, names, slots),
    }
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// Fills the slots of the positional arguments; those beyond belong to `*args`.
fn fill(s: &Signature, positional: &[Value], slots: &mut [Option<Value>]) {
    for (slot, v) in slots[..s.positional].iter_mut().zip(positional) {
        *slot = Some(*v);
    }
}

/// Functions without keywords.
fn place_positional<N: Names>(s: &Signature, positional: &[Value], names: &N, slots: &mut [Option<Value>]) -> Checked {
    if names.count() > 0 {
        return Err(match s.style {
            Style::Slot => format!("wrapper {}() takes no keyword arguments", s.name),
            Style::Tuple if s.role == Role::Function => {
                format!("{}() takes no keyword arguments", s.name)
            }
            _ => format!("{}() takes no keyword arguments", s.qualified()),
        });
    }
    count(s, positional.len())?;
    fill(s, positional, slots);
    Ok(())
}

/// Whether the number of positional arguments fits.
fn count(s: &Signature, given: usize) -> Checked {
    let min = s.required;
    let max = if s.has_varargs { usize::MAX } else { s.positional };
    if (min..=max).contains(&given) {
        return Ok(());
    }
    let is_simple = !matches!(s.role, Role::New | Role::Init) && !s.takes_keywords();
    Err(match s.style {
        Style::Slot if max <= 1 && min == max && !is_sequence_product(s) => {
            format!("expected {max} argument{}, got {given}", plural(max))
        }
        Style::Slot => expected("", min, max, given),
        _ if is_simple && max == 0 => {
            format!("{}() takes no arguments ({given} given)", s.qualified())
        }
        Style::Tuple => {
            let how = if min == max {
                "exactly"
            } else if given < min {
                "at least"
            } else {
                "at most"
            };
            let n = if given < min { min } else { max };
            format!("{}() takes {how} {n} argument{} ({given} given)", s.called(), plural(n))
        }
        _ if is_simple && min == 1 && max == 1 && s.style == Style::Clinic => format!("{}() takes exactly one argument ({given} given)", s.qualified()),
        _ if max == 0 && !s.takes_keywords() => format!("{}() takes no arguments", s.called()),
        _ => expected(s.called(), min, max, given),
    })
}

/// `*` on sequences is a slot of another kind, whose messages begin with a space (the name it has not).
fn is_sequence_product(s: &Signature) -> bool {
    matches!(s.name, "__mul__" | "__rmul__" | "__imul__") && !matches!(s.owner, "int" | "bool" | "float" | "complex")
}

/// `name expected at least 1 argument, got 0`
fn expected(name: &str, min: usize, max: usize, given: usize) -> String {
    let (how, n) = match (min == max, given < min) {
        (true, _) => ("", min),
        (false, true) => ("at least ", min),
        (false, false) => ("at most ", max),
    };
    format!("{name} expected {how}{n} argument{}, got {given}", plural(n))
}

/// Functions with keywords, in the order in which CPython's generated code finds mistakes.
fn place_keywords<N: Names>(s: &Signature, positional: &[Value], by_name: &[Value], names: &N, slots: &mut [Option<Value>]) -> Checked {
    let (given, keywords) = (positional.len(), names.count());
    let total = s.params.len();
    let name = s.called();
    let max = if s.has_varargs { usize::MAX } else { s.positional };
    if s.style == Style::Unpack || s.positional_only == total {
        count(s, given)?;
    }
    if !s.has_varargs && !s.has_kwargs && given + keywords > total {
        let what = if given == 0 { "keyword " } else { "" };
        return Err(format!("{name}() takes at most {total} {what}argument{} ({} given)", plural(total), given + keywords));
    }
    if given > max {
        return Err(match max {
            0 => format!("{name}() takes no positional arguments"),
            _ => {
                let how = if s.required < max { "at most" } else { "exactly" };
                format!("{name}() takes {how} {max} positional argument{} ({given} given)", plural(max))
            }
        });
    }
    let min_only = s.positional_only.min(s.required);
    if given < min_only {
        let how = if min_only < max { "at least" } else { "exactly" };
        return Err(format!("{name}() takes {how} {min_only} positional argument{} ({given} given)", plural(min_only)));
    }
    fill(s, positional, slots);
    let first = given.min(s.positional).max(s.positional_only);
    let mut left = keywords;
    for i in first..total {
        let found = (0..keywords).find(|&k| names.name(k) == Some(s.params[i].name.as_bytes()));
        if let Some(k) = found {
            slots[i] = Some(by_name[k]);
            left -= 1;
        } else if s.params[i].is_required {
            return Err(format!("{name}() missing required argument '{}' (pos {})", s.params[i].name, i + 1));
        }
    }
    if left == 0 {
        return Ok(());
    }
    for i in s.positional_only..given.min(s.positional) {
        let param = s.params[i].name;
        if (0..keywords).any(|k| names.name(k) == Some(param.as_bytes())) {
            return Err(format!("argument for {name}() given by name ('{param}') and position ({})", i + 1));
        }
    }
    if s.has_kwargs {
        return Ok(());
    }
    let unknown = (0..keywords).find(|&k| names.name(k).is_some_and(|n| s.find(n).is_none()));
    let text = unknown.map(|k| names.text(k)).unwrap_or_default();
    Err(format!("'{text}' is an invalid keyword argument for {name}()"))
}

/// Functions that are written in Python.
fn place_python<N: Names>(s: &Signature, positional: &[Value], by_name: &[Value], names: &N, slots: &mut [Option<Value>]) -> Checked {
    let name = s.qualname();
    fill(s, positional, slots);
    for k in 0..names.count() {
        let bytes = names.name(k).unwrap_or_default();
        match s.find(bytes) {
            Some(i) if slots[i].is_some() => {
                return Err(format!("{name}() got multiple values for argument '{}'", s.params[i].name));
            }
            Some(i) => slots[i] = Some(by_name[k]),
            None if s.has_kwargs => {}
            None => {
                let only = &s.params[..s.positional_only];
                let misused: Vec<&str> = only.iter().map(|p| p.name).filter(|n| (0..names.count()).any(|k| names.name(k) == Some(n.as_bytes()))).collect();
                return Err(match misused.is_empty() {
                    true => format!("{name}() got an unexpected keyword argument '{}'", names.text(k)),
                    false => format!("{name}() got some positional-only arguments passed as keyword arguments: '{}'", misused.join(", ")),
                });
            }
        }
    }
    if positional.len() > s.positional && !s.has_varargs {
        return Err(too_many(s, &name, positional.len(), slots));
    }
    let missing = |from: usize, to: usize| -> Vec<&str> {
        let params = s.params[from..to].iter().zip(&slots[from..to]);
        params.filter(|(p, v)| p.is_required && v.is_none()).map(|(p, _)| p.name).collect()
    };
    for (list, kind) in [(missing(0, s.positional), "positional"), (missing(s.positional, s.params.len()), "keyword-only")] {
        if !list.is_empty() {
            return Err(missing_python(&name, kind, &list));
        }
    }
    Ok(())
}

/// `f() missing 2 required positional arguments: 'a' and 'b'`
fn missing_python(name: &str, kind: &str, list: &[&str]) -> String {
    let quoted: Vec<String> = list.iter().map(|n| format!("'{n}'")).collect();
    let names = match quoted.as_slice() {
        [a] => a.clone(),
        [a, b] => format!("{a} and {b}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
        [] => String::new(),
    };
    format!("{name}() missing {} required {kind} argument{}: {names}", list.len(), plural(list.len()))
}

/// `f() takes 1 positional argument but 2 were given`; the receiver counts.
fn too_many(s: &Signature, name: &str, given: usize, slots: &[Option<Value>]) -> String {
    let receiver = s.has_receiver() as usize;
    let (max, min, given) = (s.positional + receiver, s.required + receiver, given + receiver);
    let takes = if min < max { format!("from {min} to {max}") } else { max.to_string() };
    let is_plural = min < max || max != 1;
    let by_keyword = slots[s.positional..].iter().filter(|v| v.is_some()).count();
    let extra = match by_keyword {
        0 => String::new(),
        n => format!(" positional argument{} (and {n} keyword-only argument{})", plural(given), plural(n)),
    };
    let verb = if given == 1 && by_keyword == 0 { "was" } else { "were" };
    format!("{name}() takes {takes} positional argument{} but {given}{extra} {verb} given", if is_plural { "s" } else { "" })
}

/// Functions that Cython compiles; the receiver does not count.
fn place_cython<N: Names>(s: &Signature, positional: &[Value], by_name: &[Value], names: &N, slots: &mut [Option<Value>]) -> Checked {
    let name = if s.role == Role::New { "__init__" } else { s.name };
    let max = if s.has_varargs { usize::MAX } else { s.positional };
    let wrong_count = |given: usize| {
        let how = if s.required == max {
            "exactly"
        } else if given < s.required {
            "at least"
        } else {
            "at most"
        };
        let n = if given < s.required { s.required } else { max };
        Err(format!("{name}() takes {how} {n} positional argument{} ({given} given)", plural(n)))
    };
    if positional.len() > max {
        return wrong_count(positional.len());
    }
    fill(s, positional, slots);
    for k in 0..names.count() {
        match s.find(names.name(k).unwrap_or_default()) {
            Some(i) if slots[i].is_some() => {
                return Err(format!("{name}() got multiple values for keyword argument '{}'", s.params[i].name));
            }
            Some(i) => slots[i] = Some(by_name[k]),
            None if s.has_kwargs => {}
            None => {
                return Err(format!("{name}() got an unexpected keyword argument '{}'", names.text(k)));
            }
        }
    }
    if let Some(i) = (0..s.required).find(|&i| slots[i].is_none()) {
        return wrong_count(if names.count() == 0 { positional.len() } else { i });
    }
    match (s.positional..s.params.len()).find(|&i| s.params[i].is_required && slots[i].is_none()) {
        Some(i) => Err(format!("{name}() needs keyword-only argument {}", s.params[i].name)),
        None => Ok(()),
    }
}

/// The value of a parameter that [`bind`] has filled or complained about.
#[inline(always)]
pub fn bound(slot: Option<Value>) -> Value {
    slot.expect("bind fills required parameters")
}

/// The receiver, and what is behind it.
#[inline(always)]
pub fn split_receiver(args: &[Value], keywords: Keywords) -> Option<(Value, &[Value])> {
    match keywords {
        Some(names) if args.len() == names.len() => None,
        _ => args.split_first().map(|(v, rest)| (*v, rest)),
    }
}

/// The arguments of `*args`: the positional ones behind the first `positional`.
#[inline(always)]
pub fn rest(args: &[Value], positional: usize, keywords: Keywords) -> &[Value] {
    let end = args.len() - keywords.map_or(0, |names| names.len());
    if end > positional { &args[positional..end] } else { &[] }
}

/// A method was called without instance.
#[cold]
#[inline(never)]
pub fn missing_receiver(cx: &mut Cx, s: &'static Signature, keywords: Keywords) -> Raised {
    let message = match (s.style, s.role) {
        (Style::Python, _) => {
            let mut list = vec![if matches!(s.role, Role::New | Role::ClassMethod) { "cls" } else { "self" }];
            let is_given = |p: &Param| (0..keywords.count()).any(|k| keywords.name(k) == Some(p.name.as_bytes()));
            list.extend(s.params[..s.required].iter().filter(|p| !is_given(p)).map(|p| p.name));
            missing_python(&s.qualname(), "positional", &list)
        }
        (_, Role::New) => format!("{}.__new__(): not enough arguments", s.class),
        (Style::Slot, _) | (_, Role::Init) => format!("descriptor '{}' of '{}' object needs an argument", s.name, s.class),
        _ => format!("unbound method {}() needs an argument", s.qualified()),
    };
    cx.type_error(message)
}

/// A method was called with an instance of another class. Whatever conversion has raised is replaced.
#[cold]
#[inline(never)]
pub fn wrong_receiver(cx: &mut Cx, s: &'static Signature, this: Value) -> Raised {
    let class = cx.type_name(this);
    let message = match (s.style, s.role) {
        (_, Role::New) => match this.as_gc::<Type>() {
            Some(t) => format!("{0}.__new__({1}): {1} is not a subtype of {0}", s.class, t.name_text()),
            None => format!("{}.__new__(X): X is not a type object ({class})", s.class),
        },
        (Style::Slot, _) | (_, Role::Init) => format!("descriptor '{}' requires a '{}' object but received a '{class}'", s.name, s.class),
        _ => format!("descriptor '{}' for '{}' objects doesn't apply to a '{class}' object", s.name, s.class),
    };
    cx.type_error(message)
}

/// A getter or setter was called with an instance of another class.
#[cold]
#[inline(never)]
pub fn wrong_owner(cx: &mut Cx, name: &str, owner: &str, this: Value) -> Raised {
    let message = format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{}' object", cx.type_name(this));
    cx.type_error(message)
}

/// `del` of an attribute that cannot go.
#[cold]
#[inline(never)]
pub fn cannot_delete(cx: &mut Cx, name: &str) -> Raised {
    cx.type_error(format!("cannot delete {name} attribute"))
}

/// The arguments of `**kwargs`: keyword arguments that name no other parameter, in the order of the call.
#[derive(Clone, Copy)]
pub struct Kwargs<'a> {
    signature: Option<&'static Signature>,
    names: Keywords,
    values: &'a [Value],
}

impl<'a> Kwargs<'a> {
    /// Those among the arguments of a call.
    #[inline]
    pub fn new(signature: &'static Signature, args: &'a [Value], names: Keywords) -> Kwargs<'a> {
        let count = names.map_or(0, |n| n.len());
        Kwargs { signature: Some(signature), names, values: &args[args.len() - count..] }
    }

    /// All keyword arguments of a call.
    pub fn all(args: &'a [Value], names: Keywords) -> Kwargs<'a> {
        let count = names.map_or(0, |n| n.len());
        Kwargs { signature: None, names, values: &args[args.len() - count..] }
    }

    /// Names and values.
    pub fn iter(&self) -> KwargsIter<'a> {
        KwargsIter { kwargs: *self, at: 0 }
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty() || self.iter().next().is_none()
    }

    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// The value of one of them.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.iter().find(|(n, _)| n.bytes() == name.as_bytes()).map(|(_, v)| v)
    }
}

/// Iterates over [`Kwargs`]. To be kept on the native stack.
pub struct KwargsIter<'a> {
    kwargs: Kwargs<'a>,
    at: usize,
}

impl Iterator for KwargsIter<'_> {
    type Item = (Gc<Str>, Value);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let i = self.at;
            let v = *self.kwargs.values.get(i)?;
            self.at += 1;
            let name = self.kwargs.names?.items()[i].as_str_object()?;
            if !self.kwargs.signature.is_some_and(|s| s.find(name.bytes()).is_some()) {
                return Some((name, v));
            }
        }
    }
}

impl<'a> IntoIterator for Kwargs<'a> {
    type Item = (Gc<Str>, Value);
    type IntoIter = KwargsIter<'a>;

    fn into_iter(self) -> KwargsIter<'a> {
        self.iter()
    }
}
