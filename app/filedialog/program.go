// SPDX-License-Identifier: BSD-3-Clause

package filedialog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// A program asks with a program of the desktop, which writes the paths that
// were chosen and ends with 1 where a person cancelled.
type program struct {
	name, path string
	arguments  func(Question) []string
}

func findZenity(context.Context) Dialog { return findProgram("zenity", zenityArguments) }

func findKDialog(context.Context) Dialog { return findProgram("kdialog", kdialogArguments) }

func findProgram(name string, arguments func(Question) []string) Dialog {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil
	}
	return &program{name, path, arguments}
}

// Name returns the name of the program.
func (p *program) Name() string { return p.name }

// Ask runs the program until it ends, or ctx does.
func (p *program) Ask(ctx context.Context, q Question) ([]string, error) {
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, p.path, p.arguments(q)...)
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("filedialog: %s: %w", p.name, ctx.Err())
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("filedialog: %s: %w: %s", p.name, err, strings.TrimSpace(said.String()))
	}
	var paths []string
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "":
		case !filepath.IsAbs(line):
			return nil, fmt.Errorf("filedialog: %s: says %q, want a path from the root of the disk", p.name, line)
		default:
			paths = append(paths, line)
		}
	}
	return paths, nil
}

// zenityArguments are those of zenity 3 and 4: zenity --help-file-selection.
func zenityArguments(q Question) []string {
	args := []string{"--file-selection", "--title=" + q.Title}
	switch q.Kind {
	case SaveFile:
		args = append(args, "--save", "--confirm-overwrite")
	case OpenFolder:
		args = append(args, "--directory")
	}
	if q.Multiple {
		args = append(args, "--multiple", "--separator=\n")
	}
	if start := q.start(); start != "" {
		args = append(args, "--filename="+start)
	}
	for _, f := range q.Filters {
		patterns := make([]string, len(f.Patterns))
		for i, p := range f.Patterns {
			patterns[i] = folded(p)
		}
		args = append(args, "--file-filter="+f.Name+" | "+strings.Join(patterns, " "))
	}
	return args
}

// kdialogArguments are those of kdialog: kdialog --help. Its filters do not
// mind upper and lower case.
func kdialogArguments(q Question) []string {
	what := map[Kind]string{OpenFiles: "--getopenfilename", SaveFile: "--getsavefilename", OpenFolder: "--getexistingdirectory"}[q.Kind]
	args := []string{"--title", q.Title}
	if q.Multiple {
		args = append(args, "--multiple", "--separate-output")
	}
	start := q.start()
	if start == "" {
		start = "."
	}
	args = append(args, what, start)
	if q.Kind == OpenFolder || len(q.Filters) == 0 {
		return args
	}
	var filters []string
	for _, f := range q.Filters {
		filters = append(filters, f.Name+" ("+strings.Join(f.Patterns, " ")+")")
	}
	return append(args, strings.Join(filters, "\n"))
}
