// SPDX-License-Identifier: BSD-3-Clause

// Package document has what a person works on: a map, structures, options,
// the rounds of fits, accepted placements and the layers that zero their
// density, all with undo. It knows neither files nor windows nor how anything is
// drawn, and starts no goroutines.
//
// A State is a small value; what it points to never changes. An edit makes a
// new state; undo puts the old one back, and with it the map, bit for bit.
package document

import (
	"encoding/json"
	"slices"
	"time"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// State is everything that is saved, and everything that undo restores.
type State struct {
	Map        *Map        // nil if none is open
	Others     []*OtherMap // that are looked at beside it
	Structures []*Structure
	Options    fitting.Options
	Rounds     []*Round
	Accepted   []*Accepted
	Layers     []*Layer        // in the order in which they were made
	View       json.RawMessage // how a session that was read is to be seen, as package view has it; nil if it does not say
	Marks      []*Mark         // what is held of clusters, at most one of each
	Last       IDs             // that were given so far
}

// A Source tells where an input came from, so that a session can find it
// again and notice that it has changed.
type Source struct {
	Path   string // file, absolute; or DemoScheme and a name
	SHA256 string // of the file's bytes, hexadecimal
	Bytes  int64
}

// DemoScheme begins the path of an input that is built into the program.
const DemoScheme = "demo:"

// A Map is an open density map. It is never changed.
type Map struct {
	Source
	Name string       // short name
	Grid *volume.Grid // as in the file
	// Resolution of the whole map, where the file says that it is what is left of
	// one; zero if it does not.
	Resolution volume.Resolution
	// Contour is the level that its authors recommend, as its archive says; nil if
	// that is not known.
	Contour *volume.Level
	Notes   []string // what the reader had to say, one line each
}

// A Round is one fit of one or several structures into what was left of the map.
type Round struct {
	Number int // from 1
	Fits   []Fit
	// Proposed tells who proposed the placements, to be confirmed one by one:
	// "composite", or "symmetry" and its name. Of an ordinary fit it is empty.
	Proposed string
	// Basis is what proposed placements were made from; nil where an older
	// program proposed them, and of an ordinary fit.
	Basis *Basis
}

// A Fit is what a round found for one structure.
type Fit struct {
	Structure int // ID
	Options   fitting.Options
	Result    *fitting.Result
	Partial   bool // the fit was cancelled before its end
	// Start is where a local fit began, from the structure's file to the map's
	// frame; nil of a search.
	Start *geom.Rigid
	// Layers are those that were on, as they were: with the map and the options
	// they are what the fit can be repeated from.
	Layers []*Layer
	// LayersGone is how many others were on whose structures have been removed
	// since: with any, the fit cannot be repeated.
	LayersGone int
	Program    string    // who made it, with the version; "" if not known
	Began      time.Time // UTC, to the second; zero if not known
}

// A ClusterID names a cluster of a round. The zero value names none.
type ClusterID struct {
	Round, Structure, Rank int
}

// IsZero tells whether id names no cluster.
func (id ClusterID) IsZero() bool { return id == ClusterID{} }

// An Accepted placement is one that a person, or the program on their behalf,
// holds to be right.
type Accepted struct {
	ID        int       // unique within the document, from 1
	Cluster   ClusterID // where it comes from
	Structure int       // ID
	Placement fitting.Placement
	// Copy is which copy of its structure it is, from 1, for life: that of one
	// that is withdrawn is given again.
	Copy int
	// Alone tells that its structure was the only one when it was accepted.
	Alone bool
}

// A Layer zeroes the density of one placement. What is switched off has no effect.
type Layer struct {
	ID        int // unique within the document, from 1
	Accepted  int // ID of the accepted placement, 0 if it was none
	Structure int // ID
	Motion    geom.Rigid
	// Beside are the placements that it spares, in the mode that spares any.
	Beside []Neighbour
	Cut    *volume.Layer // made of the above, with its options
	On     bool
}

// A Neighbour is a placement beside that of a layer.
type Neighbour struct {
	Structure int // ID
	Motion    geom.Rigid
}

// Structure returns the structure with the given ID, nil if there is none.
func (s State) Structure(id int) *Structure {
	for _, t := range s.Structures {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// Round returns the round with the given number, nil if there is none.
func (s State) Round(number int) *Round {
	for _, r := range s.Rounds {
		if r.Number == number {
			return r
		}
	}
	return nil
}

// HasBelievable tells whether a round has found anything to be believed.
func (r *Round) HasBelievable() bool {
	return slices.ContainsFunc(r.Fits, func(f Fit) bool {
		return slices.ContainsFunc(f.Result.Clusters, func(c fitting.Cluster) bool {
			return c.Doubt(f.Result.Resolution.Value) == ""
		})
	})
}

// Cluster returns the cluster that id names.
func (s State) Cluster(id ClusterID) (fitting.Cluster, bool) {
	r := s.Round(id.Round)
	if r == nil {
		return fitting.Cluster{}, false
	}
	for _, f := range r.Fits {
		if f.Structure != id.Structure {
			continue
		}
		for _, c := range f.Result.Clusters {
			if c.Rank == id.Rank {
				return c, true
			}
		}
	}
	return fitting.Cluster{}, false
}

// AcceptedFrom returns the accepted placement that came from the cluster id,
// nil if it was not accepted.
func (s State) AcceptedFrom(id ClusterID) *Accepted {
	for _, a := range s.Accepted {
		if a.Cluster == id {
			return a
		}
	}
	return nil
}

// LayerOf returns the layer that zeroes the density of an accepted placement,
// nil if there is none.
func (s State) LayerOf(accepted int) *Layer {
	for _, l := range s.Layers {
		if accepted != 0 && l.Accepted == accepted {
			return l
		}
	}
	return nil
}

// Unzeroed returns the accepted placements whose density no layer zeroes.
func (s State) Unzeroed() []*Accepted {
	return without(s.Accepted, func(a *Accepted) bool { return s.LayerOf(a.ID) != nil })
}

// Fitted returns the structures that take part in the next fit.
func (s State) Fitted() []*Structure {
	var fitted []*Structure
	for _, t := range s.Structures {
		if t.Fit {
			fitted = append(fitted, t)
		}
	}
	return fitted
}

// IsZeroed tells whether a layer takes density from the map.
func (s State) IsZeroed() bool {
	return slices.ContainsFunc(s.Layers, func(l *Layer) bool { return l.On })
}

// Active returns the layers that are on.
func (s State) Active() []*Layer {
	var on []*Layer
	for _, l := range s.Layers {
		if l.On {
			on = append(on, l)
		}
	}
	return on
}

// Cuts returns what the layers that are on take away, in their order.
func (s State) Cuts() []*volume.Layer {
	var cuts []*volume.Layer
	for _, l := range s.Active() {
		cuts = append(cuts, l.Cut)
	}
	return cuts
}

// clip lets appends in an edit copy.
func (s State) clip() State {
	s.Others = slices.Clip(s.Others)
	s.Structures = slices.Clip(s.Structures)
	s.Rounds = slices.Clip(s.Rounds)
	s.Accepted = slices.Clip(s.Accepted)
	s.Layers = slices.Clip(s.Layers)
	s.Marks = slices.Clip(s.Marks)
	return s
}
