//! Built-in functions about text: `chr`, `ord`, `repr`, `ascii`, `format`, `bin`, `oct`, `hex`.

use gscript_macros::functions;

#[functions]
pub mod functions {
    use crate::object::int::int_ref;
    use crate::object::str::{Str, decode_code_point};
    use crate::protocol::bytes_of;
    use crate::text::int_text::{Radix, push_prefixed};
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    /// Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.
    #[function("i, /")]
    fn chr(cx: &mut Cx, i: i32) -> Result<Gc<Str>> {
        match i {
            0..=0x7F => Ok(cx.char_str(i as u8)),
            0x80..=0x10_FFFF => Ok(cx.code_point_str(i as u32)),
            _ => Err(cx.value_error("chr() arg not in range(0x110000)")),
        }
    }

    /// Return the Unicode code point for a one-character string.
    #[function("c, /")]
    fn ord(cx: &mut Cx, c: Value) -> Result<i64> {
        let len = if let Some(s) = c.as_gc::<Str>() {
            if s.char_len() == 1 {
                return Ok(decode_code_point(s.bytes(), 0).0 as i64);
            }
            s.char_len()
        } else if let Some(b) = bytes_of(c).filter(|_| cx.native_len(c).is_some()) {
            if let [b] = b {
                return Ok(*b as i64);
            }
            b.len()
        } else {
            let text = format!("ord() expected string of length 1, but {} found", cx.type_name(c));
            return Err(cx.type_error(text));
        };
        Err(cx.type_error(format!("ord() expected a character, but string of length {len} found")))
    }

    /// Return the canonical string representation of the object.
    #[function("obj, /")]
    fn repr(cx: &mut Cx, obj: Value) -> Result<Gc<Str>> {
        cx.repr(obj)
    }

    /// Return an ASCII-only representation of an object.
    #[function("obj, /")]
    fn ascii(cx: &mut Cx, obj: Value) -> Result<Gc<Str>> {
        cx.ascii(obj)
    }

    /// Return type(value).__format__(value, format_spec)
    #[function("value, format_spec=<unrepresentable>, /", text = "value, format_spec='', /")]
    fn format(cx: &mut Cx, value: Value, format_spec: Option<Gc<Str>>) -> Result<Value> {
        let spec = format_spec.unwrap_or(cx.common.empty);
        cx.format(value, spec)
    }

    fn prefixed(cx: &mut Cx, number: Value, radix: Radix) -> Result<Gc<Str>> {
        let n = cx.index(number)?;
        Ok(cx.build_str(|out| {
            if let Some(n) = int_ref(n) {
                push_prefixed(out, n, radix);
            }
        }))
    }

    /// Return the binary representation of an integer.
    #[function("number, /")]
    fn bin(cx: &mut Cx, number: Value) -> Result<Gc<Str>> {
        prefixed(cx, number, Radix::Binary)
    }

    /// Return the octal representation of an integer.
    #[function("number, /")]
    fn oct(cx: &mut Cx, number: Value) -> Result<Gc<Str>> {
        prefixed(cx, number, Radix::Octal)
    }

    /// Return the hexadecimal representation of an integer.
    #[function("number, /")]
    fn hex(cx: &mut Cx, number: Value) -> Result<Gc<Str>> {
        prefixed(cx, number, Radix::Hex)
    }
}
