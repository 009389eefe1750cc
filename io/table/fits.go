// SPDX-License-Identifier: BSD-3-Clause

// Package table writes what fits found as tables: JSON for programs, CSV for
// spreadsheets, and a list that ChimeraX's users and DomainFit's scripts know.
// It knows results, but neither how they were found nor where they are kept.
package table

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"difffit/fitting"
	"difffit/fitting/rank"
	"difffit/fitting/volume"
)

// Format and Version name the layout of Fits in JSON. Fields may be added
// under the same version, none is removed or renamed.
const (
	Format  = "difffit.fits"
	Version = 1
)

// Fits is what one run found: fits.json. Start from NewFits.
type Fits struct {
	Format     string          `json:"format"`
	Version    int             `json:"version"`
	Partial    bool            `json:"partial"` // interrupted: what was finished is here
	Map        Map             `json:"map"`
	Options    fitting.Options `json:"options"`
	Engine     fitting.Info    `json:"engine"`
	Seed       uint64          `json:"seed"`
	Seconds    Seconds         `json:"seconds"`
	RankedBy   rank.Measure    `json:"ranked_by,omitempty"` // of several structures
	Structures []Structure     `json:"structures"`          // best first, by RankedBy of their best cluster
	Unread     []Unread        `json:"unread,omitempty"`    // structures that could not be read
}

// Map is the density map of a run.
type Map struct {
	Path           string  `json:"path"`
	SHA256         string  `json:"sha256"` // of the file as it lies on disk, in hex
	Level          float64 `json:"level"`
	LevelRule      string  `json:"level_rule"`
	Resolution     float64 `json:"resolution"` // ångström
	ResolutionRule string  `json:"resolution_rule"`
}

// NewMap returns the map of the given file with the level and resolution that were used.
func NewMap(path, sha256 string, level volume.Level, resolution volume.Resolution) Map {
	return Map{path, sha256, level.Value, level.Rule, resolution.Value, resolution.Rule}
}

// Seconds are wall-clock times. Prepare, Search and Score are summed over the
// structures, so they may exceed Total where several were fitted at once.
type Seconds struct {
	Read    float64 `json:"read"`
	Prepare float64 `json:"prepare"`
	Search  float64 `json:"search"`
	Score   float64 `json:"score"`
	Total   float64 `json:"total"`
}

// Structure is one structure with the places that were found for it.
type Structure struct {
	ID           int       `json:"-"` // in the document that it is of; 0 if it is of none
	Path         string    `json:"path"`
	SHA256       string    `json:"sha256"`
	Name         string    `json:"name"`
	Atoms        int       `json:"atoms"`
	AtomsUsed    int       `json:"atoms_used"`
	LeftOut      LeftOut   `json:"left_out"`
	Starts       int       `json:"starts"`
	RoundsAgreed bool      `json:"rounds_agreed"`
	Engine       string    `json:"engine"`         // that found it: see fitting.Info
	Kernel       string    `json:"kernel"`         // inner loop in use: see fitting.Info
	Note         string    `json:"note,omitempty"` // what a person should know: see fitting.Result
	Clusters     []Cluster `json:"clusters"`       // best first
	// Significance belongs to the p values of the clusters; nil if nobody asked.
	Significance *Significance `json:"significance,omitempty"`
}

// LeftOut is mol.Excluded with the names of this format: atoms that took no part.
type LeftOut struct {
	Water       int `json:"water"`
	Hydrogens   int `json:"hydrogens"`
	NotBackbone int `json:"not_backbone"`
}

// Cluster is one place of a structure. The motion is x' = R·x + t from the
// structure's file to the map's frame.
type Cluster struct {
	Rank int `json:"rank"` // from 1
	Hits int `json:"hits"`
	fitting.Metrics
	Quaternion  [4]float64 `json:"quaternion"`  // w, x, y, z
	Rotation    [9]float64 `json:"rotation"`    // row-major
	Translation [3]float64 `json:"translation"` // ångström
	// ScoreWhole and MapCorrelationWhole are metrics in the map as it was opened,
	// where the fit was in what was left of it; nil where that is the same.
	ScoreWhole          *float64 `json:"score_whole,omitempty"`
	MapCorrelationWhole *float64 `json:"map_correlation_whole,omitempty"`
	rank.Standing                // see Structure.Assess and Fits.Rank
	// Undefined names the metrics that have no value for this place; they are
	// written as 0, for JSON has no NaN.
	Undefined []string `json:"undefined,omitempty"`
}

