//! Dicts: compact and ordered, as CPython's.
//!
//! Entries lie in order of insertion in one buffer, `{hash, key, value}` each; a deleted entry has key 0 and its place
//! stays empty until the buffer is made anew. The sizes, and when they change, are CPython's: that shows when a script
//! changes a dict while it iterates over it. A dict of the smallest size is searched entry by entry; above that an index
//! table (`u8` or `u32` numbers of entries) is probed by CPython's rule. Key comparison may run script code, which may
//! change the dict: the probe starts again if the table or the entry compared is another one afterwards.
//!
//! `version` identifies the *layout* (which key stands in which entry, and where the entries lie) among all dicts of
//! the Vm, for the caches of global variables: 0 means nobody asked yet; a change of layout resets it.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::buffer;
use crate::object::class::Type;
use crate::object::str::Str;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::{Cx, Result};

#[repr(C)]
pub struct Dict {
    header: Header,
    /// Entries in use, deleted ones not counted.
    len: Cell<u32>,
    /// Entries written, deleted ones counted.
    used: Cell<u32>,
    capacity: Cell<u32>,
    /// Structural changes, to notice those made by script code in a comparison.
    epoch: Cell<u32>,
    /// Where the entries are: the payload of a buffer, or, in a dict that was made for a few, the words behind this struct.
    entries: Cell<usize>,
    /// Payload of the index table, 0 while there is none.
    index: Cell<usize>,
    version: Cell<u64>,
    index_mask: Cell<u32>,
    /// Entries added since the buffer was made; at most `capacity`, so that one slot in three of the index stays empty.
    fill: Cell<u32>,
    /// Entries below were not changed since the collector saw them, unless there are caches that store to entries
    /// (`version`): a dict that grows is not traced whole again and again.
    changed_from: Cell<u32>,
}

#[repr(C)]
struct Entry {
    hash: Cell<i64>,
    key: Cell<u64>,
    value: Cell<u64>,
}

/// Slots of the smallest dict, which has no index.
const MIN_SLOTS: u64 = 8;
const EMPTY: u32 = 0;
const DELETED: u32 = 1;
/// Index tables up to this size have one byte a slot.
const BYTE_TABLE: u32 = 128;

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Dict {
    const KIND: Kind = Kind::Dict;
}

impl Trace for Dict {
    fn trace(&self, m: &mut Marker<'_>) {
        if self.entries.get() != 0 {
            if !self.is_inline() {
                // SAFETY: the payload of our buffer.
                m.mark_only(unsafe { buffer::of_payload(self.entries.get()) });
            }
            let from = if m.is_major || self.version.get() != 0 { 0 } else { self.changed_from.get() };
            for i in from..self.used.get() {
                let e = self.entry(i);
                m.option(Value::from_word(e.key.get()));
                m.option(Value::from_word(e.value.get()));
            }
            self.changed_from.set(self.used.get());
        }
        if self.index.get() != 0 {
            // SAFETY: the payload of our buffer.
            m.mark_only(unsafe { buffer::of_payload(self.index.get()) });
        }
    }
}

/// Walks over the entries whose hash equals the one looked for.
struct Probe {
    hash: i64,
    slot: u32,
    perturb: u64,
}

impl Dict {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.get() as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// Changes whenever keys come or go.
    pub fn epoch(&self) -> u32 {
        self.epoch.get()
    }

    /// The entries lie in the dict's own cell.
    #[inline(always)]
    fn is_inline(&self) -> bool {
        self.entries.get() == self as *const Dict as usize + size_of::<Dict>()
    }

    #[inline(always)]
    fn entry(&self, i: u32) -> &Entry {
        debug_assert!(i < self.capacity.get());
        // SAFETY: callers stay below `used`, which is at most the capacity of the buffer.
        unsafe { &*(self.entries.get() as *const Entry).add(i as usize) }
    }

    /// The address of the value word of an entry, for inline caches; good while `version` stays the same.
    #[inline]
    pub fn value_address(&self, entry: u32) -> usize {
        &self.entry(entry).value as *const Cell<u64> as usize
    }

