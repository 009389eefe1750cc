// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// plan returns the arguments of each run of go test. listed returns what go
// list prints of the tests of packages: see list.
func plan(args []string, listed func(patterns []string) (string, error)) ([][]string, error) {
	if len(args) == 0 || args[0] != "-fresh" {
		return [][]string{args}, nil
	}
	if len(args) < 2 || strings.HasPrefix(args[1], "-") {
		return nil, errors.New("-fresh: want the path of a package after it")
	}
	mark, args := args[1], args[2:]
	first := slices.IndexFunc(args, func(a string) bool { return !strings.HasPrefix(a, "-") })
	if first < 0 {
		return nil, errors.New("-fresh: want packages, got none")
	}
	flags, patterns := args[:first], args[first:]
	text, err := listed(patterns)
	if err != nil {
		return nil, err
	}
	fresh, rest := sortOut(text, mark)
	var runs [][]string
	if len(rest) > 0 {
		runs = append(runs, slices.Concat(flags, rest))
	}
	if len(fresh) > 0 {
		runs = append(runs, slices.Concat(flags, []string{"-count=1"}, fresh))
	}
	return runs, nil
}

// list prints a line for each package and for each program that tests one, of
// its path and those of all that it is made of.
func list(patterns []string) (string, error) {
	cmd := exec.Command("go", append([]string{"list", "-test", "-f", `{{.ImportPath}}{{range .Deps}} {{.}}{{end}}`}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go list: %w", err)
	}
	return string(out), nil
}

// sortOut finds the packages whose tests are made of mark, too.
func sortOut(listed, mark string) (fresh, rest []string) {
	marked := map[string]bool{}
	var all []string
	for line := range strings.Lines(listed) {
		words := strings.Fields(line)
		if len(words) == 0 || len(words) > 1 && strings.HasPrefix(words[1], "[") {
			continue // a package as it is compiled for a test
		}
		if pkg, isTest := strings.CutSuffix(words[0], ".test"); !isTest {
			all = append(all, pkg)
		} else if slices.Contains(words[1:], mark) {
			marked[pkg] = true
		}
	}
	for _, pkg := range all {
		if marked[pkg] {
			fresh = append(fresh, pkg)
		} else {
			rest = append(rest, pkg)
		}
	}
	return fresh, rest
}
