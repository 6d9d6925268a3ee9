# order: any
# bytes, bytearray, str.join and bytes.join over generators that switch.

from gevent import spawn, sleep, joinall

def slow(xs):
    for x in xs:
        sleep(0)
        yield x
class B:
    def __bytes__(self):
        sleep(0)
        return b"B"
class I:
    def __index__(self):
        sleep(0)
        return 65

def work(i):
    b = bytearray(b"x")
    b.extend(slow([97, 98 + i]))
    b[0:1] = slow([49])
    return bytes(slow([65, 66])), b, "".join(slow("abc")), b"-".join(slow([b"p", b"q"])), bytes(B()), bytes([I(), I()]), chr(I()), bytearray(slow([1, i]))

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
