"""Heap queues: lists in which no item is greater than those at twice its place plus one and two."""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def _rise(heap, start, at):
    item = heap[at]
    while at > start:
        parent = (at - 1) >> 1
        above = heap[parent]
        if not item < above:
            break
        heap[at] = above
        at = parent
    heap[at] = item


def _sink(heap, at):
    # Down to a leaf along the smaller children, then up: fewer comparisons than stopping on the way.
    end = len(heap)
    start = at
    item = heap[at]
    child = 2 * at + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    _rise(heap, start, at)


def _rise_max(heap, start, at):
    item = heap[at]
    while at > start:
        parent = (at - 1) >> 1
        above = heap[parent]
        if not above < item:
            break
        heap[at] = above
        at = parent
    heap[at] = item


def _sink_max(heap, at):
    end = len(heap)
    start = at
    item = heap[at]
    child = 2 * at + 1
    while child < end:
        right = child + 1
        if right < end and not heap[right] < heap[child]:
            child = right
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    _rise_max(heap, start, at)


def _check(heap):
    if not isinstance(heap, list):
        raise TypeError("heap argument must be a list, not " + type(heap).__name__)


def heappush(heap, item, /):
    """Push item onto heap, maintaining the heap invariant."""
    _check(heap)
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)


def heappop(heap, /):
    """Pop the smallest item off the heap, maintaining the heap invariant."""
    _check(heap)
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if heap:
        first = heap[0]
        heap[0] = last
        _sink(heap, 0)
        return first
    return last


def heapreplace(heap, item, /):
    """Pop and return the current smallest value, and add the new item."""
    _check(heap)
    if not heap:
        raise IndexError("index out of range")
    first = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return first


def heappushpop(heap, item, /):
    """Push item on the heap, then pop and return the smallest item from the heap."""
    _check(heap)
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(heap, /):
    """Transform list into a heap, in-place, in O(len(heap)) time."""
    _check(heap)
    for i in range(len(heap) // 2 - 1, -1, -1):
        _sink(heap, i)


def _heapify_max(heap, /):
    """Maxheap variant of heapify."""
    for i in range(len(heap) // 2 - 1, -1, -1):
        _sink_max(heap, i)


def _heappop_max(heap, /):
    """Maxheap variant of heappop."""
    last = heap.pop()
    if heap:
        first = heap[0]
        heap[0] = last
        _sink_max(heap, 0)
        return first
    return last


def _heapreplace_max(heap, item, /):
    """Maxheap variant of heapreplace."""
    first = heap[0]
    heap[0] = item
    _sink_max(heap, 0)
    return first


def merge(*iterables, key=None, reverse=False):
    '''Merge multiple sorted inputs into a single sorted output.

    The inputs are read as the output is taken; each must be sorted already (from largest to smallest if `reverse`).
    '''
    sign = -1 if reverse else 1
    sink = _sink_max if reverse else _sink
    rows = []
    for number, iterable in enumerate(iterables):
        step = iter(iterable).__next__
        try:
            value = step()
        except StopIteration:
            continue
        # The number decides between equals, so that the values themselves are compared just once.
        rows.append([value if key is None else key(value), number * sign, value, step])
    for i in range(len(rows) // 2 - 1, -1, -1):
        sink(rows, i)
    while rows:
        row = rows[0]
        yield row[2]
        try:
            value = row[3]()
        except StopIteration:
            last = rows.pop()
            if rows:
                rows[0] = last
                sink(rows, 0)
            continue
        row[2] = value
        row[0] = value if key is None else key(value)
        sink(rows, 0)


def nsmallest(n, iterable, key=None):
    """Find the n smallest elements in a dataset.

    Equivalent to:  sorted(iterable, key=key)[:n]
    """
    if n == 1:
        least = min(iterable, default=_NOTHING, key=key)
        return [] if least is _NOTHING else [least]
    try:
        if n >= len(iterable):
            return sorted(iterable, key=key)[:n]
    except (TypeError, AttributeError):
        pass
    it = iter(iterable)
    rows = []
    order = 0
    for value in it:
        if order >= n:
            break
        rows.append((value if key is None else key(value), order, value))
        order += 1
    else:
        return [row[2] for row in sorted(rows)]
    if n <= 0:
        return []
    _heapify_max(rows)
    top = rows[0][0]
    while True:
        k = value if key is None else key(value)
        if k < top:
            _heapreplace_max(rows, (k, order, value))
            top = rows[0][0]
        order += 1
        for value in it:
            break
        else:
            break
    rows.sort()
    return [row[2] for row in rows]


def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset.

    Equivalent to:  sorted(iterable, key=key, reverse=True)[:n]
    """
    if n == 1:
        most = max(iterable, default=_NOTHING, key=key)
        return [] if most is _NOTHING else [most]
    try:
        if n >= len(iterable):
            return sorted(iterable, key=key, reverse=True)[:n]
    except (TypeError, AttributeError):
        pass
    it = iter(iterable)
    rows = []
    order = 0
    for value in it:
        if -order >= n:
            break
        rows.append((value if key is None else key(value), order, value))
        order -= 1
    else:
        return [row[2] for row in sorted(rows, reverse=True)]
    if n <= 0:
        return []
    heapify(rows)
    top = rows[0][0]
    while True:
        k = value if key is None else key(value)
        if top < k:
            heapreplace(rows, (k, order, value))
            top = rows[0][0]
        order -= 1
        for value in it:
            break
        else:
            break
    rows.sort(reverse=True)
    return [row[2] for row in rows]


_NOTHING = object()
