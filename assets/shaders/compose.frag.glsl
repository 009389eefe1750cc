// SPDX-License-Identifier: BSD-3-Clause
// The picture: translucent layers, each with its own depths, over what is
// solid, in the order of their depths, which may differ from pixel to pixel.
// Depths are those before the eye, in ångström.
//
// Defined by the program: EDGES to draw silhouettes; PAIRS, of places around
// each pixel that are looked at for occlusion; COUNT of layers; CLOUD for a map that is drawn
// as a cloud between the layers.

in vec2 place;

uniform vec4 background;  // times alpha
uniform sampler2DArray solid, solidDepths; // colours (alpha 0: nothing), depths
uniform sampler2DArray colors, depths;     // colours times alpha
uniform int plain;        // a bit for each layer without occlusion and silhouettes
uniform vec2 perPixel;    // ångström for a pixel: x + y·depth
uniform vec3 occlusion;   // radius in ångström, strength, angle of the pattern
uniform vec2 edges;       // width in pixels, difference of depths in ångström
uniform ivec2 corner;     // the last pixel

layout(location = 0) out vec4 result;

float depthAt(sampler2DArray d, ivec2 p, int layer) {
	return texelFetch(d, ivec3(clamp(p, ivec2(0), corner), layer), 0).r;
}

#ifdef PAIRS
// open returns how much of the light from everywhere comes to a place: less in
// hollows. Two places on opposite sides are looked at together, so that a
// plane, however it lies, hides nothing of itself.
float open(sampler2DArray d, int layer, float z) {
	float angstrom = perPixel.x + perPixel.y * z;
	float reach = clamp(occlusion.x / angstrom, 3.0, 0.25 * float(corner.y));
	float radius = reach * angstrom;
	float hidden = 0.0;
	for (int i = 0; i < (z < 1e30 ? PAIRS : 0); i++) { // nothing has no hollows
		float part = (float(i) + 0.6) / float(PAIRS);
		float angle = occlusion.z + 2.39996 * float(i); // the golden angle
		float far = mix(0.12, 1.0, part) * reach;
		ivec2 step = ivec2(round(far * vec2(cos(angle), sin(angle))));
		vec2 rise = z - vec2(depthAt(d, ivec2(gl_FragCoord.xy) + step, layer), depthAt(d, ivec2(gl_FragCoord.xy) - step, layer));
		rise = max(rise, -radius) * clamp(2.5 - rise / radius, 0.0, 1.0); // what is far before it hides nothing
		hidden += clamp(0.5 * (rise.x + rise.y) / (far * angstrom), 0.0, 1.0);
	}
	return 1.0 - occlusion.y * min(1.6 * hidden / float(PAIRS), 0.85);
}
#endif

#ifdef EDGES
// rim returns how much a place lies beside, with side −1, or on, with 1, the
// rim of something: where the depth jumps, not where it only slopes.
float rim(sampler2DArray d, int layer, float z, float side) {
	float jump = 0.0;
	for (int i = 0; i < (side < 0.0 || z < 1e30 ? 4 : 0); i++) {
		float angle = 0.785398 * float(i);
		ivec2 step = ivec2(round(edges.x * vec2(cos(angle), sin(angle))));
		float a = side * (depthAt(d, ivec2(gl_FragCoord.xy) + step, layer) - z), b = side * (depthAt(d, ivec2(gl_FragCoord.xy) - step, layer) - z);
		jump = max(jump, max(a + min(b, 0.0), b + min(a, 0.0)));
	}
	return smoothstep(edges.y, 1.5 * edges.y, jump);
}
#endif

// layerAt returns the colour of a layer with all that depends on what is
// around. Its rims are drawn on it, for there is nothing of it beside it.
vec4 layerAt(int layer, float z) {
	vec4 c = texelFetch(colors, ivec3(gl_FragCoord.xy, layer), 0);
	float full = (plain >> layer & 1) == 0 ? 1.0 : 0.0;
#ifdef PAIRS
	c.rgb *= mix(1.0, open(depths, layer, z), full);
#endif
#ifdef EDGES
	float e = 0.8 * full * rim(depths, layer, z, 1.0);
	c = vec4(c.rgb * (1.0 - e), max(c.a, e));
#endif
	return hazed(c, z);
}

// solidAt returns the colour of what is solid. Its rims are drawn beside it,
// so that thin things keep their colour.
vec4 solidAt(float z) {
	vec4 c = texelFetch(solid, ivec3(gl_FragCoord.xy, 0), 0);
#ifdef PAIRS
	c.rgb *= open(solidDepths, 0, z);
#endif
	c = hazed(c, z);
#ifdef EDGES
	float e = rim(solidDepths, 0, z, -1.0);
	c = vec4(c.rgb * (1.0 - e), max(c.a, e));
#endif
	return c;
}

void main() {
	vec4 sum = vec4(0.0);
	float behind = -1.0; // everything up to this depth is in sum
	int previous = -1;
	float end = texelFetch(solidDepths, ivec3(gl_FragCoord.xy, 0), 0).r;
#ifdef CLOUD
	startCloud(place);
#endif
	for (int k = 0; k <= COUNT; k++) {
		int next = -1;
		float nearest = end;
		for (int i = 0; i < COUNT; i++) {
			float z = texelFetch(depths, ivec3(gl_FragCoord.xy, i), 0).r;
			bool later = z > behind || (z == behind && i > previous); // equal depths: in their order
			bool closer = z < nearest && later;
			next = closer ? i : next;
			nearest = closer ? z : nearest;
		}
#ifdef CLOUD
		marchCloud(sum, nearest);
#endif
		if (next < 0) break;
		sum += (1.0 - sum.a) * layerAt(next, nearest);
		behind = nearest;
		previous = next;
	}
	sum += (1.0 - sum.a) * solidAt(end);
	result = sum + (1.0 - sum.a) * background;
}
