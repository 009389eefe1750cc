// SPDX-License-Identifier: BSD-3-Clause

package fitting

// LeastNull is the number of placements below which no null distribution is
// fitted, and which a Sampler tries to find: the program of the method's authors,
// fdrtool, warns below it.
const LeastNull = 200

// A Null is the distribution of the correlation about the mean (cam) among the
// placements of one structure in one map, most of them wrong: a normal of
// Fisher's z = atanh(cam).
//
// What p says: how unusual a cam is among the places of the same structure
// that random starts climb to. What it does not say: that the structure is the
// right one. Optimised placements are neither independent nor all wrong, and
// structures are not compared with each other: for a library there is E.
//
// Package rank fits it and has p.
//
// (Method of DomainFit and Assembline with fdrtool, Strimmer, BMC
// Bioinformatics 9, 303 (2008); one-tailed.)
type Null struct {
	Placements int     `json:"null_placements"` // in the sample
	Mean       float64 `json:"mean"`            // of z
	Sigma      float64 `json:"sigma"`           // of z about the mean, of the wrong ones
	Eta0       float64 `json:"eta0"`            // estimated part of the sample that is wrong
	Cut        float64 `json:"cut"`             // |z − Mean| up to which the sample was used
}
