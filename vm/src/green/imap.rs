//! `imap` and `imap_unordered` of pools: a greenlet feeds the input into the pool, results come back through a queue.

use std::cell::Cell;

use gscript_macros::class;

use super::greenlet::Greenlet;
use super::links::{Keep, Notified, body};
use super::wait::link_to;
use crate::convert::Kwargs;
use crate::heap::mark::Marker;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// The iterator over the results.
pub struct IMap {
    pool: Slot,
    function: Slot,
    /// An iterator over tuples of arguments.
    input: Slot,
    /// A queue of tuples: index, outcome, value or exception.
    results: Slot,
    /// Bounds the results that wait for the reader.
    bound: Slot,
    /// Ordered: results that came too early, by index.
    early: Slot,
    /// The index that is due.
    index: Cell<i64>,
    max_index: Cell<i64>,
    outstanding: Cell<i64>,
    is_fed: Cell<bool>,
    is_finished: Cell<bool>,
    /// The end was read.
    is_over: Cell<bool>,
    feeder: Slot,
}

/// Outcomes.
const FAILED: Value = Value::FALSE;
const SUCCEEDED: Value = Value::TRUE;
/// The input failed: nothing comes behind it.
const INPUT_FAILED: Value = Value::ELLIPSIS;
const END: Value = Value::NONE;

impl Native for IMap {
    fn trace(&self, m: &mut Marker<'_>) {
        for s in [&self.pool, &self.function, &self.input, &self.results, &self.bound, &self.early, &self.feeder] {
            s.trace(m);
        }
    }

    fn next(&self, cx: &mut Cx, this: Gc<NativeObject>) -> Option<Result<Option<Value>>> {
        let _keep = Keep(this);
        Some(self.step(cx, this))
    }
}

impl IMap {
    fn put(&self, cx: &mut Cx, index: i64, outcome: Value, value: Value) -> Result<()> {
        let index = cx.int(index);
        let entry = cx.tuple(&[index, outcome, value]).value();
        match self.results.get().and_then(|q| q.as_gc::<NativeObject>()) {
            Some(q) => cx.queue_put(q, entry),
            None => Ok(()),
        }
    }

    /// The entry that is due.
    fn entry(&self, cx: &mut Cx) -> Result<Value> {
        let early = self.early.get().and_then(|d| d.as_gc::<crate::object::dict::Dict>());
        let due = cx.int(self.index.get());
        if let Some(d) = early {
            if let Some(e) = cx.dict_remove(d, due)? {
                self.index.set(self.index.get() + 1);
                return Ok(e);
            }
        }
        let Some(q) = self.results.get().and_then(|q| q.as_gc::<NativeObject>()) else {
            return Ok(Value::NONE);
        };
        loop {
            let entry = cx.queue_get(q)?;
            let Some(t) = entry.as_gc::<Tuple>() else {
                continue;
            };
            match early {
                Some(d) if t.items()[0] != due => cx.dict_set(d, t.items()[0], entry)?,
                _ => break Ok(entry),
            }
        }
        .inspect(|_| self.index.set(self.index.get() + 1))
    }

    fn step(&self, cx: &mut Cx, _this: Gc<NativeObject>) -> Result<Option<Value>> {
        if self.is_over.get() {
            return Ok(None);
        }
        if let Some(b) = self.bound.get().and_then(|b| b.as_gc::<NativeObject>()) {
            cx.semaphore_release(b)?;
        }
        let entry = self.entry(cx)?;
        let Some(t) = entry.as_gc::<Tuple>() else {
            return Ok(None);
        };
        match (t.items()[1], t.items()[2]) {
            (SUCCEEDED, v) => Ok(Some(v)),
            (FAILED, e) => Err(cx.reraise(e)),
            (INPUT_FAILED, e) => {
                self.is_over.set(true);
                Err(cx.reraise(e))
            }
            _ => {
                self.is_over.set(true);
                Ok(None)
            }
        }
    }
}

/// The link of one task.
pub struct TaskLink {
    imap: Slot,
    index: i64,
}

impl Native for TaskLink {
    fn trace(&self, m: &mut Marker<'_>) {
        self.imap.trace(m);
    }
}

