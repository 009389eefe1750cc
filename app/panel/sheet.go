// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Sheet is what the table shows: its columns and rows, in their order.
type Sheet struct {
	Round  int
	Filter string // as written
	shown  []*column
	rows   []*row
}

// Sheet returns what the table shows; only the selected row if alone is true.
func (r *Results) Sheet(alone bool) Sheet {
	s := Sheet{Round: r.number(), Filter: r.filter.Text, shown: r.table.shown, rows: r.table.rows}
	if !alone {
		return s
	}
	s.rows = nil
	if i := slices.IndexFunc(r.taken, func(q *row) bool { return q.id == r.table.selected }); i >= 0 {
		s.rows = r.taken[i : i+1]
	}
	return s
}

// Len returns the number of rows.
func (s Sheet) Len() int { return len(s.rows) }

// cell writes a value as tables have it: all digits, nothing where there is
// no value.
func cell(v any) string {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return ""
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// word returns one word about a row.
func (r *row) word() string {
	switch {
	case r.accepted:
		return "accepted"
	case r.rejected:
		return "rejected"
	}
	return ""
}

// lines returns the table as text. Behind the number, or the verdict where there
// is none, stands whether a person accepted or rejected it.
func (s Sheet) lines() [][]string {
	status := statusOf(s.shown)
	lines := make([][]string, 1, len(s.rows)+1)
	for _, c := range s.shown {
		lines[0] = append(lines[0], c.name)
		if c == status {
			lines[0] = append(lines[0], "decision")
		}
	}
	for _, r := range s.rows {
		var line []string
		for _, c := range s.shown {
			line = append(line, cell(c.raw(r)))
			if c == status {
				line = append(line, r.word())
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// TSV returns the table for spreadsheets: a line of names, then one for each
// row. Tabs and line ends in words become spaces.
func (s Sheet) TSV() string {
	var b strings.Builder
	for _, line := range s.lines() {
		for i, c := range line {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.Join(strings.Fields(c), " "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// CSV writes the table as RFC 4180 has it.
func (s Sheet) CSV(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.WriteAll(s.lines()); err != nil {
		return fmt.Errorf("table: %w", err)
	}
	return nil
}

// sheetRow is a row in JSON: what is shown, and which placement it is.
type sheetRow struct {
	Round       int            `json:"round"`
	Structure   int            `json:"structure"`
	Cluster     int            `json:"cluster"`
	Decision    string         `json:"decision,omitempty"`
	Pin         int            `json:"pin,omitempty"`
	Values      map[string]any `json:"values"`
	Quaternion  [4]float64     `json:"quaternion"`
	Translation [3]float64     `json:"translation"`
}

// JSON writes the table with the motion of each row; values that are no
// numbers are null.
func (s Sheet) JSON(w io.Writer, program string) error {
	file := struct {
		Format  string              `json:"format"`
		Version int                 `json:"version"`
		Program string              `json:"program"`
		Filter  string              `json:"filter"`
		Columns []map[string]string `json:"columns"`
		Rows    []sheetRow          `json:"rows"`
	}{Format: "difffit.table", Version: 1, Program: program, Filter: s.Filter, Rows: []sheetRow{}}
	for _, c := range s.shown {
		file.Columns = append(file.Columns, map[string]string{"name": c.name, "title": c.title, "meaning": c.help()})
	}
	for _, r := range s.rows {
		q, t := r.Motion.Rotation, r.Motion.Shift
		line := sheetRow{
			Round: r.id.Round, Structure: r.id.Structure, Cluster: r.id.Rank, Decision: r.word(), Pin: r.pin, Values: map[string]any{},
			Quaternion: [4]float64{q.Real, q.Imag, q.Jmag, q.Kmag}, Translation: [3]float64{t.X, t.Y, t.Z},
		}
		for _, c := range s.shown {
			line.Values[c.name] = finite(c.raw(r))
		}
		file.Rows = append(file.Rows, line)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(file)
}

// finite replaces what JSON cannot hold by null.
func finite(v any) any {
	if x, ok := v.(float64); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
		return nil
	}
	return v
}
