//! Built-in functions and the method tables of built-in classes. `install` is the list.

pub mod adapters;
pub mod alias;
pub mod bool;
mod bytearray;
mod bytes;
mod bytes_common;
mod cell;
pub mod class;
mod code;
mod codec;
pub mod complex;
mod constants;
pub mod dict;
pub mod dict_views;
pub mod exceptions;
pub mod float;
pub mod format;
pub mod frame;
pub mod function;
pub mod functions;
pub mod generator;
pub mod int;
pub mod iter_functions;
pub mod iterators;
pub mod list;
pub mod mappingproxy;
mod memoryview;
pub mod method;
mod module;
pub mod number_functions;
pub mod object;
pub mod object_functions;
mod percent;
pub mod print;
pub mod property;
pub mod range;
mod raw;
pub mod set;
pub mod slice;
mod sort;
mod str_class;
mod str_format;
mod str_iter;
pub mod super_;
mod text_args;
mod text_functions;
mod translate;
pub mod tuple;
pub mod type_;

use crate::vm::Cx;

/// The names of characters, for codecs.
pub use codec::NAMES as CHARACTER_NAMES;

/// Fills the namespace of built-ins: every family of classes and functions has its block here.
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
    install_text(cx);
    install_objects(cx);
    install_numbers(cx);
    install_containers(cx);
    exceptions::install(cx);
    install_greenlets(cx);
    for family in FUNCTIONS {
        for f in *family {
            let b = cx.builtin(f, None).value();
            cx.dict_set_text(builtins, f.name, b);
        }
    }
}

/// The families of functions.
const FUNCTIONS: &[&[&crate::object::function::BuiltinDef]] = &[
    functions::functions::FUNCTIONS,
    print::functions::FUNCTIONS,
    text_functions::functions::FUNCTIONS,
    number_functions::functions::FUNCTIONS,
    iter_functions::iter_functions::FUNCTIONS,
];

/// Text and bytes.
fn install_text(cx: &mut Cx) {
    cx.attach(cx.types.str, &str_class::class::CLASS);
    cx.attach(cx.types.bytes, &bytes::class::CLASS);
    cx.attach(cx.types.bytearray, &bytearray::class::CLASS);
    cx.dict_set_text(cx.types.bytearray.dict.expect(), "__hash__", crate::value::Value::NONE);
    cx.attach(cx.types.memoryview, &memoryview::class::CLASS);
    cx.attach(cx.types.str_iterator, &str_iter::str_iterator::CLASS);
    cx.attach(cx.types.str_ascii_iterator, &str_iter::str_iterator::CLASS);
    cx.attach(cx.types.bytes_iterator, &str_iter::bytes_iterator::CLASS);
    cx.attach(cx.types.bytearray_iterator, &str_iter::bytes_iterator::CLASS);
}

/// Objects, classes, functions.
fn install_objects(cx: &mut Cx) {
    cx.attach(cx.types.object, &object::object::CLASS);
    cx.attach(cx.types.type_, &type_::type_::CLASS);
    cx.attach_method(cx.types.type_, &raw::TYPE_CALL);
    cx.attach(cx.types.super_, &super_::super_::CLASS);
    cx.attach(cx.types.mappingproxy, &mappingproxy::mappingproxy::CLASS);
    let t = cx.types;
    cx.attach(t.function, &function::function::CLASS);
    for builtin in [t.builtin_function, t.method_wrapper] {
        cx.attach(builtin, &function::builtin_function::CLASS);
    }
    for descriptor in [t.method_descriptor, t.wrapper_descriptor] {
        cx.attach(descriptor, &function::method_descriptor::CLASS);
    }
    cx.attach(t.method, &method::method::CLASS);
    cx.attach(t.staticmethod, &method::static_method::CLASS);
    cx.attach(t.classmethod, &method::class_method::CLASS);
    for callable in [t.function, t.builtin_function, t.method_wrapper, t.method_descriptor, t.wrapper_descriptor, t.method, t.staticmethod] {
        cx.attach_method(callable, &raw::CALL);
    }
    cx.attach(t.property, &property::property::CLASS);
    for field in [t.getset_descriptor, t.member_descriptor] {
        cx.attach(field, &property::getset_descriptor::CLASS);
    }
    cx.attach(t.generator, &generator::generator::CLASS);
    cx.attach(t.cell, &cell::cell::CLASS);
    cx.attach(t.module, &module::module::CLASS);
    cx.attach(t.code, &code::code::CLASS);
    cx.attach(t.frame, &frame::frame::CLASS);
    cx.attach(t.none, &constants::none::CLASS);
    cx.attach(t.ellipsis, &constants::ellipsis::CLASS);
    cx.attach(t.not_implemented, &constants::not_implemented::CLASS);
    alias::install(cx);
    object::install(cx);
    object_functions::install(cx);
}

