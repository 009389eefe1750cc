#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Runs every fuzz target for the given time, one after the other.
#
#   scripts/fuzz.sh 10s
set -eu
go=${GO:-go}
time=${1:-10s}
$go list -f '{{.ImportPath}} {{join .TestGoFiles " "}} {{join .XTestGoFiles " "}}' ./... |
	while read -r pkg files; do
		dir=$($go list -f '{{.Dir}}' "$pkg")
		for name in $(cd "$dir" && grep -ho '^func Fuzz[A-Za-z0-9_]*' ${files:-/dev/null} /dev/null | cut -c6-); do
			echo "$pkg $name"
			$go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 1x "$pkg"
		done
	done
