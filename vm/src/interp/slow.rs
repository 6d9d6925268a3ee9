//! Slow functions: what instructions do beyond their handlers' fast cases. Each has the whole meaning of its opcode, as
//! `compiler/src/opcode.rs` states it; all may run script code unless they say otherwise.

use gscript_compiler::opcode::{Instr, Opcode};

use super::cache::PolyEntry;
use super::call::Args;
use super::dispatch::{At, Next};
use super::frame::{Action, RECORD};
use super::generator::Resumed;
use super::quick::{Quick, base_op};
use crate::heap::header::{HAS_ATTRIBUTES, Kind};
use crate::object::class::{IS_MAPPING, IS_SCRIPT, IS_SEQUENCE, IS_UNSTABLE, MATCH_SELF, SWAPS_ATTRIBUTES, Type};
use crate::object::dict::Dict;
use crate::object::dunder::Dunder;
use crate::object::function::{BoundMethod, Builtin, BuiltinKind, Cell, Function, MethodWrapper, Property};
use crate::object::generator::{Generator, GeneratorState};
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::simple::Module;
use crate::object::str::Str;
use crate::object::tuple::Tuple;
use crate::operator::{BINARY, BinaryOp, Compare};
use crate::value::{Gc, Value};
use crate::vm::{Cx, Result};

type Step = Result<Next>;

fn name(at: At, n: u16) -> Gc<Str> {
    at.function().code.get().name_at(n)
}

/// The opcode of the instruction, whatever it was rewritten to.
fn op(at: At) -> Opcode {
    base_op(Instr(at.ins).op_number()).expect("a running instruction has an opcode")
}

/// The registers of closure cells hold cells.
fn cell(v: Value) -> Gc<Cell> {
    v.as_gc::<Cell>().expect("the compiler names registers that hold cells")
}

fn list(v: Value) -> Gc<List> {
    v.as_gc::<List>().expect("the compiler names registers that hold lists")
}

fn dict(v: Value) -> Gc<Dict> {
    v.as_gc::<Dict>().expect("the compiler names registers that hold dicts")
}

fn set(v: Value) -> Gc<Set> {
    v.as_gc::<Set>().expect("the compiler names registers that hold sets")
}

fn tuple(v: Value) -> Gc<Tuple> {
    v.as_gc::<Tuple>().expect("the compiler names registers that hold tuples")
}

// ---- names ----

pub fn unbound_local(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.b()).lossy().into_owned();
    Err(cx.name_error(true, &n, &format!("cannot access local variable '{n}' where it is not associated with a value")))
}

pub fn unbound_cell(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.c()).lossy().into_owned();
    Err(cx.name_error(true, &n, &format!("cannot access local variable '{n}' where it is not associated with a value")))
}

fn free_error(cx: &mut Cx, n: Gc<Str>) -> crate::vm::Raised {
    let n = n.lossy().into_owned();
    cx.name_error(false, &n, &format!("cannot access free variable '{n}' where it is not associated with a value in enclosing scope"))
}

pub fn unbound_free(cx: &mut Cx, at: At) -> Step {
    Err(free_error(cx, name(at, at.c())))
}

pub fn make_cell(cx: &mut Cx, at: At) -> Step {
    let c = cx.cell(at.try_get(at.a()));
    at.set(at.a(), c.value());
    Ok(at.after(1))
}

pub fn cell_del(cx: &mut Cx, at: At) -> Step {
    let c = cell(at.get(at.a()));
    if c.content.get().is_none() {
        let n = name(at, at.b()).lossy().into_owned();
        return Err(cx.name_error(true, &n, &format!("cannot access local variable '{n}' where it is not associated with a value")));
    }
    c.content.set(c, None);
    Ok(at.after(1))
}

pub fn free_del(cx: &mut Cx, at: At) -> Step {
    let c = at.function().cells()[at.a() as usize];
    if c.content.get().is_none() {
        return Err(free_error(cx, name(at, at.b())));
    }
    c.content.set(c, None);
    Ok(at.after(1))
}

#[cold]
fn not_defined(cx: &mut Cx, n: Gc<Str>) -> crate::vm::Raised {
    let n = n.lossy().into_owned();
    cx.name_error(false, &n, &format!("name '{n}' is not defined"))
}

pub fn load_global(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.b());
    let globals = at.function().globals;
    if let Some(i) = globals.find_str(cx, n) {
        at.set(at.a(), globals.entry_value(i));
        let version = cx.dict_version(globals);
        at.set_word(0, version);
        at.set_word(1, globals.value_address(i) as u64);
        at.set_word(2, 0);
        return Ok(at.after(4));
    }
    let builtins = cx.builtins_of(globals);
    if let Some(i) = builtins.find_str(cx, n) {
        at.set(at.a(), builtins.entry_value(i));
        if Some(builtins) == cx.builtins {
            let version = cx.dict_version(globals);
            at.set_word(0, version);
            at.set_word(1, builtins.value_address(i) as u64);
            let version = cx.dict_version(builtins);
            at.set_word(2, version);
        }
        return Ok(at.after(4));
    }
    Err(not_defined(cx, n))
}

pub fn store_global(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.b());
    let globals = at.function().globals;
    cx.dict_set_str(globals, n, at.get(at.a()));
    if let Some(i) = globals.find_str(cx, n) {
        let version = cx.dict_version(globals);
        at.set_word(0, version);
        at.set_word(1, globals.value_address(i) as u64);
    }
    Ok(at.after(3))
}

pub fn del_global(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.b());
    let globals = at.function().globals;
    match cx.dict_remove_str(globals, n) {
        Some(_) => Ok(at.after(1)),
        None => Err(not_defined(cx, n)),
    }
}

/// A name in the namespace R[0], which may be any mapping.
fn namespace_get(cx: &mut Cx, at: At, n: Gc<Str>) -> Result<Option<Value>> {
    let space = at.get(0);
    if let Some(d) = space.as_gc::<Dict>() {
        if cx.is_exact(space, cx.types.dict) {
            return Ok(cx.dict_get_str(d, n));
        }
    }
    match cx.get_item(space, n.value()) {
        Ok(v) => Ok(Some(v)),
        Err(r) if cx.pending_is(cx.types.key_error) => {
            cx.take_pending(r);
            Ok(None)
        }
        Err(r) => Err(r),
    }
}

pub fn load_name(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.b());
    if let Some(v) = namespace_get(cx, at, n)? {
        at.set(at.a(), v);
        return Ok(at.after(1));
    }
    let globals = at.function().globals;
    let found = cx.dict_get_str(globals, n).or_else(|| {
        let b = cx.builtins_of(globals);
        cx.dict_get_str(b, n)
    });
    match found {
        Some(v) => {
            at.set(at.a(), v);
            Ok(at.after(1))
        }
        None => Err(not_defined(cx, n)),
    }
}

pub fn store_name(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.b());
    let (space, v) = (at.get(0), at.get(at.a()));
    match space.as_gc::<Dict>() {
        Some(d) if cx.is_exact(space, cx.types.dict) => cx.dict_set_str(d, n, v),
        _ => cx.set_item(space, n.value(), v)?,
    }
    Ok(at.after(1))
}

pub fn del_name(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.b());
    let space = at.get(0);
    if let Some(d) = space.as_gc::<Dict>().filter(|_| cx.is_exact(space, cx.types.dict)) {
        return match cx.dict_remove_str(d, n) {
            Some(_) => Ok(at.after(1)),
            None => Err(not_defined(cx, n)),
        };
    }
    match cx.del_item(space, n.value()) {
        Err(r) if cx.pending_is(cx.types.key_error) => {
            cx.take_pending(r);
            Err(not_defined(cx, n))
        }
        Err(r) => Err(r),
        Ok(()) => Ok(at.after(1)),
    }
}

pub fn load_class_free(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.c());
    let v = match namespace_get(cx, at, n)? {
        Some(v) => v,
        None => match at.function().cells()[at.b() as usize].content.get() {
            Some(v) => v,
            None => return Err(free_error(cx, n)),
        },
    };
    at.set(at.a(), v);
    Ok(at.after(1))
}

// ---- attributes ----

/// Misses of one instruction after which its places are kept in the table for instructions that see several shapes.
const MANY_MISSES: u64 = 3;
/// Look-ups of such an instruction that found nothing to keep, after which it is left generic.
const MANY_FRUITLESS: u64 = 16;

/// What an inline cache is to hold: the quick opcode and two words.
struct Fill(Quick, u64, u64);

/// The quick opcode of an instruction that sees several shapes.
fn poly_op(at: At) -> Option<Quick> {
    match op(at) {
        Opcode::GetAttr => Some(Quick::GetAttrPoly),
        Opcode::SetAttr => Some(Quick::SetAttrPoly),
        Opcode::LoadMethod => Some(Quick::LoadMethodPoly),
        _ => None,
    }
}

/// Whether it is worth while to find out what the instruction's cache could hold.
fn may_cache(at: At) -> bool {
    at.word(2) <= MANY_MISSES + MANY_FRUITLESS
}

