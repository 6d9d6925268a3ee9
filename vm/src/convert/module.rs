//! Modules and classes as the attributes `#[module]` and `#[class]` describe them, and how they are made.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::convert::rt::Result;
use crate::extension::WordHasher;
use crate::heap::header::Kind;
use crate::heap::mark::Marker;
use crate::object::class::Type;
use crate::object::function::BuiltinDef;
use crate::object::simple::Module;
use crate::types::{ClassDef, Types};
use crate::value::Gc;
use crate::vm::Cx;

/// A module written in Rust.
pub struct ModuleDef {
    /// As scripts import it.
    pub name: &'static str,
    pub doc: &'static str,
    pub functions: &'static [&'static BuiltinDef],
    pub classes: &'static [&'static NativeClass],
    /// Enters what is neither function nor class. May run script code.
    pub init: Option<fn(&mut Cx, Gc<Module>) -> Result<()>>,
}

/// A class that is made when it is first needed.
pub struct NativeClass {
    /// `__module__`.
    pub module: &'static str,
    pub name: &'static str,
    /// Layout of the instances.
    pub kind: Kind,
    pub base: fn(&Types) -> Gc<Type>,
    /// Of `object/class.rs`.
    pub flags: u32,
    pub def: &'static ClassDef,
}

/// The classes made so far, by the address of their description.
#[derive(Default)]
pub(crate) struct NativeClasses {
    made: HashMap<usize, Gc<Type>, BuildHasherDefault<WordHasher>>,
}

impl NativeClasses {
    pub(crate) fn trace(&self, m: &mut Marker<'_>) {
        for class in self.made.values() {
            m.object(*class);
        }
    }
}

impl Cx {
    /// The class of this Vm that `native` describes; made at the first call.
    pub fn native_class(&mut self, native: &'static NativeClass) -> Gc<Type> {
        let key = std::ptr::from_ref(native) as usize;
        match self.native_classes.made.get(&key) {
            Some(class) => *class,
            None => {
                let base = (native.base)(&self.types);
                self.make_native_class(native, base)
            }
        }
    }

    /// As [`Cx::native_class`] for a class whose base is itself made at first use.
    pub fn native_subclass(&mut self, native: &'static NativeClass, base: Gc<Type>) -> Gc<Type> {
        let key = std::ptr::from_ref(native) as usize;
        match self.native_classes.made.get(&key) {
            Some(class) => *class,
            None => self.make_native_class(native, base),
        }
    }

    #[cold]
    fn make_native_class(&mut self, native: &'static NativeClass, base: Gc<Type>) -> Gc<Type> {
        let class = self.new_builtin_class(native.module, native.name, native.kind, base, native.flags, Some(native.def));
        self.native_classes.made.insert(std::ptr::from_ref(native) as usize, class);
        class
    }

    /// A new module with what `def` lists. It is not entered into `sys.modules`. May run script code.
    pub fn native_module(&mut self, def: &'static ModuleDef) -> Result<Gc<Module>> {
        let name = self.intern(def.name);
        let doc = (!def.doc.is_empty()).then_some(def.doc);
        let module = self.module(name, doc);
        let dict = module.dict.expect();
        for f in def.functions {
            let function = self.builtin(f, Some(name.value()));
            self.dict_set_text(dict, f.name, function.value());
        }
        for native in def.classes {
            let class = self.native_class(native);
            self.dict_set_text(dict, native.name, class.value());
        }
        if let Some(init) = def.init {
            init(self, module)?;
        }
        Ok(module)
    }
}
