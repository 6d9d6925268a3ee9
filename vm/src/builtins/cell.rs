//! `cell`: a captured variable as an object.

use gscript_macros::class;

/// Create a new cell object.
///
///   contents
///     the contents of the cell. If not specified, the cell will be empty,
///     and
///  further attempts to access its cell_contents attribute will
///     raise a ValueError.
#[class("cell")]
pub mod cell {
    use crate::object::class::Type;
    use crate::object::function::Cell;
    use crate::operator::Compare;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("contents=<unrepresentable>, /", style = "unpack")]
    fn new(cx: &mut Cx, _class: Gc<Type>, contents: Option<Value>) -> Value {
        cx.cell(contents).value()
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<Cell>) -> String {
        match this.content.get() {
            None => format!("<cell at {:#x}: empty>", this.address()),
            Some(v) => format!("<cell at {:#x}: {} object at {:#x}>", this.address(), cx.type_name(v), v.word()),
        }
    }

    /// Cells compare by what they hold; an empty one is less than any other.
    fn compare(cx: &mut Cx, op: Compare, this: Gc<Cell>, value: Value) -> Result<Value> {
        let Some(other) = value.as_gc::<Cell>() else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        match (this.content.get(), other.content.get()) {
            (Some(x), Some(y)) => cx.compare(op, x, y),
            (x, y) => Ok(Value::bool(op.holds(x.is_some().cmp(&y.is_some())))),
        }
    }

    /// Return self==value.
    #[method("value, /")]
    fn __eq__(cx: &mut Cx, this: Gc<Cell>, value: Value) -> Result<Value> {
        compare(cx, Compare::Eq, this, value)
    }

    /// Return self!=value.
    #[method("value, /")]
    fn __ne__(cx: &mut Cx, this: Gc<Cell>, value: Value) -> Result<Value> {
        compare(cx, Compare::Ne, this, value)
    }

    /// Return self<value.
    #[method("value, /")]
    fn __lt__(cx: &mut Cx, this: Gc<Cell>, value: Value) -> Result<Value> {
        compare(cx, Compare::Lt, this, value)
    }

    /// Return self<=value.
    #[method("value, /")]
    fn __le__(cx: &mut Cx, this: Gc<Cell>, value: Value) -> Result<Value> {
        compare(cx, Compare::Le, this, value)
    }

    /// Return self>value.
    #[method("value, /")]
    fn __gt__(cx: &mut Cx, this: Gc<Cell>, value: Value) -> Result<Value> {
        compare(cx, Compare::Gt, this, value)
    }

    /// Return self>=value.
    #[method("value, /")]
    fn __ge__(cx: &mut Cx, this: Gc<Cell>, value: Value) -> Result<Value> {
        compare(cx, Compare::Ge, this, value)
    }

    #[getter]
    fn cell_contents(cx: &mut Cx, this: Gc<Cell>) -> Result<Value> {
        match this.content.get() {
            Some(v) => Ok(v),
            None => Err(cx.value_error("Cell is empty")),
        }
    }

    #[setter(cell_contents)]
    fn set_contents(_cx: &mut Cx, this: Gc<Cell>, value: Option<Value>) -> Result<()> {
        this.content.set(this, value);
        Ok(())
    }
}