/// Fills the cache of the instruction. Its last word counts the misses, then the fruitless look-ups.
fn fill_cache(cx: &mut Cx, at: At, fill: Option<Fill>) {
    let misses = at.word(2);
    if misses < MANY_MISSES {
        at.set_word(2, misses + 1);
        if let Some(Fill(op, w0, w1)) = fill {
            at.set_word(0, w0);
            at.set_word(1, w1);
            at.set_op(op.number());
        }
        return;
    }
    use Quick::*;
    match fill {
        Some(Fill(op, w0, w1)) if !matches!(op, GetAttrProperty | GetAttrModule | GetAttrType | LoadMethodModule | LoadMethodType | LoadMethodBound) => {
            cx.caches.poly.fill(PolyEntry { site: at.pc as usize, words: [w0, w1], op: op.number() });
            if let Some(poly) = poly_op(at) {
                at.set_op(poly.number());
            }
        }
        _ => {
            at.set_word(2, misses + 1);
            if misses >= MANY_MISSES + MANY_FRUITLESS {
                at.set_op(op(at) as u16);
            }
        }
    }
}

/// What an attribute of an object is, as far as it can be cached.
enum Place {
    Slot(crate::object::instance::SlotPlace),
    /// A plain value in the class.
    Class(Value),
    /// A function of the class, to be bound.
    Method(Value),
    /// A property of the class, with this script function as getter.
    Property(Gc<Function>),
    None,
}

fn attribute_place(cx: &mut Cx, obj: Value, n: Gc<Str>) -> Place {
    let class = cx.class_of(obj);
    let Some(o) = obj.as_object() else {
        return Place::None;
    };
    if class.has_flag(IS_UNSTABLE | SWAPS_ATTRIBUTES) || matches!(o.kind(), Kind::Type | Kind::Module | Kind::Super | Kind::Function) {
        return Place::None;
    }
    if class.has_flag(IS_SCRIPT) {
        let hook = cx.special(class, Dunder::GetAttribute);
        if hook.is_some_and(|h| h.as_gc::<Builtin>().is_none()) {
            return Place::None;
        }
    }
    let in_class = cx.lookup(class, n);
    if let Some(attr) = in_class {
        if cx.is_data_descriptor(attr) {
            // A name of __slots__ is a slot like any other.
            let is_slot = attr.as_gc::<crate::object::function::Member>().is_some_and(|m| m.def.is_none());
            return match cx.slot_place(o, n) {
                Some(p) if is_slot => {
                    cx.caches.depend_on_class(n);
                    Place::Slot(p)
                }
                _ => match property_getter(cx, class, attr) {
                    Some(f) => {
                        cx.caches.depend_on_class(n);
                        Place::Property(f)
                    }
                    None => Place::None,
                },
            };
        }
    }
    if let Some(p) = cx.slot_place(o, n) {
        cx.caches.depend_on_slot(n);
        return Place::Slot(p);
    }
    if o.has_flag(HAS_ATTRIBUTES) && cx.shapes.get(o.shape()).is_dictionary {
        return Place::None;
    }
    let Some(attr) = in_class else {
        return Place::None;
    };
    cx.caches.depend_on_class(n);
    if attr.as_gc::<Function>().is_some() || attr.as_gc::<Builtin>().is_some_and(|b| b.def.kind == BuiltinKind::Method) {
        return Place::Method(attr);
    }
    if let Some(w) = attr.as_gc::<MethodWrapper>() {
        return match w.function.get() {
            Some(f) if !w.is_class => Place::Class(f),
            _ => Place::None,
        };
    }
    let kind = cx.class_of(attr);
    if attr.is_object() && attr.as_gc::<Type>().is_none() && cx.special(kind, Dunder::Get).is_some() {
        return Place::None;
    }
    Place::Class(attr)
}

/// The getter of a property, when a frame can be pushed for it: a script function, and nobody waits for AttributeError.
fn property_getter(cx: &mut Cx, class: Gc<Type>, attr: Value) -> Option<Gc<Function>> {
    let p = attr.as_gc::<Property>().filter(|_| cx.is_exact(attr, cx.types.property))?;
    let f = p.get.get()?.as_gc::<Function>()?;
    if cx.special(class, Dunder::GetAttr).is_some() { None } else { Some(f) }
}

/// The cache holds a property's getter.
pub fn get_attr_property(cx: &mut Cx, at: At) -> Step {
    let obj = at.get(at.b());
    let Some(f) = Value::from_word(at.word(1)).and_then(|f| f.as_gc::<Function>()) else { return get_attr(cx, at) };
    cx.enter_function(f, Args { first: Some(obj), rest: &[], keywords: None }, at.a(), at.ahead(4), Action::Store, 0)
}

pub fn get_attr(cx: &mut Cx, at: At) -> Step {
    let obj = at.get(at.b());
    let n = name(at, at.c());
    if obj.kind() == Some(Kind::Instance) && cx.lookup(cx.class_of(obj), n).is_some_and(|a| a.as_gc::<Property>().is_some()) {
        if let (Place::Property(f), Some(o)) = (attribute_place(cx, obj, n), obj.as_object()) {
            if may_cache(at) {
                fill_cache(cx, at, Some(Fill(Quick::GetAttrProperty, o.shape() as u64, f.value().word())));
            }
            return cx.enter_function(f, Args { first: Some(obj), rest: &[], keywords: None }, at.a(), at.ahead(4), Action::Store, 0);
        }
    }
    let v = cx.get_attr(obj, n)?;
    if may_cache(at) {
        let fill = cache_of_get_attr(cx, obj, n, v);
        fill_cache(cx, at, fill);
    }
    at.set(at.a(), v);
    Ok(at.after(4))
}

fn cache_of_get_attr(cx: &mut Cx, obj: Value, n: Gc<Str>, v: Value) -> Option<Fill> {
    if let Some(m) = obj.as_gc::<Module>() {
        return module_place(cx, m, n).map(|(version, place)| Fill(Quick::GetAttrModule, version, place));
    }
    if let Some(t) = obj.as_gc::<Type>() {
        return type_attribute_is_plain(cx, t, n, v).then(|| Fill(Quick::GetAttrType, obj.word(), v.word()));
    }
    let shape = obj.as_object()?.shape() as u64;
    match attribute_place(cx, obj, n) {
        Place::Slot(p) if p.is_inline => {
            let op = if p.is_double { Quick::GetAttrDouble } else { Quick::GetAttrSlot };
            Some(Fill(op, shape | (p.offset as u64) << 32, 0))
        }
        Place::Slot(p) if !p.is_double && p.attribute_offset < 1 << 16 && p.offset < 1 << 16 => {
            Some(Fill(Quick::GetAttrFar, shape | (p.attribute_offset as u64) << 32 | (p.offset as u64) << 48, 0))
        }
        Place::Class(v) => Some(Fill(Quick::GetAttrClass, shape, v.word())),
        _ => None,
    }
}

/// The version of a plain module's dict, and the address of a name's value in it.
fn module_place(cx: &mut Cx, m: Gc<Module>, n: Gc<Str>) -> Option<(u64, u64)> {
    let d = m.dict.expect();
    let i = d.find_str(cx, n)?;
    if cx.class_of(m.value()) != cx.types.module {
        return None;
    }
    Some((cx.dict_version(d), d.value_address(i) as u64))
}

/// Whether `cls.name` is what stands in the class (or a staticmethod's function): the same as long as the class stays.
fn type_attribute_is_plain(cx: &mut Cx, t: Gc<Type>, n: Gc<Str>, v: Value) -> bool {
    if t.has_flag(IS_UNSTABLE) {
        return false;
    }
    let meta = cx.class_of(t.value());
    if meta != cx.types.type_ || cx.lookup(meta, n).is_some() {
        return false;
    }
    let Some(attr) = cx.lookup(t, n) else {
        return false;
    };
    let plain = attr == v || attr.as_gc::<MethodWrapper>().is_some_and(|w| !w.is_class && w.function.get() == Some(v));
    if plain {
        cx.caches.depend_on_class(n);
    }
    plain
}

pub fn set_attr(cx: &mut Cx, at: At) -> Step {
    let obj = at.get(at.a());
    let n = name(at, at.b());
    let v = at.get(at.c());
    let before = obj.as_object().map(|o| o.shape());
    cx.set_attr(obj, n, v)?;
    if may_cache(at) {
        let fill = cache_of_set_attr(cx, obj, n, v, before.unwrap_or(0));
        fill_cache(cx, at, fill);
    }
    Ok(at.after(4))
}

fn cache_of_set_attr(cx: &mut Cx, obj: Value, n: Gc<Str>, v: Value, before: u32) -> Option<Fill> {
    let class = cx.class_of(obj);
    let o = obj.as_object()?;
    if class.has_flag(IS_UNSTABLE | SWAPS_ATTRIBUTES)
        || !o.has_flag(HAS_ATTRIBUTES)
        || cx.special(class, Dunder::SetAttr).is_some_and(|h| h.as_gc::<Builtin>().is_none_or(|b| b.def.name != "__setattr__"))
    {
        return None;
    }
    if let Some(attr) = cx.lookup(class, n) {
        let is_slot = attr.as_gc::<crate::object::function::Member>().is_some_and(|m| m.def.is_none());
        if cx.is_data_descriptor(attr) && !is_slot {
            return None;
        }
    }
    let after = o.shape();
    let p = cx.slot_place(o, n)?;
    cx.caches.depend_on_slot(n);
    cx.caches.depend_on_class(n);
    let shape = after as u64;
    if before == after {
        if p.is_inline {
            let op = if p.is_double { Quick::SetAttrDouble } else { Quick::SetAttrSlot };
            return Some(Fill(op, shape | (p.offset as u64) << 32, 0));
        }
        if !p.is_double && p.attribute_offset < 1 << 16 && p.offset < 1 << 16 {
            return Some(Fill(Quick::SetAttrFar, shape | (p.attribute_offset as u64) << 32 | (p.offset as u64) << 48, 0));
        }
        return None;
    }
    // An attribute was added: only when nothing else changed (no widening).
    let old = cx.shapes.get(before);
    if p.is_inline && !old.is_dictionary && cx.shapes.child(before, n, v.is_immediate_float()) == Some(after) {
        return Some(Fill(Quick::SetAttrAdd, before as u64 | (p.offset as u64) << 32, shape | (p.is_double as u64) << 32));
    }
    None
}

