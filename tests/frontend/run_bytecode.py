#!/usr/bin/env python3
"""Runs gscript bytecode on CPython's objects: a model of the virtual machine that shares no line with it.

    python3.11 tests/frontend/run_bytecode.py [--tool PROGRAM] [--poison] FILE [ARGUMENT ...]

It is slow and simple, and tests what the compiler makes: the file must print what it prints under CPython.
Calls destroy the registers they may destroy, so that a temporary kept in the wrong place is noticed.
"""

import builtins
import inspect
import json
import operator
import struct
import subprocess
import sys
import types

FRAME_WORDS = 4
NO_REG = 0xFFFF


class Marker:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


UNBOUND = Marker("<unbound>")
GARBAGE = Marker("<garbage>")


class Cell:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


def constant(c):
    kind, *rest = c
    if kind == "int":
        return int(rest[0], rest[1] if len(rest) > 1 else 10)
    if kind == "float":
        return struct.unpack(">d", bytes.fromhex(rest[0]))[0]
    if kind == "complex":
        return complex(*(struct.unpack(">d", bytes.fromhex(r))[0] for r in rest))
    if kind == "str":
        return sys.intern(bytes.fromhex(rest[0]).decode("utf-8", "surrogatepass"))
    if kind == "bytes":
        return bytes.fromhex(rest[0])
    if kind == "tuple":
        return tuple(map(constant, rest))
    if kind == "frozenset":
        return frozenset(map(constant, rest))
    return {"none": None, "true": True, "false": False, "ellipsis": ...}[kind]


class Code:
    def __init__(self, d):
        self.__dict__.update(d)
        self.consts = [constant(c) for c in d["consts"]]
        self.children = [Code(c) for c in d["children"]]
        self.at = {i[0]: n for n, i in enumerate(self.instrs)}
        self.doc = d["doc"] and bytes.fromhex(d["doc"]).decode("utf-8", "surrogatepass")


# The exception that is being handled, as the thread sees it.
HANDLED = [None]


class Frame:
    def __init__(self, code, globals, cells):
        self.code, self.globals, self.cells = code, globals, cells
        self.R = [GARBAGE] * code.registers
        start, end = code.unbound
        self.R[start:end] = [UNBOUND] * (end - start)
        self.n = 0
        self.pending = None

    def locals(self):
        found = {}
        for name, r, is_cell in self.code.locals:
            value = self.R[r]
            if is_cell and isinstance(value, Cell):
                value = value.value
            if value is not UNBOUND:
                assert value is not GARBAGE, name
                found[name] = value
        for (name, *_), cell in zip(self.code.free, self.cells):
            if cell.value is not UNBOUND:
                found[name] = cell.value
        return found


def bind(function, code, args, kwargs):
    """Parameters in order of their registers."""
    names = code.params
    values = {}
    positional = names[: code.args]
    name = function.__qualname__
    if len(args) > code.args and not code.varargs:
        raise TypeError(f"{name}() takes {code.args} positional arguments but {len(args)} were given")
    values.update(zip(positional, args))
    extra = {}
    allowed = names[code.posonly : code.args + code.kwonly]
    for key, value in kwargs.items():
        if key in allowed:
            if key in values:
                raise TypeError(f"{name}() got multiple values for argument '{key}'")
            values[key] = value
        elif code.varkw:
            extra[key] = value
        else:
            raise TypeError(f"{name}() got an unexpected keyword argument '{key}'")
    defaults = function.__defaults__ or ()
    for key, value in zip(positional[code.args - len(defaults) :], defaults):
        values.setdefault(key, value)
    for key, value in (function.__kwdefaults__ or {}).items():
        values.setdefault(key, value)
    missing = [n for n in names[: code.args + code.kwonly] if n not in values]
    if missing:
        raise TypeError(f"{name}() missing {len(missing)} required positional argument: '{missing[0]}'")
    result = [values[n] for n in names[: code.args + code.kwonly]]
    if code.varargs:
        result.append(tuple(args[code.args :]))
    if code.varkw:
        result.append(extra)
    return result


