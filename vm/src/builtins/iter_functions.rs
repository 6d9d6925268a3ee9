//! Built-in functions about iterables: `iter`, `next`, `sorted`, `min`, `max`, `any`, `all`.

use gscript_macros::functions;

use crate::builtins::iterators::CallableIterator;
use crate::convert::Kwargs;
use crate::object::list::List;
use crate::operator::Compare;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// The least or greatest of some values; `op` is how a better one compares with the best so far. May run script code.
    fn extreme(&mut self, name: &str, op: Compare, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        if args.is_empty() {
            return Err(self.type_error(format!("{name} expected at least 1 argument, got 0")));
        }
        for (k, _) in kwargs {
            if !matches!(k.bytes(), b"key" | b"default") {
                return Err(self.type_error(format!("'{}' is an invalid keyword argument for {name}()", k.lossy())));
            }
        }
        let key = kwargs.get("key").filter(|k| !k.is_none());
        let default = kwargs.get("default");
        if args.len() > 1 && default.is_some() {
            return Err(self.type_error(format!("Cannot specify a default for {name}() with multiple positional arguments")));
        }
        let mut best: Option<(Value, Value)> = None;
        if args.len() > 1 {
            for &v in args {
                self.keep_better(op, key, v, &mut best)?;
            }
        } else {
            let it = self.iter(args[0])?;
            while let Some(v) = self.next(it)? {
                self.keep_better(op, key, v, &mut best)?;
            }
        }
        match best.map(|b| b.0).or(default) {
            Some(v) => Ok(v),
            None => Err(self.value_error(format!("{name}() arg is an empty sequence"))),
        }
    }

    /// `best` is the best value so far with its key.
    #[inline]
    fn keep_better(&mut self, op: Compare, key: Option<Value>, v: Value, best: &mut Option<(Value, Value)>) -> Result<()> {
        let k = match key {
            Some(f) => self.call(f, &[v])?,
            None => v,
        };
        let is_better = match *best {
            None => true,
            Some((_, b)) if k.is_int() && b.is_int() => op.holds(k.int_value().cmp(&b.int_value())),
            Some((_, b)) => self.compare_truth(op, k, b)?,
        };
        if is_better {
            *best = Some((v, k));
        }
        Ok(())
    }
}

#[functions]
pub mod iter_functions {
    use super::*;

    /// iter(iterable) -> iterator
    /// iter(callable, sentinel) -> iterator
    ///
    /// Get an iterator from an object.
    ///
    /// In the first form, the argument must supply its own iterator, or be a sequence.
    /// In the second form, the callable is called until it returns the sentinel.
    #[function("object, sentinel=<none>, /")]
    fn iter(cx: &mut Cx, object: Value, sentinel: Option<Value>) -> Result<Value> {
        let Some(sentinel) = sentinel else {
            return cx.iter(object);
        };
        if !cx.can_call(object) {
            return Err(cx.type_error("iter(v, w): v must be callable"));
        }
        Ok(CallableIterator::alloc(cx, object, sentinel))
    }

    /// next(iterator[, default])
    ///
    /// Return the next item from the iterator.
    ///
    /// If default is given and the iterator is exhausted,
    /// it is returned instead of raising StopIteration.
    #[function("iterator, default=<none>, /")]
    fn next(cx: &mut Cx, iterator: Value, default: Option<Value>) -> Result<Value> {
        match default {
            None => match cx.next_raw(iterator)? {
                Some(v) => Ok(v),
                None => Err(cx.stop_iteration(Value::NONE)),
            },
            Some(d) => Ok(cx.next(iterator)?.unwrap_or(d)),
        }
    }

    /// Return a new list containing all items from the iterable in ascending order.
    ///
    /// A custom key function can be supplied to customize the sort order, and the
    /// reverse flag can be set to request the result in descending order.
    #[function("*args, **kwargs", text = "iterable, /, *, key=None, reverse=False")]
    fn sorted(cx: &mut Cx, args: &[Value], kwargs: Kwargs<'_>) -> Result<Gc<List>> {
        let &[iterable] = args else {
            return Err(cx.type_error(format!("sorted expected 1 argument, got {}", args.len())));
        };
        let list = cx.list_from_iterable(iterable)?;
        for (k, _) in kwargs {
            if !matches!(k.bytes(), b"key" | b"reverse") {
                return Err(cx.type_error(format!("'{}' is an invalid keyword argument for sort()", k.lossy())));
            }
        }
        let reverse = match kwargs.get("reverse") {
            Some(v) => crate::convert::rt::FromArg::from_arg(cx, v, crate::convert::ArgInfo::unnamed()).map(|i: i32| i != 0)?,
            None => false,
        };
        let key = kwargs.get("key").filter(|k| !k.is_none());
        cx.list_sort(list, key, reverse)?;
        Ok(list)
    }

    /// min(iterable, *[, default=obj, key=func]) -> value
    /// min(arg1, arg2, *args, *[, key=func]) -> value
    ///
    /// With a single iterable argument, return its smallest item. The
    /// default keyword-only argument specifies an object to return if
    /// the provided iterable is empty.
    /// With two or more arguments, return the smallest argument.
    #[function("*args, **kwargs", text = "*args, key=None, default=<unrepresentable>")]
    fn min(cx: &mut Cx, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        cx.extreme("min", Compare::Lt, args, kwargs)
    }

    /// max(iterable, *[, default=obj, key=func]) -> value
    /// max(arg1, arg2, *args, *[, key=func]) -> value
    ///
    /// With a single iterable argument, return its biggest item. The
    /// default keyword-only argument specifies an object to return if
    /// the provided iterable is empty.
    /// With two or more arguments, return the largest argument.
    #[function("*args, **kwargs", text = "*args, key=None, default=<unrepresentable>")]
    fn max(cx: &mut Cx, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        cx.extreme("max", Compare::Gt, args, kwargs)
    }

    /// Return True if bool(x) is True for any x in the iterable.
    ///
    /// If the iterable is empty, return False.
    #[function("iterable, /")]
    fn any(cx: &mut Cx, iterable: Value) -> Result<bool> {
        let it = cx.iter(iterable)?;
        while let Some(v) = cx.next(it)? {
            if cx.truth(v)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Return True if bool(x) is True for all values x in the iterable.
    ///
    /// If the iterable is empty, return True.
    #[function("iterable, /")]
    fn all(cx: &mut Cx, iterable: Value) -> Result<bool> {
        let it = cx.iter(iterable)?;
        while let Some(v) = cx.next(it)? {
            if !cx.truth(v)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
