// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/io/table"
)

// scoreParts are the resolutions that scores are compared at, as parts of the
// stated one.
var scoreParts = []float64{0.7, 1, 1.5}

// scores tells how often each metric puts a right placement first, of all that
// a fit found, where the resolution is stated, too fine and too coarse: the
// table of docs/adr/0016-score.md. Units of which nothing right is found do not
// count.
func scores(program, root, only string) error {
	cases, err := filepath.Glob(filepath.Join(root, "*", "case.json"))
	if err != nil || len(cases) == 0 {
		return fmt.Errorf("no cases in %s", root)
	}
	first := map[string][]int{} // by metric, for each of scoreParts
	found := make([]int, len(scoreParts))
	for _, path := range cases {
		units, err := readCase(path)
		if err != nil {
			return err
		}
		for _, u := range units {
			if !strings.Contains(u.name, only) {
				continue
			}
			for i, part := range scoreParts {
				leaders, err := u.leaders(program, part*u.resolution)
				if err != nil {
					return err
				}
				if leaders == nil {
					continue
				}
				found[i]++
				for name, right := range leaders {
					if first[name] == nil {
						first[name] = make([]int, len(scoreParts))
					}
					if right {
						first[name][i]++
					}
				}
			}
		}
	}
	fmt.Println("| ranked by | at 0.7 × the resolution | as stated | at 1.5 × |")
	fmt.Println("|---|---|---|---|")
	for _, name := range table.MetricNames() {
		fmt.Printf("| %s |", name)
		for i := range scoreParts {
			fmt.Printf(" %d of %d |", first[name][i], found[i])
		}
		fmt.Println()
	}
	return nil
}

// leaders fits a unit at a resolution, and tells for each metric whether the
// placement that has most of it is right; nil if none of them is.
func (u *unit) leaders(program string, resolution float64) (map[string]bool, error) {
	args := []string{"fit", u.mapPath, u.start, "--quiet", "--json", "-", "--top", "0", "--resolution", fmt.Sprint(resolution)}
	text, err := exec.Command(program, args...).Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	var fits table.Fits
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&fits); err != nil {
		return nil, err
	}
	any := false
	leaders, most := map[string]bool{}, map[string]float64{}
	for _, c := range fits.Structures[0].Clusters {
		t := c.Translation
		right := u.right(geom.Rigid{Rotation: geom.FromMatrix(c.Rotation), Shift: r3.Vec{X: t[0], Y: t[1], Z: t[2]}})
		any = any || right
		for _, name := range table.MetricNames() {
			v := *table.MetricOf(&c.Metrics, name)
			if m, ok := most[name]; !ok || v > m {
				most[name], leaders[name] = v, right
			}
		}
	}
	if !any {
		return nil, nil
	}
	return leaders, nil
}
