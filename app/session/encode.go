// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"strings"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/io/table"
)

// Encode writes s as a session. Paths of inputs are also written as seen from
// the folder base, unless base is empty. program tells who wrote it. A session
// that Decode would refuse is an error, and nothing is written.
func Encode(w io.Writer, s document.State, base, program string) error {
	f, made := toFile(s, base, program)
	own := func(t *document.State) error { // inputs are what they are
		t.Map, t.Others, t.Structures = s.Map, s.Others, s.Structures
		return nil
	}
	if _, err := f.open(context.Background(), own, made); err != nil {
		return fmt.Errorf("session: not written, for it could not be opened again: %w", err)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)     // nobody reads it as HTML
	if f.placements() < 1000 { // else for machines alone
		e.SetIndent("", " ")
	}
	if err := e.Encode(f); err != nil {
		return &Error{Msg: "cannot be written", Err: err}
	}
	return nil
}

// toFile returns the file of s, and what its layers take out (see keyOf).
func toFile(s document.State, base, program string) (*file, map[string]*volume.Layer) {
	f := &file{
		Format: format, Version: version, Program: program, Options: s.Options,
		Structures: []fileStructure{}, Rounds: []fileRound{}, Accepted: []fileAccepted{}, Layers: []fileLayer{},
		View: s.View, Made: fileMade{runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH},
	}
	made := map[string]*volume.Layer{}
	layer := func(l *document.Layer) fileLayer {
		q := toLayer(l)
		made[keyOf(q)] = l.Cut
		return q
	}
	if s.Map != nil {
		f.Map = &fileMap{toInput(s.Map.Source, base), s.Map.Contour}
	}
	for _, o := range s.Others {
		f.Others = append(f.Others, fileOther{o.ID, o.Use, toInput(o.Map.Source, base), o.Filters})
	}
	for _, t := range s.Structures {
		f.Structures = append(f.Structures, fileStructure{
			t.ID, t.Model.Name, t.Fit, max(0, t.Copies), t.Copies == document.AnyNumber, t.Chains, toPose(t.Pose), toColor(t.Color), toInput(t.Source, base),
		})
	}
	f.addRounds(s, layer)
	for _, a := range s.Accepted {
		p := toPlacement(a.Placement)
		p.Rank = a.Cluster.Rank
		f.Accepted = append(f.Accepted, fileAccepted{a.ID, a.Cluster.Round, a.Structure, a.Copy, a.Alone, p})
	}
	for _, l := range s.Layers {
		f.Layers = append(f.Layers, layer(l))
	}
	f.Marks = toMarks(s.Marks)
	if m := s.Mentioned(); s.Last.Max(m) != m {
		f.Last = s.Last
	}
	return f, made
}

// addRounds adds the rounds of s, and the layers that their fits were made with.
func (f *file) addRounds(s document.State, layer func(*document.Layer) fileLayer) {
	zeroed := map[*document.Layer]int{}
	for _, r := range s.Rounds {
		q := fileRound{Number: r.Number, Engine: document.MadeBy(r.Fits), Proposed: r.Proposed, Basis: toBasis(r.Basis)}
		for _, fit := range r.Fits {
			t := toFit(fit)
			for _, l := range fit.Layers {
				if _, ok := zeroed[l]; !ok {
					zeroed[l] = len(f.Zeroed)
					f.Zeroed = append(f.Zeroed, layer(l))
				}
				t.Layers = append(t.Layers, zeroed[l])
			}
			q.Fits = append(q.Fits, t)
		}
		f.Rounds = append(f.Rounds, q)
	}
}

// placements counts what makes a session large.
func (f *file) placements() int {
	n := 0
	for _, r := range f.Rounds {
		for _, fit := range r.Fits {
			n += len(fit.Placements)
		}
	}
	return n
}

func toInput(s document.Source, base string) fileInput {
	in := fileInput{Path: s.Path, SHA256: s.SHA256, Bytes: s.Bytes}
	if base == "" || strings.HasPrefix(s.Path, document.DemoScheme) {
		return in
	}
	if rel, err := filepath.Rel(base, s.Path); err == nil {
		in.Path, in.Absolute = filepath.ToSlash(rel), s.Path
	}
	return in
}

