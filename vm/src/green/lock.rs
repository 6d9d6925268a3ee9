//! `gevent.lock`: semaphores and the re-entrant lock.

use std::cell::Cell;

use gscript_macros::class;

use super::links::{Keep, Linkable, Links, body, check_links, limit, raw_link, unlink, wait_for};
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::native::{Native, NativeObject};
use crate::object::slot::Slot;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// A counter of permits.
#[derive(Default)]
pub struct Semaphore {
    counter: Cell<i64>,
    /// A bounded one's first counter.
    bound: Cell<Option<i64>>,
    links: Links,
}

impl Native for Semaphore {
    fn trace(&self, m: &mut Marker<'_>) {
        self.links.list.trace(m);
    }
}

impl Linkable for Semaphore {
    fn links(&self) -> &Links {
        &self.links
    }

    fn is_ready(&self) -> bool {
        self.counter.get() > 0
    }

    const ONLY_WHILE_READY: bool = true;
}

impl Cx {
    /// The class `gevent.lock.BoundedSemaphore`.
    pub fn bounded_semaphore_class(&mut self) -> Gc<Type> {
        let base = self.native_class(&semaphore_class::NATIVE);
        self.native_subclass(&bounded_class::NATIVE, base)
    }

    /// A new semaphore.
    pub fn semaphore(&mut self, counter: i64) -> Gc<NativeObject> {
        let class = self.native_class(&semaphore_class::NATIVE);
        NativeObject::alloc(self, class, Box::new(Semaphore { counter: Cell::new(counter), ..Semaphore::default() }))
    }

    /// Takes a permit, waiting for one; false: the time was up (LCK-02).
    pub fn semaphore_acquire(&mut self, this: Gc<NativeObject>, blocking: bool, timeout: Option<f64>) -> Result<bool> {
        let s = body::<Semaphore>(self, this)?;
        let _keep = Keep(this);
        // Who was told finds a permit, unless a callback took it meanwhile.
        if s.counter.get() <= 0 && (!blocking || !wait_for::<Semaphore>(self, this, "a semaphore", timeout)?) {
            return Ok(false);
        }
        s.counter.set(s.counter.get() - 1);
        Ok(true)
    }

    pub fn semaphore_release(&mut self, this: Gc<NativeObject>) -> Result<i64> {
        let s = body::<Semaphore>(self, this)?;
        let _keep = Keep(this);
        if s.bound.get().is_some_and(|b| s.counter.get() >= b) {
            return Err(self.value_error("Semaphore released too many times"));
        }
        s.counter.set(s.counter.get().saturating_add(1));
        check_links::<Semaphore>(self, this.value());
        Ok(s.counter.get())
    }

    /// Waits until a permit could be taken. The counter, 0 when the time was up.
    pub fn semaphore_wait(&mut self, this: Gc<NativeObject>, timeout: Option<f64>) -> Result<i64> {
        let s = body::<Semaphore>(self, this)?;
        let _keep = Keep(this);
        if s.counter.get() <= 0 {
            wait_for::<Semaphore>(self, this, "a semaphore", timeout)?;
        }
        Ok(s.counter.get())
    }
}

fn init_counter(cx: &mut Cx, this: &Semaphore, value: Option<Value>) -> Result<()> {
    let n = match value {
        None => 1,
        Some(v) => match v.as_int() {
            Some(i) => i,
            None if v.is_bool() => (v == Value::TRUE) as i64,
            None => return Err(cx.type_error("an integer is required")),
        },
    };
    if n < 0 {
        return Err(cx.value_error("semaphore initial value must be >= 0"));
    }
    this.counter.set(n);
    Ok(())
}