    #[inline(always)]
    pub fn version(&self) -> u64 {
        self.version.get()
    }

    /// The entry `i` changed, which is not a new last one.
    #[inline(always)]
    fn changed(&self, i: u32) {
        if i < self.changed_from.get() {
            self.changed_from.set(i);
        }
    }

    fn layout_changed(&self) {
        self.version.set(0);
        self.epoch.set(self.epoch.get().wrapping_add(1));
    }

    #[inline(always)]
    fn index_slot(&self, slot: u32) -> u32 {
        // SAFETY: slot is at most the mask; the table has mask + 1 slots of the width that the mask tells.
        unsafe {
            if self.index_mask.get() < BYTE_TABLE {
                *(self.index.get() as *const u8).add(slot as usize) as u32
            } else {
                *(self.index.get() as *const u32).add(slot as usize)
            }
        }
    }

    fn set_index_slot(&self, slot: u32, n: u32) {
        // SAFETY: as in `index_slot`.
        unsafe {
            if self.index_mask.get() < BYTE_TABLE {
                *(self.index.get() as *mut u8).add(slot as usize) = n as u8
            } else {
                *(self.index.get() as *mut u32).add(slot as usize) = n
            }
        }
    }

    #[inline(always)]
    fn probe(&self, hash: i64) -> Probe {
        Probe { hash, slot: if self.index.get() == 0 { 0 } else { hash as u32 & self.index_mask.get() }, perturb: hash as u64 }
    }

    /// The next entry with the hash of the probe.
    #[inline(always)]
    fn next_candidate(&self, p: &mut Probe) -> Option<u32> {
        if self.index.get() == 0 {
            while p.slot < self.used.get() {
                let i = p.slot;
                p.slot += 1;
                let e = self.entry(i);
                if e.hash.get() == p.hash && e.key.get() != 0 {
                    return Some(i);
                }
            }
            return None;
        }
        loop {
            let n = self.index_slot(p.slot);
            if n == EMPTY {
                return None;
            }
            p.perturb >>= 5;
            p.slot = (p.slot.wrapping_mul(5).wrapping_add(p.perturb as u32).wrapping_add(1)) & self.index_mask.get();
            if n != DELETED && self.entry(n - 2).hash.get() == p.hash {
                return Some(n - 2);
            }
        }
    }

    /// Puts the number of a new entry into the index.
    fn link(&self, hash: i64, entry: u32) {
        if self.index.get() == 0 {
            return;
        }
        let mut slot = hash as u32 & self.index_mask.get();
        let mut perturb = hash as u64;
        loop {
            if self.index_slot(slot) <= DELETED {
                self.set_index_slot(slot, entry + 2);
                return;
            }
            perturb >>= 5;
            slot = (slot.wrapping_mul(5).wrapping_add(perturb as u32).wrapping_add(1)) & self.index_mask.get();
        }
    }

    /// The entry of a string key. Keys that are no strings are taken for different.
    #[inline]
    pub fn find_str(&self, cx: &Cx, key: Gc<Str>) -> Option<u32> {
        let hash = cx.hash_str(key) as i64;
        let mut p = self.probe(hash);
        while let Some(i) = self.next_candidate(&mut p) {
            let k = self.entry(i).key.get();
            if k == key.value().word() {
                return Some(i);
            }
            if let Some(s) = Value::from_word(k).and_then(Value::as_str_object) {
                if cx.str_eq(s, key) {
                    return Some(i);
                }
            }
        }
        None
    }

    /// The value of an entry found just now.
    #[inline(always)]
    pub fn entry_value(&self, i: u32) -> Value {
        Value::from_word(self.entry(i).value.get()).unwrap_or(Value::NONE)
    }

