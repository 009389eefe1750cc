// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/session"
	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/io/mrc"
	"difffit/io/pdb"
	"difffit/render"
)

// standing is a bench with a map of one molecule, which is opened 1.5 Å beside
// its place, and again 300 Å away from the map.
func standing(t *testing.T) (b *bench, home geom.Rigid) {
	t.Helper()
	b = newBench(t, cpu.New())
	m := enginetest.Molecule(3, 250, r3.Vec{X: 30, Y: 30, Z: 30})
	g := enginetest.Map(t, m, geom.Identity())
	b.must(mrc.WriteFile(b.path0("real.mrc"), g, mrc.WriteOptions{}))
	write := func(name string, by r3.Vec) {
		moved := m.Moved(func(p r3.Vec) r3.Vec { return r3.Add(p, by) })
		moved.Name = name
		b.must(pdb.WriteFile(b.path0(name+".pdb"), moved, pdb.EncodeOptions{}))
	}
	by := r3.Vec{X: 1.2, Y: -0.9}
	write("near", by)
	write("far", r3.Vec{X: 300})
	b.files.Dropped([]string{b.path0("real.mrc"), b.path0("near.pdb"), b.path0("far.pdb")})
	b.idle()
	return b, geom.Rigid{Rotation: geom.Identity().Rotation, Shift: r3.Scale(-1, by)}
}

// drawn returns what is drawn of a structure.
func (b *bench) drawn(id int) []render.Molecule {
	var list []render.Molecule
	for _, m := range b.stage.View.Scene().Molecules {
		if m.ID == id {
			list = append(list, m)
		}
	}
	return list
}

func TestStructuresAreSeenWhereTheyStand(t *testing.T) {
	b, _ := standing(t)
	near, far := b.drawn(1), b.drawn(2)
	if len(near) != 1 || len(far) != 1 || near[0].Motions[0] != geom.Identity() || near[0].Aside || !far[0].Aside {
		t.Fatalf("drawn %+v and %+v, want both where they are, the far one aside", near, far)
	}
	if c := b.stage.View.Camera(); r3.Norm(r3.Sub(c.Target, r3.Vec{X: 30, Y: 30, Z: 30})) > 20 {
		t.Errorf("the picture looks at %v, want at the map", c.Target)
	}
	in := b.files.Inputs
	if text := in.SaysOf(1); !strings.HasPrefix(text, "as opened: score 0.") || !strings.Contains(text, "Map CC 0.") {
		t.Errorf("the row says %q", text)
	}
	if text := in.SaysOf(2); !strings.Contains(text, "Å outside the map") || !strings.Contains(b.Status.Text, "far lies ") {
		t.Errorf("the row says %q, the status line %q", text, b.Status.Text)
	}
	b.stage.View.Jump = true
	in.OnShow(2)
	if c := b.stage.View.Camera(); c.Target.X < 250 {
		t.Errorf("the picture looks at %v, want at the far structure", c.Target)
	}
}

func TestFitInMapFromWhereItStands(t *testing.T) {
	b, home := standing(t)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF9})
	if b.Busy() || !strings.Contains(b.Status.Text, "select structures") {
		t.Errorf("without a selection of two structures: %q", b.Status.Text)
	}
	b.files.Inputs.Select(1)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF9})
	b.idle()
	s := b.Doc.State()
	if len(s.Rounds) != 1 || !s.Rounds[0].IsLocal() {
		t.Fatalf("%d rounds; status %q", len(s.Rounds), b.Status.Text)
	}
	c := s.Rounds[0].Fits[0].Result.Clusters[0]
	shape := mol.Moments(s.Structures[0].Model.Atoms)
	if off := shape.RMSD(c.Motion, home); off > 0.5 || c.Score < 0.8 {
		t.Errorf("%.2f Å from its place, score %.3f", off, c.Score)
	}
	if b.Doc.Selected() != (document.ClusterID{Round: 1, Structure: 1, Rank: 1}) || s.Structures[0].Stands() != c.Motion {
		t.Errorf("selected %v, stands at %v", b.Doc.Selected(), s.Structures[0].Stands())
	}
	if m := b.drawn(1); len(m) != 1 || m[0].Motions[0] != c.Motion {
		t.Errorf("drawn %d times, want once, where it was fitted to", len(m))
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF9})
	b.idle()
	if len(b.Doc.State().Rounds) != 1 || !strings.Contains(b.Status.Text, "nothing changed") {
		t.Errorf("again: %d rounds, %q", len(b.Doc.State().Rounds), b.Status.Text)
	}
	b.table.Accept()
	if b.Doc.State().AcceptedFrom(b.Doc.Selected()) == nil {
		t.Errorf("it cannot be accepted: %q", b.Status.Text)
	}
	b.files.Inputs.Select(2)
	b.models.FitInMap()
	b.idle()
	if !strings.Contains(b.said(), "Å outside the map") || len(b.Doc.State().Rounds) != 1 {
		t.Errorf("outside the map: %q", b.said())
	}
	b.Escape()
	for b.Doc.Undo() == "Accept near copy 1" {
	}
	if q := b.Doc.State().Structures[0]; q.IsMoved() {
		t.Error("undo does not put it back")
	}
}

