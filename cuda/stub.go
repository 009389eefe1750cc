// SPDX-License-Identifier: BSD-3-Clause

//go:build !cuda || !(linux || windows)

package cuda

import (
	"errors"

	"difffit/fitting"
)

func find() (card, auto fitting.Engine, missing error) {
	return nil, nil, errors.New("CUDA was not built into this program (it needs the build tag cuda, on Linux or Windows)")
}
