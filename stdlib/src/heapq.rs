//! `_heapq`: the heap operations under `heapq` (`gs/heapq.gs`).
//!
//! Every comparison may run script code, which may change the list: its length is looked at again after each.

use gscript_macros::module;
use gscript_vm::object::list::List;
use gscript_vm::operator::Compare;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// Whether the item at `i` belongs above the item at `k`; `greatest_first` turns the order round.
fn is_above(cx: &mut Cx, heap: Gc<List>, i: usize, k: usize, greatest_first: bool) -> Result<bool> {
    let n = heap.len();
    let (i, k) = if greatest_first { (k, i) } else { (i, k) };
    let (x, y) = (cx.list_get(heap, i), cx.list_get(heap, k));
    let r = match (x.as_int(), y.as_int()) {
        (Some(x), Some(y)) => x < y,
        _ => cx.compare_truth(Compare::Lt, x, y)?,
    };
    if heap.len() != n {
        return Err(cx.runtime_error("list changed size during iteration"));
    }
    Ok(r)
}

fn swap(cx: &mut Cx, heap: Gc<List>, i: usize, k: usize) {
    let (x, y) = (cx.list_get(heap, i), cx.list_get(heap, k));
    cx.list_set(heap, i, y);
    cx.list_set(heap, k, x);
}

/// Moves the item at `at` up to its place, but not above `start`.
fn rise(cx: &mut Cx, heap: Gc<List>, start: usize, mut at: usize, greatest_first: bool) -> Result<()> {
    while at > start {
        let parent = (at - 1) / 2;
        if !is_above(cx, heap, at, parent, greatest_first)? {
            break;
        }
        swap(cx, heap, at, parent);
        at = parent;
    }
    Ok(())
}

/// Moves the item at `start` down to its place: to a leaf first, then up, which takes fewer comparisons.
fn sink(cx: &mut Cx, heap: Gc<List>, start: usize, greatest_first: bool) -> Result<()> {
    let n = heap.len();
    let mut at = start;
    while at < n / 2 {
        let mut child = 2 * at + 1;
        if child + 1 < n && !is_above(cx, heap, child, child + 1, greatest_first)? {
            child += 1;
        }
        swap(cx, heap, at, child);
        at = child;
    }
    rise(cx, heap, start, at, greatest_first)
}

fn pop(cx: &mut Cx, heap: Gc<List>, greatest_first: bool) -> Result<Value> {
    let n = heap.len();
    if n == 0 {
        return Err(cx.index_error("index out of range"));
    }
    let last = cx.list_remove(heap, n - 1);
    if n == 1 {
        return Ok(last);
    }
    let first = cx.list_get(heap, 0);
    cx.list_set(heap, 0, last);
    sink(cx, heap, 0, greatest_first)?;
    Ok(first)
}

fn replace(cx: &mut Cx, heap: Gc<List>, item: Value, greatest_first: bool) -> Result<Value> {
    if heap.is_empty() {
        return Err(cx.index_error("index out of range"));
    }
    let first = cx.list_get(heap, 0);
    cx.list_set(heap, 0, item);
    sink(cx, heap, 0, greatest_first)?;
    Ok(first)
}

fn make(cx: &mut Cx, heap: Gc<List>, greatest_first: bool) -> Result<()> {
    for i in (0..heap.len() / 2).rev() {
        cx.check_poll()?;
        if i < heap.len() {
            sink(cx, heap, i, greatest_first)?;
        }
    }
    Ok(())
}

/// Heap operations.
#[module("_heapq")]
pub mod module {
    use super::*;

    /// Push item onto heap, maintaining the heap invariant.
    #[function("heap, item, /")]
    fn heappush(cx: &mut Cx, heap: Gc<List>, item: Value) -> Result<()> {
        cx.list_push(heap, item);
        rise(cx, heap, 0, heap.len() - 1, false)
    }

    /// Pop the smallest item off the heap, maintaining the heap invariant.
    #[function("heap, /")]
    fn heappop(cx: &mut Cx, heap: Gc<List>) -> Result<Value> {
        pop(cx, heap, false)
    }

    /// Pop and return the current smallest value, and add the new item.
    #[function("heap, item, /")]
    fn heapreplace(cx: &mut Cx, heap: Gc<List>, item: Value) -> Result<Value> {
        replace(cx, heap, item, false)
    }

    /// Push item on the heap, then pop and return the smallest item from the heap.
    #[function("heap, item, /")]
    fn heappushpop(cx: &mut Cx, heap: Gc<List>, item: Value) -> Result<Value> {
        if heap.is_empty() {
            return Ok(item);
        }
        let first = cx.list_get(heap, 0);
        if !cx.compare_truth(Compare::Lt, first, item)? {
            return Ok(item);
        }
        replace(cx, heap, item, false)
    }

    /// Transform list into a heap, in-place, in O(len(heap)) time.
    #[function("heap, /")]
    fn heapify(cx: &mut Cx, heap: Gc<List>) -> Result<()> {
        make(cx, heap, false)
    }

    /// Maxheap variant of heappop.
    #[function("heap, /")]
    fn _heappop_max(cx: &mut Cx, heap: Gc<List>) -> Result<Value> {
        pop(cx, heap, true)
    }

    /// Maxheap variant of heapreplace.
    #[function("heap, item, /")]
    fn _heapreplace_max(cx: &mut Cx, heap: Gc<List>, item: Value) -> Result<Value> {
        replace(cx, heap, item, true)
    }

    /// Maxheap variant of heapify.
    #[function("heap, /")]
    fn _heapify_max(cx: &mut Cx, heap: Gc<List>) -> Result<()> {
        make(cx, heap, true)
    }
}