/// The store was done; the object is old.
pub fn barrier_set_attr(_cx: &mut Cx, at: At) -> Step {
    if let Some(o) = at.get(at.a()).as_object() {
        o.barrier();
    }
    Ok(at.after(4))
}

pub fn del_attr(cx: &mut Cx, at: At) -> Step {
    cx.del_attr(at.get(at.a()), name(at, at.b()))?;
    Ok(at.after(1))
}

/// The function of a class method that `cls.name` binds to the class, as long as the class stays.
fn class_method(cx: &mut Cx, t: Gc<Type>, n: Gc<Str>) -> Option<Value> {
    if t.has_flag(IS_UNSTABLE) || cx.class_of(t.value()) != cx.types.type_ || cx.lookup(cx.types.type_, n).is_some() {
        return None;
    }
    let attr = cx.lookup(t, n)?;
    let w = attr.as_gc::<MethodWrapper>().filter(|w| w.is_class && cx.is_exact(attr, cx.types.classmethod))?;
    let f = w.function.get().filter(|f| f.as_gc::<Function>().is_some())?;
    cx.caches.depend_on_class(n);
    Some(f)
}

pub fn load_method(cx: &mut Cx, at: At) -> Step {
    let obj = at.get(at.b());
    let n = name(at, at.c());
    let base = at.a();
    let this_register = base + RECORD as u16;
    if !obj.is_object() {
        // Numbers and constants: methods of their classes, not cached.
        let class = cx.class_of(obj);
        if let Some(m) = cx.lookup(class, n).filter(|m| m.as_gc::<Builtin>().is_some_and(|b| b.def.kind == BuiltinKind::Method)) {
            at.set(base, m);
            at.set(this_register, obj);
            return Ok(at.after(4));
        }
    } else {
        let shape = obj.as_object().map_or(0, |o| o.shape()) as u64;
        let (callee, this, fill) = match attribute_place(cx, obj, n) {
            Place::Method(m) => (Some(m), Some(obj), Some(Fill(Quick::LoadMethodClass, shape, m.word()))),
            Place::Class(v) => (Some(v), None, Some(Fill(Quick::LoadMethodPlain, shape, v.word()))),
            Place::Slot(p) if p.is_inline && !p.is_double => {
                let v = obj.as_object().and_then(|o| cx.own_attribute(o, n));
                (v, None, Some(Fill(Quick::LoadMethodSlot, shape | (p.offset as u64) << 32, 0)))
            }
            _ => (None, None, None),
        };
        if let Some(callee) = callee {
            if may_cache(at) {
                fill_cache(cx, at, fill);
            }
            at.set(base, callee);
            match this {
                Some(v) => at.set(this_register, v),
                None => at.unset(this_register),
            }
            return Ok(at.after(4));
        }
    }
    if let Some((t, f)) = obj.as_gc::<Type>().and_then(|t| Some((t, class_method(cx, t, n)?))) {
        if may_cache(at) {
            fill_cache(cx, at, Some(Fill(Quick::LoadMethodBound, t.value().word(), f.word())));
        }
        at.set(base, f);
        at.set(this_register, obj);
        return Ok(at.after(4));
    }
    let v = cx.get_attr(obj, n)?;
    if may_cache(at) {
        let fill = if let Some(m) = obj.as_gc::<Module>() {
            module_place(cx, m, n).map(|(version, place)| Fill(Quick::LoadMethodModule, version, place))
        } else if let Some(t) = obj.as_gc::<Type>() {
            type_attribute_is_plain(cx, t, n, v).then(|| Fill(Quick::LoadMethodType, obj.word(), v.word()))
        } else {
            None
        };
        fill_cache(cx, at, fill);
    }
    at.set(base, v);
    at.unset(this_register);
    Ok(at.after(4))
}

// ---- items ----

pub fn get_item(cx: &mut Cx, at: At) -> Step {
    let (obj, key) = (at.get(at.b()), at.get(at.c()));
    if obj.kind() == Some(Kind::Instance) {
        let class = cx.class_of(obj);
        if let Some(f) = cx.special(class, Dunder::GetItem).and_then(|m| m.as_gc::<Function>()) {
            return cx.enter_function(f, Args { first: Some(obj), rest: &[key], keywords: None }, at.a(), at.ahead(1), Action::Store, 0);
        }
    }
    let v = cx.get_item(obj, key)?;
    at.set(at.a(), v);
    Ok(at.after(1))
}

pub fn get_item_imm(cx: &mut Cx, at: At) -> Step {
    let v = cx.get_item(at.get(at.b()), Value::int32(at.c_signed() as i32))?;
    at.set(at.a(), v);
    Ok(at.after(1))
}

pub fn set_item(cx: &mut Cx, at: At) -> Step {
    let (obj, key, v) = (at.get(at.a()), at.get(at.b()), at.get(at.c()));
    if obj.kind() == Some(Kind::Instance) {
        let class = cx.class_of(obj);
        if let Some(f) = cx.special(class, Dunder::SetItem).and_then(|m| m.as_gc::<Function>()) {
            return cx.enter_function(f, Args { first: Some(obj), rest: &[key, v], keywords: None }, 0, at.ahead(1), Action::Discard, 0);
        }
    }
    cx.set_item(obj, key, v)?;
    Ok(at.after(1))
}

pub fn del_item(cx: &mut Cx, at: At) -> Step {
    cx.del_item(at.get(at.a()), at.get(at.b()))?;
    Ok(at.after(1))
}

pub fn get_slice(cx: &mut Cx, at: At) -> Step {
    let (obj, from, to) = (at.get(at.b()), at.get(at.c()), at.get(at.c() + 1));
    let v = cx.get_slice(obj, from, to)?;
    at.set(at.a(), v);
    Ok(at.after(1))
}

pub fn build_slice(cx: &mut Cx, at: At) -> Step {
    let w = at.window(at.b(), 3);
    let s = cx.slice(w[0], w[1], w[2]);
    at.set(at.a(), s.value());
    Ok(at.after(1))
}

// ---- operators ----

/// The operator of a binary instruction, and whether it is the in-place form.
fn binary_op(op: Opcode) -> (BinaryOp, bool) {
    use BinaryOp::*;
    match op {
        Opcode::Add | Opcode::AddImm => (Add, false),
        Opcode::Sub | Opcode::SubImm => (Sub, false),
        Opcode::Mul | Opcode::MulImm => (Mul, false),
        Opcode::MatMul => (MatMul, false),
        Opcode::Div => (TrueDiv, false),
        Opcode::FloorDiv | Opcode::FloorDivImm => (FloorDiv, false),
        Opcode::Mod | Opcode::ModImm => (Mod, false),
        Opcode::Pow => (Pow, false),
        Opcode::LShift | Opcode::LShiftImm => (LShift, false),
        Opcode::RShift | Opcode::RShiftImm => (RShift, false),
        Opcode::BitAnd | Opcode::BitAndImm => (And, false),
        Opcode::BitOr => (Or, false),
        Opcode::BitXor => (Xor, false),
        Opcode::IAdd | Opcode::IAddImm => (Add, true),
        Opcode::ISub | Opcode::ISubImm => (Sub, true),
        Opcode::IMul => (Mul, true),
        Opcode::IMatMul => (MatMul, true),
        Opcode::IDiv => (TrueDiv, true),
        Opcode::IFloorDiv => (FloorDiv, true),
        Opcode::IMod => (Mod, true),
        Opcode::IPow => (Pow, true),
        Opcode::ILShift => (LShift, true),
        Opcode::IRShift => (RShift, true),
        Opcode::IBitAnd => (And, true),
        Opcode::IBitOr => (Or, true),
        Opcode::IBitXor => (Xor, true),
        other => unreachable!("{other:?} is no binary operator"),
    }
}

