"""Threads: each is a greenlet, and whatever waits lets the others run."""

import sys as _sys
import gevent as _gevent
from gevent.event import Event as _Event
from gevent.lock import Semaphore as _Semaphore
from gevent.local import local
from time import monotonic as _now

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread', 'enumerate', 'main_thread', 'TIMEOUT_MAX', 'Event', 'Lock', 'RLock', 'Semaphore',
           'BoundedSemaphore', 'Thread', 'Barrier', 'BrokenBarrierError', 'Timer', 'ThreadError', 'setprofile', 'settrace', 'local', 'stack_size',
           'excepthook', 'ExceptHookArgs', 'getprofile', 'gettrace', 'get_native_id']

TIMEOUT_MAX = 9223372036.0
ThreadError = RuntimeError
_getcurrent = _gevent.getcurrent
_main_greenlet = _getcurrent()
_active = {}
_count = 0


def _wait_time(blocking, timeout):
    """What a lock waits: `None` without end. Refuses what makes no sense."""
    if not blocking:
        if timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return None
    if timeout == -1:
        return None
    if timeout < 0:
        raise ValueError('timeout value must be a non-negative number')
    if timeout > TIMEOUT_MAX:
        raise OverflowError('timeout value is too large')
    return timeout


class _Lock:
    """A lock that one holds at a time; anybody may release it."""

    def __init__(self):
        self._s = _Semaphore(1)

    def acquire(self, blocking=True, timeout=-1):
        """Takes the lock; says whether it could."""
        timeout = _wait_time(blocking, timeout)
        if self._s.acquire(False):
            return True
        if not blocking:
            # Whoever tries again and again lets the holder run.
            _gevent.sleep(0)
            return self._s.acquire(False)
        return self._s.acquire(True, timeout)

    acquire_lock = acquire

    def release(self):
        """Gives the lock back."""
        if not self._s.locked():
            raise RuntimeError('release unlocked lock')
        return self._s.release()

    release_lock = release

    def locked(self):
        """Whether somebody holds it."""
        return self._s.locked()

    locked_lock = locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, t, v, tb):
        self.release()

    def __repr__(self):
        return '<%s _thread.lock object at %#x>' % ('locked' if self.locked() else 'unlocked', id(self))


def Lock():
    """A new lock."""
    return _Lock()


class _RLock:
    """A lock that its holder may take again."""

    def __init__(self):
        self._block = _Lock()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        """Takes the lock; says whether it could."""
        me = _getcurrent()
        if self._owner is me:
            self._count += 1
            return True
        if self._block.acquire(blocking, timeout):
            self._owner = me
            self._count = 1
            return True
        return False

    def release(self):
        """Gives the lock back, once."""
        if self._owner is not _getcurrent():
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, t, v, tb):
        self.release()

    def _is_owned(self):
        return self._owner is _getcurrent()

    def _release_save(self):
        state = self._count, self._owner
        if not state[0]:
            raise RuntimeError('cannot release un-acquired lock')
        self._count, self._owner = 0, None
        self._block.release()
        return state

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def __repr__(self):
        owner = None if self._owner is None else id(self._owner)
        return '<%s _thread.RLock object owner=%s count=%d at %#x>' % ('locked' if self._block.locked() else 'unlocked', owner or 0, self._count, id(self))


def RLock():
    """A new lock that its holder may take again."""
    return _RLock()


class Condition:
    """Waits until another says that something changed."""

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        self._waiters = []

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return '<Condition(%s, %d)>' % (self._lock, len(self._waiters))

    def _is_owned(self):
        f = getattr(self._lock, '_is_owned', None)
        return f() if f is not None else self._lock.locked()

    def wait(self, timeout=None):
        """Gives the lock back until it is told of a change; `False`: the time was over."""
        if not self._is_owned():
            raise RuntimeError('cannot wait on un-acquired lock')
        waiter = _Event()
        self._waiters.append(waiter)
        save = getattr(self._lock, '_release_save', None)
        state = save() if save is not None else self._lock.release()
        told = False
        try:
            told = bool(waiter.wait(timeout if timeout is None or timeout > 0 else 0))
            return told
        finally:
            if save is not None:
                self._lock._acquire_restore(state)
            else:
                self._lock.acquire()
            if not told and waiter in self._waiters:
                self._waiters.remove(waiter)

    def wait_for(self, predicate, timeout=None):
        """Waits until something holds."""
        end = None
        result = predicate()
        while not result:
            if timeout is not None:
                if end is None:
                    end = _now() + timeout
                left = end - _now()
                if left <= 0:
                    break
                self.wait(left)
            else:
                self.wait()
            result = predicate()
        return result

    def notify(self, n=1):
        """Tells some who wait."""
        if not self._is_owned():
            raise RuntimeError('cannot notify on un-acquired lock')
        for waiter in self._waiters[:n]:
            waiter.set()
        del self._waiters[:n]

    def notify_all(self):
        """Tells all who wait."""
        self.notify(len(self._waiters))

    notifyAll = notify_all


