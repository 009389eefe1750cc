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
	s := State{Options: f.Options}
	if err := f.Options.Validate(); err != nil {
		return State{}, &SessionError{"options", "cannot be used", err}
	}
	if err := f.openInputs(ctx, &s, base, inputs); err != nil {
		return State{}, err
	}
	if err := f.openRounds(&s); err != nil {
		return State{}, err
	}
	if err := f.openAccepted(&s); err != nil {
		return State{}, err
	}
	if err := f.openMarks(&s); err != nil {
		return State{}, err
	}
	if err := f.openLayers(ctx, &s); err != nil {
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

func (f *session) openInputs(ctx context.Context, s *State, base string, inputs Reader) error {
	if in := f.Map; in != nil {
		var err error
		s.Map, err = openInput(*in, base, "map", func(path string) (*Map, Source, error) {
			m, err := inputs.Map(ctx, path)
			if err != nil {
				return nil, Source{}, err
			}
			return m, m.Source, nil
		})
		if err != nil {
			return err
		}
	}
	seen := map[int]bool{}
	for i, in := range f.Structures {
		place := fmt.Sprintf("structures %d", i+1)
		if in.ID < 1 || seen[in.ID] {
			return &SessionError{Place: place, Msg: fmt.Sprintf("id is %d, want a new one from 1", in.ID)}
		}
		seen[in.ID] = true
		t, err := openInput(in.sessionInput, base, place, func(path string) (*Structure, Source, error) {
			all, err := inputs.Structures(ctx, path)
			if err != nil {
				return nil, Source{}, err
			}
			for _, t := range all {
				if t.Model.Name == in.Name || len(all) == 1 {
					return t, t.Source, nil
				}
			}
			return nil, Source{}, fmt.Errorf("%s: has no structure %q", path, in.Name)
		})
		if err != nil {
			return err
		}
		q := *t
		q.ID, q.Fit = in.ID, in.Fit
		s.Structures = append(s.Structures, &q)
	}
	return nil
}

// openInput tries a path as seen from the session, then as it was.
func openInput[T any](in sessionInput, base, place string, open func(string) (T, Source, error)) (T, error) {
	var none T
	path := filepath.FromSlash(in.Path)
	if in.Absolute != "" && !filepath.IsAbs(path) {
		path = filepath.Join(base, path)
	}
	t, source, err := open(path)
	if in.Absolute != "" && (errors.Is(err, fs.ErrNotExist) || err == nil && source.SHA256 != in.SHA256) {
		if u, other, err2 := open(in.Absolute); err2 == nil {
			t, source, err = u, other, nil
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return none, &SessionError{place, fmt.Sprintf("input file %s is missing", path), err}
	case err != nil:
		return none, &SessionError{place, fmt.Sprintf("input file %s cannot be read", path), err}
	case source.SHA256 != in.SHA256:
		return none, &SessionError{Place: place, Msg: fmt.Sprintf(
			"input file %s has changed: SHA-256 is %.12s…, want %.12s…", source.Path, source.SHA256, in.SHA256)}
	}
	return t, nil
}

func (f *session) openRounds(s *State) error {
	for i, r := range f.Rounds {
		q := &Round{Number: r.Number, Engine: r.Engine}
		if r.Number < 1 || s.Round(r.Number) != nil {
			return &SessionError{Place: fmt.Sprintf("rounds %d", i+1), Msg: fmt.Sprintf("number is %d, want a new one from 1", r.Number)}
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
			q.Fits = append(q.Fits, Fit{fit.Structure, fit.Options, result, fit.Partial})
		}
		s.Rounds = append(s.Rounds, q)
	}
	return nil
}

func (f sessionFit) result() (*fitting.Result, error) {
	r := &fitting.Result{
		Level: f.Level, Resolution: f.Resolution, AtomsUsed: f.AtomsUsed, Left: f.Left, Starts: f.Starts,
		RoundsAgreed: f.RoundsAgreed, Seconds: f.Seconds,
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
func (f *session) openLayers(ctx context.Context, s *State) error {
	for i, l := range f.Layers {
		place := fmt.Sprintf("layers %d", i+1)
		t := s.Structure(l.Structure)
		if s.Map == nil || t == nil {
			return &SessionError{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures, or there is no map", l.Structure)}
		}
		g, err := l.motion()
		if err != nil {
			return &SessionError{place, "cannot be used", err}
		}
		q, err := NewLayer(ctx, s.Map, t, g, l.Zero)
		if err != nil {
			return &SessionError{place, "cannot be made again", err}
		}
		if n := q.Cut.Voxels; n != l.Voxels {
			return &SessionError{Place: place, Msg: fmt.Sprintf("has %d voxels, want %d as when it was saved", n, l.Voxels)}
		}
		q.ID, q.Accepted, q.On = l.ID, l.Accepted, l.On
		s.Layers = append(s.Layers, q)
	}
	return nil
}
