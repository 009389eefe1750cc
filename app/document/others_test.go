// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"strings"
	"testing"

	"difffit/app/document"
	"difffit/fitting/volume"
)

func TestOtherMaps(t *testing.T) {
	d := document.New()
	m := &document.Map{Name: "half1"}
	invert := []volume.Filter{{Kind: volume.InvertFilter}}
	var changes document.Change
	d.Watch(func(_ document.State, c document.Change) { changes = c })
	tests := []struct {
		name   string
		do     func() error
		want   string // the IDs and uses that are there
		label  string // of undo
		change document.Change
		fault  string
	}{
		{"add", func() error { return d.AddMaps(document.OtherMap{Use: document.HalfMap, Map: m}) }, "1 half-map", "Add half-map half1", document.OthersChanged, ""},
		{
			"add two",
			func() error {
				return d.AddMaps(document.OtherMap{Use: document.MaskMap, Map: m}, document.OtherMap{Use: document.ReferenceMap, Map: m})
			},
			"1 half-map, 2 mask, 3 reference map", "Add 2 maps", document.OthersChanged, "",
		},
		{"none", func() error { return d.AddMaps() }, "1 half-map, 2 mask, 3 reference map", "Add 2 maps", 0, ""},
		{"no use", func() error { return d.AddMaps(document.OtherMap{Use: "hat", Map: m}) }, "1 half-map, 2 mask, 3 reference map", "Add 2 maps", 0, `use is "hat"`},
		{"no map", func() error { return d.AddMaps(document.OtherMap{Use: document.MaskMap}) }, "1 half-map, 2 mask, 3 reference map", "Add 2 maps", 0, "there is none"},
		{"filters of a mask", func() error { return d.AddMaps(document.OtherMap{Use: document.MaskMap, Map: m, Filters: invert}) }, "1 half-map, 2 mask, 3 reference map", "Add 2 maps", 0, "1 filters"},
		{"a filtered map without filters", func() error { return d.AddMaps(document.OtherMap{Use: document.FilteredMap, Map: m}) }, "1 half-map, 2 mask, 3 reference map", "Add 2 maps", 0, "0 filters"},
		{"a wrong filter", func() error {
			return d.AddMaps(document.OtherMap{Use: document.FilteredMap, Map: m, Filters: []volume.Filter{{Kind: "blur"}}})
		}, "1 half-map, 2 mask, 3 reference map", "Add 2 maps", 0, `kind is "blur"`},
		{"remove", func() error { return d.RemoveMap(3) }, "1 half-map, 2 mask", "Remove reference map half1", document.OthersChanged, ""},
		{"remove again", func() error { return d.RemoveMap(3) }, "1 half-map, 2 mask", "Remove reference map half1", 0, "no other map 3"},
		{"a new number", func() error { return d.AddMaps(document.OtherMap{Use: document.MaskMap, Map: m}) }, "1 half-map, 2 mask, 4 mask", "Add mask half1", document.OthersChanged, ""},
		{"a filtered map", func() error { return d.AddMaps(document.OtherMap{Use: document.FilteredMap, Map: m, Filters: invert}) }, "1 half-map, 2 mask, 4 mask, 5 filtered map", "Add filtered map half1", document.OthersChanged, ""},
		{"remove it", func() error { return d.RemoveMap(5) }, "1 half-map, 2 mask, 4 mask", "Remove filtered map half1", document.OthersChanged, ""},
		{"open", func() error { return d.SetMap(m) }, "1 half-map, 2 mask, 4 mask", "Open map half1", document.MapChanged, ""},
		{"close", func() error { return d.CloseMap() }, "1 half-map, 2 mask, 4 mask", "Close map half1", document.MapChanged, ""},
		{"close again", func() error { return d.CloseMap() }, "1 half-map, 2 mask, 4 mask", "Close map half1", 0, "no map is open"},
	}
	for _, tt := range tests {
		changes = 0
		err := tt.do()
		if tt.fault == "" && err != nil || tt.fault != "" && (err == nil || !strings.Contains(err.Error(), tt.fault)) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.fault)
		}
		var got []string
		for _, o := range d.State().Others {
			got = append(got, string('0'+rune(o.ID))+" "+string(o.Use))
		}
		if s := strings.Join(got, ", "); s != tt.want || d.UndoLabel() != tt.label || changes != tt.change {
			t.Errorf("%s: has %q, undo %q, changes %b; want %q, %q, %b", tt.name, s, d.UndoLabel(), changes, tt.want, tt.label, tt.change)
		}
	}
}
