// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/table"
)

// What a session file says of itself.
const (
	sessionFormat  = "difffit.session"
	sessionVersion = 1
	// Ending is the ending of session files.
	Ending = ".difffit"
)

// A SessionError reports that a session file is wrong, or that what it refers
// to cannot be had.
type SessionError struct {
	Place string // part of the file: "layers 2"; "" for the whole
	Msg   string
	Err   error // cause, or nil
}

func (e *SessionError) Error() string {
	var b strings.Builder
	b.WriteString("session: ")
	if e.Place != "" {
		b.WriteString(e.Place + ": ")
	}
	b.WriteString(e.Msg)
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *SessionError) Unwrap() error { return e.Err }

// session is the file. Inputs are referred to, not contained; layers are kept
// as parameters and made again; what was found is kept as it is.
type session struct {
	Format     string             `json:"format"`
	Version    int                `json:"version"`
	Program    string             `json:"program"`
	Map        *sessionInput      `json:"map"`
	Structures []sessionStructure `json:"structures"`
	Options    fitting.Options    `json:"options"`
	Rounds     []sessionRound     `json:"rounds"`
	Accepted   []sessionAccepted  `json:"accepted"`
	Layers     []sessionLayer     `json:"layers"`
	Marks      []sessionMark      `json:"marks,omitempty"`
	Made       sessionMade        `json:"made"`
	// Zeroed has the layers that fits were made with, which may have been
	// changed since; fits name them by their place in this list, from 0.
	Zeroed []sessionLayer  `json:"zeroed,omitempty"`
	View   json.RawMessage `json:"view,omitempty"`
}

// sessionMade tells how the file came about.
type sessionMade struct {
	Go     string `json:"go"`
	System string `json:"system"`
}

// sessionInput refers to a file: first as seen from the folder of the session,
// so that both can be moved together, else where it was.
type sessionInput struct {
	Path     string `json:"path"`
	Absolute string `json:"absolute,omitempty"`
	SHA256   string `json:"sha256"`
	Bytes    int64  `json:"bytes"`
}

type sessionStructure struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	Fit  bool   `json:"fit"`
	// Copies is how many copies are held to be in the map.
	Copies int `json:"copies,omitempty"`
	sessionInput
}

type sessionMotion struct {
	Quaternion  [4]float64 `json:"quaternion"` // w, x, y, z
	Translation [3]float64 `json:"translation"`
}

type sessionPlacement struct {
	Rank int `json:"rank,omitempty"`
	Hits int `json:"hits"`
	sessionMotion
	fitting.Metrics
	// Undefined names the metrics that have no value; they are written as 0,
	// for JSON has no NaN.
	Undefined []string `json:"undefined,omitempty"`
}

// sessionCluster is a cluster: its placement is one of those of the fit, with
// the hits of all that belong to it.
type sessionCluster struct {
	Rank      int `json:"rank"`
	Hits      int `json:"hits"`
	Placement int `json:"placement"` // index in placements, from 0
}

type sessionRound struct {
	Number int          `json:"number"`
	Engine fitting.Info `json:"engine"`
	Fits   []sessionFit `json:"fits"`
	// Proposed tells who proposed the placements; a fit has none.
	Proposed string        `json:"proposed,omitempty"`
	Basis    *sessionBasis `json:"basis,omitempty"`
}

type sessionFit struct {
	Structure    int                `json:"structure"`
	Partial      bool               `json:"partial"`
	Options      fitting.Options    `json:"options"`
	Level        volume.Level       `json:"level"`
	Resolution   volume.Resolution  `json:"resolution"`
	AtomsUsed    int                `json:"atoms_used"`
	Left         mol.Excluded       `json:"left_out"`
	Starts       int                `json:"starts"`
	RoundsAgreed bool               `json:"rounds_agreed"`
	Seconds      fitting.Seconds    `json:"seconds"`
	Note         string             `json:"note,omitempty"`
	Null         *fitting.Null      `json:"null,omitempty"`
	Layers       []int              `json:"layers,omitempty"` // in zeroed
	Program      string             `json:"program,omitempty"`
	Began        time.Time          `json:"began,omitzero"`
	Clusters     []sessionCluster   `json:"clusters"`
	Placements   []sessionPlacement `json:"placements"`
}

type sessionAccepted struct {
	ID        int `json:"id"`
	Round     int `json:"round"`
	Structure int `json:"structure"`
	sessionPlacement
}

type sessionLayer struct {
	ID        int `json:"id"`
	Accepted  int `json:"accepted,omitempty"`
	Structure int `json:"structure"`
	sessionMotion
	Zero   volume.ZeroOptions `json:"zero"`
	Beside []sessionNeighbour `json:"beside,omitempty"`
	On     bool               `json:"on"`
	Voxels int                `json:"voxels"` // to notice when a layer comes out otherwise
}

