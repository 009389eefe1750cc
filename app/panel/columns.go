// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"difffit/app/document"
	"difffit/fitting"
)

// A row is a cluster in the table.
type row struct {
	id       document.ClusterID
	place    int // among all clusters of the round, from 1
	name     string
	accepted bool
	rejected bool
	before   document.Decision // of another round, where this one has none
	taken    bool              // its place is, by what is accepted
	above    float64           // score of the best of those that it stands out from; 0 if it does not
	note     string
	pin      int     // its number among the pinned ones, from 1; 0 if it is not
	level    float64 // contour level of its fit, in the units of the map
	inside   float64 // percent of the atoms above the level that is shown, where that is known
	isInside bool    // it is
	verdict  fitting.Verdict
	// provisional: of a fit that runs in what is left of the map, and not measured
	// in the map as it was opened yet.
	provisional bool
	// resolution of the map in its fit, in ångström; 0 where it is not known
	resolution float64
	largest    *largest
	// What it may be ranked by, see document.Ranked; NaN where that is not known.
	nullZ, libraryZ float64
	group           *group // of which it is one; nil where rows are not folded
	own             bool   // it is not folded below another
	*fitting.Cluster
}

// status returns the sign before the rank.
func (r *row) status() string {
	switch {
	case r.accepted || r.before.Accepted:
		return "✓ "
	case r.rejected || r.before.Rejected:
		return "✗ "
	}
	return ""
}

// A column is a column of the table.
type column struct {
	name    string // in filters, files and preferences: as in fits.json where it is there
	title   string
	short   string // title where there is little room, on two lines; "" if it is the same
	meaning string // for the help, with the unit
	good    string // which direction is good; "" if none is
	text    func(*row) string
	format  func(float64) string            // of values; nil for words
	brief   func(float64) string            // of a metric or a difference where there is little room: without the unit
	value   func(*row) float64              // as shown; nil for words
	metric  func(fitting.Placement) float64 // value of a placement alone; nil where that is not known of each
	raw     func(*row) any                  // for files
	compare func(a, b *row) int
	words   bool            // text and not numbers: left-aligned, ascending first
	best    bool            // words that have a best, which is first and the greatest
	scale   *scale          // of the bars in its cells; nil if they have none
	counts  bool            // grows with the starts of the fit: placements of different fits are not compared by it
	known   func(*row) bool // whether a row has a value, of a column that is not shown where none has; nil for others
}

// orderColumn is the name of the column of row numbers, as in fits.csv; "rank"
// is the place of a cluster there.
const orderColumn = "order"

// Names of columns that are more than a number.
const (
	verdictColumn    = "verdict"
	structureColumn  = "structure"
	scoreColumn      = "score"
	scoreWholeColumn = "score_whole"
	zColumn          = "significance_z"
	insideColumn     = "inside"
	fitMapColumn     = "map_correlation"
	wholeMapColumn   = "map_correlation_whole"
)

// firstColumns are those that the table has before a person chooses others. Some
// are shown only in rounds in which they have values.
var firstColumns = []string{verdictColumn, structureColumn, scoreColumn, scoreWholeColumn, wholeMapColumn, insideColumn, "note"}

const higher = "Higher is better."

// by makes a column of what rows are ranked by.
func by(name, title, meaning string, scale *scale, text func(float64) string, value func(*row) float64) *column {
	return &column{
		name: name, title: title, meaning: meaning, good: higher, value: value, scale: scale, format: text,
		text:    func(r *row) string { return text(value(r)) },
		raw:     func(r *row) any { return value(r) },
		compare: func(a, b *row) int { return cmp.Compare(value(a), value(b)) },
	}
}

// of makes a column of a metric of placements, in the map as it was opened: a
// placement has one quality, however it was found.
func of(name, title, meaning string, scale *scale, text func(float64) string, metric func(fitting.Placement) float64) *column {
	return where(name, title, meaning, scale, text, metric, func(r *row) fitting.Metrics { return r.whole() })
}

// where is of in a map that says what the metrics of a row are.
func where(name, title, meaning string, scale *scale, text func(float64) string, metric func(fitting.Placement) float64, in func(*row) fitting.Metrics) *column {
	c := by(name, title, meaning, scale, text, func(r *row) float64 {
		return metric(fitting.Placement{Motion: r.Motion, Hits: r.Hits, Metrics: in(r)})
	})
	c.metric, c.brief = metric, text
	return c
}

