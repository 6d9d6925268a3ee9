"""Queues of the standard library: they are those of `gevent.queue`."""
from gevent.queue import Empty, Full, SimpleQueue as _SimpleQueue, Queue as _Queue, PriorityQueue as _PriorityQueue, LifoQueue as _LifoQueue

__all__ = ['Empty', 'Full', 'Queue', 'PriorityQueue', 'LifoQueue', 'SimpleQueue']


class Queue(_Queue):
    """A queue of at most `maxsize` items; 0: without limit."""

    def __init__(self, maxsize=0):
        super().__init__(maxsize if maxsize > 0 else None)


class PriorityQueue(_PriorityQueue):
    """A queue that gives the smallest item first."""

    def __init__(self, maxsize=0):
        super().__init__(maxsize if maxsize > 0 else None)


class LifoQueue(_LifoQueue):
    """A queue that gives the newest item first."""

    def __init__(self, maxsize=0):
        super().__init__(maxsize if maxsize > 0 else None)


class SimpleQueue(_SimpleQueue):
    """A queue without limit and without tasks."""

    def __init__(self):
        super().__init__()
