# An echo server: what a client sends comes back.
#
#   gscript examples/echo_server.gs                  listens on 127.0.0.1:7000
#   gscript examples/echo_server.gs 0.0.0.0:9000
#
# Then, in another terminal:   nc 127.0.0.1 7000

import sys

from gevent.server import StreamServer


def echo(conn, address):
    """One greenlet for each client; recv parks it until something comes."""
    print(f"{address[0]}:{address[1]} connected", flush=True)
    total = 0
    try:
        while data := conn.recv(65536):
            conn.sendall(data)
            total += len(data)
    except ConnectionError as error:
        print(f"{address[0]}:{address[1]} broke off: {error}", flush=True)
    print(f"{address[0]}:{address[1]} left after {total} bytes", flush=True)


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:7000").rpartition(":")
    server = StreamServer((host or "127.0.0.1", int(port)), echo)
    server.start()
    print(f"echo server on {server.server_host}:{server.server_port}, Ctrl-C ends it", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("bye")


if __name__ == "__main__":
    main()
