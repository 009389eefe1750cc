// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package cuda

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"difffit/cuda/driver"
	"difffit/cuda/faketest"
	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/search"
)

// small is a fit that takes the interpreter a moment.
func small(t *testing.T, method fitting.Method) *fitting.Problem {
	p := problem(t, 80)
	p.Options.Method, p.Options.Starts, p.Options.Iterations = method, 96, 31
	return p
}

// fit returns the result of an engine, which must not be an error.
func fit(t *testing.T, e fitting.Engine, p *fitting.Problem) *fitting.Result {
	t.Helper()
	r, err := e.Fit(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// same tells whether two fits found as much: the same number of starts, and a
// best placement that is as good.
func same(t *testing.T, got, want *fitting.Result) {
	t.Helper()
	hits := func(r *fitting.Result) (n int) {
		for _, c := range r.Clusters {
			n += c.Hits
		}
		return n
	}
	if got.Starts != want.Starts || len(got.Clusters) == 0 || got.Clusters[0].Score < want.Clusters[0].Score-0.01 {
		t.Fatalf("%d starts, %d clusters; want %d starts and a score of %g", got.Starts, len(got.Clusters), want.Starts, want.Clusters[0].Score)
	}
	if got.Starts == hits(want) && hits(got) != hits(want) { // the plain method keeps all
		t.Errorf("%d hits, want %d", hits(got), hits(want))
	}
}

// closed closes an engine and tells what it left behind.
func closed(t *testing.T, e *engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	if left := faketest.Alive(); left != (faketest.Live{}) {
		t.Errorf("left behind: %+v", left)
	}
}

// Every call of the driver in a fit fails once: the fit is finished on the
// processors, says so, and leaves nothing behind.
func TestFaults(t *testing.T) {
	faketest.Use(t)
	functions := []string{
		"cuCtxCreate_v2", "cuModuleLoadData", "cuModuleGetFunction", "cuMemAlloc_v2",
		"cuMemcpyHtoD_v2", "cuMemcpyDtoH_v2", "cuLaunchKernel", "cuCtxSynchronize",
	}
	for _, method := range []fitting.Method{fitting.Search, fitting.DiffFit} {
		p := small(t, method)
		want := fit(t, cpu.New(), p)
		faketest.Use(t)
		e := open(t)
		if r := fit(t, e, p); r.Note != "" {
			t.Fatal(r.Note)
		}
		calls := map[string]int{}
		for _, f := range functions {
			calls[f] = faketest.Calls(f)
		}
		closed(t, e)
		for _, f := range functions {
			for _, at := range places(calls[f]) {
				status := faketest.LaunchFailed
				if !strings.Contains(f, "Launch") && !strings.Contains(f, "Sync") && !strings.Contains(f, "cpy") {
					status = faketest.InvalidPTX // a fault that is not the card's
				}
				broken(t, p, want, f, at, status)
			}
		}
	}
}

// places returns which of n calls are tried: the first ones, the last, and
// some between.
func places(n int) (at []int) {
	for i := 0; i < n; i += 1 + i/3 {
		at = append(at, i)
	}
	return append(at, n-1)
}

func broken(t *testing.T, p *fitting.Problem, want *fitting.Result, function string, at, status int) {
	t.Helper()
	faketest.Use(t)
	e := open(t)
	faketest.Fail(function, at, status)
	r := fit(t, e, p)
	same(t, r, want)
	if want := fmt.Sprintf("(CUDA error %d)", status); !strings.HasPrefix(r.Note, "cuda: ") || !strings.Contains(r.Note, want) || !strings.HasSuffix(r.Note, "the fit went on without the card") {
		t.Errorf("%s fails at call %d: note %q", function, at, r.Note)
	}
	if !strings.Contains(e.Info().Device, "failed") {
		t.Errorf("%s fails at call %d: the engine says it runs on %s", function, at, e.Info().Device)
	}
	n := faketest.Calls("cuMemAlloc_v2")
	same(t, fit(t, e, p), want)
	if faketest.Calls("cuMemAlloc_v2") != n {
		t.Errorf("%s fails at call %d: the card is used again", function, at)
	}
	closed(t, e)
}

// A want of memory at any allocation leaves the card usable: maps that are kept
// make room, or only this fit goes on without the card.
func TestOutOfMemory(t *testing.T) {
	faketest.Use(t)
	p := small(t, fitting.Search)
	want := fit(t, cpu.New(), p)
	e := open(t)
	fit(t, e, p)
	calls, notes := faketest.Calls("cuMemAlloc_v2"), 0
	closed(t, e)
	lacking := func(function string, at int) {
		faketest.Use(t)
		e := open(t)
		faketest.Fail(function, at, faketest.OutOfMemory)
		r := fit(t, e, p)
		same(t, r, want)
		switch {
		case strings.Contains(r.Note, ": out of memory (CUDA error 2);"):
			notes++
		case r.Note != "" || function != "cuMemAlloc_v2":
			t.Errorf("%s, call %d: note %q", function, at, r.Note)
		}
		if r := fit(t, e, p); r.Note != "" {
			t.Errorf("%s, call %d: the next fit says %q", function, at, r.Note)
		}
		closed(t, e)
	}
	lacking("cuCtxCreate_v2", 0)
	lacking("cuModuleLoadData", 0)
	for at := range calls {
		lacking("cuMemAlloc_v2", at)
	}
	t.Logf("%d allocations, %d fits finished by the processors", calls, notes)
	if notes < 4 || notes > calls { // the first fields have nothing to take the place of; later some were used
		t.Errorf("of %d fits %d were finished by the processors", calls, notes)
	}
}

// A field that is larger than the memory of the card; and one that fits when
// the last one has gone.
func TestSmallMemory(t *testing.T) {
	faketest.Use(t)
	p := small(t, fitting.DiffFit)
	want := fit(t, cpu.New(), p)
	faketest.Memory(100000)
	e := open(t)
	r := fit(t, e, p)
	same(t, r, want)
	if !strings.Contains(r.Note, "bytes of memory: out of memory (CUDA error 2); ") {
		t.Errorf("note %q", r.Note)
	}
	prepared := enginetest.Prepare(t, p)
	field, err := search.NewField(prepared.Field(enginetest.Paper), 1)
	if err != nil {
		t.Fatal(err)
	}
	faketest.Memory(len(field.Bytes())*3/2 + 100000)
	for range 3 {
		if r := fit(t, e, small(t, fitting.DiffFit)); r.Note != "" { // another map each time
			t.Error(r.Note)
		}
	}
	runtime.KeepAlive(field)
	closed(t, e)
}

// More placements than the card has memory for go there in parts. That changes
// nothing of what becomes of them.
func TestParts(t *testing.T) {
	faketest.Use(t)
	b := newBench(t, enginetest.Smoothed, 20)
	ctx := context.Background()
	starts := b.starts(10000, 3, 0.5)
	b.session.(*session).card.rate = 1e12 // all at once, if it depended on time
	how := search.Ascent{Steps: 2, First: 1, Last: 0.5, Gyration: b.p.Molecule.Gyration}
	whole := climbers(starts)
	if err := b.card.Climb(ctx, whole, how); err != nil {
		t.Fatal(err)
	}
	faketest.Memory(len(b.card.(*careful).field.Bytes()) + 400000)
	launches := func(do func() error) int {
		t.Helper()
		before := faketest.Calls("cuLaunchKernel")
		if err := do(); err != nil {
			t.Fatal(err)
		}
		return faketest.Calls("cuLaunchKernel") - before
	}
	inParts := climbers(starts)
	if n := launches(func() error { return b.card.Climb(ctx, inParts, how) }); n < 3 { // a climber takes 96 bytes
		t.Errorf("climbers went in %d launches, want at least 3", n)
	}
	if !slices.Equal(inParts, whole) {
		t.Error("climbers end elsewhere when they go in parts")
	}
	ended := make([]bool, len(starts))
	n := launches(func() error { // a start takes 176 bytes
		return b.card.Follow(ctx, len(starts), func(i int) geom.Rigid { return starts[i] },
			search.Adam{Steps: 2, Look: 1, ShiftRate: 0.1, RotationRate: 0.01}, func(i int, _ search.Climber) { ended[i] = true })
	})
	if k := slices.Index(ended, false); k >= 0 || n < 5 {
		t.Errorf("%d launches, want at least 5; start %d was not followed", n, k)
	}
}

// A fault between two parts: the processors move the rest, and nothing twice.
func TestFaultBetweenParts(t *testing.T) {
	faketest.Use(t)
	b := newBench(t, enginetest.Smoothed, 20)
	b.fallen = true
	b.session.(*session).card.rate = 1e12
	faketest.Memory(len(b.card.(*careful).field.Bytes()) + 100000)
	faketest.Fail("cuLaunchKernel", 2, faketest.LaunchFailed)
	moved := climbers(b.starts(3000, 3, 0.5))
	if err := b.card.Climb(context.Background(), moved, search.Ascent{Steps: 2, First: 1, Last: 0.5, Gyration: b.p.Molecule.Gyration}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.session.Note(), "cuda: start of kernel climb: unspecified launch failure (CUDA error 719); ") {
		t.Errorf("note %q", b.session.Note())
	}
	for i, c := range moved {
		if math.Abs(c.Decay1-search.Beta1*search.Beta1) > 1e-6 {
			t.Fatalf("climber %d took another number of steps than 2: decay %g", i, c.Decay1)
		}
	}
}

// What a driver may say when the program starts; each in its own process, for
// the driver is loaded once.
func TestNew(t *testing.T) {
	if os.Getenv("NEW") != "" {
		_, err := newEngine()
		t.Fatalf("New: %v.", err)
	}
	faketest.Use(t)
	for _, tt := range []struct{ name, set, want string }{
		{"no driver", driver.Variable + "=/nonexistent/libcuda.so.1", "New: no NVIDIA driver: /nonexistent/libcuda.so.1: cannot open shared object file"},
		{"switched off", driver.Variable + "=off", "New: CUDA is switched off by DIFFFIT_LIBCUDA=off."},
		{"does not start", "FAKECUDA_INIT=100", "New: the NVIDIA driver is installed but does not start: no CUDA-capable device is detected (CUDA error 100)."},
		{"no card", "FAKECUDA_NONE=1", "New: the NVIDIA driver finds no card."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run", "^TestNew$", "-test.count", "1")
			cmd.Env = append(os.Environ(), "NEW=1", tt.set)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), tt.want) {
				t.Errorf("%v, output\n%swant %q", err, out, tt.want)
			}
		})
	}
}

// A fault while placements are scored on the card: the processors score them.
func TestFaultInScores(t *testing.T) {
	faketest.Use(t)
	b := newBench(t, enginetest.Smoothed, 300)
	scorer, err := b.p.Scorer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	faketest.Fail("cuLaunchKernel", 1, faketest.LaunchFailed) // the second: the background
	if found := b.session.(search.Measurer).Correlate(context.Background(), scorer, b.starts(900, 6, 0.5)); found != nil {
		t.Errorf("%d scores from a card that failed", len(found))
	}
	if note := b.session.Note(); !strings.Contains(note, "kernel sample") {
		t.Errorf("note %q", note)
	}
	b.fallen = true
}
