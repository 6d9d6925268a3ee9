//! One constructor for each kind of error. Messages are worded as CPython words them.

use crate::object::class::Type;
use crate::object::exception::Exception;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised};

macro_rules! shorthands {
    ($($name:ident $field:ident;)*) => {
        impl Cx {
            $(
                #[doc = concat!("Raises the exception class `", stringify!($field), "` with this message.")]
                #[cold]
                pub fn $name(&mut self, message: impl AsRef<str>) -> Raised {
                    let class = self.types.$field;
                    self.raise(class, message.as_ref())
                }
            )*
        }
    };
}

shorthands! {
    type_error type_error;
    value_error value_error;
    index_error index_error;
    runtime_error runtime_error;
    overflow_error overflow_error;
    zero_division_error zero_division_error;
    lookup_error lookup_error;
    memory_error memory_error;
    system_error system_error;
    assertion_error assertion_error;
    buffer_error buffer_error;
    eof_error eof_error;
    not_implemented_error not_implemented_error;
}

impl Cx {
    /// Raises `class(message)`; the class's `__init__` does not run.
    #[cold]
    pub fn raise(&mut self, class: Gc<Type>, message: &str) -> Raised {
        let text = self.str(message).value();
        self.raise_with(class, &[text])
    }

    /// Raises `class(*args)`; the class's `__init__` does not run.
    #[cold]
    pub fn raise_with(&mut self, class: Gc<Type>, args: &[Value]) -> Raised {
        let fields = if args.len() >= 2 { [args[0], args[1]] } else { [Value::NONE; 2] };
        let args = self.tuple(args);
        let e = self.exception_of(class, args);
        if class.is_subclass(self.types.os_error) {
            self.set_os_fields(e.header(), fields, None);
        }
        self.raise_value(e.value())
    }

    /// The attributes of an OSError: `errno` and `strerror`, and the file it is about.
    fn set_os_fields(&mut self, h: Gc<crate::heap::header::Header>, [errno, strerror]: [Value; 2], filename: Option<Value>) {
        let c = self.common;
        let second = self.intern("filename2");
        for (name, v) in [(c.errno, errno), (c.strerror, strerror), (c.filename, filename.unwrap_or(Value::NONE)), (second, Value::NONE)] {
            self.set_own_attribute(h, name, v);
        }
    }

    /// Raises an exception object. Its `__context__` becomes the exception being handled, as in CPython.
    #[cold]
    pub fn raise_value(&mut self, exception: Value) -> Raised {
        if let (Some(e), Some(handled)) = (exception.as_gc::<Exception>(), self.handled) {
            if handled != exception {
                self.break_context_cycle(e, handled);
                e.context.set(e, Some(handled));
            }
        }
        self.pending = Some(exception);
        Raised::pending()
    }

    /// Raises an exception object again as it is.
    pub fn reraise(&mut self, exception: Value) -> Raised {
        self.pending = Some(exception);
        Raised::pending()
    }

    /// Takes `e` out of the context chain of `handled`, so that setting it as context makes no cycle.
    fn break_context_cycle(&mut self, e: Gc<Exception>, handled: Value) {
        let mut at = handled.as_gc::<Exception>();
        let mut steps = 0;
        while let Some(x) = at {
            match x.context.get() {
                Some(c) if c == e.value() => {
                    x.context.set(x, None);
                    return;
                }
                next => at = next.and_then(|c| c.as_gc::<Exception>()),
            }
            steps += 1;
            if steps > 10_000 {
                return;
            }
        }
    }

    /// The exception on its way, taken: it is no longer pending.
    pub fn take_pending(&mut self, _raised: Raised) -> Value {
        self.pending.take().expect("an Err says that an exception is pending")
    }

    /// Whether the pending exception is an instance of `class`.
    pub fn pending_is(&self, class: Gc<Type>) -> bool {
        self.pending.is_some_and(|e| self.is_instance(e, class))
    }

    /// KeyError with the key itself as argument.
    #[cold]
    pub fn key_error(&mut self, key: Value) -> Raised {
        let class = self.types.key_error;
        self.raise_with(class, &[key])
    }

    /// RecursionError; `what` is such as ` while calling a Python object`.
    #[cold]
    pub fn recursion_error(&mut self, what: &str) -> Raised {
        let class = self.types.recursion_error;
        self.raise(class, &format!("maximum recursion depth exceeded{what}"))
    }

    /// StopIteration, with a value unless it is None.
    #[cold]
    pub fn stop_iteration(&mut self, value: Value) -> Raised {
        let class = self.types.stop_iteration;
        let args = if value.is_none() { self.tuple(&[]) } else { self.tuple(&[value]) };
        let e = self.exception_of(class, args);
        let name = self.common.value;
        self.set_own_attribute(e.header(), name, value);
        self.raise_value(e.value())
    }

