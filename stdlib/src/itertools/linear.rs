//! Iterators that go over their arguments once: `chain`, `count`, `islice` and the like.

use std::cell::Cell;

use gscript_macros::class;
use gscript_vm::convert::Kwargs;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::int::int_ref;
use gscript_vm::object::list::List;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::{Ref, Slot};
use gscript_vm::object::tuple::Tuple;
use gscript_vm::operator::BinaryOp;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// The body of `Chain`.
pub struct Chain {
    sources: Slot,
    active: Slot,
}

impl Native for Chain {
    fn trace(&self, m: &mut Marker<'_>) {
        self.sources.trace(m);
        self.active.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Chain {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        loop {
            if let Some(it) = self.active.get() {
                if let Some(v) = cx.next(it)? {
                    return Ok(Some(v));
                }
                self.active.set(this, None);
            }
            let Some(sources) = self.sources.get() else { return Ok(None) };
            cx.check_poll()?;
            match cx.next(sources) {
                Ok(Some(source)) => {
                    let it = cx.iter(source).inspect_err(|_| self.sources.set(this, None))?;
                    self.active.set(this, Some(it));
                }
                r => {
                    self.sources.set(this, None);
                    return r;
                }
            }
        }
    }
}

/// chain(*iterables) --> chain object
///
/// Return a chain object whose .__next__() method returns elements from the
/// first iterable until it is exhausted, then elements from the next
/// iterable, until all of the iterables are exhausted.
#[class("itertools.chain")]
pub mod chain {
    use super::*;

    #[new("*iterables")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterables: &[Value]) -> Result<Value> {
        let sources = cx.tuple(iterables).value();
        let sources = cx.iter(sources)?;
        let body = Chain { sources: Slot::new(Some(sources)), active: Slot::new(None) };
        Ok(NativeObject::new(cx, class, body).value())
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    /// Alternative chain() constructor taking a single iterable argument that evaluates lazily.
    #[class_method("iterable, /")]
    fn from_iterable(cx: &mut Cx, class: Gc<Type>, iterable: Value) -> Result<Value> {
        let sources = cx.iter(iterable)?;
        let body = Chain { sources: Slot::new(Some(sources)), active: Slot::new(None) };
        Ok(NativeObject::new(cx, class, body).value())
    }

    /// See PEP 585
    #[class_method(name = "__class_getitem__", "item, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, item: Value) -> Value {
        cx.generic_alias(class.value(), item)
    }
}

/// The body of `Count`.
pub struct Count {
    at: Slot,
    by: Slot,
}

impl Native for Count {
    fn trace(&self, m: &mut Marker<'_>) {
        self.at.trace(m);
        self.by.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Count {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(at), Some(by)) = (self.at.get(), self.by.get()) else { return Ok(None) };
        let sum = at.as_int().zip(by.as_int()).and_then(|(x, y)| Value::small_int(x.checked_add(y)?));
        let after = match sum {
            Some(v) => v,
            None => cx.binary(BinaryOp::Add, at, by)?,
        };
        self.at.set(this, Some(after));
        Ok(Some(at))
    }
}

/// Return a count object whose .__next__() method returns consecutive values.
#[class("itertools.count")]
pub mod count {
    use super::*;

    fn check_number(cx: &mut Cx, v: Value) -> Result<()> {
        if int_ref(v).is_some() || v.as_float().is_some() {
            return Ok(());
        }
        let class = cx.class_of(v).value();
        for name in ["__index__", "__float__", "__complex__"] {
            match cx.get_attr_text(class, name) {
                Ok(_) => return Ok(()),
                Err(r) if cx.pending_is(cx.types.attribute_error) => drop(cx.take_pending(r)),
                Err(r) => return Err(r),
            }
        }
        Err(cx.type_error("a number is required"))
    }

