// SPDX-License-Identifier: BSD-3-Clause

package document

// Sources returns where all inputs of s came from: the map, other maps,
// structures.
func (s State) Sources() []Source {
	var list []Source
	if s.Map != nil {
		list = append(list, s.Map.Source)
	}
	for _, o := range s.Others {
		list = append(list, o.Map.Source)
	}
	for _, t := range s.Structures {
		list = append(list, t.Source)
	}
	return list
}
