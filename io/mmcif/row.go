// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"strings"

	"difffit/io/internal/site"
)

// presence tells whether a cell has a value.
type presence uint8

const (
	present      presence = iota
	inapplicable          // "."
	unknown               // "?", or the table has no such column
)

// A row is one row of a category, from a text file or a binary one. Columns
// are counted from 0; -1 is a column that the table does not have.
type row interface {
	text(column int) ([]byte, presence)
	number(column int) (v float64, p presence, ok bool) // ok is false if a value is there but no number
	fault(column int, format string, args ...any) error // names the place in the file
}

// A category is a table of the file that is read, with the items that matter.
type category struct {
	name  string // with the dot, in lower case
	items []string
}

// index returns the number of an item, by its full name in any case, or -1.
func (c *category) index(name []byte) int {
	if len(name) <= len(c.name) || !equalFold(name[:len(c.name)], c.name) {
		return -1
	}
	for i, item := range c.items {
		if equalFold(name[len(c.name):], item) {
			return i
		}
	}
	return -1
}

func (c *category) has(name []byte) bool {
	return len(name) > len(c.name) && equalFold(name[:len(c.name)], c.name)
}

// Items of the categories that are read, in the order of the constants below.
var (
	atomSite = category{"_atom_site.", strings.Fields("group_pdb id type_symbol label_atom_id label_alt_id label_comp_id " +
		"label_asym_id label_entity_id label_seq_id pdbx_pdb_ins_code cartn_x cartn_y cartn_z occupancy b_iso_or_equiv " +
		"pdbx_formal_charge auth_seq_id auth_comp_id auth_asym_id auth_atom_id pdbx_pdb_model_num")}
	structConf = category{"_struct_conf.", strings.Fields("conf_type_id beg_auth_asym_id beg_auth_seq_id end_auth_seq_id " +
		"beg_label_asym_id beg_label_seq_id end_label_seq_id")}
	sheetRange = category{"_struct_sheet_range.", strings.Fields("sheet_id beg_auth_asym_id beg_auth_seq_id end_auth_seq_id " +
		"beg_label_asym_id beg_label_seq_id end_label_seq_id")}
	structTitle = category{"_struct.", []string{"title"}}
	qaMetric    = category{"_ma_qa_metric.", []string{"name"}} // of ModelCIF: what predicted models have

	categories = []*category{&atomSite, &structConf, &sheetRange, &structTitle, &qaMetric}
)

// Items of atomSite.
const (
	groupPDB = iota
	atomID
	typeSymbol
	labelAtom
	labelAlt
	labelComp
	labelAsym
	labelEntity
	labelSeq
	insCode
	cartnX
	cartnY
	cartnZ
	occupancy
	bIso
	formalCharge
	authSeq
	authComp
	authAsym
	authAtom
	modelNum
)

// Items of structConf and sheetRange; the first is the type or the sheet.
const (
	confType = iota
	begAuthAsym
	begAuthSeq
	endAuthSeq
	begLabelAsym
	begLabelSeq
	endLabelSeq
)

// columns has for each item of a category its column, -1 if there is none.
type columns []int

func newColumns(c *category) columns {
	cols := make(columns, len(c.items))
	for i := range cols {
		cols[i] = -1
	}
	return cols
}

// parseNumber reads a number of CIF; a standard uncertainty behind it, in
// parentheses, is passed over.
func parseNumber(b []byte) (float64, bool) {
	if n := len(b); n > 0 && b[n-1] == ')' {
		open := n - 2
		for open > 0 && '0' <= b[open] && b[open] <= '9' {
			open--
		}
		if open <= 0 || b[open] != '(' || open == n-2 {
			return 0, false
		}
		b = b[:open]
	}
	return site.ParseFloat(b)
}
