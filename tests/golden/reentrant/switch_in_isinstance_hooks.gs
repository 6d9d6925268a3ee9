# order: any
# __instancecheck__, __subclasscheck__ and exception filters that give up control.

from gevent import spawn, sleep, joinall

class Meta(type):
    def __instancecheck__(cls, o):
        sleep(0)
        return hasattr(o, "quack")
    def __subclasscheck__(cls, c):
        sleep(0)
        return hasattr(c, "quack")
class Duck(metaclass=Meta): pass
class D: quack = 1
def choose(e):
    sleep(0)
    return e

def work(i):
    try:
        raise [KeyError, ValueError, IndexError][i % 3](i)
    except choose(KeyError) as e:
        r = "key"
    except (choose(ValueError), choose(TypeError)) as e:
        r = "value"
    except choose(LookupError):
        r = "lookup"
    return isinstance(D(), Duck), isinstance(5, Duck), issubclass(D, Duck), isinstance(5, (str, Duck)), r

jobs = [spawn(work, i) for i in range(6)]
joinall(jobs)
for j in jobs:
    print(j.value)
