"""Copies of objects, shallow and deep."""

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    pass


error = Error

# Objects of these types never change: a copy is the object itself.
_ATOMIC = frozenset([type(None), int, float, bool, complex, bytes, str, range, slice, type, property, type(Ellipsis), type(NotImplemented),
                     type(len), type(lambda: 0)])
_FLAT = {list: list.copy, dict: dict.copy, set: set.copy, bytearray: bytearray.copy}
_KEEP = object()


def copy(x):
    """A copy of `x` that holds the same objects."""
    cls = type(x)
    if cls in _ATOMIC or cls is tuple or cls is frozenset:
        return x
    f = _FLAT.get(cls)
    if f is not None:
        return f(x)
    if issubclass(cls, type):
        return x
    f = getattr(cls, '__copy__', None)
    if f is not None:
        return f(x)
    reduced = _reduce(x, cls, 'un(shallow)copyable object of type %s')
    if isinstance(reduced, str):
        return x
    return _rebuild(x, None, *reduced)


def deepcopy(x, memo=None):
    """A copy of `x` that holds copies of what `x` holds."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if memo is None:
        memo = {}
    found = memo.get(id(x), _KEEP)
    if found is not _KEEP:
        return found
    f = _DEEP.get(cls)
    if f is not None:
        y = f(x, memo)
    elif issubclass(cls, type):
        y = x
    else:
        f = getattr(x, '__deepcopy__', None)
        if f is not None:
            y = f(memo)
        else:
            reduced = _reduce(x, cls, 'un(deep)copyable object of type %s')
            y = x if isinstance(reduced, str) else _rebuild(x, memo, *reduced)
    if y is not x:
        memo[id(x)] = y
        # The original lives as long as the memo: its id is not given to another.
        memo.setdefault(id(memo), []).append(x)
    return y


def _reduce(x, cls, text):
    f = getattr(x, '__reduce_ex__', None)
    if f is not None:
        return f(4)
    f = getattr(x, '__reduce__', None)
    if f is not None:
        return f()
    raise Error(text % cls)


def _deep_list(x, memo):
    y = []
    memo[id(x)] = y
    for item in x:
        y.append(deepcopy(item, memo))
    return y


def _deep_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    # The tuple may hold itself, by way of something else.
    found = memo.get(id(x), _KEEP)
    if found is not _KEEP:
        return found
    if all(a is b for a, b in zip(x, items)):
        return x
    return tuple(items)


def _deep_dict(x, memo):
    y = {}
    memo[id(x)] = y
    for key, value in x.items():
        y[deepcopy(key, memo)] = deepcopy(value, memo)
    return y


def _deep_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


class _Method:
    def f(self):
        pass


_DEEP = {list: _deep_list, tuple: _deep_tuple, dict: _deep_dict, type(_Method().f): _deep_method}


def _rebuild(x, memo, make, args, state=None, items=None, pairs=None, set_state=None):
    """The object that `__reduce_ex__` describes; parts are copied if there is a memo."""
    is_deep = memo is not None
    if is_deep and args:
        args = tuple(deepcopy(arg, memo) for arg in args)
    y = make(*args)
    if is_deep:
        memo[id(x)] = y
    if state is not None:
        if is_deep:
            state = deepcopy(state, memo)
        if set_state is not None:
            set_state(y, state)
        elif hasattr(y, '__setstate__'):
            y.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                y.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(y, name, value)
    if items is not None:
        for item in items:
            y.append(deepcopy(item, memo) if is_deep else item)
    if pairs is not None:
        for key, value in pairs:
            if is_deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            y[key] = value
    return y
