// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"errors"
	"fmt"
	"image/color"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/keys"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/fitting"
	"difffit/render"
)

// A deed is something that a person can do in the window.
type deed struct {
	name string
	do   func(b *bench)
	off  func() bool // whether it is seen that it cannot be done; nil if that is never seen
}

// deeds are all that a person can do, from the tables by which the window is
// built: what is added there is done here. Keys that are held with Shift are not
// among them: the driver of tests holds none.
func deeds(b *bench) []deed {
	return slices.Concat(buttonDeeds(b), menuDeeds(b.menus.main.Items, "menu"), keyDeeds(b), callbackDeeds(b), fileDeeds())
}

// buttonDeeds press the buttons above, and choose the tabs.
func buttonDeeds(b *bench) []deed {
	var list []deed
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Button:
			name := o.Text
			if name == "" {
				name = o.Icon.Name()
			}
			list = append(list, deed{"button " + name, func(*bench) { test.Tap(o) }, o.Disabled})
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		}
	}
	walk(b.tools.bar)
	for i, t := range b.Tabs.Items {
		list = append(list, deed{"tab " + t.Text, func(b *bench) { b.Tabs.SelectIndex(i) }, nil})
	}
	return list
}

// menuDeeds choose the entries of menus, also those that are switched off.
func menuDeeds(menus []*fyne.Menu, of string) []deed {
	var list []deed
	for _, m := range menus {
		for _, i := range m.Items {
			label, _, _ := strings.Cut(i.Label, ":") // undo tells what
			name := strings.TrimSuffix(of+", "+m.Label, ", ") + ", " + label
			if i.ChildMenu != nil {
				list = append(list, menuDeeds([]*fyne.Menu{i.ChildMenu}, name)...)
			}
			if i.Action != nil {
				list = append(list, deed{name, func(*bench) { i.Action() }, nil})
			}
		}
	}
	return list
}

// keyDeeds press the keys of all tables of keys, each where it acts.
func keyDeeds(b *bench) []deed {
	type keyed interface {
		TypedKey(*fyne.KeyEvent)
		TypedRune(rune)
	}
	var list []deed
	for _, k := range windowKeys() {
		for _, n := range k.Names {
			list = append(list, deed{fmt.Sprintf("key %s: %s", n, k.What), func(b *bench) { b.TypedKey(&fyne.KeyEvent{Name: n}) }, nil})
		}
	}
	add := func(where string, o any, rows [][2]string) {
		for _, row := range rows {
			if strings.HasPrefix(row[0], "Shift") || strings.Contains(row[0], "click") {
				continue
			}
			for _, word := range strings.FieldsFunc(strings.ReplaceAll(row[0], "Page ", "Page"), func(r rune) bool { return r == ' ' || r == '…' }) {
				name, typed := keyOf(b.t, word)
				list = append(list, deed{fmt.Sprintf("key %s in %s: %s", word, where, row[1]), func(*bench) {
					o.(keyed).TypedKey(&fyne.KeyEvent{Name: name})
					if typed != 0 {
						o.(keyed).TypedRune(typed)
					}
				}, nil})
			}
		}
	}
	add("table", b.table.Results.Table(), panel.TableKeyHelp())
	add("tree", b.compose.Panel.Named()["compose.tree"], panel.ComposeKeyHelp())
	add("picture", b.stage.View, viewport.KeyHelp())
	list = append(list, deed{"move models in the picture", func(b *bench) {
		if c, ok := b.stage.View.Mover.Center(); ok {
			b.stage.View.Mover.Move(c, c)
			b.stage.View.Mover.Moved()
		}
	}, nil})
	add("histogram", b.stage.LevelPanel.Histogram(), panel.LevelKeyHelp())
	add("curve", b.stage.MapsPanel.Places()["maps.curve"], panel.CurveKeyHelp())
	return list
}

// keyOf returns the key that people call word, and what it types, 0 if nothing.
func keyOf(t testing.TB, word string) (fyne.KeyName, rune) {
	t.Helper()
	for _, n := range []fyne.KeyName{
		fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown,
		fyne.KeyDelete, fyne.KeyBackspace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape,
	} {
		if strings.ReplaceAll(keys.Name(n), " ", "") == word {
			return n, 0
		}
	}
	switch r := []rune(word); {
	case word == "Space":
		return fyne.KeySpace, ' '
	case len(r) == 1:
		return fyne.KeyName(word), []rune(strings.ToLower(word))[0]
	}
	t.Fatalf("no key is called %q: add it to keyOf", word)
	return "", 0
}

