"""Containers beside list, dict, set and tuple."""
import sys
from itertools import chain as _chain, repeat as _repeat, starmap as _starmap

__all__ = ['ChainMap', 'Counter', 'OrderedDict', 'defaultdict', 'deque', 'namedtuple']

_NOTHING = object()
_alias = type(list[int])
_showing = set()


class deque:
    """deque([iterable[, maxlen]]) --> deque object

    A list-like sequence optimized for data accesses near its endpoints.
    """
    # Two lists: the front one is reversed. Whichever end runs empty takes half of the other.
    __slots__ = ('_front', '_back', '_maxlen', '_changes', '__weakref__')
    __hash__ = None
    __class_getitem__ = classmethod(_alias)

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._front = []
        self._back = []
        self._maxlen = None
        self._changes = 0
        return self

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError('an integer is required')
            if maxlen < 0:
                raise ValueError('maxlen must be non-negative')
        self._maxlen = maxlen
        self._front = []
        self._back = []
        self._changes += 1
        self.extend(iterable)

    @property
    def maxlen(self):
        """maximum size of a deque or None if unbounded"""
        return self._maxlen

    def append(self, x, /):
        """Add an element to the right side of the deque."""
        self._changes += 1
        self._back.append(x)
        if self._maxlen is not None and len(self._front) + len(self._back) > self._maxlen:
            self.popleft()

    def appendleft(self, x, /):
        """Add an element to the left side of the deque."""
        self._changes += 1
        self._front.append(x)
        if self._maxlen is not None and len(self._front) + len(self._back) > self._maxlen:
            self.pop()

    def pop(self):
        """Remove and return the rightmost element."""
        back = self._back
        if not back:
            front = self._front
            if not front:
                raise IndexError('pop from an empty deque')
            half = (len(front) + 1) // 2
            back.extend(front[half - 1::-1])
            del front[:half]
        self._changes += 1
        return back.pop()

    def popleft(self):
        """Remove and return the leftmost element."""
        front = self._front
        if not front:
            back = self._back
            if not back:
                raise IndexError('pop from an empty deque')
            half = (len(back) + 1) // 2
            front.extend(back[half - 1::-1])
            del back[:half]
        self._changes += 1
        return front.pop()

    def extend(self, iterable, /):
        """Extend the right side of the deque with elements from the iterable"""
        if iterable is self:
            iterable = list(iterable)
        if self._maxlen is None:
            self._changes += 1
            self._back.extend(iterable)
        else:
            for x in iterable:
                self.append(x)

    def extendleft(self, iterable, /):
        """Extend the left side of the deque with elements from the iterable"""
        if iterable is self:
            iterable = list(iterable)
        if self._maxlen is None:
            self._changes += 1
            self._front.extend(iterable)
        else:
            for x in iterable:
                self.appendleft(x)

    def clear(self):
        """Remove all elements from the deque."""
        self._changes += 1
        self._front.clear()
        self._back.clear()

    def _set(self, items):
        self._changes += 1
        self._front = []
        self._back = items

    def _list(self):
        return self._front[::-1] + self._back

    def rotate(self, n=1, /):
        """Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left."""
        size = len(self)
        if size > 1:
            n = n % size
            if n * 2 <= size:
                for _ in range(n):
                    self._front.append(self.pop())
            else:
                for _ in range(size - n):
                    self._back.append(self.popleft())
            self._changes += 1

    def reverse(self):
        """Reverse *IN PLACE*."""
        self._changes += 1
        self._front, self._back = self._back, self._front

    def copy(self):
        """Return a shallow copy of a deque."""
        if type(self) is deque:
            made = deque()
            made._front = self._front[:]
            made._back = self._back[:]
            made._maxlen = self._maxlen
            return made
        if self._maxlen is None:
            return type(self)(self)
        return type(self)(self, self._maxlen)

    __copy__ = copy

    def count(self, v, /):
        """Return number of occurrences of value."""
        n = 0
        for x in self:
            if x is v or x == v:
                n += 1
        return n

    def index(self, v, start=0, stop=sys.maxsize, /):
        """Return first index of value.  Raises ValueError if the value is not present."""
        size = len(self)
        if start < 0:
            start = max(start + size, 0)
        if stop < 0:
            stop = max(stop + size, 0)
        i = 0
        for x in self:
            if i >= stop:
                break
            if i >= start and (x is v or x == v):
                return i
            i += 1
        raise ValueError('%r is not in deque' % (v,))

    def insert(self, index, value, /):
        """Insert value before index."""
        if self._maxlen is not None and len(self) >= self._maxlen:
            raise IndexError('deque already at its maximum size')
        items = self._list()
        items.insert(index, value)
        self._set(items)

    def remove(self, value, /):
        """Remove first occurrence of value."""
        changes = self._changes
        items = self._list()
        for i, x in enumerate(items):
            if x is value or x == value:
                if self._changes != changes:
                    raise IndexError('deque mutated during remove().')
                del items[i]
                self._set(items)
                return
            if self._changes != changes:
                raise IndexError('deque mutated during iteration')
        raise ValueError('%r is not in deque' % (value,))

    def _place(self, i):
        if not isinstance(i, int):
            try:
                i = i.__index__()
            except AttributeError:
                raise TypeError("sequence index must be integer, not '%s'" % type(i).__name__) from None
        front = self._front
        if i < 0:
            i += len(front) + len(self._back)
            if i < 0:
                raise IndexError('deque index out of range')
        n = len(front)
        if i < n:
            return front, n - 1 - i
        i -= n
        if i >= len(self._back):
            raise IndexError('deque index out of range')
        return self._back, i

    def __getitem__(self, i, /):
        items, at = self._place(i)
        return items[at]

    def __setitem__(self, i, v, /):
        items, at = self._place(i)
        items[at] = v

    def __delitem__(self, i, /):
        items, at = self._place(i)
        self._changes += 1
        del items[at]

    def __len__(self):
        return len(self._front) + len(self._back)

    def __bool__(self):
        return bool(self._front or self._back)

    def __iter__(self):
        return _deque_iterator(self, 0, 1)

    def __reversed__(self):
        return _deque_iterator(self, len(self) - 1, -1)

    def __contains__(self, v, /):
        for x in self:
            if x is v or x == v:
                return True
        return False

    def __repr__(self):
        if id(self) in _showing:
            return '[...]'
        _showing.add(id(self))
        try:
            shown = repr(self._list())
        finally:
            _showing.discard(id(self))
        if self._maxlen is None:
            return '%s(%s)' % (type(self).__name__, shown)
        return '%s(%s, maxlen=%d)' % (type(self).__name__, shown, self._maxlen)

    def __reduce__(self):
        state = getattr(self, '__dict__', None) or None
        args = () if self._maxlen is None else ((), self._maxlen)
        return type(self), args, state, iter(self)

    def __eq__(self, other, /):
        if not isinstance(other, deque):
            return NotImplemented
        return self is other or self._list() == other._list()

    def __lt__(self, other, /):
        return self._list() < other._list() if isinstance(other, deque) else NotImplemented

    def __le__(self, other, /):
        return self._list() <= other._list() if isinstance(other, deque) else NotImplemented

    def __gt__(self, other, /):
        return self._list() > other._list() if isinstance(other, deque) else NotImplemented

    def __ge__(self, other, /):
        return self._list() >= other._list() if isinstance(other, deque) else NotImplemented

    def __add__(self, other, /):
        if not isinstance(other, deque):
            raise TypeError('can only concatenate deque (not "%s") to deque' % type(other).__name__)
        made = self.copy()
        made.extend(other)
        return made

    def __iadd__(self, other, /):
        self.extend(other)
        return self

    def __mul__(self, n, /):
        if not hasattr(type(n), '__index__'):
            return NotImplemented
        made = self.copy()
        made *= n
        return made

    __rmul__ = __mul__

    def __imul__(self, n, /):
        items = self._list() * n
        if self._maxlen is not None:
            items = items[max(len(items) - self._maxlen, 0):]
        self._set(items)
        return self


