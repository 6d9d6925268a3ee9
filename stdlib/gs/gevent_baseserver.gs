"""Base class of servers that handle each connection in a greenlet of its own."""
import sys
from gevent import Greenlet, getcurrent, sleep, spawn, spawn_raw
from gevent.event import Event
from gevent.pool import Pool
from gevent import socket as _socket

__all__ = ['BaseServer']


def _parse_address(address):
    if isinstance(address, tuple):
        if not address[0] or ':' in address[0]:
            return _socket.AF_INET6, address
        return _socket.AF_INET, address
    if isinstance(address, str) and ':' in address and not address.isdigit() or isinstance(address, (int, str)):
        try:
            return _parse_text(str(address))
        except ValueError as e:
            raise ValueError('Failed to parse address %r: %s' % (address, e)) from None
    raise TypeError('Expected tuple or string, got %s' % type(address))


def _parse_text(text):
    if text.isdigit():
        return _socket.AF_INET6, ('', int(text))
    host, _, port = text.rpartition(':')
    if not _:
        raise ValueError('No port in address')
    if host.startswith('[') and host.endswith(']'):
        return _socket.AF_INET6, (host[1:-1], int(port))
    if host == '*':
        host = ''
    return _socket.AF_INET, (host, int(port))


class BaseServer:
    """Accepts connections and hands each to `handle` in a greenlet."""

    min_delay = 0.01
    max_delay = 1
    max_accept = 100
    stop_timeout = 1
    fatal_errors = (9, 22, 88)
    _spawn = None
    delay = 0

    def __init__(self, listener, handle=None, spawn='default'):
        self._stop_event = Event()
        self._stop_event.set()
        self._accepter = None
        self._handle = None
        self.pool = None
        self._started = False
        try:
            self.set_listener(listener)
            self.set_spawn(spawn)
            self.set_handle(handle)
            if self.max_accept < 1:
                raise ValueError('max_accept must be positive int: %r' % (self.max_accept,))
        except:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.stop()

    def set_listener(self, listener):
        if hasattr(listener, 'accept'):
            if hasattr(listener, 'do_handshake'):
                raise TypeError('Expected a regular socket, not SSLSocket: %r' % (listener,))
            self.family = listener.family
            self.address = listener.getsockname()
            self.socket = listener
        else:
            if isinstance(listener, (bool, float, bytes)) or not isinstance(listener, (tuple, str, int)):
                raise TypeError('Expected tuple or string, got %s' % type(listener))
            self.family, self.address = _parse_address(listener)

    def set_spawn(self, spawn):
        if spawn == 'default':
            self.pool = None
            self._spawn = None
        elif hasattr(spawn, 'spawn'):
            self.pool = spawn
            self._spawn = spawn.spawn
        elif isinstance(spawn, int) and not isinstance(spawn, bool):
            self.pool = Pool(spawn)
            self._spawn = self.pool.spawn
        else:
            self.pool = None
            self._spawn = spawn if spawn is not None else _call_now
        if hasattr(self.pool, 'full'):
            self.full = self.pool.full

    def set_handle(self, handle):
        if handle is not None:
            self.handle = handle
        if getattr(self, 'handle', None) is None:
            raise TypeError("'handle' must be provided")
        self._handle = self.handle

    def full(self):
        return False

    @property
    def started(self):
        return self._started

    @property
    def closed(self):
        return not hasattr(self, 'socket') or self.socket.closed

    @property
    def server_host(self):
        if isinstance(self.address, tuple):
            return self.address[0]

    @property
    def server_port(self):
        if isinstance(self.address, tuple):
            return self.address[1]

    def __repr__(self):
        return '<%s at %s %s>' % (type(self).__name__, hex(id(self)), self._formatinfo())

    def __str__(self):
        return '<%s %s>' % (type(self).__name__, self._formatinfo())

    def _formatinfo(self):
        parts = []
        if hasattr(self, 'socket'):
            try:
                parts.append('fileno=%s' % self.socket.fileno())
            except Exception as e:
                parts.append('fileno=' + str(e))
        if self.address is not None:
            if isinstance(self.address, tuple):
                parts.append('address=%s:%s' % (self.address[0], self.address[1]))
            else:
                parts.append('address=%s' % (self.address,))
        handle = self.__dict__.get('handle')
        if handle is not None:
            if getattr(handle, '__self__', None) is self:
                name = '<bound method %s of self>' % handle.__name__
            else:
                name = repr(handle)
            parts.append('handle=' + name)
        return ' '.join(parts)

    def init_socket(self):
        pass

    def start(self):
        if self._started:
            return
        if self._handle is None:
            raise AttributeError('a stopped server cannot be started again')
        self.init_socket()
        self._stop_event.clear()
        self._started = True
        try:
            self.start_accepting()
        except:
            self.close()
            raise

    def start_accepting(self):
        if self._accepter is None:
            self._accepter = spawn(self._accept_loop)

    def stop_accepting(self):
        accepter, self._accepter = self._accepter, None
        if accepter is not None and accepter is not getcurrent():
            accepter.kill(block=False)

    def _wait_for_place(self):
        while self.full():
            waiter = getattr(self.pool, 'wait_available', None)
            if waiter is not None:
                waiter()
            else:
                sleep(self.min_delay)

    def _accept_loop(self):
        me = getcurrent()
        self.delay = self.min_delay
        while self._accepter is me:
            self._wait_for_place()
            try:
                args = self.do_read()
                self.delay = self.min_delay
            except Exception as e:
                if self._accepter is not me:
                    return
                if isinstance(e, OSError) and e.errno in self.fatal_errors:
                    self._report(e)
                    self.close()
                    return
                self._report(e)
                sleep(self.delay)
                self.delay = min(self.max_delay, self.delay * 2)
                continue
            if args is not None:
                self._handle_one(args)

    def _report(self, error):
        from gevent import get_hub
        get_hub().handle_error(self, type(error), error, error.__traceback__)

    def _handle_one(self, args):
        try:
            self.do_handle(*args)
        except Exception as e:
            self.do_close(*args)
            self._report(e)
            sleep(self.delay)
            self.delay = min(self.max_delay, self.delay * 2)

    def do_read(self):
        raise NotImplementedError

    def do_handle(self, *args):
        spawn_ = self._spawn
        if spawn_ is None:
            spawn(self._handle_and_close, *args)
        else:
            spawn_(self._handle_and_close, *args)

    def _handle_and_close(self, *args):
        try:
            self._handle(*args)
        finally:
            self.do_close(*args)

    def do_close(self, *args):
        pass

    def close(self):
        self._started = False
        self._stop_event.set()
        self.stop_accepting()
        sock = self.__dict__.get('socket')
        if sock is not None:
            try:
                sock.close()
            except Exception:
                pass
        self.__dict__.pop('handle', None)
        self._handle = None

    def stop(self, timeout=None):
        self.close()
        if timeout is None:
            timeout = self.stop_timeout
        if self.pool is not None:
            self.pool.join(timeout=timeout)
            self.pool.kill(block=True, timeout=1)

    def serve_forever(self, stop_timeout=None):
        if not self._started:
            self.start()
        try:
            self._stop_event.wait()
        finally:
            spawn(self.stop, timeout=stop_timeout).join()

    def is_fatal_error(self, ex):
        return isinstance(ex, OSError) and ex.errno in self.fatal_errors


def _call_now(f, *args):
    f(*args)
