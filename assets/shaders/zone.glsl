// SPDX-License-Identifier: BSD-3-Clause
// What of a molecule is near some places: vertex shaders begin with this text.

#ifdef ZONE
uniform sampler3D zone;   // distances to the next of the places, 1 is the largest
uniform mat4 toZone;      // from the frame of the atoms to the coordinates of the texture
uniform float zoneRadius; // of 1
#endif

uniform vec4 ball; // in the frame of the atoms, and a radius; none if that is 0

// near reports whether a point in the frame of the atoms is to be seen.
bool near(vec3 p) {
	if (ball.w > 0.0 && distance(p, ball.xyz) > ball.w) return false;
#ifdef ZONE
	vec3 q = (toZone * vec4(p, 1.0)).xyz;
	return all(greaterThan(q, vec3(0.0))) && all(lessThan(q, vec3(1.0))) && textureLod(zone, q, 0.0).r <= zoneRadius;
#else
	return true;
#endif
}

const vec4 nowhere = vec4(0.0, 0.0, 2.0, 1.0); // beyond all that is drawn
