# `make help` lists what there is. Variables:
#   PORT=8080       where `make run` serves
#   PRESET=release  a preset of CMakePresets.json; its build is in build/$(PRESET)
#   JOBS=n          compilations at once; three times as many tests
#   PACKAGES=no     `make run` and `make test` install nothing either
#   GROUPS=...      what `make packages` installs: groups of scripts/packages.txt
#   PREFIX=/usr/local  where `make install` puts things, below DESTDIR=

PORT ?= 8080
PRESET ?= release
JOBS ?= $(shell nproc)
PACKAGES ?= yes
GROUPS ?= build test check
PREFIX ?= /usr/local
BUILD = build/$(PRESET)

.DEFAULT_GOAL := build
.PHONY: help packages build run test check test-long aarch64 bench docs install deb ledger release drift conformance asan tsan format clean

help:
	@echo 'make            build everything into $(BUILD)'
	@echo 'make run        install packages, build, serve the chat example on PORT=$(PORT)'
	@echo 'make test       install packages, build, then run every test'
	@echo 'make check      what no compiler says: format, clang-tidy, words ...; CHECK=--all'
	@echo 'make test-long  both for all files, then a bare Debian, asan, tsan, chaos and each fuzzer'
	@echo 'make aarch64    the runtime and its unit tests for AArch64, in an emulator'
	@echo 'make bench      lowering, start-up, servers, beside what others do'
	@echo 'make docs       the documentation as a site: $(BUILD)/docs/site/index.html'
	@echo 'make ledger     write new intrinsics into abi/; see docs/versions.md'
	@echo 'make release    the same, and this version of it is released'
	@echo 'make drift      make docs/drift.md of the tests in lit-tests/Drift'
	@echo 'make conformance  make the table of docs/conformance.md'
	@echo 'make install    install into PREFIX=$(PREFIX), below DESTDIR if set'
	@echo 'make deb        Debian packages: $(BUILD)/deb/*.deb'
	@echo 'make asan       the unit tests with AddressSanitizer and UBSan'
	@echo 'make tsan       the same with ThreadSanitizer'
	@echo 'make format     format the C++ sources'
	@echo 'make packages   install what building and testing need'
	@echo 'make clean      remove build/'

# $(call install,GROUPS) installs the missing packages of scripts/packages.txt;
# $(call need,GROUPS) says which are missing. Only `packages`, `run` and `test`
# install anything.
install = $(if $(filter-out no,$(PACKAGES)),@scripts/install-packages $(1))
need = $(if $(filter-out no,$(PACKAGES)),@missing=$$(scripts/install-packages \
  --list $(1) 2>/dev/null) && [ -n "$$missing" ] && printf '%s\n' \
  "make: \`make packages GROUPS='$(1)'\` installs what is missing:" $$missing >&2; :)
# Configuring again takes a second and looks again for what was missing.
configure = cmake --preset $(PRESET)
compile = cmake --build $(BUILD) -j $(JOBS)
# Tests wait for two thirds of their time: docs/decisions/test-time.md.
test = ctest --test-dir $(BUILD) --output-on-failure -j $$(($(JOBS) * 3))

# The packages that AArch64 programs are linked to and run with.
sysroot = $(if $(filter-out no,$(PACKAGES)),@scripts/arm64-sysroot $(BUILD)/aarch64/sysroot)

packages:
	@scripts/install-packages $(GROUPS)

build:
	$(call need,build)
	@$(configure)
	@$(compile)

# `exec`: Ctrl-C is the server's to answer, and it ends well.
run:
	$(call install,build)
	@$(configure) >/dev/null
	@$(compile) --target plumb-run
	@exec $(BUILD)/bin/plumb-run examples/chat.mlir $(PORT)

