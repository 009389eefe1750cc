// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"fmt"

	"difffit/app/document"
)

// fileMark is what a person holds of a placement.
type fileMark struct {
	Round     int `json:"round"`
	Structure int `json:"structure"`
	Rank      int `json:"rank,omitempty"`
	fileMotion
	Rejected bool   `json:"rejected,omitempty"`
	Note     string `json:"note,omitempty"`
	Pin      int    `json:"pin,omitempty"`
}

func toMarks(marks []*document.Mark) []fileMark {
	var list []fileMark
	for _, m := range marks {
		list = append(list, fileMark{m.Cluster.Round, m.Structure, m.Cluster.Rank, toMotion(m.Motion), m.Rejected, m.Note, m.Pin})
	}
	return list
}

func (f *file) openMarks(s *document.State) error {
	for i, m := range f.Marks {
		place := fmt.Sprintf("marks %d", i+1)
		if s.Structure(m.Structure) == nil {
			return &Error{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures", m.Structure)}
		}
		if m.Pin < 0 {
			return &Error{Place: place, Msg: fmt.Sprintf("pin is %d, want 0 or more", m.Pin)}
		}
		g, err := m.motion()
		if err != nil {
			return &Error{place, "cannot be used", err}
		}
		id := document.ClusterID{Round: m.Round, Structure: m.Structure, Rank: m.Rank}
		if !s.Mark(id).IsEmpty() && m.Rank > 0 {
			return &Error{Place: place, Msg: fmt.Sprintf("is about cluster %d of structure %d in round %d, as another one is", m.Rank, m.Structure, m.Round)}
		}
		s.Marks = append(s.Marks, &document.Mark{Cluster: id, Structure: m.Structure, Motion: g, Rejected: m.Rejected, Note: m.Note, Pin: m.Pin})
	}
	return nil
}