    #[new("start=0, step=1")]
    fn new(cx: &mut Cx, class: Gc<Type>, start: Option<Value>, step: Option<Value>) -> Result<Value> {
        let (at, by) = (start.unwrap_or(Value::int32(0)), step.unwrap_or(Value::int32(1)));
        check_number(cx, at)?;
        check_number(cx, by)?;
        let body = Count { at: Slot::new(Some(at)), by: Slot::new(Some(by)) };
        Ok(NativeObject::new(cx, class, body).value())
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Value) -> Result<Value> {
        let Some(c) = native::<Count>(this) else { return Ok(Value::NONE) };
        let (at, by) = (c.at.get().unwrap_or(Value::NONE), c.by.get().unwrap_or(Value::NONE));
        let mut out = cx.class_of(this).name_text().into_bytes();
        out.push(b'(');
        cx.push_repr(&mut out, at)?;
        if by.as_int() != Some(1) {
            out.extend_from_slice(b", ");
            cx.push_repr(&mut out, by)?;
        }
        out.push(b')');
        Ok(cx.str_from_bytes(&out).value())
    }
}

/// The body of `Cycle`.
pub struct Cycle {
    iterator: Slot,
    saved: Ref<List>,
    at: Cell<usize>,
}

impl Native for Cycle {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterator.trace(m);
        self.saved.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Cycle {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(saved) = self.saved.get() else { return Ok(None) };
        if let Some(it) = self.iterator.get() {
            if let Some(v) = cx.next(it)? {
                cx.list_push(saved, v);
                return Ok(Some(v));
            }
            self.iterator.set(this, None);
        }
        let n = saved.len();
        if n == 0 {
            return Ok(None);
        }
        let at = if self.at.get() < n { self.at.get() } else { 0 };
        self.at.set(at + 1);
        Ok(Some(cx.list_get(saved, at)))
    }
}

/// Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.
#[class("itertools.cycle")]
pub mod cycle {
    use super::*;

    #[new("iterable, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Value) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let saved = cx.list_new();
        let body = Cycle { iterator: Slot::new(Some(it)), saved: Ref::new(Some(saved)), at: Cell::new(0) };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `Repeat`.
pub struct Repeat {
    element: Slot,
    left: Cell<i64>,
}

impl Native for Repeat {
    fn trace(&self, m: &mut Marker<'_>) {
        self.element.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Repeat {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let left = self.left.get();
        if left == 0 {
            return Ok(None);
        }
        if left > 0 {
            self.left.set(left - 1);
        }
        let _ = cx;
        Ok(self.element.get())
    }
}

/// repeat(object [,times]) -> create an iterator which returns the object
/// for the specified number of times.  If not specified, returns the object
/// endlessly.
#[class("itertools.repeat")]
pub mod repeat {
    use super::*;

    #[new("object=<required>, times=<endless>")]
    fn new(cx: &mut Cx, class: Gc<Type>, object: Option<Value>, times: Option<Value>) -> Result<Value> {
        let Some(object) = object else {
            return Err(cx.type_error("repeat() missing required argument 'object' (pos 1)"));
        };
        // Below 0: without end.
        let left = match times {
            None => -1,
            Some(t) => match cx.index(t)?.as_int() {
                Some(t) => t.max(0),
                None => return Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
            },
        };
        let body = Repeat { element: Slot::new(Some(object)), left: Cell::new(left) };
        Ok(NativeObject::new(cx, class, body).value())
    }

    #[method(name = "__iter__", "")]
    fn iter(this: Value) -> Value {
        this
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.next_or_stop(this)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Value) -> Result<Value> {
        let Some(r) = native::<Repeat>(this) else { return Ok(Value::NONE) };
        let left = r.left.get();
        let mut out = cx.class_of(this).name_text().into_bytes();
        out.push(b'(');
        let element = r.element.get().unwrap_or(Value::NONE);
        cx.push_repr(&mut out, element)?;
        if left >= 0 {
            out.extend_from_slice(format!(", {left}").as_bytes());
        }
        out.push(b')');
        Ok(cx.str_from_bytes(&out).value())
    }

