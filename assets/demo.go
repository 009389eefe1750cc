// SPDX-License-Identifier: BSD-3-Clause

package assets

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

// demoFiles has the demo; testdata/PROVENANCE.md says where it comes from and
// how it was made.
//
//go:embed demo/7cfn_*.gz
var demoFiles embed.FS

// A DemoFile is a file of the demo as it would lie on disk.
type DemoFile struct {
	Name string // base name, with the endings that tell its format
	Data []byte
}

// Demo returns the demo: a map, and the structures that are to be found in it
// in the order of their names. The caller must not change the bytes.
//
// It is a receptor in complex with its G protein (PDB 7CFN): five different
// chains, each turned at random about its own centre and put at the origin,
// and a map of the whole simulated from the coordinates, with noise.
func Demo() (density DemoFile, structures []DemoFile) {
	names, err := fs.Glob(demoFiles, "demo/*")
	if err != nil {
		panic(err) // the pattern is wrong
	}
	for _, name := range names {
		data, err := demoFiles.ReadFile(name)
		if err != nil {
			panic(err) // it was listed
		}
		f := DemoFile{Name: path.Base(name), Data: data}
		if strings.Contains(f.Name, ".mrc") {
			density = f
		} else {
			structures = append(structures, f)
		}
	}
	return density, structures
}

// BuiltIn returns the file of the demo with that name.
func BuiltIn(name string) ([]byte, bool) {
	m, structures := Demo()
	for _, f := range append([]DemoFile{m}, structures...) {
		if f.Name == name {
			return f.Data, true
		}
	}
	return nil, false
}