class _deque_iterator:
    __slots__ = ('_of', '_at', '_step', '_changes')

    def __init__(self, of, at, step):
        self._of, self._at, self._step = of, at, step
        self._changes = of._changes

    def __iter__(self):
        return self

    def __next__(self):
        of = self._of
        at = self._at
        if of is None:
            raise StopIteration
        if self._changes != of._changes:
            self._of = None
            raise RuntimeError('deque mutated during iteration')
        front = of._front
        n = len(front)
        if at < n:
            if at < 0:
                self._of = None
                raise StopIteration
            self._at = at + self._step
            return front[n - 1 - at]
        if at - n >= len(of._back):
            self._of = None
            raise StopIteration
        self._at = at + self._step
        return of._back[at - n]

    def __length_hint__(self):
        if self._of is None:
            return 0
        return self._at + 1 if self._step < 0 else len(self._of) - self._at


class defaultdict(dict):
    """defaultdict(default_factory=None, /, [...]) --> dict with default factory"""
    __slots__ = ('default_factory',)

    def __new__(cls, *args, **kwargs):
        self = dict.__new__(cls)
        self.default_factory = None
        return self

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError('first argument must be callable or None')
        self.default_factory = default_factory
        dict.__init__(self, *args, **kwargs)

    def __missing__(self, key, /):
        """Called by __getitem__ for missing key."""
        factory = self.default_factory
        if factory is None:
            raise KeyError(key)
        self[key] = value = factory()
        return value

    def copy(self):
        """D.copy() -> a shallow copy of D."""
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __repr__(self):
        shown = dict.__repr__(self)
        if id(self) in _showing:
            factory = '...'
        else:
            _showing.add(id(self))
            try:
                factory = repr(self.default_factory)
            finally:
                _showing.discard(id(self))
        return '%s(%s, %s)' % (type(self).__name__, factory, shown)

    def __reduce__(self):
        args = () if self.default_factory is None else (self.default_factory,)
        return type(self), args, None, None, iter(self.items())

    def __or__(self, other, /):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other, /):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self.default_factory, other)
        made.update(self)
        return made