fn binary_with(cx: &mut Cx, at: At, x: Value, y: Value) -> Step {
    let (o, in_place) = binary_op(op(at));
    if o == BinaryOp::Add {
        if let (Some(a), Some(b)) = (x.as_gc::<Str>(), y.as_gc::<Str>()) {
            if cx.is_exact(x, cx.types.str) && cx.is_exact(y, cx.types.str) {
                let s = cx.concat(a, b);
                at.set(at.a(), s.value());
                return Ok(at.after(1));
            }
        }
        if let (Some(a), Some(b)) = (x.as_gc::<List>(), y.as_gc::<List>()) {
            if !in_place && cx.is_exact(x, cx.types.list) && cx.is_exact(y, cx.types.list) {
                let l = cx.list_concat(a, b);
                at.set(at.a(), l.value());
                return Ok(at.after(1));
            }
        }
    }
    // The method of a script class gets a frame when it is the first to be asked anyway.
    if x.kind() == Some(Kind::Instance) && !in_place {
        let (cx_class, cy_class) = (cx.class_of(x), cx.class_of(y));
        if cx_class == cy_class || !cy_class.is_subclass(cx_class) {
            if let Some(f) = cx.special(cx_class, BINARY[o as usize].method).and_then(|m| m.as_gc::<Function>()) {
                return cx.enter_function(f, Args { first: Some(x), rest: &[y], keywords: None }, at.a(), at.ahead(1), Action::Binary, 0);
            }
        }
    }
    let v = if in_place { cx.binary_in_place(o, x, y)? } else { cx.binary(o, x, y)? };
    at.set(at.a(), v);
    Ok(at.after(1))
}

pub fn binary(cx: &mut Cx, at: At) -> Step {
    binary_with(cx, at, at.get(at.b()), at.get(at.c()))
}

pub fn binary_imm(cx: &mut Cx, at: At) -> Step {
    binary_with(cx, at, at.get(at.b()), Value::int32(at.c_signed() as i32))
}

impl Cx {
    /// The result of a binary instruction whose left operand's method answered NotImplemented. `back` is behind the
    /// instruction in the frame `regs`.
    pub(crate) fn binary_after_left(&mut self, back: *const u64, regs: *mut u64) -> Result<Value> {
        let at = calling_instruction(back, regs, 1);
        let (o, _) = binary_op(op(at));
        let x = at.get(at.b());
        let is_imm = matches!(at_operand(at), gscript_compiler::opcode::Operand::Imm);
        let y = if is_imm { Value::int32(at.c_signed() as i32) } else { at.get(at.c()) };
        self.binary_reflected_only(o, x, y)
    }

    /// Goes on after the method of a compare-and-jump answered `v`.
    pub(crate) fn compare_jump_result(&mut self, back: *const u64, regs: *mut u64, v: Value) -> Step {
        let at = calling_instruction(back, regs, 1);
        let (c, sense, is_imm) = compare_of(op(at));
        let v = if v == Value::NOT_IMPLEMENTED {
            let x = at.get(at.a());
            let y = if is_imm { Value::int32(at.b() as i16 as i32) } else { at.get(at.b()) };
            self.compare_reflected_only(c, x, y)?
        } else {
            v
        };
        let t = self.truth(v)?;
        Ok(if t == sense { Next { pc: at.ahead(1 + at.c_signed()), regs } } else { at.after(1) })
    }
}

#[expect(unsafe_code, reason = "reads the instruction before a return address")]
fn calling_instruction(back: *const u64, regs: *mut u64, len: usize) -> At {
    // SAFETY: `back` is the return address of a frame: an instruction of `len` words stands before it.
    unsafe {
        let pc = back.sub(len);
        At { pc, regs, ins: *pc }
    }
}

fn at_operand(at: At) -> gscript_compiler::opcode::Operand {
    op(at).info().operands[2]
}

pub fn unary(cx: &mut Cx, at: At) -> Step {
    let x = at.get(at.b());
    let v = match op(at) {
        Opcode::Neg => cx.negative(x)?,
        Opcode::Pos => cx.positive(x)?,
        _ => cx.invert(x)?,
    };
    at.set(at.a(), v);
    Ok(at.after(1))
}

pub fn not(cx: &mut Cx, at: At) -> Step {
    let t = cx.truth(at.get(at.b()))?;
    at.set(at.a(), Value::bool(!t));
    Ok(at.after(1))
}

/// The comparison of a compare-and-jump: which, whether it jumps on true, whether the right side is immediate.
fn compare_of(op: Opcode) -> (Compare, bool, bool) {
    use Compare::*;
    match op {
        Opcode::Eq | Opcode::JumpIfEq => (Eq, true, false),
        Opcode::Ne | Opcode::JumpIfNe => (Ne, true, false),
        Opcode::Lt | Opcode::JumpIfLt => (Lt, true, false),
        Opcode::Le | Opcode::JumpIfLe => (Le, true, false),
        Opcode::Gt | Opcode::JumpIfGt => (Gt, true, false),
        Opcode::Ge | Opcode::JumpIfGe => (Ge, true, false),
        Opcode::JumpIfNotEq => (Eq, false, false),
        Opcode::JumpIfNotNe => (Ne, false, false),
        Opcode::JumpIfNotLt => (Lt, false, false),
        Opcode::JumpIfNotLe => (Le, false, false),
        Opcode::JumpIfNotGt => (Gt, false, false),
        Opcode::JumpIfNotGe => (Ge, false, false),
        Opcode::JumpIfEqImm => (Eq, true, true),
        Opcode::JumpIfNeImm => (Ne, true, true),
        Opcode::JumpIfLtImm => (Lt, true, true),
        Opcode::JumpIfLeImm => (Le, true, true),
        Opcode::JumpIfGtImm => (Gt, true, true),
        Opcode::JumpIfGeImm => (Ge, true, true),
        Opcode::JumpIfNotEqImm => (Eq, false, true),
        Opcode::JumpIfNotNeImm => (Ne, false, true),
        Opcode::JumpIfNotLtImm => (Lt, false, true),
        Opcode::JumpIfNotLeImm => (Le, false, true),
        Opcode::JumpIfNotGtImm => (Gt, false, true),
        Opcode::JumpIfNotGeImm => (Ge, false, true),
        other => unreachable!("{other:?} is no comparison"),
    }
}

/// The script method that a comparison of two values asks first, if the order of asking is plain.
fn compare_method(cx: &mut Cx, c: Compare, x: Value, y: Value) -> Option<Gc<Function>> {
    if x.kind() != Some(Kind::Instance) {
        return None;
    }
    let (a, b) = (cx.class_of(x), cx.class_of(y));
    if a != b && b.is_subclass(a) {
        return None;
    }
    cx.special(a, c.method()).and_then(|m| m.as_gc::<Function>())
}

/// The comparison of two exact strings, or of an int and a float.
#[inline]
fn compare_plain(cx: &Cx, c: Compare, x: Value, y: Value) -> Option<bool> {
    let order = if let (Some(a), Some(b)) = (x.as_gc::<Str>(), y.as_gc::<Str>()) {
        let exact = cx.types.str.instance_shape.get();
        if a.header().shape() != exact || b.header().shape() != exact {
            return None;
        }
        match c {
            Compare::Eq => return Some(cx.str_eq(a, b)),
            Compare::Ne => return Some(!cx.str_eq(a, b)),
            _ => a.bytes().cmp(b.bytes()),
        }
    } else {
        // Ints that a float holds exactly.
        let number = |v: Value| match v.as_int() {
            Some(i) if i.unsigned_abs() < 1 << 53 => Some(i as f64),
            Some(_) => None,
            None if v.is_immediate_float() => Some(v.immediate_float_value()),
            None => None,
        };
        match number(x)?.partial_cmp(&number(y)?) {
            Some(o) => o,
            None => return Some(c == Compare::Ne),
        }
    };
    Some(match c {
        Compare::Eq => order.is_eq(),
        Compare::Ne => order.is_ne(),
        Compare::Lt => order.is_lt(),
        Compare::Le => order.is_le(),
        Compare::Gt => order.is_gt(),
        Compare::Ge => order.is_ge(),
    })
}

pub fn compare(cx: &mut Cx, at: At) -> Step {
    let (c, ..) = compare_of(op(at));
    if let Some(t) = compare_plain(cx, c, at.get(at.b()), at.get(at.c())) {
        at.set(at.a(), Value::bool(t));
        return Ok(at.after(1));
    }
    let v = cx.compare(c, at.get(at.b()), at.get(at.c()))?;
    at.set(at.a(), v);
    Ok(at.after(1))
}

fn compare_jump_with(cx: &mut Cx, at: At, x: Value, y: Value) -> Step {
    let (c, sense, _) = compare_of(op(at));
    if let Some(t) = compare_plain(cx, c, x, y) {
        return Ok(if t == sense { at.after_jump() } else { at.after(1) });
    }
    if let Some(f) = compare_method(cx, c, x, y) {
        return cx.enter_function(f, Args { first: Some(x), rest: &[y], keywords: None }, 0, at.ahead(1), Action::CompareJump, 0);
    }
    let t = cx.compare_truth(c, x, y)?;
    Ok(if t == sense { at.after_jump() } else { at.after(1) })
}

impl At {
    /// The target of a jump in `c`.
    fn after_jump(self) -> Next {
        Next { pc: self.ahead(1 + self.c_signed()), regs: self.regs }
    }

    /// The target of a jump in `bc`.
    fn after_long_jump(self) -> Next {
        Next { pc: self.ahead(1 + self.bc() as i64), regs: self.regs }
    }
}

pub fn compare_jump(cx: &mut Cx, at: At) -> Step {
    compare_jump_with(cx, at, at.get(at.a()), at.get(at.b()))
}

pub fn compare_jump_imm(cx: &mut Cx, at: At) -> Step {
    compare_jump_with(cx, at, at.get(at.a()), Value::int32(at.b() as i16 as i32))
}

