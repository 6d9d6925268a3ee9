//! State that library modules keep in the Vm, one value for each Rust type.

use std::any::{Any, TypeId};
use std::collections::HashMap;

use crate::heap::mark::Marker;
use crate::vm::Cx;

/// State of a module. Values in it are traced.
pub trait Extension: Any {
    fn trace(&self, _marker: &mut Marker<'_>) {}
}

#[derive(Default)]
pub struct Extensions {
    map: HashMap<TypeId, Box<dyn Extension>>,
}

impl Extensions {
    pub(crate) fn trace(&self, m: &mut Marker<'_>) {
        for e in self.map.values() {
            e.trace(m);
        }
    }
}

impl Cx {
    /// The state of type `T`, made by `Default` when it is not there yet. The borrow must end before script code runs.
    pub fn extension<T: Extension + Default>(&mut self) -> &mut T {
        let e = self.extensions.map.entry(TypeId::of::<T>()).or_insert_with(|| Box::new(T::default()));
        (&mut **e as &mut dyn Any).downcast_mut::<T>().expect("the entry of this type")
    }

    /// As [`Cx::extension`] without making it.
    pub fn try_extension<T: Extension>(&self) -> Option<&T> {
        let e = self.extensions.map.get(&TypeId::of::<T>())?;
        (&**e as &dyn Any).downcast_ref::<T>()
    }
}
