#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Prints a folder with our headers of the CUDA driver and an empty library to
# link with. It lies in Go's build cache under a name made from its content:
# flags are part of what Go knows a compiled package by, and with the folder of
# the checkout in them every checkout would compile the window's C anew, for
# five minutes.
set -eu
cd "$(dirname "$0")/include"
sum=$(cat cuda.h entries.h | cksum)
dir=$(${GO:-go} env GOCACHE)/difffit-cuda-${sum%% *}
if [ ! -d "$dir" ]; then
	mkdir -p "${dir%/*}"
	temp=$(mktemp -d "$dir.XXXXXX")
	cp cuda.h entries.h "$temp"
	printf '!<arch>\n' >"$temp/libcuda.a"
	chmod 755 "$temp"
	mv "$temp" "$dir" 2>/dev/null || rm -rf "$temp" # another make was first
	rm -rf "$dir/${temp##*/}"                      # mv put it inside
fi
echo "$dir"
