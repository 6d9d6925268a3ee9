//! The identifiers of one compilation: those of the parse, and the ones the compiler makes itself (mangled
//! private names, `__class__`, …), under one numbering.

use std::rc::Rc;

use gscript_grammar::ast::{Name, Names};
use hashbrown::HashMap;

type Map<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// Names by number. Numbers below the parse's count are the parse's own.
pub(crate) struct NameTable<'a> {
    base: &'a Names,
    /// Text to number, for all names.
    numbers: Map<Rc<str>, u32>,
    texts: Vec<Rc<str>>,
    /// Whether the name is mangled inside a class.
    is_private: Vec<bool>,
    mangled: Map<(Name, Name), Name>,
    /// Names the compiler asks for again and again.
    pub known: Known,
}

/// Numbers of names with a meaning of their own.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    pub class_cell: Name,
    pub super_: Name,
    pub dot_zero: Name,
    pub debug: Name,
    pub future: Name,
    pub star: Name,
}

impl<'a> NameTable<'a> {
    pub fn new(base: &'a Names) -> NameTable<'a> {
        let count = base.len();
        let mut table = NameTable {
            base,
            numbers: Map::with_capacity_and_hasher(count + 32, Default::default()),
            texts: Vec::with_capacity(count + 32),
            is_private: Vec::with_capacity(count + 32),
            mangled: Map::default(),
            known: Known { class_cell: Name(0), super_: Name(0), dot_zero: Name(0), debug: Name(0), future: Name(0), star: Name(0) },
        };
        for n in 0..count {
            let text: Rc<str> = table.base.text(Name(n as u32)).into();
            table.is_private.push(has_private_form(&text));
            table.numbers.insert(text.clone(), n as u32);
            table.texts.push(text);
        }
        table.known = Known {
            class_cell: table.intern("__class__"),
            super_: table.intern("super"),
            dot_zero: table.intern(".0"),
            debug: table.intern("__debug__"),
            future: table.intern("__future__"),
            star: table.intern("*"),
        };
        table
    }

    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(&n) = self.numbers.get(text) {
            return Name(n);
        }
        let n = self.texts.len() as u32;
        let text: Rc<str> = text.into();
        self.is_private.push(has_private_form(&text));
        self.numbers.insert(text.clone(), n);
        self.texts.push(text);
        Name(n)
    }

    pub fn text(&self, name: Name) -> &Rc<str> {
        &self.texts[name.0 as usize]
    }

    /// The name as it is meant inside the class `class`.
    pub fn mangle(&mut self, class: Option<Name>, name: Name) -> Name {
        let Some(class) = class else { return name };
        if !self.is_private[name.0 as usize] {
            return name;
        }
        if let Some(&m) = self.mangled.get(&(class, name)) {
            return m;
        }
        let class_text = self.text(class).trim_start_matches('_').to_string();
        let result = if class_text.is_empty() {
            name
        } else {
            let text = format!("_{class_text}{}", self.text(name));
            self.intern(&text)
        };
        self.mangled.insert((class, name), result);
        result
    }
}

/// `__x` without two underscores at the end, and without a dot (modules in imports are not mangled).
fn has_private_form(text: &str) -> bool {
    text.starts_with("__") && !text.ends_with("__") && !text.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_names_take_the_class() {
        let names = Names::new();
        let mut table = NameTable::new(&names);
        let (c, under, x, dunder) = (table.intern("_C"), table.intern("__"), table.intern("__x"), table.intern("__x__"));
        let m = table.mangle(Some(c), x);
        assert_eq!(&**table.text(m), "_C__x");
        assert_eq!(table.mangle(Some(c), dunder), dunder);
        assert_eq!(table.mangle(Some(under), x), x);
        assert_eq!(table.mangle(None, x), x);
    }
}
