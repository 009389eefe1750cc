// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"context"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"difffit/app/document"
	"difffit/app/view"
	"difffit/app/work"
	"difffit/render"
)

// otherColours are those of maps beside the one that is fitted into: none is the
// grey-blue of that, nor one of the first structures.
var otherColours = []color.NRGBA{{222, 165, 120, 120}, {170, 140, 205, 120}, {130, 190, 160, 120}, {205, 190, 110, 120}}

// besides are what is known of maps beside the one that is fitted into.
type besides struct {
	base *document.Map // beside which they are
	of   map[*document.Map]view.Beside
}

// keepOthers has the maps that are seen be those of a state: another one is seen
// at once. Their profiles and levels are made beside the window.
func (ms *seenMaps) keepOthers(s document.State) {
	for k := range ms.instead {
		if id, _ := k.Other(); s.Other(id) == nil {
			ms.gone(k)
		}
	}
	ms.seen.Maps = slices.DeleteFunc(ms.seen.Maps, func(m view.Map) bool {
		id, other := m.Kind.Other()
		return other && s.Other(id) == nil
	})
	names := []string{fmt.Sprintf("%p", s.Map)}
	for _, o := range s.Others {
		kind := view.OtherKind(o.ID)
		names = append(names, fmt.Sprint(kind, o.Map.SHA256, o.Filters))
		if len(ms.seen.Maps) >= view.MostMaps || slices.ContainsFunc(ms.seen.Maps, func(m view.Map) bool { return m.Kind == kind }) {
			continue
		}
		ms.seen.Maps = append(ms.seen.Maps, view.Map{Kind: kind, Visible: true, Style: render.Surface, Color: otherColours[(o.ID-1)%len(otherColours)]})
	}
	if len(s.Others) == 0 {
		ms.others.Forget()
		return
	}
	known := ms.others.Value
	ms.others.Make(ms.st.sh, strings.Join(names, "\n"), func(ctx context.Context) besides {
		return besideOf(ctx, &ms.st.sh.Targets, s, known)
	}, func(besides) { ms.changed() })
}

// besideOf returns what is known of the maps beside that of s, some of it before:
// a level is chosen once. What it returns is of no use if ctx is done.
func besideOf(ctx context.Context, targets *work.Targets, s document.State, before besides) besides {
	made := besides{s.Map, map[*document.Map]view.Beside{}}
	for _, o := range s.Others {
		if b, ok := before.of[o.Map]; ok && before.base == s.Map {
			made.of[o.Map] = b
			continue
		}
		first, own, err := targets.LevelBeside(ctx, s, o)
		if err != nil { // cancelled
			return made
		}
		b := view.Beside{Profile: targets.Whole(o.Map).Profile()}
		if own {
			b.Level = &first.Value
		}
		made.of[o.Map] = b
	}
	return made
}

// otherSources returns what the other maps are drawn from.
func (ms *seenMaps) otherSources() map[view.Kind]view.Other {
	d := &ms.st.derived
	return view.OthersOf(ms.st.sh.Doc.State().Others, ms.others.Value.of, d.whole, d.level)
}

// nameOf names a map in the panel.
func (ms *seenMaps) nameOf(k view.Kind) string {
	id, other := k.Other()
	o := ms.st.sh.Doc.State().Other(id)
	if !other || o == nil {
		return mapNames[k]
	}
	if o.Use == document.FilteredMap { // its name says it
		return o.Map.Name
	}
	use := string(o.Use)
	return fmt.Sprintf("%s%s %s", strings.ToUpper(use[:1]), use[1:], o.Map.Name)
}

// removeOther removes a map of the document, if the first row of it is meant,
// and tells whether it was that.
func (ms *seenMaps) removeOther(i int) bool {
	kind := ms.seen.Maps[i].Kind
	id, other := kind.Other()
	if !other || slices.IndexFunc(ms.seen.Maps, func(m view.Map) bool { return m.Kind == kind }) != i {
		return false
	}
	ms.st.sh.Edit("The map was not removed", func() error { return ms.st.sh.Doc.RemoveMap(id) })
	return true
}
