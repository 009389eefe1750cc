// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view/palette"
	"difffit/app/viewport"
	"difffit/fitting/mol"
	"difffit/render"
)

func alpha(rank int) document.ClusterID {
	return document.ClusterID{Round: 1, Structure: 1, Rank: rank}
}

// pinned returns a window with some clusters of alpha pinned.
func pinned(t *testing.T, ranks ...int) *bench {
	b := newBench(t, &planned{many: 9})
	b.fitted()
	for _, r := range ranks {
		b.Doc.Select(alpha(r))
		b.key(fyne.KeyP)
	}
	return b
}

func TestPinsInOneView(t *testing.T) {
	b := pinned(t, 1, 3, 2)
	if got := b.Doc.State().Pins(); !slices.Equal(got, []document.ClusterID{alpha(1), alpha(3), alpha(2)}) {
		t.Fatalf("pinned %v", got)
	}
	if n := len(b.stage.View.Scene().Molecules); n != 1 {
		t.Errorf("%d molecules while one is shown at a time", n)
	}
	b.key(fyne.KeyV)
	m := b.stage.View.Scene().Molecules
	if len(m) != 3 {
		t.Fatalf("%d molecules in one view, want 3", len(m))
	}
	for i, rank := range []int{1, 3, 2} {
		c, _ := b.Doc.State().Cluster(alpha(rank))
		if m[i].Color != panel.PinColour(i) || m[i].Motions[0] != c.Motion || m[i].Coloring != render.Uniform {
			t.Errorf("pin %d: colour %v at %v", i, m[i].Color, m[i].Motions)
		}
	}
	b.Doc.Select(alpha(5)) // not pinned: it is seen with them, with a line around it
	if m := b.stage.View.Scene().Molecules; len(m) != 4 || !m[0].Outlined || m[1].Outlined {
		t.Errorf("%d molecules", len(m))
	}
	b.key(fyne.KeyP)
	b.undo()
	if n := len(b.Doc.State().Pins()); n != 3 {
		t.Errorf("%d pinned after undo", n)
	}
	b.table.UnpinAll()
	b.idle()
	if n := len(b.stage.View.Scene().Molecules); n != 1 {
		t.Errorf("%d molecules when all are unpinned", n)
	}
}

func TestPinsSideBySideTurnTogether(t *testing.T) {
	b := pinned(t, 1, 2, 3)
	made := 0
	b.stage.NewView = func() *viewport.Viewport {
		made++
		return viewport.NewFrom(nil)
	}
	b.table.SetMode(panel.SideBySide)
	cells := b.table.Seen().Pictures
	if len(cells) != 3 || made != 2 || cells[0].View != b.stage.View {
		t.Fatalf("%d pictures, %d made", len(cells), made)
	}
	for i, q := range cells {
		c, _ := b.Doc.State().Cluster(alpha(i + 1))
		if m := q.View.Scene().Molecules; len(m) != 1 || m[0].Motions[0] != c.Motion || m[0].Color != panel.PinColour(i) {
			t.Errorf("picture %d shows %v", i, m)
		}
		if len(q.View.Scene().Volumes) == 0 {
			t.Errorf("picture %d has no map", i)
		}
		if !q.Object.Visible() || !strings.Contains(q.Caption, "alpha placement ") {
			t.Errorf("picture %d: hidden %t, caption %q", i, !q.Object.Visible(), q.Caption)
		}
	}
	for i, from := range cells {
		from.View.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		for k, to := range cells {
			if to.View.Camera() != from.View.Camera() {
				t.Errorf("turning picture %d leaves %d", i, k)
			}
		}
	}
	cells[2].View.OnPick(render.Hit{IsAtom: true, Molecule: 0, ID: 1, Atom: 0}, true)
	if b.Doc.Selected() != alpha(3) {
		t.Errorf("a click in the third picture selects %v", b.Doc.Selected())
	}
	b.key(fyne.KeyP) // unpins it
	b.idle()
	if cells[2].Object.Visible() || !cells[1].Object.Visible() {
		t.Error("the picture of an unpinned placement stays")
	}
	b.key(fyne.KeyV)
	if cells[1].Object.Visible() || b.table.Seen().Pictures[0].Caption != "" || made != 2 {
		t.Errorf("one at a time: hidden %t, %d made", !cells[1].Object.Visible(), made)
	}
	camera := cells[1].View.Camera()
	b.stage.View.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if cells[1].View.Camera() != camera {
		t.Error("a hidden picture turns")
	}
}

