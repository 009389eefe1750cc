// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"difffit/fitting/volume"

	. "difffit/app/document"
	"difffit/app/session"
)

// busy returns a document of which works can be made in all ways: alpha is
// accepted and zeroed (layer 1), beta too (layer 2, which spares alpha), copies
// of alpha are proposed in round 2, the second of which is accepted but not
// zeroed.
func busy(t *testing.T) *Document {
	t.Helper()
	d := composed(t)
	must(t, d.Accept(ClusterID{2, 1, 2}))
	return d
}

// layerAt makes a layer in a state.
func layerAt(t *testing.T, s State, structure int, id ClusterID, o volume.ZeroOptions) *Layer {
	t.Helper()
	c, ok := s.Cluster(id)
	if !ok {
		t.Fatalf("no cluster %v", id)
	}
	l, err := s.NewLayer(context.Background(), structure, c.Motion, o)
	must(t, err)
	return l
}

// works make an outcome of each kind from the state of busy.
var works = []struct {
	name string
	make func(*testing.T, State) Outcome
}{
	{"fit", func(_ *testing.T, s State) Outcome {
		return Outcome{From: s, Found: &Found{Fits: []Fit{
			{Structure: 1, Options: s.Options, Result: found(0.7), Layers: s.Active()},
			{Structure: 2, Options: s.Options, Result: found(0.6), Layers: s.Active()},
		}}}
	}},
	{"proposal", func(_ *testing.T, s State) Outcome {
		from := &Basis{Options: s.Options, Accepted: s.FixedPlacements(), Composite: &CompositeBasis{Wanted: []Wanted{{Structure: 1, Copies: 2}, {Structure: 2, Copies: 1}}}}
		return Outcome{From: s, Found: &Found{Proposed: "composite", Basis: from, Fits: []Fit{{Structure: 1, Options: s.Options, Result: found(0.7)}}}}
	}},
	{"zeroing of a proposal", func(t *testing.T, s State) Outcome {
		id := ClusterID{2, 1, 1}
		return Outcome{From: s, Zeroed: []Zeroed{{id, layerAt(t, s, 1, id, volume.DefaultZeroOptions())}}}
	}},
	{"zeroing of what is accepted", func(t *testing.T, s State) Outcome {
		id := ClusterID{2, 1, 2}
		own := volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 4, Resolution: 5}
		return Outcome{From: s, Zeroed: []Zeroed{{id, layerAt(t, s, 1, id, own)}}}
	}},
	{"change of a layer", func(t *testing.T, s State) Outcome {
		o := volume.DefaultZeroOptions()
		o.Radius = 4
		return Outcome{From: s, Changed: &ChangedLayer{1, layerAt(t, s, 1, ClusterID{1, 1, 1}, o)}}
	}},
}

const (
	whole   = "applied"
	noMap   = "gone: the map noise"
	noAlpha = "gone: alpha"
)

