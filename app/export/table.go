// SPDX-License-Identifier: BSD-3-Clause

package export

import (
	"difffit/app/document"
	"difffit/io/table"
)

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