CODES = {}


def make_function(code, cells, globals):
    if code.generator:

        def function(*args, **kwargs):
            return drive(start(args, kwargs))

    else:

        def function(*args, **kwargs):
            return run(start(args, kwargs))[1]

    def start(args, kwargs):
        frame = Frame(code, globals, cells)
        values = bind(function, code, args, kwargs)
        frame.R[: len(values)] = values
        return frame

    function.__name__, function.__qualname__ = code.name, code.qualname
    function.__doc__ = code.doc
    function.__module__ = globals.get("__name__")
    parameters = []
    kinds = inspect.Parameter
    for n, name in enumerate(code.params):
        if n < code.posonly:
            kind = kinds.POSITIONAL_ONLY
        elif n < code.args:
            kind = kinds.POSITIONAL_OR_KEYWORD
        elif n < code.args + code.kwonly:
            kind = kinds.KEYWORD_ONLY
        elif n == code.args + code.kwonly and code.varargs:
            kind = kinds.VAR_POSITIONAL
        else:
            kind = kinds.VAR_KEYWORD
        parameters.append((name, kind))
    CODES[function] = code, cells
    return function


def build_class(frame, body, name, *bases, **kwargs):
    code, cells = CODES[body]
    resolved = types.resolve_bases(bases)
    meta, namespace, kwargs = types.prepare_class(name, resolved, kwargs)
    if resolved is not bases:
        namespace["__orig_bases__"] = bases
    inner = Frame(code, frame.globals, cells)
    inner.R[0] = namespace
    cell = run(inner)[1]
    cls = meta(name, resolved, namespace, **kwargs)
    if isinstance(cell, Cell):
        cell.value = cls
    return cls


def drive(frame):
    """A generator object's life."""
    own = None
    while True:
        outside = HANDLED[0]
        HANDLED[0] = own or outside
        try:
            kind, value = run(frame)
        finally:
            own = HANDLED[0] if HANDLED[0] is not outside else None
            HANDLED[0] = outside
        if kind == "return":
            return value
        _, op, a, b, c, *_ = frame.code.instrs[frame.n]
        try:
            frame.R[a] = yield value
            frame.n += 1
        except BaseException as e:
            raised = e
        else:
            continue
        if not c:
            frame.pending = raised
            continue
        # Inside `yield from`: the sub-iterator gets it first.
        sub = frame.R[c - 1]
        try:
            if isinstance(raised, GeneratorExit):
                if hasattr(sub, "close"):
                    sub.close()
                frame.pending = raised
            elif hasattr(sub, "throw"):
                frame.R[b] = sub.throw(raised)
            else:
                frame.pending = raised
        except StopIteration as e:
            # The Loop after the Yield goes to the Send, which knows where the end is.
            code = frame.code
            send = code.instrs[code.at[code.instrs[frame.n + 1][6]]]
            frame.R[send[2]] = e.value
            frame.n = code.at[send[6]]
        except BaseException as e:
            frame.pending = e


def run(frame):
    """Runs until the frame returns or yields."""
    code, R = frame.code, frame.R
    while True:
        instr = code.instrs[frame.n]
        try:
            if frame.pending is not None:
                e, frame.pending = frame.pending, None
                raise e
            result = HANDLERS[instr[1]](frame, R, *instr[2:7])
        except BaseException as e:
            raised = e
        else:
            raised = None
        if raised is not None:
            if raised.__context__ is None and raised is not HANDLED[0] and not instr[1] == "Reraise":
                raised.__context__ = HANDLED[0]
            pc = instr[0]
            for start, end, target, register in code.exceptions:
                if start <= pc < end:
                    if instr[1].startswith("Call"):
                        destroy(R, instr[2])
                    R[register] = raised
                    frame.n = code.at[target]
                    break
            else:
                raise raised
            continue
        if result is None:
            frame.n += 1
        elif type(result) is int:
            frame.n = code.at[result]
        elif result[0] == "yield":
            return result
        else:
            return result


