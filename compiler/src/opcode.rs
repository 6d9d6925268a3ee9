//! THE table of opcodes: name, operands, extra words, meaning.
//!
//! An instruction is one 64-bit word, lowest bits first:
//!
//! ```text
//!   63        48 47        32 31        16 15         0
//!  +------------+------------+------------+------------+
//!  |     c      |     b      |     a      |   opcode   |
//!  +------------+------------+------------+------------+
//!               |<----------- bc -------->|   wide operands (Const32, Imm32, Jump32) use b and c together,
//!                                             b the low half
//! ```
//!
//! Some opcodes are followed by *extra* words: `data` words hold a further operand and are written by the
//! emitter, `cache` words are the inline cache, written as zero by the emitter and owned by the VM.
//!
//! **Registers.** `R[n]` is the n-th word of the frame's window. Parameters come first (positional, keyword-only,
//! `*args`, `**kwargs`), then other locals, then temporaries. A register holds a value or the word 0, "unbound".
//! The [`FRAME_WORDS`] words before `R[0]` are the frame's record.
//!
//! **Calls.** A call has a *base* register `a`: `R[a]` is the callee, `R[a+1] .. R[a+FRAME_WORDS-1]` are left free
//! for the callee's frame record and `R[a+FRAME_WORDS] ..` are the arguments, where the callee's window will begin.
//! A call destroys everything from `R[a]` on; no live temporary may stand there.
//!
//! **Jumps** are counted in words from the word *after* the whole instruction (its extra words included).
//! Only [`Opcode::Loop`] jumps backwards.
//!
//! A row here generates the enum, the encoder's checks, the disassembler and the verifier; the VM's handler
//! tables are generated from [`for_each_opcode`], so a missing handler does not compile.

/// Words of a frame record, in front of each register window.
pub const FRAME_WORDS: u16 = 4;

/// "No register" where an operand is optional.
pub const NO_REG: u16 = 0xFFFF;

/// What an operand field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// Unused, zero.
    No,
    /// A register that is written.
    Dst,
    /// A register that is read.
    Src,
    /// A register that is read, or [`NO_REG`].
    SrcOpt,
    /// A register that is read and written.
    Mut,
    /// The first of several consecutive registers; how many and which way, the row's text says.
    Base,
    /// A signed number.
    Imm,
    /// An unsigned number.
    Count,
    /// An index into `Code::names`.
    Name,
    /// An index into `Code::children`.
    Child,
    /// An index into the free variables of the function.
    Free,
    /// A signed jump distance in `c`.
    Jump16,
    /// A signed jump distance in `bc` (stands in the place of `b`).
    Jump32,
    /// An index into `Code::consts` in `bc` (stands in the place of `b`).
    Const32,
    /// A signed number in `bc` (stands in the place of `b`).
    Imm32,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct OpInfo {
    pub name: &'static str,
    pub operands: [Operand; 3],
    /// Words after the instruction that hold a further operand.
    pub data: u8,
    /// Words after those that belong to the VM's inline cache.
    pub cache: u8,
}

impl OpInfo {
    /// Words of the whole instruction.
    pub const fn len(&self) -> usize {
        1 + self.data as usize + self.cache as usize
    }

    pub const fn is_empty(&self) -> bool {
        false
    }
}

