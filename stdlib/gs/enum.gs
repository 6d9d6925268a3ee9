"""Enumerations: classes whose instances are a fixed set of named values."""

__all__ = ['EnumType', 'EnumMeta', 'Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag', 'ReprEnum', 'auto', 'unique', 'property', 'member', 'nonmember',
           'FlagBoundary', 'STRICT', 'CONFORM', 'EJECT', 'KEEP', 'global_str', 'global_enum', 'show_flag_values']

_property = property
Enum = Flag = ReprEnum = STRICT = EJECT = KEEP = CONFORM = None

# Names with one underscore at each end that a class may define.
_KNOWN_SUNDERS = frozenset(['_order_', '_generate_next_value_', '_numeric_repr_', '_missing_', '_ignore_', '_iter_member_', '_iter_member_by_value_',
                            '_iter_member_by_def_', '_value_repr_'])


class nonmember:
    """Keeps what it holds from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes a member of what it holds."""

    def __init__(self, value):
        self.value = value


class property(_property):
    """A property of members; asked of the class it is the member of that name."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is not None:
            if self.fget is None:
                raise AttributeError('%r member has no attribute %r' % (owner, self.name))
            return self.fget(instance)
        found = owner._member_map_.get(self.name)
        if found is None:
            raise AttributeError('%r has no attribute %r' % (owner, self.name))
        return found


class auto:
    """Stands for the value that comes next."""

    _unset = object()

    def __init__(self, value=_unset):
        self.value = value

    def __repr__(self):
        return 'auto(%r)' % (self.value,)


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_'


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _is_descriptor(x):
    return hasattr(x, '__get__') or hasattr(x, '__set__') or hasattr(x, '__delete__')


class _Body(dict):
    """The namespace of a class body: notes which names are members, and gives `auto` its values."""

    def __init__(self, name):
        super().__init__()
        self._private = '_%s__' % name
        self._member_names = {}
        self._values = []
        self._ignored = []
        self._next = None

    def __setitem__(self, key, value):
        if key.startswith(self._private):
            pass
        elif _is_sunder(key):
            if key not in _KNOWN_SUNDERS:
                raise ValueError('_sunder_ names, such as %r, are reserved for future Enum use' % (key,))
            if key == '_generate_next_value_':
                self._next = value.__func__ if isinstance(value, staticmethod) else value
            elif key == '_ignore_':
                value = value.replace(',', ' ').split() if isinstance(value, str) else list(value)
                self._ignored = value
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError('%r already defined as %r' % (key, self[key]))
        elif key in self._ignored:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not _is_descriptor(value):
            if isinstance(value, member):
                value = value.value
            if key in self:
                raise TypeError('%r already defined as %r' % (key, self[key]))
            if isinstance(value, auto):
                value = self._fill(key, value)
            elif type(value) is tuple and any(isinstance(v, auto) for v in value):
                value = tuple([self._fill(key, v) if isinstance(v, auto) else v for v in value])
            self._member_names[key] = None
            self._values.append(value)
        dict.__setitem__(self, key, value)

    def _fill(self, key, a):
        if a.value is auto._unset:
            a.value = self._next(key, 1, len(self._member_names), self._values[:])
        return a.value


class _Maker:
    """Makes the members when the class is there and before `__init_subclass__` hears of it."""

    def __init__(self, make):
        self.make = make

    def __set_name__(self, cls, name):
        self.make(cls)


class EnumType(type):
    """The class of enumerations."""

    @classmethod
    def __prepare__(metacls, name, bases, **keywords):
        body = _Body(name)
        _, first = _parents(name, bases)
        if first is not None:
            body._next = getattr(first, '_generate_next_value_', None)
        return body

    def __new__(metacls, name, bases, body, *, boundary=None, _simple=False, **keywords):
        names = list(body._member_names)
        for ignored in body._ignored:
            body.pop(ignored, None)
        bad = [n for n in names if n in ('mro', '')]
        if bad:
            raise ValueError('invalid enum member name(s) %s' % ','.join([repr(n) for n in bad]))
        space = dict(body)
        space.pop('_ignore_', None)
        order = space.pop('_order_', None)
        values = [space.pop(n) for n in names]
        if '_generate_next_value_' in space and not isinstance(space['_generate_next_value_'], staticmethod):
            space['_generate_next_value_'] = staticmethod(space['_generate_next_value_'])
        data, first = _parents(name, bases)
        made_by_user = '__new__' in space
        new = space.get('__new__')
        if isinstance(new, staticmethod):
            new = new.__func__
        if new is None:
            new = _find_new(data, first)
        takes_arguments = new is not object.__new__
        if made_by_user and Enum is not None:
            space['__new_member__'] = staticmethod(new)
            del space['__new__']
        space['_new_member_'] = staticmethod(new)
        space['_use_args_'] = takes_arguments
        space['_member_names_'] = []
        space['_member_map_'] = {}
        space['_value2member_map_'] = {}
        space['_unhashable_values_'] = []
        space['_member_type_'] = data
        space['_boundary_'] = boundary or getattr(first, '_boundary_', None)
        space['_flag_mask_'] = space['_singles_mask_'] = space['_all_bits_'] = 0
        if ReprEnum is not None and ReprEnum in bases and data is not object:
            if '__format__' not in space:
                space['__format__'] = data.__format__
            if '__str__' not in space:
                method = data.__str__
                space['__str__'] = data.__repr__ if method is object.__str__ else method
        if first is not None:
            # What a data type brings along does not hide what enumerations do.
            for method in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
                if method not in space:
                    found = _find_method(bases, method)
                    if found in (getattr(data, method, None), getattr(object, method)):
                        space[method] = getattr(first, method)
        if Flag is not None and Flag in [c for b in bases for c in b.__mro__]:
            # Operators of a data type give members.
            for method in ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__', '__invert__'):
                if method not in space:
                    space[method] = _find_operator(bases, first, method)

        if names:
            def make(cls):
                for n, v in zip(names, values):
                    _add_member(cls, n, v, data, new, takes_arguments)
            space['_maker_'] = _Maker(make)
        cls = super().__new__(metacls, name, bases, space, **keywords)
        if names:
            type.__delattr__(cls, '_maker_')
        if first is not None:
            type.__setattr__(cls, '__new__', Enum.__new__ if Enum is not None else first.__new__)
        if order is not None:
            if isinstance(order, str):
                order = order.replace(',', ' ').split()
            order = [o for o in order if o not in cls._member_map_ or cls._member_map_[o]._name_ == o and o in cls._member_names_]
            if order != cls._member_names_:
                raise TypeError('member order does not match _order_:\n  %r\n  %r' % (cls._member_names_, order))
        return cls

    def __init__(cls, *args, **keywords):
        pass

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is not None:
            return _create(cls, value, names, module, qualname, type, start, boundary)
        if value.__class__ is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except (KeyError, TypeError):
            pass
        return _look_up(cls, value)

    def __getattr__(cls, name):
        if not _is_dunder(name):
            found = cls._member_map_.get(name)
            if found is not None:
                return found
        raise AttributeError(name) from None

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', ()):
            raise AttributeError('cannot reassign member %r' % (name,))
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get('_member_map_', ()):
            raise AttributeError('%r cannot delete member %r.' % (cls.__name__, name))
        super().__delattr__(name)

    def __contains__(cls, x):
        if not isinstance(x, Enum):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'" % (type(x).__qualname__, cls.__class__.__qualname__))
        return isinstance(x, cls) and (x._name_ in cls._member_map_ or issubclass(cls, Flag))

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        found = cls._member_map_
        return (found[name] for name in cls._member_names_)

    def __reversed__(cls):
        found = cls._member_map_
        return (found[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    @_property
    def __members__(cls):
        return dict(cls._member_map_)

    def __dir__(cls):
        names = set(['__class__', '__contains__', '__doc__', '__getitem__', '__init_subclass__', '__iter__', '__len__', '__members__',
                     '__module__', '__name__', '__qualname__'])
        return sorted(names.union(cls._member_names_))

    def __repr__(cls):
        kind = 'flag' if Flag is not None and issubclass(cls, Flag) else 'enum'
        return '<%s %r>' % (kind, cls.__name__)


EnumMeta = EnumType


def _parents(name, bases):
    """The data type among the bases (or `object`) and the enumeration that comes first."""
    if not bases or Enum is None:
        return object, None
    for base in bases:
        for c in base.__mro__:
            if isinstance(c, EnumType) and c._member_names_:
                raise TypeError('<enum %r> cannot extend %r' % (name, c))
    first = bases[-1]
    if not isinstance(first, EnumType):
        raise TypeError('new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`')
    found = []
    for base in bases:
        candidate = None
        for c in base.__mro__:
            if c is object:
                continue
            if isinstance(c, EnumType):
                if c._member_type_ is not object:
                    if c._member_type_ not in found:
                        found.append(c._member_type_)
                    break
            elif '__new__' in c.__dict__ or '__dataclass_fields__' in c.__dict__:
                if (candidate or c) not in found:
                    found.append(candidate or c)
                break
            else:
                candidate = candidate or c
    if len(found) > 1:
        raise TypeError('too many data types for %r: %r' % (name, set(found)))
    return found[0] if found else object, first


def _find_new(data, first):
    if first is None:
        return object.__new__
    for method in ('__new_member__', '__new__'):
        for c in (data, first):
            f = getattr(c, method, None)
            if f is not None and f is not object.__new__ and f is not Enum.__new__:
                return f
    return object.__new__


def _find_method(bases, name):
    for base in bases:
        for c in base.__mro__:
            if c is not object and name in c.__dict__:
                return getattr(c, name)
    return getattr(object, name)


def _find_operator(bases, first, name):
    for base in bases:
        for c in base.__mro__:
            if isinstance(c, EnumType) and name in c.__dict__:
                return c.__dict__[name]
    return getattr(first, name)


def _add_member(cls, name, value, data, new, takes_arguments):
    args = value if isinstance(value, tuple) else (value,)
    if data is tuple:
        args = (args,)
    x = new(cls, *args) if takes_arguments else new(cls)
    inside = x.__dict__
    if '_value_' not in inside:
        if data is object:
            inside['_value_'] = value
        else:
            try:
                inside['_value_'] = data(*args)
            except Exception as e:
                raise TypeError('_value_ not set in __new__, unable to create it') from e
    value = inside['_value_']
    inside['_name_'] = name
    inside['__objclass__'] = cls
    inside['name'] = name
    inside['value'] = value
    inside['_sort_order_'] = len(cls._member_names_)
    x.__init__(*args)
    if inside['_value_'] is not value:
        value = inside['value'] = inside['_value_']
    same = None
    is_hashable = True
    try:
        same = cls._value2member_map_.get(value)
    except TypeError:
        is_hashable = False
        for other in cls._member_map_.values():
            if other._value_ == value:
                same = other
                break
    if same is not None:
        x = same
    else:
        if Flag is not None and issubclass(cls, Flag) and isinstance(value, int):
            if value > 0 and value & (value - 1) == 0:
                type.__setattr__(cls, '_singles_mask_', cls._singles_mask_ | value)
                cls._member_names_.append(name)
            if value >= 0:
                mask = cls._flag_mask_ | value
                type.__setattr__(cls, '_flag_mask_', mask)
                type.__setattr__(cls, '_all_bits_', 2 ** mask.bit_length() - 1)
        else:
            cls._member_names_.append(name)
        if is_hashable:
            cls._value2member_map_[value] = x
        else:
            cls._unhashable_values_.append(value)
    if name not in ('name', 'value') and not any(isinstance(c.__dict__.get(name), property) for c in cls.__mro__):
        type.__setattr__(cls, name, x)
    cls._member_map_[name] = x


def _look_up(cls, value):
    """The member of a value that is not in the table."""
    if cls._unhashable_values_:
        for x in cls._member_map_.values():
            if x._value_ == value:
                return x
    if not cls._member_map_ and not issubclass(cls, Flag):
        raise TypeError('%r has no members defined' % (cls,))
    wrong = ValueError('%r is not a valid %s' % (value, cls.__qualname__))
    try:
        found = cls._missing_(value)
    except Exception as e:
        if not isinstance(e, ValueError):
            e.__context__ = wrong
        raise
    if isinstance(found, cls) or Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(found, int):
        return found
    if found is None:
        raise wrong
    e = TypeError('error in %s._missing_: returned %r instead of None or a valid member' % (cls.__name__, found))
    e.__context__ = wrong
    raise e


def _create(cls, name, names, module, qualname, type, start, boundary):
    """A class made by `Enum('Name', 'A B')`."""
    metacls = cls.__class__
    bases = (cls,) if type is None else (type, cls)
    body = metacls.__prepare__(name, bases)
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
        values = []
        for count, n in enumerate(names):
            values.append(body._next(n, start, count, values[:]))
        names = list(zip(names, values))
    for item in names:
        n, v = (item, names[item]) if isinstance(item, str) else item
        body[n] = v
    if module is None:
        import sys
        try:
            module = sys._getframe(2).f_globals['__name__']
        except (AttributeError, ValueError, KeyError):
            pass
    if module is not None:
        body['__module__'] = module
    if qualname is not None:
        body['__qualname__'] = qualname
    return metacls.__new__(metacls, name, bases, body, boundary=boundary)


class Enum(metaclass=EnumType):
    """A named value; subclasses list them."""

    def __new__(cls, value):
        return EnumType.__call__(cls, value)

    def __init__(self, *args, **keywords):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return max(last_values) + 1
        except TypeError:
            for value in reversed(last_values):
                try:
                    return value + 1
                except TypeError:
                    pass
            return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __setattr__(self, name, value):
        if name == 'name' or name == 'value':
            if not isinstance(getattr(type(self), name, None), _property):
                raise AttributeError('%r cannot set attribute %r' % (self.__class__, name))
        object.__setattr__(self, name, value)

    def __repr__(self):
        return '<%s.%s: %r>' % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def __format__(self, spec):
        return str.__format__(str(self), spec)

    def __dir__(self):
        own = [n for c in self.__class__.mro() for n in c.__dict__ if n[0] != '_' and n not in self.__class__._member_map_]
        own += [n for n in self.__dict__ if n[0] != '_']
        return sorted(set(own).union(['__class__', '__doc__', '__eq__', '__hash__', '__module__', 'name', 'value']))

    def __reduce_ex__(self, protocol):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class ReprEnum(Enum):
    """Only the repr is that of an enumeration; the text is that of the data type."""


class IntEnum(int, ReprEnum):
    """Members are numbers too."""


class StrEnum(str, ReprEnum):
    """Members are texts too."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError('too many arguments for str(): %r' % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError('%r is not a string' % (values[0],))
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError('encoding must be a string, not %r' % (values[1],))
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError('errors must be a string, not %r' % (values[2]))
        text = str(*values)
        x = str.__new__(cls, text)
        x._value_ = text
        return x

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What becomes of bits that no member has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _bits(number, width):
    """`0b0 0101`: the sign, then the bits."""
    if number >= 0:
        return '0b0 ' + bin(number)[2:].rjust(width, '0')
    return '0b1 ' + bin(number + 2 ** max(width, (~number).bit_length()))[2:].rjust(width, '1')


