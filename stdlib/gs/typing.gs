"""Names for annotations. They mean something to readers and to other tools; here they only have to evaluate."""

import sys as _sys

TYPE_CHECKING = False

_NoneType = type(None)
_Generic = type(list[int])
_UnionType = type(int | None)


def _check(arg, text='Parameters to generic types must be types.'):
    if arg is None:
        return _NoneType
    if isinstance(arg, str):
        return ForwardRef(arg)
    if isinstance(arg, (type, _Special, _Alias, TypeVar, ForwardRef, _Generic, _UnionType)) or callable(arg):
        return arg
    raise TypeError('%s Got %r.' % (text, arg))


def _text(arg):
    if isinstance(arg, type) and not isinstance(arg, _Generic):
        return arg.__qualname__ if arg.__module__ == 'builtins' else '%s.%s' % (arg.__module__, arg.__qualname__)
    if arg is ...:
        return '...'
    if isinstance(arg, list):
        return '[%s]' % ', '.join([_text(a) for a in arg])
    return repr(arg)


def _parameters(args):
    found = []
    for a in args:
        for t in (a,) if isinstance(a, (TypeVar, ParamSpec, TypeVarTuple)) else getattr(a, '__parameters__', ()) if not isinstance(a, type) else ():
            if t not in found:
                found.append(t)
    return tuple(found)


class _Or:
    """What makes `|` of annotations a union."""

    __slots__ = ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _Special(_Or):
    """A name that stands for itself, with what its brackets give."""

    def __init__(self, name, subscribe=None, doc=None):
        self._name = name
        self._subscribe = subscribe
        self.__doc__ = doc

    def __repr__(self):
        return 'typing.' + self._name

    def __reduce__(self):
        return self._name

    def __mro_entries__(self, bases):
        raise TypeError('Cannot subclass %r' % (self,))

    def __call__(self, *args, **keywords):
        raise TypeError('Cannot instantiate %r' % (self,))

    def __getitem__(self, args):
        if self._subscribe is None:
            raise TypeError('%r is not subscriptable' % (self,))
        return self._subscribe(self, args)

    def __instancecheck__(self, x):
        raise TypeError('%r cannot be used with isinstance()' % (self,))

    def __subclasscheck__(self, x):
        raise TypeError('%r cannot be used with issubclass()' % (self,))


class _Alias(_Or):
    """A name with brackets: `List[int]`, `Stack[T]`."""

    def __init__(self, origin, args, name=None):
        self.__origin__ = origin
        self.__args__ = args
        self.__parameters__ = _parameters(args)
        self._name = name

    def __repr__(self):
        name = 'typing.' + self._name if self._name else _text(self.__origin__)
        return '%s[%s]' % (name, ', '.join([_text(a) for a in self.__args__]) if self.__args__ else '()')

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __call__(self, *args, **keywords):
        x = self.__origin__(*args, **keywords)
        try:
            x.__orig_class__ = self
        except AttributeError:
            pass
        return x

    def __mro_entries__(self, bases):
        origin = self.__origin__
        if not isinstance(origin, type):
            raise TypeError('Cannot subclass %r' % (self,))
        if origin is Protocol and Generic not in bases:
            return (Protocol,)
        if self._name and not any(isinstance(b, type) and issubclass(b, Generic) or isinstance(b, _Alias) and b.__origin__ is Generic for b in bases):
            return (origin, Generic) if self.__parameters__ else (origin,)
        return (origin,)

    def __getitem__(self, args):
        if not isinstance(args, tuple):
            args = (args,)
        wanted = self.__parameters__
        if not wanted:
            raise TypeError('%r is not a generic class' % (self,))
        if len(args) != len(wanted):
            raise TypeError('Too %s arguments for %r; actual %s, expected %s' % ('many' if len(args) > len(wanted) else 'few', self, len(args),
                                                                                 len(wanted)))
        table = dict(zip(wanted, [_check(a) for a in args]))
        return self._with([_replace(a, table) for a in self.__args__])

    def _with(self, args):
        if self.__origin__ is Union:
            return Union[tuple(args)]
        return _Alias(self.__origin__, tuple(args), self._name)

    def __getattr__(self, name):
        if name[:2] == '__' and name[-2:] == '__':
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __instancecheck__(self, x):
        if self.__origin__ is Union:
            return isinstance(x, self.__args__)
        raise TypeError('Subscripted generics cannot be used with class and instance checks')

    def __subclasscheck__(self, x):
        if self.__origin__ is Union:
            return issubclass(x, self.__args__)
        raise TypeError('Subscripted generics cannot be used with class and instance checks')


