// SPDX-License-Identifier: BSD-3-Clause
// The isosurface of a map by ray marching.
//
// Positions are in voxels of the texture: voxel (i, j, k) has its centre at
// (i, j, k) + 0.5. A ray is from + t·along with t the depth before the eye in
// ångström. It begins where it enters the hull, ends at the depth of what is
// there already, leaps over bricks far from the surface, and stops at the
// first density of the level or above. Only the loop may be left early:
// software renderers run both sides of every condition.
//
// Defined by the program: ENTRY if there is a hull; LAYER if the result is one
// of several; REFINE, steps to find the crossing; FINE for better normals.

in vec2 place;

uniform sampler3D map;        // densities, 0 to 1
uniform usampler3D distances; // from each brick to the next active one, bricks
uniform sampler2D depths;     // of what is drawn already
uniform sampler2D entry;      // depth of the hull, -1e30 where there is none

uniform vec3 from, fromX, fromY;    // where rays begin; the change over the picture
uniform vec3 along, alongX, alongY; // voxels for each ångström of depth
uniform vec4 depthOf; // makes a depth of a number z of the depth buffer: (x + y·z) / (depthOf.z + w·z)
uniform mat3 turn;   // from the scene to the frame of the eye
uniform vec3 voxel;  // edges, ångström
uniform vec3 size;   // of the map, voxels
uniform vec3 low, high; // corners of what the surface can be in, voxels
uniform float edge;  // of a brick, voxels
uniform float pace;  // voxels
uniform float level; // 0 to 1
uniform vec4 color;
uniform float near;  // depth at which rays begin

layout(location = 0) out vec4 result;
#ifdef LAYER
layout(location = 1) out float resultDepth;
#endif

vec3 scale;

float density(vec3 p) { return textureLod(map, p * scale, 0.0).r; }

// slope returns the direction of the gradient in voxels.
vec3 slope(vec3 p) {
#ifdef FINE
	const vec2 k = vec2(1.0, 0.0);
	return vec3(density(p + k.xyy) - density(p - k.xyy),
	            density(p + k.yxy) - density(p - k.yxy),
	            density(p + k.yyx) - density(p - k.yyx));
#else
	const vec2 k = vec2(1.0, -1.0);
	return k.xyy * density(p + 0.7 * k.xyy) + k.yyx * density(p + 0.7 * k.yyx)
	     + k.yxy * density(p + 0.7 * k.yxy) + k.xxx * density(p + 0.7 * k.xxx);
#endif
}

void main() {
	scale = 1.0 / size;
	vec3 o = from + place.x * fromX + place.y * fromY;
	vec3 d = along + place.x * alongX + place.y * alongY;
	d += vec3(equal(d, vec3(0.0))) * 1e-7; // for the divisions below
	vec3 a = (low - o) / d, b = (high - o) / d;
	vec3 first = min(a, b), second = max(a, b);
	float t0 = max(max(first.x, first.y), max(first.z, near));
	float t1 = min(min(second.x, second.y), second.z);
	float box = t0;
#ifdef ENTRY
	float e = texelFetch(entry, ivec2(gl_FragCoord.xy), 0).r;
	t0 = e < -1e29 ? 1e30 : max(t0, e);
#endif
	float z = texelFetch(depths, ivec2(gl_FragCoord.xy), 0).r * 2.0 - 1.0;
	t1 = min(t1, (depthOf.x + depthOf.y * z) / (depthOf.z + depthOf.w * z));

	float stride = pace / length(d);
	float voxels = edge / max(max(abs(d.x), abs(d.y)), abs(d.z)); // a brick, in t
	float perEdge = 1.0 / edge; // p stays half a voxel inside the map, so in a brick
	float t = t0, before = t0, s = 0.0, sBefore = 0.0;
	for (int i = 0; i < 8192; i++) {
		vec3 p = o + d * t;
		s = density(p);
		if (t >= t1 || s >= level) break;
		sBefore = s;
		before = t;
		float free = float(texelFetch(distances, ivec3(p * perEdge), 0).r);
		t += max(stride, (free - 1.0) * voxels);
	}
	if (t >= t1) {
		// The end may lie between two steps: look once more there.
		t = t1;
		s = density(o + d * t1);
	}
	if (!(t0 < t1) || s < level) discard;

	float hit = t, lo = before, hi = t;
	bool cut = before == t; // begins above the level: the map, or the eye, cuts the solid
	float fLo = sBefore - level, fHi = s - level;
	for (int i = 0; i < REFINE; i++) {
		float m = mix(lo, hi, clamp(fLo / (fLo - fHi), 0.05, 0.95));
		float f = density(o + d * m) - level;
		lo = f < 0.0 ? m : lo;
		fLo = f < 0.0 ? f : fLo;
		hi = f < 0.0 ? hi : m;
		fHi = f < 0.0 ? fHi : f;
	}
	hit = cut ? t : mix(lo, hi, clamp(fLo / (fLo - fHi), 0.0, 1.0));

	vec3 p = o + d * hit;
	vec3 n = -slope(p) / voxel;
	vec3 sight = normalize(turn * (d * voxel));
	// A cut shows the face of the box, or looks at the eye.
	vec3 wall = first.x >= box ? vec3(1.0, 0.0, 0.0) : first.y >= box ? vec3(0.0, 1.0, 0.0) : vec3(0.0, 0.0, 1.0);
	n = cut ? wall : n;
	n = turn * n;
	n = dot(n, n) > 0.0 && !(cut && box <= near) ? normalize(n) : -sight;
	float rim = 1.0 - abs(dot(n, sight));
	float alpha = color.a < 1.0 ? color.a + (1.0 - color.a) * rim * rim * rim : 1.0;
	vec3 c = hazed(lit(color.rgb, n, -sight), hit);
	result = vec4(c * alpha, alpha);
#ifdef LAYER
	resultDepth = hit;
#endif
}
