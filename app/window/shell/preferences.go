// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"math"
	"os"
	"path/filepath"
	"runtime/debug"

	"difffit/fitting"
)

// The keys of preferences that are about no picture.
const (
	KeyThreads    = "fit.threads"
	KeyMemory     = "memory.gb"
	KeyCache      = "cache.folder"
	KeyNoHints    = "hints.off"
	KeyAppearance = "appearance"
	KeyChimeraX   = "chimerax.port"
	KeyOwnDialogs = "dialogs.own"
	keyFolders    = "dialogs.folders"
)

// CacheFolder returns the folder for what can be had again.
func (sh *Shell) CacheFolder() string {
	if folder := sh.App.Preferences().String(KeyCache); folder != "" {
		return folder
	}
	return SystemCache()
}

// SystemCache is the folder for caches where no other is wanted.
func SystemCache() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		folder = os.TempDir()
	}
	return filepath.Join(folder, "difffit")
}

// Bytes of memory.
const (
	gigabyte = 1e9
	// VoxelBytes is what a voxel of an open map costs in all: itself, what is
	// left of it, and what a fit makes of both.
	VoxelBytes = 16
	// documentPart is the part of the memory that remaining maps are kept in.
	documentPart = 4
)

// LimitMemory makes the program keep to the memory that it may have: the
// runtime collects garbage sooner, fewer remaining maps are kept, and maps too
// large for it are not opened (see reader).
func (sh *Shell) LimitMemory() {
	limit := sh.Memory()
	if limit == 0 {
		debug.SetMemoryLimit(math.MaxInt64)
		sh.Targets.KeepBytes(0)
		return
	}
	debug.SetMemoryLimit(limit)
	sh.Targets.KeepBytes(int(limit / documentPart))
}

// Memory returns the limit of the preferences in bytes, 0 for none.
func (sh *Shell) Memory() int64 {
	return int64(max(0, sh.App.Preferences().Float(KeyMemory)) * gigabyte)
}

// Threaded returns the options of a fit with the threads of the preferences,
// unless it has its own. They do not change the result.
func (sh *Shell) Threaded(o fitting.Options) fitting.Options {
	if o.Threads == 0 {
		o.Threads = min(max(0, sh.App.Preferences().Int(KeyThreads)), 4096)
	}
	return o
}
