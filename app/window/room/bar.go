// SPDX-License-Identifier: BSD-3-Clause

package room

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Button has an icon, and words that may be left out.
type Button interface {
	fyne.CanvasObject
	SetText(string)
}

// A Worded button may be without its words where there is little room.
type Worded struct {
	Button
	Words string
	full  float32 // width with words
	now   string
}

// A bar is a line of buttons.
type bar struct {
	left, right []fyne.CanvasObject
	worded      []*Worded
	short       float32 // width of a button without words
}

// NewBar returns a line of objects at its left and right. Where there is too
// little room for all words, those of the worded buttons are left out, in the
// order of the list, and their icons stand for them.
func NewBar(left, right []fyne.CanvasObject, worded ...*Worded) *fyne.Container {
	for _, q := range worded {
		q.full, q.now = q.MinSize().Width, q.Words
	}
	b := &bar{left, right, worded, widget.NewButtonWithIcon("", theme.HelpIcon(), nil).MinSize().Width}
	return container.New(b, slices.Concat(left, right)...)
}

// of returns a button as a worded one, nil if it is none.
func (b *bar) of(o fyne.CanvasObject) *Worded {
	for _, q := range b.worded {
		if q.Button == o {
			return q
		}
	}
	return nil
}

// width returns that of an object, of a worded button with some words.
func (b *bar) width(o fyne.CanvasObject, words func(*Worded) string) float32 {
	q := b.of(o)
	switch {
	case q == nil:
		return o.MinSize().Width
	case words(q) == "":
		return b.short
	}
	return q.full
}

// need returns how wide the bar is with some words.
func (b *bar) need(words func(*Worded) string) float32 {
	need := -theme.Padding()
	for _, o := range slices.Concat(b.left, b.right) {
		if o.Visible() {
			need += b.width(o, words) + theme.Padding()
		}
	}
	return need
}

// MinSize is that of a bar without words.
func (b *bar) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(b.need(func(*Worded) string { return "" }), 0)
	for _, o := range objects {
		if o.Visible() {
			size.Height = max(size.Height, o.MinSize().Height)
		}
	}
	return size
}

// Layout decides which buttons have words, and puts all in their places.
func (b *bar) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	next := map[*Worded]string{}
	words := func(q *Worded) string { return next[q] }
	for _, q := range b.worded {
		next[q] = q.Words
	}
	for _, q := range b.worded {
		if b.need(words) > size.Width {
			next[q] = ""
		}
	}
	for _, q := range b.worded {
		if q.now != next[q] {
			q.now = next[q]
			q.SetText(q.now)
		}
	}
	x := float32(0)
	place := func(list []fyne.CanvasObject) {
		for _, o := range list {
			if o.Visible() {
				width := b.width(o, words)
				o.Move(fyne.NewPos(x, 0))
				o.Resize(fyne.NewSize(width, size.Height))
				x += width + theme.Padding()
			}
		}
	}
	place(b.left)
	x = max(x, x+size.Width-b.need(words)) // the rest is at the right
	place(b.right)
}
