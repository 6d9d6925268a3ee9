"""The writer of json."""
import _json
from json import JSONEncoder


def py_encode_basestring(s):
    """Return a JSON representation of a Python string."""
    return _json.quote(s, False)


def py_encode_basestring_ascii(s):
    """Return an ASCII-only JSON representation of a Python string."""
    return _json.quote(s, True)


encode_basestring = py_encode_basestring
encode_basestring_ascii = py_encode_basestring_ascii
