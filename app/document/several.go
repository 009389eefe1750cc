// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"fmt"
)

// AcceptAll records the placements of clusters as right, as one step.
func (d *Document) AcceptAll(ids []ClusterID) error {
	if len(ids) == 1 {
		return d.Accept(ids[0])
	}
	return d.several("Accept", ids, (*State).accept)
}

// SetRejectedAll says whether the placements of clusters are wrong, as one step;
// see SetRejected.
func (d *Document) SetRejectedAll(ids []ClusterID, rejected bool) error {
	if len(ids) == 1 {
		return d.SetRejected(ids[0], rejected)
	}
	what := "Reject"
	if !rejected {
		what = "Take back the rejection of"
	}
	return d.several(what, ids, func(s *State, id ClusterID) error { return s.reject(id, rejected) })
}

// SetPinnedAll says whether the placements of clusters are compared with others,
// as one step.
func (d *Document) SetPinnedAll(ids []ClusterID, pinned bool) error {
	if len(ids) == 1 {
		return d.SetPinned(ids[0], pinned)
	}
	what := "Pin"
	if !pinned {
		what = "Unpin"
	}
	return d.several(what, ids, func(s *State, id ClusterID) error { return s.pin(id, pinned) })
}

// several does something about clusters, as one step: all of it or nothing.
func (d *Document) several(what string, ids []ClusterID, do func(*State, ClusterID) error) error {
	if len(ids) == 0 {
		return errors.New("document: no placement is selected")
	}
	return d.edit(fmt.Sprintf("%s %d placements", what, len(ids)), func(s *State) error {
		for _, id := range ids {
			if err := do(s, id); err != nil {
				return err
			}
		}
		return nil
	})
}
