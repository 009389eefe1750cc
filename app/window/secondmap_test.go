// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/view"
	"difffit/app/window/stage"
	"difffit/fitting/volume"
	"difffit/io/mrc"
	"difffit/render"
)

// copyOf writes the map of a bench once more, under another name.
func (b *bench) copyOf(name string) string {
	b.t.Helper()
	data, err := os.ReadFile(b.path0("density.mrc"))
	b.must(err)
	b.must(os.WriteFile(b.path0(name), data, 0o600))
	return b.path0(name)
}

// uses returns what the other maps are, and what they are called.
func (b *bench) uses() string {
	var list []string
	for _, o := range b.Doc.State().Others {
		list = append(list, string(o.Use)+" "+o.Map.Name)
	}
	return strings.Join(list, ", ")
}

// A second map is asked about; what was done in the first stays unless a person
// wants it otherwise, and then undo brings it back.
func TestSecondMapIsAskedAbout(t *testing.T) {
	tests := []struct {
		name, file string
		do         func(b *bench)
		want       string // the map, and the others
		rounds     int
	}{
		{"a reference", "other.mrc", func(b *bench) { test.Tap(b.named("map.ok")) }, "density: reference map other", 1},
		{"a half", "x_half1.mrc", func(b *bench) { test.Tap(b.named("map.ok")) }, "density: half-map x_half1", 1},
		{"a mask", "Mask.mrc", func(b *bench) { test.Tap(b.named("map.ok")) }, "density: mask Mask", 1},
		{"said otherwise", "other.mrc", func(b *bench) {
			b.Named["map.use"].(*widget.Select).SetSelected("Mask")
			test.Tap(b.named("map.ok"))
		}, "density: mask other", 1},
		{"cancelled", "other.mrc", func(b *bench) { b.Escape() }, "density: ", 1},
		{"in its place", "other.mrc", func(b *bench) {
			b.Named["map.use"].(*widget.Select).SetSelected("Map to fit into")
			if said := b.said(); !strings.Contains(said, "takes the place of density") || !strings.Contains(said, "undo brings it back") {
				b.t.Errorf("says %q", said)
			}
			test.Tap(b.named("map.ok"))
		}, "other: ", 0},
		{"a new session", "other.mrc", func(b *bench) {
			test.Tap(b.named("map.new"))
			test.Tap(b.named("modified.drop"))
		}, "other: ", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			b.fitted()
			b.files.Dropped([]string{b.copyOf(tt.file)})
			if b.Dialogs() != 1 {
				t.Fatalf("%d dialogs, want a question", b.Dialogs())
			}
			tt.do(b)
			b.idle()
			s := b.Doc.State()
			if got := s.Map.Name + ": " + b.uses(); got != tt.want || len(s.Rounds) != tt.rounds || b.Dialogs() != 0 {
				t.Fatalf("has %q, %d rounds, %d dialogs; want %q, %d", got, len(s.Rounds), b.Dialogs(), tt.want, tt.rounds)
			}
			if tt.name == "in its place" {
				b.undo()
				if s := b.Doc.State(); s.Map.Name != "density" || len(s.Rounds) != 1 {
					t.Errorf("after undo %s, %d rounds", s.Map.Name, len(s.Rounds))
				}
			}
		})
	}
}

