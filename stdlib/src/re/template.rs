//! Replacements of `sub` and `expand`: text with `\1`, `\g<name>` and escapes.

use gscript_vm::object::native::NativeObject;
use gscript_vm::object::str::Str;
use gscript_vm::protocol::bytes_of;
use gscript_vm::text;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::module::pattern_error;
use super::pattern::pattern;
use super::subject::code_points;

/// A piece of a replacement.
pub enum Piece {
    Text(Vec<u8>),
    Group(usize),
}

/// A message and the position it is about.
type Bad = (String, Option<usize>);

/// Takes a template apart. `template` is a str or bytes-like.
pub fn parse(cx: &mut Cx, of: Gc<NativeObject>, template: Value) -> Result<Vec<Piece>> {
    let p = pattern(cx, of.value())?;
    let (source, is_text) = match (template.as_gc::<Str>(), bytes_of(template)) {
        (Some(s), _) => (code_points(s.bytes()), true),
        (None, Some(b)) => (b.iter().map(|&b| b as u32).collect(), false),
        _ => {
            let name = cx.type_name(template);
            return Err(cx.type_error(format!("decoding to str: need a bytes-like object, {name} found")));
        }
    };
    let names = &p.program.tree.names;
    let groups = p.program.tree.groups;
    match pieces(&source, is_text, groups, &|n| names.iter().find(|x| x.0 == n).map(|x| x.1)) {
        Ok(pieces) => Ok(pieces),
        Err(Wrong::Template((message, at))) => Err(pattern_error(cx, &message, template, at)),
        Err(Wrong::Name(name)) => Err(cx.raise(cx.types.index_error, &format!("unknown group name {}", quoted(&name)))),
    }
}

enum Wrong {
    Template(Bad),
    Name(String),
}

fn quoted(name: &str) -> String {
    let mut out = Vec::new();
    text::escape::push_repr(&mut out, name.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

fn wrong<T>(message: String, at: usize) -> std::result::Result<T, Wrong> {
    Err(Wrong::Template((message, Some(at))))
}

fn pieces(source: &[u32], is_text: bool, groups: usize, find: &dyn Fn(&str) -> Option<usize>) -> std::result::Result<Vec<Piece>, Wrong> {
    let mut out: Vec<Piece> = Vec::new();
    let mut literal = Vec::new();
    let mut at = 0;
    let is_octal = |c: Option<&u32>| c.is_some_and(|c| (48..56).contains(c));
    let is_digit = |c: Option<&u32>| c.is_some_and(|c| (48..58).contains(c));
    while at < source.len() {
        let c = source[at];
        if c != '\\' as u32 {
            push(&mut literal, c, is_text);
            at += 1;
            continue;
        }
        let start = at;
        let Some(&next) = source.get(at + 1) else { return wrong("bad escape (end of pattern)".into(), start) };
        at += 2;
        let mut group = None;
        match char::from_u32(next).unwrap_or(' ') {
            'g' => {
                if source.get(at) != Some(&('<' as u32)) {
                    return wrong("missing <".into(), at);
                }
                at += 1;
                let from = at;
                while at < source.len() && source[at] != '>' as u32 {
                    at += 1;
                }
                let name: String = source[from..at].iter().map(|&c| super::parse::to_char(c)).collect();
                if at == source.len() {
                    return if name.is_empty() { wrong("missing group name".into(), at) } else { wrong("missing >, unterminated name".into(), from) };
                }
                at += 1;
                if name.is_empty() {
                    return wrong("missing group name".into(), from);
                }
                if text::case::is_identifier(name.as_bytes()) {
                    group = Some(find(&name).ok_or_else(|| Wrong::Name(name))?);
                } else {
                    let digits = name.trim();
                    let number = if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<usize>().ok() } else { None };
                    match number {
                        None => return wrong(format!("bad character in group name {}", quoted(&name)), from),
                        Some(n) if n > groups => return wrong(format!("invalid group reference {n}"), from),
                        n => group = n,
                    }
                }
            }
            '0' => {
                let mut value = 0;
                for _ in 0..2 {
                    if is_octal(source.get(at)) {
                        value = value * 8 + source[at] - 48;
                        at += 1;
                    }
                }
                push(&mut literal, value & 0xFF, is_text);
            }
            d @ '1'..='9' => {
                let mut number = d as usize - 48;
                if is_digit(source.get(at)) {
                    let second = source[at];
                    at += 1;
                    if next < 56 && (48..56).contains(&second) && is_octal(source.get(at)) {
                        let value = (next - 48) * 64 + (second - 48) * 8 + source[at] - 48;
                        at += 1;
                        if value > 0o377 {
                            return wrong(format!("octal escape value \\{value:o} outside of range 0-0o377"), start);
                        }
                        push(&mut literal, value, is_text);
                        continue;
                    }
                    number = number * 10 + second as usize - 48;
                }
                if number > groups {
                    return wrong(format!("invalid group reference {number}"), start + 1);
                }
                group = Some(number);
            }
            'a' => literal.push(7),
            'b' => literal.push(8),
            'f' => literal.push(12),
            'n' => literal.push(10),
            'r' => literal.push(13),
            't' => literal.push(9),
            'v' => literal.push(11),
            '\\' => literal.push(b'\\'),
            c if c.is_ascii_alphabetic() => return wrong(format!("bad escape \\{c}"), start),
            _ => {
                literal.push(b'\\');
                push(&mut literal, next, is_text);
            }
        }
        if let Some(g) = group {
            if !literal.is_empty() {
                out.push(Piece::Text(std::mem::take(&mut literal)));
            }
            out.push(Piece::Group(g));
        }
    }
    if !literal.is_empty() {
        out.push(Piece::Text(literal));
    }
    Ok(out)
}

fn push(out: &mut Vec<u8>, c: u32, is_text: bool) {
    if !is_text || c < 0x80 {
        out.push(c as u8);
        return;
    }
    let mut buffer = [0; 4];
    match char::from_u32(c) {
        Some(c) => out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes()),
        None => out.extend_from_slice(&[0xED, 0x80 | (c >> 6 & 0x3F) as u8, 0x80 | (c & 0x3F) as u8]),
    }
}
