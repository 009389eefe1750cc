// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"bytes"
	"math"
	"unicode"

	"difffit/fitting/mol"
	"difffit/io/internal/site"
)

// A block gathers what is read of one data block.
type block struct {
	sites     *site.Sites
	names     site.Names
	title     string
	secondary []mol.Secondary
	column    mol.BColumn
	rows      int // of atom_site
}

func newBlock(o Options) *block {
	return &block{sites: site.New(o), names: site.Names{}, column: mol.BFactor}
}

// row takes one row of a category.
func (b *block) row(c *category, cols columns, r row) {
	switch c {
	case &atomSite:
		b.atom(cols, r)
	case &structConf:
		if kind, _ := r.text(cols[confType]); len(kind) >= 4 && equalFold(kind[:4], "strn") {
			b.stretch(mol.Strand, cols, r)
		} else if len(kind) >= 4 && equalFold(kind[:4], "helx") {
			b.stretch(mol.Helix, cols, r)
		}
	case &sheetRange:
		b.stretch(mol.Strand, cols, r)
	case &structTitle:
		if text, p := r.text(cols[0]); p == present {
			b.title = string(text)
		}
	case &qaMetric:
		b.column = mol.Confidence
	}
}

// stretch takes a stretch of secondary structure. One that cannot be placed
// is counted and left out: drawings only need it.
func (b *block) stretch(kind mol.SecondaryKind, cols columns, r row) {
	chain := b.either(r, cols[begAuthAsym], cols[begLabelAsym])
	first, ok1 := eitherInt(r, cols[begAuthSeq], cols[begLabelSeq])
	last, ok2 := eitherInt(r, cols[endAuthSeq], cols[endLabelSeq])
	if !ok1 || !ok2 || last < first {
		b.sites.Tally.Add("helices and strands that cannot be read: %d", 1)
		return
	}
	s := mol.Secondary{Kind: kind, Chain: chain, First: first, Last: last}
	for _, t := range b.secondary {
		if t == s { // a strand may stand in several sheets
			return
		}
	}
	b.secondary = append(b.secondary, s)
}

// either returns the text of the first column, or of the second where the
// first has none.
func (b *block) either(r row, first, second int) string {
	text, p := r.text(first)
	if p != present {
		if text, p = r.text(second); p != present {
			return ""
		}
	}
	return b.names.Get(text)
}

// eitherInt returns the integer of the first column, or of the second where
// the first has none. It reports false if neither has one.
func eitherInt(r row, first, second int) (int, bool) {
	for _, column := range [2]int{first, second} {
		if v, p, ok := r.number(column); p == present {
			return int(v), ok && isInt(v)
		}
	}
	return 0, false
}

func isInt(v float64) bool { return v == math.Trunc(v) && math.Abs(v) < 1<<31 }

// atom takes a row of atom_site.
func (b *block) atom(cols columns, r row) {
	b.rows++
	model := 1
	if v, p, ok := r.number(cols[modelNum]); p == present {
		if ok && isInt(v) {
			model = int(v)
		} else {
			b.sites.Tally.Add("atoms whose model number is not an integer, taken into model 1: %d", 1)
		}
	}
	if !b.sites.Switch(model) {
		return
	}
	var a mol.Atom
	b.element(&a, cols, r)
	if err := b.place(&a, cols, r); err != nil {
		b.sites.Skip(a.Element, err)
		return
	}
	b.identity(&a, cols, r)
	var ok bool
	if a.Serial, ok = eitherInt(r, cols[atomID], -1); !ok {
		a.Serial = b.rows
	}
	a.Occupancy = b.optional(r, cols[occupancy], 1, "occupancies that are no numbers, taken as 1: %d")
	a.B = b.optional(r, cols[bIso], 0, "B factors that are no numbers, taken as 0: %d")
	*b.sites.Next() = a
}

// place reads what an atom cannot be without: coordinates and a name.
func (b *block) place(a *mol.Atom, cols columns, r row) error {
	for i, v := range [3]*float64{&a.Pos.X, &a.Pos.Y, &a.Pos.Z} {
		if err := coordinate(v, r, cols[cartnX+i]); err != nil {
			return err
		}
	}
	switch {
	case site.IsPlaceholder(a.Pos):
		return r.fault(cols[cartnX], "three coordinates of %g stand for an atom without a place", a.Pos.X)
	case a.Name == "":
		return r.fault(max(cols[authAtom], cols[labelAtom]), "the atom has no name")
	}
	return nil
}

