// SPDX-License-Identifier: BSD-3-Clause

package report

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// worked returns a state whose words would do harm in HTML if they were not
// escaped.
func worked() document.State {
	g := volume.New([3]int{20, 30, 40}, r3.Vec{X: 2, Y: 2, Z: 2}, r3.Vec{X: -5})
	for i := range g.Data {
		g.Data[i] = float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), r3.Vec{X: 15, Y: 30, Z: 40})) / 300))
	}
	m := &mol.Structure{Name: "<script>alert(1)</script>", Model: 1}
	for i := range 5 {
		m.Atoms = append(m.Atoms, mol.Atom{Pos: r3.Vec{X: 10, Y: 25, Z: 30 + 3.8*float64(i)}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: i + 1})
	}
	p := fitting.Placement{Motion: geom.Identity(), Hits: 4, Metrics: fitting.Metrics{Score: 0.625, MapCorrelation: math.NaN()}}
	worse := p
	worse.Score = 0.125
	id := document.ClusterID{Round: 1, Structure: 1, Rank: 1}
	return document.State{
		Map:        &document.Map{Source: document.Source{Path: `/data/a"b.mrc`, SHA256: strings.Repeat("ab", 32), Bytes: 12345}, Name: "density & more", Grid: g},
		Structures: []*document.Structure{{ID: 1, Source: document.Source{Path: "/data/x.cif", SHA256: strings.Repeat("cd", 32), Bytes: 77}, Model: m, Fit: true}},
		Options:    fitting.DefaultOptions(),
		Rounds: []*document.Round{{Number: 1, Fits: []document.Fit{{
			Structure: 1, Options: fitting.DefaultOptions(), Program: "DiffFit 1", Began: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
			Result: &fitting.Result{Engine: fitting.Info{Name: "cpu", Device: "test", Kernel: "go"}, Starts: 512, RoundsAgreed: true, Clusters: []fitting.Cluster{{Rank: 1, Placement: p}, {Rank: 2, Placement: worse}}},
		}}}},
		Accepted: []*document.Accepted{{ID: 1, Cluster: id, Structure: 1, Placement: p}},
		Marks:    []*document.Mark{{Cluster: document.ClusterID{Round: 1, Structure: 1, Rank: 2}, Structure: 1, Rejected: true, Note: "upside <b>down</b>"}},
	}
}

func write(t *testing.T, s document.State, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, s, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReportStandsAlone(t *testing.T) {
	extra := image.NewRGBA(image.Rect(0, 0, 3, 2))
	extra.SetRGBA(1, 1, color.RGBA{200, 10, 20, 255})
	made := time.Date(2026, 11, 26, 16, 0, 0, 0, time.UTC)
	text := write(t, worked(), Options{Program: "DiffFit 1.2", Session: "work.difffit", Made: made, Pictures: []Picture{{"The scene", extra}}})
	for _, want := range []string{
		"DiffFit 1.2", "26 November 2026, 16:00 UTC", "density &amp; more", strings.Repeat("ab", 32), strings.Repeat("cd", 32), "12345",
		`class="l accepted">accepted`, `class="l rejected">rejected`, "upside &lt;b&gt;down", "0.625", "seed 1", "round 1, place 1", "background: rgb(0,158,115)", "2026-01-02 03:04:05 UTC", "kernel go",
		"difffit-batch replay work.difffit", "20 × 30 × 40", "<code>cluster_shift</code></dt><dd>3</dd>", "<code>level</code></dt><dd>suggested by the program",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report has no %q", want)
		}
	}
	bare := regexp.MustCompile(`data:image/png;base64,[^"]+`).ReplaceAllString(text, "")
	for _, never := range []string{"<script", "<b>down", "ZgotmplZ", "NaN", `src="http`, `href="http`, "url(", "@import"} {
		if strings.Contains(bare, never) {
			t.Errorf("the report has %q", never)
		}
	}
	var sizes []image.Point
	for _, m := range regexp.MustCompile(`src="data:image/png;base64,([^"]+)"`).FindAllStringSubmatch(text, -1) {
		data, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(m[1], "&#43;", "+"))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, img.Bounds().Size())
	}
	// Along x one sees y to the right and z upwards, and so on, to one scale: 80 Å
	// are 560 pixels.
	if want := []image.Point{{3, 2}, {420, longest}, {longest, 280}, {280, 420}}; !slices.Equal(sizes, want) {
		t.Errorf("pictures of %v", sizes)
	}
}

