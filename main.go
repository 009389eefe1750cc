// SPDX-License-Identifier: BSD-3-Clause

// Difffit places atomic structures in cryo-EM density maps. With the name of
// a command it does the same as difffit-batch; otherwise it opens the window,
// with the files that are named.
package main

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"os"

	"github.com/spf13/cobra"

	"difffit/app/command"
	_ "difffit/app/locale" // before Fyne
	"difffit/app/picture"
	"difffit/app/session"
	"difffit/app/viewport"
	"difffit/app/window"
	"difffit/assets"
	"difffit/cuda"
	"difffit/fitting"
	"difffit/render"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	engines, auto, missing := cuda.Find()
	program := command.Program{
		Name: "difffit",
		About: `Without a command, or with the names of files alone, the window opens:
  difffit [--demo] [--screenshot FILE] [--exit] [FILE...]`,
		Engines: engines, Auto: auto,
		Inputs: session.Files{BuiltIn: assets.BuiltIn},
		Draw:   picture.Reports(drawPictures),
	}
	if missing != nil {
		program.Missing = []command.Missing{{Name: "cuda", Reason: missing.Error()}}
	}
	program.More = []*cobra.Command{picture.Command(program.Inputs, drawPictures)}
	if command.IsCommand(args, program.More...) {
		ctx, stop := command.Signals()
		defer stop()
		return command.Main(ctx, args, os.Stdin, os.Stdout, os.Stderr, program)
	}
	config, err := windowConfig(args, program.Engines)
	if err != nil {
		return 2
	}
	config.Auto = program.Auto
	for _, m := range program.Missing {
		config.Missing = append(config.Missing, m.Name+": "+m.Reason)
	}
	return window.Run(config)
}

// drawPictures draws without a window where that is possible, else in one that
// is never shown.
func drawPictures(s *render.Scene, cameras []render.Camera, w, h int, q render.Quality, each func(i int, m *image.RGBA) error) error {
	ctx, free, err := render.Offscreen()
	if err != nil {
		if windowErr := viewport.Pictures(s, cameras, w, h, q, each); windowErr != nil {
			return errors.Join(err, windowErr)
		}
		return nil
	}
	defer free()
	return render.Images(ctx, s, cameras, w, h, q, each)
}

// windowConfig reads the command line of the window. It has said what is wrong
// when it returns an error.
func windowConfig(args []string, engines []fitting.Engine) (window.Config, error) {
	c := window.Config{Engines: engines, Version: command.Version}
	flags := flag.NewFlagSet("difffit", flag.ContinueOnError)
	flags.BoolVar(&c.Demo, "demo", false, "open the demo and fit it")
	flags.StringVar(&c.Screenshot, "screenshot", "", "save a picture of the window to `FILE` (PNG) when all is shown")
	flags.BoolVar(&c.Exit, "exit", false, "end when all is done that was asked for")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: difffit [--demo] [--screenshot FILE] [--exit] [FILE...]   the window\n"+
			"       difffit COMMAND ...   without a window; see difffit --help")
		flags.PrintDefaults()
	}
	for len(args) > 0 { // options may come after files
		if err := flags.Parse(args); err != nil {
			return c, err
		}
		rest := flags.Args()
		if len(rest) == 0 {
			break
		}
		if _, err := os.Stat(rest[0]); err != nil {
			if errors.Is(err, os.ErrNotExist) {
				err = fmt.Errorf("%q is neither a command nor a file", rest[0])
			}
			fmt.Fprintf(os.Stderr, "difffit: %v\nRun 'difffit --help' for the commands.\n", err)
			return c, err
		}
		c.Files = append(c.Files, rest[0])
		args = rest[1:]
	}
	return c, nil
}
