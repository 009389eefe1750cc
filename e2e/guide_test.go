// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	guidePictures = flag.String("guide", "", "write the pictures of the guide to the folder `DIR`")
	guideLibrary  = flag.String("library", "", "folder `DIR` with the structures of the guide's library")
)

// Size of the guide's pictures in pixels, and how many colours they have.
const (
	guideWidth, guideHeight = 1440, 880
	guideColours            = 160
)

// TestGuide works through the guide as its pages tell it, and makes their
// pictures (make guide). It is no test of its own.
func TestGuide(t *testing.T) {
	if *guidePictures == "" {
		t.Skip("make guide runs it")
	}
	needs(t, "mogrify")
	t.Run("one map", guideOneMap)
	t.Run("in map", guideInMap)
	t.Run("ring", guideRing)
	t.Run("library", guideOfLibrary)
}

// reader starts the program as a reader of the guide does, in a window that
// fills the screen.
func reader(t *testing.T, home string, args ...string) *program {
	t.Helper()
	p := start(t, newScreen(t, guideWidth, guideHeight), home, args...)
	p.fill()
	return p
}

// fill makes the window as large as the screen. Fyne changes its size once more
// when it has begun.
func (p *program) fill() {
	p.t.Helper()
	if size := fmt.Sprintf("%dx%d", guideWidth, guideHeight); !strings.Contains(p.do("xdotool", "getwindowgeometry", p.window), "Geometry: "+size) {
		p.do("xdotool", "windowmove", p.window, "0", "0", "windowsize", "--sync", p.window, fmt.Sprint(guideWidth), fmt.Sprint(guideHeight))
		p.locate()
	}
	p.wait("a window that fills the screen", func(v view) bool {
		at := v.Places["help"]
		if v.Alone {
			at = v.Places["viewport"]
		}
		return at[0]+at[2] > guideWidth-40
	})
}

// picture writes a picture of the guide, once all is drawn. The pointer is put
// where it explains nothing.
func (p *program) picture(name string) string {
	p.t.Helper()
	p.fill()
	p.do("xdotool", "mousemove", fmt.Sprint(guideWidth*4/5), "14")
	p.rest("a picture for "+name, func(v view) bool { return v.Drawn || v.Map == "" })
	path := filepath.Join(*guidePictures, name+".png")
	p.still(path)
	return path
}

// light writes a picture and makes it light, by few colours.
func (p *program) light(name string) {
	p.t.Helper()
	lighten(p, p.picture(name))
}

func lighten(p *program, path string) {
	p.t.Helper()
	p.do("mogrify", "-strip", "-dither", "None", "-colors", fmt.Sprint(guideColours), "-define", "png:compression-level=9", path)
}

// A part is one that the page about the window explains.
type part struct {
	number, place string
	dx, dy        int // from its left upper corner, in pixels
}

// label writes a picture with the numbers of the parts.
func (p *program) label(name string, parts []part) {
	p.t.Helper()
	path := p.picture(name)
	v := p.rest("rest", func(view) bool { return true })
	var draw []string
	for _, q := range parts {
		at := v.Places[q.place]
		if at == [4]int{} {
			p.t.Fatalf("%s is not seen", q.place)
		}
		x, y := p.x+at[0]+q.dx, p.y+at[1]+q.dy
		draw = append(draw, "-fill", "#c2185b", "-stroke", "white", "-strokewidth", "2", "-draw", fmt.Sprintf("circle %d,%d %d,%d", x, y, x+13, y),
			"-fill", "white", "-stroke", "none", "-font", "DejaVu-Sans-Bold", "-pointsize", "16", "-draw", fmt.Sprintf("text %d,%d '%s'", x-5*len(q.number), y+6, q.number))
	}
	p.do("mogrify", append(draw, path)...)
	lighten(p, path)
}

// tab shows a panel of the dock: it is the one with a part of that name.
func (p *program) tab(dx int, shows string) {
	p.t.Helper()
	at := p.rest("rest", func(view) bool { return true }).Places["tabs"]
	p.click(p.x+at[0]+dx, p.y+at[1]+15)
	p.wait(shows, func(v view) bool { return v.Places[shows] != [4]int{} })
}

// stateResolution writes the resolution of the map into the form of the fit.
func (p *program) stateResolution(angstrom string) {
	p.t.Helper()
	p.tab(70, "options.resolution")
	p.press("options.resolution")
	p.keys("ctrl+a")
	p.typed(angstrom + "\t")
}

