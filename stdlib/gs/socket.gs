"""Sockets: the classes and functions of `_socket`, and what is built from them. Only the calling greenlet ever waits."""
import os
import _socket
from _socket import *
from _socket import _set_names
from _select import wait as _wait, POLLIN as _POLLIN, POLLOUT as _POLLOUT

__all__ = ['create_connection', 'create_server', 'has_dualstack_ipv6', 'fromfd', 'socketpair', 'send_fds', 'recv_fds', 'getfqdn',
           'AddressFamily', 'SocketKind']
__all__.extend(name for name in vars(_socket) if not name.startswith('_') and name not in __all__)

EBADF, EAGAIN, EWOULDBLOCK = 9, 11, 11


class _Named(int):
    """A number that has a name, as a member of an enumeration."""

    def __new__(cls, value):
        try:
            return cls._value2member_map_[value]
        except KeyError:
            raise ValueError('%r is not a valid %s' % (value, cls.__name__)) from None

    @classmethod
    def _fill(cls, prefix):
        cls._value2member_map_ = {}
        cls.__members__ = {}
        for name, value in vars(_socket).items():
            if name.startswith(prefix):
                member = cls._value2member_map_.get(value)
                if member is None:
                    member = int.__new__(cls, value)
                    member._name_ = name
                    cls._value2member_map_[value] = member
                cls.__members__[name] = member
                setattr(cls, name, member)
                globals()[name] = member
        return cls._value2member_map_

    name = property(lambda self: self._name_)
    value = property(int)

    def __repr__(self):
        return '<%s.%s: %d>' % (type(self).__name__, self._name_, self)

    __str__ = int.__repr__

    def __reduce_ex__(self, protocol):
        return type(self), (int(self),)


class AddressFamily(_Named):
    """The families of addresses."""


class SocketKind(_Named):
    """The types of sockets."""


_set_names(AddressFamily._fill('AF_'), SocketKind._fill('SOCK_'))


def getfqdn(name=''):
    """The whole name of a host, this one by default."""
    name = name.strip()
    if not name or name in ('0.0.0.0', '::'):
        name = gethostname()
    try:
        hostname, aliases, addresses = gethostbyaddr(name)
    except error:
        return name
    for found in [hostname, *aliases]:
        if '.' in found:
            return found
    return hostname


def has_dualstack_ipv6():
    """Whether a socket can take IPv4 and IPv6 connections at once."""
    try:
        with socket(AF_INET6, SOCK_STREAM) as sock:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except error:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """A TCP socket that listens on `address`."""
    if dualstack_ipv6:
        if not has_dualstack_ipv6():
            raise ValueError('dualstack_ipv6 not supported on this platform')
        if family != AF_INET6:
            raise ValueError('dualstack_ipv6 requires AF_INET6 family')
    sock = socket(family, SOCK_STREAM)
    try:
        sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except error as e:
            raise error(e.errno, '%s (while attempting to bind on address %r)' % (e.strerror, address)) from None
        if backlog is None:
            sock.listen()
        else:
            sock.listen(backlog)
        return sock
    except error:
        sock.close()
        raise


def _packed(numbers):
    return b''.join(n.to_bytes(4, 'little', signed=True) for n in numbers)


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Sends data with open descriptors over a UNIX socket."""
    return sock.sendmsg(buffers, [(SOL_SOCKET, SCM_RIGHTS, _packed(fds))])


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Receives what `send_fds` sent: (data, descriptors, flags, address)."""
    fds = []
    data, controls, flags, address = sock.recvmsg(bufsize, CMSG_LEN(maxfds * 4))
    for level, kind, content in controls:
        if level == SOL_SOCKET and kind == SCM_RIGHTS:
            whole = len(content) - len(content) % 4
            fds.extend(int.from_bytes(content[i:i + 4], 'little', signed=True) for i in range(0, whole, 4))
    return data, fds, flags, address


def _wait_fd(fd, events, timeout, timeout_exc):
    if not isinstance(fd, int):
        raise TypeError('an integer is required')
    if fd < 0:
        raise ValueError('fd must be non-negative: %r' % (fd,))
    found, = _wait([(fd, events)], timeout)
    if not found:
        if timeout_exc is None:
            raise timeout_('timed out')
        raise timeout_exc
    if found & 0x20:
        raise OSError(EBADF, os.strerror(EBADF))


timeout_ = timeout


def wait_read(fileno, timeout=None, timeout_exc=None):
    """Waits until the descriptor can be read."""
    _wait_fd(fileno, _POLLIN, timeout, timeout_exc)


def wait_write(fileno, timeout=None, timeout_exc=None):
    """Waits until the descriptor can be written to."""
    _wait_fd(fileno, _POLLOUT, timeout, timeout_exc)


def wait_readwrite(fileno, timeout=None, timeout_exc=None):
    """Waits until the descriptor can be read or written to."""
    _wait_fd(fileno, _POLLIN | _POLLOUT, timeout, timeout_exc)