// Another map is in the picture, in the panel and in the session, and removed
// from all.
func TestOtherMapIsSeen(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	before := len(b.stage.View.Scene().Volumes)
	b.files.Dropped([]string{b.copyOf("half_1.mrc")})
	test.Tap(b.named("map.ok"))
	b.idle()
	volumes := b.stage.View.Scene().Volumes
	if len(volumes) != before+1 {
		t.Fatalf("%d maps in the picture, want one more than %d", len(volumes), before)
	}
	if v := volumes[len(volumes)-1]; !v.Visible || v.Level != volumes[0].Level || v.Color == volumes[0].Color {
		t.Errorf("a half-map is seen %t at %g, the map at %g", v.Visible, v.Level, volumes[0].Level)
	}
	maps := b.stage.Maps().Maps
	last := len(maps) - 1
	if row := b.stage.MapRow(&maps[last], 1); row.Name != "Half-map half_1" || !row.Extra || row.Profile == nil {
		t.Errorf("the panel shows %+v", row)
	}
	b.stage.MapsPanel.OnAdd(last)
	path := b.path0("two.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	b.files.New()
	b.idle()
	if s := b.Doc.State(); s.Map != nil || len(s.Others) != 0 || len(b.stage.View.Scene().Volumes) != 0 || b.welcome.Hidden {
		t.Errorf("a new session has %q, %d maps in the picture", b.uses(), len(b.stage.View.Scene().Volumes))
	}
	b.files.OpenSession(path)
	b.idle()
	if n := len(b.stage.View.Scene().Volumes); b.uses() != "half-map half_1" || n != before+2 {
		t.Fatalf("the session brings %q, %d maps in the picture", b.uses(), n)
	}
	b.stage.MapsPanel.OnRemove(last + 1) // the other level
	if b.uses() == "" {
		t.Error("another level of a map takes the map away")
	}
	b.stage.MapsPanel.OnRemove(last)
	b.idle()
	if n := len(b.stage.View.Scene().Volumes); b.uses() != "" || n != before || b.stage.Sees(view.OtherKind(1)) {
		t.Errorf("removed: %q, %d maps in the picture", b.uses(), n)
	}
	b.undo()
	b.idle()
	if n := len(b.stage.View.Scene().Volumes); n != before+1 {
		t.Errorf("undo brings back %d maps in the picture, want %d", n, before+1)
	}
}

// Of many files all are taken that can be, and one message tells of the rest.
func TestManyAreDropped(t *testing.T) {
	b := newBench(t, &planned{})
	b.must(os.Mkdir(b.path0("sub"), 0o700))
	b.must(os.WriteFile(b.path0("sub/notes.txt"), nil, 0o600))
	data, err := os.ReadFile(b.path0("alpha.pdb"))
	b.must(err)
	b.must(os.WriteFile(b.path0("sub/gamma.pdb"), data, 0o600))
	b.must(os.WriteFile(b.path0("empty.pdb"), nil, 0o600))
	b.files.Dropped([]string{
		b.path0("x.txt"), b.copyOf("half2.mrc"), b.path0("density.mrc"), b.path0("sub"), b.path0("beta.pdb"), b.path0("gone.cif"), b.path0("empty.pdb"),
	})
	test.Tap(b.named("map.ok")) // which is which it has seen by their names
	b.idle()
	s := b.Doc.State()
	if s.Map == nil || s.Map.Name != "density" || b.uses() != "half-map half2" || len(s.Structures) != 2 {
		t.Fatalf("map %v, others %q, %d structures; says %q", s.Map, b.uses(), len(s.Structures), b.said())
	}
	said := b.said()
	for _, want := range []string{"3 files of 7 not opened", "x.txt", "gone.cif", "empty.pdb"} {
		if !strings.Contains(said, want) {
			t.Errorf("says %q, want %q in it", said, want)
		}
	}
	if strings.Contains(said, "notes.txt") || b.Dialogs() != 1 {
		t.Errorf("says %q in %d dialogs", said, b.Dialogs())
	}
	b.Escape()
	b.files.SaveTo(b.path0("first.difffit"), nil)
	b.idle()
	b.files.Dropped([]string{b.path0("sub"), b.path0("first.difffit"), b.path0("second.difffit")})
	b.idle()
	if s := b.Doc.State(); len(s.Structures) != 3 || b.files.Path() != b.path0("first.difffit") || !strings.Contains(b.said(), "only one session") {
		t.Errorf("with a session: %d structures, path %q, says %q", len(s.Structures), b.files.Path(), b.said())
	}
}

// What was selected is selected again when its session is opened, and nothing is
// where nothing was.
func TestSelectionIsKept(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	for _, id := range []document.ClusterID{{Round: 1, Structure: 2, Rank: 3}, {}} {
		b.Doc.Select(id)
		path := b.path0("kept.difffit")
		b.files.SaveTo(path, nil)
		b.idle()
		b.files.New()
		b.files.OpenSession(path)
		b.idle()
		if got := b.Doc.Selected(); got != id {
			t.Errorf("selected %v, want %v", got, id)
		}
	}
}

// A new session begins as any other: neither what was filtered nor how the last one
// was drawn goes with it.
func TestNewSessionBeginsAsAny(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	first := b.stage.Display()
	b.stage.SetPreset(stage.Presets[2])
	b.table.Results.Filter().(interface{ SetText(string) }).SetText("score>9")
	b.files.New()
	test.Tap(b.named("modified.drop"))
	b.idle()
	b.files.Dropped([]string{b.path0("density.mrc")})
	b.idle()
	if got := b.stage.Display(); got != first || b.table.Results.Filtered() != "" {
		t.Errorf("drawn as %+v, want %+v; filter %q", got, first, b.table.Results.Filtered())
	}
	if m := b.stage.Maps().Maps[1]; m.Style != render.Surface || !m.Visible {
		t.Errorf("the map is %+v, want a surface", m)
	}
}

func TestMapIsClosed(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.files.CloseMap()
	b.idle()
	if s := b.Doc.State(); s.Map != nil || len(s.Rounds) != 0 || len(s.Structures) != 2 || len(b.stage.View.Scene().Volumes) != 0 {
		t.Errorf("map %v, %d rounds, %d structures", s.Map, len(s.Rounds), len(s.Structures))
	}
	b.undo()
	b.idle()
	if s := b.Doc.State(); s.Map == nil || len(s.Rounds) != 1 {
		t.Errorf("after undo map %v, %d rounds", s.Map, len(s.Rounds))
	}
	b.files.New()
	test.Tap(b.named("modified.drop"))
	if s := b.Doc.State(); s.Map != nil || len(s.Structures) != 0 || b.Doc.Modified() {
		t.Errorf("a new session has %v, %d structures", s.Map, len(s.Structures))
	}
}

// A new session has the table as it is at first.
func TestTableOfANewSession(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	first := b.table.Results.Order()
	b.table.Focus()
	b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.Key2})
	if slices.Equal(b.table.Results.Order(), first) {
		t.Fatalf("key 2 left the order %v", first)
	}
	b.files.New()
	test.Tap(b.named("modified.drop"))
	b.idle()
	b.fitted()
	if got := b.table.Results.Order(); !slices.Equal(got, first) {
		t.Errorf("a new session is sorted by %v, want %v", got, first)
	}
}

