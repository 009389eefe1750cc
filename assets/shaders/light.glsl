// SPDX-License-Identifier: BSD-3-Clause
// How things look in the light; every fragment shader begins with this text.
// Vectors are in the frame of the eye: x to the right, y upwards, z backwards.

uniform vec3 background;
uniform vec3 fog; // depth where it begins, 1/length, the most of it

// A lamp beside the head: one at the eye would leave no shadow side.
const vec3 lamp = vec3(0.27, 0.36, 0.893);

// lit returns the colour of a surface with unit normal n; e is the unit vector
// to the eye. Both sides of a surface are alike.
vec3 lit(vec3 color, vec3 n, vec3 e) {
	n = dot(n, e) < 0.0 ? -n : n;
	float d = max(dot(n, lamp), 0.0);
	float h = max(dot(n, normalize(lamp + e)), 0.0);
	float h2 = h * h, h4 = h2 * h2, h8 = h4 * h4, h32 = h8 * h8 * h8 * h8;
	return color * (0.32 + 0.68 * d) + vec3(0.22 * h32);
}

// hazed fades a colour towards the background with its depth.
vec3 hazed(vec3 color, float depth) {
	return mix(color, background, fog.z * clamp((depth - fog.x) * fog.y, 0.0, 1.0));
}
