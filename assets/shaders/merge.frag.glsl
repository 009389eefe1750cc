// SPDX-License-Identifier: BSD-3-Clause
// Puts an opaque layer, which ends where something is before it, over what is
// solid.

uniform sampler2DArray colors;
uniform sampler2DArray depths;

layout(location = 0) out vec4 result;
layout(location = 1) out float resultDepth;

void main() {
	ivec3 at = ivec3(gl_FragCoord.xy, 0);
	result = texelFetch(colors, at, 0);
	if (result.a == 0.0) discard;
	resultDepth = texelFetch(depths, at, 0).r;
}
