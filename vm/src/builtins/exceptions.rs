//! `BaseException` and those subclasses that have more than a name (Python library reference, "Built-in Exceptions").

use gscript_macros::class;

use crate::object::class::Type;
use crate::object::exception::Exception;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Sets an attribute of the exception object itself.
fn put(cx: &mut Cx, e: Gc<Exception>, name: &str, v: Value) {
    let name = cx.intern(name);
    cx.set_own_attribute(e.header(), name, v);
}

fn field(cx: &mut Cx, e: Gc<Exception>, name: &str) -> Option<Value> {
    let name = cx.intern(name);
    cx.own_attribute(e.header(), name)
}

/// The positional arguments of a constructor call, as the exception's `args`.
fn args_tuple(cx: &mut Cx, args: &[Value]) -> Gc<Tuple> {
    cx.tuple(args)
}

/// Appends `repr` of each item, with commas.
fn push_reprs(cx: &mut Cx, out: &mut Vec<u8>, items: Gc<Tuple>) -> Result<()> {
    for (i, &v) in items.items().iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(b", ");
        }
        cx.push_repr(out, v)?;
    }
    Ok(())
}

#[class("BaseException")]
pub mod base_exception {
    use super::*;
    use crate::convert::Kwargs;

    /// Common base class for all exceptions
    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = kwargs;
        let args = args_tuple(cx, args);
        Ok(cx.exception_of(class, args).value())
    }

    #[method(name = "__init__", "*args, **kwargs")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        if !kwargs.is_empty() {
            let text = format!("{}() takes no keyword arguments", cx.type_name(this.value()));
            return Err(cx.type_error(text));
        }
        let args = args_tuple(cx, args);
        this.args.set(this, Some(args));
        Ok(())
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let args = this.args.expect();
        match args.items() {
            [] => Ok(cx.common.empty),
            [one] => cx.str_value(*one),
            _ => cx.repr(args.value()),
        }
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        cx.check_stack()?;
        let mut out = cx.type_name(this.value()).into_bytes();
        out.push(b'(');
        push_reprs(cx, &mut out, this.args.expect())?;
        out.push(b')');
        Ok(cx.str_from_bytes(&out))
    }

    /// Sets __traceback__ and returns the exception.
    #[method("tb, /")]
    fn with_traceback(cx: &mut Cx, this: Gc<Exception>, tb: Value) -> Result<Value> {
        set_traceback(cx, this, tb)?;
        Ok(this.value())
    }

    /// Adds a note that tracebacks show.
    #[method("note, /")]
    fn add_note(cx: &mut Cx, this: Gc<Exception>, note: Value) -> Result<()> {
        if note.as_str_object().is_none() {
            let text = format!("note must be a str, not '{}'", cx.type_name(note));
            return Err(cx.type_error(text));
        }
        let name = cx.common.notes;
        let notes = match cx.try_attr(this.value(), name)? {
            Some(n) => n,
            None => {
                let l = cx.list_new().value();
                cx.set_own_attribute(this.header(), name, l);
                l
            }
        };
        match notes.as_gc::<crate::object::list::List>() {
            Some(l) => {
                cx.list_push(l, note);
                Ok(())
            }
            None => Err(cx.type_error("Cannot add note: __notes__ is not a list")),
        }
    }

    #[method(name = "__setstate__", "state, /")]
    fn set_state(cx: &mut Cx, this: Gc<Exception>, state: Value) -> Result<()> {
        if let Some(d) = state.as_gc::<crate::object::dict::Dict>() {
            let mut at = 0;
            while let Some((k, v)) = d.next(&mut at) {
                if let Some(k) = k.as_str_object() {
                    let k = cx.intern_str(k);
                    cx.set_attr(this.value(), k, v)?;
                }
            }
        }
        Ok(())
    }

    #[method(name = "__reduce__", "")]
    fn reduce(cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        let class = cx.class_of(this.value()).value();
        let args = this.args.expect().value();
        let dict = cx.attribute_dict(this.header());
        let items = if dict.is_empty() { cx.tuple(&[class, args]) } else { cx.tuple(&[class, args, dict.value()]) };
        Ok(items.value())
    }

    #[getter]
    fn args(_cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        Ok(this.args.expect().value())
    }

    #[setter(args)]
    fn set_args(cx: &mut Cx, this: Gc<Exception>, v: Option<Value>) -> Result<()> {
        match v {
            Some(v) => {
                let t = cx.tuple_from_iterable(v)?;
                this.args.set(this, Some(t));
                Ok(())
            }
            None => Err(cx.type_error("args may not be deleted")),
        }
    }

    #[getter(name = "__traceback__")]
    fn traceback(_cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        Ok(this.traceback.get().unwrap_or(Value::NONE))
    }

    #[setter(__traceback__)]
    fn set_traceback_field(cx: &mut Cx, this: Gc<Exception>, v: Option<Value>) -> Result<()> {
        match v {
            Some(v) => set_traceback(cx, this, v),
            None => Err(cx.type_error("__traceback__ may not be deleted")),
        }
    }

    fn set_traceback(cx: &mut Cx, this: Gc<Exception>, v: Value) -> Result<()> {
        if !v.is_none() && v.as_gc::<crate::object::exception::Traceback>().is_none() {
            return Err(cx.type_error("__traceback__ must be a traceback or None"));
        }
        this.traceback.set(this, if v.is_none() { None } else { Some(v) });
        Ok(())
    }

    #[getter(name = "__cause__")]
    fn cause(_cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        Ok(this.cause.get().unwrap_or(Value::NONE))
    }

    #[setter(__cause__)]
    fn set_cause(cx: &mut Cx, this: Gc<Exception>, v: Option<Value>) -> Result<()> {
        let v = chained(cx, v, "cause")?;
        this.cause.set(this, v);
        this.suppress_context.set(true);
        Ok(())
    }

    #[getter(name = "__context__")]
    fn context(_cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        Ok(this.context.get().unwrap_or(Value::NONE))
    }

    #[setter(__context__)]
    fn set_context(cx: &mut Cx, this: Gc<Exception>, v: Option<Value>) -> Result<()> {
        let v = chained(cx, v, "context")?;
        this.context.set(this, v);
        Ok(())
    }

    fn chained(cx: &mut Cx, v: Option<Value>, what: &str) -> Result<Option<Value>> {
        match v {
            None => Err(cx.type_error(format!("__{what}__ may not be deleted"))),
            Some(v) if v.is_none() => Ok(None),
            Some(v) if v.as_gc::<Exception>().is_some() => Ok(Some(v)),
            Some(_) => Err(cx.type_error(format!("exception {what} must be None or derive from BaseException"))),
        }
    }

    #[getter(name = "__suppress_context__")]
    fn suppress_context(_cx: &mut Cx, this: Gc<Exception>) -> Result<Value> {
        Ok(Value::bool(this.suppress_context.get()))
    }

    #[setter(__suppress_context__)]
    fn set_suppress_context(cx: &mut Cx, this: Gc<Exception>, v: Option<Value>) -> Result<()> {
        match v {
            Some(v) => {
                let t = cx.truth(v)?;
                this.suppress_context.set(t);
                Ok(())
            }
            None => Err(cx.type_error("can't delete numeric/char attribute")),
        }
    }
}

