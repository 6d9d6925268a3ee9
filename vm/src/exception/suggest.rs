//! "Did you mean": CPython's rules for names that are close to the one that was not found.

use crate::object::exception::{Exception, Traceback};
use crate::object::list::List;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::Cx;

const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;
const MAX_LEN: usize = 40;
const MAX_CANDIDATES: usize = 750;

/// The name to suggest for an AttributeError or a NameError.
pub(crate) fn suggestion(cx: &mut Cx, e: Gc<Exception>) -> Option<Gc<Str>> {
    let is_attribute = cx.class_of(e.value()) == cx.types.attribute_error;
    if !is_attribute && !cx.is_exact(e.value(), cx.types.name_error) {
        return None;
    }
    let name_key = cx.common.name_attr;
    let name = cx.own_attribute(e.header(), name_key)?.as_str_object()?;
    if is_attribute {
        let obj_key = cx.common.obj;
        let obj = cx.own_attribute(e.header(), obj_key)?;
        let names = names_of(cx, obj)?;
        return closest(name, names);
    }
    let mut at = e.traceback.get()?.as_gc::<Traceback>()?;
    while let Some(next) = at.next.get().and_then(|n| n.as_gc::<Traceback>()) {
        at = next;
    }
    let code = at.function.code.get();
    let locals = cx.list_new();
    for l in &code.source.locals {
        let n = code.name_at(l.name as u16);
        cx.list_push(locals, n.value());
    }
    let free: Vec<_> = code.source.free_vars.iter().map(|f| f.0.clone()).collect();
    for f in free {
        let n = cx.intern(&f);
        cx.list_push(locals, n.value());
    }
    let found = closest(name, locals);
    if found.is_some() {
        return found;
    }
    let builtins = cx.builtins_dict();
    for dict in [at.function.globals, builtins] {
        let keys = cx.list_new();
        let mut i = 0;
        while let Some((k, _)) = dict.next(&mut i) {
            cx.list_push(keys, k);
        }
        let found = closest(name, keys);
        if found.is_some() {
            return found;
        }
    }
    None
}

/// `dir(obj)`.
fn names_of(cx: &mut Cx, obj: Value) -> Option<Gc<List>> {
    let key = cx.intern("dir");
    let builtins = cx.builtins_dict();
    let dir = cx.dict_get_str(builtins, key)?;
    match cx.call(dir, &[obj]) {
        Ok(v) => v.as_gc::<List>(),
        Err(r) => {
            cx.take_pending(r);
            None
        }
    }
}

fn closest(name: Gc<Str>, candidates: Gc<List>) -> Option<Gc<Str>> {
    if candidates.len() >= MAX_CANDIDATES {
        return None;
    }
    let mut best: Option<(usize, Gc<Str>)> = None;
    for i in 0..candidates.len() {
        let Some(item) = candidates.get_fast(i).and_then(|v| v.as_str_object()) else {
            continue;
        };
        if item.bytes() == name.bytes() {
            continue;
        }
        let mut most = (name.bytes().len() + item.bytes().len() + 3) * MOVE_COST / 6;
        if let Some((d, _)) = best {
            most = most.min(d - 1);
        }
        let d = distance(name.bytes(), item.bytes(), most);
        if d <= most {
            best = Some((d, item));
            if d == 0 {
                break;
            }
        }
    }
    best.map(|(_, s)| s)
}

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

/// The edit distance of two names; more than `most` when it is more.
fn distance(a: &[u8], b: &[u8], most: usize) -> usize {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (mut a, mut b) = (&a[..a.len() - back], &b[..b.len() - back]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE_COST;
    }
    if a.len() > MAX_LEN || b.len() > MAX_LEN {
        return most + 1;
    }
    if b.len() < a.len() {
        std::mem::swap(&mut a, &mut b);
    }
    if (b.len() - a.len()) * MOVE_COST > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE_COST).collect();
    let mut result = 0;
    for (j, &code) in b.iter().enumerate() {
        let mut diagonal = j * MOVE_COST;
        result = diagonal;
        let mut minimum = usize::MAX;
        for (i, &x) in a.iter().enumerate() {
            let substitute = diagonal + substitution(code, x);
            diagonal = row[i];
            result = (result.min(diagonal) + MOVE_COST).min(substitute);
            row[i] = result;
            minimum = minimum.min(result);
        }
        if minimum > most {
            return most + 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_cpythons() {
        assert_eq!(distance(b"abc", b"abd", 10), 2);
        assert_eq!(distance(b"abc", b"aBc", 10), 1);
        assert_eq!(distance(b"abc", b"abcd", 10), 2);
        assert_eq!(distance(b"kitten", b"sitting", 20), 6);
        assert_eq!(distance(b"abcdef", b"x", 2), 3);
    }
}
