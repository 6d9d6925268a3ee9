//! Sets and frozensets: CPython's open table and its probing, so that iteration order is CPython's (for elements whose
//! hash is).
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::buffer;
use crate::object::class::Type;
use crate::object::list::List;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::{Cx, Result};

#[repr(C)]
pub struct Set {
    header: Header,
    /// Slots taken, deleted ones counted.
    fill: Cell<usize>,
    used: Cell<usize>,
    mask: Cell<usize>,
    /// Payload of a buffer of `mask + 1` entries; 0: not allocated yet.
    table: Cell<usize>,
    epoch: Cell<u32>,
    pub is_frozen: bool,
    /// Hash of a frozenset, once computed.
    pub hash: Cell<Option<i64>>,
}

#[repr(C)]
struct Entry {
    /// 0: free; DELETED: was taken.
    key: Cell<u64>,
    hash: Cell<i64>,
}

const MIN_SLOTS: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// The constant word for "deopt" is no script value.
const DELETED: u64 = 4;

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Set {
    const KIND: Kind = Kind::Set;
}

impl Trace for Set {
    fn trace(&self, m: &mut Marker<'_>) {
        if self.table.get() == 0 {
            return;
        }
        // SAFETY: the payload of our buffer.
        m.mark_only(unsafe { buffer::of_payload(self.table.get()) });
        for i in 0..=self.mask.get() {
            m.option(Value::from_word(self.entry(i).key.get()));
        }
    }
}

/// Outcome of a search without script code.
enum Found {
    At(usize),
    /// The free slot where the key would go.
    Free(usize),
    /// The entry at this slot has the same hash; whether it is equal must be asked.
    Ask(usize),
}

impl Set {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.used.get()
    }

    pub fn is_empty(&self) -> bool {
        self.used.get() == 0
    }

    /// Changes whenever elements come or go.
    pub fn epoch(&self) -> u32 {
        self.epoch.get()
    }

    #[inline(always)]
    fn entry(&self, i: usize) -> &Entry {
        debug_assert!(i <= self.mask.get());
        // SAFETY: the table has mask + 1 entries.
        unsafe { &*(self.table.get() as *const Entry).add(i) }
    }

    /// The next element at or after `*at` in table order; moves `*at` behind it.
    #[inline]
    pub fn next(&self, at: &mut usize) -> Option<Value> {
        self.next_hashed(at).map(|(_, v)| v)
    }

    pub fn next_hashed(&self, at: &mut usize) -> Option<(i64, Value)> {
        if self.table.get() == 0 {
            return None;
        }
        while *at <= self.mask.get() {
            let e = self.entry(*at);
            *at += 1;
            if e.key.get() != DELETED {
                if let Some(v) = Value::from_word(e.key.get()) {
                    return Some((e.hash.get(), v));
                }
            }
        }
        None
    }

    /// CPython's `set_lookkey`, from a state (slot, perturb, probes left) on.
    fn search(&self, cx: &Cx, key: Value, hash: i64, skip: &[usize]) -> Found {
        let mask = self.mask.get();
        let mut i = hash as usize & mask;
        let mut perturb = hash as u64 as usize;
        loop {
            let probes = if i + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            for at in i..=i + probes {
                let e = self.entry(at);
                let k = e.key.get();
                if k == 0 {
                    return Found::Free(at);
                }
                if e.hash.get() == hash && k != DELETED {
                    if k == key.word() {
                        return Found::At(at);
                    }
                    if let Some(k) = Value::from_word(k) {
                        match cx.quick_eq(k, key) {
                            Some(true) => return Found::At(at),
                            Some(false) => {}
                            None if !skip.contains(&at) => return Found::Ask(at),
                            None => {}
                        }
                    }
                }
            }
            perturb >>= PERTURB_SHIFT;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb)) & mask;
        }
    }

    /// Puts an element that is known to be absent into a table without deleted entries.
    fn insert_clean(&self, key: u64, hash: i64) {
        let mask = self.mask.get();
        let mut perturb = hash as u64 as usize;
        let mut i = hash as usize & mask;
        loop {
            let probes = if i + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            for at in i..=i + probes {
                if self.entry(at).key.get() == 0 {
                    self.entry(at).key.set(key);
                    self.entry(at).hash.set(hash);
                    return;
                }
            }
            perturb >>= PERTURB_SHIFT;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb)) & mask;
        }
    }
}

impl Gc<Set> {
    /// Removes everything.
    pub fn clear(self) {
        self.fill.set(0);
        self.used.set(0);
        self.mask.set(0);
        self.table.set(0);
        self.epoch.set(self.epoch.get().wrapping_add(1));
    }

    fn delete_at(self, i: usize) {
        let e = self.entry(i);
        e.key.set(DELETED);
        e.hash.set(-1);
        self.used.set(self.used.get() - 1);
        self.epoch.set(self.epoch.get().wrapping_add(1));
    }

    /// Takes out some element: CPython's choice, from a moving finger on.
    pub fn pop_any(self) -> Option<Value> {
        if self.is_empty() {
            return None;
        }
        let mut at = 0;
        let v = self.next(&mut at)?;
        self.delete_at(at - 1);
        Some(v)
    }
}

impl Cx {
    /// An empty set.
    pub fn set_new(&mut self) -> Gc<Set> {
        let class = self.types.set;
        self.set_of(class, false)
    }

    /// An empty set of `class` (`set`, `frozenset` or a subclass).
    pub fn set_of(&mut self, class: Gc<Type>, is_frozen: bool) -> Gc<Set> {
        self.alloc_of(class, |header| Set {
            header,
            fill: Cell::new(0),
            used: Cell::new(0),
            mask: Cell::new(0),
            table: Cell::new(0),
            epoch: Cell::new(0),
            is_frozen,
            hash: Cell::new(None),
        })
    }

