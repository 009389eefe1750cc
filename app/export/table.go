// SPDX-License-Identifier: BSD-3-Clause

package export

import (
	"fmt"

	"difffit/app/document"
	"difffit/io/table"
)

// tables writes what each round found.
func (w *writer) tables() error {
	for _, r := range w.s.Rounds {
		f := Fits(w.s, r, 0)
		name := fmt.Sprintf("fits_%d", r.Number)
		if err := w.add(name+".csv", f.CSV); err != nil {
			return err
		}
		if err := w.add(name+".json", f.JSON); err != nil {
			return err
		}
	}
	return nil
}

// Fits returns what a round of a document found as a table: fits.csv and
// fits.json, with the first top clusters of each structure, all if top is 0.
// Times of reading are not known here, nor what could not be read.
func Fits(s document.State, r *document.Round, top int) *table.Fits {
	f := table.NewFits()
	for i, fit := range r.Fits {
		found := fit.Result
		row := table.Structure{
			ID: fit.Structure, Name: s.Name(fit.Structure), AtomsUsed: found.AtomsUsed, LeftOut: table.LeftOut(found.Excluded), Starts: found.Starts,
			RoundsAgreed: found.RoundsAgreed, Engine: found.Engine.Name, Kernel: found.Engine.Kernel, Note: found.Note, Clusters: table.NewClusters(found.Clusters, top),
		}
		if t := s.Structure(fit.Structure); t != nil {
			row.Path, row.SHA256, row.Atoms = t.Path, t.SHA256, len(t.Model.Atoms)
		}
		if found.Null != nil {
			row.Assess(*found.Null, len(r.Fits))
		}
		f.Structures = append(f.Structures, row)
		f.Partial = f.Partial || fit.Partial
		f.Seconds.Prepare += found.Seconds.Prepare
		f.Seconds.Search += found.Seconds.Search
		f.Seconds.Score += found.Seconds.Score
		if i == 0 {
			f.Options, f.Seed, f.Engine = fit.Options, fit.Options.Seed, document.MadeBy(r.Fits)
			f.Map = table.NewMap("", "", found.Level, found.Resolution)
		}
	}
	if m := s.Map; m != nil {
		f.Map.Path, f.Map.SHA256 = m.Path, m.SHA256
	}
	f.Rank()
	return f
}
