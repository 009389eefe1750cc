// SPDX-License-Identifier: BSD-3-Clause
// The isosurface of a map by ray marching.
//
// A ray begins where it enters the hull, ends at the depth of what is solid, if
// it does not go through that, leaps over bricks far from the surface, and stops at the first density of
// the level or above. Only the loop may be left early: software renderers run
// both sides of every condition.
//
// Defined by the program: CLEAR, the opacity of what faces the eye in parts of the
// one that is wanted; RIM, how much of it rims hide; ENTRY if there is a hull; REFINE, steps to find the
// crossing; FINE for better normals; MANY if not every crossing counts: with
// MESH only on the lines where the surface cuts planes of the grid, with ZONE
// only near some places, with BALL only in a ball. PAINT if places have colours of their own.

in vec2 place;

uniform sampler2DArray solidDepths;
uniform bool past;       // what is solid, which does not matter then
uniform sampler2D entry; // depth of the hull, -1e30 where there is none
uniform mat3 turn;       // from the scene to the frame of the eye
uniform float level;     // 0 to 1
uniform vec4 color;
uniform vec2 glass;      // share of the colour that rims have; of the highlight that is as bright as on what is solid
#ifdef MESH
uniform float mesh;      // distance of the planes, voxels
uniform vec2 perPixel;   // ångström for a pixel: x + y·depth
uniform float lineWidth; // pixels
#endif
#ifdef ZONE
uniform sampler3D zone;          // distances to the next of the places, 1 is zoneFar
uniform vec3 zoneLow, zoneScale; // of its corner and to its coordinates, voxels
uniform float zoneRadius;        // of 1
#endif
#ifdef BALL
uniform vec3 ballCenter;  // voxels
uniform float ballRadius; // ångström
#endif
#ifdef PAINT
uniform sampler3D paint;           // colours times alpha
uniform vec3 paintLow, paintScale; // of its corner and to its coordinates, voxels
#endif

layout(location = 0) out vec4 result;
layout(location = 1) out float resultDepth;

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

// crossing returns the depth between lo and hi where the density is the level,
// of which it is f above it.
float crossing(float lo, float hi, float fLo, float fHi) {
	bool down = fLo >= 0.0;
	for (int i = 0; i < REFINE; i++) {
		float m = mix(lo, hi, clamp(fLo / (fLo - fHi), 0.05, 0.95));
		float f = density(origin + way * m) - level;
		bool first = (f >= 0.0) == down;
		lo = first ? m : lo;
		fLo = first ? f : fLo;
		hi = first ? hi : m;
		fHi = first ? fHi : f;
	}
	return mix(lo, hi, clamp(fLo / (fLo - fHi), 0.0, 1.0));
}

#ifndef MESH
// through returns a colour in the light, times alpha, as it is on something that
// can be seen through: as on glass, clear where it faces the eye and dense at its
// rims, which are set off from the ground.
vec4 through(vec3 own, vec3 inLight, vec3 n, vec3 e, float rim) {
	float alpha = color.a * mix(CLEAR, 1.0, color.a * color.a);
	alpha = mix(alpha, 1.0, RIM * rim * rim * sqrt(rim));
	vec3 c = mix(inLight, own * glass.x, sqrt(rim) * (1.0 - color.a));
	return vec4(c * alpha + glass.y * (1.0 - alpha) * highlight(n, e), alpha);
}
#endif

void show(float hit, vec3 n, vec3 sight, float cover) {
	vec3 own = color.rgb;
#ifdef PAINT
	vec3 at = (origin + way * hit - paintLow) * paintScale;
	vec4 over = textureLod(paint, at, 0.0) * float(all(equal(at, clamp(at, 0.0, 1.0))));
	own = own * (1.0 - over.a) + over.rgb;
#endif
	float facing = abs(dot(n, sight)), rim = 1.0 - facing;
#ifdef MESH
	vec3 c = own * (0.7 + 0.3 * facing); // lines have no side away from the lamp
	vec4 shown = vec4(c, 1.0) * mix(color.a, 1.0, rim * rim * rim);
#else
	vec3 c = lit(own, n, -sight);
	vec4 shown = color.a < 1.0 ? through(own, c, n, -sight, rim) : vec4(c, 1.0);
#endif
	result = hazed(shown * cover, hit);
	resultDepth = hit;
}

#ifdef MESH
// cover returns how much of a pixel the lines of the mesh cover. On the
// surface, a pixel to the side changes each coordinate by the length of across.
float cover(vec3 p, vec3 n, vec3 ray, float depth) {
	float angstrom = perPixel.x + perPixel.y * depth, most = 0.0;
	vec3 at = (abs(fract((p - 0.5) / mesh + 0.5) - 0.5)) * mesh * voxel;
	float facing = dot(n, ray);
	facing = abs(facing) < 0.05 ? 0.05 : facing;
	for (int i = 0; i < 3; i++) {
		vec3 axis = vec3(i == 0, i == 1, i == 2);
		float across = length(axis - n * (ray[i] / facing));
		most = max(most, clamp(0.5 * lineWidth + 0.5 - at[i] / max(across * angstrom, 1e-6), 0.0, 1.0));
	}
	return most;
}
#endif

