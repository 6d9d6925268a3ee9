"""The text of errors and of where they came from."""

import io as _io
import sys as _sys

__all__ = ['extract_tb', 'format_exc', 'format_exception', 'format_exception_only', 'format_list', 'format_tb', 'print_exc', 'print_exception',
           'print_list', 'print_tb', 'FrameSummary', 'StackSummary', 'walk_tb']

_unset = object()


class FrameSummary:
    """One place in a traceback."""

    __slots__ = ('filename', 'lineno', 'name', '_line')

    def __init__(self, filename, lineno, name, *, line=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self._line = line

    @property
    def line(self):
        """The line of the file, without the spaces around it."""
        if self._line is None:
            try:
                with open(self.filename, encoding='utf-8', errors='replace') as f:
                    lines = f.read().split('\n')
                self._line = lines[self.lineno - 1].strip()
            except (OSError, IndexError, RuntimeError):
                self._line = ''
        return self._line

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, i):
        return (self.filename, self.lineno, self.name, self.line)[i]

    def __len__(self):
        return 4

    def __eq__(self, other):
        if isinstance(other, (FrameSummary, tuple)):
            return tuple(self) == tuple(other)
        return NotImplemented

    __hash__ = None

    def __repr__(self):
        return '<FrameSummary file %s, line %s in %s>' % (self.filename, self.lineno, self.name)


class StackSummary(list):
    """The places of a traceback, outermost first."""

    def format(self):
        """One text for each place."""
        out = []
        for filename, lineno, name, line in self:
            text = '  File "%s", line %s, in %s\n' % (filename, lineno, name)
            out.append(text + '    %s\n' % line.strip() if line else text)
        return out


def walk_tb(tb):
    """Frames and line numbers."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def extract_tb(tb, limit=None):
    """The places of a traceback."""
    places = [FrameSummary(f.f_code.co_filename, n, f.f_code.co_name) for f, n in walk_tb(tb)]
    if limit is not None:
        places = places[:limit] if limit >= 0 else places[limit:]
    return StackSummary(places)


def format_list(extracted_list):
    """One text for each place."""
    return StackSummary(extracted_list).format()


def format_tb(tb, limit=None):
    """One text for each place of a traceback."""
    return extract_tb(tb, limit).format()


def _whole(value, tb):
    """The text that an uncaught error gives."""
    stream, old = _io.StringIO(), _sys.stderr
    _sys.stderr = stream
    try:
        _sys.__excepthook__(type(value), value, tb)
    finally:
        _sys.stderr = old
    return stream.getvalue()


def _which(exc, value, tb):
    if value is _unset:
        return exc, exc.__traceback__ if exc is not None else None
    return value, tb


def format_exception(exc, /, value=_unset, tb=_unset, limit=None, chain=True):
    """The lines that an uncaught error gives."""
    value, tb = _which(exc, value, tb)
    if value is None:
        return ['NoneType: None\n']
    if limit is None and chain:
        return _whole(value, tb).splitlines(True)
    head = ['Traceback (most recent call last):\n'] + format_tb(tb, limit) if tb is not None else []
    return head + format_exception_only(value)


def format_exception_only(exc, /, value=_unset):
    """The last lines: the error itself."""
    value = exc if value is _unset else value
    if value is None:
        return ['NoneType: None\n']
    cls = type(value)
    name = cls.__qualname__ if cls.__module__ in ('builtins', '__main__') else '%s.%s' % (cls.__module__, cls.__qualname__)
    if isinstance(value, SyntaxError):
        return _whole(value, None).splitlines(True)
    text = str(value)
    return ['%s: %s\n' % (name, text) if text else name + '\n'] + [n + '\n' for n in getattr(value, '__notes__', ())]


def format_exc(limit=None, chain=True):
    """The text of the error that is being handled."""
    return ''.join(format_exception(_sys.exc_info()[1], limit=limit, chain=chain))


def _print(lines, file):
    print(''.join(lines), file=_sys.stderr if file is None else file, end='')


def print_exception(exc, /, value=_unset, tb=_unset, limit=None, file=None, chain=True):
    """Prints what an uncaught error gives."""
    _print(format_exception(exc, value, tb, limit, chain), file)


def print_exc(limit=None, file=None, chain=True):
    """Prints the error that is being handled."""
    print_exception(_sys.exc_info()[1], limit=limit, file=file, chain=chain)


def print_tb(tb, limit=None, file=None):
    """Prints the places of a traceback."""
    _print(format_tb(tb, limit), file)


def print_list(extracted_list, file=None):
    """Prints places."""
    _print(format_list(extracted_list), file)
