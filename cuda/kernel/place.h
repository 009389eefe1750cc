// SPDX-License-Identifier: BSD-3-Clause
//
// Placements, and what the sums over atoms say about them.

#pragma once
#include "sum.h"

struct Quaternion {
	float w, x, y, z;
};

DEVICE Quaternion product(Quaternion a, Quaternion b) {
	Quaternion r;
	r.w = fma(a.w, b.w, -fma(a.x, b.x, fma(a.y, b.y, a.z * b.z)));
	r.x = fma(a.w, b.x, fma(a.x, b.w, fma(a.y, b.z, -(a.z * b.y))));
	r.y = fma(a.w, b.y, fma(a.y, b.w, fma(a.z, b.x, -(a.x * b.z))));
	r.z = fma(a.w, b.z, fma(a.z, b.w, fma(a.x, b.y, -(a.y * b.x))));
	return r;
}

DEVICE float length(Quaternion q) { return root(fma(q.w, q.w, fma(q.x, q.x, fma(q.y, q.y, q.z * q.z)))); }

DEVICE Quaternion scaled(float k, Quaternion q) {
	Quaternion r = {k * q.w, k * q.x, k * q.y, k * q.z};
	return r;
}

// turn_of writes what takes an atom to voxel indices at the unit quaternion q.
DEVICE void turn_of(const Task &k, Quaternion q, const Place &at, Turn *T) {
	float xx = q.x * q.x, yy = q.y * q.y, zz = q.z * q.z;
	T->m[0] = k.voxels[0] * fma(-2.f, yy + zz, 1.f);
	T->m[1] = k.voxels[0] * (2.f * fma(q.x, q.y, -(q.z * q.w)));
	T->m[2] = k.voxels[0] * (2.f * fma(q.x, q.z, q.y * q.w));
	T->m[3] = k.voxels[1] * (2.f * fma(q.x, q.y, q.z * q.w));
	T->m[4] = k.voxels[1] * fma(-2.f, xx + zz, 1.f);
	T->m[5] = k.voxels[1] * (2.f * fma(q.y, q.z, -(q.x * q.w)));
	T->m[6] = k.voxels[2] * (2.f * fma(q.x, q.z, -(q.y * q.w)));
	T->m[7] = k.voxels[2] * (2.f * fma(q.y, q.z, q.x * q.w));
	T->m[8] = k.voxels[2] * fma(-2.f, xx + yy, 1.f);
#pragma unroll
	for (int i = 0; i < 3; i++)
		T->t[i] = at.begin[i] + fma(at.moved[i], k.voxels[i], at.rest[i]);
}

// gradients returns the mean gradient per ångström of shift and per radian of
// turning about the centroid: Σ (R·a) × gradient, from products in voxels.
DEVICE void gradients(const Task &k, const float *s, float (&shift)[3], float (&turn)[3]) {
	float u = k.scale * k.share;
#pragma unroll
	for (int i = 0; i < 3; i++)
		shift[i] = s[1 + i] * k.voxels[i] * u;
	turn[0] = (k.step[1] * k.voxels[2] * s[4] - k.step[2] * k.voxels[1] * s[5]) * u;
	turn[1] = (k.step[2] * k.voxels[0] * s[6] - k.step[0] * k.voxels[2] * s[7]) * u;
	turn[2] = (k.step[0] * k.voxels[1] * s[8] - k.step[1] * k.voxels[0] * s[9]) * u;
}

// rotation_by returns the rotation by the vector v, in radians: the series of
// cosine and of sine over x at half the angle, good to 1e-7 up to two radians.
// No step is longer (see climb.cu).
DEVICE Quaternion rotation_by(const float (&v)[3]) {
	float h = 0.25f * fma(v[0], v[0], fma(v[1], v[1], v[2] * v[2])); // half angle, squared
	float c = fma(h, fma(h, fma(h, fma(h, fma(h, -1.f / 3628800, 1.f / 40320), -1.f / 720), 1.f / 24), -0.5f), 1.f);
	float s = fma(h, fma(h, fma(h, fma(h, 1.f / 362880, -1.f / 5040), 1.f / 120), -1.f / 6), 1.f);
	Quaternion q = {c, 0.5f * s * v[0], 0.5f * s * v[1], 0.5f * s * v[2]};
	return q;
}
