// SPDX-License-Identifier: BSD-3-Clause
// Up to three planes of a map across its axes, coloured by density.

in vec2 place;

uniform sampler2DArray solidDepths;
uniform vec3 planes;        // voxels; below -1e8: none
uniform sampler2D transfer; // colours
uniform vec2 span;          // densities, 0 to 1, of its ends
uniform float alpha;

layout(location = 0) out vec4 result;
layout(location = 1) out float resultDepth;

void main() {
	vec3 wall;
	vec2 range = aim(place, wall);
	vec3 t = (planes - origin) / way;
	float end = min(range.y, texelFetch(solidDepths, ivec3(gl_FragCoord.xy, 0), 0).r);
	float hit = 1e30;
	for (int i = 0; i < 3; i++) {
		vec3 p = origin + way * t[i];
		bool within = all(greaterThanEqual(p, low - 0.001)) && all(lessThanEqual(p, high + 0.001));
		bool shown = planes[i] > -1e8 && within && t[i] >= slab.x && t[i] < hit;
		hit = shown ? t[i] : hit;
	}
	if (hit > end + 1e-3) discard;
	float s = density(origin + way * hit);
	vec4 c = textureLod(transfer, vec2((s - span.x) / (span.y - span.x), 0.5), 0.0);
	result = hazed(vec4(c.rgb, 1.0) * alpha, hit);
	resultDepth = hit;
}
