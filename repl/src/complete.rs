//! What Tab offers at the prompt: keywords, names, attributes.

use gscript_vm::object::dict::Dict;
use gscript_vm::object::simple::Module;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def", "del", "elif", "else", "except", "finally",
    "for", "from", "global", "if", "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
    "yield",
];

/// The dotted name that ends at the cursor.
pub fn word_before(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let start = text.char_indices().rev().take_while(|&(_, c)| is_part(c)).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// What a word may become, sorted. Attributes of objects may run script code; what it raises gives no names.
pub fn names(cx: &mut Cx, word: &str) -> Vec<String> {
    match candidates(cx, word) {
        Ok(mut names) => {
            names.sort();
            names.dedup();
            names
        }
        Err(r) => {
            cx.take_pending(r);
            Vec::new()
        }
    }
}

fn candidates(cx: &mut Cx, word: &str) -> Result<Vec<String>> {
    let Some((object, start)) = word.rsplit_once('.') else {
        let mut found: Vec<String> = KEYWORDS.iter().filter(|k| k.starts_with(word)).map(|k| k.to_string()).collect();
        let builtins = cx.builtins_dict();
        for dict in main_dict(cx).into_iter().chain([builtins]) {
            for name in keys(dict).into_iter().filter(|n| n.starts_with(word)) {
                let key = cx.intern(&name);
                let is_callable = cx.dict_get_str(dict, key).is_some_and(|v| cx.is_callable(v));
                found.push(if is_callable { name + "(" } else { name });
            }
        }
        return Ok(found);
    };
    let Some(value) = evaluate(cx, object)? else { return Ok(Vec::new()) };
    let dir = cx.intern("dir");
    let builtins = cx.builtins_dict();
    let Some(dir) = cx.dict_get_str(builtins, dir) else { return Ok(Vec::new()) };
    let list = cx.call(dir, &[value])?;
    let all = cx.tuple_from_iterable(list)?;
    let all: Vec<String> = all.items().iter().filter_map(|v| v.as_str_object()).map(|s| s.lossy().into_owned()).collect();
    // Private names only for those who ask.
    let hides = |name: &str| match start {
        "" => name.starts_with('_'),
        "_" => name.starts_with("__"),
        _ => false,
    };
    let mut found = Vec::new();
    for name in all.into_iter().filter(|n| n.starts_with(start) && !hides(n)) {
        let is_callable = match cx.try_attr_text(value, &name) {
            Ok(v) => v.is_some_and(|v| cx.is_callable(v)),
            Err(r) => {
                cx.take_pending(r);
                false
            }
        };
        found.push(format!("{object}.{name}{}", if is_callable { "(" } else { "" }));
    }
    Ok(found)
}

fn main_dict(cx: &mut Cx) -> Option<Gc<Dict>> {
    cx.loaded_module("__main__")?.as_gc::<Module>()?.dict.get()
}

fn keys(dict: Gc<Dict>) -> Vec<String> {
    let (mut at, mut names) = (0, Vec::new());
    while let Some((key, _)) = dict.next(&mut at) {
        names.extend(key.as_str_object().map(|s| s.lossy().into_owned()));
    }
    names
}

/// The value of a dotted name.
fn evaluate(cx: &mut Cx, dotted: &str) -> Result<Option<Value>> {
    let mut parts = dotted.split('.');
    let first = cx.intern(parts.next().unwrap_or_default());
    let builtins = cx.builtins_dict();
    let found = main_dict(cx).and_then(|d| cx.dict_get_str(d, first)).or_else(|| cx.dict_get_str(builtins, first));
    let Some(mut value) = found else { return Ok(None) };
    for part in parts {
        match cx.try_attr_text(value, part)? {
            Some(v) => value = v,
            None => return Ok(None),
        }
    }
    Ok(Some(value))
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_dotted_names() {
        let word = super::word_before;
        assert_eq!((word("x = os.pa"), word("f("), word("a.b.c"), word("")), ("os.pa", "", "a.b.c", ""));
        assert_eq!(word("größe.x"), "größe.x");
    }
}
