//! The class `bytes`. What it shares with `bytearray` is in `bytes_common`.

use crate::builtins::bytes_common::bytes_class;
use crate::object::str::Str;
use crate::text::escape;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

impl Cx {
    /// `repr(b)` of a `bytes` or `bytearray`.
    pub(crate) fn repr_of_bytes(&mut self, v: Value) -> Result<Gc<Str>> {
        let data = crate::protocol::bytes_of(v).unwrap_or_default();
        if v.kind() == Some(crate::heap::header::Kind::Bytes) {
            return Ok(self.build_str(|out| escape::push_bytes_repr(out, data)));
        }
        let name = self.type_name(v);
        Ok(self.build_str(|out| {
            out.extend_from_slice(name.as_bytes());
            out.push(b'(');
            escape::push_bytes_repr(out, data);
            out.push(b')');
        }))
    }
}

bytes_class! {
    /// bytes(iterable_of_ints) -> bytes
    /// bytes(string, encoding[, errors]) -> bytes
    /// bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer
    /// bytes(int) -> bytes object of size given by the parameter initialized with null bytes
    /// bytes() -> empty bytes object
    ///
    /// Construct an immutable array of bytes from:
    ///   - an iterable yielding integers in range(256)
    ///   - a text string encoded using the specified encoding
    ///   - any object implementing the buffer API.
    ///   - an integer
    "bytes" Bytes {
        use crate::object::dunder::Dunder;

        #[new("source=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>", text = "source=b'', encoding='utf-8', errors='strict'")]
        fn new(cx: &mut Cx, class: Gc<Type>, source: Option<Value>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Gc<Bytes>> {
            let b = make(cx, source, encoding, errors)?;
            if class == cx.types.bytes {
                return Ok(b);
            }
            Ok(cx.bytes_of(class, b.bytes()))
        }

        fn make(cx: &mut Cx, source: Option<Value>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<Gc<Bytes>> {
            if encoding.is_some() || errors.is_some() {
                if let Some(b) = cx.bytes_of_text(source, encoding, errors)? {
                    return Ok(b);
                }
            }
            let Some(v) = source else { return Ok(cx.bytes(b"")) };
            if let Some(b) = v.as_gc::<Bytes>().filter(|_| cx.is_exact(v, cx.types.bytes)) {
                return Ok(b);
            }
            if let Some(r) = cx.call_special(v, Dunder::Bytes, &[])? {
                return match r.as_gc::<Bytes>() {
                    Some(b) => Ok(b),
                    None => {
                        let text = format!("__bytes__ returned non-bytes (type {})", cx.type_name(r));
                        Err(cx.type_error(text))
                    }
                };
            }
            if let Some(b) = cx.bytes_of_text(source, None, None)? {
                return Ok(b);
            }
            if let Some(n) = cx.byte_count(v)? {
                return match cx.bytes_zeroed(n) {
                    Some(b) => Ok(b),
                    None => Err(cx.memory_error("")),
                };
            }
            let data = cx.bytes_of_iterable(v, "bytes")?;
            Ok(cx.bytes(&data))
        }

        #[method]
        fn __hash__(cx: &mut Cx, this: This) -> Result<Option<i64>> {
            cx.native_hash(this.value())
        }

        /// Convert this value to exact type bytes.
        #[method]
        fn __bytes__(cx: &mut Cx, this: This) -> Gc<Bytes> {
            cx.bytes_slice(this, 0, this.len())
        }

        /// Returns the size of the object in memory, in bytes.
        #[method]
        fn __sizeof__(this: This) -> usize {
            33 + this.len()
        }

        #[method]
        fn __getnewargs__(cx: &mut Cx, this: This) -> Value {
            let b = cx.bytes_slice(this, 0, this.len()).value();
            cx.tuple(&[b]).value()
        }

        /// Create a bytes object from a string of hexadecimal numbers.
        ///
        /// Spaces between two numbers are accepted.
        #[class_method("string, /")]
        fn fromhex(cx: &mut Cx, class: Gc<Type>, string: Gc<Str>) -> Result<Value> {
            let data = cx.bytes_from_hex(string)?;
            let b = cx.bytes(&data).value();
            if class == cx.types.bytes { Ok(b) } else { cx.call(class.value(), &[b]) }
        }
    }
}
