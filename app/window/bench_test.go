// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/viewport"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/mrc"
	"difffit/io/pdb"
)

// planned is an engine that finds what it was told. With a gate it reports,
// and then waits until the gate is closed or it is stopped.
type planned struct {
	gate  chan struct{}
	fault error
	seen  chan fitting.Options
	many  int     // placements, 1 Å apart; 0 for three
	weak  float64 // subtracted from each score
	loss  float64 // subtracted from the score of a refined placement that is turned by 180°
}

func (*planned) Info() fitting.Info { return fitting.Info{Name: "planned", Device: "test"} }

func (*planned) Close() error { return nil }

func (e *planned) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	if e.seen != nil {
		e.seen <- p.Options
	}
	r := &fitting.Result{Level: stated(p), Starts: 10, RoundsAgreed: true}
	if e.fault != nil {
		return r, e.fault
	}
	n := 3
	if e.many > 0 {
		n = e.many
	}
	for i := range n {
		c := fitting.Cluster{Rank: i + 1, Placement: fitting.Placement{
			Motion: geom.NewRigid(quat.Number{Real: 1}, r3.Vec{X: 8, Y: 8 + float64(i), Z: 8}),
			Hits:   n - i, Metrics: fitting.Metrics{Score: 0.9 - 0.6/float64(n)*float64(i) - e.weak, SignificanceZ: 30 - float64(i)},
		}}
		r.Placements = append(r.Placements, c.Placement)
		r.Clusters = append(r.Clusters, c)
	}
	if e.gate == nil {
		return r, nil
	}
	report(fitting.Progress{Phase: fitting.Searching, Fraction: 0.4, Left: 3 * time.Second, Clusters: r.Clusters[:1]})
	select {
	case <-e.gate:
		return r, nil
	case <-ctx.Done():
		r.Clusters = r.Clusters[:1]
		return r, ctx.Err()
	}
}

// stated returns the level that a problem states.
func stated(p *fitting.Problem) volume.Level {
	if p.Options.Level == nil {
		return volume.Level{}
	}
	return volume.Level{Value: *p.Options.Level, Rule: "stated"}
}

// Trace tells of two ways of three steps to where it was told.
func (*planned) Trace(_ context.Context, _ *fitting.Problem, end geom.Rigid, starts, _ int) ([]fitting.Trajectory, error) {
	var ways []fitting.Trajectory
	for i := range 2 {
		w := fitting.Trajectory{Start: starts - i}
		for k := range 3 {
			from := end
			from.Shift.X -= float64(10 * (2 - k))
			w.Steps = append(w.Steps, fitting.Step{
				Placement: fitting.Placement{Motion: from, Metrics: fitting.Metrics{Score: 0.3 * float64(k)}}, Stage: "planned", RMSD: float64(10 * (2 - k)),
			})
		}
		ways = append(ways, w)
	}
	return ways, nil
}

// bench is a window without OpenGL whose goroutine is the test.
type bench struct {
	*window
	t     testing.TB
	calls chan func()
	data  string // folder with density.mrc, alpha.pdb and beta.pdb
}

func newBench(t *testing.T, engine fitting.Engine) *bench {
	t.Helper()
	return newBenchWith(t, engine, nil)
}

// newBenchWith is newBench with pictures from a source.
func newBenchWith(t *testing.T, engine fitting.Engine, start viewport.Start) *bench {
	t.Helper()
	data := t.TempDir()
	return newBenchOf(t, engine, start, data, filepath.Join(data, "autosave"))
}

// newBenchIn is newBench that is saved by itself in a folder.
func newBenchIn(t *testing.T, engine fitting.Engine, autosave string) *bench {
	t.Helper()
	return newBenchOf(t, engine, nil, t.TempDir(), autosave)
}

func newBenchOf(t testing.TB, engine fitting.Engine, start viewport.Start, data, autosave string) *bench {
	t.Helper()
	b := &bench{t: t, calls: make(chan func(), 1000), data: data}
	b.window = newWindow(test.NewTempApp(t), Config{Engines: []fitting.Engine{engine}, Version: "test"}, viewport.NewFrom(start),
		func(f func()) { b.calls <- f }, autosave)
	t.Cleanup(b.end)
	b.write()
	return b
}

// shownLevel returns the contour level that is shown.
func (b *bench) shownLevel() float64 {
	level, _ := b.stage.Level()
	return level
}

// entryOf returns the field that a field of a dialog is made of.
func entryOf(o any) *widget.Entry {
	return reflect.ValueOf(o).Elem().FieldByName("Entry").Addr().Interface().(*widget.Entry)
}

// newTestWindow makes a window without OpenGL that leaves to others what is to
// be done on its goroutine.
func newTestWindow(a fyne.App, engine fitting.Engine, calls chan func(), folder string) *window {
	c := Config{Engines: []fitting.Engine{engine}, Version: "test"}
	return newWindow(a, c, viewport.NewFrom(nil), func(f func()) { calls <- f }, folder)
}

// named returns a button of a dialog.
func (b *bench) named(name string) *widget.Button {
	b.t.Helper()
	button, ok := b.Named[name].(*widget.Button)
	if !ok {
		b.t.Fatalf("there is no button %q; says %q", name, b.said())
	}
	return button
}

// until does what other goroutines ask for until something is so.
func (b *bench) until(what string, so func() bool) {
	b.t.Helper()
	limit := time.After(2 * time.Minute) // a busy machine takes its time
	for !so() {
		select {
		case f := <-b.calls:
			f()
		case <-limit:
			b.t.Fatalf("waited in vain until %s; status %q", what, b.Status.Text)
		}
	}
}

func (b *bench) idle() {
	b.t.Helper()
	b.until("all is done", func() bool { return !b.Busy() && b.Settled() })
}

// write makes the files: a map with a blob, two structures.
func (b *bench) write() {
	g := volume.New([3]int{24, 22, 20}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), r3.Vec{X: 10, Y: 10, Z: 10})) / 20))
	}
	b.must(mrc.WriteFile(b.path0("density.mrc"), g, mrc.WriteOptions{}))
	for i, name := range []string{"alpha", "beta"} {
		s := &mol.Structure{Name: name}
		for k := range 4 + i {
			s.Atoms = append(s.Atoms, mol.Atom{Pos: r3.Vec{X: 1.5 * float64(k)}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: k + 1, Occupancy: 1})
		}
		b.must(pdb.WriteFile(b.path0(name+".pdb"), s, pdb.EncodeOptions{}))
	}
}

func (b *bench) path0(name string) string { return filepath.Join(b.data, name) }

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// opened opens the map and the structures as if they were dropped.
func (b *bench) opened() {
	b.t.Helper()
	b.files.Dropped([]string{b.path0("density.mrc"), b.path0("alpha.pdb"), b.path0("beta.pdb")})
	b.idle()
	if s := b.Doc.State(); s.Map == nil || len(s.Structures) != 2 {
		b.t.Fatalf("map %v, %d structures; status %q", s.Map, len(s.Structures), b.Status.Text)
	}
}

func (b *bench) fitted() {
	b.t.Helper()
	b.opened()
	test.Tap(b.tools.fit)
	b.idle()
}

// said returns the texts that are seen in the dialogs that are open.
func (b *bench) said() string {
	var texts []string
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *widget.Label:
			texts = append(texts, o.Text)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	for _, o := range b.Canvas().Overlays().List() {
		walk(o)
	}
	return strings.Join(texts, "\n")
}
