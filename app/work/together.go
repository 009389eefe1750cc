// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"

	"difffit/app/document"
	"difffit/fitting/compose"
)

// Together returns those of some placements that go best together, in the order
// given: none of them clashes with another or with what is accepted in s, and of
// no structure are there more than are expected.
func Together(ctx context.Context, s document.State, among []document.ClusterID) ([]document.ClusterID, error) {
	return together(ctx, s, among, s.Missing)
}

// WithoutClash is Together of any number of copies.
func WithoutClash(ctx context.Context, s document.State, among []document.ClusterID) ([]document.ClusterID, error) {
	return together(ctx, s, among, func(int) (int, bool) { return 0, true })
}

func together(ctx context.Context, s document.State, among []document.ClusterID, missing func(structure int) (copies int, more bool)) ([]document.ClusterID, error) {
	fixed, err := placedOf(s)
	if err != nil {
		return nil, err
	}
	kinds := map[int]int{}
	var limits []int
	var open []document.ClusterID
	var contenders []compose.Contender
	for _, id := range among {
		c, ok := s.Cluster(id)
		copies, more := missing(id.Structure)
		if !ok || !more || !(c.InWhole().Score > 0) {
			continue
		}
		kind, known := kinds[id.Structure]
		if !known {
			kind = len(limits)
			kinds[id.Structure] = kind
			limits = append(limits, copies)
		}
		open = append(open, id)
		contenders = append(contenders, compose.Contender{Placed: compose.Placed{Structure: s.Structure(id.Structure).Model, Motion: c.Motion}, Kind: kind, Score: c.InWhole().Score})
	}
	chosen, err := compose.Together(ctx, contenders, limits, fixed, compose.DefaultOptions().MaxClash)
	if err != nil {
		return nil, err
	}
	var ids []document.ClusterID
	for _, i := range chosen {
		ids = append(ids, open[i])
	}
	return ids, nil
}
