// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"os"
	"strings"
	"testing"

	"difffit/app/document"
	"difffit/app/view/palette"
)

// The picture of a report has the colours of its tables, and says what has a line
// around it.
func TestReportHasOneSetOfColours(t *testing.T) {
	b, c := newCamera(t)
	first := document.ClusterID{Round: 1, Structure: 1, Rank: 1}
	b.must(b.Doc.Accept(first))
	b.Doc.Select(first)
	save := func() (outlined int, text string) {
		path := b.path0("report.html")
		b.files.SaveReport(path)
		b.idle()
		for _, m := range c.asked[len(c.asked)-1].Scene.Molecules {
			if want := palette.Base(m.ID); m.Color != want {
				t.Errorf("%s has %v, want %v", m.Structure.Name, m.Color, want)
			}
			if m.Outlined {
				outlined++
			}
		}
		data, err := os.ReadFile(path)
		b.must(err)
		return outlined, string(data)
	}
	if outlined, text := save(); outlined != 0 || strings.Contains(text, "outlined") {
		t.Errorf("%d outlined, want none: the selected one is accepted", outlined)
	}
	if m := b.stage.View.Scene().Molecules; len(m) != 1 || !m[0].Outlined {
		t.Error("in the window the selected placement has no line around it")
	}
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 2, Rank: 1})
	if outlined, text := save(); outlined != 1 || !strings.Contains(text, "outlined: beta placement 1, which is selected and not accepted") {
		t.Errorf("%d outlined, want the selected one, and that it is told", outlined)
	}
}
