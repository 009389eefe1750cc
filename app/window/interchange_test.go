// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"os"
	"strings"
	"testing"

	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/app/window/shell"
)

// The picture of a report has the colours of its tables, and says what the
// orange one is.
func TestReportHasOneSetOfColours(t *testing.T) {
	b, c := newCamera(t)
	first := document.ClusterID{Round: 1, Structure: 1, Rank: 1}
	b.must(b.Doc.Accept(first))
	b.Doc.Select(first)
	save := func() (orange int, text string) {
		path := b.path0("report.html")
		b.files.SaveReport(path)
		b.idle()
		for _, m := range c.asked[len(c.asked)-1].Scene.Molecules {
			want := palette.Structure(b.Doc.State().Structure(m.ID).ID)
			switch m.Color {
			case shell.SelectedColour:
				orange++
			case want:
			default:
				t.Errorf("%s has %v, want %v", m.Structure.Name, m.Color, want)
			}
		}
		data, err := os.ReadFile(path)
		b.must(err)
		return orange, string(data)
	}
	if orange, text := save(); orange != 0 || strings.Contains(text, "orange") {
		t.Errorf("%d orange ones, want none: the selected one is accepted", orange)
	}
	if m := b.stage.View.Scene().Molecules; len(m) != 1 || m[0].Color != shell.SelectedColour {
		t.Error("in the window the selected placement is not orange")
	}
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 2, Rank: 1})
	if orange, text := save(); orange != 1 || !strings.Contains(text, "orange: beta placement 1, which is selected and not accepted") {
		t.Errorf("%d orange ones, want the selected one, and that it is told", orange)
	}
}
