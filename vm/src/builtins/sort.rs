//! `list.sort` and `sorted`: a stable sort that asks the same comparisons in the same order as CPython's.
//!
//! What is sorted is a permutation: numbers of items that stay where the collector finds them, in a tuple. Keys of one
//! plain type (ints, floats, strings, tuples of these) are compared without asking anybody, so any stable sort gives the
//! same result. All others go through `timsort`, a merge sort with galloping (Tim Peters) and powersort's order of merges
//! (Munro and Wild), because the order of the comparisons shows in scripts, and so does the result if they contradict
//! each other.

use std::cmp::Ordering;

use crate::object::list::List;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// Sorts in place. While it is sorted the list is empty; what script code puts in meanwhile is lost, with an error.
    /// May run script code.
    pub fn list_sort(&mut self, list: Gc<List>, key: Option<Value>, is_reversed: bool) -> Result<()> {
        let work = self.list_new();
        self.list_swap(work, list);
        let r = self.sort_hidden(work, key, is_reversed);
        let is_changed = list.has_storage();
        self.list_swap(list, work);
        r?;
        if is_changed {
            return Err(self.value_error("list modified during sort"));
        }
        Ok(())
    }

    /// Sorts a list that no script sees. After an error its items stand in the order reached.
    fn sort_hidden(&mut self, list: Gc<List>, key: Option<Value>, is_reversed: bool) -> Result<()> {
        let n = list.len();
        let keys = match key {
            None => {
                if n < 2 || sort_floats(list, is_reversed) {
                    return Ok(());
                }
                self.sort_snapshot(list)
            }
            Some(f) => {
                let keys = self.list_with_capacity(n);
                for i in 0..n {
                    self.check_poll()?;
                    let v = self.list_get(list, i);
                    let k = self.call(f, &[v])?;
                    self.list_push(keys, k);
                }
                self.list_to_tuple(keys)
            }
        };
        if n < 2 {
            return Ok(());
        }
        let mut order: Vec<u32> = if is_reversed { (0..n as u32).rev().collect() } else { (0..n as u32).collect() };
        let r = if self.sort_plain(keys.items(), &mut order) {
            Ok(())
        } else {
            let mut sort = Timsort {
                items: &mut order,
                less: |a: u32, b: u32| self.check_poll().and_then(|()| self.less(keys.items()[a as usize], keys.items()[b as usize])),
                pending: Vec::new(),
                min_gallop: MIN_GALLOP,
            };
            sort.run()
        };
        if is_reversed {
            order.reverse();
        }
        let items = if key.is_none() { keys } else { self.sort_snapshot(list) };
        for (i, &from) in order.iter().enumerate() {
            self.list_set(list, i, items.items()[from as usize]);
        }
        std::hint::black_box((keys, items));
        r
    }

    /// The items as a tuple, without a change of the list's storage.
    fn sort_snapshot(&mut self, list: Gc<List>) -> Gc<Tuple> {
        let from = if list.is_floats() { self.list_slice(list, 0, list.len()) } else { list };
        self.list_to_tuple(from)
    }

    /// Sorts the numbers of keys of one plain type; false: they are not.
    fn sort_plain(&self, keys: &[Value], order: &mut Vec<u32>) -> bool {
        if let Some(ints) = all(keys, plain_int) {
            sort_by(order, &ints, |a, b| a.cmp(b));
        } else if let Some(floats) = all(keys, |v| self.sort_float(v)) {
            sort_by(order, &floats, |a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        } else if let Some(strings) = all(keys, |v| self.sort_str(v)) {
            sort_by(order, &strings, |a, b| a.bytes().cmp(b.bytes()));
        } else if let Some(tuples) = self.sort_tuples(keys) {
            sort_by(order, &tuples, |a, b| compare_tuples(a, b));
        } else {
            return false;
        }
        true
    }

    /// Not-a-number has no place in an order.
    fn sort_float(&self, v: Value) -> Option<f64> {
        v.as_float().filter(|x| !x.is_nan() && (v.is_immediate_float() || self.is_exact(v, self.types.float)))
    }

    fn sort_str(&self, v: Value) -> Option<Gc<Str>> {
        v.as_gc::<Str>().filter(|_| self.is_exact(v, self.types.str))
    }

    /// Tuples whose items at each place are of one plain type.
    fn sort_tuples(&self, keys: &[Value]) -> Option<Vec<Gc<Tuple>>> {
        let tuples = all(keys, |v| v.as_gc::<Tuple>().filter(|_| self.is_exact(v, self.types.tuple)))?;
        let width = tuples.iter().map(|t| t.len()).max().unwrap_or(0);
        for i in 0..width {
            let mut column = tuples.iter().filter_map(|t| t.items().get(i).copied());
            let first = column.next()?;
            let is_plain = if plain_int(first).is_some() {
                column.all(|v| plain_int(v).is_some())
            } else if self.sort_float(first).is_some() {
                column.all(|v| self.sort_float(v).is_some())
            } else {
                self.sort_str(first).is_some() && column.all(|v| self.sort_str(v).is_some())
            };
            if !is_plain {
                return None;
            }
        }
        Some(tuples)
    }
}