class OrderedDict(dict):
    """Dictionary that remembers insertion order"""

    def popitem(self, last=True):
        """Remove and return a (key, value) pair from the dictionary, the last or the first."""
        if not self:
            raise KeyError('dictionary is empty')
        if last:
            return dict.popitem(self)
        for key in self:
            break
        return key, self.pop(key)

    def move_to_end(self, key, last=True):
        """Move an existing element to the end (or beginning if last is false)."""
        value = dict.pop(self, key, _NOTHING)
        if value is _NOTHING:
            raise KeyError(key)
        if last:
            dict.__setitem__(self, key, value)
        else:
            others = list(dict.items(self))
            dict.clear(self)
            dict.__setitem__(self, key, value)
            dict.update(self, others)

    def copy(self):
        """A shallow copy of ordered dict."""
        return self.__class__(self)

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """Create a new ordered dictionary with keys from iterable and values set to value."""
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __eq__(self, other, /):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and list(self) == list(other)
        return dict.__eq__(self, other)

    def __ne__(self, other, /):
        r = self.__eq__(other)
        return r if r is NotImplemented else not r

    def __or__(self, other, /):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(self)
        made.update(other)
        return made

    def __ror__(self, other, /):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(other)
        made.update(self)
        return made

    def __ior__(self, other, /):
        self.update(other)
        return self

    def __repr__(self):
        name = type(self).__name__
        if not self:
            return '%s()' % name
        if id(self) in _showing:
            return '...'
        _showing.add(id(self))
        try:
            return '%s(%r)' % (name, list(self.items()))
        finally:
            _showing.discard(id(self))

    def __reduce__(self):
        return type(self), (), getattr(self, '__dict__', None) or None, None, iter(self.items())


