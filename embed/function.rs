//! Closures of the host as functions of scripts.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

use gscript_vm::object::function::Keywords;
use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Raised};

use crate::embed::convert::Mismatch;
use crate::embed::{Bytes, Context, FromValue, Handle, IntoValue, error};

type Inner<T> = std::result::Result<T, Raised>;

/// A closure that scripts can call.
///
/// It takes up to eight parameters of types that are [`Param`]s: those of [`FromValue`], `&str`; an `Option` may be left out at
/// the end; a last [`Rest`] takes all that are left. In front of them it may take a `&mut Context`, through which it can use the
/// machine: call functions it was given, wait for greenlets. It returns anything that is [`IntoValue`], or a `Result` of that:
/// the error becomes an exception (an [`Exception`](crate::Exception) of a chosen class, an [`Error`](crate::Error) the exception
/// that it came from, an `io::Error` an OSError, all else a RuntimeError with its text). A panic becomes a SystemError.
///
/// ```
/// use gscript::{Context, Error, Handle, Rest, Vm};
///
/// let mut vm = Vm::new();
/// vm.register("add", |a: i64, b: Option<i64>| a + b.unwrap_or(1));
/// vm.register("longest", |words: Vec<String>| words.into_iter().max_by_key(String::len));
/// vm.register("total", |numbers: Rest<f64>| numbers.0.iter().sum::<f64>());
/// vm.register("twice", |cx: &mut Context<'_>, f: Handle, x: i64| -> Result<i64, Error> {
///     let once: i64 = cx.call_handle(&f, (x,))?;
///     cx.call_handle(&f, (once,))
/// });
/// assert_eq!(vm.eval::<i64>("add(41) + add(1, 2)")?, 45);
/// assert_eq!(vm.eval::<Option<String>>("longest(['a', 'bcd', 'ef'])")?.as_deref(), Some("bcd"));
/// assert_eq!(vm.eval::<f64>("total(1, 2.5, 3)")?, 6.5);
/// assert_eq!(vm.eval::<i64>("twice(lambda n: n * n, 3)")?, 81);
/// let error = vm.eval::<i64>("add('x')").unwrap_err();
/// assert_eq!(error.message(), "add() argument 1 must be int, not str");
/// # Ok::<(), Error>(())
/// ```
pub trait HostFunction<M>: 'static {
    #[doc(hidden)]
    fn invoke(&self, cx: &mut Cx, name: &str, args: &[Value], keywords: Keywords) -> Inner<Value>;
}

/// The type of a parameter of a host function.
pub trait Param {
    /// What is kept during the call.
    #[doc(hidden)]
    type Stored;
    /// What the function gets.
    #[doc(hidden)]
    type Item<'a>;
    #[doc(hidden)]
    const IS_OPTIONAL: bool = false;
    #[doc(hidden)]
    const IS_REST: bool = false;

    #[doc(hidden)]
    fn store(cx: &mut Cx, name: &str, args: &[Value], index: usize) -> Inner<Self::Stored>;

    #[doc(hidden)]
    fn lend(stored: &mut Self::Stored) -> Self::Item<'_>;
}

/// All arguments that are left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest<T>(pub Vec<T>);

/// What a host function may return: a value, or a `Result` of one.
pub trait IntoReturn {
    #[doc(hidden)]
    fn into_return(self, cx: &mut Cx) -> Inner<Value>;
}

impl<T: IntoValue> IntoReturn for T {
    fn into_return(self, cx: &mut Cx) -> Inner<Value> {
        self.into_value(cx)
    }
}

impl<T: IntoValue, E: Display + 'static> IntoReturn for Result<T, E> {
    fn into_return(self, cx: &mut Cx) -> Inner<Value> {
        match self {
            Ok(v) => v.into_value(cx),
            Err(e) => Err(error::raise_any(cx, &e)),
        }
    }
}

/// Argument `index` as a `T`, or the exception that says why not.
fn argument<T: FromValue>(cx: &mut Cx, name: &str, v: Value, index: usize) -> Inner<T> {
    T::from_value(cx, v).map_err(|m| match m {
        Mismatch::Raised(r) => r,
        Mismatch::Type { .. } => {
            let text = m.text(&format!("{name}() argument {}", index + 1));
            cx.type_error(text)
        }
        Mismatch::Range { .. } => {
            let text = m.text(&format!("{name}() argument {}", index + 1));
            cx.overflow_error(text)
        }
    })
}

/// Owned types: what is stored is taken.
macro_rules! owned {
    ($([$($g:tt)*] $t:ty;)*) => {$(
        impl<$($g)*> Param for $t {
            type Stored = Option<$t>;
            type Item<'a> = $t;

            fn store(cx: &mut Cx, name: &str, args: &[Value], index: usize) -> Inner<Self::Stored> {
                argument(cx, name, args[index], index).map(Some)
            }

            fn lend(stored: &mut Self::Stored) -> $t {
                stored.take().expect("lent once")
            }
        }
    )*};
}

owned! {
    [] i8; [] i16; [] i32; [] i64; [] isize; [] i128;
    [] u8; [] u16; [] u32; [] u64; [] usize; [] u128;
    [] f32; [] f64; [] bool; [] char; [] String; [] Bytes; [] Handle; [] ();
    [T: FromValue] Vec<T>;
    [T: FromValue, const N: usize] [T; N];
    [T: FromValue + Eq + std::hash::Hash, S: std::hash::BuildHasher + Default] std::collections::HashSet<T, S>;
    [T: FromValue + Ord] std::collections::BTreeSet<T>;
    [K: FromValue + Eq + std::hash::Hash, V: FromValue, S: std::hash::BuildHasher + Default] std::collections::HashMap<K, V, S>;
    [K: FromValue + Ord, V: FromValue] std::collections::BTreeMap<K, V>;
    [A: FromValue] (A,);
    [A: FromValue, B: FromValue] (A, B);
    [A: FromValue, B: FromValue, C: FromValue] (A, B, C);
    [A: FromValue, B: FromValue, C: FromValue, D: FromValue] (A, B, C, D);
}

