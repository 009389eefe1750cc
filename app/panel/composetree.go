// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/work"
)

// A NodeKind says what a node of the tree stands for.
type NodeKind string

// Kinds of nodes.
const (
	MapNode       NodeKind = "map"       // how much of the map is explained
	StructureNode NodeKind = "structure" // with its copies
	RoundNode     NodeKind = "round"
	LooseNode     NodeKind = "loose" // the parent of what is from no round
	AcceptedNode  NodeKind = "accepted"
	LayerNode     NodeKind = "layer"
	ClashesNode   NodeKind = "clashes"
	ClashNode     NodeKind = "clash"
)

// A Node is one of the tree; ID is that of what it stands for: a round's
// number, the index of a clash, or nothing.
type Node struct {
	Kind NodeKind
	ID   int
}

// String writes n as the tree names it.
func (n Node) String() string { return fmt.Sprintf("%s:%d", n.Kind, n.ID) }

// nodeOf is the inverse of String.
func nodeOf(id widget.TreeNodeID) Node {
	kind, number, _ := strings.Cut(id, ":")
	n, _ := strconv.Atoi(number)
	return Node{NodeKind(kind), n}
}

// A tree is a widget.Tree with more keys.
type tree struct {
	widget.Tree
	p     *Compose
	typed time.Time // when the last digit was
}

// TypedKey lets Delete remove what is selected and Space switch it. Arrows
// select what they come to.
func (t *tree) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDelete:
		t.p.drop()
	case fyne.KeySpace:
		t.p.toggle()
	default:
		t.Tree.TypedKey(k)
		t.Tree.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	}
}

// UsesKey tells whether the tree has a use for a key.
func (t *tree) UsesKey(name fyne.KeyName, _ fyne.KeyModifier) bool {
	switch name {
	case fyne.KeyDelete, fyne.KeySpace, fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		return true
	}
	return false
}

// UsesRune tells whether the tree has a use for a character.
func (t *tree) UsesRune(r rune) bool {
	return t.p.selected.Kind == StructureNode && strings.ContainsRune("+=-0123456789", r)
}

// TypedRune changes how many copies of the selected structure there are: + and
// −, or the number.
func (t *tree) TypedRune(r rune) {
	n := t.p.selected
	s := t.p.state.Structure(n.ID)
	if n.Kind != StructureNode || s == nil {
		return
	}
	switch {
	case r == '+' || r == '=':
		t.p.copies(n.ID, 1)
	case r == '-':
		t.p.copies(n.ID, -1)
	case r >= '0' && r <= '9':
		copies := int(r - '0')
		if time.Since(t.typed) < digitsApart {
			copies += 10 * max(0, s.Copies)
		}
		t.typed = time.Now()
		if copies = min(copies, mostCopies); copies == 0 {
			copies = document.AnyNumber
		}
		t.p.expect(n.ID, copies)
	}
}

const (
	digitsApart = time.Second // digits that follow sooner belong to one number
	mostCopies  = 10000
)

// ComposeKeyHelp returns the keys of the tree and what they do.
func ComposeKeyHelp() [][2]string {
	return [][2]string{
		{"↑  ↓  ←  →", "step, close and open branches"},
		{"Space", "switch the selected zeroing; zero out the selected placement"},
		{"Delete", "remove the selected zeroing, placement or round"},
		{"+  −  0 … 9", "copies of the selected structure that are expected; 0 is any number"},
	}
}

func (p *Compose) buildTree() {
	t := &tree{p: p}
	t.ChildUIDs = func(id widget.TreeNodeID) []widget.TreeNodeID { return p.children[id] }
	t.IsBranch = func(id widget.TreeNodeID) bool { return id == "" || len(p.children[id]) > 0 }
	t.CreateNode = func(bool) fyne.CanvasObject { return newNodeRow() }
	t.UpdateNode = func(id widget.TreeNodeID, _ bool, o fyne.CanvasObject) { p.update(id, o.(*nodeRow)) }
	t.OnSelected = func(id widget.TreeNodeID) { p.choose(nodeOf(id)) }
	t.ExtendBaseWidget(t)
	p.tree = t
}

// Focus gives the keyboard to the tree.
func (p *Compose) Focus(c fyne.Canvas) { c.Focus(p.tree) }

// SetState shows the structures, rounds, placements and layers of s.
func (p *Compose) SetState(s document.State) {
	p.state = s
	if p.survey != nil && len(p.survey.Explained) != len(s.Accepted) {
		p.survey = nil // of another state; the next one follows
	}
	p.arrange()
	if p.selected != (Node{}) { // rows that come or go would move it out of sight
		p.tree.ScrollTo(p.selected.String())
	}
}

