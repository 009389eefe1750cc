// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"difffit/fitting/cpu"
	"difffit/fitting/rank"
	"difffit/internal/testdata"
)

// The first of several structures is the one whose score, which is seen, is the
// best; for tubulin and kinesin neither z nor null z has it first.
func TestSeveralStructuresBeginWithTheBestScore(t *testing.T) {
	folder := testdata.Shared(t, "emd6187_3j8x_kinesin_tubulin")
	b := newBench(t, cpu.New())
	var files []string
	for _, name := range []string{"emd_6187_ABK.mrc", "start_A.pdb.gz", "start_B.pdb.gz", "start_K.pdb.gz"} {
		files = append(files, filepath.Join(folder, name))
	}
	b.files.Dropped(files)
	b.idle()
	o := b.Doc.State().Options
	o.Resolution = 5
	b.must(b.Doc.SetOptions("resolution", o))
	test.Tap(b.tools.fit)
	b.idle()
	s := b.Doc.State()
	for _, f := range s.Rounds[0].Fits {
		n := f.Result.Null
		if n == nil {
			t.Fatalf("%s: nothing is known of its wrong placements", s.Name(f.Structure))
		}
		t.Logf("%s: z %.1f, null z %.2f", s.Name(f.Structure), f.Result.Clusters[0].SignificanceZ, rank.Z(*n, f.Result.Clusters[0].MapCorrelation))
	}
	b.table.Focus()
	b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome}) // the first row
	first := b.Doc.Selected()
	for _, f := range s.Rounds[0].Fits {
		best, _ := s.Cluster(first)
		if c := f.Result.Clusters[0]; c.InWhole().Score > best.InWhole().Score {
			t.Errorf("first is %s, but %s has the better score", s.PlaceName(first), s.Name(f.Structure))
		}
	}
}
