//! The functions of `re`, the cache of compiled patterns, and `re.error`.

use std::collections::HashMap;

use gscript_macros::module;
use gscript_vm::extension::Extension;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::native::{NativeObject, native};
use gscript_vm::object::str::Str;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

use super::engine::{Kind, Program};
use super::parse::{self, Fault};
use super::pattern::{self, Pattern, compiled};
use super::subject::code_points;

/// Patterns kept, as many as CPython keeps.
const CACHED: usize = 512;

/// Compiled patterns by their text; for each text by kind and flags.
#[derive(Default)]
struct Cache {
    patterns: HashMap<Box<[u8]>, Vec<(bool, u32, Gc<NativeObject>)>>,
    count: usize,
}

impl Extension for Cache {
    fn trace(&self, m: &mut Marker<'_>) {
        for entries in self.patterns.values() {
            for e in entries {
                m.object(e.2);
            }
        }
    }
}

/// `re.error(message, pattern, pos)`. May run script code.
#[cold]
pub fn pattern_error(cx: &mut Cx, message: &str, pattern: Value, pos: Option<usize>) -> Raised {
    let raise = |cx: &mut Cx| -> Result<Value> {
        let module = match cx.loaded_module("re") {
            Some(m) => m,
            None => return Err(cx.value_error(message)),
        };
        let class = cx.get_attr_text(module, "error")?;
        let text = cx.str(message).value();
        let pos = pos.map_or(Value::NONE, |p| Value::int_unchecked(p as i64));
        cx.call(class, &[text, pattern, pos])
    };
    match raise(cx) {
        Ok(e) => cx.raise_value(e),
        Err(e) => e,
    }
}

/// A pattern object of `source`, a str or bytes-like object.
fn compile_new(cx: &mut Cx, source: Value, flags: u32) -> Result<Gc<NativeObject>> {
    let text = source.as_gc::<Str>();
    let points = match (text, bytes_of(source)) {
        (Some(s), _) => code_points(s.bytes()),
        (None, Some(b)) => b.iter().map(|&b| b as u32).collect(),
        _ => return Err(cx.type_error("first argument must be string or compiled pattern")),
    };
    match Program::new(&points, text.is_some(), flags) {
        Ok(program) => {
            let class = cx.native_class(&compiled::NATIVE);
            Ok(NativeObject::alloc(cx, class, Box::new(Pattern::new(program, source))))
        }
        Err(Fault::Pattern(message, at)) => {
            let at = (at != usize::MAX).then_some(at);
            Err(pattern_error(cx, &message, if at.is_some() { source } else { Value::NONE }, at))
        }
        Err(Fault::Value(message)) => Err(cx.value_error(message)),
        Err(Fault::Overflow(message)) => Err(cx.overflow_error(message)),
        Err(Fault::Nesting) => Err(cx.recursion_error("")),
    }
}

/// The pattern for `source`, compiled before perhaps. May run script code.
fn compile_cached(cx: &mut Cx, source: Value, flags: Option<Value>) -> Result<Value> {
    let flags = match flags {
        None => 0,
        Some(v) => match v.as_int() {
            Some(i) => i,
            None => cx.index(v)?.as_int().unwrap_or(0),
        },
    };
    if native::<Pattern>(source).is_some() {
        return if flags != 0 { Err(cx.value_error("cannot process flags argument with a compiled pattern")) } else { Ok(source) };
    }
    let flags = flags as u32;
    let is_text = source.as_gc::<Str>().is_some();
    let key: &[u8] = match source.as_gc::<Str>() {
        Some(ref s) => &s.bytes().to_vec(),
        None => bytes_of(source).unwrap_or(&[]),
    };
    if let Some(entries) = cx.try_extension::<Cache>().and_then(|c| c.patterns.get(key)) {
        if let Some(e) = entries.iter().find(|e| e.0 == is_text && e.1 == flags) {
            return Ok(e.2.value());
        }
    }
    let made = compile_new(cx, source, flags)?;
    if flags & parse::DEBUG == 0 {
        let key: Box<[u8]> = key.into();
        let cache = cx.extension::<Cache>();
        if cache.count >= CACHED {
            cache.patterns.clear();
            cache.count = 0;
        }
        cache.count += 1;
        cache.patterns.entry(key).or_default().push((is_text, flags, made));
    }
    Ok(made.value())
}

/// What `re` is made of.
#[module("_re")]
pub mod module {
    use super::*;
    use gscript_vm::object::simple::Module;

    /// Compile a regular expression pattern, returning a Pattern object.
    #[function("pattern, flags=0", style = "python")]
    fn compile(cx: &mut Cx, pattern: Value, flags: Option<Value>) -> Result<Value> {
        compile_cached(cx, pattern, flags)
    }