func toMotion(g geom.Rigid) fileMotion {
	q, t := g.Rotation, g.Shift
	return fileMotion{[4]float64{q.Real, q.Imag, q.Jmag, q.Kmag}, [3]float64{t.X, t.Y, t.Z}}
}

func toLayer(l *document.Layer) fileLayer {
	return fileLayer{l.ID, l.Accepted, l.Structure, toMotion(l.Motion), l.Cut.Options, toNeighbours(l.Beside), l.On, l.Cut.Voxels}
}

func toPlacement(p fitting.Placement) filePlacement {
	q := filePlacement{Hits: p.Hits, fileMotion: toMotion(p.Motion), fileMetrics: toMetrics(p.Metrics)}
	if p.Whole != nil {
		whole := toMetrics(*p.Whole)
		q.Whole = &whole
	}
	return q
}

func toMetrics(of fitting.Metrics) fileMetrics {
	q := fileMetrics{Metrics: of}
	for _, m := range table.MetricNames() {
		if x := table.MetricOf(&q.Metrics, m); math.IsNaN(*x) || math.IsInf(*x, 0) {
			*x = 0
			q.Undefined = append(q.Undefined, m)
		}
	}
	return q
}

func toFit(f document.Fit) fileFit {
	r := f.Result
	q := fileFit{
		Structure: f.Structure, Partial: f.Partial, Options: f.Options, Level: r.Level, Resolution: r.Resolution,
		AtomsUsed: r.AtomsUsed, Left: r.Excluded, Starts: r.Starts, RoundsAgreed: r.RoundsAgreed, Seconds: r.Seconds, Note: r.Note, Null: r.Null, Engine: r.Engine,
		LayersGone: f.LayersGone, Program: f.Program, Began: f.Began, Start: toStart(f.Start),
		Clusters: []fileCluster{}, Placements: []filePlacement{},
	}
	at := map[geom.Rigid]int{}
	for i, p := range r.Placements {
		q.Placements = append(q.Placements, toPlacement(p))
		if _, ok := at[p.Motion]; !ok {
			at[p.Motion] = i
		}
	}
	for _, c := range r.Clusters {
		i, ok := at[c.Motion]
		if !ok {
			i = len(q.Placements)
			q.Placements = append(q.Placements, toPlacement(c.Placement))
		}
		q.Clusters = append(q.Clusters, fileCluster{c.Rank, c.Hits, i})
	}
	return q
}

// motion checks and returns a motion. A quaternion is normalised only where it
// is not a unit already, so that a placement comes back to the last bit.
func (m fileMotion) motion() (geom.Rigid, error) {
	q := quat.Number{Real: m.Quaternion[0], Imag: m.Quaternion[1], Jmag: m.Quaternion[2], Kmag: m.Quaternion[3]}
	n := quat.Abs(q)
	if !(math.Abs(n-1) < 1e-3) {
		return geom.Rigid{}, fmt.Errorf("quaternion %v has length %g, want 1", m.Quaternion, n)
	}
	g := geom.Rigid{Rotation: q, Shift: r3.Vec{X: m.Translation[0], Y: m.Translation[1], Z: m.Translation[2]}}
	if math.Abs(n-1) > 1e-9 || q.Real < 0 {
		g.Rotation = geom.Unit(q)
	}
	return g, nil
}

func (p filePlacement) placement() (fitting.Placement, error) {
	g, err := p.motion()
	if err != nil {
		return fitting.Placement{}, err
	}
	q := fitting.Placement{Motion: g, Hits: p.Hits}
	if q.Metrics, err = p.metrics(); err != nil {
		return q, err
	}
	if p.Whole != nil {
		whole, err := p.Whole.metrics()
		if err != nil {
			return q, fmt.Errorf("whole: %w", err)
		}
		q.Whole = &whole
	}
	return q, nil
}

func (q fileMetrics) metrics() (fitting.Metrics, error) {
	for _, m := range q.Undefined {
		x := table.MetricOf(&q.Metrics, m)
		if x == nil {
			return q.Metrics, fmt.Errorf("undefined: %q is no metric", m)
		}
		*x = math.NaN()
	}
	return q.Metrics, nil
}
