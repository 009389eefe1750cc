// SPDX-License-Identifier: BSD-3-Clause
// The exact intersection of the line of sight with a sphere, with its depth.
// Where the front of the slab cuts a sphere, its flat inside is seen.
//
// Defined by the program: GHOST if it is drawn behind what is solid.

flat in vec4 sphere;
flat in vec3 color;
in vec3 place;

uniform mat4 projection;
uniform bool parallel;
uniform vec2 slab;   // depths between which anything is seen
uniform float alpha;
#ifdef GHOST
uniform sampler2DArray solidDepths;
#endif

layout(location = 0) out vec4 result;
layout(location = 1) out float resultDepth;

void main() {
	vec3 from = parallel ? vec3(place.xy, 0.0) : vec3(0.0);
	vec3 d = parallel ? vec3(0.0, 0.0, -1.0) : normalize(place);
	vec3 c = sphere.xyz - from;
	float b = dot(c, d);
	vec3 q = c - b * d; // from the line to the centre: no difference of large squares
	float s = sphere.w * sphere.w - dot(q, q);
	if (s < 0.0) discard;
	float t = b - sqrt(s), back = b + sqrt(s);
	float cut = slab.x / -d.z;
	bool inside = t < cut;
	t = max(t, cut);
	vec3 p = from + d * t;
	float depth = -p.z;
	if (back < cut || depth > slab.y) discard;
#ifdef GHOST
	if (depth > texelFetch(solidDepths, ivec3(gl_FragCoord.xy, 0), 0).r) discard;
#endif
	vec4 clip = projection * vec4(p, 1.0);
	gl_FragDepth = 0.5 + 0.5 * clip.z / clip.w;
	vec3 n = inside ? vec3(0.0, 0.0, 1.0) : (p - sphere.xyz) / sphere.w;
	result = hazed(vec4(lit(color, n, -d), 1.0) * alpha, depth);
	resultDepth = depth;
}