/// All values as `T`.
fn all<T>(values: &[Value], take: impl Fn(Value) -> Option<T>) -> Option<Vec<T>> {
    take(*values.first()?)?;
    values.iter().map(|v| take(*v)).collect()
}

fn plain_int(v: Value) -> Option<i64> {
    v.as_int().or_else(|| v.as_bool().map(i64::from))
}

fn compare_tuples(a: &Gc<Tuple>, b: &Gc<Tuple>) -> Ordering {
    for (&x, &y) in a.items().iter().zip(b.items()) {
        let o = match (plain_int(x), plain_int(y)) {
            (Some(x), Some(y)) => x.cmp(&y),
            _ => match (x.as_gc::<Str>(), y.as_gc::<Str>()) {
                (Some(x), Some(y)) => x.bytes().cmp(y.bytes()),
                _ => x.as_float().partial_cmp(&y.as_float()).unwrap_or(Ordering::Equal),
            },
        };
        if o.is_ne() {
            return o;
        }
    }
    a.len().cmp(&b.len())
}

/// Puts the numbers into the order of their keys, equal ones as they stand.
fn sort_by<T: Copy>(order: &mut Vec<u32>, keys: &[T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut pairs: Vec<(T, u32)> = order.iter().map(|&i| (keys[i as usize], i)).collect();
    pairs.sort_by(|a, b| compare(&a.0, &b.0));
    order.clear();
    order.extend(pairs.iter().map(|p| p.1));
}

/// Sorts the raw numbers of a float list; false: it is none, or has a not-a-number.
fn sort_floats(list: Gc<List>, is_reversed: bool) -> bool {
    let Some(cells) = list.as_floats() else {
        return false;
    };
    let mut floats: Vec<f64> = cells.iter().map(|c| c.get()).collect();
    if floats.iter().any(|x| x.is_nan()) {
        return false;
    }
    // 0.0 and -0.0 are equal: their order is to stay, also when the result runs backwards.
    let compare = |a: &f64, b: &f64| a.partial_cmp(b).unwrap_or(Ordering::Equal);
    if is_reversed {
        floats.sort_by(|a, b| compare(b, a))
    } else {
        floats.sort_by(compare)
    }
    for (c, x) in cells.iter().zip(&floats) {
        c.set(*x);
    }
    true
}

// ---- the merge sort ----

/// How often one side must win in a row before a merge gallops.
const MIN_GALLOP: usize = 7;

/// A run: sorted items from `base` on.
#[derive(Clone, Copy)]
struct Run {
    base: usize,
    len: usize,
    /// Depth in the merge tree of the boundary to the next run.
    power: u32,
}

/// `items` is always a permutation of what it was, also after an error.
struct Timsort<'a, F> {
    items: &'a mut [u32],
    less: F,
    pending: Vec<Run>,
    min_gallop: usize,
}

