"""This module provides mechanisms to use signal handlers in Python."""

import _signal
from _signal import *


class _Named(type):
    """The class of a set of named numbers."""

    def __iter__(cls):
        return iter(cls._members)

    def __len__(cls):
        return len(cls._members)

    def __contains__(cls, value):
        return any(m == value for m in cls._members)

    def __getitem__(cls, name):
        for m in cls._members:
            if m._name_ == name:
                return m
        alias = cls.__dict__.get(name)
        if isinstance(alias, cls):
            return alias
        raise KeyError(name)

    def __repr__(cls):
        return '<enum %r>' % cls.__name__

    def __call__(cls, value):
        for m in cls._members:
            if m == value:
                return m
        raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))

    @property
    def __members__(cls):
        return {n: v for n, v in cls.__dict__.items() if isinstance(v, cls)}


class _Number(int, metaclass=_Named):
    """A number with a name."""

    _members = ()

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return int(self)

    def __repr__(self):
        return '<%s.%s: %d>' % (type(self).__name__, self._name_, self)

    __str__ = int.__repr__
    __format__ = int.__format__
    __hash__ = int.__hash__

    def __reduce__(self):
        return type(self), (int(self),)


def _convert(class_name, wants, doc):
    cls = type.__new__(_Named, class_name, (_Number,), {'__module__': __name__, '__doc__': doc, '__qualname__': class_name})
    by_number = {}
    # Of several names of a number the first in the alphabet is the one shown.
    names = sorted((getattr(_signal, n), n) for n in dir(_signal) if wants(n))
    for number, name in names:
        member = by_number.get(number)
        if member is None:
            member = by_number[number] = int.__new__(cls, number)
            member._name_ = name
        setattr(cls, name, member)
        globals()[name] = member
    cls._members = tuple(by_number.values())
    return cls


Signals = _convert('Signals', lambda n: n.startswith('SIG') and not n.startswith('SIG_'), 'An enumeration.')
Handlers = _convert('Handlers', lambda n: n in ('SIG_DFL', 'SIG_IGN'), 'An enumeration.')
Sigmasks = _convert('Sigmasks', lambda n: n in ('SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'), 'An enumeration.')


class itimer_error(OSError):
    """What setitimer and getitimer raise."""


ItimerError = itimer_error


def _int_to_enum(value, enum_class):
    try:
        return enum_class(value)
    except ValueError:
        return value


def _enum_to_int(value):
    try:
        return int(value)
    except (ValueError, TypeError):
        return value


def signal(signalnum, handler):
    return _int_to_enum(_signal.signal(_enum_to_int(signalnum), _enum_to_int(handler)), Handlers)


def getsignal(signalnum):
    return _int_to_enum(_signal.getsignal(signalnum), Handlers)


def pthread_sigmask(how, mask):
    return set(_int_to_enum(x, Signals) for x in _signal.pthread_sigmask(how, mask))


def sigpending():
    return {_int_to_enum(x, Signals) for x in _signal.sigpending()}


def valid_signals():
    return {_int_to_enum(x, Signals) for x in _signal.valid_signals()}


def setitimer(which, seconds, interval=0.0):
    try:
        return _signal.setitimer(which, seconds, interval)
    except OSError as e:
        raise itimer_error(e.errno, e.strerror) from None


def getitimer(which):
    try:
        return _signal.getitimer(which)
    except OSError as e:
        raise itimer_error(e.errno, e.strerror) from None


for _f in (signal, getsignal, pthread_sigmask, sigpending, valid_signals, setitimer, getitimer):
    _f.__doc__ = getattr(_signal, _f.__name__).__doc__
del _f
