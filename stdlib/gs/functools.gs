"""Functions that take and give functions."""

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cache',
           'cmp_to_key', 'lru_cache', 'reduce', 'partial', 'partialmethod', 'singledispatch',
           'singledispatchmethod', 'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)
_NOTHING = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Update a wrapper function to look like the wrapped function."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator factory to apply update_wrapper() to a wrapper function."""
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def reduce(function, iterable, initial=_NOTHING, /):
    """Apply a function of two arguments cumulatively to the items of an iterable, from left to right."""
    try:
        it = iter(iterable)
    except TypeError:
        raise TypeError('reduce() arg 2 must support iteration') from None
    value = initial
    if value is _NOTHING:
        for value in it:
            break
        else:
            raise TypeError('reduce() of empty iterable with no initial value')
    for item in it:
        value = function(value, item)
    return value


class partial:
    """partial(func, *args, **keywords) - new function with partial application
    of the given arguments and keywords.
    """

    def __new__(cls, /, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func, *rest = args
        if not callable(func):
            raise TypeError('the first argument must be callable')
        rest = tuple(rest)
        if isinstance(func, partial):
            rest = func.args + rest
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.__dict__['_p'] = (func, rest, keywords)
        return self

    func = property(lambda self: self.__dict__['_p'][0])
    args = property(lambda self: self.__dict__['_p'][1])
    keywords = property(lambda self: self.__dict__['_p'][2])

    def __call__(self, /, *args, **keywords):
        func, first, known = self._p
        if known:
            if keywords:
                return func(*first, *args, **{**known, **keywords})
            return func(*first, *args, **known)
        return func(*first, *args, **keywords)

    def __repr__(self):
        func, args, keywords = self._p
        parts = [repr(func)]
        parts.extend(map(repr, args))
        parts.extend(f'{k}={v!r}' for k, v in keywords.items())
        name = type(self).__qualname__
        if type(self) is partial:
            name = 'functools.partial'
        return f'{name}({", ".join(parts)})'


class partialmethod:
    """Method descriptor with partial application of the given arguments and keywords."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        parts = [repr(self.func)]
        parts.extend(map(repr, self.args))
        parts.extend(f'{k}={v!r}' for k, v in self.keywords.items())
        return f'functools.partialmethod({", ".join(parts)})'

    def __get__(self, obj, cls=None):
        get = getattr(type(self.func), '__get__', None)
        if get is not None and not isinstance(self.func, partial):
            bound = get(self.func, obj, cls)
            if bound is not self.func:
                made = partial(bound, *self.args, **self.keywords)
                try:
                    made.__self__ = bound.__self__
                except AttributeError:
                    pass
                return made
        func, args, keywords = self.func, self.args, self.keywords

        def method(this, /, *more, **named):
            return func(this, *args, *more, **{**keywords, **named})
        method.__isabstractmethod__ = getattr(func, '__isabstractmethod__', False)
        method._partialmethod = self
        return method.__get__(obj, cls)


class _Key:
    __slots__ = ('obj', '_compare')
    __hash__ = None

    def __init__(self, obj, compare):
        self.obj = obj
        self._compare = compare

    def _order(self, other):
        if not isinstance(other, _Key):
            raise TypeError("other argument must be K instance")
        return self._compare(self.obj, other.obj)

    def __lt__(self, other):
        return self._order(other) < 0

    def __gt__(self, other):
        return self._order(other) > 0

    def __eq__(self, other):
        return self._order(other) == 0

    def __le__(self, other):
        return self._order(other) <= 0

    def __ge__(self, other):
        return self._order(other) >= 0


def cmp_to_key(mycmp):
    """Convert a cmp= function into a key= function."""
    return lambda obj: _Key(obj, mycmp)


# Each operation by each of the others: the name, and the value made of the other's result and of equality.
_ORDERS = {
    '__lt__': (('__gt__', lambda self, r, other: not r and self != other),
               ('__le__', lambda self, r, other: r or self == other),
               ('__ge__', lambda self, r, other: not r)),
    '__le__': (('__ge__', lambda self, r, other: not r or self == other),
               ('__lt__', lambda self, r, other: r and self != other),
               ('__gt__', lambda self, r, other: not r)),
    '__gt__': (('__lt__', lambda self, r, other: not (r or self == other)),
               ('__ge__', lambda self, r, other: r or self == other),
               ('__le__', lambda self, r, other: not r)),
    '__ge__': (('__le__', lambda self, r, other: not r or self == other),
               ('__gt__', lambda self, r, other: r and self != other),
               ('__lt__', lambda self, r, other: not r)),
}


def _ordering(root, name, combine):
    def method(self, other):
        r = getattr(type(self), root)(self, other)
        return r if r is NotImplemented else combine(self, r, other)
    method.__name__ = name
    method.__qualname__ = name
    method.__doc__ = getattr(int, name).__doc__
    return method


def total_ordering(cls):
    """Class decorator that fills in missing ordering methods."""
    own = [name for name in ('__lt__', '__le__', '__gt__', '__ge__') if getattr(cls, name, None) is not getattr(object, name, None)]
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = own[0]
    for name, combine in _ORDERS[root]:
        if name not in own:
            setattr(cls, name, _ordering(root, name, combine))
    return cls


class _HashedKey(list):
    """A key whose hash is made once."""
    __slots__ = ('hashvalue',)

    def __init__(self, items):
        self[:] = items
        self.hashvalue = hash(items)

    def __hash__(self):
        return self.hashvalue


_MARK = (object(),)


def _make_key(args, kwds, typed):
    key = args
    if kwds:
        key += _MARK
        for pair in kwds.items():
            key += pair
    if typed:
        key += tuple([type(v) for v in args])
        if kwds:
            key += tuple([type(v) for v in kwds.values()])
    elif len(key) == 1:
        kind = type(key[0])
        if kind is int or kind is str:
            return key[0]
    return key


class _lru_cache_wrapper:
    """A function with a cache of its results."""

    def __init__(self, user_function, maxsize, typed):
        self._function = user_function
        self._maxsize = maxsize
        self._typed = typed
        # In the order of the last use.
        self._results = {}
        self._hits = self._misses = 0

    def __call__(self, /, *args, **kwds):
        if kwds or self._typed or len(args) != 1:
            key = _make_key(args, kwds, self._typed)
        else:
            key = args[0]
            kind = type(key)
            if kind is not int and kind is not str:
                key = args
        results = self._results
        value = results.get(key, _NOTHING)
        if value is not _NOTHING:
            self._hits += 1
            if self._maxsize is not None:
                results.pop(key, None)
                results[key] = value
            return value
        self._misses += 1
        value = self._function(*args, **kwds)
        maxsize = self._maxsize
        if maxsize is None:
            results[key] = value
        elif maxsize > 0 and key not in results:
            if len(results) >= maxsize:
                for oldest in results:
                    break
                del results[oldest]
            results[key] = value
        return value

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return _bind(self, obj)

    def cache_info(self):
        """Report cache statistics"""
        return _cache_info()(self._hits, self._misses, self._maxsize, len(self._results))

    def cache_clear(self):
        """Clear the cache and cache statistics"""
        self._results.clear()
        self._hits = self._misses = 0

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f'<functools._lru_cache_wrapper object at {id(self):#x}>'


_lru_cache_wrapper.__module__ = 'functools'
_bind = type(_lru_cache_wrapper(None, None, False).cache_info)
_info = None


def _cache_info():
    global _info
    if _info is None:
        from collections import namedtuple
        _info = namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'], module='functools')
    return _info


def lru_cache(maxsize=128, typed=False):
    """Least-recently-used cache decorator."""
    if isinstance(maxsize, int):
        if maxsize < 0:
            maxsize = 0
    elif callable(maxsize) and isinstance(typed, bool):
        function, maxsize = maxsize, 128
        made = _lru_cache_wrapper(function, maxsize, typed)
        made.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
        return _wrap_cached(made, function)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')

    def decorate(function):
        made = _lru_cache_wrapper(function, maxsize, typed)
        made.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
        return _wrap_cached(made, function)
    return decorate


def _wrap_cached(made, function):
    if not callable(function):
        raise TypeError('the first argument must be callable')
    return update_wrapper(made, function)


def cache(user_function, /):
    """Simple lightweight unbounded cache.  Sometimes called "memoize"."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property whose value is made once, then kept in the instance."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            store = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} "
                            f"instance to cache {name!r} property.") from None
        value = store.get(name, _NOTHING)
        if value is _NOTHING:
            value = self.func(instance)
            try:
                store[name] = value
            except TypeError:
                raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                                f"does not support item assignment for caching {name!r} property.") from None
        return value