class Semaphore:
    """Lets some in at a time."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._s = _Semaphore(value)

    @property
    def _value(self):
        return self._s.counter

    def acquire(self, blocking=True, timeout=None):
        """Goes in; says whether it could."""
        if not blocking:
            if timeout is not None:
                raise ValueError("can't specify timeout for non-blocking acquire")
            if self._s.acquire(False):
                return True
            _gevent.sleep(0)
            return self._s.acquire(False)
        return self._s.acquire(True, timeout)

    def __enter__(self):
        return self.acquire()

    def release(self, n=1):
        """Lets `n` more in."""
        if n < 1:
            raise ValueError('n must be one or more')
        for _ in range(n):
            self._s.release()

    def __exit__(self, t, v, tb):
        self.release()

    def __repr__(self):
        c = self.__class__
        return '<%s.%s at %#x: value=%d>' % (c.__module__, c.__qualname__, id(self), self._value)


class BoundedSemaphore(Semaphore):
    """A semaphore that is never released more often than acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        if self._value + n > self._initial_value:
            raise ValueError('Semaphore released too many times')
        super().release(n)


class Event:
    """A flag that others wait for."""

    def __init__(self):
        self._e = _Event()

    def is_set(self):
        """Whether the flag is set."""
        return self._e.is_set()

    isSet = is_set

    def set(self):
        """Sets the flag."""
        self._e.set()

    def clear(self):
        """Takes the flag down."""
        self._e.clear()

    def wait(self, timeout=None):
        """Waits for the flag; says whether it is set."""
        return bool(self._e.wait(timeout if timeout is None or timeout > 0 else 0))

    def __repr__(self):
        c = self.__class__
        return '<%s.%s at %#x: %s>' % (c.__module__, c.__qualname__, id(self), 'set' if self.is_set() else 'unset')


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    """Holds all back until so many have come."""

    def __init__(self, parties, action=None, timeout=None):
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        # 0: they come; 1: they leave; -1: reset while some wait; -2: broken.
        self._state = 0
        self._count = 0

    def wait(self, timeout=None):
        """Waits for the others; gives each another number."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            while self._state in (-1, 1):
                self._cond.wait()
            if self._state < 0:
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    try:
                        if self._action:
                            self._action()
                        self._state = 1
                        self._cond.notify_all()
                    except:
                        self._break()
                        raise
                else:
                    if not self._cond.wait_for(lambda: self._state != 0, timeout):
                        self._break()
                        raise BrokenBarrierError
                    if self._state < 0:
                        raise BrokenBarrierError
                return index
            finally:
                self._count -= 1
                if self._count == 0 and self._state in (-1, 1):
                    self._state = 0
                    self._cond.notify_all()

    def reset(self):
        """Starts anew; those who wait get an error."""
        with self._cond:
            if self._count > 0:
                if self._state in (0, -2):
                    self._state = -1
            else:
                self._state = 0
            self._cond.notify_all()

    def abort(self):
        """Breaks the barrier."""
        with self._cond:
            self._break()

    def _break(self):
        self._state = -2
        self._cond.notify_all()

    @property
    def parties(self):
        """How many are needed."""
        return self._parties

    @property
    def n_waiting(self):
        """How many wait."""
        return self._count if self._state == 0 else 0

    @property
    def broken(self):
        """Whether it is broken."""
        return self._state == -2


class ExceptHookArgs(tuple):
    """What `excepthook` is told: type, value, traceback, thread."""

    __slots__ = ()
    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])

    def __repr__(self):
        return '_thread._ExceptHookArgs(exc_type=%r, exc_value=%r, exc_traceback=%r, thread=%r)' % tuple(self)


def excepthook(args, /):
    """Prints what ended a thread."""
    kind, value, tb, thread = args
    if kind is SystemExit:
        return
    stream = _sys.stderr
    if stream is None:
        return
    print('Exception in thread %s:' % (thread.name if thread is not None else get_ident()), file=stream, flush=True)
    _sys.__excepthook__(kind, value, tb)


__excepthook__ = excepthook


class Thread:
    """Something that runs beside the rest."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        global _count
        assert group is None, 'group argument must be None for now'
        self._initialized = True
        if name is None:
            _count += 1
            name = 'Thread-%d' % _count
            if target is not None and hasattr(target, '__name__'):
                name += ' (%s)' % target.__name__
        self._target = target
        self._name = str(name)
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        self._greenlet = None
        self._started = False
        self._done = _Event()

    def __repr__(self):
        status = 'initial'
        if self._started:
            status = 'stopped' if self._done.is_set() else 'started'
        if self._daemonic:
            status += ' daemon'
        if self._ident is not None:
            status += ' %s' % self._ident
        return '<%s(%s, %s)>' % (self.__class__.__name__, self._name, status)

    def start(self):
        """Lets it run."""
        if not self.__dict__.get('_initialized'):
            raise RuntimeError('thread.__init__() not called')
        if self._started:
            raise RuntimeError('threads can only be started once')
        self._started = True
        self._greenlet = g = _gevent.spawn(self._bootstrap)
        self._ident = id(g)
        _active[g] = self

    def run(self):
        """What it does: calls the target."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        try:
            self.run()
        except _gevent.GreenletExit:
            pass
        except SystemExit:
            pass
        except BaseException as e:
            excepthook(ExceptHookArgs((type(e), e, e.__traceback__, self)))
        finally:
            _active.pop(self._greenlet, None)
            self._done.set()

    def join(self, timeout=None):
        """Waits for its end."""
        if not self.__dict__.get('_initialized'):
            raise RuntimeError('Thread.__init__() not called')
        if not self._started:
            raise RuntimeError('cannot join thread before it is started')
        if self is current_thread():
            raise RuntimeError('cannot join current thread')
        self._done.wait(timeout if timeout is None or timeout > 0 else 0)

    def is_alive(self):
        """Whether it runs."""
        return self._started and not self._done.is_set()

    @property
    def name(self):
        """What it is called."""
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)

    @property
    def ident(self):
        """Its number; `None` before it starts."""
        return self._ident

    native_id = ident

    @property
    def daemon(self):
        """Whether the program ends without waiting for it."""
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if self._started:
            raise RuntimeError('cannot set daemon status of active thread')
        self._daemonic = daemonic

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name


class Timer(Thread):
    """Calls something later."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        """Stops it unless it has begun."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


