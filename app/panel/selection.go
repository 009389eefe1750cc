// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"

	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/keys"
)

// A selection is the rows that are selected beside the one that is looked at,
// which is the table's selected one.
type selection struct {
	also   map[document.ClusterID]bool
	anchor document.ClusterID // from where Shift selects
	onMore func()             // told when others are selected
}

// selectionKeys are what keys do with several rows.
var selectionKeys = keys.Map[*table]{
	{Names: []fyne.KeyName{fyne.KeyDown}, Shift: true, What: "select the next row, too", Do: func(t *table) { t.extend(t.index() + 1) }},
	{Names: []fyne.KeyName{fyne.KeyUp}, Shift: true, What: "select the row before, too", Do: func(t *table) { t.extend(t.index() - 1) }},
	{Names: []fyne.KeyName{fyne.KeyHome}, Shift: true, What: "select all rows up to the first", Do: func(t *table) { t.extend(0) }},
	{Names: []fyne.KeyName{fyne.KeyEnd}, Shift: true, What: "select all rows down to the last", Do: func(t *table) { t.extend(len(t.rows) - 1) }},
}

// isSelected tells whether a row is selected, alone or with others.
func (t *table) isSelected(r *row) bool { return r.id == t.selected || t.more.also[r.id] }

// take selects the row that was tapped: with Ctrl (on a Mac, Cmd) beside the
// others, or takes it out; with Shift with all between it and the last one that
// was tapped without.
func (t *table) take(i int) {
	held := t.modifiers()
	switch {
	case held&fyne.KeyModifierShift != 0:
		t.extend(i)
	case held&fyne.KeyModifierShortcutDefault != 0:
		t.toggle(i)
	default:
		t.forget()
		t.pick(i)
	}
}

// forget takes out all but the one that is looked at.
func (t *table) forget() {
	t.more.anchor = document.ClusterID{}
	if len(t.more.also) > 0 {
		t.more.also = nil
		t.tellMore()
	}
}

func (t *table) tellMore() {
	t.Refresh()
	if t.more.onMore != nil {
		t.more.onMore()
	}
}

// toggle selects a row beside the others, or takes it out of them.
func (t *table) toggle(i int) {
	id, was := t.rows[i].id, t.selected
	t.more.anchor = id
	if id != was && !t.more.also[id] {
		t.keep(append(t.chosenRows(), id))
		t.pick(i)
		t.tellMore()
		return
	}
	rest := slices.DeleteFunc(t.chosenRows(), func(other document.ClusterID) bool { return other == id })
	if len(rest) == 0 {
		return // one stays
	}
	t.keep(rest)
	if id == was {
		t.pick(slices.IndexFunc(t.rows, func(r *row) bool { return r.id == rest[len(rest)-1] }))
	}
	t.tellMore()
}

// extend selects all rows from the anchor to a row, or that which is next to
// where it would be, and looks at that.
func (t *table) extend(i int) {
	last := len(t.rows) - 1
	if last < 0 {
		return
	}
	i = max(0, min(i, last))
	from := slices.IndexFunc(t.rows, func(r *row) bool { return r.id == t.more.anchor })
	if from < 0 {
		from = max(0, t.index())
		t.more.anchor = t.rows[from].id
	}
	var ids []document.ClusterID
	for _, r := range t.rows[min(from, i) : max(from, i)+1] {
		ids = append(ids, r.id)
	}
	t.keep(ids)
	t.reveal(i)
	t.pick(i)
	t.tellMore()
}

// keep makes rows those that are selected.
func (t *table) keep(ids []document.ClusterID) {
	t.more.also = map[document.ClusterID]bool{}
	for _, id := range ids {
		t.more.also[id] = true
	}
}

// chosenRows returns the rows that are selected, in the order of the table.
func (t *table) chosenRows() []document.ClusterID {
	var ids []document.ClusterID
	for _, r := range t.rows {
		if t.isSelected(r) {
			ids = append(ids, r.id)
		}
	}
	return ids
}

// Selection returns the placements whose rows are selected, in the order of the
// table: several, or the one that is looked at, or none.
func (r *Results) Selection() []document.ClusterID { return r.table.chosenRows() }

// SelectRows selects some rows; the one that is looked at is the first of them.
func (r *Results) SelectRows(ids []document.ClusterID) {
	if len(ids) == 0 {
		return
	}
	r.table.keep(ids)
	if i := slices.IndexFunc(r.table.rows, func(q *row) bool { return q.id == ids[0] }); i >= 0 {
		r.table.reveal(i)
		r.table.pick(i)
	}
	r.table.tellMore()
}
