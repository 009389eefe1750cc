// SPDX-License-Identifier: BSD-3-Clause
// What is far fades into the background.

uniform vec3 hazeColor;
uniform vec3 fog; // depth where haze begins, 1/length, the most of it

// hazed returns a colour, times alpha, as it is at a depth.
vec4 hazed(vec4 c, float depth) {
	float h = fog.z * clamp((depth - fog.x) * fog.y, 0.0, 1.0);
	return vec4(mix(c.rgb, hazeColor * c.a, h), c.a);
}