    /// Private method returning an estimate of len(list(it)).
    #[method(name = "__length_hint__", "")]
    fn length_hint(cx: &mut Cx, this: &Repeat) -> Result<i64> {
        match this.left.get() {
            n if n < 0 => Err(cx.type_error("len() of unsized object")),
            n => Ok(n),
        }
    }
}

/// The body of `ISlice`.
pub struct ISlice {
    iterator: Slot,
    at: Cell<i64>,
    next: Cell<i64>,
    stop: i64,
    step: i64,
}

impl Native for ISlice {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterator.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.advance(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl ISlice {
    fn advance(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(it) = self.iterator.get() else { return Ok(None) };
        while self.at.get() < self.next.get() {
            cx.check_poll()?;
            if cx.next(it)?.is_none() {
                self.iterator.set(this, None);
                return Ok(None);
            }
            self.at.set(self.at.get() + 1);
        }
        if self.at.get() >= self.stop {
            self.iterator.set(this, None);
            return Ok(None);
        }
        let Some(v) = cx.next(it)? else {
            self.iterator.set(this, None);
            return Ok(None);
        };
        self.at.set(self.at.get() + 1);
        self.next.set(self.next.get().saturating_add(self.step).min(self.stop));
        Ok(Some(v))
    }
}

/// islice(iterable, stop) --> islice object
/// islice(iterable, start, stop[, step]) --> islice object
///
/// Return an iterator whose next() method returns selected values from an
/// iterable.
#[class("itertools.islice")]
pub mod islice {
    use super::*;

    /// A position; `None` for what is none.
    fn position(cx: &mut Cx, v: Value) -> Result<Option<i64>> {
        match cx.index(v) {
            Ok(i) => Ok(i.as_int()),
            Err(r) if cx.pending_is(cx.types.type_error) => {
                cx.take_pending(r);
                Ok(None)
            }
            Err(r) => Err(r),
        }
    }

    #[new("*args")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value]) -> Result<Value> {
        let n = args.len();
        if n < 2 {
            return Err(cx.type_error(format!("islice expected at least 2 arguments, got {n}")));
        }
        if n > 4 {
            return Err(cx.type_error(format!("islice expected at most 4 arguments, got {n}")));
        }
        let (start, stop) = if n == 2 { (Value::NONE, args[1]) } else { (args[1], args[2]) };
        let start = if start.is_none() { Some(0) } else { position(cx, start)? };
        let stop = if stop.is_none() {
            i64::MAX
        } else {
            match position(cx, stop)? {
                Some(-1) | None => {
                    return Err(cx.value_error("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."));
                }
                Some(i) => i,
            }
        };
        let start = match start {
            Some(i) if i >= 0 && stop >= 0 => i,
            _ => return Err(cx.value_error("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")),
        };
        let step = match args.get(3) {
            Some(v) if !v.is_none() => position(cx, *v)?.unwrap_or(-1),
            _ => 1,
        };
        if step < 1 {
            return Err(cx.value_error("Step for islice() must be a positive integer or None."));
        }
        let it = cx.iter(args[0])?;
        let body = ISlice { iterator: Slot::new(Some(it)), at: Cell::new(0), next: Cell::new(start), stop, step };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `Accumulate`.
pub struct Accumulate {
    iterator: Slot,
    function: Slot,
    total: Slot,
    initial: Slot,
}

impl Native for Accumulate {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterator.trace(m);
        self.function.trace(m);
        self.total.trace(m);
        self.initial.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Accumulate {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        if let Some(v) = self.initial.get() {
            self.initial.set(this, None);
            self.total.set(this, Some(v));
            return Ok(Some(v));
        }
        let Some(it) = self.iterator.get() else { return Ok(None) };
        let Some(v) = cx.next(it)? else { return Ok(None) };
        let total = match (self.total.get(), self.function.get()) {
            (None, _) => v,
            (Some(t), None) => cx.binary(BinaryOp::Add, t, v)?,
            (Some(t), Some(f)) => cx.call(f, &[t, v])?,
        };
        self.total.set(this, Some(total));
        Ok(Some(total))
    }
}

/// Return series of accumulated sums (or other binary function results).
#[class("itertools.accumulate")]
pub mod accumulate {
    use super::*;

    #[new("iterable, func=None, *, initial=None")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Value, func: Option<Value>, initial: Option<Value>) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let given = |v: Option<Value>| Slot::new(v.filter(|v| !v.is_none()));
        let body = Accumulate { iterator: Slot::new(Some(it)), function: given(func), total: Slot::new(None), initial: given(initial) };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `TakeWhile`.
pub struct TakeWhile {
    function: Slot,
    iterator: Slot,
}

impl Native for TakeWhile {
    fn trace(&self, m: &mut Marker<'_>) {
        self.function.trace(m);
        self.iterator.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl TakeWhile {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(f), Some(it)) = (self.function.get(), self.iterator.get()) else { return Ok(None) };
        let Some(v) = cx.next(it)? else { return Ok(None) };
        let keep = cx.call(f, &[v])?;
        if cx.truth(keep)? {
            return Ok(Some(v));
        }
        self.iterator.set(this, None);
        Ok(None)
    }
}

/// Return successive entries from an iterable as long as the predicate evaluates to true for each entry.
#[class("itertools.takewhile")]
pub mod takewhile {
    use super::*;

    #[new("predicate, iterable, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, predicate: Value, iterable: Value) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let body = TakeWhile { function: Slot::new(Some(predicate)), iterator: Slot::new(Some(it)) };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `DropWhile`.
pub struct DropWhile {
    function: Slot,
    iterator: Slot,
    is_open: Cell<bool>,
}

impl Native for DropWhile {
    fn trace(&self, m: &mut Marker<'_>) {
        self.function.trace(m);
        self.iterator.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl DropWhile {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(f), Some(it)) = (self.function.get(), self.iterator.get()) else { return Ok(None) };
        loop {
            let Some(v) = cx.next(it)? else { return Ok(None) };
            if self.is_open.get() {
                return Ok(Some(v));
            }
            let drop = cx.call(f, &[v])?;
            if !cx.truth(drop)? {
                self.is_open.set(true);
                return Ok(Some(v));
            }
            cx.check_poll()?;
        }
    }
}

/// Drop items from the iterable while predicate(item) is true.
///
/// Afterwards, return every element until the iterable is exhausted.
#[class("itertools.dropwhile")]
pub mod dropwhile {
    use super::*;

    #[new("predicate, iterable, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, predicate: Value, iterable: Value) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let body = DropWhile { function: Slot::new(Some(predicate)), iterator: Slot::new(Some(it)), is_open: Cell::new(false) };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `FilterFalse`.
pub struct FilterFalse {
    function: Slot,
    iterator: Slot,
}

impl Native for FilterFalse {
    fn trace(&self, m: &mut Marker<'_>) {
        self.function.trace(m);
        self.iterator.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl FilterFalse {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(f), Some(it)) = (self.function.get(), self.iterator.get()) else { return Ok(None) };
        let by_truth = f.is_none() || f == cx.types.bool.value();
        loop {
            let Some(v) = cx.next(it)? else { return Ok(None) };
            let drop = if by_truth { v } else { cx.call(f, &[v])? };
            if !cx.truth(drop)? {
                return Ok(Some(v));
            }
            cx.check_poll()?;
        }
    }
}

/// Return those items of iterable for which function(item) is false.
///
/// If function is None, return the items that are false.
#[class("itertools.filterfalse")]
pub mod filterfalse {
    use super::*;

    #[new("function, iterable, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, function: Value, iterable: Value) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let body = FilterFalse { function: Slot::new(Some(function)), iterator: Slot::new(Some(it)) };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `StarMap`.
pub struct StarMap {
    function: Slot,
    iterator: Slot,
}

impl Native for StarMap {
    fn trace(&self, m: &mut Marker<'_>) {
        self.function.trace(m);
        self.iterator.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl StarMap {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(f), Some(it)) = (self.function.get(), self.iterator.get()) else { return Ok(None) };
        let Some(v) = cx.next(it)? else { return Ok(None) };
        let args = match v.as_gc::<Tuple>() {
            Some(t) => t,
            None => cx.tuple_from_iterable(v)?,
        };
        let r = cx.call(f, args.items());
        std::hint::black_box(args);
        r.map(Some)
    }
}

/// Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.
#[class("itertools.starmap")]
pub mod starmap {
    use super::*;

    #[new("function, iterable, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, function: Value, iterable: Value) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let body = StarMap { function: Slot::new(Some(function)), iterator: Slot::new(Some(it)) };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `Compress`.
pub struct Compress {
    data: Slot,
    selectors: Slot,
}

impl Native for Compress {
    fn trace(&self, m: &mut Marker<'_>) {
        self.data.trace(m);
        self.selectors.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Compress {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let (Some(data), Some(selectors)) = (self.data.get(), self.selectors.get()) else { return Ok(None) };
        loop {
            let Some(v) = cx.next(data)? else { return Ok(None) };
            let Some(keep) = cx.next(selectors)? else { return Ok(None) };
            if cx.truth(keep)? {
                return Ok(Some(v));
            }
            cx.check_poll()?;
        }
    }
}

/// Return data elements corresponding to true selector elements.
#[class("itertools.compress")]
pub mod compress {
    use super::*;

    #[new("data, selectors")]
    fn new(cx: &mut Cx, class: Gc<Type>, data: Value, selectors: Value) -> Result<Value> {
        let data = cx.iter(data)?;
        let selectors = cx.iter(selectors)?;
        let body = Compress { data: Slot::new(Some(data)), selectors: Slot::new(Some(selectors)) };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `Pairwise`.
pub struct Pairwise {
    iterator: Slot,
    old: Slot,
}

impl Native for Pairwise {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterator.trace(m);
        self.old.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Pairwise {
    fn step(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(it) = self.iterator.get() else { return Ok(None) };
        let old = match self.old.get() {
            Some(v) => v,
            None => match cx.next(it)? {
                Some(v) => v,
                None => {
                    self.iterator.set(this, None);
                    return Ok(None);
                }
            },
        };
        let Some(v) = cx.next(it)? else {
            self.iterator.set(this, None);
            self.old.set(this, None);
            return Ok(None);
        };
        self.old.set(this, Some(v));
        Ok(Some(cx.tuple(&[old, v]).value()))
    }
}

/// Return an iterator of overlapping pairs taken from the input iterator.
///
///     s -> (s0,s1), (s1,s2), (s2, s3), ...
#[class("itertools.pairwise")]
pub mod pairwise {
    use super::*;

    #[new("iterable, /")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Value) -> Result<Value> {
        let it = cx.iter(iterable)?;
        let body = Pairwise { iterator: Slot::new(Some(it)), old: Slot::new(None) };
        Ok(NativeObject::new(cx, class, body).value())
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

/// The body of `ZipLongest`.
pub struct ZipLongest {
    iterators: Ref<List>,
    fill: Slot,
    active: Cell<usize>,
}

impl Native for ZipLongest {
    fn trace(&self, m: &mut Marker<'_>) {
        self.iterators.trace(m);
        self.fill.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl ZipLongest {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(iterators) = self.iterators.get() else { return Ok(None) };
        if self.active.get() == 0 {
            return Ok(None);
        }
        let fill = self.fill.get().unwrap_or(Value::NONE);
        let n = iterators.len();
        let row = cx.list_with_capacity(n);
        for i in 0..n {
            let it = cx.list_get(iterators, i);
            let mut v = fill;
            if !it.is_none() {
                match cx.next(it) {
                    Ok(Some(found)) => v = found,
                    Ok(None) => {
                        self.active.set(self.active.get().saturating_sub(1));
                        if self.active.get() == 0 {
                            return Ok(None);
                        }
                        cx.list_set(iterators, i, Value::NONE);
                    }
                    Err(r) => {
                        self.active.set(0);
                        return Err(r);
                    }
                }
            }
            cx.list_push(row, v);
        }
        Ok(Some(cx.list_to_tuple(row).value()))
    }
}

/// Return a zip_longest object whose .__next__() method returns a tuple where
/// the i-th element comes from the i-th iterable argument.  The .__next__()
/// method continues until the longest iterable in the argument sequence
/// is exhausted and then it raises StopIteration.  When the shorter iterables
/// are exhausted, the fillvalue is substituted in their place.  The fillvalue
/// defaults to None or can be specified by a keyword argument.
#[class("itertools.zip_longest")]
pub mod zip_longest {
    use super::*;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let fill = kwargs.get("fillvalue");
        if kwargs.len() > usize::from(fill.is_some()) {
            return Err(cx.type_error("zip_longest() got an unexpected keyword argument"));
        }
        let iterators = cx.list_with_capacity(args.len());
        for &v in args {
            let it = cx.iter(v)?;
            cx.list_push(iterators, it);
        }
        let body = ZipLongest { iterators: Ref::new(Some(iterators)), fill: Slot::new(fill), active: Cell::new(args.len()) };
        Ok(NativeObject::new(cx, class, body).value())
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