class Flag(Enum, boundary=STRICT):
    """Members that may be combined."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            return 2 ** last.bit_length()
        except AttributeError:
            raise TypeError('invalid flag value %r' % (last,)) from None

    @staticmethod
    def _numeric_repr_(value):
        return repr(value)

    @classmethod
    def _iter_member_(cls, value):
        table = cls._value2member_map_
        rest = value & cls._flag_mask_
        while rest:
            bit = rest & -rest
            rest ^= bit
            found = table.get(bit)
            if found is not None:
                yield found

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        mask = cls._flag_mask_
        bits = cls._all_bits_
        given = value
        if not ~bits <= value <= bits or value & (bits ^ mask):
            boundary = cls._boundary_
            if boundary is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError('%r invalid value %r\n    given %s\n  allowed %s' % (cls, value, _bits(value, width), _bits(mask, width)))
            if boundary is CONFORM:
                value &= mask
            elif boundary is EJECT:
                return value
            elif value < 0:
                value = max(bits + 1, 2 ** value.bit_length()) + value
        if value < 0:
            value += bits + 1
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        unknown = value & ~mask
        if cls._member_type_ is object:
            x = object.__new__(cls)
        else:
            x = cls._member_type_.__new__(cls, value)
        names = [m._name_ for m in cls._iter_member_(value)]
        name = None
        if names:
            name = '|'.join(names)
            if unknown:
                name += '|%s' % cls._numeric_repr_(unknown)
        inside = x.__dict__
        inside['_value_'] = inside['value'] = value
        inside['_name_'] = inside['name'] = name
        inside['__objclass__'] = cls
        return cls._value2member_map_.setdefault(value, x)

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        if self._name_ is None:
            return '<%s: %s>' % (self.__class__.__name__, self._value_)
        return '<%s.%s: %s>' % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        if self._name_ is None:
            return '%s(%s)' % (self.__class__.__name__, self._value_)
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _other(self, other):
        """The bits of what is combined with a member; `None`: it cannot be."""
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other._value_ if isinstance(other, Flag) else other
        return None

    def __or__(self, other):
        bits = self._other(other)
        return NotImplemented if bits is None else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = self._other(other)
        return NotImplemented if bits is None else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = self._other(other)
        return NotImplemented if bits is None else self.__class__(self._value_ ^ bits)

    def __invert__(self):
        if self._boundary_ is EJECT or self._boundary_ is KEEP:
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Flags that are numbers too."""


def unique(enumeration):
    """A decorator that refuses two names for one value."""
    doubles = [(name, m.name) for name, m in enumeration._member_map_.items() if name != m.name]
    if doubles:
        raise ValueError('duplicate values found in %r: %s' % (enumeration, ', '.join(['%s -> %s' % d for d in doubles])))
    return enumeration


def global_str(self):
    """The name alone."""
    return '%s(%r)' % (self.__class__.__name__, self._value_) if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """A decorator that makes the members names of the module too."""
    import sys
    type.__setattr__(cls, '__repr__', lambda self: '%s.%s' % (self.__class__.__module__.split('.')[-1], self._name_))
    if update_str or not issubclass(cls, ReprEnum):
        type.__setattr__(cls, '__str__', global_str)
    sys.modules[cls.__module__].__dict__.update(cls._member_map_)
    return cls


def show_flag_values(value):
    """The bits of a number, as a list of numbers."""
    rest = int(value)
    if rest < 0:
        raise ValueError('%r is not a positive integer' % (value,))
    found = []
    while rest:
        found.append(rest & -rest)
        rest &= rest - 1
    return found
