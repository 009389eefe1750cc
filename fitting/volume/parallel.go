// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// chunks cuts 0…n−1 into pieces of the given length (the last may be shorter)
// and calls do for each: i counts the pieces, lo and hi bound one. The pieces
// are the same for any number of threads, so sums kept by piece and added in
// order are too; which worker takes which piece is left open. 0 threads is all
// processors. When ctx is done no further piece begins, and the error of ctx
// comes back.
func chunks(ctx context.Context, n, length, threads int, do func(worker, i, lo, hi int)) error {
	pieces := (n + length - 1) / length
	workers := min(workersOf(threads), pieces)
	var next atomic.Int64
	work := func(worker int) {
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= pieces {
				return
			}
			do(worker, i, i*length, min(n, (i+1)*length))
		}
	}
	if workers <= 1 {
		work(0)
		return ctx.Err()
	}
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { work(w) })
	}
	wait.Wait()
	return ctx.Err()
}

// all is chunks without a way to stop it.
func all(n, length, threads int, do func(worker, i, lo, hi int)) {
	_ = chunks(context.Background(), n, length, threads, do) // Background never ends
}

// Blocks calls do for pieces of 0…n−1 side by side, for passes over voxels that
// do not care about rows. 0 threads is all processors.
func Blocks(n, threads int, do func(lo, hi int)) {
	all(n, block, threads, func(_, _, lo, hi int) { do(lo, hi) })
}

// workersOf returns how many goroutines a number of threads stands for.
func workersOf(threads int) int {
	if threads <= 0 {
		return runtime.GOMAXPROCS(0)
	}
	return threads
}

// block is the length, in voxels, of the pieces of passes that do not care
// about rows: 256 kB of densities.
const block = 1 << 16