def destroy(R, a):
    R[a:] = [GARBAGE] * (len(R) - a)


HANDLERS = {}


def op(f):
    HANDLERS[f.__name__] = f
    return f


def read(R, r):
    value = R[r]
    assert value is not GARBAGE and value is not UNBOUND, f"register {r} holds {value}"
    return value


def simple(name, f, imm=False):
    if imm:

        def handler(frame, R, a, b, c, d, t):
            R[a] = f(read(R, b), c)

    else:

        def handler(frame, R, a, b, c, d, t):
            R[a] = f(read(R, b), read(R, c))

    HANDLERS[name] = handler


for name, f in {
    "Add": operator.add, "Sub": operator.sub, "Mul": operator.mul, "MatMul": operator.matmul, "Div": operator.truediv,
    "FloorDiv": operator.floordiv, "Mod": operator.mod, "Pow": operator.pow, "LShift": operator.lshift,
    "RShift": operator.rshift, "BitAnd": operator.and_, "BitOr": operator.or_, "BitXor": operator.xor,
    "IAdd": operator.iadd, "ISub": operator.isub, "IMul": operator.imul, "IMatMul": operator.imatmul,
    "IDiv": operator.itruediv, "IFloorDiv": operator.ifloordiv, "IMod": operator.imod, "IPow": operator.ipow,
    "ILShift": operator.ilshift, "IRShift": operator.irshift, "IBitAnd": operator.iand, "IBitOr": operator.ior,
    "IBitXor": operator.ixor, "Eq": operator.eq, "Ne": operator.ne, "Lt": operator.lt, "Le": operator.le,
    "Gt": operator.gt, "Ge": operator.ge, "Is": operator.is_, "IsNot": operator.is_not,
    "In": lambda x, y: x in y, "NotIn": lambda x, y: x not in y, "GetItem": operator.getitem,
    "FormatSpec": format, "MatchExc": lambda e, c: match_exc(e, c),
}.items():  # fmt: skip
    simple(name, f)
for name, f in {
    "AddImm": operator.add, "SubImm": operator.sub, "MulImm": operator.mul, "FloorDivImm": operator.floordiv,
    "ModImm": operator.mod, "BitAndImm": operator.and_, "LShiftImm": operator.lshift, "RShiftImm": operator.rshift,
    "IAddImm": operator.iadd, "ISubImm": operator.isub, "GetItemImm": operator.getitem,
}.items():  # fmt: skip
    simple(name, f, imm=True)
for name, f in {
    "Neg": operator.neg, "Pos": operator.pos, "Invert": operator.invert, "Not": operator.not_, "GetIter": iter,
    "FormatValue": format, "ListToTuple": tuple, "GetYieldFromIter": iter, "GetLen": len,
    "Convert": None,
}.items():  # fmt: skip

    def unary(frame, R, a, b, c, d, t, f=f):
        R[a] = f(read(R, b))

    HANDLERS[name] = unary

COMPARISONS = {
    "Eq": operator.eq, "Ne": operator.ne, "Lt": operator.lt, "Le": operator.le, "Gt": operator.gt, "Ge": operator.ge,
    "Is": operator.is_, "In": lambda x, y: x in y,
}  # fmt: skip
for name, f in COMPARISONS.items():

    def jump_if(frame, R, a, b, c, d, t, f=f):
        if f(read(R, a), read(R, b)):
            return t

    def jump_if_not(frame, R, a, b, c, d, t, f=f):
        if not f(read(R, a), read(R, b)):
            return t

    def jump_imm(frame, R, a, b, c, d, t, f=f):
        if f(read(R, a), b):
            return t

    def jump_not_imm(frame, R, a, b, c, d, t, f=f):
        if not f(read(R, a), b):
            return t

    HANDLERS["JumpIf" + name] = jump_if
    HANDLERS["JumpIfNot" + name if name != "Is" else "JumpIfIsNot"] = jump_if_not
    HANDLERS["JumpIf" + name + "Imm"] = jump_imm
    HANDLERS["JumpIfNot" + name + "Imm"] = jump_not_imm