impl<F: FnMut(u32, u32) -> Result<bool>> Timsort<'_, F> {
    fn run(&mut self) -> Result<()> {
        let n = self.items.len();
        let min_run = min_run(n);
        let mut lo = 0;
        while lo < n {
            let mut len = self.count_run(lo)?;
            if len < min_run {
                let forced = min_run.min(n - lo);
                self.insert_rest(lo, lo + forced, lo + len)?;
                len = forced;
            }
            self.push_run(lo, len)?;
            lo += len;
        }
        while self.pending.len() > 1 {
            let mut i = self.pending.len() - 2;
            if i > 0 && self.pending[i - 1].len < self.pending[i + 1].len {
                i -= 1;
            }
            self.merge_at(i)?;
        }
        Ok(())
    }

    fn less_at(&mut self, a: usize, b: usize) -> Result<bool> {
        (self.less)(self.items[a], self.items[b])
    }

    /// Length of the run that begins at `lo`; a strictly descending one is turned round.
    fn count_run(&mut self, lo: usize) -> Result<usize> {
        let n = self.items.len();
        if lo + 1 == n {
            return Ok(1);
        }
        let is_descending = self.less_at(lo + 1, lo)?;
        let mut hi = lo + 2;
        while hi < n && self.less_at(hi, hi - 1)? == is_descending {
            hi += 1;
        }
        if is_descending {
            self.items[lo..hi].reverse();
        }
        Ok(hi - lo)
    }

    /// Binary insertion of the items `[start, hi)` into the run `[lo, start)`.
    fn insert_rest(&mut self, lo: usize, hi: usize, start: usize) -> Result<()> {
        for at in start..hi {
            let pivot = self.items[at];
            let (mut l, mut r) = (lo, at);
            while l < r {
                let p = l + (r - l) / 2;
                if (self.less)(pivot, self.items[p])? {
                    r = p;
                } else {
                    l = p + 1;
                }
            }
            self.items[l..=at].rotate_right(1);
        }
        Ok(())
    }

    /// Enters a run, after the merges that come before it.
    fn push_run(&mut self, base: usize, len: usize) -> Result<()> {
        if let Some(last) = self.pending.last().copied() {
            let power = power(last.base, last.len, len, self.items.len());
            while self.pending.len() > 1 && self.pending[self.pending.len() - 2].power > power {
                self.merge_at(self.pending.len() - 2)?;
            }
            if let Some(last) = self.pending.last_mut() {
                last.power = power;
            }
        }
        self.pending.push(Run { base, len, power: 0 });
        Ok(())
    }

    /// Merges the pending runs `i` and `i + 1`.
    fn merge_at(&mut self, i: usize) -> Result<()> {
        let (a, b) = (self.pending[i], self.pending[i + 1]);
        self.pending[i].len = a.len + b.len;
        self.pending.remove(i + 1);
        // What of the first run stands right already, and what of the second.
        let first = self.items[b.base];
        let k = gallop_right(&mut self.less, first, &self.items[a.base..b.base], 0)?;
        let (start, na) = (a.base + k, a.len - k);
        if na == 0 {
            return Ok(());
        }
        let last = self.items[start + na - 1];
        let nb = gallop_left(&mut self.less, last, &self.items[b.base..b.base + b.len], b.len - 1)?;
        if nb == 0 {
            return Ok(());
        }
        if na <= nb { self.merge_low(start, na, nb) } else { self.merge_high(start, na, nb) }
    }

    /// Merges `na` items at `start` with the `nb` items behind them, from the left; `na` is the smaller number.
    fn merge_low(&mut self, start: usize, na: usize, nb: usize) -> Result<()> {
        let a: Vec<u32> = self.items[start..start + na].to_vec();
        let mut m = Low { dest: start, a: 0, b: start + na, end: start + na + nb };
        let r = self.merge_low_items(&a, &mut m);
        // Whatever has not been placed of the first run comes before what is left of the second, which stands there.
        // When one item is left of a regular merge, the rest of the second comes first.
        match r {
            Ok(true) => {
                self.items.copy_within(m.b..m.end, m.dest);
                let at = m.dest + (m.end - m.b);
                self.items[at] = a[m.a];
            }
            _ => self.items[m.dest..m.dest + (na - m.a)].copy_from_slice(&a[m.a..]),
        }
        r.map(drop)
    }

    /// True: one item of `a` is left, and it belongs at the end.
    fn merge_low_items(&mut self, a: &[u32], m: &mut Low) -> Result<bool> {
        self.take_b(m);
        if m.b == m.end {
            return Ok(false);
        }
        if a.len() == 1 {
            return Ok(true);
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut a_wins, mut b_wins) = (0, 0);
            // One at a time, until one side wins often.
            loop {
                if (self.less)(self.items[m.b], a[m.a])? {
                    self.take_b(m);
                    b_wins += 1;
                    a_wins = 0;
                    if m.b == m.end {
                        return Ok(false);
                    }
                    if b_wins >= min_gallop {
                        break;
                    }
                } else {
                    self.take_a(a, m, 1);
                    a_wins += 1;
                    b_wins = 0;
                    if a.len() - m.a == 1 {
                        return Ok(true);
                    }
                    if a_wins >= min_gallop {
                        break;
                    }
                }
            }
            // Galloping: whole stretches at a time, as long as that pays.
            min_gallop += 1;
            loop {
                min_gallop -= (min_gallop > 1) as usize;
                self.min_gallop = min_gallop;
                let k = gallop_right(&mut self.less, self.items[m.b], &a[m.a..], 0)?;
                a_wins = k;
                if k > 0 {
                    self.take_a(a, m, k);
                    if a.len() - m.a == 1 {
                        return Ok(true);
                    }
                    // Only with comparisons that contradict each other.
                    if m.a == a.len() {
                        return Ok(false);
                    }
                }
                self.take_b(m);
                if m.b == m.end {
                    return Ok(false);
                }
                let k = gallop_left(&mut self.less, a[m.a], &self.items[m.b..m.end], 0)?;
                b_wins = k;
                if k > 0 {
                    self.items.copy_within(m.b..m.b + k, m.dest);
                    m.dest += k;
                    m.b += k;
                    if m.b == m.end {
                        return Ok(false);
                    }
                }
                self.take_a(a, m, 1);
                if a.len() - m.a == 1 {
                    return Ok(true);
                }
                if a_wins < MIN_GALLOP && b_wins < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    fn take_a(&mut self, a: &[u32], m: &mut Low, count: usize) {
        self.items[m.dest..m.dest + count].copy_from_slice(&a[m.a..m.a + count]);
        m.dest += count;
        m.a += count;
    }

    fn take_b(&mut self, m: &mut Low) {
        self.items[m.dest] = self.items[m.b];
        m.dest += 1;
        m.b += 1;
    }

    /// As `merge_low` from the right; `nb` is the smaller number.
    fn merge_high(&mut self, start: usize, na: usize, nb: usize) -> Result<()> {
        let b: Vec<u32> = self.items[start + na..start + na + nb].to_vec();
        let mut m = High { dest: start + na + nb, start, na, nb };
        let r = self.merge_high_items(&b, &mut m);
        match r {
            Ok(true) => {
                self.items.copy_within(start..start + m.na, m.dest - m.na);
                self.items[m.dest - m.na - 1] = b[0];
            }
            _ => self.items[m.dest - m.nb..m.dest].copy_from_slice(&b[..m.nb]),
        }
        r.map(drop)
    }

    /// True: one item of `b` is left, and it belongs in front.
    fn merge_high_items(&mut self, b: &[u32], m: &mut High) -> Result<bool> {
        self.take_high_a(m, 1);
        if m.na == 0 {
            return Ok(false);
        }
        if m.nb == 1 {
            return Ok(true);
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut a_wins, mut b_wins) = (0, 0);
            loop {
                if (self.less)(b[m.nb - 1], self.items[m.start + m.na - 1])? {
                    self.take_high_a(m, 1);
                    a_wins += 1;
                    b_wins = 0;
                    if m.na == 0 {
                        return Ok(false);
                    }
                    if a_wins >= min_gallop {
                        break;
                    }
                } else {
                    self.take_high_b(b, m, 1);
                    b_wins += 1;
                    a_wins = 0;
                    if m.nb == 1 {
                        return Ok(true);
                    }
                    if b_wins >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= (min_gallop > 1) as usize;
                self.min_gallop = min_gallop;
                let k = m.na - gallop_right(&mut self.less, b[m.nb - 1], &self.items[m.start..m.start + m.na], m.na - 1)?;
                a_wins = k;
                if k > 0 {
                    self.take_high_a(m, k);
                    if m.na == 0 {
                        return Ok(false);
                    }
                }
                self.take_high_b(b, m, 1);
                if m.nb == 1 {
                    return Ok(true);
                }
                let k = m.nb - gallop_left(&mut self.less, self.items[m.start + m.na - 1], &b[..m.nb], m.nb - 1)?;
                b_wins = k;
                if k > 0 {
                    self.take_high_b(b, m, k);
                    if m.nb == 1 {
                        return Ok(true);
                    }
                    if m.nb == 0 {
                        return Ok(false);
                    }
                }
                self.take_high_a(m, 1);
                if m.na == 0 {
                    return Ok(false);
                }
                if a_wins < MIN_GALLOP && b_wins < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    fn take_high_a(&mut self, m: &mut High, count: usize) {
        let end = m.start + m.na;
        self.items.copy_within(end - count..end, m.dest - count);
        m.dest -= count;
        m.na -= count;
    }

    fn take_high_b(&mut self, b: &[u32], m: &mut High, count: usize) {
        self.items[m.dest - count..m.dest].copy_from_slice(&b[m.nb - count..m.nb]);
        m.dest -= count;
        m.nb -= count;
    }
}

/// State of a merge from the left: where the next item goes, the next one of the copied first run, the next one and
/// the end of the second.
struct Low {
    dest: usize,
    a: usize,
    b: usize,
    end: usize,
}

/// State of a merge from the right: behind the place of the next item, and what is left of both runs.
struct High {
    dest: usize,
    start: usize,
    na: usize,
    nb: usize,
}

/// Runs shorter than this are filled up by insertion: 32 to 64, so that the number of runs is near a power of two.
fn min_run(mut n: usize) -> usize {
    let mut rest = 0;
    while n >= 64 {
        rest |= n & 1;
        n >>= 1;
    }
    n + rest
}

/// The depth, in the ideal merge tree of `n` items, of the boundary between two neighbouring runs: the first bit in
/// which the fractions of their middles differ.
fn power(start: usize, len1: usize, len2: usize, n: usize) -> u32 {
    let mut a = 2 * start + len1;
    let mut b = a + len1 + len2;
    let mut power = 0;
    loop {
        power += 1;
        if a >= n {
            a -= n;
            b -= n;
        } else if b >= n {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
}

/// Where `key` belongs in the sorted `a`, before its equals, searched from `hint` on in growing steps.
fn gallop_left(less: &mut impl FnMut(u32, u32) -> Result<bool>, key: u32, a: &[u32], hint: usize) -> Result<usize> {
    let (mut last, mut step) = (0, 1);
    let (mut lo, mut hi);
    if less(a[hint], key)? {
        let max = a.len() - hint;
        while step < max && less(a[hint + step], key)? {
            last = step;
            step = step * 2 + 1;
        }
        (lo, hi) = (hint + last + 1, hint + step.min(max));
    } else {
        let max = hint + 1;
        while step < max && !less(a[hint - step], key)? {
            last = step;
            step = step * 2 + 1;
        }
        (lo, hi) = (hint + 1 - step.min(max), hint - last);
    }
    while lo < hi {
        let m = lo + (hi - lo) / 2;
        if less(a[m], key)? {
            lo = m + 1;
        } else {
            hi = m;
        }
    }
    Ok(hi)
}

/// As `gallop_left`, behind the equals of `key`.
fn gallop_right(less: &mut impl FnMut(u32, u32) -> Result<bool>, key: u32, a: &[u32], hint: usize) -> Result<usize> {
    let (mut last, mut step) = (0, 1);
    let (mut lo, mut hi);
    if less(key, a[hint])? {
        let max = hint + 1;
        while step < max && less(key, a[hint - step])? {
            last = step;
            step = step * 2 + 1;
        }
        (lo, hi) = (hint + 1 - step.min(max), hint - last);
    } else {
        let max = a.len() - hint;
        while step < max && !less(key, a[hint + step])? {
            last = step;
            step = step * 2 + 1;
        }
        (lo, hi) = (hint + last + 1, hint + step.min(max));
    }
    while lo < hi {
        let m = lo + (hi - lo) / 2;
        if less(key, a[m])? {
            hi = m;
        } else {
            lo = m + 1;
        }
    }
    Ok(hi)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(keys: &[u32]) -> (Vec<u32>, usize) {
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        let mut count = 0;
        let less = |a: u32, b: u32| {
            count += 1;
            Ok(keys[a as usize] < keys[b as usize])
        };
        let mut s = Timsort { items: &mut order, less, pending: Vec::new(), min_gallop: MIN_GALLOP };
        assert_eq!(s.run(), Ok(()));
        (order, count)
    }

    #[test]
    fn agrees_with_a_stable_sort() {
        let mut state = 12345u64;
        let mut random = |n: u64| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) % n
        };
        for round in 0..300 {
            let n = random(700) as usize + 1;
            let range = [2, 10, 1000, 1 << 30][round % 4];
            let mut keys: Vec<u32> = (0..n).map(|_| random(range) as u32).collect();
            if round % 3 == 0 {
                // Long runs, to make it gallop.
                let cut = random(n as u64) as usize;
                keys[..cut].sort();
                keys[cut..].sort();
            }
            let mut expected: Vec<u32> = (0..n as u32).collect();
            expected.sort_by_key(|&i| keys[i as usize]);
            assert_eq!(sort(&keys).0, expected);
        }
    }

    #[test]
    fn sorted_input_takes_one_pass() {
        let keys: Vec<u32> = (0..1000).collect();
        assert_eq!(sort(&keys).1, 999);
        let keys: Vec<u32> = (0..1000).rev().collect();
        assert_eq!(sort(&keys).1, 999);
    }
}
