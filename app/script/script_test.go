// SPDX-License-Identifier: BSD-3-Clause

package script

import (
	"strings"
	"testing"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/volume"
)

func TestCommandIsQuoted(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"fit", "/a/b-1.mrc"}, "difffit fit /a/b-1.mrc"},
		{[]string{"/a b/it's"}, `difffit '/a b/it'\''s'`},
		{[]string{"$HOME", "a*", ""}, "difffit '$HOME' 'a*' ''"},
		{[]string{"ü.mrc", "x;y"}, "difffit 'ü.mrc' 'x;y'"},
	} {
		if got := Command(tt.args...); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.args, got, tt.want)
		}
	}
	if got := Comment("one\ntwo\n"); got != "# one\n# two" {
		t.Errorf("comment %q", got)
	}
}

func TestFlagsSayWhatIsNotUsual(t *testing.T) {
	level := -0.1
	for _, tt := range []struct {
		name string
		edit func(o *fitting.Options)
		want string
	}{
		{"as usual", func(*fitting.Options) {}, ""},
		{"threads", func(o *fitting.Options) { o.Threads = 3 }, ""},
		{"a level below 0", func(o *fitting.Options) { o.Level = &level }, "--level=-0.1"},
		{"resolution and seed", func(o *fitting.Options) { o.Resolution, o.Seed = 4.25, 7 }, "--resolution 4.25 --seed 7"},
		{"sphere", func(o *fitting.Options) { o.Sphere = fitting.Sphere{Center: [3]float64{-1, 2, 3.5}, Radius: 30} }, "--sphere=-1,2,3.5,30"},
		{"method", func(o *fitting.Options) { o.Method, o.Expand = fitting.DiffFit, !o.Expand }, "--method difffit --expand=true"},
	} {
		o := fitting.DefaultOptions()
		tt.edit(&o)
		if got := strings.Join(flags(o), " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What a person did becomes commands; where there is none a comment says why.
func TestRoundsBecomeCommands(t *testing.T) {
	d := documenttest.Worked(t)
	s := d.State()
	lines := strings.Join(Round(s, s.Rounds[0]), "\n")
	for _, want := range []string{"# round 1 was cancelled", "difffit fit /data/noise.mrc /data/alpha.pdb /data/beta.pdb ", "--out round_1"} {
		if !strings.Contains(lines, want) {
			t.Errorf("round 1 lacks %q:\n%s", want, lines)
		}
	}
	if got, want := Placed(s, document.ClusterID{Round: 1, Structure: 1, Rank: 1}), "round_1/fit_001_alpha.cif"; got != want {
		t.Errorf("the first placement is in %q, want %q", got, want)
	}
	zero := Zeroing(s, s.Active())
	if len(zero) != 1 || !strings.HasPrefix(zero[0], "difffit zero /data/noise.mrc round_1/fit_001_alpha.cif --mode contour --radius ") || !strings.HasSuffix(zero[0], "--out remaining_1.mrc") {
		t.Errorf("zeroing: %q", zero)
	}
	documenttest.AddRound(t, d, document.Fit{Structure: 2, Options: s.Options, Result: documenttest.Found(0.7), Layers: s.Active()})
	s = d.State()
	if got := Round(s, s.Rounds[1]); len(got) != 2 || got[0] != zero[0] || !strings.HasPrefix(got[1], "difffit fit remaining_1.mrc /data/beta.pdb ") {
		t.Errorf("round 2: %q", got)
	}
	for _, tt := range []struct {
		name string
		edit func(s *document.State, r *document.Round)
		want string
	}{
		{"demo", func(s *document.State, _ *document.Round) {
			m := *s.Map
			m.Path = document.DemoScheme + "map"
			s.Map = &m
		}, "# round 1 is of the demo"},
		{"structure that is gone", func(s *document.State, _ *document.Round) { s.Structures = s.Structures[:1] }, "# round 1 is of a structure that was removed"},
		{"layers that are gone", func(_ *document.State, r *document.Round) { r.Fits[0].LayersGone = 1 }, "# round 1 was fitted where density of structures"},
		{"symmetry", func(_ *document.State, r *document.Round) {
			r.Proposed, r.Basis = "symmetry C4", &document.Basis{Symmetry: &document.SymmetryBasis{}}
		}, "# round 1 was proposed by symmetry C4"},
		{"composite", func(_ *document.State, r *document.Round) {
			r.Proposed = work.ByComposite
			r.Basis = &document.Basis{Options: fitting.DefaultOptions(), Composite: &document.CompositeBasis{
				Wanted: []document.Wanted{{Structure: 1, Copies: 2}, {Structure: 2}}, MaxClash: 0.1, MaxRounds: 5, Zero: volume.DefaultZeroOptions(),
			}}
		}, "difffit composite /data/noise.mrc /data/alpha.pdb=2 /data/beta.pdb --max-clash 0.1 --max-rounds 5 --out round_1"},
		{"composite beside others", func(_ *document.State, r *document.Round) {
			r.Proposed = work.ByComposite
			r.Basis = &document.Basis{Accepted: []document.FixedPlacement{{Structure: 1}}, Composite: &document.CompositeBasis{}}
		}, "# round 1 was proposed beside"},
	} {
		s, r := d.State(), *d.State().Rounds[0]
		r.Fits = append([]document.Fit(nil), r.Fits...)
		tt.edit(&s, &r)
		if got := Round(s, &r); len(got) != 1 || !strings.HasPrefix(got[0], tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
