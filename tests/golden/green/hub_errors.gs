# rows: HUB-16
# An error in a loop callback is reported and the loop goes on.

from gevent import get_hub, sleep

log = []
hub = get_hub()
hub.loop.run_callback(lambda: log.append("before"))
hub.loop.run_callback(lambda: 1 / 0)
hub.loop.run_callback(lambda: log.append("after"))
sleep(0.005)
print(log)