// What is accepted is seen beside each of the pinned placements, as it is in
// the single view.
func TestPinsSideBySideShowWhatIsAccepted(t *testing.T) {
	b := pinned(t, 1, 2)
	for _, rank := range []int{2, 7} {
		b.Doc.Select(alpha(rank))
		b.table.Accept()
		b.idle()
	}
	if n := len(b.stage.View.Scene().Molecules); n != 2 {
		t.Fatalf("%d molecules in the single view, want 2", n)
	}
	b.table.SetMode(panel.SideBySide)
	for _, selected := range []int{7, 5, 2} { // accepted; neither pinned nor accepted; both
		b.Doc.Select(alpha(selected))
		for i, want := range [][]int{{2, 7, 1}, {7, 2}} { // the pin is the last
			m := b.table.Seen().Pictures[i].View.Scene().Molecules
			if len(m) != len(want) {
				t.Fatalf("%d selected, picture %d: %d molecules, want %d", selected, i, len(m), len(want))
			}
			for k, rank := range want {
				c, _ := b.Doc.State().Cluster(alpha(rank))
				colour := panel.PinColour(i)
				if k < len(want)-1 {
					colour = palette.Of(b.Doc.State()).Accepted(b.Doc.State().AcceptedFrom(alpha(rank)))
				}
				if m[k].Motions[0] != c.Motion || m[k].Color != colour {
					t.Errorf("%d selected, picture %d, molecule %d: not rank %d in %v", selected, i, k, rank, colour)
				}
			}
		}
	}
}

func TestFlickerStandsStill(t *testing.T) {
	b := newBench(t, &planned{many: 9})
	b.fitted()
	b.key(fyne.KeyB)
	if !strings.Contains(b.Status.Text, "Pin two") {
		t.Errorf("with one placement: %q", b.Status.Text)
	}
	b.Doc.Select(alpha(4))
	camera := b.stage.View.Camera()
	b.key(fyne.KeyB)
	if b.Doc.Selected() != alpha(1) {
		t.Errorf("back to %v, want the one before", b.Doc.Selected())
	}
	b.key(fyne.KeyB)
	if b.Doc.Selected() != alpha(4) || b.stage.View.Camera() != camera {
		t.Errorf("forth to %v, camera moved: %t", b.Doc.Selected(), b.stage.View.Camera() != camera)
	}
	b = pinned(t, 2, 7)
	b.Doc.Select(alpha(5))
	b.table.SetMode(panel.SideBySide)
	var seen []int
	for range 4 {
		b.key(fyne.KeyB)
		seen = append(seen, b.Doc.Selected().Rank)
	}
	if !slices.Equal(seen, []int{2, 7, 2, 7}) || b.table.Mode() != panel.OneAtATime {
		t.Errorf("flickers through %v in mode %d", seen, b.table.Mode())
	}
}

