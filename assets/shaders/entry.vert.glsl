// SPDX-License-Identifier: BSD-3-Clause
// The hull of the bricks that the surface crosses.

layout(location = 0) in vec4 corner; // bricks

uniform mat4 view; // from voxels to the frame of the eye
uniform mat4 projection;
uniform vec3 size; // voxels
uniform float edge; // of a brick, voxels

out float depth;

void main() {
	vec4 p = view * vec4(min(corner.xyz * edge, size), 1.0);
	depth = -p.z;
	gl_Position = projection * p;
}
