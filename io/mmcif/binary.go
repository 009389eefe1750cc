// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"difffit/fitting/mol"
)

// DecodeBinary reads the structures of a BinaryCIF file, as Decode does those
// of a text.
//
// An atom needs at least a byte in the file for each of its coordinates; a
// category that claims more rows than that is refused, so that a short file
// cannot ask for much memory.
func DecodeBinary(r io.Reader, o Options) (models []*mol.Structure, warnings []string, err error) {
	file, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, fmt.Errorf("mmcif: %w", err)
	}
	var blocks []byte
	if err := fields(file, func(key string, value []byte) {
		if key == "dataBlocks" {
			blocks = value
		}
	}); err != nil {
		return nil, nil, &FormatError{Msg: "not a BinaryCIF file: " + err.Error()}
	}
	n := 0
	var found *block
	err = mapsIn(blocks, func(object []byte) error {
		if n++; found != nil {
			return nil
		}
		b := newBlock(o)
		err := b.binary(object)
		if err == nil {
			models, err = b.finish()
		}
		if len(models) > 0 {
			found = b
			n = 0 // from here on those that follow
		}
		return err
	})
	var format *FormatError
	switch {
	case errors.As(err, &format):
		return nil, nil, err
	case err != nil:
		return nil, nil, &FormatError{Item: "dataBlocks", Msg: err.Error()}
	case found == nil:
		return nil, nil, &FormatError{Msg: fmt.Sprintf("no atoms: none of %d data blocks has rows of _atom_site", n)}
	}
	found.sites.Tally.Add("further data blocks behind the first with atoms, not read: %d", n)
	return models, found.sites.Tally.Warnings(), nil
}

// binary reads the categories of a data block.
func (b *block) binary(object []byte) error {
	var list []byte
	if err := fields(object, func(key string, value []byte) {
		if key == "categories" {
			list = value
		}
	}); err != nil {
		return &FormatError{Item: "dataBlocks", Msg: err.Error()}
	}
	err := mapsIn(list, b.binaryCategory)
	var format *FormatError
	if err != nil && !errors.As(err, &format) {
		return &FormatError{Item: "categories", Msg: err.Error()}
	}
	return err
}

// binaryCategory reads one category if it matters.
func (b *block) binaryCategory(object []byte) error {
	var name, columnList []byte
	rows := 0.0
	if err := fields(object, func(key string, value []byte) {
		switch key {
		case "name":
			name, _ = stringOf(value)
		case "rowCount":
			rows, _ = numberOf(value)
		case "columns":
			columnList = value
		}
	}); err != nil {
		return &FormatError{Item: "categories", Msg: err.Error()}
	}
	var c *category
	for _, k := range categories {
		if equalFold(name, strings.TrimSuffix(k.name, ".")) {
			c = k
		}
	}
	if c == nil {
		return nil
	}
	size, err := sizeOf(c, columnList)
	if err != nil {
		return &FormatError{Item: c.name + "*", Msg: err.Error()}
	}
	if !(rows >= 0) || rows > float64(size) || rows != math.Trunc(rows) {
		return &FormatError{Item: string(name), Msg: fmt.Sprintf("rowCount is %g, want a number of rows that %d bytes can hold", rows, size)}
	}
	r := binaryRow{category: c, rows: int(rows)}
	cols, err := r.decode(columnList)
	if err != nil {
		return err
	}
	if c == &atomSite && rows > 0 {
		for i, item := range [3]string{"Cartn_x", "Cartn_y", "Cartn_z"} {
			if cols[cartnX+i] < 0 {
				return &FormatError{Item: "_atom_site", Msg: "has no item " + item}
			}
		}
	}
	for r.row = range r.rows {
		b.row(c, cols, &r)
	}
	return nil
}

// sizeOf returns in how many bytes the rows of a category lie, each of which
// takes at least one. Columns that repeat one value may take few; what tells
// atoms apart are their coordinates.
func sizeOf(c *category, columnList []byte) (int, error) {
	size := len(columnList)
	if c != &atomSite {
		return size, nil
	}
	err := mapsIn(columnList, func(column []byte) error {
		var name, data []byte
		err := fields(column, func(key string, value []byte) {
			switch key {
			case "name":
				name, _ = stringOf(value)
			case "data":
				data = value
			}
		})
		if len(name) > 6 && equalFold(name[:6], "cartn_") {
			size = min(size, len(data))
		}
		return err
	})
	return size, err
}