pub fn contains(cx: &mut Cx, at: At) -> Step {
    let (x, y) = (at.get(at.b()), at.get(at.c()));
    let negate = op(at) == Opcode::NotIn;
    if let Some(t) = str_contains(cx, y, x) {
        at.set(at.a(), Value::bool(t != negate));
        return Ok(at.after(1));
    }
    if y.kind() == Some(Kind::Instance) {
        let class = cx.class_of(y);
        if let Some(f) = cx.special(class, Dunder::Contains).and_then(|m| m.as_gc::<Function>()) {
            return cx.enter_function(f, Args { first: Some(y), rest: &[x], keywords: None }, at.a(), at.ahead(1), Action::Truth, negate as u64);
        }
    }
    let t = cx.contains(y, x)?;
    at.set(at.a(), Value::bool(t != negate));
    Ok(at.after(1))
}

/// `x in y` of exact strings.
#[inline]
fn str_contains(cx: &Cx, y: Value, x: Value) -> Option<bool> {
    let (text, part) = (y.as_gc::<Str>()?, x.as_gc::<Str>()?);
    let exact = cx.types.str.instance_shape.get();
    if text.header().shape() != exact || part.header().shape() != exact {
        return None;
    }
    match part.bytes() {
        &[byte] => Some(if text.byte_len() <= 16 { text.bytes().contains(&byte) } else { memchr::memchr(byte, text.bytes()).is_some() }),
        _ => None,
    }
}

fn is_in(cx: &mut Cx, at: At) -> crate::vm::Result<bool> {
    let (y, x) = (at.get(at.b()), at.get(at.a()));
    match str_contains(cx, y, x) {
        Some(t) => Ok(t),
        None => cx.contains(y, x),
    }
}

pub fn jump_if_in(cx: &mut Cx, at: At) -> Step {
    let t = is_in(cx, at)?;
    Ok(if t { at.after_jump() } else { at.after(1) })
}

pub fn jump_if_not_in(cx: &mut Cx, at: At) -> Step {
    let t = is_in(cx, at)?;
    Ok(if t { at.after(1) } else { at.after_jump() })
}

// ---- jumps ----

pub fn poll_loop(cx: &mut Cx, at: At) -> Step {
    cx.run_poll()?;
    Ok(at.after_long_jump())
}

pub fn jump_if_true(cx: &mut Cx, at: At) -> Step {
    let t = cx.truth(at.get(at.a()))?;
    Ok(if t { at.after_long_jump() } else { at.after(1) })
}

pub fn jump_if_false(cx: &mut Cx, at: At) -> Step {
    let t = cx.truth(at.get(at.a()))?;
    Ok(if t { at.after(1) } else { at.after_long_jump() })
}

// ---- iteration ----

pub fn get_iter(cx: &mut Cx, at: At) -> Step {
    let v = at.get(at.b());
    if v.kind() == Some(Kind::Instance) {
        let class = cx.class_of(v);
        if let Some(f) = cx.special(class, Dunder::Iter).and_then(|m| m.as_gc::<Function>()) {
            // A generator method is the usual case: its frame only makes the generator.
            if f.code.get().is_generator {
                return cx.enter_function(f, Args { first: Some(v), rest: &[], keywords: None }, at.a(), at.ahead(1), Action::Store, 0);
            }
        }
    }
    let it = cx.iter(v)?;
    at.set(at.a(), it);
    Ok(at.after(1))
}

pub fn for_iter(cx: &mut Cx, at: At) -> Step {
    let it = at.get(at.b());
    if let Some(g) = it.as_gc::<Generator>() {
        if g.state.get() == GeneratorState::Finished {
            return Ok(at.after_jump());
        }
        if cx.poll_now() != 0 {
            cx.run_poll()?;
        }
        return cx.resume_frame(g, Value::NONE, at.ahead(1), at.a(), Action::GeneratorFor);
    }
    if it.kind() == Some(Kind::Instance) {
        let class = cx.class_of(it);
        if let Some(f) = cx.special(class, Dunder::Next).and_then(|m| m.as_gc::<Function>()) {
            return cx.enter_function(f, Args { first: Some(it), rest: &[], keywords: None }, at.a(), at.ahead(1), Action::Next, 0);
        }
    }
    match cx.next(it)? {
        Some(v) => {
            at.set(at.a(), v);
            Ok(at.after(1))
        }
        None => Ok(at.after_jump()),
    }
}

pub fn unpack(cx: &mut Cx, at: At) -> Step {
    let (v, count) = (at.get(at.b()), at.c() as usize);
    if let Some(t) = v.as_gc::<Tuple>().filter(|_| cx.is_exact(v, cx.types.tuple)) {
        if t.len() == count {
            for (i, &x) in t.items().iter().enumerate() {
                at.set(at.a() + i as u16, x);
            }
            return Ok(at.after(1));
        }
        let r = if t.len() > count { too_many(cx, count) } else { not_enough(cx, count, t.len(), false) };
        return Err(r);
    }
    if let Some(l) = v.as_gc::<List>().filter(|_| cx.is_exact(v, cx.types.list)) {
        if l.len() == count {
            for i in 0..count {
                let x = cx.list_get(l, i);
                at.set(at.a() + i as u16, x);
            }
            return Ok(at.after(1));
        }
        let r = if l.len() > count { too_many(cx, count) } else { not_enough(cx, count, l.len(), false) };
        return Err(r);
    }
    let it = unpack_iter(cx, v)?;
    for i in 0..count {
        match cx.next(it)? {
            Some(x) => at.set(at.a() + i as u16, x),
            None => return Err(not_enough(cx, count, i, false)),
        }
    }
    match cx.next(it)? {
        None => Ok(at.after(1)),
        Some(_) => Err(too_many(cx, count)),
    }
}

fn unpack_iter(cx: &mut Cx, v: Value) -> Result<Value> {
    match cx.iter(v) {
        Ok(it) => Ok(it),
        Err(r) if cx.pending_is(cx.types.type_error) && !cx.is_iterable(v) => {
            cx.take_pending(r);
            let text = format!("cannot unpack non-iterable {} object", cx.type_name(v));
            Err(cx.type_error(text))
        }
        Err(r) => Err(r),
    }
}

#[cold]
fn too_many(cx: &mut Cx, count: usize) -> crate::vm::Raised {
    cx.value_error(format!("too many values to unpack (expected {count})"))
}

#[cold]
fn not_enough(cx: &mut Cx, count: usize, got: usize, at_least: bool) -> crate::vm::Raised {
    cx.value_error(format!("not enough values to unpack (expected {}{count}, got {got})", if at_least { "at least " } else { "" }))
}

pub fn unpack_ex(cx: &mut Cx, at: At) -> Step {
    let (v, before, after) = (at.get(at.b()), at.c() as usize, at.word(0) as usize);
    let it = unpack_iter(cx, v)?;
    for i in 0..before {
        match cx.next(it)? {
            Some(x) => at.set(at.a() + i as u16, x),
            None => return Err(not_enough(cx, before + after, i, true)),
        }
    }
    // As `list(it)`: an iterator of a script is asked for its iterator once more.
    let rest = cx.list_from_iterable(it)?;
    let n = rest.len();
    if n < after {
        return Err(not_enough(cx, before + after, before + n, true));
    }
    for i in 0..after {
        let x = cx.list_get(rest, n - after + i);
        at.set(at.a() + (before + 1 + i) as u16, x);
    }
    rest.truncate(n - after);
    at.set(at.a() + before as u16, rest.value());
    Ok(at.after(2))
}

// ---- calls ----

pub fn close_unstored(cx: &mut Cx, at: At) -> Step {
    let (file, result) = (at.get(at.a()), at.get(at.b()));
    if let Some(close) = cx.hooks.close_unstored.filter(|_| file != result) {
        close(cx, file, at.get(at.c()))?;
    }
    Ok(at.after(1))
}

pub fn call(cx: &mut Cx, at: At) -> Step {
    let f = at.get(at.a());
    let (first, count) = (at.a() + RECORD as u16, at.b());
    if let Some(b) = f.as_gc::<Builtin>() {
        return call_native(cx, at, b, at.window(first, count));
    }
    if let Some(t) = f.as_gc::<Type>() {
        if t == cx.types.type_ && count == 1 {
            let class = cx.class_of(at.get(first));
            at.set(at.c(), class.value());
            return Ok(at.after(3));
        }
        if let Some(c) = t.native_call.get() {
            // The word before the arguments belongs to the record that a frame would have.
            at.set(first - 1, f);
            let v = (c.new)(cx, at.window(first - 1, count + 1), None)?;
            if let Some(init) = c.init.filter(|_| cx.is_instance(v, t)) {
                at.set(first - 1, v);
                init(cx, at.window(first - 1, count + 1), None)?;
            }
            at.set(at.c(), v);
            return Ok(at.after(3));
        }
    }
    if let Some(m) = f.as_gc::<BoundMethod>() {
        at.set(first - 1, m.this);
        let args = at.window(first - 1, count + 1);
        if let Some(b) = m.function.as_gc::<Builtin>() {
            return call_native(cx, at, b, args);
        }
        return cx.call_from(at, m.function, Args::new(args), at.c(), at.ahead(3));
    }
    cx.call_from(at, f, Args::new(at.window(first, count)), at.c(), at.ahead(3))
}

