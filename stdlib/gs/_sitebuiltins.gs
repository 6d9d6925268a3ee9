"""The objects that people meet at the prompt: help, copyright, credits, license."""

import sys


class _Printer:
    """Shows a text when it is shown or called."""

    def __init__(self, name, text):
        self.__name = name
        self.__text = text

    def __repr__(self):
        return self.__text

    def __call__(self):
        print(self.__text)


class _Helper:
    """Define the builtin 'help'."""

    def __repr__(self):
        return "Type help() for interactive help, or help(object) for help about object."

    def __call__(self, *args):
        if not args:
            print("help(object) shows what is known about an object: its parameters and its description.")
            print("dir(object) lists its attributes. The language is Python 3.11; greenlets are built in: spawn, sleep, ...")
            return
        for thing in args:
            _describe(thing)


def _kind(thing):
    if isinstance(thing, type):
        return 'class'
    name = type(thing).__name__
    return {'builtin_function_or_method': 'built-in function', 'method_descriptor': 'method'}.get(name, name)


def _signature(thing):
    text = getattr(thing, '__text_signature__', None)
    if text:
        return text.replace('$self, ', '').replace('$self', '').replace('$module, ', '').replace('$module', '')
    code = getattr(thing, '__code__', None)
    if code is None:
        return '(...)' if callable(thing) else ''
    count, flags = code.co_argcount, code.co_flags
    names = list(code.co_varnames)
    defaults = thing.__defaults__ or ()
    parts = []
    for i in range(count):
        at = i - (count - len(defaults))
        parts.append(names[i] + ('=%r' % (defaults[at],) if at >= 0 else ''))
    if code.co_posonlyargcount:
        parts.insert(code.co_posonlyargcount, '/')
    after = count + code.co_kwonlyargcount
    if flags & 4:
        parts.append('*' + names[after])
        after += 1
    elif code.co_kwonlyargcount:
        parts.append('*')
    for name in names[count:count + code.co_kwonlyargcount]:
        keyword = thing.__kwdefaults__ or {}
        parts.append(name + ('=%r' % (keyword[name],) if name in keyword else ''))
    if flags & 8:
        parts.append('**' + names[after])
    return '(' + ', '.join(parts) + ')'


def _doc(thing):
    return getattr(thing, '__doc__', None)


def _describe(thing):
    described = thing
    if not hasattr(thing, '__name__'):
        described = type(thing)
    name = described.__name__
    module = getattr(described, '__module__', None)
    where = ' in module %s' % module if module else ''
    print('Help on %s %s%s:\n' % (_kind(described), name, where))
    if isinstance(described, type):
        print('class %s' % name)
    elif callable(described):
        print(name + _signature(described))
    doc = _doc(described)
    if doc:
        print('    ' + doc.strip().replace('\n', '\n    '))
    if isinstance(described, type):
        names = [n for n in vars(described) if callable(getattr(described, n, None)) and not n.startswith('_')]
        for n in names:
            method = vars(described)[n]
            print('\n    %s%s' % (n, _signature(method)))
            doc = _doc(method)
            if doc:
                print('        ' + doc.strip().split('\n')[0])
    elif _kind(described) == 'module':
        names = [n for n in dir(described) if not n.startswith('_')]
        print('\nNAMES\n    ' + ', '.join(names))


def _install():
    import builtins
    builtins.copyright = _Printer('copyright', 'Copyright (c) the gscript authors.')
    builtins.credits = _Printer('credits', 'gscript stands on the shoulders of CPython, gevent, and the authors of the crates it is built with.')
    builtins.license = _Printer('license', 'gscript is licensed under MIT or Apache-2.0, at your choice.')
    builtins.help = _Helper()
