// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/io/load"
)

// A unit is a structure of a case with the places that count as right.
type unit struct {
	name, unit string
	mapPath    string
	start      string
	resolution float64
	truths     []truth
}

// A truth is where given atoms of the start belong.
type truth struct {
	from, to []r3.Vec
	limit    float64 // RMSD below which a placement is right, ångström
}

func readCase(path string) ([]*unit, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var c struct {
		Resolution float64
		Map        struct{ File string }
		Units      []struct {
			Unit, Start string
			Placements  []struct{ File string }
		}
		Equivalent json.RawMessage `json:"equivalent_units"`
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	dir := filepath.Dir(path)
	name := filepath.Base(dir)
	limit := 3.0 // as the cases' own description has it
	if c.Resolution > 10 || strings.Contains(name, "nachr") {
		limit = 5
	}
	files := map[string][]string{}
	for _, u := range c.Units {
		for _, p := range u.Placements {
			files[u.Unit] = append(files[u.Unit], filepath.Join(dir, p.File))
		}
	}
	groups := equivalents(c.Equivalent)
	var units []*unit
	for _, cu := range c.Units {
		if len(cu.Placements) == 0 {
			continue
		}
		u := &unit{name: name, unit: cu.Unit, mapPath: filepath.Join(dir, c.Map.File), start: filepath.Join(dir, cu.Start), resolution: c.Resolution}
		if err := u.own(files[cu.Unit], limit); err != nil {
			return nil, err
		}
		for _, g := range groups {
			if !slices.Contains(g, cu.Unit) {
				continue
			}
			for _, other := range g {
				if other != cu.Unit {
					if err := u.equivalent(files[other], limit+1.5); err != nil {
						return nil, err
					}
				}
			}
		}
		units = append(units, u)
	}
	return units, nil
}

// equivalents are groups of units that may take each other's places, given as
// lists or as an object of lists.
func equivalents(raw json.RawMessage) (groups [][]string) {
	if json.Unmarshal(raw, &groups) == nil {
		return groups
	}
	var object map[string][]string
	if json.Unmarshal(raw, &object) == nil {
		for k, v := range object {
			groups = append(groups, append([]string{k}, v...))
		}
	}
	return groups
}

func atoms(path string) (all []r3.Vec, traces map[string]r3.Vec, err error) {
	f, err := load.Structure(path, load.StructureOptions{})
	if err != nil {
		return nil, nil, err
	}
	traces = map[string]r3.Vec{}
	for _, a := range f.Structure.Atoms {
		all = append(all, a.Pos)
		if a.Name == "CA" && !a.Het {
			traces[strconv.Itoa(a.Seq)+a.Insert] = a.Pos
		}
	}
	return all, traces, nil
}

// own adds the unit's own places: all atoms, in the same order.
func (u *unit) own(files []string, limit float64) error {
	from, _, err := atoms(u.start)
	if err != nil {
		return err
	}
	for _, f := range files {
		to, _, err := atoms(f)
		if err != nil {
			return err
		}
		if len(to) != len(from) {
			return fmt.Errorf("%s has %d atoms, %s %d", f, len(to), u.start, len(from))
		}
		u.truths = append(u.truths, truth{from, to, limit})
	}
	return nil
}

// equivalent adds places of another structure of the same protein: Cα of the
// same residue numbers.
func (u *unit) equivalent(files []string, limit float64) error {
	_, mine, err := atoms(u.start)
	if err != nil {
		return err
	}
	for _, f := range files {
		_, theirs, err := atoms(f)
		if err != nil {
			return err
		}
		t := truth{limit: limit}
		for k, p := range mine {
			if q, ok := theirs[k]; ok {
				t.from, t.to = append(t.from, p), append(t.to, q)
			}
		}
		if float64(len(t.from)) > 0.7*float64(len(mine)) {
			u.truths = append(u.truths, t)
		}
	}
	return nil
}

// right reports whether a placement is at one of the places.
func (u *unit) right(g geom.Rigid) bool {
	move := g.Mover()
	for _, t := range u.truths {
		sum := 0.0
		for i, p := range t.from {
			sum += r3.Norm2(r3.Sub(move(p), t.to[i]))
		}
		if math.Sqrt(sum/float64(len(t.from))) < t.limit {
			return true
		}
	}
	return false
}