def match_exc(e, c):
    for one in c if isinstance(c, tuple) else (c,):
        if not (isinstance(one, type) and issubclass(one, BaseException)):
            raise TypeError("catching classes that do not inherit from BaseException is not allowed")
    return isinstance(e, c)


@op
def Nop(frame, R, a, b, c, d, t):
    pass


@op
def Convert(frame, R, a, b, c, d, t):
    R[a] = (str, repr, ascii)[c - 1](read(R, b))


@op
def Move(frame, R, a, b, c, d, t):
    R[a] = read(R, b)


@op
def LoadConst(frame, R, a, b, c, d, t):
    R[a] = frame.code.consts[b]


@op
def LoadInt(frame, R, a, b, c, d, t):
    R[a] = b


@op
def LoadNone(frame, R, a, b, c, d, t):
    R[a] = None


@op
def LoadTrue(frame, R, a, b, c, d, t):
    R[a] = True


@op
def LoadFalse(frame, R, a, b, c, d, t):
    R[a] = False


def unbound_error(frame, name):
    text = "cannot access local variable '%s' where it is not associated with a value"
    raise UnboundLocalError(text % frame.code.names[name])


def free_error(frame, name):
    text = "cannot access free variable '%s' where it is not associated with a value in enclosing scope"
    raise NameError(text % frame.code.names[name])


@op
def CheckBound(frame, R, a, b, c, d, t):
    assert R[a] is not GARBAGE
    if R[a] is UNBOUND:
        unbound_error(frame, b)


@op
def Unbind(frame, R, a, b, c, d, t):
    R[a] = UNBOUND


@op
def MakeCell(frame, R, a, b, c, d, t):
    assert R[a] is not GARBAGE
    R[a] = Cell(R[a])


@op
def CellGet(frame, R, a, b, c, d, t):
    value = read(R, b).value
    if value is UNBOUND:
        unbound_error(frame, c)
    R[a] = value


@op
def CellSet(frame, R, a, b, c, d, t):
    read(R, a).value = read(R, b)


@op
def CellDel(frame, R, a, b, c, d, t):
    if read(R, a).value is UNBOUND:
        unbound_error(frame, b)
    R[a].value = UNBOUND


@op
def FreeGet(frame, R, a, b, c, d, t):
    value = frame.cells[b].value
    if value is UNBOUND:
        free_error(frame, c)
    R[a] = value


@op
def FreeSet(frame, R, a, b, c, d, t):
    frame.cells[a].value = read(R, b)


@op
def FreeDel(frame, R, a, b, c, d, t):
    if frame.cells[a].value is UNBOUND:
        free_error(frame, b)
    frame.cells[a].value = UNBOUND


def lookup_global(frame, name):
    value = frame.globals.get(name, UNBOUND)
    if value is UNBOUND:
        value = vars(builtins).get(name, UNBOUND)
    if value is UNBOUND:
        raise NameError(f"name '{name}' is not defined")
    return value


@op
def LoadGlobal(frame, R, a, b, c, d, t):
    R[a] = lookup_global(frame, frame.code.names[b])


@op
def StoreGlobal(frame, R, a, b, c, d, t):
    frame.globals[frame.code.names[b]] = read(R, a)


@op
def DelGlobal(frame, R, a, b, c, d, t):
    name = frame.code.names[b]
    if name not in frame.globals:
        raise NameError(f"name '{name}' is not defined")
    del frame.globals[name]


@op
def LoadName(frame, R, a, b, c, d, t):
    name = frame.code.names[b]
    try:
        R[a] = R[0][name]
    except KeyError:
        R[a] = lookup_global(frame, name)


