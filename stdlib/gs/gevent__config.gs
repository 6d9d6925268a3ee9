"""Settings of the concurrency library, from GEVENT_* and GSCRIPT_* variables; see `config`."""

__all__ = ['Config', 'config']


def _flag(value):
    if isinstance(value, str):
        value = value.lower().strip()
        if value in ('1', 'true', 'on', 'yes'):
            return True
        if value in ('0', 'false', 'off', 'no', ''):
            return False
        raise ValueError('Invalid boolean string: %r' % (value,))
    return bool(value)


def _names(value):
    if isinstance(value, str):
        return [v.strip() for v in value.split(',')]
    return value


def _positive(value):
    value = int(value)
    if value < 1:
        raise ValueError('must be > 0')
    return value


def _same(value):
    return value


_DEFAULTS = {
    'resolver': (['thread', 'dnspython', 'ares', 'block'], _names, 'GEVENT_RESOLVER'),
    'threadpool': ('gevent.threadpool.ThreadPool', _same, 'GEVENT_THREADPOOL'),
    'threadpool_idle_task_timeout': (5.0, float, 'GEVENT_THREADPOOL_IDLE_TASK_TIMEOUT'),
    'loop': (['libev-cext', 'libev-cffi', 'libuv-cffi'], _names, 'GEVENT_LOOP'),
    'format_context': ('pprint.saferepr', _same, 'GEVENT_FORMAT_CONTEXT'),
    'libev_backend': (None, _same, 'GEVENT_BACKEND'),
    'fileobject': (['posix', 'thread'], _names, 'GEVENT_FILE'),
    'disable_watch_children': (False, _flag, 'GEVENT_NOWAITPID'),
    'track_greenlet_tree': (True, _flag, 'GEVENT_TRACK_GREENLET_TREE'),
    'monitor_thread': (False, _flag, 'GEVENT_MONITOR_THREAD_ENABLE'),
    'max_blocking_time': (0.1, float, 'GEVENT_MAX_BLOCKING_TIME'),
    'memory_monitor_period': (5, float, 'GEVENT_MONITOR_MEMORY_PERIOD'),
    'max_memory_usage': (None, _same, 'GEVENT_MONITOR_MEMORY_MAX'),
    'print_blocking_reports': (True, _flag, 'GEVENT_MONITOR_PRINT_BLOCKING_REPORTS'),
    'ares_servers': (None, _names, 'GEVENTARES_SERVERS'),
}


class Config:
    """The settings: attributes that are read from the environment when they are first asked for, and may be set."""

    def __init__(self):
        self.__dict__['_values'] = {}

    def __getattr__(self, name):
        try:
            default, convert, variable = _DEFAULTS[name]
        except KeyError:
            raise AttributeError(name) from None
        text = _environment(variable)
        value = default if text is None else convert(text)
        self._values[name] = value
        self.__dict__[name] = value
        return value

    def __setattr__(self, name, value):
        if name not in _DEFAULTS:
            raise AttributeError(name)
        value = _DEFAULTS[name][1](value)
        self._values[name] = value
        self.__dict__[name] = value

    def set(self, name, value):
        setattr(self, name, value)

    def __dir__(self):
        return sorted(_DEFAULTS)

    def print_help(self):
        for name, (default, _, variable) in _DEFAULTS.items():
            print('%s\n\tVariable: %s\n\tDefault: %r' % (name, variable, default))


def _environment(variable):
    try:
        from os import environ
    except ImportError:
        return None
    return environ.get('GSCRIPT_' + variable.split('_', 1)[-1]) or environ.get(variable)


config = Config()