func coordinate(v *float64, r row, column int) error {
	x, p, ok := r.number(column)
	switch {
	case p != present:
		return r.fault(column, "the atom has no coordinate here, want a number")
	case !ok || math.IsNaN(x):
		text, _ := r.text(column)
		return r.fault(column, "%q is not a number", text)
	case math.Abs(x) > site.MaxCoordinate:
		return r.fault(column, "coordinate %g is out of range, want at most %g Å", x, float64(site.MaxCoordinate))
	}
	*v = x
	return nil
}

// identity reads the names and numbers of an atom. Those of the author count;
// where one is null the label's stands for it, except that "." as the chain
// of the author is a blank name, which files made from the PDB format have.
func (b *block) identity(a *mol.Atom, cols columns, r row) {
	a.LabelAsym = b.either(r, cols[labelAsym], -1)
	a.Entity = b.either(r, cols[labelEntity], -1)
	a.Alt = b.either(r, cols[labelAlt], -1)
	a.Insert = b.either(r, cols[insCode], -1)
	switch text, p := r.text(cols[authAsym]); p {
	case present:
		a.Chain = b.names.Get(text)
	case unknown:
		a.Chain = a.LabelAsym
	}
	if text, p := r.text(cols[groupPDB]); p == present {
		a.Het = equalFold(text, "hetatm")
	}
	a.LabelSeq, _ = eitherInt(r, cols[labelSeq], -1)
	if text, p := r.text(cols[authSeq]); p == present && b.authNumber(a, text) {
		return
	}
	a.Seq = a.LabelSeq
}

// authNumber reads auth_seq_id, which by the dictionary is text: a number, or a
// number and an insertion code (137A). It reports whether it is one of them.
func (b *block) authNumber(a *mol.Atom, text []byte) bool {
	if v, ok := parseNumber(text); ok && isInt(v) {
		a.Seq = int(v)
		return true
	}
	digits := bytes.TrimRightFunc(text, unicode.IsLetter)
	if v, ok := site.ParseInt(digits); ok && (a.Insert == "" || a.Insert == string(text[len(digits):])) {
		a.Seq, a.Insert = v, b.names.Get(text[len(digits):])
		return true
	}
	b.sites.Tally.Add("residue numbers of authors that cannot be read, for which label_seq_id stands: %d atoms", 1)
	return false
}

// optional returns a number that may be missing.
func (b *block) optional(r row, column int, missing float64, kind string) float64 {
	v, p, ok := r.number(column)
	switch {
	case p != present:
		return missing
	case !ok || math.IsNaN(v) || math.IsInf(v, 0):
		b.sites.Tally.Add(kind, 1)
		return missing
	}
	return v
}

// element reads the atom's name and residue, element and charge, or guesses
// the element.
func (b *block) element(a *mol.Atom, cols columns, r row) {
	a.Name = b.either(r, cols[authAtom], cols[labelAtom])
	a.Residue = b.either(r, cols[authComp], cols[labelComp])
	if v, p, ok := r.number(cols[formalCharge]); p == present && ok && math.Abs(v) <= 99 {
		a.Charge = int(v)
	}
	if text, p := r.text(cols[typeSymbol]); p == present {
		if e, ok := mol.ParseElement(string(text)); ok {
			a.Element = e
			return
		}
	}
	a.Element = site.GuessElement(a.Name, a.Residue, site.NoColumns)
	b.sites.Tally.Add("atoms without a valid element, guessed from their names: %d", 1)
	if a.Element == mol.Unknown {
		b.sites.Tally.Add("atoms whose element is unknown: %d", 1)
	}
}

// finish makes the structures; there are none if the block has no atoms.
func (b *block) finish() ([]*mol.Structure, error) {
	models, err := b.sites.Structures()
	for _, m := range models {
		m.Title, m.Secondary, m.Column = b.title, b.secondary, b.column
	}
	return models, err
}
