// SPDX-License-Identifier: BSD-3-Clause

package probe

import (
	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/panel"
)

// A State is what is seen of a window. Places are x, y, width and height in
// pixels of the window's inside; widgets that are not visible are left out.
type State struct {
	Number   int               `json:"number"` // grows with each writing
	Busy     bool              `json:"busy"`   // a job runs, or something is not shown yet
	Job      string            `json:"job"`
	Status   string            `json:"status"`
	Title    string            `json:"title"`
	Dialogs  int               `json:"dialogs"` // dialogs and menus on top
	Path     *string           `json:"path"`    // in the field of a path that has the keyboard; nil if none has
	Map      string            `json:"map"`
	Level    float64           `json:"level"`
	Names    []string          `json:"structures"`
	Rows     int               `json:"rows"` // shown in the table
	AllRows  int               `json:"all_rows"`
	Sorted   string            `json:"sorted"` // column
	Downward bool              `json:"downward"`
	Selected *Cluster          `json:"selected"`
	Rounds   int               `json:"rounds"`
	Accepted int               `json:"accepted"`
	Layers   []Layer           `json:"layers"`
	Compose  Composite         `json:"compose"`
	Undo     int               `json:"undo"`
	Redo     int               `json:"redo"`
	UndoItem string            `json:"undo_item"` // of the menu
	RedoItem string            `json:"redo_item"`
	Modified bool              `json:"modified"`
	Places   map[string][4]int `json:"widgets"`
	Columns  map[string][4]int `json:"columns"` // headers of the table
	Disabled []string          `json:"disabled"`
	Picture
	Inspection
	Models
}

// A Cluster is a row of the table.
type Cluster struct {
	Round     int    `json:"round"`
	Structure string `json:"structure"`
	Rank      int    `json:"rank"`
}

// A Layer is density that was zeroed.
type Layer struct {
	Structure string `json:"structure"`
	On        bool   `json:"on"`
	Voxels    int    `json:"voxels"`
}

// State looks at the window.
func (p *Probe) State() State {
	sh, s, results := p.sh, p.sh.Doc.State(), p.w.Table().Results
	level, _ := p.w.Stage().Level()
	t := State{
		Path: pathOf(sh.Canvas().Focused()),
		Busy: sh.Busy() || !sh.Settled(), Job: sh.JobName(), Status: sh.Status.Text, Title: sh.Title(),
		Dialogs: len(sh.Canvas().Overlays().List()), Level: level, Names: []string{},
		Rounds: len(s.Rounds), Accepted: len(s.Accepted), Layers: []Layer{}, Modified: sh.Doc.Modified(),
		Places: map[string][4]int{}, Columns: map[string][4]int{}, Disabled: []string{},
	}
	if s.Map != nil {
		t.Map = s.Map.Name
	}
	for _, q := range s.Structures {
		t.Names = append(t.Names, q.Model.Name)
	}
	for _, l := range s.Layers {
		t.Layers = append(t.Layers, Layer{s.Name(l.Structure), l.On, l.Cut.Voxels})
	}
	t.Rows, t.AllRows = results.Rows()
	t.Sorted, t.Downward = results.Sorted()
	t.Undo, t.Redo = sh.Doc.Depth()
	if id := sh.Doc.Selected(); !id.IsZero() {
		t.Selected = cluster(s, id)
	}
	t.Inspection = p.inspection(s)
	t.Models = p.models(s)
	t.Compose = p.composite(s)
	t.Picture = p.picture()
	p.addPlaces(&t)
	return t
}

func cluster(s document.State, id document.ClusterID) *Cluster {
	return &Cluster{id.Round, s.Name(id.Structure), id.Rank}
}

// scaled returns a rectangle in pixels.
func scaled(at fyne.Position, size fyne.Size, scale float32) [4]int {
	return [4]int{int(at.X * scale), int(at.Y * scale), int(size.Width * scale), int(size.Height * scale)}
}

// pathOf returns the text of a field of a path, nil if it is none.
func pathOf(focused fyne.Focusable) *string {
	if f, ok := focused.(*panel.PathField); ok {
		return &f.Text
	}
	return nil
}