/// A call of a built-in function whose arguments stand in the window. In line: every return between the function and the
/// handler counts when it switches greenlets.
#[inline(always)]
fn call_native(cx: &mut Cx, at: At, b: Gc<Builtin>, args: &[Value]) -> Step {
    let v = match &b.host {
        None => (b.def.call)(cx, args, None)?,
        Some(host) => host(cx, args, None)?,
    };
    at.set(at.c(), v);
    Ok(at.after(3))
}

/// The arguments of a method call: with the instance in front when LoadMethod placed it.
fn method_args<'a>(at: At) -> &'a [Value] {
    let first = at.a() + RECORD as u16;
    match at.try_get(first) {
        Some(_) => at.window(first, at.b() + 1),
        None => at.window(first + 1, at.b()),
    }
}

pub fn call_method(cx: &mut Cx, at: At) -> Step {
    if let Some(b) = at.get(at.a()).as_gc::<Builtin>() {
        return call_native(cx, at, b, method_args(at));
    }
    cx.call_from(at, at.get(at.a()), Args::new(method_args(at)), at.c(), at.ahead(3))
}

fn keyword_names(at: At) -> Gc<Tuple> {
    tuple(at.function().code.get().const_at(at.word(0) as usize))
}

pub fn call_kw(cx: &mut Cx, at: At) -> Step {
    let args = at.window(at.a() + RECORD as u16, at.b());
    cx.call_from(at, at.get(at.a()), Args { first: None, rest: args, keywords: Some(keyword_names(at)) }, at.c(), at.ahead(4))
}

pub fn call_method_kw(cx: &mut Cx, at: At) -> Step {
    cx.call_from(at, at.get(at.a()), Args { first: None, rest: method_args(at), keywords: Some(keyword_names(at)) }, at.c(), at.ahead(4))
}

pub fn call_ex(cx: &mut Cx, at: At) -> Step {
    let f = at.get(at.a());
    let first = at.a() + RECORD as u16;
    let star = at.get(first);
    let positional = match star.as_gc::<List>() {
        Some(l) => cx.list_to_tuple(l),
        None => tuple(star),
    };
    let kwargs = if at.b() != 0 { at.get(first + 1).as_gc::<Dict>().filter(|d| !d.is_empty()) } else { None };
    let Some(kwargs) = kwargs else {
        let next = cx.call_from(at, f, Args::new(positional.items()), at.c(), at.ahead(1));
        std::hint::black_box(positional);
        return next;
    };
    let (all, names) = join_keywords(cx, positional, kwargs)?;
    let next = cx.call_from(at, f, Args { first: None, rest: all.items(), keywords: Some(names) }, at.c(), at.ahead(1));
    std::hint::black_box(all);
    next
}

/// Positional arguments and a dict of keyword arguments as one tuple, and the names.
fn join_keywords(cx: &mut Cx, positional: Gc<Tuple>, kwargs: Gc<Dict>) -> Result<(Gc<Tuple>, Gc<Tuple>)> {
    let mut at = 0;
    while let Some((k, _)) = kwargs.next(&mut at) {
        if k.as_str_object().is_none() {
            return Err(cx.type_error("keywords must be strings"));
        }
    }
    let mut at = 0;
    let names = cx.tuple_with(kwargs.len(), |_| kwargs.next(&mut at).map_or(Value::NONE, |e| e.0));
    let mut at = 0;
    let n = positional.len();
    let all = cx.tuple_with(n + kwargs.len(), |i| if i < n { positional.items()[i] } else { kwargs.next(&mut at).map_or(Value::NONE, |e| e.1) });
    Ok((all, names))
}

impl Cx {
    /// `f(*positional, **kwargs)` from Rust.
    pub fn call_with_dict(&mut self, f: Value, positional: Gc<Tuple>, kwargs: Option<Gc<Dict>>) -> Result<Value> {
        match kwargs.filter(|k| !k.is_empty()) {
            None => {
                let r = self.call(f, positional.items());
                std::hint::black_box(positional);
                r
            }
            Some(k) => {
                let (all, names) = join_keywords(self, positional, k)?;
                let r = self.call_keywords(f, all.items(), Some(names));
                std::hint::black_box(all);
                r
            }
        }
    }
}

pub fn return_(cx: &mut Cx, at: At) -> Step {
    cx.return_value(at.regs, at.get(at.a()))
}

pub fn return_none(cx: &mut Cx, at: At) -> Step {
    cx.return_value(at.regs, Value::NONE)
}

pub fn make_function(cx: &mut Cx, at: At) -> Step {
    use gscript_compiler::code::Capture;
    let this = at.function();
    let code = this.code.get().child(at.b());
    let captures = &code.source.free_vars;
    let f = cx.function(code, this.globals, captures.len(), |i| match captures[i].1 {
        Capture::Register(r) => cell(at.get(r)),
        Capture::Free(n) => this.cells()[n as usize],
    });
    at.set(at.a(), f.value());
    Ok(at.after(1))
}

pub fn set_function(cx: &mut Cx, at: At) -> Step {
    let f = at.get(at.a()).as_gc::<Function>().expect("fresh from MakeFunction");
    let v = at.get(at.b());
    match at.c() {
        0 => f.defaults.set(f, Some(tuple(v))),
        1 => f.kw_defaults.set(f, Some(dict(v))),
        _ => {
            let extra = match f.extra.get() {
                Some(d) => d,
                None => {
                    let d = cx.dict_new();
                    f.extra.set(f, Some(d));
                    d
                }
            };
            let key = cx.common.annotations;
            cx.dict_set_str(extra, key, v);
        }
    }
    Ok(at.after(1))
}

pub fn load_build_class(cx: &mut Cx, at: At) -> Step {
    let n = cx.common.build_class;
    let found = cx.builtins.and_then(|b| cx.dict_get_str(b, n));
    match found {
        Some(v) => {
            at.set(at.a(), v);
            Ok(at.after(1))
        }
        None => Err(cx.name_error(false, "__build_class__", "__build_class__ not found")),
    }
}

// ---- displays ----

pub fn build_list(cx: &mut Cx, at: At) -> Step {
    let l = cx.list_from(at.window(at.b(), at.c()));
    at.set(at.a(), l.value());
    Ok(at.after(1))
}

pub fn build_tuple(cx: &mut Cx, at: At) -> Step {
    let t = cx.tuple(at.window(at.b(), at.c()));
    at.set(at.a(), t.value());
    Ok(at.after(1))
}

pub fn build_set(cx: &mut Cx, at: At) -> Step {
    let s = cx.set_new();
    for &v in at.window(at.b(), at.c()) {
        cx.set_add(s, v)?;
    }
    at.set(at.a(), s.value());
    Ok(at.after(1))
}

pub fn build_dict(cx: &mut Cx, at: At) -> Step {
    let d = cx.dict_with_capacity(at.c() as usize);
    for pair in at.window(at.b(), at.c() * 2).chunks_exact(2) {
        cx.dict_set(d, pair[0], pair[1])?;
    }
    at.set(at.a(), d.value());
    Ok(at.after(1))
}

pub fn list_append(cx: &mut Cx, at: At) -> Step {
    cx.list_push(list(at.get(at.a())), at.get(at.b()));
    Ok(at.after(1))
}

pub fn list_extend(cx: &mut Cx, at: At) -> Step {
    let (l, v) = (list(at.get(at.a())), at.get(at.b()));
    if !cx.is_iterable(v) {
        let callee = if at.c() == gscript_compiler::opcode::NO_REG { "Value".to_string() } else { format!("{} argument", cx.callee_name(at.get(at.c()))?) };
        let text = format!("{callee} after * must be an iterable, not {}", cx.type_name(v));
        return Err(cx.type_error(text));
    }
    cx.list_extend_from(l, v)?;
    Ok(at.after(1))
}

pub fn set_add(cx: &mut Cx, at: At) -> Step {
    cx.set_add(set(at.get(at.a())), at.get(at.b()))?;
    Ok(at.after(1))
}

pub fn set_update(cx: &mut Cx, at: At) -> Step {
    cx.set_update_from(set(at.get(at.a())), at.get(at.b()))?;
    Ok(at.after(1))
}

pub fn dict_set(cx: &mut Cx, at: At) -> Step {
    cx.dict_set(dict(at.get(at.a())), at.get(at.b()), at.get(at.c()))?;
    Ok(at.after(1))
}

pub fn dict_update(cx: &mut Cx, at: At) -> Step {
    let (d, v) = (dict(at.get(at.a())), at.get(at.b()));
    if v.as_gc::<Dict>().is_none() {
        let n = cx.common.keys;
        if cx.try_attr(v, n)?.is_none() {
            let text = format!("'{}' object is not a mapping", cx.type_name(v));
            return Err(cx.type_error(text));
        }
    }
    cx.dict_update_from(d, v)?;
    Ok(at.after(1))
}

