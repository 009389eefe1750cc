// SPDX-License-Identifier: BSD-3-Clause

package load

import (
	"path/filepath"
	"slices"
	"strings"
)

// A Kind is what a file is, as the ending of its name says.
type Kind string

// Kinds of files.
const (
	Other           Kind = ""
	DensityMap      Kind = "map"
	AtomicStructure Kind = "structure"
)

// A fileType is what an ending says, in lower case and without that of a packing.
type fileType struct {
	ending    string
	kind      Kind
	structure StructureFormat // where the content does not tell
	written   bool            // files are written under it, too
}

// types has the types of all files that are read. It is the one list of them.
var types = []fileType{
	{".mrc", DensityMap, "", true},
	{".map", DensityMap, "", true},
	{".ccp4", DensityMap, "", true},
	{".ccp", DensityMap, "", false},
	{".mrcs", DensityMap, "", false},
	{".rec", DensityMap, "", false},
	{".pdb", AtomicStructure, PDB, true},
	{".ent", AtomicStructure, PDB, true},
	{".cif", AtomicStructure, MMCIF, true},
	{".mmcif", AtomicStructure, MMCIF, true},
	{".pdbx", AtomicStructure, MMCIF, false},
	{".bcif", AtomicStructure, BinaryCIF, false},
}

// packedEndings are those of packed files, which stand after those of types.
// Files are written packed by the first alone.
var packedEndings = []string{".gz", ".bz2"}

// Name returns what a person calls the content of a file: its name without
// folder and known endings, "emd_1" for "maps/emd_1.map.gz".
func Name(path string) string {
	name, _ := strip(filepath.Base(path), packedEndings)
	name, _ = strip(name, endings(func(fileType) bool { return true }))
	return name
}

// strip takes an ending away that is known. What is left has a name.
func strip(name string, known []string) (rest, ending string) {
	ext := filepath.Ext(name)
	if lower := strings.ToLower(ext); ext != name && slices.Contains(known, lower) {
		return strings.TrimSuffix(name, ext), lower
	}
	return name, ""
}

// typeOf finds the type of a file by its name, and how it is packed.
func typeOf(path string) (t fileType, packed string) {
	name, packed := strip(filepath.Base(path), packedEndings)
	ending := strings.ToLower(filepath.Ext(name))
	for _, t := range types {
		if t.ending == ending {
			return t, packed
		}
	}
	return fileType{}, packed
}

// KindOf tells by its ending what a file is to be read as, packed or not.
func KindOf(path string) Kind {
	t, _ := typeOf(path)
	return t.kind
}

// Written tells by its ending what is written to a file of that name, and of a
// structure the format. It is Other where files are only read: BinaryCIF, and
// what is packed by bzip2.
func Written(path string) (Kind, StructureFormat) {
	t, packed := typeOf(path)
	if !t.written || packed != "" && packed != packedEndings[0] {
		return Other, ""
	}
	return t.kind, t.structure
}

// Endings returns the endings of files that are read as k, in lower case.
// Each may have one of Packings after it.
func Endings(k Kind) []string { return endings(func(t fileType) bool { return t.kind == k }) }

// WrittenEndings returns the endings of files that k is written to, each of
// which may have ".gz" after it.
func WrittenEndings(k Kind) []string {
	return endings(func(t fileType) bool { return t.kind == k && t.written })
}

func endings(wanted func(fileType) bool) []string {
	var list []string
	for _, t := range types {
		if wanted(t) {
			list = append(list, t.ending)
		}
	}
	return list
}

// Packings returns the endings of packed files that are read.
func Packings() []string { return slices.Clone(packedEndings) }

// Patterns names the files that are read as k in words: "*.pdb, *.ent or *.cif,
// also with .gz or .bz2".
func Patterns(k Kind) string {
	list := Endings(k)
	for i, e := range list {
		list[i] = "*" + e
	}
	return words(list) + ", also with " + words(packedEndings)
}

// words joins what is one or the other.
func words(list []string) string {
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " or " + list[last]
}
