//! The built-in functions that are not classes.

use gscript_macros::functions;

#[functions]
pub mod functions {
    use crate::value::Value;
    use crate::vm::{Cx, Result};

    /// Prints the values to standard output.
    #[function("*args")]
    fn print(cx: &mut Cx, args: &[Value]) -> Result<()> {
        let mut out = Vec::new();
        for (i, &v) in args.iter().enumerate() {
            if i > 0 {
                out.push(b' ');
            }
            let s = cx.str_value(v)?;
            out.extend_from_slice(s.bytes());
        }
        out.push(b'\n');
        cx.write_stdout(&out)
    }

    /// The number of items of a container.
    #[function("obj, /")]
    fn len(cx: &mut Cx, obj: Value) -> Result<i64> {
        Ok(cx.len(obj)? as i64)
    }
}