@op
def StoreName(frame, R, a, b, c, d, t):
    R[0][frame.code.names[b]] = read(R, a)


@op
def DelName(frame, R, a, b, c, d, t):
    name = frame.code.names[b]
    try:
        del R[0][name]
    except KeyError:
        raise NameError(f"name '{name}' is not defined") from None


@op
def LoadClassFree(frame, R, a, b, c, d, t):
    name = frame.code.names[c]
    if name in R[0]:
        R[a] = R[0][name]
    else:
        FreeGet(frame, R, a, b, c, d, t)


@op
def GetAttr(frame, R, a, b, c, d, t):
    R[a] = getattr(read(R, b), frame.code.names[c])


@op
def SetAttr(frame, R, a, b, c, d, t):
    setattr(read(R, a), frame.code.names[b], read(R, c))


@op
def DelAttr(frame, R, a, b, c, d, t):
    delattr(read(R, a), frame.code.names[b])


@op
def LoadMethod(frame, R, a, b, c, d, t):
    value = getattr(read(R, b), frame.code.names[c])
    # Sometimes as a method, sometimes as an attribute.
    if type(value) is types.MethodType and value.__self__ is R[b]:
        R[a], R[a + FRAME_WORDS] = value.__func__, R[b]
    else:
        R[a], R[a + FRAME_WORDS] = value, UNBOUND
    R[a + 1 : a + FRAME_WORDS] = [GARBAGE] * (FRAME_WORDS - 1)


@op
def SetItem(frame, R, a, b, c, d, t):
    read(R, a)[read(R, b)] = read(R, c)


@op
def DelItem(frame, R, a, b, c, d, t):
    del read(R, a)[read(R, b)]


@op
def GetSlice(frame, R, a, b, c, d, t):
    R[a] = read(R, b)[read(R, c) : read(R, c + 1)]


@op
def BuildSlice(frame, R, a, b, c, d, t):
    R[a] = slice(read(R, b), read(R, b + 1), read(R, b + 2))


@op
def Jump(frame, R, a, b, c, d, t):
    return t


Loop = Jump
HANDLERS["Loop"] = Jump


@op
def JumpIfTrue(frame, R, a, b, c, d, t):
    if read(R, a):
        return t


@op
def JumpIfFalse(frame, R, a, b, c, d, t):
    if not read(R, a):
        return t


@op
def JumpIfNone(frame, R, a, b, c, d, t):
    if read(R, a) is None:
        return t


@op
def JumpIfNotNone(frame, R, a, b, c, d, t):
    if read(R, a) is not None:
        return t


@op
def ForIter(frame, R, a, b, c, d, t):
    try:
        R[a] = next(read(R, b))
    except StopIteration:
        return t


@op
def Unpack(frame, R, a, b, c, d, t):
    value = read(R, b)
    if not hasattr(type(value), "__iter__") and not hasattr(type(value), "__getitem__"):
        raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object")
    it = iter(value)
    items = []
    for item in it:
        items.append(item)
        if len(items) > c:
            raise ValueError(f"too many values to unpack (expected {c})")
    if len(items) < c:
        raise ValueError(f"not enough values to unpack (expected {c}, got {len(items)})")
    R[a : a + c] = items


@op
def UnpackEx(frame, R, a, b, c, d, t):
    items = list(read(R, b))
    if len(items) < c + d:
        raise ValueError(f"not enough values to unpack (expected at least {c + d}, got {len(items)})")
    middle = items[c : len(items) - d]
    R[a : a + c + 1 + d] = [*items[:c], middle, *items[len(items) - d :]]


