// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/view/palette"
)

// notes are what swatches and eyes ask for.
type notes []string

func (n *notes) deeds() SeenDeeds {
	tell := func(what string) func(int) {
		return func(id int) { *n = append(*n, fmt.Sprintf("%s %d", what, id)) }
	}
	return SeenDeeds{tell("colour"), tell("see"), tell("see accepted")}
}

// seenLibrary is a library of two structures of which a copy of the first is
// accepted and hidden.
func seenLibrary() (document.State, Seen) {
	s := library(2)
	s.Accepted = []*document.Accepted{{ID: 5, Cluster: document.ClusterID{Round: 1, Structure: 1, Rank: 1}, Structure: 1, Copy: 2}}
	s.Structures[1].Color = color.NRGBA{1, 2, 3, 255}
	return s, Seen{palette.Of(s), map[int]bool{2: true}, map[int]bool{5: true}}
}

func TestInputsHaveSwatchesAndEyes(t *testing.T) {
	s, seen := seenLibrary()
	p := NewInputs()
	shown(t, p, 600, 300)
	var told notes
	p.SeenDeeds = told.deeds()
	p.SetState(s)
	p.SetSeen(seen)
	row := newInputRow(p)
	p.updateRow(1, row)
	colour, see := row.color, row.see
	if colour.fill.FillColor != (color.NRGBA{1, 2, 3, 255}) || see.Icon.Name() != theme.VisibilityOffIcon().Name() {
		t.Errorf("swatch %v, eye %s", colour.fill.FillColor, see.Icon.Name())
	}
	test.Tap(colour)
	test.Tap(see)
	if !slices.Equal(told, notes{"colour 2", "see 2"}) {
		t.Errorf("told %q", told)
	}
}

func TestTreeHasSwatchesAndEyes(t *testing.T) {
	s, seen := seenLibrary()
	p := NewCompose()
	shown(t, p, 620, 320)
	var told notes
	p.SeenDeeds = told.deeds()
	p.SetState(s)
	p.SetSeen(seen)
	for _, tt := range []struct {
		node   Node
		colour color.NRGBA
		hidden bool
	}{
		{Node{StructureNode, 1}, palette.Base(1), false},
		{Node{StructureNode, 2}, color.NRGBA{1, 2, 3, 255}, true},
		{Node{AcceptedNode, 5}, seen.Colours.Accepted(s.Accepted[0]), true},
	} {
		r := newNodeRow()
		p.update(tt.node.String(), r)
		if r.color.Hidden || r.color.fill.FillColor != tt.colour || (r.see.Icon.Name() == theme.VisibilityOffIcon().Name()) != tt.hidden {
			t.Errorf("%v: swatch %v, want %v; eye %s", tt.node, r.color.fill.FillColor, tt.colour, r.see.Icon.Name())
		}
		test.Tap(r.color)
		test.Tap(r.see)
	}
	r := newNodeRow()
	p.update(Node{RoundNode, 1}.String(), r)
	if !r.color.Hidden || !r.see.Hidden {
		t.Error("a round has a swatch or an eye")
	}
	if want := (notes{"colour 1", "see 1", "colour 2", "see 2", "colour 1", "see accepted 5"}); !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

// A press on the swatch of a row asks for a colour, one on the eye of an accepted
// placement hides it, and neither selects the row; beside them it does.
func TestRowsHaveSwatchesAndEyes(t *testing.T) {
	s, seen := seenLibrary()
	r := NewResults()
	shown(t, r, 900, 400)
	var told notes
	r.OnSelect = func(id document.ClusterID) { told = append(told, fmt.Sprintf("select %d", id.Structure)) }
	r.SetSeen(seen, told.deeds())
	r.SetState(s)
	tb := r.table
	at := slices.IndexFunc(tb.shown, func(c *column) bool { return c.name == structureColumn })
	row := slices.IndexFunc(tb.rows, func(r *row) bool { return r.accepted })
	if at < 0 || row < 0 {
		t.Fatalf("column %d, row %d", at, row)
	}
	cell := newCell(tb)
	cell.Resize(fyne.NewSize(200, 24))
	tb.updateCell(widget.TableCellID{Row: row, Col: at}, cell)
	if cell.seen == nil || cell.seen.swatch.FillColor != seen.Colours.Accepted(s.Accepted[0]) || cell.seen.eye.Hidden {
		t.Fatalf("no swatch, or no eye: %+v", cell.seen)
	}
	again := *tb.rows[row] // found by another round, in the same place
	again.id.Round, again.accepted = 7, false
	if got := tb.colourOf(&again); got != seen.Colours.Accepted(s.Accepted[0]) {
		t.Errorf("the same place of another round has the swatch %v", got)
	}
	q, c := tb.rows[row], tb.shown[at]
	left := cellPad + tb.foldRoom(q, c)
	for _, tt := range []struct {
		name string
		x    float32
		is   bool
	}{{"swatch", left + 4, true}, {"eye", left + cellSwatch + cellGap + 4, true}, {"name", left + 60, false}} {
		if got := tb.tapSeen(q, c, tt.x); got != tt.is {
			t.Errorf("%s: taken %t, want %t", tt.name, got, tt.is)
		}
	}
	if want := (notes{"colour 1", "see accepted 5"}); !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}
