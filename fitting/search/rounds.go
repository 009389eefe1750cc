// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/prepare"
)

// rounds are the numbers of starts of the rounds of a search. It ends when
// two of them agree (docs/adr/0016-score.md; docs/performance.md has how many
// starts the real cases take).
var rounds = []int{512, 512, 1024, 2048, 4096, 8192, 16384}

// kinds are the fields that the starts of a round share: they find different
// molecules (docs/adr/0006-small-chains.md).
var kinds = []prepare.FieldKind{prepare.Smoothed, prepare.Normalized, prepare.Sharp}

// The first easyRounds, which suffice nearly always, do with the first two
// fields and halve hard. What they leave open is often a small chain among
// larger neighbours: for it the third field, and a third of the climbers of the
// first stage rather than a fifth, bring more than as much work in more starts
// (docs/adr/0006-small-chains.md).
const easyRounds = 2

// kindsOf returns the fields of a round.
func kindsOf(round int) []prepare.FieldKind {
	if round < easyRounds {
		return kinds[:2]
	}
	return kinds
}

// A stage moves all climbers that are left and keeps the best.
type stage struct {
	atoms int     // at most so many atoms, evenly drawn
	steps int     // of Riemannian Adam
	last  float64 // length of the last step, ångström; the first is that of the stage before
	keep  float64 // the part of all starts that is kept
	half  bool    // half the resolution will do
}

// Numbers of a round that docs/adr/0016-score.md describes. What is not in
// docs/adr/0006-small-chains.md was chosen, and not varied since.
const (
	firstStep      = 0.25 // length of the first step, in radii of gyration
	distinctEnds   = 4.0  // ends nearer than this RMSD, in ångström, are one
	keepEnds       = 40   // distinct ends that are polished, of each field
	distinctOptima = 2.0  // polished placements nearer than this RMSD are one
	// Ends are scored roughly before they are polished; those that are are at
	// least so many, and all with copyEstimate of the best estimate.
	polished, copyEstimate = 16, 0.5
	polishFirst            = 0.1  // length of the first step, ångström
	polishTolerance        = 1e-4 // ångström: a tenth of what the rounding of the field moves an optimum
	polishSteps            = 24   // evaluations with all atoms
	refineSteps            = 400  // the same where one placement is all that is asked for
	// Other placements with this part of the best score are probably copies:
	// they are to be found twice, too, but not at the price of more rounds
	// than copyRounds.
	copyScore, copyRounds = 0.7, 5
)

// stages of a round for a molecule with the given radius of gyration.
func stages(gyration float64, round int) []stage {
	first := firstStep * gyration
	keep := 1. / 5
	if round >= easyRounds {
		keep = 1. / 3
	}
	return []stage{
		{atoms: 128, steps: 12, last: math.Sqrt(first), keep: keep, half: true},
		{atoms: 256, steps: 10, last: 1, keep: 1. / 10, half: true},
		{atoms: 512, steps: 16, last: 0.15, keep: 1. / 10},
	}
}

// search does rounds until two agree.
func (r *run) search() error {
	began := time.Now()
	fields, prepare := fieldSet{}, 0.0
	defer func() {
		r.result.Seconds.Prepare += prepare
		r.result.Seconds.Search = time.Since(began).Seconds() - prepare - r.result.Seconds.Score
	}()
	for i, starts := range rounds {
		if most := r.p.Options.Starts; most > 0 {
			starts = min(starts, most-r.result.Starts)
		}
		if starts <= 0 {
			break
		}
		making := time.Now()
		err := r.fields(fields, kindsOf(i))
		prepare += time.Since(making).Seconds()
		if err != nil {
			return err
		}
		if err := r.round(i, starts, fields); err != nil {
			return err
		}
		r.result.RoundsAgreed = r.agreed()
		if r.result.RoundsAgreed && (i+1 >= copyRounds || r.copiesAgreed()) {
			break
		}
	}
	return nil
}

