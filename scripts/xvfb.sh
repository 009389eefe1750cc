#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Runs a command with a display: the one that is there, else a virtual one
# with software OpenGL that lives as long as the command.
#
#   scripts/xvfb.sh COMMAND [ARGUMENT]…
#   DIFFFIT_XVFB=always scripts/xvfb.sh …    virtual even where there is a screen
#   DIFFFIT_SCREEN=1920x1080                 its size, 1600x1000 by default
set -euo pipefail

if [ "${DIFFFIT_XVFB:-}" != always ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	exec "$@"
fi
command -v Xvfb >/dev/null || { echo "difffit: no display and no Xvfb; try scripts/deps.sh run" >&2 && exit 1; }

dir=$(mktemp -d)
mkfifo "$dir/display"
Xvfb -displayfd 3 -screen 0 "${DIFFFIT_SCREEN:-1600x1000}x24" -nolisten tcp -noreset \
	3<>"$dir/display" >"$dir/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$dir"' EXIT

exec 4<>"$dir/display"
if ! read -r -t 30 number <&4; then
	cat "$dir/log" >&2
	echo "difffit: Xvfb does not start" >&2
	exit 1
fi
exec 4<&-
unset WAYLAND_DISPLAY
# The dialogs of a desktop would appear on its own screen.
export DISPLAY=":$number" LIBGL_ALWAYS_SOFTWARE=1 XDG_SESSION_TYPE=x11 DIFFFIT_DIALOGS=own
status=0
"$@" || status=$?
exit "$status"
