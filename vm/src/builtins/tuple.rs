//! The methods of `tuple` (Python library reference, "Common Sequence Operations").

use gscript_macros::class;

use crate::builtins::list::clamp_bound;
use crate::convert::SliceIndex;
use crate::object::tuple::Tuple;
use crate::operator::Compare;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Built-in immutable sequence.
///
/// If no argument is given, the constructor returns an empty tuple.
/// If iterable is specified the tuple is initialized from iterable's items.
///
/// If the argument is a tuple, the return value is the same object.
#[class("tuple")]
pub mod tuple {
    use super::*;
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::object::dunder::Dunder;
    use crate::object::str::Str;

    #[new("*args, **kwargs", text = "iterable=(), /")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let is_exact = class == cx.types.tuple;
        if !kwargs.is_empty() && (is_exact || cx.special(class, Dunder::Init) == Some(cx.object_init)) {
            return Err(cx.type_error("tuple() takes no keyword arguments"));
        }
        if args.len() > 1 {
            return Err(cx.type_error(format!("tuple expected at most 1 argument, got {}", args.len())));
        }
        let items = match args.first() {
            Some(&v) => cx.tuple_from_iterable(v)?,
            None => cx.tuple(&[]),
        };
        if is_exact {
            return Ok(items.value());
        }
        Ok(cx.tuple_of(class, items.len(), |i| items.items()[i]).value())
    }

    /// Return number of occurrences of value.
    #[method("value, /")]
    fn count(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<i64> {
        let mut n = 0;
        for &v in this.items() {
            if cx.eq(v, value)? {
                n += 1;
            }
        }
        Ok(n)
    }

    /// Return first index of value.
    ///
    /// Raises ValueError if the value is not present.
    #[method("value, start=0, stop=sys.maxsize, /")]
    fn index(cx: &mut Cx, this: Gc<Tuple>, value: Value, start: Option<SliceIndex>, stop: Option<SliceIndex>) -> Result<i64> {
        let n = this.len();
        let (start, stop) = (clamp_bound(start, 0, n), clamp_bound(stop, isize::MAX, n));
        for i in start..stop.min(n) {
            if cx.eq(this.items()[i], value)? {
                return Ok(i as i64);
            }
        }
        Err(cx.value_error("tuple.index(x): x not in tuple"))
    }

    #[method(name = "__len__", "")]
    fn len_(this: Gc<Tuple>) -> usize {
        this.len()
    }

    #[method(name = "__getitem__", "key, /")]
    fn get_item(cx: &mut Cx, this: Gc<Tuple>, key: Value) -> Result<Value> {
        Ok(cx.native_get_item(this.value(), key)?.unwrap_or(Value::NONE))
    }

    #[method(name = "__contains__", "key, /")]
    fn contains(cx: &mut Cx, this: Gc<Tuple>, key: Value) -> Result<bool> {
        for &v in this.items() {
            if cx.eq(v, key)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Gc<Tuple>) -> Value {
        cx.tuple_iter(this).value()
    }

    #[method(name = "__add__", "value, /")]
    fn add(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.concat_checked(this.value(), value)
    }

    #[method(name = "__mul__", "value, /")]
    fn mul(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.repeat_checked(this.value(), value)
    }

    #[method(name = "__rmul__", "value, /")]
    fn rmul(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.repeat_checked(this.value(), value)
    }

    #[method(name = "__hash__", "")]
    fn hash(cx: &mut Cx, this: Gc<Tuple>) -> Result<i64> {
        Ok(cx.native_hash(this.value())?.unwrap_or(0))
    }

    #[method(name = "__eq__", "value, /")]
    fn eq(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Eq, this.value(), value)
    }

    #[method(name = "__ne__", "value, /")]
    fn ne(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ne, this.value(), value)
    }

    #[method(name = "__lt__", "value, /")]
    fn lt(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Lt, this.value(), value)
    }

    #[method(name = "__le__", "value, /")]
    fn le(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Le, this.value(), value)
    }

    #[method(name = "__gt__", "value, /")]
    fn gt(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Gt, this.value(), value)
    }

    #[method(name = "__ge__", "value, /")]
    fn ge(cx: &mut Cx, this: Gc<Tuple>, value: Value) -> Result<Value> {
        cx.compare_or_not_implemented(Compare::Ge, this.value(), value)
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Tuple>) -> Result<Gc<Str>> {
        cx.native_repr(this.value())
    }

    #[method(name = "__getnewargs__", "")]
    fn getnewargs(cx: &mut Cx, this: Gc<Tuple>) -> Value {
        let items = cx.tuple_with(this.len(), |i| this.items()[i]);
        cx.tuple(&[items.value()]).value()
    }

    /// See PEP 585
    #[class_method(name = "__class_getitem__", "item, /")]
    fn class_getitem(cx: &mut Cx, class: Gc<Type>, item: Value) -> Value {
        cx.generic_alias(class.value(), item)
    }
}
