// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// ramp returns a map whose densities go evenly from 0 to 1.
func ramp() *volume.Grid {
	g := volume.New([3]int{10, 10, 10}, r3.Vec{X: 2, Y: 2, Z: 2}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(i) / 999
	}
	return g
}

func TestLevelSaysWhatItMeans(t *testing.T) {
	l := NewLevel()
	shown(t, l, 600, 120)
	l.SetState(LevelState{})
	if !l.exact.Disabled() || !strings.Contains(l.meaning.Text, "no map") {
		t.Errorf("without a map: %q", l.meaning.Text)
	}
	p := volume.NewProfile(ramp())
	l.SetState(LevelState{Profile: p, Whole: p, Value: 0.75, Auto: true, Suggested: volume.Level{Value: 0.75, Rule: "for a reason"}})
	// 250 of 1000 voxels of 8 Å³ are above; SD of an even distribution is 1/√12.
	if got := l.meaning.Text; got != "0.87 σ · 1.65 kDa" {
		t.Errorf("meaning %q, want 0.87 σ · 1.65 kDa", got)
	}
	for _, want := range []string{"0.87 σ", "2 000 Å³", "1.65 kDa", "for a reason"} {
		if !strings.Contains(l.meaning.help, want) {
			t.Errorf("tooltip %q lacks %q", l.meaning.help, want)
		}
	}
	if !l.use.Disabled() {
		t.Error("what is suggested already can be used")
	}
	l.SetState(LevelState{Profile: p, Whole: p, Value: 0.5, Suggested: volume.Level{Value: 0.75}})
	used := false
	l.OnSuggested = func() { used = true }
	test.Tap(l.use)
	if !used {
		t.Error("the suggestion cannot be used")
	}
}

func TestLevelByDragAndByText(t *testing.T) {
	l := NewLevel()
	shown(t, l, 600, 120)
	l.SetState(LevelState{Profile: volume.NewProfile(ramp()), Whole: volume.NewProfile(ramp()), Value: 0.5, Suggested: volume.Level{Value: 0.75}})
	var moves, ends []float64
	var faults []error
	l.OnMove = func(v float64) { moves = append(moves, v) }
	l.OnDone = func(v float64) { ends = append(ends, v) }
	l.OnError = func(err error) { faults = append(faults, err) }
	middle := l.bars.Size().Width / 2
	l.bars.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(middle/2, 5)}})
	l.bars.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(middle, 5)}})
	l.bars.DragEnd()
	want := (l.bars.lo + l.bars.hi) / 2
	if len(moves) != 2 || len(ends) != 1 || math.Abs(ends[0]-want) > 1e-6 {
		t.Errorf("moves %v, ends %v, want the last at %g", moves, ends, want)
	}
	ends = nil
	l.exact.SetText("0,123")
	l.exact.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !slices.Equal(ends, []float64{0.123}) {
		t.Errorf("typed 0,123: %v", ends)
	}
	l.exact.SetText("much")
	l.exact.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(faults) != 1 || !strings.Contains(faults[0].Error(), `"much" is not a number`) {
		t.Errorf("typed much: %v", faults)
	}
	ends = nil
	l.bars.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	l.bars.KeyUp(&fyne.KeyEvent{Name: fyne.KeyRight})
	if len(ends) != 1 {
		t.Errorf("an arrow key ends %d moves, want 1", len(ends))
	}
}

func TestHistogramDrawsBarsAndLevel(t *testing.T) {
	l := NewLevel()
	shown(t, l, 600, 120)
	l.SetState(LevelState{Profile: volume.NewProfile(ramp()), Whole: volume.NewProfile(ramp()), Value: 0.5, Suggested: volume.Level{Value: 0.25}})
	img := l.bars.draw(200, 40)
	kinds := map[any]int{}
	for x := range 200 {
		kinds[img.At(x, 20)]++
	}
	if len(kinds) < 3 { // bars, level, suggestion
		t.Errorf("a row of the histogram has %d colours, want bars, level and suggestion", len(kinds))
	}
	if b := l.bars.draw(1, 1).Bounds(); b.Dx() != 1 {
		t.Errorf("one pixel: %v", b)
	}
}

