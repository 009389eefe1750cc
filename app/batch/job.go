// SPDX-License-Identifier: BSD-3-Clause

package batch

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/table"
)

// finder is Engine.Fit, or what stands in its place for another command.
type finder func(context.Context, fitting.Engine, *fitting.Problem, func(fitting.Progress)) (*fitting.Result, error)

// job is one run of fit or refine.
type job struct {
	*run
	flags   *fitFlags
	opts    fitting.Options
	find    finder
	local   bool // refine: one start, nothing to compare it with
	engine  fitting.Engine
	started time.Time
	mapPath string
	mapSum  string // SHA-256
	target  *fitting.Target
	inputs  []*input
	level   volume.Level // common level of several structures
	bar     *progress

	mu   sync.Mutex
	fits *table.Fits
	kept int // atoms of structures kept in memory
}

// input is a structure to be fitted.
type input struct {
	path      string
	sum       string           // SHA-256
	structure *mol.Structure   // nil if not read yet, or not kept
	err       error            // why it could not be read or fitted
	row       *table.Structure // what was found
	engine    fitting.Info     // that found it
	result    *fitting.Result  // the same, whole
	opts      fitting.Options  // of result
	partial   bool             // result was interrupted
}

// keepAtoms is how many atoms are kept from the survey of many structures on
// (about 200 bytes each); the rest are read again for each search.
const keepAtoms = 600_000

func (r *run) fit(cmd *cobra.Command, f *fitFlags, args []string, find finder) error {
	j := &job{run: r, flags: f, find: find, local: cmd.Name() == "refine", started: time.Now(), mapPath: args[0], fits: table.NewFits()}
	var err error
	if j.opts, err = f.options(cmd); err != nil {
		return err
	}
	if j.engine, err = r.engine(f.engine); err != nil {
		return err
	}
	paths, err := structurePaths(args[1:])
	if err != nil {
		return err
	}
	for _, p := range paths {
		j.inputs = append(j.inputs, &input{path: p})
	}
	dest, err := newDestination(f.out, f.json, j.paths())
	if err != nil {
		return err
	}
	defer dest.discard()
	return j.do(cmd.Context(), dest)
}

// do reads, fits, reports and writes. When ctx ends early, what is finished is
// reported and written before the error is returned.
func (j *job) do(ctx context.Context, dest *destination) error {
	j.bar = j.newProgress(len(j.inputs))
	j.bar.running = make([]float64, j.tasks())
	density, err := readMap(j.mapPath, j.bar.message)
	if err != nil {
		return err
	}
	j.target, j.mapSum = fitting.NewTarget(density.Grid), density.SHA256
	if len(j.inputs) > 1 && j.opts.Level == nil {
		j.survey(ctx)
	}
	j.fits.Seconds.Read = time.Since(j.started).Seconds()
	j.fitAll(ctx)
	j.bar.end(ctx.Err() == nil)
	if err := j.collect(ctx.Err() != nil); err != nil {
		return err
	}
	if err := j.write(dest); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return &interruptedError{ctx.Err()}
	case len(j.fits.Rows()) == 0:
		return errNothing
	case j.local && isOutside(j.fits.Structures[0].Clusters[0]):
		return errOutside
	}
	return nil
}

// isOutside tells a placement that no density is at: there was nothing to climb.
func isOutside(c table.Cluster) bool { return c.Density == 0 && c.Inside == 0 }

// survey reads all structures once, to find the one contour level of all.
// Structures are kept as far as keepAtoms allows.
func (j *job) survey(ctx context.Context) {
	j.bar.message("reading %d structures", len(j.inputs))
	var masses []float64
	group := j.workers()
	for _, in := range j.inputs {
		group.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			file, err := readStructure(in.path, j.bar.message)
			if err != nil {
				in.err = err
				return nil
			}
			s := file.Structure
			in.sum = file.SHA256
			j.mu.Lock()
			defer j.mu.Unlock()
			masses = append(masses, s.Mass(mol.AllAtoms))
			if j.kept += len(s.Atoms); j.kept <= keepAtoms {
				in.structure = s
			}
			return nil
		})
	}
	_ = group.Wait() // faults belong to their inputs
	if len(masses) > 0 {
		j.level = j.target.Level(masses...)
	}
}

// workers returns a group as wide as the processors that may be used.
func (j *job) workers() *errgroup.Group {
	g := &errgroup.Group{}
	g.SetLimit(max(1, min(j.threads(), len(j.inputs))))
	return g
}

func (j *job) threads() int {
	if j.opts.Threads > 0 {
		return j.opts.Threads
	}
	return runtime.GOMAXPROCS(0)
}

