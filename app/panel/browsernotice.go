// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A notice is a line below the path of a Browser: why what is written cannot be
// taken, with what can be done about it, or the name of a folder to be made.
type notice struct {
	widget.BaseWidget
	b       *Browser
	words   *widget.Label
	name    *PathField
	do      *widget.Button
	folder  string // to be made; "" for the one that is named
	goes    bool   // on with what was wanted when the folder is made
	content *fyne.Container
}

func newNotice(b *Browser) *notice {
	n := &notice{b: b, words: widget.NewLabel(""), do: widget.NewButton("", nil)}
	n.words.Wrapping, n.words.Importance = fyne.TextWrapBreak, widget.WarningImportance
	n.name = NewPathField(n.leave)
	n.name.SetPlaceHolder("Name of the new folder")
	n.name.OnSubmitted = func(string) { n.make() }
	n.do.OnTapped = n.make
	n.do.Importance = widget.HighImportance
	n.content = container.NewBorder(nil, nil, nil, n.do, container.NewStack(n.words, n.name))
	n.ExtendBaseWidget(n)
	n.Hide()
	return n
}

// CreateRenderer shows the line.
func (n *notice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.content) }

// Show gives the line room.
func (n *notice) Show() {
	n.BaseWidget.Show()
	n.makeRoom()
}

// Hide takes it back.
func (n *notice) Hide() {
	if n.Visible() {
		n.BaseWidget.Hide()
		n.makeRoom()
	}
}

func (n *notice) makeRoom() {
	if n.b.body != nil {
		n.b.body.Refresh()
	}
}

// say tells why what is written cannot be taken.
func (n *notice) say(text string) {
	n.words.SetText(text)
	n.words.Show()
	n.name.Hide()
	n.do.Hide()
	n.content.Refresh()
	n.Show()
}

// offer tells that a folder is not there, and offers to make it.
func (n *notice) offer(folder, button string) {
	n.folder, n.goes = folder, true
	n.do.SetText(button)
	n.say("There is no folder " + folder)
	n.do.Show()
	n.Show()
}

// ask asks for the name of a folder to be made.
func (n *notice) ask() {
	n.folder, n.goes = "", false
	n.do.SetText("Make it")
	n.name.SetText("")
	n.say("")
	n.words.Hide()
	n.name.Show()
	n.do.Show()
	n.Show()
}

// leave asks no more.
func (n *notice) leave() {
	n.Hide()
	n.b.focus(n.b.Path)
}

// make has the folder made, of the name that is written if there is no other.
func (n *notice) make() {
	folder := n.folder
	if folder == "" {
		name := strings.TrimSpace(n.name.Text)
		if name == "" {
			return
		}
		folder = filepath.Join(n.b.folder, n.b.Expand(name))
	}
	n.b.OnMake(folder)
}

// askName asks for the name of a folder to be made in the one that is listed.
func (b *Browser) askName() {
	b.notice.ask()
	b.focus(b.notice.name)
}

// SetMade tells that a folder was made, or why not. The panel goes into it, and on
// with what it was made for.
func (b *Browser) SetMade(folder string, fault error) {
	switch {
	case b.closed:
		return
	case fault != nil:
		b.notice.say(fault.Error())
		return
	}
	goes := b.notice.goes
	if goes && folder != b.folder { // the last part of what is written
		b.write(folder, "")
	}
	b.enter(folder)
	b.focus(b.Path)
	if goes {
		b.Done()
	}
}
