// SPDX-License-Identifier: BSD-3-Clause

package help

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"difffit/app/handover"
	"difffit/docs/guide"
	"difffit/io/atomicfile"
)

// guideFolder is where in the folder for caches the guide is put for who has no
// browser here.
const guideFolder = "guide"

// ShowGuide shows the guide in the browser of the system. Where there is none, it
// is written to files, and a person is told where.
func (hp *Help) ShowGuide() {
	pages, err := guide.Pages()
	if err == nil && hp.guide == "" {
		hp.guide, err = handover.Serve(pages)
	}
	if err != nil {
		hp.sh.Fail("The guide cannot be shown", err)
		return
	}
	address, folder := hp.guide+guide.First, filepath.Join(hp.sh.CacheFolder(), guideFolder)
	hp.sh.Say("The guide is shown in the browser: " + address)
	handover.Browse(address, func(err error) {
		if err == nil {
			hp.sh.Do(func() { hp.sh.Note("guide: " + address) })
			return
		}
		where, failed := filepath.Join(folder, guide.First), writePages(folder, pages)
		hp.sh.Do(func() { hp.tellWhere(address, where, err, failed) })
	})
}

// tellWhere tells where the guide is that no browser shows, and why; failed is
// what went wrong when it was written to a file instead.
func (hp *Help) tellWhere(address, file string, why, failed error) {
	if failed != nil {
		hp.sh.Fail("The guide cannot be shown", fmt.Errorf("%w, and it cannot be written to a file: %w", why, failed))
		return
	}
	hp.sh.Note("guide: " + why.Error())
	hp.showText("Guide", "No browser could be started here. The guide is in the file\n\n"+file+
		"\n\nAs long as this window is open, browsers of this computer find it at\n\n"+address)
}

// writePages writes files by name into a folder.
func writePages(folder string, pages map[string][]byte) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, data := range pages {
		err := atomicfile.Write(filepath.Join(folder, name), func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
