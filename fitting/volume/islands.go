// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"

	"difffit/fitting/internal/parallel"
)

// An IslandReport counts what Islands kept and removed.
type IslandReport struct {
	Kept          int `json:"kept"`           // islands
	Removed       int `json:"removed"`        // islands
	KeptVoxels    int `json:"kept_voxels"`    // voxels above zero in islands kept
	RemovedVoxels int `json:"removed_voxels"` // voxels above zero in islands removed
	Largest       int `json:"largest"`        // voxels of the largest island
}

// Islands returns g without its small islands. An island is a set of voxels
// above zero that touch, by a face, an edge or a corner; those with fewer than
// minVoxels voxels are set to zero. Everything else stays as it is.
//
// Runs of voxels along x are joined by union-find, in slabs side by side and
// then across the seams.
func Islands(ctx context.Context, g *Grid, minVoxels, threads int) (*Grid, IslandReport, error) {
	f := forest{g: g, rows: make([]int32, g.Size[1]*g.Size[2]+1)}
	if err := f.find(ctx, threads); err != nil {
		return nil, IslandReport{}, fmt.Errorf("volume: islands: %w", err)
	}
	f.seams()
	report := f.measure(minVoxels)
	out := g.Like()
	err := parallel.Chunks(ctx, g.Size[2], slab(g), threads, func(_, _, z0, z1 int) { f.copyKept(out, z0, z1, minVoxels) })
	if err != nil {
		return nil, IslandReport{}, fmt.Errorf("volume: islands: %w", err)
	}
	return out, report, nil
}

// slab is how many z planes make a piece of work.
func slab(g *Grid) int { return max(1, 4*block/(g.Size[0]*g.Size[1])) }

// A run is a stretch x0 ≤ x < x1 of a row.
type run struct{ x0, x1 int32 }

// A forest is the runs of a map, row after row, and to which island each
// belongs: parents lead to the first run of the island.
type forest struct {
	g      *Grid
	runs   []run
	parent []int32
	size   []int32 // voxels of the island, at its first run
	rows   []int32 // row r has runs[rows[r]:rows[r+1]]
}

// find finds the runs and joins those of a slab.
func (f *forest) find(ctx context.Context, threads int) error {
	nz, ny, length := f.g.Size[2], f.g.Size[1], slab(f.g)
	parts := make([][]run, (nz+length-1)/length)
	err := parallel.Chunks(ctx, nz, length, threads, func(_, i, z0, z1 int) { parts[i] = f.scan(z0*ny, z1*ny) })
	if err != nil {
		return err
	}
	total := 0
	for i, part := range parts {
		for r := i * length * ny; r < min(nz, (i+1)*length)*ny; r++ {
			f.rows[r] += int32(total)
		}
		total += len(part)
	}
	if total > math.MaxInt32 {
		return fmt.Errorf("%d runs of voxels, want at most %d", total, math.MaxInt32)
	}
	f.rows[nz*ny] = int32(total)
	f.runs, f.parent = make([]run, total), make([]int32, total)
	return parallel.Chunks(ctx, nz, length, threads, func(_, i, z0, z1 int) {
		at := int(f.rows[z0*ny])
		copy(f.runs[at:], parts[i])
		for k := at; k < at+len(parts[i]); k++ {
			f.parent[k] = int32(k)
		}
		parts[i] = nil
		for z := z0; z < z1; z++ {
			f.joinPlane(z, z > z0)
		}
	})
}

// scan returns the runs of rows r0 to r1, and writes for each row how many
// there were before it.
func (f *forest) scan(r0, r1 int) []run {
	var runs []run
	nx := f.g.Size[0]
	for r := r0; r < r1; r++ {
		f.rows[r] = int32(len(runs))
		row := f.g.Data[r*nx:][:nx]
		for x := 0; x < len(row); x++ {
			if !(row[x] > 0) {
				continue
			}
			first := x
			for x < len(row) && row[x] > 0 {
				x++
			}
			runs = append(runs, run{int32(first), int32(x)})
		}
	}
	return runs
}

// joinPlane joins the runs of plane z with each other and, if below is set,
// with those of the plane before.
func (f *forest) joinPlane(z int, below bool) {
	ny := f.g.Size[1]
	for y := range ny {
		r := z*ny + y
		if f.rows[r] == f.rows[r+1] {
			continue
		}
		if y > 0 {
			f.joinRows(r, r-1)
		}
		if below {
			f.joinBelow(r, y)
		}
	}
}

func (f *forest) joinBelow(r, y int) {
	ny := f.g.Size[1]
	for dy := max(-1, -y); dy <= min(1, ny-1-y); dy++ {
		f.joinRows(r, r-ny+dy)
	}
}

// joinRows joins the runs of two rows that touch, corners included.
func (f *forest) joinRows(r, s int) {
	i, iEnd, j, jEnd := f.rows[r], f.rows[r+1], f.rows[s], f.rows[s+1]
	for i < iEnd && j < jEnd {
		a, b := f.runs[i], f.runs[j]
		if a.x0 <= b.x1 && b.x0 <= a.x1 {
			f.join(i, j)
		}
		if a.x1 < b.x1 {
			i++
		} else {
			j++
		}
	}
}

// join makes one island of two; the lower first run stays the first.
func (f *forest) join(i, j int32) {
	i, j = f.first(i), f.first(j)
	f.parent[max(i, j)] = min(i, j)
}

// first returns the first run of the island of run i, and shortens the way to it.
func (f *forest) first(i int32) int32 {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

// seams joins what slabs left apart.
func (f *forest) seams() {
	ny, length := f.g.Size[1], slab(f.g)
	for z := length; z < f.g.Size[2]; z += length {
		for y := range ny {
			if r := z*ny + y; f.rows[r] < f.rows[r+1] {
				f.joinBelow(r, y)
			}
		}
	}
}

// measure adds up the islands and lets every run point straight to its first.
// (Parents come before their children, so one way up is enough.)
func (f *forest) measure(minVoxels int) IslandReport {
	sizes := make([]int, 0, 64)
	f.size = make([]int32, len(f.runs))
	for i, r := range f.runs {
		root := f.parent[f.parent[i]]
		f.parent[i] = root
		if root == int32(i) {
			f.size[i] = int32(len(sizes))
			sizes = append(sizes, 0)
		}
		sizes[f.size[root]] += int(r.x1 - r.x0)
	}
	var report IslandReport
	for _, n := range sizes {
		report.Largest = max(report.Largest, n)
		if n < minVoxels {
			report.Removed++
			report.RemovedVoxels += n
		} else {
			report.Kept++
			report.KeptVoxels += n
		}
	}
	for i := range f.runs {
		if f.parent[i] == int32(i) { // from the number of the island to its size
			f.size[i] = int32(min(sizes[f.size[i]], math.MaxInt32))
		}
	}
	return report
}

// copyKept copies planes z0 to z1 and clears the runs of small islands.
func (f *forest) copyKept(out *Grid, z0, z1, minVoxels int) {
	nx, ny := f.g.Size[0], f.g.Size[1]
	copy(out.Data[z0*ny*nx:z1*ny*nx], f.g.Data[z0*ny*nx:])
	for r := z0 * ny; r < z1*ny; r++ {
		for i := f.rows[r]; i < f.rows[r+1]; i++ {
			if int(f.size[f.parent[i]]) < minVoxels {
				clear(out.Data[r*nx:][f.runs[i].x0:f.runs[i].x1])
			}
		}
	}
}
