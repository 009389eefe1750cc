// SPDX-License-Identifier: BSD-3-Clause

package room

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Bar is a line of buttons. Where there is too little room for all their
// words, those of some are left out, and their icons stand for them.
type Bar struct {
	left, right []fyne.CanvasObject
	words       map[*widget.Button]string  // which may be left out
	full        map[*widget.Button]float32 // widths with them
	short       fyne.Size                  // of a button without
	order       []*widget.Button           // in which words are left out, the first first
}

// NewBar returns a bar of objects at its left and right. The words of buttons
// that may be without are left out in the order of the list.
func NewBar(left, right []fyne.CanvasObject, wordless ...*widget.Button) *fyne.Container {
	b := &Bar{left, right, map[*widget.Button]string{}, map[*widget.Button]float32{}, widget.NewButtonWithIcon("", theme.HelpIcon(), nil).MinSize(), wordless}
	for _, q := range wordless {
		b.words[q], b.full[q] = q.Text, q.MinSize().Width
	}
	return container.New(b, append(append([]fyne.CanvasObject{}, left...), right...)...)
}

// width returns that of an object, of a button with words or without.
func (b *Bar) width(o fyne.CanvasObject, words bool) float32 {
	q, ok := o.(*widget.Button)
	switch {
	case !ok || b.words[q] == "":
		return o.MinSize().Width
	case words:
		return b.full[q]
	}
	return b.short.Width
}

// MinSize is that of a bar without words.
func (b *Bar) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(-theme.Padding(), b.short.Height)
	for _, o := range objects {
		if o.Visible() {
			size.Width += b.width(o, false) + theme.Padding()
			size.Height = max(size.Height, o.MinSize().Height)
		}
	}
	return size
}

// Layout decides which buttons have words, and puts all in their places.
func (b *Bar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	has := map[fyne.CanvasObject]bool{}
	need := -theme.Padding()
	for _, o := range objects {
		if o.Visible() {
			has[o] = true
			need += b.width(o, true) + theme.Padding()
		}
	}
	for _, q := range b.order {
		if need > size.Width && q.Visible() {
			need += b.short.Width - b.full[q]
			has[q] = false
		}
	}
	for q, words := range b.words {
		if !has[q] {
			words = ""
		}
		if q.Text != words {
			q.SetText(words)
		}
	}
	place := func(list []fyne.CanvasObject, x float32) float32 {
		for _, o := range list {
			if !o.Visible() {
				continue
			}
			width := b.width(o, has[o])
			o.Move(fyne.NewPos(x, 0))
			o.Resize(fyne.NewSize(width, size.Height))
			x += width + theme.Padding()
		}
		return x
	}
	end := place(b.right, place(b.left, 0)) - theme.Padding()
	if free := size.Width - end; free > 0 {
		for _, o := range b.right {
			o.Move(o.Position().AddXY(free, 0))
		}
	}
}
