// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"difffit/fitting/mol"
	"difffit/io/internal/site"
)

// Decode reads the structures of a PDB file: the first model, or all, at least
// one. The warnings say what was odd or left out, one line for each kind,
// with counts.
//
// What differs between files in the wild and the format is read as other
// programs read it: a line ends with LF, CR or both; END between models counts
// as ENDMDL; a missing occupancy is 1 and a missing B factor 0; a last line
// that is cut short is dropped; columns 21 and 22 together are a chain name of
// two letters, or the first of them the fourth letter of a residue name known
// to have four (TIP3); residue numbers beyond 9999 are hybrid-36 or
// hexadecimal. Atoms that cannot be read are left out, unless they are many:
// then the error names the first.
func Decode(r io.Reader, o Options) (models []*mol.Structure, warnings []string, err error) {
	d := decoder{sites: site.New(o), names: site.Names{}}
	in := newLines(r)
	for in.Scan() {
		d.line++
		line := in.line()
		if d.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		d.record(line, in.whole)
	}
	if err := in.Err(); err != nil {
		return nil, nil, fmt.Errorf("pdb: line %d: %w", d.line+1, err)
	}
	return d.finish()
}

type decoder struct {
	line      int
	known     int    // records whose name is known
	first     string // start of the first line that is not empty, for messages
	sites     *site.Sites
	names     site.Names
	title     []string
	secondary []mol.Secondary
	column    mol.BColumn
	skipping  bool // inside a model that is not wanted
	open      bool // a model was begun and not ended
	model     int  // number of the last model, 0 before the first
	last      residue
	hex       bool // residue numbers are hexadecimal here
	serial    int
}

// residue keeps the names of the last residue, for the next atom mostly
// belongs to the same.
type residue struct {
	columns [10]byte // 18 to 27
	name    string
	chain   string
	seq     int
	insert  string
	atom    string // name of its first atom
	counted bool   // the number cannot be read: it is the last one and 1
}

// recordNames are the records that tell a PDB file from another text.
var recordNames = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields("HEADER OBSLTE TITLE SPLIT CAVEAT COMPND SOURCE KEYWDS EXPDTA NUMMDL MDLTYP " +
		"AUTHOR REVDAT SPRSDE JRNL REMARK DBREF DBREF1 DBREF2 SEQADV SEQRES MODRES HET HETNAM HETSYN FORMUL HELIX SHEET " +
		"TURN SSBOND LINK CISPEP SITE CRYST1 ORIGX1 ORIGX2 ORIGX3 SCALE1 SCALE2 SCALE3 MTRIX1 MTRIX2 MTRIX3 MODEL " +
		"ATOM ANISOU SIGATM SIGUIJ TER HETATM ENDMDL CONECT MASTER END USER LINKR") {
		m[name] = true
	}
	return m
}()

// record takes one line.
func (d *decoder) record(line []byte, whole bool) {
	name := line
	if len(name) > 6 {
		name = name[:6]
	}
	if len(name) == 6 && string(name[:5]) == "ATOM " {
		name = name[:4] // the sixth column may be a digit of a serial number that overflows
	}
	name = bytes.TrimRight(name, " ")
	switch string(name) {
	case "ATOM", "HETATM":
		d.atomRecord(line, whole)
	case "MODEL":
		d.modelRecord(line)
	case "ENDMDL", "END":
		d.open, d.skipping = false, false
	case "TER":
		if !d.skipping {
			d.sites.EndSegment()
		}
	case "HELIX":
		d.secondaryRecord(line, mol.Helix, field{19, 20}, field{22, 25}, field{34, 37})
	case "SHEET":
		d.secondaryRecord(line, mol.Strand, field{21, 22}, field{23, 26}, field{34, 37})
	case "TITLE":
		d.title = append(d.title, string(field{11, 80}.of(line)))
	case "EXPDTA":
		if d.column = mol.BFactor; bytes.Contains(line, []byte("THEORETICAL")) {
			d.column = mol.UnknownB
		}
	case "":
		return
	}
	if recordNames[string(name)] {
		d.known++
	} else if d.first == "" {
		d.first = string(line[:min(len(line), 20)])
	}
}

// modelRecord begins a model. Its number stands in columns 11 to 14; where
// programs put it elsewhere it is the word behind the name, where they leave
// it out, or write something else, it is counted.
func (d *decoder) modelRecord(line []byte) {
	number := d.model + 1
	if words := bytes.Fields(line[5:]); len(words) > 0 {
		word, _, _ := bytes.Cut(words[0], []byte(".")) // 1.000
		if n, ok := site.ParseInt(word); ok {
			number = n
		} else {
			d.sites.Tally.Add("model numbers that cannot be read, counted on: %d", 1)
		}
	}
	d.begin(number)
}

func (d *decoder) begin(number int) {
	d.skipping = !d.sites.Begin(number)
	d.open = true
	d.model = number
	d.serial = 0
}

func (d *decoder) secondaryRecord(line []byte, kind mol.SecondaryKind, chain, first, last field) {
	a, okA := parseHybrid36(first.of(line), 4)
	b, okB := parseHybrid36(last.of(line), 4)
	if !okA || !okB || b < a {
		d.sites.Tally.Add("HELIX and SHEET records that cannot be read: %d", 1)
		return
	}
	s := mol.Secondary{Kind: kind, Chain: d.names.Get(chain.of(line)), First: a, Last: b}
	for _, t := range d.secondary {
		if t == s { // a strand may stand in several sheets
			return
		}
	}
	d.secondary = append(d.secondary, s)
}

// finish makes the structures.
func (d *decoder) finish() ([]*mol.Structure, []string, error) {
	models, err := d.sites.Structures()
	if err != nil {
		return nil, nil, err
	}
	if len(models) == 0 {
		switch {
		case d.line == 0:
			return nil, nil, &FormatError{Msg: "the file is empty"}
		case d.known == 0:
			return nil, nil, &FormatError{Msg: fmt.Sprintf("not a PDB file: no line begins with the name of a record; the first text is %q", d.first)}
		}
		return nil, nil, &FormatError{Msg: fmt.Sprintf("no atoms: %d lines, but none is a whole ATOM or HETATM record", d.line)}
	}
	title := strings.Join(d.title, " ")
	for _, m := range models {
		m.Title, m.Secondary, m.Column = title, d.secondary, d.column
	}
	return models, d.sites.Tally.Warnings(), nil
}
