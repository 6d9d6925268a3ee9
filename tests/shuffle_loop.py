"""A gevent loop that runs ready callbacks in a random order: the oracle's counterpart of GSCRIPT_ORDER=SEED.

bless.py uses it (GEVENT_LOOP=shuffle_loop.Loop, SHUFFLE_SEED=N) to make sure that programs whose head says
`# order: any` really print the same whatever the order of ready greenlets.
"""
import os
import random

# Not from gevent.core: that asks for the configured loop itself.
from gevent.libev.corecext import callback, loop


class Loop(loop):
    """Each turn that gevent asks for runs one of the callbacks that wait, chosen at random."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ready = []
        self.random = random.Random(int(os.environ.get("SHUFFLE_SEED", "1")))

    def run_callback(self, func, *args):
        cb = callback(func, args)
        self.ready.append(cb)
        super().run_callback(self.run_one)
        return cb

    def run_one(self):
        while self.ready:
            cb = self.ready.pop(self.random.randrange(len(self.ready)))
            func, args = cb.callback, cb.args
            if func is not None:
                # As gevent's own loop does it: no longer pending once it runs.
                cb.callback = None
                try:
                    func(*args)
                finally:
                    cb.args = None
                return
