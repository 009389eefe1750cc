// SPDX-License-Identifier: BSD-3-Clause

package site

import "difffit/fitting/mol"

// position is the place of a residue in its chain, whatever its name.
type position struct {
	chain  string
	seq    int
	insert string
}

type atomName struct {
	position
	name string
}

func positionOf(a *mol.Atom) position { return position{a.Chain, a.Seq, a.Insert} }

// oneLocation keeps one location of each atom: that of the highest
// occupancy, the first of equals. Where a residue itself has alternatives
// (a point mutation in part of the molecules), one residue is chosen in the
// same way and the atoms of the others go. It works in place and returns the
// atoms left, the ends of their segments, and how many were dropped. An atom
// that has one location only has no name for it.
func oneLocation(atoms []mol.Atom, ends []int) (kept []mol.Atom, keptEnds []int, dropped int) {
	start, n := 0, 0
	for _, end := range ends {
		segment := atoms[start:end]
		best := choose(segment)
		for i := range segment {
			a := &segment[i]
			if best != nil && !best.has(segment, i) {
				continue
			}
			atoms[n] = *a
			atoms[n].Alt = ""
			n++
		}
		start = end
		keptEnds = append(keptEnds, n)
	}
	return atoms[:n], keptEnds, len(atoms) - n
}

// choice says which atoms of the residues with alternatives stay.
type choice struct {
	residue map[position]int // atom whose residue name is chosen, -1 if there is no choice
	atom    map[atomName]int // the location that stays
}

// choose returns nil if no atom has an alternate location.
func choose(atoms []mol.Atom) *choice {
	var c *choice
	for i := range atoms {
		if a := &atoms[i]; a.Alt != "" {
			if c == nil {
				c = &choice{map[position]int{}, map[atomName]int{}}
			}
			p := positionOf(a)
			if j, ok := c.residue[p]; !ok || a.Occupancy > atoms[j].Occupancy {
				c.residue[p] = i
			}
		}
	}
	if c == nil {
		return nil
	}
	for i := range atoms {
		a := &atoms[i]
		p := positionOf(a)
		if !c.compatible(atoms, p, a) {
			continue
		}
		key := atomName{p, a.Name}
		if j, ok := c.atom[key]; !ok || a.Occupancy > atoms[j].Occupancy {
			c.atom[key] = i
		}
	}
	return c
}

// compatible reports whether a is an alternative of the chosen residue: the
// same residue name. Others may stand at its number without being one (water
// numbered like a residue): those have no name of a location.
func (c *choice) compatible(atoms []mol.Atom, p position, a *mol.Atom) bool {
	j, ok := c.residue[p]
	return ok && atoms[j].Residue == a.Residue
}

func (c *choice) has(atoms []mol.Atom, i int) bool {
	a := &atoms[i]
	p := positionOf(a)
	if _, ok := c.residue[p]; !ok {
		return true
	}
	if !c.compatible(atoms, p, a) {
		return a.Alt == ""
	}
	return c.atom[atomName{p, a.Name}] == i
}

// duplicates counts the atoms that have the name, and the alternate location,
// of an earlier atom of their residue. A residue is a run of atoms here, so
// that numbers which are used again do no harm.
func duplicates(atoms []mol.Atom, ends []int) int {
	seen := map[string]int{} // name -> the run it was last seen in
	n, run, next := 0, 0, 0
	for i := range atoms {
		a := &atoms[i]
		newRun := i == 0 || positionOf(a) != positionOf(&atoms[i-1]) || a.Residue != atoms[i-1].Residue
		for next < len(ends) && ends[next] <= i {
			next++
			newRun = true
		}
		if newRun {
			run++
		}
		name := a.Name
		if a.Alt != "" {
			name += "\x00" + a.Alt
		}
		if seen[name] == run {
			n++
		}
		seen[name] = run
	}
	return n
}
