// SPDX-License-Identifier: BSD-3-Clause
// A square for each atom, just large enough to hide its sphere.

layout(location = 0) in vec2 corner; // -1 or 1
layout(location = 1) in vec4 atom;   // centre and radius, ångström
layout(location = 2) in vec4 tint;

uniform mat4 view; // from the frame of the atoms to that of the eye
uniform mat4 projection;
uniform bool parallel;
uniform vec2 thin; // spheres of this radius, ångström, are so much smaller

flat out vec4 sphere; // in the frame of the eye
flat out vec3 color;
out vec3 place;

void main() {
	vec3 c = (view * vec4(atom.xyz, 1.0)).xyz;
	float r = abs(atom.w - thin.x) < 1e-3 ? atom.w * thin.y : atom.w;
	vec3 sight = parallel ? vec3(0.0, 0.0, -1.0) : normalize(c);
	vec3 a = normalize(cross(sight, abs(sight.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0)));
	vec3 b = cross(sight, a);
	// In perspective the outline is a cone that touches the sphere before its
	// centre: through the centre it is wider than the sphere.
	float d2 = dot(c, c);
	float k = parallel ? r : r * sqrt(d2 / max(d2 - r * r, 1e-4 * d2));
	place = c + (a * corner.x + b * corner.y) * k;
	sphere = vec4(c, r);
	color = tint.rgb;
	gl_Position = near(atom.xyz) ? projection * vec4(place, 1.0) : nowhere;
}