// inFit are the metrics of a row in the map that was fitted.
func inFit(r *row) fitting.Metrics { return r.Metrics }

// ofDensity makes a column of a metric in the units of the map.
func ofDensity(name, title, meaning string, scale *scale, metric func(fitting.Placement) float64) *column {
	c := of(name, title, meaning, scale, aligned, metric)
	c.brief = func(v float64) string {
		if v < 1000 {
			return number(v, 3)
		}
		return short(v)
	}
	return c
}

func digits(n int) func(float64) string {
	return func(v float64) string { return number(v, n) }
}

// columns are all there are, in the order in which they are offered.
var columns = []*column{
	{
		name: orderColumn, title: "#", good: "1 is the best.",
		meaning: "Number of the placement in fits.csv: for one structure by score; for several by Library z where there are 20 structures or more, else by Null z, or else by z. (“placement 2” is the second of its structure.) ✓ accepted, ✗ rejected, in grey if in another round; a coloured edge marks pinned ones.",
		text:    func(r *row) string { return strconv.Itoa(r.place) },
		value:   func(r *row) float64 { return float64(r.place) },
		raw:     func(r *row) any { return r.place },
		compare: func(a, b *row) int { return cmp.Compare(b.place, a.place) }, // the first is the best
	},
	verdictOf(),
	{
		name: structureColumn, title: "Structure", meaning: "Which structure was placed.", words: true,
		text: func(r *row) string { return r.name },
		raw:  func(r *row) any { return r.name },
		compare: func(a, b *row) int {
			return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.id.Structure, b.id.Structure))
		},
	},
	hits(),
	where(scoreColumn, "Score", fmt.Sprintf("What ranks: correlation of the map with the map simulated from the structure, × the same after both lost what varies slowly (a 6 Å Gaussian); 0 if either is negative. A right placement has %g and more.", fitting.MinScore),
		toOne, digits(3), func(p fitting.Placement) float64 { return p.Score }, inFit),
	of(zColumn, "z", fmt.Sprintf("Fisher z: atanh of the correlation × √(independent points − 3), so that structures of different size can be compared. By itself it proves nothing: in maps worse than %d Å it should be %d or more, besides a score of %g.", fitting.Blurred, fitting.MinBlurredZ, fitting.MinScore),
		toFullZ, digits(1), func(p fitting.Placement) float64 { return p.SignificanceZ }),
	scoreInWhole(),
	by(wholeMapColumn, "Map CC", "Correlation about the mean of the map, as it was opened, with the simulated map, on grid points in and around the structure, −1 to 1.",
		toOne, digits(3), func(r *row) float64 { return r.whole().MapCorrelation }),
	rare(by("library_z", "Library z", "How far the z of the placement is above those of structures of the same size in the same round, most of which are wrong, in standard deviations. Known where 20 structures or more were fitted; it ranks them.",
		toFullZ, digits(1), func(r *row) float64 { return r.libraryZ })),
	rare(by("null_z", "Null z", "How far the Map CC of the placement (its Fisher z) is above those of wrong placements of the same structure, in standard deviations. Looked for where 2 to 19 structures were fitted; it ranks them.",
		toFullZ, digits(1), func(r *row) float64 { return r.nullZ })),
	ofDensity("density", "Density", "Mean density of the map at the atoms, in the units of the map.",
		toDensity, func(p fitting.Placement) float64 { return p.Density }),
	ofDensity("overlap", "Overlap", "Mean over the atoms of density × simulated density, in the units of the map.",
		toOverlap, func(p fitting.Placement) float64 { return p.Overlap }),
	atAtoms(),
	aboutMean(),
	inside(),
	where(fitMapColumn, "Fit CC", "The Map CC in the map that was fitted: as it was opened, or what zeroing left of it.",
		toOne, digits(3), func(p fitting.Placement) float64 { return p.MapCorrelation }, inFit),
	{
		name: "note", title: "Note", meaning: "What you noted about the placement (N).", words: true,
		text: func(r *row) string {
			if r.note == "" { // as that of most
				return ""
			}
			return strings.Join(strings.Fields(r.note), " ")
		},
		raw:     func(r *row) any { return r.note },
		compare: func(a, b *row) int { return compareNotes(a.note, b.note) },
		known:   func(r *row) bool { return r.note != "" },
	},
}

