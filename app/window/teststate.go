// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"time"

	"fyne.io/fyne/v2"
)

// stateVariable names the environment variable with the path of a file that
// tells tests from outside what the window shows, so that they can wait for a
// state and need not guess how long something takes. After each change the
// file is replaced as a whole by a testState as JSON. Without the variable
// nothing is written.
const stateVariable = "DIFFFIT_TESTSTATE"

// A testState is what tests see. Places are x, y, width and height in pixels
// of the window's inside; widgets that are not visible are left out.
type testState struct {
	Number   int               `json:"number"` // grows with each writing
	Busy     bool              `json:"busy"`   // a job runs, or something is not shown yet
	Job      string            `json:"job"`
	Status   string            `json:"status"`
	Title    string            `json:"title"`
	Dialogs  int               `json:"dialogs"` // dialogs and menus on top
	Map      string            `json:"map"`
	Level    float64           `json:"level"`
	Names    []string          `json:"structures"`
	Rows     int               `json:"rows"` // shown in the table
	AllRows  int               `json:"all_rows"`
	Sorted   string            `json:"sorted"` // column
	Downward bool              `json:"downward"`
	Selected *testCluster      `json:"selected"`
	Rounds   int               `json:"rounds"`
	Accepted int               `json:"accepted"`
	Layers   []testLayer       `json:"layers"`
	Compose  testCompose       `json:"compose"`
	Undo     int               `json:"undo"`
	Redo     int               `json:"redo"`
	UndoItem string            `json:"undo_item"` // of the menu
	RedoItem string            `json:"redo_item"`
	Modified bool              `json:"modified"`
	Drawn    bool              `json:"drawn"`    // the viewport has shown a picture at full quality
	Pictures int               `json:"pictures"` // shown so far
	Hint     string            `json:"hint"`
	Legend   []string          `json:"legend"`     // titles
	Looks    map[string]int    `json:"looks"`      // how things are drawn
	Painted  bool              `json:"painted"`    // the map has the colours of placements
	Values   bool              `json:"values"`     // atoms have the colours of numbers
	Volumes  int               `json:"volumes"`    // maps that are seen
	Behind   [4]uint8          `json:"background"` // of the picture
	Camera   testCamera        `json:"camera"`
	Places   map[string][4]int `json:"widgets"`
	Columns  map[string][4]int `json:"columns"` // headers of the table
	Disabled []string          `json:"disabled"`
	testInspection
}

type testCamera struct {
	Rotation [4]float64 `json:"rotation"`
	Distance float64    `json:"distance"`
	Slab     float64    `json:"slab"` // thickness, 0 for none
	Parallel bool       `json:"parallel"`
}

type testCluster struct {
	Round     int    `json:"round"`
	Structure string `json:"structure"`
	Rank      int    `json:"rank"`
}

type testLayer struct {
	Structure string `json:"structure"`
	On        bool   `json:"on"`
	Voxels    int    `json:"voxels"`
}

// stateFile writes the state.
type stateFile struct {
	path   string
	number int
	queued bool
	last   []byte             // written, but for its number
	widths map[string]float32 // of menus, by title
}

func stateFilePath() string { return os.Getenv(stateVariable) }

// tell writes the state soon, once for several changes in a row.
func (w *window) tell() {
	if w.state.path == "" || w.state.queued {
		return
	}
	w.state.queued = true
	go w.Do(w.writeState)
}

// watch writes the state also when nothing told: Fyne gives widgets their
// places when it draws, and a person changes the size of the window.
func (w *window) watch() {
	if w.state.path == "" || w.Quitting {
		return
	}
	time.AfterFunc(200*time.Millisecond, func() {
		w.Do(func() {
			w.writeState()
			w.watch()
		})
	})
}