// SetSurvey shows what the composite amounts to.
func (p *Compose) SetSurvey(v *work.Survey) {
	p.survey = v
	p.arrange()
}

// arrange makes the tree anew. New branches are open.
func (p *Compose) arrange() {
	old := p.children
	p.children = map[widget.TreeNodeID][]widget.TreeNodeID{}
	add := func(parent string, n Node) string {
		p.children[parent] = append(p.children[parent], n.String())
		return n.String()
	}
	s := p.state
	if s.Map != nil && len(s.Structures) > 0 {
		top := add("", Node{MapNode, 0})
		for _, t := range s.Structures {
			add(top, Node{StructureNode, t.ID})
		}
	}
	if v := p.survey; v != nil && len(v.Clashes) > 0 {
		top := add("", Node{ClashesNode, 0})
		for i := range v.Clashes {
			add(top, Node{ClashNode, i})
		}
	}
	parents := map[int]string{}
	for _, r := range s.Rounds {
		parents[r.Number] = add("", Node{RoundNode, r.Number})
	}
	loose := ""
	home := func(round int) string {
		if id, ok := parents[round]; ok {
			return id
		}
		if loose == "" {
			loose = add("", Node{LooseNode, 0})
		}
		return loose
	}
	for _, a := range s.Accepted {
		id := add(home(a.Cluster.Round), Node{AcceptedNode, a.ID})
		if l := s.LayerOf(a.ID); l != nil {
			add(id, Node{LayerNode, l.ID})
		}
	}
	for _, l := range s.Layers {
		if l.Accepted == 0 {
			add(home(0), Node{LayerNode, l.ID})
		}
	}
	for id := range p.children {
		if _, ok := old[id]; !ok && id != "" {
			p.tree.OpenBranch(id)
		}
	}
	if !p.isThere(p.selected) {
		p.selected = Node{}
		p.tree.UnselectAll()
	}
	p.empty.Hidden = len(s.Accepted)+len(s.Layers)+len(p.children) > 0
	p.empty.Refresh()
	p.enable()
	p.tree.Refresh()
}

func (p *Compose) isThere(n Node) bool {
	for _, ids := range p.children {
		for _, id := range ids {
			if id == n.String() {
				return true
			}
		}
	}
	return false
}

// choose notes what a person selected.
func (p *Compose) choose(n Node) {
	if n == p.selected {
		return
	}
	p.selected = n
	p.enable()
	if p.OnSelect != nil {
		p.OnSelect(n)
	}
}

// Selected returns the selected node, the zero value if there is none.
func (p *Compose) Selected() Node { return p.selected }

// Select selects a node.
func (p *Compose) Select(n Node) {
	if p.isThere(n) {
		p.tree.Select(n.String())
	}
}

// layerIndex returns which layer is selected, −1 if none.
func (p *Compose) layerIndex() int {
	for i, l := range p.state.Layers {
		if (p.selected == Node{LayerNode, l.ID}) {
			return i
		}
	}
	return -1
}

// toggle switches the selected layer, or zeroes the selected placement.
func (p *Compose) toggle() {
	i := p.layerIndex()
	switch {
	case i >= 0 && p.OnSwitch != nil:
		p.OnSwitch(p.selected.ID, !p.state.Layers[i].On)
	case p.selected.Kind == AcceptedNode && p.OnZero != nil:
		p.OnZero(p.selected.ID)
	}
}

// move moves the selected layer.
func (p *Compose) move(steps int) {
	if i := p.layerIndex(); i >= 0 && p.OnMove != nil {
		p.OnMove(p.selected.ID, steps)
	}
}

// drop removes what is selected.
func (p *Compose) drop() {
	if p.canRemove() && p.OnRemove != nil {
		p.OnRemove(p.selected)
	}
}

// canRemove tells whether what is selected can be removed.
func (p *Compose) canRemove() bool {
	return p.layerIndex() >= 0 || p.selected.Kind == AcceptedNode || p.selected.Kind == RoundNode
}

// copies makes the expected copies of a structure more or less.
func (p *Compose) copies(structure, by int) { p.expect(structure, stepCopies(p.state, structure, by)) }

// expect tells how many copies of a structure are expected.
func (p *Compose) expect(structure, copies int) {
	if p.state.Structure(structure) != nil && p.OnCopies != nil {
		p.OnCopies(structure, copies)
	}
}

func (p *Compose) layer(n Node) *document.Layer {
	for _, l := range p.state.Layers {
		if (n == Node{LayerNode, l.ID}) {
			return l
		}
	}
	return nil
}
