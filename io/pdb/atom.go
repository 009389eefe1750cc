// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"difffit/fitting/mol"
	"difffit/io/internal/site"
)

// fourLetters are residue names of four letters that programs of molecular
// dynamics write into columns 18 to 21.
var fourLetters = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields("TIP3 TIP4 TIP5 SPCE POPC POPE POPG POPS POPA POPI DPPC DPPE DMPC DMPE DOPC DOPE " +
		"DOPS DOPG DLPC DLPE DSPC PSPC PIP2 CHL1 CHOL SAPI HEME BGLC AGLC BMAN AMAN AFUC ANE5 BGAL BGNA AGNA") {
		m[name] = true
	}
	return m
}()

// atomRecord takes an ATOM or HETATM record.
func (d *decoder) atomRecord(line []byte, whole bool) {
	d.known++
	if len(line) < fieldZ.last && !whole {
		d.sites.Tally.Add("last line cut short, dropped: %d", 1)
		return
	}
	if !d.open {
		d.begin(d.model + 1)
	}
	if d.skipping {
		return
	}
	var a mol.Atom
	if err := d.atom(&a, line); err != nil {
		e, _ := parseElement(fieldElement.of(line))
		d.sites.Skip(e, err)
		return
	}
	*d.sites.Next() = a
}

// atom reads the fields of an atom.
func (d *decoder) atom(a *mol.Atom, line []byte) error {
	if len(line) < fieldZ.last {
		return &FormatError{d.line, len(line) + 1, fmt.Sprintf("the line ends within the atom, want at least %d columns", fieldZ.last)}
	}
	a.Name = d.names.Get(fieldName.of(line))
	if a.Name == "" {
		return &FormatError{d.line, fieldName.first, "the atom has no name"}
	}
	if err := d.position(a, line); err != nil {
		return err
	}
	if d.isNewResidue(a.Name, line) {
		d.residue(line)
		d.last.atom = a.Name
	}
	a.Residue, a.Chain, a.Seq, a.Insert = d.last.name, d.last.chain, d.last.seq, d.last.insert
	a.Alt = d.names.Get(fieldAlt.of(line))
	a.Het = line[0] == 'H'
	a.Serial = d.serialNumber(line)
	a.Occupancy = d.number(line, fieldOccupancy, 1, "occupancies that are no numbers, taken as 1: %d")
	a.B = d.number(line, fieldB, 0, "B factors that are no numbers, taken as 0: %d")
	d.element(a, line)
	return nil
}

// position reads the coordinates.
func (d *decoder) position(a *mol.Atom, line []byte) error {
	for i, v := range [3]*float64{&a.Pos.X, &a.Pos.Y, &a.Pos.Z} {
		f := [3]field{fieldX, fieldY, fieldZ}[i]
		x, ok := site.ParseFloat(f.of(line))
		if !ok {
			return &FormatError{d.line, f.first, fmt.Sprintf("%q is not a number", strings.TrimSpace(string(line[f.first-1:f.last])))}
		}
		if math.Abs(x) > site.MaxCoordinate {
			return &FormatError{d.line, f.first, fmt.Sprintf("coordinate %g is out of range, want at most %g Å", x, float64(site.MaxCoordinate))}
		}
		*v = x
	}
	if site.IsPlaceholder(a.Pos) {
		return &FormatError{d.line, fieldX.first, fmt.Sprintf("three coordinates of %g stand for an atom without a place", a.Pos.X)}
	}
	return nil
}

// isNewResidue tells whether an atom begins a residue. Where numbers cannot be
// read residues look alike; there a residue begins as the last one did.
func (d *decoder) isNewResidue(atom string, line []byte) bool {
	return d.last.name == "" || string(line[fieldResidue.first-1:fieldInsert.last]) != string(d.last.columns[:]) ||
		d.last.counted && atom == d.last.atom
}

// residue reads columns 18 to 27 into d.last.
func (d *decoder) residue(line []byte) {
	r := &d.last
	copy(r.columns[:], line[fieldResidue.first-1:])
	name, chain := fieldResidue.of(line), fieldChain.of(line)
	if c := line[20]; c != ' ' {
		four := line[17:21]
		if line[21] == ' ' && line[17] != ' ' || fourLetters[string(four)] {
			name, chain = four, field{22, 22}.of(line)
		}
	}
	r.name, r.chain = d.names.Get(name), d.names.Get(chain)
	r.insert = d.names.Get(fieldInsert.of(line))
	r.seq = d.residueNumber(fieldSeq.of(line))
}

