// SPDX-License-Identifier: BSD-3-Clause

package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"difffit/fitting/mol"
	"difffit/io/mmcif"
	"difffit/io/pdb"
)

// A StructureFormat is a format of atomic structures.
type StructureFormat string

// Formats of atomic structures.
const (
	PDB       StructureFormat = "PDB"
	MMCIF     StructureFormat = "mmCIF"
	BinaryCIF StructureFormat = "BinaryCIF"
)

// StructureOptions say what of a structure's file is read. The zero value
// takes the first model and one location of each atom.
type StructureOptions struct {
	AllModels      bool // every model, not the first alone
	KeepAlternates bool // every alternate location, not the best alone
	// Warn, if it is not nil, is told each of the warnings too, once the file
	// is read.
	Warn func(string)
}

// A StructureFile is an atomic structure and the file it comes from.
type StructureFile struct {
	Path      string
	Name      string // of the file, without folder and endings
	SHA256    string // of the file as it lies on disk, in hexadecimal
	Format    StructureFormat
	Structure *mol.Structure   // the first model
	Models    []*mol.Structure // all that were asked for, the first included
	Warnings  []string         // what was odd or left out, with counts
}

// Structure reads an atomic structure as PDB, mmCIF or BinaryCIF, packed by
// gzip or bzip2 or not at all. What the file begins with tells the format;
// its name does where that is not clear. Its errors are *ReadError.
func Structure(path string, o StructureOptions) (*StructureFile, error) {
	s, err := readStructure(path, o)
	if err != nil {
		return nil, readError(path, err)
	}
	if o.Warn != nil {
		for _, w := range s.Warnings {
			o.Warn(w)
		}
	}
	return s, nil
}

func readStructure(path string, o StructureOptions) (*StructureFile, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	start, err := f.Peek(1 << 12)
	if err != nil {
		return nil, err
	}
	s := &StructureFile{Path: path, Name: f.Name()}
	if s.Format, err = structureFormat(start, path); err != nil {
		return nil, err
	}
	options := pdb.Options{AllModels: o.AllModels, KeepAlternates: o.KeepAlternates}
	if s.Models, s.Warnings, err = decoders[s.Format](f, options); err != nil {
		return nil, err
	}
	if s.SHA256, err = f.Sum(); err != nil {
		return nil, err
	}
	for _, m := range s.Models {
		m.Name = s.Name
	}
	s.Structure = s.Models[0]
	return s, nil
}

// decoders has every format of structures.
var decoders = map[StructureFormat]func(io.Reader, pdb.Options) ([]*mol.Structure, []string, error){
	PDB:       pdb.Decode,
	MMCIF:     mmcif.Decode,
	BinaryCIF: mmcif.DecodeBinary,
}

// structureFormat tells the format from the first bytes of the content, or
// from the name where they do not tell.
func structureFormat(start []byte, path string) (StructureFormat, error) {
	if isMap(start) {
		return "", errors.New("is a density map, want a structure")
	}
	if c := first(start); (c >= 0x80 && c <= 0x8f || c == 0xde || c == 0xdf) && bytes.Contains(start, []byte("dataBlocks")) {
		return BinaryCIF, nil
	}
	text := bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	for {
		text = bytes.TrimLeft(text, " \t\r\n")
		if first(text) != '#' {
			break
		}
		n := bytes.IndexByte(text, '\n')
		if n < 0 {
			break
		}
		text = text[n:]
	}
	switch {
	case len(text) >= 5 && strings.EqualFold(string(text[:5]), "data_"):
		return MMCIF, nil
	case isRecord(text):
		return PDB, nil
	}
	if t, _ := typeOf(path); t.kind == AtomicStructure {
		return t.structure, nil
	}
	return "", fmt.Errorf("is neither PDB, mmCIF nor BinaryCIF: it begins with %q", start[:min(len(start), 16)])
}

func first(b []byte) byte {
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

// isMap reports whether a file begins with the header of a map: it is no text,
// and its word 53 is "MAP ".
func isMap(start []byte) bool {
	return len(start) >= 212 && string(start[208:212]) == "MAP " && bytes.IndexByte(start[:16], 0) >= 0
}

// isRecord reports whether a text begins as PDB files do.
func isRecord(text []byte) bool {
	for _, name := range []string{"HEADER", "TITLE ", "REMARK", "CRYST1", "MODEL ", "ATOM  ", "HETATM", "COMPND", "EXPDTA", "SEQRES", "AUTHOR"} {
		if bytes.HasPrefix(text, []byte(name)) {
			return true
		}
	}
	return false
}
