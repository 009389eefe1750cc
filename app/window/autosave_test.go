// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"difffit/app/session"
)

// killedVariable makes a test process the program that is killed: it has the
// folder that the program works in.
const killedVariable = "DIFFFIT_TEST_KILLED"

// TestKilledAtAnyMoment kills a program that is being worked with, again and
// again, and asks whether more than the last second of the work is lost.
func TestKilledAtAnyMoment(t *testing.T) {
	if folder := os.Getenv(killedVariable); folder != "" {
		workUntilKilled(t, folder)
		return
	}
	b := newBench(t, &planned{})
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	const kills = 24
	lost, most := make(chan time.Duration, kills), time.Duration(0)
	moments := make(chan time.Duration, kills)
	for range kills {
		moments <- time.Duration(rng.Int64N(int64(2 * time.Second)))
	}
	close(moments)
	for range 4 { // at once
		go func() {
			for after := range moments {
				lost <- killOnce(t, b, after)
			}
		}()
	}
	for range kills {
		most = max(most, <-lost)
	}
	t.Logf("killed %d times; at most the last %v were lost", kills, most.Round(time.Millisecond))
}

// killOnce kills a program some time after its first change and returns how
// much of the work was lost.
func killOnce(t *testing.T, b *bench, after time.Duration) time.Duration {
	folder, err := os.MkdirTemp(b.data, "killed")
	if err != nil {
		t.Error(err)
		return 0
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestKilledAtAnyMoment$")
	cmd.Env = append(os.Environ(), killedVariable+"="+folder)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Error(err)
		return 0
	}
	killed := make(chan time.Time, 1)
	var done []time.Time // when the change with that number had been made
	starved := time.Duration(0)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		nano, err := strconv.ParseInt(strings.TrimPrefix(lines.Text(), "changed "), 10, 64)
		if err != nil {
			continue
		}
		now := time.Unix(0, nano)
		if n := len(done); n == 0 {
			time.AfterFunc(after, func() {
				killed <- time.Now()
				cmd.Process.Kill()
			})
		} else {
			starved = max(starved, now.Sub(done[n-1])-editEvery)
		}
		done = append(done, now)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the program ended before it was killed")
	}
	if len(done) == 0 {
		t.Error("the program ended before its first change")
		return 0
	}
	return judge(t, filepath.Join(folder, "autosave"), done, <-killed, starved)
}

// judge finds out how much of the work was lost. On a machine that lets a
// program wait for its turn, the program is given as much more time.
func judge(t *testing.T, folder string, done []time.Time, killed time.Time, starved time.Duration) time.Duration {
	found, err := session.FindCrashed(folder)
	if err != nil || len(found) > 1 {
		t.Errorf("%d sessions left behind (%v), want one", len(found), err)
		return 0
	}
	saved := 0
	if len(found) == 1 {
		s, err := session.Open(context.Background(), found[0].Path, session.Files{})
		if err != nil {
			t.Errorf("what the crash left cannot be opened: %v", err)
			return 0
		}
		saved = s.Options.Starts
	}
	if saved >= len(done) {
		return 0
	}
	lost := killed.Sub(done[saved]) // the first change that is not there
	if lost > time.Second+2*starved {
		t.Errorf("of %d changes %d are there: the last %v are lost, with the program waiting up to %v for its turn", len(done), saved, lost, starved)
	}
	return lost
}

// editEvery is how often the program that is killed is worked with.
const editEvery = 20 * time.Millisecond

// workUntilKilled changes the document again and again, and says so.
func workUntilKilled(t *testing.T, folder string) {
	b := &bench{t: t, calls: make(chan func(), 1000), data: folder}
	b.window = newTestWindow(test.NewTempApp(t), &planned{}, b.calls, filepath.Join(folder, "autosave"))
	tick := time.NewTicker(editEvery)
	end := time.After(time.Minute) // if nobody kills it
	for n := 1; ; {
		select {
		case f := <-b.calls:
			f()
		case <-tick.C:
			o := b.Doc.State().Options
			o.Starts = n
			b.must(b.Doc.SetOptions("Change", o))
			fmt.Printf("changed %d\n", time.Now().UnixNano())
			n++
		case <-end:
			return
		}
	}
}

// TestRestoredWorkIsNeverWithoutACopy asks that the session of a crash is
// removed only when what was restored is saved again.
func TestRestoredWorkIsNeverWithoutACopy(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	folder := filepath.Join(t.TempDir(), "autosave")
	b.must(os.Mkdir(folder, 0o700))
	left := filepath.Join(folder, "left.difffit")
	b.must(session.Save(left, b.Doc.State(), "test"))
	c := newBenchIn(t, &planned{}, folder)
	if !c.files.OfferCrashed() {
		t.Fatal("nothing is offered")
	}
	removed := false
	test.Tap(c.named("restore"))
	for deadline := time.Now().Add(20 * time.Second); !removed && time.Now().Before(deadline); {
		(<-c.calls)()
		_, err := os.Stat(left)
		removed = err != nil
		sessions, err := filepath.Glob(filepath.Join(folder, "*.difffit"))
		if err != nil || len(sessions) == 0 {
			t.Fatal("for a moment there was no copy of the work")
		}
	}
	if !removed {
		t.Error("the session of the crash stays")
	}
}
