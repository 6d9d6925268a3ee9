//! Constant folding, with CPython's limits: what it folds, we fold; what it leaves to run time, so do we.

use gscript_grammar::ast::{BinOp, Constant, Expr, ExprKind, UnaryOp};
use num_bigint::BigInt;

use crate::code::Const;

/// Longest string or tuple made by repetition, longest int in bits.
const MAX_COLLECTION: usize = 256;
const MAX_STR: usize = 4096;
const MAX_INT_BITS: u64 = 128;

/// The value of an expression made of constants.
pub(crate) fn fold(e: &Expr) -> Option<Const> {
    if !may_be_constant(e) {
        return None;
    }
    match &e.kind {
        ExprKind::Constant(c) => Some(from_ast(c)),
        ExprKind::Tuple(items) => {
            let values: Option<Vec<Const>> = items.iter().map(fold).collect();
            values.map(Const::Tuple)
        }
        ExprKind::UnaryOp { op, operand } => unary(*op, &fold(operand)?),
        ExprKind::BinOp { left, op, right } => binary(*op, &fold(left)?, &fold(right)?),
        ExprKind::Subscript { value, index } => subscript(&fold(value)?, &fold(index)?),
        _ => None,
    }
}

/// A quick look at the leaves, so that expressions with a name in them cost little.
fn may_be_constant(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Constant(_) => true,
        ExprKind::Tuple(items) => items.iter().all(may_be_constant),
        ExprKind::UnaryOp { operand, .. } => may_be_constant(operand),
        // The right side first: long chains lean to the left.
        ExprKind::BinOp { left, right, .. } => may_be_constant(right) && may_be_constant(left),
        ExprKind::Subscript { value, index } => may_be_constant(index) && may_be_constant(value),
        _ => false,
    }
}

pub(crate) fn from_ast(c: &Constant) -> Const {
    match c {
        Constant::None => Const::None,
        Constant::True => Const::True,
        Constant::False => Const::False,
        Constant::Ellipsis => Const::Ellipsis,
        Constant::Int(n) => Const::Int(*n),
        Constant::BigInt(n) => Const::BigInt(n.clone()),
        Constant::Float(x) => Const::Float(*x),
        Constant::Complex(x) => Const::Complex(0.0, *x),
        Constant::Str(s) => Const::Str(s.as_ref().into()),
        Constant::Bytes(s) => Const::Bytes(s.as_ref().into()),
    }
}

/// A constant's truth.
pub(crate) fn truth(c: &Const) -> bool {
    match c {
        Const::None | Const::False => false,
        Const::True | Const::Ellipsis | Const::BigInt(_) => true,
        Const::Int(n) => *n != 0,
        Const::Float(x) => *x != 0.0,
        Const::Complex(x, y) => *x != 0.0 || *y != 0.0,
        Const::Str(s) | Const::Bytes(s) => !s.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
    }
}

fn bool_const(b: bool) -> Const {
    if b { Const::True } else { Const::False }
}

/// An int constant, small where it fits.
fn int_const(n: BigInt) -> Const {
    match i64::try_from(&n) {
        Ok(n) => Const::Int(n),
        Err(_) => Const::BigInt(Box::new(n)),
    }
}

/// Ints and bools as numbers.
fn as_int(c: &Const) -> Option<BigInt> {
    match c {
        Const::Int(n) => Some(BigInt::from(*n)),
        Const::BigInt(n) => Some((**n).clone()),
        Const::True => Some(BigInt::from(1)),
        Const::False => Some(BigInt::from(0)),
        _ => None,
    }
}

/// A number as float; ints only while exact, so that no rounding rule is ours.
fn as_float(c: &Const) -> Option<f64> {
    match c {
        Const::Float(x) => Some(*x),
        _ => {
            let n = i64::try_from(as_int(c)?).ok()?;
            (n.unsigned_abs() <= 1 << 53).then_some(n as f64)
        }
    }
}

fn as_complex(c: &Const) -> Option<(f64, f64)> {
    match c {
        Const::Complex(x, y) => Some((*x, *y)),
        _ => Some((as_float(c)?, 0.0)),
    }
}