// Unread is a structure that could not be read, and why.
type Unread struct {
	Path  string `json:"path"`
	Error string `json:"error"`
}

// NewFits returns a table without structures.
func NewFits() *Fits {
	return &Fits{Format: Format, Version: Version, Structures: []Structure{}}
}

// NewCluster returns the row of a cluster. Metrics that are not finite become
// 0 and are named in Undefined.
func NewCluster(c fitting.Cluster) Cluster {
	q, t := c.Motion.Rotation, c.Motion.Shift
	row := Cluster{
		Rank: c.Rank, Hits: c.Hits, Metrics: c.Metrics,
		Quaternion:  [4]float64{q.Real, q.Imag, q.Jmag, q.Kmag},
		Rotation:    c.Motion.Matrix(),
		Translation: [3]float64{t.X, t.Y, t.Z},
	}
	if m := c.Whole; m != nil {
		row.ScoreWhole, row.MapCorrelationWhole = known(m.Score), known(m.MapCorrelation)
	}
	for _, m := range metrics {
		if v := m.of(&row.Metrics); math.IsNaN(*v) || math.IsInf(*v, 0) {
			*v = 0
			row.Undefined = append(row.Undefined, m.name)
		}
	}
	return row
}

// known returns where v is, nil if it is not finite.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// NewClusters returns the rows of the first top clusters, of all if top is 0.
func NewClusters(clusters []fitting.Cluster, top int) []Cluster {
	if top > 0 && len(clusters) > top {
		clusters = clusters[:top]
	}
	rows := make([]Cluster, len(clusters))
	for i, c := range clusters {
		rows[i] = NewCluster(c)
	}
	return rows
}

// metrics has every metric with its name in JSON and CSV; a test holds the
// names to the tags of fitting.Metrics.
var metrics = []struct {
	name string
	of   func(*fitting.Metrics) *float64
}{
	{"score", func(m *fitting.Metrics) *float64 { return &m.Score }},
	{"significance_z", func(m *fitting.Metrics) *float64 { return &m.SignificanceZ }},
	{"density", func(m *fitting.Metrics) *float64 { return &m.Density }},
	{"overlap", func(m *fitting.Metrics) *float64 { return &m.Overlap }},
	{"correlation", func(m *fitting.Metrics) *float64 { return &m.Correlation }},
	{"correlation_about_mean", func(m *fitting.Metrics) *float64 { return &m.CorrelationAboutMean }},
	{"inside", func(m *fitting.Metrics) *float64 { return &m.Inside }},
	{"map_correlation", func(m *fitting.Metrics) *float64 { return &m.MapCorrelation }},
}

// Best returns the best cluster of s, nil if it has none.
func (s *Structure) Best() *Cluster {
	if len(s.Clusters) == 0 {
		return nil
	}
	return &s.Clusters[0]
}

// A Row is one cluster with the structure that it belongs to.
type Row struct {
	Order     int // from 1, over all structures
	Structure int // index into Fits.Structures
	*Cluster
}

// Rows returns the clusters of all structures, ranked together by RankedBy: see
// rank.Measure.Places.
func (f *Fits) Rows() []Row {
	places := f.RankedBy.Places(f.entries())
	rows := make([]Row, len(places))
	for i, p := range places {
		rows[i] = Row{Order: i + 1, Structure: p.Structure, Cluster: &f.Structures[p.Structure].Clusters[p.Cluster]}
	}
	return rows
}

// JSON writes f as indented JSON.
func (f *Fits) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(f); err != nil {
		return fmt.Errorf("table: fits: %w", err)
	}
	return nil
}
