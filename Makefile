# `make check` is what CI runs; `make deep` holds the rest.
CARGO ?= cargo
PYTHON ?= python3
GSCRIPT = target/release/gscript
FUZZ_SECONDS ?= 300

.PHONY: build check format test unit golden repository cli servers deep lint checked frontend differential fuzz soak bless

build:
	$(CARGO) build --release

check: format test cli servers

format:
	$(CARGO) fmt --all --check

# Everything that cargo builds as a test: the golden programs in all modes (tests/golden.rs), the traps, the command
# line, the unit tests of all packages, the state of the repository. One build: products and tests share a profile.
test: build
	$(CARGO) test --release --workspace --quiet

unit:
	$(CARGO) test --release --quiet --workspace --lib

# The golden programs as a user runs them; more by `cargo test --release --test golden -- FILTER`.
golden: build
	$(CARGO) test --release --quiet --test golden -- --modes default

repository:
	$(CARGO) test --release --quiet --test repository

# The command line and the prompt; what CPython does in the same cases is recorded beside the tests.
cli: build
	$(PYTHON) tests/cli/run_cli.py --gscript $(GSCRIPT)
	$(PYTHON) tests/cli/run_interrupts.py --gscript $(GSCRIPT)
	$(PYTHON) tests/repl/run_repl.py --gscript $(GSCRIPT)

# The example servers under good and bad clients.
servers: build
	$(PYTHON) tests/net/servers.py --gscript $(GSCRIPT)

deep: check lint checked frontend differential soak fuzz

lint:
	$(CARGO) clippy --release --workspace --all-targets -- --deny warnings

# Our own crates with their assertions and the verifier of bytecode.
checked:
	$(CARGO) build --release --features checks --target-dir target/checks
	$(CARGO) test --release --quiet --test golden -- --gscript target/checks/release/gscript

# Trees, errors and bytecode of the sources of an installed CPython 3.11.
frontend: build
	$(CARGO) build --release -p gscript-grammar -p gscript-compiler --examples
	$(PYTHON) tests/frontend/compile_all.py

differential: build
	$(PYTHON) tests/differential/compare.py --seeds 1-2000

# With the unit tests that need 5 GiB of memory, which not every machine of CI has.
soak: build
	$(CARGO) test --release --quiet -p gscript-vm --lib -- --ignored a_million
	SOAK_SECONDS=60 $(CARGO) test --release --quiet --test traps -- a_loop_that_allocates
	$(GSCRIPT) tests/soak/greenlets.gs
	$(GSCRIPT) tests/soak/many.gs
	$(PYTHON) tests/net/servers.py --gscript $(GSCRIPT) --long --soak 120

# Needs a nightly toolchain and cargo-fuzz. The golden programs are the seeds.
fuzz:
	mkdir -p tests/fuzz/corpus/parser tests/fuzz/corpus/compile
	for target in parser compile; do \
		find tests/golden -name '*.gs' -exec sh -c 'cp "$$1" tests/fuzz/corpus/'$$target'/$$(echo "$$1" | tr / _)' _ {} \; ; \
		$(CARGO) +nightly fuzz run --fuzz-dir tests/fuzz $$target -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=20000 || exit 1; \
	done

# Writes the expected outputs anew with CPython 3.11 and gevent (see tests/setup_peers.sh).
bless:
	$(CARGO) test --release --quiet --test golden -- --bless
