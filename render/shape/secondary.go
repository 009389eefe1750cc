// SPDX-License-Identifier: BSD-3-Clause

package shape

import (
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// coil is what is neither helix nor strand.
const coil mol.SecondaryKind = 0

// A folding tells what residues are folded into: as the file says, else by the
// hydrogen bonds of the backbone, else, for models of Cα only, by the
// distances of those.
type folding struct {
	s      *mol.Structure
	bonded map[int]mol.SecondaryKind // by the first atom of a residue; nil if not known
}

func newFolding(s *mol.Structure, list []residue) *folding {
	f := &folding{s: s}
	if len(s.Secondary) == 0 {
		if b := newBackbone(s, list); b != nil {
			f.bonded = b.kinds()
		}
	}
	return f
}

// of returns the kind of each residue of a stretch.
func (f *folding) of(stretch []residue) []mol.SecondaryKind {
	kinds := make([]mol.SecondaryKind, len(stretch))
	switch {
	case !stretch[0].isProtein():
	case len(f.s.Secondary) > 0:
		for i, r := range stretch {
			for _, t := range f.s.Secondary {
				if t.Chain == r.chain && t.First <= r.seq && r.seq <= t.Last {
					kinds[i] = t.Kind
				}
			}
		}
	case f.bonded != nil:
		for i, r := range stretch {
			kinds[i] = f.bonded[r.first]
		}
	default:
		return distances(f.s, stretch)
	}
	return kinds
}

// span is a range of distances in ångström.
type span struct{ mean, by float64 }

func (d span) has(x float64) bool { return x >= d.mean-d.by && x <= d.mean+d.by }

// Distances of Cα atoms two, three and four residues apart in helices and
// strands: G. Labesse et al., "P-SEA", CABIOS 13, 291 (1997).
var (
	helixSpans  = [3]span{{5.5, 0.5}, {5.3, 0.5}, {6.4, 0.6}}
	strandSpans = [3]span{{6.7, 0.6}, {9.9, 0.9}, {12.4, 1.1}}
)

// The least residues of a helix and of a strand.
const (
	leastHelix  = 5
	leastStrand = 3
)

// distances assigns helices and strands by the distances of Cα atoms.
func distances(s *mol.Structure, stretch []residue) []mol.SecondaryKind {
	n := len(stretch)
	kinds := make([]mol.SecondaryKind, n)
	matches := func(i int, spans [3]span) bool {
		for k, d := range spans {
			if i+k+2 < n && !d.has(r3.Norm(r3.Sub(s.Atoms[stretch[i].ca].Pos, s.Atoms[stretch[i+k+2].ca].Pos))) {
				return false
			}
		}
		return i+3 < n
	}
	for _, x := range []struct {
		kind  mol.SecondaryKind
		spans [3]span
	}{{mol.Strand, strandSpans}, {mol.Helix, helixSpans}} {
		for i := range n {
			if matches(i, x.spans) {
				for k := i; k < min(i+4, n); k++ {
					kinds[k] = x.kind
				}
			}
		}
	}
	dropShort(kinds)
	return kinds
}

// dropShort makes coils of helices and strands that are too short to be any.
func dropShort(kinds []mol.SecondaryKind) {
	for i := 0; i < len(kinds); {
		j := i
		for j < len(kinds) && kinds[j] == kinds[i] {
			j++
		}
		if kinds[i] == mol.Helix && j-i < leastHelix || kinds[i] == mol.Strand && j-i < leastStrand {
			for k := i; k < j; k++ {
				kinds[k] = coil
			}
		}
		i = j
	}
}
