// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"slices"

	"difffit/app/document"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// DisplayLevel returns the contour level at which the map of s is shown, which
// is not that of the fit (docs/adr/0019-displayed-level.md): the one at which it
// was seen, if s says so; in a session that an older program saved, that of the
// fit, which was also seen; one that was stated for the fit; else the first one.
// There must be a map. It takes a while. An error wraps that of ctx.
func (t *Targets) DisplayLevel(ctx context.Context, s document.State) (volume.Level, error) {
	level, seen, err := s.SeenLevel()
	switch {
	case err != nil:
		return level, err
	case seen:
		return level, nil
	case s.View != nil || s.Options.Level != nil:
		return t.Level(s), nil
	}
	return t.FirstLevel(ctx, s)
}

// LevelBeside returns the contour level at which a map beside that of s is first
// seen, if it has one of its own: a reference map is seen at the level at which
// it would be if it were the map of s, unless it has the same densities as that.
// It takes a while. An error wraps that of ctx.
func (t *Targets) LevelBeside(ctx context.Context, s document.State, o *document.OtherMap) (level volume.Level, own bool, err error) {
	if o.Use != document.ReferenceMap || s.Map != nil && s.Map.Grid.Size == o.Map.Grid.Size && slices.Equal(s.Map.Grid.Data, o.Map.Grid.Data) {
		return level, false, nil
	}
	s.Map, s.Options.Resolution = o.Map, 0 // the one that is stated is of the other map
	level, err = t.FirstLevel(ctx, s)
	return level, err == nil, err
}

// FirstLevel returns the contour level at which the map of s is first seen: that
// of its authors, if it is known and shows something, else what volume.DisplayLevel says of what is
// accepted, or else of the structures that take part in the next fit. There must
// be a map. It takes a while. An error wraps that of ctx.
func (t *Targets) FirstLevel(ctx context.Context, s document.State) (volume.Level, error) {
	whole := t.Whole(s.Map)
	if author := s.Map.Contour; author != nil && whole.Profile().CheckLevel(author.Value) == nil {
		return *author, nil
	}
	var known []volume.Molecule
	for _, a := range s.Accepted {
		if u := s.Structure(a.Structure); u != nil {
			known = append(known, volume.Molecule{Mass: u.Mass(), Atoms: document.PlacedPoints(u.Model, a.Placement.Motion)})
		}
	}
	if len(known) == 0 {
		for _, u := range s.Fitted() {
			copies := float64(max(1, u.Copies))
			known = append(known, volume.Molecule{Mass: copies * u.Mass(), Atoms: document.PlacedPoints(u.Model, geom.Identity())})
		}
	}
	if len(known) == 0 { // the resolution, which takes time, is not needed
		return whole.Profile().DisplayLevel(), nil
	}
	return volume.DisplayLevel(ctx, whole.Grid(), whole.Profile(), t.Resolution(s).Value, known)
}