class Counter(dict):
    """Dict subclass for counting hashable items."""

    def __init__(self, iterable=None, /, **kwds):
        dict.__init__(self)
        self.update(iterable, **kwds)

    def __missing__(self, key):
        """The count of elements not in the Counter is zero."""
        return 0

    def total(self):
        """Sum of the counts"""
        return sum(self.values())

    def most_common(self, n=None):
        """List the n most common elements and their counts from the most common to the least."""
        if n is None:
            return sorted(self.items(), key=_count_of, reverse=True)
        if n == 1:
            return [max(self.items(), key=_count_of)] if self else []
        return sorted(self.items(), key=_count_of, reverse=True)[:max(n, 0)]

    def elements(self):
        """Iterator over elements repeating each as many times as its count."""
        return _chain.from_iterable(_starmap(_repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    def update(self, iterable=None, /, **kwds):
        """Like dict.update() but add counts instead of replacing them."""
        if iterable is not None:
            get = self.get
            if hasattr(iterable, 'items') and hasattr(iterable, 'keys'):
                if self:
                    for key, n in iterable.items():
                        self[key] = n + get(key, 0)
                else:
                    dict.update(self, iterable)
            else:
                for key in iterable:
                    self[key] = get(key, 0) + 1
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Like dict.update() but subtracts counts instead of replacing them."""
        if iterable is not None:
            get = self.get
            if hasattr(iterable, 'items') and hasattr(iterable, 'keys'):
                for key, n in iterable.items():
                    self[key] = get(key, 0) - n
            else:
                for key in iterable:
                    self[key] = get(key, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """Return a shallow copy."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, key):
        """Like dict.__delitem__() but does not raise KeyError for missing values."""
        if key in self:
            dict.__delitem__(self, key)

    def __repr__(self):
        if not self:
            return f'{self.__class__.__name__}()'
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)
        return f'{self.__class__.__name__}({shown!r})'

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] == other[e] for c in (self, other) for e in c)

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] <= other[e] for c in (self, other) for e in c)

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] >= other[e] for c in (self, other) for e in c)

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def _positive(self, other, combine):
        made = Counter()
        for key, n in self.items():
            n = combine(n, other[key])
            if n > 0:
                made[key] = n
        for key, n in other.items():
            if key not in self:
                n = combine(0, n)
                if n > 0:
                    made[key] = n
        return made

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive(other, lambda a, b: a + b)

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive(other, lambda a, b: a - b)

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive(other, lambda a, b: b if a < b else a)

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive(other, lambda a, b: a if a < b else b)

    def __pos__(self):
        return self._positive(Counter(), lambda a, b: a)

    def __neg__(self):
        return self._positive(Counter(), lambda a, b: -a)

    def _become(self, other):
        for key in list(self):
            if key not in other:
                del self[key]
        dict.update(self, other)
        return self

    def __iadd__(self, other):
        return self._become(self + other)

    def __isub__(self, other):
        return self._become(self - other)

    def __ior__(self, other):
        return self._become(self | other)

    def __iand__(self, other):
        return self._become(self & other)


def _count_of(pair):
    return pair[1]


