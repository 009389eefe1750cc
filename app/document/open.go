// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"difffit/fitting"
	"difffit/fitting/volume"
)

// A Reader gets the inputs that a session refers to.
type Reader interface {
	// Map and Structure read a file, or what is built in under DemoScheme.
	Map(ctx context.Context, path string) (*Map, error)
	Structures(ctx context.Context, path string) ([]*Structure, error)
}

// Decode reads a session; base is the folder that its relative paths start
// from. Inputs that are missing or have changed are errors that name them.
func Decode(ctx context.Context, r io.Reader, base string, inputs Reader) (State, error) {
	f, err := decode(r)
	if err != nil {
		return State{}, err
	}
	s := State{Options: f.Options, View: f.View}
	if err := f.Options.Validate(); err != nil {
		return State{}, &SessionError{"options", "cannot be used", err}
	}
	if err := f.openInputs(ctx, &s, base, inputs); err != nil {
		return State{}, err
	}
	made := map[string]*volume.Layer{}
	if err := f.openRounds(ctx, &s, made); err != nil {
		return State{}, err
	}
	if err := f.openAccepted(&s); err != nil {
		return State{}, err
	}
	if err := f.openMarks(&s); err != nil {
		return State{}, err
	}
	if err := f.openLayers(ctx, &s, made); err != nil {
		return State{}, err
	}
	return s, nil
}

