// SPDX-License-Identifier: BSD-3-Clause

package kernel

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// largePages asks for pages of 2 MiB under cells that are not yet written: an
// atom's cell is anywhere, and 4 KiB pages of a large field do not fit the
// translation caches. It is a hint; refusal is not a fault.
func largePages(cells []cell) {
	const page = 2 << 20
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(cells))), len(cells)*int(unsafe.Sizeof(cell{})))
	skip := -int(uintptr(unsafe.Pointer(unsafe.SliceData(bytes)))) & (page - 1)
	if whole := (len(bytes) - skip) &^ (page - 1); whole > 0 {
		_ = unix.Madvise(bytes[skip:skip+whole], unix.MADV_HUGEPAGE)
	}
}
