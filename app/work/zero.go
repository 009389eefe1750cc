// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"fmt"

	"difffit/app/document"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A Zeroing makes the layers that take the density of placements out of the map
// of a document.
type Zeroing struct {
	State   document.State
	Targets *Targets
	Options volume.ZeroOptions // where it needs a resolution or a level and has none, those of the document
	Kept    MadeLayer          // that was made before, and is taken where it is the one that is wanted
}

// A LayerKey tells what a layer is made of: layers with equal keys are equal.
type LayerKey struct {
	base       *document.Map
	resolution float64 // that the document states, ångström; 0 without one
	level      float64 // of the document's fits, where it is asked for
	placed     placedModel
	options    volume.ZeroOptions
	beside     any // list of placedModel
}

// A placedModel is a structure where it is placed.
type placedModel struct {
	structure int // ID
	model     *mol.Structure
	motion    geom.Rigid
}

// A MadeLayer is a layer and what it was made of. The zero value has none.
type MadeLayer struct {
	Layer *document.Layer
	key   LayerKey
}

// A Placed structure is one whose density is to be zeroed.
type Placed struct {
	Cluster   document.ClusterID // where it comes from; it is accepted with the layer, if it was not
	Structure int                // ID
	Motion    geom.Rigid
}

// OfAccepted returns an accepted placement as one to be zeroed.
func OfAccepted(a *document.Accepted) Placed {
	return Placed{a.Cluster, a.Structure, a.Placement.Motion}
}

// Make makes a layer for each placement.
func (z Zeroing) Make(ctx context.Context, placed []Placed) (document.Outcome, error) {
	o := document.Outcome{From: z.State}
	for _, p := range placed {
		l, err := z.Layer(ctx, p.Structure, p.Motion)
		if err != nil {
			return o, err
		}
		o.Zeroed = append(o.Zeroed, document.Zeroed{Cluster: p.Cluster, Layer: l.Layer})
	}
	return o, nil
}

// Change makes the layer with an ID again, in another way.
func (z Zeroing) Change(ctx context.Context, id int) (document.Outcome, error) {
	o := document.Outcome{From: z.State}
	for _, old := range z.State.Layers {
		if old.ID != id {
			continue
		}
		l, err := z.Layer(ctx, old.Structure, old.Motion)
		o.Changed = &document.ChangedLayer{ID: id, Layer: l.Layer}
		return o, err
	}
	return o, fmt.Errorf("work: there is no layer %d", id)
}

// Layer makes the layer of a structure that is placed by motion, or takes the
// one that was kept.
func (z Zeroing) Layer(ctx context.Context, structure int, motion geom.Rigid) (MadeLayer, error) {
	key := z.Key(structure, motion)
	if z.Kept.Layer != nil && z.Kept.key == key {
		return z.Kept, nil
	}
	l, err := z.State.NewLayer(ctx, structure, motion, z.options())
	if err != nil {
		return MadeLayer{}, err
	}
	return MadeLayer{l, key}, nil
}

// Key tells what the layer of a structure that is placed by motion is made of.
func (z Zeroing) Key(structure int, motion geom.Rigid) LayerKey {
	placed := func(id int, motion geom.Rigid) placedModel {
		p := placedModel{structure: id, motion: motion}
		if t := z.State.Structure(id); t != nil {
			p.model = t.Model
		}
		return p
	}
	var beside []placedModel
	for _, n := range z.State.Neighbours(structure, motion) {
		beside = append(beside, placed(n.Structure, n.Motion))
	}
	k := LayerKey{base: z.State.Map, placed: placed(structure, motion), options: z.Options, beside: ListKey(beside)}
	if z.needsResolution() {
		k.resolution = z.State.Options.Resolution
	}
	if z.needsLevel() {
		k.level = z.Targets.Level(z.State).Value
	}
	return k
}

func (z Zeroing) needsResolution() bool {
	return z.Options.Resolution == 0 && z.Options.Mode != volume.ZeroDistance
}

func (z Zeroing) needsLevel() bool {
	return z.Options.Level == 0 && z.Options.Mode == volume.ZeroContour
}

func (z Zeroing) options() volume.ZeroOptions {
	o := z.Options
	if z.needsResolution() {
		o.Resolution = z.Targets.Resolution(z.State).Value
	}
	if z.needsLevel() {
		o.Level = z.Targets.Level(z.State).Value
	}
	return o
}
