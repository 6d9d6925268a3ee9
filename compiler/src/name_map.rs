//! A map from names to small values. Most blocks know a handful of names: those are searched in a row, without
//! hashing and without a table to allocate.

use gscript_grammar::ast::Name;

use crate::scope::Map;

/// Above this many names a hash table is kept besides the list.
const FEW: usize = 12;

#[derive(Debug)]
pub(crate) struct NameMap<V> {
    entries: Vec<(Name, V)>,
    index: Map<Name, u32>,
}

impl<V> Default for NameMap<V> {
    fn default() -> Self {
        NameMap { entries: Vec::new(), index: Map::default() }
    }
}

impl<V: Copy> NameMap<V> {
    fn position(&self, name: Name) -> Option<usize> {
        if self.entries.len() <= FEW {
            return self.entries.iter().position(|e| e.0 == name);
        }
        self.index.get(&name).map(|&n| n as usize)
    }

    pub fn get(&self, name: Name) -> Option<V> {
        self.position(name).map(|n| self.entries[n].1)
    }

    /// The value of `name`, which becomes `value` when it is new.
    pub fn get_or_insert(&mut self, name: Name, value: V) -> V {
        match self.position(name) {
            Some(n) => self.entries[n].1,
            None => {
                self.append(name, value);
                value
            }
        }
    }

    pub fn insert(&mut self, name: Name, value: V) {
        match self.position(name) {
            Some(n) => self.entries[n].1 = value,
            None => self.append(name, value),
        }
    }

    fn append(&mut self, name: Name, value: V) {
        self.entries.push((name, value));
        let count = self.entries.len();
        if count == FEW + 1 {
            self.index = self.entries.iter().enumerate().map(|(n, e)| (e.0, n as u32)).collect();
        } else if count > FEW + 1 {
            self.index.insert(name, count as u32 - 1);
        }
    }

    pub fn clear(&mut self) {
        if self.entries.len() > FEW {
            self.index = Map::default();
        }
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many() {
        let mut map = NameMap::default();
        for n in 0..100 {
            assert_eq!(map.get(Name(n)), None);
            map.insert(Name(n), n * 2);
            assert_eq!(map.get(Name(n)), Some(n * 2));
            assert_eq!(map.get_or_insert(Name(n / 2), 7), n / 2 * 2);
        }
        map.clear();
        assert_eq!(map.get(Name(3)), None);
        map.insert(Name(3), 1);
        assert_eq!(map.get(Name(3)), Some(1));
    }
}