def _replace(arg, table):
    if isinstance(arg, TypeVar):
        return table.get(arg, arg)
    inner = getattr(arg, '__parameters__', ()) if not isinstance(arg, type) else ()
    return arg[tuple([table.get(t, t) for t in inner])] if inner else arg


class _CallableAlias(_Alias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and args[0] is ...:
            return 'typing.Callable[..., %s]' % _text(args[1])
        return 'typing.Callable[[%s], %s]' % (', '.join([_text(a) for a in args[:-1]]), _text(args[-1]))

    def _with(self, args):
        return _CallableAlias(self.__origin__, tuple(args), self._name)


class _UnionAlias(_Alias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _NoneType in args:
            return 'typing.Optional[%s]' % _text(args[0] if args[1] is _NoneType else args[1])
        return 'typing.Union[%s]' % ', '.join([_text(a) for a in args])

    def __eq__(self, other):
        if isinstance(other, (_UnionAlias, _UnionType)):
            return set(self.__args__) == set(other.__args__)
        return NotImplemented

    def __hash__(self):
        return hash(frozenset(self.__args__))


class _Bare(_Or):
    """A name of this module for a class that lives elsewhere: `List`, `Iterable`. The class is looked up when it is needed."""

    def __init__(self, name, module, real, count):
        self._name = name
        self._module = module
        self._real = real
        self._count = count

    def __getattr__(self, name):
        if name == '__origin__':
            origin = self.__dict__['__origin__'] = self._find()
            return origin
        if name[:2] == '__' and name[-2:] == '__':
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def _find(self):
        if self._module == 'builtins':
            return __builtins__[self._real] if isinstance(__builtins__, dict) else getattr(__builtins__, self._real)
        __import__(self._module)
        return getattr(_sys.modules[self._module], self._real)

    def __repr__(self):
        return 'typing.' + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **keywords):
        if self._module == 'collections.abc':
            raise TypeError('Type %s cannot be instantiated; use %s() instead' % (self._name, self._real))
        return self.__origin__(*args, **keywords)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, x):
        return isinstance(x, self.__origin__)

    def __subclasscheck__(self, x):
        return issubclass(x, self.__origin__)

    def __getitem__(self, args):
        if self._real == 'Callable':
            if not isinstance(args, tuple) or len(args) != 2:
                raise TypeError('Callable must be used as Callable[[arg, ...], result].')
            given, result = args
            if isinstance(given, list):
                given = tuple([_check(a) for a in given])
            else:
                given = (given,)
            return _CallableAlias(_Later(self), given + (_check(result),), 'Callable')
        if not isinstance(args, tuple):
            args = (args,)
        if self._real == 'tuple':
            if args == () or args == ((),):
                return _Alias(tuple, (), 'Tuple')
            return _Alias(tuple, tuple([a if a is ... else _check(a) for a in args]), 'Tuple')
        if len(args) != self._count:
            raise TypeError('Too %s arguments for %r; actual %s, expected %s' % ('many' if len(args) > self._count else 'few', self, len(args),
                                                                                 self._count))
        return _Alias(self.__origin__ if self._module == 'builtins' else _Later(self), tuple([_check(a) for a in args]), self._name)


def _Later(bare):
    """The class of a bare name, or the name while nobody offers the class."""
    try:
        return bare.__origin__
    except (ImportError, AttributeError):
        return bare


