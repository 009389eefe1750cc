// SPDX-License-Identifier: BSD-3-Clause

package probe

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// addPopUp tells where the entries of a menu are that is open over the window, by
// "pop.Pin". Fyne (2.7.4) has no way to ask for these: what an overlay has in it,
// and of which item an entry is, are fields of types without a name.
func (p *Probe) addPopUp(t *State) {
	top := p.sh.Canvas().Overlays().Top()
	if top == nil {
		return
	}
	menu, ok := field(top, "Content").(*widget.PopUpMenu)
	if !ok {
		return
	}
	for _, o := range menu.Items {
		item, ok := field(o, "Item").(*fyne.MenuItem)
		if !ok || item.IsSeparator {
			continue
		}
		label, _, _ := strings.Cut(item.Label, ":")
		name := "pop." + label
		t.Places[name] = scaled(p.sh.App.Driver().AbsolutePositionForObject(o), o.Size(), p.sh.Canvas().Scale())
		if item.Disabled {
			t.Disabled = append(t.Disabled, name)
		}
	}
}

// field returns a field of what o points to, nil if it has none of that name.
func field(o any, name string) any {
	v := reflect.ValueOf(o)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	if f := v.Elem().FieldByName(name); f.IsValid() && f.CanInterface() {
		return f.Interface()
	}
	return nil
}