#[class("KeyError")]
pub mod key_error {
    use super::*;

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let args = this.args.expect();
        match args.items() {
            [] => Ok(cx.common.empty),
            [one] => cx.repr(*one),
            _ => cx.repr(args.value()),
        }
    }
}

#[class("StopIteration")]
pub mod stop_iteration {
    use super::*;

    #[method(name = "__init__", "*args")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value]) -> Result<()> {
        let t = args_tuple(cx, args);
        this.args.set(this, Some(t));
        put(cx, this, "value", args.first().copied().unwrap_or(Value::NONE));
        Ok(())
    }
}

#[class("SystemExit")]
pub mod system_exit {
    use super::*;

    #[method(name = "__init__", "*args")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value]) -> Result<()> {
        let t = args_tuple(cx, args);
        this.args.set(this, Some(t));
        let code = match args {
            [] => Value::NONE,
            [one] => *one,
            _ => t.value(),
        };
        put(cx, this, "code", code);
        Ok(())
    }
}

#[class("ImportError")]
pub mod import_error {
    use super::*;

    #[method(name = "__init__", "*args, name=None, path=None")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value], name: Option<Value>, path: Option<Value>) -> Result<()> {
        let t = args_tuple(cx, args);
        this.args.set(this, Some(t));
        put(cx, this, "name", name.unwrap_or(Value::NONE));
        put(cx, this, "path", path.unwrap_or(Value::NONE));
        put(cx, this, "msg", if let [one] = args { *one } else { Value::NONE });
        Ok(())
    }
}