func TestOptionsAreValidated(t *testing.T) {
	p := NewOptions()
	shown(t, p, 600, 400)
	o := fitting.DefaultOptions()
	o.Method = fitting.DiffFit // all fields count
	p.SetOptions(o)
	var got []fitting.Options
	p.OnChange = func(o fitting.Options) { got = append(got, o) }
	write := func(option, text string) {
		for i := range p.fields {
			if f := &p.fields[i]; f.option == option {
				f.edit.SetText(text)
				f.edit.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			}
		}
	}
	tests := []struct{ option, text, fault string }{
		{"resolution", "3.2", ""},
		{"resolution", "", ""},
		{"resolution", "1000", "Resolution is 1000 Å, want 0.5 to 100, or 0 to estimate it"},
		{"resolution", "fine", `Resolution is "fine", want a number`},
		{"starts", "12.5", "Starts is 12.5, want a whole number"},
		{"seed", "-1", `Random seed is "-1", want a whole number from 0 to 18446744073709551615`},
		{"seed", "4.5", `Random seed is "4.5", want a whole number from 0 to 18446744073709551615`},
		{"seed", "1e3", `Random seed is "1e3", want a whole number from 0 to 18446744073709551615`},
		{"seed", "18446744073709551616", `Random seed is "18446744073709551616", want a whole number from 0 to 18446744073709551615`},
		{"seed", "", `Random seed is "", want a whole number from 0 to 18446744073709551615`},
		{"seed", "42", ""},
		{"iterations", "", `Iterations is "", want a number`},
		{"cluster_shift", "-3", "Merge shift is -3, want 0 to 1000"},
	}
	for _, tt := range tests {
		before := len(got)
		write(tt.option, tt.text)
		if p.fault.Text != tt.fault {
			t.Errorf("%s %q: says %q, want %q", tt.option, tt.text, p.fault.Text, tt.fault)
		}
		if changed := len(got) > before; changed != (tt.fault == "") {
			t.Errorf("%s %q: changed %t", tt.option, tt.text, changed)
		} else if changed {
			p.SetOptions(got[len(got)-1])
		} else {
			p.forget()
		}
	}
	if last := got[len(got)-1]; last.Seed != 42 || last.Resolution != 0 {
		t.Errorf("options %+v", last)
	}
}

// Numbers beyond 2⁵³ are not all there as floating point numbers.
func TestSeedsAreExact(t *testing.T) {
	p := NewOptions()
	shown(t, p, 600, 400)
	seed := &p.fields[slices.IndexFunc(p.fields, func(f field) bool { return f.option == "seed" })]
	var got fitting.Options
	p.OnChange = func(o fitting.Options) { got = o; p.SetOptions(o) }
	for text, want := range map[string]uint64{
		"9007199254740993": 9007199254740993, "18446744073709551615": math.MaxUint64, " 7 ": 7, "0": 0, "0x10": 16,
	} {
		seed.edit.SetText(text)
		seed.edit.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if got.Seed != want || p.fault.Text != "" || seed.edit.Text != strconv.FormatUint(want, 10) {
			t.Errorf("seed %q: got %d, shown %q, says %q; want %d", text, got.Seed, seed.edit.Text, p.fault.Text, want)
		}
	}
}

func TestPaperOptionsAreShownForThePaper(t *testing.T) {
	p := NewOptions()
	shown(t, p, 600, 400)
	if p.paper[1].Visible() {
		t.Error("options of the paper are shown for the search")
	}
	var got fitting.Options
	p.OnChange = func(o fitting.Options) { got = o; p.SetOptions(o) }
	p.method.SetSelectedIndex(1)
	if got.Method != fitting.DiffFit || !p.paper[1].Visible() {
		t.Errorf("method %q, shown %t", got.Method, p.paper[1].Visible())
	}
	p.atoms.SetSelectedIndex(1)
	if got.Atoms != mol.Backbone {
		t.Errorf("atoms %q", got.Atoms)
	}
}

func TestInputsListStructures(t *testing.T) {
	p := NewInputs()
	shown(t, p, 600, 400)
	s := library(1)
	s.Map = &document.Map{Name: "ramp", Grid: ramp(), Notes: []string{"a remark of the reader"}}
	p.SetState(s)
	p.SetFacts(&MapFacts{volume.NewProfile(s.Map.Grid), volume.Resolution{Value: 4, Rule: "stated"}})
	for _, want := range []string{"10 × 10 × 10 voxels of 2.000 Å", "density 0 to 1", "resolution 4.0 Å (stated)", "a remark"} {
		if !strings.Contains(p.mapText.Text, want) {
			t.Errorf("map text %q lacks %q", p.mapText.Text, want)
		}
	}
	var fit, removed int
	p.OnFit = func(ids []int, on bool) {
		if !on {
			fit = ids[0]
		}
	}
	p.OnRemove = func(ids []int) { removed = ids[0] }
	row := newInputRow(p)
	p.updateRow(1, row)
	menu := 0
	p.OnMenu = func(id int, _ fyne.Position) { menu = id }
	test.TapSecondary(row)
	if menu != 2 {
		t.Errorf("a right click asks for the menu of %d, want 2", menu)
	}
	row.check.SetChecked(false)
	test.Tap(row.remove)
	if fit != 2 || removed != 2 {
		t.Errorf("left out %d, removed %d, want 2 and 2", fit, removed)
	}
	if p.count.Text != "Structures  (2 of 2 take part)" {
		t.Errorf("count %q", p.count.Text)
	}
}

