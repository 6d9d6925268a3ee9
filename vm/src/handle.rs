//! Handles: values kept alive from outside the heap, by a host or by Rust structures that the collector does not see.

use std::cell::RefCell;
use std::rc::Rc;

use crate::heap::mark::Marker;
use crate::value::Value;
use crate::vm::Cx;

#[derive(Default)]
struct Table {
    values: Vec<Option<Value>>,
    free: Vec<usize>,
}

/// The values that handles keep.
#[derive(Clone, Default)]
pub struct Handles(Rc<RefCell<Table>>);

impl Handles {
    pub(crate) fn trace(&self, m: &mut Marker<'_>) {
        for v in &self.0.borrow().values {
            m.option(*v);
        }
    }
}

/// Keeps a value alive until it is dropped. Belongs to one Vm.
pub struct Handle {
    table: Handles,
    index: usize,
}

impl Handle {
    /// The value. To be used in the Vm that made the handle.
    pub fn get(&self) -> Value {
        self.table.0.borrow().values[self.index].expect("taken when the handle is dropped")
    }

    /// Whether both keep the same object of the same Vm.
    pub fn is_same(&self, other: &Handle) -> bool {
        Rc::ptr_eq(&self.table.0, &other.table.0) && self.get() == other.get()
    }

    /// Replaces the value.
    pub fn set(&self, v: Value) {
        self.table.0.borrow_mut().values[self.index] = Some(v);
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let mut t = self.table.0.borrow_mut();
        t.values[self.index] = None;
        t.free.push(self.index);
    }
}

impl Cx {
    /// Whether the handle was made here.
    pub fn owns_handle(&self, h: &Handle) -> bool {
        Rc::ptr_eq(&self.handles.0, &h.table.0)
    }

    /// A handle that keeps `v` alive.
    pub fn handle(&mut self, v: Value) -> Handle {
        let table = self.handles.clone();
        let index = {
            let mut t = table.0.borrow_mut();
            match t.free.pop() {
                Some(i) => {
                    t.values[i] = Some(v);
                    i
                }
                None => {
                    t.values.push(Some(v));
                    t.values.len() - 1
                }
            }
        };
        Handle { table, index }
    }
}
