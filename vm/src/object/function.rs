//! Functions written in script code, functions written in Rust, bound methods, cells.
#![allow(unsafe_code)]

use std::cell::Cell as StdCell;

use crate::heap::header::{Header, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::class::Type;
use crate::object::code::CodeObject;
use crate::object::dict::Dict;
use crate::object::slot::{Ref, Slot};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::value::{Gc, HeapObject, Value};
use crate::vm::{Cx, Result};

/// Names of the keyword arguments of a call; their values are the last of the arguments.
pub type Keywords = Option<Gc<Tuple>>;

/// A function in Rust as the machine calls it: all arguments, the keyword ones last. May run script code and switch.
pub type NativeFn = fn(&mut Cx, &[Value], Keywords) -> Result<Value>;

/// A function written in script code. Its cells (closure) lie behind the body.
#[repr(C)]
pub struct Function {
    header: Header,
    pub code: StdCell<Gc<CodeObject>>,
    pub globals: Gc<Dict>,
    /// Tuple of defaults of the last positional parameters.
    pub defaults: Ref<Tuple>,
    pub kw_defaults: Ref<Dict>,
    /// What was set on the function: `__name__`, `__doc__`, `__annotations__` …, and its `__dict__` under that name.
    pub extra: Ref<Dict>,
    cell_count: usize,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Function {
    const KIND: Kind = Kind::Function;
}

impl Trace for Function {
    fn trace(&self, m: &mut Marker<'_>) {
        m.object(self.code.get());
        m.object(self.globals);
        self.defaults.trace(m);
        self.kw_defaults.trace(m);
        self.extra.trace(m);
        for &c in self.cells() {
            m.object(c);
        }
    }
}

impl Function {
    /// The captured variables.
    #[inline(always)]
    pub fn cells(&self) -> &[Gc<Cell>] {
        // SAFETY: `cell_count` references lie behind the body, written when the function was made, never changed.
        unsafe { std::slice::from_raw_parts((self as *const Function).add(1) as *const Gc<Cell>, self.cell_count) }
    }
}

/// A captured variable.
#[repr(C)]
pub struct Cell {
    header: Header,
    pub content: Slot,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Cell {
    const KIND: Kind = Kind::Cell;
}

impl Trace for Cell {
    fn trace(&self, m: &mut Marker<'_>) {
        self.content.trace(m);
    }
}

/// How a Rust function is shown and called.
pub struct BuiltinDef {
    pub name: &'static str,
    /// The parameters as Python writes them, without `self`: `"x, /, *, key=None"`; for `help()` and `inspect`.
    pub signature: &'static str,
    pub doc: &'static str,
    pub call: NativeFn,
    pub kind: BuiltinKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltinKind {
    /// A function of a module.
    Function,
    /// A method: its first argument is the instance.
    Method,
    /// In the class's dict as a staticmethod / classmethod.
    Static,
    ClassMethod,
}

/// What a host closure is.
pub type HostFn = Box<dyn Fn(&mut Cx, &[Value], Keywords) -> Result<Value>>;

/// A function written in Rust.
#[repr(C)]
pub struct Builtin {
    header: Header,
    pub def: &'static BuiltinDef,
    /// The class of a method, the module's name of a function.
    pub owner: Slot,
    /// A closure registered by the host; then `def` only describes it.
    pub host: Option<HostFn>,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Builtin {
    const KIND: Kind = Kind::Builtin;
}

impl Trace for Builtin {
    fn trace(&self, m: &mut Marker<'_>) {
        self.owner.trace(m);
    }
}

/// A function with its first argument.
#[repr(C)]
pub struct BoundMethod {
    header: Header,
    pub function: Value,
    pub this: Value,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for BoundMethod {
    const KIND: Kind = Kind::BoundMethod;
}

impl Trace for BoundMethod {
    fn trace(&self, m: &mut Marker<'_>) {
        m.value(self.function);
        m.value(self.this);
    }
}

/// `staticmethod(f)` or `classmethod(f)`.
#[repr(C)]
pub struct MethodWrapper {
    header: Header,
    pub function: Slot,
    pub is_class: bool,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for MethodWrapper {
    const KIND: Kind = Kind::MethodWrapper;
}

impl Trace for MethodWrapper {
    fn trace(&self, m: &mut Marker<'_>) {
        self.function.trace(m);
    }
}

/// `property(get, set, delete, doc)`.
#[repr(C)]
pub struct Property {
    header: Header,
    pub get: Slot,
    pub set: Slot,
    pub delete: Slot,
    pub doc: Slot,
    pub name: Slot,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Property {
    const KIND: Kind = Kind::Property;
}

impl Trace for Property {
    fn trace(&self, m: &mut Marker<'_>) {
        for s in [&self.get, &self.set, &self.delete, &self.doc, &self.name] {
            s.trace(m);
        }
    }
}

/// Reads or writes a field of a built-in object.
pub type Getter = fn(&mut Cx, Value) -> Result<Value>;
/// `None` deletes.
pub type Setter = fn(&mut Cx, Value, Option<Value>) -> Result<()>;

/// An attribute of a built-in class that is computed in Rust.
pub struct MemberDef {
    pub name: &'static str,
    pub doc: &'static str,
    pub get: Getter,
    pub set: Option<Setter>,
}

/// A data descriptor: a field of a built-in class, or one of `__slots__`.
#[repr(C)]
pub struct Member {
    header: Header,
    pub name: Gc<Str>,
    pub class: Gc<Type>,
    /// `None`: a name of `__slots__`, kept in the instance's slots under that name.
    pub def: Option<&'static MemberDef>,
}

// SAFETY: repr(C), header first.
unsafe impl HeapObject for Member {
    const KIND: Kind = Kind::Member;
}

impl Trace for Member {
    fn trace(&self, m: &mut Marker<'_>) {
        m.object(self.name);
        m.object(self.class);
    }
}

impl Cx {
    /// A function of `code` with these cells.
    pub fn function(&mut self, code: Gc<CodeObject>, globals: Gc<Dict>, cell_count: usize, mut cell: impl FnMut(usize) -> Gc<Cell>) -> Gc<Function> {
        let shape = self.types.function.instance_shape.get();
        let p = self.alloc_small(size_of::<Function>() + cell_count * 8, false);
        // SAFETY: fresh memory of that size; nothing is allocated before all is written.
        unsafe {
            (p as *mut Function).write(Function {
                header: Header::new(Kind::Function, shape),
                code: StdCell::new(code),
                globals,
                defaults: Ref::new(None),
                kw_defaults: Ref::new(None),
                extra: Ref::new(None),
                cell_count,
            });
            let cells = (p as *mut Function).add(1) as *mut Gc<Cell>;
            for i in 0..cell_count {
                cells.add(i).write(cell(i));
            }
            Gc::from_ptr(p as *mut Function)
        }
    }

    pub fn cell(&mut self, content: Option<Value>) -> Gc<Cell> {
        let class = self.types.cell;
        self.alloc_of(class, |header| Cell { header, content: Slot::new(content) })
    }

    pub fn builtin(&mut self, def: &'static BuiltinDef, owner: Option<Value>) -> Gc<Builtin> {
        let class = if def.kind != BuiltinKind::Method {
            self.types.builtin_function
        } else if owner.and_then(|o| o.as_gc::<Type>()).is_some_and(|t| crate::builtins::function::is_slot(&t.name_text(), def.name)) {
            self.types.wrapper_descriptor
        } else {
            self.types.method_descriptor
        };
        self.alloc_of(class, |header| Builtin { header, def, owner: Slot::new(owner), host: None })
    }

    /// A function that calls a closure of the host.
    pub fn host_function(&mut self, def: &'static BuiltinDef, host: HostFn) -> Gc<Builtin> {
        let class = self.types.builtin_function;
        self.alloc_of(class, |header| Builtin { header, def, owner: Slot::new(None), host: Some(host) })
    }

    /// `function` bound to `this`.
    pub fn bound_method(&mut self, function: Value, this: Value) -> Gc<BoundMethod> {
        let class = if function.as_gc::<Builtin>().is_none() {
            self.types.method
        } else if self.class_of(function) == self.types.wrapper_descriptor {
            self.types.method_wrapper
        } else {
            self.types.builtin_function
        };
        self.alloc_of(class, |header| BoundMethod { header, function, this })
    }

    /// `method(function, this)`, whatever callable the function is.
    pub fn bound_method_of_any(&mut self, function: Value, this: Value) -> Gc<BoundMethod> {
        let class = self.types.method;
        self.alloc_of(class, |header| BoundMethod { header, function, this })
    }

    pub fn method_wrapper(&mut self, function: Value, is_class: bool) -> Gc<MethodWrapper> {
        let class = if is_class { self.types.classmethod } else { self.types.staticmethod };
        self.method_wrapper_of(class, function, is_class)
    }

    /// A `property` (or an instance of a subclass) without functions.
    pub fn property_of(&mut self, class: Gc<Type>) -> Gc<Property> {
        let none = || Slot::new(None);
        self.alloc_of(class, |header| Property { header, get: none(), set: none(), delete: none(), doc: none(), name: none() })
    }

    /// As [`Cx::method_wrapper`], of a subclass.
    pub fn method_wrapper_of(&mut self, class: Gc<Type>, function: Value, is_class: bool) -> Gc<MethodWrapper> {
        self.alloc_of(class, |header| MethodWrapper { header, function: Slot::new(Some(function)), is_class })
    }

    pub fn member(&mut self, class: Gc<Type>, name: Gc<Str>, def: Option<&'static MemberDef>) -> Gc<Member> {
        let t = if def.is_some() { self.types.getset_descriptor } else { self.types.member_descriptor };
        self.alloc_of(t, |header| Member { header, name, class, def })
    }
}
