// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"slices"
)

// A sortKey is one of the columns that rows are sorted by.
type sortKey struct {
	column   *column
	downward bool // the greatest first
}

// first is the order of the rows before a person sorts them, as document.Order has
// it: by what stands in the first columns.
func (t *table) first() []sortKey {
	score := scoreColumn
	if t.rest {
		score = scoreWholeColumn
	}
	return []sortKey{{columnOf(verdictColumn), true}, {columnOf(score), true}}
}

// keys are the columns that the rows are sorted by.
func (t *table) keys() []sortKey {
	if t.order != nil {
		return t.order
	}
	return t.first()
}

// downward tells whether a column has the greatest first when it is chosen.
func (c *column) downward() bool { return !c.words || c.best }

// sorted returns the keys after a person chose a column: alone, or as a
// further one. The same again turns its order, and once more takes it back: nil
// is the first order.
func sorted(keys []sortKey, c *column, further bool) []sortKey {
	at := slices.IndexFunc(keys, func(k sortKey) bool { return k.column == c })
	switch {
	case further && at >= 0:
		keys = slices.Clone(keys)
		keys[at].downward = !keys[at].downward
		return keys
	case further:
		return append(slices.Clip(keys), sortKey{c, c.downward()})
	case at >= 0 && len(keys) == 1 && keys[0].downward != c.downward():
		return nil
	case at >= 0 && len(keys) == 1:
		return []sortKey{{c, !keys[0].downward}}
	}
	return []sortKey{{c, c.downward()}}
}

// sortRows sorts by the keys, the first first; ties are in order of rank.
func sortRows(rows []*row, keys []sortKey) {
	slices.SortFunc(rows, func(a, b *row) int {
		for _, k := range keys {
			c := k.column.compare(a, b)
			if k.downward {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return cmp.Compare(a.place, b.place)
	})
}

// superscripts number the columns of an order of several.
var superscripts = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")

// mark returns the arrow after the title of a column, with its number if the
// order has several columns; "" if rows are not sorted by it.
func mark(keys []sortKey, c *column) string {
	for i, k := range keys {
		if k.column != c {
			continue
		}
		arrow := map[bool]string{true: "↓", false: "↑"}[k.downward]
		if len(keys) > 1 && i+1 < len(superscripts) {
			arrow += string(superscripts[i+1])
		}
		return arrow
	}
	return ""
}