    fn set_resize(&mut self, s: Gc<Set>, min_used: usize) {
        let mut slots = MIN_SLOTS;
        while slots <= min_used {
            slots *= 2;
        }
        let Some(table) = buffer::alloc(self, Kind::ValueBuffer, slots * size_of::<Entry>()) else {
            self.fatal_limit("out of memory");
            return;
        };
        let (old, old_slots) = (s.table.get(), if s.table.get() == 0 { 0 } else { s.mask.get() + 1 });
        s.table.set(table);
        s.mask.set(slots - 1);
        s.fill.set(s.used.get());
        for i in 0..old_slots {
            // SAFETY: the old table is still there: nothing was allocated since, and it is freed below only.
            let e = unsafe { &*(old as *const Entry).add(i) };
            if e.key.get() != 0 && e.key.get() != DELETED {
                s.insert_clean(e.key.get(), e.hash.get());
            }
        }
        if old != 0 {
            buffer::free(&self.heap, old);
        }
        s.epoch.set(s.epoch.get().wrapping_add(1));
        s.barrier();
    }

    /// The place of `key`, if it is an element. May run script code.
    fn set_find(&mut self, s: Gc<Set>, key: Value, hash: i64) -> Result<Found> {
        'again: loop {
            let mut skip: Vec<usize> = Vec::new();
            loop {
                match s.search(self, key, hash, &skip) {
                    Found::Ask(at) => {
                        let Some(k) = Value::from_word(s.entry(at).key.get()) else { continue 'again };
                        let epoch = s.epoch.get();
                        let equal = self.eq(k, key)?;
                        if s.epoch.get() != epoch {
                            if s.table.get() == 0 {
                                self.set_resize(s, 0);
                            }
                            continue 'again;
                        }
                        if equal {
                            return Ok(Found::At(at));
                        }
                        skip.push(at);
                    }
                    found => return Ok(found),
                }
            }
        }
    }

    /// Whether `key` is an element. May run script code.
    pub fn set_contains(&mut self, s: Gc<Set>, key: Value) -> Result<bool> {
        let hash = self.hash(key)?;
        self.set_contains_hashed(s, key, hash)
    }

    pub fn set_contains_hashed(&mut self, s: Gc<Set>, key: Value, hash: i64) -> Result<bool> {
        if s.table.get() == 0 {
            return Ok(false);
        }
        Ok(matches!(self.set_find(s, key, hash)?, Found::At(_)))
    }

    /// Adds an element; true when it was not there. May run script code.
    pub fn set_add(&mut self, s: Gc<Set>, key: Value) -> Result<bool> {
        let hash = self.hash(key)?;
        self.set_add_hashed(s, key, hash)
    }

    pub fn set_add_hashed(&mut self, s: Gc<Set>, key: Value, hash: i64) -> Result<bool> {
        if s.table.get() == 0 {
            self.set_resize(s, 0);
        }
        match self.set_find(s, key, hash)? {
            Found::Free(at) => {
                s.entry(at).key.set(key.word());
                s.entry(at).hash.set(hash);
                s.fill.set(s.fill.get() + 1);
                s.used.set(s.used.get() + 1);
                s.epoch.set(s.epoch.get().wrapping_add(1));
                s.barrier();
                if s.fill.get() * 5 >= s.mask.get() * 3 {
                    let used = s.used.get();
                    self.set_resize(s, if used > 50000 { used * 2 } else { used * 4 });
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Takes an element out; true when it was there. May run script code.
    pub fn set_remove(&mut self, s: Gc<Set>, key: Value) -> Result<bool> {
        let hash = self.hash(key)?;
        if s.table.get() == 0 {
            return Ok(false);
        }
        match self.set_find(s, key, hash)? {
            Found::At(at) => {
                s.delete_at(at);
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Adds all elements of `from` to `to`, as CPython's `set_merge`. May run script code.
    pub fn set_merge(&mut self, to: Gc<Set>, from: Gc<Set>) -> Result<()> {
        if from.is_empty() {
            return Ok(());
        }
        if to.table.get() == 0 {
            self.set_resize(to, 0);
        }
        if (to.fill.get() + from.used.get()) * 5 >= to.mask.get() * 3 {
            let n = (to.used.get() + from.used.get()) * 2;
            self.set_resize(to, n);
        }
        if to.fill.get() == 0 && to.mask.get() == from.mask.get() && from.fill.get() == from.used.get() {
            // The same table again.
            for i in 0..=from.mask.get() {
                to.entry(i).key.set(from.entry(i).key.get());
                to.entry(i).hash.set(from.entry(i).hash.get());
            }
            to.fill.set(from.fill.get());
            to.used.set(from.used.get());
            to.epoch.set(to.epoch.get().wrapping_add(1));
            to.barrier();
            return Ok(());
        }
        let clean = to.fill.get() == 0;
        let mut at = 0;
        while let Some((hash, v)) = from.next_hashed(&mut at) {
            if clean {
                to.insert_clean(v.word(), hash);
                to.fill.set(to.fill.get() + 1);
                to.used.set(to.used.get() + 1);
                to.barrier();
            } else {
                self.set_add_hashed(to, v, hash)?;
            }
        }
        to.epoch.set(to.epoch.get().wrapping_add(1));
        Ok(())
    }

    /// A frozenset of compile-time constants, which are hashable and compare without script code.
    pub fn frozenset_from_constants(&mut self, items: Gc<List>) -> Value {
        let class = self.types.frozenset;
        let s = self.set_of(class, true);
        for i in 0..items.len() {
            let v = self.list_get(items, i);
            // Constants hash and compare without errors.
            let _ = self.set_add(s, v);
        }
        s.value()
    }
}
