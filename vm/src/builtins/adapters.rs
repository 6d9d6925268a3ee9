//! Iterators over other iterators: `enumerate`, `zip`, `map`, `filter`; and `reversed` of any sequence.
//!
//! All are [`Native`]s. Every step may run script code: what was read before it may be stale.

use std::cell::Cell;

use gscript_macros::class;

use crate::heap::header::Kind;
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::dunder::Dunder;
use crate::object::list::List;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::{Ref, Slot};
use crate::object::tuple::Tuple;
use crate::operator::BinaryOp;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// `enumerate(iterable, start)`.
struct Enumerate {
    iterator: Slot,
    /// The next number, while it is a small int.
    count: Cell<i64>,
    /// The next number, once it is not.
    big_count: Slot,
}

impl Enumerate {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(it) = self.iterator.get() else {
            return Ok(None);
        };
        let Some(v) = cx.next_raw(it)? else {
            return Ok(None);
        };
        let n = match self.big_count.get() {
            None => {
                let n = self.count.get();
                match Value::small_int(n) {
                    Some(n) => {
                        self.count.set(self.count.get() + 1);
                        n
                    }
                    None => self.step_big(cx, this, n)?,
                }
            }
            Some(n) => {
                let after = cx.binary(BinaryOp::Add, n, Value::int32(1))?;
                self.big_count.set(this, Some(after));
                n
            }
        };
        Ok(Some(cx.tuple(&[n, v]).value()))
    }

    #[cold]
    fn step_big(&self, cx: &mut Cx, this: Gc<NativeObject>, n: i64) -> Result<Value> {
        let n = cx.int(n);
        let after = cx.binary(BinaryOp::Add, n, Value::int32(1))?;
        self.big_count.set(this, Some(after));
        Ok(n)
    }
}

impl Native for Enumerate {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterator.trace(m);
        self.big_count.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

/// The next item of each of some iterators. The values wait on the native stack, or in a list where they are many.
enum Row {
    Items([Value; ROW], usize),
    Many(Gc<List>),
    /// The iterator of this number had no more.
    Ended(usize),
}

/// Iterators whose items are kept on the native stack.
const ROW: usize = 6;

fn next_row(cx: &mut Cx, iterators: Gc<Tuple>) -> Result<Row> {
    let n = iterators.len();
    if n <= ROW {
        let mut items = [Value::NONE; ROW];
        for (i, &it) in iterators.items().iter().enumerate() {
            match cx.next(it)? {
                Some(v) => items[i] = v,
                None => return Ok(Row::Ended(i)),
            }
        }
        return Ok(Row::Items(items, n));
    }
    let list = cx.list_with_capacity(n);
    for (i, &it) in iterators.items().iter().enumerate() {
        match cx.next(it)? {
            Some(v) => cx.list_push(list, v),
            None => return Ok(Row::Ended(i)),
        }
    }
    Ok(Row::Many(list))
}

/// A tuple of the iterators of the arguments. May run script code.
fn iterators_of(cx: &mut Cx, args: &[Value]) -> Result<Gc<Tuple>> {
    let list = cx.list_with_capacity(args.len());
    for &v in args {
        let it = cx.iter(v)?;
        cx.list_push(list, it);
    }
    Ok(cx.list_to_tuple(list))
}

/// `zip(*iterables, strict=False)`.
struct Zip {
    iterators: Ref<Tuple>,
    is_strict: bool,
}

impl Zip {
    fn step(&self, cx: &mut Cx) -> Result<Option<Value>> {
        let Some(iterators) = self.iterators.get().filter(|t| !t.is_empty()) else {
            return Ok(None);
        };
        cx.check_stack()?;
        match next_row(cx, iterators)? {
            Row::Items(items, n) => Ok(Some(cx.tuple(&items[..n]).value())),
            Row::Many(list) => Ok(Some(cx.list_to_tuple(list).value())),
            Row::Ended(i) if self.is_strict => self.check_lengths(cx, iterators, i),
            Row::Ended(_) => Ok(None),
        }
    }

