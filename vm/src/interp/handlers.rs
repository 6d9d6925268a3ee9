//! The handlers: the fast case of each opcode.
//!
//! Invariants of the machine's registers: `pc` is the address of the instruction `ins`, `regs` the window of the running
//! frame, whose record's function is the one `pc` belongs to; `vm` is the Vm of this thread and nobody holds a
//! reference into it. A handler that calls Rust code stores `pc` and `regs` in the Vm first (`run_slow`).
#![allow(unsafe_code, clippy::missing_safety_doc, reason = "every handler has the same contract, stated above")]
#![allow(clippy::undocumented_unsafe_blocks, reason = "the bodies rely on the invariants stated above")]
#![allow(unsafe_op_in_unsafe_fn, reason = "the bodies rely on the invariants stated above")]

use super::cache::PolyEntry;
use super::dispatch::{HandlerEntry, run_slow};
use super::frame::{self, RECORD};
use super::quick::Quick;
use super::slow;
use crate::go;
use crate::heap::header::{Header, Kind, OLD};
use crate::object::dict::Dict;
use crate::object::function::{Cell, Function};
use crate::object::list::List;
use crate::object::simple::{ListIter, RangeIter, TupleIter};
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::types::BuiltinShape;
use crate::value::{Gc, Value, float_word, is_float_word, word_float};
use crate::vm::Vm;

macro_rules! a {
    ($ins:expr) => {
        (($ins >> 16) as u16 as usize)
    };
}
macro_rules! b {
    ($ins:expr) => {
        (($ins >> 32) as u16 as usize)
    };
}
macro_rules! c {
    ($ins:expr) => {
        (($ins >> 48) as usize)
    };
}
macro_rules! c_signed {
    ($ins:expr) => {
        ($ins as i64 >> 48)
    };
}
macro_rules! bc {
    ($ins:expr) => {
        ($ins as i64 >> 32)
    };
}

/// A cold handler that runs a slow function and goes on where it says.
macro_rules! slow_handler {
    ($name:ident, $f:path) => {
        #[cold]
        #[inline(never)]
        #[allow(non_snake_case)]
        unsafe extern "C-unwind" fn $name<const T: bool>(pc: *const u64, regs: *mut u64, vm: *mut Vm, table: *const HandlerEntry, ins: u64) -> u64 {
            #[inline(never)]
            unsafe extern "C-unwind" fn shell(vm: *mut Vm, pc: *const u64, regs: *mut u64, ins: u64) -> super::dispatch::Next {
                run_slow(vm, pc, regs, ins, $f)
            }
            let n = shell(vm, pc, regs, ins);
            go!(T, n.pc, n.regs, vm, table)
        }
    };
}

/// Opcodes without a fast case.
macro_rules! slow_only {
    ($($name:ident => $f:path;)*) => {
        $(
            #[allow(non_snake_case)]
            pub unsafe extern "C-unwind" fn $name<const T: bool>(pc: *const u64, regs: *mut u64, vm: *mut Vm, table: *const HandlerEntry, ins: u64) -> u64 {
                #[inline(never)]
                unsafe extern "C-unwind" fn shell(vm: *mut Vm, pc: *const u64, regs: *mut u64, ins: u64) -> super::dispatch::Next {
                    run_slow(vm, pc, regs, ins, $f)
                }
                let n = shell(vm, pc, regs, ins);
                go!(T, n.pc, n.regs, vm, table)
            }
        )*
    };
}

/// Defines the handler of an opcode. In a body `pc regs vm table ins` are the machine's registers.
macro_rules! handler {
    ($name:ident, |$pc:ident, $regs:ident, $vm:ident, $table:ident, $ins:ident, $t:ident| $body:block) => {
        #[allow(non_snake_case, unused_variables)]
        pub unsafe extern "C-unwind" fn $name<const $t: bool>($pc: *const u64, $regs: *mut u64, $vm: *mut Vm, $table: *const HandlerEntry, $ins: u64) -> u64 {
            $body
        }
    };
}

// ---- moves and constants ----

handler!(Nop, |pc, regs, vm, table, ins, T| { go!(T, pc.add(1), regs, vm, table) });

handler!(Move, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = *regs.add(b!(ins));
    go!(T, pc.add(1), regs, vm, table)
});

handler!(LoadConst, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = *pc.add(1);
    go!(T, pc.add(2), regs, vm, table)
});

handler!(LoadInt, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = (bc!(ins) as u64) << 2 | 1;
    go!(T, pc.add(1), regs, vm, table)
});

handler!(LoadNone, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = Value::NONE.word();
    go!(T, pc.add(1), regs, vm, table)
});

handler!(LoadTrue, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = Value::TRUE.word();
    go!(T, pc.add(1), regs, vm, table)
});

handler!(LoadFalse, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = Value::FALSE.word();
    go!(T, pc.add(1), regs, vm, table)
});

// ---- locals, cells, globals ----

slow_handler!(check_bound_slow, slow::unbound_local);
handler!(CheckBound, |pc, regs, vm, table, ins, T| {
    if *regs.add(a!(ins)) == 0 {
        return check_bound_slow::<T>(pc, regs, vm, table, ins);
    }
    go!(T, pc.add(1), regs, vm, table)
});

handler!(Unbind, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = 0;
    go!(T, pc.add(1), regs, vm, table)
});

slow_handler!(cell_get_slow, slow::unbound_cell);
handler!(CellGet, |pc, regs, vm, table, ins, T| {
    let cell = *regs.add(b!(ins)) as *const Cell;
    match (*cell).content.get() {
        Some(v) => {
            *regs.add(a!(ins)) = v.word();
            go!(T, pc.add(1), regs, vm, table)
        }
        None => cell_get_slow::<T>(pc, regs, vm, table, ins),
    }
});

handler!(CellSet, |pc, regs, vm, table, ins, T| {
    let cell: Gc<Cell> = Gc::from_ptr(*regs.add(a!(ins)) as *mut Cell);
    cell.content.set(cell, Value::from_word(*regs.add(b!(ins))));
    go!(T, pc.add(1), regs, vm, table)
});

slow_handler!(free_get_slow, slow::unbound_free);
handler!(FreeGet, |pc, regs, vm, table, ins, T| {
    let f = *regs.offset(frame::FUNC) as *const Function;
    let cell = *(*f).cells().get_unchecked(b!(ins));
    match cell.content.get() {
        Some(v) => {
            *regs.add(a!(ins)) = v.word();
            go!(T, pc.add(1), regs, vm, table)
        }
        None => free_get_slow::<T>(pc, regs, vm, table, ins),
    }
});