def _implementation(cls, registry):
    """The entry of the class nearest to `cls` in its order of resolution; then that of an abstract class it counts as."""
    for base in cls.__mro__:
        if base in registry and base is not object:
            return registry[base]
    found = None
    for base in registry:
        if base is not object and issubclass(cls, base):
            if found is None or issubclass(base, found):
                found = base
            elif not issubclass(found, base):
                raise RuntimeError(f'Ambiguous dispatch: {found} or {base}')
    return registry[object if found is None else found]


def _is_union(cls):
    return type(cls).__name__ == 'UnionType'


def _annotation(func):
    """The annotation of the first parameter that has one."""
    annotations = getattr(func, '__annotations__', {})
    if not annotations:
        raise TypeError(f"Invalid first argument to `register()`: {func!r}. "
                        f"Use either `@register(some_class)` or plain `@register` "
                        f"on an annotated function.")
    name, cls = next(iter(annotations.items()))
    if isinstance(cls, str):
        cls = eval(cls, func.__globals__)
    if not isinstance(cls, type) and not _is_union(cls):
        raise TypeError(f"Invalid annotation for {name!r}. {cls!r} is not a class.")
    return cls


def singledispatch(func):
    """Single-dispatch generic function decorator."""
    registry = {object: func}
    known = {}

    def dispatch(cls):
        """Runs the dispatch algorithm to return the best available implementation for the given *cls*."""
        found = known.get(cls)
        if found is None:
            found = known[cls] = _implementation(cls, registry)
        return found

    def register(cls, func=None):
        """Registers a new implementation for the given *cls*."""
        if isinstance(cls, type) or _is_union(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. "
                                f"{cls!r} is not a class or union type.")
            func = cls
            cls = _annotation(func)
        for one in (cls.__args__ if _is_union(cls) else (cls,)):
            registry[one] = func
        known.clear()
        return func

    name = getattr(func, '__name__', 'singledispatch function')

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    wrapper._clear_cache = known.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """Single-dispatch generic method descriptor."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Registers a new implementation for the given *cls* for a *generic_method*."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        method.register = self.register
        return update_wrapper(method, self.func)
