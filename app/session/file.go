// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"difffit/app/document"
	"difffit/io/atomicfile"
)

// Save writes s as a session file. The file is there as a whole or not at all.
func Save(path string, s document.State, program string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	return atomicfile.Write(path, func(w io.Writer) error { return Encode(w, s, filepath.Dir(path), program) })
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
