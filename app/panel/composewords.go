// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"

	"difffit/app/document"
	"difffit/fitting/compose"
	"difffit/fitting/volume"
)

// Texts returns what the tree says, from top to bottom, closed branches too.
func (p *Compose) Texts() []string {
	var out []string
	var walk func(id string)
	walk = func(id string) {
		for _, c := range p.children[id] {
			name, facts := p.text(nodeOf(c))
			if facts != "" {
				name += ": " + facts
			}
			out = append(out, name)
			walk(c)
		}
	}
	walk("")
	return out
}

// text is what the tree says of a node: a name, which is shortened where there is
// no room, and facts, which are not.
func (p *Compose) text(n Node) (name, facts string) {
	s := p.state
	switch n.Kind {
	case MapNode:
		return p.explained(), ""
	case StructureNode:
		return p.counter(n.ID)
	case RoundNode:
		return p.roundText(n.ID), ""
	case LooseNode:
		return "From no round", ""
	case AcceptedNode:
		for i, a := range s.Accepted {
			if a.ID == n.ID {
				return p.state.CopyName(i), "score " + number(a.Placement.InWhole().Score, 3) + p.share(i)
			}
		}
	case LayerNode:
		return p.layerText(n), ""
	case ClashesNode:
		return p.clashes(), ""
	case ClashNode:
		if v := p.survey; v != nil && n.ID < len(v.Clashes) {
			c := v.Clashes[n.ID]
			return p.state.CopyName(c.A) + " with " + p.state.CopyName(c.B), fmt.Sprintf("%s, %.2g %%", Plural(len(c.Atoms), "atom"), 100*c.Clash)
		}
	}
	return "", ""
}

// clashes tells how many accepted placements are too near, and how many touch.
func (p *Compose) clashes() string {
	v := p.survey
	if v == nil {
		return ""
	}
	bad := v.TooNear()
	touching := Plural(len(v.Clashes)-bad, "contact")
	near := fmt.Sprintf(" nearer than %g Å", compose.Contact)
	clashing := Plural(bad, "clash")
	switch {
	case bad == 0:
		return touching + near + ", no clash"
	case bad == len(v.Clashes):
		return clashing + near
	}
	return clashing + " and " + touching + near
}

// explained tells how much of the map is.
func (p *Compose) explained() string {
	v := p.survey
	switch {
	case v == nil:
		return "Map: being looked at"
	case v.Above == 0:
		return "Map: nothing above the level"
	}
	return fmt.Sprintf("%.1f %% of the map above %s explained", v.Part(v.Total), short(v.Level))
}

// share tells how much of the map an accepted placement explains.
func (p *Compose) share(i int) string {
	if v := p.survey; v != nil && i < len(v.Explained) {
		return fmt.Sprintf(", %.1f %%", v.Part(v.Explained[i]))
	}
	return ""
}

// counter tells how many copies of a structure are placed.
func (p *Compose) counter(structure int) (name, facts string) {
	t := p.state.Structure(structure)
	if t == nil {
		return "", ""
	}
	placed := p.state.Placed(structure)
	facts = fmt.Sprintf("%d placed", placed)
	switch n, stated := p.state.Expected(structure); {
	case stated && n > 0 && placed > n:
		facts = fmt.Sprintf("%d placed, %d expected", placed, n)
	case n > 0 && placed <= n:
		facts = fmt.Sprintf("%d of %d", placed, n)
	}
	if v := p.survey; v != nil && v.ByStructure[structure] > 0 {
		facts += fmt.Sprintf(", %.1f %%", v.Part(v.ByStructure[structure]))
	}
	return t.Model.Name, facts
}

func (p *Compose) roundText(number int) string {
	r := p.state.Round(number)
	if r == nil {
		return ""
	}
	found := 0
	for _, f := range r.Fits {
		found += len(f.Result.Clusters)
	}
	text := fmt.Sprintf("Round %d: %s of %s", number, Plural(found, "placement"), Plural(len(r.Fits), "structure"))
	if len(r.Fits) == 1 {
		text = fmt.Sprintf("Round %d: %s of %s", number, Plural(found, "placement"), p.state.Name(r.Fits[0].Structure))
	}
	if len(r.Fits) > 0 {
		text += ", level " + short(r.Fits[0].Result.Level.Value)
	}
	switch {
	case r.Proposed != "":
		text += ", proposed by " + r.Proposed
	case r.IsLocal():
		text += ", fit in map from where it stood"
	case len(r.Fits) > 0 && !r.Fits[0].Options.Sphere.IsZero():
		text += fmt.Sprintf(", within %s Å of a point", short(r.Fits[0].Options.Sphere.Radius))
	}
	return text
}

// layerText tells what a layer takes out.
func (p *Compose) layerText(n Node) string {
	l := p.layer(n)
	if l == nil {
		return ""
	}
	how := map[volume.ZeroMode]string{
		volume.ZeroContour:  "to the contour",
		volume.ZeroDistance: fmt.Sprintf("within %s Å", short(l.Cut.Options.Radius)), volume.ZeroOwn: fmt.Sprintf("own within %s Å", short(l.Cut.Options.Radius)),
		volume.ZeroMass: "95 % of the mass", volume.ZeroSoft: "soft", volume.ZeroSubtract: "subtracted",
	}[l.Cut.Options.Mode]
	text := fmt.Sprintf("zeroing %d: %s, %s", p.position(l)+1, how, Plural(l.Cut.Voxels, "voxel"))
	if l.Accepted == 0 {
		text = p.state.Name(l.Structure) + ", " + text
	}
	if v := p.survey; v != nil && v.Contested[l.ID] != nil && v.Contested[l.ID].Contested > 0 {
		text += fmt.Sprintf(", %s shared with neighbours", grouped(v.Contested[l.ID].Contested))
	}
	if l.Cut.Spared > 0 {
		text += fmt.Sprintf(", %s spared", grouped(l.Cut.Spared))
	}
	return text
}

func (p *Compose) position(l *document.Layer) int {
	for i, m := range p.state.Layers {
		if m.ID == l.ID {
			return i
		}
	}
	return -1
}
