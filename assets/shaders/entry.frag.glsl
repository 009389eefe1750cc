// SPDX-License-Identifier: BSD-3-Clause
// Where a ray enters the hull: its depth.

in float depth;
layout(location = 0) out float result;

void main() { result = depth; }
