// SPDX-License-Identifier: BSD-3-Clause
// Several surfaces, each in a layer of its own, put over each other in the
// order of their depths, which may differ from pixel to pixel.

uniform sampler2DArray colors; // times alpha
uniform sampler2DArray depths;
uniform int count;

layout(location = 0) out vec4 result;

void main() {
	vec4 sum = vec4(0.0);
	float behind = -1.0; // everything up to this depth is in sum
	int previous = -1;
	for (int k = 0; k < count; k++) {
		int next = -1;
		float nearest = 1e30;
		for (int i = 0; i < count; i++) {
			float z = texelFetch(depths, ivec3(gl_FragCoord.xy, i), 0).r;
			bool later = z > behind || (z == behind && i > previous); // equal depths: in their order
			bool closer = z < nearest && later;
			next = closer ? i : next;
			nearest = closer ? z : nearest;
		}
		if (next < 0) break;
		sum += (1.0 - sum.a) * texelFetch(colors, ivec3(gl_FragCoord.xy, next), 0);
		behind = nearest;
		previous = next;
	}
	result = sum;
}
