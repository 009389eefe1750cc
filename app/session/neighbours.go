// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"fmt"

	"difffit/app/document"
)

// fileNeighbour is a document.Neighbour in a session file.
type fileNeighbour struct {
	Structure int `json:"structure"`
	fileMotion
}

func toNeighbours(beside []document.Neighbour) []fileNeighbour {
	var out []fileNeighbour
	for _, n := range beside {
		out = append(out, fileNeighbour{n.Structure, toMotion(n.Motion)})
	}
	return out
}

func fromNeighbours(s document.State, in []fileNeighbour) ([]document.Neighbour, error) {
	var out []document.Neighbour
	for i, n := range in {
		if s.Structure(n.Structure) == nil {
			return nil, fmt.Errorf("beside %d: structure is %d, which is not among the structures", i+1, n.Structure)
		}
		g, err := n.motion()
		if err != nil {
			return nil, fmt.Errorf("beside %d: %w", i+1, err)
		}
		out = append(out, document.Neighbour{Structure: n.Structure, Motion: g})
	}
	return out, nil
}