// saveAs answers the dialog that a key opens with a path.
func (p *program) saveAs(key, path string) {
	p.t.Helper()
	p.keys(key)
	p.rest("a dialog", func(v view) bool { return v.Dialogs == 1 && v.Places["save.path"] != [4]int{} })
	p.still(filepath.Join(p.t.TempDir(), "dialog.png")) // its folder is listed
	p.answer("save.path", path)
	p.rest(path, func(v view) bool { return v.Dialogs == 0 && exists(path) })
}

// guideOneMap is the first page and the second: the demo, in rounds.
func guideOneMap(t *testing.T) {
	dir := t.TempDir()
	p := reader(t, dir)
	p.wait("the first page", func(v view) bool { return v.Places["welcome.demo"] != [4]int{} })
	p.light("start")
	p.press("welcome.demo")
	p.rest("the demo", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	p.keys("ctrl+z")
	p.rest("before its fit", func(v view) bool {
		return v.Rounds == 0 && v.Drawn && len(v.Stands) == 5 && !slices.Contains(v.Stands, "")
	})
	p.press("input.name:1")
	p.light("opened")
	p.stateResolution("6")
	p.light("options")
	p.keys("F5")
	v := p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	t.Logf("the hint says %q, the status %q", v.Hint, v.Status)
	p.tab(25, "inputs.list")
	p.light("fitted")
	p.label("window", []part{
		{"1", "menu.Help", 80, 13},
		{"2", "show.all", -60, 18},
		{"3", "hints.close", -330, 16},
		{"4", "viewport", 60, 300},
		{"5", "histogram", 40, 14},
		{"6", "table", 200, 240},
		{"7", "tabs", 300, 16},
	})
	p.keys("F11")
	p.rest("the picture alone", func(v view) bool { return v.Alone && v.Drawn })
	p.light("alone")
	p.keys("F11")
	p.keys("ctrl+shift+a")
	v = p.rest("what is significant accepted", func(v view) bool { return v.Accepted == 5 && v.Drawn && v.Compose.Explained > 0 })
	t.Logf("the hint says %q", v.Hint)
	p.light("accepted")
	p.saveAs("ctrl+s", filepath.Join(dir, "demo.difffit"))
	p.saveAs("ctrl+shift+r", filepath.Join(dir, "report.html"))
	p.saveAs("ctrl+shift+e", filepath.Join(dir, "complex.cif"))
	guideRounds(t, filepath.Join(dir, "complex.cif"))
}

// simulated makes a map of a structure with the command that the guide names.
func simulated(t *testing.T, structure, resolution, noise, out string) string {
	t.Helper()
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(program, "simulate", structure, "--resolution", resolution, "--noise", noise, "--out", out).CombinedOutput()
	if err != nil {
		t.Fatalf("simulate: %v\n%s", err, said)
	}
	return out
}

// guideRounds takes the complex apart in a map that is not so good.
func guideRounds(t *testing.T, complex string) {
	t.Helper()
	dir := home(t)
	p := reader(t, dir, simulated(t, complex, "10", "0.08", filepath.Join(dir, "complex10.mrc")), filepath.Join(dir, "parts"))
	p.rest("the files", func(v view) bool { return v.Map == "complex10" && len(v.Names) == 5 && v.Drawn })
	p.stateResolution("10")
	p.keys("ctrl+8")
	p.keys("F5")
	v := p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	p.light("round")
	for i := 1; v.Accepted < 5 && i < 5; i++ {
		accepted, rounds := v.Accepted, v.Rounds
		t.Logf("round %d; the hint says %q, the status %q", v.Rounds, v.Hint, v.Status)
		p.keys("ctrl+shift+a")
		v = p.rest("more accepted", func(v view) bool { return v.Accepted > accepted && v.Compose.Explained > 0 && v.Drawn })
		t.Logf("%d accepted; the hint says %q", v.Accepted, v.Hint)
		if v.Accepted == 5 {
			break
		}
		p.keys("F6")
		v = p.rest("another round", func(v view) bool { return v.Rounds > rounds && v.Drawn })
		p.light("next")
	}
	p.light("done")
	t.Logf("the hint says %q, %.1f %% explained", v.Hint, v.Compose.Explained)
}

// guideInMap is the daily job: a model near its place.
func guideInMap(t *testing.T) {
	dir := home(t)
	p := reader(t, dir, filepath.Join(dir, "map.mrc.gz"), filepath.Join(dir, "parts", "7cfn_R_receptor.cif.gz"))
	p.rest("the files", func(v view) bool { return v.Map == "map" && len(v.Stands) == 1 && v.Stands[0] != "" && v.Drawn })
	p.stateResolution("6")
	p.keys("F5")
	p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	placed := filepath.Join(dir, "receptor.cif")
	p.saveAs("ctrl+e", placed)
	p.kill()

	p = reader(t, dir, filepath.Join(dir, "map.mrc.gz"), placed)
	p.rest("the model where it stands", func(v view) bool { return len(v.Stands) == 1 && v.Stands[0] != "" && v.Drawn })
	p.stateResolution("6")
	p.tab(25, "inputs.list")
	p.press("input.name:1")
	before := p.rest("it is selected", func(v view) bool { return slices.Equal(v.Chosen, []int{1}) && v.Drawn })
	t.Logf("it says %q", before.Stands[0])
	p.keys("m")
	p.rest("models that are moved", func(v view) bool { return v.Moving })
	x, y := p.inPicture(0.5, 0.4)
	p.drag("3", x, y, x+70, y-30)
	p.do("xdotool", "keydown", "shift")
	p.drag("3", x, y, x+50, y+10)
	p.do("xdotool", "keyup", "shift")
	v := p.rest("the model elsewhere", func(v view) bool {
		return v.moved(before, 0) > 3 && strings.HasPrefix(v.Stands[0], "as moved") && v.Drawn
	})
	t.Logf("moved by %.1f Å; it says %q", v.moved(before, 0), v.Stands[0])
	p.light("moved")
	p.keys("F9", "m")
	v = p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && !v.Moving && v.Drawn })
	t.Logf("the status says %q; %q", v.Status, v.Stands[0])
	p.light("infit")
}

