// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"

	"fyne.io/fyne/v2"

	"difffit/app/keys"
)

// page is how many rows Page Up and Page Down go.
const page = 10

// tableKeys are what keys do in the table; the rest go to whoever listens.
var tableKeys = keys.Map[*table]{
	{Names: []fyne.KeyName{fyne.KeyDown}, What: "the next row; the picture follows", Do: step(1)},
	{Names: []fyne.KeyName{fyne.KeyUp}, What: "the row before", Do: step(-1)},
	{Names: []fyne.KeyName{fyne.KeyPageDown}, What: "ten rows on", Do: step(page)},
	{Names: []fyne.KeyName{fyne.KeyPageUp}, What: "ten rows back", Do: step(-page)},
	{Names: []fyne.KeyName{fyne.KeyHome}, What: "the first row", Do: func(t *table) { t.goTo(0) }},
	{Names: []fyne.KeyName{fyne.KeyEnd}, What: "the last row", Do: func(t *table) { t.goTo(len(t.rows) - 1) }},
}

// foldKeys are what keys do where placements are folded, as in trees.
var foldKeys = keys.Map[*table]{
	{Names: []fyne.KeyName{fyne.KeyRight}, What: "unfold the placements of a structure; again: to the first of them", Do: (*table).unfold},
	{Names: []fyne.KeyName{fyne.KeyLeft}, What: "fold them; from one of them: to the best of its structure", Do: (*table).foldUp},
	{Names: []fyne.KeyName{fyne.KeyRight}, Shift: true, What: "unfold all", Do: func(t *table) { t.onOpenAll(true) }},
	{Names: []fyne.KeyName{fyne.KeyLeft}, Shift: true, What: "fold all", Do: func(t *table) { t.onOpenAll(false) }},
}

// unfold shows what is folded of a structure, or goes there.
func (t *table) unfold() {
	q := t.stands
	switch {
	case q == nil || q.group == nil || q.group.below == 0 || q.isBelow():
	case q.group.open:
		t.goTo(slices.Index(t.rows, q.group.holder) + 1)
	default:
		t.onOpen(q.group.key, true)
	}
}

// foldUp folds what is below others of a structure, or goes to the row that it is
// below.
func (t *table) foldUp() {
	q := t.stands
	switch {
	case q == nil || q.group == nil:
	case !q.isBelow() && q.group.open:
		t.onOpen(q.group.key, false)
	default:
		t.goTo(slices.Index(t.rows, q.group.holder))
	}
}

// TableKeyHelp returns the keys of the table and what they do.
func TableKeyHelp() [][2]string {
	return append(slices.Concat(tableKeys.Help(), selectionKeys.Help(), foldKeys.Help()),
		[2]string{"Ctrl + click", "select a row beside others, or take it out"},
		[2]string{"Shift + click", "select all rows up to it"},
		[2]string{"1 … 9", "sort by that column, from the left; again: the other way"},
		[2]string{"Shift + 1 … 9", "sort by that column, too, after those before"})
}

// sortKey sorts by the column that a digit stands for, and tells whether the
// key is one.
func (t *table) sortKey(k fyne.KeyName) bool {
	if len(k) != 1 || k[0] < '1' || k[0] > '9' {
		return false
	}
	if n := int(k[0] - '1'); n < len(t.shown) {
		t.onSort(t.shown[n], t.modifiers()&fyne.KeyModifierShift != 0)
	}
	return true
}

// step moves the selection by rows.
func step(by int) func(*table) {
	return func(t *table) { t.goTo(t.index() + by) }
}

// goTo selects a row alone, or that which is next to where it would be.
func (t *table) goTo(i int) {
	t.forget()
	last := len(t.rows) - 1
	if last < 0 {
		return
	}
	i = max(0, min(i, last))
	t.reveal(i)
	t.pick(i)
}

// UsesKey tells whether the table has a use for a key.
func (t *table) UsesKey(name fyne.KeyName, held fyne.KeyModifier) bool {
	return tableKeys.Has(name, 0) || t.grouped && foldKeys.Has(name, held) || len(name) == 1 && name[0] >= '1' && name[0] <= '9'
}

// UsesRune tells that it has none for characters.
func (t *table) UsesRune(rune) bool { return false }

// TypedKey acts on a key; those that the table has no use for go to whoever
// listens.
func (t *table) TypedKey(k *fyne.KeyEvent) {
	if t.grouped && foldKeys.Key(t, k.Name, t.modifiers()) || selectionKeys.Key(t, k.Name, t.modifiers()) {
		return
	}
	if !tableKeys.Key(t, k.Name, 0) && !t.sortKey(k.Name) && t.onKey != nil {
		t.onKey(k)
	}
}
