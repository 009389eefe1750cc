// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"slices"
	"strings"
	"testing"

	"difffit/app/document"
	"difffit/fitting"
)

// What a round was ranked by has a column, and the number of the row says so.
func TestColumnsOfWhatRanks(t *testing.T) {
	few := screened(3, 4)
	for _, f := range few.Rounds[0].Fits {
		f.Result.Null = &fitting.Null{Placements: 300, Sigma: 0.2, Eta0: 1}
	}
	tests := []struct {
		name  string
		state document.State
		shown []string // of the two
		by    string
	}{
		{"one structure", screened(1, 4), nil, ""},
		{"a few", few, []string{"Null z"}, "Null z"},
		{"a few of which nothing is known", screened(3, 4), nil, "z"},
		{"a library", screened(30, 4), []string{"Library z"}, "Library z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewResults()
			shown(t, r, 760, 400)
			r.SetColumns(everyColumn())
			r.SetState(tt.state)
			var got []string
			for _, title := range r.Titles() {
				if c := columnOf(title); c.known != nil {
					got = append(got, title)
				}
			}
			if !slices.Equal(got, tt.shown) || len(r.Columns()) != len(columns) {
				t.Errorf("shows %q, want %q; %d are chosen", got, tt.shown, len(r.Columns()))
			}
			r.explain(columns[0], r.table)
			waitForTip(t, r.tip)
			if has := strings.Contains(r.Tip(), "Here they go by "+tt.by+"."); has != (tt.by != "") {
				t.Errorf("the tooltip says %q", r.Tip())
			}
			c := columnOf(tt.by)
			if c == nil {
				return
			}
			r.SetFolding(FoldNone)
			r.sortAt(0)
			if !slices.IsSortedFunc(r.table.rows, func(a, b *row) int { return -c.compare(a, b) }) || math.IsNaN(c.value(r.table.rows[0])) {
				t.Errorf("the rows are not in order of %s, first %g", c.title, c.value(r.table.rows[0]))
			}
		})
	}
}

// A column that is moved comes where it is dropped, though some before it are
// not shown.
func TestColumnsMoveBesideHiddenOnes(t *testing.T) {
	r := NewResults()
	shown(t, r, 1000, 400)
	r.SetState(screened(3, 4))
	r.SetColumns([]string{"order", "library_z", "null_z", "score", "inside"})
	if got := r.Titles(); !slices.Equal(got, []string{"#", "Score", "Inside"}) {
		t.Fatalf("shown: %q", got)
	}
	r.moveColumn(2, 1)
	if got := r.Titles(); !slices.Equal(got, []string{"#", "Inside", "Score"}) || len(r.Columns()) != 5 {
		t.Errorf("moved: %q of %q", got, r.Columns())
	}
}

// Each row of the table is written, with what ranked it.
func TestSheetOfFoldedRows(t *testing.T) {
	r := NewResults()
	shown(t, r, 760, 400)
	r.SetState(screened(25, 3))
	r.SetColumns([]string{"order", "structure", "library_z", "null_z"})
	lines := strings.Split(strings.TrimSpace(r.Sheet(false).TSV()), "\n")
	if len(lines) != 26 || lines[0] != "order\tdecision\tstructure\tlibrary_z" {
		t.Errorf("%d lines, %q", len(lines), lines[0])
	}
}

// everyColumn are the names of all columns.
func everyColumn() []string {
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	return names
}
