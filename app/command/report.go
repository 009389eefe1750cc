// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"fmt"
	"slices"
	"strconv"

	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/rank"
	"difffit/io/table"
)

// print writes the result for a person: how the map was taken, the table, and
// how far it can be trusted.
func (j *job) print() error {
	f := j.fits
	about := [][]string{
		{"map", f.Map.Path},
		{"level", fmt.Sprintf("%.4g  (%s)", f.Map.Level, f.Map.LevelRule)},
		{"resolution", fmt.Sprintf("%.3g Å  (%s)", f.Map.Resolution, f.Map.ResolutionRule)},
	}
	if len(f.Structures) == 0 {
		about = about[:1]
	}
	if len(f.Structures) == 1 {
		s := &f.Structures[0]
		about = append(about, []string{"structure", fmt.Sprintf("%s: %s, %d starts", s.Name, atomsUsed(s), s.Starts)})
	} else {
		about = append(about, []string{"structures", fmt.Sprintf("%d of %d%s", len(f.Structures), len(j.inputs), allLeft(f.Structures))})
	}
	left := map[int]bool{0: true, 1: true}
	if err := columns(j.out, left, about); err != nil {
		return err
	}
	if err := j.printRows(); err != nil {
		return err
	}
	t := f.Seconds
	about = [][]string{
		{"rounds", j.agreement()},
		{"seconds", fmt.Sprintf("read %.3f  prepare %.3f  search %.3f  score %.3f  total %.3f", t.Read, t.Prepare, t.Search, t.Score, t.Total)},
		{"ranked by", string(f.RankedBy)},
		{"chance", j.chanceOfFirst()},
		{"engine", f.Engine.String()},
	}
	about = slices.DeleteFunc(about, func(line []string) bool { return line[1] == "" })
	if f.Partial {
		about = append(about, []string{"partial", "interrupted: only what was finished until then"})
	}
	if err := columns(j.out, left, about); err != nil {
		return err
	}
	for _, u := range f.Unread {
		j.bar.message("not fitted: %v", u.Error)
	}
	if n := len(f.Unread); n > 0 {
		j.bar.message("%d of %d structures could not be read or fitted", n, len(j.inputs))
	}
	return nil
}

// atomsUsed says how many atoms took part, and why the rest did not.
func atomsUsed(s *table.Structure) string {
	text := fmt.Sprintf("%d of %d atoms", s.AtomsUsed, s.Atoms)
	if left := mol.Excluded(s.LeftOut).String(); left != "" {
		text += " (left out: " + left + ")"
	}
	return text
}

// allLeft says which atoms of all structures took no part, nothing if none.
func allLeft(all []table.Structure) string {
	var sum mol.Excluded
	for _, s := range all {
		sum = sum.Add(mol.Excluded(s.LeftOut))
	}
	if left := sum.String(); left != "" {
		return "; atoms left out: " + left
	}
	return ""
}

// heads has the title of each metric in the table, and its form.
var heads = map[string]struct {
	title string
	form  string
	scale float64
}{
	"score":                  {"score", "%.3f", 1},
	"significance_z":         {"z", "%.1f", 1},
	"density":                {"density", "%.4g", 1},
	"overlap":                {"overlap", "%.4g", 1},
	"correlation":            {"corr", "%.3f", 1},
	"correlation_about_mean": {"corr_mean", "%.3f", 1},
	"inside":                 {"inside/%", "%.1f", 100},
	"map_correlation":        {"map_corr", "%.3f", 1},
}

// printRows writes at most --top rows of the table.
func (j *job) printRows() error {
	f, several := j.fits, len(j.fits.Structures) > 1
	head := []string{"#"}
	left := map[int]bool{}
	if several {
		head = append(head, "structure", "place")
		left[1] = true
	}
	head = append(head, "hits")
	for _, name := range table.MetricNames() {
		head = append(head, heads[name].title)
	}
	extra := j.extraColumns()
	for _, c := range extra {
		head = append(head, c.title)
	}
	rows := [][]string{head}
	for _, r := range f.Rows() {
		if j.flags.top > 0 && r.Order > j.flags.top {
			break
		}
		row := []string{strconv.Itoa(r.Order)}
		if several {
			row = append(row, f.Structures[r.Structure].Name, strconv.Itoa(r.Rank))
		}
		row = append(row, strconv.Itoa(r.Hits))
		for _, name := range table.MetricNames() {
			cell := "–"
			if v, ok := r.Value(name); ok {
				cell = fmt.Sprintf(heads[name].form, heads[name].scale*v)
			}
			row = append(row, cell)
		}
		for _, c := range extra {
			cell := "–"
			if v := c.of(r.Cluster); v != nil {
				cell = fmt.Sprintf(c.form, *v)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	if len(rows) == 1 {
		_, err := fmt.Fprintln(j.out, "no placement was found")
		return err
	}
	return columns(j.out, left, rows)
}

// column is one of the table that not every result has.
type column struct {
	title, form string
	of          func(*table.Cluster) *float64
}

// extraColumns returns those that some row has a value for.
func (j *job) extraColumns() []column {
	all := []column{
		{"p", "%.1e", func(c *table.Cluster) *float64 { return c.P }},
		{"null_z", "%.1f", func(c *table.Cluster) *float64 { return c.NullZ }},
		{"library_z", "%.1f", func(c *table.Cluster) *float64 { return c.LibraryZ }},
	}
	switch j.fits.RankedBy {
	case rank.ByNull:
		all = all[:2]
	case rank.ByLibrary:
		all = []column{all[0], all[2]}
	default:
		all = all[:1]
	}
	return slices.DeleteFunc(all, func(c column) bool {
		return !slices.ContainsFunc(j.fits.Rows(), func(r table.Row) bool { return c.of(r.Cluster) != nil })
	})
}

// chanceOfFirst says what p of the first structure rests on, or why there is none.
func (j *job) chanceOfFirst() string {
	if len(j.fits.Structures) == 0 || j.fits.Structures[0].Significance == nil || j.fits.Structures[0].Starts == 0 {
		return ""
	}
	s := j.fits.Structures[0].Significance
	switch {
	case s.Reason != "":
		return "no p: " + s.Reason
	case s.EValue != nil:
		return fmt.Sprintf("p among %d unchosen places of the structure; E %.2g: so many wrong ones as good are expected among %d", s.NullPlacements, *s.EValue, len(j.inputs))
	}
	return fmt.Sprintf("p among %d unchosen places of the structure, which are not independent: a guide", s.NullPlacements)
}

// agreement says whether independent rounds found the same best placement.
func (j *job) agreement() string {
	if j.start != nil {
		return "one local optimum: nothing was searched for"
	}
	if j.opts.Method == fitting.DiffFit {
		return "one round: the method difffit does not compare rounds"
	}
	if len(j.fits.Structures) == 1 && j.fits.Structures[0].Starts == 0 {
		return "" // nothing was searched; why has been told
	}
	agreed := 0
	for _, s := range j.fits.Structures {
		if s.RoundsAgreed {
			agreed++
		}
	}
	switch n := len(j.fits.Structures); {
	case n == 1 && agreed == 1:
		return "agreed: independent rounds found the same best placement"
	case n == 1:
		return "did not agree: look at the map, or give more --starts"
	default:
		return fmt.Sprintf("agreed for %d of %d structures", agreed, n)
	}
}
