"""Classes whose methods follow from the fields they declare."""

import copy as _copy
import sys as _sys

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict', 'astuple', 'make_dataclass',
           'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    pass


class _Sign:
    """A value that stands for itself."""

    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


class _MISSING_TYPE(_Sign):
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object at %#x>' % id(self)


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return '<factory>'


MISSING = _MISSING_TYPE('MISSING')
KW_ONLY = _Sign('KW_ONLY')
_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()
_FIELD = _Sign('_FIELD')
_CLASSVAR = _Sign('_FIELD_CLASSVAR')
_INITVAR = _Sign('_FIELD_INITVAR')
_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'


class InitVar:
    """The type of what only `__init__` and `__post_init__` take."""

    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        t = self.type
        return 'dataclasses.InitVar[%s]' % (t.__name__ if isinstance(t, type) and not hasattr(t, '__origin__') else repr(t))

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known of one field."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only', '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return ('Field(name=%r,type=%r,default=%r,default_factory=%r,init=%r,repr=%r,hash=%r,compare=%r,metadata=mappingproxy(%r),kw_only=%r,'
                '_field_type=%r)' % (self.name, self.type, self.default, self.default_factory, self.init, self.repr, self.hash, self.compare,
                                     dict(self.metadata), self.kw_only, self._field_type))

    def __set_name__(self, owner, name):
        f = getattr(type(self.default), '__set_name__', None)
        if f is not None:
            f(self.default, owner, name)