func TestReportOfNothing(t *testing.T) {
	text := write(t, document.State{Options: fitting.DefaultOptions()}, Options{Program: "DiffFit"})
	if !strings.Contains(text, "None yet.") || !strings.Contains(text, "Nothing was fitted.") || strings.Contains(text, "<img") {
		t.Error("an empty report does not say that it is")
	}
	s := worked()
	s.Accepted = nil
	if text := write(t, s, Options{Rows: 1}); !strings.Contains(text, "not accepted: the best of each structure") || !strings.Contains(text, "The first 1 of 2.") {
		t.Error("a report without decisions does not say so")
	}
}

// Projections show a chain where it is: the line lies over the density of it.
func TestProjectionShowsTheChainInItsPlace(t *testing.T) {
	s := worked()
	p := newProjection(s.Map.Grid, 0, 0)
	p.trace(s.Structures[0].Model, color.NRGBA{255, 0, 0, 255})
	x, y := p.pixel(r3.Vec{X: 10, Y: 25, Z: 33.8}) // an atom
	if c := p.img.RGBAAt(int(x+0.5), int(y+0.5)); c.R < 200 || c.G > 80 {
		t.Errorf("at an atom the picture is %v, want red", c)
	}
	x, y = p.pixel(r3.Vec{Y: 30, Z: 40}) // the top of the density, along x
	if c, edge := p.img.RGBAAt(int(x), int(y)), p.img.RGBAAt(1, 1); c.G >= edge.G-50 {
		t.Errorf("where the density is the picture is %v, at the edge %v", c, edge)
	}
	if l := p.barLength(); l != 10 { // a fifth of 60 Å is 12
		t.Errorf("the bar is %g Å long, want 10", l)
	}
}

// Copies that a symmetry proposed were not searched for, so no rounds could agree.
func TestProposedRoundsAreNoSearches(t *testing.T) {
	s := worked()
	s.Rounds[0].Proposed, s.Rounds[0].Basis = "symmetry C4", &document.Basis{Symmetry: &document.SymmetryBasis{}}
	s.Rounds[0].Fits[0].Result.RoundsAgreed = false
	text := write(t, s, Options{Program: "DiffFit 1.2"})
	if want := "2 placements; proposed by symmetry C4 and refined in the map, not searched for"; !strings.Contains(text, want) || strings.Contains(text, "independent rounds") {
		t.Errorf("the report has no %q, or judges rounds", want)
	}
}

