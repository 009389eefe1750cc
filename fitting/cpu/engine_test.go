// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"testing"

	"difffit/fitting/enginetest"
)

func TestEngine(t *testing.T) { enginetest.Run(t, New) }
