#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# The main job on the demo. With a screen the window opens; without one the
# same happens on a virtual screen, and out/demo has its picture and the files.
set -eu
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	exec bin/difffit --demo
fi
out=out/demo
mkdir -p "$out"
echo "no display: fitting the demo under a virtual one" >&2
bin/difffit fit assets/demo/7cfn_map.mrc.gz assets/demo/7cfn_*.cif.gz --out "$out"
scripts/xvfb.sh bin/difffit --demo --screenshot "$out/window.png" --exit
echo "the picture of the window and the results are in $out:" >&2
ls "$out"
