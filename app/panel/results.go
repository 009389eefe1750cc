// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
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
	// OnTolerance is told what counts as one cluster, also while it is being
	// dragged, and then once when it is done.
	OnTolerance func(shift, angle float64, done bool)
	// OnColumns is told the names of the columns when a person moves one.
	OnColumns func(names []string)
	// OnChoose is called to choose the columns.
	OnChoose func()

	state  document.State
	live   []document.Fit // of a fit that is running, nil if none is
	round  int            // shown
	only   int            // structure shown alone, 0 for all
	all    []*row
	ranked []document.Fit       // that places are of
	places []document.ClusterID // in order

	table     *table
	rounds    *widget.Select
	structure *widget.Select
	filter    *filterEntry
	fault     *widget.Label
	takes     filter
	tolerance *tolerance
	choose    *widget.Button
	tip       *tip
	count     *widget.Label
	empty     *widget.Label
	ids       []int // structures in the choice, after the first
	mute      bool  // while the panel itself changes a choice
}

// NewResults returns an empty table.
func NewResults() *Results {
	r := &Results{table: newTable(), count: widget.NewLabel(""), empty: hint(""), tip: newTip(), fault: widget.NewLabel("")}
	r.tolerance = newTolerance(r.tip)
	r.table.onSelect = func(id document.ClusterID) {
		if r.OnSelect != nil {
			r.OnSelect(id)
		}
	}
	r.table.onSort = r.sortBy
	r.table.onMove = r.moveColumn
	r.table.onHover = r.explain
	r.table.onCell = r.spell
	r.table.onKey = func(k *fyne.KeyEvent) {
		if r.OnKey != nil {
			r.OnKey(k)
		}
	}
	r.tolerance.onChange = func(shift, angle float64, done bool) {
		if r.OnTolerance != nil {
			r.OnTolerance(shift, angle, done)
		}
	}
	r.rounds = widget.NewSelect(nil, r.choseRound)
	r.structure = widget.NewSelect([]string{everything}, r.choseStructure)
	r.structure.PlaceHolder = everything
	r.rounds.PlaceHolder = "No round"
	r.empty.Alignment = fyne.TextAlignCenter
	r.fault.Importance, r.fault.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	r.fault.Hide()
	r.filter = newFilterEntry(r.SetFilter, r.Focus)
	r.choose = widget.NewButtonWithIcon("", theme.ListIcon(), func() {
		if r.OnChoose != nil {
			r.OnChoose()
		}
	})
	r.choose.Importance = widget.LowImportance
	r.ExtendBaseWidget(r)
	r.update()
	return r
}

// CreateRenderer lays the panel out.
func (r *Results) CreateRenderer() fyne.WidgetRenderer {
	top := container.NewVBox(
		container.NewBorder(nil, nil, container.NewHBox(Heading("Clusters"), r.count), container.NewHBox(r.rounds, r.structure)),
		container.NewBorder(nil, nil, nil, r.choose, r.filter),
		r.fault, r.tolerance.row,
	)
	body := container.NewStack(r.table, container.NewBorder(newStrip(r.table), nil, nil, nil), container.NewCenter(container.NewGridWrap(fyne.NewSize(320, 80), r.empty)))
	return widget.NewSimpleRenderer(container.NewStack(container.NewBorder(top, nil, nil, nil, body), r.tip.layer))
}

// explain shows what a column means beside its header; nil ends that.
func (r *Results) explain(c *column, at fyne.CanvasObject) {
	if c == nil {
		r.tip.hide()
		return
	}
	text := c.title + ": " + c.help()
	if c.scale != nil && r.table.bars {
		text += " " + c.scale.tell(c, r.all)
	}
	r.tip.below(at, r, text)
}

