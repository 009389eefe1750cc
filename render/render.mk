# SPDX-License-Identifier: BSD-3-Clause
#
# make bench-render   pictures per second of the viewport; writes out/bench/render.json

.PHONY: bench-render

bench-render: deps-test
	$(GO) test -count 1 -timeout 60m -run '^TestReport$$' -v ./render -report "$(CURDIR)/out/bench/render.json"
