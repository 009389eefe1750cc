#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Makes the pictures of docs/guide: works the real window on a virtual screen
# through the demo, maps that are simulated here, and a library of structures
# from a Debian package (testdata/PROVENANCE.md), which is kept in out/guide.
# Then the pages that are written from the program are written again.
set -eu
go=${GO:-go}
package=python-biopython-doc
inside=usr/share/doc/python-biopython-doc/Tests/PDB
entries='1A7G.cif.gz 1A8O.cif.gz 1LCD.cif.gz 2BEG.cif.gz 2OFG.cif.gz 2XHE.cif.gz 4CUP.cif.gz 4ZHL.cif.gz 6WQA.cif.gz 7DDO.pdb.gz'
library=$PWD/out/guide/library

if [ ! -d "$library" ]; then
	mkdir -p out/guide
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	(cd "$dir" && apt-get -q download "$package" >&2 && dpkg-deb -x "$package"_*.deb .)
	mkdir "$library.part"
	for f in $entries; do
		cp "$dir/$inside/$f" "$library.part/"
	done
	cp assets/demo/7cfn_*.cif.gz "$library.part/"
	mv "$library.part" "$library"
fi
DIFFFIT_REQUIRE_WINDOW=1 $go test -count 1 -timeout 10m ./e2e -run '^TestGuide$' -v -guide "$PWD/docs/guide" -library "$library"
UPDATE=1 scripts/xvfb.sh $go test -count 1 ./app/window -run '^TestGuideHasAllKeys$'
