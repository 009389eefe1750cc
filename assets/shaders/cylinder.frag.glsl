// SPDX-License-Identifier: BSD-3-Clause
// The exact intersection of the line of sight with a cylinder, with its depth.
// Its ends are open, for there is a sphere on each. The half at each end has
// the colour of that end.
//
// Defined by the program: GHOST if it is drawn behind what is solid.

flat in vec4 start;
flat in vec3 axis;
flat in float span;
flat in vec3 colorFrom;
flat in vec3 colorTo;
flat in vec2 ends;
in vec3 place;

uniform mat4 projection;
uniform bool parallel;
uniform vec2 slab; // depths between which anything is seen
uniform float alpha;
#ifdef GHOST
uniform sampler2DArray solidDepths;
#endif

layout(location = 0) out vec4 result;
layout(location = 1) out float resultDepth;

void main() {
	vec3 d = parallel ? vec3(0.0, 0.0, -1.0) : normalize(place);
	vec3 o = place - start.xyz; // on the line, near the cylinder
	vec3 across = d - axis * dot(d, axis), q = o - axis * dot(o, axis);
	float a = max(dot(across, across), 1e-12), b = dot(across, q) / a;
	float s = b * b - (dot(q, q) - start.w * start.w) / a;
	if (s < 0.0) discard;
	float t = -b - sqrt(s);
	float cut = (slab.x + place.z) / -d.z; // where the line comes into the slab
	bool inside = t < cut;
	float back = -b + sqrt(s);
	t = max(t, cut);
	vec3 p = place + d * t;
	float along = dot(p - start.xyz, axis), depth = -p.z;
	float seen = along < 0.5 * span ? ends.x : ends.y;
	if (back < cut || depth > slab.y || along < 0.0 || along > span || seen == 0.0) discard;
#ifdef GHOST
	if (depth > texelFetch(solidDepths, ivec3(gl_FragCoord.xy, 0), 0).r) discard;
#endif
	vec4 clip = projection * vec4(p, 1.0);
	gl_FragDepth = 0.5 + 0.5 * clip.z / clip.w;
	vec3 n = inside ? vec3(0.0, 0.0, 1.0) : (p - start.xyz - axis * along) / start.w;
	vec3 color = along < 0.5 * span ? colorFrom : colorTo;
	result = hazed(vec4(lit(color, n, -d), 1.0) * alpha, depth);
	resultDepth = depth;
}
