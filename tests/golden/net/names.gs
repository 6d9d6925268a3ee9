# rows: DNS-01 DNS-03 DNS-04 DNS-05 SOC-43 SOC-44
# Look-ups that need no name server, their errors, and that they let others run.

from gevent import socket, spawn, sleep, joinall

def show(f):
    try:
        return f()
    except (OSError, TypeError, ValueError, OverflowError) as e:
        return type(e).__name__ + " " + str(e.errno if isinstance(e, socket.gaierror) else e)

print(socket.gethostbyname("localhost"), socket.gethostbyname("127.0.0.1"), socket.gethostbyname(""), socket.gethostbyname("<broadcast>"))
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))
print(socket.getaddrinfo("::1", "80", 0, socket.SOCK_DGRAM))
print(socket.getaddrinfo(None, 80, socket.AF_INET, socket.SOCK_STREAM), socket.getaddrinfo(b"127.0.0.1", b"81", 0, socket.SOCK_STREAM)[0][4])
print([x[4] for x in socket.getaddrinfo(None, 80, socket.AF_INET, socket.SOCK_STREAM, flags=socket.AI_PASSIVE)])
print(("127.0.0.1", 5) in [x[4] for x in socket.getaddrinfo("localhost", 5, socket.AF_INET)])
for args in ((None, None), ("no-such-host.invalid", 80), ("127.0.0.1", 80, 9999), ("127.0.0.1", "no-such-service"), ("::1", 80, socket.AF_INET)):
    print(args[:2] if len(str(args)) < 60 else "long", show(lambda: socket.getaddrinfo(*args)))
print(socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
print(socket.gethostbyname_ex("127.0.0.1"))
print(socket.getfqdn("localhost.localdomain") != "", socket.gethostname() != "")
for f in (lambda: socket.gethostbyname("no-such-host.invalid"), lambda: socket.socket().connect(("no-such-host.invalid", 80)), lambda: socket.socket().connect_ex(("no-such-host.invalid", 80)), lambda: socket.create_connection(("no-such-host.invalid", 80)), lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("no-such-host.invalid", 80)), lambda: socket.socket().bind(("no-such-host.invalid", 80))):
    print(show(f))
e = None
try:
    socket.getaddrinfo("no-such-host.invalid", 1)
except socket.gaierror as error:
    e = error
print(isinstance(e, OSError), e.errno == socket.EAI_NONAME, e.args)
log = []
def look():
    socket.getaddrinfo("localhost", 80)
    log.append("found")
def other():
    log.append("other")
joinall([spawn(look), spawn(other)])
print(log)
l = socket.create_server(("localhost", 0))
with socket.create_connection(("localhost", l.getsockname()[1])) as c:
    print(c.getpeername()[0])
l.close()
print(socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, "fe80:0:0::1")), socket.inet_aton("127.1"), socket.inet_aton("0x7f.1"), socket.htonl(1), socket.ntohs(256))
for f in (lambda: socket.inet_pton(socket.AF_INET, "1.2.3.256"), lambda: socket.inet_pton(999, "x"), lambda: socket.inet_ntop(socket.AF_INET, b"x"), lambda: socket.inet_ntop(999, b"x"), lambda: socket.htons(70000), lambda: socket.htons(-1), lambda: socket.inet_aton("1.2.3.4.5")):
    print(show(f))
print(repr(socket.AF_INET), str(socket.SOCK_STREAM), f"{socket.AF_INET6}", socket.AF_INET.name, socket.AddressFamily(2) is socket.AF_INET, socket.SocketKind.SOCK_DGRAM.value)
print(repr(socket.socket().family))
print(socket.if_nametoindex("lo") >= 1, show(lambda: socket.if_nametoindex("nolo")), (1, "lo") in socket.if_nameindex())
