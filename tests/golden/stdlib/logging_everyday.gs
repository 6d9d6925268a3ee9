# logging to standard output: levels, formats, handlers, children, exceptions, lazy arguments.

import logging, sys, io
root = logging.getLogger()
h = logging.StreamHandler(sys.stdout)
h.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
root.addHandler(h)
root.setLevel(logging.INFO)
logging.debug("hidden")
logging.info("shown %s %d", "a", 5)
logging.warning("%(k)s", {"k": "mapping"})
log = logging.getLogger("app.db")
log.error("from a child")
log.setLevel(logging.ERROR)
log.warning("below its level")
print(log.isEnabledFor(logging.WARNING), log.getEffectiveLevel(), logging.getLogger("app").level, log.parent.name, logging.getLogger("app.db") is log, logging.getLevelName(30), logging.getLevelName("ERROR"))
try:
    1 / 0
except ZeroDivisionError:
    log.critical("with error %s", "info", exc_info=False)
buf = io.StringIO()
f = logging.StreamHandler(buf)
f.setLevel(logging.WARNING)
f.setFormatter(logging.Formatter("{levelname:<8}|{message}", style="{"))
own = logging.getLogger("own")
own.propagate = False
own.addHandler(f)
own.info("no"); own.warning("yes"); own.error("also")
print(buf.getvalue(), end="")
class Filter(logging.Filter):
    def filter(self, rec): return "secret" not in rec.getMessage()
h.addFilter(Filter())
root.info("a secret"); root.info("public")
try:
    raise ValueError("v")
except ValueError:
    own.exception("caught")
print(buf.getvalue().splitlines()[2], buf.getvalue().splitlines()[-1])
adapter = logging.LoggerAdapter(logging.getLogger("ad"), {"user": "ann"})
adapter.info("adapted")
own.removeHandler(f)
print(own.hasHandlers(), own.handlers)
