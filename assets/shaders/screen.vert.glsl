// SPDX-License-Identifier: BSD-3-Clause
// One triangle that covers the picture, as far away as can be; place is -1 to 1
// on both axes.

out vec2 place;

void main() {
	place = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0;
	gl_Position = vec4(place, 1.0, 1.0);
}
