// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"difffit/fitting/geom"
)

// An Outcome is what a work beside the document has made: a fit, a proposal, a
// zeroing, a change of layers. The work computes it from one state, while the
// document may go on; Apply decides whether it still fits. It has one of the
// kinds.
type Outcome struct {
	From    State         // what it was made from, a state of the same document
	Found   *Found        // placements, to be a round
	Zeroed  []Zeroed      // layers to be added
	Changed *ChangedLayer // a layer that was made again in another way
}

// Found is what a work has found for structures.
type Found struct {
	Fits []Fit
	// Proposed tells who proposed the placements, and Basis what they were made
	// from: see Round. Of an ordinary fit they are empty.
	Proposed string
	Basis    *Basis
}

// Zeroed is a layer that was made of a placement. The placement is accepted
// with it if it was not.
type Zeroed struct {
	Cluster ClusterID // where the placement comes from
	Layer   *Layer
}

// A ChangedLayer takes the place of a layer.
type ChangedLayer struct {
	ID    int // of the layer
	Layer *Layer
}

// Applied tells what became of an Outcome.
type Applied struct {
	Round int // number of the round that was added; 0 if none was
	// Gone names what was left out, since what it refers to is no longer there.
	Gone []string
}

// ErrGone reports that an outcome does not fit the document any more: errors
// of Apply that are about this are a *GoneError.
var ErrGone = errors.New("document: what it was made from is no longer there")

// A GoneError names what an outcome was made from and is no longer there.
type GoneError struct{ What []string }

func (e *GoneError) Error() string {
	return "document: no longer there, or not as it was: " + strings.Join(e.What, ", ")
}

// Is makes e an ErrGone.
func (e *GoneError) Is(target error) bool { return target == ErrGone }

// Apply takes in what a work has made, as one step of the history, as far as it
// fits the present state: the map must be the one that it was made from, and
// structures, placements and layers that it refers to must be there. Fits of
// structures that are gone are left out and named; of layers all fit, or none
// is added. If nothing is left the error is an ErrGone; after an error the
// document is as it was.
func (d *Document) Apply(o Outcome) (Applied, error) {
	if err := o.check(); err != nil {
		return Applied{}, err
	}
	a := application{from: o.From}
	var label string
	var change func(*State, Outcome) error
	switch {
	case o.Found != nil:
		label, change = o.Found.label(d.last.Round+1), a.find
	case o.Changed != nil:
		label, change = "Change "+d.state.layerName(o.Changed.ID), a.change
	default:
		label, change = d.state.zeroingLabel(o.Zeroed), a.zero
	}
	err := d.edit(label, func(s *State) error {
		if s.Map != o.From.Map {
			return &GoneError{[]string{"the map " + o.From.Map.Name}}
		}
		return change(s, o)
	})
	if err != nil {
		return Applied{}, err
	}
	return a.done, nil
}

