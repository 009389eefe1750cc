#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Assembles the PTX for every card with NVIDIA's own assembler, from the Python
# package index, and fails if one does not take it or spills registers. Then it
# counts the instructions of the inner loop.
#   assemble.sh [FOLDER]    keeps the tools and cubins in FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work"
[ -n "${1:-}" ] || trap 'rm -rf "$work"' EXIT

# fetch PACKAGE==VERSION NAME: leaves the program NAME of a package in
# $work/NAME-VERSION and its path in $tool. Status 3: the index is not reached.
fetch() {
	tool=$work/$2-${1#*==}
	[ ! -x "$tool" ] || return 0
	rm -rf "$work/wheel"
	python3 -m pip download -q --no-deps --disable-pip-version-check -d "$work/wheel" "$1" || return 3
	python3 -c '
import sys, zipfile
wheel, program, to = sys.argv[1:]
z = zipfile.ZipFile(wheel)
open(to, "wb").write(z.read(next(n for n in z.namelist() if n.endswith("/bin/" + program))))' \
		"$work"/wheel/*.whl "$2" "$tool.part" || return 1
	chmod +x "$tool.part" && mv "$tool.part" "$tool" && rm -rf "$work/wheel"
}

# assemble PACKAGE==VERSION LEAST: for all architectures from LEAST on.
assemble() {
	fetch "$1" ptxas || return
	arches=$("$tool" --help | grep -oE "'sm_[0-9]+'" | tr -d "'_sm" | sort -u -n | awk -v least="$2" '$1 >= least')
	if [ "$(echo "$arches" | wc -l)" -lt 10 ] || [ "$(echo "$arches" | head -n 1)" != "$2" ]; then
		echo "assemble: $1 does not name the cards it assembles for, sm_$2 among them: $arches" >&2
		return 1
	fi
	echo "$1: registers (sum, climb, follow, sample), spilled bytes"
	for arch in $arches; do
		"$tool" -v -arch="sm_$arch" "$here/fit.ptx" -o "$work/sm_$arch.cubin" 2>"$work/log" || { cat "$work/log" && return 1; }
		awk -v arch="sm_$arch" '
			/Compiling entry/ { split($0, part, "\047"); name = part[2]; sub("difffit_", "", name) }
			/spill stores/ { for (i = 1; i < NF; i++) if ($(i + 1) == "bytes" && $(i + 2) == "spill") spilled += $i }
			/Used/ { for (i = 1; i < NF; i++) if ($i == "Used") used[name] = $(i + 1) }
			END {
				printf "%s\t%d\t%d\t%d\t%d\t%d\n", arch, used["sum"], used["climb"], used["follow"], used["sample"], spilled
				exit spilled != 0 || used["sum"] == 0 || used["climb"] == 0 || used["follow"] == 0 || used["sample"] == 0
			}' "$work/log" || { cat "$work/log" && return 1; }
	done
}

# count ARCH: the instructions for one atom, in the loop of difffit_sum that
# loads an atom and a cell.
count() {
	"$tool" -c "$work/sm_$1.cubin" | awk -v arch="sm_$1" '
		/^\.text\./ { inside = $1 == ".text.difffit_sum:"; next }
		!inside { next }
		/^\.L/ { sub(":", "", $1); at[$1] = n + 1; next }
		/\/\*[0-9a-f]+\*\// {
			sub(/.*\/\*[0-9a-f]+\*\/ */, ""); sub(/^@!?U?P[0-9]+ */, "")
			sub(/[ ;].*/, "", $1); split($1, name, "."); op[++n] = name[1]
			wide[n] = $1 ~ /^LDG.*\.128/
			if (match($0, /\.L_x?_?[0-9]+/) && name[1] == "BRA" && (label = substr($0, RSTART, RLENGTH)) in at) {
				loads = 0
				for (i = at[label]; i <= n; i++) loads += wide[i]
				if (loads == 2) { from = at[label]; to = n; nextfile }
			}
		}
		END {
			for (i = from; i <= to && from; i++) seen[op[i]]++
			printf "%s: %d instructions for an atom:", arch, from ? to - from + 1 : 0
			for (o in seen) printf " %s %d", o, seen[o]
			print ""
			exit from == 0
		}'
}

run() {
	assemble nvidia-cuda-nvcc-cu12==12.9.86 60 || return
	assemble nvidia-cuda-nvcc==13.5.37 75 || return
	fetch nvidia-cuda-nvdisasm==13.5.37 nvdisasm || return
	for arch in 89 90 120; do
		count "$arch" || return 1
	done
}

status=0
run || status=$?
if [ "$status" -eq 3 ] && [ -z "${DIFFFIT_REQUIRE_PTXAS:-}" ]; then
	echo "assemble: the Python package index is not reached: PTX not assembled" >&2
	exit 0
fi
exit "$status"