// guideRing is a complex with symmetry.
func guideRing(t *testing.T) {
	dir := home(t)
	density, structures := trimer(t, dir)
	p := reader(t, dir, append([]string{density}, structures...)...)
	p.rest("the files", func(v view) bool { return v.Map == "trimer" && len(v.Names) == 2 && v.Drawn })
	p.stateResolution("6")
	p.keys("ctrl+8")
	p.press("more.structure:1")
	p.press("more.structure:1")
	p.rest("three copies", func(v view) bool { return v.says("nanobody: 0 of 3") })
	p.keys("F5")
	v := p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	t.Logf("the hint says %q", v.Hint)
	p.acceptCopies("7cfn_N_nanobody", 2)
	p.rest("two of three", func(v view) bool { return v.says("nanobody: 2 of 3") && v.Drawn })
	p.keys("F8")
	v = p.rest("a proposal", func(v view) bool { return v.Compose.Proposals == 1 && v.Drawn })
	t.Logf("the tree says\n%s", strings.Join(v.Compose.Tree, "\n"))
	p.light("symmetry")
	p.keys("ctrl+shift+a")
	p.rest("it is accepted", func(v view) bool { return v.Compose.Proposals == 0 && v.says("nanobody: 3 of 3") })
	p.keys("ctrl+5")
	p.rest("a preview", func(v view) bool { return v.Compose.Preview && v.Compose.Erased > 0 && v.Drawn })
	p.light("preview")
	p.keys("ctrl+5")
	p.keys("F7")
	p.rest("the rest proposed", func(v view) bool { return v.Compose.Proposals > 0 && v.Drawn })
	p.keys("ctrl+shift+a")
	v = p.rest("all placed", func(v view) bool { return v.says("galpha: 1 of 1") && v.Compose.Proposals == 0 && v.Drawn })
	t.Logf("the hint says %q", v.Hint)
}

// guideOfLibrary asks which of many structures a density is of.
func guideOfLibrary(t *testing.T) {
	if *guideLibrary == "" {
		t.Skip("make guide has a library")
	}
	dir := t.TempDir()
	density := filepath.Join(dir, "unknown.mrc")
	simulated(t, filepath.Join(*guideLibrary, "4CUP.cif.gz"), "6", "0.05", density)
	if err := os.CopyFS(filepath.Join(dir, "library"), os.DirFS(*guideLibrary)); err != nil {
		t.Fatal(err)
	}
	p := reader(t, dir, density, filepath.Join(dir, "library"))
	v := p.rest("the files", func(v view) bool { return v.Map == "unknown" && len(v.Names) > 10 && v.Drawn })
	t.Logf("structures: %s", strings.Join(v.Names, ", "))
	p.stateResolution("6")
	p.keys("F5")
	v = p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	t.Logf("selected %s, the status says %q, the hint %q", v.Selected.Structure, v.Status, v.Hint)
	p.tab(25, "inputs.list")
	p.light("library")
}
