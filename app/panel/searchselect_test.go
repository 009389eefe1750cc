// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func TestManyChoicesAreSearched(t *testing.T) {
	var told []string
	s := newSearchSelect("All", "Find", func(choice string) { told = append(told, choice) })
	w := shown(t, container.NewVBox(container.NewHBox(s)), 500, 400)
	for i := range 359 {
		s.Options = append(s.Options, fmt.Sprintf("Domain %03d of %d", i, i%7))
	}
	s.Selected = "All"
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	test.Tap(s)
	if w.Canvas().Focused() != s.list.field {
		t.Fatal("the field has no focus")
	}
	if size := s.list.pop.Content.Size(); size.Height > searchHeight || size.Width > searchWidth {
		t.Errorf("the list is %v", size)
	}
	test.Type(s.list.field, "OF 2 Domain 31") // in any order, whatever the case
	var found []string
	for _, i := range s.list.found {
		found = append(found, s.Options[i])
	}
	if want := []string{"Domain 231 of 0", "Domain 310 of 2", "Domain 312 of 4", "Domain 317 of 2", "Domain 331 of 2"}; !slices.Equal(found, want) {
		t.Fatalf("found %q, want %q", found, want)
	}
	press(fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if !slices.Equal(told, []string{"Domain 310 of 2"}) || s.Selected != told[0] || s.list.pop.Visible() {
		t.Errorf("told %q, shows %q", told, s.Selected)
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if s.Options[s.list.found[s.list.at]] != "Domain 310 of 2" {
		t.Error("what is chosen is not marked")
	}
	test.Type(s.list.field, "nowhere")
	if !s.list.none.Visible() {
		t.Error("nothing says that nothing is found")
	}
	press(fyne.KeyReturn)
	if len(told) != 1 || !s.list.pop.Visible() {
		t.Errorf("told %q", told)
	}
	if press(fyne.KeyEscape); s.list.pop.Visible() || len(told) != 1 {
		t.Errorf("Escape does not close, told %q", told)
	}
	test.Tap(s)
	s.list.list.Select(2) // as by a click
	if len(told) != 2 || told[1] != "Domain 001 of 1" {
		t.Errorf("a click told %q", told)
	}
}

func TestFewChoicesAreAMenu(t *testing.T) {
	s := newSearchSelect("All", "Find", nil)
	w := shown(t, s, 500, 400)
	s.Options = append(s.Options, "alpha", "beta")
	test.Tap(s)
	if w.Canvas().Overlays().Top() == nil || s.list != nil {
		t.Error("there is no menu, or a list")
	}
}

// The rows of one structure of a library, chosen by its name.
func TestFindAStructure(t *testing.T) {
	r := NewResults()
	w := shown(t, r, 760, 400)
	r.SetState(screened(359, 2))
	test.Tap(r.structure)
	test.Type(r.structure.list.field, "v300")
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n, _ := r.Rows(); n != 1 || r.table.rows[0].id.Structure != 301 || r.count.Text != "1 structure, 2 of 718" {
		t.Errorf("%d rows, %q", n, r.count.Text)
	}
}
