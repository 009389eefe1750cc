# SPDX-License-Identifier: BSD-3-Clause
#
#   make test-cuda    all that can be known of the CUDA engine without a card
#   make test-gpu     the same contract on the card of this computer
#   make bench-gpu    benchmarks on the card of this computer, beside the CPU
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

.PHONY: test-cuda test-gpu bench-gpu batch-cuda ptx ptx-check ptxas deps-cuda

$(CUDA_FAKE): $(wildcard cuda/faketest/libcuda/*) | deps-cuda
	@mkdir -p $(CUDA_BUILD)
	cuda/faketest/libcuda/build.sh $@

test-cuda: deps-cuda ptx-check ptxas $(CUDA_FAKE)
	$(GO) vet -tags cuda ./cuda/...
	$(TOOL) golangci-lint run --build-tags cuda ./cuda/...
	DIFFFIT_LIBCUDA=$(CUDA_FAKE) $(GO) run ./scripts/testcount -tags cuda -timeout 20m ./cuda/...

test-gpu:
	DIFFFIT_REQUIRE_GPU=1 $(GO) test -count 1 -v -tags cuda -timeout 20m ./cuda/...

bench-gpu:
	DIFFFIT_REQUIRE_GPU=1 $(GO) test -tags cuda -run '^$$' -bench . -benchmem ./cuda

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
