//! Attributes that make Python callables out of Rust functions.
//!
//! An attribute stands on an inline module and collects the marked functions in it. For each it writes a wrapper
//! with the machine's calling convention and a table that describes the parameters; binding, conversion and every
//! message live in `gscript_vm::convert`, so that the generated code is small. Start with `function.rs`.
//!
//! The generated code names everything through `::gscript_vm::convert::rt`, also inside the crate `gscript_vm`
//! itself, which therefore says `extern crate self as gscript_vm`.

mod container;
mod function;
mod signature;

use proc_macro::TokenStream;

/// `#[class("list")]` on an inline module: a static `CLASS: ClassDef` of the functions in it that are marked
/// `#[new("…")]`, `#[method("…")]`, `#[static_method("…")]`, `#[class_method("…")]`, `#[getter]`, `#[setter]`, and a
/// static `NATIVE: NativeClass` for classes that are made when their module is imported.
///
/// The name may be dotted (`"collections.deque"`); the part before the last dot is `__module__`. The docs of the module
/// are the class's `__doc__`. Further options: `check = set` (methods demand an instance of `types.set`; without it what
/// the Rust type of `this` tells), `base = value_error` (a field of `Types`), `kind = Exception` (a `Kind`, otherwise
/// `Native`), `flags = IS_FINAL | HAS_DICT` (of `object/class.rs`).
///
/// The string of a function lists the parameters as Python writes them, without `self`:
/// `"x, /, base=10, *args, key=None, **kwargs"`. The Rust parameters are the same in the same order, behind an
/// optional `cx: &mut Cx` and the receiver (`this` of any `FromArg` type, or `class: Gc<Type>`). `*args` is a
/// `&[Value]`, `**kwargs` a `Kwargs<'_>`. A parameter with default is a Rust `Option`, which is `None` when the
/// argument is absent (and, if the default text is `None`, when it is None); or any other type, and then the default must
/// be a literal. Without a string the Rust parameters are taken as positional-only, `Option` as optional.
///
/// Options beside the string: `name = "__len__"` (else the name of the function without a trailing `_`), `style = "…"`
/// (how argument errors are worded, see `convert::Style`: `clinic`, `unpack`, `tuple`, `slot`, `python`, `cython`),
/// `text = "…"` (the signature to show, where it differs).
#[proc_macro_attribute]
pub fn class(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(container::class(args.into(), item.into()))
}

/// `#[module("math")]` on an inline module: a static `MODULE: ModuleDef` of its `#[function("…")]`s, of the
/// `#[class]` modules in it, and of the function marked `#[init]`, which enters constants:
/// `fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()>`. The docs of the module are `__doc__`.
#[proc_macro_attribute]
pub fn module(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(container::module(args.into(), item.into()))
}

/// `#[functions]` on an inline module: a static `FUNCTIONS: &[&BuiltinDef]` of its `#[function("…")]`s. In messages
/// they have no module in front, as the built-in functions of Python.
#[proc_macro_attribute]
pub fn functions(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(container::functions(args.into(), item.into()))
}

fn expand(result: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    result.unwrap_or_else(|e| e.to_compile_error()).into()
}
