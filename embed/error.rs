//! What goes wrong: [`Error`] for the host, [`Exception`] for the script.

use std::any::Any;
use std::fmt::{self, Display};

use gscript_vm::limits::Limit;
use gscript_vm::object::class::Type;
use gscript_vm::object::exception::Exception as ExceptionObject;
use gscript_vm::object::int::{IntRef, int_ref};
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised};

use crate::embed::context::State;

/// What sort of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The source text is no program. `is_incomplete`: more text could make it one.
    Syntax {
        /// It ends too early.
        is_incomplete: bool,
    },
    /// An exception that the script did not catch.
    Exception,
    /// A limit ended the script, or [`InterruptHandle::interrupt`](crate::InterruptHandle::interrupt).
    Limit(Limit),
    /// `sys.exit()` or SystemExit, with the exit status.
    Exit(i32),
    /// A result is not of the Rust type that was asked for.
    Conversion,
    /// The system refused something to the host, such as memory for a machine.
    Io,
    /// A defect of the machine. It is not to be used any more and says this to all that is asked of it.
    Internal,
}

/// Why an entry into a machine failed: plain data, without references into the machine.
///
/// `Display` shows what CPython prints: the traceback, and the exception in the last line.
///
/// ```
/// let mut vm = gscript::Vm::new();
/// vm.exec("def half(n):\n    return n / 0")?;
/// let error = vm.call::<f64>("half", (1,)).unwrap_err();
/// assert_eq!((error.class(), error.message()), ("ZeroDivisionError", "division by zero"));
/// assert_eq!(error.to_string(), "\
/// Traceback (most recent call last):
///   File \"<exec>\", line 2, in half
/// ZeroDivisionError: division by zero");
/// # Ok::<(), gscript::Error>(())
/// ```
#[derive(Clone)]
pub struct Error {
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    class: String,
    message: String,
    shown: String,
    /// The exception object that this stands for, if it is still the last one its machine has told the host about.
    ticket: u64,
}

impl Error {
    fn make(kind: ErrorKind, class: &str, message: String, shown: String, ticket: u64) -> Error {
        Error { inner: Box::new(Inner { kind, class: class.to_string(), message, shown, ticket }) }
    }

    /// What sort of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The name of the exception's class, with its module unless that is `builtins` or `__main__`.
    #[must_use]
    pub fn class(&self) -> &str {
        &self.inner.class
    }

    /// `str()` of the exception.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// Traceback, causes and notes as CPython prints them, ending with the exception itself.
    #[must_use]
    pub fn traceback(&self) -> &str {
        &self.inner.shown
    }

    /// Whether a limit or an interrupt ended the script.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Limit(_))
    }

    pub(crate) fn conversion(text: String) -> Error {
        let shown = format!("TypeError: {text}");
        Error::make(ErrorKind::Conversion, "TypeError", text, shown, 0)
    }

    pub(crate) fn internal(text: &str) -> Error {
        Error::make(ErrorKind::Internal, "SystemError", text.to_string(), format!("internal error: {text}"), 0)
    }

    pub(crate) fn io(e: &std::io::Error) -> Error {
        Error::make(ErrorKind::Io, "OSError", e.to_string(), format!("OSError: {e}"), 0)
    }

    pub(crate) fn incomplete(mut self, is_incomplete: bool) -> Error {
        self.inner.kind = ErrorKind::Syntax { is_incomplete };
        self
    }

    /// The pending exception, told to the host. May run script code (`__str__`).
    pub(crate) fn from_raised(cx: &mut Cx, raised: Raised) -> Error {
        let e = cx.take_pending(raised);
        let limit = cx.is_ending().then(|| cx.limit_hit()).flatten();
        let kind = match limit {
            Some(limit) => ErrorKind::Limit(limit),
            None if cx.is_instance(e, cx.types.system_exit) => ErrorKind::Exit(exit_status(cx, e)),
            None if cx.is_instance(e, cx.types.syntax_error) => ErrorKind::Syntax { is_incomplete: false },
            None => ErrorKind::Exception,
        };
        let class = class_name(cx, e);
        let message = match cx.str_value(e) {
            Ok(s) => s.lossy().into_owned(),
            Err(r) => {
                cx.take_pending(r);
                String::new()
            }
        };
        let shown = String::from_utf8_lossy(&cx.format_exception(e)).trim_end().to_string();
        let state = cx.extension::<State>();
        state.next_ticket += 1;
        let ticket = state.next_ticket;
        state.last_exception = Some((ticket, e));
        Error::make(kind, &class, message, shown, ticket)
    }

    /// Raises it in a script: the very exception that it came from, if that is at hand.
    pub(crate) fn raise(&self, cx: &mut Cx) -> Raised {
        if cx.is_ending() {
            return cx.raise_limit();
        }
        match cx.extension::<State>().last_exception {
            Some((ticket, e)) if ticket == self.inner.ticket && ticket != 0 => cx.reraise(e),
            _ => {
                let (class, message) = (self.class().to_string(), self.message().to_string());
                raise_named(cx, &class, &message)
            }
        }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.shown)
    }
}

