// SPDX-License-Identifier: BSD-3-Clause
// The exact intersection of the line of sight with a sphere, with its depth.

flat in vec4 sphere;
flat in vec3 color;
in vec3 place;

uniform mat4 projection;
uniform bool parallel;

layout(location = 0) out vec4 result;

void main() {
	vec3 from = parallel ? vec3(place.xy, 0.0) : vec3(0.0);
	vec3 d = parallel ? vec3(0.0, 0.0, -1.0) : normalize(place);
	vec3 c = sphere.xyz - from;
	float b = dot(c, d);
	vec3 q = c - b * d; // from the line to the centre: no difference of large squares
	float s = sphere.w * sphere.w - dot(q, q);
	if (s < 0.0) discard;
	float t = b - sqrt(s);
	vec3 p = from + d * t;
	vec4 clip = projection * vec4(p, 1.0);
	if (clip.z < -clip.w) discard; // before the near plane
	gl_FragDepth = 0.5 + 0.5 * clip.z / clip.w;
	vec3 n = (p - sphere.xyz) / sphere.w;
	result = vec4(hazed(lit(color, n, -d), -p.z), 1.0);
}
