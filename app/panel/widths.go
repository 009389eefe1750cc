// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Widths of the texts of columns of words, which are shortened where there is
// no room for all of them.
const (
	leastWords = 66
	mostWords  = 330
	tableEdge  = 8 // at the right, for the bar that scrolls
)

// bold is the wider style of a cell.
var bold = fyne.TextStyle{Bold: true}

// measure finds how wide the texts of the columns are.
func (t *table) measure(rows []*row) {
	t.needs = map[*column]float32{}
	for _, c := range columns {
		for s := range samples(c, rows) {
			t.needs[c] = max(t.needs[c], fyne.MeasureText(s, theme.TextSize(), bold).Width)
		}
	}
	t.fit()
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
	type digits struct {
		negative bool
		decade   float64
	}
	seen := map[digits]bool{}
	for _, r := range rows {
		v := c.value(r)
		size := math.Abs(v)
		if math.IsNaN(v) { // which no map finds
			size = 0
		}
		d := digits{v < 0, math.Floor(math.Log10(size))}
		if !seen[d] || size < 1e-3 && size > 0 || size >= 1e5 {
			seen[d] = true
			list[c.format(v)] = true
		}
	}
	return list
}

// fit gives the columns their widths: numbers what they need, words what is
// left, the first first. Where that is too little, the table scrolls.
func (t *table) fit() {
	t.width = map[*column]float32{}
	room := t.Size().Width - tableEdge
	var words []*column
	for _, c := range t.shown {
		room -= theme.Padding()
		arrow := mark(t.order, c)
		if arrow == "" {
			arrow = "↓"
		}
		title := fyne.MeasureText(c.title+arrow, theme.TextSize(), bold).Width
		if c.words {
			words = append(words, c)
			t.width[c] = max(title, leastWords) + 2*cellPad
		} else {
			t.width[c] = max(title, t.needs[c]) + 2*cellPad
		}
		room -= t.width[c]
	}
	for i, c := range words {
		more := min(t.needs[c], mostWords) + 2*cellPad - t.width[c]
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
