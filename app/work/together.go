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

// Taken returns those of some placements whose places are taken: each clashes with
// what is accepted in s, or all copies of its structure that are expected are
// placed.
func Taken(ctx context.Context, s document.State, among []document.ClusterID) ([]document.ClusterID, error) {
	var taken []document.ClusterID
	if len(s.Accepted) == 0 {
		return nil, nil
	}
	for i := range among {
		free, err := Together(ctx, s, among[i:i+1])
		if err != nil {
			return nil, err
		}
		if len(free) == 0 {
			taken = append(taken, among[i])
		}
	}
	return taken, nil
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
