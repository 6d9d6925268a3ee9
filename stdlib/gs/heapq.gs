"""Heap queues: lists in which no item is greater than those at twice its place plus one and two."""
from _heapq import heappush, heappop, heapreplace, heappushpop, heapify, _heappop_max, _heapreplace_max, _heapify_max

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def merge(*iterables, key=None, reverse=False):
    '''Merge multiple sorted inputs into a single sorted output.

    The inputs are read as the output is taken; each must be sorted already (from largest to smallest if `reverse`).
    '''
    sign = -1 if reverse else 1
    make, drop, exchange = (_heapify_max, _heappop_max, _heapreplace_max) if reverse else (heapify, heappop, heapreplace)
    rows = []
    for number, iterable in enumerate(iterables):
        step = iter(iterable).__next__
        try:
            value = step()
        except StopIteration:
            continue
        # The number decides between equals, so that the values themselves are compared just once.
        rows.append([value if key is None else key(value), number * sign, value, step])
    make(rows)
    while rows:
        row = rows[0]
        yield row[2]
        try:
            value = row[3]()
        except StopIteration:
            drop(rows)
            continue
        row[2] = value
        row[0] = value if key is None else key(value)
        exchange(rows, row)


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
