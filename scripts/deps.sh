#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Installs the system packages that are missing, says which, asks nothing.
#
#   scripts/deps.sh build    what the window program needs to be compiled
#   scripts/deps.sh run      also what it needs to run, with or without a screen
#   scripts/deps.sh test     also what the tests need
#   scripts/deps.sh cuda     what makes and tests the kernels for NVIDIA's cards
#
# With Debian's package manager they are installed (as root or through sudo);
# elsewhere it is checked what is there, and said what is needed.
set -eu

build='gcc libc6-dev pkg-config libgl-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev'
run='libgl1 libegl1 libgl1-mesa-dri fonts-dejavu-core' # the fonts have what Fyne's own lack: arrows
screen='xvfb'
wayland='libwayland-dev libxkbcommon-dev libegl-dev'
cuda='gcc g++ libc6-dev clang-19 python3-pip'
test='libegl-dev xvfb xdotool imagemagick'

display=${DISPLAY:-}
case ${1:-} in
build) want=$build ;;
run) want="$build $run" && [ -n "$display${WAYLAND_DISPLAY:-}" ] || want="$build $run $screen" ;;
test) want="$build $run $test" ;;
cuda) want=$cuda ;;
*) echo "usage: scripts/deps.sh build|run|test|cuda" >&2 && exit 2 ;;
esac
[ -z "$display" ] && [ -n "${WAYLAND_DISPLAY:-}" ] && want="$want $wayland"

say() { echo "difffit: $*" >&2; }

# installed PACKAGE: whether dpkg knows it as installed.
installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# elsewhere: no apt; look for what the packages would have brought.
elsewhere() {
	missing=
	for tool in gcc pkg-config; do
		command -v "$tool" >/dev/null || missing="$missing $tool"
	done
	for lib in gl xcursor xrandr xinerama xi xxf86vm; do
		pkg-config --exists "$lib" 2>/dev/null || missing="$missing $lib(headers)"
	done
	case " $want " in *" xvfb "*) command -v Xvfb >/dev/null || missing="$missing Xvfb" ;; esac
	case " $want " in *" xdotool "*)
		command -v xdotool >/dev/null || missing="$missing xdotool"
		command -v import >/dev/null || missing="$missing ImageMagick"
		;;
	esac
	[ -z "$missing" ] && return
	say "this system has no apt-get; please install what is missing:$missing"
	say "on Debian the packages are called: $want"
	exit 1
}

[ "$(uname -s)" = Darwin ] && exit 0 # Xcode's compiler brings OpenGL
command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || { elsewhere && exit 0; }

missing=
for p in $want; do
	installed "$p" || missing="$missing $p"
done
[ -z "$missing" ] && exit 0

say "installing missing system packages:$missing"
root=
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null || { say "neither root nor sudo; please run as root: apt-get install$missing" && exit 1; }
	root=sudo
	[ -t 0 ] || root='sudo -n' # nobody is there to answer
fi
export DEBIAN_FRONTEND=noninteractive
apt="$root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0"
# shellcheck disable=SC2086 # lists of words
if ! { $apt update && $apt install --no-install-recommends $missing; } </dev/null >"${TMPDIR:-/tmp}/difffit-apt.$$" 2>&1; then
	cat "${TMPDIR:-/tmp}/difffit-apt.$$" >&2
	rm -f "${TMPDIR:-/tmp}/difffit-apt.$$"
	say "could not install:$missing"
	exit 1
fi
rm -f "${TMPDIR:-/tmp}/difffit-apt.$$"