    /// Try to apply the pattern at the start of the string, returning
    /// a Match object, or None if no match was found.
    #[function("pattern, string, flags=0", name = "match", style = "python")]
    fn match_(cx: &mut Cx, pattern: Value, string: Value, flags: Option<Value>) -> Result<Value> {
        let p = compile_cached(cx, pattern, flags)?;
        pattern::find_one(cx, p, string, 0, i64::MAX, Kind::Match)
    }

    /// Try to apply the pattern to all of the string, returning
    /// a Match object, or None if no match was found.
    #[function("pattern, string, flags=0", style = "python")]
    fn fullmatch(cx: &mut Cx, pattern: Value, string: Value, flags: Option<Value>) -> Result<Value> {
        let p = compile_cached(cx, pattern, flags)?;
        pattern::find_one(cx, p, string, 0, i64::MAX, Kind::Full)
    }

    /// Scan through string looking for a match to the pattern, returning
    /// a Match object, or None if no match was found.
    #[function("pattern, string, flags=0", style = "python")]
    fn search(cx: &mut Cx, pattern: Value, string: Value, flags: Option<Value>) -> Result<Value> {
        let p = compile_cached(cx, pattern, flags)?;
        pattern::find_one(cx, p, string, 0, i64::MAX, Kind::Search)
    }

    /// Return the string obtained by replacing the leftmost
    /// non-overlapping occurrences of the pattern in string by the
    /// replacement repl. repl can be either a string or a callable.
    #[function("pattern, repl, string, count=0, flags=0", style = "python")]
    fn sub(cx: &mut Cx, pattern: Value, repl: Value, string: Value, count: i64, flags: Option<Value>) -> Result<Value> {
        let p = compile_cached(cx, pattern, flags)?;
        Ok(pattern::substitute(cx, p, repl, string, count)?.0)
    }

    /// Return a 2-tuple containing (new_string, number): the string as
    /// sub() makes it and the number of substitutions that were made.
    #[function("pattern, repl, string, count=0, flags=0", style = "python")]
    fn subn(cx: &mut Cx, pattern: Value, repl: Value, string: Value, count: i64, flags: Option<Value>) -> Result<Value> {
        let p = compile_cached(cx, pattern, flags)?;
        let (text, n) = pattern::substitute(cx, p, repl, string, count)?;
        Ok(cx.tuple(&[text, Value::int_unchecked(n)]).value())
    }

    /// Split the source string by the occurrences of the pattern,
    /// returning a list containing the resulting substrings.
    #[function("pattern, string, maxsplit=0, flags=0", style = "python")]
    fn split(cx: &mut Cx, pattern: Value, string: Value, maxsplit: i64, flags: Option<Value>) -> Result<Value> {
        let p = compile_cached(cx, pattern, flags)?;
        pattern::split(cx, p, string, maxsplit)
    }

    /// Return a list of all non-overlapping matches in the string.
    #[function("pattern, string, flags=0", style = "python")]
    fn findall(cx: &mut Cx, pattern: Value, string: Value, flags: Option<Value>) -> Result<Value> {
        let p = compile_cached(cx, pattern, flags)?;
        pattern::find_all(cx, p, string, 0, i64::MAX)
    }

    /// Return an iterator over all non-overlapping matches in the
    /// string. For each match, the iterator returns a Match object.
    #[function("pattern, string, flags=0", style = "python")]
    fn finditer(cx: &mut Cx, pattern: Value, string: Value, flags: Option<Value>) -> Result<Value> {
        let p = compile_cached(cx, pattern, flags)?;
        pattern::scanner(cx, p, string, 0, i64::MAX, true)
    }

    /// Escape special characters in a string.
    #[function("pattern", style = "python")]
    fn escape(cx: &mut Cx, pattern: Value) -> Result<Value> {
        let text = pattern.as_gc::<Str>();
        let source: Vec<u8> = match (text, bytes_of(pattern)) {
            (Some(s), _) => s.bytes().to_vec(),
            (None, Some(b)) => b.to_vec(),
            _ => {
                let name = cx.type_name(pattern);
                return Err(cx.type_error(format!("decoding to str: need a bytes-like object, {name} found")));
            }
        };
        let mut out = Vec::with_capacity(source.len() * 2);
        for b in source {
            if b"()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(&b) {
                out.push(b'\\');
            }
            out.push(b);
        }
        Ok(if text.is_some() { cx.str_from_bytes(&out).value() } else { cx.bytes(&out).value() })
    }

    /// Clear the regular expression caches
    #[function("", style = "python")]
    fn purge(cx: &mut Cx) {
        *cx.extension::<Cache>() = Cache::default();
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        let class = cx.native_class(&compiled::NATIVE).value();
        cx.dict_set_text(dict, "Pattern", class);
        let class = cx.native_class(&crate::re::matched::matched::NATIVE).value();
        cx.dict_set_text(dict, "Match", class);
        Ok(())
    }
}
