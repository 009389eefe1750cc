// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"runtime"
	"slices"
	"testing"
	"weak"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// lacking returns a state in which one layer has taken density out of the map
// with a seed.
func lacking(t *testing.T, seed uint64) document.State {
	t.Helper()
	s := documenttest.Worked(t).State()
	s.Map = documenttest.Noise(seed)
	return s
}

func TestUndoRestoresTheMapBitForBit(t *testing.T) {
	d := documenttest.Worked(t)
	targets := new(Targets)
	now := func() []uint32 { return documenttest.Bits(targets.Of(d.State()).Grid()) }
	before := documenttest.Bits(d.State().Map.Grid)
	zeroed := now()
	if slices.Equal(before, zeroed) {
		t.Fatal("zeroing changed nothing")
	}
	if got := d.State().Layers[0].Cut.Voxels; got == 0 {
		t.Error("the layer has no voxels")
	}
	if got := d.Undo(); got != "Zero out alpha copy 1" {
		t.Errorf("Undo: %q, want %q", got, "Zero out alpha copy 1")
	}
	if !slices.Equal(now(), before) {
		t.Error("after undo the map is another one")
	}
	targets = new(Targets) // made again, and not only kept
	d.Redo()
	if !slices.Equal(now(), zeroed) {
		t.Error("after redo the map is not the zeroed one")
	}
	documenttest.Must(t, d.SetLayer(1, false))
	if !slices.Equal(now(), before) {
		t.Error("with the layer off the map is another one")
	}
	documenttest.Must(t, d.SetLayer(1, true))
	documenttest.Must(t, d.RemoveLayer(1))
	if targets.Of(d.State()).Grid() != d.State().Map.Grid {
		t.Error("without layers the map is not the opened one")
	}
}

func TestTargetsAreKeptButFew(t *testing.T) {
	var targets Targets
	if targets.Of(document.State{}) != nil || targets.Whole(nil) != nil {
		t.Error("a target without a map")
	}
	var states []document.State
	for seed := range uint64(3 * remainingKept) {
		s := lacking(t, seed)
		states = append(states, s)
		if first := targets.Of(s); first != targets.Of(s) {
			t.Error("the same state has two targets")
		}
	}
	if n := len(targets.remaining); n != remainingKept {
		t.Errorf("%d remaining maps kept, want %d", n, remainingKept)
	}
	latest := targets.Of(states[len(states)-1])
	oldest := targets.remaining[0]
	targets.Of(states[len(states)-remainingKept]) // is now the latest
	if targets.remaining[remainingKept-1] != oldest {
		t.Error("the one that was asked for last is not the latest")
	}
	for _, s := range states {
		if first := targets.Whole(s.Map); first != targets.Whole(s.Map) {
			t.Error("a map as it was opened has two targets")
		}
	}
	if targets.Of(states[len(states)-1]) != latest {
		t.Error("maps as they were opened drove a remaining one out")
	}
}

// The latest remaining map is kept also where it alone is above the bound, and
// whatever is asked of the map as it was opened.
func TestTheLatestRemainingMapIsNeverForgotten(t *testing.T) {
	var targets Targets
	targets.KeepBytes(1)
	s := lacking(t, 1)
	first := targets.Of(s)
	for range 5 { // edits that change no layer, each of which asks for both
		whole := targets.Whole(s.Map)
		if targets.Of(s) != first || targets.Whole(s.Map) != whole {
			t.Fatal("what was kept was made again")
		}
	}
	other := lacking(t, 2)
	targets.Of(other)
	if n := len(targets.remaining); n != 1 {
		t.Errorf("%d remaining maps kept, want the latest alone", n)
	}
	targets.KeepBytes(0)
	targets.Of(s)
	if n := len(targets.remaining); n != 2 {
		t.Errorf("%d remaining maps kept without a bound, want 2", n)
	}
	targets.KeepBytes(4 * len(s.Map.Grid.Data))
	if n := len(targets.remaining); n != 1 {
		t.Errorf("%d remaining maps kept within one map's bytes, want 1", n)
	}
}

// While a remaining map is made, others are to be had, and it is made once.
func TestWhatIsKeptIsThereAtOnce(t *testing.T) {
	var targets Targets
	s, kept := lacking(t, 1), lacking(t, 2)
	want := targets.Of(kept)
	e := targets.remainingOf(s)
	begun, goOn := make(chan struct{}), make(chan struct{})
	made := e.target
	e.target = func() *fitting.Target { // takes as long as the test says
		close(begun)
		<-goOn
		return made()
	}
	done := make(chan *fitting.Target)
	go func() { done <- targets.Of(s) }()
	<-begun
	if targets.Of(kept) != want || targets.Whole(s.Map) == nil || targets.Level(s).Value == 0 {
		t.Error("not what was kept")
	}
	targets.KeepBytes(0)
	close(goOn)
	if got := <-done; got == nil || got.Grid() == s.Map.Grid {
		t.Error("the remaining map was not made")
	}
}

func TestOneRemainingMapForAllWhoAsk(t *testing.T) {
	var targets Targets
	s := lacking(t, 1)
	found := make(chan *fitting.Target)
	for range 8 {
		go func() { found <- targets.Of(s) }()
	}
	first := <-found
	for range 7 {
		if <-found != first {
			t.Error("made twice")
		}
	}
}

// What was made of a map goes when the map does.
func TestTargetsGoWithTheirMap(t *testing.T) {
	var targets Targets
	gone := func() weak.Pointer[document.Map] {
		s := lacking(t, 1)
		targets.Of(s)
		return weak.Make(s.Map)
	}()
	for gone.Value() != nil || kept(&targets) > 0 { // cleanups run beside
		if t.Context().Err() != nil {
			t.Fatal("kept for ever")
		}
		runtime.GC()
	}
}

func kept(t *Targets) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.whole) + len(t.remaining)
}

func TestLevel(t *testing.T) {
	var targets Targets
	d := documenttest.Worked(t)
	s := d.State()
	whole := fitting.NewTarget(s.Map.Grid).Level(s.Masses()...)
	if got := targets.Level(s); got != whole {
		t.Errorf("%+v, want that of the map as it was opened %+v", got, whole)
	}
	v := 0.25
	s.Options.Level = &v
	if got, want := targets.Level(s), (volume.Level{Value: 0.25, Rule: "stated"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// BenchmarkMasses is asked for at every notch of the wheel.
func BenchmarkMasses(b *testing.B) {
	d := document.New()
	if err := d.AddStructures(documenttest.Stick("ribosome", 150000)); err != nil {
		b.Fatal(err)
	}
	s := d.State()
	b.ReportAllocs()
	for b.Loop() {
		_ = s.Masses()
	}
}
