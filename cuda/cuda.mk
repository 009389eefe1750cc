# SPDX-License-Identifier: BSD-3-Clause
#
#   make test-cuda    all that can be known of the CUDA engine without a card
#   make test-gpu     the same contract on the card of this computer
#   make bench-gpu    benchmarks on the card of this computer, beside the CPU
#   make gpu-kit      out/gpu: all that proves and measures the engine on a
#                     computer with a card and without Go; run.sh there
#   make batch-cuda   bin/difffit-batch-cuda, with the CUDA engine; needs libc
#   make ptx          the kernels anew, by clang
#   make ptxas        the kernels assembled for every card by NVIDIA's assembler

CUDA_BUILD := $(CURDIR)/bin/cuda
CUDA_FAKE := $(CUDA_BUILD)/libcuda.so.1

# gorgonia.org/cu wants NVIDIA's header and library when it is compiled. It gets
# ours: the library is empty, for cuda/driver has the functions. Whatever is
# built with C gets these flags, the same in every checkout, or Go would compile
# the window's C more than once.
ifeq ($(shell uname -s),Linux)
CUDA_HEADERS := $(shell GO="$(GO)" cuda/driver/headers.sh)
TAGS += cuda
export CGO_CFLAGS := -O2 -g -I$(CUDA_HEADERS)
export CGO_LDFLAGS := -L$(CUDA_HEADERS)
endif

.PHONY: test-cuda test-gpu bench-gpu gpu-kit batch-cuda ptx ptx-check ptxas deps-cuda

$(CUDA_FAKE): $(wildcard cuda/faketest/libcuda/*) | deps-cuda
	@mkdir -p $(CUDA_BUILD)
	cuda/faketest/libcuda/build.sh $@

test-cuda: deps-cuda ptx-check ptxas $(CUDA_FAKE)
	$(GO) vet -tags cuda ./cuda/...
	$(TOOL) golangci-lint run --build-tags cuda ./cuda/...
	DIFFFIT_LIBCUDA=$(CUDA_FAKE) $(GO) run ./scripts/testcount -race -tags cuda -timeout 20m ./cuda/...

test-gpu:
	DIFFFIT_REQUIRE_GPU=1 $(GO) test -count 1 -v -tags cuda -timeout 20m ./cuda/...

bench-gpu:
	DIFFFIT_REQUIRE_GPU=1 $(GO) test -tags cuda -run '^$$' -bench . -benchmem ./cuda

gpu-kit: batch-cuda
	rm -rf out/gpu && mkdir -p out/gpu/bin out/gpu/cuda/kernel out/gpu/assets
	$(GO) test -c -tags cuda -trimpath -ldflags "-s -w" -o out/gpu/cuda/cuda.test ./cuda
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o out/gpu/bin/survey ./internal/survey
	cp bin/difffit-batch-cuda out/gpu/bin/difffit-batch
	cp cuda/gpukit.sh out/gpu/run.sh
	cp cuda/kernel/task.h out/gpu/cuda/kernel
	cp -r assets/demo out/gpu/assets
	for f in ../shared/data/*/case.json; do [ ! -f "$$f" ] || { mkdir -p out/gpu/cases && cp -r "$$(dirname "$$f")" out/gpu/cases; }; done

batch-cuda:
	$(GO) build -tags cuda -trimpath -ldflags "-s -w $(LDFLAGS)" -o bin/difffit-batch-cuda ./cmd/difffit-batch

ptx: deps-cuda
	cuda/kernel/build.sh cuda/kernel/fit.ptx

ptx-check: deps-cuda
	@mkdir -p $(CUDA_BUILD)
	cuda/kernel/build.sh $(CUDA_BUILD)/fit.ptx
	cmp $(CUDA_BUILD)/fit.ptx cuda/kernel/fit.ptx

ptxas: deps-cuda
	cuda/kernel/assemble.sh $(CUDA_BUILD)/ptxas

deps-cuda:
	@scripts/deps.sh cuda
