// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/work"
	"difffit/fitting/compose"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

func TestComposeSwitchesAndRemoves(t *testing.T) {
	p := NewCompose()
	shown(t, p, 620, 320)
	s := library(2)
	g := ramp()
	cut, err := volume.Zero(t.Context(), g, []volume.Point{{Pos: r3.Vec{X: 9, Y: 9, Z: 9}, Weight: 6}}, volume.DefaultZeroOptions())
	if err != nil {
		t.Fatal(err)
	}
	id := document.ClusterID{Round: 1, Structure: 1, Rank: 1}
	s.Map = &document.Map{Name: "map", Grid: g}
	s.Accepted = []*document.Accepted{{ID: 3, Cluster: id, Structure: 1}, {ID: 4, Structure: 2}}
	s.Layers = []*document.Layer{{ID: 7, Accepted: 3, Structure: 1, Motion: geom.Identity(), Cut: cut, On: true}, {ID: 8, Structure: 2, Cut: cut}}
	s.Structures[0].Copies = 3
	p.SetState(s)
	var told []string
	tell := func(format string, args ...any) { told = append(told, fmt.Sprintf(format, args...)) }
	p.OnSwitch = func(layer int, on bool) { tell("switch %d %t", layer, on) }
	p.OnMove = func(layer, steps int) { tell("move %d %d", layer, steps) }
	p.OnRemove = func(n Node) { tell("remove %v", n) }
	p.OnZero = func(a int) { tell("zero %d", a) }
	p.OnChange = func(layer int) { tell("change %d", layer) }
	p.OnCopies = func(structure, n int) { tell("copies %d %d", structure, n) }
	p.OnSelect = func(n Node) { tell("select %v", n) }
	for _, b := range []*widget.Button{p.up, p.down, p.remove, p.show, p.apply} {
		if !b.Disabled() {
			t.Error("a button for what is selected is on, but nothing is")
		}
	}
	p.Select(Node{LayerNode, 7})
	test.Tap(p.show)
	test.Tap(p.down)
	test.Tap(p.up) // it is the first: does nothing
	test.Tap(p.apply)
	p.tree.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	p.Select(Node{AcceptedNode, 4})
	p.tree.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	p.Select(Node{StructureNode, 1})
	p.tree.TypedRune('+')
	p.tree.TypedRune('-')
	p.tree.TypedRune('7')
	p.SetBusy(true)
	test.Tap(p.next)      // is off
	p.tree.TypedRune('-') // is told: whoever listens says that it has to wait
	want := []string{
		"select layer:7", "switch 7 false", "move 7 1", "change 7", "remove layer:7",
		"select accepted:4", "zero 4", "select structure:1", "copies 1 4", "copies 1 2", "copies 1 7", "copies 1 2",
	}
	if !slices.Equal(told, want) {
		t.Errorf("told %q,\nwant %q", told, want)
	}
	s.Accepted, s.Layers = nil, nil
	p.SetState(s)
	p.Select(Node{LayerNode, 7}) // gone
	if p.Selected().Kind == LayerNode {
		t.Error("a layer that is gone is selected")
	}
}

