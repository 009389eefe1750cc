// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"fyne.io/fyne/v2"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/fitting"
)

// Seen is what is seen of placements that are looked at together.
type Seen struct {
	Pictures []Picture
	Points   int                  // of the cloud
	Words    string               // about the cloud: how many starts came to how many places
	Paths    []fitting.Trajectory // to the selected placement
	Path     int                  // which of them is shown
	Step     int                  // of it
	Playing  bool
	Copied   string // rows that were put on the clipboard last
}

// A Picture is one of those side by side.
type Picture struct {
	Object  fyne.CanvasObject
	View    *viewport.Viewport
	Caption string // "" without one
}

// Mode returns how pinned placements are shown.
func (tb *Table) Mode() panel.Mode { return tb.compare.mode }

// Cloud returns what is shown as a cloud.
func (tb *Table) Cloud() panel.Cloud { return tb.compare.cloud.view }

// Seen tells what is seen of placements that are looked at together.
func (tb *Table) Seen() Seen {
	p, c := &tb.paths, &tb.compare.cloud
	s := Seen{Words: c.words, Paths: p.paths, Path: p.path, Step: p.step, Playing: p.player != nil, Copied: tb.copied}
	for _, q := range tb.compare.cells {
		caption := ""
		if q.caption.Visible() {
			caption = q.caption.Text
		}
		s.Pictures = append(s.Pictures, Picture{q, q.view, caption})
	}
	for _, points := range c.points {
		s.Points += len(points)
	}
	return s
}

// PathPanel returns the panel of paths.
func (tb *Table) PathPanel() *panel.Path { return tb.paths.panel }

// Chooser returns the latest that was asked for columns, nil before.
func (tb *Table) Chooser() *panel.Chooser { return tb.chooser }