// whileWorking are edits while a work runs, with what becomes of the outcome of
// each of works: it is applied, or without what is named, or it is gone.
var whileWorking = []struct {
	name string
	edit func(*Document) error
	want [5]string
}{
	{"nothing", func(*Document) error { return nil }, [5]string{whole, whole, whole, whole, whole}},
	{"another map", func(d *Document) error { return d.SetMap(noise(2)) }, [5]string{noMap, noMap, noMap, noMap, noMap}},
	{"the same map, read again", func(d *Document) error { return d.SetMap(noise(1)) }, [5]string{noMap, noMap, noMap, noMap, noMap}},
	{"another session", func(d *Document) error { d.Replace(New().State()); return nil }, [5]string{noMap, noMap, noMap, noMap, noMap}},
	{"structure added", func(d *Document) error { return d.AddStructures(stick("gamma", 3)) }, [5]string{whole, whole, whole, whole, whole}},
	{"beta removed", removeBeta, [5]string{"without beta", "without beta", whole, "gone: beta", whole}},
	{"beta removed and read again", func(d *Document) error {
		return errors.Join(removeBeta(d), d.AddStructures(stick("beta", 4)))
	}, [5]string{"without beta", "without beta", whole, "gone: beta", whole}},
	{"alpha removed", removeAlpha, [5]string{"without alpha", noAlpha, noAlpha, noAlpha, "gone: zeroing 1 of alpha copy 1"}},
	{"both removed", func(d *Document) error {
		return errors.Join(removeAlpha(d), d.RemoveStructures(2))
	}, [5]string{"gone: alpha, beta", "gone: alpha, beta", noAlpha, "gone: alpha, beta", "gone: zeroing 1 of alpha copy 1"}},
	{"beta left out", func(d *Document) error { return d.SetFits(false, 2) }, [5]string{whole, whole, whole, whole, whole}},
	{"copies stated", func(d *Document) error { return d.SetCopies(1, 7) }, [5]string{whole, whole, whole, whole, whole}},
	{"options", func(d *Document) error {
		o := d.State().Options
		o.Starts = 99
		return d.SetOptions("Change fit options", o)
	}, [5]string{whole, whole, whole, whole, whole}},
	{"clusters merged", func(d *Document) error { return d.SetTolerance(100, 180) }, [5]string{whole, whole, whole, whole, whole}},
	{"proposal accepted", func(d *Document) error { return d.Accept(ClusterID{2, 1, 1}) }, [5]string{whole, whole, whole, whole, whole}},
	{"all proposals accepted", func(d *Document) error { return d.AcceptAll(d.State().Proposals()) }, [5]string{whole, whole, whole, whole, whole}},
	{"proposal rejected", func(d *Document) error { return d.SetRejected(ClusterID{2, 1, 1}, true) }, [5]string{whole, whole, "gone: alpha placement 1 of round 2", whole, whole}},
	{"accepted one rejected", func(d *Document) error { return d.SetRejected(ClusterID{2, 1, 2}, true) }, [5]string{whole, whole, whole, "gone: the accepted alpha copy 2", whole}},
	{"accepted one withdrawn", func(d *Document) error { return d.Withdraw(3) }, [5]string{whole, whole, whole, "gone: the accepted alpha copy 2", whole}},
	{"zeroed one withdrawn", func(d *Document) error { return d.Withdraw(1) }, [5]string{whole, whole, whole, whole, whole}},
	{"round 1 removed", func(d *Document) error { return d.RemoveRound(1) }, [5]string{whole, whole, whole, whole, whole}},
	{"round 2 removed", func(d *Document) error { return d.RemoveRound(2) }, [5]string{whole, whole, "gone: alpha placement 1 of round 2", whole, whole}},
	{"layer off", func(d *Document) error { return d.SetLayer(1, false) }, [5]string{whole, whole, whole, whole, whole}},
	{"layer moved", func(d *Document) error { return d.MoveLayer(1, 1) }, [5]string{whole, whole, whole, whole, whole}},
	{"layer removed", func(d *Document) error { return d.RemoveLayer(1) }, [5]string{whole, whole, whole, whole, "gone: zeroing 1 of alpha copy 1"}},
	{"note", func(d *Document) error { return d.SetNote(ClusterID{1, 1, 1}, "good") }, [5]string{whole, whole, whole, whole, whole}},
	{"pinned", func(d *Document) error { return d.SetPinned(ClusterID{2, 1, 1}, true) }, [5]string{whole, whole, whole, whole, whole}},
	{"all unpinned", func(d *Document) error { return d.UnpinAll() }, [5]string{whole, whole, whole, whole, whole}},
	{"acceptance undone", func(d *Document) error { d.Undo(); return nil }, [5]string{whole, whole, whole, "gone: the accepted alpha copy 2", whole}},
	{"all undone", func(d *Document) error { return walk(d.Undo) }, [5]string{noMap, noMap, noMap, noMap, noMap}},
	{"all undone and done again", func(d *Document) error { return errors.Join(walk(d.Undo), walk(d.Redo)) }, [5]string{whole, whole, whole, whole, whole}},
	{"undone until alpha was there alone", func(d *Document) error {
		for len(d.State().Rounds) > 0 {
			d.Undo()
		}
		return d.RemoveStructures(2)
	}, [5]string{"without beta", "without beta", "gone: alpha placement 1 of round 2", "gone: beta", "gone: zeroing 1 of alpha copy 1"}},
}

