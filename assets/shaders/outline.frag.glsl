// SPDX-License-Identifier: BSD-3-Clause
// The line around what is in a mask: bright beside it, and dark, or light,
// around that, so that it is seen on everything.

uniform sampler2D mask;
uniform vec3 width;      // of both together, of the bright one, and how far around a gap the mask is; pixels
uniform vec4 core, edge; // colours times alpha
uniform ivec2 corner;    // the last pixel

layout(location = 0) out vec4 result;

// has returns in how many of so many directions the mask is, so far away.
float has(int directions, float far, float turn) {
	float sum = 0.0;
	for (int i = 0; i < directions; i++) {
		float angle = turn + 6.283185 * float(i) / float(directions);
		ivec2 step = ivec2(round(far * vec2(cos(angle), sin(angle))));
		sum += float(texelFetch(mask, clamp(ivec2(gl_FragCoord.xy) + step, ivec2(0), corner), 0).a > 0.0);
	}
	return sum;
}

// within tells in how many of 12 directions the mask is met on the way so far;
// none where nobody asks. Software runs both sides of conditions, but leaves loops.
int within(float far, bool asked) {
	int sum = 0;
	for (int i = 0; i < (asked ? 12 : 0); i++) {
		float angle = 0.2 + 6.283185 * float(i) / 12.0;
		vec2 way = vec2(cos(angle), sin(angle));
		for (int k = 1; k <= 6; k++) {
			float d = far * float(k * k) / 36.0;
			ivec2 at = ivec2(gl_FragCoord.xy) + ivec2(round(d * way));
			if (texelFetch(mask, clamp(at, ivec2(0), corner), 0).a > 0.0) {
				sum++;
				break;
			}
		}
	}
	return sum;
}

void main() {
	bool beside = texelFetch(mask, ivec2(gl_FragCoord.xy), 0).a == 0.0;
	float inner = has(4, 0.5 * width.y, 0.785398) + has(8, width.y, 0.0);
	bool near = beside && inner + has(8, width.x, 0.392699) > 0.0;
	if (within(width.z, near) >= 9 || !near) discard; // a gap within, not the rim
	result = inner > 0.0 ? core : edge;
}
