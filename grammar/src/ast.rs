//! The syntax tree: plain data with spans, no behaviour.
//!
//! Names and nesting follow Python's `ast` module (Python reference, "Abstract Grammar"), so that whoever
//! knows one knows the other. The tree is independent of pest. Its depth is limited by the parser
//! ([`MAX_DEPTH`]), also along left spines, so passes over it may recurse.

use num_bigint::BigInt;

/// Deepest nesting of a tree that the parser hands out. Deeper source is a recursion error, as in CPython.
pub const MAX_DEPTH: usize = 1500;

/// Byte offsets into the source text: `start` is the first byte, `end` one past the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// An interned identifier, NFKC-normalised; an index into [`Names`]. Private names (`__x` in a class) are
/// not mangled here; the compiler does that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(pub u32);

/// The identifiers of one parse.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub(crate) list: Vec<Box<str>>,
    pub(crate) map: std::collections::HashMap<Box<str>, u32, foldhash::fast::RandomState>,
}

impl Names {
    pub fn new() -> Names {
        Names::default()
    }

    /// The text of a name.
    pub fn text(&self, name: Name) -> &str {
        &self.list[name.0 as usize]
    }

    /// The name with this text, made when it is new.
    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(&n) = self.map.get(text) {
            return Name(n);
        }
        let n = self.list.len() as u32;
        self.list.push(text.into());
        self.map.insert(text.into(), n);
        Name(n)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A whole file, an `exec` text or one interactive statement.
#[derive(Clone, Debug)]
pub struct Module {
    pub body: Vec<Stmt>,
    pub names: Names,
}

/// What `eval` takes: one expression.
#[derive(Clone, Debug)]
pub struct Expression {
    pub body: Expr,
    pub names: Names,
}

#[derive(Clone, Debug)]
pub struct Stmt {
    pub span: Span,
    pub kind: StmtKind,
}

#[derive(Clone, Debug)]
pub enum StmtKind {
    Expr(Box<Expr>),
    /// `a = b = value`: the targets from left to right.
    Assign {
        targets: Vec<Expr>,
        value: Box<Expr>,
    },
    AugAssign {
        target: Box<Expr>,
        op: BinOp,
        value: Box<Expr>,
    },
    /// `simple`: the target is a bare name, not in parentheses.
    AnnAssign {
        target: Box<Expr>,
        annotation: Box<Expr>,
        value: Option<Box<Expr>>,
        simple: bool,
    },
    Return(Option<Box<Expr>>),
    Delete(Vec<Expr>),
    Pass,
    Break,
    Continue,
    Raise {
        exc: Option<Box<Expr>>,
        cause: Option<Box<Expr>>,
    },
    Assert {
        test: Box<Expr>,
        msg: Option<Box<Expr>>,
    },
    Global(Vec<Ident>),
    Nonlocal(Vec<Ident>),
    Import(Vec<Alias>),
    /// `from ..module import names`; a star import is one alias named `*`.
    ImportFrom {
        module: Option<DottedName>,
        names: Vec<Alias>,
        level: u32,
    },
    If {
        test: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    While {
        test: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    For(Box<For>),
    With(Box<With>),
    Try(Box<Try>),
    Match {
        subject: Box<Expr>,
        cases: Vec<MatchCase>,
    },
    FunctionDef(Box<FunctionDef>),
    ClassDef(Box<ClassDef>),
}

#[derive(Clone, Debug)]
pub struct For {
    pub target: Expr,
    pub iter: Expr,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
    pub is_async: bool,
}

#[derive(Clone, Debug)]
pub struct With {
    pub items: Vec<WithItem>,
    pub body: Vec<Stmt>,
    pub is_async: bool,
}

#[derive(Clone, Debug)]
pub struct WithItem {
    pub context: Expr,
    pub target: Option<Expr>,
}

#[derive(Clone, Debug)]
pub struct Try {
    pub body: Vec<Stmt>,
    pub handlers: Vec<ExceptHandler>,
    pub orelse: Vec<Stmt>,
    pub finally: Vec<Stmt>,
    /// The handlers are `except*`.
    pub star: bool,
}

#[derive(Clone, Debug)]
pub struct ExceptHandler {
    pub span: Span,
    pub typ: Option<Expr>,
    pub name: Option<Ident>,
    pub body: Vec<Stmt>,
}

#[derive(Clone, Debug)]
pub struct MatchCase {
    pub pattern: Pattern,
    pub guard: Option<Expr>,
    pub body: Vec<Stmt>,
}

#[derive(Clone, Debug)]
pub struct Pattern {
    pub span: Span,
    pub kind: PatternKind,
}

#[derive(Clone, Debug)]
pub enum PatternKind {
    /// Compared by `==`: a number, a string, a dotted name.
    Value(Box<Expr>),
    /// Compared by `is`: `None`, `True`, `False`.
    Singleton(Constant),
    Sequence(Vec<Pattern>),
    /// `rest` is the name after `**`.
    Mapping {
        keys: Vec<Expr>,
        patterns: Vec<Pattern>,
        rest: Option<Ident>,
    },
    Class {
        cls: Box<Expr>,
        patterns: Vec<Pattern>,
        kwd_attrs: Vec<Ident>,
        kwd_patterns: Vec<Pattern>,
    },
    /// `*name` or `*_` (`None`) inside a sequence.
    Star(Option<Ident>),
    /// `pattern as name`; a capture has no pattern, the wildcard `_` has neither.
    As {
        pattern: Option<Box<Pattern>>,
        name: Option<Ident>,
    },
    Or(Vec<Pattern>),
}

#[derive(Clone, Debug)]
pub struct FunctionDef {
    pub name: Ident,
    pub params: Parameters,
    pub body: Vec<Stmt>,
    pub decorators: Vec<Expr>,
    pub returns: Option<Expr>,
    pub is_async: bool,
    /// From `def` (not from the decorators); `Stmt::span` is the same.
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ClassDef {
    pub name: Ident,
    pub bases: Vec<Expr>,
    pub keywords: Vec<Keyword>,
    pub body: Vec<Stmt>,
    pub decorators: Vec<Expr>,
    pub span: Span,
}

/// A name and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Ident {
    pub name: Name,
    pub span: Span,
}

/// `a.b.c`, interned as one text with the dots.
#[derive(Clone, Copy, Debug)]
pub struct DottedName {
    pub name: Name,
    pub span: Span,
}

#[derive(Clone, Copy, Debug)]
pub struct Alias {
    /// With dots for `import a.b`; `*` for a star import.
    pub name: Name,
    pub asname: Option<Ident>,
    pub span: Span,
}

#[derive(Clone, Debug, Default)]
pub struct Parameters {
    pub posonly: Vec<Param>,
    pub args: Vec<Param>,
    pub vararg: Option<Param>,
    pub kwonly: Vec<Param>,
    pub kwarg: Option<Param>,
}

/// One parameter. `default` is only for `posonly`, `args` and `kwonly`.
#[derive(Clone, Debug)]
pub struct Param {
    pub name: Ident,
    pub annotation: Option<Box<Expr>>,
    pub default: Option<Box<Expr>>,
}

/// An argument `name=value`, or `**value` (no name).
#[derive(Clone, Debug)]
pub struct Keyword {
    pub name: Option<Ident>,
    pub value: Expr,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Expr {
    /// As CPython's: parentheses are outside, except those of tuples and generator expressions.
    pub span: Span,
    pub kind: ExprKind,
}

#[derive(Clone, Debug)]
pub enum ExprKind {
    Constant(Constant),
    Name(Name),
    /// `a and b and c` is one node.
    BoolOp {
        op: BoolOp,
        values: Vec<Expr>,
    },
    NamedExpr {
        target: Ident,
        value: Box<Expr>,
    },
    BinOp {
        left: Box<Expr>,
        op: BinOp,
        right: Box<Expr>,
    },
    UnaryOp {
        op: UnaryOp,
        operand: Box<Expr>,
    },
    Lambda(Box<Lambda>),
    IfExp {
        test: Box<Expr>,
        body: Box<Expr>,
        orelse: Box<Expr>,
    },
    /// Keys are `None` for `**mapping`.
    Dict {
        keys: Vec<Option<Expr>>,
        values: Vec<Expr>,
    },
    Set(Vec<Expr>),
    List(Vec<Expr>),
    Tuple(Vec<Expr>),
    ListComp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    SetComp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    DictComp {
        key: Box<Expr>,
        value: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    GeneratorExp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    Await(Box<Expr>),
    Yield(Option<Box<Expr>>),
    YieldFrom(Box<Expr>),
    /// `a < b < c`: `left` is `a`, `rest` is `[(<, b), (<, c)]`.
    Compare {
        left: Box<Expr>,
        rest: Vec<(CmpOp, Expr)>,
    },
    Call(Box<Call>),
    /// An f-string, or a concatenation that holds one.
    JoinedStr(Vec<FStringPart>),
    Attribute {
        value: Box<Expr>,
        attr: Ident,
    },
    Subscript {
        value: Box<Expr>,
        index: Box<Expr>,
    },
    /// `*value` in a call, display, target or subscript.
    Starred(Box<Expr>),
    /// Only inside `Subscript`'s index.
    Slice {
        lower: Option<Box<Expr>>,
        upper: Option<Box<Expr>>,
        step: Option<Box<Expr>>,
    },
}

#[derive(Clone, Debug)]
pub struct Call {
    pub func: Expr,
    /// Positional ones, `Starred` among them, in order.
    pub args: Vec<Expr>,
    pub keywords: Vec<Keyword>,
}

#[derive(Clone, Debug)]
pub struct Lambda {
    pub params: Parameters,
    pub body: Expr,
}

#[derive(Clone, Debug)]
pub struct Comprehension {
    pub target: Expr,
    pub iter: Expr,
    pub ifs: Vec<Expr>,
    pub is_async: bool,
}

#[derive(Clone, Debug)]
pub enum FStringPart {
    /// Generalised UTF-8, see [`Constant::Str`].
    Literal(Box<[u8]>),
    Field(Box<FStringField>),
}

#[derive(Clone, Debug)]
pub struct FStringField {
    pub span: Span,
    pub value: Expr,
    /// `!r`, `!s`, `!a` as the letter. `{x=}` without conversion and spec has `Some('r')` here.
    pub conversion: Option<char>,
    /// The parts of the format spec; empty means there is none.
    pub spec: Vec<FStringPart>,
    /// The text before the value of `{x = }`, blanks included, already a literal part before this field.
    pub is_debug: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    /// Only what does not fit [`Constant::Int`].
    BigInt(Box<BigInt>),
    Float(f64),
    /// The imaginary part.
    Complex(f64),
    /// UTF-8 generalised to surrogates (WTF-8 without the joining of pairs), since `"\ud800"` is a string.
    Str(Box<[u8]>),
    Bytes(Box<[u8]>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoolOp {
    And,
    Or,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Invert,
    Not,
    Pos,
    Neg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinOp {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}
