"""allow programmer to define multiple exit functions to be executed upon normal program termination."""

import sys

_callbacks = []


def register(func, /, *args, **kwargs):
    """Register a function to be executed upon normal program termination."""
    if not callable(func):
        raise TypeError('the first argument must be callable')
    _callbacks.append((func, args, kwargs))
    return func


def unregister(func):
    """Unregister an exit function which was previously registered using atexit.register."""
    _callbacks[:] = [c for c in _callbacks if not (c[0] is func or c[0] == func)]


def _clear():
    """Clear the list of previously registered exit functions."""
    _callbacks.clear()


def _ncallbacks():
    """Return the number of registered exit functions."""
    return len(_callbacks)


class _Unraisable:
    def __init__(self, exc_type, exc_value, exc_traceback, err_msg, object):
        self.exc_type, self.exc_value, self.exc_traceback = exc_type, exc_value, exc_traceback
        self.err_msg, self.object = err_msg, object


def _run_exitfuncs():
    """Run all registered exit functions, the last registered first."""
    while _callbacks:
        func, args, kwargs = _callbacks.pop()
        try:
            func(*args, **kwargs)
        except BaseException as e:
            tb = e.__traceback__ and e.__traceback__.tb_next
            sys.unraisablehook(_Unraisable(type(e), e, tb, 'Exception ignored in atexit callback', func))