impl<T: FromValue> Param for Option<T> {
    type Stored = Option<Option<T>>;
    type Item<'a> = Option<T>;
    const IS_OPTIONAL: bool = true;

    fn store(cx: &mut Cx, name: &str, args: &[Value], index: usize) -> Inner<Self::Stored> {
        match args.get(index) {
            Some(&v) if !v.is_none() => argument(cx, name, v, index).map(|t| Some(Some(t))),
            _ => Ok(Some(None)),
        }
    }

    fn lend(stored: &mut Self::Stored) -> Option<T> {
        stored.take().expect("lent once")
    }
}

/// A copy of the text is lent: the script may change its variables meanwhile.
impl Param for &str {
    type Stored = String;
    type Item<'a> = &'a str;

    fn store(cx: &mut Cx, name: &str, args: &[Value], index: usize) -> Inner<String> {
        argument(cx, name, args[index], index)
    }

    fn lend(stored: &mut String) -> &str {
        stored
    }
}

impl<T: FromValue> Param for Rest<T> {
    type Stored = Vec<T>;
    type Item<'a> = Rest<T>;
    const IS_OPTIONAL: bool = true;
    const IS_REST: bool = true;

    fn store(cx: &mut Cx, name: &str, args: &[Value], index: usize) -> Inner<Vec<T>> {
        (index..args.len()).map(|i| argument(cx, name, args[i], i)).collect()
    }

    fn lend(stored: &mut Vec<T>) -> Rest<T> {
        Rest(std::mem::take(stored))
    }
}

/// The number of arguments, checked. `optional`: which parameters may be left out.
fn check_count(cx: &mut Cx, name: &str, args: &[Value], keywords: Keywords, optional: &[bool], has_rest: bool) -> Inner<()> {
    if keywords.is_some_and(|k| !k.is_empty()) {
        return Err(cx.type_error(format!("{name}() takes no keyword arguments")));
    }
    let required = optional.iter().rposition(|o| !o).map_or(0, |last| last + 1);
    let most = if has_rest { usize::MAX } else { optional.len() };
    if (required..=most).contains(&args.len()) {
        return Ok(());
    }
    let (bound, n) = match args.len() < required {
        _ if required == most => ("exactly", required),
        true => ("at least", required),
        false => ("at most", most),
    };
    let plural = if n == 1 { "" } else { "s" };
    Err(cx.type_error(format!("{name}() takes {bound} {n} argument{plural} ({} given)", args.len())))
}

/// Runs code of the host; a panic becomes an exception.
fn contained<R>(cx: &mut Cx, name: &str, f: impl FnOnce(&mut Cx) -> R) -> Inner<R> {
    let caught = cx.run_host(|cx| catch_unwind(AssertUnwindSafe(|| f(cx))));
    caught.map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|s| (*s).to_string()).or_else(|| panic.downcast_ref::<String>().cloned());
        let text = text.unwrap_or_else(|| "of an unknown cause".to_string());
        cx.system_error(format!("the host function {name}() panicked: {text}"))
    })
}

macro_rules! functions {
    ($($($t:ident $i:literal)*;)*) => {$(
        impl<F, R, $($t),*> HostFunction<fn($($t),*) -> R> for F
        where
            F: Fn($($t),*) -> R + Fn($($t::Item<'_>),*) -> R + 'static,
            R: IntoReturn,
            $($t: Param,)*
        {
            #[allow(non_snake_case, unused_mut)]
            fn invoke(&self, cx: &mut Cx, name: &str, args: &[Value], keywords: Keywords) -> Inner<Value> {
                fn apply<R, $($t),*>(f: impl Fn($($t),*) -> R, $($t: $t),*) -> R {
                    f($($t),*)
                }
                check_count(cx, name, args, keywords, &[$($t::IS_OPTIONAL),*], false $(|| $t::IS_REST)*)?;
                $(let mut $t = $t::store(cx, name, args, $i)?;)*
                let r = contained(cx, name, |_| apply(self, $($t::lend(&mut $t)),*))?;
                r.into_return(cx)
            }
        }

        impl<F, R, $($t),*> HostFunction<fn(&mut Context<'_>, $($t),*) -> R> for F
        where
            F: Fn(&mut Context<'_>, $($t),*) -> R + Fn(&mut Context<'_>, $($t::Item<'_>),*) -> R + 'static,
            R: IntoReturn,
            $($t: Param,)*
        {
            #[allow(non_snake_case, unused_mut)]
            fn invoke(&self, cx: &mut Cx, name: &str, args: &[Value], keywords: Keywords) -> Inner<Value> {
                fn apply<R, $($t),*>(f: impl Fn(&mut Context<'_>, $($t),*) -> R, cx: &mut Context<'_>, $($t: $t),*) -> R {
                    f(cx, $($t),*)
                }
                check_count(cx, name, args, keywords, &[$($t::IS_OPTIONAL),*], false $(|| $t::IS_REST)*)?;
                $(let mut $t = $t::store(cx, name, args, $i)?;)*
                let r = contained(cx, name, |cx| apply(self, &mut Context { cx }, $($t::lend(&mut $t)),*))?;
                r.into_return(cx)
            }
        }
    )*};
}

functions! {
    ;
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 G 5;
    A 0 B 1 C 2 D 3 E 4 G 5 H 6;
    A 0 B 1 C 2 D 3 E 4 G 5 H 6 I 7;
}