// residueNumber returns the number of the residue behind d.last. Behind 9999
// there is hybrid-36, or the hexadecimal of programs of molecular dynamics, in
// which 10000 is 2710. A number that cannot be read (****) is counted on from
// the last.
func (d *decoder) residueNumber(b []byte) int {
	r := &d.last
	r.counted = false
	if len(b) == 0 {
		d.sites.Tally.Add("residues without a number, taken as 0: %d", 1)
		return 0
	}
	if d.hex || r.seq == 9999 && string(b) == "2710" {
		v, err := strconv.ParseUint(string(b), 16, 32)
		if d.hex = err == nil && v > 9999; d.hex {
			return int(v)
		}
	}
	if v, ok := parseHybrid36(b, 4); ok {
		return v
	}
	if v, err := strconv.ParseUint(string(b), 16, 32); err == nil && v > 9999 {
		d.hex = true
		d.sites.Tally.Add("residue numbers that are no integers, read as hexadecimal from the first on: %d", 1)
		return int(v)
	}
	r.counted = true
	d.sites.Tally.Add("residue numbers that cannot be read, counted on: %d", 1)
	return r.seq + 1
}

// serialNumber returns the serial number. Six digits are read, of which one
// stands in the blank column before or behind. The number only names the
// atom, so that one which cannot be read (*****) is counted on from the last.
func (d *decoder) serialNumber(line []byte) int {
	wide := field{fieldSerial.first, fieldSerial.last + 1}
	if line[4] == ' ' { // ATOM, not HETATM
		wide.first--
	}
	v, ok := parseHybrid36(wide.of(line), 5)
	if !ok {
		v = d.serial + 1
		d.sites.Tally.Add("serial numbers that cannot be read, counted on: %d", 1)
	}
	d.serial = v
	return v
}

// number returns a number that may be missing.
func (d *decoder) number(line []byte, f field, missing float64, kind string) float64 {
	b := f.of(line)
	if len(b) == 0 {
		return missing
	}
	v, ok := site.ParseFloat(b)
	if !ok || math.IsInf(v, 0) {
		d.sites.Tally.Add(kind, 1)
		return missing
	}
	return v
}

// element reads element and charge, or guesses the element. Where there is
// no valid element the columns hold something else (an entry's name and line
// number, in old files), so there is no charge either.
func (d *decoder) element(a *mol.Atom, line []byte) {
	if b := fieldElement.of(line); len(b) > 0 {
		if e, ok := parseElement(b); ok {
			a.Element = e
			a.Charge = parseCharge(fieldCharge.of(line))
			return
		}
	}
	columns := site.Leading
	if line[fieldName.first-1] == ' ' {
		columns = site.Indented
	}
	a.Element = site.GuessElement(a.Name, a.Residue, columns)
	d.sites.Tally.Add("atoms without a valid element, guessed from their names: %d", 1)
	if a.Element == mol.Unknown {
		d.sites.Tally.Add("atoms whose element is unknown: %d", 1)
	}
}

// parseElement is mol.ParseElement with a short way for what is in every line.
func parseElement(b []byte) (mol.Element, bool) {
	if len(b) == 1 {
		switch b[0] {
		case 'C':
			return mol.Carbon, true
		case 'N':
			return mol.Nitrogen, true
		case 'O':
			return mol.Oxygen, true
		case 'H':
			return mol.Hydrogen, true
		case 'S':
			return mol.Sulfur, true
		}
	}
	return mol.ParseElement(string(b))
}

// parseCharge reads a charge: "2+", "1-", or with the sign first. Anything
// else is none.
func parseCharge(b []byte) int {
	if len(b) != 2 {
		return 0
	}
	digit, sign := b[0], b[1]
	if digit == '+' || digit == '-' {
		digit, sign = sign, digit
	}
	if digit < '0' || digit > '9' {
		return 0
	}
	switch sign {
	case '+':
		return int(digit - '0')
	case '-':
		return -int(digit - '0')
	}
	return 0
}
