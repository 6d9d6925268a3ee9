//! Built-in functions and the method tables of built-in classes. `install` is the list.

pub mod alias;
pub mod bool;
pub mod class;
pub mod complex;
pub mod exceptions;
pub mod float;
pub mod format;
pub mod functions;
pub mod int;
pub mod number_functions;

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
    // Numbers.
    cx.attach(cx.types.int, &int::int::CLASS);
    cx.attach(cx.types.bool, &bool::bool::CLASS);
    cx.attach(cx.types.float, &float::float::CLASS);
    cx.attach(cx.types.complex, &complex::complex::CLASS);
    for f in functions::functions::FUNCTIONS.iter().chain(number_functions::functions::FUNCTIONS) {
        let b = cx.builtin(f, None).value();
        cx.dict_set_text(builtins, f.name, b);
    }
}

const PUBLIC: &[&str] = &[
    "type", "object", "int", "bool", "float", "complex", "str", "bytes", "bytearray", "list", "tuple", "dict", "set", "frozenset", "range", "slice", "property",
    "staticmethod", "classmethod", "super", "enumerate", "zip", "map", "filter", "reversed", "memoryview",
];