fn unary(op: UnaryOp, c: &Const) -> Option<Const> {
    match op {
        UnaryOp::Not => Some(bool_const(!truth(c))),
        UnaryOp::Invert => Some(int_const(!as_int(c)?)),
        UnaryOp::Neg => match c {
            Const::Float(x) => Some(Const::Float(-x)),
            Const::Complex(x, y) => Some(Const::Complex(-x, -y)),
            _ => Some(int_const(-as_int(c)?)),
        },
        UnaryOp::Pos => match c {
            Const::Float(_) | Const::Complex(..) => Some(c.clone()),
            _ => Some(int_const(as_int(c)?)),
        },
    }
}

fn binary(op: BinOp, a: &Const, b: &Const) -> Option<Const> {
    if let (Const::True | Const::False, Const::True | Const::False) = (a, b) {
        let (x, y) = (truth(a), truth(b));
        match op {
            BinOp::BitAnd => return Some(bool_const(x && y)),
            BinOp::BitOr => return Some(bool_const(x || y)),
            BinOp::BitXor => return Some(bool_const(x != y)),
            _ => {}
        }
    }
    if let (Some(x), Some(y)) = (as_int(a), as_int(b)) {
        return int_binary(op, x, y);
    }
    match (a, b) {
        (Const::Str(_) | Const::Bytes(_) | Const::Tuple(_), _) | (_, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_)) => sequence_binary(op, a, b),
        (Const::Complex(..), _) | (_, Const::Complex(..)) => complex_binary(op, as_complex(a)?, as_complex(b)?),
        _ => float_binary(op, as_float(a)?, as_float(b)?),
    }
}

fn int_binary(op: BinOp, x: BigInt, y: BigInt) -> Option<Const> {
    let zero = BigInt::from(0);
    let result = match op {
        BinOp::Add => x + y,
        BinOp::Sub => x - y,
        BinOp::Mult => {
            if x.bits() + y.bits() > MAX_INT_BITS && x.bits() != 0 && y.bits() != 0 {
                return None;
            }
            x * y
        }
        BinOp::Div => {
            let (x, y) = (as_float(&int_const(x))?, as_float(&int_const(y))?);
            return float_binary(BinOp::Div, x, y);
        }
        BinOp::FloorDiv | BinOp::Mod => {
            if y == zero {
                return None;
            }
            let (mut q, mut r) = (&x / &y, &x % &y);
            if r != zero && (r < zero) != (y < zero) {
                q -= 1;
                r += &y;
            }
            if op == BinOp::FloorDiv { q } else { r }
        }
        BinOp::Pow => {
            if y < zero {
                let (x, y) = (as_float(&int_const(x))?, as_float(&int_const(y))?);
                return (x != 0.0).then(|| Const::Float(x.powf(y))).filter(finite);
            }
            let exponent = u32::try_from(&y).ok()?;
            if x.bits() != 0 && exponent != 0 && x.bits() > MAX_INT_BITS / exponent as u64 {
                return None;
            }
            // The bases 0, 1 and -1 pass the test of the size with any exponent below 128.
            x.pow(exponent)
        }
        BinOp::LShift => {
            let shift = u64::try_from(&y).ok()?;
            if x.bits() != 0 && (shift > MAX_INT_BITS || x.bits() > MAX_INT_BITS - shift) {
                return None;
            }
            if x == zero { x } else { x << shift }
        }
        BinOp::RShift => {
            let shift = u64::try_from(&y).ok()?;
            x >> shift.min(1 << 16)
        }
        BinOp::BitAnd => x & y,
        BinOp::BitOr => x | y,
        BinOp::BitXor => x ^ y,
        BinOp::MatMult => return None,
    };
    Some(int_const(result))
}

fn finite(c: &Const) -> bool {
    matches!(c, Const::Float(x) if x.is_finite())
}

fn float_binary(op: BinOp, x: f64, y: f64) -> Option<Const> {
    let result = match op {
        BinOp::Add => x + y,
        BinOp::Sub => x - y,
        BinOp::Mult => x * y,
        BinOp::Div if y != 0.0 => x / y,
        BinOp::Pow if x > 0.0 => return Some(Const::Float(x.powf(y))).filter(finite),
        // Remainders and other powers have rules of their own for signs and overflow: left to run time.
        _ => return None,
    };
    Some(Const::Float(result))
}

fn complex_binary(op: BinOp, x: (f64, f64), y: (f64, f64)) -> Option<Const> {
    match op {
        BinOp::Add => Some(Const::Complex(x.0 + y.0, x.1 + y.1)),
        BinOp::Sub => Some(Const::Complex(x.0 - y.0, x.1 - y.1)),
        _ => None,
    }
}

