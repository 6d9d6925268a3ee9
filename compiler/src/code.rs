//! `Code`: one compiled function, class body, module or expression. Plain data; the VM makes its run-time form of it.

use std::rc::Rc;

use num_bigint::BigInt;

/// A compiled unit.
#[derive(Clone, Debug)]
pub struct Code {
    /// `f`, `<lambda>`, `<module>`, `<listcomp>`, … and for classes the class's name.
    pub name: Rc<str>,
    pub qualname: Rc<str>,
    pub filename: Rc<str>,
    pub kind: CodeKind,
    /// Line of `def`, of the first decorator when there is one, 1 for modules.
    pub first_line: u32,

    /// Positional-only parameters; they are the first of `arg_count`.
    pub posonly_count: u16,
    /// All positional parameters, in R[0] ….
    pub arg_count: u16,
    /// Keyword-only parameters, in the registers after those.
    pub kwonly_count: u16,
    /// `*args` follows in the next register.
    pub has_varargs: bool,
    /// `**kwargs` follows in the next register.
    pub has_varkw: bool,
    pub is_generator: bool,
    pub is_async: bool,
    /// Uses `LoadName`/`StoreName`; R[0] holds the namespace on entry.
    pub uses_namespace: bool,
    /// Defined inside another function (CO_NESTED).
    pub is_nested: bool,
    /// Parameters as names, in register order (`varnames` begins with them).
    pub param_names: Vec<u32>,

    /// Words of the register window.
    pub register_count: u32,
    /// Registers `[start, end)` that must be unbound on entry: locals that are not parameters and are
    /// not certainly assigned before they are read.
    pub unbound_on_entry: (u16, u16),
    pub instrs: Vec<u64>,
    pub consts: Vec<Const>,
    pub names: Vec<Rc<str>>,
    pub children: Vec<Rc<Code>>,
    /// For each free variable of this code, in order: its name and where the *enclosing* frame has the cell.
    pub free_vars: Vec<(Rc<str>, Capture)>,
    /// Index in `free_vars` of `__class__`, for `super()`.
    pub class_free: Option<u16>,
    /// Class bodies: the register of the cell `__class__`, which the body returns (else it returns None).
    pub class_cell: Option<u16>,
    /// Every local of the source (parameters too): name, register, and whether the register holds a cell.
    pub locals: Vec<Local>,
    /// Inner ranges come before the ranges that contain them: the first that covers the pc wins.
    pub exceptions: Vec<ExceptionEntry>,
    /// Sorted by `pc`; an entry holds from its pc to the next entry's.
    pub positions: Vec<Position>,
    pub docstring: Option<Rc<[u8]>>,
    /// Class bodies: how many different `self.NAME` the methods assign, to size instances.
    pub self_attribute_count: u16,
    /// Functions without docstring, defaults, etc. need nothing else; a hint for `inspect`.
    pub has_docstring: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    Module,
    /// One expression for `eval`: returns its value.
    Expression,
    /// An interactive statement.
    Interactive,
    Function,
    Lambda,
    Comprehension,
    Class,
}

/// Where MakeFunction finds the cell of a free variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    /// The register of the enclosing frame that holds the cell.
    Register(u16),
    /// A free variable of the enclosing function.
    Free(u16),
}

#[derive(Clone, Debug)]
pub struct Local {
    /// Index into `names`.
    pub name: u32,
    pub register: u16,
    pub is_cell: bool,
}

/// Instructions `[start, end)` (word indices) are covered by the handler at `target`, which finds the exception in `register`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExceptionEntry {
    pub start: u32,
    pub end: u32,
    pub target: u32,
    pub register: u16,
}

/// Source place of the instructions from `pc` on. Columns are byte offsets in the line, 0-based, as in CPython.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub pc: u32,
    pub line: u32,
    pub end_line: u32,
    pub column: u32,
    pub end_column: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    BigInt(Box<BigInt>),
    Float(f64),
    /// Real and imaginary part.
    Complex(f64, f64),
    /// UTF-8 generalised to surrogates.
    Str(Rc<[u8]>),
    Bytes(Rc<[u8]>),
    Tuple(Vec<Const>),
    /// Only for `in` tests on constant set displays.
    FrozenSet(Vec<Const>),
}

impl Code {
    /// The place of the instruction at word `pc`.
    pub fn position(&self, pc: u32) -> Option<Position> {
        let n = self.positions.partition_point(|p| p.pc <= pc);
        n.checked_sub(1).map(|n| self.positions[n])
    }

    /// All parameters: positional, keyword-only, `*args`, `**kwargs`.
    pub fn parameter_count(&self) -> u16 {
        self.arg_count + self.kwonly_count + self.has_varargs as u16 + self.has_varkw as u16
    }
}
