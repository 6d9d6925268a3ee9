//! Methods that take whatever arguments they are called with, so that no signature binds them: `__call__` and its kin.

use crate::interp::call::Args;
use crate::object::class::Type;
use crate::object::function::{BuiltinDef, BuiltinKind, Keywords};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

/// A method of any signature.
pub(crate) const fn method(name: &'static str, doc: &'static str, call: crate::object::function::NativeFn) -> BuiltinDef {
    BuiltinDef { name, signature: "/, *args, **kwargs", doc, call, kind: BuiltinKind::Method }
}

/// `__call__` of functions, methods and the like.
pub(crate) static CALL: BuiltinDef = method("__call__", "Call self as a function.", call_self);

/// `type.__call__`.
pub(crate) static TYPE_CALL: BuiltinDef = method("__call__", "Call self as a function.", call_type);

fn receiver<'a>(cx: &mut Cx, args: &'a [Value], keywords: Keywords, owner: &str) -> Result<(Value, &'a [Value])> {
    match args.split_first() {
        Some((this, rest)) if args.len() > keywords.map_or(0, |k| k.len()) => Ok((*this, rest)),
        _ => Err(cx.type_error(format!("descriptor '__call__' of '{owner}' object needs an argument"))),
    }
}

fn call_self(cx: &mut Cx, args: &[Value], keywords: Keywords) -> Result<Value> {
    use crate::heap::header::Kind;
    let (this, rest) = receiver(cx, args, keywords, "function")?;
    // Only kinds that calls handle themselves: a class's `__call__` would lead here again.
    if !matches!(this.kind(), Some(Kind::Function | Kind::Builtin | Kind::BoundMethod | Kind::MethodWrapper)) {
        let text = format!("descriptor '__call__' requires a 'function' object but received a '{}'", cx.type_name(this));
        return Err(cx.type_error(text));
    }
    cx.call_args(this, Args { first: None, rest, keywords })
}

fn call_type(cx: &mut Cx, args: &[Value], keywords: Keywords) -> Result<Value> {
    let (this, rest) = receiver(cx, args, keywords, "type")?;
    let Some(t) = this.as_gc::<Type>() else {
        let text = format!("descriptor '__call__' requires a 'type' object but received a '{}'", cx.type_name(this));
        return Err(cx.type_error(text));
    };
    cx.instantiate(t, rest, keywords)
}

/// For definitions whose function is a closure of the object.
pub(crate) fn uncallable(cx: &mut Cx, _: &[Value], _: Keywords) -> Result<Value> {
    Err(cx.system_error("bad call of a built-in function"))
}

impl Cx {
    /// Puts a method into the dict of a built-in class.
    pub(crate) fn attach_method(&mut self, t: Gc<Type>, def: &'static BuiltinDef) {
        let f = self.builtin(def, Some(t.value())).value();
        self.dict_set_text(t.dict.expect(), def.name, f);
    }
}
