//! Classes: `type` objects, the search along the method resolution order, and what is cached of it.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};

use crate::heap::header::{Header, Kind, ShapeId};
use crate::heap::mark::{Marker, Trace};
use crate::object::dict::Dict;
use crate::object::dunder::{DUNDERS, Dunder};
use crate::object::function::NativeFn;
use crate::object::slot::{Ref, Slot};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::Cx;

/// A class.
/// The making of an instance of a built-in class: its `__new__`, and its `__init__` if that does anything.
#[derive(Clone, Copy)]
pub struct NativeCall {
    pub new: NativeFn,
    pub init: Option<NativeFn>,
}

#[repr(C)]
pub struct Type {
    header: Header,
    pub name: Ref<Str>,
    pub qualname: Ref<Str>,
    /// The class whose layout the instances have; `None` for `object`.
    pub base: Ref<Type>,
    pub bases: Ref<Tuple>,
    /// Itself first.
    pub mro: Ref<Tuple>,
    pub dict: Ref<Dict>,
    /// Layout of the instances.
    pub kind: Cell<Kind>,
    pub flags: Cell<u32>,
    pub inline_slots: Cell<u16>,
    /// Where new instances begin.
    pub instance_shape: Cell<ShapeId>,
    /// `__new__` of built-in classes, inherited by subclasses: called with the class in front of the arguments.
    pub native_new: Cell<Option<NativeFn>>,
    /// What a call of a built-in class comes to, noted at the first call.
    pub native_call: Cell<Option<NativeCall>>,
    /// The table of a built-in class.
    pub def: Cell<Option<&'static crate::types::ClassDef>>,
    /// What calling the class does, worked out at the first call; see `interp/call.rs`. Reset by changes.
    pub constructor: Slot,
    /// Names of `__slots__` of this class (a tuple of strings).
    pub slot_names: Slot,
    subclasses: RefCell<Vec<Gc<Type>>>,
    /// Special methods found so far, by `Dunder`; empty: nothing asked yet.
    dunders: RefCell<Box<[DunderCache]>>,
}

#[derive(Clone, Copy)]
enum DunderCache {
    Unknown,
    Absent,
    /// The attribute as it stands in a class's dict.
    Found(Value),
}

/// Made by a script (or by `type(...)`): attributes can be set.
pub const IS_SCRIPT: u32 = 1;
/// Instances may have a `__dict__`.
pub const HAS_DICT: u32 = 1 << 1;
/// May not be subclassed.
pub const IS_FINAL: u32 = 1 << 2;
/// Instances are built-in containers' kind or anything else but have an attribute word behind their body.
pub const HAS_ATTRIBUTE_WORD: u32 = 1 << 3;
/// Has unfilled abstract methods.
pub const IS_ABSTRACT: u32 = 1 << 4;
/// Changed so often that inline caches leave it alone.
pub const IS_UNSTABLE: u32 = 1 << 5;
/// The class is (a subclass of) an exception.
pub const IS_EXCEPTION: u32 = 1 << 6;
/// For patterns: instances match sequence patterns.
pub const IS_SEQUENCE: u32 = 1 << 7;
/// For patterns: instances match mapping patterns.
pub const IS_MAPPING: u32 = 1 << 8;
/// Instances cannot be created by calling the class.
pub const NO_NEW: u32 = 1 << 9;
/// A subclass of `type`.
pub const IS_METACLASS: u32 = 1 << 10;
/// `case cls(x)` with one positional pattern binds the subject itself.
pub const MATCH_SELF: u32 = 1 << 11;
/// Weak references to instances are possible.
pub const HAS_WEAKREF: u32 = 1 << 12;
/// The running greenlet's attributes are put on an instance before any is looked at: `gevent.local`. Never in caches.
pub const SWAPS_ATTRIBUTES: u32 = 1 << 13;

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Type {
    const KIND: Kind = Kind::Type;
}

impl Trace for Type {
    fn trace(&self, m: &mut Marker<'_>) {
        self.name.trace(m);
        self.qualname.trace(m);
        self.base.trace(m);
        self.bases.trace(m);
        self.mro.trace(m);
        self.dict.trace(m);
        self.constructor.trace(m);
        self.slot_names.trace(m);
        // `subclasses` is weak. `dunders` refers only to what the dicts of the classes in `mro` hold.
    }
}

impl Type {
    #[inline(always)]
    pub fn has_flag(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }

    pub fn set_flag(&self, flag: u32) {
        self.flags.set(self.flags.get() | flag)
    }

