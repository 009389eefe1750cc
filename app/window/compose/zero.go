// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"fmt"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting/volume"
)

// ZeroOut takes the density of the selected placement from the map, and
// accepts it if it was not; without a selection, that of all accepted ones.
func (co *Composer) ZeroOut() {
	s := co.sh.Doc.State()
	var todo []work.Placed
	id := co.sh.Doc.Selected()
	if c, ok := s.Cluster(id); ok {
		if a := s.AcceptedFrom(id); a == nil {
			if co.table.IsHidden(id) || co.table.IsTaken(id) {
				return
			}
			todo = append(todo, work.Placed{Cluster: id, Structure: id.Structure, Motion: c.Motion})
		} else if s.LayerOf(a.ID) == nil {
			todo = append(todo, work.OfAccepted(a))
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
			co.zero([]work.Placed{work.OfAccepted(a)}, nil)
		}
	}
}

// zeroings are accepted placements whose density is to be zeroed.
func zeroings(list []*document.Accepted) []work.Placed {
	var todo []work.Placed
	for _, a := range list {
		todo = append(todo, work.OfAccepted(a))
	}
	return todo
}

// zero makes layers beside the window and adds them as one step. When that is
// done, then follows, if it is not nil.
func (co *Composer) zero(todo []work.Placed, then func()) {
	z, err := co.zeroing(co.sh.Doc.State())
	if err != nil {
		co.wrong("Cannot zero out", true, err)
		return
	}
	j := &shell.Job{Name: "Zero out"}
	co.sh.Run(j, func(ctx context.Context) (func(), error) {
		made, err := z.Make(ctx, todo)
		if err != nil {
			return nil, err
		}
		return func() {
			if co.addLayers(made, z.Options) && then != nil && !j.Stopped() {
				then()
			}
		}, nil
	})
}

// addLayers adds what was made and says so. It tells whether it was added.
func (co *Composer) addLayers(made document.Outcome, o volume.ZeroOptions) bool {
	if _, err := co.sh.Doc.Apply(made); err != nil {
		co.sh.Fail("Nothing was zeroed out", err)
		return false
	}
	voxels, removed := 0, 0.0
	for _, z := range made.Zeroed {
		voxels += z.Layer.Cut.Voxels
		removed += z.Layer.Cut.Volume
	}
	co.sh.Say(fmt.Sprintf("Zeroed out %s (%.0f Å³, %s): press Fit for what is left", panel.Plural(voxels, "voxel"), removed, o.Mode))
	return true
}

// CanZero tells whether there is something to zero out.
func (co *Composer) CanZero(s document.State, selected bool) bool {
	if selected {
		a := s.AcceptedFrom(co.sh.Doc.Selected())
		return a == nil || s.LayerOf(a.ID) == nil
	}
	return len(s.Unzeroed()) > 0
}