func TestComposeTellsWhatThereIs(t *testing.T) {
	p := NewCompose()
	shown(t, p, 620, 320)
	s := library(2)
	g := ramp()
	cut, err := volume.Zero(t.Context(), g, []volume.Point{{Pos: r3.Vec{X: 9, Y: 9, Z: 9}, Weight: 6}}, volume.DefaultZeroOptions())
	if err != nil {
		t.Fatal(err)
	}
	s.Map = &document.Map{Name: "map", Grid: g}
	s.Structures[0].Copies = 3
	at := s.Rounds[0].Number
	s.Accepted = []*document.Accepted{
		{ID: 1, Cluster: document.ClusterID{Round: at, Structure: 1, Rank: 1}, Structure: 1}, {ID: 2, Cluster: document.ClusterID{Structure: 1}, Structure: 1},
	}
	s.Layers = []*document.Layer{{ID: 7, Accepted: 1, Structure: 1, Cut: cut, On: true}}
	p.SetState(s)
	p.SetSurvey(&work.Survey{
		Level: 0.25, Above: 1000, Explained: []int{300, 121}, ByStructure: map[int]int{1: 421}, Total: 421,
		Clashes:   []compose.Pair{{A: 0, B: 1, Clash: 0.31, Atoms: make([]r3.Vec, 12)}, {A: 0, B: 1, Clash: 0.0005, Atoms: make([]r3.Vec, 1)}},
		MaxClash:  0.05,
		Contested: map[int]*volume.Layer{7: {ZeroSummary: volume.ZeroSummary{Contested: 17}}},
	})
	all := strings.Join(p.Texts(), "\n")
	name := s.Structures[0].Model.Name
	for _, want := range []string{
		"42.1 % of the map above 0.25 explained", name + ": 2 of 3, 42.1 %", name + " copy 1: score 0.000, 30.0 %",
		"From no round", "zeroing 1: to the contour, ", "17 shared with neighbours", "1 clash and 1 contact nearer than 2.5 Å", name + " copy 1 with " + name + " copy 2: 12 atoms, 31 %", " copy 2: 1 atom, 0.05 %",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the tree does not say %q:\n%s", want, all)
		}
	}
	more := s
	more.Structures = slices.Clone(s.Structures)
	few := *s.Structures[0]
	few.Copies = 1
	more.Structures[0] = &few
	p.SetState(more)
	if all := strings.Join(p.Texts(), "\n"); !strings.Contains(all, name+": 2 placed, 1 expected") {
		t.Errorf("more copies than expected are not told:\n%s", all)
	}
	p.SetState(s)
	p.SetProposals("2 to confirm")
	if !p.proposals.Visible() {
		t.Error("proposals are hidden")
	}
	p.SetProposals("")
	if p.proposals.Visible() {
		t.Error("no proposals are shown")
	}
}

func TestComposeZeroing(t *testing.T) {
	p := NewCompose()
	shown(t, p, 620, 320)
	told := 0
	p.OnZeroing = func() { told++ }
	p.radius.SetText("3.5")
	p.radius.done()
	if o, err := p.ZeroOptions(); err != nil || o.Radius != 3.5 || p.slider.Value != 3.5 || told != 1 {
		t.Errorf("radius %g, slider %g, told %d times, %v", o.Radius, p.slider.Value, told, err)
	}
	p.slider.SetValue(5)
	if o, _ := p.ZeroOptions(); o.Radius != 5 || p.radius.Text != "5" || told != 2 {
		t.Errorf("radius %g, field %q, told %d times", o.Radius, p.radius.Text, told)
	}
	p.radius.SetText("0")
	if _, err := p.ZeroOptions(); err == nil {
		t.Error("radius 0 is taken")
	}
	p.mode.SetSelectedIndex(3) // mass
	if o, err := p.ZeroOptions(); err != nil || o.Mode != volume.ZeroMass || !p.slider.Disabled() {
		t.Errorf("%+v, slider on %t, %v", o, !p.slider.Disabled(), err)
	}
	before := told
	p.SetZeroOptions(volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 2.5})
	if o, err := p.ZeroOptions(); err != nil || o.Mode != volume.ZeroOwn || o.Radius != 2.5 || told != before {
		t.Errorf("%+v, told %t, %v", o, told != before, err)
	}
	p.preview.SetChecked(true)
	if !p.Preview() || told != before+1 {
		t.Error("the preview was not told")
	}
	for text, want := range map[string]float64{"": 0, "12.5": 12.5, "7,5": 7.5} {
		p.sphere.SetText(text)
		if v, err := p.Sphere(); err != nil || v != want {
			t.Errorf("sphere %q is %g, %v", text, v, err)
		}
	}
	p.sphere.SetText("-1")
	if _, err := p.Sphere(); err == nil {
		t.Error("a sphere of -1 Å is taken")
	}
}
