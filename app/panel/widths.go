// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"slices"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Widths of the texts of columns of words, which are shortened where there is
// no room for all of them.
const (
	leastWords = 66
	leastNames = 96 // of structures of which placements are folded
	fewNames   = 60 // where the last column would be cut off else
	mostWords  = 330
	tableEdge  = 8 // at the right, for the bar that scrolls
)

// bold is the wider style of a cell.
var bold = fyne.TextStyle{Bold: true}

// measure finds how wide the texts of the columns are, and which there are.
// most is the greatest number of placements that are folded below one.
func (t *table) measure(rows []*row, most int) {
	t.needs = map[*column]float32{}
	for _, c := range columns {
		for s := range samples(c, rows) {
			t.needs[c] = max(t.needs[c], fyne.MeasureText(s, theme.TextSize(), bold).Width)
		}
	}
	t.counts = fyne.MeasureText(folded(most), theme.TextSize(), fyne.TextStyle{}).Width
	t.show(rows)
}

// mostWordsMeasured is how many different words of a column are measured;
// beyond, only the longest is.
const mostWordsMeasured = 200

// samples returns texts of a column among which is the widest. They are few, so
// that ten thousand rows are looked through within milliseconds: of numbers of
// one sign and as many digits before the point one is enough, but for those
// that are written with an exponent.
func samples(c *column, rows []*row) map[string]bool {
	list := map[string]bool{}
	if c.format == nil {
		longest, most := "", 0
		for _, r := range rows {
			s := c.text(r)
			if n := utf8.RuneCountInString(s); n > most {
				longest, most = s, n
			}
			if len(list) < mostWordsMeasured {
				list[s] = true
			}
		}
		list[longest] = true
		return list
	}
	var seen [2][]decade // of what is not negative, and of what is
	for _, r := range rows {
		v := c.value(r)
		size, sign := math.Abs(v), 0
		if math.IsNaN(v) { // which no map finds
			size = 0
		}
		if v < 0 {
			sign = 1
		}
		within := func(d decade) bool { return size >= d.from && size < d.to }
		if size < 1e-3 && size > 0 || size >= 1e5 || !slices.ContainsFunc(seen[sign], within) {
			seen[sign] = append(seen[sign], decadeOf(size))
			list[c.format(v)] = true
		}
	}
	return list
}

// A decade are the numbers with as many digits before the point.
type decade struct{ from, to float64 }

func decadeOf(size float64) decade {
	d := decade{0, 1e-3}
	for d.to <= size {
		d.from, d.to = d.to, 10*d.to
	}
	return d
}

// fit gives the columns their widths: numbers what they need, words what is
// left, the first first. Where names would be cut titles are shorter; where there
// is too little even so, what is folded is not counted, then names are shorter, and
// at last the table scrolls.
func (t *table) fit() {
	t.tight, t.narrow = false, false
	words, needs, room := t.least()
	if room < t.wanted(words, needs) {
		t.narrow = true
		words, needs, room = t.least()
	}
	if t.grouped && room < 0 {
		t.tight = true
		words, needs, room = t.least()
	}
	if c := t.foldColumn(); t.grouped && room < 0 {
		less := min(-room, t.width[c]-(fewNames+t.foldWidth()+t.seenWidth(c)+2*cellPad))
		if slices.Contains(words, c) && less > 0 {
			t.width[c] -= less
			room += less
		}
	}
	for i, c := range words {
		more := min(needs[c], mostWords) + 2*cellPad - t.width[c]
		if i == len(words)-1 && c.name == "note" {
			more = room
		}
		if more = min(more, room); more > 0 {
			t.width[c] += more
			room -= more
		}
	}
	for i, c := range t.shown {
		t.SetColumnWidth(i, t.width[c])
	}
}

// wanted returns how much more words want than they have at least.
func (t *table) wanted(words []*column, needs map[*column]float32) (more float32) {
	for _, c := range words {
		more += max(0, min(needs[c], mostWords)+2*cellPad-t.width[c])
	}
	return more
}

// least gives the columns the widths that they have at least. It returns those of
// words, what each would need, and the room that is left.
func (t *table) least() (words []*column, needs map[*column]float32, room float32) {
	t.width, needs = map[*column]float32{}, map[*column]float32{}
	room = t.Size().Width - tableEdge
	status := statusOf(t.shown)
	for _, c := range t.shown {
		room -= theme.Padding()
		title := fyne.MeasureText(t.heading(c)+mark(t.keys(), c), theme.CaptionTextSize(), bold).Width
		least := float32(leastWords)
		needs[c] = t.needs[c]
		if c == status {
			needs[c] += fyne.MeasureText("✓ ", theme.TextSize(), bold).Width
		}
		if t.grouped && c == t.foldColumn() {
			least = min(leastNames, needs[c]) + t.foldWidth()
			needs[c] += t.foldWidth()
		}
		if seen := t.seenWidth(c); seen > 0 {
			least, needs[c] = least+seen, needs[c]+seen
		}
		if c.words && c.name != verdictColumn {
			words = append(words, c)
			t.width[c] = max(title, least) + 2*cellPad
		} else {
			t.width[c] = max(title, needs[c]) + 2*cellPad
		}
		room -= t.width[c]
	}
	return words, needs, room
}

// Resize gives words the room that there is.
func (t *table) Resize(size fyne.Size) {
	before := t.Size().Width
	t.Table.Resize(size)
	if size.Width != before {
		t.fit()
	}
}

// Shorten takes as much out of the middle of a text as is needed to make it
// fit, and puts an ellipsis there: names differ at their ends.
func Shorten(text string, width, size float32, style fyne.TextStyle) string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= width }
	if fits(text) {
		return text
	}
	r := []rune(text)
	low, high := 0, len(r)-1 // runes that are kept
	short := func(n int) string { return string(r[:(n+1)/2]) + "…" + string(r[len(r)-n/2:]) }
	for low < high {
		if mid := (low + high + 1) / 2; fits(short(mid)) {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return short(low)
}
