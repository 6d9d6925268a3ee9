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
    /// Where `pop` goes on searching.
    finger: Cell<usize>,
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

/// Where a search stands: a run of slots from `start` on is looked at, then the next one.
struct Cursor {
    start: usize,
    at: usize,
    perturb: usize,
    /// The deleted entry seen last: a new element goes there.
    deleted: Option<usize>,
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

    fn cursor(&self, hash: i64) -> Cursor {
        let start = hash as usize & self.mask.get();
        Cursor { start, at: start, perturb: hash as u64 as usize, deleted: None }
    }

    /// CPython's `set_lookkey`, from where the cursor stands.
    #[inline]
    fn search(&self, cx: &Cx, key: Value, hash: i64, c: &mut Cursor) -> Found {
        let mask = self.mask.get();
        loop {
            let probes = if c.start + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            while c.at <= c.start + probes {
                let at = c.at;
                c.at += 1;
                let e = self.entry(at);
                let k = e.key.get();
                if k == 0 {
                    return Found::Free(c.deleted.filter(|&d| self.entry(d).key.get() == DELETED).unwrap_or(at));
                }
                if k == DELETED {
                    c.deleted = Some(at);
                } else if e.hash.get() == hash {
                    if k == key.word() {
                        return Found::At(at);
                    }
                    if let Some(k) = Value::from_word(k) {
                        match cx.quick_eq(k, key) {
                            Some(true) => return Found::At(at),
                            Some(false) => {}
                            None => return Found::Ask(at),
                        }
                    }
                }
            }
            c.perturb >>= PERTURB_SHIFT;
            c.start = (c.start.wrapping_mul(5).wrapping_add(1).wrapping_add(c.perturb)) & mask;
            c.at = c.start;
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
        self.finger.set(0);
        self.epoch.set(self.epoch.get().wrapping_add(1));
    }

    /// Exchanges the contents of two sets.
    pub fn swap_contents(self, other: Gc<Set>) {
        self.fill.swap(&other.fill);
        self.used.swap(&other.used);
        self.mask.swap(&other.mask);
        self.table.swap(&other.table);
        for s in [self, other] {
            s.hash.set(None);
            s.epoch.set(s.epoch.get().wrapping_add(1));
            s.barrier();
        }
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
        let mut i = self.finger.get() & self.mask.get();
        loop {
            let k = self.entry(i).key.get();
            if k != 0 && k != DELETED {
                self.delete_at(i);
                self.finger.set(i + 1);
                return Value::from_word(k);
            }
            i = if i == self.mask.get() { 0 } else { i + 1 };
        }
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
            finger: Cell::new(0),
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

    /// The place of `key`, if it is an element; the table exists. May run script code.
    ///
    /// As in CPython, a search starts again when a comparison has replaced the table or the entry in question; but who
    /// adds an element believes a comparison that says "equal" in any case, and gets a place that may be stale.
    fn set_find(&mut self, s: Gc<Set>, key: Value, hash: i64, is_adding: bool) -> Result<Found> {
        let mut c = s.cursor(hash);
        loop {
            let i = match s.search(self, key, hash, &mut c) {
                Found::Ask(i) => i,
                found => return Ok(found),
            };
            let k = s.entry(i).key.get();
            let Some(candidate) = Value::from_word(k) else {
                continue;
            };
            let (table, mask) = (s.table.get(), s.mask.get());
            let is_equal = self.eq(candidate, key)?;
            if is_equal && is_adding {
                return Ok(Found::At(i));
            }
            if s.table.get() == 0 {
                self.set_resize(s, 0);
            }
            if s.table.get() != table || s.mask.get() != mask || s.entry(i).key.get() != k {
                c = s.cursor(hash);
            } else if is_equal {
                return Ok(Found::At(i));
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
        Ok(matches!(self.set_find(s, key, hash, false)?, Found::At(_)))
    }

    /// Adds an element; true when it was not there. May run script code.
    pub fn set_add(&mut self, s: Gc<Set>, key: Value) -> Result<bool> {
        let hash = self.hash(key)?;
        self.set_add_hashed(s, key, hash)
    }

    pub fn set_add_hashed(&mut self, s: Gc<Set>, key: Value, hash: i64) -> Result<bool> {
        if s.table.get() == 0 {
            self.set_resize(s, 0);
            if s.table.get() == 0 {
                return Err(self.memory_error(""));
            }
        }
        match self.set_find(s, key, hash, true)? {
            Found::Free(at) => {
                let is_reused = s.entry(at).key.get() == DELETED;
                s.entry(at).key.set(key.word());
                s.entry(at).hash.set(hash);
                s.used.set(s.used.get() + 1);
                s.epoch.set(s.epoch.get().wrapping_add(1));
                s.barrier();
                if is_reused {
                    return Ok(true);
                }
                s.fill.set(s.fill.get() + 1);
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
        self.set_remove_hashed(s, key, hash)
    }

    pub fn set_remove_hashed(&mut self, s: Gc<Set>, key: Value, hash: i64) -> Result<bool> {
        if s.table.get() == 0 {
            return Ok(false);
        }
        match self.set_find(s, key, hash, false)? {
            Found::At(at) => {
                s.delete_at(at);
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Makes a table anew when more than a quarter of it are deleted entries, as CPython does after a difference.
    pub fn set_shrink(&mut self, s: Gc<Set>) {
        if s.table.get() != 0 && s.fill.get() - s.used.get() > s.mask.get() / 4 {
            let used = s.used.get();
            self.set_resize(s, if used > 50000 { used * 2 } else { used * 4 });
        }
    }

    /// Room for `more` elements before a dict's keys are added.
    pub fn set_reserve(&mut self, s: Gc<Set>, more: usize) {
        if s.table.get() == 0 {
            self.set_resize(s, 0);
        }
        if (s.fill.get() + more) * 5 >= s.mask.get() * 3 {
            let n = (s.used.get() + more) * 2;
            self.set_resize(s, n);
        }
    }

    /// Adds all elements of `from` to `to`, as CPython's `set_merge`. May run script code.
    pub fn set_merge(&mut self, to: Gc<Set>, from: Gc<Set>) -> Result<()> {
        if from.is_empty() || to == from {
            return Ok(());
        }
        self.set_reserve(to, from.len());
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
            } else {
                self.set_add_hashed(to, v, hash)?;
            }
        }
        to.epoch.set(to.epoch.get().wrapping_add(1));
        to.barrier();
        Ok(())
    }

    /// A frozenset of compile-time constants, which are hashable and compare without script code.
    pub fn frozenset_from_constants(&mut self, items: Gc<List>) -> Value {
        let class = self.types.frozenset;
        let first = self.set_of(class, true);
        for i in 0..items.len() {
            let v = self.list_get(items, i);
            // Constants hash and compare without errors.
            let _ = self.set_add(first, v);
        }
        // CPython makes it once more, from its elements in the order of the first.
        let s = self.set_of(class, true);
        let mut at = 0;
        while let Some((hash, v)) = first.next_hashed(&mut at) {
            let _ = self.set_add_hashed(s, v, hash);
        }
        s.value()
    }
}
