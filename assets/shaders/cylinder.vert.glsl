// SPDX-License-Identifier: BSD-3-Clause
// A box for each bond, just large enough to hide its cylinder.

layout(location = 0) in vec3 corner; // -1 or 1 across, 0 or 1 along
layout(location = 1) in vec4 from;   // an end and the radius, ångström
layout(location = 2) in vec3 to;
layout(location = 3) in vec4 tintFrom;
layout(location = 4) in vec4 tintTo;

uniform mat4 view; // from the frame of the atoms to that of the eye
uniform mat4 projection;
uniform vec2 thin; // rods of this radius, ångström, are so much thinner

flat out vec4 start; // in the frame of the eye
flat out vec3 axis;
flat out float span;
flat out vec3 colorFrom;
flat out vec3 colorTo;
flat out vec2 ends; // 0 if the half at an end is not seen
out vec3 place;

void main() {
	vec3 a = (view * vec4(from.xyz, 1.0)).xyz, b = (view * vec4(to, 1.0)).xyz;
	span = max(length(b - a), 1e-4);
	axis = (b - a) / span;
	vec3 u = normalize(cross(axis, abs(axis.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0)));
	vec3 w = cross(axis, u);
	float r = abs(from.w - thin.x) < 1e-3 ? from.w * thin.y : from.w;
	place = a + axis * (corner.z * span) + (u * corner.x + w * corner.y) * r;
	start = vec4(a, r);
	colorFrom = tintFrom.rgb;
	colorTo = tintTo.rgb;
	ends = vec2(near(from.xyz), near(to));
	gl_Position = ends == vec2(0.0) ? nowhere : projection * vec4(place, 1.0);
}