    /// After the iterator `i` has ended: all must end together.
    fn check_lengths(&self, cx: &mut Cx, iterators: Gc<Tuple>, i: usize) -> Result<Option<Value>> {
        let before = |n: usize| {
            if n == 1 { " 1".to_string() } else { format!("s 1-{n}") }
        };
        if i > 0 {
            return Err(cx.value_error(format!("zip() argument {} is shorter than argument{}", i + 1, before(i))));
        }
        for (k, &it) in iterators.items().iter().enumerate().skip(1) {
            if cx.next(it)?.is_some() {
                return Err(cx.value_error(format!("zip() argument {} is longer than argument{}", k + 1, before(k))));
            }
        }
        Ok(None)
    }
}

impl Native for Zip {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterators.trace(m);
    }

    fn next(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx))
    }
}

/// `map(f, *iterables)`.
struct Map {
    function: Slot,
    iterators: Ref<Tuple>,
}

impl Map {
    fn step(&self, cx: &mut Cx) -> Result<Option<Value>> {
        let (Some(f), Some(iterators)) = (self.function.get(), self.iterators.get()) else {
            return Ok(None);
        };
        cx.check_stack()?;
        if let &[it] = iterators.items() {
            return match cx.next_raw(it)? {
                Some(v) => cx.call(f, &[v]).map(Some),
                None => Ok(None),
            };
        }
        match next_row(cx, iterators)? {
            Row::Items(items, n) => cx.call(f, &items[..n]).map(Some),
            Row::Many(list) => {
                let args = cx.list_to_tuple(list);
                let r = cx.call(f, args.items());
                std::hint::black_box(args);
                r.map(Some)
            }
            Row::Ended(_) => Ok(None),
        }
    }
}

impl Native for Map {
    fn trace(&self, m: &mut Marker<'_>) {
        self.function.trace(m);
        self.iterators.trace(m);
    }

    fn next(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx))
    }
}

/// `filter(f, iterable)`.
struct Filter {
    /// None stands for the item's own truth.
    function: Slot,
    iterator: Slot,
}

impl Filter {
    fn step(&self, cx: &mut Cx) -> Result<Option<Value>> {
        let (Some(f), Some(it)) = (self.function.get(), self.iterator.get()) else {
            return Ok(None);
        };
        cx.check_stack()?;
        let by_truth = f.is_none() || f == cx.types.bool.value();
        while let Some(v) = cx.next_raw(it)? {
            let keep = if by_truth { v } else { cx.call(f, &[v])? };
            if cx.truth(keep)? {
                return Ok(Some(v));
            }
        }
        Ok(None)
    }
}

impl Native for Filter {
    fn trace(&self, m: &mut Marker<'_>) {
        self.function.trace(m);
        self.iterator.trace(m);
    }

    fn next(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx))
    }
}

/// `reversed(sequence)` of a sequence without `__reversed__`.
struct Reversed {
    sequence: Slot,
    /// Items below the next one, and it.
    left: Cell<i64>,
}

impl Reversed {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(s) = self.sequence.get() else {
            return Ok(None);
        };
        let left = self.left.get();
        if left > 0 {
            let i = cx.int(left - 1);
            match cx.get_item(s, i) {
                Ok(v) => {
                    self.left.set(left - 1);
                    return Ok(Some(v));
                }
                Err(r) if cx.pending_is(cx.types.index_error) || cx.pending_is(cx.types.stop_iteration) => {
                    cx.take_pending(r);
                }
                Err(r) => return Err(r),
            }
        }
        self.left.set(0);
        self.sequence.set(this, None);
        Ok(None)
    }
}

impl Native for Reversed {
    fn trace(&self, m: &mut Marker<'_>) {
        self.sequence.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(self.step(cx, this))
    }
}

/// Return an enumerate object.
///
///   iterable
///     an object supporting iteration
///
/// The enumerate object yields pairs containing a count (from start, which
/// defaults to zero) and a value yielded by the iterable argument.
///
/// enumerate is useful for obtaining an indexed list:
///     (0, seq[0]), (1, seq[1]), (2, seq[2]), ...
#[class("enumerate", check = enumerate)]
pub mod enumerate {
    use super::*;

