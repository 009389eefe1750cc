// SPDX-License-Identifier: BSD-3-Clause

package probe

// A Picture is what is seen in it, and how.
type Picture struct {
	Drawn    bool           `json:"drawn"`    // a picture at full quality was shown
	Pictures int            `json:"pictures"` // shown so far
	Hint     string         `json:"hint"`
	Legend   []string       `json:"legend"`     // titles
	Looks    map[string]int `json:"looks"`      // how things are drawn
	Painted  bool           `json:"painted"`    // the map has the colours of placements
	Values   bool           `json:"values"`     // atoms have the colours of numbers
	Volumes  int            `json:"volumes"`    // maps that are seen
	Behind   [4]int         `json:"background"` // red, green, blue, alpha: 0 to 255
	Camera   Camera         `json:"camera"`
}

// A Camera is the point of view.
type Camera struct {
	Rotation [4]float64 `json:"rotation"`
	Distance float64    `json:"distance"` // Å
	Slab     float64    `json:"slab"`     // thickness in Å, 0 for none
	Parallel bool       `json:"parallel"`
}

func (p *Probe) picture() Picture {
	st := p.w.Stage()
	graphics, l := st.Graphics(), st.Display()
	t := Picture{Drawn: graphics.Width > 0 && !graphics.Draft, Pictures: st.Pictures(), Legend: []string{}}
	t.Hint, _ = p.w.Help().Hint()
	t.Looks = map[string]int{
		"colours": int(l.Colours), "style": int(l.Style), "map": int(l.MapStyle), "light": int(l.Light),
		"silhouettes": number(l.Silhouettes), "hollows": number(l.Occlusion), "paint": number(l.Paint), "dust": number(l.Dust),
		"near": number(st.Maps().Near), "mouse": int(st.View.Preset), "wheel": int(st.View.Wheel),
	}
	for _, l := range st.Legend.State() {
		t.Legend = append(t.Legend, l.Title)
	}
	scene, c := st.View.Scene(), st.View.Camera()
	for _, v := range scene.Volumes {
		if v.Visible {
			t.Volumes++
			t.Painted = t.Painted || v.Paint != nil
		}
	}
	for _, m := range scene.Molecules {
		t.Values = t.Values || m.Values != nil
	}
	b, r := scene.Background, c.Rotation
	t.Behind = [4]int{int(b.R), int(b.G), int(b.B), int(b.A)}
	t.Camera = Camera{[4]float64{r.Real, r.Imag, r.Jmag, r.Kmag}, c.Distance, c.Front + c.Back, c.Ortho}
	return t
}

func number(on bool) int {
	if on {
		return 1
	}
	return 0
}