class ForwardRef:
    """An annotation that is text."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__ = arg

    def __repr__(self):
        return 'ForwardRef(%r)' % (self.__forward_arg__,)

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


def _caller_module(depth=2):
    try:
        return _sys._getframe(depth).f_globals.get('__name__', '__main__')
    except (AttributeError, ValueError):
        return None


class TypeVar(_Or):
    """A variable for types."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self.__name__ = name
        self.__constraints__ = tuple([_check(c) for c in constraints])
        self.__bound__ = None if bound is None else _check(bound)
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self.__module__ = _caller_module()

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__

    def __reduce__(self):
        return self.__name__

    def __mro_entries__(self, bases):
        raise TypeError('Cannot subclass an instance of TypeVar')


class TypeVarTuple(_Or):
    """A variable for several types."""

    def __init__(self, name):
        self.__name__ = name
        self.__module__ = _caller_module()

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class ParamSpec(_Or):
    """A variable for the parameters of a function."""

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__bound__ = bound
        self.__module__ = _caller_module()
        self.args = ParamSpecArgs(self)
        self.kwargs = ParamSpecKwargs(self)

    def __repr__(self):
        return '~' + self.__name__


class ParamSpecArgs:
    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return '%s.args' % self.__origin__.__name__


class ParamSpecKwargs:
    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return '%s.kwargs' % self.__origin__.__name__