impl Notified for TaskLink {
    fn notify(&self, cx: &mut Cx, _this: Gc<NativeObject>, source: Value) {
        if let Err(r) = task_ended(cx, self, source) {
            let e = cx.take_pending(r);
            cx.handle_greenlet_error(source, e);
        }
    }
}

fn task_ended(cx: &mut Cx, link: &TaskLink, task: Value) -> Result<()> {
    let Some((m, imap)) = link.imap.get().and_then(|i| Some((native::<IMap>(i)?, i.as_gc::<NativeObject>()?))) else {
        return Ok(());
    };
    let _keep = Keep(imap);
    m.outstanding.set(m.outstanding.get() - 1);
    let is_last = m.is_fed.get() && m.outstanding.get() <= 0 && !m.is_finished.get();
    if is_last {
        m.is_finished.set(true);
    }
    let (outcome, value) = match native::<Greenlet>(task) {
        Some(g) => match g.failure() {
            Some(e) => (FAILED, e),
            None => (SUCCEEDED, g.result()),
        },
        None => {
            let ok = cx.call_method(task, "successful", &[])?;
            if cx.truth(ok)? { (SUCCEEDED, cx.get_attr_text(task, "value")?) } else { (FAILED, cx.get_attr_text(task, "exception")?) }
        }
    };
    m.put(cx, link.index, outcome, value)?;
    if is_last {
        m.put(cx, m.max_index.get() + 1, END, Value::NONE)?;
    }
    Ok(())
}

/// Starts the feeding of `function` with the zipped `iterables`.
pub(crate) fn start(cx: &mut Cx, pool: Value, function: Value, iterables: &[Value], kwargs: Kwargs<'_>, is_ordered: bool) -> Result<Value> {
    let mut bound = 0;
    for (name, v) in kwargs {
        if name.bytes() != b"maxsize" {
            return Err(cx.type_error("Unsupported keyword arguments"));
        }
        if !v.is_none() {
            match v.as_int() {
                Some(n) if n >= 0 => bound = n,
                Some(_) => return Err(cx.value_error("semaphore initial value must be >= 0")),
                None => return Err(cx.type_error("an integer is required")),
            }
        }
    }
    if !cx.is_callable(function) {
        let text = format!("'{}' object is not callable", cx.type_name(function));
        return Err(cx.type_error(text));
    }
    let zip = cx.types.zip.value();
    let input = cx.call(zip, iterables)?;
    let results = cx.queue().value();
    let bound = if bound > 0 { Some(cx.semaphore(bound).value()) } else { None };
    let early = if is_ordered { Some(cx.dict_new().value()) } else { None };
    let m = IMap {
        pool: Slot::new(Some(pool)),
        function: Slot::new(Some(function)),
        input: Slot::new(Some(input)),
        results: Slot::new(Some(results)),
        bound: Slot::new(bound),
        early: Slot::new(early),
        index: Cell::new(0),
        max_index: Cell::new(-1),
        outstanding: Cell::new(0),
        is_fed: Cell::new(false),
        is_finished: Cell::new(false),
        is_over: Cell::new(false),
        feeder: Slot::new(None),
    };
    let class = cx.native_class(if is_ordered { &ordered_class::NATIVE } else { &unordered_class::NATIVE });
    let this = NativeObject::alloc(cx, class, Box::new(m));
    let feed = cx.builtin(tasks::FEED, None).value();
    let feeder = cx.spawn(feed, &[this.value()], None)?;
    body::<IMap>(cx, this)?.feeder.set(this, Some(feeder.value()));
    Ok(this.value())
}

/// Puts one item after the other into the pool.
fn feed(cx: &mut Cx, m: &IMap, this: Value) -> Result<()> {
    let (Some(pool), Some(function), Some(input)) = (m.pool.get(), m.function.get(), m.input.get()) else {
        return Ok(());
    };
    let class = cx.native_class(&task_link_class::NATIVE);
    while let Some(item) = cx.next(input)? {
        m.max_index.set(m.max_index.get() + 1);
        if let Some(b) = m.bound.get().and_then(|b| b.as_gc::<NativeObject>()) {
            cx.semaphore_acquire(b, true, None)?;
        }
        m.outstanding.set(m.outstanding.get() + 1);
        let item = cx.tuple_from_iterable(item)?;
        let all = cx.tuple_with(item.len() + 1, |i| if i == 0 { function } else { item.items()[i - 1] });
        let task = super::pool::spawn(cx, pool, all.items(), None)?;
        std::hint::black_box(all);
        let link = NativeObject::alloc(cx, class, Box::new(TaskLink { imap: Slot::new(Some(this)), index: m.max_index.get() })).value();
        link_to(cx, task, link)?;
    }
    Ok(())
}