fn sequence_binary(op: BinOp, a: &Const, b: &Const) -> Option<Const> {
    match (op, a, b) {
        (BinOp::Add, Const::Str(x), Const::Str(y)) => Some(Const::Str(join(x, y)?)),
        (BinOp::Add, Const::Bytes(x), Const::Bytes(y)) => Some(Const::Bytes(join(x, y)?)),
        (BinOp::Add, Const::Tuple(x), Const::Tuple(y)) => Some(Const::Tuple(x.iter().chain(y).cloned().collect())),
        (BinOp::Mult, _, _) => match (as_int(a), as_int(b)) {
            (Some(n), None) => repeat(b, n),
            (None, Some(n)) => repeat(a, n),
            _ => None,
        },
        _ => None,
    }
}

/// Joined texts; a pair of surrogates that meets at the seam is two surrogates still, in this encoding.
fn join(x: &[u8], y: &[u8]) -> Option<std::rc::Rc<[u8]>> {
    (x.len() + y.len() <= 1 << 20).then(|| [x, y].concat().into())
}

fn repeat(c: &Const, n: BigInt) -> Option<Const> {
    let n = if n < BigInt::from(0) { 0 } else { usize::try_from(n).ok()? };
    match c {
        Const::Str(s) if characters(s).checked_mul(n)? <= MAX_STR => Some(Const::Str(s.repeat(n).into())),
        Const::Bytes(s) if s.len().checked_mul(n)? <= MAX_STR => Some(Const::Bytes(s.repeat(n).into())),
        Const::Tuple(items) if items.len().checked_mul(n)? <= MAX_COLLECTION => {
            if items.iter().any(|i| matches!(i, Const::Tuple(_))) && n > 1 {
                return None;
            }
            Some(Const::Tuple(items.iter().cycle().take(items.len() * n).cloned().collect()))
        }
        _ => None,
    }
}

/// Characters of a text: bytes that do not continue one.
fn characters(s: &[u8]) -> usize {
    s.iter().filter(|&&b| b & 0xC0 != 0x80).count()
}

fn subscript(value: &Const, index: &Const) -> Option<Const> {
    let n = i64::try_from(as_int(index)?).ok()?;
    let at = |len: usize| {
        let n = if n < 0 { n + len as i64 } else { n };
        usize::try_from(n).ok().filter(|&n| n < len)
    };
    match value {
        Const::Tuple(items) => Some(items[at(items.len())?].clone()),
        Const::Bytes(s) => Some(Const::Int(s[at(s.len())?] as i64)),
        Const::Str(s) if s.is_ascii() => {
            let i = at(s.len())?;
            Some(Const::Str(s[i..i + 1].into()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(n: i64) -> Const {
        Const::Int(n)
    }

    #[test]
    fn ints_divide_as_python_does() {
        for (a, b, q, r) in [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1)] {
            assert_eq!(binary(BinOp::FloorDiv, &int(a), &int(b)), Some(int(q)));
            assert_eq!(binary(BinOp::Mod, &int(a), &int(b)), Some(int(r)));
        }
        assert_eq!(binary(BinOp::Mod, &int(1), &int(0)), None);
    }

    #[test]
    fn sizes_are_limited() {
        assert_eq!(binary(BinOp::Pow, &int(2), &int(100)).is_some(), 2 <= 128 / 100);
        assert!(binary(BinOp::Pow, &int(2), &int(64)).is_some());
        assert!(binary(BinOp::LShift, &int(1), &int(1000)).is_none());
        assert!(binary(BinOp::Mult, &Const::Str((*b"ab").into()), &int(5000)).is_none());
        assert_eq!(binary(BinOp::Mult, &int(2), &Const::Str((*b"ab").into())), Some(Const::Str((*b"abab").into())));
        assert_eq!(binary(BinOp::RShift, &int(-5), &int(1)), Some(int(-3)));
    }

    #[test]
    fn signs_of_zero_stay() {
        let minus = unary(UnaryOp::Neg, &Const::Float(0.0)).unwrap();
        assert!(matches!(minus, Const::Float(x) if x.is_sign_negative()));
        assert_eq!(unary(UnaryOp::Pos, &Const::True), Some(int(1)));
    }
}
