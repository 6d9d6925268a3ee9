//! `bool`: the rest it inherits from `int`.

use crate::object::class::Type;
use crate::object::int::int_ref;
use crate::operator::BinaryOp;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

fn binary(cx: &mut Cx, op: BinaryOp, x: Value, y: Value) -> Result<Value> {
    if int_ref(x).is_none() || int_ref(y).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(cx.native_binary(op, x, y)?.unwrap_or(Value::NOT_IMPLEMENTED))
}

/// bool(x) -> bool
///
/// Returns True when the argument x is true, False otherwise.
/// The builtins True and False are the only two instances of the class bool.
/// The class bool is a subclass of the class int, and cannot be subclassed.
#[gscript_macros::class("bool", check = bool)]
pub mod bool {
    use super::*;

    #[new("x=False, /")]
    fn new(cx: &mut Cx, _class: Gc<Type>, x: Option<Value>) -> Result<Value> {
        match x {
            Some(v) => Ok(Value::bool(cx.truth(v)?)),
            None => Ok(Value::FALSE),
        }
    }

    #[method]
    fn __repr__(this: Value) -> &'static str {
        if this == Value::TRUE { "True" } else { "False" }
    }

    #[method]
    fn __and__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::And, this, value)
    }

    #[method]
    fn __rand__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::And, value, this)
    }

    #[method]
    fn __or__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Or, this, value)
    }

    #[method]
    fn __ror__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Or, value, this)
    }

    #[method]
    fn __xor__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Xor, this, value)
    }

    #[method]
    fn __rxor__(cx: &mut Cx, this: Value, value: Value) -> Result<Value> {
        binary(cx, BinaryOp::Xor, value, this)
    }
}