func TestCloudOfPlacements(t *testing.T) {
	b := newBench(t, &planned{many: 9})
	b.fitted()
	b.Doc.Select(alpha(2))
	base := len(b.stage.View.Scene().Molecules)
	b.table.SetCloud(panel.Cloud{Scope: panel.WholeFit, Metric: "score", Contrast: 3})
	m := b.stage.View.Scene().Molecules
	best, _ := b.Doc.State().Cluster(alpha(2))
	if halo := m[base]; m[base-1].Transparency != 0.7 || halo.Color != palette.Highlight || halo.Radius <= m[base+1].Radius ||
		halo.Structure.Atoms[0].Pos != best.Motion.Apply(mol.Center(b.Doc.State().Structure(1).Model.Atoms)) {
		t.Errorf("the representative is not marked: %+v", halo)
	}
	points, last := 0, -1.0
	for _, m := range m[base+1:] {
		points += len(m.Structure.Atoms)
		if m.Coloring != render.ByValue || len(m.Values.Of) != len(m.Structure.Atoms) || m.ID >= 0 {
			t.Errorf("molecule %d: coloured %v by %d values", m.ID, m.Coloring, len(m.Values.Of))
		}
		if m.Style != render.Points || math.Abs(m.Radius-largest(b)/60) > 1e-9 {
			t.Errorf("style %d, %g Å: not to be seen at the usual zoom", m.Style, m.Radius)
		}
		if v := m.Values.Of[0]; v <= last {
			t.Errorf("the best is not drawn last: %g after %g", v, last)
		} else {
			last = v
		}
	}
	if points != 9 {
		t.Errorf("%d points", points)
	}
	if first := m[len(m)-1]; first.Transparency != 0.02 || first.Values.Of[0] != 0.9 {
		t.Errorf("the best: transparency %g, score %g", first.Transparency, first.Values.Of[0])
	}
	b.stage.View.OnPick(render.Hit{IsAtom: true, ID: m[base].ID, Molecule: base, Atom: 0}, true)
	if b.Doc.Selected() != alpha(2) {
		t.Errorf("a click on the halo selects %v", b.Doc.Selected())
	}
	b.stage.View.OnPick(render.Hit{IsAtom: true, ID: m[base+1].ID, Molecule: base + 1, Atom: 0}, true)
	if r := b.Doc.Selected().Rank; r < 6 {
		t.Errorf("a click on a faint point selects rank %d", r)
	}
	b.Doc.Select(alpha(2))
	must := b.Doc.SetTolerance(3.5, 6) // ranks 1 to 4 are one cluster
	if must != nil {
		t.Fatal(must)
	}
	b.table.SetCloud(panel.Cloud{Scope: panel.Members, Metric: "score", Contrast: 0})
	points = 0
	for _, m := range b.stage.View.Scene().Molecules[2:] { // after the placement and the halo
		points += len(m.Structure.Atoms)
	}
	if points != 4 {
		t.Errorf("%d members, want 4", points)
	}
	if want := "30 starts at 4 distinct places"; b.table.Seen().Words != want { // 9 + 8 + 7 + 6
		t.Errorf("says %q, want %q", b.table.Seen().Words, want)
	}
	if l := b.stage.Legend.State(); len(l) < 2 || l[len(l)-1].Title != b.table.Seen().Words || !l[len(l)-2].Ramp {
		t.Errorf("legend %+v", l)
	}
	b.key(fyne.KeyC)
	b.key(fyne.KeyC)
	if n := len(b.stage.View.Scene().Molecules); n != 1 || b.table.Cloud().Scope != panel.NoCloud {
		t.Errorf("no cloud: %d molecules", n)
	}
}

// largest returns the longest edge of the map.
func largest(b *bench) float64 {
	e := b.Doc.State().Map.Grid.Extent()
	return max(e.X, e.Y, e.Z)
}

func TestPathOfAStart(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	end := b.stage.View.Scene().Molecules[0].Motions[0]
	b.key(fyne.KeyT)
	b.idle()
	if len(b.table.Seen().Paths) != 2 || b.Tabs.Selected().Content != b.table.PathPanel() || !strings.Contains(b.Status.Text, "2 starts came to alpha") {
		t.Fatalf("%d ways; status %q", len(b.table.Seen().Paths), b.Status.Text)
	}
	b.table.PathPanel().OnPlay()
	for step, x := range []float64{-20, -10, 0} {
		b.table.PathPanel().OnStep(step)
		m := b.stage.View.Scene().Molecules
		if d := m[0].Motions[0].Shift.X - end.Shift.X; math.Abs(d-x) > 1e-9 {
			t.Errorf("step %d: %g Å from the end, want %g", step, d, x)
		}
		if trail := m[len(m)-1]; len(trail.Structure.Atoms) != 3 || trail.Values.Of[step] != 0.3*float64(step) {
			t.Errorf("the trail has %d points", len(trail.Structure.Atoms))
		}
	}
	b.table.PathPanel().OnTrajectory(1)
	if b.table.Seen().Path != 1 || b.table.Seen().Step != 0 {
		t.Errorf("way %d, step %d", b.table.Seen().Path, b.table.Seen().Step)
	}
	b.key(fyne.KeyT)
	if m := b.stage.View.Scene().Molecules; b.table.Seen().Paths != nil || len(m) != 1 || m[0].Motions[0] != end {
		t.Error("T again does not go back to the placement")
	}
	b.key(fyne.KeyT)
	b.idle()
	b.Doc.Select(alpha(2))
	if b.table.Seen().Paths != nil || len(b.stage.View.Scene().Molecules) != 1 {
		t.Error("the path of another placement stays")
	}
}
