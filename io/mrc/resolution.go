// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The label of a map from which density was taken out says how good the whole
// map is: what is left does not show it any more. It is of this program alone;
// MRC2014 has no word for a resolution.
const (
	resolutionBefore = "DiffFit: density taken out; resolution of the whole map "
	resolutionAfter  = " A"
)

// RemainingOf returns the label of what is left of a map whose resolution, in
// ångström, is known: see Info.Resolution.
func RemainingOf(resolution float64) string {
	return fmt.Sprintf("%s%.4g%s", resolutionBefore, resolution, resolutionAfter)
}

// resolution returns that of the whole map, in ångström, which a label of
// RemainingOf states; 0 if none does.
func (h *header) resolution() float64 {
	for _, l := range h.labels() {
		rest, ok := strings.CutPrefix(l, resolutionBefore)
		if !ok {
			continue
		}
		text, ok := strings.CutSuffix(rest, resolutionAfter)
		r, err := strconv.ParseFloat(text, 64)
		if ok && err == nil && r > 0 && !math.IsInf(r, 0) {
			return r
		}
	}
	return 0
}