    pub fn clear_flag(&self, flag: u32) {
        self.flags.set(self.flags.get() & !flag)
    }

    /// Instances have a word for attributes behind their body (those of kind Instance have it inside).
    #[inline(always)]
    pub fn has_attribute_word(&self) -> bool {
        self.has_flag(HAS_ATTRIBUTE_WORD)
    }

    /// The classes in method resolution order.
    pub fn mro_items(&self) -> &[Value] {
        let mro = self.mro.expect();
        // SAFETY: the tuple is kept by this class, which the caller holds; tuples never change or move.
        unsafe { &*(mro.items() as *const [Value]) }
    }

    /// Whether this class is `other` or a subclass of it, by the method resolution order alone.
    #[inline]
    pub fn is_subclass(&self, other: Gc<Type>) -> bool {
        self as *const Type == other.as_ptr() as *const Type || self.mro_items().contains(&other.value())
    }

    pub fn subclasses(&self) -> Vec<Gc<Type>> {
        self.subclasses.borrow().clone()
    }

    pub fn add_subclass(&self, class: Gc<Type>) {
        self.subclasses.borrow_mut().push(class);
    }

    pub fn remove_subclass(&self, class: Gc<Type>) {
        self.subclasses.borrow_mut().retain(|&c| c != class);
    }

    /// Forgets subclasses that a collection did not reach.
    pub fn sweep_subclasses(&self, heap: &crate::heap::Heap) {
        self.subclasses.borrow_mut().retain(|c| heap.is_marked(c.header()));
    }

    pub fn name_text(&self) -> String {
        self.name.get().map(|n| n.lossy().into_owned()).unwrap_or_default()
    }

    pub fn qualname_text(&self) -> String {
        self.qualname.get().map(|n| n.lossy().into_owned()).unwrap_or_default()
    }

    fn forget(&self) {
        *self.dunders.borrow_mut() = Box::new([]);
    }
}

fn bare(header: Header, name: Option<Gc<Str>>, kind: Kind, flags: u32) -> Type {
    Type {
        header,
        name: Ref::new(name),
        qualname: Ref::new(name),
        base: Ref::new(None),
        bases: Ref::new(None),
        mro: Ref::new(None),
        dict: Ref::new(None),
        kind: Cell::new(kind),
        flags: Cell::new(flags),
        inline_slots: Cell::new(0),
        instance_shape: Cell::new(0),
        native_new: Cell::new(None),
        native_call: Cell::new(None),
        def: Cell::new(None),
        constructor: Slot::new(None),
        slot_names: Slot::new(None),
        subclasses: RefCell::new(Vec::new()),
        dunders: RefCell::new(Box::new([])),
    }
}

/// A class before there are shapes and strings.
pub(crate) fn alloc_bare(heap: &crate::heap::Heap, kind: Kind) -> Gc<Type> {
    let p = match heap.alloc_small(size_of::<Type>(), true) {
        Some(p) => p,
        None => heap.alloc_small_slow(size_of::<Type>(), true),
    };
    // SAFETY: fresh memory of that size.
    unsafe {
        (p as *mut Type).write(bare(Header::new(Kind::Type, 0), None, kind, 0));
        Gc::from_ptr(p as *mut Type)
    }
}

/// One place of the cache of attribute look-ups in classes: by class and name.
#[derive(Clone, Copy, Default)]
pub struct LookupEntry {
    class: usize,
    name: usize,
    found: Option<Value>,
}

pub const LOOKUP_ENTRIES: usize = 1024;

impl Cx {
    /// A class of the metaclass `meta` without dict. `base`, order and shape are set by the caller.
    pub fn alloc_type(&mut self, meta: Gc<Type>, name: Gc<Str>, kind: Kind, flags: u32) -> Gc<Type> {
        self.alloc_of(meta, |header| bare(header, Some(name), kind, flags))
    }

    /// The attribute `name` (interned) in the classes of `class`'s method resolution order, as it stands there.
    #[inline]
    pub fn lookup(&mut self, class: Gc<Type>, name: Gc<Str>) -> Option<Value> {
        let place = ((class.address() >> 4) ^ (name.address() >> 4).wrapping_mul(31)) & (LOOKUP_ENTRIES - 1);
        let e = &self.lookup_cache[place];
        if e.class == class.address() && e.name == name.address() {
            return e.found;
        }
        let found = self.lookup_uncached(class, name);
        self.lookup_cache[place] = LookupEntry { class: class.address(), name: name.address(), found };
        found
    }

