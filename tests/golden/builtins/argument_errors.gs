# How built-in functions and methods word wrong arguments: counts, keywords, receivers, types.


def show(label, call):
    try:
        call()
    except Exception as e:
        print(label, '|', type(e).__name__, '|', e)
    else:
        print(label, '| no error')


# Methods without parameters, with one, with several that are positional only.
show('clear(1)', lambda: [].clear(1))
show('clear(x=1)', lambda: [].clear(x=1))
show('append()', lambda: [].append())
show('append(1, 2)', lambda: [].append(1, 2))
show('append(x=1)', lambda: [].append(x=1))
show('append(1, x=1)', lambda: [].append(1, x=1))
show('insert(1)', lambda: [].insert(1))
show('insert(1, 2, 3)', lambda: [].insert(1, 2, 3))
show('insert(index=1)', lambda: [].insert(index=1))
show('pop(1, 2)', lambda: [].pop(1, 2))
show('get()', lambda: {}.get())
show('get(1, 2, 3)', lambda: {}.get(1, 2, 3))
show('get(x=1)', lambda: {}.get(x=1))
show('dict.pop()', lambda: {}.pop())
show('setdefault()', lambda: {}.setdefault())
show('popitem(1)', lambda: {}.popitem(1))
show('add()', lambda: set().add())
show('union(x=1)', lambda: set().union(x=1))
show('join()', lambda: ''.join())
show('strip(1, 2)', lambda: ''.strip(1, 2))
show('center()', lambda: ''.center())
show('zfill()', lambda: ''.zfill())
show('replace(1)', lambda: ''.replace(1))
show('replace 4', lambda: ''.replace('a', 'b', 1, 1))
show('bit_length(1)', lambda: (1).bit_length(1))

# Receivers.
show('list.append()', lambda: list.append())
show('list.append(1)', lambda: list.append(1))
show('list.append(1, 2)', lambda: list.append(1, 2))
show('list.append(x=1)', lambda: list.append(x=1))
show('list.__len__()', lambda: list.__len__())
show('list.__len__(1)', lambda: list.__len__(1))
show('list.sort(1)', lambda: list.sort(1))
show('str.split()', lambda: str.split())
show('str.split(1)', lambda: str.split(1))
show('frozenset.union', lambda: frozenset.union(set()))
show('set.add', lambda: set.add(frozenset(), 1))
show('list.__new__()', lambda: list.__new__())
show('list.__new__(1)', lambda: list.__new__(1))
show('list.__new__(int)', lambda: list.__new__(int))

# Special methods.
show('__len__(1)', lambda: [].__len__(1))
show('__len__(x=1)', lambda: [].__len__(x=1))
show('__add__()', lambda: (1).__add__())
show('__add__(1, 2)', lambda: (1).__add__(1, 2))
show('__pow__()', lambda: (1).__pow__())
show('__pow__(1, 2, 3)', lambda: (1).__pow__(1, 2, 3))
show('list.__getitem__', lambda: [].__getitem__())
show('str.__getitem__', lambda: ''.__getitem__())
show('__setitem__(1)', lambda: [].__setitem__(1))
show('__imul__(1, 2)', lambda: [].__imul__(1, 2))
show('dict.__contains__', lambda: {}.__contains__())
show('list.__contains__', lambda: [].__contains__())
show('__reversed__(1)', lambda: [].__reversed__(1))
show('__init__(1, 2)', lambda: [].__init__(1, 2))
show('__format__()', lambda: 'a'.__format__())
show('__format__(1)', lambda: 'a'.__format__(1))

# Keywords.
show('split 3', lambda: ''.split(1, 2, 3))
show('split(x=1)', lambda: ''.split(x=1))
show('split sep twice', lambda: ''.split(None, sep=None))
show('split 3 keywords', lambda: ''.split(maxsplit=1, foo=2, sep=2))
show('sort(1)', lambda: [].sort(1))
show('sort(x=1)', lambda: [].sort(x=1))
show('sort 3 keywords', lambda: [].sort(key=1, reverse=1, x=1))
show('expandtabs(1, 2)', lambda: ''.expandtabs(1, 2))
show('from_bytes()', lambda: int.from_bytes())
show('from_bytes 3', lambda: int.from_bytes(b'', 'big', 1))
show('to_bytes 3', lambda: (1).to_bytes(1, 'big', 1))
show('to_bytes x', lambda: (1).to_bytes(x=1))
show('fromkeys()', lambda: dict.fromkeys())
show('fromkeys(x=1)', lambda: dict.fromkeys(x=1))
show('maketrans()', lambda: str.maketrans())