// A binaryRow is a row of a binary category.
type binaryRow struct {
	category *category
	columns  []binaryColumn
	rows     int
	row      int
	buffer   [24]byte // the text of a number
}

type binaryColumn struct {
	name   string
	values array
	mask   []int32 // 0 value, 1 ".", 2 "?"; nil if all are values
}

// decode decodes the columns that matter and returns which is which.
func (r *binaryRow) decode(object []byte) (columns, error) {
	cols := newColumns(r.category)
	err := mapsIn(object, func(column []byte) error {
		var name, data, mask []byte
		if err := fields(column, func(key string, value []byte) {
			switch key {
			case "name":
				name, _ = stringOf(value)
			case "data":
				data = value
			case "mask":
				mask = value
			}
		}); err != nil {
			return err
		}
		item := slices.IndexFunc(r.category.items, func(known string) bool { return equalFold(name, known) })
		if item < 0 || cols[item] >= 0 { // unread, or a second time
			return nil
		}
		c := binaryColumn{name: r.category.name + string(name)}
		if err := r.decodeColumn(&c, data, mask); err != nil {
			return &FormatError{Item: c.name, Msg: err.Error()}
		}
		cols[item] = len(r.columns)
		r.columns = append(r.columns, c)
		return nil
	})
	var format *FormatError
	if err != nil && !errors.As(err, &format) {
		err = &FormatError{Item: r.category.name + "*", Msg: err.Error()}
	}
	return cols, err
}

func (r *binaryRow) decodeColumn(c *binaryColumn, data, mask []byte) error {
	var err error
	if c.values, err = decodeData(data, r.rows); err != nil {
		return err
	}
	if n := c.values.len(); n != r.rows {
		return fmt.Errorf("has %d values, want %d", n, r.rows)
	}
	if len(mask) == 0 || bytes.Equal(mask, []byte{0xc0}) { // nil
		return nil
	}
	m, err := decodeData(mask, r.rows)
	if err != nil {
		return fmt.Errorf("mask: %w", err)
	}
	if m.ints == nil || len(m.ints) != r.rows {
		return fmt.Errorf("mask: has %d integers, want %d", len(m.ints), r.rows)
	}
	c.mask = m.ints
	return nil
}

func (a array) len() int {
	if a.strings != nil {
		return len(a.strings.index)
	}
	return max(len(a.ints), len(a.floats))
}

func (r *binaryRow) presence(column int) presence {
	if column < 0 {
		return unknown
	}
	if m := r.columns[column].mask; m != nil {
		switch m[r.row] {
		case 0:
			return present
		case 1:
			return inapplicable
		}
		return unknown
	}
	return present
}

func (r *binaryRow) text(column int) ([]byte, presence) {
	p := r.presence(column)
	if p != present {
		return nil, p
	}
	switch a := r.columns[column].values; {
	case a.strings != nil:
		i := a.strings.index[r.row]
		if i < 0 {
			return nil, unknown
		}
		text := a.strings.data[a.strings.offsets[i]:a.strings.offsets[i+1]]
		if len(text) == 0 {
			return nil, inapplicable
		}
		return text, present
	case a.ints != nil:
		return strconv.AppendInt(r.buffer[:0], int64(a.ints[r.row]), 10), present
	default:
		return strconv.AppendFloat(r.buffer[:0], a.floats[r.row], 'g', -1, 64), present
	}
}

func (r *binaryRow) number(column int) (float64, presence, bool) {
	p := r.presence(column)
	if p != present {
		return 0, p, false
	}
	switch a := r.columns[column].values; {
	case a.strings != nil:
		text, p := r.text(column)
		if p != present {
			return 0, p, false
		}
		v, ok := parseNumber(text)
		return v, present, ok
	case a.ints != nil:
		return float64(a.ints[r.row]), present, true
	default:
		return a.floats[r.row], present, true
	}
}

func (r *binaryRow) fault(column int, format string, args ...any) error {
	item := r.category.name + "*"
	if column >= 0 {
		item = r.columns[column].name
	}
	return &FormatError{Item: item, Row: r.row + 1, Msg: fmt.Sprintf(format, args...)}
}
