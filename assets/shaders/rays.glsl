// SPDX-License-Identifier: BSD-3-Clause
// Rays through a map. Positions are in voxels of the texture: voxel (i, j, k)
// has its centre at (i, j, k) + 0.5. A ray is origin + t·way with t the depth
// before the eye in ångström.

uniform sampler3D map;        // densities, 0 to 1
uniform usampler3D distances; // from each brick to the next active one, bricks
uniform vec3 from, fromX, fromY;    // where rays begin; the change over the picture
uniform vec3 along, alongX, alongY; // voxels for each ångström of depth
uniform vec3 size;      // of the map, voxels
uniform vec3 voxel;     // edges, ångström
uniform vec3 low, high; // corners of what there can be anything in, voxels
uniform float edge;     // of a brick, voxels
uniform float perEdge;  // 1/edge
uniform float pace;     // voxels
uniform float phase;    // of the first step
uniform vec2 slab;      // depths between which anything is seen

vec3 origin, way;
vec3 scale; // voxels to the coordinates of textures

float density(vec3 p) { return textureLod(map, p * scale, 0.0).r; }

// aim makes the ray through a place of the picture and returns the depths
// between which it is in the map; wall is the normal of the face it comes in by.
vec2 aim(vec2 place, out vec3 wall) {
	scale = 1.0 / size;
	origin = from + place.x * fromX + place.y * fromY;
	way = along + place.x * alongX + place.y * alongY;
	way += vec3(equal(way, vec3(0.0))) * 1e-7; // for the divisions below
	vec3 a = (low - origin) / way, b = (high - origin) / way;
	vec3 first = min(a, b), second = max(a, b);
	float box = max(max(first.x, first.y), first.z);
	wall = box <= slab.x ? vec3(0.0) : first.x >= box ? vec3(1.0, 0.0, 0.0) : first.y >= box ? vec3(0.0, 1.0, 0.0) : vec3(0.0, 0.0, 1.0);
	return vec2(max(box, slab.x), min(min(second.x, second.y), min(second.z, slab.y)));
}

// stride returns the depth of a step, and that of a brick.
vec2 strides() {
	return vec2(pace / length(way), edge / max(max(abs(way.x), abs(way.y)), abs(way.z)));
}

// leap returns the way to the next place of a ray where there may be something.
float leap(vec3 p, vec2 strides) {
	float free = float(texelFetch(distances, ivec3(p * perEdge), 0).r);
	return max(strides.x, (free - 1.0) * strides.y);
}