// One movement of the mouse is one step; a placement that is moved is left as it
// was found, and its structure goes with the mouse.
// A model is in the picture whatever is undone and done again, also where a search
// has placed it before.
func TestModelsStayThroughUndo(t *testing.T) {
	b, _ := standing(t)
	b.must(b.Doc.SetFits(false, 2))
	seen := func(when string) {
		t.Helper()
		b.idle()
		if len(b.drawn(1)) == 0 {
			t.Errorf("%s the model is gone; selected is %v", when, b.Doc.Selected())
		}
	}
	test.Tap(b.tools.fit)
	seen("after a search")
	searched := b.Doc.Selected()
	b.must(b.Doc.Move(document.Standing{Structure: 1, Motion: geom.Rigid{Rotation: geom.Identity().Rotation, Shift: r3.Vec{X: 1}}}))
	b.files.Inputs.Select(1)
	b.models.FitInMap()
	seen("after Fit in map")
	b.files.Inputs.Select()
	for range 3 {
		b.undo()
		seen("after undo")
		if b.Doc.Selected() != searched {
			t.Errorf("selected is %v, want %v as before", b.Doc.Selected(), searched)
		}
		b.redo()
		seen("after redo")
	}
	for range 4 {
		b.undo()
		seen("after all is undone")
	}
}

func TestModelsAreMoved(t *testing.T) {
	b, _ := standing(t)
	v := b.stage.View
	b.files.Inputs.Select(1)
	steps, _ := b.Doc.Depth()
	v.Mover.Move(r3.Vec{X: 2}, r3.Vec{})
	v.Mover.Move(r3.Vec{X: 1}, r3.Vec{Z: 0.1})
	if n, _ := b.Doc.Depth(); n != steps || b.drawn(1)[0].Motions[0] == geom.Identity() {
		t.Error("the movement is not only shown")
	}
	v.Mover.Moved()
	b.idle()
	q := b.Doc.State().Structures[0]
	center := q.Center(mol.AllAtoms)
	if n, _ := b.Doc.Depth(); n != steps+1 || math.Abs(r3.Norm(r3.Sub(q.Stands().Apply(center), center))-3) > 1e-6 {
		t.Errorf("%d steps; the centre went by %v", n-steps, r3.Sub(q.Stands().Apply(center), center))
	}
	if !strings.HasPrefix(b.files.Inputs.SaysOf(1), "as moved: score") {
		t.Errorf("the row says %q", b.files.Inputs.SaysOf(1))
	}
	b.undo()
	b.idle()
	if b.Doc.State().Structures[0].IsMoved() || b.drawn(1)[0].Motions[0] != geom.Identity() {
		t.Error("undo does not put it back")
	}
	b.models.FitInMap()
	b.idle()
	found := b.Doc.Selected()
	b.models.SetMoving(true)
	if !v.Moving || found.IsZero() {
		t.Fatal("nothing is moved")
	}
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	b.idle()
	c, ok := b.Doc.State().Cluster(found)
	at := b.Doc.State().Structures[0].Stands()
	if !ok || math.Abs(r3.Norm(r3.Sub(at.Apply(center), c.Motion.Apply(center)))-1) > 1e-6 || !b.Doc.Selected().IsZero() {
		t.Errorf("the placement is at %v, the structure stands at %v, want 1 Å from it", c.Motion, at)
	}
	if len(b.drawn(1)) != 1 {
		t.Errorf("drawn %d times, want once", len(b.drawn(1)))
	}
	b.files.Inputs.Select(2)
	b.models.MoveHere()
	b.idle()
	if far := b.Doc.State().Structures[1]; r3.Norm(r3.Sub(far.Stands().Apply(far.Center(mol.AllAtoms)), v.Camera().Target)) > 1e-6 {
		t.Error("it is not at the centre of view")
	}
	b.must(b.Doc.Move(document.Standing{Structure: 1, Motion: at}))
	path := b.path0("moved" + session.Ending)
	b.must(session.Save(path, b.Doc.State(), "test"))
	s, err := session.Open(context.Background(), path, b.files.Reader())
	b.must(err)
	if s.Structures[0].Stands() != at || !s.Rounds[0].IsLocal() {
		t.Errorf("a session has it at %v, want %v", s.Structures[0].Stands(), at)
	}
}