// What a person sets again is written as it was set, a seed with all its digits.
func TestSettingsAreExact(t *testing.T) {
	o := fitting.DefaultOptions()
	o.Seed, o.ClusterShift = 9007199254740993, 2.5
	got := map[string]string{}
	for _, p := range settings(o) {
		got[p.Name] = p.Value
	}
	for name, want := range map[string]string{
		"seed": "9007199254740993", "cluster_shift": "2.5", "threads": automatic["threads"], "resolution": automatic["resolution"],
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}

// The report begins with the picture, then come what was placed and how sure
// that is, in the whole map wherever it was found; all else is folded.
func TestReportBeginsWithTheResult(t *testing.T) {
	s := worked()
	second := *s.Accepted[0]
	second.ID, second.Placement.Motion.Shift.X = 2, 20
	second.Placement.Score, second.Placement.MapCorrelation = 0.9, 0.95 // in what was left of the map
	second.Placement.Whole = &fitting.Metrics{Score: 0.111, MapCorrelation: 0.222}
	s.Accepted = append(s.Accepted, &second)
	text := write(t, s, Options{Pictures: []Picture{{"The scene", image.NewRGBA(image.Rect(0, 0, 3, 2))}}})
	order := []string{"The scene.", "What was placed", "<details"}
	at := -1
	for _, part := range order {
		i := strings.Index(text, part)
		if i <= at {
			t.Fatalf("%q is not after what goes before it of %q", part, order)
		}
		at = i
	}
	head, rest := text[:at], text[at:]
	for _, want := range []string{">A</td>", "A → B", "yes</td><td>0.625</td><td>–</td>", "doubtful: score 0.111 is below 0.2</td><td>0.111</td><td>0.222</td>"} {
		if !strings.Contains(head, want) {
			t.Errorf("the table of what was placed has no %q", want)
		}
	}
	if strings.Contains(head, "0.900") || strings.Count(text, "Å long") != 2 { // of one picture, and its other text
		t.Error("a score in what was left is shown as that of a placement, or there is not one scale bar")
	}
	if n := strings.Count(rest, "<details"); n != strings.Count(rest, "</details>") || strings.Contains(rest, "<h2") {
		t.Errorf("%d parts are folded, and something is not, or does not end", n)
	}
}

// A placement has the resolution of the fit that found it, whatever another round
// was fitted at or the next will be.
func TestEachPlacementHasItsResolution(t *testing.T) {
	s := worked()
	s.Accepted[0].Cluster = document.ClusterID{Round: 1, Structure: s.Accepted[0].Structure, Rank: 1}
	s.Rounds[0].Fits[0].Result.Resolution = volume.Resolution{Value: 3.66, Rule: "estimated: by hand"}
	second, round := *s.Accepted[0], *s.Rounds[0]
	second.ID, second.Cluster.Round, second.Placement.Motion.Shift.X = 2, 2, 20
	round.Number, round.Fits = 2, slices.Clone(round.Fits)
	result := *round.Fits[0].Result
	result.Resolution = volume.StatedResolution(6.5)
	round.Fits[0].Result = &result
	s.Options.Resolution = 6.5
	if text := write(t, s, Options{}); !strings.Contains(text, "at 3.66 Å (estimated: by hand).") {
		t.Error("the resolution of the one placement is not that of its fit")
	}
	s.Rounds, s.Accepted = append(s.Rounds, &round), append(s.Accepted, &second)
	text := write(t, s, Options{})
	for _, want := range []string{`<td title="estimated: by hand">3.66 Å</td>`, `<td title="stated">6.5 Å</td>`} {
		if !strings.Contains(text, want) {
			t.Errorf("the table of what was placed has no %q", want)
		}
	}
	if strings.Contains(text, "as it was opened, at") {
		t.Error("all placements are said to have one resolution")
	}
}

// Who opens the report sees whether what was accepted clashes, and what with what.
func TestReportTellsClashes(t *testing.T) {
	s := worked()
	s.Rounds[0].Fits[0].Result.Level = volume.Level{Value: 0.0026, Rule: "stated"}
	if text := write(t, s, Options{}); !strings.Contains(text, "<p>Clashes: none</p>") || strings.Contains(text, `id="clashes"`) {
		t.Error("the report does not say that nothing clashes")
	}
	second := *s.Accepted[0]
	second.ID, second.Cluster.Rank, second.Placement.Motion.Shift.X = 2, 2, 1
	s.Accepted = append(s.Accepted, &second)
	text := write(t, s, Options{})
	for _, want := range []string{
		`href="#clashes">Clashes: 1</a>`, "alert(1)&lt;/script&gt; copy 1 with &lt;script&gt;alert(1)&lt;/script&gt; copy 2: 10 atoms nearer than 2.5 Å</li>",
		">Inside at 0.0026 / %</th>", ">Level of Inside</th>", "<td>0.0026</td></tr>",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report has no %q", want)
		}
	}
	s.Accepted = nil
	if text := write(t, s, Options{}); strings.Contains(text, "Clashes") {
		t.Error("the report tells clashes of what is not accepted")
	}
}
