//! Iterators over selections of items: `product`, `permutations`, `combinations`.

use std::cell::{Cell, RefCell};

use gscript_macros::class;
use gscript_vm::convert::Kwargs;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::int::int_ref;
use gscript_vm::object::native::{Native, NativeObject};
use gscript_vm::object::slot::Ref;
use gscript_vm::object::tuple::Tuple;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// How far an iterator is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Going,
    Ended,
}

/// `r` as a number of items.
fn item_count(cx: &mut Cx, r: Value) -> Result<usize> {
    match cx.index(r)?.as_int() {
        Some(r) if r < 0 => Err(cx.value_error("r must be non-negative")),
        Some(r) => Ok(r as usize),
        None => Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// Items of `pool` at `indices`.
fn picked(cx: &mut Cx, pool: Gc<Tuple>, indices: &RefCell<Vec<usize>>, r: usize) -> Value {
    let indices = indices.borrow();
    cx.tuple_with(r, |i| indices.get(i).and_then(|&at| pool.items().get(at)).copied().unwrap_or(Value::NONE)).value()
}

/// The body of `Product`.
pub struct Product {
    pools: Ref<Tuple>,
    indices: RefCell<Vec<usize>>,
    state: Cell<State>,
}

impl Native for Product {
    fn trace(&self, m: &mut Marker<'_>) {
        self.pools.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Product {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(pools) = self.pools.get() else { return Ok(None) };
        let n = self.indices.borrow().len();
        let pool = |i: usize| pools.items()[i % pools.len()].as_gc::<Tuple>();
        match self.state.get() {
            State::Ended => return Ok(None),
            State::New => {
                self.state.set(State::Going);
                if pools.items().iter().any(|p| p.as_gc::<Tuple>().is_none_or(|t| t.is_empty())) && n > 0 {
                    self.state.set(State::Ended);
                    return Ok(None);
                }
            }
            State::Going => {
                let mut indices = self.indices.borrow_mut();
                let mut i = n;
                loop {
                    if i == 0 {
                        self.state.set(State::Ended);
                        return Ok(None);
                    }
                    i -= 1;
                    indices[i] += 1;
                    if indices[i] < pool(i).map_or(0, |p| p.len()) {
                        break;
                    }
                    indices[i] = 0;
                }
            }
        }
        let indices = self.indices.borrow();
        let made = cx.tuple_with(n, |i| pool(i).and_then(|p| p.items().get(indices[i]).copied()).unwrap_or(Value::NONE));
        Ok(Some(made.value()))
    }
}

/// product(*iterables, repeat=1) --> product object
///
/// Cartesian product of input iterables.  Equivalent to nested for-loops.
#[class("itertools.product")]
pub mod product {
    use super::*;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let repeat = kwargs.get("repeat");
        if kwargs.len() > usize::from(repeat.is_some()) {
            let name = kwargs.iter().map(|(k, _)| k).find(|k| k.as_str() != Some("repeat")).and_then(|k| k.as_str().map(String::from)).unwrap_or_default();
            return Err(cx.type_error(format!("'{name}' is an invalid keyword argument for product()")));
        }
        let repeat = match repeat {
            None => 1,
            Some(v) => match cx.index(v)?.as_int() {
                Some(i) if i < 0 => return Err(cx.value_error("repeat argument cannot be negative")),
                Some(i) => i as usize,
                None => return Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
            },
        };
        let pools = cx.list_with_capacity(args.len());
        if repeat > 0 {
            for &v in args {
                let pool = cx.tuple_from_iterable(v)?;
                cx.list_push(pools, pool.value());
            }
        }
        let Some(n) = args.len().checked_mul(repeat).filter(|n| *n < 1 << 40) else {
            return Err(cx.overflow_error("repeat argument too large"));
        };
        cx.check_room(n * 8)?;
        let pools = cx.list_to_tuple(pools);
        let body = Product { pools: Ref::new(Some(pools)), indices: RefCell::new(vec![0; n]), state: Cell::new(State::New) };
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

/// The body of `Combinations`.
pub struct Combinations {
    pool: Ref<Tuple>,
    indices: RefCell<Vec<usize>>,
    r: usize,
    state: Cell<State>,
}

impl Native for Combinations {
    fn trace(&self, m: &mut Marker<'_>) {
        self.pool.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Combinations {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(pool) = self.pool.get() else { return Ok(None) };
        let (n, r) = (pool.len(), self.r);
        match self.state.get() {
            State::Ended => return Ok(None),
            State::New => {
                self.state.set(if r > n { State::Ended } else { State::Going });
                if r > n {
                    return Ok(None);
                }
            }
            State::Going => {
                let mut indices = self.indices.borrow_mut();
                let Some(i) = (0..r).rev().find(|&i| indices[i] != i + n - r) else {
                    self.state.set(State::Ended);
                    return Ok(None);
                };
                let first = indices[i] + 1;
                for (k, at) in indices[i..].iter_mut().enumerate() {
                    *at = first + k;
                }
            }
        }
        Ok(Some(picked(cx, pool, &self.indices, r)))
    }
}

/// Return successive r-length combinations of elements in the iterable.
///
/// combinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)
#[class("itertools.combinations")]
pub mod combinations {
    use super::*;

    #[new("iterable, r")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Value, r: Value) -> Result<Value> {
        let pool = cx.tuple_from_iterable(iterable)?;
        let r = item_count(cx, r)?;
        // Too many: there will be no combination at all.
        let indices = if r > pool.len() && true { Vec::new() } else { (0..r).collect() };
        let body = Combinations { pool: Ref::new(Some(pool)), indices: RefCell::new(indices), r, state: Cell::new(State::New) };
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

/// The body of `WithReplacement`.
pub struct WithReplacement {
    pool: Ref<Tuple>,
    indices: RefCell<Vec<usize>>,
    r: usize,
    state: Cell<State>,
}

impl Native for WithReplacement {
    fn trace(&self, m: &mut Marker<'_>) {
        self.pool.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl WithReplacement {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(pool) = self.pool.get() else { return Ok(None) };
        let (n, r) = (pool.len(), self.r);
        match self.state.get() {
            State::Ended => return Ok(None),
            State::New => {
                self.state.set(if n == 0 && r > 0 { State::Ended } else { State::Going });
                if n == 0 && r > 0 {
                    return Ok(None);
                }
            }
            State::Going => {
                let mut indices = self.indices.borrow_mut();
                let Some(i) = (0..r).rev().find(|&i| indices[i] != n - 1) else {
                    self.state.set(State::Ended);
                    return Ok(None);
                };
                let first = indices[i] + 1;
                indices[i..].fill(first);
            }
        }
        Ok(Some(picked(cx, pool, &self.indices, r)))
    }
}

/// Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.
///
/// combinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')
#[class("itertools.combinations_with_replacement")]
pub mod combinations_with_replacement {
    use super::*;

    #[new("iterable, r")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Value, r: Value) -> Result<Value> {
        let pool = cx.tuple_from_iterable(iterable)?;
        let r = item_count(cx, r)?;
        // Too many: there will be no combination at all.
        let indices = if r > pool.len() && pool.is_empty() {
            Vec::new()
        } else {
            {
                cx.check_room(r.saturating_mul(8))?;
                vec![0; r]
            }
        };
        let body = WithReplacement { pool: Ref::new(Some(pool)), indices: RefCell::new(indices), r, state: Cell::new(State::New) };
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

/// The body of `Permutations`.
pub struct Permutations {
    pool: Ref<Tuple>,
    indices: RefCell<Vec<usize>>,
    cycles: RefCell<Vec<usize>>,
    r: usize,
    state: Cell<State>,
}

impl Native for Permutations {
    fn trace(&self, m: &mut Marker<'_>) {
        self.pool.trace(m);
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        Some(match cx.check_stack() {
            Ok(()) => self.step(cx, this),
            Err(r) => Err(r),
        })
    }
}

impl Permutations {
    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        let Some(pool) = self.pool.get() else { return Ok(None) };
        let (n, r) = (pool.len(), self.r);
        match self.state.get() {
            State::Ended => return Ok(None),
            State::New if r > n => {
                self.state.set(State::Ended);
                return Ok(None);
            }
            State::New => self.state.set(State::Going),
            State::Going => {
                let (mut indices, mut cycles) = (self.indices.borrow_mut(), self.cycles.borrow_mut());
                let mut i = r;
                loop {
                    if i == 0 {
                        self.state.set(State::Ended);
                        return Ok(None);
                    }
                    i -= 1;
                    cycles[i] -= 1;
                    if cycles[i] > 0 {
                        let j = n - cycles[i];
                        indices.swap(i, j);
                        break;
                    }
                    indices[i..].rotate_left(1);
                    cycles[i] = n - i;
                }
            }
        }
        Ok(Some(picked(cx, pool, &self.indices, r)))
    }
}

/// Return successive r-length permutations of elements in the iterable.
///
/// permutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)
#[class("itertools.permutations")]
pub mod permutations {
    use super::*;

    #[new("iterable, r=None")]
    fn new(cx: &mut Cx, class: Gc<Type>, iterable: Value, r: Option<Value>) -> Result<Value> {
        let pool = cx.tuple_from_iterable(iterable)?;
        let n = pool.len();
        let r = match r.filter(|r| !r.is_none()) {
            None => n,
            Some(r) if int_ref(r).is_none() => return Err(cx.type_error("Expected int as r")),
            Some(r) => item_count(cx, r)?,
        };
        let cycles = (0..r.min(n)).map(|i| n - i).collect();
        let body =
            Permutations { pool: Ref::new(Some(pool)), indices: RefCell::new((0..n).collect()), cycles: RefCell::new(cycles), r, state: Cell::new(State::New) };
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