def invoke(frame, R, a, args, kwargs, dst):
    f = read(R, a)
    for value in args:
        assert value is not GARBAGE and value is not UNBOUND
    before = frame.locals() if f in (eval, exec) else None
    destroy(R, a)
    if f is super and not args:
        code = frame.code
        first = R[0].value if any(r == 0 and is_cell for _, r, is_cell in code.locals) else R[0]
        R[dst] = super(frame.cells[code.class_free].value, first)
    elif f is BUILD_CLASS:
        R[dst] = build_class(frame, *args, **kwargs)
    elif f in (locals, vars, dir) and not args and not kwargs:
        found = frame.locals() if not is_namespace(frame) else frame.R[0] if frame.code.kind == "Class" else frame.globals
        R[dst] = sorted(found) if f is dir else found
    elif f is globals:
        R[dst] = frame.globals
    elif f is sys.exc_info:
        e = HANDLED[0]
        R[dst] = (type(e), e, e.__traceback__) if e else (None, None, None)
    elif f is sys.exception:
        R[dst] = HANDLED[0]
    elif f in (eval, exec) and len(args) == 1:
        found = R[0] if frame.code.kind == "Class" else frame.globals if is_namespace(frame) else before
        R[dst] = f(args[0], frame.globals, found)
    else:
        R[dst] = f(*args, **kwargs)


def is_namespace(frame):
    return frame.code.kind in ("Class", "Module")


BUILD_CLASS = Marker("build class")


@op
def Call(frame, R, a, b, c, d, t):
    invoke(frame, R, a, R[a + 4 : a + 4 + b], {}, c)


@op
def CallKw(frame, R, a, b, c, d, t):
    names = frame.code.consts[d]
    args = R[a + 4 : a + 4 + b]
    count = b - len(names)
    invoke(frame, R, a, args[:count], dict(zip(names, args[count:])), c)


def method_args(R, a, b):
    args = R[a + 5 : a + 5 + b]
    return args if R[a + 4] is UNBOUND else [R[a + 4], *args]


@op
def CallMethod(frame, R, a, b, c, d, t):
    invoke(frame, R, a, method_args(R, a, b), {}, c)


@op
def CallMethodKw(frame, R, a, b, c, d, t):
    names = frame.code.consts[d]
    args = method_args(R, a, b)
    count = len(args) - len(names)
    invoke(frame, R, a, args[:count], dict(zip(names, args[count:])), c)


@op
def CallEx(frame, R, a, b, c, d, t):
    args = read(R, a + 4)
    assert type(args) in (tuple, list)
    kwargs = read(R, a + 5) if b else {}
    assert type(kwargs) is dict
    invoke(frame, R, a, list(args), kwargs, c)


@op
def Return(frame, R, a, b, c, d, t):
    return "return", read(R, a)


@op
def ReturnNone(frame, R, a, b, c, d, t):
    return "return", None


@op
def MakeFunction(frame, R, a, b, c, d, t):
    child = frame.code.children[b]
    cells = [read(R, n) if kind == "register" else frame.cells[n] for _, kind, n in child.free]
    assert all(isinstance(cell, Cell) for cell in cells)
    R[a] = make_function(child, cells, frame.globals)


@op
def SetFunction(frame, R, a, b, c, d, t):
    setattr(read(R, a), ("__defaults__", "__kwdefaults__", "__annotations__")[c], read(R, b))


@op
def LoadBuildClass(frame, R, a, b, c, d, t):
    R[a] = BUILD_CLASS


def run_of(R, b, c):
    return [read(R, r) for r in range(b, b + c)]


@op
def BuildList(frame, R, a, b, c, d, t):
    R[a] = run_of(R, b, c)


@op
def BuildTuple(frame, R, a, b, c, d, t):
    R[a] = tuple(run_of(R, b, c))


@op
def BuildSet(frame, R, a, b, c, d, t):
    R[a] = set(run_of(R, b, c))


@op
def BuildDict(frame, R, a, b, c, d, t):
    items = run_of(R, b, 2 * c)
    R[a] = dict(zip(items[::2], items[1::2]))


@op
def ListAppend(frame, R, a, b, c, d, t):
    read(R, a).append(read(R, b))