/// Numbers.
fn install_numbers(cx: &mut Cx) {
    cx.attach(cx.types.int, &int::int::CLASS);
    cx.attach(cx.types.bool, &bool::bool::CLASS);
    cx.attach(cx.types.float, &float::float::CLASS);
    cx.attach(cx.types.complex, &complex::complex::CLASS);
}

/// What the concurrency library has among the built-ins.
fn install_greenlets(cx: &mut Cx) {
    if let Some(builtins) = cx.builtins {
        crate::green::names::install(cx, builtins);
    }
}

/// Containers and iterators.
fn install_containers(cx: &mut Cx) {
    cx.attach(cx.types.list, &list::list::CLASS);
    cx.attach(cx.types.tuple, &tuple::tuple::CLASS);
    cx.attach(cx.types.dict, &dict::dict::CLASS);
    cx.attach(cx.types.dict_keys, &dict_views::dict_keys::CLASS);
    cx.attach(cx.types.dict_values, &dict_views::dict_values::CLASS);
    cx.attach(cx.types.dict_items, &dict_views::dict_items::CLASS);
    cx.attach(cx.types.set, &set::set::CLASS);
    cx.attach(cx.types.frozenset, &set::frozenset::CLASS);
    cx.attach(cx.types.range, &range::range::CLASS);
    cx.attach(cx.types.slice, &slice::slice::CLASS);
    cx.attach(cx.types.list_iterator, &iterators::list_iterator::CLASS);
    cx.attach(cx.types.tuple_iterator, &iterators::tuple_iterator::CLASS);
    cx.attach(cx.types.range_iterator, &iterators::range_iterator::CLASS);
    cx.attach(cx.types.longrange_iterator, &iterators::longrange_iterator::CLASS);
    cx.attach(cx.types.list_reverseiterator, &iterators::list_reverseiterator::CLASS);
    cx.attach(cx.types.set_iterator, &iterators::set_iterator::CLASS);
    cx.attach(cx.types.dict_keyiterator, &iterators::dict_keyiterator::CLASS);
    cx.attach(cx.types.dict_valueiterator, &iterators::dict_valueiterator::CLASS);
    cx.attach(cx.types.dict_itemiterator, &iterators::dict_itemiterator::CLASS);
    cx.attach(cx.types.dict_reversekeyiterator, &iterators::dict_reversekeyiterator::CLASS);
    cx.attach(cx.types.dict_reversevalueiterator, &iterators::dict_reversevalueiterator::CLASS);
    cx.attach(cx.types.dict_reverseitemiterator, &iterators::dict_reverseitemiterator::CLASS);
    cx.attach(cx.types.callable_iterator, &iterators::callable_iterator::CLASS);
    cx.attach(cx.types.iterator, &iterators::iterator::CLASS);
    cx.attach(cx.types.enumerate, &adapters::enumerate::CLASS);
    cx.attach(cx.types.zip, &adapters::zip::CLASS);
    cx.attach(cx.types.map, &adapters::map::CLASS);
    cx.attach(cx.types.filter, &adapters::filter::CLASS);
    cx.attach(cx.types.reversed, &adapters::reversed::CLASS);
    let t = &cx.types;
    for class in [t.list, t.dict, t.set, t.slice, t.dict_keys, t.dict_items] {
        cx.dict_set_text(class.dict.expect(), "__hash__", crate::value::Value::NONE);
    }
}

const PUBLIC: &[&str] = &[
    "type",
    "object",
    "int",
    "bool",
    "float",
    "complex",
    "str",
    "bytes",
    "bytearray",
    "list",
    "tuple",
    "dict",
    "set",
    "frozenset",
    "range",
    "slice",
    "property",
    "staticmethod",
    "classmethod",
    "super",
    "enumerate",
    "zip",
    "map",
    "filter",
    "reversed",
    "memoryview",
];
