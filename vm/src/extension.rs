//! State that library modules keep in the Vm, one value for each Rust type.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::heap::mark::Marker;
use crate::vm::Cx;

/// State of a module. Values in it are traced.
pub trait Extension: Any {
    fn trace(&self, _marker: &mut Marker<'_>) {}
}

#[derive(Default)]
pub struct Extensions {
    map: HashMap<TypeId, Box<dyn Extension>, BuildHasherDefault<WordHasher>>,
}

/// For keys that are spread well by themselves, or nearly: type ids, addresses.
#[derive(Default)]
pub(crate) struct WordHasher(u64);

impl std::hash::Hasher for WordHasher {
    #[inline]
    fn write_u64(&mut self, n: u64) {
        // The table takes its bits from both ends.
        self.0 = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }

    #[inline]
    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u64(self.0 ^ *b as u64);
        }
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
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
