// SPDX-License-Identifier: BSD-3-Clause
// How things look in the light; the fragment shaders of what is solid begin
// with this text. Vectors are in the frame of the eye: x to the right, y
// upwards, z backwards.

uniform vec3 lamp, fill; // unit vectors towards the lamps
uniform vec4 shares;     // of the light from everywhere, of the lamps, of the highlight

// highlight returns what a surface with unit normal n shines of the lamp; e is the
// unit vector to the eye. Both sides of a surface are alike.
float highlight(vec3 n, vec3 e) {
	float h = max(dot(dot(n, e) < 0.0 ? -n : n, normalize(lamp + e)), 0.0);
	float h2 = h * h, h4 = h2 * h2, h8 = h4 * h4;
	return shares.w * h8 * h8 * h8 * h8;
}

// lit returns the colour of a surface with unit normal n; e is the unit vector
// to the eye.
vec3 lit(vec3 color, vec3 n, vec3 e) {
	n = dot(n, e) < 0.0 ? -n : n;
	float d = shares.x + shares.y * max(dot(n, lamp), 0.0) + shares.z * max(dot(n, fill), 0.0);
	return color * d + vec3(highlight(n, e));
}
