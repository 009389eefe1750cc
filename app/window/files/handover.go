// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/theme"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/export"
	"difffit/app/handover"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/window/shell"
	"difffit/fitting/geom"
	"difffit/io/atomicfile"
	"difffit/io/script"
	"difffit/render"
)

// colorings are those of atoms as other programs have them.
var colorings = map[render.Coloring]script.Coloring{
	render.ByChain: script.ByChain, render.ByElement: script.ByElement, render.ByBFactor: script.ByBFactor, render.ByPLDDT: script.ByPLDDT,
}

// look returns how a scene is to look so that it looks like the window.
func (fl *Files) look(s document.State) export.Look {
	l := export.DefaultLook()
	if level, ok := fl.stage.Level(); ok {
		l.Level = &level
	}
	c, size := fl.stage.Viewport().Camera(), fl.stage.Viewport().Size()
	l.Camera = cameraOf(c, float64(size.Width/max(1, size.Height)))
	v, err := view.Decode(fl.stage.WithView(s).View)
	if err != nil { // a number that is none: as it is at first
		return l
	}
	l.Coloring = colorings[v.Coloring]
	if m := v.Maps.Opened(); m != nil {
		l.Map = m.Color
	}
	if set := v.Setting; set != nil {
		l.Copies, l.Dust = set.Painted || v.Coloring != render.Uniform, set.Dust
		if l.Background = set.Ground.Color(); l.Background.A == 0 {
			l.Background = color.NRGBAModel.Convert(theme.Color(theme.ColorNameBackground)).(color.NRGBA)
		}
		l.Map = view.OnGround(l.Map, render.IsDark(l.Background))
	}
	return l
}

// cameraOf returns a point of view whose picture is so many times as wide as it
// is high.
func cameraOf(c render.Camera, wide float64) *script.Camera {
	back := geom.NewRigid(c.Rotation, r3.Vec{}).Apply(r3.Vec{Z: c.Distance})
	angle := 2 * math.Atan(wide*math.Tan(c.FovY/2)) * 180 / math.Pi
	return &script.Camera{Eye: r3.Add(c.Target, back), Rotation: c.Rotation, Angle: angle}
}

// handedOver are the files that another program is to show.
type handedOver struct {
	folder     string
	density    string // path of the map, "" without
	structures []string
	level      float64 // at which the map is shown
}

// handOver writes the files that another program is to show. They stay as long
// as the system keeps what is temporary: the other program may read them again.
func handOver(ctx context.Context, s document.State, look export.Look) (handedOver, error) {
	folder, err := os.MkdirTemp("", "difffit-show-*")
	if err != nil {
		return handedOver{}, err
	}
	o := export.DefaultOptions()
	o.Items, o.Look = []export.Item{export.Scene}, look
	names, err := export.Write(ctx, s, folder, o, nil)
	if err != nil {
		return handedOver{}, errors.Join(err, os.RemoveAll(folder))
	}
	h := handedOver{folder: folder}
	if s.Map != nil {
		h.density = s.Map.Path
	}
	for _, name := range names {
		switch path := filepath.Join(folder, name); {
		case strings.HasPrefix(name, "original_"):
			h.density = path
		case strings.HasPrefix(name, "fit_"):
			h.structures = append(h.structures, path)
		}
	}
	if look.Level != nil {
		h.level = *look.Level
	}
	return h, nil
}

// ShowInChimeraX shows the map and what is placed in a ChimeraX that listens, or
// in one that it starts.
func (fl *Files) ShowInChimeraX() {
	s := fl.sh.Doc.State()
	look, port := fl.look(s), fl.chimeraXPort()
	fl.sh.Run(&shell.Job{Name: "Show in ChimeraX"}, func(ctx context.Context) (func(), error) {
		rest := handover.Rest{Port: port}
		taken, err := rest.Taken(ctx)
		if err != nil {
			if !errors.Is(err, handover.ErrNobody) {
				return nil, err
			}
			return fl.startChimeraX(ctx, s, look, port)
		}
		look.Taken = taken
		h, err := handOver(ctx, s, look)
		if err != nil {
			return nil, err
		}
		said, err := rest.Open(ctx, filepath.Join(h.folder, export.SceneFile))
		if err != nil {
			return nil, err
		}
		return func() {
			if said = strings.TrimSpace(said); said != "" {
				fl.sh.Note("ChimeraX: " + said)
			}
			fl.sh.Say(fmt.Sprintf("Shown in the ChimeraX at port %d (files in %s)", port, h.folder))
		}, nil
	})
}

// startChimeraX starts a ChimeraX with the scene; it will listen.
func (fl *Files) startChimeraX(ctx context.Context, s document.State, look export.Look, port int) (func(), error) {
	program, err := handover.Find(handover.ChimeraX, "")
	if err != nil {
		return nil, fmt.Errorf("no ChimeraX listens at port %d, and none is installed where it is looked for (the PATH and the usual folders). In a ChimeraX that runs, type: remotecontrol rest start port %d. The port is in the preferences", port, port)
	}
	h, err := handOver(ctx, s, look)
	if err != nil {
		return nil, err
	}
	return fl.started(program, h, "--cmd", fmt.Sprintf("remotecontrol rest start port %d", port), filepath.Join(h.folder, export.SceneFile))
}

// ShowInCoot starts a Coot with the map and what is placed.
func (fl *Files) ShowInCoot() {
	s := fl.sh.Doc.State()
	look := fl.look(s)
	fl.sh.Run(&shell.Job{Name: "Show in Coot"}, func(ctx context.Context) (func(), error) {
		program, err := handover.Find(handover.Coot, "")
		if err != nil {
			return nil, errors.New("no Coot is installed where it is looked for (coot or coot-1 in the PATH, and the usual folders)")
		}
		h, err := handOver(ctx, s, look)
		if err != nil {
			return nil, err
		}
		text := ""
		if h.density != "" {
			text = filepath.Join(h.folder, "level.py")
			err := atomicfile.Write(text, func(w io.Writer) error {
				_, err := io.WriteString(w, handover.CootScript(h.level))
				return err
			})
			if err != nil {
				return nil, err
			}
		}
		return fl.started(program, h, handover.CootArgs(h.structures, h.density, text)...)
	})
}

// started starts a program with files, and says so. The log tells when it ends.
func (fl *Files) started(program string, h handedOver, args ...string) (func(), error) {
	name := filepath.Base(program)
	err := handover.Start(program, h.folder, func(err error) {
		text := name + " has ended"
		if err != nil {
			text += ": " + panel.Reason(err)
		}
		fl.sh.Do(func() { fl.sh.Note(text) })
	}, args...)
	if err != nil {
		return nil, err
	}
	return func() {
		fl.sh.Note(program + " " + strings.Join(args, " "))
		fl.sh.Say(fmt.Sprintf("Started %s (files in %s)", name, h.folder))
	}, nil
}

// chimeraXPort returns the port at which a ChimeraX is looked for.
func (fl *Files) chimeraXPort() int {
	if port := fl.sh.App.Preferences().Int(shell.KeyChimeraX); port > 0 {
		return port
	}
	return handover.UsualPort
}
