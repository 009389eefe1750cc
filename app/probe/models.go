// SPDX-License-Identifier: BSD-3-Clause

package probe

import (
	"fmt"
	"maps"

	"fyne.io/fyne/v2"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/fitting/mol"
)

// Models are what is seen of structures where they stand, of the room that the
// picture has, and of what is beside it.
type Models struct {
	Alone        bool         `json:"alone"`         // the picture has all of the window
	FitLevel     float64      `json:"fit_level"`     // of the last fit
	SelectedRows int          `json:"selected_rows"` // of the table
	Chosen       []int        `json:"chosen"`        // structures that are selected in the list, by their IDs
	Moving       bool         `json:"moving"`        // mouse and keys move models
	Centers      [][3]float64 `json:"centers"`       // of structures where they stand, Å
	Stands       []string     `json:"stands"`        // what the list says of them there
	Colours      []string     `json:"colours"`       // of structures, as #rrggbb
	Unseen       []int        `json:"unseen"`        // structures that are hidden, by their IDs
	UnseenCopies int          `json:"unseen_copies"` // accepted placements that are
	Others       []string     `json:"others"`        // maps beside the one that is fitted into, and what they are
	Ball         [4]float64   `json:"ball"`          // the sphere that is searched in: centre, radius in Å; radius 0 without one
	BallAt       [3]int       `json:"ball_at"`       // its middle and its radius in pixels of the window
}

func (p *Probe) models(s document.State) Models {
	inputs, hidden := p.w.Inputs(), p.w.Stage().Hidden()
	t := Models{
		Alone: p.w.Dock().Away(), SelectedRows: len(p.w.Table().Results.Selection()), Chosen: inputs.Selected(), Moving: p.w.Models().Moving(),
		Unseen: hidden.Structures, UnseenCopies: len(hidden.Accepted), Others: []string{},
	}
	if n := len(s.Rounds); n > 0 && len(s.Rounds[n-1].Fits) > 0 {
		t.FitLevel = s.Rounds[n-1].Fits[0].Result.Level.Value
	}
	colours := palette.Of(s)
	for _, q := range s.Structures {
		at := q.Stands().Apply(q.Center(mol.AllAtoms))
		t.Centers = append(t.Centers, [3]float64{at.X, at.Y, at.Z})
		t.Stands = append(t.Stands, inputs.SaysOf(q.ID))
		c := colours.Structure(q.ID)
		t.Colours = append(t.Colours, fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B))
	}
	for _, o := range s.Others {
		t.Others = append(t.Others, string(o.Use)+" "+o.Map.Name)
	}
	p.addBall(&t)
	return t
}

// addBall tells where the sphere is that is searched in.
func (p *Probe) addBall(t *Models) {
	b := p.w.Composer().Seen().Sphere
	if b == nil {
		return
	}
	t.Ball = [4]float64{b.Center[0], b.Center[1], b.Center[2], b.Radius}
	view := p.w.Stage().View
	c, size, scale := view.Camera(), view.Size(), p.sh.Canvas().Scale()
	at := p.sh.App.Driver().AbsolutePositionForObject(view)
	x, y, depth := c.Project(r3.Vec{X: b.Center[0], Y: b.Center[1], Z: b.Center[2]}, float64(size.Width), float64(size.Height))
	angstrom := c.Height() / float64(size.Height)
	if !c.Ortho {
		angstrom *= depth / c.Distance
	}
	t.BallAt = [3]int{int((at.X + float32(x)) * scale), int((at.Y + float32(y)) * scale), int(float32(b.Radius/angstrom) * scale)}
}

// addInputs adds the widgets of the panel Inputs, while it is seen.
func (p *Probe) addInputs(named map[string]fyne.CanvasObject) {
	inputs := p.w.Inputs()
	if tab := p.sh.Tabs.Selected(); tab == nil || tab.Content != inputs {
		return
	}
	maps.Copy(named, inputs.Named())
	p.addRows(named, named["inputs.list"], inputs.Rows())
}