/// A counting lock: acquire() blocks while the counter is zero, release() increments it.
#[class("gevent._gevent_c_semaphore.Semaphore", flags = HAS_WEAKREF)]
pub mod semaphore_class {
    use super::*;
    use crate::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(Semaphore { counter: Cell::new(1), ..Semaphore::default() })).value())
    }

    #[method(name = "__init__", "value=1, hub=None", style = "cython")]
    fn init(cx: &mut Cx, this: &Semaphore, value: Option<Value>, hub: Option<Value>) -> Result<()> {
        let _ = hub;
        init_counter(cx, this, value)
    }

    #[getter]
    fn counter(this: &Semaphore) -> i64 {
        this.counter.get()
    }

    /// Whether no permit is free.
    #[method("")]
    fn locked(this: &Semaphore) -> bool {
        this.counter.get() <= 0
    }

    /// Whether a permit is free.
    #[method("")]
    fn ready(this: &Semaphore) -> bool {
        this.counter.get() > 0
    }

    /// Takes a permit. Whether it got one.
    #[method("blocking=True, timeout=None")]
    fn acquire(cx: &mut Cx, this: Gc<NativeObject>, blocking: bool, timeout: Option<Value>) -> Result<bool> {
        let s = limit(cx, timeout)?;
        cx.semaphore_acquire(this, blocking, s)
    }

    /// Gives a permit back. The new counter.
    #[method("")]
    fn release(cx: &mut Cx, this: Gc<NativeObject>) -> Result<i64> {
        cx.semaphore_release(this)
    }

    /// Waits until a permit could be taken, without taking it. The counter.
    #[method("timeout=None")]
    fn wait(cx: &mut Cx, this: Gc<NativeObject>, timeout: Option<Value>) -> Result<i64> {
        let s = limit(cx, timeout)?;
        cx.semaphore_wait(this, s)
    }

    #[method(name = "__enter__", "")]
    fn enter(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        cx.semaphore_acquire(this, true, None).map(drop)
    }

    #[method(name = "__exit__", "t, v, tb, /")]
    fn exit(cx: &mut Cx, this: Gc<NativeObject>, t: Value, v: Value, tb: Value) -> Result<()> {
        let _ = (t, v, tb);
        cx.semaphore_release(this).map(drop)
    }

    /// Has callback(self) called in the hub when a permit is free.
    #[method("callback, /")]
    fn rawlink(cx: &mut Cx, this: Gc<NativeObject>, callback: Value) -> Result<()> {
        raw_link::<Semaphore>(cx, this, callback)
    }

    /// Removes the callback set by rawlink().
    #[method("callback, /")]
    fn unlink(cx: &mut Cx, this: &Semaphore, callback: Value) -> Result<()> {
        super::unlink(cx, &this.links.list, callback)
    }

    /// The number of links.
    #[method("")]
    fn linkcount(this: &Semaphore) -> usize {
        this.links.list.len()
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let s = body::<Semaphore>(cx, this)?;
        let _keep = Keep(this);
        let text = format!("<{} at {:#x} counter={} _links[{}]>", cx.type_name(this.value()), this.address(), s.counter.get(), s.links.list.len());
        Ok(cx.str(&text))
    }
}

/// A semaphore that must not be released more often than it was acquired.
#[class("gevent._gevent_c_semaphore.BoundedSemaphore")]
pub mod bounded_class {
    use super::*;

    #[method(name = "__init__", "value=1, hub=None", style = "cython")]
    fn init(cx: &mut Cx, this: &Semaphore, value: Option<Value>, hub: Option<Value>) -> Result<()> {
        let _ = hub;
        init_counter(cx, this, value)?;
        this.bound.set(Some(this.counter.get()));
        Ok(())
    }
}

/// A semaphore that never blocks: it stands where none is needed.
pub struct DummySemaphore;

impl Native for DummySemaphore {}

/// A semaphore in name only: everything succeeds at once.
#[class("gevent.lock.DummySemaphore")]
pub mod dummy_class {
    use super::*;

    #[new("value=None")]
    fn new(cx: &mut Cx, class: Gc<Type>, value: Option<Value>) -> Result<Value> {
        let _ = value;
        Ok(NativeObject::alloc(cx, class, Box::new(DummySemaphore)).value())
    }

    #[method("")]
    fn locked(_this: &DummySemaphore) -> bool {
        false
    }

    #[method("")]
    fn ready(_this: &DummySemaphore) -> bool {
        true
    }

    #[method("")]
    fn release(_this: &DummySemaphore) {}

    #[method("callback, /")]
    fn rawlink(_cx: &mut Cx, _this: &DummySemaphore, callback: Value) -> Result<()> {
        let _ = callback;
        Ok(())
    }

    #[method("callback, /")]
    fn unlink(_cx: &mut Cx, _this: &DummySemaphore, callback: Value) -> Result<()> {
        let _ = callback;
        Ok(())
    }

    #[method("timeout=None")]
    fn wait(_cx: &mut Cx, _this: &DummySemaphore, timeout: Option<Value>) -> Result<i64> {
        let _ = timeout;
        Ok(1)
    }

    #[method("blocking=True, timeout=None")]
    fn acquire(_cx: &mut Cx, _this: &DummySemaphore, blocking: Option<Value>, timeout: Option<Value>) -> Result<bool> {
        let _ = (blocking, timeout);
        Ok(true)
    }

    #[method(name = "__enter__", "")]
    fn enter(_this: &DummySemaphore) {}

    #[method(name = "__exit__", "t, v, tb, /")]
    fn exit(_cx: &mut Cx, _this: &DummySemaphore, t: Value, v: Value, tb: Value) -> Result<()> {
        let _ = (t, v, tb);
        Ok(())
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let text = format!("<{}>", cx.type_name(this.value()));
        Ok(cx.str(&text))
    }
}

/// A lock that its owner may take again.
pub struct RLock {
    lock: Slot,
    owner: Slot,
    count: Cell<i64>,
}

impl Native for RLock {
    fn trace(&self, m: &mut Marker<'_>) {
        self.lock.trace(m);
        self.owner.trace(m);
    }
}

