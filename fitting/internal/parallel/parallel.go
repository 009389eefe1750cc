// SPDX-License-Identifier: BSD-3-Clause

// Package parallel does pieces of work side by side. It knows nothing of what
// is done.
package parallel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Workers returns how many goroutines a number of threads stands for: 0 or less
// is all processors.
func Workers(threads int) int {
	if threads <= 0 {
		return runtime.GOMAXPROCS(0)
	}
	return threads
}

// Chunks cuts 0…n−1 into pieces of the given length (the last may be shorter)
// and calls do for each: i counts the pieces, lo and hi bound one. The pieces
// are the same for any number of threads, so sums kept by piece and added in
// order are too; which worker, from 0, takes which piece is left open. 0 threads
// is all processors. When ctx is done no further piece begins, and the error of
// ctx comes back.
func Chunks(ctx context.Context, n, length, threads int, do func(worker, i, lo, hi int)) error {
	pieces := (n + length - 1) / length
	workers := min(Workers(threads), pieces)
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
