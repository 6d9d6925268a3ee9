# The module signal: handlers, defaults, timers, names.

import os, signal, time

log = []
def handler(number, frame):
    log.append((number, frame is None or frame.f_code.co_name))

# Setting and asking.
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, repr(signal.getsignal(signal.SIGUSR1)))
print(repr(signal.signal(signal.SIGUSR1, handler)), signal.getsignal(signal.SIGUSR1) is handler)
print(signal.signal(signal.SIGUSR1, handler) is handler)

# A signal to the own process is handled before kill returns.
os.kill(os.getpid(), signal.SIGUSR1)
print(log)
def inner():
    signal.raise_signal(signal.SIGUSR1)
inner()
print(log)

# Ignored, and back again.
del log[:]
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is handler, repr(signal.getsignal(signal.SIGUSR1)))
os.kill(os.getpid(), signal.SIGUSR1)
print(log, repr(signal.signal(signal.SIGUSR1, handler)))
os.kill(os.getpid(), signal.SIGUSR1)
print(len(log))

# What a handler raises comes out where the program was.
class Stop(Exception):
    pass
def stop(number, frame):
    raise Stop(number)
signal.signal(signal.SIGALRM, stop)
print(signal.setitimer(signal.ITIMER_REAL, 0.02))
try:
    while True:
        pass
except Stop as e:
    print("stopped", e)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    sum(0 for _ in iter(int, 1))
except Stop as e:
    print("stopped", e)
print(signal.getitimer(signal.ITIMER_REAL), signal.alarm(0))

# KeyboardInterrupt.
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as e:
    print("KeyboardInterrupt", e.args)
signal.signal(signal.SIGINT, handler)
del log[:]
os.kill(os.getpid(), signal.SIGINT)
print(log[0][0])

# Names and numbers.
print(repr(signal.SIGTERM), signal.SIGTERM, signal.SIGTERM.name, signal.SIGTERM.value, f"{signal.SIGTERM}", signal.SIGTERM + 1)
print(signal.Signals(9), repr(signal.Signals["SIGHUP"]), signal.SIGCLD is signal.SIGCHLD, list(signal.Signals)[:3])
print(repr(signal.SIG_BLOCK), repr(signal.SIG_DFL), signal.NSIG, signal.Handlers(1).name)
print(signal.strsignal(signal.SIGTERM), signal.strsignal(9), len(signal.valid_signals()))

# Errors.
for f in (
    lambda: signal.signal(signal.SIGUSR1, "no"),
    lambda: signal.signal(0, handler),
    lambda: signal.signal(99, handler),
    lambda: signal.signal(signal.SIGKILL, handler),
    lambda: signal.getsignal(65),
    lambda: signal.Signals(99),
    lambda: signal.Signals["NO"],
    lambda: signal.setitimer(9, 1),
    lambda: signal.raise_signal(99),
    lambda: signal.set_wakeup_fd(1234),
):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

# Masks: what is blocked waits.
signal.signal(signal.SIGUSR1, handler)
del log[:]
print(signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1]))
os.kill(os.getpid(), signal.SIGUSR1)
print(log, signal.sigpending())
print(signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1]))
print(len(log), signal.sigpending())

# A descriptor to be told.
r, w = os.pipe()
os.set_blocking(w, False)
print(signal.set_wakeup_fd(w))
os.kill(os.getpid(), signal.SIGUSR1)
print(os.read(r, 10), signal.set_wakeup_fd(-1) == w)