/// A lock that may be acquired again by the greenlet that holds it.
#[class("gevent.lock.RLock", flags = HAS_WEAKREF)]
pub mod rlock_class {
    use super::*;
    use crate::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        let lock = cx.semaphore(1).value();
        Ok(NativeObject::alloc(cx, class, Box::new(RLock { lock: Slot::new(Some(lock)), owner: Slot::new(None), count: Cell::new(0) })).value())
    }

    #[method(name = "__init__", "hub=None")]
    fn init(_cx: &mut Cx, _this: &RLock, hub: Option<Value>) -> Result<()> {
        let _ = hub;
        Ok(())
    }

    fn me(cx: &mut Cx) -> Value {
        cx.current_greenlet().map_or(Value::NONE, |g| g.value())
    }

    fn lock(cx: &mut Cx, r: &RLock) -> Result<Gc<NativeObject>> {
        match r.lock.get().and_then(|l| l.as_gc::<NativeObject>()) {
            Some(l) => Ok(l),
            None => Err(cx.runtime_error("a lock without its semaphore")),
        }
    }

    fn take(cx: &mut Cx, this: Gc<NativeObject>, blocking: bool, timeout: Option<f64>) -> Result<Value> {
        let r = body::<RLock>(cx, this)?;
        let _keep = Keep(this);
        let me = me(cx);
        if r.owner.get() == Some(me) {
            r.count.set(r.count.get() + 1);
            return Ok(Value::int32(1));
        }
        let lock = lock(cx, r)?;
        if !cx.semaphore_acquire(lock, blocking, timeout)? {
            return Ok(Value::FALSE);
        }
        r.owner.set(this, Some(me));
        r.count.set(1);
        Ok(Value::TRUE)
    }

    fn give(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        let r = body::<RLock>(cx, this)?;
        let _keep = Keep(this);
        let me = me(cx);
        if r.owner.get() != Some(me) {
            let owner = r.owner.get().unwrap_or(Value::NONE);
            let text = format!("cannot release un-acquired lock. Owner: {} Current: {}", cx.repr(owner)?.lossy(), cx.repr(me)?.lossy());
            return Err(cx.runtime_error(text));
        }
        r.count.set(r.count.get() - 1);
        if r.count.get() == 0 {
            r.owner.set(this, None);
            let lock = lock(cx, r)?;
            cx.semaphore_release(lock)?;
        }
        Ok(())
    }

    /// Takes the lock, waiting for it. Whether it got it.
    #[method("blocking=True, timeout=None")]
    fn acquire(cx: &mut Cx, this: Gc<NativeObject>, blocking: bool, timeout: Option<Value>) -> Result<Value> {
        let s = limit(cx, timeout)?;
        take(cx, this, blocking, s)
    }

    /// Gives the lock back; only its owner may.
    #[method("")]
    fn release(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        give(cx, this)
    }

    /// Whether somebody holds it.
    #[method("")]
    fn locked(this: &RLock) -> bool {
        this.count.get() > 0
    }

    #[method(name = "__enter__", "")]
    fn enter(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        take(cx, this, true, None)
    }

    #[method(name = "__exit__", "typ, value, tb, /")]
    fn exit(cx: &mut Cx, this: Gc<NativeObject>, typ: Value, value: Value, tb: Value) -> Result<()> {
        let _ = (typ, value, tb);
        give(cx, this)
    }

    /// Whether the caller holds it.
    #[method("")]
    fn _is_owned(cx: &mut Cx, this: &RLock) -> Result<bool> {
        let me = me(cx);
        Ok(this.owner.get() == Some(me))
    }

    /// For conditions: gives the lock back at all levels; the state for _acquire_restore.
    #[method("")]
    fn _release_save(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let r = body::<RLock>(cx, this)?;
        let _keep = Keep(this);
        let state = [cx.int(r.count.replace(0)), r.owner.get().unwrap_or(Value::NONE)];
        r.owner.set(this, None);
        let lock = lock(cx, r)?;
        cx.semaphore_release(lock)?;
        Ok(cx.tuple(&state).value())
    }

    #[method("count_owner, /")]
    fn _acquire_restore(cx: &mut Cx, this: Gc<NativeObject>, count_owner: Value) -> Result<()> {
        let r = body::<RLock>(cx, this)?;
        let _keep = Keep(this);
        let lock = lock(cx, r)?;
        cx.semaphore_acquire(lock, true, None)?;
        let state = cx.tuple_from_iterable(count_owner)?;
        if let [count, owner] = state.items() {
            r.count.set(count.as_int().unwrap_or(0));
            r.owner.set(this, Some(*owner).filter(|o| !o.is_none()));
        }
        Ok(())
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Gc<Str>> {
        let r = body::<RLock>(cx, this)?;
        let _keep = Keep(this);
        let (lock, owner) = (r.lock.get().unwrap_or(Value::NONE), r.owner.get().unwrap_or(Value::NONE));
        let text = format!(
            "<{} at {:#x} _block={} _count={} _owner={})>",
            cx.type_name(this.value()),
            this.address(),
            cx.str_value(lock)?.lossy(),
            r.count.get(),
            cx.repr(owner)?.lossy()
        );
        Ok(cx.str(&text))
    }
}
