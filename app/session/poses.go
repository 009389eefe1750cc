// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"context"
	"fmt"
	"slices"

	"difffit/app/document"
	"difffit/fitting/geom"
)

// toPose returns what is written of where a structure was moved to; nil if it
// stands where its file says.
func toPose(pose geom.Rigid) *fileMotion {
	if pose == (geom.Rigid{}) {
		return nil
	}
	return toStart(&pose)
}

// pose returns where a structure was moved to.
func (m *fileMotion) pose() (geom.Rigid, error) {
	g, err := m.start()
	if err != nil || g == nil || *g == geom.Identity() {
		return geom.Rigid{}, err
	}
	return *g, nil
}

// toStart returns what is written of where a local fit began; nil of a search.
func toStart(start *geom.Rigid) *fileMotion {
	if start == nil {
		return nil
	}
	m := toMotion(*start)
	return &m
}

// start returns where a local fit began; nil of a search.
func (m *fileMotion) start() (*geom.Rigid, error) {
	if m == nil {
		return nil, nil
	}
	g, err := m.motion()
	if err != nil {
		return nil, err
	}
	return &g, nil
}

// structures reads the structures of a file.
type structures func(ctx context.Context, path string) ([]*document.Structure, error)

// once returns what reads each file once: chains of one file are several
// structures.
func once(inputs Reader) structures {
	type file struct {
		all []*document.Structure
		err error
	}
	kept := map[string]file{}
	return func(ctx context.Context, path string) ([]*document.Structure, error) {
		f, ok := kept[path]
		if !ok {
			f.all, f.err = inputs.Structures(ctx, path)
			kept[path] = f
		}
		return f.all, f.err
	}
}

// openStructure reads the structure of a file that has the name of in, or the
// only one; or of that the chains that in has.
func openStructure(ctx context.Context, read structures, path string, in fileStructure) (*document.Structure, document.Source, error) {
	all, err := read(ctx, path)
	if err != nil {
		return nil, document.Source{}, err
	}
	for _, t := range all {
		if t.Model.Name != in.Name && len(all) > 1 {
			continue
		}
		if in.Chains == nil {
			return t, t.Source, nil
		}
		has := t.Model.Chains()
		for _, name := range in.Chains {
			if !slices.Contains(has, name) {
				return nil, document.Source{}, fmt.Errorf("%s: has no chain %q", path, name)
			}
		}
		part := t.WithChains(in.Chains...)
		part.Model.Name = in.Name
		return part, t.Source, nil
	}
	return nil, document.Source{}, fmt.Errorf("%s: has no structure %q", path, in.Name)
}
