// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/viewport"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// FlyToAtoms sends the camera to some places.
func (st *Stage) FlyToAtoms(places []r3.Vec) {
	var sum r3.Vec
	for _, p := range places {
		sum = r3.Add(sum, p)
	}
	c := st.View.Camera()
	c.Target = r3.Scale(1/float64(max(1, len(places))), sum)
	c.Distance = min(c.Distance, 120)
	st.View.FlyTo(c)
}

// FlyToBox sends the camera to where all of a box is seen; corners in ångström.
func (st *Stage) FlyToBox(lo, hi r3.Vec) {
	c := st.View.Camera()
	c.Frame(lo, hi)
	st.View.FlyTo(c)
}

// HoldCamera keeps the point of view when something is added to the scene that
// is not part of what is worked on.
func (st *Stage) HoldCamera() { st.View.SetCamera(st.View.Camera()) }

// Still does something while the picture does not follow the selection: what is
// selected is seen already.
func (st *Stage) Still(do func()) {
	st.follows.rest = true
	defer func() { st.follows.rest = false }()
	do()
}

// KeyFollow is the key of the preference whether the picture follows.
const KeyFollow = "view.follow"

// follows is how the picture goes with the selection.
type follows struct {
	rest  bool            // it does not, for the moment
	asked time.Time       // when the selection last changed; zero when the picture has shown it
	took  []time.Duration // from there to the first picture, of the latest selections
}

// How near to the edge of the picture the middle of a placement may be, and
// how much of the picture a placement that is flown to takes at most.
const (
	followEdge = 0.12
	followFill = 0.8
)

// follow flies to the selected placement, unless it is seen well already.
func (st *Stage) follow(id document.ClusterID) {
	c, ok := st.sh.Doc.State().Cluster(id)
	t := st.sh.Doc.State().Structure(id.Structure)
	if ok && t != nil {
		st.follows.asked = time.Now()
		st.Follow(t, c.Motion)
	}
}

// Follow flies to a placement, unless it is seen well already.
func (st *Stage) Follow(t *document.Structure, motion geom.Rigid) {
	if st.follows.rest || !st.sh.App.Preferences().BoolWithFallback(KeyFollow, true) {
		return
	}
	at, radius := motion.Apply(mol.Center(t.Model.Atoms)), extent(t.Model)
	if to, fly := flight(st.View.Camera(), st.View.Size(), at, radius); fly {
		st.View.FlyTo(to)
	}
}

// flight returns the camera from which a placement is seen, and whether it is
// not from this one.
func flight(c render.Camera, size fyne.Size, at r3.Vec, radius float64) (render.Camera, bool) {
	width, height := float64(size.Width), float64(size.Height)
	if width <= 0 || height <= 0 {
		return c, false
	}
	x, y, depth := c.Project(at, width, height)
	edge := followEdge * min(width, height)
	seen := depth > 0 && x >= edge && y >= edge && x <= width-edge && y <= height-edge
	if slab := c.Front + c.Back; slab > 0 {
		seen = seen && depth >= c.Distance-c.Front && depth <= c.Distance+c.Back
	}
	if seen {
		return c, false
	}
	c.Target = at
	if wide := 2 * radius / (followFill * c.Height()) * max(1, height/width); wide > 1 {
		c.Zoom(1 / wide)
	}
	return c, true
}

// extent returns the radius of a sphere about the centre that holds a molecule.
func extent(s *mol.Structure) float64 {
	center, far := mol.Center(s.Atoms), 0.0
	for _, a := range s.Atoms {
		far = max(far, r3.Norm(r3.Sub(a.Pos, center)))
	}
	return far
}

// measure notes how long the first picture of a new selection took.
func (f *follows) measure(i viewport.Info) {
	if now := time.Now(); !f.asked.IsZero() && now.Add(-time.Duration(i.Milliseconds*1e6)).After(f.asked) {
		f.took, f.asked = append(f.took, now.Sub(f.asked)), time.Time{}
		f.took = f.took[max(0, len(f.took)-followKept):]
	}
}

// followKept is how many times from a selection to its picture are kept.
const followKept = 50

// median returns the median of the times from a selection to its picture.
func (f *follows) median() time.Duration {
	if len(f.took) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(f.took))[len(f.took)/2]
}