#[class("NameError")]
pub mod name_error {
    use super::*;

    #[method(name = "__init__", "*args, name=None")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value], name: Option<Value>) -> Result<()> {
        let t = args_tuple(cx, args);
        this.args.set(this, Some(t));
        put(cx, this, "name", name.unwrap_or(Value::NONE));
        Ok(())
    }
}

#[class("AttributeError")]
pub mod attribute_error {
    use super::*;

    #[method(name = "__init__", "*args, name=None, obj=None")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value], name: Option<Value>, obj: Option<Value>) -> Result<()> {
        let t = args_tuple(cx, args);
        this.args.set(this, Some(t));
        put(cx, this, "name", name.unwrap_or(Value::NONE));
        put(cx, this, "obj", obj.unwrap_or(Value::NONE));
        Ok(())
    }
}

#[class("OSError")]
pub mod os_error {
    use super::*;

    /// Base class for I/O related errors.
    #[new("*args")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value]) -> Result<Value> {
        let mut class = class;
        if class == cx.types.os_error && (2..=5).contains(&args.len()) {
            if let Some(n) = args[0].as_int().and_then(|n| i32::try_from(n).ok()) {
                class = cx.os_error_class(n);
            }
        }
        let t = args_tuple(cx, args);
        let e = cx.exception_of(class, t);
        fill(cx, e, args)?;
        Ok(e.value())
    }

    #[method(name = "__init__", "*args")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value]) -> Result<()> {
        fill(cx, this, args)
    }

    fn fill(cx: &mut Cx, e: Gc<Exception>, args: &[Value]) -> Result<()> {
        let is_full = (2..=5).contains(&args.len());
        let get = |i: usize| {
            if is_full { args.get(i).copied().unwrap_or(Value::NONE) } else { Value::NONE }
        };
        put(cx, e, "errno", get(0));
        put(cx, e, "strerror", get(1));
        put(cx, e, "filename", get(2));
        put(cx, e, "filename2", get(4));
        // A file name is no part of `args`.
        let kept = if is_full && args.len() > 2 { &args[..2] } else { args };
        let t = cx.tuple(kept);
        e.args.set(e, Some(t));
        Ok(())
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let absent = |v: Option<Value>| v.filter(|v| !v.is_none());
        let errno = field(cx, this, "errno");
        let strerror = field(cx, this, "strerror");
        let filename = absent(field(cx, this, "filename"));
        let filename2 = absent(field(cx, this, "filename2"));
        if absent(errno).is_none() && absent(strerror).is_none() {
            let args = this.args.expect();
            return match args.items() {
                [] => Ok(cx.common.empty),
                [one] => cx.str_value(*one),
                _ => cx.repr(args.value()),
            };
        }
        let mut out = b"[Errno ".to_vec();
        let n = cx.str_value(errno.unwrap_or(Value::NONE))?;
        out.extend_from_slice(n.bytes());
        out.extend_from_slice(b"] ");
        let s = cx.str_value(strerror.unwrap_or(Value::NONE))?;
        out.extend_from_slice(s.bytes());
        if let Some(f) = filename {
            out.extend_from_slice(b": ");
            cx.push_repr(&mut out, f)?;
            if let Some(f) = filename2 {
                out.extend_from_slice(b" -> ");
                cx.push_repr(&mut out, f)?;
            }
        }
        Ok(cx.str_from_bytes(&out))
    }
}

#[class("SyntaxError")]
pub mod syntax_error {
    use super::*;

