// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// NewLayer makes the layer that zeroes the density of a structure placed by
// motion beside the accepted placements, which it knows as neighbours: what they
// claim is contested, and the mode that spares anything spares what is theirs.
// Any goroutine may call it. Layers are made from the map as it is in the file,
// so that they do not depend on each other.
func (s State) NewLayer(ctx context.Context, structure int, motion geom.Rigid, o volume.ZeroOptions) (*Layer, error) {
	return s.NewLayerBeside(ctx, structure, motion, o, s.Neighbours(structure, motion))
}

// Neighbours returns the accepted placements beside that of a structure.
func (s State) Neighbours(structure int, motion geom.Rigid) []Neighbour {
	var out []Neighbour
	for _, a := range s.Accepted {
		if (a.Structure != structure || a.Placement.Motion != motion) && s.Structure(a.Structure) != nil {
			out = append(out, Neighbour{a.Structure, a.Placement.Motion})
		}
	}
	return out
}

// NewLayerBeside is NewLayer beside neighbours that are given.
func (s State) NewLayerBeside(ctx context.Context, structure int, motion geom.Rigid, o volume.ZeroOptions, beside []Neighbour) (*Layer, error) {
	t := s.Structure(structure)
	if s.Map == nil || s.Map.Grid == nil || t == nil {
		return nil, errors.New("document: zeroing needs a map and a structure")
	}
	var points [][]volume.Point
	for _, n := range beside {
		b := s.Structure(n.Structure)
		if b == nil {
			return nil, noStructure(n.Structure)
		}
		points = append(points, PlacedPoints(b.Model, n.Motion))
	}
	cut, err := volume.Zero(ctx, s.Map.Grid, PlacedPoints(t.Model, motion), o, points...)
	if err != nil {
		return nil, err
	}
	l := &Layer{Structure: t.ID, Motion: motion, Cut: cut, On: true}
	if o.Mode == volume.ZeroOwn {
		l.Beside = beside
	}
	return l, nil
}

// PlacedPoints returns the atoms of a placed structure that scatter.
func PlacedPoints(m *mol.Structure, motion geom.Rigid) []volume.Point {
	atoms, _ := m.Select(mol.AllAtoms)
	return fitting.Points(m.WithAtoms(atoms).Moved(motion.Mover()).Atoms)
}

// layer changes the layer with an ID.
func (s *State) layer(id int, change func(*Layer)) error {
	list, ok := changed(s.Layers, func(l *Layer) bool { return l.ID == id }, change)
	if !ok {
		return noLayer(id)
	}
	s.Layers = list
	return nil
}

func noLayer(id int) error { return fmt.Errorf("document: there is no layer %d", id) }

// leave takes layers that are gone out of those that a fit was made with.
func (f *Fit) leave(gone func(*Layer) bool) {
	if kept := without(f.Layers, gone); len(kept) < len(f.Layers) {
		f.Layers, f.LayersGone = kept, f.LayersGone+len(f.Layers)-len(kept)
	}
}

// MoveLayer lets a layer act by steps later (or earlier, if below zero) than
// now. The order counts where layers overlap and one of them does not zero but
// subtract.
func (d *Document) MoveLayer(id, steps int) error {
	way := " down"
	if steps < 0 {
		way = " up"
	}
	return d.edit("Move "+d.state.layerName(id)+way, func(s *State) error {
		i := slices.IndexFunc(s.Layers, func(l *Layer) bool { return l.ID == id })
		if i < 0 || i+steps < 0 || i+steps >= len(s.Layers) {
			return errors.New("document: the layer cannot be moved farther")
		}
		l := s.Layers[i]
		s.Layers = slices.Insert(slices.Delete(slices.Clone(s.Layers), i, i+1), i+steps, l)
		return nil
	})
}
