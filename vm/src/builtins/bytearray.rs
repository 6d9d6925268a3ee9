//! The class `bytearray`. What it shares with `bytes` is in `bytes_common`.

use crate::builtins::bytes_common::bytes_class;

bytes_class! {
    /// bytearray(iterable_of_ints) -> bytearray
    /// bytearray(string, encoding[, errors]) -> bytearray
    /// bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer
    /// bytearray(int) -> bytes array of size given by the parameter initialized with null bytes
    /// bytearray() -> empty bytes array
    ///
    /// Construct a mutable bytearray object from:
    ///   - an iterable yielding integers in range(256)
    ///   - a text string encoded using the specified encoding
    ///   - a bytes or a buffer object
    ///   - any object implementing the buffer API.
    ///   - an integer
    "bytearray" ByteArray {
        use crate::convert::{Index, Kwargs};

        #[new("*args, **kwargs", text = "source=b'', encoding='utf-8', errors='strict'")]
        fn new(cx: &mut Cx, class: Gc<Type>, _args: &[Value], _kwargs: Kwargs<'_>) -> Gc<ByteArray> {
            cx.bytearray_of(class, b"")
        }

        #[method("source=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>")]
        fn __init__(cx: &mut Cx, this: This, source: Option<Value>, encoding: Option<Gc<Str>>, errors: Option<Gc<Str>>) -> Result<()> {
            if !this.is_empty() {
                cx.check_resizable(this)?;
                cx.bytearray_resize(this, 0);
            }
            if let Some(b) = cx.bytes_of_text(source, encoding, errors)? {
                cx.bytearray_extend(this, b.bytes());
                return Ok(());
            }
            let Some(v) = source else { return Ok(()) };
            if let Some(n) = cx.byte_count(v)? {
                return if cx.bytearray_try_resize(this, n) { Ok(()) } else { Err(cx.memory_error("")) };
            }
            let data = cx.bytes_of_iterable(v, "bytearray")?;
            cx.check_resizable(this)?;
            cx.bytearray_resize(this, 0);
            cx.bytearray_extend(this, &data);
            Ok(())
        }

        #[method("key, value, /")]
        fn __setitem__(cx: &mut Cx, this: This, key: Value, value: Value) -> Result<()> {
            cx.native_set_item(this.value(), key, Some(value)).map(drop)
        }

        #[method("key, /")]
        fn __delitem__(cx: &mut Cx, this: This, key: Value) -> Result<()> {
            cx.native_set_item(this.value(), key, None).map(drop)
        }

        #[method("value, /")]
        fn __iadd__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
            let Some(data) = bytes_of(value) else {
                let text = cx.concat_error(this.value(), value).unwrap_or_default();
                return Err(cx.type_error(text));
            };
            cx.check_resizable(this)?;
            let data = data.to_vec();
            cx.bytearray_extend(this, &data);
            Ok(this.value())
        }

        #[method("value, /")]
        fn __imul__(cx: &mut Cx, this: This, value: Value) -> Result<Value> {
            let product = cx.multiply_sequence(this.value(), value)?;
            if let Some(p) = product.as_gc::<ByteArray>() {
                cx.bytearray_replace(this, 0..this.len(), p.bytes())?;
            }
            Ok(this.value())
        }

        /// Append a single item to the end of the bytearray.
        #[method("item, /")]
        fn append(cx: &mut Cx, this: This, item: Value) -> Result<()> {
            let b = cx.byte_value(item)?;
            cx.check_resizable(this)?;
            cx.bytearray_extend(this, &[b]);
            Ok(())
        }

        /// Append all the items from the iterator or sequence to the end of the bytearray.
        #[method("iterable_of_ints, /")]
        fn extend(cx: &mut Cx, this: This, iterable_of_ints: Value) -> Result<()> {
            let v = iterable_of_ints;
            if bytes_of(v).is_none() && !cx.is_iterable(v) {
                let text = format!("can't extend bytearray with {}", cx.type_name(v));
                return Err(cx.type_error(text));
            }
            let data = cx.bytes_of_iterable(v, "bytearray")?;
            if !data.is_empty() {
                cx.check_resizable(this)?;
                cx.bytearray_extend(this, &data);
            }
            Ok(())
        }

        /// Insert a single item into the bytearray before the given index.
        #[method("index, item, /")]
        fn insert(cx: &mut Cx, this: This, index: isize, item: Value) -> Result<()> {
            let b = cx.byte_value(item)?;
            let n = this.len() as isize;
            let at = if index < 0 { (index + n).max(0) } else { index.min(n) } as usize;
            cx.bytearray_replace(this, at..at, &[b])
        }

        /// Remove and return a single item from the bytearray.
        #[method("index=-1, /")]
        fn pop(cx: &mut Cx, this: This, index: isize) -> Result<u8> {
            let n = this.len() as isize;
            if n == 0 {
                return Err(cx.index_error("pop from empty bytearray"));
            }
            let at = if index < 0 { index + n } else { index };
            if !(0..n).contains(&at) {
                return Err(cx.index_error("pop index out of range"));
            }
            let at = at as usize;
            let b = this.bytes()[at];
            cx.bytearray_replace(this, at..at + 1, &[])?;
            Ok(b)
        }

        /// Remove the first occurrence of a value in the bytearray.
        #[method("value, /")]
        fn remove(cx: &mut Cx, this: This, value: Index) -> Result<()> {
            let b = cx.byte_value(value.0)?;
            match memchr::memchr(b, this.bytes()) {
                Some(at) => cx.bytearray_replace(this, at..at + 1, &[]),
                None => Err(cx.value_error("value not found in bytearray")),
            }
        }

        /// Reverse the order of the values in the bytearray in place.
        #[method]
        fn reverse(this: This) {
            let cells = this.cells();
            for i in 0..cells.len() / 2 {
                cells[i].swap(&cells[cells.len() - 1 - i]);
            }
        }

        /// Remove all items from the bytearray.
        #[method]
        fn clear(cx: &mut Cx, this: This) -> Result<()> {
            cx.check_resizable(this)?;
            cx.bytearray_resize(this, 0);
            Ok(())
        }

        /// Return a copy of B.
        #[method]
        fn copy(cx: &mut Cx, this: This) -> Gc<ByteArray> {
            cx.bytearray(this.bytes())
        }

        /// Return the number of bytes actually allocated.
        #[method]
        fn __alloc__(this: This) -> usize {
            if this.is_empty() { 0 } else { this.len() + 1 }
        }

        /// Returns the size of the bytearray object in memory, in bytes.
        #[method]
        fn __sizeof__(this: This) -> usize {
            56 + if this.is_empty() { 0 } else { this.len() + 1 }
        }

        /// Create a bytearray object from a string of hexadecimal numbers.
        ///
        /// Spaces between two numbers are accepted.
        #[class_method("string, /")]
        fn fromhex(cx: &mut Cx, class: Gc<Type>, string: Gc<Str>) -> Result<Value> {
            let data = cx.bytes_from_hex(string)?;
            if class == cx.types.bytearray {
                return Ok(cx.bytearray(&data).value());
            }
            let b = cx.bytes(&data).value();
            cx.call(class.value(), &[b])
        }
    }
}
