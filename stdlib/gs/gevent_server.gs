"""Servers: TCP and UNIX streams, datagrams."""
from gevent import socket as _socket
from gevent.baseserver import BaseServer
from gevent.lock import Semaphore as _Semaphore

__all__ = ['StreamServer', 'DatagramServer']


class StreamServer(BaseServer):
    """Accepts stream connections: `handle(socket, address)` for each, in a greenlet of its own."""

    backlog = 256
    reuse_addr = 1

    def __init__(self, listener, handle=None, backlog=None, spawn='default', **ssl_args):
        if ssl_args:
            raise TypeError('TLS is not available: %s' % ', '.join(sorted(ssl_args)))
        super().__init__(listener, handle, spawn)
        try:
            if backlog is not None:
                if 'socket' in self.__dict__:
                    raise TypeError('backlog must be None when a socket instance is passed')
                self.backlog = backlog
        except:
            self.close()
            raise

    def init_socket(self):
        if 'socket' not in self.__dict__:
            # First the handler: a stopped server has none any more.
            self._handle = self.handle
            self.socket = self.get_listener(self.address, self.backlog, self.family)
            self.address = self.socket.getsockname()

    @classmethod
    def get_listener(cls, address, backlog=None, family=None):
        if backlog is None:
            backlog = cls.backlog
        return _tcp_listener(address, backlog, cls.reuse_addr, family)

    def do_read(self):
        return self.socket._accept_shared()

    def do_close(self, sock, *args):
        # Files made from it that the handler has not closed do not hold it up.
        getattr(sock, '_close_with_files', sock.close)()


class DatagramServer(BaseServer):
    """Receives datagrams: `handle(data, address)` for each, in a greenlet of its own."""

    reuse_addr = 1

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._writelock = _Semaphore()

    def init_socket(self):
        if 'socket' not in self.__dict__:
            self.socket = self.get_listener(self.address, self.family)
            self.address = self.socket.getsockname()

    @classmethod
    def get_listener(cls, address, family=None):
        return _bound(_socket.socket(family=family, type=_socket.SOCK_DGRAM), address, cls.reuse_addr, family)

    def do_read(self):
        return self.socket.recvfrom(8192)

    def sendto(self, *args):
        """Sends a datagram; one at a time."""
        with self._writelock:
            self.socket.sendto(*args)


def _tcp_listener(address, backlog=50, reuse_addr=None, family=_socket.AF_INET):
    sock = _bound(_socket.socket(family=family), address, reuse_addr, family)
    try:
        sock.listen(backlog)
        return sock
    except:
        sock.close()
        raise


def _bound(sock, address, reuse_addr, family):
    try:
        if reuse_addr is not None:
            sock.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, reuse_addr)
        if family == _socket.AF_INET6 and address[0] == '':
            sock.setsockopt(_socket.IPPROTO_IPV6, _socket.IPV6_V6ONLY, 0)
        try:
            sock.bind(address)
        except OSError as e:
            strerror = getattr(e, 'strerror', None)
            if strerror is not None:
                raise type(e)(e.errno, strerror + ': ' + repr(address)) from None
            raise
        return sock
    except:
        sock.close()
        raise