// A reference map is first seen at a level that shows it, whatever the scale and
// the size of the map beside it; one of the same densities at the level of that.
func TestLevelOfAReferenceMap(t *testing.T) {
	tests := []struct {
		name string
		size [3]int
		of   func(v r3.Vec) float64 // density
		same bool
	}{
		{"the same", [3]int{24, 22, 20}, nil, true},
		{"smaller than what the other shows", [3]int{6, 6, 6}, func(v r3.Vec) float64 {
			return 5 * math.Exp(-r3.Norm2(r3.Sub(v, r3.Vec{X: 3, Y: 3, Z: 3}))/2)
		}, false},
		{"shifted and scaled", [3]int{24, 22, 20}, func(v r3.Vec) float64 {
			return 7 + 40*math.Exp(-r3.Norm2(r3.Sub(v, r3.Vec{X: 12, Y: 11, Z: 10}))/20)
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			b.opened()
			path := b.path0("other.mrc")
			if tt.of == nil {
				b.copyOf("other.mrc")
			} else {
				g := volume.New(tt.size, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
				for i := range g.Data {
					g.Data[i] = float32(tt.of(g.Position(i)))
				}
				b.must(mrc.WriteFile(path, g, mrc.WriteOptions{}))
			}
			b.files.Dropped([]string{path})
			test.Tap(b.named("map.ok"))
			b.idle()
			s := b.Doc.State()
			if b.uses() != "reference map other" {
				t.Fatalf("has %q", b.uses())
			}
			volumes := b.stage.View.Scene().Volumes
			got := volumes[len(volumes)-1].Level
			if tt.same {
				if got != volumes[0].Level {
					t.Errorf("seen at %g, the map at %g", got, volumes[0].Level)
				}
				return
			}
			s.Map = s.Others[0].Map
			want, err := b.Targets.FirstLevel(t.Context(), s)
			b.must(err)
			p := b.Targets.Whole(s.Map).Profile()
			if got != float32(want.Value) || !(p.Enclosed(float64(got)) > 0) || p.Enclosed(float64(got)) > p.Enclosed(p.Min)/2 {
				t.Errorf("seen at %g, %.0f of %.0f Å³; want %g", got, p.Enclosed(float64(got)), p.Enclosed(p.Min), want.Value)
			}
		})
	}
}