func removeBeta(d *Document) error { return errors.Join(d.RemoveLayer(2), d.RemoveStructures(2)) }

func removeAlpha(d *Document) error {
	return errors.Join(d.RemoveLayer(1), d.RemoveLayer(2), d.RemoveStructures(1))
}

// walk goes through the history to its end.
func walk(step func() string) error {
	for step() != "" {
	}
	return nil
}

func TestEditsWhileAWorkRuns(t *testing.T) {
	for i, work := range works {
		t.Run(work.name, func(t *testing.T) {
			for _, tt := range whileWorking {
				t.Run(tt.name, func(t *testing.T) {
					d := busy(t)
					o := work.make(t, d.State())
					must(t, tt.edit(d))
					before, revision := d.State(), d.Revision()
					applied, err := d.Apply(o)
					if got := told(applied, err); got != tt.want[i] {
						t.Errorf("%s, want %s", got, tt.want[i])
					}
					if err != nil && (!errors.Is(err, ErrGone) || d.Revision() != revision || !reflect.DeepEqual(d.State(), before)) {
						t.Errorf("%v: not an ErrGone, or the document changed", err)
					}
					opens(t, d.State())
					must(t, d.SetTolerance(1, 1)) // looks at all structures
				})
			}
		})
	}
}

// told is what became of an outcome, in words.
func told(a Applied, err error) string {
	var gone *GoneError
	switch {
	case errors.As(err, &gone):
		return "gone: " + strings.Join(gone.What, ", ")
	case err != nil:
		return err.Error()
	case len(a.Gone) > 0:
		return "without " + strings.Join(a.Gone, ", ")
	}
	return whole
}

// opens saves a state and opens it again.
func opens(t *testing.T, s State) {
	t.Helper()
	if s.Map == nil {
		return
	}
	var b bytes.Buffer
	must(t, session.Encode(&b, s, "", "test"))
	got, err := session.Decode(context.Background(), &b, "", inMemory(s))
	must(t, err)
	alike(t, got, s)
}

// A second outcome of the same state.
func TestApplyTwice(t *testing.T) {
	want := []string{
		whole, whole, "document: the density of alpha copy 3 is zeroed already",
		"document: the density of alpha copy 2 is zeroed already", "gone: zeroing 1 of alpha copy 1",
	}
	for i, work := range works {
		t.Run(work.name, func(t *testing.T) {
			d := busy(t)
			s := d.State()
			o := work.make(t, s)
			if got := told(d.Apply(o)); got != whole {
				t.Fatal(got)
			}
			if got := told(d.Apply(work.make(t, s))); got != want[i] {
				t.Errorf("%s, want %s", got, want[i])
			}
			if r := s.Rounds[1].Basis; !r.IsWhole() {
				t.Error("an older state changed")
			}
			d.Undo()
			opens(t, d.State())
		})
	}
}

// What a fit was made with may go before and after the fit ends.
func TestLayersOfAFitThatAreGone(t *testing.T) {
	for _, early := range []bool{true, false} {
		d := busy(t)
		o := works[0].make(t, d.State())
		if early {
			must(t, removeBeta(d))
		}
		added, err := d.Apply(o)
		must(t, err)
		if !early {
			must(t, removeBeta(d))
		}
		r := d.State().Round(added.Round)
		if len(r.Fits) != 1 || len(r.Fits[0].Layers) != 1 || r.Fits[0].LayersGone != 1 {
			t.Errorf("removed before the end %t: %d fits, the first with %d layers and %d gone, want 1, 1, 1",
				early, len(r.Fits), len(r.Fits[0].Layers), r.Fits[0].LayersGone)
		}
		if o.Found.Fits[0].LayersGone != 0 || len(o.Found.Fits[0].Layers) != 2 {
			t.Error("the outcome was changed")
		}
		opens(t, d.State())
	}
}

