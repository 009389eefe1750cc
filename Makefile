# SPDX-License-Identifier: BSD-3-Clause
#
#   make run          install what is missing, build, fit the demo and show it
#   make test         all tests, window and OpenGL tests included
#   make test-window  only the end-to-end test of the real window
#   make build        bin/difffit, the window program
#   make batch        bin/difffit-batch, static, for machines without a screen
#   make lint         formatting, go vet, staticcheck, golangci-lint
#   make layers       who may import whom
#   make generated    regenerates the assembly and compares
#   make noasm        the tests of the numerical part without assembly
#   make race         the tests of everything but the window, with the race detector
#   make bench        benchmarks
#   make bench-render pictures per second of the viewport
#   make fuzz         every fuzz target for FUZZTIME
#   make guide        the pictures of docs/guide, from the real window, and its page of keys
#   make demo         the embedded demo, from the Debian package it comes from
#   make clean

SHELL = /bin/sh
GO ?= go
FUZZTIME ?= 10s
BENCH ?= .
PKG ?= ./... ./internal/testdata # whose name hides it from ./...

# A screen that speaks Wayland and not X11 needs another driver.
TAGS := $(if $(DISPLAY),,$(if $(WAYLAND_DISPLAY),wayland))
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -X difffit/app/command.Version=$(VERSION)
TOOL := $(GO) tool -modfile=tools/go.mod
# What can be compiled without a C compiler and tested without a screen.
PLAIN := ./fitting/... ./io/... ./app/document/... ./app/session/... ./app/work/... ./app/command/... ./internal/... ./scripts/... ./assets/...

.DEFAULT_GOAL := run
-include cuda/cuda.mk

.PHONY: run test test-window build batch lint layers generated noasm race bench fuzz guide demo clean deps-build deps-run deps-test

run: deps-run build
	GO="$(GO)" scripts/run.sh

test: deps-test
	DIFFFIT_REQUIRE_WINDOW=1 scripts/xvfb.sh $(GO) run ./scripts/testcount -fresh difffit/internal/testdata -timeout=20m $(PKG)

test-window: deps-test
	DIFFFIT_REQUIRE_WINDOW=1 $(GO) run ./scripts/testcount -count 1 -timeout 10m ./e2e

build: deps-build
	$(GO) build -tags "$(TAGS)" -ldflags "$(LDFLAGS)" -o bin/difffit .

batch:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w $(LDFLAGS)" -o bin/difffit-batch ./cmd/difffit-batch

lint: deps-test
	@files=$$($(TOOL) gofumpt -l $$(git ls-files '*.go')); [ -z "$$files" ] || { echo "gofumpt would change:"; echo "$$files"; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags e2e ./app/window # with what only the end-to-end test sees
	$(TOOL) staticcheck ./...
	$(TOOL) golangci-lint run --allow-parallel-runners

layers:
	$(GO) test -count 1 .

generated:
	$(GO) generate ./fitting/internal/kernel
	git diff --exit-code -- fitting/internal/kernel

noasm:
	$(GO) test -tags noasm ./fitting/...

race:
	$(GO) test -race $(PLAIN)

bench:
	DIFFFIT_KERNEL_JSON=$(CURDIR)/out/bench/kernel.json $(GO) test -run '^$$' -bench BenchmarkKernel -benchtime 1x -v ./fitting/internal/kernel
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./fitting/... ./io/... ./render/...

fuzz: deps-build
	GO="$(GO)" scripts/fuzz.sh $(FUZZTIME)

guide: deps-test
	GO="$(GO)" scripts/guide.sh

demo:
	GO="$(GO)" scripts/demo.sh

clean:
	rm -rf bin out

deps-build:
	@scripts/deps.sh build

deps-run:
	@scripts/deps.sh run

deps-test:
	@scripts/deps.sh test

include render/render.mk
