// SPDX-License-Identifier: BSD-3-Clause

package session_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	. "difffit/app/session"
)

// A session is the one format that people edit by hand. Whatever is in the
// file, it is an error or a document that can be worked on and saved.
func FuzzDecode(f *testing.F) {
	s := documenttest.Composed(f).State()
	inputs := inMemory(s)
	for _, s := range []document.State{s, documenttest.Worked(f).State(), document.New().State()} {
		var b bytes.Buffer
		if err := Encode(&b, s, "/data", "test"); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		workedOn(t, data, inputs)
	})
}

// workedOn opens a session, if that can be done, works on it and saves it.
func workedOn(t *testing.T, data []byte, inputs documenttest.Memory) {
	s, err := Decode(context.Background(), bytes.NewReader(data), "/data", inputs)
	if err != nil {
		return
	}
	saved(t, s, inputs) // equal bytes: NaN is equal to nothing
	d := document.New()
	d.Replace(s)
	id := document.ClusterID{}
	for _, r := range s.Rounds {
		for _, id = range document.Order(r.Number, r.Fits) {
			s.Members(id)
			s.DecidedElsewhere(id)
		}
	}
	_ = d.Accept(id) // may be refused
	must(t, d.SetTolerance(1, 1))
	saved(t, d.State(), inputs)
}

// FuzzDecodeChanged changes one value of a session, as a person may who edits
// it: bytes that are changed at random are seldom JSON.
func FuzzDecodeChanged(f *testing.F) {
	s := documenttest.Composed(f).State()
	inputs := inMemory(s)
	var b bytes.Buffer
	if err := Encode(&b, s, "/data", "test"); err != nil {
		f.Fatal(err)
	}
	for i, value := range []string{"null", "-1", "0", "1e300", "[]", "{}", `""`, `"x"`, "true", "2"} {
		f.Add(uint(97*i), value)
	}
	f.Fuzz(func(t *testing.T, at uint, value string) {
		var tree, with any
		if err := json.Unmarshal([]byte(value), &with); err != nil {
			return
		}
		must(t, json.Unmarshal(b.Bytes(), &tree))
		places := placesOf(&tree)
		places[at%uint(len(places))](with)
		data, err := json.Marshal(tree)
		must(t, err)
		workedOn(t, data, inputs)
	})
}

// placesOf returns what changes each of the values within a value.
func placesOf(v *any) []func(any) {
	places := []func(any){func(x any) { *v = x }}
	switch in := (*v).(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(in)) {
			x := in[key]
			below := placesOf(&x)
			for _, change := range below {
				places = append(places, func(y any) { change(y); in[key] = x })
			}
		}
	case []any:
		for i := range in {
			places = append(places, placesOf(&in[i])...)
		}
	}
	return places
}