// A structure that is being placed cannot be removed, the others can.
func TestInputsKeepWhatIsPlaced(t *testing.T) {
	p := NewInputs()
	shown(t, p, 600, 400)
	p.SetState(library(1))
	for _, tt := range []struct {
		name   string
		placed []int
		want   []bool // which can be removed
	}{
		{"none", nil, []bool{true, true}},
		{"the second", []int{2}, []bool{true, false}},
		{"both", []int{1, 2}, []bool{false, false}},
		{"none again", nil, []bool{true, true}},
	} {
		p.SetBusy(tt.placed)
		var got []bool
		for i := range tt.want {
			row := newInputRow(p)
			p.updateRow(i, row)
			got = append(got, !row.remove.Disabled())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s is placed: can be removed %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestStructuresTellTheirWater(t *testing.T) {
	dry := mol.Atom{Name: "CA", Residue: "GLY", Element: mol.Carbon, Chain: "A"}
	wet := mol.Atom{Name: "O", Residue: "HOH", Element: mol.Oxygen, Chain: "A"}
	for _, tt := range []struct {
		atoms []mol.Atom
		want  string
	}{
		{[]mol.Atom{dry, dry}, "2 atoms, 1 chain, 0.0 kDa"},
		{[]mol.Atom{dry, dry, wet}, "3 atoms (1 of water), 1 chain, 0.0 kDa"},
	} {
		if got := structureFacts(&mol.Structure{Atoms: tt.atoms}); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

func TestLogIsBoundedAndCopied(t *testing.T) {
	l := NewLog()
	shown(t, l, 400, 200)
	for range logLines {
		l.Add("two\nlines")
	}
	if len(l.lines) != logLines {
		t.Errorf("%d lines, want %d", len(l.lines), logLines)
	}
	if !strings.HasSuffix(l.Text(), "two\nlines") {
		t.Error("the last lines are not the last")
	}
}

func TestPlural(t *testing.T) {
	for _, tt := range []struct {
		n          int
		noun, want string
	}{
		{0, "clash", "0 clashes"},
		{1, "clash", "1 clash"},
		{2, "clash", "2 clashes"},
		{1, "atom", "1 atom"},
		{12345, "atom", grouped(12345) + " atoms"},
	} {
		if got := Plural(tt.n, tt.noun); got != tt.want {
			t.Errorf("%d of %q is %q, want %q", tt.n, tt.noun, got, tt.want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1 000", 1234567: "1 234 567", -1234: "-1 234"} {
		if got := strings.ReplaceAll(grouped(n), "\u2009", " "); got != want {
			t.Errorf("grouped(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestShortHasNoNegativeZero(t *testing.T) {
	for v, want := range map[float64]string{math.Copysign(0, -1): "0", -1.25: "-1.25", math.NaN(): "–"} {
		if got := short(v); got != want {
			t.Errorf("%g: %q, want %q", v, got, want)
		}
	}
}

// All of the map is seen; what remains of it is told beside.
func TestLevelTellsWhichMapEncloses(t *testing.T) {
	test.NewTempApp(t)
	l := NewLevel()
	s := LevelState{Profile: volume.NewProfile(ramp()), Whole: volume.NewProfile(ramp()), Value: 0.5, Suggested: volume.Level{Value: 0.25, Rule: "encloses 134 000 Å³"}}
	for _, s.Remaining = range []bool{false, true} {
		l.SetState(s)
		if got := strings.Contains(l.meaning.Text, " remain") && strings.Contains(l.meaning.help, "Zeroing has left"); got != s.Remaining {
			t.Errorf("remaining %t: %q, tooltip %q", s.Remaining, l.meaning.Text, l.meaning.help)
		}
	}
}
