// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// A Reader gets the inputs that a session refers to.
type Reader interface {
	// Map and Structure read a file, or what is built in under DemoScheme.
	Map(ctx context.Context, path string) (*document.Map, error)
	Structures(ctx context.Context, path string) ([]*document.Structure, error)
}

// Decode reads a session; base is the folder that its relative paths start
// from. Inputs that are missing or have changed are errors that name them.
func Decode(ctx context.Context, r io.Reader, base string, inputs Reader) (document.State, error) {
	f, err := decode(r)
	if err != nil {
		return document.State{}, err
	}
	read := func(s *document.State) error { return f.openInputs(ctx, s, base, inputs) }
	return f.open(ctx, read, map[string]*volume.Layer{})
}

// open makes a state of the file. read puts map and structures into it; made
// has layers that need not be made again (see keyOf).
func (f *file) open(ctx context.Context, read func(*document.State) error, made map[string]*volume.Layer) (document.State, error) {
	s := document.State{Options: f.Options}
	steps := []func() error{
		f.check,
		func() error { return read(&s) },
		func() error { return f.openRounds(ctx, &s, made) },
		func() error { return f.openAccepted(&s) },
		func() error { return f.openMarks(&s) },
		func() error { return f.openLayers(ctx, &s, made) },
		func() error { return f.openView(&s) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return document.State{}, err
		}
	}
	s.Last = f.Last.Max(s.Mentioned())
	return s, nil
}

// check looks at what needs nothing else to be looked at.
func (f *file) check() error {
	if err := f.Options.Validate(); err != nil {
		return &Error{"options", "cannot be used", err}
	}
	if f.Map != nil && (f.Map.Path == "" || f.Map.SHA256 == "") {
		return &Error{Place: "map", Msg: "has no path or no SHA-256, by which it is found again"}
	}
	if err := f.checkOthers(); err != nil {
		return err
	}
	seen := map[int]bool{}
	for i, in := range f.Structures {
		place := fmt.Sprintf("structures %d", i+1)
		switch {
		case in.ID < 1 || seen[in.ID]:
			return &Error{Place: place, Msg: fmt.Sprintf("id is %d, want a new one from 1", in.ID)}
		case in.Copies < 0:
			return &Error{Place: place, Msg: fmt.Sprintf("copies is %d, want 0 or more", in.Copies)}
		case in.Copies > 0 && in.AnyCopies:
			return &Error{Place: place, Msg: fmt.Sprintf("copies is %d and any_copies is true, want one of them", in.Copies)}
		case in.Path == "" || in.SHA256 == "":
			return &Error{Place: place, Msg: "has no path or no SHA-256, by which it is found again"}
		}
		if _, err := colorOf(in.Color); err != nil {
			return &Error{place, "cannot be used", err}
		}
		seen[in.ID] = true
	}
	return nil
}

// checkOthers looks at the maps beside the one that is fitted into.
func (f *file) checkOthers() error {
	seen := map[int]bool{}
	for i, in := range f.Others {
		place := fmt.Sprintf("other_maps %d", i+1)
		switch {
		case in.ID < 1 || seen[in.ID]:
			return &Error{Place: place, Msg: fmt.Sprintf("id is %d, want a new one from 1", in.ID)}
		case in.Path == "" || in.SHA256 == "":
			return &Error{Place: place, Msg: "has no path or no SHA-256, by which it is found again"}
		}
		if err := (document.OtherMap{Use: in.Use, Filters: in.Filters}).Check(); err != nil {
			return &Error{place, "cannot be used", err}
		}
		seen[in.ID] = true
	}
	return nil
}

// openView takes over how the session is to be seen, without the white space
// of the file.
func (f *file) openView(s *document.State) error {
	if len(f.View) == 0 {
		return nil
	}
	var b bytes.Buffer
	if err := json.Compact(&b, f.View); err != nil {
		return &Error{"view", "cannot be used", err}
	}
	s.View = b.Bytes()
	return nil
}

