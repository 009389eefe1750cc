// SPDX-License-Identifier: BSD-3-Clause

package probe

import "difffit/app/document"

// A Composite is what is seen of one.
type Composite struct {
	Tree      []string `json:"tree"` // what it says, from top to bottom
	Selected  string   `json:"selected"`
	Says      string   `json:"says"`   // about what would be erased
	Erased    int      `json:"erased"` // voxels that are shown as such
	Contested int      `json:"contested"`
	Preview   bool     `json:"preview"`
	Proposals int      `json:"proposals"`
	Clashes   int      `json:"clashes"`
	Explained float64  `json:"explained"` // percent of the map above the level
	Sphere    float64  `json:"sphere"`    // radius of the last fit's, Å
}

func (p *Probe) composite(s document.State) Composite {
	panel, seen := p.w.Composer().Panel, p.w.Composer().Seen()
	c := Composite{Tree: panel.Texts(), Says: panel.Said(), Preview: panel.Preview(), Proposals: len(s.Proposals())}
	if n := panel.Selected(); n.Kind != "" {
		c.Selected = n.String()
	}
	if seen.Erased != nil {
		c.Erased, c.Contested = seen.Erased.Voxels, seen.Erased.Contested
	}
	if v := seen.Survey; v != nil {
		c.Clashes, c.Explained = v.TooNear(), v.Part(v.Total)
	}
	if n := len(s.Rounds); n > 0 && len(s.Rounds[n-1].Fits) > 0 {
		c.Sphere = s.Rounds[n-1].Fits[0].Options.Sphere.Radius
	}
	return c
}