# Functions that parse a tuple.
show('find()', lambda: ''.find())
show('find 4', lambda: ''.find('a', 1, 2, 3))
show('find(x=1)', lambda: ''.find(x=1))
show('count()', lambda: ''.count())
show('startswith()', lambda: ''.startswith())

# Built-in functions.
show('len()', lambda: len())
show('len(1, 2)', lambda: len(1, 2))
show('len(x=1)', lambda: len(x=1))
show('round()', lambda: round())
show('round(1, 2, 3)', lambda: round(1, 2, 3))
show('round(1, x=3)', lambda: round(1, x=3))
show('round(1, number=1)', lambda: round(1, number=1))
show('sum()', lambda: sum())
show('sum([], 1, 2)', lambda: sum([], 1, 2))
show('sum([], x=1)', lambda: sum([], x=1))
show('pow()', lambda: pow())
show('pow(1)', lambda: pow(1))
show('pow(base=1)', lambda: pow(base=1))
show('getattr(1)', lambda: getattr(1))
show('getattr 4', lambda: getattr(1, 2, 3, 4))
show('setattr(1)', lambda: setattr(1))
show('isinstance(1)', lambda: isinstance(1))
show('next()', lambda: next())
show('iter(1, 2, 3)', lambda: iter(1, 2, 3))
show('divmod(1)', lambda: divmod(1))
show('format()', lambda: format())
show('globals(1)', lambda: globals(1))
show('sorted()', lambda: sorted())
show('sorted([], 1)', lambda: sorted([], 1))
show('max()', lambda: max())
show('max(1, x=1)', lambda: max(1, x=1))
show('print(x=1)', lambda: print(x=1))
show('open()', lambda: open())
show('open(x=1)', lambda: open('a', x=1))

# Classes.
show('int(1, 2, 3)', lambda: int(1, 2, 3))
show('int(x=1)', lambda: int(x=1))
show('str 4', lambda: str(1, 2, 3, 4))
show('float(1, 2)', lambda: float(1, 2))
show('float(x=1)', lambda: float(x=1))
show('bool(1, 2)', lambda: bool(1, 2))
show('list(1, 2)', lambda: list(1, 2))
show('list(x=1)', lambda: list(x=1))
show('tuple(x=1)', lambda: tuple(x=1))
show('dict(1, 2)', lambda: dict(1, 2))
show('set(1, 2)', lambda: set(1, 2))
show('range()', lambda: range())
show('range 4', lambda: range(1, 2, 3, 4))
show('range(x=1)', lambda: range(x=1))
show('slice()', lambda: slice())
show('complex 3', lambda: complex(1, 2, 3))
show('enumerate 3', lambda: enumerate(1, 2, 3))
show('reversed()', lambda: reversed())
show('filter()', lambda: filter())
show('zip(x=1)', lambda: zip(x=1))

# Types of arguments.
show('pop(1.5)', lambda: [].pop(1.5))
show('pop(10**100)', lambda: [].pop(10**100))
show('index str', lambda: [].index(1, 'a'))
show('index huge', lambda: [1].index(1, -10**100, 10**100))
show('find str', lambda: ''.find('a', 'b'))
show('find huge', lambda: ''.find('a', -10**100, 10**100))
show('replace str', lambda: ''.replace('a', 1))
show('replace None', lambda: ''.replace(None, 'a'))
show('replace 1.0', lambda: ''.replace('a', 'b', 1.0))
show('encode(1)', lambda: ''.encode(1))
show('encode errors', lambda: ''.encode('utf8', 1))
show('encode None', lambda: ''.encode(None))
show('removeprefix(1)', lambda: ''.removeprefix(1))
show('chr(a)', lambda: chr('a'))
show('chr(10**100)', lambda: chr(10**100))
show('chr(2**31)', lambda: chr(2**31))
show('expandtabs huge', lambda: ''.expandtabs(10**100))
show('center huge', lambda: ''.center(10**100))
show('range(1.5)', lambda: range(1.5))
show('format(1, 2)', lambda: format(1, 2))
show('open mode', lambda: open('a', 1))
show('open encoding', lambda: open('a', encoding=1))

# The index protocol.


class Two:
    def __index__(self):
        return 2


class Bad:
    def __index__(self):
        return 'x'


print([1, 2, 3].pop(Two()), 'abcabc'.find('c', Two()), chr(Two()), [0].index(0, False))
show('pop(Bad)', lambda: [].pop(Bad()))
show('find Bad', lambda: ''.find('a', Bad()))