void main() {
	vec3 wall;
	vec2 range = aim(place, wall);
	float t0 = range.x, t1 = range.y;
#ifdef ENTRY
	float e = texelFetch(entry, ivec2(gl_FragCoord.xy), 0).r;
	t0 = e < -1e29 ? 1e30 : max(t0, e);
#endif
	t1 = min(t1, past ? 1e30 : texelFetch(solidDepths, ivec3(gl_FragCoord.xy, 0), 0).r);
#ifdef BALL
	vec3 ray = way * voxel, off = (origin - ballCenter) * voxel;
	float middle = -dot(off, ray) / dot(ray, ray);
	vec3 beside = off + middle * ray;
	float chord = (ballRadius * ballRadius - dot(beside, beside)) / dot(ray, ray);
	if (chord <= 0.0) discard;
	t0 = max(t0, middle - sqrt(chord));
	t1 = min(t1, middle + sqrt(chord));
#endif
	vec2 step = strides();
	float t = t0, before = t0, s = 0.0, sBefore = 0.0;
	vec3 sight = normalize(turn * (way * voxel));
#ifdef MANY
	bool inside = density(origin + way * t0) >= level;
	for (int k = 0; k < 16; k++) {
		for (int i = 0; i < 8192; i++) {
			vec3 p = origin + way * t;
			s = density(p);
			if (t >= t1 || (s >= level) != inside) break;
			sBefore = s;
			before = t;
			t += leap(p, step);
		}
		if (t >= t1) break;
		float hit = before < t ? crossing(before, t, sBefore - level, s - level) : t;
		vec3 p = origin + way * hit;
		vec3 n = normalize(slope(p) / voxel + vec3(1e-12));
		float covered = 1.0;
#ifdef ZONE
		covered = textureLod(zone, (p - zoneLow) * zoneScale, 0.0).r <= zoneRadius ? 1.0 : 0.0;
#endif
#ifdef MESH
		covered *= cover(p, n, normalize(way * voxel), hit);
#endif
		if (covered > 0.02) {
			show(hit, normalize(turn * n), sight, covered);
			return;
		}
		inside = !inside;
		sBefore = s;
		before = t;
	}
	discard;
#else
	// A ray that only just meets the surface may step over it. Between voxels the
	// density can come to a point: where two slopes as steep as the steeper one of
	// the last three densities would meet above the level, the place is looked at,
	// and that where a parabola has its peak.
	float first = t0, sFirst = 0.0, stretch = phase;
	for (int k = 0; k < 8; k++) {
		float rise = 0.0;
		for (int i = 0; i < 8192; i++) {
			vec3 p = origin + way * t;
			s = density(p);
			rise = s - sFirst;
			bool peak = sBefore >= max(s, sFirst) && sBefore + 0.5 * abs(rise) >= level;
			if (t >= t1 || s >= level || peak) break;
			sFirst = sBefore;
			first = before;
			sBefore = s;
			before = t;
			t += leap(p, step) * stretch;
			stretch = 1.0;
		}
		if (t >= t1 || s >= level) break;
		float steep = max(sBefore - min(s, sFirst), 1e-9), bend = steep + max(sBefore - max(s, sFirst), 0.0);
		float point = before + 0.5 * rise / steep * step.x, sPoint = density(origin + way * point);
		float top = before + 0.5 * rise / bend * step.x, sTop = density(origin + way * top);
		top = sPoint > sTop ? point : top;
		sTop = max(sPoint, sTop);
		if (sTop >= level) {
			bool early = top < before;
			before = early ? first : before;
			sBefore = early ? sFirst : sBefore;
			t = top;
			s = sTop;
			break;
		}
		sFirst = sBefore;
		first = before;
		sBefore = s;
		before = t;
		t += leap(origin + way * t, step);
	}
	if (t >= t1) {
		// The end may lie between two steps: look once more there.
		t = t1;
		s = density(origin + way * t1);
	}
	if (!(t0 < t1) || s < level) discard;

	bool cut = before == t; // begins above the level: the map, or the slab, cuts the solid
	float hit = cut ? t : crossing(before, t, sBefore - level, s - level);
	// A cut shows the face of the box, or looks at the eye.
	vec3 n = turn * (cut ? wall : -slope(origin + way * hit) / voxel);
	n = dot(n, n) > 0.0 ? normalize(n) : -sight;
	show(hit, n, sight, 1.0);
#endif
}
