"""Breaking text into lines, and moving it right and left."""

import re as _re

__all__ = ['TextWrapper', 'wrap', 'fill', 'dedent', 'indent', 'shorten']

_SPACES = '\t\n\x0b\x0c\r '
_TO_SPACE = {ord(c): ' ' for c in _SPACES}
_SENTENCE_END = _re.compile(r'[a-z][\.\!\?][\"\']?\Z')


def _split(text, on_hyphens):
    """Words, spaces, and the pieces of words with hyphens."""
    pieces = []
    i, n = 0, len(text)
    while i < n:
        j = i
        is_space = text[i] in _SPACES
        while j < n and (text[j] in _SPACES) == is_space:
            j += 1
        if is_space or not on_hyphens or '-' not in text[i:j]:
            pieces.append(text[i:j])
        else:
            pieces += _split_word(text[i:j])
        i = j
    return pieces


def _is_letter(c):
    return c.isalpha() or c == '_'


def _is_word(c):
    return c.isalnum() or c == '_'


def _split_word(word):
    """A word broken after its hyphens and around its dashes."""
    pieces = []
    start, i, n = 0, 0, len(word)
    while i < n:
        if word[i] != '-':
            i += 1
            continue
        j = i
        while j < n and word[j] == '-':
            j += 1
        if j - i >= 2:
            # A dash between words stands alone.
            if i > start and (_is_word(word[i - 1]) or word[i - 1] in '!"\'&.,?') and j < n and _is_word(word[j]):
                pieces += [word[start:i], word[i:j]]
                start = j
        elif i - start >= 1 and j + 1 < n:
            before = i >= 2 and _is_letter(word[i - 1]) and (_is_letter(word[i - 2])
                                                             or i >= 3 and word[i - 2] == '-' and _is_letter(word[i - 3]))
            after = _is_letter(word[j]) and (_is_letter(word[j + 1]) or word[j + 1] == '-' and j + 2 < n and _is_letter(word[j + 2]))
            if before and after:
                pieces.append(word[start:j])
                start = j
        i = j
    if start < n:
        pieces.append(word[start:])
    return pieces


class TextWrapper:
    """How to break text: the width and the rest."""

    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False,
                 break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _pieces(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(_TO_SPACE)
        pieces = _split(text, self.break_on_hyphens)
        if self.fix_sentence_endings:
            for i in range(len(pieces) - 1):
                if pieces[i + 1] == ' ' and _SENTENCE_END.search(pieces[i]):
                    pieces[i + 1] = '  '
        return pieces

    def wrap(self, text):
        """The lines."""
        if self.width <= 0:
            raise ValueError('invalid width %r (must be > 0)' % self.width)
        if self.max_lines is not None:
            first = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(first) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        rest = self._pieces(text)
        rest.reverse()
        drop = self.drop_whitespace
        lines = []
        while rest:
            start = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(start)
            if drop and lines and not rest[-1].strip():
                rest.pop()
            line, length = [], 0
            while rest and length + len(rest[-1]) <= width:
                length += len(rest[-1])
                line.append(rest.pop())
            if rest and len(rest[-1]) > width:
                self._long(rest, line, length, width)
                length = sum([len(p) for p in line])
            if drop and line and not line[-1].strip():
                length -= len(line[-1])
                line.pop()
            if not line:
                continue
            is_last = not rest or drop and len(rest) == 1 and not rest[0].strip()
            if self.max_lines is None or len(lines) + 1 < self.max_lines or is_last and length <= width:
                lines.append(start + ''.join(line))
                continue
            # No more lines: the placeholder ends the text.
            while line:
                if line[-1].strip() and length + len(self.placeholder) <= width:
                    lines.append(start + ''.join(line) + self.placeholder)
                    break
                length -= len(line[-1])
                line.pop()
            else:
                if lines and len(lines[-1].rstrip()) + len(self.placeholder) <= self.width:
                    lines[-1] = lines[-1].rstrip() + self.placeholder
                else:
                    lines.append(start + self.placeholder.lstrip())
            break
        return lines

    def _long(self, rest, line, length, width):
        """A piece that is longer than a line: what fits of it, or all if nothing else is in the line."""
        room = 1 if width < 1 else width - length
        if self.break_long_words:
            piece = rest[-1]
            end = room
            if self.break_on_hyphens and len(piece) > room:
                hyphen = piece.rfind('-', 0, room)
                if hyphen > 0 and piece[:hyphen].strip('-'):
                    end = hyphen + 1
            line.append(piece[:end])
            rest[-1] = piece[end:]
        elif not line:
            line.append(rest.pop())

    def fill(self, text):
        """The lines as one text."""
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a text."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """The text broken into lines."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """As many words as fit."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))


def dedent(text):
    """The text without the spaces that all its lines begin with."""
    lines = text.split('\n')
    margin = None
    for i, line in enumerate(lines):
        body = line.lstrip(' \t')
        if not body:
            lines[i] = ''
            continue
        start = line[:len(line) - len(body)]
        if margin is None:
            margin = start
        else:
            k = 0
            while k < len(margin) and k < len(start) and margin[k] == start[k]:
                k += 1
            margin = margin[:k]
    if not margin:
        return '\n'.join(lines)
    return '\n'.join([line[len(margin):] for line in lines])


def indent(text, prefix, predicate=None):
    """The text with `prefix` before its lines, but for empty ones."""
    if predicate is None:
        predicate = str.strip
    return ''.join([prefix + line if predicate(line) else line for line in text.splitlines(True)])
