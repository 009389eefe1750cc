// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"fmt"

	"difffit/app/document"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// A Zeroing makes the layers that take the density of placements out of the map
// of a document.
type Zeroing struct {
	State   document.State
	Targets *Targets
	Options volume.ZeroOptions // where it needs a resolution and has none, that of the document
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
		l, err := z.State.NewLayer(ctx, p.Structure, p.Motion, z.options())
		if err != nil {
			return o, err
		}
		o.Zeroed = append(o.Zeroed, document.Zeroed{Cluster: p.Cluster, Layer: l})
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
		l, err := z.State.NewLayer(ctx, old.Structure, old.Motion, z.options())
		o.Changed = &document.ChangedLayer{ID: id, Layer: l}
		return o, err
	}
	return o, fmt.Errorf("work: there is no layer %d", id)
}

func (z Zeroing) options() volume.ZeroOptions {
	o := z.Options
	if o.Resolution == 0 && o.Mode != volume.ZeroDistance {
		o.Resolution = z.Targets.Resolution(z.State).Value
	}
	return o
}
