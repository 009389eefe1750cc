// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"difffit/app/document"
)

// Save writes s as a session file. The file is there as a whole or not at all.
func Save(path string, s document.State, program string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	return writeFile(path, func(w io.Writer) error { return Encode(w, s, filepath.Dir(path), program) })
}

// Open reads a session file and its inputs.
func Open(ctx context.Context, path string, inputs Reader) (document.State, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return document.State{}, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return document.State{}, err
	}
	s, err := Decode(ctx, bytes.NewReader(data), filepath.Dir(path), inputs)
	if err != nil {
		return document.State{}, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// writeFile writes a file beside path and then gives it that name.
func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close() // again, which does no harm
			os.Remove(f.Name())
		}
	}()
	b := bufio.NewWriter(f)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
