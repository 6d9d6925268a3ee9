"""There is nothing to patch: every module is cooperative already."""

__all__ = ['patch_all', 'is_module_patched', 'is_object_patched', 'is_anything_patched', 'saved', 'get_original']

saved = {}


def patch_all(*args, **kwargs):
    """Accepted, with nothing to do."""
    return True


patch_socket = patch_ssl = patch_time = patch_select = patch_thread = patch_os = patch_all
patch_dns = patch_subprocess = patch_queue = patch_signal = patch_builtins = patch_sys = patch_all


def is_module_patched(name):
    return True


def is_object_patched(module, name):
    return True


def is_anything_patched():
    return True


def get_original(module, names):
    mod = __import__(module, fromlist=['x'])
    if isinstance(names, str):
        return getattr(mod, names)
    return [getattr(mod, n) for n in names]
