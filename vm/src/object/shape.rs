//! Shapes: which class an object has, and where its attributes lie.
//!
//! Shapes form a tree per class: adding an attribute leads to a child. A slot holds any value, or, when the first
//! value stored was a float, a raw `f64` (*double*). Storing something else into a double slot moves that one object to
//! the sibling shape where the slot holds any value, and new objects go there from the start.
//!
//! The first `inline_slots` slots lie in the object, the rest in its overflow buffer. A *dictionary* shape has no slots
//! but those of `__slots__`: the attribute word refers to a `dict`.
//!
//! Numbers of shapes are never used again: an inline cache that holds a number can therefore never match wrongly.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell, UnsafeCell};

use crate::heap::header::{Kind, ShapeId};
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::str::Str;
use crate::value::Gc;

/// Attributes beyond this number make an object a dictionary.
pub const MAX_SLOTS: usize = 64;

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SlotInfo {
    /// Interned.
    pub name: Gc<Str>,
    pub is_double: bool,
}

pub struct Shape {
    pub id: ShapeId,
    pub class: Gc<Type>,
    pub kind: Kind,
    pub slots: Vec<SlotInfo>,
    /// Slots that lie in the object itself.
    pub inline_slots: u16,
    /// Bit n: slot n is a double.
    pub doubles: u64,
    pub is_dictionary: bool,
    children: RefCell<Vec<(SlotInfo, ShapeId)>>,
    root: ShapeId,
    /// Of roots: names whose slots were seen to hold other things than floats.
    widened: RefCell<Vec<Gc<Str>>>,
    dictionary: Cell<ShapeId>,
}

impl Shape {
    /// The slot of an interned name.
    #[inline]
    pub fn find(&self, name: Gc<Str>) -> Option<usize> {
        self.slots.iter().position(|s| s.name == name)
    }

    #[inline(always)]
    pub fn is_double(&self, slot: usize) -> bool {
        self.doubles >> slot & 1 != 0
    }
}

/// The names of `__slots__` of a class and its bases. They stay in the inline slots, in this order, when an instance
/// becomes a dictionary: they are no part of its `__dict__`.
fn slot_members(root: &Shape) -> Vec<SlotInfo> {
    let mut slots: Vec<SlotInfo> = Vec::new();
    if root.kind != Kind::Instance || root.class.mro.get().is_none() {
        return slots;
    }
    for c in root.class.mro_items().iter().rev() {
        let names = c.as_gc::<Type>().and_then(|c| c.slot_names.get()).and_then(|s| s.as_gc::<crate::object::tuple::Tuple>());
        for name in names.iter().flat_map(|t| t.items()).filter_map(|n| n.as_str_object()) {
            let is_slot = name.is_interned() && name.bytes() != b"__dict__" && name.bytes() != b"__weakref__";
            if is_slot && slots.len() < root.inline_slots as usize && !slots.iter().any(|s| s.name == name) {
                slots.push(SlotInfo { name, is_double: false });
            }
        }
    }
    slots
}

/// All shapes of a Vm.
pub struct Shapes {
    list: UnsafeCell<Vec<Option<Box<Shape>>>>,
}

impl Default for Shapes {
    fn default() -> Shapes {
        Shapes { list: UnsafeCell::new(vec![None]) }
    }
}

impl Shapes {
    #[inline(always)]
    pub fn get<'a>(&self, id: ShapeId) -> &'a Shape {
        // SAFETY: shapes are boxed and freed only when no object has them; the list grows in `add` only, which hands out nothing.
        unsafe { (&(*self.list.get()))[id as usize].as_deref().expect("the shape of a live object") }
    }

    fn add(&self, make: impl FnOnce(ShapeId) -> Shape) -> ShapeId {
        // SAFETY: no reference into the list itself is alive, only into boxes.
        let list = unsafe { &mut *self.list.get() };
        let id = list.len() as ShapeId;
        list.push(Some(Box::new(make(id))));
        id
    }

