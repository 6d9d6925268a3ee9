"""Abstract classes."""

__all__ = ['ABC', 'ABCMeta', 'abstractmethod', 'abstractclassmethod', 'abstractstaticmethod', 'abstractproperty', 'get_cache_token',
           'update_abstractmethods']

_token = 0


def abstractmethod(funcobj):
    """Marks a method that subclasses must define."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """A class method that subclasses must define."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """A static method that subclasses must define."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """A property that subclasses must define."""

    __isabstractmethod__ = True


def get_cache_token():
    """A number that changes with each `register`."""
    return _token


def _missing(cls):
    """Names of the methods that the class still has to define."""
    names = set()
    for name, value in cls.__dict__.items():
        if getattr(value, '__isabstractmethod__', False):
            names.add(name)
    for base in cls.__bases__:
        for name in getattr(base, '__abstractmethods__', ()):
            if getattr(getattr(cls, name, None), '__isabstractmethod__', False):
                names.add(name)
    return frozenset(names)


def update_abstractmethods(cls):
    """Looks again which methods are abstract, after some were added."""
    if hasattr(cls, '__abstractmethods__'):
        cls.__abstractmethods__ = _missing(cls)
    return cls


class ABCMeta(type):
    """The class of abstract classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _missing(cls)
        cls._abc_registry = None
        cls._abc_known = None
        return cls

    def register(cls, subclass):
        """Makes a class count as a subclass."""
        global _token
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError('Refusing to create an inheritance cycle')
        if cls.__dict__.get('_abc_registry') is None:
            cls._abc_registry = []
        cls._abc_registry.append(subclass)
        _token += 1
        return subclass

    def __instancecheck__(cls, instance):
        kind = type(instance)
        if cls.__subclasscheck__(kind):
            return True
        other = getattr(instance, '__class__', kind)
        return other is not kind and isinstance(other, type) and cls.__subclasscheck__(other)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        # What was found out holds until the next `register`.
        known = cls._abc_known
        if known is None or known[0] is not cls or known[1] != _token:
            known = cls._abc_known = (cls, _token, {})
        known = known[2]
        found = known.get(subclass)
        if found is None:
            found = known[subclass] = _is_subclass(cls, subclass)
        return found


def _is_subclass(cls, subclass):
    found = cls.__subclasshook__(subclass)
    if found is not NotImplemented:
        return bool(found)
    if cls in subclass.__mro__:
        return True
    for other in cls.__dict__.get('_abc_registry') or ():
        if issubclass(subclass, other):
            return True
    for other in type.__subclasses__(cls):
        if issubclass(subclass, other):
            return True
    return False


class ABC(metaclass=ABCMeta):
    """A base for abstract classes."""

    __slots__ = ()
