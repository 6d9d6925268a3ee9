"""`os` with functions on descriptors that let other greenlets run."""
import os as _os
from os import *
from gevent.socket import wait_read, wait_write

__all__ = ['fork', 'forkpty', 'fork_and_watch', 'forkpty_and_watch', 'waitpid', 'nb_read', 'nb_write', 'tp_read', 'tp_write', 'make_nonblocking']
__all__ = [name for name in __all__ if hasattr(_os, name) or name in ('nb_read', 'nb_write', 'tp_read', 'tp_write', 'make_nonblocking')]


def make_nonblocking(fd):
    """Makes operations on the descriptor fail rather than wait; True if that changed something."""
    if _os.get_blocking(fd):
        _os.set_blocking(fd, False)
        return True


def nb_read(fd, n):
    """Reads up to `n` bytes from a non-blocking descriptor. Waits until something is there."""
    while True:
        try:
            return _os.read(fd, n)
        except BlockingIOError:
            pass
        wait_read(fd)


def nb_write(fd, buf):
    """Writes to a non-blocking descriptor. Waits until something can be written; how many bytes were."""
    while True:
        try:
            return _os.write(fd, buf)
        except BlockingIOError:
            pass
        wait_write(fd)


def tp_read(fd, n):
    """Reads up to `n` bytes; others run while this waits."""
    return _os.read(fd, n)


def tp_write(fd, buf):
    """Writes; others run while this waits."""
    return _os.write(fd, buf)
