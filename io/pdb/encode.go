// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"difffit/fitting/mol"
	"difffit/io/internal/site"
)

// EncodeOptions say how a file is written. The zero value keeps to the format.
type EncodeOptions struct {
	// Hybrid36 writes serial numbers above 99999 and residue numbers above
	// 9999 in base 36, as Phenix, Coot, gemmi and ChimeraX read them. Without
	// it they are an error.
	Hybrid36 bool
}

// A RangeError reports content that the PDB format cannot hold. The first
// such atom is named; mmCIF holds everything.
type RangeError struct {
	Atom string // chain, residue and name of the atom
	Msg  string
}

func (e *RangeError) Error() string {
	return fmt.Sprintf("pdb: atom %s: %s; write mmCIF instead", e.Atom, e.Msg)
}

// Encode writes one structure. Atoms are numbered anew from 1; chain names,
// residue numbers, insertion codes, alternate locations, occupancies, B
// factors, elements and charges are kept. An occupancy or a B factor too
// large for its columns loses decimals. TER stands behind the polymer of each
// chain. What the format cannot hold is a RangeError, found before anything
// is written.
func Encode(w io.Writer, s *mol.Structure, o EncodeOptions) error {
	ends := polymerEnds(s.Atoms)
	e := encoder{options: o}
	for i := range s.Atoms { // all is checked before the first byte goes out
		if err := e.atom(&s.Atoms[i]); err != nil {
			return err
		}
		if ends[i] {
			e.serial++
		}
	}
	out := bufio.NewWriter(w)
	writeTitle(out, s.Title)
	e = encoder{options: o}
	for i := range s.Atoms {
		a := &s.Atoms[i]
		if err := e.atom(a); err != nil {
			return err
		}
		out.Write(e.line[:])
		if ends[i] {
			e.ter()
			out.Write(e.line[:])
		}
	}
	out.WriteString(pad("END"))
	return out.Flush() // keeps the first error of all writes
}

// polymerEnds marks the atoms behind which TER stands.
func polymerEnds(atoms []mol.Atom) []bool {
	ends := make([]bool, len(atoms))
	last := -1 // last atom of the polymer of the current chain
	site.Residues(atoms, func(start, end int) {
		if last >= 0 && atoms[last].Chain != atoms[start].Chain {
			ends[last] = true
			last = -1
		}
		if site.InPolymer(atoms[start:end]) {
			last = end - 1
		}
	})
	if last >= 0 {
		ends[last] = true
	}
	return ends
}

const lineLength = 80

func pad(text string) string {
	return text + strings.Repeat(" ", max(0, lineLength-len(text))) + "\n"
}

// writeTitle writes TITLE records of 70 characters, in ASCII as the format wants.
func writeTitle(out *bufio.Writer, title string) {
	text := []byte(strings.Join(strings.Fields(title), " "))
	for i, c := range text {
		if c < ' ' || c > '~' {
			text[i] = '?'
		}
	}
	for n := 1; len(text) > 0 && n <= 99; n++ {
		cut := min(len(text), 69)
		if cut < len(text) {
			if space := strings.LastIndexByte(string(text[:cut+1]), ' '); space > 0 {
				cut = space
			}
		}
		part := strings.TrimSpace(string(text[:cut]))
		text = text[cut:]
		if n == 1 {
			out.WriteString(pad("TITLE     " + part))
		} else {
			out.WriteString(pad(fmt.Sprintf("TITLE   %2d %s", n, part)))
		}
	}
}

type encoder struct {
	options EncodeOptions
	serial  int
	line    [lineLength + 1]byte
}

func (e *encoder) at(f field) []byte { return e.line[f.first-1 : f.last] }

func (e *encoder) clear(record string) {
	for i := range e.line {
		e.line[i] = ' '
	}
	e.line[lineLength] = '\n'
	copy(e.line[:], record)
}

// ter writes a TER record for the last atom.
func (e *encoder) ter() {
	var residue [10]byte // columns 18 to 27
	copy(residue[:], e.line[fieldResidue.first-1:fieldInsert.last])
	e.serial++
	e.clear("TER")
	formatHybrid36(e.at(fieldSerial), e.serial, true)
	copy(e.line[fieldResidue.first-1:], residue[:])
}

