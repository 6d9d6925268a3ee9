# rows: HUB-16 HUB-18
# An error in a loop callback is reported and the loop goes on.

from gevent import get_hub, sleep

log = []
hub = get_hub()
class Stream:
    text = ""
    def write(self, s): Stream.text += s
    def flush(self): pass
hub.exception_stream = Stream()
hub.loop.run_callback(lambda: log.append("before"))
hub.loop.run_callback(lambda: 1 / 0)
hub.loop.run_callback(lambda: log.append("after"))
sleep(0.005)
print(log)
lines = Stream.text.strip().split("\n")
print(lines[0], lines[-2], lines[-1].endswith("failed with ZeroDivisionError"))