class NewType(_Or):
    """A name for a type that is another at run time."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        self.__module__ = _caller_module()

    def __call__(self, x):
        return x

    def __repr__(self):
        return '%s.%s' % (self.__module__, self.__qualname__)


class _AnyMeta(type):
    def __instancecheck__(self, x):
        if self is Any:
            raise TypeError('typing.Any cannot be used with isinstance()')
        return type.__instancecheck__(self, x)

    def __repr__(self):
        return 'typing.Any' if self is Any else type.__repr__(self)


class Any(metaclass=_AnyMeta):
    """Any type."""

    def __new__(cls, *args, **keywords):
        if cls is Any:
            raise TypeError('Any cannot be instantiated')
        return super().__new__(cls)


def _one(self, arg):
    return _Alias(self, (_check(arg),), self._name)


def _union(self, args):
    if args == ():
        raise TypeError('Cannot take a Union of no types.')
    if not isinstance(args, tuple):
        args = (args,)
    flat = []
    for a in args:
        a = _check(a, 'Union[arg, ...]: each arg must be a type.')
        for t in a.__args__ if isinstance(a, (_UnionAlias, _UnionType)) else (a,):
            if t not in flat:
                flat.append(t)
    return flat[0] if len(flat) == 1 else _UnionAlias(Union, tuple(flat), 'Union')


def _literal(self, args):
    if not isinstance(args, tuple):
        args = (args,)
    flat = []
    for a in args:
        for v in a.__args__ if isinstance(a, _LiteralAlias) else (a,):
            if not any(type(v) is type(o) and v == o for o in flat):
                flat.append(v)
    return _LiteralAlias(self, tuple(flat), 'Literal')


class _LiteralAlias(_Alias):
    def __repr__(self):
        return 'typing.Literal[%s]' % ', '.join([repr(a) for a in self.__args__])


class _AnnotatedAlias(_Alias):
    def __init__(self, origin, metadata):
        super().__init__(origin, (origin,), 'Annotated')
        self.__metadata__ = metadata

    def __repr__(self):
        return 'typing.Annotated[%s, %s]' % (_text(self.__origin__), ', '.join([repr(m) for m in self.__metadata__]))


class Annotated:
    """A type with notes."""

    def __class_getitem__(cls, args):
        if not isinstance(args, tuple) or len(args) < 2:
            raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
        t, notes = _check(args[0]), args[1:]
        if isinstance(t, _AnnotatedAlias):
            t, notes = t.__origin__, t.__metadata__ + notes
        return _AnnotatedAlias(t, notes)


Union = _Special('Union', _union)
Optional = _Special('Optional', lambda self, arg: Union[arg, _NoneType])
Literal = _Special('Literal', _literal)
ClassVar = _Special('ClassVar', _one)
Final = _Special('Final', _one)
Required = _Special('Required', _one)
NotRequired = _Special('NotRequired', _one)
TypeGuard = _Special('TypeGuard', _one)
Unpack = _Special('Unpack', _one)
Concatenate = _Special('Concatenate', lambda self, args: _Alias(self, args if isinstance(args, tuple) else (args,), 'Concatenate'))
NoReturn = _Special('NoReturn')
Never = _Special('Never')
Self = _Special('Self')
LiteralString = _Special('LiteralString')
TypeAlias = _Special('TypeAlias')

for _name, _module, _real, _count in (
        ('List', 'builtins', 'list', 1), ('Dict', 'builtins', 'dict', 2), ('Set', 'builtins', 'set', 1), ('FrozenSet', 'builtins', 'frozenset', 1),
        ('Tuple', 'builtins', 'tuple', -1), ('Type', 'builtins', 'type', 1), ('DefaultDict', 'collections', 'defaultdict', 2),
        ('OrderedDict', 'collections', 'OrderedDict', 2), ('Counter', 'collections', 'Counter', 1), ('ChainMap', 'collections', 'ChainMap', 2),
        ('Deque', 'collections', 'deque', 1), ('ContextManager', 'contextlib', 'AbstractContextManager', 1),
        ('AsyncContextManager', 'contextlib', 'AbstractAsyncContextManager', 1), ('Pattern', 're', 'Pattern', 1), ('Match', 're', 'Match', 1),
        ('AbstractSet', 'collections.abc', 'Set', 1), ('Callable', 'collections.abc', 'Callable', 2), ('Hashable', 'collections.abc', 'Hashable', 0),
        ('Sized', 'collections.abc', 'Sized', 0), ('ByteString', 'collections.abc', 'ByteString', 0), ('Generator', 'collections.abc', 'Generator', 3),
        ('AsyncGenerator', 'collections.abc', 'AsyncGenerator', 2), ('Coroutine', 'collections.abc', 'Coroutine', 3),
        ('Mapping', 'collections.abc', 'Mapping', 2), ('MutableMapping', 'collections.abc', 'MutableMapping', 2),
        ('ItemsView', 'collections.abc', 'ItemsView', 2)):
    globals()[_name] = _Bare(_name, _module, _real, _count)
for _name in ('Awaitable', 'AsyncIterable', 'AsyncIterator', 'Iterable', 'Iterator', 'Collection', 'Container', 'Sequence', 'MutableSequence',
              'MutableSet', 'MappingView', 'KeysView', 'ValuesView', 'Reversible'):
    globals()[_name] = _Bare(_name, 'collections.abc', _name, 1)


class Generic:
    """A base of classes that take types in brackets."""

    __slots__ = ()
    __parameters__ = ()
    _is_protocol = False

    def __class_getitem__(cls, args):
        if not isinstance(args, tuple):
            args = (args,)
        if cls is Generic or cls is Protocol:
            if not all(isinstance(a, (TypeVar, ParamSpec, TypeVarTuple, _Alias)) for a in args):
                raise TypeError('Parameters to %s[...] must all be type variables or parameter specification variables.' % cls.__name__)
            if len(set(args)) != len(args):
                raise TypeError('Parameters to %s[...] must all be unique' % cls.__name__)
            return _Alias(cls, args, cls.__name__)
        wanted = cls.__parameters__
        if not wanted:
            raise TypeError('%r is not a generic class' % (cls,))
        if len(args) != len(wanted) and not any(isinstance(p, (TypeVarTuple, ParamSpec)) for p in wanted):
            raise TypeError('Too %s arguments for %r; actual %s, expected %s' % ('many' if len(args) > len(wanted) else 'few', cls, len(args),
                                                                                 len(wanted)))
        return _Alias(cls, tuple([a if isinstance(a, list) else a if a is ... else _check(a) for a in args]))

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        bases = cls.__dict__.get('__orig_bases__')
        if bases is None:
            return
        found = []
        for base in bases:
            if isinstance(base, _Alias) and base.__origin__ in (Generic, Protocol):
                found = list(base.__parameters__)
                break
            for t in () if isinstance(base, type) else getattr(base, '__parameters__', ()):
                if t not in found:
                    found.append(t)
        cls.__parameters__ = tuple(found)


class _ProtocolMeta(type):
    def __instancecheck__(cls, x):
        if type.__instancecheck__(cls, x):
            return True
        if not cls.__dict__.get('_is_protocol'):
            return False
        if not cls.__dict__.get('_is_runtime_protocol'):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        return all([hasattr(x, name) and not (callable(getattr(cls, name, None)) and getattr(x, name) is None) for name in _protocol_names(cls)])

    def __subclasscheck__(cls, other):
        if type.__subclasscheck__(cls, other) or not cls.__dict__.get('_is_protocol') or cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if not cls.__dict__.get('_is_runtime_protocol'):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        names = _protocol_names(cls)
        if not all([callable(getattr(cls, name, None)) for name in names]):
            raise TypeError("Protocols with non-method members don't support issubclass()")
        return all([any([name in c.__dict__ and c.__dict__[name] is not None for c in other.__mro__]) for name in names])


_NOT_MEMBERS = frozenset(['__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__', '__new__', '__slots__',
                          '__subclasshook__', '__weakref__', '__class_getitem__', '__parameters__', '__orig_bases__', '__orig_class__', '__qualname__',
                          '_is_protocol', '_is_runtime_protocol', '_abc_registry', '_abc_known', '__match_args__', '__init_subclass__'])


def _protocol_names(cls):
    names = set()
    for base in cls.__mro__[:-1]:
        if base in (Protocol, Generic):
            continue
        names.update([n for n in list(base.__dict__) + list(base.__dict__.get('__annotations__', ())) if n not in _NOT_MEMBERS])
    return names


def _no_init(self, *args, **keywords):
    if type(self)._is_protocol:
        raise TypeError('Protocols cannot be instantiated')


class Protocol(Generic, metaclass=_ProtocolMeta):
    """A base of classes that say which methods others must have."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        if '_is_protocol' not in cls.__dict__:
            cls._is_protocol = Protocol in cls.__bases__
        if cls._is_protocol and '__init__' not in cls.__dict__:
            cls.__init__ = _no_init
        elif not cls._is_protocol and cls.__init__ is _no_init:
            cls.__init__ = object.__init__


