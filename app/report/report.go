// SPDX-License-Identifier: BSD-3-Clause

// Package report writes what was found as one HTML file that needs nothing
// else: tables, pictures, options, and where everything comes from. It opens
// in any browser, without a network. It knows neither windows nor how the
// pictures that it is given were drawn.
package report

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	"image/png"
	"io"
	"runtime"
	"strings"
	"time"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// A Picture is shown in a report.
type Picture struct {
	Title string
	Image image.Image
}

// Options say what a report has besides the state.
type Options struct {
	Program  string    // name and version
	Made     time.Time // now, if zero
	Session  string    // path of the session, "" if there is none
	Pictures []Picture // shown before the projections
	// Rows is how many placements of each fit are listed; 0 for 20.
	Rows int
}

const usualRows = 20

//go:embed report.html
var text string

// page is parsed at first use: what does not make reports does not pay for it.
func page() (*template.Template, error) { return template.New("report").Parse(text) }

// Write writes a report of s. It takes a while: projections of the map are made.
func Write(w io.Writer, s document.State, o Options) error {
	if o.Made.IsZero() {
		o.Made = time.Now()
	}
	if o.Rows == 0 {
		o.Rows = usualRows
	}
	t, err := page()
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	c := content{Options: o, Title: "Placements", System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version()}
	if s.Map != nil {
		c.Title = s.Map.Name
	}
	if err := c.picture(s); err != nil {
		return err
	}
	c.fill(s)
	if err := c.fillClashes(s); err != nil {
		return err
	}
	if err := t.Execute(w, c); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// picture makes the figures. The report begins with the pictures that it was
// given, else with projections of the map.
func (c *content) picture(s document.State) error {
	figures := func(list []Picture) ([]figure, error) {
		var made []figure
		for _, p := range list {
			f, err := toFigure(p)
			if err != nil {
				return nil, fmt.Errorf("report: %s: %w", p.Title, err)
			}
			made = append(made, f)
		}
		return made, nil
	}
	var err error
	if c.Shown, err = figures(c.Pictures); err != nil {
		return err
	}
	if c.Figures, err = figures(projections(s)); err != nil {
		return err
	}
	if len(c.Shown) == 0 {
		c.Shown, c.Figures = c.Figures, nil
	}
	return nil
}

// A figure is a picture as it stands in the page.
type figure struct {
	Title         string
	Width, Height int
	Source        template.URL // the picture itself
}

func toFigure(p Picture) (figure, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, p.Image); err != nil {
		return figure{}, err
	}
	size := p.Image.Bounds().Size()
	source := "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
	return figure{p.Title, size.X, size.Y, template.URL(source)}, nil // made here of a picture
}

// content is what the page shows.
type content struct {
	Options
	Title, System, Go string
	Shown, Figures    []figure // at the beginning, and folded
	Placed            []placedRow
	Chains            bool     // placements have chains that are named otherwise in the composite
	Resolution        string   // of the map in the fits of all Placed; "" where no fit says it, or Resolutions
	Resolutions       bool     // it is not the same of all
	Clashes           []string // of accepted placements
	ClashesKnown      bool     // there are accepted placements to clash
	ScoreMeaning      string
	MapMeaning        string
	Chosen            string // what Placed are
	Fits              []fitTable
	Inputs            []inputRow
	MapFacts          []pair
	Layers            []layerRow
	Settings          []pair
	Metrics           []pair
}

// A pair is a name with what it stands for.
type pair struct{ Name, Value string }

type placedRow struct {
	Order                    int
	Colour                   template.CSS // in the pictures
	Name, From, Chains       string
	Verdict                  string // whether it is right, as far as its numbers tell
	Doubt                    string // why it may not be; "" if the verdict is yes
	Level                    string // contour level of its fit, for Inside
	Resolution               string // of the map in its fit
	ResolutionRule           string // where that is from
	Score, MapCorrelation    string
	Metrics                  []string
	Rows                     [3]string // of the matrix
	Quaternion, Shift, Notes string
}

type fitTable struct {
	Round                                  int
	Name, Level, LevelRule, Resolution     string
	Engine, Program, Took                  string
	Began, Agreed, Note                    string
	Seed                                   uint64
	Starts, Atoms, Places, Shown, LayersOn int
	Partial, Proposed                      bool
	Columns                                []pair
	Rows                                   []fitRow
}

type fitRow struct {
	Place, Hits int
	Decision    string
	Note        string
	InRest      string   // score in what was left of the map
	Metrics     []string // in the map as it was opened
}

type inputRow struct {
	Role, Name, Facts, Path, SHA256 string
	Bytes                           int64
}

type layerRow struct {
	Name, Mode, On string
	Voxels         int
	Volume         string
}

func (c *content) fill(s document.State) {
	c.Metrics = metricMeanings()
	c.fillPlaced(s)
	for _, r := range s.Rounds {
		for _, f := range r.Fits {
			c.Fits = append(c.Fits, fitTableOf(s, r, f, c.Options.Rows))
		}
	}
	c.fillInputs(s)
	for _, l := range s.Layers {
		c.Layers = append(c.Layers, layerRow{
			Name: s.Name(l.Structure), Mode: zeroText(l), On: map[bool]string{true: "on", false: "off"}[l.On],
			Voxels: l.Cut.Voxels, Volume: fmt.Sprintf("%.0f", l.Cut.Volume),
		})
	}
	c.Settings = settings(s.Options)
}

// A Place is a placement that a report shows.
type Place struct {
	Structure int // ID
	Cluster   document.ClusterID
	fitting.Placement
}

// Placed returns the placements that are the result so far, and what they are:
// those that were accepted; else the best of each structure in the last round.
func Placed(s document.State) ([]Place, string) {
	var list []Place
	for _, a := range s.Accepted {
		if s.Structure(a.Structure) != nil {
			list = append(list, Place{a.Structure, a.Cluster, a.Placement})
		}
	}
	if len(list) > 0 {
		return list, "accepted"
	}
	if n := len(s.Rounds); n > 0 {
		for _, f := range s.Rounds[n-1].Fits {
			if cs := f.Result.Clusters; len(cs) > 0 && s.Structure(f.Structure) != nil {
				list = append(list, Place{f.Structure, document.ClusterID{Round: s.Rounds[n-1].Number, Structure: f.Structure, Rank: cs[0].Rank}, cs[0].Placement})
			}
		}
	}
	return list, "not accepted: the best of each structure in the last round"
}

func zeroText(l *document.Layer) string {
	o := l.Cut.Options
	switch {
	case o.Radius > 0 && o.Mode == volume.ZeroDistance:
		return fmt.Sprintf("within %g Å of an atom", o.Radius)
	case o.Mode == volume.ZeroContour:
		return fmt.Sprintf("within %g Å of an atom, and the crust above %.4g", o.Radius, o.Level)
	}
	return strings.TrimSpace(fmt.Sprintf("%s, resolution %.3g Å", o.Mode, o.Resolution))
}
