// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"errors"
	"fmt"

	"difffit/app/document"
	"difffit/app/window/shell"
	"difffit/fitting/volume"
)

// ZeroOut takes the density of the selected placement from the map, and
// accepts it if it was not; without a selection, that of all accepted ones.
func (co *Composer) ZeroOut() {
	s := co.sh.Doc.State()
	var todo []zeroing
	id := co.sh.Doc.Selected()
	if c, ok := s.Cluster(id); ok {
		if a := s.AcceptedFrom(id); a == nil {
			if co.table.IsHidden(id) || co.table.IsTaken(id) {
				return
			}
			todo = append(todo, zeroing{nil, id, document.Layer{Structure: id.Structure, Motion: c.Motion}})
		} else if s.LayerOf(a.ID) == nil {
			todo = append(todo, ofAccepted(a))
		}
	} else {
		todo = zeroings(s.Unzeroed())
	}
	if len(todo) == 0 {
		co.sh.Say("Nothing to zero out: select a placement in the table, or accept one first")
		return
	}
	co.zero(todo, nil)
}

// zeroAccepted takes the density of one accepted placement from the map.
func (co *Composer) zeroAccepted(id int) {
	s := co.sh.Doc.State()
	for _, a := range s.Unzeroed() {
		if a.ID == id {
			co.zero([]zeroing{ofAccepted(a)}, nil)
		}
	}
}

// A zeroing is a layer that is to be made.
type zeroing struct {
	accepted *document.Accepted // nil: cluster is to be accepted with it
	cluster  document.ClusterID
	layer    document.Layer // Structure and Motion
}

func ofAccepted(a *document.Accepted) zeroing {
	return zeroing{a, a.Cluster, document.Layer{Structure: a.Structure, Motion: a.Placement.Motion}}
}

func zeroings(list []*document.Accepted) []zeroing {
	var todo []zeroing
	for _, a := range list {
		todo = append(todo, ofAccepted(a))
	}
	return todo
}

// zero makes layers beside the window and adds them as one step. When that is
// done, then follows, if it is not nil.
func (co *Composer) zero(todo []zeroing, then func()) {
	o, err := co.Panel.ZeroOptions()
	if err != nil {
		co.sh.Fail("Cannot zero out", err)
		return
	}
	s := co.sh.Doc.State()
	revision := co.sh.Doc.Revision()
	co.sh.Run(&shell.Job{Name: "Zero out"}, func(ctx context.Context) (func(), error) {
		if o.Resolution == 0 && o.Mode != volume.ZeroDistance {
			o.Resolution = co.resolutionOf(s)
		}
		var made []*document.Layer
		for _, z := range todo {
			l, err := s.NewLayer(ctx, z.layer.Structure, z.layer.Motion, o)
			if err != nil {
				return nil, err
			}
			made = append(made, l)
		}
		return func() { co.addLayers(revision, todo, made, o, then) }, nil
	})
}

func (co *Composer) addLayers(revision int, todo []zeroing, made []*document.Layer, o volume.ZeroOptions, then func()) {
	if co.sh.Doc.Revision() != revision {
		co.sh.Fail("Nothing was zeroed out", errors.New("the document changed meanwhile; try again"))
		return
	}
	if err := co.sh.Doc.AddZeroing(toPlacements(todo), made); err != nil {
		co.sh.Fail("Nothing was zeroed out", err)
		return
	}
	voxels, removed := 0, 0.0
	for _, l := range made {
		voxels += l.Cut.Voxels
		removed += l.Cut.Volume
	}
	co.sh.Say(fmt.Sprintf("Zeroed out %d voxels (%.0f Å³, %s): press Fit for what is left", voxels, removed, o.Mode))
	if then != nil {
		then()
	}
}

func toPlacements(todo []zeroing) []document.ClusterID {
	var ids []document.ClusterID
	for _, z := range todo {
		ids = append(ids, z.cluster)
	}
	return ids
}

// CanZero tells whether there is something to zero out.
func (co *Composer) CanZero(s document.State, selected bool) bool {
	if selected {
		a := s.AcceptedFrom(co.sh.Doc.Selected())
		return a == nil || s.LayerOf(a.ID) == nil
	}
	return len(s.Unzeroed()) > 0
}