// Encode writes s as a session. Paths of inputs are also written as seen from
// the folder base, unless base is empty. program tells who wrote it.
func Encode(w io.Writer, s State, base, program string) error {
	f := session{
		Format: sessionFormat, Version: sessionVersion, Program: program, Options: s.Options,
		Structures: []sessionStructure{}, Rounds: []sessionRound{}, Accepted: []sessionAccepted{}, Layers: []sessionLayer{},
		View: s.View, Made: sessionMade{runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH},
	}
	zeroed := map[*Layer]int{}
	if s.Map != nil {
		in := toInput(s.Map.Source, base)
		f.Map = &in
	}
	for _, t := range s.Structures {
		f.Structures = append(f.Structures, sessionStructure{t.ID, t.Model.Name, t.Fit, t.Copies, toInput(t.Source, base)})
	}
	for _, r := range s.Rounds {
		q := sessionRound{Number: r.Number, Engine: r.Engine, Proposed: r.Proposed, Basis: toBasis(r.Basis)}
		for _, fit := range r.Fits {
			t := toFit(fit)
			for _, l := range fit.Layers {
				if _, ok := zeroed[l]; !ok {
					zeroed[l] = len(f.Zeroed)
					f.Zeroed = append(f.Zeroed, toLayer(l))
				}
				t.Layers = append(t.Layers, zeroed[l])
			}
			q.Fits = append(q.Fits, t)
		}
		f.Rounds = append(f.Rounds, q)
	}
	for _, a := range s.Accepted {
		p := toPlacement(a.Placement)
		p.Rank = a.Cluster.Rank
		f.Accepted = append(f.Accepted, sessionAccepted{a.ID, a.Cluster.Round, a.Structure, p})
	}
	for _, l := range s.Layers {
		f.Layers = append(f.Layers, toLayer(l))
	}
	f.Marks = toMarks(s.Marks)
	e := json.NewEncoder(w)
	if f.placements() < 1000 { // else for machines alone
		e.SetIndent("", " ")
	}
	if err := e.Encode(f); err != nil {
		return &SessionError{Msg: "cannot be written", Err: err}
	}
	return nil
}

// placements counts what makes a session large.
func (f *session) placements() int {
	n := 0
	for _, r := range f.Rounds {
		for _, fit := range r.Fits {
			n += len(fit.Placements)
		}
	}
	return n
}

func toInput(s Source, base string) sessionInput {
	in := sessionInput{Path: s.Path, SHA256: s.SHA256, Bytes: s.Bytes}
	if base == "" || strings.HasPrefix(s.Path, DemoScheme) {
		return in
	}
	if rel, err := filepath.Rel(base, s.Path); err == nil {
		in.Path, in.Absolute = filepath.ToSlash(rel), s.Path
	}
	return in
}

func toMotion(g geom.Rigid) sessionMotion {
	q, t := g.Rotation, g.Shift
	return sessionMotion{[4]float64{q.Real, q.Imag, q.Jmag, q.Kmag}, [3]float64{t.X, t.Y, t.Z}}
}

func toLayer(l *Layer) sessionLayer {
	return sessionLayer{l.ID, l.Accepted, l.Structure, toMotion(l.Motion), l.Cut.Options, toNeighbours(l.Beside), l.On, l.Cut.Voxels}
}

func toPlacement(p fitting.Placement) sessionPlacement {
	q := sessionPlacement{Hits: p.Hits, sessionMotion: toMotion(p.Motion), Metrics: p.Metrics}
	for _, m := range table.MetricNames() {
		if x := table.MetricOf(&q.Metrics, m); math.IsNaN(*x) || math.IsInf(*x, 0) {
			*x = 0
			q.Undefined = append(q.Undefined, m)
		}
	}
	return q
}

func toFit(f Fit) sessionFit {
	r := f.Result
	q := sessionFit{
		Structure: f.Structure, Partial: f.Partial, Options: f.Options, Level: r.Level, Resolution: r.Resolution,
		AtomsUsed: r.AtomsUsed, Left: r.Excluded, Starts: r.Starts, RoundsAgreed: r.RoundsAgreed, Seconds: r.Seconds, Note: r.Note, Null: r.Null,
		Program: f.Program, Began: f.Began,
		Clusters: []sessionCluster{}, Placements: []sessionPlacement{},
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
		q.Clusters = append(q.Clusters, sessionCluster{c.Rank, c.Hits, i})
	}
	return q
}

// motion checks and returns a motion. A quaternion is normalised only where it
// is not a unit already, so that a placement comes back to the last bit.
func (m sessionMotion) motion() (geom.Rigid, error) {
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

func (p sessionPlacement) placement() (fitting.Placement, error) {
	g, err := p.motion()
	for _, m := range p.Undefined {
		x := table.MetricOf(&p.Metrics, m)
		if x == nil {
			return fitting.Placement{}, fmt.Errorf("undefined: %q is no metric", m)
		}
		*x = math.NaN()
	}
	return fitting.Placement{Motion: g, Hits: p.Hits, Metrics: p.Metrics}, err
}
