//! Conversions in a running machine: bounds of ints, what None is taken for, what comes back.

use gscript_macros::functions;
use num_bigint::BigInt;

use crate::machine::{Config, Machine};
use crate::object::exception::Exception;
use crate::object::str::Str;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised};

#[functions]
mod sample {
    use num_bigint::BigInt;

    use crate::convert::{Index, Kwargs, OwnedBytes, SliceIndex};
    use crate::object::bytes::Bytes;
    use crate::object::list::List;
    use crate::object::str::Str;
    use crate::value::{Gc, Value};
    use crate::vm::Cx;

    #[function("x, /")]
    fn i32_(x: i32) -> i32 {
        x
    }
    #[function("x, /")]
    fn i64_(x: i64) -> i64 {
        x
    }
    #[function("x, /")]
    fn isize_(x: isize) -> isize {
        x
    }
    #[function("x, /")]
    fn i16_(x: i16) -> i16 {
        x
    }
    #[function("x, /")]
    fn u8_(x: u8) -> u8 {
        x
    }
    #[function("x, /")]
    fn u32_(x: u32) -> u32 {
        x
    }
    #[function("x, /")]
    fn u64_(x: u64) -> u64 {
        x
    }
    #[function("x, /")]
    fn usize_(x: usize) -> usize {
        x
    }
    #[function("x, /")]
    fn big(x: BigInt) -> BigInt {
        x
    }
    #[function("x, /")]
    fn index(x: Index) -> Value {
        x.0
    }
    #[function("x, /")]
    fn float(x: f64) -> f64 {
        x
    }
    #[function("x, /")]
    fn truth(x: bool) -> bool {
        x
    }
    #[function("x, /")]
    fn bound(x: SliceIndex) -> isize {
        x.0
    }
    #[function("x, y=None, /")]
    fn bound_or_none(_x: Value, y: Option<SliceIndex>) -> Option<isize> {
        y.map(|y| y.0)
    }
    #[function("text, encoding=None, errors='strict'")]
    fn words(text: String, encoding: Option<String>, errors: Gc<Str>) -> (String, Option<String>, Gc<Str>) {
        (text, encoding, errors)
    }
    #[function("a, b, /")]
    fn two(_a: Gc<List>, b: Option<Gc<Bytes>>) -> Option<Gc<Bytes>> {
        b
    }
    #[function("x, /")]
    fn bytes(x: Value) -> OwnedBytes {
        OwnedBytes(vec![x.as_int().unwrap_or(0) as u8; 2])
    }
    #[function("first, /, **kwargs")]
    fn names(cx: &mut Cx, first: Value, kwargs: Kwargs<'_>) -> Gc<List> {
        let list = cx.list_from(&[first]);
        for (name, v) in kwargs {
            cx.list_push(list, name.value());
            cx.list_push(list, v);
        }
        list
    }
}

/// The result as `repr` shows it, or the exception.
fn call(cx: &mut Cx, name: &str, args: &[Value], keywords: &[&str]) -> String {
    let def = sample::FUNCTIONS.iter().find(|d| d.name == name).expect("in the list above");
    let names: Option<Gc<crate::object::tuple::Tuple>> = if keywords.is_empty() {
        None
    } else {
        let list = cx.list_new();
        for k in keywords {
            let k = cx.intern(k).value();
            cx.list_push(list, k);
        }
        Some(cx.list_to_tuple(list))
    };
    match (def.call)(cx, args, names) {
        Ok(v) => shown(cx, v),
        Err(e) => error(cx, e),
    }
}

fn shown(cx: &mut Cx, v: Value) -> String {
    match cx.repr(v) {
        Ok(s) => s.lossy().into_owned(),
        Err(e) => error(cx, e),
    }
}

fn error(cx: &mut Cx, raised: Raised) -> String {
    let e = cx.take_pending(raised);
    let class = cx.type_name(e);
    let args = e.as_gc::<Exception>().expect("exceptions are raised").args.expect();
    let text = args.items().first().and_then(|v| v.as_gc::<Str>()).map(|s| s.lossy().into_owned());
    format!("{class}: {}", text.unwrap_or_default())
}

fn with_machine(test: impl FnOnce(&mut Cx)) {
    Machine::new(&Config::default()).expect("memory").enter(test)
}

fn power(cx: &mut Cx, exponent: u32, sign: i32) -> Value {
    cx.bigint(BigInt::from(sign) * BigInt::from(2).pow(exponent))
}