    #[method(name = "__init__", "*args")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value]) -> Result<()> {
        let t = args_tuple(cx, args);
        this.args.set(this, Some(t));
        put(cx, this, "msg", args.first().copied().unwrap_or(Value::NONE));
        let details = match args.get(1) {
            Some(&d) => Some(cx.tuple_from_iterable(d)?),
            None => None,
        };
        for (i, name) in ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"].into_iter().enumerate() {
            let v = details.and_then(|d| d.items().get(i).copied()).unwrap_or(Value::NONE);
            put(cx, this, name, v);
        }
        put(cx, this, "print_file_and_line", Value::NONE);
        Ok(())
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let msg = field(cx, this, "msg").unwrap_or(Value::NONE);
        let text = cx.str_value(msg)?.lossy().into_owned();
        let file = field(cx, this, "filename").and_then(|f| f.as_str_object()).map(|f| f.lossy().into_owned());
        let line = field(cx, this, "lineno").and_then(Value::as_int);
        let base = file.map(|f| f.rsplit('/').next().unwrap_or("").to_string());
        let s = match (base, line) {
            (Some(f), Some(n)) => format!("{text} ({f}, line {n})"),
            (Some(f), None) => format!("{text} ({f})"),
            (None, Some(n)) => format!("{text} (line {n})"),
            (None, None) => text,
        };
        Ok(cx.str(&s))
    }
}

/// UnicodeDecodeError and UnicodeEncodeError: encoding, object, start, end, reason.
fn unicode_init(cx: &mut Cx, this: Gc<Exception>, args: &[Value], names: &[&str]) -> Result<()> {
    if args.len() != names.len() {
        let text = format!("function takes exactly {} arguments ({} given)", names.len(), args.len());
        return Err(cx.type_error(text));
    }
    let t = args_tuple(cx, args);
    this.args.set(this, Some(t));
    for (name, &v) in names.iter().zip(args) {
        put(cx, this, name, v);
    }
    Ok(())
}

fn int_field(cx: &mut Cx, e: Gc<Exception>, name: &str) -> i64 {
    field(cx, e, name).and_then(Value::as_int).unwrap_or(0)
}

fn text_field(cx: &mut Cx, e: Gc<Exception>, name: &str) -> Result<String> {
    match field(cx, e, name) {
        Some(v) => Ok(cx.str_value(v)?.lossy().into_owned()),
        None => Ok(String::new()),
    }
}

#[class("UnicodeDecodeError")]
pub mod unicode_decode_error {
    use super::*;

    #[method(name = "__init__", "*args")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value]) -> Result<()> {
        unicode_init(cx, this, args, &["encoding", "object", "start", "end", "reason"])
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let (encoding, reason) = (text_field(cx, this, "encoding")?, text_field(cx, this, "reason")?);
        let (start, end) = (int_field(cx, this, "start"), int_field(cx, this, "end"));
        let object = field(cx, this, "object");
        let byte = object.and_then(crate::protocol::bytes_of).and_then(|b| b.get(start as usize).copied());
        let s = match byte {
            Some(b) if end == start + 1 => format!("'{encoding}' codec can't decode byte {b:#04x} in position {start}: {reason}"),
            _ => format!("'{encoding}' codec can't decode bytes in position {start}-{}: {reason}", end - 1),
        };
        Ok(cx.str(&s))
    }
}

/// How messages show a code point: `\xe9`, `\u20ac`, `\U0001f600`.
fn escaped(c: u32) -> String {
    match c {
        0..0x100 => format!("\\x{c:02x}"),
        0x100..0x10000 => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    }
}

fn code_point(s: Gc<Str>, i: i64) -> Option<u32> {
    let i = usize::try_from(i).ok().filter(|&i| i < s.char_len())?;
    Some(crate::object::str::decode_code_point(s.bytes(), s.offset_of(i)).0)
}

#[class("UnicodeEncodeError")]
pub mod unicode_encode_error {
    use super::*;

