from .. import a, level
from ..a import one
from . import __name__ as parent


def who():
    return __name__, parent, a.one + one, level


def too_far():
    from .... import x
