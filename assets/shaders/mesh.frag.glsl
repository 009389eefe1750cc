// SPDX-License-Identifier: BSD-3-Clause
// Triangles in the light. All meshes are closed: the inside is seen only where
// the slab or a zone cuts, and is drawn flat as if it were the cut.
//
// Defined by the program: GHOST if it is drawn behind what is solid.

in vec3 place;
in vec3 across;
in vec3 color;
in float seen;

uniform bool parallel;
uniform vec2 slab; // depths between which anything is seen
uniform float alpha;
#ifdef GHOST
uniform sampler2DArray solidDepths;
#endif

layout(location = 0) out vec4 result;
layout(location = 1) out float resultDepth;

void main() {
	float depth = -place.z;
	if (depth < slab.x || depth > slab.y || seen < 0.5) discard;
#ifdef GHOST
	if (depth > texelFetch(solidDepths, ivec3(gl_FragCoord.xy, 0), 0).r) discard;
#endif
	vec3 e = parallel ? vec3(0.0, 0.0, 1.0) : normalize(-place);
	vec3 n = gl_FrontFacing ? vec3(0.0, 0.0, 1.0) : normalize(across); // the picture is upside down: faces are turned round
	result = hazed(vec4(lit(color, n, e), 1.0) * alpha, depth);
	resultDepth = depth;
}