    /// The next entry at or after `*at` in order; moves `*at` behind it.
    #[inline]
    pub fn next(&self, at: &mut usize) -> Option<(Value, Value)> {
        while *at < self.used.get() as usize {
            let e = self.entry(*at as u32);
            *at += 1;
            if let (Some(k), Some(v)) = (Value::from_word(e.key.get()), Value::from_word(e.value.get())) {
                return Some((k, v));
            }
        }
        None
    }

    /// As [`Dict::next`], with the hash of the key.
    pub fn next_hashed(&self, at: &mut usize) -> Option<(i64, Value, Value)> {
        let (k, v) = self.next(at)?;
        Some((self.entry(*at as u32 - 1).hash.get(), k, v))
    }

    /// The entry before `*at`, backwards; `*at` begins at [`Dict::end`].
    pub fn previous(&self, at: &mut usize) -> Option<(Value, Value)> {
        *at = (*at).min(self.used.get() as usize);
        while *at > 0 {
            *at -= 1;
            let e = self.entry(*at as u32);
            if let (Some(k), Some(v)) = (Value::from_word(e.key.get()), Value::from_word(e.value.get())) {
                return Some((k, v));
            }
        }
        None
    }

    pub fn end(&self) -> usize {
        self.used.get() as usize
    }
}

impl Gc<Dict> {
    /// Replaces the value of an entry found just now.
    #[inline(always)]
    pub fn set_entry_value(self, i: u32, v: Value) {
        self.entry(i).value.set(v.word());
        if v.is_object() {
            self.changed(i);
            self.barrier();
        }
    }

    fn unlink(self, i: u32) {
        let e = self.entry(i);
        if self.index.get() != 0 {
            let mut slot = e.hash.get() as u32 & self.index_mask.get();
            let mut perturb = e.hash.get() as u64;
            while self.index_slot(slot) != i + 2 {
                perturb >>= 5;
                slot = (slot.wrapping_mul(5).wrapping_add(perturb as u32).wrapping_add(1)) & self.index_mask.get();
            }
            self.set_index_slot(slot, DELETED);
        }
        e.key.set(0);
        e.value.set(0);
        self.len.set(self.len.get() - 1);
        self.layout_changed();
    }

    /// Removes everything.
    pub fn clear(self) {
        self.len.set(0);
        self.used.set(0);
        self.changed_from.set(0);
        self.capacity.set(0);
        self.fill.set(0);
        self.index_mask.set(0);
        self.entries.set(0);
        self.index.set(0);
        self.layout_changed();
    }

    /// Takes the last entry out.
    pub fn pop_last(self) -> Option<(Value, Value)> {
        let mut at = self.end();
        let (k, v) = self.previous(&mut at)?;
        self.unlink(at as u32);
        self.used.set(at as u32);
        self.changed(at as u32);
        Some((k, v))
    }
}

impl Cx {
    /// An empty dict.
    pub fn dict_new(&mut self) -> Gc<Dict> {
        let class = self.types.dict;
        self.dict_of(class)
    }

    /// An empty dict of `class` (`dict` or a subclass).
    pub fn dict_of(&mut self, class: Gc<Type>) -> Gc<Dict> {
        self.alloc_of(class, |header| Dict {
            header,
            len: Cell::new(0),
            used: Cell::new(0),
            capacity: Cell::new(0),
            epoch: Cell::new(0),
            entries: Cell::new(0),
            index: Cell::new(0),
            version: Cell::new(0),
            index_mask: Cell::new(0),
            fill: Cell::new(0),
            changed_from: Cell::new(0),
        })
    }

    /// A dict with room for `n` entries.
    pub fn dict_with_capacity(&mut self, n: usize) -> Gc<Dict> {
        const FEW: usize = MIN_SLOTS as usize * 2 / 3;
        if n > 0 && n <= FEW {
            let shape = self.types.dict.instance_shape.get();
            let p = self.alloc_small(size_of::<Dict>() + FEW * size_of::<Entry>(), false);
            let d = Dict {
                header: Header::new(Kind::Dict, shape),
                len: Cell::new(0),
                used: Cell::new(0),
                capacity: Cell::new(FEW as u32),
                epoch: Cell::new(0),
                entries: Cell::new(p + size_of::<Dict>()),
                index: Cell::new(0),
                version: Cell::new(0),
                index_mask: Cell::new(0),
                fill: Cell::new(0),
                changed_from: Cell::new(0),
            };
            // SAFETY: fresh zeroed memory of that size.
            return unsafe {
                (p as *mut Dict).write(d);
                Gc::from_ptr(p as *mut Dict)
            };
        }
        let d = self.dict_new();
        if n > 0 {
            self.dict_presize(d, n);
        }
        d
    }

