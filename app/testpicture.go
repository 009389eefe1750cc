// SPDX-License-Identifier: BSD-3-Clause

package app

// addPicture tells what is seen in the picture.
func (w *window) addPicture(t *testState) {
	t.Pictures, t.Hint = w.pictures, w.hints.text.Text
	t.Colours, t.Legend = int(w.looks.colours), []string{}
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
