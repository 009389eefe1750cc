// SPDX-License-Identifier: BSD-3-Clause

package window

// addPicture tells what is seen in the picture.
func (w *window) addPicture(t *testState) {
	hint, _ := w.help.Hint()
	t.Pictures, t.Hint = w.stage.Pictures(), hint
	l := w.stage.Display()
	t.Looks = map[string]int{
		"colours": int(l.Colours), "style": int(l.Style), "map": int(l.MapStyle), "light": int(l.Light),
		"silhouettes": number(l.Silhouettes), "hollows": number(l.Occlusion), "paint": number(l.Paint),
		"near": number(w.stage.Maps().Near), "mouse": int(w.stage.View.Preset), "wheel": int(w.stage.View.Wheel),
	}
	t.Legend = []string{}
	for _, l := range w.stage.Legend.State() {
		t.Legend = append(t.Legend, l.Title)
	}
	scene, c := w.stage.View.Scene(), w.stage.View.Camera()
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
