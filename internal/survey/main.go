// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

// Command survey runs the program on the cases with known answers, with
// several seeds and both methods, and prints the table of docs/performance.md:
//
//	go run ./internal/survey -seeds 20 bin/difffit-batch ../shared/data
//
// With -engine cuda it runs them on the card, and ends when a fit did not. With
// -scores it prints the table of docs/adr/0016-score.md instead, with -zero and
// with -dust those of docs/adr/0020-zeroing.md.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/io/table"
)

func main() {
	seeds := flag.Int("seeds", 20, "runs of each case, with seeds 1, 2, …")
	paper := flag.Int("paper", 5, "runs of each case with the method difffit")
	engine := flag.String("engine", "cpu", "engine of all runs: cpu, cuda or auto")
	only := flag.String("only", "", "part of the names of cases; the others are left out")
	compare := flag.Bool("scores", false, "compare what placements may be ranked by")
	zeroing := flag.Bool("zero", false, "compare ways of zeroing; the program is not run")
	dust := flag.Bool("dust", false, "tell what hiding dust hides; the program is not run")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: survey [-seeds N] [-paper N] [-engine NAME] [-only NAME] [-scores | -zero | -dust] PROGRAM CASES")
		os.Exit(2)
	}
	run := func(program, root string) error { return survey(program, root, *only, *engine, *seeds, *paper) }
	if *compare {
		run = func(program, root string) error { return scores(program, root, *only) }
	}
	if *dust {
		run = func(_, root string) error { return dusts(root, *only) }
	}
	if *zeroing {
		run = func(_, root string) error { return crusts(root, *only) }
	}
	if err := run(flag.Arg(0), flag.Arg(1)); err != nil {
		fmt.Fprintln(os.Stderr, "survey:", err)
		os.Exit(1)
	}
}

func survey(program, root, only, engine string, seeds, paper int) error {
	cases, err := filepath.Glob(filepath.Join(root, "*", "case.json"))
	if err != nil || len(cases) == 0 {
		return fmt.Errorf("no cases in %s", root)
	}
	fmt.Println("| case | unit | right first | starts | CPU s | of it search | wall s | read | prepare | search | score | MB | difffit: right | CPU s | of it search | ratio | of search |")
	fmt.Println(strings.Repeat("|---", 17) + "|")
	var total tally
	for _, path := range cases {
		units, err := readCase(path)
		if err != nil {
			return err
		}
		for _, u := range units {
			if !strings.Contains(u.name, only) {
				continue
			}
			search, err := u.runs(program, seeds, "--engine", engine)
			if err != nil {
				return err
			}
			rest, err := u.runs(program, restRuns, "--engine", engine, "--starts", "1")
			if err != nil {
				return err
			}
			plain, err := u.runs(program, paper, "--engine", engine, "--method", "difffit", "--starts", "1000")
			if err != nil {
				return err
			}
			plainRest, err := u.runs(program, min(paper, restRuns), "--engine", engine, "--method", "difffit", "--starts", "1")
			if err != nil {
				return err
			}
			total.row(u, summary(search), summary(rest), summary(plain), summary(plainRest))
		}
	}
	total.print()
	return nil
}

// restRuns is how many runs with one start tell what of a run is not search.
const restRuns = 3

// tally prints rows and adds them up.
type tally struct {
	right, runs     int
	whole, searches []float64 // ratios of CPU time for equal certainty
}

func (t *tally) row(u *unit, s, rest, p, plainRest medians) {
	t.right += s.right
	t.runs += s.runs
	search, plain := math.Max(0.001, s.cpu-rest.cpu), math.Max(0.001, p.cpu-plainRest.cpu)
	certain := runsForCertainty(p.right, p.runs) / runsForCertainty(s.right, s.runs)
	text := [2]string{"–", "–"} // never right: no ratio
	if p.runs > 0 && s.right > 0 {
		whole, part := p.cpu/s.cpu*certain, plain/search*certain
		text = [2]string{fmt.Sprintf("%.0f", whole), fmt.Sprintf("%.0f", part)}
		t.whole, t.searches = append(t.whole, whole), append(t.searches, part)
	}
	fmt.Printf("| %s | %s | %d/%d | %.0f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.0f | %d/%d | %.2f | %.2f | %s | %s |\n",
		u.name, u.unit, s.right, s.runs, s.starts, s.cpu, search, s.wall, s.seconds.Read, s.seconds.Prepare, s.seconds.Search, s.seconds.Score, s.memory,
		p.right, p.runs, p.cpu, plain, text[0], text[1])
}