// fieldSet has the fields of a search by kind.
type fieldSet map[prepare.FieldKind]fields

// fields adds the fields of the given kinds to set.
func (r *run) fields(set fieldSet, kinds []prepare.FieldKind) error {
	for _, kind := range kinds {
		if _, ok := set[kind]; ok {
			continue
		}
		f, err := newFields(r.ctx, r.p, kind)
		if err != nil {
			return err
		}
		set[kind] = f
	}
	return nil
}

// round starts climbers, halves them, polishes the best and adds them to the
// pool.
func (r *run) round(number, starts int, fields fieldSet) error {
	done := 1 - math.Pow(0.6, float64(number)) // of the search, as far as one can know
	share := math.Pow(0.6, float64(number)) * 0.4
	tell := func(part float64) { r.watch.phase(fitting.Searching, 0.1+0.85*(done+share*part)) }
	tell(0)
	var ends []*candidate
	kinds := kindsOf(number)
	for k, kind := range kinds {
		n := starts / len(kinds)
		if k < starts%len(kinds) {
			n++
		}
		climbers := r.crowd(number, k, n)
		step := firstStep * r.p.Molecule.Gyration
		for i, s := range stages(r.p.Molecule.Gyration, number) {
			var err error
			if climbers, err = r.advance(climbers, fields[kind], s, step, n); err != nil {
				return err
			}
			step = s.last
			tell((float64(k) + float64(i+1)/4) / float64(len(kinds)))
		}
		if err := r.estimate(climbers); err != nil {
			return err
		}
		ends = append(ends, r.distinct(climbers)...)
	}
	r.result.Starts += starts
	return r.gather(number, ends, fields[prepare.Smoothed].full)
}

// crowd returns n starts: positions uniform on the voxels above the level,
// rotations uniform. Every start has its own random stream.
func (r *run) crowd(round, kind, n int) []Climber {
	voxels, position := r.p.Starts()
	out := make([]Climber, n)
	for i := range out {
		id := uint64(round)<<40 | uint64(kind)<<32 | uint64(i)
		rng := rand.New(rand.NewPCG(r.p.Options.Seed, id))
		out[i] = Climber{start: id}
		out[i].Rigid = geom.Rigid{Rotation: geom.Random(rng), Shift: position(rng.IntN(voxels))}
	}
	return out
}

// advance lets the climbers climb in the field and returns the best, best first.
func (r *run) advance(climbers []Climber, in fields, s stage, step float64, starts int) ([]Climber, error) {
	if len(climbers) == 0 {
		return nil, nil
	}
	m, f := r.p.Molecule, in.full
	if s.half {
		f = in.half
	}
	o, err := r.session.Objective(r.ctx, f, m.Subset(s.atoms))
	if err != nil {
		return nil, err
	}
	defer o.Close()
	if err := o.Climb(r.ctx, climbers, Ascent{Steps: s.steps, First: step, Last: s.last, Gyration: m.Gyration}); err != nil {
		return nil, err
	}
	climbers = r.within(climbers)
	sortByValue(climbers)
	return climbers[:min(len(climbers), max(1, int(math.Ceil(s.keep*float64(starts)))))], nil
}

// within returns the climbers whose centre is where it is looked for. Those
// that left would only crowd out those that stay: what is better elsewhere was
// not asked for.
func (r *run) within(climbers []Climber) []Climber {
	if r.p.Options.Sphere.IsZero() {
		return climbers
	}
	return slices.DeleteFunc(climbers, func(c Climber) bool { return !r.p.Options.Sphere.Contains(c.Shift) })
}

// estimate sorts climbers at their end by what their score will be about,
// which tells better than the field which of many ends are worth more.
func (r *run) estimate(climbers []Climber) error {
	err := Each(r.ctx, r.threads, len(climbers), func(i int) {
		climbers[i].Value = r.scorer.Estimate(climbers[i].Rigid).Score
	})
	sortByValue(climbers)
	return err
}