// What stands somewhere is not shown besides its placements, unless it is asked
// for, and not in libraries.
func TestModelsThatWerePlaced(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	if n := len(b.drawn(1)); n != 1 {
		t.Errorf("drawn %d times after a search, want as its placement", n)
	}
	b.Doc.Select(document.ClusterID{})
	if n := len(b.drawn(1)); n != 0 {
		t.Errorf("drawn %d times without a selection after a search, want none", n)
	}
	b.files.Inputs.Select(1)
	b.files.Inputs.OnSelect()
	if m := b.drawn(1); len(m) != 1 || m[0].Motions[0] != geom.Identity() || m[0].Transparency != 0 {
		t.Errorf("asked for: %+v", m)
	}
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 1})
	if len(b.files.Inputs.Selected()) != 0 {
		t.Error("a row of the table and one of the list are selected")
	}
	b.models.ToggleHidden()
	b.must(b.Doc.RemoveRound(1))
	b.idle()
	if n := len(b.drawn(1)); n != 0 {
		t.Errorf("hidden, it is drawn %d times", n)
	}
}

func TestSplitInTheWindow(t *testing.T) {
	b := newBench(t, &planned{})
	m := &mol.Structure{Name: "pair"}
	for k := range 8 {
		m.Atoms = append(m.Atoms, mol.Atom{Pos: r3.Vec{X: 1.5 * float64(k)}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "AB"[k/4 : k/4+1], Seq: k + 1, Occupancy: 1})
	}
	b.must(pdb.WriteFile(b.path0("pair.pdb"), m, pdb.EncodeOptions{}))
	b.files.Dropped([]string{b.path0("density.mrc"), b.path0("pair.pdb")})
	b.idle()
	b.models.Split()
	b.idle()
	if s := b.Doc.State(); len(s.Structures) != 2 || s.Name(2) != "pair_A" || len(b.files.Inputs.Selected()) != 2 || !strings.Contains(b.Status.Text, "pair split into 2 chains") {
		t.Errorf("%d structures; %q", len(s.Structures), b.Status.Text)
	}
	b.undo()
	if len(b.Doc.State().Structures) != 1 || len(b.files.Inputs.Selected()) != 0 {
		t.Error("undo does not put them together")
	}
	b.models.Split()
	b.files.Inputs.OnRemove([]int{4, 5})
	if len(b.Doc.State().Structures) != 0 {
		t.Errorf("%d structures are left", len(b.Doc.State().Structures))
	}
}

// A copy that is accepted, moved and fitted again is one copy: it goes back to where
// it is, or is put at the better place, and never counts twice.
func TestAcceptedCopyIsMovedAndFittedAgain(t *testing.T) {
	b, _ := standing(t)
	b.must(b.Doc.RemoveStructures(2))
	b.idle()
	b.models.FitInMap()
	b.idle()
	b.table.Accept()
	first := b.Doc.Selected()
	away := func() {
		b.stage.View.Mover.Move(r3.Vec{X: 0.8}, r3.Vec{})
		b.stage.View.Mover.Moved()
		b.idle()
	}
	away()
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF9})
	b.idle()
	if s := b.Doc.State(); len(s.Rounds) != 1 || len(s.Accepted) != 1 || b.Doc.Selected() != first || !strings.Contains(b.Status.Text, "went back") {
		t.Fatalf("%d rounds, %d accepted, selected %v, %q", len(s.Rounds), len(s.Accepted), b.Doc.Selected(), b.Status.Text)
	}
	if m := b.drawn(1); len(m) != 1 {
		t.Errorf("drawn %d times", len(m))
	}
	// Another fit in map ends a little to the side.
	was := b.Doc.State().Accepted[0]
	f := b.Doc.State().Rounds[0].Fits[0]
	c := f.Result.Clusters[0]
	c.Motion.Shift.X += 0.7
	result := *f.Result
	result.Clusters, result.Placements = []fitting.Cluster{c}, []fitting.Placement{c.Placement}
	f.Result = &result
	_, err := b.Doc.Apply(document.Outcome{From: b.Doc.State(), Found: &document.Found{Fits: []document.Fit{f}}})
	b.must(err)
	b.Doc.Select(document.ClusterID{Round: 2, Structure: 1, Rank: 1})
	b.idle()
	if b.menus.accept.Disabled {
		t.Error("Accept is off")
	}
	b.typed(fyne.KeySpace, 0)
	s := b.Doc.State()
	if len(s.Accepted) != 1 || s.Accepted[0].ID != was.ID || s.Accepted[0].Copy != was.Copy || s.Accepted[0].Placement.Motion != c.Motion || !strings.Contains(b.Status.Text, "near copy 1 is now at") {
		t.Errorf("%d accepted, %q", len(s.Accepted), b.Status.Text)
	}
}
