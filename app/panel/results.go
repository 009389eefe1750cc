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
	// OnMore is told when other rows are selected beside that one.
	OnMore func()
	// OnKey is told the keys that do not move the selection.
	OnKey func(*fyne.KeyEvent)
	// OnMenu asks for the context menu of the selected row, at a place of the
	// window.
	OnMenu func(at fyne.Position)
	// OnTolerance is told what counts as one cluster, also while it is being
	// dragged, and then once when it is done.
	OnTolerance func(shift, angle float64, done bool)
	// OnColumns is told the names of the columns when a person moves one.
	OnColumns func(names []string)
	// OnChoose is called to choose the columns.
	OnChoose func()
	// OnFolding is told where a person has placements folded.
	OnFolding func(Folding)
	// OnRound is told which round is shown, after it was.
	OnRound func(number int)
	// OnResolution is called to change the resolution of the next fit.
	OnResolution func()
	// OnMerging is told whether a person wants the sliders of what is one place.
	OnMerging func(bool)

	state    document.State
	live     []document.Fit // of a fit that is running, nil if none is
	round    int            // shown
	only     int            // structure shown alone, 0 for all
	order    ranking
	found    int    // clusters
	all      []*row // in order of rank
	taken    []*row // those of them that the filter takes
	folding  Folding
	open     map[groupKey]bool    // what is unfolded
	inside   Inside               // what was told last
	occupied []document.ClusterID // places that are, as was told last
	cut      map[int]int          // clusters of the structures of which few have rows: see inSight

	table     *table
	rounds    *widget.Select
	structure *searchSelect
	filter    *filterEntry
	fault     *widget.Label
	takes     filter
	tolerance *tolerance
	title     *widget.Label
	gaps      *gapPlot
	at        *link // the resolution
	choose    *widget.Button
	more      *widget.Button
	tip       *tip
	count     *widget.Label
	empty     *widget.Label
	showAll   *widget.Button // where the filter takes none
	ids       []int          // structures in the choice, after the first
	mute      bool           // while the panel itself changes a choice
}

// NewResults returns an empty table.
func NewResults() *Results {
	r := &Results{
		table: newTable(), count: widget.NewLabel(""), empty: hint(""), tip: newTip(), fault: widget.NewLabel(""),
		folding: FoldLibraries, open: map[groupKey]bool{}, cut: map[int]int{},
	}
	r.tolerance = newTolerance(r.tip)
	r.tolerance.row.Hide()
	r.title, r.count.Truncation = Heading("Placements"), fyne.TextTruncateEllipsis
	r.gaps = newGapPlot(r.choseDot)
	r.at = newLink(r.tip, func() { act(r.OnResolution) })
	r.table.onSelect = func(id document.ClusterID) {
		if r.OnSelect != nil {
			r.OnSelect(id)
		}
	}
	r.table.more.onMore = func() { act(r.OnMore) }
	r.table.onSort = r.sortBy
	r.table.onMove = r.moveColumn
	r.table.onHover = r.explain
	r.table.onCell = r.spell
	r.table.onOpen, r.table.onOpenAll = r.setOpen, r.unfoldAll
	r.table.onMenu = r.showMenu
	r.table.onRowMenu = func(at fyne.Position) {
		if r.OnMenu == nil {
			r.showMenu(at)
			return
		}
		r.OnMenu(at)
	}
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
	r.structure = newSearchSelect(everything, "Find a structure", r.choseStructure)
	r.rounds.PlaceHolder = "No round"
	r.empty.Alignment = fyne.TextAlignCenter
	r.showAll = widget.NewButton("", r.clearFilter)
	r.fault.Importance, r.fault.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	r.fault.Hide()
	r.filter = newFilterEntry(r.SetFilter, r.Focus)
	r.choose = widget.NewButtonWithIcon("", theme.ListIcon(), func() { act(r.OnChoose) })
	r.more = widget.NewButtonWithIcon("", theme.MoreVerticalIcon(), func() {
		r.showMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(r.more).AddXY(0, r.more.Size().Height))
	})
	r.choose.Importance, r.more.Importance = widget.LowImportance, widget.LowImportance
	r.ExtendBaseWidget(r)
	r.update()
	return r
}

