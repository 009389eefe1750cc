// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"difffit/app/document"
)

// Several rows are selected as in file managers; one of them is looked at.
func TestSeveralRowsAreSelected(t *testing.T) {
	const shift, ctrl = fyne.KeyModifierShift, fyne.KeyModifierShortcutDefault
	type click struct {
		row  int
		held fyne.KeyModifier
	}
	down := func(t *table) { t.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) }
	tests := []struct {
		name   string
		clicks []click
		then   func(t *table)
		want   []int // rows
		looked int
	}{
		{"one", []click{{2, 0}}, nil, []int{2}, 2},
		{"another alone", []click{{2, 0}, {4, ctrl}, {3, 0}}, nil, []int{3}, 3},
		{"one beside", []click{{2, 0}, {5, ctrl}, {0, ctrl}}, nil, []int{0, 2, 5}, 0},
		{"one taken out", []click{{2, 0}, {5, ctrl}, {2, ctrl}}, nil, []int{5}, 5},
		{"that which is looked at taken out", []click{{2, 0}, {5, ctrl}, {5, ctrl}}, nil, []int{2}, 2},
		{"the last one stays", []click{{2, 0}, {2, ctrl}}, nil, []int{2}, 2},
		{"up to", []click{{2, 0}, {5, shift}}, nil, []int{2, 3, 4, 5}, 5},
		{"from the same place", []click{{4, 0}, {6, shift}, {2, shift}}, nil, []int{2, 3, 4}, 2},
		{"from the one beside", []click{{0, 0}, {3, ctrl}, {5, shift}}, nil, []int{3, 4, 5}, 5},
		{"a key alone", []click{{2, 0}, {5, shift}}, down, []int{6}, 6},
		{"a key with Shift", []click{{2, 0}}, func(t *table) {
			t.modifiers = func() fyne.KeyModifier { return shift }
			down(t)
			down(t)
		}, []int{2, 3, 4}, 4},
		{"another is shown", []click{{2, 0}, {5, shift}}, nil, []int{1}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewResults()
			shown(t, r, 760, 400)
			r.SetState(library(5))
			r.OnSelect = r.SetSelected // as the window does
			told := 0
			r.OnMore = func() { told++ }
			var held fyne.KeyModifier
			r.table.modifiers = func() fyne.KeyModifier { return held }
			for _, c := range tt.clicks {
				held = c.held
				r.table.take(c.row)
			}
			held = 0
			if tt.then != nil {
				tt.then(r.table)
			}
			if tt.name == "another is shown" {
				r.SetSelected(r.table.rows[1].id)
			}
			var want []document.ClusterID
			for _, i := range tt.want {
				want = append(want, r.table.rows[i].id)
			}
			if got := r.Selection(); !slices.Equal(got, want) || r.table.selected != r.table.rows[tt.looked].id {
				t.Errorf("selected are %v, looked at is %v, want %v and row %d", got, r.table.selected, want, tt.looked)
			}
			if len(tt.want) > 1 && told == 0 {
				t.Error("nobody was told")
			}
		})
	}
}

// Clicks of the real mouse come by Tapped: Shift selects all between, the right
// button keeps them, and a click alone selects one.
func TestClicksSelectRows(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(library(5))
	r.OnSelect = r.SetSelected // as the window does
	var held fyne.KeyModifier
	r.table.modifiers = func() fyne.KeyModifier { return held }
	at := func(i int) *fyne.PointEvent {
		return &fyne.PointEvent{Position: fyne.NewPos(r.table.offset(2)-20, 26+24*float32(i)+12)}
	}
	r.table.Tapped(at(0))
	held = fyne.KeyModifierShift
	r.table.Tapped(at(2))
	held = 0
	if n := len(r.Selection()); n != 3 {
		t.Fatalf("a click on row 1 and one with Shift on row 3 select %d rows, want 3", n)
	}
	r.table.TappedSecondary(at(1))
	if n := len(r.Selection()); n != 3 {
		t.Errorf("after the right button on one of three there are %d, want all", n)
	}
	r.table.TappedSecondary(at(4))
	if n := len(r.Selection()); n != 1 || r.table.index() < 3 {
		t.Errorf("the right button elsewhere selects %d rows and looks at row %d, want another one alone", n, r.table.index()+1)
	}
}