    #[method(name = "__init__", "*args")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value]) -> Result<()> {
        unicode_init(cx, this, args, &["encoding", "object", "start", "end", "reason"])
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let (encoding, reason) = (text_field(cx, this, "encoding")?, text_field(cx, this, "reason")?);
        let (start, end) = (int_field(cx, this, "start"), int_field(cx, this, "end"));
        let c = field(cx, this, "object").and_then(|o| o.as_str_object()).and_then(|s| code_point(s, start));
        let s = match c {
            Some(c) if end == start + 1 => format!("'{encoding}' codec can't encode character '{}' in position {start}: {reason}", escaped(c)),
            _ => format!("'{encoding}' codec can't encode characters in position {start}-{}: {reason}", end - 1),
        };
        Ok(cx.str(&s))
    }
}

#[class("UnicodeTranslateError")]
pub mod unicode_translate_error {
    use super::*;

    #[method(name = "__init__", "*args")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value]) -> Result<()> {
        unicode_init(cx, this, args, &["object", "start", "end", "reason"])
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let reason = text_field(cx, this, "reason")?;
        let (start, end) = (int_field(cx, this, "start"), int_field(cx, this, "end"));
        let c = field(cx, this, "object").and_then(|o| o.as_str_object()).and_then(|s| code_point(s, start));
        let s = match c {
            Some(c) if end == start + 1 => format!("can't translate character '{}' in position {start}: {reason}", escaped(c)),
            _ => format!("can't translate characters in position {start}-{}: {reason}", end - 1),
        };
        Ok(cx.str(&s))
    }
}

#[class("BaseExceptionGroup")]
pub mod base_exception_group {
    use super::*;