func (t *tally) print() {
	fmt.Printf("\nRight at rank 1: %d of %d runs (%.1f %%).", t.right, t.runs, 100*float64(t.right)/float64(max(1, t.runs)))
	if len(t.whole) > 0 {
		fmt.Printf(" Median ratio of CPU for equal certainty: %.0f, of the search alone %.0f.", median(t.whole), median(t.searches))
	}
	fmt.Println()
}

// runsForCertainty is how many runs it takes to be right once with 99 %
// probability when right of n were right; at least one run. It is infinite for 0.
func runsForCertainty(right, n int) float64 {
	switch right {
	case n:
		return 1
	case 0:
		return math.Inf(1)
	}
	return math.Max(1, math.Log(0.01)/math.Log(1-float64(right)/float64(n)))
}

// A run is one process.
type run struct {
	right             bool
	cpu, wall, memory float64 // seconds, seconds, MB
	starts            float64
	seconds           table.Seconds
}

func (u *unit) runs(program string, n int, extra ...string) ([]run, error) {
	tmp, err := os.MkdirTemp("", "survey")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	out := filepath.Join(tmp, "fits.json")
	var runs []run
	for seed := 1; seed <= n; seed++ {
		args := append([]string{
			"fit", u.mapPath, u.start, "--quiet", "--json", out, "--top", "1",
			"--resolution", fmt.Sprint(u.resolution), "--seed", strconv.Itoa(seed),
		}, extra...)
		cmd := exec.Command(program, args...)
		cmd.Stderr = os.Stderr
		start := time.Now()
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("%s: %w", strings.Join(args, " "), err)
		}
		r := run{wall: time.Since(start).Seconds(), cpu: (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()}
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			r.memory = float64(usage.Maxrss) / 1024
		}
		text, err := os.ReadFile(out)
		if err != nil {
			return nil, err
		}
		var fits table.Fits
		if err := json.Unmarshal(text, &fits); err != nil {
			return nil, err
		}
		if note := fits.Structures[0].Note; note != "" {
			return nil, fmt.Errorf("%s: %s", strings.Join(args, " "), note)
		}
		r.seconds, r.starts = fits.Seconds, float64(fits.Structures[0].Starts)
		if len(fits.Structures[0].Clusters) == 0 {
			runs = append(runs, r)
			continue
		}
		c := fits.Structures[0].Clusters[0]
		r.right = u.right(geom.Rigid{Rotation: geom.FromMatrix(c.Rotation), Shift: r3.Vec{X: c.Translation[0], Y: c.Translation[1], Z: c.Translation[2]}})
		runs = append(runs, r)
	}
	return runs, nil
}

// medians are those of several runs, and how many were right.
type medians struct {
	right, runs       int
	cpu, wall, memory float64
	starts            float64
	seconds           table.Seconds
}

func summary(runs []run) (m medians) {
	of := func(f func(run) float64) float64 {
		var v []float64
		for _, r := range runs {
			v = append(v, f(r))
		}
		return median(v)
	}
	m.runs = len(runs)
	for _, r := range runs {
		if r.right {
			m.right++
		}
	}
	m.cpu = of(func(r run) float64 { return r.cpu })
	m.wall = of(func(r run) float64 { return r.wall })
	m.memory = of(func(r run) float64 { return r.memory })
	m.starts = of(func(r run) float64 { return r.starts })
	m.seconds.Read = of(func(r run) float64 { return r.seconds.Read })
	m.seconds.Prepare = of(func(r run) float64 { return r.seconds.Prepare })
	m.seconds.Search = of(func(r run) float64 { return r.seconds.Search })
	m.seconds.Score = of(func(r run) float64 { return r.seconds.Score })
	return m
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	slices.Sort(v)
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}