    /// Makes the buffer anew with room for `n` entries.
    fn dict_presize(&mut self, d: Gc<Dict>, n: usize) {
        self.dict_resize(d, (n as u64 * 3).div_ceil(2));
    }

    /// Moves the entries into a buffer for an index of at least `slots`, two thirds of which get used, without the
    /// deleted ones, and makes the index anew.
    fn dict_resize(&mut self, d: Gc<Dict>, slots: u64) {
        // The odd treatment of powers of two is CPython's.
        let slots = (((slots | MIN_SLOTS) - 1) | (MIN_SLOTS - 1)).next_power_of_two();
        let capacity = (slots * 2 / 3) as u32;
        let slots = if slots == MIN_SLOTS { 0 } else { slots as u32 };
        // Byte tables hold numbers up to 255, entry + 2.
        let width = if slots <= BYTE_TABLE { 1 } else { 4 };
        let Some(entries) = buffer::alloc(self, Kind::ValueBuffer, capacity as usize * size_of::<Entry>()) else {
            self.fatal_limit("out of memory");
            return;
        };
        let index = if slots == 0 {
            0
        } else {
            match buffer::alloc(self, Kind::Buffer, slots as usize * width) {
                Some(i) => i,
                None => {
                    self.fatal_limit("out of memory");
                    return;
                }
            }
        };
        let old = if d.is_inline() { 0 } else { d.entries.get() };
        let mut n = 0;
        for i in 0..d.used.get() {
            let e = d.entry(i);
            if e.key.get() != 0 {
                // SAFETY: the new buffer has room for all live entries.
                unsafe {
                    (entries as *mut Entry).add(n as usize).write(Entry {
                        hash: Cell::new(e.hash.get()),
                        key: Cell::new(e.key.get()),
                        value: Cell::new(e.value.get()),
                    })
                };
                n += 1;
            }
        }
        let old_index = d.index.get();
        d.entries.set(entries);
        d.index.set(index);
        d.index_mask.set(slots.saturating_sub(1));
        d.capacity.set(capacity);
        if n != d.used.get() {
            d.changed_from.set(0);
        }
        d.used.set(n);
        d.fill.set(n);
        for i in 0..n {
            d.link(d.entry(i).hash.get(), i);
        }
        if old != 0 {
            buffer::free(&self.heap, old);
        }
        if old_index != 0 {
            buffer::free(&self.heap, old_index);
        }
        d.layout_changed();
        d.barrier();
    }

    /// Adds a key that is known to be absent.
    pub(crate) fn dict_add(&mut self, d: Gc<Dict>, hash: i64, key: Value, value: Value) {
        if d.fill.get() == d.capacity.get() {
            self.dict_resize(d, d.len.get() as u64 * 3);
            if d.fill.get() == d.capacity.get() {
                return; // out of memory; the limit error is pending
            }
        }
        let i = d.used.get();
        d.used.set(i + 1);
        d.fill.set(d.fill.get() + 1);
        d.len.set(d.len.get() + 1);
        let e = d.entry(i);
        e.hash.set(hash);
        e.key.set(key.word());
        e.value.set(value.word());
        d.link(hash, i);
        d.layout_changed();
        d.barrier();
    }

