// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"strconv"

	"difffit/app/document"
	"difffit/fitting"
)

// A row is a cluster in the table.
type row struct {
	id       document.ClusterID
	place    int // among all clusters of the round, from 1
	name     string
	accepted bool
	fitting.Cluster
}

// A column is a column of the table. All numbers but the rank are better the
// greater they are.
type column struct {
	title   string
	meaning string // one line for the help
	width   float32
	text    func(*row) string
	compare func(a, b *row) int
	words   bool // text and not numbers: left-aligned, ascending first
}

// by makes a column of numbers with a fixed count of digits.
func by(title, meaning string, width float32, digits int, value func(*row) float64) column {
	return column{
		title: title, meaning: meaning, width: width,
		text:    func(r *row) string { return number(value(r), digits) },
		compare: func(a, b *row) int { return cmp.Compare(value(a), value(b)) },
	}
}

// columns are those of the table, from the left.
var columns = []column{
	{
		"#", "Rank among all clusters of the round; ✓ marks an accepted one.", 46,
		func(r *row) string {
			if r.accepted {
				return "✓ " + strconv.Itoa(r.place)
			}
			return strconv.Itoa(r.place)
		},
		func(a, b *row) int { return cmp.Compare(b.place, a.place) }, // the first is the best
		false,
	},
	{
		"Structure", "Which structure was placed.", 116,
		func(r *row) string { return r.name },
		func(a, b *row) int {
			return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.id.Structure, b.id.Structure))
		},
		true,
	},
	by("Hits", "Starts that ended in this cluster.", 48, 0, func(r *row) float64 { return float64(r.Hits) }),
	by("Score", "What ranks: correlation of map and simulated map, plain × without slow variation. 0.2 and more is believable.", 58, 3,
		func(r *row) float64 { return r.Score }),
	by("z", "Fisher z of the correlation: compares structures of different size. 20 and more is believable.", 50, 1,
		func(r *row) float64 { return r.SignificanceZ }),
	{
		"Density", "Mean density at the atoms, in the units of the map.", 72,
		func(r *row) string { return aligned(r.Density) },
		func(a, b *row) int { return cmp.Compare(a.Density, b.Density) },
		false,
	},
	{
		"Overlap", "Mean over atoms of density × simulated density.", 74,
		func(r *row) string { return aligned(r.Overlap) },
		func(a, b *row) int { return cmp.Compare(a.Overlap, b.Overlap) },
		false,
	},
	by("Corr", "Correlation of density and simulated density at all atoms.", 52, 3, func(r *row) float64 { return r.Correlation }),
	by("CAM", "The same about the mean.", 54, 3, func(r *row) float64 { return r.CorrelationAboutMean }),
	{
		"Inside", "Part of the atoms inside the contour.", 62,
		func(r *row) string { return number(100*r.Inside, 0) + " %" },
		func(a, b *row) int { return cmp.Compare(a.Inside, b.Inside) },
		false,
	},
	by("Map CC", "Correlation about the mean with the simulated map, on grid points.", 70, 3, func(r *row) float64 { return r.MapCorrelation }),
}

// ColumnHelp explains the columns of the table, title and meaning.
func ColumnHelp() [][2]string {
	var help [][2]string
	for _, c := range columns {
		help = append(help, [2]string{c.title, c.meaning})
	}
	return help
}
