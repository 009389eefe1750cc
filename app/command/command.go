// SPDX-License-Identifier: BSD-3-Clause

// Package command has the commands of the program: what they are called, what
// they read and write, and their exit codes. It knows neither windows nor
// which engines exist: those are given to Main.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"difffit/app/session"
	"difffit/fitting"
)

// Exit codes of the commands.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2 // wrong use
	exitInput       = 3 // an input could not be read
	exitNothing     = 4 // nothing found
	exitInterrupted = 130
)

// A Program is what the commands are part of.
type Program struct {
	Name    string           // as it is called on the command line
	About   string           // a paragraph for its help, may be empty
	Engines []fitting.Engine // those that can be used, in order of preference
	Auto    fitting.Engine   // what chooses among them; nil for the first
	Missing []Missing        // those that cannot
	More    []*cobra.Command // commands of this program alone
	Inputs  session.Files    // reads the inputs of sessions
	Draw    Draw             // draws the picture of reports; nil if this program cannot
}

// Missing is an engine that cannot be used here, and why.
type Missing struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Version is the version of the program. The linker sets it:
// -ldflags "-X difffit/app/command.Version=1.2.3".
var Version = "dev"

// Main runs the command line args, without the program's name, and returns the
// exit code: 0 done, 1 failed, 2 wrong use, 3 an input could not be read,
// 4 nothing found, 130 interrupted. Results go to out, progress and messages
// to errw. When ctx ends, what is finished is written and marked as partial.
func Main(ctx context.Context, args []string, in io.Reader, out, errw io.Writer, program Program) int {
	r := &run{args: args, out: out, errw: errw, program: program}
	root := r.root()
	root.SetArgs(append([]string{}, args...)) // nil would mean os.Args
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errw)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && !r.started && exitCode(ctx, err) == exitFailed {
		err = &usageError{err: err} // cobra found fault with the words
	}
	code := exitCode(ctx, err)
	if err != nil {
		for line := range strings.Lines(said(err, code)) {
			fmt.Fprintf(errw, "%s: %s\n", root.Name(), strings.TrimSuffix(line, "\n"))
		}
		if code == exitUsage {
			fmt.Fprintf(errw, "Run '%s --help' for how it is used.\n", cmd.CommandPath())
		}
	}
	return code
}

// Signals returns a context that ends with the first signal that asks the
// program to end: an interrupt, a termination, the end of its terminal. A
// second one ends the program at once. That nobody reads the output any more is
// no signal but an error of who writes it.
func Signals() (ctx context.Context, stop func()) {
	ask := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup wants it
		ask = append(ask, syscall.SIGHUP)
	}
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop = signal.NotifyContext(context.Background(), ask...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// IsCommand tells whether args ask for a command of this package, or for help
// or the version, or for one of more, rather than for files to be opened.
func IsCommand(args []string, more ...*cobra.Command) bool {
	for _, a := range args {
		switch {
		case a == "-h" || a == "--help" || a == "--version":
			return true
		case a == "--quiet" || a == "-q":
		case strings.HasPrefix(a, "-"):
			return false
		default:
			return slices.ContainsFunc((&run{program: Program{Name: "difffit", More: more}}).root().Commands(), func(c *cobra.Command) bool { return c.Name() == a }) || a == "help"
		}
	}
	return false
}

// run is one call of Main.
type run struct {
	args      []string
	out, errw io.Writer
	program   Program
	quiet     bool
	started   bool // a command has begun: faults are no longer those of the words
}

func (r *run) root() *cobra.Command {
	root := &cobra.Command{
		Use:   r.program.Name,
		Short: "Place atomic structures in cryo-EM density maps",
		Long: `DiffFit places atomic structures in cryo-EM density maps, from anywhere, and
says how much each placement is to be believed.

Results go to standard output, progress and messages to standard error.
Exit codes: 0 done, 1 failed, 2 wrong use, 3 an input could not be read,
4 nothing found, 130 interrupted (what is finished is written and marked partial).`,
		Version:           Version,
		Args:              noCommand,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		PersistentPreRun:  func(*cobra.Command, []string) { r.started = true },
		RunE: func(cmd *cobra.Command, _ []string) error {
			_ = cmd.Help()
			return &usageError{err: errors.New("a command is missing")}
		},
	}
	root.SetFlagErrorFunc(wrongFlag)
	if r.program.About != "" {
		root.Long += "\n\n" + r.program.About
	}
	root.PersistentFlags().BoolVarP(&r.quiet, "quiet", "q", false, "no progress and no messages except errors")
	root.AddCommand(r.infoCommand(), r.fitCommand(), r.refineCommand(), r.compositeCommand(), r.zeroCommand(),
		r.simulateCommand(), r.convertCommand(), r.replayCommand(), r.exportCommand(), r.reportCommand(), r.fetchCommand(), r.versionCommand())
	root.AddCommand(r.program.More...)
	return root
}

// noCommand refuses words that are no command, with the commands that are like them.
func noCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	root.SuggestionsMinimumDistance = 2
	hint := ""
	if like := root.SuggestionsFor(args[0]); len(like) > 0 {
		hint = fmt.Sprintf(" (did you mean %s?)", strings.Join(like, ", "))
	}
	return usagef("%q is no command%s", args[0], hint)
}
