#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Makes assets/demo again, bit for bit, from the Debian package that the
# coordinates come from. See testdata/PROVENANCE.md.
#
#   scripts/demo.sh                 gets the package with apt-get
#   scripts/demo.sh 7CFN.cif.gz     has the file already
set -eu
go=${GO:-go}
package=python-biopython-doc
inside=usr/share/doc/python-biopython-doc/Tests/PDB/7CFN.cif.gz
want=dd9b39287c9a27e1463bae5640dc924ab342b406fedce1c35da498021b16a060

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
in=${1:-}
if [ -z "$in" ]; then
	(cd "$dir" && apt-get -q download "$package" >&2 && dpkg-deb -x "$package"_*.deb .)
	in=$dir/$inside
fi
got=$(sha256sum "$in" | cut -d' ' -f1)
[ "$got" = "$want" ] || { echo "demo: $in has SHA-256 $got, want $want" >&2 && exit 1; }
$go run ./scripts/demo "$in" assets/demo
(cd assets/demo && sha256sum *)