func TestOutcomesThatAreMistakes(t *testing.T) {
	d := busy(t)
	s := d.State()
	zeroing, change := works[2].make(t, s), works[4].make(t, s)
	tests := []struct {
		name string
		o    Outcome
		want string
	}{
		{"of nothing", Outcome{From: s}, "document: an outcome of 0 kinds, want one"},
		{"of two kinds", Outcome{From: s, Zeroed: zeroing.Zeroed, Changed: change.Changed}, "document: an outcome of 2 kinds, want one"},
		{"no map", Outcome{Zeroed: zeroing.Zeroed}, "document: an outcome that was made without a map"},
		{"no fit", Outcome{From: s, Found: &Found{}}, "document: a round without a fit"},
		{"no result", Outcome{From: s, Found: &Found{Fits: []Fit{{Structure: 1}}}}, "document: a fit without a result"},
		{"no layer", Outcome{From: s, Zeroed: []Zeroed{{}}}, "document: a layer that takes nothing out"},
		{"no cut", Outcome{From: s, Changed: &ChangedLayer{1, &Layer{}}}, "document: a layer that takes nothing out"},
		{"of another placement", Outcome{From: s, Changed: &ChangedLayer{2, change.Changed.Layer}}, "document: a layer of another placement for layer 2"},
		{"of a stranger", Outcome{From: s, Found: &Found{Fits: []Fit{{Structure: 9, Result: found(1)}}}}, "gone: structure 9"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(d.Apply(tt.o)); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if !reflect.DeepEqual(d.State(), s) {
				t.Error("the document changed")
			}
		})
	}
}

// IDs are given once, whatever is removed, undone or opened.
func TestIDsAreNeverUsedAgain(t *testing.T) {
	d := busy(t)
	seen := map[string]bool{}
	note := func(kind string, id int) {
		t.Helper()
		name := kind + strings.Repeat("i", id)
		if seen[name] {
			t.Errorf("%s %d was given twice", kind, id)
		}
		seen[name] = true
	}
	step := func() {
		t.Helper()
		must(t, d.AddStructures(stick("gamma", 3)))
		s := d.State()
		note("structure", s.Structures[len(s.Structures)-1].ID)
		note("round", addRound(t, d, Fit{Structure: 1, Options: s.Options, Result: found(0.5)}))
		s = d.State()
		id := ClusterID{s.Rounds[len(s.Rounds)-1].Number, 1, 1}
		must(t, d.Accept(id))
		s = d.State()
		note("accepted", s.Accepted[len(s.Accepted)-1].ID)
		must(t, d.Withdraw(s.Accepted[len(s.Accepted)-1].ID))
	}
	step()
	for range 4 {
		d.Undo()
	}
	step()
	must(t, d.RemoveRound(d.State().Last.Round))
	must(t, d.RemoveStructures(d.State().Last.Structure))
	step()
	last := d.State().Last
	var b bytes.Buffer
	must(t, d.RemoveRound(last.Round))
	must(t, session.Encode(&b, d.State(), "", "test"))
	s, err := session.Decode(context.Background(), &b, "", inMemory(d.State()))
	must(t, err)
	if s.Last != last {
		t.Errorf("after opening the last IDs are %+v, want %+v", s.Last, last)
	}
	d.Replace(s)
	step()
	d.Undo()
	if d.Redo(); d.State().Last.Round != last.Round+1 {
		t.Errorf("redo gave round %d, want %d", d.State().Last.Round, last.Round+1)
	}
}

// A session of an older program does not say which IDs were given.
func TestOlderSessionsGiveNewIDs(t *testing.T) {
	d := busy(t)
	must(t, removeBeta(d))
	s := d.State()
	s.Last = IDs{}
	var b bytes.Buffer
	must(t, session.Encode(&b, s, "", "test"))
	if strings.Contains(b.String(), `"last"`) {
		t.Error("the session says which IDs were given")
	}
	got, err := session.Decode(context.Background(), &b, "", inMemory(s))
	must(t, err)
	if want := (IDs{Structure: 1, Round: 2, Accepted: 3, Layer: 1}); got.Last != want || s.Mentioned() != want {
		t.Errorf("%+v, want %+v", got.Last, want)
	}
}
