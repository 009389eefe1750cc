// SPDX-License-Identifier: BSD-3-Clause

//go:build e2e

package window

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"difffit/app/probe"
)

// A probe writes what the window shows to the file that the environment names.
func TestProbe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	t.Setenv(probe.Variable, path)
	b := newBench(t, &planned{})
	b.watch()
	b.fitted()
	var s probe.State
	b.until("the round is told", func() bool {
		text, err := os.ReadFile(path)
		b.must(err)
		s = probe.State{}
		b.must(json.Unmarshal(text, &s))
		return !s.Busy && s.Rounds == 1
	})
	if s.Rows != 6 || s.Selected == nil || s.Selected.Structure != "alpha" || s.Undo != 3 || !strings.HasPrefix(s.UndoItem, "Undo: ") {
		t.Errorf("%+v", s)
	}
	for _, name := range []string{"fit", "accept", "table", "histogram", "viewport", "menu.Edit/Undo"} {
		if p := s.Places[name]; p[2] < 10 || p[3] < 10 {
			t.Errorf("%s is at %v", name, p)
		}
	}
}