    /// AttributeError with `name` and `obj` None: nothing is suggested.
    #[cold]
    pub fn plain_attribute_error(&mut self, message: &str) -> Raised {
        let class = self.types.attribute_error;
        let text = self.str(message).value();
        let args = self.tuple(&[text]);
        let e = self.exception_of(class, args);
        let (n, o) = (self.common.name_attr, self.common.obj);
        self.set_own_attribute(e.header(), n, Value::NONE);
        self.set_own_attribute(e.header(), o, Value::NONE);
        self.raise_value(e.value())
    }

    /// AttributeError with `name` and `obj` set, for suggestions.
    #[cold]
    pub fn attribute_error(&mut self, obj: Value, name: &str, message: &str) -> Raised {
        let class = self.types.attribute_error;
        let text = self.str(message).value();
        let args = self.tuple(&[text]);
        let e = self.exception_of(class, args);
        let name = self.str(name).value();
        let (n, o) = (self.common.name_attr, self.common.obj);
        self.set_own_attribute(e.header(), n, name);
        self.set_own_attribute(e.header(), o, obj);
        self.raise_value(e.value())
    }

    /// `'X' object has no attribute 'y'`.
    #[cold]
    pub fn no_attribute(&mut self, obj: Value, name: &str) -> Raised {
        let message = match obj.as_gc::<Type>() {
            Some(t) => format!("type object '{}' has no attribute '{}'", t.name_text(), name),
            None => format!("'{}' object has no attribute '{}'", self.type_name(obj), name),
        };
        self.attribute_error(obj, name, &message)
    }

    /// NameError with `name` set, or UnboundLocalError.
    #[cold]
    pub fn name_error(&mut self, is_local: bool, name: &str, message: &str) -> Raised {
        let class = if is_local { self.types.unbound_local_error } else { self.types.name_error };
        let text = self.str(message).value();
        let args = self.tuple(&[text]);
        let e = self.exception_of(class, args);
        let n = self.common.name_attr;
        // CPython names the variable for NameError itself only.
        let name = if is_local { Value::NONE } else { self.str(name).value() };
        self.set_own_attribute(e.header(), n, name);
        self.raise_value(e.value())
    }

    /// ImportError or ModuleNotFoundError with `name` set.
    #[cold]
    pub fn import_error(&mut self, is_missing: bool, name: &str, message: &str) -> Raised {
        let class = if is_missing { self.types.module_not_found_error } else { self.types.import_error };
        let text = self.str(message).value();
        let args = self.tuple(&[text]);
        let e = self.exception_of(class, args);
        let n = self.common.name_attr;
        let name = self.str(name).value();
        self.set_own_attribute(e.header(), n, name);
        let p = self.common.path_attr;
        self.set_own_attribute(e.header(), p, Value::NONE);
        let msg = self.intern("msg");
        self.set_own_attribute(e.header(), msg, text);
        self.raise_value(e.value())
    }

    /// The subclass of OSError that CPython raises for an errno, with `errno`, `strerror` and, if given, `filename` set.
    #[cold]
    pub fn os_error(&mut self, errno: i32, filename: Option<Value>) -> Raised {
        let strerror = os_error_text(errno);
        self.os_error_with(errno, &strerror, filename)
    }

    /// As [`Cx::os_error`] with a text of one's own.
    #[cold]
    pub fn os_error_with(&mut self, errno: i32, strerror: &str, filename: Option<Value>) -> Raised {
        let class = self.os_error_class(errno);
        let text = self.str(strerror).value();
        let args = self.tuple(&[Value::int32(errno), text]);
        let e = self.exception_of(class, args);
        self.set_os_fields(e.header(), [Value::int32(errno), text], filename);
        self.raise_value(e.value())
    }

    /// An `std::io::Error` as the OSError of its number.
    #[cold]
    pub fn io_error(&mut self, e: &std::io::Error, filename: Option<Value>) -> Raised {
        match e.raw_os_error() {
            Some(n) => self.os_error(n, filename),
            None => {
                let class = self.types.os_error;
                self.raise(class, &e.to_string())
            }
        }
    }

    /// PEP 3151's table.
    pub fn os_error_class(&self, errno: i32) -> Gc<Type> {
        let t = &self.types;
        match errno {
            libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => t.blocking_io_error,
            libc::EPIPE | libc::ESHUTDOWN => t.broken_pipe_error,
            libc::ECHILD => t.child_process_error,
            libc::ECONNABORTED => t.connection_aborted_error,
            libc::ECONNREFUSED => t.connection_refused_error,
            libc::ECONNRESET => t.connection_reset_error,
            libc::EEXIST => t.file_exists_error,
            libc::ENOENT => t.file_not_found_error,
            libc::EISDIR => t.is_a_directory_error,
            libc::ENOTDIR => t.not_a_directory_error,
            libc::EINTR => t.interrupted_error,
            libc::EACCES | libc::EPERM => t.permission_error,
            libc::ESRCH => t.process_lookup_error,
            libc::ETIMEDOUT => t.timeout_error,
            _ => t.os_error,
        }
    }
}

/// The system's text for an errno, as `os.strerror` gives it.
pub fn os_error_text(errno: i32) -> String {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    match text.rfind(" (os error") {
        Some(at) => text[..at].to_string(),
        None => text,
    }
}