// callbackDeeds raise every callback of every panel, with what is in the document.
func callbackDeeds(b *bench) []deed {
	var list []deed
	for name, p := range panels(b) {
		v := reflect.ValueOf(p).Elem()
		for i := range v.NumField() {
			f, field := v.Field(i), v.Type().Field(i)
			if field.Type.Kind() != reflect.Func || !strings.HasPrefix(field.Name, "On") || f.IsNil() {
				continue
			}
			for n := range most(b, field) {
				list = append(list, deed{fmt.Sprintf("%s.%s %d", name, field.Name, n+1), func(b *bench) {
					var args []reflect.Value
					for k := range field.Type.NumIn() {
						values := given(b, field.Type.In(k))
						args = append(args, reflect.ValueOf(values[n%len(values)]))
					}
					f.Call(args)
				}, nil})
			}
		}
	}
	slices.SortFunc(list, func(x, y deed) int { return strings.Compare(x.name, y.name) })
	return list
}

// panels returns all panels of the window, and its picture, by the names of
// their types.
func panels(b *bench) map[string]any {
	found := map[string]any{}
	add := func(o any) {
		if t := reflect.TypeOf(o); t != nil && t.Kind() == reflect.Pointer && strings.HasPrefix(t.Elem().PkgPath(), "difffit/app/") {
			found[t.Elem().Name()] = o
		}
	}
	for _, part := range []any{b.stage, b.table, b.compose, b.files, b.help, b.Shell} {
		v := reflect.ValueOf(part).Elem()
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Field(i).Kind() == reflect.Pointer {
				add(v.Field(i).Interface())
			}
		}
	}
	for _, t := range b.Tabs.Items {
		add(t.Content)
	}
	return found
}

// most returns how often a callback is raised, so that each argument has each of
// its values once.
func most(b *bench, callback reflect.StructField) int {
	n := 1
	for k := range callback.Type.NumIn() {
		values := given(b, callback.Type.In(k))
		if len(values) == 0 {
			b.t.Fatalf("%s is told a %v: add some to given", callback.Name, callback.Type.In(k))
		}
		n = max(n, len(values))
	}
	return n
}

// given returns what callbacks are told of a type. Whole numbers are IDs of
// structures, layers, accepted placements, and rows.
func given(b *bench, t reflect.Type) []any {
	best := document.ClusterID{Round: 1, Structure: 1, Rank: 1}
	m := b.stage.Maps().Maps[1]
	row := b.stage.MapRow(&m, 1)
	row.Visible = !row.Visible
	camera := b.stage.View.Camera()
	camera.Distance *= 1.1
	options := fitting.DefaultOptions()
	options.ClusterShift, options.Resolution = 5, 6
	for _, values := range [][]any{
		{1, 2},
		{fyne.KeyModifier(0), fyne.KeyModifierControl},
		{true, false},
		{0.5},
		{"as it is"},
		{[]string{"score", "rank"}, []string{}},
		{[]int{1}, []int{2}, []int{1, 2}},
		{viewport.Ball{Radius: 9}},
		{best, document.ClusterID{Round: 1, Structure: 2, Rank: 3}, document.ClusterID{Round: 3, Structure: 1, Rank: 1}},
		{options},
		{
			panel.Node{Kind: panel.LayerNode, ID: 1},
			panel.Node{Kind: panel.AcceptedNode, ID: 1},
			panel.Node{Kind: panel.RoundNode, ID: 1},
			panel.Node{Kind: panel.StructureNode, ID: 2},
			panel.Node{Kind: panel.ClashesNode},
			panel.Node{Kind: panel.ClashNode},
		},
		{panel.SideBySide, panel.InOneView, panel.OneAtATime},
		{panel.Cloud{Scope: panel.WholeFit, Metric: "score", Contrast: 1}, panel.FirstCloud()},
		{panel.FoldAll, panel.FoldNone},
		{row},
		{color.NRGBA{200, 10, 10, 255}},
		{func(color.NRGBA) {}},
		{render.Hit{IsAtom: true, ID: 1, Volume: -1}, render.Hit{Molecule: -1, Atom: -1}},
		{camera},
		{fyne.NewPos(300, 200)},
		{viewport.Info{Width: 100, Height: 100, Device: "test"}},
		{&fyne.KeyEvent{Name: fyne.KeySpace}, &fyne.KeyEvent{Name: fyne.KeyEscape}},
	} {
		if reflect.TypeOf(values[0]) == t {
			return values
		}
	}
	if reflect.TypeFor[error]().AssignableTo(t) {
		return []any{errors.New("a fault")}
	}
	return nil
}

// fileDeeds drop files on the window and close it.
func fileDeeds() []deed {
	drop := func(names ...string) deed {
		return deed{"drop " + strings.Join(names, ", "), func(b *bench) {
			var paths []string
			for _, n := range names {
				paths = append(paths, b.path0(n))
			}
			b.files.Dropped(paths)
		}, nil}
	}
	return []deed{
		drop("density.mrc"), drop("alpha.pdb"), drop("density.mrc", "beta.pdb"), drop("other.difffit"), drop("gone.pdb"),
		{"close the window", func(b *bench) { b.quit() }, nil},
		{"save to where it is", func(b *bench) { b.files.SaveTo(b.path0("saved.difffit"), nil) }, nil},
	}
}
