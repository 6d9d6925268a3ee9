//! Quick opcodes: what the interpreter rewrites instructions to when an inline cache is filled.
//!
//! They are numbered behind the opcodes of the compiler's table and belong to one of them each. `Code` never holds one;
//! only the run-time copy of the instructions does.

use gscript_compiler::opcode::{ALL, Opcode};

macro_rules! quick {
    ($($(#[doc = $doc:literal])* $name:ident of $base:ident;)*) => {
        /// A specialised form of an opcode.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Quick { $($(#[doc = $doc])* $name,)* }

        const BASES: &[Opcode] = &[$(Opcode::$base,)*];

        /// Calls `$callback! { Name, … }` with every quick opcode in order.
        macro_rules! for_each_quick {
            ($callback:ident) => { $callback! { $($name,)* } };
        }
        pub(crate) use for_each_quick;
    };
}

quick! {
    /// An inline slot. Cache: shape | offset << 32.
    GetAttrSlot of GetAttr;
    /// An inline slot that holds a raw float. Cache as above.
    GetAttrDouble of GetAttr;
    /// A slot in the overflow buffer. Cache: shape | offset of the attribute word << 32 | offset in the buffer << 48.
    GetAttrFar of GetAttr;
    /// A plain value of the class. Cache: shape, value.
    GetAttrClass of GetAttr;
    /// A property whose getter is a script function. Cache: shape, the function.
    GetAttrProperty of GetAttr;
    /// An attribute of a module. Cache: version of its dict, address of the value.
    GetAttrModule of GetAttr;
    /// An attribute of one particular class. Cache: the class, the value.
    GetAttrType of GetAttr;
    /// Objects of several shapes come by: the places are in the Vm's table (`cache.rs`). Cache: fruitless look-ups.
    GetAttrPoly of GetAttr;
    /// Storing to an inline slot. Cache as GetAttrSlot.
    SetAttrSlot of SetAttr;
    SetAttrDouble of SetAttr;
    SetAttrFar of SetAttr;
    /// Adding an inline slot. Cache: old shape | offset << 32, new shape | is_double << 32.
    SetAttrAdd of SetAttr;
    /// As GetAttrPoly.
    SetAttrPoly of SetAttr;
    /// A method of the class. Cache: shape, function.
    LoadMethodClass of LoadMethod;
    /// As GetAttrPoly.
    LoadMethodPoly of LoadMethod;
    /// A callable in an inline slot of the instance. Cache: shape | offset << 32.
    LoadMethodSlot of LoadMethod;
    /// A value of the class that is not bound: a static method. Cache: shape, value.
    LoadMethodPlain of LoadMethod;
    /// A class method of one particular class. Cache: the class, the function.
    LoadMethodBound of LoadMethod;
    LoadMethodModule of LoadMethod;
    LoadMethodType of LoadMethod;
}

const FIRST: u16 = ALL.len() as u16;

impl Quick {
    pub const fn number(self) -> u16 {
        FIRST + self as u16
    }
}

/// The opcode of the table that an instruction word's number stands for.
pub fn base_op(number: u16) -> Option<Opcode> {
    if number < FIRST { Opcode::from_number(number) } else { BASES.get((number - FIRST) as usize).copied() }
}
