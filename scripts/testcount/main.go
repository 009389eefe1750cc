// SPDX-License-Identifier: BSD-3-Clause

// Command testcount runs go test and counts tests. It shows the output of
// tests that fail, why tests were skipped and a line a package, and ends with
// the line "N passed, N failed, N skipped". Its exit code is that of go test.
//
//	go run ./scripts/testcount -tags x ./...
//	go run ./scripts/testcount -fresh difffit/internal/testdata -timeout=20m ./...
//
// With -fresh, which comes first, packages whose tests import the one that is
// named, directly or not, run with -count 1, after the others: they read what
// Go's cache of results does not look at. The flags of go test are then to be
// written as one word each, before the packages. It knows nothing of the tests.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func main() {
	runs, err := plan(os.Args[1:], list)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testcount:", err)
		os.Exit(1)
	}
	c, code := newCounter(os.Stdout), 0
	for _, args := range runs {
		code = max(code, c.test(args))
	}
	c.summary()
	if c.failed > 0 {
		code = max(code, 1)
	}
	os.Exit(code)
}

// test runs go test and returns its exit code.
func (c *counter) test(args []string) int {
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err == nil {
		c.read(out)
		err = cmd.Wait()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testcount:", err)
		return 1
	}
	return 0
}

// event is a line of go test -json; see go doc test2json.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
	Elapsed    float64
}

// counter adds up what the events tell. Of a test with subtests the subtests
// count, and the test itself only if it failed although none of them did.
type counter struct {
	out                     io.Writer
	passed, failed, skipped int
	output                  map[string]*strings.Builder // by package and test
	parents                 map[string]bool             // tests with subtests
	broken                  map[string]bool             // tests and packages with a failure that is counted
	skips                   []string
}

func newCounter(out io.Writer) *counter {
	return &counter{
		out: out, output: map[string]*strings.Builder{},
		parents: map[string]bool{}, broken: map[string]bool{},
	}
}

func (c *counter) read(r io.Reader) {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) == nil {
				c.add(e)
			} else {
				fmt.Fprint(c.out, line)
			}
		}
		if err != nil {
			return
		}
	}
}

func (c *counter) add(e event) {
	id := e.Package + e.ImportPath
	if e.Test != "" {
		id += "." + e.Test
	}
	switch e.Action {
	case "run":
		if i := strings.LastIndex(id, "/"); strings.Contains(e.Test, "/") {
			c.parents[id[:i]] = true
		}
	case "output", "build-output":
		if c.output[id] == nil {
			c.output[id] = &strings.Builder{}
		}
		c.output[id].WriteString(e.Output)
	case "build-fail":
		c.show(id)
	case "pass", "fail", "skip":
		c.end(e, id)
		delete(c.output, id)
	}
}

// end counts a test or a package that has ended.
func (c *counter) end(e event, id string) {
	if e.Test == "" {
		c.endPackage(e, id)
		return
	}
	switch {
	case e.Action == "fail":
		c.show(id)
		if !c.broken[id] {
			c.failed++
		}
		c.breaks(e)
	case c.parents[id]:
	case e.Action == "pass":
		c.passed++
	case e.Action == "skip":
		c.skipped++
		c.skips = append(c.skips, id+": "+c.reason(id))
	}
}

// breaks notes that the parents of the test and its package have a failure
// that is counted already.
func (c *counter) breaks(e event) {
	c.broken[e.Package] = true
	test := e.Test
	for i := strings.LastIndex(test, "/"); i >= 0; i = strings.LastIndex(test, "/") {
		test = test[:i]
		c.broken[e.Package+"."+test] = true
	}
}

func (c *counter) endPackage(e event, id string) {
	switch e.Action {
	case "pass":
		fmt.Fprintf(c.out, "ok    %s  %.1fs\n", e.Package, e.Elapsed)
	case "fail":
		if !c.broken[id] { // it does not build, or ended before its tests
			c.failed++
		}
		c.show(id)
		fmt.Fprintf(c.out, "FAIL  %s  %.1fs\n", e.Package, e.Elapsed)
	}
}

func (c *counter) show(id string) {
	if b := c.output[id]; b != nil {
		fmt.Fprint(c.out, b)
	}
}

// reason finds in the output of a skipped test what it said.
func (c *counter) reason(id string) string {
	b := c.output[id]
	if b == nil {
		return ""
	}
	for line := range strings.Lines(b.String()) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "===") && !strings.HasPrefix(line, "---") {
			return line
		}
	}
	return ""
}

func (c *counter) summary() {
	slices.Sort(c.skips)
	for _, s := range c.skips {
		fmt.Fprintln(c.out, "skip ", s)
	}
	fmt.Fprintf(c.out, "%d passed, %d failed, %d skipped\n", c.passed, c.failed, c.skipped)
}