// decode reads the file and asks whether it is one of ours.
func decode(r io.Reader) (*file, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, &Error{Msg: "cannot be read", Err: err}
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
		Program string `json:"program"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, &Error{Msg: "is not JSON, or cut short", Err: err}
	}
	if head.Format != format {
		return nil, &Error{Place: "format", Msg: fmt.Sprintf("is %q, want %q: not a DiffFit session", head.Format, format)}
	}
	if head.Version < 1 || head.Version > version {
		return nil, &Error{Place: "version", Msg: fmt.Sprintf(
			"is %d, written by %q; this program reads 1 to %d", head.Version, head.Program, version)}
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, &Error{Msg: "has a value of the wrong kind", Err: err}
	}
	return &f, nil
}

// openInputs reads all inputs that can be had. Those that cannot are one error.
func (f *file) openInputs(ctx context.Context, s *document.State, base string, inputs Reader) error {
	var lost MissingError
	openMap := func(path string) (*document.Map, document.Source, error) {
		m, err := inputs.Map(ctx, path)
		if err != nil {
			return nil, document.Source{}, err
		}
		return m, m.Source, nil
	}
	if in := f.Map; in != nil {
		m, missing := openInput(in.fileInput, base, "map", inputs, openMap)
		if m != nil && in.Contour != nil {
			q := *m
			q.Contour = in.Contour
			m = &q
		}
		s.Map = m
		lost.add(missing)
	}
	for i, in := range f.Others {
		m, missing := openInput(in.fileInput, base, fmt.Sprintf("other_maps %d", i+1), inputs, openMap)
		if missing != nil {
			lost.add(missing)
			continue
		}
		if len(in.Filters) > 0 {
			var err error
			if m, err = m.Filtered(ctx, 0, in.Filters...); err != nil {
				return &Error{fmt.Sprintf("other_maps %d", i+1), "cannot be made of its file", err}
			}
		}
		s.Others = append(s.Others, &document.OtherMap{ID: in.ID, Use: in.Use, Map: m, Filters: in.Filters})
	}
	read := once(inputs)
	for i, in := range f.Structures {
		if err := ctx.Err(); err != nil {
			return err
		}
		place := fmt.Sprintf("structures %d", i+1)
		t, missing := openInput(in.fileInput, base, place, inputs, func(path string) (*document.Structure, document.Source, error) {
			return openStructure(ctx, read, path, in)
		})
		if missing != nil {
			lost.add(missing)
			continue
		}
		q := t.WithID(in.ID)
		colour, _ := colorOf(in.Color) // checked
		if q.Fit, q.Copies, q.Color = in.Fit, in.Copies, colour; in.AnyCopies {
			q.Copies = document.AnyNumber
		}
		var err error
		if q.Pose, err = in.Pose.pose(); err != nil {
			return &Error{place + ", pose", "cannot be used", err}
		}
		s.Structures = append(s.Structures, q)
	}
	if len(lost.Inputs) > 0 {
		return &lost
	}
	return nil
}

// openInput tries a path as seen from the session, then as it was, then where
// inputs knows the file to be.
func openInput[T any](in fileInput, base, place string, inputs Reader, open func(string) (T, document.Source, error)) (T, *Missing) {
	var none T
	path := filepath.FromSlash(in.Path)
	if in.Absolute != "" && !filepath.IsAbs(path) {
		path = filepath.Join(base, path)
	}
	t, source, err := open(path)
	others := []string{in.Absolute}
	if l, ok := inputs.(Locator); ok {
		others = append(others, l.Locate(in.SHA256))
	}
	for _, other := range others {
		if other == "" || err == nil && source.SHA256 == in.SHA256 {
			continue
		}
		if u, s, err2 := open(other); err2 == nil && (s.SHA256 == in.SHA256 || err != nil) {
			t, source, err = u, s, nil
		}
	}
	missing := &Missing{Place: place, Source: document.Source{Path: path, SHA256: in.SHA256, Bytes: in.Bytes}}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		missing.Err = &Error{place, fmt.Sprintf("input file %s is missing", path), err}
	case err != nil:
		missing.Err = &Error{place, fmt.Sprintf("input file %s cannot be read", path), err}
	case source.SHA256 != in.SHA256:
		missing.Err = &Error{Place: place, Msg: fmt.Sprintf(
			"input file %s has changed: SHA-256 is %.12s…, want %.12s…", source.Path, source.SHA256, in.SHA256)}
	default:
		return t, nil
	}
	return none, missing
}

func (f *file) openRounds(ctx context.Context, s *document.State, made map[string]*volume.Layer) error {
	var zeroed []*document.Layer
	for i, l := range f.Zeroed {
		q, err := openLayer(ctx, s, fmt.Sprintf("zeroed %d", i+1), l, made)
		if err != nil {
			return err
		}
		zeroed = append(zeroed, q)
	}
	for i, r := range f.Rounds {
		q := &document.Round{Number: r.Number, Proposed: r.Proposed}
		if r.Number < 1 || s.Round(r.Number) != nil {
			return &Error{Place: fmt.Sprintf("rounds %d", i+1), Msg: fmt.Sprintf("number is %d, want a new one from 1", r.Number)}
		}
		var err error
		if q.Basis, err = r.Basis.open(s); err != nil {
			return &Error{fmt.Sprintf("rounds %d, basis", i+1), "cannot be used", err}
		}
		for j, fit := range r.Fits {
			place := fmt.Sprintf("rounds %d, fits %d", i+1, j+1)
			if s.Structure(fit.Structure) == nil {
				return &Error{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures", fit.Structure)}
			}
			if err := fit.Options.Validate(); err != nil {
				return &Error{place + ", options", "cannot be used", err}
			}
			result, err := fit.result()
			if err != nil {
				return &Error{place, "cannot be used", err}
			}
			if (result.Engine == fitting.Info{}) {
				result.Engine = r.Engine
			}
			t := document.Fit{
				Structure: fit.Structure, Options: fit.Options, Result: result, Partial: fit.Partial,
				LayersGone: fit.LayersGone, Program: fit.Program, Began: fit.Began,
			}
			if t.Start, err = fit.Start.start(); err != nil {
				return &Error{place + ", start", "cannot be used", err}
			}
			for _, n := range fit.Layers {
				if n < 0 || n >= len(zeroed) {
					return &Error{Place: place, Msg: fmt.Sprintf("layer is %d, want 0 to %d", n, len(zeroed)-1)}
				}
				t.Layers = append(t.Layers, zeroed[n])
			}
			q.Fits = append(q.Fits, t)
		}
		s.Rounds = append(s.Rounds, q)
	}
	return nil
}

func (f fileFit) result() (*fitting.Result, error) {
	r := &fitting.Result{
		Level: f.Level, Resolution: f.Resolution, AtomsUsed: f.AtomsUsed, Excluded: f.Left, Starts: f.Starts,
		RoundsAgreed: f.RoundsAgreed, Seconds: f.Seconds, Note: f.Note, Null: f.Null, Engine: f.Engine,
	}
	for i, c := range f.Placements {
		p, err := c.placement()
		if err != nil {
			return nil, fmt.Errorf("placements %d: %w", i+1, err)
		}
		r.Placements = append(r.Placements, p)
	}
	for i, c := range f.Clusters {
		if c.Placement < 0 || c.Placement >= len(r.Placements) {
			return nil, fmt.Errorf("clusters %d: placement is %d, want 0 to %d", i+1, c.Placement, len(r.Placements)-1)
		}
		p := r.Placements[c.Placement]
		p.Hits = c.Hits
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: c.Rank, Placement: p})
	}
	return r, nil
}

func (f *file) openAccepted(s *document.State) error {
	for i, a := range f.Accepted {
		place := fmt.Sprintf("accepted %d", i+1)
		if s.Structure(a.Structure) == nil {
			return &Error{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures", a.Structure)}
		}
		if a.ID < 1 || slices.ContainsFunc(s.Accepted, func(b *document.Accepted) bool { return b.ID == a.ID }) {
			return &Error{Place: place, Msg: fmt.Sprintf("id is %d, want a new one from 1", a.ID)}
		}
		p, err := a.placement()
		if err != nil {
			return &Error{place, "cannot be used", err}
		}
		if a.Copy < 0 {
			return &Error{Place: place, Msg: fmt.Sprintf("copy is %d, want 1 or more", a.Copy)}
		}
		id := document.ClusterID{Round: a.Round, Structure: a.Structure, Rank: a.Rank}
		number, alone := a.copyOf(s)
		s.Accepted = append(s.Accepted, &document.Accepted{ID: a.ID, Cluster: id, Structure: a.Structure, Placement: p, Copy: number, Alone: alone})
	}
	return nil
}

// openLayers makes the layers again and asks whether they came out as before.
func (f *file) openLayers(ctx context.Context, s *document.State, made map[string]*volume.Layer) error {
	for i, l := range f.Layers {
		place := fmt.Sprintf("layers %d", i+1)
		if l.ID < 1 || slices.ContainsFunc(s.Layers, func(m *document.Layer) bool { return m.ID == l.ID }) {
			return &Error{Place: place, Msg: fmt.Sprintf("id is %d, want a new one from 1", l.ID)}
		}
		q, err := openLayer(ctx, s, place, l, made)
		if err != nil {
			return err
		}
		if l.Accepted != 0 && !slices.ContainsFunc(s.Accepted, func(a *document.Accepted) bool { return a.ID == l.Accepted }) {
			return &Error{Place: place, Msg: fmt.Sprintf("accepted is %d, which is not among the accepted placements", l.Accepted)}
		}
		s.Layers = append(s.Layers, q)
	}
	return nil
}

// keyOf names what a layer takes out: layers with one key take out the same.
func keyOf(l fileLayer) string { return fmt.Sprint(l.Structure, l.fileMotion, l.Zero, l.Beside) }

// openLayer makes a layer again; made has what others have made before.
func openLayer(ctx context.Context, s *document.State, place string, l fileLayer, made map[string]*volume.Layer) (*document.Layer, error) {
	if s.Map == nil || s.Structure(l.Structure) == nil {
		return nil, &Error{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures, or there is no map", l.Structure)}
	}
	g, err := l.motion()
	if err != nil {
		return nil, &Error{place, "cannot be used", err}
	}
	beside, err := fromNeighbours(*s, l.Beside)
	if err != nil {
		return nil, &Error{place, "cannot be used", err}
	}
	q := &document.Layer{Structure: l.Structure, Motion: g, Beside: beside}
	key := keyOf(l)
	if q.Cut = made[key]; q.Cut == nil {
		if q, err = s.NewLayerBeside(ctx, l.Structure, g, l.Zero, beside); err != nil {
			return nil, &Error{place, "cannot be made again", err}
		}
		made[key] = q.Cut
	}
	if n := q.Cut.Voxels; n != l.Voxels {
		return nil, &Error{Place: place, Msg: fmt.Sprintf("has %d voxels, want %d as when it was saved", n, l.Voxels)}
	}
	q.ID, q.Accepted, q.On = l.ID, l.Accepted, l.On
	return q, nil
}
