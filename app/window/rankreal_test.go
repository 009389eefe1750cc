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

// The window has several structures in the order of the command line, which
// for tubulin and kinesin is not that of z; and has it again from its session.
func TestSeveralStructuresAreInTheOrderOfTheCommandLine(t *testing.T) {
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
	if id := b.Doc.Selected(); s.Name(id.Structure) != "start_A" {
		t.Errorf("first is %s, want start_A, as difffit-batch has it; z would have start_B first", s.PlaceName(id))
	}
}