    /// A combination of multiple unrelated exceptions.
    #[new("*args")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value]) -> Result<Value> {
        let &[message, members] = args else {
            let text = format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)", args.len());
            return Err(cx.type_error(text));
        };
        if message.as_str_object().is_none() {
            let text = format!("BaseExceptionGroup.__new__() argument 1 must be str, not {}", cx.type_name(message));
            return Err(cx.type_error(text));
        }
        let is_sequence = cx.native_len(members).is_some() || {
            let c = cx.class_of(members);
            cx.special(c, crate::object::dunder::Dunder::GetItem).is_some()
        };
        if !is_sequence || members.as_gc::<crate::object::set::Set>().is_some() || members.as_gc::<crate::object::dict::Dict>().is_some() {
            return Err(cx.type_error("second argument (exceptions) must be a sequence"));
        }
        let items = cx.tuple_from_iterable(members)?;
        if items.is_empty() {
            return Err(cx.value_error("second argument (exceptions) must be a non-empty sequence"));
        }
        let mut all_exceptions = true;
        for (i, &e) in items.items().iter().enumerate() {
            if e.as_gc::<Exception>().is_none() {
                return Err(cx.value_error(format!("Item {i} of second argument (exceptions) is not an exception")));
            }
            all_exceptions &= cx.is_instance(e, cx.types.exception);
        }
        let mut class = class;
        if class == cx.types.base_exception_group && all_exceptions {
            class = cx.types.exception_group;
        } else if class.is_subclass(cx.types.exception) && !all_exceptions {
            let text = if class == cx.types.exception_group {
                "Cannot nest BaseExceptions in an ExceptionGroup".to_string()
            } else {
                format!("Cannot nest BaseExceptions in '{}'", class.name_text())
            };
            return Err(cx.type_error(text));
        }
        let t = args_tuple(cx, args);
        let e = cx.exception_of(class, t);
        put(cx, e, "message", message);
        put(cx, e, "exceptions", items.value());
        Ok(e.value())
    }

    #[method(name = "__init__", "*args, **kwargs")]
    fn init(cx: &mut Cx, this: Gc<Exception>, args: &[Value], kwargs: crate::convert::Kwargs<'_>) -> Result<()> {
        let _ = kwargs;
        let t = args_tuple(cx, args);
        this.args.set(this, Some(t));
        Ok(())
    }

    #[method(name = "__str__", "")]
    fn str_(cx: &mut Cx, this: Gc<Exception>) -> Result<Gc<Str>> {
        let message = text_field(cx, this, "message")?;
        let n = field(cx, this, "exceptions").and_then(|v| cx.native_len(v)).unwrap_or(0);
        Ok(cx.str(&format!("{message} ({n} sub-exception{})", if n == 1 { "" } else { "s" })))
    }

    #[method("exceptions, /")]
    fn derive(cx: &mut Cx, this: Gc<Exception>, exceptions: Value) -> Result<Value> {
        let message = field(cx, this, "message").unwrap_or(Value::NONE);
        let class = cx.types.base_exception_group.value();
        cx.call(class, &[message, exceptions])
    }

    /// The part of the group whose members match, or None.
    #[method("condition, /")]
    fn subgroup(cx: &mut Cx, this: Gc<Exception>, condition: Value) -> Result<Value> {
        Ok(split_by(cx, this.value(), condition)?.0)
    }

    /// The matching part and the rest.
    #[method("condition, /")]
    fn split(cx: &mut Cx, this: Gc<Exception>, condition: Value) -> Result<Value> {
        let (a, b) = split_by(cx, this.value(), condition)?;
        Ok(cx.tuple(&[a, b]).value())
    }

    #[class_method(name = "__class_getitem__", "item, /")]
    fn class_get_item(cx: &mut Cx, class: Gc<Type>, item: Value) -> Result<Value> {
        Ok(cx.generic_alias(class.value(), item))
    }

    fn matches(cx: &mut Cx, e: Value, condition: Value) -> Result<bool> {
        let is_types = match condition.as_gc::<Tuple>() {
            Some(t) => t.items().iter().all(|t| t.as_gc::<Type>().is_some_and(|t| t.is_subclass(cx.types.base_exception))),
            None => condition.as_gc::<Type>().is_some_and(|t| t.is_subclass(cx.types.base_exception)),
        };
        if is_types {
            return cx.exception_matches(e, condition);
        }
        let class = cx.class_of(condition);
        let is_callable = condition.as_gc::<Type>().is_none()
            && condition.as_gc::<Tuple>().is_none()
            && (condition.as_gc::<crate::object::function::Function>().is_some() || cx.special(class, crate::object::dunder::Dunder::Call).is_some());
        if is_callable {
            let r = cx.call(condition, &[e])?;
            return cx.truth(r);
        }
        Err(cx.type_error("expected a function, exception type or tuple of exception types"))
    }

    fn split_by(cx: &mut Cx, e: Value, condition: Value) -> Result<(Value, Value)> {
        cx.check_stack()?;
        if matches(cx, e, condition)? {
            return Ok((e, Value::NONE));
        }
        if !cx.is_instance(e, cx.types.base_exception_group) {
            return Ok((Value::NONE, e));
        }
        let Some(group) = e.as_gc::<Exception>() else {
            return Ok((Value::NONE, e));
        };
        let members = field(cx, group, "exceptions").unwrap_or(Value::NONE);
        let members = cx.tuple_from_iterable(members)?;
        let (yes, no) = (cx.list_new(), cx.list_new());
        for &m in members.items() {
            let (a, b) = split_by(cx, m, condition)?;
            if !a.is_none() {
                cx.list_push(yes, a);
            }
            if !b.is_none() {
                cx.list_push(no, b);
            }
        }
        let a = rebuilt(cx, group, yes)?;
        let b = rebuilt(cx, group, no)?;
        Ok((a, b))
    }

    /// A group of the same sort with other members: its metadata is copied.
    fn rebuilt(cx: &mut Cx, group: Gc<Exception>, members: Gc<crate::object::list::List>) -> Result<Value> {
        if members.is_empty() {
            return Ok(Value::NONE);
        }
        let new = cx.call_method(group.value(), "derive", &[members.value()])?;
        if let Some(n) = new.as_gc::<Exception>() {
            n.traceback.set(n, group.traceback.get());
            n.cause.set(n, group.cause.get());
            n.context.set(n, group.context.get());
            n.suppress_context.set(group.suppress_context.get());
            let key = cx.common.notes;
            if let Some(notes) = cx.own_attribute(group.header(), key).and_then(|v| v.as_gc::<crate::object::list::List>()) {
                let copy = cx.list_slice(notes, 0, notes.len()).value();
                cx.set_own_attribute(n.header(), key, copy);
            }
        }
        Ok(new)
    }
}

#[class("traceback")]
pub mod traceback {
    use super::*;
    use crate::object::exception::Traceback;

