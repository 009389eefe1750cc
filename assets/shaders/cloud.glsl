// SPDX-License-Identifier: BSD-3-Clause
// A map as a cloud that shines and hides: direct volume rendering. Opacities
// of the table are those of one step.

uniform sampler2D transfer; // colours and opacities
uniform vec2 span;          // densities, 0 to 1, of its ends

float cloudAt, cloudEnd;
vec2 cloudStep;

void startCloud(vec2 place) {
	vec3 wall;
	vec2 range = aim(place, wall);
	cloudStep = strides();
	cloudAt = range.x + phase * cloudStep.x;
	cloudEnd = range.y;
}

// marchCloud adds what lies up to a depth to sum.
void marchCloud(inout vec4 sum, float until) {
	float end = min(until, cloudEnd);
	for (int i = 0; i < 8192; i++) {
		if (cloudAt >= end || sum.a > 0.995) break;
		vec3 p = origin + way * cloudAt;
		float s = density(p);
		vec4 c = textureLod(transfer, vec2((s - span.x) / (span.y - span.x), 0.5), 0.0);
		float a = s < span.x ? 0.0 : c.a;
		sum += (1.0 - sum.a) * hazed(vec4(c.rgb, 1.0) * a, cloudAt);
		cloudAt += leap(p, cloudStep);
	}
}