/// What the feeding greenlet runs.
#[gscript_macros::functions]
pub mod tasks {
    use super::*;

    #[function("imap, /")]
    fn _run(cx: &mut Cx, imap: Gc<NativeObject>) -> Result<()> {
        let m = body::<IMap>(cx, imap)?;
        let _keep = Keep(imap);
        let r = feed(cx, m, imap.value());
        m.is_fed.set(true);
        for s in [&m.pool, &m.function, &m.input, &m.bound] {
            s.set(imap, None);
        }
        match r {
            Ok(()) if m.outstanding.get() <= 0 && !m.is_finished.get() => {
                m.is_finished.set(true);
                m.put(cx, m.max_index.get() + 1, END, Value::NONE)
            }
            Ok(()) => Ok(()),
            Err(r) => {
                let e = cx.take_pending(r);
                if !m.is_finished.replace(true) {
                    m.put(cx, m.max_index.get() + 1, INPUT_FAILED, e)?;
                }
                Err(cx.reraise(e))
            }
        }
    }

    pub(crate) static FEED: &crate::object::function::BuiltinDef = FUNCTIONS[0];
}

#[class("gevent.pool._TaskLink")]
pub mod task_link_class {
    use super::*;

    #[method(name = "__call__", "source, /")]
    fn call(cx: &mut Cx, this: Gc<NativeObject>, source: Value) -> Result<()> {
        let link = body::<TaskLink>(cx, this)?;
        let _keep = Keep(this);
        link.notify(cx, this, source);
        Ok(())
    }
}

/// The greenlet that feeds, as attribute access on the iterator reaches it.
fn feeder(cx: &mut Cx, m: &IMap) -> Result<Gc<NativeObject>> {
    match m.feeder.get().and_then(|f| f.as_gc::<NativeObject>()) {
        Some(f) => Ok(f),
        None => Err(cx.runtime_error("the iterator has no greenlet yet")),
    }
}

macro_rules! imap_class {
    ($name:literal, $module:ident) => {
        #[class($name)]
        pub mod $module {
            use super::*;

            #[method(name = "__iter__", "")]
            fn iter(this: Value) -> Value {
                this
            }

            #[method(name = "__next__", "")]
            fn next(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
                let m = body::<IMap>(cx, this)?;
                let _keep = Keep(this);
                match m.step(cx, this)? {
                    Some(v) => Ok(v),
                    None => Err(cx.stop_iteration(Value::NONE)),
                }
            }

            /// Stops the feeding.
            #[method("exception=None, block=True, timeout=None")]
            fn kill(cx: &mut Cx, this: &IMap, exception: Option<Value>, block: bool, timeout: Option<Value>) -> Result<()> {
                let g = feeder(cx, this)?;
                let e = cx.kill_exception(exception)?;
                let s = super::super::links::limit(cx, timeout)?;
                if block {
                    return cx.kill_and_join(g, e, s).map(drop);
                }
                cx.kill_greenlet(g, e);
                Ok(())
            }

            /// Waits until all input was fed.
            #[method("timeout=None")]
            fn join(cx: &mut Cx, this: &IMap, timeout: Option<Value>) -> Result<()> {
                let g = feeder(cx, this)?;
                let s = super::super::links::limit(cx, timeout)?;
                cx.join_greenlet(g, s).map(drop)
            }

            /// Whether all input was fed.
            #[method("")]
            fn ready(this: &IMap) -> bool {
                this.is_fed.get()
            }
        }
    };
}

imap_class!("gevent.pool.IMap", ordered_class);
imap_class!("gevent.pool.IMapUnordered", unordered_class);