@op
def ListExtend(frame, R, a, b, c, d, t):
    try:
        it = iter(read(R, b))
    except TypeError:
        kind = type(R[b]).__name__
        if c == NO_REG:
            raise TypeError(f"Value after * must be an iterable, not {kind}") from None
        raise TypeError(f"{R[c].__qualname__}() argument after * must be an iterable, not {kind}") from None
    read(R, a).extend(it)


@op
def SetAdd(frame, R, a, b, c, d, t):
    read(R, a).add(read(R, b))


@op
def SetUpdate(frame, R, a, b, c, d, t):
    read(R, a).update(read(R, b))


@op
def DictSet(frame, R, a, b, c, d, t):
    read(R, a)[read(R, b)] = read(R, c)


@op
def DictUpdate(frame, R, a, b, c, d, t):
    if not hasattr(read(R, b), "keys"):
        raise TypeError(f"'{type(R[b]).__name__}' object is not a mapping")
    read(R, a).update(R[b])


@op
def DictMerge(frame, R, a, b, c, d, t):
    f = read(R, c)
    if not hasattr(read(R, b), "keys"):
        raise TypeError(f"argument after ** must be a mapping, not {type(R[b]).__name__}")
    for key in R[b].keys():
        if not isinstance(key, str):
            raise TypeError("keywords must be strings")
        if key in R[a]:
            raise TypeError(f"got multiple values for keyword argument '{key}'")
        R[a][key] = R[b][key]


@op
def JoinStr(frame, R, a, b, c, d, t):
    R[a] = "".join(run_of(R, b, c))


@op
def MakeGenerator(frame, R, a, b, c, d, t):
    assert frame.n == 0


@op
def Yield(frame, R, a, b, c, d, t):
    return "yield", read(R, b)


@op
def Send(frame, R, a, b, c, d, t):
    try:
        value = read(R, c)
        it = read(R, b)
        R[a] = next(it) if value is None else it.send(value)
    except StopIteration as e:
        R[a] = e.value
        return t


@op
def RefuseAsync(frame, R, a, b, c, d, t):
    raise NotImplementedError("async def")


@op
def Raise(frame, R, a, b, c, d, t):
    if a == NO_REG:
        if HANDLED[0] is None:
            raise RuntimeError("No active exception to reraise")
        raise HANDLED[0]
    if b == NO_REG:
        raise read(R, a)
    raise read(R, a) from read(R, b)


@op
def Reraise(frame, R, a, b, c, d, t):
    raise read(R, a)


@op
def PushHandled(frame, R, a, b, c, d, t):
    R[a] = HANDLED[0]
    HANDLED[0] = read(R, b)


@op
def PopHandled(frame, R, a, b, c, d, t):
    HANDLED[0] = read(R, a)


@op
def MatchExcStar(frame, R, a, b, c, d, t):
    exc, kind = read(R, b), read(R, c)
    if exc is None:
        R[a], R[a + 1] = None, None
    elif isinstance(exc, BaseExceptionGroup):
        R[a], R[a + 1] = exc.split(kind)
    elif isinstance(exc, kind):
        R[a], R[a + 1] = BaseExceptionGroup("", [exc]), None
    else:
        R[a], R[a + 1] = None, exc


@op
def PrepareReraiseStar(frame, R, a, b, c, d, t):
    original, raised = read(R, b), read(R, c)
    if not raised:
        R[a] = None
    elif len(raised) == 1 or not isinstance(original, BaseExceptionGroup):
        R[a] = raised[0]
    else:
        R[a] = BaseExceptionGroup("", raised)


@op
def WithEnter(frame, R, a, b, c, d, t):
    manager = read(R, b)
    enter, leave = type(manager).__enter__, type(manager).__exit__
    R[a], R[a + 1] = manager, leave
    R[a + 2] = enter(manager)


@op
def WithExit(frame, R, a, b, c, d, t):
    read(R, a + 1)(read(R, a), None, None, None)


