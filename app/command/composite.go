// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"difffit/app/document"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/mol"
	"difffit/io/table"
)

// compositeJob is one run of composite.
type compositeJob struct {
	*job
	opts   compose.Options
	wanted []document.Wanted // of the structures
	basis  *document.Basis
	result *compose.Result
	table  *table.Composite
}

func (r *run) compositeCommand() *cobra.Command {
	f := &fitFlags{opts: fitting.DefaultOptions()}
	o := compose.DefaultOptions()
	cmd := &cobra.Command{
		Use:   "composite MAP STRUCTURE[=COPIES]...",
		Short: "Build a complex: fit, accept, zero out, again, without a person",
		Long: fmt.Sprintf(`Build a complex of several structures in a map, in rounds: every structure of
which copies are missing is searched for in what is left of the map; of all that
is significant those placements are accepted that go best together; their
density is taken out of the map, as by zero. It ends when all copies
are placed, or when a round finds nothing more.

STRUCTURE=3 is a structure of which at most 3 copies are placed. Without
=COPIES, or with =0, as many are placed as are significant; that takes one more
round, which finds nothing. A folder stands for the structures in it.

A placement is significant with a score of %g or more and half that of the best
copy of its structure; in maps worse than %d Å its z must be %d or more besides.
The clash of two placements is the fraction of the atoms of one that are nearer
than 2.5 Å to an atom of the other, the larger of the two; above --max-clash
only one of them can be accepted. Metrics are those in the whole map.

--out DIR holds composite.cif (all placements in one file, each with chain names
of its own), fit_001_NAME.cif ... (each placement alone), remaining.mrc (the map
without them), fits.csv, fits.json (with "placements" in order of acceptance),
open.cxc (places the original files in ChimeraX; what ChimeraX cannot open packed
is beside it as original_*), session.difffit (for the
window and for replay) and manifest.json.`, fitting.MinScore, fitting.Blurred, fitting.MinBlurredZ),
		Example: "  " + r.program.Name + " composite map.mrc subunit.cif=4 --resolution 3.4 --out result\n" +
			"  " + r.program.Name + " composite map.mrc alpha.cif=1 beta.cif=1 motor.cif --resolution 5",
		Args: arguments(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error { return r.composite(cmd, f, o, args) },
	}
	flags := cmd.Flags()
	f.common(flags)
	flags.IntVar(&f.opts.Starts, "starts", 0, "starting placements at most for each structure and round, `K` (default: the method's own number)")
	flags.Uint64Var(&f.opts.Seed, "seed", f.opts.Seed, "seed `S`: same inputs, options and seed give the same result")
	flags.Float64Var(&o.MaxClash, "max-clash", o.MaxClash, "largest clash of two placements, as a `part` of the atoms of one, 0 to 1")
	flags.IntVar(&o.MaxRounds, "max-rounds", o.MaxRounds, "rounds at most, `N`")
	flags.Lookup("top").Usage = "placements of the first round to report in JSON, `N` for each structure; 0 for all"
	if err := flags.MarkHidden("save"); err != nil {
		panic(err) // common defines it
	}
	flags.SortFlags = false
	return cmd
}

func (r *run) composite(cmd *cobra.Command, f *fitFlags, o compose.Options, args []string) error {
	fit, err := f.options(cmd)
	if err != nil {
		return err
	}
	o.Fit = fit
	if err := flagErrors(o.Validate()); err != nil {
		return err
	}
	j := &compositeJob{opts: o, table: table.NewComposite()}
	j.job = &job{run: r, flags: f, opts: fit, started: time.Now(), mapPath: args[0], doc: document.New(), fits: &j.table.Fits}
	if j.engine, err = r.engine(f.engine); err != nil {
		return err
	}
	for _, arg := range args[1:] {
		if err := j.addInputs(arg); err != nil {
			return err
		}
	}
	dest, err := newDestination(f.out, f.json, j.paths(), "composite.cif", "remaining.mrc")
	if err != nil {
		return err
	}
	defer dest.discard()
	return j.do(cmd.Context(), dest)
}

// addInputs adds what an argument STRUCTURE[=COPIES] stands for.
func (j *compositeJob) addInputs(arg string) error {
	path, copies, err := splitCopies(arg)
	if err != nil {
		return err
	}
	paths, err := structurePaths([]string{path})
	if err != nil {
		return err
	}
	for _, p := range paths {
		j.inputs = append(j.inputs, &input{path: p})
		j.wanted = append(j.wanted, document.Wanted{Copies: copies})
	}
	return nil
}

// splitCopies takes the argument STRUCTURE[=COPIES] apart. A file whose own
// name has the sign = is taken as it is.
func splitCopies(arg string) (path string, copies int, err error) {
	at := strings.LastIndexByte(arg, '=')
	if at < 0 {
		return arg, 0, nil
	}
	if _, err := os.Stat(arg); err == nil {
		return arg, 0, nil
	}
	copies, err = strconv.Atoi(arg[at+1:])
	if err != nil || copies < 0 || copies > math.MaxInt32 || at == 0 {
		return "", 0, usagef("%s: want STRUCTURE=COPIES with a whole number of copies, 0 for as many as are significant", arg)
	}
	return arg[:at], copies, nil
}

// do reads, builds, reports and writes. When ctx ends early, what is finished
// is reported and written before the error is returned.
func (j *compositeJob) do(ctx context.Context, dest *destination) error {
	j.bar = j.newProgress(1)
	if err := j.open(); err != nil {
		return err
	}
	if err := j.openStructures(); err != nil {
		return err
	}
	j.fits.Seconds.Read = time.Since(j.started).Seconds()
	j.basis = work.CompositeFrom(j.opts, j.wanted)
	work := work.Proposer{
		State: j.doc.State(), Target: j.target, Engine: &telling{Engine: j.engine, say: j.bar.message}, Threads: j.opts.Fit.Threads, Report: j.report(),
	}
	result, err := work.Composite(ctx, j.basis)
	interrupted := ctx.Err() != nil && errors.Is(err, ctx.Err())
	j.bar.end(err == nil)
	if err != nil && !interrupted {
		return err
	}
	j.result = result
	if err := j.add(interrupted); err != nil {
		return err
	}
	j.tabulate(interrupted)
	if err := dest.deliver(j.out, delivery{j.table.JSON, j.print, j.fill}); err != nil {
		return err
	}
	switch {
	case interrupted:
		return &interruptedError{err}
	case len(result.Placements) == 0:
		return errNothing
	}
	return nil
}

// openStructures reads all structures.
func (j *compositeJob) openStructures() error {
	var added []*document.Structure
	for i, in := range j.inputs {
		var err error
		if in.structure, err = j.read(in); err != nil {
			return err
		}
		if atoms, _ := in.structure.Count(j.opts.Fit.Atoms); atoms == 0 {
			return &inputError{in.path, fmt.Errorf("no atom of %d takes part (atoms: %s)", in.atoms, j.opts.Fit.Atoms)}
		}
		t, err := in.document()
		if err != nil {
			return err
		}
		if t.Copies = j.wanted[i].Copies; t.Copies == 0 {
			t.Copies = document.AnyNumber
		}
		added = append(added, t)
	}
	if err := j.doc.AddStructures(added...); err != nil {
		return err
	}
	for i, t := range j.doc.State().Structures {
		j.wanted[i].Structure = t.ID
	}
	return nil
}

// add adds what was found to the document: the first fit of each structure,
// which was in the whole map, and a round with the placements, which are
// accepted, with the layers that take their density out.
func (j *compositeJob) add(interrupted bool) error {
	first := &document.Found{Fits: j.firstFits(interrupted)}
	placed := &document.Found{Proposed: work.ByComposite, Basis: j.basis, Fits: work.CompositeFits(j.basis, j.result, interrupted)}
	number := 0
	for _, found := range []*document.Found{first, placed} {
		for i := range found.Fits {
			found.Fits[i].Program, found.Fits[i].Began = programName(), j.started.UTC().Truncate(time.Second)
		}
		if len(found.Fits) == 0 {
			continue
		}
		applied, err := j.doc.Apply(document.Outcome{From: j.doc.State(), Found: found})
		if err != nil {
			return err
		}
		number = applied.Round
	}
	return j.accept(number)
}

// accept accepts the placements of a round, with the layers that were made.
func (j *compositeJob) accept(round int) error {
	zeroed := document.Outcome{From: j.doc.State()}
	var others []document.ClusterID
	for i, p := range j.result.Placements {
		id := document.ClusterID{Round: round, Structure: j.wanted[p.Part].Structure, Rank: p.Copy}
		if i >= len(j.result.Layers) {
			others = append(others, id)
			continue
		}
		zeroed.Zeroed = append(zeroed.Zeroed, document.Zeroed{
			Cluster: id, Layer: &document.Layer{Structure: id.Structure, Motion: p.Motion, Cut: j.result.Layers[i], On: true},
		})
	}
	if len(zeroed.Zeroed) > 0 {
		if _, err := j.doc.Apply(zeroed); err != nil {
			return err
		}
	}
	if len(others) > 0 {
		return j.doc.AcceptAll(others)
	}
	return nil
}

// firstFits are those of the first round, at the level that holds in all.
func (j *compositeJob) firstFits(interrupted bool) []document.Fit {
	o := j.opts.Fit
	o.Level = &j.result.Level.Value
	var fits []document.Fit
	for i, p := range j.result.Parts {
		if p.First != nil {
			r := *p.First
			r.Level, r.Resolution = j.result.Level, j.result.Resolution // with the rules that they were found by
			fits = append(fits, document.Fit{Structure: j.wanted[i].Structure, Options: o, Result: &r, Partial: interrupted})
		}
	}
	return fits
}

// telling is an engine that says what a person should know about its fits, such
// as that a card failed: each thing once.
type telling struct {
	fitting.Engine
	say  func(format string, args ...any)
	said sync.Map
}

func (t *telling) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	r, err := t.Engine.Fit(ctx, p, report)
	if r != nil && r.Note != "" {
		if _, again := t.said.LoadOrStore(r.Note, true); !again {
			t.say("%s", r.Note)
		}
	}
	return r, err
}

