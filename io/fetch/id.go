// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"fmt"
	"regexp"
	"strings"
)

// An Archive is a public collection of maps or structures.
type Archive string

// Archives.
const (
	PDB       Archive = "PDB"       // atomic structures
	EMDB      Archive = "EMDB"      // density maps
	AlphaFold Archive = "AlphaFold" // predicted structures, by UniProt accession
)

// An ID names an entry of an archive.
type ID struct {
	Archive Archive `json:"archive"`
	Name    string  `json:"name"` // "7cfn", "30342", "P00520"
}

// String returns the identifier as people write it.
func (id ID) String() string {
	switch id.Archive {
	case PDB:
		return strings.ToUpper(id.Name)
	case EMDB:
		return "EMD-" + id.Name
	case AlphaFold:
		return "AF-" + id.Name
	}
	return id.Name
}

// IsMap tells whether the identifier names a density map.
func (id ID) IsMap() bool { return id.Archive == EMDB }

// file returns what the file is called in the cache.
func (id ID) file() string {
	switch id.Archive {
	case EMDB:
		return "emd_" + id.Name + ".map.gz"
	case AlphaFold:
		return "AF-" + id.Name + "-F1.cif"
	}
	return id.Name + ".cif.gz"
}

// forms are the ways to write identifiers; the first group is the name. A
// UniProt accession has the form that UniProt gives for it.
var forms = []struct {
	archive Archive
	form    *regexp.Regexp
}{
	{EMDB, regexp.MustCompile(`(?i)^(?:EMDB:?[-_]?|EMD[-_:]?)(?:EMD-)?([0-9]{4,6})$`)},
	{AlphaFold, regexp.MustCompile(`(?i)^(?:AF-|AFDB:|AlphaFold:|UniProt:)?(` + accession + `)(?:-F1)?(?:-model_v[0-9]+)?$`)},
	{PDB, regexp.MustCompile(`(?i)^PDB:?[-_]?([1-9][a-z0-9]{3})$`)},
	{PDB, regexp.MustCompile(`(?i)^(?:PDB:)?pdb_0000([1-9][a-z0-9]{3})$`)},
	{PDB, regexp.MustCompile(`(?i)^([1-9][0-9]{0,2}[a-z][a-z0-9]*)$`)}, // of four characters; see Parse
}

const accession = `[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}`

// Parse reads an identifier: 7CFN, PDB:7CFN, pdb_00007cfn; EMD-30342,
// EMDB:30342; P00520, AF-P00520, AF-P00520-F1. Four digits alone could be
// more than one thing and are refused.
func Parse(text string) (ID, error) {
	text = strings.TrimSpace(text)
	for i, f := range forms {
		m := f.form.FindStringSubmatch(text)
		if m == nil || i == len(forms)-1 && len(text) != 4 {
			continue
		}
		name := strings.ToLower(m[1])
		if f.archive == AlphaFold {
			name = strings.ToUpper(m[1])
		}
		return ID{f.archive, name}, nil
	}
	return ID{}, &IDError{text}
}

// An IDError reports text that is no identifier.
type IDError struct{ Text string }

func (e *IDError) Error() string {
	return fmt.Sprintf("fetch: %q is no identifier: want one of the PDB (7CFN), of EMDB (EMD-30342) or of AlphaFold DB (AF-P00520)", e.Text)
}

// ParseAll reads identifiers with blanks or commas between them.
func ParseAll(text string) ([]ID, error) {
	var ids []ID
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;\t\n\r", r) }) {
		id, err := Parse(word)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// cacheNames are the names that files have in the cache; see file.
var cacheNames = []struct {
	archive Archive
	form    *regexp.Regexp
}{
	{EMDB, regexp.MustCompile(`^emd_([0-9]{4,6})\.map\.gz$`)},
	{AlphaFold, regexp.MustCompile(`^AF-(` + accession + `)-F1\.cif$`)},
	{PDB, regexp.MustCompile(`^([1-9][a-z0-9]{3})\.cif\.gz$`)},
}

// OfFile returns the entry that a file with the given name was fetched for, as
// far as its name tells.
func OfFile(name string) (ID, bool) {
	for _, c := range cacheNames {
		if m := c.form.FindStringSubmatch(name); m != nil {
			return ID{c.archive, m[1]}, true
		}
	}
	return ID{}, false
}
