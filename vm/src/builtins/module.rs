//! `module`: modules as objects.

use gscript_macros::class;

use crate::object::simple::Module;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// Create a module object.
///
/// The name must be a string; the optional docstring can have any type.
#[class("module")]
pub mod module {
    use crate::convert::Kwargs;
    use crate::object::class::Type;
    use crate::object::dict::Dict;
    use crate::object::simple::Module;
    use crate::object::str::Str;
    use crate::value::{Gc, Value};
    use crate::vm::{Cx, Result};

    #[new("*args, **kwargs", text = "name, doc=None")]
    fn new(cx: &mut Cx, class: Gc<Type>, _args: &[Value], _kwargs: Kwargs<'_>) -> Value {
        let dict = cx.dict_new();
        cx.module_of(class, dict).value()
    }

    /// Initialize self.  See help(type(self)) for accurate signature.
    #[method("name, doc=None")]
    fn __init__(cx: &mut Cx, this: Gc<Module>, name: Gc<Str>, doc: Value) -> Result<()> {
        let dict = this.dict.expect();
        cx.dict_set_text(dict, "__name__", name.value());
        cx.dict_set_text(dict, "__doc__", doc);
        for key in ["__package__", "__loader__", "__spec__"] {
            cx.dict_set_text(dict, key, Value::NONE);
        }
        Ok(())
    }

    /// Return repr(self).
    #[method]
    fn __repr__(cx: &mut Cx, this: Gc<Module>) -> Result<Value> {
        super::repr(cx, this)
    }

    /// Return getattr(self, name).
    #[method("name, /")]
    fn __getattribute__(cx: &mut Cx, this: Gc<Module>, name: Value) -> Result<Value> {
        let name = cx.attribute_name(name)?;
        if let Some(v) = cx.find_attr_plain(this.value(), name)? {
            return Ok(v);
        }
        let hook = cx.intern("__getattr__");
        match cx.dict_get_str(this.dict.expect(), hook) {
            Some(f) => cx.call(f, &[name.value()]),
            None => Err(cx.attribute_missing(this.value(), name)),
        }
    }

    /// __dir__() -> list
    /// specialized dir() implementation
    #[method]
    fn __dir__(cx: &mut Cx, this: Gc<Module>) -> Result<Value> {
        let dict = this.dict.expect();
        let hook = cx.intern("__dir__");
        if let Some(f) = cx.dict_get_str(dict, hook) {
            return cx.call(f, &[]);
        }
        let keys = cx.tuple_from_iterable(dict.value())?;
        Ok(cx.list_from(keys.items()).value())
    }

    #[getter]
    fn __dict__(this: Gc<Module>) -> Gc<Dict> {
        this.dict.expect()
    }

    #[setter(__dict__)]
    fn set_dict(cx: &mut Cx, this: Gc<Module>, _value: Option<Value>) -> Result<()> {
        Err(crate::builtins::function::readonly(cx, this.value(), "__dict__"))
    }

    #[getter]
    fn __annotations__(cx: &mut Cx, this: Gc<Module>) -> Value {
        let (dict, key) = (this.dict.expect(), cx.common.annotations);
        if let Some(v) = cx.dict_get_str(dict, key) {
            return v;
        }
        let new = cx.dict_new().value();
        cx.dict_set_str(dict, key, new);
        new
    }

    #[setter(__annotations__)]
    fn set_annotations(cx: &mut Cx, this: Gc<Module>, value: Option<Value>) -> Result<()> {
        let (dict, key) = (this.dict.expect(), cx.common.annotations);
        match value {
            Some(v) => cx.dict_set_str(dict, key, v),
            None => {
                if cx.dict_remove_str(dict, key).is_none() {
                    return Err(cx.attribute_error(this.value(), "__annotations__", "__annotations__"));
                }
            }
        }
        Ok(())
    }
}

/// `<module 'm' from 'm.gs'>`, `<module 'math' (built-in)>`, and of others the name alone.
fn repr(cx: &mut Cx, m: Gc<Module>) -> Result<Value> {
    let dict = m.dict.expect();
    let (name_key, file_key) = (cx.common.name, cx.common.file);
    let name = cx.dict_get_str(dict, name_key);
    let mut out = b"<module ".to_vec();
    match name {
        Some(n) => cx.push_repr(&mut out, n)?,
        None => out.extend_from_slice(b"'?'"),
    }
    let key = name.and_then(|n| n.as_str_object());
    let loaded = match (key, cx.modules) {
        (Some(n), Some(all)) => cx.dict_get_str(all, n),
        _ => None,
    };
    match cx.dict_get_str(dict, file_key).filter(|f| f.as_str_object().is_some()) {
        Some(file) => {
            out.extend_from_slice(b" from ");
            cx.push_repr(&mut out, file)?;
        }
        None if loaded == Some(m.value()) => out.extend_from_slice(b" (built-in)"),
        None => {}
    }
    out.push(b'>');
    Ok(cx.str_from_bytes(&out).value())
}