@op
def WithExitExc(frame, R, a, b, c, d, t):
    e = read(R, b)
    R[c] = read(R, a + 1)(read(R, a), type(e), e, e.__traceback__)


@op
def LoadAssertionError(frame, R, a, b, c, d, t):
    R[a] = AssertionError


@op
def ImportName(frame, R, a, b, c, d, t):
    R[a] = __import__(frame.code.names[b], frame.globals, None, read(R, c), read(R, c + 1))


@op
def ImportFrom(frame, R, a, b, c, d, t):
    name = frame.code.names[c]
    try:
        R[a] = getattr(read(R, b), name)
    except AttributeError:
        full = f"{R[b].__name__}.{name}"
        if full not in sys.modules:
            raise ImportError(f"cannot import name '{name}' from '{R[b].__name__}'") from None
        R[a] = sys.modules[full]


@op
def ImportStar(frame, R, a, b, c, d, t):
    module = read(R, a)
    names = getattr(module, "__all__", None) or [n for n in vars(module) if not n.startswith("_")]
    for name in names:
        frame.globals[name] = getattr(module, name)


@op
def MatchSequence(frame, R, a, b, c, d, t):
    match read(R, b):
        case [*_]:
            R[a] = True
        case _:
            R[a] = False


@op
def MatchMapping(frame, R, a, b, c, d, t):
    match read(R, b):
        case {}:
            R[a] = True
        case _:
            R[a] = False


@op
def MatchKeys(frame, R, a, b, c, d, t):
    keys, missing, values = read(R, c), object(), []
    for key in keys:
        value = read(R, b).get(key, missing)
        if value is missing:
            R[a] = None
            return
        values.append(value)
    R[a] = tuple(values)


@op
def MatchRest(frame, R, a, b, c, d, t):
    R[a] = {k: v for k, v in read(R, b).items() if k not in read(R, c)}


SELF_MATCH = (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple)


@op
def MatchClass(frame, R, a, b, c, d, t):
    subject, cls, names = read(R, b), read(R, c), read(R, c + 1)
    if not isinstance(cls, type):
        raise TypeError("called match pattern must be a class")
    R[a] = None
    if not isinstance(subject, cls):
        return
    values, seen = [], set()
    if d:
        args = getattr(cls, "__match_args__", None)
        if args is None:
            allowed = 1 if issubclass(cls, SELF_MATCH) else 0
            if d > allowed:
                raise TypeError(f"{cls.__name__}() accepts {allowed} positional sub-pattern (%d given)" % d)
            values.append(subject)
        else:
            if type(args) is not tuple:
                raise TypeError(f"{cls.__name__}.__match_args__ must be a tuple (got {type(args).__name__})")
            if d > len(args):
                plural = "" if len(args) == 1 else "s"
                raise TypeError(f"{cls.__name__}() accepts {len(args)} positional sub-pattern{plural} ({d} given)")
            names = args[:d] + names
    for name in names:
        if name in seen:
            raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute '{name}'")
        seen.add(name)
        try:
            values.append(getattr(subject, name))
        except AttributeError:
            return
    R[a] = tuple(values)


@op
def LoadAnnotations(frame, R, a, b, c, d, t):
    namespace = R[0] if frame.code.kind == "Class" else frame.globals
    if "__annotations__" not in namespace:
        namespace["__annotations__"] = {}
    R[a] = namespace["__annotations__"]


def load(path, tool):
    result = subprocess.run([tool, path], capture_output=True, text=True)
    if result.returncode:
        sys.exit(result.stderr)
    return Code(json.loads(result.stdout))


def main():
    args = sys.argv[1:]
    tool = "target/release/examples/dump_code"
    if args[:1] == ["--tool"]:
        tool, args = args[1], args[2:]
    sys.setrecursionlimit(20000)
    path = args[0]
    sys.argv = args
    code = load(path, tool)
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    run(Frame(code, module.__dict__, []))


if __name__ == "__main__":
    main()
