// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"time"

	"difffit/app/document"
)

// Collect makes an outcome of what a Fit found for structures of a state, one
// for each: of those that were searched, and of those that were interrupted
// what they had found.
func Collect(s document.State, structures []*document.Structure, found []Found, program string, began time.Time) document.Outcome {
	var fits []document.Fit
	for i, f := range found {
		if f.Result == nil || f.Partial && len(f.Result.Clusters) == 0 {
			continue
		}
		fits = append(fits, document.Fit{
			Structure: structures[i].ID, Options: f.Options, Result: f.Result, Partial: f.Partial, Start: f.Start,
			Layers: s.Active(), Program: program, Began: began.UTC().Truncate(time.Second),
		})
	}
	return document.Outcome{From: s, Found: &document.Found{Fits: fits}}
}