pub fn dict_merge(cx: &mut Cx, at: At) -> Step {
    let (d, v, f) = (dict(at.get(at.a())), at.get(at.b()), at.get(at.c()));
    let from = match v.as_gc::<Dict>().filter(|_| cx.iterates_natively(v)) {
        Some(m) => m,
        None => {
            let n = cx.common.keys;
            if cx.try_attr(v, n)?.is_none() {
                let text = format!("{} argument after ** must be a mapping, not {}", cx.callee_name(f)?, cx.type_name(v));
                return Err(cx.type_error(text));
            }
            let m = cx.dict_new();
            cx.dict_update_from(m, v)?;
            m
        }
    };
    let mut i = 0;
    while let Some((hash, k, x)) = from.next_hashed(&mut i) {
        let Some(s) = k.as_str_object() else {
            return Err(cx.type_error("keywords must be strings"));
        };
        if cx.dict_find(d, k, hash)?.is_some() {
            let text = format!("{} got multiple values for keyword argument '{}'", cx.callee_name(f)?, s.lossy());
            return Err(cx.type_error(text));
        }
        cx.dict_set_hashed(d, k, hash, x)?;
    }
    Ok(at.after(1))
}

impl Cx {
    /// How messages about a call's arguments name the callee: `__main__.f()`.
    fn callee_name(&mut self, f: Value) -> Result<String> {
        let q = self.common.qualname;
        let m = self.common.module;
        let Some(qualname) = self.try_attr(f, q)?.and_then(|q| q.as_str_object()) else {
            let s = self.str_value(f)?;
            return Ok(s.lossy().into_owned());
        };
        let qualname = qualname.lossy().into_owned();
        match self.try_attr(f, m)?.and_then(|m| m.as_str_object()) {
            Some(m) if m.bytes() != b"builtins" => Ok(format!("{}.{}()", m.lossy(), qualname)),
            _ => Ok(format!("{qualname}()")),
        }
    }
}

pub fn list_to_tuple(cx: &mut Cx, at: At) -> Step {
    let t = cx.list_to_tuple(list(at.get(at.b())));
    at.set(at.a(), t.value());
    Ok(at.after(1))
}

// ---- text ----

pub fn convert(cx: &mut Cx, at: At) -> Step {
    let v = at.get(at.b());
    let s = match at.c() {
        1 => cx.str_value(v)?,
        2 => cx.repr(v)?,
        _ => cx.ascii(v)?,
    };
    at.set(at.a(), s.value());
    Ok(at.after(1))
}

pub fn format_value(cx: &mut Cx, at: At) -> Step {
    let spec = cx.common.empty;
    let s = cx.format(at.get(at.b()), spec)?;
    at.set(at.a(), s);
    Ok(at.after(1))
}

pub fn format_spec(cx: &mut Cx, at: At) -> Step {
    let spec = at.get(at.c()).as_str_object().expect("the emitter joins the spec to a string");
    let s = cx.format(at.get(at.b()), spec)?;
    at.set(at.a(), s);
    Ok(at.after(1))
}

pub fn join_str(cx: &mut Cx, at: At) -> Step {
    let s = cx.join_strings(at.window(at.b(), at.c()));
    at.set(at.a(), s.value());
    Ok(at.after(1))
}

// ---- generators ----

#[expect(unsafe_code, reason = "hands the running window over")]
pub fn make_generator(cx: &mut Cx, at: At) -> Step {
    // SAFETY: the running frame and the instruction behind this one.
    let g = unsafe { cx.generator(at.function(), at.ahead(1), at.regs) };
    cx.return_value(at.regs, g.value())
}

pub fn yield_(cx: &mut Cx, at: At) -> Step {
    Ok(cx.yield_value(at.regs, at.ahead(1), at.get(at.b())))
}

pub fn get_yield_from_iter(cx: &mut Cx, at: At) -> Step {
    let v = at.get(at.b());
    let it = if v.as_gc::<Generator>().is_some() { v } else { cx.iter(v)? };
    at.set(at.a(), it);
    Ok(at.after(1))
}

pub fn send(cx: &mut Cx, at: At) -> Step {
    let (it, sent) = (at.get(at.b()), at.get(at.c()));
    if let Some(g) = it.as_gc::<Generator>() {
        if g.state.get() != GeneratorState::Finished {
            return cx.resume_frame(g, sent, at.ahead(2), at.a(), Action::GeneratorSend);
        }
        at.set(at.a(), Value::NONE);
        return Ok(Next { pc: at.ahead(2 + at.word(0) as i64), regs: at.regs });
    }
    match cx.send_to(it, sent)? {
        Resumed::Yielded(v) => {
            at.set(at.a(), v);
            Ok(at.after(2))
        }
        Resumed::Returned(v) => {
            at.set(at.a(), v);
            Ok(Next { pc: at.ahead(2 + at.word(0) as i64), regs: at.regs })
        }
    }
}

pub fn refuse_async(cx: &mut Cx, at: At) -> Step {
    let n = at.function().code.get().name.lossy().into_owned();
    Err(cx.not_implemented_error(format!(
        "'async def {n}' cannot be called: functions block cooperatively here; write 'def' and call it directly, or spawn({n})"
    )))
}

// ---- exceptions ----

pub fn raise(cx: &mut Cx, at: At) -> Step {
    use gscript_compiler::opcode::NO_REG;
    if at.a() == NO_REG {
        return match cx.handled {
            Some(e) if !e.is_none() => {
                // The frame is in its traceback already, or stays out of it.
                cx.skip_traceback = true;
                Err(cx.reraise(e))
            }
            _ => Err(cx.runtime_error("No active exception to reraise")),
        };
    }
    let e = cx.exception_value(at.get(at.a()), "exceptions must derive from BaseException")?;
    if at.b() != NO_REG {
        let cause = at.get(at.b());
        let cause = if cause.is_none() { None } else { Some(cx.exception_value(cause, "exception causes must derive from BaseException")?) };
        if let Some(x) = e.as_gc::<crate::object::exception::Exception>() {
            x.cause.set(x, cause);
            x.suppress_context.set(true);
        }
    }
    Err(cx.raise_value(e))
}

impl Cx {
    /// What `raise v` raises: an instance, or a class called without arguments.
    pub fn exception_value(&mut self, v: Value, message: &str) -> Result<Value> {
        if v.as_gc::<crate::object::exception::Exception>().is_some() {
            return Ok(v);
        }
        if let Some(t) = v.as_gc::<Type>() {
            if t.is_subclass(self.types.base_exception) {
                let e = self.call(v, &[])?;
                if e.as_gc::<crate::object::exception::Exception>().is_some() {
                    return Ok(e);
                }
                let text = format!("calling {} should have returned an instance of BaseException, not {}", self.repr(v)?.lossy(), self.type_name(e));
                return Err(self.type_error(text));
            }
        }
        Err(self.type_error(message))
    }