macro_rules! opcodes {
    ($($(#[doc = $doc:literal])* $name:ident($a:ident, $b:ident, $c:ident) data $data:literal cache $cache:literal;)*) => {
        /// An operation of the register machine. The meaning of each stands in the table in this file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub enum Opcode { $($(#[doc = $doc])* $name,)* }

        /// The rows, by opcode number.
        pub static OPCODES: &[OpInfo] = &[
            $(OpInfo {
                name: stringify!($name),
                operands: [Operand::$a, Operand::$b, Operand::$c],
                data: $data,
                cache: $cache,
            },)*
        ];

        /// All opcodes in order of their numbers.
        pub static ALL: &[Opcode] = &[$(Opcode::$name,)*];

        /// Calls `$callback! { Name, Name, ... }` with every opcode in order of their numbers.
        #[macro_export]
        macro_rules! for_each_opcode {
            ($callback:ident) => { $callback! { $($name,)* } };
        }
    };
}

opcodes! {
    /// Does nothing.
    Nop(No, No, No) data 0 cache 0;

    // ---- moves and constants ----
    /// R[a] = R[b].
    Move(Dst, Src, No) data 0 cache 0;
    /// R[a] = consts[bc]. Cache: the value itself, written when the VM loads the code.
    LoadConst(Dst, Const32, No) data 0 cache 1;
    /// R[a] = the int bc.
    LoadInt(Dst, Imm32, No) data 0 cache 0;
    /// R[a] = None.
    LoadNone(Dst, No, No) data 0 cache 0;
    /// R[a] = True.
    LoadTrue(Dst, No, No) data 0 cache 0;
    /// R[a] = False.
    LoadFalse(Dst, No, No) data 0 cache 0;

    // ---- locals, cells, globals, names ----
    /// Raises UnboundLocalError for the local names[b] when R[a] is unbound.
    CheckBound(Src, Name, No) data 0 cache 0;
    /// R[a] becomes unbound; no check.
    Unbind(Dst, No, No) data 0 cache 0;
    /// R[a] = a new cell that holds R[a] (unbound allowed). In the prologue, for each captured local.
    MakeCell(Mut, No, No) data 0 cache 0;
    /// R[a] = content of the cell R[b]; UnboundLocalError for names[c] when empty.
    CellGet(Dst, Src, Name) data 0 cache 0;
    /// The cell R[a] holds R[b] now.
    CellSet(Src, Src, No) data 0 cache 0;
    /// The cell R[a] becomes empty; UnboundLocalError for names[b] when it was.
    CellDel(Src, Name, No) data 0 cache 0;
    /// R[a] = content of free variable b; NameError "cannot access free variable" for names[c] when empty.
    FreeGet(Dst, Free, Name) data 0 cache 0;
    /// Free variable a holds R[b] now.
    FreeSet(Free, Src, No) data 0 cache 0;
    /// Free variable a becomes empty; NameError for names[b] when it was.
    FreeDel(Free, Name, No) data 0 cache 0;
    /// R[a] = the global, else built-in, names[b]; NameError. Cache: globals version, slot address, built-ins version.
    LoadGlobal(Dst, Name, No) data 0 cache 3;
    /// The global names[b] = R[a]. Cache: globals version, slot address.
    StoreGlobal(Src, Name, No) data 0 cache 2;
    /// Deletes the global names[b]; NameError.
    DelGlobal(No, Name, No) data 0 cache 0;
    /// R[a] = names[b] looked up in the namespace R[0], then globals, then built-ins; NameError.
    /// For class bodies and for code given to `exec`/`eval`/`compile`: there R[0] holds the namespace mapping.
    LoadName(Dst, Name, No) data 0 cache 0;
    /// Namespace R[0] [names[b]] = R[a].
    StoreName(Src, Name, No) data 0 cache 0;
    /// del namespace R[0] [names[b]]; NameError.
    DelName(No, Name, No) data 0 cache 0;
    /// R[a] = names[c] in the namespace R[0], else the content of free variable b; NameError as FreeGet.
    LoadClassFree(Dst, Free, Name) data 0 cache 0;

    // ---- attributes and items ----
    /// R[a] = R[b].names[c].
    GetAttr(Dst, Src, Name) data 0 cache 3;
    /// R[a].names[b] = R[c].
    SetAttr(Src, Name, Src) data 0 cache 3;
    /// del R[a].names[b].
    DelAttr(Src, Name, No) data 0 cache 0;
    /// Prepares CallMethod: for R[b].names[c] found as a plain function of the class, R[a] = the function and
    /// R[a+FRAME_WORDS] = R[b]; else R[a] = the attribute and R[a+FRAME_WORDS] becomes unbound. b may be a.
    LoadMethod(Base, Src, Name) data 0 cache 3;
    /// R[a] = R[b][R[c]].
    GetItem(Dst, Src, Src) data 0 cache 0;
    /// R[a] = R[b][c].
    GetItemImm(Dst, Src, Imm) data 0 cache 0;
    /// R[a][R[b]] = R[c].
    SetItem(Src, Src, Src) data 0 cache 0;
    /// del R[a][R[b]].
    DelItem(Src, Src, No) data 0 cache 0;
    /// R[a] = R[b][R[c]:R[c+1]].
    GetSlice(Dst, Src, Base) data 0 cache 0;
    /// R[a] = slice(R[b], R[b+1], R[b+2]).
    BuildSlice(Dst, Base, No) data 0 cache 0;

    // ---- arithmetic ----
    /// R[a] = R[b] + R[c]; the others alike.
    Add(Dst, Src, Src) data 0 cache 0;
    Sub(Dst, Src, Src) data 0 cache 0;
    Mul(Dst, Src, Src) data 0 cache 0;
    MatMul(Dst, Src, Src) data 0 cache 0;
    Div(Dst, Src, Src) data 0 cache 0;
    FloorDiv(Dst, Src, Src) data 0 cache 0;
    Mod(Dst, Src, Src) data 0 cache 0;
    Pow(Dst, Src, Src) data 0 cache 0;
    LShift(Dst, Src, Src) data 0 cache 0;
    RShift(Dst, Src, Src) data 0 cache 0;
    BitAnd(Dst, Src, Src) data 0 cache 0;
    BitOr(Dst, Src, Src) data 0 cache 0;
    BitXor(Dst, Src, Src) data 0 cache 0;
    /// R[a] = result of `R[b] += R[c]`, which may be R[b] itself changed; the others alike.
    IAdd(Dst, Src, Src) data 0 cache 0;
    ISub(Dst, Src, Src) data 0 cache 0;
    IMul(Dst, Src, Src) data 0 cache 0;
    IMatMul(Dst, Src, Src) data 0 cache 0;
    IDiv(Dst, Src, Src) data 0 cache 0;
    IFloorDiv(Dst, Src, Src) data 0 cache 0;
    IMod(Dst, Src, Src) data 0 cache 0;
    IPow(Dst, Src, Src) data 0 cache 0;
    ILShift(Dst, Src, Src) data 0 cache 0;
    IRShift(Dst, Src, Src) data 0 cache 0;
    IBitAnd(Dst, Src, Src) data 0 cache 0;
    IBitOr(Dst, Src, Src) data 0 cache 0;
    IBitXor(Dst, Src, Src) data 0 cache 0;
    /// R[a] = R[b] + c; the others alike.
    AddImm(Dst, Src, Imm) data 0 cache 0;
    SubImm(Dst, Src, Imm) data 0 cache 0;
    MulImm(Dst, Src, Imm) data 0 cache 0;
    FloorDivImm(Dst, Src, Imm) data 0 cache 0;
    ModImm(Dst, Src, Imm) data 0 cache 0;
    BitAndImm(Dst, Src, Imm) data 0 cache 0;
    LShiftImm(Dst, Src, Imm) data 0 cache 0;
    RShiftImm(Dst, Src, Imm) data 0 cache 0;
    /// R[a] = result of `R[b] += c`.
    IAddImm(Dst, Src, Imm) data 0 cache 0;
    /// R[a] = result of `R[b] -= c`.
    ISubImm(Dst, Src, Imm) data 0 cache 0;
    /// R[a] = -R[b].
    Neg(Dst, Src, No) data 0 cache 0;
    /// R[a] = +R[b].
    Pos(Dst, Src, No) data 0 cache 0;
    /// R[a] = ~R[b].
    Invert(Dst, Src, No) data 0 cache 0;
    /// R[a] = not R[b].
    Not(Dst, Src, No) data 0 cache 0;

    // ---- comparison ----
    /// R[a] = R[b] == R[c] (any object, as rich comparison gives it); the others alike.
    Eq(Dst, Src, Src) data 0 cache 0;
    Ne(Dst, Src, Src) data 0 cache 0;
    Lt(Dst, Src, Src) data 0 cache 0;
    Le(Dst, Src, Src) data 0 cache 0;
    Gt(Dst, Src, Src) data 0 cache 0;
    Ge(Dst, Src, Src) data 0 cache 0;
    /// R[a] = R[b] is R[c].
    Is(Dst, Src, Src) data 0 cache 0;
    IsNot(Dst, Src, Src) data 0 cache 0;
    /// R[a] = R[b] in R[c].
    In(Dst, Src, Src) data 0 cache 0;
    NotIn(Dst, Src, Src) data 0 cache 0;

    // ---- jumps ----
    /// pc += bc, forwards.
    Jump(No, Jump32, No) data 0 cache 0;
    /// pc += bc, backwards, with a poll. Every cycle of the flow graph has one.
    Loop(No, Jump32, No) data 0 cache 0;
    /// Jumps when R[a] is true.
    JumpIfTrue(Src, Jump32, No) data 0 cache 0;
    /// Jumps when R[a] is false.
    JumpIfFalse(Src, Jump32, No) data 0 cache 0;
    /// Jumps when R[a] is None.
    JumpIfNone(Src, Jump32, No) data 0 cache 0;
    JumpIfNotNone(Src, Jump32, No) data 0 cache 0;
    /// Jumps when R[a] is R[b].
    JumpIfIs(Src, Src, Jump16) data 0 cache 0;
    JumpIfIsNot(Src, Src, Jump16) data 0 cache 0;
    /// Jumps when `R[a] == R[b]` is true; the others alike.
    JumpIfEq(Src, Src, Jump16) data 0 cache 0;
    JumpIfNe(Src, Src, Jump16) data 0 cache 0;
    JumpIfLt(Src, Src, Jump16) data 0 cache 0;
    JumpIfLe(Src, Src, Jump16) data 0 cache 0;
    JumpIfGt(Src, Src, Jump16) data 0 cache 0;
    JumpIfGe(Src, Src, Jump16) data 0 cache 0;
    /// Jumps when `R[a] == R[b]` is not true (not the same as `!=`); the others alike.
    JumpIfNotEq(Src, Src, Jump16) data 0 cache 0;
    JumpIfNotNe(Src, Src, Jump16) data 0 cache 0;
    JumpIfNotLt(Src, Src, Jump16) data 0 cache 0;
    JumpIfNotLe(Src, Src, Jump16) data 0 cache 0;
    JumpIfNotGt(Src, Src, Jump16) data 0 cache 0;
    JumpIfNotGe(Src, Src, Jump16) data 0 cache 0;
    /// Jumps when `R[a] == b` (b a signed number) is true; the others alike.
    JumpIfEqImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfNeImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfLtImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfLeImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfGtImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfGeImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfNotEqImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfNotNeImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfNotLtImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfNotLeImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfNotGtImm(Src, Imm, Jump16) data 0 cache 0;
    JumpIfNotGeImm(Src, Imm, Jump16) data 0 cache 0;
    /// Jumps when `R[a] in R[b]` is true.
    JumpIfIn(Src, Src, Jump16) data 0 cache 0;
    /// Jumps when `R[a] in R[b]` is false.
    JumpIfNotIn(Src, Src, Jump16) data 0 cache 0;

    // ---- iteration ----
    /// R[a] = iter(R[b]).
    GetIter(Dst, Src, No) data 0 cache 0;
    /// R[a] = next(R[b]), or jumps (R[a] unchanged) when there is none.
    ForIter(Dst, Src, Jump16) data 0 cache 0;
    /// R[a], R[a+1] … (c of them) = the items of R[b]; ValueError when there are more or fewer. The targets may be
    /// variables that a handler reads: nothing is written before all items are there.
    Unpack(Base, Src, Count) data 0 cache 0;
    /// As Unpack with a starred target: c targets before it, `data` after it; R[a+c] gets the list.
    UnpackEx(Base, Src, Count) data 1 cache 0;

    // ---- calls and functions ----
    /// Behind `open(…).method(…)`: closes the file R[a], which is stored nowhere, when R[c] is the built-in `open`
    /// and R[b], the result of the method, is not the file itself.
    CloseUnstored(Src, Src, Src) data 0 cache 0;
    /// R[c] = R[a](R[a+FRAME_WORDS] …), b positional arguments.
    Call(Base, Count, Dst) data 0 cache 2;
    /// As Call after LoadMethod: b arguments from R[a+FRAME_WORDS+1] on, besides the one that LoadMethod placed.
    CallMethod(Base, Count, Dst) data 0 cache 2;
    /// As Call; the last arguments (as many as consts[data], a tuple of names, has) are keyword ones. b counts all.
    CallKw(Base, Count, Dst) data 1 cache 2;
    /// As CallMethod with keyword arguments as in CallKw.
    CallMethodKw(Base, Count, Dst) data 1 cache 2;
    /// R[c] = R[a](*R[a+FRAME_WORDS], **R[a+FRAME_WORDS+1]): a tuple or list; a dict when b is 1, absent when b is 0.
    CallEx(Base, Count, Dst) data 0 cache 0;
    /// Leaves the function with R[a].
    Return(Src, No, No) data 0 cache 0;
    /// Leaves the function with None.
    ReturnNone(No, No, No) data 0 cache 0;
    /// R[a] = a function of children[b]; its cells are taken from this frame by the child's `captures`.
    MakeFunction(Dst, Child, No) data 0 cache 0;
    /// Sets of the function R[a] (fresh from MakeFunction): c = 0 the tuple of defaults, 1 the dict of
    /// keyword-only defaults, 2 the dict of annotations: R[b].
    SetFunction(Src, Src, Count) data 0 cache 0;
    /// R[a] = the built-in `__build_class__`; then Call with (function of the body, name, bases …).
    LoadBuildClass(Dst, No, No) data 0 cache 0;

    // ---- displays ----
    /// R[a] = [R[b], …], c items; the others alike.
    BuildList(Dst, Base, Count) data 0 cache 0;
    BuildTuple(Dst, Base, Count) data 0 cache 0;
    BuildSet(Dst, Base, Count) data 0 cache 0;
    /// R[a] = {R[b]: R[b+1], …}, c pairs.
    BuildDict(Dst, Base, Count) data 0 cache 0;
    /// Appends R[b] to the list R[a].
    ListAppend(Src, Src, No) data 0 cache 0;
    /// Appends the items of R[b] to the list R[a]; TypeError "Value after * must be an iterable, not int". For the
    /// only `*` of a call R[c] is the callee and the message "f() argument after * must be an iterable, not int".
    ListExtend(Src, Src, SrcOpt) data 0 cache 0;
    /// Adds R[b] to the set R[a].
    SetAdd(Src, Src, No) data 0 cache 0;
    /// Adds the items of R[b] to the set R[a].
    SetUpdate(Src, Src, No) data 0 cache 0;
    /// The dict R[a] gets R[b]: R[c].
    DictSet(Src, Src, Src) data 0 cache 0;
    /// The dict R[a] gets the items of the mapping R[b] (`{**m}`); TypeError "'int' object is not a mapping".
    DictUpdate(Src, Src, No) data 0 cache 0;
    /// As DictUpdate for keyword arguments of the callee R[c]; a key twice, or one that is no str, is a TypeError.
    DictMerge(Src, Src, Src) data 0 cache 0;
    /// R[a] = tuple(R[b]), a list made for this purpose.
    ListToTuple(Dst, Src, No) data 0 cache 0;

    // ---- text ----
    /// R[a] = str, repr or ascii (c = 1, 2, 3) of R[b].
    Convert(Dst, Src, Count) data 0 cache 0;
    /// R[a] = format(R[b], "").
    FormatValue(Dst, Src, No) data 0 cache 0;
    /// R[a] = format(R[b], R[c]).
    FormatSpec(Dst, Src, Src) data 0 cache 0;
    /// R[a] = the strings R[b] …, c of them, joined.
    JoinStr(Dst, Base, Count) data 0 cache 0;

    // ---- generators ----
    /// First instruction of a generator function: makes the generator from this frame and returns it.
    MakeGenerator(No, No, No) data 0 cache 0;
    /// Gives R[b] to the resumer; when resumed R[a] = the value sent. c: 0, or 1 + the register of the
    /// sub-iterator when this is the yield of a `yield from` (throw and close are passed on to it).
    Yield(Dst, Src, Count) data 0 cache 0;
    /// R[a] = the iterator that `yield from R[b]` runs.
    GetYieldFromIter(Dst, Src, No) data 0 cache 0;
    /// Sends R[c] to the iterator R[b]: R[a] = what it yields; when it ends R[a] = its return value and pc += data
    /// (a signed number). `L: Send a b c → done; Yield c a (b+1); Loop L; done:` is a `yield from`.
    Send(Dst, Src, Src) data 1 cache 0;
    /// Raises the refusal of `async def`. The only instruction of such a function besides ReturnNone.
    RefuseAsync(No, No, No) data 0 cache 0;

    // ---- exceptions, with ----
    /// raise R[a] from R[b]; without R[b] no `from`; without R[a] a bare `raise`.
    Raise(SrcOpt, SrcOpt, No) data 0 cache 0;
    /// Raises the exception R[a] again, its traceback and context as they are: the end of `finally`, of `except`
    /// clauses of which none matched, of clean-up handlers.
    Reraise(Src, No, No) data 0 cache 0;
    /// R[a] = the exception being handled so far (or None); R[b] is the one being handled now.
    PushHandled(Dst, Src, No) data 0 cache 0;
    /// R[a] (from PushHandled) is the exception being handled again.
    PopHandled(Src, No, No) data 0 cache 0;
    /// R[a] = whether the exception R[b] matches R[c], a class or a tuple of classes; TypeError otherwise.
    MatchExc(Dst, Src, Src) data 0 cache 0;
    /// `except* R[c]` on R[b] (an exception, a group or None): R[a] = the matching part or None, R[a+1] = the rest or None.
    /// A naked exception that matches is wrapped in a group.
    MatchExcStar(Base, Src, Src) data 0 cache 0;
    /// R[a] = what is to be raised after `except*` clauses, or None: from the original R[b] and the list R[c] of
    /// exceptions raised in the clauses and the unhandled rest.
    PrepareReraiseStar(Dst, Src, Src) data 0 cache 0;
    /// Enters the context manager R[b]: R[a] and R[a+1] are kept for the exit, R[a+2] = what `__enter__` returned.
    WithEnter(Base, Src, No) data 0 cache 0;
    /// Leaves normally what WithEnter with the same a entered; the result is dropped.
    WithExit(Base, No, No) data 0 cache 0;
    /// Leaves with the exception R[b]; R[c] = what `__exit__` returned (true: swallowed).
    WithExitExc(Base, Src, Dst) data 0 cache 0;
    /// R[a] = the built-in class AssertionError.
    LoadAssertionError(Dst, No, No) data 0 cache 0;

    // ---- imports ----
    /// R[a] = the module names[b] (with dots: the top package unless there is a from-list);
    /// R[c] = None or the tuple of names of `from … import`, R[c+1] = level.
    ImportName(Dst, Name, Base) data 0 cache 0;
    /// R[a] = names[c] of the module R[b]; ImportError.
    ImportFrom(Dst, Src, Name) data 0 cache 0;
    /// Puts all public names of the module R[a] into the namespace (globals, or R[0] in name mode).
    ImportStar(Src, No, No) data 0 cache 0;

    // ---- pattern matching ----
    /// R[a] = whether R[b] matches a sequence pattern at all.
    MatchSequence(Dst, Src, No) data 0 cache 0;
    /// R[a] = whether R[b] is a mapping.
    MatchMapping(Dst, Src, No) data 0 cache 0;
    /// R[a] = tuple of the values of the keys R[c] (a tuple) in the mapping R[b], or None when one is missing.
    MatchKeys(Dst, Src, Src) data 0 cache 0;
    /// R[a] = tuple of attributes when R[b] is an instance of the class R[c], else None: `data` positional ones by
    /// `__match_args__`, then those named in the tuple R[c+1].
    MatchClass(Dst, Src, Base) data 1 cache 0;
    /// R[a] = dict of the mapping R[b] without the keys R[c] (a tuple).
    MatchRest(Dst, Src, Src) data 0 cache 0;
    /// R[a] = len(R[b]) for patterns.
    GetLen(Dst, Src, No) data 0 cache 0;

    // ---- the rest ----
    /// R[a] = the dict `__annotations__` of the module or class namespace, made when absent.
    LoadAnnotations(Dst, No, No) data 0 cache 0;
    /// Shows R[a] through `sys.displayhook`: an expression statement at the prompt.
    PrintExpr(Src, No, No) data 0 cache 0;
}

impl Opcode {
    /// The row of this opcode.
    pub fn info(self) -> &'static OpInfo {
        &OPCODES[self as usize]
    }

    /// The opcode with this number.
    pub fn from_number(n: u16) -> Option<Opcode> {
        ALL.get(n as usize).copied()
    }
}

/// One instruction word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Instr(pub u64);

impl Instr {
    pub const fn new(op: Opcode, a: u16, b: u16, c: u16) -> Instr {
        Instr(op as u64 | (a as u64) << 16 | (b as u64) << 32 | (c as u64) << 48)
    }

    /// With the wide operand `bc`.
    pub const fn wide(op: Opcode, a: u16, bc: i32) -> Instr {
        Instr(op as u64 | (a as u64) << 16 | ((bc as u32 as u64) << 32))
    }

    pub const fn op_number(self) -> u16 {
        self.0 as u16
    }

    pub fn op(self) -> Option<Opcode> {
        Opcode::from_number(self.0 as u16)
    }

    pub const fn a(self) -> u16 {
        (self.0 >> 16) as u16
    }

    pub const fn b(self) -> u16 {
        (self.0 >> 32) as u16
    }

    pub const fn c(self) -> u16 {
        (self.0 >> 48) as u16
    }

    pub const fn bc(self) -> i32 {
        (self.0 >> 32) as u32 as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back() {
        let i = Instr::new(Opcode::Add, 1, 2, 65535);
        assert_eq!((i.op(), i.a(), i.b(), i.c()), (Some(Opcode::Add), 1, 2, 65535));
        let j = Instr::wide(Opcode::Jump, 7, -3);
        assert_eq!((j.op(), j.a(), j.bc()), (Some(Opcode::Jump), 7, -3));
    }

    #[test]
    fn numbers_are_rows() {
        for (n, &op) in ALL.iter().enumerate() {
            assert_eq!(op as usize, n);
            assert_eq!(format!("{op:?}"), op.info().name);
        }
    }
}
