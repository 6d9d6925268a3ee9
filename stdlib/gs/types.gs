"""Names of the types that are not built-in names, and classes made at run time."""

import sys as _sys

__all__ = ['FunctionType', 'LambdaType', 'CodeType', 'MappingProxyType', 'SimpleNamespace', 'CellType', 'GeneratorType', 'MethodType',
           'BuiltinFunctionType', 'BuiltinMethodType', 'WrapperDescriptorType', 'MethodWrapperType', 'MethodDescriptorType',
           'ModuleType', 'TracebackType', 'FrameType', 'GenericAlias', 'UnionType', 'EllipsisType', 'NoneType', 'NotImplementedType', 'new_class',
           'resolve_bases', 'prepare_class', 'DynamicClassAttribute']


def _f():
    yield


def _cell():
    x = 1

    def inner():
        return x
    return inner.__closure__[0]


class _C:
    def m(self):
        pass


FunctionType = LambdaType = type(_f)
CodeType = type(_f.__code__)
GeneratorType = type(_f())
MethodType = type(_C().m)
BuiltinFunctionType = BuiltinMethodType = type(len)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
MappingProxyType = type(type.__dict__)
ModuleType = type(_sys)
SimpleNamespace = type(_sys.implementation)
CellType = type(_cell())
GenericAlias = type(list[int])
UnionType = type(int | str)
EllipsisType = type(...)
NoneType = type(None)
NotImplementedType = type(NotImplemented)
try:
    raise TypeError
except TypeError as _e:
    TracebackType = type(_e.__traceback__)
    FrameType = type(_e.__traceback__.tb_frame)


class DynamicClassAttribute(property):
    """A property of instances; asked of the class it is not there."""

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError()
        return super().__get__(instance, owner)


def resolve_bases(bases):
    """The bases with `__mro_entries__` asked."""
    found = []
    for base in bases:
        f = None if isinstance(base, type) else getattr(base, '__mro_entries__', None)
        if f is None:
            found.append(base)
            continue
        more = f(bases)
        if not isinstance(more, tuple):
            raise TypeError('__mro_entries__ must return a tuple')
        found += more
    return bases if found == list(bases) else tuple(found)


def prepare_class(name, bases=(), kwds=None):
    """Metaclass, namespace and keywords of a class to be made."""
    kwds = {} if kwds is None else dict(kwds)
    meta = kwds.pop('metaclass', None) or (type(bases[0]) if bases else type)
    if isinstance(meta, type):
        for base in bases:
            if issubclass(type(base), meta):
                meta = type(base)
            elif not issubclass(meta, type(base)):
                raise TypeError('metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its '
                                'bases')
    space = meta.__prepare__(name, bases, **kwds) if hasattr(meta, '__prepare__') else {}
    return meta, space, kwds


def new_class(name, bases=(), kwds=None, exec_body=None):
    """A class made at run time."""
    resolved = resolve_bases(bases)
    meta, space, kwds = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(space)
    if resolved is not bases:
        space['__orig_bases__'] = bases
    return meta(name, resolved, space, **kwds)
