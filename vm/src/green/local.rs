//! `gevent.local.local`: an object whose attributes each greenlet has for itself.
//!
//! The object keeps one attribute dict a greenlet and puts on the one of the greenlet that touches it. Entries of ended
//! greenlets are dropped when the collector comes by.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use gscript_macros::class;

use super::greenlet::Greenlet;
use super::links::{Keep, body};
use crate::heap::mark::Marker;
use crate::object::class::{IS_SCRIPT, Type};
use crate::object::dict::Dict;
use crate::object::dunder::Dunder;
use crate::object::native::{Native, NativeObject, native};
use crate::object::slot::Slot;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// One dict a greenlet, by the address of the greenlet (0: the hub). Each entry holds its greenlet, so that the address
/// is not used again while it is there.
pub struct Local {
    dicts: RefCell<HashMap<usize, (Value, Gc<Dict>)>>,
    /// Whose dict the object wears.
    worn_by: Cell<usize>,
    /// Arguments for the `__init__` of a subclass.
    args: Slot,
    kwargs: Slot,
}

impl Native for Local {
    fn trace(&self, m: &mut Marker<'_>) {
        self.dicts.borrow_mut().retain(|_, (owner, dict)| {
            if native::<Greenlet>(*owner).is_some_and(|g| g.task.is_dead()) {
                return false;
            }
            m.value(*owner);
            m.object(*dict);
            true
        });
        self.args.trace(m);
        self.kwargs.trace(m);
    }
}

impl Cx {
    /// Before attributes of an instance of a class with the flag SWAPS_ATTRIBUTES are looked at. May run script code.
    pub(crate) fn swap_attributes(&mut self, object: Value) -> Result<()> {
        match object.as_gc::<NativeObject>() {
            Some(o) if native::<Local>(object).is_some() => wear(self, o),
            _ => Ok(()),
        }
    }
}

/// Puts the running greenlet's dict on the object. The first time, `__init__` of a subclass runs (LOC-03).
fn wear(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
    let l = body::<Local>(cx, this)?;
    let _keep = Keep(this);
    let me = cx.current_greenlet();
    let key = me.map_or(0, |g| g.address());
    if l.worn_by.get() == key {
        return Ok(());
    }
    let found = l.dicts.borrow().get(&key).map(|e| e.1);
    if let Some(dict) = found {
        cx.replace_attribute_dict(this.header(), dict);
        l.worn_by.set(key);
        return Ok(());
    }
    let dict = new_dict(cx, this, l, key, me);
    let Some(args) = l.args.get().and_then(|a| a.as_gc::<crate::object::tuple::Tuple>()) else {
        return Ok(());
    };
    let class = cx.class_of(this.value());
    let Some(init) = cx.special(class, Dunder::Init).filter(|_| class.has_flag(IS_SCRIPT)) else {
        return Ok(());
    };
    let bound = cx.descriptor_get(init, this.value(), class)?;
    let kwargs = l.kwargs.get().and_then(|k| k.as_gc::<Dict>());
    if let Err(r) = cx.call_with_dict(bound, args, kwargs) {
        // Not initialised: the next touch tries again.
        l.dicts.borrow_mut().remove(&key);
        if l.worn_by.get() == key {
            l.worn_by.set(usize::MAX);
        }
        std::hint::black_box(dict);
        return Err(r);
    }
    // Other greenlets may have touched it meanwhile.
    wear(cx, this)
}

fn new_dict(cx: &mut Cx, this: Gc<NativeObject>, l: &Local, key: usize, me: Option<Gc<NativeObject>>) -> Gc<Dict> {
    let dict = cx.dict_new();
    l.dicts.borrow_mut().insert(key, (me.map_or(Value::NONE, |g| g.value()), dict));
    this.barrier();
    cx.replace_attribute_dict(this.header(), dict);
    l.worn_by.set(key);
    dict
}

/// An object whose attributes are greenlet-local.
#[class("gevent._gevent_clocal.local", flags = HAS_DICT | HAS_ATTRIBUTE_WORD | HAS_WEAKREF | SWAPS_ATTRIBUTES)]
pub mod local_class {
    use super::*;
    use crate::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let kwargs = super::super::greenlet::kwargs_dict(cx, kwargs);
        let args = cx.tuple(args);
        let has_init = cx.special(class, Dunder::Init).is_some_and(|i| i != cx.object_init);
        if !has_init && (!args.is_empty() || kwargs.is_some()) {
            let text = cx.str("Initialization arguments are not supported").value();
            let kwargs = match kwargs {
                Some(k) => k,
                None => cx.dict_new(),
            };
            let class = cx.types.type_error;
            return Err(cx.raise_with(class, &[text, args.value(), kwargs.value()]));
        }
        let body = Local {
            dicts: RefCell::default(),
            worn_by: Cell::new(usize::MAX),
            args: Slot::new(Some(args.value())),
            kwargs: Slot::new(kwargs.map(|k| k.value())),
        };
        let this = NativeObject::alloc(cx, class, Box::new(body));
        let l = super::body::<Local>(cx, this)?;
        let _keep = Keep(this);
        // The maker's `__init__` is called by who calls the class.
        let me = cx.current_greenlet();
        new_dict(cx, this, l, me.map_or(0, |g| g.address()), me);
        Ok(this.value())
    }

    /// The running greenlet's attributes.
    #[getter(name = "__dict__")]
    fn dict(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        wear(cx, this)?;
        Ok(cx.attribute_dict(this.header()).value())
    }

    /// A local object with a copy of the running greenlet's attributes.
    #[method("")]
    fn __copy__(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        wear(cx, this)?;
        let from = cx.attribute_dict(this.header());
        let l = super::body::<Local>(cx, this)?;
        let _keep = Keep(this);
        let class = cx.class_of(this.value());
        let copy = Local { dicts: RefCell::default(), worn_by: Cell::new(usize::MAX), args: Slot::new(l.args.get()), kwargs: Slot::new(l.kwargs.get()) };
        let copy = NativeObject::alloc(cx, class, Box::new(copy));
        let me = cx.current_greenlet();
        let body = super::body::<Local>(cx, copy)?;
        let _keep = Keep(copy);
        let to = new_dict(cx, copy, body, me.map_or(0, |g| g.address()), me);
        cx.dict_update(to, from)?;
        Ok(copy.value())
    }
}
