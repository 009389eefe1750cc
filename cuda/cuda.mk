# SPDX-License-Identifier: BSD-3-Clause
#
#   make test-cuda    all that can be known of the CUDA engine without a card
#   make test-gpu     the same contract on the card of this computer
#   make bench-gpu    benchmarks on the card of this computer, beside the CPU
#   make batch-cuda   bin/difffit-batch-cuda, with the CUDA engine; needs libc
#   make ptx          the kernels anew, by clang
#   make ptxas        the kernels assembled for every card by NVIDIA's assembler

# gorgonia.org/cu wants a header and a library; these are ours, and empty.
CUDA_BUILD := $(CURDIR)/bin/cuda
export CGO_CFLAGS := -O2 -g -I$(CURDIR)/cuda/driver/include
export CGO_LDFLAGS := -L$(CUDA_BUILD)
CUDA_FAKE := $(CUDA_BUILD)/libcuda.so.1
CUDA_PACKAGES := ./cuda/...

.PHONY: test-cuda test-gpu bench-gpu batch-cuda ptx ptx-check ptxas deps-cuda

deps-cuda:
	@scripts/deps.sh cuda

$(CUDA_BUILD)/libcuda.a:
	@mkdir -p $(CUDA_BUILD)
	@printf '!<arch>\n' >$@

test-cuda: deps-cuda ptx-check ptxas $(CUDA_BUILD)/libcuda.a $(CUDA_FAKE)
	$(GO) vet -tags cuda $(CUDA_PACKAGES)
	DIFFFIT_LIBCUDA=$(CUDA_FAKE) $(GO) run ./scripts/testcount -tags cuda -timeout 15m $(CUDA_PACKAGES)

test-gpu: $(CUDA_BUILD)/libcuda.a
	DIFFFIT_REQUIRE_GPU=1 $(GO) test -count 1 -tags cuda -timeout 15m $(CUDA_PACKAGES)

bench-gpu: $(CUDA_BUILD)/libcuda.a
	DIFFFIT_REQUIRE_GPU=1 $(GO) test -tags cuda -run '^$$' -bench . -benchmem $(CUDA_PACKAGES)

batch-cuda: $(CUDA_BUILD)/libcuda.a
	$(GO) build -tags cuda -trimpath -ldflags "-s -w $(LDFLAGS)" -o bin/difffit-batch-cuda ./cmd/difffit-batch

ptx:
	cuda/kernel/build.sh fit.ptx

ptx-check: deps-cuda
	cuda/kernel/build.sh $(CUDA_BUILD)/fit.ptx
	cmp $(CUDA_BUILD)/fit.ptx cuda/kernel/fit.ptx

ptxas:
	cuda/kernel/assemble.sh $(CUDA_BUILD)/ptxas
