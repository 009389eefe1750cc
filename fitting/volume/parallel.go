// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"

	"difffit/fitting/internal/parallel"
)

// all is parallel.Chunks without a way to stop it.
func all(n, length, threads int, do func(worker, i, lo, hi int)) {
	_ = parallel.Chunks(context.Background(), n, length, threads, do) // Background never ends
}

// Blocks calls do for pieces of 0…n−1 side by side, for passes over voxels that
// do not care about rows. 0 threads is all processors.
func Blocks(n, threads int, do func(lo, hi int)) {
	all(n, block, threads, func(_, _, lo, hi int) { do(lo, hi) })
}

// block is the length, in voxels, of the pieces of passes that do not care
// about rows: 256 kB of densities.
const block = 1 << 16
