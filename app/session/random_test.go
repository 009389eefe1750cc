// SPDX-License-Identifier: BSD-3-Clause

package session_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	. "difffit/app/session"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// A person does things at random, some of which are refused, while works run
// whose outcomes come in later.
type person struct {
	*rand.Rand
	doc     *document.Document
	pending []document.Outcome
	inputs  documenttest.Memory // of all that was ever opened
	named   int
}

// edits are all edits of a document.
var edits = []struct {
	name string
	do   func(*person) error
}{
	{"open map", func(p *person) error {
		if p.doc.State().Map != nil && p.IntN(12) > 0 {
			return nil
		}
		m := documenttest.Noise(uint64(p.IntN(3)))
		m.Path = fmt.Sprintf("/data/%s", m.SHA256)
		p.inputs.Maps[m.Path] = m
		return p.doc.SetMap(m)
	}},
	{"add map", func(p *person) error {
		m := documenttest.Noise(uint64(p.IntN(3)))
		m.Path = fmt.Sprintf("/data/%s", m.SHA256)
		p.inputs.Maps[m.Path] = m
		return p.doc.AddMaps(document.OtherMap{Use: document.MapUses[p.IntN(len(document.MapUses))], Map: m})
	}},
	{"remove map", func(p *person) error { return p.doc.RemoveMap(1 + p.IntN(4)) }},
	{"add structures", func(p *person) error {
		var added []*document.Structure
		for range 1 + p.IntN(2) {
			p.named++
			t := documenttest.Stick(fmt.Sprintf("s%d", p.named), 3+p.IntN(3))
			if p.IntN(3) == 0 {
				t = documenttest.Dimer(fmt.Sprintf("s%d", p.named), 3+p.IntN(3))
			}
			p.inputs.Inputs[t.Path] = t
			added = append(added, t)
		}
		return p.doc.AddStructures(added...)
	}},
	{"remove structure", func(p *person) error {
		if len(p.doc.State().Structures) < 4 && p.IntN(4) > 0 {
			return nil
		}
		return p.doc.RemoveStructures(p.structure())
	}},
	{"remove structures", func(p *person) error {
		if len(p.doc.State().Structures) < 6 {
			return nil
		}
		return p.doc.RemoveStructures(p.structure(), p.structure())
	}},
	{"fit some or not", func(p *person) error { return p.doc.SetFits(p.IntN(2) == 0, p.structure(), p.structure()) }},
	{"move", func(p *person) error {
		return p.doc.Move(document.Standing{Structure: p.structure(), Motion: p.motion()})
	}},
	{"move two", func(p *person) error {
		return p.doc.Move(document.Standing{Structure: p.structure(), Motion: p.motion()}, document.Standing{Structure: p.structure(), Motion: p.motion()})
	}},
	{"split", func(p *person) error { _, _, err := p.doc.Split(p.structure()); return err }},
	{"fit or not", func(p *person) error { id := p.structure(); return p.doc.SetFits(p.IntN(2) == 0, id) }},
	{"copies", func(p *person) error { return p.doc.SetCopies(p.structure(), p.IntN(6)-1) }},
	{"options", func(p *person) error {
		o := p.doc.State().Options
		level := p.Float64()
		o.Level, o.Seed, o.Starts = &level, p.Uint64N(100), 500+p.IntN(1000)
		return p.doc.SetOptions("Change fit options", o)
	}},
	{"tolerance", func(p *person) error { return p.doc.SetTolerance(20*p.Float64(), 90*p.Float64()) }},
	{"accept", func(p *person) error { return p.doc.Accept(p.cluster()) }},
	{"accept proposals", func(p *person) error { return p.doc.AcceptAll(p.doc.State().Proposals()) }},
	{"withdraw", func(p *person) error { return p.doc.Withdraw(p.accepted()) }},
	{"reject", func(p *person) error { return p.doc.SetRejected(p.cluster(), p.IntN(3) > 0) }},
	{"note", func(p *person) error {
		return p.doc.SetNote(p.cluster(), []string{"", "a <note> & more", "“2”\n"}[p.IntN(3)])
	}},
	{"pin", func(p *person) error { return p.doc.SetPinned(p.cluster(), p.IntN(3) > 0) }},
	{"unpin all", func(p *person) error { return p.doc.UnpinAll() }},
	{"switch layer", func(p *person) error { return p.doc.SetLayer(p.layer(), p.IntN(2) == 0) }},
	{"move layer", func(p *person) error { return p.doc.MoveLayer(p.layer(), p.IntN(3)-1) }},
	{"remove layer", func(p *person) error { return p.doc.RemoveLayer(p.layer()) }},
	{"remove round", func(p *person) error { return p.doc.RemoveRound(1 + p.IntN(1+p.doc.State().Last.Round)) }},
	{"undo", func(p *person) error { p.doc.Undo(); return nil }},
	{"redo", func(p *person) error { p.doc.Redo(); return nil }},
	{"begin a fit", func(p *person) error { return p.begin(p.find("")) }},
	{"begin to fit in map", func(p *person) error { return p.begin(p.fitInMap()) }},
	{"begin a composite", func(p *person) error { return p.begin(p.find("composite")) }},
	{"begin a symmetry", func(p *person) error { return p.begin(p.find("symmetry C2")) }},
	{"begin to zero", (*person).zero},
	{"begin to zero", (*person).zero},
	{"begin to zero", (*person).zero},
	{"begin to change a layer", (*person).changeLayer},
	{"an outcome comes in", (*person).end},
	{"an outcome comes in", (*person).end},
	{"an outcome comes in", (*person).end},
}