// CreateRenderer lays the panel out.
func (r *Results) CreateRenderer() fyne.WidgetRenderer {
	top := container.NewVBox(
		container.NewBorder(nil, nil, r.title, container.NewHBox(r.at, r.rounds), r.count),
		container.NewBorder(nil, nil, nil, container.NewHBox(r.structure, r.choose, r.more), r.filter),
		r.fault, r.tolerance.row, r.gaps,
	)
	body := container.NewStack(r.table, container.NewBorder(newStrip(r.table), nil, nil, nil), r.emptyPage())
	return widget.NewSimpleRenderer(container.NewStack(container.NewBorder(top, nil, nil, nil, body), r.tip.layer))
}

// explain shows what a column means beside its header; nil ends that.
func (r *Results) explain(c *column, at fyne.CanvasObject) {
	if c == nil {
		r.tip.hide()
		return
	}
	text := r.table.heading(c) + ": " + c.help()
	if q := columnOf(r.order.by); c.name == orderColumn && q != nil {
		text += " Here they go by " + q.title + "."
	}
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
	if s.Map == nil && r.state.Map != nil { // what was looked for in it is not what is looked for in another
		r.filter.SetText("")
	}
	if !slices.Equal(s.Rounds, r.state.Rounds) { // ranks may be those of others now
		r.table.more.also = nil
	}
	r.state = s
	r.update()
}

// SetSelected marks a cluster, shows its round, and unfolds it where it is
// folded below the best of its structure.
func (r *Results) SetSelected(id document.ClusterID) {
	r.table.selected = id
	if !r.table.more.also[id] { // another one alone
		r.table.more.also, r.table.more.anchor = nil, document.ClusterID{}
	}
	if !id.IsZero() && r.live == nil && id.Round != r.round && r.state.Round(id.Round) != nil {
		r.round = id.Round
		r.update()
	}
	if r.table.seek(); r.table.stands != nil && r.table.stands.id != id {
		r.open[r.table.stands.group.key] = true
		r.rearrange()
	}
	r.table.Refresh()
	r.gaps.mark(id)
	r.reveal()
}

// choseDot selects a placement that was clicked on in the plot.
func (r *Results) choseDot(id document.ClusterID) {
	r.SetSelected(id)
	if r.OnSelect != nil {
		r.OnSelect(id)
	}
}

// reveal scrolls to the selected row.
func (r *Results) reveal() {
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

// Round returns the number of the round that is shown, or was before a fit runs.
func (r *Results) Round() int { return r.round }

// Rows returns how many rows are shown and how many clusters there are.
func (r *Results) Rows() (shown, all int) { return len(r.table.rows), r.found }

// Shows reports whether a cluster has a row, be it one that is folded.
func (r *Results) Shows(id document.ClusterID) bool {
	return slices.ContainsFunc(r.taken, func(row *row) bool { return row.id == id })
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

// countText says how many placements the filter takes, of how many there are or
// of how many structures they are where each has one row.
func (r *Results) countText() string {
	taken, structures := len(r.taken), 0
	if r.table.grouped {
		taken = 0
		for _, q := range r.table.rows {
			if q.holds() {
				taken, structures = taken+q.group.own+q.group.below, structures+1
			}
		}
	}
	text := grouped(taken)
	switch {
	case r.found == 0:
		return ""
	case taken != r.found:
		text += " of " + grouped(r.found)
	}
	if r.folds() == oneEach {
		text = Plural(structures, "structure") + ", " + text
	}
	return text
}

// updateResolution names the resolution of the fits, on which scores and
// correlations depend.
func (r *Results) updateResolution(fits []document.Fit) {
	text, help := "", ""
	for _, f := range fits {
		switch {
		case f.Result != nil && f.Result.Resolution.Value > 0:
			v := f.Result.Resolution
			if text = fmt.Sprintf("at %s Å", number(v.Value, 1)); v.IsEstimated() {
				text += ", estimated"
			}
			help = fmt.Sprintf("Resolution of the map in this round: %s Å (%s). Scores and correlations depend on it: the map that is simulated has it. Click to state another for the next fit.", number(v.Value, 1), v.Rule)
		case f.Options.Resolution > 0:
			text, help = fmt.Sprintf("at %s Å", number(f.Options.Resolution, 1)), "Resolution of the map in the fit that is running."
		default:
			continue
		}
		break
	}
	if words, _ := r.at.Text(); words != text {
		r.at.SetText(text, help)
	}
}

func (r *Results) emptyText() string {
	switch {
	case len(r.all) > 0:
		return r.hiddenText()
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
