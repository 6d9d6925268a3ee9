//! Questions about expressions: does one hold a walrus, or a `yield`, of this block?

use gscript_grammar::ast::*;

/// Whether the expression assigns by `:=` in its own block (not in a lambda or comprehension in it).
pub(super) fn has_walrus(e: &Expr) -> bool {
    let all = |list: &[Expr]| list.iter().any(has_walrus);
    let opt = |e: &Option<Box<Expr>>| e.as_deref().is_some_and(has_walrus);
    match &e.kind {
        ExprKind::NamedExpr { .. } => true,
        ExprKind::Constant(_) | ExprKind::Name(_) => false,
        ExprKind::BoolOp { values, .. } => all(values),
        ExprKind::BinOp { left, right, .. } => has_walrus(left) || has_walrus(right),
        ExprKind::UnaryOp { operand, .. } => has_walrus(operand),
        ExprKind::Lambda(l) => {
            let p = &l.params;
            p.posonly.iter().chain(&p.args).chain(&p.kwonly).any(|p| opt(&p.default))
        }
        ExprKind::IfExp { test, body, orelse } => has_walrus(test) || has_walrus(body) || has_walrus(orelse),
        ExprKind::Dict { keys, values } => keys.iter().flatten().any(has_walrus) || all(values),
        ExprKind::Set(items) | ExprKind::List(items) | ExprKind::Tuple(items) => all(items),
        ExprKind::ListComp { generators, .. }
        | ExprKind::SetComp { generators, .. }
        | ExprKind::DictComp { generators, .. }
        | ExprKind::GeneratorExp { generators, .. } => has_walrus(&generators[0].iter),
        ExprKind::Await(v) | ExprKind::YieldFrom(v) | ExprKind::Starred(v) => has_walrus(v),
        ExprKind::Yield(v) => opt(v),
        ExprKind::Compare { left, rest } => has_walrus(left) || rest.iter().any(|(_, r)| has_walrus(r)),
        ExprKind::Call(c) => has_walrus(&c.func) || all(&c.args) || c.keywords.iter().any(|k| has_walrus(&k.value)),
        ExprKind::JoinedStr(parts) => fstring_has_walrus(parts),
        ExprKind::Attribute { value, .. } => has_walrus(value),
        ExprKind::Subscript { value, index } => has_walrus(value) || has_walrus(index),
        ExprKind::Slice { lower, upper, step } => opt(lower) || opt(upper) || opt(step),
    }
}

fn fstring_has_walrus(parts: &[FStringPart]) -> bool {
    parts.iter().any(|p| match p {
        FStringPart::Literal(_) => false,
        FStringPart::Field(f) => has_walrus(&f.value) || fstring_has_walrus(&f.spec),
    })
}

/// Calls `found` with each name that assigning to `target` binds.
pub(super) fn target_names(target: &Expr, found: &mut dyn FnMut(Name)) {
    match &target.kind {
        ExprKind::Name(n) => found(*n),
        ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|i| target_names(i, found)),
        ExprKind::Starred(inner) => target_names(inner, found),
        _ => {}
    }
}
