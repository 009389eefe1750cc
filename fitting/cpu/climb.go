// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"math"

	"difffit/fitting/search"
	"gonum.org/v1/gonum/spatial/r3"
)

// climb does steps of Riemannian Adam on o.
func climb(c *search.Climber, o *objective, how search.Ascent) {
	const beta1, beta2 = search.Beta1, search.Beta2
	ratio := 1.0
	if how.Steps > 1 {
		ratio = math.Pow(how.Last/how.First, 1/float64(how.Steps-1))
	}
	if c.Decay1 == 0 {
		c.Decay1, c.Decay2 = 1, 1
	}
	gyration := math.Max(how.Gyration, 1e-3) // a single atom turns as it likes
	for steps, step := how.Steps, how.First; steps > 0; steps, step = steps-1, step*ratio {
		_, shift, turn := o.at(c.Rigid)
		turn = r3.Scale(1/gyration, turn)
		c.Decay1 *= beta1
		c.Decay2 *= beta2
		var move [2]r3.Vec
		for i, g := range [2]r3.Vec{shift, turn} {
			c.Mean[i] = r3.Add(r3.Scale(beta1, c.Mean[i]), r3.Scale(1-beta1, g))
			c.Square[i] = beta2*c.Square[i] + (1-beta2)*r3.Norm2(g)
			k := step / (1 - c.Decay1) * math.Sqrt(1-c.Decay2) / (math.Sqrt(c.Square[i]) + 1e-12)
			move[i] = r3.Scale(k, c.Mean[i])
		}
		c.Rigid = search.Turned(c.Rigid, r3.Scale(1/gyration, move[1]), move[0])
	}
}
