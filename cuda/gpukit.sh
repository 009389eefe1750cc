#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Proves and measures the CUDA engine on the card of this computer, where
# neither Go nor a compiler is needed. make gpu-kit leaves it in out/gpu as
# run.sh, with the programs that it runs.
#   run.sh [FOLDER]    leaves what they say in FOLDER (results); takes 5 to 10 minutes
set -u
cd "$(dirname "$0")" || exit 2
results=${1:-results}
mkdir -p "$results" && results=$(cd "$results" && pwd) || exit 2
export DIFFFIT_REQUIRE_GPU=1
failed=0

# step NAME SECONDS COMMAND: runs a command, at most so long, and says how it ended.
step() {
	name=$1 limit=$2
	shift 2
	began=$(date +%s) code=0
	timeout "$limit" "$@" >"$results/$name.log" 2>&1 || code=$?
	took=$(($(date +%s) - began))
	if [ "$code" -eq 0 ]; then
		echo "ok      $name, $took s"
	else
		failed=$((failed + 1))
		echo "FAILED  $name, $took s, status $code; the end of $results/$name.log:"
		tail -n 20 "$results/$name.log"
	fi
}

! command -v nvidia-smi >/dev/null || step card 30 nvidia-smi
step version 60 sh -c 'bin/difffit-batch version && bin/difffit-batch version | grep "engine cuda" | grep -qv "not found"'
cd cuda || exit 2
step test 240 ./cuda.test -test.v -test.timeout 230s
grep -hE '^--- (FAIL|SKIP)|differ|from the truth' "$results/test.log"
step bench 150 ./cuda.test -test.run '^$' -test.bench . -test.benchmem -test.timeout 140s
grep -h ns/sample "$results/bench.log"
if command -v compute-sanitizer >/dev/null; then
	for tool in memcheck racecheck synccheck initcheck; do
		step "$tool" 60 compute-sanitizer --tool "$tool" --error-exitcode 9 ./cuda.test -test.run 'Golden|ScoresAgree'
	done
fi
cd ..
step auto 60 bin/difffit-batch fit assets/demo/7cfn_map.mrc.gz assets/demo/7cfn_R_receptor.cif.gz --method difffit --starts 20000 --engine auto --top 3
grep -h '^engine' "$results/auto.log"
if [ -d cases ]; then
	for engine in cuda cpu; do
		step "cases-$engine" 150 bin/survey -engine "$engine" -seeds 3 -paper 1 bin/difffit-batch cases
		tail -n 1 "$results/cases-$engine.log"
	done
fi
echo "$failed steps failed"
[ "$failed" -eq 0 ]
