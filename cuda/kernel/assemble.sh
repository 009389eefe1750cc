#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Assembles the PTX for every card with NVIDIA's own assembler, from the Python
# package index, and fails if one does not take it or spills registers.
#   assemble.sh [FOLDER]    keeps the assembler and cubins in FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work"
[ -n "${1:-}" ] || trap 'rm -rf "$work"' EXIT

# assemble PACKAGE LEAST: for all architectures from LEAST on.
assemble() {
	if [ ! -d "$work/$1" ]; then
		python3 -m pip download -q --no-deps --disable-pip-version-check -d "$work/wheel" "$1" || return 3
		python3 -m zipfile -e "$work/wheel/$(echo "${1%%=*}" | tr - _)-"*.whl "$work/$1"
	fi
	ptxas=$(find "$work/$1" -name ptxas -type f)
	chmod +x "$ptxas"
	arches=$("$ptxas" --help | grep -oE "'sm_[0-9]+'" | tr -d "'" | sort -u -t_ -k2 -n)
	echo "$1: registers (sum, climb, follow, sample), spilled bytes"
	for arch in $arches; do
		[ "${arch#sm_}" -ge "$2" ] || continue
		"$ptxas" -v -arch="$arch" "$here/fit.ptx" -o "$work/fit.$arch.cubin" 2>"$work/log" || { cat "$work/log" && return 1; }
		awk -v arch="$arch" '
			/Compiling entry/ { split($0, part, "\047"); name = part[2]; sub("difffit_", "", name) }
			/spill stores/ { for (i = 1; i < NF; i++) if ($(i + 1) == "bytes" && $(i + 2) == "spill") spilled += $i }
			/Used/ { for (i = 1; i < NF; i++) if ($i == "Used") used[name] = $(i + 1) }
			END {
				printf "%s\t%d\t%d\t%d\t%d\t%d\n", arch, used["sum"], used["climb"], used["follow"], used["sample"], spilled
				exit spilled != 0 || used["sum"] == 0
			}' "$work/log" || { cat "$work/log" && return 1; }
	done
}

status=0
assemble nvidia-cuda-nvcc-cu12==12.9.86 60 || status=$?
[ "$status" -ne 0 ] || assemble nvidia-cuda-nvcc==13.5.37 75 || status=$?
if [ "$status" -eq 3 ] && [ -z "${DIFFFIT_REQUIRE_PTXAS:-}" ]; then
	echo "assemble: the Python package index is not reached: PTX not assembled" >&2
	exit 0
fi
exit "$status"