func (w *window) writeState() {
	w.state.queued = false
	if w.Quitting || w.state.path == "" {
		return
	}
	t := w.testState()
	same, err := json.Marshal(t)
	if err == nil && bytes.Equal(same, w.state.last) {
		return
	}
	w.state.last = same
	w.state.number++
	t.Number = w.state.number
	data, err := json.MarshalIndent(t, "", " ")
	if err == nil {
		err = os.WriteFile(w.state.path+".part", data, 0o600)
	}
	if err == nil {
		err = os.Rename(w.state.path+".part", w.state.path)
	}
	if err != nil {
		w.state.path = ""
		w.Note("test state: " + err.Error())
	}
}

func (w *window) testState() testState {
	s := w.Doc.State()
	level, _ := w.stage.Level()
	graphics := w.stage.Graphics()
	t := testState{
		Busy: w.Busy() || !w.Settled(), Status: w.Status.Text, Title: w.Title(),
		Dialogs: len(w.Canvas().Overlays().List()), Level: level, Names: []string{},
		Rounds: len(s.Rounds), Accepted: len(s.Accepted), Layers: []testLayer{}, Modified: w.Doc.Modified(),
		Drawn:  graphics.Width > 0 && !graphics.Draft,
		Places: map[string][4]int{}, Columns: map[string][4]int{}, Disabled: []string{},
	}
	if w.Busy() {
		t.Job = w.JobName()
	}
	if s.Map != nil {
		t.Map = s.Map.Name
	}
	for _, q := range s.Structures {
		t.Names = append(t.Names, q.Model.Name)
	}
	for _, l := range s.Layers {
		t.Layers = append(t.Layers, testLayer{s.Name(l.Structure), l.On, l.Cut.Voxels})
	}
	t.Rows, t.AllRows = w.table.Results.Rows()
	t.Sorted, t.Downward = w.table.Results.Sorted()
	t.Undo, t.Redo = w.Doc.Depth()
	t.UndoItem, t.RedoItem = w.menus.undo.Label, w.menus.redo.Label
	if id := w.Doc.Selected(); !id.IsZero() {
		t.Selected = &testCluster{id.Round, s.Name(id.Structure), id.Rank}
	}
	t.testInspection = w.testInspection()
	t.Compose = w.composeState(s)
	w.addPicture(&t)
	w.addPlaces(&t)
	return t
}

// addPlaces tells where widgets are.
func (w *window) addPlaces(t *testState) {
	b := &w.tools
	_, shut := w.help.Hint()
	named := map[string]fyne.CanvasObject{
		"open": b.open, "save": b.save, "undo": b.undo, "redo": b.redo, "fit": b.fit, "accept": b.accept, "zero": b.zero,
		"save.structure": b.saveFit, "save.map": b.saveMap, "show.all": b.frame, "appearance": b.appearance, "help": b.help,
		"viewport": w.stage.View, "table": w.table.Results.Table(), "tabs": w.Tabs,
		"histogram": w.stage.LevelPanel.Histogram(), "level": w.stage.LevelPanel.Entry(), "level.use": w.stage.LevelPanel.UseButton(),
		"hints.close": shut,
	}
	w.addInspection(named)
	maps.Copy(named, w.stage.MapsPanel.Places())
	maps.Copy(named, w.composePlaces())
	maps.Copy(named, w.Named)
	defer func() { slices.Sort(t.Disabled) }()
	scale := w.Canvas().Scale()
	driver := w.App.Driver()
	for name, o := range named {
		if o == nil || !o.Visible() || driver.CanvasForObject(o) == nil {
			continue
		}
		if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
			t.Disabled = append(t.Disabled, name)
		}
		at, size := driver.AbsolutePositionForObject(o), o.Size()
		t.Places[name] = [4]int{int(at.X * scale), int(at.Y * scale), int(size.Width * scale), int(size.Height * scale)}
	}
	w.addMenus(t)
	table := t.Places["table"]
	for _, title := range w.table.Results.Titles() {
		x, width := w.table.Results.ColumnOffset(title)
		t.Columns[title] = [4]int{table[0] + int(x*scale), table[1], int(width * scale), int(24 * scale)}
	}
}