// spell shows what the text of a cell is short for; "" ends that.
func (r *Results) spell(text string, at fyne.CanvasObject) {
	if text == "" {
		r.tip.hide()
		return
	}
	r.tip.below(at, r, text)
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

// Shows reports whether a cluster has a row.
func (r *Results) Shows(id document.ClusterID) bool {
	return slices.ContainsFunc(r.table.rows, func(row *row) bool { return row.id == id })
}

// First returns the cluster in the first row.
func (r *Results) First() (document.ClusterID, bool) {
	if len(r.table.rows) == 0 {
		return document.ClusterID{}, false
	}
	return r.table.rows[0].id, true
}

// number returns the round that is shown, or that of a running fit.
func (r *Results) number() int {
	if r.live == nil {
		return r.round
	}
	if n := len(r.state.Rounds); n > 0 {
		return r.state.Rounds[n-1].Number + 1
	}
	return 1
}

// update makes the rows anew.
func (r *Results) update() {
	fits, number := r.live, r.number()
	if q := r.state.Round(r.round); fits == nil && q != nil {
		fits = q.Fits
	}
	all := map[document.ClusterID]*row{}
	accepted, marks, pins := r.held()
	names := map[int]string{}
	for _, t := range r.state.Structures {
		names[t.ID] = t.Model.Name
	}
	most := r.largest(fits)
	for _, f := range fits {
		if f.Result == nil {
			continue
		}
		verdict := r.state.DecisionsElsewhere(number, f)
		for _, c := range f.Result.Clusters {
			id := document.ClusterID{Round: number, Structure: f.Structure, Rank: c.Rank}
			q := &row{id: id, name: names[f.Structure], Cluster: c, accepted: accepted[id], pin: pins[id], level: levelOf(f), largest: most}
			if m := marks[id]; m != nil {
				q.rejected, q.note = m.Rejected, m.Note
			}
			if !q.accepted && !q.rejected {
				q.before = verdict(c.Motion)
			}
			all[id] = q
		}
	}
	r.rank(number, fits, all)
	r.table.measure(r.all)
	r.tolerance.set(r.state.Options.ClusterShift, r.state.Options.ClusterAngle)
	r.updateRounds()
	r.updateStructures(fits, names)
	r.arrange()
}

// held returns what is held of clusters; nothing of those of a running fit.
func (r *Results) held() (accepted map[document.ClusterID]bool, marks map[document.ClusterID]*document.Mark, pins map[document.ClusterID]int) {
	accepted, marks, pins = map[document.ClusterID]bool{}, map[document.ClusterID]*document.Mark{}, map[document.ClusterID]int{}
	if r.live != nil {
		return accepted, marks, pins
	}
	for _, a := range r.state.Accepted {
		accepted[a.Cluster] = true
	}
	for _, m := range r.state.Marks {
		marks[m.Cluster] = m
	}
	for i, id := range r.state.Pins() {
		pins[id] = i + 1
	}
	return accepted, marks, pins
}

// rank takes the rows of the fits of a round in the order that fits.csv has,
// which is their place.
func (r *Results) rank(number int, fits []document.Fit, rows map[document.ClusterID]*row) {
	same := slices.EqualFunc(fits, r.ranked, func(a, b document.Fit) bool { return a.Result == b.Result }) // which never changes
	if !same || len(r.places) > 0 && r.places[0].Round != number {
		r.ranked, r.places = slices.Clone(fits), document.Order(number, fits)
	}
	r.all = r.all[:0:0]
	for i, id := range r.places {
		q := rows[id]
		q.place = i + 1
		r.all = append(r.all, q)
	}
}

// arrange filters and sorts the rows and shows them.
func (r *Results) arrange() {
	t := r.table
	t.rows = t.rows[:0:0]
	for _, q := range r.all {
		if (r.only == 0 || q.id.Structure == r.only) && r.takes.takes(q) {
			t.rows = append(t.rows, q)
		}
	}
	sortRows(t.rows, t.order)
	r.count.SetText(r.countText())
	r.empty.SetText(r.emptyText())
	r.empty.Hidden = len(t.rows) > 0
	t.HideSeparators = len(t.rows) == 0 // they would cross out what is said
	t.fit()                             // the titles may have arrows now
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
	case len(r.all) > 0:
		return "No row is taken by the filter. Escape in the filter clears it."
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
	for _, c := range r.table.shown {
		titles = append(titles, c.title)
	}
	return titles
}
