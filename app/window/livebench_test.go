// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting/cpu"
	"difffit/internal/testdata"
)

// BenchmarkLive times what a person who drags waits for: from a change of the
// slider to the table with what it finds, the median. Each value is a new one.
// All but the demo need the shared data.
func BenchmarkLive(b *testing.B) {
	for _, c := range []struct {
		name, density string
		structures    []string
	}{
		{"demo", "", nil},
		{"pneumolysin", "emd4118_5ly6_pneumolysin/5ly6_box.ccp4.gz", []string{"emd4118_5ly6_pneumolysin/start_B.pdb.gz"}},
		{"hcn4", "emd0093_6gyn_hcn4/emd_0093_masked.mrc.gz", []string{"emd0093_6gyn_hcn4/start_A.pdb.gz"}},
		{"ribosome", "ribosome_uL4_crop/ribocut4a.mrc.gz", []string{"ribosome_uL4_crop/start_C.pdb.gz"}},
	} {
		for _, knob := range []string{"fit.level", "fit.resolution"} {
			b.Run(c.name+"/"+knob, func(b *testing.B) { benchmarkLive(b, c.density, c.structures, knob) })
		}
	}
}

func benchmarkLive(b *testing.B, density string, structures []string, name string) {
	w := newBenchOf(b, cpu.New(), nil, b.TempDir(), "")
	var paths []string
	if density == "" {
		d, chains := w.demoIn(w.data)
		paths = []string{d, chains[0]}
	} else {
		paths = []string{testdata.Shared(b, density)}
		for _, s := range structures {
			paths = append(paths, testdata.Shared(b, s))
		}
	}
	w.files.Dropped(paths)
	w.idle()
	test.Tap(w.tools.fit)
	w.idle()
	knob := w.compose.Options.Named()[name].(*widget.Slider)
	var took []time.Duration
	at := 0
	for b.Loop() {
		if !w.compose.IsLive() { // this machine is slow
			w.compose.SetLive(true)
		}
		rounds, revision := w.Doc.State().Rounds, w.Doc.Revision()
		at = (at + 37) % 100 // 100 values, far apart
		began := time.Now()
		moved(knob, 40+float64(at))
		w.until("the table has followed", func() bool { return w.Doc.Revision() != revision && !slices.Equal(w.Doc.State().Rounds, rounds) })
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
}
