// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
)

const everything = "All structures"

// Results is the table of clusters with its filters.
type Results struct {
	widget.BaseWidget

	// OnSelect is told the cluster that a person selects.
	OnSelect func(document.ClusterID)
	// OnKey is told the keys that do not move the selection.
	OnKey func(*fyne.KeyEvent)
	// OnArrange is told that the rows or their order have changed.
	OnArrange func()

	state  document.State
	live   []document.Fit // of a fit that is running, nil if none is
	round  int            // shown
	only   int            // structure shown alone, 0 for all
	all    []*row
	table  *table
	rounds *widget.Select
	filter *widget.Select
	count  *widget.Label
	empty  *widget.Label
	ids    []int // structures in the filter, after the first
	mute   bool  // while the panel itself changes a filter
}

// NewResults returns an empty table.
func NewResults() *Results {
	r := &Results{table: newTable(), count: widget.NewLabel(""), empty: hint("")}
	r.table.sorted, r.table.downward = 0, true
	r.table.onSelect = func(id document.ClusterID) {
		if r.OnSelect != nil {
			r.OnSelect(id)
		}
	}
	r.table.onSort = r.SortBy
	r.table.onKey = func(k *fyne.KeyEvent) {
		if r.OnKey != nil {
			r.OnKey(k)
		}
	}
	r.rounds = widget.NewSelect(nil, r.choseRound)
	r.filter = widget.NewSelect([]string{everything}, r.choseStructure)
	r.filter.PlaceHolder = everything
	r.rounds.PlaceHolder = "No round"
	r.empty.Alignment = fyne.TextAlignCenter
	r.ExtendBaseWidget(r)
	r.update()
	return r
}

// CreateRenderer lays the panel out.
func (r *Results) CreateRenderer() fyne.WidgetRenderer {
	top := container.NewBorder(nil, nil, container.NewHBox(heading("Clusters"), r.count), container.NewHBox(r.rounds, r.filter))
	body := container.NewStack(r.table, container.NewCenter(container.NewGridWrap(fyne.NewSize(320, 80), r.empty)))
	return widget.NewSimpleRenderer(container.NewBorder(top, nil, nil, nil, body))
}

// SetState shows the rounds of s. A new round is shown at once.
func (r *Results) SetState(s document.State) {
	last := func(s document.State) int {
		if n := len(s.Rounds); n > 0 {
			return s.Rounds[n-1].Number
		}
		return 0
	}
	if last(s) != last(r.state) || s.Round(r.round) == nil {
		r.round = last(s)
	}
	r.state = s
	r.update()
}

// SetLive shows what a running fit has found so far; nil shows the rounds again.
func (r *Results) SetLive(fits []document.Fit) {
	r.live = fits
	r.update()
}

// SetSelected marks a cluster and shows its round.
func (r *Results) SetSelected(id document.ClusterID) {
	r.table.selected = id
	if !id.IsZero() && r.live == nil && id.Round != r.round && r.state.Round(id.Round) != nil {
		r.round = id.Round
		r.update()
	}
	r.table.Refresh()
	if i := r.table.index(); i >= 0 {
		r.table.reveal(i)
	}
}

// Focus gives the keyboard to the table.
func (r *Results) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.table); c != nil {
		c.Focus(r.table)
	}
}

// Rows returns how many rows are shown and how many clusters there are.
func (r *Results) Rows() (shown, all int) { return len(r.table.rows), len(r.all) }

// First returns the cluster in the first row.
func (r *Results) First() (document.ClusterID, bool) {
	if len(r.table.rows) == 0 {
		return document.ClusterID{}, false
	}
	return r.table.rows[0].id, true
}

// Sorted returns the title of the column that the rows are sorted by, and
// whether the greatest is first.
func (r *Results) Sorted() (title string, downward bool) {
	return columns[r.table.sorted].title, r.table.downward
}

// Table returns the widget with the rows, so that it can be found on the screen.
func (r *Results) Table() fyne.CanvasObject { return r.table }

// ColumnOffset returns where a column begins, in pixels from the left of an
// unscrolled table, and how wide it is.
func (r *Results) ColumnOffset(title string) (x, width float32) {
	for _, c := range columns {
		if c.title == title {
			return x, c.width
		}
		x += c.width + theme.Padding()
	}
	return 0, 0
}

// SortBy sorts by a column; the same again turns the order.
func (r *Results) SortBy(i int) {
	t := r.table
	if i == t.sorted {
		t.downward = !t.downward
	} else {
		t.sorted, t.downward = i, !columns[i].words
	}
	r.arrange()
	if i := t.index(); i >= 0 {
		t.reveal(i)
	} else {
		t.ScrollToTop()
	}
}