func sortByValue(climbers []Climber) {
	slices.SortFunc(climbers, func(a, b Climber) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.start, b.start))
	})
}

// distinct returns the best of those that ended in the same place.
func (r *run) distinct(climbers []Climber) []*candidate {
	var out []*candidate
next:
	for _, c := range climbers {
		for _, d := range out {
			if r.p.Molecule.RMSD(c.Rigid, d.at) < distinctEnds {
				d.hits++
				continue next
			}
		}
		if len(out) < keepEnds {
			out = append(out, &candidate{at: c.Rigid, hits: 1, found: prepare.Correlation{Score: c.Value}})
		}
	}
	return out
}

// gather polishes and scores candidates and merges them with the pool.
func (r *run) gather(round int, ends []*candidate, f *Field) error {
	m := r.p.Molecule
	ends = worthy(ends)
	if err := r.polish(ends, f); err != nil {
		return err
	}
	ends = slices.DeleteFunc(ends, func(e *candidate) bool { return !r.p.Options.Sphere.Contains(e.at.Shift) })
next:
	for _, e := range ends {
		e.rounds, e.last = 1, round
		for _, c := range r.pool {
			if m.RMSD(e.at, c.at) < distinctOptima {
				c.merge(e)
				continue next
			}
		}
		r.pool = append(r.pool, e)
	}
	byScore(r.pool)
	if r.watch.report != nil {
		best := r.placements(r.pool[:min(len(r.pool), keepEnds)])
		o := r.p.Options
		r.watch.found(fitting.Group(best, m.Center, o.ClusterShift, o.ClusterAngle))
	}
	return nil
}

// polish moves candidates to the nearest optimum of the field with all atoms,
// and scores them there.
func (r *run) polish(ends []*candidate, f *Field) error {
	if len(ends) == 0 {
		return nil
	}
	m := r.p.Molecule
	o, err := r.session.Objective(r.ctx, f, m.Offsets)
	if err != nil {
		return err
	}
	defer o.Close()
	places := make([]geom.Rigid, len(ends))
	for i, e := range ends {
		places[i] = e.at
	}
	if err := o.Polish(r.ctx, places, polishing(m.Gyration, polishSteps)); err != nil {
		return err
	}
	return Each(r.ctx, r.threads, len(ends), func(i int) {
		ends[i].at, ends[i].found = places[i], r.scorer.Correlate(places[i])
	})
}

// byScore sorts candidates, best first.
func byScore(c []*candidate) {
	slices.SortStableFunc(c, func(a, b *candidate) int { return cmp.Compare(b.found.Score, a.found.Score) })
}

// worthy returns the ends that are to be polished, best first: the best by
// the estimate of their score, and what may be copies of the best.
func worthy(ends []*candidate) []*candidate {
	byScore(ends)
	for i, e := range ends {
		if i >= polished && e.found.Score < copyEstimate*ends[0].found.Score {
			return ends[:i]
		}
	}
	return ends
}

// merge adds what was found once more; the better placement stays.
func (c *candidate) merge(e *candidate) {
	c.hits += e.hits
	if c.last != e.last {
		c.rounds++
		c.last = e.last
	}
	if e.found.Score > c.found.Score {
		c.at, c.found = e.at, e.found
	}
}

// agreed reports whether the best placement was found by two independent
// rounds and is good enough to be believed: then 190 of 190 were right.
func (r *run) agreed() bool {
	if len(r.pool) == 0 {
		return false
	}
	best := r.pool[0]
	m := fitting.Metrics{Score: best.found.Score, SignificanceZ: r.scorer.Significance(best.found)}
	return best.rounds >= 2 && fitting.Believable(m, r.p.Resolution.Value)
}

// copiesAgreed reports whether all placements nearly as good as the best were
// found by two independent rounds.
func (r *run) copiesAgreed() bool {
	for _, c := range r.pool {
		if c.found.Score >= copyScore*r.pool[0].found.Score && c.rounds < 2 {
			return false
		}
	}
	return true
}
