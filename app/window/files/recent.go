// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"difffit/app/panel"
	"difffit/app/session"
	"difffit/io/atomicfile"
	"difffit/render"
)

// How many files and sessions are remembered.
const (
	recentLimit  = 12
	sessionLimit = 6
)

// The keys of preferences with what was opened last.
const (
	keyRecent   = "recent"
	keySessions = "recent.sessions"
)

// recent remembers the files that were opened, the latest first. Sessions are
// remembered also by themselves: a folder of structures leaves no room for them.
type recent struct{ prefs fyne.Preferences }

func (r recent) files() []string { return r.prefs.StringList(keyRecent) }

func (r recent) sessions() []string { return r.prefs.StringList(keySessions) }

func (r recent) add(paths ...string) {
	if len(paths) == 0 { // Fyne would write its file for nothing
		return
	}
	r.keep(keyRecent, recentLimit, paths)
	isNone := func(p string) bool { return !strings.EqualFold(filepath.Ext(p), session.Ending) }
	if s := slices.DeleteFunc(slices.Clone(paths), isNone); len(s) > 0 {
		r.keep(keySessions, sessionLimit, s)
	}
}

func (r recent) keep(key string, limit int, paths []string) {
	list := r.prefs.StringList(key)
	for _, p := range slices.Backward(paths) {
		list = slices.DeleteFunc(list, func(q string) bool { return q == p })
		list = slices.Insert(list, 0, p)
	}
	r.prefs.SetStringList(key, list[:min(len(list), limit)])
}

// The size of the picture of a session, in pixels.
const tileWidth, tileHeight = 320, 200

// tileZoom is how much larger than in the window a tile shows things, at most.
const tileZoom = 1.6

// thumbnail returns where the picture of a session is kept: it can be had again,
// so it is no part of the session.
func (fl *Files) thumbnail(path string) string {
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(fl.sh.CacheFolder(), "thumbnails", hex.EncodeToString(sum[:12])+".png")
}

// tileRequest is what the picture of a session shows: what is seen now.
func (fl *Files) tileRequest() render.Request {
	r := fl.stage.Viewport().Request(tileWidth, tileHeight)
	r.Samples = 4
	// As wide as what is seen, where that is less wide than the tile.
	if size := fl.stage.Viewport().Size(); size.Width > 0 {
		r.Camera.Zoom(float64(min(max(1, size.Height/size.Width*tileWidth/tileHeight), tileZoom)))
	}
	return r
}

// drawTile draws the picture of a session and keeps it. It waits; call it beside
// the window. The session is saved without it, too.
func (fl *Files) drawTile(path string, r render.Request) error {
	m, err := fl.stage.Viewport().Shoot(r)
	if err != nil {
		return err
	}
	file := fl.thumbnail(path)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return atomicfile.Write(file, func(w io.Writer) error { return png.Encode(w, m) })
}

// RecentSessions looks beside the window for the sessions that were opened or
// saved last and are still there, the latest first, and gives them to show.
func (fl *Files) RecentSessions(show func([]panel.Tile)) {
	paths := fl.recent.sessions()
	files := make([]string, len(paths))
	for i, path := range paths {
		files[i] = fl.thumbnail(path)
	}
	go func() {
		var tiles []panel.Tile
		for i, path := range paths {
			info, err := os.Stat(path)
			if err != nil {
				continue // moved, or on a disk that is not there now
			}
			name := strings.TrimSuffix(filepath.Base(path), session.Ending)
			tiles = append(tiles, panel.Tile{Name: name, Path: path, Time: info.ModTime(), Image: readTile(files[i])})
		}
		fl.sh.Do(func() { show(tiles) })
	}()
}

// readTile reads the picture of a session, nil if there is none.
func readTile(path string) image.Image {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	return m
}
