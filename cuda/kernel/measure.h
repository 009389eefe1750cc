// SPDX-License-Identifier: BSD-3-Clause
//
// Sums and samples at given placements: for the last ascent, which the host
// guides in double precision, and for the metrics.

#pragma once
#include "place.h"

// difffit_sum writes the sums at each placement, in units of Task::scale.
KERNEL void difffit_sum(const int4v *RESTRICT cells, const float4v *RESTRICT atoms, const Task *RESTRICT task,
		const Turn *RESTRICT turns, float *RESTRICT out) {
	SHARED Sum room;
	const Task k = *task;
	const Turn T = turns[BLOCK];
	sum(cells, atoms, k, T, room);
	if (THREAD < SUMS)
		out[BLOCK * SUMS + THREAD] = room.total[THREAD];
}

// difffit_sample writes a map at the points of each placement, interpolated
// linearly between voxels, and 0 outside.
KERNEL void difffit_sample(const float *RESTRICT map, const float4v *RESTRICT points, const Volume *RESTRICT volume,
		const Turn *RESTRICT turns, float *RESTRICT out) {
	const Turn T = turns[BLOCK];
	const u32 nx = volume->size[0], ny = volume->size[1], nz = volume->size[2], n = volume->points;
	const float endx = (float)(nx - 1), endy = (float)(ny - 1), endz = (float)(nz - 1);
	const u64 layer = (u64)nx * ny;
	for (u32 i = THREAD; i < n; i += THREADS) {
		float4v a = load4(points + i);
		float x = fma(T.m[0], a.x, fma(T.m[1], a.y, fma(T.m[2], a.z, T.t[0])));
		float y = fma(T.m[3], a.x, fma(T.m[4], a.y, fma(T.m[5], a.z, T.t[1])));
		float z = fma(T.m[6], a.x, fma(T.m[7], a.y, fma(T.m[8], a.z, T.t[2])));
		float v = 0;
		if (x >= 0 && y >= 0 && z >= 0 && x < endx && y < endy && z < endz) {
			u32 ix = (u32)x, iy = (u32)y, iz = (u32)z;
			x -= (float)ix, y -= (float)iy, z -= (float)iz;
			const float *p = map + iz * layer + (u64)iy * nx + ix, *q = p + layer;
			float a0 = load(p), a1 = load(p + nx), b0 = load(q), b1 = load(q + nx);
			a0 = fma(x, load(p + 1) - a0, a0), a1 = fma(x, load(p + nx + 1) - a1, a1);
			b0 = fma(x, load(q + 1) - b0, b0), b1 = fma(x, load(q + nx + 1) - b1, b1);
			a0 = fma(y, a1 - a0, a0), b0 = fma(y, b1 - b0, b0);
			v = fma(z, b0 - a0, a0);
		}
		out[(u64)BLOCK * n + i] = v;
	}
}
