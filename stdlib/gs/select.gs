"""Waiting until one of several descriptors can be read or written."""
import _select
from _select import *

__all__ = ['error', 'poll', 'select', *(name for name in vars(_select) if name.startswith(('POLL', 'PIPE')))]

error = OSError
_LARGEST = 1024
_BROKEN = POLLHUP | POLLERR


def _number(fd):
    """The descriptor of what has one."""
    try:
        fileno = fd.fileno
    except AttributeError:
        if not isinstance(fd, int):
            raise TypeError('argument must be an int, or have a fileno() method: %r' % (fd,)) from None
        return fd
    fd = fileno()
    if not isinstance(fd, int):
        raise TypeError('fileno() returned a non-integer')
    return fd


def select(rlist, wlist, xlist, timeout=None):
    """The members of the three lists that can be read, can be written, have something exceptional."""
    if timeout is not None:
        if not isinstance(timeout, (int, float)):
            raise TypeError('timeout must be a float or None')
        if timeout < 0:
            raise ValueError('timeout must be non-negative')
    lists = [(list(rlist), POLLIN, POLLIN | _BROKEN), (list(wlist), POLLOUT, POLLOUT | POLLERR), (list(xlist), POLLPRI, POLLPRI)]
    wanted, interests = [], []
    for which, (members, events, meant) in enumerate(lists):
        for member in members:
            fd = _number(member)
            if fd < 0:
                raise ValueError('file descriptor cannot be a negative integer (%d)' % fd)
            if fd >= _LARGEST and isinstance(member, int):
                raise ValueError('filedescriptor out of range in select()')
            wanted.append((which, member, meant))
            interests.append((fd, events))
    found = [], [], []
    for (which, member, meant), events in zip(wanted, wait(interests, timeout)):
        if events & POLLNVAL:
            raise OSError(9, 'Bad file descriptor')
        if events & meant:
            found[which].append(member)
    return found


class poll:
    """A set of descriptors to be asked about, again and again."""

    def __init__(self):
        self.fds = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT):
        """Adds a descriptor, or changes the events asked for."""
        fd = _number(fd)
        if fd < 0:
            raise ValueError('file descriptor cannot be a negative integer (%d)' % fd)
        self.fds[fd] = eventmask

    def modify(self, fd, eventmask):
        """Changes the events asked for of a descriptor that is there."""
        fd = _number(fd)
        if fd not in self.fds:
            raise FileNotFoundError(2, 'No such file or directory')
        self.fds[fd] = eventmask

    def unregister(self, fd):
        """Takes a descriptor out."""
        del self.fds[_number(fd)]

    def poll(self, timeout=None):
        """Waits for at most `timeout` milliseconds: a list of (descriptor, events)."""
        if timeout is not None and not isinstance(timeout, (int, float)):
            raise TypeError('timeout must be an integer or None')
        seconds = None if timeout is None or timeout < 0 else timeout / 1000
        interests = list(self.fds.items())
        return [(fd, events) for (fd, _), events in zip(interests, wait(interests, seconds)) if events]