// fitOne fits one input. An interruption is no fault of the input: what was
// found until then counts.
func (j *job) fitOne(ctx context.Context, in *input, opts fitting.Options, report func(fitting.Progress)) error {
	s, err := j.structure(in)
	if err != nil {
		return err
	}
	atoms, left := s.Count(opts.Atoms)
	if atoms == 0 {
		return &inputError{in.path, fmt.Errorf("no atom takes part (%d atoms; left out: %d of water, %d hydrogens, %d not of the backbone)", len(s.Atoms), left.Water, left.Hydrogens, left.NotBackbone)}
	}
	if j.screens() && opts.Starts > 0 {
		opts.Starts = j.startsFor(opts.Starts, opts.Level, s.Mass(opts.Atoms))
	}
	result, err := j.find(ctx, j.engine, &fitting.Problem{Target: j.target, Structure: s, Options: opts}, report)
	made := j.engine.Info()
	if result != nil {
		made = fitting.MadeBy(j.engine, result.Engine)
	}
	if errors.Is(err, fitting.ErrEmpty) {
		j.bar.message("%s: %v", in.path, err)
		result, err = j.nothing(s, opts), nil
	}
	if result == nil || err != nil && ctx.Err() == nil {
		if err == nil {
			err = errors.New("the engine returned nothing")
		}
		return err
	}
	if result.Note != "" {
		j.bar.message("%s: %s", in.path, result.Note)
	}
	if ctx.Err() != nil && in.row != nil {
		return nil // the first search for it was complete
	}
	if len(j.inputs) == 1 {
		in.structure = s // to be saved without reading it again
	}
	in.engine = made
	in.row = &table.Structure{
		Path: in.path, SHA256: in.sum, Name: s.Name, Atoms: len(s.Atoms), AtomsUsed: result.AtomsUsed,
		LeftOut: table.LeftOut(result.Excluded), Starts: result.Starts,
		RoundsAgreed: result.RoundsAgreed, Engine: made.Name, Kernel: made.Kernel, Note: result.Note, Clusters: table.NewClusters(result.Clusters, j.flags.top),
	}
	if j.hasSession() {
		in.made(result, opts, ctx.Err() != nil)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	t := &j.fits.Seconds
	t.Prepare += result.Seconds.Prepare
	t.Search += result.Seconds.Search
	t.Score += result.Seconds.Score
	j.fits.Map = table.NewMap(j.mapPath, j.mapSum, result.Level, result.Resolution)
	return nil
}

// structure returns the structure of an input, read again if it was not kept.
func (j *job) structure(in *input) (*mol.Structure, error) {
	if in.structure != nil {
		return in.structure, nil
	}
	started := time.Now()
	file, err := readStructure(in.path, j.bar.message)
	if err != nil {
		return nil, err
	}
	in.sum = file.SHA256
	j.mu.Lock()
	j.fits.Seconds.Read += time.Since(started).Seconds()
	j.mu.Unlock()
	return file.Structure, nil
}

// nothing is the result of a fit into a map that has nothing above the level.
func (j *job) nothing(s *mol.Structure, opts fitting.Options) *fitting.Result {
	atoms, left := s.Count(opts.Atoms)
	r := &fitting.Result{
		AtomsUsed: atoms, Excluded: left, Center: s.Centroid(opts.Atoms),
		Level:      j.target.Level(s.Mass(mol.AllAtoms)),
		Resolution: volume.Resolution{Value: opts.Resolution, Rule: "stated"},
	}
	if opts.Level != nil {
		r.Level = volume.Level{Value: *opts.Level, Rule: "stated"}
	}
	if opts.Resolution == 0 {
		r.Resolution = j.target.Resolution()
	}
	return r
}

// collect makes the table of what was found. It returns an error if nothing
// could be fitted for other reasons than an interruption.
func (j *job) collect(interrupted bool) error {
	f := j.fits
	var faults []error
	var made []fitting.Info
	for _, in := range j.inputs {
		switch {
		case in.row != nil:
			f.Structures = append(f.Structures, *in.row)
			made = append(made, in.engine)
		case in.err != nil:
			faults = append(faults, in.err)
			f.Unread = append(f.Unread, table.Unread{Path: in.path, Error: in.err.Error()})
		}
	}
	if len(f.Structures) == 0 && len(faults) > 0 && !interrupted {
		if len(j.inputs) == 1 {
			return faults[0]
		}
		return fmt.Errorf("none of %d structures could be fitted, the first because of: %w", len(j.inputs), faults[0])
	}
	f.Rank()
	f.Partial = interrupted
	f.Options = j.opts
	f.Seed = j.opts.Seed
	f.Engine = fitting.MadeBy(j.engine, made...)
	f.Map.Path, f.Map.SHA256 = j.mapPath, j.mapSum
	if j.level.Rule != "" {
		f.Map.Level, f.Map.LevelRule = j.level.Value, j.level.Rule
	}
	f.Seconds.Total = time.Since(j.started).Seconds()
	return nil
}

// input returns the input with that path.
func (j *job) input(path string) *input {
	return j.inputs[slices.IndexFunc(j.inputs, func(in *input) bool { return in.path == path })]
}