def runtime_checkable(cls):
    """Lets `isinstance` ask whether an object has the methods of a protocol."""
    if not getattr(cls, '_is_protocol', False):
        raise TypeError('@runtime_checkable can be only applied to protocol classes, got %r' % (cls,))
    cls._is_runtime_protocol = True
    return cls


def _protocol(name, method, result):
    def f(self):
        pass
    f.__name__ = method
    f.__annotations__ = {'return': result}
    return runtime_checkable(_ProtocolMeta(name, (Protocol,), {'__module__': 'typing', '__slots__': (), method: f}))


SupportsInt = _protocol('SupportsInt', '__int__', int)
SupportsFloat = _protocol('SupportsFloat', '__float__', float)
SupportsComplex = _protocol('SupportsComplex', '__complex__', complex)
SupportsBytes = _protocol('SupportsBytes', '__bytes__', bytes)
SupportsIndex = _protocol('SupportsIndex', '__index__', int)
SupportsAbs = _protocol('SupportsAbs', '__abs__', Any)
SupportsRound = _protocol('SupportsRound', '__round__', Any)

Text = str
AnyStr = TypeVar('AnyStr', bytes, str)


class IO(Generic[AnyStr]):
    """The type of open files."""

    __slots__ = ()


class TextIO(IO[str]):
    __slots__ = ()


class BinaryIO(IO[bytes]):
    __slots__ = ()