/// In `unwrap` and results of `main`: as it is displayed.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}\n{}", self.inner.kind, self.inner.shown)
    }
}

impl std::error::Error for Error {}

/// An exception for the script: of a chosen class, from a host function that fails.
///
/// The class is a built-in exception, one of the script's globals, or `module.Class` of a module that is loaded.
///
/// ```
/// use gscript::{Exception, Vm};
///
/// let mut vm = Vm::new();
/// vm.register("root", |x: f64| if x < 0.0 { Err(Exception::new("ValueError", "below zero")) } else { Ok(x.sqrt()) });
/// vm.exec("try:\n    root(-1)\nexcept ValueError as e:\n    text = str(e)")?;
/// assert_eq!(vm.get::<String>("text")?, "below zero");
/// # Ok::<(), gscript::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    class: String,
    message: String,
}

impl Exception {
    /// An exception of this class with this message.
    #[must_use]
    pub fn new(class: impl Into<String>, message: impl Display) -> Exception {
        Exception { class: class.into(), message: message.to_string() }
    }
}

impl Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class, self.message)
    }
}

impl std::error::Error for Exception {}

/// Raises what a host function failed with: an [`Exception`] and an [`Error`] as they are, an `io::Error` as OSError (or the
/// subclass for its number), all else as RuntimeError with its text.
pub(crate) fn raise_any<E: Display + 'static>(cx: &mut Cx, e: &E) -> Raised {
    let any: &dyn Any = e;
    if let Some(boxed) = any.downcast_ref::<Box<dyn std::error::Error>>() {
        return raise_error(cx, &**boxed);
    }
    if let Some(boxed) = any.downcast_ref::<Box<dyn std::error::Error + Send + Sync>>() {
        return raise_error(cx, &**boxed);
    }
    if let Some(e) = any.downcast_ref::<Exception>() {
        return raise_named(cx, &e.class, &e.message);
    }
    if let Some(e) = any.downcast_ref::<Error>() {
        return e.raise(cx);
    }
    if let Some(e) = any.downcast_ref::<std::io::Error>() {
        return raise_io(cx, e);
    }
    cx.runtime_error(e.to_string())
}

fn raise_error(cx: &mut Cx, e: &(dyn std::error::Error + 'static)) -> Raised {
    if let Some(e) = e.downcast_ref::<Exception>() {
        return raise_named(cx, &e.class, &e.message);
    }
    if let Some(e) = e.downcast_ref::<Error>() {
        return e.raise(cx);
    }
    if let Some(e) = e.downcast_ref::<std::io::Error>() {
        return raise_io(cx, e);
    }
    cx.runtime_error(e.to_string())
}

fn raise_io(cx: &mut Cx, e: &std::io::Error) -> Raised {
    if e.raw_os_error().is_some() {
        return cx.io_error(e, None);
    }
    let class = cx.types.os_error;
    cx.raise(class, &e.to_string())
}

/// Raises `class(message)`; a name that is no exception class becomes part of a RuntimeError's message.
fn raise_named(cx: &mut Cx, class: &str, message: &str) -> Raised {
    let text = cx.str(message).value();
    let found = find_class(cx, class);
    match found.map(|c| cx.call(c.value(), &[text])) {
        Some(Ok(e)) if e.as_gc::<ExceptionObject>().is_some() => cx.raise_value(e),
        Some(Err(r)) => r,
        _ => cx.runtime_error(format!("{class}: {message}")),
    }
}

fn find_class(cx: &mut Cx, name: &str) -> Option<Gc<Type>> {
    let found = match name.rsplit_once('.') {
        Some((module, name)) => {
            let module = cx.loaded_module(module)?;
            match cx.try_attr_text(module, name) {
                Ok(v) => v,
                Err(r) => {
                    cx.take_pending(r);
                    None
                }
            }
        }
        None => {
            let key = cx.intern(name);
            let own = cx.extension::<State>().globals.and_then(|g| cx.dict_get_str(g, key));
            let builtins = cx.builtins_dict();
            own.or_else(|| cx.dict_get_str(builtins, key))
        }
    };
    found.and_then(|v| v.as_gc::<Type>()).filter(|t| t.is_subclass(cx.types.base_exception))
}

fn class_name(cx: &mut Cx, e: Value) -> String {
    let class = cx.class_of(e);
    let name = class.qualname_text();
    let module = match cx.try_attr_text(class.value(), "__module__") {
        Ok(m) => m.and_then(|m| m.as_str_object()).map(|m| m.lossy().into_owned()),
        Err(r) => {
            cx.take_pending(r);
            None
        }
    };
    match module.as_deref() {
        None | Some("builtins" | "__main__") => name,
        Some(m) => format!("{m}.{name}"),
    }
}

/// As the command line would end.
fn exit_status(cx: &mut Cx, e: Value) -> i32 {
    let code = match cx.try_attr_text(e, "code") {
        Ok(c) => c.unwrap_or(Value::NONE),
        Err(r) => {
            cx.take_pending(r);
            Value::NONE
        }
    };
    match int_ref(code) {
        _ if code.is_none() => 0,
        Some(IntRef::Small(i)) => i32::try_from(i).unwrap_or(-1),
        _ => 1,
    }
}
