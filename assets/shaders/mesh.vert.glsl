// SPDX-License-Identifier: BSD-3-Clause
// Triangles with normals and colours: ribbons and tubes.

layout(location = 0) in vec3 corner;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec4 tint;

uniform mat4 view; // from the frame of the atoms to that of the eye
uniform mat4 projection;

out vec3 place; // in the frame of the eye
out vec3 across;
out vec3 color;
out float seen;

void main() {
	vec4 p = view * vec4(corner, 1.0);
	place = p.xyz;
	across = mat3(view) * normal;
	color = tint.rgb;
	seen = near(corner) ? 1.0 : 0.0;
	gl_Position = projection * p;
}