    /// The first shape of the instances of a class.
    pub fn add_root(&self, class: Gc<Type>, kind: Kind, inline_slots: u16) -> ShapeId {
        self.add(|id| Shape {
            id,
            class,
            kind,
            slots: Vec::new(),
            inline_slots,
            doubles: 0,
            is_dictionary: false,
            children: RefCell::new(Vec::new()),
            root: id,
            widened: RefCell::new(Vec::new()),
            dictionary: Cell::new(0),
        })
    }

    /// The shape after an attribute was added; `is_float`: its first value is a float. `None`: there are too many.
    pub fn child(&self, id: ShapeId, name: Gc<Str>, is_float: bool) -> Option<ShapeId> {
        let shape = self.get(id);
        if shape.slots.len() >= MAX_SLOTS {
            return None;
        }
        let is_double = is_float && !self.get(shape.root).widened.borrow().contains(&name);
        Some(self.child_exact(id, SlotInfo { name, is_double }))
    }

    fn child_exact(&self, id: ShapeId, info: SlotInfo) -> ShapeId {
        let shape = self.get(id);
        if let Some(&(_, child)) = shape.children.borrow().iter().find(|(i, _)| *i == info) {
            return child;
        }
        let mut slots = shape.slots.clone();
        slots.push(info);
        let doubles = shape.doubles | (info.is_double as u64) << (slots.len() - 1);
        let child = self.add(|id| Shape {
            id,
            class: shape.class,
            kind: shape.kind,
            slots,
            inline_slots: shape.inline_slots,
            doubles,
            is_dictionary: false,
            children: RefCell::new(Vec::new()),
            root: shape.root,
            widened: RefCell::new(Vec::new()),
            dictionary: Cell::new(0),
        });
        self.get(id).children.borrow_mut().push((info, child));
        child
    }

    /// The same attributes with slot `slot` holding any value. From now on new objects get it so as well.
    pub fn widen(&self, id: ShapeId, slot: usize) -> ShapeId {
        let shape = self.get(id);
        let name = shape.slots[slot].name;
        let root = self.get(shape.root);
        if !root.widened.borrow().contains(&name) {
            root.widened.borrow_mut().push(name);
        }
        let mut at = shape.root;
        for (n, info) in shape.slots.iter().enumerate() {
            at = self.child_exact(at, SlotInfo { name: info.name, is_double: info.is_double && n != slot });
        }
        at
    }

    /// The dictionary shape beside `id`.
    pub fn dictionary(&self, id: ShapeId) -> ShapeId {
        let root = self.get(self.get(id).root);
        if root.dictionary.get() == 0 {
            let d = self.add(|id| Shape {
                id,
                class: root.class,
                kind: root.kind,
                slots: slot_members(root),
                inline_slots: root.inline_slots,
                doubles: 0,
                is_dictionary: true,
                children: RefCell::new(Vec::new()),
                root: root.id,
                widened: RefCell::new(Vec::new()),
                dictionary: Cell::new(0),
            });
            root.dictionary.set(d);
        }
        root.dictionary.get()
    }

    /// Marks the names of all shapes.
    pub fn trace(&self, m: &mut Marker<'_>) {
        // SAFETY: nothing adds shapes during a collection.
        for shape in unsafe { &*self.list.get() }.iter().flatten() {
            for s in &shape.slots {
                m.object(s.name);
            }
            for &n in shape.widened.borrow().iter() {
                m.object(n);
            }
        }
    }

    /// Forgets the shapes of classes that were not marked.
    pub fn sweep(&self, heap: &crate::heap::Heap) {
        // SAFETY: the shapes dropped belong to dead classes, so no object has them.
        for shape in unsafe { &mut *self.list.get() } {
            if shape.as_ref().is_some_and(|s| !heap.is_marked(s.class.header())) {
                *shape = None;
            }
        }
    }
}