def _tuple_class(name, types, defaults, module):
    names = tuple(types)

    def __new__(cls, values):
        return tuple.__new__(cls, values)

    space = {'_params': names}
    text = ', '.join([n + '=_d_' + n if n in defaults else n for n in names])
    inside = {'_d_' + n: v for n, v in defaults.items()}
    inside['_new'] = tuple.__new__
    exec('def __new__(_cls, %s):\n return _new(_cls, (%s))' % (text, ''.join([n + ', ' for n in names])), inside, space)

    def _make(cls, iterable):
        """An instance from an iterable."""
        x = tuple.__new__(cls, iterable)
        if len(x) != len(names):
            raise TypeError('Expected %d arguments, got %d' % (len(names), len(x)))
        return x

    def _replace(self, /, **changes):
        x = self._make([changes.pop(n, v) for n, v in zip(names, self)])
        if changes:
            raise ValueError('Got unexpected field names: %r' % list(changes))
        return x

    def __repr__(self):
        return '%s(%s)' % (self.__class__.__name__, ', '.join(['%s=%r' % p for p in zip(names, self)]))

    def item(i):
        return property(lambda self: tuple.__getitem__(self, i), doc='Alias for field number %d' % i)

    body = {'__module__': module, '__slots__': (), '_fields': names, '_field_defaults': dict(defaults), '__match_args__': names,
            '__new__': space['__new__'], '_make': classmethod(_make), '_replace': _replace, '__repr__': __repr__,
            '_asdict': lambda self: dict(zip(names, self)), '__getnewargs__': lambda self: tuple(self),
            '__annotations__': dict(types), '__doc__': '%s(%s)' % (name, ', '.join(names))}
    for i, n in enumerate(names):
        body[n] = item(i)
    return type(name, (tuple,), body)


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, body):
        types = {n: _check(t, 'field %s annotation must be a type' % n) for n, t in body.get('__annotations__', {}).items()}
        defaults = {}
        for n in types:
            if n[0] == '_':
                raise ValueError('Field names cannot start with an underscore: %r' % n)
            if n in body:
                defaults[n] = body[n]
            elif defaults:
                raise TypeError('Non-default namedtuple field %s cannot follow default field%s %s' % (n, 's' if len(defaults) > 1 else '',
                                                                                                      ', '.join(defaults)))
        cls = _tuple_class(name, types, defaults, body['__module__'])
        for key, value in body.items():
            if key in ('__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults', '_make', '_replace', '_asdict'):
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + key)
            if key not in types and key not in ('__annotations__', '__module__', '__orig_bases__', '__classcell__'):
                setattr(cls, key, value)
                f = getattr(type(value), '__set_name__', None)
                if f is not None:
                    f(value, cls, key)
        if any(b is not _NamedTuple for b in bases):
            return type(name, (cls,) + tuple([b for b in bases if b is not _NamedTuple]), {'__slots__': (), '__module__': body['__module__']})
        return cls


_NamedTuple = type.__new__(_NamedTupleMeta, 'NamedTuple', (), {})


def NamedTuple(typename, fields=None, /, **kwargs):
    """A class of tuples with named items."""
    if fields is None:
        fields = kwargs.items()
    types = {n: _check(t, 'field %s annotation must be a type' % n) for n, t in fields}
    return _tuple_class(typename, types, {}, _caller_module())


NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, body, total=True):
        annotations = {}
        required, optional = set(), set()
        for base in bases:
            annotations.update(getattr(base, '__annotations__', {}))
            required.update(getattr(base, '__required_keys__', ()))
            optional.update(getattr(base, '__optional_keys__', ()))
        for key, t in body.get('__annotations__', {}).items():
            annotations[key] = _check(t, 'TypedDict(\'Name\', {f0: t0, f1: t1, ...}); each t must be a type')
            kind = getattr(t, '__origin__', None)
            (required if kind is Required or total and kind is not NotRequired else optional).add(key)
        space = {k: v for k, v in body.items() if k != '__orig_bases__'}
        space['__annotations__'] = annotations
        cls = super().__new__(mcls, name, (dict,), space)
        cls.__required_keys__ = frozenset(required)
        cls.__optional_keys__ = frozenset(optional)
        cls.__total__ = total
        return cls

    def __init__(cls, name, bases, body, total=True):
        pass

    def __call__(cls, *args, **keywords):
        return dict(*args, **keywords)

    def __instancecheck__(cls, x):
        raise TypeError('TypedDict does not support instance and class checks')

    __subclasscheck__ = __instancecheck__


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    """A type of dicts with certain keys."""
    if fields is None:
        fields = kwargs
    return _TypedDictMeta(typename, (), {'__annotations__': dict(fields), '__module__': _caller_module()}, total=total)


TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def cast(typ, val):
    """The value; the type is for readers."""
    return val


def assert_type(val, typ, /):
    """The value; the type is for readers."""
    return val


def reveal_type(obj, /):
    """Prints the type of a value and gives the value."""
    print('Runtime type is %r' % type(obj).__name__, file=_sys.stderr)
    return obj


def assert_never(arg, /):
    """For what cannot be reached."""
    text = repr(arg)
    raise AssertionError('Expected code to be unreachable, but got: %s' % (text if len(text) <= 100 else text[:100] + '...'))


def _only_overloads(*args, **keywords):
    raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions outside a stub module should '
                              'always be followed by an implementation that is not @overload-ed.')


_overloads = {}


def overload(func):
    """Marks one of several signatures."""
    f = getattr(func, '__func__', func)
    _overloads.setdefault((f.__module__, f.__qualname__), []).append(func)
    return _only_overloads


def get_overloads(func):
    """The signatures that were marked."""
    f = getattr(func, '__func__', func)
    return _overloads.get((f.__module__, f.__qualname__), [])[:]


def clear_overloads():
    """Forgets the signatures that were marked."""
    _overloads.clear()


def final(f):
    """Marks what must not be overridden."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    """Marks what has annotations that are no types."""
    arg.__no_type_check__ = True
    return arg


def no_type_check_decorator(decorator):
    """A decorator whose results are marked so."""
    return lambda *args, **keywords: no_type_check(decorator(*args, **keywords))


def dataclass_transform(**options):
    """Marks a decorator that works like `dataclass`."""
    def mark(f):
        f.__dataclass_transform__ = options
        return f
    return mark


def get_origin(tp):
    """What stands before the brackets."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_Alias, _Bare, _Generic)):
        return tp.__origin__
    if isinstance(tp, _UnionType):
        return type(int | None)
    return Generic if tp is Generic else None


def get_args(tp):
    """What stands in the brackets."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, _CallableAlias):
        args = tp.__args__
        return args if args[0] is ... else (list(args[:-1]), args[-1])
    if isinstance(tp, (_Alias, _Generic, _UnionType)):
        return tp.__args__
    return ()


def is_typeddict(tp):
    """Whether it is a `TypedDict`."""
    return isinstance(tp, _TypedDictMeta)


def _evaluate(t, space, local):
    if isinstance(t, str):
        t = eval(t, space, local)
    if isinstance(t, ForwardRef):
        return _evaluate(t.__forward_arg__, space, local)
    if t is None:
        return _NoneType
    if isinstance(t, _Alias) and any(isinstance(a, (ForwardRef, _Alias)) for a in t.__args__) and not isinstance(t, (_LiteralAlias, _AnnotatedAlias)):
        return t._with([_evaluate(a, space, local) for a in t.__args__]) if not isinstance(t, _UnionAlias) else Union[
            tuple([_evaluate(a, space, local) for a in t.__args__])]
    return t


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations, with those that are text evaluated."""
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            module = _sys.modules.get(base.__module__)
            space = (module.__dict__ if module is not None else {}) if globalns is None else globalns
            for name, t in base.__dict__.get('__annotations__', {}).items():
                hints[name] = _evaluate(t, space, localns if localns is not None else dict(base.__dict__))
    else:
        space = globalns
        if space is None:
            f = obj
            while hasattr(f, '__wrapped__'):
                f = f.__wrapped__
            space = obj.__dict__ if type(obj) is type(_sys) else getattr(f, '__globals__', {})
        found = getattr(obj, '__annotations__', None)
        if found is None:
            raise TypeError('%r is not a module, class, method, or function.' % (obj,))
        for name, t in found.items():
            hints[name] = _evaluate(t, space, space if localns is None else localns)
    if not include_extras:
        hints = {n: t.__origin__ if isinstance(t, _AnnotatedAlias) else t for n, t in hints.items()}
    return hints


del _name, _module, _real, _count
__all__ = [_n for _n in globals() if _n[0] != '_']