    fn lookup_uncached(&self, class: Gc<Type>, name: Gc<Str>) -> Option<Value> {
        for c in class.mro_items() {
            if let Some(c) = c.as_gc::<Type>() {
                if let Some(v) = self.dict_get_str(c.dict.expect(), name) {
                    return Some(v);
                }
            }
        }
        None
    }

    /// As [`Cx::lookup`] in the classes behind `after` in the method resolution order of `class`: what `super` does.
    pub fn lookup_after(&self, class: Gc<Type>, after: Gc<Type>, name: Gc<Str>) -> Option<Value> {
        let mro = class.mro_items();
        let at = mro.iter().position(|c| *c == after.value())?;
        mro[at + 1..].iter().find_map(|c| self.dict_get_str(c.as_gc::<Type>()?.dict.expect(), name))
    }

    /// A special method of a class, as it stands in a class's dict.
    #[inline]
    pub fn special(&mut self, class: Gc<Type>, dunder: Dunder) -> Option<Value> {
        if let Some(e) = class.dunders.borrow().get(dunder as usize) {
            match e {
                DunderCache::Found(v) => return Some(*v),
                DunderCache::Absent => return None,
                DunderCache::Unknown => {}
            }
        }
        let name = self.dunder_names[dunder as usize];
        let found = self.lookup_uncached(class, name);
        let mut cache = class.dunders.borrow_mut();
        if cache.is_empty() {
            *cache = vec![DunderCache::Unknown; DUNDERS.len()].into_boxed_slice();
        }
        cache[dunder as usize] = found.map_or(DunderCache::Absent, DunderCache::Found);
        found
    }

    /// To be called after an attribute of a class changed: caches that depend on it are forgotten.
    /// `name` is `None` when anything may have changed (bases).
    pub fn class_changed(&mut self, class: Gc<Type>, name: Option<Gc<Str>>) {
        let is_special = name.is_none_or(|n| n.bytes().starts_with(b"__"));
        for e in self.lookup_cache.iter_mut() {
            if name.is_none_or(|n| e.name == n.address()) {
                *e = LookupEntry::default();
            }
        }
        self.forget_below(class, is_special);
        self.caches_of_class_changed(class, name);
    }

    fn forget_below(&mut self, class: Gc<Type>, is_special: bool) {
        if is_special {
            class.forget();
        }
        class.constructor.set(class, None);
        for sub in class.subclasses() {
            self.forget_below(sub, is_special);
        }
    }

    /// The class of a value.
    #[inline(always)]
    pub fn class_of(&self, v: Value) -> Gc<Type> {
        match v.as_object() {
            Some(o) => self.shapes.get(o.shape()).class,
            None => self.class_of_immediate(v),
        }
    }

    fn class_of_immediate(&self, v: Value) -> Gc<Type> {
        let t = &self.types;
        if v.is_int() {
            t.int
        } else if v.is_immediate_float() {
            t.float
        } else if v.is_bool() {
            t.bool
        } else if v.is_none() {
            t.none
        } else if v == Value::ELLIPSIS {
            t.ellipsis
        } else {
            t.not_implemented
        }
    }

    /// Whether `v` is an instance of `class`, by the method resolution order alone (no `__instancecheck__`).
    #[inline]
    pub fn is_instance(&self, v: Value, class: Gc<Type>) -> bool {
        self.class_of(v).is_subclass(class)
    }

    /// Whether `v` is `class` or a subclass of it.
    #[inline]
    pub fn is_class_of(&self, v: Value, class: Gc<Type>) -> bool {
        v.as_gc::<Type>().is_some_and(|t| t.is_subclass(class))
    }

    /// Whether the class of `v` is exactly the built-in `class`.
    #[inline(always)]
    pub fn is_exact(&self, v: Value, class: Gc<Type>) -> bool {
        v.as_object().is_some_and(|o| o.shape() == class.instance_shape.get())
    }

    pub fn is_exact_float(&self, v: Value) -> bool {
        v.is_immediate_float() || self.is_exact(v, self.types.float)
    }

    /// As [`Cx::type_name`], without a copy for what is formatted most.
    pub fn type_name_cow(&self, v: Value) -> std::borrow::Cow<'static, str> {
        use std::borrow::Cow;
        if v.is_int() {
            Cow::Borrowed("int")
        } else if v.is_immediate_float() {
            Cow::Borrowed("float")
        } else if self.is_exact(v, self.types.str) {
            Cow::Borrowed("str")
        } else {
            Cow::Owned(self.type_name(v))
        }
    }

    /// The name of a value's class, for messages.
    pub fn type_name(&self, v: Value) -> String {
        self.class_of(v).name_text()
    }
}