handler!(FreeSet, |pc, regs, vm, table, ins, T| {
    let f = *regs.offset(frame::FUNC) as *const Function;
    let cell = *(*f).cells().get_unchecked(a!(ins));
    cell.content.set(cell, Value::from_word(*regs.add(b!(ins))));
    go!(T, pc.add(1), regs, vm, table)
});

slow_handler!(load_global_slow, slow::load_global);
handler!(LoadGlobal, |pc, regs, vm, table, ins, T| {
    let f = *regs.offset(frame::FUNC) as *const Function;
    let globals = (*f).globals;
    if globals.version() == *pc.add(1) && *pc.add(1) != 0 {
        let builtins_version = *pc.add(3);
        if builtins_version == 0 || (*vm).builtins_version() == builtins_version {
            *regs.add(a!(ins)) = *(*pc.add(2) as *const u64);
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    load_global_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(store_global_slow, slow::store_global);
handler!(StoreGlobal, |pc, regs, vm, table, ins, T| {
    let f = *regs.offset(frame::FUNC) as *const Function;
    let globals = (*f).globals;
    if globals.version() == *pc.add(1) && *pc.add(1) != 0 {
        *(*pc.add(2) as *mut u64) = *regs.add(a!(ins));
        if !globals.header().has_flag(OLD) {
            go!(T, pc.add(3), regs, vm, table)
        }
    }
    store_global_slow::<T>(pc, regs, vm, table, ins)
});

// ---- attributes ----

/// The shape of a value's object; 0 for values that are none.
#[inline(always)]
unsafe fn shape_of(word: u64) -> u32 {
    if word & 7 == 0 { (*(word as *const Header)).shape() } else { 0 }
}

slow_handler!(get_attr_slow, slow::get_attr);
handler!(GetAttr, |pc, regs, vm, table, ins, T| { get_attr_slow::<T>(pc, regs, vm, table, ins) });

handler!(GetAttrSlot, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(b!(ins));
    let cache = *pc.add(1);
    if shape_of(obj) == cache as u32 {
        let word = *((obj + (cache >> 32)) as *const u64);
        if word != 0 {
            *regs.add(a!(ins)) = word;
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    get_attr_slow::<T>(pc, regs, vm, table, ins)
});

handler!(GetAttrDouble, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(b!(ins));
    let cache = *pc.add(1);
    if shape_of(obj) == cache as u32 {
        let word = float_word(*((obj + (cache >> 32)) as *const f64));
        if is_float_word(word) {
            *regs.add(a!(ins)) = word;
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    get_attr_slow::<T>(pc, regs, vm, table, ins)
});

handler!(GetAttrFar, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(b!(ins));
    let cache = *pc.add(1);
    if shape_of(obj) == cache as u32 {
        let buffer = *((obj + (cache >> 32 & 0xFFFF)) as *const u64);
        let word = *((buffer + (cache >> 48)) as *const u64);
        if word != 0 {
            *regs.add(a!(ins)) = word;
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    get_attr_slow::<T>(pc, regs, vm, table, ins)
});

handler!(GetAttrClass, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(b!(ins));
    if shape_of(obj) == *pc.add(1) as u32 {
        *regs.add(a!(ins)) = *pc.add(2);
        go!(T, pc.add(4), regs, vm, table)
    }
    get_attr_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(get_attr_property, slow::get_attr_property);
handler!(GetAttrProperty, |pc, regs, vm, table, ins, T| {
    if shape_of(*regs.add(b!(ins))) == *pc.add(1) as u32 {
        return get_attr_property::<T>(pc, regs, vm, table, ins);
    }
    get_attr_slow::<T>(pc, regs, vm, table, ins)
});

/// The dict of a module value, if it is one.
#[inline(always)]
unsafe fn module_dict(word: u64) -> Option<Gc<Dict>> {
    if word & 7 == 0 && (*(word as *const Header)).kind() == Kind::Module { (*(word as *const crate::object::simple::Module)).dict.get() } else { None }
}

handler!(GetAttrModule, |pc, regs, vm, table, ins, T| {
    if let Some(d) = module_dict(*regs.add(b!(ins))) {
        if d.version() == *pc.add(1) {
            *regs.add(a!(ins)) = *(*pc.add(2) as *const u64);
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    get_attr_slow::<T>(pc, regs, vm, table, ins)
});

handler!(GetAttrType, |pc, regs, vm, table, ins, T| {
    if *regs.add(b!(ins)) == *pc.add(1) {
        *regs.add(a!(ins)) = *pc.add(2);
        go!(T, pc.add(4), regs, vm, table)
    }
    get_attr_slow::<T>(pc, regs, vm, table, ins)
});

/// The entry of the table for instructions that see several shapes.
#[inline(always)]
unsafe fn poly_entry<'a>(vm: *mut Vm, pc: *const u64, obj: u64) -> Option<&'a PolyEntry> {
    let shape = shape_of(obj);
    let e: &PolyEntry = (&(*vm).caches.poly).entry(pc as usize, shape);
    if e.site == pc as usize && e.words[0] as u32 == shape { Some(e) } else { None }
}

handler!(GetAttrPoly, |pc, regs, vm, table, ins, T| {
    const SLOT: u16 = Quick::GetAttrSlot.number();
    const CLASS: u16 = Quick::GetAttrClass.number();
    const DOUBLE: u16 = Quick::GetAttrDouble.number();
    let obj = *regs.add(b!(ins));
    if let Some(e) = poly_entry(vm, pc, obj) {
        let cache = e.words[0];
        let word = match e.op {
            SLOT => *((obj + (cache >> 32)) as *const u64),
            CLASS => e.words[1],
            DOUBLE => {
                let word = float_word(*((obj + (cache >> 32)) as *const f64));
                if is_float_word(word) { word } else { 0 }
            }
            _ => {
                let buffer = *((obj + (cache >> 32 & 0xFFFF)) as *const u64);
                *((buffer + (cache >> 48)) as *const u64)
            }
        };
        if word != 0 {
            *regs.add(a!(ins)) = word;
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    get_attr_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(set_attr_slow, slow::set_attr);
handler!(SetAttr, |pc, regs, vm, table, ins, T| { set_attr_slow::<T>(pc, regs, vm, table, ins) });

slow_handler!(barrier_set_attr, slow::barrier_set_attr);
handler!(SetAttrSlot, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(a!(ins));
    let cache = *pc.add(1);
    if shape_of(obj) == cache as u32 {
        *((obj + (cache >> 32)) as *mut u64) = *regs.add(c!(ins));
        if !(*(obj as *const Header)).has_flag(OLD) {
            go!(T, pc.add(4), regs, vm, table)
        }
        return barrier_set_attr::<T>(pc, regs, vm, table, ins);
    }
    set_attr_slow::<T>(pc, regs, vm, table, ins)
});

handler!(SetAttrDouble, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(a!(ins));
    let cache = *pc.add(1);
    let v = *regs.add(c!(ins));
    if shape_of(obj) == cache as u32 && is_float_word(v) {
        *((obj + (cache >> 32)) as *mut f64) = word_float(v);
        go!(T, pc.add(4), regs, vm, table)
    }
    set_attr_slow::<T>(pc, regs, vm, table, ins)
});

handler!(SetAttrFar, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(a!(ins));
    let cache = *pc.add(1);
    if shape_of(obj) == cache as u32 {
        let buffer = *((obj + (cache >> 32 & 0xFFFF)) as *const u64);
        *((buffer + (cache >> 48)) as *mut u64) = *regs.add(c!(ins));
        if !(*(obj as *const Header)).has_flag(OLD) {
            go!(T, pc.add(4), regs, vm, table)
        }
        return barrier_set_attr::<T>(pc, regs, vm, table, ins);
    }
    set_attr_slow::<T>(pc, regs, vm, table, ins)
});

handler!(SetAttrAdd, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(a!(ins));
    let cache = *pc.add(1);
    let v = *regs.add(c!(ins));
    if shape_of(obj) == cache as u32 {
        let new = *pc.add(2);
        // The slot of the new shape holds a float exactly when the value is one.
        if new >> 32 != 0 {
            if is_float_word(v) {
                *((obj + (cache >> 32)) as *mut f64) = word_float(v);
                (*(obj as *const Header)).set_shape(new as u32);
                go!(T, pc.add(4), regs, vm, table)
            }
        } else if !is_float_word(v) {
            *((obj + (cache >> 32)) as *mut u64) = v;
            (*(obj as *const Header)).set_shape(new as u32);
            if !(*(obj as *const Header)).has_flag(OLD) {
                go!(T, pc.add(4), regs, vm, table)
            }
            return barrier_set_attr::<T>(pc, regs, vm, table, ins);
        }
    }
    set_attr_slow::<T>(pc, regs, vm, table, ins)
});

handler!(SetAttrPoly, |pc, regs, vm, table, ins, T| {
    const SLOT: u16 = Quick::SetAttrSlot.number();
    const DOUBLE: u16 = Quick::SetAttrDouble.number();
    const FAR: u16 = Quick::SetAttrFar.number();
    let obj = *regs.add(a!(ins));
    if let Some(e) = poly_entry(vm, pc, obj) {
        let v = *regs.add(c!(ins));
        let header = obj as *const Header;
        let cache = e.words[0];
        let place = if e.op == FAR { *((obj + (cache >> 32 & 0xFFFF)) as *const u64) + (cache >> 48) } else { obj + (cache >> 32) };
        let is_double = e.op == DOUBLE || e.op != SLOT && e.op != FAR && e.words[1] >> 32 != 0;
        if is_double {
            if is_float_word(v) {
                *(place as *mut f64) = word_float(v);
                if e.op != DOUBLE {
                    (*header).set_shape(e.words[1] as u32);
                }
                go!(T, pc.add(4), regs, vm, table)
            }
        } else if e.op == SLOT || e.op == FAR || !is_float_word(v) {
            *(place as *mut u64) = v;
            if e.op != SLOT && e.op != FAR {
                (*header).set_shape(e.words[1] as u32);
            }
            if !(*header).has_flag(OLD) {
                go!(T, pc.add(4), regs, vm, table)
            }
            return barrier_set_attr::<T>(pc, regs, vm, table, ins);
        }
    }
    set_attr_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(load_method_slow, slow::load_method);
handler!(LoadMethod, |pc, regs, vm, table, ins, T| { load_method_slow::<T>(pc, regs, vm, table, ins) });

handler!(LoadMethodClass, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(b!(ins));
    if shape_of(obj) == *pc.add(1) as u32 {
        *regs.add(a!(ins)) = *pc.add(2);
        *regs.add(a!(ins) + RECORD) = obj;
        go!(T, pc.add(4), regs, vm, table)
    }
    load_method_slow::<T>(pc, regs, vm, table, ins)
});

handler!(LoadMethodPoly, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(b!(ins));
    if let Some(e) = poly_entry(vm, pc, obj) {
        if e.op == Quick::LoadMethodClass.number() {
            *regs.add(a!(ins)) = e.words[1];
            *regs.add(a!(ins) + RECORD) = obj;
            go!(T, pc.add(4), regs, vm, table)
        }
        let callee = if e.op == Quick::LoadMethodPlain.number() { e.words[1] } else { *((obj + (e.words[0] >> 32)) as *const u64) };
        if callee != 0 {
            *regs.add(a!(ins)) = callee;
            *regs.add(a!(ins) + RECORD) = 0;
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    load_method_slow::<T>(pc, regs, vm, table, ins)
});

handler!(LoadMethodSlot, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(b!(ins));
    let cache = *pc.add(1);
    if shape_of(obj) == cache as u32 {
        let callee = *((obj + (cache >> 32)) as *const u64);
        if callee != 0 {
            *regs.add(a!(ins)) = callee;
            *regs.add(a!(ins) + RECORD) = 0;
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    load_method_slow::<T>(pc, regs, vm, table, ins)
});

handler!(LoadMethodPlain, |pc, regs, vm, table, ins, T| {
    if shape_of(*regs.add(b!(ins))) == *pc.add(1) as u32 {
        *regs.add(a!(ins)) = *pc.add(2);
        *regs.add(a!(ins) + RECORD) = 0;
        go!(T, pc.add(4), regs, vm, table)
    }
    load_method_slow::<T>(pc, regs, vm, table, ins)
});

handler!(LoadMethodBound, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(b!(ins));
    if obj == *pc.add(1) {
        *regs.add(a!(ins)) = *pc.add(2);
        *regs.add(a!(ins) + RECORD) = obj;
        go!(T, pc.add(4), regs, vm, table)
    }
    load_method_slow::<T>(pc, regs, vm, table, ins)
});

handler!(LoadMethodModule, |pc, regs, vm, table, ins, T| {
    if let Some(d) = module_dict(*regs.add(b!(ins))) {
        if d.version() == *pc.add(1) {
            *regs.add(a!(ins)) = *(*pc.add(2) as *const u64);
            *regs.add(a!(ins) + RECORD) = 0;
            go!(T, pc.add(4), regs, vm, table)
        }
    }
    load_method_slow::<T>(pc, regs, vm, table, ins)
});

handler!(LoadMethodType, |pc, regs, vm, table, ins, T| {
    if *regs.add(b!(ins)) == *pc.add(1) {
        *regs.add(a!(ins)) = *pc.add(2);
        *regs.add(a!(ins) + RECORD) = 0;
        go!(T, pc.add(4), regs, vm, table)
    }
    load_method_slow::<T>(pc, regs, vm, table, ins)
});

// ---- items ----

slow_handler!(get_item_slow, slow::get_item);

/// The item of a list, tuple or ASCII string at an index, when that is a matter of a few loads.
#[inline(always)]
unsafe fn fast_item(vm: *mut Vm, obj: u64, mut index: i64) -> u64 {
    if obj & 7 != 0 {
        return 0;
    }
    let header = obj as *const Header;
    match (*header).kind() {
        Kind::List if (*header).shape() == BuiltinShape::list as u32 => {
            let list = obj as *const List;
            if index < 0 {
                index += (*list).len() as i64;
            }
            match (*list).get_fast(index as usize) {
                Some(v) => v.word(),
                None => 0,
            }
        }
        Kind::Tuple if (*header).shape() == BuiltinShape::tuple as u32 => {
            let items = (*(obj as *const Tuple)).items();
            if index < 0 {
                index += items.len() as i64;
            }
            match items.get(index as usize) {
                Some(v) => v.word(),
                None => 0,
            }
        }
        Kind::Str if (*header).shape() == BuiltinShape::str as u32 => {
            let s = obj as *const Str;
            if !(*s).is_ascii() {
                return 0;
            }
            if index < 0 {
                index += (*s).byte_len() as i64;
            }
            match (*s).bytes().get(index as usize) {
                Some(&byte) => (*vm).chars.get_unchecked((byte & 127) as usize).value().word(),
                None => 0,
            }
        }
        _ => 0,
    }
}

handler!(GetItem, |pc, regs, vm, table, ins, T| {
    let key = *regs.add(c!(ins));
    if key & 3 == 1 {
        let v = fast_item(vm, *regs.add(b!(ins)), key as i64 >> 2);
        if v != 0 {
            *regs.add(a!(ins)) = v;
            go!(T, pc.add(1), regs, vm, table)
        }
    }
    get_item_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(get_item_imm_slow, slow::get_item_imm);
handler!(GetItemImm, |pc, regs, vm, table, ins, T| {
    let v = fast_item(vm, *regs.add(b!(ins)), c_signed!(ins));
    if v != 0 {
        *regs.add(a!(ins)) = v;
        go!(T, pc.add(1), regs, vm, table)
    }
    get_item_imm_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(set_item_slow, slow::set_item);
handler!(SetItem, |pc, regs, vm, table, ins, T| {
    let obj = *regs.add(a!(ins));
    let key = *regs.add(b!(ins));
    if key & 3 == 1 && obj & 7 == 0 {
        let header = obj as *const Header;
        if (*header).shape() == BuiltinShape::list as u32 {
            let list: Gc<List> = Gc::from_ptr(obj as *mut List);
            let mut index = key as i64 >> 2;
            if index < 0 {
                index += list.len() as i64;
            }
            let v = Value::from_word_unchecked(*regs.add(c!(ins)));
            if !(v.is_object() && list.header().has_flag(OLD)) && list.set_fast(index as usize, v) {
                go!(T, pc.add(1), regs, vm, table)
            }
        }
    }
    set_item_slow::<T>(pc, regs, vm, table, ins)
});

// ---- arithmetic ----

/// Both words are ints.
#[inline(always)]
fn both_ints(x: u64, y: u64) -> bool {
    (x ^ 1 | y ^ 1) & 3 == 0
}

macro_rules! arithmetic {
    ($name:ident, $slow:ident, $f:path, |$x:ident, $y:ident| $int:expr, $float:expr) => {
        slow_handler!($slow, $f);
        handler!($name, |pc, regs, vm, table, ins, T| {
            let $x = *regs.add(b!(ins));
            let $y = *regs.add(c!(ins));
            if both_ints($x, $y) {
                let r: Option<i64> = $int;
                if let Some(r) = r {
                    *regs.add(a!(ins)) = r as u64;
                    go!(T, pc.add(1), regs, vm, table)
                }
            } else if is_float_word($x) && is_float_word($y) {
                let op: fn(f64, f64) -> f64 = $float;
                let r = float_word(op(word_float($x), word_float($y)));
                if is_float_word(r) {
                    *regs.add(a!(ins)) = r;
                    go!(T, pc.add(1), regs, vm, table)
                }
            }
            $slow::<T>(pc, regs, vm, table, ins)
        });
    };
}

arithmetic!(Add, add_slow, slow::binary, |x, y| (x as i64 - 1).checked_add(y as i64), |x, y| x + y);
arithmetic!(Sub, sub_slow, slow::binary, |x, y| (x as i64).checked_sub(y as i64 - 1), |x, y| x - y);
arithmetic!(Mul, mul_slow, slow::binary, |x, y| (x as i64 - 1).checked_mul(y as i64 >> 2).map(|r| r + 1), |x, y| x * y);
arithmetic!(IAdd, iadd_slow, slow::binary, |x, y| (x as i64 - 1).checked_add(y as i64), |x, y| x + y);
arithmetic!(ISub, isub_slow, slow::binary, |x, y| (x as i64).checked_sub(y as i64 - 1), |x, y| x - y);
arithmetic!(IMul, imul_slow, slow::binary, |x, y| (x as i64 - 1).checked_mul(y as i64 >> 2).map(|r| r + 1), |x, y| x * y);

/// Floor division of tagged ints, divisor not zero and not -1.
#[inline(always)]
fn floor_div(x: i64, y: i64) -> i64 {
    let q = x / y;
    if (x % y != 0) && ((x < 0) != (y < 0)) { q - 1 } else { q }
}

#[inline(always)]
fn floor_mod(x: i64, y: i64) -> i64 {
    let r = x % y;
    if r != 0 && ((r < 0) != (y < 0)) { r + y } else { r }
}

macro_rules! int_only {
    ($name:ident, $slow:ident, |$x:ident, $y:ident| $int:expr) => {
        slow_handler!($slow, slow::binary);
        handler!($name, |pc, regs, vm, table, ins, T| {
            let x = *regs.add(b!(ins));
            let y = *regs.add(c!(ins));
            if both_ints(x, y) {
                let ($x, $y) = (x as i64 >> 2, y as i64 >> 2);
                let r: Option<i64> = $int;
                if let Some(r) = r {
                    *regs.add(a!(ins)) = (r as u64) << 2 | 1;
                    go!(T, pc.add(1), regs, vm, table)
                }
            }
            $slow::<T>(pc, regs, vm, table, ins)
        });
    };
}

/// A shift to the left that stays within 62 bits.
#[inline(always)]
fn shift_left(x: i64, n: i64) -> Option<i64> {
    if (0..62).contains(&n) {
        let r = x << n;
        if r >> n == x && r >> 2 << 2 >> 61 == r >> 61 && (Value::MIN_INT..=Value::MAX_INT).contains(&r) { Some(r) } else { None }
    } else {
        None
    }
}

#[inline(always)]
fn shift_right(x: i64, n: i64) -> Option<i64> {
    if n < 0 { None } else { Some(x >> n.min(63)) }
}

int_only!(FloorDiv, floordiv_slow, |x, y| if y > 0 { Some(floor_div(x, y)) } else { None });
int_only!(Mod, mod_slow, |x, y| if y > 0 { Some(floor_mod(x, y)) } else { None });
int_only!(LShift, lshift_slow, |x, y| shift_left(x, y));
int_only!(RShift, rshift_slow, |x, y| shift_right(x, y));
int_only!(BitAnd, and_slow, |x, y| Some(x & y));
int_only!(BitOr, or_slow, |x, y| Some(x | y));
int_only!(BitXor, xor_slow, |x, y| Some(x ^ y));
int_only!(IFloorDiv, ifloordiv_slow, |x, y| if y > 0 { Some(floor_div(x, y)) } else { None });
int_only!(IMod, imod_slow, |x, y| if y > 0 { Some(floor_mod(x, y)) } else { None });
int_only!(ILShift, ilshift_slow, |x, y| shift_left(x, y));
int_only!(IRShift, irshift_slow, |x, y| shift_right(x, y));
int_only!(IBitAnd, iand_slow, |x, y| Some(x & y));
int_only!(IBitOr, ior_slow, |x, y| Some(x | y));
int_only!(IBitXor, ixor_slow, |x, y| Some(x ^ y));

/// True division: floats, and ints that floats hold exactly.
macro_rules! division {
    ($name:ident, $slow:ident) => {
        slow_handler!($slow, slow::binary);
        handler!($name, |pc, regs, vm, table, ins, T| {
            let x = *regs.add(b!(ins));
            let y = *regs.add(c!(ins));
            const EXACT: i64 = 1 << 53;
            let number = |w: u64| {
                if is_float_word(w) {
                    word_float(w)
                } else if w & 3 == 1 && (-EXACT..=EXACT).contains(&(w as i64 >> 2)) {
                    (w as i64 >> 2) as f64
                } else {
                    f64::NAN
                }
            };
            let (p, q) = (number(x), number(y));
            if q != 0.0 {
                let r = float_word(p / q);
                if is_float_word(r) {
                    *regs.add(a!(ins)) = r;
                    go!(T, pc.add(1), regs, vm, table)
                }
            }
            $slow::<T>(pc, regs, vm, table, ins)
        });
    };
}
division!(Div, div_slow);
division!(IDiv, idiv_slow);

macro_rules! int_imm {
    ($name:ident, $slow:ident, |$x:ident, $y:ident| $int:expr, $float:expr) => {
        slow_handler!($slow, slow::binary_imm);
        handler!($name, |pc, regs, vm, table, ins, T| {
            let x = *regs.add(b!(ins));
            if x & 3 == 1 {
                let ($x, $y) = (x as i64, c_signed!(ins));
                let r: Option<i64> = $int;
                if let Some(r) = r {
                    *regs.add(a!(ins)) = r as u64;
                    go!(T, pc.add(1), regs, vm, table)
                }
            } else if is_float_word(x) {
                let op: Option<fn(f64, f64) -> f64> = $float;
                if let Some(op) = op {
                    let r = float_word(op(word_float(x), c_signed!(ins) as f64));
                    if is_float_word(r) {
                        *regs.add(a!(ins)) = r;
                        go!(T, pc.add(1), regs, vm, table)
                    }
                }
            }
            $slow::<T>(pc, regs, vm, table, ins)
        });
    };
}

int_imm!(AddImm, add_imm_slow, |x, y| x.checked_add(y << 2), Some(|x, y| x + y));
int_imm!(SubImm, sub_imm_slow, |x, y| x.checked_sub(y << 2), Some(|x, y| x - y));
int_imm!(IAddImm, iadd_imm_slow, |x, y| x.checked_add(y << 2), Some(|x, y| x + y));
int_imm!(ISubImm, isub_imm_slow, |x, y| x.checked_sub(y << 2), Some(|x, y| x - y));
int_imm!(MulImm, mul_imm_slow, |x, y| (x - 1).checked_mul(y).map(|r| r + 1), Some(|x, y| x * y));
int_imm!(FloorDivImm, floordiv_imm_slow, |x, y| if y > 0 { Some(floor_div(x >> 2, y) << 2 | 1) } else { None }, None);
int_imm!(ModImm, mod_imm_slow, |x, y| if y > 0 { Some(floor_mod(x >> 2, y) << 2 | 1) } else { None }, None);
int_imm!(BitAndImm, and_imm_slow, |x, y| Some((x >> 2 & y) << 2 | 1), None);
int_imm!(LShiftImm, lshift_imm_slow, |x, y| shift_left(x >> 2, y).map(|r| r << 2 | 1), None);
int_imm!(RShiftImm, rshift_imm_slow, |x, y| shift_right(x >> 2, y).map(|r| r << 2 | 1), None);

slow_handler!(neg_slow, slow::unary);
handler!(Neg, |pc, regs, vm, table, ins, T| {
    let x = *regs.add(b!(ins));
    if x & 3 == 1 {
        if let Some(r) = 2i64.checked_sub(x as i64) {
            *regs.add(a!(ins)) = r as u64;
            go!(T, pc.add(1), regs, vm, table)
        }
    } else if is_float_word(x) {
        *regs.add(a!(ins)) = float_word(-word_float(x));
        go!(T, pc.add(1), regs, vm, table)
    }
    neg_slow::<T>(pc, regs, vm, table, ins)
});

/// The truth of a word where it is plain: constants and ints.
#[inline(always)]
fn plain_truth(w: u64) -> Option<bool> {
    if w == Value::TRUE.word() {
        Some(true)
    } else if w == Value::FALSE.word() || w == Value::NONE.word() {
        Some(false)
    } else if w & 3 == 1 {
        Some(w != 1)
    } else {
        // SAFETY: a word of a register; what is an object begins with a header.
        unsafe {
            match shape_of(w) {
                s if s == BuiltinShape::str as u32 => Some((*(w as *const Str)).byte_len() != 0),
                s if s == BuiltinShape::list as u32 => Some((*(w as *const List)).len() != 0),
                s if s == BuiltinShape::dict as u32 => Some((*(w as *const Dict)).len() != 0),
                _ => None,
            }
        }
    }
}

slow_handler!(not_slow, slow::not);
handler!(Not, |pc, regs, vm, table, ins, T| {
    match plain_truth(*regs.add(b!(ins))) {
        Some(t) => {
            *regs.add(a!(ins)) = Value::bool(!t).word();
            go!(T, pc.add(1), regs, vm, table)
        }
        None => not_slow::<T>(pc, regs, vm, table, ins),
    }
});

// ---- comparison ----

/// Whether two exact strings are equal, where that shows at once.
#[inline(always)]
unsafe fn quick_str_eq(x: u64, y: u64) -> Option<bool> {
    const STR: u32 = BuiltinShape::str as u32;
    if shape_of(x) != STR || shape_of(y) != STR {
        return None;
    }
    if x == y {
        return Some(true);
    }
    let (a, b) = (&*(x as *const Str), &*(y as *const Str));
    if a.byte_len() != b.byte_len() || a.is_interned() && b.is_interned() { Some(false) } else { None }
}

#[inline(always)]
unsafe fn quick_str_ne(x: u64, y: u64) -> Option<bool> {
    match quick_str_eq(x, y) {
        Some(t) => Some(!t),
        None => None,
    }
}

/// No order shows at once.
#[inline(always)]
unsafe fn quick_no(_x: u64, _y: u64) -> Option<bool> {
    None
}

macro_rules! compare {
    ($name:ident, $jump:ident, $jump_not:ident, $imm:ident, $imm_not:ident, $slow:ident, $jump_slow:ident, $imm_slow:ident, $op:tt, $quick:ident) => {
        slow_handler!($slow, slow::compare);
        slow_handler!($jump_slow, slow::compare_jump);
        slow_handler!($imm_slow, slow::compare_jump_imm);
        handler!($name, |pc, regs, vm, table, ins, T| {
            let x = *regs.add(b!(ins));
            let y = *regs.add(c!(ins));
            let r = if both_ints(x, y) {
                (x as i64) $op (y as i64)
            } else if is_float_word(x) && is_float_word(y) {
                word_float(x) $op word_float(y)
            } else if let Some(r) = $quick(x, y) {
                r
            } else {
                return $slow::<T>(pc, regs, vm, table, ins);
            };
            *regs.add(a!(ins)) = Value::bool(r).word();
            go!(T, pc.add(1), regs, vm, table)
        });
        compare!(@jump $jump, $jump_slow, $op, $quick, |r| r);
        compare!(@jump $jump_not, $jump_slow, $op, $quick, |r| !r);
        compare!(@imm $imm, $imm_slow, $op, |r| r);
        compare!(@imm $imm_not, $imm_slow, $op, |r| !r);
    };
    (@jump $name:ident, $slow:ident, $op:tt, $quick:ident, |$r:ident| $sense:expr) => {
        handler!($name, |pc, regs, vm, table, ins, T| {
            let x = *regs.add(a!(ins));
            let y = *regs.add(b!(ins));
            let $r = if both_ints(x, y) {
                (x as i64) $op (y as i64)
            } else if is_float_word(x) && is_float_word(y) {
                word_float(x) $op word_float(y)
            } else if let Some(r) = $quick(x, y) {
                r
            } else {
                return $slow::<T>(pc, regs, vm, table, ins);
            };
            if $sense {
                keep_branch();
                go!(T, pc.offset(1 + c_signed!(ins) as isize), regs, vm, table)
            }
            go!(T, pc.add(1), regs, vm, table)
        });
    };
    (@imm $name:ident, $slow:ident, $op:tt, |$r:ident| $sense:expr) => {
        handler!($name, |pc, regs, vm, table, ins, T| {
            let x = *regs.add(a!(ins));
            let y = (ins << 16) as i64 >> 48;
            let $r = if x & 3 == 1 {
                (x as i64 >> 2) $op y
            } else if is_float_word(x) {
                word_float(x) $op (y as f64)
            } else {
                return $slow::<T>(pc, regs, vm, table, ins);
            };
            if $sense {
                keep_branch();
                go!(T, pc.offset(1 + c_signed!(ins) as isize), regs, vm, table)
            }
            go!(T, pc.add(1), regs, vm, table)
        });
    };
}

/// Keeps LLVM from turning a jump into a conditional move, which would make the next fetch wait for the data.
#[inline(always)]
fn keep_branch() {
    // SAFETY: an empty instruction.
    unsafe { std::arch::asm!("", options(nomem, nostack, preserves_flags)) }
}

compare!(Eq, JumpIfEq, JumpIfNotEq, JumpIfEqImm, JumpIfNotEqImm, eq_slow, eq_jump_slow, eq_imm_slow, ==, quick_str_eq);
compare!(Ne, JumpIfNe, JumpIfNotNe, JumpIfNeImm, JumpIfNotNeImm, ne_slow, ne_jump_slow, ne_imm_slow, !=, quick_str_ne);
compare!(Lt, JumpIfLt, JumpIfNotLt, JumpIfLtImm, JumpIfNotLtImm, lt_slow, lt_jump_slow, lt_imm_slow, <, quick_no);
compare!(Le, JumpIfLe, JumpIfNotLe, JumpIfLeImm, JumpIfNotLeImm, le_slow, le_jump_slow, le_imm_slow, <=, quick_no);
compare!(Gt, JumpIfGt, JumpIfNotGt, JumpIfGtImm, JumpIfNotGtImm, gt_slow, gt_jump_slow, gt_imm_slow, >, quick_no);
compare!(Ge, JumpIfGe, JumpIfNotGe, JumpIfGeImm, JumpIfNotGeImm, ge_slow, ge_jump_slow, ge_imm_slow, >=, quick_no);

// Identity of words: floats are equal as values of the same bits, as in CPython for one object.
handler!(Is, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = Value::bool(*regs.add(b!(ins)) == *regs.add(c!(ins))).word();
    go!(T, pc.add(1), regs, vm, table)
});

handler!(IsNot, |pc, regs, vm, table, ins, T| {
    *regs.add(a!(ins)) = Value::bool(*regs.add(b!(ins)) != *regs.add(c!(ins))).word();
    go!(T, pc.add(1), regs, vm, table)
});

// ---- jumps ----

handler!(Jump, |pc, regs, vm, table, ins, T| { go!(T, pc.offset(1 + bc!(ins) as isize), regs, vm, table) });

slow_handler!(poll_slow, slow::poll_loop);
handler!(Loop, |pc, regs, vm, table, ins, T| {
    if (*vm).poll_now() != 0 {
        return poll_slow::<T>(pc, regs, vm, table, ins);
    }
    go!(T, pc.offset(1 + bc!(ins) as isize), regs, vm, table)
});

slow_handler!(jump_true_slow, slow::jump_if_true);
handler!(JumpIfTrue, |pc, regs, vm, table, ins, T| {
    match plain_truth(*regs.add(a!(ins))) {
        Some(true) => {
            keep_branch();
            go!(T, pc.offset(1 + bc!(ins) as isize), regs, vm, table)
        }
        Some(false) => go!(T, pc.add(1), regs, vm, table),
        None => jump_true_slow::<T>(pc, regs, vm, table, ins),
    }
});

slow_handler!(jump_false_slow, slow::jump_if_false);
handler!(JumpIfFalse, |pc, regs, vm, table, ins, T| {
    match plain_truth(*regs.add(a!(ins))) {
        Some(false) => {
            keep_branch();
            go!(T, pc.offset(1 + bc!(ins) as isize), regs, vm, table)
        }
        Some(true) => go!(T, pc.add(1), regs, vm, table),
        None => jump_false_slow::<T>(pc, regs, vm, table, ins),
    }
});

macro_rules! jump_when {
    ($name:ident, |$regs:ident, $ins:ident| $cond:expr, $offset:ident) => {
        handler!($name, |pc, $regs, vm, table, $ins, T| {
            if $cond {
                keep_branch();
                go!(T, pc.offset(1 + $offset!($ins) as isize), $regs, vm, table)
            }
            go!(T, pc.add(1), $regs, vm, table)
        });
    };
}
jump_when!(JumpIfNone, |regs, ins| *regs.add(a!(ins)) == Value::NONE.word(), bc);
jump_when!(JumpIfNotNone, |regs, ins| *regs.add(a!(ins)) != Value::NONE.word(), bc);
jump_when!(JumpIfIs, |regs, ins| *regs.add(a!(ins)) == *regs.add(b!(ins)), c_signed);
jump_when!(JumpIfIsNot, |regs, ins| *regs.add(a!(ins)) != *regs.add(b!(ins)), c_signed);

// ---- iteration ----

slow_handler!(for_iter_slow, slow::for_iter);
handler!(ForIter, |pc, regs, vm, table, ins, T| {
    let it = *regs.add(b!(ins));
    if it & 7 == 0 {
        match (*(it as *const Header)).kind() {
            Kind::RangeIter => {
                let r = it as *const RangeIter;
                let left = (*r).left.get();
                if left > 0 {
                    let i = (*r).next.get();
                    (*r).left.set(left - 1);
                    (*r).next.set(i.wrapping_add((*r).step));
                    *regs.add(a!(ins)) = (i as u64) << 2 | 1;
                    go!(T, pc.add(1), regs, vm, table)
                }
                go!(T, pc.offset(1 + c_signed!(ins) as isize), regs, vm, table)
            }
            Kind::ListIter => {
                let r = it as *const ListIter;
                if let Some(list) = (*r).list.get() {
                    let at = (*r).at.get();
                    if let Some(v) = list.get_fast(at) {
                        (*r).at.set(at + 1);
                        *regs.add(a!(ins)) = v.word();
                        go!(T, pc.add(1), regs, vm, table)
                    }
                }
            }
            Kind::TupleIter => {
                let r = it as *const TupleIter;
                if let Some(tuple) = (*r).tuple.get() {
                    let at = (*r).at.get();
                    if let Some(v) = tuple.items().get(at) {
                        (*r).at.set(at + 1);
                        *regs.add(a!(ins)) = v.word();
                        go!(T, pc.add(1), regs, vm, table)
                    }
                }
            }
            _ => {}
        }
    }
    for_iter_slow::<T>(pc, regs, vm, table, ins)
});

// ---- calls ----

slow_handler!(call_slow, slow::call);
slow_handler!(call_method_slow, slow::call_method);

/// Enters a script function whose arguments stand at `new`; 0 when the simple way does not do.
#[inline(always)]
unsafe fn enter(vm: *mut Vm, callee: u64, argc: usize, new: *mut u64, offset: usize, dst: usize, return_pc: *const u64) -> *const u64 {
    let f = callee as *const Function;
    let code = (*f).code.get();
    if !(code.is_simple && code.arg_count as usize == argc) {
        return std::ptr::null();
    }
    if new.add(code.register_count as usize) > (*vm).chunk_end || (*vm).depth_left <= 0 || (*vm).poll_now() != 0 {
        return std::ptr::null();
    }
    (*vm).depth_left -= 1;
    *new.offset(frame::FUNC) = callee;
    *new.offset(frame::RETURN_PC) = return_pc as u64;
    *new.offset(frame::META) = dst as u64 | (offset as u64) << 16;
    let mut i = code.unbound_start as usize;
    while i < code.unbound_end as usize {
        *new.add(i) = 0;
        i += 1;
    }
    code.entry
}

handler!(Call, |pc, regs, vm, table, ins, T| {
    let callee = *regs.add(a!(ins));
    if callee & 7 == 0 && (*(callee as *const Header)).kind() == Kind::Function {
        let new = regs.add(a!(ins) + RECORD);
        let entry = enter(vm, callee, b!(ins), new, a!(ins), c!(ins), pc.add(3));
        if !entry.is_null() {
            go!(T, entry, new, vm, table)
        }
    }
    call_slow::<T>(pc, regs, vm, table, ins)
});

handler!(CallMethod, |pc, regs, vm, table, ins, T| {
    let callee = *regs.add(a!(ins));
    if callee & 7 == 0 && (*(callee as *const Header)).kind() == Kind::Function {
        let new = regs.add(a!(ins) + RECORD);
        if *new != 0 {
            let entry = enter(vm, callee, b!(ins) + 1, new, a!(ins), c!(ins), pc.add(3));
            if !entry.is_null() {
                go!(T, entry, new, vm, table)
            }
        } else {
            let new = new.add(1);
            let entry = enter(vm, callee, b!(ins), new, a!(ins) + 1, c!(ins), pc.add(3));
            if !entry.is_null() {
                go!(T, entry, new, vm, table)
            }
        }
    }
    call_method_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(return_slow, slow::return_);
handler!(Return, |pc, regs, vm, table, ins, T| {
    let meta = *regs.offset(frame::META);
    if meta >> 32 == 0 {
        let v = *regs.add(a!(ins));
        (*vm).depth_left += 1;
        let up = regs.offset(frame::FUNC).sub((meta >> 16) as usize);
        let back = *regs.offset(frame::RETURN_PC) as *const u64;
        *up.add(meta as u16 as usize) = v;
        go!(T, back, up, vm, table)
    }
    return_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(return_none_slow, slow::return_none);
handler!(ReturnNone, |pc, regs, vm, table, ins, T| {
    let meta = *regs.offset(frame::META);
    if meta >> 32 == 0 {
        (*vm).depth_left += 1;
        let up = regs.offset(frame::FUNC).sub((meta >> 16) as usize);
        let back = *regs.offset(frame::RETURN_PC) as *const u64;
        *up.add(meta as u16 as usize) = Value::NONE.word();
        go!(T, back, up, vm, table)
    }
    return_none_slow::<T>(pc, regs, vm, table, ins)
});

slow_handler!(list_append_slow, slow::list_append);
handler!(ListAppend, |pc, regs, vm, table, ins, T| {
    let list: Gc<List> = Gc::from_ptr(*regs.add(a!(ins)) as *mut List);
    let v = Value::from_word_unchecked(*regs.add(b!(ins)));
    if !(v.is_object() && list.header().has_flag(OLD)) && list.push_fast(v) {
        go!(T, pc.add(1), regs, vm, table)
    }
    list_append_slow::<T>(pc, regs, vm, table, ins)
});

/// Leaves the machine with the word in `Vm::exit`: a value, or 0 for an exception.
pub unsafe extern "C-unwind" fn exit<const T: bool>(_pc: *const u64, _regs: *mut u64, vm: *mut Vm, _table: *const HandlerEntry, _ins: u64) -> u64 {
    (*vm).exit
}

slow_only! {
    MakeCell => slow::make_cell;
    CellDel => slow::cell_del;
    FreeDel => slow::free_del;
    DelGlobal => slow::del_global;
    LoadName => slow::load_name;
    StoreName => slow::store_name;
    DelName => slow::del_name;
    LoadClassFree => slow::load_class_free;
    DelAttr => slow::del_attr;
    DelItem => slow::del_item;
    GetSlice => slow::get_slice;
    BuildSlice => slow::build_slice;
    MatMul => slow::binary;
    Pow => slow::binary;
    IMatMul => slow::binary;
    IPow => slow::binary;
    Pos => slow::unary;
    Invert => slow::unary;
    In => slow::contains;
    NotIn => slow::contains;
    JumpIfIn => slow::jump_if_in;
    JumpIfNotIn => slow::jump_if_not_in;
    GetIter => slow::get_iter;
    Unpack => slow::unpack;
    UnpackEx => slow::unpack_ex;
    CloseUnstored => slow::close_unstored;
    CallKw => slow::call_kw;
    CallMethodKw => slow::call_method_kw;
    CallEx => slow::call_ex;
    MakeFunction => slow::make_function;
    SetFunction => slow::set_function;
    LoadBuildClass => slow::load_build_class;
    BuildList => slow::build_list;
    BuildTuple => slow::build_tuple;
    BuildSet => slow::build_set;
    BuildDict => slow::build_dict;
    ListExtend => slow::list_extend;
    SetAdd => slow::set_add;
    SetUpdate => slow::set_update;
    DictSet => slow::dict_set;
    DictUpdate => slow::dict_update;
    DictMerge => slow::dict_merge;
    ListToTuple => slow::list_to_tuple;
    Convert => slow::convert;
    FormatValue => slow::format_value;
    FormatSpec => slow::format_spec;
    JoinStr => slow::join_str;
    MakeGenerator => slow::make_generator;
    Yield => slow::yield_;
    GetYieldFromIter => slow::get_yield_from_iter;
    Send => slow::send;
    RefuseAsync => slow::refuse_async;
    Raise => slow::raise;
    Reraise => slow::reraise;
    PushHandled => slow::push_handled;
    PopHandled => slow::pop_handled;
    MatchExc => slow::match_exc;
    MatchExcStar => slow::match_exc_star;
    PrepareReraiseStar => slow::prepare_reraise_star;
    WithEnter => slow::with_enter;
    WithExit => slow::with_exit;
    WithExitExc => slow::with_exit_exc;
    LoadAssertionError => slow::load_assertion_error;
    ImportName => slow::import_name;
    ImportFrom => slow::import_from;
    ImportStar => slow::import_star;
    MatchSequence => slow::match_sequence;
    MatchMapping => slow::match_mapping;
    MatchKeys => slow::match_keys;
    MatchClass => slow::match_class;
    MatchRest => slow::match_rest;
    GetLen => slow::get_len;
    LoadAnnotations => slow::load_annotations;
    PrintExpr => slow::print_expr;
}

const QUICK_COUNT: usize = {
    macro_rules! count { ($($name:ident,)*) => { [$(stringify!($name),)*].len() } }
    super::quick::for_each_quick!(count)
};

/// The number of the EXIT instruction: behind all others.
pub const EXIT_NUMBER: u16 = (OPCODES_LEN + QUICK_COUNT) as u16;
const OPCODES_LEN: usize = {
    macro_rules! count { ($($name:ident,)*) => { [$(stringify!($name),)*].len() } }
    gscript_compiler::for_each_opcode!(count)
};

const fn table<const T: bool>() -> [HandlerEntry; OPCODES_LEN + QUICK_COUNT + 1] {
    let mut table = [HandlerEntry(exit::<T>); OPCODES_LEN + QUICK_COUNT + 1];
    let mut n = 0;
    macro_rules! fill { ($($name:ident,)*) => { $( table[n] = HandlerEntry($name::<T>); n += 1; )* } }
    gscript_compiler::for_each_opcode!(fill);
    super::quick::for_each_quick!(fill);
    let _ = n;
    table
}

/// The handlers in threaded mode, by opcode number.
pub static THREADED: [HandlerEntry; OPCODES_LEN + QUICK_COUNT + 1] = table::<true>();
/// The handlers in loop mode.
pub static LOOP: [HandlerEntry; OPCODES_LEN + QUICK_COUNT + 1] = table::<false>();
