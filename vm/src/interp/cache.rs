//! What inline caches depend on, and how they are emptied.
//!
//! A cache that holds something found in a class is guarded by the shape only. It stays right because a change of a
//! class attribute whose name any cache depends on empties all caches. Classes that do so again and again are
//! left out of caches (`IS_UNSTABLE`).

use foldhash::HashSet;

use crate::object::class::{IS_UNSTABLE, Type};
use crate::object::code::CodeObject;
use crate::object::str::Str;
use crate::value::Gc;
use crate::vm::Cx;

/// What an instruction found for objects of one shape, when it sees several: as an inline cache would hold it.
#[derive(Clone, Copy, Default)]
pub struct PolyEntry {
    /// The address of the instruction.
    pub site: usize,
    /// The words of the inline cache; the first begins with the shape.
    pub words: [u64; 2],
    /// The quick opcode whose cache it is.
    pub op: u16,
}

const POLY_ENTRIES: usize = 1024;

/// The caches of all instructions that see objects of several shapes, by instruction and shape: one table, where the
/// next to come replaces what was there (V8's stub cache).
///
/// It has one empty entry until the first is filled: most short programs need none.
pub struct PolyTable(Vec<PolyEntry>);

impl Default for PolyTable {
    fn default() -> PolyTable {
        PolyTable(vec![PolyEntry::default()])
    }
}

impl PolyTable {
    /// Where the entry of this instruction and shape is, if it is.
    #[inline(always)]
    pub fn entry(&self, site: usize, shape: u32) -> &PolyEntry {
        &self.0[self.index(site, shape)]
    }

    #[inline(always)]
    fn index(&self, site: usize, shape: u32) -> usize {
        (site >> 4).wrapping_add(shape as usize * 37) & (self.0.len() - 1)
    }

    pub fn fill(&mut self, e: PolyEntry) {
        if self.0.len() == 1 {
            self.0 = vec![PolyEntry::default(); POLY_ENTRIES];
        }
        let i = self.index(e.site, e.words[0] as u32);
        self.0[i] = e;
    }

    fn clear(&mut self) {
        self.0.fill(PolyEntry::default());
    }
}

#[derive(Default)]
pub struct Registry {
    pub poly: PolyTable,
    codes: Vec<Gc<CodeObject>>,
    /// Addresses of interned names whose resolution in some class is cached.
    class_names: HashSet<usize>,
    /// Names cached as slots: only a data descriptor of that name matters.
    slot_names: HashSet<usize>,
    flushes: u32,
}

impl Registry {
    pub(crate) fn add_code(&mut self, code: Gc<CodeObject>) {
        self.codes.push(code);
    }

    pub(crate) fn sweep(&mut self, heap: &crate::heap::Heap) {
        self.codes.retain(|c| heap.is_marked(c.header()));
        // Instructions, shapes and functions that died are in it.
        self.poly.clear();
        // Addresses of names that died may be used again: a name wrongly taken for cached only costs a flush.
    }

    pub fn depend_on_class(&mut self, name: Gc<Str>) {
        self.class_names.insert(name.address());
    }

    pub fn depend_on_slot(&mut self, name: Gc<Str>) {
        self.slot_names.insert(name.address());
    }

    /// How often caches were emptied.
    pub fn flushes(&self) -> u32 {
        self.flushes
    }

    fn flush(&mut self) {
        for c in &self.codes {
            c.clear_caches();
        }
        self.poly.clear();
        self.class_names.clear();
        self.slot_names.clear();
        self.flushes += 1;
    }
}

/// Flushes caused by one class after which it is left out of caches.
const UNSTABLE_AFTER: u32 = 64;

impl Cx {
    /// An attribute of a class changed (any, if there is no name).
    pub(crate) fn caches_of_class_changed(&mut self, class: Gc<Type>, name: Option<Gc<Str>>) {
        let concerns = match name {
            None => true,
            Some(n) => {
                self.caches.class_names.contains(&n.address())
                    || self.caches.slot_names.contains(&n.address()) && self.dict_get_str(class.dict.expect(), n).is_none_or(|v| self.is_data_descriptor(v))
            }
        };
        if concerns {
            self.caches.flush();
            if self.caches.flushes > UNSTABLE_AFTER && self.caches.flushes % 16 == 0 {
                class.set_flag(IS_UNSTABLE);
            }
        }
    }
}
