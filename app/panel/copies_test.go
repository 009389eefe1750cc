// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/fitting/mol"
)

// complexOf is a state with so many structures, of the first of which some copies
// are expected and some are placed.
func complexOf(structures, copies, placed int) document.State {
	var s document.State
	for id := 1; id <= structures; id++ {
		s.Structures = append(s.Structures, &document.Structure{ID: id, Fit: true, Model: &mol.Structure{Name: "chain"}})
	}
	s.Structures[0].Copies = copies
	for range placed {
		s.Accepted = append(s.Accepted, &document.Accepted{Structure: 1})
	}
	return s
}

func TestCopiesAreShownAndStepped(t *testing.T) {
	tests := []struct {
		name                       string
		structures, copies, placed int
		want                       string
		up, down                   int
	}{
		{"one of several", 3, 0, 0, "0 of 1", 2, document.AnyNumber},
		{"placed", 3, 0, 1, "1 of 1", 2, document.AnyNumber},
		{"more than nobody said", 3, 0, 4, "4 placed", 2, document.AnyNumber},
		{"more than was said", 3, 2, 3, "3 of 2", 3, 1},
		{"alone", 1, 0, 0, "any number", 1, document.AnyNumber},
		{"alone and placed", 1, 0, 3, "3 placed", 4, document.AnyNumber},
		{"any of several", 3, document.AnyNumber, 2, "2 placed", 3, document.AnyNumber},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := complexOf(tt.structures, tt.copies, tt.placed)
			if got := copiesOf(s, 1); got != tt.want {
				t.Errorf("says %q, want %q", got, tt.want)
			}
			if up, down := stepCopies(s, 1, 1), stepCopies(s, 1, -1); up != tt.up || down != tt.down {
				t.Errorf("one more is %d, one less %d, want %d and %d", up, down, tt.up, tt.down)
			}
		})
	}
}

// The copies of a structure are changed in the list of inputs, by mouse and by
// keys.
func TestCopiesAreChangedInTheInputs(t *testing.T) {
	p := NewInputs()
	shown(t, p, 500, 400)
	s := complexOf(2, 0, 0)
	var told []int
	p.OnCopies = func(id, copies int) {
		if id != 1 {
			t.Errorf("of structure %d, want 1", id)
		}
		told = append(told, copies)
		s = complexOf(2, copies, 0)
		p.SetState(s)
	}
	p.SetState(s)
	item := p.list.CreateItem()
	p.list.UpdateItem(0, item)
	counter := item.(*inputRow).copies
	test.NewTempWindow(t, item)
	test.Tap(counter)
	if counter.open == nil {
		t.Fatal("nothing opens")
	}
	open := counter.open
	after := func(want int, text string) {
		t.Helper()
		p.list.UpdateItem(0, item)
		if len(told) == 0 || told[len(told)-1] != want || counter.Text != text {
			t.Errorf("told %v, says %q, want %d and %q", told, counter.Text, want, text)
		}
	}
	test.Tap(open.more)
	after(2, "0 of 2")
	test.Tap(open.less)
	after(1, "0 of 1")
	test.Tap(open.every)
	after(document.AnyNumber, "any number")
	open.number.SetText("14")
	open.number.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	after(14, "0 of 14")
	n := len(told)
	open.number.SetText("many")
	open.number.done()
	if len(told) != n || open.number.Text != "14" {
		t.Errorf("a word was taken for a number: told %v, shows %q", told, open.number.Text)
	}
	test.Tap(counter)
	counter.open.number.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if counter.open.popUp.Visible() {
		t.Error("Escape does not shut it")
	}
}
