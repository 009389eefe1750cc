// SPDX-License-Identifier: BSD-3-Clause
// The maximum of the density along each line of sight, at its depth.

in vec2 place;

uniform sampler2DArray solidDepths;
uniform sampler2D transfer; // colours and opacities
uniform vec2 span;          // densities, 0 to 1, of its ends

layout(location = 0) out vec4 result;
layout(location = 1) out float resultDepth;

void main() {
	vec3 wall;
	vec2 range = aim(place, wall);
	float t1 = min(range.y, texelFetch(solidDepths, ivec3(gl_FragCoord.xy, 0), 0).r);
	vec2 step = strides();
	float t = range.x + phase * step.x, most = -1.0, at = t;
	for (int i = 0; i < 8192; i++) {
		if (t >= t1) break;
		vec3 p = origin + way * t;
		float s = density(p);
		at = s > most ? t : at;
		most = max(most, s);
		t += leap(p, step);
	}
	vec4 c = textureLod(transfer, vec2((most - span.x) / (span.y - span.x), 0.5), 0.0);
	if (most < span.x || c.a <= 0.0) discard;
	result = hazed(vec4(c.rgb * c.a, c.a), at);
	resultDepth = at;
}
