"""Base class of servers that handle each connection in a greenlet of its own."""
import sys
from gevent import Greenlet, get_hub, getcurrent, sleep, spawn
from gevent.event import Event
from gevent.pool import Pool
from gevent import socket as _socket

__all__ = ['BaseServer']


def _parse_address(address):
    """The family and the address pair that a listener argument means."""
    if isinstance(address, tuple):
        if not address[0] or ':' in address[0]:
            return _socket.AF_INET6, address
        return _socket.AF_INET, address
    if not isinstance(address, (int, str)):
        raise TypeError('Expected tuple or string, got %s' % type(address))
    try:
        if isinstance(address, int):
            return _socket.AF_INET6, ('', int(address))
        host, colon, port = address.rpartition(':')
        port = int(port)
    except ValueError as e:
        raise ValueError('Failed to parse address %r: %s' % (address, e)) from None
    if not colon:
        return _socket.AF_INET6, ('', port)
    if host.startswith('[') and host.endswith(']'):
        return _socket.AF_INET6, (host[1:-1], port)
    return _socket.AF_INET, ('' if host == '*' else host, port)


def _handle_and_close_when_done(handle, close, args_tuple):
    try:
        return handle(*args_tuple)
    finally:
        close(*args_tuple)


class BaseServer:
    """Accepts connections and hands each to `handle` in a greenlet."""

    min_delay = 0.01
    max_delay = 1
    max_accept = 100
    stop_timeout = 1
    fatal_errors = (9, 22, 88)
    _spawn = Greenlet.spawn

    def __init__(self, listener, handle=None, spawn='default'):
        self._stop_event = Event()
        self._stop_event.set()
        self._accepter = None
        self._handle = None
        self.pool = None
        try:
            self.set_listener(listener)
            self.set_spawn(spawn)
            self.set_handle(handle)
            self.delay = self.min_delay
            self.loop = get_hub().loop
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
            self.family, self.address = _parse_address(listener)

    def set_spawn(self, spawn):
        self.pool = None
        if spawn == 'default':
            self._spawn = self._spawn
        elif hasattr(spawn, 'spawn'):
            self.pool = spawn
            self._spawn = spawn.spawn
        elif isinstance(spawn, int):
            self.pool = Pool(spawn)
            self._spawn = self.pool.spawn
        else:
            self._spawn = spawn
        if hasattr(self.pool, 'full'):
            self.full = self.pool.full

    def set_handle(self, handle):
        if handle is not None:
            self.handle = handle
        if not hasattr(self, 'handle'):
            raise TypeError("'handle' must be provided")
        self._handle = self.handle

    def full(self):
        """Whether to wait before the next connection is accepted. A pool's `full` stands in the place of this method."""
        return False

    @property
    def started(self):
        return not self._stop_event.is_set()

    @property
    def closed(self):
        return not hasattr(self, 'socket')

    @property
    def server_host(self):
        """The address the server is bound to."""
        if isinstance(self.address, tuple):
            return self.address[0]

    @property
    def server_port(self):
        """The port the server is bound to."""
        if isinstance(self.address, tuple):
            return self.address[1]

    def __repr__(self):
        return '<%s at %s %s>' % (type(self).__name__, hex(id(self)), self._formatinfo())

    def __str__(self):
        return '<%s %s>' % (type(self).__name__, self._formatinfo())

    def _formatinfo(self):
        result = ''
        if hasattr(self, 'socket'):
            try:
                fileno = self.socket.fileno()
            except Exception as e:
                fileno = e
            result = 'fileno=%s ' % (fileno,)
        try:
            if isinstance(self.address, tuple) and len(self.address) == 2:
                result += 'address=%s:%s' % self.address
            else:
                result += 'address=%s' % (self.address,)
        except Exception as e:
            result += str(e) or '<error>'
        handle = self.__dict__.get('handle')
        if handle is not None:
            try:
                # The repr of a method of this object would be that of this object again.
                if getattr(handle, '__self__', None) is self:
                    shown = '<bound method %s.%s of self>' % (type(self).__name__, handle.__name__)
                else:
                    shown = repr(handle)
                result += ' handle=' + shown
            except Exception as e:
                result += str(e) or '<error>'
        return result

    def init_socket(self):
        """Makes the listening socket. Called by `start`."""

    def start(self):
        """Starts accepting connections, in the background."""
        self.init_socket()
        self._stop_event.clear()
        try:
            self.start_accepting()
        except:
            self.close()
            raise

    def start_accepting(self):
        if self._accepter is None:
            self.socket.fileno
            self._accepter = spawn(self._accept_loop)

    def stop_accepting(self):
        accepter, self._accepter = self._accepter, None
        if accepter is not None and accepter is not getcurrent():
            accepter.kill(block=False)

    def _accept_loop(self):
        me = getcurrent()
        accepted = 0
        while self._accepter is me:
            while self.full():
                self._wait_for_place()
            accepted += 1
            if accepted >= self.max_accept:
                # Those that are connected already have their turn.
                accepted = 0
                sleep(0)
                continue
            try:
                args = self.do_read()
            except Exception as e:
                if self._accepter is me:
                    self._accept_failed(e)
                continue
            self.delay = self.min_delay
            if args:
                try:
                    self.do_handle(*args)
                except Exception as e:
                    get_hub().handle_error((args[1:], self), type(e), e, e.__traceback__)
                    self._pause()

    def _wait_for_place(self):
        wait = getattr(self.pool, 'wait_available', None)
        if wait is not None:
            wait()
        else:
            sleep(self.min_delay)

    def _accept_failed(self, error):
        get_hub().handle_error(self, type(error), error, error.__traceback__)
        if self.is_fatal_error(error):
            self.close()
            sys.stderr.write('ERROR: %s failed with %s\n' % (self, str(error) or repr(error)))
        else:
            self._pause()

    def _pause(self):
        if self.delay >= 0:
            delay = self.delay
            self.delay = min(self.max_delay, delay * 2)
            sleep(delay)

    def do_read(self):
        """Waits for a connection; the arguments of `handle`."""
        raise NotImplementedError

    def do_handle(self, *args):
        """Starts the handler for a connection."""
        spawn_ = self._spawn
        try:
            if spawn_ is None:
                # In the hub, where nothing may wait.
                self.loop.run_callback(_handle_and_close_when_done, self._handle, self.do_close, args)
            else:
                spawn_(_handle_and_close_when_done, self._handle, self.do_close, args)
        except:
            self.do_close(*args)
            raise

    def do_close(self, *args):
        """Ends a connection."""

    def close(self):
        """Closes the listening socket and stops accepting."""
        self._stop_event.set()
        try:
            self.stop_accepting()
        finally:
            try:
                self.socket.close()
            except Exception:
                pass
            for name in ('socket', 'handle', '_handle', '_spawn', 'full'):
                self.__dict__.pop(name, None)

    def stop(self, timeout=None):
        """Stops accepting. With a pool, waits for the handlers and kills those that take longer."""
        self.close()
        if timeout is None:
            timeout = self.stop_timeout
        if self.pool:
            self.pool.join(timeout=timeout)
            self.pool.kill(block=True, timeout=1)

    def serve_forever(self, stop_timeout=None):
        """Starts the server, if that has not been done, and waits until it is stopped."""
        if not self.started:
            self.start()
        try:
            self._stop_event.wait()
        finally:
            spawn(self.stop, timeout=stop_timeout).join()

    def is_fatal_error(self, ex):
        return isinstance(ex, OSError) and ex.errno in self.fatal_errors
