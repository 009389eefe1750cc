// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// inputs returns a panel with n structures: c0, b1, a2, c3 …, of 1, 2, … atoms.
func inputs(t *testing.T, n int) *Inputs {
	t.Helper()
	p := NewInputs()
	shown(t, p, 600, 400)
	var s document.State
	for i := range n {
		m := &mol.Structure{Name: fmt.Sprintf("%c%d", "cba"[i%3], i)}
		for range i + 1 {
			m.Atoms = append(m.Atoms, mol.Atom{Name: "CA", Residue: "GLY", Element: mol.Carbon, Chain: "A"})
		}
		s.Structures = append(s.Structures, &document.Structure{ID: i + 1, Model: m, Fit: i%2 == 0})
	}
	p.SetState(s)
	return p
}

func TestInputsSelectSeveral(t *testing.T) {
	const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	type click struct {
		id   int
		held fyne.KeyModifier
	}
	tests := []struct {
		name   string
		clicks []click
		want   []int
	}{
		{"one", []click{{2, 0}}, []int{2}},
		{"another", []click{{2, 0}, {4, 0}}, []int{4}},
		{"with Ctrl", []click{{2, 0}, {4, ctrl}}, []int{2, 4}},
		{"with Ctrl again", []click{{2, 0}, {4, ctrl}, {2, ctrl}}, []int{4}},
		{"with Shift", []click{{2, 0}, {4, shift}}, []int{2, 3, 4}},
		{"with Shift upwards", []click{{4, 0}, {3, shift}}, []int{3, 4}},
		{"Shift from the last without", []click{{1, 0}, {3, ctrl}, {5, shift}}, []int{3, 4, 5}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := inputs(t, 5)
			told := 0
			p.OnSelect = func() { told++ }
			for _, c := range tt.clicks {
				row := newInputRow(p)
				p.updateRow(c.id-1, row)
				row.MouseDown(&desktop.MouseEvent{Modifier: c.held})
				row.Tapped(&fyne.PointEvent{})
			}
			if got := p.Selected(); !slices.Equal(got, tt.want) || told != len(tt.clicks) {
				t.Errorf("%v selected, told %d times; want %v", got, told, tt.want)
			}
		})
	}
	p := inputs(t, 3)
	p.Select(1, 3)
	p.SetState(inputs(t, 2).state)
	if got := p.Selected(); !slices.Equal(got, []int{1}) {
		t.Errorf("%v selected after one was removed, want 1", got)
	}
}

func TestInputsSearchSortAndTickMany(t *testing.T) {
	order := func(p *Inputs) []int { return p.shownIDs(func(*document.Structure) bool { return true }) }
	p := inputs(t, 6)
	if p.tools.box.Visible() {
		t.Error("six structures are searched")
	}
	p = inputs(t, 9)
	if !p.tools.box.Visible() {
		t.Fatal("nine structures are not searched")
	}
	for name, want := range map[string][]int{
		"As opened": {1, 2, 3, 4, 5, 6, 7, 8, 9}, "By name": {3, 6, 9, 2, 5, 8, 1, 4, 7}, "Largest first": {9, 8, 7, 6, 5, 4, 3, 2, 1},
	} {
		if p.tools.order.SetSelected(name); !slices.Equal(order(p), want) {
			t.Errorf("%s: %v, want %v", name, order(p), want)
		}
	}
	p.tools.order.SetSelected("As opened")
	p.tools.search.SetText(" B")
	if got := order(p); !slices.Equal(got, []int{2, 5, 8}) || !strings.Contains(p.count.Text, "3 shown") {
		t.Errorf("%v match b, %q", got, p.count.Text)
	}
	var ticked, removed []int
	p.OnFit = func(ids []int, on bool) { ticked = ids }
	p.OnRemove = func(ids []int) { removed = ids }
	for _, o := range p.tools.box.Objects[1].(*fyne.Container).Objects {
		o.(*widget.Button).OnTapped()
	}
	if !slices.Equal(ticked, []int{5}) || !slices.Equal(removed, []int{5}) { // the last of two ticks: none
		t.Errorf("ticked %v, removed %v of those that are shown, want 5 and 5", ticked, removed)
	}
	p.tools.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(order(p)) != 9 {
		t.Error("Escape does not clear the search")
	}
}

func TestInputsTellHowModelsStand(t *testing.T) {
	right := work.Stand{Resolution: volume.Resolution{Value: 4}}
	right.Score, right.MapCorrelation, right.Inside = 0.4371, 0.4523, 0.99
	wrong, far := right, work.Stand{Outside: 41.2}
	wrong.Score = 0.05
	for _, tt := range []struct {
		name        string
		stand       Stand
		want, brief string // brief as want where it is empty
		colour      widget.Importance
	}{
		{"right", Stand{Stand: right}, "as opened: score 0.437, Map CC 0.452: yes", "as opened: score 0.437, yes", widget.SuccessImportance},
		{"wrong", Stand{Stand: wrong, Moved: true}, "as moved: score 0.050, Map CC 0.452: no, " + wrong.Doubt(4), "as moved: score 0.050, no", widget.LowImportance},
		{"far", Stand{Stand: far}, "as opened: 42 Å outside the map", "", widget.WarningImportance},
		{"empty", Stand{Err: fmt.Errorf("x: %w", fitting.ErrEmpty)}, "as opened: no score: the map has nothing above the level", "", widget.WarningImportance},
		{"fault", Stand{Err: errors.New("no atom takes part")}, "as opened: no score: no atom takes part", "", widget.WarningImportance},
	} {
		p := inputs(t, 2)
		p.SetStands(map[int]Stand{2: tt.stand})
		row := newInputRow(p)
		p.updateRow(1, row)
		if brief := cmp.Or(tt.brief, tt.want); row.stand.Text != brief || row.says != tt.want || row.stand.Importance != tt.colour || p.SaysOf(2) != tt.want || p.SaysOf(1) != "" {
			t.Errorf("%s: %q, in full %q, want %q and %q", tt.name, row.stand.Text, row.says, brief, tt.want)
		}
	}
}

// What is stated of a map is told in place of the estimate.
func TestResolutionIsTold(t *testing.T) {
	p := NewInputs()
	s := library(2)
	s.Map = &document.Map{Name: "m", Grid: &volume.Grid{Size: [3]int{2, 1, 1}, Step: r3.Vec{X: 1, Y: 1, Z: 1}, Data: []float32{0, 1}}}
	p.SetState(s)
	p.SetFacts(&MapFacts{Profile: fitting.NewTarget(s.Map.Grid).Profile(), Resolution: volume.Resolution{Value: 5.8, Rule: "estimated: by hand"}})
	if got := p.describe(); !strings.Contains(got, "resolution 5.8 Å (estimated: by hand)") {
		t.Errorf("%q, want the estimate", got)
	}
	s.Options.Resolution = 11
	if !p.IsOfOther(s.Options) {
		t.Error("another resolution is nothing new")
	}
	p.SetState(s)
	if got := p.describe(); !strings.Contains(got, "resolution 11.0 Å, stated (estimated: 5.8 Å)") {
		t.Errorf("%q, want what is stated", got)
	}
}
