// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"fmt"
	"slices"
)

// A MapUse says what a map is to a session, in a word for people.
type MapUse string

// Uses of maps beside the one that is fitted into.
const (
	ReferenceMap MapUse = "reference map" // to compare with: another map of the same thing
	HalfMap      MapUse = "half-map"      // of half of the particles
	MaskMap      MapUse = "mask"          // that tells where something is
)

// MapUses are the uses of other maps, in the order in which they are offered.
var MapUses = []MapUse{ReferenceMap, HalfMap, MaskMap}

// An OtherMap is a map that is looked at beside the one that is fitted into.
// Nothing is fitted into it, and no score is of it.
type OtherMap struct {
	ID  int // unique within the document, from 1
	Use MapUse
	Map *Map
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
		if o.Map == nil || !slices.Contains(MapUses, o.Use) {
			return fmt.Errorf("document: map %d of those to add: use is %q, want one of %q, and a map", i+1, o.Use, MapUses)
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
