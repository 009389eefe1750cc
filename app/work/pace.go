// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"fmt"
	"math"
	"time"
)

// A Pace estimates how long something still takes, from how far it is. The speed
// is that of the last while, so that a part that goes slowly counts, and what is
// told does not jump. The zero value begins with the first call of Left.
type Pace struct {
	began, last time.Time
	at          float64 // fraction at last
	work, time  float64 // fraction, and seconds that it took, of the last while
	told        time.Duration
}

// paceWhile is how long the speed is looked at, as a part of the time so far:
// the weight of what is older than that falls to a third.
const paceWhile = 0.5

// Of what is estimated anew a second, so much counts at once.
const paceTrust = 0.3

// leastPace is how much must be done, and for how long, before anything is said.
const (
	leastPace     = 0.02
	leastPaceTime = time.Second
)

// Left returns the estimated time to the end, when a fraction of the whole is done
// at some time; 0 while nothing can be said. Times and fractions must not fall.
func (p *Pace) Left(now time.Time, fraction float64) time.Duration {
	if p.began.IsZero() {
		p.began, p.last, p.at = now, now, fraction
		return 0
	}
	so, step := now.Sub(p.began).Seconds(), now.Sub(p.last).Seconds()
	if step <= 0 || so <= 0 {
		return p.told
	}
	keep := math.Exp(-step / (paceWhile * so))
	p.work, p.time = keep*p.work+fraction-p.at, keep*p.time+step
	p.last, p.at = now, fraction
	if fraction >= 1 || fraction < leastPace || so < leastPaceTime.Seconds() || !(p.work > 0) {
		p.told = 0
		return 0
	}
	left := time.Duration((1 - fraction) * p.time / p.work * float64(time.Second))
	if p.told > 0 {
		expected := max(0, p.told-time.Duration(step*float64(time.Second)))
		trust := 1 - math.Pow(1-paceTrust, step)
		left = expected + time.Duration(trust*float64(left-expected))
	}
	p.told = left
	return left
}

// About tells a time that is left, as exactly as one can know it: "about 4 min
// left"; "" for less than a second.
func About(left time.Duration) string {
	s := left.Seconds()
	switch {
	case s < 1:
		return ""
	case s < 10:
		return "a few seconds left"
	case s < 55:
		return fmt.Sprintf("about %.0f s left", 10*math.Max(1, math.Round(s/10)))
	case s < 59.5*60:
		return fmt.Sprintf("about %.0f min left", math.Max(1, math.Round(s/60)))
	}
	return fmt.Sprintf("about %.1f h left", s/3600)
}