// oneOf returns one of the IDs of a list; now and then one that is not there.
func oneOf[T any](p *person, list []T, id func(T) int) int {
	if len(list) == 0 || p.IntN(20) == 0 {
		return p.IntN(40)
	}
	return id(list[p.IntN(len(list))])
}

func (p *person) structure() int {
	return oneOf(p, p.doc.State().Structures, func(t *document.Structure) int { return t.ID })
}

func (p *person) accepted() int {
	return oneOf(p, p.doc.State().Accepted, func(a *document.Accepted) int { return a.ID })
}

func (p *person) layer() int {
	return oneOf(p, p.doc.State().Layers, func(l *document.Layer) int { return l.ID })
}

func (p *person) cluster() document.ClusterID {
	round := oneOf(p, p.doc.State().Rounds, func(r *document.Round) int { return r.Number })
	return document.ClusterID{Round: round, Structure: p.structure(), Rank: 1 + p.IntN(2)}
}

func (p *person) begin(o document.Outcome) error {
	o.From = p.doc.State()
	if o.From.Map != nil && (o.Found != nil && len(o.Found.Fits) > 0 || len(o.Zeroed) > 0 || o.Changed != nil) {
		p.pending = append(p.pending, o)
	}
	return nil
}

// find finds something for all structures that take part.
func (p *person) find(by string) document.Outcome {
	s := p.doc.State()
	f := &document.Found{Proposed: by}
	if by != "" {
		f.Basis = &document.Basis{Options: s.Options, Accepted: s.FixedPlacements()}
		if strings.HasPrefix(by, "symmetry") {
			f.Basis.Symmetry = &document.SymmetryBasis{Stated: "C2", Rows: s.FixedPlacements()}
		} else {
			f.Basis.Composite = &document.CompositeBasis{}
		}
	}
	for _, t := range s.Fitted() {
		r := documenttest.Found()
		for i := range 2 + p.IntN(3) {
			at := documenttest.Placement(p.Float64(), r3.Vec{X: 12 * p.Float64(), Y: 12 * p.Float64(), Z: 12 * p.Float64()})
			r.Placements = append(r.Placements, at)
			r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: at})
		}
		f.Fits = append(f.Fits, document.Fit{Structure: t.ID, Options: s.Options, Result: r, Layers: s.Active(), Partial: p.IntN(5) == 0})
		wanted := document.Wanted{Structure: t.ID, Copies: p.IntN(3), Assumed: p.IntN(2) == 0}
		switch {
		case by == "":
		case f.Basis.Symmetry != nil:
			f.Basis.Symmetry.Wanted = append(f.Basis.Symmetry.Wanted, wanted)
		default:
			f.Basis.Composite.Wanted = append(f.Basis.Composite.Wanted, wanted)
		}
	}
	return document.Outcome{Found: f}
}

// fitInMap finds something from where one of the structures stands.
func (p *person) fitInMap() document.Outcome {
	s := p.doc.State()
	t := s.Structure(p.structure())
	if t == nil {
		return document.Outcome{}
	}
	start := t.Stands()
	return document.Outcome{Found: &document.Found{Fits: []document.Fit{
		{Structure: t.ID, Options: s.Options, Result: documenttest.Found(p.Float64()), Start: &start},
	}}}
}