// compareNotes puts rows without a note last.
func compareNotes(a, b string) int {
	switch {
	case a == "" && b != "":
		return 1
	case a != "" && b == "":
		return -1
	}
	return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
}

// rare makes a column one that is shown only where there are values.
func rare(c *column) *column {
	c.known = func(r *row) bool { return !math.IsNaN(c.value(r)) }
	return c
}

// isKnown tells whether some of rows have a value in c.
func (c *column) isKnown(rows []*row) bool {
	return c.known == nil || slices.ContainsFunc(rows, c.known)
}

// unknown are metrics that are not known.
var unknown = fitting.Metrics{
	Score: math.NaN(), SignificanceZ: math.NaN(), Density: math.NaN(), Overlap: math.NaN(),
	Correlation: math.NaN(), CorrelationAboutMean: math.NaN(), Inside: math.NaN(), MapCorrelation: math.NaN(),
}

// wholeOf are the metrics of a row in the map as it was opened, where those are
// others; else they are not numbers.
func wholeOf(r *row) fitting.Metrics {
	if r.Whole == nil {
		return unknown
	}
	return *r.Whole
}

// whole are the metrics of a row in the map as it was opened, not numbers as long
// as they are not known.
func (r *row) whole() fitting.Metrics {
	if r.provisional {
		return unknown
	}
	return r.InWhole()
}

// scoreInWhole is the column of the score that a placement has everywhere, where
// what ranks is another. Rows of both kinds are compared by it.
func scoreInWhole() *column {
	c := rare(by(scoreWholeColumn, "In whole", "The score in the map as it was opened, where the round was a fit in what zeroing left of it. What is left flatters free places; a right placement must be good in both.",
		toOne, digits(3), func(r *row) float64 { return wholeOf(r).Score }))
	c.compare = func(a, b *row) int { return cmp.Compare(a.InWhole().Score, b.InWhole().Score) }
	return c
}

func hits() *column {
	c := of("hits", "Starts", "How many of the starts that were followed to the end came here. Many confirm a placement; one is weak.",
		toMostHits, digits(0), func(p fitting.Placement) float64 { return float64(p.Hits) })
	c.counts = true
	c.raw = func(r *row) any { return r.Hits }
	return c
}

func atAtoms() *column {
	c := of("correlation", "CC at atoms", "Correlation of density and simulated density at all atoms, −1 to 1: it grows with a constant background.",
		toOne, digits(3), func(p fitting.Placement) float64 { return p.Correlation })
	c.short = "CC atoms"
	return c
}

func aboutMean() *column {
	c := of("correlation_about_mean", "CC about mean", "Correlation about the mean of density and simulated density at all atoms, −1 to 1: it does not grow with a constant background.",
		toOne, digits(3), func(p fitting.Placement) float64 { return p.CorrelationAboutMean })
	c.short = "CC mean"
	return c
}

// help returns what a tooltip says of the column.
func (c *column) help() string {
	if c.good == "" {
		return c.meaning
	}
	return c.meaning + " " + c.good
}

// ColumnHelp explains the columns of the table, title and meaning.
func ColumnHelp() [][2]string {
	var help [][2]string
	for _, c := range columns {
		help = append(help, [2]string{c.title, c.help()})
	}
	return help
}

// aliases are short names of columns in filters, besides names and titles.
var aliases = map[string]string{
	"#": orderColumn, "rank": orderColumn, "z": "significance_z", "corr": "correlation", "cam": "correlation_about_mean",
	"map_cc": wholeMapColumn, "cc": wholeMapColumn, "mapcc": wholeMapColumn, "name": "structure", "right": verdictColumn,
}

// squeezed writes a title as it can stand in a filter: without spaces.
func squeezed(title string) string { return strings.ToLower(strings.ReplaceAll(title, " ", "")) }

// columnOf finds a column by its name, title or alias, whatever the case.
func columnOf(name string) *column {
	name = squeezed(name)
	if full, ok := aliases[name]; ok {
		name = full
	}
	i := slices.IndexFunc(columns, func(c *column) bool { return c.name == name || squeezed(c.title) == name })
	if i < 0 {
		return nil
	}
	return columns[i]
}
