// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"difffit/fitting/volume"
)

// A MapUse says what a map is to a session, in a word for people.
type MapUse string

// Uses of maps beside the one that is fitted into.
const (
	ReferenceMap MapUse = "reference map" // to compare with: another map of the same thing
	HalfMap      MapUse = "half-map"      // of half of the particles
	MaskMap      MapUse = "mask"          // that tells where something is
	FilteredMap  MapUse = "filtered map"  // that filters made of another
)

// MapUses are the uses of other maps that are opened, in the order in which they
// are offered.
var MapUses = []MapUse{ReferenceMap, HalfMap, MaskMap}

// An OtherMap is a map that is looked at beside the one that is fitted into.
// Nothing is fitted into it, and no score is of it.
type OtherMap struct {
	ID  int // unique within the document, from 1
	Use MapUse
	Map *Map
	// Filters made the map of its file, one after the other; only of a filtered map
	// there are any.
	Filters []volume.Filter
}

// Check tells what is wrong with the use of a map.
func (o OtherMap) Check() error {
	switch filtered := o.Use == FilteredMap; {
	case !filtered && !slices.Contains(MapUses, o.Use):
		return fmt.Errorf("document: map: use is %q, want one of %q or %q", o.Use, MapUses, FilteredMap)
	case filtered != (len(o.Filters) > 0):
		return fmt.Errorf("document: map: use is %q with %d filters, want filters of a %s, and of no other", o.Use, len(o.Filters), FilteredMap)
	}
	for i, f := range o.Filters {
		if err := f.Validate(); err != nil {
			return fmt.Errorf("document: map: filter %d: %w", i+1, err)
		}
	}
	return nil
}

// Filtered returns the map that filters make of m, one after the other, with what
// they do in its name; its source is still that of m. An error wraps that of ctx.
func (m *Map) Filtered(ctx context.Context, threads int, filters ...volume.Filter) (*Map, error) {
	grid, err := volume.Filtered(ctx, m.Grid, threads, filters...)
	if err != nil {
		return nil, err
	}
	q := &Map{Source: m.Source, Name: m.Name, Grid: grid}
	for _, f := range filters {
		q.Name += ", " + f.String()
	}
	return q, nil
}

// Other returns the other map with the given ID, nil if there is none.
func (s State) Other(id int) *OtherMap {
	if i := slices.IndexFunc(s.Others, func(o *OtherMap) bool { return o.ID == id }); i >= 0 {
		return s.Others[i]
	}
	return nil
}

// AddMaps adds maps beside the one that is fitted into. They get their IDs here.
func (d *Document) AddMaps(added ...OtherMap) error {
	if len(added) == 0 {
		return nil
	}
	for i, o := range added {
		if o.Map == nil {
			return fmt.Errorf("document: map %d of those to add: there is none, want a map", i+1)
		}
		if err := o.Check(); err != nil {
			return fmt.Errorf("document: map %d of those to add: %w", i+1, err)
		}
	}
	label := fmt.Sprintf("Add %d maps", len(added))
	if len(added) == 1 {
		label = fmt.Sprintf("Add %s %s", added[0].Use, added[0].Map.Name)
	}
	return d.edit(label, func(s *State) error {
		for _, o := range added {
			o.ID = next(&s.Last.Map)
			s.Others = append(s.Others, &o)
		}
		return nil
	})
}

// RemoveMap removes one of the other maps.
func (d *Document) RemoveMap(id int) error {
	o := d.state.Other(id)
	if o == nil {
		return fmt.Errorf("document: there is no other map %d", id)
	}
	return d.edit(fmt.Sprintf("Remove %s %s", o.Use, o.Map.Name), func(s *State) error {
		s.Others = without(s.Others, func(o *OtherMap) bool { return o.ID == id })
		return nil
	})
}

// CloseMap closes the map that is fitted into, and with it what was found in it.
func (d *Document) CloseMap() error {
	if d.state.Map == nil {
		return errors.New("document: no map is open")
	}
	return d.edit("Close map "+d.state.Map.Name, func(s *State) error {
		s.setMap(nil)
		return nil
	})
}
