# make demo      set up, build, and show the main job on real audio
# make test      set up and run every check: lint, tests, the demo as a smoke test
# make check     lint, build and the quick tests
# make build     the release binary
# make bench     the benchmarks, with their figures
# make format    format the sources
# make install   build for release and install below PREFIX (default /usr/local)
# make setup     only install the missing Debian packages and the Wyoming library that tests talk with
# make clean     remove what was built

PREFIX ?= /usr/local
SWIFT ?= swift
SOURCES = Package.swift Sources Tests Benchmarks
DEBUG = .build/debug

.PHONY: demo test check build bench format lint install setup clean

demo:
	@packaging/install-dependencies build
	@$(SWIFT) build --product aloud --quiet
	@packaging/demo $(DEBUG)/aloud

test: setup lint
	@$(SWIFT) build --build-tests --quiet
	@SWIFT=$(SWIFT) packaging/run-tests
	@packaging/demo $(DEBUG)/aloud

check: setup lint
	@$(SWIFT) build --build-tests --quiet
	@$(SWIFT) test --skip-build --no-parallel --skip AudioTests --skip SpeechTests --skip AloudTests

build:
	@packaging/install-dependencies build
	@$(SWIFT) build --configuration release --product aloud

bench: setup
	@packaging/bench

format:
	@$(SWIFT) format --in-place --recursive $(SOURCES)

lint:
	@$(SWIFT) format lint --strict --recursive $(SOURCES)

install: build
	@DESTDIR=$(DESTDIR) packaging/install .build/release $(PREFIX)

setup:
	@packaging/install-dependencies test
	@packaging/wyoming-peer

clean:
	@$(SWIFT) package clean

# The manual page, from the commands themselves.
.PHONY: manual
manual:
	@$(SWIFT) build --product aloud --quiet
	@$(SWIFT) build --product generate-manual --quiet
	@$(DEBUG)/generate-manual $(DEBUG)/aloud --output-directory packaging --section 1 --date "$$(date +%F)"
	@sed -i '/^$$/d' packaging/aloud.1
