// SPDX-License-Identifier: BSD-3-Clause
//
// The inner loop: the sum of a field and of its gradient over atoms.

#pragma once
#include "task.h"

// Sums, in units of Task::scale: value; gradient per voxel x, y, z; moments
// y·gz, z·gy, z·gx, x·gz, x·gy, y·gx with x, y, z the turned atom in voxels.
#define SUMS 10
#define WARPS 16 // at most

// Turn takes an atom to voxel indices: a row-major matrix, then a shift.
struct Turn {
	float m[9], t[3];
};

// coefficient returns the int16 in half a word as a float. With its sign bit
// flipped it is the mantissa of a float between 2^23 and 2^24; this needs none
// of the conversions that cards do at a fraction of their speed.
DEVICE float coefficient(u32 word, u32 half) {
	const float bias = 8388608.f + 32768.f;
	return number(pick(word ^ 0x80008000u, 0x4b000000u, half ? 0x7632u : 0x7610u)) - bias;
}

// sample adds to s the field at one atom. A cell has the eight coefficients of
//   c0 + c1·x + c2·y + c3·xy + c4·z + c5·xz + c6·yz + c7·xyz.
// Positions beyond the border count as on it; so do those that are not
// numbers, for minimum and maximum return the other operand.
DEVICE void sample(const int4v *RESTRICT cells, const Task &k, const Turn &T, float4v a, float (&s)[SUMS]) {
	const float whole = 8388608.f; // 2^23: its last bit is 1
	float ux = fma(T.m[0], a.x, fma(T.m[1], a.y, T.m[2] * a.z));
	float uy = fma(T.m[3], a.x, fma(T.m[4], a.y, T.m[5] * a.z));
	float uz = fma(T.m[6], a.x, fma(T.m[7], a.y, T.m[8] * a.z));
	float px = smaller(larger(ux + T.t[0], 0.f), k.end[0]);
	float py = smaller(larger(uy + T.t[1], 0.f), k.end[1]);
	float pz = smaller(larger(uz + T.t[2], 0.f), k.end[2]);
	float fx = down(px, whole), fy = down(py, whole), fz = down(pz, whole);
	u32 ix = bits(fx) & 0x7fffffu, iy = bits(fy) & 0x7fffffu, iz = bits(fz) & 0x7fffffu;
	float x = px - (fx - whole), y = py - (fy - whole), z = pz - (fz - whole);
	int4v c = load4(cells + (u64)(iz * k.layer + iy * k.row + ix));
	float c0 = coefficient(c.x, 0), c1 = coefficient(c.x, 1), c2 = coefficient(c.y, 0), c3 = coefficient(c.y, 1);
	float c4 = coefficient(c.z, 0), c5 = coefficient(c.z, 1), c6 = coefficient(c.w, 0), c7 = coefficient(c.w, 1);
	float p = fma(c3, y, c1), q = fma(c7, y, c5);
	float gx = fma(q, z, p);
	float gz = fma(q, x, fma(c6, y, c4));
	float gy = fma(fma(c7, x, c6), z, fma(c3, x, c2));
	s[0] += fma(gz, z, fma(p, x, fma(c2, y, c0)));
	s[1] += gx;
	s[2] += gy;
	s[3] += gz;
	s[4] = fma(uy, gz, s[4]);
	s[5] = fma(uz, gy, s[5]);
	s[6] = fma(uz, gx, s[6]);
	s[7] = fma(ux, gz, s[7]);
	s[8] = fma(ux, gy, s[8]);
	s[9] = fma(uy, gx, s[9]);
}

// Sum is the room of one block for its sums.
struct Sum {
	float total[SUMS];
	float warps[SUMS][WARPS];
};

// sum leaves the sums over all atoms in r.total. The order of additions
// depends on the number of threads alone.
DEVICE void sum(const int4v *RESTRICT cells, const float4v *RESTRICT atoms, const Task &k, const Turn &T, Sum &r) {
	float s[SUMS];
#pragma unroll
	for (int n = 0; n < SUMS; n++)
		s[n] = 0;
	for (u32 a = THREAD; a < k.atoms; a += THREADS)
		sample(cells, k, T, load4(atoms + a), s);
#pragma unroll
	for (int n = 0; n < SUMS; n++)
#pragma unroll
		for (int by = 16; by > 0; by >>= 1)
			s[n] += shuffle_down(s[n], by);
	if ((THREAD & 31) == 0)
#pragma unroll
		for (int n = 0; n < SUMS; n++)
			r.warps[n][THREAD >> 5] = s[n];
	BARRIER();
	if (THREAD < SUMS) {
		float t = r.warps[THREAD][0];
		for (u32 w = 1; w < THREADS >> 5; w++)
			t += r.warps[THREAD][w];
		r.total[THREAD] = t;
	}
	BARRIER();
}
