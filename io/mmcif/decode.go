// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"bytes"
	"fmt"
	"io"

	"difffit/fitting/mol"
)

// Decode reads the structures of an mmCIF file: the first model, or all, of
// the first data block that has atoms; at least one. The warnings say what was
// odd or left out, one line for each kind, with counts.
//
// Names and numbers are those of the author; where one is missing the label's
// stands for it. A missing occupancy is 1, a missing B factor 0. A last row
// that is cut short by the end of the file is dropped. Save frames are passed
// over.
func Decode(r io.Reader, o Options) (models []*mol.Structure, warnings []string, err error) {
	file, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, fmt.Errorf("mmcif: %w", err)
	}
	p := parser{scanner: scanner{file: bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))}, options: o}
	return p.parse()
}

type parser struct {
	scanner
	options Options
	block   *block
	blocks  int // data blocks begun
}

// parse reads the file up to the end of the first block with atoms.
func (p *parser) parse() ([]*mol.Structure, []string, error) {
	p.block = newBlock(p.options)
	t, err := p.next()
	for err == nil {
		switch t.kind {
		case endOfFile, dataWord:
			models, fault := p.block.finish()
			if fault != nil {
				return nil, nil, fault
			}
			if len(models) > 0 {
				if t.kind == dataWord {
					p.block.sites.Tally.Add("further data blocks behind the first with atoms, not read: at least %d", 1)
				}
				return models, p.block.sites.Tally.Warnings(), nil
			}
			if t.kind == endOfFile {
				return nil, nil, p.noAtoms()
			}
			p.blocks++
			p.block = newBlock(p.options)
			t, err = p.next()
		case saveWord:
			t, err = p.saveFrame(t)
		case loopWord:
			t, err = p.loop(t)
		case tag:
			t, err = p.pairs(t)
		case value:
			if p.blocks == 0 {
				return nil, nil, p.fault(t.start, "not a CIF: %q, want data_ before all values", short(t.text))
			}
			return nil, nil, p.fault(t.start, "value %q has no item", short(t.text))
		default:
			t, err = p.next()
		}
	}
	return nil, nil, err
}

func (p *parser) noAtoms() error {
	switch {
	case len(bytes.TrimSpace(p.file)) == 0:
		return &FormatError{Msg: "the file is empty"}
	case p.blocks == 0:
		return &FormatError{Msg: "not a CIF: there is no data block"}
	}
	return &FormatError{Msg: fmt.Sprintf("no atoms: none of %d data blocks has rows of _atom_site", p.blocks)}
}

func short(b []byte) []byte { return b[:min(len(b), 20)] }

// saveFrame passes over a save frame and returns the token behind it.
func (p *parser) saveFrame(t token) (token, error) {
	if len(t.text) == len("save_") { // an end without a beginning
		return p.next()
	}
	start := t
	for {
		t, err := p.next()
		switch {
		case err != nil:
			return t, err
		case t.kind == saveWord && len(t.text) == len("save_"):
			return p.next()
		case t.kind == endOfFile:
			return t, p.fault(start.start, "the save frame %q is not closed", short(start.text))
		}
	}
}

// find returns the category that an item belongs to, nil if it is not read.
func find(name []byte) *category {
	for _, c := range categories {
		if c.has(name) {
			return c
		}
	}
	return nil
}

// pairs reads items with one value each, as long as they belong to one
// category, as one row of it. It returns the first token behind them.
func (p *parser) pairs(t token) (token, error) {
	c := find(t.text)
	r := textRow{parser: p, start: t.start}
	var cols columns
	if c != nil {
		cols = newColumns(c)
	}
	for t.kind == tag && find(t.text) == c {
		name := t
		v, err := p.next()
		if err != nil {
			return v, err
		}
		if v.kind != value {
			return v, p.fault(name.start, "item %q has no value", name.text)
		}
		if c != nil {
			if i := c.index(name.text); i >= 0 {
				cols[i] = len(r.cells)
				r.cells = append(r.cells, v)
			}
		}
		if t, err = p.next(); err != nil {
			return t, err
		}
	}
	if len(r.cells) > 0 {
		return t, p.row(c, cols, &r)
	}
	return t, nil
}

// row hands a row to the block.
func (p *parser) row(c *category, cols columns, r *textRow) error {
	if c == &atomSite {
		for i, name := range [3]string{"Cartn_x", "Cartn_y", "Cartn_z"} {
			if cols[cartnX+i] < 0 {
				return p.fault(r.start, "_atom_site has no item %s", name)
			}
		}
	}
	p.block.row(c, cols, r)
	return nil
}

// loop reads a table and returns the first token behind it.
func (p *parser) loop(start token) (token, error) {
	var c *category
	var cols columns
	width := 0
	t, err := p.next()
	for ; err == nil && t.kind == tag; t, err = p.next() {
		if width == 0 {
			if c = find(t.text); c != nil {
				cols = newColumns(c)
			}
		}
		if c != nil {
			if i := c.index(t.text); i >= 0 {
				cols[i] = width
			}
		}
		width++
	}
	if err != nil {
		return t, err
	}
	if width == 0 {
		return t, p.fault(start.start, "loop_ has no items")
	}
	if c == nil {
		for t.kind == value && err == nil {
			t, err = p.next()
		}
		return t, err
	}
	return p.rows(c, cols, width, t)
}

// rows reads the rows of a table; t is its first value.
func (p *parser) rows(c *category, cols columns, width int, t token) (token, error) {
	r := textRow{parser: p, cells: make([]token, 0, width)}
	var err error
	for err == nil && t.kind == value {
		if len(r.cells) == 0 {
			r.start = t.start
		}
		r.cells = append(r.cells, t)
		if len(r.cells) == width {
			if err := p.row(c, cols, &r); err != nil {
				return t, err
			}
			r.cells = r.cells[:0]
		}
		t, err = p.next()
	}
	atEnd := err == nil && t.kind == endOfFile
	if err != nil { // a quote that is not closed, in the last line
		atEnd = bytes.IndexByte(p.file[p.at:], '\n') < 0
	}
	switch {
	case !atEnd && err == nil && len(r.cells) > 0:
		return t, p.fault(r.start, "the last row of %s* has %d values, want %d", c.name, len(r.cells), width)
	case !atEnd || len(r.cells) == 0:
		return t, err
	}
	p.block.sites.Tally.Add("last row cut short, dropped: %d", 1)
	p.at = len(p.file)
	return token{kind: endOfFile, start: p.at}, nil
}

// A textRow is a row of a text file.
type textRow struct {
	parser *parser
	start  int
	cells  []token
}

func (r *textRow) text(column int) ([]byte, presence) {
	if column < 0 {
		return nil, unknown
	}
	t := &r.cells[column]
	switch {
	case !t.isNull():
		return t.text, present
	case t.text[0] == '.':
		return nil, inapplicable
	}
	return nil, unknown
}

func (r *textRow) number(column int) (float64, presence, bool) {
	b, p := r.text(column)
	if p != present {
		return 0, p, false
	}
	v, ok := parseNumber(b)
	return v, present, ok
}

func (r *textRow) fault(column int, format string, args ...any) error {
	at := r.start
	if column >= 0 {
		at = r.cells[column].start
	}
	return r.parser.fault(at, format, args...)
}