// report returns what is told while the composite is built.
func (j *compositeJob) report() func(compose.Progress) {
	show := j.bar.of(0)
	round := 1
	return func(p compose.Progress) {
		if p.Round > round {
			j.bar.message("round %d: %d placed so far", p.Round, p.Placed)
			round = p.Round
		}
		show(fitting.Progress{Phase: p.Phase, Fraction: p.Fraction})
	}
}

// tabulate makes the table of what was found. Structures keep their order.
func (j *compositeJob) tabulate(interrupted bool) {
	t, r := j.table, j.result
	for i, in := range j.inputs {
		s, p := in.structure, r.Parts[i]
		atoms, left := s.Count(j.opts.Fit.Atoms)
		row := table.Structure{
			Path: in.path, SHA256: in.sum, Name: s.Name, Atoms: len(s.Atoms), AtomsUsed: atoms, LeftOut: table.LeftOut(left),
			Starts: p.Starts, Clusters: []table.Cluster{},
		}
		if p.First != nil {
			row.RoundsAgreed = p.First.RoundsAgreed
			row.Engine, row.Kernel = p.First.Engine.Name, p.First.Engine.Kernel
			row.Clusters = table.NewClusters(p.First.Clusters, j.flags.top)
		}
		t.Structures = append(t.Structures, row)
		t.Copies = append(t.Copies, table.Copies{Structure: i, Wanted: p.Wanted, Placed: p.Placed})
	}
	for i, p := range r.Placements {
		t.Placements = append(t.Placements, table.Placed{
			Structure: p.Part, Copy: p.Copy, Round: p.Round, Agreed: p.Agreed, Clash: p.Clash,
			Cluster: table.NewCluster(fitting.Cluster{Rank: i + 1, Placement: p.Placement}),
		})
	}
	t.Partial = interrupted
	t.MaxClash, t.Rounds, t.Stopped, t.Exact = j.opts.MaxClash, r.Rounds, string(r.Reason), r.Exact
	t.Options, t.Seed, t.Engine = j.opts.Fit, j.opts.Fit.Seed, r.Engine
	t.Map = table.NewMap(j.mapPath, j.doc.State().Map.SHA256, r.Level, r.Resolution)
	t.Seconds.Prepare, t.Seconds.Search, t.Seconds.Score = r.Seconds.Prepare, r.Seconds.Search, r.Seconds.Score
	t.Seconds.Total = time.Since(j.started).Seconds()
}

// placed returns the structure of a placement, moved to its place.
func (j *compositeJob) placed(p *table.Placed) *mol.Structure {
	return j.inputs[p.Structure].structure.Moved(motionOf(&p.Cluster).Mover())
}
