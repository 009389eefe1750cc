// SPDX-License-Identifier: BSD-3-Clause

package document

import "fmt"

// sessionMark is what a person holds of a placement.
type sessionMark struct {
	Round     int `json:"round"`
	Structure int `json:"structure"`
	Rank      int `json:"rank,omitempty"`
	sessionMotion
	Rejected bool   `json:"rejected,omitempty"`
	Note     string `json:"note,omitempty"`
	Pin      int    `json:"pin,omitempty"`
}

func toMarks(marks []*Mark) []sessionMark {
	var list []sessionMark
	for _, m := range marks {
		list = append(list, sessionMark{m.Cluster.Round, m.Structure, m.Cluster.Rank, toMotion(m.Motion), m.Rejected, m.Note, m.Pin})
	}
	return list
}

func (f *session) openMarks(s *State) error {
	for i, m := range f.Marks {
		place := fmt.Sprintf("marks %d", i+1)
		if s.Structure(m.Structure) == nil {
			return &SessionError{Place: place, Msg: fmt.Sprintf("structure is %d, which is not among the structures", m.Structure)}
		}
		if m.Pin < 0 {
			return &SessionError{Place: place, Msg: fmt.Sprintf("pin is %d, want 0 or more", m.Pin)}
		}
		g, err := m.motion()
		if err != nil {
			return &SessionError{place, "cannot be used", err}
		}
		id := ClusterID{m.Round, m.Structure, m.Rank}
		if !s.Mark(id).isEmpty() && m.Rank > 0 {
			return &SessionError{Place: place, Msg: fmt.Sprintf("is about cluster %d of structure %d in round %d, as another one is", m.Rank, m.Structure, m.Round)}
		}
		s.Marks = append(s.Marks, &Mark{id, m.Structure, g, m.Rejected, m.Note, m.Pin})
	}
	return nil
}
