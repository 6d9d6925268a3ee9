# `make check` is what CI runs; `make deep` holds the rest.
CARGO ?= cargo
PYTHON ?= python3
GSCRIPT = target/release/gscript

.PHONY: build check format lint unit golden doors servers deep bless

build:
	$(CARGO) build --release

check: format build golden doors servers unit

format:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --release --workspace --all-targets

unit:
	$(CARGO) test --release --quiet --workspace --lib --bins --tests --exclude gscript

# The golden programs against their recorded outputs; known failures are listed in tests/expected_failures.txt.
golden: build
	$(PYTHON) tests/run_golden.py --gscript $(GSCRIPT) --known tests/expected_failures.txt

# The command line and the prompt; what CPython does in the same cases is recorded beside the tests.
doors: build
	$(PYTHON) tests/cli/run_cli.py --gscript $(GSCRIPT)
	$(PYTHON) tests/cli/run_interrupts.py --gscript $(GSCRIPT)
	$(PYTHON) tests/repl/run_repl.py --gscript $(GSCRIPT)

# The example servers under good and bad clients.
servers: build
	$(PYTHON) tests/net/servers.py --gscript $(GSCRIPT)

deep: check lint
	$(PYTHON) tests/net/servers.py --gscript $(GSCRIPT) --long --soak 120
	$(PYTHON) tests/run_golden.py --gscript $(GSCRIPT) --known tests/expected_failures.txt --mode loop=GSCRIPT_DISPATCH=loop --mode stress=GSCRIPT_GC=stress
	$(GSCRIPT) tests/soak/greenlets.gs
	$(GSCRIPT) tests/soak/many.gs

# Writes the expected outputs anew with CPython 3.11 and gevent (see tests/setup_peers.sh).
bless:
	$(PYTHON) tests/bless.py
