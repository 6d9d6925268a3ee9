//! The built-in functions that are not classes.

use gscript_macros::functions;

#[functions]
pub mod functions {
    use crate::value::Value;
    use crate::vm::{Cx, Result};

    /// The number of items of a container.
    #[function("obj, /")]
    fn len(cx: &mut Cx, obj: Value) -> Result<i64> {
        Ok(cx.len(obj)? as i64)
    }
}
