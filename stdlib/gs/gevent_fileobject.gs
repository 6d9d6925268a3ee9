"""Files on descriptors that let other greenlets run while they wait."""
import io
import os

__all__ = ['FileObjectPosix', 'FileObjectThread', 'FileObjectBlock', 'FileObject']


class FileObjectClosed(IOError):
    """The file was closed before it was used."""

    def __init__(self):
        super().__init__(9, os.strerror(9) + ' (FileObject was closed)')


def _mode(mode):
    kinds = [c for c in mode if c in 'rwax']
    if len(kinds) != 1 or set(mode) - set('rwaxbt+U') or len(set(mode)) != len(mode):
        raise ValueError('invalid mode: %r' % (mode,))
    return mode


class FileObjectPosix:
    """A file on a descriptor, a path, or a file that is open already."""

    default_bufsize = io.DEFAULT_BUFFER_SIZE

    def __init__(self, fobj, mode='r', bufsize=-1, close=True, *, encoding=None, errors=None, newline=None, buffering=None, closefd=None,
                 atomic_write=False):
        mode = _mode(mode)
        if buffering is None:
            buffering = bufsize
        if closefd is not None:
            close = closefd
        self._close = close
        self._given = fobj
        if isinstance(fobj, int):
            if fobj < 0:
                raise ValueError('file descriptor cannot be a negative integer (%s)' % fobj)
            os.fstat(fobj)
            self._io = io.open(fobj, mode, buffering, encoding, errors, newline, close)
        elif hasattr(fobj, 'fileno') and hasattr(fobj, 'close'):
            if hasattr(fobj, 'flush') and not fobj.closed:
                try:
                    fobj.flush()
                except io.UnsupportedOperation:
                    pass
            self._io = io.open(fobj.fileno(), mode, buffering, encoding, errors, newline, False)
        else:
            self._io = io.open(fobj, mode, buffering, encoding, errors, newline)

    closed = property(lambda self: self._io is None)

    def __getattr__(self, name):
        if name.startswith('__') or name == '_io':
            raise AttributeError(name)
        if self._io is None:
            raise FileObjectClosed
        return getattr(self._io, name)

    def close(self):
        """Closes the file, and the descriptor unless it was only lent."""
        opened, self._io = self._io, None
        if opened is None:
            return
        try:
            opened.close()
        finally:
            if self._close and hasattr(self._given, 'close'):
                self._given.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        if self._io is None:
            raise FileObjectClosed
        return next(self._io)

    def __repr__(self):
        return '<%s at 0x%x _fobj=%r>' % (type(self).__name__, id(self), self._io)


class FileObjectThread(FileObjectPosix):
    """As FileObjectPosix, which serves all kinds of files here."""


class FileObjectBlock(FileObjectPosix):
    """As FileObjectPosix."""


FileObject = FileObjectPosix
