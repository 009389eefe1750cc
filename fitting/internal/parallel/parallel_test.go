// SPDX-License-Identifier: BSD-3-Clause

package parallel

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
)

func TestChunks(t *testing.T) {
	for _, tt := range []struct {
		name               string
		n, length, threads int
		want               []int // ends of the pieces
	}{
		{"nothing", 0, 4, 2, nil},
		{"one short piece", 3, 4, 2, []int{3}},
		{"the last is shorter, one worker", 10, 4, 1, []int{4, 8, 10}},
		{"the same with many", 10, 4, 7, []int{4, 8, 10}},
		{"all processors", 8, 4, 0, []int{4, 8}},
	} {
		ends := make([]int, len(tt.want))
		var calls atomic.Int64
		err := Chunks(context.Background(), tt.n, tt.length, tt.threads, func(worker, i, lo, hi int) {
			calls.Add(1)
			if lo != i*tt.length || worker < 0 || worker >= Workers(tt.threads) {
				t.Errorf("%s: piece %d of worker %d begins at %d", tt.name, i, worker, lo)
			}
			ends[i] = hi
		})
		if err != nil || !slices.Equal(ends, tt.want) || int(calls.Load()) != len(tt.want) {
			t.Errorf("%s: ends %v in %d calls, error %v; want %v", tt.name, ends, calls.Load(), err, tt.want)
		}
	}
}

func TestChunksStop(t *testing.T) {
	for _, threads := range []int{1, 3} {
		ctx, cancel := context.WithCancel(context.Background())
		var calls atomic.Int64
		err := Chunks(ctx, 1000, 1, threads, func(int, int, int, int) {
			calls.Add(1)
			cancel()
		})
		if n := int(calls.Load()); !errors.Is(err, context.Canceled) || n < 1 || n > threads {
			t.Errorf("%d threads: %d pieces after it was stopped in the first, error %v", threads, n, err)
		}
	}
}
