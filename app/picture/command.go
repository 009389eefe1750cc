// SPDX-License-Identifier: BSD-3-Clause

// Package picture has the command that makes a picture of a session, or of a
// map and structures, without a window. It knows neither how a context for
// OpenGL is had nor Fyne.
package picture

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"difffit/app/command"
	"difffit/app/marks"
	"difffit/app/session"
	"difffit/app/view"
	"difffit/io/atomicfile"
	"difffit/render"
)

// A Draw makes a picture from each of several points of view and hands it out.
// It ends when that returns an error.
type Draw func(s *render.Scene, cameras []render.Camera, w, h int, q render.Quality, each func(i int, m *image.RGBA) error) error

// most is the longest edge of a picture, in pixels.
const most = 16384

// options are the flags of the command.
type options struct {
	size, out                 string
	samples, turntable        int
	transparent, ortho, bar   bool
	background, style, colors string
	mapStyle, light           string
	level, opacity            float64
	turnX, turnY, zoom, slab  float64
	near                      float64
	occlusion, silhouettes    float64
	dust                      bool
	width, height             int
	given                     func(flag string) bool
	look                      look
	structures, folders       []string
	file                      string
	marks                     []marks.Mark // over the picture
}

// Command returns the command, which draws with draw.
func Command(inputs session.Files, draw Draw) *cobra.Command {
	var o options
	c := &cobra.Command{
		Use:   "render SESSION|MAP|STRUCTURE [STRUCTURE...] --out FILE.png",
		Short: "Make a picture of a session, or of a map and structures",
		Long: `Make a picture (PNG) of a session, or of a map with structures where they are
in their files, without a window. A session is shown as it was when the window saved
it: point of view, styles, maps and background; options that are given change that. Its
placements are the accepted ones, or the best of the last round if none is.`,
		Args: cobra.ArbitraryArgs,
	}
	f := c.Flags()
	f.StringVar(&o.out, "out", "", "the picture to be written (`FILE`.png)")
	f.StringVar(&o.size, "size", "1920x1080", "width and height in pixels, `WxH`")
	f.IntVar(&o.samples, "samples", 9, "pictures of parts of pixels that are averaged for smooth edges")
	f.BoolVar(&o.transparent, "transparent", false, "leave the background transparent")
	f.StringVar(&o.background, "background", "white", "`COLOR` behind all: white, black or #rrggbb; white or black of a session that says so")
	f.StringVar(&o.style, "style", "cartoon", names("of molecules", view.Styles))
	f.StringVar(&o.colors, "color", "chain", names("of molecules", view.ColoringOptions))
	f.StringVar(&o.mapStyle, "map-style", "surface", names("of the map", view.MapStyleWords))
	f.Float64Var(&o.level, "level", 0, "contour `LEVEL`, in the units of the map (default: that of the session; else as the window shows it first)")
	f.Float64Var(&o.opacity, "opacity", 0.3, "of the surface of the map, 0 to 1")
	f.BoolVar(&o.dust, "dust", false, "show also islands of the map that are too small to be anything")
	f.StringVar(&o.light, "light", "two", names("from the side", view.Lights))
	f.Float64Var(&o.occlusion, "occlusion", 0.8, "how much darker hollows are, 0 to 1")
	f.Float64Var(&o.silhouettes, "silhouettes", 1, "width of the lines around things in pixels, 0 for none")
	f.Float64Var(&o.turnX, "turn-x", 0, "turn the scene about the horizontal axis, in `DEGREES`")
	f.Float64Var(&o.turnY, "turn-y", 0, "turn the scene about the vertical axis before, in `DEGREES`")
	f.Float64Var(&o.zoom, "zoom", 1, "magnification; at 1 everything is seen")
	f.Float64Var(&o.slab, "slab", 0, "show only so many `ÅNGSTRÖM` about the centre of view, 0 for all")
	f.IntVar(&o.turntable, "turntable", 0, "turn the scene once about the vertical axis, in `FRAMES` pictures: FILE_0001.png and so on")
	f.BoolVar(&o.bar, "scale-bar", false, "draw a bar of known length, exact with --orthographic")
	f.Float64Var(&o.near, "near", 0, "show only what of the map is within so many `ÅNGSTRÖM` of the structures, 0 for all")
	f.BoolVar(&o.ortho, "orthographic", false, "parallel projection")
	f.StringArrayVar(&o.folders, "inputs", nil, "look for inputs of the session that are missing in the folder `DIR`, and in those in it")
	c.RunE = func(c *cobra.Command, args []string) error {
		o.given = c.Flags().Changed
		if err := o.check(args); err != nil {
			return command.UsageError(err)
		}
		return o.run(c.Context(), c, inputs, draw)
	}
	return c
}

