//! Exception groups as `except*` uses them (PEP 654).

use crate::object::exception::Exception;
use crate::object::list::List;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// Splits an exception by what stands behind `except*`: the matching part and the rest, None where empty.
    pub(crate) fn split_for_except_star(&mut self, e: Value, against: Value) -> Result<(Value, Value)> {
        if e.is_none() {
            return Ok((Value::NONE, Value::NONE));
        }
        self.check_except_star_type(against)?;
        if self.exception_matches(e, against)? {
            if self.is_instance(e, self.types.base_exception_group) {
                return Ok((e, Value::NONE));
            }
            let empty = self.common.empty.value();
            let members = self.tuple(&[e]).value();
            let class = if self.is_instance(e, self.types.exception) { self.types.exception_group } else { self.types.base_exception_group };
            let group = self.call(class.value(), &[empty, members])?;
            if let (Some(g), Some(x)) = (group.as_gc::<Exception>(), e.as_gc::<Exception>()) {
                g.traceback.set(g, x.traceback.get());
            }
            return Ok((group, Value::NONE));
        }
        if self.is_instance(e, self.types.base_exception_group) {
            let parts = self.call_method(e, "split", &[against])?;
            if let Some([m, rest]) = parts.as_gc::<crate::object::tuple::Tuple>().map(|t| [t.items()[0], t.items()[1]]) {
                return Ok((m, rest));
            }
        }
        Ok((Value::NONE, e))
    }

    fn check_except_star_type(&mut self, against: Value) -> Result<()> {
        let types = match against.as_gc::<crate::object::tuple::Tuple>() {
            Some(t) => t,
            None => self.tuple(&[against]),
        };
        for &t in types.items() {
            if let Some(t) = t.as_gc::<crate::object::class::Type>() {
                if t.is_subclass(self.types.base_exception_group) {
                    return Err(self.type_error("catching ExceptionGroup with except* is not allowed. Use except instead."));
                }
            }
        }
        Ok(())
    }

    /// What is raised after `except*` clauses: CPython's `_PyExc_PrepReraiseStar`.
    pub(crate) fn prepare_reraise_star(&mut self, original: Value, raised: Gc<List>) -> Result<Value> {
        let items = self.list_to_tuple(raised);
        let present: Vec<usize> = (0..items.len()).filter(|&i| !items.items()[i].is_none()).collect();
        if present.is_empty() {
            return Ok(Value::NONE);
        }
        if !self.is_instance(original, self.types.base_exception_group) {
            // A naked exception: at most one thing was raised.
            return Ok(items.items()[present[0]]);
        }
        let fresh = self.list_new();
        let again = self.list_new();
        for &i in &present {
            let e = items.items()[i];
            if self.is_part_of(e, original) { self.list_push(again, e) } else { self.list_push(fresh, e) }
        }
        let rest = self.projection(original, again)?;
        if fresh.len() == 0 {
            return Ok(rest);
        }
        if !rest.is_none() {
            self.list_push(fresh, rest);
        }
        if fresh.len() == 1 {
            return Ok(self.list_get(fresh, 0));
        }
        let empty = self.common.empty.value();
        let class = self.types.base_exception_group;
        self.call(class.value(), &[empty, fresh.value()])
    }

    /// Whether `e` came out of the original group: by traceback, cause and context, as CPython compares metadata.
    fn is_part_of(&self, e: Value, original: Value) -> bool {
        match (e.as_gc::<Exception>(), original.as_gc::<Exception>()) {
            (Some(a), Some(b)) => {
                let norm = |v: Option<Value>| v.filter(|v| !v.is_none());
                self.is_instance(e, self.types.base_exception_group)
                    && norm(a.traceback.get()) == norm(b.traceback.get())
                    && norm(a.cause.get()) == norm(b.cause.get())
                    && norm(a.context.get()) == norm(b.context.get())
            }
            _ => false,
        }
    }

    /// The part of the original group whose leaves occur in the groups `kept`.
    fn projection(&mut self, original: Value, kept: Gc<List>) -> Result<Value> {
        let leaves = self.list_new();
        for i in 0..kept.len() {
            let e = self.list_get(kept, i);
            self.collect_leaves(e, leaves)?;
        }
        if leaves.len() == 0 {
            return Ok(Value::NONE);
        }
        self.keep_leaves(original, leaves)
    }

    fn group_members(&mut self, e: Value) -> Result<Gc<crate::object::tuple::Tuple>> {
        let members = self.get_attr_text(e, "exceptions")?;
        self.tuple_from_iterable(members)
    }

    fn collect_leaves(&mut self, e: Value, out: Gc<List>) -> Result<()> {
        self.check_stack()?;
        if !self.is_instance(e, self.types.base_exception_group) {
            self.list_push(out, e);
            return Ok(());
        }
        let members = self.group_members(e)?;
        for &m in members.items() {
            self.collect_leaves(m, out)?;
        }
        Ok(())
    }

    fn keep_leaves(&mut self, e: Value, leaves: Gc<List>) -> Result<Value> {
        self.check_stack()?;
        if !self.is_instance(e, self.types.base_exception_group) {
            for i in 0..leaves.len() {
                if self.list_get(leaves, i) == e {
                    return Ok(e);
                }
            }
            return Ok(Value::NONE);
        }
        let members = self.group_members(e)?;
        let kept = self.list_new();
        for &m in members.items() {
            let k = self.keep_leaves(m, leaves)?;
            if !k.is_none() {
                self.list_push(kept, k);
            }
        }
        if kept.len() == 0 {
            return Ok(Value::NONE);
        }
        if kept.len() == members.len() {
            return Ok(e);
        }
        let group = self.call_method(e, "derive", &[kept.value()])?;
        if let (Some(g), Some(x)) = (group.as_gc::<Exception>(), e.as_gc::<Exception>()) {
            g.traceback.set(g, x.traceback.get());
            g.cause.set(g, x.cause.get());
            g.context.set(g, x.context.get());
        }
        Ok(group)
    }
}