    /// Whether an exception matches what stands behind `except`.
    pub fn exception_matches(&mut self, e: Value, against: Value) -> Result<bool> {
        if let Some(t) = against.as_gc::<Type>() {
            if t.is_subclass(self.types.base_exception) {
                return Ok(self.is_instance(e, t));
            }
        } else if let Some(items) = against.as_gc::<Tuple>() {
            for &t in items.items() {
                if !t.as_gc::<Type>().is_some_and(|t| t.is_subclass(self.types.base_exception)) {
                    return Err(self.type_error("catching classes that do not inherit from BaseException is not allowed"));
                }
            }
            for &t in items.items() {
                if self.exception_matches(e, t)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        Err(self.type_error("catching classes that do not inherit from BaseException is not allowed"))
    }
}

pub fn reraise(cx: &mut Cx, at: At) -> Step {
    cx.skip_traceback = true;
    Err(cx.reraise(at.get(at.a())))
}

pub fn push_handled(cx: &mut Cx, at: At) -> Step {
    let e = at.get(at.b());
    at.set(at.a(), cx.handled.unwrap_or(Value::NONE));
    cx.handled = Some(e);
    Ok(at.after(1))
}

pub fn pop_handled(cx: &mut Cx, at: At) -> Step {
    let e = at.get(at.a());
    cx.handled = if e.is_none() { None } else { Some(e) };
    Ok(at.after(1))
}

pub fn match_exc(cx: &mut Cx, at: At) -> Step {
    let t = cx.exception_matches(at.get(at.b()), at.get(at.c()))?;
    at.set(at.a(), Value::bool(t));
    Ok(at.after(1))
}

pub fn match_exc_star(cx: &mut Cx, at: At) -> Step {
    let (matched, rest) = cx.split_for_except_star(at.get(at.b()), at.get(at.c()))?;
    at.set(at.a(), matched);
    at.set(at.a() + 1, rest);
    Ok(at.after(1))
}

pub fn prepare_reraise_star(cx: &mut Cx, at: At) -> Step {
    let v = cx.prepare_reraise_star(at.get(at.b()), list(at.get(at.c())))?;
    at.set(at.a(), v);
    Ok(at.after(1))
}

/// A special method of a context manager, as (callable, instance or nothing).
fn context_method(cx: &mut Cx, manager: Value, dunder: Dunder) -> Result<Option<(Value, Option<Value>)>> {
    let class = cx.class_of(manager);
    let Some(m) = cx.special(class, dunder) else {
        return Ok(None);
    };
    if m.as_gc::<Function>().is_some() || m.as_gc::<Builtin>().is_some_and(|b| b.def.kind == BuiltinKind::Method) {
        return Ok(Some((m, Some(manager))));
    }
    let bound = cx.descriptor_get(m, manager, class)?;
    Ok(Some((bound, None)))
}

pub fn with_enter(cx: &mut Cx, at: At) -> Step {
    let manager = at.get(at.b());
    let (Some(enter), exit) = (context_method(cx, manager, Dunder::Enter)?, context_method(cx, manager, Dunder::Exit)?) else {
        let text = format!("'{}' object does not support the context manager protocol", cx.type_name(manager));
        return Err(cx.type_error(text));
    };
    let Some((exit, exit_this)) = exit else {
        let text = format!("'{}' object does not support the context manager protocol (missed __exit__ method)", cx.type_name(manager));
        return Err(cx.type_error(text));
    };
    let a = at.a();
    at.set(a, exit);
    match exit_this {
        Some(t) => at.set(a + 1, t),
        None => at.unset(a + 1),
    }
    cx.call_from(at, enter.0, Args { first: enter.1, rest: &[], keywords: None }, a + 2, at.ahead(1))
}

pub fn with_exit(cx: &mut Cx, at: At) -> Step {
    let (exit, this) = (at.get(at.a()), at.try_get(at.a() + 1));
    let none = [Value::NONE; 3];
    let args = Args { first: this, rest: &none, keywords: None };
    if let Some(f) = exit.as_gc::<Function>() {
        return cx.enter_function(f, args, 0, at.ahead(1), Action::Discard, 0);
    }
    cx.call_args(exit, args)?;
    Ok(at.after(1))
}

pub fn with_exit_exc(cx: &mut Cx, at: At) -> Step {
    let (exit, this, e) = (at.get(at.a()), at.try_get(at.a() + 1), at.get(at.b()));
    let class = cx.class_of(e).value();
    let traceback = e.as_gc::<crate::object::exception::Exception>().and_then(|x| x.traceback.get()).unwrap_or(Value::NONE);
    cx.call_from(at, exit, Args { first: this, rest: &[class, e, traceback], keywords: None }, at.c(), at.ahead(1))
}

pub fn load_assertion_error(cx: &mut Cx, at: At) -> Step {
    at.set(at.a(), cx.types.assertion_error.value());
    Ok(at.after(1))
}

// ---- imports ----

pub fn import_name(cx: &mut Cx, at: At) -> Step {
    let n = name(at, at.b());
    let (from, level) = (at.get(at.c()), at.get(at.c() + 1));
    let globals = at.function().globals;
    let m = cx.import_statement(n, globals, from, level)?;
    at.set(at.a(), m);
    Ok(at.after(1))
}

pub fn import_from(cx: &mut Cx, at: At) -> Step {
    let v = cx.import_from(at.get(at.b()), name(at, at.c()))?;
    at.set(at.a(), v);
    Ok(at.after(1))
}

pub fn import_star(cx: &mut Cx, at: At) -> Step {
    let f = at.function();
    let space = if f.code.get().source.uses_namespace { at.get(0) } else { f.globals.value() };
    cx.import_star(at.get(at.a()), space)?;
    Ok(at.after(1))
}

// ---- patterns ----

pub fn match_sequence(cx: &mut Cx, at: At) -> Step {
    let class = cx.class_of(at.get(at.b()));
    let t = class.mro_items().iter().any(|c| c.as_gc::<Type>().is_some_and(|c| c.has_flag(IS_SEQUENCE)));
    at.set(at.a(), Value::bool(t));
    Ok(at.after(1))
}

pub fn match_mapping(cx: &mut Cx, at: At) -> Step {
    let class = cx.class_of(at.get(at.b()));
    let t = class.mro_items().iter().any(|c| c.as_gc::<Type>().is_some_and(|c| c.has_flag(IS_MAPPING)));
    at.set(at.a(), Value::bool(t));
    Ok(at.after(1))
}

pub fn match_keys(cx: &mut Cx, at: At) -> Step {
    let (subject, keys) = (at.get(at.b()), tuple(at.get(at.c())));
    let seen = cx.set_new();
    let values = cx.list_new();
    let exact = subject.as_gc::<Dict>().filter(|_| cx.is_exact(subject, cx.types.dict));
    let missing = cx.dict_new().value();
    for &k in keys.items() {
        if !cx.set_add(seen, k)? {
            let text = format!("mapping pattern checks duplicate key ({})", cx.repr(k)?.lossy());
            return Err(cx.value_error(text));
        }
        let found = match exact {
            Some(d) => cx.dict_get(d, k)?,
            None => {
                let v = cx.call_method(subject, "get", &[k, missing])?;
                if v == missing { None } else { Some(v) }
            }
        };
        match found {
            Some(v) => cx.list_push(values, v),
            None => {
                at.set(at.a(), Value::NONE);
                return Ok(at.after(1));
            }
        }
    }
    let t = cx.list_to_tuple(values);
    at.set(at.a(), t.value());
    Ok(at.after(1))
}

pub fn match_class(cx: &mut Cx, at: At) -> Step {
    let (subject, class, names) = (at.get(at.b()), at.get(at.c()), tuple(at.get(at.c() + 1)));
    let positional = at.word(0) as usize;
    let Some(t) = class.as_gc::<Type>() else {
        return Err(cx.type_error("called match pattern must be a type"));
    };
    at.set(at.a(), Value::NONE);
    if !cx.is_instance_of(subject, class)? {
        return Ok(at.after(2));
    }
    let values = cx.list_new();
    let seen = cx.set_new();
    if positional > 0 {
        let key = cx.common.match_args;
        let own = cx.try_attr(class, key)?;
        let is_self = own.is_none() && t.mro_items().iter().any(|c| c.as_gc::<Type>().is_some_and(|c| c.has_flag(MATCH_SELF)));
        let args = match own {
            None => None,
            Some(a) => match a.as_gc::<Tuple>() {
                Some(a) => Some(a),
                None => {
                    let text = format!("{}.__match_args__ must be a tuple (got {})", t.name_text(), cx.type_name(a));
                    return Err(cx.type_error(text));
                }
            },
        };
        let allowed = if is_self { 1 } else { args.map_or(0, |a| a.len()) };
        if positional > allowed {
            let text = format!("{}() accepts {} positional sub-pattern{} ({} given)", t.name_text(), allowed, if allowed == 1 { "" } else { "s" }, positional);
            return Err(cx.type_error(text));
        }
        if is_self {
            cx.list_push(values, subject);
        } else if let Some(args) = args {
            for &a in &args.items()[..positional] {
                let Some(s) = a.as_str_object() else {
                    let text = format!("__match_args__ elements must be strings (got {})", cx.type_name(a));
                    return Err(cx.type_error(text));
                };
                if !cx.set_add(seen, a)? {
                    return Err(duplicate_attribute(cx, t, s));
                }
                let s = cx.intern_str(s);
                match cx.try_attr(subject, s)? {
                    Some(v) => cx.list_push(values, v),
                    None => return Ok(at.after(2)),
                }
            }
        }
    }
    for &n in names.items() {
        let Some(s) = n.as_str_object() else { continue };
        if !cx.set_add(seen, n)? {
            return Err(duplicate_attribute(cx, t, s));
        }
        let s = cx.intern_str(s);
        match cx.try_attr(subject, s)? {
            Some(v) => cx.list_push(values, v),
            None => return Ok(at.after(2)),
        }
    }
    let v = cx.list_to_tuple(values);
    at.set(at.a(), v.value());
    Ok(at.after(2))
}

#[cold]
fn duplicate_attribute(cx: &mut Cx, t: Gc<Type>, n: Gc<Str>) -> crate::vm::Raised {
    cx.type_error(format!("{}() got multiple sub-patterns for attribute '{}'", t.name_text(), n.lossy()))
}

pub fn match_rest(cx: &mut Cx, at: At) -> Step {
    let (subject, keys) = (at.get(at.b()), tuple(at.get(at.c())));
    let d = cx.dict_new();
    cx.dict_update_from(d, subject)?;
    for &k in keys.items() {
        cx.dict_remove(d, k)?;
    }
    at.set(at.a(), d.value());
    Ok(at.after(1))
}

pub fn get_len(cx: &mut Cx, at: At) -> Step {
    let n = cx.len(at.get(at.b()))?;
    let n = cx.int(n as i64);
    at.set(at.a(), n);
    Ok(at.after(1))
}

// ---- the rest ----

pub fn load_annotations(cx: &mut Cx, at: At) -> Step {
    let f = at.function();
    let key = cx.common.annotations;
    let space = if f.code.get().source.uses_namespace { at.get(0) } else { f.globals.value() };
    let found = match space.as_gc::<Dict>() {
        Some(d) => cx.dict_get_str(d, key),
        None => match cx.get_item(space, key.value()) {
            Ok(v) => Some(v),
            Err(r) if cx.pending_is(cx.types.key_error) => {
                cx.take_pending(r);
                None
            }
            Err(r) => return Err(r),
        },
    };
    let v = match found {
        Some(v) => v,
        None => {
            let d = cx.dict_new().value();
            cx.set_item(space, key.value(), d)?;
            d
        }
    };
    at.set(at.a(), v);
    Ok(at.after(1))
}

pub fn print_expr(cx: &mut Cx, at: At) -> Step {
    cx.display_hook(at.get(at.a()))?;
    Ok(at.after(1))
}