def _adopt(cls, name, greenlet, daemonic):
    """The thread object of a greenlet that is no thread of this module."""
    t = cls.__new__(cls)
    t._initialized = True
    t._target, t._args, t._kwargs = None, (), {}
    t._name = name
    t._daemonic = daemonic
    t._greenlet = greenlet
    t._ident = id(greenlet)
    t._started = True
    t._done = _Event()
    return t


class _MainThread(Thread):
    pass


class _DummyThread(Thread):
    def join(self, timeout=None):
        raise RuntimeError('cannot join a dummy thread')


_main = _adopt(_MainThread, 'MainThread', _main_greenlet, False)
_active[_main_greenlet] = _main


def current_thread():
    """The thread that runs."""
    g = _getcurrent()
    t = _active.get(g)
    if t is None:
        _count_up()
        t = _adopt(_DummyThread, 'Dummy-%d' % _count, g, True)
        link = getattr(g, 'rawlink', None)
        if link is not None:
            _active[g] = t
            link(lambda g: _active.pop(g, None))
    return t


def _count_up():
    global _count
    _count += 1


currentThread = current_thread


def main_thread():
    """The thread the program began with."""
    return _main


def get_ident():
    """The number of the thread that runs."""
    return id(_getcurrent())


get_native_id = get_ident


def enumerate():
    """The threads that run."""
    return list(_active.values())


def active_count():
    """How many threads run."""
    return len(_active)


activeCount = active_count


def stack_size(size=0):
    """Accepted; greenlets take what they need."""
    return 0


_trace = _profile = None


def settrace(func):
    global _trace
    _trace = func


def gettrace():
    return _trace


def setprofile(func):
    global _profile
    _profile = func


def getprofile():
    return _profile


def _shutdown():
    """Waits for all threads but daemons."""
    while True:
        left = [t for t in _active.values() if not t._daemonic and t is not _main and t is not current_thread()]
        if not left:
            return
        left[0]._done.wait()
