# Everything this project can be told to do. `make help` prints the list.
SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo run rules check test e2e bench ci

# Extra words for the program: make demo ARGS="--listen 127.0.0.1:9000 --speed 600"
ARGS ?=

help:            ## this list
	@awk -F '## ' '/^[a-z0-9]+: .*## / {split($$1, t, ":"); printf "  make %-8s %s\n", t[1], $$2}' $(MAKEFILE_LIST)

demo:            ## a whole demonstration county in your browser: installs what it lacks, builds, seeds, serves
	@scripts/setup demo
	@cargo run --locked -- demo $(ARGS)

run:             ## the real service on ./data (see docs/operating/install.md for its settings)
	@scripts/setup demo
	@cargo run --locked -- serve --data data $(ARGS)

rules:           ## the business rules alone, in seconds
	@cargo test --locked -p nongquan-domain

check:           ## formatting, lints and the tidiness of the tree
	@scripts/check

test:            ## every test but the browser's, on SQLite and, where one is reachable, on PostgreSQL
	@scripts/setup test
	@scripts/test

e2e:             ## the journeys in a real browser
	@scripts/setup e2e
	@scripts/e2e

bench:           ## the performance promises, each against a floor measured in the same run
	@scripts/setup demo
	@cargo run --locked --release -- bench $(ARGS)

ci:              ## all of the above that a change must pass; a missing component fails
	@NONGQUAN_CI=1 scripts/ci
