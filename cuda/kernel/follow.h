// SPDX-License-Identifier: BSD-3-Clause
//
// Plain Adam in seven variables, the method of the paper.

#pragma once
#include "place.h"

// step_on moves a follower by one step. A rotation vector v moves the unit
// quaternion by half of (0, v)·q; so the gradient by the quaternion is
// 2·(0, turn)·q over its length. The variables are in shared memory and taken
// one by one, for registers are what decides how many blocks run at once.
DEVICE void step_on(const Task &k, const Follow &how, const float *s, Quaternion unit, float over, float *g, Follower *f) {
	float turn[3], shift[3];
	gradients(k, s, shift, turn);
	Quaternion t = {0, turn[0], turn[1], turn[2]};
	Quaternion d = scaled(2.f * over, product(t, unit));
	g[0] = d.w, g[1] = d.x, g[2] = d.y, g[3] = d.z;
	g[4] = shift[0], g[5] = shift[1], g[6] = shift[2];
	f->decay[0] *= how.beta1;
	f->decay[1] *= how.beta2;
	float one = 1.f / (1.f - f->decay[0]), two = 1.f / (1.f - f->decay[1]);
#pragma unroll 1
	for (int i = 0; i < 7; i++) {
		float m = fma(how.beta1, f->mean[i], (1.f - how.beta1) * g[i]);
		float v = fma(how.beta2, f->square[i], (1.f - how.beta2) * g[i] * g[i]);
		f->mean[i] = m, f->square[i] = v;
		float by = m * one / (root(v * two) + how.epsilon);
		float *x = i < 4 ? &f->at.rotation[i] : &f->at.moved[i - 4];
		*x = fma(i < 4 ? how.rotation_rate : how.shift_rate, by, *x);
	}
}

// difffit_follow moves each follower by some steps and keeps the best of the
// places that it looks at.
KERNEL void difffit_follow(const int4v *RESTRICT cells, const float4v *RESTRICT atoms, const Task *RESTRICT task,
		const Follow *RESTRICT how, Follower *RESTRICT followers) {
	SHARED Turn turn;
	SHARED Sum room;
	SHARED Follower own; // this and the next three: the first thread's alone
	SHARED Quaternion unit;
	SHARED float over, g[7];
	const Task k = *task;
	Follower *f = &own;
	copy(&own, followers + BLOCK);
	for (u32 step = 0; step < again(how)->steps; step++) {
		if (THREAD == 0) {
			Quaternion q = {f->at.rotation[0], f->at.rotation[1], f->at.rotation[2], f->at.rotation[3]};
			over = 1.f / length(q);
			unit = scaled(over, q);
			turn_of(*again(task), unit, f->at, &turn);
		}
		BARRIER();
		sum(cells, atoms, k, turn, room);
		if (THREAD == 0) {
			float value = room.total[0] * again(task)->scale * again(task)->share;
			if ((again(how)->done + step) % again(how)->look == 0 && value > f->best.value) {
				f->best = f->at;
				f->best.rotation[0] = unit.w, f->best.rotation[1] = unit.x;
				f->best.rotation[2] = unit.y, f->best.rotation[3] = unit.z;
				f->best.value = value;
			}
			step_on(*again(task), *again(how), room.total, unit, over, g, f);
		}
	}
	copy(followers + BLOCK, &own);
}
