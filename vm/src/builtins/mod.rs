//! Built-in functions and the method tables of built-in classes. `install` is the list.

pub mod alias;
pub mod class;
pub mod exceptions;
pub mod format;
pub mod frame;
pub mod functions;
pub mod print;

use crate::vm::Cx;

/// Fills the namespace of built-ins.
pub(crate) fn install(cx: &mut Cx) {
    let Some(builtins) = cx.builtins else { return };
    for t in cx.types.all() {
        let Some(name) = t.name.get() else { continue };
        // The names that Python programs see without import; the others are reached through their instances only.
        let is_public = t.has_flag(crate::object::class::IS_EXCEPTION) || PUBLIC.contains(&&*name.lossy());
        if is_public {
            cx.dict_set_str(builtins, name, t.value());
        }
    }
    exceptions::install(cx);
    cx.attach(cx.types.frame, &frame::frame::CLASS);
    for f in print::functions::FUNCTIONS {
        let b = cx.builtin(f, None).value();
        cx.dict_set_text(builtins, f.name, b);
    }
    for f in functions::functions::FUNCTIONS {
        let b = cx.builtin(f, None).value();
        cx.dict_set_text(builtins, f.name, b);
    }
}

const PUBLIC: &[&str] = &[
    "type", "object", "int", "bool", "float", "complex", "str", "bytes", "bytearray", "list", "tuple", "dict", "set", "frozenset", "range", "slice", "property",
    "staticmethod", "classmethod", "super", "enumerate", "zip", "map", "filter", "reversed", "memoryview",
];
