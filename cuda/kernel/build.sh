#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Compiles the kernels with Debian's clang; no CUDA toolkit is used.
#   build.sh FILE    writes the PTX
set -eu
out=$(realpath -m "$1")
cd "$(dirname "$0")"
exec "${CLANG:-clang-19}" -x cuda --cuda-device-only -nocudainc -nocudalib --cuda-gpu-arch=sm_60 --cuda-feature=+ptx60 \
	-std=c++17 -O3 -ffp-contract=off -Wall -Wextra -Werror -S fit.cu -o "$out"