// update makes the rows anew.
func (r *Results) update() {
	fits := r.live
	number := r.round
	if fits == nil {
		if q := r.state.Round(r.round); q != nil {
			fits = q.Fits
		}
	} else if n := len(r.state.Rounds); n > 0 {
		number = r.state.Rounds[n-1].Number + 1
	} else {
		number = 1
	}
	r.all = r.all[:0:0]
	accepted := map[document.ClusterID]bool{}
	for _, a := range r.state.Accepted {
		accepted[a.Cluster] = r.live == nil
	}
	names := map[int]string{}
	for _, t := range r.state.Structures {
		names[t.ID] = t.Model.Name
	}
	for _, f := range fits {
		if f.Result == nil {
			continue
		}
		for _, c := range f.Result.Clusters {
			id := document.ClusterID{Round: number, Structure: f.Structure, Rank: c.Rank}
			r.all = append(r.all, &row{
				id: id, name: names[f.Structure], Cluster: c, accepted: accepted[id],
			})
		}
	}
	rank(r.all, len(fits) > 1)
	r.updateRounds()
	r.updateFilter(fits, names)
	r.arrange()
}

// rank gives each row its place: by score within one structure; by
// significance, which compares molecules of different size, among several.
func rank(rows []*row, several bool) {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b *row) int {
		if several {
			return cmp.Or(cmp.Compare(b.SignificanceZ, a.SignificanceZ), cmp.Compare(a.Rank, b.Rank))
		}
		return cmp.Compare(a.Rank, b.Rank)
	})
	for i, q := range sorted {
		q.place = i + 1
	}
}

func (r *Results) updateRounds() {
	var names []string
	selected := ""
	for _, q := range r.state.Rounds {
		names = append(names, fmt.Sprintf("Round %d", q.Number))
		if q.Number == r.round {
			selected = names[len(names)-1]
		}
	}
	if r.live != nil {
		selected = "Running…"
	}
	r.set(r.rounds, names, selected)
}

func (r *Results) updateFilter(fits []document.Fit, names map[int]string) {
	choices := []string{everything}
	r.ids = r.ids[:0]
	selected, there := everything, false
	for _, f := range fits {
		choices = append(choices, fmt.Sprintf("%s (%d)", names[f.Structure], f.Structure))
		r.ids = append(r.ids, f.Structure)
		if f.Structure == r.only {
			selected, there = choices[len(choices)-1], true
		}
	}
	if !there {
		r.only = 0
	}
	r.set(r.filter, choices, selected)
}

// set changes a choice without being told of it.
func (r *Results) set(s *widget.Select, options []string, selected string) {
	if slices.Equal(s.Options, options) && s.Selected == selected {
		return
	}
	r.mute = true
	s.Options = options
	s.Selected = selected
	s.Refresh()
	r.mute = false
}

func (r *Results) choseRound(string) {
	i := r.rounds.SelectedIndex()
	if r.mute || r.live != nil || i < 0 || i >= len(r.state.Rounds) {
		return
	}
	r.round = r.state.Rounds[i].Number
	r.update()
}

func (r *Results) choseStructure(string) {
	if r.mute {
		return
	}
	r.only = 0
	if i := r.filter.SelectedIndex() - 1; i >= 0 && i < len(r.ids) {
		r.only = r.ids[i]
	}
	r.arrange()
}

// arrange filters and sorts the rows and shows them.
func (r *Results) arrange() {
	t := r.table
	t.rows = t.rows[:0:0]
	for _, q := range r.all {
		if r.only == 0 || q.id.Structure == r.only {
			t.rows = append(t.rows, q)
		}
	}
	compare := columns[t.sorted].compare
	slices.SortStableFunc(t.rows, func(a, b *row) int {
		c := compare(a, b)
		if t.downward {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(a.place, b.place))
	})
	r.count.SetText(r.countText())
	r.empty.SetText(r.emptyText())
	r.empty.Hidden = len(t.rows) > 0
	t.Refresh()
	if r.OnArrange != nil {
		r.OnArrange()
	}
}

func (r *Results) countText() string {
	if shown, all := r.Rows(); shown != all {
		return fmt.Sprintf("%s of %s", grouped(shown), grouped(all))
	} else if all > 0 {
		return grouped(all)
	}
	return ""
}

func (r *Results) emptyText() string {
	switch {
	case r.live != nil:
		return "Searching; the first placements appear here soon."
	case r.round != 0:
		return "Nothing was found. Try a lower contour level, more starts, or another structure."
	case r.state.Map == nil:
		return "Placements that a fit finds are listed here. Open a map and a structure first."
	case len(r.state.Fitted()) == 0:
		return "Placements that a fit finds are listed here. Add a structure, then press Fit."
	}
	return "Placements that a fit finds are listed here. Press Fit."
}

// Titles returns the titles of the columns, from the left.
func (r *Results) Titles() []string {
	var titles []string
	for _, c := range columns {
		titles = append(titles, c.title)
	}
	return titles
}