// decode reads the file and asks whether it is one of ours.
func decode(r io.Reader) (*session, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, &SessionError{Msg: "cannot be read", Err: err}
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
		Program string `json:"program"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, &SessionError{Msg: "is not JSON, or cut short", Err: err}
	}
	if head.Format != sessionFormat {
		return nil, &SessionError{Place: "format", Msg: fmt.Sprintf("is %q, want %q: not a DiffFit session", head.Format, sessionFormat)}
	}
	if head.Version < 1 || head.Version > sessionVersion {
		return nil, &SessionError{Place: "version", Msg: fmt.Sprintf(
			"is %d, written by %q; this program reads 1 to %d", head.Version, head.Program, sessionVersion)}
	}
	var f session
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, &SessionError{Msg: "has a value of the wrong kind", Err: err}
	}
	return &f, nil
}

// openInputs reads all inputs that can be had. Those that cannot are one error.
func (f *session) openInputs(ctx context.Context, s *State, base string, inputs Reader) error {
	var lost MissingError
	if in := f.Map; in != nil {
		m, missing := openInput(*in, base, "map", inputs, func(path string) (*Map, Source, error) {
			m, err := inputs.Map(ctx, path)
			if err != nil {
				return nil, Source{}, err
			}
			return m, m.Source, nil
		})
		s.Map = m
		lost.add(missing)
	}
	seen := map[int]bool{}
	for i, in := range f.Structures {
		if err := ctx.Err(); err != nil {
			return err
		}
		place := fmt.Sprintf("structures %d", i+1)
		if in.ID < 1 || seen[in.ID] {
			return &SessionError{Place: place, Msg: fmt.Sprintf("id is %d, want a new one from 1", in.ID)}
		}
		seen[in.ID] = true
		t, missing := openInput(in.sessionInput, base, place, inputs, func(path string) (*Structure, Source, error) {
			return openStructure(ctx, inputs, path, in.Name)
		})
		if missing != nil {
			lost.add(missing)
			continue
		}
		q := *t
		if in.Copies < 0 {
			return &SessionError{Place: place, Msg: fmt.Sprintf("copies is %d, want 0 or more", in.Copies)}
		}
		q.ID, q.Fit, q.Copies = in.ID, in.Fit, in.Copies
		s.Structures = append(s.Structures, &q)
	}
	if len(lost.Inputs) > 0 {
		return &lost
	}
	return nil
}

// openStructure reads the structure of a file that has the given name, or the
// only one.
func openStructure(ctx context.Context, inputs Reader, path, name string) (*Structure, Source, error) {
	all, err := inputs.Structures(ctx, path)
	if err != nil {
		return nil, Source{}, err
	}
	for _, t := range all {
		if t.Model.Name == name || len(all) == 1 {
			return t, t.Source, nil
		}
	}
	return nil, Source{}, fmt.Errorf("%s: has no structure %q", path, name)
}

// openInput tries a path as seen from the session, then as it was, then where
// inputs knows the file to be.
func openInput[T any](in sessionInput, base, place string, inputs Reader, open func(string) (T, Source, error)) (T, *Missing) {
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
	missing := &Missing{Place: place, Source: Source{path, in.SHA256, in.Bytes}}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		missing.Err = &SessionError{place, fmt.Sprintf("input file %s is missing", path), err}
	case err != nil:
		missing.Err = &SessionError{place, fmt.Sprintf("input file %s cannot be read", path), err}
	case source.SHA256 != in.SHA256:
		missing.Err = &SessionError{Place: place, Msg: fmt.Sprintf(
			"input file %s has changed: SHA-256 is %.12s…, want %.12s…", source.Path, source.SHA256, in.SHA256)}
	default:
		return t, nil
	}
	return none, missing
}

func (f *session) openRounds(ctx context.Context, s *State, made map[string]*volume.Layer) error {
	var zeroed []*Layer
	for i, l := range f.Zeroed {
		q, err := openLayer(ctx, s, fmt.Sprintf("zeroed %d", i+1), l, made)
		if err != nil {
			return err
		}
		zeroed = append(zeroed, q)
	}
	for i, r := range f.Rounds {
		q := &Round{Number: r.Number, Engine: r.Engine, Proposed: r.Proposed}
		if r.Number < 1 || s.Round(r.Number) != nil {
			return &SessionError{Place: fmt.Sprintf("rounds %d", i+1), Msg: fmt.Sprintf("number is %d, want a new one from 1", r.Number)}
		}
		var err error
		if q.Basis, err = r.Basis.open(s); err != nil {
			return &SessionError{fmt.Sprintf("rounds %d, basis", i+1), "cannot be used", err}
		}
		for j, fit := range r.Fits {
			place := fmt.Sprintf("rounds %d, fits %d", i+1, j+1)
			if s.Structure(fit.Structure) == nil {
				return &SessionError{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures", fit.Structure)}
			}
			result, err := fit.result()
			if err != nil {
				return &SessionError{place, "cannot be used", err}
			}
			t := Fit{
				Structure: fit.Structure, Options: fit.Options, Result: result, Partial: fit.Partial,
				Program: fit.Program, Began: fit.Began,
			}
			for _, n := range fit.Layers {
				if n < 0 || n >= len(zeroed) {
					return &SessionError{Place: place, Msg: fmt.Sprintf("layer is %d, want 0 to %d", n, len(zeroed)-1)}
				}
				t.Layers = append(t.Layers, zeroed[n])
			}
			q.Fits = append(q.Fits, t)
		}
		s.Rounds = append(s.Rounds, q)
	}
	return nil
}

func (f sessionFit) result() (*fitting.Result, error) {
	r := &fitting.Result{
		Level: f.Level, Resolution: f.Resolution, AtomsUsed: f.AtomsUsed, Excluded: f.Left, Starts: f.Starts,
		RoundsAgreed: f.RoundsAgreed, Seconds: f.Seconds, Note: f.Note, Null: f.Null,
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

func (f *session) openAccepted(s *State) error {
	for i, a := range f.Accepted {
		place := fmt.Sprintf("accepted %d", i+1)
		if s.Structure(a.Structure) == nil {
			return &SessionError{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures", a.Structure)}
		}
		p, err := a.placement()
		if err != nil {
			return &SessionError{place, "cannot be used", err}
		}
		id := ClusterID{a.Round, a.Structure, a.Rank}
		s.Accepted = append(s.Accepted, &Accepted{a.ID, id, a.Structure, p})
	}
	return nil
}

// openLayers makes the layers again and asks whether they came out as before.
func (f *session) openLayers(ctx context.Context, s *State, made map[string]*volume.Layer) error {
	for i, l := range f.Layers {
		q, err := openLayer(ctx, s, fmt.Sprintf("layers %d", i+1), l, made)
		if err != nil {
			return err
		}
		s.Layers = append(s.Layers, q)
	}
	return nil
}

// openLayer makes a layer again; made has what others have made before.
func openLayer(ctx context.Context, s *State, place string, l sessionLayer, made map[string]*volume.Layer) (*Layer, error) {
	t := s.Structure(l.Structure)
	if s.Map == nil || t == nil {
		return nil, &SessionError{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures, or there is no map", l.Structure)}
	}
	g, err := l.motion()
	if err != nil {
		return nil, &SessionError{place, "cannot be used", err}
	}
	beside, err := fromNeighbours(*s, l.Beside)
	if err != nil {
		return nil, &SessionError{place, "cannot be used", err}
	}
	q := &Layer{Structure: l.Structure, Motion: g, Beside: beside}
	key := fmt.Sprint(l.Structure, g, l.Zero, beside)
	if q.Cut = made[key]; q.Cut == nil {
		if q, err = s.makeLayer(ctx, t, g, l.Zero, beside); err != nil {
			return nil, &SessionError{place, "cannot be made again", err}
		}
		made[key] = q.Cut
	}
	if n := q.Cut.Voxels; n != l.Voxels {
		return nil, &SessionError{Place: place, Msg: fmt.Sprintf("has %d voxels, want %d as when it was saved", n, l.Voxels)}
	}
	q.ID, q.Accepted, q.On = l.ID, l.Accepted, l.On
	return q, nil
}
