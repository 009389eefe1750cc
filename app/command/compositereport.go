// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"fmt"
	"io"
	"strconv"

	"difffit/app/export"
	"difffit/app/view/palette"
	"difffit/fitting/compose"
	"difffit/fitting/mol"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"difffit/io/script"
	"difffit/io/table"
)

// fill makes the files of --out. Without placements there is no composite.
func (j *compositeJob) fill(dest *destination) {
	t := j.table
	var all []*mol.Structure
	var scene []script.Placed
	colours := palette.Of(j.doc.State())
	for i := range t.Placements {
		p := &t.Placements[i]
		name := export.FileName(t.Structures[p.Structure].Name)
		placed := j.placed(p)
		all = append(all, placed)
		dest.add(fmt.Sprintf("fit_%03d_%s.cif", p.Rank, name), func(w io.Writer) error { return mmcif.Encode(w, placed) })
		original := j.inputs[p.Structure].structure
		path := dest.original(t.Structures[p.Structure].Path, name, ".cif", func(w io.Writer) error { return mmcif.Encode(w, original) })
		scene = append(scene, script.Placed{
			Path: path, Name: fmt.Sprintf("%s copy %d", name, p.Copy), Motion: motionOf(&p.Cluster), Color: colours.Next(p.Structure+1, p.Copy-1),
		})
	}
	shown := j.saveMap(dest)
	if len(all) > 0 {
		dest.add("composite.cif", func(w io.Writer) error { return mmcif.EncodeAll(w, "composite", all) })
	}
	dest.add("fits.csv", t.CSV)
	dest.add("fits.json", t.JSON)
	dest.add("remaining.mrc", func(w io.Writer) error {
		return mrc.Encode(w, j.result.Remaining, export.RemainingOptions(&j.targets, j.doc.State()))
	})
	dest.add("open.cxc", func(w io.Writer) error { return script.ChimeraX(w, j.scene(dest.out, shown, scene)) })
	dest.add(sessionFile, func(w io.Writer) error { return j.writeSession(w, dest.out) })
	dest.add(manifestFile, func(w io.Writer) error { return j.manifest(w, dest.files) })
}

// print writes the result for a person.
func (j *compositeJob) print() error {
	t := j.table
	left := map[int]bool{0: true, 1: true}
	about := [][]string{
		{"map", t.Map.Path},
		{"level", fmt.Sprintf("%.4g  (%s)", t.Map.Level, t.Map.LevelRule)},
		{"resolution", fmt.Sprintf("%.3g Å  (%s)", t.Map.Resolution, t.Map.ResolutionRule)},
	}
	for _, c := range t.Copies {
		s := &t.Structures[c.Structure]
		about = append(about, []string{"structure", fmt.Sprintf("%s: %s; %s, %d starts", s.Name, counted(c), atomsUsed(s), s.Starts)})
	}
	if err := columns(j.out, left, about); err != nil {
		return err
	}
	if err := j.printPlacements(); err != nil {
		return err
	}
	s := t.Seconds
	about = [][]string{
		{"rounds", fmt.Sprintf("%d: %s", t.Rounds, reasons[j.result.Reason])},
		{"seconds", fmt.Sprintf("read %.3f  prepare %.3f  search %.3f  score %.3f  total %.3f", s.Read, s.Prepare, s.Search, s.Score, s.Total)},
		{"engine", t.Engine.String()},
	}
	if !t.Exact {
		about = append(about, []string{"choice", "too many placements compete: the best set found, not proven to be the best"})
	}
	if t.Partial {
		about = append(about, []string{"partial", "interrupted: only what was finished until then"})
	}
	return columns(j.out, left, about)
}

// counted says how many copies are placed, of how many.
func counted(c table.Copies) string {
	if c.Wanted == 0 {
		return fmt.Sprintf("%d placed, as many as are significant", c.Placed)
	}
	return fmt.Sprintf("%d of %d placed", c.Placed, c.Wanted)
}

// reasons say why there were no more rounds.
var reasons = map[compose.Reason]string{
	compose.Complete:    "every copy is placed",
	compose.Exhausted:   "the last one found nothing more that is significant and free of clashes",
	compose.Empty:       "nothing is left above the contour level",
	compose.RoundLimit:  "there may be more behind --max-rounds",
	compose.Interrupted: "interrupted",
}

// printPlacements writes the table of what is placed.
func (j *compositeJob) printPlacements() error {
	head := []string{"#", "structure", "copy", "round", "hits"}
	for _, name := range table.MetricNames() {
		head = append(head, heads[name].title)
	}
	rows := [][]string{append(head, "clash/%")}
	for i := range j.table.Placements {
		p := &j.table.Placements[i]
		row := []string{strconv.Itoa(p.Rank), j.table.Structures[p.Structure].Name, strconv.Itoa(p.Copy), strconv.Itoa(p.Round), strconv.Itoa(p.Hits)}
		for _, name := range table.MetricNames() {
			cell := "–"
			if v, ok := p.Value(name); ok {
				cell = fmt.Sprintf(heads[name].form, heads[name].scale*v)
			}
			row = append(row, cell)
		}
		rows = append(rows, append(row, fmt.Sprintf("%.1f", 100*p.Clash)))
	}
	if len(rows) == 1 {
		_, err := fmt.Fprintln(j.out, "no placement was accepted")
		return err
	}
	return columns(j.out, map[int]bool{1: true}, rows)
}
