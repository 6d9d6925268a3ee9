"""The reader of json."""
from json import JSONDecodeError, JSONDecoder, _constant, detect_encoding