# The summary comes last, also of a run that failed.
test:
	$(call install,build test check)
	$(if $(sysroot),$(sysroot) || echo 'make test: AArch64 is not tested' >&2)
	@$(configure)
	@$(compile)
	@rm -f $(BUILD)/lit-tests/results/*
	@$(test); failed=$$?; scripts/test-summary $(BUILD) && exit $$failed

# CHECK: arguments of scripts/check; --all looks at files that no change touched, too.
# The tests of Shape look at the order of includes, among others.
CHECK ?=
check:
	$(call need,build check)
	@$(configure) >/dev/null
	@$(compile)
	@scripts/check --build $(BUILD) $(CHECK)
	@ctest --test-dir $(BUILD) --output-on-failure -R '^lit\.Shape$$'

# FUZZ_TIME: seconds that each fuzzer searches. Inputs that it learns from go to
# the build folder; the ones in the project are read only.
FUZZ_TIME ?= 600
# CHAOS_TIME: seconds of 10,000 clients that misbehave.
CHAOS_TIME ?= 600
test-long: export PLUMB_TEST_LONG = 1
test-long: test
	$(MAKE) check CHECK=--all
	$(call need,bare)
	$(MAKE) deb
	scripts/deb-bare $(BUILD)/deb/*.deb
	$(MAKE) aarch64
	$(MAKE) asan
	$(MAKE) tsan
	$(BUILD)/bin/plumbc lit-tests/Chaos/Inputs/chaos.mlir -o $(BUILD)/bin/chaos
	/usr/bin/python3 lit-tests/Chaos/chaos.py --connections 10000 \
	  --time $(CHAOS_TIME) $(BUILD)/bin/chaos
	@for fuzzer in $(BUILD)/bin/Fuzz*; do \
	  name=$$(basename $$fuzzer | sed 's/Fuzz//' | tr A-Z a-z); \
	  found=$(BUILD)/unittests/fuzz/found-$$name; mkdir -p $$found; \
	  echo "$$fuzzer, $(FUZZ_TIME) s"; \
	  $$fuzzer -max_total_time=$(FUZZ_TIME) -timeout=10 -rss_limit_mb=1024 \
	    -verbosity=0 -artifact_prefix=$$found/ $$found \
	    unittests/fuzz/corpus/$$name || exit 1; \
	done

# docs/aarch64.md. What unittests/emulated.txt names cannot run in an emulator.
emulated = $(shell sed 's/\#.*//; s/:.*//' unittests/emulated.txt | paste -sd '|' | sed 's/^|*//; s/|*$$//')
KINDS_SEEDS ?= 1 2 3 4 5 6 7 8
aarch64:
	$(call install,build test)
	$(sysroot)
	@$(configure)
	@$(compile)
	scripts/aarch64 $(BUILD) all
	ctest --test-dir $(BUILD)/aarch64/build --output-on-failure -j $(JOBS) \
	  -E '$(emulated)'
	PLUMB_KINDS_SEEDS='$(KINDS_SEEDS)' ctest --test-dir $(BUILD) -R '^lit.AArch64' \
	  --output-on-failure

# The peers come from npm; without them their columns are left out. It goes on
# where it was interrupted: `rm -r $(BUILD)/bench` begins anew. BENCH=--quick
# takes three minutes and says whether it works, not how fast.
BENCH ?= --minutes 40
bench:
	$(call need,build bench)
	@$(configure) >/dev/null
	@$(compile) --target plumb-bench-lowering plumb-loadgen \
	  plumb-limit-server plumbc plumb-abi plumb-opt plumb-tblgen snowc PlumbRuntime
	@$(compile) --target plumb-bench-peers || \
	  echo 'make bench: Beast or libwebsockets could not be built' >&2
	@[ -d bench/peers/node_modules ] || (cd bench/peers && npm ci) || \
	  echo 'make bench: npm could not install the peers' >&2
	$(BUILD)/bin/plumb-bench-lowering --check
	bench/startup --check --bin $(BUILD)/bin --cc clang++-22 \
	  --mlir-opt /usr/lib/llvm-22/bin/mlir-opt \
	  --include include /usr/lib/llvm-22/include
	bench/run_abi --abi $(BUILD)/bin/plumb-abi --check
	bench/run_snow --snowc $(BUILD)/bin/snowc --check
	$(BUILD)/bin/plumbc examples/loadtarget.mlir -o $(BUILD)/bin/loadtarget
	bench/attacks --check --server $(BUILD)/bin/loadtarget
	@bench/run measure --build $(BUILD) $(BENCH); measured=$$?; \
	  bench/run report --build $(BUILD) $(filter --quick,$(BENCH)); \
	  bench/run check --build $(BUILD) $(filter --quick,$(BENCH)); \
	  exit $$measured

docs:
	$(call need,build docs)
	@$(configure) >/dev/null
	@$(compile) --target docs
	@echo 'Open $(BUILD)/docs/site/index.html in a browser.'

# Configuring finds a ledger that is new.
ledger: LEDGER_TARGET = plumb-ledger
release: LEDGER_TARGET = plumb-ledger-release
ledger release:
	$(call need,build)
	@$(configure) >/dev/null
	@$(compile) --target $(LEDGER_TARGET)
	@$(configure) >/dev/null
	@scripts/check-ledger

drift:
	python3 lit-tests/Drift/table.py docs/drift.md

conformance:
	python3 lit-tests/Conformance/table.py docs/conformance.md

# DESTDIR is cmake's own: it goes before the prefix.
install: build
	@cmake --install $(BUILD) --prefix $(PREFIX)

# Of this build; what was made before is gone, so that the wildcard is exact.
deb: build
	$(call need,deb)
	@rm -rf $(BUILD)/deb
	@cpack -G DEB --config $(BUILD)/CPackConfig.cmake -B $(BUILD)/deb
	@rm -rf $(BUILD)/deb/_CPack_Packages

# LLVM's own code is not instrumented, and containers go in and out of it.
asan tsan: export ASAN_OPTIONS = detect_container_overflow=0
asan: PRESET = asan-ubsan
tsan: PRESET = tsan
asan tsan:
	$(call need,build test)
	@$(configure)
	@$(compile) --target unittests/all
	@ctest --test-dir $(BUILD)/unittests --output-on-failure -j $(JOBS)

format:
	$(call need,check)
	git ls-files '*.cpp' '*.h' '*.c' ':!*/Inputs/*.c' | xargs clang-format-22 -i

clean:
	rm -rf build
