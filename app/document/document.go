// SPDX-License-Identifier: BSD-3-Clause

package document

import "difffit/fitting"

// historyLimit is how many steps can be undone. A step costs little: what it
// points to is shared, and maps with density zeroed are made again.
const historyLimit = 200

// A Document is a State with a history, a selection and those who watch it.
// It belongs to one goroutine.
type Document struct {
	state      State
	undo, redo []entry
	revision   int // of state; each edit has its own
	saved      int // revision that is on disk
	edits      int
	last       IDs // never goes back while the document is open
	selected   ClusterID
	looked     ClusterID // that was selected last, when any was

	watchers  []func(State, Change)
	selection []func(ClusterID)
}

// entry is a state that was, what was done to it, and what was looked at in it.
type entry struct {
	label    string
	state    State
	revision int
	looked   ClusterID
}

// New returns an empty document with default options.
func New() *Document {
	return &Document{state: State{Options: fitting.DefaultOptions()}}
}

// State returns the present state.
func (d *Document) State() State { return d.state.clip() }

// Watch calls f now, as if everything had changed, and after every change of
// the state with the parts that changed. Another session that is put in place
// changes everything (see Replace).
func (d *Document) Watch(f func(State, Change)) {
	d.watchers = append(d.watchers, f)
	f(d.state.clip(), EverythingChanged)
}

// WatchSelection calls f after every change of the selection.
func (d *Document) WatchSelection(f func(ClusterID)) { d.selection = append(d.selection, f) }

// edit applies change as one step of the history. If change returns an error
// the document is as it was.
func (d *Document) edit(label string, change func(*State) error) error {
	s := d.state.clip()
	s.Last = d.last
	if err := change(&s); err != nil {
		return err
	}
	d.last = s.Last
	d.undo = append(d.undo, entry{label, d.state, d.revision, d.looked})
	if len(d.undo) > historyLimit {
		d.undo = append([]entry(nil), d.undo[len(d.undo)-historyLimit:]...)
	}
	d.redo = nil
	d.edits++
	d.set(s, d.edits, Diff(d.state, s))
	return nil
}

// Undo takes the last step back. It returns what was undone, "" if there was nothing.
func (d *Document) Undo() string { return d.step(&d.undo, &d.redo) }

// Redo does again what was undone last. It returns what was done, "" if there was nothing.
func (d *Document) Redo() string { return d.step(&d.redo, &d.undo) }

func (d *Document) step(from, to *[]entry) string {
	n := len(*from)
	if n == 0 {
		return ""
	}
	e := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, entry{e.label, d.state, d.revision, d.looked})
	was := d.selected
	d.set(e.state, e.revision, Diff(d.state, e.state))
	if !was.IsZero() && d.selected.IsZero() { // it went with the step: what it took the place of is looked at again
		d.Select(e.looked)
	}
	return e.label
}

// UndoLabel and RedoLabel tell what would be undone and done again, "" if nothing.
func (d *Document) UndoLabel() string { return label(d.undo) }

// RedoLabel tells what would be done again, "" if nothing.
func (d *Document) RedoLabel() string { return label(d.redo) }

func label(entries []entry) string {
	if len(entries) == 0 {
		return ""
	}
	return entries[len(entries)-1].label
}

// Depth returns how many steps can be undone and done again.
func (d *Document) Depth() (undo, redo int) { return len(d.undo), len(d.redo) }

// Modified tells whether the state differs from the saved one.
func (d *Document) Modified() bool { return d.revision != d.saved }

// Revision numbers the states of this document: equal numbers, equal states.
func (d *Document) Revision() int { return d.revision }

// MarkSaved notes that the state with the given revision is on disk.
func (d *Document) MarkSaved(revision int) { d.saved = revision }

// Replace puts another state in place, with no way back: another session was
// opened. The document then counts as saved. What s refers to must be in it,
// as it is in the state of any document and of any session.
func (d *Document) Replace(s State) {
	s.Last = s.Last.Max(s.Mentioned())
	d.last = s.Last
	d.undo, d.redo = nil, nil
	d.selected = ClusterID{}
	d.edits++
	d.saved = d.edits
	d.set(s, d.edits, EverythingChanged)
	d.tellSelection()
}

func (d *Document) set(s State, revision int, what Change) {
	selected := s.Follow(d.state, d.selected)
	other := selected != d.selected
	d.state, d.revision, d.selected = s.clip(), revision, selected
	for _, f := range d.watchers {
		f(d.state, what)
	}
	if other {
		d.tellSelection()
	}
}

// Select makes id the selected cluster; one that is not there selects none.
// The selection is not part of the history; but where undo takes what is selected
// away, what was selected before is so again.
func (d *Document) Select(id ClusterID) {
	if _, ok := d.state.Cluster(id); !ok {
		id = ClusterID{}
	}
	if id != d.selected {
		d.selected = id
		d.tellSelection()
	}
}

// Selected returns the selected cluster, zero if none is.
func (d *Document) Selected() ClusterID { return d.selected }

func (d *Document) tellSelection() {
	if !d.selected.IsZero() {
		d.looked = d.selected
	}
	for _, f := range d.selection {
		f(d.selected)
	}
}
