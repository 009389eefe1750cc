// SPDX-License-Identifier: BSD-3-Clause

package document

import "difffit/fitting"

// MadeBy returns by what fits were made: see fitting.MadeBy.
func MadeBy(fits []Fit) fitting.Info {
	made := make([]fitting.Info, len(fits))
	for i, f := range fits {
		made[i] = f.Result.Engine
	}
	return fitting.MadeBy(made...)
}