    #[new("iterable=<required>, start=0")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Option<Value>, start: Option<Value>) -> Result<Gc<NativeObject>> {
        let Some(iterable) = iterable else {
            return Err(cx.type_error("enumerate() missing required argument 'iterable'"));
        };
        let start = match start {
            Some(s) => cx.index(s)?,
            None => Value::int32(0),
        };
        let it = cx.iter(iterable)?;
        let (count, big) = match start.as_int() {
            Some(i) => (i, None),
            None => (0, Some(start)),
        };
        let body = Enumerate { iterator: Slot::new(Some(it)), count: Cell::new(count), big_count: Slot::new(big) };
        Ok(NativeObject::alloc(cx, class, Box::new(body)))
    }

    /// Return state information for pickling.
    #[method(name = "__reduce__", "")]
    fn reduce(cx: &mut Cx, this: Value) -> Value {
        let (it, n) = match native::<Enumerate>(this) {
            Some(e) => (e.iterator.get().unwrap_or(Value::NONE), e.big_count.get().unwrap_or_else(|| cx.int(e.count.get()))),
            None => (Value::NONE, Value::NONE),
        };
        let args = cx.tuple(&[it, n]).value();
        let class = cx.class_of(this).value();
        cx.tuple(&[class, args]).value()
    }

    /// See PEP 585
    #[class_method(name = "__class_getitem__", "item, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, item: Value) -> Value {
        cx.generic_alias(class.value(), item)
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }
}

/// zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.
///
///    >>> list(zip('abcdefg', range(3), range(4)))
///    [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]
///
/// The zip object yields n-length tuples, where n is the number of iterables
/// passed as positional arguments to zip().  The i-th element in every tuple
/// comes from the i-th iterable argument to zip().  This continues until the
/// shortest argument is exhausted.
///
/// If strict is true and one of the arguments is exhausted before the others,
/// raise a ValueError.
#[class("zip", check = zip)]
pub mod zip {
    use super::*;

    #[new("*iterables, strict=False")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterables: &[Value], strict: Option<bool>) -> Result<Gc<NativeObject>> {
        let iterators = iterators_of(cx, iterables)?;
        let body = Zip { iterators: Ref::new(Some(iterators)), is_strict: strict.unwrap_or(false) };
        Ok(NativeObject::alloc(cx, class, Box::new(body)))
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }
}

/// map(func, *iterables) --> map object
///
/// Make an iterator that computes the function using arguments from
/// each of the iterables.  Stops when the shortest iterable is exhausted.
#[class("map", check = map)]
pub mod map {
    use super::*;
    use crate::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Gc<NativeObject>> {
        if !kwargs.is_empty() && (class == cx.types.map || cx.special(class, Dunder::Init) == Some(cx.object_init)) {
            return Err(cx.type_error("map() takes no keyword arguments"));
        }
        let [f, iterables @ ..] = args else {
            return Err(cx.type_error("map() must have at least two arguments."));
        };
        if iterables.is_empty() {
            return Err(cx.type_error("map() must have at least two arguments."));
        }
        let iterators = iterators_of(cx, iterables)?;
        let body = Map { function: Slot::new(Some(*f)), iterators: Ref::new(Some(iterators)) };
        Ok(NativeObject::alloc(cx, class, Box::new(body)))
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }
}

/// filter(function or None, iterable) --> filter object
///
/// Return an iterator yielding those items of iterable for which function(item)
/// is true. If function is None, return the items that are true.
#[class("filter", check = filter)]
pub mod filter {
    use super::*;

    #[new("function, iterable, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, function: Value, iterable: Value) -> Result<Gc<NativeObject>> {
        let it = cx.iter(iterable)?;
        let body = Filter { function: Slot::new(Some(function)), iterator: Slot::new(Some(it)) };
        Ok(NativeObject::alloc(cx, class, Box::new(body)))
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }
}

/// Return a reverse iterator over the values of the given sequence.
#[class("reversed", check = reversed)]
pub mod reversed {
    use super::*;

    #[new("sequence, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, sequence: Value) -> Result<Value> {
        let of = cx.class_of(sequence);
        match cx.special(of, Dunder::Reversed) {
            Some(m) if !m.is_none() => return cx.call_method_value(m, sequence, &[]),
            None if cx.special(of, Dunder::GetItem).is_some() && !matches!(sequence.kind(), Some(Kind::Dict)) => {}
            _ => {
                let text = format!("'{}' object is not reversible", of.name_text());
                return Err(cx.type_error(text));
            }
        }
        let n = cx.len(sequence)? as i64;
        let body = Reversed { sequence: Slot::new(Some(sequence)), left: Cell::new(n) };
        Ok(NativeObject::alloc(cx, class, Box::new(body)).value())
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(cx: &mut Cx, this: &Reversed) -> Result<i64> {
        let Some(s) = this.sequence.get() else {
            return Ok(0);
        };
        let n = cx.len(s)? as i64;
        Ok(if this.left.get() > n { 0 } else { this.left.get() })
    }
}