// motion returns one at random; now and then that which moves nothing.
func (p *person) motion() geom.Rigid {
	if p.IntN(5) == 0 {
		return geom.Identity()
	}
	return geom.NewRigid(geom.Random(p.Rand), r3.Vec{X: 30 * p.NormFloat64(), Y: p.Float64(), Z: -p.Float64()})
}

func (p *person) options() volume.ZeroOptions {
	modes := []volume.ZeroMode{volume.ZeroDistance, volume.ZeroOwn}
	return volume.ZeroOptions{Mode: modes[p.IntN(len(modes))], Radius: 1 + 3*p.Float64(), Resolution: 5}
}

func (p *person) zero() error {
	s, id := p.doc.State(), p.cluster()
	c, ok := s.Cluster(id)
	if !ok || s.Map == nil {
		return nil
	}
	l, err := s.NewLayer(context.Background(), id.Structure, c.Motion, p.options())
	if err != nil {
		return err
	}
	return p.begin(document.Outcome{Zeroed: []document.Zeroed{{Cluster: id, Layer: l}}})
}

func (p *person) changeLayer() error {
	s := p.doc.State()
	if len(s.Layers) == 0 || s.Map == nil {
		return nil
	}
	old := s.Layers[p.IntN(len(s.Layers))]
	l, err := s.NewLayer(context.Background(), old.Structure, old.Motion, p.options())
	if err != nil {
		return err
	}
	return p.begin(document.Outcome{Changed: &document.ChangedLayer{ID: old.ID, Layer: l}})
}

// end takes in what one of the works has made.
func (p *person) end() error {
	if len(p.pending) == 0 {
		return nil
	}
	i := p.IntN(len(p.pending))
	o := p.pending[i]
	p.pending = append(p.pending[:i], p.pending[i+1:]...)
	_, err := p.doc.Apply(o)
	return err
}

// Whatever is done to a document, its session opens and is the same document.
func TestRandomEditsComeBack(t *testing.T) {
	refused, gone := 0, 0
	for seed := range uint64(6) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			p := &person{
				Rand: rand.New(rand.NewPCG(seed, 11)), doc: document.New(),
				inputs: documenttest.Memory{Maps: map[string]*document.Map{}, Inputs: map[string]*document.Structure{}},
			}
			first := p.doc.State()
			must(t, edits[0].do(p))
			must(t, edits[1].do(p))
			for step := range 190 { // fewer than the history holds
				e := edits[p.IntN(len(edits))]
				if err := e.do(p); errors.Is(err, document.ErrGone) {
					gone++
				} else if err != nil {
					refused++
				}
				s := p.doc.State()
				if got := comesBack(t, s, p.inputs); t.Failed() {
					t.Fatalf("step %d: %s: %+v came back as %+v", step, e.name, s, got)
				}
			}
			last := p.doc.State()
			t.Logf("at the end: %d structures, %d rounds, %d accepted, %d layers, %d marks; given were %+v",
				len(last.Structures), len(last.Rounds), len(last.Accepted), len(last.Layers), len(last.Marks), last.Last)
			n := 0
			for p.doc.Undo() != "" {
				n++
			}
			alike(t, p.doc.State(), first)
			for range n {
				p.doc.Redo()
			}
			alike(t, p.doc.State(), last)
			p.doc.Replace(comesBack(t, last, p.inputs))
			for range 30 { // a session that was opened is as good as one that was made
				_ = edits[p.IntN(len(edits))].do(p) // refusals count above
				comesBack(t, p.doc.State(), p.inputs)
			}
		})
	}
	if refused == 0 || gone == 0 {
		t.Errorf("%d edits were refused, %d outcomes were gone, want some of both", refused, gone)
	}
}

// comesBack saves a state, opens it and returns it, and fails if it differs.
func comesBack(t *testing.T, s document.State, inputs documenttest.Memory) document.State {
	t.Helper()
	got := saved(t, s, inputs)
	alike(t, got, s)
	return got
}

// saved saves a state, opens it and returns it, and fails if that cannot be
// done or is another session when it is written again.
func saved(t *testing.T, s document.State, inputs documenttest.Memory) document.State {
	t.Helper()
	var b, again bytes.Buffer
	must(t, Encode(&b, s, "/data", "test"))
	got, err := Decode(context.Background(), bytes.NewReader(b.Bytes()), "/data", inputs)
	must(t, err)
	must(t, Encode(&again, got, "/data", "test"))
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("written again, the session has other bytes")
	}
	return got
}