// check reports a mistake of the work that made o.
func (o Outcome) check() error {
	kinds := 0
	for _, is := range []bool{o.Found != nil, len(o.Zeroed) > 0, o.Changed != nil} {
		if is {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		return fmt.Errorf("document: an outcome of %d kinds, want one", kinds)
	case o.From.Map == nil:
		return errors.New("document: an outcome that was made without a map")
	case o.Found != nil && len(o.Found.Fits) == 0:
		return errors.New("document: a round without a fit")
	case o.Found != nil && slices.ContainsFunc(o.Found.Fits, func(f Fit) bool { return f.Result == nil }):
		return errors.New("document: a fit without a result")
	case o.Found != nil && slices.ContainsFunc(o.Found.Fits, func(f Fit) bool { return f.Start != nil && *f.Start == (geom.Rigid{}) }):
		return errors.New("document: a local fit that began nowhere")
	case slices.ContainsFunc(o.Zeroed, func(z Zeroed) bool { return z.Layer == nil || z.Layer.Cut == nil }),
		o.Changed != nil && (o.Changed.Layer == nil || o.Changed.Layer.Cut == nil):
		return errors.New("document: a layer that takes nothing out")
	}
	return nil
}

func (f *Found) label(round int) string {
	switch {
	case f.Proposed != "":
		return "Propose: " + f.Proposed
	case (&Round{Fits: f.Fits}).IsLocal():
		return fmt.Sprintf("Fit in map, round %d", round)
	}
	return fmt.Sprintf("Fit, round %d", round)
}

// zeroingLabel names the step that adds layers.
func (s State) zeroingLabel(zeroed []Zeroed) string {
	if len(zeroed) > 1 {
		return fmt.Sprintf("Zero out %d placements", len(zeroed))
	}
	l := zeroed[0].Layer
	if a := s.acceptedAt(l); a != nil {
		return "Zero out " + s.copyOf(a.ID)
	}
	return "Zero out " + s.nextCopy(l.Structure)
}

// An application is an outcome on its way into the document.
type application struct {
	from State
	done Applied
}

// has tells whether s has a structure as it was when the outcome was made: the
// same atoms, whatever else was said about it since.
func (a *application) has(s *State, structure int) bool {
	was, is := a.from.Structure(structure), s.Structure(structure)
	return was != nil && is != nil && was.Model == is.Model
}

// lost returns the structures of a layer that s does not have any more.
func (a *application) lost(s *State, l *Layer) []string {
	var names []string
	for _, id := range l.structures() {
		if !a.has(s, id) {
			names = append(names, a.from.Name(id))
		}
	}
	return names
}

// find adds a round with the fits of the structures that are there.
func (a *application) find(s *State, o Outcome) error {
	r := &Round{Proposed: o.Found.Proposed, Basis: o.Found.Basis}
	gone := func(structure int) {
		if name := a.from.Name(structure); !slices.Contains(a.done.Gone, name) {
			a.done.Gone = append(a.done.Gone, name)
		}
	}
	for _, f := range o.Found.Fits {
		if !a.has(s, f.Structure) {
			gone(f.Structure)
			continue
		}
		f.leave(func(l *Layer) bool { return len(a.lost(s, l)) > 0 })
		r.Fits = append(r.Fits, f)
	}
	for _, id := range r.Basis.structures() {
		if !a.has(s, id) {
			gone(id)
			r.Basis = r.Basis.without(id)
		}
	}
	if len(r.Fits) == 0 {
		return &GoneError{a.done.Gone}
	}
	r.Number = next(&s.Last.Round)
	a.done.Round = r.Number
	s.Rounds = append(s.Rounds, r)
	return a.stand(s, r.Fits)
}

// zero adds layers, and accepts their placements where they are not yet.
func (a *application) zero(s *State, o Outcome) error {
	var gone []string
	for _, z := range o.Zeroed {
		if what, err := a.zeroOne(s, z); err != nil {
			return err
		} else if len(what) > 0 {
			gone = append(gone, what...)
		}
	}
	if len(gone) > 0 {
		slices.Sort(gone)
		return &GoneError{slices.Compact(gone)}
	}
	return nil
}

// zeroOne adds one layer, or tells what it misses.
func (a *application) zeroOne(s *State, z Zeroed) (gone []string, err error) {
	l := *z.Layer
	if gone = a.lost(s, &l); len(gone) > 0 {
		return gone, nil
	}
	held := s.acceptedAt(&l)
	if held == nil {
		id, name := a.stillOpen(*s, z)
		if name != "" {
			return []string{name}, nil
		}
		if err := s.accept(id); err != nil {
			return nil, err
		}
		held = s.Accepted[len(s.Accepted)-1]
	}
	if s.LayerOf(held.ID) != nil {
		return nil, fmt.Errorf("document: the density of %s is zeroed already", s.copyOf(held.ID))
	}
	l.ID, l.Accepted = next(&s.Last.Layer), held.ID
	s.Layers = append(s.Layers, &l)
	return nil, nil
}

// stillOpen returns the cluster of a placement that is to be accepted with its
// layer, or the name of the placement if it cannot be: it was accepted when the
// layer was made and is not now, it was rejected since, or it is not there.
func (a *application) stillOpen(s State, z Zeroed) (ClusterID, string) {
	l := z.Layer
	if was := a.from.acceptedAt(l); was != nil {
		return ClusterID{}, "the accepted " + a.from.copyOf(was.ID)
	}
	id := z.Cluster
	id.Rank = s.rankOf(id, l.Motion)
	name := fmt.Sprintf("%s of round %d", a.from.PlaceName(z.Cluster), z.Cluster.Round)
	if id.Structure != l.Structure || id.Rank == 0 || s.Mark(id).Rejected && !a.from.Mark(z.Cluster).Rejected {
		return ClusterID{}, name
	}
	return id, ""
}

// change puts a layer in the place of the one that it was made from.
func (a *application) change(s *State, o Outcome) error {
	l := o.Changed.Layer
	was := a.from.layerWith(o.Changed.ID)
	is := s.layerWith(o.Changed.ID)
	if was == nil || is == nil || was.Cut != is.Cut {
		return &GoneError{[]string{a.from.layerName(o.Changed.ID)}}
	}
	if was.Structure != l.Structure || was.Motion != l.Motion {
		return fmt.Errorf("document: a layer of another placement for layer %d", o.Changed.ID)
	}
	if lost := a.lost(s, l); len(lost) > 0 {
		return &GoneError{lost}
	}
	return s.layer(o.Changed.ID, func(q *Layer) { q.Cut, q.Beside = l.Cut, l.Beside })
}

// layerWith returns the layer with an ID, nil if there is none.
func (s State) layerWith(id int) *Layer {
	i := slices.IndexFunc(s.Layers, func(l *Layer) bool { return l.ID == id })
	if i < 0 {
		return nil
	}
	return s.Layers[i]
}

// structures returns the IDs of the structures that a layer is made of.
func (l *Layer) structures() []int {
	ids := []int{l.Structure}
	for _, n := range l.Beside {
		ids = append(ids, n.Structure)
	}
	return ids
}
