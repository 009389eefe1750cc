// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"difffit/app/document"
	"difffit/app/session"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/io/atomicfile"
	"difffit/io/fetch"
)

// replayFlags are the flags of replay.
type replayFlags struct {
	folders  []string
	engine   string
	threads  int
	exact    bool
	minScore *float64 // nil: as the kernels ask for
	json     string
}

func (r *run) replayCommand() *cobra.Command {
	var f replayFlags
	var least float64
	cmd := &cobra.Command{
		Use:   "replay SESSION",
		Short: "Compute a session again and compare",
		Long: fmt.Sprintf(`Compute all rounds of a session (.difffit) again, and compare with what the
session has: fits, each with its options and its seed in what was left of the
map then, and what was proposed by a composite or a symmetry, from what was
accepted then.

A fit is identical if every placement has the same motion, metrics and hits to
the last bit, as it must be with the same program and the same kernel of the
engine; it is the same if every placement is found again within %g Å
RMSD and a score of %g, and there are no others; else it differs. So are the
placements of each structure in what was proposed. What a person cancelled
depends on the moment and is not compared; nor is what a program proposed that
did not yet keep what it was proposed from.

Another kernel rounds otherwise: the believable places come out the same, weak
ones wander. Where a fit is computed by another engine or kernel than then, only
placements with a score of %g or more are compared, unless --min-score says more.

Inputs are told by their SHA-256. Those that are not where they were are looked
for in the folders of --inputs, whatever they are called now.

Exit code 0: all fits are the same or identical; 1: some differ; 3: an input is
missing or has changed; 4: there is nothing to compare.`, work.SameRMSD, work.SameScore, fitting.MinScore),
		Example: "  " + r.program.Name + " replay work.difffit\n" +
			"  " + r.program.Name + " replay work.difffit --inputs ~/maps --inputs ~/models --exact",
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("min-score") {
				if !(least >= 0 && least <= 1) {
					return usagef("--min-score is %g, want 0 to 1", least)
				}
				f.minScore = &least
			}
			if f.threads < 0 {
				return usagef("--threads is %d, want 0 or more", f.threads)
			}
			return r.replay(cmd.Context(), args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.folders, "inputs", nil, "look for inputs that are missing in the folder `DIR`, and in those in it; may be repeated")
	flags.StringVar(&f.engine, "engine", "", "`auto`, cpu or cuda (default: the one that made each fit)")
	flags.IntVar(&f.threads, "threads", 0, "processors to use, `N` (default: all); does not change the result")
	flags.BoolVar(&f.exact, "exact", false, "accept nothing but identical fits")
	flags.Float64Var(&least, "min-score", 0, fmt.Sprintf("do not compare placements of a lower score than `S` (default: 0, with another kernel %g)", fitting.MinScore))
	flags.StringVar(&f.json, "json", "", "`FILE` for the comparison as JSON (format difffit.replay, version 1); - for standard output, without the table")
	flags.SortFlags = false
	return cmd
}

// openSession opens a session with inputs that may have been moved, and says
// where they were found.
func (r *run) openSession(ctx context.Context, path string, folders []string, say func(string, ...any)) (document.State, error) {
	s, notes, err := session.OpenFrom(ctx, path, r.program.Inputs, folders)
	for _, n := range notes {
		say("%s", n)
	}
	var missing *session.MissingError
	switch {
	case err == nil:
		return s, nil
	case ctx.Err() != nil:
		return s, err
	case errors.As(err, &missing):
		text := fmt.Sprintf("%d of its inputs cannot be had as they were:", len(missing.Inputs))
		for _, m := range missing.Inputs {
			text += fmt.Sprintf("\n  %s, %d bytes, SHA-256 %s\n    %v", m.Name(), m.Bytes, m.SHA256, m.Err)
			if id, ok := fetch.OfFile(m.Name()); ok {
				text += fmt.Sprintf("\n    '%s fetch %v' may get it again", r.program.Name, id)
			}
		}
		return s, &inputError{path, errors.New(text + "\nSay with --inputs DIR in which folder to look for them.")}
	}
	return s, &inputError{path, err}
}

// inputsOf returns the paths of a session and of what it was read from.
func inputsOf(path string, s document.State) []string {
	paths := []string{path}
	for _, in := range s.Sources() {
		paths = append(paths, in.Path)
	}
	return paths
}

func (r *run) replay(ctx context.Context, path string, f replayFlags) error {
	bar := r.newProgress(1)
	s, err := r.openSession(ctx, path, f.folders, bar.message)
	if err != nil {
		return err
	}
	if err := checkJSON(f.json, inputsOf(path, s)); err != nil {
		return err
	}
	again := work.Replay{
		State: s, Others: r.program.Engines, Threads: f.threads, MinScore: f.minScore,
		Engine: func(was fitting.Info) (fitting.Engine, error) { return r.engineOf(f.engine, was, bar.message) },
		Say:    func(text string) { bar.message("%s", text) },
	}
	n := 0
	for _, q := range s.Rounds {
		n += len(q.Fits)
	}
	bar = r.newProgress(max(1, n))
	again.Report = bar.fit
	report := &replayReport{Format: "difffit.replay", Version: 1, Session: path, Program: thisProgram(), Fits: []work.Replayed{}}
	fits, err := again.Run(ctx)
	report.Fits = append(report.Fits, fits...)
	bar.end(err == nil)
	if err != nil {
		return errors.Join(err, report.write(r.out, f.json))
	}
	report.judge(f.exact)
	if err := report.write(r.out, f.json); err != nil {
		return err
	}
	switch report.Verdict {
	case work.NotCompared:
		return errNoReplay
	case work.Differs:
		return errDiffers
	}
	return nil
}

var (
	errNoReplay = errors.New("nothing to compare: the session has no fit that came to its end, and no proposal that can be made again")
	errDiffers  = errors.New("the session was not reproduced")
)

// replayReport is the comparison of a session, as JSON.
type replayReport struct {
	Format  string          `json:"format"`
	Version int             `json:"version"`
	Session string          `json:"session"`
	Program programInfo     `json:"program"` // that compared
	Verdict work.Repetition `json:"verdict"`
	Fits    []work.Replayed `json:"fits"`
}

func (p *replayReport) count(v work.Repetition) int {
	n := 0
	for _, f := range p.Fits {
		if f.Verdict == v {
			n++
		}
	}
	return n
}

// judge says how all came out. If exact, what is not identical differs.
func (p *replayReport) judge(exact bool) {
	for i := range p.Fits {
		if f := &p.Fits[i]; exact && f.Verdict == work.Same {
			f.Verdict = work.Differs
			f.Differences = append(f.Differences, "not identical, as --exact wants")
		}
	}
	p.Verdict = work.NotCompared
	for _, v := range []work.Repetition{work.Differs, work.Same, work.Identical} {
		if p.count(v) > 0 {
			p.Verdict = v
			return
		}
	}
}

// engineOf returns the engine that was asked for, else the one that made the fit.
func (r *run) engineOf(name string, was fitting.Info, say func(string, ...any)) (fitting.Engine, error) {
	if name != "" {
		return r.engine(name)
	}
	e, err := r.engine(was.Name)
	if err == nil {
		return e, nil
	}
	if e, err = r.engine("auto"); err == nil {
		say("the engine %q is not here; %q takes its place", was.Name, e.Info().Name)
	}
	return e, err
}

// print writes the comparison for a person.
func (p *replayReport) print(w io.Writer) error {
	rows := [][]string{{"round", "by", "structure", "seed", "engine", "placements", "again", "same", "largest RMSD/Å", "seconds", "verdict"}}
	for _, f := range p.Fits {
		apart := "–"
		if f.Matched > 0 {
			apart = fmt.Sprintf("%.2g", f.MaxRMSD)
		}
		by := "fit"
		if f.Proposed != "" {
			by = f.Proposed
		}
		rows = append(rows, []string{
			strconv.Itoa(f.Round), by, f.Structure, strconv.FormatUint(f.Seed, 10), f.Engine.Name + " " + f.Engine.Kernel,
			strconv.Itoa(f.Recorded), strconv.Itoa(f.Found), strconv.Itoa(f.Matched), apart, fmt.Sprintf("%.2f", f.Seconds), string(f.Verdict),
		})
	}
	if len(rows) > 1 {
		if err := columns(w, map[int]bool{1: true, 2: true, 4: true, 10: true}, rows); err != nil {
			return err
		}
	}
	for _, f := range p.Fits {
		for i, d := range f.Differences {
			if i == mostDifferences {
				fmt.Fprintf(w, "round %d, %s: %d more\n", f.Round, f.Structure, len(f.Differences)-i)
				break
			}
			fmt.Fprintf(w, "round %d, %s: %s\n", f.Round, f.Structure, d)
		}
	}
	_, err := fmt.Fprintf(w, "replay  %d fits: %d identical, %d the same, %d differ, %d not compared\n",
		len(p.Fits), p.count(work.Identical), p.count(work.Same), p.count(work.Differs), p.count(work.NotCompared))
	return err
}

// mostDifferences is how many are printed of a fit; JSON has all.
const mostDifferences = 8

// write prints the report, or writes it as JSON.
func (p *replayReport) write(out io.Writer, file string) error {
	if file == "-" {
		return encodeJSON(out, p)
	}
	if file != "" {
		if err := atomicfile.Write(file, func(w io.Writer) error { return encodeJSON(w, p) }); err != nil {
			return fmt.Errorf("--json: %w", err)
		}
	}
	return p.print(out)
}