_KEYWORDS = frozenset('''False None True and as assert async await break class continue def del elif else except finally for
from global if import in is lambda nonlocal not or pass raise return try while with yield'''.split())


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Returns a new subclass of tuple with named fields."""
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    names = list(map(str, field_names))
    typename = sys.intern(str(typename))
    if rename:
        seen = set()
        for i, name in enumerate(names):
            if not name.isidentifier() or name in _KEYWORDS or name.startswith('_') or name in seen:
                names[i] = f'_{i}'
            seen.add(name)
    for name in [typename] + names:
        if not name.isidentifier():
            raise ValueError('Type names and field names must be valid '
                             f'identifiers: {name!r}')
        if name in _KEYWORDS:
            raise ValueError('Type names and field names cannot be a '
                             f'keyword: {name!r}')
    seen = set()
    for name in names:
        if name.startswith('_') and not rename:
            raise ValueError('Field names cannot start with an underscore: '
                             f'{name!r}')
        if name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > len(names):
            raise TypeError('Got more default values than field names')
        if defaults:
            field_defaults = dict(zip(names[-len(defaults):], defaults))
    names = tuple(map(sys.intern, names))
    make = tuple.__new__
    count = len(names)

    # The constructor has the fields as its parameters, so that calls are checked as those of any function.
    params = ', '.join(names)
    scope = {'_make': make, '__builtins__': {}, '__name__': f'namedtuple_{typename}'}
    new = eval(f'lambda _cls, {params}: _make(_cls, ({params}{"," if count == 1 else ""}))' if count else 'lambda _cls: _make(_cls, ())', scope)
    new.__name__ = '__new__'
    new.__qualname__ = f'{typename}.__new__'
    new.__doc__ = f'Create new instance of {typename}({params})'
    if defaults is not None:
        new.__defaults__ = defaults

    def _make(cls, iterable):
        result = make(cls, iterable)
        if len(result) != count:
            raise TypeError(f'Expected {count} arguments, got {len(result)}')
        return result

    def _replace(self, /, **kwds):
        result = self._make(map(kwds.pop, names, self))
        if kwds:
            raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
        return result

    shape = '(' + ', '.join(f'{name}=%r' for name in names) + ')'

    def __repr__(self):
        """Return a nicely formatted representation string"""
        return self.__class__.__name__ + shape % tuple(self)

    def _asdict(self):
        """Return a new dict which maps field names to their values."""
        return dict(zip(names, self))

    def __getnewargs__(self):
        """Return self as a plain tuple.  Used by copy and pickle."""
        return tuple(self)

    _make.__doc__ = f'Make a new {typename} object from a sequence or iterable'
    _replace.__doc__ = f'Return a new {typename} object replacing specified fields with new values'
    for function in (_make, _replace, __repr__, _asdict, __getnewargs__):
        function.__qualname__ = f'{typename}.{function.__name__}'
    namespace = {
        '__doc__': f'{typename}({params})', '__slots__': (), '_fields': names, '_field_defaults': field_defaults,
        '__new__': new, '_make': classmethod(_make), '_replace': _replace, '__repr__': __repr__, '_asdict': _asdict,
        '__getnewargs__': __getnewargs__, '__match_args__': names,
    }
    for i, name in enumerate(names):
        namespace[name] = getter = _tuplegetter(_item_getter(i))
        getter.__doc__ = f'Alias for field number {i}'
    if module is None:
        try:
            module = sys._getframe(1).f_globals.get('__name__', '__main__')
        except (AttributeError, ValueError):
            pass
    if module is not None:
        namespace['__module__'] = module
    return type(typename, (tuple,), namespace)


def _item_getter(i):
    return lambda self: self[i]


# No text of its own here: it would hide those of the fields.
class _tuplegetter(property):
    def __set__(self, obj, value):
        raise AttributeError("can't set attribute")

    def __delete__(self, obj):
        raise AttributeError("can't delete attribute")


class ChainMap:
    """A ChainMap groups multiple dicts (or other mappings) together to create a single, updateable view."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        keys = {}
        for mapping in reversed(self.maps):
            keys.update(dict.fromkeys(mapping))
        return iter(keys)

    def __contains__(self, key):
        return any(key in m for m in self.maps)

    def __bool__(self):
        return any(self.maps)

    def __repr__(self):
        return f'{self.__class__.__name__}({", ".join(map(repr, self.maps))})'

    def __eq__(self, other):
        if not isinstance(other, (dict, ChainMap)):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __hash__ = None

    def keys(self):
        return dict.fromkeys(self).keys()

    def values(self):
        return {key: self[key] for key in self}.values()

    def items(self):
        return {key: self[key] for key in self}.items()

    @classmethod
    def fromkeys(cls, iterable, *args):
        """Create a ChainMap with a single dict created from the iterable."""
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        """New ChainMap or subclass with a new copy of maps[0] and refs to maps[1:]"""
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """New ChainMap with a new map followed by all previous maps."""
        if m is None:
            m = kwargs
        elif kwargs:
            m.update(kwargs)
        return self.__class__(m, *self.maps)

    @property
    def parents(self):
        """New ChainMap from maps[1:]."""
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f'Key not found in the first mapping: {key!r}')

    def popitem(self):
        """Remove and return an item pair from maps[0]. Raise KeyError is maps[0] is empty."""
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError('No keys found in the first mapping.')

    def pop(self, key, *args):
        """Remove *key* from maps[0] and return its value. Raise KeyError if *key* not in maps[0]."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f'Key not found in the first mapping: {key!r}')

    def clear(self):
        """Clear maps[0], leaving maps[1:] intact."""
        self.maps[0].clear()

    def update(self, other=(), /, **kwds):
        self.maps[0].update(other, **kwds)

    def setdefault(self, key, default=None):
        if key in self:
            return self[key]
        self[key] = default
        return default

    def __or__(self, other):
        if not hasattr(other, 'keys'):
            return NotImplemented
        made = self.copy()
        made.maps[0].update(other)
        return made

    def __ror__(self, other):
        if not hasattr(other, 'keys'):
            return NotImplemented
        made = dict(other)
        for mapping in reversed(self.maps):
            made.update(mapping)
        return self.__class__(made)

    def __ior__(self, other):
        self.maps[0].update(other)
        return self
