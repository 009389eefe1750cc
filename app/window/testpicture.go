// SPDX-License-Identifier: BSD-3-Clause

package window

// addPicture tells what is seen in the picture.
func (w *window) addPicture(t *testState) {
	t.Pictures, t.Hint = w.pictures, w.hints.text.Text
	l := &w.looks
	t.Looks = map[string]int{
		"colours": int(l.colours), "style": int(l.style), "map": int(l.mapStyle), "light": int(l.light),
		"silhouettes": number(l.silhouettes), "hollows": number(l.occlusion), "paint": number(l.paint),
		"near": number(w.maps.Near), "mouse": int(w.view.Preset), "wheel": int(w.view.Wheel),
	}
	t.Legend = []string{}
	for _, l := range w.legend.State() {
		t.Legend = append(t.Legend, l.Title)
	}
	scene, c := w.view.Scene(), w.view.Camera()
	for _, v := range scene.Volumes {
		if v.Visible {
			t.Volumes++
			t.Painted = t.Painted || v.Paint != nil
		}
	}
	for _, m := range scene.Molecules {
		t.Values = t.Values || m.Values != nil
	}
	b := scene.Background
	t.Behind = [4]uint8{b.R, b.G, b.B, b.A}
	r := c.Rotation
	t.Camera = testCamera{[4]float64{r.Real, r.Imag, r.Jmag, r.Kmag}, c.Distance, c.Front + c.Back, c.Ortho}
}

func number(on bool) int {
	if on {
		return 1
	}
	return 0
}
