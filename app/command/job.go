// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"difffit/app/document"
	"difffit/app/export"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/io/load"
	"difffit/io/table"
)

// job is one run of fit or refine. What it reads and finds is a document, as in
// the window; the files that it writes are exports of that.
type job struct {
	*run
	flags   *fitFlags
	opts    fitting.Options
	start   *geom.Rigid // refine: where the structure is; nil: a search
	engine  fitting.Engine
	started time.Time
	mapPath string
	targets work.Targets
	target  *fitting.Target // the map
	inputs  []*input
	bar     *progress
	doc     *document.Document
	round   int            // of the document, that was found; 0 for none
	ofID    map[int]*input // by structure of the document
	fits    *table.Fits

	mu      sync.Mutex
	reading time.Duration // of structures, summed
}

// input is a structure to be fitted.
type input struct {
	path      string         // as it was given
	sum       string         // SHA-256
	name      string         // of the structure
	atoms     int            // of the structure
	structure *mol.Structure // nil if it is not kept
	err       error          // why it could not be read or fitted
	found     work.Found
}

func (r *run) fit(cmd *cobra.Command, f *fitFlags, args []string, start *geom.Rigid) error {
	j := &job{run: r, flags: f, start: start, started: time.Now(), mapPath: args[0], doc: document.New(), ofID: map[int]*input{}, fits: table.NewFits()}
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
	if err := j.open(); err != nil {
		return err
	}
	read := time.Since(j.started)
	if err := j.search(ctx); err != nil {
		return err
	}
	j.bar.end(ctx.Err() == nil)
	if err := j.tabulate(ctx.Err() != nil, read+j.reading); err != nil {
		return err
	}
	if err := dest.deliver(j.out, delivery{j.fits.JSON, j.print, j.fill}); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return &interruptedError{ctx.Err()}
	case len(j.fits.Rows()) == 0:
		return errNothing
	case j.start != nil && isOutside(j.fits.Structures[0].Clusters[0]):
		return errOutside
	}
	return nil
}

// isOutside tells a placement that no density is at: there was nothing to climb.
func isOutside(c table.Cluster) bool { return c.Density == 0 && c.Inside == 0 }

// open reads the map.
func (j *job) open() error {
	density, err := readMap(j.mapPath, j.bar.message)
	if err != nil {
		return err
	}
	source, err := sourceOf(j.mapPath, density.SHA256)
	if err != nil {
		return err
	}
	m := &document.Map{Source: source, Name: load.Name(j.mapPath), Grid: density.Grid, Resolution: density.Resolution()}
	j.target = j.targets.Whole(m)
	if err := j.doc.SetMap(m); err != nil {
		return err
	}
	return j.doc.SetOptions("Options of the command", j.opts)
}

// search fits the structures and adds what was found to the document.
func (j *job) search(ctx context.Context) error {
	subjects := make([]work.Subject, len(j.inputs))
	for i, in := range j.inputs {
		subjects[i] = work.Subject{Name: in.path, Read: func(context.Context) (*mol.Structure, error) { return j.read(in) }}
	}
	fit := work.Fit{
		Engine: j.engine, Target: j.target, Options: j.opts, Start: j.start, Placements: j.hasSession(),
		Report: j.bar.fit, Say: func(text string) { j.bar.message("%s", text) },
	}
	if len(j.inputs) > 1 {
		j.bar.message("reading %d structures", len(j.inputs))
	}
	found, _ := fit.Run(ctx, subjects) // that it was interrupted is known by ctx
	var with []*input                  // of which something is known
	var added []*document.Structure
	for i, in := range j.inputs {
		in.found = found[i]
		if in.err = j.fault(in); in.found.Result == nil {
			continue
		}
		t, err := in.document()
		if err != nil {
			return err
		}
		with, added = append(with, in), append(added, t)
	}
	if err := j.doc.AddStructures(added...); err != nil {
		return err
	}
	return j.add(with)
}

// add adds what was found for some inputs, which are the structures of the
// document, as a round.
func (j *job) add(with []*input) error {
	s := j.doc.State()
	found := make([]work.Found, len(with))
	for i, in := range with {
		found[i] = in.found
		j.ofID[s.Structures[i].ID] = in
	}
	o := work.Collect(s, s.Structures, found, programName(), j.started)
	if len(o.Found.Fits) == 0 {
		return nil
	}
	applied, err := j.doc.Apply(o)
	j.round = applied.Round
	return err
}

// read reads the structure of an input, and says what is odd about it once.
func (j *job) read(in *input) (*mol.Structure, error) {
	began := time.Now()
	say := j.bar.message
	if in.sum != "" {
		say = func(string, ...any) {}
	}
	file, err := readStructure(in.path, say)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.reading += time.Since(began)
	if err != nil {
		return nil, err
	}
	in.sum, in.name, in.atoms = file.SHA256, file.Structure.Name, len(file.Structure.Atoms)
	if len(j.inputs) == 1 {
		in.structure = file.Structure // to be saved without reading it again
	}
	return file.Structure, nil
}

// fault returns what is wrong with an input as the command says it.
func (j *job) fault(in *input) error {
	switch err := in.found.Err; {
	case err == nil, errors.Is(err, work.ErrNotSearched):
		return nil
	case errors.Is(err, work.ErrNoAtoms):
		return &inputError{in.path, err}
	default:
		return err
	}
}

// document returns an input as the document has it: what a session refers to.
// Atoms that are not kept are not needed for that.
func (in *input) document() (*document.Structure, error) {
	source, err := sourceOf(in.path, in.sum)
	if err != nil {
		return nil, err
	}
	model := in.structure
	if model == nil {
		model = &mol.Structure{Name: in.name}
	}
	return &document.Structure{Source: source, Model: model, Fit: true}, nil
}

// tabulate makes the table of what was found. It returns an error if nothing
// could be fitted for other reasons than an interruption.
func (j *job) tabulate(interrupted bool, read time.Duration) error {
	var faults []error
	for _, in := range j.inputs {
		if in.err != nil {
			faults = append(faults, in.err)
			j.fits.Unread = append(j.fits.Unread, table.Unread{Path: in.path, Error: in.err.Error()})
		}
	}
	if j.round == 0 && len(faults) > 0 && !interrupted {
		if len(j.inputs) == 1 {
			return faults[0]
		}
		return fmt.Errorf("none of %d structures could be fitted, the first because of: %w", len(j.inputs), faults[0])
	}
	if j.round > 0 {
		s := j.doc.State()
		unread := j.fits.Unread
		j.fits = export.Fits(s, s.Round(j.round), j.flags.top)
		j.fits.Unread = unread
		for i := range j.fits.Structures {
			j.complete(&j.fits.Structures[i])
		}
	}
	f := j.fits
	f.Partial = interrupted
	f.Options, f.Seed = j.opts, j.opts.Seed
	if (f.Engine == fitting.Info{}) {
		f.Engine = j.engine.Info() // nothing was made
	}
	f.Map.Path, f.Map.SHA256 = j.mapPath, j.doc.State().Map.SHA256
	f.Seconds.Read = read.Seconds()
	f.Seconds.Total = time.Since(j.started).Seconds()
	return nil
}

// complete adds to a row what the document does not have: the path as it was
// given, the atoms that were not kept, and why there is no p.
func (j *job) complete(row *table.Structure) {
	in := j.ofID[row.ID]
	row.Path, row.Atoms = in.path, in.atoms
	if why := in.found.Unassessed; why != nil {
		row.Significance = &table.Significance{Reason: why.Error(), NullPlacements: in.found.Sampled}
	}
}
