"""Sets of letters, templates, and what `str.format` does."""

import re as _re

__all__ = ['ascii_letters', 'ascii_lowercase', 'ascii_uppercase', 'capwords', 'digits', 'hexdigits', 'octdigits', 'printable', 'punctuation',
           'whitespace', 'Formatter', 'Template']

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = ascii_lowercase.upper()
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Each word with a capital first letter."""
    return (sep or ' ').join([word.capitalize() for word in s.split(sep)])


class Template:
    """A text with `$name` in it."""

    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    flags = _re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        if 'pattern' not in cls.__dict__:
            mark = _re.escape(cls.delimiter)
            name = cls.idpattern
            pattern = r'%s(?:(?P<escaped>%s)|(?P<named>%s)|{(?P<braced>%s)}|(?P<invalid>))' % (mark, mark, name, cls.braceidpattern or name)
        else:
            pattern = cls.pattern
        cls.pattern = _re.compile(pattern, cls.flags | _re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def _place(self, found):
        start = found.start('invalid')
        lines = self.template[:start].splitlines(keepends=True)
        if not lines:
            column, line = 1, 1
        else:
            column, line = start - len(''.join(lines[:-1])), len(lines)
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (line, column))

    def _fill(self, table, is_safe):
        def one(found):
            name = found.group('named') or found.group('braced')
            if name is not None:
                if not is_safe:
                    return str(table[name])
                try:
                    return str(table[name])
                except KeyError:
                    return found.group()
            if found.group('escaped') is not None:
                return self.delimiter
            if found.group('invalid') is not None:
                if is_safe:
                    return found.group()
                self._place(found)
            raise ValueError('Unrecognized named group in pattern', self.pattern)

        return self.pattern.sub(one, self.template)

    def substitute(self, mapping=None, /, **kws):
        """The text with all names replaced."""
        return self._fill(_both(mapping, kws), False)

    def safe_substitute(self, mapping=None, /, **kws):
        """The text with those names replaced that are known."""
        return self._fill(_both(mapping, kws), True)

    def is_valid(self):
        """Whether each `$` begins something."""
        return all([found.group('invalid') is None for found in self.pattern.finditer(self.template)])

    def get_identifiers(self):
        """The names, each once."""
        names = []
        for found in self.pattern.finditer(self.template):
            name = found.group('named') or found.group('braced')
            if name is not None and name not in names:
                names.append(name)
        return names


Template.__init_subclass__()


class _Two:
    def __init__(self, first, second):
        self.first = first
        self.second = second

    def __getitem__(self, key):
        return self.first[key] if key in self.first else self.second[key]


def _both(mapping, kws):
    if mapping is None:
        return kws
    return _Two(kws, mapping) if kws else mapping


def _split_name(name):
    """`a.b[0]`: the first part, and the pairs of whether it is an attribute and which."""
    i = 0
    while i < len(name) and name[i] not in '.[':
        i += 1
    first = name[:i]
    if first.isdecimal():
        first = int(first)
    rest = []
    while i < len(name):
        if name[i] == '.':
            j = i + 1
            while j < len(name) and name[j] not in '.[':
                j += 1
            if j == i + 1:
                raise ValueError('Empty attribute in format string')
            rest.append((True, name[i + 1:j]))
            i = j
        elif name[i] == '[':
            j = name.find(']', i)
            if j < 0:
                raise ValueError("Missing ']' in format string")
            key = name[i + 1:j]
            if not key:
                raise ValueError('Empty attribute in format string')
            rest.append((False, int(key) if key.isdecimal() else key))
            i = j + 1
            if i < len(name) and name[i] not in '.[':
                raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
    return first, rest


class Formatter:
    """What `str.format` does, in steps that a subclass may replace."""

    def format(self, format_string, /, *args, **kwargs):
        """The text with its fields replaced."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """The same with the arguments as a tuple and a dict."""
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError('Max string recursion exceeded')
        out = []
        for text, name, spec, conversion in self.parse(format_string):
            if text:
                out.append(text)
            if name is None:
                continue
            first = _split_name(name)[0]
            if first == '':
                if auto_arg_index is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                name = str(auto_arg_index) + name
                auto_arg_index += 1
            elif isinstance(first, int):
                if auto_arg_index:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                auto_arg_index = False
            value, key = self.get_field(name, args, kwargs)
            used_args.add(key)
            value = self.convert_field(value, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index)
            out.append(self.format_field(value, spec))
        return ''.join(out), auto_arg_index

    def get_value(self, key, args, kwargs):
        """The argument of a number or a name."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """For subclasses that mind arguments nobody asked for."""

    def format_field(self, value, format_spec):
        """The text of a value."""
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """What `!r`, `!s` and `!a` do."""
        if conversion is None:
            return value
        if conversion == 's':
            return str(value)
        if conversion == 'r':
            return repr(value)
        if conversion == 'a':
            return ascii(value)
        raise ValueError('Unknown conversion specifier {0!s}'.format(conversion))

    def parse(self, format_string):
        """The parts: text, name, specification, conversion."""
        s = format_string
        i, n = 0, len(s)
        text = []
        while i < n:
            c = s[i]
            if c == '}':
                if s[i:i + 2] != '}}':
                    raise ValueError("Single '}' encountered in format string")
                text.append('}')
                yield ''.join(text), None, None, None
                text = []
                i += 2
            elif c == '{':
                if s[i:i + 2] == '{{':
                    text.append('{')
                    yield ''.join(text), None, None, None
                    text = []
                    i += 2
                    continue
                if i + 1 == n:
                    raise ValueError("Single '{' encountered in format string")
                depth, j = 1, i + 1
                while j < n and depth:
                    depth += (s[j] == '{') - (s[j] == '}')
                    j += 1
                if depth:
                    raise ValueError("expected '}' before end of string")
                yield (''.join(text),) + _split_field(s[i + 1:j - 1])
                text = []
                i = j
            else:
                j = i + 1
                while j < n and s[j] not in '{}':
                    j += 1
                text.append(s[i:j])
                i = j
        if text:
            yield ''.join(text), None, None, None

    def get_field(self, field_name, args, kwargs):
        """The value of `a.b[0]`, and the argument that is in it."""
        first, rest = _split_name(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, key in rest:
            value = getattr(value, key) if is_attribute else value[key]
        return value, first


def _split_field(field):
    """Name, specification and conversion of what stands in braces."""
    i, inside = 0, False
    while i < len(field):
        c = field[i]
        if c == '[':
            inside = True
        elif c == ']':
            inside = False
        elif c in '!:' and not inside:
            break
        elif c == '{':
            raise ValueError("unexpected '{' in field name")
        i += 1
    name, rest = field[:i], field[i:]
    if rest[:1] == '!':
        if len(rest) < 2:
            raise ValueError("end of string while looking for conversion specifier")
        if len(rest) > 2 and rest[2] != ':':
            raise ValueError("expected ':' after conversion specifier")
        return name, rest[3:], rest[1]
    return name, rest[1:], None
