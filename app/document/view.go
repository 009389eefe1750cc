// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"encoding/json"
	"fmt"

	"difffit/fitting/volume"
)

// SeenLevel returns the contour level at which the map was seen when the session
// was saved, and whether its view says so: one of an older program does not.
func (s State) SeenLevel() (level volume.Level, ok bool, err error) {
	if s.View == nil {
		return level, false, nil
	}
	var v struct {
		Contour *volume.Level `json:"contour"`
	}
	if err := json.Unmarshal(s.View, &v); err != nil {
		return level, false, fmt.Errorf("document: view: %w", err)
	}
	if v.Contour == nil {
		return level, false, nil
	}
	return *v.Contour, true, nil
}