// check reads the options that are words.
func (o *options) check(args []string) error {
	var errs []error
	if len(args) == 0 {
		errs = append(errs, errors.New("a session, a map or a structure is missing"))
	} else {
		o.file, o.structures = args[0], args[1:]
	}
	if ext := strings.ToLower(filepath.Ext(o.out)); ext != ".png" {
		errs = append(errs, fmt.Errorf("--out is %q, want a name that ends in .png", o.out))
	}
	w, h, _ := strings.Cut(o.size, "x")
	var wrong [2]error
	o.width, wrong[0] = strconv.Atoi(w)
	o.height, wrong[1] = strconv.Atoi(h)
	if errors.Join(wrong[:]...) != nil || o.width < 1 || o.height < 1 || o.width > most || o.height > most {
		errs = append(errs, fmt.Errorf("--size is %q, want as 1920x1080, at most %d", o.size, most))
	}
	if o.samples < 1 || o.samples > render.MostSamples {
		errs = append(errs, fmt.Errorf("--samples is %d, want 1 to %d", o.samples, render.MostSamples))
	}
	for _, x := range []struct {
		name     string
		value    float64
		low, top float64
	}{
		{"opacity", o.opacity, 0, 1},
		{"occlusion", o.occlusion, 0, 1},
		{"silhouettes", o.silhouettes, 0, 20},
		{"zoom", o.zoom, 1e-3, 1e3},
		{"slab", o.slab, 0, 1e6},
		{"near", o.near, 0, 1e4},
		{"turn-x", o.turnX, -3600, 3600},
		{"turn-y", o.turnY, -3600, 3600},
	} {
		if !(x.value >= x.low && x.value <= x.top) {
			errs = append(errs, fmt.Errorf("--%s is %g, want %g to %g", x.name, x.value, x.low, x.top))
		}
	}
	if o.turntable < 0 || o.turntable > MostFrames {
		errs = append(errs, fmt.Errorf("--turntable is %d, want 1 to %d pictures, or 0 for one alone", o.turntable, MostFrames))
	}
	if math.IsNaN(o.level) || math.IsInf(o.level, 0) {
		errs = append(errs, fmt.Errorf("--level is %g, want a number", o.level))
	}
	return errors.Join(append(errs, o.look.read(o))...)
}

// run makes the picture.
func (o *options) run(ctx context.Context, c *cobra.Command, inputs session.Files, draw Draw) error {
	s, err := o.state(ctx, inputs)
	if err != nil {
		return err
	}
	scene, camera, err := o.seen(ctx, s)
	if err != nil {
		return err
	}
	return o.draw(ctx, c, &scene, camera, draw)
}

// draw makes one picture, or those of a turntable.
func (o *options) draw(ctx context.Context, c *cobra.Command, scene *render.Scene, camera render.Camera, draw Draw) error {
	begin := time.Now()
	cameras, paths := []render.Camera{camera}, []string{o.out}
	if o.turntable > 0 {
		cameras, paths = Turntable(cameras[0], o.turntable), Frames(o.out, o.turntable)
	}
	q := render.Quality{Samples: o.samples, Transparent: o.transparent}
	err := draw(scene, cameras, o.width, o.height, q, func(i int, m *image.RGBA) error {
		Marks(m, cameras[i], o.marks)
		if o.bar {
			ScaleBar(m, cameras[i], scene.Background)
		}
		if err := Write(paths[i], m); err != nil {
			return err
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if quiet, err := c.Flags().GetBool("quiet"); err != nil || !quiet {
		name := paths[0]
		if n := len(paths); n > 1 {
			name += " to " + filepath.Base(paths[n-1])
		}
		fmt.Fprintf(c.ErrOrStderr(), "%s: %d×%d pixels, drawn in %.2f s\n", name, o.width, o.height, time.Since(begin).Seconds())
	}
	return nil
}

// Write writes a picture as PNG. The file appears when it is complete.
func Write(path string, m image.Image) error {
	return atomicfile.Write(path, func(w io.Writer) error { return png.Encode(w, m) })
}
