// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"encoding/json"
	"testing"

	. "difffit/app/document"
)

func TestDiff(t *testing.T) {
	options := func(s *State) { s.Options.Starts = 77 }
	level := func(s *State) { v := 0.5; s.Options.Level = &v }
	tests := []struct {
		name     string
		old, new func(*State) // done to the state of composed
		want     Change
	}{
		{"nothing", nil, nil, NothingChanged},
		{"map", nil, func(s *State) { s.Map = noise(2) }, MapChanged},
		{"structure removed", nil, func(s *State) { s.Structures = s.Structures[:1] }, StructuresChanged},
		{"option", nil, options, OptionsChanged},
		{"level stated", nil, level, OptionsChanged},
		{"same level elsewhere in memory", level, level, NothingChanged},
		{"round and mark", nil, func(s *State) { s.Rounds, s.Marks = s.Rounds[1:], nil }, RoundsChanged | MarksChanged},
		{"accepted and layers", nil, func(s *State) { s.Accepted, s.Layers = s.Accepted[1:], nil }, AcceptedChanged | LayersChanged},
		{"other maps", nil, func(s *State) { s.Others = []*OtherMap{{ID: 1}} }, OthersChanged},
		{"view", nil, func(s *State) { s.View = json.RawMessage("{}") }, ViewChanged},
		{"all", nil, func(s *State) { *s = State{View: json.RawMessage("{}"), Others: []*OtherMap{{ID: 1}}} }, EverythingChanged},
	}
	d := composed(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := d.State(), d.State()
			if tt.old != nil {
				tt.old(&a)
			}
			if tt.new != nil {
				tt.new(&b)
			}
			if got := Diff(a, b); got != tt.want {
				t.Errorf("Diff: %b, want %b", got, tt.want)
			}
			if back := Diff(b, a); back != tt.want {
				t.Errorf("Diff the other way: %b, want %b", back, tt.want)
			}
		})
	}
}

func TestWatchTellsWhatChanged(t *testing.T) {
	d := composed(t)
	var told []Change
	d.Watch(func(_ State, c Change) { told = append(told, c) })
	must(t, d.SetNote(ClusterID{1, 1, 1}, "upside down"))
	must(t, d.SetLayer(1, false))
	d.Undo()
	d.Redo()
	must(t, d.SetRejected(ClusterID{2, 1, 1}, true))
	d.Replace(d.State())
	want := []Change{EverythingChanged, MarksChanged, LayersChanged, LayersChanged, LayersChanged, MarksChanged, EverythingChanged}
	for i, c := range want {
		if i >= len(told) || told[i] != c {
			t.Fatalf("told %b, want %b", told, want)
		}
	}
	if len(told) != len(want) {
		t.Errorf("told %d times, want %d", len(told), len(want))
	}
}
