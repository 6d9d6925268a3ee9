//! `d |= v`.

use crate::object::dict::Dict;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// `d |= v`: a mapping, or an iterable of pairs.
    pub(crate) fn dict_update_any(&mut self, d: Gc<Dict>, v: Value) -> Result<()> {
        let name = self.common.keys;
        if v.as_gc::<Dict>().is_some() || self.try_attr(v, name)?.is_some() {
            return self.dict_update_from(d, v);
        }
        let it = self.iter(v)?;
        let mut n = 0usize;
        while let Some(pair) = self.next(it)? {
            let items = match self.tuple_from_iterable(pair) {
                Ok(t) => t,
                Err(r) if self.pending_is(self.types.type_error) && !self.is_iterable(pair) => {
                    self.take_pending(r);
                    return Err(self.type_error(format!("cannot convert dictionary update sequence element #{n} to a sequence")));
                }
                Err(r) => return Err(r),
            };
            if items.len() != 2 {
                return Err(self.value_error(format!("dictionary update sequence element #{n} has length {}; 2 is required", items.len())));
            }
            self.dict_set(d, items.items()[0], items.items()[1])?;
            n += 1;
        }
        Ok(())
    }
}
