// SPDX-License-Identifier: BSD-3-Clause
//
// What host and device share. The Go side is ../layout.go; a test holds the
// two together. Scalars travel in device memory: gorgonia.org/cu copies eight
// bytes of every argument of a kernel.

#pragma once
#include "device.h"

// Task is one field and one set of atoms.
struct Task {
	float end[3];     // largest voxel index that is still inside the last cell
	float scale;      // density of one unit of a coefficient
	float voxels[3];  // voxels per ångström
	float share;      // 1 / number of atoms
	float step[3];    // ångström per voxel
	u32 atoms;        // number of atoms
	u32 row, layer;   // cells from one row, one layer to the next
	float gyration;   // radius of gyration, ångström
	float unused;
};

// Place is a placement about the centroid. The shift is kept as a long way
// from the origin of the field to where a launch began, which the host knows
// in double precision, and a short way from there.
struct Place {
	float rotation[4]; // unit quaternion w, x, y, z
	float begin[3];    // voxel indices
	float rest[3];     // what begin lost by rounding
	float moved[3];    // ångström
	float value;       // mean of the field over the atoms
};

// Climber is a placement with the memory of Riemannian Adam.
struct Climber {
	Place at;
	float mean[6];   // first moments: shift, turn (per ångström of arc)
	float square[2]; // second moments, one for each
	float decay[2];  // powers of the rates of decay
};

// Climb says how climbers move.
struct Climb {
	float beta1, beta2;
	float first, ratio; // length of the first step, ångström; of each next one to the one before
	u32 steps;
	u32 unused[3];
};

// Follower is a placement with the memory of plain Adam in seven variables.
struct Follower {
	Place at; // rotation is not normalised
	float mean[7], square[7], decay[2];
	Place best;
};

// Follow says how followers move.
struct Follow {
	float beta1, beta2, epsilon;
	float shift_rate, rotation_rate; // ångström; none
	u32 steps, done;                 // of this launch; before it
	u32 look;                        // steps between looks at the value
};

// Volume is a density map for samples.
struct Volume {
	u32 size[3];
	u32 points; // at which it is sampled
};