    /// The entry of `key`. May run script code.
    #[inline]
    pub fn dict_find(&mut self, d: Gc<Dict>, key: Value, hash: i64) -> Result<Option<u32>> {
        'again: loop {
            let mut p = d.probe(hash);
            while let Some(i) = d.next_candidate(&mut p) {
                let k = d.entry(i).key.get();
                if k == key.word() {
                    return Ok(Some(i));
                }
                let Some(k) = Value::from_word(k) else {
                    continue;
                };
                let equal = match self.quick_eq(k, key) {
                    Some(b) => b,
                    None => {
                        let table = (d.entries.get(), d.index.get(), d.index_mask.get());
                        let equal = self.eq(k, key)?;
                        let is_same = (d.entries.get(), d.index.get(), d.index_mask.get()) == table && i < d.used.get() && d.entry(i).key.get() == k.word();
                        if !is_same {
                            continue 'again;
                        }
                        equal
                    }
                };
                if equal {
                    return Ok(Some(i));
                }
            }
            return Ok(None);
        }
    }

    /// d[key], or None. TypeError for an unhashable key. May run script code.
    pub fn dict_get(&mut self, d: Gc<Dict>, key: Value) -> Result<Option<Value>> {
        let hash = self.hash(key)?;
        Ok(self.dict_find(d, key, hash)?.map(|i| d.entry_value(i)))
    }

    /// d[key] = value. May run script code.
    pub fn dict_set(&mut self, d: Gc<Dict>, key: Value, value: Value) -> Result<()> {
        let hash = self.hash(key)?;
        self.dict_set_hashed(d, key, hash, value)
    }

    /// As [`Cx::dict_set`] for a key whose hash is known.
    pub fn dict_set_hashed(&mut self, d: Gc<Dict>, key: Value, hash: i64, value: Value) -> Result<()> {
        match self.dict_find(d, key, hash)? {
            Some(i) => d.set_entry_value(i, value),
            None => self.dict_add(d, hash, key, value),
        }
        Ok(())
    }

    /// Takes a key out; its value. May run script code.
    pub fn dict_remove(&mut self, d: Gc<Dict>, key: Value) -> Result<Option<Value>> {
        let hash = self.hash(key)?;
        Ok(self.dict_find(d, key, hash)?.map(|i| {
            let v = d.entry_value(i);
            d.unlink(i);
            v
        }))
    }

    /// The value of a string key; no script code runs.
    #[inline]
    pub fn dict_get_str(&self, d: Gc<Dict>, key: Gc<Str>) -> Option<Value> {
        d.find_str(self, key).map(|i| d.entry_value(i))
    }

    /// Sets a string key; no script code runs.
    pub fn dict_set_str(&mut self, d: Gc<Dict>, key: Gc<Str>, value: Value) {
        match d.find_str(self, key) {
            Some(i) => d.set_entry_value(i, value),
            None => {
                let hash = self.hash_str(key) as i64;
                self.dict_add(d, hash, key.value(), value)
            }
        }
    }

    /// Takes a string key out; no script code runs.
    pub fn dict_remove_str(&mut self, d: Gc<Dict>, key: Gc<Str>) -> Option<Value> {
        let i = d.find_str(self, key)?;
        let v = d.entry_value(i);
        d.unlink(i);
        Some(v)
    }

    /// Sets a key given as text.
    pub fn dict_set_text(&mut self, d: Gc<Dict>, key: &str, value: Value) {
        let key = self.intern(key);
        self.dict_set_str(d, key, value)
    }

    /// A copy with the same order, in the class `dict`.
    pub fn dict_copy(&mut self, d: Gc<Dict>) -> Gc<Dict> {
        let new = self.dict_new();
        if d.is_empty() {
            return new;
        }
        if d.len() >= d.end() * 2 / 3 {
            self.dict_clone_table(new, d);
        } else {
            self.dict_presize(new, d.len());
            let mut at = 0;
            while let Some((hash, k, v)) = d.next_hashed(&mut at) {
                self.dict_add(new, hash, k, v);
            }
        }
        new
    }

    /// Gives an empty dict the same table as another one, deleted entries included.
    fn dict_clone_table(&mut self, to: Gc<Dict>, from: Gc<Dict>) {
        let slots = if from.index.get() == 0 { 0 } else { from.index_mask.get() as usize + 1 };
        let index_bytes = slots * if slots as u32 <= BYTE_TABLE { 1 } else { 4 };
        let entry_bytes = from.used.get() as usize * size_of::<Entry>();
        let Some(entries) = buffer::alloc(self, Kind::ValueBuffer, from.capacity.get() as usize * size_of::<Entry>()) else {
            self.fatal_limit("out of memory");
            return;
        };
        let index = match slots {
            0 => Some(0),
            _ => buffer::alloc(self, Kind::Buffer, index_bytes),
        };
        let Some(index) = index else {
            self.fatal_limit("out of memory");
            return;
        };
        // SAFETY: both buffers have the sizes of the other dict's, which are still those: nothing has run meanwhile.
        unsafe {
            std::ptr::copy_nonoverlapping(from.entries.get() as *const u8, entries as *mut u8, entry_bytes);
            std::ptr::copy_nonoverlapping(from.index.get() as *const u8, index as *mut u8, index_bytes);
        }
        to.entries.set(entries);
        to.index.set(index);
        to.index_mask.set(from.index_mask.get());
        to.capacity.set(from.capacity.get());
        to.len.set(from.len.get());
        to.used.set(from.used.get());
        to.fill.set(from.fill.get());
        to.changed_from.set(0);
        to.layout_changed();
        to.barrier();
    }

    /// What can be done at once before a dict gets the entries of another one; true: all of it.
    fn dict_merge_first(&mut self, d: Gc<Dict>, from: Gc<Dict>) -> bool {
        let (n, capacity) = (from.len(), from.capacity.get() as usize);
        // A table is taken over as it is if it has no holes and is not too large.
        let half = (from.index_mask.get() as usize + 1) / 2 * 2 / 3;
        if d.is_empty() && n > 0 && n == from.end() && (from.index.get() == 0 || half < n) && capacity > 0 {
            self.dict_clone_table(d, from);
            return true;
        }
        if (d.capacity.get() as usize) < n {
            self.dict_presize(d, d.len() + n);
        }
        false
    }

    /// Copies all entries of `from` (a dict) into `d`. May run script code.
    pub fn dict_update(&mut self, d: Gc<Dict>, from: Gc<Dict>) -> Result<()> {
        if d == from || from.is_empty() || self.dict_merge_first(d, from) {
            return Ok(());
        }
        let end = from.end();
        let mut at = 0;
        while let Some((hash, k, v)) = from.next_hashed(&mut at) {
            self.dict_set_hashed(d, k, hash, v)?;
            if from.end() != end {
                return Err(self.runtime_error("dict mutated during update"));
            }
        }
        Ok(())
    }

    /// Room for the keys of `n` entries, as `dict.fromkeys` makes it.
    pub fn dict_reserve(&mut self, d: Gc<Dict>, n: usize) {
        self.dict_presize(d, n);
    }

    /// The layout version of a dict, given now when it has none.
    pub fn dict_version(&mut self, d: Gc<Dict>) -> u64 {
        if d.version.get() == 0 {
            self.next_version += 1;
            d.version.set(self.next_version);
        }
        d.version.get()
    }

    /// Equality without script code where that can be decided: strings, small ints, floats, constants.
    #[inline]
    pub fn quick_eq(&self, a: Value, b: Value) -> Option<bool> {
        if a == b && !a.is_immediate_float() {
            return Some(true);
        }
        if a.is_int() && b.is_int() {
            return Some(false);
        }
        if let (Some(x), Some(y)) = (a.as_gc::<Str>(), b.as_gc::<Str>()) {
            let exact = self.types.str.instance_shape.get();
            if x.header().shape() == exact && y.header().shape() == exact {
                return Some(self.str_eq(x, y));
            }
            return None;
        }
        if a.is_int() && b.as_gc::<Str>().is_some_and(|s| s.header().shape() == self.types.str.instance_shape.get()) {
            return Some(false);
        }
        None
    }
}