// atom writes a into e.line.
func (e *encoder) atom(a *mol.Atom) error {
	record := "ATOM"
	if a.Het {
		record = "HETATM"
	}
	e.clear(record)
	e.serial++
	if !formatHybrid36(e.at(fieldSerial), e.serial, e.options.Hybrid36) {
		return rangeError(a, "serial number %d does not fit, want at most 99999", e.serial)
	}
	if !formatHybrid36(e.at(fieldSeq), a.Seq, e.options.Hybrid36) {
		return rangeError(a, "residue number %d does not fit, want -999 to 9999", a.Seq)
	}
	if err := e.names(a); err != nil {
		return err
	}
	for i, x := range [3]float64{a.Pos.X, a.Pos.Y, a.Pos.Z} {
		f := [3]field{fieldX, fieldY, fieldZ}[i]
		if !fixed(e.at(f), x, 3, 3) {
			return rangeError(a, "coordinate %g does not fit, want -999.999 to 9999.999", x)
		}
	}
	if !fixed(e.at(fieldOccupancy), a.Occupancy, 2, 0) {
		return rangeError(a, "occupancy %g does not fit", a.Occupancy)
	}
	if !fixed(e.at(fieldB), a.B, 2, 0) {
		return rangeError(a, "B factor %g does not fit", a.B)
	}
	return e.charge(a)
}

func (e *encoder) charge(a *mol.Atom) error {
	charge := e.at(fieldCharge)
	switch {
	case a.Charge > 9 || a.Charge < -9:
		return rangeError(a, "charge %d does not fit", a.Charge)
	case a.Charge > 0:
		charge[0], charge[1] = byte('0'+a.Charge), '+'
	case a.Charge < 0:
		charge[0], charge[1] = byte('0'-a.Charge), '-'
	}
	return nil
}

// names writes the names into their columns. The name of an atom begins in
// the second of its columns if its element has one letter, so that Cα and
// calcium differ.
func (e *encoder) names(a *mol.Atom) error {
	symbol := a.Element.String()
	if a.Element != mol.Unknown {
		right(e.at(fieldElement), strings.ToUpper(symbol))
	}
	name := e.at(fieldName)
	twoLetters := len(symbol) == 2 && len(a.Name) >= 2 && strings.EqualFold(a.Name[:2], symbol)
	if len(a.Name) < len(name) && !twoLetters {
		name = name[1:]
	}
	texts := []struct {
		what, text string
		dst        []byte
		wanted     string
	}{
		{"atom name", a.Name, name, "1 to 4 characters"},
		{"residue name", a.Residue, e.at(fieldResidue), "1 to 3 characters"},
		{"chain name", a.Chain, e.at(field{22, 22}), "one character"},
		{"insertion code", a.Insert, e.at(fieldInsert), "one character"},
		{"alternate location", a.Alt, e.at(fieldAlt), "one character"},
	}
	for i, t := range texts {
		if t.what == "residue name" && fourLetters[t.text] {
			t.dst = e.line[17:21]
		}
		if len(t.text) > len(t.dst) || t.text == "" && i < 2 || !printable(t.text) {
			return rangeError(a, "%s %q does not fit, want %s", t.what, t.text, t.wanted)
		}
		if i == 1 {
			right(t.dst, t.text)
		} else {
			copy(t.dst, t.text)
		}
	}
	return nil
}

// printable reports whether s has no blanks and only ASCII.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func right(dst []byte, s string) { copy(dst[len(dst)-len(s):], s) }

// fixed writes v right-aligned with a number of decimals, fewer if it does
// not fit, and reports whether it could.
func fixed(dst []byte, v float64, most, least int) bool {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return false
	}
	var buffer [32]byte
	for decimals := most; decimals >= least; decimals-- {
		if b := strconv.AppendFloat(buffer[:0], v, 'f', decimals, 64); len(b) <= len(dst) {
			copy(dst[len(dst)-len(b):], b)
			return true
		}
	}
	return false
}

func rangeError(a *mol.Atom, format string, args ...any) error {
	return &RangeError{fmt.Sprintf("%s %d%s/%s of chain %q", a.Residue, a.Seq, a.Insert, a.Name, a.Chain), fmt.Sprintf(format, args...)}
}