class _DataclassParams:
    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen')

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen

    def __repr__(self):
        return '_DataclassParams(init=%r,repr=%r,eq=%r,order=%r,unsafe_hash=%r,frozen=%r)' % (
            self.init, self.repr, self.eq, self.order, self.unsafe_hash, self.frozen)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    """Says more of a field than its default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _annotation_is(annotation, names, module):
    """Whether an annotation that is text names one of `names`, plain or behind `module.`."""
    head = annotation.split('[', 1)[0].strip()
    if head.startswith(module + '.'):
        head = head[len(module) + 1:]
    elif head.startswith('typing.') or head.startswith('t.'):
        head = head.split('.', 1)[1]
    return head in names


def _is_class_var(annotation):
    if isinstance(annotation, str):
        return _annotation_is(annotation, ('ClassVar',), 'typing')
    typing = _sys.modules.get('typing')
    return typing is not None and (annotation is typing.ClassVar or getattr(annotation, '__origin__', None) is typing.ClassVar)


def _is_init_var(annotation):
    if isinstance(annotation, str):
        return _annotation_is(annotation, ('InitVar',), 'dataclasses')
    return annotation is InitVar or type(annotation) is InitVar


def _get_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if type(default).__name__ == 'member' and hasattr(default, '__objclass__'):
            # A slot of the class, not a default.
            default = MISSING
        f = field(default=default)
    f.name = name
    f.type = annotation
    f._field_type = _CLASSVAR if _is_class_var(annotation) else _INITVAR if _is_init_var(annotation) else _FIELD
    if f._field_type is not _FIELD and f.default_factory is not MISSING:
        raise TypeError('field %s cannot have a default factory' % name)
    if f._field_type is _CLASSVAR:
        if f.kw_only is not MISSING:
            raise TypeError('field %s is a ClassVar but specifies kw_only' % name)
    elif f.kw_only is MISSING:
        f.kw_only = kw_only
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError('mutable default %s for field %s is not allowed: use default_factory' % (type(f.default), name))
    return f


def _make(cls, name, params, body, space):
    """A method from its text."""
    inside = {}
    lines = '\n'.join(['  ' + line for line in body])
    exec('def __create__(%s):\n def %s(%s):\n%s\n return %s' % (', '.join(space), name, ', '.join(params), lines, name),
         _sys.modules[cls.__module__].__dict__ if cls.__module__ in _sys.modules else {}, inside)
    f = inside['__create__'](**space)
    f.__qualname__ = '%s.%s' % (cls.__qualname__, name)
    return f


def _init_method(cls, all_fields, frozen, slots):
    """`__init__` for the fields."""
    used = [f for f in all_fields if f._field_type is not _CLASSVAR]
    plain = [f for f in used if f.init and not f.kw_only]
    keyword = [f for f in used if f.init and f.kw_only]
    seen_default = False
    for f in plain:
        if f.default is MISSING and f.default_factory is MISSING:
            if seen_default:
                raise TypeError('non-default argument %r follows default argument' % f.name)
        else:
            seen_default = True
    me = '__dataclass_self__' if any(f.name == 'self' for f in used) else 'self'
    space = {'_FACTORY': _FACTORY, '_set': object.__setattr__}
    body = []
    notes = {}

    def parameter(f):
        notes[f.name] = f.type
        if f.default is not MISSING:
            space['_default_' + f.name] = f.default
            return '%s=_default_%s' % (f.name, f.name)
        if f.default_factory is not MISSING:
            return '%s=_FACTORY' % f.name
        return f.name

    params = [me] + [parameter(f) for f in plain]
    if keyword:
        params.append('*')
        params += [parameter(f) for f in keyword]
    for f in used:
        if f._field_type is _INITVAR:
            continue
        if f.default_factory is not MISSING:
            space['_make_' + f.name] = f.default_factory
            value = '_make_%s()' % f.name
            if f.init:
                value = '%s if %s is _FACTORY else %s' % (value, f.name, f.name)
        elif f.init:
            value = f.name
        elif slots and f.default is not MISSING:
            space['_default_' + f.name] = f.default
            value = '_default_' + f.name
        else:
            continue
        if frozen:
            body.append('_set(%s, %r, %s)' % (me, f.name, value))
        else:
            body.append('%s.%s = %s' % (me, f.name, value))
    if hasattr(cls, '__post_init__'):
        body.append('%s.__post_init__(%s)' % (me, ', '.join([f.name for f in used if f._field_type is _INITVAR])))
    f = _make(cls, '__init__', params, body or ['pass'], space)
    notes['return'] = None
    f.__annotations__ = notes
    return f


def _tuple_text(who, chosen):
    return '(%s)' % ''.join(['%s.%s,' % (who, f.name) for f in chosen])


def _repr_method(cls, chosen):
    running = set()

    def __repr__(self):
        key = id(self)
        if key in running:
            return '...'
        running.add(key)
        try:
            return '%s(%s)' % (self.__class__.__qualname__, ', '.join(['%s=%r' % (name, getattr(self, name)) for name in names]))
        finally:
            running.discard(key)

    names = [f.name for f in chosen]
    __repr__.__qualname__ = '%s.__repr__' % cls.__qualname__
    return __repr__


def _set_new(cls, name, value):
    """Sets an attribute unless the class has it; says whether it had."""
    if name in cls.__dict__:
        return True
    setattr(cls, name, value)
    return False


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    all_fields = {}
    params = _DataclassParams(init, repr, eq, order, unsafe_hash, frozen)
    has_base = has_frozen_base = False
    for base in reversed(cls.__mro__[1:]):
        inherited = base.__dict__.get(_FIELDS)
        if inherited is not None:
            has_base = True
            all_fields.update(inherited)
            if base.__dict__[_PARAMS].frozen:
                has_frozen_base = True
    annotations = cls.__dict__.get('__annotations__', {})
    own = []
    seen_kw_only = False
    for name, annotation in annotations.items():
        if annotation is KW_ONLY or isinstance(annotation, str) and _annotation_is(annotation, ('KW_ONLY',), 'dataclasses'):
            if seen_kw_only:
                raise TypeError('%r is KW_ONLY, but KW_ONLY has already been specified' % name)
            seen_kw_only = kw_only = True
        else:
            own.append(_get_field(cls, name, annotation, kw_only))
    for f in own:
        all_fields[f.name] = f
        if isinstance(cls.__dict__.get(f.name), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError('%r is a field but has no type annotation' % name)
    if has_base:
        if has_frozen_base and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if not has_frozen_base and frozen:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    setattr(cls, _FIELDS, all_fields)
    setattr(cls, _PARAMS, params)
    own_hash = cls.__dict__.get('__hash__', MISSING)
    has_own_hash = not (own_hash is MISSING or own_hash is None and '__eq__' in cls.__dict__)
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    every = list(all_fields.values())
    real = [f for f in every if f._field_type is _FIELD]
    if init:
        _set_new(cls, '__init__', _init_method(cls, every, frozen, slots))
    if repr:
        _set_new(cls, '__repr__', _repr_method(cls, [f for f in real if f.repr]))
    compared = [f for f in real if f.compare]
    mine, others = _tuple_text('self', compared), _tuple_text('other', compared)
    if eq:
        body = ['if other.__class__ is self.__class__:', ' return %s == %s' % (mine, others), 'return NotImplemented']
        _set_new(cls, '__eq__', _make(cls, '__eq__', ['self', 'other'], body, {}))
    if order:
        for name, sign in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>=')):
            body = ['if other.__class__ is self.__class__:', ' return %s %s %s' % (mine, sign, others), 'return NotImplemented']
            if _set_new(cls, name, _make(cls, name, ['self', 'other'], body, {})):
                raise TypeError('Cannot overwrite attribute %s in class %s. Consider using functools.total_ordering' % (name, cls.__name__))
    if frozen:
        names = tuple([f.name for f in real])

        def __setattr__(self, name, value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError('cannot assign to field %r' % (name,))
            super(cls, self).__setattr__(name, value)

        def __delattr__(self, name):
            if type(self) is cls or name in names:
                raise FrozenInstanceError('cannot delete field %r' % (name,))
            super(cls, self).__delattr__(name)

        for f in (__setattr__, __delattr__):
            f.__qualname__ = '%s.%s' % (cls.__qualname__, f.__name__)
            if _set_new(cls, f.__name__, f):
                raise TypeError('Cannot overwrite attribute %s in class %s' % (f.__name__, cls.__name__))
    if unsafe_hash and has_own_hash:
        raise TypeError('Cannot overwrite attribute __hash__ in class %s' % cls.__name__)
    if unsafe_hash or eq and frozen and not has_own_hash:
        hashed = [f for f in real if (f.compare if f.hash is None else f.hash)]
        cls.__hash__ = _make(cls, '__hash__', ['self'], ['return _hash(%s)' % _tuple_text('self', hashed)], {'_hash': hash})
    elif eq and not has_own_hash:
        cls.__hash__ = None
    if not cls.__dict__.get('__doc__'):
        cls.__doc__ = cls.__name__ + _signature_text(every)
    if match_args:
        _set_new(cls, '__match_args__', tuple([f.name for f in every if f.init and not f.kw_only and f._field_type is not _CLASSVAR]))
    if weakref_slot and not slots:
        raise TypeError('weakref_slot is True but slots is False')
    if slots:
        cls = _with_slots(cls, frozen, weakref_slot, [f.name for f in real])
    if hasattr(cls, '__abstractmethods__'):
        from abc import update_abstractmethods
        update_abstractmethods(cls)
    return cls


def _signature_text(every):
    """`(x: int, y: int = 0)`, for the text of documentation."""
    parts = []
    used = [f for f in every if f.init and f._field_type is not _CLASSVAR]
    keyword = [f for f in used if f.kw_only]
    for f in [f for f in used if not f.kw_only] + keyword:
        if keyword and f is keyword[0]:
            parts.append('*')
        t = f.type
        text = '%s: %s' % (f.name, repr(t) if isinstance(t, str) or not isinstance(t, type) or hasattr(t, '__origin__') else t.__qualname__)
        if f.default is not MISSING:
            text += ' = %r' % (f.default,)
        elif f.default_factory is not MISSING:
            text += ' = <factory>'
        parts.append(text)
    return '(%s)%s' % (', '.join(parts), ' -> None')


def _slots_state(self):
    return [getattr(self, f.name) for f in fields(self)]


def _set_slots_state(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _with_slots(cls, frozen, weakref_slot, names):
    """The class once more, with slots for its fields."""
    if '__slots__' in cls.__dict__:
        raise TypeError('%s already specifies __slots__' % cls.__name__)
    space = dict(cls.__dict__)
    inherited = set()
    for base in cls.__mro__[1:-1]:
        s = base.__dict__.get('__slots__', ())
        inherited.update((s,) if isinstance(s, str) else s)
    space['__slots__'] = tuple([n for n in names + (['__weakref__'] if weakref_slot else []) if n not in inherited])
    for name in names:
        space.pop(name, None)
    space.pop('__dict__', None)
    space.pop('__weakref__', None)
    qualname = cls.__qualname__
    new = type(cls)(cls.__name__, cls.__bases__, space)
    new.__qualname__ = qualname
    if frozen:
        for name, f in (('__getstate__', _slots_state), ('__setstate__', _set_slots_state)):
            if name not in space:
                setattr(new, name, f)
    return new


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False,
              slots=False, weakref_slot=False):
    """Adds the methods that follow from the fields of a class."""
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a dataclass."""
    found = getattr(class_or_instance, _FIELDS, None)
    if found is None:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def _is_instance(x):
    return hasattr(type(x), _FIELDS)


