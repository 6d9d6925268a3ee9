"""What the concurrency library has to do with signals, processes and versions."""


class version_info(tuple):
    """A version as numbers."""

    major = property(lambda self: self[0])
    minor = property(lambda self: self[1])
    micro = property(lambda self: self[2])
    releaselevel = property(lambda self: self[3])
    serial = property(lambda self: self[4])

    def __repr__(self):
        return 'version_info(major=%r, minor=%r, micro=%r, releaselevel=%r, serial=%r)' % tuple(self)


version_info = version_info((26, 9, 0, 'final', 0))


def fork(*args, **kwargs):
    """Forks the process; the loop goes on in the child."""
    import os
    return os.fork(*args, **kwargs)


def reinit(hub=None):
    """Prepares the loop to run in a forked process. There is nothing to do: it notices itself."""


class signal_handler:
    """Calls `handler(*args, **kwargs)` in a new greenlet each time the signal arrives, until `cancel()`."""

    def __init__(self, signalnum, handler, *args, **kwargs):
        if not callable(handler):
            raise TypeError('signal handler must be callable.')
        import signal
        if not isinstance(signalnum, int) or not 1 <= signalnum < signal.NSIG:
            if not isinstance(signalnum, int):
                raise TypeError('an integer is required')
            raise ValueError('illegal signal number: %r' % (signalnum,))
        self.signalnum, self.handler, self.args, self.kwargs = signalnum, handler, args, kwargs
        self.ref = False
        self._previous = signal.signal(signalnum, self._deliver)

    def _deliver(self, signalnum, frame):
        from gevent import Greenlet
        g = Greenlet(self.handle)
        g.switch = self.handle
        g.start()

    def handle(self):
        import sys
        from gevent import get_hub
        try:
            self.handler(*self.args, **self.kwargs)
        except:
            hub = get_hub()
            info = sys.exc_info()
            hub.handle_error(None, *info)
            hub.handle_system_error(*info)

    def cancel(self):
        import signal
        if self._previous is not None:
            signal.signal(self.signalnum, self._previous)
            self._previous = None
