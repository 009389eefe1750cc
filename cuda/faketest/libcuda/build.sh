#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Builds the stand-in for NVIDIA's driver library.
#   build.sh FILE    writes the library
set -eu
out=$(realpath -m "$1")
cd "$(dirname "$0")"
exec "${CXX:-g++}" -std=c++17 -O3 -march=native -ffp-contract=off -fno-math-errno -fno-trapping-math -fno-strict-aliasing \
	-Wall -Wextra -Werror -fPIC -shared -fvisibility=hidden -Wl,-soname,libcuda.so.1 \
	parse.cpp run.cpp driver.cpp -o "$out" -pthread