    #[getter]
    fn tb_next(_cx: &mut Cx, this: Gc<Traceback>) -> Result<Value> {
        Ok(this.next.get().unwrap_or(Value::NONE))
    }

    #[setter(tb_next)]
    fn set_tb_next(cx: &mut Cx, this: Gc<Traceback>, v: Option<Value>) -> Result<()> {
        let Some(v) = v else {
            return Err(cx.type_error("can't delete tb_next attribute"));
        };
        if v.is_none() {
            this.next.set(this, None);
            return Ok(());
        }
        let mut at = v.as_gc::<Traceback>();
        if at.is_none() {
            let text = format!("expected traceback object, got '{}'", cx.type_name(v));
            return Err(cx.type_error(text));
        }
        while let Some(t) = at {
            if t == this {
                return Err(cx.value_error("traceback loop detected"));
            }
            at = t.next.get().and_then(|n| n.as_gc::<Traceback>());
        }
        this.next.set(this, Some(v));
        Ok(())
    }

    #[getter]
    fn tb_frame(cx: &mut Cx, this: Gc<Traceback>) -> Result<Value> {
        if let Some(f) = this.frame.get() {
            return Ok(f);
        }
        let f = crate::object::frame::past_frame(cx, this.function, this.pc);
        this.frame.set(this, Some(f));
        Ok(f)
    }

    #[getter]
    fn tb_lineno(_cx: &mut Cx, this: Gc<Traceback>) -> Result<Value> {
        Ok(Value::int32(this.line() as i32))
    }

    #[getter]
    fn tb_lasti(_cx: &mut Cx, this: Gc<Traceback>) -> Result<Value> {
        Ok(Value::int32(this.pc as i32 * 2))
    }
}

/// Gives the exception classes their methods.
pub(crate) fn install(cx: &mut Cx) {
    let t = cx.types;
    cx.attach(t.base_exception, &base_exception::CLASS);
    // Subclasses were made before their bases had a constructor.
    for c in t.all() {
        if c.is_subclass(t.base_exception) {
            c.native_new.set(base_exception::CLASS.new);
        }
    }
    cx.attach(t.key_error, &key_error::CLASS);
    cx.attach(t.stop_iteration, &stop_iteration::CLASS);
    cx.attach(t.system_exit, &system_exit::CLASS);
    cx.attach(t.import_error, &import_error::CLASS);
    cx.attach(t.name_error, &name_error::CLASS);
    cx.attach(t.attribute_error, &attribute_error::CLASS);
    cx.attach(t.os_error, &os_error::CLASS);
    for c in t.all() {
        if c.is_subclass(t.os_error) {
            c.native_new.set(os_error::CLASS.new);
        }
    }
    cx.attach(t.syntax_error, &syntax_error::CLASS);
    cx.attach(t.unicode_decode_error, &unicode_decode_error::CLASS);
    cx.attach(t.unicode_encode_error, &unicode_encode_error::CLASS);
    cx.attach(t.unicode_translate_error, &unicode_translate_error::CLASS);
    cx.attach(t.base_exception_group, &base_exception_group::CLASS);
    t.exception_group.native_new.set(base_exception_group::CLASS.new);
    // ExceptionGroup's order: both BaseExceptionGroup and Exception.
    let bases = cx.tuple(&[t.base_exception_group.value(), t.exception.value()]);
    t.exception_group.bases.set(t.exception_group, Some(bases));
    let order = [t.exception_group, t.base_exception_group, t.exception, t.base_exception, t.object].map(|t| t.value());
    let order = cx.tuple(&order);
    t.exception_group.mro.set(t.exception_group, Some(order));
    t.base_exception_group.add_subclass(t.exception_group);
    cx.attach(t.traceback, &traceback::CLASS);
    let builtins = cx.builtins;
    if let Some(b) = builtins {
        cx.dict_set_text(b, "EnvironmentError", t.os_error.value());
        cx.dict_set_text(b, "IOError", t.os_error.value());
        cx.dict_set_text(b, "Ellipsis", Value::ELLIPSIS);
        cx.dict_set_text(b, "NotImplemented", Value::NOT_IMPLEMENTED);
        cx.dict_set_text(b, "__debug__", Value::TRUE);
    }
}
