//! Operators: which method is asked in which order (Python reference 3.3.8), and the comparison protocol.
//!
//! Built-in operands are handled natively (`number.rs`, `sequence.rs`); classes with methods in script code, and built-in
//! classes whose operators are in their method tables, go the way of the data model.

use crate::object::class::{IS_SCRIPT, Type};
use crate::object::dunder::Dunder;
use crate::object::function::Builtin;
use crate::value::{Gc, Value};
use crate::vm::{Cx, Raised, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    MatMul,
    TrueDiv,
    FloorDiv,
    Mod,
    DivMod,
    Pow,
    LShift,
    RShift,
    And,
    Or,
    Xor,
}

/// The methods of an operator, and how messages write it.
pub struct BinaryRow {
    pub method: Dunder,
    pub reflected: Dunder,
    pub in_place: Option<Dunder>,
    pub symbol: &'static str,
}

macro_rules! row {
    ($m:ident $r:ident $i:expr, $s:literal) => {
        BinaryRow { method: Dunder::$m, reflected: Dunder::$r, in_place: $i, symbol: $s }
    };
}

/// By `BinaryOp`.
pub static BINARY: [BinaryRow; 14] = [
    row!(Add RAdd Some(Dunder::IAdd), "+"),
    row!(Sub RSub Some(Dunder::ISub), "-"),
    row!(Mul RMul Some(Dunder::IMul), "*"),
    row!(MatMul RMatMul Some(Dunder::IMatMul), "@"),
    row!(TrueDiv RTrueDiv Some(Dunder::ITrueDiv), "/"),
    row!(FloorDiv RFloorDiv Some(Dunder::IFloorDiv), "//"),
    row!(Mod RMod Some(Dunder::IMod), "%"),
    row!(DivMod RDivMod None, "divmod()"),
    row!(Pow RPow Some(Dunder::IPow), "** or pow()"),
    row!(LShift RLShift Some(Dunder::ILShift), "<<"),
    row!(RShift RRShift Some(Dunder::IRShift), ">>"),
    row!(And RAnd Some(Dunder::IAnd), "&"),
    row!(Or ROr Some(Dunder::IOr), "|"),
    row!(Xor RXor Some(Dunder::IXor), "^"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Compare {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Compare {
    pub fn method(self) -> Dunder {
        match self {
            Compare::Eq => Dunder::Eq,
            Compare::Ne => Dunder::Ne,
            Compare::Lt => Dunder::Lt,
            Compare::Le => Dunder::Le,
            Compare::Gt => Dunder::Gt,
            Compare::Ge => Dunder::Ge,
        }
    }

    /// The comparison with the sides exchanged.
    pub fn swapped(self) -> Compare {
        match self {
            Compare::Lt => Compare::Gt,
            Compare::Le => Compare::Ge,
            Compare::Gt => Compare::Lt,
            Compare::Ge => Compare::Le,
            same => same,
        }
    }

    pub fn symbol(self) -> &'static str {
        match self {
            Compare::Eq => "==",
            Compare::Ne => "!=",
            Compare::Lt => "<",
            Compare::Le => "<=",
            Compare::Gt => ">",
            Compare::Ge => ">=",
        }
    }

    /// What the comparison says about an order.
    pub fn holds(self, o: std::cmp::Ordering) -> bool {
        match self {
            Compare::Eq => o.is_eq(),
            Compare::Ne => o.is_ne(),
            Compare::Lt => o.is_lt(),
            Compare::Le => o.is_le(),
            Compare::Gt => o.is_gt(),
            Compare::Ge => o.is_ge(),
        }
    }
}

impl Cx {
    /// Whether the class's operators are those of its built-in layout.
    #[inline]
    fn is_plain(&self, class: Gc<Type>) -> bool {
        !class.has_flag(IS_SCRIPT)
    }

    /// `x op y`. May run script code.
    pub fn binary(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Value> {
        let (a, b) = (self.class_of(x), self.class_of(y));
        if self.is_plain(a) && self.is_plain(b) {
            if let Some(v) = self.native_binary(op, x, y)? {
                return Ok(v);
            }
        }
        match self.binary_by_methods(op, x, y, a, b)? {
            Some(v) => Ok(v),
            None => Err(self.unsupported(op, x, y, false)),
        }
    }

    fn binary_by_methods(&mut self, op: BinaryOp, x: Value, y: Value, a: Gc<Type>, b: Gc<Type>) -> Result<Option<Value>> {
        let row = &BINARY[op as usize];
        let left = self.special(a, row.method).filter(|m| !self.is_sequence_operator(op, *m));
        let right = if a == b { None } else { self.special(b, row.reflected).filter(|m| !self.is_sequence_operator(op, *m)) };
        // A subclass on the right that overrides the reflected method is asked first.
        let right_first = right.is_some() && b.is_subclass(a) && right != self.special(a, row.reflected);
        if right_first {
            if let Some(m) = right {
                let v = self.call_method_value(m, y, &[x])?;
                if v != Value::NOT_IMPLEMENTED {
                    return Ok(Some(v));
                }
            }
        }
        if let Some(m) = left {
            let v = self.call_method_value(m, x, &[y])?;
            if v != Value::NOT_IMPLEMENTED {
                return Ok(Some(v));
            }
        }
        if !right_first {
            if let Some(m) = right {
                let v = self.call_method_value(m, y, &[x])?;
                if v != Value::NOT_IMPLEMENTED {
                    return Ok(Some(v));
                }
            }
        }
        // Sequences come after numbers: `[1] * MyInt(2)` and the like.
        if self.has_sequence_operator(op, x) || op == BinaryOp::Mul && self.has_sequence_operator(op, y) {
            return self.sequence_binary(op, x, y);
        }
        Ok(None)
    }

    /// Whether `+` or `*` of `v` is that of a built-in sequence, not overridden by a subclass.
    fn has_sequence_operator(&mut self, op: BinaryOp, v: Value) -> bool {
        let class = self.class_of(v);
        self.is_sequence_kind(v) && self.special(class, BINARY[op as usize].method).is_some_and(|m| self.is_sequence_operator(op, m))
    }

    /// Whether a method is the `+` or `*` of a built-in sequence: as methods they raise, as operators they come after
    /// everything else (CPython's `sq_concat` and `sq_repeat`).
    fn is_sequence_operator(&self, op: BinaryOp, method: Value) -> bool {
        if !matches!(op, BinaryOp::Add | BinaryOp::Mul) {
            return false;
        }
        let owner = method.as_gc::<Builtin>().and_then(|b| b.owner.get()).and_then(|o| o.as_gc::<Type>());
        let t = &self.types;
        owner.is_some_and(|o| [t.str, t.list, t.tuple, t.bytes, t.bytearray].contains(&o))
    }

    /// The rest of `x op y` after the left operand's method answered NotImplemented.
    pub(crate) fn binary_reflected_only(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Value> {
        let (a, b) = (self.class_of(x), self.class_of(y));
        if a != b {
            if let Some(m) = self.special(b, BINARY[op as usize].reflected) {
                let v = self.call_method_value(m, y, &[x])?;
                if v != Value::NOT_IMPLEMENTED {
                    return Ok(v);
                }
            }
        }
        if matches!(op, BinaryOp::Add | BinaryOp::Mul) {
            if let Some(v) = self.sequence_binary(op, x, y)? {
                return Ok(v);
            }
        }
        Err(self.unsupported(op, x, y, false))
    }

    /// The result of `x op= y`. May run script code.
    pub fn binary_in_place(&mut self, op: BinaryOp, x: Value, y: Value) -> Result<Value> {
        let a = self.class_of(x);
        let is_plain = self.is_plain(a);
        if is_plain {
            // The other side's number methods come before what sequences do in place.
            let b = self.class_of(y);
            if !self.is_plain(b) && self.has_sequence_operator(op, x) {
                let right = self.special(b, BINARY[op as usize].reflected).filter(|m| !self.is_sequence_operator(op, *m));
                if let Some(m) = right {
                    let v = self.call_method_value(m, y, &[x])?;
                    if v != Value::NOT_IMPLEMENTED {
                        return Ok(v);
                    }
                }
            }
            if let Some(v) = self.native_in_place(op, x, y)? {
                return Ok(v);
            }
        }
        if let Some(d) = BINARY[op as usize].in_place {
            if let Some(m) = self.special(a, d).filter(|m| !(is_plain && self.is_sequence_operator(op, *m))) {
                let v = self.call_method_value(m, x, &[y])?;
                if v != Value::NOT_IMPLEMENTED {
                    return Ok(v);
                }
            }
        }
        let b = self.class_of(y);
        if self.is_plain(a) && self.is_plain(b) {
            if let Some(v) = self.native_binary(op, x, y)? {
                return Ok(v);
            }
        }
        match self.binary_by_methods(op, x, y, a, b)? {
            Some(v) => Ok(v),
            None => Err(self.unsupported(op, x, y, true)),
        }
    }

    #[cold]
    fn unsupported(&mut self, op: BinaryOp, x: Value, y: Value, in_place: bool) -> Raised {
        let (a, b) = (self.type_name(x), self.type_name(y));
        if op == BinaryOp::Add && self.has_sequence_operator(op, x) {
            if let Some(text) = self.concat_error(x, y) {
                return self.type_error(text);
            }
        }
        // With `*=` the other operand is tried only where the first has no slots of a sequence.
        if op == BinaryOp::Mul && (!in_place || self.is_sequence_kind(x) || !self.has_sequence_slots(x)) {
            if self.has_sequence_operator(op, x) || self.has_sequence_operator(op, y) {
                let other = if self.is_sequence_kind(x) { b } else { a };
                return self.type_error(format!("can't multiply sequence by non-int of type '{other}'"));
            }
        }
        let mut symbol = BINARY[op as usize].symbol.to_string();
        if in_place {
            symbol = if op == BinaryOp::Pow { "**=".to_string() } else { format!("{symbol}=") };
        }
        if op == BinaryOp::RShift
            && !in_place
            && a == "builtin_function_or_method"
            && x.as_gc::<crate::object::function::Builtin>().is_some_and(|f| f.def.name == "print")
        {
            return self.type_error(format!("unsupported operand type(s) for >>: '{a}' and '{b}'. Did you mean \"print(<message>, file=<output_stream>)\"?"));
        }
        self.type_error(format!("unsupported operand type(s) for {symbol}: '{a}' and '{b}'"))
    }

    /// `-x`. May run script code.
    pub fn negative(&mut self, x: Value) -> Result<Value> {
        self.unary(x, Dunder::Neg, "-")
    }

    /// `+x`. May run script code.
    pub fn positive(&mut self, x: Value) -> Result<Value> {
        self.unary(x, Dunder::Pos, "+")
    }

    /// `~x`. May run script code.
    pub fn invert(&mut self, x: Value) -> Result<Value> {
        self.unary(x, Dunder::Invert, "~")
    }

    fn unary(&mut self, x: Value, d: Dunder, symbol: &str) -> Result<Value> {
        let class = self.class_of(x);
        if self.is_plain(class) {
            if let Some(v) = self.native_unary(d, x) {
                return Ok(v);
            }
        }
        match self.call_special(x, d, &[])? {
            Some(v) => Ok(v),
            None => {
                let text = format!("bad operand type for unary {symbol}: '{}'", class.name_text());
                Err(self.type_error(text))
            }
        }
    }

    /// Rich comparison `x op y`: any value. May run script code.
    pub fn compare(&mut self, op: Compare, x: Value, y: Value) -> Result<Value> {
        let (a, b) = (self.class_of(x), self.class_of(y));
        if self.is_plain(a) && self.is_plain(b) {
            if let Some(t) = self.native_compare(op, x, y)? {
                return Ok(Value::bool(t));
            }
        }
        if a != b && b.is_subclass(a) {
            if let Some(v) = self.compare_method_call(op.swapped(), y, x, b)? {
                return Ok(v);
            }
            if let Some(v) = self.compare_method_call(op, x, y, a)? {
                return Ok(v);
            }
        } else {
            if let Some(v) = self.compare_method_call(op, x, y, a)? {
                return Ok(v);
            }
            if let Some(v) = self.compare_method_call(op.swapped(), y, x, b)? {
                return Ok(v);
            }
        }
        self.compare_default(op, x, y)
    }

    /// One side's method; `None`: absent or NotImplemented.
    fn compare_method_call(&mut self, op: Compare, x: Value, y: Value, class: Gc<Type>) -> Result<Option<Value>> {
        let Some(m) = self.special(class, op.method()) else {
            return Ok(None);
        };
        if Some(m) == self.object_compare[op as usize] {
            // `object`'s own: identity for ==; != asks == and inverts.
            if op == Compare::Ne {
                let Some(eq) = self.special(class, Dunder::Eq) else {
                    return Ok(None);
                };
                if Some(eq) == self.object_compare[Compare::Eq as usize] {
                    return Ok(None);
                }
                let v = self.call_method_value(eq, x, &[y])?;
                if v == Value::NOT_IMPLEMENTED {
                    return Ok(None);
                }
                let t = self.truth(v)?;
                return Ok(Some(Value::bool(!t)));
            }
            return Ok(None);
        }
        let v = self.call_method_value(m, x, &[y])?;
        Ok(if v == Value::NOT_IMPLEMENTED { None } else { Some(v) })
    }

    fn compare_default(&mut self, op: Compare, x: Value, y: Value) -> Result<Value> {
        match op {
            Compare::Eq => Ok(Value::bool(x == y)),
            Compare::Ne => Ok(Value::bool(x != y)),
            _ => {
                let text = format!("'{}' not supported between instances of '{}' and '{}'", op.symbol(), self.type_name(x), self.type_name(y));
                Err(self.type_error(text))
            }
        }
    }

    /// The rest of a comparison after the left operand's method answered NotImplemented.
    pub(crate) fn compare_reflected_only(&mut self, op: Compare, x: Value, y: Value) -> Result<Value> {
        let b = self.class_of(y);
        if let Some(v) = self.compare_method_call(op.swapped(), y, x, b)? {
            return Ok(v);
        }
        self.compare_default(op, x, y)
    }

    /// The truth of `x op y`. May run script code.
    pub fn compare_truth(&mut self, op: Compare, x: Value, y: Value) -> Result<bool> {
        let v = self.compare(op, x, y)?;
        self.truth(v)
    }

    /// `x is y or x == y`: how containers compare. May run script code.
    pub fn eq(&mut self, x: Value, y: Value) -> Result<bool> {
        if x == y {
            return Ok(true);
        }
        if let Some(t) = self.quick_eq(x, y) {
            return Ok(t);
        }
        self.compare_truth(Compare::Eq, x, y)
    }

    /// `x < y`, for sorting. May run script code.
    #[inline]
    pub fn less(&mut self, x: Value, y: Value) -> Result<bool> {
        if x.is_int() && y.is_int() {
            return Ok(x.int_value() < y.int_value());
        }
        self.compare_truth(Compare::Lt, x, y)
    }
}
