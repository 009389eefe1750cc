// SPDX-License-Identifier: BSD-3-Clause

// Difffit-batch places atomic structures in density maps from the command
// line. It needs no screen and no graphics libraries.
package main

import (
	"os"

	"difffit/app/command"
	"difffit/app/session"
	"difffit/assets"
	"difffit/cuda"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := command.Signals()
	defer stop()
	engines, auto, missing := cuda.Find()
	program := command.Program{
		Name: "difffit-batch", Engines: engines, Auto: auto, Inputs: session.Files{BuiltIn: assets.BuiltIn},
	}
	if missing != nil {
		program.Missing = []command.Missing{{Name: "cuda", Reason: missing.Error()}}
	}
	return command.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, program)
}
