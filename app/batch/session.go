// SPDX-License-Identifier: BSD-3-Clause

package batch

import (
	"io"
	"os"
	"path/filepath"
	"time"

	"difffit/app/document"
	"difffit/app/propose"
	"difffit/fitting"
	"difffit/fitting/mol"
)

// sessionFile is the session that --out has: what was found, to be looked at
// in the window, and to be computed again by replay.
const sessionFile = "session" + document.Ending

// mostInSession is the number of structures up to which there is a session.
const mostInSession = 1000

// programName tells who wrote a session.
func programName() string { return "DiffFit " + Version }

// writeSession writes what was found as a session that is kept in a folder.
func (j *job) writeSession(w io.Writer, folder string) error {
	s, err := j.state()
	if err != nil {
		return err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return err
	}
	return document.Encode(w, s, folder, programName())
}

// hasSession tells whether there is a session of this run: a local optimum is
// no fit that could be repeated, and a large library would be too large.
func (j *job) hasSession() bool { return !j.local && len(j.inputs) <= mostInSession }

// state returns what was found as far as a session refers to it: atoms and
// densities are not needed.
func (j *job) state() (document.State, error) {
	s := document.State{Options: j.opts}
	source, err := sourceOf(j.mapPath, j.mapSum)
	if err != nil {
		return s, err
	}
	s.Map = &document.Map{Source: source}
	round := &document.Round{Number: 1, Engine: j.engine.Info()}
	for _, in := range j.inputs {
		if in.row == nil || in.result == nil {
			continue
		}
		source, err := sourceOf(in.path, in.sum)
		if err != nil {
			return s, err
		}
		id := len(s.Structures) + 1
		s.Structures = append(s.Structures, &document.Structure{ID: id, Source: source, Model: &mol.Structure{Name: in.row.Name}, Fit: true})
		round.Fits = append(round.Fits, j.fitOf(in, id))
	}
	if len(round.Fits) > 0 {
		s.Rounds = []*document.Round{round}
	}
	return s, nil
}

func (j *job) fitOf(in *input, id int) document.Fit {
	o := in.opts
	o.Threads = j.opts.Threads
	return document.Fit{
		Structure: id, Options: o, Result: in.result, Partial: in.partial,
		Program: programName(), Began: j.started.UTC().Truncate(time.Second),
	}
}

// sourceOf tells where an input came from.
func sourceOf(path, sum string) (document.Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return document.Source{}, err
	}
	abs, err := filepath.Abs(path)
	return document.Source{Path: abs, SHA256: sum, Bytes: info.Size()}, err
}

// made notes how the result of an input came about.
func (in *input) made(result *fitting.Result, opts fitting.Options, partial bool) {
	in.result, in.opts, in.partial = result, opts, partial
}

// writeSession writes a composite as a session: the first fit of each
// structure, which was in the whole map, a round with the placements, which are
// accepted, and the layers that take their density out.
func (j *compositeJob) writeSession(w io.Writer, folder string) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	s, err := j.state()
	if err != nil {
		return err
	}
	return document.Encode(w, s, folder, programName())
}

func (j *compositeJob) state() (document.State, error) {
	o := j.opts.Fit
	s := document.State{Options: o}
	source, err := sourceOf(j.mapPath, j.mapSum)
	if err != nil {
		return s, err
	}
	s.Map = &document.Map{Source: source}
	o.Level = &j.result.Level.Value // one for all, as the fits had it
	if o.Resolution == 0 {
		o.Resolution = j.result.Resolution.Value
	}
	first := &document.Round{Number: 1, Engine: j.engine.Info()}
	for i, in := range j.inputs {
		source, err := sourceOf(in.path, in.sum)
		if err != nil {
			return s, err
		}
		s.Structures = append(s.Structures, &document.Structure{
			ID: i + 1, Source: source, Model: &mol.Structure{Name: in.structure.Name}, Fit: true, Copies: j.wanted[i].Copies,
		})
		if found := j.result.Parts[i].First; found != nil {
			r := *found
			r.Level, r.Resolution = j.result.Level, j.result.Resolution // with the rules that they were found by
			first.Fits = append(first.Fits, document.Fit{Structure: i + 1, Options: o, Result: &r, Partial: j.table.Partial})
		}
	}
	placed := &document.Round{
		Number: 2, Engine: first.Engine, Proposed: propose.ByComposite, Basis: j.basis, Fits: propose.Fits(j.basis, j.result, j.table.Partial),
	}
	for _, r := range []*document.Round{first, placed} {
		for i := range r.Fits {
			r.Fits[i].Program, r.Fits[i].Began = programName(), j.started.UTC().Truncate(time.Second)
		}
		if len(r.Fits) > 0 {
			s.Rounds = append(s.Rounds, r)
		}
	}
	for i, p := range j.result.Placements {
		id := document.ClusterID{Round: placed.Number, Structure: p.Part + 1, Rank: p.Copy}
		s.Accepted = append(s.Accepted, &document.Accepted{ID: i + 1, Cluster: id, Structure: p.Part + 1, Placement: p.Placement})
		if i < len(j.result.Layers) {
			s.Layers = append(s.Layers, &document.Layer{
				ID: i + 1, Accepted: i + 1, Structure: p.Part + 1, Motion: p.Motion, Cut: j.result.Layers[i], On: true,
			})
		}
	}
	return s, nil
}
