#!/bin/sh
# Prepares a Debian machine for the tests and the comparisons: CPython 3.11 with gevent (the oracle that
# `tests/bless.py` asks for the expected output), and the peers that the benchmarks are measured against.
# It may be run again at any time: what is there already is left alone.
#
#   tests/setup_peers.sh [FOLDER]      FOLDER of the virtual environment, default target/oracle
#
# Set PYTHON to use another CPython 3.11 than /usr/bin/python3.11.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
venv=${1:-$here/target/oracle}
python=${PYTHON:-/usr/bin/python3.11}

# The Debian packages: only those that are missing are asked for.
wanted="pypy3 luajit golang-go wrk python3.11 python3.11-venv python3.11-dev gcc libc6-dev curl netcat-openbsd openssl"
missing=""
for package in $wanted; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo"; fi
    $sudo apt-get update -q
    # shellcheck disable=SC2086 -- the list is meant to be split
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi

if [ ! -x "$venv/bin/python" ]; then
    mkdir -p "$(dirname "$venv")"
    "$python" -m venv "$venv"
fi
if ! "$venv/bin/python" -c 'import gevent' 2>/dev/null; then
    "$venv/bin/python" -m pip install -q gevent
fi

"$venv/bin/python" - <<'END'
import sys, gevent
assert sys.version_info[:2] == (3, 11), "the oracle must be CPython 3.11, not %s" % sys.version
print("oracle: CPython %s, gevent %s" % (sys.version.split()[0], gevent.__version__))
END
for peer in pypy3 luajit go wrk; do
    if command -v "$peer" >/dev/null 2>&1; then echo "peer: $peer"; else echo "peer: $peer is missing" >&2; fi
done