#[test]
fn bounds_of_ints() {
    with_machine(|cx| {
        let long = "Python int too large to convert to C long";
        for (name, least, beyond, message) in [
            ("i32", -(1 << 31), 1 << 31, "Python int too large to convert to C int"),
            ("i16", -(1 << 15), 1 << 15, "signed short integer is greater than maximum"),
            ("u8", 0, 256, "unsigned byte integer is greater than maximum"),
            ("u32", 0, 1 << 32, "Python int too large to convert to C unsigned int"),
        ] {
            for fits in [least, beyond - 1] {
                assert_eq!(call(cx, name, &[Value::int_unchecked(fits)], &[]), fits.to_string());
            }
            assert_eq!(call(cx, name, &[Value::int_unchecked(beyond)], &[]), format!("OverflowError: {message}"));
        }
        let (p63, p64, n63) = (power(cx, 63, 1), power(cx, 64, 1), power(cx, 63, -1));
        let below = cx.int(i64::MAX);
        assert_eq!(call(cx, "i64", &[below], &[]), i64::MAX.to_string());
        assert_eq!(call(cx, "i64", &[n63], &[]), i64::MIN.to_string());
        assert_eq!(call(cx, "i64", &[p63], &[]), format!("OverflowError: {long}"));
        assert_eq!(call(cx, "isize", &[p64], &[]), "OverflowError: Python int too large to convert to C ssize_t");
        assert_eq!(call(cx, "u64", &[p63], &[]), (1u64 << 63).to_string());
        assert_eq!(call(cx, "usize", &[p63], &[]), (1u64 << 63).to_string());
        assert_eq!(call(cx, "u64", &[p64], &[]), "OverflowError: Python int too large to convert to C unsigned long");
        assert_eq!(call(cx, "u8", &[p64], &[]), format!("OverflowError: {long}"));
        for name in ["u32", "u64", "usize"] {
            assert_eq!(call(cx, name, &[Value::int32(-1)], &[]), "ValueError: value must be positive");
            assert_eq!(call(cx, name, &[n63], &[]), "ValueError: value must be positive");
        }
        assert_eq!(call(cx, "u8", &[Value::int32(-1)], &[]), "OverflowError: unsigned byte integer is less than minimum");
        let half = cx.float(0.5);
        for name in ["i32", "i64", "isize", "i16", "u8", "u32", "u64", "usize", "big", "index"] {
            assert_eq!(call(cx, name, &[Value::TRUE], &[]), "1");
            assert_eq!(call(cx, name, &[half], &[]), "TypeError: 'float' object cannot be interpreted as an integer");
        }
        assert_eq!(call(cx, "big", &[p64], &[]), (1u128 << 64).to_string());
        assert_eq!(call(cx, "index", &[p64], &[]), (1u128 << 64).to_string());
    });
}

#[test]
fn search_bounds() {
    with_machine(|cx| {
        let (huge, tiny) = (power(cx, 70, 1), power(cx, 70, -1));
        assert_eq!(call(cx, "bound", &[huge], &[]), isize::MAX.to_string());
        assert_eq!(call(cx, "bound", &[tiny], &[]), isize::MIN.to_string());
        assert_eq!(call(cx, "bound", &[Value::TRUE], &[]), "1");
        assert_eq!(call(cx, "bound", &[Value::NONE], &[]), "TypeError: slice indices must be integers or have an __index__ method");
        assert_eq!(call(cx, "bound_or_none", &[Value::NONE, Value::NONE], &[]), "None");
        let text = cx.str("ab").value();
        let message = "TypeError: slice indices must be integers or None or have an __index__ method";
        assert_eq!(call(cx, "bound_or_none", &[text, text], &[]), message);
    });
}

#[test]
fn other_types() {
    with_machine(|cx| {
        let (text, half) = (cx.str("ab").value(), cx.float(0.5));
        assert_eq!(call(cx, "float", &[Value::int32(3)], &[]), "3.0");
        assert_eq!(call(cx, "float", &[half], &[]), "0.5");
        assert_eq!(call(cx, "float", &[text], &[]), "TypeError: must be real number, not str");
        assert_eq!(call(cx, "truth", &[text], &[]), "True");
        assert_eq!(call(cx, "bytes", &[Value::int32(97)], &[]), "b'aa'");
        assert_eq!(call(cx, "words", &[text], &[]), "('ab', None, 'strict')");
        assert_eq!(call(cx, "words", &[text, Value::NONE, text], &[]), "('ab', None, 'ab')");
        assert_eq!(call(cx, "words", &[text, text], &["encoding"]), "('ab', 'ab', 'strict')");
        assert_eq!(call(cx, "words", &[half], &[]), "TypeError: words() argument 'text' must be str, not float");
        assert_eq!(call(cx, "words", &[Value::NONE], &[]), "TypeError: words() argument 'text' must be str, not None");
        assert_eq!(call(cx, "words", &[text, half], &[]), "TypeError: words() argument 'encoding' must be str or None, not float");
        assert_eq!(call(cx, "words", &[text, text, Value::NONE], &[]), "TypeError: words() argument 'errors' must be str, not None");
        let list = cx.list_new().value();
        assert_eq!(call(cx, "two", &[list, Value::NONE], &[]), "None");
        assert_eq!(call(cx, "two", &[list, text], &[]), "TypeError: two() argument 2 must be bytes or None, not str");
        assert_eq!(call(cx, "two", &[text, text], &[]), "TypeError: two() argument 1 must be list, not str");
        let one = Value::int32(1);
        assert_eq!(call(cx, "names", &[one, text, half], &["first", "b"]), "[1, 'first', 'ab', 'b', 0.5]");
        assert_eq!(call(cx, "names", &[text], &["b"]), "TypeError: names expected 1 argument, got 0");
    });
}

#[test]
fn surrogates_are_no_rust_text() {
    with_machine(|cx| {
        let s = cx.str_from_bytes(b"a\xED\xB2\x80\xED\xB2\x81b").value();
        let def = sample::FUNCTIONS.iter().find(|d| d.name == "words").expect("in the list above");
        let raised = (def.call)(cx, &[s], None).expect_err("no UTF-8");
        let e = cx.take_pending(raised);
        assert_eq!(cx.type_name(e), "UnicodeEncodeError");
        let args = e.as_gc::<Exception>().expect("raised").args.expect().value();
        assert_eq!(shown(cx, args), r"('utf-8', 'a\udc80\udc81b', 1, 3, 'surrogates not allowed')");
    });
}
