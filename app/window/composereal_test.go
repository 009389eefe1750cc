// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting/cpu"
	"difffit/internal/testdata"
)

// across accepts the best copy and that of the next three that is farthest away.
const across = -1

// ranks returns the ranks of the first copies, or of two across from each other.
func ranks(b *bench, copies int) (out []int) {
	if copies != across {
		for rank := range copies {
			out = append(out, rank+1)
		}
		return out
	}
	center := func(rank int) r3.Vec { // the structure is centred at 0 in its file
		c, _ := b.Doc.State().Cluster(document.ClusterID{Round: 1, Structure: 1, Rank: rank})
		return c.Motion.Shift
	}
	far := 2
	for rank := 3; rank <= 4; rank++ {
		if r3.Norm(r3.Sub(center(rank), center(1))) > r3.Norm(r3.Sub(center(far), center(1))) {
			far = rank
		}
	}
	return []int{1, far}
}

// In real maps two or three copies that were fitted and accepted tell the
// symmetry, and the copies that it proposes have the density of the others.
func TestSymmetryInRealMaps(t *testing.T) {
	tests := []struct {
		folder, density, start string
		resolution             float64
		accept                 int
		given                  string // "": to be found
		want                   string
		good                   int // proposals that score as the accepted ones do
	}{
		{"emd1461_vp6_trimer", "emd_1461.mrc.gz", "start_vp6.pdb.gz", 3.8, 2, "", "symmetry C3", 1},
		{"emd0093_6gyn_hcn4", "emd_0093_masked.mrc.gz", "start_A.pdb.gz", 3.4, 2, "", "symmetry C4", 2},
		{"emd0093_6gyn_hcn4", "emd_0093_masked.mrc.gz", "start_A.pdb.gz", 3.4, 1, "C4", "symmetry C4", 3},
		{"emd0093_6gyn_hcn4", "emd_0093_masked.mrc.gz", "start_A.pdb.gz", 3.4, across, "", "symmetry C4", 2},
		// Five complete copies, and two that the box cuts: their centres are in it.
		{"emd5168_factin", "emd_5168.map.gz", "start_3MFP.pdb.gz", 6.6, 3, "", "symmetry helix of rise 27.", 2},
		// The best two are three subunits apart.
		{"emd5168_factin", "emd_5168.map.gz", "start_3MFP.pdb.gz", 6.6, 2, "", "symmetry helix of rise 27.", 3},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.folder, tt.given, tt.accept), func(t *testing.T) {
			folder := testdata.Shared(t, tt.folder)
			b := newBench(t, cpu.New())
			b.files.Dropped([]string{filepath.Join(folder, tt.density), filepath.Join(folder, tt.start)})
			b.idle()
			o := b.Doc.State().Options
			o.Resolution = tt.resolution
			b.must(b.Doc.SetOptions("resolution", o))
			test.Tap(b.tools.fit)
			b.idle()
			least := 1.0
			for _, rank := range ranks(b, tt.accept) {
				id := document.ClusterID{Round: 1, Structure: 1, Rank: rank}
				b.Doc.Select(id)
				b.table.Accept()
				c, _ := b.Doc.State().Cluster(id)
				least = min(least, c.Score)
			}
			b.idle()
			b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText(tt.given)
			b.press("compose.propose")
			s := b.Doc.State()
			if len(s.Rounds) != 2 {
				t.Fatalf("nothing is proposed; status %q, says %q", b.Status.Text, b.said())
			}
			if by := s.Rounds[1].Proposed; by[:min(len(by), len(tt.want))] != tt.want {
				t.Errorf("proposed by %q, want %q", by, tt.want)
			}
			good := 0
			for _, id := range s.Proposals() {
				if c, _ := s.Cluster(id); c.Score >= 0.8*least {
					good++
				}
			}
			t.Logf("%s: %d proposals, %d of them good; accepted score %.3f and more; %s", s.Rounds[1].Proposed, len(s.Proposals()), good, least, b.Status.Text)
			if good != tt.good {
				t.Errorf("%d of %d proposals are good, want %d", good, len(s.Proposals()), tt.good)
			}
		})
	}
}