def is_dataclass(obj):
    """Whether it is a dataclass or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """The fields as a dict; dataclasses within become dicts too."""
    if not _is_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _convert(obj, lambda x, inner: dict_factory([(f.name, inner(getattr(x, f.name))) for f in fields(x)]))


def astuple(obj, *, tuple_factory=tuple):
    """The values as a tuple; dataclasses within become tuples too."""
    if not _is_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _convert(obj, lambda x, inner: tuple_factory([inner(getattr(x, f.name)) for f in fields(x)]))


def _convert(x, make):
    def inner(x):
        if _is_instance(x):
            return make(x, inner)
        if isinstance(x, tuple) and hasattr(x, '_fields'):
            return type(x)(*[inner(v) for v in x])
        if isinstance(x, (list, tuple)):
            return type(x)([inner(v) for v in x])
        if isinstance(x, dict):
            pairs = [(inner(k), inner(v)) for k, v in x.items()]
            if hasattr(type(x), 'default_factory'):
                y = type(x)(x.default_factory)
                for k, v in pairs:
                    y[k] = v
                return y
            return type(x)(pairs)
        return _copy.deepcopy(x)

    return inner(x)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    """A dataclass from a list of fields."""
    space = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name, t = item, 'typing.Any'
        elif len(item) == 2:
            name, t = item
        elif len(item) == 3:
            name, t, space[item[0]] = item
        else:
            raise TypeError('Invalid field: %r' % (item,))
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError('Field names must be valid identifiers: %r' % (name,))
        if name in annotations:
            raise TypeError('Field name duplicated: %r' % (name,))
        annotations[name] = t
    space['__annotations__'] = annotations
    space.setdefault('__module__', 'types')
    metaclass = type(bases[0]) if bases else type
    return dataclass(metaclass(cls_name, bases, space), **options)


def replace(obj, /, **changes):
    """An instance like another, but for some fields."""
    if not _is_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError('field %s is declared with init=False, it cannot be specified with replace()' % f.name)
            continue
        if f.name not in changes:
            if f._field_type is _INITVAR and f.default is MISSING:
                raise ValueError("InitVar %r must be specified with replace()" % f.name)
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)
