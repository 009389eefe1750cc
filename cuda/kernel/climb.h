// SPDX-License-Identifier: BSD-3-Clause
//
// Riemannian Adam, as fitting/search has it.

#pragma once
#include "place.h"

// longest is the longest turn of one step, in radians, that rotation_by is
// good for. It binds molecules smaller than an ångström alone.
#define longest 2.f

// step_up moves a climber by one step of the given length, in ångström of
// shift, and of arc at the radius of gyration for turns. The gradients g are in
// shared memory, for registers are what decides how many blocks run at once.
DEVICE void step_up(const Task &k, const Climb &how, float step, const float *s, float *g, Climber *c) {
	float shift[3], turn[3], by = 1.f / k.gyration;
	gradients(k, s, shift, turn);
#pragma unroll
	for (int j = 0; j < 3; j++)
		g[j] = shift[j], g[3 + j] = turn[j] * by;
	c->decay[0] *= how.beta1;
	c->decay[1] *= how.beta2;
	float up = step / (1.f - c->decay[0]) * root(1.f - c->decay[1]);
#pragma unroll 1
	for (int i = 0; i < 2; i++) {
		float *d = g + 3 * i, *mean = c->mean + 3 * i;
		float square = fma(d[2], d[2], fma(d[1], d[1], d[0] * d[0]));
		square = fma(how.beta2, c->square[i], (1.f - how.beta2) * square);
		c->square[i] = square;
		float far = up / (root(square) + 1e-12f);
#pragma unroll
		for (int j = 0; j < 3; j++) {
			mean[j] = fma(how.beta1, mean[j], (1.f - how.beta1) * d[j]);
			d[j] = far * mean[j];
		}
	}
	float v[3] = {g[3] * by, g[4] * by, g[5] * by};
	float square = fma(v[2], v[2], fma(v[1], v[1], v[0] * v[0]));
	float less = square > longest * longest ? longest / root(square) : 1.f;
#pragma unroll
	for (int j = 0; j < 3; j++)
		c->at.moved[j] += g[j], v[j] *= less;
	Quaternion q = {c->at.rotation[0], c->at.rotation[1], c->at.rotation[2], c->at.rotation[3]};
	q = product(rotation_by(v), q);
	q = scaled(1.f / length(q), q);
	c->at.rotation[0] = q.w, c->at.rotation[1] = q.x, c->at.rotation[2] = q.y, c->at.rotation[3] = q.z;
}

// difffit_climb moves each climber by some steps and leaves the value where it
// ended.
KERNEL void difffit_climb(const int4v *RESTRICT cells, const float4v *RESTRICT atoms, const Task *RESTRICT task,
		const Climb *RESTRICT how, Climber *RESTRICT climbers) {
	SHARED Turn turn;
	SHARED Sum room;
	SHARED Climber own; // this and the next: the first thread's alone
	SHARED float g[6];
	const Task k = *task;
	Climber *c = &own;
	float length = how->first;
	copy(&own, climbers + BLOCK);
	for (u32 step = 0;; step++) {
		if (THREAD == 0) {
			Quaternion q = {c->at.rotation[0], c->at.rotation[1], c->at.rotation[2], c->at.rotation[3]};
			turn_of(*again(task), q, c->at, &turn);
		}
		BARRIER();
		sum(cells, atoms, k, turn, room);
		if (THREAD == 0) {
			if (step == again(how)->steps)
				c->at.value = room.total[0] * again(task)->scale * again(task)->share;
			else
				step_up(*again(task), *again(how), length, room.total, g, c);
			length *= again(how)->ratio;
		}
		if (step == again(how)->steps)
			break;
	}
	copy(climbers + BLOCK, &own);
}
