//! Built-in functions and the method tables of built-in classes. `install` is the list.

pub mod alias;
pub mod class;
pub mod exceptions;
mod codec;
pub mod format;
pub mod function;
pub mod functions;
mod percent;
mod str_class;
mod str_format;
mod str_iter;
mod text_args;
mod text_functions;
mod translate;
pub mod mappingproxy;
pub mod object;
pub mod object_functions;
pub mod method;
pub mod property;
mod raw;
pub mod super_;
pub mod type_;

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
    for f in crate::green::functions::functions::FUNCTIONS {
        let b = cx.builtin(f, None).value();
        cx.dict_set_text(builtins, f.name, b);
    }
    let classes = [cx.greenlet_class(), cx.native_class(&crate::green::greenlet::timeout::NATIVE), cx.green_class("GreenletExit")];
    for c in classes {
        let name = c.name.expect();
        cx.dict_set_str(builtins, name, c.value());
    }
    // Text and bytes.
    cx.attach(cx.types.str, &str_class::class::CLASS);
    cx.attach(cx.types.str_iterator, &str_iter::str_iterator::CLASS);
    cx.attach(cx.types.str_ascii_iterator, &str_iter::str_iterator::CLASS);
    cx.attach(cx.types.bytes_iterator, &str_iter::bytes_iterator::CLASS);
    cx.attach(cx.types.bytearray_iterator, &str_iter::bytes_iterator::CLASS);
    for f in text_functions::functions::FUNCTIONS {
        let b = cx.builtin(f, None).value();
        cx.dict_set_text(builtins, f.name, b);
    }
    // Objects, classes, functions.
    cx.attach(cx.types.object, &object::object::CLASS);
    cx.attach(cx.types.type_, &type_::type_::CLASS);
    cx.attach_method(cx.types.type_, &raw::TYPE_CALL);
    cx.attach(cx.types.super_, &super_::super_::CLASS);
    cx.attach(cx.types.mappingproxy, &mappingproxy::mappingproxy::CLASS);
    cx.attach(cx.types.function, &function::function::CLASS);
    cx.attach(cx.types.builtin_function, &function::builtin_function::CLASS);
    cx.attach(cx.types.method_wrapper, &function::builtin_function::CLASS);
    cx.attach(cx.types.method_descriptor, &function::method_descriptor::CLASS);
    cx.attach(cx.types.wrapper_descriptor, &function::method_descriptor::CLASS);
    cx.attach(cx.types.method, &method::method::CLASS);
    cx.attach(cx.types.staticmethod, &method::static_method::CLASS);
    cx.attach(cx.types.classmethod, &method::class_method::CLASS);
    for t in [cx.types.function, cx.types.builtin_function, cx.types.method_wrapper, cx.types.method_descriptor, cx.types.wrapper_descriptor, cx.types.method, cx.types.staticmethod] {
        cx.attach_method(t, &raw::CALL);
    }
    cx.attach(cx.types.property, &property::property::CLASS);
    cx.attach(cx.types.getset_descriptor, &property::getset_descriptor::CLASS);
    cx.attach(cx.types.member_descriptor, &property::getset_descriptor::CLASS);
    object::install(cx);
    object_functions::install(cx);

    for f in functions::functions::FUNCTIONS {
        let b = cx.builtin(f, None).value();
        cx.dict_set_text(builtins, f.name, b);
    }
}

const PUBLIC: &[&str] = &[
    "type", "object", "int", "bool", "float", "complex", "str", "bytes", "bytearray", "list", "tuple", "dict", "set", "frozenset", "range", "slice", "property",
    "staticmethod", "classmethod", "super", "enumerate", "zip", "map", "filter", "reversed", "memoryview",
];
